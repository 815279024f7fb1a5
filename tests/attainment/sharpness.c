/* SPDX-License-Identifier: Apache-2.0 */
/* Bounds against brute force: every way to fill in what is not reported is tried. A verdict that the library gives with
 * holes has to hold in every completion; and where each fact occurs once, a verdict that all completions share has to be
 * given. */
#include "model.h"

#include <stdlib.h>
#include <string.h>

static model m; /* large */

enum { COMPLETIONS_MAX = 8000 };

/* All values that an input may have here: small, and with both natural bounds where it has some. */
static size_t domain(int which, int64_t *out) {
    size_t count = 0;
    switch (inputs[which].sort) {
        case SORT_FLAG:
            out[0] = 0;
            out[1] = 1;
            return 2;
        case SORT_LEVEL:
            out[0] = 0;
            out[1] = 1;
            out[2] = 2;
            return 3;
        default:
            break;
    }
    int64_t unit = 1;
    for (int at = 0; at < inputs[which].scale; at++)
        unit *= 10;
    if (which == IN_S0 || which == IN_S1) {
        static const int64_t shares[] = {0, 37, 60, 100};
        for (; count < 4; count++)
            out[count] = shares[count] * unit;
    } else if (which == IN_C2) {
        for (int64_t value = 2; value <= 9; value++)
            out[count++] = value;
    } else if (inputs[which].has_most) {
        out[count++] = inputs[which].least * unit;
        out[count++] = inputs[which].most * unit;
    } else { /* without a bound above: from nothing to more than any threshold of a model */
        static const int64_t values[] = {0, 1, 7, 100000000000};
        for (; count < 4; count++)
            out[count] = values[count] * unit;
        if (!inputs[which].has_least) out[count++] = -100000000000 * unit;
    }
    return count;
}

typedef struct hole {
    int which;
    size_t count;
    int64_t values[12];
} hole;

static ntm_attainment *evaluate(const truth *t) {
    size_t *map = malloc((t->rows + 1) * sizeof *map);
    uint64_t random = 7;
    sheet s;
    ntm_plan *plan = NULL;
    ntm_attainment *result = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_non_null(map);
    for (size_t row = 0; row < t->rows; row++)
        map[row] = row;
    truth_encode(&s, t, map, t->rows, &random);
    assert_ok(ntm_plan_new(&plan, m.kit.set, &s.plan, &err), &err);
    s.evaluate.ignore_unknown = true; /* a set uses some of the facts that a table may hold */
    ntm_status status = ntm_evaluate(&result, plan, &s.table, &s.evaluate, &err);
    if (status != NTM_OK && status != NTM_ERROR_OVERFLOW)
        fail_msg("%s: %s: %s", ntm_status_name(status), err.subject, err.message);
    ntm_plan_free(plan);
    sheet_end(&s);
    free(map);
    return result;
}

/* Row 0 has the holes, each further row is one completion. False: too many. */
static bool complete(truth *t, const truth *from, size_t row) {
    static hole holes[IN_END];
    size_t count = 0;
    size_t rows = 1;
    for (int which = 0; which < IN_END; which++) {
        if ((m.used & 1u << which) == 0 || from->known[which][row] != NTM_NOT_REPORTED) continue;
        holes[count].which = which;
        holes[count].count = domain(which, holes[count].values);
        rows *= holes[count++].count;
        if (rows > COMPLETIONS_MAX) return false;
    }
    uint64_t random = 1;
    truth_start(t, rows + 1, &random);
    for (int which = 0; which < IN_END; which++) {
        t->present[which] = true;
        t->fixed[which] = false;
        for (size_t at = 0; at <= rows; at++) {
            t->known[which][at] = from->known[which][row];
            t->values[which][at] = from->values[which][row];
        }
    }
    for (size_t at = 1; at <= rows; at++) {
        size_t rest = at - 1;
        for (size_t which = 0; which < count; which++) {
            t->known[holes[which].which][at] = NTM_REPORTED;
            t->values[holes[which].which][at] = holes[which].values[rest % holes[which].count];
            rest /= holes[which].count;
        }
        if (m.once) t->known[IN_C1][at] = NTM_NOT_REPORTED; /* says something about c0 that no rule looks at */
        /* a part above its whole is no completion: what was a hole gives way */
        bool both = t->known[IN_C0][at] == NTM_REPORTED && t->known[IN_C1][at] == NTM_REPORTED;
        if (!both || t->values[IN_C1][at] <= t->values[IN_C0][at]) continue;
        if (from->known[IN_C1][row] == NTM_REPORTED)
            t->values[IN_C0][at] = t->values[IN_C1][at];
        else
            t->values[IN_C1][at] = t->values[IN_C0][at];
    }
    return true;
}

static size_t decided; /* so that the test sees something */
static size_t left_open;

static void compare(const ntm_attainment *result, bool sharp, uint64_t seed) {
    size_t rows = ntm_attainment_rows(result);
    for (size_t at = 0; at < (size_t)m.first[m.criterion_count]; at++) {
        ntm_verdict with_holes = ntm_attainment_indicator(result, 0, at);
        bool all_met = true;
        bool all_not = true;
        for (size_t row = 1; row < rows; row++) {
            ntm_verdict verdict = ntm_attainment_indicator(result, row, at);
            all_met &= verdict == NTM_MET;
            all_not &= verdict == NTM_NOT_MET;
        }
        if ((with_holes == NTM_MET && !all_met) || (with_holes == NTM_NOT_MET && !all_not))
            fail_msg("seed %llu, indicator %zu: a verdict that some completion contradicts", (unsigned long long)seed,
                     at);
        if (sharp && with_holes == NTM_OPEN && (all_met || all_not))
            fail_msg("seed %llu, indicator %zu: open, although all completions agree", (unsigned long long)seed, at);
        decided += with_holes != NTM_OPEN && rows > 2;
        left_open += with_holes == NTM_OPEN && rows > 2;
    }
}

static void brute_force(bool once) {
    decided = left_open = 0;
    for (uint64_t seed = 1; seed <= (fault_under_valgrind() ? 8 : 60); seed++) {
        model_start(&m, seed * 31 + 7, once);
        truth from;
        uint64_t random = seed;
        truth_start(&from, 12, &random);
        for (size_t row = 0; row < from.rows; row++) {
            truth t;
            if (!complete(&t, &from, row)) continue;
            ntm_attainment *result = evaluate(&t);
            if (result != NULL) compare(result, once, seed);
            ntm_attainment_free(result);
            truth_end(&t);
        }
        truth_end(&from);
        model_end(&m);
    }
    assert_true((decided > 500 && left_open > 500) || fault_under_valgrind());
}

static void sound(void **state) {
    (void)state;
    brute_force(false);
}

static void sharp_where_each_fact_occurs_once(void **state) {
    (void)state;
    brute_force(true);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(sound), cmocka_unit_test(sharp_where_each_fact_occurs_once)};
    return cmocka_run_group_tests_name("bounds against brute force", tests, NULL, NULL);
}
