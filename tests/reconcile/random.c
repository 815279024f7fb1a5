/* SPDX-License-Identifier: Apache-2.0 */
/* Random tables with planted errors against every subset of their cells: the sets returned are exactly those smallest ones
   that a second, naive reading of the definition finds. */
#include "grid.h"

#include <string.h>

#include "fault.h"

/* ------------------------------------------------------------------------------------------- exact figures */

/* Whether some values of the chosen and unknown cells satisfy every line: the rank of their columns, with and without the
   stated sums, modulo a prime far above the entries. */
#define PRIME ((uint64_t)2147483647)

static uint64_t inverse(uint64_t a) {
    uint64_t result = 1;
    for (uint64_t power = PRIME - 2; power > 0; power >>= 1) {
        if (power & 1) result = result * a % PRIME;
        a = a * a % PRIME;
    }
    return result;
}

static bool exact_explains(const grid *g, const bool *free_cells) {
    uint64_t m[32][34];
    size_t lines = g->rows + g->columns, width = 0;
    memset(m, 0, sizeof m);
    for (size_t cell = 0; cell < g->rows * g->columns; cell++) {
        size_t r = cell / g->columns, c = cell % g->columns;
        uint64_t in_row = c + 1 == g->columns ? PRIME - 1 : 1, in_column = r + 1 == g->rows ? PRIME - 1 : 1;
        if (free_cells[cell] || g->unknown[cell]) {
            m[r][width] = in_row;
            m[g->rows + c][width++] = in_column;
            if (width > 32) return true; /* not reached with the sizes here */
            continue;
        }
        uint64_t value = (uint64_t)((g->value[cell] % (int64_t)PRIME + (int64_t)PRIME) % (int64_t)PRIME);
        m[r][33] = (m[r][33] + in_row * value) % PRIME;
        m[g->rows + c][33] = (m[g->rows + c][33] + in_column * value) % PRIME;
    }
    size_t rank = 0;
    for (size_t column = 0; column < width; column++) {
        size_t pivot = rank;
        while (pivot < lines && m[pivot][column] == 0)
            pivot++;
        if (pivot == lines) continue;
        for (size_t j = 0; j < 34; j++) {
            uint64_t swap = m[pivot][j];
            m[pivot][j] = m[rank][j];
            m[rank][j] = swap;
        }
        uint64_t factor = inverse(m[rank][column]);
        for (size_t i = rank + 1; i < lines; i++) {
            uint64_t times = m[i][column] * factor % PRIME;
            for (size_t j = column; times != 0 && j < 34; j++)
                m[i][j] = (m[i][j] + (PRIME - times) * m[rank][j]) % PRIME;
        }
        rank++;
    }
    for (size_t i = rank; i < lines; i++)
        if (m[i][33] != 0) return false;
    return true;
}

/* ------------------------------------------------------------------------------------------- rounded figures */

/* A table of 2 × 2 with totals is a network: where all bounds are whole, whole figures solve it if any do. The inner four
   are tried, a free one from -40 to 40. */
static bool rounded_explains(const grid *g, const bool *free_cells) {
    int64_t low[9], high[9];
    static const size_t inner[] = {0, 1, 3, 4};
    for (size_t i = 0; i < 9; i++) {
        bool open = free_cells[i] || g->unknown[i];
        low[i] = open ? -100000 : g->value[i] - g->half;
        high[i] = open ? 100000 : g->value[i] + g->half;
    }
    for (size_t i = 0; i < 4; i++) {
        if (low[inner[i]] < -40) low[inner[i]] = -40;
        if (high[inner[i]] > 40) high[inner[i]] = 40;
    }
    for (int64_t a = low[0]; a <= high[0]; a++)
        for (int64_t b = low[1]; b <= high[1]; b++) {
            for (int64_t c = low[3]; c <= high[3]; c++) {
                if (a + b < low[2] || a + b > high[2] || a + c < low[6] || a + c > high[6]) continue;
                for (int64_t d = low[4]; d <= high[4]; d++)
                    if (c + d >= low[5] && c + d <= high[5] && b + d >= low[7] && b + d <= high[7] &&
                        a + b + c + d >= low[8] && a + b + c + d <= high[8])
                        return true;
            }
        }
    return false;
}

/* ------------------------------------------------------------------------------------------- all subsets */

typedef bool explains_fn(const grid *g, const bool *free_cells);

/* Counts the subsets of a size that explain; each has to be among the explanations (of the only group). */
static size_t count_subsets(const grid *g, explains_fn *explains, size_t size, size_t from, bool *chosen,
                            const ntm_location *location) {
    size_t cells = g->rows * g->columns, count = 0;
    if (size == 0) {
        if (!explains(g, chosen)) return 0;
        if (location == NULL) return 1;
        ntm_located_group group = ntm_location_group(location, 0);
        for (size_t e = 0; e < group.explanations; e++) {
            size_t same = 0;
            for (size_t i = 0; i < group.size; i++)
                same += chosen[ntm_location_suspect(location, 0, e, i).cell];
            if (same == group.size) return 1;
        }
        fail_msg("a smallest set is not among the explanations");
    }
    for (size_t cell = from; cell < cells; cell++) {
        if (g->unknown[cell]) continue;
        chosen[cell] = true;
        count += count_subsets(g, explains, size - 1, cell + 1, chosen, location);
        chosen[cell] = false;
    }
    return count;
}

static size_t compare(const grid *g, explains_fn *explains, size_t most) {
    bool chosen[1024] = {false};
    ntm_location *location = NULL, *other = NULL;
    ntm_locate_options options = NTM_LOCATE_OPTIONS_INIT;
    options.size_most = most;
    options.explanations_most = 100000;
    ntm_balance *balance = grid_balance(g, false), *backwards = grid_balance(g, true);
    assert_int_equal(ntm_locate(&location, balance, &options, NULL), NTM_OK);
    assert_int_equal(ntm_locate(&other, backwards, &options, NULL), NTM_OK);
    ntm_located_group group = ntm_location_group(location, 0), same = ntm_location_group(other, 0);
    size_t size = 0, count = 0;
    for (; size <= most; size++) {
        count = count_subsets(g, explains, size, 0, chosen, size == 0 ? NULL : location);
        if (count > 0) break;
    }
    if (size == 0) {
        assert_int_equal(ntm_location_group_count(location), 0);
    } else if (size > most) {
        assert_int_equal(group.end, NTM_STOPPED_SIZE);
        assert_int_equal(group.least_size, most + 1);
        assert_int_equal(group.explanations, 0);
    } else {
        assert_true(group.exact && group.end == NTM_LOCATED);
        assert_int_equal(group.size, size);
        assert_int_equal(group.explanations, count);
        assert_int_equal(same.explanations, count);
        for (size_t e = 0; e < count; e++) /* in the same order, whatever the order of the equations */
            for (size_t i = 0; i < size; i++)
                assert_int_equal(ntm_location_suspect(location, 0, e, i).cell,
                                 ntm_location_suspect(other, 0, e, i).cell);
    }
    ntm_location_free(location);
    ntm_location_free(other);
    ntm_balance_free(balance);
    ntm_balance_free(backwards);
    return size;
}

static void exact_tables(void **state) {
    (void)state;
    size_t sizes[5] = {0};
    for (uint64_t run = 0; run < (fault_under_valgrind() ? 4 : 120); run++) {
        uint64_t seed = run;
        grid g = {.rows = 3 + chance(&seed, 2), .columns = 3 + chance(&seed, 2)};
        for (size_t i = 0; i < 1024; i++)
            g.value[i] = chance(&seed, 1000);
        grid_add_up(&g);
        size_t errors = 1 + chance(&seed, 3), cells = g.rows * g.columns;
        for (size_t i = 0; i < errors; i++)
            g.value[chance(&seed, (uint32_t)cells)] += (int64_t)chance(&seed, 2000) - 1000;
        if (run % 3 == 0) g.unknown[chance(&seed, (uint32_t)cells)] = true;
        if (run % 9 == 0) g.unknown[chance(&seed, (uint32_t)cells)] = true;
        sizes[compare(&g, exact_explains, 3)]++;
    }
    if (!fault_under_valgrind()) assert_true(sizes[1] > 10 && sizes[2] > 10 && sizes[3] > 3);
}

static void rounded_tables(void **state) {
    (void)state;
    size_t sizes[5] = {0};
    for (uint64_t run = 0; run < (fault_under_valgrind() ? 3 : 80); run++) {
        uint64_t seed = run + 1000;
        grid g = {.rows = 3, .columns = 3, .half = 1 + chance(&seed, 2)};
        for (size_t i = 0; i < 9; i++)
            g.value[i] = chance(&seed, 12);
        grid_add_up(&g);
        for (size_t i = 0; i < 9; i++)
            g.value[i] += (int64_t)chance(&seed, (uint32_t)(2 * g.half) + 1) - g.half;
        size_t errors = chance(&seed, 3);
        for (size_t i = 0; i < errors; i++)
            g.value[chance(&seed, 9)] += (int64_t)chance(&seed, 16) - 8;
        if (run % 4 == 0) g.unknown[chance(&seed, 9)] = true;
        sizes[compare(&g, rounded_explains, 2)]++;
    }
    if (!fault_under_valgrind()) assert_true(sizes[0] > 10 && sizes[1] > 10 && sizes[2] > 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(exact_tables), cmocka_unit_test(rounded_tables)};
    return cmocka_run_group_tests_name("random reconciliations", tests, NULL, NULL);
}
