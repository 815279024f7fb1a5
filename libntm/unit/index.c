/* SPDX-License-Identifier: Apache-2.0 */
/* Rows by code: the groups, and what overlaps in them. */
#include <string.h>

#include "base/sort.h"
#include "unit/registry.h"

static int compare_codes(const ntm_unit_row *a, const ntm_unit_row *b) {
    if (a->echelon != b->echelon) return a->echelon < b->echelon ? -1 : 1;
    return strcmp(a->code, b->code);
}

static int by_code(const void *context, uint32_t a, uint32_t b) {
    const ntm_unit_row *rows = context;
    int order = compare_codes(&rows[a], &rows[b]);
    if (order == 0) order = (rows[a].from > rows[b].from) - (rows[a].from < rows[b].from);
    return order != 0 ? order : (a > b) - (a < b);
}

static void check_overlaps(ntm_i_units_making *m) {
    const ntm_units *units = m->units;
    uint32_t longest = 0; /* of the rows of the group so far, the one that ends last */
    for (uint32_t i = 0; i < units->count; i++) {
        uint32_t row = units->by_code[i];
        bool first = i == 0 || units->group_of[row] != units->group_of[units->by_code[i - 1]];
        if (!first && ntm_i_unit_end(&units->rows[longest]) > units->rows[row].from) {
            char text[NTM_I_UNIT_TEXT];
            (void)ntm_i_units_defect(
                m, NTM_UNIT_OVERLAP,
                (ntm_i_defect_place){"valid_from", row, longest, NTM_NO_ROW, units->rows[row].from}, "overlaps with %s",
                ntm_i_unit_text(text, units, longest));
        }
        if (first || ntm_i_unit_end(&units->rows[row]) > ntm_i_unit_end(&units->rows[longest])) longest = row;
    }
}

void ntm_i_units_index(ntm_i_units_making *m) {
    ntm_units *units = m->units;
    size_t count = units->count;
    units->by_code = ntm_i_arena_take(&units->arena, count, sizeof *units->by_code);
    units->group_of = ntm_i_arena_take(&units->arena, count, sizeof *units->group_of);
    units->group_first = ntm_i_arena_take(&units->arena, count + 1, sizeof *units->group_first);
    if (units->by_code == NULL || units->group_of == NULL || units->group_first == NULL) {
        m->cells.no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < count; i++)
        units->by_code[i] = i;
    ntm_i_sort(units->by_code, m->spare, count, by_code, units->rows);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t row = units->by_code[i];
        if (i == 0 || compare_codes(&units->rows[units->by_code[i - 1]], &units->rows[row]) != 0)
            units->group_first[units->group_count++] = i;
        units->group_of[row] = units->group_count - 1;
    }
    units->group_first[units->group_count] = (uint32_t)count;
    check_overlaps(m);
}

/* As strcmp() with a text that need not end with NUL. */
static int compare_text(const char *code, const char *text, size_t size) {
    int order = strncmp(code, text, size);
    return order != 0 ? order : code[size] != '\0';
}

uint32_t ntm_i_units_group(const ntm_units *units, ntm_echelon echelon, const char *code, size_t size) {
    uint32_t low = 0, high = units->group_count;
    if (memchr(code, '\0', size) != NULL) return NTM_I_NONE;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const ntm_unit_row *row = &units->rows[units->by_code[units->group_first[middle]]];
        int order = row->echelon != echelon ? (row->echelon < echelon ? -1 : 1) : compare_text(row->code, code, size);
        if (order == 0) return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NTM_I_NONE;
}

uint32_t ntm_i_units_place_by(const ntm_units *units, uint32_t group, int64_t on) {
    uint32_t low = units->group_first[group], high = units->group_first[group + 1];
    while (low < high) { /* the first row that begins after the day */
        uint32_t middle = low + (high - low) / 2;
        if (units->rows[units->by_code[middle]].from <= on)
            low = middle + 1;
        else
            high = middle;
    }
    return low > units->group_first[group] ? low - 1 : low;
}

ntm_unit ntm_i_units_in_group(const ntm_units *units, uint32_t group, int64_t on) {
    if (group == NTM_I_NONE) return NTM_NO_UNIT;
    ntm_unit unit = units->by_code[ntm_i_units_place_by(units, group, on)];
    return ntm_i_unit_there(&units->rows[unit], on) ? unit : NTM_NO_UNIT;
}

ntm_unit ntm_i_units_on_day(const ntm_units *units, ntm_echelon echelon, const char *code, size_t size, int64_t on,
                            bool *several) {
    ntm_unit found = NTM_NO_UNIT;
    *several = false;
    for (ntm_echelon rung = NTM_ECHELON_PROVINCE; rung <= NTM_ECHELON_VILLAGE; rung++) {
        if (echelon != NTM_ECHELON_ANY && echelon != rung) continue;
        ntm_unit unit = ntm_i_units_in_group(units, ntm_i_units_group(units, rung, code, size), on);
        if (unit == NTM_NO_UNIT) continue;
        if (found != NTM_NO_UNIT) *several = true;
        found = unit;
    }
    return found;
}
