/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of finding flips fails once: nothing leaks, the output stays as it was. */
#include "model.h"

#include <ntm/flip.h>

static model m; /* large */
static truth t;
static sheet s;
static ntm_plan *plan;

enum { ROWS = 60 };

static void *const untouched = (void *)(uintptr_t)0x40;

static ntm_status made(const ntm_allocator *allocator, void *context) {
    ntm_flips_options options = *(const ntm_flips_options *)context;
    ntm_flips *flips = untouched;
    ntm_error err = NTM_ERROR_INIT;
    options.allocator = allocator;
    ntm_status status = ntm_flips_new(&flips, plan, &s.table, &options, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK)
        assert_ptr_equal(flips, untouched);
    else
        ntm_flips_free(flips);
    return status;
}

static void all_watched(void **state) {
    static const char *const figures[] = {"f-share", "f-road", "f-households", "none"};
    size_t found = 0;
    (void)state;
    for (size_t figure = 0; figure < 4; figure++)
        for (size_t i = 0; i < (size_t)m.first[m.criterion_count]; i++) {
            ntm_flips_options options = NTM_FLIPS_OPTIONS_INIT;
            ntm_flips *flips = NULL;
            options.figure = figures[figure];
            options.of = NTM_OF_INDICATOR;
            options.index = i;
            options.ignore_unknown = true;
            ntm_status expected = ntm_flips_new(&flips, plan, &s.table, &options, NULL);
            found += ntm_flips_count(flips) > 0;
            ntm_flips_free(flips);
            assert_true(fault_sweep(made, &options, expected) > 3);
        }
    assert_true(found > 0);
}

static int set_up(void **state) {
    static size_t map[ROWS];
    uint64_t random = 11;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    model_start(&m, 3, false);
    truth_start(&t, ROWS, &random);
    for (size_t row = 0; row < ROWS; row++)
        map[row] = row;
    truth_encode(&s, &t, map, ROWS, &random);
    model_give(&m, &s.plan);
    assert_ok(ntm_plan_new(&plan, m.kit.set, &s.plan, &err), &err);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    ntm_plan_free(plan);
    sheet_end(&s);
    truth_end(&t);
    model_end(&m);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_watched)};
    return cmocka_run_group_tests_name("flips without memory", tests, set_up, tear_down);
}
