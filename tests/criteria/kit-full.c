/* SPDX-License-Identifier: Apache-2.0 */
/* One set with everything in it, and one thing changed at a time. */
#include "kit.h"

#include <string.h>

enum {
    SAME,
    SET_ID,
    TITLE,
    PLACE,
    ACT_NUMBER,
    ACT_END,
    NOTE,
    SOURCE_WHERE,
    AXIS_VALUE,
    DIMENSION_MEMBER,
    FACT_NAME,
    FACT_KIND,
    FACT_BOUND,
    FACT_LEVELS,
    FACT_MERGE,
    FACT_MERGE_PARTS,
    FACT_OVER_TIME,
    FACT_CLOSED_BY,
    FACT_PART,
    FIGURE_VALUE,
    FIGURE_CELL,
    FIGURE_GENERAL,
    FIGURE_DELEGATED,
    FIGURE_NOTE,
    FIGURE_LINE,
    SIGN,
    CONSTANT,
    EVIDENCE,
    LEVEL,
    NUMBER_K,
    POINTS,
    ROUNDING,
    DIGITS,
    EVENT,
    VERDICT,
    MEMBERS,
    CHILDREN,
    BAND,
    BAND_OPEN,
    KNOCK_OUT,
    CRITERION_NAME,
    CRITERION_GROUP,
    CRITERION_RULE,
    INDICATOR_NAME,
    INDICATOR_RULE,
    PRECONDITION,
    STATUS,
    REVOCATION,
    VALUE_MOST,
    VALUE_RULE,
    SCOPE_USE,
    SCOPE_WHEN,
    RECOGNISER_DAY,
    RECOGNISER_CLASS,
    FOLLOWS,
    FOLLOWS_NOTE,
    PAIR,
    REVOCATION_BY,
    VALIDITY,
    END
};

int kit_full_variants(void) { return END; }

static const char *either(bool second, const char *a, const char *b) { return second ? b : a; }

static void parts(kit *k, int vary) {
    const char *const regions[] = {"BTB", "DBSH", either(vary == AXIS_VALUE, "TN", "DNB")};
    const char *const years[] = {"2018", "2019", "2020", "2021"};
    const char *const sexes[] = {"female", "male", "unknown"};
    const ntm_names names[] = {{"Bắc Trung Bộ", "North Central"}, {NULL, "Red River Delta"}, {"Khác", NULL}};
    const ntm_axis region = {"region", {"Vùng", "Region"}, regions, names, 3};
    if (k->status == NTM_OK) k->status = ntm_set_add_axis(k->builder, &region, &k->err);
    kit_axis(k, "year", years, 4);
    kit_dimension(k, "sex", sexes, vary == DIMENSION_MEMBER ? 3 : 2);
    const ntm_source source = {"S2", either(vary == SOURCE_WHERE, "https://a", "https://b"), NULL};
    if (k->status == NTM_OK) k->status = ntm_set_add_source(k->builder, &source, &k->err);
}

static void facts(kit *k, int vary) {
    static const char *const levels[] = {"trung bình", "khá", "tốt", "xuất sắc"};
    kit_fact(k, "households", NTM_KIND_COUNT, "household");
    if (vary == FACT_PART)
        kit_fact(k, "poor", NTM_KIND_COUNT, "household");
    else
        kit_part(k, "poor", NTM_KIND_COUNT, "household", "households");
    kit_bounded(k, "road", NTM_KIND_AMOUNT, "km", "0", vary == FACT_BOUND ? "500" : "600");
    ntm_fact paved = {.id = "paved",
                      .kind = vary == FACT_KIND ? NTM_KIND_MONEY : NTM_KIND_SHARE,
                      .unit = vary == FACT_KIND ? "VND" : "%",
                      .merge = NTM_MERGE_RATIO};
    if (vary != FACT_KIND) {
        paved.merge_parts[0] = "poor";
        paved.merge_parts[1] = vary == FACT_MERGE_PARTS ? "poor" : "households";
        paved.over_time = vary == FACT_OVER_TIME ? NTM_TIME_MIN : NTM_TIME_STOCK;
    }
    kit_fact_spec(k, &paved);
    kit_fact(k, "plan", NTM_KIND_FLAG, NULL);
    const ntm_fact market = {.id = "market",
                             .kind = NTM_KIND_FLAG,
                             .closed_by = vary == FACT_CLOSED_BY ? NTM_CLOSING_UNSAID : NTM_CLOSING_WORK};
    kit_fact_spec(k, &market);
    kit_fact(k, "registered-on", NTM_KIND_DATE, NULL);
    kit_levels(k, "union", levels, vary == FACT_LEVELS ? 4 : 3);
    kit_by(k, "trained", NTM_KIND_COUNT, "person", "sex");
    ntm_fact income;
    memset(&income, 0, sizeof income);
    income.id = "income";
    income.name = (ntm_names){"Thu nhập", either(vary == FACT_NAME, "Income", "Revenue")};
    income.kind = NTM_KIND_MONEY;
    income.unit = "triệu đồng/người/năm";
    income.merge = vary == FACT_MERGE ? NTM_MERGE_MIN : NTM_MERGE_WEIGHTED;
    if (vary != FACT_MERGE) income.merge_weight = "households";
    kit_fact_spec(k, &income);
}

static void figures(kit *k, int vary) {
    static const char *const s2[] = {"S2"};
    const char *const axes[] = {"region", "year"};
    const char *const k1[] = {"BTB", "2018"};
    const char *const k2[] = {"BTB", "2021"};
    const char *const k3[] = {"DBSH", either(vary == FIGURE_CELL, "2018", "2019")};
    const ntm_figure_value cells[] = {{k1, {30, 0}, kit_absent},
                                      {k2, {vary == FIGURE_VALUE ? 41 : 40, 0}, {NTM_CITED, s2, 1, "read twice", NULL}},
                                      {k3, {455, 1}, kit_absent}};
    ntm_figure figure;
    memset(&figure, 0, sizeof figure);
    figure.id = "income-least";
    figure.unit = "triệu đồng/người/năm";
    figure.axes = axes;
    figure.axis_count = 2;
    figure.values = cells;
    figure.value_count = 3;
    figure.interpolate = vary != FIGURE_LINE;
    figure.has_general = true;
    figure.general = (ntm_decimal){vary == FIGURE_GENERAL ? 46 : 45, 0};
    figure.citation = kit_cited;
    figure.citation.note = either(vary == FIGURE_NOTE, "a note", "another");
    kit_figure_spec(k, &figure);
    memset(&figure, 0, sizeof figure);
    figure.id = "road-share";
    figure.unit = "%";
    figure.delegated_to = either(vary == FIGURE_DELEGATED, "UBND cấp tỉnh", "HĐND cấp tỉnh");
    figure.citation = kit_cited;
    kit_figure_spec(k, &figure);
    kit_figure(k, "poor-most", "%", "5.5");
}

static ntm_node quantities(kit *k, int vary) {
    ntm_node_spec past;
    memset(&past, 0, sizeof past);
    past.kind = NTM_PAST;
    past.name = "income";
    past.label = either(vary == EVENT, "recognition", "registration");
    ntm_node then = kit_node(k, &past);
    past.kind = NTM_OF_PARENT;
    past.label = "province";
    ntm_node parent = kit_node(k, &past);
    past.kind = NTM_AVERAGE;
    past.label = "district";
    ntm_node average = kit_node(k, &past);
    past.kind = NTM_FIGURE_OF;
    past.name = "income";
    past.label = "other-set";
    past.unit = "triệu đồng/người/năm";
    ntm_node other = kit_node(k, &past);
    ntm_node sum = k_of(k, NTM_SUM, then, parent, average, other);
    ntm_node least = k_of(k, NTM_MINIMUM, k_fact(k, "income"), k_figure(k, "income-least"), sum);
    return k_of(k, NTM_MAXIMUM, least, k_number(k, vary == CONSTANT ? "12.25" : "12.5", "triệu đồng/người/năm"));
}

static ntm_node ratios(kit *k, int vary) {
    ntm_node ratio = k_of(k, NTM_RATIO, k_fact(k, "poor"), k_fact(k, "households"));
    ntm_node round =
        k_rounded(k, ratio, vary == DIGITS ? 2 : 1, vary == ROUNDING ? NTM_ROUND_DOWN : NTM_ROUND_HALF_UP, "%");
    ntm_node product = k_of(k, NTM_PRODUCT, k_number(k, "2", NULL), round);
    ntm_node difference = k_of(k, NTM_DIFFERENCE, product, k_figure(k, "poor-most"));
    return k_compare(k, difference, vary == SIGN ? NTM_LESS : NTM_LESS_OR_EQUAL, k_number(k, "10", "%"));
}

static void criteria(kit *k, int vary) {
    kit_criterion(k, "1", 0);
    kit_indicator(k, "1.1", k_compare(k, quantities(k, vary), NTM_MORE_OR_EQUAL, k_figure(k, "income-least")));
    kit_indicator(k, "1.2", ratios(k, vary));
    ntm_node level = k_at_level(k, either(vary == LEVEL, "khá", "tốt"), "union");
    ntm_node_spec plan;
    memset(&plan, 0, sizeof plan);
    plan.kind = NTM_ATTESTED;
    plan.name = "plan";
    plan.evidence = either(vary == EVIDENCE, "Quyết định", "Biên bản");
    ntm_node signed_plan = kit_node(k, &plan);
    ntm_node market = k_if_applicable(k, "market", k_attested(k, "market"));
    kit_indicator(k, "1.3", k_at_least(k, vary == NUMBER_K ? 1 : 2, level, signed_plan, market));
    ntm_node date = k_compare(k, k_fact(k, "registered-on"), NTM_LESS_OR_EQUAL, k_number(k, "18317", "date"));
    kit_indicator(k, "1.4", k_of(k, NTM_ANY, k_of(k, NTM_NOT, date), k_holds(k, "other-set")));
    ntm_criterion two;
    memset(&two, 0, sizeof two);
    two.id = "2";
    two.name = (ntm_names){"Đào tạo", either(vary == CRITERION_NAME, "Training", "Teaching")};
    two.group = either(vary == CRITERION_GROUP, "Xã hội", "Kinh tế");
    two.citation = kit_cited;
    two.rule =
        vary == CRITERION_RULE ? k_indicator(k, "2") : k_of(k, NTM_ALL, k_indicator(k, "2"), k_indicator(k, "2.2"));
    if (k->status == NTM_OK) k->status = ntm_set_add_criterion(k->builder, &two, &k->err);
    ntm_node trained = k_compare(k, k_fact(k, "trained"), NTM_MORE, k_number(k, "0", "person"));
    kit_indicator(k, "2", k_over(k, NTM_EVERY, NTM_OVER_MEMBERS, "sex", NULL, trained));
    ntm_node villages = k_over(k, NTM_SHARE, NTM_OVER_CHILDREN, "village", either(vary == CHILDREN, "clean", "green"),
                               k_attested(k, "plan"));
    ntm_indicator last = {"2.2", {either(vary == INDICATOR_NAME, "Thôn", "Xóm"), NULL}, 0, kit_cited};
    ntm_node enough = k_compare(k, villages, NTM_MORE_OR_EQUAL, k_figure(k, "road-share"));
    if (vary == INDICATOR_RULE)
        last.rule = k_of(k, NTM_NOT, enough);
    else
        last.rule = enough;
    if (k->status == NTM_OK) k->status = ntm_set_add_indicator(k->builder, &last, &k->err);
}

static void rules(kit *k, int vary) {
    static const char *const some[] = {"1", "2"};
    ntm_node count = k_count(k, NTM_COUNT, NTM_OVER_CRITERIA, vary == VERDICT ? NTM_MET : NTM_NOT_MET, some,
                             vary == MEMBERS ? 1 : 2);
    ntm_node lost = k_compare(k, count, NTM_MORE_OR_EQUAL, k_number(k, vary == REVOCATION ? "2" : "1", NULL));
    ntm_node conditions[] = {k_attested(k, "plan"), k_criterion(k, "1")};
    const ntm_decimal points[] = {{3, 0}, {vary == POINTS ? 2 : 1, 0}};
    ntm_band bands[3];
    memset(bands, 0, sizeof bands);
    bands[0] = (ntm_band){"low", {"thấp", "low"}, false, true, false, true, {0, 0}, {1, 0}, 0, 0, 0};
    bands[1] = (ntm_band){"middle", {NULL, NULL}, true, true, false, true, {1, 0}, {3, 0}, 0, 0, 0};
    bands[2] =
        (ntm_band){"high", {"cao", "high"}, true, false, false, false, {3, 0}, {0, 0}, k_criterion(k, "2"), 0, 0};
    if (vary == BAND) bands[1].to = bands[2].from = (ntm_decimal){2, 0};
    if (vary == BAND_OPEN) {
        bands[1].to_open = false;
        bands[2].from_open = true;
    }
    ntm_node_spec grade;
    memset(&grade, 0, sizeof grade);
    ntm_node of = k_points(k, conditions, points, 2);
    grade.kind = NTM_GRADE;
    grade.of = &of;
    grade.of_count = 1;
    grade.bands = bands;
    grade.band_count = 3;
    grade.knock_out = vary == KNOCK_OUT ? 0 : k_of(k, NTM_NOT, k_attested(k, "plan"));
    ntm_node graded = kit_node(k, &grade);
    ntm_node all = vary == STATUS ? k_criterion(k, "1") : k_of(k, NTM_ALL, k_criterion(k, "1"), k_criterion(k, "2"));
    kit_rules(k, all, lost, graded);
}

static void practice(kit *k, int vary) {
    kit_value(k, "poor-share", "%", vary == VALUE_MOST ? "100" : "99.5",
              k_of(k, NTM_RATIO, k_fact(k, vary == VALUE_RULE ? "households" : "poor"), k_fact(k, "households")));
    kit_value(k, "twice", "%", NULL, k_of(k, NTM_SUM, k_value(k, "poor-share"), k_value(k, "poor-share")));
    kit_scope(k, "region", either(vary == SCOPE_USE, "BTB", "DBSH"),
              vary == SCOPE_WHEN ? k_of(k, NTM_NOT, k_attested(k, "market")) : k_attested(k, "market"));
    kit_recogniser(k, "UBND cấp huyện", "low", NTM_DATE_NONE, ntm_date_ymd(2019, 12, vary == RECOGNISER_DAY ? 30 : 31));
    kit_recogniser(k, "UBND cấp tỉnh", vary == RECOGNISER_CLASS ? "middle" : "high", ntm_date_ymd(2020, 1, 1),
                   NTM_DATE_NONE);
    kit_counterpart(k, "1", "1", true);
    kit_counterpart(k, "1.1", either(vary == PAIR, "1.1", "1.2"), false);
}

void kit_full(kit *k, int vary, const ntm_allocator *allocator) {
    ntm_set_spec spec = kit_spec();
    spec.id = either(vary == SET_ID, "full-set", "another-set");
    spec.title.vi = either(vary == TITLE, "Bộ tiêu chí", "Bộ khác");
    spec.place = either(vary == PLACE, "VN", "42");
    spec.instrument.number = either(vary == ACT_NUMBER, "1/QĐ", "2/QĐ");
    if (vary == ACT_END) spec.instrument.in_force_to = NTM_DATE_NONE;
    spec.note = vary == NOTE ? NULL : "a note";
    spec.follows = either(vary == FOLLOWS, "set-before", "set-long-before");
    spec.follows_note = vary == FOLLOWS_NOTE ? NULL : "the pairing is ours";
    spec.revocation_by = vary == REVOCATION_BY ? NULL : "advanced-set";
    spec.validity.months = vary == VALIDITY ? 24 : 36;
    spec.validity.citation = kit_cited;
    kit_start_spec(k, &spec, allocator);
    parts(k, vary);
    facts(k, vary);
    figures(k, vary);
    criteria(k, vary);
    kit_precondition(k, "registered", vary == PRECONDITION ? 0 : k_attested(k, "plan"));
    practice(k, vary);
    rules(k, vary);
}
