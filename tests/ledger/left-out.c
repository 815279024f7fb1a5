/* SPDX-License-Identifier: Apache-2.0 */
/* With `leave_out` a ledger is exactly that of its good rows, and tells the others. */
#include "accounts.h"

#include <stdio.h>
#include <string.h>

static const ntm_side sides[] = {
    {"unit", NULL, false}, {"source", NULL, false}, {"stage", NULL, false}, {"date", NULL, false}};

static ntm_ledger_options leaving(void) {
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    options.leave_out = true;
    return options;
}

static void told(void **state) {
    ntm_ledger_options options = leaving();
    (void)state;
    ntm_ledger *ledger = accounts_read(
        "unit,amount,period,source,stage\nA,1,2020-01,central,plan\nA,2,2020-13,west,plan\n,4,2020,,plan\n"
        "A,8,2020-01,central,plan\nA,x,2020-01,central,\nA,16,2020-01,,\n",
        &options);
    assert_int_equal(ntm_ledger_rows(ledger), 6);
    assert_int_equal(ntm_ledger_left_out_count(ledger), 3);
    assert_int_equal(ntm_ledger_left_out(ledger, 0)->row, 1);
    assert_int_equal(ntm_ledger_left_out(ledger, 1)->row, 2);
    assert_int_equal(ntm_ledger_left_out(ledger, 1)->status, NTM_ERROR_VALUE);
    assert_int_equal(ntm_ledger_left_out(ledger, 2)->row, 4);
    assert_string_equal(ntm_ledger_left_out(ledger, 2)->subject, "text: amount");
    assert_null(ntm_ledger_left_out(ledger, 3));
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    asked.sides = sides;
    asked.side_count = 4;
    expect_cube("A central plan 2020-01=9; A - - 2020-01=16", ledger, &asked);
    ntm_ledger_free(ledger);
}

static void limits(void **state) {
    static const char text[] = "unit,amount,period\nA,1,2020-01\nA,2,2020-13\n,4,2020\n";
    ntm_ledger_options options = leaving();
    (void)state;
    options.left_out_most = 2;
    ntm_ledger *ledger = accounts_read(text, &options);
    assert_int_equal(ntm_ledger_left_out_count(ledger), 2);
    expect_cube("=1", ledger, NULL);
    ntm_ledger_free(ledger);
    options.left_out_most = 1;
    ntm_error err = NTM_ERROR_INIT;
    ledger = NULL;
    assert_fails(ntm_ledger_read(&ledger, text, strlen(text), "text", &options, &err), NTM_ERROR_LIMIT, &err, NULL);
    assert_null(ledger);
    /* What is wrong with a column is not left out. */
    accounts_refused("unit,amount,period,colour\nA,1,2020-01,\n", &options, NTM_ERROR_SHAPE, NULL, NTM_NO_ROW, NULL);
}

/* Rows that are good or bad in one of their cells: cells of the ledger are those of a ledger of the good ones. */
static void random_rows(void **state) {
    static const char *const units[] = {"A", "B", ""},
                             *const amounts[] = {"5", "", "-7", "1.5", "99999999999999999999"},
                             *const periods[] = {"2020-01", "2020", "2020-Q5"},
                             *const sources[] = {"central", "", "west"}, *const stages[] = {"plan", "", "plans"};
    enum { ROWS = 40 };
    ntm_ledger_options options = leaving(), strict = NTM_LEDGER_OPTIONS_INIT;
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    uint64_t random = 3;
    (void)state;
    asked.sides = sides;
    asked.side_count = 4;
    for (int round = 0; round < (fault_under_valgrind() ? 20 : 500); round++) {
        char all[4096], good[4096], cells[4096];
        uint64_t bad[ROWS];
        size_t rows = fault_random(&random) % ROWS, bad_count = 0;
        size_t used = (size_t)snprintf(all, sizeof all, "unit,amount,period,source,stage\n");
        size_t kept = (size_t)snprintf(good, sizeof good, "unit,amount,period,source,stage\n");
        for (size_t i = 0; i < rows; i++) {
            size_t u = fault_random(&random) % 12, a = fault_random(&random) % 20, p = fault_random(&random) % 12,
                   s = fault_random(&random) % 12, g = fault_random(&random) % 12;
            u = u == 11 ? 2 : u % 2;
            a = a > 17 ? a - 15 : a % 3;
            p = p == 11 ? 2 : p % 2;
            s = s == 11 ? 2 : s % 2;
            g = g == 11 ? 2 : g % 2;
            char line[128];
            int size = snprintf(line, sizeof line, "%s,%s,%s,%s,%s\n", units[u], amounts[a], periods[p], sources[s],
                                stages[g]);
            memcpy(all + used, line, (size_t)size + 1);
            used += (size_t)size;
            if (u == 2 || a > 2 || p == 2 || s == 2 || g == 2) {
                bad[bad_count++] = i;
                continue;
            }
            memcpy(good + kept, line, (size_t)size + 1);
            kept += (size_t)size;
        }
        ntm_ledger *ledger = accounts_read(all, &options), *pure = accounts_read(good, &strict);
        assert_int_equal(ntm_ledger_left_out_count(ledger), bad_count);
        for (size_t i = 0; i < bad_count; i++)
            assert_int_equal(ntm_ledger_left_out(ledger, i)->row, bad[i]);
        ntm_cube *cube = accounts_cube(pure, &asked);
        accounts_cells(cells, sizeof cells, cube);
        ntm_cube_free(cube);
        expect_cube(cells, ledger, &asked);
        ntm_ledger_free(ledger);
        ntm_ledger_free(pure);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(told), cmocka_unit_test(limits), cmocka_unit_test(random_rows)};
    return cmocka_run_group_tests_name("rows left out", tests, NULL, NULL);
}
