/* SPDX-License-Identifier: Apache-2.0 */
/* What a way costs, and which of two is the better one. */
#include <string.h>

#include "gap/gap.h"

/* A fact that several works of a way are about costs as much as the largest of them. */
static bool is_seen(ntm_i_gapping *g, ntm_i_seen *seen, ntm_i_rational least, ntm_i_rational most,
                    ntm_i_rational *more_least, ntm_i_rational *more_most) {
    *more_least = least;
    *more_most = most;
    if (seen->stamp != g->stamp) {
        *seen = (ntm_i_seen){g->stamp, least, most, false, false};
        return false;
    }
    *more_least = *more_most = ntm_i_rational_int(0);
    if (ntm_i_rational_compare(least, seen->least) > 0) {
        if (!ntm_i_rational_subtract(more_least, least, seen->least)) *more_least = NTM_I_INFINITY;
        seen->least = least;
    }
    if (ntm_i_rational_compare(most, seen->most) > 0) {
        if (!ntm_i_rational_subtract(more_most, most, seen->most)) *more_most = NTM_I_INFINITY;
        seen->most = most;
    }
    return true;
}

/* What a work costs by its price. False where it has none. */
static bool cost_of(const ntm_i_gapping *g, const ntm_i_work *work, ntm_i_rational *least, ntm_i_rational *most) {
    const ntm_i_subject *subject = ntm_i_gap_inside(g, work->subject);
    if (!subject->priced) return false;
    ntm_i_interval amount = ntm_i_work_amount(work);
    if (!ntm_i_rational_multiply(least, amount.least, subject->price)) return false;
    if (!ntm_i_is_finite(amount.most) && subject->price.numerator == 0)
        *most = ntm_i_rational_int(0);
    else if (!ntm_i_rational_multiply(most, amount.most, subject->price))
        return false;
    return true;
}

/* Without prices: works are counted, each fact once. */
static ntm_i_rank rank_by_number(ntm_i_gapping *g, ntm_i_way way) {
    ntm_i_rank rank = {0, 0, 0, 0, ntm_i_rational_int(0), ntm_i_rational_int(0)};
    const uint32_t *stack = ntm_i_gap_stack(g);
    int64_t least = 0, most = 0;
    g->stamp++;
    for (size_t i = 0; i < way.count; i++) {
        const ntm_i_work *work = ntm_i_gap_work(g, stack[way.start + i]);
        bool told = work->kind != NTM_GAP_UNTOLD, sure = told && work->surely;
        ntm_i_seen *seen = &g->seen[(size_t)ntm_i_gap_inside(g, work->subject)->key * 2 + work->down];
        bool again = seen->stamp == g->stamp;
        if (!again) *seen = (ntm_i_seen){g->stamp, {0, 1}, {0, 1}, false, false};
        rank.out_of_reach += work->out_of_reach;
        rank.untold += !told && !seen->untold; /* a fact of which one work is told and one is not is untold */
        seen->untold = seen->untold || !told;
        rank.works += !again;
        least += sure && seen->least.numerator == 0;
        most += told && seen->most.numerator == 0;
        seen->least.numerator |= sure;
        seen->most.numerator |= told;
    }
    rank.least = ntm_i_rational_int(least);
    rank.most = ntm_i_rational_int(most);
    return rank;
}

ntm_i_rank ntm_i_gap_rank(ntm_i_gapping *g, ntm_i_way way) {
    if (g->options->price_count == 0) return rank_by_number(g, way);
    ntm_i_rank rank = {0, 0, 0, 0, ntm_i_rational_int(0), ntm_i_rational_int(0)};
    const uint32_t *stack = ntm_i_gap_stack(g);
    g->stamp++;
    for (size_t i = 0; i < way.count; i++) {
        const ntm_i_work *work = ntm_i_gap_work(g, stack[way.start + i]);
        ntm_i_rational least, most, more_least, more_most;
        ntm_i_seen *seen = &g->seen[(size_t)ntm_i_gap_inside(g, work->subject)->key * 2 + work->down];
        bool untold = work->kind == NTM_GAP_UNTOLD, priced = !untold && cost_of(g, work, &least, &most);
        if (!priced) least = most = ntm_i_rational_int(0);
        bool again = is_seen(g, seen, least, most, &more_least, &more_most);
        rank.out_of_reach += work->out_of_reach;
        rank.untold += untold && !seen->untold;
        rank.unpriced += !untold && !priced && !seen->unpriced;
        rank.works += !again;
        seen->untold = seen->untold || untold;
        seen->unpriced = seen->unpriced || (!untold && !priced);
        if (!ntm_i_rational_add(&rank.least, rank.least, more_least)) rank.least = NTM_I_INFINITY;
        if (!ntm_i_rational_add(&rank.most, rank.most, more_most)) rank.most = NTM_I_INFINITY;
    }
    return rank;
}

static int order_of(size_t a, size_t b) { return (a > b) - (a < b); }

int ntm_i_gap_compare(const ntm_i_rank *a, const ntm_i_rank *b) {
    int order = order_of(a->out_of_reach, b->out_of_reach);
    if (order == 0) order = order_of(a->untold, b->untold);
    if (order == 0) order = order_of(a->unpriced, b->unpriced);
    if (order == 0) order = ntm_i_rational_compare(a->most, b->most);
    if (order == 0) order = ntm_i_rational_compare(a->least, b->least);
    return order != 0 ? order : order_of(a->works, b->works);
}
