/* SPDX-License-Identifier: Apache-2.0 */
/* Making flips, and freeing them. */
#include "flip/flips.h"

#include <string.h>

#include "base/error.h"
#include "base/hint.h"

uint32_t ntm_i_flips_slot(const ntm_set *set, ntm_of of, size_t index) {
    switch (of) {
        case NTM_OF_STATUS: return ntm_i_slot_status(set);
        case NTM_OF_CRITERIA_STATUS: return ntm_i_slot_criteria_status(set);
        case NTM_OF_REVOCATION: return ntm_i_slot_revocation(set);
        case NTM_OF_CRITERION: return index < set->criterion_count ? (uint32_t)index : NTM_I_NONE;
        case NTM_OF_INDICATOR: return index < set->indicator_count ? ntm_i_slot_indicator(set, index) : NTM_I_NONE;
        case NTM_OF_PRECONDITION:
            return index < set->precondition_count ? ntm_i_slot_precondition(set, index) : NTM_I_NONE;
    }
    return NTM_I_NONE;
}

void ntm_flips_free(ntm_flips *flips) {
    if (flips == NULL) return;
    ntm_allocator allocator = flips->allocator;
    ntm_i_release(&allocator, flips->now, flips->rows, 1);
    ntm_i_release(&allocator, flips->lowest, flips->rows, 1);
    ntm_i_release(&allocator, flips->first, flips->rows + 1, sizeof *flips->first);
    ntm_i_release(&allocator, flips->order, flips->all.count, sizeof *flips->order);
    ntm_i_array_end(&flips->all);
    ntm_i_array_end(&flips->steps);
    ntm_i_release(&allocator, flips, 1, sizeof *flips);
}

static ntm_flips *flips_new(size_t rows, const ntm_allocator *given) {
    ntm_allocator allocator = ntm_i_allocator(given);
    ntm_flips *flips = ntm_i_allocate(&allocator, 1, sizeof *flips);
    if (flips == NULL) return NULL;
    flips->allocator = allocator;
    flips->rows = rows;
    ntm_i_array_start(&flips->all, &allocator, sizeof(ntm_i_flip));
    ntm_i_array_start(&flips->steps, &allocator, sizeof(ntm_i_flip_step));
    flips->now = ntm_i_allocate(&allocator, rows, 1);
    flips->lowest = ntm_i_allocate(&allocator, rows, 1);
    flips->first = ntm_i_allocate(&allocator, rows + 1, sizeof *flips->first);
    if (flips->now != NULL && flips->lowest != NULL && flips->first != NULL) return flips;
    ntm_flips_free(flips);
    return NULL;
}

static ntm_status find_figure(uint32_t *out, const ntm_set *set, const char *id, ntm_i_arena *arena, ntm_error *err) {
    char hint[NTM_I_HINT_SIZE];
    size_t at = ntm_set_find_figure(set, id);
    if (at != SIZE_MAX) {
        *out = (uint32_t)at;
        return NTM_OK;
    }
    const char **ids = ntm_i_arena_take(arena, set->figure_count, sizeof *ids);
    if (ids == NULL) return ntm_i_no_memory(err);
    for (size_t i = 0; i < set->figure_count; i++)
        ids[i] = set->figures[i].id;
    return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(set->about.id), "the set has no figure \"%s\"%s", id,
                      ntm_i_hint(hint, id, ids, set->figure_count));
}

static ntm_status check(const ntm_plan *plan, const ntm_table *table, const ntm_flips_options *options,
                        ntm_error *err) {
    if (table->struct_size < sizeof *table || table->rows >= UINT32_MAX)
        return ntm_i_fail(err, table->struct_size < sizeof *table ? NTM_ERROR_ARGUMENT : NTM_ERROR_LIMIT, NTM_I_NOWHERE,
                          "a table started with NTM_TABLE_INIT and of fewer than 2^32 - 1 rows is needed");
    if (ntm_i_flips_slot(plan->set, options->of, options->index) == NTM_I_NONE)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(plan->set->about.id),
                          "there is no such verdict to watch: of %d, index %zu", (int)options->of, options->index);
    if (options->of == NTM_OF_REVOCATION && plan->set->revocation == 0)
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(plan->set->about.id),
                          "the set has no revocation rule");
    return NTM_OK;
}

static ntm_status fill(ntm_flips *flips, const ntm_plan *plan, const ntm_table *table, const ntm_flips_options *options,
                       ntm_i_arena *arena, ntm_i_array *compared, ntm_error *err) {
    uint32_t figure = 0;
    const uint8_t *cells = NULL;
    ntm_status status = find_figure(&figure, plan->set, options->figure, arena, err);
    if (status == NTM_OK) status = ntm_i_flips_cells(&cells, plan, figure, options, arena, err);
    if (status == NTM_OK) status = ntm_i_flips_compared(compared, plan, figure, options, err);
    if (status == NTM_OK) status = ntm_i_flips_walk(flips, plan, table, figure, cells, compared, options, err);
    return status == NTM_OK ? ntm_i_flips_order(flips, err) : status;
}

ntm_status ntm_flips_new(ntm_flips **out, const ntm_plan *plan, const ntm_table *table,
                         const ntm_flips_options *options, ntm_error *err) {
    if (out == NULL || plan == NULL || table == NULL || options == NULL || options->struct_size < sizeof *options ||
        options->figure == NULL || (options->axis_count > 0 && options->axes == NULL) ||
        !ntm_i_allocator_usable(options->allocator))
        return ntm_i_wrong_call(
            err, "a place for the flips, a plan, a table and initialised options with a figure are needed");
    ntm_status status = check(plan, table, options, err);
    if (status != NTM_OK) return status;
    ntm_flips *flips = flips_new(table->rows, options->allocator);
    if (flips == NULL) return ntm_i_no_memory(err);
    ntm_i_arena arena;
    ntm_i_array compared;
    ntm_i_arena_start(&arena, options->allocator);
    ntm_i_array_start(&compared, &flips->allocator, sizeof(ntm_i_compared));
    status = fill(flips, plan, table, options, &arena, &compared, err);
    ntm_i_array_end(&compared);
    ntm_i_arena_end(&arena);
    if (status == NTM_OK)
        *out = flips;
    else
        ntm_flips_free(flips);
    return status;
}
