/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of a fact in the row. */
#include "proof/walk.h"

static ntm_known state_of(ntm_i_trace *trace, const ntm_i_bound *bound) {
    size_t row = trace->x.row;
    if (bound->any_not_applicable && ntm_i_bit(&bound->not_applicable, row)) return NTM_NOT_APPLICABLE;
    return bound->column != NULL && ntm_i_bit(&bound->valid, row) ? NTM_REPORTED : NTM_NOT_REPORTED;
}

static bool read_value(ntm_i_trace *trace, ntm_i_given *given, const ntm_i_bound *bound) {
    size_t row = trace->x.row;
    const ntm_i_input *about = bound->input;
    if (about->kind == NTM_I_IN_FLAG) {
        const uint64_t *bits = bound->values;
        given->flag = bits[row / 64] >> (row % 64) & 1 ? NTM_MET : NTM_NOT_MET;
        return true;
    }
    if (about->kind == NTM_I_IN_LEVEL) {
        given->own = ntm_i_rational_int(((const uint32_t *)bound->values)[row]);
        given->range = ntm_i_point(given->own);
        return true;
    }
    ntm_i_rational base;
    bool held = bound->form == NTM_I_FORM_REAL
                    ? ntm_i_rational_from_double(&given->own, ((const double *)bound->values)[row])
                    : ntm_i_value_of_row(trace->x.run, &given->own, bound, row);
    if (!held || !ntm_i_rational_scale(&base, given->own, about->power)) return false;
    given->range = ntm_i_point(base);
    return true;
}

/* Natural bounds, cut with those of the row. */
static bool read_bounds(ntm_i_trace *trace, ntm_i_given *given, const ntm_i_bound *bound) {
    const ntm_i_input *about = bound->input;
    given->cut = (ntm_i_interval){about->least, about->most};
    if (about->kind == NTM_I_IN_FLAG) return true;
    for (size_t side = 0; side < 2; side++)
        given->has_limit[side] =
            ntm_i_limit_of_row(trace->x.run, &given->limit[side], bound->limits[side], trace->x.row);
    if (given->has_limit[0]) given->cut.least = ntm_i_larger(given->cut.least, given->limit[0]);
    if (given->has_limit[1]) given->cut.most = ntm_i_smaller(given->cut.most, given->limit[1]);
    int power = about->kind == NTM_I_IN_NUMBER ? about->power : 0;
    return ntm_i_rational_scale(&given->range.least, given->cut.least, power) &&
           ntm_i_rational_scale(&given->range.most, given->cut.most, power);
}

uint32_t ntm_i_trace_given(ntm_i_trace *trace, uint32_t input) {
    if (trace->status != NTM_OK) return NTM_I_NONE;
    if (trace->given_of[input] != NTM_I_NONE) return trace->given_of[input];
    ntm_i_given *given = ntm_i_array_push(&trace->givens);
    if (given == NULL) {
        trace->status = ntm_i_no_memory(trace->err);
        return NTM_I_NONE;
    }
    ntm_i_load(trace->x.run, input);
    const ntm_i_bound *bound = &trace->x.run->bounds[input];
    *given =
        (ntm_i_given){.input = input, .state = state_of(trace, bound), .range = NTM_I_ANYTHING, .cut = NTM_I_ANYTHING};
    bool fits = given->state == NTM_REPORTED       ? read_value(trace, given, bound)
                : given->state == NTM_NOT_REPORTED ? read_bounds(trace, given, bound)
                                                   : true;
    if (!fits) {
        (void)ntm_i_trace_fail(trace, NTM_ERROR_OVERFLOW, bound->input->name,
                               "a value that does not fit exact arithmetic");
        return NTM_I_NONE;
    }
    trace->given_of[input] = (uint32_t)trace->givens.count - 1;
    return trace->given_of[input];
}
