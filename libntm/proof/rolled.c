/* SPDX-License-Identifier: Apache-2.0 */
/* Proofs of statuses rolled up: the proofs of the units below that are counted, and of the statuses that are held, come
   before the proof that rests on them. */
#include <string.h>

#include "cascade/cascade.h"
#include "proof/proof.h"
#include "unit/registry.h"

typedef struct rolling {
    ntm_i_document document;
    ntm_cascade cascade; /* a copy, to look from the place of an earlier step */
    const ntm_proof_options *options;
    ntm_allocator allocator;
    uint32_t **numbers; /* by step and row: one more than the proof of its status, 0 = none yet */
    ntm_error *err;
} rolling;

/* What is to be proved: a part of a step's set for one of its rows, or a condition for a unit that is counted. */
typedef struct claimed {
    const ntm_plan *plan;
    const ntm_table *table;
    size_t row;
    ntm_unit unit;
    const char *level;
    const ntm_i_stage *own; /* NULL for a condition */
    size_t done;            /* steps that it could rest on */
    const ntm_set *law;
    const char *at; /* of a condition: its path */
    ntm_of of;
    size_t index;
    bool last;
} claimed;

static ntm_status prove(rolling *r, const claimed *what, uint32_t *number);

static const char *code_of(const rolling *r, ntm_unit unit) { return ntm_units_row(r->cascade.units, unit)->code; }

static ntm_i_rows rows_of(const claimed *what, ntm_i_arena *arena) {
    return (ntm_i_rows){what->level, &what->unit, 1, what->own, NULL, arena, NULL, 0};
}

/* ------------------------------------------------------------------------------------------- statuses that are held */

/* The proof of the status that a fact "holds:S" is; NTM_I_NONE where a table says it, or nobody. */
static ntm_status prove_held(rolling *r, const claimed *what, const char *name, uint32_t *number) {
    ntm_i_rows rows = rows_of(what, NULL);
    *number = NTM_I_NONE;
    r->cascade.done = what->done;
    if (ntm_i_cascade_told(&r->cascade, &rows, name)) return NTM_OK;
    const ntm_i_stage *stage = ntm_i_cascade_status(&r->cascade, name + 6, what->level, what->unit, what->done);
    if (stage == NULL) return NTM_OK;
    size_t step = (size_t)(stage - r->cascade.stages), row = stage->row_of[what->unit];
    if (r->numbers[step] == NULL)
        r->numbers[step] = ntm_i_arena_take(&r->document.arena, stage->rows, sizeof **r->numbers);
    if (r->numbers[step] == NULL) return ntm_i_no_memory(r->err);
    if (r->numbers[step][row] == 0) {
        claimed held = {stage->plan, &stage->table, row,           what->unit, stage->level, stage, step,
                        stage->set,  NULL,          NTM_OF_STATUS, 0,          false};
        ntm_status status = prove(r, &held, number);
        if (status != NTM_OK) return status;
        r->numbers[step][row] = *number + 1;
    }
    *number = r->numbers[step][row] - 1;
    return NTM_OK;
}

static ntm_status prove_all_held(rolling *r, const claimed *what, const ntm_i_trace *trace, uint32_t *numbers) {
    for (size_t i = 0; i < trace->givens.count; i++) {
        const char *name = ntm_i_trace_input(trace, &ntm_i_trace_givens(trace)[i])->name;
        numbers[i] = NTM_I_NONE;
        if (strncmp(name, "holds:", 6) != 0) continue;
        ntm_status status = prove_held(r, what, name, &numbers[i]);
        if (status != NTM_OK) return status;
    }
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- children */

/* The next name by which the steps count children, in the order of bytes: its first node; 0 after the last. */
static ntm_node next_counted(const ntm_i_trace *trace, const char *last) {
    const ntm_set *set = trace->set;
    ntm_node next = 0;
    for (ntm_node n = 1; n <= set->node_count; n++) {
        const ntm_node_spec *node = &set->nodes[n - 1];
        bool over = node->kind == NTM_COUNT || node->kind == NTM_SHARE || node->kind == NTM_EVERY;
        if (!over || node->over != NTM_OVER_CHILDREN || trace->plan->node_input[n - 1] == NTM_I_NONE) continue;
        if (trace->given_of[trace->plan->node_input[n - 1]] == NTM_I_NONE) continue; /* none of these steps */
        if (last != NULL && strcmp(node->name, last) <= 0) continue;
        if (next == 0 || strcmp(node->name, set->nodes[next - 1].name) < 0) next = n;
    }
    return next;
}

static bool is_told(rolling *r, const claimed *what, const ntm_i_trace *trace, ntm_node counted) {
    ntm_i_rows rows = rows_of(what, NULL);
    uint32_t input = trace->plan->node_input[counted - 1];
    r->cascade.done = what->done;
    for (uint32_t i = 0; i < 3; i++)
        if (ntm_i_cascade_told(&r->cascade, &rows, ntm_i_plan_inputs(trace->plan)[input + i].name)) return true;
    return false;
}

/* The condition for each unit of a tally from `first` on. */
static ntm_status prove_each(rolling *r, ntm_i_json *json, const claimed *what, const ntm_i_tally_of *tally,
                             size_t first, size_t end, const ntm_plan *plan, const ntm_table *table, const char *at) {
    for (size_t i = first; i < end; i++) {
        claimed child = {plan, table,      i - first, tally->of[i], tally->level,
                         NULL, what->done, what->law, at,           NTM_OF_CRITERION,
                         0,    false};
        uint32_t number;
        ntm_status status = prove(r, &child, &number);
        if (status != NTM_OK) return status;
        ntm_i_json_open(json, '{');
        if (number != NTM_I_NONE) ntm_i_json_put_integer(json, "proof", number);
        ntm_i_json_put(json, "unit", code_of(r, tally->of[i]));
        ntm_i_json_put(json, "verdict", ntm_i_proof_verdict((ntm_verdict)tally->verdicts[i]));
        ntm_i_json_close(json, '}');
    }
    return NTM_OK;
}

/* Evaluates the condition of a node again, for the units that one row counts, as the cascade did for all. */
static ntm_status prove_tally(rolling *r, ntm_i_json *json, const claimed *what, const ntm_i_tally_of *tally,
                              size_t first, size_t end, ntm_i_arena *arena, ntm_node condition) {
    const ntm_set *set = what->plan->set;
    ntm_set *asked = NULL;
    ntm_plan *plan = NULL;
    ntm_table table;
    ntm_i_rows rows = {tally->level, tally->of + first, end - first, NULL, NULL, arena, NULL, 0};
    ntm_plan_options planning = NTM_PLAN_OPTIONS_INIT;
    planning.on = what->plan->on;
    planning.out_of_force = true; /* the set of the step was asked already */
    planning.others = r->cascade.sets;
    planning.other_count = r->cascade.set_count;
    planning.allocator = &r->allocator;
    const char *at = ntm_i_proof_path_text(&r->document, set, condition, what->at);
    ntm_status status =
        at == NULL ? ntm_i_no_memory(r->err) : ntm_i_condition_set(&asked, set, condition, &r->allocator, r->err);
    if (status == NTM_OK) status = ntm_plan_new(&plan, asked, &planning, r->err);
    r->cascade.done = what->done;
    if (status == NTM_OK) status = ntm_i_cascade_inputs(&table, &r->cascade, plan, &rows, r->err);
    if (status == NTM_OK) status = prove_each(r, json, what, tally, first, end, plan, &table, at);
    ntm_plan_free(plan);
    ntm_i_document_forget(&r->document, asked);
    ntm_set_free(asked);
    return status;
}

/* What a row counts under one name: as the step has it, or counted again for a unit that is counted itself. */
static ntm_status prove_children(rolling *r, ntm_i_json *json, const claimed *what, const ntm_i_trace *trace,
                                 ntm_node counted) {
    const ntm_node_spec *node = &trace->set->nodes[counted - 1];
    const ntm_i_tally_of *tally = NULL;
    ntm_i_tally_of again;
    ntm_i_arena arena;
    ntm_status status = NTM_OK;
    size_t row = what->own == NULL ? 0 : what->row;
    memset(&again, 0, sizeof again);
    ntm_i_arena_start(&arena, &r->allocator);
    for (size_t i = 0; what->own != NULL && i < what->own->tally_count; i++)
        if (strcmp(what->own->tallies[i].name, node->name) == 0) tally = &what->own->tallies[i];
    if (tally == NULL) {
        ntm_i_rows rows = rows_of(what, &arena);
        r->cascade.done = what->done;
        status = ntm_i_cascade_count(&again, &r->cascade, trace->set, counted, &rows, r->err);
        tally = &again;
    }
    ntm_i_json_open(json, '{');
    ntm_i_json_put(json, "name", node->name);
    ntm_i_json_key(json, "units");
    ntm_i_json_open(json, '[');
    if (status == NTM_OK)
        status = prove_tally(r, json, what, tally, tally->first[row], tally->first[row + 1], &arena, node->of[0]);
    ntm_i_json_close(json, ']');
    ntm_i_json_close(json, '}');
    ntm_i_arena_end(&arena);
    return status;
}

static ntm_status prove_all_children(rolling *r, ntm_i_json *json, const claimed *what, const ntm_i_trace *trace) {
    const char *last = NULL;
    for (;;) {
        ntm_node counted = next_counted(trace, last);
        if (counted == 0) return NTM_OK;
        last = trace->set->nodes[counted - 1].name;
        if (is_told(r, what, trace, counted)) continue;
        ntm_status status = prove_children(r, json, what, trace, counted);
        if (status != NTM_OK) return status;
    }
}

/* ------------------------------------------------------------------------------------------- one proof */

static bool nothing_is_known(const ntm_i_trace *trace) {
    if (ntm_i_trace_outcomes(trace)[trace->steps.count - 1].verdict != NTM_OPEN) return false;
    for (size_t i = 0; i < trace->givens.count; i++) {
        const ntm_i_given *given = &ntm_i_trace_givens(trace)[i];
        if (given->state != NTM_NOT_REPORTED || given->has_limit[0] || given->has_limit[1]) return false;
    }
    return true;
}

static ntm_status write_with_below(rolling *r, const claimed *what, const ntm_i_trace *trace, uint32_t *number) {
    ntm_i_writer children;
    ntm_i_writer_start(&children, &r->allocator);
    ntm_i_json json = {&children, false};
    ntm_i_claim claim = {.of = what->of,
                         .index = what->index,
                         .law = what->law,
                         .at = what->at,
                         .unit = code_of(r, what->unit),
                         .known_on = r->options->known_on,
                         .children = &children,
                         .last = what->last};
    uint32_t *held = ntm_i_arena_take(&r->document.arena, trace->givens.count, sizeof *held);
    ntm_status status = held == NULL ? ntm_i_no_memory(r->err) : prove_all_held(r, what, trace, held);
    claim.fact_proofs = held;
    if (status == NTM_OK) status = prove_all_children(r, &json, what, trace);
    if (status == NTM_OK && children.failed) status = ntm_i_no_memory(r->err);
    if (status == NTM_OK && what->last)
        status = ntm_i_proof_notes(&claim.notes, &r->document, trace, r->options, r->err);
    if (status == NTM_OK) status = ntm_i_proof_write(&r->document, trace, &claim, number, r->err);
    ntm_i_writer_end(&children);
    return status;
}

static ntm_status prove(rolling *r, const claimed *what, uint32_t *number) {
    ntm_i_run run;
    ntm_i_trace trace;
    *number = NTM_I_NONE;
    ntm_status status = ntm_i_proof_run(&run, what->plan, what->table, what->row, &r->allocator, r->err);
    if (status != NTM_OK) return status;
    status = ntm_i_trace_start(&trace, &run, &r->allocator, r->err);
    if (status == NTM_OK)
        status = what->at != NULL ? ntm_i_trace_rule(&trace, what->plan->set->criteria[0].rule)
                                  : ntm_i_trace_part(&trace, what->of, what->index);
    if (status == NTM_OK && (what->at == NULL || !nothing_is_known(&trace)))
        status = write_with_below(r, what, &trace, number);
    ntm_i_trace_end(&trace);
    ntm_i_run_end(&run);
    return status;
}

ntm_status ntm_cascade_proof(ntm_text **out, const ntm_cascade *cascade, size_t step, size_t row, ntm_of of,
                             size_t index, const ntm_proof_options *options, ntm_error *err) {
    static const ntm_proof_options usual = NTM_PROOF_OPTIONS_INIT;
    if (out == NULL || cascade == NULL || step >= cascade->stage_count)
        return ntm_i_wrong_call(err, "a place for the proof, a cascade and a step of it are needed");
    if (options == NULL) options = &usual;
    const ntm_i_stage *stage = &cascade->stages[step];
    ntm_status status = ntm_i_proof_options_check(options, err);
    if (status == NTM_OK && options->unit != NULL)
        status = ntm_i_wrong_call(err, "units of a cascade are called by their codes: options.unit has to be NULL");
    if (status == NTM_OK) status = ntm_i_proof_check(stage->set, stage->rows, row, of, index, err);
    if (status != NTM_OK) return status;
    rolling r = {.cascade = *cascade, .options = options, .allocator = ntm_i_allocator(options->allocator), .err = err};
    ntm_i_document_start(&r.document, &r.allocator, options->work_max);
    r.cascade.arena.allocator = r.allocator; /* what is taken while it is looked at again is the caller's of now */
    r.numbers = ntm_i_arena_take(&r.document.arena, cascade->stage_count, sizeof *r.numbers);
    claimed what = {stage->plan, &stage->table, row, stage->of[row], stage->level, stage, step,
                    stage->set,  NULL,          of,  index,          true};
    uint32_t number;
    status = r.numbers == NULL ? ntm_i_no_memory(err) : prove(&r, &what, &number);
    if (status == NTM_OK) status = ntm_i_document_finish(out, &r.document, err);
    ntm_i_document_end(&r.document);
    return status;
}
