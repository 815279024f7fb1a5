/* SPDX-License-Identifier: Apache-2.0 */
/* Random registers against a second evaluation, which goes back from the day asked for instead of forward. */
#include "book.h"

#include <stdio.h>
#include <string.h>

enum { UNITS = 4, ACTS = 14, DAYS = 40, FIRST = 18262 };

static const char *const codes[UNITS] = {"A", "B", "C", "D"};

typedef struct scene {
    const ntm_register *reg;
    ntm_inherit inherit;
    ntm_lasting lasting;
} scene;

/* What there is of a unit on a day. */
typedef struct answer {
    ntm_verdict verdict;
    ntm_lack reason;
    ntm_date until;
} answer;

static bool of_unit(const ntm_act *act) { return act->kind == NTM_ACT_MERGED || act->kind == NTM_ACT_ENDED; }

static bool is(const char *a, const char *b) { return a != NULL && b != NULL && strcmp(a, b) == 0; }

/* The last act before `end` (in the order: day, then mergers, then row) that has to do with the unit. */
static const ntm_act *last_event(const scene *s, const char *unit, ntm_date on, bool mergers) {
    const ntm_act *last = NULL;
    for (size_t i = 0; i < ntm_register_act_count(s->reg); i++) {
        const ntm_act *act = ntm_register_act(s->reg, i);
        bool concerns = mergers ? of_unit(act) && (is(act->unit, unit) || is(act->successor, unit))
                                : !of_unit(act) && is(act->unit, unit) && act->kind != NTM_ACT_REGISTERED;
        if (concerns && act->on <= on && (last == NULL || act->on > last->on)) last = act;
    }
    return last;
}

/* Whether the code means a unit that is there on the day, and goes on from the day before. */
static bool there(const scene *s, const char *unit, ntm_date on) {
    const ntm_act *last = last_event(s, unit, on, true);
    if (last == NULL) return true;
    for (size_t i = 0; i < ntm_register_act_count(s->reg); i++) {
        const ntm_act *act = ntm_register_act(s->reg, i);
        if (act->on == last->on && is(act->successor, unit)) return true;
    }
    return false;
}

static bool known_before(const scene *s, const char *unit, ntm_date on) {
    for (size_t i = 0; i < ntm_register_act_count(s->reg); i++) {
        const ntm_act *act = ntm_register_act(s->reg, i);
        if (act->on < on && (is(act->unit, unit) || is(act->successor, unit))) return true;
    }
    return false;
}

static bool ends_on(const scene *s, const char *unit, ntm_date on) {
    for (size_t i = 0; i < ntm_register_act_count(s->reg); i++) {
        const ntm_act *act = ntm_register_act(s->reg, i);
        if (of_unit(act) && act->on == on && is(act->unit, unit)) return true;
    }
    return false;
}

static answer by_act(const scene *s, const ntm_act *act, ntm_date on) {
    answer a = {NTM_NOT_MET, act->kind == NTM_ACT_REVOKED ? NTM_LACK_REVOKED : NTM_LACK_WITHDRAWN, NTM_DATE_NONE};
    if (act->kind != NTM_ACT_RECOGNISED && act->kind != NTM_ACT_REACKNOWLEDGED) return a;
    a = (answer){NTM_MET, NTM_LACK_NONE, NTM_DATE_NONE};
    if (act->until != NTM_DATE_NONE)
        a.until = act->until;
    else if (s->lasting == NTM_LASTING_MONTHS)
        a.until = ntm_validity_last_day(act->on, 1);
    else if (s->lasting == NTM_LASTING_UNKNOWN && on > act->on)
        return (answer){NTM_OPEN, NTM_LACK_LASTING_UNKNOWN, NTM_DATE_NONE};
    if (a.until != NTM_DATE_NONE && on > a.until) return (answer){NTM_NOT_MET, NTM_LACK_EXPIRED, NTM_DATE_NONE};
    return a;
}

static answer ask(const scene *s, const char *unit, ntm_date on, ntm_date day);

/* Adds what a part had the day before a merger. Under "unknown" a part may have been recognised that very day. */
typedef struct sums {
    size_t met, open, not_met;
    ntm_date least, most;
    bool fresh;
} sums;

static void add(sums *all, const scene *s, const char *unit, ntm_date on) {
    answer a = ask(s, unit, on, on);
    all->met += a.verdict == NTM_MET;
    all->open += a.verdict == NTM_OPEN;
    all->not_met += a.verdict == NTM_NOT_MET;
    if (a.verdict != NTM_MET) return;
    ntm_date until = a.until == NTM_DATE_NONE ? INT32_MAX : a.until;
    if (until < all->least) all->least = until;
    if (until > all->most) all->most = until;
    all->fresh = all->fresh || (s->lasting == NTM_LASTING_UNKNOWN && a.until == NTM_DATE_NONE);
}

/* By a merger into the unit. */
static answer by_merger(const scene *s, const char *unit, ntm_date merged, ntm_date on) {
    sums all = {0, 0, 0, INT32_MAX, INT32_MIN, false};
    bool own = known_before(s, unit, merged) && there(s, unit, merged - 1) && !ends_on(s, unit, merged);
    answer before = ask(s, unit, merged - 1, on);
    if (own) add(&all, s, unit, merged - 1);
    bool own_held = all.met + all.open > 0;
    for (size_t i = 0; i < ntm_register_act_count(s->reg); i++) {
        const ntm_act *act = ntm_register_act(s->reg, i);
        if (act->on == merged && is(act->successor, unit)) add(&all, s, act->unit, merged - 1);
    }
    if (all.met + all.open == 0) return own ? before : (answer){NTM_NOT_MET, NTM_LACK_NEVER, NTM_DATE_NONE};
    bool every = all.open + all.not_met == 0;
    if ((s->inherit == NTM_INHERIT_ALL && every) || (s->inherit == NTM_INHERIT_ANY && all.met > 0)) {
        ntm_date until = s->inherit == NTM_INHERIT_ALL ? all.least : all.most;
        if (all.fresh && on > merged) return (answer){NTM_OPEN, NTM_LACK_LASTING_UNKNOWN, NTM_DATE_NONE};
        if (on > until) return (answer){NTM_NOT_MET, NTM_LACK_EXPIRED, NTM_DATE_NONE};
        return (answer){NTM_MET, NTM_LACK_NONE, until == INT32_MAX ? NTM_DATE_NONE : until};
    }
    if (s->inherit == NTM_INHERIT_ALL && all.not_met > 0) return (answer){NTM_NOT_MET, NTM_LACK_PART, NTM_DATE_NONE};
    if (s->inherit != NTM_INHERIT_NONE || own_held) return (answer){NTM_OPEN, NTM_LACK_UNDECIDED, NTM_DATE_NONE};
    return (answer){NTM_NOT_MET, NTM_LACK_NOT_REACKNOWLEDGED, NTM_DATE_NONE};
}

/* By the acts up to `on`, as it is on `day`. */
static answer ask(const scene *s, const char *unit, ntm_date on, ntm_date day) {
    const ntm_act *merger = last_event(s, unit, on, true), *act = last_event(s, unit, on, false);
    if (!there(s, unit, on)) return (answer){NTM_NOT_MET, NTM_LACK_ENDED, NTM_DATE_NONE};
    if (act != NULL && (merger == NULL || act->on >= merger->on)) return by_act(s, act, day);
    if (merger != NULL) return by_merger(s, unit, merger->on, day);
    return (answer){NTM_NOT_MET, NTM_LACK_NEVER, NTM_DATE_NONE};
}

static void write_scene(char *text, size_t capacity, uint64_t *random) {
    static const char *const kinds[] = {"recognised", "recognised", "revoked",    "withdrawn",
                                        "merged",     "merged",     "registered", "re-acknowledged"};
    size_t used = (size_t)snprintf(text, capacity, "%s", BOOK_HEAD);
    size_t acts = 3 + fault_random(random) % (ACTS - 3);
    for (size_t i = 0; i < acts; i++) {
        const char *kind = kinds[fault_random(random) % 8];
        bool merged = strcmp(kind, "merged") == 0;
        int y, m, d, y2, m2, d2;
        ntm_date on = FIRST + (ntm_date)(fault_random(random) % DAYS);
        ntm_date_parts(on, &y, &m, &d);
        ntm_date_parts(on + (ntm_date)(fault_random(random) % 9), &y2, &m2, &d2);
        bool until = strcmp(kind, "recognised") == 0 && fault_random(random) % 3 == 0;
        used += (size_t)snprintf(text + used, capacity - used, "%s,%s,,%s,%04d-%02d-%02d,,%s,",
                                 codes[fault_random(random) % UNITS], merged ? "" : "S", kind, y, m, d,
                                 merged ? codes[fault_random(random) % UNITS] : "");
        used += (size_t)(until ? snprintf(text + used, capacity - used, "%04d-%02d-%02d\n", y2, m2, d2)
                               : snprintf(text + used, capacity - used, "\n"));
    }
}

static void compare(const scene *s, const char *text) {
    for (size_t u = 0; u < UNITS; u++)
        for (ntm_date on = FIRST - 1; on < FIRST + DAYS + 40; on++) {
            ntm_holding got;
            char line[160];
            answer expected = ask(s, codes[u], on, on);
            assert_int_equal(ntm_register_holds(&got, s->reg, codes[u], "S", on, NULL), NTM_OK);
            if (got.verdict == expected.verdict && got.reason == expected.reason &&
                (got.verdict != NTM_MET || got.until == expected.until))
                continue;
            book_line(line, sizeof line, &got);
            fail_msg("inherit %d lasting %d, %s on day %d: \"%s\", expected %d because %d until %d\n%s", s->inherit,
                     s->lasting, codes[u], on - FIRST, line, expected.verdict, expected.reason, expected.until, text);
        }
}

static void against_the_oracle(void **state) {
    uint64_t random = 20200225;
    size_t taken = 0, merged = 0;
    (void)state;
    for (int round = 0; round < 40000; round++) {
        char text[2048];
        ntm_register *reg = NULL;
        ntm_register_options options = book_options();
        options.usual.inherit = (ntm_inherit)(fault_random(&random) % 4);
        options.usual.lasting = (ntm_lasting)(fault_random(&random) % 3);
        options.usual.months = options.usual.lasting == NTM_LASTING_MONTHS;
        write_scene(text, sizeof text, &random);
        if (ntm_register_read(&reg, text, strlen(text), "random", &options, NULL) != NTM_OK) continue;
        scene s = {reg, options.usual.inherit, options.usual.lasting};
        compare(&s, text);
        taken++;
        merged += strstr(text, "merged") != NULL;
        ntm_register_free(reg);
    }
    assert_true(taken > 1500 && merged > 800);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(against_the_oracle)};
    return cmocka_run_group_tests_name("random registers", tests, NULL, NULL);
}
