/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of the whole process fails once, those of libyaml, utf8proc and the C library's qsort included. The
   four functions below stand in place of the C library's; where they do not (sanitizers, Valgrind), nothing is tested. */
#include "whole.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void __libc_free(void *block);

/* What is counted. `fail_at` 0 lets all work. */
static struct {
    bool armed, fired;
    size_t calls, fail_at;
    long blocks; /* of the whole process */
} heap;

static bool fails(void) {
    if (!heap.armed || ++heap.calls != heap.fail_at) return false;
    heap.fired = true;
    return true;
}

static void *counted(void *block) {
    heap.blocks += block != NULL;
    return block;
}

void *malloc(size_t size) { return fails() ? NULL : counted(__libc_malloc(size)); }

void *calloc(size_t count, size_t size) { return fails() ? NULL : counted(__libc_calloc(count, size)); }

void *realloc(void *block, size_t size) {
    if (fails()) return NULL;
    void *moved = __libc_realloc(block, size);
    heap.blocks += block == NULL && moved != NULL;
    heap.blocks -= block != NULL && moved == NULL && size == 0;
    return moved;
}

void free(void *block) {
    heap.blocks -= block != NULL;
    __libc_free(block);
}

/* ------------------------------------------------------------------------------------------- cases */

/* Made once by the ordinary heap. */
typedef struct shared {
    whole w;
    ntm_text *yaml;
    struct ArrowSchema schema;
    struct ArrowArray array;
} shared;

static const char overlay_text[] =
    "format: ntm-overlay/1\nid: full-set.unverified\nof: full-set\nstanding: unverified\nsources: {S7: {where: x}}\n"
    "facts: {villages: {kind: count, unit: village}}\nfigures: {road-share: {value: 50}, new: {unit: village, value: 3}}\n"
    "preconditions: {}\ncriteria: {}\n";

static ntm_status read_set(shared *s, ntm_error *err) {
    ntm_set *set = NULL;
    ntm_status status = ntm_set_read(&set, ntm_text_data(s->yaml), ntm_text_size(s->yaml), "x", NULL, err);
    assert_true(status == NTM_OK ? ntm_set_equal(set, s->w.set) : set == NULL);
    ntm_set_free(set);
    return status;
}

static ntm_status read_overlay(shared *s, ntm_error *err) {
    ntm_overlay *overlay = NULL;
    ntm_set *set = NULL;
    ntm_status status = ntm_overlay_read(&overlay, overlay_text, sizeof overlay_text - 1, "x", NULL, err);
    assert_true((status == NTM_OK) == (overlay != NULL));
    if (status == NTM_OK) {
        status = ntm_set_overlay(&set, s->w.set, overlay, NULL, err);
        assert_true((status == NTM_OK) == (set != NULL));
    }
    ntm_set_free(set);
    ntm_overlay_free(overlay);
    return status;
}

static ntm_status open_catalogue(shared *s, ntm_error *err) {
    ntm_catalogue *catalogue = NULL;
    (void)s;
    ntm_status status = ntm_catalogue_open(&catalogue, NULL, 0, NULL, err);
    assert_true(status == NTM_OK ? ntm_catalogue_set_count(catalogue) > 0 : catalogue == NULL);
    ntm_catalogue_free(catalogue);
    return status;
}

static ntm_status compare_names(shared *s, ntm_error *err) {
    static const char a[] = "Hòa Bình", b[] = "hoà  bình";
    bool equal = false;
    (void)s;
    ntm_status status = ntm_name_equal(&equal, a, sizeof a - 1, b, sizeof b - 1, err);
    assert_int_equal(equal, status == NTM_OK);
    return status;
}

static ntm_status check_table(shared *s, ntm_error *err) { return ntm_table_check(&s->w.s.table, NULL, err); }

static ntm_status read_csv(shared *s, ntm_error *err) {
    static const char text[] = "# who\nn,c,s\n\"1,5\",a,\"x \"\"y\"\"\"\n2,b,z\n,a,\n";
    const ntm_csv_field fields[] = {{.header = "n", .kind = NTM_CSV_NUMBER, .locale = NTM_LOCALE_VI, .scale = 1},
                                    {.header = "c", .kind = NTM_CSV_CODES},
                                    {.header = "s", .kind = NTM_CSV_TEXT}};
    ntm_csv *csv = NULL;
    (void)s;
    ntm_status status = ntm_csv_read(&csv, text, sizeof text - 1, "x", fields, 3, NULL, err);
    assert_true(status == NTM_OK ? ntm_csv_table(csv)->rows == 3 : csv == NULL);
    ntm_csv_free(csv);
    return status;
}

static ntm_status compile(shared *s, ntm_error *err) {
    ntm_plan *plan = NULL;
    ntm_status status = ntm_plan_new(&plan, s->w.set, &s->w.s.plan, err);
    assert_true((status == NTM_OK) == (plan != NULL));
    ntm_plan_free(plan);
    return status;
}

static ntm_status evaluate_by(shared *s, int kernels, ntm_error *err) {
    ntm_attainment *result = NULL;
    size_t rows[4] = {9, 9, 9, 9}, count = 9;
    ntm_evaluate_options options = NTM_EVALUATE_OPTIONS_INIT;
    options.ignore_unknown = true;
    ntm_status status = ntm_evaluate(&result, s->w.plans[kernels], &s->w.s.table, &options, err);
    assert_true((status == NTM_OK) == (result != NULL));
    if (status == NTM_OK) {
        status = ntm_attainment_near_misses(rows, &count, 4, result, SIZE_MAX, err);
        assert_true(status == NTM_OK ? count <= 4 : count == 9);
    }
    ntm_attainment_free(result);
    return status;
}

static ntm_status evaluate_best(shared *s, ntm_error *err) { return evaluate_by(s, NTM_KERNELS_BEST, err); }
static ntm_status evaluate_plain(shared *s, ntm_error *err) { return evaluate_by(s, NTM_KERNELS_PLAIN, err); }
static ntm_status evaluate_reference(shared *s, ntm_error *err) { return evaluate_by(s, NTM_KERNELS_REFERENCE, err); }

static ntm_status explain(shared *s, ntm_error *err) {
    ntm_explanation *explanation = NULL;
    ntm_text *line = NULL, *tree = NULL;
    ntm_status status = ntm_explain(&explanation, s->w.plans[0], &s->w.s.table, 1, NTM_OF_STATUS, 0, NULL, err);
    assert_true((status == NTM_OK) == (explanation != NULL));
    if (status == NTM_OK) status = ntm_explanation_line(&line, explanation, NTM_VI, NULL, err);
    if (status == NTM_OK) status = ntm_explanation_tree(&tree, explanation, NTM_EN, NULL, err);
    assert_true((status == NTM_OK) == (tree != NULL));
    ntm_text_free(line);
    ntm_text_free(tree);
    ntm_explanation_free(explanation);
    return status;
}

static ntm_status write_set(shared *s, ntm_error *err) {
    ntm_text *text = NULL;
    ntm_status status = ntm_set_write(&text, s->w.set, NULL, err);
    assert_true(status == NTM_OK ? strcmp(ntm_text_data(text), ntm_text_data(s->yaml)) == 0 : text == NULL);
    ntm_text_free(text);
    return status;
}

static ntm_status through_arrow(shared *s, ntm_error *err) {
    struct ArrowSchema schema;
    struct ArrowArray array;
    ntm_arrow_table *table = NULL;
    ntm_status status = ntm_attainment_export(&schema, &array, s->w.result, NULL, err);
    if (status != NTM_OK) return status;
    status = ntm_arrow_import(&table, &schema, &array, NULL, err);
    assert_true((status == NTM_OK) == (table != NULL));
    if (schema.release != NULL) schema.release(&schema);
    if (array.release != NULL) array.release(&array);
    ntm_arrow_table_free(table);
    return status;
}

/* ------------------------------------------------------------------------------------------- the sweep */

typedef ntm_status (*process_case)(shared *s, ntm_error *err);

/* Every allocation up to `dense`, then every `step`th: files of the law make very many. A failure that the C library
   survives by itself (qsort works without memory, too) may end well; `survived` counts them. */
static void sweep(shared *s, process_case run, size_t dense, size_t step) {
    size_t failed = 0, survived = 0;
    for (size_t at = 1;; at += at < dense ? 1 : step) {
        ntm_error err = NTM_ERROR_INIT;
        long before = heap.blocks;
        heap.calls = 0;
        heap.fail_at = at;
        heap.fired = false;
        heap.armed = true;
        ntm_status status = run(s, &err);
        heap.armed = false;
        if (heap.blocks != before) fail_msg("%ld blocks leak when allocation %zu fails", heap.blocks - before, at);
        assert_int_equal(err.status, status);
        if (!heap.fired) {
            assert_int_equal(status, NTM_OK);
            break;
        }
        failed += status == NTM_ERROR_MEMORY;
        survived += status == NTM_OK;
        if (status != NTM_ERROR_MEMORY && status != NTM_OK)
            fail_msg("%s (%s) when allocation %zu fails", ntm_status_name(status), err.message, at);
    }
    print_message("# %zu allocations in all, %zu failed, %zu survived\n", heap.calls, failed, survived);
    assert_true(failed > 0 && survived <= failed / 10);
}

static int start(void **state) {
    static shared s;
    ntm_error err = NTM_ERROR_INIT;
    whole_start(&s.w);
    assert_ok(ntm_set_write(&s.yaml, s.w.set, NULL, &err), &err);
    *state = &s;
    return 0;
}

static int end(void **state) {
    shared *s = *state;
    ntm_text_free(s->yaml);
    whole_end(&s->w);
    return 0;
}

static void sets(void **state) { sweep(*state, read_set, SIZE_MAX, 1); }
static void overlays(void **state) { sweep(*state, read_overlay, SIZE_MAX, 1); }
static void catalogues(void **state) { sweep(*state, open_catalogue, 200, 311); }
static void names(void **state) { sweep(*state, compare_names, SIZE_MAX, 1); }
static void tables(void **state) { sweep(*state, check_table, SIZE_MAX, 1); }
static void csv(void **state) { sweep(*state, read_csv, SIZE_MAX, 1); }
static void plans(void **state) { sweep(*state, compile, SIZE_MAX, 1); }
static void evaluations(void **state) {
    sweep(*state, evaluate_best, SIZE_MAX, 1);
    sweep(*state, evaluate_plain, SIZE_MAX, 1);
    sweep(*state, evaluate_reference, SIZE_MAX, 1);
}
static void explanations(void **state) { sweep(*state, explain, SIZE_MAX, 1); }
static void writing(void **state) { sweep(*state, write_set, SIZE_MAX, 1); }
static void arrow(void **state) { sweep(*state, through_arrow, SIZE_MAX, 1); }

/* Whether the library's allocations come here at all. */
static bool in_place(void) {
    ntm_problems *problems = NULL;
    heap.calls = 0;
    heap.armed = true;
    ntm_status status = ntm_problems_new(&problems, 0, NULL, NULL);
    heap.armed = false;
    ntm_problems_free(problems);
    return status == NTM_OK && heap.calls > 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets),    cmocka_unit_test(overlays),    cmocka_unit_test(catalogues),
        cmocka_unit_test(names),   cmocka_unit_test(tables),      cmocka_unit_test(csv),
        cmocka_unit_test(plans),   cmocka_unit_test(evaluations), cmocka_unit_test(explanations),
        cmocka_unit_test(writing), cmocka_unit_test(arrow)};
    if (!in_place()) {
        puts("1..0 # SKIP another allocator stands in place of this one");
        return 0;
    }
    return cmocka_run_group_tests_name("process without memory", tests, start, end);
}
