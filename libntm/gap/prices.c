/* SPDX-License-Identifier: Apache-2.0 */
/* What works cost, as the caller says. */
#include <string.h>

#include "gap/gap.h"

static bool is_of(const ntm_gap_subject *subject, const char *input) {
    return (subject->input != NULL && strcmp(subject->input, input) == 0) ||
           (subject->fact != NULL && strcmp(subject->fact, input) == 0);
}

ntm_status ntm_i_gap_prices(ntm_i_gapping *g, ntm_error *err) {
    for (size_t i = 0; i < g->options->price_count; i++) {
        const ntm_gap_price *price = &g->options->prices[i];
        bool found = false;
        if (price->input == NULL) return ntm_i_wrong_call(err, "a price needs the column or fact that is worked on");
        if (price->price.coefficient < 0)
            return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_SUBJECT(price->input), "a price below 0");
        if (price->price.scale > NTM_SCALE_MAX)
            return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_SUBJECT(price->input), "a price of more than %d digits",
                              NTM_SCALE_MAX);
        for (size_t k = 0; k < i; k++)
            if (strcmp(g->options->prices[k].input, price->input) == 0)
                return ntm_i_fail(err, NTM_ERROR_CONFLICT, NTM_I_SUBJECT(price->input), "it has two prices");
        for (size_t s = 0; s < g->subjects.count; s++) {
            const ntm_gap_subject *subject = ntm_i_gap_subject_at(g, s);
            if (!is_of(subject, price->input)) continue;
            found = true;
            /* That of a column goes before that of its fact. */
            if (ntm_i_gap_inside(g, s)->priced && (subject->input == NULL || strcmp(subject->input, price->input) != 0))
                continue;
            ntm_i_gap_inside(g, s)->priced = true;
            ntm_i_gap_inside(g, s)->price = ntm_i_rational_decimal(price->price);
        }
        if (!found)
            return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(price->input),
                              "no rule of \"%s\" asks for work on it", g->set->about.id);
    }
    return NTM_OK;
}
