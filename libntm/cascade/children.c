/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions over children: evaluated over all units below that are there, and counted by the unit above. */
#include <string.h>

#include "base/checked.h"
#include "base/text.h"
#include "cascade/cascade.h"
#include "unit/registry.h"

/* The children of all rows: units of the level, and the row that each lies below. */
static ntm_status list_children(ntm_i_tally_of *tally, ntm_cascade *cascade, const ntm_i_rows *rows, ntm_error *err) {
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    ntm_echelon above = ntm_echelon_of(rows->level);
    size_t all = ntm_units_count(cascade->units), count = 0;
    filter.on = cascade->options.on;
    filter.level = tally->level;
    if (ntm_echelon_of(tally->level) <= above)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(tally->name),
                          "no unit of level %s lies below one of level %s", tally->level, rows->level);
    ntm_status status = ntm_units_list(NULL, &count, 0, cascade->units, &filter, err);
    if (status != NTM_OK) return status;
    tally->of = ntm_i_arena_take(&cascade->arena, count, sizeof *tally->of);
    tally->above = ntm_i_arena_take(&cascade->arena, count, sizeof *tally->above);
    uint32_t *row_of = ntm_i_arena_take(&cascade->arena, all, sizeof *row_of);
    if (tally->of == NULL || tally->above == NULL || row_of == NULL) return ntm_i_no_memory(err);
    status = ntm_units_list(tally->of, &count, count, cascade->units, &filter, err);
    memset(row_of, 0xff, all * sizeof *row_of);
    for (size_t row = 0; row < rows->rows; row++)
        row_of[rows->of[row]] = (uint32_t)row;
    for (size_t i = 0; status == NTM_OK && i < count; i++) {
        ntm_unit unit = ntm_units_ancestor(cascade->units, tally->of[i], above, filter.on);
        uint32_t row = unit == NTM_NO_UNIT ? NTM_I_NO_PICK : row_of[unit];
        if (row == NTM_I_NO_PICK) continue; /* of a unit that is in no row */
        tally->of[tally->count] = tally->of[i];
        tally->above[tally->count++] = row;
    }
    return status;
}

/* The verdicts of the condition over the children. */
static ntm_status judge(ntm_i_tally_of *tally, ntm_cascade *cascade, const ntm_set *set, ntm_node condition,
                        ntm_error *err) {
    const ntm_allocator *allocator = &cascade->arena.allocator;
    ntm_set *asked = NULL;
    ntm_plan *plan = NULL;
    ntm_attainment *result = NULL;
    ntm_table table;
    ntm_i_rows rows = {tally->level, tally->of, tally->count, NULL, NULL};
    ntm_plan_options planning = NTM_PLAN_OPTIONS_INIT;
    ntm_evaluate_options evaluating = NTM_EVALUATE_OPTIONS_INIT;
    planning.on = cascade->options.on;
    planning.out_of_force = true; /* the set of the step was asked already */
    planning.others = cascade->sets;
    planning.other_count = cascade->set_count;
    planning.allocator = allocator;
    evaluating.keep = NTM_KEEP_STATUS;
    evaluating.problems = cascade->options.problems;
    evaluating.allocator = allocator;
    ntm_status status = ntm_i_condition_set(&asked, set, condition, allocator, err);
    if (status == NTM_OK) status = ntm_plan_new(&plan, asked, &planning, err);
    if (status == NTM_OK) status = ntm_i_cascade_inputs(&table, cascade, plan, &rows, err);
    if (status == NTM_OK) status = ntm_evaluate(&result, plan, &table, &evaluating, err);
    if (status == NTM_OK)
        status = ntm_attainment_verdicts(tally->verdicts, tally->count, result, NTM_OF_CRITERIA_STATUS, 0, err);
    ntm_attainment_free(result);
    ntm_plan_free(plan);
    ntm_set_free(asked);
    return status;
}

/* The step whose status a condition is, so that explanations can go on there. A column that says who holds it (a
   register's) goes before what the step found. */
static size_t step_of(const ntm_cascade *cascade, const ntm_set *set, ntm_node condition, const char *level) {
    const ntm_node_spec *node = ntm_set_node(set, condition);
    size_t found = SIZE_MAX;
    if (node->kind != NTM_HOLDS) return SIZE_MAX;
    for (size_t i = 0; i < cascade->stage_count; i++) {
        const ntm_i_stage *stage = &cascade->stages[i];
        if (strcmp(stage->level, level) != 0) continue;
        for (size_t k = 0; stage->given != NULL && k < stage->given->field_count; k++) {
            const char *name = stage->given->fields[k].name;
            if (strncmp(name, "holds:", 6) == 0 && strcmp(name + 6, node->name) == 0) return SIZE_MAX;
        }
        if (found == SIZE_MAX && i < cascade->done && strcmp(ntm_set_about(stage->set)->id, node->name) == 0) found = i;
    }
    return found;
}

static void add(ntm_child_counts *counts, uint8_t verdict) {
    counts->total++;
    counts->met += verdict == NTM_MET;
    counts->not_met += verdict == NTM_NOT_MET;
    counts->open += verdict == NTM_OPEN;
}

ntm_status ntm_i_cascade_count(ntm_i_tally_of *out, ntm_cascade *cascade, const ntm_set *set, ntm_node node,
                               const ntm_i_rows *rows, ntm_error *err) {
    const ntm_node_spec *spec = ntm_set_node(set, node);
    if (ntm_echelon_of(spec->label) == NTM_ECHELON_ANY)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(spec->name), "children of level %s are no units",
                          spec->label);
    out->name = spec->name;
    out->level = spec->label;
    ntm_status status = list_children(out, cascade, rows, err);
    if (status != NTM_OK) return status;
    out->verdicts = ntm_i_arena_take(&cascade->arena, out->count, 1);
    out->counts = ntm_i_arena_take(&cascade->arena, rows->rows, sizeof *out->counts);
    if (out->verdicts == NULL || out->counts == NULL) return ntm_i_no_memory(err);
    status = judge(out, cascade, set, spec->of[0], err);
    out->status_step = step_of(cascade, set, spec->of[0], spec->label);
    for (size_t i = 0; status == NTM_OK && i < out->count; i++)
        add(&out->counts[out->above[i]], out->verdicts[i]);
    return status;
}

/* ------------------------------------------------------------------------------------------- without sets */

/* What ntm_count_children() looks up while it counts. */
typedef struct counting {
    uint8_t *verdicts; /* by unit: one more than the verdict, 0 = none */
    uint32_t *row_of;  /* by unit: the parent's row */
} counting;

static ntm_status count_all(ntm_child_counts *out, const counting *c, const ntm_units *units,
                            const ntm_unit_filter *filter, ntm_echelon above) {
    for (ntm_unit unit = 0; unit < ntm_units_count(units); unit++) {
        const ntm_unit_row *row = ntm_units_row(units, unit);
        if (!ntm_units_there(units, unit, filter->on)) continue;
        if (filter->echelon != NTM_ECHELON_ANY && row->echelon != filter->echelon) continue;
        if (filter->level != NULL && strcmp(row->level, filter->level) != 0) continue;
        ntm_unit parent = ntm_units_ancestor(units, unit, above, filter->on);
        if (parent == NTM_NO_UNIT || c->row_of[parent] == NTM_I_NO_PICK) continue;
        add(&out[c->row_of[parent]], c->verdicts[unit] == 0 ? NTM_OPEN : (uint8_t)(c->verdicts[unit] - 1));
    }
    return NTM_OK;
}

static ntm_status take_units(const counting *c, const ntm_units *units, ntm_date on, const ntm_unit *children,
                             const ntm_verdict *verdicts, size_t child_count, const ntm_unit *parents,
                             size_t parent_count, ntm_error *err) {
    for (size_t i = 0; i < parent_count; i++) {
        if (!ntm_units_there(units, parents[i], on))
            return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW("parents", i), "a unit that is not there on the day");
        if (ntm_units_row(units, parents[i])->echelon != ntm_units_row(units, parents[0])->echelon)
            return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW("parents", i), "a unit of another rung than the first");
        if (c->row_of[parents[i]] != NTM_I_NO_PICK)
            return ntm_i_fail(err, NTM_ERROR_CONFLICT, NTM_I_ROW("parents", i), "a unit twice: see row %u",
                              (unsigned)c->row_of[parents[i]]);
        c->row_of[parents[i]] = (uint32_t)i;
    }
    for (size_t i = 0; i < child_count; i++) {
        if (!ntm_units_there(units, children[i], on))
            return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW("children", i), "a unit that is not there on the day");
        if ((int)verdicts[i] < NTM_OPEN || (int)verdicts[i] > NTM_NOT_MET)
            return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW("children", i), "no verdict");
        if (c->verdicts[children[i]] != 0)
            return ntm_i_fail(err, NTM_ERROR_CONFLICT, NTM_I_ROW("children", i), "a unit twice");
        c->verdicts[children[i]] = (uint8_t)(verdicts[i] + 1);
    }
    return NTM_OK;
}

ntm_status ntm_count_children(ntm_child_counts *out, const ntm_units *units, ntm_date on, const char *level,
                              ntm_echelon echelon, const ntm_unit *children, const ntm_verdict *verdicts,
                              size_t child_count, const ntm_unit *parents, size_t parent_count, ntm_error *err) {
    if (units == NULL || !ntm_i_date_is(on) || (level == NULL) == (echelon == NTM_ECHELON_ANY))
        return ntm_i_wrong_call(err, "a registry, a day, and either a level or a rung are needed");
    if ((out == NULL && parent_count > 0) || (parents == NULL && parent_count > 0) ||
        ((children == NULL || verdicts == NULL) && child_count > 0))
        return ntm_i_wrong_call(err, "places for the counts, parents, children and verdicts are needed");
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    filter.on = on;
    filter.echelon = level == NULL ? echelon : ntm_echelon_of(level);
    filter.level = level;
    if ((int)filter.echelon <= NTM_ECHELON_ANY || (int)filter.echelon > NTM_ECHELON_VILLAGE)
        return ntm_i_wrong_call(err, "no level or rung of units");
    size_t all = ntm_units_count(units);
    const ntm_allocator *allocator = &units->arena.allocator;
    counting c = {ntm_i_allocate(allocator, all, 1), ntm_i_allocate(allocator, all, sizeof *c.row_of)};
    ntm_child_counts *counts = ntm_i_allocate(allocator, parent_count, sizeof *counts);
    ntm_status status = NTM_OK;
    if (c.verdicts == NULL || c.row_of == NULL || counts == NULL) status = ntm_i_no_memory(err);
    if (status == NTM_OK) {
        memset(c.row_of, 0xff, all * sizeof *c.row_of);
        status = take_units(&c, units, on, children, verdicts, child_count, parents, parent_count, err);
    }
    if (status == NTM_OK && parent_count > 0) {
        status = count_all(counts, &c, units, &filter, ntm_units_row(units, parents[0])->echelon);
        memcpy(out, counts, parent_count * sizeof *out);
    }
    ntm_i_release(allocator, counts, parent_count, sizeof *counts);
    ntm_i_release(allocator, c.verdicts, all, 1);
    ntm_i_release(allocator, c.row_of, all, sizeof *c.row_of);
    return status;
}

/* count / total >= share, exactly: with a share of at most 1, which has at most 19 digits, no product is beyond 128
   bits. */
static bool reaches(uint64_t count, uint64_t total, ntm_decimal share) {
    ntm_decimal one = {1, 0};
    if (share.coefficient <= 0) return true;
    if (ntm_decimal_compare(share, one) > 0) return false; /* more than all */
    ntm_i_wide power = 1;
    for (uint8_t i = 0; i < share.scale; i++)
        power *= 10;
    return (ntm_i_wide)count * power >= (ntm_i_wide)total * share.coefficient;
}

ntm_verdict ntm_quantify(const ntm_child_counts *counts, ntm_quantifier quantifier, ntm_decimal least) {
    if (counts == NULL || least.scale > NTM_SCALE_MAX) return NTM_OPEN;
    uint64_t met = counts->met, open = counts->open, total = counts->total;
    if (met > total || counts->not_met > total - met || open != total - met - counts->not_met) return NTM_OPEN;
    bool surely = false, possibly = false;
    switch (quantifier) {
        case NTM_QUANTIFIER_ALL:
            if (total == 0) return NTM_OPEN;
            surely = met == total;
            possibly = counts->not_met == 0;
            break;
        case NTM_QUANTIFIER_AT_LEAST: {
            ntm_decimal a = {0, 0}, b = {0, 0};
            a.coefficient = met > INT64_MAX ? INT64_MAX : (int64_t)met;
            b.coefficient = met + open > INT64_MAX ? INT64_MAX : (int64_t)(met + open);
            surely = ntm_decimal_compare(a, least) >= 0;
            possibly = ntm_decimal_compare(b, least) >= 0;
            break;
        }
        case NTM_QUANTIFIER_SHARE:
            if (total == 0) return NTM_OPEN;
            surely = reaches(met, total, least);
            possibly = reaches(met + open, total, least);
            break;
        default: return NTM_OPEN;
    }
    return surely ? NTM_MET : possibly ? NTM_OPEN : NTM_NOT_MET;
}
