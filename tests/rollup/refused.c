/* SPDX-License-Identifier: Apache-2.0 */
/* What is refused, with the row and the reason; and that nothing is made then. */
#include "kit.h"

#include <math.h>
#include <string.h>

static const ntm_fact people = FACT("people", NTM_KIND_COUNT, "person", NTM_MERGE_SUM);
static const ntm_fact money = FACT("money", NTM_KIND_MONEY, "VND", NTM_MERGE_SUM);
static const ntm_rollup_part together[] = {PART(0, 0), PART(1, 0), PART(2, 0)};

static void refuse_part(ntm_rollup_part part, ntm_status status, const char *reason) {
    ntm_rollup_part parts[] = {PART(0, 0), part};
    ntm_rollup *rollup = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_rollup_new(&rollup, parts, 2, 3, 2, NULL, &err), status, &err, reason);
    if (status != NTM_ERROR_OVERFLOW) assert_int_equal(err.row, 1);
    assert_null(rollup);
}

static void roll_ups(void **state) {
    (void)state;
    ntm_rollup *rollup = NULL;
    ntm_error err = NTM_ERROR_INIT;
    static const uint32_t groups[] = {0, 1, 0}, far[] = {0, 5};
    const ntm_rollup_part huge[] = {{0, 0, true, true, {INT64_MAX, 0}}, {0, 1, true, true, {INT64_MAX - 1, 0}}};
    refuse_part((ntm_rollup_part)PART(3, 0), NTM_ERROR_ARGUMENT, "3 source rows");
    refuse_part((ntm_rollup_part)PART(0, 2), NTM_ERROR_ARGUMENT, "2 target rows");
    refuse_part((ntm_rollup_part)SHARE(0, 1, -1), NTM_ERROR_VALUE, "at least 0");
    refuse_part((ntm_rollup_part){0, 1, true, true, {1, 19}}, NTM_ERROR_ARGUMENT, "scale");
    assert_fails(ntm_rollup_new(&rollup, huge, 2, 1, 2, NULL, &err), NTM_ERROR_OVERFLOW, &err, "common measure");
    assert_fails(ntm_rollup_new(&rollup, NULL, 1, 1, 1, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_rollup_new(NULL, NULL, 0, 1, 1, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_rollup_new(&rollup, NULL, 0, UINT32_MAX, 1, NULL, &err), NTM_ERROR_LIMIT, &err, NULL);
    assert_fails(ntm_rollup_over_periods(&rollup, 1, groups, 3, 2, NULL, &err), NTM_ERROR_ARGUMENT, &err,
                 "order of time");
    assert_int_equal(err.row, 2);
    assert_fails(ntm_rollup_over_periods(&rollup, 1, far, 2, 2, NULL, &err), NTM_ERROR_ARGUMENT, &err, "2 groups");
    assert_fails(ntm_rollup_over_periods(&rollup, UINT32_MAX / 2, groups, 3, 2, NULL, &err), NTM_ERROR_LIMIT, &err,
                 NULL);
    assert_fails(ntm_rollup_chain(&rollup, NULL, 0, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_null(rollup);
    ntm_rollup *a = NULL, *b = NULL;
    assert_ok(ntm_rollup_new(&a, NULL, 0, 4, 3, NULL, &err), &err);
    assert_ok(ntm_rollup_new(&b, NULL, 0, 2, 1, NULL, &err), &err);
    const ntm_rollup *const pair[] = {a, b}, *const lacking[] = {a, NULL};
    assert_fails(ntm_rollup_chain(&rollup, pair, 2, NULL, &err), NTM_ERROR_SHAPE, &err, "3 come out");
    assert_fails(ntm_rollup_chain(&rollup, lacking, 2, NULL, &err), NTM_ERROR_ARGUMENT, &err, "NULL");
    assert_null(rollup);
    ntm_rollup_free(a);
    ntm_rollup_free(b);
    ntm_rollup_free(NULL);
    ntm_rolled_free(NULL);
    assert_int_equal(ntm_rollup_from_rows(NULL) + ntm_rollup_to_rows(NULL), 0);
    assert_null(ntm_rolled_table(NULL));
}

static void refuse(const ntm_fact *fact, const char *name, const int64_t values[3], uint8_t scale, ntm_status status,
                   uint64_t row, const char *reason) {
    kit k;
    kit_start(&k, 3);
    kit_column(&k, name, values, scale);
    kit_fact(&k, fact);
    kit_parts(&k, together, 3, 3, 1);
    assert_fails(kit_roll(&k), status, &k.err, reason);
    if (k.err.row != row) fail_msg("%s: row %llu", reason, (unsigned long long)k.err.row);
    assert_string_equal(k.err.subject, name);
    assert_null(k.rolled);
    kit_end(&k);
}

static void values(void **state) {
    (void)state;
    static const ntm_fact share = FACT("share", NTM_KIND_SHARE, "%", NTM_MERGE_REASSESS);
    static const ntm_fact added = FACT("added", NTM_KIND_SHARE, "%", NTM_MERGE_SUM);
    static const ntm_fact odd = FACT("odd", NTM_KIND_COUNT, "person", NTM_MERGE_ALL);
    static const ntm_fact trained = {
        .id = "trained", .kind = NTM_KIND_COUNT, .unit = "person", .by = "sex", .merge = NTM_MERGE_SUM};
    static const ntm_fact last = FACT("last", NTM_KIND_DATE, NULL, NTM_MERGE_MAX);
    static const ntm_fact crossed = {.id = "crossed",
                                     .kind = NTM_KIND_COUNT,
                                     .unit = "person",
                                     .has_most = true,
                                     .most = {-1, 0},
                                     .merge = NTM_MERGE_SUM};
    static const ntm_fact lit = FACT("lit", NTM_KIND_FLAG, NULL, NTM_MERGE_ANY);
    static const int64_t good[] = {1, 2, 3};
    refuse(&lit, "lit", (const int64_t[]){1, 0, 2}, 0, NTM_ERROR_VALUE, 2, "2 is above 1");
    refuse(&lit, "lit", (const int64_t[]){10, 5, 0}, 1, NTM_ERROR_VALUE, 1, "neither 0 nor 1");
    refuse(&crossed, "crossed", good, 0, NTM_ERROR_SCHEMA, NTM_NO_ROW, "least is above its most");
    refuse(&people, "people", (const int64_t[]){1, -2, -3}, 0, NTM_ERROR_VALUE, 1, "-2 is below 0, its natural bound");
    refuse(&people, "people", (const int64_t[]){10, 20, 35}, 1, NTM_ERROR_VALUE, 2, "no whole number");
    refuse(&share, "share", (const int64_t[]){1, 101, 3}, 0, NTM_ERROR_VALUE, 1, "101 is above 100");
    refuse(&last, "last", (const int64_t[]){1, 2, INT64_MAX}, 0, NTM_ERROR_VALUE, 2, "no day");
    refuse(&added, "added", good, 0, NTM_ERROR_SCHEMA, NTM_NO_ROW, "counts, amounts and money");
    refuse(&odd, "odd", good, 0, NTM_ERROR_SCHEMA, NTM_NO_ROW, "for flags");
    refuse(&people, "persons", good, 0, NTM_ERROR_SHAPE, NTM_NO_ROW, "no fact of that name");
    refuse(&people, "people[female]", good, 0, NTM_ERROR_SHAPE, NTM_NO_ROW, "no fact of that name");
    refuse(&trained, "trained", good, 0, NTM_ERROR_SHAPE, NTM_NO_ROW, "members");
    refuse(&people, "people:least", good, 0, NTM_ERROR_SHAPE, NTM_NO_ROW, "beside a column");
    refuse(&money, "money", (const int64_t[]){INT64_MAX, 1, 1}, 0, NTM_ERROR_OVERFLOW, 0, "target row 0");
    refuse(&money, "money", (const int64_t[]){INT64_MIN + 5, -1, -6}, 0, NTM_ERROR_OVERFLOW, 0, "target row 0");
}

/* Sums that leave 64 bits on the way and come back are exact; bounds that do not fit are no bounds. */
static void wide_sums(void **state) {
    (void)state;
    kit k;
    kit_start(&k, 6);
    kit_column(&k, "money", (const int64_t[]){INT64_MAX, INT64_MAX - 1, 1 - INT64_MAX, INT64_MAX, GONE, 1}, 0);
    kit_column(&k, "money:least", (const int64_t[]){GONE, GONE, GONE, GONE, 5, GONE}, 0);
    kit_column(&k, "money:most", (const int64_t[]){GONE, GONE, GONE, GONE, 6, GONE}, 0);
    kit_fact(&k, &money);
    kit_parts(&k, together, 3, 3, 1);
    kit_expect(&k, "money", "9223372036854775807 ?");
    kit_end(&k);
}

/* A decimal 1.0 is a yes; what comes out are bits, which have no scale. */
static void decimal_flags(void **state) {
    (void)state;
    static const ntm_fact lit = FACT("lit", NTM_KIND_FLAG, NULL, NTM_MERGE_ANY);
    kit k;
    kit_start(&k, 3);
    kit_column(&k, "lit", (const int64_t[]){0, 10, GONE}, 1);
    kit_fact(&k, &lit);
    kit_parts(&k, together, 3, 3, 1);
    kit_expect(&k, "lit", "1");
    assert_ok(ntm_table_check(ntm_rolled_table(k.rolled), NULL, &k.err), &k.err);
    kit_end(&k);
}

static void doubles(void **state) {
    (void)state;
    kit k;
    double numbers[] = {1, NAN, 2.5};
    kit_start(&k, 3);
    ntm_column *column = kit_column(&k, "money", (const int64_t[]){0, 0, 0}, 0);
    *column = ntm_column_double(numbers, 3);
    kit_fact(&k, &money);
    kit_parts(&k, together, 3, 3, 1);
    assert_fails(kit_roll(&k), NTM_ERROR_VALUE, &k.err, "NaN");
    assert_int_equal(k.err.row, 1);
    numbers[1] = INFINITY;
    assert_fails(kit_roll(&k), NTM_ERROR_VALUE, &k.err, "infinite");
    numbers[1] = 1e300;
    assert_fails(kit_roll(&k), NTM_ERROR_OVERFLOW, &k.err, "too many digits");
    numbers[1] = 9e15;
    numbers[2] = 0.0001;
    assert_fails(kit_roll(&k), NTM_ERROR_OVERFLOW, &k.err, "does not fit 64 bits with the 4 digits");
    numbers[1] = NAN;
    numbers[2] = 2.5;
    column->nan_not_reported = true;
    kit_expect(&k, "money", "?");
    kit_end(&k);
}

static void problems_together(void **state) {
    (void)state;
    kit k;
    kit_start(&k, 3);
    kit_column(&k, "people", (const int64_t[]){1, -2, -3}, 0);
    kit_column(&k, "money", (const int64_t[]){1, 2, 3}, 0);
    kit_column(&k, "key", (const int64_t[]){1, 2, 3}, 0);
    kit_column(&k, "money:least", (const int64_t[]){1, 2, 3}, 0);
    kit_column(&k, "money:most", (const int64_t[]){GONE, GONE, 2}, 0);
    k.known[1][0] = 1;
    kit_fact(&k, &people);
    kit_fact(&k, &money);
    kit_parts(&k, together, 3, 3, 1);
    assert_ok(ntm_problems_new(&k.options.problems, 0, NULL, &k.err), &k.err);
    assert_fails(kit_roll(&k), NTM_ERROR_SHAPE, &k.err, "no fact of that name");
    assert_int_equal(ntm_problems_count(k.options.problems), 4);
    assert_string_equal(ntm_problems_get(k.options.problems, 0)->subject, "key");
    assert_string_equal(ntm_problems_get(k.options.problems, 3)->message, "its least is above its most");
    assert_int_equal(ntm_problems_get(k.options.problems, 3)->row, 2);
    ntm_problems_free(k.options.problems);
    k.options.problems = NULL;
    k.options.ignore_unknown = true;
    k.values[0][1] = k.values[0][2] = k.values[4][2] = 7;
    kit_expect(&k, "people", "15");
    kit_expect(&k, "money", "6..");
    kit_end(&k);
}

static void facts(void **state) {
    (void)state;
    kit k;
    static const ntm_fact loop = {
        .id = "loop", .kind = NTM_KIND_SHARE, .unit = "%", .merge = NTM_MERGE_WEIGHTED, .merge_weight = "loop"};
    static const ntm_fact ratio = {.id = "ratio",
                                   .kind = NTM_KIND_SHARE,
                                   .unit = "%",
                                   .merge = NTM_MERGE_RATIO,
                                   .merge_parts = {"money", "people"}};
    kit_start(&k, 3);
    kit_column(&k, "loop", (const int64_t[]){1, 2, 3}, 0);
    kit_fact(&k, &loop);
    kit_parts(&k, together, 3, 3, 1);
    assert_fails(kit_roll(&k), NTM_ERROR_SCHEMA, &k.err, "weighed by itself");
    kit_fact(&k, &loop);
    assert_fails(kit_roll(&k), NTM_ERROR_CONFLICT, &k.err, "two facts");
    k.facts[1] = NULL;
    assert_fails(kit_roll(&k), NTM_ERROR_ARGUMENT, &k.err, "NULL");
    k.fact_count = 0;
    k.fields[0].name = "ratio";
    kit_fact(&k, &ratio);
    kit_fact(&k, &people);
    kit_fact(&k, &money);
    kit_column(&k, "people", (const int64_t[]){1, 2, 3}, 0);
    kit_column(&k, "money", (const int64_t[]){1, 2, 3}, 0);
    assert_fails(kit_roll(&k), NTM_ERROR_UNIT, &k.err, "\"money\" and \"people\"");
    k.options.struct_size = 8;
    assert_fails(kit_roll(&k), NTM_ERROR_ARGUMENT, &k.err, "NTM_ROLLED_OPTIONS_INIT");
    k.options.struct_size = sizeof k.options;
    k.options.scale = 19;
    assert_fails(kit_roll(&k), NTM_ERROR_ARGUMENT, &k.err, "18 digits");
    assert_null(k.rolled);
    kit_end(&k);
}

/* A column that is rolled up twice, by its own rule and for a ratio, is complained about once. */
static void problems_once(void **state) {
    (void)state;
    kit k;
    static const ntm_fact poor = FACT("poor", NTM_KIND_COUNT, "person", NTM_MERGE_REASSESS);
    static const ntm_fact rate = {
        .id = "rate", .kind = NTM_KIND_SHARE, .unit = "%", .merge = NTM_MERGE_RATIO, .merge_parts = {"poor", "people"}};
    kit_start(&k, 3);
    kit_column(&k, "rate", (const int64_t[]){GONE, GONE, GONE}, 0);
    kit_column(&k, "poor", (const int64_t[]){1, -1, 2}, 0);
    kit_column(&k, "people", (const int64_t[]){10, 20, 30}, 0);
    kit_fact(&k, &poor);
    kit_fact(&k, &people);
    kit_fact(&k, &rate);
    kit_parts(&k, together, 3, 3, 1);
    assert_ok(ntm_problems_new(&k.options.problems, 0, NULL, &k.err), &k.err);
    assert_fails(kit_roll(&k), NTM_ERROR_VALUE, &k.err, "below 0");
    assert_int_equal(ntm_problems_found(k.options.problems), 1);
    ntm_problems_free(k.options.problems);
    k.options.problems = NULL;
    k.values[1][1] = 3;
    kit_expect(&k, "rate", "10");
    kit_expect(&k, "poor", "0..");
    kit_end(&k);
}

/* Facts that name one another as parts are odd, and no loop: sums of the parts are taken, not their ratios. */
static void ratios_of_ratios(void **state) {
    (void)state;
    kit k;
    static const ntm_fact a = {
        .id = "a", .kind = NTM_KIND_MONEY, .unit = "VND", .merge = NTM_MERGE_RATIO, .merge_parts = {"b", "c"}};
    static const ntm_fact b = {
        .id = "b", .kind = NTM_KIND_MONEY, .unit = "VND", .merge = NTM_MERGE_RATIO, .merge_parts = {"a", "c"}};
    static const ntm_fact c = {
        .id = "c", .kind = NTM_KIND_AMOUNT, .unit = "1", .merge = NTM_MERGE_RATIO, .merge_parts = {"c", "c"}};
    kit_start(&k, 3);
    kit_column(&k, "a", (const int64_t[]){1, 2, 3}, 0);
    kit_column(&k, "b", (const int64_t[]){4, 5, 6}, 0);
    kit_column(&k, "c", (const int64_t[]){7, 8, 9}, 0);
    kit_fact(&k, &a);
    kit_fact(&k, &b);
    kit_fact(&k, &c);
    kit_parts(&k, together, 3, 3, 1);
    kit_expect(&k, "a", "5/8");
    kit_expect(&k, "b", "1/4");
    kit_expect(&k, "c", "1");
    kit_end(&k);
}

static void weights_below_0(void **state) {
    (void)state;
    kit k;
    static const ntm_fact share = {
        .id = "share", .kind = NTM_KIND_SHARE, .unit = "%", .merge = NTM_MERGE_WEIGHTED, .merge_weight = "money"};
    kit_start(&k, 3);
    kit_column(&k, "share", (const int64_t[]){1, 2, 3}, 0);
    kit_column(&k, "money", (const int64_t[]){1, -1, 3}, 0);
    kit_fact(&k, &share);
    kit_fact(&k, &money);
    kit_parts(&k, together, 3, 3, 1);
    assert_fails(kit_roll(&k), NTM_ERROR_VALUE, &k.err, "a weight below 0 in the mean of target row 0: \"money\"");
    assert_string_equal(k.err.subject, "share");
    kit_end(&k);
}

static void shapes(void **state) {
    (void)state;
    kit k;
    kit_start(&k, 4);
    kit_column(&k, "people", (const int64_t[]){1, 2, 3, 4}, 0);
    kit_fact(&k, &people);
    kit_parts(&k, together, 3, 3, 1);
    assert_fails(kit_roll(&k), NTM_ERROR_SHAPE, &k.err, "no multiple of 3");
    k.rows = k.fields[0].column.length = 0;
    kit_expect(&k, "people", "");
    kit_end(&k);
    kit_start(&k, 3);
    kit_flags(&k, "people", (const int64_t[]){1, 0, 1});
    kit_fact(&k, &people);
    kit_parts(&k, together, 3, 3, 1);
    assert_fails(kit_roll(&k), NTM_ERROR_SHAPE, &k.err, "integers, decimals or doubles");
    kit_end(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roll_ups),      cmocka_unit_test(values),           cmocka_unit_test(wide_sums),
        cmocka_unit_test(decimal_flags), cmocka_unit_test(doubles),          cmocka_unit_test(problems_together),
        cmocka_unit_test(facts),         cmocka_unit_test(shapes),           cmocka_unit_test(weights_below_0),
        cmocka_unit_test(problems_once), cmocka_unit_test(ratios_of_ratios),
    };
    return cmocka_run_group_tests_name("what is refused", tests, NULL, NULL);
}
