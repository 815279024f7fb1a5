/* SPDX-License-Identifier: Apache-2.0 */
/* The second implementation: every row is added to every cell that it belongs to. */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NODES = 8 };

/* Ids of the members of a side that a row belongs to; the first is the one that it is posted to. */
typedef struct nodes {
    char ids[NODES][WORLD_TEXT];
    size_t count;
} nodes;

static void add_node(nodes *to, const char *id) {
    assert_true(to->count < NODES);
    (void)snprintf(to->ids[to->count++], WORLD_TEXT, "%s", id);
}

static const char *parent_of(const char *source) {
    const ntm_dimension_spec *spec = ntm_dimension_usual(2);
    for (size_t i = 0; i < spec->member_count; i++)
        if (strcmp(spec->members[i].id, source) == 0) return spec->members[i].parent;
    return NULL;
}

/* ------------------------------------------------------------------------------------------- time */

static int month_of(ntm_date day, int *year) {
    int month;
    ntm_date_parts(day, year, &month, NULL);
    return month;
}

static void name_period(char *out, int year, int month, const char *level) {
    if (strcmp(level, "month") == 0) (void)snprintf(out, WORLD_TEXT, "%d-%02d", year % 10000, month % 100);
    if (strcmp(level, "quarter") == 0) (void)snprintf(out, WORLD_TEXT, "%d-Q%d", year % 10000, (month + 2) / 3 % 10);
    if (strcmp(level, "half-year") == 0) (void)snprintf(out, WORLD_TEXT, "%d-H%d", year % 10000, (month + 5) / 6 % 10);
    if (strcmp(level, "year") == 0) (void)snprintf(out, WORLD_TEXT, "%d", year % 10000);
}

static void time_nodes(nodes *to, const ntm_side *side, const world_row *row) {
    static const char *const ladder[] = {"month", "quarter", "half-year", "year"};
    static const int rank_of_length[] = {[NTM_PERIOD_DAY] = -1, [NTM_PERIOD_MONTH] = 0, [NTM_PERIOD_QUARTER] = 1};
    char id[WORLD_TEXT];
    int year, month = month_of(row->when.first_day, &year), own = rank_of_length[row->when.length];
    if (side->level == NULL) add_node(to, row->period);
    for (int i = 0; i < 4; i++) {
        bool it = side->level != NULL && strcmp(side->level, ladder[i]) == 0;
        if (it) own = i;
        /* Half-years lie beside the quarters: nothing is added up in them unless they are asked for. */
        if (!it && (!side->up || i <= own || (side->level != NULL && to->count == 0) || i == 2)) continue;
        name_period(id, year, month, ladder[i]);
        add_node(to, id);
    }
    if (side->up) add_node(to, "*");
}

/* ------------------------------------------------------------------------------------------- units */

/* The unit that stands for the row's, and its day; false when the cube has to be refused. */
static bool stands_for(ntm_unit *unit, ntm_date *day, const world *w, const ntm_side *side, const world_row *row) {
    ntm_unit_part parts[8];
    size_t count = 0;
    ntm_error err = NTM_ERROR_INIT;
    *unit = row->of;
    *day = row->when.first_day;
    if (w->asked.as_of == NTM_DATE_NONE || (side->level == NULL && !side->up)) return true;
    *day = w->asked.as_of;
    if (row->when.first_day > *day) {
        assert_ok(ntm_units_made_of(parts, &count, 8, w->units, row->of, *day, row->when.first_day, &err), &err);
        if (count != 1 || parts[0].ended || parts[0].share != NTM_UNIT_WHOLE)
            return ntm_units_there(w->units, row->of, *day);
        *unit = parts[0].unit;
        return true;
    }
    assert_ok(ntm_units_became(parts, &count, 8, w->units, row->of, row->when.first_day, *day, &err), &err);
    if (count != 1 || parts[0].ended || parts[0].share != NTM_UNIT_WHOLE) return false;
    *unit = parts[0].unit;
    return true;
}

static bool unit_nodes(nodes *to, const world *w, const ntm_side *side, const world_row *row) {
    ntm_unit unit;
    ntm_date day;
    if (w->units == NULL) {
        add_node(to, row->unit);
    } else {
        if (!stands_for(&unit, &day, w, side, row)) return false;
        if (side->level != NULL && ntm_units_row(w->units, unit)->echelon != ntm_echelon_of(side->level))
            unit = ntm_units_ancestor(w->units, unit, ntm_echelon_of(side->level), day);
        if (unit == NTM_NO_UNIT) return false;
        add_node(to, ntm_units_row(w->units, unit)->code);
        for (unit = ntm_units_parent(w->units, unit, day); side->up && unit != NTM_NO_UNIT;
             unit = ntm_units_parent(w->units, unit, day))
            add_node(to, ntm_units_row(w->units, unit)->code);
    }
    if (side->up) add_node(to, "*");
    return true;
}

static bool side_nodes(nodes *to, const world *w, const ntm_side *side, const world_row *row) {
    to->count = 0;
    if (strcmp(side->dimension, "unit") == 0) return unit_nodes(to, w, side, row);
    if (strcmp(side->dimension, "date") == 0) {
        time_nodes(to, side, row);
    } else if (strcmp(side->dimension, "stage") == 0) {
        add_node(to, row->stage);
    } else if (strcmp(side->dimension, "colour") == 0) {
        add_node(to, row->colour);
        if (side->up) add_node(to, "*");
    } else {
        for (const char *id = row->source; id != NULL; id = side->up ? parent_of(id) : NULL)
            add_node(to, id);
        if (side->up) add_node(to, "*");
    }
    return true;
}

/* ------------------------------------------------------------------------------------------- cells */

world_cell *oracle_cell(world_cells *cells, const char *key) {
    size_t at = 5381;
    for (const char *c = key; *c != '\0'; c++)
        at = at * 33 + (unsigned char)*c;
    for (at %= WORLD_CELLS; cells->all[at].used; at = (at + 1) % WORLD_CELLS)
        if (strcmp(cells->all[at].key, key) == 0) return &cells->all[at];
    return &cells->all[at];
}

static world_cell *cell_of(world_cells *cells, const char *key, bool stock) {
    world_cell *cell = oracle_cell(cells, key);
    if (!cell->used) {
        cell->used = true;
        cell->stock = stock;
        (void)snprintf(cell->key, sizeof cell->key, "%s", key);
        cells->count++;
        assert_true(cells->count < WORLD_CELLS / 2);
    }
    return cell;
}

void oracle_free(world_cells *cells) { free(cells->all); }

static bool below(const char *member, const char *above) {
    for (; member != NULL; member = parent_of(member))
        if (strcmp(member, above) == 0) return true;
    return false;
}

static bool counts(const world *w, size_t at) {
    const world_row *row = &w->rows[at];
    const ntm_cube_options *asked = &w->asked;
    if (row->bad || at < asked->first_row || at - asked->first_row >= asked->row_count) return false;
    if (asked->from != NTM_DATE_NONE && row->when.first_day < asked->from) return false;
    if (asked->to != NTM_DATE_NONE && row->when.last_day > asked->to) return false;
    for (size_t i = 0; i < asked->only_count; i++) {
        bool one = false, stage = strcmp(asked->only[i].dimension, "stage") == 0;
        for (size_t k = 0; k < asked->only[i].member_count; k++)
            one = one || (stage ? strcmp(row->stage, asked->only[i].members[k]) == 0
                                : below(row->source, asked->only[i].members[k]));
        if (!one) return false;
    }
    return true;
}

/* A row that counts, with its members of each side; `date` is the side of time, or the number of sides. */
typedef struct placed {
    const world_row *row;
    nodes of[WORLD_SIDES];
} placed;

typedef struct placing {
    const world *w;
    placed rows[WORLD_ROWS];
    size_t count, date;
} placing;

/* Whether two rows are of one combination of members, whatever their time. */
static bool same_place(const placing *p, const placed *a, const placed *b) {
    if (strcmp(a->row->unit, b->row->unit) != 0) return false; /* stocks are told unit by unit */
    for (size_t s = 0; s < p->w->asked.side_count; s++)
        if (s != p->date && strcmp(a->of[s].ids[0], b->of[s].ids[0]) != 0) return false;
    return true;
}

/* Whether a row falls into a period, or into what runs up to it. */
static bool in_period(const placing *p, const placed *a, const char *id) {
    if (p->date == p->w->asked.side_count || strcmp(id, "*") == 0) return true;
    const nodes *of = &a->of[p->date];
    if (p->w->asked.running != NTM_RUNNING_NOT) /* ids of one length are in the order of time */
        return strcmp(of->ids[0], id) <= 0 &&
               (p->w->asked.running == NTM_RUNNING_ALL || strcmp(a->row->stage, "outstanding") == 0 || /* goes on */
                memcmp(of->ids[0], id, 4) == 0);
    for (size_t i = 0; i < of->count; i++)
        if (strcmp(of->ids[i], id) == 0) return true;
    return false;
}

/* Of a stock only the last day counts that its combination reported on within the period, and what is missing since. */
static bool still_counts(const placing *p, const placed *a, const char *id) {
    ntm_date last = NTM_DATE_NONE;
    for (size_t i = 0; i < p->count; i++) {
        const placed *b = &p->rows[i];
        if (b->row->known && same_place(p, a, b) && in_period(p, b, id) && b->row->when.last_day > last)
            last = b->row->when.last_day;
    }
    return a->row->known ? a->row->when.last_day == last : a->row->when.last_day >= last;
}

static void add_row(world_cells *out, const placing *p, const placed *a, const char *period) {
    const ntm_cube_options *asked = &p->w->asked;
    bool stock = strcmp(a->row->stage, "outstanding") == 0, still = !stock || still_counts(p, a, period);
    size_t at[WORLD_SIDES] = {0}, side = 0;
    do {
        char key[WORLD_KEY] = "";
        for (size_t s = 0; s < asked->side_count; s++) {
            (void)strcat(key, s == p->date ? period : a->of[s].ids[at[s]]);
            (void)strcat(key, "|");
        }
        world_cell *cell = cell_of(out, key, stock);
        if (still && a->row->known) cell->sum += a->row->amount;
        if (still && a->row->known) cell->reported++;
        if (still && !a->row->known) cell->missing++;
        for (side = 0; side < asked->side_count; at[side++] = 0)
            if (side != p->date && ++at[side] < a->of[side].count) break;
    } while (side < asked->side_count);
}

/* All periods of one length from the first that a row has to the last. */
static size_t each_period(char ids[32][WORLD_TEXT], const placing *p) {
    const char *level = p->w->sides[p->date].level, *first = NULL, *last = NULL;
    size_t count = 0;
    for (size_t i = 0; i < p->count; i++) {
        const char *id = p->rows[i].of[p->date].ids[0];
        first = first == NULL || strcmp(id, first) < 0 ? id : first;
        last = last == NULL || strcmp(id, last) > 0 ? id : last;
    }
    for (int month = 0; first != NULL && month < 36; month++) {
        char id[WORLD_TEXT];
        name_period(id, 2019 + month / 12, 1 + month % 12, level);
        if (strcmp(id, first) < 0 || strcmp(id, last) > 0) continue;
        if (count == 0 || strcmp(ids[count - 1], id) != 0) memcpy(ids[count++], id, WORLD_TEXT);
    }
    return count;
}

static void add_all(world_cells *out, const placing *p) {
    char periods[32][WORLD_TEXT];
    bool timed = p->date < p->w->asked.side_count, running = p->w->asked.running != NTM_RUNNING_NOT;
    size_t count = running ? each_period(periods, p) : 0;
    for (size_t i = 0; i < p->count; i++) {
        const placed *a = &p->rows[i];
        for (size_t k = 0; running && k < count; k++)
            if (in_period(p, a, periods[k])) add_row(out, p, a, periods[k]);
        for (size_t k = 0; timed && !running && k < a->of[p->date].count; k++)
            add_row(out, p, a, a->of[p->date].ids[k]);
        if (!timed) add_row(out, p, a, "");
    }
}

void oracle_cells(world_cells *out, const world *w) {
    placing *p = calloc(1, sizeof *p);
    assert_non_null(p);
    *out = (world_cells){calloc(WORLD_CELLS, sizeof *out->all), 0, NTM_OK};
    assert_non_null(out->all);
    p->w = w;
    for (p->date = 0; p->date < w->asked.side_count; p->date++)
        if (strcmp(w->sides[p->date].dimension, "date") == 0) break;
    for (size_t i = 0; i < w->row_count; i++) {
        placed *at = &p->rows[p->count];
        if (!counts(w, i)) continue;
        at->row = &w->rows[i];
        for (size_t s = 0; s < w->asked.side_count; s++)
            if (!side_nodes(&at->of[s], w, &w->sides[s], at->row)) out->status = NTM_ERROR_NOT_FOUND;
        p->count++;
    }
    if (out->status == NTM_OK) add_all(out, p);
    free(p);
}
