/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation fails once, of roll-ups and of their results. */
#include "kit.h"

static const ntm_fact people = {
    .id = "people", .kind = NTM_KIND_COUNT, .unit = "person", .merge = NTM_MERGE_SUM, .over_time = NTM_TIME_STOCK};
static const ntm_fact money = {
    .id = "money", .kind = NTM_KIND_MONEY, .unit = "VND", .merge = NTM_MERGE_REASSESS, .over_time = NTM_TIME_FLOW};
static const char *const scale[] = {"a", "b"};
static const ntm_fact level = {.id = "level",
                               .kind = NTM_KIND_LEVEL,
                               .levels = scale,
                               .level_count = 2,
                               .merge = NTM_MERGE_MIN,
                               .over_time = NTM_TIME_MAX};
static const ntm_fact plan = {.id = "plan", .kind = NTM_KIND_FLAG, .merge = NTM_MERGE_ANY, .over_time = NTM_TIME_MAX};
static const ntm_fact share = {.id = "share",
                               .kind = NTM_KIND_SHARE,
                               .unit = "%",
                               .merge = NTM_MERGE_WEIGHTED,
                               .merge_weight = "people",
                               .over_time = NTM_TIME_STOCK};
static const ntm_fact rate = {.id = "rate",
                              .kind = NTM_KIND_SHARE,
                              .unit = "%",
                              .merge = NTM_MERGE_RATIO,
                              .merge_parts = {"money", "money"},
                              .over_time = NTM_TIME_STOCK};

static const ntm_rollup_part parts[] = {PART(0, 0), SHARE(1, 0, 1), SHARE(1, 1, 2), SOME(2, 1)};
static const uint32_t groups[] = {0, 0};

static ntm_status make(const ntm_allocator *allocator, void *context) {
    ntm_rollup *stages[3] = {NULL, NULL, NULL};
    ntm_error err = NTM_ERROR_INIT;
    (void)context;
    ntm_status status = ntm_rollup_new(&stages[0], parts, 4, 3, 2, allocator, &err);
    if (status == NTM_OK) status = ntm_rollup_over_periods(&stages[1], 2, groups, 2, 1, allocator, &err);
    if (status == NTM_OK) status = ntm_rollup_chain(&stages[2], (const ntm_rollup *const *)stages, 2, allocator, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK)
        assert_null(stages[2]);
    else
        assert_int_equal(ntm_rollup_from_rows(stages[2]), 6);
    for (size_t i = 0; i < 3; i++)
        ntm_rollup_free(stages[i]);
    return status;
}

static void fill(kit *k) {
    static const int64_t values[] = {1, GONE, 3, 4, NONE, 6};
    kit_start(k, 6);
    kit_column(k, "people", values, 0);
    kit_column(k, "people:most", (const int64_t[]){15, 25, 35, 45, 55, 65}, 1);
    kit_column(k, "money", (const int64_t[]){INT64_MAX / 2, INT64_MAX / 2, 3, 4, 5, 6}, 0);
    ntm_column *column = kit_column(k, "level", (const int64_t[]){1, GONE, 1, 0, 1, 0}, 0);
    column->categories = scale;
    column->category_count = 2;
    kit_flags(k, "plan", values);
    static const double shares[] = {1.5, 2, 3, 4, 5.25, 6};
    column = kit_column(k, "share", values, 0);
    const uint8_t *known = column->validity;
    *column = ntm_column_double(shares, 6);
    column->validity = known;
    kit_column(k, "rate", values, 0);
    const ntm_fact *const facts[] = {&people, &money, &level, &plan, &share, &rate};
    for (size_t i = 0; i < 6; i++)
        kit_fact(k, facts[i]);
    ntm_rollup *stages[2] = {NULL, NULL};
    assert_ok(ntm_rollup_new(&stages[0], parts, 4, 3, 2, NULL, &k->err), &k->err);
    assert_ok(ntm_rollup_over_periods(&stages[1], 2, groups, 2, 1, NULL, &k->err), &k->err);
    assert_ok(ntm_rollup_chain(&k->rollup, (const ntm_rollup *const *)stages, 2, NULL, &k->err), &k->err);
    ntm_rollup_free(stages[0]);
    ntm_rollup_free(stages[1]);
}

static ntm_status apply(const ntm_allocator *allocator, void *context) {
    kit *k = context;
    k->options.allocator = allocator;
    k->err = (ntm_error)NTM_ERROR_INIT;
    ntm_status status = kit_roll(k);
    assert_int_equal(k->err.status, status);
    if (status != NTM_OK)
        assert_null(k->rolled);
    else
        assert_true(ntm_rolled_table(k->rolled)->field_count > 6);
    ntm_rolled_parts of = {77, 0, 0, 0, 0};
    if (status == NTM_OK) status = ntm_rolled_parts_of(&of, k->rolled, "people", 0, &k->err);
    assert_int_equal(of.parts, status == NTM_OK ? 4 : 77);
    ntm_rolled_free(k->rolled);
    k->rolled = NULL;
    return status;
}

static void sweeps(void **state) {
    (void)state;
    kit k;
    assert_true(fault_sweep(make, NULL, NTM_OK) > 5);
    fill(&k);
    assert_true(fault_sweep(apply, &k, NTM_OK) > 50);
    k.values[0][2] = -1; /* and where something is wrong */
    assert_ok(ntm_problems_new(&k.options.problems, 0, NULL, &k.err), &k.err);
    assert_true(fault_sweep_tolerant(apply, &k, NTM_ERROR_VALUE) > 10);
    ntm_problems_free(k.options.problems);
    kit_end(&k);
}

static void half(void **state) {
    (void)state;
    kit k;
    ntm_rollup *rollup = NULL;
    fill(&k);
    k.options.allocator = &fault_lacking;
    assert_fails(kit_roll(&k), NTM_ERROR_ARGUMENT, &k.err, "allocator");
    assert_fails(ntm_rollup_new(&rollup, parts, 4, 3, 2, &fault_lacking, &k.err), NTM_ERROR_ARGUMENT, &k.err,
                 "allocator");
    assert_fails(ntm_rollup_over_periods(&rollup, 2, groups, 2, 1, &fault_lacking, &k.err), NTM_ERROR_ARGUMENT, &k.err,
                 "alloc");
    assert_fails(ntm_rollup_chain(&rollup, (const ntm_rollup *const[]){k.rollup}, 1, &fault_lacking, &k.err),
                 NTM_ERROR_ARGUMENT, &k.err, "allocator");
    kit_end(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(sweeps), cmocka_unit_test(half)};
    return cmocka_run_group_tests_name("roll-ups without memory", tests, NULL, NULL);
}
