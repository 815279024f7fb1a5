/* SPDX-License-Identifier: Apache-2.0 */
/* One table measured, and one result read, by four threads at once. */
#include "model.h"
#include "together.h"

#include <stdlib.h>
#include <string.h>

enum { THREADS = 4, ROUNDS = 6 };

static model m;

typedef struct job {
    const ntm_poverty *shared;
    ntm_status status;
    bool same;
} job;

static void *work(void *argument) {
    job *j = argument;
    for (int round = 0; round < ROUNDS && j->status == NTM_OK; round++) {
        ntm_poverty *own = NULL;
        j->status = ntm_poverty_measure(&own, &m.table, m.indicators, m.count, &m.options, NULL);
        for (size_t group = 0; group < ntm_poverty_groups(own) && j->status == NTM_OK; group++) {
            ntm_decimal a = {0, 0}, b = {1, 0};
            j->status = ntm_poverty_rounded(&a, NULL, own, group, NTM_MEASURE_POOR, 0, 0, 2, NTM_ROUND_DOWN, NULL);
            if (j->status == NTM_OK)
                j->status =
                    ntm_poverty_rounded(&b, NULL, j->shared, group, NTM_MEASURE_POOR, 0, 0, 2, NTM_ROUND_DOWN, NULL);
            j->same = j->same && ntm_decimal_compare(a, b) == 0;
        }
        ntm_poverty_free(own);
    }
    return NULL;
}

static void four_at_once(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 6; seed++) {
        uint64_t random = 500 + seed;
        job jobs[THREADS];
        model_start(&m, &random, seed == 0 ? 34000 : 5000);
        m.groups = 2;
        model_encode(&m, &random, NULL);
        ntm_poverty *shared = model_measure(&m);
        assert_true(ntm_poverty_groups(shared) > 10);
        for (size_t i = 0; i < THREADS; i++)
            jobs[i] = (job){shared, NTM_OK, true};
        run_together(work, jobs, sizeof *jobs, THREADS);
        for (size_t i = 0; i < THREADS; i++) {
            assert_int_equal(jobs[i].status, NTM_OK);
            assert_true(jobs[i].same);
        }
        ntm_poverty_free(shared);
        model_end(&m);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(four_at_once)};
    return cmocka_run_group_tests_name("poverty in threads", tests, NULL, NULL);
}
