/* SPDX-License-Identifier: Apache-2.0 */
/* Divided sources: shared out by weights, or between bounds. */
#include "kit.h"

#include <inttypes.h>

static const ntm_fact people = FACT("people", NTM_KIND_COUNT, "person", NTM_MERGE_SUM);
static const ntm_fact money = FACT("money", NTM_KIND_MONEY, "VND", NTM_MERGE_SUM);

/* 10 people by 1 : 1 : 1 are 4, 3 and 3: the odd one goes to the lower target. Negative money likewise, downwards. */
static void by_weights(void **state) {
    (void)state;
    kit k;
    static const ntm_rollup_part parts[] = {SHARE(0, 2, 7), SHARE(0, 0, 7), SHARE(0, 1, 7), PART(1, 1), PART(1, 1)};
    kit_start(&k, 2);
    kit_column(&k, "people", (const int64_t[]){10, 100}, 0);
    kit_column(&k, "money", (const int64_t[]){-10, 1}, 0);
    kit_fact(&k, &people);
    kit_fact(&k, &money);
    kit_parts(&k, parts, 5, 2, 3);
    kit_expect(&k, "people", "4 103 3");
    kit_expect(&k, "money", "-3 -2 -4");
    kit_end(&k);
}

static void by_largest_remainder(void **state) {
    (void)state;
    kit k;
    static const ntm_rollup_part parts[] = {
        {0, 0, true, true, {15, 1}}, {0, 1, true, true, {25, 1}}, SHARE(0, 2, 0), {0, 3, true, true, {300, 2}}};
    kit_start(&k, 1);
    kit_column(&k, "people", (const int64_t[]){10}, 0);
    kit_fact(&k, &people);
    kit_parts(&k, parts, 4, 1, 4);
    kit_expect(&k, "people", "2 4 0 4"); /* 2 1/7, 3 4/7, 0, 4 2/7 */
    kit_end(&k);
}

/* A part of what is only bounded lies between its parts of the bounds. */
static void bounded(void **state) {
    (void)state;
    kit k;
    static const ntm_rollup_part parts[] = {SHARE(0, 0, 1), SHARE(0, 1, 2), SHARE(1, 0, 1), SHARE(1, 1, 1)};
    kit_start(&k, 2);
    kit_column(&k, "people", (const int64_t[]){GONE, NONE}, 0);
    kit_column(&k, "people:least", (const int64_t[]){10, GONE}, 0);
    kit_column(&k, "people:most", (const int64_t[]){20, GONE}, 0);
    kit_fact(&k, &people);
    kit_parts(&k, parts, 4, 2, 2);
    kit_expect(&k, "people", "3..7 6..14");
    kit_end(&k);
}

static void without_weights(void **state) {
    (void)state;
    kit k;
    static const ntm_rollup_part parts[] = {SHARE(0, 0, 1), SOME(0, 1),     SOME(1, 2),     SOME(2, 3),
                                            SOME(2, 3),     SHARE(3, 4, 0), SHARE(3, 5, 0), SHARE(4, 6, 5)};
    kit_start(&k, 5);
    kit_column(&k, "people", (const int64_t[]){10, 20, 30, 40, 50}, 0);
    kit_column(&k, "money", (const int64_t[]){10, 20, 30, 40, 50}, 0);
    kit_fact(&k, &people);
    kit_fact(&k, &money);
    kit_parts(&k, parts, 8, 5, 7);
    kit_expect(&k, "people", "0..10 0..10 0..20 30 0..40 0..40 0..50");
    kit_expect(&k, "money", "? ? ? 30 ? ? ?");
    kit_end(&k);
}

/* A part keeps the share of its source and weighs its part of the weight. */
static void shares_of_parts(void **state) {
    (void)state;
    kit k;
    static const ntm_fact share = {
        .id = "share", .kind = NTM_KIND_SHARE, .unit = "%", .merge = NTM_MERGE_WEIGHTED, .merge_weight = "people"};
    static const ntm_fact rate = {
        .id = "rate", .kind = NTM_KIND_SHARE, .unit = "%", .merge = NTM_MERGE_RATIO, .merge_parts = {"poor", "people"}};
    static const ntm_fact poor = FACT("poor", NTM_KIND_COUNT, "person", NTM_MERGE_SUM);
    static const ntm_fact plan = FACT("plan", NTM_KIND_FLAG, NULL, NTM_MERGE_ALL);
    static const ntm_rollup_part parts[] = {SHARE(0, 0, 1), SHARE(0, 1, 1), PART(1, 1), SOME(2, 2), PART(3, 2)};
    kit_start(&k, 4);
    kit_column(&k, "people", (const int64_t[]){8, 16, 5, 5}, 0);
    kit_column(&k, "share", (const int64_t[]){40, 10, 50, 20}, 0);
    kit_column(&k, "poor", (const int64_t[]){3, 2, 1, 1}, 0);
    kit_column(&k, "rate", (const int64_t[]){375, 125, 200, 200}, 1);
    kit_flags(&k, "plan", (const int64_t[]){1, 1, 1, 0});
    kit_fact(&k, &people);
    kit_fact(&k, &share);
    kit_fact(&k, &rate);
    kit_fact(&k, &poor);
    kit_fact(&k, &plan);
    kit_parts(&k, parts, 5, 4, 3);
    kit_expect(&k, "people", "4 20 5..10");
    kit_expect(&k, "share", "40 16 0..100");
    kit_expect(&k, "poor", "2 3 1..2");
    kit_expect(&k, "rate", "75/2 35/2 10..40");
    kit_expect(&k, "plan", "0..1 0..1 0");
    kit_end(&k);
}

/* The largest numbers there are, at weights that are as large. */
static void extremes(void **state) {
    (void)state;
    kit k;
    static const ntm_rollup_part parts[] = {SHARE(0, 0, INT64_MAX / 2), SHARE(0, 1, INT64_MAX / 2 - 1),
                                            SHARE(1, 0, INT64_MAX / 2), SHARE(1, 1, 1)};
    kit_start(&k, 2);
    kit_column(&k, "money", (const int64_t[]){INT64_MAX, INT64_MIN + 2}, 0);
    kit_fact(&k, &money);
    kit_parts(&k, parts, 4, 2, 2);
    kit_expect(&k, "money", "-4611686018427387900 4611686018427387901");
    kit_end(&k);
    static const ntm_rollup_part wide[] = {SHARE(0, 0, INT64_C(3000000001)), SHARE(0, 1, INT64_C(6000000001))};
    kit_start(&k, 1);
    kit_column(&k, "money", (const int64_t[]){INT32_MAX}, 0);
    kit_fact(&k, &money);
    kit_parts(&k, wide, 2, 1, 2);
    kit_expect(&k, "money", "715827882 1431655765");
    kit_end(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_weights),      cmocka_unit_test(by_largest_remainder), cmocka_unit_test(bounded),
        cmocka_unit_test(without_weights), cmocka_unit_test(shares_of_parts),      cmocka_unit_test(extremes),
    };
    return cmocka_run_group_tests_name("divided sources", tests, NULL, NULL);
}
