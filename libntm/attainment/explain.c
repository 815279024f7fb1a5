/* SPDX-License-Identifier: Apache-2.0 */
/* Why a verdict is what it is: walks the rule once more for one row and writes every step down. */
#include <stdio.h>
#include <string.h>

#include "attainment/explain.h"
#include "attainment/measure.h"
#include "base/error.h"
#include "base/text.h"

char *ntm_i_explain_text(ntm_i_explainer *e, const char *format, const char *a, const char *b) {
    int size = snprintf(NULL, 0, format, a, b);
    char *text = size < 0 ? NULL : ntm_i_arena_take(&e->out->arena, (size_t)size + 1, 1);
    if (text == NULL)
        e->failed = true;
    else
        (void)snprintf(text, (size_t)size + 1, format, a, b);
    return text;
}

const char *ntm_i_explain_copy(ntm_i_explainer *e, const char *text) {
    const char *copy = NULL;
    if (!ntm_i_arena_copy(&e->out->arena, &copy, text)) e->failed = true;
    return copy;
}

ntm_citation ntm_i_explain_citation(ntm_i_explainer *e, const ntm_citation *from) {
    ntm_citation copy = *from;
    const char **sources = ntm_i_arena_take(&e->out->arena, from->source_count, sizeof *sources);
    if (sources == NULL) e->failed = true;
    for (size_t i = 0; sources != NULL && i < from->source_count; i++)
        sources[i] = ntm_i_explain_copy(e, from->sources[i]);
    copy.sources = sources;
    copy.source_count = sources == NULL ? 0 : from->source_count;
    copy.note = ntm_i_explain_copy(e, from->note);
    copy.overlay = ntm_i_explain_copy(e, from->overlay);
    return copy;
}

/* A new step; its number, or SIZE_MAX for want of memory. Pointers to steps do not survive the next call. */
static size_t new_step(ntm_i_explainer *e, uint32_t depth, ntm_node node) {
    ntm_i_step *step = ntm_i_array_push(&e->out->steps);
    if (step == NULL) {
        e->failed = true;
        return SIZE_MAX;
    }
    step->view.depth = depth;
    step->view.node = node;
    step->view.citation.standing = NTM_ABSENT;
    step->least = NTM_I_MINUS_INFINITY;
    step->most = NTM_I_INFINITY;
    return e->out->steps.count - 1;
}

ntm_i_step *ntm_i_explain_step(ntm_i_explainer *e, size_t index) { return &((ntm_i_step *)e->out->steps.items)[index]; }

static void name_step(ntm_i_explainer *e, ntm_i_step *step, ntm_names names, const char *fallback) {
    step->view.label_vi = ntm_i_explain_copy(e, names.vi != NULL ? names.vi : names.en != NULL ? names.en : fallback);
    step->view.label_en = ntm_i_explain_copy(e, names.en != NULL ? names.en : names.vi != NULL ? names.vi : fallback);
}

static const char *bound_text(ntm_i_explainer *e, ntm_i_rational value, const char *unit) {
    char text[96];
    if (!ntm_i_is_finite(value)) return NULL;
    if (ntm_i_unit_is_date(unit))
        ntm_i_day_text(text, (ntm_date)ntm_i_rational_floor(value));
    else
        (void)ntm_i_rational_format(text, sizeof text, value);
    return ntm_i_explain_copy(e, text);
}

/* Bounds in the unit in which the law speaks. */
static void give_value(ntm_i_explainer *e, ntm_i_step *step, ntm_i_interval value, int power, const char *unit) {
    if (!ntm_i_rational_scale(&step->least, value.least, -power)) step->least = NTM_I_MINUS_INFINITY;
    if (!ntm_i_rational_scale(&step->most, value.most, -power)) step->most = NTM_I_INFINITY;
    step->view.least = bound_text(e, step->least, unit);
    step->view.most = bound_text(e, step->most, unit);
    step->view.unit = ntm_i_explain_copy(e, unit);
}

/* The unit of a node, in the explanation's memory. */
static const char *unit_of(ntm_i_explainer *e, ntm_node at, int *power) {
    char buffer[NTM_I_UNIT_TEXT_MAX];
    return ntm_i_explain_copy(e, ntm_i_node_unit(e->plan, at, power, buffer));
}

static ntm_reason reason_of_input(ntm_known known) {
    return known == NTM_NOT_REPORTED     ? NTM_REASON_NOT_REPORTED
           : known == NTM_NOT_APPLICABLE ? NTM_REASON_NOT_APPLICABLE
                                         : NTM_REASON_NONE;
}

static void explain_input(ntm_i_explainer *e, size_t at, ntm_node node) {
    uint32_t input = ntm_i_exact_node_input(&e->x, node);
    const ntm_i_input *about = &ntm_i_plan_inputs(e->plan)[input];
    ntm_i_interval value;
    ntm_reason reason = reason_of_input(ntm_i_exact_input(&e->x, input, &value));
    ntm_i_step *step = ntm_i_explain_step(e, at);
    step->view.reason = reason;
    const ntm_i_bound *bound = &e->x.run->bounds[input];
    step->bounded = reason == NTM_REASON_NOT_REPORTED && about->kind == NTM_I_IN_NUMBER && ntm_i_has_limits(bound) &&
                    ntm_i_cut_of_row(e->x.run, &value, bound, e->x.row);
    /* The column's name tells more than the fact's where it is of the past, a parent or a member. */
    bool itself = about->fact != NULL && strcmp(about->name, about->fact->id) == 0;
    name_step(e, step, itself ? about->fact->name : (ntm_names){NULL, NULL}, about->name);
}

static bool is_point(ntm_i_interval value) {
    return ntm_i_is_finite(value.least) && ntm_i_rational_compare(value.least, value.most) == 0;
}

/* What is lacking, or to spare where it is met: of a share of known counts, how many more (or fewer) of the dividend;
   else the plain difference. */
static void explain_gap(ntm_i_explainer *e, size_t at, ntm_node node, bool met) {
    ntm_i_measure measure;
    ntm_i_measured row;
    ntm_i_rational gap;
    if (!ntm_i_measure_of(&measure, e->plan, node, &e->x.run->arena)) {
        e->failed = true;
        return;
    }
    if (!ntm_i_measure_row(&row, &e->x, &measure) || !is_point(row.have) || !is_point(row.want)) return;
    if (!(met ? ntm_i_to_spare(&gap, row.sign, row.have.least, row.want.least, measure.whole)
              : ntm_i_lacking(&gap, row.sign, row.have.least, row.want.least, measure.whole)))
        return;
    const char *unit = measure.unit != NULL && ntm_i_unit_is_date(measure.unit) ? "day" : measure.unit;
    ntm_i_step *step = ntm_i_explain_step(e, at);
    if (met) {
        step->view.surplus = bound_text(e, gap, NULL);
        step->view.gap_unit = ntm_i_explain_copy(e, unit);
        return;
    }
    if (gap.numerator == 0) return; /* "more than 5" with 5: nothing that could be named is lacking */
    step->gap = gap;
    step->gap_sign = row.sign;
    step->view.gap = bound_text(e, gap, NULL);
    step->view.gap_unit = ntm_i_explain_copy(e, unit);
}

static void explain_node(ntm_i_explainer *e, ntm_node at, uint32_t depth);

/* Where the fact is not applicable the rule asks nothing more: the node below is not gone into. */
static bool decided_by_not_applicable(ntm_i_explainer *e, size_t at, ntm_node node) {
    ntm_i_interval unused;
    uint32_t input = ntm_i_exact_node_input(&e->x, node);
    if (ntm_i_exact_input(&e->x, input, &unused) != NTM_NOT_APPLICABLE) return false;
    explain_input(e, at, node);
    return true;
}

/* A value is gone into where it is met first: values that name one another must not multiply the steps. */
static void explain_value_below(ntm_i_explainer *e, ntm_node at, uint32_t depth) {
    uint32_t index = e->set->info[at - 1].target;
    if (e->seen[index] || e->set->values[index].rule == 0) return;
    e->seen[index] = true;
    explain_node(e, e->set->values[index].rule, depth);
}

static void explain_below(ntm_i_explainer *e, ntm_node at, const ntm_node_spec *node, uint32_t depth) {
    if (node->kind == NTM_VALUE) {
        explain_value_below(e, at, depth);
        return;
    }
    bool over = node->kind == NTM_COUNT || node->kind == NTM_SHARE || node->kind == NTM_EVERY;
    if (over && node->over == NTM_OVER_CHILDREN) return; /* other units' rows */
    if (over && node->over == NTM_OVER_MEMBERS) {
        uint32_t dimension = e->set->info[at - 1].target, before = e->x.members[dimension];
        for (uint32_t i = 0; i < e->set->dimensions[dimension].member_count; i++) {
            e->x.members[dimension] = i;
            explain_node(e, node->of[0], depth);
        }
        e->x.members[dimension] = before;
        return;
    }
    for (size_t i = 0; i < node->of_count; i++)
        explain_node(e, node->of[i], depth);
    for (size_t i = 0; i < node->band_count; i++)
        if (node->bands[i].requires_met != 0) explain_node(e, node->bands[i].requires_met, depth);
    if (node->knock_out != 0) explain_node(e, node->knock_out, depth);
}

static void explain_level(ntm_i_explainer *e, size_t at, ntm_node node) {
    const ntm_node_spec *spec = &e->set->nodes[node - 1];
    explain_input(e, at, node);
    const ntm_i_bound *bound = &e->x.run->bounds[ntm_i_exact_node_input(&e->x, node)];
    const ntm_fact *fact = &e->set->facts[e->set->info[node - 1].target];
    ntm_i_step *step = ntm_i_explain_step(e, at);
    step->view.unit = ntm_i_explain_copy(e, spec->label);
    if (bound->form == NTM_I_FORM_NONE || !ntm_i_bit(&bound->valid, e->x.row)) return;
    uint32_t place = ((const uint32_t *)bound->values)[e->x.row];
    if (place < fact->level_count) step->level = ntm_i_explain_copy(e, fact->levels[place]);
}

static void explain_reference(ntm_i_explainer *e, size_t at, const ntm_node_spec *node) {
    bool criterion = node->kind == NTM_CRITERION;
    uint32_t target = e->set->info[ntm_i_explain_step(e, at)->view.node - 1].target;
    ntm_i_step *step = ntm_i_explain_step(e, at);
    step->id = ntm_i_explain_copy(e, node->name);
    name_step(e, step, criterion ? e->set->criteria[target].name : e->set->indicators[target].name, node->name);
}

static void explain_grade(ntm_i_explainer *e, size_t at, ntm_node node) {
    const ntm_node_spec *spec = &e->set->nodes[node - 1];
    uint32_t least, most;
    ntm_i_exact_grade(&e->x, node, &least, &most);
    ntm_i_step *step = ntm_i_explain_step(e, at);
    step->view.least = least == 0 ? NULL : ntm_i_explain_copy(e, spec->bands[least - 1].label);
    step->view.most = most == 0 ? NULL : ntm_i_explain_copy(e, spec->bands[most - 1].label);
    step->view.label_vi = ntm_i_kind_word(NTM_GRADE, NTM_VI);
    step->view.label_en = ntm_i_kind_word(NTM_GRADE, NTM_EN);
}

/* The class that a grade has, where there is only one possible. */
static void explain_grade_level(ntm_i_explainer *e, size_t at, const ntm_node_spec *node) {
    const ntm_node_spec *grade = &e->set->nodes[node->of[0] - 1];
    uint32_t least, most;
    ntm_i_exact_grade(&e->x, node->of[0], &least, &most);
    ntm_i_step *step = ntm_i_explain_step(e, at);
    step->view.unit = ntm_i_explain_copy(e, node->label);
    if (least == most) step->level = least == 0 ? "–" : ntm_i_explain_copy(e, grade->bands[least - 1].label);
}

static bool divides_by_zero(ntm_i_explainer *e, const ntm_node_spec *node) {
    if (node->kind != NTM_RATIO) return false;
    ntm_i_interval divisor = ntm_i_exact_quantity(&e->x, node->of[1]);
    return is_point(divisor) && divisor.least.numerator <= 0;
}

static void explain_value(ntm_i_explainer *e, size_t at, ntm_node node) {
    const ntm_value *value = &e->set->values[e->set->info[node - 1].target];
    ntm_i_step *step = ntm_i_explain_step(e, at);
    step->id = ntm_i_explain_copy(e, value->id);
    name_step(e, step, value->name, value->id);
    if (value->rule == 0) step->view.reason = NTM_REASON_VALUE_ABSENT;
    if (step->view.citation.standing == NTM_ABSENT) step->view.citation = ntm_i_explain_citation(e, &value->citation);
}

static void explain_quantity(ntm_i_explainer *e, size_t at, ntm_node node) {
    const ntm_node_spec *spec = &e->set->nodes[node - 1];
    ntm_i_interval value = ntm_i_exact_quantity(&e->x, node);
    int power;
    const char *unit = unit_of(e, node, &power);
    give_value(e, ntm_i_explain_step(e, at), value, power, unit);
    switch (spec->kind) {
        case NTM_FACT:
        case NTM_PAST:
        case NTM_OF_PARENT:
        case NTM_AVERAGE: explain_input(e, at, node); break;
        case NTM_FIGURE_OF:
            if (e->plan->node_threshold[node - 1] != NTM_I_NONE)
                ntm_i_explain_figure(e, at, e->plan->node_threshold[node - 1]);
            else
                explain_input(e, at, node);
            break;
        case NTM_FIGURE: ntm_i_explain_figure(e, at, e->set->info[node - 1].target); break;
        case NTM_VALUE: explain_value(e, at, node); break;
        default:
            ntm_i_explain_step(e, at)->view.label_vi = ntm_i_kind_word(spec->kind, NTM_VI);
            ntm_i_explain_step(e, at)->view.label_en = ntm_i_kind_word(spec->kind, NTM_EN);
            if (divides_by_zero(e, spec)) ntm_i_explain_step(e, at)->view.reason = NTM_REASON_ZERO_DIVISOR;
            break;
    }
}

static void explain_node(ntm_i_explainer *e, ntm_node at, uint32_t depth) {
    const ntm_node_spec *node = &e->set->nodes[at - 1];
    size_t index = e->failed ? SIZE_MAX : new_step(e, depth, at);
    if (index == SIZE_MAX) return;
    ntm_i_node_sort sort = e->set->info[at - 1].sort;
    ntm_i_explain_step(e, index)->view.kind = node->kind;
    ntm_i_explain_step(e, index)->view.is_condition = sort == NTM_I_CONDITION;
    if (node->citation.standing != NTM_ABSENT)
        ntm_i_explain_step(e, index)->view.citation = ntm_i_explain_citation(e, &node->citation);
    if (sort == NTM_I_GRADE) explain_grade(e, index, at);
    if (sort == NTM_I_QUANTITY) explain_quantity(e, index, at);
    if (sort == NTM_I_CONDITION) {
        ntm_verdict verdict = ntm_i_exact_condition(&e->x, at);
        ntm_i_explain_step(e, index)->view.verdict = verdict;
        ntm_i_explain_step(e, index)->view.compare = node->compare;
        ntm_i_explain_step(e, index)->view.label_vi = ntm_i_kind_word(node->kind, NTM_VI);
        ntm_i_explain_step(e, index)->view.label_en = ntm_i_kind_word(node->kind, NTM_EN);
        if (node->kind == NTM_ATTESTED || node->kind == NTM_HOLDS) explain_input(e, index, at);
        if (node->kind == NTM_AT_LEVEL && node->name != NULL) explain_level(e, index, at);
        if (node->kind == NTM_AT_LEVEL && node->name == NULL) explain_grade_level(e, index, node);
        if (node->kind == NTM_CRITERION || node->kind == NTM_INDICATOR) explain_reference(e, index, node);
        if (node->kind == NTM_COMPARE && (verdict == NTM_NOT_MET || (verdict == NTM_MET && node->compare != NTM_EQUAL)))
            explain_gap(e, index, at, verdict == NTM_MET);
        if (node->kind == NTM_IF_APPLICABLE && decided_by_not_applicable(e, index, at)) return;
    }
    explain_below(e, at, node, depth + 1);
}

/* A criterion, indicator, precondition or the status as a step of its own. */
static size_t explain_part(ntm_i_explainer *e, uint32_t depth, uint32_t slot, const char *id, ntm_names names,
                           const ntm_citation *citation) {
    size_t index = e->failed ? SIZE_MAX : new_step(e, depth, 0);
    if (index == SIZE_MAX) return SIZE_MAX;
    ntm_i_step *step = ntm_i_explain_step(e, index);
    step->is_part = true;
    step->id = ntm_i_explain_copy(e, id);
    step->view.is_condition = true;
    step->view.verdict = ntm_i_truth_at(&e->x.run->verdicts[slot], e->x.row);
    if (citation != NULL) step->view.citation = ntm_i_explain_citation(e, citation);
    name_step(e, step, names, id);
    return index;
}

static void explain_rule(ntm_i_explainer *e, size_t index, ntm_node rule, uint32_t depth) {
    if (index == SIZE_MAX) return;
    if (rule == 0)
        ntm_i_explain_step(e, index)->view.reason = NTM_REASON_RULE_ABSENT;
    else
        explain_node(e, rule, depth);
}

static void explain_indicator(ntm_i_explainer *e, size_t at, uint32_t depth) {
    const ntm_indicator *indicator = &e->set->indicators[at];
    size_t index =
        explain_part(e, depth, ntm_i_slot_indicator(e->set, at), indicator->id, indicator->name, &indicator->citation);
    explain_rule(e, index, indicator->rule, depth + 1);
}

/* Whether anything in a rule is known only from memory. */
static bool rule_is_unverified(const ntm_i_explainer *e, ntm_node at) {
    if (at == 0) return false;
    const ntm_node_spec *node = &e->set->nodes[at - 1];
    if (node->citation.standing == NTM_UNVERIFIED) return true;
    if (node->kind == NTM_FIGURE) {
        const ntm_figure *figure = &e->set->figures[e->set->info[at - 1].target];
        if (figure->citation.standing == NTM_UNVERIFIED) return true;
        for (size_t i = 0; i < figure->value_count; i++)
            if (figure->values[i].citation.standing == NTM_UNVERIFIED) return true;
    }
    for (size_t i = 0; i < node->of_count; i++)
        if (rule_is_unverified(e, node->of[i])) return true;
    return false;
}

/* A criterion that is not gone into says for all that is below whether it can be relied on. */
static bool criterion_is_unverified(const ntm_i_explainer *e, const ntm_criterion *criterion) {
    if (rule_is_unverified(e, criterion->rule)) return true;
    for (size_t i = 0; i < criterion->indicator_count; i++) {
        const ntm_indicator *indicator = &e->set->indicators[criterion->first_indicator + i];
        if (indicator->citation.standing == NTM_UNVERIFIED || rule_is_unverified(e, indicator->rule)) return true;
    }
    return false;
}

static void explain_criterion(ntm_i_explainer *e, size_t at, uint32_t depth, bool whole) {
    const ntm_criterion *criterion = &e->set->criteria[at];
    size_t index = explain_part(e, depth, (uint32_t)at, criterion->id, criterion->name, &criterion->citation);
    if (index == SIZE_MAX) return;
    if (!whole && criterion_is_unverified(e, criterion))
        ntm_i_explain_step(e, index)->view.citation.standing = NTM_UNVERIFIED;
    if (!whole) return;
    if (criterion->rule != 0)
        explain_node(e, criterion->rule, depth + 1);
    else if (criterion->indicator_count == 0)
        ntm_i_explain_step(e, index)->view.reason = NTM_REASON_RULE_ABSENT;
    for (size_t i = 0; i < criterion->indicator_count; i++)
        explain_indicator(e, criterion->first_indicator + i, depth + 1);
}

static void explain_precondition(ntm_i_explainer *e, size_t at, uint32_t depth) {
    const ntm_precondition *precondition = &e->set->preconditions[at];
    size_t index = explain_part(e, depth, ntm_i_slot_precondition(e->set, at), precondition->id, precondition->name,
                                &precondition->citation);
    explain_rule(e, index, precondition->rule, depth + 1);
}

static void explain_status(ntm_i_explainer *e, bool with_preconditions) {
    uint32_t slot = with_preconditions ? ntm_i_slot_status(e->set) : ntm_i_slot_criteria_status(e->set);
    (void)explain_part(e, 0, slot, e->set->about.id, e->set->about.title, NULL);
    if (e->set->status != 0) explain_node(e, e->set->status, 1);
    for (size_t i = 0; i < e->set->criterion_count; i++)
        explain_criterion(e, i, 1, false);
    for (size_t i = 0; i < e->set->precondition_count && with_preconditions; i++)
        explain_precondition(e, i, 1);
}

static void explain_all(ntm_i_explainer *e, ntm_of of, size_t index) {
    switch (of) {
        case NTM_OF_STATUS: explain_status(e, true); break;
        case NTM_OF_CRITERIA_STATUS: explain_status(e, false); break;
        case NTM_OF_REVOCATION:
            explain_rule(e,
                         explain_part(e, 0, ntm_i_slot_revocation(e->set), "revocation",
                                      (ntm_names){"Thu hồi", "Revocation"}, NULL),
                         e->set->revocation, 1);
            break;
        case NTM_OF_CRITERION: explain_criterion(e, index, 0, true); break;
        case NTM_OF_INDICATOR: explain_indicator(e, index, 0); break;
        case NTM_OF_PRECONDITION: explain_precondition(e, index, 0); break;
    }
}

static bool is_named(const ntm_set *set, ntm_of of, size_t index) {
    if (of == NTM_OF_CRITERION) return index < set->criterion_count;
    if (of == NTM_OF_INDICATOR) return index < set->indicator_count;
    if (of == NTM_OF_PRECONDITION) return index < set->precondition_count;
    return of <= NTM_OF_PRECONDITION;
}

static ntm_status explain_row(ntm_i_explainer *e, ntm_i_run *run, ntm_of of, size_t index, ntm_error *err) {
    explain_all(e, of, index);
    if (e->failed) return ntm_i_no_memory(err);
    if (run->problem_count == 0) return NTM_OK;
    (void)ntm_i_error_copy(err, &run->first);
    return run->first.status;
}

ntm_status ntm_explain(ntm_explanation **out, const ntm_plan *plan, const ntm_table *table, size_t row, ntm_of of,
                       size_t index, const ntm_allocator *allocator, ntm_error *err) {
    if (out == NULL || plan == NULL || table == NULL || !ntm_i_allocator_usable(allocator))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "a place for the explanation, a plan, a table and a whole allocator are needed");
    if (row >= table->rows)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_ROW(NULL, row), "row %zu of a table of %zu rows", row,
                          table->rows);
    if (!is_named(plan->set, of, index))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(plan->set->about.id),
                          "the set has no part %zu of kind %d", index, (int)of);
    if (of == NTM_OF_REVOCATION && plan->set->revocation == 0)
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(plan->set->about.id),
                          "the set has no rule of revocation");
    ntm_evaluate_options options = NTM_EVALUATE_OPTIONS_INIT;
    options.allocator = allocator;
    options.ignore_unknown = true; /* that was for the evaluation to say */
    ntm_allocator chosen = ntm_i_allocator(allocator);
    ntm_i_run run;
    ntm_status status = ntm_i_run_start(&run, plan, table, &options, err);
    if (status != NTM_OK) return status;
    ntm_explanation *explanation = ntm_i_allocate(&chosen, 1, sizeof *explanation);
    if (explanation == NULL) {
        ntm_i_run_end(&run);
        return ntm_i_no_memory(err);
    }
    ntm_i_arena_start(&explanation->arena, &chosen);
    ntm_i_array_start(&explanation->steps, &chosen, sizeof(ntm_i_step));
    ntm_i_run_block(&run, row, 1);
    ntm_i_explainer e = {ntm_i_exact_start(&run, 0), plan, plan->set, explanation, false, NULL};
    e.x.quiet = true;
    e.seen = ntm_i_arena_take(&run.arena, plan->set->value_count, sizeof *e.seen);
    e.failed = e.seen == NULL;
    status = explain_row(&e, &run, of, index, err);
    ntm_i_run_end(&run);
    if (status != NTM_OK)
        ntm_explanation_free(explanation);
    else
        *out = explanation;
    return status;
}

void ntm_explanation_free(ntm_explanation *explanation) {
    if (explanation == NULL) return;
    ntm_allocator allocator = explanation->arena.allocator;
    ntm_i_array_end(&explanation->steps);
    ntm_i_arena_end(&explanation->arena);
    ntm_i_release(&allocator, explanation, 1, sizeof *explanation);
}

size_t ntm_explanation_steps(const ntm_explanation *explanation) {
    return explanation == NULL ? 0 : explanation->steps.count;
}

const ntm_step *ntm_explanation_step(const ntm_explanation *explanation, size_t index) {
    return explanation == NULL || index >= explanation->steps.count ? NULL
                                                                    : &ntm_i_explanation_steps(explanation)[index].view;
}
