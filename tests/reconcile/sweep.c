/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of building by hand, reading a table, declaring and locating fails once; a call that fails leaves the
   balance as it was. */
#include "grid.h"

#include <string.h>

#include "fault.h"

/* ------------------------------------------------------------------------------------------- by hand */

static ntm_status add_cells(ntm_balance *balance, ntm_error *err) {
    static const int64_t figures[] = {30, 12, 19, 38};
    ntm_balance_cell cell = NTM_BALANCE_CELL_INIT;
    ntm_status status = NTM_OK;
    cell.row = "row";
    cell.column = "column";
    for (size_t i = 0; status == NTM_OK && i < 4; i++) {
        uint32_t number = NTM_NO_CELL;
        cell.value.coefficient = figures[i];
        status = ntm_balance_add_cell(&number, balance, &cell, err);
        assert_true(status == NTM_OK ? number == i : number == NTM_NO_CELL);
        assert_int_equal(ntm_balance_cell_count(balance), i + (status == NTM_OK));
    }
    return status;
}

static ntm_status add_equations(ntm_balance *balance, ntm_error *err) {
    static const ntm_balance_term terms[] = {{0, -1}, {1, 1}, {2, 1}};
    static const ntm_balance_share share = {3, 1, 0, 2, 0, NTM_ROUND_HALF_UP};
    ntm_status status = ntm_balance_add_sum(balance, "sum", terms, 3, err);
    assert_int_equal(ntm_balance_equation_count(balance), status == NTM_OK);
    if (status != NTM_OK) return status;
    status = ntm_balance_add_share(balance, "share", &share, err);
    assert_int_equal(ntm_balance_equation_count(balance), 1 + (status == NTM_OK));
    return status;
}

static ntm_status locate(const ntm_balance *balance, const ntm_allocator *allocator, ntm_error *err) {
    ntm_locate_options options = NTM_LOCATE_OPTIONS_INIT;
    ntm_location *location = NULL;
    options.allocator = allocator;
    ntm_status status = ntm_locate(&location, balance, &options, err);
    if (status != NTM_OK)
        assert_null(location);
    else
        assert_true(ntm_location_group(location, 0).explanations > 0);
    ntm_location_free(location);
    return status;
}

static ntm_status by_hand(const ntm_allocator *allocator, void *context) {
    (void)context;
    ntm_balance *balance = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_balance_new(&balance, allocator, &err);
    if (status != NTM_OK) assert_null(balance);
    if (status == NTM_OK) status = add_cells(balance, &err);
    if (status == NTM_OK) status = add_equations(balance, &err);
    if (status == NTM_OK) status = locate(balance, allocator, &err);
    assert_int_equal(err.status, status);
    ntm_balance_free(balance);
    return status;
}

/* ------------------------------------------------------------------------------------------- from a table */

static const char table_text[] = "key,parent,a,b,total,share\n"
                                 "all,,60,40,100,60\n"
                                 "north,all,40,10,50,80\n"
                                 "south,all,20,30,500,40\n";

static ntm_csv *table(void) {
    static const char *const names[] = {"key", "parent", "a", "b", "total", "share"};
    ntm_csv_field fields[6];
    ntm_csv *csv = NULL;
    ntm_error err = NTM_ERROR_INIT;
    for (size_t i = 0; i < 6; i++)
        fields[i] = (ntm_csv_field){
            names[i], NULL, i < 2 ? NTM_CSV_CODES : NTM_CSV_NUMBER, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL};
    assert_ok(ntm_csv_read(&csv, table_text, sizeof table_text - 1, "text", fields, 6, NULL, &err), &err);
    return csv;
}

static ntm_status declare_all(ntm_balance *balance, const ntm_column *parents, ntm_error *err) {
    static const char sum[] = "total == a + \"b\"", share[] = "share == 100 a / total", rows[] = "all == north + south";
    static const char *const columns[] = {"a"};
    ntm_status status = ntm_balance_declare(balance, sum, sizeof sum - 1, err);
    size_t before = status == NTM_OK ? 3 : 0;
    assert_int_equal(ntm_balance_equation_count(balance), before);
    if (status == NTM_OK) status = ntm_balance_declare(balance, share, sizeof share - 1, err);
    before += status == NTM_OK ? 3 : 0;
    assert_int_equal(ntm_balance_equation_count(balance), before);
    if (status == NTM_OK) status = ntm_balance_declare_rows(balance, rows, sizeof rows - 1, columns, 1, err);
    before += status == NTM_OK ? 1 : 0;
    assert_int_equal(ntm_balance_equation_count(balance), before);
    static const char *const others[] = {"b", "total"};
    if (status == NTM_OK) status = ntm_balance_declare_tree(balance, parents, others, 2, NULL, err);
    before += status == NTM_OK ? 2 : 0;
    assert_int_equal(ntm_balance_equation_count(balance), before);
    return status;
}

static ntm_status from_table(const ntm_allocator *allocator, void *context) {
    const ntm_table *of = context;
    static const ntm_column_width widths[] = {{"share", {5, 1}}};
    ntm_balance_table_options options = NTM_BALANCE_TABLE_OPTIONS_INIT;
    ntm_balance *balance = NULL;
    ntm_error err = NTM_ERROR_INIT;
    options.key = "key";
    options.widths = widths;
    options.width_count = 1;
    options.allocator = allocator;
    ntm_status status = ntm_balance_from_table(&balance, of, &options, &err);
    if (status != NTM_OK) assert_null(balance);
    if (status == NTM_OK) status = declare_all(balance, &of->fields[1].column, &err);
    if (status == NTM_OK) status = locate(balance, allocator, &err);
    assert_int_equal(err.status, status);
    ntm_balance_free(balance);
    return status;
}

static ntm_status refused_table(const ntm_allocator *allocator, void *context) {
    ntm_balance_table_options options = NTM_BALANCE_TABLE_OPTIONS_INIT;
    ntm_balance *balance = NULL;
    ntm_error err = NTM_ERROR_INIT;
    options.key = "parent"; /* two rows have the same */
    options.allocator = allocator;
    ntm_status status = ntm_balance_from_table(&balance, context, &options, &err);
    assert_null(balance);
    assert_int_equal(err.status, status);
    return status;
}

static void sweeps(void **state) {
    (void)state;
    ntm_csv *csv = table();
    ntm_table of = *ntm_csv_table(csv);
    assert_true(fault_sweep(by_hand, NULL, NTM_OK) > 20);
    assert_true(fault_sweep(from_table, &of, NTM_OK) > 20);
    assert_true(fault_sweep(refused_table, &of, NTM_ERROR_VALUE) > 3);
    ntm_csv_free(csv);
}

static void lacking(void **state) {
    (void)state;
    ntm_csv *csv = table();
    ntm_balance *balance = NULL;
    ntm_location *location = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_balance_table_options of_table = NTM_BALANCE_TABLE_OPTIONS_INIT;
    ntm_locate_options options = NTM_LOCATE_OPTIONS_INIT;
    of_table.allocator = options.allocator = &fault_lacking;
    assert_fails(ntm_balance_new(&balance, &fault_lacking, &err), NTM_ERROR_ARGUMENT, &err, "allocator");
    assert_fails(ntm_balance_from_table(&balance, ntm_csv_table(csv), &of_table, &err), NTM_ERROR_ARGUMENT, &err,
                 "allocator");
    assert_null(balance);
    assert_int_equal(ntm_balance_new(&balance, NULL, NULL), NTM_OK);
    assert_fails(ntm_locate(&location, balance, &options, &err), NTM_ERROR_ARGUMENT, &err, "allocator");
    assert_null(location);
    ntm_balance_free(balance);
    ntm_csv_free(csv);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(sweeps), cmocka_unit_test(lacking)};
    return cmocka_run_group_tests_name("reconciliation without memory", tests, NULL, NULL);
}
