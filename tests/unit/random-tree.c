/* SPDX-License-Identifier: Apache-2.0 */
/* Random registries with holes against the tree as of each day, found by looking at every row. */
#include "tree.h"

#include <stdio.h>
#include <string.h>

enum { ROWS = 14, DAYS = 12, FIRST = 18262, SEEDS = 1500 };

static const char *const levels[] = {NULL, "province", "district", "commune", "village"};
static const char *const codes[] = {"1", "2", "3"};

typedef struct row {
    int rung, code, parent; /* parent -1 = none */
    int from, before;       /* -1 = always; DAYS = still */
} row;

typedef struct scene {
    row rows[ROWS];
    int count;
    uint64_t random;
} scene;

static int chance(scene *s, unsigned of) { return (int)(fault_random(&s->random) % of); }

static bool there(const row *r, int day) { return r->from <= day && day < r->before; }

static bool meet(const row *a, const row *b) { return a->from < b->before && b->from < a->before; }

static void make_scene(scene *s, uint64_t seed) {
    s->random = seed;
    s->count = 0;
    for (int tries = 0; tries < ROWS; tries++) {
        row r = {1 + chance(s, 4), chance(s, 3), chance(s, 4) - 1, chance(s, DAYS) - 1, 0};
        bool free = true;
        r.before = chance(s, 3) == 0 ? DAYS : r.from + 1 + chance(s, DAYS - 1);
        if (r.before > DAYS) r.before = DAYS;
        if (r.before <= r.from) continue;
        for (int i = 0; i < s->count; i++) {
            const row *other = &s->rows[i];
            if (other->rung == r.rung && other->code == r.code && meet(other, &r)) free = false;
        }
        if (free) s->rows[s->count++] = r;
    }
    /* A parent on the same rung or below is never allowed: only codes that some rung above has on a day of the row. */
    for (int i = 0; i < s->count; i++) {
        bool above = false, level_or_below = false;
        for (int j = 0; j < s->count; j++) {
            if (s->rows[j].code != s->rows[i].parent || !meet(&s->rows[j], &s->rows[i])) continue;
            above = above || s->rows[j].rung < s->rows[i].rung;
            level_or_below = level_or_below || s->rows[j].rung >= s->rows[i].rung;
        }
        if (!above && level_or_below) s->rows[i].parent = -1;
    }
}

static void put_day(char *buffer, size_t capacity, int day) {
    int y, m, d;
    buffer[0] = '\0';
    if (day < 0 || day >= DAYS) return;
    ntm_date_parts(FIRST + day, &y, &m, &d);
    (void)snprintf(buffer, capacity, "%04d-%02d-%02d", y, m, d);
}

static ntm_units *make_units(const scene *s) {
    char text[4096], from[16], before[16];
    ntm_units_options options = NTM_UNITS_OPTIONS_INIT;
    size_t used = (size_t)snprintf(text, sizeof text, "code,name,level,parent,valid_from,valid_to\n");
    for (int i = 0; i < s->count; i++) {
        const row *r = &s->rows[i];
        put_day(from, sizeof from, r->from);
        put_day(before, sizeof before, r->before);
        used += (size_t)snprintf(text + used, sizeof text - used, "%s,N%d,%s,%s,%s,%s\n", codes[r->code], r->code,
                                 levels[r->rung], r->parent < 0 ? "" : codes[r->parent], from, before);
    }
    options.allow = NTM_UNIT_ALLOW_ALL;
    return tree_new(text, NULL, NULL, &options);
}

/* The row above on a day, or -1. */
static int above(const scene *s, int unit, int day) {
    const row *r = &s->rows[unit];
    if (!there(r, day) || r->parent < 0) return -1;
    for (int rung = r->rung - 1; rung > 0; rung--) {
        bool has = false;
        for (int i = 0; i < s->count; i++) {
            const row *other = &s->rows[i];
            if (other->rung != rung || other->code != r->parent) continue;
            has = has || meet(other, r);
            if (there(other, day)) return i; /* it meets the row on this day */
        }
        if (has) return -1; /* the nearest rung that has the code on some day counts */
    }
    return -1;
}

static bool lies_in(const scene *s, int unit, int place, int day) {
    for (int at = above(s, unit, day); at >= 0; at = above(s, at, day))
        if (at == place) return true;
    return false;
}

static ntm_unit as_unit(int index) { return index < 0 ? NTM_NO_UNIT : (ntm_unit)index; }

static bool among(const ntm_unit *rows, size_t count, int unit) {
    for (size_t i = 0; i < count; i++)
        if ((int)rows[i] == unit) return true;
    return false;
}

static void compare_up(const scene *s, const ntm_units *units, int u, int day) {
    ntm_unit rows[ROWS];
    size_t count = 0, depth = 0;
    ntm_error err = NTM_ERROR_INIT;
    ntm_date on = FIRST + day;
    assert_int_equal(ntm_units_there(units, (ntm_unit)u, on), there(&s->rows[u], day));
    assert_int_equal(ntm_units_parent(units, (ntm_unit)u, on), as_unit(above(s, u, day)));
    assert_ok(ntm_units_ancestors(rows, &count, ROWS, units, (ntm_unit)u, on, &err), &err);
    int at_rung[5] = {-1, -1, -1, -1, -1};
    for (int at = above(s, u, day); at >= 0; at = above(s, at, day)) {
        assert_true(depth < count && (int)rows[depth] == at);
        at_rung[s->rows[at].rung] = at;
        depth++;
    }
    assert_int_equal(depth, count);
    for (int rung = 1; rung <= 4; rung++)
        assert_int_equal(ntm_units_ancestor(units, (ntm_unit)u, (ntm_echelon)rung, on), as_unit(at_rung[rung]));
}

static void compare_down(const scene *s, const ntm_units *units, int u, int day) {
    ntm_unit children[ROWS], all[ROWS], siblings[ROWS];
    size_t child_count = 0, all_count = 0, sibling_count = 0;
    size_t expected_children = 0, expected_all = 0, expected_siblings = 0;
    ntm_error err = NTM_ERROR_INIT;
    ntm_date on = FIRST + day;
    assert_ok(ntm_units_children(children, &child_count, ROWS, units, (ntm_unit)u, on, &err), &err);
    assert_ok(ntm_units_descendants(all, &all_count, ROWS, units, (ntm_unit)u, on, &err), &err);
    assert_ok(ntm_units_siblings(siblings, &sibling_count, ROWS, units, (ntm_unit)u, on, &err), &err);
    assert_true(child_count <= ROWS && all_count <= ROWS && sibling_count <= ROWS);
    for (int i = 0; i < s->count; i++) {
        bool child = above(s, i, day) == u, below = lies_in(s, i, u, day);
        bool sibling = i != u && there(&s->rows[u], day) && there(&s->rows[i], day) &&
                       s->rows[i].rung == s->rows[u].rung && above(s, i, day) == above(s, u, day);
        assert_int_equal(among(children, child_count, i), child);
        assert_int_equal(among(all, all_count, i), below);
        assert_int_equal(among(siblings, sibling_count, i), sibling);
        expected_children += child;
        expected_all += below;
        expected_siblings += sibling;
    }
    assert_int_equal(child_count, expected_children);
    assert_int_equal(all_count, expected_all);
    assert_int_equal(sibling_count, expected_siblings);
    for (size_t i = 0; i < all_count; i++) { /* parents before their children */
        int parent = above(s, (int)all[i], day);
        assert_true(parent == u || among(all, i, parent));
    }
}

static void compare_lists(const scene *s, const ntm_units *units, int day) {
    for (int rung = 0; rung <= 4; rung++)
        for (int place = -1; place < s->count; place++) {
            ntm_unit rows[ROWS];
            size_t count = 0, at = 0;
            ntm_error err = NTM_ERROR_INIT;
            ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
            if (place >= 0 && !there(&s->rows[place], day)) continue;
            filter.on = FIRST + day;
            filter.echelon = (ntm_echelon)rung;
            filter.within = as_unit(place);
            assert_ok(ntm_units_list(rows, &count, ROWS, units, &filter, &err), &err);
            for (int i = 0; i < s->count; i++) {
                bool passes = there(&s->rows[i], day) && (rung == 0 || s->rows[i].rung == rung) &&
                              (place < 0 || lies_in(s, i, place, day));
                if (passes) assert_true(at < count && (int)rows[at] == i);
                at += passes;
            }
            assert_int_equal(at, count);
        }
}

static void compare_codes(const scene *s, const ntm_units *units, int day) {
    for (int code = 0; code < 3; code++)
        for (int rung = 0; rung <= 4; rung++) {
            ntm_unit unit = 77;
            int found = -1, hits = 0;
            for (int i = 0; i < s->count; i++) {
                const row *r = &s->rows[i];
                if (r->code != code || !there(r, day) || (rung > 0 && r->rung != rung)) continue;
                found = i;
                hits++;
            }
            ntm_status status = ntm_units_find(&unit, units, codes[code], (ntm_echelon)rung, FIRST + day, NULL);
            assert_int_equal(status, hits == 0 ? NTM_ERROR_NOT_FOUND : hits == 1 ? NTM_OK : NTM_ERROR_CONFLICT);
            assert_int_equal(unit, hits == 1 ? as_unit(found) : 77);
        }
}

static void against_every_row(void **state) {
    static scene s;
    size_t parents = 0;
    (void)state;
    uint64_t seeds = fault_under_valgrind() ? 30 : SEEDS;
    for (uint64_t seed = 0; seed < seeds; seed++) {
        make_scene(&s, seed);
        ntm_units *units = make_units(&s);
        for (int day = 0; day < DAYS; day++) {
            for (int u = 0; u < s.count; u++) {
                compare_up(&s, units, u, day);
                compare_down(&s, units, u, day);
                parents += above(&s, u, day) >= 0;
            }
            compare_lists(&s, units, day);
            compare_codes(&s, units, day);
        }
        ntm_units_free(units);
    }
    assert_true(parents > 5 * seeds);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(against_every_row)};
    return cmocka_run_group_tests_name("random trees", tests, NULL, NULL);
}
