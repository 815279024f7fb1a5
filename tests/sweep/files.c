/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of opening files fails once, and of recording what is wrong. */
#include "kit.h"
#include "scratch.h"

#include <ntm/catalogue.h>

#include <stdio.h>
#include <string.h>

static const char set_file[] = "ntm-test-sweep-set.tmp";
static const char overlay_file[] = "ntm-test-sweep-overlay.tmp";
static const char set_text[] =
    "format: ntm-set/1\nid: a-set\nprogramme: ntm\nlevel: commune\ntier: standard\nplace: VN\nsources: {S1: {where: here}}\n"
    "facts: {plan: {kind: flag}}\nfigures: {most: {unit: \"%\"}}\n"
    "criteria: [{id: \"1\", indicators: [{id: \"1.1\", rule: {attested: plan}, source: [S1]}, {id: \"1.2\"}]}]\n";
static const char overlay_text[] = "format: ntm-overlay/1\nid: a-set.unverified\nof: a-set\nstanding: unverified\n"
                                   "figures: {most: {value: 5}}\nindicators: {\"1.2\": {rule: {attested: plan}}}\n";

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static ntm_read_options with(const ntm_allocator *allocator) {
    ntm_read_options options = NTM_READ_OPTIONS_INIT;
    options.allocator = allocator;
    return options;
}

static ntm_status open_set(const ntm_allocator *allocator, void *context) {
    ntm_set *set = NULL;
    ntm_read_options options = with(allocator);
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_set_open(&set, context, &options, &err);
    if (status != NTM_OK)
        assert_null(set);
    else
        assert_int_equal(ntm_set_indicator_count(set), 2);
    assert_int_equal(err.status, status);
    ntm_set_free(set);
    return status;
}

static ntm_status open_overlay(const ntm_allocator *allocator, void *context) {
    ntm_overlay *overlay = NULL;
    ntm_read_options options = with(allocator);
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_overlay_open(&overlay, context, &options, &err);
    if (status != NTM_OK)
        assert_null(overlay);
    else
        assert_string_equal(ntm_overlay_of(overlay), "a-set");
    assert_int_equal(err.status, status);
    ntm_overlay_free(overlay);
    return status;
}

static ntm_status open_catalogue(const ntm_allocator *allocator, void *context) {
    const char *const paths[] = {set_file, overlay_file};
    ntm_catalogue *catalogue = NULL;
    ntm_read_options options = with(allocator);
    ntm_error err = NTM_ERROR_INIT;
    (void)context;
    ntm_status status = ntm_catalogue_open(&catalogue, paths, 2, &options, &err);
    if (status != NTM_OK) {
        assert_null(catalogue);
        assert_int_equal(err.status, status);
    } else {
        assert_non_null(ntm_catalogue_get(catalogue, "a-set"));
        assert_non_null(ntm_catalogue_get_overlay(catalogue, "a-set.unverified"));
    }
    ntm_catalogue_free(catalogue);
    return status;
}

/* All problems of a bad file, in a list with the same allocator. */
static ntm_status read_badly(const ntm_allocator *allocator, void *context) {
    static const char text[] =
        "format: ntm-set/1\nid: a\nid: b\ncolour: red\ncriteria: [{id: \"1\", rule: {not: x}}]\n";
    ntm_set *set = NULL;
    ntm_read_options options = with(allocator);
    ntm_error err = NTM_ERROR_INIT;
    (void)context;
    ntm_status status = ntm_problems_new(&options.problems, 0, allocator, &err);
    if (status != NTM_OK) return status;
    status = ntm_set_read(&set, text, sizeof text - 1, "bad", &options, &err);
    assert_null(set);
    assert_int_not_equal(status, NTM_OK);
    assert_int_equal(err.status, status);
    ntm_problems_free(options.problems);
    return status;
}

/* A problem handed to a builder makes finishing fail, whether there was memory to keep it or not. */
static ntm_status record_problem(const ntm_allocator *allocator, void *context) {
    ntm_error problem = NTM_ERROR_INIT, err = NTM_ERROR_INIT;
    kit k;
    (void)context;
    problem.status = NTM_ERROR_SCHEMA;
    problem.line = 3;
    (void)strcpy(problem.message, "a problem found elsewhere");
    kit_start(&k, allocator);
    kit_criterion(&k, "1", 0);
    ntm_status status = k.status;
    if (k.builder != NULL && status == NTM_OK) {
        ntm_set *set = NULL;
        ntm_set_builder_at(k.builder, 3, 1);
        ntm_set_builder_problem(k.builder, &problem);
        status = ntm_set_builder_finish(&set, k.builder, &err);
        assert_null(set);
        assert_int_not_equal(status, NTM_OK);
    }
    kit_end(&k);
    return status;
}

static void opening(void **state) {
    (void)state;
    write_file(set_file, set_text);
    write_file(overlay_file, overlay_text);
    assert_true(fault_sweep(open_set, (char[]){"ntm-test-sweep-set.tmp"}, NTM_OK) > 5);
    assert_true(fault_sweep(open_overlay, (char[]){"ntm-test-sweep-overlay.tmp"}, NTM_OK) > 2);
    assert_true(fault_sweep_ends(open_catalogue, NULL, NTM_OK, 150) > 1000);
    assert_int_equal(remove(set_file), 0);
    assert_int_equal(remove(overlay_file), 0);
}

static void problems(void **state) {
    (void)state;
    assert_true(fault_sweep_tolerant(read_badly, NULL, NTM_ERROR_SCHEMA) > 5);
    assert_true(fault_sweep_tolerant(record_problem, NULL, NTM_ERROR_SCHEMA) > 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(opening), cmocka_unit_test(problems)};
    return cmocka_run_group_tests_name("files without memory", tests, scratch_enter, scratch_leave);
}
