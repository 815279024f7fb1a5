/* SPDX-License-Identifier: Apache-2.0 */
/* No way is cheaper than the one that is found: all subsets of all works are tried where facts stand once. */
#include "tries.h"

#include <stdio.h>

enum { LEAVES = 9, ROWS = 6 };

/* Turns a leaf over with the least change; what that costs at this price, x TINY. False where it cannot be. */
static bool turn(unit *u, const leaf *l, i128 *amount) {
    static const ntm_comparison denied[] = {0, NTM_MORE_OR_EQUAL, NTM_MORE, NTM_EQUAL, NTM_LESS, NTM_LESS_OR_EQUAL};
    int64_t have = u->value[l->fact], to = have, tiny = 0;
    if (what_sorted(l->fact) == W_FLAG) {
        u->value[l->fact] = !have;
        *amount = TINY;
        return true;
    }
    ntm_comparison sign = leaf_holds(l, u, l->compare) ? denied[l->compare] : l->compare;
    ntm_fraction asked = leaf_asked(l, u);
    int64_t floor = asked.numerator / asked.denominator, ceiling = floor + (asked.numerator % asked.denominator != 0);
    bool whole = what_sorted(l->fact) != W_AMOUNT;
    if (sign == NTM_MORE_OR_EQUAL) to = ceiling;
    if (sign == NTM_LESS_OR_EQUAL) to = floor;
    if (sign == NTM_MORE) to = whole ? floor + 1 : floor;
    if (sign == NTM_LESS) to = whole ? ceiling - 1 : floor;
    if (!whole) tiny = sign == NTM_MORE ? 1 : sign == NTM_LESS ? -1 : 0;
    int64_t change = to > have ? to - have : have - to;
    *amount = whole ? (i128)change * TINY : change;
    u->value[l->fact] = to + tiny;
    if (what_sorted(l->fact) == W_LEVEL) return to >= 0 && to <= 2;
    if (whole || l->fact == U_S0) return to >= 0 && (!l->of_c0 || to <= u->value[U_C0]);
    return true;
}

typedef struct bill {
    ntm_gap_price prices[SET_LEAVES];
    size_t count;
} bill;

/* A price for each leaf, or none at all. */
static void draw_bill(bill *b, const made *g, uint64_t *random) {
    b->count = 0;
    if (fault_random(random) % 3 == 0) return;
    for (int at = 0; at < g->leaf_count; at++)
        b->prices[b->count++] =
            (ntm_gap_price){what_name(g->leaves[at].fact), {(int64_t)(fault_random(random) % 40), 1}};
}

/* The least that it costs to do some of the turns and have the status, x TINY; -1 when nothing does. */
static i128 cheapest(const made *g, const unit *u, const bill *b, uint64_t *random) {
    static unit units[1 << LEAVES];
    static i128 costs[1 << LEAVES];
    size_t count = 0;
    for (unsigned which = 0; which < 1u << g->leaf_count; which++) {
        unit one = *u;
        i128 cost = 0;
        bool can = true;
        for (int at = 0; at < g->leaf_count && can; at++) {
            i128 amount = 0;
            if ((which >> at & 1) == 0) continue;
            can = turn(&one, &g->leaves[at], &amount);
            cost += b->count == 0 ? TINY : amount * b->prices[at].price.coefficient / 10;
        }
        if (!can) continue;
        units[count] = one;
        costs[count++] = cost;
    }
    sheet s;
    units_encode(&s, units, count, random);
    ntm_attainment *result = sheet_evaluate(g->set, &s, NTM_KERNELS_BEST);
    i128 best = -1;
    for (size_t at = 0; at < count; at++)
        if (ntm_attainment_status(result, at) == NTM_MET && (best < 0 || costs[at] < best)) best = costs[at];
    ntm_attainment_free(result);
    sheet_end(&s);
    return best;
}

static bool within_reach(const found *f, size_t row) {
    for (size_t at = ntm_gaps_first(f->gaps, row); at < ntm_gaps_first(f->gaps, row + 1); at++) {
        ntm_gap gap = ntm_gaps_at(f->gaps, at);
        if ((gap.needed_for & NTM_NEEDED_STATUS) && (gap.out_of_reach || gap.untold != NTM_TOLD)) return false;
    }
    return true;
}

static size_t one_seed(uint64_t seed) {
    made g;
    unit units[ROWS];
    found f;
    bill b;
    size_t tried = 0;
    uint64_t random = seed * 13 + 1;
    made_start(&g, MAKE_SIMPLE, seed);
    if (g.doubled || g.leaf_count > LEAVES) {
        made_end(&g);
        return 0;
    }
    for (size_t row = 0; row < ROWS; row++) {
        unit_draw(&units[row], &random, 0, false);
        if (units[row].value[U_C0] == 0) units[row].value[U_C0] = 5;
    }
    draw_bill(&b, &g, &random);
    ntm_gaps_options options = NTM_GAPS_OPTIONS_INIT;
    options.prices = b.prices;
    options.price_count = b.count;
    found_start(&f, &g, units, ROWS, NTM_KERNELS_BEST, &options, &random);
    for (size_t row = 0; row < ROWS; row++) {
        ntm_gaps_row about = ntm_gaps_of_row(f.gaps, row);
        i128 best = cheapest(&g, &units[row], &b, &random);
        if (about.status == NTM_MET) assert_true(best == 0 && about.cost_most.numerator == 0);
        assert_int_equal(about.unpriced, 0);
        if (best < 0) {
            if (within_reach(&f, row)) fail_msg("seed %llu, row %zu: nothing attains", (unsigned long long)seed, row);
            continue;
        }
        if (!within_reach(&f, row)) fail_msg("seed %llu, row %zu: there is a way", (unsigned long long)seed, row);
        if ((i128)about.cost_most.numerator * TINY != best * about.cost_most.denominator ||
            fraction_compare(about.cost_least, about.cost_most) != 0)
            fail_msg("seed %llu, row %zu: %lld/%lld, but %lld billionths do\n%s", (unsigned long long)seed, row,
                     (long long)about.cost_most.numerator, (long long)about.cost_most.denominator, (long long)best,
                     g.text);
        tried += best > 0;
    }
    found_end(&f);
    made_end(&g);
    return tried;
}

static void no_way_is_cheaper(void **state) {
    (void)state;
    size_t tried = 0;
    uint64_t last = fault_under_valgrind() ? 10 : 400;
    for (uint64_t seed = 1; seed <= last; seed++)
        tried += one_seed(seed);
    if (last >= 400) assert_true(tried > 500);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_way_is_cheaper)};
    return cmocka_run_group_tests_name("gap-random-ways", tests, NULL, NULL);
}
