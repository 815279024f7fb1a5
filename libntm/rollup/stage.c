/* SPDX-License-Identifier: Apache-2.0 */
/* Parts in any order into the pieces of every target. */
#include "rollup/stage.h"

#include <string.h>

#include "base/error.h"
#include "column/words.h"
#include "number/wide.h"

/* One part after the parts of one source in one target were put together. */
typedef struct piece {
    uint32_t from, to;
    bool partial, has_weight;
    uint32_t part;     /* the first of them, for messages */
    ntm_i_wide weight; /* at the scale of its source */
} piece;

static bool sort_by(uint32_t *order, const uint32_t *before, const ntm_rollup_part *parts, size_t count, size_t rows,
                    bool by_target, ntm_i_arena *arena) {
    size_t *starts = ntm_i_arena_take(arena, rows + 1, sizeof *starts);
    if (starts == NULL) return false;
    for (size_t i = 0; i < count; i++)
        starts[(by_target ? parts[i].to : parts[i].from) + 1]++;
    for (size_t r = 0; r < rows; r++)
        starts[r + 1] += starts[r];
    for (size_t i = 0; i < count; i++) {
        uint32_t at = before == NULL ? (uint32_t)i : before[i];
        order[starts[by_target ? parts[at].to : parts[at].from]++] = at;
    }
    return true;
}

static ntm_status overflow(uint32_t part, ntm_error *err) {
    return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_ROW("weight", part),
                      "the weights of its source have no common measure within 64 bits");
}

/* The parts of one source, sorted by target, into at most as many pieces. */
static ntm_status put_together(piece *out, size_t *count, const ntm_rollup_part *parts, const uint32_t *order,
                               size_t length, ntm_error *err) {
    uint8_t scale = 0;
    for (size_t i = 0; i < length; i++)
        if (parts[order[i]].has_weight && parts[order[i]].weight.scale > scale) scale = parts[order[i]].weight.scale;
    *count = 0;
    for (size_t i = 0; i < length; i++) {
        const ntm_rollup_part *part = &parts[order[i]];
        bool again = *count > 0 && out[*count - 1].to == part->to;
        piece *at = again ? &out[*count - 1] : &out[(*count)++];
        if (!again) *at = (piece){part->from, part->to, part->partial, true, order[i], 0};
        at->has_weight = at->has_weight && part->has_weight;
        ntm_i_wide weight = 0;
        if (part->has_weight)
            weight = (ntm_i_wide)part->weight.coefficient *
                     (ntm_i_wide)ntm_i_power_of_ten((unsigned)(scale - part->weight.scale));
        if (ntm_i_add_overflows(at->weight, weight, &at->weight)) return overflow(order[i], err);
    }
    return NTM_OK;
}

/* Weights of a divided source in lowest terms. */
static ntm_status take_weights(ntm_i_divided *divided, ntm_i_share *shares, const piece *pieces, ntm_error *err) {
    ntm_i_uwide common = 0, total = 0;
    divided->total = 0;
    for (uint32_t i = 0; i < divided->count; i++) {
        if (!pieces[i].has_weight) return NTM_OK;
        common = ntm_i_gcd(common, (ntm_i_uwide)pieces[i].weight);
    }
    if (divided->count < 2 || common == 0) return NTM_OK;
    for (uint32_t i = 0; i < divided->count; i++) {
        ntm_i_uwide weight = (ntm_i_uwide)pieces[i].weight / common;
        total += weight;
        if (weight > INT64_MAX || total > INT64_MAX) return overflow(pieces[0].part, err);
        shares[i].weight = (int64_t)weight;
    }
    divided->total = (int64_t)total;
    return NTM_OK;
}

/* Pieces by source become pieces by target. */
static bool arrange(ntm_i_stage *s, ntm_i_arena *arena, const piece *pieces, const uint32_t *share_of) {
    s->first = ntm_i_arena_take(arena, s->to_rows + 1, sizeof *s->first);
    s->from = ntm_i_arena_take(arena, s->piece_count, sizeof *s->from);
    if (s->share_count > 0) s->share = ntm_i_arena_take(arena, s->piece_count, sizeof *s->share);
    if (s->first == NULL || s->from == NULL || (s->share_count > 0 && s->share == NULL)) return false;
    for (size_t i = 0; i < s->piece_count; i++)
        s->first[pieces[i].to + 1]++;
    for (size_t t = 0; t < s->to_rows; t++)
        s->first[t + 1] += s->first[t];
    for (size_t i = 0; i < s->piece_count; i++) {
        size_t at = s->first[pieces[i].to]++;
        s->from[at] = pieces[i].from;
        if (s->share != NULL) s->share[at] = share_of[i];
    }
    memmove(s->first + 1, s->first, s->to_rows * sizeof *s->first);
    s->first[0] = 0;
    return true;
}

static size_t whole_pieces(const ntm_i_stage *s, size_t target) {
    size_t count = s->first[target + 1] - s->first[target];
    for (size_t i = s->first[target]; s->share != NULL && i < s->first[target + 1]; i++)
        count -= s->share[i] != NTM_I_WHOLE;
    return count;
}

/* Targets in the order of how many whole sources they have: a counting sort. */
static bool make_runs(ntm_i_stage *s, ntm_i_arena *arena, ntm_i_arena *scratch) {
    s->whole_most = 0;
    for (size_t t = 0; t < s->to_rows; t++) {
        size_t pieces = whole_pieces(s, t);
        if (pieces > s->whole_most) s->whole_most = pieces;
        s->whole_count += pieces;
    }
    size_t *starts = ntm_i_arena_take(scratch, s->whole_most + 2, sizeof *starts);
    s->run_targets = ntm_i_arena_take(arena, s->to_rows, sizeof *s->run_targets);
    s->run_from = ntm_i_arena_take(arena, s->whole_count, sizeof *s->run_from);
    s->filled = ntm_i_arena_take(arena, ntm_i_words_of(s->to_rows), sizeof *s->filled);
    if (starts == NULL || s->run_targets == NULL || s->run_from == NULL || s->filled == NULL) return false;
    for (size_t t = 0; t < s->to_rows; t++)
        starts[whole_pieces(s, t) + 1]++;
    for (size_t c = 0; c <= s->whole_most; c++)
        s->run_count += starts[c + 1] > 0;
    s->runs = ntm_i_arena_take(arena, s->run_count, sizeof *s->runs);
    if (s->runs == NULL) return false;
    size_t run = 0;
    for (size_t c = 0; c <= s->whole_most; c++) {
        if (starts[c + 1] > 0) s->runs[run++] = (ntm_i_run_of_targets){c, starts[c + 1]};
        starts[c + 1] += starts[c];
    }
    for (size_t t = 0; t < s->to_rows; t++) {
        s->run_targets[starts[whole_pieces(s, t)]++] = (uint32_t)t;
        if (s->first[t + 1] > s->first[t]) s->filled[t / 64] |= UINT64_C(1) << t % 64;
    }
    size_t at = 0;
    for (size_t i = 0; i < s->to_rows; i++)
        for (size_t k = s->first[s->run_targets[i]]; k < s->first[s->run_targets[i] + 1]; k++)
            if (s->share == NULL || s->share[k] == NTM_I_WHOLE) s->run_from[at++] = s->from[k];
    return true;
}

/* Finds the divided sources among pieces that are sorted by source and target. */
static ntm_status find_divided(ntm_i_stage *s, ntm_i_arena *arena, const piece *pieces, uint32_t *share_of,
                               ntm_error *err) {
    size_t end = 0;
    for (size_t i = 0; i < s->piece_count; i = end) {
        for (end = i + 1; end < s->piece_count && pieces[end].from == pieces[i].from; end++) {}
        if (end - i > 1 || pieces[i].partial) {
            s->divided_count++;
            s->share_count += end - i;
        }
    }
    s->divided = ntm_i_arena_take(arena, s->divided_count, sizeof *s->divided);
    s->shares = ntm_i_arena_take(arena, s->share_count, sizeof *s->shares);
    s->divided_of = ntm_i_arena_take(arena, s->share_count, sizeof *s->divided_of);
    s->to = ntm_i_arena_take(arena, s->from_rows, sizeof *s->to);
    if (s->divided == NULL || s->shares == NULL || s->divided_of == NULL || s->to == NULL) return ntm_i_no_memory(err);
    memset(s->to, 0xff, s->from_rows * sizeof *s->to);
    size_t divided = 0, share = 0;
    for (size_t i = 0; i < s->piece_count; i = end) {
        for (end = i + 1; end < s->piece_count && pieces[end].from == pieces[i].from; end++) {}
        share_of[i] = NTM_I_WHOLE;
        if (end - i == 1 && !pieces[i].partial) {
            s->to[pieces[i].from] = pieces[i].to;
            continue;
        }
        ntm_i_divided *one = &s->divided[divided];
        *one = (ntm_i_divided){pieces[i].from, (uint32_t)share, (uint32_t)(end - i), 0};
        if (one->count > s->share_most) s->share_most = one->count;
        ntm_status status = take_weights(one, s->shares + share, pieces + i, err);
        if (status != NTM_OK) return status;
        for (size_t k = i; k < end; k++, share++) {
            s->shares[share].from = pieces[k].from;
            s->shares[share].to = pieces[k].to;
            s->divided_of[share] = (uint32_t)divided;
            share_of[k] = (uint32_t)share;
        }
        divided++;
    }
    return NTM_OK;
}

/* A source is whole in a target when it has no other and several parts have met there, or its only part is not partial. */
static ntm_status collect(ntm_i_stage *s, piece *pieces, const ntm_rollup_part *parts, const uint32_t *order,
                          size_t part_count, ntm_error *err) {
    size_t end = 0;
    for (size_t i = 0; i < part_count; i = end) {
        size_t count = 0;
        for (end = i + 1; end < part_count && parts[order[end]].from == parts[order[i]].from; end++) {}
        ntm_status status = put_together(pieces + s->piece_count, &count, parts, order + i, end - i, err);
        if (status != NTM_OK) return status;
        if (count == 1 && end - i > 1) pieces[s->piece_count].partial = false; /* its parts have met here */
        s->piece_count += count;
    }
    return NTM_OK;
}

ntm_status ntm_i_stage_make(ntm_i_stage *out, ntm_i_arena *arena, const ntm_rollup_part *parts, size_t part_count,
                            size_t from_rows, size_t to_rows, ntm_error *err) {
    ntm_i_arena scratch;
    ntm_i_stage stage;
    memset(&stage, 0, sizeof stage);
    stage.from_rows = from_rows;
    stage.to_rows = to_rows;
    ntm_i_arena_start(&scratch, &arena->allocator);
    uint32_t *by_target = ntm_i_arena_take(&scratch, part_count, sizeof *by_target);
    uint32_t *order = ntm_i_arena_take(&scratch, part_count, sizeof *order);
    piece *pieces = ntm_i_arena_take(&scratch, part_count, sizeof *pieces);
    uint32_t *share_of = ntm_i_arena_take(&scratch, part_count, sizeof *share_of);
    ntm_status status = NTM_OK;
    if (by_target == NULL || order == NULL || pieces == NULL || share_of == NULL ||
        !sort_by(by_target, NULL, parts, part_count, to_rows, true, &scratch) ||
        !sort_by(order, by_target, parts, part_count, from_rows, false, &scratch))
        status = ntm_i_no_memory(err);
    if (status == NTM_OK) status = collect(&stage, pieces, parts, order, part_count, err);
    if (status == NTM_OK) status = find_divided(&stage, arena, pieces, share_of, err);
    if (status == NTM_OK && (!arrange(&stage, arena, pieces, share_of) || !make_runs(&stage, arena, &scratch)))
        status = ntm_i_no_memory(err);
    ntm_i_arena_end(&scratch);
    if (status == NTM_OK) *out = stage;
    return status;
}

ntm_status ntm_i_stage_periods(ntm_i_stage *out, ntm_i_arena *arena, size_t rows, const uint32_t *group_of,
                               size_t period_count, size_t group_count, ntm_error *err) {
    ntm_i_stage stage;
    memset(&stage, 0, sizeof stage);
    stage.over_time = true;
    stage.from_rows = rows * period_count;
    stage.to_rows = rows * group_count;
    stage.unit_rows = rows;
    stage.group_count = group_count;
    stage.piece_count = stage.from_rows;
    stage.first = ntm_i_arena_take(arena, stage.to_rows + 1, sizeof *stage.first);
    stage.from = ntm_i_arena_take(arena, stage.piece_count, sizeof *stage.from);
    stage.to = ntm_i_arena_take(arena, stage.from_rows, sizeof *stage.to);
    stage.group_first = ntm_i_arena_take(arena, group_count + 1, sizeof *stage.group_first);
    stage.filled = ntm_i_arena_take(arena, ntm_i_words_of(stage.to_rows), sizeof *stage.filled);
    if (stage.first == NULL || stage.from == NULL || stage.to == NULL || stage.group_first == NULL ||
        stage.filled == NULL)
        return ntm_i_no_memory(err);
    size_t at = 0, begin = 0, end = 0;
    for (size_t g = 0; g < group_count; g++, begin = end) {
        for (end = begin; end < period_count && group_of[end] == g; end++) {}
        stage.group_first[g + 1] = end;
        if (end - begin > stage.whole_most) stage.whole_most = end - begin;
        for (size_t r = 0; r < rows; r++) {
            size_t target = g * rows + r;
            stage.first[target] = at;
            if (end > begin) stage.filled[target / 64] |= UINT64_C(1) << target % 64;
            for (size_t p = begin; p < end; p++) {
                stage.to[p * rows + r] = (uint32_t)target;
                stage.from[at++] = (uint32_t)(p * rows + r);
            }
        }
    }
    stage.first[stage.to_rows] = at;
    *out = stage;
    return NTM_OK;
}

static void *copy(ntm_i_arena *arena, const void *from, size_t count, size_t size, bool *failed) {
    if (from == NULL) return NULL;
    void *out = ntm_i_arena_take(arena, count, size);
    if (out == NULL)
        *failed = true;
    else if (count > 0)
        memcpy(out, from, count * size);
    return out;
}

bool ntm_i_stage_copy(ntm_i_stage *out, ntm_i_arena *arena, const ntm_i_stage *from) {
    bool failed = false;
    *out = *from;
#define COPY(field, count) out->field = copy(arena, from->field, (count), sizeof *from->field, &failed)
    COPY(first, from->to_rows + 1);
    COPY(from, from->piece_count);
    COPY(share, from->piece_count);
    COPY(to, from->from_rows);
    COPY(divided, from->divided_count);
    COPY(shares, from->share_count);
    COPY(divided_of, from->share_count);
    COPY(runs, from->run_count);
    COPY(run_targets, from->to_rows);
    COPY(run_from, from->whole_count);
    COPY(group_first, from->group_count + 1);
    COPY(filled, ntm_i_words_of(from->to_rows));
#undef COPY
    return !failed;
}
