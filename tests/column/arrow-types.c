/* SPDX-License-Identifier: Apache-2.0 */
/* Types of Arrow that are copied: views, large unsigned integers, points of time, nulls. */
#include <ntm/arrow.h>

#include <string.h>

#include "batch.h"
#include "fault.h"

/* One column of a single batch, imported under a name of its own. */
static ntm_status lone(ntm_arrow_table **table, batch *b, ntm_error *err) {
    ntm_arrow_stream *stream = NULL;
    ntm_arrow_options options = NTM_ARROW_OPTIONS_INIT;
    options.column = "x";
    ntm_status status = ntm_arrow_stream_of(&stream, &b->schemas[0], &b->arrays[0], NULL, err);
    if (status == NTM_OK) status = ntm_arrow_stream_read(table, stream, &options, err);
    ntm_arrow_stream_free(stream);
    return status;
}

static void string_views(void **state) {
    (void)state;
    struct view {
        int32_t size;
        char prefix[4];
        int32_t piece, from;
    } views[5] = {{3, "abc", 0, 0}, {13, "long", 1, 2}, {0, "", 0, 0}, {-5, "", 9, 9}, {13, "long", 0, 0}};
    static const char *const pieces[2] = {"a long text !", "xxlonger text 1"};
    int64_t sizes[2] = {13, 15};
    static const uint8_t mask = 0xf7; /* what stands in the null row has no meaning */
    const void *buffers[5] = {&mask, views, pieces[0], pieces[1], sizes};
    batch b;
    ntm_arrow_table *table = NULL;
    ntm_error err = NTM_ERROR_INIT;
    for (int wrong = 0; wrong < 5; wrong++) {
        batch_start(&b, 5);
        struct ArrowArray *a = batch_add(&b, "t", "vu", NULL, NULL);
        a->n_buffers = 5;
        a->buffers = buffers;
        a->null_count = 1;
        struct view kept = views[1];
        if (wrong == 1) views[1].piece = 2;
        if (wrong == 2) views[1].from = 3;
        if (wrong == 3) views[1].size = -1;
        if (wrong == 4) views[1].from = -1;
        if (wrong > 0) {
            assert_fails(lone(&table, &b, &err), NTM_ERROR_SHAPE, &err, "past its buffer");
            assert_int_equal(err.row, 1);
            views[1] = kept;
            continue;
        }
        assert_ok(lone(&table, &b, &err), &err);
        static const char *const expected[5] = {"abc", "longer text 1", "", NULL, "a long text !"};
        for (size_t row = 0; row < 5; row++)
            batch_is_text(batch_column(table, "x"), row, expected[row]);
        ntm_arrow_table_free(table);
    }
    buffers[4] = NULL;
    batch_start(&b, 5);
    batch_add(&b, "t", "vu", NULL, NULL)->n_buffers = 5;
    b.arrays[0].buffers = buffers;
    assert_fails(lone(&table, &b, &err), NTM_ERROR_SHAPE, &err, "sizes");
}

static void large_numbers_and_days(void **state) {
    (void)state;
    static const uint64_t large[3] = {UINT64_MAX, INT64_MAX, 5};
    static const uint8_t mask = 0x06;
    static const struct {
        const char *format;
        int64_t a_day;
    } cases[] = {
        {"tss:", 86400}, {"tsm:", 86400000}, {"tsu:", 86400000000}, {"tsn:", 86400000000000}, {"tdm", 86400000}};
    batch b;
    ntm_arrow_table *table = NULL;
    ntm_error err = NTM_ERROR_INIT;
    batch_start(&b, 3);
    (void)batch_add(&b, "n", "L", large, NULL);
    assert_fails(lone(&table, &b, &err), NTM_ERROR_OVERFLOW, &err, "18446744073709551615 is beyond int64");
    assert_int_equal(err.row, 0);
    batch_start(&b, 3);
    batch_add(&b, "n", "L", large, NULL)->null_count = 1;
    b.column_buffers[0][0] = &mask;
    assert_ok(lone(&table, &b, &err), &err);
    assert_int_equal(batch_number(batch_column(table, "x"), 1), INT64_MAX);
    ntm_arrow_table_free(table);
    for (size_t at = 0; at < sizeof cases / sizeof *cases; at++) {
        int64_t points[3] = {1, 18317 * cases[at].a_day, -3 * cases[at].a_day};
        batch_start(&b, 3);
        batch_add(&b, "n", cases[at].format, points, NULL)->null_count = 1;
        b.column_buffers[0][0] = &mask;
        assert_ok(lone(&table, &b, &err), &err);
        assert_int_equal(batch_number(batch_column(table, "x"), 1), 18317);
        assert_int_equal(batch_number(batch_column(table, "x"), 2), -3);
        ntm_arrow_table_free(table);
        points[2]++;
        batch_start(&b, 3);
        batch_add(&b, "n", cases[at].format, points, NULL)->null_count = 1;
        b.column_buffers[0][0] = &mask;
        assert_fails(lone(&table, &b, &err), NTM_ERROR_SHAPE, &err, "not a whole day");
        assert_int_equal(err.row, 2);
    }
}

static void nulls(void **state) {
    (void)state;
    batch b;
    ntm_arrow_table *table = NULL;
    ntm_error err = NTM_ERROR_INIT;
    for (int64_t buffers = 0; buffers < 3; buffers++) {
        batch_start(&b, 9);
        struct ArrowArray *a = batch_add(&b, "n", "n", NULL, NULL);
        a->n_buffers = buffers;
        a->null_count = 9;
        a->buffers = buffers == 0 ? NULL : a->buffers;
        if (buffers == 2) {
            assert_fails(lone(&table, &b, &err), NTM_ERROR_SHAPE, &err, "2 buffers");
            continue;
        }
        assert_ok(lone(&table, &b, &err), &err);
        for (size_t row = 0; row < 9; row++)
            assert_int_equal(ntm_column_known(batch_column(table, "x"), row), NTM_NOT_REPORTED);
        ntm_arrow_table_free(table);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(string_views), cmocka_unit_test(nulls),
                                       cmocka_unit_test(large_numbers_and_days)};
    return cmocka_run_group_tests_name("Arrow types", tests, NULL, NULL);
}
