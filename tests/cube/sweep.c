/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of tallies, of putting them together, writing and reading them, of cubes, their rows and rates, and of
 * slow money fails once. */
#include "accounts.h"
#include "tree.h"

#include <ntm/slow.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const ntm_side sides[] = {{"unit", "commune", true},
                                 {"source", NULL, true},
                                 {"stage", NULL, false},
                                 {"date", "month", true},
                                 {"programme", NULL, true}};
static ntm_expected due = {"disbursed", NTM_PERIOD_MONTH, 0, 0};
static const char *const sources[] = {"state"};
static const ntm_only only[] = {{"source", sources, 1}};

/* Everything at once: rolled up over a registry, with reports that are due. */
static ntm_cube_options usual(const ntm_allocator *allocator) {
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    asked.sides = sides;
    asked.side_count = 5;
    asked.only = only;
    asked.only_count = 1;
    due.from = accounts_day("2020-01-01");
    due.to = accounts_day("2020-03-31");
    asked.expected = &due;
    asked.expected_count = 1;
    asked.as_of = accounts_day("2020-12-31");
    asked.allocator = allocator;
    return asked;
}

static ntm_status new_tally(const ntm_allocator *allocator, void *context) {
    ntm_cube_options asked = usual(allocator);
    ntm_cube_tally *tally = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_cube_tally_new(&tally, context, &asked, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK)
        assert_null(tally);
    else
        assert_true(ntm_cube_tally_cells(tally) > 0);
    ntm_cube_tally_free(tally);
    return status;
}

static ntm_status new_cube(const ntm_allocator *allocator, void *context) {
    ntm_cube_options asked = usual(allocator);
    ntm_cube *cube = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_cube_new(&cube, context, &asked, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK)
        assert_null(cube);
    else
        assert_true(ntm_cube_cells(cube) > 10);
    ntm_cube_free(cube);
    return status;
}

/* Running sums, and quantities. */
static ntm_status other_cube(const ntm_allocator *allocator, void *context) {
    static const ntm_side few[] = {{"kind", NULL, false}, {"date", "month", false}, {"stage", NULL, false}};
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    ntm_cube *cube = NULL;
    ntm_error err = NTM_ERROR_INIT;
    asked.sides = few;
    asked.side_count = 3;
    asked.measure = NTM_CUBE_QUANTITY;
    asked.running = NTM_RUNNING_IN_YEAR;
    asked.allocator = allocator;
    ntm_status status = ntm_cube_new(&cube, context, &asked, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK) assert_null(cube);
    ntm_cube_free(cube);
    return status;
}

static ntm_status merge(const ntm_allocator *allocator, void *context) {
    ntm_cube_tally *tally = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_cube_tally_merge(&tally, context, 2, allocator, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK) assert_null(tally);
    ntm_cube_tally_free(tally);
    return status;
}

static ntm_status of_tally(const ntm_allocator *allocator, void *context) {
    ntm_cube *cube = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_cube_of(&cube, context, allocator, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK) assert_null(cube);
    ntm_cube_free(cube);
    return status;
}

static ntm_status new_rows(const ntm_allocator *allocator, void *context) {
    ntm_cube_rows *rows = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_cube_rows_new(&rows, context, allocator, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK) assert_null(rows);
    ntm_cube_rows_free(rows);
    return status;
}

static ntm_status new_rates(const ntm_allocator *allocator, void *context) {
    ntm_rates_options options = NTM_RATES_OPTIONS_INIT;
    ntm_cube_rows *rows = NULL;
    ntm_error err = NTM_ERROR_INIT;
    options.side = "stage";
    options.part = "disbursed";
    options.whole = "plan";
    options.allocator = allocator;
    ntm_status status = ntm_cube_rates_new(&rows, context, &options, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK) assert_null(rows);
    ntm_cube_rows_free(rows);
    return status;
}

static ntm_status yearly_rates(const ntm_allocator *allocator, void *context) {
    ntm_rates_options options = NTM_RATES_OPTIONS_INIT;
    ntm_cube_rows *rows = NULL;
    ntm_error err = NTM_ERROR_INIT;
    options.years_back = 1;
    options.allocator = allocator;
    ntm_status status = ntm_cube_rates_new(&rows, context, &options, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK) assert_null(rows);
    ntm_cube_rows_free(rows);
    return status;
}

/* The tally's allocator is the one that is asked for the text. */
static ntm_status write_tally(const ntm_allocator *allocator, void *context) {
    ntm_cube_options asked = usual(allocator);
    ntm_cube_tally *tally = NULL;
    ntm_text *text = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_cube_tally_new(&tally, context, &asked, &err);
    if (status == NTM_OK) status = ntm_cube_tally_write(&text, tally, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK) assert_null(text);
    ntm_text_free(text);
    ntm_cube_tally_free(tally);
    return status;
}

typedef struct to_read {
    const char *text;
    size_t size;
    const ntm_units *units;
} to_read;

static ntm_status read_tally(const ntm_allocator *allocator, void *context) {
    const to_read *from = context;
    ntm_cube_tally *tally = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_cube_tally_read(&tally, from->text, from->size, "x", from->units, allocator, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK) assert_null(tally);
    ntm_cube_tally_free(tally);
    return status;
}

static ntm_status look_for_slow(const ntm_allocator *allocator, void *context, const ntm_milestone *milestones) {
    static const ntm_side by[] = {{"unit", "commune", false}, {"source", NULL, false}};
    ntm_slow_options options = NTM_SLOW_OPTIONS_INIT;
    ntm_slow *slow = NULL;
    ntm_error err = NTM_ERROR_INIT;
    options.by = by;
    options.by_count = 2;
    options.only = only;
    options.only_count = 1;
    options.due = "plan";
    options.done = "disbursed";
    options.on = accounts_day("2020-10-15");
    options.as_of = accounts_day("2020-12-31");
    options.milestones = milestones;
    options.milestone_count = milestones == NULL ? 0 : 1;
    options.all = true;
    options.allocator = allocator;
    ntm_status status = ntm_slow_new(&slow, context, &options, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK) assert_null(slow);
    ntm_slow_free(slow);
    return status;
}

static ntm_status new_slow(const ntm_allocator *allocator, void *context) {
    return look_for_slow(allocator, context, NULL);
}

static ntm_status slow_by_milestones(const ntm_allocator *allocator, void *context) {
    const ntm_milestone half_a_year = {accounts_day("2020-06-30"), {50, 0}};
    return look_for_slow(allocator, context, &half_a_year);
}

static void sweep_written(const ntm_ledger *ledger, const ntm_cube_tally *tally, const ntm_units *units) {
    ntm_text *text = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_true(fault_sweep(write_tally, (void *)(uintptr_t)ledger, NTM_OK) > 10);
    assert_ok(ntm_cube_tally_write(&text, tally, &err), &err);
    to_read whole = {ntm_text_data(text), ntm_text_size(text), units};
    assert_true(fault_sweep(read_tally, &whole, NTM_OK) > 10);
    to_read cut_off = {whole.text, whole.size - 1, units};
    assert_true(fault_sweep(read_tally, &cut_off, NTM_ERROR_SYNTAX) > 10);
    ntm_text_free(text);
}

static ntm_ledger *ledger_of(const ntm_units *units, bool huge) {
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    char *csv = malloc(1 << 15);
    assert_non_null(csv);
    size_t used =
        (size_t)snprintf(csv, 1 << 15, "unit,source,stage,period,amount,programme,kind,quantity,quantity_unit\n");
    options.units = units;
    for (int i = 0; i < 60; i++)
        used += (size_t)snprintf(csv + used, (1 << 15) - used, "%d,%s,%s,2020-%02d,%s,p%d,k,%d,t\n", 11 + i % 3,
                                 i % 2 ? "central" : "province",
                                 i % 5 == 0 ? "outstanding"
                                 : i % 2    ? "plan"
                                            : "disbursed",
                                 1 + i % 12,
                                 i % 7 == 0 ? ""
                                 : huge     ? "9223372036854775807"
                                            : "5",
                                 huge ? i : i % 2, i);
    ntm_ledger *ledger = accounts_read(csv, &options);
    free(csv);
    return ledger;
}

static void sweep_ledger(const ntm_units *units, bool huge) {
    ntm_ledger *ledger = ledger_of(units, huge), *second = ledger_of(units, !huge);
    ntm_cube_tally *tallies[2] = {NULL, NULL};
    ntm_cube *cube = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_cube_options asked = usual(NULL);
    assert_true(fault_sweep(new_tally, ledger, NTM_OK) > 5);
    assert_true(fault_sweep(new_cube, ledger, NTM_OK) > 10);
    assert_true(fault_sweep(other_cube, ledger, NTM_OK) > 5);
    assert_ok(ntm_cube_tally_new(&tallies[0], ledger, &asked, &err), &err);
    assert_ok(ntm_cube_tally_new(&tallies[1], second, &asked, &err), &err);
    assert_true(fault_sweep(merge, (void *)tallies, NTM_OK) > 3);
    assert_true(fault_sweep(of_tally, tallies[0], NTM_OK) > 5);
    assert_ok(ntm_cube_of(&cube, tallies[0], NULL, &err), &err);
    assert_true(fault_sweep(new_rows, cube, huge ? NTM_ERROR_OVERFLOW : NTM_OK) >= 1);
    assert_true(fault_sweep(new_rates, cube, huge ? NTM_ERROR_OVERFLOW : NTM_OK) > 1);
    assert_true(fault_sweep(yearly_rates, cube, huge ? NTM_ERROR_OVERFLOW : NTM_OK) > 1);
    assert_true(fault_sweep(new_slow, ledger, huge ? NTM_ERROR_OVERFLOW : NTM_OK) > 10);
    assert_true(fault_sweep(slow_by_milestones, ledger, huge ? NTM_ERROR_OVERFLOW : NTM_OK) > 10);
    sweep_written(ledger, tallies[0], units);
    ntm_cube_free(cube);
    ntm_cube_tally_free(tallies[0]);
    ntm_cube_tally_free(tallies[1]);
    ntm_ledger_free(ledger);
    ntm_ledger_free(second);
}

static void sweeps(void **state) {
    (void)state;
    ntm_units *units = tree_new("code,name,level,parent,valid_from,valid_to\n1,P,province,,,\n11,C,commune,1,,\n"
                                "12,D,commune,1,,2020-12-15\n13,E,commune,1,,\n14,F,commune,1,2020-12-15,\n",
                                "on,old_code,new_code\n2020-12-15,12,14\n", NULL, NULL);
    sweep_ledger(units, false);
    sweep_ledger(units, true);
    ntm_units_free(units);
}

/* An allocator that lacks a function is refused before anything is made. */
static void half(void **state) {
    ntm_ledger *ledger = accounts_read("unit,amount,date\nA,1,2020-01-01\n", NULL);
    ntm_cube_options lacking = NTM_CUBE_OPTIONS_INIT;
    ntm_cube_tally *tally = NULL, *none = NULL;
    ntm_cube *cube = NULL, *real = accounts_cube(ledger, NULL);
    ntm_cube_rows *rows = NULL;
    ntm_slow *slow = NULL;
    ntm_rates_options rates = NTM_RATES_OPTIONS_INIT;
    ntm_slow_options slowly = NTM_SLOW_OPTIONS_INIT;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    lacking.allocator = &fault_lacking;
    assert_fails(ntm_cube_tally_new(&none, ledger, &lacking, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_cube_new(&cube, ledger, &lacking, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_ok(ntm_cube_tally_new(&tally, ledger, NULL, &err), &err);
    const ntm_cube_tally *one[] = {tally};
    assert_fails(ntm_cube_tally_merge(&none, one, 1, &fault_lacking, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_cube_of(&cube, tally, &fault_lacking, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_cube_rows_new(&rows, real, &fault_lacking, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    rates.years_back = 1;
    rates.allocator = slowly.allocator = &fault_lacking;
    slowly.due = "plan";
    slowly.done = "disbursed";
    slowly.on = 18262;
    assert_fails(ntm_cube_rates_new(&rows, real, &rates, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_slow_new(&slow, ledger, &slowly, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_cube_tally_read(&none, "", 0, "x", NULL, &fault_lacking, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_true(none == NULL && cube == NULL && rows == NULL && slow == NULL);
    ntm_cube_tally_free(tally);
    ntm_cube_free(real);
    ntm_ledger_free(ledger);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(sweeps), cmocka_unit_test(half)};
    return cmocka_run_group_tests_name("cubes without memory", tests, NULL, NULL);
}
