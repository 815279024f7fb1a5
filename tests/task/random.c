/* SPDX-License-Identifier: Apache-2.0 */
/* Random units, duties, norms, shares and allotments against a second implementation: everything is looked for among everything,
   again and again, in whole numbers of 1/1000. */
#include "errand.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROWS_MOST = 7, DUTIES_MOST = 8, TASKS_MOST = 80, GAPS_MOST = 16, TEXT = 1 << 14, NOTHING = -1 };

static const char *const units[] = {"m", "b", "Z", "a", "10", "9", "k"};
static const char *const facts[] = {"", "paved", "water", "huts", "clinic", "plan", "registered"};
static const char *const indicators[] = {"", "1.1", "1.2", "2.1", "2.2", "3.1", "3.2"};
static const char *const criteria[] = {"", "1", "2", "3"};
static const char *const departments[] = {"", "x", "y"};
static const char *const works[] = {"", "w", "v", "nobody"};
static const char *const sources[] = {"a", "b"};

typedef struct duty {
    size_t fact, indicator, criterion, department, work;
    int64_t per;
} duty;

typedef struct allotment {
    size_t unit, source, work;
    int64_t amount; /* NOTHING = not reported */
} allotment;

/* A task as it should be; amounts in 1/1000, NOTHING = not known. */
typedef struct expected {
    size_t row, subject, gaps;
    uint32_t needed_for;
    int64_t least, most, cost_least, cost_most;
    int duty; /* NOTHING = none */
    ntm_task_cost cost;
    bool untold;
} expected;

typedef struct model {
    errand e;
    size_t row_count, duty_count, allotment_count, task_count;
    duty duties[DUTIES_MOST];
    allotment allotments[DUTIES_MOST];
    int64_t prices[3], share;
    expected tasks[TASKS_MOST];
} model;

static uint64_t below(uint64_t *seed, uint64_t most) { return fault_random(seed) % most; }

/* ------------------------------------------------------------------------------------------- drawing */

static size_t draw_number(char *to, size_t room, uint64_t *seed, uint64_t most, bool tenths) {
    if (below(seed, 6) == 0) return (size_t)snprintf(to, room, ",");
    uint64_t number = below(seed, most);
    return tenths ? (size_t)snprintf(to, room, ",%d.%d", (int)number, (int)below(seed, 10))
                  : (size_t)snprintf(to, room, ",%d", (int)number);
}

static void draw_facts(char *text, model *m, uint64_t *seed) {
    size_t used = (size_t)snprintf(text, TEXT, "%s", ERRAND_FACTS);
    m->row_count = 1 + below(seed, ROWS_MOST);
    for (size_t i = 0; i < m->row_count; i++) {
        used += (size_t)snprintf(text + used, TEXT - used, "%s", units[i]);
        used += (size_t)snprintf(text + used, TEXT - used, ",%d", 150 + (int)below(seed, 100));
        used += draw_number(text + used, TEXT - used, seed, 151, false);
        used += draw_number(text + used, TEXT - used, seed, 10, true);
        used += draw_number(text + used, TEXT - used, seed, 8, true);
        used += draw_number(text + used, TEXT - used, seed, 2, false);
        used += draw_number(text + used, TEXT - used, seed, 4, false);
        used += draw_number(text + used, TEXT - used, seed, 2, false);
        used += draw_number(text + used, TEXT - used, seed, 50, true);
        used += draw_number(text + used, TEXT - used, seed, 2, false);
        used += (size_t)snprintf(text + used, TEXT - used, "\n");
    }
}

/* Duties that contradict nothing: no two for the same, no indicator of another criterion. */
static void draw_duties(char *text, model *m, uint64_t *seed) {
    size_t used = (size_t)snprintf(text, TEXT, "fact,indicator,criterion,department,work,work_unit,per#0\n");
    for (size_t i = 0, most = below(seed, DUTIES_MOST + 1); i < most; i++) {
        duty d = {below(seed, 3) == 0 ? below(seed, 7) : 0,
                  below(seed, 3) == 0 ? below(seed, 7) : 0,
                  below(seed, 2) == 0 ? below(seed, 4) : 0,
                  below(seed, 3),
                  below(seed, 4),
                  1 + (int64_t)below(seed, 3)};
        bool bad = d.indicator > 0 && d.criterion > 0 && indicators[d.indicator][0] != criteria[d.criterion][0];
        for (size_t k = 0; k < m->duty_count; k++)
            bad = bad || (m->duties[k].fact == d.fact && m->duties[k].indicator == d.indicator &&
                          m->duties[k].criterion == d.criterion);
        if (bad) continue;
        m->duties[m->duty_count++] = d;
        used += (size_t)snprintf(text + used, TEXT - used, "%s,%s,%s,%s,%s,", facts[d.fact], indicators[d.indicator],
                                 criteria[d.criterion], departments[d.department], works[d.work]);
        used += d.work == 0 ? (size_t)snprintf(text + used, TEXT - used, ",\n")
                            : (size_t)snprintf(text + used, TEXT - used, "piece,%d\n", (int)d.per);
    }
}

static void draw_allotments(char *text, model *m, uint64_t *seed) {
    size_t used = (size_t)snprintf(text, TEXT, "unit,source,work,amount#0\n");
    m->allotment_count = below(seed, DUTIES_MOST + 1);
    for (size_t i = 0; i < m->allotment_count; i++) {
        allotment *a = &m->allotments[i];
        *a = (allotment){below(seed, m->row_count), below(seed, 2), 1 + below(seed, 3), (int64_t)below(seed, 3000)};
        used +=
            (size_t)snprintf(text + used, TEXT - used, "%s,%s,%s,", units[a->unit], sources[a->source], works[a->work]);
        if (below(seed, 8) == 0) a->amount = NOTHING;
        used += a->amount < 0 ? (size_t)snprintf(text + used, TEXT - used, "\n")
                              : (size_t)snprintf(text + used, TEXT - used, "%d\n", (int)a->amount);
    }
}

static void draw(model *m, uint64_t *seed) {
    static char text[TEXT];
    memset(m, 0, sizeof *m);
    draw_facts(text, m, seed);
    errand_start(&m->e, ERRAND_SET, text);
    draw_duties(text, m, seed);
    errand_table(&m->e, &m->e.options.duties, text);
    m->prices[1] = (int64_t)below(seed, 100);
    m->prices[2] = (int64_t)below(seed, 100);
    (void)snprintf(text, TEXT, "work,resource,work_unit,amount#0\nw,money,piece,%d\nv,money,piece,%d\n",
                   (int)m->prices[1], (int)m->prices[2]);
    errand_norms(&m->e, text);
    m->share = (int64_t)below(seed, 101);
    (void)snprintf(text, TEXT, "source,share#0\na,%d\nb,%d\n", (int)m->share, (int)(100 - m->share));
    errand_table(&m->e, &m->e.options.division, text);
    draw_allotments(text, m, seed);
    errand_table(&m->e, &m->e.options.allotted, text);
    m->e.options.rounding = NTM_ROUND_UP;
    m->e.options.needed_for = below(seed, 2) == 0 ? NTM_NEEDED_STATUS : NTM_NEEDED_PART;
}

/* ------------------------------------------------------------------------------------------- the second one */

static bool is(const char *a, const char *b) { return a != NULL && b != NULL && strcmp(a, b) == 0; }

static const char *part_id(const model *m, const ntm_gap_subject *s, bool criterion) {
    if (criterion) return s->criterion == SIZE_MAX ? NULL : ntm_set_criterion(m->e.set, s->criterion)->id;
    return s->of == NTM_OF_INDICATOR ? ntm_set_indicator(m->e.set, s->index)->id : NULL;
}

static int duty_for(const model *m, const ntm_gap_subject *s) {
    int best = NOTHING, score = NOTHING;
    for (size_t i = 0; i < m->duty_count; i++) {
        const duty *d = &m->duties[i];
        int its = 4 * (d->fact > 0) + 2 * (d->indicator > 0) + (d->criterion > 0);
        if ((d->fact > 0 && !is(facts[d->fact], s->fact)) ||
            (d->indicator > 0 && !is(indicators[d->indicator], part_id(m, s, false))) ||
            (d->criterion > 0 && !is(criteria[d->criterion], part_id(m, s, true))) || its < score)
            continue;
        best = (int)i;
        score = its;
    }
    return best;
}

static int64_t thousandths(ntm_fraction f) {
    if (f.denominator == 0) return NOTHING;
    assert_true(f.numerator * 1000 % f.denominator == 0);
    return f.numerator * 1000 / f.denominator;
}

static int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }

/* Told before untold, unknown as endless. */
static bool more(int64_t least, int64_t most, bool untold, const expected *than) {
    if (untold != than->untold) return than->untold;
    if (untold) return false;
    int64_t a = most == NOTHING ? INT64_MAX : most, b = than->most == NOTHING ? INT64_MAX : than->most;
    return a > b || (a == b && least > than->least);
}

static ntm_gap_kind kind_of(const model *m, const ntm_gap *gap) {
    return gap->kind == NTM_GAP_UNTOLD ? ntm_gaps_subject(m->e.gaps, gap->subject)->kind : gap->kind;
}

/* One task of all gaps of a row that are in the same column and direction as `first`. */
static expected join(const model *m, size_t first, bool *done) {
    ntm_gap gap = ntm_gaps_at(m->e.gaps, first);
    const ntm_gap_subject *subject = ntm_gaps_subject(m->e.gaps, gap.subject);
    expected t = {.row = gap.row, .least = NOTHING, .most = NOTHING, .untold = true, .subject = gap.subject};
    int64_t all_least = NOTHING, all_most = 0;
    bool endless = false;
    for (size_t i = first; i < ntm_gaps_count(m->e.gaps); i++) {
        ntm_gap other = ntm_gaps_at(m->e.gaps, i);
        if (done[i] || other.row != gap.row || (other.needed_for & m->e.options.needed_for) == 0 ||
            !is(ntm_gaps_subject(m->e.gaps, other.subject)->input, subject->input) ||
            kind_of(m, &other) != kind_of(m, &gap))
            continue;
        int64_t least = thousandths(other.amount.least), most = thousandths(other.amount.most);
        if (t.gaps == 0 || more(least, most, other.untold != NTM_TOLD, &t)) {
            t.subject = other.subject;
            t.least = least;
            t.most = most;
            t.untold = other.untold != NTM_TOLD;
        }
        all_least = larger(all_least, least);
        all_most = larger(all_most, most);
        endless = endless || most == NOTHING;
        done[i] = true;
        t.needed_for |= other.needed_for;
        t.gaps++;
    }
    t.least = all_least;
    t.most = endless ? NOTHING : all_most;
    return t;
}

static int64_t cost_of(const model *m, const expected *t, int64_t amount) {
    const duty *d = &m->duties[t->duty];
    return amount == NOTHING ? NOTHING : (amount * d->per * m->prices[d->work] + 999) / 1000;
}

static void price(const model *m, expected *t) {
    const ntm_gap_subject *subject = ntm_gaps_subject(m->e.gaps, t->subject);
    t->duty = duty_for(m, subject);
    t->cost_least = t->cost_most = NOTHING;
    if (subject->closing != NTM_CLOSING_WORK)
        t->cost = NTM_TASK_NOT_WORK;
    else if (t->duty == NOTHING)
        t->cost = NTM_TASK_NO_DUTY;
    else if (m->duties[t->duty].work == 0)
        t->cost = NTM_TASK_NO_WORK;
    else if (t->least == NOTHING)
        t->cost = NTM_TASK_UNTOLD;
    else if (m->duties[t->duty].work == 3)
        t->cost = NTM_TASK_NO_NORM;
    else
        t->cost = t->most != NOTHING ? NTM_TASK_COST_KNOWN : NTM_TASK_UNTOLD; /* all facts of the set have bounds */
    if (t->cost != NTM_TASK_COST_KNOWN && t->cost != NTM_TASK_UNTOLD) return;
    if (m->duties[t->duty].work == 3) return;
    t->cost_least = cost_of(m, t, t->least);
    t->cost_most = cost_of(m, t, t->most);
}

/* Whether a comes before b in the list. */
static bool before(const model *m, const expected *a, const expected *b) {
    if (a->row != b->row) {
        ntm_gaps_row x = ntm_gaps_of_row(m->e.gaps, a->row), y = ntm_gaps_of_row(m->e.gaps, b->row);
        uint32_t works_x = x.works == 0 ? 999 : x.works, works_y = y.works == 0 ? 999 : y.works;
        if (works_x != works_y) return works_x < works_y;
        if (x.untold != y.untold) return x.untold < y.untold;
        return strcmp(units[a->row], units[b->row]) < 0;
    }
    size_t x = ntm_gaps_subject(m->e.gaps, a->subject)->criterion,
           y = ntm_gaps_subject(m->e.gaps, b->subject)->criterion;
    return x != y ? x < y : a->subject < b->subject;
}

static void make_model(model *m) {
    bool done[ROWS_MOST * GAPS_MOST] = {false};
    assert_true(ntm_gaps_count(m->e.gaps) <= ROWS_MOST * GAPS_MOST);
    for (size_t i = 0; i < ntm_gaps_count(m->e.gaps); i++) {
        if (done[i] || (ntm_gaps_at(m->e.gaps, i).needed_for & m->e.options.needed_for) == 0) continue;
        expected t = join(m, i, done);
        price(m, &t);
        size_t at = m->task_count++;
        for (; at > 0 && before(m, &t, &m->tasks[at - 1]); at--)
            m->tasks[at] = m->tasks[at - 1];
        m->tasks[at] = t;
    }
}

/* What a source pays of a cost: its share, and the one đồng that is left to the larger rest, then the larger share, then a. */
static int64_t part_of(const model *m, int64_t cost, size_t source) {
    int64_t a = cost * m->share / 100, b = cost * (100 - m->share) / 100;
    int64_t rest_a = cost * m->share % 100, rest_b = cost * (100 - m->share) % 100;
    bool to_a = rest_a > rest_b || (rest_a == rest_b && m->share >= 50);
    int64_t left = cost - a - b;
    return source == 0 ? a + (to_a ? left : 0) : b + (to_a ? 0 : left);
}

/* ------------------------------------------------------------------------------------------- comparisons */

static int64_t number_at(const ntm_table *table, const char *column, size_t row) {
    ntm_decimal value;
    const ntm_column *of = &ntm_table_find(table, column)->column;
    if (ntm_column_known(of, row) != NTM_REPORTED) return NOTHING;
    assert_int_equal(ntm_column_decimal(&value, of, row, NULL), NTM_OK);
    return value.coefficient;
}

/* Whether a cell is a text; "" for one that is not reported. */
static bool text_is(const ntm_table *table, const char *column, size_t row, const char *text) {
    const char *found = NULL;
    size_t size = 0;
    const ntm_column *of = &ntm_table_find(table, column)->column;
    if (ntm_column_known(of, row) != NTM_REPORTED) return text[0] == '\0';
    assert_int_equal(ntm_column_text(&found, &size, of, row, NULL), NTM_OK);
    return size == strlen(text) && memcmp(found, text, size) == 0;
}

static const char *department_of(const model *m, const expected *t) {
    return t->duty == NOTHING ? "" : departments[m->duties[t->duty].department];
}
static const char *work_of(const model *m, const expected *t) {
    return t->duty == NOTHING ? "" : works[m->duties[t->duty].work];
}

static void compare_tasks(const model *m) {
    assert_int_equal(ntm_tasks_count(m->e.tasks), m->task_count);
    for (size_t i = 0; i < m->task_count; i++) {
        const expected *t = &m->tasks[i];
        ntm_task got = ntm_tasks_at(m->e.tasks, i);
        assert_int_equal(got.row, t->row);
        assert_int_equal(got.subject, t->subject);
        assert_int_equal(got.included + 1, t->gaps);
        assert_int_equal(got.needed_for, t->needed_for);
        assert_int_equal(thousandths(got.amount.least), t->least);
        assert_int_equal(thousandths(got.amount.most), t->most);
        assert_int_equal(got.duty == NTM_NO_ROW ? NOTHING : (int)got.duty, t->duty);
        assert_int_equal(got.cost, t->cost);
        assert_int_equal(got.cost_least_known ? got.cost_least : NOTHING, t->cost_least);
        assert_int_equal(got.cost_most_known ? got.cost_most : NOTHING, t->cost_most);
        assert_true(text_is(ntm_tasks_table(m->e.tasks), "unit", i, units[t->row]));
        assert_true(text_is(ntm_tasks_table(m->e.tasks), "department", i, department_of(m, t)));
        assert_int_equal(ntm_tasks_of_gap(m->e.tasks, got.gap), i);
    }
}

/* Sums of one group; costs in đồng or, for `amounts`, in 1/1000. */
typedef struct sum {
    int64_t tasks, open, not_work, least, known, leasts, knowns;
} sum;

static sum sum_up(const model *m, const ntm_table *table, size_t row) {
    sum s = {0};
    for (size_t i = 0; i < m->task_count; i++) {
        const expected *t = &m->tasks[i];
        if (!text_is(table, "department", row, department_of(m, t)) || !text_is(table, "work", row, work_of(m, t)))
            continue;
        s.tasks++;
        s.not_work += t->cost == NTM_TASK_NOT_WORK;
        s.open += t->cost != NTM_TASK_NOT_WORK && t->cost_most == NOTHING;
        s.leasts += t->cost_least != NOTHING;
        s.knowns += t->cost_most != NOTHING;
        s.least += larger(t->cost_least, 0);
        s.known += larger(t->cost_most, 0);
    }
    return s;
}

static void compare_sums(const model *m) {
    static const char *const by[] = {"department", "work"};
    ntm_task_sums *sums = NULL;
    ntm_error err = NTM_ERROR_INIT;
    size_t tasks = 0;
    assert_ok(ntm_tasks_sum(&sums, m->e.tasks, NTM_SUM_COSTS, by, 2, &err), &err);
    const ntm_table *table = ntm_task_sums_table(sums);
    for (size_t row = 0; row < table->rows; row++) {
        sum s = sum_up(m, table, row);
        assert_true(s.tasks > 0);
        assert_int_equal(number_at(table, "tasks", row), s.tasks);
        assert_int_equal(number_at(table, "not_work", row), s.not_work);
        assert_int_equal(number_at(table, "open", row), s.open);
        assert_int_equal(number_at(table, "cost_least", row), s.leasts > 0 ? s.least : NOTHING);
        assert_int_equal(number_at(table, "cost_known", row), s.knowns > 0 ? s.known : NOTHING);
        assert_int_equal(number_at(table, "cost_most", row), s.knowns > 0 && s.open == 0 ? s.known : NOTHING);
        tasks += (size_t)s.tasks;
    }
    assert_int_equal(tasks, m->task_count);
    ntm_task_sums_free(sums);
}

/* Whether a line of costs of a task is in a row of what remains. */
static bool in_row(const model *m, const ntm_table *table, size_t row, const expected *t, const char *source) {
    return text_is(table, "unit", row, units[t->row]) && text_is(table, "source", row, source) &&
           text_is(table, "work", row, work_of(m, t));
}

static void compare_remaining(const model *m, size_t row) {
    const ntm_table *table = ntm_tasks_remaining(m->e.tasks);
    int64_t least = 0, most = 0, lines = 0, leasts = 0, open = 0, allotted = 0, allotted_open = 0;
    for (size_t i = 0; i < m->task_count; i++) {
        const expected *t = &m->tasks[i];
        bool normed = t->duty != NOTHING && m->duties[t->duty].work > 0 && m->duties[t->duty].work < 3;
        if (t->cost == NTM_TASK_NOT_WORK) continue;
        if (!normed) {
            lines += in_row(m, table, row, t, "");
            open += in_row(m, table, row, t, "");
        }
        for (size_t s = 0; normed && s < 2; s++) {
            if (!in_row(m, table, row, t, sources[s])) continue;
            lines++;
            leasts += t->cost_least != NOTHING;
            open += t->cost_most == NOTHING;
            if (t->cost_least != NOTHING) least += part_of(m, t->cost_least, s);
            if (t->cost_most != NOTHING) most += part_of(m, t->cost_most, s);
        }
    }
    for (size_t i = 0; i < m->allotment_count; i++) {
        const allotment *a = &m->allotments[i];
        if (!text_is(table, "unit", row, units[a->unit]) || !text_is(table, "source", row, sources[a->source]) ||
            !text_is(table, "work", row, works[a->work]))
            continue;
        allotted += larger(a->amount, 0);
        allotted_open += a->amount == NOTHING;
    }
    bool has_least = lines == 0 || leasts > 0, has_most = open == 0, known = allotted_open == 0;
    assert_int_equal(number_at(table, "need_least", row), has_least ? least : NOTHING);
    assert_int_equal(number_at(table, "need_most", row), has_most ? most : NOTHING);
    assert_int_equal(number_at(table, "open", row), open);
    assert_int_equal(number_at(table, "allotted", row), known ? allotted : NOTHING);
    assert_int_equal(number_at(table, "allotted_open", row), allotted_open);
    assert_int_equal(number_at(table, "remaining_least", row),
                     has_least && known ? larger(least - allotted, 0) : NOTHING);
    assert_int_equal(number_at(table, "remaining_most", row), has_most && known ? larger(most - allotted, 0) : NOTHING);
    assert_int_equal(number_at(table, "surplus_least", row), has_most && known ? larger(allotted - most, 0) : NOTHING);
    assert_int_equal(number_at(table, "surplus_most", row), has_least && known ? larger(allotted - least, 0) : NOTHING);
}

/* Every line and every allotment is in exactly one row. */
static void compare_rows(const model *m) {
    const ntm_table *table = ntm_tasks_remaining(m->e.tasks), *costs = ntm_tasks_costs(m->e.tasks);
    int64_t open = 0, all_open = 0, allotted = 0, all_allotted = 0;
    for (size_t row = 0; row < table->rows; row++) {
        compare_remaining(m, row);
        open += number_at(table, "open", row);
        allotted += larger(number_at(table, "allotted", row), 0);
    }
    for (size_t i = 0; i < costs->rows; i++)
        all_open += number_at(costs, "cost_most", i) == NOTHING;
    assert_int_equal(open, all_open);
    for (size_t i = 0; i < m->allotment_count; i++) {
        bool whole = true; /* no other of its row is not reported */
        const allotment *a = &m->allotments[i];
        for (size_t k = 0; k < m->allotment_count; k++) {
            const allotment *b = &m->allotments[k];
            whole =
                whole && (b->unit != a->unit || b->source != a->source || b->work != a->work || b->amount != NOTHING);
        }
        all_allotted += whole ? a->amount : 0;
    }
    assert_int_equal(allotted, all_allotted);
}

static void random_tasks(void **state) {
    static model m;
    size_t tasks = 0, joined = 0, known = 0;
    uint64_t seed = 20200225;
    (void)state;
    for (size_t run = 0, runs = fault_under_valgrind() ? 20 : 2000; run < runs; run++) {
        draw(&m, &seed);
        make_model(&m);
        errand_make(&m.e);
        compare_tasks(&m);
        compare_sums(&m);
        compare_rows(&m);
        for (size_t i = 0; i < m.task_count; i++) {
            joined += m.tasks[i].gaps > 1;
            known += m.tasks[i].cost == NTM_TASK_COST_KNOWN && m.tasks[i].cost_most > 0;
        }
        tasks += m.task_count;
        errand_end(&m.e);
    }
    assert_true(tasks > 200 && joined > tasks / 50 && known > tasks / 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_tasks)};
    return cmocka_run_group_tests_name("random tasks", tests, NULL, NULL);
}
