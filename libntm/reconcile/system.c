/* SPDX-License-Identifier: Apache-2.0 */
/* A group of equations as a tableau: one row for each sum, two or three for each share, whose bounds

       least × whole <= part × 10^digits <= most × whole,  0 < whole

   are linear while the printed share stands. When it is wrong or unknown the rows are let go; where part and whole are exact
   they give it, and where they are not, what else hangs on it is in doubt. */
#include "reconcile/system.h"

#include "number/wide.h"

#define ZERO ((ntm_i_rational){0, 1})

static const ntm_i_equation *equation_at(const ntm_i_system *s, size_t index) {
    return ntm_i_equation_at(s->balance, s->equations[index]);
}

static size_t rows_of(const ntm_i_equation *equation) { return equation->kind == NTM_I_EQUATION_SUM ? 1 : 3; }

size_t ntm_i_system_rows(const ntm_balance *balance, const uint32_t *equations, size_t count) {
    size_t rows = 0;
    for (size_t i = 0; i < count; i++)
        rows += rows_of(ntm_i_equation_at(balance, equations[i]));
    return rows;
}

static bool take_memory(ntm_i_system *s, ntm_i_arena *arena, size_t rows) {
    s->printed = ntm_i_arena_take(arena, s->cell_count, sizeof *s->printed);
    s->matters = ntm_i_arena_take(arena, s->cell_count, sizeof *s->matters);
    s->wrong = ntm_i_arena_take(arena, s->cell_count, sizeof *s->wrong);
    s->by_share = ntm_i_arena_take(arena, s->cell_count, sizeof *s->by_share);
    s->first_row = ntm_i_arena_take(arena, s->equation_count, sizeof *s->first_row);
    s->never = ntm_i_arena_take(arena, s->equation_count, sizeof *s->never);
    s->row_least = ntm_i_arena_take(arena, rows, sizeof *s->row_least);
    s->row_most = ntm_i_arena_take(arena, rows, sizeof *s->row_most);
    return s->printed != NULL && s->matters != NULL && s->wrong != NULL && s->by_share != NULL &&
           s->first_row != NULL && s->never != NULL && s->row_least != NULL && s->row_most != NULL &&
           ntm_i_simplex_start(&s->simplex, arena, s->cell_count, rows);
}

static bool known(const ntm_i_system *s, uint32_t cell) { return ntm_i_cell_known(s->balance, s->cells[cell]); }

static ntm_i_side side_of(ntm_i_rational at, int small) { return (ntm_i_side){true, {at, ntm_i_rational_int(small)}}; }

/* ------------------------------------------------------------------------------------------- building */

static bool take_cells(ntm_i_system *s) {
    s->power = 0;
    for (uint32_t c = 0; c < s->cell_count; c++) {
        const ntm_balance_cell *cell = ntm_i_cell(s->balance, s->cells[c]);
        if (!known(s, c)) continue;
        if (cell->value.scale > s->power) s->power = cell->value.scale;
        if (cell->half_width.scale > s->power) s->power = cell->half_width.scale;
    }
    for (uint32_t c = 0; c < s->cell_count; c++) {
        const ntm_balance_cell *cell = ntm_i_cell(s->balance, s->cells[c]);
        s->printed[c] = ntm_i_point(ZERO);
        if (!known(s, c)) continue;
        ntm_i_rational value, half;
        if (!ntm_i_rational_scale(&value, ntm_i_rational_decimal(cell->value), (int)s->power) ||
            !ntm_i_rational_scale(&half, ntm_i_rational_decimal(cell->half_width), (int)s->power) ||
            !ntm_i_rational_subtract(&s->printed[c].least, value, half) ||
            !ntm_i_rational_add(&s->printed[c].most, value, half))
            return false;
        s->simplex.x[c].at = value;
    }
    return true;
}

static void take_sum(ntm_i_system *s, const ntm_i_equation *equation, size_t row) {
    const ntm_balance_term *terms = ntm_i_terms(s->balance, equation);
    for (size_t i = 0; i < equation->count; i++) {
        uint32_t c = s->local[terms[i].cell];
        s->simplex.table[row * s->simplex.all + c] = ntm_i_rational_int(terms[i].coefficient);
        s->matters[c] = true;
    }
    s->row_least[row] = s->row_most[row] = side_of(ZERO, 0);
}

/* A row part × 10^digits × d - n × whole for the bound n/d. */
static bool take_bound(ntm_i_system *s, const ntm_balance_share *share, size_t row, ntm_i_rational bound) {
    ntm_i_rational *it = s->simplex.table + row * s->simplex.all;
    it[s->local[share->whole]] = (ntm_i_rational){-bound.numerator, 1};
    return ntm_i_rational_scale(&it[s->local[share->part]], (ntm_i_rational){bound.denominator, 1},
                                (int)share->percent_digits);
}

static bool take_share(ntm_i_system *s, size_t index, size_t row) {
    const ntm_balance_share *share = &equation_at(s, index)->share;
    uint32_t c = s->local[share->share];
    s->matters[s->local[share->part]] = s->matters[s->local[share->whole]] = true;
    if (!known(s, c)) return true;
    ntm_i_ratio_bounds bounds;
    bool fits = true;
    ntm_i_rational printed = ntm_i_rational_decimal(ntm_i_cell(s->balance, share->share)->value);
    s->never[index] = !ntm_i_share_bounds(&bounds, share, printed, &fits);
    if (!fits) return false;
    if (s->never[index]) return true;
    s->row_least[row] = side_of(ZERO, bounds.least_open ? 1 : 0);
    s->row_most[row + 1] = side_of(ZERO, bounds.most_open ? -1 : 0);
    s->row_least[row + 2] = side_of(ZERO, 1);
    s->simplex.table[(row + 2) * s->simplex.all + s->local[share->whole]] = ntm_i_rational_int(1);
    return take_bound(s, share, row, bounds.least) && take_bound(s, share, row + 1, bounds.most);
}

bool ntm_i_system_start(ntm_i_system *s, ntm_i_arena *arena, bool *fits) {
    size_t rows = ntm_i_system_rows(s->balance, s->equations, s->equation_count), row = 0;
    if (!take_memory(s, arena, rows)) return false;
    *fits = take_cells(s);
    for (size_t i = 0; *fits && i < s->equation_count; i++) {
        s->first_row[i] = (uint32_t)row;
        if (equation_at(s, i)->kind == NTM_I_EQUATION_SUM)
            take_sum(s, equation_at(s, i), row);
        else
            *fits = take_share(s, i, row);
        row += rows_of(equation_at(s, i));
    }
    *fits = *fits && ntm_i_simplex_ready(&s->simplex);
    return true;
}

/* ------------------------------------------------------------------------------------------- solving */

static bool stands(const ntm_i_system *s, uint32_t cell) { return known(s, cell) && !s->wrong[cell]; }

/* What part and whole, both exact and not wrong, make of a share: a value within its own half-width. */
static bool given_share(ntm_i_interval *out, const ntm_i_system *s, const ntm_balance_share *share) {
    uint32_t part = s->local[share->part], whole = s->local[share->whole];
    if (!stands(s, part) || !stands(s, whole)) return false;
    if (ntm_i_rational_compare(s->printed[part].least, s->printed[part].most) != 0 ||
        ntm_i_rational_compare(s->printed[whole].least, s->printed[whole].most) != 0)
        return false;
    ntm_i_rational right;
    ntm_i_rational half = ntm_i_rational_decimal(ntm_i_cell(s->balance, share->share)->half_width);
    return ntm_i_share_ratio(&right, share, s->printed[part].least, s->printed[whole].least) &&
           ntm_i_rational_round(&right, right, share->scale, share->rounding) &&
           ntm_i_rational_subtract(&out->least, right, half) && ntm_i_rational_add(&out->most, right, half) &&
           ntm_i_rational_scale(&out->least, out->least, (int)s->power) &&
           ntm_i_rational_scale(&out->most, out->most, (int)s->power);
}

/* Takes the tighter of two bounds. */
static void tighten(ntm_i_simplex *x, uint32_t v, ntm_i_interval to) {
    if (!x->least[v].there || ntm_i_rational_compare(x->least[v].value.at, to.least) < 0)
        x->least[v] = side_of(to.least, 0);
    if (!x->most[v].there || ntm_i_rational_compare(x->most[v].value.at, to.most) > 0) x->most[v] = side_of(to.most, 0);
}

static void bound_share(ntm_i_system *s, size_t index) {
    const ntm_balance_share *share = &equation_at(s, index)->share;
    uint32_t cell = s->local[share->share];
    bool holds = stands(s, cell) && !s->never[index];
    for (size_t row = s->first_row[index]; row < s->first_row[index] + 3u; row++) {
        uint32_t v = (uint32_t)(s->cell_count + row);
        s->simplex.least[v] = holds ? s->row_least[row] : (ntm_i_side){false, {ZERO, ZERO}};
        s->simplex.most[v] = holds ? s->row_most[row] : (ntm_i_side){false, {ZERO, ZERO}};
    }
    if (stands(s, cell) || !s->matters[cell]) return;
    ntm_i_interval given;
    if (given_share(&given, s, share)) {
        s->by_share[cell] = true;
        tighten(&s->simplex, cell, given);
    } else if (!stands(s, s->local[share->whole]) ||
               s->printed[s->local[share->whole]].most.numerator > 0) { /* else it is no share at all */
        s->doubtful = true;
    }
}

static void set_bounds(ntm_i_system *s) {
    s->doubtful = false;
    for (uint32_t c = 0; c < s->cell_count; c++) {
        bool fixed = stands(s, c);
        s->by_share[c] = false;
        s->simplex.least[c] = fixed ? side_of(s->printed[c].least, 0) : (ntm_i_side){false, {ZERO, ZERO}};
        s->simplex.most[c] = fixed ? side_of(s->printed[c].most, 0) : (ntm_i_side){false, {ZERO, ZERO}};
    }
    for (size_t i = 0; i < s->equation_count; i++) {
        if (equation_at(s, i)->kind == NTM_I_EQUATION_SHARE) {
            bound_share(s, i);
        } else {
            uint32_t v = (uint32_t)(s->cell_count + s->first_row[i]);
            s->simplex.least[v] = s->simplex.most[v] = side_of(ZERO, 0);
        }
    }
}

/* Whether two shares give one cell two values: then no row of the tableau tells, but the cell itself does. */
static uint32_t torn(const ntm_i_system *s) {
    for (uint32_t c = 0; c < s->cell_count; c++)
        if (s->by_share[c] && ntm_i_rational_compare(s->simplex.least[c].value.at, s->simplex.most[c].value.at) > 0)
            return c;
    return NTM_I_NO_LINE;
}

ntm_i_solved ntm_i_system_solve(ntm_i_system *s) {
    set_bounds(s);
    if (torn(s) != NTM_I_NO_LINE) return NTM_I_CONTRADICTS;
    for (size_t i = 0; i < s->equation_count; i++)
        if (s->never[i] && stands(s, s->local[equation_at(s, i)->share.share])) return NTM_I_CONTRADICTS;
    return ntm_i_simplex_solve(&s->simplex);
}

/* ------------------------------------------------------------------------------------------- conflicts */

static void add_cell(uint32_t *out, size_t *count, const ntm_i_system *s, uint32_t cell) {
    if (!stands(s, cell)) return;
    for (size_t i = 0; i < *count; i++)
        if (out[i] == cell) return;
    out[(*count)++] = cell;
}

/* The parts and wholes that give a cell. */
static void add_givers(uint32_t *out, size_t *count, const ntm_i_system *s, uint32_t cell) {
    for (size_t i = 0; i < s->equation_count; i++) {
        const ntm_i_equation *equation = equation_at(s, i);
        if (equation->kind != NTM_I_EQUATION_SHARE || s->local[equation->share.share] != cell) continue;
        ntm_i_interval ignored;
        if (!given_share(&ignored, s, &equation->share)) continue;
        add_cell(out, count, s, s->local[equation->share.part]);
        add_cell(out, count, s, s->local[equation->share.whole]);
    }
}

static void add_variable(uint32_t *out, size_t *count, const ntm_i_system *s, uint32_t v) {
    if (v < s->cell_count) {
        add_cell(out, count, s, v);
        if (s->by_share[v]) add_givers(out, count, s, v);
        return;
    }
    size_t row = v - s->cell_count;
    for (size_t low = 0, high = s->equation_count; low < high;) { /* whose row it is */
        size_t middle = (low + high) / 2;
        const ntm_i_equation *equation = equation_at(s, middle);
        if (row < s->first_row[middle]) {
            high = middle;
        } else if (row >= s->first_row[middle] + rows_of(equation)) {
            low = middle + 1;
        } else {
            if (equation->kind == NTM_I_EQUATION_SHARE) add_cell(out, count, s, s->local[equation->share.share]);
            return;
        }
    }
}

size_t ntm_i_system_conflict(uint32_t *out, const ntm_i_system *s) {
    size_t count = 0;
    uint32_t cell = torn(s);
    if (cell != NTM_I_NO_LINE) {
        add_givers(out, &count, s, cell);
        return count;
    }
    for (size_t i = 0; i < s->equation_count; i++) {
        uint32_t share = s->local[equation_at(s, i)->share.share];
        if (!s->never[i] || !stands(s, share)) continue;
        add_cell(out, &count, s, share);
        return count;
    }
    const ntm_i_simplex *x = &s->simplex;
    const ntm_i_rational *row = x->table + x->contradiction * x->all;
    add_variable(out, &count, s, x->basic[x->contradiction]);
    for (uint32_t v = 0; v < x->all; v++)
        if (row[v].numerator != 0) add_variable(out, &count, s, v);
    return count;
}

/* ------------------------------------------------------------------------------------------- repairs */

/* A bound as it is without its scale; false when it does not fit. */
static bool plain(ntm_i_rational *to, bool *open, ntm_i_side from, const ntm_i_system *s) {
    if (!from.there) return true;
    *open = from.value.small.numerator != 0;
    return ntm_i_rational_scale(to, from.value.at, -(int)s->power);
}

static ntm_i_solved range_of(ntm_i_repair *out, ntm_i_system *s, uint32_t cell) {
    ntm_i_side least, most;
    *out = (ntm_i_repair){NTM_I_ANYTHING, false, false};
    ntm_i_solved solved = ntm_i_simplex_extreme(&least, &s->simplex, cell, false);
    if (solved == NTM_I_SOLVED) solved = ntm_i_simplex_extreme(&most, &s->simplex, cell, true);
    if (solved != NTM_I_SOLVED) return solved;
    bool fits =
        plain(&out->range.least, &out->least_open, least, s) && plain(&out->range.most, &out->most_open, most, s);
    return fits ? NTM_I_SOLVED : NTM_I_TOO_WIDE;
}

/* What a share can be, from what its part and whole can be; an outer bound where they hang together. */
static void share_range(ntm_i_repair *out, const ntm_balance_share *share, ntm_i_interval part, ntm_i_interval whole) {
    if (!ntm_i_is_finite(part.least) || !ntm_i_is_finite(part.most) || !ntm_i_is_finite(whole.most) ||
        whole.least.numerator <= 0)
        return;
    ntm_i_rational low, high;
    if (ntm_i_share_ratio(&low, share, part.least, part.least.numerator < 0 ? whole.least : whole.most) &&
        ntm_i_share_ratio(&high, share, part.most, part.most.numerator < 0 ? whole.most : whole.least) &&
        ntm_i_rational_round(&low, low, share->scale, share->rounding) &&
        ntm_i_rational_round(&high, high, share->scale, share->rounding))
        *out = (ntm_i_repair){{low, high}, false, false};
}

ntm_i_solved ntm_i_system_repair(ntm_i_repair *out, ntm_i_system *s, uint32_t cell) {
    ntm_i_solved solved = range_of(out, s, cell);
    for (size_t i = 0; solved == NTM_I_SOLVED && i < s->equation_count; i++) {
        const ntm_i_equation *equation = equation_at(s, i);
        if (equation->kind != NTM_I_EQUATION_SHARE || s->local[equation->share.share] != cell) continue;
        ntm_i_repair part, whole;
        solved = range_of(&part, s, s->local[equation->share.part]);
        if (solved == NTM_I_SOLVED) solved = range_of(&whole, s, s->local[equation->share.whole]);
        if (solved == NTM_I_SOLVED) share_range(out, &equation->share, part.range, whole.range);
    }
    return solved;
}
