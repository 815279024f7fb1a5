/* SPDX-License-Identifier: Apache-2.0 */
/* Flips worked out by hand: where they are, and what is said on and beside them. */
#include "scene.h"

#include <string.h>

/* ------------------------------------------------------------------------------------------- where they are */

static void shares(void **state) {
    kit k;
    sheet s;
    (void)state;
    scene_start(&k);
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "1.1", k_compare(&k, scene_clean(&k), NTM_MORE_OR_EQUAL, k_figure(&k, "share")));
    (void)kit_done(&k);
    sheet_start(&s, 6);
    sheet_cells(&s, "n", AS_INT32, "2000 3 3 ? 0 2000");
    sheet_cells(&s, "clean", AS_INT32, "1799 2 2 1 0 1799");
    sheet_cells(&s, "region", AS_CODES, "BTB TN DBSH BTB BTB ?");
    ntm_flips_options options = scene_about("share");
    ntm_flips *flips = scene_flips(&k, &s, &options);
    ntm_error err = NTM_ERROR_INIT;
    assert_int_equal(ntm_flips_rows(flips), 6);
    assert_int_equal(ntm_flips_moving(flips), 5); /* the last one's region is not known */
    assert_int_equal(ntm_flips_count(flips), 3);
    expect_flip(flips, 0, 1, 200, 3, "++-");
    expect_flip(flips, 1, 2, 200, 3, "++-");
    expect_flip(flips, 2, 0, 1799, 20, "++-");
    expect_tally(flips, "66.666", 3, 0, 3);
    expect_tally(flips, "66.667", 1, 2, 3);
    expect_tally(flips, "89.95", 1, 2, 3);
    expect_tally(flips, "89.9500001", 0, 3, 3);
    expect_tally(flips, "-5", 3, 0, 3);
    ntm_tally now;
    assert_ok(ntm_flips_tally_now(&now, flips, &err), &err);
    assert_true(now.met == 0 && now.not_met == 2 && now.open == 4); /* TN has no figure */
    assert_int_equal(ntm_flips_steps(flips), 2);
    ntm_flip_step step;
    assert_ok(ntm_flips_step(&step, flips, 0, &err), &err);
    assert_true(step.at.numerator == 200 && step.at.denominator == 3);
    assert_true(step.below.met == 3 && step.exactly.met == 3 && step.above.met == 1 && step.above.not_met == 2);
    ntm_flip_change changes[4];
    size_t count = 0;
    assert_ok(ntm_flips_changed(changes, &count, 2, flips, kit_decimal("60"), &err), &err);
    assert_int_equal(count, 3);
    assert_true(changes[0].row == 0 && changes[0].now == NTM_NOT_MET && changes[0].then == NTM_MET);
    assert_true(changes[1].row == 1 && changes[1].now == NTM_OPEN && changes[1].then == NTM_MET);
    ntm_flips_free(flips);
    sheet_end(&s);
    kit_end(&k);
}

/* Numbers nearer to one another than any fixed number of digits tells apart, and one side that holds another figure. */
static void near(void **state) {
    kit k;
    sheet s;
    (void)state;
    scene_start(&k);
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "1.1", k_compare(&k, scene_clean(&k), NTM_MORE_OR_EQUAL, k_figure(&k, "share")));
    kit_indicator(&k, "1.2",
                  k_compare(&k, k_of(&k, NTM_SUM, k_fact(&k, "clean"), k_figure(&k, "other")), NTM_MORE_OR_EQUAL,
                            k_figure(&k, "one")));
    (void)kit_done(&k);
    sheet_start(&s, 3);
    sheet_cells(&s, "n", AS_INT64, "10000000000000 10000000000001 10000000000000");
    sheet_cells(&s, "clean", AS_INT64, "1 1 1");
    sheet_cells(&s, "region", AS_CODES, "BTB BTB BTB");
    ntm_flips_options options = scene_about("share");
    ntm_flips *flips = scene_flips(&k, &s, &options);
    assert_int_equal(ntm_flips_count(flips), 3);
    expect_flip(flips, 0, 1, 100, 10000000000001, "++-");
    expect_flip(flips, 1, 0, 1, 100000000000, "++-");
    expect_flip(flips, 2, 2, 1, 100000000000, "++-");
    assert_int_equal(ntm_flips_steps(flips), 2);
    expect_tally(flips, "0.00000000001", 2, 1, 0);
    ntm_flips_free(flips);
    options = scene_about("one");
    options.index = 1;
    flips = scene_flips(&k, &s, &options);
    expect_flip(flips, 0, 0, 4, 1, "++-"); /* 1 and the 3 of the other figure */
    ntm_flips_free(flips);
    sheet_end(&s);
    kit_end(&k);
}

/* Every sign, on a known and on an open quantity. */
static void signs(void **state) {
    static const struct {
        ntm_comparison sign;
        const char *known, *least, *most;
    } cases[] = {
        {NTM_MORE_OR_EQUAL, "++-", "++o", "oo-"}, {NTM_MORE, "+--", "+oo", "o--"},  {NTM_LESS, "--+", "--o", "oo+"},
        {NTM_LESS_OR_EQUAL, "-++", "-oo", "o++"}, {NTM_EQUAL, "-+-", "-oo", "oo-"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int mirrored = 0; mirrored < 2; mirrored++) {
            static const ntm_comparison mirror[] = {0,         NTM_MORE,          NTM_MORE_OR_EQUAL,
                                                    NTM_EQUAL, NTM_LESS_OR_EQUAL, NTM_LESS};
            kit k;
            sheet s;
            scene_start(&k);
            kit_criterion(&k, "1", 0);
            ntm_node fact = k_fact(&k, "n"), figure = k_figure(&k, "one");
            kit_indicator(&k, "1.1",
                          mirrored ? k_compare(&k, figure, mirror[cases[i].sign], fact)
                                   : k_compare(&k, fact, cases[i].sign, figure));
            (void)kit_done(&k);
            sheet_start(&s, 2);
            sheet_cells(&s, "n", AS_INT64, "7 ?");
            sheet_cells(&s, "n:least", AS_INT64, "? 3");
            sheet_cells(&s, "n:most", AS_INT64, "? 12");
            ntm_flips_options options = scene_about("one");
            ntm_flips *flips = scene_flips(&k, &s, &options);
            assert_int_equal(ntm_flips_count(flips), 3);
            expect_flip(flips, 0, 1, 3, 1, cases[i].least);
            expect_flip(flips, 1, 0, 7, 1, cases[i].known);
            expect_flip(flips, 2, 1, 12, 1, cases[i].most);
            ntm_flips_free(flips);
            sheet_end(&s);
            kit_end(&k);
        }
}

/* Only what is watched counts: a flip of the indicator is none of a status that another indicator decides. */
static void watched(void **state) {
    kit k;
    sheet s;
    (void)state;
    scene_start(&k);
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "1.1", k_compare(&k, k_fact(&k, "n"), NTM_MORE_OR_EQUAL, k_figure(&k, "one")));
    kit_criterion(&k, "2", 0);
    kit_indicator(&k, "2.1", k_attested(&k, "flag"));
    kit_precondition(&k, "p", k_compare(&k, k_fact(&k, "clean"), NTM_MORE, k_figure(&k, "one")));
    ntm_node lost = k_compare(&k, k_fact(&k, "n"), NTM_LESS, k_figure(&k, "one"));
    kit_rules(&k, 0, lost, 0);
    (void)kit_done(&k);
    sheet_start(&s, 3);
    sheet_cells(&s, "n", AS_INT64, "7 7 7");
    sheet_cells(&s, "clean", AS_INT64, "4 4 4");
    sheet_cells(&s, "flag", AS_BYTES, "yes no ?");
    static const struct {
        ntm_of of;
        size_t index, count;
        int64_t first;
        const char *around;
    } cases[] = {{NTM_OF_INDICATOR, 0, 3, 7, "++-"},       {NTM_OF_INDICATOR, 1, 0, 0, ""},
                 {NTM_OF_CRITERION, 0, 3, 7, "++-"},       {NTM_OF_CRITERION, 1, 0, 0, ""},
                 {NTM_OF_CRITERIA_STATUS, 0, 2, 7, "++-"}, {NTM_OF_STATUS, 0, 2, 4, "+--"},
                 {NTM_OF_PRECONDITION, 0, 3, 4, "+--"},    {NTM_OF_REVOCATION, 0, 3, 7, "--+"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ntm_flips_options options = scene_about("one");
        options.of = cases[i].of;
        options.index = cases[i].index;
        ntm_flips *flips = scene_flips(&k, &s, &options);
        assert_int_equal(ntm_flips_count(flips), cases[i].count);
        if (cases[i].count > 0) expect_flip(flips, 0, 0, cases[i].first, 1, cases[i].around);
        ntm_flips_free(flips);
    }
    sheet_end(&s);
    kit_end(&k);
}

/* Two comparisons and a count over members in one rule; the figure is given in metres, the fact in kilometres. */
static void several(void **state) {
    kit k;
    sheet s;
    (void)state;
    scene_start(&k);
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "window",
                  k_of(&k, NTM_ALL, k_compare(&k, k_fact(&k, "n"), NTM_MORE_OR_EQUAL, k_figure(&k, "one")),
                       k_compare(&k, k_fact(&k, "clean"), NTM_LESS, k_figure(&k, "one"))));
    ntm_node each = k_compare(&k, k_fact(&k, "t"), NTM_MORE_OR_EQUAL, k_figure(&k, "few"));
    ntm_node both = k_over(&k, NTM_COUNT, NTM_OVER_MEMBERS, "sex", NULL, each);
    kit_indicator(&k, "some", k_compare(&k, both, NTM_MORE_OR_EQUAL, k_number(&k, "1", NULL)));
    kit_indicator(&k, "road", k_compare(&k, k_fact(&k, "road"), NTM_MORE_OR_EQUAL, k_figure(&k, "road")));
    (void)kit_done(&k);
    sheet_start(&s, 2);
    sheet_cells(&s, "n", AS_INT64, "9 2");
    sheet_cells(&s, "clean", AS_INT64, "4 2");
    sheet_cells(&s, "t[female]", AS_INT64, "3 ?");
    sheet_cells(&s, "t[male]", AS_INT64, "6 6");
    sheet_cells(&s, "road", AS_DOUBLE, "0.0155 0.02");
    ntm_flips_options options = scene_about("one");
    ntm_flips *flips = scene_flips(&k, &s, &options);
    assert_int_equal(ntm_flips_count(flips), 2); /* the second row has no window: (2, 2] */
    expect_flip(flips, 0, 0, 4, 1, "--+");
    expect_flip(flips, 1, 0, 9, 1, "++-");
    ntm_flips_free(flips);
    options = scene_about("few");
    options.index = 1;
    flips = scene_flips(&k, &s, &options);
    assert_int_equal(ntm_flips_count(flips), 2); /* 3 turns the count from 2 to 1, which is enough */
    expect_flip(flips, 0, 0, 6, 1, "++-");
    expect_flip(flips, 1, 1, 6, 1, "++o");
    ntm_flips_free(flips);
    options = scene_about("road");
    options.index = 2;
    flips = scene_flips(&k, &s, &options);
    expect_flip(flips, 0, 0, 31, 2, "++-");
    expect_flip(flips, 1, 1, 20, 1, "++-");
    ntm_flips_free(flips);
    sheet_end(&s);
    kit_end(&k);
}

/* ------------------------------------------------------------------------------------------- which cells */

static void cells(void **state) {
    kit k;
    sheet s;
    (void)state;
    scene_start(&k);
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "1.1", k_compare(&k, k_fact(&k, "percent"), NTM_MORE_OR_EQUAL, k_figure(&k, "share")));
    kit_indicator(&k, "1.2", k_compare(&k, k_fact(&k, "road"), NTM_MORE_OR_EQUAL, k_figure(&k, "road")));
    kit_indicator(&k, "1.3", k_compare(&k, k_fact(&k, "road"), NTM_MORE_OR_EQUAL, k_figure(&k, "jump")));
    (void)kit_done(&k);
    sheet_start(&s, 5);
    sheet_cells(&s, "percent", AS_INT64, "85 85 85 85 85");
    sheet_cells(&s, "road", AS_INT64, "1 1 1 1 1");
    sheet_cells(&s, "region", AS_TEXT, "BTB DBSH TN DBSH ?");
    sheet_cells(&s, "year", AS_INT64, "2016 2017 2018 2020 2031");
    ntm_axis_value named = {"region", "DBSH"};
    ntm_flips_options options = scene_about("share");
    options.axes = &named;
    options.axis_count = 1;
    ntm_flips *flips = scene_flips(&k, &s, &options);
    assert_int_equal(ntm_flips_moving(flips), 2);
    assert_int_equal(ntm_flips_count(flips), 2);
    expect_flip(flips, 0, 1, 85, 1, "++-");
    expect_flip(flips, 1, 3, 85, 1, "++-");
    expect_tally(flips, "100", 0, 3, 2);
    expect_tally(flips, "1", 2, 1, 2);
    ntm_flips_free(flips);
    options = scene_about("road"); /* all years move, those on the line too */
    options.index = 1;
    flips = scene_flips(&k, &s, &options);
    assert_int_equal(ntm_flips_moving(flips), 4);
    ntm_flips_free(flips);
    options = scene_about("jump"); /* without a line, 2017 has no number that could move */
    options.index = 2;
    flips = scene_flips(&k, &s, &options);
    assert_int_equal(ntm_flips_moving(flips), 3);
    ntm_flips_free(flips);
    options = scene_about("road");
    options.index = 1;
    named = (ntm_axis_value){"year", "2017"}; /* a year on the line by itself */
    options.axes = &named;
    options.axis_count = 1;
    flips = scene_flips(&k, &s, &options);
    assert_int_equal(ntm_flips_moving(flips), 1);
    expect_flip(flips, 0, 1, 1000, 1, "++-");
    ntm_flips_free(flips);
    sheet_end(&s);
    kit_end(&k);
}

/* While it is open which column holds, one that is named moves and the other stays. */
static void scope(void **state) {
    kit k;
    sheet s;
    (void)state;
    scene_start(&k);
    kit_scope(&k, "region", "DBSH", k_attested(&k, "flag"));
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "1.1", k_compare(&k, k_fact(&k, "percent"), NTM_MORE_OR_EQUAL, k_figure(&k, "share")));
    (void)kit_done(&k);
    sheet_start(&s, 4);
    sheet_cells(&s, "percent", AS_INT64, "85 85 95 95");
    sheet_cells(&s, "region", AS_CODES, "BTB BTB BTB TN");
    sheet_cells(&s, "flag", AS_BITS, "yes ? ? ?");
    ntm_axis_value named = {"region", "DBSH"};
    ntm_flips_options options = scene_about("share");
    options.axes = &named;
    options.axis_count = 1;
    ntm_flips *flips = scene_flips(&k, &s, &options);
    assert_int_equal(ntm_flips_moving(flips), 4);
    assert_int_equal(ntm_flips_count(flips), 3);
    expect_flip(flips, 0, 0, 85, 1, "++-");
    expect_flip(flips, 1, 1, 85, 1, "oo-"); /* 90 stands beside it */
    expect_flip(flips, 2, 2, 95, 1, "++o");
    ntm_flips_free(flips);
    options = scene_about("share"); /* all columns move together */
    flips = scene_flips(&k, &s, &options);
    assert_int_equal(ntm_flips_count(flips), 4);
    expect_flip(flips, 1, 1, 85, 1, "++-");
    ntm_flips_free(flips);
    sheet_end(&s);
    kit_end(&k);
}

/* Rounded quantities, values by name, and what other rules count, are compared as any other. */
static void quantities(void **state) {
    kit k;
    sheet s;
    (void)state;
    scene_start(&k);
    kit_value(&k, "v", "%", NULL, k_rounded(&k, scene_clean(&k), 1, NTM_ROUND_HALF_UP, "%"));
    kit_criterion(&k, "0", 0);
    kit_indicator(&k, "0.1", k_attested(&k, "flag"));
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "1.1", k_compare(&k, k_value(&k, "v"), NTM_MORE_OR_EQUAL, k_figure(&k, "share")));
    kit_indicator(
        &k, "1.2",
        k_compare(&k,
                  k_of(&k, NTM_PRODUCT, k_count(&k, NTM_COUNT, NTM_OVER_CRITERIA, NTM_MET, (const char *[]){"0"}, 1),
                       k_number(&k, "3", "household")),
                  NTM_MORE_OR_EQUAL, k_figure(&k, "one")));
    (void)kit_done(&k);
    sheet_start(&s, 3);
    sheet_cells(&s, "n", AS_INT64, "2000 2000 2000");
    sheet_cells(&s, "clean", AS_INT64, "1799 1798 ?");
    sheet_cells(&s, "region", AS_TEXT, "BTB BTB BTB");
    sheet_cells(&s, "flag", AS_BYTES, "yes no ?");
    ntm_flips_options options = scene_about("share");
    options.index = 1;
    ntm_flips *flips = scene_flips(&k, &s, &options);
    assert_int_equal(ntm_flips_count(flips), 3);
    expect_flip(flips, 0, 2, 0, 1, "++o"); /* not reported: at least 0, and no more is known */
    expect_flip(flips, 1, 1, 899, 10, "++-");
    expect_flip(flips, 2, 0, 90, 1, "++-");
    ntm_flips_free(flips);
    options = scene_about("one");
    options.index = 2;
    flips = scene_flips(&k, &s, &options);
    assert_int_equal(ntm_flips_count(flips), 4);
    expect_flip(flips, 0, 1, 0, 1, "++-");
    expect_flip(flips, 1, 2, 0, 1, "++o");
    expect_flip(flips, 2, 0, 3, 1, "++-");
    expect_flip(flips, 3, 2, 3, 1, "oo-");
    ntm_flips_free(flips);
    sheet_end(&s);
    kit_end(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(shares),  cmocka_unit_test(near),      cmocka_unit_test(signs),
                                       cmocka_unit_test(watched), cmocka_unit_test(several),   cmocka_unit_test(cells),
                                       cmocka_unit_test(scope),   cmocka_unit_test(quantities)};
    return cmocka_run_group_tests_name("flips", tests, NULL, NULL);
}
