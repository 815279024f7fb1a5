/* SPDX-License-Identifier: Apache-2.0 */
/* Entries that say the same: keys, which are errors, and duplicates, which are looked for. */
#include "accounts.h"

#include <stdio.h>
#include <string.h>

static const ntm_dimension_spec own[] = {{"document", NULL, 0, true}, {"line", NULL, 0, true}};
static const char text[] = "unit,document,line,amount,date\nA,x,1,5,2020-01-01\nA,x,2,5,2020-01-01\n"
                           "B,x,1,5,2020-01-02\nA,,1,6,2020-01-01\nA,x,1,5,2020-01-01\nB,,1,6,2020-01-02\nA,x,1,6,"
                           "2020-01-01\n";

static ntm_ledger_options options_of(const char *const *key, size_t count) {
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    options.dimensions = own;
    options.dimension_count = 2;
    options.key = key;
    options.key_count = count;
    return options;
}

static void expect(const ntm_ledger *ledger, const char *const *columns, size_t count, const char *pairs) {
    ntm_duplicate found[16];
    size_t many = 0, few = 0;
    char all[256] = "";
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_ledger_duplicates(NULL, &few, 0, ledger, columns, count, &err), &err);
    memset(found, 0xee, sizeof found);
    assert_ok(ntm_ledger_duplicates(found, &many, 1, ledger, columns, count, &err), &err);
    assert_int_equal(found[1].row, UINT64_C(0xeeeeeeeeeeeeeeee)); /* never beyond the room */
    assert_int_equal(few, many);
    assert_ok(ntm_ledger_duplicates(found, &many, 16, ledger, columns, count, &err), &err);
    assert_int_equal(few, many);
    for (size_t i = 0; i < many; i++)
        (void)snprintf(all + strlen(all), sizeof all - strlen(all), "%s%d=%d", i > 0 ? " " : "", (int)found[i].row,
                       (int)found[i].of);
    assert_string_equal(all, pairs);
}

static void no_columns(void **state) {
    static const char *const none[1] = {NULL};
    ntm_ledger_options options = options_of(NULL, 0);
    ntm_error err = NTM_ERROR_INIT;
    size_t count = 77;
    (void)state;
    ntm_ledger *ledger = accounts_read(text, &options);
    assert_fails(ntm_ledger_duplicates(NULL, &count, 0, ledger, none, 0, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_int_equal(count, 77);
    ntm_ledger_free(ledger);
}

static void duplicates(void **state) {
    static const char *const key[] = {"document", "line", "unit", "date", "amount"}, *const unknown[] = {"colour"};
    ntm_ledger_options options = options_of(NULL, 0);
    ntm_ledger *ledger = accounts_read(text, &options);
    ntm_error err = NTM_ERROR_INIT;
    size_t count = 77;
    (void)state;
    expect(ledger, key, 1, "1=0 2=0 4=0 5=3 6=0");
    expect(ledger, key, 2, "2=0 4=0 5=3 6=0");
    expect(ledger, key, 3, "4=0 6=0");
    expect(ledger, key + 3, 1, "1=0 3=0 4=0 5=2 6=0");
    expect(ledger, key + 4, 1, "1=0 2=0 4=0 5=3 6=3");
    expect(ledger, NULL, 0, "4=0");
    assert_fails(ntm_ledger_duplicates(NULL, &count, 0, ledger, unknown, 1, &err), NTM_ERROR_NOT_FOUND, &err, NULL);
    assert_fails(ntm_ledger_duplicates(NULL, &count, 3, ledger, key, 1, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_ledger_duplicates(NULL, NULL, 0, ledger, key, 1, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_ledger_duplicates(NULL, &count, 0, NULL, key, 1, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_int_equal(count, 77);
    ntm_ledger_free(ledger);
}

static void keys(void **state) {
    static const char *const key[] = {"document", "line"}, *const one[] = {"line"};
    ntm_ledger_options options = options_of(key, 2);
    (void)state;
    accounts_refused(text, &options, NTM_ERROR_CONFLICT, "text: document", 2, "row 0");
    options = options_of(one, 1);
    ntm_ledger *ledger = accounts_read("unit,line,amount,date\nA,1,5,2020-01-01\nA,2,5,2020-01-01\n", &options);
    ntm_ledger_free(ledger);
    options.leave_out = true; /* the first stays */
    ledger = accounts_read(text, &options);
    assert_int_equal(ntm_ledger_left_out_count(ledger), 5);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(ntm_ledger_left_out(ledger, i)->row, i + 2);
    expect_cube("=10", ledger, NULL);
    expect(ledger, one, 1, ""); /* what was left out is not looked at */
    ntm_ledger_free(ledger);
    options.key = key;
    options.key_count = 2;
    accounts_refused("unit,line,amount,date\nA,1,5,2020-01-01\n", &options, NTM_ERROR_NOT_FOUND, NULL, NTM_NO_ROW,
                     NULL);
}

/* Random entries with many repetitions, against a comparison of each with all before it. */
static void random_entries(void **state) {
    enum { ROWS = 60 };
    static const char *const columns[] = {"document", "unit", "line"};
    uint64_t random = 17;
    (void)state;
    for (int round = 0; round < (fault_under_valgrind() ? 20 : 400); round++) {
        char csv[4096] = "unit,document,line,amount,date\n";
        int cells[ROWS][3];
        size_t used = strlen(csv), rows = fault_random(&random) % ROWS, count = 1 + fault_random(&random) % 3, many = 0;
        size_t expected = 0;
        ntm_duplicate found[ROWS];
        ntm_error err = NTM_ERROR_INIT;
        for (size_t i = 0; i < rows; i++) {
            for (int c = 0; c < 3; c++)
                cells[i][c] = (int)(fault_random(&random) % (c == 1 ? 3 : 5));
            used += (size_t)snprintf(csv + used, sizeof csv - used, "u%d,%.*s,%d,5,2020-01-01\n", cells[i][1],
                                     cells[i][0], "abcd", cells[i][2]);
        }
        ntm_ledger_options options = options_of(NULL, 0);
        ntm_ledger *ledger = accounts_read(csv, &options);
        assert_ok(ntm_ledger_duplicates(found, &many, ROWS, ledger, columns, count, &err), &err);
        for (size_t i = 0; i < rows; i++)
            for (size_t j = 0; j < i; j++)
                if (memcmp(cells[i], cells[j], count * sizeof cells[i][0]) == 0) {
                    assert_true(expected < many);
                    assert_int_equal(found[expected].row, i);
                    assert_int_equal(found[expected++].of, j);
                    break;
                }
        assert_int_equal(expected, many);
        ntm_ledger_free(ledger);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(duplicates), cmocka_unit_test(no_columns),
                                       cmocka_unit_test(keys), cmocka_unit_test(random_entries)};
    return cmocka_run_group_tests_name("entries that say the same", tests, NULL, NULL);
}
