/* SPDX-License-Identifier: Apache-2.0 */
/* Record batches made by hand: every type that is read, with offsets, and every way in which one can be wrong. */
#include <ntm/arrow.h>

#include <string.h>

#include "batch.h"
#include "fault.h"

static ntm_arrow_table *import(batch *b) {
    ntm_arrow_table *table = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_arrow_import(&table, &b->schema, &b->array, NULL, &err), &err);
    assert_null(b->schema.release);
    assert_null(b->array.release);
    assert_int_equal(b->schema_releases, 0);
    assert_ok(ntm_table_check(ntm_arrow_table_get(table), NULL, &err), &err);
    return table;
}

static void done(batch *b, ntm_arrow_table *table) {
    ntm_arrow_table_free(table);
    assert_int_equal(b->schema_releases, 1);
    assert_int_equal(b->array_releases, 1);
}

/* The import fails and leaves the batch as it was. */
static void refuses(batch *b, ntm_status status, const char *part) {
    ntm_arrow_table *table = NULL;
    ntm_error err = NTM_ERROR_INIT;
    batch before = *b;
    fault f = FAULT_INIT;
    ntm_allocator allocator = fault_allocator(&f);
    assert_fails(ntm_arrow_import(&table, &b->schema, &b->array, &allocator, &err), status, &err, part);
    assert_null(table);
    assert_memory_equal(&before, b, sizeof before);
    fault_assert_empty(&f);
}

static const ntm_column *column(const ntm_arrow_table *table, const char *name) {
    const ntm_field *field = ntm_table_find(ntm_arrow_table_get(table), name);
    assert_non_null(field);
    return &field->column;
}

static void is_number(const ntm_column *c, size_t row, int64_t coefficient, int scale) {
    ntm_decimal out;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_column_decimal(&out, c, row, &err), &err);
    assert_int_equal(out.coefficient, coefficient);
    assert_int_equal(out.scale, scale);
}

static void is_text(const ntm_column *c, size_t row, const char *expected) {
    const char *text = NULL;
    size_t size = 0;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_column_text(&text, &size, c, row, &err), &err);
    assert_int_equal(size, strlen(expected));
    assert_memory_equal(text, expected, size);
}

/* Each type of numbers, with an offset of the batch and one of the column, without copies where none is needed. */
static void numbers(void **state) {
    (void)state;
    static const int8_t int8[6] = {9, 9, 9, INT8_MIN, 5, INT8_MAX};
    static const int16_t int16[6] = {9, 9, 9, INT16_MIN, 5, INT16_MAX};
    static const int32_t int32[6] = {9, 9, 9, INT32_MIN, 5, INT32_MAX};
    static const int64_t int64[6] = {9, 9, 9, INT64_MIN, 5, INT64_MAX};
    static const uint8_t uint8[6] = {9, 9, 9, 0, 5, UINT8_MAX};
    static const uint16_t uint16[6] = {9, 9, 9, 0, 5, UINT16_MAX};
    static const uint32_t uint32[6] = {9, 9, 9, 0, 5, UINT32_MAX};
    static const struct {
        const char *format;
        const void *data;
        size_t size;
        int64_t low;
        int64_t high;
    } cases[] = {{"c", int8, 1, INT8_MIN, INT8_MAX},      {"s", int16, 2, INT16_MIN, INT16_MAX},
                 {"i", int32, 4, INT32_MIN, INT32_MAX},   {"l", int64, 8, INT64_MIN, INT64_MAX},
                 {"tdD", int32, 4, INT32_MIN, INT32_MAX}, {"C", uint8, 0, 0, UINT8_MAX},
                 {"S", uint16, 0, 0, UINT16_MAX},         {"I", uint32, 0, 0, UINT32_MAX}};
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        for (int64_t parent = 0; parent <= 3; parent++) {
            batch b;
            batch_start(&b, 3);
            b.array.offset = parent;
            struct ArrowArray *a = batch_add(&b, "n", cases[at].format, cases[at].data, NULL);
            a->offset = 3 - parent;
            a->length = 3 + parent;
            ntm_arrow_table *table = import(&b);
            const ntm_column *c = column(table, "n");
            is_number(c, 0, cases[at].low, 0);
            is_number(c, 1, 5, 0);
            is_number(c, 2, cases[at].high, 0);
            if (cases[at].size > 0) assert_ptr_equal(c->data, (const char *)cases[at].data + 3 * cases[at].size);
            done(&b, table);
        }
    }
}

static void doubles_and_decimals(void **state) {
    (void)state;
    static const double doubles[2] = {9, 89.95};
    static const uint64_t decimals[4] = {9, 0, 8995, 0};
    batch b;
    batch_start(&b, 1);
    b.array.offset = 1;
    batch_add(&b, "d", "g", doubles, NULL)->length = 2;
    batch_add(&b, "e", "d:10,2", decimals, NULL)->length = 2;
    batch_add(&b, "f", "d:38,18,128", decimals, NULL)->length = 2;
    ntm_arrow_table *table = import(&b);
    is_number(column(table, "d"), 0, 8995, 2);
    is_number(column(table, "e"), 0, 8995, 2);
    is_number(column(table, "f"), 0, 8995, 18);
    assert_ptr_equal(column(table, "d")->data, doubles + 1);
    assert_ptr_equal(column(table, "e")->data, decimals + 2);
    done(&b, table);
}

static void bits_and_validity(void **state) {
    (void)state;
    static const uint8_t bits[2] = {0xa5, 0x01};
    static const int expected[9] = {1, 0, 1, 0, 0, 1, 0, 1, 1};
    for (int64_t offset = 0; offset < 8; offset++) {
        batch b;
        batch_start(&b, 9 - offset);
        b.array.offset = offset / 2;
        struct ArrowArray *a = batch_add(&b, "b", "b", bits, NULL);
        a->offset = offset - offset / 2;
        a->length = 9 - offset + offset / 2;
        a->null_count = offset % 2 == 0 ? -1 : 1;
        b.column_buffers[0][0] = bits;
        ntm_arrow_table *table = import(&b);
        for (int64_t row = 0; row < 9 - offset; row++) {
            bool bit = expected[row + offset] != 0;
            assert_int_equal(ntm_column_known(column(table, "b"), (size_t)row), bit ? NTM_REPORTED : NTM_NOT_REPORTED);
            if (bit) is_number(column(table, "b"), (size_t)row, 1, 0);
        }
        done(&b, table);
    }
    batch b;
    batch_start(&b, 8);
    batch_add(&b, "b", "b", bits, NULL)->null_count = 0; /* the bitmap does not count */
    b.column_buffers[0][0] = bits;
    ntm_arrow_table *table = import(&b);
    is_number(column(table, "b"), 1, 0, 0);
    assert_null(column(table, "b")->validity);
    done(&b, table);
}

static void texts(void **state) {
    (void)state;
    static const int32_t small[5] = {0, 2, 5, 5, 9};
    static const int64_t large[5] = {0, 2, 5, 5, 9};
    batch b;
    batch_start(&b, 3);
    b.array.offset = 1;
    batch_add(&b, "u", "u", small, "xxabcdefg")->length = 4;
    batch_add(&b, "U", "U", large, "xxabcdefg")->length = 4;
    ntm_arrow_table *table = import(&b);
    for (int at = 0; at < 2; at++) {
        const ntm_column *c = column(table, at == 0 ? "u" : "U");
        is_text(c, 0, "abc");
        is_text(c, 1, "");
        is_text(c, 2, "defg");
    }
    assert_ptr_equal(column(table, "u")->data, small + 1);
    done(&b, table);
    /* Only what the rows need has to fit. */
    static const char text[] = "ab";
    const int64_t far[2] = {((int64_t)INT32_MAX + 5) - ((int64_t)INT32_MAX + 5), 2};
    batch_start(&b, 1);
    batch_add(&b, "U", "U", far, text);
    table = import(&b);
    is_text(column(table, "U"), 0, "ab");
    done(&b, table);
    static const int64_t huge[2] = {0, (int64_t)INT32_MAX + 1};
    batch_start(&b, 1);
    batch_add(&b, "U", "U", huge, text);
    refuses(&b, NTM_ERROR_LIMIT, "2 GiB");
}

static void dictionaries(void **state) {
    (void)state;
    static const int8_t int8[4] = {9, 1, 0, -1};
    static const int16_t int16[4] = {9, 1, 0, -1};
    static const int32_t int32[4] = {9, 1, 0, -1};
    static const int64_t int64[4] = {9, 1, 0, -1};
    static const uint8_t uint8[4] = {9, 1, 0, 2};
    static const uint16_t uint16[4] = {9, 1, 0, 2};
    static const uint32_t uint32[4] = {9, 1, 0, 2};
    static const struct {
        const char *format;
        const void *codes;
        bool negative;
    } cases[] = {{"c", int8, true},   {"s", int16, true},   {"i", int32, true},  {"l", int64, true},
                 {"C", uint8, false}, {"S", uint16, false}, {"I", uint32, false}};
    static const int32_t small[4] = {1, 2, 5, 5}; /* one is skipped by the offset */
    static const int64_t large[4] = {1, 2, 5, 5};
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        batch b;
        batch_start(&b, 3);
        b.array.offset = 1;
        batch_add(&b, "c", cases[at].format, cases[at].codes, NULL)->length = 4;
        bool is_large = at % 2 == 1;
        batch_add_dictionary(&b, is_large ? "U" : "u", 2, is_large ? (const void *)large : (const void *)small,
                             "xxabcd");
        b.dictionary.offset = 1;
        ntm_arrow_table *table = import(&b);
        const ntm_column *c = column(table, "c");
        assert_int_equal(c->category_count, 2);
        is_text(c, 0, "");
        is_text(c, 1, "abc");
        is_number(c, 1, 0, 0);
        ntm_decimal out;
        if (cases[at].negative) {
            assert_int_equal(ntm_column_known(c, 2), NTM_NOT_REPORTED);
        } else {
            assert_int_equal(ntm_column_decimal(&out, c, 2, NULL), NTM_ERROR_VALUE);
        }
        done(&b, table);
    }
}

static void empty_batches(void **state) {
    (void)state;
    static const char *const formats[] = {"b", "c", "C", "g", "d:3,1", "tdD"};
    for (size_t at = 0; at < sizeof formats / sizeof formats[0]; at++) {
        batch b;
        batch_start(&b, 0);
        batch_add(&b, "x", formats[at], NULL, NULL);
        ntm_arrow_table *table = import(&b);
        assert_int_equal(ntm_arrow_table_get(table)->rows, 0);
        done(&b, table);
    }
    batch b;
    batch_start(&b, 0);
    batch_add(&b, "u", "u", NULL, NULL)->n_buffers = 3;
    batch_add(&b, "U", "U", NULL, NULL)->n_buffers = 3;
    batch_add(&b, "c", "i", NULL, NULL);
    batch_add_dictionary(&b, "u", 0, NULL, NULL);
    done(&b, import(&b));
    batch_start(&b, 5); /* rows without columns */
    b.schema.children = NULL;
    b.array.children = NULL;
    ntm_arrow_table *table = import(&b);
    assert_int_equal(ntm_arrow_table_get(table)->rows, 5);
    assert_int_equal(ntm_arrow_table_get(table)->field_count, 0);
    done(&b, table);
    assert_null(ntm_arrow_table_get(NULL));
    ntm_arrow_table_free(NULL);
}

static const int64_t data[4] = {1, 2, 3, 4};

/* A batch of one int64 column "n" of 4 rows, of which a test breaks something. */
static batch *one(batch *b) {
    batch_start(b, 4);
    (void)batch_add(b, "n", "l", data, NULL);
    return b;
}

static void broken_batches(void **state) {
    (void)state;
    batch b;
    one(&b)->schema.format = "l";
    refuses(&b, NTM_ERROR_SHAPE, "expected a record batch");
    one(&b)->schema.format = NULL;
    refuses(&b, NTM_ERROR_SHAPE, "record batch");
    one(&b)->array.length = -1;
    refuses(&b, NTM_ERROR_SHAPE, "negative length");
    one(&b)->array.offset = -1;
    refuses(&b, NTM_ERROR_SHAPE, "negative offset");
    one(&b)->array.offset = INT64_MAX;
    refuses(&b, NTM_ERROR_SHAPE, "address space");
    one(&b)->array.n_buffers = 2;
    refuses(&b, NTM_ERROR_SHAPE, "2 buffers, expected 1");
    one(&b)->array.buffers = NULL;
    refuses(&b, NTM_ERROR_SHAPE, "buffers is NULL");
    one(&b)->array.n_children = 2;
    refuses(&b, NTM_ERROR_SHAPE, "different numbers");
    one(&b)->array.n_children = -1;
    b.schema.n_children = -1;
    refuses(&b, NTM_ERROR_SHAPE, "different numbers");
    one(&b)->array.children = NULL;
    refuses(&b, NTM_ERROR_SHAPE, "children is NULL");
    one(&b)->schema.children = NULL;
    refuses(&b, NTM_ERROR_SHAPE, "children is NULL");
    one(&b)->array_pointers[0] = NULL;
    refuses(&b, NTM_ERROR_SHAPE, "a column is NULL");
    one(&b)->schema.dictionary = &b.dictionary_schema;
    refuses(&b, NTM_ERROR_SHAPE, "dictionary");
    one(&b)->array.null_count = 1;
    refuses(&b, NTM_ERROR_SHAPE, "without a validity buffer");
    static const uint8_t mask = 0x0b;
    one(&b)->array.null_count = -1;
    b.buffers[0] = &mask;
    refuses(&b, NTM_ERROR_UNSUPPORTED, "null as a whole");
    one(&b)->array.length = 2; /* the null row lies outside */
    b.buffers[0] = &mask;
    b.array.null_count = -1;
    done(&b, import(&b));
    one(&b);
    (void)batch_add(&b, "n", "l", data, NULL);
    refuses(&b, NTM_ERROR_SHAPE, "two columns");
}

static void broken_columns(void **state) {
    (void)state;
    batch b;
    one(&b)->schemas[0].name = NULL;
    refuses(&b, NTM_ERROR_SHAPE, "without a name");
    one(&b)->schemas[0].format = NULL;
    refuses(&b, NTM_ERROR_SHAPE, "without a type");
    one(&b)->arrays[0].length = 3;
    refuses(&b, NTM_ERROR_SHAPE, "3 rows, expected 4");
    one(&b)->array.offset = 1;
    refuses(&b, NTM_ERROR_SHAPE, "4 rows, expected 5");
    one(&b)->arrays[0].length = -4;
    refuses(&b, NTM_ERROR_SHAPE, "negative length");
    one(&b)->arrays[0].offset = -4;
    refuses(&b, NTM_ERROR_SHAPE, "negative offset");
    one(&b)->arrays[0].offset = INT64_MAX - 4;
    refuses(&b, NTM_ERROR_SHAPE, "address space");
    one(&b)->arrays[0].n_buffers = 3;
    refuses(&b, NTM_ERROR_SHAPE, "3 buffers, expected 2");
    one(&b)->arrays[0].n_buffers = -1;
    refuses(&b, NTM_ERROR_SHAPE, "buffers");
    one(&b)->arrays[0].buffers = NULL;
    refuses(&b, NTM_ERROR_SHAPE, "buffers is NULL");
    one(&b)->column_buffers[0][1] = NULL;
    refuses(&b, NTM_ERROR_SHAPE, "data buffer is NULL");
    b.schemas[0].format = "C";
    refuses(&b, NTM_ERROR_SHAPE, "data buffer is NULL");
    b.schemas[0].format = "b";
    refuses(&b, NTM_ERROR_SHAPE, "data buffer is NULL");
    one(&b)->column_buffers[0][1] = (const char *)data + 1;
    refuses(&b, NTM_ERROR_ARGUMENT, "aligned");
    one(&b)->arrays[0].null_count = 2;
    refuses(&b, NTM_ERROR_SHAPE, "validity");
    one(&b)->arrays[0].null_count = -2;
    refuses(&b, NTM_ERROR_SHAPE, "null_count");
    one(&b)->arrays[0].null_count = 5;
    refuses(&b, NTM_ERROR_SHAPE, "null_count");
    one(&b)->arrays[0].n_children = 1;
    refuses(&b, NTM_ERROR_UNSUPPORTED, "nested");
    one(&b)->arrays[0].dictionary = &b.dictionary;
    refuses(&b, NTM_ERROR_SHAPE, "dictionary");
    static const char *const decimals[] = {"d:", "d:3", "d:3,", "d:a,b", "d:3,1,", "d:3,1,128,4", "d:3,1x"};
    for (size_t at = 0; at < sizeof decimals / sizeof decimals[0]; at++) {
        one(&b)->schemas[0].format = decimals[at];
        refuses(&b, NTM_ERROR_SHAPE, "decimal");
    }
}

static void broken_text(void **state) {
    (void)state;
    static const int32_t back[3] = {0, 4, 2};
    static const int32_t negative[3] = {-1, 0, 0};
    static const int32_t good[3] = {0, 1, 2};
    static const int64_t back_large[3] = {0, 4, 2};
    batch b;
    batch_start(&b, 2);
    (void)batch_add(&b, "t", "u", back, "abcd");
    refuses(&b, NTM_ERROR_SHAPE, "go back");
    b.column_buffers[0][1] = negative;
    refuses(&b, NTM_ERROR_SHAPE, "negative text offset");
    b.column_buffers[0][1] = NULL;
    refuses(&b, NTM_ERROR_SHAPE, "offsets buffer is NULL");
    b.column_buffers[0][1] = (const char *)good + 1;
    refuses(&b, NTM_ERROR_SHAPE, "not aligned");
    b.column_buffers[0][1] = good;
    b.column_buffers[0][2] = NULL;
    refuses(&b, NTM_ERROR_SHAPE, "text buffer is NULL");
    b.arrays[0].n_buffers = 2;
    refuses(&b, NTM_ERROR_SHAPE, "2 buffers, expected 3");
    batch_start(&b, 2);
    (void)batch_add(&b, "t", "U", back_large, "abcd");
    refuses(&b, NTM_ERROR_SHAPE, "go back");
}

static void broken_dictionaries(void **state) {
    (void)state;
    static const int32_t offsets[3] = {0, 1, 2};
    static const int32_t back[3] = {0, 2, 1};
    static const uint8_t mask = 1;
    batch b;
    one(&b);
    batch_add_dictionary(&b, "l", 2, data, NULL);
    refuses(&b, NTM_ERROR_UNSUPPORTED, "only those of utf8");
    one(&b);
    batch_add_dictionary(&b, "u", 2, back, "abc");
    refuses(&b, NTM_ERROR_SHAPE, "go back");
    one(&b);
    batch_add_dictionary(&b, "u", -2, offsets, "abc");
    refuses(&b, NTM_ERROR_SHAPE, "negative length");
    one(&b);
    batch_add_dictionary(&b, NULL, 2, offsets, "abc");
    refuses(&b, NTM_ERROR_SHAPE, "without a type");
    one(&b);
    batch_add_dictionary(&b, "u", 2, offsets, "a\0");
    refuses(&b, NTM_ERROR_SHAPE, "NUL");
    one(&b);
    batch_add_dictionary(&b, "u", 2, offsets, "ab");
    b.dictionary.null_count = -1;
    b.dictionary_buffers[0] = &mask;
    refuses(&b, NTM_ERROR_UNSUPPORTED, "holds a null");
    one(&b);
    batch_add_dictionary(&b, "u", 2, offsets, "ab");
    b.arrays[0].dictionary = NULL;
    refuses(&b, NTM_ERROR_SHAPE, "the type or the data only");
    static const char *const codes[] = {"g", "b", "tdD", "d:3,1"};
    for (size_t at = 0; at < 4; at++) {
        one(&b)->schemas[0].format = codes[at];
        batch_add_dictionary(&b, "u", 2, offsets, "ab");
        refuses(&b, NTM_ERROR_SHAPE, "no integers");
    }
}

static void unsupported(void **state) {
    (void)state;
    static const struct {
        const char *format;
        const char *part;
    } cases[] = {{"f", "89.95 stored as float32 is not 89.95"},
                 {"e", "float16"},
                 {"z", "\"z\""},
                 {"tsx:", "\"tsx:\""},
                 {"ts", "\"ts\""},
                 {"tsu:UTC", "time zone is another day"},
                 {"w:4", "\"w:4\""},
                 {"", "\"\""},
                 {"d:50,2,256", "128 bits"},
                 {"d:9,-2", "scale"},
                 {"d:38,19", "scale"},
                 {"d:9,99999999999999999999", "scale"}};
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        batch b;
        one(&b)->schemas[0].format = cases[at].format;
        refuses(&b, NTM_ERROR_UNSUPPORTED, cases[at].part);
    }
}

static void wrong_calls(void **state) {
    (void)state;
    batch b;
    ntm_arrow_table *table = NULL;
    ntm_error err = NTM_ERROR_INIT;
    one(&b);
    assert_fails(ntm_arrow_import(NULL, &b.schema, &b.array, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_arrow_import(&table, NULL, &b.array, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_arrow_import(&table, &b.schema, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    ntm_allocator none = {NULL, NULL, NULL, NULL};
    assert_fails(ntm_arrow_import(&table, &b.schema, &b.array, &none, &err), NTM_ERROR_ARGUMENT, &err, "allocator");
    b.array.release = NULL;
    refuses(&b, NTM_ERROR_ARGUMENT, "released");
    one(&b)->schema.release = NULL;
    refuses(&b, NTM_ERROR_ARGUMENT, "released");
}

static ntm_status import_all(const ntm_allocator *allocator, void *context) {
    static const int32_t offsets[3] = {0, 1, 2};
    static const int64_t large[5] = {0, 1, 2, 3, 4};
    static const uint8_t small[4] = {0, 1, 0, 1};
    (void)context;
    batch b;
    one(&b);
    (void)batch_add(&b, "w", "C", small, NULL);
    (void)batch_add(&b, "t", "U", large, "abcd");
    (void)batch_add(&b, "c", "C", small, NULL);
    batch_add_dictionary(&b, "u", 2, offsets, "ab");
    ntm_arrow_table *table = NULL;
    ntm_status status = ntm_arrow_import(&table, &b.schema, &b.array, allocator, NULL);
    if (status != NTM_OK) {
        assert_null(table);
        assert_non_null(b.schema.release);
        assert_non_null(b.array.release);
        assert_int_equal(b.array_releases, 0);
    } else {
        done(&b, table);
    }
    return status;
}

static void without_memory(void **state) {
    (void)state;
    assert_true(fault_sweep(import_all, NULL, NTM_OK) >= 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(numbers),           cmocka_unit_test(doubles_and_decimals),
                                       cmocka_unit_test(bits_and_validity), cmocka_unit_test(texts),
                                       cmocka_unit_test(dictionaries),      cmocka_unit_test(empty_batches),
                                       cmocka_unit_test(broken_batches),    cmocka_unit_test(broken_columns),
                                       cmocka_unit_test(broken_text),       cmocka_unit_test(broken_dictionaries),
                                       cmocka_unit_test(unsupported),       cmocka_unit_test(wrong_calls),
                                       cmocka_unit_test(without_memory)};
    return cmocka_run_group_tests_name("Arrow in", tests, NULL, NULL);
}
