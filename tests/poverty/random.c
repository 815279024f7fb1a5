/* SPDX-License-Identifier: Apache-2.0 */
/* Random households in random columns against the definitions, rows in any order, groups against the total. */
#include "model.h"

#include <stdlib.h>
#include <string.h>

/* The keys of a group as the model knows them. */
static void keys_of(int match[2], const model *m, const ntm_poverty *result, size_t group) {
    static const char *const names[7] = {"đông", "tây", "nam", "bắc", "trung", "x", "y"};
    for (size_t g = 0; g < m->groups; g++) {
        ntm_group_key key;
        ntm_error err = NTM_ERROR_INIT;
        assert_ok(ntm_poverty_key(&key, result, group, g, &err), &err);
        match[g] = key.known == NTM_NOT_REPORTED ? -1 : key.known == NTM_NOT_APPLICABLE ? -2 : 99;
        if (key.known != NTM_REPORTED) continue;
        for (int i = 0; i < 7 && key.text != NULL; i++)
            if (strcmp(names[i], key.text) == 0) match[g] = i;
        bool coded = m->fields[m->count + g].column.categories != NULL;
        if (key.text == NULL) {
            assert_false(coded);
            match[g] = (int)((key.value + 7) / (g == 0 ? 50000 : 1));
        }
    }
}

static void check_all(const model *m, const ntm_poverty *result) {
    truth t;
    uint64_t rows = 0;
    model_truth(&t, m, NULL);
    model_compare(m, result, NTM_TOTAL, &t);
    for (size_t group = 0; group < ntm_poverty_groups(result); group++) {
        int match[2];
        keys_of(match, m, result, group);
        model_truth(&t, m, match);
        assert_true(t.rows > 0); /* only groups that have rows, and none twice: the rows add up */
        rows += t.rows;
        model_compare(m, result, group, &t);
    }
    if (m->groups > 0) assert_int_equal(rows, m->rows);
}

static void run(uint64_t seed, size_t rows) {
    static model m;
    uint64_t random = seed;
    model_start(&m, &random, rows);
    model_encode(&m, &random, NULL);
    ntm_poverty *result = model_measure(&m);
    check_all(&m, result);
    ntm_poverty_free(result);
    model_end(&m);
}

static void small(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < 600; seed++)
        run(seed, seed % 140);
}

static void ends_of_blocks(void **state) {
    static const size_t rows[] = {4095, 4096, 4097, 8192, 8200};
    (void)state;
    for (size_t i = 0; i < 15; i++)
        run(7000 + i, rows[i % 5]);
}

static void many_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < 8; i++)
        run(9000 + i, 40000 + i * 1000);
}

static void assert_same(const model *m, const ntm_poverty *a, const ntm_poverty *b, size_t group) {
    ntm_error err = NTM_ERROR_INIT;
    for (int of = NTM_MEASURE_POPULATION; of <= NTM_MEASURE_CONTRIBUTION; of++) {
        if (!m->gaps && (of == NTM_MEASURE_M1 || of == NTM_MEASURE_M2)) continue;
        for (size_t j = 0; j < (of < NTM_MEASURE_RAW ? 1 : m->count); j++) {
            ntm_measured x, y;
            memset(&x, 0, sizeof x);
            memset(&y, 0, sizeof y);
            ntm_status status = ntm_poverty_get(&x, a, group, (ntm_measure)of, j, &err);
            assert_int_equal(ntm_poverty_get(&y, b, group, (ntm_measure)of, j, &err), status);
            assert_true(status == NTM_OK || status == NTM_ERROR_OVERFLOW);
            assert_int_equal(x.defined, y.defined);
            assert_memory_equal(&x.least, &y.least, sizeof x.least);
            assert_memory_equal(&x.most, &y.most, sizeof x.most);
        }
    }
}

static void shuffle(size_t *map, size_t count, uint64_t *random) {
    for (size_t i = 0; i < count; i++)
        map[i] = i;
    for (size_t i = count - 1; i > 0; i--) {
        size_t other = fault_random(random) % (i + 1), keep = map[i];
        map[i] = map[other];
        map[other] = keep;
    }
}

static bool has_texts(const ntm_column *column) { return column->type == NTM_TYPE_TEXT || column->categories != NULL; }

/* The order of rows and the kinds of columns change nothing, and groups come in the order of their keys: of texts in one
   table and of numbers in the other these are two orders. */
static void rows_in_any_order(void **state) {
    size_t compared = 0;
    (void)state;
    for (uint64_t seed = 0; seed < 60; seed++) {
        static model m;
        static size_t map[300];
        uint64_t random = 40000 + seed;
        bool texts[2];
        model_start(&m, &random, 300);
        model_encode(&m, &random, NULL);
        ntm_poverty *first = model_measure(&m);
        for (size_t g = 0; g < m.groups; g++)
            texts[g] = has_texts(&m.fields[m.count + g].column);
        shuffle(map, 300, &random);
        model_encode(&m, &random, map);
        ntm_poverty *second = model_measure(&m);
        assert_int_equal(ntm_poverty_groups(first), ntm_poverty_groups(second));
        assert_same(&m, first, second, NTM_TOTAL);
        bool alike = true;
        for (size_t g = 0; g < m.groups; g++)
            alike = alike && texts[g] == has_texts(&m.fields[m.count + g].column);
        for (size_t group = 0; group < ntm_poverty_groups(first) && alike; group++, compared++)
            assert_same(&m, first, second, group);
        ntm_poverty_free(first);
        ntm_poverty_free(second);
        model_end(&m);
    }
    assert_true(compared > 50);
}

/* Every case of what is not reported, of all households at once: the intensity and the contributions lie in the bounds. */
static void check_case(const model *m, const ntm_poverty *bounds, const ntm_poverty *one) {
    ntm_error err = NTM_ERROR_INIT;
    for (size_t j = 0; j <= m->count; j++) {
        ntm_measure of = j == m->count ? NTM_MEASURE_A : NTM_MEASURE_CONTRIBUTION;
        ntm_measured range, exact;
        assert_ok(ntm_poverty_get(&range, bounds, NTM_TOTAL, of, j, &err), &err);
        assert_ok(ntm_poverty_get(&exact, one, NTM_TOTAL, of, j, &err), &err);
        if (exact.defined == NTM_UNDEFINED) {
            assert_int_not_equal(range.defined, NTM_DEFINED);
            continue;
        }
        assert_int_not_equal(range.defined, NTM_UNDEFINED);
        wide low = (wide)range.least.numerator * exact.least.denominator;
        wide high = (wide)range.most.numerator * exact.least.denominator;
        assert_true(low <= (wide)exact.least.numerator * range.least.denominator);
        assert_true(high >= (wide)exact.least.numerator * range.most.denominator);
    }
}

/* Leaves at most eight values unknown, and says which. */
static size_t few_open(model *m, size_t open[8][2]) {
    size_t opens = 0;
    m->leave_out = false;
    m->groups = 0;
    for (size_t r = 0; r < m->rows; r++) {
        if (m->weight[r] < 0) m->weight[r] = 1;
        for (size_t j = 0; j < m->count; j++) {
            if (m->known[j][r] == NTM_REPORTED) continue;
            m->known[j][r] = opens < 8 ? NTM_NOT_REPORTED : NTM_REPORTED;
            if (opens == 8) continue;
            open[opens][0] = j;
            open[opens++][1] = r;
        }
    }
    return opens;
}

/* Gives an unknown value: the first that is a deprivation, or is none. */
static void give(model *m, size_t indicator, size_t row, bool deprived) {
    int64_t value = 0;
    while (value < 200 && model_deprived(m, indicator, value) != deprived)
        value++;
    m->known[indicator][row] = NTM_REPORTED;
    m->value[indicator][row] = value;
}

static void ratios_lie_in_bounds(void **state) {
    size_t cases = 0;
    (void)state;
    for (uint64_t seed = 0; seed < 400; seed++) {
        static model m;
        uint64_t random = 80000 + seed;
        size_t open[8][2];
        model_start(&m, &random, 1 + seed % 5);
        size_t opens = few_open(&m, open), before = m.block_count;
        model_encode(&m, &random, NULL);
        ntm_poverty *bounds = model_measure(&m);
        for (size_t which = 0; which < (size_t)1 << opens; which++, cases++) {
            for (size_t i = 0; i < opens; i++)
                give(&m, open[i][0], open[i][1], (which >> i & 1) != 0);
            model_encode(&m, &random, NULL);
            ntm_poverty *one = model_measure(&m);
            check_case(&m, bounds, one);
            ntm_poverty_free(one);
            while (m.block_count > before)
                free(m.blocks[--m.block_count]);
        }
        ntm_poverty_free(bounds);
        model_end(&m);
    }
    assert_true(cases > 1000);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(small), cmocka_unit_test(ends_of_blocks),
                                       cmocka_unit_test(many_rows), cmocka_unit_test(rows_in_any_order),
                                       cmocka_unit_test(ratios_lie_in_bounds)};
    return cmocka_run_group_tests_name("poverty against the definitions", tests, NULL, NULL);
}
