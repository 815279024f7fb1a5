/* SPDX-License-Identifier: Apache-2.0 */
/* Roll-ups made from a registry: across reforms and up the tree. */
#include "kit.h"

#include <stdio.h>
#include <string.h>

/* Districts 1 and 2 under province 9; on 2020-01-01 communes 11 and 12 become 11 (under another name), 13 is divided
   between 14 (which goes on) and 15 (new); on 2022-01-01 14 and 15 merge into 16, and 11 is divided into 17 and 18. 21 of
   district 2 never changes. */
static const char rows_text[] = "code,name,level,parent,valid_from,valid_to\n"
                                "9,P,province,,,\n"
                                "1,D1,district,9,,\n"
                                "2,D2,district,9,,\n"
                                "11,A,commune,1,,2020-01-01\n"
                                "11,AB,commune,1,2020-01-01,2022-01-01\n"
                                "12,B,commune,1,,2020-01-01\n"
                                "13,C,commune,1,,2020-01-01\n"
                                "14,D,commune,1,,2022-01-01\n"
                                "15,E,commune,1,2020-01-01,2022-01-01\n"
                                "16,F,commune,1,2022-01-01,\n"
                                "17,G,commune,1,2022-01-01,\n"
                                "18,H,ward,1,2022-01-01,\n"
                                "21,Z,commune,2,,\n";
static const char edges_text[] = "on,old_code,new_code,part,people\n"
                                 "2020-01-01,11,11,full,\n"
                                 "2020-01-01,12,11,full,\n"
                                 "2020-01-01,13,14,partial,2\n"
                                 "2020-01-01,13,15,partial,1\n"
                                 "2022-01-01,14,16,full,\n"
                                 "2022-01-01,15,16,full,\n"
                                 "2022-01-01,11,17,partial,700\n"
                                 "2022-01-01,11,18,partial,500\n";

enum { D0, D1 = 1, D2, A, AB, B, C, D, E, F, G, H, Z };

#define BEFORE       (ntm_date_ymd(2019, 12, 31))
#define BETWEEN      (ntm_date_ymd(2021, 6, 30))
#define AFTER        (ntm_date_ymd(2023, 1, 1))
#define COUNT(array) (sizeof(array) / sizeof *(array))

static ntm_csv *read(const char *text, const char *const *headers, size_t count) {
    ntm_csv_field fields[8];
    ntm_csv *csv = NULL;
    ntm_error err = NTM_ERROR_INIT;
    for (size_t i = 0; i < count; i++) {
        bool number = strcmp(headers[i], "people") == 0;
        fields[i] = (ntm_csv_field){
            .header = headers[i], .kind = number ? NTM_CSV_NUMBER : NTM_CSV_TEXT, .locale = NTM_LOCALE_PLAIN};
    }
    assert_ok(ntm_csv_read(&csv, text, strlen(text), "t", fields, count, NULL, &err), &err);
    return csv;
}

static ntm_status make_units_of(ntm_units **out, const char *text, const char *edge_text,
                                const ntm_allocator *allocator, ntm_error *err) {
    static const char *const rows[] = {"code", "name", "level", "parent", "valid_from", "valid_to"};
    static const char *const edges[] = {"on", "old_code", "new_code", "part", "people"};
    static const char *const weights[] = {"people"};
    ntm_units_options options = NTM_UNITS_OPTIONS_INIT;
    ntm_csv *a = read(text, rows, COUNT(rows)), *b = read(edge_text, edges, COUNT(edges));
    options.weights = weights;
    options.weight_count = 1;
    options.allocator = allocator;
    ntm_status status = ntm_units_new(out, ntm_csv_table(a), ntm_csv_table(b), NULL, &options, err);
    ntm_csv_free(a);
    ntm_csv_free(b);
    return status;
}

static ntm_status make_units(ntm_units **out, const ntm_allocator *allocator, ntm_error *err) {
    return make_units_of(out, rows_text, edges_text, allocator, err);
}

static ntm_units *units_of_test(void) {
    ntm_units *units = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(make_units(&units, NULL, &err), &err);
    return units;
}

static const ntm_fact people = FACT("people", NTM_KIND_COUNT, "person", NTM_MERGE_SUM);

/* Rolls one column of people across, and compares. */
static void across(const ntm_units *units, const ntm_unit *from, size_t from_count, ntm_date from_day,
                   const int64_t *values, const ntm_unit *to, size_t to_count, ntm_date to_day,
                   const ntm_rollup_units_options *options, const char *expected) {
    kit k;
    kit_start(&k, from_count);
    kit_fact(&k, &people);
    (void)kit_column(&k, "people", values, 0);
    assert_ok(ntm_rollup_across(&k.rollup, units, from, from_count, from_day, to, to_count, to_day, options, &k.err),
              &k.err);
    assert_int_equal(ntm_rollup_from_rows(k.rollup), from_count);
    assert_int_equal(ntm_rollup_to_rows(k.rollup), to_count);
    kit_expect(&k, "people", expected);
    kit_end(&k);
}

static void merges_and_divides(void **state) {
    const ntm_unit from[] = {Z, B, A, C, D}, to[] = {AB, D, E, Z};
    const int64_t values[] = {40, 7000, 5000, 9, 100};
    ntm_rollup_units_options by_people = NTM_ROLLUP_UNITS_OPTIONS_INIT;
    ntm_units *units = units_of_test();
    (void)state;
    by_people.weight = "people";
    /* Two communes of 5,000 and 7,000 people make one of 12,000. */
    across(units, from, 5, BEFORE, values, to, 4, BETWEEN, NULL, "12000 100..109 0..9 40");
    across(units, from, 5, BEFORE, values, to, 4, BETWEEN, &by_people, "12000 106 3 40");
    ntm_units_free(units);
}

/* What was divided and meets again is whole without weights too; what is divided twice is not counted twice. */
static void through_two_reforms(void **state) {
    const ntm_unit from[] = {A, B, C, D, Z}, to[] = {F, G, H, Z};
    const int64_t values[] = {5000, 7000, 9, 100, 40}, hole[] = {5000, GONE, 9, 100, 40};
    ntm_rollup_units_options by_people = NTM_ROLLUP_UNITS_OPTIONS_INIT;
    ntm_units *units = units_of_test();
    (void)state;
    by_people.weight = "people";
    across(units, from, 5, BEFORE, values, to, 4, AFTER, NULL, "109 0..12000 0..12000 40");
    across(units, from, 5, BEFORE, values, to, 4, AFTER, &by_people, "109 7000 5000 40");
    across(units, from, 5, BEFORE, hole, to, 4, AFTER, NULL, "109 0.. 0.. 40");
    ntm_units_free(units);
}

/* A unit that nobody reports of leaves a bound, not a total that looks whole. */
static void sources_without_a_row(void **state) {
    const ntm_unit from[] = {A, Z}, to[] = {AB, E, Z};
    const int64_t values[] = {5000, 40};
    ntm_rollup_units_options others = NTM_ROLLUP_UNITS_OPTIONS_INIT;
    ntm_rolled_parts parts;
    ntm_units *units = units_of_test();
    kit k;
    (void)state;
    across(units, from, 2, BEFORE, values, to, 3, BETWEEN, NULL, "5000.. 0.. 40");
    kit_start(&k, 2);
    kit_fact(&k, &people);
    (void)kit_column(&k, "people", values, 0);
    assert_ok(ntm_rollup_across(&k.rollup, units, from, 2, BEFORE, to, 3, BETWEEN, &others, &k.err), &k.err);
    kit_expect(&k, "people", "5000.. 0.. 40");
    assert_ok(ntm_rolled_parts_of(&parts, k.rolled, "people", 0, &k.err), &k.err);
    assert_true(parts.parts == 2 && parts.reported == 1 && parts.not_reported == 1);
    kit_end(&k);
    ntm_units_free(units);
}

static void what_goes_elsewhere(void **state) {
    const ntm_unit from[] = {A, B, C}, to[] = {AB, E};
    const int64_t values[] = {5000, 7000, 9};
    ntm_rollup_units_options options = NTM_ROLLUP_UNITS_OPTIONS_INIT;
    ntm_error err = NTM_ERROR_INIT;
    ntm_rollup *rollup = NULL;
    ntm_units *units = units_of_test();
    (void)state;
    assert_fails(ntm_rollup_across(&rollup, units, from, 3, BEFORE, to, 2, BETWEEN, NULL, &err), NTM_ERROR_NOT_FOUND,
                 &err, "no target");
    assert_true(err.row == 2 && rollup == NULL && strstr(err.message, "D 14") != NULL);
    /* By weight the missing target still takes its part. */
    options.ignore_others = true;
    across(units, from, 3, BEFORE, values, to, 2, BETWEEN, &options, "12000 0..9");
    options.weight = "people";
    across(units, from, 3, BEFORE, values, to, 2, BETWEEN, &options, "12000 3");
    ntm_units_free(units);
}

/* Divided day by day, what is lost on the way is told as it is in one step: the caller's row is named, and a unit that
   ends with nothing said of it is left out where the caller asks for that. */
static void what_is_lost_on_the_way(void **state) {
    static const char rows[] = "code,name,level,parent,valid_from,valid_to\n"
                               "1,A,commune,,,2020-01-01\n"
                               "2,B,commune,,,2021-01-01\n"
                               "3,C,commune,,,2023-01-01\n"
                               "4,D,commune,,2020-01-01,2022-01-01\n"
                               "5,E,commune,,2020-01-01,\n"
                               "6,F,commune,,2022-01-01,\n"
                               "7,G,commune,,2022-01-01,\n";
    static const char edges[] = "on,old_code,new_code,part,people\n"
                                "2020-01-01,1,4,partial,3\n"
                                "2020-01-01,1,5,partial,1\n"
                                "2022-01-01,4,6,partial,1\n"
                                "2022-01-01,4,7,partial,2\n";
    enum { U1, U2, U3, U4, U5, U6, U7 };
    const ntm_unit from[] = {U2, U1, U3}, a[] = {U1}, to[] = {U5, U6}, all[] = {U7, U6, U5};
    const int64_t values[] = {100, 12, 1000}, twelve[] = {12};
    ntm_rollup_units_options options = NTM_ROLLUP_UNITS_OPTIONS_INIT;
    ntm_error err = NTM_ERROR_INIT;
    ntm_rollup *rollup = NULL;
    ntm_units *units = NULL;
    (void)state;
    assert_ok(make_units_of(&units, rows, edges, NULL, &err), &err);
    for (int weighted = 0; weighted < 2; weighted++) {
        options.weight = weighted == 1 ? "people" : NULL;
        options.ignore_others = false;
        assert_fails(ntm_rollup_across(&rollup, units, from, 3, BEFORE, all, 3, AFTER, &options, &err),
                     NTM_ERROR_NOT_FOUND, &err, "nothing says what became of B 2");
        assert_int_equal(err.row, 0);
        assert_fails(ntm_rollup_across(&rollup, units, from + 1, 1, BEFORE, to, 2, AFTER, &options, &err),
                     NTM_ERROR_NOT_FOUND, &err, "A 1");
        assert_int_equal(err.row, 0);
        assert_null(rollup);
        options.ignore_others = true;
        across(units, from, 3, BEFORE, values, to, 2, AFTER, &options, weighted == 1 ? "3 3" : "0..12 0..12");
    }
    across(units, a, 1, BEFORE, twelve, all, 3, AFTER, &options, "6 3 3");
    ntm_units_free(units);
}

/* Weights beyond exact arithmetic are told of the unit that is divided by them. */
static void weights_beyond_measure(void **state) {
    static const char rows[] = "code,name,level,parent,valid_from,valid_to\n"
                               "1,A,commune,,,\n"
                               "2,B,commune,,,2020-01-01\n"
                               "3,C,commune,,2020-01-01,\n"
                               "4,D,commune,,2020-01-01,\n";
    static const char edges[] = "on,old_code,new_code,part,people\n"
                                "2020-01-01,2,3,partial,9223372036854775807\n"
                                "2020-01-01,2,4,partial,9223372036854775806\n";
    const ntm_unit from[] = {0, 1}, to[] = {3, 0, 2};
    ntm_rollup_units_options options = NTM_ROLLUP_UNITS_OPTIONS_INIT;
    ntm_error err = NTM_ERROR_INIT;
    ntm_rollup *rollup = NULL;
    ntm_units *units = NULL;
    (void)state;
    assert_ok(make_units_of(&units, rows, edges, NULL, &err), &err);
    options.weight = "people";
    assert_fails(ntm_rollup_across(&rollup, units, from, 2, BEFORE, to, 3, AFTER, &options, &err), NTM_ERROR_OVERFLOW,
                 &err, "B 2");
    assert_true(rollup == NULL && err.row == NTM_NO_ROW);
    ntm_units_free(units);
}

/* Two thousand units become one, which is divided among two thousand: without weights each may be in each, which is told
   before it fills the memory. */
static void everyone_in_everyone(void **state) {
    enum { MANY = 2100 };
    static char rows[200000], edges[200000];
    static ntm_unit from[MANY], to[MANY];
    size_t a = 0, b = 0;
    ntm_error err = NTM_ERROR_INIT;
    ntm_rollup *rollup = NULL;
    ntm_units *units = NULL;
    (void)state;
    if (fault_under_valgrind()) return;
    a += (size_t)snprintf(rows, sizeof rows, "code,name,level,parent,valid_from,valid_to\n");
    b += (size_t)snprintf(edges, sizeof edges, "on,old_code,new_code,part,people\n");
    for (int i = 0; i < 2 * MANY; i++) {
        bool old = i < MANY;
        a += (size_t)snprintf(rows + a, sizeof rows - a, "%d,N%d,commune,,%s\n", i, i,
                              old ? ",2020-01-01" : "2021-01-01,");
        b += old ? (size_t)snprintf(edges + b, sizeof edges - b, "2020-01-01,%d,x,full,\n", i)
                 : (size_t)snprintf(edges + b, sizeof edges - b, "2021-01-01,x,%d,partial,\n", i);
        *(old ? &from[i] : &to[i - MANY]) = (ntm_unit)i;
    }
    a += (size_t)snprintf(rows + a, sizeof rows - a, "x,X,commune,,2020-01-01,2021-01-01\n");
    assert_true(a < sizeof rows && b < sizeof edges);
    assert_ok(make_units_of(&units, rows, edges, NULL, &err), &err);
    assert_fails(ntm_rollup_across(&rollup, units, from, MANY, BEFORE, to, MANY, AFTER, NULL, &err), NTM_ERROR_LIMIT,
                 &err, "reform by reform");
    assert_null(rollup);
    ntm_units_free(units);
}

static void the_same_day_only_reorders(void **state) {
    const ntm_unit from[] = {A, B, Z}, to[] = {Z, A, B};
    const int64_t values[] = {1, 2, 3};
    ntm_units *units = units_of_test();
    (void)state;
    across(units, from, 3, BEFORE, values, to, 3, BEFORE, NULL, "3 1 2");
    ntm_units_free(units);
}

static void refused(void **state) {
    const ntm_unit from[] = {A, B}, twice[] = {A, A}, late[] = {A, AB}, to[] = {AB}, none[] = {99};
    ntm_rollup_units_options options = NTM_ROLLUP_UNITS_OPTIONS_INIT;
    ntm_unit_filter which = NTM_UNIT_FILTER_INIT;
    ntm_error err = NTM_ERROR_INIT;
    ntm_rollup *rollup = NULL;
    ntm_units *units = units_of_test();
    (void)state;
    assert_fails(ntm_rollup_across(&rollup, units, twice, 2, BEFORE, to, 1, BETWEEN, NULL, &err), NTM_ERROR_CONFLICT,
                 &err, "row 0");
    assert_true(err.row == 1);
    assert_fails(ntm_rollup_across(&rollup, units, late, 2, BEFORE, to, 1, BETWEEN, NULL, &err), NTM_ERROR_VALUE, &err,
                 "not there on 2019-12-31");
    assert_fails(ntm_rollup_across(&rollup, units, from, 2, BEFORE, none, 1, BETWEEN, NULL, &err), NTM_ERROR_VALUE,
                 &err, "no unit");
    assert_fails(ntm_rollup_across(&rollup, units, from, 2, BETWEEN, to, 1, BEFORE, NULL, &err), NTM_ERROR_ARGUMENT,
                 &err, "two days in order are needed: 20");
    options.weight = "area";
    assert_fails(ntm_rollup_across(&rollup, units, from, 2, BEFORE, to, 1, BETWEEN, &options, &err),
                 NTM_ERROR_NOT_FOUND, &err, "name its column in the weights of the registry");
    assert_string_equal(err.subject, "area");
    assert_fails(ntm_rollup_up(&rollup, units, from, 2, to, 1, &which, NULL, &err), NTM_ERROR_ARGUMENT, &err, "a day");
    assert_null(rollup);
    ntm_units_free(units);
}

static void up(const ntm_units *units, const ntm_unit *from, size_t from_count, const int64_t *values,
               const ntm_unit *to, size_t to_count, const ntm_unit_filter *which, const char *expected) {
    kit k;
    kit_start(&k, from_count);
    kit_fact(&k, &people);
    (void)kit_column(&k, "people", values, 0);
    assert_ok(ntm_rollup_up(&k.rollup, units, from, from_count, to, to_count, which, NULL, &k.err), &k.err);
    kit_expect(&k, "people", expected);
    kit_end(&k);
}

static void up_the_tree(void **state) {
    const ntm_unit after[] = {F, G, H, Z}, districts[] = {D2, D1}, province[] = {D0}, some[] = {F, G, Z};
    const int64_t values[] = {1, 2, 3, 4}, less[] = {1, 2, 4};
    ntm_unit_filter which = NTM_UNIT_FILTER_INIT;
    ntm_error err = NTM_ERROR_INIT;
    ntm_rollup *rollup = NULL;
    ntm_units *units = units_of_test();
    (void)state;
    which.on = AFTER;
    which.echelon = NTM_ECHELON_COMMUNE;
    up(units, after, 4, values, districts, 2, &which, "4 6");
    up(units, after, 4, values, province, 1, &which, "10");
    up(units, some, 3, less, districts, 2, &which, "4 3.."); /* the ward is missing */
    which.level = "commune";
    up(units, some, 3, less, districts, 2, &which, "4 3"); /* and is no commune */
    assert_fails(ntm_rollup_up(&rollup, units, after, 4, districts, 2, &which, NULL, &err), NTM_ERROR_VALUE, &err,
                 "not of the rung or level");
    assert_true(err.row == 2);
    assert_fails(ntm_rollup_up(&rollup, units, some, 3, districts, 1, &which, NULL, &err), NTM_ERROR_NOT_FOUND, &err,
                 "below none");
    assert_true(err.row == 0 && rollup == NULL);
    ntm_units_free(units);
}

/* ------------------------------------------------------------------------------------------- memory */

static ntm_status make_both(const ntm_allocator *allocator, void *context) {
    const ntm_unit from[] = {A, C, Z}, to[] = {F, G, Z}, districts[] = {D2, D1};
    ntm_rollup_units_options options = {sizeof options, context, true, allocator};
    ntm_unit_filter which = NTM_UNIT_FILTER_INIT;
    ntm_rollup *across_days = NULL, *upwards = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_units *units = NULL;
    ntm_status status = make_units(&units, allocator, &err);
    if (status == NTM_OK)
        status = ntm_rollup_across(&across_days, units, from, 3, BEFORE, to, 3, AFTER, &options, &err);
    assert_true((status == NTM_OK) == (across_days != NULL));
    which.on = AFTER;
    which.echelon = NTM_ECHELON_COMMUNE;
    options.weight = NULL;
    if (status == NTM_OK) status = ntm_rollup_up(&upwards, units, to, 3, districts, 2, &which, &options, &err);
    assert_true((status == NTM_OK) == (upwards != NULL));
    assert_int_equal(err.status, status);
    ntm_rollup_free(across_days);
    ntm_rollup_free(upwards);
    ntm_units_free(units);
    return status;
}

static void sweeps(void **state) {
    (void)state;
    assert_true(fault_sweep(make_both, NULL, NTM_OK) > 30);
    assert_true(fault_sweep(make_both, (char[]){"people"}, NTM_OK) > 50);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merges_and_divides),
        cmocka_unit_test(through_two_reforms),
        cmocka_unit_test(sources_without_a_row),
        cmocka_unit_test(what_goes_elsewhere),
        cmocka_unit_test(what_is_lost_on_the_way),
        cmocka_unit_test(weights_beyond_measure),
        cmocka_unit_test(everyone_in_everyone),
        cmocka_unit_test(the_same_day_only_reorders),
        cmocka_unit_test(refused),
        cmocka_unit_test(up_the_tree),
        cmocka_unit_test(sweeps),
    };
    return cmocka_run_group_tests_name("roll-ups of units", tests, NULL, NULL);
}
