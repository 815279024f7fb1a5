/* SPDX-License-Identifier: Apache-2.0 */
/* What is refused, where it stands and why; all of it together. */
#include "law.h"

static void start(course *c) {
    course_start(c, LAW, "2020-12-31", "X Y", "2020-01-31 2020-02-29");
    sheet_cells(&c->s, "clean", AS_INT64, "60 61  62 63");
}

static void the_call(void **state) {
    course c;
    (void)state;
    start(&c);
    course_run(&c, NULL);
    ntm_trajectory *t = NULL;
    ntm_trajectory_options o = c.options;
    assert_fails(ntm_trajectory_new(NULL, c.plan, &c.s.table, &o, &c.err), NTM_ERROR_ARGUMENT, &c.err, "a place");
    assert_fails(ntm_trajectory_new(&t, NULL, &c.s.table, &o, &c.err), NTM_ERROR_ARGUMENT, &c.err, "a plan");
    assert_fails(ntm_trajectory_new(&t, c.plan, NULL, &o, &c.err), NTM_ERROR_ARGUMENT, &c.err, "a table");
    assert_fails(ntm_trajectory_new(&t, c.plan, &c.s.table, NULL, &c.err), NTM_ERROR_ARGUMENT, &c.err, "options");
    o.struct_size = 8;
    assert_fails(ntm_trajectory_new(&t, c.plan, &c.s.table, &o, &c.err), NTM_ERROR_ARGUMENT, &c.err, "_INIT");
    ntm_table other = {8, c.s.table.rows, (const ntm_field *)(uintptr_t)64, 1000}; /* nothing of it may be looked at */
    assert_fails(ntm_trajectory_new(&t, c.plan, &other, &c.options, &c.err), NTM_ERROR_ARGUMENT, &c.err, "TABLE_INIT");
    o = c.options;
    o.allocator = &fault_lacking;
    assert_fails(ntm_trajectory_new(&t, c.plan, &c.s.table, &o, &c.err), NTM_ERROR_ARGUMENT, &c.err, "allocator");
    o = c.options;
    o.units = NULL;
    assert_fails(ntm_trajectory_new(&t, c.plan, &c.s.table, &o, &c.err), NTM_ERROR_ARGUMENT, &c.err, "units");
    o = c.options;
    o.period_ends = NULL;
    assert_fails(ntm_trajectory_new(&t, c.plan, &c.s.table, &o, &c.err), NTM_ERROR_ARGUMENT, &c.err, "last days");
    o.period_ends = c.ends;
    o.period_count = SIZE_MAX / 2;
    assert_fails(ntm_trajectory_new(&t, c.plan, &c.s.table, &o, &c.err), NTM_ERROR_LIMIT, &c.err, "134217728");
    assert_null(t);
    course_end(&c);
}

static void units_and_periods(void **state) {
    course c;
    static const char *const twice[] = {"X", "X"}, *const empty[] = {"X", ""};
    static const int32_t codes[] = {0, 1}, missing[] = {0, -1};
    (void)state;
    start(&c);
    ntm_column units = c.units;
    c.units = ntm_column_codes(codes, 2, twice, 2);
    course_refused(&c, NULL, NTM_ERROR_CONFLICT, "units", 1, "X is there twice");
    c.units = ntm_column_codes(codes, 2, empty, 2);
    course_refused(&c, NULL, NTM_ERROR_VALUE, "units", 1, "without a unit");
    c.units = ntm_column_codes(missing, 2, twice, 2);
    course_refused(&c, NULL, NTM_ERROR_VALUE, "units", 1, "without a unit");
    int64_t numbers[] = {1, 2};
    c.units = ntm_column_int64(numbers, 2);
    course_refused(&c, NULL, NTM_ERROR_SHAPE, "units", NTM_NO_ROW, "text or categories");
    c.units = units;
    c.units.length = 1;
    course_refused(&c, NULL, NTM_ERROR_SHAPE, "rows", NTM_NO_ROW, "4 rows for 1 units and 2 periods");
    c.units = units;
    c.ends[1] = c.ends[0];
    course_refused(&c, NULL, NTM_ERROR_VALUE, "periods", 1, "2020-01-31 comes after 2020-01-31");
    c.ends[1] = NTM_DATE_NONE;
    course_refused(&c, NULL, NTM_ERROR_VALUE, "periods", 1, "a day");
    c.ends[1] = ntm_date_ymd(2019, 1, 1);
    c.units.length = 1;
    ntm_problems *problems = NULL;
    assert_ok(ntm_problems_new(&problems, 0, NULL, &c.err), &c.err);
    c.options.problems = problems;
    course_refused(&c, NULL, NTM_ERROR_VALUE, "periods", 1, "in their order");
    assert_int_equal(ntm_problems_found(problems), 2);
    ntm_problems_free(problems);
    course_end(&c);
}

static void targets(void **state) {
    course c;
    (void)state;
    start(&c);
#define R(text, status, column, piece) course_refused(&c, text, status, "targets: " column, 0, piece)
    R("unit,indicator\nZ,1.1\n", NTM_ERROR_NOT_FOUND, "unit", "\"Z\" is none");
    R("indicator\n9.9\n", NTM_ERROR_NOT_FOUND, "indicator", "no such indicator");
    R("indicator\n3\n", NTM_ERROR_NOT_FOUND, "indicator", "no such indicator");
    R("indicator,to_value\n5.3,5\n", NTM_ERROR_VALUE, "to_value", "a deadline only");
    R("fact,sign,to_value\nnone,>=,1\n", NTM_ERROR_NOT_FOUND, "fact", "no such fact");
    R("fact,sign,to_value\npupils,>=,1\n", NTM_ERROR_NOT_FOUND, "fact", "no such fact");
    R("fact,sign,to_value\nhall,>=,1\n", NTM_ERROR_VALUE, "fact", "a flag, a level or a day");
    R("fact,sign,to_value\nunion,>=,1\n", NTM_ERROR_VALUE, "fact", "a flag, a level or a day");
    R("fact,sign,to_value\nopened,>=,1\n", NTM_ERROR_VALUE, "fact", "a flag, a level or a day");
    R("fact,indicator\nclean,1.1\n", NTM_ERROR_VALUE, "fact", "one of them");
    R("fact,indicator\n,\n", NTM_ERROR_VALUE, "indicator", "expected an indicator, or a fact");
    R("fact,to_value\nclean,1\n", NTM_ERROR_VALUE, "sign", "needs a sign");
    R("fact,sign\nclean,>=\n", NTM_ERROR_VALUE, "to_value", "needs a target");
    R("fact,sign,to_value\nclean,=>,1\n", NTM_ERROR_VALUE, "sign", "\"=>\": expected <");
    R("fact,sign,to_value\nclean,>=,101\n", NTM_ERROR_VALUE, "to_value", "can never have");
    R("fact,sign,to_value\nunread,>=,-1\n", NTM_ERROR_VALUE, "to_value", "can never have");
    R("fact,sign,to_value,measure\nclean,>=,1,km\n", NTM_ERROR_UNIT, "measure", "km: expected a unit like %");
    R("fact,sign,to_value,measure\nclean,>=,1,///\n", NTM_ERROR_UNIT, "measure", "no unit");
    R("indicator,sign\n1.1,>\n", NTM_ERROR_CONFLICT, "sign", "the rule of 1.1 has: that is >=");
    R("indicator,sign\n4,<=\n", NTM_ERROR_CONFLICT, "sign", "that is >=");
    R("indicator,line\n1.1,curved\n", NTM_ERROR_VALUE, "line", "\"curved\": expected straight");
    R("indicator,line\n1.1,straight\n", NTM_ERROR_VALUE, "from", "a baseline");
    R("indicator,line,from\n1.1,straight,2019-01-01\n", NTM_ERROR_VALUE, "from_value", "a baseline");
    R("indicator,line,from_value\n1.1,straight,5\n", NTM_ERROR_VALUE, "from", "a baseline");
    R("indicator,from\n1.1,2019-01-01\n", NTM_ERROR_VALUE, "line", "without a line");
    R("indicator,from_value\n1.1,5\n", NTM_ERROR_VALUE, "line", "without a line");
    R("indicator,line,from,from_value\n1.1,straight,2020-12-31,5\n", NTM_ERROR_VALUE, "from",
      "2020-12-31 is not before the deadline, 2020-12-31");
    R("indicator,line,from,from_value,to\n1.1,straight,2019-12-31,5,2019-01-01\n", NTM_ERROR_VALUE, "from",
      "2019-12-31 is not before the deadline, 2019-01-01");
    R("indicator,line,from,from_value\n5.4,straight,2019-12-31,5\n", NTM_ERROR_VALUE, "line", "a direction");
    R("indicator,to_value\n2.1,5\n", NTM_ERROR_VALUE, "to_value", "a deadline only");
    R("indicator,measure\n2.2,%\n", NTM_ERROR_VALUE, "measure", "a deadline only");
    R("indicator,line\n5.2,straight\n", NTM_ERROR_VALUE, "line", "a deadline only");
    R("indicator,to\n1.1,2020-13-01\n", NTM_ERROR_SYNTAX, "to", "2020-13-01");
#undef R
    course_refused(&c, "fact,sign,to_value\nclean,>=,1\nclean,<=,1\n", NTM_ERROR_CONFLICT, "targets: sign", 1,
                   "another row of clean");
    course_refused(&c, "indicator,to\n1.1,2020-05-01\n1.1,2020-06-01\n", NTM_ERROR_CONFLICT, "targets: indicator", 1,
                   "a second target of 1.1 for all units: the first is in row 0");
    course_refused(&c, "unit,indicator\nX,1.1\nY,1.1\nX,1.1\n", NTM_ERROR_CONFLICT, "targets: unit", 2,
                   "for this unit: the first is in row 0");
    course_refused(&c, "indicator,target\n1.1,5\n", NTM_ERROR_SHAPE, "targets: target", NTM_NO_ROW,
                   "no column of targets");
    /* A deadline alone is fine, for what is measured and what is not. */
    course_run(&c, "indicator,to,citation\n1.1,2020-02-29,QD 1\n2.1,2020-01-31,\n");
    expect_states(&c, IND, "1.1", "oo xx");
    ntm_track_target target;
    assert_ok(ntm_trajectory_target(&target, c.t, 0, 1, &c.err), &c.err);
    assert_string_equal(target.citation, "QD 1");
    course_end(&c);
}

static void columns_of_targets(void **state) {
    course c;
    (void)state;
    start(&c);
    course_run(&c, NULL);
    int64_t numbers[] = {1};
    ntm_field fields[] = {{"indicator", ntm_column_int64(numbers, 1)}, {"to_value", ntm_column_int64(numbers, 1)}};
    ntm_table table = {sizeof table, 1, fields, 2};
    ntm_trajectory *t = NULL;
    c.options.targets = &table;
    assert_fails(ntm_trajectory_new(&t, c.plan, &c.s.table, &c.options, &c.err), NTM_ERROR_SHAPE, &c.err, "text");
    static const char *const names[] = {"1.1"};
    int32_t codes[] = {0};
    fields[0].column = fields[1].column = ntm_column_codes(codes, 1, names, 1);
    assert_fails(ntm_trajectory_new(&t, c.plan, &c.s.table, &c.options, &c.err), NTM_ERROR_SHAPE, &c.err, "numbers");
    assert_string_equal(c.err.subject, "targets: to_value");
    double huge = 1e300;
    fields[1].column = ntm_column_double(&huge, 1);
    assert_fails(ntm_trajectory_new(&t, c.plan, &c.s.table, &c.options, &c.err), NTM_ERROR_OVERFLOW, &c.err, "");
    assert_int_equal(c.err.row, 0);
    table.rows = 2;
    assert_fails(ntm_trajectory_new(&t, c.plan, &c.s.table, &c.options, &c.err), NTM_ERROR_SHAPE, &c.err, "");
    assert_null(t);
    course_end(&c);
}

/* Everything that is wrong with targets and with the table comes at once, the targets first. */
static void all_together(void **state) {
    course c;
    ntm_problems *problems = NULL;
    (void)state;
    course_start(&c, LAW, "2020-12-31", "X Y", "2020-01-31 2020-02-29");
    sheet_cells(&c.s, "clean", AS_INT64, "60 61  101 63");
    sheet_cells(&c.s, "unread", AS_INT64, "1 2  3 4");
    assert_ok(ntm_problems_new(&problems, 0, NULL, &c.err), &c.err);
    c.options.problems = problems;
    course_refused(&c, "unit,indicator,sign,line\nZ,1.1,>,bent\n,9,,\n", NTM_ERROR_CONFLICT, "targets: sign", 0, ">=");
    assert_int_equal(ntm_problems_found(problems), 4);
    assert_string_equal(ntm_problems_get(problems, 1)->subject, "targets: unit");
    assert_string_equal(ntm_problems_get(problems, 2)->subject, "targets: indicator");
    assert_string_equal(ntm_problems_get(problems, 3)->subject, "clean");
    assert_int_equal(ntm_problems_get(problems, 3)->row, 2);
    ntm_problems_free(problems);
    course_end(&c);
}

static void the_table(void **state) {
    course c;
    (void)state;
    start(&c);
    sheet_cells(&c.s, "strange", AS_INT64, "1 2  3 4");
    course_refused(&c, NULL, NTM_ERROR_SHAPE, "strange", NTM_NO_ROW, "");
    c.options.ignore_unknown = true;
    course_run(&c, NULL);
    sheet_cells(&c.s, "year", AS_INT64, "2021 2021  2021 2021");
    course_refused(&c, NULL, NTM_ERROR_SHAPE, "year", NTM_NO_ROW, "a column of years");
    course_end(&c);
    start(&c);
    sheet_cells(&c.s, "unread", AS_INT64, "1 2  -3 4");
    course_refused(&c, "fact,sign,to_value\nunread,>=,5\n", NTM_ERROR_VALUE, "unread", 2, "natural bounds");
    course_end(&c);
    start(&c);
    sheet_cells(&c.s, "unread", AS_TEXT, "1 2  3 4");
    course_refused(&c, "fact,sign,to_value\nunread,>=,5\n", NTM_ERROR_SHAPE, "unread", 0, "");
    course_end(&c);
    /* What is asked is so many 366ths, and 2^62 is that much behind it. */
    start(&c);
    sheet_cells(&c.s, "roads", AS_INT64, "1 2  3 4611686018427387904");
    course_refused(&c, "fact,sign,to_value,line,from,from_value\nroads,<=,1,straight,2019-12-31,10\n",
                   NTM_ERROR_OVERFLOW, "roads", 3, "64 bits");
    course_end(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_call),           cmocka_unit_test(units_and_periods), cmocka_unit_test(targets),
        cmocka_unit_test(columns_of_targets), cmocka_unit_test(all_together),      cmocka_unit_test(the_table),
    };
    return cmocka_run_group_tests_name("refused trajectories", tests, NULL, NULL);
}
