/* SPDX-License-Identifier: Apache-2.0 */
/* Top-ups: by hand, refused input, and random rows against the definition. */
#include "fault.h"

#include <stdlib.h>
#include <string.h>

#include <ntm/ntm.h>

/* The targets are those that a test needs, not those of a resolution. */
static const ntm_area_target areas[2] = {{"rural", 750}, {"urban", 950}};
static const char *const area_names[2] = {"rural", "urban"};

static ntm_top_up_options options_of(void) {
    ntm_top_up_options options = NTM_TOP_UP_OPTIONS_INIT;
    options.benefits = "benefits";
    options.area = "area";
    options.areas = areas;
    options.area_count = 2;
    return options;
}

static ntm_payments get(const ntm_top_up *t, size_t group) {
    ntm_payments out;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_top_up_get(&out, t, group, &err), &err);
    return out;
}

/* Below the target, at it, above it, benefits unknown, area unknown, both unknown. */
static void by_hand(void **state) {
    (void)state;
    static const int64_t benefits[6] = {270, 950, 951, 0, 800, 0};
    static const int32_t area[6] = {0, 1, 1, 1, -1, -1};
    static const uint8_t known[1] = {1 | 2 | 4 | 16};
    static const int64_t least[6] = {480, 0, 0, 0, 0, 0}, most[6] = {480, 0, 0, 950, 150, 950};
    ntm_field fields[2] = {{"benefits", ntm_column_int64(benefits, 6)},
                           {"area", ntm_column_codes(area, 6, area_names, 2)}};
    ntm_table table = {sizeof table, 6, fields, 2};
    ntm_top_up_options options = options_of();
    ntm_top_up *t = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_money low[6], high[6];
    fields[0].column.validity = known;
    assert_ok(ntm_top_up_sum(&t, &table, &options, &err), &err);
    ntm_payments total = get(t, NTM_TOTAL);
    assert_int_equal(total.rows, 6);
    assert_int_equal(total.benefits_not_reported, 2);
    assert_int_equal(total.area_not_reported, 2);
    assert_int_equal(total.entitled_not_reported, 0);
    assert_int_equal(total.paid.least, 1);
    assert_int_equal(total.paid.most, 4);
    assert_int_equal(total.least, 480);
    assert_int_equal(total.most, 480 + 950 + 150 + 950);
    assert_int_equal(ntm_top_up_groups(t), 0);
    ntm_top_up_free(t);
    assert_ok(ntm_top_up_rows(low, high, 6, &table, &options, &err), &err);
    assert_memory_equal(low, least, sizeof low);
    assert_memory_equal(high, most, sizeof high);
}

/* ------------------------------------------------------------------------------------------- refused */

static const int64_t money[3] = {5, 6, 7}, negative[3] = {5, 6, -7};
static const int32_t codes[3] = {0, 1, 1};
static const uint8_t flags[3] = {1, 0, 1}, two[1] = {3};

static void fields_of(ntm_field fields[4]) {
    fields[0] = (ntm_field){"benefits", ntm_column_int64(money, 3)};
    fields[1] = (ntm_field){"area", ntm_column_codes(codes, 3, area_names, 2)};
    fields[2] = (ntm_field){"target", ntm_column_int64(money, 3)};
    fields[3] = (ntm_field){"entitled", ntm_column_bytes(flags, 3)};
}

static void refuse(const ntm_field *fields, const ntm_top_up_options *options, ntm_status status, const char *part,
                   uint64_t row) {
    ntm_table table = {sizeof table, 3, fields, 4};
    ntm_top_up *t = (ntm_top_up *)(uintptr_t)0x40;
    ntm_money low[3] = {1, 2, 3}, high[3] = {4, 5, 6};
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_top_up_sum(&t, &table, options, &err), status, &err, part);
    assert_ptr_equal(t, (ntm_top_up *)(uintptr_t)0x40);
    assert_true(err.row == row);
    if (status == NTM_ERROR_OVERFLOW) return; /* of the sum: the rows fit */
    assert_fails(ntm_top_up_rows(low, high, 3, &table, options, &err), status, &err, part);
    for (int i = 0; i < 3; i++)
        assert_true(low[i] == i + 1 && high[i] == i + 4);
}

/* 47 bytes, and a character of three of which a message has no room for all. */
#define LONG_PART "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

static void refused(void **state) {
    (void)state;
    static const char *const others[2] = {"rural", "island"}, *const lengthy[2] = {"rural", LONG_PART "ề"};
    static const ntm_area_target same[2] = {{"rural", 1}, {"rural", 2}}, below[1] = {{"rural", -1}};
    ntm_field fields[4];
    ntm_top_up_options options = options_of();
    fields_of(fields);
    fields[0].column = ntm_column_int64(negative, 3);
    refuse(fields, &options, NTM_ERROR_VALUE, "negative", 2);
    fields[0].column.scale = 2;
    refuse(fields, &options, NTM_ERROR_SHAPE, "whole numbers", NTM_NO_ROW);
    fields_of(fields);
    fields[1].column.categories = others;
    refuse(fields, &options, NTM_ERROR_VALUE, "\"island\" has no target", 1);
    fields[1].column.categories = lengthy;
    refuse(fields, &options, NTM_ERROR_VALUE, "\"" LONG_PART "\" has no target", 1);
    fields_of(fields);
    options.area = "target";
    refuse(fields, &options, NTM_ERROR_SHAPE, "areas have to be", NTM_NO_ROW);
    options = options_of();
    options.target = "target";
    refuse(fields, &options, NTM_ERROR_ARGUMENT, "either", NTM_NO_ROW);
    options.area = NULL;
    fields[2].column.validity = two;
    refuse(fields, &options, NTM_ERROR_VALUE, "target is not reported", 2);
    fields[2].column = ntm_column_int64(negative, 3);
    refuse(fields, &options, NTM_ERROR_VALUE, "negative", 2);
    options = options_of();
    options.areas = same;
    refuse(fields, &options, NTM_ERROR_ARGUMENT, "two targets", NTM_NO_ROW);
    options.areas = below;
    options.area_count = 1;
    refuse(fields, &options, NTM_ERROR_ARGUMENT, "negative target", NTM_NO_ROW);
    options.areas = NULL;
    refuse(fields, &options, NTM_ERROR_ARGUMENT, "targets of areas", NTM_NO_ROW);
    options = options_of();
    options.entitled = "area";
    refuse(fields, &options, NTM_ERROR_SHAPE, "yes and no", NTM_NO_ROW);
    options.entitled = "nowhere";
    refuse(fields, &options, NTM_ERROR_SHAPE, "no column", NTM_NO_ROW);
    options = options_of();
    options.benefits = NULL;
    refuse(fields, &options, NTM_ERROR_ARGUMENT, "NULL", NTM_NO_ROW);
    ntm_table table = {sizeof table, 3, fields, 4};
    ntm_error err = NTM_ERROR_INIT;
    ntm_money low[3], high[3];
    options = options_of();
    assert_fails(ntm_top_up_rows(low, high, 2, &table, &options, &err), NTM_ERROR_SHAPE, &err, "2 rows");
    assert_fails(ntm_top_up_rows(low, NULL, 3, &table, &options, &err), NTM_ERROR_ARGUMENT, &err, "NULL");
    assert_fails(ntm_top_up_sum(NULL, &table, &options, &err), NTM_ERROR_ARGUMENT, &err, "out");
}

static void sums_that_do_not_fit(void **state) {
    (void)state;
    static const int64_t targets[3] = {INT64_MAX, INT64_MAX, 3};
    static const char *const by[1] = {"area"};
    ntm_field fields[4];
    ntm_top_up_options options = options_of();
    fields_of(fields);
    fields[2].column = ntm_column_int64(targets, 3);
    options.area = NULL;
    options.target = "target";
    refuse(fields, &options, NTM_ERROR_OVERFLOW, "does not fit", NTM_NO_ROW);
    ntm_table table = {sizeof table, 3, fields, 4};
    ntm_top_up *t = NULL;
    ntm_error err = NTM_ERROR_INIT;
    options.groups = by;
    options.group_count = 1;
    assert_fails(ntm_top_up_sum(&t, &table, &options, &err), NTM_ERROR_OVERFLOW, &err, "does not fit");
    assert_string_equal(err.subject, "all rows"); /* each group fits */
    static const int32_t one_area[3] = {1, 1, 0};
    fields[1].column = ntm_column_codes(one_area, 3, area_names, 2);
    assert_fails(ntm_top_up_sum(&t, &table, &options, &err), NTM_ERROR_OVERFLOW, &err, "does not fit");
    assert_string_equal(err.subject, "area=urban");
    ntm_payments out;
    assert_fails(ntm_top_up_get(&out, NULL, 0, &err), NTM_ERROR_ARGUMENT, &err, "NULL");
    ntm_top_up_free(NULL);
}

/* Somebody not entitled needs no target. */
static void not_entitled(void **state) {
    (void)state;
    static const uint8_t all_but_last[1] = {3}, no_last[3] = {1, 1, 0};
    ntm_field fields[4];
    ntm_top_up_options options = options_of();
    ntm_top_up *t = NULL;
    ntm_error err = NTM_ERROR_INIT;
    fields_of(fields);
    fields[2].column.validity = all_but_last;
    fields[3].column = ntm_column_bytes(no_last, 3);
    options.area = NULL;
    options.target = "target";
    options.entitled = "entitled";
    ntm_table table = {sizeof table, 3, fields, 4};
    assert_ok(ntm_top_up_sum(&t, &table, &options, &err), &err);
    assert_int_equal(get(t, NTM_TOTAL).most, 0);
    ntm_top_up_free(t);
}

/* ------------------------------------------------------------------------------------------- random */

enum { ROWS = 9000, BY_AREA = 3 };

/* Rows as the test knows them, and what they come to: by area, of those without one, of all. */
typedef struct people {
    size_t rows;
    bool by_area;
    int64_t benefits[ROWS], targets[ROWS];
    int32_t area[ROWS];
    uint8_t entitled[ROWS], benefits_known[ROWS / 8 + 1], entitled_known[ROWS / 8 + 1];
    ntm_payments expected[BY_AREA + 1];
} people;

static bool bit(const uint8_t *bits, size_t r) { return (bits[r / 8] >> r % 8 & 1) != 0; }

static int64_t above(int64_t target, int64_t benefit) { return target > benefit ? target - benefit : 0; }

static void expect_row(people *p, size_t r) {
    bool has = bit(p->benefits_known, r), asked = bit(p->entitled_known, r);
    int64_t low = p->by_area ? (p->area[r] == 1 ? 950 : 750) : p->targets[r];
    int64_t high = p->by_area ? (p->area[r] == 0 ? 750 : 950) : p->targets[r];
    int64_t least = has && asked && p->entitled[r] ? above(low, p->benefits[r]) : 0;
    int64_t most = !asked || p->entitled[r] ? above(high, has ? p->benefits[r] : 0) : 0;
    for (size_t i = 0; i < 2; i++) {
        ntm_payments *e = &p->expected[i == 0 ? BY_AREA : p->area[r] < 0 ? 2 : p->area[r]];
        e->rows++;
        e->benefits_not_reported += !has;
        e->area_not_reported += p->by_area && p->area[r] < 0;
        e->entitled_not_reported += !asked;
        e->paid.least += least > 0;
        e->paid.most += most > 0;
        e->least += least;
        e->most += most;
    }
}

static void make_people(people *p, uint64_t seed) {
    uint64_t random = seed;
    memset(p, 0, sizeof *p);
    p->rows = seed < 20 ? seed * 9 : ROWS;
    p->by_area = seed % 2 == 0;
    for (size_t r = 0; r < p->rows; r++) {
        p->benefits[r] = (int64_t)(fault_random(&random) % 1200);
        p->targets[r] = (int64_t)(fault_random(&random) % 1200);
        p->area[r] = (int32_t)(fault_random(&random) % 3) - 1;
        p->entitled[r] = (uint8_t)(fault_random(&random) % 2);
        p->benefits_known[r / 8] = (uint8_t)(p->benefits_known[r / 8] | (fault_random(&random) % 8 != 0) << r % 8);
        p->entitled_known[r / 8] = (uint8_t)(p->entitled_known[r / 8] | (fault_random(&random) % 8 != 0) << r % 8);
        expect_row(p, r);
    }
}

static void check_groups(const ntm_top_up *t, const people *p) {
    ntm_payments total = get(t, NTM_TOTAL);
    assert_memory_equal(&total, &p->expected[BY_AREA], sizeof total);
    for (size_t group = 0; group < ntm_top_up_groups(t); group++) {
        ntm_group_key key;
        ntm_error err = NTM_ERROR_INIT;
        assert_ok(ntm_top_up_key(&key, t, group, 0, &err), &err);
        size_t at = key.known != NTM_REPORTED ? 2 : strcmp(key.text, "rural") == 0 ? 0 : 1;
        ntm_payments one = get(t, group);
        assert_memory_equal(&one, &p->expected[at], sizeof one);
    }
}

static void random_rows(void **state) {
    static people p;
    static int64_t low[ROWS], high[ROWS];
    static const char *const by[1] = {"area"};
    (void)state;
    for (uint64_t seed = 0; seed < 24; seed++) {
        make_people(&p, seed);
        ntm_field fields[4] = {{"benefits", ntm_column_int64(p.benefits, p.rows)},
                               {"area", ntm_column_codes(p.area, p.rows, area_names, 2)},
                               {"target", ntm_column_int64(p.targets, p.rows)},
                               {"entitled", ntm_column_bytes(p.entitled, p.rows)}};
        fields[0].column.validity = p.benefits_known;
        fields[3].column.validity = p.entitled_known;
        ntm_table table = {sizeof table, p.rows, fields, 4};
        ntm_top_up_options options = options_of();
        ntm_top_up *t = NULL;
        ntm_error err = NTM_ERROR_INIT;
        options.area = p.by_area ? "area" : NULL;
        options.target = p.by_area ? NULL : "target";
        options.entitled = "entitled";
        options.groups = by;
        options.group_count = 1;
        assert_ok(ntm_top_up_sum(&t, &table, &options, &err), &err);
        check_groups(t, &p);
        ntm_top_up_free(t);
        assert_ok(ntm_top_up_rows(low, high, p.rows, &table, &options, &err), &err);
        int64_t sums[2] = {0, 0};
        for (size_t r = 0; r < p.rows; r++) {
            sums[0] += low[r];
            sums[1] += high[r];
        }
        assert_true(sums[0] == p.expected[BY_AREA].least && sums[1] == p.expected[BY_AREA].most);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(refused),
                                       cmocka_unit_test(sums_that_do_not_fit), cmocka_unit_test(not_entitled),
                                       cmocka_unit_test(random_rows)};
    return cmocka_run_group_tests_name("top-ups", tests, NULL, NULL);
}
