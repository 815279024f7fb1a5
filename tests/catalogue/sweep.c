/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation fails once: nothing is lost, nothing is half made. */
#include "documents.h"
#include "kit.h"

#include <string.h>

static const char overlay_text[] =
    "format: ntm-overlay/1\nid: full-set.unverified\nof: full-set\nstanding: unverified\nsources: {S7: {where: x}}\n"
    "facts: {villages: {kind: count, unit: village}}\n"
    "figures: {road-share: {value: 50}, income-least: {values: {TN: {\"2018\": 20}}, note: x}, new: {unit: village, value: 3}}\n"
    "indicators: {\"2.2\": {name: {en: z}}}\n"
    "preconditions: {}\ncriteria: {}\n";

/* What the cases share. */
typedef struct shared {
    ntm_text *text; /* the full set as YAML */
    ntm_set *set;
    ntm_overlay *overlay;
} shared;

static shared make_shared(void) {
    shared s = {NULL, NULL, NULL};
    ntm_error err = NTM_ERROR_INIT;
    kit k;
    kit_full(&k, 0, NULL);
    assert_ok(ntm_set_write(&s.text, kit_done(&k), NULL, &err), &err);
    kit_end(&k);
    s.set = documents_read(ntm_text_data(s.text));
    s.overlay = documents_read_overlay(overlay_text);
    return s;
}

static void free_shared(shared *s) {
    ntm_text_free(s->text);
    ntm_set_free(s->set);
    ntm_overlay_free(s->overlay);
}

static ntm_read_options with(const ntm_allocator *allocator) {
    ntm_read_options options = NTM_READ_OPTIONS_INIT;
    options.allocator = allocator;
    return options;
}

static ntm_status read_set(const ntm_allocator *allocator, void *context) {
    const shared *s = context;
    ntm_set *set = NULL;
    ntm_read_options options = with(allocator);
    ntm_status status = ntm_set_read(&set, ntm_text_data(s->text), ntm_text_size(s->text), "x", &options, NULL);
    if (status != NTM_OK)
        assert_null(set);
    else
        assert_true(ntm_set_equal(set, s->set));
    ntm_set_free(set);
    return status;
}

/* A file full of faults: reports fail too, which is not allowed to hurt. */
static ntm_status read_bad(const ntm_allocator *allocator, void *context) {
    (void)context;
    static const char text[] =
        "format: ntm-set/1\nid: a\nid: b\ncolour: &x red\nsources: {S1: {}}\ncriteria: [{id: 1, source: [S2], rule: {all: "
        "[{not: x}, {sum: [{ratio: 3}]}, [a, b]]}}]\n";
    ntm_set *set = NULL;
    ntm_read_options options = with(allocator);
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_set_read(&set, text, sizeof text - 1, "x", &options, &err);
    assert_int_equal(status, err.status);
    assert_null(set);
    return status;
}

static ntm_status read_overlay(const ntm_allocator *allocator, void *context) {
    (void)context;
    ntm_overlay *overlay = NULL;
    ntm_read_options options = with(allocator);
    ntm_status status = ntm_overlay_read(&overlay, overlay_text, sizeof overlay_text - 1, "x", &options, NULL);
    if (status != NTM_OK) assert_null(overlay);
    ntm_overlay_free(overlay);
    return status;
}

static ntm_status lay(const ntm_allocator *allocator, void *context) {
    const shared *s = context;
    ntm_set *set = NULL;
    ntm_read_options options = with(allocator);
    ntm_status status = ntm_set_overlay(&set, s->set, s->overlay, &options, NULL);
    if (status != NTM_OK) assert_null(set);
    ntm_set_free(set);
    return status;
}

static ntm_status lay_conflict(const ntm_allocator *allocator, void *context) {
    const shared *s = context;
    ntm_set *set = NULL;
    ntm_overlay *overlay = documents_read_overlay(
        "format: ntm-overlay/1\nid: x.unverified\nof: full-set\nstanding: unverified\nfacts: {plan: {kind: date}}\n"
        "figures: {poor-most: {value: 3}}\nindicators: {\"1.1\": {rule: {holds: x}}, \"9\": {name: {vi: x}}}\n");
    ntm_read_options options = with(allocator);
    ntm_status status = ntm_set_overlay(&set, s->set, overlay, &options, NULL);
    assert_null(set);
    ntm_overlay_free(overlay);
    return status;
}

static ntm_status write_set(const ntm_allocator *allocator, void *context) {
    const shared *s = context;
    ntm_text *text = NULL;
    ntm_status status = ntm_set_write(&text, s->set, allocator, NULL);
    if (status != NTM_OK)
        assert_null(text);
    else
        assert_string_equal(ntm_text_data(text), ntm_text_data(s->text));
    ntm_text_free(text);
    return status;
}

static ntm_status open_catalogue(const ntm_allocator *allocator, void *context) {
    (void)context;
    ntm_catalogue *catalogue = NULL;
    ntm_read_options options = with(allocator);
    ntm_status status = ntm_catalogue_open(&catalogue, NULL, 0, &options, NULL);
    if (status != NTM_OK) assert_null(catalogue);
    ntm_catalogue_free(catalogue);
    return status;
}

static void sweep(fault_case run, ntm_status expected) {
    shared s = make_shared();
    size_t calls = fault_sweep(run, &s, expected);
    print_message("# %zu allocations\n", calls);
    assert_true(calls > 5);
    free_shared(&s);
}

static void test_read(void **state) {
    (void)state;
    sweep(read_set, NTM_OK);
}
static void test_bad(void **state) {
    (void)state;
    sweep(read_bad, NTM_ERROR_SCHEMA);
}
static void test_overlay(void **state) {
    (void)state;
    sweep(read_overlay, NTM_OK);
}
static void test_lay(void **state) {
    (void)state;
    sweep(lay, NTM_OK);
}
static void test_conflict(void **state) {
    (void)state;
    sweep(lay_conflict, NTM_ERROR_CONFLICT);
}
static void test_write(void **state) {
    (void)state;
    sweep(write_set, NTM_OK);
}
static void test_catalogue(void **state) {
    (void)state;
    size_t calls = fault_sweep_ends(open_catalogue, NULL, NTM_OK, 100);
    print_message("# %zu allocations\n", calls);
    assert_true(calls > 1000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),      cmocka_unit_test(test_bad),      cmocka_unit_test(test_overlay),
        cmocka_unit_test(test_lay),       cmocka_unit_test(test_conflict), cmocka_unit_test(test_write),
        cmocka_unit_test(test_catalogue),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
