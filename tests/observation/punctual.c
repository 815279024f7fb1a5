/* SPDX-License-Identifier: Apache-2.0 */
/* Which reports came in time, late, or not at all. */
#include "notes.h"

#include <string.h>

static ntm_punctuality *judge(const ntm_observations *store, const char *known_on, int32_t due_days) {
    ntm_observed_options options = NTM_OBSERVED_OPTIONS_INIT;
    ntm_punctuality *p = NULL;
    ntm_error err = NTM_ERROR_INIT;
    options.known_on = notes_day(known_on);
    assert_ok(ntm_punctuality_new(&p, store, &options, due_days, &err), &err);
    return p;
}

static void expect(ntm_punctual is, ntm_punctual expected) { assert_memory_equal(&is, &expected, sizeof is); }

static const char reports[] = "A,f,2020-01,1,2020-02-10\n" /* on the day it is due */
                              "B,f,2020-01,2,2020-02-11\n" /* a day late */
                              "C,f,2020-02,3,2020-03-01\n" /* and nothing for January */
                              "A,f,2020-02,,2020-03-01\n"  /* only said that there is nothing yet */
                              "A,f,2020-01,4,2020-03-05\n" /* corrected */
                              "B,f,2020-01,,2020-03-05\n"  /* taken back */
                              "B,f,2020-02,5,2020-03-20\n"
                              "B,f,2020-01,2,2020-03-21\n" /* the same again after all */
                              "A,g,2020,9,2020-03-02\n";

static void in_time_and_late(void **state) {
    ntm_observations *store = notes_read(reports, NULL);
    ntm_punctuality *p = judge(store, "2020-03-09", 10);
    const char *name = NULL;
    (void)state;
    expect(ntm_punctuality_total(p), (ntm_punctual){9, 3, 1, 1, 4, 1, 1});
    expect(ntm_punctuality_fact(&name, p, 0), (ntm_punctual){6, 2, 1, 1, 2, 1, 1});
    assert_string_equal(name, "f");
    expect(ntm_punctuality_fact(&name, p, 1), (ntm_punctual){3, 1, 0, 0, 2, 0, 0}); /* of years only */
    expect(ntm_punctuality_fact(&name, p, 2), (ntm_punctual){0, 0, 0, 0, 0, 0, 0});
    assert_null(name);
    expect(ntm_punctuality_unit(&name, p, 1), (ntm_punctual){3, 0, 1, 0, 2, 0, 1});
    assert_string_equal(name, "B");
    assert_int_equal(ntm_punctuality_left_out(p), 0);
    ntm_punctuality_free(p);
    p = judge(store, "2020-03-21", 10);
    expect(ntm_punctuality_fact(NULL, p, 0), (ntm_punctual){6, 2, 2, 2, 0, 1, 0});
    ntm_punctuality_free(p);
    ntm_observations_free(store);
}

static void list_of_missing(void **state) {
    ntm_observations *store = notes_read(reports, NULL);
    ntm_punctuality *p = judge(store, "2020-03-10", 10);
    ntm_missing list[4];
    size_t count = 0;
    (void)state;
    assert_int_equal(ntm_punctuality_missing(NULL, &count, 0, p, NULL), NTM_OK);
    assert_int_equal(count, 3);
    list[2].unit = NULL;
    assert_int_equal(ntm_punctuality_missing(list, &count, 2, p, NULL), NTM_OK);
    assert_int_equal(count, 3);
    assert_null(list[2].unit);
    assert_int_equal(ntm_punctuality_missing(list, &count, 4, p, NULL), NTM_OK);
    static const char *const units[] = {"C", "A", "B"}, *const periods[] = {"2020-01", "2020-02", "2020-02"},
                             *const due[] = {"2020-02-10", "2020-03-10", "2020-03-10"};
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(list[i].unit, units[i]);
        assert_string_equal(list[i].fact, "f");
        assert_string_equal(list[i].period, periods[i]);
        assert_int_equal(list[i].due_on, notes_day(due[i]));
    }
    assert_int_equal(ntm_punctuality_missing(NULL, &count, 1, p, NULL), NTM_ERROR_ARGUMENT);
    ntm_punctuality_free(p);
    ntm_observations_free(store);
}

/* Who is asked for and never reported anything is missing in every period. */
static void asked_and_unknown(void **state) {
    const char *const facts[] = {"f", "nobody"}, *const periods[] = {"2020-01", "2021"}, *const codes[] = {"Z", "A"};
    const int32_t order[] = {0, 1};
    const ntm_column units = ntm_column_codes(order, 2, codes, 2);
    ntm_observed_options options = NTM_OBSERVED_OPTIONS_INIT;
    ntm_observations *store = notes_read(reports, NULL);
    ntm_punctuality *p = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    options.facts = facts;
    options.fact_count = 2;
    options.periods = periods;
    options.period_count = 2;
    options.units = &units;
    options.known_on = notes_day("2020-12-31");
    assert_ok(ntm_punctuality_new(&p, store, &options, 0, &err), &err);
    expect(ntm_punctuality_fact(NULL, p, 0), (ntm_punctual){2, 0, 1, 1, 0, 1, 0});
    expect(ntm_punctuality_fact(NULL, p, 1), (ntm_punctual){4, 0, 0, 2, 2, 0, 0});
    expect(ntm_punctuality_unit(NULL, p, 0), (ntm_punctual){3, 0, 0, 2, 1, 0, 0});
    assert_int_equal(ntm_punctuality_left_out(p), 5);
    ntm_punctuality_free(p);
    p = NULL;
    assert_fails(ntm_punctuality_new(&p, store, &options, 40000, &err), NTM_ERROR_ARGUMENT, &err, "40000 days");
    options.known_on = NTM_DATE_NONE;
    assert_fails(ntm_punctuality_new(&p, store, &options, 0, &err), NTM_ERROR_ARGUMENT, &err, "the day asked about");
    assert_null(p);
    expect(ntm_punctuality_total(NULL), (ntm_punctual){0, 0, 0, 0, 0, 0, 0});
    expect(ntm_punctuality_unit(NULL, NULL, 0), (ntm_punctual){0, 0, 0, 0, 0, 0, 0});
    ntm_observations_free(store);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(in_time_and_late), cmocka_unit_test(list_of_missing),
                                       cmocka_unit_test(asked_and_unknown)};
    return cmocka_run_group_tests_name("punctuality", tests, NULL, NULL);
}
