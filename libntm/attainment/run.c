/* SPDX-License-Identifier: Apache-2.0 */
/* Running a plan's program over one block of rows. */
#include "attainment/run.h"

#include <string.h>

#include "attainment/exact.h"
#include "attainment/ratio.h"
#include "base/checked.h"

static ntm_status take_scratch(ntm_i_run *run, ntm_error *err) {
    const ntm_plan *plan = run->plan;
    run->keys = ntm_i_arena_take(&run->arena, plan->keyspaces.count, sizeof *run->keys);
    run->registers = ntm_i_arena_take(&run->arena, plan->registers, sizeof *run->registers);
    run->verdicts = ntm_i_arena_take(&run->arena, ntm_i_slot_count(plan->set), sizeof *run->verdicts);
    run->counters = ntm_i_arena_take(&run->arena, (size_t)plan->registers * 2 * plan->counter_planes,
                                     NTM_I_BLOCK_WORDS * sizeof *run->counters);
    run->each = ntm_i_arena_take(&run->arena, NTM_I_BLOCK, sizeof *run->each);
    run->values = ntm_i_arena_take(&run->arena, plan->set->value_count, sizeof *run->values);
    if (run->values == NULL) return ntm_i_no_memory(err);
    bool of_doubles = false;
    for (size_t i = 0; i < plan->comparisons.count; i++)
        of_doubles = of_doubles || (run->comparisons[i].how == NTM_I_HOW_RATIO && run->comparisons[i].of_doubles);
    for (size_t i = 0; i < 2 && of_doubles; i++) {
        run->wholes[i] = ntm_i_arena_take(&run->arena, NTM_I_BLOCK, sizeof *run->wholes[i]);
        if (run->wholes[i] == NULL) return ntm_i_no_memory(err);
    }
    if (plan->scope_axis != NTM_I_NONE) {
        run->other_keys.each = ntm_i_arena_take(&run->arena, NTM_I_BLOCK, sizeof *run->other_keys.each);
        if (run->other_keys.each == NULL) return ntm_i_no_memory(err);
    }
    if (run->keys == NULL || run->registers == NULL || run->verdicts == NULL || run->counters == NULL ||
        run->each == NULL)
        return ntm_i_no_memory(err);
    for (size_t i = 0; i < plan->keyspaces.count; i++) {
        const ntm_i_keyspace *space = &ntm_i_plan_keyspaces(plan)[i];
        run->keys[i].block = SIZE_MAX;
        bool columns = false;
        for (uint32_t k = 0; k < space->axis_count; k++)
            columns = columns || run->bounds[plan->axes[space->axes[k]].input].column != NULL ||
                      space->axes[k] == plan->scope_axis;
        if (columns) run->keys[i].each = ntm_i_arena_take(&run->arena, NTM_I_BLOCK, sizeof *run->keys[i].each);
        if (columns && run->keys[i].each == NULL) return ntm_i_no_memory(err);
    }
    return NTM_OK;
}

ntm_status ntm_i_run_start(ntm_i_run *run, const ntm_plan *plan, const ntm_table *table,
                           const ntm_evaluate_options *options, ntm_error *err) {
    memset(run, 0, sizeof *run);
    run->plan = plan;
    run->table = table;
    run->kernels = plan->kernels == NTM_KERNELS_BEST ? ntm_i_kernels_best() : &ntm_i_kernels_plain;
    run->problems = options->problems;
    run->first = (ntm_error)NTM_ERROR_INIT;
    ntm_i_arena_start(&run->arena, options->allocator);
    ntm_status status = ntm_table_check(table, options->problems, err);
    if (status == NTM_OK) status = ntm_i_bind_inputs(run, options, err);
    if (status == NTM_OK) status = ntm_i_bind_comparisons(run, err);
    if (status == NTM_OK) status = take_scratch(run, err);
    if (status != NTM_OK) ntm_i_run_end(run);
    return status;
}

void ntm_i_run_end(ntm_i_run *run) { ntm_i_arena_end(&run->arena); }

/* met where the bits say so, not met elsewhere, open where nothing is known. */
static void set_truth(const ntm_i_run *run, ntm_i_truth *out, const uint64_t *bits, const uint64_t *known) {
    for (size_t word = 0; word < run->words; word++) {
        out->met.words[word] = bits[word] & known[word];
        out->not_met.words[word] = ~bits[word] & known[word];
    }
}

static void set_open(ntm_i_truth *out) { memset(out, 0, sizeof *out); }

/* Levels that are not reported and bounded. */
static void add_bounded_levels(ntm_i_run *run, ntm_i_truth *out, const ntm_i_bound *bound, uint32_t least) {
    for (size_t i = 0; i < run->rows; i++) {
        if (bound->form != NTM_I_FORM_NONE && ntm_i_bit(&bound->valid, i)) continue;
        ntm_verdict verdict = ntm_i_level_by_limits(run, bound, i, least);
        out->met.words[i / 64] |= (uint64_t)(verdict == NTM_MET) << (i % 64);
        out->not_met.words[i / 64] |= (uint64_t)(verdict == NTM_NOT_MET) << (i % 64);
    }
}

static void run_level(ntm_i_run *run, ntm_i_truth *out, uint32_t input, uint32_t least) {
    ntm_i_load(run, input);
    const ntm_i_bound *bound = &run->bounds[input];
    if (bound->form == NTM_I_FORM_NONE) {
        set_open(out);
    } else {
        uint64_t bits[NTM_I_BLOCK_WORDS] = {0};
        const uint32_t *places = bound->values;
        for (size_t i = 0; i < run->rows; i++)
            bits[i / 64] |= (uint64_t)(places[i] >= least) << (i % 64);
        set_truth(run, out, bits, bound->valid.words);
    }
    if (ntm_i_has_limits(bound)) add_bounded_levels(run, out, bound, least);
}

static void run_flag(ntm_i_run *run, ntm_i_truth *out, uint32_t input) {
    ntm_i_load(run, input);
    const ntm_i_bound *bound = &run->bounds[input];
    if (bound->form == NTM_I_FORM_NONE)
        set_open(out);
    else
        set_truth(run, out, bound->values, bound->valid.words);
}

/* Rows whose cell is known, where keys differ from row to row. */
static void known_rows(const ntm_i_run *run, uint64_t *out, const ntm_i_bound_comparison *c, const ntm_i_keys *keys) {
    for (size_t word = 0; word < run->words; word++) {
        uint32_t key = keys->word_keys[word];
        out[word] = c->all_known && !keys->any_unknown ? UINT64_MAX : 0;
        if (out[word] != 0) continue;
        if (key != NTM_I_NONE) out[word] = c->known[key] ? UINT64_MAX : 0;
        size_t end = run->rows - word * 64 < 64 ? run->rows - word * 64 : 64;
        for (size_t i = 0; key == NTM_I_NONE && i < end; i++)
            out[word] |= (uint64_t)c->known[keys->each[word * 64 + i]] << i;
    }
}

/* Tests rows start .. start + n - 1 of the block against one threshold, or against one a row where key is none. */
static void test_stretch(ntm_i_run *run, uint64_t *out, const ntm_i_bound_comparison *c, const ntm_i_bound *left,
                         const ntm_i_keys *keys, uint32_t key, size_t start, size_t n) {
    const ntm_i_kernels *kernels = run->kernels;
    bool ints = c->how == NTM_I_HOW_INT;
    const void *table = ints ? (const void *)c->ints : (const void *)c->reals;
    if (key == NTM_I_NONE) {
        uint32_t cells = (uint32_t)c->cells;
        kernels->spread(run->each, table, cells, keys->each + start, n);
    }
    const void *thresholds = key == NTM_I_NONE ? (const void *)run->each
                             : ints            ? (const void *)&c->ints[key]
                                               : (const void *)&c->reals[key];
    if (ints)
        (key == NTM_I_NONE ? kernels->int_each : kernels->int_one)[c->test](out, (const int64_t *)left->values + start,
                                                                            thresholds, n);
    else
        (key == NTM_I_NONE ? kernels->real_each : kernels->real_one)[c->test](out, (const double *)left->values + start,
                                                                              thresholds, n);
}

/* Stretches of words with one key are tested together. */
static void test_rows(ntm_i_run *run, uint64_t *out, const ntm_i_bound_comparison *c, const ntm_i_bound *left,
                      const ntm_i_keys *keys) {
    if (keys->uniform) {
        test_stretch(run, out, c, left, keys, keys->key, 0, run->rows);
        return;
    }
    for (size_t word = 0; word < run->words;) {
        size_t end = word + 1;
        while (end < run->words && keys->word_keys[end] == keys->word_keys[word])
            end++;
        size_t last = end * 64 < run->rows ? end * 64 : run->rows;
        test_stretch(run, out + word, c, left, keys, keys->word_keys[word], word * 64, last - word * 64);
        word = end;
    }
}

/* Shares, as integers: dividend * factor against divisor * threshold. A share of nothing is open. */
static void ratio_rows(ntm_i_run *run, uint64_t *out, uint64_t *known, const ntm_i_bound_comparison *c,
                       const ntm_i_bound *left, const ntm_i_bound *divisor, const ntm_i_keys *keys) {
    ntm_i_ratio whole;
    ntm_i_ratio_start(&whole, run, left, divisor);
    const int64_t *a = whole.left, *b = whole.divisor;
    memset(out, 0, run->words * sizeof *out);
    for (size_t word = 0; word < run->words; word++) {
        size_t start = word * 64, end = run->rows - start < 64 ? run->rows : start + 64;
        uint64_t more = 0, equal = 0, something = 0;
        for (size_t i = start; i < end; i++) {
            int64_t bound = c->ints[keys->uniform ? keys->key : keys->each[i]];
            ntm_i_wide x = (ntm_i_wide)a[i] * c->factor, y = (ntm_i_wide)b[i] * bound;
            more |= (uint64_t)(x > y) << (i - start);
            equal |= (uint64_t)(x == y) << (i - start);
            something |= (uint64_t)(b[i] > 0) << (i - start);
        }
        known[word] &= left->valid.words[word] & divisor->valid.words[word] & something;
        out[word] = c->sign == NTM_EQUAL           ? equal
                    : c->sign == NTM_MORE          ? more
                    : c->sign == NTM_MORE_OR_EQUAL ? more | equal
                    : c->sign == NTM_LESS          ? ~(more | equal)
                                                   : ~more;
    }
}

/* One row, which is open so far. */
static void run_exact_row(ntm_i_run *run, ntm_i_truth *out, ntm_node node, size_t row) {
    ntm_i_exact x = ntm_i_exact_start(run, row);
    ntm_verdict verdict = ntm_i_exact_condition(&x, node);
    if (verdict == NTM_MET) out->met.words[row / 64] |= UINT64_C(1) << (row % 64);
    if (verdict == NTM_NOT_MET) out->not_met.words[row / 64] |= UINT64_C(1) << (row % 64);
}

static void run_exact(ntm_i_run *run, ntm_i_truth *out, ntm_node node) {
    set_open(out);
    for (size_t i = 0; i < run->rows; i++)
        run_exact_row(run, out, node, i);
}

/* Shares of doubles that are no short decimals. */
static void run_odd_rows(ntm_i_run *run, ntm_i_truth *out, ntm_node node) {
    for (size_t word = 0; word < run->words; word++) {
        uint64_t odd = run->odd.words[word];
        out->met.words[word] &= ~odd;
        out->not_met.words[word] &= ~odd;
        for (size_t row = word * 64; odd != 0; row++, odd >>= 1)
            if (odd & 1) run_exact_row(run, out, node, row);
    }
}

/* Rows that satisfy the comparison under the keys, among those of which that is known. */
static void compare_under(ntm_i_run *run, const ntm_i_comparison *comparison, const ntm_i_bound_comparison *c,
                          const ntm_i_keys *keys, uint64_t *bits, uint64_t *known) {
    const ntm_i_bound *left = &run->bounds[comparison->left];
    if (keys->uniform && !c->known[keys->key]) {
        memset(bits, 0, run->words * sizeof *bits);
        memset(known, 0, run->words * sizeof *known);
        return;
    }
    if (keys->uniform)
        memset(known, 0xff, run->words * sizeof *known); /* its cell is known */
    else
        known_rows(run, known, c, keys);
    if (c->how == NTM_I_HOW_RATIO) {
        ratio_rows(run, bits, known, c, left, &run->bounds[comparison->divisor], keys);
        return;
    }
    test_rows(run, bits, c, left, keys);
    for (size_t word = 0; word < run->words; word++) {
        known[word] &= left->valid.words[word];
        if (c->negate) bits[word] = ~bits[word];
    }
}

static void run_comparison(ntm_i_run *run, ntm_i_truth *out, uint32_t index) {
    const ntm_i_comparison *comparison = &ntm_i_plan_comparisons(run->plan)[index];
    const ntm_i_bound_comparison *c = &run->comparisons[index];
    if (c->how == NTM_I_HOW_EXACT) {
        run_exact(run, out, comparison->node);
        return;
    }
    /* Loaded even when the outcome is open: bad values are told whatever they would decide. */
    ntm_i_load(run, comparison->left);
    if (comparison->divisor != NTM_I_NONE) ntm_i_load(run, comparison->divisor);
    if (c->how == NTM_I_HOW_OPEN) {
        set_open(out);
        return;
    }
    uint32_t keyspace = ntm_i_plan_thresholds(run->plan)[comparison->threshold].keyspace;
    const ntm_i_keys *keys = ntm_i_load_keys(run, keyspace);
    if (keys->undecided &&
        c->sign == NTM_EQUAL) { /* what lies between two figures equals neither, and is open all the same */
        run_exact(run, out, comparison->node);
        return;
    }
    uint64_t bits[NTM_I_BLOCK_WORDS], known[NTM_I_BLOCK_WORDS];
    memset(run->odd.words, 0, run->words * sizeof *run->odd.words);
    compare_under(run, comparison, c, keys, bits, known);
    /* Where it is open which column holds, only what all that could hold agree on is known. */
    for (size_t i = 1; keys->undecided && i <= run->plan->set->scope_count; i++) {
        uint64_t other_bits[NTM_I_BLOCK_WORDS], other_known[NTM_I_BLOCK_WORDS];
        compare_under(run, comparison, c, ntm_i_load_other_keys(run, keyspace, i), other_bits, other_known);
        for (size_t word = 0; word < run->words; word++)
            known[word] &= other_known[word] & ~(bits[word] ^ other_bits[word]);
    }
    set_truth(run, out, bits, known);
    run_odd_rows(run, out, comparison->node);
}

/* One more in the bit-sliced counters of the rows in `mask`: plane k holds bit k of every row's count. */
static void count_up(const ntm_i_run *run, uint64_t *planes, const ntm_i_mask *mask) {
    for (size_t word = 0; word < run->words; word++) {
        uint64_t carry = mask->words[word];
        for (uint32_t k = 0; k < run->plan->counter_planes && carry != 0; k++) {
            uint64_t *plane = &planes[(size_t)k * NTM_I_BLOCK_WORDS + word];
            uint64_t next = *plane & carry;
            *plane ^= carry;
            carry = next;
        }
    }
}

/* Rows whose count is at least `least`: compares all counts at once, from the highest bit down. */
static void counts_at_least(const ntm_i_run *run, ntm_i_mask *out, const uint64_t *planes, uint32_t least) {
    for (size_t word = 0; word < run->words; word++) {
        uint64_t more = 0, equal = UINT64_MAX;
        for (uint32_t k = run->plan->counter_planes; k-- > 0;) {
            uint64_t plane = planes[(size_t)k * NTM_I_BLOCK_WORDS + word];
            if ((least >> k & 1) != 0) {
                equal &= plane;
            } else {
                more |= equal & plane;
                equal &= ~plane;
            }
        }
        out->words[word] = more | equal;
    }
    if (run->rows % 64 != 0) out->words[run->words - 1] &= (UINT64_C(1) << (run->rows % 64)) - 1;
}

static uint64_t *counter(const ntm_i_run *run, uint32_t reg, bool not_met) {
    return run->counters + ((size_t)reg * 2 + not_met) * run->plan->counter_planes * NTM_I_BLOCK_WORDS;
}

static void copy_truth(const ntm_i_run *run, ntm_i_truth *to, const ntm_i_truth *from) {
    memcpy(to->met.words, from->met.words, run->words * sizeof(uint64_t));
    memcpy(to->not_met.words, from->not_met.words, run->words * sizeof(uint64_t));
}

static void run_op(ntm_i_run *run, const ntm_i_op *op) {
    ntm_i_truth *reg = &run->registers[op->reg], *next = reg + 1;
    size_t planes = (size_t)run->plan->counter_planes * NTM_I_BLOCK_WORDS * sizeof(uint64_t);
    switch (op->code) {
        case NTM_I_OP_OPEN: set_open(reg); break;
        case NTM_I_OP_FLAG: run_flag(run, reg, op->a); break;
        case NTM_I_OP_LEVEL: run_level(run, reg, op->a, op->b); break;
        case NTM_I_OP_COMPARE: run_comparison(run, reg, op->a); break;
        case NTM_I_OP_EXACT: run_exact(run, reg, op->a); break;
        case NTM_I_OP_AND:
            for (size_t i = 0; i < run->words; i++) {
                reg->met.words[i] &= next->met.words[i];
                reg->not_met.words[i] |= next->not_met.words[i];
            }
            break;
        case NTM_I_OP_OR:
            for (size_t i = 0; i < run->words; i++) {
                reg->met.words[i] |= next->met.words[i];
                reg->not_met.words[i] &= next->not_met.words[i];
            }
            break;
        case NTM_I_OP_NOT: {
            ntm_i_mask met = reg->met;
            reg->met = reg->not_met;
            reg->not_met = met;
            break;
        }
        case NTM_I_OP_APPLICABLE:
            ntm_i_load(run, op->a);
            for (size_t i = 0; i < run->words && run->bounds[op->a].any_not_applicable; i++) {
                reg->met.words[i] |= run->bounds[op->a].not_applicable.words[i];
                reg->not_met.words[i] &= ~run->bounds[op->a].not_applicable.words[i];
            }
            break;
        case NTM_I_OP_VERDICT: copy_truth(run, reg, &run->verdicts[op->a]); break;
        case NTM_I_OP_TALLY_START:
            memset(counter(run, op->reg, false), 0, planes);
            memset(counter(run, op->reg, true), 0, planes);
            break;
        case NTM_I_OP_TALLY_ADD:
            count_up(run, counter(run, op->reg, false), &next->met);
            count_up(run, counter(run, op->reg, true), &next->not_met);
            break;
        case NTM_I_OP_TALLY_END: /* too many not met to leave enough: more than b - a of them */
            counts_at_least(run, &reg->met, counter(run, op->reg, false), op->a);
            counts_at_least(run, &reg->not_met, counter(run, op->reg, true), op->b - op->a + 1);
            break;
        case NTM_I_OP_STORE: copy_truth(run, &run->verdicts[op->a], reg); break;
    }
}

void ntm_i_run_block(ntm_i_run *run, size_t start, size_t rows) {
    run->start = start;
    run->rows = rows;
    run->words = (rows + 63) / 64;
    const ntm_i_op *ops = run->plan->ops.items;
    for (size_t i = 0; i < run->plan->ops.count; i++)
        run_op(run, &ops[i]);
    /* What the program came past without looking is checked all the same: errors do not depend on the kernels. */
    for (uint32_t i = 0; i < run->plan->inputs.count; i++)
        if (run->bounds[i].column != NULL || ntm_i_has_limits(&run->bounds[i])) ntm_i_load(run, i);
}
