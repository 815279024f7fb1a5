/* SPDX-License-Identifier: Apache-2.0 */
/* What of a set is followed, what of it is measured, and in which unit. */
#include <stdio.h>
#include <string.h>

#include "attainment/measure.h"
#include "criteria/natural.h"
#include "trajectory/trajectory.h"

/* ------------------------------------------------------------------------------------------- who speaks of whom */

static bool refers_itself(const ntm_node_spec *node) {
    return node->kind == NTM_CRITERION || node->kind == NTM_INDICATOR ||
           ((node->kind == NTM_COUNT || node->kind == NTM_SHARE) &&
            (node->over == NTM_OVER_CRITERIA || node->over == NTM_OVER_INDICATORS));
}

/* Nodes stand behind what is below them; only values look ahead. */
static bool mark_referring(ntm_i_tracking *m) {
    const ntm_set *set = m->plan->set;
    uint8_t *refers = m->refers;
    bool changed = false;
    for (size_t i = 0; i < set->node_count; i++) {
        const ntm_node_spec *node = &set->nodes[i];
        bool found = refers_itself(node) || m->parts[i] != 0;
        for (size_t k = 0; k < node->of_count; k++)
            found = found || refers[node->of[k] - 1] != 0;
        for (size_t k = 0; k < node->band_count; k++)
            found = found || (node->bands[k].requires_met != 0 && refers[node->bands[k].requires_met - 1] != 0);
        if (node->knock_out != 0) found = found || refers[node->knock_out - 1] != 0;
        if (node->kind == NTM_VALUE) {
            ntm_node rule = set->values[set->info[i].target].rule;
            found = found || (rule != 0 && refers[rule - 1] != 0);
        }
        changed = changed || (found && refers[i] == 0);
        refers[i] = found;
    }
    return changed;
}

/* ------------------------------------------------------------------------------------------- measuring */

/* The comparison that a rule comes to, through "if applicable"; 0 when it is something else. */
static ntm_node comparison_of(const ntm_set *set, ntm_node rule) {
    while (rule != 0 && set->nodes[rule - 1].kind == NTM_IF_APPLICABLE)
        rule = set->nodes[rule - 1].of[0];
    return rule != 0 && set->nodes[rule - 1].kind == NTM_COMPARE ? rule : 0;
}

/* A figure over years, between which the law draws a line. */
static bool has_law_line(const ntm_i_tracking *m, ntm_node threshold) {
    const ntm_set *set = m->plan->set;
    if (set->nodes[threshold - 1].kind != NTM_FIGURE || m->year == NULL) return false;
    const ntm_figure *figure = &set->figures[set->info[threshold - 1].target];
    bool over_years = false;
    for (size_t i = 0; i < figure->axis_count; i++)
        over_years = over_years || strcmp(figure->axes[i], "year") == 0;
    return figure->interpolate && over_years;
}

/* False for want of memory. */
static bool measure(ntm_i_tracking *m, ntm_i_track *track) {
    const ntm_set *set = m->plan->set;
    ntm_node at = comparison_of(set, track->rule);
    ntm_i_measure found;
    char buffer[NTM_I_UNIT_TEXT_MAX];
    if (at == 0) return true;
    if (!ntm_i_measure_of(&found, m->plan, at, &m->t->arena)) return false;
    const ntm_node_spec *node = &set->nodes[at - 1];
    track->threshold = found.threshold;
    /* The whole side: people follow a share as a share, rounded where the law rounds it. */
    track->side = node->of[0] == found.threshold ? node->of[1] : node->of[0];
    const char *unit = ntm_i_node_unit(m->plan, track->side, &track->power, buffer);
    if (unit != NULL && strcmp(unit, "date") == 0) return true; /* days are not amounts */
    track->view.measured = true;
    track->view.whole = found.divisor == 0 && found.whole;
    track->view.sign = found.sign;
    track->law_line = has_law_line(m, track->threshold) && found.sign != NTM_EQUAL;
    return ntm_i_arena_copy(&m->t->arena, &track->view.unit, unit);
}

/* ------------------------------------------------------------------------------------------- the list */

static ntm_i_track *push(ntm_i_tracking *m, ntm_track_of of, const char *id, size_t size) {
    ntm_i_track *track = ntm_i_array_push(&m->t->track);
    char *copy = track == NULL ? NULL : ntm_i_arena_text(&m->t->arena, id, size);
    if (copy == NULL) return NULL;
    track->view.of = of;
    track->view.id = copy;
    track->input = NTM_I_NONE;
    track->whole = SIZE_MAX;
    return track;
}

static bool add_ruled(ntm_i_tracking *m, ntm_track_of of, size_t index, const char *id, ntm_node rule, uint32_t slot,
                      bool composed) {
    ntm_i_track *track = push(m, of, id, strlen(id));
    if (track == NULL) return false;
    track->view.index = index;
    track->rule = rule;
    track->slot = slot;
    track->way = composed ? NTM_I_WAY_COMPOSED : NTM_I_WAY_RULE;
    return composed || measure(m, track);
}

static bool refers(const ntm_i_tracking *m, ntm_node rule) { return rule != 0 && m->refers[rule - 1] != 0; }

/* The axis of years, where the plan took its place from the day. */
static bool find_years(ntm_i_tracking *m) {
    const ntm_set *set = m->plan->set;
    m->of_year = *m->plan;
    m->of_year.axes = ntm_i_arena_take(&m->t->arena, set->axis_count, sizeof *m->of_year.axes);
    m->places = ntm_i_arena_take(&m->t->arena, m->t->period_count, sizeof *m->places);
    if (m->of_year.axes == NULL || m->places == NULL) return false;
    for (size_t i = 0; i < set->axis_count; i++) {
        m->of_year.axes[i] = m->plan->axes[i];
        if (m->plan->axes[i].is_year && !m->plan->axes[i].fixed) m->year = &m->of_year.axes[i];
    }
    for (size_t p = 0; p < m->t->period_count && m->year != NULL; p++) {
        int year = 0;
        ntm_date_parts(m->t->ends[p], &year, NULL, NULL);
        bool inside = year >= m->year->first_year && year - m->year->first_year < (int)m->year->size;
        m->places[p] = inside ? (uint32_t)(year - m->year->first_year) : NTM_I_NONE;
    }
    return true;
}

/* Tells which series an id names in targets; of two with one id the indicator, which comes first. */
static bool name(ntm_i_tracking *m, const char *id, size_t series) {
    int32_t code = 0;
    if (!ntm_i_csv_codes_find(&m->ids, &code, id, strlen(id))) return false;
    return (size_t)code < m->series_of_id.count || ntm_i_array_append(&m->series_of_id, &series, 1);
}

/* ------------------------------------------------------------------------------------------- parts */

/* "17.1:households-clean-water", with "#2" and so on for another of the name. False for want of memory. */
static bool name_part(ntm_i_tracking *m, size_t series, ntm_node measured) {
    const ntm_node_spec *node = &m->plan->set->nodes[measured - 1];
    const char *of = ntm_i_kind_name(node->kind);
    size_t before = m->series_of_id.count;
    if (node->kind == NTM_FACT) of = ntm_i_plan_inputs(m->plan)[m->plan->node_input[measured - 1]].name;
    ntm_i_track *track = &ntm_i_tracks(m->t)[series];
    const char *whole = ntm_i_tracks(m->t)[track->whole].view.id;
    size_t size = strlen(whole) + strlen(of) + 32;
    char *id = ntm_i_arena_take(&m->t->arena, size, 1);
    for (unsigned i = 1; id != NULL && m->series_of_id.count == before; i++) {
        (void)(i == 1 ? snprintf(id, size, "%s:%s", whole, of) : snprintf(id, size, "%s:%s#%u", whole, of, i));
        if (!name(m, id, series)) return false;
    }
    track->view.id = id;
    return id != NULL;
}

static bool add_part(ntm_i_tracking *m, size_t whole, ntm_node at) {
    ntm_i_measure found;
    size_t series = m->t->track.count;
    ntm_i_track *track = push(m, NTM_TRACK_PART, "", 0);
    if (track == NULL) return false;
    track->view.index = track->whole = whole;
    track->way = NTM_I_WAY_PART;
    track->rule = at;
    if (!measure(m, track) || !ntm_i_measure_of(&found, m->plan, at, &m->t->arena)) return false;
    if (!track->view.measured) {
        m->t->track.count--;
        return true;
    }
    m->parts[at - 1] = (uint32_t)series + 1;
    return name_part(m, series, found.measured);
}

/* The comparisons of a rule that have to be met for it: not those that it denies, nor those over members. */
static bool add_parts(ntm_i_tracking *m, size_t whole, ntm_node at) {
    const ntm_node_spec *node = &m->plan->set->nodes[at - 1];
    if (node->kind == NTM_COMPARE) return m->refers[at - 1] != 0 || add_part(m, whole, at);
    if (node->kind != NTM_ALL && node->kind != NTM_ANY && node->kind != NTM_AT_LEAST && node->kind != NTM_IF_APPLICABLE)
        return true;
    for (size_t i = 0; i < node->of_count; i++)
        if (!add_parts(m, whole, node->of[i])) return false;
    return true;
}

/* What is more than one comparison is made of its parts. */
static bool take_apart(ntm_i_tracking *m, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const ntm_i_track *track = &ntm_i_tracks(m->t)[i];
        size_t before = m->t->track.count;
        bool one = track->way == NTM_I_WAY_RULE && comparison_of(m->plan->set, track->rule) != 0;
        if (one || track->rule == 0) continue;
        if (!add_parts(m, i, track->rule)) return false;
        if (m->t->track.count > before) ntm_i_tracks(m->t)[i].way = NTM_I_WAY_COMPOSED;
    }
    while (mark_referring(m))
        ;
    return true;
}

static bool add_criterion(ntm_i_tracking *m, size_t index) {
    const ntm_criterion *one = &m->plan->set->criteria[index];
    size_t series = m->t->track.count;
    bool composed = one->indicator_count > 0 || refers(m, one->rule);
    if (!add_ruled(m, NTM_TRACK_CRITERION, index, one->id, one->rule, (uint32_t)index, composed)) return false;
    ntm_i_tracks(m->t)[series].summed = one->indicator_count > 0;
    return one->indicator_count > 0 || one->rule == 0 || name(m, one->id, series);
}

bool ntm_i_track_series_make(ntm_i_tracking *m) {
    const ntm_set *set = m->plan->set;
    m->refers = ntm_i_arena_take(&m->t->arena, set->node_count, 1);
    m->parts = ntm_i_arena_take(&m->t->arena, set->node_count, sizeof *m->parts);
    if (m->refers == NULL || m->parts == NULL || !find_years(m)) return false;
    while (mark_referring(m))
        ;
    for (size_t i = 0; i < set->indicator_count; i++) {
        const ntm_indicator *one = &set->indicators[i];
        if (!add_ruled(m, NTM_TRACK_INDICATOR, i, one->id, one->rule, ntm_i_slot_indicator(set, i),
                       refers(m, one->rule)) ||
            !name(m, one->id, i))
            return false;
    }
    for (size_t i = 0; i < set->criterion_count; i++)
        if (!add_criterion(m, i)) return false;
    return add_ruled(m, NTM_TRACK_STATUS, 0, "status", set->status, ntm_i_slot_criteria_status(set), true) &&
           take_apart(m, set->indicator_count + set->criterion_count);
}

bool ntm_i_track_of_id(size_t *series, ntm_i_tracking *m, const char *id, size_t size) {
    const size_t none = SIZE_MAX;
    int32_t code = 0;
    if (!ntm_i_csv_codes_find(&m->ids, &code, id, size)) return false;
    if ((size_t)code >= m->series_of_id.count && !ntm_i_array_append(&m->series_of_id, &none, 1)) return false;
    *series = ((const size_t *)m->series_of_id.items)[code];
    return true;
}

static bool add_fact(ntm_i_tracking *m, const char *id, size_t size, const ntm_fact *fact) {
    ntm_i_track *track = push(m, NTM_TRACK_FACT, id, size);
    if (track == NULL) return false;
    track->way = NTM_I_WAY_FACT;
    track->view.measured = true;
    track->view.whole = fact->kind == NTM_KIND_COUNT;
    track->fact = fact;
    const ntm_i_input *inputs = ntm_i_plan_inputs(m->plan);
    for (uint32_t i = 0; i < m->plan->inputs.count; i++)
        if (inputs[i].fact == fact && strcmp(inputs[i].name, track->view.id) == 0) track->input = i;
    if (track->input != NTM_I_NONE) track->power = inputs[track->input].power;
    track->field = ntm_table_find(m->table, track->view.id);
    track->natural = ntm_i_fact_natural(fact, &m->plan->set->fact_units[fact - m->plan->set->facts]);
    return ntm_i_arena_copy(&m->t->arena, &track->view.unit, fact->unit);
}

bool ntm_i_track_of_fact(size_t *series, const ntm_fact **fact, ntm_i_tracking *m, const char *id, size_t size) {
    int32_t code = 0;
    *fact = NULL;
    if (!ntm_i_csv_codes_find(&m->facts, &code, id, size)) return false;
    if ((size_t)code < m->series_of_fact.count) {
        *series = ((const size_t *)m->series_of_fact.items)[code];
        if (*series != SIZE_MAX) return true;
    }
    *series = SIZE_MAX;
    if (!ntm_i_is_fact(m->plan->set, id, size, fact)) *fact = NULL;
    bool number = *fact != NULL && (*fact)->kind != NTM_KIND_FLAG && (*fact)->kind != NTM_KIND_LEVEL &&
                  (*fact)->kind != NTM_KIND_DATE;
    if (number) *series = m->t->track.count;
    if (number && !add_fact(m, id, size, *fact)) return false;
    return (size_t)code < m->series_of_fact.count || ntm_i_array_append(&m->series_of_fact, series, 1);
}
