/* SPDX-License-Identifier: Apache-2.0 */
/* Alternatives, criteria, the status, margins and the risk of revocation: worked out by hand. */
#include "lacks.h"

#define FACTS                                                                                                            \
    "dimensions: {sex: [female, male]}\nfacts:\n"                                                                        \
    "  a: {name: {vi: a}, kind: amount, unit: km}\n  b: {name: {vi: b}, kind: amount, unit: km}\n"                       \
    "  c: {name: {vi: c}, kind: amount, unit: km}\n  f: {name: {vi: f}, kind: flag}\n  g: {name: {vi: g}, kind: flag}\n" \
    "  n: {name: {vi: n}, kind: count, unit: person, by: sex}\n"
#define AT_LEAST(fact, number) "[" fact ", \">=\", {constant: " number ", unit: km}]"

static void alternatives(void **state) {
    static const ntm_gap_price prices[] = {{"a", {10, 0}}, {"b", {1, 0}}, {"f", {25, 0}}, {"g", {0, 0}}};
    lacks l;
    (void)state;
    lacks_start(&l,
                HEAD FACTS INDICATORS RULE(
                    "\"1.1\"", "{any: [" AT_LEAST("a", "3") ", {all: [" AT_LEAST("b", "9") ", {attested: f}]}]}")
                    RULE("\"1.2\"", "{at_least: 2, of: [" AT_LEAST("a", "1") ", " AT_LEAST("b", "5") ", " AT_LEAST(
                                        "c", "2") ", {attested: g}]}"),
                4);
    sheet_cells(&l.s, "a", AS_INT32, "0 1 ? 0");
    sheet_cells(&l.s, "b", AS_INT32, "0 0 9 8");
    sheet_cells(&l.s, "c", AS_INT32, "0 0 0 9");
    sheet_cells(&l.s, "f", AS_BYTES, "no no no yes");
    sheet_cells(&l.s, "g", AS_BYTES, "no no yes ?");
    /* Each work costs 1: one is cheaper than two, and the first of equals is taken. */
    lacks_expect(&l, 0, "a +3 km pcs; a +1 km pcs; b +5 km pcs; ");
    lacks_expect(&l, 1, "a +2 km pcs; b +5 km pcs; ");
    lacks_expect(&l, 2, "f !1 pcs; "); /* surely one work, while a may need none or any: no bound is known of it */
    lacks_expect(&l, 3, "a +3 km pcs; ");
    l.options.prices = prices;
    l.options.price_count = 4;
    lacks_expect(&l, 0, "a +3 km pcs; b +5 km pcs; g !1 pcs; "); /* 30 against 34; then 5 + 0 */
    lacks_expect(&l, 1, "a +2 km pcs; g !1 pcs; ");
    lacks_expect_row(&l, 0, "3 0 1 35 35 0");
    lacks_expect(&l, 3, "b +1 km pcs; "); /* 1 against 30 */
    l.options.price_count = 1;
    lacks_expect_row(&l, 0, "2 0 1 30 30 1"); /* b has no price: never free. a counts once, at its most */
    lacks_end(&l);
}

static void members(void **state) {
    lacks l;
    (void)state;
    lacks_start(
        &l,
        HEAD FACTS INDICATORS RULE("\"1.1\"", "{every: sex, holds: [n, \">=\", {constant: 5, unit: person}]}")
            RULE("\"1.2\"", "[{count: members, of: sex, where: [n, \">=\", {constant: 9, unit: person}]}, \">=\", "
                            "{constant: 1}]")
                RULE("\"1.3\"", "[{share: members, of: sex, where: [n, \">=\", {constant: 7, unit: person}]}, \"<\", "
                                "{constant: 100, unit: \"%\"}]"),
        3);
    sheet_cells(&l.s, "n[female]", AS_INT32, "3 8 9");
    sheet_cells(&l.s, "n[male]", AS_INT32, "4 4 7");
    lacks_expect(&l, 0, "n[female] +2 person pcs; n[male] +1 person pcs; n[female] +6 person pcs; ");
    lacks_expect(&l, 1, "n[male] +1 person pcs; n[female] +1 person pcs; ");
    lacks_expect(&l, 2, "n[female] -3 person pcs; ");
    lacks_expect_row(&l, 0, "2 0 1 2 2 0");
    lacks_expect_margins(&l, 1, "");
    lacks_end(&l);
}

#define THREE                                                                                                                                                  \
    HEAD FACTS                                                                                                                                                 \
        "criteria:\n"                                                                                                                                          \
        "  - {id: \"1\", name: {vi: x}, source: [S], rule: {any: [{indicator: \"1.1\"}, {indicator: \"1.2\"}]}, "                                              \
        "indicators: [{id: \"1.1\", name: {vi: i}, source: [S], rule: " AT_LEAST(                                                                              \
            "a",                                                                                                                                               \
            "10") "}, "                                                                                                                                        \
                  "{id: \"1.2\", name: {vi: i}, source: [S], rule: {attested: f}}]}\n"                                                                         \
                  "  - {id: \"2\", name: {vi: y}, source: [S], indicators: [{id: \"2.1\", name: {vi: i}, source: [S], rule: " AT_LEAST(                        \
                      "b",                                                                                                                                     \
                      "10") "}, {id: \"2.2\", name: {vi: i}, source: [S], rule: " AT_LEAST("c",                                                                \
                                                                                           "4") "}]}\n"                                                        \
                                                                                                "  - {id: \"3\", name: {vi: z}, source: [S], rule: " AT_LEAST( \
                                                                                                    "c", "8") "}\n"

static void criteria_and_status(void **state) {
    lacks l;
    (void)state;
    lacks_start(&l,
                THREE "status: [{count: criteria}, \">=\", {constant: 2}]\n"
                      "preconditions:\n  - {id: p, name: {vi: p}, source: [S], rule: {attested: g}}\n"
                      "revocation: [{count: criteria, verdict: not met}, \">=\", {constant: 2}]\n",
                4);
    sheet_cells(&l.s, "a", AS_INT32, "9 12 10 12");
    sheet_cells(&l.s, "b", AS_INT32, "9 12 11 0");
    sheet_cells(&l.s, "c", AS_INT32, "0 12 8 9");
    sheet_cells(&l.s, "f", AS_BYTES, "no no no no");
    sheet_cells(&l.s, "g", AS_BYTES, "no yes yes yes");
    /* All of what is missing; criterion 1 by its first indicator; the status by criteria 1 and 3. */
    lacks_expect(&l, 0, "a +1 km pcs; f !1 p; b +1 km pc; c +4 km pc; c +8 km pcs; g !1 ps; ");
    lacks_expect_row(&l, 0, "3 0 2 3 3 0");
    lacks_expect(&l, 1, "f !1 p; ");
    lacks_expect_row(&l, 1, "0 0 0 0 0 0");
    lacks_expect_margins(&l, 1, "1 a 2 1/5; 2 b 2 1/5; 3 c 4 1/2; ");
    lacks_expect_margins(&l, 2, "1 a 0 0; 2 b 1 1/10; 3 c 0 0; ");
    lacks_expect_margins(&l, 3, "1 a 2 1/5; 3 c 1 1/8; ");
    lacks_expect_risk(&l, 0, "+ 0 -");
    lacks_expect_risk(&l, 1, "- 2 1/5"); /* when all lose a fifth and more, the second criterion is lost */
    lacks_expect_risk(&l, 2, "- 2 0");
    lacks_expect_risk(&l, 3, "- 1 1/8");
    lacks_end(&l);
}

static void children(void **state) {
    lacks l;
    (void)state;
    lacks_start(
        &l,
        HEAD FACTS INDICATORS RULE("\"1.1\"",
                                   "[{share: children, level: village, name: v, where: {attested: f}}, \">=\", "
                                   "{constant: 75, unit: \"%\"}]")
            RULE("\"1.2\"", "{every: children, level: village, name: w, holds: {attested: f}}") RULE(
                "\"1.3\"", "[{count: children, level: village, name: v, where: {attested: f}}, \">\", {constant: 5}]"),
        2);
    sheet_cells(&l.s, "children:v:met", AS_INT32, "5 5");
    sheet_cells(&l.s, "children:v:open", AS_INT32, "0 2");
    sheet_cells(&l.s, "children:v:total", AS_INT32, "10 10");
    sheet_cells(&l.s, "children:w:met", AS_INT32, "9 ?");
    sheet_cells(&l.s, "children:w:open", AS_INT32, "1 ?");
    sheet_cells(&l.s, "children:w:total", AS_INT32, "10 10");
    lacks_expect(&l, 0,
                 "children:v:met %3 village pcs; children:w:met %0..1 village pcs; children:v:met %1 village pcs; ");
    lacks_expect(&l, 1, "children:v:met %1..3 village pcs; children:w:met ?2 pcs; children:v:met %0..1 village pcs; ");
    lacks_end(&l);
}

static void chosen_rows(void **state) {
    static const size_t rows[] = {1, 3};
    lacks l;
    (void)state;
    lacks_start(&l, HEAD FACTS INDICATORS RULE("\"1.1\"", AT_LEAST("a", "3")), 5);
    sheet_cells(&l.s, "a", AS_INT32, "0 1 2 3 4");
    l.options.rows = rows;
    l.options.row_count = 2;
    lacks_expect(&l, 0, "");
    lacks_expect(&l, 1, "a +2 km pcs; ");
    lacks_expect(&l, 2, "");
    lacks_expect_margins(&l, 3, "1 a 0 0; ");
    lacks_expect_margins(&l, 4, "");
    assert_int_equal(ntm_gaps_count(l.gaps), 1);
    assert_int_equal(ntm_gaps_first(l.gaps, 100), 1);
    assert_int_equal(ntm_gaps_of_row(l.gaps, 1).status, NTM_NOT_MET);
    assert_int_equal(ntm_gaps_at(l.gaps, 1).kind, 0);
    lacks_end(&l);
}

static void wrong_calls(void **state) {
    static const size_t unordered[] = {1, 1}, past[] = {2};
    static const ntm_gap_price unknown[] = {{"zzz", {1, 0}}}, twice[] = {{"a", {1, 0}}, {"a", {2, 0}}},
                               below[] = {{"a", {-1, 0}}};
    lacks l;
    ntm_gaps *gaps = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_gaps_options options = NTM_GAPS_OPTIONS_INIT;
    (void)state;
    lacks_start(&l, HEAD FACTS INDICATORS RULE("\"1.1\"", AT_LEAST("a", "3")), 2);
    sheet_cells(&l.s, "a", AS_INT32, "0 1");
    lacks_expect(&l, 0, "a +3 km pcs; ");
    assert_fails(ntm_gaps_new(NULL, l.plan, &l.s.table, NULL, &err), NTM_ERROR_ARGUMENT, &err, "");
    options.rows = unordered;
    options.row_count = 2;
    assert_fails(ntm_gaps_new(&gaps, l.plan, &l.s.table, &options, &err), NTM_ERROR_ARGUMENT, &err, "ascend");
    options.rows = past;
    options.row_count = 1;
    assert_fails(ntm_gaps_new(&gaps, l.plan, &l.s.table, &options, &err), NTM_ERROR_ARGUMENT, &err, "among the 2");
    options.rows = NULL;
    options.price_count = 1;
    assert_fails(ntm_gaps_new(&gaps, l.plan, &l.s.table, &options, &err), NTM_ERROR_ARGUMENT, &err, "");
    options.prices = unknown;
    assert_fails(ntm_gaps_new(&gaps, l.plan, &l.s.table, &options, &err), NTM_ERROR_NOT_FOUND, &err, "no rule");
    options.prices = below;
    assert_fails(ntm_gaps_new(&gaps, l.plan, &l.s.table, &options, &err), NTM_ERROR_VALUE, &err, "below 0");
    options.prices = twice;
    options.price_count = 2;
    assert_fails(ntm_gaps_new(&gaps, l.plan, &l.s.table, &options, &err), NTM_ERROR_CONFLICT, &err, "two prices");
    assert_null(gaps);
    ntm_risk risk = {.steps = 7};
    assert_fails(ntm_gaps_risk(&risk, l.gaps, 0, &err), NTM_ERROR_NOT_FOUND, &err, "no rule of revocation");
    assert_fails(ntm_gaps_risk(&risk, l.gaps, 2, &err), NTM_ERROR_ARGUMENT, &err, "row 2");
    assert_int_equal(risk.steps, 7);
    assert_int_equal(ntm_gaps_count(NULL) + ntm_gaps_rows(NULL) + ntm_gaps_subject_count(NULL), 0);
    ntm_gaps_free(NULL);
    lacks_end(&l);
}

static void next_tiers(void **state) {
    lacks l;
    ntm_set *higher;
    size_t next[3];
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    lacks_start(&l, HEAD FACTS INDICATORS RULE("\"1.1\"", AT_LEAST("a", "3")), 3);
    higher = taken(HEAD FACTS INDICATORS RULE("\"1.1\"", AT_LEAST("a", "5")));
    sheet_cells(&l.s, "a", AS_INT32, "2 4 6");
    ntm_attainment *one = sheet_evaluate(l.set, &l.s, NTM_KERNELS_BEST);
    ntm_attainment *two = sheet_evaluate(higher, &l.s, NTM_KERNELS_BEST);
    const ntm_attainment *tiers[] = {one, two};
    assert_ok(ntm_next_tier(next, 3, tiers, 2, &err), &err);
    assert_true(next[0] == 0 && next[1] == 1 && next[2] == 2);
    assert_fails(ntm_next_tier(next, 2, tiers, 2, &err), NTM_ERROR_SHAPE, &err, "has 3 rows, expected 2");
    ntm_attainment_free(one);
    ntm_attainment_free(two);
    ntm_set_free(higher);
    lacks_end(&l);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alternatives), cmocka_unit_test(members),     cmocka_unit_test(criteria_and_status),
        cmocka_unit_test(children),     cmocka_unit_test(chosen_rows), cmocka_unit_test(wrong_calls),
        cmocka_unit_test(next_tiers),
    };
    return cmocka_run_group_tests_name("gap-ways", tests, NULL, NULL);
}
