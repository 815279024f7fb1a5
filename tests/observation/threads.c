/* SPDX-License-Identifier: Apache-2.0 */
/* One store and one view, asked by four threads at once. */
#include "notes.h"
#include "together.h"

#include <string.h>

enum { THREADS = 4, DAYS = 300 };

typedef struct job {
    const ntm_observations *store;
    const ntm_view *view;
    uint64_t seen;
    ntm_status status;
} job;

static void *work(void *argument) {
    job *j = argument;
    for (ntm_date on = 18200; on < 18200 + DAYS && j->status == NTM_OK; on++) {
        ntm_observed_options options = NTM_OBSERVED_OPTIONS_INIT;
        ntm_view *view = NULL;
        ntm_punctuality *p = NULL;
        ntm_missing missing[2];
        size_t count = 0;
        options.known_on = on;
        j->status = ntm_view_new(&view, j->store, &options, NULL);
        if (j->status == NTM_OK) j->status = ntm_punctuality_new(&p, j->store, &options, 10, NULL);
        if (j->status == NTM_OK) j->status = ntm_punctuality_missing(missing, &count, 2, p, NULL);
        if (j->status == NTM_OK)
            j->seen = j->seen * 31 + ntm_view_cells(view).reported + 7 * count + ntm_punctuality_total(p).late +
                      ntm_view_source(j->view, 0, 0);
        ntm_view_free(view);
        ntm_punctuality_free(p);
    }
    return NULL;
}

static void four_at_once(void **state) {
    job jobs[THREADS];
    (void)state;
    ntm_observations *store =
        notes_read("A,f,2020-01,1,2020-02-01\nB,f,2020-01,2,2020-02-20\nA,f,2020-01,3,2020-03-01\n"
                   "A,f,2020-02,1.5,2020-03-01\nA,g,2020-01,khá,2020-02-01\n",
                   NULL);
    ntm_view *view = notes_view(store, NULL);
    for (size_t i = 0; i < THREADS; i++)
        jobs[i] = (job){store, view, 0, NTM_OK};
    run_together(work, jobs, sizeof *jobs, THREADS);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(jobs[i].status, NTM_OK);
        assert_int_equal(jobs[i].seen, jobs[0].seen);
    }
    assert_int_not_equal(jobs[0].seen, 0);
    ntm_view_free(view);
    ntm_observations_free(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(four_at_once)};
    return cmocka_run_group_tests_name("observations in threads", tests, NULL, NULL);
}
