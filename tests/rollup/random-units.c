/* SPDX-License-Identifier: Apache-2.0 */
/* Random reforms and facts, some of them missing, rolled across against people who are counted where they live.
 *
 *  - In one step (no weight) what a target has is known between the facts of those units that are whole in it and the facts
 *    of all that may be in it; exactly that has to come out, and every way of dividing people has to lie between.
 *  - By weight, reform by reform: bounds are shared out, rounded outward; what comes out may be narrower, but may never
 *    exclude what sharing out by the weights gives, and has to be exact, to the last one, where everything is known. */
#include "forest.h"
#include "kit.h"
#include "reforms.h"

#include <string.h>

#include <ntm/rollup.h>

enum { SEEDS = 1500, WAYS = 6, MOST = 1000000 };

static const uint64_t all_land = UINT64_C(6) * 6 * 6 * 6 * 6 * 6 * 6 * 6 * 6 * 6;
static const ntm_fact people = FACT("people", NTM_KIND_COUNT, "person", NTM_MERGE_SUM);

/* One question: which units have rows, what is reported of them, and what is true. */
typedef struct question {
    const reforms *s;
    uint64_t random;
    int first, last;
    ntm_unit from[CODES], to[CODES];
    size_t from_count, to_count;
    int from_row[ROWS], to_row[ROWS]; /* by unit; -1 = none */
    int64_t values[CODES];            /* by row of from; GONE = not reported */
    int64_t truth[ROWS];              /* by unit, also of those without a row and of those that begin from nowhere */
    uint64_t land[ROWS][ROWS];        /* how much of a unit is in which at last, when all is divided evenly */
} question;

static unsigned chance(question *q, unsigned of) { return (unsigned)(fault_random(&q->random) % of); }

/* A unit that is there at first, or begins later and nothing says of what. */
static bool is_source(const question *q, int u) {
    const reform_row *row = &q->s->rows[u];
    if (row->from > q->last || row->before <= q->first) return false;
    return row->from <= q->first || reforms_sources(q->s, row->from, u) == 0;
}

static int start_of(const question *q, int u) { return q->s->rows[u].from > q->first ? q->s->rows[u].from : q->first; }

static void spread(question *q, int unit) {
    uint64_t now[ROWS] = {0};
    now[unit] = all_land;
    for (int epoch = start_of(q, unit) + 1; epoch <= q->last; epoch++) {
        uint64_t next[ROWS] = {0};
        for (int u = 0; u < q->s->row_count; u++) {
            const reform_flow *f = &q->s->flows[epoch][u];
            uint64_t parts = (uint64_t)f->count + f->rest;
            if (parts == 0 || f->rest) next[u] += parts == 0 ? now[u] : now[u] / parts;
            for (int i = 0; i < f->count; i++)
                next[f->to[i]] += now[u] / parts;
        }
        memcpy(now, next, sizeof now);
    }
    memcpy(q->land[unit], now, sizeof now);
}

static size_t pick(question *q, ntm_unit *out, int *row_of, int epoch, unsigned of) {
    size_t count = 0;
    for (int u = 0; u < ROWS; u++)
        row_of[u] = -1;
    for (int code = 0; code < CODES; code++) {
        int u = q->s->alive[epoch][code];
        if (u < 0 || (of > 0 && chance(q, of) == 0)) continue;
        size_t at = chance(q, (unsigned)count + 1);
        out[count++] = out[at];
        out[at] = (ntm_unit)u;
    }
    for (size_t i = 0; i < count; i++)
        row_of[out[i]] = (int)i;
    return count;
}

static void make_question(question *q, const reforms *s, uint64_t seed) {
    memset(q, 0, sizeof *q);
    q->s = s;
    q->random = seed;
    q->first = (int)chance(q, (unsigned)s->epochs);
    q->last = q->first + (int)chance(q, (unsigned)(s->epochs - q->first));
    q->from_count = pick(q, q->from, q->from_row, q->first, chance(q, 2) == 0 ? 0 : 5);
    q->to_count = pick(q, q->to, q->to_row, q->last, chance(q, 2) == 0 ? 0 : 5);
    for (int u = 0; u < s->row_count; u++) {
        q->truth[u] = is_source(q, u) ? (int64_t)chance(q, chance(q, 3) == 0 ? 4 : MOST) : 0;
        if (is_source(q, u)) spread(q, u);
    }
    unsigned missing = chance(q, 2) == 0 ? 0 : 6;
    for (size_t i = 0; i < q->from_count; i++)
        q->values[i] = missing > 0 && chance(q, missing) == 0 ? GONE : q->truth[q->from[i]];
}

/* The lowest row of which something ends or goes to no target; -1 = none. */
static int lost_row(const question *q) {
    for (size_t i = 0; i < q->from_count; i++)
        for (int u = 0; u < q->s->row_count; u++)
            if (q->land[q->from[i]][u] > 0 && q->to_row[u] < 0) return (int)i;
    return -1;
}

/* ------------------------------------------------------------------------------------------- people who move */

/* What is known of a unit's people, and how many there are. */
typedef struct crowd {
    int64_t least, most;
    bool open;     /* no upper bound */
    bool listed;   /* something of a row of the caller's is in it */
    bool exact;    /* all of it is reported, and was never divided but by weights */
    int64_t truth; /* how many there are, in one of many ways */
    int64_t slack; /* the truth by weights is so much unsure: who takes what is left over */
} crowd;

static int64_t share_down(int64_t value, int64_t weight, int64_t sum) { return value * weight / sum; }
static int64_t share_up(int64_t value, int64_t weight, int64_t sum) { return (value * weight + sum - 1) / sum; }

/* The weights of a reform's flow together; -1 when they do not count. */
static int64_t weight_sum(const question *q, int epoch, int u) {
    const reform_flow *f = &q->s->flows[epoch][u];
    int64_t sum = 0;
    if (f->count < 2 || f->rest) return -1;
    for (int i = 0; i < f->count; i++) {
        int64_t weight = reforms_weight(q->s, epoch, u, i);
        if (weight < 0) return -1;
        sum += weight;
    }
    return sum == 0 ? -1 : sum;
}

static void take(crowd *to, crowd part) {
    to->least += part.least;
    to->most += part.most;
    to->open = to->open || part.open;
    to->listed = to->listed || part.listed;
    to->exact = to->exact && part.exact;
    to->truth += part.truth;
    to->slack += part.slack;
}

/* The people of one unit go where its flow says, by weights or in any way. */
static void move(question *q, crowd *next, crowd all, int u, int epoch, bool by_weight) {
    const reform_flow *f = &q->s->flows[epoch][u];
    int parts = f->count + f->rest;
    int64_t sum = by_weight ? weight_sum(q, epoch, u) : -1, left = all.truth;
    int whim = (int)chance(q, 3);
    if (parts <= 1) {
        take(&next[parts == 0 ? u : f->to[0]], all);
        return;
    }
    for (int i = 0; i < parts; i++) {
        int to = i < f->count ? f->to[i] : u;
        crowd part = all;
        int64_t weight = sum < 0 ? 0 : reforms_weight(q->s, epoch, u, i);
        if (sum >= 0) {
            part.least = share_down(all.least, weight, sum);
            part.most = share_up(all.most, weight, sum);
            part.truth = share_down(all.truth, weight, sum);
            part.slack = share_up(all.slack, weight, sum) + 1;
        } else {
            part.least = 0;
            part.exact = false;
            part.truth = i == parts - 1 ? left
                         : whim == 0    ? (chance(q, 2) == 0 ? left : 0)
                                        : (int64_t)(fault_random(&q->random) % (uint64_t)(left + 1));
            left -= part.truth;
        }
        take(&next[to], part);
    }
}

static crowd crowd_of(const question *q, int u) {
    int row = q->s->rows[u].from <= q->first ? q->from_row[u] : -1;
    bool known = row >= 0 && q->values[row] != GONE;
    return (crowd){known ? q->truth[u] : 0, known ? q->truth[u] : 0, !known, row >= 0, known, q->truth[u], 0};
}

/* All people from first to last. A unit in which nothing of a listed one is, is as unknown as at first. */
static void run(question *q, crowd *now, bool by_weight) {
    for (int epoch = q->first; epoch <= q->last; epoch++) {
        crowd next[ROWS];
        for (int u = 0; u < ROWS; u++)
            next[u] = (crowd){0, 0, false, false, true, 0, 0};
        for (int code = 0; epoch > q->first && code < CODES; code++) {
            int u = q->s->alive[epoch - 1][code];
            if (u >= 0) move(q, next, now[u], u, epoch, by_weight);
        }
        for (int code = 0; code < CODES; code++) {
            int u = q->s->alive[epoch][code];
            if (u >= 0 && is_source(q, u) && start_of(q, u) == epoch) next[u] = crowd_of(q, u);
            if (u >= 0 && !next[u].listed) next[u].least = 0, next[u].open = true, next[u].exact = false;
        }
        memcpy(now, next, sizeof next);
    }
}

/* ------------------------------------------------------------------------------------------- comparing */

typedef struct totals {
    size_t lost, exact, bounded, conserved, shared;
} totals;

static void fail_at(const question *q, int row, const ntm_range *range, int64_t least, int64_t most, const char *what) {
    fail_msg("%s: target %d (unit %u) of epochs %d to %d: %lld/%lld..%lld/%lld, expected %lld..%lld", what, row,
             q->to[row], q->first, q->last, (long long)range->least.numerator, (long long)range->least.denominator,
             (long long)range->most.numerator, (long long)range->most.denominator, (long long)least, (long long)most);
}

/* Exactly the sum of those that are whole, up to the sum of all. */
static void compare_whole(question *q, const ntm_rolled *rolled, int row, const ntm_range *range, totals *t) {
    ntm_rolled_parts parts, expected = {0, 0, 0, 0, 0};
    ntm_error err = NTM_ERROR_INIT;
    int64_t least = 0, most = 0;
    int target = (int)q->to[row];
    bool open = false;
    for (int u = 0; u < q->s->row_count; u++) {
        if (!is_source(q, u) || q->land[u][target] == 0) continue;
        crowd c = crowd_of(q, u);
        bool whole = q->land[u][target] == all_land;
        least += whole ? c.least : 0;
        most += c.most;
        open = open || c.open;
        expected.parts++;
        expected.reported += !c.open;
        expected.not_reported += c.open;
        expected.divided += !whole;
    }
    open = open || expected.parts == 0;
    bool same = range->least.denominator == 1 && range->least.numerator == least &&
                (open ? range->most.denominator == 0 : range->most.denominator == 1 && range->most.numerator == most);
    if (!same) fail_at(q, row, range, least, open ? -1 : most, "in one step");
    assert_ok(ntm_rolled_parts_of(&parts, rolled, "people", (size_t)row, &err), &err);
    if (memcmp(&parts, &expected, sizeof parts) != 0)
        fail_msg("parts %u %u %u %u %u, expected %u %u %u %u %u", parts.parts, parts.reported, parts.not_reported,
                 parts.not_applicable, parts.divided, expected.parts, expected.reported, expected.not_reported,
                 expected.not_applicable, expected.divided);
    t->exact += !open && least == most;
    t->bounded += open || least < most;
}

/* The exact share of a target in one reform: whole ones are left over to the largest remainders, then the lower row. */
static int64_t shared_out(const question *q, int u, int target) {
    const reform_flow *f = &q->s->flows[q->last][u];
    int64_t value = q->truth[u], sum = weight_sum(q, q->last, u), left = value, own = 0, own_rest = 0, before = 0;
    for (int i = 0; i < f->count; i++) {
        int64_t weight = reforms_weight(q->s, q->last, u, i);
        left -= share_down(value, weight, sum);
        if (f->to[i] != target) continue;
        own = share_down(value, weight, sum);
        own_rest = value * weight % sum;
    }
    for (int i = 0; i < f->count; i++) {
        int64_t rest = value * reforms_weight(q->s, q->last, u, i) % sum;
        int row = q->to_row[f->to[i]];
        before += rest > own_rest || (rest == own_rest && row >= 0 && row < q->to_row[target]);
    }
    return own + (before < left);
}

static void compare_weighed(question *q, const crowd *now, int row, const ntm_range *range, totals *t) {
    const crowd *c = &now[q->to[row]];
    bool bad = range->least.denominator != 1 || range->most.denominator > 1;
    bool up = range->most.denominator == 1;
    if (bad || range->least.numerator < c->least || (!c->open && (!up || range->most.numerator > c->most)))
        fail_at(q, row, range, c->least, c->open ? -1 : c->most, "by weight");
    if (range->least.numerator > c->truth + c->slack || (up && range->most.numerator < c->truth - c->slack))
        fail_at(q, row, range, c->truth - c->slack, c->truth + c->slack, "by weight, true");
    if (!c->exact) return;
    if (!up || range->most.numerator != range->least.numerator) fail_at(q, row, range, c->least, c->most, "exactly");
    if (q->last != q->first + 1) return;
    int64_t sum = 0;
    for (int u = 0; u < q->s->row_count; u++) {
        const reform_flow *f = &q->s->flows[q->last][u];
        if (!is_source(q, u) || q->land[u][q->to[row]] == 0) continue;
        sum += start_of(q, u) == q->last || f->count == 1 ? q->truth[u] : shared_out(q, u, (int)q->to[row]);
    }
    if (range->least.numerator != sum) fail_at(q, row, range, sum, sum, "shared out");
    t->shared++;
}

static void compare(question *q, const ntm_units *units, bool by_weight, totals *t) {
    ntm_rollup_units_options options = NTM_ROLLUP_UNITS_OPTIONS_INIT;
    crowd now[ROWS];
    kit k;
    int lost = lost_row(q);
    ntm_date from = reforms_day(q->first) + (int)chance(q, DAYS), to = reforms_day(q->last) + (int)chance(q, DAYS);
    if (from > to) to = from;
    kit_start(&k, q->from_count);
    kit_fact(&k, &people);
    (void)kit_column(&k, "people", q->values, 0);
    options.weight = by_weight ? "people" : NULL;
    if (lost >= 0) {
        assert_fails(
            ntm_rollup_across(&k.rollup, units, q->from, q->from_count, from, q->to, q->to_count, to, &options, &k.err),
            NTM_ERROR_NOT_FOUND, &k.err, "");
        assert_int_equal(k.err.row, lost);
        options.ignore_others = true;
        t->lost++;
    }
    assert_ok(
        ntm_rollup_across(&k.rollup, units, q->from, q->from_count, from, q->to, q->to_count, to, &options, &k.err),
        &k.err);
    assert_ok(kit_roll(&k), &k.err);
    int64_t whole = 0, sum = 0;
    bool all = lost < 0, exact = true;
    for (int u = 0; u < q->s->row_count; u++) {
        all = all && (!is_source(q, u) || (q->s->rows[u].from <= q->first && q->from_row[u] >= 0));
        whole += q->truth[u];
    }
    for (int way = 0; way < WAYS; way++) {
        run(q, now, by_weight);
        for (size_t row = 0; row < q->to_count; row++) {
            ntm_range range;
            assert_ok(ntm_rolled_range(&range, k.rolled, "people", row, &k.err), &k.err);
            const crowd *c = &now[q->to[row]];
            if (by_weight) {
                compare_weighed(q, now, (int)row, &range, t);
            } else {
                if (way == 0) compare_whole(q, k.rolled, (int)row, &range, t);
                if (range.least.numerator > c->truth ||
                    (range.most.denominator == 1 && range.most.numerator < c->truth))
                    fail_at(q, (int)row, &range, c->truth, c->truth, "true");
            }
            if (way > 0) continue;
            exact = exact && c->exact;
            sum += range.least.numerator;
        }
    }
    if (all && exact && by_weight) {
        assert_true(sum == whole);
        t->conserved++;
    }
    kit_end(&k);
}

static void across_reforms(void **state) {
    static reforms s;
    static question q;
    totals t = {0, 0, 0, 0, 0};
    (void)state;
    uint64_t seeds = fault_under_valgrind() ? 20 : SEEDS;
    for (uint64_t seed = 0; seed < seeds; seed++) {
        reforms_make(&s, seed);
        ntm_units *units = reforms_units(&s);
        for (uint64_t i = 0; i < 4; i++) {
            make_question(&q, &s, seed * 4 + i);
            compare(&q, units, false, &t);
            compare(&q, units, true, &t);
        }
        ntm_units_free(units);
    }
    assert_true(t.lost > seeds && t.exact > seeds && t.bounded > seeds && t.conserved > seeds / 8 && t.shared > seeds);
}

/* ------------------------------------------------------------------------------------------- up the tree */

/* Rolls the facts of some units of a rung up, and compares with all units that have the target above them. */
static void climb(const forest *f, const ntm_units *units, uint64_t *random, size_t *wholes) {
    ntm_unit_filter which = NTM_UNIT_FILTER_INIT;
    ntm_rollup_units_options options = NTM_ROLLUP_UNITS_OPTIONS_INIT;
    ntm_unit from[FOREST_ROWS], to[FOREST_ROWS];
    int64_t values[FOREST_ROWS], value_of[FOREST_ROWS];
    size_t from_count = 0, to_count = 0, lost = SIZE_MAX;
    bool wanted[FOREST_ROWS] = {false};
    int day = (int)(fault_random(random) % FOREST_DAYS), below = 2 + (int)(fault_random(random) % 2),
        above = 1 + (int)(fault_random(random) % (uint64_t)(below - 1)), holes = (int)(fault_random(random) % 2) * 5;
    const char *level = below == 3 && fault_random(random) % 2 == 0 ? "commune" : NULL;
    kit k;
    for (int i = 0; i < f->count; i++)
        if (f->rows[i].rung == above && forest_there(f, i, day) && fault_random(random) % 6 > 0) {
            to[to_count++] = (ntm_unit)i;
            wanted[i] = true;
        }
    for (int i = 0; i < f->count; i++) {
        value_of[i] = GONE;
        if (f->rows[i].rung != below || !forest_there(f, i, day)) continue;
        if (level != NULL && strcmp(f->rows[i].level, level) != 0) continue;
        if (holes > 0 && fault_random(random) % (uint64_t)holes == 0) continue;
        int at = forest_above(f, i, above, day);
        if ((at < 0 || !wanted[at]) && lost == SIZE_MAX) lost = from_count;
        from[from_count] = (ntm_unit)i;
        value_of[i] = holes > 0 && fault_random(random) % 8 == 0 ? GONE : (int64_t)(fault_random(random) % MOST);
        values[from_count++] = value_of[i];
    }
    which.on = forest_day(day);
    which.echelon = level == NULL ? (ntm_echelon)below : NTM_ECHELON_ANY;
    which.level = level;
    kit_start(&k, from_count);
    kit_fact(&k, &people);
    (void)kit_column(&k, "people", values, 0);
    if (to_count > 0 && lost != SIZE_MAX) {
        assert_fails(ntm_rollup_up(&k.rollup, units, from, from_count, to, to_count, &which, &options, &k.err),
                     NTM_ERROR_NOT_FOUND, &k.err, "below none");
        assert_int_equal(k.err.row, lost);
    }
    options.ignore_others = true;
    assert_ok(ntm_rollup_up(&k.rollup, units, from, from_count, to, to_count, &which, &options, &k.err), &k.err);
    assert_ok(kit_roll(&k), &k.err);
    for (size_t row = 0; row < to_count; row++) {
        ntm_range range;
        int64_t sum = 0;
        bool any = false, open = false;
        for (int i = 0; i < f->count; i++) {
            if (f->rows[i].rung != below || (level != NULL && strcmp(f->rows[i].level, level) != 0)) continue;
            if (!forest_there(f, i, day) || forest_above(f, i, above, day) != (int)to[row]) continue;
            any = true;
            open = open || value_of[i] == GONE;
            sum += value_of[i] == GONE ? 0 : value_of[i];
        }
        assert_ok(ntm_rolled_range(&range, k.rolled, "people", row, &k.err), &k.err);
        assert_true(range.least.denominator == 1 && range.least.numerator == sum);
        if (open || !any) {
            assert_true(range.most.denominator == 0);
        } else {
            assert_true(range.most.denominator == 1 && range.most.numerator == sum);
        }
        *wholes += any && !open;
    }
    kit_end(&k);
}

static void up_random_trees(void **state) {
    static forest f;
    uint64_t random = 7;
    size_t wholes = 0, seeds = fault_under_valgrind() ? 20 : SEEDS;
    (void)state;
    for (size_t seed = 0; seed < seeds; seed++) {
        forest_make(&f, &random);
        ntm_units *units = forest_units(&f);
        for (int i = 0; i < 4; i++)
            climb(&f, units, &random, &wholes);
        ntm_units_free(units);
    }
    assert_true(wholes > seeds);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(across_reforms), cmocka_unit_test(up_random_trees)};
    return cmocka_run_group_tests_name("random units rolled up", tests, NULL, NULL);
}
