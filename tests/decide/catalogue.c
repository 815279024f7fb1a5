/* SPDX-License-Identifier: Apache-2.0 */
/* The shipped law with random tables: every set of deciding facts is proven by the public evaluation, all open facts
 * together settle what no law is wanting for, and orders of collecting are checked against the sets of single rows. */
#include "filled.h"

#include <ntm/catalogue.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 40, FIELDS = 600 };

typedef struct drawn {
    ntm_table table;
    ntm_field fields[FIELDS];
    void *blocks[3 * FIELDS];
    size_t block_count;
    uint64_t random;
} drawn;

static size_t below(drawn *d, size_t end) { return (size_t)(fault_random(&d->random) % end); }

static void *block(drawn *d, size_t size) {
    void *memory = calloc(1, size + 1);
    assert_true(memory != NULL && d->block_count < 3 * FIELDS);
    d->blocks[d->block_count++] = memory;
    return memory;
}

/* The fact behind a column, also of a member, the past or a parent. */
static const ntm_fact *fact_of(const ntm_set *set, const char *name) {
    char id[200];
    const char *from =
        strncmp(name, "past:", 5) == 0 || strncmp(name, "parent:", 7) == 0 || strncmp(name, "average:", 8) == 0
            ? strrchr(name, ':') + 1
            : name;
    (void)snprintf(id, sizeof id, "%.*s", (int)strcspn(from, "["), from);
    size_t at = ntm_set_find_fact(set, id);
    return at == SIZE_MAX ? NULL : ntm_set_fact(set, at);
}

static const ntm_axis *axis_of(const ntm_set *set, const char *name) {
    for (size_t i = 0; i < ntm_set_axis_count(set); i++)
        if (strcmp(ntm_set_axis(set, i)->id, name) == 0) return ntm_set_axis(set, i);
    return NULL;
}

static bool is_whole_of_some(const ntm_set *set, const char *id) {
    for (size_t i = 0; i < ntm_set_fact_count(set); i++)
        if (ntm_set_fact(set, i)->part_of != NULL && strcmp(ntm_set_fact(set, i)->part_of, id) == 0) return true;
    return false;
}

static int64_t number(drawn *d, const ntm_set *set, const ntm_fact *fact, const char *name) {
    if (strncmp(name, "children:", 9) == 0)
        return strstr(name, ":total") != NULL ? 20 : (int64_t)below(d, strstr(name, ":met") != NULL ? 16 : 5);
    if (fact == NULL) return (int64_t)below(d, 2);
    if (fact->kind == NTM_KIND_FLAG) return below(d, 5) != 0;
    if (fact->kind == NTM_KIND_LEVEL) return (int64_t)below(d, fact->level_count);
    if (fact->kind == NTM_KIND_DATE) return 17000 + (int64_t)below(d, 2000);
    if (is_whole_of_some(set, fact->id)) return 1000;
    if (fact->part_of != NULL) return (int64_t)(below(d, 3) == 0 ? below(d, 1001) : 900 + below(d, 101));
    return (int64_t)(below(d, 2) == 0 ? 80 + below(d, 21) : below(d, 60));
}

/* Values outside of natural bounds become one of these. */
static int64_t bounded(const ntm_fact *fact, int64_t value) {
    if (fact == NULL) return value;
    double scale = 1;
    for (int i = 0; i < fact->most.scale; i++)
        scale *= 10;
    if (fact->has_most && (double)value > (double)fact->most.coefficient / scale)
        value = (int64_t)((double)fact->most.coefficient / scale);
    if (fact->has_least && fact->least.scale == 0 && value < fact->least.coefficient) value = fact->least.coefficient;
    return value;
}

static void draw_column(drawn *d, const ntm_set *set, const char *name, size_t rows, size_t missing) {
    const ntm_axis *axis = axis_of(set, name);
    const ntm_fact *fact = fact_of(set, name);
    int64_t *values = block(d, rows * sizeof *values);
    uint8_t *validity = block(d, rows / 8 + 1);
    ntm_field *field = &d->fields[d->table.field_count++];
    assert_true(d->table.field_count < FIELDS);
    field->name = name;
    field->column = ntm_column_int64(values, rows);
    field->column.validity = validity;
    if (axis != NULL) {
        field->column.categories = axis->values;
        field->column.category_count = axis->value_count;
        missing = 3;
    } else if (fact != NULL && fact->kind == NTM_KIND_LEVEL) {
        field->column.categories = fact->levels;
        field->column.category_count = fact->level_count;
    }
    for (size_t row = 0; row < rows; row++) {
        values[row] = axis != NULL ? (int64_t)below(d, axis->value_count) : bounded(fact, number(d, set, fact, name));
        if (below(d, 100) >= missing) validity[row / 8] |= (uint8_t)(1u << (row % 8));
    }
}

static void draw_table(drawn *d, const ntm_set *set, const ntm_plan *plan, size_t rows, size_t missing, uint64_t seed) {
    memset(d, 0, sizeof *d);
    d->random = seed;
    d->table = (ntm_table)NTM_TABLE_INIT;
    d->table.rows = rows;
    d->table.fields = d->fields;
    for (size_t i = 0; i < ntm_plan_input_count(plan); i++) {
        const char *name = ntm_plan_input(plan, i);
        if (strcmp(name, "year") == 0 || below(d, 40) == 0) continue;
        draw_column(d, set, name, rows, missing);
    }
}

static void free_table(drawn *d) {
    for (size_t i = 0; i < d->block_count; i++)
        free(d->blocks[i]);
}

typedef struct tally {
    size_t asked, found, exact, law, axis, limit, impossible;
} tally;

static void look_at(const ntm_plan *plan, const ntm_table *table, size_t row, ntm_of of, size_t index, tally *seen) {
    ntm_deciding *d = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_deciding_new(&d, plan, table, row, of, index, NULL, &err), &err);
    for (size_t side = 0; side < 2 && ntm_deciding_verdict(d) == NTM_OPEN; side++) {
        ntm_verdict verdict = side == 0 ? NTM_MET : NTM_NOT_MET;
        const ntm_deciding_set *set = ntm_deciding_facts(d, verdict);
        seen->asked++;
        seen->found += filled_shows(plan, table, row, d, verdict, of, index);
        seen->exact += set->exact;
        seen->law += set->reason == NTM_DECIDING_LAW_ABSENT;
        seen->axis += set->reason == NTM_DECIDING_AXIS_UNKNOWN;
        seen->limit += set->reason == NTM_DECIDING_LIMIT;
        seen->impossible += set->reason == NTM_DECIDING_IMPOSSIBLE;
        if (set->reason == NTM_DECIDING_LAW_ABSENT) assert_true(ntm_deciding_wanting_count(d) > 0);
        for (size_t i = 0; i < set->count; i++) { /* each is one of the open facts */
            bool known = false;
            for (size_t k = 0; k < ntm_deciding_open_count(d); k++)
                known = known || strcmp(ntm_deciding_open(d, k), set->facts[i].column) == 0;
            assert_true(known);
        }
    }
    ntm_deciding_free(d);
}

/* What single rows say has to add up to what the order says. */
static void collect(const ntm_plan *plan, const ntm_table *table, ntm_of of) {
    ntm_collecting *c = NULL;
    ntm_error err = NTM_ERROR_INIT;
    size_t open = 0, unsettled[6] = {0}, single = 0, cell = 0;
    assert_ok(ntm_collecting_new(&c, plan, table, of, 0, NULL, &err), &err);
    const ntm_collecting_summary *about = ntm_collecting_about(c);
    for (size_t row = 0; row < table->rows; row++) {
        ntm_deciding *d = NULL;
        assert_ok(ntm_deciding_new(&d, plan, table, row, of, 0, NULL, &err), &err);
        const ntm_deciding_set *met = ntm_deciding_facts(d, NTM_MET);
        if (ntm_deciding_verdict(d) == NTM_OPEN) {
            open++;
            if (met->reason != NTM_DECIDING_FOUND) unsettled[met->reason]++;
            bool one = met->reason == NTM_DECIDING_FOUND && met->count == 1;
            single += one;
            if (one) {
                const ntm_collecting_cell *at = ntm_collecting_cell_at(c, cell++);
                assert_non_null(at);
                assert_int_equal(at->row, row);
                assert_true(at->surely == (ntm_deciding_open_count(d) == 1 && ntm_deciding_wanting_count(d) == 0));
            }
        }
        ntm_deciding_free(d);
    }
    assert_int_equal(about->rows, table->rows);
    assert_int_equal(about->open, open);
    size_t sum = about->settled;
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(about->unsettled[i], unsettled[i]);
        sum += about->unsettled[i];
    }
    assert_int_equal(sum, open);
    assert_int_equal(ntm_collecting_cell_count(c), single);
    ntm_collecting_free(c);
}

/* One set: verdicts of some rows of three tables, and orders of collecting. */
static void try_set(const ntm_set *set, uint64_t seed, tally *seen) {
    static drawn d;
    ntm_plan_options options = NTM_PLAN_OPTIONS_INIT;
    ntm_plan *plan = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_date from = ntm_set_about(set)->instrument.in_force_from;
    options.on = from == NTM_DATE_NONE ? ntm_date_ymd(2020, 6, 1) : from + 300;
    options.out_of_force = true;
    assert_ok(ntm_plan_new(&plan, set, &options, &err), &err);
    for (size_t missing = 4; missing <= 34; missing += 15) {
        draw_table(&d, set, plan, fault_under_valgrind() ? 2 : ROWS, missing, seed * 100 + missing);
        for (size_t row = 0; row < (fault_under_valgrind() ? 1 : 8); row++) {
            for (size_t k = 0; k < ntm_set_indicator_count(set); k++)
                look_at(plan, &d.table, row, NTM_OF_INDICATOR, k, seen);
            for (size_t k = 0; k < ntm_set_criterion_count(set); k++)
                look_at(plan, &d.table, row, NTM_OF_CRITERION, k, seen);
            look_at(plan, &d.table, row, NTM_OF_STATUS, 0, seen);
            look_at(plan, &d.table, row, NTM_OF_CRITERIA_STATUS, 0, seen);
        }
        collect(plan, &d.table, NTM_OF_STATUS);
        if (ntm_set_criterion_count(set) > 0) collect(plan, &d.table, NTM_OF_CRITERION);
        free_table(&d);
    }
    ntm_plan_free(plan);
}

/* Most figures of the shipped sets were never read in a source; with those that are remembered more can be asked. */
static void every_set(void **state) {
    ntm_catalogue *catalogue = NULL;
    ntm_error err = NTM_ERROR_INIT;
    tally seen = {0};
    (void)state;
    assert_ok(ntm_catalogue_open(&catalogue, NULL, 0, NULL, &err), &err);
    size_t step = fault_under_valgrind() ? 9 : 1;
    for (size_t i = 0; i < ntm_catalogue_set_count(catalogue); i += step)
        try_set(ntm_catalogue_set(catalogue, i), i, &seen);
    for (size_t i = 0; i < ntm_catalogue_overlay_count(catalogue); i += step) {
        const ntm_overlay *overlay = ntm_catalogue_overlay(catalogue, i);
        const ntm_set *base = ntm_catalogue_get(catalogue, ntm_overlay_of(overlay));
        ntm_set *set = NULL;
        if (base == NULL || ntm_set_overlay(&set, base, overlay, NULL, &err) != NTM_OK) continue;
        try_set(set, 1000 + i, &seen);
        ntm_set_free(set);
    }
    ntm_catalogue_free(catalogue);
    print_message("# %zu asked, %zu found, %zu exact; law absent %zu, axis unknown %zu, impossible %zu, limit %zu\n",
                  seen.asked, seen.found, seen.exact, seen.law, seen.axis, seen.impossible, seen.limit);
    if (fault_under_valgrind()) return;
    assert_true(seen.found > 1000 && seen.law > 100 && seen.axis > 10);
    assert_true(seen.exact * 100 > seen.asked * 95);
    assert_true(seen.limit * 100 < seen.asked);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_set)};
    return cmocka_run_group_tests_name("deciding facts under the shipped law", tests, NULL, NULL);
}
