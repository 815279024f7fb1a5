/* SPDX-License-Identifier: Apache-2.0 */
/* The law that is shipped, plain and with each layer of its own: gaps of random units do what they say. */
#include "review.h"

#include <ntm/gap.h>

#include <stdio.h>

enum { ROWS = 40, INPUTS = 400, SCALE = 1000000 };

/* One column of a plan, and what it holds: millionths of numbers, 0 and 1, places on a scale. */
typedef struct input {
    const char *name;
    const ntm_fact *fact; /* NULL: children, statuses, figures */
    const ntm_axis *axis;
    bool flag;
    int64_t values[ROWS];
    uint8_t known[ROWS]; /* ntm_known */
} input;

typedef struct table {
    input inputs[INPUTS];
    size_t count;
    uint64_t random;
} table;

static uint64_t below(table *t, uint64_t end) { return fault_random(&t->random) % end; }

static const ntm_fact *fact_behind(const ntm_set *set, const char *name) {
    char id[128];
    const char *from = strrchr(name, ':');
    bool of_children = strncmp(name, "children:", 9) == 0 || strncmp(name, "holds:", 6) == 0;
    bool of_figure = strncmp(name, "figure:", 7) == 0;
    if (of_children || of_figure) return NULL;
    (void)snprintf(id, sizeof id, "%s", from == NULL ? name : from + 1);
    id[strcspn(id, "[")] = '\0';
    size_t at = ntm_set_find_fact(set, id);
    return at == SIZE_MAX ? NULL : ntm_set_fact(set, at);
}

static const ntm_axis *axis_named(const ntm_set *set, const char *name) {
    for (size_t i = 0; i < ntm_set_axis_count(set); i++)
        if (strcmp(ntm_set_axis(set, i)->id, name) == 0) return ntm_set_axis(set, i);
    return NULL;
}

static int64_t draw(table *t, const input *in) {
    if (in->axis != NULL) return (int64_t)below(t, in->axis->value_count);
    if (in->flag) return (int64_t)below(t, 2);
    if (in->fact == NULL) return (int64_t)below(t, 20) * SCALE;
    switch (in->fact->kind) {
        case NTM_KIND_LEVEL: return (int64_t)below(t, in->fact->level_count);
        case NTM_KIND_DATE: return 18000 + (int64_t)below(t, 900);
        case NTM_KIND_COUNT: return (int64_t)below(t, 300) * SCALE;
        case NTM_KIND_SHARE: return (int64_t)below(t, 401) * (SCALE / 4);
        default: return (int64_t)below(t, 400) * (SCALE / 4);
    }
}

/* A part is no more than its whole. */
static void parts(table *t) {
    for (int round = 0; round < 4; round++)
        for (size_t i = 0; i < t->count; i++) {
            input *part = &t->inputs[i];
            const char *of = part->fact == NULL ? NULL : part->fact->part_of;
            for (size_t k = 0; k < t->count && of != NULL; k++) {
                const input *whole = &t->inputs[k];
                if (whole->fact == NULL || strcmp(whole->fact->id, of) != 0) continue;
                for (size_t row = 0; row < ROWS; row++)
                    if (part->values[row] > whole->values[row]) part->values[row] = whole->values[row];
            }
        }
}

static void draw_table(table *t, const ntm_set *set, const ntm_plan *plan, uint64_t seed) {
    t->random = seed;
    t->count = 0;
    for (size_t i = 0; i < ntm_plan_input_count(plan); i++) {
        input *in = &t->inputs[t->count];
        *in = (input){.name = ntm_plan_input(plan, i)};
        in->axis = axis_named(set, in->name);
        in->fact = in->axis != NULL ? NULL : fact_behind(set, in->name);
        in->flag = strncmp(in->name, "holds:", 6) == 0 || (in->fact != NULL && in->fact->kind == NTM_KIND_FLAG);
        if (strncmp(in->name, "children:", 9) == 0) continue; /* what has to add up is in tries.h */
        for (size_t row = 0; row < ROWS; row++) {
            in->values[row] = draw(t, in);
            in->known[row] = NTM_REPORTED;
            if (row % 4 == 3 && below(t, 3) == 0) in->known[row] = 2 * (uint8_t)below(t, 2);
            if (in->axis != NULL && in->known[row] != NTM_REPORTED) in->known[row] = NTM_NOT_REPORTED;
        }
        assert_true(++t->count < INPUTS);
    }
    parts(t);
}

static void put(uint8_t *bits, size_t at) { bits[at / 8] = (uint8_t)(bits[at / 8] | 1u << (at % 8)); }

/* The fields of `rows` rows, which are those of map. */
static void encode(sheet *s, const table *t, ntm_field *fields, const size_t *map, const int64_t *const *values,
                   size_t rows) {
    for (size_t i = 0; i < t->count; i++) {
        const input *in = &t->inputs[i];
        int64_t *data = sheet_memory(s, (rows + 1) * sizeof *data);
        uint8_t *bytes = sheet_memory(s, rows + 1), *valid = sheet_memory(s, rows / 8 + 1);
        uint8_t *without = sheet_memory(s, rows / 8 + 1);
        for (size_t row = 0; row < rows; row++) {
            data[row] = values == NULL ? in->values[map[row]] : values[row][i];
            bytes[row] = (uint8_t)data[row];
            if (in->known[map[row]] == NTM_REPORTED) put(valid, row);
            if (in->known[map[row]] == NTM_NOT_APPLICABLE) put(without, row);
        }
        ntm_column column = in->flag ? ntm_column_bytes(bytes, rows) : ntm_column_int64(data, rows);
        bool level = in->fact != NULL && in->fact->kind == NTM_KIND_LEVEL;
        bool date = in->fact != NULL && in->fact->kind == NTM_KIND_DATE;
        if (level) column.categories = in->fact->levels, column.category_count = in->fact->level_count;
        if (in->axis != NULL) column.categories = in->axis->values, column.category_count = in->axis->value_count;
        if (!in->flag && !level && !date && in->axis == NULL) column.scale = 6;
        column.validity = valid;
        column.not_applicable = without;
        fields[i] = (ntm_field){in->name, column};
    }
}

/* ------------------------------------------------------------------------------------------- trials */

enum { TRIALS = 40000 };

typedef struct trials {
    size_t rows[TRIALS], indicators[TRIALS], count;
    const int64_t *values[TRIALS];
} trials;

/* One gap done to a row. False when it cannot be: several facts, open, out of reach. */
static bool work(const table *t, const ntm_gap *gap, const ntm_gap_subject *subject, int64_t *row) {
    size_t at = 0;
    while (at < t->count && (subject->input == NULL || strcmp(t->inputs[at].name, subject->input) != 0))
        at++;
    ntm_fraction f = gap->amount.least;
    if (at == t->count || gap->untold != NTM_TOLD || gap->out_of_reach || f.denominator == 0 ||
        f.numerator != gap->amount.most.numerator || f.denominator != gap->amount.most.denominator)
        return false;
    if (t->inputs[at].known[gap->row] != NTM_REPORTED) return false;
    const ntm_fact *fact = t->inputs[at].fact;
    bool plain = t->inputs[at].flag || (fact != NULL && (fact->kind == NTM_KIND_LEVEL || fact->kind == NTM_KIND_DATE));
    int64_t amount = f.numerator / f.denominator * (plain ? 1 : SCALE);
    if (!plain) amount += (f.numerator % f.denominator * SCALE + f.denominator - 1) / f.denominator;
    amount += gap->strict;
    int64_t before = t->inputs[at].values[gap->row], now = row[at];
    int64_t to = before + (gap->down ? -amount : amount);
    if (now != before && (now > before) != (to > before)) return false;
    if (now == before || (now > before ? to > now : to < now)) row[at] = to;
    return true;
}

static void add_trials(trials *all, sheet *s, const table *t, const ntm_gaps *gaps, const ntm_set *set, size_t row) {
    for (size_t indicator = 0; indicator < ntm_set_indicator_count(set); indicator++) {
        int64_t *values = sheet_memory(s, (t->count + 1) * sizeof *values);
        bool good = true;
        size_t count = 0;
        for (size_t i = 0; i < t->count; i++)
            values[i] = t->inputs[i].values[row];
        for (size_t i = ntm_gaps_first(gaps, row); i < ntm_gaps_first(gaps, row + 1) && good; i++) {
            ntm_gap gap = ntm_gaps_at(gaps, i);
            const ntm_gap_subject *subject = ntm_gaps_subject(gaps, gap.subject);
            if (subject->of != NTM_OF_INDICATOR || subject->index != indicator) continue;
            good = work(t, &gap, subject, values);
            count++;
        }
        if (!good || count == 0) continue;
        assert_true(all->count < TRIALS);
        all->rows[all->count] = row;
        all->indicators[all->count] = indicator;
        all->values[all->count++] = values;
    }
}

static size_t done;

static void hold(const trials *all, const table *t, const ntm_plan *plan, const ntm_set *set) {
    sheet s;
    ntm_attainment *result = NULL;
    ntm_error err = NTM_ERROR_INIT;
    static ntm_field fields[INPUTS];
    sheet_start(&s, all->count);
    encode(&s, t, fields, all->rows, all->values, all->count);
    ntm_table after = NTM_TABLE_INIT;
    after.rows = all->count;
    after.fields = fields;
    after.field_count = t->count;
    assert_ok(ntm_evaluate(&result, plan, &after, NULL, &err), &err);
    for (size_t i = 0; i < all->count; i++)
        if (ntm_attainment_indicator(result, i, all->indicators[i]) != NTM_MET)
            fail_msg("%s, indicator %s, row %zu: the works are not enough", ntm_set_about(set)->id,
                     ntm_set_indicator(set, all->indicators[i])->id, all->rows[i]);
    done += all->count;
    ntm_attainment_free(result);
    sheet_end(&s);
}

static void one_set(const ntm_set *set, uint64_t seed) {
    static table t;
    static trials all;
    static ntm_field fields[INPUTS];
    size_t map[ROWS];
    sheet s;
    ntm_plan *plan = NULL;
    ntm_gaps *gaps = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_gaps_options options = NTM_GAPS_OPTIONS_INIT;
    sheet_start(&s, ROWS);
    s.plan.out_of_force = true;
    s.plan.kernels = (ntm_kernels)(seed % 3);
    assert_ok(ntm_plan_new(&plan, set, &s.plan, &err), &err);
    draw_table(&t, set, plan, seed);
    for (size_t row = 0; row < ROWS; row++)
        map[row] = row;
    encode(&s, &t, fields, map, NULL, ROWS);
    s.table.fields = fields;
    s.table.field_count = t.count;
    options.margins = options.revocation = options.untold_law = true;
    assert_ok(ntm_gaps_new(&gaps, plan, &s.table, &options, &err), &err);
    ntm_attainment *whole = NULL;
    assert_ok(ntm_evaluate(&whole, plan, &s.table, NULL, &err), &err);
    sheet memory;
    all.count = 0;
    for (size_t row = 0; row < ROWS; row++) {
        sheet_start(&memory, 0);
        assert_int_equal(ntm_gaps_of_row(gaps, row).status, ntm_attainment_status(whole, row));
        if (ntm_attainment_status(whole, row) != NTM_MET && ntm_gaps_of_row(gaps, row).works == 0 &&
            ntm_set_criterion_count(set) > 0)
            fail_msg("%s, row %zu: the status lacks nothing", ntm_set_about(set)->id, row);
        add_trials(&all, &memory, &t, gaps, set, row);
        hold(&all, &t, plan, set);
        all.count = 0;
        sheet_end(&memory);
    }
    ntm_attainment_free(whole);
    ntm_gaps_free(gaps);
    ntm_plan_free(plan);
    sheet_end(&s);
}

static void works_are_enough(void **state) {
    (void)state;
    ntm_catalogue *catalogue = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_catalogue_open(&catalogue, NULL, 0, NULL, &err), &err);
    size_t rounds = fault_under_valgrind() ? 1 : 3;
    for (size_t i = 0; i < ntm_catalogue_set_count(catalogue); i++)
        for (size_t k = 0; k < rounds; k++)
            one_set(ntm_catalogue_set(catalogue, i), i * 31 + k + 1);
    for (size_t i = 0; i < ntm_catalogue_overlay_count(catalogue); i++) {
        const ntm_overlay *overlay = ntm_catalogue_overlay(catalogue, i);
        ntm_set *laid = NULL;
        assert_ok(ntm_set_overlay(&laid, ntm_catalogue_get(catalogue, ntm_overlay_of(overlay)), overlay, NULL, &err),
                  &err);
        one_set(laid, i + 1000);
        ntm_set_free(laid);
    }
    assert_true(done > (fault_under_valgrind() ? 1000 : 5000));
    ntm_catalogue_free(catalogue);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(works_are_enough)};
    return cmocka_run_group_tests_name("gap-shipped", tests, NULL, NULL);
}
