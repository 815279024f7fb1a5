/* SPDX-License-Identifier: Apache-2.0 */
/* Questions as of a day: by code, up and down the tree, by filter. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "unit/registry.h"

size_t ntm_units_count(const ntm_units *units) { return units == NULL ? 0 : units->count; }

const ntm_unit_row *ntm_units_row(const ntm_units *units, ntm_unit unit) {
    return units == NULL || unit >= units->count ? NULL : &units->rows[unit];
}

size_t ntm_units_finding_count(const ntm_units *units) { return units == NULL ? 0 : units->finding_count; }

const ntm_unit_finding *ntm_units_finding(const ntm_units *units, size_t index) {
    return units == NULL || index >= units->finding_count ? NULL : &units->findings[index];
}

bool ntm_units_there(const ntm_units *units, ntm_unit unit, ntm_date on) {
    return units != NULL && unit < units->count && on != NTM_DATE_NONE && ntm_i_unit_there(&units->rows[unit], on);
}

ntm_unit ntm_i_units_nearest(bool *other_rung, const ntm_units *units, ntm_echelon echelon, const char *code,
                             size_t size, ntm_date on) {
    ntm_unit near = NTM_NO_UNIT;
    for (ntm_echelon rung = NTM_ECHELON_PROVINCE; rung <= NTM_ECHELON_VILLAGE; rung++) {
        if (echelon != NTM_ECHELON_ANY && echelon != rung) continue;
        uint32_t group = ntm_i_units_group(units, rung, code, size);
        if (group == NTM_I_NONE) continue;
        near = units->by_code[ntm_i_units_place_by(units, group, on)];
    }
    *other_rung = near == NTM_NO_UNIT;
    bool several = false;
    return near != NTM_NO_UNIT ? near : ntm_i_units_on_day(units, NTM_ECHELON_ANY, code, size, on, &several);
}

static ntm_status not_found(ntm_error *err, ntm_i_place place, const ntm_units *units, ntm_echelon echelon,
                            const char *code, size_t size, ntm_date on) {
    char day[NTM_I_DAY_SIZE], text[NTM_I_UNIT_TEXT];
    bool other_rung = false;
    ntm_unit near = ntm_i_units_nearest(&other_rung, units, echelon, code, size, on);
    if (near == NTM_NO_UNIT)
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, place, "no unit has the code \"%.*s\" on any day",
                          ntm_i_shown(code, size), code);
    (void)ntm_i_unit_text(text, units, near);
    if (other_rung)
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, place, "no unit of this rung has the code: it is that of %s", text);
    return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, place, "no unit has the code on %s: the nearest is %s",
                      ntm_i_day_text(day, on), text);
}

static ntm_status find_text(ntm_unit *out, const ntm_units *units, const char *code, size_t size, ntm_echelon echelon,
                            ntm_date on, uint64_t row, ntm_error *err) {
    char subject[64];
    bool several = false;
    ntm_unit unit = ntm_i_units_on_day(units, echelon, code, size, on, &several);
    if (unit != NTM_NO_UNIT && !several) {
        *out = unit;
        return NTM_OK;
    }
    (void)snprintf(subject, sizeof subject, "%.*s", ntm_i_shown(code, size), code);
    if (several)
        return ntm_i_fail(err, NTM_ERROR_CONFLICT, NTM_I_ROW(subject, row), "a code on several rungs: name the one");
    return not_found(err, NTM_I_ROW(subject, row), units, echelon, code, size, on);
}

static bool is_rung(ntm_echelon echelon) {
    return (int)echelon >= NTM_ECHELON_ANY && (int)echelon <= NTM_ECHELON_VILLAGE;
}

ntm_status ntm_units_find(ntm_unit *out, const ntm_units *units, const char *code, ntm_echelon echelon, ntm_date on,
                          ntm_error *err) {
    if (out == NULL || units == NULL || code == NULL || !is_rung(echelon) || !ntm_i_date_is(on))
        return ntm_i_wrong_call(err, "a place for the unit, a registry, a code, a rung and a day are needed");
    return find_text(out, units, code, strlen(code), echelon, on, NTM_NO_ROW, err);
}

/* One row of a column of codes. */
static ntm_status find_row(ntm_unit *out, const ntm_units *units, const ntm_column *codes, size_t row,
                           ntm_echelon echelon, ntm_date on, ntm_error *err) {
    const char *text = NULL;
    size_t size = 0;
    ntm_error problem = NTM_ERROR_INIT;
    ntm_status status = ntm_column_text(&text, &size, codes, row, &problem);
    if (status == NTM_ERROR_NOT_FOUND || (status == NTM_OK && size == 0))
        return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW(NULL, row), "a row without the code of its unit");
    if (status != NTM_OK) return ntm_i_fail(err, status, NTM_I_ROW(NULL, row), "%s", problem.message);
    return find_text(out, units, text, size, echelon, on, row, err);
}

ntm_status ntm_units_find_all(ntm_unit *out, const ntm_units *units, const ntm_column *codes, ntm_echelon echelon,
                              ntm_date on, ntm_problems *problems, size_t *unknown, ntm_error *err) {
    if (units == NULL || codes == NULL || !is_rung(echelon) || !ntm_i_date_is(on))
        return ntm_i_wrong_call(err, "a registry, codes, a rung and a day are needed");
    ntm_status status = ntm_column_check(codes, err);
    if (status != NTM_OK) return status;
    if (codes->type != NTM_TYPE_TEXT && codes->categories == NULL)
        return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_NOWHERE, "codes of units: expected text or categories");
    if (out == NULL && codes->length > 0) return ntm_i_wrong_call(err, "room for the units is needed");
    ntm_error first = NTM_ERROR_INIT;
    size_t missing = 0;
    /* Twice over the codes, so that nothing is written when something is wrong. */
    for (int writing = 0; writing < 2; writing++) {
        for (size_t row = 0; row < codes->length; row++) {
            ntm_error problem = NTM_ERROR_INIT;
            ntm_unit unit = NTM_NO_UNIT;
            status = find_row(&unit, units, codes, row, echelon, on, &problem);
            if (writing == 1) {
                out[row] = unit;
                continue;
            }
            if (status == NTM_OK) continue;
            ntm_i_problems_add(problems, &problem);
            missing += status == NTM_ERROR_NOT_FOUND;
            if ((status != NTM_ERROR_NOT_FOUND || unknown == NULL) && first.status == NTM_OK) first = problem;
        }
        if (first.status != NTM_OK) return ntm_i_error_copy(err, &first);
    }
    if (unknown != NULL) *unknown = missing;
    return NTM_OK;
}

ntm_status ntm_units_history(ntm_unit *out, size_t *count, size_t capacity, const ntm_units *units, const char *code,
                             ntm_echelon echelon, ntm_error *err) {
    if (count == NULL || (out == NULL && capacity > 0) || units == NULL || code == NULL || !is_rung(echelon))
        return ntm_i_wrong_call(err, "places for the answer, a registry, a code and a rung are needed");
    size_t found = 0;
    for (ntm_echelon rung = NTM_ECHELON_PROVINCE; rung <= NTM_ECHELON_VILLAGE; rung++) {
        uint32_t group = ntm_i_units_group(units, rung, code, strlen(code));
        if ((echelon != NTM_ECHELON_ANY && echelon != rung) || group == NTM_I_NONE) continue;
        for (uint32_t i = units->group_first[group]; i < units->group_first[group + 1]; i++, found++)
            if (found < capacity) out[found] = units->by_code[i];
    }
    *count = found;
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- the tree */

ntm_unit ntm_units_parent(const ntm_units *units, ntm_unit unit, ntm_date on) {
    if (!ntm_units_there(units, unit, on)) return NTM_NO_UNIT;
    return ntm_i_units_in_group(units, units->parent_group[unit], on);
}

ntm_unit ntm_units_ancestor(const ntm_units *units, ntm_unit unit, ntm_echelon echelon, ntm_date on) {
    ntm_unit at = ntm_units_parent(units, unit, on);
    while (at != NTM_NO_UNIT && units->rows[at].echelon > echelon)
        at = ntm_units_parent(units, at, on);
    return at != NTM_NO_UNIT && units->rows[at].echelon == echelon ? at : NTM_NO_UNIT;
}

bool ntm_i_units_is_within(const ntm_units *units, ntm_unit unit, ntm_unit above, ntm_date on) {
    ntm_unit at = ntm_units_ancestor(units, unit, units->rows[above].echelon, on);
    return at == above;
}

/* A list being written: what does not fit is only counted. */
typedef struct list {
    ntm_unit *out;
    size_t count;
    size_t capacity;
} list;

static void put(list *l, ntm_unit unit) {
    if (l->count < l->capacity) l->out[l->count] = unit;
    l->count++;
}

static ntm_status check_question(const ntm_unit *out, const size_t *count, size_t capacity, const ntm_units *units,
                                 ntm_unit unit, ntm_date on, ntm_error *err) {
    if (count == NULL || (out == NULL && capacity > 0) || units == NULL || !ntm_i_date_is(on))
        return ntm_i_wrong_call(err, "places for the answer, a registry and a day are needed");
    if (unit >= units->count) return ntm_i_wrong_call(err, "a unit of this registry is needed");
    return NTM_OK;
}

ntm_status ntm_units_ancestors(ntm_unit *out, size_t *count, size_t capacity, const ntm_units *units, ntm_unit unit,
                               ntm_date on, ntm_error *err) {
    ntm_status status = check_question(out, count, capacity, units, unit, on, err);
    if (status != NTM_OK) return status;
    list l = {out, 0, capacity};
    for (ntm_unit at = ntm_units_parent(units, unit, on); at != NTM_NO_UNIT; at = ntm_units_parent(units, at, on))
        put(&l, at);
    *count = l.count;
    return NTM_OK;
}

/* Children and, for `deep`, what is below them. A parent stands on a higher rung, so there are at most four levels. */
static void put_children(list *l, const ntm_units *units, ntm_unit unit, ntm_date on, bool deep) {
    uint32_t group = units->group_of[unit];
    if (!ntm_units_there(units, unit, on)) return;
    for (uint32_t i = units->children_first[group]; i < units->children_first[group + 1]; i++) {
        ntm_unit child = units->children[i];
        if (!ntm_i_unit_there(&units->rows[child], on)) continue;
        put(l, child);
        if (deep) put_children(l, units, child, on, true);
    }
}

static ntm_status list_below(ntm_unit *out, size_t *count, size_t capacity, const ntm_units *units, ntm_unit unit,
                             ntm_date on, bool deep, ntm_error *err) {
    ntm_status status = check_question(out, count, capacity, units, unit, on, err);
    if (status != NTM_OK) return status;
    list l = {out, 0, capacity};
    put_children(&l, units, unit, on, deep);
    *count = l.count;
    return NTM_OK;
}

ntm_status ntm_units_children(ntm_unit *out, size_t *count, size_t capacity, const ntm_units *units, ntm_unit unit,
                              ntm_date on, ntm_error *err) {
    return list_below(out, count, capacity, units, unit, on, false, err);
}

ntm_status ntm_units_descendants(ntm_unit *out, size_t *count, size_t capacity, const ntm_units *units, ntm_unit unit,
                                 ntm_date on, ntm_error *err) {
    return list_below(out, count, capacity, units, unit, on, true, err);
}

ntm_status ntm_units_siblings(ntm_unit *out, size_t *count, size_t capacity, const ntm_units *units, ntm_unit unit,
                              ntm_date on, ntm_error *err) {
    ntm_status status = check_question(out, count, capacity, units, unit, on, err);
    if (status != NTM_OK) return status;
    list l = {out, 0, capacity};
    ntm_unit parent = ntm_units_parent(units, unit, on);
    /* Without a parent there may also be units whose parent is missing on the day: all rows are looked at. */
    bool among_children = parent != NTM_NO_UNIT, there = ntm_units_there(units, unit, on);
    const uint32_t *order = among_children ? units->children : units->by_code;
    uint32_t first = among_children ? units->children_first[units->group_of[parent]] : 0;
    uint32_t end = among_children ? units->children_first[units->group_of[parent] + 1] : units->count;
    for (uint32_t i = first; there && i < end; i++) {
        ntm_unit other = order[i];
        if (other == unit || units->rows[other].echelon != units->rows[unit].echelon) continue;
        if (ntm_units_there(units, other, on) && ntm_units_parent(units, other, on) == parent) put(&l, other);
    }
    *count = l.count;
    return NTM_OK;
}

/* Appends as much of a text as there is room for; returns the bytes that are needed so far. */
static size_t append(char *buffer, size_t capacity, size_t used, const char *text) {
    size_t size = strlen(text);
    if (used < capacity) {
        size_t room = capacity - used - 1;
        memcpy(buffer + used, text, size < room ? size : room);
        buffer[used + (size < room ? size : room)] = '\0';
    }
    return used + size;
}

size_t ntm_units_place(char *buffer, size_t capacity, const ntm_units *units, ntm_unit unit, ntm_date on) {
    ntm_unit way[NTM_ECHELON_VILLAGE]; /* a parent stands on a higher rung: there are no more */
    size_t count = 0, used = 0;
    if (capacity > 0) buffer[0] = '\0';
    if (!ntm_units_there(units, unit, on)) return 0;
    for (ntm_unit at = unit; at != NTM_NO_UNIT; at = ntm_units_parent(units, at, on))
        way[count++] = at;
    while (count-- > 0) {
        used = append(buffer, capacity, used, units->rows[way[count]].code);
        if (count > 0) used = append(buffer, capacity, used, "/");
    }
    return used;
}

/* ------------------------------------------------------------------------------------------- filters */

ntm_status ntm_i_units_check_filter(const ntm_units *units, const ntm_unit_filter *filter, ntm_error *err) {
    if (filter->struct_size < sizeof *filter || !is_rung(filter->echelon))
        return ntm_i_wrong_call(err, "a filter that begins with NTM_UNIT_FILTER_INIT and a rung are needed");
    if (filter->on != NTM_DATE_NONE && !ntm_i_date_is(filter->on))
        return ntm_i_wrong_call(err, "the filter's day is no day");
    if (filter->level != NULL && ntm_echelon_of(filter->level) == NTM_ECHELON_ANY)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(filter->level), "no level of units");
    for (int i = 0; i < 2; i++) {
        ntm_unit place = i == 0 ? filter->within : filter->parent;
        if (place == NTM_NO_UNIT) continue;
        if (place >= units->count || !ntm_units_there(units, place, filter->on))
            return ntm_i_wrong_call(err, "the filter's place is no unit that is there on the filter's day");
    }
    return NTM_OK;
}

bool ntm_i_units_passes(const ntm_units *units, ntm_unit unit, const ntm_unit_filter *filter, ntm_date on) {
    const ntm_unit_row *row = &units->rows[unit];
    const char *level = filter->level == NULL ? NULL : ntm_i_level_word(filter->level, strlen(filter->level));
    if (on != NTM_DATE_NONE && !ntm_i_unit_there(row, on)) return false;
    if (filter->echelon != NTM_ECHELON_ANY && row->echelon != filter->echelon) return false;
    if (level != NULL && strcmp(row->level, level) != 0) return false;
    if (filter->parent != NTM_NO_UNIT && ntm_units_parent(units, unit, on) != filter->parent) return false;
    return filter->within == NTM_NO_UNIT || ntm_i_units_is_within(units, unit, filter->within, on);
}

ntm_status ntm_units_list(ntm_unit *out, size_t *count, size_t capacity, const ntm_units *units,
                          const ntm_unit_filter *filter, ntm_error *err) {
    if (count == NULL || (out == NULL && capacity > 0) || units == NULL || filter == NULL)
        return ntm_i_wrong_call(err, "places for the answer, a registry and a filter are needed");
    ntm_status status = ntm_i_units_check_filter(units, filter, err);
    if (status != NTM_OK) return status;
    list l = {out, 0, capacity};
    for (ntm_unit unit = 0; unit < units->count; unit++)
        if (ntm_i_units_passes(units, unit, filter, filter->on)) put(&l, unit);
    *count = l.count;
    return NTM_OK;
}
