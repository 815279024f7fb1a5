/* SPDX-License-Identifier: Apache-2.0 */
/* The shipped law, files beside it, and finding what is in force. */
#include "documents.h"
#include "scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static ntm_catalogue *open_with(const char *const *paths, size_t count) {
    ntm_catalogue *catalogue = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_catalogue_open(&catalogue, paths, count, NULL, &err), &err);
    return catalogue;
}

/* Writes a small set to a file in the working folder. */
static void write_set(const char *path, const char *id, const char *place, const char *force) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(
        file,
        "format: ntm-set/1\nid: %s\nprogramme: p\nlevel: l\ntier: t\nplace: %s\ninstrument: {in_force: {%s}}\ncriteria: [{id: a}]\n",
        id, place, force);
    assert_int_equal(fclose(file), 0);
}

static void test_shipped(void **state) {
    (void)state;
    ntm_catalogue *catalogue = open_with(NULL, 0);
    assert_true(ntm_catalogue_set_count(catalogue) >= 2);
    assert_true(ntm_catalogue_overlay_count(catalogue) >= 2);
    for (size_t i = 0; i < ntm_catalogue_set_count(catalogue); i++) {
        const ntm_set *set = ntm_catalogue_set(catalogue, i);
        documents_round_trip(set);
        assert_ptr_equal(ntm_catalogue_get(catalogue, ntm_set_about(set)->id), set);
        /* The shipped sets have nothing in them that is only recalled. */
        for (size_t k = 0; k < ntm_set_figure_count(set); k++)
            assert_int_not_equal(ntm_set_figure(set, k)->citation.standing, NTM_UNVERIFIED);
        for (size_t k = 0; k < ntm_set_indicator_count(set); k++)
            assert_int_not_equal(ntm_set_indicator(set, k)->citation.standing, NTM_UNVERIFIED);
    }
    for (size_t i = 0; i < ntm_catalogue_overlay_count(catalogue); i++) {
        const ntm_overlay *overlay = ntm_catalogue_overlay(catalogue, i);
        const ntm_set *base = ntm_catalogue_get(catalogue, ntm_overlay_of(overlay));
        assert_non_null(base);
        assert_ptr_equal(ntm_catalogue_get_overlay(catalogue, ntm_overlay_id(overlay)), overlay);
        ntm_set *laid = NULL;
        ntm_error err = NTM_ERROR_INIT;
        assert_ok(ntm_set_overlay(&laid, base, overlay, NULL, &err), &err);
        documents_round_trip(laid);
        assert_false(ntm_set_equal(laid, base));
        ntm_set_free(laid);
    }
    assert_null(ntm_catalogue_set(catalogue, 1000));
    assert_null(ntm_catalogue_overlay(catalogue, 1000));
    assert_null(ntm_catalogue_get(catalogue, "nobody"));
    assert_null(ntm_catalogue_get(catalogue, NULL));
    assert_null(ntm_catalogue_get_overlay(catalogue, "nobody"));
    ntm_catalogue_free(catalogue);
    ntm_catalogue_free(NULL);
}

static void test_commune(void **state) {
    (void)state;
    ntm_catalogue *catalogue = open_with(NULL, 0);
    const ntm_set *set = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_catalogue_find(&set, catalogue, "ntm", "commune", "standard", "42", ntm_date_ymd(2020, 2, 25), &err),
              &err);
    assert_string_equal(ntm_set_about(set)->id, "commune-ntm-2016-2020");
    assert_int_equal(ntm_set_criterion_count(set), 19);
    assert_int_equal(ntm_set_indicator_count(set), 49);
    const ntm_set *kept = set;
    assert_fails(
        ntm_catalogue_find(&set, catalogue, "ntm", "commune", "standard", "VN", ntm_date_ymd(2016, 11, 30), &err),
        NTM_ERROR_NOT_IN_FORCE, &err, "from 2016-12-01 to 2020-12-31");
    assert_fails(
        ntm_catalogue_find(&set, catalogue, "ntm", "commune", "dazzling", "VN", ntm_date_ymd(2020, 1, 1), &err),
        NTM_ERROR_NOT_FOUND, &err, "tier dazzling");
    assert_ptr_equal(set, kept);
    assert_int_equal(ntm_catalogue_find(NULL, catalogue, "a", "b", "c", "d", 0, NULL), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_catalogue_find(&set, catalogue, "a", "b", "c", "d", NTM_DATE_NONE, NULL), NTM_ERROR_ARGUMENT);
    ntm_catalogue_free(catalogue);
}

static void test_in_force(void **state) {
    (void)state;
    static const char *const paths[] = {"find-1.yaml", "find-2.yaml", "find-3.yaml", "find-4.yaml", "find-5.yaml"};
    write_set(paths[0], "early", "VN", "from: 2010-01-01, to: 2015-12-31");
    write_set(paths[1], "late", "VN", "from: 2016-01-01");
    write_set(paths[2], "own", "42", "from: 2018-01-01, to: 2018-12-31");
    write_set(paths[3], "unknown", "40", "to: 2030-01-01");
    write_set(paths[4], "late-too", "VN", "from: 2019-07-01, to: 2019-07-01");
    ntm_catalogue *catalogue = open_with(paths, 5);
    static const struct {
        const char *place;
        int year, month, day;
        const char *found; /* NULL: an error */
        ntm_status status;
    } cases[] = {
        {"VN", 2010, 1, 1, "early", NTM_OK},
        {"VN", 2015, 12, 31, "early", NTM_OK},
        {"VN", 2016, 1, 1, "late", NTM_OK},
        {"VN", 2009, 12, 31, NULL, NTM_ERROR_NOT_IN_FORCE},
        {"42", 2018, 1, 1, "own", NTM_OK},
        {"42", 2018, 12, 31, "own", NTM_OK},
        {"42", 2019, 1, 1, "late", NTM_OK},
        {"42", 2017, 12, 31, "late", NTM_OK},
        {"40", 2020, 1, 1, "late", NTM_OK},
        {"40", 2009, 1, 1, NULL, NTM_ERROR_NOT_IN_FORCE},
        {"VN", 2019, 7, 1, NULL, NTM_ERROR_CONFLICT},
        {"42", 2019, 7, 1, NULL, NTM_ERROR_CONFLICT},
        {"VN", 2019, 7, 2, "late", NTM_OK},
        {"VN", 9999, 1, 1, "late", NTM_OK},
        {"75/731/26014", 2020, 1, 1, "late", NTM_OK}, /* a place that no file names */
        {"42/436", 2018, 7, 1, "own", NTM_OK},
        {"18103", 2018, 7, 1, NULL, NTM_ERROR_NOT_FOUND},
        {"H\u00e0 T\u0129nh", 2018, 7, 1, NULL, NTM_ERROR_NOT_FOUND},
        {"vn", 2018, 7, 1, NULL, NTM_ERROR_NOT_FOUND},
        {"VN/42", 2018, 7, 1, NULL, NTM_ERROR_NOT_FOUND},
        {"42/", 2018, 7, 1, NULL, NTM_ERROR_NOT_FOUND},
        {"42//436", 2018, 7, 1, NULL, NTM_ERROR_NOT_FOUND},
        {"/42", 2018, 7, 1, NULL, NTM_ERROR_NOT_FOUND},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const ntm_set *set = NULL;
        ntm_error err = NTM_ERROR_INIT;
        ntm_date day = ntm_date_ymd(cases[i].year, cases[i].month, cases[i].day);
        assert_int_equal(ntm_catalogue_find(&set, catalogue, "p", "l", "t", cases[i].place, day, &err),
                         cases[i].status);
        if (cases[i].found == NULL)
            assert_null(set);
        else
            assert_string_equal(ntm_set_about(set)->id, cases[i].found);
    }
    ntm_catalogue_free(catalogue);
    for (size_t i = 0; i < 5; i++)
        (void)remove(paths[i]);
}

static void test_files(void **state) {
    (void)state;
    static const char *const paths[] = {"file-1.yaml", "file-2.yaml", "file-3.yaml"};
    ntm_catalogue *catalogue = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_problems *problems = NULL;
    assert_ok(ntm_problems_new(&problems, 0, NULL, &err), &err);
    ntm_read_options options = NTM_READ_OPTIONS_INIT;
    options.problems = problems;
    write_set(paths[0], "same", "VN", "");
    write_set(paths[1], "same", "VN", "");
    write_set(paths[2], "a b", "VN", "from: never");
    assert_fails(ntm_catalogue_open(&catalogue, paths, 3, &options, &err), NTM_ERROR_CONFLICT, &err,
                 "the id \"same\" is that of file-1.yaml");
    assert_string_equal(err.subject, "file-2.yaml");
    assert_int_equal(ntm_problems_found(problems), 3); /* of all files */
    assert_null(catalogue);
    assert_fails(ntm_catalogue_open(&catalogue, (const char *const[]){"no-such.yaml"}, 1, &options, &err), NTM_ERROR_IO,
                 &err, "");
    write_set(paths[1], "commune-ntm-2016-2020", "VN", "");
    assert_fails(ntm_catalogue_open(&catalogue, paths, 2, NULL, &err), NTM_ERROR_CONFLICT, &err,
                 "commune-ntm-2016-2020.yaml");
    FILE *file = fopen(paths[1], "w");
    assert_non_null(file);
    fputs("format: ntm-overlay/1\nid: same.unverified\nof: same\nstanding: unverified\n", file);
    assert_int_equal(fclose(file), 0);
    catalogue = open_with(paths, 2);
    assert_non_null(ntm_catalogue_get(catalogue, "same"));
    assert_non_null(ntm_catalogue_get_overlay(catalogue, "same.unverified"));
    ntm_catalogue_free(catalogue);
    assert_int_equal(ntm_catalogue_open(NULL, NULL, 0, NULL, NULL), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_catalogue_open(&catalogue, NULL, 1, NULL, NULL), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_catalogue_open(&catalogue, (const char *const[]){NULL}, 1, NULL, NULL), NTM_ERROR_ARGUMENT);
    ntm_problems_free(problems);
    for (size_t i = 0; i < 3; i++)
        (void)remove(paths[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shipped),
        cmocka_unit_test(test_commune),
        cmocka_unit_test(test_in_force),
        cmocka_unit_test(test_files),
    };
    return cmocka_run_group_tests(tests, scratch_enter, scratch_leave);
}
