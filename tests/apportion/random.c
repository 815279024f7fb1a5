/* SPDX-License-Identifier: Apache-2.0 */
/* Random envelopes against a second implementation: what a cap cuts off is dealt out again, round by round, in plain 128-bit
   fractions; steps that are left are given away one by one by looking at everybody. */
#include "fault.h"

#include <stdio.h>
#include <string.h>

#include <ntm/apportion.h>

__extension__ typedef __int128 wide;

enum { MOST = 9 };

typedef struct claims {
    size_t count;
    int64_t weight[MOST], floor[MOST], cap[MOST];
    int32_t code[MOST];
    uint8_t floor_there[2], cap_there[2];
} claims;

static const char *const names[MOST] = {"B", "A", "AA", "C", "b", "D", "E", "Ă", "F"};

static uint64_t below(uint64_t *seed, uint64_t most) { return fault_random(seed) % most; }

static claims draw(uint64_t *seed) {
    static const uint64_t sizes[] = {2, 5, 30, 100000};
    claims c = {.count = 1 + below(seed, MOST)};
    uint64_t size = sizes[below(seed, 4)], bounded = below(seed, 4);
    bool given[MOST] = {false};
    for (size_t i = 0; i < c.count; i++) {
        do
            c.code[i] = (int32_t)below(seed, MOST);
        while (given[c.code[i]]);
        given[c.code[i]] = true;
        c.weight[i] = (int64_t)below(seed, size);
        c.floor[i] = (int64_t)below(seed, 30);
        c.cap[i] = c.floor[i] + (int64_t)below(seed, 60);
        if ((bounded & 1) != 0 && below(seed, 3) == 0) c.floor_there[i / 8] |= (uint8_t)(1u << i % 8);
        if ((bounded & 2) != 0 && below(seed, 3) != 0) c.cap_there[i / 8] |= (uint8_t)(1u << i % 8);
    }
    return c;
}

static bool there(const uint8_t bits[2], size_t i) { return bits[i / 8] >> i % 8 & 1; }

/* ------------------------------------------------------------------------------------------- the second one */

/* What everybody not held gets of `pot`: quota[i] / *weight, in fractions of one denominator. */
static wide free_weight(const claims *c, const bool *held) {
    wide sum = 0;
    for (size_t i = 0; i < c->count; i++)
        if (!held[i]) sum += c->weight[i];
    return sum;
}

/* Holds those that a bound is broken for: at their caps if these cut off more than floors add, else at their floors. */
static bool hold_some(const claims *c, bool *held, int64_t *share, int64_t pot) {
    wide weight = free_weight(c, held), over = 0, under = 0;
    if (weight == 0) return false;
    for (size_t i = 0; i < c->count; i++) {
        wide quota = (wide)pot * c->weight[i];
        if (held[i]) continue;
        if (there(c->cap_there, i) && quota > c->cap[i] * weight) over += quota - c->cap[i] * weight;
        if (there(c->floor_there, i) && quota < c->floor[i] * weight) under += c->floor[i] * weight - quota;
    }
    if (over == 0 && under == 0) return false;
    for (size_t i = 0; i < c->count; i++) {
        wide quota = (wide)pot * c->weight[i];
        if (held[i]) continue;
        if (over >= under && there(c->cap_there, i) && quota > c->cap[i] * weight) {
            held[i] = true;
            share[i] = c->cap[i];
        } else if (over < under && there(c->floor_there, i) && quota < c->floor[i] * weight) {
            held[i] = true;
            share[i] = c->floor[i];
        }
    }
    return true;
}

static bool comes_first(const claims *c, const wide *rest, size_t a, size_t b) {
    if (rest[a] != rest[b]) return rest[a] > rest[b];
    if (c->weight[a] != c->weight[b]) return c->weight[a] > c->weight[b];
    return strcmp(names[c->code[a]], names[c->code[b]]) < 0;
}

/* Shares in đồng; what is left is returned. */
static int64_t divide(int64_t *share, const claims *c, int64_t envelope) {
    bool held[MOST] = {false};
    wide rest[MOST];
    for (size_t i = 0; i < c->count; i++)
        if (c->weight[i] == 0) {
            held[i] = true;
            share[i] = there(c->floor_there, i) ? c->floor[i] : 0;
        }
    int64_t pot;
    do {
        pot = envelope;
        for (size_t i = 0; i < c->count; i++)
            if (held[i]) pot -= share[i];
    } while (hold_some(c, held, share, pot));
    wide weight = free_weight(c, held);
    if (weight == 0) return pot;
    int64_t left = pot;
    for (size_t i = 0; i < c->count; i++) {
        rest[i] = -1;
        if (held[i]) continue;
        share[i] = (int64_t)((wide)pot * c->weight[i] / weight);
        rest[i] = (wide)pot * c->weight[i] % weight;
        left -= share[i];
    }
    for (; left > 0; left--) {
        size_t best = MOST;
        for (size_t i = 0; i < c->count; i++)
            if (rest[i] >= 0 && (best == MOST || comes_first(c, rest, i, best))) best = i;
        share[best]++;
        rest[best] = -1;
    }
    return 0;
}

/* ------------------------------------------------------------------------------------------- the comparison */

static ntm_status run(ntm_apportionment **out, const claims *c, int64_t envelope,
                      const ntm_apportion_options *options) {
    ntm_field fields[] = {{"unit", ntm_column_codes(c->code, c->count, names, MOST)},
                          {"weight", ntm_column_int64(c->weight, c->count)},
                          {"floor", ntm_column_int64(c->floor, c->count)},
                          {"cap", ntm_column_int64(c->cap, c->count)}};
    ntm_table table = NTM_TABLE_INIT;
    fields[2].column.validity = c->floor_there;
    fields[3].column.validity = c->cap_there;
    fields[1].column.scale = 3;
    table.rows = c->count;
    table.fields = fields;
    table.field_count = 4;
    return ntm_apportion_new(out, envelope, &table, options, NULL);
}

static ntm_allotted at(const ntm_apportionment *a, size_t index) {
    ntm_allotted it;
    assert_int_equal(ntm_apportionment_get(&it, a, index, NULL), NTM_OK);
    return it;
}

/* Backwards, in whole dozens, and with a larger envelope. */
static void compare_others(const claims *c, const ntm_apportionment *a, int64_t envelope) {
    claims back = {.count = c->count};
    ntm_apportionment *b = NULL;
    for (size_t i = 0; i < c->count; i++) {
        size_t to = c->count - 1 - i;
        back.code[to] = c->code[i];
        back.weight[to] = c->weight[i];
        back.floor[to] = c->floor[i];
        back.cap[to] = c->cap[i];
        if (there(c->floor_there, i)) back.floor_there[to / 8] |= (uint8_t)(1u << to % 8);
        if (there(c->cap_there, i)) back.cap_there[to / 8] |= (uint8_t)(1u << to % 8);
    }
    assert_int_equal(run(&b, &back, envelope, NULL), NTM_OK);
    for (size_t i = 0; i < c->count; i++)
        assert_int_equal(at(b, c->count - 1 - i).share, at(a, i).share);
    ntm_apportionment_free(b);
    ntm_apportion_options options = NTM_APPORTION_OPTIONS_INIT;
    options.step = 12;
    options.rest_to_next = envelope % 2 == 0;
    b = NULL;
    ntm_status status = run(&b, c, envelope, &options);
    assert_true(status == NTM_OK || status == NTM_ERROR_VALUE); /* floors and caps may leave no room for dozens */
    int64_t sum = 0, rests = 0;
    for (size_t i = 0; i < ntm_apportionment_count(b); i++) {
        ntm_allotted it = at(b, i);
        sum += it.share;
        rests += it.rest;
        assert_int_equal((it.share - it.rest) % 12, 0);
        if (there(c->floor_there, i)) assert_true(it.share >= c->floor[i]);
        if (there(c->cap_there, i)) assert_true(it.share <= c->cap[i]);
    }
    if (b != NULL) assert_int_equal(sum + ntm_apportionment_left(b), envelope);
    if (!options.rest_to_next) assert_int_equal(rests, 0);
    ntm_apportionment_free(b);
}

/* More weight never gets less between the same bounds; equal claims differ by at most one; a quota is within one. */
static void check_properties(const claims *c, const ntm_apportionment *a, bool bounded) {
    for (size_t i = 0; i < c->count; i++) {
        ntm_allotted one = at(a, i);
        int64_t whole = one.quota.numerator / one.quota.denominator;
        assert_true(one.share == whole + one.extra_step);
        assert_true(one.quota.numerator % one.quota.denominator != 0 || !one.extra_step);
        for (size_t k = 0; k < c->count && !bounded; k++) {
            ntm_allotted other = at(a, k);
            if (c->weight[i] > c->weight[k]) assert_true(one.share >= other.share);
            if (c->weight[i] == c->weight[k]) assert_true(one.share - other.share <= 1);
        }
    }
}

static void compared(void **state) {
    (void)state;
    uint64_t seed = 2020, runs = fault_under_valgrind() ? 300 : 20000, divided = 0, refused = 0;
    for (uint64_t r = 0; r < runs; r++) {
        claims c = draw(&seed);
        int64_t envelope = (int64_t)below(&seed, below(&seed, 2) == 0 ? 300 : 1000000000000), floors = 0, weights = 0;
        bool bounded = false;
        for (size_t i = 0; i < c.count; i++) {
            bounded = bounded || there(c.floor_there, i) || there(c.cap_there, i);
            if (there(c.floor_there, i)) floors += c.floor[i];
            weights += c.weight[i];
        }
        ntm_apportionment *a = NULL;
        ntm_status status = run(&a, &c, envelope, NULL);
        if (floors > envelope || weights == 0) {
            assert_int_equal(status, NTM_ERROR_VALUE);
            refused++;
            continue;
        }
        assert_int_equal(status, NTM_OK);
        int64_t share[MOST], sum = 0, left = divide(share, &c, envelope);
        for (size_t i = 0; i < c.count; i++) {
            assert_int_equal(at(a, i).share, share[i]);
            sum += share[i];
        }
        assert_int_equal(ntm_apportionment_left(a), left);
        assert_int_equal(sum + left, envelope);
        check_properties(&c, a, bounded);
        compare_others(&c, a, envelope);
        ntm_apportionment_free(a);
        divided++;
    }
    assert_true(divided > runs / 2 && refused > 0);
}

/* Many rows, each held at a bound of its own: no more than n log n. */
static void many(void **state) {
    (void)state;
    enum { ROWS = 50000 };
    static int64_t weight[ROWS], cap[ROWS];
    static int32_t offsets[ROWS + 1];
    static char text[ROWS * 6];
    int64_t sum = 0;
    for (int32_t i = 0; i < ROWS; i++) {
        (void)snprintf(text + 5 * i, 6, "%05d", i);
        offsets[i + 1] = 5 * (i + 1);
        weight[i] = ROWS - i;
        cap[i] = i;
    }
    ntm_column unit = NTM_COLUMN_INIT;
    unit.type = NTM_TYPE_TEXT;
    unit.data = offsets;
    unit.length = ROWS;
    unit.text = text;
    const ntm_field fields[] = {
        {"unit", unit}, {"weight", ntm_column_int64(weight, ROWS)}, {"cap", ntm_column_int64(cap, ROWS)}};
    ntm_table table = NTM_TABLE_INIT;
    table.rows = ROWS;
    table.fields = fields;
    table.field_count = 3;
    ntm_apportionment *a = NULL;
    assert_int_equal(ntm_apportion_new(&a, 700000000, &table, NULL, NULL), NTM_OK);
    for (size_t i = 0; i < ROWS; i++)
        sum += at(a, i).share;
    assert_int_equal(sum, 700000000);
    ntm_apportionment_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(compared), cmocka_unit_test(many)};
    return cmocka_run_group_tests_name("random apportionments", tests, NULL, NULL);
}
