/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of looking for deciding facts and of ordering them fails once. */
#include "filled.h"
#include "review.h"

typedef struct asked {
    ntm_plan *plan;
    sheet sheet;
} asked;

static ntm_status decide(const ntm_allocator *allocator, void *context) {
    asked *a = context;
    ntm_deciding *d = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_deciding_options options = NTM_DECIDING_OPTIONS_INIT;
    options.allocator = allocator;
    ntm_status status = ntm_deciding_new(&d, a->plan, &a->sheet.table, 0, NTM_OF_STATUS, 0, &options, &err);
    assert_true((status == NTM_OK) == (d != NULL));
    assert_int_equal(err.status, status);
    if (d != NULL) assert_int_equal(ntm_deciding_facts(d, NTM_MET)->reason, NTM_DECIDING_LAW_ABSENT);
    if (d != NULL) assert_true(ntm_deciding_facts(d, NTM_NOT_MET)->count > 0);
    ntm_deciding_free(d);
    return status;
}

static ntm_status collect(const ntm_allocator *allocator, void *context) {
    asked *a = context;
    ntm_collecting *c = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_collecting_options options = NTM_COLLECTING_OPTIONS_INIT;
    options.allocator = allocator;
    options.could_show = NTM_NOT_MET;
    ntm_status status = ntm_collecting_new(&c, a->plan, &a->sheet.table, NTM_OF_STATUS, 0, &options, &err);
    assert_true((status == NTM_OK) == (c != NULL));
    assert_int_equal(err.status, status);
    if (c != NULL) assert_true(ntm_collecting_step_count(c) > 0);
    ntm_collecting_free(c);
    return status;
}

static void sweeps(void **state) {
    asked a;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    ntm_set *set = taken(
        HEAD
        "dimensions: {sex: [f, m]}\nfacts:\n  all: {name: {vi: a}, kind: count, unit: household}\n"
        "  clean: {name: {vi: c}, kind: count, unit: household, part_of: all}\n  plan: {name: {vi: p}, kind: flag}\n"
        "  work: {name: {vi: w}, kind: count, unit: person, by: sex}\n"
        "  rating: {name: {vi: r}, kind: level, levels: [low, mid, high]}\n"
        "figures:\n  f: {unit: \"%\", source: [S]}\n" INDICATORS RULE(
            "i", "[{ratio: [clean, all]}, \">=\", {constant: 90, unit: \"%\"}]")
            RULE("j", "{any: [{attested: plan}, {every: children, level: village, name: v, holds: {attested: plan}}]}")
                RULE("k", "{every: sex, holds: [work, \"<\", {constant: 9, unit: person}]}") RULE(
                    "l", "[{sum: [{points: [{when: {attested: plan}, give: 3}, {when: {at_level: [mid, rating]}, give: "
                         "1}]}, {points: [{when: {indicator: k}, give: 5}]}]}, \">=\", {constant: 6, unit: point}]")
                    RULE("m", "[{ratio: [clean, all]}, \">=\", {figure: f}]")
                        RULE("n", "[{share: indicators, among: [j, k]}, \"=\", {constant: 100, unit: \"%\"}]"));
    begin(&a.sheet, 3);
    sheet_cells(&a.sheet, "all", AS_INT64, "100 ? ?");
    sheet_cells(&a.sheet, "rating", AS_TEXT, "mid ? high");
    assert_ok(ntm_plan_new(&a.plan, set, &a.sheet.plan, &err), &err);
    assert_true(fault_sweep_ends(decide, &a, NTM_OK, 150) > 100);
    assert_true(fault_sweep_ends(collect, &a, NTM_OK, 150) > 100);
    ntm_plan_free(a.plan);
    sheet_end(&a.sheet);
    ntm_set_free(set);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(sweeps)};
    return cmocka_run_group_tests_name("deciding facts without memory", tests, NULL, NULL);
}
