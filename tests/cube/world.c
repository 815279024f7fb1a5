/* SPDX-License-Identifier: Apache-2.0 */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

unsigned world_draw(world *w, unsigned of) { return (unsigned)(fault_random(&w->random) % of); }

static void *take(world *w, size_t size) {
    void *block = calloc(1, size + 16);
    assert_non_null(block);
    assert_true(w->block_count < WORLD_BLOCKS);
    w->blocks[w->block_count++] = block;
    return block;
}

void world_end(world *w) {
    while (w->block_count > 0)
        free(w->blocks[--w->block_count]);
}

/* ------------------------------------------------------------------------------------------- entries */

static int64_t draw_amount(world *w) {
    switch (world_draw(w, 12)) {
        case 0: return 0;
        case 1: return INT64_MAX - world_draw(w, 3);
        case 2: return INT64_MIN + world_draw(w, 3);
        case 3: return -(int64_t)world_draw(w, 1000);
        case 4: return (int64_t)fault_random(&w->random);
        default: return (int64_t)world_draw(w, 100000);
    }
}

static void draw_period(world *w, world_row *row) {
    int year = 2019 + (int)world_draw(w, 2), month = 1 + (int)world_draw(w, 12);
    ntm_error err = NTM_ERROR_INIT;
    if (w->grain == NTM_PERIOD_DAY)
        (void)snprintf(row->period, sizeof row->period, "%d-%02d-%02d", year, month, 1 + (int)world_draw(w, 28));
    else if (w->grain == NTM_PERIOD_MONTH)
        (void)snprintf(row->period, sizeof row->period, "%d-%02d", year, month);
    else
        (void)snprintf(row->period, sizeof row->period, "%d-Q%d", year, 1 + month % 4);
    assert_ok(ntm_period_parse(&row->when, row->period, strlen(row->period), &err), &err);
}

/* A unit of the registry on a day on which it is there. */
static void draw_unit(world *w, world_row *row) {
    ntm_unit unit;
    const ntm_unit_row *of;
    do {
        ntm_date day = 18262 - 2 + (ntm_date)world_draw(w, 8);
        int y, m, d;
        unit = (ntm_unit)world_draw(w, (unsigned)ntm_units_count(w->units));
        ntm_date_parts(day, &y, &m, &d);
        (void)snprintf(row->period, sizeof row->period, "%04d-%02d-%02d", y, m, d);
        row->when = (ntm_period){NTM_PERIOD_DAY, day, day};
    } while (!ntm_units_there(w->units, unit, row->when.first_day));
    of = ntm_units_row(w->units, unit);
    row->of = unit;
    (void)snprintf(row->unit, sizeof row->unit, "%s", of->code);
}

static void draw_row(world *w, world_row *row, unsigned colours, unsigned units) {
    static const char *const sources[] = {"state",  "central", "local", "province", "district",
                                          "people", "cash",    "",      "credit",   "commune"},
                             *const stages[] = {"plan", "disbursed", "", "outstanding"};
    if (w->units != NULL) {
        draw_unit(w, row);
    } else {
        (void)snprintf(row->unit, sizeof row->unit, "u%u", world_draw(w, units));
        draw_period(w, row);
    }
    (void)snprintf(row->source, sizeof row->source, "%s", sources[world_draw(w, 10)]);
    if (w->stages) (void)snprintf(row->stage, sizeof row->stage, "%s", stages[world_draw(w, w->stocks ? 4 : 3)]);
    unsigned colour = world_draw(w, colours);
    if (colour > 0) (void)snprintf(row->colour, sizeof row->colour, "%u", colour);
    row->known = world_draw(w, 8) > 0;
    row->amount = draw_amount(w);
    row->bad = world_draw(w, 15) == 0;
}

void world_make(world *w, uint64_t seed, const ntm_units *units) {
    memset(w, 0, sizeof *w);
    w->random = seed;
    w->units = units;
    w->stages = world_draw(w, 4) > 0;
    w->stocks = w->stages && units == NULL && world_draw(w, 2) == 0;
    w->grain = units != NULL ? NTM_PERIOD_DAY : NTM_PERIOD_DAY + (ntm_period_length)world_draw(w, 3);
    bool sparse = world_draw(w, 2) == 0;
    unsigned colours = sparse ? 100000 : 3, many = sparse ? 5000 : 3;
    bool negative = world_draw(w, 2) == 0;
    w->row_count = world_draw(w, 4) == 0 ? world_draw(w, 4) : world_draw(w, WORLD_ROWS + 1);
    for (size_t i = 0; i < w->row_count; i++) {
        draw_row(w, &w->rows[i], colours, many);
        if (!negative && w->rows[i].amount <= 0) w->rows[i].amount = 1 + (int64_t)world_draw(w, 9);
    }
}

/* ------------------------------------------------------------------------------------------- columns */

static void put(ntm_column *column, char *data, size_t row, int64_t value) {
    static const size_t sizes[] = {
        [NTM_TYPE_INT8] = 1, [NTM_TYPE_INT16] = 2, [NTM_TYPE_INT32] = 4, [NTM_TYPE_INT64] = 8};
    memcpy(data + row * (size_t)column->stride_bytes, &value, sizes[column->type]);
}

/* An integer column of a random type of at least `least`, with gaps between its values now and then. */
static ntm_column integers(world *w, ntm_type least, char **data) {
    static const int64_t sizes[] = {
        [NTM_TYPE_INT8] = 1, [NTM_TYPE_INT16] = 2, [NTM_TYPE_INT32] = 4, [NTM_TYPE_INT64] = 8};
    ntm_column column = NTM_COLUMN_INIT;
    column.type = least + (ntm_type)world_draw(w, NTM_TYPE_INT64 - least + 1);
    column.stride_bytes = sizes[column.type] * (world_draw(w, 3) == 0 ? 3 : 1);
    column.length = w->row_count;
    *data = take(w, (w->row_count + 1) * (size_t)column.stride_bytes);
    column.data = *data;
    return column;
}

static void put_bit(uint8_t *bits, size_t at) { bits[at / 8] |= (uint8_t)(1u << at % 8); }

/* Cells of a column of texts, as text or as categories in any order, unused and repeated ones among them. */
static ntm_column texts(world *w, const char *const *cells) {
    ntm_column column = NTM_COLUMN_INIT;
    size_t rows = w->row_count, spare = world_draw(w, 4);
    if (world_draw(w, 4) == 0) {
        int32_t *offsets = take(w, (rows + 1) * sizeof *offsets);
        char *text = take(w, rows * WORLD_TEXT);
        for (size_t i = 0; i < rows; i++) {
            size_t size = strlen(cells[i]);
            memcpy(text + offsets[i], cells[i], size);
            offsets[i + 1] = offsets[i] + (int32_t)size;
        }
        column.type = NTM_TYPE_TEXT;
        column.data = offsets;
        column.text = text;
        column.length = rows;
        return column;
    }
    const char **names = take(w, (rows + spare) * sizeof *names);
    uint32_t *order = take(w, (rows + spare) * sizeof *order);
    for (size_t i = 0; i < rows + spare; i++)
        order[i] = (uint32_t)i;
    for (size_t i = rows + spare; i > 1; i--) {
        size_t other = world_draw(w, (unsigned)i);
        uint32_t swap = order[i - 1];
        order[i - 1] = order[other];
        order[other] = swap;
    }
    char *data;
    bool shared = world_draw(w, 2) == 0, gaps = world_draw(w, 2) == 0;
    column = integers(w, NTM_TYPE_INT8, &data);
    uint8_t *validity = gaps ? take(w, rows / 8 + 3) : NULL;
    column.validity_offset = world_draw(w, 9);
    for (size_t i = 0; i < rows + spare; i++)
        names[order[i]] = i < rows ? cells[i] : i % 2 == 0 || rows == 0 ? "unused" : cells[0];
    for (size_t i = 0; i < rows; i++) {
        size_t first = i;
        for (size_t k = 0; shared && k < i && first == i; k++)
            if (strcmp(cells[k], cells[i]) == 0) first = k;
        bool stated = cells[i][0] != '\0' || world_draw(w, 2) == 0;
        if (gaps && stated) put_bit(validity, column.validity_offset + i);
        put(&column, data, i, stated || gaps ? (int64_t)order[first] : -1 - (int64_t)world_draw(w, 3));
    }
    column.validity = validity;
    column.categories = names;
    column.category_count = rows + spare;
    return column;
}

static ntm_column column_of(world *w, size_t offset) {
    const char *cells[WORLD_ROWS];
    for (size_t i = 0; i < w->row_count; i++)
        cells[i] = (const char *)&w->rows[i] + offset;
    return texts(w, cells);
}

static ntm_column colours(world *w) {
    char *data;
    if (world_draw(w, 2) == 0) return column_of(w, offsetof(world_row, colour));
    ntm_column column = integers(w, NTM_TYPE_INT32, &data);
    uint8_t *validity = take(w, w->row_count / 8 + 3);
    column.validity_offset = world_draw(w, 9);
    for (size_t i = 0; i < w->row_count; i++) {
        put(&column, data, i, strtol(w->rows[i].colour, NULL, 10));
        if (w->rows[i].colour[0] != '\0') put_bit(validity, column.validity_offset + i);
    }
    column.validity = validity;
    return column;
}

static ntm_column amounts(world *w) {
    char *data;
    ntm_column column = integers(w, NTM_TYPE_INT64, &data);
    bool all = true;
    uint8_t *validity = take(w, w->row_count / 8 + 3);
    column.validity_offset = world_draw(w, 9);
    for (size_t i = 0; i < w->row_count; i++) {
        put(&column, data, i, w->rows[i].amount);
        all = all && w->rows[i].known;
        if (w->rows[i].known) put_bit(validity, column.validity_offset + i);
    }
    column.validity = all && world_draw(w, 2) == 0 ? NULL : validity;
    return column;
}

void world_columns(world *w) {
    size_t count = 0;
    const char *sources[WORLD_ROWS];
    for (size_t i = 0; i < w->row_count; i++)
        sources[i] = w->rows[i].bad ? "west" : w->rows[i].source;
    w->fields[count++] = (ntm_field){"amount", amounts(w)};
    w->fields[count++] = (ntm_field){"source", texts(w, sources)};
    w->fields[count++] = (ntm_field){"unit", column_of(w, offsetof(world_row, unit))};
    w->fields[count++] = (ntm_field){"colour", colours(w)};
    w->fields[count++] =
        (ntm_field){w->grain == NTM_PERIOD_DAY ? "date" : "period", column_of(w, offsetof(world_row, period))};
    if (w->stages) w->fields[count++] = (ntm_field){"stage", column_of(w, offsetof(world_row, stage))};
    w->table = (ntm_table)NTM_TABLE_INIT;
    w->table.rows = w->row_count;
    w->table.fields = w->fields;
    w->table.field_count = count;
}

ntm_ledger *world_ledger(world *w) {
    static const ntm_dimension_spec colour = {"colour", NULL, 0, true};
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    options.dimensions = &colour;
    options.dimension_count = 1;
    options.leave_out = true;
    options.units = w->units;
    return accounts_new(&w->table, &options);
}

/* ------------------------------------------------------------------------------------------- questions */

static void ask_side(world *w, const char *dimension) {
    static const char *const rungs[] = {NULL, NULL, "commune", "district", "province"}, *const lengths[] = {
                                                                                            "month", "quarter",
                                                                                            "half-year", "year"};
    ntm_side *side = &w->sides[w->asked.side_count++];
    *side = (ntm_side){dimension, NULL, world_draw(w, 2) == 0};
    if (strcmp(dimension, "stage") == 0) side->up = false;
    if (strcmp(dimension, "unit") == 0 && w->units != NULL) side->level = rungs[world_draw(w, 5)];
    if (strcmp(dimension, "date") == 0 && world_draw(w, 3) > 0)
        side->level = lengths[w->grain == NTM_PERIOD_QUARTER ? 1 + world_draw(w, 3) : world_draw(w, 4)];
    if (strcmp(dimension, "date") == 0 && side->level != NULL && world_draw(w, 2) == 0) {
        side->up = false;
        w->asked.running = (ntm_running)world_draw(w, 3);
    }
}

static void ask_only(world *w) {
    static const char *const sources[] = {"state", "local", "central", "cash"};
    if (world_draw(w, 3) == 0) {
        w->members[1] = sources[world_draw(w, 4)];
        w->members[2] = sources[world_draw(w, 4)];
        w->only[w->asked.only_count++] = (ntm_only){"source", w->members + 1, 1 + world_draw(w, 2)};
    }
}

void world_ask(world *w) {
    static const char *const stages[] = {"plan", "disbursed", "outstanding"};
    const char *const names[] = {"unit", "source", "date", "colour"};
    bool stage = w->stages && world_draw(w, 3) > 0;
    w->asked = (ntm_cube_options)NTM_CUBE_OPTIONS_INIT;
    if (stage && world_draw(w, 2) == 0) ask_side(w, "stage"), stage = false;
    for (size_t i = 0; i < 4; i++) {
        size_t at = (i + w->row_count) % 4;
        if (world_draw(w, 3) > 0) ask_side(w, names[at]);
    }
    if (w->stages && (w->asked.side_count == 0 || strcmp(w->sides[0].dimension, "stage") != 0)) {
        if (stage) {
            ask_side(w, "stage");
        } else {
            w->members[0] = stages[world_draw(w, w->stocks ? 3 : 2)];
            w->only[w->asked.only_count++] = (ntm_only){"stage", w->members, 1};
        }
    }
    ask_only(w);
    w->asked.sides = w->sides;
    w->asked.only = w->only;
    if (w->units == NULL && world_draw(w, 4) == 0) w->asked.from = accounts_day("2019-07-01");
    if (w->units == NULL && world_draw(w, 4) == 0) w->asked.to = accounts_day("2020-03-31");
    if (w->units != NULL && world_draw(w, 2) == 0) w->asked.as_of = 18262 - 1 + (ntm_date)world_draw(w, 6);
    if (world_draw(w, 4) == 0) w->asked.first_row = world_draw(w, WORLD_ROWS);
    if (world_draw(w, 4) == 0) w->asked.row_count = world_draw(w, WORLD_ROWS);
}
