/* SPDX-License-Identifier: Apache-2.0 */
#include "reconcile/simplex.h"

#define ZERO ((ntm_i_rational){0, 1})

/* ------------------------------------------------------------------------------------------- arithmetic */

static bool is_small(ntm_i_rational a) {
    return a.denominator == 1 && a.numerator < ((ntm_i_wide)1 << 62) && a.numerator > -((ntm_i_wide)1 << 62);
}

/* *to += a × b. Nearly all numbers are small and whole. */
static bool add_product(ntm_i_rational *to, ntm_i_rational a, ntm_i_rational b) {
    if (is_small(a) && is_small(b) && is_small(*to)) {
        to->numerator += a.numerator * b.numerator;
        return true;
    }
    ntm_i_rational product;
    return ntm_i_rational_multiply(&product, a, b) && ntm_i_rational_add(to, *to, product);
}

static bool move(ntm_i_point_value *to, ntm_i_rational factor, ntm_i_point_value by) {
    return add_product(&to->at, factor, by.at) &&
           (by.small.numerator == 0 || add_product(&to->small, factor, by.small));
}

static bool minus(ntm_i_point_value *out, ntm_i_point_value a, ntm_i_point_value b) {
    *out = a;
    return move(out, ntm_i_rational_int(-1), b);
}

static bool over(ntm_i_point_value *out, ntm_i_point_value a, ntm_i_rational factor) {
    return ntm_i_rational_divide(&out->at, a.at, factor) && ntm_i_rational_divide(&out->small, a.small, factor);
}

static int compare(ntm_i_point_value a, ntm_i_point_value b) {
    int order = ntm_i_rational_compare(a.at, b.at);
    return order != 0 ? order : ntm_i_rational_compare(a.small, b.small);
}

static bool below(const ntm_i_simplex *s, uint32_t v) {
    return s->least[v].there && compare(s->x[v], s->least[v].value) < 0;
}
static bool above(const ntm_i_simplex *s, uint32_t v) {
    return s->most[v].there && compare(s->x[v], s->most[v].value) > 0;
}
static bool can_rise(const ntm_i_simplex *s, uint32_t v) {
    return !s->most[v].there || compare(s->x[v], s->most[v].value) < 0;
}
static bool can_fall(const ntm_i_simplex *s, uint32_t v) {
    return !s->least[v].there || compare(s->x[v], s->least[v].value) > 0;
}

static ntm_i_rational *row_of(const ntm_i_simplex *s, size_t row) { return s->table + row * s->all; }

/* ------------------------------------------------------------------------------------------- the tableau */

bool ntm_i_simplex_start(ntm_i_simplex *s, ntm_i_arena *arena, size_t own, size_t rows) {
    uint64_t work = s->work;
    *s = (ntm_i_simplex){.own = own, .all = own + rows, .rows = rows, .work = work};
    s->table = ntm_i_arena_take(arena, rows * s->all, sizeof *s->table);
    s->basic = ntm_i_arena_take(arena, rows, sizeof *s->basic);
    s->line = ntm_i_arena_take(arena, s->all, sizeof *s->line);
    s->used = ntm_i_arena_take(arena, s->all, sizeof *s->used);
    s->x = ntm_i_arena_take(arena, s->all, sizeof *s->x);
    s->least = ntm_i_arena_take(arena, s->all, sizeof *s->least);
    s->most = ntm_i_arena_take(arena, s->all, sizeof *s->most);
    if (s->table == NULL || s->basic == NULL || s->line == NULL || s->used == NULL || s->x == NULL ||
        s->least == NULL || s->most == NULL)
        return false;
    for (size_t i = 0; i < rows * s->all; i++)
        s->table[i] = ZERO;
    for (size_t v = 0; v < s->all; v++) {
        s->line[v] = v < own ? NTM_I_NO_LINE : (uint32_t)(v - own);
        s->x[v] = (ntm_i_point_value){ZERO, ZERO};
    }
    for (size_t row = 0; row < rows; row++)
        s->basic[row] = (uint32_t)(own + row);
    return true;
}

bool ntm_i_simplex_ready(ntm_i_simplex *s) {
    for (size_t row = 0; row < s->rows; row++) {
        ntm_i_point_value sum = {ZERO, ZERO};
        for (size_t v = 0; v < s->own; v++)
            if (row_of(s, row)[v].numerator != 0 && !move(&sum, row_of(s, row)[v], s->x[v])) return false;
        s->x[s->basic[row]] = sum;
    }
    return true;
}

/* Moves what is not basic, and all basic ones with it. */
static bool shift(ntm_i_simplex *s, uint32_t v, ntm_i_point_value by) {
    for (size_t row = 0; row < s->rows; row++) {
        ntm_i_rational factor = row_of(s, row)[v];
        if (factor.numerator != 0 && !move(&s->x[s->basic[row]], factor, by)) return false;
    }
    return move(&s->x[v], ntm_i_rational_int(1), by);
}

/* Solves the row for `v`: the row's variable leaves the basis, v enters. */
static bool turn_row(ntm_i_simplex *s, size_t row, uint32_t v, size_t *used) {
    ntm_i_rational *it = row_of(s, row);
    ntm_i_rational pivot = it[v], inverse;
    if (!ntm_i_rational_divide(&inverse, ntm_i_rational_int(1), pivot)) return false;
    ntm_i_rational negative = {-inverse.numerator, inverse.denominator};
    *used = 0;
    it[v] = ZERO;
    for (size_t j = 0; j < s->all; j++) {
        if (it[j].numerator == 0) continue;
        if (!ntm_i_rational_multiply(&it[j], it[j], negative)) return false;
        s->used[(*used)++] = (uint32_t)j;
    }
    uint32_t leaves = s->basic[row];
    it[leaves] = inverse;
    s->used[(*used)++] = leaves;
    s->basic[row] = v;
    s->line[v] = (uint32_t)row;
    s->line[leaves] = NTM_I_NO_LINE;
    return true;
}

static ntm_i_solved pivot(ntm_i_simplex *s, size_t row, uint32_t v) {
    size_t used = 0;
    if (!turn_row(s, row, v, &used)) return NTM_I_TOO_WIDE;
    uint64_t cost = s->rows + s->all;
    for (size_t other = 0; other < s->rows; other++) {
        ntm_i_rational *to = row_of(s, other);
        ntm_i_rational factor = to[v];
        if (other == row || factor.numerator == 0) continue;
        to[v] = ZERO;
        cost += used;
        for (size_t i = 0; i < used; i++)
            if (!add_product(&to[s->used[i]], factor, row_of(s, row)[s->used[i]])) return NTM_I_TOO_WIDE;
    }
    bool over_limit = cost > s->work;
    s->work -= over_limit ? s->work : cost;
    return over_limit ? NTM_I_TOO_LONG : NTM_I_SOLVED;
}

/* ------------------------------------------------------------------------------------------- solving */

/* Brings what is not basic back within bounds that were set since. */
static bool bring_back(ntm_i_simplex *s) {
    for (uint32_t v = 0; v < s->all; v++) {
        if (s->line[v] != NTM_I_NO_LINE) continue;
        const ntm_i_side *to = below(s, v) ? &s->least[v] : above(s, v) ? &s->most[v] : NULL;
        ntm_i_point_value by;
        if (to != NULL && (!minus(&by, to->value, s->x[v]) || !shift(s, v, by))) return false;
    }
    return true;
}

/* The first variable that can move the row's towards its bound; NTM_I_NO_LINE if none can. */
static uint32_t entering(const ntm_i_simplex *s, size_t row, bool rise) {
    const ntm_i_rational *it = row_of(s, row);
    for (uint32_t v = 0; v < s->all; v++) {
        if (it[v].numerator == 0) continue;
        bool same = (it[v].numerator > 0) == rise;
        if (same ? can_rise(s, v) : can_fall(s, v)) return v;
    }
    return NTM_I_NO_LINE;
}

ntm_i_solved ntm_i_simplex_solve(ntm_i_simplex *s) {
    if (!bring_back(s)) return NTM_I_TOO_WIDE;
    for (;;) {
        uint32_t wrong = NTM_I_NO_LINE;
        for (size_t row = 0; row < s->rows; row++) {
            uint32_t v = s->basic[row];
            if (v < wrong && (below(s, v) || above(s, v))) wrong = v;
        }
        if (wrong == NTM_I_NO_LINE) return NTM_I_SOLVED;
        bool rise = below(s, wrong);
        size_t row = s->line[wrong];
        uint32_t v = entering(s, row, rise);
        if (v == NTM_I_NO_LINE) {
            s->contradiction = row;
            return NTM_I_CONTRADICTS;
        }
        ntm_i_point_value by;
        ntm_i_rational factor = row_of(s, row)[v];
        if (!minus(&by, rise ? s->least[wrong].value : s->most[wrong].value, s->x[wrong]) || !over(&by, by, factor) ||
            !shift(s, v, by))
            return NTM_I_TOO_WIDE;
        ntm_i_solved turned = pivot(s, row, v);
        if (turned != NTM_I_SOLVED) return turned;
    }
}

/* ------------------------------------------------------------------------------------------- extremes */

/* How far a variable can move one way before it, or a basic one, meets a bound; *blocks is the row that does, or
   NTM_I_NO_LINE for its own bound. False in `there` when nothing ever does. Of several the smallest variable. */
static bool room(ntm_i_side *out, size_t *blocks, const ntm_i_simplex *s, uint32_t v, bool rise) {
    const ntm_i_side *own = rise ? &s->most[v] : &s->least[v];
    uint32_t first = v;
    *out = (ntm_i_side){false, {ZERO, ZERO}};
    *blocks = NTM_I_NO_LINE;
    if (own->there) {
        out->there = true;
        if (!minus(&out->value, own->value, s->x[v])) return false;
    }
    for (size_t row = 0; row < s->rows; row++) {
        ntm_i_rational factor = row_of(s, row)[v];
        uint32_t b = s->basic[row];
        if (factor.numerator == 0) continue;
        const ntm_i_side *bound = (factor.numerator > 0) == rise ? &s->most[b] : &s->least[b];
        if (!bound->there) continue;
        ntm_i_point_value by;
        if (!minus(&by, bound->value, s->x[b]) || !over(&by, by, factor)) return false;
        int order = out->there ? compare(by, out->value) : rise ? -1 : 1;
        if (rise ? order < 0 : order > 0) {
            *out = (ntm_i_side){true, by};
            *blocks = row;
            first = b;
        } else if (order == 0 && b < first) {
            *blocks = row;
            first = b;
        }
    }
    return true;
}

/* Brings a variable into the basis by any row that has it; it is alone in no row when there is none. */
static ntm_i_solved into_basis(ntm_i_simplex *s, uint32_t variable, bool *alone) {
    *alone = false;
    if (s->line[variable] != NTM_I_NO_LINE) return NTM_I_SOLVED;
    for (size_t row = 0; row < s->rows; row++)
        if (row_of(s, row)[variable].numerator != 0) return pivot(s, row, variable);
    *alone = true;
    return NTM_I_SOLVED;
}

ntm_i_solved ntm_i_simplex_extreme(ntm_i_side *out, ntm_i_simplex *s, uint32_t variable, bool most) {
    bool alone = false;
    ntm_i_solved turned = into_basis(s, variable, &alone);
    *out = most ? s->most[variable] : s->least[variable];
    if (turned != NTM_I_SOLVED || alone) return turned;
    out->there = false;
    for (;;) {
        size_t row = s->line[variable], blocks = 0;
        uint32_t v = entering(s, row, most);
        if (v == NTM_I_NO_LINE) {
            *out = (ntm_i_side){true, s->x[variable]};
            return NTM_I_SOLVED;
        }
        bool rise = (row_of(s, row)[v].numerator > 0) == most;
        ntm_i_side by;
        if (!room(&by, &blocks, s, v, rise)) return NTM_I_TOO_WIDE;
        if (!by.there) return NTM_I_SOLVED; /* without end */
        if (!shift(s, v, by.value)) return NTM_I_TOO_WIDE;
        if (blocks == NTM_I_NO_LINE) continue; /* v is at its own bound now */
        if (blocks == row) {                   /* the variable is at its own bound */
            *out = (ntm_i_side){true, s->x[variable]};
            return NTM_I_SOLVED;
        }
        turned = pivot(s, blocks, v);
        if (turned != NTM_I_SOLVED) return turned;
    }
}
