/* SPDX-License-Identifier: Apache-2.0 */
/* Axes of a plan: which are fixed, which come from columns, and which years there are. */
#include <string.h>

#include "attainment/plan.h"
#include "base/error.h"

#define YEARS_MAX 512

/* Four digits; -1 for anything else. */
static int year_of(const char *text, size_t size) {
    int year = 0;
    if (size != 4) return -1;
    for (size_t i = 0; i < 4; i++) {
        if (text[i] < '0' || text[i] > '9') return -1;
        year = year * 10 + (text[i] - '0');
    }
    return year;
}

uint32_t ntm_i_year_place(const ntm_i_plan_axis *axis, const char *text, size_t size) {
    int year = year_of(text, size);
    if (year < 0) return NTM_I_NONE;
    bool inside = year >= axis->first_year && year - axis->first_year < (int)axis->size;
    return inside ? (uint32_t)(year - axis->first_year) : axis->size;
}

ntm_status ntm_i_axis_start(ntm_i_plan_axis *axis, const ntm_axis *from, int year, ntm_error *err) {
    axis->axis = from;
    axis->size = (uint32_t)from->value_count;
    axis->fixed_at = NTM_I_NONE;
    axis->is_year = strcmp(from->id, "year") == 0;
    if (!axis->is_year) return NTM_OK;
    int first = year_of(from->values[0], 4), last = first;
    for (size_t i = 1; i < from->value_count; i++) {
        int next = year_of(from->values[i], 4);
        if (next < first) first = next;
        if (next > last) last = next;
    }
    if (last - first >= YEARS_MAX)
        return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_SUBJECT(from->id), "more than %d years from %d to %d", YEARS_MAX,
                          first, last);
    axis->first_year = first;
    axis->size = (uint32_t)(last - first + 1);
    if (year >= first && year <= last) axis->fixed_at = (uint32_t)(year - first);
    return NTM_OK;
}

static ntm_status fix_axis(ntm_plan *plan, const ntm_axis_value *given, ntm_error *err) {
    const ntm_set *set = plan->set;
    if (given->axis == NULL || given->value == NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(set->about.id), "an axis or its value is NULL");
    size_t at = ntm_i_find_id(set->axes, set->axis_count, sizeof *set->axes, given->axis);
    if (at == SIZE_MAX)
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(set->about.id), "there is no axis \"%s\"",
                          given->axis);
    ntm_i_plan_axis *axis = &plan->axes[at];
    if (axis->fixed) return ntm_i_fail(err, NTM_ERROR_CONFLICT, NTM_I_SUBJECT(given->axis), "the axis is fixed twice");
    axis->fixed = true;
    if (axis->is_year) {
        uint32_t place = ntm_i_year_place(axis, given->value, strlen(given->value));
        if (place == NTM_I_NONE)
            return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(given->axis), "\"%s\" is no year", given->value);
        axis->fixed_at = place < axis->size ? place : NTM_I_NONE;
        return NTM_OK;
    }
    for (size_t i = 0; i < axis->axis->value_count; i++)
        if (strcmp(axis->axis->values[i], given->value) == 0) {
            axis->fixed_at = (uint32_t)i;
            return NTM_OK;
        }
    return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(given->axis), "the axis has no value \"%s\"",
                      given->value);
}

/* All rules of scope speak of one axis, which has names and not years: the set was checked. */
static bool place_scopes(ntm_plan *plan) {
    const ntm_set *set = plan->set;
    plan->scope_axis = NTM_I_NONE;
    if (set->scope_count == 0) return true;
    plan->scope_places = ntm_i_arena_take(&plan->arena, set->scope_count, sizeof *plan->scope_places);
    if (plan->scope_places == NULL) return false;
    plan->scope_axis = (uint32_t)ntm_i_find_id(set->axes, set->axis_count, sizeof *set->axes, set->scopes[0].axis);
    const ntm_axis *axis = &set->axes[plan->scope_axis];
    for (size_t i = 0; i < set->scope_count; i++)
        while (strcmp(axis->values[plan->scope_places[i]], set->scopes[i].use) != 0)
            plan->scope_places[i]++;
    return true;
}

ntm_status ntm_i_plan_axes(ntm_plan *plan, const ntm_plan_options *options, ntm_error *err) {
    const ntm_set *set = plan->set;
    int year = 0;
    ntm_date_parts(options->on, &year, NULL, NULL);
    plan->axes = ntm_i_arena_take(&plan->arena, set->axis_count, sizeof *plan->axes);
    if (plan->axes == NULL || !place_scopes(plan)) return ntm_i_no_memory(err);
    for (size_t i = 0; i < set->axis_count; i++) {
        ntm_status status = ntm_i_axis_start(&plan->axes[i], &set->axes[i], year, err);
        if (status != NTM_OK) return status;
    }
    for (size_t i = 0; i < options->axis_count; i++) {
        ntm_status status = fix_axis(plan, &options->axes[i], err);
        if (status != NTM_OK) return status;
    }
    return NTM_OK;
}
