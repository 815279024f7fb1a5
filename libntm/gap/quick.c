/* SPDX-License-Identifier: Apache-2.0 */
/* Facts against thresholds in plain integers: what nearly all comparisons are, so that a million rows take a second. All
   else, and all that does not fit, goes the way of exact rationals (leaf.c, margin.c), with the same outcome. */
#include "gap/gap.h"
#include "number/decimal.h"
#include "number/wide.h"

/* The thresholds of a comparison as integers at one scale, in the unit of what is measured. */
struct ntm_i_quick {
    uint32_t keyspace; /* NTM_I_NONE: one threshold for all */
    size_t cell_count;
    uint8_t scale;
    const int64_t *cells;
    const bool *known;
};

static const ntm_i_threshold *threshold_of(const ntm_i_gapping *g, ntm_node at) {
    const ntm_node_spec *node = &g->set->nodes[at - 1];
    uint32_t index = node->kind == NTM_FIGURE ? g->set->info[at - 1].target : g->plan->node_threshold[at - 1];
    bool figure = node->kind == NTM_FIGURE || (node->kind == NTM_FIGURE_OF && index != NTM_I_NONE);
    return figure ? &ntm_i_plan_thresholds(g->plan)[index] : NULL;
}

static bool is_plain_fact(const ntm_i_gapping *g, ntm_node at) {
    return g->set->nodes[at - 1].kind == NTM_FACT && g->plan->node_input[at - 1] != NTM_I_NONE;
}

/* The value of a cell times 10^shift, as a decimal. */
static bool cell_value(ntm_decimal *out, const ntm_i_threshold *t, const ntm_node_spec *constant, size_t cell,
                       int shift) {
    ntm_i_rational value = t == NULL ? ntm_i_rational_decimal(constant->value) : t->cells[cell].value;
    return ntm_i_rational_scale(&value, value, shift) && ntm_i_rational_to_decimal(out, value);
}

static bool fill(struct ntm_i_quick *quick, const ntm_i_threshold *t, const ntm_node_spec *constant, int shift,
                 int64_t *cells, bool *known) {
    for (size_t i = 0; i < quick->cell_count; i++) {
        ntm_decimal value;
        known[i] = t == NULL || t->cells[i].known;
        if (!known[i]) continue;
        if (!cell_value(&value, t, constant, i, shift)) return false;
        if (value.scale > quick->scale) quick->scale = value.scale;
    }
    for (size_t i = 0; i < quick->cell_count; i++) {
        ntm_decimal value;
        if (!known[i]) continue;
        if (!cell_value(&value, t, constant, i, shift) ||
            !ntm_i_decimal_shift(&value, (ntm_decimal){value.coefficient, 0}, quick->scale - value.scale))
            return false;
        cells[i] = value.coefficient;
    }
    return true;
}

bool ntm_i_gap_quicken(ntm_i_gapping *g, ntm_i_place_in_rule *place) {
    const ntm_i_measure *m = place->measure;
    const ntm_node_spec *against = &g->set->nodes[m->threshold - 1];
    const ntm_i_threshold *t = threshold_of(g, m->threshold);
    if (m->rounded != 0 || m->children != 0 || m->entangled || m->sign == NTM_EQUAL || !is_plain_fact(g, m->measured) ||
        (m->divisor != 0 && !is_plain_fact(g, m->divisor)) || (t == NULL && against->kind != NTM_CONSTANT))
        return true;
    ntm_i_arena *arena = g->arena;
    struct ntm_i_quick *quick = ntm_i_arena_take(arena, 1, sizeof *quick);
    if (quick == NULL) return false;
    quick->keyspace = t == NULL ? NTM_I_NONE : t->keyspace;
    quick->cell_count = t == NULL ? 1 : ntm_i_plan_keyspaces(g->plan)[t->keyspace].cells;
    int64_t *cells = ntm_i_arena_take(arena, quick->cell_count, sizeof *cells);
    bool *known = ntm_i_arena_take(arena, quick->cell_count, sizeof *known);
    if (cells == NULL || known == NULL) return false;
    int power = t == NULL ? g->set->info[m->threshold - 1].unit.power : t->power;
    int divisor = m->divisor == 0 ? 0 : ntm_i_plan_inputs(g->plan)[g->plan->node_input[m->divisor - 1]].power;
    quick->cells = cells;
    quick->known = known;
    if (fill(quick, t, against, power + divisor - m->power, cells, known)) place->quick = quick;
    return true;
}

/* A reported number of the row as an integer with a scale. */
static bool number_of(ntm_i_gapping *g, ntm_node at, int64_t *out, uint8_t *scale) {
    uint32_t input = g->plan->node_input[at - 1];
    if (ntm_i_plan_inputs(g->plan)[input].fact->by != NULL) input = ntm_i_exact_node_input(&g->x, at);
    const ntm_i_bound *bound = &g->run->bounds[input];
    if (bound->block != g->run->start) ntm_i_load(g->run, input);
    if (bound->column == NULL || !ntm_i_bit(&bound->valid, g->x.row)) return false;
    if (bound->form == NTM_I_FORM_INT && bound->shrink == 1) {
        *out = ((const int64_t *)bound->values)[g->x.row];
        *scale = bound->scale;
        return true;
    }
    ntm_decimal value;
    if (bound->form != NTM_I_FORM_REAL ||
        ntm_decimal_from_double(&value, ((const double *)bound->values)[g->x.row], NULL) != NTM_OK)
        return false;
    *out = value.coefficient;
    *scale = value.scale;
    return true;
}

/* The threshold of the row; false when it is not known, or not which. */
static bool threshold_of_row(ntm_i_gapping *g, const struct ntm_i_quick *quick, int64_t *out) {
    uint32_t key = 0;
    if (quick->keyspace != NTM_I_NONE) {
        const ntm_i_keys *keys = ntm_i_load_keys(g->run, quick->keyspace);
        if (keys->undecided) return false;
        key = keys->uniform ? keys->key : keys->word_keys[g->x.row / 64];
        if (key == NTM_I_NONE) key = keys->each[g->x.row];
    }
    if (key >= quick->cell_count || !quick->known[key]) return false;
    *out = quick->cells[key];
    return true;
}

/* Brings both to one scale; false when they do not fit. */
static bool align(ntm_i_quick_row *row, unsigned have_scale, unsigned want_scale) {
    row->scale = want_scale > have_scale ? want_scale : have_scale;
    unsigned up_have = row->scale - have_scale, up_want = row->scale - want_scale;
    return up_have <= 18 && up_want <= 18 &&
           !ntm_i_multiply_overflows(row->have, (ntm_i_wide)ntm_i_power_of_ten(up_have), &row->have) &&
           !ntm_i_multiply_overflows(row->want, (ntm_i_wide)ntm_i_power_of_ten(up_want), &row->want);
}

bool ntm_i_gap_quick_row(ntm_i_gapping *g, const ntm_i_place_in_rule *place, ntm_i_quick_row *out) {
    const ntm_i_measure *m = place->measure;
    int64_t have, want, divisor;
    uint8_t have_scale, divisor_scale;
    if (place->quick == NULL || !number_of(g, m->measured, &have, &have_scale) ||
        !threshold_of_row(g, place->quick, &want))
        return false;
    unsigned want_scale = place->quick->scale;
    out->have = have;
    out->want = want;
    out->within_divisor = false;
    if (m->divisor != 0) {
        if (!number_of(g, m->divisor, &divisor, &divisor_scale) || divisor <= 0) return false;
        out->want = (ntm_i_wide)want * divisor;
        out->within_divisor = place->quick->scale <= 18 && want <= (ntm_i_wide)ntm_i_power_of_ten(place->quick->scale);
        want_scale += divisor_scale;
    }
    return align(out, have_scale, want_scale);
}

bool ntm_i_quick_amount(ntm_decimal *out, ntm_i_wide amount, unsigned scale, ntm_i_to_whole whole) {
    if (whole != NTM_I_AS_IT_IS) {
        if (scale > 18) return false;
        ntm_i_wide one = (ntm_i_wide)ntm_i_power_of_ten(scale);
        bool rest = amount % one != 0;
        amount /= one;
        if (whole == NTM_I_UP) amount += rest;
        if (whole == NTM_I_BEYOND) amount += 1;
        if (whole == NTM_I_SHORT_OF) amount -= !rest;
        scale = 0;
    }
    while (scale > 0 && amount % 10 == 0) {
        amount /= 10;
        scale--;
    }
    if (scale > NTM_SCALE_MAX || amount > INT64_MAX || amount < 0) return false;
    *out = (ntm_decimal){(int64_t)amount, (uint8_t)scale};
    return true;
}
