/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sums. All whole sources of all targets are added up first, as if every one were reported; then the few that are not are
 * taken out again, one by one, and their bounds put in; then the parts of divided sources. So the usual row costs one
 * addition. 64 bits carry the sums of a block as long as its largest value says that they can; 128 bits otherwise.
 */
#include <string.h>

#include "column/words.h"
#include "rollup/kernels.h"
#include "rollup/rolling.h"

#define ROWS_AT_A_TIME 1024

/* What a target has beside the sum of its reported whole sources. */
typedef struct beside {
    ntm_i_wide least, most; /* to be added to the sum */
    uint32_t absent;        /* parts that are not applicable */
    bool touched;
    bool missing; /* a part is not reported */
    bool open_below, open_above;
} beside;

typedef struct summing {
    ntm_i_rolling *r;
    const ntm_i_job *job;
    const ntm_i_vector *in;
    ntm_i_vector *out;
    const ntm_i_stage *stage;
    const ntm_i_sum_kernels *kernels;
    ntm_i_arena arena;
    uint64_t *known;   /* of the block */
    uint32_t *missing; /* by target: sources that are not reported, when that is all there is to know */
    beside *besides;   /* by target */
    uint32_t *touched; /* targets */
    size_t touched_count;
    ntm_i_wide *sums;      /* by target, when 64 bits do not do; made when first needed */
    bool wide;             /* this block's sums are in `sums` */
    bool plain;            /* what is not reported has its natural bounds, nothing is not applicable or divided */
    int64_t *parts, *rest; /* of one divided source */
    uint32_t *order, *spare;
} summing;

static beside *touch(summing *s, uint32_t target) {
    beside *at = &s->besides[target];
    if (!at->touched) {
        s->touched[s->touched_count++] = target;
        at->touched = true;
    }
    return at;
}

static void add_between(beside *to, ntm_i_limits between) {
    to->missing = true;
    if (between.has_least)
        to->least += between.least;
    else
        to->open_below = true;
    if (between.has_most)
        to->most += between.most;
    else
        to->open_above = true;
}

/* A whole source that is not reported. */
static void add_missing(summing *s, size_t block, size_t row_in_block) {
    const ntm_i_stage *stage = s->stage;
    uint32_t target = stage->to[row_in_block];
    if (target == NTM_I_NO_TARGET) return;
    size_t row = block * stage->from_rows + row_in_block;
    beside *to = touch(s, target);
    if (!s->wide) {
        int64_t *sum = &s->out->own_least[block * stage->to_rows + target];
        *sum = (int64_t)((uint64_t)*sum - (uint64_t)s->in->least[row]);
    }
    ntm_i_state state = ntm_i_state_at(s->in, row);
    if (state.known == NTM_NOT_APPLICABLE)
        to->absent++;
    else
        add_between(to, state.between);
}

/* The usual case: a source that is not reported has its natural bounds, so that it is enough to count such sources. */
static void count_missing(summing *s, size_t block, size_t row_in_block) {
    const ntm_i_stage *stage = s->stage;
    uint32_t target = stage->to[row_in_block];
    if (target == NTM_I_NO_TARGET) return;
    int64_t *sum = &s->out->own_least[block * stage->to_rows + target];
    *sum = (int64_t)((uint64_t)*sum - (uint64_t)s->in->least[block * stage->from_rows + row_in_block]);
    if (s->missing[target]++ == 0) s->touched[s->touched_count++] = target;
}

static void add_missing_of_block(summing *s, size_t block) {
    size_t rows = s->stage->from_rows, words = ntm_i_words_of(rows);
    bool counted = s->plain && !s->wide;
    for (size_t w = 0; w < words; w++) {
        uint64_t gone = ~s->known[w];
        if (w + 1 == words) gone &= ntm_i_last_word(rows);
        for (; gone != 0; gone &= gone - 1) {
            size_t row = w * 64 + (size_t)__builtin_ctzll(gone);
            if (counted)
                count_missing(s, block, row);
            else
                add_missing(s, block, row);
        }
    }
}

/* Without weights a part is anything between nothing and all, if there is nothing below nothing. */
static ntm_i_limits some_of(const ntm_i_vector *in, ntm_i_limits whole) {
    ntm_i_limits out = {false, false, 0, 0};
    if (!in->natural.has_least || in->natural.least < 0 || !whole.has_least || whole.least < 0) return out;
    out.has_least = true;
    out.has_most = whole.has_most;
    out.most = whole.most;
    return out;
}

static int64_t floor_part(int64_t value, const ntm_i_share *share, int64_t total, bool up) {
    ntm_i_wide product = (ntm_i_wide)value * share->weight, part = product / total;
    if (product % total != 0) part += up ? (product > 0 ? 1 : 0) : (product < 0 ? -1 : 0);
    return (int64_t)part;
}

/* By weights a part of something bounded lies between its parts of the bounds, each rounded outward. */
static ntm_i_limits weighed_part(ntm_i_limits whole, const ntm_i_share *share, int64_t total) {
    if (whole.has_least) whole.least = floor_part(whole.least, share, total, false);
    if (whole.has_most) whole.most = floor_part(whole.most, share, total, true);
    return whole;
}

static void add_divided(summing *s, size_t block, const ntm_i_divided *divided) {
    const ntm_i_share *shares = &s->stage->shares[divided->first];
    ntm_i_state state = ntm_i_state_at(s->in, block * s->stage->from_rows + divided->from);
    bool exact = state.known == NTM_REPORTED && divided->total > 0;
    if (exact)
        ntm_i_apportion(s->parts, state.between.least, shares, divided->count, divided->total, s->order, s->spare,
                        s->rest);
    for (size_t i = 0; i < divided->count; i++) {
        beside *to = touch(s, shares[i].to);
        if (state.known == NTM_NOT_APPLICABLE) {
            to->absent++;
        } else if (exact) {
            to->least += s->parts[i];
            to->most += s->parts[i];
        } else if (divided->total > 0) {
            add_between(to, weighed_part(state.between, &shares[i], divided->total));
        } else {
            add_between(to, some_of(s->in, state.between));
        }
    }
}

static bool fits(ntm_i_wide value) { return value >= INT64_MIN && value <= INT64_MAX; }

static void too_large(summing *s, size_t row) {
    ntm_i_rolling_complain(s->r, NTM_ERROR_OVERFLOW, s->job->name, row,
                           "the sum of target row %zu does not fit 64 bits", row);
}

/* A target that is not just the sum of reported sources. */
static void finish_target(summing *s, size_t block, uint32_t target) {
    beside *one = &s->besides[target];
    size_t row = block * s->stage->to_rows + target;
    size_t pieces = s->stage->first[target + 1] - s->stage->first[target];
    ntm_i_wide sum = s->wide ? s->sums[target] : s->out->own_least[row];
    if (one->absent == pieces) {
        s->out->own_least[row] = 0;
        ntm_i_word_clear(s->out->own_known, row);
        ntm_i_word_set(s->out->own_absent, row);
    } else if (!one->missing) {
        if (!fits(sum + one->least)) too_large(s, row);
        s->out->own_least[row] = (int64_t)(sum + one->least);
    } else {
        ntm_i_state state = {NTM_NOT_REPORTED, {!one->open_below, !one->open_above, 0, 0}};
        state.between.has_least = !one->open_below && fits(sum + one->least);
        state.between.has_most = !one->open_above && fits(sum + one->most);
        if (state.between.has_least) state.between.least = (int64_t)(sum + one->least);
        if (state.between.has_most) state.between.most = (int64_t)(sum + one->most);
        s->out->own_least[row] = 0;
        ntm_i_word_clear(s->out->own_known, row);
        ntm_i_state_put(s->out, row, state);
    }
    memset(one, 0, sizeof *one);
}

static void finish_counted(summing *s, size_t block, uint32_t target) {
    const ntm_i_limits *natural = &s->in->natural;
    size_t row = block * s->stage->to_rows + target;
    ntm_i_wide sum = s->out->own_least[row], missing = s->missing[target];
    ntm_i_wide least = sum + missing * natural->least, most = sum + missing * natural->most;
    ntm_i_state state = {NTM_NOT_REPORTED, {natural->has_least && fits(least), natural->has_most && fits(most), 0, 0}};
    if (state.between.has_least) state.between.least = (int64_t)least;
    if (state.between.has_most) state.between.most = (int64_t)most;
    s->missing[target] = 0;
    s->out->own_least[row] = 0;
    ntm_i_word_clear(s->out->own_known, row);
    ntm_i_state_put(s->out, row, state);
}

/* Sums in 128 bits, of what is reported alone. */
static bool sum_widely(summing *s, const int64_t *values, int64_t *out) {
    const ntm_i_stage *stage = s->stage;
    if (s->sums == NULL) s->sums = ntm_i_arena_take(&s->arena, stage->to_rows, sizeof *s->sums);
    if (s->sums == NULL) return false;
    for (size_t t = 0; t < stage->to_rows; t++) {
        ntm_i_wide sum = 0;
        for (size_t k = stage->first[t]; k < stage->first[t + 1]; k++)
            if ((stage->share == NULL || stage->share[k] == NTM_I_WHOLE) && ntm_i_word_bit(s->known, stage->from[k]))
                sum += values[stage->from[k]];
        s->sums[t] = sum;
        out[t] = (int64_t)sum; /* looked at once more where it does not fit */
    }
    return true;
}

/* Periods added up, some rows at a time so that their sums stay in the cache. */
static void sum_periods(const summing *s, const int64_t *values, int64_t *out) {
    const ntm_i_stage *stage = s->stage;
    for (size_t g = 0; g < stage->group_count; g++)
        for (size_t r = 0; r < stage->unit_rows; r += ROWS_AT_A_TIME) {
            size_t left = stage->unit_rows - r, count = left < ROWS_AT_A_TIME ? left : ROWS_AT_A_TIME;
            for (size_t p = stage->group_first[g]; p < stage->group_first[g + 1]; p++)
                s->kernels->add(out + g * stage->unit_rows + r, values + p * stage->unit_rows + r, count);
        }
}

/* Where the wide sum of a target does not fit and nothing else made it known. */
static void check_wide(summing *s, size_t block) {
    for (size_t t = 0; t < s->stage->to_rows; t++)
        if (!s->besides[t].touched && !fits(s->sums[t])) too_large(s, block * s->stage->to_rows + t);
}

/* Bits of a block at any place of a bitmap that is 0 there. */
static void put_filled(uint64_t *to, size_t at, const uint64_t *from, size_t count) {
    for (size_t w = 0; w < ntm_i_words_of(count); w++, at += 64) {
        to[at / 64] |= from[w] << at % 64;
        if (at % 64 != 0 && from[w] >> (64 - at % 64) != 0) to[at / 64 + 1] |= from[w] >> (64 - at % 64);
    }
}

/* Words from any place of a bitmap on. */
static void load_known(uint64_t *out, const uint64_t *from, size_t at, size_t count) {
    for (size_t w = 0; w < ntm_i_words_of(count); w++, at += 64) {
        size_t left = count - 64 * w;
        uint64_t word = from[at / 64] >> at % 64;
        if (at % 64 != 0 && left > 64 - at % 64) word |= from[at / 64 + 1] << (64 - at % 64);
        out[w] = left < 64 ? word & ntm_i_last_word(left) : word;
    }
}

/* Nothing is known of a target without parts but its natural bounds. */
static void put_unfilled(summing *s, size_t block) {
    const ntm_i_stage *stage = s->stage;
    for (size_t w = 0; w < ntm_i_words_of(stage->to_rows); w++) {
        uint64_t none = ~stage->filled[w];
        if (w + 1 == ntm_i_words_of(stage->to_rows)) none &= ntm_i_last_word(stage->to_rows);
        for (; none != 0; none &= none - 1)
            ntm_i_state_put(s->out, block * stage->to_rows + w * 64 + (size_t)__builtin_ctzll(none),
                            (ntm_i_state){NTM_NOT_REPORTED, s->in->natural});
    }
}

/* Bits of a number of sources, for the sum of which 64 bits have to be enough. */
static unsigned bits_of(uint64_t value) { return value == 0 ? 0 : 64 - (unsigned)__builtin_clzll(value); }

static bool sum_block(summing *s, size_t block) {
    const ntm_i_stage *stage = s->stage;
    const int64_t *values = s->in->least + block * stage->from_rows;
    int64_t *out = s->out->own_least + block * stage->to_rows;
    load_known(s->known, s->in->known, block * stage->from_rows, stage->from_rows);
    int64_t least = s->in->unchecked && s->in->check.has_least ? s->in->check.least : INT64_MIN;
    int64_t most = s->in->unchecked && s->in->check.has_most ? s->in->check.most : INT64_MAX;
    uint64_t magnitude = 0;
    if (!s->kernels->scan(&magnitude, values, s->known, stage->from_rows, least, most))
        ntm_i_rolling_check(s->r, s->job, s->in, block * stage->from_rows, stage->from_rows);
    s->wide = bits_of(magnitude) + bits_of(stage->whole_most) > 62;
    if (!s->wide && stage->over_time)
        sum_periods(s, values, out);
    else if (!s->wide)
        s->kernels->sum(out, values, stage->run_from, stage->run_targets, stage->runs, stage->run_count);
    else if (!sum_widely(s, values, out))
        return false;
    put_filled(s->out->own_known, block * stage->to_rows, stage->filled, stage->to_rows);
    put_unfilled(s, block);
    s->touched_count = 0;
    add_missing_of_block(s, block);
    for (size_t i = 0; i < stage->divided_count; i++)
        add_divided(s, block, &stage->divided[i]);
    if (s->wide) check_wide(s, block);
    for (size_t i = 0; i < s->touched_count; i++) {
        if (s->plain && !s->wide)
            finish_counted(s, block, s->touched[i]);
        else
            finish_target(s, block, s->touched[i]);
    }
    return true;
}

static bool make_room(summing *s) {
    const ntm_i_stage *stage = s->stage;
    size_t most = stage->share_most;
    bool divided = stage->divided_count > 0;
    s->known = ntm_i_arena_take(&s->arena, ntm_i_words_of(stage->from_rows), sizeof *s->known);
    s->besides = ntm_i_arena_take(&s->arena, stage->to_rows, sizeof *s->besides);
    s->missing = ntm_i_arena_take(&s->arena, stage->to_rows, sizeof *s->missing);
    s->touched = ntm_i_arena_take(&s->arena, stage->to_rows, sizeof *s->touched);
    s->parts = ntm_i_arena_take(&s->arena, most, sizeof *s->parts);
    s->rest = ntm_i_arena_take(&s->arena, most, sizeof *s->rest);
    s->order = ntm_i_arena_take(&s->arena, most, sizeof *s->order);
    s->spare = ntm_i_arena_take(&s->arena, most, sizeof *s->spare);
    if (s->known == NULL || s->besides == NULL || s->missing == NULL || s->touched == NULL || s->parts == NULL ||
        s->rest == NULL || s->order == NULL || s->spare == NULL || !ntm_i_target_start(s->out, s->in, stage))
        return false;
    bool below = s->in->natural.has_least || s->in->has_least != NULL || divided;
    bool above = s->in->natural.has_most || s->in->has_most != NULL || divided;
    return (!below || ntm_i_vector_lower(s->out)) && (!above || ntm_i_vector_upper(s->out));
}

ntm_status ntm_i_roll_sum(ntm_i_vector *out, ntm_i_rolling *r, const ntm_i_job *job, const ntm_i_vector *in,
                          const ntm_i_stage *stage, ntm_error *err) {
    ntm_i_vector vector;
    summing s;
    memset(&s, 0, sizeof s);
    memset(&vector, 0, sizeof vector);
    vector.allocator = in->allocator;
    s.r = r;
    s.job = job;
    s.in = in;
    s.out = &vector;
    s.stage = stage;
    s.kernels = ntm_i_sum_kernels_best();
    s.plain = in->absent == NULL && in->has_least == NULL && in->has_most == NULL && stage->divided_count == 0;
    ntm_i_arena_start(&s.arena, &r->allocator);
    bool made = make_room(&s);
    for (size_t b = 0; b < ntm_i_blocks(stage, in->rows) && made; b++)
        made = sum_block(&s, b);
    ntm_i_arena_end(&s.arena);
    if (!made) {
        ntm_i_vector_end(&vector);
        return ntm_i_no_memory(err);
    }
    *out = vector;
    return NTM_OK;
}
