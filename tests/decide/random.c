/* SPDX-License-Identifier: Apache-2.0 */
/* Sets of deciding facts against brute force. Small random sets and tables; every choice of open facts and every
 * combination of some values of them is a row of a table, and an ordinary evaluation says which rows are settled. No
 * set may be larger than the smallest of those, and none that is called smallest may be beaten. */
#include "filled.h"
#include "model.h"

#include <stdlib.h>
#include <string.h>

static model m; /* large */

enum { ROWS_MAX = 40000, HOLES_MAX = 5 };

typedef struct hole {
    int which;
    size_t count;
    int64_t values[16];
} hole;

typedef struct tally {
    size_t asked, found, exact, impossible, many;
} tally;

static size_t domain(int which, int64_t *out) {
    static const int64_t plain[] = {0, 1, 2, 3, 5, 7, 20, 100000000000};
    static const int64_t shares[] = {0, 20, 37, 60, 80, 100};
    size_t count = 0;
    int64_t unit = 1;
    for (int at = 0; at < inputs[which].scale; at++)
        unit *= 10;
    if (inputs[which].sort == SORT_FLAG || inputs[which].sort == SORT_LEVEL) {
        for (; count < (inputs[which].sort == SORT_FLAG ? 2 : 3); count++)
            out[count] = (int64_t)count;
    } else if (which == IN_S0 || which == IN_S1) {
        for (; count < sizeof shares / sizeof *shares; count++)
            out[count] = shares[count] * unit;
    } else if (inputs[which].has_most && inputs[which].most < 20) {
        for (int64_t value = inputs[which].least; value <= inputs[which].most; value++)
            out[count++] = value * unit;
    } else {
        for (; count < sizeof plain / sizeof *plain; count++) {
            int64_t value = plain[count];
            if (inputs[which].has_most && value > inputs[which].most) value = inputs[which].most;
            out[count] = value * unit;
        }
        if (!inputs[which].has_least) out[count++] = -100000000000 * unit;
        if (inputs[which].has_least && inputs[which].least < 0) out[count++] = inputs[which].least * unit;
    }
    return count;
}

/* The open inputs of a row, by the names that the library gives. False: too many for brute force. */
static bool find_holes(const ntm_deciding *d, hole *holes, size_t *count, size_t *rows) {
    *count = 0;
    *rows = 1;
    for (size_t i = 0; i < ntm_deciding_open_count(d); i++) {
        int which = 0;
        while (which < IN_END && strcmp(inputs[which].name, ntm_deciding_open(d, i)) != 0)
            which++;
        if (which == IN_END) fail_msg("an unknown column: %s", ntm_deciding_open(d, i));
        if (*count == HOLES_MAX) return false;
        hole *h = &holes[(*count)++];
        h->which = which;
        h->count = domain(which, h->values);
        *rows *= h->count + 1;
        if (*rows > ROWS_MAX) return false;
    }
    return true;
}

static bool is_bad(const truth *t, size_t at) {
    static const int parts[][2] = {{IN_C1, IN_C0}, {IN_MET, IN_TOTAL}, {IN_OPEN, IN_TOTAL}};
    for (size_t i = 0; i < 3; i++)
        if (t->known[parts[i][0]][at] == NTM_REPORTED && t->known[parts[i][1]][at] == NTM_REPORTED &&
            t->values[parts[i][0]][at] > t->values[parts[i][1]][at])
            return true;
    return t->known[IN_MET][at] == NTM_REPORTED && t->known[IN_OPEN][at] == NTM_REPORTED &&
           t->known[IN_TOTAL][at] == NTM_REPORTED &&
           t->values[IN_MET][at] + t->values[IN_OPEN][at] > t->values[IN_TOTAL][at];
}

/* Every partial way to fill the holes in; sizes[row] is how many are filled. */
static void fill_in(truth *t, const truth *from, size_t row, const hole *holes, size_t count, size_t rows,
                    uint8_t *sizes) {
    uint64_t random = 1;
    truth_start(t, rows, &random);
    for (int which = 0; which < IN_END; which++) {
        t->present[which] = true;
        t->fixed[which] = false;
        t->pinned[which] = from->pinned[which];
    }
    for (size_t at = 0; at < rows; at++) {
        for (int which = 0; which < IN_END; which++) {
            t->known[which][at] = from->known[which][row];
            t->values[which][at] = from->values[which][row];
        }
        sizes[at] = 0;
        for (size_t i = 0, rest = at; i < count; i++, rest /= holes[i - 1].count + 1) {
            size_t choice = rest % (holes[i].count + 1);
            if (choice == 0) continue;
            t->known[holes[i].which][at] = NTM_REPORTED;
            t->values[holes[i].which][at] = holes[i].values[choice - 1];
            sizes[at]++;
        }
        if (!is_bad(t, at)) continue;
        for (size_t i = 0; i < count; i++)
            t->known[holes[i].which][at] = NTM_NOT_REPORTED;
        sizes[at] = 0;
    }
}

static ntm_attainment *evaluate(const truth *t, sheet *s, ntm_plan **plan) {
    size_t *map = malloc((t->rows + 1) * sizeof *map);
    uint64_t random = 7;
    ntm_attainment *result = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_non_null(map);
    for (size_t row = 0; row < t->rows; row++)
        map[row] = row;
    truth_encode(s, t, map, t->rows, &random);
    model_give(&m, &s->plan);
    assert_ok(ntm_plan_new(plan, m.kit.set, &s->plan, &err), &err);
    s->evaluate.ignore_unknown = true;
    ntm_status status = ntm_evaluate(&result, *plan, &s->table, &s->evaluate, &err);
    if (status != NTM_OK && status != NTM_ERROR_OVERFLOW)
        fail_msg("%s: %s: %s", ntm_status_name(status), err.subject, err.message);
    free(map);
    return result;
}

static void look_at(const truth *from, size_t row, const sheet *s, const ntm_plan *plan, ntm_of of, size_t index,
                    uint64_t seed, tally *seen) {
    static uint8_t sizes[ROWS_MAX];
    ntm_deciding *d = NULL;
    ntm_error err = NTM_ERROR_INIT;
    hole holes[HOLES_MAX];
    size_t count, rows;
    assert_ok(ntm_deciding_new(&d, plan, &s->table, row, of, index, NULL, &err), &err);
    bool shows[2];
    for (size_t side = 0; side < 2; side++)
        shows[side] = filled_shows(plan, &s->table, row, d, side == 0 ? NTM_MET : NTM_NOT_MET, of, index);
    if (ntm_deciding_verdict(d) == NTM_OPEN && find_holes(d, holes, &count, &rows)) {
        truth t;
        sheet all;
        ntm_plan *again = NULL;
        fill_in(&t, from, row, holes, count, rows, sizes);
        ntm_attainment *result = evaluate(&t, &all, &again);
        for (size_t side = 0; side < 2 && result != NULL; side++) {
            ntm_verdict verdict = side == 0 ? NTM_MET : NTM_NOT_MET;
            const ntm_deciding_set *set = ntm_deciding_facts(d, verdict);
            size_t best = SIZE_MAX;
            for (size_t at = 0; at < rows; at++)
                if (sizes[at] < best && filled_of(result, of, at, index) == verdict) best = sizes[at];
            seen->asked++;
            seen->found += shows[side];
            seen->many += shows[side] && set->count > 1;
            seen->exact += set->exact;
            seen->impossible += set->exact && !shows[side];
            if (best != SIZE_MAX && (!shows[side] || best < set->count) && set->exact)
                fail_msg("seed %llu, row %zu, of %d %zu: %zu facts could show %d, said were %d by %zu",
                         (unsigned long long)seed, row, of, index, best, (int)verdict, (int)set->reason, set->count);
        }
        ntm_attainment_free(result);
        ntm_plan_free(again);
        sheet_end(&all);
        truth_end(&t);
    }
    ntm_deciding_free(d);
}

static void brute_force(bool once, tally *seen) {
    for (uint64_t seed = 1; seed <= (fault_under_valgrind() ? 3 : 60); seed++) {
        truth from;
        sheet s;
        ntm_plan *plan = NULL;
        uint64_t random = seed;
        model_start(&m, seed * 17 + 3, once);
        truth_start(&from, 8, &random);
        ntm_attainment *result = evaluate(&from, &s, &plan);
        for (size_t row = 0; row < from.rows && result != NULL; row++) {
            for (size_t i = 0; i < (size_t)m.first[m.criterion_count]; i++)
                look_at(&from, row, &s, plan, NTM_OF_INDICATOR, i, seed, seen);
            for (size_t i = 0; i < (size_t)m.criterion_count; i++)
                look_at(&from, row, &s, plan, NTM_OF_CRITERION, i, seed, seen);
            for (size_t i = 0; i < (size_t)m.precondition_count; i++)
                look_at(&from, row, &s, plan, NTM_OF_PRECONDITION, i, seed, seen);
            look_at(&from, row, &s, plan, NTM_OF_STATUS, 0, seed, seen);
            if (m.revocation >= 0) look_at(&from, row, &s, plan, NTM_OF_REVOCATION, 0, seed, seen);
        }
        ntm_attainment_free(result);
        ntm_plan_free(plan);
        sheet_end(&s);
        truth_end(&from);
        model_end(&m);
    }
}

static void told(const char *what, const tally *seen) {
    print_message("# %s: %zu asked, %zu found (%zu of several facts), %zu exact, %zu impossible\n", what, seen->asked,
                  seen->found, seen->many, seen->exact, seen->impossible);
}

static void facts_that_occur_once(void **state) {
    tally seen = {0};
    (void)state;
    brute_force(true, &seen);
    told("once", &seen);
    if (fault_under_valgrind()) return;
    assert_true(seen.found > 1000 && seen.many > 200);
    assert_true(seen.exact * 100 > seen.asked * 90);
}

static void any_rules(void **state) {
    tally seen = {0};
    (void)state;
    brute_force(false, &seen);
    told("any", &seen);
    if (fault_under_valgrind()) return;
    assert_true(seen.found > 1000 && seen.many > 100);
    assert_true(seen.exact * 100 > seen.asked * 80);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(facts_that_occur_once), cmocka_unit_test(any_rules)};
    return cmocka_run_group_tests_name("deciding facts against brute force", tests, NULL, NULL);
}
