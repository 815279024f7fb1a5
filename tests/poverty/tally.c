/* SPDX-License-Identifier: Apache-2.0 */
/* The inner loops of every instruction set of this machine against counts row by row. */
#include "fault.h"

#include <stdlib.h>
#include <string.h>

#include "poverty/tally.h"

enum { COUNT_MAX = 20, GROUPS = 9 };

typedef struct block {
    uint64_t deprived[COUNT_MAX][NTM_I_WORDS], mask[NTM_I_WORDS], poor[NTM_I_WORDS];
    uint32_t group[NTM_I_BLOCK], weights[NTM_I_BLOCK];
    uint64_t whole[COUNT_MAX], scratch[64 * NTM_I_WORDS];
    ntm_i_line line;
    size_t rows;
} block;

static void make_block(block *b, uint64_t *random) {
    size_t run = 1 + fault_random(random) % (fault_random(random) % 2 == 0 ? 3 : 300);
    memset(b, 0, sizeof *b);
    b->rows = 1 + fault_random(random) % NTM_I_BLOCK;
    b->line = (ntm_i_line){1 + fault_random(random) % COUNT_MAX, b->whole, 0, 0, 0, b->scratch};
    for (size_t j = 0; j < b->line.count; j++) {
        b->whole[j] = 1 + fault_random(random) % (fault_random(random) % 4 == 0 ? (uint64_t)1 << 57 : 5);
        b->line.total += b->whole[j];
        for (size_t r = 0; r < b->rows; r++)
            b->deprived[j][r / 64] |= (uint64_t)(fault_random(random) % 3 == 0) << r % 64;
    }
    b->line.cutoff = 1 + fault_random(random) % b->line.total;
    for (uint64_t left = b->line.total; left != 0; left >>= 1)
        b->line.planes++;
    bool all = fault_random(random) % 2 == 0;
    for (size_t r = 0; r < b->rows; r++) {
        b->mask[r / 64] |= (uint64_t)(all || fault_random(random) % 4 != 0) << r % 64;
        b->group[r] = r % run == 0 ? (uint32_t)(fault_random(random) % GROUPS) : b->group[r - 1];
        b->weights[r] = (uint32_t)fault_random(random);
    }
}

static bool bit(const uint64_t *words, size_t r) { return (words[r / 64] >> r % 64 & 1) != 0; }

static void expect(uint64_t *records, const block *b, bool weighted) {
    size_t size = ntm_i_record_size(b->line.count);
    for (size_t r = 0; r < b->rows; r++) {
        uint64_t weight = weighted ? b->weights[r] : 1, *record = records + b->group[r] * size, score = 0;
        if (!bit(b->mask, r)) continue;
        for (size_t j = 0; j < b->line.count; j++)
            score += bit(b->deprived[j], r) ? b->whole[j] : 0;
        record[0] += weight;
        record[1] += score >= b->line.cutoff ? weight : 0;
        for (size_t j = 0; j < b->line.count; j++) {
            record[2 + j] += bit(b->deprived[j], r) ? weight : 0;
            record[2 + b->line.count + j] += bit(b->deprived[j], r) && score >= b->line.cutoff ? weight : 0;
        }
    }
}

static void every_set(void **state) {
    static block b;
    static ntm_i_lanes lanes[2 * GROUPS];
    static ntm_i_spread spread;
    (void)state;
    ntm_i_spread_start(&spread);
    for (size_t which = 0; ntm_i_tally_get(which) != NULL; which++) {
        const ntm_i_tally_kernels *kernels = ntm_i_tally_get(which);
        for (uint64_t seed = 0; seed < 90; seed++) {
            uint64_t random = seed, expected[GROUPS * 42] = {0}, got[GROUPS * 42] = {0};
            bool weighted = seed % 3 == 0;
            make_block(&b, &random);
            expect(expected, &b, weighted);
            kernels->poor(b.poor, &b.line, (const uint64_t(*)[NTM_I_WORDS])b.deprived, ntm_i_words_of(b.rows));
            size_t size = ntm_i_record_size(b.line.count);
            bool by_lanes = !weighted && seed % 2 == 0 && b.line.count < NTM_I_LANES;
            ntm_i_tally_block asked = {.rows = b.rows,
                                       .deprived = (const uint64_t(*)[NTM_I_WORDS])b.deprived,
                                       .poor = b.poor,
                                       .mask = b.mask,
                                       .group = b.group,
                                       .weights = weighted ? b.weights : NULL,
                                       .count = b.line.count,
                                       .records = got,
                                       .stride = size,
                                       .lanes = by_lanes ? lanes : NULL,
                                       .spread = &spread};
            kernels->tally(&asked);
            if (by_lanes) ntm_i_lanes_pour(got, size, b.line.count, lanes, GROUPS);
            assert_memory_equal(got, expected, sizeof got);
        }
    }
}

static void ids_of_every_size(void **state) {
    (void)state;
    static const int8_t one[5] = {-1, 3, 4, 6, 7};
    static const int16_t two[5] = {-1, 3, 4, 6, 7};
    static const int32_t four[5] = {-1, 3, 4, 6, 7};
    static const int64_t eight[5] = {-1, 3, 4, 6, 7};
    static const uint32_t expected[5] = {0, UINT32_MAX, 2, 4, UINT32_MAX},
                          without[5] = {UINT32_MAX, UINT32_MAX, 2, 4, UINT32_MAX};
    const void *data[4] = {one, two, four, eight};
    for (size_t which = 0; ntm_i_tally_get(which) != NULL; which++)
        for (size_t i = 0; i < 4; i++) {
            uint32_t out[5];
            ntm_i_ids column = {data[i], (size_t)1 << i, 4, 3, true};
            ntm_i_tally_get(which)->ids(out, &column, 5);
            assert_memory_equal(out, expected, sizeof out);
            column.negative = false;
            ntm_i_tally_get(which)->ids(out, &column, 5);
            assert_memory_equal(out, without, sizeof out);
        }
}

static void cells(void **state) {
    (void)state;
    static const uint32_t ids[3] = {2, 0, 3}, bad[3] = {2, UINT32_MAX, 3}, map[24] = {[7] = 5, [5] = 1, [13] = 9};
    for (size_t which = 0; ntm_i_tally_get(which) != NULL; which++) {
        const ntm_i_tally_kernels *kernels = ntm_i_tally_get(which);
        uint32_t at[3] = {1, 1, 2}, wrong[3] = {1, 1, 2};
        assert_true(kernels->combine(at, ids, 5, 3));
        assert_true(at[0] == 7 && at[1] == 5 && at[2] == 13);
        assert_false(kernels->combine(wrong, bad, 5, 3));
        uint32_t groups[3];
        assert_true(kernels->look_up(groups, at, map, 3));
        assert_true(groups[0] == 4 && groups[1] == 0 && groups[2] == 8);
        assert_false(kernels->look_up(groups, groups, map, 3)); /* 4 is nowhere */
        at[1] = at[2] = 7;
        assert_true(kernels->look_up(groups, at, map, 3)); /* all alike */
        assert_true(groups[0] == 4 && groups[2] == 4);
        at[0] = at[1] = at[2] = 6;
        assert_false(kernels->look_up(groups, at, map, 3));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_set), cmocka_unit_test(ids_of_every_size),
                                       cmocka_unit_test(cells)};
    return cmocka_run_group_tests_name("tally", tests, NULL, NULL);
}
