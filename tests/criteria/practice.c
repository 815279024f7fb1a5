/* SPDX-License-Identifier: Apache-2.0 */
/* Values, scope, recognition and counterparts: what is refused, and what can be read back. */
#include "kit.h"

#include <string.h>

static const char *const regions[] = {"BTB", "TN"};
static const char *const years[] = {"2020"};

static void start(kit *k) {
    ntm_set_spec spec = kit_spec();
    spec.follows = "set-before";
    kit_start_spec(k, &spec, NULL);
    kit_axis(k, "region", regions, 2);
    kit_axis(k, "year", years, 1);
    kit_fact(k, "poor", NTM_KIND_COUNT, "household");
    kit_fact(k, "road", NTM_KIND_AMOUNT, "km");
    kit_fact(k, "hard", NTM_KIND_FLAG, NULL);
    kit_criterion(k, "1", 0);
    kit_indicator(k, "1.1", k_attested(k, "hard"));
}

static void expect(kit *k, ntm_status status, const char *piece) {
    kit_expect(k, status, piece, 0, 0);
    kit_end(k);
}

static void values_read_back(void **state) {
    (void)state;
    kit k;
    start(&k);
    kit_value(&k, "roads", "km", "12.5", k_of(&k, NTM_PRODUCT, k_fact(&k, "road"), k_number(&k, "2", NULL)));
    kit_value(&k, "unread", "point", NULL, 0);
    const ntm_set *set = kit_done(&k);
    assert_int_equal(ntm_set_value_count(set), 2);
    assert_string_equal(ntm_set_value(set, 0)->id, "roads");
    assert_true(ntm_set_value(set, 0)->has_most && !ntm_set_value(set, 0)->has_least);
    assert_int_equal(ntm_set_value(set, 0)->most.coefficient, 125);
    assert_int_equal(ntm_set_node(set, ntm_set_value(set, 0)->rule)->kind, NTM_PRODUCT);
    assert_int_equal(ntm_set_find_value(set, "unread"), 1);
    assert_true(ntm_set_find_value(set, "none") == SIZE_MAX);
    assert_null(ntm_set_value(set, 2));
    kit_end(&k);
}

static void values_refused(void **state) {
    (void)state;
    kit k;
    start(&k);
    kit_value(&k, "a", "km", NULL, k_fact(&k, "poor"));
    expect(&k, NTM_ERROR_UNIT, "not in its unit");
    start(&k);
    kit_value(&k, "a", "km", NULL, k_attested(&k, "hard"));
    expect(&k, NTM_ERROR_SCHEMA, "a quantity is wanted");
    start(&k);
    kit_value(&k, "a", "km", NULL, k_fact(&k, "road"));
    kit_value(&k, "a", "km", NULL, k_fact(&k, "road"));
    expect(&k, NTM_ERROR_SCHEMA, "already");
    start(&k);
    kit_value(&k, "a", "km", NULL, k_value(&k, "b"));
    expect(&k, NTM_ERROR_NOT_FOUND, "no value \"b\"");
    start(&k);
    ntm_value bounds = {.id = "a", .has_least = true, .has_most = true, .least = {3, 0}, .most = {2, 0}};
    assert_int_equal(ntm_set_add_value(k.builder, &bounds, &k.err), NTM_OK);
    expect(&k, NTM_ERROR_SCHEMA, "least is above most");
    start(&k);
    kit_value(&k, "a", "km/", NULL, 0);
    expect(&k, NTM_ERROR_SCHEMA, "is no unit");
}

static void loops_through_values(void **state) {
    (void)state;
    kit k;
    start(&k);
    kit_value(&k, "a", "km", NULL, k_of(&k, NTM_SUM, k_fact(&k, "road"), k_value(&k, "b")));
    kit_value(&k, "b", "km", NULL, k_value(&k, "a"));
    expect(&k, NTM_ERROR_SCHEMA, "loop");
    start(&k); /* value -> count over all criteria -> a criterion -> the value */
    kit_value(&k, "met", NULL, NULL, k_count(&k, NTM_COUNT, NTM_OVER_CRITERIA, NTM_MET, NULL, 0));
    kit_criterion(&k, "2", k_compare(&k, k_value(&k, "met"), NTM_MORE, k_number(&k, "0", NULL)));
    expect(&k, NTM_ERROR_SCHEMA, "loop");
    start(&k);
    ntm_node inside = k_compare(&k, k_value(&k, "met"), NTM_MORE, k_number(&k, "0", NULL));
    kit_value(&k, "met", NULL, NULL, k_count(&k, NTM_COUNT, NTM_OVER_CRITERIA, NTM_MET, NULL, 0));
    kit_precondition(&k, "p", k_over(&k, NTM_EVERY, NTM_OVER_CHILDREN, "village", "good", inside));
    expect(&k, NTM_ERROR_SCHEMA, "among children");
}

static void scope_refused(void **state) {
    (void)state;
    kit k;
    start(&k);
    kit_scope(&k, "district", "BTB", k_attested(&k, "hard"));
    expect(&k, NTM_ERROR_NOT_FOUND, "no axis \"district\"");
    start(&k);
    kit_scope(&k, "region", "XYZ", k_attested(&k, "hard"));
    expect(&k, NTM_ERROR_NOT_FOUND, "no value \"XYZ\"");
    start(&k);
    kit_scope(&k, "year", "2020", k_attested(&k, "hard"));
    expect(&k, NTM_ERROR_SCHEMA, "another year");
    start(&k);
    kit_scope(&k, "region", "TN", 0);
    expect(&k, NTM_ERROR_SCHEMA, "without its condition");
    start(&k);
    kit_scope(&k, "region", "TN", k_criterion(&k, "1"));
    expect(&k, NTM_ERROR_SCHEMA, "alone");
    start(&k);
    kit_figure(&k, "least", "km", "3");
    kit_scope(&k, "region", "TN", k_compare(&k, k_fact(&k, "road"), NTM_LESS, k_figure(&k, "least")));
    expect(&k, NTM_ERROR_SCHEMA, "alone");
    start(&k);
    kit_axis(&k, "class", regions, 2);
    kit_scope(&k, "region", "TN", k_attested(&k, "hard"));
    kit_scope(&k, "class", "TN", k_attested(&k, "hard"));
    expect(&k, NTM_ERROR_SCHEMA, "one axis");
}

static ntm_node stars(kit *k) {
    ntm_band bands[2];
    memset(bands, 0, sizeof bands);
    bands[0] = (ntm_band){"3", {NULL, NULL}, false, true, false, true, {0, 0}, {70, 0}, 0, 0, 0};
    bands[1] = (ntm_band){"4", {NULL, NULL}, true, false, false, false, {70, 0}, {0, 0}, 0, 0, 0};
    ntm_node of = k_number(k, "71", "point");
    ntm_node_spec grade = {.kind = NTM_GRADE, .of = &of, .of_count = 1, .bands = bands, .band_count = 2};
    return kit_node(k, &grade);
}

static void recognition(void **state) {
    (void)state;
    const ntm_date day = ntm_date_ymd(2022, 10, 31), none = NTM_DATE_NONE;
    kit k;
    start(&k);
    kit_rules(&k, 0, 0, stars(&k));
    kit_recogniser(&k, "tỉnh", "3", none, day - 1);
    kit_recogniser(&k, "huyện", "3", day, none);
    kit_recogniser(&k, "trung ương", "4", none, none);
    const ntm_set *set = kit_done(&k);
    assert_int_equal(ntm_set_recogniser_count(set), 3);
    assert_string_equal(ntm_set_recogniser(set, 1)->by.vi, "huyện");
    assert_int_equal(ntm_set_recogniser(set, 1)->from, day);
    kit_end(&k);
    start(&k);
    kit_rules(&k, 0, 0, stars(&k));
    kit_recogniser(&k, "tỉnh", "3", none, day);
    kit_recogniser(&k, "huyện", "3", day, none);
    expect(&k, NTM_ERROR_CONFLICT, "the same class");
    start(&k);
    kit_rules(&k, 0, 0, stars(&k));
    kit_recogniser(&k, "tỉnh", NULL, day, day + 5);
    kit_recogniser(&k, "huyện", "4", day + 5, none);
    expect(&k, NTM_ERROR_CONFLICT, "the same class");
    start(&k);
    kit_recogniser(&k, "tỉnh", "3", none, none);
    expect(&k, NTM_ERROR_NOT_FOUND, "no class \"3\"");
    start(&k);
    kit_recogniser(&k, "tỉnh", NULL, day, day - 1);
    expect(&k, NTM_ERROR_SCHEMA, "before its first");
    start(&k);
    kit_recogniser(&k, NULL, NULL, day, day);
    expect(&k, NTM_ERROR_SCHEMA, "without the authority");
}

static void counterparts(void **state) {
    (void)state;
    kit k;
    start(&k);
    kit_counterpart(&k, "1", "7", true);
    kit_counterpart(&k, "1.1", "7.1", false);
    const ntm_set *set = kit_done(&k);
    assert_string_equal(ntm_set_about(set)->follows, "set-before");
    assert_int_equal(ntm_set_counterpart_count(set), 2);
    assert_true(ntm_set_counterpart(set, 0)->is_criterion);
    assert_string_equal(ntm_set_counterpart(set, 1)->of, "7.1");
    kit_end(&k);
    start(&k);
    kit_counterpart(&k, "9", "7", true);
    expect(&k, NTM_ERROR_NOT_FOUND, "no criterion \"9\"");
    start(&k);
    kit_counterpart(&k, "1.1", "7.1", false);
    kit_counterpart(&k, "1.1", "7.2", false);
    expect(&k, NTM_ERROR_CONFLICT, "paired already");
    start(&k);
    kit_indicator(&k, "1.2", k_attested(&k, "hard"));
    kit_counterpart(&k, "1.1", "7.1", false);
    kit_counterpart(&k, "1.2", "7.1", false);
    expect(&k, NTM_ERROR_CONFLICT, "paired already");
    start(&k);
    kit_counterpart(&k, "1", "no id!", true);
    expect(&k, NTM_ERROR_SCHEMA, "no id");
}

static void start_of(kit *k, const char *follows, const char *revocation_by) {
    ntm_set_spec spec = kit_spec();
    spec.follows = follows;
    spec.revocation_by = revocation_by;
    kit_start_spec(k, &spec, NULL);
    kit_fact(k, "hard", NTM_KIND_FLAG, NULL);
    kit_criterion(k, "1", k_attested(k, "hard"));
}

static void sets_that_name_themselves(void **state) {
    (void)state;
    kit k;
    start_of(&k, "test-set", NULL);
    expect(&k, NTM_ERROR_SCHEMA, "refers to itself");
    start_of(&k, NULL, "test-set");
    expect(&k, NTM_ERROR_SCHEMA, "refers to itself");
    start_of(&k, "no id!", NULL);
    expect(&k, NTM_ERROR_SCHEMA, "no id of a set");
    start_of(&k, NULL, NULL);
    kit_counterpart(&k, "1", "1", true);
    expect(&k, NTM_ERROR_SCHEMA, "not followed");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_read_back),
        cmocka_unit_test(values_refused),
        cmocka_unit_test(loops_through_values),
        cmocka_unit_test(scope_refused),
        cmocka_unit_test(recognition),
        cmocka_unit_test(counterparts),
        cmocka_unit_test(sets_that_name_themselves),
    };
    return cmocka_run_group_tests_name("how a set is put into practice", tests, NULL, NULL);
}
