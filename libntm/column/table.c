/* SPDX-License-Identifier: Apache-2.0 */
/* Tables: fields of one length with different names. */
#include <ntm/column.h>

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"

const ntm_field *ntm_table_find(const ntm_table *table, const char *name) {
    if (table == NULL || table->fields == NULL || name == NULL) return NULL;
    for (size_t index = 0; index < table->field_count; index++) {
        const char *here = table->fields[index].name;
        if (here != NULL && strcmp(here, name) == 0) return &table->fields[index];
    }
    return NULL;
}

typedef struct named {
    const char *name;
    size_t index;
} named;

static int by_name(const void *a, const void *b) {
    const named *left = a;
    const named *right = b;
    int order = strcmp(left->name, right->name);
    if (order != 0) return order;
    return (left->index > right->index) - (left->index < right->index);
}

/* Marks each field whose name an earlier one has. Sorted, so that a table of very many fields is checked in no time. */
static ntm_status mark_doubled(bool *doubled, const ntm_table *table, ntm_error *err) {
    named *names = ntm_i_allocate(NULL, table->field_count, sizeof *names);
    if (names == NULL) return ntm_i_no_memory(err);
    size_t count = 0;
    for (size_t index = 0; index < table->field_count; index++) {
        if (table->fields[index].name != NULL) names[count++] = (named){table->fields[index].name, index};
    }
    qsort(names, count, sizeof *names, by_name);
    for (size_t at = 1; at < count; at++)
        doubled[names[at].index] = strcmp(names[at].name, names[at - 1].name) == 0;
    ntm_i_release(NULL, names, table->field_count, sizeof *names);
    return NTM_OK;
}

static ntm_status check_field(const ntm_field *field, size_t rows, bool doubled, ntm_error *err) {
    ntm_error local = NTM_ERROR_INIT;
    if (field->name == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a field has no name");
    ntm_status status = ntm_column_check(&field->column, &local);
    if (status != NTM_OK) return ntm_i_fail(err, status, NTM_I_ROW(field->name, local.row), "%s", local.message);
    ntm_i_place place = NTM_I_SUBJECT(field->name);
    if (field->column.length != rows)
        return ntm_i_fail(err, NTM_ERROR_SHAPE, place, "the column has %zu rows, expected the %zu of the table",
                          field->column.length, rows);
    if (doubled) return ntm_i_fail(err, NTM_ERROR_SHAPE, place, "two columns have this name");
    return NTM_OK;
}

/* Checks that the fields can be looked at at all. */
static ntm_status check_struct(const ntm_table *table, ntm_error *err) {
    if (table == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "the table is NULL");
    if (table->struct_size != sizeof *table)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "struct_size is not that of ntm_table: start with NTM_TABLE_INIT");
    if (table->fields == NULL && table->field_count > 0)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "fields is NULL and field_count is not 0");
    return NTM_OK;
}

static ntm_status check_fields(const ntm_table *table, const bool *doubled, ntm_problems *problems, ntm_error *err) {
    ntm_status first = NTM_OK;
    for (size_t index = 0; index < table->field_count; index++) {
        ntm_error problem = NTM_ERROR_INIT;
        if (check_field(&table->fields[index], table->rows, doubled[index], &problem) == NTM_OK) continue;
        ntm_i_problems_add(problems, &problem);
        if (first == NTM_OK) first = ntm_i_error_copy(err, &problem);
    }
    return first;
}

ntm_status ntm_table_check(const ntm_table *table, ntm_problems *problems, ntm_error *err) {
    ntm_error failure = NTM_ERROR_INIT;
    ntm_status status = check_struct(table, &failure);
    bool *doubled = NULL;
    if (status == NTM_OK) {
        doubled = ntm_i_allocate(NULL, table->field_count, sizeof *doubled);
        status = doubled == NULL ? ntm_i_no_memory(&failure) : mark_doubled(doubled, table, &failure);
    }
    if (status != NTM_OK) {
        ntm_i_problems_add(problems, &failure);
        (void)ntm_i_error_copy(err, &failure);
    } else {
        status = check_fields(table, doubled, problems, err);
    }
    if (doubled != NULL) ntm_i_release(NULL, doubled, table->field_count, sizeof *doubled);
    return status;
}
