/* SPDX-License-Identifier: Apache-2.0 */
/* The loops of sums are the same on every instruction set, and right. */
#include "rollup/kernels.h"

#include "fault.h"

enum { ROWS = 200, TARGETS = 40 };

static void scans(void **state) {
    (void)state;
    uint64_t random = 5;
    for (int round = 0; round < 500; round++) {
        int64_t values[ROWS];
        uint64_t known[4], expected = 0;
        size_t count = fault_random(&random) % (ROWS + 1);
        int64_t least = (int64_t)(fault_random(&random) % 50) - 100,
                most = 900 + (int64_t)(fault_random(&random) % 200);
        bool good = true;
        for (size_t w = 0; w < 4; w++)
            known[w] = fault_random(&random) % 3 == 0 ? UINT64_MAX : fault_random(&random) | fault_random(&random);
        for (size_t i = 0; i < count; i++) {
            values[i] = (int64_t)(fault_random(&random) % 1060) - 55;
            if (!(known[i / 64] >> i % 64 & 1)) {
                values[i] = (int64_t)fault_random(&random);
                continue;
            }
            expected |= (uint64_t)(values[i] < 0 ? ~values[i] : values[i]);
            good = good && values[i] >= least && values[i] <= most;
        }
        for (size_t k = 0; ntm_i_sum_kernels_get(k) != NULL; k++) {
            uint64_t magnitude = 0;
            assert_int_equal(ntm_i_sum_kernels_get(k)->scan(&magnitude, values, known, count, least, most), good);
            assert_int_equal(magnitude, expected);
        }
    }
}

static void sums(void **state) {
    (void)state;
    uint64_t random = 7;
    for (int round = 0; round < 200; round++) {
        int64_t values[ROWS], expected[TARGETS] = {0};
        uint32_t from[ROWS * 2], targets[TARGETS];
        ntm_i_run_of_targets runs[TARGETS];
        size_t run_count = 0, target = 0, at = 0;
        for (size_t i = 0; i < ROWS; i++)
            values[i] = (int64_t)fault_random(&random);
        for (size_t pieces = 0; target + 3 < TARGETS && at + 3 * pieces < ROWS;
             pieces += 1 + fault_random(&random) % 2) {
            runs[run_count] = (ntm_i_run_of_targets){pieces, fault_random(&random) % 4};
            for (size_t t = 0; t < runs[run_count].targets; t++, target++) {
                targets[target] = (uint32_t)(TARGETS - 1 - target);
                for (size_t k = 0; k < pieces; k++) {
                    from[at] = (uint32_t)(fault_random(&random) % ROWS);
                    expected[targets[target]] =
                        (int64_t)((uint64_t)expected[targets[target]] + (uint64_t)values[from[at++]]);
                }
            }
            run_count++;
        }
        for (size_t k = 0; ntm_i_sum_kernels_get(k) != NULL; k++) {
            int64_t out[TARGETS] = {0};
            ntm_i_sum_kernels_get(k)->sum(out, values, from, targets, runs, run_count);
            assert_memory_equal(out, expected, sizeof out);
        }
    }
}

static void additions(void **state) {
    (void)state;
    uint64_t random = 9;
    for (size_t count = 0; count < ROWS; count += 1 + count / 16)
        for (size_t k = 0; ntm_i_sum_kernels_get(k) != NULL; k++) {
            int64_t to[ROWS + 1] = {0}, values[ROWS], expected[ROWS + 1] = {0};
            for (size_t i = 0; i < count; i++) {
                to[i] = (int64_t)fault_random(&random);
                values[i] = (int64_t)fault_random(&random);
                expected[i] = (int64_t)((uint64_t)to[i] + (uint64_t)values[i]);
            }
            ntm_i_sum_kernels_get(k)->add(to, values, count);
            assert_memory_equal(to, expected, sizeof to);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(scans), cmocka_unit_test(sums), cmocka_unit_test(additions)};
    return cmocka_run_group_tests_name("kernels of sums", tests, NULL, NULL);
}
