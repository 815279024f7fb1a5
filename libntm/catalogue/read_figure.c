/* SPDX-License-Identifier: Apache-2.0 */
/* Reading figures: one number, or a table of numbers over axes. */
#include <string.h>

#include "base/text.h"
#include "catalogue/read.h"
#include "criteria/builder.h"
#include "criteria/figure_cells.h"

#define AXES_MAX 4

/* A table on the way from its top to one cell. */
typedef struct table {
    ntm_i_reader *reader;
    ntm_figure *figure;
    const ntm_axis *axes[AXES_MAX]; /* NULL for an axis that nobody knows, which the builder reports */
    const char *keys[AXES_MAX];
    ntm_figure_value *values;
    ntm_i_cell_origin *origins; /* of the values */
} table;

/* The most cells that a table can hold: what stands `depth` maps down. */
static size_t count_cells(const ntm_i_yaml *node, size_t depth) {
    if (depth == 0) return 1;
    size_t count = 0;
    if (node->kind == NTM_I_YAML_MAP)
        for (const ntm_i_yaml *value = node->first; value != NULL; value = value->next)
            count += count_cells(value, depth - 1);
    return count;
}

static void read_cell(table *t, const ntm_i_yaml *node) {
    static const char *const keys[] = {"value", NTM_I_CITATION_KEYS};
    const ntm_i_yaml *at[1 + NTM_I_CITATION_COUNT] = {node};
    ntm_figure_value *cell = &t->values[t->figure->value_count];
    if (node->kind == NTM_I_YAML_MAP) {
        if (!ntm_i_read_keys(t->reader, node, keys, sizeof keys / sizeof keys[0], at)) return;
        if (!ntm_i_need(t->reader, node, at[0], "value")) return;
    }
    if (at[0]->kind == NTM_I_YAML_LIST) {
        ntm_i_complain(t->reader, NTM_ERROR_SCHEMA, at[0], "a number is wanted here, not a list");
        return;
    }
    if (!ntm_i_read_decimal(t->reader, &cell->value, at[0])) return;
    if (ntm_i_has_citation(at + 1)) ntm_i_read_citation(t->reader, &cell->citation, at + 1);
    const char **own_keys = ntm_i_reader_take(t->reader, t->figure->axis_count, sizeof *own_keys);
    if (own_keys == NULL) return;
    for (size_t k = 0; k < t->figure->axis_count; k++)
        own_keys[k] = t->keys[k];
    cell->keys = own_keys;
    t->origins[t->figure->value_count++] = (ntm_i_cell_origin){at[0]->line, at[0]->column, 0};
}

/* Whether an axis has a value; what it has not is reported here, where it stands. */
static bool check_key(table *t, const ntm_axis *axis, const ntm_i_yaml *key) {
    /* What has too many values is reported elsewhere, or to be refused by the builder. */
    if (axis == NULL || axis->value_count > NTM_I_AXIS_VALUES_MAX) return true;
    for (size_t i = 0; i < axis->value_count; i++)
        if (strcmp(axis->values[i], key->text) == 0) return true;
    char buffer[NTM_I_HINT_SIZE];
    ntm_i_complain(t->reader, NTM_ERROR_NOT_FOUND, key, "axis %s has no value \"%.*s\"%s", axis->id,
                   ntm_i_shown(key->text, key->size), key->text,
                   t->reader->report.count < 200 ? ntm_i_hint(buffer, key->text, axis->values, axis->value_count) : "");
    return false;
}

static void read_level(table *t, const ntm_i_yaml *node, size_t level) {
    if (level >= AXES_MAX || level == t->figure->axis_count) {
        read_cell(t, node);
        return;
    }
    if (!ntm_i_is(t->reader, node, NTM_I_YAML_MAP)) return;
    for (const ntm_i_yaml *value = node->first; value != NULL; value = value->next) {
        if (!check_key(t, t->axes[level], value->key)) continue;
        t->keys[level] = value->key->text;
        read_level(t, value, level + 1);
    }
}

void ntm_i_read_cells(ntm_i_reader *reader, ntm_figure *out, const ntm_i_cell_origin **origins, const ntm_i_yaml *value,
                      const ntm_i_yaml *values) {
    const ntm_i_yaml *wanted = out->axis_count > 0 ? values : value, *other = out->axis_count > 0 ? value : values;
    if (other != NULL)
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, other->key,
                       out->axis_count > 0 ? "a figure with axes has \"values\""
                                           : "a figure without axes has one \"value\"");
    if (out->axis_count > AXES_MAX || wanted == NULL) return;
    table t = {.reader = reader, .figure = out};
    for (size_t k = 0; k < out->axis_count; k++) {
        size_t axis = reader->axes_known ? ntm_i_index_find(&reader->axis_index, out->axes[k]) : SIZE_MAX;
        t.axes[k] = axis == SIZE_MAX ? NULL : &reader->axes[axis];
    }
    size_t most = count_cells(wanted, out->axis_count);
    t.values = ntm_i_reader_take(reader, most, sizeof *t.values);
    t.origins = ntm_i_reader_take(reader, most, sizeof *t.origins);
    if (t.values == NULL || t.origins == NULL) return;
    out->values = t.values;
    *origins = t.origins;
    read_level(&t, wanted, 0);
}

enum { G_UNIT, G_AXES, G_VALUE, G_VALUES, G_GENERAL, G_INTERPOLATE, G_DELEGATED, G_CITATION };
static const char *const figure_keys[G_CITATION + NTM_I_CITATION_COUNT] = {
    "unit", "axes", "value", "values", "general", "interpolate", "delegated_to", NTM_I_CITATION_KEYS};

void ntm_i_read_figure(ntm_i_reader *reader, ntm_figure *out, const ntm_i_cell_origin **origins,
                       const ntm_i_yaml *entry) {
    const ntm_i_yaml *at[G_CITATION + NTM_I_CITATION_COUNT];
    out->id = entry->key->text;
    if (!ntm_i_read_keys(reader, entry, figure_keys, G_CITATION + NTM_I_CITATION_COUNT, at)) return;
    (void)ntm_i_read_text(reader, &out->unit, at[G_UNIT]);
    (void)ntm_i_read_texts(reader, &out->axes, &out->axis_count, at[G_AXES]);
    out->has_general = at[G_GENERAL] != NULL && ntm_i_read_decimal(reader, &out->general, at[G_GENERAL]);
    (void)ntm_i_read_bool(reader, &out->interpolate, at[G_INTERPOLATE]);
    (void)ntm_i_read_text(reader, &out->delegated_to, at[G_DELEGATED]);
    ntm_i_read_citation(reader, &out->citation, at + G_CITATION);
    ntm_i_read_cells(reader, out, origins, at[G_VALUE], at[G_VALUES]);
}

bool ntm_i_add_figure(ntm_i_reader *reader, const ntm_figure *figure, const ntm_i_cell_origin *origins) {
    ntm_error err = NTM_ERROR_INIT;
    if (!ntm_i_reader_went_well(reader, ntm_set_add_figure(reader->builder, figure, &err), &err)) return false;
    if (origins == NULL || figure->value_count == 0) return true;
    ntm_i_cell_origin *kept = ntm_i_arena_take(&reader->builder->arena, figure->value_count, sizeof *kept);
    if (kept == NULL) {
        reader->out_of_memory = true;
        return false;
    }
    memcpy(kept, origins, figure->value_count * sizeof *kept);
    ntm_i_last_origin(&reader->builder->figures)->cells = kept;
    return true;
}

void ntm_i_read_figures(ntm_i_reader *reader, const ntm_i_yaml *section) {
    if (section == NULL || !ntm_i_is(reader, section, NTM_I_YAML_MAP)) return;
    for (const ntm_i_yaml *entry = section->first; entry != NULL && !reader->out_of_memory; entry = entry->next) {
        ntm_figure figure;
        const ntm_i_cell_origin *origins = NULL;
        memset(&figure, 0, sizeof figure);
        ntm_i_read_figure(reader, &figure, &origins, entry);
        ntm_i_reader_at(reader, entry->key);
        if (!ntm_i_add_figure(reader, &figure, origins)) return;
    }
}
