/* SPDX-License-Identifier: Apache-2.0 */
/* Units by name: every row under its name with and without the word of its level. */
#include <string.h>

#include "base/sort.h"
#include "base/text_fold.h"
#include "unit/registry.h"

static int compare_names(const char *a, size_t a_size, const char *b, size_t b_size) {
    int order = memcmp(a, b, a_size < b_size ? a_size : b_size);
    return order != 0 ? order : (a_size > b_size) - (a_size < b_size);
}

static int by_text(const void *context, uint32_t a, uint32_t b) {
    const ntm_i_unit_name *names = context;
    int order = compare_names(names[a].text, names[a].size, names[b].text, names[b].size);
    if (order == 0) order = (names[a].unit > names[b].unit) - (names[a].unit < names[b].unit);
    return order != 0 ? order : (a > b) - (a < b);
}

/* The bytes of the word of its rung that a name begins with; 0 when there is none. */
static size_t word_size(const char *name, size_t size, ntm_echelon echelon) {
    for (const char *const *word = ntm_i_rung_words(echelon); *word != NULL; word++) {
        size_t length = strlen(*word);
        if (size > length && memcmp(name, *word, length) == 0) return length;
    }
    return 0;
}

/* Both forms of one row's folded name. */
static bool add_names(ntm_units *units, ntm_unit unit, const char *folded, size_t size) {
    const ntm_unit_row *row = &units->rows[unit];
    size_t word = word_size(folded, size, row->echelon);
    const char *usual = word > 0 ? "" : ntm_i_usual_word(row->level);
    size_t before = strlen(usual);
    char *text = ntm_i_arena_take(&units->arena, before + size + 1, 1);
    if (text == NULL) return false;
    memcpy(text, usual, before);
    memcpy(text + before, folded, size);
    size_t skip = word > 0 ? word : before;
    units->names[units->name_count++] = (ntm_i_unit_name){text, (uint32_t)(before + size), unit};
    units->names[units->name_count++] = (ntm_i_unit_name){text + skip, (uint32_t)(before + size - skip), unit};
    return true;
}

static void fold_name(ntm_i_units_making *m, ntm_unit unit) {
    ntm_units *units = m->units;
    const ntm_allocator *allocator = &units->arena.allocator;
    const char *name = units->rows[unit].name;
    char *folded = NULL;
    size_t size = 0;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_i_name_fold(&folded, &size, name, strlen(name), allocator, &err);
    if (status == NTM_ERROR_MEMORY) {
        m->cells.no_memory = true;
        return;
    }
    m->cells.table = m->labels.units;
    if (status != NTM_OK) {
        ntm_i_cells_complain(&m->cells, status, "name", unit, "%s", err.message);
        return;
    }
    if (size == 0 || size > UINT32_MAX / 2)
        ntm_i_cells_complain(&m->cells, NTM_ERROR_VALUE, "name", unit, "a unit without a name");
    else if (!add_names(units, unit, folded, size))
        m->cells.no_memory = true;
    ntm_i_release(allocator, folded, size + 1, 1);
}

static bool sort_names(ntm_units *units) {
    units->names = ntm_i_sorted(&units->arena, units->names, units->name_count, sizeof *units->names, by_text);
    return units->names != NULL;
}

void ntm_i_units_name(ntm_i_units_making *m) {
    ntm_units *units = m->units;
    units->names = ntm_i_arena_take(&units->arena, 2 * (size_t)units->count, sizeof *units->names);
    m->cells.no_memory = units->names == NULL;
    units->forms = units->names;
    for (uint32_t row = 0; row < units->count && !m->cells.no_memory; row++)
        fold_name(m, row);
    if (!m->cells.no_memory && !sort_names(units)) m->cells.no_memory = true;
}

bool ntm_i_units_same_name(const ntm_units *units, ntm_unit a, ntm_unit b) {
    const ntm_i_unit_name *x = &units->forms[2 * (size_t)a], *y = &units->forms[2 * (size_t)b];
    return compare_names(x->text, x->size, y->text, y->size) == 0;
}

ntm_status ntm_units_named(ntm_unit *out, size_t *count, size_t capacity, const ntm_units *units, const char *name,
                           const ntm_unit_filter *filter, ntm_error *err) {
    const ntm_unit_filter all = NTM_UNIT_FILTER_INIT;
    if (filter == NULL) filter = &all;
    if (count == NULL || (out == NULL && capacity > 0) || units == NULL || name == NULL)
        return ntm_i_wrong_call(err, "places for the answer, a registry and a name are needed");
    ntm_status status = ntm_i_units_check_filter(units, filter, err);
    if (status != NTM_OK) return status;
    char *folded = NULL;
    size_t size = 0;
    status = ntm_i_name_fold(&folded, &size, name, strlen(name), &units->arena.allocator, err);
    if (status != NTM_OK) return status;
    size_t low = 0, high = units->name_count, found = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_names(units->names[middle].text, units->names[middle].size, folded, size) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < units->name_count; low++) {
        const ntm_i_unit_name *at = &units->names[low];
        if (compare_names(at->text, at->size, folded, size) != 0) break;
        if (!ntm_i_units_passes(units, at->unit, filter, filter->on)) continue;
        if (found < capacity) out[found] = at->unit;
        found++;
    }
    ntm_i_release(&units->arena.allocator, folded, size + 1, 1);
    *count = found;
    return NTM_OK;
}
