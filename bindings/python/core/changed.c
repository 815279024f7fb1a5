/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the columns that a result borrows are still those that it was evaluated from, as far as its verdicts tell. */
#include "core.h"

/* A verdict of a row: of the whole row, or of one part. */
typedef ntm_verdict (*verdict_of)(const ntm_attainment *attainment, size_t row, size_t index);

static ntm_verdict status_of(const ntm_attainment *attainment, size_t row, size_t index) {
    (void)index;
    return ntm_attainment_status(attainment, row);
}

static ntm_verdict criteria_status_of(const ntm_attainment *attainment, size_t row, size_t index) {
    (void)index;
    return ntm_attainment_criteria_status(attainment, row);
}

static ntm_verdict revocation_of(const ntm_attainment *attainment, size_t row, size_t index) {
    (void)index;
    return ntm_attainment_revocation(attainment, row);
}

static bool same_parts(verdict_of of, size_t count, const ntm_attainment *a, size_t row, const ntm_attainment *b,
                       size_t at) {
    for (size_t index = 0; index < count; index++)
        if (of(a, row, index) != of(b, at, index)) return false;
    return true;
}

/* Parts that were not kept are open in both. */
static bool same_row(const ntm_set *set, const ntm_attainment *a, size_t row, const ntm_attainment *b, size_t at) {
    ntm_bounds x = ntm_attainment_criteria_met(a, row), y = ntm_attainment_criteria_met(b, at);
    if (x.least != y.least || x.most != y.most) return false;
    x = ntm_attainment_grade(a, row), y = ntm_attainment_grade(b, at);
    return x.least == y.least && x.most == y.most && same_parts(status_of, 1, a, row, b, at) &&
           same_parts(criteria_status_of, 1, a, row, b, at) && same_parts(revocation_of, 1, a, row, b, at) &&
           same_parts(ntm_attainment_criterion, ntm_set_criterion_count(set), a, row, b, at) &&
           same_parts(ntm_attainment_precondition, ntm_set_precondition_count(set), a, row, b, at) &&
           same_parts(ntm_attainment_indicator, ntm_set_indicator_count(set), a, row, b, at);
}

/* One row of a column, as a column. */
static ntm_column row_of(ntm_column column, size_t row) {
    if (column.type == NTM_TYPE_BITS)
        column.bit_offset += row;
    else if (column.type == NTM_TYPE_TEXT)
        column.data = (const char *)column.data + row * sizeof(int32_t);
    else
        column.data = (const char *)column.data + (int64_t)row * column.stride_bytes;
    column.validity_offset += row;
    column.not_applicable_offset += row;
    column.length = 1;
    return column;
}

/* The first row from `first` on whose verdicts are others now; `rows` if none is. A table that cannot be evaluated any more
   has changed: then the row of the error counts. */
static ntm_status compare(size_t *found, const ntm_plan *plan, const ntm_table *now, const ntm_attainment *kept,
                          size_t first, ntm_keep keep, ntm_error *err) {
    ntm_evaluate_options options = NTM_EVALUATE_OPTIONS_INIT;
    options.keep = keep;
    options.ignore_unknown = true;
    ntm_attainment *again = NULL;
    ntm_status status = ntm_evaluate(&again, plan, now, &options, err);
    *found = now->rows;
    if (status == NTM_ERROR_MEMORY) return status;
    if (status) {
        *found = err->row == NTM_NO_ROW ? 0 : (size_t)err->row;
        return NTM_OK;
    }
    for (size_t row = 0; row < now->rows && *found == now->rows; row++)
        if (!same_row(ntm_plan_set(plan), kept, first + row, again, row)) *found = row;
    ntm_attainment_free(again);
    return NTM_OK;
}

PyObject *core_changed_row(const core_plan *plan, core_table *table, const ntm_attainment *kept, int keep,
                           int64_t row) {
    ntm_table now = table->table;
    ntm_field *fields = NULL;
    size_t first = row < 0 ? 0 : (size_t)row, found = 0;
    if (first >= now.rows && row >= 0) return PyErr_Format(PyExc_IndexError, "no row %zu", first);
    if (row >= 0) {
        fields = PyMem_Calloc(now.field_count + 1, sizeof *fields);
        if (!fields) return PyErr_NoMemory();
        for (size_t i = 0; i < now.field_count; i++)
            fields[i] = (ntm_field){now.fields[i].name, row_of(now.fields[i].column, first)};
        now.fields = fields;
        now.rows = 1;
    }
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status;
    Py_BEGIN_ALLOW_THREADS status = compare(&found, plan->it, &now, kept, first, (ntm_keep)keep, &err);
    Py_END_ALLOW_THREADS PyMem_Free(fields);
    if (status) return core_raise(&err, NULL);
    return core_index(found == now.rows ? SIZE_MAX : first + found);
}
