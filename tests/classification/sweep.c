/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of making a classification and of asking it fails once. */
#include "grammar.h"
#include "scratch.h"

#include <stdio.h>
#include <string.h>

static const char path[] = "rules.csv";
static const char good[] =
    GRAMMAR_HEAD "chapter,any,3,,,central,,,,,Tên" SEEN "programme,any,4,0001,4999,central,,,20,," SEEN,
                  bad[] = GRAMMAR_HEAD "chapter,any,3,9,,,,,,,Tên" SEEN "thing,any,4,,,,,,,," SEEN;
static const ntm_budget_programme programmes[] = {{"ntm", "0490", 0, NTM_CENTRAL, true, NTM_DATE_NONE, NTM_DATE_NONE}};

static ntm_status make(const ntm_allocator *allocator, void *context) {
    ntm_classification_options options = NTM_CLASSIFICATION_OPTIONS_INIT;
    ntm_classification *c = NULL;
    ntm_error err = NTM_ERROR_INIT;
    int way = *(int *)context;
    options.allocator = allocator;
    ntm_status status = way == 0   ? ntm_classification_shipped(&c, &options, &err)
                        : way == 1 ? ntm_classification_open(&c, path, &options, &err)
                                   : ntm_classification_read(&c, good, sizeof good - 1, "x", &options, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK) assert_null(c);
    ntm_classification_free(c);
    return status;
}

static ntm_status read_badly(const ntm_allocator *allocator, void *context) {
    ntm_classification_options options = NTM_CLASSIFICATION_OPTIONS_INIT;
    ntm_classification *c = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)context;
    options.allocator = allocator;
    ntm_status status = ntm_problems_new(&options.problems, 0, allocator, &err);
    if (status != NTM_OK) return status;
    status = ntm_classification_read(&c, bad, sizeof bad - 1, "x", &options, &err);
    assert_null(c);
    assert_int_equal(err.status, status);
    ntm_problems_free(options.problems);
    return status;
}

static ntm_status check(const ntm_allocator *allocator, void *context) {
    const ntm_table *table = ((void **)context)[0];
    const ntm_classification *c = ((void **)context)[1];
    ntm_codes_options options = NTM_CODES_OPTIONS_INIT;
    ntm_codes_count count = {.rows = 77};
    uint8_t bits[1] = {0x5a};
    ntm_error err = NTM_ERROR_INIT;
    options.allocator = allocator;
    options.programmes = programmes;
    options.programme_count = 1;
    options.bad = bits;
    ntm_status status = ntm_codes_check_table(&count, c, table, &options, &err);
    assert_int_equal(err.status, status);
    assert_true(status == NTM_OK ? count.rows == 3 && bits[0] == 0x02 : count.rows == 77 && bits[0] == 0x5a);
    return status;
}

static ntm_status enter(const ntm_allocator *allocator, void *context) {
    const ntm_classification *c = ((void **)context)[1];
    ntm_budget_codes codes = NTM_BUDGET_CODES_INIT;
    ntm_codes_options options = NTM_CODES_OPTIONS_INIT;
    ntm_error err = NTM_ERROR_INIT;
    size_t count = 77;
    codes.programme_code = "0490";
    options.allocator = allocator;
    options.programmes = programmes;
    options.programme_count = 1;
    ntm_status status = ntm_entry_check(NULL, &count, 0, c, &codes, grammar_day("2024-01-01"), &options, &err);
    assert_int_equal(err.status, status);
    assert_int_equal(count, status == NTM_OK ? 1 : 77);
    return status;
}

static void sweeps(void **state) {
    static const char text[] =
        "chapter,item,date,programme\n612,6000,2024-01-01,ntm\n61,6000,2024-01-02,ntm\n,,2024-01-01,\n";
    static const char *const names[] = {"chapter", "item", "date", "programme"};
    ntm_csv_field fields[4];
    ntm_csv *csv = NULL;
    (void)state;
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(good, 1, sizeof good - 1, file), sizeof good - 1);
    assert_int_equal(fclose(file), 0);
    for (int way = 0; way < 3; way++)
        assert_true(fault_sweep(make, &way, NTM_OK) > 20);
    assert_true(fault_sweep_tolerant(read_badly, NULL, NTM_ERROR_SYNTAX) > 20);
    for (size_t i = 0; i < 4; i++)
        fields[i] = (ntm_csv_field){names[i],
                                    NULL,
                                    i == 1 ? NTM_CSV_NUMBER : i == 3 ? NTM_CSV_CODES : NTM_CSV_TEXT,
                                    NTM_LOCALE_PLAIN,
                                    0,
                                    1,
                                    NULL,
                                    NULL,
                                    NULL,
                                    NULL};
    assert_int_equal(ntm_csv_read(&csv, text, sizeof text - 1, "t", fields, 4, NULL, NULL), NTM_OK);
    ntm_table table = *ntm_csv_table(csv);
    ntm_classification *c = grammar_shipped();
    void *context[] = {&table, c};
    assert_true(fault_sweep(check, context, NTM_OK) > 10);
    assert_true(fault_sweep(enter, context, NTM_OK) > 2);
    ntm_classification_free(c);
    ntm_csv_free(csv);
}

/* An allocator that lacks a function is refused before anything is made. */
static void half(void **state) {
    ntm_classification_options options = NTM_CLASSIFICATION_OPTIONS_INIT;
    ntm_codes_options asking = NTM_CODES_OPTIONS_INIT;
    ntm_budget_codes codes = NTM_BUDGET_CODES_INIT;
    ntm_classification *c = NULL, *real = grammar_shipped();
    ntm_table table = NTM_TABLE_INIT;
    ntm_error err = NTM_ERROR_INIT;
    size_t count = 0;
    (void)state;
    options.allocator = &fault_lacking;
    asking.allocator = &fault_lacking;
    assert_fails(ntm_classification_shipped(&c, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_classification_read(&c, good, sizeof good - 1, "x", &options, &err), NTM_ERROR_ARGUMENT, &err,
                 NULL);
    assert_fails(ntm_classification_open(&c, path, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_codes_check_table(NULL, real, &table, &asking, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_entry_check(NULL, &count, 0, real, &codes, 18000, &asking, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_null(c);
    ntm_classification_free(real);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(sweeps), cmocka_unit_test(half)};
    return cmocka_run_group_tests_name("classifications without memory", tests, scratch_enter, scratch_leave);
}
