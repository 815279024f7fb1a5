/* SPDX-License-Identifier: Apache-2.0 */
/* Regions, classes and other attributes of units, each with its own days. */
#include <string.h>

#include "base/sort.h"
#include "base/text.h"
#include "column/csv_field.h"
#include "unit/registry.h"

enum { CODE, ATTRIBUTE, VALUE, LEVEL, FROM, BEFORE, COLUMNS };

static const ntm_i_cells_column columns[COLUMNS] = {
    {"code", true, NTM_I_CELLS_TEXT},   {"attribute", true, NTM_I_CELLS_TEXT},   {"value", true, NTM_I_CELLS_TEXT},
    {"level", false, NTM_I_CELLS_TEXT}, {"valid_from", false, NTM_I_CELLS_DAYS}, {"valid_to", false, NTM_I_CELLS_DAYS},
};

/* Names of attributes, and of each its values. */
typedef struct dictionary {
    ntm_i_arena *arena;
    ntm_i_csv_codes names;
    ntm_i_array values; /* of ntm_i_csv_codes, by name */
} dictionary;

static void dictionary_end(dictionary *d) {
    ntm_i_csv_codes *values = d->values.items;
    for (size_t i = 0; i < d->values.count; i++)
        ntm_i_csv_codes_end(&values[i]);
    ntm_i_array_end(&d->values);
    ntm_i_csv_codes_end(&d->names);
}

/* The numbers of an attribute and of a value; false for want of memory. */
static bool dictionary_find(dictionary *d, ntm_i_unit_value *out, const char *name, size_t name_size, const char *value,
                            size_t size) {
    int32_t code = 0;
    if (!ntm_i_csv_codes_find(&d->names, &code, name, name_size)) return false;
    if ((size_t)code == d->values.count) {
        ntm_i_csv_codes *fresh = ntm_i_array_push(&d->values);
        if (fresh == NULL) return false;
        ntm_i_csv_codes_start(fresh, d->arena);
    }
    out->attribute = (uint32_t)code;
    return ntm_i_csv_codes_find((ntm_i_csv_codes *)d->values.items + code, &out->value, value, size);
}

/* The group that a row speaks of; NTM_I_NONE after complaining. */
static uint32_t find_group(ntm_i_units_making *m, const ntm_field *code, const ntm_field *level, size_t at) {
    const char *text = NULL, *word = NULL;
    size_t size = 0, word_size = 0;
    ntm_echelon wanted = NTM_ECHELON_ANY;
    uint32_t found = NTM_I_NONE;
    if (ntm_i_cell_text(&m->cells, &word, &word_size, level, at)) {
        wanted = ntm_echelon_of(ntm_i_level_word(word, word_size));
        if (wanted == NTM_ECHELON_ANY)
            ntm_i_cells_complain(&m->cells, NTM_ERROR_VALUE, "level", at, "\"%.*s\" is no level",
                                 ntm_i_shown(word, word_size), word);
    }
    size_t told = m->cells.problem_count;
    if (!ntm_i_cell_text(&m->cells, &text, &size, code, at)) {
        if (told == m->cells.problem_count)
            ntm_i_cells_complain(&m->cells, NTM_ERROR_VALUE, "code", at, "a value of no unit");
        return NTM_I_NONE;
    }
    for (ntm_echelon rung = NTM_ECHELON_PROVINCE; rung <= NTM_ECHELON_VILLAGE; rung++) {
        if (wanted != NTM_ECHELON_ANY && wanted != rung) continue;
        uint32_t group = ntm_i_units_group(m->units, rung, text, size);
        if (group != NTM_I_NONE && found != NTM_I_NONE) {
            ntm_i_cells_complain(&m->cells, NTM_ERROR_CONFLICT, "code", at,
                                 "\"%.*s\" is a code on several rungs: expected a level beside it",
                                 ntm_i_shown(text, size), text);
            return NTM_I_NONE;
        }
        if (group != NTM_I_NONE) found = group;
    }
    if (found == NTM_I_NONE)
        ntm_i_cells_complain(&m->cells, NTM_ERROR_NOT_FOUND, "code", at, "no unit has the code \"%.*s\"",
                             ntm_i_shown(text, size), text);
    return found;
}

static void load_value(ntm_i_units_making *m, dictionary *d, const ntm_field *const *found, size_t at) {
    ntm_units *units = m->units;
    ntm_i_unit_value value = {0};
    const char *name = NULL, *text = NULL;
    size_t name_size = 0, size = 0, told = m->cells.problem_count;
    value.group = find_group(m, found[CODE], found[LEVEL], at);
    value.from = ntm_i_cell_day(&m->cells, found[FROM], at);
    value.before = ntm_i_cell_day(&m->cells, found[BEFORE], at);
    value.row = (uint32_t)at;
    bool named = ntm_i_cell_text(&m->cells, &name, &name_size, found[ATTRIBUTE], at);
    bool whole = ntm_i_cell_text(&m->cells, &text, &size, found[VALUE], at) && named;
    if (told == m->cells.problem_count && !whole)
        ntm_i_cells_complain(&m->cells, NTM_ERROR_VALUE, named ? "value" : "attribute", at, "an empty cell");
    if (value.before != NTM_DATE_NONE && value.before <= value.from)
        ntm_i_cells_complain(&m->cells, NTM_ERROR_VALUE, "valid_to", at, "the end is not after the beginning");
    if (told != m->cells.problem_count) return;
    if (!dictionary_find(d, &value, name, name_size, text, size)) m->cells.no_memory = true;
    units->values[units->value_count++] = value;
}

static int64_t end_of(const ntm_i_unit_value *value) {
    return value->before == NTM_DATE_NONE ? INT64_MAX : value->before;
}

static int by_group(const void *context, uint32_t a, uint32_t b) {
    const ntm_i_unit_value *values = context;
    const ntm_i_unit_value *x = &values[a], *y = &values[b];
    if (x->group != y->group) return x->group < y->group ? -1 : 1;
    if (x->attribute != y->attribute) return x->attribute < y->attribute ? -1 : 1;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static bool sort_values(ntm_units *units) {
    units->values = ntm_i_sorted(&units->arena, units->values, units->value_count, sizeof *units->values, by_group);
    return units->values != NULL;
}

static void check_values(ntm_i_units_making *m) {
    const ntm_i_unit_value *values = m->units->values;
    size_t longest = 0;
    for (size_t i = 1; i < m->units->value_count; i++) {
        bool first = values[i].group != values[i - 1].group || values[i].attribute != values[i - 1].attribute;
        if (!first && end_of(&values[longest]) > values[i].from)
            ntm_i_cells_complain(&m->cells, NTM_ERROR_CONFLICT, "valid_from", values[i].row,
                                 "a second value of the same attribute on one day: see row %u",
                                 (unsigned)values[longest].row);
        if (first || end_of(&values[i]) > end_of(&values[longest])) longest = i;
    }
}

static int by_name(const void *context, uint32_t a, uint32_t b) {
    const ntm_i_unit_attribute *attributes = context;
    return strcmp(attributes[a].name, attributes[b].name);
}

static bool sort_names(ntm_units *units) {
    const ntm_allocator *allocator = &units->arena.allocator;
    size_t count = units->attribute_count;
    uint32_t *spare = ntm_i_allocate(allocator, count, sizeof *spare);
    units->attributes_by_name = ntm_i_arena_take(&units->arena, count, sizeof *units->attributes_by_name);
    bool fits = spare != NULL && units->attributes_by_name != NULL;
    for (uint32_t i = 0; fits && i < count; i++)
        units->attributes_by_name[i] = i;
    if (fits) ntm_i_sort(units->attributes_by_name, spare, count, by_name, units->attributes);
    ntm_i_release(allocator, spare, count, sizeof *spare);
    return fits;
}

/* Hands the dictionary's texts, which the arena owns, to the registry. */
static bool keep_names(ntm_units *units, const dictionary *d) {
    const ntm_i_csv_codes *values = d->values.items;
    units->attribute_count = d->names.names.count;
    units->attributes = ntm_i_arena_take(&units->arena, units->attribute_count, sizeof *units->attributes);
    for (size_t i = 0; units->attributes != NULL && i < units->attribute_count; i++) {
        size_t count = values[i].names.count;
        const char **texts = ntm_i_arena_take(&units->arena, count, sizeof *texts);
        if (texts == NULL) return false;
        memcpy(texts, values[i].names.items, count * sizeof *texts);
        units->attributes[i] = (ntm_i_unit_attribute){((const char **)d->names.names.items)[i], texts, count};
    }
    return units->attributes != NULL;
}

void ntm_i_units_attribute_values(ntm_i_units_making *m, const ntm_table *table) {
    const ntm_field *found[COLUMNS];
    ntm_units *units = m->units;
    if (table == NULL) return;
    m->cells.table = m->labels.attributes;
    bool good = ntm_i_cells_find(found, &m->cells, table, columns, COLUMNS, "attributes");
    if (!m->options->ignore_unknown)
        good = ntm_i_cells_only(&m->cells, table, found, COLUMNS, "attributes",
                                "code, attribute, value, level, valid_from, valid_to") &&
               good;
    if (good && table->rows >= INT32_MAX) {
        ntm_i_cells_complain(&m->cells, NTM_ERROR_LIMIT, "code", SIZE_MAX, "%zu rows, expected fewer than 2^31 - 1",
                             table->rows);
        good = false;
    }
    if (!good) return;
    dictionary d = {.arena = &units->arena};
    ntm_i_csv_codes_start(&d.names, &units->arena);
    ntm_i_array_start(&d.values, &units->arena.allocator, sizeof(ntm_i_csv_codes));
    units->values = ntm_i_arena_take(&units->arena, table->rows, sizeof *units->values);
    if (units->values == NULL) m->cells.no_memory = true;
    for (size_t at = 0; at < table->rows && !m->cells.no_memory; at++)
        load_value(m, &d, found, at);
    if (!m->cells.no_memory && (!sort_values(units) || !keep_names(units, &d) || !sort_names(units)))
        m->cells.no_memory = true;
    if (!m->cells.no_memory) check_values(m);
    dictionary_end(&d);
}

/* The index of an attribute; SIZE_MAX when no unit has it. */
static size_t find_attribute(const ntm_units *units, const char *name) {
    size_t low = 0, high = units->attribute_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(units->attributes[units->attributes_by_name[middle]].name, name);
        if (order == 0) return units->attributes_by_name[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return SIZE_MAX;
}

/* The value of a group on a day; -1 when there is none. */
static int32_t value_on(const ntm_units *units, uint32_t group, size_t attribute, ntm_date on) {
    size_t low = 0, high = units->value_count;
    while (low < high) { /* the first value behind those of the group and attribute that begin by the day */
        size_t middle = low + (high - low) / 2;
        const ntm_i_unit_value *value = &units->values[middle];
        bool before = value->group != group           ? value->group < group
                      : value->attribute != attribute ? value->attribute < attribute
                                                      : value->from <= on;
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0) return -1;
    const ntm_i_unit_value *value = &units->values[low - 1];
    bool holds = value->group == group && value->attribute == attribute && on < end_of(value);
    return holds ? value->value : -1;
}

static int32_t value_of(const ntm_units *units, ntm_unit unit, size_t attribute, ntm_date on, bool inherited) {
    int32_t value = -1;
    if (!ntm_units_there(units, unit, on)) return -1;
    for (ntm_unit at = unit; at != NTM_NO_UNIT && value < 0;
         at = inherited ? ntm_units_parent(units, at, on) : NTM_NO_UNIT)
        value = value_on(units, units->group_of[at], attribute, on);
    return value;
}

const char *ntm_units_attribute(const ntm_units *units, ntm_unit unit, const char *attribute, ntm_date on,
                                bool inherited) {
    if (units == NULL || attribute == NULL) return NULL;
    size_t index = find_attribute(units, attribute);
    int32_t value = index == SIZE_MAX ? -1 : value_of(units, unit, index, on, inherited);
    return value < 0 ? NULL : units->attributes[index].values[value];
}

bool ntm_units_attribute_on(const ntm_units *units, const char *attribute, ntm_echelon echelon) {
    size_t index = units == NULL || attribute == NULL ? SIZE_MAX : find_attribute(units, attribute);
    for (size_t i = 0; index != SIZE_MAX && i < units->value_count; i++) {
        const ntm_i_unit_value *value = &units->values[i];
        ntm_unit unit = units->by_code[units->group_first[value->group]];
        if (value->attribute == index && (echelon == NTM_ECHELON_ANY || units->rows[unit].echelon == echelon))
            return true;
    }
    return false;
}

ntm_status ntm_units_attributes(ntm_column *out, int32_t *codes, const ntm_units *units, const ntm_unit *of,
                                size_t count, const char *attribute, ntm_date on, bool inherited, ntm_error *err) {
    if (out == NULL || (codes == NULL && count > 0) || units == NULL || (of == NULL && count > 0) || attribute == NULL)
        return ntm_i_wrong_call(err, "places for the column, a registry, units and an attribute are needed");
    if (!ntm_i_date_is(on)) return ntm_i_wrong_call(err, "a day is needed");
    for (size_t i = 0; i < count; i++)
        if (of[i] >= units->count && of[i] != NTM_NO_UNIT)
            return ntm_i_wrong_call(err, "a unit is not of this registry");
    size_t index = find_attribute(units, attribute);
    if (index == SIZE_MAX)
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(attribute), "no unit has such an attribute");
    for (size_t i = 0; i < count; i++)
        codes[i] = value_of(units, of[i], index, on, inherited);
    *out = ntm_column_codes(codes, count, units->attributes[index].values, units->attributes[index].value_count);
    return NTM_OK;
}
