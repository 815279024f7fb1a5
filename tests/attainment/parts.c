/* SPDX-License-Identifier: Apache-2.0 */
/* Counts, shares, points, members, children, other units, grades, the parts of a set. */
#include "sheet.h"

#include <string.h>

static void four_flags(kit *k) {
    static const char *const ids[] = {"a", "b", "c", "d"};
    static const char *const names[] = {"1", "2", "3", "4"};
    kit_start(k, NULL);
    for (size_t at = 0; at < 4; at++)
        kit_fact(k, ids[at], NTM_KIND_FLAG, NULL);
    for (size_t at = 0; at < 4; at++)
        kit_criterion(k, names[at], k_attested(k, ids[at]));
}

static void flags_of_rows(sheet *s) {
    sheet_start(s, 5);
    sheet_cells(s, "a", AS_BITS, "yes no ? no ?");
    sheet_cells(s, "b", AS_BITS, "yes no ? yes ?");
    sheet_cells(s, "c", AS_BITS, "yes no ? ? no");
    sheet_cells(s, "d", AS_BITS, "yes no ? ? no");
}

static void counts_over_criteria(void **state) {
    (void)state;
    static const char *const some[] = {"3", "4"};
    kit k;
    sheet s;
    four_flags(&k);
    ntm_node met = k_count(&k, NTM_COUNT, NTM_OVER_CRITERIA, NTM_MET, NULL, 0);
    ntm_node not_met = k_count(&k, NTM_COUNT, NTM_OVER_CRITERIA, NTM_NOT_MET, NULL, 0);
    kit_precondition(&k, "three", k_compare(&k, met, NTM_MORE_OR_EQUAL, k_number(&k, "3", NULL)));
    kit_precondition(&k, "lost", k_compare(&k, not_met, NTM_MORE_OR_EQUAL, k_number(&k, "2", NULL)));
    ntm_node share = k_count(&k, NTM_SHARE, NTM_OVER_CRITERIA, NTM_OPEN, NULL, 0); /* open counts met */
    kit_precondition(&k, "three-quarters", k_compare(&k, share, NTM_MORE_OR_EQUAL, k_number(&k, "75", "%")));
    ntm_node two = k_count(&k, NTM_COUNT, NTM_OVER_CRITERIA, NTM_MET, some, 2);
    kit_precondition(&k, "both", k_compare(&k, two, NTM_EQUAL, k_number(&k, "2", NULL)));
    ntm_node lost = k_count(&k, NTM_COUNT, NTM_OVER_CRITERIA, NTM_NOT_MET, some, 2);
    kit_rules(&k, 0, k_compare(&k, lost, NTM_MORE, k_number(&k, "0", NULL)), 0);
    (void)kit_done(&k);
    flags_of_rows(&s);
    expect_column(k.set, &s, NTM_OF_PRECONDITION, 0, "+-oo-");
    expect_column(k.set, &s, NTM_OF_PRECONDITION, 1, "-+oo+");
    expect_column(k.set, &s, NTM_OF_PRECONDITION, 2, "+-oo-");
    expect_column(k.set, &s, NTM_OF_PRECONDITION, 3, "+-oo-");
    expect_column(k.set, &s, NTM_OF_REVOCATION, 0, "-+oo+");
    expect_column(k.set, &s, NTM_OF_CRITERIA_STATUS, 0, "+-o--");
    expect_met(k.set, &s, "4-4 0-0 0-4 1-3 0-2");
    sheet_end(&s);
    kit_end(&k);
}

static void counts_over_indicators(void **state) {
    (void)state;
    static const char *const some[] = {"1.2", "2.1"};
    kit k;
    sheet s;
    kit_start(&k, NULL);
    kit_fact(&k, "a", NTM_KIND_FLAG, NULL);
    kit_fact(&k, "b", NTM_KIND_FLAG, NULL);
    kit_fact(&k, "c", NTM_KIND_FLAG, NULL);
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "1.1", k_attested(&k, "a"));
    kit_indicator(&k, "1.2", k_attested(&k, "b"));
    kit_criterion(&k, "2", 0);
    kit_indicator(&k, "2.1", k_attested(&k, "c"));
    ntm_node all = k_count(&k, NTM_SHARE, NTM_OVER_INDICATORS, NTM_MET, NULL, 0);
    kit_precondition(
        &k, "two-thirds",
        k_compare(&k, all, NTM_MORE_OR_EQUAL, k_of(&k, NTM_RATIO, k_number(&k, "2", NULL), k_number(&k, "3", NULL))));
    ntm_node few = k_count(&k, NTM_COUNT, NTM_OVER_INDICATORS, NTM_NOT_MET, some, 2);
    kit_precondition(&k, "one-lost", k_compare(&k, few, NTM_EQUAL, k_number(&k, "1", NULL)));
    (void)kit_done(&k);
    sheet_start(&s, 5);
    sheet_cells(&s, "a", AS_BYTES, "yes yes yes no ?");
    sheet_cells(&s, "b", AS_BYTES, "yes no ? no yes");
    sheet_cells(&s, "c", AS_BYTES, "no yes ? ? yes");
    expect_column(k.set, &s, NTM_OF_PRECONDITION, 0, "++o-+");
    expect_column(k.set, &s, NTM_OF_PRECONDITION, 1, "++oo-");
    sheet_end(&s);
    kit_end(&k);
}

static void points_of_ladders(void **state) {
    (void)state;
    kit k;
    sheet s;
    kit_start(&k, NULL);
    kit_fact(&k, "a", NTM_KIND_FLAG, NULL);
    kit_fact(&k, "b", NTM_KIND_FLAG, NULL);
    static const char *const ids[] = {"from0", "from1", "from2", "from3", "is1"};
    static const char *const least[] = {"0", "1", "2.5", "3", "1"};
    kit_criterion(&k, "1", 0);
    for (size_t at = 0; at < 5; at++) {
        const ntm_node of[2] = {k_attested(&k, "a"), k_attested(&k, "b")};
        const ntm_decimal points[2] = {{3, 0}, {10, 1}};
        ntm_node node = k_points(&k, of, points, 2);
        kit_indicator(&k, ids[at],
                      k_compare(&k, node, at == 4 ? NTM_EQUAL : NTM_MORE_OR_EQUAL, k_number(&k, least[at], "point")));
    }
    (void)kit_done(&k);
    sheet_start(&s, 9); /* 3 3 3 | 1 0 0..1 | 1..3 0..3 0..3 */
    sheet_cells(&s, "a", AS_BYTES, "yes yes yes no no no ? ? ?");
    sheet_cells(&s, "b", AS_BYTES, "yes no ? yes no ? yes no ?");
    expect_indicator(k.set, &s, "from0", "+++++++++");
    expect_indicator(k.set, &s, "from1", "++++-o+oo");
    expect_indicator(k.set, &s, "from2", "+++---ooo");
    expect_indicator(k.set, &s, "from3", "+++---ooo");
    expect_indicator(k.set, &s, "is1", "---+-oooo");
    sheet_end(&s);
    kit_end(&k);
}

static void members(void **state) {
    (void)state;
    static const char *const sexes[] = {"female", "male"};
    kit k;
    sheet s;
    kit_start(&k, NULL);
    kit_dimension(&k, "sex", sexes, 2);
    kit_by(&k, "trained", NTM_KIND_COUNT, "person", "sex");
    kit_fact(&k, "all", NTM_KIND_COUNT, "person");
    kit_criterion(&k, "1", 0);
    ntm_node three = k_compare(&k, k_fact(&k, "trained"), NTM_MORE_OR_EQUAL, k_number(&k, "3", "person"));
    kit_indicator(&k, "every", k_over(&k, NTM_EVERY, NTM_OVER_MEMBERS, "sex", NULL, three));
    three = k_compare(&k, k_fact(&k, "trained"), NTM_MORE_OR_EQUAL, k_number(&k, "3", "person"));
    ntm_node count = k_over(&k, NTM_COUNT, NTM_OVER_MEMBERS, "sex", NULL, three);
    kit_indicator(&k, "one", k_compare(&k, count, NTM_EQUAL, k_number(&k, "1", NULL)));
    ntm_node most =
        k_compare(&k, k_of(&k, NTM_RATIO, k_fact(&k, "trained"), k_fact(&k, "all")), NTM_MORE, k_number(&k, "30", "%"));
    ntm_node share = k_over(&k, NTM_SHARE, NTM_OVER_MEMBERS, "sex", NULL, most);
    kit_indicator(&k, "half", k_compare(&k, share, NTM_MORE_OR_EQUAL, k_number(&k, "50", "%")));
    (void)kit_done(&k);
    sheet_start(&s, 5);
    sheet_cells(&s, "trained[female]", AS_INT32, "3 2 2 ? 2");
    sheet_cells(&s, "trained[male]", AS_INT64, "4 4 1 4 ?");
    sheet_cells(&s, "all", AS_INT64, "7 7 10 10 10");
    expect_indicator(k.set, &s, "every", "+--o-");
    expect_indicator(k.set, &s, "one", "-+-oo");
    expect_indicator(k.set, &s, "half", "++-+o");
    sheet_end(&s);
    kit_end(&k);
}

static void children(void **state) {
    (void)state;
    kit k;
    sheet s;
    kit_start(&k, NULL);
    kit_fact(&k, "seen", NTM_KIND_FLAG, NULL);
    kit_criterion(&k, "1", 0);
    ntm_node share = k_over(&k, NTM_SHARE, NTM_OVER_CHILDREN, "village", "v", k_attested(&k, "seen"));
    kit_indicator(&k, "share", k_compare(&k, share, NTM_MORE_OR_EQUAL, k_number(&k, "70", "%")));
    ntm_node count = k_over(&k, NTM_COUNT, NTM_OVER_CHILDREN, "village", "v", k_attested(&k, "seen"));
    kit_indicator(&k, "count", k_compare(&k, count, NTM_MORE, k_number(&k, "2", NULL)));
    kit_indicator(&k, "every", k_over(&k, NTM_EVERY, NTM_OVER_CHILDREN, "village", "v", k_attested(&k, "seen")));
    (void)kit_done(&k);
    for (int with_open = 0; with_open < 2; with_open++) {
        sheet_start(&s, 7);
        sheet_cells(&s, "children:v:met", AS_INT64, "7 6 0 10 ? 3 10");
        if (with_open) sheet_cells(&s, "children:v:open", AS_INT32, "0 3 0 0 ? 0 0");
        sheet_cells(&s, "children:v:total", AS_INT64, "10 10 0 10 10 ? 10");
        expect_indicator(k.set, &s, "share", with_open ? "+oo+oo+" : "+oo+oo+");
        expect_indicator(k.set, &s, "count", with_open ? "++-+o++" : "++-+o++");
        expect_indicator(k.set, &s, "every", with_open ? "--o+oo+" : "ooo+oo+");
        sheet_end(&s);
    }
    sheet_start(&s, 2); /* no column at all */
    expect_indicator(k.set, &s, "share", "oo");
    expect_indicator(k.set, &s, "every", "oo");
    sheet_end(&s);
    kit_end(&k);
}

static ntm_node elsewhere(kit *k, ntm_node_kind kind, const char *name, const char *label, const char *unit) {
    ntm_node_spec spec;
    memset(&spec, 0, sizeof spec);
    spec.kind = kind;
    spec.name = name;
    spec.label = label;
    spec.unit = unit;
    return kit_node(k, &spec);
}

static void other_times_and_units(void **state) {
    (void)state;
    kit k;
    sheet s;
    kit_start(&k, NULL);
    kit_fact(&k, "income", NTM_KIND_MONEY, "triệu đồng/người/năm");
    kit_criterion(&k, "1", 0);
    ntm_node past = elsewhere(&k, NTM_PAST, "income", "recognition", NULL);
    kit_indicator(&k, "past", k_compare(&k, k_fact(&k, "income"), NTM_MORE, past));
    ntm_node parent = elsewhere(&k, NTM_OF_PARENT, "income", "province", NULL);
    kit_indicator(&k, "parent", k_compare(&k, k_fact(&k, "income"), NTM_MORE, parent));
    ntm_node average = elsewhere(&k, NTM_AVERAGE, "income", "province", NULL);
    ntm_node tenth = k_of(&k, NTM_PRODUCT, k_number(&k, "110", "%"), average);
    kit_indicator(&k, "average", k_compare(&k, k_fact(&k, "income"), NTM_MORE_OR_EQUAL, tenth));
    ntm_node figure = elsewhere(&k, NTM_FIGURE_OF, "least", "advanced", "VND/person/year");
    kit_indicator(&k, "figure", k_compare(&k, k_fact(&k, "income"), NTM_MORE_OR_EQUAL, figure));
    kit_indicator(&k, "holds", k_holds(&k, "advanced"));
    (void)kit_done(&k);
    sheet_start(&s, 5);
    sheet_cells(&s, "income", AS_DOUBLE, "36.5 36.5 36.5 36.5 ?");
    sheet_cells(&s, "past:recognition:income", AS_DECIMAL, "36.49 36.50 37 ? 1");
    sheet_cells(&s, "parent:province:income", AS_INT64, "36 37 ? ~ 1");
    sheet_cells(&s, "average:province:income", AS_DOUBLE, "33.18 33.19 ? 33 33");
    sheet_cells(&s, "figure:advanced:least", AS_INT64, "36500000 36500001 ? 36499999 36000000");
    sheet_cells(&s, "holds:advanced", AS_BITS, "yes no ? ~ yes");
    expect_indicator(k.set, &s, "past", "+--oo");
    expect_indicator(k.set, &s, "parent", "+-ooo");
    expect_indicator(k.set, &s, "average", "+-o+o");
    expect_indicator(k.set, &s, "figure", "+-o+o");
    expect_indicator(k.set, &s, "holds", "+-oo+");
    sheet_end(&s);
    kit_end(&k);
}

static void smallest_and_largest(void **state) {
    (void)state;
    kit k;
    sheet s;
    kit_start(&k, NULL);
    kit_fact(&k, "a", NTM_KIND_COUNT, "house");
    kit_fact(&k, "b", NTM_KIND_COUNT, "house");
    kit_criterion(&k, "1", 0);
    ntm_node least = k_of(&k, NTM_MINIMUM, k_fact(&k, "a"), k_fact(&k, "b"));
    kit_indicator(&k, "least", k_compare(&k, least, NTM_MORE_OR_EQUAL, k_number(&k, "5", "house")));
    ntm_node most = k_of(&k, NTM_MAXIMUM, k_fact(&k, "a"), k_fact(&k, "b"));
    kit_indicator(&k, "most", k_compare(&k, most, NTM_MORE_OR_EQUAL, k_number(&k, "5", "house")));
    (void)kit_done(&k);
    sheet_start(&s, 7);
    sheet_cells(&s, "a", AS_INT16, "5 4 5 4 ? ? ?");
    sheet_cells(&s, "b", AS_INT64, "6 6 4 4 4 5 ?");
    expect_indicator(k.set, &s, "least", "+----oo");
    expect_indicator(k.set, &s, "most", "+++-o+o");
    sheet_end(&s);
    kit_end(&k);
}

static void levels(void **state) {
    (void)state;
    static const char *const scale[] = {"yếu", "khá", "tốt"};
    static const form forms[] = {AS_TEXT, AS_CODES};
    kit k;
    sheet s;
    kit_start(&k, NULL);
    kit_levels(&k, "rating", scale, 3);
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "fair", k_at_level(&k, "khá", "rating"));
    kit_indicator(&k, "good", k_at_level(&k, "tốt", "rating"));
    (void)kit_done(&k);
    for (size_t at = 0; at < 2; at++) {
        sheet_start(&s, 5);
        sheet_cells(&s, "rating", forms[at], "tốt khá yếu ? ~");
        expect_indicator(k.set, &s, "fair", "++-oo");
        expect_indicator(k.set, &s, "good", "+--oo");
        sheet_end(&s);
        sheet_start(&s, 5);
        sheet_cells(&s, "rating", forms[at], "tốt khá trung yếu kém");
        expect_failure(k.set, &s, NTM_ERROR_VALUE, "trung", 2);
        sheet_end(&s);
    }
    kit_end(&k);
}

static void grades(void **state) {
    (void)state;
    kit k;
    sheet s;
    kit_start(&k, NULL);
    kit_bounded(&k, "points", NTM_KIND_AMOUNT, "point", "0", "100");
    kit_fact(&k, "mandatory", NTM_KIND_FLAG, NULL);
    kit_fact(&k, "fraud", NTM_KIND_FLAG, NULL);
    ntm_band bands[3];
    memset(bands, 0, sizeof bands);
    bands[0] = (ntm_band){"3", {NULL, NULL}, true, true, false, true, {50, 0}, {70, 0}, 0, 0, 0};
    bands[1] =
        (ntm_band){"4", {NULL, NULL}, true, true, false, false, {70, 0}, {90, 0}, k_attested(&k, "mandatory"), 0, 0};
    bands[2] = (ntm_band){"5", {NULL, NULL}, true, false, true, false, {90, 0}, {0, 0}, 0, 0, 0};
    ntm_node of = k_fact(&k, "points");
    ntm_node_spec spec;
    memset(&spec, 0, sizeof spec);
    spec.kind = NTM_GRADE;
    spec.of = &of;
    spec.of_count = 1;
    spec.bands = bands;
    spec.band_count = 3;
    spec.knock_out = k_attested(&k, "fraud");
    kit_rules(&k, 0, 0, kit_node(&k, &spec));
    kit_criterion(&k, "1", k_attested(&k, "mandatory"));
    (void)kit_done(&k);
    sheet_start(&s, 12);
    sheet_cells(&s, "points", AS_DECIMAL, "49.9 50 69.9 70 70 70 90 90.1 95 80 ? 60");
    sheet_cells(&s, "mandatory", AS_BITS, "yes no no yes no ? yes no no yes yes yes");
    sheet_cells(&s, "fraud", AS_BITS, "no no no no no no no no yes ? no ~");
    expect_grade(k.set, &s, "0-0 1-1 1-1 2-2 1-1 1-2 2-2 3-3 0-0 0-2 0-3 0-1");
    sheet_end(&s);
    kit_end(&k);
}

static void status_and_preconditions(void **state) {
    (void)state;
    kit k;
    sheet s;
    kit_start(&k, NULL);
    kit_fact(&k, "a", NTM_KIND_FLAG, NULL);
    kit_fact(&k, "p", NTM_KIND_FLAG, NULL);
    kit_criterion(&k, "1", k_attested(&k, "a"));
    kit_precondition(&k, "registered", k_attested(&k, "p"));
    (void)kit_done(&k);
    sheet_start(&s, 9);
    sheet_cells(&s, "a", AS_BYTES, "yes yes yes no no no ? ? ?");
    sheet_cells(&s, "p", AS_BYTES, "yes no ? yes no ? yes no ?");
    expect_column(k.set, &s, NTM_OF_CRITERIA_STATUS, 0, "+++---ooo");
    expect_column(k.set, &s, NTM_OF_PRECONDITION, 0, "+-o+-o+-o");
    expect_status(k.set, &s, "+-o---o-o");
    expect_column(k.set, &s, NTM_OF_REVOCATION, 0, "ooooooooo");
    expect_grade(k.set, &s, "0-0 0-0 0-0 0-0 0-0 0-0 0-0 0-0 0-0");
    sheet_end(&s);
    kit_end(&k);
}

static void criteria_that_lean_on_others(void **state) {
    (void)state;
    kit k;
    sheet s;
    kit_start(&k, NULL);
    kit_fact(&k, "a", NTM_KIND_FLAG, NULL);
    kit_fact(&k, "b", NTM_KIND_FLAG, NULL);
    kit_criterion(&k, "3", k_of(&k, NTM_ALL, k_criterion(&k, "1"), k_indicator(&k, "2.2")));
    kit_criterion(&k, "1", k_of(&k, NTM_NOT, k_indicator(&k, "2.1")));
    kit_criterion(&k, "2", k_indicator(&k, "2.1"));
    kit_indicator(&k, "2.1", k_attested(&k, "a"));
    kit_indicator(&k, "2.2", k_attested(&k, "b"));
    kit_rules(&k, k_of(&k, NTM_ANY, k_criterion(&k, "3"), k_criterion(&k, "2")), 0, 0);
    (void)kit_done(&k);
    sheet_start(&s, 4);
    sheet_cells(&s, "a", AS_BYTES, "yes no no ?");
    sheet_cells(&s, "b", AS_BYTES, "yes yes ? no");
    expect_criterion(k.set, &s, "1", "-++o");
    expect_criterion(k.set, &s, "2", "+--o");
    expect_criterion(k.set, &s, "3", "-+o-");
    expect_status(k.set, &s, "++oo");
    expect_met(k.set, &s, "1-1 2-2 1-2 0-2");
    sheet_end(&s);
    kit_end(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(counts_over_criteria),
                                       cmocka_unit_test(counts_over_indicators),
                                       cmocka_unit_test(points_of_ladders),
                                       cmocka_unit_test(members),
                                       cmocka_unit_test(children),
                                       cmocka_unit_test(other_times_and_units),
                                       cmocka_unit_test(smallest_and_largest),
                                       cmocka_unit_test(levels),
                                       cmocka_unit_test(grades),
                                       cmocka_unit_test(status_and_preconditions),
                                       cmocka_unit_test(criteria_that_lean_on_others)};
    return cmocka_run_group_tests_name("parts", tests, NULL, NULL);
}
