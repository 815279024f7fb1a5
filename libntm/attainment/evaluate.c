/* SPDX-License-Identifier: Apache-2.0 */
/* Evaluating a table: block after block, and what is kept of each. */
#include <stdio.h>
#include <string.h>

#include "attainment/attainment.h"
#include "attainment/exact.h"
#include "attainment/values.h"

static char *slot_name(ntm_i_arena *arena, const char *kind, const char *id) {
    size_t size = strlen(kind) + strlen(id);
    char *name = ntm_i_arena_take(arena, size + 1, 1);
    if (name != NULL) (void)snprintf(name, size + 1, "%s%s", kind, id);
    return name;
}

static bool keep_slot(ntm_attainment *result, size_t slot, const char *kind, const char *id) {
    result->slots[slot].met = ntm_i_arena_take(&result->arena, result->words, sizeof(uint64_t));
    result->slots[slot].not_met = ntm_i_arena_take(&result->arena, result->words, sizeof(uint64_t));
    result->slot_names[slot] = slot_name(&result->arena, kind, id);
    return result->slots[slot].met != NULL && result->slots[slot].not_met != NULL && result->slot_names[slot] != NULL;
}

static bool keep_slots(ntm_attainment *result, const ntm_set *set) {
    bool kept = true;
    for (size_t i = 0; i < set->criterion_count && result->keep >= NTM_KEEP_CRITERIA && kept; i++)
        kept = keep_slot(result, i, "criterion:", set->criteria[i].id);
    for (size_t i = 0; i < set->precondition_count && result->keep >= NTM_KEEP_CRITERIA && kept; i++)
        kept = keep_slot(result, ntm_i_slot_precondition(set, i), "precondition:", set->preconditions[i].id);
    for (size_t i = 0; i < set->indicator_count && result->keep >= NTM_KEEP_INDICATORS && kept; i++)
        kept = keep_slot(result, ntm_i_slot_indicator(set, i), "indicator:", set->indicators[i].id);
    return kept && keep_slot(result, ntm_i_slot_criteria_status(set), "criteria_status", "") &&
           keep_slot(result, ntm_i_slot_status(set), "status", "") &&
           keep_slot(result, ntm_i_slot_revocation(set), "revocation", "");
}

static ntm_attainment *result_new(const ntm_set *set, size_t rows, const ntm_evaluate_options *options) {
    ntm_allocator allocator = ntm_i_allocator(options->allocator);
    ntm_attainment *result = ntm_i_allocate(&allocator, 1, sizeof *result);
    if (result == NULL) return NULL;
    ntm_i_arena_start(&result->arena, &allocator);
    result->rows = rows;
    result->words = (rows + 63) / 64;
    result->keep = options->keep;
    result->criterion_count = set->criterion_count;
    result->indicator_count = set->indicator_count;
    result->precondition_count = set->precondition_count;
    result->slot_count = ntm_i_slot_count(set);
    result->slots = ntm_i_arena_take(&result->arena, result->slot_count, sizeof *result->slots);
    result->slot_names = ntm_i_arena_take(&result->arena, result->slot_count, sizeof *result->slot_names);
    result->least = ntm_i_arena_take(&result->arena, rows, sizeof *result->least);
    result->most = ntm_i_arena_take(&result->arena, rows, sizeof *result->most);
    bool good = result->slots != NULL && result->slot_names != NULL && result->least != NULL && result->most != NULL;
    if (good && set->grade != 0) {
        result->grade_least = ntm_i_arena_take(&result->arena, rows, 1);
        result->grade_most = ntm_i_arena_take(&result->arena, rows, 1);
        good = result->grade_least != NULL && result->grade_most != NULL;
    }
    if (good && options->keep_values) good = ntm_i_take_values(result, set);
    if (good && keep_slots(result, set)) return result;
    ntm_attainment_free(result);
    return NULL;
}

void ntm_attainment_free(ntm_attainment *attainment) {
    if (attainment == NULL) return;
    ntm_allocator allocator = attainment->arena.allocator;
    ntm_i_arena arena = attainment->arena;
    ntm_i_release(&allocator, attainment, 1, sizeof *attainment);
    ntm_i_arena_end(&arena);
}

/* Bit j of a byte to byte j of a word. */
static uint64_t spread(uint64_t byte) {
    uint64_t bits = (byte * 0x0101010101010101u) & 0x8040201008040201u;
    return ((bits + 0x7f7f7f7f7f7f7f7fu) >> 7) & 0x0101010101010101u;
}

/* Bit-sliced counters of one word of rows, carried in registers: plane k holds bit k of 64 counts. */
#define PLANES 10 /* up to 1,000 criteria */

static void add_word(uint64_t planes[PLANES], uint64_t carry) {
    for (size_t k = 0; k < PLANES && carry != 0; k++) {
        uint64_t next = planes[k] & carry;
        planes[k] ^= carry;
        carry = next;
    }
}

/* Turns planes into one number a row, eight rows at a time; the two highest bits are rare and come one by one. */
static void unslice(uint16_t *out, const uint64_t planes[PLANES], size_t used, size_t rows) {
    uint64_t low[8];
    uint8_t bytes[64];
    for (size_t i = 0; i < 8; i++) {
        low[i] = 0;
        for (size_t k = 0; k < (used < 8 ? used : 8); k++)
            low[i] += spread(planes[k] >> (8 * i) & 0xff) << k;
        for (size_t j = 0; j < 8; j++) /* byte order does not matter to shifts */
            bytes[8 * i + j] = (uint8_t)(low[i] >> (8 * j));
    }
    for (size_t i = 0; i < rows; i++)
        out[i] = bytes[i];
    for (size_t i = 0; i < rows && used > 8; i++)
        out[i] = (uint16_t)(out[i] | (planes[8] >> i & 1) << 8 | (planes[9] >> i & 1) << 9);
}

static void keep_counts(ntm_attainment *result, const ntm_i_run *run) {
    size_t criteria = result->criterion_count, used = 0;
    while (criteria >> used != 0)
        used++;
    for (size_t word = 0; word < run->words; word++) {
        size_t rows = run->rows - word * 64 < 64 ? run->rows - word * 64 : 64;
        uint64_t inside = rows < 64 ? (UINT64_C(1) << rows) - 1 : UINT64_MAX;
        uint64_t least[PLANES] = {0}, most[PLANES] = {0};
        for (size_t c = 0; c < criteria; c++) {
            add_word(least, run->verdicts[c].met.words[word]);
            add_word(most, ~run->verdicts[c].not_met.words[word] & inside);
        }
        unslice(result->least + run->start + word * 64, least, used, rows);
        unslice(result->most + run->start + word * 64, most, used, rows);
    }
}

static void keep_block(ntm_attainment *result, ntm_i_run *run) {
    size_t first = run->start / 64, size = run->words * sizeof(uint64_t);
    for (size_t slot = 0; slot < result->slot_count; slot++) {
        if (result->slots[slot].met == NULL) continue;
        memcpy(result->slots[slot].met + first, run->verdicts[slot].met.words, size);
        memcpy(result->slots[slot].not_met + first, run->verdicts[slot].not_met.words, size);
    }
    keep_counts(result, run);
    ntm_i_keep_values(result, run);
    for (size_t i = 0; result->grade_least != NULL && i < run->rows; i++) {
        ntm_i_exact x = ntm_i_exact_start(run, i);
        uint32_t least, most;
        ntm_i_exact_grade(&x, run->plan->grade, &least, &most);
        result->grade_least[run->start + i] = (uint8_t)least;
        result->grade_most[run->start + i] = (uint8_t)most;
    }
}

ntm_status ntm_evaluate(ntm_attainment **out, const ntm_plan *plan, const ntm_table *table,
                        const ntm_evaluate_options *options, ntm_error *err) {
    const ntm_evaluate_options defaults = NTM_EVALUATE_OPTIONS_INIT;
    if (options == NULL) options = &defaults;
    if (out == NULL || plan == NULL || table == NULL || options->struct_size < sizeof *options ||
        options->keep > NTM_KEEP_INDICATORS || !ntm_i_allocator_usable(options->allocator))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "a place for the result, a plan, a table and initialised options are needed");
    ntm_i_run run;
    ntm_status status = ntm_i_run_start(&run, plan, table, options, err);
    if (status != NTM_OK) return status;
    ntm_attainment *result = result_new(plan->set, table->rows, options);
    if (result == NULL) {
        ntm_i_run_end(&run);
        return ntm_i_no_memory(err);
    }
    for (size_t start = 0; start < table->rows; start += NTM_I_BLOCK) {
        size_t rows = table->rows - start < NTM_I_BLOCK ? table->rows - start : NTM_I_BLOCK;
        ntm_i_run_block(&run, start, rows);
        keep_block(result, &run);
        /* Without a list to fill, the first bad block has the lowest bad row. */
        if (run.problem_count > 0 && options->problems == NULL) break;
    }
    if (run.problem_count > 0) {
        status = run.first.status;
        (void)ntm_i_error_copy(err, &run.first);
        ntm_attainment_free(result);
    } else {
        *out = result;
    }
    ntm_i_run_end(&run);
    return status;
}
