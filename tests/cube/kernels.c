/* SPDX-License-Identifier: Apache-2.0 */
/* The loops over blocks of rows are the same on every instruction set, and right. */
#include "cube/kernels.h"

#include "fault.h"

#include <string.h>

enum { ROWS = 300 };

static const size_t sizes[] = {[NTM_TYPE_INT8] = 1, [NTM_TYPE_INT16] = 2, [NTM_TYPE_INT32] = 4};

/* Codes from `least` on; now and then one beyond `codes`. False when there is such a one. */
static bool draw_codes(char *data, uint32_t *drawn, ntm_type type, uint32_t least, uint32_t codes, size_t count,
                       uint64_t *random) {
    uint64_t most = type == NTM_TYPE_INT8 ? 256 : type == NTM_TYPE_INT16 ? 65536 : UINT64_C(1) << 32;
    uint32_t wild = fault_random(random) % 4 == 0 ? (uint32_t)(fault_random(random) % (count + 1)) : UINT32_MAX;
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        drawn[i] = (uint32_t)(fault_random(random) % codes);
        if (i == wild && codes < most) drawn[i] = codes + (uint32_t)(fault_random(random) % (most - codes));
        good = good && drawn[i] < codes;
        uint32_t value = least + drawn[i];
        memcpy(data + i * sizes[type], &value, sizes[type]);
    }
    return good;
}

typedef struct draw {
    int64_t room[ROWS];
    uint32_t codes_drawn[ROWS], keys[ROWS], table[257];
    char *data;
    ntm_type type;
    uint32_t least, codes;
    size_t count;
    bool good;
} draw;

static void draw_all(draw *d, uint64_t *random) {
    d->type = NTM_TYPE_INT8 + (ntm_type)(fault_random(random) % 3);
    d->codes = 1 + (uint32_t)(fault_random(random) % (fault_random(random) % 2 == 0 ? 20 : 256));
    int64_t half = d->type == NTM_TYPE_INT8 ? 128 : d->type == NTM_TYPE_INT16 ? 32768 : INT64_C(1) << 31;
    d->least = (uint32_t)((int64_t)(fault_random(random) % (uint64_t)(2 * half - d->codes + 1)) - half);
    d->count = fault_random(random) % (ROWS + 1);
    d->data = (char *)d->room;
    d->good = draw_codes(d->data, d->codes_drawn, d->type, d->least, d->codes, d->count, random);
    for (size_t i = 0; i < d->count; i++)
        d->keys[i] = (uint32_t)(fault_random(random) % 100000);
    for (size_t i = 0; i < d->codes; i++)
        d->table[i] = (uint32_t)(fault_random(random) % 1000000);
}

static void places(void **state) {
    uint64_t random = 21;
    (void)state;
    for (int round = 0; round < 4000; round++) {
        draw d;
        draw_all(&d, &random);
        uint32_t stride = (uint32_t)(fault_random(&random) % 10000);
        for (size_t k = 0; ntm_i_cube_kernels_get(k) != NULL; k++) {
            uint32_t keys[ROWS];
            memcpy(keys, d.keys, sizeof keys);
            bool good = ntm_i_cube_kernels_get(k)->place(keys, d.type, d.data, d.least, d.codes, stride, d.count);
            if (good != d.good) fail_msg("%s, round %d", ntm_i_cube_kernels_get(k)->name, round);
            for (size_t i = 0; i < d.count && good; i++)
                assert_int_equal(keys[i], d.keys[i] + d.codes_drawn[i] * stride);
        }
    }
}

static void looks(void **state) {
    uint64_t random = 23;
    (void)state;
    for (int round = 0; round < 4000; round++) {
        draw d;
        draw_all(&d, &random);
        for (size_t k = 0; ntm_i_cube_kernels_get(k) != NULL; k++) {
            uint32_t keys[ROWS];
            memcpy(keys, d.keys, sizeof keys);
            bool good = ntm_i_cube_kernels_get(k)->look(keys, d.type, d.data, d.least, d.codes, d.table, d.count);
            if (good != d.good) fail_msg("%s, round %d", ntm_i_cube_kernels_get(k)->name, round);
            for (size_t i = 0; i < d.count; i++) {
                uint32_t code = d.codes_drawn[i] < d.codes ? d.codes_drawn[i] : d.codes - 1;
                assert_int_equal(keys[i], d.keys[i] + d.table[code]);
            }
        }
    }
}

static int64_t draw_value(uint64_t *random) {
    uint64_t drawn = fault_random(random);
    switch (drawn % 40) {
        case 0: return 0;
        case 1: return INT64_MIN;
        case 2: return INT64_MAX;
        case 3: return -(int64_t)(drawn >> 40);
        default: return (int64_t)(1 + (drawn >> 20));
    }
}

/* A value's bits, the sign apart: between what ~v and -v need for negative ones; the largest bit has to be there.
 * The smallest of all numbers shows in the magnitude alone. */
static void check_scan(const char *name, uint64_t magnitude, uint64_t low, const int64_t *values, size_t count) {
    bool lows = false, smallest = false;
    uint64_t need = 0;
    for (size_t i = 0; i < count; i++) {
        lows = lows || (values[i] <= 0 && values[i] != INT64_MIN);
        smallest = smallest || values[i] == INT64_MIN;
        need |= values[i] < 0 ? -(uint64_t)values[i] : (uint64_t)values[i];
    }
    if (lows && low >> 63 == 0) fail_msg("%s: a value that is 0 or below is not seen", name);
    if (!lows && !smallest && low >> 63 != 0) fail_msg("%s: no value is 0 or below", name);
    if (smallest && magnitude != INT64_MAX) fail_msg("%s: the smallest is not seen", name);
    if (magnitude >> 63 != 0) fail_msg("%s: a magnitude beyond all values", name);
    uint64_t top = need;
    for (int shift = 1; shift < 64; shift *= 2)
        top |= top >> shift;
    if (magnitude < top / 2 && !smallest) fail_msg("%s: the magnitude is too small", name);
}

static void scans(void **state) {
    uint64_t random = 25;
    (void)state;
    for (int round = 0; round < 4000; round++) {
        int64_t values[ROWS], masked[ROWS];
        uint64_t known[ROWS / 64 + 1], first[2] = {0}, first_masked[2] = {0};
        size_t count = fault_random(&random) % (ROWS + 1);
        bool positive = round % 3 == 0;
        for (size_t i = 0; i < ROWS / 64 + 1; i++)
            known[i] = fault_random(&random);
        for (size_t i = 0; i < count; i++) {
            values[i] = draw_value(&random);
            if (positive && values[i] <= 0) values[i] = 1;
            masked[i] = known[i / 64] >> i % 64 & 1 ? values[i] : 0;
        }
        for (size_t k = 0; ntm_i_cube_kernels_get(k) != NULL; k++) {
            const ntm_i_cube_kernels *kernels = ntm_i_cube_kernels_get(k);
            uint64_t magnitude = 0, low = 0;
            int64_t out[ROWS + 1] = {0}, only[ROWS];
            size_t kept = 0;
            kernels->scan(&magnitude, &low, values, count);
            check_scan(kernels->name, magnitude, low, values, count);
            if (k == 0) first[0] = magnitude, first[1] = low >> 63;
            assert_true(magnitude == first[0] && low >> 63 == first[1]);
            magnitude = low = 0;
            kernels->mask(out, &magnitude, &low, values, known, count);
            if (count > 0) assert_memory_equal(out, masked, count * sizeof *out);
            for (size_t i = 0; i < count; i++)
                if (known[i / 64] >> i % 64 & 1) only[kept++] = values[i];
            check_scan(kernels->name, magnitude, low, only, kept);
            if (k == 0) first_masked[0] = magnitude, first_masked[1] = low >> 63;
            assert_true(magnitude == first_masked[0] && low >> 63 == first_masked[1]);
        }
    }
}

static void lows(void **state) {
    uint64_t random = 27;
    (void)state;
    for (int round = 0; round < 4000; round++) {
        int64_t values[ROWS];
        uint64_t expected[ROWS / 64 + 1] = {0};
        size_t count = fault_random(&random) % (ROWS + 1);
        for (size_t i = 0; i < count; i++) {
            values[i] = draw_value(&random);
            if (values[i] <= 0) expected[i / 64] |= UINT64_C(1) << i % 64;
        }
        for (size_t k = 0; ntm_i_cube_kernels_get(k) != NULL; k++) {
            uint64_t out[ROWS / 64 + 2] = {0};
            ntm_i_cube_kernels_get(k)->lows(out, values, count);
            assert_memory_equal(out, expected, (count + 63) / 64 * 8 + (count == 0));
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(places), cmocka_unit_test(looks), cmocka_unit_test(scans),
                                       cmocka_unit_test(lows)};
    return cmocka_run_group_tests_name("kernels of cubes", tests, NULL, NULL);
}
