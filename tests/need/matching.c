/* SPDX-License-Identifier: Apache-2.0 */
/* Local money against central money. Ratios like 1 : 1.5 are illustrations, not law. */
#include "lines.h"

static void least(void **state) {
    (void)state;
    ntm_money out = -1;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_matching_least(&out, 1001, (ntm_decimal){15, 1}, &err), &err);
    assert_int_equal(out, 1502);
    assert_ok(ntm_matching_least(&out, 1000, (ntm_decimal){15, 1}, &err), &err);
    assert_int_equal(out, 1500);
    assert_ok(ntm_matching_least(&out, INT64_MAX, (ntm_decimal){1, 0}, &err), &err);
    assert_true(out == INT64_MAX);
    out = 7;
    assert_fails(ntm_matching_least(&out, INT64_MAX, (ntm_decimal){11, 1}, &err), NTM_ERROR_OVERFLOW, &err, "64 bits");
    assert_fails(ntm_matching_least(&out, INT64_MAX, (ntm_decimal){INT64_MAX, 0}, &err), NTM_ERROR_OVERFLOW, &err,
                 "64 bits");
    assert_fails(ntm_matching_least(&out, -1, (ntm_decimal){1, 0}, &err), NTM_ERROR_ARGUMENT, &err, "0 or more");
    assert_fails(ntm_matching_least(&out, 1, (ntm_decimal){-1, 0}, &err), NTM_ERROR_ARGUMENT, &err, "0 or more");
    assert_fails(ntm_matching_least(&out, 1, (ntm_decimal){1, 19}, &err), NTM_ERROR_ARGUMENT, &err, "0 or more");
    assert_fails(ntm_matching_least(NULL, 1, (ntm_decimal){1, 0}, &err), NTM_ERROR_ARGUMENT, &err, "a place");
    assert_int_equal(out, 7);
}

static void check(void **state) {
    (void)state;
    ntm_csv *csv = rows_read("unit,central#0,local#0\nA,100,150\nB,101,151\nC,,5\nD,100,\nE,0,0\n");
    ntm_matched out[5];
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_matching_check(out, ntm_csv_table(csv), (ntm_decimal){15, 1}, NULL, &err), &err);
    assert_true(out[0].least_known && out[0].least == 150 && out[0].shortfall_known && out[0].shortfall == 0);
    assert_true(out[1].least == 152 && out[1].shortfall_known && out[1].shortfall == 1);
    assert_true(!out[2].least_known && !out[2].shortfall_known && out[2].least == 0 && out[2].shortfall == 0);
    assert_true(out[3].least_known && out[3].least == 150 && !out[3].shortfall_known && out[3].shortfall == 0);
    assert_true(out[4].least_known && out[4].least == 0 && out[4].shortfall_known && out[4].shortfall == 0);
    ntm_csv_free(csv);
    csv = rows_read("central#0,local#0,ratio#1\n100,150,2\n100,150,\n");
    assert_ok(ntm_matching_check(out, ntm_csv_table(csv), (ntm_decimal){1, 0}, NULL, &err), &err);
    assert_true(out[0].shortfall == 50 && !out[1].least_known && !out[1].shortfall_known);
    ntm_csv_free(csv);
}

static void refused(void **state) {
    (void)state;
    static const struct {
        const char *table;
        ntm_status status;
        uint64_t row;
        const char *subject, *part;
    } cases[] = {
        {"central#0\n1\n", NTM_ERROR_SHAPE, NTM_NO_ROW, "local", "needs this column"},
        {"local#0\n1\n", NTM_ERROR_SHAPE, NTM_NO_ROW, "central", "needs this column"},
        {"central,local#0\n1,1\n", NTM_ERROR_SHAPE, NTM_NO_ROW, "central", "expected numbers"},
        {"central#0,local#0,ratio\n1,1,x\n", NTM_ERROR_SHAPE, NTM_NO_ROW, "ratio", "expected numbers"},
        {"central#1,local#0\n1,1\n1.5,1\n", NTM_ERROR_VALUE, 1, "central", "whole"},
        {"central#0,local#0\n1,1\n1,-1\n", NTM_ERROR_VALUE, 1, "local", "0 or more"},
        {"central#0,local#0,ratio#0\n1,1,-1\n", NTM_ERROR_VALUE, 0, "ratio", "0 or more"},
        {"central#0,local#0,ratio#0\n9000000000000000000,1,2\n", NTM_ERROR_OVERFLOW, 0, "central", "64 bits"},
    };
    ntm_matched out[2], before[2];
    ntm_error err = NTM_ERROR_INIT;
    memset(out, 7, sizeof out);
    memcpy(before, out, sizeof out);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ntm_csv *csv = rows_read(cases[i].table);
        err = (ntm_error)NTM_ERROR_INIT;
        assert_fails(ntm_matching_check(out, ntm_csv_table(csv), (ntm_decimal){1, 0}, NULL, &err), cases[i].status,
                     &err, cases[i].part);
        assert_string_equal(err.subject, cases[i].subject);
        assert_true(err.row == cases[i].row);
        assert_memory_equal(out, before, sizeof out);
        assert_fails(ntm_matching_check(NULL, ntm_csv_table(csv), (ntm_decimal){1, 0}, NULL, &err), NTM_ERROR_ARGUMENT,
                     &err, "room");
        assert_fails(ntm_matching_check(out, ntm_csv_table(csv), (ntm_decimal){-1, 0}, NULL, &err), NTM_ERROR_ARGUMENT,
                     &err, "ratio");
        ntm_csv_free(csv);
    }
    assert_fails(ntm_matching_check(out, NULL, (ntm_decimal){1, 0}, NULL, &err), NTM_ERROR_ARGUMENT, &err, "a table");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(least), cmocka_unit_test(check), cmocka_unit_test(refused)};
    return cmocka_run_group_tests_name("matching", tests, NULL, NULL);
}
