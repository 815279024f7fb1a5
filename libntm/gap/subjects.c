/* SPDX-License-Identifier: Apache-2.0 */
/* The subjects of a set: every place in its rules where a fact decides, and every rule that nobody has read. */
#include <string.h>

#include "attainment/explanation.h"
#include "attainment/reads.h"
#include "base/error.h"
#include "gap/gap.h"

/* Where a walk is: in which part, under which members, and whether an odd number of `not` is around it. */
typedef struct walk {
    ntm_i_gapping *g;
    ntm_of of;
    size_t index;
    size_t criterion;
    uint8_t within;
    uint32_t dimensions[NTM_I_WITHIN_MAX];
    bool denied;
    ntm_status status;
} walk;

uint32_t ntm_i_gap_subject_of(const ntm_i_gapping *g, ntm_node node) {
    const ntm_i_place_in_rule *place = &g->places[node - 1];
    uint32_t offset = 0;
    for (uint8_t i = 0; i < place->within; i++)
        offset = offset * (uint32_t)g->set->dimensions[place->dimensions[i]].member_count +
                 g->x.members[place->dimensions[i]];
    return place->first + offset;
}

static ntm_gap_subject *add(walk *w, ntm_node node, ntm_gap_kind kind) {
    ntm_i_gapping *g = w->g;
    if (g->subjects.count >= NTM_I_SUBJECTS_MAX) {
        w->status = NTM_ERROR_LIMIT;
        return NULL;
    }
    ntm_gap_subject *subject = ntm_i_array_push(&g->subjects);
    ntm_i_subject *inside = subject == NULL ? NULL : ntm_i_array_push(&g->inside);
    if (inside == NULL) {
        w->status = NTM_ERROR_MEMORY;
        return NULL;
    }
    *subject = (ntm_gap_subject){.kind = kind, .of = w->of, .index = w->index, .criterion = w->criterion, .node = node};
    inside->key = (uint32_t)g->plan->inputs.count + g->key_count++; /* until a single input is found */
    return subject;
}

static void name_fact(ntm_gap_subject *subject, const ntm_fact *fact) {
    subject->fact = fact->id;
    subject->name = fact->name;
    subject->closing = ntm_fact_closing(fact);
}

/* The one column that decides. */
static void name_input(walk *w, ntm_gap_subject *subject, uint32_t input) {
    const ntm_i_input *about = &ntm_i_plan_inputs(w->g->plan)[input];
    subject->input = about->name;
    ntm_i_gap_inside(w->g, w->g->inside.count - 1)->key = input;
    if (about->fact == NULL) return;
    name_fact(subject, about->fact);
    if (strcmp(about->name, about->fact->id) != 0 && about->fact->by == NULL)
        subject->fact = NULL; /* of the past, or of another unit: not the unit's own fact */
}

static ntm_names kind_names(ntm_node_kind kind) {
    return (ntm_names){ntm_i_kind_word(kind, NTM_VI), ntm_i_kind_word(kind, NTM_EN)};
}

/* What closes a gap in a quantity of several facts: work if work does in any of them. */
typedef struct closings {
    const ntm_set *set;
    ntm_closing found;
} closings;

static void close_by(void *context, ntm_node node) {
    closings *c = context;
    if (c->set->nodes[node - 1].kind != NTM_FACT) return;
    ntm_closing one = ntm_fact_closing(&c->set->facts[c->set->info[node - 1].target]);
    if (c->found == NTM_CLOSING_UNSAID || one < c->found) c->found = one;
}

static ntm_closing closing_of(walk *w, ntm_node quantity) {
    ntm_i_reads reads;
    ntm_i_arena passing; /* memory of the size of the set for each comparison would add up */
    closings found = {w->g->set, NTM_CLOSING_UNSAID};
    ntm_i_arena_start(&passing, &w->g->arena->allocator);
    if (ntm_i_reads_start(&reads, w->g->set, &passing)) {
        reads.visit = close_by;
        reads.context = &found;
        (void)ntm_i_reads_rule(&reads, quantity);
    } else
        w->status = NTM_ERROR_MEMORY;
    ntm_i_arena_end(&passing);
    return found.found;
}

static bool asks_more(ntm_comparison sign) { return sign != NTM_LESS && sign != NTM_LESS_OR_EQUAL; }

static void add_comparison(walk *w, ntm_node node) {
    ntm_i_gapping *g = w->g;
    ntm_i_place_in_rule *place = &g->places[node - 1];
    if (place->measure == NULL) {
        place->measure = ntm_i_arena_take(g->arena, 1, sizeof *place->measure);
        if (place->measure == NULL || !ntm_i_measure_of(place->measure, g->plan, node, g->arena)) {
            w->status = NTM_ERROR_MEMORY;
            return;
        }
        place->is_date = ntm_i_unit_is_date(place->measure->unit);
        if (place->is_date) place->measure->unit = "day";
    }
    if (place->quick == NULL && !ntm_i_gap_quicken(g, place)) {
        w->status = NTM_ERROR_MEMORY;
        return;
    }
    const ntm_i_measure *m = place->measure;
    bool more = asks_more(w->denied ? ntm_i_denied(m->sign) : m->sign);
    ntm_gap_kind kind = m->children != 0 ? NTM_GAP_UNITS : more ? NTM_GAP_MORE : NTM_GAP_FEWER;
    ntm_gap_subject *subject = add(w, node, kind);
    if (subject == NULL) return;
    subject->unit = m->unit;
    subject->whole = m->whole;
    ntm_node_kind measured = g->set->nodes[m->measured - 1].kind;
    subject->name = kind_names(measured);
    if (m->children != 0 || measured == NTM_FACT)
        name_input(w, subject, ntm_i_exact_node_input(&g->x, m->measured));
    else
        subject->closing = closing_of(w, m->measured);
    if (m->children != 0) subject->closing = NTM_CLOSING_UNSAID;
}

static void add_yes(walk *w, ntm_node at) {
    const ntm_node_spec *node = &w->g->set->nodes[at - 1];
    bool held = node->kind == NTM_HOLDS;
    ntm_gap_subject *subject = add(w, at, held ? NTM_GAP_STATUS : w->denied ? NTM_GAP_UNDO : NTM_GAP_ACT);
    if (subject == NULL) return;
    name_input(w, subject, ntm_i_exact_node_input(&w->g->x, at));
    subject->evidence = node->evidence;
    subject->whole = true;
    if (!held) return;
    subject->name = kind_names(node->kind);
    subject->level = node->name;
    subject->closing = NTM_CLOSING_ASSESSMENT;
}

static void add_level(walk *w, ntm_node at) {
    const ntm_node_spec *node = &w->g->set->nodes[at - 1];
    ntm_gap_subject *subject = add(w, at, NTM_GAP_LEVEL);
    if (subject == NULL) return;
    subject->level = node->label;
    subject->whole = true;
    subject->name = kind_names(node->kind);
    subject->closing = NTM_CLOSING_ASSESSMENT;
    if (node->name != NULL) name_input(w, subject, ntm_i_exact_node_input(&w->g->x, at));
}

/* One subject for each combination of members around the node, the innermost changing first. */
static void add_leaf(walk *w, ntm_node at, uint8_t depth) {
    if (w->status != NTM_OK) return;
    if (depth < w->within) {
        uint32_t dimension = w->dimensions[depth];
        for (uint32_t i = 0; i < w->g->set->dimensions[dimension].member_count; i++) {
            w->g->x.members[dimension] = i;
            add_leaf(w, at, (uint8_t)(depth + 1));
        }
        w->g->x.members[dimension] = 0;
        return;
    }
    const ntm_node_spec *node = &w->g->set->nodes[at - 1];
    ntm_gap_subject *subject = NULL;
    switch (node->kind) {
        case NTM_COMPARE:
            if (w->g->made[at - 1].shape == NTM_I_SHAPE_LEAF) {
                add_comparison(w, at);
                return;
            }
            break; /* a count of conditions: only where nobody can tell how many */
        case NTM_ATTESTED:
        case NTM_HOLDS: add_yes(w, at); return;
        case NTM_AT_LEVEL: add_level(w, at); return;
        case NTM_EVERY:
            subject = node->over == NTM_OVER_CHILDREN ? add(w, at, NTM_GAP_UNITS) : NULL;
            if (subject != NULL) {
                subject->unit = node->label;
                subject->whole = true;
                subject->name = kind_names(node->kind);
                name_input(w, subject, ntm_i_exact_node_input(&w->g->x, at));
                subject->closing = NTM_CLOSING_UNSAID;
            }
            if (node->over == NTM_OVER_CHILDREN) return;
            break;
        default: break;
    }
    subject = add(w, at, NTM_GAP_UNTOLD);
    if (subject != NULL) subject->name = kind_names(node->kind);
}

static void place_node(walk *w, ntm_node at) {
    ntm_i_place_in_rule *place = &w->g->places[at - 1];
    place->first = (uint32_t)w->g->subjects.count;
    place->within = w->within;
    memcpy(place->dimensions, w->dimensions, sizeof place->dimensions);
    add_leaf(w, at, 0);
}

static void walk_rule(walk *w, ntm_node at) {
    if (at == 0 || w->status != NTM_OK) return;
    const ntm_set *set = w->g->set;
    const ntm_node_spec *node = &set->nodes[at - 1];
    ntm_i_made_up made = w->g->made[at - 1];
    bool denied = w->denied;
    if (made.shape == NTM_I_SHAPE_LEAF || made.shape == NTM_I_SHAPE_IF || made.threshold != 0) place_node(w, at);
    switch (made.shape) {
        case NTM_I_SHAPE_NODES:
        case NTM_I_SHAPE_IF:
            for (size_t i = 0; i < node->of_count; i++)
                walk_rule(w, node->of[i]);
            break;
        case NTM_I_SHAPE_NOT:
            w->denied = !denied;
            walk_rule(w, node->of[0]);
            break;
        case NTM_I_SHAPE_MEMBERS:
            if (w->within == NTM_I_WITHIN_MAX) {
                w->status = NTM_ERROR_LIMIT;
                return;
            }
            if (made.threshold != 0 && !asks_more(made.sign)) w->denied = !denied;
            w->dimensions[w->within++] = set->info[made.counted - 1].target;
            walk_rule(w, set->nodes[made.counted - 1].of[0]);
            w->within--;
            break;
        default: break;
    }
    w->denied = denied;
}

/* A rule that stands by itself; `part`: where a rule that nobody has read is noted, NULL for none. */
static void walk_part(walk *w, ntm_of of, size_t index, size_t criterion, ntm_node rule, uint32_t *part) {
    if (w->status != NTM_OK) return;
    w->of = of;
    w->index = index;
    w->criterion = criterion;
    w->denied = false;
    if (rule == 0 && part != NULL) {
        *part = (uint32_t)w->g->subjects.count;
        (void)add(w, 0, NTM_GAP_UNTOLD);
    }
    walk_rule(w, rule);
}

static void walk_criterion(walk *w, size_t at) {
    const ntm_set *set = w->g->set;
    const ntm_criterion *criterion = &set->criteria[at];
    bool by_indicators = criterion->rule == 0 && criterion->indicator_count > 0;
    walk_part(w, NTM_OF_CRITERION, at, at, criterion->rule, by_indicators ? NULL : &w->g->absent[at]);
    for (size_t i = criterion->first_indicator; i < criterion->first_indicator + criterion->indicator_count; i++)
        walk_part(w, NTM_OF_INDICATOR, i, at, set->indicators[i].rule, &w->g->absent[set->criterion_count + i]);
}

/* What a rule that nobody has read is a rule of, and what a status or units below are asked for by. */
static ntm_names name_of_part(const ntm_set *set, const ntm_gap_subject *s) {
    ntm_names name = {NULL, NULL};
    if (s->of == NTM_OF_CRITERION) name = set->criteria[s->index].name;
    if (s->of == NTM_OF_PRECONDITION) name = set->preconditions[s->index].name;
    if (s->of == NTM_OF_INDICATOR) name = set->indicators[s->index].name;
    return name.vi == NULL && name.en == NULL && s->node != 0 ? s->name : name;
}

/* The texts of subjects in the memory of the gaps, which outlive set and plan. */
static bool freeze(ntm_i_gapping *g) {
    ntm_i_arena *arena = &g->out->arena;
    ntm_gap_subject *frozen = ntm_i_arena_take(arena, g->subjects.count, sizeof *frozen);
    if (frozen == NULL) return false;
    for (size_t i = 0; i < g->subjects.count; i++) {
        ntm_gap_subject *s = &frozen[i];
        *s = *ntm_i_gap_subject_at(g, i);
        bool called_after_part = s->node == 0 || s->kind == NTM_GAP_STATUS || s->kind == NTM_GAP_UNITS;
        if (called_after_part) s->name = name_of_part(g->set, s);
        if (!ntm_i_arena_copy(arena, &s->input, s->input) || !ntm_i_arena_copy(arena, &s->fact, s->fact) ||
            !ntm_i_arena_copy(arena, &s->name.vi, s->name.vi) || !ntm_i_arena_copy(arena, &s->name.en, s->name.en) ||
            !ntm_i_arena_copy(arena, &s->unit, s->unit) || !ntm_i_arena_copy(arena, &s->level, s->level) ||
            !ntm_i_arena_copy(arena, &s->evidence, s->evidence))
            return false;
    }
    g->out->subjects = frozen;
    g->out->subject_count = g->subjects.count;
    return true;
}

/* Looks at the shape of every rule once. */
static bool look_at_rules(ntm_i_gapping *g) {
    const ntm_set *set = g->set;
    g->made = ntm_i_arena_take(g->arena, set->node_count, sizeof *g->made);
    if (g->made == NULL) return false;
    g->all_of_all = set->status == 0;
    for (size_t i = 0; i < set->criterion_count; i++)
        g->all_of_all = g->all_of_all && set->criteria[i].rule == 0 && set->criteria[i].indicator_count > 0;
    for (ntm_node at = 1; at <= set->node_count; at++) {
        if (set->info[at - 1].sort == NTM_I_CONDITION) g->made[at - 1] = ntm_i_made_up_of(set, at);
        ntm_i_shape shape = g->made[at - 1].shape;
        if (shape == NTM_I_SHAPE_PART || shape == NTM_I_SHAPE_PARTS) g->all_of_all = false;
    }
    return true;
}

ntm_status ntm_i_gap_subjects(ntm_i_gapping *g, ntm_error *err) {
    const ntm_set *set = g->set;
    walk w = {.g = g, .status = NTM_OK};
    size_t parts = set->criterion_count + set->indicator_count + set->precondition_count;
    g->places = ntm_i_arena_take(g->arena, set->node_count, sizeof *g->places);
    g->absent = ntm_i_arena_take(g->arena, parts, sizeof *g->absent);
    if (g->places == NULL || g->absent == NULL || !look_at_rules(g)) return ntm_i_no_memory(err);
    for (size_t i = 0; i < set->criterion_count; i++)
        walk_criterion(&w, i);
    for (size_t i = 0; i < set->precondition_count; i++)
        walk_part(&w, NTM_OF_PRECONDITION, i, SIZE_MAX, set->preconditions[i].rule,
                  &g->absent[set->criterion_count + set->indicator_count + i]);
    walk_part(&w, NTM_OF_STATUS, 0, SIZE_MAX, set->status, NULL);
    walk_part(&w, NTM_OF_REVOCATION, 0, SIZE_MAX, set->revocation, NULL);
    if (w.status == NTM_ERROR_MEMORY) return ntm_i_no_memory(err);
    if (w.status != NTM_OK)
        return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_SUBJECT(set->about.id),
                          "more than %d places where facts decide, or conditions under more than %d dimensions",
                          NTM_I_SUBJECTS_MAX, NTM_I_WITHIN_MAX);
    return freeze(g) ? NTM_OK : ntm_i_no_memory(err);
}
