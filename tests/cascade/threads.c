/* SPDX-License-Identifier: Apache-2.0 */
/* Cascades made by four threads at once over one registry, and one cascade read by all of them. */
#include "together.h"
#include "town.h"

#include <string.h>

enum { THREADS = 4, ROUNDS = 40 };

typedef struct job {
    town *t;
    const ntm_cascade *shared;
    uint64_t seen;
    ntm_status status;
} job;

static void *work(void *argument) {
    job *j = argument;
    for (size_t round = 0; round < ROUNDS && j->status == NTM_OK; round++) {
        ntm_cascade *own = NULL;
        ntm_text *text = NULL, *same = NULL;
        j->status = ntm_cascade_new(&own, j->t->units, j->t->steps, 4, &j->t->options, NULL);
        if (j->status == NTM_OK) j->status = ntm_cascade_tree(&text, own, 3, 0, NTM_VI, 0, NULL, NULL);
        if (j->status == NTM_OK) j->status = ntm_cascade_tree(&same, j->shared, 3, 0, NTM_VI, 0, NULL, NULL);
        if (j->status == NTM_OK && strcmp(ntm_text_data(text), ntm_text_data(same)) == 0)
            j->seen += ntm_text_size(text);
        ntm_text_free(text);
        ntm_text_free(same);
        ntm_cascade_free(own);
    }
    return NULL;
}

static void four_at_once(void **state) {
    job jobs[THREADS];
    town t;
    (void)state;
    town_start(&t);
    town_communes(&t, "111,90,100,50,80,1\n112,89,100,60,85,1\n121,180,200,60,90,0\n");
    town_districts(&t, "11,5\n12,7.5\n");
    ntm_cascade *shared = town_run(&t, 4);
    for (size_t i = 0; i < THREADS; i++)
        jobs[i] = (job){&t, shared, 0, NTM_OK};
    run_together(work, jobs, sizeof *jobs, THREADS);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(jobs[i].status, NTM_OK);
        assert_int_equal(jobs[i].seen, jobs[0].seen);
    }
    assert_true(jobs[0].seen > ROUNDS * 100);
    ntm_cascade_free(shared);
    town_end(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(four_at_once)};
    return cmocka_run_group_tests_name("cascades and threads", tests, NULL, NULL);
}
