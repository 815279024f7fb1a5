/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of making and reading a trajectory fails once. */
#include "law.h"

static ntm_status run(const ntm_allocator *allocator, void *context) {
    course *c = context;
    ntm_trajectory *t = NULL;
    ntm_track_place places[16];
    size_t count = 99;
    ntm_error err = NTM_ERROR_INIT;
    c->options.allocator = allocator;
    ntm_status status = ntm_trajectory_new(&t, c->plan, &c->s.table, &c->options, &err);
    assert_true((status == NTM_OK) == (t != NULL));
    if (status == NTM_OK) {
        status = ntm_trajectory_behind(places, &count, 16, t, NTM_TRACK_ALL, 1, &err);
        assert_int_equal(count, status == NTM_OK ? 3 : 99);
    }
    assert_int_equal(err.status, status);
    ntm_trajectory_free(t);
    return status;
}

/* What is wrong is told, or that there was no memory to tell it. */
static ntm_status wrong(const ntm_allocator *allocator, void *context) {
    course *c = context;
    ntm_trajectory *t = NULL;
    ntm_error err = NTM_ERROR_INIT;
    c->options.allocator = allocator;
    ntm_status status = ntm_trajectory_new(&t, c->plan, &c->s.table, &c->options, &err);
    assert_null(t);
    assert_int_equal(err.status, status);
    return status;
}

static void sweeps(void **state) {
    course c;
    (void)state;
    course_start(&c, LAW, "2025-12-31", "X Y", "2020-01-31 2020-02-29");
    sheet_cells(&c.s, "clean", AS_DOUBLE, "62 61  62 61");
    sheet_cells(&c.s, "region", AS_TEXT, "A B  A B");
    sheet_cells(&c.s, "unread", AS_INT64, "1 2  3 4");
    course_run(&c, "unit,indicator,fact,sign,line,from,from_value,to,to_value,citation\n"
                   ",1.1,,,straight,2019-12-31,62,,,QD 1\nX,,unread,>=,,,,2020-01-31,9,QD 2\n");
    assert_true(fault_sweep(run, &c, NTM_OK) > 20);
    course_end(&c);
    course_start(&c, LAW, "2025-12-31", "X Y", "2020-01-31 2020-02-29");
    sheet_cells(&c.s, "clean", AS_INT64, "62 61  101 61");
    course_refused(&c, NULL, NTM_ERROR_VALUE, "clean", 2, "");
    assert_true(fault_sweep(wrong, &c, NTM_ERROR_VALUE) > 4);
    course_end(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(sweeps)};
    return cmocka_run_group_tests_name("trajectories without memory", tests, NULL, NULL);
}
