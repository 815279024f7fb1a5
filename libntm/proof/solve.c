/* SPDX-License-Identifier: Apache-2.0 */
/* The value of a number that settles one comparison. What is tried are the numbers that stand in the comparison, what
   two of them make by adding, subtracting, multiplying and dividing, and the ends of what the fact can be: for the rules
   of law, a share against a figure or a sum against another, the edge is among these. Each is tried out, so that nothing
   wrong can come of it; of those that settle it the one nearest to the edge is taken. */
#include "proof/deciding.h"

enum { NUMBERS_MAX = 10 };

typedef struct solving {
    ntm_i_deciding *d;
    uint32_t compare;
    ntm_verdict wanted;
    uint32_t fact;
    size_t count;
    const ntm_i_input *input;
    ntm_i_interval domain;
    bool found;
    ntm_i_rational best, lack; /* the best value in its own unit, and how far beyond the edge it is */
} solving;

ntm_i_rational ntm_i_deciding_lack(const ntm_i_deciding *d, uint32_t compare, ntm_verdict wanted) {
    const ntm_i_trace *trace = d->trace;
    const ntm_i_derived *step = &ntm_i_trace_steps(trace)[compare];
    const uint32_t *below = ntm_i_trace_below(trace, step);
    ntm_i_interval left = d->trial.outcomes[below[0]].range, right = d->trial.outcomes[below[1]].range;
    ntm_comparison sign = trace->set->nodes[step->node - 1].compare;
    bool more = ntm_i_is_more(sign);
    ntm_i_rational lack;
    if (sign == NTM_EQUAL) more = true;
    if (wanted == NTM_NOT_MET && sign != NTM_EQUAL) more = !more;
    ntm_i_rational want = more ? right.most : left.most, have = more ? left.least : right.least;
    if (!ntm_i_is_finite(want) || !ntm_i_is_finite(have) || !ntm_i_rational_subtract(&lack, want, have))
        return NTM_I_INFINITY;
    if (sign == NTM_EQUAL && (lack.numerator < 0) == (wanted == NTM_MET)) lack.numerator = -lack.numerator;
    return lack;
}

ntm_i_interval ntm_i_deciding_domain(const ntm_i_deciding *d, uint32_t fact) {
    const ntm_i_trace *trace = d->trace;
    const ntm_i_given *own = &ntm_i_trace_givens(trace)[fact];
    const ntm_i_input *input = ntm_i_trace_input(trace, own);
    ntm_i_interval domain = own->range;
    for (size_t i = 0; i < trace->givens.count; i++) {
        const ntm_i_given *other = &d->trial.givens[i];
        if (other->state != NTM_REPORTED) continue;
        if (input->part_of == other->input) domain.most = ntm_i_smaller(domain.most, other->range.least);
        if (ntm_i_trace_input(trace, other)->part_of == own->input)
            domain.least = ntm_i_larger(domain.least, other->range.most);
    }
    return domain;
}

static void try_own(solving *s, ntm_i_rational own) {
    ntm_i_rational base, lack;
    if (*s->d->trial.work < s->count) return;
    if ((s->input->whole || s->input->day) && own.denominator != 1) return;
    if (!ntm_i_is_finite(own) || !ntm_i_rational_scale(&base, own, s->input->power)) return;
    if (ntm_i_rational_compare(base, s->domain.least) < 0 || ntm_i_rational_compare(base, s->domain.most) > 0) return;
    ntm_i_given *given = &s->d->trial.givens[s->fact];
    given->state = NTM_REPORTED;
    given->range = ntm_i_point(base);
    ntm_i_deciding_run(s->d, s->count);
    if (s->d->trial.outcomes[s->compare].verdict != s->wanted) return;
    lack = ntm_i_deciding_lack(s->d, s->compare, s->wanted);
    if (ntm_i_is_finite(lack)) lack.numerator = -lack.numerator; /* how far beyond */
    int order = s->found ? ntm_i_rational_compare(lack, s->lack) : -1;
    if (order > 0 || (order == 0 && ntm_i_rational_compare(own, s->best) >= 0)) return;
    s->found = true;
    s->best = own;
    s->lack = lack;
}

/* A number in base units, and its neighbours: whole where the fact is, one beyond where the edge itself does not do. */
static void try_base(solving *s, ntm_i_rational base) {
    ntm_i_rational own, next;
    if (!ntm_i_is_finite(base) || !ntm_i_rational_scale(&own, base, -s->input->power)) return;
    if (s->input->whole || s->input->day) {
        ntm_i_wide floor = ntm_i_rational_floor(own);
        if (floor > INT64_MAX - 4 || floor < INT64_MIN + 4) return;
        for (int64_t step = -1; step <= 2; step++)
            try_own(s, ntm_i_rational_int((int64_t)floor + step));
        return;
    }
    try_own(s, own);
    if (ntm_i_rational_add(&next, own, ntm_i_rational_int(1))) try_own(s, next);
    if (ntm_i_rational_subtract(&next, own, ntm_i_rational_int(1))) try_own(s, next);
}

/* The finite numbers among the steps below, each once. */
static size_t find_numbers(const solving *s, ntm_i_rational numbers[NUMBERS_MAX]) {
    size_t count = 0;
    for (size_t i = s->count; i-- > 0 && count < NUMBERS_MAX;) {
        const ntm_i_derived *step = &ntm_i_trace_steps(s->d->trace)[s->d->steps[i]];
        ntm_i_interval range = s->d->trial.outcomes[s->d->steps[i]].range;
        ntm_i_rational ends[] = {range.least, range.most};
        for (size_t k = 0; k < 2 && step->sort == NTM_I_QUANTITY && count < NUMBERS_MAX; k++) {
            bool there = !ntm_i_is_finite(ends[k]);
            for (size_t j = 0; j < count && !there; j++)
                there = ntm_i_rational_compare(numbers[j], ends[k]) == 0;
            if (!there) numbers[count++] = ends[k];
        }
    }
    return count;
}

/* A product, and what is missing to it: so many of so many, of which some are there already. */
static void try_beside(solving *s, ntm_i_rational product, const ntm_i_rational *numbers, size_t count) {
    ntm_i_rational rest;
    try_base(s, product);
    for (size_t i = 0; i < count; i++)
        if (ntm_i_rational_subtract(&rest, product, numbers[i])) try_base(s, rest);
}

static void try_pairs(solving *s, const ntm_i_rational *numbers, size_t count) {
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count; k++) {
            ntm_i_rational made;
            if (k >= i && ntm_i_rational_multiply(&made, numbers[i], numbers[k])) try_beside(s, made, numbers, count);
            if (k > i && ntm_i_rational_add(&made, numbers[i], numbers[k])) try_base(s, made);
            if (k == i) continue;
            if (ntm_i_rational_subtract(&made, numbers[i], numbers[k])) try_base(s, made);
            if (numbers[k].numerator != 0 && ntm_i_rational_divide(&made, numbers[i], numbers[k])) try_base(s, made);
        }
}

bool ntm_i_deciding_solve(ntm_i_deciding *d, uint32_t compare, ntm_verdict wanted, uint32_t fact, size_t count,
                          ntm_i_rational *own) {
    static const int64_t usual[] = {0, 1, 100, 1000000};
    const ntm_i_input *input = ntm_i_trace_input(d->trace, &ntm_i_trace_givens(d->trace)[fact]);
    solving s = {d, compare, wanted, fact, count, input, ntm_i_deciding_domain(d, fact), false, {0, 1}, {0, 1}};
    ntm_i_rational numbers[NUMBERS_MAX];
    ntm_i_deciding_run(d, count);
    size_t found = find_numbers(&s, numbers);
    for (size_t i = 0; i < 4; i++)
        try_own(&s, ntm_i_rational_int(usual[i]));
    try_base(&s, s.domain.least);
    try_base(&s, s.domain.most);
    for (size_t i = 0; i < found; i++)
        try_base(&s, numbers[i]);
    try_pairs(&s, numbers, found);
    ntm_i_deciding_restore(d, fact);
    ntm_i_deciding_run(d, count);
    *own = s.best;
    return s.found;
}
