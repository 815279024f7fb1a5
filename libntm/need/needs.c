/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/text.h"
#include "need/need.h"

/* ------------------------------------------------------------------------------------------- what is kept */

/* The needs outlive the norms. */
static bool copy_norms(ntm_needs *needs, const ntm_norms *from) {
    ntm_i_arena *arena = &needs->arena;
    needs->norms = ntm_i_arena_take(arena, from->count, sizeof *needs->norms);
    needs->resources = ntm_i_arena_take(arena, from->resource_count, sizeof *needs->resources);
    if (needs->norms == NULL || needs->resources == NULL) return false;
    for (size_t i = 0; i < from->count; i++) {
        const ntm_i_norm *norm = &from->norms[i];
        ntm_i_norm *copy = &needs->norms[i];
        *copy = *norm;
        if (!ntm_i_arena_copy(arena, &copy->work, norm->work) ||
            !ntm_i_arena_copy(arena, &copy->resource, norm->resource) ||
            !ntm_i_arena_copy(arena, &copy->class_name, norm->class_name) ||
            !ntm_i_arena_copy(arena, &copy->region, norm->region) ||
            !ntm_i_arena_copy(arena, &copy->work_unit, norm->work_unit) ||
            !ntm_i_arena_copy(arena, &copy->resource_unit, norm->resource_unit) ||
            !ntm_i_arena_copy(arena, &copy->citation, norm->citation))
            return false;
    }
    for (size_t i = 0; i < from->resource_count; i++) {
        needs->resources[i] = from->resources[i];
        needs->resources[i].work = needs->norms[from->resources[i].first].work;
        needs->resources[i].resource = needs->norms[from->resources[i].first].resource;
    }
    return true;
}

void ntm_needs_free(ntm_needs *needs) {
    if (needs == NULL) return;
    ntm_i_arena arena = needs->arena;
    ntm_i_array_end(&needs->jobs);
    ntm_i_csv_codes_end(&needs->pool);
    ntm_i_release(&arena.allocator, needs, 1, sizeof *needs);
    ntm_i_arena_end(&arena);
}

/* ------------------------------------------------------------------------------------------- the call */

static ntm_status check_options(const ntm_needs_options *options, ntm_error *err) {
    if (options->struct_size < sizeof *options || !ntm_i_allocator_usable(options->allocator))
        return ntm_i_wrong_call(err, "options that begin with NTM_NEEDS_OPTIONS_INIT and a whole allocator are needed");
    if (options->rounding != 0 && (options->rounding < NTM_ROUND_HALF_UP || options->rounding > NTM_ROUND_UP))
        return ntm_i_wrong_call(err, "unknown rounding");
    if (options->kind_scale > NTM_SCALE_MAX) return ntm_i_wrong_call(err, "expected a kind_scale of 0 to 18");
    if (options->echelon < NTM_ECHELON_ANY || options->echelon > NTM_ECHELON_VILLAGE)
        return ntm_i_wrong_call(err, "unknown echelon");
    if (options->date != NTM_DATE_NONE && !ntm_i_date_is(options->date)) return ntm_i_wrong_call(err, "no such day");
    return NTM_OK;
}

static ntm_status check_table(const ntm_table *table, const ntm_needs_options *options, ntm_error *err) {
    ntm_status status = ntm_table_check(table, options->problems, err);
    if (status == NTM_OK && table->rows >= INT32_MAX)
        status = ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "%zu rows: expected fewer than 2^31 - 1", table->rows);
    return status;
}

/* All stages, as far as they can go. */
static void reckon(ntm_i_needing *n, const ntm_table *quantities) {
    if (!copy_norms(n->needs, n->norms)) n->cells.no_memory = true;
    if (n->options->division != NULL && !n->cells.no_memory) {
        n->cells.table = "division";
        ntm_i_division_load(&n->needs->division, &n->cells, n->options->division);
        n->cells.table = NULL;
    }
    /* Rules that are wrong would make every row look wrong. */
    if (n->cells.no_memory || n->cells.problem_count > 0) return;
    ntm_i_jobs_make(n, quantities);
    if (n->cells.no_memory || n->cells.problem_count > 0) return;
    ntm_i_jobs_divide(n);
    if (n->cells.no_memory || n->cells.problem_count > 0) return;
    ntm_i_caps_apply(n);
    if (!n->cells.no_memory && n->cells.problem_count == 0) ntm_i_needs_show(n);
}

ntm_status ntm_needs_new(ntm_needs **out, const ntm_norms *norms, const ntm_table *quantities,
                         const ntm_needs_options *options, ntm_error *err) {
    const ntm_needs_options usual = NTM_NEEDS_OPTIONS_INIT;
    if (options == NULL) options = &usual;
    if (out == NULL || norms == NULL || quantities == NULL)
        return ntm_i_wrong_call(err, "a place for the needs, norms and quantities are needed");
    ntm_status status = check_options(options, err);
    if (status == NTM_OK) status = check_table(quantities, options, err);
    if (status == NTM_OK && options->division != NULL) status = check_table(options->division, options, err);
    if (status != NTM_OK) return status;
    ntm_needs *needs = ntm_i_allocate(options->allocator, 1, sizeof *needs);
    if (needs == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&needs->arena, options->allocator);
    ntm_i_csv_codes_start(&needs->pool, &needs->arena);
    ntm_i_array_start(&needs->jobs, options->allocator, sizeof(ntm_i_job));
    needs->kind_scale = options->kind_scale;
    needs->rounding = options->rounding;
    ntm_i_needing n = {.needs = needs, .norms = norms, .options = options};
    n.cells = (ntm_i_cells){&needs->arena, options->problems, NULL, NTM_ERROR_INIT, 0, false};
    reckon(&n, quantities);
    status = ntm_i_cells_status(&n.cells, err);
    if (status == NTM_OK)
        *out = needs;
    else
        ntm_needs_free(needs);
    return status;
}

/* ------------------------------------------------------------------------------------------- what came of it */

const ntm_table *ntm_needs_table(const ntm_needs *needs) { return needs == NULL ? NULL : &needs->table; }

size_t ntm_needs_count(const ntm_needs *needs) { return needs == NULL ? 0 : needs->line_count; }

ntm_status ntm_needs_get(ntm_need *out, const ntm_needs *needs, size_t line, ntm_error *err) {
    if (out == NULL || needs == NULL) return ntm_i_wrong_call(err, "a place for the need and needs are needed");
    if (line >= needs->line_count)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "no line %zu: there are %zu", line,
                          needs->line_count);
    const ntm_i_line *it = &needs->lines[line];
    const ntm_i_job *job = ntm_i_job_at(needs, it->job);
    *out = (ntm_need){.row = job->row, .norm = NTM_NO_ROW, .rule = NTM_NO_ROW, .open = job->open};
    if (job->norm != NTM_I_NONE) out->norm = needs->norms[job->norm].row;
    if (it->rule != NTM_I_NONE) out->rule = needs->division.rules[it->rule].row;
    out->amount = it->amount;
    out->whole = job->whole;
    out->cut = it->cut;
    out->taken = it->taken;
    return NTM_OK;
}
