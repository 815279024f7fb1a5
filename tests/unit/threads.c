/* SPDX-License-Identifier: Apache-2.0 */
/* One registry, asked by four threads at once. */
#include "together.h"
#include "tree.h"

#include <string.h>

enum { THREADS = 4, ROUNDS = 400, PARTS = 8 };

typedef struct job {
    const ntm_units *units;
    uint64_t seen;
    ntm_status status;
} job;

static void mix(job *j, uint64_t value) { j->seen = j->seen * 31 + value; }

/* The first call that fails stays. */
static void note(job *j, ntm_status status) {
    if (j->status == NTM_OK) j->status = status;
}

static void ask_all(job *j, ntm_date on) {
    const ntm_units *units = j->units;
    ntm_unit rows[PARTS] = {0};
    ntm_unit_part parts[PARTS] = {{0, NTM_UNIT_WHOLE, 0, false}};
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    ntm_unit_reform reform = {0};
    size_t count = 0;
    filter.on = on;
    note(j, ntm_units_named(rows, &count, PARTS, units, "hòa", &filter, NULL));
    mix(j, count);
    note(j, ntm_units_list(rows, &count, PARTS, units, &filter, NULL));
    mix(j, count);
    note(j, ntm_units_descendants(rows, &count, PARTS, units, 0, on, NULL));
    mix(j, count + rows[0]);
    note(j, ntm_units_find(rows, units, "1", NTM_ECHELON_ANY, on, NULL));
    mix(j, rows[0]);
    for (ntm_unit unit = 0; unit < ntm_units_count(units); unit++) {
        mix(j, ntm_units_parent(units, unit, on));
        const char *region = ntm_units_attribute(units, unit, "region", on, true);
        mix(j, region == NULL ? 0 : strlen(region));
        if (!ntm_units_there(units, unit, on)) continue;
        note(j, ntm_units_became(parts, &count, PARTS, units, unit, on, on + 3000, NULL));
        mix(j, count * 7 + parts[0].unit * 3 + (uint64_t)parts[0].share);
        note(j, ntm_units_made_of(parts, &count, PARTS, units, unit, on - 3000, on, NULL));
        mix(j, count * 7 + parts[0].unit * 3 + (uint64_t)parts[0].share);
    }
    note(j, ntm_units_reform(&reform, units, &filter, on, NULL));
    mix(j, reform.involved * 5 + reform.results);
}

static void *work(void *argument) {
    job *j = argument;
    for (int round = 0; round < ROUNDS; round++)
        ask_all(j, 18000 + 10 * round);
    return NULL;
}

static void four_at_once(void **state) {
    job jobs[THREADS];
    (void)state;
    ntm_units *units =
        tree_new("code,name,level,parent,valid_from,valid_to\n1,Tỉnh Một,province,,,\nA,Xã Hoà,commune,1,,2020-01-01\n"
                 "B,Xã B,commune,1,,2020-01-01\nC,Xã C,commune,1,2020-01-01,2022-01-01\n"
                 "D,Xã D,commune,1,2022-01-01,\nE,Xã Hòa,commune,1,2022-01-01,\n",
                 "on,old_code,new_code,part\n2020-01-01,A,C,full\n2020-01-01,B,C,full\n2022-01-01,C,D,partial\n"
                 "2022-01-01,C,E,partial\n",
                 "code,attribute,value\n1,region,BTB\n", NULL);
    for (size_t i = 0; i < THREADS; i++)
        jobs[i] = (job){units, 0, NTM_OK};
    run_together(work, jobs, sizeof *jobs, THREADS);
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(jobs[i].status, NTM_OK);
        assert_int_equal(jobs[i].seen, jobs[0].seen);
    }
    assert_int_not_equal(jobs[0].seen, 0);
    ntm_units_free(units);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(four_at_once)};
    return cmocka_run_group_tests_name("units and threads", tests, NULL, NULL);
}
