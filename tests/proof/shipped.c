/* SPDX-License-Identifier: Apache-2.0 */
/* Every set of the shipped catalogue over random rows: a proof of every status, of some parts and of the revocation says
 * what the evaluation says. With NTM_TEST_PROOFS = a folder, the texts are kept there. */
#include "sheet.h"

#include <ntm/ntm.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 6, INPUTS = 4096 };

static uint64_t state_of_chance = 99;
static unsigned kept;

static uint64_t chance(uint64_t end) { return fault_random(&state_of_chance) % end; }

/* The fact that an input is of: "past:e:F", "F[m]", "F". */
static const ntm_fact *fact_of(const ntm_set *set, const char *input) {
    char id[128];
    const char *from = input;
    if (strncmp(from, "past:", 5) == 0 || strncmp(from, "parent:", 7) == 0 || strncmp(from, "average:", 8) == 0) {
        from = strchr(from, ':') + 1;
        from = strchr(from, ':') + 1;
    }
    (void)snprintf(id, sizeof id, "%s", from);
    id[strcspn(id, "[")] = '\0';
    size_t at = ntm_set_find_fact(set, id);
    return at == SIZE_MAX ? NULL : ntm_set_fact(set, at);
}

typedef struct grid {
    ntm_field fields[INPUTS];
    ntm_table table;
    int64_t numbers[INPUTS][ROWS];
    int32_t codes[INPUTS][ROWS];
    uint8_t bytes[INPUTS][ROWS];
    uint8_t valid[INPUTS], none[INPUTS];
} grid;

static grid g; /* large */

static void fill_numbers(ntm_field *field, size_t at, const ntm_fact *fact) {
    bool whole = fact == NULL || fact->kind == NTM_KIND_COUNT || fact->kind == NTM_KIND_DATE;
    bool part = fact != NULL && fact->part_of != NULL;
    for (size_t row = 0; row < ROWS; row++) {
        int64_t value = (int64_t)(fact != NULL && fact->kind == NTM_KIND_DATE ? chance(20000)
                                  : part                                      ? chance(60)
                                                                              : 60 + chance(40));
        if (fact != NULL && fact->has_least && value < fact->least.coefficient) value = fact->least.coefficient;
        if (fact != NULL && fact->has_most && fact->most.scale == 0 && value > fact->most.coefficient)
            value = fact->most.coefficient;
        g.numbers[at][row] = whole ? value : value * 10;
    }
    field->column = ntm_column_int64(g.numbers[at], ROWS);
    field->column.scale = whole ? 0 : 1;
}

static void fill_flags(ntm_field *field, size_t at) {
    for (size_t row = 0; row < ROWS; row++)
        g.bytes[at][row] = chance(4) != 0;
    field->column = ntm_column_bytes(g.bytes[at], ROWS);
}

static void fill_codes(ntm_field *field, size_t at, const char *const *values, size_t count) {
    for (size_t row = 0; row < ROWS; row++)
        g.codes[at][row] = (int32_t)chance(count);
    field->column = ntm_column_codes(g.codes[at], ROWS, values, count);
}

static const ntm_axis *axis_of(const ntm_set *set, const char *name) {
    for (size_t i = 0; i < ntm_set_axis_count(set); i++)
        if (strcmp(ntm_set_axis(set, i)->id, name) == 0) return ntm_set_axis(set, i);
    return NULL;
}

static void fill(const ntm_set *set, const ntm_plan *plan) {
    memset(&g, 0, sizeof g);
    g.table = (ntm_table)NTM_TABLE_INIT;
    g.table.fields = g.fields;
    g.table.rows = ROWS;
    assert_true(ntm_plan_input_count(plan) <= INPUTS);
    for (size_t i = 0; i < ntm_plan_input_count(plan); i++) {
        const char *name = ntm_plan_input(plan, i);
        const ntm_axis *axis = axis_of(set, name);
        const ntm_fact *fact = axis == NULL ? fact_of(set, name) : NULL;
        if (chance(12) == 0 || strncmp(name, "children:", 9) == 0) continue;
        size_t at = g.table.field_count++;
        ntm_field *field = &g.fields[at];
        field->name = name;
        if (axis != NULL)
            fill_codes(field, at, axis->values, axis->value_count);
        else if (strncmp(name, "holds:", 6) == 0 || (fact != NULL && fact->kind == NTM_KIND_FLAG))
            fill_flags(field, at);
        else if (fact != NULL && fact->kind == NTM_KIND_LEVEL)
            fill_codes(field, at, fact->levels, fact->level_count);
        else
            fill_numbers(field, at, fact);
        g.valid[at] = (uint8_t)(chance(2) == 0 ? 0xff : chance(256));
        if (axis == NULL) g.none[at] = (uint8_t)(chance(8) == 0 ? chance(64) : 0);
        field->column.validity = &g.valid[at];
        field->column.not_applicable = &g.none[at];
    }
}

static void keep(const ntm_text *text) {
    const char *folder = getenv("NTM_TEST_PROOFS");
    char path[512];
    if (folder == NULL) return;
    (void)snprintf(path, sizeof path, "%s/shipped-%u.json", folder, kept++);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(ntm_text_data(text), 1, ntm_text_size(text), file), ntm_text_size(text));
    assert_int_equal(fclose(file), 0);
}

static size_t seen[3];

static void one_proof(const ntm_plan *plan, const ntm_attainment *result, size_t row, ntm_of of, size_t index) {
    static const char *const words[] = {"open", "met", "not met"};
    char claim[64];
    ntm_text *text = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_proof_options options = NTM_PROOF_OPTIONS_INIT;
    options.work_max = 20000000;
    ntm_verdict verdict = sheet_verdict(result, of, row, index);
    assert_ok(ntm_proof_new(&text, plan, &g.table, row, of, index, &options, &err), &err);
    const char *from = strstr(ntm_text_data(text), "\"proofs\":[{\"claim\":{");
    assert_non_null(from);
    (void)snprintf(claim, sizeof claim, "\"verdict\":\"%s\"},\"%s\":", words[verdict],
                   verdict == NTM_OPEN ? "deciding" : "facts");
    assert_non_null(strstr(from, claim));
    seen[verdict]++;
    keep(text);
    ntm_text_free(text);
}

static void one_set(const ntm_set *set, const ntm_set *const *others, size_t other_count) {
    ntm_plan *plan = NULL;
    ntm_attainment *result = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_node revocation;
    ntm_plan_options options = NTM_PLAN_OPTIONS_INIT;
    options.on = ntm_date_ymd(2020, 2, 25);
    options.out_of_force = true;
    options.others = others;
    options.other_count = other_count;
    assert_ok(ntm_plan_new(&plan, set, &options, &err), &err);
    fill(set, plan);
    ntm_status status = ntm_evaluate(&result, plan, &g.table, NULL, &err);
    for (int again = 0; status == NTM_ERROR_VALUE && again < 200; again++) { /* what depends on one another */
        fill(set, plan);
        status = ntm_evaluate(&result, plan, &g.table, NULL, &err);
    }
    assert_ok(status, &err);
    ntm_set_rules(set, NULL, &revocation, NULL);
    for (size_t row = 0; row < ROWS; row++) {
        one_proof(plan, result, row, NTM_OF_STATUS, 0);
        if (revocation != 0) one_proof(plan, result, row, NTM_OF_REVOCATION, 0);
        if (ntm_set_criterion_count(set) > 0)
            one_proof(plan, result, row, NTM_OF_CRITERION, chance(ntm_set_criterion_count(set)));
        if (ntm_set_indicator_count(set) > 0)
            one_proof(plan, result, row, NTM_OF_INDICATOR, chance(ntm_set_indicator_count(set)));
    }
    ntm_attainment_free(result);
    ntm_plan_free(plan);
}

static void all_sets(void **state) {
    ntm_catalogue *catalogue = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    assert_ok(ntm_catalogue_open(&catalogue, NULL, 0, NULL, &err), &err);
    size_t count = ntm_catalogue_set_count(catalogue), step = fault_under_valgrind() ? 9 : 1;
    const ntm_set **sets = calloc(count, sizeof *sets);
    assert_non_null(sets);
    for (size_t i = 0; i < count; i++)
        sets[i] = ntm_catalogue_set(catalogue, i);
    for (size_t i = 0; i < count; i += step)
        one_set(sets[i], sets, count);
    /* With what is known from memory there are figures everywhere. */
    for (size_t i = 0; i < ntm_catalogue_overlay_count(catalogue); i += step) {
        const ntm_overlay *overlay = ntm_catalogue_overlay(catalogue, i);
        const ntm_set *base = ntm_catalogue_get(catalogue, ntm_overlay_of(overlay));
        ntm_set *laid = NULL;
        if (base == NULL || ntm_set_overlay(&laid, base, overlay, NULL, NULL) != NTM_OK) continue;
        one_set(laid, sets, count);
        ntm_set_free(laid);
    }
    print_message("%zu open, %zu met, %zu not met\n", seen[0], seen[1], seen[2]);
    if (!fault_under_valgrind()) assert_true(seen[0] > 100 && seen[1] > 10 && seen[2] > 100);
    free(sets);
    ntm_catalogue_free(catalogue);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_sets)};
    return cmocka_run_group_tests_name("proofs of the shipped law", tests, NULL, NULL);
}
