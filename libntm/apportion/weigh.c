/* SPDX-License-Identifier: Apache-2.0 */
/* Weights of claimants as whole numbers of one scale, and their bounds in steps. */
#include "apportion/apportion.h"
#include "number/wide.h"

/* Of a product of two decimals. */
typedef struct weight {
    ntm_i_uwide coefficient;
    unsigned scale;
} weight;

static weight weigh_term(const ntm_i_term *term) {
    weight w = {(ntm_i_uwide)((ntm_i_wide)term->value.coefficient * term->count.coefficient),
                (unsigned)term->value.scale + term->count.scale};
    for (; w.scale > 0 && w.coefficient % 10 == 0; w.scale--)
        w.coefficient /= 10;
    return w;
}

/* The digits after the mark that all weights have room in. */
static unsigned common_scale(const ntm_apportionment *a) {
    unsigned scale = 0;
    for (size_t i = 0; i < a->count; i++)
        for (uint32_t t = 0; t < a->claimants[i].term_count; t++) {
            weight w = weigh_term(&a->terms[a->claimants[i].first_term + t]);
            if (w.scale > scale) scale = w.scale;
        }
    return scale;
}

static bool add_term(ntm_i_uwide *sum, const ntm_i_term *term, unsigned scale) {
    weight w = weigh_term(term);
    ntm_i_uwide scaled = 0;
    return !ntm_i_multiply_overflows(w.coefficient, ntm_i_power_of_ten(scale - w.scale), &scaled) &&
           !ntm_i_add_overflows(*sum, scaled, sum) && *sum <= NTM_I_WEIGHTS_MAX;
}

static const char *weight_column(const ntm_apportionment *a) {
    static const char *const names[] = {"weight", "share", "class", "need"};
    return names[a->basis];
}

/* Weights, and their sum. False after complaining. */
static bool weigh_all(ntm_apportionment *a, ntm_i_cells *cells, ntm_i_uwide *total) {
    unsigned scale = common_scale(a);
    for (size_t i = 0; i < a->count; i++) {
        const ntm_i_claimant *claimant = &a->claimants[i];
        ntm_i_uwide sum = 0;
        bool fits = true;
        for (uint32_t t = 0; t < claimant->term_count && fits; t++)
            fits = add_term(&sum, &a->terms[claimant->first_term + t], scale);
        a->parts[i].weight = sum;
        if (fits && !ntm_i_add_overflows(*total, sum, total) && *total <= NTM_I_WEIGHTS_MAX) continue;
        ntm_i_cells_complain(cells, NTM_ERROR_OVERFLOW, weight_column(a), claimant->row,
                             "%s: weights with %u digits after the mark add up to more than 126 bits", claimant->unit,
                             scale);
        return false;
    }
    a->weight_scale = (uint8_t)scale;
    return true;
}

/* Shares below 100 % leave the rest to nobody: one part more. False after complaining. */
static bool weigh_unshared(ntm_apportionment *a, ntm_i_cells *cells, ntm_i_uwide total) {
    ntm_i_uwide whole = 0;
    bool fits = a->weight_scale <= 36 &&
                !ntm_i_multiply_overflows((ntm_i_uwide)100, ntm_i_power_of_ten(a->weight_scale), &whole) &&
                whole <= NTM_I_WEIGHTS_MAX;
    if (fits && total <= whole) {
        a->parts[a->count].weight = whole - total;
        return true;
    }
    ntm_i_cells_complain(cells, fits ? NTM_ERROR_VALUE : NTM_ERROR_OVERFLOW, "share", SIZE_MAX,
                         "the shares add up to more than 100 %%");
    return false;
}

static void bound(ntm_apportionment *a, ntm_i_cells *cells, size_t index) {
    const ntm_i_claimant *claimant = &a->claimants[index];
    ntm_i_part *part = &a->parts[index];
    ntm_money cap = claimant->need < claimant->cap ? claimant->need : claimant->cap;
    part->floor = claimant->floor / a->step + (claimant->floor % a->step != 0);
    part->cap = cap == NTM_I_NO_AMOUNT ? NTM_I_UNCAPPED : cap / a->step;
    if (part->floor > part->cap)
        ntm_i_cells_complain(cells, NTM_ERROR_VALUE, "floor", claimant->row,
                             "%s: no whole step of %lld đồng lies between its floor and its %s", claimant->unit,
                             (long long)a->step, claimant->need <= claimant->cap ? "need" : "cap");
}

void ntm_i_claims_weigh(ntm_apportionment *a, ntm_i_cells *cells) {
    ntm_i_uwide total = 0;
    for (size_t i = 0; i < a->count; i++)
        bound(a, cells, i);
    a->parts[a->count].cap = NTM_I_UNCAPPED;
    if (!weigh_all(a, cells, &total)) return;
    if (a->basis == NTM_I_BY_SHARE)
        (void)weigh_unshared(a, cells, total);
    else if (total == 0 && a->basis != NTM_I_BY_NEED)
        ntm_i_cells_complain(cells, NTM_ERROR_VALUE, weight_column(a), SIZE_MAX,
                             "nobody has a weight above 0: there is nothing to divide by");
}
