/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers at the ends of their types: every sign, every scale, against 128-bit integers. */
#include "sheet.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 i128;

static const ntm_kernels kernels[] = {NTM_KERNELS_REFERENCE, NTM_KERNELS_PLAIN, NTM_KERNELS_BEST};
static const int64_t ends[] = {0,
                               1,
                               -1,
                               9,
                               10,
                               100,
                               127,
                               -128,
                               32767,
                               -32768,
                               INT32_MAX,
                               INT32_MIN,
                               999999999999999,
                               1000000000000000,
                               9007199254740991,
                               9007199254740992,
                               9007199254740993,
                               -9007199254740993,
                               1000000000000000000,
                               INT64_MAX,
                               INT64_MAX - 1,
                               -INT64_MAX,
                               INT64_MIN};
enum { ENDS = sizeof ends / sizeof ends[0], ROWS = 2 * ENDS };

static i128 power(unsigned exponent) {
    i128 out = 1;
    while (exponent-- > 0)
        out *= 10;
    return out;
}

static ntm_verdict verdict_of(i128 a, ntm_comparison sign, i128 b) {
    bool met = sign == NTM_LESS            ? a < b
               : sign == NTM_LESS_OR_EQUAL ? a <= b
               : sign == NTM_EQUAL         ? a == b
               : sign == NTM_MORE          ? a > b
                                           : a >= b;
    return met ? NTM_MET : NTM_NOT_MET;
}

static void one_fact(kit *k, ntm_decimal threshold, ntm_comparison sign) {
    kit_start(k, NULL);
    kit_fact(k, "x", NTM_KIND_AMOUNT, "m");
    kit_criterion(k, "1", 0);
    ntm_node_spec spec;
    memset(&spec, 0, sizeof spec);
    spec.kind = NTM_CONSTANT;
    spec.value = threshold;
    spec.unit = "m";
    ntm_node constant = kit_node(k, &spec);
    kit_indicator(k, "1.1", k_compare(k, k_fact(k, "x"), sign, constant));
    (void)kit_done(k);
}

static void check(const kit *k, const sheet *s, const ntm_verdict *expected, const char *what, ntm_decimal threshold) {
    for (size_t at = 0; at < 3; at++) {
        ntm_attainment *result = sheet_evaluate(k->set, s, kernels[at]);
        for (size_t row = 0; row < s->table.rows; row++)
            if (ntm_attainment_indicator(result, row, 0) != expected[row])
                fail_msg("%s, row %zu against %lld x 10^-%u, kernels %d: verdict %d", what, row,
                         (long long)threshold.coefficient, threshold.scale, (int)kernels[at],
                         (int)ntm_attainment_indicator(result, row, 0));
        ntm_attainment_free(result);
    }
}

/* Any int64 of any scale against any decimal; as int64 and as decimal128. */
static void integers(void **state) {
    (void)state;
    uint64_t random = 1;
    for (int round = 0; round < 1500; round++) {
        int64_t data[ROWS];
        int64_t wide[ROWS][2];
        ntm_verdict expected[ROWS];
        ntm_decimal t = {ends[fault_random(&random) % ENDS], (uint8_t)(fault_random(&random) % (NTM_SCALE_MAX + 1))};
        uint8_t scale =
            fault_random(&random) % 2 == 0 ? t.scale : (uint8_t)(fault_random(&random) % (NTM_SCALE_MAX + 1));
        ntm_comparison sign = (ntm_comparison)(1 + fault_random(&random) % 5);
        for (size_t row = 0; row < ROWS; row++) {
            data[row] = row < ENDS ? ends[row] : (int64_t)fault_random(&random);
            if (row % 3 == 2 && t.coefficient < INT64_MAX - 1 && t.coefficient > INT64_MIN) /* close to it */
                data[row] = t.coefficient - 1 + (int64_t)(fault_random(&random) % 3);
            wide[row][0] = data[row];
            wide[row][1] = data[row] < 0 ? -1 : 0;
            expected[row] = verdict_of(data[row] * power(t.scale), sign, t.coefficient * power(scale));
        }
        kit k;
        one_fact(&k, t, sign);
        for (int as = 0; as < 2; as++) {
            sheet s;
            ntm_column column = ntm_column_int64(data, ROWS);
            column.scale = scale;
            if (as == 1) {
                column.type = NTM_TYPE_DECIMAL128;
                column.data = wide;
                column.stride_bytes = 16;
            }
            sheet_start(&s, ROWS);
            sheet_column(&s, "x", column);
            check(&k, &s, expected, as == 1 ? "decimal128" : "int64", t);
            sheet_end(&s);
        }
        kit_end(&k);
    }
}

/* Shares of very large counts: part x 10^(2 + digits) against whole x threshold, which may need 128 bits. */
static void shares(void **state) {
    (void)state;
    uint64_t random = 2;
    for (int round = 0; round < 600; round++) {
        int64_t part[ROWS];
        int64_t whole[ROWS];
        ntm_verdict expected[ROWS];
        uint8_t digits = (uint8_t)(fault_random(&random) % 5);
        ntm_decimal t = {(int64_t)(fault_random(&random) % 100) * (int64_t)power(digits) +
                             (int64_t)(fault_random(&random) % (uint64_t)power(digits)),
                         digits};
        ntm_comparison sign = (ntm_comparison)(1 + fault_random(&random) % 5);
        for (size_t row = 0; row < ROWS; row++) {
            whole[row] = (int64_t)(fault_random(&random) >> (1 + fault_random(&random) % 63));
            if (row % 4 == 0) whole[row] = INT64_MAX - (int64_t)row;
            i128 edge = (i128)whole[row] * t.coefficient / power(2u + digits) + (i128)(fault_random(&random) % 3) - 1;
            if (edge < 0) edge = 0;
            part[row] = edge > whole[row] ? whole[row] : (int64_t)edge;
            expected[row] = whole[row] == 0
                                ? NTM_OPEN
                                : verdict_of(part[row] * power(2u + digits), sign, (i128)whole[row] * t.coefficient);
        }
        kit k;
        kit_start(&k, NULL);
        kit_fact(&k, "whole", NTM_KIND_COUNT, "person");
        kit_part(&k, "part", NTM_KIND_COUNT, "person", "whole");
        kit_criterion(&k, "1", 0);
        char text[48];
        (void)ntm_decimal_format(text, sizeof text, t, NTM_LOCALE_PLAIN);
        ntm_node ratio = k_of(&k, NTM_RATIO, k_fact(&k, "part"), k_fact(&k, "whole"));
        kit_indicator(&k, "1.1", k_compare(&k, ratio, sign, k_number(&k, text, "%")));
        (void)kit_done(&k);
        sheet s;
        sheet_start(&s, ROWS);
        sheet_column(&s, "part", ntm_column_int64(part, ROWS));
        sheet_column(&s, "whole", ntm_column_int64(whole, ROWS));
        check(&k, &s, expected, "share", t);
        sheet_end(&s);
        kit_end(&k);
    }
}

/* The same answer from all kernels, be it verdicts or an error of the same row. */
static void agree(const kit *k, const sheet *s, const char *what) {
    ntm_attainment *results[3] = {NULL, NULL, NULL};
    ntm_status statuses[3];
    ntm_error errors[3];
    for (size_t at = 0; at < 3; at++) {
        ntm_plan_options options = s->plan;
        ntm_plan *plan = NULL;
        errors[at] = (ntm_error)NTM_ERROR_INIT;
        options.kernels = kernels[at];
        assert_ok(ntm_plan_new(&plan, k->set, &options, &errors[at]), &errors[at]);
        statuses[at] = ntm_evaluate(&results[at], plan, &s->table, &s->evaluate, &errors[at]);
        ntm_plan_free(plan);
        if (statuses[at] != statuses[0] || errors[at].row != errors[0].row)
            fail_msg("%s: reference: %s, row %lld %s; kernels %d: %s, row %lld %s", what, ntm_status_name(statuses[0]),
                     (long long)errors[0].row, errors[0].message, (int)kernels[at], ntm_status_name(statuses[at]),
                     (long long)errors[at].row, errors[at].message);
        if (statuses[at] == NTM_OK) assert_same_results(k->set, results[0], results[at], what);
    }
    for (size_t at = 0; at < 3; at++)
        ntm_attainment_free(results[at]);
}

static void wild_doubles(void **state) {
    (void)state;
    static const double doubles[] = {0.0,      -0.0,
                                     DBL_MIN,  -DBL_MIN,
                                     5e-324,   DBL_MAX,
                                     -DBL_MAX, 1e22,
                                     1e23,     9007199254740993.0,
                                     1e15,     1e16,
                                     1e17,     0.1,
                                     1e-7,     1e-18,
                                     1e-19,    123456789012345680.0,
                                     4.35,     2.675};
    uint64_t random = 3;
    for (int round = 0; round < 800; round++) {
        double data[70];
        ntm_decimal t = {ends[fault_random(&random) % ENDS], (uint8_t)(fault_random(&random) % (NTM_SCALE_MAX + 1))};
        bool wild = round % 2 == 0;
        for (size_t row = 0; row < 70; row++) {
            uint64_t bits = fault_random(&random);
            memcpy(&data[row], &bits, sizeof bits);
            if (!wild || !isfinite(data[row])) data[row] = doubles[bits % (sizeof doubles / sizeof doubles[0])];
            if (!wild && bits % 7 == 0) data[row] = (double)t.coefficient / (double)power(t.scale);
            if (!wild && fabs(data[row]) > 1e30) data[row] = 7;
        }
        kit k;
        sheet s;
        one_fact(&k, t, (ntm_comparison)(1 + fault_random(&random) % 5));
        sheet_start(&s, 70);
        sheet_column(&s, "x", ntm_column_double(data, 70));
        agree(&k, &s, "doubles");
        sheet_end(&s);
        kit_end(&k);
    }
}

/* Sums and products that leave 64, and 128, bits. */
static void arithmetic_that_overflows(void **state) {
    (void)state;
    uint64_t random = 4;
    for (int round = 0; round < 600; round++) {
        int64_t data[3][40];
        kit k;
        sheet s;
        kit_start(&k, NULL);
        static const char *const ids[] = {"a", "b", "c"};
        for (size_t at = 0; at < 3; at++)
            kit_fact(&k, ids[at], NTM_KIND_AMOUNT, "m");
        kit_criterion(&k, "1", 0);
        ntm_node sum = k_of(&k, NTM_SUM, k_fact(&k, "a"), k_fact(&k, "b"), k_fact(&k, "c"));
        kit_indicator(&k, "sum", k_compare(&k, sum, NTM_MORE, k_number(&k, "9223372036854775807", "m")));
        ntm_node product = k_of(&k, NTM_PRODUCT, k_fact(&k, "a"), k_fact(&k, "b"), k_fact(&k, "c"));
        ntm_node cube = k_of(&k, NTM_PRODUCT, k_number(&k, "9223372036854775807", "m"), k_number(&k, "1", "m"),
                             k_number(&k, "1", "m"));
        kit_indicator(&k, "product", k_compare(&k, product, NTM_LESS_OR_EQUAL, cube));
        ntm_node ratio =
            k_of(&k, NTM_RATIO, k_fact(&k, "a"), k_of(&k, NTM_DIFFERENCE, k_fact(&k, "b"), k_fact(&k, "c")));
        kit_indicator(&k, "ratio", k_compare(&k, ratio, NTM_MORE_OR_EQUAL, k_number(&k, "33.333333333333333", "%")));
        (void)kit_done(&k);
        sheet_start(&s, 40);
        for (size_t at = 0; at < 3; at++) {
            for (size_t row = 0; row < 40; row++)
                data[at][row] = round % 3 == 0 ? ends[fault_random(&random) % ENDS]
                                               : (int64_t)(fault_random(&random) >> (fault_random(&random) % 40));
            ntm_column column = ntm_column_int64(data[at], 40);
            column.scale = (uint8_t)(fault_random(&random) % (round % 2 == 0 ? 1 : 7));
            sheet_column(&s, ids[at], column);
        }
        agree(&k, &s, "arithmetic");
        sheet_end(&s);
        kit_end(&k);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(integers), cmocka_unit_test(shares),
                                       cmocka_unit_test(wild_doubles), cmocka_unit_test(arithmetic_that_overflows)};
    return cmocka_run_group_tests_name("the ends of numbers", tests, NULL, NULL);
}
