/* SPDX-License-Identifier: Apache-2.0 */
/* Tables as record batches: what is borrowed, what is copied, and who releases what when. */
#include <ntm/arrow.h>

#include "fault.h"

#include <math.h>
#include <string.h>

static void count_release(void *context) { ++*(int *)context; }

static const int64_t numbers[8] = {1, -2, 3, INT64_MIN, INT64_MAX, 6, 7, 8};
static const int32_t codes[4] = {1, 0, -1, 1};
static const char *const names[2] = {"Bắc", ""};
static const uint8_t mask[2] = {0xb6, 0x01}; /* 0 1 1 0 1 1 0 1 | 1 */
static const double doubles[4] = {89.95, NAN, -1, 0};
static const uint8_t bytes[4] = {1, 0, 7, 1};
static const int32_t offsets[5] = {1, 3, 3, 6, 7};

static ntm_column of_type(ntm_type type, const void *data, int64_t stride, size_t length) {
    ntm_column c = NTM_COLUMN_INIT;
    c.type = type;
    c.data = data;
    c.stride_bytes = stride;
    c.length = length;
    return c;
}

/* The fields of a table with every kind of column; 4 rows. */
enum { FIELDS = 12 };
static void make_fields(ntm_field *f) {
    static const uint64_t decimals[8] = {8995, 0, UINT64_MAX, UINT64_MAX, 5, 0, 6, 0};
    f[0] = (ntm_field){"plain", ntm_column_int64(numbers, 4)};
    f[1] = (ntm_field){"strided", of_type(NTM_TYPE_INT64, numbers, 16, 4)};
    f[2] = (ntm_field){"backwards", of_type(NTM_TYPE_INT64, numbers + 3, -8, 4)};
    f[3] = (ntm_field){"repeated", of_type(NTM_TYPE_INT64, numbers + 1, 0, 4)};
    f[4] = (ntm_field){"scaled", ntm_column_int64(numbers, 4)};
    f[4].column.scale = 2;
    f[5] = (ntm_field){"codes", ntm_column_codes(codes, 4, names, 2)};
    f[6] = (ntm_field){"doubles", ntm_column_double(doubles, 4)};
    f[6].column.nan_not_reported = true;
    f[7] = (ntm_field){"bytes", ntm_column_bytes(bytes, 4)};
    f[7].column.not_applicable = mask; /* rows 1 and 2: the 7 there has no meaning */
    f[8] = (ntm_field){"bits", of_type(NTM_TYPE_BITS, mask, 0, 4)};
    f[8].column.bit_offset = 3;
    f[8].column.validity = mask;
    f[8].column.validity_offset = 1;
    f[9] = (ntm_field){"text", of_type(NTM_TYPE_TEXT, offsets, 0, 4)};
    f[9].column.text = "xabcdef";
    f[10] = (ntm_field){"decimals", of_type(NTM_TYPE_DECIMAL128, decimals, 16, 4)};
    f[10].column.scale = 2;
    f[11] = (ntm_field){"masked", ntm_column_int64(numbers, 4)};
    f[11].column.validity = mask;
    f[11].column.validity_offset = 0;
}

static ntm_table table_of(const ntm_field *fields, size_t count, size_t rows) {
    ntm_table table = NTM_TABLE_INIT;
    table.fields = fields;
    table.field_count = count;
    table.rows = rows;
    return table;
}

static void same_value(const ntm_column *a, const ntm_column *b, size_t row, const char *name) {
    ntm_known known = ntm_column_known(a, row);
    ntm_known expected = known == NTM_REPORTED ? NTM_REPORTED : NTM_NOT_REPORTED;
    if (ntm_column_known(b, row) != expected) fail_msg("%s, row %zu is known as %d", name, row, (int)known);
    if (known != NTM_REPORTED) return;
    ntm_error err = NTM_ERROR_INIT;
    if (a->type == NTM_TYPE_TEXT || a->categories != NULL) {
        const char *text[2];
        size_t size[2];
        assert_ok(ntm_column_text(&text[0], &size[0], a, row, &err), &err);
        assert_ok(ntm_column_text(&text[1], &size[1], b, row, &err), &err);
        assert_int_equal(size[0], size[1]);
        assert_memory_equal(text[0], text[1], size[0]);
        return;
    }
    ntm_decimal value[2];
    assert_ok(ntm_column_decimal(&value[0], a, row, &err), &err);
    assert_ok(ntm_column_decimal(&value[1], b, row, &err), &err);
    if (ntm_decimal_compare(value[0], value[1]) != 0) fail_msg("%s, row %zu differs", name, row);
}

/* Out and in again: the same table, with all that is not reported. */
static void round_trip(void **state) {
    (void)state;
    ntm_field fields[FIELDS];
    make_fields(fields);
    ntm_table table = table_of(fields, FIELDS, 4);
    struct ArrowSchema schema;
    struct ArrowArray array;
    ntm_error err = NTM_ERROR_INIT;
    fault f = FAULT_INIT;
    ntm_allocator allocator = fault_allocator(&f);
    int released = 0;
    assert_ok(ntm_arrow_export(&schema, &array, &table, count_release, &released, &allocator, &err), &err);
    assert_string_equal(schema.format, "+s");
    assert_int_equal(schema.n_children, FIELDS);
    assert_int_equal(array.length, 4);
    static const char *const formats[FIELDS] = {"l", "l", "l", "l", "d:19,2", "i", "g", "b", "b", "u", "d:38,2", "l"};
    for (size_t at = 0; at < FIELDS; at++) {
        assert_string_equal(schema.children[at]->format, formats[at]);
        assert_string_equal(schema.children[at]->name, fields[at].name);
        assert_ptr_not_equal(schema.children[at]->name, fields[at].name);
    }
    assert_ptr_equal(array.children[0]->buffers[1], numbers);
    assert_null(array.children[0]->buffers[0]);
    assert_ptr_not_equal(array.children[1]->buffers[1], numbers);
    assert_ptr_equal(array.children[5]->buffers[1], codes);
    assert_ptr_equal(array.children[6]->buffers[1], doubles);
    assert_ptr_equal(array.children[9]->buffers[1], offsets);
    assert_ptr_equal(array.children[11]->buffers[0], mask);
    assert_int_equal(array.children[11]->null_count, -1);
    assert_int_equal(array.children[0]->null_count, 0);
    ntm_arrow_table *back = NULL;
    assert_ok(ntm_arrow_import(&back, &schema, &array, NULL, &err), &err);
    for (size_t at = 0; at < FIELDS; at++) {
        const ntm_field *field = ntm_table_find(ntm_arrow_table_get(back), fields[at].name);
        for (size_t row = 0; row < 4; row++)
            same_value(&fields[at].column, &field->column, row, fields[at].name);
    }
    assert_int_equal(released, 0);
    ntm_arrow_table_free(back);
    assert_int_equal(released, 1);
    fault_assert_empty(&f);
}

/* The bitmaps of a bit column agree in their offset, whatever offsets they come with. */
static void bit_offsets(void **state) {
    (void)state;
    static const uint8_t many[4] = {0x35, 0xc7, 0x9a, 0x5b};
    for (size_t bit = 0; bit < 17; bit++) {
        for (size_t validity = 0; validity < 17; validity++) {
            ntm_field field = {"b", of_type(NTM_TYPE_BITS, many, 0, 12)};
            field.column.bit_offset = bit;
            field.column.validity = many;
            field.column.validity_offset = validity;
            ntm_table table = table_of(&field, 1, 12);
            struct ArrowSchema schema;
            struct ArrowArray array;
            ntm_error err = NTM_ERROR_INIT;
            assert_ok(ntm_arrow_export(&schema, &array, &table, NULL, NULL, NULL, &err), &err);
            ntm_arrow_table *back = NULL;
            assert_ok(ntm_arrow_import(&back, &schema, &array, NULL, &err), &err);
            for (size_t row = 0; row < 12; row++)
                same_value(&field.column, &ntm_arrow_table_get(back)->fields[0].column, row, "b");
            ntm_arrow_table_free(back);
        }
    }
}

static void releasing(void **state) {
    (void)state;
    ntm_field fields[FIELDS];
    make_fields(fields);
    ntm_table table = table_of(fields, FIELDS, 4);
    ntm_error err = NTM_ERROR_INIT;
    /* Either order. */
    for (int order = 0; order < 2; order++) {
        struct ArrowSchema schema;
        struct ArrowArray array;
        fault f = FAULT_INIT;
        ntm_allocator allocator = fault_allocator(&f);
        int released = 0;
        assert_ok(ntm_arrow_export(&schema, &array, &table, count_release, &released, &allocator, &err), &err);
        if (order == 0) schema.release(&schema);
        array.release(&array);
        assert_null(array.release);
        assert_int_equal(released, 1 - order);
        if (order == 1) schema.release(&schema);
        assert_null(schema.release);
        assert_int_equal(released, 1);
        fault_assert_empty(&f);
    }
    /* Columns and a dictionary moved out live on. */
    struct ArrowSchema schema;
    struct ArrowArray array;
    fault f = FAULT_INIT;
    ntm_allocator allocator = fault_allocator(&f);
    int released = 0;
    assert_ok(ntm_arrow_export(&schema, &array, &table, count_release, &released, &allocator, &err), &err);
    struct ArrowArray moved = *array.children[5];
    array.children[5]->release = NULL;
    struct ArrowArray strided = *array.children[1];
    array.children[1]->release = NULL;
    struct ArrowSchema type = *schema.children[5];
    schema.children[5]->release = NULL;
    schema.release(&schema);
    array.release(&array);
    assert_int_equal(released, 0);
    assert_int_equal(((const int64_t *)strided.buffers[1])[1], 3);
    strided.release(&strided);
    assert_int_equal(released, 0);
    assert_int_equal(moved.dictionary->length, 2);
    assert_memory_equal(moved.dictionary->buffers[2], "Bắc", 5);
    moved.release(&moved);
    assert_int_equal(released, 0);
    assert_string_equal(type.dictionary->format, "u");
    type.release(&type);
    assert_int_equal(released, 1);
    fault_assert_empty(&f);
}

static void empty_tables(void **state) {
    (void)state;
    struct ArrowSchema schema;
    struct ArrowArray array;
    ntm_error err = NTM_ERROR_INIT;
    ntm_table table = NTM_TABLE_INIT;
    assert_ok(ntm_arrow_export(&schema, &array, &table, NULL, NULL, NULL, &err), &err);
    assert_int_equal(schema.n_children, 0);
    schema.release(&schema);
    array.release(&array);
    ntm_field fields[6] = {{"i", ntm_column_int64(NULL, 0)},          {"d", ntm_column_double(NULL, 0)},
                           {"y", ntm_column_bytes(NULL, 0)},          {"c", ntm_column_codes(NULL, 0, names, 2)},
                           {"b", of_type(NTM_TYPE_BITS, NULL, 0, 0)}, {"t", of_type(NTM_TYPE_TEXT, NULL, 0, 0)}};
    table = table_of(fields, 6, 0);
    assert_ok(ntm_arrow_export(&schema, &array, &table, NULL, NULL, NULL, &err), &err);
    for (size_t at = 0; at < 6; at++)
        assert_non_null(array.children[at]->buffers[1]);
    assert_int_equal(array.children[5]->n_buffers, 3);
    assert_int_equal(((const int32_t *)array.children[5]->buffers[1])[0], 0);
    ntm_arrow_table *back = NULL;
    assert_ok(ntm_arrow_import(&back, &schema, &array, NULL, &err), &err);
    ntm_arrow_table_free(back);
}

static void refuses(const ntm_table *table, ntm_status status, const char *part) {
    struct ArrowSchema schema;
    struct ArrowArray array;
    memset(&schema, 0x33, sizeof schema);
    memset(&array, 0x33, sizeof array);
    struct ArrowSchema schema_before = schema;
    struct ArrowArray array_before = array;
    ntm_error err = NTM_ERROR_INIT;
    fault f = FAULT_INIT;
    ntm_allocator allocator = fault_allocator(&f);
    int released = 0;
    assert_fails(ntm_arrow_export(&schema, &array, table, count_release, &released, &allocator, &err), status, &err,
                 part);
    assert_memory_equal(&schema, &schema_before, sizeof schema);
    assert_memory_equal(&array, &array_before, sizeof array);
    assert_int_equal(released, 0); /* the caller keeps what was not taken */
    fault_assert_empty(&f);
}

static void refused(void **state) {
    (void)state;
    static const char *const nameless[2] = {"a", NULL};
    ntm_field field = {"x", ntm_column_bytes(bytes, 4)};
    ntm_table table = table_of(&field, 1, 4);
    refuses(&table, NTM_ERROR_VALUE, "expected 0 or 1");
    field.column = ntm_column_codes(codes, 4, names, 1);
    refuses(&table, NTM_ERROR_VALUE, "past the 1 categories");
    field.column = ntm_column_codes(codes, 4, nameless, 2);
    refuses(&table, NTM_ERROR_SHAPE, "no name");
    field.column = ntm_column_int64(numbers, 3);
    refuses(&table, NTM_ERROR_SHAPE, "3 rows");
    field.column = of_type(NTM_TYPE_INT64, numbers, 0, SIZE_MAX / 2);
    table.rows = SIZE_MAX / 2;
    refuses(&table, NTM_ERROR_SHAPE, "rows");
    refuses(NULL, NTM_ERROR_ARGUMENT, NULL);
    struct ArrowSchema schema;
    struct ArrowArray array;
    ntm_error err = NTM_ERROR_INIT;
    ntm_table empty = NTM_TABLE_INIT;
    ntm_allocator none = {NULL, NULL, NULL, NULL};
    assert_fails(ntm_arrow_export(NULL, &array, &empty, NULL, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_arrow_export(&schema, NULL, &empty, NULL, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_arrow_export(&schema, &array, &empty, NULL, NULL, &none, &err), NTM_ERROR_ARGUMENT, &err,
                 "allocator");
}

static ntm_status export_all(const ntm_allocator *allocator, void *context) {
    /* Many columns, so that the arena takes more than one block. */
    enum { MANY = 60 };
    static char field_names[MANY][4];
    ntm_field fields[MANY];
    (void)context;
    for (int at = 0; at < MANY; at++) {
        field_names[at][0] = (char)('a' + at / 10);
        field_names[at][1] = (char)('0' + at % 10);
    }
    ntm_field kinds[FIELDS];
    make_fields(kinds);
    for (int at = 0; at < MANY; at++)
        fields[at] = (ntm_field){field_names[at], kinds[at % FIELDS].column};
    ntm_table table = table_of(fields, MANY, 4);
    struct ArrowSchema schema = {.n_children = 77};
    struct ArrowArray array = {.length = 77};
    int released = 0;
    ntm_status status = ntm_arrow_export(&schema, &array, &table, count_release, &released, allocator, NULL);
    if (status != NTM_OK) {
        assert_int_equal(schema.n_children, 77);
        assert_int_equal(array.length, 77);
        assert_int_equal(released, 0);
    } else {
        schema.release(&schema);
        array.release(&array);
        assert_int_equal(released, 1);
    }
    return status;
}

static void without_memory(void **state) {
    (void)state;
    assert_true(fault_sweep(export_all, NULL, NTM_OK) >= 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(round_trip), cmocka_unit_test(bit_offsets),
                                       cmocka_unit_test(releasing),  cmocka_unit_test(empty_tables),
                                       cmocka_unit_test(refused),    cmocka_unit_test(without_memory)};
    return cmocka_run_group_tests_name("Arrow out", tests, NULL, NULL);
}
