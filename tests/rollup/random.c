/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Worlds in which everything is known are rolled up by the definition, part by part, and then some of it is hidden: what the
 * library says has to hold the truth, to be the truth where nothing is hidden, and to be as sharp as the two worlds in which all that is
 * hidden is smallest, or largest.
 */
#include "kit.h"

#include <stdio.h>
#include <string.h>

enum { FACTS = 9, ROWS = 12, TARGETS = 5, SHARES = 3, WORDS = 2 };
enum { PEOPLE, POOR, AREA, MONEY, SHARE_OF, RATE, ALL, LOW, LAST };

__extension__ typedef __int128 wide;

typedef struct number {
    wide n, d; /* d > 0; 0 = not applicable */
} number;

typedef struct world {
    number at[FACTS][ROWS * TARGETS];
} world;

/* A source: its targets, their weights, and how it is split where nobody says so. */
typedef struct source {
    int count;
    int to[SHARES];
    bool weighed, partial;
    int64_t weight[SHARES];
} source;

typedef struct stage {
    int from_rows, to_rows;
    source sources[ROWS];
} stage;

static const char *const scale[] = {"a", "b", "c", "d"};
static const ntm_fact facts[FACTS] = {
    {.id = "people", .kind = NTM_KIND_COUNT, .unit = "person", .merge = NTM_MERGE_SUM},
    {.id = "poor", .kind = NTM_KIND_COUNT, .unit = "person", .has_most = true, .most = {30, 0}, .merge = NTM_MERGE_SUM},
    {.id = "area", .kind = NTM_KIND_AMOUNT, .unit = "km2", .has_least = true, .merge = NTM_MERGE_SUM},
    {.id = "money", .kind = NTM_KIND_MONEY, .unit = "VND", .merge = NTM_MERGE_SUM},
    {.id = "share", .kind = NTM_KIND_SHARE, .unit = "%", .merge = NTM_MERGE_WEIGHTED, .merge_weight = "people"},
    {.id = "rate",
     .kind = NTM_KIND_SHARE,
     .unit = "%",
     .has_most = true,
     .most = {1000000, 0},
     .merge = NTM_MERGE_RATIO,
     .merge_parts = {"poor", "people"}},
    {.id = "all", .kind = NTM_KIND_FLAG, .merge = NTM_MERGE_ALL},
    {.id = "low", .kind = NTM_KIND_LEVEL, .levels = scale, .level_count = 4, .merge = NTM_MERGE_MIN},
    {.id = "last", .kind = NTM_KIND_DATE, .merge = NTM_MERGE_MAX},
};

static uint64_t below(uint64_t *random, uint64_t limit) { return fault_random(random) % limit; }

static number whole(int64_t value) { return (number){value, 1}; }
static number add(number a, number b) { return (number){a.n * b.d + b.n * a.d, a.d * b.d}; }
static int order(number a, number b) { return a.n * b.d < b.n * a.d ? -1 : a.n * b.d > b.n * a.d; }

static number lowest(number a) {
    wide x = a.n < 0 ? -a.n : a.n, y = a.d;
    while (y != 0) {
        wide rest = x % y;
        x = y;
        y = rest;
    }
    return x > 1 ? (number){a.n / x, a.d / x} : a;
}

static void make_stage(stage *s, int from_rows, int to_rows, uint64_t *random) {
    s->from_rows = from_rows;
    s->to_rows = to_rows;
    for (int r = 0; r < from_rows; r++) {
        source *one = &s->sources[r];
        memset(one, 0, sizeof *one);
        uint64_t draw = below(random, 10);
        one->count = draw == 0 ? 0 : draw < 6 || to_rows < 2 ? 1 : to_rows < 3 || draw < 9 ? 2 : 3;
        one->partial = one->count == 1 && below(random, 6) == 0;
        one->weighed = below(random, 2) == 0;
        int first = (int)below(random, (uint64_t)to_rows);
        for (int i = 0; i < one->count; i++) {
            one->to[i] = (first + i) % to_rows;
            one->weight[i] = (int64_t)below(random, 5) + (i == 0);
        }
    }
}

static ntm_rollup *roll_up_of(const stage *s, uint64_t *random) {
    ntm_rollup_part parts[ROWS * SHARES * 2];
    size_t count = 0;
    ntm_error err = NTM_ERROR_INIT;
    ntm_rollup *rollup = NULL;
    for (int r = 0; r < s->from_rows; r++)
        for (int i = 0; i < s->sources[r].count; i++) {
            const source *one = &s->sources[r];
            ntm_rollup_part part = {(uint32_t)r,
                                    (uint32_t)one->to[i],
                                    one->partial || one->count > 1,
                                    one->weighed,
                                    {one->weight[i] * 10, 1}};
            if (one->count > 1 && below(random, 4) == 0) { /* in two pieces */
                parts[count] = part;
                parts[count++].weight = (ntm_decimal){0, 2};
            }
            parts[count++] = part;
        }
    for (size_t i = count; i > 1; i--) {
        size_t k = below(random, i);
        ntm_rollup_part swap = parts[i - 1];
        parts[i - 1] = parts[k];
        parts[k] = swap;
    }
    assert_ok(ntm_rollup_new(&rollup, parts, count, (size_t)s->from_rows, (size_t)s->to_rows, NULL, &err), &err);
    return rollup;
}

/* ------------------------------------------------------------------------------------------- the truth */

/* Largest remainders, one unit after the other. */
static void share_out(int64_t out[SHARES], int64_t value, const source *one) {
    int64_t total = 0, left = value, rest[SHARES];
    for (int i = 0; i < one->count; i++)
        total += one->weight[i];
    for (int i = 0; i < one->count; i++) {
        int64_t product = value * one->weight[i];
        out[i] = product >= 0 ? product / total : -((-product + total - 1) / total);
        rest[i] = product - out[i] * total;
        left -= out[i];
    }
    for (; left > 0; left--) {
        int best = -1;
        for (int i = 0; i < one->count; i++)
            if (rest[i] >= 0 &&
                (best < 0 || rest[i] > rest[best] || (rest[i] == rest[best] && one->to[i] < one->to[best])))
                best = i;
        out[best]++;
        rest[best] = -1;
    }
}

/* Any split at all, of which no part is negative if the fact cannot be. */
static void split(int64_t out[SHARES], int64_t value, const source *one, bool signed_too, uint64_t *random) {
    int64_t left = value;
    for (int i = 0; i < one->count; i++) {
        bool last = i + 1 == one->count && !one->partial;
        out[i] = last         ? left
                 : signed_too ? (int64_t)below(random, 2000) - 1000
                              : (int64_t)below(random, (uint64_t)left + 1);
        left -= out[i];
    }
}

/* One part of a source as it really is: what the target gets of every fact. `pure` are the parts of ratios, unrounded. */
typedef struct piece {
    number of[FACTS];
    number pure_poor, pure_people;
} piece;

static bool is_whole(const source *one) { return one->count == 1 && !one->partial; }

static void pieces_of(piece out[SHARES], const world *w, int row, const source *one, uint64_t *random) {
    int64_t total = 0, parts[SHARES];
    for (int i = 0; i < one->count; i++)
        total += one->weight[i];
    bool weighed = one->weighed && one->count > 1 && total > 0;
    for (int i = 0; i < one->count; i++) {
        for (int f = 0; f < FACTS; f++)
            out[i].of[f] = w->at[f][row];
        out[i].pure_poor = w->at[POOR][row];
        out[i].pure_people = w->at[PEOPLE][row];
    }
    if (is_whole(one)) return;
    for (int f = PEOPLE; f <= MONEY; f++) {
        if (w->at[f][row].d == 0) continue;
        if (weighed)
            share_out(parts, (int64_t)w->at[f][row].n, one);
        else
            split(parts, (int64_t)w->at[f][row].n, one, f == MONEY, random);
        for (int i = 0; i < one->count; i++)
            out[i].of[f] = whole(parts[i]);
    }
    for (int i = 0; i < one->count; i++) {
        if (weighed) {
            if (out[i].pure_poor.d > 0) out[i].pure_poor = (number){w->at[POOR][row].n * one->weight[i], total};
            if (out[i].pure_people.d > 0) out[i].pure_people = (number){w->at[PEOPLE][row].n * one->weight[i], total};
        } else {
            out[i].pure_poor = out[i].of[POOR];
            out[i].pure_people = out[i].of[PEOPLE];
            if (out[i].of[SHARE_OF].d > 0) out[i].of[SHARE_OF] = whole((int64_t)below(random, 101));
        }
        if (out[i].of[ALL].d > 0) out[i].of[ALL] = whole((int64_t)below(random, 2));
        if (out[i].of[LOW].d > 0) out[i].of[LOW] = whole((int64_t)below(random, 4));
        if (out[i].of[LAST].d > 0) out[i].of[LAST] = whole((int64_t)below(random, 100));
    }
}

typedef struct gathered {
    int parts;
    bool lone_share;          /* its only part keeps the share of its source */
    number over, under, mass; /* of the ratio; of the mean */
} gathered;

static void add_piece(world *out, gathered *g, int t, const piece *p, bool lone) {
    for (int f = 0; f < FACTS; f++) {
        number *to = &out->at[f][t], one = p->of[f];
        if (one.d == 0 || f == RATE) continue;
        if (f == SHARE_OF) one = lowest((number){one.n * p->of[PEOPLE].n, one.d});
        if (to->d == 0)
            *to = one;
        else if (f <= SHARE_OF)
            *to = lowest(add(*to, one));
        else if (f == ALL || f == LOW ? order(one, *to) < 0 : order(one, *to) > 0)
            *to = one;
    }
    if (p->of[SHARE_OF].d > 0) g->mass = add(g->mass, p->of[PEOPLE]);
    if (p->pure_poor.d > 0) g->over = lowest(add(g->over, p->pure_poor));
    if (p->pure_people.d > 0) g->under = lowest(add(g->under, p->pure_people));
    g->lone_share = lone;
    g->parts++;
}

/* Means and ratios that nobody can tell (of nothing) are left out of the comparison: d = -1. */
static void roll_truly(world *out, const world *in, const stage *s, uint64_t *random) {
    gathered all[TARGETS];
    world alone;
    memset(out, 0, sizeof *out);
    memset(all, 0, sizeof all);
    for (int t = 0; t < s->to_rows; t++)
        all[t].over = all[t].under = all[t].mass = whole(0);
    for (int r = 0; r < s->from_rows; r++) {
        piece pieces[SHARES];
        const source *one = &s->sources[r];
        int64_t total = one->weight[0] + one->weight[1] + one->weight[2];
        pieces_of(pieces, in, r, one, random);
        for (int i = 0; i < one->count; i++) {
            int t = one->to[i];
            bool keeps = is_whole(one) || (one->weighed && one->count > 1 && total > 0);
            add_piece(out, &all[t], t, &pieces[i], keeps);
            alone.at[RATE][t] = in->at[RATE][r];
            alone.at[SHARE_OF][t] = pieces[i].of[SHARE_OF];
        }
    }
    for (int t = 0; t < s->to_rows; t++) {
        number *share = &out->at[SHARE_OF][t], *rate = &out->at[RATE][t];
        const gathered *g = &all[t];
        if (g->parts == 1)
            *share = alone.at[SHARE_OF][t];
        else if (share->d > 0)
            *share = g->mass.n == 0 ? (number){0, -1} : lowest((number){share->n * g->mass.d, share->d * g->mass.n});
        if (g->parts == 1 && g->lone_share)
            *rate = alone.at[RATE][t];
        else if (g->parts > 0)
            *rate = g->under.n == 0 ? (number){0, -1}
                                    : lowest((number){100 * g->over.n * g->under.d, g->over.d * g->under.n});
    }
}

/* ------------------------------------------------------------------------------------------- what is shown */

static void make_world(world *w, int rows, uint64_t *random) {
    memset(w, 0, sizeof *w);
    for (int r = 0; r < rows; r++) {
        w->at[PEOPLE][r] = whole((int64_t)below(random, 50));
        w->at[POOR][r] = whole((int64_t)below(random, 31));
        w->at[AREA][r] = whole((int64_t)below(random, 400));
        w->at[MONEY][r] = whole((int64_t)below(random, 400) - 200);
        w->at[SHARE_OF][r] = whole((int64_t)below(random, 101));
        w->at[RATE][r] =
            w->at[PEOPLE][r].n == 0 ? whole(7) : lowest((number){100 * w->at[POOR][r].n, w->at[PEOPLE][r].n});
        w->at[ALL][r] = whole((int64_t)below(random, 2));
        w->at[LOW][r] = whole((int64_t)below(random, 4));
        w->at[LAST][r] = whole((int64_t)below(random, 100));
        for (int f = MONEY; f < FACTS; f++)
            if (f != RATE && below(random, 8) == 0) w->at[f][r] = (number){0, 0};
    }
}

/* The table of a world; where `hidden` something is not reported. Rates are only shown where they are decimals. */
static void show(kit *k, const world *w, int rows, bool hidden[FACTS][ROWS]) {
    kit_start(k, (size_t)rows);
    for (int f = 0; f < FACTS; f++) {
        int64_t values[ROWS];
        for (int r = 0; r < rows; r++) {
            if (f == RATE && w->at[f][r].d > 1) hidden[f][r] = true;
            values[r] = w->at[f][r].d == 0 ? NONE : hidden[f][r] ? GONE : (int64_t)w->at[f][r].n;
        }
        if (f == ALL)
            (void)kit_flags(k, facts[f].id, values);
        else
            (void)kit_column(k, facts[f].id, values, 0);
        if (f == LOW) {
            k->fields[f].column.categories = scale;
            k->fields[f].column.category_count = 4;
        }
        kit_fact(k, &facts[f]);
    }
}

static void hide(bool hidden[FACTS][ROWS], uint64_t *random) {
    uint64_t rarely = below(random, 8) + 2;
    bool nothing = below(random, 4) == 0;
    for (int f = 0; f < FACTS; f++)
        for (int r = 0; r < ROWS; r++)
            hidden[f][r] = !nothing && below(random, rarely) == 0;
}

static bool below_or_at(ntm_fraction least, number truth) {
    return least.denominator == 0 || order((number){least.numerator, least.denominator}, truth) <= 0;
}

static bool above_or_at(ntm_fraction most, number truth) {
    return most.denominator == 0 || order((number){most.numerator, most.denominator}, truth) >= 0;
}

static void holds(kit *k, const world *truth, int rows, uint64_t seed, const char *what) {
    for (int f = 0; f < FACTS; f++)
        for (int t = 0; t < rows; t++) {
            ntm_range range;
            number real = truth->at[f][t];
            ntm_status status = ntm_rolled_range(&range, k->rolled, facts[f].id, (size_t)t, &k->err);
            if (real.d < 0) continue;
            if (status == NTM_ERROR_NOT_FOUND) {
                if (real.d != 0)
                    fail_msg("seed %llu: %s of %d is said not to apply (%s)", (unsigned long long)seed, facts[f].id, t,
                             what);
                continue;
            }
            assert_ok(status, &k->err);
            if (real.d == 0) continue; /* no parts, or all not applicable: told apart by the hand-made tests */
            if (!below_or_at(range.least, real) || !above_or_at(range.most, real))
                fail_msg("seed %llu: %s of %d is %lld/%lld, found %lld/%lld to %lld/%lld (%s)",
                         (unsigned long long)seed, facts[f].id, t, (long long)real.n, (long long)real.d,
                         (long long)range.least.numerator, (long long)range.least.denominator,
                         (long long)range.most.numerator, (long long)range.most.denominator, what);
        }
}

/* Where all parts of a target are whole, or by weights, and reported, the value is known. */
static void is_known(kit *k, const stage *s, bool hidden[FACTS][ROWS], const world *w, const world *truth,
                     uint64_t seed) {
    for (int f = 0; f < FACTS; f++)
        for (int t = 0; t < s->to_rows; t++) {
            bool sure = truth->at[f][t].d > 0;
            int parts = 0;
            for (int r = 0; r < s->from_rows; r++)
                for (int i = 0; i < s->sources[r].count; i++) {
                    const source *one = &s->sources[r];
                    int64_t total = one->weight[0] + one->weight[1] + one->weight[2];
                    if (one->to[i] != t) continue;
                    parts++;
                    bool shared = one->weighed && one->count > 1 && total > 0 && f <= RATE;
                    bool shown = w->at[f][r].d == 0 || !hidden[f][r];
                    if (f == SHARE_OF || f == RATE) shown = shown && !hidden[PEOPLE][r] && !hidden[POOR][r];
                    sure = sure && shown && (is_whole(one) || shared);
                }
            ntm_range range;
            if (!sure || parts == 0) continue;
            assert_ok(ntm_rolled_range(&range, k->rolled, facts[f].id, (size_t)t, &k->err), &k->err);
            number real = truth->at[f][t];
            if (range.least.denominator == 0 || range.most.denominator == 0 ||
                order((number){range.least.numerator, range.least.denominator}, real) != 0 ||
                order((number){range.most.numerator, range.most.denominator}, real) != 0)
                fail_msg("seed %llu: %s of %d is not known", (unsigned long long)seed, facts[f].id, t);
        }
}

/* Rules that only rise with their parts: the bounds are what comes out when all that is hidden is at an end. */
static void is_sharp(kit *k, const stage *s, bool hidden[FACTS][ROWS], const world *w, bool top, uint64_t seed) {
    static const int64_t ends[2][FACTS] = {{0, 0, 0, 0, 0, 0, 0, 0, 0}, {0, 30, 0, 0, 100, 0, 1, 3, 0}};
    static const bool has_end[2][FACTS] = {{true, true, true, false, true, false, true, true, false},
                                           {false, true, false, false, true, false, true, true, false}};
    world end = *w, out;
    uint64_t random = seed;
    for (int f = 0; f < FACTS; f++)
        for (int r = 0; r < s->from_rows; r++)
            if (hidden[f][r] && end.at[f][r].d > 0) end.at[f][r] = whole(ends[top][f]);
    roll_truly(&out, &end, s, &random);
    for (int f = 0; f < FACTS; f++)
        for (int t = 0; t < s->to_rows; t++) {
            bool fair = has_end[top][f] && out.at[f][t].d > 0;
            for (int r = 0; r < s->from_rows; r++)
                for (int i = 0; i < s->sources[r].count; i++)
                    if (s->sources[r].to[i] == t)
                        fair = fair && is_whole(&s->sources[r]) && (f != SHARE_OF || !hidden[PEOPLE][r]);
            ntm_range range;
            if (!fair || ntm_rolled_range(&range, k->rolled, facts[f].id, (size_t)t, &k->err) != NTM_OK) continue;
            ntm_fraction found = top ? range.most : range.least;
            if (found.denominator == 0 || order((number){found.numerator, found.denominator}, out.at[f][t]) != 0)
                fail_msg("seed %llu: %s of %d is not sharp: %lld/%lld, not %lld/%lld", (unsigned long long)seed,
                         facts[f].id, t, (long long)found.numerator, (long long)found.denominator,
                         (long long)out.at[f][t].n, (long long)out.at[f][t].d);
        }
}

static number of_fraction(ntm_fraction end) { return (number){end.numerator, end.denominator}; }

static ntm_rolled *roll(const ntm_rollup *rollup, const ntm_fact *const *list, const ntm_table *table) {
    ntm_rolled *rolled = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_rolled_new(&rolled, rollup, list, FACTS, table, NULL, &err), &err);
    return rolled;
}

static bool same_or_wider(const ntm_range *one, const ntm_range *two, bool rounded) {
    if (!rounded)
        return one->least.numerator == two->least.numerator && one->most.numerator == two->most.numerator &&
               one->least.denominator == two->least.denominator && one->most.denominator == two->most.denominator;
    return (one->least.denominator == 0 || below_or_at(two->least, of_fraction(one->least))) &&
           (one->most.denominator == 0 || above_or_at(two->most, of_fraction(one->most)));
}

/* The second roll-up of the first one's table says the same as both in one call; means and ratios, which a table has rounded,
   may be told less closely. The bound of the poor is out of the way: a table of sums would not keep it. */
static void same_in_two_calls(const kit *k, const ntm_rollup *const stages[2], int rows, uint64_t seed) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_fact poor = facts[POOR];
    const ntm_fact *list[FACTS];
    ntm_table table = kit_table(k);
    for (int f = 0; f < FACTS; f++)
        list[f] = f == POOR ? &poor : &facts[f];
    poor.has_most = false;
    ntm_rolled *both = roll(k->rollup, list, &table), *first = roll(stages[0], list, &table);
    ntm_rolled *second = roll(stages[1], list, ntm_rolled_table(first));
    for (int f = 0; f < FACTS; f++)
        for (int t = 0; t < rows; t++) {
            ntm_range one, two;
            ntm_status a = ntm_rolled_range(&one, both, facts[f].id, (size_t)t, &err);
            ntm_status b = ntm_rolled_range(&two, second, facts[f].id, (size_t)t, &err);
            if (a != b || (a == NTM_OK && !same_or_wider(&one, &two, f == SHARE_OF || f == RATE)))
                fail_msg("seed %llu: %s of %d differs in two calls", (unsigned long long)seed, facts[f].id, t);
        }
    ntm_rolled_free(both);
    ntm_rolled_free(first);
    ntm_rolled_free(second);
}

static void one_world(uint64_t seed) {
    uint64_t random = seed * 7919 + 1;
    stage first, second;
    world source_world, after, last;
    bool hidden[FACTS][ROWS];
    kit k;
    make_stage(&first, 1 + (int)below(&random, ROWS), 1 + (int)below(&random, TARGETS), &random);
    make_stage(&second, first.to_rows, 1 + (int)below(&random, 3), &random);
    make_world(&source_world, first.from_rows, &random);
    hide(hidden, &random);
    show(&k, &source_world, first.from_rows, hidden);
    ntm_rollup *stages[2] = {roll_up_of(&first, &random), roll_up_of(&second, &random)};
    k.rollup = stages[0];
    assert_ok(kit_roll(&k), &k.err);
    roll_truly(&after, &source_world, &first, &random);
    holds(&k, &after, first.to_rows, seed, "one stage");
    is_known(&k, &first, hidden, &source_world, &after, seed);
    is_sharp(&k, &first, hidden, &source_world, false, seed);
    is_sharp(&k, &first, hidden, &source_world, true, seed);
    ntm_rolled_free(k.rolled);
    k.rolled = NULL;
    assert_ok(ntm_rollup_chain(&k.rollup, (const ntm_rollup *const *)stages, 2, NULL, &k.err), &k.err);
    assert_ok(kit_roll(&k), &k.err);
    same_in_two_calls(&k, (const ntm_rollup *const *)stages, second.to_rows, seed);
    bool defined = true;
    for (int f = SHARE_OF; f <= RATE; f++)
        for (int t = 0; t < first.to_rows; t++)
            defined = defined && after.at[f][t].d >= 0;
    roll_truly(&last, &after, &second, &random);
    if (defined) holds(&k, &last, second.to_rows, seed, "two stages");
    kit_end(&k);
    ntm_rollup_free(stages[0]);
    ntm_rollup_free(stages[1]);
}

static void worlds(void **state) {
    (void)state;
    uint64_t count = fault_under_valgrind() ? 60 : 4000;
    for (uint64_t seed = 0; seed < count; seed++)
        one_world(seed);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(worlds)};
    return cmocka_run_group_tests_name("random worlds", tests, NULL, NULL);
}
