/* SPDX-License-Identifier: Apache-2.0 */
/* One roll-up, applied by four threads at once, and one result, asked by all of them. */
#include "kit.h"
#include "together.h"

enum { THREADS = 4, ROUNDS = 300 };

typedef struct job {
    const kit *k;
    int64_t seen;
    ntm_status status;
} job;

static void *work(void *argument) {
    job *j = argument;
    for (int round = 0; round < ROUNDS && j->status == NTM_OK; round++) {
        ntm_table table = kit_table(j->k);
        ntm_rolled *rolled = NULL;
        ntm_range own, common;
        ntm_rolled_parts parts;
        j->status = ntm_rolled_new(&rolled, j->k->rollup, j->k->facts, j->k->fact_count, &table, NULL, NULL);
        if (j->status == NTM_OK) j->status = ntm_rolled_range(&own, rolled, "people", 1, NULL);
        if (j->status == NTM_OK) j->status = ntm_rolled_range(&common, j->k->rolled, "share", 1, NULL);
        if (j->status == NTM_OK) j->status = ntm_rolled_parts_of(&parts, j->k->rolled, "share", 1, NULL);
        if (j->status == NTM_OK)
            j->seen = j->seen * 31 % 1000003 + own.least.numerator + common.least.numerator * 7 + parts.parts;
        ntm_rolled_free(rolled);
    }
    return NULL;
}

static void four_at_once(void **state) {
    static const ntm_fact people = FACT("people", NTM_KIND_COUNT, "person", NTM_MERGE_SUM);
    static const ntm_fact share = {
        .id = "share", .kind = NTM_KIND_SHARE, .unit = "%", .merge = NTM_MERGE_WEIGHTED, .merge_weight = "people"};
    static const ntm_rollup_part parts[] = {PART(0, 0), SHARE(1, 0, 1), SHARE(1, 1, 2), PART(2, 1)};
    job jobs[THREADS];
    kit k;
    (void)state;
    kit_start(&k, 3);
    kit_column(&k, "people", (const int64_t[]){5, 9, 7}, 0);
    kit_column(&k, "share", (const int64_t[]){10, 20, 40}, 0);
    kit_fact(&k, &people);
    kit_fact(&k, &share);
    kit_parts(&k, parts, 4, 3, 2);
    assert_ok(kit_roll(&k), &k.err);
    for (size_t i = 0; i < THREADS; i++)
        jobs[i] = (job){&k, 0, NTM_OK};
    run_together(work, jobs, sizeof *jobs, THREADS);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(jobs[i].status, NTM_OK);
        assert_int_equal(jobs[i].seen, jobs[0].seen);
    }
    assert_int_not_equal(jobs[0].seen, 0);
    kit_end(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(four_at_once)};
    return cmocka_run_group_tests_name("roll-ups and threads", tests, NULL, NULL);
}
