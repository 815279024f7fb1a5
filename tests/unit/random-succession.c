/* SPDX-License-Identifier: Apache-2.0 */
/* Random reforms against a model in which land is moved about: every unit has an amount that can be halved and cut
 * in three many times, and every reform hands amounts on.
 *
 *  - Divided evenly everywhere, what reaches a unit at all reaches it: these units have to be listed, no others, and
 *    WHOLE is who has everything.
 *  - To see whether a unit surely has something, everything is done to keep it away: a mixture sends all of the old
 *    unit into a part from which it can still end elsewhere, and what the others have evenly into all parts. Who has
 *    something all the same is PART, who has nothing PERHAPS. Only who has nothing but the old unit has to give
 *    something of it to every part. */
#include "reforms.h"

#include <string.h>

enum { SEEDS = 3000 };

static const uint64_t all_land = UINT64_C(6) * 6 * 6 * 6 * 6 * 6 * 6 * 6 * 6 * 6;

/* ------------------------------------------------------------------------------------------- the model */

/* How much each row has of the unit looked at, and of all others. */
typedef struct land {
    uint64_t own[ROWS], others[ROWS];
} land;

/* Whether what a row has in an epoch can come to another row than `target` by the epoch `last`. */
static bool can_avoid(const reforms *s, int u, int epoch, int last, int target) {
    if (epoch == last || s->rows[u].before <= epoch) return u != target;
    const reform_flow *f = &s->flows[epoch + 1][u];
    if ((f->rest || f->count == 0) && u != target) return true;
    for (int i = 0; i < f->count; i++)
        if (can_avoid(s, f->to[i], epoch + 1, last, target)) return true;
    return false;
}

/* Hands the land of a row on. With `target`, what a mixture has of the unit goes away from it if it can. */
static void hand_on(const reforms *s, land *next, const land *now, int u, int epoch, int last, int target) {
    const reform_flow *f = &s->flows[epoch][u];
    int parts = f->count + f->rest, away = -1;
    if (parts == 0) {
        next->own[u] += now->own[u];
        next->others[u] += now->others[u];
        return;
    }
    for (int i = 0; i < parts; i++) {
        int to = i < f->count ? f->to[i] : u;
        bool avoids = i < f->count ? can_avoid(s, to, epoch, last, target) : u != target;
        if (avoids && away < 0) away = to;
        next->others[to] += now->others[u] / (uint64_t)parts;
    }
    bool together = target >= 0 && now->others[u] > 0;
    for (int i = 0; i < parts && !together; i++)
        next->own[i < f->count ? f->to[i] : u] += now->own[u] / (uint64_t)parts;
    if (together) next->own[away >= 0 ? away : f->to[0]] += now->own[u];
}

/* The land of `unit` as it is in the epoch `last`, all others' beside it; `first` is an epoch of the unit. */
static void run_land(land *now, const reforms *s, int unit, int first, int last, int target) {
    memset(now, 0, sizeof *now);
    for (int epoch = first; epoch <= last; epoch++) {
        land next = {{0}, {0}};
        for (int u = 0; epoch > first && u < s->row_count; u++)
            hand_on(s, &next, now, u, epoch, last, target);
        for (int code = 0; code < CODES; code++) { /* what was there at first, and what came from nowhere */
            int u = s->alive[epoch][code];
            bool fresh = u >= 0 && (epoch == first || (s->rows[u].from == epoch && reforms_sources(s, epoch, u) == 0));
            if (fresh) *(u == unit ? &next.own[u] : &next.others[u]) = all_land;
        }
        *now = next;
    }
}

static ntm_share_of_unit share_of(const reforms *s, const land *even, int unit, int first, int last, int target) {
    land least;
    if (even->own[target] == all_land) return NTM_UNIT_WHOLE;
    run_land(&least, s, unit, first, last, target);
    return least.own[target] > 0 ? NTM_UNIT_PART : NTM_UNIT_PERHAPS;
}

/* Edges on the shortest way from a row to another: -1 = none. */
static int steps_between(const reforms *s, int u, int epoch, int last, int target) {
    if (epoch == last || s->rows[u].before <= epoch) return u == target ? 0 : -1;
    const reform_flow *f = &s->flows[epoch + 1][u];
    int best = (f->rest || f->count == 0) && u == target ? 0 : -1;
    for (int i = 0; i < f->count; i++) {
        int further = steps_between(s, f->to[i], epoch + 1, last, target);
        if (further >= 0 && (best < 0 || further + (f->to[i] != u) < best)) best = further + (f->to[i] != u);
    }
    return best;
}

/* ------------------------------------------------------------------------------------------- comparing */

typedef struct tally {
    size_t whole, part, perhaps, ended;
} tally;

static void expect_part(const ntm_unit_part *part, int unit, ntm_share_of_unit share, int steps, bool ended) {
    if ((int)part->unit != unit || part->share != share || (int)part->steps != steps || part->ended != ended)
        fail_msg("unit %d share %d steps %d ended %d, expected %d %d %d %d", (int)part->unit, (int)part->share,
                 (int)part->steps, part->ended, unit, (int)share, steps, ended);
}

static void compare_became(const reforms *s, const ntm_units *units, int unit, int first, int last, tally *t) {
    ntm_unit_part parts[ROWS];
    size_t count = 0, at = 0;
    land even;
    uint64_t sum = 0;
    ntm_error err = NTM_ERROR_INIT;
    run_land(&even, s, unit, first, last, -1);
    assert_ok(ntm_units_became(parts, &count, ROWS, units, (ntm_unit)unit, reforms_day(first) + DAYS - 1,
                               reforms_day(last) + (last > first ? 0 : DAYS - 1), &err),
              &err);
    for (int u = 0; u < s->row_count; u++) {
        sum += even.own[u];
        if (even.own[u] == 0) continue;
        assert_true(at < count);
        bool ended = s->rows[u].before <= last;
        ntm_share_of_unit share = share_of(s, &even, unit, first, last, u);
        expect_part(&parts[at++], u, share, steps_between(s, unit, first, last, u), ended);
        t->whole += share == NTM_UNIT_WHOLE;
        t->part += share == NTM_UNIT_PART;
        t->perhaps += share == NTM_UNIT_PERHAPS;
        t->ended += ended;
    }
    assert_int_equal(at, count);
    assert_true(sum == all_land);
}

static void compare_made_of(const reforms *s, const ntm_units *units, int unit, int first, int last) {
    ntm_unit_part parts[ROWS];
    size_t count = 0, at = 0;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_units_made_of(parts, &count, ROWS, units, (ntm_unit)unit, reforms_day(first) + DAYS - 1,
                                reforms_day(last) + (last > first ? 0 : DAYS - 1), &err),
              &err);
    for (int u = 0; u < s->row_count; u++) {
        land even;
        int from = s->rows[u].from > first ? s->rows[u].from : first;
        bool begun = s->rows[u].from > first && reforms_sources(s, from, u) == 0;
        if (from > last || s->rows[u].before <= first || (from > first && !begun)) continue;
        run_land(&even, s, u, from, last, -1);
        if (even.own[unit] == 0) continue;
        assert_true(at < count);
        expect_part(&parts[at++], u, share_of(s, &even, u, from, last, unit), steps_between(s, u, from, last, unit),
                    begun);
    }
    assert_int_equal(at, count);
}

static void compare_reform(const reforms *s, const ntm_units *units, int epoch) {
    ntm_unit_reform got, r = {0};
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    ntm_error err = NTM_ERROR_INIT;
    bool involved[ROWS] = {false};
    for (int code = 0; code < CODES; code++) {
        int u = s->alive[epoch - 1][code];
        if (u < 0) continue;
        const reform_flow *f = &s->flows[epoch][u];
        bool divided = f->count > 1 || f->rest,
             alone = !divided && f->count == 1 && reforms_sources(s, epoch, f->to[0]) == 1;
        involved[u] = f->count > 0 && !alone;
        r.before++;
        r.involved += involved[u];
        r.divided += divided;
        r.ended += f->count == 0;
        r.renamed += alone && (s->rows[u].name != s->rows[f->to[0]].name || s->rows[u].code != s->rows[f->to[0]].code);
        r.unchanged += alone && s->rows[u].name == s->rows[f->to[0]].name && s->rows[u].code == s->rows[f->to[0]].code;
        for (int i = 0; i < f->count; i++) {
            bool own = s->rows[f->to[i]].code == s->rows[u].code;
            if (own && !f->written && !reforms_needs_own(s, epoch, u, f->to[i])) continue;
            r.edges++;
            r.partial += divided;
        }
    }
    for (int code = 0; code < CODES; code++) {
        int v = s->alive[epoch][code];
        bool of_involved = false;
        if (v < 0) continue;
        for (int u = 0; u < s->row_count; u++)
            of_involved = of_involved || (involved[u] && reforms_goes_to(&s->flows[epoch][u], v));
        r.after++;
        r.begun += reforms_sources(s, epoch, v) == 0;
        r.results += of_involved;
    }
    assert_ok(ntm_units_reform(&got, units, &filter, reforms_day(epoch), &err), &err);
    assert_int_equal(got.before, got.involved + got.renamed + got.unchanged + got.ended);
    assert_memory_equal(&got, &r, sizeof r);
}

static void against_land(void **state) {
    static reforms s;
    tally t = {0, 0, 0, 0};
    (void)state;
    uint64_t seeds = fault_under_valgrind() ? 30 : SEEDS;
    for (uint64_t seed = 0; seed < seeds; seed++) {
        reforms_make(&s, seed);
        ntm_units *units = reforms_units(&s);
        for (int first = 0; first < s.epochs; first++)
            for (int last = first; last < s.epochs; last++)
                for (int code = 0; code < CODES; code++) {
                    if (s.alive[first][code] >= 0) compare_became(&s, units, s.alive[first][code], first, last, &t);
                    if (s.alive[last][code] >= 0) compare_made_of(&s, units, s.alive[last][code], first, last);
                }
        for (int epoch = 1; epoch < s.epochs; epoch++)
            compare_reform(&s, units, epoch);
        ntm_units_free(units);
    }
    assert_true(t.whole > 10 * seeds && t.part > 10 * seeds && t.perhaps > 10 * seeds && t.ended > 3 * seeds);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(against_land)};
    return cmocka_run_group_tests_name("random reforms", tests, NULL, NULL);
}
