/* SPDX-License-Identifier: Apache-2.0 */
/* Who lies in what: parents, children, and what is wrong between them. */
#include <string.h>

#include "base/text.h"
#include "unit/registry.h"

/* Whether some row of a group holds on some day of a row; *other is one that does, or else one of the group. */
static bool group_meets(const ntm_units *units, uint32_t group, const ntm_unit_row *row, ntm_unit *other) {
    for (uint32_t i = units->group_first[group]; i < units->group_first[group + 1]; i++) {
        const ntm_unit_row *candidate = &units->rows[units->by_code[i]];
        *other = units->by_code[i];
        if (candidate->from < ntm_i_unit_end(row) && row->from < ntm_i_unit_end(candidate)) return true;
    }
    return false;
}

/* A parent on the same rung or below. Going on from it, does one come back to the row? The steps are bounded by the
   number of groups: who has not come back by then goes round in a circle without the row. */
static bool comes_back(const ntm_units *units, ntm_unit start, ntm_unit parent) {
    uint32_t home = units->group_of[start];
    ntm_unit at = parent;
    for (uint32_t steps = 0; steps <= units->group_count; steps++) {
        if (units->group_of[at] == home) return true;
        const ntm_unit_row *row = &units->rows[at];
        ntm_unit next = NTM_NO_UNIT;
        for (int rung = row->echelon; row->parent != NULL && rung >= NTM_ECHELON_PROVINCE; rung--) {
            uint32_t group = ntm_i_units_group(units, (ntm_echelon)rung, row->parent, strlen(row->parent));
            if (group != NTM_I_NONE && group_meets(units, group, row, &next)) break;
            next = NTM_NO_UNIT;
        }
        if (next == NTM_NO_UNIT) return false;
        at = next;
    }
    return false;
}

/* No rung above has the parent's code on a day of the row: tell what is there instead. */
static void tell_no_parent(ntm_i_units_making *m, ntm_unit unit, ntm_unit elsewhen) {
    const ntm_units *units = m->units;
    const ntm_unit_row *row = &units->rows[unit];
    size_t size = strlen(row->parent);
    char text[NTM_I_UNIT_TEXT];
    for (ntm_echelon rung = row->echelon; rung <= NTM_ECHELON_VILLAGE; rung++) {
        ntm_unit other = NTM_NO_UNIT;
        uint32_t group = ntm_i_units_group(units, rung, row->parent, size);
        if (group == NTM_I_NONE || !group_meets(units, group, row, &other)) continue;
        ntm_i_defect_place place = {"parent", unit, other, NTM_NO_ROW, row->from};
        if (comes_back(units, unit, other))
            (void)ntm_i_units_defect(m, NTM_UNIT_CYCLE, place, "going up from the parent %s leads back to this row",
                                     ntm_i_unit_text(text, units, other));
        else
            (void)ntm_i_units_defect(m, NTM_UNIT_RUNG, place, "the parent %s stands on no higher rung",
                                     ntm_i_unit_text(text, units, other));
        return;
    }
    ntm_i_defect_place place = {"parent", unit, elsewhen, NTM_NO_ROW, row->from};
    if (elsewhen == NTM_NO_UNIT)
        (void)ntm_i_units_defect(m, NTM_UNIT_ORPHAN, place, "no unit above has the code \"%.*s\"",
                                 ntm_i_shown(row->parent, size), row->parent);
    else
        (void)ntm_i_units_defect(m, NTM_UNIT_ORPHAN, place, "the parent is there on no day of the row: it is %s",
                                 ntm_i_unit_text(text, units, elsewhen));
}

/* The parent's rows have to cover the child's days; the first hole is told. */
static void check_cover(ntm_i_units_making *m, ntm_unit unit, uint32_t group) {
    const ntm_units *units = m->units;
    const ntm_unit_row *row = &units->rows[unit];
    int64_t covered = row->from; /* all days before are */
    ntm_unit near = NTM_NO_UNIT; /* the row beside the hole */
    for (uint32_t i = units->group_first[group]; i < units->group_first[group + 1]; i++) {
        const ntm_unit_row *parent = &units->rows[units->by_code[i]];
        if (near == NTM_NO_UNIT || parent->from <= covered) near = units->by_code[i];
        if (parent->from <= covered && covered < ntm_i_unit_end(parent)) covered = ntm_i_unit_end(parent);
    }
    if (covered >= ntm_i_unit_end(row)) return;
    char text[NTM_I_UNIT_TEXT], day[NTM_I_DAY_SIZE];
    ntm_date on = covered == NTM_DATE_NONE ? NTM_DATE_NONE : (ntm_date)covered;
    (void)ntm_i_units_defect(m, NTM_UNIT_OUTLIVES, (ntm_i_defect_place){"parent", unit, near, NTM_NO_ROW, on},
                             "%s %s the parent is not there: it is %s", on == NTM_DATE_NONE ? "in the" : "on",
                             on == NTM_DATE_NONE ? "beginning" : ntm_i_day_text(day, on),
                             ntm_i_unit_text(text, units, near));
}

static void find_parent(ntm_i_units_making *m, ntm_unit unit) {
    ntm_units *units = m->units;
    const ntm_unit_row *row = &units->rows[unit];
    ntm_unit other = NTM_NO_UNIT;
    units->parent_group[unit] = NTM_I_NONE;
    if (row->parent == NULL) return;
    for (int rung = (int)row->echelon - 1; rung >= NTM_ECHELON_PROVINCE; rung--) {
        uint32_t group = ntm_i_units_group(units, (ntm_echelon)rung, row->parent, strlen(row->parent));
        if (group == NTM_I_NONE || !group_meets(units, group, row, &other)) continue;
        units->parent_group[unit] = group;
        check_cover(m, unit, group);
        return;
    }
    tell_no_parent(m, unit, other);
}

/* Counting sort by the parent's group; what has none stands behind all groups. */
static bool sort_children(ntm_units *units) {
    units->children = ntm_i_arena_take(&units->arena, units->count, sizeof *units->children);
    units->children_first = ntm_i_arena_take(&units->arena, (size_t)units->group_count + 3, sizeof(uint32_t));
    if (units->children == NULL || units->children_first == NULL) return false;
    uint32_t *first = units->children_first + 1; /* one behind, so that it ends where it has to begin */
    for (uint32_t row = 0; row < units->count; row++) {
        uint32_t group = units->parent_group[row] == NTM_I_NONE ? units->group_count : units->parent_group[row];
        first[group + 1]++;
    }
    for (uint32_t group = 0; group <= units->group_count; group++)
        first[group + 1] += first[group];
    for (uint32_t i = 0; i < units->count; i++) {
        uint32_t row = units->by_code[i];
        uint32_t group = units->parent_group[row] == NTM_I_NONE ? units->group_count : units->parent_group[row];
        units->children[first[group]++] = row;
    }
    return true;
}

void ntm_i_units_lift(ntm_i_units_making *m) {
    ntm_units *units = m->units;
    units->parent_group = ntm_i_arena_take(&units->arena, units->count, sizeof *units->parent_group);
    m->cells.no_memory = units->parent_group == NULL;
    for (uint32_t row = 0; row < units->count && !m->cells.no_memory; row++)
        find_parent(m, row);
    if (!m->cells.no_memory && !sort_children(units)) m->cells.no_memory = true;
}
