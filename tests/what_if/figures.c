/* SPDX-License-Identifier: Apache-2.0 */
/* Sets with other figures: what changes, what stays, what nobody can overlook, and what is refused. */
#include "sheet.h"

#include <ntm/what_if.h>

#include <string.h>

static const char *const regions[] = {"BTB", "DBSH", "TN"};
static const char *const years[] = {"2018", "2020"};

static void start(kit *k) {
    static const char *const shares[] = {"90", "80", NULL};
    kit_start(k, NULL);
    kit_axis(k, "region", regions, 3);
    kit_axis(k, "year", years, 2);
    kit_fact(k, "percent", NTM_KIND_SHARE, "%");
    kit_figure_by(k, "share", "%", "region", regions, shares, 3, false);
    const char *keys[] = {"BTB", "2018"};
    const char *axes[] = {"region", "year"};
    ntm_figure_value value = {keys, {7, 0}, kit_absent};
    ntm_figure two;
    memset(&two, 0, sizeof two);
    two.id = "two";
    two.unit = "km";
    two.axes = axes;
    two.axis_count = 2;
    two.values = &value;
    two.value_count = 1;
    two.citation = kit_cited;
    kit_figure_spec(k, &two);
    kit_criterion(k, "1", 0);
    kit_indicator(k, "1.1", k_compare(k, k_fact(k, "percent"), NTM_MORE_OR_EQUAL, k_figure(k, "share")));
    (void)kit_done(k);
}

static ntm_set *asked(const ntm_set *set, const ntm_figure_change *changes, size_t count) {
    ntm_set *out = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_set_what_if(&out, set, changes, count, NULL, NULL, &err), &err);
    return out;
}

/* The value of a cell; its standing, which is NTM_ABSENT when it is not there. */
static ntm_standing cell(const ntm_set *set, const char *figure, const char *first, const char *second,
                         ntm_decimal *value) {
    const ntm_figure *f = ntm_set_figure(set, ntm_set_find_figure(set, figure));
    *value = (ntm_decimal){0, 0};
    for (size_t i = 0; i < f->value_count; i++) {
        if (strcmp(f->values[i].keys[0], first) != 0) continue;
        if (second != NULL && strcmp(f->values[i].keys[1], second) != 0) continue;
        *value = f->values[i].value;
        ntm_standing own = f->values[i].citation.standing;
        return own == NTM_ABSENT ? f->citation.standing : own;
    }
    return NTM_ABSENT;
}

static void marked(void **state) {
    kit k;
    (void)state;
    start(&k);
    ntm_axis_value btb = {"region", "BTB"};
    ntm_figure_change changes[] = {{"share", &btb, 1, false, {855, 1}, "%"}};
    ntm_set *set = asked(k.set, changes, 1);
    const ntm_set_spec *about = ntm_set_about(set);
    assert_int_equal(about->overlay_count, 1);
    assert_string_equal(about->overlays[0], NTM_WHAT_IF_OVERLAY);
    assert_int_equal(ntm_set_about(k.set)->overlay_count, 0);
    assert_string_equal(about->id, ntm_set_about(k.set)->id);
    assert_false(ntm_set_equal(set, k.set));
    ntm_decimal value;
    assert_int_equal(cell(set, "share", "BTB", NULL, &value), NTM_UNVERIFIED);
    assert_true(value.coefficient == 855 && value.scale == 1);
    assert_int_equal(cell(k.set, "share", "BTB", NULL, &value), NTM_CITED);
    assert_int_equal(value.coefficient, 90);
    assert_int_equal(cell(set, "share", "DBSH", NULL, &value), NTM_CITED);
    assert_int_equal(value.coefficient, 80);
    const ntm_figure *figure = ntm_set_figure(set, ntm_set_find_figure(set, "share"));
    const ntm_citation *citation = &figure->values[0].citation;
    assert_int_equal(citation->source_count, 0);
    assert_string_equal(citation->overlay, NTM_WHAT_IF_OVERLAY);
    assert_non_null(strstr(citation->note, "not law"));
    ntm_set *again = asked(set, NULL, 0); /* marked once, however often one asks */
    assert_int_equal(ntm_set_about(again)->overlay_count, 1);
    assert_true(ntm_set_equal(again, set));
    ntm_set_free(set);
    ntm_set_free(again);
    kit_end(&k);
}

static void evaluated(void **state) {
    kit k;
    sheet s;
    (void)state;
    start(&k);
    ntm_figure_change all = {"share", NULL, 0, false, {95, 0}, NULL};
    ntm_set *set = asked(k.set, &all, 1);
    sheet_start(&s, 3);
    sheet_cells(&s, "percent", AS_INT64, "92 85 97");
    sheet_cells(&s, "region", AS_TEXT, "BTB DBSH TN");
    expect_indicator(k.set, &s, "1.1", "++o");
    expect_indicator(set, &s, "1.1", "--+"); /* where no figure was read, too */
    ntm_explanation *why = NULL;
    ntm_plan *plan = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_plan_new(&plan, set, &s.plan, &err), &err);
    assert_ok(ntm_explain(&why, plan, &s.table, 0, NTM_OF_INDICATOR, 0, NULL, &err), &err);
    bool seen = false;
    for (size_t i = 0; i < ntm_explanation_steps(why); i++) {
        const ntm_step *step = ntm_explanation_step(why, i);
        if (step->kind != NTM_FIGURE) continue;
        seen = true;
        assert_int_equal(step->citation.standing, NTM_UNVERIFIED);
        assert_int_equal(step->citation.source_count, 0);
        assert_string_equal(step->citation.overlay, NTM_WHAT_IF_OVERLAY);
    }
    assert_true(seen);
    ntm_explanation_free(why);
    ntm_plan_free(plan);
    ntm_set_free(set);
    ntm_figure_change none = {"share", NULL, 0, true, {0, 99}, NULL};
    set = asked(k.set, &none, 1);
    expect_indicator(set, &s, "1.1", "ooo");
    ntm_set_free(set);
    sheet_end(&s);
    kit_end(&k);
}

static void chosen_cells(void **state) {
    kit k;
    ntm_decimal value;
    (void)state;
    start(&k);
    ntm_axis_value both[] = {{"year", "2020"}, {"region", "DBSH"}}, year = {"year", "2018"},
                   tn[] = {{"region", "TN"}, year};
    ntm_figure_change changes[] = {{"two", both, 2, false, {1, 0}, NULL},
                                   {"two", &year, 1, false, {2, 0}, "km"},
                                   {"share", tn, 1, false, {3, 0}, NULL}};
    ntm_set *set = asked(k.set, changes, 3);
    static const struct {
        const char *region, *year;
        int64_t value; /* 0 = absent */
    } cells[] = {{"BTB", "2018", 2}, {"DBSH", "2018", 2}, {"TN", "2018", 2},
                 {"BTB", "2020", 0}, {"DBSH", "2020", 1}, {"TN", "2020", 0}};
    for (size_t i = 0; i < 6; i++) {
        ntm_standing standing = cell(set, "two", cells[i].region, cells[i].year, &value);
        assert_int_equal(standing, cells[i].value == 0 ? NTM_ABSENT : NTM_UNVERIFIED);
        if (cells[i].value != 0) assert_int_equal(value.coefficient, cells[i].value);
    }
    assert_int_equal(cell(set, "share", "TN", NULL, &value), NTM_UNVERIFIED);
    assert_int_equal(cell(set, "share", "BTB", NULL, &value), NTM_CITED);
    ntm_set_free(set);
    kit_end(&k);
}

/* Each region or all, with each year or all: those cells change, and no other. */
static void each_choice(void **state) {
    kit k;
    (void)state;
    start(&k);
    for (size_t choice = 0; choice < 12; choice++) {
        size_t region = choice / 3, year = choice % 3, changed = 0,
               wanted = (region == 3 ? 3 : 1) * (year == 2 ? 2 : 1);
        ntm_axis_value axes[2];
        ntm_figure_change change = {"two", axes, 0, false, {5, 0}, NULL};
        if (year < 2) axes[change.axis_count++] = (ntm_axis_value){"year", years[year]}; /* in no order of axes */
        if (region < 3) axes[change.axis_count++] = (ntm_axis_value){"region", regions[region]};
        ntm_set *set = asked(k.set, &change, 1);
        const ntm_figure *two = ntm_set_figure(set, ntm_set_find_figure(set, "two"));
        for (size_t i = 0; i < two->value_count; i++) {
            if (two->values[i].value.coefficient != 5) continue;
            assert_true(region == 3 || strcmp(two->values[i].keys[0], regions[region]) == 0);
            assert_true(year == 2 || strcmp(two->values[i].keys[1], years[year]) == 0);
            changed++;
        }
        assert_int_equal(changed, wanted);
        ntm_set_free(set);
    }
    kit_end(&k);
}

/* A set with every kind of part: with the mark taken into account, nothing else differs. */
static void everything_stays(void **state) {
    ntm_set *first = NULL;
    (void)state;
    for (int vary = 0; vary < kit_full_variants(); vary++) {
        kit k;
        kit_full(&k, vary, NULL);
        const ntm_set *set = kit_done(&k);
        ntm_set *one = asked(set, NULL, 0);
        ntm_set *two = asked(one, NULL, 0);
        assert_true(ntm_set_equal(one, two));
        assert_int_equal(ntm_set_node_count(one), ntm_set_node_count(set));
        for (ntm_node node = 1; node <= ntm_set_node_count(set); node++) {
            const ntm_node_spec *a = ntm_set_node(set, node), *b = ntm_set_node(one, node);
            assert_true(a->kind == b->kind && a->of_count == b->of_count && a->line == b->line);
            for (size_t i = 0; i < a->of_count; i++)
                assert_int_equal(a->of[i], b->of[i]);
        }
        assert_int_equal(ntm_set_source_count(one), ntm_set_source_count(set));
        assert_int_equal(ntm_set_axis_count(one), ntm_set_axis_count(set));
        assert_int_equal(ntm_set_dimension_count(one), ntm_set_dimension_count(set));
        assert_int_equal(ntm_set_fact_count(one), ntm_set_fact_count(set));
        assert_int_equal(ntm_set_figure_count(one), ntm_set_figure_count(set));
        assert_int_equal(ntm_set_criterion_count(one), ntm_set_criterion_count(set));
        assert_int_equal(ntm_set_indicator_count(one), ntm_set_indicator_count(set));
        assert_int_equal(ntm_set_precondition_count(one), ntm_set_precondition_count(set));
        assert_int_equal(ntm_set_value_count(one), ntm_set_value_count(set));
        assert_int_equal(ntm_set_scope_count(one), ntm_set_scope_count(set));
        assert_int_equal(ntm_set_recogniser_count(one), ntm_set_recogniser_count(set));
        assert_int_equal(ntm_set_counterpart_count(one), ntm_set_counterpart_count(set));
        assert_true(first == NULL || !ntm_set_equal(first, one)); /* variants stay apart */
        kit_end(&k);                                              /* independent of the original */
        assert_true(ntm_set_equal(one, two));
        ntm_set_free(two);
        if (first == NULL)
            first = one;
        else
            ntm_set_free(one);
    }
    ntm_set_free(first);
}

static void refuse(const ntm_set *set, const ntm_figure_change *changes, size_t count, ntm_status status,
                   const char *piece, size_t problem_count) {
    ntm_problems *problems = NULL;
    ntm_set *out = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_problems_new(&problems, 0, NULL, &err), &err);
    assert_fails(ntm_set_what_if(&out, set, changes, count, problems, NULL, &err), status, &err, piece);
    assert_null(out);
    assert_int_equal(ntm_problems_found(problems), problem_count);
    ntm_problems_free(problems);
}

static void refused(void **state) {
    kit k;
    (void)state;
    start(&k);
    ntm_axis_value btb = {"region", "BTB"}, bad = {"region", "BTC"}, axis = {"reigon", "BTB"}, null = {NULL, "BTB"};
    ntm_axis_value twice[] = {btb, btb};
    ntm_figure_change one = {"share", NULL, 0, false, {1, 0}, NULL}, change = one;
    change.figure = "shore";
    refuse(k.set, &change, 1, NTM_ERROR_NOT_FOUND, "did you mean \"share\"?", 1);
    change = one;
    change.axes = &bad;
    change.axis_count = 1;
    refuse(k.set, &change, 1, NTM_ERROR_NOT_FOUND, "did you mean \"BTB\"?", 1);
    change.axes = &axis;
    refuse(k.set, &change, 1, NTM_ERROR_NOT_FOUND, "did you mean \"region\"?", 1);
    change.axes = &null;
    refuse(k.set, &change, 1, NTM_ERROR_ARGUMENT, "NULL", 1);
    change.axes = twice;
    change.axis_count = 2;
    refuse(k.set, &change, 1, NTM_ERROR_CONFLICT, "twice", 1);
    change.axes = NULL;
    refuse(k.set, &change, 1, NTM_ERROR_ARGUMENT, "change 0", 1);
    change = one;
    change.unit = "km";
    refuse(k.set, &change, 1, NTM_ERROR_UNIT, "the figure is in %", 1);
    change.unit = ""; /* a plain number is 100 times as much */
    refuse(k.set, &change, 1, NTM_ERROR_UNIT, "%", 1);
    change.unit = NULL;
    change.value.scale = 19;
    refuse(k.set, &change, 1, NTM_ERROR_ARGUMENT, "digits", 1);
    change.figure = NULL;
    refuse(k.set, &change, 1, NTM_ERROR_ARGUMENT, "NULL", 1);
    ntm_figure_change many[] = {one, one, {"nothing", NULL, 0, false, {1, 0}, NULL}};
    many[1].axes = &btb;
    many[1].axis_count = 1;
    refuse(k.set, many, 3, NTM_ERROR_NOT_FOUND, "no such figure", 2);
    refuse(k.set, many, 2, NTM_ERROR_CONFLICT, "region=BTB", 1);
    ntm_set *out = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_set_what_if(NULL, k.set, &one, 1, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, "");
    assert_fails(ntm_set_what_if(&out, NULL, &one, 1, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, "");
    assert_fails(ntm_set_what_if(&out, k.set, NULL, 1, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, "");
    assert_fails(ntm_set_what_if(&out, k.set, &one, 1, NULL, &fault_lacking, &err), NTM_ERROR_ARGUMENT, &err, "");
    assert_null(out);
    kit_end(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(marked),           cmocka_unit_test(evaluated),
                                       cmocka_unit_test(chosen_cells),     cmocka_unit_test(each_choice),
                                       cmocka_unit_test(everything_stays), cmocka_unit_test(refused)};
    return cmocka_run_group_tests_name("sets with other figures", tests, NULL, NULL);
}
