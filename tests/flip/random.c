/* SPDX-License-Identifier: Apache-2.0 */
/* Random sets over random tables: what flips say of a threshold is what the public evaluation of a set with that
 * threshold says, for every row, on, just below and just above the numbers found, and far from them. A failing seed is
 * printed; give it back as NTM_TEST_SEED. */
#include "model.h"

#include <ntm/flip.h>
#include <ntm/what_if.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const ntm_kernels kernels[] = {NTM_KERNELS_REFERENCE, NTM_KERNELS_PLAIN, NTM_KERNELS_BEST};
static const char *const ids[MODEL_FIGURES] = {"f-share", "f-road", "f-households"};

enum { WATCHED = 24, ASKED = 400 };

static model m; /* large */
static size_t flips_seen, rows_compared, refused, open_between;

typedef struct watch {
    ntm_of of;
    size_t index;
    ntm_flips *flips;
} watch;

typedef struct question {
    uint64_t seed;
    uint64_t random;
    sheet *s;
    ntm_plan_options plan;
    ntm_figure_change change;
    ntm_axis_value axes[AXIS_END];
    watch watched[WATCHED];
    size_t watch_count;
    ntm_decimal asked[ASKED];
    size_t asked_count;
} question;

static uint64_t below(question *q, uint64_t end) { return fault_random(&q->random) % end; }

static void watch_one(question *q, ntm_of of, size_t index) {
    if (q->watch_count < WATCHED) q->watched[q->watch_count++] = (watch){of, index, NULL};
}

/* A figure, some of its cells, and the verdicts that are watched. */
static void ask(question *q) {
    static const char *const names[AXIS_END] = {"region", "class", "year"};
    int figure = (int)below(q, MODEL_FIGURES);
    const mfigure *f = &m.figures[figure];
    q->change = (ntm_figure_change){.figure = ids[figure], .axes = q->axes};
    for (int axis = 0; axis < AXIS_END; axis++) {
        /* a year at the end of a line takes others with it in a set, and not here */
        if (!f->by[axis] || (axis == AXIS_YEAR && f->interpolate) || below(q, 3) != 0) continue;
        const char *value = axis == AXIS_REGION  ? model_regions[below(q, OWN_REGIONS)]
                            : axis == AXIS_CLASS ? model_classes[below(q, OWN_CLASSES)]
                                                 : model_years[YEARS_BEFORE + below(q, OWN_YEARS)];
        q->axes[q->change.axis_count++] = (ntm_axis_value){names[axis], value};
    }
    watch_one(q, NTM_OF_STATUS, 0);
    watch_one(q, NTM_OF_CRITERIA_STATUS, 0);
    if (m.revocation >= 0) watch_one(q, NTM_OF_REVOCATION, 0);
    for (int i = 0; i < m.precondition_count; i++)
        watch_one(q, NTM_OF_PRECONDITION, (size_t)i);
    for (int i = 0; i < 3; i++)
        watch_one(q, NTM_OF_CRITERION, (size_t)below(q, (uint64_t)m.criterion_count));
    for (int i = 0; i < m.first[m.criterion_count]; i++)
        watch_one(q, NTM_OF_INDICATOR, (size_t)i);
}

static void find(question *q, watch *w) {
    ntm_flips_options options = NTM_FLIPS_OPTIONS_INIT;
    ntm_plan *plan = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_plan_options how = q->plan;
    how.kernels = kernels[below(q, 3)];
    assert_ok(ntm_plan_new(&plan, m.kit.set, &how, &err), &err);
    options.figure = q->change.figure;
    options.axes = q->axes;
    options.axis_count = q->change.axis_count;
    options.of = w->of;
    options.index = w->index;
    options.ignore_unknown = true;
    ntm_status status = ntm_flips_new(&w->flips, plan, &q->s->table, &options, &err);
    ntm_plan_free(plan);
    if (status == NTM_ERROR_UNSUPPORTED) refused++;
    if (status != NTM_OK && status != NTM_ERROR_UNSUPPORTED && status != NTM_ERROR_OVERFLOW)
        fail_msg("seed %llu: %s: %s: %s", (unsigned long long)q->seed, ntm_status_name(status), err.subject,
                 err.message);
}

/* ------------------------------------------------------------------------------------------- numbers to ask about */

static void ask_about(question *q, i128 coefficient, uint8_t scale) {
    if (q->asked_count == ASKED || coefficient > INT64_MAX || coefficient < INT64_MIN) return;
    q->asked[q->asked_count++] = (ntm_decimal){(int64_t)coefficient, scale};
}

/* The number itself if it is a decimal, and its neighbours, near and very near. */
static void ask_around(question *q, ntm_fraction at) {
    static const uint8_t scales[] = {2, 9};
    for (size_t i = 0; i < 2; i++) {
        i128 power = scales[i] == 2 ? 100 : 1000000000;
        i128 floor = at.numerator * power / at.denominator;
        if (floor * at.denominator > at.numerator * power) floor--;
        ask_about(q, floor - 1, scales[i]);
        ask_about(q, floor, scales[i]);
        ask_about(q, floor + 1, scales[i]);
    }
}

static int order(ntm_fraction a, ntm_fraction b) {
    i128 left = (i128)a.numerator * b.denominator, right = (i128)b.numerator * a.denominator;
    return left < right ? -1 : left > right;
}

/* The flips stand in order and say what their neighbours say; some of their numbers are asked about. */
static void look_over(question *q, const watch *w) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_flip last, flip;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < ntm_flips_count(w->flips); i++) {
        assert_ok(ntm_flips_at(&flip, w->flips, i, &err), &err);
        assert_true(flip.below != flip.exactly || flip.exactly != flip.above);
        assert_true(flip.at.denominator > 0 && flip.row < ntm_flips_rows(w->flips));
        int step = i == 0 ? -1 : order(last.at, flip.at);
        assert_true(step < 0 || (step == 0 && last.row < flip.row));
        open_between += flip.exactly == NTM_OPEN || flip.above == NTM_OPEN;
        if (below(q, ntm_flips_count(w->flips)) < 4) ask_around(q, flip.at);
        last = flip;
    }
    flips_seen += ntm_flips_count(w->flips);
}

static bool same_tally(ntm_tally a, ntm_tally b) {
    return a.met == b.met && a.not_met == b.not_met && a.open == b.open;
}

static void look_over_steps(const watch *w) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_flip_step last, step;
    memset(&last, 0, sizeof last);
    for (size_t i = 0; i < ntm_flips_steps(w->flips); i++) {
        ntm_tally there;
        assert_ok(ntm_flips_step(&step, w->flips, i, &err), &err);
        assert_true(i == 0 || (order(last.at, step.at) < 0 && same_tally(last.above, step.below)));
        if (step.at.denominator == 1) {
            assert_ok(ntm_flips_tally(&there, w->flips, (ntm_decimal){step.at.numerator, 0}, &err), &err);
            assert_true(same_tally(there, step.exactly));
        }
        last = step;
    }
}

/* ------------------------------------------------------------------------------------------- the other way */

static ntm_attainment *evaluate(question *q, const ntm_set *set) {
    ntm_attainment *result = NULL;
    ntm_plan *plan = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_evaluate_options how = q->s->evaluate;
    ntm_plan_options options = q->plan;
    options.kernels = kernels[below(q, 3)];
    how.ignore_unknown = true;
    assert_ok(ntm_plan_new(&plan, set, &options, &err), &err);
    ntm_status status = ntm_evaluate(&result, plan, &q->s->table, &how, &err);
    ntm_plan_free(plan);
    if (status != NTM_OK && status != NTM_ERROR_OVERFLOW)
        fail_msg("seed %llu: %s: %s: %s", (unsigned long long)q->seed, ntm_status_name(status), err.subject,
                 err.message);
    return result;
}

static void compare(const question *q, const watch *w, const ntm_attainment *now, const ntm_attainment *then,
                    ntm_decimal at) {
    size_t rows = ntm_attainment_rows(then), changed = 0, count = 0;
    ntm_tally want, got;
    ntm_error err = NTM_ERROR_INIT;
    ntm_flip_change list[8];
    assert_ok(ntm_attainment_tally(&want, then, w->of, w->index, &err), &err);
    assert_ok(ntm_flips_tally(&got, w->flips, at, &err), &err);
    assert_ok(ntm_flips_changed(list, &count, 8, w->flips, at, &err), &err);
    for (size_t row = 0; row < rows; row++) {
        ntm_verdict verdict = NTM_OPEN, today = NTM_OPEN;
        assert_ok(ntm_flips_verdict(&verdict, w->flips, row, at, &err), &err);
        assert_ok(ntm_flips_verdict_now(&today, w->flips, row, &err), &err);
        if (today != sheet_verdict(now, w->of, row, w->index))
            fail_msg("seed %llu, row %zu: another verdict of now", (unsigned long long)q->seed, row);
        if (verdict != sheet_verdict(then, w->of, row, w->index))
            fail_msg("seed %llu, row %zu, of %d %zu, figure %s at %lld e-%d: %d, and the set says %d",
                     (unsigned long long)q->seed, row, (int)w->of, w->index, q->change.figure,
                     (long long)at.coefficient, at.scale, (int)verdict, (int)sheet_verdict(then, w->of, row, w->index));
        if (verdict == today) continue;
        if (changed < 8)
            assert_true(list[changed].row == row && list[changed].now == today && list[changed].then == verdict);
        changed++;
    }
    assert_int_equal(count, changed);
    assert_true(same_tally(want, got));
    rows_compared += rows;
}

static void ask_set(question *q, const ntm_attainment *now, ntm_decimal at) {
    ntm_set *set = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_figure_change change = q->change;
    change.value = at;
    assert_ok(ntm_set_what_if(&set, m.kit.set, &change, 1, NULL, NULL, &err), &err);
    ntm_attainment *then = evaluate(q, set);
    for (size_t i = 0; then != NULL && i < q->watch_count; i++)
        if (q->watched[i].flips != NULL) compare(q, &q->watched[i], now, then, at);
    ntm_attainment_free(then);
    ntm_set_free(set);
}

static void one_question(question *q) {
    ask(q);
    ntm_attainment *now = evaluate(q, m.kit.set);
    for (size_t i = 0; now != NULL && i < q->watch_count; i++)
        find(q, &q->watched[i]);
    static const int64_t usual[] = {-1000000, 0, 1, 5, 10, 50, 100, 101, 1000000};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        ask_about(q, usual[i], 0);
    for (size_t i = 0; now != NULL && i < q->watch_count; i++) {
        if (q->watched[i].flips == NULL) continue;
        look_over(q, &q->watched[i]);
        look_over_steps(&q->watched[i]);
    }
    for (size_t i = 0; now != NULL && i < 12; i++)
        ask_set(q, now, q->asked[below(q, q->asked_count)]);
    for (size_t i = 0; i < q->watch_count; i++)
        ntm_flips_free(q->watched[i].flips);
    ntm_attainment_free(now);
}

static void one_seed(uint64_t seed, size_t rows) {
    static question q; /* large */
    truth t;
    sheet s;
    memset(&q, 0, sizeof q);
    q.seed = seed;
    q.random = seed * 31 + 7;
    model_start(&m, seed, false);
    truth_start(&t, rows, &q.random);
    truth_pin(&t, &q.random);
    if (seed % 3 == 0) truth_limit(&t, &q.random);
    size_t *map = malloc((rows + 1) * sizeof *map);
    assert_non_null(map);
    for (size_t row = 0; row < rows; row++)
        map[row] = row;
    truth_encode(&s, &t, map, rows, &q.random);
    q.s = &s;
    q.plan = s.plan;
    model_give(&m, &q.plan);
    one_question(&q);
    sheet_end(&s);
    truth_end(&t);
    free(map);
    model_end(&m);
}

static void thresholds(void **state) {
    (void)state;
    static const size_t sizes[] = {1, 7, 64, 65, 130, 0};
    const char *only = getenv("NTM_TEST_SEED");
    const char *more = getenv("NTM_TEST_SEEDS");
    uint64_t first = only != NULL ? strtoull(only, NULL, 10) : 1;
    uint64_t last = only != NULL ? first : more != NULL ? strtoull(more, NULL, 10) : fault_under_valgrind() ? 12 : 400;
    for (uint64_t seed = first; seed <= last; seed++)
        one_seed(seed, seed == 77 ? 5000 : sizes[seed % 6]);
    if (getenv("NTM_TEST_COUNTS") != NULL)
        print_message("flips %zu, rows %zu, refused %zu, open %zu\n", flips_seen, rows_compared, refused, open_between);
    if (last - first < 399) return;
    assert_true(flips_seen > 3000);
    assert_true(rows_compared > 500000);
    assert_true(refused > 100);
    assert_true(open_between > 1000);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(thresholds)};
    return cmocka_run_group_tests_name("random thresholds", tests, NULL, NULL);
}
