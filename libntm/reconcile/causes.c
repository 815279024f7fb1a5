/* SPDX-License-Identifier: Apache-2.0 */
/* The causes of one wrong cell, from those that could have made the fewest values of the right one (and so tell most when
   they fit) to those that could have made the most. */
#include "reconcile/causes.h"

#include "number/decimal.h"

#define DIGITS_MAX 40

void ntm_i_causes_add(ntm_i_causes *to, ntm_cause cause, int power, uint32_t other, ntm_decimal value) {
    if (to->count < NTM_I_CAUSES_MAX) to->list[to->count++] = (ntm_suspicion){cause, power, other, value};
}

bool ntm_i_repair_takes(const ntm_i_repair *repair, ntm_i_rational figure, const ntm_balance_cell *cell) {
    ntm_i_rational half = ntm_i_rational_decimal(cell->half_width), low, high;
    if (!ntm_i_rational_subtract(&low, figure, half) || !ntm_i_rational_add(&high, figure, half)) return false;
    int above = ntm_i_rational_compare(high, repair->range.least);
    int below = ntm_i_rational_compare(low, repair->range.most);
    return (repair->least_open ? above > 0 : above >= 0) && (repair->most_open ? below < 0 : below <= 0);
}

bool ntm_i_repair_value(ntm_decimal *out, const ntm_i_repair *repair) {
    return ntm_i_is_finite(repair->range.least) &&
           ntm_i_rational_compare(repair->range.least, repair->range.most) == 0 &&
           ntm_i_rational_to_decimal(out, repair->range.least);
}

/* One cell being explained. */
typedef struct suspect {
    ntm_i_causes *out;
    const ntm_i_repair *repair;
    const ntm_balance_cell *cell;
    ntm_i_wide least, most; /* coefficients at the cell's scale that it takes */
} suspect;

/* A figure with the digits of the stated one. */
static bool takes(const suspect *s, ntm_i_wide coefficient) {
    return coefficient >= s->least && coefficient <= s->most;
}

/* The coefficients at the cell's scale that the repair takes; false when there are none, or no end to them. */
static bool set_ends(suspect *s) {
    ntm_i_rational low, high, half = ntm_i_rational_decimal(s->cell->half_width);
    int scale = s->cell->value.scale;
    if (!ntm_i_is_finite(s->repair->range.least) || !ntm_i_is_finite(s->repair->range.most) ||
        !ntm_i_rational_subtract(&low, s->repair->range.least, half) ||
        !ntm_i_rational_add(&high, s->repair->range.most, half) || !ntm_i_rational_scale(&low, low, scale) ||
        !ntm_i_rational_scale(&high, high, scale))
        return false;
    s->least = ntm_i_rational_ceiling(low);
    s->most = ntm_i_rational_floor(high);
    if (s->repair->least_open && low.denominator == 1) s->least++;
    if (s->repair->most_open && high.denominator == 1) s->most--;
    return s->least <= s->most;
}

static void add(const suspect *s, ntm_cause cause, ntm_i_wide coefficient) {
    ntm_decimal value;
    if (ntm_i_decimal_fit(&value, coefficient, s->cell->value.scale))
        ntm_i_causes_add(s->out, cause, 0, NTM_NO_CELL, value);
}

/* ------------------------------------------------------------------------------------------- powers of ten */

static void try_power(const suspect *s, ntm_cause cause, int power) {
    ntm_i_rational right;
    ntm_decimal value;
    if (ntm_i_rational_scale(&right, ntm_i_rational_decimal(s->cell->value), -power) &&
        ntm_i_repair_takes(s->repair, right, s->cell) && ntm_i_rational_to_decimal(&value, right))
        ntm_i_causes_add(s->out, cause, power, NTM_NO_CELL, value);
}

static void try_powers(const suspect *s) {
    static const int units[] = {3, -3, 6, -6, 9, -9}, factors[] = {1, -1, 2, -2, 3, -3};
    for (size_t i = 0; i < 6; i++)
        try_power(s, NTM_CAUSE_UNIT, units[i]);
    for (size_t i = 0; i < 6; i++)
        try_power(s, NTM_CAUSE_FACTOR, factors[i]);
}

/* ------------------------------------------------------------------------------------------- digits */

typedef struct digits {
    uint8_t at[DIGITS_MAX]; /* from the last */
    unsigned count;
    bool negative;
} digits;

/* At least one digit before the mark, as printed. */
static digits digits_of(ntm_decimal value) {
    digits d = {{0}, 0, value.coefficient < 0};
    uint64_t rest = d.negative ? 0 - (uint64_t)value.coefficient : (uint64_t)value.coefficient;
    while (rest != 0 || d.count <= value.scale) {
        d.at[d.count++] = (uint8_t)(rest % 10);
        rest /= 10;
    }
    return d;
}

static ntm_i_wide number_of(const digits *d) {
    ntm_i_wide value = 0;
    for (unsigned i = d->count; i > 0; i--)
        value = value * 10 + d->at[i - 1];
    return d->negative ? -value : value;
}

/* No figure is printed with a 0 in front of its whole part. */
static bool printable(const suspect *s, const digits *d) {
    return d->at[d->count - 1] != 0 || d->count == (unsigned)s->cell->value.scale + 1;
}

static void try_swaps(const suspect *s, digits d, bool neighbours) {
    for (unsigned i = 0; i < d.count; i++) {
        for (unsigned j = neighbours ? i + 1 : i + 2; j < d.count && (!neighbours || j == i + 1); j++) {
            digits swapped = d;
            swapped.at[i] = d.at[j];
            swapped.at[j] = d.at[i];
            if (d.at[i] != d.at[j] && printable(s, &swapped) && takes(s, number_of(&swapped)))
                add(s, neighbours ? NTM_CAUSE_SWAPPED_NEIGHBOURS : NTM_CAUSE_SWAPPED_DIGITS, number_of(&swapped));
        }
    }
}

static void try_one_digit(const suspect *s, digits d) {
    for (unsigned i = 0; i < d.count; i++) {
        for (uint8_t digit = 0; digit < 10; digit++) {
            digits other = d;
            other.at[i] = digit;
            if (digit != d.at[i] && printable(s, &other) && takes(s, number_of(&other)))
                add(s, NTM_CAUSE_ONE_DIGIT, number_of(&other));
        }
    }
}

static void try_last_digit(const suspect *s) {
    ntm_i_wide stated = s->cell->value.coefficient;
    if (takes(s, stated - 1)) add(s, NTM_CAUSE_LAST_DIGIT, stated - 1);
    if (takes(s, stated + 1)) add(s, NTM_CAUSE_LAST_DIGIT, stated + 1);
}

/* ------------------------------------------------------------------------------------------- totals */

/* Whether a cell is the total of an equation: alone on its side, with at least two parts, all counted once. */
static bool is_total(const ntm_balance *balance, const ntm_i_equation *equation, uint32_t cell) {
    if (equation->kind != NTM_I_EQUATION_SUM || equation->count < 3) return false;
    const ntm_balance_term *terms = ntm_i_terms(balance, equation);
    int32_t own = 0;
    for (size_t i = 0; i < equation->count; i++)
        if (terms[i].cell == cell) own = terms[i].coefficient;
    if (own != 1 && own != -1) return false;
    for (size_t i = 0; i < equation->count; i++)
        if (terms[i].cell != cell && terms[i].coefficient != -own) return false;
    return true;
}

/* Whether the total is right once a part is put in (sign 1) or taken out (sign -1). */
static void try_part(const suspect *s, const ntm_balance *balance, ntm_cause cause, uint32_t part, int sign) {
    const ntm_balance_cell *cell = ntm_i_cell(balance, part);
    ntm_i_rational right, stated = ntm_i_rational_decimal(s->cell->value), by = ntm_i_rational_decimal(cell->value);
    ntm_decimal value;
    if (cell->known != NTM_REPORTED || by.numerator == 0) return;
    if (!(sign > 0 ? ntm_i_rational_add(&right, stated, by) : ntm_i_rational_subtract(&right, stated, by))) return;
    for (size_t i = 0; i < s->out->count; i++)
        if (s->out->list[i].cause == cause && s->out->list[i].other == part) return;
    if (ntm_i_repair_takes(s->repair, right, s->cell) && ntm_i_rational_to_decimal(&value, right))
        ntm_i_causes_add(s->out, cause, 0, part, value);
}

static void try_parts(const suspect *s, const ntm_i_explanation *e, uint32_t total, uint32_t of, ntm_cause cause,
                      bool deeper) {
    for (size_t i = 0; i < e->equation_count; i++) {
        const ntm_i_equation *equation = ntm_i_equation_at(e->balance, e->equations[i]);
        if (!is_total(e->balance, equation, of)) continue;
        const ntm_balance_term *terms = ntm_i_terms(e->balance, equation);
        for (size_t j = 0; j < equation->count; j++) {
            if (terms[j].cell == of || terms[j].cell == total) continue;
            try_part(s, e->balance, cause, terms[j].cell, cause == NTM_CAUSE_MISSING_CHILD ? 1 : -1);
            if (deeper) try_parts(s, e, total, terms[j].cell, cause, false);
        }
    }
}

/* ------------------------------------------------------------------------------------------- all */

void ntm_i_causes_find(ntm_i_causes *out, const ntm_i_explanation *e, size_t index, int shift) {
    const ntm_balance_cell *cell = ntm_i_cell(e->balance, e->cells[index]);
    suspect s = {out, &e->repairs[index], cell, 0, 0};
    ntm_decimal right = cell->value;
    out->count = 0;
    bool value = ntm_i_repair_value(&right, s.repair);
    if (shift != 0 && value) ntm_i_causes_add(out, NTM_CAUSE_SHIFTED_ROW, shift, NTM_NO_CELL, right);
    if (!ntm_i_is_finite(s.repair->range.least) || !ntm_i_is_finite(s.repair->range.most)) return;
    bool whole = set_ends(&s); /* some figure of the cell's scale is right */
    digits d = digits_of(cell->value);
    if (whole && takes(&s, -(ntm_i_wide)cell->value.coefficient))
        add(&s, NTM_CAUSE_SIGN, -(ntm_i_wide)cell->value.coefficient);
    if (cell->value.coefficient != 0) try_powers(&s);
    if (whole) try_swaps(&s, d, true);
    if (cell->value.coefficient == 0 && value) ntm_i_causes_add(out, NTM_CAUSE_MISSING_CHILD, 0, NTM_NO_CELL, right);
    try_parts(&s, e, e->cells[index], e->cells[index], NTM_CAUSE_MISSING_CHILD, false);
    try_parts(&s, e, e->cells[index], e->cells[index], NTM_CAUSE_COUNTED_TWICE, true);
    if (!whole) return;
    try_last_digit(&s);
    try_swaps(&s, d, false);
    if (cell->value.coefficient != 0) try_one_digit(&s, d);
}
