/* SPDX-License-Identifier: Apache-2.0 */
/* Who lies in what: parents, children, and what is wrong between them. */
#include <string.h>

#include "base/text.h"
#include "unit/registry.h"

/* What is at hand while parents are sought. */
typedef struct lifting {
    ntm_i_units_making *m;
    int64_t *run_end; /* by place in by_code: until when rows of the code follow each other without a gap */
    uint32_t *walk;   /* by row: the first search for a circle that came by; 0 = none */
    bool *circle;     /* by row: known to lie on a circle */
    uint32_t walks;
} lifting;

/* Whether some row of a group holds on some day of a row; *other is one that does, or else one of the group. */
static bool group_meets(const ntm_units *units, uint32_t group, const ntm_unit_row *row, ntm_unit *other) {
    uint32_t at = ntm_i_units_place_by(units, group, row->from);
    *other = units->by_code[at];
    if (ntm_i_unit_end(&units->rows[*other]) <= row->from && at + 1 < units->group_first[group + 1])
        *other = units->by_code[at + 1];
    const ntm_unit_row *candidate = &units->rows[*other];
    return candidate->from < ntm_i_unit_end(row) && row->from < ntm_i_unit_end(candidate);
}

/* The row that a row names as its parent: on the nearest rung above, or else on its own or below. */
static ntm_unit named_parent(const ntm_units *units, ntm_unit unit) {
    const ntm_unit_row *row = &units->rows[unit];
    ntm_unit other = NTM_NO_UNIT;
    for (int rung = (int)row->echelon - 1, down = 0; row->parent != NULL && rung <= NTM_ECHELON_VILLAGE;) {
        uint32_t group = rung < NTM_ECHELON_PROVINCE
                             ? NTM_I_NONE
                             : ntm_i_units_group(units, (ntm_echelon)rung, row->parent, strlen(row->parent));
        if (group != NTM_I_NONE && group_meets(units, group, row, &other)) return other;
        if (rung <= NTM_ECHELON_PROVINCE && down == 0) {
            down = 1;
            rung = (int)row->echelon;
        } else {
            rung += down == 1 ? 1 : -1;
        }
    }
    return NTM_NO_UNIT;
}

/* Whether one comes back to a row, going from parent to parent. No row is passed twice in all searches together: one
   that an earlier search passed leads to a circle that is known by now, or to an end. */
static bool comes_back(lifting *l, ntm_unit start) {
    const ntm_units *units = l->m->units;
    uint32_t own = ++l->walks;
    ntm_unit at = start;
    while (at != NTM_NO_UNIT && l->walk[at] == 0) {
        l->walk[at] = own;
        at = named_parent(units, at);
    }
    if (at != NTM_NO_UNIT && l->walk[at] == own)
        for (ntm_unit on = at; !l->circle[on]; on = named_parent(units, on))
            l->circle[on] = true;
    return l->circle[start];
}

/* No rung above has the parent's code on a day of the row: tell what is there instead. */
static void tell_no_parent(lifting *l, ntm_unit unit, ntm_unit elsewhen) {
    ntm_i_units_making *m = l->m;
    const ntm_units *units = m->units;
    const ntm_unit_row *row = &units->rows[unit];
    size_t size = strlen(row->parent);
    char text[NTM_I_UNIT_TEXT];
    for (ntm_echelon rung = row->echelon; rung <= NTM_ECHELON_VILLAGE; rung++) {
        ntm_unit other = NTM_NO_UNIT;
        uint32_t group = ntm_i_units_group(units, rung, row->parent, size);
        if (group == NTM_I_NONE || !group_meets(units, group, row, &other)) continue;
        ntm_i_defect_place place = {"parent", unit, other, NTM_NO_ROW, row->from};
        if (comes_back(l, unit))
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
static void check_cover(const lifting *l, ntm_unit unit, uint32_t group) {
    ntm_i_units_making *m = l->m;
    const ntm_units *units = m->units;
    const ntm_unit_row *row = &units->rows[unit];
    uint32_t at = ntm_i_units_place_by(units, group, row->from);
    bool there = ntm_i_unit_there(&units->rows[units->by_code[at]], row->from);
    int64_t covered = there ? l->run_end[at] : row->from; /* all days before are */
    if (covered >= ntm_i_unit_end(row)) return;
    ntm_unit near = units->by_code[ntm_i_units_place_by(units, group, covered)]; /* the row beside the hole */
    char text[NTM_I_UNIT_TEXT], day[NTM_I_DAY_SIZE];
    ntm_date on = covered == NTM_DATE_NONE ? NTM_DATE_NONE : (ntm_date)covered;
    (void)ntm_i_units_defect(m, NTM_UNIT_OUTLIVES, (ntm_i_defect_place){"parent", unit, near, NTM_NO_ROW, on},
                             "%s %s the parent is not there: it is %s", on == NTM_DATE_NONE ? "in the" : "on",
                             on == NTM_DATE_NONE ? "beginning" : ntm_i_day_text(day, on),
                             ntm_i_unit_text(text, units, near));
}

static void find_parent(lifting *l, ntm_unit unit) {
    ntm_units *units = l->m->units;
    const ntm_unit_row *row = &units->rows[unit];
    ntm_unit other = NTM_NO_UNIT;
    units->parent_group[unit] = NTM_I_NONE;
    if (row->parent == NULL) return;
    for (int rung = (int)row->echelon - 1; rung >= NTM_ECHELON_PROVINCE; rung--) {
        uint32_t group = ntm_i_units_group(units, (ntm_echelon)rung, row->parent, strlen(row->parent));
        if (group == NTM_I_NONE || !group_meets(units, group, row, &other)) continue;
        units->parent_group[unit] = group;
        check_cover(l, unit, group);
        return;
    }
    tell_no_parent(l, unit, other);
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

static void find_parents(lifting *l) {
    const ntm_units *units = l->m->units;
    for (uint32_t i = units->count; i-- > 0;) {
        ntm_unit row = units->by_code[i], next = i + 1 < units->count ? units->by_code[i + 1] : NTM_NO_UNIT;
        l->run_end[i] = ntm_i_unit_end(&units->rows[row]);
        if (next != NTM_NO_UNIT && units->group_of[next] == units->group_of[row] &&
            units->rows[next].from <= l->run_end[i])
            l->run_end[i] = l->run_end[i + 1];
    }
    for (uint32_t row = 0; row < units->count && !l->m->cells.no_memory; row++)
        find_parent(l, row);
}

void ntm_i_units_lift(ntm_i_units_making *m) {
    ntm_units *units = m->units;
    const ntm_allocator *allocator = &units->arena.allocator;
    size_t count = units->count;
    lifting l = {m, ntm_i_allocate(allocator, count, sizeof *l.run_end),
                 ntm_i_allocate(allocator, count, sizeof *l.walk), ntm_i_allocate(allocator, count, sizeof *l.circle),
                 0};
    units->parent_group = ntm_i_arena_take(&units->arena, count, sizeof *units->parent_group);
    if (units->parent_group == NULL || l.run_end == NULL || l.walk == NULL || l.circle == NULL)
        m->cells.no_memory = true;
    else
        find_parents(&l);
    ntm_i_release(allocator, l.run_end, count, sizeof *l.run_end);
    ntm_i_release(allocator, l.walk, count, sizeof *l.walk);
    ntm_i_release(allocator, l.circle, count, sizeof *l.circle);
    if (!m->cells.no_memory && !sort_children(units)) m->cells.no_memory = true;
}
