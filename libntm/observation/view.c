/* SPDX-License-Identifier: Apache-2.0 */
/* Facts as wide columns, as known on a day. */
#include <string.h>

#include "number/decimal.h"
#include "observation/observations.h"

struct ntm_view {
    ntm_i_ask ask;
    size_t rows;
    ntm_table table;
    ntm_field *fields;
    ntm_view_count *counts; /* by fact */
    ntm_view_count count;
};

/* What is needed while one column after the other is made. */
typedef struct making {
    ntm_view *view;
    uint8_t *scales;    /* by row: of the value just written */
    int32_t *codes;     /* by level of the store: code in this column + 1 */
    ntm_i_array levels; /* of int32_t: levels of this column in order of appearance */
    uint64_t shown;     /* places with any row */
} making;

/* A column being filled. */
typedef struct filling {
    int64_t *numbers; /* or */
    int32_t *codes;
    uint8_t *validity, *not_applicable;
    uint8_t least_scale, most_scale;
    ntm_view_count count;
} filling;

void ntm_view_free(ntm_view *view) {
    if (view == NULL) return;
    ntm_i_ask ask = view->ask;
    ntm_allocator allocator = ask.arena.allocator;
    ntm_i_release(&allocator, view, 1, sizeof *view);
    ntm_i_ask_end(&ask);
}

static bool code_of(int32_t *code, making *m, int64_t level) {
    int32_t at = (int32_t)level;
    if (m->codes[at] == 0) {
        if (!ntm_i_array_append(&m->levels, &at, 1)) return false;
        m->codes[at] = (int32_t)m->levels.count;
    }
    *code = m->codes[at] - 1;
    return true;
}

/* What the last known row of a place says. False for want of memory. */
static bool write_cell(filling *f, making *m, size_t row, const ntm_i_observed *one) {
    uint8_t bit = (uint8_t)(1u << row % 8), scale = ntm_i_packed_scale(one->packed);
    switch (ntm_i_packed_state(one->packed)) {
        case NTM_I_NUMBER:
            f->numbers[row] = one->value;
            m->scales[row] = scale;
            if (scale < f->least_scale) f->least_scale = scale;
            if (scale > f->most_scale) f->most_scale = scale;
            break;
        case NTM_I_LEVEL:
            if (!code_of(&f->codes[row], m, one->value)) return false;
            break;
        case NTM_I_NOT_APPLICABLE:
            f->not_applicable[row / 8] = (uint8_t)(f->not_applicable[row / 8] | bit);
            f->count.not_applicable++;
            return true;
        default: f->count.withdrawn++; return true;
    }
    f->validity[row / 8] = (uint8_t)(f->validity[row / 8] | bit);
    f->count.reported++;
    return true;
}

static ntm_status fill(filling *f, making *m, size_t fact, ntm_error *err) {
    const ntm_i_ask *ask = &m->view->ask;
    const ntm_observations *store = ask->store;
    for (size_t p = 0; p < ask->period_count; p++) {
        ntm_i_slot slot = ntm_i_slot_of(store, ask->fact_ids[fact], ask->period_ids[p]);
        for (size_t unit = 0; unit < ask->unit_count; unit++) {
            const ntm_i_observed *rows = NULL;
            ntm_i_observed room;
            size_t count = ntm_i_slot_rows(&rows, &room, store, slot, ask->unit_ids[unit]);
            if (count == 0) continue;
            m->shown++;
            count = ntm_i_known_count(rows, count, ask->limit);
            if (count == 0) continue;
            if (!write_cell(f, m, p * ask->unit_count + unit, &rows[count - 1])) return ntm_i_no_memory(err);
        }
    }
    f->count.cells = m->view->rows;
    f->count.unknown = f->count.cells - f->count.reported - f->count.not_applicable - f->count.withdrawn;
    return NTM_OK;
}

/* Brings all numbers to the largest scale. */
static ntm_status rescale(filling *f, const making *m, size_t fact, ntm_error *err) {
    if (f->least_scale >= f->most_scale) return NTM_OK;
    for (size_t row = 0; row < m->view->rows; row++) {
        bool lost = false;
        if ((f->validity[row / 8] >> row % 8 & 1) == 0 || m->scales[row] == f->most_scale) continue;
        if (!ntm_i_decimal_at_scale(&f->numbers[row], (ntm_decimal){f->numbers[row], m->scales[row]}, f->most_scale,
                                    &lost))
            return ntm_i_fail(err, NTM_ERROR_OVERFLOW,
                              NTM_I_ROW(m->view->ask.facts[fact], ntm_view_source(m->view, fact, row)),
                              "the value of unit %s in %s does not fit 64 bits with the %d digits after the mark that "
                              "another value shown has",
                              ntm_view_unit(m->view, row), ntm_view_period(m->view, row), f->most_scale);
    }
    return NTM_OK;
}

static const char **name_levels(making *m) {
    const int32_t *levels = m->levels.items;
    const char *const *texts = m->view->ask.store->levels.names.items;
    const char **names = ntm_i_arena_take(&m->view->ask.arena, m->levels.count, sizeof *names);
    for (size_t i = 0; i < m->levels.count; i++) {
        if (names != NULL) names[i] = texts[levels[i]];
        m->codes[levels[i]] = 0;
    }
    return names;
}

static ntm_status make_column(making *m, size_t fact, ntm_error *err) {
    ntm_view *view = m->view;
    ntm_i_ask *ask = &view->ask;
    size_t bytes = view->rows / 8 + 1;
    uint32_t id = ask->fact_ids[fact];
    bool levels = id != NTM_I_NO_ID && ask->store->levels_since[id] <= ask->known_on;
    filling f = {.least_scale = NTM_SCALE_MAX};
    f.validity = ntm_i_arena_take(&ask->arena, bytes, 1);
    f.not_applicable = ntm_i_arena_take(&ask->arena, bytes, 1);
    void *data = ntm_i_arena_take(&ask->arena, view->rows, levels ? sizeof *f.codes : sizeof *f.numbers);
    if (f.validity == NULL || f.not_applicable == NULL || data == NULL) return ntm_i_no_memory(err);
    f.numbers = levels ? NULL : data;
    f.codes = levels ? data : NULL;
    m->levels.count = 0;
    ntm_status status = fill(&f, m, fact, err);
    if (status == NTM_OK) status = rescale(&f, m, fact, err);
    if (status != NTM_OK) return status;
    ntm_column column =
        levels ? ntm_column_codes(f.codes, view->rows, NULL, 0) : ntm_column_int64(f.numbers, view->rows);
    if (levels) {
        column.categories = name_levels(m);
        column.category_count = m->levels.count;
        if (column.categories == NULL) return ntm_i_no_memory(err);
    } else {
        column.scale = f.most_scale;
    }
    column.validity = f.validity;
    column.not_applicable = f.not_applicable;
    view->fields[fact] = (ntm_field){ask->facts[fact], column};
    view->counts[fact] = f.count;
    return NTM_OK;
}

static void add_up(ntm_view *view, uint64_t shown) {
    for (size_t fact = 0; fact < view->ask.fact_count; fact++) {
        const ntm_view_count *one = &view->counts[fact];
        view->count.cells += one->cells;
        view->count.reported += one->reported;
        view->count.not_applicable += one->not_applicable;
        view->count.withdrawn += one->withdrawn;
        view->count.unknown += one->unknown;
    }
    view->count.left_out = view->ask.store->count.places - shown;
    view->table = (ntm_table)NTM_TABLE_INIT;
    view->table.rows = view->rows;
    view->table.fields = view->fields;
    view->table.field_count = view->ask.fact_count;
}

static ntm_status make_columns(ntm_view *view, ntm_error *err) {
    ntm_i_ask *ask = &view->ask;
    const ntm_allocator *allocator = &ask->arena.allocator;
    size_t levels = ask->store->levels.names.count;
    making m = {.view = view};
    ntm_i_array_start(&m.levels, allocator, sizeof(int32_t));
    view->fields = ntm_i_arena_take(&ask->arena, ask->fact_count, sizeof *view->fields);
    view->counts = ntm_i_arena_take(&ask->arena, ask->fact_count, sizeof *view->counts);
    m.scales = ntm_i_allocate(allocator, view->rows, 1);
    m.codes = ntm_i_allocate(allocator, levels, sizeof *m.codes);
    ntm_status status = view->fields == NULL || view->counts == NULL || m.scales == NULL || m.codes == NULL
                            ? ntm_i_no_memory(err)
                            : NTM_OK;
    for (size_t fact = 0; status == NTM_OK && fact < ask->fact_count; fact++)
        status = make_column(&m, fact, err);
    if (status == NTM_OK) add_up(view, m.shown);
    ntm_i_release(allocator, m.scales, view->rows, 1);
    ntm_i_release(allocator, m.codes, levels, sizeof *m.codes);
    ntm_i_array_end(&m.levels);
    return status;
}

ntm_status ntm_view_new(ntm_view **out, const ntm_observations *store, const ntm_observed_options *options,
                        ntm_error *err) {
    ntm_i_ask ask;
    if (out == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a place for the view is needed");
    ntm_status status = ntm_i_ask_start(&ask, store, options, err);
    if (status != NTM_OK) return status;
    ntm_view *view = ntm_i_allocate(&ask.arena.allocator, 1, sizeof *view);
    if (view == NULL) {
        ntm_i_ask_end(&ask);
        return ntm_i_no_memory(err);
    }
    view->ask = ask;
    view->rows = ask.period_count * ask.unit_count; /* no more than NTM_OBSERVED_CELLS_MAX */
    status = make_columns(view, err);
    if (status == NTM_OK)
        *out = view;
    else
        ntm_view_free(view);
    return status;
}

/* ------------------------------------------------------------------------------------------- reading it */

const ntm_table *ntm_view_table(const ntm_view *view) { return view == NULL ? NULL : &view->table; }

size_t ntm_view_unit_count(const ntm_view *view) { return view == NULL ? 0 : view->ask.unit_count; }

size_t ntm_view_period_count(const ntm_view *view) { return view == NULL ? 0 : view->ask.period_count; }

const char *ntm_view_unit(const ntm_view *view, size_t row) {
    return view == NULL || row >= view->rows ? NULL : view->ask.units[row % view->ask.unit_count];
}

const char *ntm_view_period(const ntm_view *view, size_t row) {
    return view == NULL || row >= view->rows ? NULL : view->ask.periods[row / view->ask.unit_count];
}

uint64_t ntm_view_source(const ntm_view *view, size_t fact, size_t row) {
    const ntm_i_observed *rows = NULL;
    ntm_i_observed room;
    if (view == NULL || row >= view->rows || fact >= view->ask.fact_count) return NTM_NO_ROW;
    const ntm_i_ask *ask = &view->ask;
    ntm_i_slot slot = ntm_i_slot_of(ask->store, ask->fact_ids[fact], ask->period_ids[row / ask->unit_count]);
    size_t count = ntm_i_slot_rows(&rows, &room, ask->store, slot, ask->unit_ids[row % ask->unit_count]);
    count = ntm_i_known_count(rows, count, ask->limit);
    return count == 0 ? NTM_NO_ROW : rows[count - 1].row;
}

ntm_view_count ntm_view_cells(const ntm_view *view) {
    const ntm_view_count none = {0, 0, 0, 0, 0, 0};
    return view == NULL ? none : view->count;
}

ntm_view_count ntm_view_fact_cells(const ntm_view *view, size_t fact) {
    const ntm_view_count none = {0, 0, 0, 0, 0, 0};
    return view == NULL || fact >= view->ask.fact_count ? none : view->counts[fact];
}
