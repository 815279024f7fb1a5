/* SPDX-License-Identifier: Apache-2.0 */
/* The loops over columns of codes are the same on every instruction set, and right. */
#include "ledger/kernels.h"

#include "fault.h"

#include <string.h>

enum { ROWS = 700 };

static const size_t sizes[] = {[NTM_TYPE_INT8] = 1, [NTM_TYPE_INT16] = 2, [NTM_TYPE_INT32] = 4, [NTM_TYPE_INT64] = 8};

static int64_t value_at(ntm_type type, const char *data, size_t i) {
    int8_t a;
    int16_t b;
    int32_t c;
    int64_t d;
    switch (type) {
        case NTM_TYPE_INT8: memcpy(&a, data + i, 1); return a;
        case NTM_TYPE_INT16: memcpy(&b, data + 2 * i, 2); return b;
        case NTM_TYPE_INT32: memcpy(&c, data + 4 * i, 4); return c;
        default: memcpy(&d, data + 8 * i, 8); return d;
    }
}

static void put(ntm_type type, char *data, size_t i, int64_t value) {
    memcpy(data + sizes[type] * i, &value, sizes[type]); /* little-endian, as columns are */
}

/* Lengths around the widths of registers, and longer ones. */
static size_t length(uint64_t *random) {
    uint64_t drawn = fault_random(random);
    return drawn % 3 == 0 ? drawn / 3 % 70 : drawn / 3 % ROWS;
}

static void extremes(void **state) {
    static int64_t room[ROWS + 1];
    uint64_t random = 11;
    (void)state;
    for (int round = 0; round < 2000; round++) {
        ntm_type type = NTM_TYPE_INT8 + (ntm_type)(fault_random(&random) % 4);
        char *data = (char *)room + sizes[type] * (fault_random(&random) % 2);
        size_t count = 1 + length(&random);
        int64_t least = INT64_MAX, most = INT64_MIN, width = (int64_t)(fault_random(&random) % 64);
        for (size_t i = 0; i < count; i++) {
            put(type, data, i, (int64_t)fault_random(&random) >> width);
            int64_t value = value_at(type, data, i);
            least = value < least ? value : least;
            most = value > most ? value : most;
        }
        for (size_t k = 0; ntm_i_ledger_kernels_get(k) != NULL; k++) {
            int64_t got_least = 77, got_most = -77;
            ntm_i_ledger_kernels_get(k)->extremes(&got_least, &got_most, type, data, count);
            if (got_least != least || got_most != most)
                fail_msg("%s: type %d, %zu rows", ntm_i_ledger_kernels_get(k)->name, (int)type, count);
        }
    }
}

/* Codes from `least`, which wraps as data of 8 to 32 bits do. */
static void codes_of(ntm_type type, char *data, size_t count, int64_t least, uint32_t codes, uint64_t *random) {
    uint32_t skip = fault_random(random) % 2 == 0 ? 0 : (uint32_t)(fault_random(random) % codes);
    for (size_t i = 0; i < count; i++) {
        uint32_t code = (uint32_t)(fault_random(random) % codes);
        put(type, data, i, least + (code == skip ? 0 : code));
    }
}

static int64_t least_of(ntm_type type, uint32_t codes, uint64_t *random) {
    int64_t half = INT64_C(1) << (8 * sizes[type] - 1), room = 2 * half - codes;
    return (int64_t)(fault_random(random) % (uint64_t)(room + 1)) - half;
}

static void occurring(void **state) {
    static int64_t room[ROWS + 1];
    uint64_t random = 13;
    (void)state;
    for (int round = 0; round < 2000; round++) {
        ntm_type type = NTM_TYPE_INT8 + (ntm_type)(fault_random(&random) % 3);
        uint32_t codes = 1 + (uint32_t)(fault_random(&random) % 32), expected = 0;
        char *data = (char *)room + sizes[type] * (fault_random(&random) % 2);
        size_t count = length(&random);
        int64_t least = least_of(type, codes, &random);
        codes_of(type, data, count, least, codes, &random);
        for (size_t i = 0; i < count; i++)
            expected |= UINT32_C(1) << (value_at(type, data, i) - least);
        for (size_t k = 0; ntm_i_ledger_kernels_get(k) != NULL; k++)
            assert_int_equal(ntm_i_ledger_kernels_get(k)->occurring(type, data, (uint32_t)least, count), expected);
    }
}

static void marked(void **state) {
    static int64_t room[ROWS + 1];
    static uint32_t bits[1 + 4096 / 32];
    uint64_t random = 15;
    (void)state;
    for (int round = 0; round < 1000; round++) {
        ntm_type type = NTM_TYPE_INT8 + (ntm_type)(fault_random(&random) % 3);
        uint32_t most = type == NTM_TYPE_INT8 ? 256 : 4096;
        uint32_t codes = 1 + (uint32_t)(fault_random(&random) % (round % 2 == 0 ? 32 : most));
        char *data = (char *)room + sizes[type] * (fault_random(&random) % 2);
        size_t count = length(&random), words = (count + 63) / 64;
        uint64_t expected[ROWS / 64 + 2] = {0};
        int64_t least = least_of(type, codes, &random);
        codes_of(type, data, count, least, codes, &random);
        for (size_t i = 0; i < sizeof bits / sizeof *bits; i++)
            bits[i] = (uint32_t)fault_random(&random);
        for (size_t i = 0; i < count; i++) {
            uint32_t code = (uint32_t)(value_at(type, data, i) - least);
            expected[i / 64] |= (uint64_t)(bits[code / 32] >> code % 32 & 1) << i % 64;
        }
        for (size_t k = 0; ntm_i_ledger_kernels_get(k) != NULL; k++) {
            uint64_t got[ROWS / 64 + 2];
            memset(got, 0, sizeof got);
            got[words] = 77;
            ntm_i_ledger_kernels_get(k)->marked(got, type, data, (uint32_t)least, bits, count);
            if (words > 0) assert_memory_equal(got, expected, 8 * words);
            assert_int_equal(got[words], 77);
        }
    }
}

static void best(void **state) {
    bool found = false;
    (void)state;
    assert_non_null(ntm_i_ledger_kernels_get(0));
    for (size_t k = 0; ntm_i_ledger_kernels_get(k) != NULL; k++)
        found = found || ntm_i_ledger_kernels_get(k) == ntm_i_ledger_kernels_best();
    assert_true(found);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(extremes), cmocka_unit_test(occurring),
                                       cmocka_unit_test(marked), cmocka_unit_test(best)};
    return cmocka_run_group_tests_name("kernels of ledgers", tests, NULL, NULL);
}
