/* SPDX-License-Identifier: Apache-2.0 */
/* One ledger, tallied by several threads at once: whole, and each a part. */
#include "accounts.h"
#include "together.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 4, ROWS = 20000 };

static const ntm_side sides[] = {
    {"unit", NULL, true}, {"source", NULL, true}, {"stage", NULL, false}, {"date", "month", true}};

typedef struct job {
    const ntm_ledger *ledger;
    const ntm_cube *cube;
    uint64_t first, count;
    ntm_cube_tally *part;
    ntm_status status;
} job;

static void *work(void *argument) {
    job *j = argument;
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    ntm_cube_tally *whole = NULL;
    ntm_cube *cube = NULL;
    ntm_duplicate duplicate;
    size_t duplicates = 0;
    asked.sides = sides;
    asked.side_count = 4;
    j->status = ntm_cube_tally_new(&whole, j->ledger, &asked, NULL);
    if (j->status == NTM_OK) j->status = ntm_cube_of(&cube, whole, NULL, NULL);
    if (j->status == NTM_OK) j->status = ntm_ledger_duplicates(&duplicate, &duplicates, 1, j->ledger, NULL, 0, NULL);
    if (j->status == NTM_OK && ntm_cube_cells(cube) != ntm_cube_cells(j->cube)) j->status = NTM_ERROR_VALUE;
    for (uint32_t at[4] = {0}; j->status == NTM_OK && at[0] < ntm_cube_members(j->cube, 0); at[0]++) {
        ntm_cube_cell one, other;
        j->status = ntm_cube_get(&one, cube, at, NULL);
        if (j->status == NTM_OK) j->status = ntm_cube_get(&other, j->cube, at, NULL);
        if (j->status == NTM_OK && one.sum != other.sum) j->status = NTM_ERROR_VALUE;
    }
    ntm_cube_tally_free(whole);
    ntm_cube_free(cube);
    asked.first_row = j->first;
    asked.row_count = j->count;
    if (j->status == NTM_OK) j->status = ntm_cube_tally_new(&j->part, j->ledger, &asked, NULL);
    return NULL;
}

static ntm_ledger *many(void) {
    static const char *const sources[] = {"central", "province", "", "people"}, *const stages[] = {"plan", "disbursed"};
    uint64_t random = 5;
    char *csv = malloc((ROWS + 1) * (size_t)64);
    assert_non_null(csv);
    size_t used = (size_t)snprintf(csv, 64, "unit,source,stage,period,amount\n");
    for (int i = 0; i < ROWS; i++) {
        uint64_t drawn = fault_random(&random);
        used += (size_t)snprintf(csv + used, 64, "u%d,%s,%s,2020-%02d,%d\n", (int)(drawn % 50), sources[drawn / 64 % 4],
                                 stages[drawn / 256 % 2], 1 + (int)(drawn / 512 % 12), (int)(drawn >> 40) - 1000);
    }
    ntm_ledger *ledger = accounts_read(csv, NULL);
    free(csv);
    return ledger;
}

static void at_once(void **state) {
    job jobs[THREADS];
    const ntm_cube_tally *parts[THREADS];
    ntm_ledger *ledger = many();
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    ntm_cube_tally *whole = NULL;
    ntm_cube *cube = NULL;
    ntm_error err = NTM_ERROR_INIT;
    char *cells = malloc((size_t)1 << 20);
    (void)state;
    assert_non_null(cells);
    asked.sides = sides;
    asked.side_count = 4;
    ntm_cube *expected = accounts_cube(ledger, &asked);
    for (size_t i = 0; i < THREADS; i++)
        jobs[i] =
            (job){ledger, expected, i * (ROWS / THREADS), i + 1 == THREADS ? UINT64_MAX : ROWS / THREADS, NULL, NTM_OK};
    run_together(work, jobs, sizeof *jobs, THREADS);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(jobs[i].status, NTM_OK);
        parts[THREADS - 1 - i] = jobs[i].part;
    }
    assert_ok(ntm_cube_tally_merge(&whole, parts, THREADS, NULL, &err), &err);
    assert_ok(ntm_cube_of(&cube, whole, NULL, &err), &err);
    accounts_cells(cells, (size_t)1 << 20, expected);
    char *others = malloc((size_t)1 << 20);
    assert_non_null(others);
    accounts_cells(others, (size_t)1 << 20, cube);
    assert_true(strcmp(cells, others) == 0);
    for (size_t i = 0; i < THREADS; i++)
        ntm_cube_tally_free(jobs[i].part);
    ntm_cube_tally_free(whole);
    ntm_cube_free(cube);
    ntm_cube_free(expected);
    ntm_ledger_free(ledger);
    free(others);
    free(cells);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(at_once)};
    return cmocka_run_group_tests_name("cubes in threads", tests, NULL, NULL);
}
