/* SPDX-License-Identifier: Apache-2.0 */
/* The side of units: where each unit's entries go in the tree of a day. What a code was on the day of an entry is looked up in
 * the registry; if the tree of another day counts, what became of it by then. */
#include <stdio.h>
#include <string.h>

#include "base/sort.h"
#include "base/text.h"
#include "cube/cube.h"
#include "unit/registry.h"

/* A unit as a node: its code, and the rung, because codes of several rungs may be the same. */
typedef struct place {
    const char *code;
    ntm_echelon rung;
} place;

enum { CHAIN_MOST = 8, PARTS_MOST = 4096 };

typedef struct uniting {
    ntm_i_cubing *c;
    const ntm_i_base *base;
    const ntm_side *asked;
    ntm_i_cube_side *side;
    ntm_echelon level;     /* NTM_ECHELON_ANY = as posted */
    uint32_t *groups;      /* by coordinate: the code's rows; NTM_I_NONE = it has none */
    ntm_i_csv_codes names; /* "3:18103", by node as found */
    ntm_i_array places;    /* of place, likewise */
    ntm_unit_part *parts;
} uniting;

static const char *code_of(const ntm_i_base *base, uint32_t coordinate) {
    return base->members[base->member_of == NULL ? coordinate : base->member_of[coordinate]].id;
}

/* ------------------------------------------------------------------------------------------- the registry */

static uint32_t group_of(const ntm_cube_tally *tally, const char *code) {
    for (ntm_echelon rung = NTM_ECHELON_PROVINCE; rung <= NTM_ECHELON_VILLAGE; rung++) {
        uint32_t group = tally->echelon == NTM_ECHELON_ANY || tally->echelon == rung
                             ? ntm_i_units_group(tally->units, rung, code, strlen(code))
                             : NTM_I_NONE;
        if (group != NTM_I_NONE) return group;
    }
    return NTM_I_NONE;
}

/* The last row of a group that is there on some day of a stretch, and the last such day. */
static bool row_in(ntm_unit *out, ntm_date *day, const ntm_units *units, uint32_t group, ntm_date first,
                   ntm_date last) {
    ntm_unit unit = units->by_code[ntm_i_units_place_by(units, group, last)];
    const ntm_unit_row *row = &units->rows[unit];
    int64_t end = ntm_i_unit_end(row) - 1;
    if (row->from > last || end < first) return false;
    *out = unit;
    *day = end < last ? (ntm_date)end : last;
    return true;
}

uint32_t ntm_i_base_group(const ntm_cube_tally *tally, const ntm_i_base *base, uint32_t coordinate) {
    return group_of(tally, code_of(base, coordinate));
}

bool ntm_i_unit_in(const ntm_cube_tally *tally, uint32_t unit, ntm_date first, ntm_date last) {
    ntm_unit row = NTM_NO_UNIT;
    ntm_date day = 0;
    const ntm_i_base *base = ntm_i_base_of(tally, "unit");
    if (tally->units == NULL || base == NULL) return true;
    uint32_t group = group_of(tally, code_of(base, unit));
    return group != NTM_I_NONE && row_in(&row, &day, tally->units, group, first, last);
}

static ntm_status not_found(const uniting *u, ntm_unit unit, const char *why) {
    char text[NTM_I_UNIT_TEXT];
    return ntm_i_fail(u->c->err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT("unit"), "%s %s",
                      ntm_i_unit_text(text, u->c->tally->units, unit), why);
}

/* The unit of the level at or above a unit on a day. */
static ntm_unit on_level(const uniting *u, ntm_unit unit, ntm_date day) {
    const ntm_units *units = u->c->tally->units;
    if (u->level == NTM_ECHELON_ANY || units->rows[unit].echelon == u->level) return unit;
    return ntm_units_ancestor(units, unit, u->level, day);
}

/* The tree of an earlier day: the unit has to be there already, perhaps as another row, of another parent or name. */
static ntm_status moved_back(ntm_unit *unit, ntm_date *day, const uniting *u) {
    const ntm_units *units = u->c->tally->units;
    ntm_date as_of = u->c->tally->question.as_of;
    size_t count = 0;
    if (!ntm_units_there(units, *unit, as_of)) {
        ntm_status status = ntm_units_made_of(u->parts, &count, PARTS_MOST, units, *unit, as_of, *day, u->c->err);
        if (status != NTM_OK) return status;
        if (count != 1 || u->parts[0].ended || u->parts[0].share != NTM_UNIT_WHOLE)
            return not_found(u, *unit, "is not there yet on the day whose tree counts");
        *unit = u->parts[0].unit;
    }
    *day = as_of;
    return NTM_OK;
}

/* What a unit of a day is on the day whose tree counts: one unit, or several of which all lie in one of the level. */
static ntm_status moved(ntm_unit *unit, ntm_date *day, const uniting *u) {
    const ntm_units *units = u->c->tally->units;
    ntm_date as_of = u->c->tally->question.as_of;
    ntm_unit only = NTM_NO_UNIT;
    size_t count = 0;
    if (as_of == NTM_DATE_NONE) return NTM_OK;
    if (*day > as_of) return moved_back(unit, day, u);
    ntm_status status = ntm_units_became(u->parts, &count, PARTS_MOST, units, *unit, *day, as_of, u->c->err);
    if (status != NTM_OK) return status;
    if (count == 0)
        return not_found(u, *unit, "is gone on the day whose tree counts, and nothing tells what it became");
    for (size_t i = 0; i < count && i < PARTS_MOST; i++) {
        if (u->parts[i].ended) return not_found(u, *unit, "ended, and nothing tells what it became");
        ntm_unit up = count == 1 ? u->parts[i].unit : on_level(u, u->parts[i].unit, as_of);
        if (only != NTM_NO_UNIT && up != only)
            return not_found(u, *unit, "was divided among several units by the day whose tree counts");
        only = up;
    }
    if (only == NTM_NO_UNIT || count > PARTS_MOST) return not_found(u, *unit, "has nothing on the level asked for");
    *unit = only;
    *day = as_of;
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- nodes */

/* The number of a node, as found. */
static bool node_of(uint32_t *out, uniting *u, const char *code, ntm_echelon rung) {
    char key[160];
    int32_t number = 0;
    place at = {code, rung};
    size_t before = u->names.names.count, size = strlen(code);
    char *text = size + 2 < sizeof key ? key : ntm_i_arena_take(&u->c->scratch, size + 3, 1);
    if (text == NULL) return false;
    text[0] = (char)('0' + (int)rung);
    text[1] = ':';
    memcpy(text + 2, code, size + 1);
    if (!ntm_i_csv_codes_find(&u->names, &number, text, size + 2)) return false;
    if (u->names.names.count > before && !ntm_i_array_append(&u->places, &at, 1)) return false;
    *out = (uint32_t)number;
    return true;
}

static bool keep_chain(uniting *u, ntm_i_chain *out, const uint32_t *nodes, uint32_t count) {
    /* One more for the total. */
    uint32_t *own = ntm_i_arena_take(&u->c->scratch, (size_t)count + 1, sizeof *own);
    if (own == NULL) return false;
    memcpy(own, nodes, count * sizeof *nodes);
    *out = (ntm_i_chain){own, count};
    return true;
}

/* What a unit was in a segment: there, or in the whole period, or else nearest to its end. */
static void row_of(ntm_unit *unit, ntm_date *day, const uniting *u, uint32_t group, const ntm_i_segment *segment) {
    const ntm_units *units = u->c->tally->units;
    if (row_in(unit, day, units, group, segment->first, segment->last) ||
        row_in(unit, day, units, group, segment->period.first_day, segment->period.last_day))
        return;
    *unit = units->by_code[ntm_i_units_place_by(units, group, segment->period.last_day)];
    const ntm_unit_row *row = &units->rows[*unit];
    *day = row->from > segment->period.last_day ? row->from : (ntm_date)(ntm_i_unit_end(row) - 1);
}

/* Where entries of a unit in a segment go: the unit of the level, and those above it. */
static ntm_status chain_of(ntm_i_chain *out, uniting *u, uint32_t coordinate, const ntm_i_segment *segment) {
    const ntm_units *units = u->c->tally->units;
    const char *code = code_of(u->base, coordinate);
    uint32_t nodes[CHAIN_MOST], count = 0;
    ntm_unit unit = NTM_NO_UNIT, above[CHAIN_MOST];
    ntm_date day = 0;
    size_t up = 0;
    if (units == NULL || (u->level == NTM_ECHELON_ANY && !u->asked->up) || segment == NULL ||
        u->groups[coordinate] == NTM_I_NONE) {
        if (!node_of(&nodes[0], u, code, NTM_ECHELON_ANY) || !keep_chain(u, out, nodes, 1))
            return ntm_i_no_memory(u->c->err);
        return NTM_OK;
    }
    row_of(&unit, &day, u, u->groups[coordinate], segment);
    ntm_unit posted = unit;
    ntm_status status = moved(&unit, &day, u);
    if (status != NTM_OK) return status;
    unit = on_level(u, unit, day);
    if (unit == NTM_NO_UNIT)
        return not_found(u, posted,
                         "lies in no unit of the level asked for: ask for the side as posted, without a level");
    bool good = node_of(&nodes[count++], u, units->rows[unit].code, units->rows[unit].echelon);
    if (u->asked->up) {
        status = ntm_units_ancestors(above, &up, CHAIN_MOST - 1, units, unit, day, u->c->err);
        if (status != NTM_OK) return status;
    }
    for (size_t i = 0; i < up && i < CHAIN_MOST - 1 && good; i++)
        good = node_of(&nodes[count++], u, units->rows[above[i]].code, units->rows[above[i]].echelon);
    return good && keep_chain(u, out, nodes, count) ? NTM_OK : ntm_i_no_memory(u->c->err);
}

/* ------------------------------------------------------------------------------------------- all of them */

/* The chains of all pairs of unit and segment that have cells, or may be expected. */
static ntm_status find_chains(uniting *u) {
    ntm_i_cubing *c = u->c;
    const ntm_i_segment *segments = c->time == SIZE_MAX ? NULL : c->tally->bases[c->time].segments;
    ntm_i_walk walk;
    ntm_status status = NTM_OK;
    ntm_i_walk_start(&walk, c->tally);
    while (status == NTM_OK && ntm_i_walk_next(&walk)) {
        uint32_t unit = walk.at[c->unit], segment = c->time == SIZE_MAX ? 0 : walk.at[c->time];
        ntm_i_chain *chain = ntm_i_chains_take(&c->unit_chains, (uint64_t)unit * c->segments + segment);
        if (chain->nodes == NULL) status = chain_of(chain, u, unit, segments == NULL ? NULL : &segments[segment]);
        if (c->tally->question.expected_count == 0) continue;
        for (uint32_t s = 0; s < c->segments && status == NTM_OK; s++) {
            chain = ntm_i_chains_take(&c->unit_chains, (uint64_t)unit * c->segments + s);
            const ntm_period *period = &segments[s].period;
            if (chain->nodes == NULL && ntm_i_unit_in(c->tally, unit, period->first_day, period->last_day))
                status = chain_of(chain, u, unit, &segments[s]);
        }
    }
    return status;
}

static int by_place(const void *context, uint32_t a, uint32_t b) {
    const place *places = context;
    if (places[a].rung != places[b].rung) return places[a].rung < places[b].rung ? -1 : 1;
    return strcmp(places[a].code, places[b].code);
}

static const char *rung_word(ntm_echelon rung) {
    static const char *const words[] = {NULL, "province", "district", "commune", "village"};
    return words[rung];
}

/* Nodes in the order shown, chains by these. */
static bool number_nodes(uniting *u) {
    ntm_i_cubing *c = u->c;
    const place *places = u->places.items;
    size_t count = u->places.count, room = c->unit_chains.room;
    uint32_t *order = ntm_i_arena_take(&c->scratch, count, sizeof *order),
             *spare = ntm_i_arena_take(&c->scratch, count, sizeof *spare);
    uint32_t *rank = ntm_i_arena_take(&c->scratch, count, sizeof *rank);
    u->side->nodes = ntm_i_arena_take(&c->cube->arena, count + 1, sizeof *u->side->nodes);
    if (order == NULL || spare == NULL || rank == NULL || u->side->nodes == NULL) return false;
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    ntm_i_sort(order, spare, count, by_place, places);
    for (uint32_t i = 0; i < count; i++) {
        rank[order[i]] = i;
        u->side->nodes[i] = (ntm_cube_member){NULL, rung_word(places[order[i]].rung), NTM_I_NO_NODE, false};
        if (!ntm_i_arena_copy(&c->cube->arena, &u->side->nodes[i].id, places[order[i]].code)) return false;
    }
    u->side->count = (uint32_t)count;
    if (u->asked->up) {
        u->side->total = u->side->count;
        u->side->nodes[u->side->count++] = (ntm_cube_member){"*", "total", NTM_I_NO_NODE, false};
    }
    for (size_t i = 0; i < room; i++) {
        ntm_i_chain *chain = &c->unit_chains.items[i];
        uint32_t *nodes = (uint32_t *)(uintptr_t)chain->nodes;
        if (nodes == NULL) continue;
        for (uint32_t k = 0; k < chain->count; k++)
            nodes[k] = rank[nodes[k]];
        if (u->asked->up) nodes[chain->count++] = u->side->total; /* keep_chain() left room */
        for (uint32_t k = 0; k + 1 < chain->count; k++)
            u->side->nodes[nodes[k]].parent = nodes[k + 1];
    }
    return ntm_i_side_one_tree(c, u->side, c->unit_chains.items, room);
}

static const uint32_t one_node[1] = {0};

ntm_status ntm_i_unit_nodes(ntm_i_cubing *c) {
    bool shown = c->unit != SIZE_MAX && c->tally->bases[c->unit].side >= 0;
    size_t pairs = c->segments;
    c->unit_span = shown ? c->segments : 0;
    if (shown && ntm_i_multiply_overflows((size_t)c->tally->bases[c->unit].count, c->segments, &pairs))
        return ntm_i_no_memory(c->err);
    /* Whoever has to report may have any pair. */
    size_t occurring = shown && c->tally->question.expected_count == 0 ? ntm_i_store_count(&c->tally->store) : pairs;
    if (!ntm_i_chains_start(&c->unit_chains, pairs, occurring, &c->scratch)) return ntm_i_no_memory(c->err);
    if (!shown) {
        for (size_t i = 0; i < pairs; i++)
            c->unit_chains.items[i] = (ntm_i_chain){one_node, 1};
        return NTM_OK;
    }
    const ntm_i_base *base = &c->tally->bases[c->unit];
    uniting u = {
        .c = c, .base = base, .asked = &c->tally->question.sides[base->side], .side = &c->cube->sides[base->side]};
    u.level = ntm_echelon_of(u.asked->level);
    u.groups = ntm_i_arena_take(&c->scratch, base->count, sizeof *u.groups);
    u.parts = ntm_i_arena_take(&c->scratch, PARTS_MOST, sizeof *u.parts);
    if (u.groups == NULL || u.parts == NULL) return ntm_i_no_memory(c->err);
    for (uint32_t i = 0; i < base->count; i++)
        u.groups[i] = c->tally->units == NULL ? NTM_I_NONE : ntm_i_base_group(c->tally, base, i);
    ntm_i_csv_codes_start(&u.names, &c->scratch);
    ntm_i_array_start(&u.places, &c->scratch.allocator, sizeof(place));
    ntm_status status = find_chains(&u);
    if (status == NTM_OK && !number_nodes(&u)) status = ntm_i_no_memory(c->err);
    ntm_i_csv_codes_end(&u.names);
    ntm_i_array_end(&u.places);
    return status;
}
