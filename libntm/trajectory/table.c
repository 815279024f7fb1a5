/* SPDX-License-Identifier: Apache-2.0 */
/* All cells as columns: where they are kept, and the table that shows them. */
#include "trajectory/trajectory.h"

#include <string.h>

enum { FIELDS = 6 + 2 * NTM_I_AMOUNTS + 2 };

static const char *const of_names[] = {"indicator", "criterion", "status", "fact", "part"};
static const char *const state_names[] = {"open", "attained", "on track", "behind", "missed"};
static const char *const why_names[] = {"", "not known", "no line", "not begun", "parts"};
static const char *const amount_names[NTM_I_AMOUNTS][2] = {
    {"value_least", "value_least_divisor"},   {"value_most", "value_most_divisor"},
    {"target_least", "target_least_divisor"}, {"target_most", "target_most_divisor"},
    {"interim", "interim_divisor"},           {"behind", "behind_divisor"},
};

bool ntm_i_track_room(ntm_trajectory *t) {
    size_t cells = t->track.count * t->rows, bytes = cells / 8 + 1;
    int32_t **columns[] = {&t->of, &t->id, &t->unit, &t->end, &t->state, &t->why, &t->since, &t->fell};
    bool good = true;
    for (size_t i = 0; i < sizeof columns / sizeof *columns && good; i++) {
        *columns[i] = ntm_i_arena_take(&t->arena, cells, sizeof(int32_t));
        good = *columns[i] != NULL;
    }
    for (size_t i = 0; i < NTM_I_AMOUNTS && good; i++) {
        t->numbers[i][0] = ntm_i_arena_take(&t->arena, cells, sizeof(int64_t));
        t->numbers[i][1] = ntm_i_arena_take(&t->arena, cells, sizeof(int64_t));
        t->known[i] = ntm_i_arena_take(&t->arena, bytes, 1);
        good = t->numbers[i][0] != NULL && t->numbers[i][1] != NULL && t->known[i] != NULL;
    }
    if (good) t->since_known = ntm_i_arena_take(&t->arena, bytes, 1);
    if (good) t->fell_known = ntm_i_arena_take(&t->arena, bytes, 1);
    return good && t->since_known != NULL && t->fell_known != NULL;
}

static void fill_keys(ntm_trajectory *t) {
    for (size_t series = 0; series < t->track.count; series++)
        for (size_t row = 0; row < t->rows; row++) {
            size_t cell = ntm_i_cell_at(t, series, row);
            t->of[cell] = (int32_t)ntm_i_tracks(t)[series].view.of;
            t->unit[cell] = (int32_t)(row % t->unit_count);
            t->end[cell] = t->ends[row / t->unit_count];
        }
}

static void add(ntm_trajectory *t, const char *name, ntm_column column, const uint8_t *known) {
    column.validity = known;
    t->fields[t->table.field_count++] = (ntm_field){name, column};
}

static ntm_column days(const int32_t *data, size_t count) {
    ntm_column column = NTM_COLUMN_INIT;
    column.type = NTM_TYPE_INT32;
    column.data = data;
    column.stride_bytes = sizeof *data;
    column.length = count;
    return column;
}

/* Ids as categories, each once: an indicator and its criterion may have the same. False for want of memory. */
static bool fill_ids(size_t *count, ntm_trajectory *t) {
    ntm_i_csv_codes ids;
    ntm_i_csv_codes_start(&ids, &t->arena);
    bool good = true;
    for (size_t series = 0; series < t->track.count && good; series++) {
        const char *id = ntm_i_tracks(t)[series].view.id;
        int32_t code = 0;
        good = ntm_i_csv_codes_find(&ids, &code, id, strlen(id));
        t->ids[code] = id;
        for (size_t row = 0; row < t->rows; row++)
            t->id[series * t->rows + row] = code;
    }
    *count = ids.names.count;
    ntm_i_csv_codes_end(&ids);
    return good;
}

bool ntm_i_track_table(ntm_trajectory *t) {
    static const char *const no_units[] = {""}; /* without categories they would be numbers */
    size_t cells = t->track.count * t->rows, ids = 0;
    t->fields = ntm_i_arena_take(&t->arena, FIELDS, sizeof *t->fields);
    t->ids = ntm_i_arena_take(&t->arena, t->track.count, sizeof *t->ids);
    if (t->fields == NULL || t->ids == NULL || !fill_ids(&ids, t)) return false;
    fill_keys(t);
    t->table = (ntm_table)NTM_TABLE_INIT;
    t->table.rows = cells;
    t->table.fields = t->fields;
    const char *const *units = t->unit_count == 0 ? no_units : (const char *const *)t->units.names.items;
    add(t, "of", ntm_column_codes(t->of, cells, of_names, 5), NULL);
    add(t, "id", ntm_column_codes(t->id, cells, t->ids, ids), NULL);
    add(t, "unit", ntm_column_codes(t->unit, cells, units, t->unit_count), NULL);
    add(t, "period_end", days(t->end, cells), NULL);
    for (size_t i = 0; i < NTM_I_AMOUNTS; i++)
        for (size_t part = 0; part < 2; part++)
            add(t, amount_names[i][part], ntm_column_int64(t->numbers[i][part], cells), t->known[i]);
    add(t, "state", ntm_column_codes(t->state, cells, state_names, 5), NULL);
    add(t, "why", ntm_column_codes(t->why, cells, why_names, 5), NULL);
    add(t, "since", days(t->since, cells), t->since_known);
    add(t, "fell_since", days(t->fell, cells), t->fell_known);
    return true;
}
