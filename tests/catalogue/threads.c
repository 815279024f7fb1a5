/* SPDX-License-Identifier: Apache-2.0 */
/* One catalogue, asked and laid over by four threads at once. */
#include "together.h"
#include "versions-law.h"

enum { THREADS = 4, ROUNDS = 40 };

typedef struct job {
    const ntm_catalogue *catalogue;
    uint64_t seen;
    size_t laid;
    ntm_status status;
} job;

/* The law with each of its layers alone, and how much of it is known then; some layers need those below them. */
static void lay_each(job *j) {
    const ntm_set *base = ntm_catalogue_get(j->catalogue, "law");
    for (size_t i = 0; i < ntm_catalogue_overlay_count(j->catalogue); i++) {
        ntm_set *set = NULL;
        ntm_standings counts;
        ntm_status status = ntm_set_overlay(&set, base, ntm_catalogue_overlay(j->catalogue, i), NULL, NULL);
        j->seen = j->seen * 31 + (uint64_t)status;
        if (status != NTM_OK) continue;
        j->laid++;
        j->status = ntm_set_standings(&counts, set, NULL);
        if (j->status == NTM_OK) j->seen = j->seen * 31 + counts.cells.cited * 7 + counts.rules.absent;
        ntm_set_free(set);
    }
}

static void find_each(job *j) {
    static const char *const places[] = {"VN", "42", "42/436", "75"};
    for (int month = 1; month <= 12 && j->status == NTM_OK; month++)
        for (size_t i = 0; i < 4 && j->status == NTM_OK; i++) {
            const ntm_set *set = NULL;
            j->status = ntm_catalogue_find(&set, j->catalogue, "p", "l", "t", places[i],
                                           ntm_date_ymd(2022 + (int)i, month, 1), NULL);
            if (j->status == NTM_OK) j->seen = j->seen * 31 + ntm_set_about(set)->overlay_count;
        }
}

static void *work(void *argument) {
    job *j = argument;
    for (size_t round = 0; round < ROUNDS && j->status == NTM_OK; round++) {
        lay_each(j);
        find_each(j);
    }
    return NULL;
}

static void four_at_once(void **state) {
    job jobs[THREADS];
    (void)state;
    ntm_catalogue *catalogue = open_good(law, LAW, false);
    for (size_t i = 0; i < THREADS; i++)
        jobs[i] = (job){catalogue, 0, 0, NTM_OK};
    run_together(work, jobs, sizeof *jobs, THREADS);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(jobs[i].status, NTM_OK);
        assert_int_equal(jobs[i].seen, jobs[0].seen);
        assert_true(jobs[i].laid >= ROUNDS);
    }
    assert_int_not_equal(jobs[0].seen, 0);
    ntm_catalogue_free(catalogue);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(four_at_once)};
    return cmocka_run_group_tests_name("a catalogue and threads", tests, scratch_enter, scratch_leave);
}
