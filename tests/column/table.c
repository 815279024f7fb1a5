/* SPDX-License-Identifier: Apache-2.0 */
/* Tables. */
#include <ntm/column.h>

#include "fault.h"

#include <stdio.h>
#include <string.h>

static const int64_t data[3] = {1, 2, 3};

static void finding(void **state) {
    (void)state;
    ntm_field fields[3] = {
        {"a", ntm_column_int64(data, 3)}, {NULL, ntm_column_int64(data, 3)}, {"b", ntm_column_int64(data, 3)}};
    ntm_table table = NTM_TABLE_INIT;
    assert_null(ntm_table_find(&table, "a"));
    table.fields = fields;
    table.field_count = 3;
    assert_ptr_equal(ntm_table_find(&table, "b"), &fields[2]);
    assert_null(ntm_table_find(&table, "c"));
    assert_null(ntm_table_find(&table, NULL));
    assert_null(ntm_table_find(NULL, "a"));
}

static void checking(void **state) {
    (void)state;
    ntm_error err = NTM_ERROR_INIT;
    ntm_table table = NTM_TABLE_INIT;
    assert_ok(ntm_table_check(&table, NULL, &err), &err);
    ntm_field fields[2] = {{"households", ntm_column_int64(data, 3)}, {"communes", ntm_column_int64(data, 3)}};
    table.fields = fields;
    table.field_count = 2;
    table.rows = 3;
    assert_ok(ntm_table_check(&table, NULL, &err), &err);
    table.rows = 2;
    assert_fails(ntm_table_check(&table, NULL, &err), NTM_ERROR_SHAPE, &err, "3 rows, expected the 2");
    assert_string_equal(err.subject, "households");
    table.rows = 3;
    fields[1].name = "households";
    assert_fails(ntm_table_check(&table, NULL, &err), NTM_ERROR_SHAPE, &err, "two columns");
    fields[1].name = NULL;
    assert_fails(ntm_table_check(&table, NULL, &err), NTM_ERROR_ARGUMENT, &err, "no name");
    assert_fails(ntm_table_check(NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, "NULL");
    table.fields = NULL;
    assert_fails(ntm_table_check(&table, NULL, &err), NTM_ERROR_ARGUMENT, &err, "fields");
    table = (ntm_table)NTM_TABLE_INIT;
    table.struct_size = 3;
    assert_fails(ntm_table_check(&table, NULL, &err), NTM_ERROR_ARGUMENT, &err, "struct_size");
}

static void all_problems(void **state) {
    (void)state;
    ntm_error err = NTM_ERROR_INIT;
    ntm_problems *problems = NULL;
    assert_ok(ntm_problems_new(&problems, 0, NULL, &err), &err);
    static const int32_t back[4] = {0, 2, 1, 3};
    ntm_field fields[5] = {{"good", ntm_column_int64(data, 3)},
                           {"short", ntm_column_int64(data, 2)},
                           {"good", ntm_column_int64(data, 3)},
                           {"text", NTM_COLUMN_INIT},
                           {"good", ntm_column_int64(data, 3)}};
    fields[3].column.type = NTM_TYPE_TEXT;
    fields[3].column.data = back;
    fields[3].column.text = "abc";
    fields[3].column.length = 3;
    ntm_table table = NTM_TABLE_INIT;
    table.rows = 3;
    table.fields = fields;
    table.field_count = 5;
    assert_fails(ntm_table_check(&table, problems, &err), NTM_ERROR_SHAPE, &err, "2 rows");
    assert_string_equal(err.subject, "short");
    assert_int_equal(ntm_problems_count(problems), 4);
    assert_string_equal(ntm_problems_get(problems, 1)->subject, "good");
    assert_string_equal(ntm_problems_get(problems, 2)->subject, "text");
    assert_int_equal(ntm_problems_get(problems, 2)->row, 1);
    assert_string_equal(ntm_problems_get(problems, 3)->message, "two columns have this name");
    ntm_problems_free(problems);
}

/* Very many fields are checked at once, not each against each. */
static void many_fields(void **state) {
    (void)state;
    enum { MANY = 50000 };
    static ntm_field fields[MANY];
    static char names[MANY][8];
    for (int at = 0; at < MANY; at++) {
        (void)snprintf(names[at], sizeof names[at], "f%d", at);
        fields[at] = (ntm_field){names[at], ntm_column_int64(data, 3)};
    }
    ntm_table table = NTM_TABLE_INIT;
    table.rows = 3;
    table.fields = fields;
    table.field_count = MANY;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_table_check(&table, NULL, &err), &err);
    (void)strcpy(names[MANY - 1], "f1");
    assert_fails(ntm_table_check(&table, NULL, &err), NTM_ERROR_SHAPE, &err, "two columns");
    assert_string_equal(err.subject, "f1");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(finding), cmocka_unit_test(checking),
                                       cmocka_unit_test(all_problems), cmocka_unit_test(many_fields)};
    return cmocka_run_group_tests_name("tables", tests, NULL, NULL);
}
