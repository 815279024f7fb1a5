/* SPDX-License-Identifier: Apache-2.0 */
/* Sums of lines by columns. */
#include <string.h>

#include "base/sort.h"
#include "base/text.h"
#include "column/bits.h"
#include "need/need.h"

enum { BY_MOST = 5, KEYS_MOST = BY_MOST + 2 };

struct ntm_need_sums {
    ntm_i_arena arena;
    ntm_i_csv_codes pool;
    ntm_table table;
    ntm_field fields[KEYS_MOST + 4];
};

/* Lines being added up. */
typedef struct adding {
    const ntm_needs *needs;
    ntm_need_sums *sums;
    const char *names[KEYS_MOST];
    const int32_t *keys[KEYS_MOST]; /* codes of the lines */
    size_t key_count;
    const ntm_column *amount, *quantity;
    uint32_t *order; /* lines, with as many to spare */
    size_t groups;
    int32_t *codes[KEYS_MOST]; /* of the groups */
    int64_t *amounts, *quantities, *lines, *open;
    uint8_t *amounts_known, *quantities_known;
} adding;

static const int32_t *codes_of(const ntm_needs *needs, const char *name) {
    const ntm_field *field = ntm_table_find(&needs->table, name);
    return field == NULL ? NULL : field->column.data;
}

static ntm_status find_keys(adding *a, const char *const *by, size_t by_count, ntm_error *err) {
    static const char *const usable[BY_MOST] = {"unit", "programme", "component", "source", "doer"};
    for (size_t i = 0; i < by_count; i++) {
        bool known = false;
        if (by[i] == NULL) return ntm_i_wrong_call(err, "a column's name is NULL");
        for (size_t k = 0; k < BY_MOST; k++)
            known = known || strcmp(usable[k], by[i]) == 0;
        for (size_t k = 0; k < i; k++)
            if (strcmp(by[k], by[i]) == 0)
                return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(by[i]), "the column is named twice");
        if (!known || codes_of(a->needs, by[i]) == NULL)
            return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(by[i]),
                              "no such column: expected unit, source, doer, or programme and component where the "
                              "quantities have them");
        for (size_t k = 0; k < BY_MOST; k++)
            if (strcmp(usable[k], by[i]) == 0) a->names[a->key_count] = usable[k];
        a->keys[a->key_count++] = codes_of(a->needs, by[i]);
    }
    a->names[a->key_count] = "kind";
    a->keys[a->key_count++] = codes_of(a->needs, "kind");
    a->names[a->key_count] = "quantity_unit";
    a->keys[a->key_count++] = codes_of(a->needs, "quantity_unit");
    a->amount = &ntm_table_find(&a->needs->table, "amount")->column;
    a->quantity = &ntm_table_find(&a->needs->table, "quantity")->column;
    return NTM_OK;
}

static int by_keys(const void *context, uint32_t first, uint32_t second) {
    const adding *a = context;
    const char *const *texts = a->needs->pool.names.items;
    for (size_t i = 0; i < a->key_count; i++) {
        int32_t x = a->keys[i][first], y = a->keys[i][second];
        if (x == y) continue;
        if (x < 0 || y < 0) return x < 0 ? -1 : 1;
        return strcmp(texts[x], texts[y]);
    }
    return 0;
}

static bool take_room(adding *a, size_t groups) {
    ntm_i_arena *arena = &a->sums->arena;
    bool good = true;
    for (size_t i = 0; i < a->key_count; i++) {
        a->codes[i] = ntm_i_arena_take(arena, groups, sizeof *a->codes[i]);
        good = good && a->codes[i] != NULL;
    }
    int64_t **numbers[] = {&a->amounts, &a->quantities, &a->lines, &a->open};
    for (size_t i = 0; i < 4; i++) {
        *numbers[i] = ntm_i_arena_take(arena, groups, sizeof **numbers[i]);
        good = good && *numbers[i] != NULL;
    }
    a->amounts_known = ntm_i_arena_take(arena, (groups + 7) / 8, 1);
    a->quantities_known = ntm_i_arena_take(arena, (groups + 7) / 8, 1);
    return good && a->amounts_known != NULL && a->quantities_known != NULL;
}

/* Adds a value to a sum if it is known. */
static bool add_value(int64_t *sums, uint8_t *known, size_t group, const ntm_column *column, uint32_t line) {
    if (!ntm_i_bit(column->validity, line)) return true;
    ntm_i_set_bit(known, group, true);
    return !ntm_i_add_overflows(sums[group], ((const int64_t *)column->data)[line], &sums[group]);
}

static ntm_status add_line(adding *a, size_t group, uint32_t line, ntm_error *err) {
    const char *const *texts = a->needs->pool.names.items;
    if (a->lines[group]++ == 0)
        for (size_t i = 0; i < a->key_count; i++) {
            int32_t code = a->keys[i][line];
            a->codes[i][group] = -1;
            if (code >= 0 &&
                !ntm_i_csv_codes_find(&a->sums->pool, &a->codes[i][group], texts[code], strlen(texts[code])))
                return ntm_i_no_memory(err);
        }
    a->open[group] += ntm_i_job_at(a->needs, a->needs->lines[line].job)->open != NTM_NEED_KNOWN;
    if (!add_value(a->amounts, a->amounts_known, group, a->amount, line) ||
        !add_value(a->quantities, a->quantities_known, group, a->quantity, line))
        return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_ROW("amount", line),
                          "a sum does not fit 64 bits at this line");
    return NTM_OK;
}

static ntm_status add_up(adding *a, ntm_error *err) {
    size_t count = a->needs->line_count;
    for (uint32_t i = 0; i < count; i++)
        a->order[i] = i;
    ntm_i_sort(a->order, a->order + count, count, by_keys, a);
    for (size_t i = 0; i < count; i++)
        a->groups += i == 0 || by_keys(a, a->order[i - 1], a->order[i]) != 0;
    if (!take_room(a, a->groups)) return ntm_i_no_memory(err);
    size_t group = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        group += i == 0 || by_keys(a, a->order[i - 1], a->order[i]) != 0;
        ntm_status status = add_line(a, group, a->order[i], err);
        if (status != NTM_OK) return status;
    }
    return NTM_OK;
}

static void show(adding *a) {
    ntm_need_sums *sums = a->sums;
    size_t at = 0, groups = a->groups;
    for (; at < a->key_count; at++)
        sums->fields[at] = (ntm_field){a->names[at], ntm_i_shown_codes(a->codes[at], groups, &sums->pool)};
    sums->fields[at++] = (ntm_field){"amount", ntm_i_shown_amounts(a->amounts, a->amounts_known, groups, 0)};
    sums->fields[at++] =
        (ntm_field){"quantity", ntm_i_shown_amounts(a->quantities, a->quantities_known, groups, a->needs->kind_scale)};
    sums->fields[at++] = (ntm_field){"lines", ntm_column_int64(a->lines, groups)};
    sums->fields[at++] = (ntm_field){"open", ntm_column_int64(a->open, groups)};
    sums->table = (ntm_table){sizeof(ntm_table), groups, sums->fields, at};
}

void ntm_need_sums_free(ntm_need_sums *sums) {
    if (sums == NULL) return;
    ntm_i_arena arena = sums->arena;
    ntm_i_csv_codes_end(&sums->pool);
    ntm_i_release(&arena.allocator, sums, 1, sizeof *sums);
    ntm_i_arena_end(&arena);
}

ntm_status ntm_need_sums_new(ntm_need_sums **out, const ntm_needs *needs, const char *const *by, size_t by_count,
                             ntm_error *err) {
    if (out == NULL || needs == NULL || (by == NULL && by_count > 0))
        return ntm_i_wrong_call(err, "a place for the sums, needs and names of columns are needed");
    if (by_count > BY_MOST) return ntm_i_wrong_call(err, "more columns than there are");
    adding a = {.needs = needs};
    ntm_status status = find_keys(&a, by, by_count, err);
    if (status != NTM_OK) return status;
    const ntm_allocator *allocator = &needs->arena.allocator;
    a.sums = ntm_i_allocate(allocator, 1, sizeof *a.sums);
    if (a.sums == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&a.sums->arena, allocator);
    ntm_i_csv_codes_start(&a.sums->pool, &a.sums->arena);
    a.order = ntm_i_allocate(allocator, needs->line_count, 2 * sizeof *a.order);
    status = a.order == NULL ? ntm_i_no_memory(err) : add_up(&a, err);
    ntm_i_release(allocator, a.order, needs->line_count, 2 * sizeof *a.order);
    if (status == NTM_OK) {
        show(&a);
        *out = a.sums;
    } else {
        ntm_need_sums_free(a.sums);
    }
    return status;
}

const ntm_table *ntm_need_sums_table(const ntm_need_sums *sums) { return sums == NULL ? NULL : &sums->table; }
