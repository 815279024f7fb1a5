/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of keys: which units, facts and periods there are, and which of them a row has. */
#include <stdlib.h>
#include <string.h>

#include "column/bits.h"
#include "column/values.h"
#include "observation/observations.h"

/* ------------------------------------------------------------------------------------------- numbers */

/* Type by type, so that nothing but memory is waited for. */
void ntm_i_integers_read(int64_t *out, const ntm_column *column, size_t start, size_t count) {
    const char *at = count == 0 ? NULL : ntm_i_column_at(column, start);
    bool dense = column->stride_bytes == (int64_t)ntm_i_type_size(column->type);
    if (dense && column->type == NTM_TYPE_INT8) {
        for (size_t i = 0; i < count; i++)
            out[i] = ((const int8_t *)at)[i];
    } else if (dense && column->type == NTM_TYPE_INT16) {
        for (size_t i = 0; i < count; i++)
            out[i] = ((const int16_t *)(const void *)at)[i];
    } else if (dense && column->type == NTM_TYPE_INT32) {
        for (size_t i = 0; i < count; i++)
            out[i] = ((const int32_t *)(const void *)at)[i];
    } else if (dense && column->type == NTM_TYPE_INT64) {
        memcpy(out, at, count * sizeof *out);
    } else {
        for (size_t i = 0; i < count; i++)
            out[i] = ntm_i_column_integer(column, start + i);
    }
}

static bool masked(const ntm_column *column) { return column->validity != NULL || column->not_applicable != NULL; }

/* A day that is written as text, is not there, or is none: apart, so that days as numbers cost nothing but reading. */
static ntm_date odd_day(ntm_i_storing *s, size_t row, int64_t number, bool complain) {
    const ntm_column *column = &s->recorded_on->column;
    const char *text = NULL;
    size_t size = 0;
    ntm_error err = NTM_ERROR_INIT, why = NTM_ERROR_INIT;
    ntm_date day = NTM_DATE_NONE;
    ntm_status status = NTM_OK;
    if (ntm_column_known(column, row) != NTM_REPORTED) {
        status = ntm_i_fail(&err, NTM_ERROR_VALUE, NTM_I_NOWHERE, "an observation without the day it was recorded on");
    } else if (column->type != NTM_TYPE_TEXT && column->categories == NULL) {
        if (number >= NTM_I_DAY_FIRST && number <= NTM_I_DAY_LAST) return (ntm_date)number;
        status = ntm_i_fail(&err, NTM_ERROR_VALUE, NTM_I_NOWHERE, "%lld is no day of the years 1 to 9999",
                            (long long)number);
    } else {
        status = ntm_column_text(&text, &size, column, row, &err);
        if (status == NTM_OK && ntm_date_parse(&day, text, size, &why) != NTM_OK)
            status =
                ntm_i_fail(&err, why.status, NTM_I_NOWHERE, "\"%.*s\": %s", ntm_i_shown(text, size), text, why.message);
    }
    if (status != NTM_OK && complain)
        ntm_i_cells_complain(&s->cells, status, s->recorded_on->name, row, "%s", err.message);
    return day;
}

/* Days as they mostly come: all there, all in range. False as soon as that does not hold. */
static bool plain_days(ntm_date *out, const ntm_column *column, size_t start, size_t count) {
    const uint32_t most = NTM_I_DAY_LAST - NTM_I_DAY_FIRST;
    uint32_t bad = 0;
    if (column->type != NTM_TYPE_INT32 || column->categories != NULL || masked(column) || count == 0 ||
        column->stride_bytes != (int64_t)sizeof *out)
        return false;
    memcpy(out, ntm_i_column_at(column, start), count * sizeof *out);
    for (size_t i = 0; i < count; i++)
        bad |= (uint32_t)out[i] - (uint32_t)NTM_I_DAY_FIRST > most;
    return bad == 0;
}

bool ntm_i_days_read(ntm_date *out, ntm_i_storing *s, size_t start, size_t count, bool complain) {
    const ntm_column *column = &s->recorded_on->column;
    bool texts = column->type == NTM_TYPE_TEXT || column->categories != NULL, plain = !texts && !masked(column);
    bool good = true;
    int64_t days[NTM_I_BLOCK];
    if (plain_days(out, column, start, count)) return true;
    if (texts)
        memset(days, 0, sizeof days);
    else
        ntm_i_integers_read(days, column, start, count);
    for (size_t i = 0; i < count; i++) {
        out[i] = plain && days[i] >= NTM_I_DAY_FIRST && days[i] <= NTM_I_DAY_LAST
                     ? (ntm_date)days[i]
                     : odd_day(s, start + i, days[i], complain);
        good = good && out[i] != NTM_DATE_NONE;
    }
    return good;
}

/* ------------------------------------------------------------------------------------------- finding */

void ntm_i_key_ids_start(ntm_i_key_ids *ids, const ntm_field *field, ntm_i_storing *s) {
    ids->field = field;
    ntm_i_csv_codes_start(&ids->texts, &s->store->arena);
    ntm_i_array_start(&ids->periods, &s->store->arena.allocator, sizeof(ntm_period));
}

void ntm_i_key_ids_end(ntm_i_key_ids *ids, const ntm_i_storing *s) {
    const ntm_allocator *allocator = &s->store->arena.allocator;
    if (ids->field == NULL) return;
    ntm_i_release(allocator, ids->of_row, s->rows, sizeof *ids->of_row);
    ntm_i_release(allocator, ids->map, ids->map_count, sizeof *ids->map);
    ntm_i_csv_codes_end(&ids->texts);
    ntm_i_array_end(&ids->periods);
}

/* The number of a text, in order of appearance. A text that cannot be one is told once, where it first stands. */
static uint32_t number_of(ntm_i_key_ids *ids, ntm_i_storing *s, const char *text, size_t size, size_t row) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_period period = {NTM_PERIOD_DAY, 0, 0};
    int32_t code = 0;
    size_t before = ids->texts.names.count, bad = 0;
    if (size == 0 || !ntm_i_utf8_valid(text, size, &bad)) {
        ntm_i_cells_complain(&s->cells, size == 0 ? NTM_ERROR_VALUE : NTM_ERROR_SYNTAX, ids->field->name, row, "%s",
                             size == 0 ? "an empty text" : "text that is not UTF-8");
        return NTM_I_NO_ID;
    }
    if (!ntm_i_csv_codes_find(&ids->texts, &code, text, size)) {
        s->cells.no_memory = true;
        return NTM_I_NO_ID;
    }
    if (ids->texts.names.count == before) return (uint32_t)code;
    if (ids == &s->periods && ntm_period_parse(&period, text, size, &err) != NTM_OK) {
        ntm_i_cells_complain(&s->cells, err.status, ids->field->name, row, "%s", err.message);
        period.length = (ntm_period_length)0;
    }
    if (!ntm_i_array_append(&ids->periods, &period, 1)) s->cells.no_memory = true;
    return (uint32_t)code;
}

static void missing_key(ntm_i_key_ids *ids, ntm_i_storing *s, size_t row) {
    ntm_i_cells_complain(&s->cells, NTM_ERROR_VALUE, ids->field->name, row, "an observation without a %s",
                         ids == &s->units   ? "unit"
                         : ids == &s->facts ? "fact"
                                            : "period");
}

static void find_texts(ntm_i_key_ids *ids, ntm_i_storing *s) {
    const ntm_column *column = &ids->field->column;
    ids->of_row = ntm_i_allocate(&s->store->arena.allocator, s->rows, sizeof *ids->of_row);
    if (ids->of_row == NULL) s->cells.no_memory = true;
    for (size_t row = 0; row < s->rows && !s->cells.no_memory; row++) {
        const char *text = NULL;
        size_t size = 0;
        ids->of_row[row] = NTM_I_NO_ID;
        if (ntm_column_known(column, row) != NTM_REPORTED)
            missing_key(ids, s, row);
        else if (ntm_column_text(&text, &size, column, row, NULL) == NTM_OK)
            ids->of_row[row] = number_of(ids, s, text, size, row);
    }
}

/* The smallest and largest day; false when there is none. Complains of numbers that are no days. */
static bool day_range(ntm_i_key_ids *ids, ntm_i_storing *s, int64_t *least, int64_t *most) {
    const ntm_column *column = &ids->field->column;
    int64_t numbers[NTM_I_BLOCK];
    *least = INT64_MAX;
    *most = INT64_MIN;
    for (size_t start = 0; start < s->rows; start += NTM_I_BLOCK) {
        size_t count = s->rows - start < NTM_I_BLOCK ? s->rows - start : NTM_I_BLOCK;
        ntm_i_integers_read(numbers, column, start, count);
        for (size_t i = 0; i < count; i++) {
            if (masked(column) && ntm_column_known(column, start + i) != NTM_REPORTED) continue;
            if (numbers[i] < NTM_I_DAY_FIRST || numbers[i] > NTM_I_DAY_LAST) {
                ntm_i_cells_complain(&s->cells, NTM_ERROR_VALUE, ids->field->name, start + i,
                                     "%lld is no day of the years 1 to 9999", (long long)numbers[i]);
                continue;
            }
            if (numbers[i] < *least) *least = numbers[i];
            if (numbers[i] > *most) *most = numbers[i];
        }
    }
    return *least <= *most;
}

/* From the last row to the first, so that what stays is the first. */
#define MARK(type)                                                                                                     \
    for (size_t row = s->rows; row > 0; row--) {                                                                       \
        uint64_t at = (uint64_t)((const type *)column->data)[row - 1] - least;                                         \
        if (at >= ids->map_count) return false;                                                                        \
        ids->map[at] = (uint32_t)(row - 1);                                                                            \
    }

/* Marks numbers as they mostly come, all there and in range. False as soon as that does not hold. */
static bool mark_plain(ntm_i_key_ids *ids, const ntm_i_storing *s) {
    const ntm_column *column = &ids->field->column;
    uint64_t least = (uint64_t)ids->least;
    if (masked(column) || column->stride_bytes != (int64_t)ntm_i_type_size(column->type)) return false;
    switch (column->type) {
        case NTM_TYPE_INT8: MARK(int8_t) return true;
        case NTM_TYPE_INT16: MARK(int16_t) return true;
        case NTM_TYPE_INT32: MARK(int32_t) return true;
        default: return false;
    }
}

/* Gives each entry of the map that is in use the first row that uses it. */
static void mark_numbers(ntm_i_key_ids *ids, ntm_i_storing *s) {
    const ntm_column *column = &ids->field->column;
    int64_t numbers[NTM_I_BLOCK];
    for (size_t start = 0; start < s->rows; start += NTM_I_BLOCK) {
        size_t count = s->rows - start < NTM_I_BLOCK ? s->rows - start : NTM_I_BLOCK;
        ntm_i_integers_read(numbers, column, start, count);
        for (size_t i = 0; i < count; i++) {
            uint64_t at = (uint64_t)numbers[i] - (uint64_t)ids->least;
            bool absent = (column->categories != NULL && numbers[i] < 0) ||
                          (masked(column) && ntm_column_known(column, start + i) != NTM_REPORTED);
            if (absent)
                missing_key(ids, s, start + i);
            else if (at < ids->map_count)
                ids->map[at] = ids->map[at] == NTM_I_NO_ID ? (uint32_t)(start + i) : ids->map[at];
            else if (column->categories != NULL) /* a number that is no day is told already */
                ntm_i_cells_complain(&s->cells, NTM_ERROR_VALUE, ids->field->name, start + i,
                                     "code %lld is past the %zu categories", (long long)numbers[i], ids->map_count);
        }
    }
}

static void find_numbers(ntm_i_key_ids *ids, ntm_i_storing *s) {
    const ntm_column *column = &ids->field->column;
    char day[NTM_I_DAY_SIZE];
    int64_t least = 0, most = 0;
    if (column->categories != NULL) {
        ids->map_count = column->category_count;
    } else if (day_range(ids, s, &least, &most)) {
        ids->least = least;
        ids->map_count = (size_t)(most - least) + 1;
    }
    ids->map = ntm_i_allocate(&s->store->arena.allocator, ids->map_count, sizeof *ids->map);
    if (ids->map == NULL) {
        s->cells.no_memory = true;
        return;
    }
    memset(ids->map, 0xff, ids->map_count * sizeof *ids->map);
    if (!mark_plain(ids, s)) {
        memset(ids->map, 0xff, ids->map_count * sizeof *ids->map);
        mark_numbers(ids, s);
    }
    for (size_t at = 0; at < ids->map_count && !s->cells.no_memory; at++) {
        size_t row = ids->map[at];
        if (row == NTM_I_NO_ID) continue;
        const char *text = column->categories != NULL ? column->categories[at]
                                                      : ntm_i_day_text(day, (ntm_date)(ids->least + (int64_t)at));
        ids->map[at] = NTM_I_NO_ID;
        if (text == NULL)
            ntm_i_cells_complain(&s->cells, NTM_ERROR_VALUE, ids->field->name, row, "category %zu has no name", at);
        else
            ids->map[at] = number_of(ids, s, text, strlen(text), row);
    }
}

/* ------------------------------------------------------------------------------------------- order */

typedef struct ranked {
    const char *name;
    ntm_period period;
    uint32_t number;
} ranked;

static int by_period_and_name(const void *a, const void *b) {
    const ranked *left = a, *right = b;
    if (left->period.first_day != right->period.first_day)
        return left->period.first_day < right->period.first_day ? -1 : 1;
    if (left->period.last_day != right->period.last_day) return left->period.last_day < right->period.last_day ? -1 : 1;
    return strcmp(left->name, right->name);
}

/* What was numbered as it appeared is numbered in order. */
static void renumber(ntm_i_key_ids *ids, ntm_i_storing *s, const uint32_t *rank, size_t count) {
    for (size_t at = 0; at < ids->map_count; at++)
        ids->map[at] = ids->map[at] < count ? rank[ids->map[at]] : NTM_I_NO_ID;
    for (size_t row = 0; ids->of_row != NULL && row < s->rows; row++)
        ids->of_row[row] = ids->of_row[row] < count ? rank[ids->of_row[row]] : NTM_I_NO_ID;
}

static void put_in_order(ntm_i_key_ids *ids, ntm_i_named *named, ntm_i_storing *s, ranked *order, uint32_t *rank) {
    ntm_i_arena *arena = &s->store->arena;
    const char *const *names = ids->texts.names.items;
    const ntm_period *periods = ids->periods.items;
    size_t all = ids->texts.names.count;
    for (size_t i = 0; i < all; i++) {
        rank[i] = NTM_I_NO_ID;
        if (periods[i].length != 0) order[named->count++] = (ranked){names[i], periods[i], (uint32_t)i};
    }
    if (named->count > 1) qsort(order, named->count, sizeof *order, by_period_and_name);
    named->names = ntm_i_arena_take(arena, named->count, sizeof *named->names);
    named->since = ntm_i_arena_take(arena, named->count, sizeof *named->since);
    if (ids == &s->periods) named->periods = ntm_i_arena_take(arena, named->count, sizeof *named->periods);
    if (named->names == NULL || named->since == NULL || (ids == &s->periods && named->periods == NULL)) {
        s->cells.no_memory = true;
        return;
    }
    for (size_t i = 0; i < named->count; i++) {
        rank[order[i].number] = (uint32_t)i;
        named->names[i] = order[i].name;
        named->since[i] = INT32_MAX;
        if (ids == &s->periods) named->periods[i] = order[i].period;
    }
    renumber(ids, s, rank, all);
}

void ntm_i_key_ids_find(ntm_i_key_ids *ids, ntm_i_named *named, ntm_i_storing *s) {
    const ntm_allocator *allocator = &s->store->arena.allocator;
    if (ids->field->column.type == NTM_TYPE_TEXT)
        find_texts(ids, s);
    else
        find_numbers(ids, s);
    if (s->cells.no_memory) return;
    size_t all = ids->texts.names.count;
    ranked *order = ntm_i_allocate(allocator, all, sizeof *order);
    uint32_t *rank = ntm_i_allocate(allocator, all, sizeof *rank);
    if (order == NULL || rank == NULL)
        s->cells.no_memory = true;
    else
        put_in_order(ids, named, s, order, rank);
    ntm_i_release(allocator, order, all, sizeof *order);
    ntm_i_release(allocator, rank, all, sizeof *rank);
}

/* ------------------------------------------------------------------------------------------- reading */

/* Looks numbers up as they stand in memory; a number below `least` wraps to one past the map. */
#define LOOK_UP(type)                                                                                                  \
    for (size_t i = 0; i < count; i++) {                                                                               \
        uint64_t at = (uint64_t)((const type *)(const void *)from)[i] - least;                                         \
        out[i] = at < ids->map_count ? ids->map[at] : NTM_I_NO_ID;                                                     \
    }

void ntm_i_key_ids_read(uint32_t *out, const ntm_i_key_ids *ids, size_t start, size_t count) {
    const ntm_column *column = &ids->field->column;
    if (ids->of_row != NULL) {
        memcpy(out, ids->of_row + start, count * sizeof *out);
        return;
    }
    const char *from = count == 0 ? NULL : ntm_i_column_at(column, start);
    uint64_t least = (uint64_t)ids->least;
    bool dense = column->stride_bytes == (int64_t)ntm_i_type_size(column->type);
    if (dense && column->type == NTM_TYPE_INT8) {
        LOOK_UP(int8_t)
    } else if (dense && column->type == NTM_TYPE_INT16) {
        LOOK_UP(int16_t)
    } else if (dense && column->type == NTM_TYPE_INT32) {
        LOOK_UP(int32_t)
    } else {
        int64_t numbers[NTM_I_BLOCK];
        ntm_i_integers_read(numbers, column, start, count);
        from = (const char *)numbers;
        LOOK_UP(int64_t)
    }
    for (size_t i = 0; i < count && masked(column); i++)
        if (ntm_column_known(column, start + i) != NTM_REPORTED) out[i] = NTM_I_NO_ID;
}
