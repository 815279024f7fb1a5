/* SPDX-License-Identifier: Apache-2.0 */
/* Units: what may be compared and added, and what may not (docs/units.md). */
#include "kit.h"

#include <stdio.h>
#include <string.h>

/* A quantity in a unit that is written as one. */
static ntm_node of_unit(kit *k, const char *unit) { return k_number(k, "1", unit); }

static void compare_units(const char *a, const char *b, bool fits) {
    kit k;
    kit_start(&k, NULL);
    kit_criterion(&k, "1", k_compare(&k, of_unit(&k, a), NTM_LESS, of_unit(&k, b)));
    ntm_status status = kit_freeze(&k);
    if (fits != (status == NTM_OK) || (!fits && status != NTM_ERROR_UNIT))
        fail_msg("%s compared with %s: %s %s", a, b, ntm_status_name(status), k.err.message);
    if (!fits) {
        if (k.err.message[0] == '\0') fail_msg("%s with %s: no message", a, b);
    }
    kit_end(&k);
}

static void words_and_their_scales(void **state) {
    (void)state;
    static const char *const same[][2] = {{"km", "m"},
                                          {"m2", "ha"},
                                          {"ha", "km2"},
                                          {"kg", "tonne"},
                                          {"tonne", "tấn"},
                                          {"%", "percent"},
                                          {"%", "1"},
                                          {"VND", "đồng"},
                                          {"nghìn đồng", "thousand VND"},
                                          {"triệu đồng", "million VND"},
                                          {"tỷ đồng", "billion VND"},
                                          {"VND", "billion VND"},
                                          {"household", "hộ"},
                                          {"person", "người"},
                                          {"house", "nhà"},
                                          {"village", "thôn"},
                                          {"commune", "xã"},
                                          {"year", "năm"},
                                          {"month", "tháng"},
                                          {"day", "ngày"},
                                          {"point", "điểm"},
                                          {"triệu đồng/người/năm", "VND/person/year"},
                                          {"triệu đồng/năm", "tỷ đồng/year"},
                                          {"m2/person", "ha/người"},
                                          {"school", "school"},
                                          {"school/commune", "trường/xã"},
                                          {"producer", "hộ và cơ sở"}};
    static const char *const different[][2] = {{"km", "%"},
                                               {"km", "km2"},
                                               {"m2", "m3"},
                                               {"household", "person"},
                                               {"household", "hộ/năm"},
                                               {"VND", "household"},
                                               {"triệu đồng/người", "triệu đồng/năm"},
                                               {"month", "year"},
                                               {"day", "date"},
                                               {"school", "class"},
                                               {"school", "1"},
                                               {"point", "1"},
                                               {"kg", "m3"},
                                               {"%", "household"},
                                               {"triệu đồng/người/năm", "triệu đồng/hộ/năm"},
                                               {"day", "month"},
                                               {"year", "1"}};
    for (size_t at = 0; at < sizeof same / sizeof same[0]; at++) {
        compare_units(same[at][0], same[at][1], true);
        compare_units(same[at][1], same[at][0], true);
    }
    for (size_t at = 0; at < sizeof different / sizeof different[0]; at++) {
        compare_units(different[at][0], different[at][1], false);
        compare_units(different[at][1], different[at][0], false);
    }
    compare_units(NULL, "%", true);
    compare_units(NULL, "1", true);
    compare_units(NULL, "km", false);
}

static void length_times_length_is_area(void **state) {
    (void)state;
    kit k;
    kit_start(&k, NULL);
    ntm_node area = k_of(&k, NTM_PRODUCT, of_unit(&k, "km"), of_unit(&k, "m"));
    kit_criterion(&k, "1", k_compare(&k, area, NTM_EQUAL, k_number(&k, "0.1", "ha")));
    (void)kit_done(&k);
    kit_end(&k);
}

typedef struct law {
    ntm_node_kind kind;
    const char *a;
    const char *b;
    const char *result; /* NULL = refused */
} law;

static void quantities_have_units(void **state) {
    (void)state;
    static const law laws[] = {{NTM_SUM, "km", "m", "m"},
                               {NTM_SUM, "km", "%", NULL},
                               {NTM_SUM, "km", "household", NULL},
                               {NTM_DIFFERENCE, "triệu đồng", "tỷ đồng", "VND"},
                               {NTM_DIFFERENCE, "household", "person", NULL},
                               {NTM_MINIMUM, "km", "m", "km"},
                               {NTM_MINIMUM, "km", "kg", NULL},
                               {NTM_MAXIMUM, "%", "1", "%"},
                               {NTM_MAXIMUM, "%", "point", NULL},
                               {NTM_RATIO, "household", "household", "%"},
                               {NTM_RATIO, "km", "m", "1"},
                               {NTM_RATIO, "km", "m", "%"},
                               {NTM_RATIO, "triệu đồng", "person", "VND/người"},
                               {NTM_RATIO, "m2", "person", "m2/person"},
                               {NTM_RATIO, "m2", "m", "km"},
                               {NTM_PRODUCT, "triệu đồng/người", "person", "tỷ đồng"},
                               {NTM_PRODUCT, "m2", "m", "m3"},
                               {NTM_PRODUCT, "%", "household", "household"},
                               {NTM_PRODUCT, "1", "km", "m"}};
    for (size_t at = 0; at < sizeof laws / sizeof laws[0]; at++) {
        kit k;
        kit_start(&k, NULL);
        ntm_node node = k_of(&k, laws[at].kind, of_unit(&k, laws[at].a), of_unit(&k, laws[at].b));
        ntm_node with = of_unit(&k, laws[at].result == NULL ? laws[at].a : laws[at].result);
        kit_criterion(&k, "1", k_compare(&k, node, NTM_LESS, with));
        ntm_status status = kit_freeze(&k);
        if (status != (laws[at].result == NULL ? NTM_ERROR_UNIT : NTM_OK))
            fail_msg("kind %d of %s and %s: %s %s", (int)laws[at].kind, laws[at].a, laws[at].b, ntm_status_name(status),
                     k.err.message);
        kit_end(&k);
        if (laws[at].result == NULL) continue;
        kit_start(&k, NULL); /* and the result is nothing else */
        node = k_of(&k, laws[at].kind, of_unit(&k, laws[at].a), of_unit(&k, laws[at].b));
        kit_criterion(&k, "1", k_compare(&k, node, NTM_LESS, of_unit(&k, "elephant")));
        assert_int_equal(kit_freeze(&k), NTM_ERROR_UNIT);
        kit_end(&k);
    }
}

static void the_place_of_a_unit_problem(void **state) {
    (void)state;
    kit k;
    kit_start(&k, NULL);
    kit_fact(&k, "road", NTM_KIND_AMOUNT, "km");
    const ntm_node of[2] = {k_fact(&k, "road"), k_number(&k, "50", "%")};
    ntm_node_spec spec;
    memset(&spec, 0, sizeof spec);
    spec.kind = NTM_COMPARE;
    spec.of = of;
    spec.of_count = 2;
    spec.compare = NTM_MORE;
    spec.line = 41;
    spec.column = 9;
    kit_criterion(&k, "1", kit_node(&k, &spec));
    kit_expect(&k, NTM_ERROR_UNIT, "km", 41, 9);
    kit_expect(&k, NTM_ERROR_UNIT, "%", 41, 9);
    kit_end(&k);
}

/* Facts and figures have their own units, shares are plain, points are points (or plain numbers). */
static void units_of_the_other_kinds(void **state) {
    (void)state;
    kit k;
    kit_start(&k, NULL);
    kit_fact(&k, "income", NTM_KIND_MONEY, "triệu đồng/người/năm");
    kit_fact(&k, "day", NTM_KIND_DATE, NULL);
    kit_figure(&k, "least", "VND/person/year", "36000000");
    kit_criterion(&k, "1", k_compare(&k, k_fact(&k, "income"), NTM_MORE, k_figure(&k, "least")));
    kit_criterion(&k, "2", k_compare(&k, k_fact(&k, "day"), NTM_LESS, k_number(&k, "18000", "date")));
    ntm_node met = k_count(&k, NTM_SHARE, NTM_OVER_CRITERIA, NTM_MET, NULL, 0);
    kit_rules(&k, k_compare(&k, met, NTM_MORE_OR_EQUAL, k_number(&k, "90", "%")), 0, 0);
    (void)kit_done(&k);
    kit_end(&k);
    kit_start(&k, NULL);
    kit_fact(&k, "day", NTM_KIND_DATE, NULL);
    kit_criterion(&k, "2", k_compare(&k, k_fact(&k, "day"), NTM_LESS, k_number(&k, "18000", "day")));
    kit_expect(&k, NTM_ERROR_UNIT, NULL, 0, 0);
    kit_end(&k);
    static const char *const kinds[] = {"km", "person", "%"};
    for (size_t at = 0; at < 3; at++) { /* money is money */
        kit_start(&k, NULL);
        kit_fact(&k, "cash", NTM_KIND_MONEY, kinds[at]);
        if (kit_freeze(&k) == NTM_OK) fail_msg("money in %s", kinds[at]);
        kit_end(&k);
    }
}

static void words_that_are_no_units(void **state) {
    (void)state;
    static const char *const wrong[] = {"/", "km/", "/km", "km//m", "", "km/ /h", "\xff"};
    for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; at++) {
        kit k;
        kit_start(&k, NULL);
        kit_fact(&k, "x", NTM_KIND_AMOUNT, wrong[at]);
        ntm_status status = kit_freeze(&k);
        if (status != NTM_ERROR_SCHEMA && status != NTM_ERROR_UNIT)
            fail_msg("unit \"%s\": %s", wrong[at], ntm_status_name(status));
        kit_end(&k);
    }
}

static void powers_between_units(void **state) {
    (void)state;
    static const struct {
        const char *from, *to;
        int power;
    } same[] = {{"tỷ đồng", "million VND", 3},
                {"ha", "m2", 4},
                {"km2", "ha", 2},
                {"%", NULL, -2},
                {"", "%", 2},
                {"đồng/người/năm", "triệu đồng/person/year", -6},
                {"mô hình", "mô hình", 0}};
    for (size_t at = 0; at < sizeof same / sizeof same[0]; at++) {
        int power = 99;
        assert_int_equal(ntm_measure_power(&power, same[at].from, same[at].to, NULL), NTM_OK);
        assert_int_equal(power, same[at].power);
    }
    ntm_error err = NTM_ERROR_INIT;
    int power = 99;
    assert_int_equal(ntm_measure_power(&power, "km", "hộ", &err), NTM_ERROR_UNIT);
    assert_non_null(strstr(err.message, "\"km\" and \"hộ\""));
    assert_int_equal(ntm_measure_power(&power, "tháng", "năm", NULL), NTM_ERROR_UNIT);
    assert_int_equal(ntm_measure_power(&power, "km//h", "km", &err), NTM_ERROR_SYNTAX);
    assert_string_equal(err.subject, "km//h");
    assert_int_equal(ntm_measure_power(&power, "km", "/", NULL), NTM_ERROR_SYNTAX);
    assert_int_equal(ntm_measure_power(NULL, "km", "km", NULL), NTM_ERROR_ARGUMENT);
    assert_int_equal(power, 99);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_their_scales),   cmocka_unit_test(length_times_length_is_area),
        cmocka_unit_test(quantities_have_units),    cmocka_unit_test(the_place_of_a_unit_problem),
        cmocka_unit_test(units_of_the_other_kinds), cmocka_unit_test(words_that_are_no_units),
        cmocka_unit_test(powers_between_units)};
    return cmocka_run_group_tests_name("units", tests, NULL, NULL);
}
