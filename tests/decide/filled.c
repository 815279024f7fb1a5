/* SPDX-License-Identifier: Apache-2.0 */
#include "filled.h"

#include <stdlib.h>
#include <string.h>

ntm_verdict filled_of(const ntm_attainment *result, ntm_of of, size_t row, size_t index) {
    switch (of) {
        case NTM_OF_STATUS: return ntm_attainment_status(result, row);
        case NTM_OF_CRITERIA_STATUS: return ntm_attainment_criteria_status(result, row);
        case NTM_OF_REVOCATION: return ntm_attainment_revocation(result, row);
        case NTM_OF_CRITERION: return ntm_attainment_criterion(result, row, index);
        case NTM_OF_INDICATOR: return ntm_attainment_indicator(result, row, index);
        default: return ntm_attainment_precondition(result, row, index);
    }
}

static bool is_number(const char *text) { return text[strspn(text, "-0123456789./")] == '\0'; }

/* A column that reports one value in one row. Levels are words, days look like 2020-02-25. */
static ntm_column column_of(const ntm_deciding_fact *fact, size_t rows, size_t row, uint8_t *validity,
                            int64_t *values) {
    ntm_column column = NTM_COLUMN_INIT;
    bool flag = strcmp(fact->value, "yes") == 0 || strcmp(fact->value, "no") == 0;
    values[row] = fact->number.coefficient;
    column.type = NTM_TYPE_INT64;
    column.data = values;
    column.stride_bytes = 8;
    column.length = rows;
    column.scale = fact->number.scale;
    column.validity = validity;
    validity[row / 8] = (uint8_t)(1u << (row % 8));
    if (flag || is_number(fact->value)) return column;
    column.categories = &fact->value;
    column.category_count = 1;
    column.scale = 0;
    values[row] = 0;
    return column;
}

ntm_verdict filled_verdict(const ntm_plan *plan, const ntm_table *table, size_t row, const ntm_deciding_set *set,
                           ntm_of of, size_t index) {
    ntm_field *fields = calloc(table->field_count + set->count + 1, sizeof *fields);
    uint8_t *bits = calloc(set->count + 1, table->rows / 8 + 1);
    int64_t *values = calloc((set->count + 1) * table->rows, sizeof *values);
    assert_true(fields != NULL && bits != NULL && values != NULL);
    ntm_table copy = *table;
    ntm_attainment *result = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_evaluate_options options = NTM_EVALUATE_OPTIONS_INIT;
    memcpy(fields, table->fields, table->field_count * sizeof *fields);
    copy.fields = fields;
    for (size_t i = 0; i < set->count; i++) {
        ntm_field *field = &fields[copy.field_count];
        for (size_t k = 0; k < table->field_count; k++)
            if (strcmp(fields[k].name, set->facts[i].column) == 0) {
                assert_int_equal(ntm_column_known(&fields[k].column, row), NTM_NOT_REPORTED);
                field = &fields[k];
            }
        if (field == &fields[copy.field_count]) copy.field_count++;
        field->name = set->facts[i].column;
        field->column =
            column_of(&set->facts[i], table->rows, row, bits + i * (table->rows / 8 + 1), values + i * table->rows);
    }
    options.ignore_unknown = true;
    assert_ok(ntm_evaluate(&result, plan, &copy, &options, &err), &err);
    ntm_verdict verdict = filled_of(result, of, row, index);
    ntm_attainment_free(result);
    free(fields);
    free(bits);
    free(values);
    return verdict;
}

bool filled_shows(const ntm_plan *plan, const ntm_table *table, size_t row, const ntm_deciding *d, ntm_verdict verdict,
                  ntm_of of, size_t index) {
    const ntm_deciding_set *set = ntm_deciding_facts(d, verdict);
    assert_non_null(set);
    if (set->reason != NTM_DECIDING_FOUND) {
        assert_int_equal(set->count, 0);
        assert_true(set->exact == (set->reason != NTM_DECIDING_LIMIT));
        return false;
    }
    if (filled_verdict(plan, table, row, set, of, index) != verdict)
        fail_msg("row %zu: the values of %zu facts do not show it", row, set->count);
    return true;
}
