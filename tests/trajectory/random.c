/* SPDX-License-Identifier: Apache-2.0 */
/* Random laws, targets and months against a second implementation from the definition: an open fact is tried at each end of
   what it can be, and what is not the same at all of them is open. Small numbers, so that int64 is exact. */
#include "course.h"

#include <stdio.h>

enum { PARTS = 5, CRITERIA = 4, UNITS = 4, PERIODS = 6, DAY0 = 18262 /* 2020-01-01 */, MUCH = 1000000000 };

/* BOTH: a share and a flag; the share is a part of its own. */
typedef enum kind { SHARE, RATIO, FLAG, COUNT, BOTH } kind;
typedef enum rule { EVERY_ONE, ONE_OF, TWO_OF, NOT_FIRST } rule;

typedef struct goal {
    bool there, line, has_value;
    int from, from_value, to, to_value;
} goal;

typedef struct indicator {
    kind kind;
    int sign; /* as ntm_comparison */
    int threshold;
    goal for_all, of_first; /* of all units, of the first one */
} indicator;

typedef struct model {
    uint64_t seed;
    size_t units, periods;
    int deadline, ends[PERIODS];
    indicator of[PARTS];
    rule rules[CRITERIA];
    int value[PARTS][PERIODS][UNITS], whole[PARTS][PERIODS][UNITS]; /* -1: not reported */
    int flag[PARTS][PERIODS][UNITS];                                /* of BOTH */
    int least[PERIODS][UNITS], most[PERIODS][UNITS];                /* bounds of indicator 0; -1: none */
} model;

/* A fraction with a divisor above 0; `known` is false where there is none. */
typedef struct frac {
    int64_t top, under;
    bool known;
} frac;

static int below(model *m, int most) { return (int)(fault_random(&m->seed) % (uint64_t)most); }

/* ------------------------------------------------------------------------------------------- making one */

static void make_goal(model *m, const indicator *of, goal *g) {
    *g = (goal){.there = true, .to = below(m, 3) == 0 ? DAY0 + 20 + below(m, 200) : m->deadline};
    if (of->kind == FLAG) return;
    g->has_value = below(m, 3) == 0;
    g->to_value = below(m, 101);
    g->line = of->sign != NTM_EQUAL && below(m, 4) > 0;
    g->from = g->to - 1 - below(m, 200);
    g->from_value = below(m, 101);
}

static void make_facts(model *m, size_t i) {
    int open = 1 + below(m, 6);
    for (size_t p = 0; p < m->periods; p++)
        for (size_t u = 0; u < m->units; u++) {
            bool known = below(m, open) > 0 || open > 4;
            m->value[i][p][u] = !known ? -1 : m->of[i].kind == FLAG ? below(m, 2) : below(m, 101);
            m->whole[i][p][u] = below(m, 8) == 0 ? -1 : below(m, 40);
            m->flag[i][p][u] = m->whole[i][p][u] < 0 ? -1 : m->whole[i][p][u] % 2;
        }
}

static void make(model *m, uint64_t seed) {
    memset(m, 0, sizeof *m);
    m->seed = seed;
    m->units = 1 + (size_t)below(m, UNITS);
    m->periods = 1 + (size_t)below(m, PERIODS);
    m->deadline = DAY0 + below(m, 250);
    for (size_t p = 0, day = DAY0; p < m->periods; p++) {
        day += 1 + (size_t)below(m, 60);
        m->ends[p] = (int)day;
    }
    for (size_t i = 0; i < PARTS; i++) {
        m->of[i] = (indicator){.kind = i == 0 ? SHARE : (kind)below(m, 5), .sign = 1 + below(m, 5)};
        m->of[i].threshold = below(m, 101);
        if (below(m, 3) > 0) make_goal(m, &m->of[i], &m->of[i].for_all);
        if (below(m, 3) == 0) make_goal(m, &m->of[i], &m->of[i].of_first);
        make_facts(m, i);
    }
    for (size_t c = 0; c < CRITERIA; c++)
        m->rules[c] = (rule)below(m, 4);
    for (size_t p = 0; p < m->periods; p++)
        for (size_t u = 0; u < m->units; u++) {
            bool bounded = m->value[0][p][u] < 0 && below(m, 2) == 0;
            m->least[p][u] = bounded ? below(m, 60) : -1;
            m->most[p][u] = bounded ? m->least[p][u] + below(m, 41) : -1;
        }
}

/* ------------------------------------------------------------------------------------------- as law and table */

static const char *const signs[] = {"", "<", "<=", "=", ">=", ">"};

/* Text being written. */
typedef struct page {
    char text[8192];
    size_t used;
} page;

static void say(page *to, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(to->text + to->used, sizeof to->text - to->used, format, arguments);
    va_end(arguments);
    assert_true(size >= 0 && (size_t)size < sizeof to->text - to->used);
    to->used += (size_t)size;
}

static void write_rule(page *to, const indicator *of, size_t i) {
    const char *sign = signs[of->sign];
    switch (of->kind) {
        case SHARE: say(to, "[s%zu, '%s', {constant: %d, unit: '%%'}]", i, sign, of->threshold); break;
        case RATIO:
            say(to, "[{ratio: [n%zu, w%zu]}, '%s', {constant: %d, unit: '%%'}]", i, i, sign, of->threshold);
            break;
        case FLAG: say(to, "{attested: f%zu}", i); break;
        case BOTH:
            say(to, "{all: [[s%zu, '%s', {constant: %d, unit: '%%'}], {attested: f%zu}]}", i, sign, of->threshold, i);
            break;
        default: /* the threshold stands on the left, and the sign the other way round */
            say(to, "[{constant: %d, unit: household}, '%s', n%zu]", of->threshold, signs[6 - of->sign], i);
    }
}

/* Criterion 0 has all indicators, the others speak of them: of the c-th and those behind it. */
static void write_criterion(page *to, const model *m, size_t c) {
    static const char *const words[] = {"all: [", "any: [", "at_least: 2, of: [", "not: "};
    say(to, "  - id: c%zu\n    name: {vi: c}\n    source: [S]\n    rule: {%s", c, words[m->rules[c]]);
    for (size_t i = c; i < (m->rules[c] == NOT_FIRST ? c + 1 : PARTS); i++)
        say(to, "%s{indicator: i%zu}", i > c ? ", " : "", i);
    say(to, m->rules[c] == NOT_FIRST ? "}\n" : "]}\n");
}

static void write_law(page *to, const model *m) {
    static const char *const facts[] = {
        "s%zu: {name: {vi: f}, kind: share, unit: '%%'}", "n%zu: {name: {vi: f}, kind: count, unit: household}",
        "w%zu: {name: {vi: f}, kind: count, unit: household}", "f%zu: {name: {vi: f}, kind: flag}"};
    say(to, "%sfacts:\n", HEAD);
    for (size_t i = 0; i < PARTS; i++)
        for (size_t k = 0; k < 4; k++) {
            say(to, "  ");
            say(to, facts[k], i);
            say(to, "\n");
        }
    say(to, "criteria:\n  - id: c0\n    name: {vi: c}\n    source: [S]\n    indicators:\n");
    for (size_t i = 0; i < PARTS; i++) {
        say(to, "      - {id: i%zu, name: {vi: i}, source: [S], rule: ", i);
        write_rule(to, &m->of[i], i);
        say(to, "}\n");
    }
    for (size_t c = 1; c < CRITERIA; c++)
        write_criterion(to, m, c);
}

static void write_cells(course *c, const model *m, const char *name, form as, const int values[PERIODS][UNITS]) {
    page cells = {.used = 0};
    for (size_t p = 0; p < m->periods; p++)
        for (size_t u = 0; u < m->units; u++) {
            if (values[p][u] < 0)
                say(&cells, "? ");
            else if (as == AS_BYTES)
                say(&cells, "%s ", values[p][u] ? "yes" : "no");
            else
                say(&cells, "%d ", values[p][u]);
        }
    sheet_cells(&c->s, name, as, cells.text);
}

static void write_table(course *c, const model *m) {
    for (size_t i = 0; i < PARTS; i++) {
        char *name = sheet_memory(&c->s, 24), *other = sheet_memory(&c->s, 24);
        kind sort = m->of[i].kind;
        (void)snprintf(name, 24, "%c%zu", sort == SHARE || sort == BOTH ? 's' : sort == FLAG ? 'f' : 'n', i);
        write_cells(c, m, name, sort == FLAG ? AS_BYTES : i % 2 == 0 ? AS_DOUBLE : AS_INT32, m->value[i]);
        (void)snprintf(other, 24, "%c%zu", sort == BOTH ? 'f' : 'w', i);
        if (sort == RATIO) write_cells(c, m, other, AS_INT64, m->whole[i]);
        if (sort == BOTH) write_cells(c, m, other, AS_BYTES, m->flag[i]);
    }
    write_cells(c, m, "s0:least", AS_INT8, m->least);
    write_cells(c, m, "s0:most", AS_INT8, m->most);
}

static void say_day(page *to, int day, const char *behind) {
    int year, month, at;
    ntm_date_parts(day, &year, &month, &at);
    say(to, "%04d-%02d-%02d%s", year, month, at, behind);
}

static void write_goal(page *to, const goal *g, const char *unit, size_t i, kind sort) {
    if (!g->there) return;
    say(to, "%s,i%zu", unit, i);
    if (sort == BOTH) say(to, ":s%zu", i);
    say(to, ",%s,", g->line ? "straight" : "");
    say_day(to, g->to, ",");
    if (g->has_value) say(to, "%d", g->to_value);
    say(to, ",");
    if (g->line) say_day(to, g->from, "");
    say(to, ",");
    if (g->line) say(to, "%d", g->from_value);
    say(to, "\n");
}

/* ------------------------------------------------------------------------------------------- the second implementation */

static int order(frac a, frac b) {
    int64_t x = a.top * b.under, y = b.top * a.under;
    return (x > y) - (x < y);
}

static bool holds(int sign, frac a, frac b) {
    int o = order(a, b);
    return sign == NTM_LESS            ? o < 0
           : sign == NTM_LESS_OR_EQUAL ? o <= 0
           : sign == NTM_EQUAL         ? o == 0
           : sign == NTM_MORE          ? o > 0
                                       : o >= 0;
}

static const goal *goal_of(const indicator *of, size_t unit) {
    return unit == 0 && of->of_first.there ? &of->of_first : of->for_all.there ? &of->for_all : NULL;
}

/* What is asked on a day, if anything. */
static frac asked(const indicator *of, const goal *g, int day) {
    int target = g != NULL && g->has_value ? g->to_value : of->threshold;
    frac none = {0, 1, false}, all = {target, 1, true};
    bool up = of->sign >= NTM_MORE_OR_EQUAL;
    if (g == NULL || !g->line || day < g->from) return none;
    if (day >= g->to || (up ? g->from_value >= target : g->from_value <= target)) return all;
    return (frac){(int64_t)g->from_value * (g->to - g->from) + (int64_t)(target - g->from_value) * (day - g->from),
                  g->to - g->from, true};
}

/* The state for one value that a fact can turn out to have. `top` of `under`. */
static ntm_track_state state_for(const model *m, const indicator *of, const goal *g, int day, frac value) {
    frac target = {g != NULL && g->has_value ? g->to_value : of->threshold, 1, true};
    int sign = of->kind == FLAG ? (int)NTM_EQUAL : of->sign;
    bool over = day >= (g == NULL ? m->deadline : g->to);
    if (of->kind == FLAG) target.top = 1;
    if (holds(sign, value, target)) return NTM_TRACK_ATTAINED;
    if (over) return NTM_TRACK_MISSED;
    frac line = asked(of, g, day);
    if (of->kind == FLAG || !line.known) return NTM_TRACK_OPEN;
    return holds(sign >= NTM_MORE_OR_EQUAL ? NTM_MORE_OR_EQUAL : NTM_LESS_OR_EQUAL, value, line) ? NTM_TRACK_ON_TRACK
                                                                                                 : NTM_TRACK_BEHIND;
}

/* What the fact can be: the ends, and between them every whole number where there are few. False: nothing is known. */
static bool ends_of(const model *m, size_t i, size_t p, size_t u, int64_t *least, int64_t *most) {
    int value = m->value[i][p][u];
    kind sort = m->of[i].kind;
    if (sort == RATIO && m->whole[i][p][u] <= 0) return false;
    *least = *most = value;
    if (value >= 0) return true;
    *least = i == 0 && m->least[p][u] >= 0 ? m->least[p][u] : 0;
    *most = i == 0 && m->most[p][u] >= 0    ? m->most[p][u]
            : sort == FLAG                  ? 1
            : sort == SHARE || sort == BOTH ? 100
                                            : MUCH;
    return true;
}

static frac as_value(const model *m, size_t i, size_t p, size_t u, int64_t fact) {
    return m->of[i].kind == RATIO ? (frac){100 * fact, m->whole[i][p][u], true} : (frac){fact, 1, true};
}

static ntm_track_state expected(const model *m, size_t i, size_t p, size_t u) {
    const goal *g = goal_of(&m->of[i], u);
    int64_t least, most;
    bool all[NTM_TRACK_MISSED + 1] = {true, true, true, true, true}, on = true;
    if (!ends_of(m, i, p, u, &least, &most)) return NTM_TRACK_OPEN;
    /* Anything between the ends is possible, also what whole numbers do not hit. */
    frac target = {g != NULL && g->has_value ? g->to_value : m->of[i].threshold, 1, true};
    if (m->of[i].sign == NTM_EQUAL && m->of[i].kind != FLAG && least < most &&
        order(as_value(m, i, p, u, least), target) <= 0 && order(as_value(m, i, p, u, most), target) >= 0)
        return NTM_TRACK_OPEN;
    for (int64_t fact = least; fact <= most; fact = fact < 4200 || fact == most ? fact + 1 : most) {
        ntm_track_state state = state_for(m, &m->of[i], g, m->ends[p], as_value(m, i, p, u, fact));
        for (int s = 0; s <= NTM_TRACK_MISSED; s++)
            all[s] = all[s] && (int)state == s;
        on = on && (state == NTM_TRACK_ATTAINED || state == NTM_TRACK_ON_TRACK);
    }
    return all[NTM_TRACK_ATTAINED] ? NTM_TRACK_ATTAINED
           : on                    ? NTM_TRACK_ON_TRACK
           : all[NTM_TRACK_BEHIND] ? NTM_TRACK_BEHIND
           : all[NTM_TRACK_MISSED] ? NTM_TRACK_MISSED
                                   : NTM_TRACK_OPEN;
}

/* -1 not met, 0 open, 1 met; all of what follows from that is arithmetic. */
static int answer(ntm_track_state state, bool on_track) {
    return state == NTM_TRACK_ATTAINED || (on_track && state == NTM_TRACK_ON_TRACK) ? 1
           : state == NTM_TRACK_BEHIND || state == NTM_TRACK_MISSED                 ? -1
                                                                                    : 0;
}

static int criterion_answer(const model *m, size_t c, const ntm_track_state *states, bool on_track) {
    int met = 0, possible = 0, count = 0;
    rule own = c == 0 ? EVERY_ONE : m->rules[c];
    for (size_t i = c; i < PARTS; i++, count++) {
        int one = answer(states[i], on_track);
        if (own == NOT_FIRST) return -one;
        met += one == 1;
        possible += one >= 0;
    }
    int wanted = own == EVERY_ONE ? count : own == ONE_OF ? 1 : 2;
    return met >= wanted ? 1 : possible < wanted ? -1 : 0;
}

static ntm_track_state criterion_expected(bool over, int attained, int on) {
    return attained == 1 ? NTM_TRACK_ATTAINED
           : on == 1     ? NTM_TRACK_ON_TRACK
           : on == 0     ? NTM_TRACK_OPEN
           : over        ? NTM_TRACK_MISSED
                         : NTM_TRACK_BEHIND;
}

/* A share and a flag: the flag is asked for by the deadline. */
static ntm_track_state whole_expected(const model *m, size_t i, size_t p, size_t u, ntm_track_state part) {
    bool over = m->ends[p] >= m->deadline;
    int flag = m->flag[i][p][u], one = flag == 1 ? 1 : flag == 0 && over ? -1 : 0;
    int attained = answer(part, false), on = answer(part, true);
    return criterion_expected(over, attained < one ? attained : one, on < one ? on : one);
}

/* ------------------------------------------------------------------------------------------- compared */

/* Where the amounts of an indicator are followed. */
static size_t series_of(const model *m, const course *c, size_t i) {
    char id[48];
    if (m->of[i].kind != BOTH) return i;
    (void)snprintf(id, sizeof id, "i%zu:s%zu", i, i);
    return course_series(c, NTM_TRACK_PART, id);
}

static void assert_fraction(ntm_fraction found, frac wanted) {
    assert_int_equal(found.denominator != 0, wanted.known);
    if (wanted.known) assert_true(found.numerator * wanted.under == wanted.top * found.denominator);
}

static void compare_amounts(const model *m, const course *c, size_t i, size_t p, size_t u) {
    const indicator *of = &m->of[i];
    const goal *g = goal_of(of, u);
    ntm_track_cell cell;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_trajectory_cell(&cell, c->t, series_of(m, c, i), u, p, &err), &err);
    frac line = asked(of, g, m->ends[p]), want = {0, 1, false};
    int64_t least, most;
    if (of->kind == FLAG) line.known = false;
    assert_fraction(cell.interim, line);
    bool behind = cell.state == NTM_TRACK_BEHIND || cell.state == NTM_TRACK_MISSED;
    if (behind && of->kind != FLAG && ends_of(m, i, p, u, &least, &most)) {
        frac target = {g != NULL && g->has_value ? g->to_value : of->threshold, 1, true};
        if (cell.state == NTM_TRACK_BEHIND) target = line;
        frac low = as_value(m, i, p, u, least), high = as_value(m, i, p, u, most);
        bool up = of->sign == NTM_EQUAL ? order(high, target) < 0 : of->sign >= NTM_MORE_OR_EQUAL;
        frac best = up ? high : low;
        int64_t under = target.under * best.under, way = target.top * best.under - best.top * target.under;
        want = (frac){up ? way : -way, under, true};
    }
    assert_fraction(cell.behind, want);
}

/* The projection by walking: the first day on which the line is there. */
static void compare_outlook(const model *m, const course *c, size_t i, size_t u) {
    const indicator *of = &m->of[i];
    const goal *g = goal_of(of, u);
    ntm_track_outlook o;
    ntm_error err = NTM_ERROR_INIT;
    size_t last = m->periods - 1, first_known = SIZE_MAX, last_known = SIZE_MAX;
    if ((of->kind != SHARE && of->kind != BOTH) || of->sign == NTM_EQUAL) return;
    assert_ok(ntm_trajectory_outlook(&o, c->t, series_of(m, c, i), u, last, &err), &err);
    for (size_t p = 0; p <= last; p++) {
        if (m->value[i][p][u] < 0 && (i != 0 || m->least[p][u] < 0 || m->least[p][u] != m->most[p][u])) continue;
        if (first_known == SIZE_MAX) first_known = p;
        last_known = p;
    }
    assert_int_equal(o.first_reported, first_known == SIZE_MAX ? NTM_DATE_NONE : m->ends[first_known]);
    assert_int_equal(o.last_reported, last_known == SIZE_MAX ? NTM_DATE_NONE : m->ends[last_known]);
    if (last_known == SIZE_MAX || first_known == last_known) return;
    int64_t target = g != NULL && g->has_value ? g->to_value : of->threshold, v0, v1, unused;
    (void)ends_of(m, i, first_known, u, &v0, &unused);
    (void)ends_of(m, i, last_known, u, &v1, &unused);
    int d0 = m->ends[first_known], d1 = m->ends[last_known];
    ntm_date arrives = NTM_DATE_NONE;
    bool up = of->sign >= NTM_MORE_OR_EQUAL, moving = up ? v1 > v0 : v1 < v0;
    for (int day = d1 + 1; day < d1 + 50000 && moving && arrives == NTM_DATE_NONE; day++) {
        frac there = {v1 * (d1 - d0) + (v1 - v0) * (day - d1), d1 - d0, true};
        if (holds(of->sign, (frac){v1, 1, true}, (frac){target, 1, true})) break;
        if (holds(of->sign, there, (frac){target, 1, true})) arrives = day;
    }
    assert_int_equal(o.arrives_on, arrives);
}

static void compare_months(const model *m, const course *c, size_t i, size_t u) {
    ntm_date since = NTM_DATE_NONE;
    size_t before = SIZE_MAX;
    for (size_t p = 0; p < m->periods; p++) {
        ntm_track_cell cell;
        ntm_error err = NTM_ERROR_INIT;
        assert_ok(ntm_trajectory_cell(&cell, c->t, series_of(m, c, i), u, p, &err), &err);
        bool behind = cell.state == NTM_TRACK_BEHIND || cell.state == NTM_TRACK_MISSED;
        since = !behind ? NTM_DATE_NONE : since == NTM_DATE_NONE ? m->ends[p] : since;
        assert_int_equal(cell.since, since);
        int64_t least, most, then = 0, unused;
        bool known = m->of[i].kind != FLAG && ends_of(m, i, p, u, &least, &most) && least == most;
        bool fell = false;
        if (known && before != SIZE_MAX && m->of[i].sign != NTM_EQUAL) {
            (void)ends_of(m, i, before, u, &then, &unused);
            int o = order(as_value(m, i, p, u, least), as_value(m, i, before, u, then));
            fell = m->of[i].sign >= NTM_MORE_OR_EQUAL ? o < 0 : o > 0;
        }
        assert_int_equal(cell.fell_since, fell ? m->ends[before] : NTM_DATE_NONE);
        if (known) before = p;
    }
}

static void compare_cell(const model *m, const course *c, size_t p, size_t u, size_t *seen) {
    ntm_track_state states[PARTS];
    ntm_track_cell cell;
    ntm_error err = NTM_ERROR_INIT;
    int attained = 1, on = 1;
    bool over = m->ends[p] >= m->deadline;
    for (size_t i = 0; i < PARTS; i++) {
        states[i] = expected(m, i, p, u);
        assert_ok(ntm_trajectory_cell(&cell, c->t, series_of(m, c, i), u, p, &err), &err);
        assert_int_equal(cell.state, states[i]);
        assert_int_equal(cell.state == NTM_TRACK_OPEN, cell.why != NTM_TRACK_WHY_NOTHING);
        seen[states[i]]++;
        compare_amounts(m, c, i, p, u);
        if (m->of[i].kind != BOTH) continue;
        states[i] = whole_expected(m, i, p, u, states[i]);
        assert_ok(ntm_trajectory_cell(&cell, c->t, i, u, p, &err), &err);
        assert_int_equal(cell.state, states[i]);
    }
    for (size_t k = 0; k < CRITERIA; k++) {
        int a = criterion_answer(m, k, states, false), b = criterion_answer(m, k, states, true);
        assert_ok(ntm_trajectory_cell(&cell, c->t, PARTS + k, u, p, &err), &err);
        assert_int_equal(cell.state, criterion_expected(over, a, b));
        attained = a < attained ? a : attained;
        on = b < on ? b : on;
    }
    assert_ok(ntm_trajectory_cell(&cell, c->t, PARTS + CRITERIA, u, p, &err), &err);
    assert_int_equal(cell.state, criterion_expected(over, attained, on));
}

static void run_one(uint64_t seed, size_t *seen) {
    static const char *const units[UNITS] = {"A", "A B", "A B C", "A B C D"};
    page law = {.used = 0}, targets = {.used = 0}, ends = {.used = 0}, deadline = {.used = 0};
    model m;
    course c;
    make(&m, seed);
    write_law(&law, &m);
    for (size_t p = 0; p < m.periods; p++)
        say_day(&ends, m.ends[p], " ");
    say(&targets, "unit,indicator,line,to,to_value,from,from_value\n");
    for (size_t i = 0; i < PARTS; i++) {
        write_goal(&targets, &m.of[i].for_all, "", i, m.of[i].kind);
        write_goal(&targets, &m.of[i].of_first, "A", i, m.of[i].kind);
    }
    say_day(&deadline, m.deadline, "");
    course_start(&c, law.text, deadline.text, units[m.units - 1], ends.text);
    write_table(&c, &m);
    c.s.plan.kernels = (ntm_kernels)(seed % 3);
    course_run(&c, targets.text);
    for (size_t p = 0; p < m.periods; p++)
        for (size_t u = 0; u < m.units; u++)
            compare_cell(&m, &c, p, u, seen);
    for (size_t i = 0; i < PARTS; i++)
        for (size_t u = 0; u < m.units; u++) {
            compare_months(&m, &c, i, u);
            compare_outlook(&m, &c, i, u);
        }
    course_end(&c);
}

static void random_courses(void **state) {
    size_t seen[NTM_TRACK_MISSED + 1] = {0};
    uint64_t seeds = fault_under_valgrind() ? 20 : 1500;
    (void)state;
    for (uint64_t seed = 1; seed <= seeds; seed++)
        run_one(seed, seen);
    for (size_t s = 0; s <= NTM_TRACK_MISSED; s++)
        assert_true(seen[s] > (fault_under_valgrind() ? 0 : 50));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_courses)};
    return cmocka_run_group_tests_name("random trajectories", tests, NULL, NULL);
}
