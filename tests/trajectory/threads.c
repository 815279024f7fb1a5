/* SPDX-License-Identifier: Apache-2.0 */
/* Threads that make trajectories with one plan and read one that they share. */
#include "law.h"
#include "together.h"

enum { THREADS = 4, ROUNDS = 20 };

typedef struct job {
    const course *c;
    size_t seen;
    ntm_status status;
} job;

static size_t look(const ntm_trajectory *t) {
    size_t seen = 0, count = 0;
    for (size_t series = 0; series < ntm_trajectory_series_count(t); series++)
        for (size_t unit = 0; unit < 3; unit++) {
            ntm_track_cell cell = {0};
            ntm_track_outlook outlook = {.arrives_on = 0};
            if (ntm_trajectory_cell(&cell, t, series, unit, 1, NULL) == NTM_OK) seen = seen * 5 + (size_t)cell.state;
            if (ntm_trajectory_outlook(&outlook, t, series, unit, 1, NULL) == NTM_OK)
                seen += (size_t)outlook.months.numerator;
        }
    ntm_track_place places[64];
    if (ntm_trajectory_behind(places, &count, 64, t, NTM_TRACK_ALL, 1, NULL) == NTM_OK) seen += count;
    return seen;
}

static void *work(void *argument) {
    job *j = argument;
    for (size_t round = 0; round < ROUNDS && j->status == NTM_OK; round++) {
        ntm_trajectory *own = NULL;
        j->status = ntm_trajectory_new(&own, j->c->plan, &j->c->s.table, &j->c->options, NULL);
        if (j->status == NTM_OK && look(own) == look(j->c->t)) j->seen += look(own);
        ntm_trajectory_free(own);
    }
    return NULL;
}

static void four_at_once(void **state) {
    course c;
    job jobs[THREADS];
    (void)state;
    course_start(&c, LAW, "2025-06-30", "X Y Z", "2022-01-31 2023-02-28");
    sheet_cells(&c.s, "clean", AS_DOUBLE, "62 61 90  70 61 91");
    sheet_cells(&c.s, "region", AS_TEXT, "A B A  A B A");
    sheet_cells(&c.s, "income", AS_INT64, "41 42 43  44 45 60");
    course_run(&c, "indicator,line,from,from_value\n1.1,straight,2021-12-31,62\n");
    for (size_t i = 0; i < THREADS; i++)
        jobs[i] = (job){&c, 0, NTM_OK};
    run_together(work, jobs, sizeof *jobs, THREADS);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(jobs[i].status, NTM_OK);
        assert_true(jobs[i].seen == ROUNDS * look(c.t));
    }
    course_end(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(four_at_once)};
    return cmocka_run_group_tests_name("trajectories and threads", tests, NULL, NULL);
}
