/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of making a ledger and of looking for duplicates fails once. */
#include "accounts.h"
#include "scratch.h"
#include "tree.h"

#include <stdio.h>
#include <string.h>

static const char path[] = "ntm-test-sweep-ledger.tmp";
static const char good[] = "unit,period,source,stage,kind,amount,quantity,quantity_unit,document\n"
                           "11,2020-01,central,plan,,5,,,x\n12,2020-Q1,Ngân sách trung ương,disbursed,,,,,y\n"
                           "11,2020-02,people,disbursed,cement,,\"1,25\",t,z\n";
static const char bad[] = "unit,period,source,stage,kind,amount,quantity,quantity_unit,document\n"
                          "11,2020-01,central,plan,,5,,,x\n12,2020-13,west,disbursed,,,,,x\n"
                          "99,2020-02,people,disbursed,cement,,\"1,25\",t,z\n11,2020-02,,plan,,1,,,x\n";
static const ntm_dimension_spec document = {"document", NULL, 0, true};
static const char *const key[] = {"document"};
static const ntm_units *units;

static ntm_ledger_options usual(const ntm_allocator *allocator) {
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    options.allocator = allocator;
    options.units = units;
    options.dimensions = &document;
    options.dimension_count = 1;
    options.key = key;
    options.key_count = 1;
    options.locale = NTM_LOCALE_VI;
    return options;
}

static ntm_status read_ledger(const ntm_allocator *allocator, void *context) {
    ntm_ledger_options options = usual(allocator);
    ntm_ledger *ledger = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = context == NULL ? ntm_ledger_read(&ledger, good, sizeof good - 1, "x", &options, &err)
                                        : ntm_ledger_open(&ledger, path, &options, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK)
        assert_null(ledger);
    else
        assert_int_equal(ntm_ledger_rows(ledger), 3);
    ntm_ledger_free(ledger);
    return status;
}

static ntm_status read_badly(const ntm_allocator *allocator, void *context) {
    ntm_ledger_options options = usual(allocator);
    ntm_ledger *ledger = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)context;
    ntm_status status = ntm_problems_new(&options.problems, 0, allocator, &err);
    if (status != NTM_OK) return status;
    status = ntm_ledger_read(&ledger, bad, sizeof bad - 1, "x", &options, &err);
    assert_null(ledger);
    assert_int_equal(err.status, status);
    ntm_problems_free(options.problems);
    return status;
}

static ntm_status leave_out(const ntm_allocator *allocator, void *context) {
    ntm_ledger_options options = usual(allocator);
    ntm_ledger *ledger = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)context;
    options.leave_out = true;
    ntm_status status = ntm_ledger_read(&ledger, bad, sizeof bad - 1, "x", &options, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK)
        assert_null(ledger);
    else
        assert_int_equal(ntm_ledger_left_out_count(ledger), 3);
    ntm_ledger_free(ledger);
    return status;
}

/* A table of which little can be borrowed: text, strides, doubles, gaps. */
static ntm_status new_ledger(const ntm_allocator *allocator, void *context) {
    static const int32_t offsets[] = {0, 2, 4, 6}, days[] = {18262, 0, 18263, 0, 18293, 0};
    static const double amounts[] = {1, 2, 3};
    static const uint8_t validity = 5;
    static const char *const names[] = {"local", "central", "x"};
    static const int64_t sources[] = {0, 1, 0};
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    ntm_column text = NTM_COLUMN_INIT, amount = ntm_column_double(amounts, 3), day = ntm_column_codes(days, 3, NULL, 0);
    ntm_column source = ntm_column_int64(sources, 3);
    ntm_ledger *ledger = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_table table = NTM_TABLE_INIT;
    (void)context;
    text.type = NTM_TYPE_TEXT;
    text.data = offsets;
    text.length = 3;
    text.text = "111211";
    amount.validity = &validity;
    day.stride_bytes = 8;
    source.categories = names;
    source.category_count = 3;
    const ntm_field fields[] = {{"unit", text}, {"amount", amount}, {"date", day}, {"source", source}};
    table.rows = 3;
    table.fields = fields;
    table.field_count = 4;
    options.allocator = allocator;
    options.units = units;
    ntm_status status = ntm_ledger_new(&ledger, &table, &options, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK) assert_null(ledger);
    ntm_ledger_free(ledger);
    return status;
}

static ntm_status check_codes(const ntm_allocator *allocator, void *context) {
    static const char text[] = "unit,amount,year,programme,source,programme_code,chapter,item\n"
                               "1,1,2024,ntm,commune,0491,754,0010\n1,1,2025,ntm,central,,801,0020\n";
    static const ntm_budget_programme programme = {"ntm", "0490", 0, NTM_GOVERNMENT_NONE, true, NTM_DATE_NONE,
                                                   NTM_DATE_NONE};
    ntm_codes_options codes = NTM_CODES_OPTIONS_INIT;
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    ntm_ledger *ledger = NULL;
    ntm_error err = NTM_ERROR_INIT;
    codes.programmes = &programme;
    codes.programme_count = 1;
    options.allocator = allocator;
    options.classification = context;
    options.codes = &codes;
    ntm_status status = ntm_ledger_read(&ledger, text, sizeof text - 1, "x", &options, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK) assert_null(ledger);
    ntm_ledger_free(ledger);
    return status;
}

/* The ledger's allocator is the one that is asked for memory. */
static ntm_status find_duplicates(const ntm_allocator *allocator, void *context) {
    ntm_ledger_options options = usual(allocator);
    ntm_ledger *ledger = NULL;
    size_t count = 77;
    ntm_error err = NTM_ERROR_INIT;
    (void)context;
    ntm_status status = ntm_ledger_read(&ledger, good, sizeof good - 1, "x", &options, &err);
    if (status == NTM_OK) {
        status = ntm_ledger_duplicates(NULL, &count, 0, ledger, NULL, 0, &err);
        assert_int_equal(count, status == NTM_OK ? 0 : 77);
    }
    assert_int_equal(err.status, status);
    ntm_ledger_free(ledger);
    return status;
}

static void sweeps(void **state) {
    (void)state;
    ntm_units *registry =
        tree_new("code,name,level,parent\n1,P,province,\n11,C,commune,1\n12,D,commune,1\n", NULL, NULL, NULL);
    units = registry;
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(good, 1, sizeof good - 1, file), sizeof good - 1);
    assert_int_equal(fclose(file), 0);
    assert_true(fault_sweep(read_ledger, NULL, NTM_OK) > 30);
    assert_true(fault_sweep(read_ledger, (char[]){"x"}, NTM_OK) > 30);
    assert_int_equal(remove(path), 0);
    assert_true(fault_sweep_tolerant(read_badly, NULL, NTM_ERROR_NOT_FOUND) > 30);
    assert_true(fault_sweep(leave_out, NULL, NTM_OK) > 30);
    assert_true(fault_sweep(new_ledger, NULL, NTM_OK) > 5);
    assert_true(fault_sweep(find_duplicates, NULL, NTM_OK) > 30);
    ntm_classification *classification = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_classification_shipped(&classification, NULL, &err), &err);
    assert_true(fault_sweep(check_codes, classification, NTM_OK) > 50);
    ntm_classification_free(classification);
    units = NULL;
    ntm_units_free(registry);
}

/* An allocator that lacks a function is refused before anything is made. */
static void half(void **state) {
    ntm_ledger_options options = usual(&fault_lacking);
    ntm_ledger *ledger = NULL;
    ntm_table table = NTM_TABLE_INIT;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    assert_fails(ntm_ledger_new(&ledger, &table, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_ledger_read(&ledger, good, sizeof good - 1, "x", &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_ledger_open(&ledger, path, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_null(ledger);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(sweeps), cmocka_unit_test(half)};
    return cmocka_run_group_tests_name("ledgers without memory", tests, scratch_enter, scratch_leave);
}
