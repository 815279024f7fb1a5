/* SPDX-License-Identifier: Apache-2.0 */
/* What different questions say of the same units has to fit together: gaps, flips, deciding facts, tasks and trajectories
 * of random sets and tables, each checked by another, most of them by what comes of a table or set with other cells. */
#include "sheet.h"

#include <ntm/decide.h>
#include <ntm/flip.h>
#include <ntm/gap.h>
#include <ntm/task.h>
#include <ntm/trajectory.h>
#include <ntm/what_if.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FACTS = 9, PART = 6, WHOLE = 7, LAST_NUMBER = PART, ROWS = 24, CHANGES = 3 * ROWS * FACTS, SMALL = 10000 };

/* Each stands in one indicator; the part in one as a share of the whole. */
static const char *const facts[FACTS] = {"a0", "a1", "a2", "b0", "b1", "b2", "part", "whole", "flag"};
static const char *const figures[FACTS] = {"g0", "g1", "g2", "g3", "g4", "g5", "g6", NULL, NULL};
static const char *const indicators[FACTS] = {"i0", "i1", "i2", "i3", "i4", "i5", "i6", NULL, "i8"};

typedef struct scene {
    uint64_t seed, random;
    kit k;
    sheet s;
    ntm_plan *plan;
    ntm_gaps *gaps;
    ntm_attainment *now;
    ntm_comparison signs[FACTS];
    int64_t asked[FACTS]; /* hundredths */
    bool known[FACTS][ROWS];
    int64_t values[FACTS][ROWS];  /* hundredths; counts and flags whole */
    bool limited[FACTS][ROWS][2]; /* least and most of what is not known */
    int64_t limits[FACTS][ROWS][2];
    const char *bounds[FACTS][2]; /* their columns */
    size_t criteria, indicator_count;
    size_t fact_of[FACTS]; /* by indicator */
    ntm_column codes;
    ntm_fact_change changes[CHANGES];
    size_t change_count;
} scene;

static size_t gaps_done, flips_done, witnesses, needed_seen;

static uint64_t below(scene *c, uint64_t end) { return fault_random(&c->random) % end; }
static bool is_count(size_t fact) { return fact >= 3 && fact <= WHOLE; }

#define fail_at(c, row, ...)                                                                                           \
    do {                                                                                                               \
        print_error("seed %llu, row %zu: ", (unsigned long long)(c)->seed, (size_t)(row));                             \
        fail_msg(__VA_ARGS__);                                                                                         \
    } while (0)

/* ------------------------------------------------------------------------------------------- making */

static ntm_node rule_of(scene *c, size_t fact) {
    kit *k = &c->k;
    if (fact == FACTS - 1) return below(c, 3) == 0 ? k_of(k, NTM_NOT, k_attested(k, "flag")) : k_attested(k, "flag");
    ntm_node quantity = k_fact(k, facts[fact]);
    if (fact == PART) quantity = k_of(k, NTM_RATIO, quantity, k_fact(k, facts[WHOLE]));
    static const ntm_comparison signs[] = {NTM_MORE_OR_EQUAL, NTM_MORE_OR_EQUAL, NTM_MORE, NTM_LESS_OR_EQUAL, NTM_LESS};
    c->signs[fact] = signs[below(c, 5)];
    return k_compare(k, quantity, c->signs[fact], k_figure(k, figures[fact]));
}

static void add_figures(scene *c) {
    for (size_t i = 0; i <= LAST_NUMBER; i++) {
        char text[16];
        c->asked[i] = i < 3       ? 25 * (int64_t)(1 + below(c, 60))
                      : i == PART ? 100 * (int64_t)below(c, 101)
                                  : 100 * (int64_t)(1 + below(c, 10));
        (void)snprintf(text, sizeof text, "%d.%02d", (int)(c->asked[i] / 100), (int)(c->asked[i] % 100));
        kit_figure(&c->k, figures[i], i < 3 ? "km" : i == PART ? "%" : "household", text);
    }
}

/* Some indicators in each criterion: all, any or some of them; some criteria, or all, for the status. */
static void add_criteria(scene *c) {
    static const char *const ids[FACTS] = {"1", "2", "3", "4", "5", "6", "7", "8", "9"};
    size_t order[FACTS], count = 0, at = 0;
    ntm_node of[FACTS];
    for (size_t i = 0; i < FACTS; i++)
        if (indicators[i] != NULL) order[count++] = i;
    for (size_t i = count; i-- > 1;) {
        size_t other = below(c, i + 1), swap = order[i];
        order[i] = order[other];
        order[other] = swap;
    }
    while (at < count) {
        size_t size = 1 + below(c, count - at < 3 ? count - at : 3);
        uint64_t how = below(c, 3);
        for (size_t i = 0; i < size && how > 0; i++)
            of[i] = k_indicator(&c->k, indicators[order[at + i]]);
        ntm_node rule = how == 0   ? 0
                        : how == 1 ? k_list(&c->k, NTM_ANY, 0, of, size)
                                   : k_list(&c->k, NTM_AT_LEAST, 1 + (uint32_t)below(c, size), of, size);
        kit_criterion(&c->k, ids[c->criteria++], rule);
        for (; size > 0; size--, at++) {
            c->fact_of[c->indicator_count++] = order[at];
            kit_indicator(&c->k, indicators[order[at]], rule_of(c, order[at]));
        }
    }
    bool all = below(c, 2) == 0;
    for (size_t i = 0; i < c->criteria && !all; i++)
        of[i] = k_criterion(&c->k, ids[i]);
    ntm_node status = all ? 0 : k_list(&c->k, NTM_AT_LEAST, 1 + (uint32_t)below(c, c->criteria), of, c->criteria);
    kit_rules(&c->k, status, 0, 0);
}

static void add_cells(scene *c) {
    static const form numbers[] = {AS_INT64, AS_DOUBLE, AS_DECIMAL, AS_INT32}, flags[] = {AS_BITS, AS_BYTES};
    for (size_t i = 0; i < FACTS; i++) {
        size_t fact = FACTS - 1 - i; /* the whole before its part */
        char text[ROWS * 8] = "";
        for (size_t row = 0, used = 0; row < ROWS; row++) {
            int64_t value = fact == FACTS - 1 ? (int64_t)below(c, 2)
                            : fact < 3        ? 25 * (int64_t)below(c, 70)
                            : fact == WHOLE   ? (int64_t)below(c, 20)
                            : fact == PART    ? (int64_t)below(c, (uint64_t)c->values[WHOLE][row] + 1)
                                              : (int64_t)below(c, 12);
            c->values[fact][row] = value;
            c->known[fact][row] = below(c, row % 3 == 0 ? 2 : 12) != 0;
            if (!c->known[fact][row])
                used += (size_t)snprintf(text + used, sizeof text - used, "? ");
            else if (fact == FACTS - 1)
                used += (size_t)snprintf(text + used, sizeof text - used, "%s ", value != 0 ? "yes" : "no");
            else if (fact < 3)
                used +=
                    (size_t)snprintf(text + used, sizeof text - used, "%d.%02d ", (int)value / 100, (int)value % 100);
            else
                used += (size_t)snprintf(text + used, sizeof text - used, "%d ", (int)value);
        }
        sheet_cells(&c->s, facts[fact], fact == FACTS - 1 ? flags[below(c, 2)] : numbers[below(c, fact < 3 ? 3 : 4)],
                    text);
    }
}

/* Bounds of what is not reported, on either side of what it is. */
static void add_bounds(scene *c, size_t fact, size_t side) {
    char *name = sheet_memory(&c->s, 16);
    char text[ROWS * 8] = "";
    for (size_t row = 0, used = 0; row < ROWS; row++) {
        int64_t far = (int64_t)below(c, 8) * (fact < 3 ? 25 : 1);
        c->limited[fact][row][side] = !c->known[fact][row] && below(c, 2) == 0;
        c->limits[fact][row][side] = c->values[fact][row] + (side == 0 ? -far : far);
        int64_t limit = c->limits[fact][row][side], size = limit < 0 ? -limit : limit;
        if (!c->limited[fact][row][side])
            used += (size_t)snprintf(text + used, sizeof text - used, "? ");
        else
            used += (size_t)snprintf(text + used, sizeof text - used, fact < 3 ? "%s%d.%02d " : "%s%d ",
                                     limit < 0 ? "-" : "", (int)(fact < 3 ? size / 100 : size), (int)size % 100);
    }
    (void)snprintf(name, 16, "%s:%s", facts[fact], side == 0 ? "least" : "most");
    c->bounds[fact][side] = name;
    sheet_cells(&c->s, name, below(c, 2) == 0 ? AS_INT64 : AS_DECIMAL, text);
}

static ntm_attainment *evaluated(const scene *c, const ntm_set *set, const ntm_table *table) {
    ntm_plan *plan = NULL;
    ntm_attainment *out = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_plan_new(&plan, set, &c->s.plan, &err), &err);
    assert_ok(ntm_evaluate(&out, plan, table, NULL, &err), &err);
    ntm_plan_free(plan);
    return out;
}

static void start(scene *c, uint64_t seed) {
    static const char *names[ROWS];
    static char texts[ROWS][8];
    static int32_t codes[ROWS];
    ntm_error err = NTM_ERROR_INIT;
    ntm_gaps_options options = NTM_GAPS_OPTIONS_INIT;
    memset(c, 0, sizeof *c);
    c->seed = seed;
    c->random = seed * 7919 + 1;
    kit_start(&c->k, NULL);
    for (size_t i = 0; i < FACTS; i++) {
        if (i == PART)
            kit_part(&c->k, facts[i], NTM_KIND_COUNT, "household", facts[WHOLE]);
        else if (i == FACTS - 1)
            kit_fact(&c->k, facts[i], NTM_KIND_FLAG, NULL);
        else
            kit_fact(&c->k, facts[i], is_count(i) ? NTM_KIND_COUNT : NTM_KIND_AMOUNT, is_count(i) ? "household" : "km");
    }
    add_figures(c);
    add_criteria(c);
    (void)kit_done(&c->k);
    sheet_start(&c->s, ROWS);
    add_cells(c);
    for (size_t i = 0; i < 2 * PART && seed % 2 == 0; i++)
        add_bounds(c, i / 2, i % 2);
    for (size_t i = 0; i < ROWS; i++) {
        (void)snprintf(texts[i], sizeof texts[i], "u%zu", i);
        names[i] = texts[i];
        codes[i] = (int32_t)i;
    }
    c->codes = ntm_column_codes(codes, ROWS, names, ROWS);
    assert_ok(ntm_plan_new(&c->plan, c->k.set, &c->s.plan, &err), &err);
    assert_ok(ntm_gaps_new(&c->gaps, c->plan, &c->s.table, &options, &err), &err);
    c->now = evaluated(c, c->k.set, &c->s.table);
}

static void end(scene *c) {
    ntm_attainment_free(c->now);
    ntm_gaps_free(c->gaps);
    ntm_plan_free(c->plan);
    sheet_end(&c->s);
    kit_end(&c->k);
}

/* ------------------------------------------------------------------------------------------- gaps, done */

static size_t fact_named(const char *name) {
    for (size_t i = 0; i < FACTS; i++)
        if (strcmp(facts[i], name) == 0) return i;
    fail_msg("no fact %s", name);
    return 0;
}

/* A value that is reported has no bounds beside it. */
static void forget_bounds(scene *c, size_t fact, size_t row) {
    for (size_t side = 0; side < 2; side++) {
        if (!c->limited[fact][row][side]) continue;
        assert_true(c->change_count < CHANGES);
        c->changes[c->change_count++] = (ntm_fact_change){.row = row, .field = c->bounds[fact][side]};
    }
}

/* Does a gap to the table; false when it cannot be done. */
static bool do_gap(scene *c, const ntm_gap *gap) {
    const ntm_gap_subject *subject = ntm_gaps_subject(c->gaps, gap->subject);
    ntm_fraction amount = gap->amount.most;
    size_t fact = subject->input == NULL ? FACTS : fact_named(subject->input);
    if (fact == FACTS || gap->out_of_reach || amount.denominator == 0 || c->change_count == CHANGES) return false;
    ntm_fact_change *change = &c->changes[c->change_count];
    *change = (ntm_fact_change){.row = gap->row, .field = facts[fact], .known = NTM_REPORTED, .kind = NTM_CHANGE_FLAG};
    change->flag = gap->kind == NTM_GAP_ACT;
    if (gap->kind == NTM_GAP_MORE || gap->kind == NTM_GAP_FEWER) {
        size_t side = gap->kind == NTM_GAP_MORE ? 0 : 1; /* the worst that can be */
        bool known = c->known[fact][gap->row];
        if ((!known && !c->limited[fact][gap->row][side]) || SMALL % amount.denominator != 0) return false;
        int64_t by = amount.numerator * (SMALL / amount.denominator) + (gap->strict && !subject->whole);
        int64_t from = known ? c->values[fact][gap->row] : c->limits[fact][gap->row][side];
        if (!known && is_count(fact) && from < 0) from = 0;
        from *= is_count(fact) ? SMALL : SMALL / 100;
        change->kind = NTM_CHANGE_NUMBER;
        change->number = (ntm_decimal){gap->kind == NTM_GAP_MORE ? from + by : from - by, 4};
        if (is_count(fact) && change->number.coefficient % SMALL == 0) /* columns of counts stay whole */
            change->number = (ntm_decimal){change->number.coefficient / SMALL, 0};
        if (change->number.coefficient < 0) return false;
    } else if (gap->kind != NTM_GAP_ACT && gap->kind != NTM_GAP_UNDO) {
        return false;
    }
    c->change_count++;
    forget_bounds(c, fact, gap->row);
    return true;
}

static ntm_what_if *changed(scene *c) {
    ntm_what_if *out = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_table_what_if(&out, &c->s.table, c->changes, c->change_count, NULL, NULL, &err), &err);
    return out;
}

static bool asks(const scene *c, const ntm_gap *gap, ntm_of of, size_t index) {
    const ntm_gap_subject *subject = ntm_gaps_subject(c->gaps, gap->subject);
    if (of == NTM_OF_STATUS) return (gap->needed_for & NTM_NEEDED_STATUS) != 0;
    if (of == NTM_OF_CRITERION) return (gap->needed_for & NTM_NEEDED_CRITERION) != 0 && subject->criterion == index;
    return subject->of == of && subject->index == index;
}

/* All that is lacking, done in all rows at once, is enough, and leaves nothing lacking; other rows stay. */
static void gaps_are_enough(scene *c, ntm_of of, size_t index) {
    bool done[ROWS] = {false};
    ntm_gaps *gaps = NULL;
    ntm_error err = NTM_ERROR_INIT;
    c->change_count = 0;
    for (size_t row = 0; row < ROWS; row++) {
        size_t before = c->change_count;
        bool good = true;
        for (size_t at = ntm_gaps_first(c->gaps, row); at < ntm_gaps_first(c->gaps, row + 1); at++) {
            ntm_gap gap = ntm_gaps_at(c->gaps, at);
            good = good && (!asks(c, &gap, of, index) || do_gap(c, &gap));
        }
        if (!good) c->change_count = before;
        done[row] = c->change_count > before;
    }
    ntm_what_if *w = changed(c);
    ntm_attainment *then = evaluated(c, c->k.set, ntm_what_if_table(w));
    assert_ok(ntm_gaps_new(&gaps, c->plan, ntm_what_if_table(w), NULL, &err), &err);
    for (size_t row = 0; row < ROWS; row++) {
        ntm_verdict verdict = sheet_verdict(then, of, row, index);
        if (done[row] ? verdict != NTM_MET : verdict != sheet_verdict(c->now, of, row, index))
            fail_at(c, row, "of %d %zu: %d once the gaps are closed", (int)of, index, (int)verdict);
        gaps_done += done[row];
        for (size_t at = ntm_gaps_first(gaps, row); at < ntm_gaps_first(gaps, row + 1) && done[row]; at++) {
            ntm_gap gap = ntm_gaps_at(gaps, at);
            if (asks(c, &gap, of, index)) fail_at(c, row, "of %d %zu: a gap is left", (int)of, index);
        }
    }
    ntm_gaps_free(gaps);
    ntm_attainment_free(then);
    ntm_what_if_free(w);
}

/* ------------------------------------------------------------------------------------------- flips */

/* The gap of an indicator in a row; false when there is none. */
static bool gap_of(const scene *c, size_t row, size_t indicator, ntm_gap *out) {
    for (size_t at = ntm_gaps_first(c->gaps, row); at < ntm_gaps_first(c->gaps, row + 1); at++) {
        *out = ntm_gaps_at(c->gaps, at);
        if (asks(c, out, NTM_OF_INDICATOR, indicator)) return true;
    }
    return false;
}

/* What is lacking leads from the number at which the row flips to what is asked, and not a step further than it has to. */
static void flip_fits_gap(scene *c, const ntm_flip *flip, size_t indicator) {
    size_t fact = c->fact_of[indicator];
    ntm_gap gap;
    if (!c->known[fact][flip->row] || (fact == PART && !c->known[WHOLE][flip->row])) return;
    if (sheet_verdict(c->now, NTM_OF_INDICATOR, flip->row, indicator) == NTM_MET) return;
    if (!gap_of(c, flip->row, indicator, &gap)) fail_at(c, flip->row, "%s is not met and lacks nothing", facts[fact]);
    if (gap.kind == NTM_GAP_UNTOLD) fail_at(c, flip->row, "%s is untold", facts[fact]);
    bool up = gap.kind == NTM_GAP_MORE, strict = c->signs[fact] == NTM_MORE || c->signs[fact] == NTM_LESS;
    int64_t whole = fact == PART ? c->values[WHOLE][flip->row] : 100, a = gap.amount.least.numerator;
    int64_t b = gap.amount.least.denominator;
    assert_true(b > 0 && b == gap.amount.most.denominator && a == gap.amount.most.numerator);
    /* The way from the flip to the figure, and the gap: hundredths of the figure's unit × denominators. */
    int64_t way = c->asked[fact] * flip->at.denominator - 100 * flip->at.numerator;
    if (!up) way = -way;
    int64_t is = fact == PART ? 10000 * flip->at.denominator * a / whole : 100 * flip->at.denominator * a / b;
    int64_t step =
        is_count(fact) ? fact == PART ? 10000 * flip->at.denominator / whole : 100 * flip->at.denominator : 0;
    bool enough = strict && is_count(fact) ? is > way : is >= way;
    bool least = step == 0 ? is == way : strict ? is - step <= way : is - step < way;
    if (!enough || !least)
        fail_at(c, flip->row, "%s: the gap %lld/%lld, from %lld/%lld to %lld hundredths", facts[fact], (long long)a,
                (long long)b, (long long)flip->at.numerator, (long long)flip->at.denominator,
                (long long)c->asked[fact]);
    flips_done++;
}

/* A set with the figure set to where a row flips says what the flip says, of every row. */
static void set_says_so(scene *c, const ntm_flips *flips, const ntm_flip *flip, ntm_of of, size_t index,
                        const char *figure) {
    ntm_set *set = NULL;
    ntm_error err = NTM_ERROR_INIT;
    if (SMALL % flip->at.denominator != 0) return;
    ntm_figure_change change = {.figure = figure};
    change.value = (ntm_decimal){flip->at.numerator * (SMALL / flip->at.denominator), 4};
    assert_ok(ntm_set_what_if(&set, c->k.set, &change, 1, NULL, NULL, &err), &err);
    ntm_attainment *then = evaluated(c, set, &c->s.table);
    if (sheet_verdict(then, of, flip->row, index) != flip->exactly) fail_at(c, flip->row, "%s flips elsewhere", figure);
    for (size_t row = 0; row < ROWS; row++) {
        ntm_verdict verdict = NTM_OPEN;
        assert_ok(ntm_flips_verdict(&verdict, flips, row, change.value, &err), &err);
        if (verdict != sheet_verdict(then, of, row, index)) fail_at(c, row, "%s: flips say otherwise", figure);
    }
    ntm_attainment_free(then);
    ntm_set_free(set);
}

static void flips_fit(scene *c, ntm_of of, size_t index, size_t fact) {
    ntm_flips_options options = NTM_FLIPS_OPTIONS_INIT;
    ntm_flips *flips = NULL;
    ntm_error err = NTM_ERROR_INIT;
    if (figures[fact] == NULL) return;
    options.figure = figures[fact];
    options.of = of;
    options.index = index;
    assert_ok(ntm_flips_new(&flips, c->plan, &c->s.table, &options, &err), &err);
    for (size_t row = 0; row < ROWS; row++) {
        ntm_verdict verdict = NTM_OPEN;
        assert_ok(ntm_flips_verdict_now(&verdict, flips, row, &err), &err);
        assert_int_equal(verdict, sheet_verdict(c->now, of, row, index));
    }
    for (size_t i = 0; i < ntm_flips_count(flips); i++) {
        ntm_flip flip;
        assert_ok(ntm_flips_at(&flip, flips, i, &err), &err);
        if (of == NTM_OF_INDICATOR) flip_fits_gap(c, &flip, index);
        if (below(c, ntm_flips_count(flips)) < 2) set_says_so(c, flips, &flip, of, index, figures[fact]);
    }
    ntm_flips_free(flips);
}

/* ------------------------------------------------------------------------------------------- deciding facts */

static void add_witness(scene *c, size_t row, const ntm_deciding_fact *fact) {
    bool flag = strcmp(fact->value, "yes") == 0 || strcmp(fact->value, "no") == 0;
    assert_true(c->change_count < CHANGES);
    assert_false(c->known[fact_named(fact->column)][row]);
    ntm_fact_change *change = &c->changes[c->change_count++];
    *change = (ntm_fact_change){.row = row, .field = facts[fact_named(fact->column)], .known = NTM_REPORTED};
    change->kind = flag ? NTM_CHANGE_FLAG : NTM_CHANGE_NUMBER;
    change->number = fact->number;
    change->flag = fact->number.coefficient != 0;
}

/* Facts that could show a verdict, reported in all open rows at once, show it; then nothing, or something, is lacking. */
static void witnesses_show(scene *c, ntm_of of, size_t index, ntm_verdict wanted) {
    bool found[ROWS] = {false};
    ntm_gaps *gaps = NULL;
    ntm_error err = NTM_ERROR_INIT;
    c->change_count = 0;
    for (size_t row = 0; row < ROWS; row++) {
        ntm_deciding *d = NULL;
        if (sheet_verdict(c->now, of, row, index) != NTM_OPEN) continue;
        assert_ok(ntm_deciding_new(&d, c->plan, &c->s.table, row, of, index, NULL, &err), &err);
        const ntm_deciding_set *set = ntm_deciding_facts(d, wanted);
        found[row] = set->reason == NTM_DECIDING_FOUND;
        for (size_t i = 0; found[row] && i < set->count; i++)
            add_witness(c, row, &set->facts[i]);
        ntm_deciding_free(d); /* names of columns are the test's own */
    }
    ntm_what_if *w = changed(c);
    ntm_attainment *then = evaluated(c, c->k.set, ntm_what_if_table(w));
    assert_ok(ntm_gaps_new(&gaps, c->plan, ntm_what_if_table(w), NULL, &err), &err);
    for (size_t row = 0; row < ROWS; row++) {
        if (!found[row]) continue;
        if (sheet_verdict(then, of, row, index) != wanted) fail_at(c, row, "of %d %zu: no witness", (int)of, index);
        size_t left = 0;
        for (size_t at = ntm_gaps_first(gaps, row); at < ntm_gaps_first(gaps, row + 1); at++) {
            ntm_gap gap = ntm_gaps_at(gaps, at);
            left += asks(c, &gap, of, index);
        }
        if ((left == 0) != (wanted == NTM_MET)) fail_at(c, row, "of %d %zu: %zu gaps", (int)of, index, left);
        witnesses++;
    }
    ntm_gaps_free(gaps);
    ntm_attainment_free(then);
    ntm_what_if_free(w);
}

/* ------------------------------------------------------------------------------------------- tasks, trajectories */

static int64_t small_of(ntm_fraction value) {
    assert_true(value.denominator > 0 && SMALL % value.denominator == 0);
    return value.numerator * (SMALL / value.denominator);
}

/* "1.25" in ten-thousandths; `otherwise` where nothing is said. */
static int64_t small_at(const ntm_table *table, const char *column, size_t row, int64_t otherwise) {
    char text[32] = "";
    const char *bytes = NULL;
    size_t size = 0;
    ntm_decimal value;
    ntm_error err = NTM_ERROR_INIT;
    const ntm_column *it = &ntm_table_find(table, column)->column;
    if (ntm_column_known(it, row) != NTM_REPORTED) return otherwise;
    assert_ok(ntm_column_text(&bytes, &size, it, row, &err), &err);
    (void)snprintf(text, sizeof text, "%.*s", (int)size, bytes);
    value = kit_decimal(text);
    int64_t out = value.coefficient;
    for (uint8_t i = value.scale; i < 4; i++)
        out *= 10;
    return out;
}

/* Sums of tasks by column are the sums of the gaps. */
static void sums_fit(scene *c, uint32_t needed_for) {
    static const char *const by[] = {"input"};
    ntm_tasks_options options = NTM_TASKS_OPTIONS_INIT;
    ntm_tasks *tasks = NULL;
    ntm_task_sums *sums = NULL;
    ntm_error err = NTM_ERROR_INIT;
    options.codes = &c->codes;
    options.needed_for = needed_for;
    assert_ok(ntm_tasks_new(&tasks, c->gaps, &options, &err), &err);
    assert_ok(ntm_tasks_sum(&sums, tasks, NTM_SUM_AMOUNTS, by, 1, &err), &err);
    ntm_tasks_free(tasks); /* sums are their own */
    const ntm_table *table = ntm_task_sums_table(sums);
    int64_t least = 0, most = 0, told = 0;
    for (size_t i = 0; i < ntm_gaps_count(c->gaps); i++) {
        ntm_gap gap = ntm_gaps_at(c->gaps, i);
        if ((gap.needed_for & needed_for) == 0) continue;
        if (gap.amount.least.denominator != 0) least += small_of(gap.amount.least);
        if (gap.amount.most.denominator != 0) most += small_of(gap.amount.most);
        told++;
    }
    for (size_t row = 0; row < table->rows; row++) {
        ntm_decimal count;
        assert_ok(ntm_column_decimal(&count, &ntm_table_find(table, "tasks")->column, row, &err), &err);
        told -= count.coefficient;
        least -= small_at(table, "amount_least", row, 0);
        most -= small_at(table, "amount_known", row, 0);
    }
    if (least != 0 || most != 0 || told != 0) fail_at(c, ROWS, "sums: %d %d %d", (int)least, (int)most, (int)told);
    ntm_task_sums_free(sums);
}

static bool same(ntm_fraction a, ntm_fraction b) {
    return a.denominator == b.denominator && (a.denominator == 0 || a.numerator == b.numerator);
}

/* On the day of the deadline a trajectory says what the evaluation says, and needs what the gap is. */
static void trajectory_fits(scene *c) {
    ntm_trajectory_options options = NTM_TRAJECTORY_OPTIONS_INIT;
    ntm_trajectory *t = NULL;
    ntm_error err = NTM_ERROR_INIT;
    const ntm_date ends[] = {c->s.plan.on};
    options.units = &c->codes;
    options.period_ends = ends;
    options.period_count = 1;
    assert_ok(ntm_trajectory_new(&t, c->plan, &c->s.table, &options, &err), &err);
    for (size_t i = 0; i < c->indicator_count; i++)
        for (size_t row = 0; row < ROWS; row++) {
            static const ntm_track_state states[] = {NTM_TRACK_OPEN, NTM_TRACK_ATTAINED, NTM_TRACK_MISSED};
            ntm_track_cell cell;
            ntm_track_outlook outlook;
            ntm_gap gap;
            size_t series = ntm_trajectory_find(t, NTM_TRACK_INDICATOR, indicators[c->fact_of[i]]);
            assert_ok(ntm_trajectory_cell(&cell, t, series, row, 0, &err), &err);
            if (cell.state != states[sheet_verdict(c->now, NTM_OF_INDICATOR, row, i)])
                fail_at(c, row, "%s: state %d", facts[c->fact_of[i]], (int)cell.state);
            if (c->fact_of[i] >= LAST_NUMBER) continue; /* shares are in %, and gaps in what they are of */
            assert_ok(ntm_trajectory_outlook(&outlook, t, series, row, 0, &err), &err);
            bool lacks = gap_of(c, row, i, &gap);
            if (!lacks) gap.amount = (ntm_range){{0, 1}, {0, 1}};
            if (lacks && gap.kind == NTM_GAP_UNTOLD) { /* not reported, and not bounded */
                assert_int_equal(gap.untold, NTM_UNTOLD_NOT_REPORTED);
                gap.amount.least = (ntm_fraction){0, 1};
            }
            if (!same(gap.amount.least, outlook.needed.least) || !same(gap.amount.most, outlook.needed.most))
                fail_at(c, row, "%s: needed %lld/%lld to %lld/%lld, the gap is %lld/%lld to %lld/%lld",
                        facts[c->fact_of[i]], (long long)outlook.needed.least.numerator,
                        (long long)outlook.needed.least.denominator, (long long)outlook.needed.most.numerator,
                        (long long)outlook.needed.most.denominator, (long long)gap.amount.least.numerator,
                        (long long)gap.amount.least.denominator, (long long)gap.amount.most.numerator,
                        (long long)gap.amount.most.denominator);
            needed_seen += lacks;
        }
    ntm_trajectory_free(t);
}

/* ------------------------------------------------------------------------------------------- all */

static void look_at(scene *c, ntm_of of, size_t index) {
    gaps_are_enough(c, of, index);
    witnesses_show(c, of, index, NTM_MET);
    witnesses_show(c, of, index, NTM_NOT_MET);
}

static void one_seed(uint64_t seed) {
    static scene c; /* large */
    start(&c, seed);
    look_at(&c, NTM_OF_STATUS, 0);
    for (size_t i = 0; i < c.criteria; i++)
        look_at(&c, NTM_OF_CRITERION, i);
    for (size_t i = 0; i < c.indicator_count; i++) {
        look_at(&c, NTM_OF_INDICATOR, i);
        flips_fit(&c, NTM_OF_INDICATOR, i, c.fact_of[i]);
        flips_fit(&c, NTM_OF_STATUS, 0, c.fact_of[i]);
    }
    sums_fit(&c, NTM_NEEDED_STATUS);
    sums_fit(&c, NTM_NEEDED_PART);
    trajectory_fits(&c);
    end(&c);
}

static void questions_agree(void **state) {
    (void)state;
    const char *only = getenv("NTM_TEST_SEED"), *more = getenv("NTM_TEST_SEEDS");
    uint64_t first = only != NULL ? strtoull(only, NULL, 10) : 1;
    uint64_t last = only != NULL ? first : more != NULL ? strtoull(more, NULL, 10) : fault_under_valgrind() ? 3 : 100;
    for (uint64_t seed = first; seed <= last; seed++)
        one_seed(seed);
    if (getenv("NTM_TEST_SHOW") != NULL)
        print_message("# gaps %zu, flips %zu, witnesses %zu, needed %zu\n", gaps_done, flips_done, witnesses,
                      needed_seen);
    if (last - first < 99) return;
    assert_true(gaps_done > 5000 && flips_done > 2000 && witnesses > 5000 && needed_seen > 2000);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(questions_agree)};
    return cmocka_run_group_tests_name("questions of the same units", tests, NULL, NULL);
}
