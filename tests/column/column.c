/* SPDX-License-Identifier: Apache-2.0 */
/* Single columns: every type, masks, strides, and everything that makes one unusable. */
#include <ntm/column.h>

#include "fault.h"

#include <math.h>
#include <string.h>

static void is_decimal(const ntm_column *column, size_t row, int64_t coefficient, int scale) {
    ntm_decimal out = {7, 7};
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_column_decimal(&out, column, row, &err), &err);
    assert_int_equal(out.coefficient, coefficient);
    assert_int_equal(out.scale, scale);
    assert_int_equal(ntm_column_known(column, row), NTM_REPORTED);
}

static void no_decimal(const ntm_column *column, size_t row, ntm_status status, const char *part) {
    ntm_decimal out = {7, 7};
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_column_decimal(&out, column, row, &err), status, &err, part);
    assert_int_equal(out.coefficient, 7);
}

static void checks(const ntm_column *column) {
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_column_check(column, &err), &err);
}

static void constructors(void **state) {
    (void)state;
    static const int64_t integers[3] = {INT64_MIN, 0, INT64_MAX};
    static const double doubles[3] = {89.95, -0.5, 1e18};
    static const uint8_t bytes[3] = {0, 1, 2};
    static const int32_t codes[4] = {1, 0, -1, 2};
    static const char *const names[2] = {"Bắc", "Nam"};
    ntm_column c = ntm_column_int64(integers, 3);
    checks(&c);
    is_decimal(&c, 0, INT64_MIN, 0);
    is_decimal(&c, 2, INT64_MAX, 0);
    c.scale = 18;
    checks(&c);
    is_decimal(&c, 2, INT64_MAX, 18);
    c = ntm_column_double(doubles, 3);
    checks(&c);
    is_decimal(&c, 0, 8995, 2);
    is_decimal(&c, 2, 1000000000000000000, 0);
    c = ntm_column_bytes(bytes, 3);
    checks(&c);
    is_decimal(&c, 1, 1, 0);
    no_decimal(&c, 2, NTM_ERROR_VALUE, "expected 0 or 1");
    c = ntm_column_codes(codes, 4, names, 2);
    checks(&c);
    is_decimal(&c, 0, 1, 0);
    assert_int_equal(ntm_column_known(&c, 2), NTM_NOT_REPORTED);
    no_decimal(&c, 2, NTM_ERROR_NOT_FOUND, "not reported");
    no_decimal(&c, 3, NTM_ERROR_VALUE, "code 2 is past the 2 categories");
    const char *text = NULL;
    size_t size = 0;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_column_text(&text, &size, &c, 0, &err), &err);
    assert_string_equal(text, "Nam");
    assert_int_equal(size, 3);
    text = NULL;
    assert_fails(ntm_column_text(&text, &size, &c, 2, &err), NTM_ERROR_NOT_FOUND, &err, NULL);
    assert_fails(ntm_column_text(&text, &size, &c, 3, &err), NTM_ERROR_VALUE, &err, "code 2");
    assert_int_equal(err.row, 3);
    assert_null(text);
    c = ntm_column_int64(NULL, 0);
    checks(&c);
    no_decimal(&c, 0, NTM_ERROR_ARGUMENT, "past the 0 rows");
    assert_int_equal(ntm_column_known(&c, 0), NTM_NOT_REPORTED);
}

static void integers_of_all_sizes(void **state) {
    (void)state;
    static const int8_t one[2] = {INT8_MIN, INT8_MAX};
    static const int16_t two[2] = {INT16_MIN, INT16_MAX};
    static const int32_t four[2] = {INT32_MIN, INT32_MAX};
    static const struct {
        ntm_type type;
        const void *data;
        int size;
        int64_t low;
        int64_t high;
    } rows[] = {{NTM_TYPE_INT8, one, 1, INT8_MIN, INT8_MAX},
                {NTM_TYPE_INT16, two, 2, INT16_MIN, INT16_MAX},
                {NTM_TYPE_INT32, four, 4, INT32_MIN, INT32_MAX}};
    for (int at = 0; at < 3; at++) {
        ntm_column c = NTM_COLUMN_INIT;
        c.type = rows[at].type;
        c.data = rows[at].data;
        c.stride_bytes = rows[at].size;
        c.length = 2;
        c.scale = 2;
        checks(&c);
        is_decimal(&c, 0, rows[at].low, 2);
        is_decimal(&c, 1, rows[at].high, 2);
    }
}

static void strides(void **state) {
    (void)state;
    static const int64_t data[6] = {1, 2, 3, 4, 5, 6};
    ntm_column c = ntm_column_int64(data, 3);
    c.stride_bytes = 16;
    checks(&c);
    is_decimal(&c, 2, 5, 0);
    c.stride_bytes = 0;
    c.length = 1000;
    checks(&c);
    is_decimal(&c, 999, 1, 0);
    c.data = data + 5;
    c.stride_bytes = -8;
    c.length = 6;
    checks(&c);
    is_decimal(&c, 5, 1, 0);
}

static void bits_and_masks(void **state) {
    (void)state;
    static const uint8_t bits[2] = {0xa5, 0x01}; /* 1 0 1 0 0 1 0 1 | 1 */
    static const int expected[9] = {1, 0, 1, 0, 0, 1, 0, 1, 1};
    for (size_t offset = 0; offset < 9; offset++) {
        ntm_column c = NTM_COLUMN_INIT;
        c.type = NTM_TYPE_BITS;
        c.data = bits;
        c.bit_offset = offset;
        c.length = 9 - offset;
        checks(&c);
        for (size_t row = 0; row < c.length; row++)
            is_decimal(&c, row, expected[row + offset], 0);
        c.validity = bits;
        c.validity_offset = offset;
        for (size_t row = 0; row < c.length; row++)
            assert_int_equal(ntm_column_known(&c, row), expected[row + offset] ? NTM_REPORTED : NTM_NOT_REPORTED);
        c.not_applicable = bits; /* wins */
        c.not_applicable_offset = offset;
        for (size_t row = 0; row < c.length; row++)
            assert_int_equal(ntm_column_known(&c, row), expected[row + offset] ? NTM_NOT_APPLICABLE : NTM_NOT_REPORTED);
        if (expected[offset]) no_decimal(&c, 0, NTM_ERROR_NOT_FOUND, "not applicable");
    }
}

static void doubles(void **state) {
    (void)state;
    const double data[4] = {NAN, INFINITY, 0.1, 1e300};
    ntm_column c = ntm_column_double(data, 4);
    assert_int_equal(ntm_column_known(&c, 0), NTM_REPORTED);
    no_decimal(&c, 0, NTM_ERROR_VALUE, "NaN");
    no_decimal(&c, 1, NTM_ERROR_VALUE, "infinite");
    no_decimal(&c, 3, NTM_ERROR_OVERFLOW, NULL);
    c.nan_not_reported = true;
    checks(&c);
    assert_int_equal(ntm_column_known(&c, 0), NTM_NOT_REPORTED);
    no_decimal(&c, 0, NTM_ERROR_NOT_FOUND, NULL);
    is_decimal(&c, 2, 1, 1);
}

static void decimals(void **state) {
    (void)state;
    static _Alignas(16) const unsigned char data[5][16] = {
        {0x23, 0x23},                                                                                     /* 8995 */
        {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, /* -1 */
        {0, 0, 0, 0, 0, 0, 0, 0, 1},                                                                      /* 2^64 */
        {0x00, 0x00, 0x40, 0xb2, 0xba, 0xc9, 0xe0, 0x19, 0x1e, 0x02},                                     /* 10^22 */
        {0, 0, 0, 0, 0, 0, 0, 0x80, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}}; /* INT64_MIN */
    ntm_column c = NTM_COLUMN_INIT;
    c.type = NTM_TYPE_DECIMAL128;
    c.data = data;
    c.length = 5;
    c.stride_bytes = 16;
    c.scale = 2;
    checks(&c);
    is_decimal(&c, 0, 8995, 2);
    is_decimal(&c, 1, -1, 2);
    no_decimal(&c, 2, NTM_ERROR_OVERFLOW, "64-bit");
    no_decimal(&c, 3, NTM_ERROR_OVERFLOW, NULL);
    is_decimal(&c, 4, INT64_MIN, 2);
    c.scale = 4; /* 10^22 at scale 4 is 10^18 */
    is_decimal(&c, 3, 1000000000000000000, 0);
}

static void texts(void **state) {
    (void)state;
    static const int32_t offsets[4] = {2, 5, 5, 9};
    ntm_column c = NTM_COLUMN_INIT;
    c.type = NTM_TYPE_TEXT;
    c.data = offsets;
    c.length = 3;
    c.text = "xxabcdefg";
    checks(&c);
    static const char *const expected[3] = {"abc", "", "defg"};
    for (size_t row = 0; row < 3; row++) {
        const char *text = NULL;
        size_t size = 99;
        ntm_error err = NTM_ERROR_INIT;
        assert_ok(ntm_column_text(&text, &size, &c, row, &err), &err);
        assert_int_equal(size, strlen(expected[row]));
        assert_memory_equal(text, expected[row], size);
    }
    no_decimal(&c, 0, NTM_ERROR_SHAPE, "text");
    const char *text = NULL;
    size_t size = 5;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_column_text(&text, &size, &c, 3, &err), NTM_ERROR_ARGUMENT, &err, "past");
    assert_fails(ntm_column_text(NULL, &size, &c, 0, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_column_text(&text, NULL, &c, 0, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_column_text(&text, &size, NULL, 0, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    static const int64_t number = 5;
    ntm_column numbers = ntm_column_int64(&number, 1);
    assert_fails(ntm_column_text(&text, &size, &numbers, 0, &err), NTM_ERROR_SHAPE, &err, "neither");
    static const int32_t back[3] = {0, 4, 2};
    c.data = back;
    c.length = 2;
    assert_fails(ntm_column_text(&text, &size, &c, 1, &err), NTM_ERROR_SHAPE, &err, "order");
    static const int32_t code = 0;
    static const char *const nameless[1] = {NULL};
    ntm_column codes = ntm_column_codes(&code, 1, nameless, 1);
    assert_fails(ntm_column_text(&text, &size, &codes, 0, &err), NTM_ERROR_VALUE, &err, "no name");
    assert_null(text);
    assert_int_equal(size, 5);
}

static void refuses(ntm_column c, ntm_status status, const char *part) {
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_column_check(&c, &err), status, &err, part);
}

static void unusable(void **state) {
    (void)state;
    static const int64_t data[4] = {1, 2, 3, 4};
    const ntm_column good = ntm_column_int64(data, 2);
    ntm_error err = NTM_ERROR_INIT;
    ntm_column c = good;
    assert_fails(ntm_column_check(NULL, &err), NTM_ERROR_ARGUMENT, &err, "NULL");
    c.struct_size = 0;
    refuses(c, NTM_ERROR_ARGUMENT, "struct_size");
    no_decimal(&c, 0, NTM_ERROR_ARGUMENT, NULL);
    assert_int_equal(ntm_column_known(&c, 0), NTM_NOT_REPORTED);
    c = good;
    c.type = (ntm_type)0;
    refuses(c, NTM_ERROR_ARGUMENT, "type");
    c.type = (ntm_type)10;
    refuses(c, NTM_ERROR_ARGUMENT, "type");
    no_decimal(&c, 0, NTM_ERROR_ARGUMENT, NULL);
    c = good;
    c.scale = 19;
    refuses(c, NTM_ERROR_ARGUMENT, "scale");
    no_decimal(&c, 0, NTM_ERROR_ARGUMENT, "scale");
    c = good;
    c.data = NULL;
    refuses(c, NTM_ERROR_ARGUMENT, "data is NULL");
    c = good;
    c.data = (const char *)data + 1;
    refuses(c, NTM_ERROR_ARGUMENT, "aligned");
    c = good;
    c.stride_bytes = 12;
    refuses(c, NTM_ERROR_ARGUMENT, "stride");
    c = good;
    c.length = SIZE_MAX / 4;
    refuses(c, NTM_ERROR_SHAPE, "address space");
    c = good;
    c.stride_bytes = INT64_MIN;
    c.length = 3;
    refuses(c, NTM_ERROR_SHAPE, "address space");
    c = good;
    c.validity_offset = SIZE_MAX;
    refuses(c, NTM_ERROR_SHAPE, "bit offset");
    c = good;
    c.not_applicable_offset = SIZE_MAX;
    refuses(c, NTM_ERROR_SHAPE, "bit offset");
    c = good;
    c.bit_offset = SIZE_MAX;
    refuses(c, NTM_ERROR_SHAPE, "bit offset");
    no_decimal(NULL, 0, NTM_ERROR_ARGUMENT, NULL);
    assert_fails(ntm_column_decimal(NULL, &good, 0, &err), NTM_ERROR_ARGUMENT, &err, "out");
    assert_int_equal(ntm_column_known(NULL, 0), NTM_NOT_REPORTED);
}

static void unusable_kinds(void **state) {
    (void)state;
    static const int64_t data[4] = {1, 2, 3, 4};
    static const char *const names[1] = {"x"};
    static const int32_t back[3] = {0, 4, 2};
    static const int32_t negative[2] = {-1, 2};
    static const int32_t fine[2] = {0, 2};
    const ntm_column good = ntm_column_int64(data, 2);
    ntm_column c = good;
    c.category_count = 1;
    refuses(c, NTM_ERROR_ARGUMENT, "categories");
    c.categories = names;
    checks(&c);
    c.scale = 1;
    refuses(c, NTM_ERROR_SHAPE, "categories");
    c.scale = 0;
    c.type = NTM_TYPE_DOUBLE;
    refuses(c, NTM_ERROR_SHAPE, "categories");
    c = good;
    c.type = NTM_TYPE_DOUBLE;
    c.scale = 1;
    refuses(c, NTM_ERROR_ARGUMENT, "scale");
    c = good;
    c.type = NTM_TYPE_TEXT;
    c.data = back;
    c.text = "abcd";
    refuses(c, NTM_ERROR_SHAPE, "go back from 4 to 2");
    c.length = 1;
    c.data = negative;
    refuses(c, NTM_ERROR_SHAPE, "negative");
    c.data = fine;
    checks(&c);
    c.text = NULL;
    refuses(c, NTM_ERROR_ARGUMENT, "text is NULL");
    c.length = SIZE_MAX;
    refuses(c, NTM_ERROR_SHAPE, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(constructors),  cmocka_unit_test(integers_of_all_sizes),
                                       cmocka_unit_test(strides),       cmocka_unit_test(bits_and_masks),
                                       cmocka_unit_test(doubles),       cmocka_unit_test(decimals),
                                       cmocka_unit_test(texts),         cmocka_unit_test(unusable),
                                       cmocka_unit_test(unusable_kinds)};
    return cmocka_run_group_tests_name("columns", tests, NULL, NULL);
}
