/* SPDX-License-Identifier: Apache-2.0 */
/* Claims that are refused, with the row and what was expected. */
#include "fault.h"
#include "rows.h"

#include <string.h>

#include <ntm/apportion.h>

static const ntm_class_coefficient classes[] = {{"a", {5, 0}, NULL}, {"b", {3, 0}, NULL}};

typedef struct refused {
    const char *claims;
    ntm_status status;
    uint64_t row;
    const char *subject;
    const char *part; /* of the message */
} refused;

static const refused cases[] = {
    {"unit,weight#0\nA,1\nB,\n", NTM_ERROR_VALUE, 1, "weight", "B: not reported"},
    {"unit,share#0\nA,1\nB,\n", NTM_ERROR_VALUE, 1, "share", "B: not reported"},
    {"unit,need#0\nA,1\nB,\n", NTM_ERROR_VALUE, 1, "need", "B: not reported"},
    {"unit,weight#0,need#0\nA,1,1\nB,1,\n", NTM_ERROR_VALUE, 1, "need", "B: not reported"},
    {"unit,weight#0,count#0\nA,1,1\nB,1,\n", NTM_ERROR_VALUE, 1, "count", "B: not reported"},
    {"unit,class\nA,a\nB,\n", NTM_ERROR_VALUE, 1, "class", "B: not reported"},
    {"unit,class\nA,a\nB,x\n", NTM_ERROR_NOT_FOUND, 1, "class", "no coefficient for class \"x\" of B"},
    {"unit,weight#0\nA,1\n,2\n", NTM_ERROR_VALUE, 1, "unit", "without unit"},
    {"unit,weight#0\nA,1\nB,2\nA,3\n", NTM_ERROR_CONFLICT, 0, "unit", "A is in row 2 too"},
    {"unit,class\nA,a\nA,b\n", NTM_ERROR_CONFLICT, 1, "unit", "several classes"},
    {"unit,need#0\nA,1\nA,2\n", NTM_ERROR_CONFLICT, 0, "need", "A has another one in row 1"},
    {"unit,weight#1\nA,1\nB,-2.5\n", NTM_ERROR_VALUE, 1, "weight", "-2.5: expected 0 or more"},
    {"unit,weight#1,cap#1\nA,1,2.5\n", NTM_ERROR_VALUE, 0, "cap", "2.5: expected whole"},
    {"unit,weight#0,cap#0,floor#0\nA,1,2,3\n", NTM_ERROR_VALUE, 0, "floor", "its floor and its cap"},
    {"unit,weight#0,need#0,floor#0\nA,1,2,3\n", NTM_ERROR_VALUE, 0, "floor", "its floor and its need"},
    {"unit,weight#0,floor#0\nA,1,60\nB,1,41\n", NTM_ERROR_VALUE, NTM_NO_ROW, "floor", "more than the envelope of 100"},
    {"unit,share#1\nA,60\nB,40.1\n", NTM_ERROR_VALUE, NTM_NO_ROW, "share", "more than 100 %"},
    {"unit,weight#0\nA,0\n", NTM_ERROR_VALUE, NTM_NO_ROW, "weight", "nobody has a weight above 0"},
    {"unit,class\n", NTM_ERROR_VALUE, NTM_NO_ROW, "class", "nobody has a weight above 0"},
    {"unit\nA\n", NTM_ERROR_SHAPE, NTM_NO_ROW, "weight", "need a column"},
    {"weight#0\n1\n", NTM_ERROR_SHAPE, NTM_NO_ROW, "unit", "needs this column"},
    {"unit,weight\nA,1\n", NTM_ERROR_SHAPE, NTM_NO_ROW, "weight", "expected numbers"},
    {"unit,weight#0,share#0\nA,1,1\n", NTM_ERROR_SHAPE, NTM_NO_ROW, "weight", "expected one of"},
    {"unit,class,share#0\nA,a,1\n", NTM_ERROR_SHAPE, NTM_NO_ROW, "class", "expected one of"},
    {"unit,need#0,count#0\nA,1,1\n", NTM_ERROR_SHAPE, NTM_NO_ROW, "count", "weight or a class only"},
    {"unit,weight#0,wheel#0\nA,1,1\n", NTM_ERROR_SHAPE, NTM_NO_ROW, "wheel", "no column of claims"},
};

static void by_row(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ntm_csv *csv = rows_read(cases[i].claims);
        ntm_apportion_options options = NTM_APPORTION_OPTIONS_INIT;
        ntm_apportionment *a = NULL;
        ntm_error err = NTM_ERROR_INIT;
        options.coefficients = classes;
        options.coefficient_count = 2;
        assert_fails(ntm_apportion_new(&a, 100, ntm_csv_table(csv), &options, &err), cases[i].status, &err,
                     cases[i].part);
        assert_string_equal(err.subject, cases[i].subject);
        assert_true(err.row == cases[i].row);
        assert_null(a);
        ntm_csv_free(csv);
    }
}

static void overflow(void **state) {
    (void)state;
    const int64_t weights[] = {INT64_MAX, 1, INT64_MAX}, counts[] = {INT64_MAX, 1, INT64_MAX};
    const int32_t codes[] = {0, 1, 2};
    const char *const names[] = {"A", "B", "C"};
    ntm_field fields[] = {{"unit", ntm_column_codes(codes, 3, names, 3)},
                          {"weight", ntm_column_int64(weights, 3)},
                          {"count", ntm_column_int64(counts, 3)}};
    ntm_table table = NTM_TABLE_INIT;
    ntm_apportionment *a = NULL;
    ntm_error err = NTM_ERROR_INIT;
    table.rows = 3;
    table.fields = fields;
    table.field_count = 3;
    assert_fails(ntm_apportion_new(&a, 100, &table, NULL, &err), NTM_ERROR_OVERFLOW, &err, "C: weights with 0 digits");
    assert_true(err.row == 2);
    table.rows = 2; /* without C the sum fits: (2^63 - 1)^2 + 1 */
    for (size_t i = 0; i < 3; i++)
        fields[i].column.length = 2;
    assert_ok(ntm_apportion_new(&a, 100, &table, NULL, &err), &err);
    assert_int_equal(ntm_apportionment_left(a), 0);
    ntm_apportionment_free(a);
    a = NULL;
    fields[1].column.scale = 18; /* 19 digits and 18 of another scale do not */
    fields[2].column.scale = 0;
    const int64_t mixed[] = {INT64_MAX / 1000 * 1000, 1};
    fields[1].column.data = mixed;
    assert_ok(ntm_apportion_new(&a, 100, &table, NULL, &err), &err);
    ntm_apportionment_free(a);
}

static void several(void **state) {
    (void)state;
    ntm_csv *csv = rows_read("unit,class,count#0,floor#0\nA,a,1,\nA,b,2,\nB,a,1,1\nB,a,1,2\n");
    ntm_apportion_options options = NTM_APPORTION_OPTIONS_INIT;
    ntm_apportionment *a = NULL;
    ntm_error err = NTM_ERROR_INIT;
    options.coefficients = classes;
    options.coefficient_count = 2;
    options.several = NTM_CLASSES_HIGHEST;
    assert_int_equal(ntm_problems_new(&options.problems, 0, NULL, NULL), NTM_OK);
    assert_fails(ntm_apportion_new(&a, 100, ntm_csv_table(csv), &options, &err), NTM_ERROR_CONFLICT, &err,
                 "A has another one in row 0");
    assert_string_equal(err.subject, "count");
    assert_int_equal(ntm_problems_count(options.problems), 3);
    assert_string_equal(ntm_problems_get(options.problems, 1)->subject, "floor");
    assert_non_null(strstr(ntm_problems_get(options.problems, 2)->message, "the same class"));
    ntm_problems_free(options.problems);
    ntm_csv_free(csv);
}

static void wrong_calls(void **state) {
    (void)state;
    ntm_csv *csv = rows_read("unit,weight#0\nA,1\n");
    const ntm_table *table = ntm_csv_table(csv);
    ntm_apportion_options options = NTM_APPORTION_OPTIONS_INIT;
    ntm_class_coefficient wrong[] = {{"a", {5, 0}, NULL}, {"a", {3, 0}, NULL}};
    ntm_apportionment *a = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_allotted it;
    ntm_text *text = NULL;
    size_t index;
    assert_fails(ntm_apportion_new(NULL, 1, table, NULL, &err), NTM_ERROR_ARGUMENT, &err, "a place");
    assert_fails(ntm_apportion_new(&a, 1, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, "claims");
    assert_fails(ntm_apportion_new(&a, -1, table, NULL, &err), NTM_ERROR_ARGUMENT, &err, "below 0");
    options.step = 0;
    assert_fails(ntm_apportion_new(&a, 1, table, &options, &err), NTM_ERROR_ARGUMENT, &err, "step");
    options.step = 1;
    options.several = (ntm_several_classes)3;
    assert_fails(ntm_apportion_new(&a, 1, table, &options, &err), NTM_ERROR_ARGUMENT, &err, "several");
    options.several = NTM_CLASSES_ADDED;
    options.coefficients = NULL;
    options.coefficient_count = 1;
    assert_fails(ntm_apportion_new(&a, 1, table, &options, &err), NTM_ERROR_ARGUMENT, &err, "NULL");
    options.coefficients = wrong;
    options.coefficient_count = 2;
    assert_fails(ntm_apportion_new(&a, 1, table, &options, &err), NTM_ERROR_ARGUMENT, &err, "two coefficients");
    wrong[1] = (ntm_class_coefficient){"b", {-1, 0}, NULL};
    assert_fails(ntm_apportion_new(&a, 1, table, &options, &err), NTM_ERROR_ARGUMENT, &err, "0 or more");
    wrong[1].class_name = "";
    assert_fails(ntm_apportion_new(&a, 1, table, &options, &err), NTM_ERROR_ARGUMENT, &err, "no class");
    options.coefficient_count = NTM_COEFFICIENTS_MAX + 1;
    assert_fails(ntm_apportion_new(&a, 1, table, &options, &err), NTM_ERROR_LIMIT, &err, "1025 classes");
    options.allocator = &fault_lacking;
    assert_fails(ntm_apportion_new(&a, 1, table, &options, &err), NTM_ERROR_ARGUMENT, &err, "allocator");
    assert_null(a);
    assert_ok(ntm_apportion_new(&a, 1, table, NULL, &err), &err);
    assert_fails(ntm_apportionment_get(&it, a, 1, &err), NTM_ERROR_ARGUMENT, &err, "no claimant 1: there are 1");
    assert_fails(ntm_apportionment_get(NULL, a, 0, &err), NTM_ERROR_ARGUMENT, &err, "a place");
    assert_fails(ntm_apportionment_find(&index, a, NULL, &err), NTM_ERROR_ARGUMENT, &err, "a unit");
    assert_fails(ntm_apportionment_explain(&text, a, 1, NTM_VI, &err), NTM_ERROR_ARGUMENT, &err, "no claimant");
    assert_fails(ntm_apportionment_explain(&text, a, 0, (ntm_language)9, &err), NTM_ERROR_ARGUMENT, &err, "language");
    assert_fails(ntm_apportionment_explain(NULL, a, 0, NTM_VI, &err), NTM_ERROR_ARGUMENT, &err, "a place");
    ntm_apportionment_free(a);
    ntm_apportionment_free(NULL);
    assert_int_equal(ntm_apportionment_count(NULL) + ntm_apportionment_left_out_count(NULL), 0);
    assert_null(ntm_apportionment_left_out(NULL, 0));
    assert_int_equal(ntm_apportionment_left(NULL) + ntm_apportionment_envelope(NULL), 0);
    ntm_csv_free(csv);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_row), cmocka_unit_test(overflow), cmocka_unit_test(several),
                                       cmocka_unit_test(wrong_calls)};
    return cmocka_run_group_tests_name("claims that are refused", tests, NULL, NULL);
}
