/* SPDX-License-Identifier: Apache-2.0 */
/* Random small ladders against the trying of everything: every combination of levels is a row of a table, and an ordinary
   evaluation says which rows reach the class. */
#include "review.h"

#include <ntm/grade.h>

#include <stdarg.h>
#include <stdio.h>

enum { FACTS = 5, LEVELS = 3, ROWS = 3 * 3 * 2 * 5 * 3, TEXT = 8192 };

typedef struct writer {
    char text[TEXT];
    size_t used;
    uint64_t random;
} writer;

static size_t draw(writer *w, size_t below) { return fault_random(&w->random) % below; }

static void put(writer *w, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    w->used += (size_t)vsnprintf(w->text + w->used, sizeof w->text - w->used, format, arguments);
    va_end(arguments);
    assert_true(w->used < sizeof w->text);
}

/* Facts 0 and 1 are levels, 2 is a flag, 3 a count, 4 a level of which some rows report nothing. */
static void put_condition(writer *w, int depth) {
    size_t fact = draw(w, FACTS);
    if (depth > 0 && draw(w, 3) == 0) {
        put(w, "{%s: [", draw(w, 2) == 0 ? "all" : "any");
        put_condition(w, depth - 1);
        put(w, ", ");
        put_condition(w, depth - 1);
        put(w, "]}");
    } else if (depth > 0 && draw(w, 6) == 0) {
        put(w, "{not: ");
        put_condition(w, depth - 1);
        put(w, "}");
    } else if (fact == 2) {
        put(w, "{attested: f2}");
    } else if (fact == 3) {
        put(w, "[f3, \"%s\", {constant: %zu, unit: person}]", draw(w, 2) == 0 ? ">=" : ">", 4 + 3 * draw(w, 2));
    } else {
        put(w, "{at_level: [%s, f%zu]}", draw(w, 2) == 0 ? "mid" : "high", fact);
    }
}

static void put_set(writer *w) {
    put(w, "%s", HEAD "facts:\n");
    for (size_t i = 0; i < FACTS; i++)
        put(w,
            i == 2   ? "  f%zu: {name: {vi: f}, kind: flag}\n"
            : i == 3 ? "  f%zu: {name: {vi: f}, kind: count, unit: person}\n"
                     : "  f%zu: {name: {vi: f}, kind: level, levels: [low, mid, high]}\n",
            i);
    put(w, "grade:\n  of: {sum: [");
    size_t terms = 1 + draw(w, 4);
    for (size_t i = 0; i < terms; i++) {
        put(w, "%s{%s: [", i == 0 ? "" : ", ", draw(w, 5) == 0 ? "maximum" : "sum");
        for (size_t k = 0; k < 2; k++) {
            put(w, "%s{points: [{when: ", k == 0 ? "" : ", ");
            put_condition(w, 1);
            put(w, ", give: %d}, {when: ", (int)draw(w, 5) - 1);
            put_condition(w, 2);
            put(w, ", give: %zu.5}]}", draw(w, 6));
        }
        put(w, "]}");
    }
    put(w, "]}\n");
    if (draw(w, 2) == 0) {
        put(w, "  knock_out: ");
        put_condition(w, 2);
        put(w, "\n");
    }
    put(w, "  bands:\n    - {class: a, range: \"[-99, 3)\"}\n    - {class: b, range: \"[3, %s}\n", "7]\"");
    put(w, "    - {class: c, range: \"(7, ...)\"");
    if (draw(w, 2) == 0) {
        put(w, ", requires: ");
        put_condition(w, 2);
    }
    put(w, "}\n%s", CRITERION);
}

typedef struct tries {
    int32_t levels[3][ROWS]; /* facts 0, 1, 4 */
    uint8_t flags[ROWS];
    int64_t counts[ROWS];
    uint64_t costs[ROWS];
    bool reached[ROWS];
    ntm_table table;
    ntm_field fields[FACTS];
} tries;

static const int64_t count_rungs[] = {2, 4, 5, 7, 8};

/* Row 0 is where things stand; the others are all that can be climbed to. */
static void fill(tries *t, const size_t *now, bool last_reported, const uint64_t *prices) {
    static const char *const names[] = {"low", "mid", "high"};
    static const uint8_t none[(ROWS + 7) / 8] = {0};
    size_t rows = 0, at[FACTS];
    memset(t, 0, sizeof *t);
    for (size_t code = 0; code < ROWS; code++) {
        size_t rest = code, below = 0;
        uint64_t cost = 0;
        static const size_t sizes[FACTS] = {3, 3, 2, 5, 3};
        for (size_t i = 0; i < FACTS; i++) {
            at[i] = rest % sizes[i];
            rest /= sizes[i];
            below += at[i] < now[i];
            for (size_t rung = now[i]; rung < at[i]; rung++)
                cost += i == 0 ? prices[rung] : 1;
        }
        if (below > 0 || (!last_reported && at[4] != now[4])) continue;
        assert_true(rows < ROWS);
        t->levels[0][rows] = (int32_t)at[0];
        t->levels[1][rows] = (int32_t)at[1];
        t->levels[2][rows] = (int32_t)at[4];
        t->flags[rows] = (uint8_t)at[2];
        t->counts[rows] = count_rungs[at[3]];
        t->costs[rows++] = cost;
    }
    t->table = (ntm_table)NTM_TABLE_INIT;
    t->table.rows = rows;
    t->table.fields = t->fields;
    t->table.field_count = FACTS;
    t->fields[0] = (ntm_field){"f0", ntm_column_codes(t->levels[0], rows, names, 3)};
    t->fields[1] = (ntm_field){"f1", ntm_column_codes(t->levels[1], rows, names, 3)};
    t->fields[2] = (ntm_field){"f2", ntm_column_bytes(t->flags, rows)};
    t->fields[3] = (ntm_field){"f3", ntm_column_int64(t->counts, rows)};
    t->fields[4] = (ntm_field){"f4", ntm_column_codes(t->levels[2], rows, names, 3)};
    if (!last_reported) t->fields[4].column.validity = none;
}

/* Counts climb only to the numbers that the set compares them with: a rung that it does not name costs nothing to pass, and
   cannot be stopped at. */
static void count_named_rungs(tries *t, const char *yaml, size_t now) {
    static const char *const texts[] = {"", "[f3, \">=\", {constant: 4,", "[f3, \">\", {constant: 4,",
                                        "[f3, \">=\", {constant: 7,", "[f3, \">\", {constant: 7,"};
    for (size_t row = 0; row < t->table.rows; row++)
        for (size_t rung = 1; rung < 5; rung++) {
            bool named = strstr(yaml, texts[rung]) != NULL;
            if (named || rung <= now || t->counts[row] < count_rungs[rung]) continue;
            if (t->counts[row] == count_rungs[rung]) t->costs[row] = UINT64_MAX;
            if (t->costs[row] != UINT64_MAX) t->costs[row]--;
        }
}

/* The cheapest row that reaches the class for sure, and the most points at that cost. */
static bool cheapest(const ntm_attainment *result, const tries *t, size_t target, uint64_t *cost,
                     ntm_fraction *points) {
    bool found = false;
    for (size_t row = 0; row < t->table.rows; row++) {
        ntm_range score;
        if (t->costs[row] == UINT64_MAX || ntm_attainment_grade(result, row).least < target) continue;
        assert_int_equal(ntm_attainment_score(&score, result, row, NULL), NTM_OK);
        bool more = score.least.numerator * points->denominator > points->numerator * score.least.denominator;
        if (found && (t->costs[row] > *cost || (t->costs[row] == *cost && !more))) continue;
        found = true;
        *cost = t->costs[row];
        *points = score.least;
    }
    return found;
}

static void check(writer *w, tries *t, const ntm_plan *plan, const ntm_climb_options *options, size_t *ways) {
    ntm_evaluate_options evaluate = NTM_EVALUATE_OPTIONS_INIT;
    ntm_attainment *result = NULL;
    ntm_climb *climb = NULL;
    ntm_error err = NTM_ERROR_INIT;
    uint64_t cost = 0;
    ntm_fraction points = {0, 1};
    evaluate.keep_values = true;
    assert_ok(ntm_evaluate(&result, plan, &t->table, &evaluate, &err), &err);
    assert_ok(ntm_climb_new(&climb, plan, &t->table, 0, options, &err), &err);
    const ntm_climb_summary *about = ntm_climb_about(climb);
    assert_true(about->grade.least == ntm_attainment_grade(result, 0).least);
    assert_true(about->grade.most == ntm_attainment_grade(result, 0).most);
    assert_true(about->exact);
    bool found = about->target != 0 && cheapest(result, t, about->target, &cost, &points);
    if (found != about->found || (found && (cost != about->cost || points.numerator != about->score_after.numerator ||
                                            points.denominator != about->score_after.denominator)))
        fail_msg("found %d cost %d points %d/%d, expected %d %d %d/%d\n%s", about->found, (int)about->cost,
                 (int)about->score_after.numerator, (int)about->score_after.denominator, found, (int)cost,
                 (int)points.numerator, (int)points.denominator, w->text);
    uint64_t sum = 0;
    for (size_t i = 0; i < ntm_climb_step_count(climb); i++)
        sum += ntm_climb_step_at(climb, i)->cost;
    assert_int_equal(sum, about->cost);
    *ways += found && cost > 0;
    ntm_climb_free(climb);
    ntm_attainment_free(result);
}

static void against_all(void **state) {
    static writer w;
    static tries t;
    size_t ways = 0;
    w.random = 89;
    (void)state;
    for (int round = 0; round < 1500; round++) {
        ntm_plan_options planned = NTM_PLAN_OPTIONS_INIT;
        ntm_climb_options options = NTM_CLIMB_OPTIONS_INIT;
        ntm_plan *plan = NULL;
        ntm_error err = NTM_ERROR_INIT;
        size_t now[FACTS] = {draw(&w, 2), draw(&w, 3), draw(&w, 2), draw(&w, 2), draw(&w, 2)};
        uint64_t prices[] = {draw(&w, 3), draw(&w, 4)};
        const ntm_climb_cost costs[] = {{"f0", "mid", prices[0]}, {"f0", "high", prices[1]}};
        w.used = 0;
        put_set(&w);
        ntm_set *set = taken(w.text);
        planned.on = KIT_DAY;
        planned.out_of_force = true;
        planned.kernels = (ntm_kernels)(round % 3);
        assert_ok(ntm_plan_new(&plan, set, &planned, &err), &err);
        fill(&t, now, draw(&w, 4) != 0, prices);
        count_named_rungs(&t, w.text, now[3]);
        options.costs = costs;
        options.cost_count = 2;
        options.target = draw(&w, 4);
        check(&w, &t, plan, &options, &ways);
        ntm_plan_free(plan);
        ntm_set_free(set);
    }
    assert_true(ways > 300);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(against_all)};
    return cmocka_run_group_tests_name("climbing, tried out", tests, NULL, NULL);
}
