/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of making a registry, and of asking it, fails once. */
#include "scratch.h"
#include "tree.h"

#include <stdio.h>
#include <string.h>

static const char units_text[] =
    "code,name,level,parent,valid_from,valid_to\n1,Tỉnh Một,province,,,\n2,Huyện Hai,district,1,,2025-07-01\n"
    "A,Xã A,commune,2,,2020-01-01\nB,Xã B,commune,2,,2020-01-01\nC,Xã C,commune,2,2020-01-01,2022-01-01\n"
    "D,Xã D,commune,2,2022-01-01,2025-07-01\nE,Xã Hoà,commune,2,2022-01-01,2025-07-01\n"
    "D,Phường D,ward,1,2025-07-01,\nZ,Xã Z,commune,9,2025-07-01,\n";
static const char edges_text[] = "on,old_code,new_code,part,old_name,population\n2020-01-01,A,C,full,Xã Khác,5\n"
                                 "2020-01-01,B,C,full,,\n2022-01-01,C,D,partial,,0.25\n2022-01-01,C,E,partial,,4\n"
                                 "2025-07-01,Y,D,full,,\n";
static const char values_text[] = "code,attribute,value,level,valid_from,valid_to\n1,region,BTB,province,,\n"
                                  "2,class,1,,,2020-01-01\n2,class,2,,2020-01-01,\nA,region,DBSH,commune,,\n";
static const char bad_text[] = "code,name,level,parent\n1,Tỉnh Một,province,\nA,Xã A,commune,7\n1,Tỉnh Một,city,\n";
static const char *const weights[] = {"population"};

static ntm_units_options options_with(const ntm_allocator *allocator) {
    ntm_units_options options = NTM_UNITS_OPTIONS_INIT;
    options.allow = NTM_UNIT_ALLOW_ALL;
    options.weights = weights;
    options.weight_count = 1;
    options.allocator = allocator;
    return options;
}

/* Three tables made beforehand, so that only the registry's own allocations fail. */
static ntm_status new_units(const ntm_allocator *allocator, void *context) {
    const ntm_table *const *tables = context;
    ntm_units_options options = options_with(allocator);
    ntm_units *units = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_units_new(&units, tables[0], tables[1], tables[2], &options, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK)
        assert_null(units);
    else
        assert_int_equal(ntm_units_edge_count(units), 5);
    ntm_units_free(units);
    return status;
}

/* A weight from a file is an exact number. */
static void expect_weight(const ntm_units *units) {
    ntm_decimal weight = {0, 0};
    ntm_error err = NTM_ERROR_INIT;
    assert_int_equal(ntm_units_count(units), 9);
    assert_ok(ntm_units_edge_weight(&weight, units, 2, 0, &err), &err);
    assert_true(weight.scale == 6 && weight.coefficient == 250000);
}

static ntm_status open_units(const ntm_allocator *allocator, void *context) {
    ntm_units_options options = options_with(allocator);
    ntm_units *units = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)context;
    ntm_status status = ntm_units_open(&units, "units.csv", "succession.csv", "attributes.csv", &options, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK)
        assert_null(units);
    else
        expect_weight(units);
    ntm_units_free(units);
    return status;
}

static ntm_status open_badly(const ntm_allocator *allocator, void *context) {
    ntm_units_options options = options_with(allocator);
    ntm_units *units = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)context;
    ntm_status status = ntm_problems_new(&options.problems, 0, allocator, &err);
    if (status != NTM_OK) return status;
    status = ntm_units_open(&units, "bad.csv", NULL, NULL, &options, &err);
    assert_null(units);
    assert_int_equal(err.status, status);
    ntm_problems_free(options.problems);
    return status;
}

/* With a byte order mark, as published tables have one. */
static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite("\xef\xbb\xbf", 1, 3, file), 3);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static void making(void **state) {
    const ntm_units_options options = options_with(NULL);
    ntm_csv *csv[] = {tree_table(units_text, NTM_CSV_TEXT, NTM_CSV_TEXT, &options),
                      tree_table(edges_text, NTM_CSV_TEXT, NTM_CSV_TEXT, &options),
                      tree_table(values_text, NTM_CSV_TEXT, NTM_CSV_TEXT, &options)};
    const ntm_table *tables[] = {ntm_csv_table(csv[0]), ntm_csv_table(csv[1]), ntm_csv_table(csv[2])};
    (void)state;
    assert_true(fault_sweep(new_units, tables, NTM_OK) > 10);
    for (size_t i = 0; i < 3; i++)
        ntm_csv_free(csv[i]);
    write_file("units.csv", units_text);
    write_file("succession.csv", edges_text);
    write_file("attributes.csv", values_text);
    write_file("bad.csv", bad_text);
    assert_true(fault_sweep(open_units, NULL, NTM_OK) > 20);
    assert_true(fault_sweep_tolerant(open_badly, NULL, NTM_ERROR_CONFLICT) > 5);
}

/* ------------------------------------------------------------------------------------------- questions */

/* A registry made with the allocator, which works until the question; then its next allocations fail in turn. */
typedef ntm_status question(const ntm_units *units, ntm_unit *rows, size_t *count, ntm_error *err);

static ntm_status ask_named(const ntm_units *units, ntm_unit *rows, size_t *count, ntm_error *err) {
    return ntm_units_named(rows, count, 4, units, "hòa", NULL, err);
}

static ntm_status ask_list(const ntm_units *units, ntm_unit *rows, size_t *count, ntm_error *err) {
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    filter.level = "district";
    return ntm_units_list(rows, count, 4, units, &filter, err);
}

static ntm_status ask_became(const ntm_units *units, ntm_unit *rows, size_t *count, ntm_error *err) {
    ntm_unit_part parts[4] = {{0, NTM_UNIT_WHOLE, 0, false}};
    ntm_status status = ntm_units_became(parts, count, 4, units, 2, NTM_DATE_NONE, NTM_DATE_NONE, err);
    if (status == NTM_OK) rows[0] = parts[0].unit;
    return status;
}

static ntm_status ask_made_of(const ntm_units *units, ntm_unit *rows, size_t *count, ntm_error *err) {
    ntm_unit_part parts[4] = {{0, NTM_UNIT_WHOLE, 0, false}};
    ntm_status status = ntm_units_made_of(parts, count, 4, units, 7, NTM_DATE_NONE, NTM_DATE_NONE, err);
    if (status == NTM_OK) rows[0] = parts[0].unit;
    return status;
}

static ntm_status ask_reform(const ntm_units *units, ntm_unit *rows, size_t *count, ntm_error *err) {
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    ntm_unit_reform reform = {0};
    filter.within = 0;
    ntm_status status = ntm_units_reform(&reform, units, &filter, tree_day("2022-01-01"), err);
    if (status == NTM_OK) {
        *count = (size_t)reform.results;
        rows[0] = 0;
    }
    return status;
}

/* The codes of a column with one that is not there: the list of problems takes memory. */
static ntm_status ask_all(const ntm_units *units, ntm_unit *rows, size_t *count, ntm_error *err) {
    static const char *const codes[] = {"D", "no"};
    static const int32_t which[] = {0, 1};
    ntm_column column = ntm_column_codes(which, 2, codes, 2);
    return ntm_units_find_all(rows, units, &column, NTM_ECHELON_ANY, tree_day("2025-07-01"), NULL, count, err);
}

/* The allocator of the registry is one of the test's; how many allocations the question makes is found first. */
static void sweep_question(question *ask, ntm_unit first, size_t expected, bool allocates) {
    fault f = FAULT_INIT;
    ntm_allocator allocator = fault_allocator(&f);
    const ntm_units_options options = options_with(&allocator);
    ntm_units *units = tree_new(units_text, edges_text, values_text, &options);
    ntm_unit rows[4] = {50, 50, 50, 50};
    size_t count = 9, calls = f.calls, blocks = f.blocks;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ask(units, rows, &count, &err), &err);
    size_t needed = f.calls - calls;
    assert_int_equal(needed > 0, allocates);
    assert_int_equal(rows[0], first);
    assert_int_equal(count, expected);
    for (size_t i = 1; i <= needed; i++) {
        rows[0] = 50;
        count = 9;
        f.fail_at = f.calls + i;
        f.fired = false;
        assert_fails(ask(units, rows, &count, &err), NTM_ERROR_MEMORY, &err, NULL);
        assert_true(f.fired);
        assert_int_equal(rows[0], 50);
        assert_int_equal(count, 9);
        assert_int_equal(f.blocks, blocks);
    }
    ntm_units_free(units);
    fault_assert_empty(&f);
}

static void asking(void **state) {
    (void)state;
    sweep_question(ask_named, 6, 1, true);
    sweep_question(ask_list, 1, 1, false);
    sweep_question(ask_became, 6, 2, true);
    sweep_question(ask_made_of, 2, 2, true);
    sweep_question(ask_reform, 0, 2, false);
    sweep_question(ask_all, 7, 1, false);
}

static ntm_status find_badly(const ntm_allocator *allocator, void *context) {
    static const char *const codes[] = {"D", "no", "other"};
    static const int32_t which[] = {0, 1, 2};
    ntm_column column = ntm_column_codes(which, 3, codes, 3);
    ntm_problems *problems = NULL;
    ntm_unit rows[3] = {50, 50, 50};
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_problems_new(&problems, 0, allocator, &err);
    if (status != NTM_OK) return status;
    status = ntm_units_find_all(rows, context, &column, NTM_ECHELON_ANY, tree_day("2025-07-01"), problems, NULL, &err);
    assert_int_equal(err.status, status);
    assert_int_equal(rows[0], 50);
    ntm_problems_free(problems);
    return status;
}

static void telling(void **state) {
    const ntm_units_options options = options_with(NULL);
    ntm_units *units = tree_new(units_text, edges_text, values_text, &options);
    (void)state;
    assert_true(fault_sweep_tolerant(find_badly, units, NTM_ERROR_NOT_FOUND) > 1);
    ntm_units_free(units);
}

/* An allocator that lacks a function is refused before anything is made. */
static void half(void **state) {
    const ntm_units_options options = options_with(&fault_lacking);
    ntm_units *units = NULL;
    ntm_table table = NTM_TABLE_INIT;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    assert_fails(ntm_units_new(&units, &table, NULL, NULL, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_open(&units, "units.csv", NULL, NULL, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_null(units);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(making), cmocka_unit_test(asking), cmocka_unit_test(telling),
                                       cmocka_unit_test(half)};
    return cmocka_run_group_tests_name("units without memory", tests, scratch_enter, scratch_leave);
}
