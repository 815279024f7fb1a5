/* SPDX-License-Identifier: Apache-2.0 */
/* Tables that are wrong: the status, the fact, the lowest row; nothing comes out. */
#include "sheet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void facts(kit *k) {
    static const char *const scale[] = {"khá", "tốt"};
    static const char *const regions[] = {"BTB", "DBSH"};
    static const char *const values[] = {"1", "2"};
    kit_start(k, NULL);
    kit_axis(k, "region", regions, 2);
    kit_fact(k, "whole", NTM_KIND_COUNT, "household");
    kit_part(k, "part", NTM_KIND_COUNT, "household", "whole");
    kit_fact(k, "share", NTM_KIND_SHARE, "%");
    kit_bounded(k, "road", NTM_KIND_AMOUNT, "km", "-5", "10.5");
    kit_fact(k, "cash", NTM_KIND_MONEY, "triệu đồng");
    kit_fact(k, "seen", NTM_KIND_FLAG, NULL);
    kit_fact(k, "unused", NTM_KIND_SHARE, "%");
    kit_levels(k, "rating", scale, 2);
    kit_figure_by(k, "f", "km", "region", regions, values, 2, false);
    kit_criterion(k, "1", 0);
    ntm_node ratio = k_of(k, NTM_RATIO, k_fact(k, "part"), k_fact(k, "whole"));
    kit_indicator(k, "ratio", k_compare(k, ratio, NTM_MORE_OR_EQUAL, k_number(k, "90", "%")));
    kit_indicator(k, "share", k_compare(k, k_fact(k, "share"), NTM_MORE_OR_EQUAL, k_number(k, "90", "%")));
    kit_indicator(k, "road", k_compare(k, k_fact(k, "road"), NTM_MORE_OR_EQUAL, k_figure(k, "f")));
    kit_indicator(k, "cash", k_compare(k, k_fact(k, "cash"), NTM_MORE_OR_EQUAL, k_number(k, "1", "tỷ đồng")));
    kit_indicator(k, "seen", k_attested(k, "seen"));
    kit_indicator(k, "rating", k_at_level(k, "tốt", "rating"));
    (void)kit_done(k);
}

typedef struct wrong {
    const char *name;
    form as;
    const char *cells;
    ntm_status status;
    const char *piece;
    uint64_t row;
} wrong;

static void values_that_cannot_be(void **state) {
    (void)state;
    static const wrong cases[] = {
        {"whole", AS_INT64, "1 2 -1 -2", NTM_ERROR_VALUE, "whole", 2},
        {"whole", AS_INT8, "1 2 -1 -2", NTM_ERROR_VALUE, "whole", 2},
        {"whole", AS_INT16, "1 -128 -1 -2", NTM_ERROR_VALUE, "whole", 1},
        {"whole", AS_DOUBLE, "1 2 3 -1", NTM_ERROR_VALUE, "whole", 3},
        {"whole", AS_DECIMAL, "-7 2 3 -1", NTM_ERROR_VALUE, "whole", 0},
        {"whole", AS_DOUBLE, "1 2.5 3 4", NTM_ERROR_VALUE, "whole", 1},
        {"whole", AS_DOUBLE, "1 2 3.0000000001 4.5", NTM_ERROR_VALUE, "whole", 2},
        {"whole", AS_DECIMAL, "1.0 2.0 3.0 4.1", NTM_ERROR_VALUE, "whole", 3},
        {"whole", AS_INT64, "1.0 2.3 3.0 4.1", NTM_ERROR_VALUE, "whole", 1},
        {"whole", AS_DOUBLE, "1 nan 3 nan", NTM_ERROR_VALUE, "whole", 1},
        {"share", AS_DOUBLE, "1 2 inf nan", NTM_ERROR_VALUE, "share", 2},
        {"share", AS_DOUBLE, "1 2 -inf nan", NTM_ERROR_VALUE, "share", 2},
        {"share", AS_DOUBLE, "100 140 90 141", NTM_ERROR_VALUE, "share", 1},
        {"share", AS_INT64, "100 90 101 140", NTM_ERROR_VALUE, "share", 2},
        {"share", AS_DECIMAL, "100.00 100.01 101 140", NTM_ERROR_VALUE, "share", 1},
        {"share", AS_DOUBLE, "100 100.00000000000001 101 140", NTM_ERROR_VALUE, "share", 1},
        {"share", AS_DOUBLE, "0 -0.0000001 101 140", NTM_ERROR_VALUE, "share", 1},
        {"share", AS_INT8, "0 -1 101 127", NTM_ERROR_VALUE, "share", 1},
        {"road", AS_DOUBLE, "-5 10.5 10.6 11", NTM_ERROR_VALUE, "road", 2},
        {"road", AS_INT64, "-5 -6 10 11", NTM_ERROR_VALUE, "road", 1},
        {"road", AS_DECIMAL, "-5 10.50 10.51 -5.01", NTM_ERROR_VALUE, "road", 2},
        {"cash", AS_DOUBLE, "1 -5 inf nan", NTM_ERROR_VALUE, "cash", 2},
        {"seen", AS_BYTES, "yes no 2 2", NTM_ERROR_VALUE, "seen", 2},
        {"rating", AS_INT32, "0 1 2 3", NTM_ERROR_SHAPE, "rating", NTM_NO_ROW},
        {"whole", AS_TEXT, "1 2 3 4", NTM_ERROR_SHAPE, "whole", NTM_NO_ROW},
        {"whole", AS_CODES, "1 2 3 4", NTM_ERROR_SHAPE, "whole", NTM_NO_ROW},
        {"whole", AS_BYTES, "yes no no no", NTM_ERROR_SHAPE, "whole", NTM_NO_ROW},
        {"share", AS_BITS, "yes no no no", NTM_ERROR_SHAPE, "share", NTM_NO_ROW},
        {"seen", AS_DOUBLE, "1 0 0 1", NTM_ERROR_SHAPE, "seen", NTM_NO_ROW},
        {"seen", AS_TEXT, "yes no no yes", NTM_ERROR_SHAPE, "seen", NTM_NO_ROW},
        {"region", AS_INT64, "1 0 1 0", NTM_ERROR_SHAPE, "region", NTM_NO_ROW},
        {"region", AS_BITS, "yes no no yes", NTM_ERROR_SHAPE, "region", NTM_NO_ROW},
    };
    kit k;
    facts(&k);
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        sheet s;
        sheet_start(&s, 4);
        sheet_cells(&s, cases[at].name, cases[at].as, cases[at].cells);
        print_message("# %s: %s\n", cases[at].name, cases[at].cells);
        expect_failure(k.set, &s, cases[at].status, cases[at].piece, cases[at].row);
        sheet_end(&s);
    }
    kit_end(&k);
}

static void whole_counts_with_a_scale(void **state) {
    (void)state;
    static const form forms[] = {AS_INT16, AS_INT64, AS_DECIMAL};
    kit k;
    facts(&k);
    for (size_t at = 0; at < 9; at++) {
        sheet s;
        sheet_start(&s, 4);
        sheet_cells(&s, "part", forms[at / 3], "9.0 8.0 9.00 10.0");
        sheet_cells(&s, "whole", forms[at % 3], "10.0 10 10.0 ?");
        expect_indicator(k.set, &s, "ratio", "+-+o");
        sheet_end(&s);
    }
    kit_end(&k);
}

static void parts_above_their_wholes(void **state) {
    (void)state;
    static const form forms[] = {AS_INT64, AS_INT32, AS_DOUBLE, AS_DECIMAL};
    kit k;
    facts(&k);
    for (size_t at = 0; at < 16; at++) {
        sheet s;
        sheet_start(&s, 5);
        sheet_cells(&s, "part", forms[at / 4], "5 9 ? 11 12");
        sheet_cells(&s, "whole", forms[at % 4], "5 ? 8 10 11");
        expect_failure(k.set, &s, NTM_ERROR_VALUE, "part", 3);
        sheet_end(&s);
        sheet_start(&s, 3); /* nothing to compare */
        sheet_cells(&s, "part", forms[at / 4], "5 ~ 9");
        sheet_cells(&s, "whole", forms[at % 4], "~ 3 9");
        expect_indicator(k.set, &s, "ratio", "oo+");
        sheet_end(&s);
    }
    kit_end(&k);
}

/* What stands behind a cleared bit is nobody's business. */
static void values_behind_bitmaps(void **state) {
    (void)state;
    kit k;
    sheet s;
    facts(&k);
    double shares[3] = {140, NAN, INFINITY};
    uint8_t seen[3] = {7, 1, 9};
    static const uint8_t valid[1] = {2};
    static const uint8_t none[1] = {0};
    ntm_column column = ntm_column_double(shares, 3);
    column.validity = none;
    sheet_start(&s, 3);
    sheet_column(&s, "share", column);
    column = ntm_column_bytes(seen, 3);
    column.validity = valid;
    sheet_column(&s, "seen", column);
    expect_indicator(k.set, &s, "share", "ooo");
    expect_indicator(k.set, &s, "seen", "o+o");
    sheet_end(&s);
    kit_end(&k);
}

static void nan_means_not_reported(void **state) {
    (void)state;
    kit k;
    sheet s;
    facts(&k);
    double shares[4] = {NAN, 95, -NAN, 85};
    sheet_start(&s, 4);
    ntm_column column = ntm_column_double(shares, 4);
    column.nan_not_reported = true;
    sheet_column(&s, "share", column);
    expect_indicator(k.set, &s, "share", "o+o-");
    shares[2] = INFINITY;
    expect_failure(k.set, &s, NTM_ERROR_VALUE, "share", 2);
    sheet_end(&s);
    kit_end(&k);
}

/* Only what some rule uses is looked at. */
static void columns_that_no_rule_uses(void **state) {
    (void)state;
    kit k;
    sheet s;
    facts(&k);
    sheet_start(&s, 2);
    sheet_cells(&s, "unused", AS_DOUBLE, "140 nan");
    sheet_cells(&s, "seen", AS_BYTES, "yes no");
    expect_indicator(k.set, &s, "seen", "+-");
    sheet_cells(&s, "stranger", AS_TEXT, "a b");
    s.evaluate.ignore_unknown = false; /* the default: a name misspelt must not go unnoticed */
    expect_failure(k.set, &s, NTM_ERROR_SHAPE, "stranger", NTM_NO_ROW);
    s.evaluate.ignore_unknown = true;
    expect_indicator(k.set, &s, "seen", "+-");
    sheet_end(&s);
    kit_end(&k);
}

/* Unless told otherwise a column that the set does not know is refused; one that it knows is not, used or not. */
static void columns_that_the_set_knows(void **state) {
    (void)state;
    static const char *const sexes[] = {"female", "male"};
    static const char *const classes[] = {"I", "II"};
    kit k;
    sheet s;
    kit_start(&k, NULL);
    kit_dimension(&k, "sex", sexes, 2);
    kit_axis(&k, "class", classes, 2);
    kit_fact(&k, "seen", NTM_KIND_FLAG, NULL);
    kit_fact(&k, "unused", NTM_KIND_SHARE, "%");
    kit_by(&k, "trained", NTM_KIND_COUNT, "person", "sex");
    kit_criterion(&k, "1", k_attested(&k, "seen"));
    (void)kit_done(&k);
    sheet_start(&s, 1);
    s.evaluate = (ntm_evaluate_options)NTM_EVALUATE_OPTIONS_INIT;
    sheet_cells(&s, "seen", AS_BITS, "yes");
    sheet_cells(&s, "unused", AS_INT64, "5");
    sheet_cells(&s, "class", AS_TEXT, "II");
    sheet_cells(&s, "trained[female]", AS_INT64, "5");
    sheet_cells(&s, "trained[male]", AS_INT64, "5");
    expect_status(k.set, &s, "+");
    static const char *const strangers[] = {"sean",           "trained[other]", "unused[female]",
                                            "children:v:met", "region",         "past:x:sean"};
    for (size_t at = 0; at < 6; at++) {
        s.table.field_count = 5;
        sheet_cells(&s, strangers[at], AS_INT64, "5");
        expect_failure(k.set, &s, NTM_ERROR_SHAPE, strangers[at], NTM_NO_ROW);
    }
    sheet_end(&s);
    kit_end(&k);
}

static void shapes(void **state) {
    (void)state;
    kit k;
    sheet s;
    facts(&k);
    static const int64_t data[3] = {1, 2, 3};
    sheet_start(&s, 2);
    sheet_column(&s, "whole", ntm_column_int64(data, 3));
    expect_failure(k.set, &s, NTM_ERROR_SHAPE, "whole", NTM_NO_ROW);
    sheet_end(&s);
    sheet_start(&s, 3);
    sheet_column(&s, "whole", ntm_column_int64(data, 3));
    sheet_column(&s, "whole", ntm_column_int64(data, 3));
    expect_failure(k.set, &s, NTM_ERROR_SHAPE, "whole", NTM_NO_ROW);
    sheet_end(&s);
    sheet_start(&s, 3);
    ntm_column column = ntm_column_int64(data, 3);
    column.data = (const char *)data + 1; /* not aligned */
    column.length = 2;
    s.table.rows = 2;
    sheet_column(&s, "whole", column);
    ntm_attainment *result = NULL;
    ntm_plan_options options = s.plan;
    ntm_plan *plan = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_plan_new(&plan, k.set, &options, &err), &err);
    ntm_status status = ntm_evaluate(&result, plan, &s.table, NULL, &err);
    assert_true(status == NTM_ERROR_SHAPE || status == NTM_ERROR_ARGUMENT);
    s.fields[0].column = ntm_column_int64(data, 3);
    s.fields[0].column.struct_size = 0;
    s.table.rows = 3;
    assert_fails(ntm_evaluate(&result, plan, &s.table, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    s.fields[0].column = ntm_column_int64(data, 3);
    s.fields[0].column.type = (ntm_type)10;
    status = ntm_evaluate(&result, plan, &s.table, NULL, &err);
    assert_true(status == NTM_ERROR_SHAPE || status == NTM_ERROR_ARGUMENT);
    s.fields[0].column = ntm_column_int64(data, 3);
    s.table.struct_size = 0;
    assert_fails(ntm_evaluate(&result, plan, &s.table, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_null(result);
    ntm_plan_free(plan);
    sheet_end(&s);
    kit_end(&k);
}

static bool has_problem(const ntm_problems *problems, ntm_status status, const char *piece, uint64_t row) {
    for (size_t at = 0; at < ntm_problems_count(problems); at++) {
        const ntm_error *problem = ntm_problems_get(problems, at);
        bool named = strstr(problem->message, piece) != NULL || strstr(problem->subject, piece) != NULL;
        if (problem->status == status && named && problem->row == row) return true;
    }
    return false;
}

static void problems_are_collected(void **state) {
    (void)state;
    static const ntm_kernels kernels[] = {NTM_KERNELS_REFERENCE, NTM_KERNELS_PLAIN, NTM_KERNELS_BEST};
    kit k;
    facts(&k);
    for (size_t at = 0; at < 3; at++) {
        sheet s;
        ntm_problems *problems = NULL;
        ntm_attainment *result = NULL;
        ntm_plan *plan = NULL;
        ntm_error err = NTM_ERROR_INIT;
        sheet_start(&s, 6);
        sheet_cells(&s, "share", AS_DOUBLE, "90 140 90 -1 nan 90");
        sheet_cells(&s, "whole", AS_INT64, "1 2 3 4 5 -9");
        sheet_cells(&s, "part", AS_INT64, "2 2 3 4 5 1");
        sheet_cells(&s, "seen", AS_BYTES, "yes no 5 no yes no");
        sheet_cells(&s, "region", AS_TEXT, "BTB BTB BTB XYZ BTB BTB");
        assert_ok(ntm_problems_new(&problems, 0, NULL, &err), &err);
        ntm_plan_options options = s.plan;
        options.kernels = kernels[at];
        assert_ok(ntm_plan_new(&plan, k.set, &options, &err), &err);
        s.evaluate.problems = problems;
        ntm_status status = ntm_evaluate(&result, plan, &s.table, &s.evaluate, &err);
        assert_int_not_equal(status, NTM_OK);
        assert_null(result);
        bool all =
            has_problem(problems, NTM_ERROR_VALUE, "share", 1) && has_problem(problems, NTM_ERROR_VALUE, "share", 3) &&
            has_problem(problems, NTM_ERROR_VALUE, "share", 4) && has_problem(problems, NTM_ERROR_VALUE, "whole", 5) &&
            has_problem(problems, NTM_ERROR_VALUE, "part", 0) && has_problem(problems, NTM_ERROR_VALUE, "seen", 2) &&
            has_problem(problems, NTM_ERROR_NOT_FOUND, "region", 3);
        for (size_t which = 0; !all && which < ntm_problems_count(problems); which++) {
            const ntm_error *problem = ntm_problems_get(problems, which);
            print_error("%s: %s, row %lld: %s\n", ntm_status_name(problem->status), problem->subject,
                        (long long)problem->row, problem->message);
        }
        if (!all) fail_msg("not all problems are told (kernels %d)", (int)kernels[at]);
        assert_true(ntm_problems_found(problems) >= 7);
        ntm_problems_free(problems);
        ntm_plan_free(plan);
        sheet_end(&s);
    }
    kit_end(&k);
}

static void plans_that_cannot_be(void **state) {
    (void)state;
    kit k;
    facts(&k);
    ntm_plan *plan = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_plan_options options = NTM_PLAN_OPTIONS_INIT;
    assert_fails(ntm_plan_new(&plan, k.set, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL); /* no date */
    assert_fails(ntm_plan_new(&plan, k.set, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    options.on = ntm_date_ymd(2016, 11, 30);
    assert_fails(ntm_plan_new(&plan, k.set, &options, &err), NTM_ERROR_NOT_IN_FORCE, &err, "2016-12-01");
    options.on = ntm_date_ymd(2021, 1, 1);
    assert_fails(ntm_plan_new(&plan, k.set, &options, &err), NTM_ERROR_NOT_IN_FORCE, &err, "2020-12-31");
    assert_null(plan);
    options.out_of_force = true;
    assert_ok(ntm_plan_new(&plan, k.set, &options, &err), &err);
    ntm_plan_free(plan);
    plan = NULL;
    options.out_of_force = false;
    static const int days[][3] = {{2016, 12, 1}, {2020, 12, 31}};
    for (size_t at = 0; at < 2; at++) {
        options.on = ntm_date_ymd(days[at][0], days[at][1], days[at][2]);
        assert_ok(ntm_plan_new(&plan, k.set, &options, &err), &err);
        assert_ptr_equal(ntm_plan_set(plan), k.set);
        ntm_plan_free(plan);
        plan = NULL;
    }
    assert_fails(ntm_plan_new(NULL, k.set, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_plan_new(&plan, NULL, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    options.struct_size = 0;
    assert_fails(ntm_plan_new(&plan, k.set, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    options.struct_size = sizeof options;
    options.kernels = (ntm_kernels)3;
    assert_fails(ntm_plan_new(&plan, k.set, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    options.kernels = NTM_KERNELS_BEST;
    options.axis_count = 1; /* of none */
    assert_fails(ntm_plan_new(&plan, k.set, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_null(plan);
    kit_end(&k);
}

/* Laws whose dates nobody has read hold on any day. */
static void laws_without_dates(void **state) {
    (void)state;
    kit k;
    ntm_set_spec spec = kit_spec();
    spec.instrument.in_force_from = NTM_DATE_NONE;
    spec.instrument.in_force_to = NTM_DATE_NONE;
    kit_start_spec(&k, &spec, NULL);
    kit_fact(&k, "a", NTM_KIND_FLAG, NULL);
    kit_criterion(&k, "1", k_attested(&k, "a"));
    (void)kit_done(&k);
    sheet s;
    sheet_start(&s, 1);
    sheet_cells(&s, "a", AS_BITS, "yes");
    s.plan.on = ntm_date_ymd(1950, 1, 1);
    expect_status(k.set, &s, "+");
    s.plan.on = ntm_date_ymd(2150, 1, 1);
    expect_status(k.set, &s, "+");
    sheet_end(&s);
    kit_end(&k);
}

static void calls_that_cannot_be(void **state) {
    (void)state;
    kit k;
    sheet s;
    facts(&k);
    ntm_plan *plan = NULL;
    ntm_attainment *result = NULL;
    ntm_error err = NTM_ERROR_INIT;
    sheet_start(&s, 1);
    assert_ok(ntm_plan_new(&plan, k.set, &s.plan, &err), &err);
    assert_fails(ntm_evaluate(NULL, plan, &s.table, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_evaluate(&result, NULL, &s.table, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_evaluate(&result, plan, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    ntm_evaluate_options options = NTM_EVALUATE_OPTIONS_INIT;
    options.struct_size = 0;
    assert_fails(ntm_evaluate(&result, plan, &s.table, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    options.struct_size = sizeof options;
    options.keep = (ntm_keep)3;
    assert_fails(ntm_evaluate(&result, plan, &s.table, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_null(result);
    assert_int_equal(ntm_evaluate(&result, plan, NULL, NULL, NULL), NTM_ERROR_ARGUMENT);
    ntm_plan_free(plan);
    ntm_plan_free(NULL);
    ntm_attainment_free(NULL);
    sheet_end(&s);
    kit_end(&k);
}

static void inputs_of_a_plan(void **state) {
    (void)state;
    kit k;
    facts(&k);
    ntm_plan *plan = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_plan_options options = NTM_PLAN_OPTIONS_INIT;
    options.on = KIT_DAY;
    assert_ok(ntm_plan_new(&plan, k.set, &options, &err), &err);
    static const char *const names[] = {"whole", "part", "share", "road", "cash", "seen", "rating", "region"};
    for (size_t name = 0; name < 8; name++) {
        size_t found = 0;
        for (size_t at = 0; at < ntm_plan_input_count(plan); at++)
            found += strcmp(ntm_plan_input(plan, at), names[name]) == 0;
        if (found != 1) fail_msg("%s is %zu times among the inputs", names[name], found);
    }
    assert_null(ntm_plan_input(plan, ntm_plan_input_count(plan)));
    assert_null(ntm_plan_input(plan, SIZE_MAX));
    ntm_plan_free(plan);
    kit_end(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(values_that_cannot_be),
                                       cmocka_unit_test(whole_counts_with_a_scale),
                                       cmocka_unit_test(parts_above_their_wholes),
                                       cmocka_unit_test(values_behind_bitmaps),
                                       cmocka_unit_test(nan_means_not_reported),
                                       cmocka_unit_test(columns_that_no_rule_uses),
                                       cmocka_unit_test(columns_that_the_set_knows),
                                       cmocka_unit_test(shapes),
                                       cmocka_unit_test(problems_are_collected),
                                       cmocka_unit_test(plans_that_cannot_be),
                                       cmocka_unit_test(laws_without_dates),
                                       cmocka_unit_test(calls_that_cannot_be),
                                       cmocka_unit_test(inputs_of_a_plan)};
    return cmocka_run_group_tests_name("tables that are wrong", tests, NULL, NULL);
}
