/* SPDX-License-Identifier: Apache-2.0 */
/* The values of a set, kept for every row and looked at. */
#include "attainment/values.h"

#include "base/error.h"

bool ntm_i_fraction(ntm_fraction *out, ntm_i_rational value) {
    if (!ntm_i_is_finite(value)) {
        *out = (ntm_fraction){0, 0};
        return true;
    }
    if (value.numerator > INT64_MAX || value.numerator < INT64_MIN || value.denominator > INT64_MAX) return false;
    *out = (ntm_fraction){(int64_t)value.numerator, (int64_t)value.denominator};
    return true;
}

bool ntm_i_take_values(ntm_attainment *a, const ntm_set *set) {
    a->value_count = set->value_count;
    a->values = ntm_i_arena_take(&a->arena, set->value_count, sizeof *a->values);
    for (size_t i = 0; a->values != NULL && i < set->value_count; i++) {
        a->values[i] = ntm_i_arena_take(&a->arena, a->rows, sizeof *a->values[i]);
        if (a->values[i] == NULL) return false;
    }
    if (set->grade != 0) a->scores = ntm_i_arena_take(&a->arena, a->rows, sizeof *a->scores);
    return a->values != NULL && (set->grade == 0 || a->scores != NULL);
}

static void keep_one(ntm_range *out, ntm_i_exact *x, ntm_i_interval value, int power, const char *name) {
    ntm_i_rational least = value.least, most = value.most;
    bool fits = (!ntm_i_is_finite(least) || ntm_i_rational_scale(&least, least, -power)) &&
                (!ntm_i_is_finite(most) || ntm_i_rational_scale(&most, most, -power)) &&
                ntm_i_fraction(&out->least, least) && ntm_i_fraction(&out->most, most);
    if (!fits && !x->failed) /* what failed before was complained about */
        ntm_i_run_complain(x->run, NTM_ERROR_OVERFLOW, name, x->row, "a value whose exact fraction is beyond 64 bits");
}

void ntm_i_keep_values(ntm_attainment *a, ntm_i_run *run) {
    const ntm_set *set = run->plan->set;
    if (a->values == NULL) return;
    for (size_t row = 0; row < run->rows; row++) {
        ntm_i_exact x = ntm_i_exact_start(run, row);
        for (size_t i = 0; i < a->value_count; i++)
            keep_one(&a->values[i][run->start + row], &x, ntm_i_exact_value(&x, (uint32_t)i), set->value_units[i].power,
                     set->values[i].id);
        if (a->scores == NULL) continue;
        ntm_node of = set->nodes[set->grade - 1].of[0];
        keep_one(&a->scores[run->start + row], &x, ntm_i_exact_quantity(&x, of), set->info[of - 1].unit.power,
                 "the grade's quantity");
    }
}

ntm_status ntm_attainment_values(const ntm_range **out, const ntm_attainment *a, size_t index, ntm_error *err) {
    if (out == NULL || a == NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a result and a place for its values are needed");
    if (a->values == NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "values were not kept: see ntm_evaluate_options.keep_values");
    if (index == NTM_SCORE ? a->scores == NULL : index >= a->value_count)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "%s",
                          index == NTM_SCORE ? "the set has no grade" : "a value past the end");
    *out = index == NTM_SCORE ? a->scores : a->values[index];
    return NTM_OK;
}

ntm_status ntm_attainment_value(ntm_range *out, const ntm_attainment *a, size_t row, size_t index, ntm_error *err) {
    const ntm_range *all = NULL;
    if (out == NULL || a == NULL || row >= a->rows)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "a place for the value and a row of a result are needed");
    ntm_status status = ntm_attainment_values(&all, a, index, err);
    if (status == NTM_OK) *out = all[row];
    return status;
}

ntm_status ntm_attainment_score(ntm_range *out, const ntm_attainment *a, size_t row, ntm_error *err) {
    return ntm_attainment_value(out, a, row, NTM_SCORE, err);
}

ntm_status ntm_attainment_grades(const uint8_t **least, const uint8_t **most, const ntm_attainment *a, ntm_error *err) {
    if (a == NULL || a->grade_least == NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a result of a set with a grade is needed");
    if (least != NULL) *least = a->grade_least;
    if (most != NULL) *most = a->grade_most;
    return NTM_OK;
}
