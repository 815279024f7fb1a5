/* SPDX-License-Identifier: Apache-2.0 */
/* Questions about moved thresholds that have no answer, and tables that cannot be evaluated. */
#include "scene.h"

#include <string.h>

static void arithmetic(void **state) {
    kit k;
    sheet s;
    ntm_flips *flips = NULL;
    (void)state;
    scene_start(&k);
    kit_value(&k, "v", "household", NULL, k_figure(&k, "one"));
    kit_criterion(&k, "1", 0);
    kit_indicator(
        &k, "sum",
        k_compare(&k, k_fact(&k, "n"), NTM_MORE_OR_EQUAL, k_of(&k, NTM_SUM, k_figure(&k, "one"), k_fact(&k, "clean"))));
    kit_indicator(&k, "value", k_compare(&k, k_fact(&k, "n"), NTM_MORE_OR_EQUAL, k_value(&k, "v")));
    kit_indicator(&k, "both", k_compare(&k, k_value(&k, "v"), NTM_MORE_OR_EQUAL, k_figure(&k, "one")));
    ntm_node below =
        k_compare(&k, k_fact(&k, "n"), NTM_MORE_OR_EQUAL, k_of(&k, NTM_SUM, k_figure(&k, "one"), k_fact(&k, "clean")));
    kit_indicator(
        &k, "children", /* decided elsewhere */
        k_over(&k, NTM_EVERY, NTM_OVER_CHILDREN, "village", "v",
               k_of(&k, NTM_ALL, below, k_compare(&k, k_fact(&k, "n"), NTM_MORE_OR_EQUAL, k_figure(&k, "one")))));
    kit_indicator(&k, "plain", k_compare(&k, k_fact(&k, "n"), NTM_MORE_OR_EQUAL, k_figure(&k, "one")));
    (void)kit_done(&k);
    sheet_start(&s, 1);
    sheet_cells(&s, "n", AS_INT64, "7");
    static const char *const pieces[] = {"indicator \"sum\"", "value \"v\"", "indicator \"both\"", NULL, NULL};
    for (size_t i = 0; i < 5; i++) {
        ntm_flips_options options = scene_about("one");
        ntm_error err = NTM_ERROR_INIT;
        options.index = i;
        if (pieces[i] != NULL) {
            /* which of both is told first follows from the order of the nodes */
            ntm_status status = scene_make(&flips, &k, &s, &options, &err);
            assert_int_equal(status, NTM_ERROR_UNSUPPORTED);
            assert_string_equal(err.subject, "one");
            if (i != 2) assert_non_null(strstr(err.message, pieces[i]));
            assert_null(flips);
            continue;
        }
        flips = scene_flips(&k, &s, &options);
        assert_int_equal(ntm_flips_count(flips), i == 4);
        ntm_flips_free(flips);
        flips = NULL;
    }
    ntm_flips_options options = scene_about("one"); /* a status over all of them is refused, too */
    ntm_error err = NTM_ERROR_INIT;
    options.of = NTM_OF_STATUS;
    assert_fails(scene_make(&flips, &k, &s, &options, &err), NTM_ERROR_UNSUPPORTED, &err, "by itself");
    sheet_end(&s);
    kit_end(&k);
}

static void wrong_questions(void **state) {
    kit k;
    sheet s;
    ntm_flips *flips = NULL;
    (void)state;
    scene_start(&k);
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "1.1", k_compare(&k, scene_clean(&k), NTM_MORE_OR_EQUAL, k_figure(&k, "share")));
    (void)kit_done(&k);
    sheet_start(&s, 1);
    sheet_cells(&s, "n", AS_INT64, "7");
    sheet_cells(&s, "region", AS_TEXT, "BTB");
    ntm_error err = NTM_ERROR_INIT;
    ntm_flips_options options = scene_about("shar");
    assert_fails(scene_make(&flips, &k, &s, &options, &err), NTM_ERROR_NOT_FOUND, &err, "did you mean \"share\"?");
    ntm_axis_value axes[] = {{"region", "BTP"}, {"region", "BTB"}};
    options = scene_about("share");
    options.axes = axes;
    options.axis_count = 1;
    assert_fails(scene_make(&flips, &k, &s, &options, &err), NTM_ERROR_NOT_FOUND, &err, "did you mean \"BTB\"?");
    axes[0] = (ntm_axis_value){"regoin", "BTB"};
    assert_fails(scene_make(&flips, &k, &s, &options, &err), NTM_ERROR_NOT_FOUND, &err, "did you mean \"region\"?");
    axes[0] = (ntm_axis_value){"region", "TN"};
    options.axis_count = 2;
    assert_fails(scene_make(&flips, &k, &s, &options, &err), NTM_ERROR_CONFLICT, &err, "twice");
    axes[1].value = NULL;
    assert_fails(scene_make(&flips, &k, &s, &options, &err), NTM_ERROR_ARGUMENT, &err, "NULL");
    axes[0] = (ntm_axis_value){"year", "2017"};
    options = scene_about("road");
    options.axes = axes;
    options.axis_count = 1;
    axes[0].value = "2015";
    assert_fails(scene_make(&flips, &k, &s, &options, &err), NTM_ERROR_NOT_FOUND, &err, "2015");
    axes[0].value = "x";
    assert_fails(scene_make(&flips, &k, &s, &options, &err), NTM_ERROR_NOT_FOUND, &err, "has no value");
    axes[0].value = "2017"; /* no value of the axis, and no line runs through it */
    options.figure = "jump";
    assert_fails(scene_make(&flips, &k, &s, &options, &err), NTM_ERROR_NOT_FOUND, &err, "2017");
    options = scene_about("share");
    options.index = 1;
    assert_fails(scene_make(&flips, &k, &s, &options, &err), NTM_ERROR_ARGUMENT, &err, "no such verdict");
    options.of = (ntm_of)9;
    assert_fails(scene_make(&flips, &k, &s, &options, &err), NTM_ERROR_ARGUMENT, &err, "no such verdict");
    options.of = NTM_OF_REVOCATION;
    assert_fails(scene_make(&flips, &k, &s, &options, &err), NTM_ERROR_NOT_FOUND, &err, "revocation");
    options = scene_about(NULL);
    assert_fails(scene_make(&flips, &k, &s, &options, &err), NTM_ERROR_ARGUMENT, &err, "figure");
    options = scene_about("share");
    options.allocator = &fault_lacking;
    assert_fails(scene_make(&flips, &k, &s, &options, &err), NTM_ERROR_ARGUMENT, &err, "");
    assert_null(flips);
    sheet_end(&s);
    kit_end(&k);
}

/* A bad row is told as an evaluation tells it, all of them with a list. */
static void bad_rows(void **state) {
    kit k;
    sheet s;
    ntm_flips *flips = NULL;
    ntm_problems *problems = NULL;
    (void)state;
    scene_start(&k);
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "1.1", k_compare(&k, scene_clean(&k), NTM_MORE_OR_EQUAL, k_figure(&k, "share")));
    (void)kit_done(&k);
    sheet_start(&s, 3);
    sheet_cells(&s, "n", AS_INT64, "7 7 7");
    sheet_cells(&s, "clean", AS_INT64, "1 8 9");
    sheet_cells(&s, "unknown", AS_INT64, "1 8 1");
    ntm_error err = NTM_ERROR_INIT;
    ntm_flips_options options = scene_about("share");
    assert_fails(scene_make(&flips, &k, &s, &options, &err), NTM_ERROR_SHAPE, &err, "no fact");
    options.ignore_unknown = true;
    assert_fails(scene_make(&flips, &k, &s, &options, &err), NTM_ERROR_VALUE, &err, "");
    assert_int_equal(err.row, 1);
    assert_ok(ntm_problems_new(&problems, 0, NULL, &err), &err);
    options.problems = problems;
    assert_int_equal(scene_make(&flips, &k, &s, &options, &err), NTM_ERROR_VALUE);
    assert_int_equal(ntm_problems_count(problems), 2);
    assert_null(flips);
    ntm_problems_free(problems);
    sheet_end(&s);
    kit_end(&k);
}

/* A number at which a row changes that 64 bits do not hold is told; one that decides nothing is not. */
static void too_large(void **state) {
    kit k;
    sheet s;
    ntm_flips *flips = NULL;
    (void)state;
    scene_start(&k);
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "1.1", k_compare(&k, k_fact(&k, "road"), NTM_MORE_OR_EQUAL, k_figure(&k, "road")));
    kit_criterion(&k, "2", 0);
    kit_indicator(&k, "2.1", k_attested(&k, "flag"));
    (void)kit_done(&k);
    sheet_start(&s, 2);
    sheet_cells(&s, "road", AS_INT64, "1 9223372036854775807");
    sheet_cells(&s, "flag", AS_BYTES, "no no");
    ntm_error err = NTM_ERROR_INIT;
    ntm_flips_options options = scene_about("road");
    assert_fails(scene_make(&flips, &k, &s, &options, &err), NTM_ERROR_OVERFLOW, &err, "");
    assert_int_equal(err.row, 1);
    assert_null(flips);
    options.of = NTM_OF_STATUS;
    flips = scene_flips(&k, &s, &options);
    assert_int_equal(ntm_flips_count(flips), 0);
    expect_tally(flips, "7", 0, 2, 0);
    ntm_flips_free(flips);
    sheet_end(&s);
    kit_end(&k);
}

/* 65 quantities are more than are taken; 64 are not. */
static void limit(void **state) {
    (void)state;
    for (size_t count = 64; count <= 65; count++) {
        kit k;
        sheet s;
        ntm_node all[65];
        ntm_flips *flips = NULL;
        ntm_error err = NTM_ERROR_INIT;
        scene_start(&k);
        for (size_t i = 0; i < count; i++)
            all[i] = k_compare(&k, k_fact(&k, "n"), NTM_MORE_OR_EQUAL, k_figure(&k, "one"));
        kit_criterion(&k, "1", 0);
        kit_indicator(&k, "1.1", k_list(&k, NTM_ANY, 0, all, count));
        (void)kit_done(&k);
        sheet_start(&s, 1);
        sheet_cells(&s, "n", AS_INT64, "7");
        ntm_flips_options options = scene_about("one");
        if (count == 65) {
            assert_fails(scene_make(&flips, &k, &s, &options, &err), NTM_ERROR_LIMIT, &err, "64");
        } else {
            flips = scene_flips(&k, &s, &options);
            expect_flip(flips, 0, 0, 7, 1, "++-");
            ntm_flips_free(flips);
        }
        sheet_end(&s);
        kit_end(&k);
    }
}

static void nothing(void **state) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_tally tally;
    ntm_flip flip;
    ntm_flip_step step;
    ntm_verdict verdict;
    size_t count = 0;
    (void)state;
    ntm_flips_free(NULL);
    assert_int_equal(ntm_flips_rows(NULL) + ntm_flips_moving(NULL) + ntm_flips_count(NULL) + ntm_flips_steps(NULL), 0);
    assert_int_equal(ntm_flips_at(&flip, NULL, 0, &err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_flips_step(&step, NULL, 0, &err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_flips_tally(&tally, NULL, kit_decimal("1"), &err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_flips_tally_now(&tally, NULL, &err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_flips_verdict(&verdict, NULL, 0, kit_decimal("1"), &err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_flips_verdict_now(&verdict, NULL, 0, &err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_flips_changed(NULL, &count, 0, NULL, kit_decimal("1"), &err), NTM_ERROR_ARGUMENT);
    kit k;
    sheet s;
    scene_start(&k);
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "1.1", k_compare(&k, k_fact(&k, "n"), NTM_MORE_OR_EQUAL, k_figure(&k, "one")));
    (void)kit_done(&k);
    sheet_start(&s, 1);
    sheet_cells(&s, "n", AS_INT64, "7");
    ntm_flips_options options = scene_about("one");
    ntm_flips *flips = scene_flips(&k, &s, &options);
    assert_int_equal(ntm_flips_at(&flip, flips, 1, &err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_flips_step(&step, flips, 1, &err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_flips_verdict(&verdict, flips, 1, kit_decimal("1"), &err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_flips_verdict_now(&verdict, flips, 1, &err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_flips_tally(&tally, flips, (ntm_decimal){1, 19}, &err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_flips_verdict(&verdict, flips, 0, (ntm_decimal){1, 19}, &err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_flips_changed(NULL, &count, 1, flips, kit_decimal("1"), &err), NTM_ERROR_ARGUMENT);
    assert_ok(ntm_flips_tally(&tally, flips, (ntm_decimal){INT64_MIN, 0}, &err), &err);
    assert_int_equal(tally.met, 1);
    assert_ok(ntm_flips_tally(&tally, flips, (ntm_decimal){INT64_MAX, 0}, &err), &err);
    assert_int_equal(tally.not_met, 1);
    ntm_flips_free(flips);
    sheet_end(&s);
    kit_end(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(arithmetic), cmocka_unit_test(wrong_questions),
                                       cmocka_unit_test(bad_rows),   cmocka_unit_test(too_large),
                                       cmocka_unit_test(limit),      cmocka_unit_test(nothing)};
    return cmocka_run_group_tests_name("refused flips", tests, NULL, NULL);
}
