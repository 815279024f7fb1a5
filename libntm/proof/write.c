/* SPDX-License-Identifier: Apache-2.0 */
/* One proof: its claim, its facts and its steps. */
#include "proof/proof.h"

#include <stdio.h>
#include <string.h>

#include "base/sort.h"

const char *ntm_i_proof_verdict(ntm_verdict verdict) { return ntm_verdict_text(verdict, NTM_EN); }

/* ------------------------------------------------------------------------------------------- claim */

static const char *id_of(const ntm_set *set, const ntm_i_claim *claim) {
    if (claim->at != NULL) return NULL;
    switch (claim->of) {
        case NTM_OF_CRITERION: return set->criteria[claim->index].id;
        case NTM_OF_INDICATOR: return set->indicators[claim->index].id;
        case NTM_OF_PRECONDITION: return set->preconditions[claim->index].id;
        default: return NULL;
    }
}

static void write_claim(ntm_i_json *json, const ntm_i_trace *trace, const ntm_i_claim *claim, const char *hash) {
    static const char *const words[] = {"status",    "criteria_status", "revocation",
                                        "criterion", "indicator",       "precondition"};
    ntm_i_json_key(json, "claim");
    ntm_i_json_open(json, '{');
    ntm_i_json_put(json, "at", claim->at);
    ntm_i_proof_write_axes(json, trace);
    ntm_i_json_put(json, "id", id_of(trace->set, claim));
    ntm_i_json_put_day(json, "known_on", claim->known_on);
    ntm_i_json_put(json, "law", hash);
    ntm_i_json_put(json, "of", claim->at != NULL ? "condition" : words[claim->of]);
    ntm_i_json_put_day(json, "on", trace->plan->on);
    if (claim->unit == NULL) ntm_i_json_put_integer(json, "row", (int64_t)claim->row);
    ntm_i_json_put(json, "set", claim->law->about.id);
    ntm_i_json_put(json, "unit", claim->unit);
    ntm_i_json_put(json, "verdict", ntm_i_proof_verdict(ntm_i_trace_outcomes(trace)[trace->steps.count - 1].verdict));
    ntm_i_json_close(json, '}');
}

/* ------------------------------------------------------------------------------------------- cells */

typedef struct citing {
    ntm_i_json *json;
    const ntm_i_trace *trace;
    const ntm_i_derived *step;
} citing;

static const ntm_citation *citation_of(const ntm_figure *figure, const ntm_figure_value *value) {
    return value->citation.standing != NTM_ABSENT && value->citation.standing != 0 ? &value->citation
                                                                                   : &figure->citation;
}

static void write_keys(const citing *c, size_t rule) {
    const ntm_i_trace *trace = c->trace;
    const ntm_i_threshold *t = &ntm_i_plan_thresholds(trace->plan)[c->step->threshold];
    const ntm_i_keyspace *space = &ntm_i_plan_keyspaces(trace->plan)[t->keyspace];
    ntm_i_json_key(c->json, "keys");
    ntm_i_json_open(c->json, '[');
    for (uint32_t k = 0; k < space->axis_count; k++) {
        char year[16];
        bool by_rule = space->axes[k] == trace->plan->scope_axis && rule < trace->set->scope_count;
        const char *key = by_rule ? trace->set->scopes[rule].use : ntm_i_proof_axis_value(trace, space->axes[k], year);
        if (key == NULL)
            ntm_i_json_null(c->json);
        else
            ntm_i_json_text(c->json, key, strlen(key));
    }
    ntm_i_json_close(c->json, ']');
}

/* The years between which a line runs. */
static void write_between(const citing *c, const ntm_figure *figure, const ntm_i_cell *cell) {
    size_t year = 0;
    if (cell == NULL || cell->until == NULL) return;
    while (strcmp(figure->axes[year], "year") != 0)
        year++;
    const char *ends[] = {cell->from->keys[year], cell->until->keys[year]};
    ntm_i_json_put_texts(c->json, "between", ends, 2);
}

static void write_sources(const citing *c, const ntm_figure *figure, const ntm_i_cell *cell) {
    if (cell == NULL) return;
    const ntm_citation *low = citation_of(figure, cell->from);
    const ntm_citation *high = cell->until == NULL ? NULL : citation_of(figure, cell->until);
    size_t more = high == NULL ? 0 : high->source_count;
    if (low->source_count + more == 0) return;
    ntm_i_json_key(c->json, "sources");
    ntm_i_json_open(c->json, '[');
    for (size_t i = 0; i < low->source_count + more; i++) {
        const char *id = i < low->source_count ? low->sources[i] : high->sources[i - low->source_count];
        ntm_i_json_text(c->json, id, strlen(id));
    }
    ntm_i_json_close(c->json, ']');
}

static void write_cell(void *context, size_t rule, const ntm_i_cell *cell) {
    const citing *c = context;
    const ntm_figure *figure = ntm_i_plan_thresholds(c->trace->plan)[c->step->threshold].figure;
    ntm_i_json_open(c->json, '{');
    write_between(c, figure, cell);
    write_keys(c, rule);
    write_sources(c, figure, cell);
    if (cell != NULL) ntm_i_json_put_number(c->json, "value", cell->value);
    ntm_i_json_close(c->json, '}');
}

/* ------------------------------------------------------------------------------------------- steps */

static void write_part_place(ntm_i_json *json, const ntm_i_trace *trace, const ntm_i_derived *step) {
    static const char *const words[] = {"", "status", "criteria_status", "revocation"};
    char place[64];
    size_t criterion = 0, within = 0;
    switch (step->part) {
        case NTM_I_PART_CRITERION: (void)snprintf(place, sizeof place, "/criteria/%u", (unsigned)step->index); break;
        case NTM_I_PART_INDICATOR:
            ntm_i_proof_indicator_place(trace->set, step->index, &criterion, &within);
            (void)snprintf(place, sizeof place, "/criteria/%zu/indicators/%zu", criterion, within);
            break;
        case NTM_I_PART_PRECONDITION:
            (void)snprintf(place, sizeof place, "/preconditions/%u", (unsigned)step->index);
            break;
        case NTM_I_PART_VALUE: (void)snprintf(place, sizeof place, "/values/%u", (unsigned)step->index); break;
        default: (void)snprintf(place, sizeof place, "%s", words[step->part]); break;
    }
    ntm_i_json_text(json, place, strlen(place));
}

/* The innermost member of each dimension, by the dimensions' ids. */
static void write_members(ntm_i_json *json, const ntm_i_trace *trace, uint32_t frame) {
    const ntm_i_frame *frames = trace->frames.items;
    const char *last = NULL;
    if (frame == 0) return;
    ntm_i_json_key(json, "members");
    ntm_i_json_open(json, '{');
    for (;;) {
        const ntm_i_frame *next = NULL;
        for (uint32_t at = frame; at != 0; at = frames[at - 1].outer) {
            const char *id = trace->set->dimensions[frames[at - 1].dimension].id;
            if (last != NULL && strcmp(id, last) <= 0) continue;
            if (next == NULL || strcmp(id, trace->set->dimensions[next->dimension].id) < 0) next = &frames[at - 1];
        }
        if (next == NULL) break;
        const ntm_dimension *dimension = &trace->set->dimensions[next->dimension];
        ntm_i_json_put(json, dimension->id, dimension->members[next->member]);
        last = dimension->id;
    }
    ntm_i_json_close(json, '}');
}

static bool write_step(ntm_i_document *document, const ntm_i_trace *trace, const ntm_i_claim *claim, uint32_t at) {
    static const char *const parts[] = {"",          "status",    "criteria_status", "revocation",
                                        "criterion", "indicator", "precondition",    "value"};
    ntm_i_json *json = &document->json;
    const ntm_i_derived *step = &ntm_i_trace_steps(trace)[at];
    const ntm_i_outcome *outcomes = ntm_i_trace_outcomes(trace), *outcome = &outcomes[at];
    bool quantity = step->sort == NTM_I_QUANTITY;
    ntm_i_json_open(json, '{');
    ntm_i_json_key(json, "at");
    if (step->part != NTM_I_PART_NONE)
        write_part_place(json, trace, step);
    else if (!ntm_i_proof_path(document, json, trace->set, step->node, claim->at))
        return false;
    if (step->threshold != NTM_I_NONE) {
        citing c = {json, trace, step};
        ntm_i_json_key(json, "cells");
        ntm_i_json_open(json, '[');
        ntm_i_trace_cells(trace, step, outcomes, write_cell, &c);
        ntm_i_json_close(json, ']');
    }
    if (step->sort == NTM_I_GRADE) {
        ntm_i_json_key(json, "grade");
        ntm_i_json_open(json, '[');
        ntm_i_json_integer(json, outcome->lowest);
        ntm_i_json_integer(json, outcome->highest);
        ntm_i_json_close(json, ']');
    }
    if (step->node != 0) ntm_i_json_put(json, "kind", ntm_i_kind_name(trace->set->nodes[step->node - 1].kind));
    if (quantity) ntm_i_json_put_number(json, "least", outcome->range.least);
    write_members(json, trace, step->frame);
    if (quantity) ntm_i_json_put_number(json, "most", outcome->range.most);
    ntm_i_json_put(json, "part", parts[step->part]);
    if (step->sort == NTM_I_CONDITION) ntm_i_json_put(json, "verdict", ntm_i_proof_verdict(outcome->verdict));
    ntm_i_json_close(json, '}');
    return true;
}

/* ------------------------------------------------------------------------------------------- the whole */

int ntm_i_proof_by_name(const void *context, uint32_t a, uint32_t b) {
    const ntm_i_trace *trace = context;
    const ntm_i_given *givens = ntm_i_trace_givens(trace);
    return strcmp(ntm_i_trace_input(trace, &givens[a])->name, ntm_i_trace_input(trace, &givens[b])->name);
}

static int by_set_id(const void *context, uint32_t a, uint32_t b) {
    const ntm_set *const *sets = context;
    return strcmp(sets[a]->about.id, sets[b]->about.id);
}

/* The sets of figure_of among the steps. */
static bool write_others(ntm_i_document *document, const ntm_i_trace *trace) {
    const ntm_set **found = ntm_i_arena_take(&document->arena, trace->plan->other_count, sizeof *found);
    size_t count = 0;
    if (found == NULL) return false;
    for (size_t i = 0; i < trace->plan->other_count; i++) {
        const char *id = trace->plan->others[i]->about.id;
        bool wanted = false;
        for (size_t k = 0; k < i; k++) /* of two with one id the first counts */
            if (strcmp(trace->plan->others[k]->about.id, id) == 0) id = "";
        for (size_t s = 0; s < trace->steps.count && !wanted; s++) {
            const ntm_i_derived *step = &ntm_i_trace_steps(trace)[s];
            if (step->node == 0 || step->threshold == NTM_I_NONE) continue;
            const ntm_node_spec *node = &trace->set->nodes[step->node - 1];
            wanted = node->kind == NTM_FIGURE_OF && strcmp(node->label, id) == 0;
        }
        if (wanted) found[count++] = trace->plan->others[i];
    }
    if (count == 0) return true;
    found = ntm_i_sorted(&document->arena, found, count, sizeof *found, by_set_id);
    if (found == NULL) return false;
    ntm_i_json_key(&document->json, "others");
    ntm_i_json_open(&document->json, '{');
    for (size_t i = 0; i < count; i++) {
        const char *hash = ntm_i_document_law(document, found[i]);
        if (hash == NULL) return false;
        ntm_i_json_put(&document->json, found[i]->about.id, hash);
    }
    ntm_i_json_close(&document->json, '}');
    return true;
}

static const uint32_t *fact_order(ntm_i_document *document, const ntm_i_trace *trace) {
    size_t count = trace->givens.count;
    uint32_t *order = ntm_i_arena_take(&document->arena, 2 * count, sizeof *order);
    if (order == NULL) return NULL;
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    ntm_i_sort(order, order + count, count, ntm_i_proof_by_name, trace);
    return order;
}

ntm_status ntm_i_proof_write(ntm_i_document *document, const ntm_i_trace *trace, const ntm_i_claim *claim,
                             uint32_t *number, ntm_error *err) {
    ntm_i_json *json = &document->json;
    ntm_verdict verdict = ntm_i_trace_outcomes(trace)[trace->steps.count - 1].verdict;
    const uint32_t *order = fact_order(document, trace);
    const char *hash = order == NULL ? NULL : ntm_i_document_law(document, claim->law);
    ntm_status status = NTM_OK;
    if (hash == NULL) return ntm_i_no_memory(err);
    ntm_i_json_open(json, '{');
    if (claim->children != NULL && claim->children->bytes.count > 0) {
        ntm_i_json_key(json, "children");
        ntm_i_json_open(json, '[');
        ntm_i_write(json->to, claim->children->bytes.items, claim->children->bytes.count);
        ntm_i_json_close(json, ']');
    }
    write_claim(json, trace, claim, hash);
    if (claim->last && verdict == NTM_OPEN) status = ntm_i_proof_write_deciding(document, trace, err);
    if (status != NTM_OK) return status;
    ntm_i_proof_write_facts(json, trace, claim, order);
    if (!write_others(document, trace)) return ntm_i_no_memory(err);
    if (claim->last && verdict != NTM_OPEN) status = ntm_i_proof_write_reasons(document, trace, err);
    if (status != NTM_OK) return status;
    ntm_i_json_key(json, "steps");
    ntm_i_json_open(json, '[');
    for (uint32_t i = 0; i < trace->steps.count; i++)
        if (!write_step(document, trace, claim, i)) return ntm_i_no_memory(err);
    ntm_i_json_close(json, ']');
    ntm_i_json_close(json, '}');
    *number = document->count++;
    return json->to->failed ? ntm_i_no_memory(err) : NTM_OK;
}
