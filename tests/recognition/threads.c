/* SPDX-License-Identifier: Apache-2.0 */
/* One register, asked by four threads at once. */
#include "book.h"
#include "together.h"

#include <string.h>

enum { THREADS = 4, DAYS = 4000 };

typedef struct job {
    const ntm_register *reg;
    uint64_t seen;
    ntm_status status;
} job;

static void *work(void *argument) {
    job *j = argument;
    for (ntm_date on = 16000; on < 16000 + DAYS && j->status == NTM_OK; on++) {
        ntm_holding holding;
        ntm_holders holders;
        ntm_pending waiting[8];
        ntm_expiry last[8];
        size_t pending = 0, expiring = 0;
        j->status = ntm_register_holds(&holding, j->reg, "A", "S", on, NULL);
        if (j->status == NTM_OK) j->status = ntm_register_count(&holders, j->reg, NULL, "S", NULL, on, NULL);
        if (j->status == NTM_OK)
            j->status = ntm_register_pending(waiting, &pending, 8, j->reg, NULL, on, NULL, 0, NULL);
        if (j->status == NTM_OK)
            j->status = ntm_register_expiring(last, &expiring, 8, j->reg, NULL, on, on + 30, on, NULL);
        if (j->status == NTM_OK)
            j->seen = j->seen * 31 + (uint64_t)holding.reason + holders.held * 7 + pending * 11 + expiring * 13;
    }
    return NULL;
}

static void four_at_once(void **state) {
    ntm_register_options options = book_months(36);
    job jobs[THREADS];
    (void)state;
    ntm_register *reg = book_read("A,S,3,recognised,2015-01-01,,,\nB,S,3,recognised,2016-01-01,,,\n"
                                  "A,,,merged,2017-01-01,,A,\nB,,,merged,2017-01-01,,A,\n"
                                  "A,S,3,re-acknowledged,2017-06-01,,,\nC,S,4,recognised,2018-01-01,,,\n",
                                  &options);
    for (size_t i = 0; i < THREADS; i++)
        jobs[i] = (job){reg, 0, NTM_OK};
    run_together(work, jobs, sizeof *jobs, THREADS);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(jobs[i].status, NTM_OK);
        assert_int_equal(jobs[i].seen, jobs[0].seen);
    }
    assert_int_not_equal(jobs[0].seen, 0);
    ntm_register_free(reg);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(four_at_once)};
    return cmocka_run_group_tests_name("a register and threads", tests, NULL, NULL);
}
