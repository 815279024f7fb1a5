/* SPDX-License-Identifier: Apache-2.0 */
/* Who recognises, and what a set says about its own status. */
#include "kit.h"

#include <ntm/recognition.h>

#include <string.h>

/* Stars 3 to 5 of a set whose authorities changed in October 2022; for 2023 nobody has read them. */
static void start(kit *k, uint32_t months) {
    const ntm_date old_from = ntm_date_ymd(2019, 8, 21), old_to = ntm_date_ymd(2022, 9, 30);
    ntm_set_spec spec = kit_spec();
    spec.validity.months = months;
    spec.validity.citation = kit_cited;
    kit_start_spec(k, &spec, NULL);
    kit_fact(k, "points", NTM_KIND_AMOUNT, "point");
    ntm_band bands[3];
    memset(bands, 0, sizeof bands);
    for (int i = 0; i < 3; i++) {
        static const char *const labels[] = {"3", "4", "5"}, *const from[] = {"50", "70", "90"};
        bands[i].label = labels[i];
        bands[i].has_from = true;
        bands[i].from = kit_decimal(from[i]);
        bands[i].has_to = i < 2;
        bands[i].to_open = true;
        if (i < 2) bands[i].to = kit_decimal(from[i + 1]);
    }
    ntm_node of = k_fact(k, "points");
    ntm_node_spec grade;
    memset(&grade, 0, sizeof grade);
    grade.kind = NTM_GRADE;
    grade.of = &of;
    grade.of_count = 1;
    grade.bands = bands;
    grade.band_count = 3;
    kit_rules(k, 0, 0, kit_node(k, &grade));
    kit_recogniser(k, "province", "3", old_from, old_to);
    kit_recogniser(k, "province", "4", old_from, old_to);
    kit_recogniser(k, "centre", "5", old_from, NTM_DATE_NONE);
    kit_recogniser(k, "district", "3", old_to + 1, ntm_date_ymd(2022, 12, 31));
}

static void by_class_and_day(void **state) {
    static const struct {
        const char *label;
        int y, m, d;
        const char *by;
    } cases[] = {{"3", 2019, 8, 21, "province"}, {"3", 2022, 9, 30, "province"}, {"3", 2022, 10, 1, "district"},
                 {"5", 2019, 8, 21, "centre"},   {"5", 2040, 1, 1, "centre"},    {"4", 2022, 9, 30, "province"}};
    kit k;
    const ntm_recogniser *found = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    start(&k, 36);
    const ntm_set *set = kit_done(&k);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ntm_date on = ntm_date_ymd(cases[i].y, cases[i].m, cases[i].d);
        assert_ok(ntm_recogniser_find(&found, set, cases[i].label, on, &err), &err);
        assert_string_equal(found->by.vi, cases[i].by);
    }
    const ntm_recogniser *kept = found;
    assert_fails(ntm_recogniser_find(&found, set, "4", ntm_date_ymd(2022, 10, 1), &err), NTM_ERROR_NOT_IN_FORCE, &err,
                 "2022-10-01");
    assert_fails(ntm_recogniser_find(&found, set, "3", ntm_date_ymd(2019, 8, 20), &err), NTM_ERROR_NOT_IN_FORCE, &err,
                 "class 3");
    assert_fails(ntm_recogniser_find(&found, set, NULL, ntm_date_ymd(2022, 1, 1), &err), NTM_ERROR_NOT_IN_FORCE, &err,
                 NULL);
    assert_fails(ntm_recogniser_find(&found, set, "6", ntm_date_ymd(2022, 1, 1), &err), NTM_ERROR_NOT_FOUND, &err,
                 "no class");
    assert_fails(ntm_recogniser_find(&found, set, "3", NTM_DATE_NONE, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_ptr_equal(found, kept);
    kit_end(&k);
}

static void of_a_set(void **state) {
    kit k;
    (void)state;
    start(&k, 36);
    ntm_status_rule rule = ntm_status_rule_of(kit_done(&k));
    assert_string_equal(rule.status, "test-set");
    assert_true(rule.lasting == NTM_LASTING_MONTHS && rule.months == 36 && rule.inherit == NTM_INHERIT_NONE);
    assert_int_equal(rule.law_from, ntm_date_ymd(2016, 12, 1));
    kit_end(&k);
    kit_start(&k, NULL);
    kit_criterion(&k, "1", 0);
    const ntm_set *set = kit_done(&k);
    rule = ntm_status_rule_of(set);
    assert_true(rule.lasting == NTM_LASTING_UNKNOWN && rule.months == 0);
    const ntm_recogniser *found = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_recogniser_find(&found, set, NULL, 0, &err), NTM_ERROR_NOT_FOUND, &err, "does not say");
    assert_null(ntm_status_rule_of(NULL).status);
    kit_end(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_class_and_day), cmocka_unit_test(of_a_set)};
    return cmocka_run_group_tests_name("who recognises", tests, NULL, NULL);
}
