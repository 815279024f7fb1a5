/* SPDX-License-Identifier: Apache-2.0 */
/* Written text, UTF-8, files, output into fixed buffers. */
#include "base/text.h"
#include "fault.h"
#include "scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/output.h"
#include "base/utf8.h"

static void writing(void **state) {
    (void)state;
    fault f = FAULT_INIT;
    ntm_allocator allocator = fault_allocator(&f);
    ntm_error err = NTM_ERROR_INIT;
    ntm_i_writer writer;
    ntm_text *text = NULL;
    ntm_i_writer_start(&writer, &allocator);
    ntm_i_write_text(&writer, "tỷ ");
    ntm_i_write_text(&writer, NULL);
    ntm_i_write(&writer, "đồngX", 7);
    ntm_i_writef(&writer, " %d", 42);
    ntm_i_writef(&writer, "%600s", "end");
    assert_ok(ntm_i_writer_finish(&text, &writer, &err), &err);
    assert_int_equal(ntm_text_size(text), strlen("tỷ đồng 42") + 600);
    assert_memory_equal(ntm_text_data(text), "tỷ đồng 42   ", strlen("tỷ đồng 42   "));
    assert_string_equal(ntm_text_data(text) + ntm_text_size(text) - 4, " end");
    ntm_text_free(text);
    fault_assert_empty(&f);
    ntm_i_writer_start(&writer, &allocator);
    assert_ok(ntm_i_writer_finish(&text, &writer, &err), &err);
    assert_string_equal(ntm_text_data(text), "");
    assert_int_equal(ntm_text_size(text), 0);
    ntm_text_free(text);
    ntm_i_writer_start(&writer, &allocator);
    ntm_i_write_text(&writer, "thrown away");
    ntm_i_writer_end(&writer);
    fault_assert_empty(&f);
    ntm_text_free(NULL);
    assert_string_equal(ntm_text_data(NULL), "");
    assert_int_equal(ntm_text_size(NULL), 0);
}

static ntm_status write_much(const ntm_allocator *allocator, void *context) {
    ntm_i_writer writer;
    ntm_text *text = NULL;
    (void)context;
    ntm_i_writer_start(&writer, allocator);
    for (int round = 0; round < 50; round++) {
        ntm_i_writef(&writer, "row %d ", round);
        ntm_i_writef(&writer, "%300d", round);
    }
    ntm_status status = ntm_i_writer_finish(&text, &writer, NULL);
    if (status != NTM_OK) assert_null(text);
    ntm_text_free(text);
    return status;
}

static void writing_without_memory(void **state) {
    (void)state;
    assert_true(fault_sweep(write_much, NULL, NTM_OK) > 50);
}

/* Every sequence of up to three bytes that begin anywhere, against the definition. */
static bool well_formed(const unsigned char *b, size_t size) {
    if (size == 1) return b[0] != 0 && b[0] < 0x80;
    if (size == 2) return b[0] >= 0xc2 && b[0] <= 0xdf && (b[1] & 0xc0) == 0x80;
    unsigned low = b[0] == 0xe0 ? 0xa0 : 0x80;
    unsigned high = b[0] == 0xed ? 0x9f : 0xbf;
    return (b[0] & 0xf0) == 0xe0 && b[1] >= low && b[1] <= high && (b[2] & 0xc0) == 0x80;
}

static void utf8_exhaustive(void **state) {
    (void)state;
    for (unsigned a = 0; a < 256; a++) {
        unsigned char one[1] = {(unsigned char)a};
        assert_int_equal(ntm_i_utf8_valid((char *)one, 1, NULL), well_formed(one, 1));
        for (unsigned b = 0; b < 256; b++) {
            unsigned char two[2] = {(unsigned char)a, (unsigned char)b};
            bool expected = well_formed(two, 2) || (well_formed(two, 1) && well_formed(two + 1, 1));
            assert_int_equal(ntm_i_utf8_valid((char *)two, 2, NULL), expected);
            if (a < 0xe0 || a > 0xef) continue;
            for (unsigned c = 0; c < 256; c++) {
                unsigned char three[3] = {(unsigned char)a, (unsigned char)b, (unsigned char)c};
                assert_int_equal(ntm_i_utf8_valid((char *)three, 3, NULL), well_formed(three, 3));
            }
        }
    }
}

static void utf8_cases(void **state) {
    (void)state;
    size_t bad = 99;
    assert_true(ntm_i_utf8_valid("", 0, &bad));
    assert_true(ntm_i_utf8_valid("tỷ đồng 😀", strlen("tỷ đồng 😀"), &bad));
    assert_true(ntm_i_utf8_valid("\xf4\x8f\xbf\xbf", 4, &bad));
    assert_int_equal(bad, 99);
    static const struct {
        const char *text;
        size_t size;
        size_t bad;
    } wrong[] = {{"ab\0c", 4, 2},        {"ab\xff", 3, 2},           {"a\xc0\x80", 3, 1},
                 {"\xed\xa0\x80", 3, 0}, {"\xf4\x90\x80\x80", 4, 0}, {"\xf0\x80\x80\x80", 4, 0},
                 {"t\xe1\xbb", 3, 1},    {"\xf5\x80\x80\x80", 4, 0}, {"\xf0\x9f\x98", 3, 0}};
    for (size_t at = 0; at < sizeof wrong / sizeof wrong[0]; at++) {
        assert_false(ntm_i_utf8_valid(wrong[at].text, wrong[at].size, &bad));
        assert_int_equal(bad, wrong[at].bad);
    }
    assert_int_equal(ntm_i_utf8_length("tỷ đồng", strlen("tỷ đồng")), 7);
    assert_true(ntm_i_is_space(0xa0));
    assert_true(ntm_i_is_space(0x3000));
    assert_true(ntm_i_is_space('\t'));
    assert_false(ntm_i_is_space('x'));
    assert_false(ntm_i_is_space(0x200b));
    assert_int_equal(ntm_i_shown("abc", 3), 3);
    char text[100];
    memset(text, 'a', sizeof text);
    assert_int_equal(ntm_i_shown(text, sizeof text), 48);
    memcpy(text + 46, "ỷ", 3);
    assert_int_equal(ntm_i_shown(text, sizeof text), 46);
}

static void output_buffers(void **state) {
    (void)state;
    const char *whole = "7 tỷ đ";
    for (size_t capacity = 0; capacity <= strlen(whole) + 2; capacity++) {
        char buffer[32];
        memset(buffer, 'x', sizeof buffer);
        ntm_i_output to = {buffer, capacity, 0};
        ntm_i_put_text(&to, whole);
        assert_int_equal(ntm_i_put_end(&to), strlen(whole));
        if (capacity > 0) {
            assert_true(strlen(buffer) < capacity);
            assert_memory_equal(buffer, whole, strlen(buffer));
            assert_true(ntm_i_utf8_valid(buffer, strlen(buffer), NULL));
        }
        for (size_t at = capacity; at < sizeof buffer; at++)
            assert_int_equal(buffer[at], 'x');
    }
}

/* Writes a file of `size` bytes beside the test's build and gives its name. */
static const char *make_file(size_t size) {
    static char path[] = "ntm-test-text.tmp";
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    for (size_t at = 0; at < size; at++)
        assert_int_not_equal(fputc((int)('a' + at % 26), file), EOF);
    assert_int_equal(fclose(file), 0);
    return path;
}

static void files(void **state) {
    (void)state;
    static const size_t sizes[] = {0, 1, 16383, 16384, 16385, 40000};
    ntm_error err = NTM_ERROR_INIT;
    for (size_t at = 0; at < sizeof sizes / sizeof sizes[0]; at++) {
        fault f = FAULT_INIT;
        ntm_allocator allocator = fault_allocator(&f);
        const char *path = make_file(sizes[at]);
        char *bytes = NULL;
        size_t size = 7;
        assert_ok(ntm_i_file_read(&bytes, &size, path, sizes[at], &allocator, &err), &err);
        assert_int_equal(size, sizes[at]);
        assert_int_equal(bytes[size], 0);
        for (size_t byte = 0; byte < size; byte++)
            assert_int_equal(bytes[byte], 'a' + byte % 26);
        ntm_i_release(&allocator, bytes, size + 1, 1);
        fault_assert_empty(&f);
        if (sizes[at] == 0) continue;
        bytes = NULL;
        assert_fails(ntm_i_file_read(&bytes, &size, path, sizes[at] - 1, &allocator, &err), NTM_ERROR_LIMIT, &err,
                     "larger");
        assert_string_equal(err.subject, path);
        assert_null(bytes);
        fault_assert_empty(&f);
    }
    char *bytes = NULL;
    size_t size = 7;
    assert_fails(ntm_i_file_read(&bytes, &size, "no/such/file", 10, NULL, &err), NTM_ERROR_IO, &err,
                 "no such file or directory");
    char part[64];
    (void)snprintf(part, sizeof part, "%s/x", make_file(1));
    assert_fails(ntm_i_file_read(&bytes, &size, part, 10, NULL, &err), NTM_ERROR_IO, &err, "not a directory");
    char lengthy[9000];
    memset(lengthy, 'a', sizeof lengthy - 1);
    lengthy[sizeof lengthy - 1] = '\0';
    assert_fails(ntm_i_file_read(&bytes, &size, lengthy, 10, NULL, &err), NTM_ERROR_IO, &err, "too long");
    assert_fails(ntm_i_file_read(&bytes, &size, ".", 10, NULL, &err), NTM_ERROR_IO, &err, "directory");
    assert_int_equal(size, 7);
    assert_null(bytes);
}

static ntm_status read_file(const ntm_allocator *allocator, void *context) {
    char *bytes = NULL;
    size_t size = 7;
    ntm_status status = ntm_i_file_read(&bytes, &size, context, SIZE_MAX, allocator, NULL);
    if (status == NTM_OK) {
        ntm_i_release(allocator, bytes, size + 1, 1);
    } else {
        assert_null(bytes);
        assert_int_equal(size, 7);
    }
    return status;
}

static void files_without_memory(void **state) {
    (void)state;
    char path[64];
    (void)snprintf(path, sizeof path, "%s", make_file(70000));
    assert_true(fault_sweep(read_file, path, NTM_OK) >= 4);
    assert_int_equal(remove(path), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(writing),
                                       cmocka_unit_test(writing_without_memory),
                                       cmocka_unit_test(utf8_exhaustive),
                                       cmocka_unit_test(utf8_cases),
                                       cmocka_unit_test(output_buffers),
                                       cmocka_unit_test(files),
                                       cmocka_unit_test(files_without_memory)};
    return cmocka_run_group_tests_name("text", tests, scratch_enter, scratch_leave);
}
