/* SPDX-License-Identifier: Apache-2.0 */
/* From months to years, and roll-ups one behind the other. */
#include "kit.h"

static const uint32_t two_years[] = {0, 0, 1, 1};

static ntm_fact over(const char *id, ntm_fact_kind kind, const char *unit, ntm_over_time over_time) {
    ntm_fact fact = FACT(id, kind, unit, NTM_MERGE_REASSESS);
    fact.over_time = over_time;
    return fact;
}

static void periods(kit *k, size_t rows, const uint32_t *group_of, size_t count, size_t groups) {
    assert_ok(ntm_rollup_over_periods(&k->rollup, rows, group_of, count, groups, NULL, &k->err), &k->err);
}

static void rules_over_time(void **state) {
    (void)state;
    kit k;
    const ntm_fact born = over("born", NTM_KIND_COUNT, "person", NTM_TIME_FLOW);
    const ntm_fact people = over("people", NTM_KIND_COUNT, "person", NTM_TIME_STOCK);
    const ntm_fact least = over("least", NTM_KIND_SHARE, "%", NTM_TIME_MIN);
    const ntm_fact most = over("most", NTM_KIND_MONEY, "VND", NTM_TIME_MAX);
    const ntm_fact plan = over("plan", NTM_KIND_FLAG, NULL, NTM_TIME_STOCK);
    static const int64_t values[] = {1, 2, 3, 4, GONE, 6, 7, GONE}; /* rows 0 and 1 in months 0 to 3 */
    kit_start(&k, 8);
    kit_column(&k, "born", values, 0);
    kit_column(&k, "people", values, 0);
    kit_column(&k, "least", values, 0);
    kit_column(&k, "most", values, 0);
    kit_flags(&k, "plan", (const int64_t[]){1, 0, 0, 1, 1, 1, GONE, NONE});
    kit_fact(&k, &born);
    kit_fact(&k, &people);
    kit_fact(&k, &least);
    kit_fact(&k, &most);
    kit_fact(&k, &plan);
    periods(&k, 2, two_years, 4, 3);
    kit_expect(&k, "born", "4 6 7.. 6.. 0.. 0..");
    kit_expect(&k, "people", "3 4 7 0.. 0.. 0..");
    kit_expect(&k, "least", "1 2 0..7 0..6 0..100 0..100");
    kit_expect(&k, "most", "3 4 7.. 6.. ? ?");
    kit_expect(&k, "plan", "0 1 0..1 - 0..1 0..1");
    kit_end(&k);
}

static void nobody_has_said(void **state) {
    (void)state;
    kit k;
    const ntm_fact unsaid = over("unsaid", NTM_KIND_COUNT, "person", NTM_TIME_UNSAID);
    const ntm_fact flow = over("flow", NTM_KIND_SHARE, "%", NTM_TIME_FLOW);
    kit_start(&k, 2);
    kit_column(&k, "unsaid", (const int64_t[]){1, 2}, 0);
    kit_fact(&k, &unsaid);
    periods(&k, 1, two_years, 2, 1);
    assert_fails(kit_roll(&k), NTM_ERROR_SCHEMA, &k.err, "over time");
    assert_string_equal(k.err.subject, "unsaid");
    k.fields[0].name = "flow";
    k.facts[0] = &flow;
    assert_fails(kit_roll(&k), NTM_ERROR_SCHEMA, &k.err, "no flows");
    assert_null(k.rolled);
    kit_end(&k);
}

/* The blocks of a table are periods: each is rolled up by itself. */
static void blocks(void **state) {
    (void)state;
    kit k;
    static const ntm_fact people = FACT("people", NTM_KIND_COUNT, "person", NTM_MERGE_SUM);
    static const ntm_rollup_part parts[] = {PART(0, 0), PART(1, 0), PART(2, 1)};
    kit_start(&k, 9);
    kit_column(&k, "people", (const int64_t[]){1, 2, 3, 4, GONE, 6, 7, GONE, 9}, 0);
    kit_fact(&k, &people);
    kit_parts(&k, parts, 3, 3, 2);
    kit_expect(&k, "people", "3 3 4.. 6 7.. 9");
    kit_end(&k);
}

static void chained(kit *k, bool time_first) {
    static const ntm_rollup_part parts[] = {PART(0, 0), PART(1, 0), PART(2, 1)};
    static const ntm_rollup_part up[] = {PART(0, 0), PART(1, 0)};
    ntm_rollup *stages[3] = {NULL, NULL, NULL};
    assert_ok(ntm_rollup_new(&stages[time_first], parts, 3, 3, 2, NULL, &k->err), &k->err);
    assert_ok(ntm_rollup_over_periods(&stages[!time_first], time_first ? 3 : 2, two_years, 4, 2, NULL, &k->err),
              &k->err);
    assert_ok(ntm_rollup_new(&stages[2], up, 2, 2, 1, NULL, &k->err), &k->err);
    assert_ok(ntm_rollup_chain(&k->rollup, (const ntm_rollup *const *)stages, 3, NULL, &k->err), &k->err);
    assert_int_equal(ntm_rollup_from_rows(k->rollup), 12);
    assert_int_equal(ntm_rollup_to_rows(k->rollup), 2);
    for (size_t i = 0; i < 3; i++)
        ntm_rollup_free(stages[i]);
}

static void chains(void **state) {
    (void)state;
    static const ntm_fact born = {
        .id = "born", .kind = NTM_KIND_COUNT, .unit = "person", .merge = NTM_MERGE_SUM, .over_time = NTM_TIME_FLOW};
    for (int time_first = 0; time_first < 2; time_first++) {
        kit k;
        ntm_rolled_parts of;
        kit_start(&k, 12);
        kit_column(&k, "born", (const int64_t[]){1, 2, 3, 4, 5, 6, 7, 8, GONE, 10, 11, 12}, 0);
        kit_fact(&k, &born);
        chained(&k, time_first);
        kit_expect(&k, "born", "21 48..");
        assert_ok(ntm_rolled_parts_of(&of, k.rolled, "born", 1, &k.err), &k.err);
        assert_int_equal(of.parts, 6);
        assert_int_equal(of.reported, 5);
        kit_end(&k);
    }
}

/* A mean of means is exact, though the mean between has no end: (1 + 1 + 2)/3 and 1 make (4 + 1)/4. */
static void means_of_means(void **state) {
    (void)state;
    kit k;
    static const ntm_fact people = FACT("people", NTM_KIND_COUNT, "person", NTM_MERGE_SUM);
    static const ntm_fact income = {
        .id = "income", .kind = NTM_KIND_MONEY, .unit = "VND", .merge = NTM_MERGE_WEIGHTED, .merge_weight = "people"};
    static const ntm_rollup_part first[] = {PART(0, 0), PART(1, 0), PART(2, 1)}, second[] = {PART(0, 0), PART(1, 0)};
    ntm_rollup *stages[2] = {NULL, NULL};
    kit_start(&k, 3);
    kit_column(&k, "income", (const int64_t[]){1, 2, 1}, 0);
    kit_column(&k, "people", (const int64_t[]){2, 1, 1}, 0);
    kit_fact(&k, &income);
    kit_fact(&k, &people);
    assert_ok(ntm_rollup_new(&stages[0], first, 3, 3, 2, NULL, &k.err), &k.err);
    assert_ok(ntm_rollup_new(&stages[1], second, 2, 2, 1, NULL, &k.err), &k.err);
    assert_ok(ntm_rollup_chain(&k.rollup, (const ntm_rollup *const *)stages, 2, NULL, &k.err), &k.err);
    kit_expect(&k, "income", "5/4");
    kit_expect(&k, "people", "4");
    ntm_rollup_free(stages[0]);
    ntm_rollup_free(stages[1]);
    kit_end(&k);
}

/* More rows than are summed at a time, and a bound on both sides. */
static void many_rows(void **state) {
    (void)state;
    enum { UNITS = 2500, MONTHS = 3 };
    static int64_t values[UNITS * MONTHS];
    static uint8_t known[UNITS * MONTHS / 8 + 1];
    static const uint32_t groups[MONTHS] = {0, 0, 1};
    const ntm_fact born = {.id = "born",
                           .kind = NTM_KIND_COUNT,
                           .unit = "person",
                           .has_most = true,
                           .most = {100, 0},
                           .merge = NTM_MERGE_SUM,
                           .over_time = NTM_TIME_FLOW};
    const ntm_fact *const list[] = {&born};
    ntm_field field = {"born", ntm_column_int64(values, UNITS * MONTHS)};
    ntm_table table = NTM_TABLE_INIT;
    ntm_error err = NTM_ERROR_INIT;
    ntm_rollup *rollup = NULL;
    ntm_rolled *rolled = NULL;
    for (size_t i = 0; i < UNITS * MONTHS; i++) {
        values[i] = (int64_t)(i % 97);
        if (i % 5 != 0) known[i / 8] = (uint8_t)(known[i / 8] | 1u << i % 8);
    }
    field.column.validity = known;
    table.rows = UNITS * MONTHS;
    table.fields = &field;
    table.field_count = 1;
    assert_ok(ntm_rollup_over_periods(&rollup, UNITS, groups, MONTHS, 2, NULL, &err), &err);
    assert_ok(ntm_rolled_new(&rolled, rollup, list, 1, &table, NULL, &err), &err);
    for (size_t t = 0; t < 2 * UNITS; t++) {
        int64_t least = 0, most = 0;
        for (size_t p = t < UNITS ? 0 : 2; p < (t < UNITS ? 2u : 3u); p++) {
            size_t at = p * UNITS + t % UNITS;
            least += at % 5 != 0 ? values[at] : 0;
            most += at % 5 != 0 ? values[at] : 100;
        }
        ntm_range range;
        assert_ok(ntm_rolled_range(&range, rolled, "born", t, &err), &err);
        assert_int_equal(range.least.numerator, least);
        assert_int_equal(range.most.numerator, most);
    }
    ntm_rolled_free(rolled);
    ntm_rollup_free(rollup);
}

/* What was divided at one stage stays so at the next, also where its parts meet again. */
static void divided_before(void **state) {
    (void)state;
    kit k;
    static const ntm_fact people = FACT("people", NTM_KIND_COUNT, "person", NTM_MERGE_SUM);
    static const ntm_rollup_part first[] = {SHARE(0, 0, 1), SHARE(0, 1, 3), PART(1, 1)},
                                 up[] = {PART(0, 0), PART(1, 0)};
    ntm_rollup *stages[2] = {NULL, NULL};
    ntm_rolled_parts of;
    kit_start(&k, 2);
    kit_column(&k, "people", (const int64_t[]){10, 20}, 0);
    kit_fact(&k, &people);
    assert_ok(ntm_rollup_new(&stages[0], first, 3, 2, 2, NULL, &k.err), &k.err);
    assert_ok(ntm_rollup_new(&stages[1], up, 2, 2, 1, NULL, &k.err), &k.err);
    assert_ok(ntm_rollup_chain(&k.rollup, (const ntm_rollup *const *)stages, 2, NULL, &k.err), &k.err);
    kit_expect(&k, "people", "30");
    assert_ok(ntm_rolled_parts_of(&of, k.rolled, "people", 0, &k.err), &k.err);
    assert_int_equal(of.parts, 2);
    assert_int_equal(of.divided, 1);
    ntm_rolled_free(k.rolled);
    ntm_rollup_free(k.rollup);
    k.rolled = NULL;
    ntm_rollup *split = NULL; /* first together, then divided */
    assert_ok(ntm_rollup_new(&split, first, 2, 1, 2, NULL, &k.err), &k.err);
    assert_ok(ntm_rollup_chain(&k.rollup, (const ntm_rollup *const[]){stages[1], split}, 2, NULL, &k.err), &k.err);
    kit_expect(&k, "people", "8 22"); /* 7 1/2 and 22 1/2: the lower target has the odd one */
    assert_ok(ntm_rolled_parts_of(&of, k.rolled, "people", 1, &k.err), &k.err);
    assert_int_equal(of.parts, 2);
    assert_int_equal(of.divided, 2);
    ntm_rollup_free(split);
    ntm_rollup_free(stages[0]);
    ntm_rollup_free(stages[1]);
    kit_end(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_over_time), cmocka_unit_test(nobody_has_said), cmocka_unit_test(blocks),
        cmocka_unit_test(chains),          cmocka_unit_test(means_of_means),  cmocka_unit_test(divided_before),
        cmocka_unit_test(many_rows),
    };
    return cmocka_run_group_tests_name("over time", tests, NULL, NULL);
}
