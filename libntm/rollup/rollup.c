/* SPDX-License-Identifier: Apache-2.0 */
/* Making roll-ups, and putting them one behind the other. */
#include <string.h>

#include "base/error.h"
#include "rollup/stage.h"

static ntm_status start(ntm_rollup **out, const ntm_allocator *allocator, size_t stage_count, ntm_error *err) {
    ntm_allocator own = ntm_i_allocator(allocator);
    ntm_rollup *rollup = ntm_i_allocate(&own, 1, sizeof *rollup);
    if (rollup == NULL) return ntm_i_no_memory(err);
    rollup->allocator = own;
    rollup->stage_count = stage_count;
    ntm_i_arena_start(&rollup->arena, &own);
    rollup->stages = ntm_i_arena_take(&rollup->arena, stage_count, sizeof *rollup->stages);
    if (rollup->stages == NULL) {
        ntm_rollup_free(rollup);
        return ntm_i_no_memory(err);
    }
    *out = rollup;
    return NTM_OK;
}

static ntm_status finish(ntm_rollup **out, ntm_rollup *rollup, ntm_status status) {
    if (status == NTM_OK) {
        rollup->from_rows = rollup->stages[0].from_rows;
        rollup->to_rows = rollup->stages[0].to_rows;
        *out = rollup;
    } else {
        ntm_rollup_free(rollup);
    }
    return status;
}

static ntm_status wrong(ntm_error *err, const char *reason) {
    return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "%s", reason);
}

static ntm_status too_many(ntm_error *err) {
    return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "more than %llu rows",
                      (unsigned long long)NTM_ROLLUP_ROWS_MAX);
}

static ntm_status check_part(const ntm_rollup_part *part, size_t at, size_t from_rows, size_t to_rows, ntm_error *err) {
    if (part->from >= from_rows)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_ROW("from", at), "%u is past the last of %zu source rows",
                          (unsigned)part->from, from_rows);
    if (part->to >= to_rows)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_ROW("to", at), "%u is past the last of %zu target rows",
                          (unsigned)part->to, to_rows);
    if (part->has_weight && part->weight.scale > NTM_SCALE_MAX)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_ROW("weight", at), "a scale beyond %d", NTM_SCALE_MAX);
    if (part->has_weight && part->weight.coefficient < 0)
        return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW("weight", at), "a weight is at least 0");
    return NTM_OK;
}

ntm_status ntm_rollup_new(ntm_rollup **out, const ntm_rollup_part *parts, size_t part_count, size_t from_rows,
                          size_t to_rows, const ntm_allocator *allocator, ntm_error *err) {
    if (out == NULL || (parts == NULL && part_count > 0)) return wrong(err, "out or parts are NULL");
    if (!ntm_i_allocator_usable(allocator)) return wrong(err, "the allocator lacks a function");
    if (from_rows > NTM_ROLLUP_ROWS_MAX || to_rows > NTM_ROLLUP_ROWS_MAX || part_count > NTM_ROLLUP_ROWS_MAX)
        return too_many(err);
    for (size_t i = 0; i < part_count; i++) {
        ntm_status status = check_part(&parts[i], i, from_rows, to_rows, err);
        if (status != NTM_OK) return status;
    }
    ntm_rollup *rollup = NULL;
    ntm_status status = start(&rollup, allocator, 1, err);
    if (status != NTM_OK) return status;
    status = ntm_i_stage_make(rollup->stages, &rollup->arena, parts, part_count, from_rows, to_rows, err);
    return finish(out, rollup, status);
}

ntm_status ntm_rollup_over_periods(ntm_rollup **out, size_t rows, const uint32_t *group_of, size_t period_count,
                                   size_t group_count, const ntm_allocator *allocator, ntm_error *err) {
    if (out == NULL || (group_of == NULL && period_count > 0)) return wrong(err, "out or group_of is NULL");
    if (!ntm_i_allocator_usable(allocator)) return wrong(err, "the allocator lacks a function");
    size_t most = period_count > group_count ? period_count : group_count;
    if (rows > NTM_ROLLUP_ROWS_MAX || (rows > 0 && most > NTM_ROLLUP_ROWS_MAX / rows)) return too_many(err);
    if (most > NTM_ROLLUP_ROWS_MAX) return too_many(err);
    for (size_t p = 0; p < period_count; p++) {
        if (group_of[p] >= group_count)
            return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_ROW("group_of", p), "%u is past the last of %zu groups",
                              (unsigned)group_of[p], group_count);
        if (p > 0 && group_of[p] < group_of[p - 1])
            return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_ROW("group_of", p),
                              "%u after %u: periods stand in the order of time, and so do their groups",
                              (unsigned)group_of[p], (unsigned)group_of[p - 1]);
    }
    ntm_rollup *rollup = NULL;
    ntm_status status = start(&rollup, allocator, 1, err);
    if (status != NTM_OK) return status;
    status = ntm_i_stage_periods(rollup->stages, &rollup->arena, rows, group_of, period_count, group_count, err);
    return finish(out, rollup, status);
}

/* Rows of the chain so far, with one more roll-up behind it: blocks of one side make one of the other. */
static ntm_status fit(size_t *from_rows, size_t *to_rows, const ntm_rollup *next, size_t at, ntm_error *err) {
    size_t wanted = next->from_rows;
    if (*to_rows == wanted) {
        *to_rows = next->to_rows;
    } else if (wanted > 0 && *to_rows > 0 && *to_rows % wanted == 0) {
        if (ntm_i_multiply_overflows(*to_rows / wanted, next->to_rows, to_rows)) return too_many(err);
    } else if (wanted > 0 && *to_rows > 0 && wanted % *to_rows == 0) {
        if (ntm_i_multiply_overflows(wanted / *to_rows, *from_rows, from_rows)) return too_many(err);
        *to_rows = next->to_rows;
    } else {
        return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_ROW("stages", at),
                          "it takes %zu rows, and %zu come out of the stage before it", wanted, *to_rows);
    }
    return *from_rows > NTM_ROLLUP_ROWS_MAX || *to_rows > NTM_ROLLUP_ROWS_MAX ? too_many(err) : NTM_OK;
}

ntm_status ntm_rollup_chain(ntm_rollup **out, const ntm_rollup *const *stages, size_t count,
                            const ntm_allocator *allocator, ntm_error *err) {
    if (out == NULL || stages == NULL || count == 0) return wrong(err, "a chain has at least one roll-up");
    if (!ntm_i_allocator_usable(allocator)) return wrong(err, "the allocator lacks a function");
    size_t all = 0;
    for (size_t i = 0; i < count; i++) {
        if (stages[i] == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_ROW("stages", i), "it is NULL");
        all += stages[i]->stage_count;
    }
    size_t from_rows = stages[0]->from_rows, to_rows = stages[0]->to_rows;
    for (size_t i = 1; i < count; i++) {
        ntm_status status = fit(&from_rows, &to_rows, stages[i], i, err);
        if (status != NTM_OK) return status;
    }
    ntm_rollup *rollup = NULL;
    ntm_status status = start(&rollup, allocator, all, err);
    if (status != NTM_OK) return status;
    size_t at = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < stages[i]->stage_count; k++)
            if (!ntm_i_stage_copy(&rollup->stages[at++], &rollup->arena, &stages[i]->stages[k])) {
                ntm_rollup_free(rollup);
                return ntm_i_no_memory(err);
            }
    rollup->from_rows = from_rows;
    rollup->to_rows = to_rows;
    *out = rollup;
    return NTM_OK;
}

void ntm_rollup_free(ntm_rollup *rollup) {
    if (rollup == NULL) return;
    ntm_allocator allocator = rollup->allocator;
    ntm_i_arena_end(&rollup->arena);
    ntm_i_release(&allocator, rollup, 1, sizeof *rollup);
}

size_t ntm_rollup_from_rows(const ntm_rollup *rollup) { return rollup == NULL ? 0 : rollup->from_rows; }
size_t ntm_rollup_to_rows(const ntm_rollup *rollup) { return rollup == NULL ? 0 : rollup->to_rows; }
