/* SPDX-License-Identifier: Apache-2.0 */
/* Compiling a set for a day and a place. */
#include "attainment/plan.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"

static ntm_status check_in_force(const ntm_set *set, const ntm_plan_options *options, ntm_error *err) {
    const ntm_instrument *act = &set->about.instrument;
    bool early = act->in_force_from != NTM_DATE_NONE && options->on < act->in_force_from;
    bool late = act->in_force_to != NTM_DATE_NONE && options->on > act->in_force_to;
    if (options->out_of_force || (!early && !late)) return NTM_OK;
    char day[NTM_I_DAY_SIZE], edge[NTM_I_DAY_SIZE];
    return ntm_i_fail(err, NTM_ERROR_NOT_IN_FORCE, NTM_I_SUBJECT(set->about.id), "not in force on %s: its %s day is %s",
                      ntm_i_day_text(day, options->on), early ? "first" : "last",
                      ntm_i_day_text(edge, early ? act->in_force_from : act->in_force_to));
}

static void plan_start(ntm_plan *plan, const ntm_set *set, const ntm_plan_options *options,
                       const ntm_allocator *allocator) {
    plan->set = set;
    plan->kernels = options->kernels;
    plan->on = options->on;
    plan->others = options->others;
    plan->other_count = options->other_count;
    ntm_i_arena_start(&plan->arena, allocator);
    ntm_i_array_start(&plan->inputs, allocator, sizeof(ntm_i_input));
    ntm_i_array_start(&plan->keyspaces, allocator, sizeof(ntm_i_keyspace));
    ntm_i_array_start(&plan->thresholds, allocator, sizeof(ntm_i_threshold));
    ntm_i_array_start(&plan->comparisons, allocator, sizeof(ntm_i_comparison));
    ntm_i_array_start(&plan->ops, allocator, sizeof(ntm_i_op));
}

/* The caller's array may go; its sets stay. */
static bool keep_others(ntm_plan *plan) {
    const ntm_set **kept = ntm_i_arena_take(&plan->arena, plan->other_count, sizeof *kept);
    if (kept == NULL) return false;
    for (size_t i = 0; i < plan->other_count; i++)
        kept[i] = plan->others[i];
    plan->others = kept;
    return true;
}

ntm_status ntm_plan_new(ntm_plan **out, const ntm_set *set, const ntm_plan_options *options, ntm_error *err) {
    if (out == NULL || set == NULL || options == NULL || options->struct_size < sizeof *options ||
        !ntm_i_allocator_usable(options->allocator))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "a place for the plan, a set, initialised options and a whole allocator are needed");
    int year = 0;
    ntm_date_parts(options->on, &year, NULL, NULL);
    if (year == 0)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(set->about.id),
                          "the day is missing or impossible: set options.on");
    if (options->kernels > NTM_KERNELS_REFERENCE || (options->axis_count > 0 && options->axes == NULL) ||
        (options->other_count > 0 && options->others == NULL))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "unknown kernels, axes without their values, or others without their array");
    for (size_t i = 0; i < options->other_count; i++)
        if (options->others[i] == NULL)
            return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "set %zu of the others is NULL", i);
    ntm_status status = check_in_force(set, options, err);
    if (status != NTM_OK) return status;
    ntm_allocator allocator = ntm_i_allocator(options->allocator);
    ntm_plan *plan = ntm_i_allocate(&allocator, 1, sizeof *plan);
    if (plan == NULL) return ntm_i_no_memory(err);
    plan_start(plan, set, options, &allocator);
    status = ntm_i_plan_axes(plan, options, err);
    if (status == NTM_OK) status = ntm_i_plan_thresholds_make(plan, err);
    if (status == NTM_OK) status = ntm_i_plan_inputs_find(plan, err);
    if (status == NTM_OK) status = ntm_i_plan_program(plan, err);
    if (status != NTM_OK) {
        ntm_plan_free(plan);
        return status;
    }
    if (!keep_others(plan)) {
        ntm_plan_free(plan);
        return ntm_i_no_memory(err);
    }
    *out = plan;
    return NTM_OK;
}

void ntm_plan_free(ntm_plan *plan) {
    if (plan == NULL) return;
    ntm_allocator allocator = plan->arena.allocator;
    ntm_i_array_end(&plan->inputs);
    ntm_i_array_end(&plan->keyspaces);
    ntm_i_array_end(&plan->thresholds);
    ntm_i_array_end(&plan->comparisons);
    ntm_i_array_end(&plan->ops);
    ntm_i_arena_end(&plan->arena);
    ntm_i_release(&allocator, plan, 1, sizeof *plan);
}

const ntm_set *ntm_plan_set(const ntm_plan *plan) { return plan == NULL ? NULL : plan->set; }

size_t ntm_plan_input_count(const ntm_plan *plan) { return plan == NULL ? 0 : plan->inputs.count; }

const char *ntm_plan_input(const ntm_plan *plan, size_t index) {
    return plan == NULL || index >= plan->inputs.count ? NULL : ntm_i_plan_inputs(plan)[index].name;
}
