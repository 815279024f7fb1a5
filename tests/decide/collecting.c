/* SPDX-License-Identifier: Apache-2.0 */
/* Orders of collecting: small tables worked out by hand, and random ones against counting anew. */
#include "filled.h"
#include "review.h"

#include <stdio.h>
#include <stdlib.h>

#define FLAGS                                                                                                          \
    "facts:\n  a: {name: {vi: a}, kind: flag}\n  b: {name: {vi: b}, kind: flag}\n  c: {name: {vi: c}, kind: flag}\n"   \
    "  d: {name: {vi: d}, kind: flag}\n  y: {name: {vi: y}, kind: count, unit: km}\n  x: {name: {vi: x}, kind: count, unit: km}\n"
#define SET(rule) HEAD FLAGS "figures:\n  absent: {unit: km, source: [S]}\n" INDICATORS RULE("i", rule)

typedef struct asked {
    ntm_set *set;
    ntm_plan *plan;
    sheet sheet;
    ntm_collecting *collecting;
} asked;

static void start(asked *a, const char *yaml, size_t rows) {
    ntm_error err = NTM_ERROR_INIT;
    a->set = taken(yaml);
    a->collecting = NULL;
    begin(&a->sheet, rows);
    assert_ok(ntm_plan_new(&a->plan, a->set, &a->sheet.plan, &err), &err);
}

static void end(asked *a) {
    ntm_collecting_free(a->collecting);
    ntm_plan_free(a->plan);
    sheet_end(&a->sheet);
    ntm_set_free(a->set);
}

static void collect(asked *a, const ntm_collecting_options *options) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_collecting_free(a->collecting);
    a->collecting = NULL;
    assert_ok(ntm_collecting_new(&a->collecting, a->plan, &a->sheet.table, NTM_OF_INDICATOR, 0, options, &err), &err);
}

/* "a#1 lacking 3 settles 2/2; ..." */
static void expect_steps(const asked *a, const char *expected) {
    char text[600] = "";
    size_t used = 0;
    for (size_t i = 0; i < ntm_collecting_step_count(a->collecting); i++) {
        const ntm_collecting_step *step = ntm_collecting_step_at(a->collecting, i);
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s#%zu lacking %zu settles %zu/%zu",
                                 i == 0 ? "" : "; ", step->column, step->batch, step->lacking, step->settled,
                                 step->settled_so_far);
    }
    assert_string_equal(text, expected);
    assert_null(ntm_collecting_step_at(a->collecting, ntm_collecting_step_count(a->collecting)));
}

static void expect_cells(const asked *a, const char *expected) {
    char text[600] = "";
    size_t used = 0;
    for (size_t i = 0; i < ntm_collecting_cell_count(a->collecting); i++) {
        const ntm_collecting_cell *cell = ntm_collecting_cell_at(a->collecting, i);
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%zu:%s%s", i == 0 ? "" : " ", cell->row,
                                 cell->column, cell->surely ? "!" : "");
    }
    assert_string_equal(text, expected);
    assert_null(ntm_collecting_cell_at(a->collecting, ntm_collecting_cell_count(a->collecting)));
}

/* Rows 0 to 4 lack b; 1 also c; 2 and 3 c alone; 5 nothing that could be met; 6 is settled. */
static void most_rows_per_fact(void **state) {
    asked a;
    ntm_collecting_options options = NTM_COLLECTING_OPTIONS_INIT;
    (void)state;
    start(&a, SET("{all: [{attested: a}, {attested: b}, {attested: c}]}"), 7);
    sheet_cells(&a.sheet, "a", AS_BYTES, "yes yes yes yes ? no yes");
    sheet_cells(&a.sheet, "b", AS_BYTES, "?   ?   yes yes ? ?  yes");
    sheet_cells(&a.sheet, "c", AS_BYTES, "yes ?   ?   ?   ? ?  yes");
    collect(&a, NULL);
    const ntm_collecting_summary *about = ntm_collecting_about(a.collecting);
    assert_int_equal(about->rows, 7);
    assert_int_equal(about->open, 5);
    assert_int_equal(about->settled, 5);
    assert_int_equal(about->patterns, 4); /* rows 2 and 3 are one */
    /* c settles 2 for one fact, as b and c together do 4 for two; fewer facts go first */
    expect_steps(&a, "c#1 lacking 4 settles 2/2; b#2 lacking 3 settles 2/4; a#3 lacking 1 settles 1/5");
    expect_cells(&a, "0:b! 2:c! 3:c!");
    options.could_show = NTM_NOT_MET;
    collect(&a, &options);
    assert_int_equal(ntm_collecting_about(a.collecting)->settled, 5);
    assert_int_equal(ntm_collecting_cell_count(a.collecting), 5); /* one "no" settles any */
    options.all_facts = true;
    collect(&a, &options);
    expect_steps(&a, "c#1 lacking 4 settles 2/2; b#2 lacking 3 settles 2/4; a#3 lacking 1 settles 1/5");
    end(&a);
}

/* A batch of two: neither of its facts settles anything alone. */
static void a_batch(void **state) {
    asked a;
    (void)state;
    start(&a, SET("{any: [{all: [{attested: a}, {attested: b}]}, {all: [{attested: c}, {attested: d}]}]}"), 5);
    sheet_cells(&a.sheet, "a", AS_BYTES, "?  ?  ?  no  ?");
    sheet_cells(&a.sheet, "b", AS_BYTES, "?  ?  ?  ?   ?");
    sheet_cells(&a.sheet, "c", AS_BYTES, "no no no yes ?");
    sheet_cells(&a.sheet, "d", AS_BYTES, "?  ?  ?  ?   no");
    collect(&a, NULL);
    expect_steps(&a, "a#1 lacking 4 settles 4/4; b#1 lacking 4 settles 4/4; d#2 lacking 1 settles 1/5");
    expect_cells(&a, "3:d!");
    end(&a);
}

/* Rows that differ and need the same are settled together. */
static void different_rows_that_need_the_same(void **state) {
    asked a;
    (void)state;
    start(&a, SET("{any: [{attested: a}, {all: [{attested: b}, {attested: c}]}]}"), 3);
    sheet_cells(&a.sheet, "a", AS_BYTES, "? ?  ?");
    sheet_cells(&a.sheet, "b", AS_BYTES, "? no ?");
    sheet_cells(&a.sheet, "c", AS_BYTES, "? ?  ?");
    collect(&a, NULL);
    assert_int_equal(ntm_collecting_about(a.collecting)->patterns, 2);
    expect_steps(&a, "a#1 lacking 3 settles 3/3");
    expect_cells(&a, "0:a 1:a! 2:a");
    end(&a);
}

/* Rows that differ only in what is asked of the same facts share no search: a share of 0 is never 50 %. */
static void rows_that_look_alike(void **state) {
    asked a;
    (void)state;
    start(
        &a,
        SET("{any: [{all: [{attested: c}, {attested: a}, [{ratio: [y, x]}, \">=\", {constant: 50, unit: \"%\"}]]}, {all: "
            "[{attested: d}, {attested: a}, {not: [{ratio: [y, x]}, \">=\", {constant: 50, unit: \"%\"}]}]}]}"),
        2);
    sheet_cells(&a.sheet, "c", AS_BYTES, "yes no");
    sheet_cells(&a.sheet, "d", AS_BYTES, "no yes");
    sheet_cells(&a.sheet, "y", AS_INT64, "0 0");
    collect(&a, NULL);
    assert_int_equal(ntm_collecting_about(a.collecting)->patterns, 2);
    assert_int_equal(ntm_collecting_about(a.collecting)->unsettled[NTM_DECIDING_IMPOSSIBLE], 1);
    expect_steps(&a, "a#1 lacking 2 settles 1/1; x#1 lacking 2 settles 1/1");
    end(&a);
}

static void rows_that_nothing_settles(void **state) {
    asked a;
    ntm_collecting_options options = NTM_COLLECTING_OPTIONS_INIT;
    (void)state;
    start(&a, SET("{all: [{attested: a}, {any: [{attested: b}, [x, \">\", {figure: absent}]]}]}"), 4);
    sheet_cells(&a.sheet, "a", AS_BYTES, "? ?  yes ~");
    sheet_cells(&a.sheet, "b", AS_BYTES, "? no no  yes");
    collect(&a, NULL);
    const ntm_collecting_summary *about = ntm_collecting_about(a.collecting);
    assert_int_equal(about->open, 4);
    assert_int_equal(about->settled, 1);
    assert_int_equal(about->unsettled[NTM_DECIDING_LAW_ABSENT], 2);
    assert_int_equal(about->unsettled[NTM_DECIDING_NOT_APPLICABLE], 1);
    expect_steps(&a, "a#1 lacking 2 settles 1/1; b#1 lacking 1 settles 1/1");
    options.all_facts = true; /* all facts settle nothing surely where a figure is absent */
    collect(&a, &options);
    about = ntm_collecting_about(a.collecting);
    assert_int_equal(about->settled, 0);
    assert_int_equal(about->unsettled[NTM_DECIDING_LAW_ABSENT], 3);
    expect_steps(&a, "");
    /* a single "no" settles rows 0 and 1, but a "yes" leaves row 1 open */
    sheet_cells(&a.sheet, "x", AS_INT64, "1 1 1 1");
    options = (ntm_collecting_options)NTM_COLLECTING_OPTIONS_INIT;
    options.could_show = NTM_NOT_MET;
    collect(&a, &options);
    expect_cells(&a, "0:a 1:a");
    end(&a);
}

/* Every step is counted anew from the sets of single rows. */
static void random_tables(void **state) {
    static const char *const names[] = {"a", "b", "c", "d"};
    enum { ROWS = 200 };
    (void)state;
    for (uint64_t seed = 1; seed <= (fault_under_valgrind() ? 2 : 20); seed++) {
        asked a;
        uint64_t random = seed;
        ntm_error err = NTM_ERROR_INIT;
        unsigned need[ROWS], collected = 0, batch = 0;
        size_t rows = 0, settled = 0;
        start(&a,
              SET("{at_least: 2, of: [{attested: a}, {all: [{attested: b}, {attested: c}]}, {attested: c}, {not: "
                  "{attested: d}}]}"),
              ROWS);
        for (size_t k = 0; k < 4; k++) {
            char cells[ROWS * 4 + 1] = "";
            for (size_t row = 0; row < ROWS; row++) {
                uint64_t drawn = fault_random(&random) % 5;
                (void)strcat(cells, drawn < 2 ? "? " : drawn == 2 ? "yes " : "no ");
            }
            sheet_cells(&a.sheet, names[k], AS_BYTES, cells);
        }
        collect(&a, NULL);
        for (size_t row = 0; row < ROWS; row++) {
            ntm_deciding *d = NULL;
            assert_ok(ntm_deciding_new(&d, a.plan, &a.sheet.table, row, NTM_OF_INDICATOR, 0, NULL, &err), &err);
            const ntm_deciding_set *set = ntm_deciding_facts(d, NTM_MET);
            need[row] = 0;
            if (ntm_deciding_verdict(d) == NTM_OPEN && set->reason == NTM_DECIDING_FOUND) rows++;
            for (size_t i = 0; i < set->count; i++)
                need[row] |= 1u << (set->facts[i].column[0] - 'a');
            ntm_deciding_free(d);
        }
        assert_int_equal(ntm_collecting_about(a.collecting)->settled, rows);
        for (size_t i = 0; i < ntm_collecting_step_count(a.collecting); i++) {
            const ntm_collecting_step *step = ntm_collecting_step_at(a.collecting, i);
            const ntm_collecting_step *next = ntm_collecting_step_at(a.collecting, i + 1);
            unsigned bit = 1u << (step->column[0] - 'a');
            assert_int_equal(collected & bit, 0);
            collected |= bit;
            batch++;
            if (next != NULL && next->batch == step->batch) continue;
            size_t now = 0, best = 0, best_size = 1;
            for (size_t row = 0; row < ROWS; row++)
                now += need[row] != 0 && (need[row] & ~collected) == 0;
            assert_int_equal(step->settled_so_far, now);
            assert_int_equal(step->settled, now - settled);
            /* no batch would have settled more rows per fact */
            unsigned before = collected;
            for (unsigned k = 0; k < batch; k++)
                before &= ~(1u << (ntm_collecting_step_at(a.collecting, i - k)->column[0] - 'a'));
            for (size_t other = 0; other < ROWS; other++) {
                unsigned facts = need[other] & ~before;
                size_t gain = 0, size = (size_t)__builtin_popcount(facts);
                for (size_t row = 0; row < ROWS && facts != 0; row++)
                    gain += (need[row] & ~before) != 0 && (need[row] & ~(before | facts)) == 0;
                if (size > 0 && gain * best_size > best * size) {
                    best = gain;
                    best_size = size;
                }
            }
            assert_int_equal(step->settled * best_size, best * batch);
            settled = now;
            batch = 0;
        }
        assert_int_equal(settled, rows);
        end(&a);
    }
}

static void wrong_calls(void **state) {
    asked a;
    ntm_error err = NTM_ERROR_INIT;
    ntm_collecting_options options = NTM_COLLECTING_OPTIONS_INIT;
    (void)state;
    start(&a, SET("{attested: a}"), 0);
    collect(&a, NULL); /* no rows at all */
    assert_int_equal(ntm_collecting_about(a.collecting)->open, 0);
    ntm_collecting *out = NULL;
    options.could_show = NTM_OPEN;
    assert_fails(ntm_collecting_new(&out, a.plan, &a.sheet.table, NTM_OF_STATUS, 0, &options, &err), NTM_ERROR_ARGUMENT,
                 &err, "\"met\" or \"not met\"");
    options = (ntm_collecting_options)NTM_COLLECTING_OPTIONS_INIT;
    options.struct_size--;
    assert_fails(ntm_collecting_new(&out, a.plan, &a.sheet.table, NTM_OF_STATUS, 0, &options, &err), NTM_ERROR_ARGUMENT,
                 &err, "initialised options");
    assert_fails(ntm_collecting_new(&out, a.plan, &a.sheet.table, NTM_OF_CRITERION, 1, NULL, &err), NTM_ERROR_ARGUMENT,
                 &err, "no part 1");
    assert_fails(ntm_collecting_new(NULL, a.plan, &a.sheet.table, NTM_OF_STATUS, 0, NULL, &err), NTM_ERROR_ARGUMENT,
                 &err, "a place");
    assert_null(out);
    assert_null(ntm_collecting_about(NULL));
    assert_int_equal(ntm_collecting_step_count(NULL) + ntm_collecting_cell_count(NULL), 0);
    ntm_collecting_free(NULL);
    end(&a);
}

/* Little work: rows that were not looked at to the end are told apart. */
static void little_work(void **state) {
    asked a;
    ntm_collecting_options options = NTM_COLLECTING_OPTIONS_INIT;
    (void)state;
    start(&a, SET("{all: [{attested: a}, {attested: b}]}"), 3);
    options.work = 2;
    collect(&a, &options);
    assert_int_equal(ntm_collecting_about(a.collecting)->unsettled[NTM_DECIDING_LIMIT], 3);
    options.all_facts = true;
    collect(&a, &options);
    assert_int_equal(ntm_collecting_about(a.collecting)->unsettled[NTM_DECIDING_LIMIT], 3);
    end(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(most_rows_per_fact),
                                       cmocka_unit_test(a_batch),
                                       cmocka_unit_test(rows_that_look_alike),
                                       cmocka_unit_test(different_rows_that_need_the_same),
                                       cmocka_unit_test(rows_that_nothing_settles),
                                       cmocka_unit_test(random_tables),
                                       cmocka_unit_test(wrong_calls),
                                       cmocka_unit_test(little_work)};
    return cmocka_run_group_tests_name("orders of collecting", tests, NULL, NULL);
}
