/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of gaps fails once; what is left is nothing. */
#include "lacks.h"

#include "fault.h"

static const char yaml[] = HEAD
    "dimensions: {sex: [female, male]}\nfacts:\n  a: {name: {vi: a}, kind: amount, unit: km}\n"
    "  b: {name: {vi: b}, kind: amount, unit: km}\n  f: {name: {vi: f}, kind: flag}\n"
    "  n: {name: {vi: n}, kind: count, unit: person, by: sex}\n"
    "criteria:\n  - id: \"1\"\n    name: {vi: c}\n    source: [S]\n    rule: {any: [{indicator: \"1.1\"}, {indicator: "
    "\"1.2\"}]}\n    indicators:\n" RULE("\"1.1\"", "{any: [[{ratio: [a, b]}, \">=\", {constant: 1, unit: \"%\"}], "
                                                  "{at_least: 1, of: [{attested: f}, {not: {attested: f}}]}]}")
        RULE("\"1.2\"", "{every: sex, holds: [n, \">=\", {constant: 5, unit: person}]}")
            "  - {id: \"2\", name: {vi: d}, source: [S], rule: [a, \">\", {ratio: [{product: [b, {constant: 1}]}, "
            "{constant: 3}]}]}\n"
            "status: [{count: criteria}, \">=\", {constant: 1}]\n"
            "revocation: [{count: criteria, verdict: not met}, \">=\", {constant: 2}]\n";

static const ntm_gap_price prices[] = {{"a", {10, 0}}, {"f", {25, 1}}};

static ntm_status new_gaps(const ntm_allocator *allocator, void *context) {
    const lacks *l = context;
    ntm_gaps *gaps = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_gaps_options options = l->options;
    options.allocator = allocator;
    options.untold_law = true;
    options.prices = prices;
    options.price_count = 2;
    ntm_status status = ntm_gaps_new(&gaps, l->plan, &l->s.table, &options, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK)
        assert_null(gaps);
    else
        assert_true(ntm_gaps_count(gaps) > 4 && ntm_gaps_margin_count(gaps) > 0);
    ntm_gaps_free(gaps);
    return status;
}

static void gaps(void **state) {
    lacks l;
    (void)state;
    lacks_start(&l, yaml, 4);
    sheet_cells(&l.s, "a", AS_DECIMAL, "0 1.5 ? 9");
    sheet_cells(&l.s, "b", AS_INT32, "7 5 9 8");
    sheet_cells(&l.s, "f", AS_BYTES, "no ? no yes");
    sheet_cells(&l.s, "n[female]", AS_INT32, "0 0 0 9");
    sheet_cells(&l.s, "n[male]", AS_INT32, "0 ? 0 9");
    lacks_expect_margins(&l, 2, ""); /* makes the plan */
    assert_true(fault_sweep(new_gaps, &l, NTM_OK) > 10);
    lacks_end(&l);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(gaps)};
    return cmocka_run_group_tests_name("gap-sweep", tests, NULL, NULL);
}
