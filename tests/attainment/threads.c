/* SPDX-License-Identifier: Apache-2.0 */
/* One set and one plan, read by four threads at once. */
#include "model.h"
#include "together.h"

#include <stdlib.h>

static model m; /* large */

enum { THREADS = 4, ROUNDS = 8 };

typedef struct job {
    const ntm_plan *plan;
    const ntm_table *table;
    const ntm_evaluate_options *options;
    const ntm_attainment *shared;
    ntm_attainment *results[ROUNDS];
    ntm_status status;
    uint64_t seen;
} job;

static void *work(void *argument) {
    job *j = argument;
    for (int round = 0; round < ROUNDS && j->status == NTM_OK; round++) {
        j->status = ntm_evaluate(&j->results[round], j->plan, j->table, j->options, NULL);
        for (size_t row = 0; row < ntm_attainment_rows(j->shared); row++)
            j->seen += (uint64_t)ntm_attainment_status(j->shared, row);
        ntm_explanation *why = NULL;
        ntm_text *line = NULL;
        if (j->status == NTM_OK)
            j->status = ntm_explain(&why, j->plan, j->table, (size_t)round, NTM_OF_STATUS, 0, NULL, NULL);
        if (j->status == NTM_OK) j->status = ntm_explanation_line(&line, why, NTM_VI, NULL, NULL);
        ntm_text_free(line);
        ntm_explanation_free(why);
    }
    return NULL;
}

static void four_at_once(void **state) {
    static const ntm_kernels kernels[] = {NTM_KERNELS_BEST, NTM_KERNELS_PLAIN, NTM_KERNELS_REFERENCE};
    (void)state;
    for (size_t at = 0; at < 3; at++) {
        truth t;
        sheet s;
        size_t map[700];
        uint64_t random = 5;
        ntm_plan *plan = NULL;
        ntm_attainment *first = NULL;
        ntm_error err = NTM_ERROR_INIT;
        job jobs[THREADS];
        model_start(&m, 1000003, false);
        truth_start(&t, 700, &random);
        for (size_t row = 0; row < 700; row++)
            map[row] = row;
        truth_encode(&s, &t, map, 700, &random);
        model_give(&m, &s.plan);
        s.evaluate.keep_values = true;
        s.plan.kernels = kernels[at];
        assert_ok(ntm_plan_new(&plan, m.kit.set, &s.plan, &err), &err);
        assert_ok(ntm_evaluate(&first, plan, &s.table, &s.evaluate, &err), &err);
        for (size_t which = 0; which < THREADS; which++)
            jobs[which] = (job){plan, &s.table, &s.evaluate, first, {NULL}, NTM_OK, 0};
        run_together(work, jobs, sizeof *jobs, THREADS);
        for (size_t which = 0; which < THREADS; which++) {
            assert_int_equal(jobs[which].status, NTM_OK);
            assert_int_equal(jobs[which].seen, jobs[0].seen);
            for (size_t round = 0; round < ROUNDS; round++) {
                assert_same_results(m.kit.set, first, jobs[which].results[round], "threads");
                ntm_attainment_free(jobs[which].results[round]);
            }
        }
        ntm_attainment_free(first);
        ntm_plan_free(plan);
        sheet_end(&s);
        truth_end(&t);
        model_end(&m);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(four_at_once)};
    return cmocka_run_group_tests_name("threads", tests, NULL, NULL);
}
