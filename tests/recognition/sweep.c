/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of making a register fails once. */
#include "book.h"
#include "scratch.h"

#include <stdio.h>
#include <string.h>

static const char path[] = "ntm-test-sweep-register.tmp";
static const char good[] =
    BOOK_HEAD "A,S,3,recognised,2015-01-01,1/QD,,2021-01-01\nB,S,3,recognised,2016-01-01,2/QD,,\n"
              "B,T,,registered,2016-01-01,,,\nA,,,merged,2020-01-01,819,A,\n"
              "B,,,merged,2020-01-01,819,A,\nC,,,merged,2020-01-01,819,D,\n"
              "A,S,,re-acknowledged,2020-07-01,3/QD,,\nE,,,ended,2020-07-01,,,\n";
static const char bad[] = BOOK_HEAD "A,S,,revoked,2015-01-01,,,\nA,S,,revoked,2016-01-01,,,\n";

static ntm_status read_register(const ntm_allocator *allocator, void *context) {
    ntm_register_options options = book_options();
    ntm_register *reg = NULL;
    ntm_error err = NTM_ERROR_INIT;
    options.allocator = allocator;
    ntm_status status = context == NULL ? ntm_register_read(&reg, good, sizeof good - 1, "x", &options, &err)
                                        : ntm_register_open(&reg, path, &options, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK)
        assert_null(reg);
    else
        expect_holding(reg, "A", "S", "2020-07-01", "held since 2020-07-01 by 6");
    ntm_register_free(reg);
    return status;
}

static ntm_status new_register(const ntm_allocator *allocator, void *context) {
    ntm_register_options options = book_options();
    ntm_register *reg = NULL;
    ntm_error err = NTM_ERROR_INIT;
    options.allocator = allocator;
    ntm_status status = ntm_register_new(&reg, context, &options, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK)
        assert_null(reg);
    else
        assert_int_equal(ntm_register_act_count(reg), 2);
    ntm_register_free(reg);
    return status;
}

static ntm_status read_badly(const ntm_allocator *allocator, void *context) {
    ntm_register_options options = book_options();
    ntm_register *reg = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)context;
    ntm_status status = ntm_problems_new(&options.problems, 0, allocator, &err);
    if (status != NTM_OK) return status;
    options.allocator = allocator;
    status = ntm_register_read(&reg, bad, sizeof bad - 1, "x", &options, &err);
    assert_null(reg);
    assert_int_equal(err.status, status);
    ntm_problems_free(options.problems);
    return status;
}

static void sweeps(void **state) {
    static const char *const codes[] = {"A", "B"}, *const kinds[] = {"recognised"};
    static const int32_t which[] = {0, 1}, zero[] = {0, 0}, days[] = {18000, 18001};
    const ntm_field fields[] = {{"unit", ntm_column_codes(which, 2, codes, 2)},
                                {"kind", ntm_column_codes(zero, 2, kinds, 1)},
                                {"date", ntm_column_codes(days, 2, NULL, 0)},
                                {"status", ntm_column_codes(zero, 2, codes, 2)}};
    ntm_table table = NTM_TABLE_INIT;
    (void)state;
    table.rows = 2;
    table.fields = fields;
    table.field_count = 4;
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(good, 1, sizeof good - 1, file), sizeof good - 1);
    assert_int_equal(fclose(file), 0);
    assert_true(fault_sweep(read_register, NULL, NTM_OK) > 10);
    assert_true(fault_sweep(read_register, (char[]){"x"}, NTM_OK) > 10);
    assert_int_equal(remove(path), 0);
    assert_true(fault_sweep(new_register, &table, NTM_OK) > 5);
    assert_true(fault_sweep_tolerant(read_badly, NULL, NTM_ERROR_CONFLICT) > 5);
}

/* An allocator that lacks a function is refused before anything is made. */
static void half(void **state) {
    ntm_register_options options = book_options();
    ntm_register *reg = NULL;
    ntm_table table = NTM_TABLE_INIT;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    options.allocator = &fault_lacking;
    assert_fails(ntm_register_new(&reg, &table, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_register_read(&reg, good, sizeof good - 1, "x", &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_register_open(&reg, path, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_null(reg);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(sweeps), cmocka_unit_test(half)};
    return cmocka_run_group_tests_name("registers without memory", tests, scratch_enter, scratch_leave);
}
