/* SPDX-License-Identifier: Apache-2.0 */
/* Statuses, the caller's ntm_error of every size, lists of problems. */
#include "base/error.h"
#include "fault.h"

#include <string.h>

#include <ntm/version.h>

#include "base/text.h"

static void statuses(void **state) {
    (void)state;
    for (int status = 0; status < NTM_STATUS_END; status++) {
        const char *name = ntm_status_name((ntm_status)status);
        assert_memory_equal(name, "NTM_", 4);
        assert_null(strchr(name, '?'));
        assert_true(strlen(ntm_status_text((ntm_status)status)) > 0);
        for (int other = 0; other < status; other++) {
            assert_string_not_equal(name, ntm_status_name((ntm_status)other));
            assert_string_not_equal(ntm_status_text((ntm_status)status), ntm_status_text((ntm_status)other));
        }
    }
    assert_string_equal(ntm_status_name(NTM_OK), "NTM_OK");
    assert_string_equal(ntm_status_name(NTM_ERROR_NOT_IN_FORCE), "NTM_ERROR_NOT_IN_FORCE");
    assert_string_equal(ntm_status_name((ntm_status)NTM_STATUS_END), "NTM_ERROR_?");
    assert_string_equal(ntm_status_name((ntm_status)-1), "NTM_ERROR_?");
    assert_non_null(ntm_status_text((ntm_status)99));
    assert_string_equal(ntm_version(), NTM_VERSION);
}

static void filling(void **state) {
    (void)state;
    ntm_error err = NTM_ERROR_INIT;
    ntm_i_place place = {"file.csv", 3, 4, 5};
    assert_int_equal(ntm_i_fail(&err, NTM_ERROR_VALUE, place, "%d of %s", 7, "nine"), NTM_ERROR_VALUE);
    assert_int_equal(err.struct_size, sizeof err);
    assert_int_equal(err.status, NTM_ERROR_VALUE);
    assert_int_equal(err.line, 3);
    assert_int_equal(err.column, 4);
    assert_int_equal(err.row, 5);
    assert_string_equal(err.subject, "file.csv");
    assert_string_equal(err.message, "7 of nine");
    assert_int_equal(ntm_i_fail(NULL, NTM_ERROR_UNIT, NTM_I_NOWHERE, "x"), NTM_ERROR_UNIT);
    assert_int_equal(ntm_i_no_memory(&err), NTM_ERROR_MEMORY);
    assert_int_equal(err.row, NTM_NO_ROW);
    assert_string_equal(err.subject, "");
}

/* Input goes into messages: it may neither break the line nor be anything but UTF-8. */
static void hostile_text(void **state) {
    (void)state;
    ntm_error err = NTM_ERROR_INIT;
    (void)ntm_i_fail(&err, NTM_ERROR_VALUE, NTM_I_SUBJECT("a\nb\xff\x01\xc3"), "x\r\ny\x7f\xe1\xba%s", "z");
    assert_string_equal(err.subject, "a b? ?");
    assert_string_equal(err.message, "x  y ??z");
}

/* Long texts end between two characters, whatever their length. */
static void cutting(void **state) {
    (void)state;
    char text[600];
    for (size_t lead = 0; lead < 4; lead++) {
        memset(text, 'a', lead);
        size_t at = lead;
        for (; at + 3 < sizeof text; at += 3)
            memcpy(text + at, "ỷ", 3);
        text[at] = '\0';
        ntm_error err = NTM_ERROR_INIT;
        (void)ntm_i_fail(&err, NTM_ERROR_VALUE, NTM_I_SUBJECT(text), "%s", text);
        assert_true(ntm_i_utf8_valid(err.subject, strlen(err.subject), NULL));
        assert_true(ntm_i_utf8_valid(err.message, strlen(err.message), NULL));
        assert_in_range(strlen(err.subject), sizeof err.subject - 3, sizeof err.subject - 1);
        assert_in_range(strlen(err.message), sizeof err.message - 3, sizeof err.message - 1);
        assert_memory_equal(err.message, text, strlen(err.message));
    }
}

/* An older caller has a shorter struct, a broken one any number there: nothing behind it is touched. */
static void short_structs(void **state) {
    (void)state;
    for (size_t size = 0; size <= sizeof(ntm_error) + 8; size++) {
        union {
            ntm_error err;
            unsigned char bytes[sizeof(ntm_error) + 16];
        } room;
        memset(&room, 0xee, sizeof room);
        room.err.struct_size = size;
        (void)ntm_i_fail(&room.err, NTM_ERROR_UNIT, NTM_I_SUBJECT("ỷỷỷỷỷỷỷỷ"), "tỷ tỷ tỷ tỷ tỷ tỷ tỷ");
        assert_int_equal(room.err.struct_size, size);
        size_t end = size < sizeof(ntm_error) ? size : sizeof(ntm_error);
        if (end < sizeof(size_t)) end = sizeof(size_t);
        for (size_t at = end; at < sizeof room; at++)
            assert_int_equal(room.bytes[at], 0xee);
        bool has_status = size >= offsetof(ntm_error, status) + sizeof(ntm_status);
        if (has_status) {
            assert_int_equal(room.err.status, NTM_ERROR_UNIT);
        } else {
            for (size_t at = sizeof(size_t); at < sizeof room; at++)
                assert_int_equal(room.bytes[at], 0xee);
        }
        if (size > offsetof(ntm_error, subject)) {
            const char *end_of_text = memchr(room.err.subject, 0, end - offsetof(ntm_error, subject));
            assert_non_null(end_of_text);
            assert_true(ntm_i_utf8_valid(room.err.subject, strlen(room.err.subject), NULL));
        }
        if (size > offsetof(ntm_error, message)) {
            assert_non_null(memchr(room.err.message, 0, end - offsetof(ntm_error, message)));
            assert_true(ntm_i_utf8_valid(room.err.message, strlen(room.err.message), NULL));
        }
    }
}

static void copying(void **state) {
    (void)state;
    ntm_error from = NTM_ERROR_INIT;
    ntm_error to = NTM_ERROR_INIT;
    (void)ntm_i_fail(&from, NTM_ERROR_SHAPE, NTM_I_LINE("f", 1, 2), "m");
    assert_int_equal(ntm_i_error_copy(&to, &from), NTM_ERROR_SHAPE);
    assert_memory_equal(&to, &from, sizeof to);
    assert_int_equal(ntm_i_error_copy(NULL, &from), NTM_ERROR_SHAPE);
    assert_int_equal(ntm_i_error_copy(&to, NULL), NTM_OK);
    assert_int_equal(ntm_i_error_copy(&from, &from), NTM_ERROR_SHAPE);
    ntm_error small = NTM_ERROR_INIT;
    small.struct_size = offsetof(ntm_error, subject);
    assert_int_equal(ntm_i_error_copy(&small, &from), NTM_ERROR_SHAPE);
    assert_int_equal(small.line, 1);
    assert_string_equal(small.subject, "");
    assert_int_equal(small.struct_size, offsetof(ntm_error, subject));
    ntm_error back = NTM_ERROR_INIT;
    assert_int_equal(ntm_i_error_copy(&back, &small), NTM_ERROR_SHAPE);
    assert_int_equal(back.struct_size, sizeof back);
    assert_string_equal(back.message, "");
}

static void problems(void **state) {
    (void)state;
    fault f = FAULT_INIT;
    ntm_allocator allocator = fault_allocator(&f);
    ntm_error err = NTM_ERROR_INIT;
    ntm_problems *list = NULL;
    assert_ok(ntm_problems_new(&list, 3, &allocator, &err), &err);
    assert_int_equal(ntm_problems_count(list), 0);
    assert_int_equal(ntm_problems_found(list), 0);
    assert_null(ntm_problems_get(list, 0));
    for (uint32_t line = 1; line <= 5; line++) {
        ntm_error problem = NTM_ERROR_INIT;
        (void)ntm_i_fail(&problem, NTM_ERROR_SCHEMA, NTM_I_LINE("f", line, 1), "p%u", (unsigned)line);
        ntm_i_problems_add(list, &problem);
    }
    assert_int_equal(ntm_problems_count(list), 3);
    assert_int_equal(ntm_problems_found(list), 5);
    for (uint32_t line = 1; line <= 3; line++)
        assert_int_equal(ntm_problems_get(list, line - 1)->line, line);
    assert_string_equal(ntm_problems_get(list, 2)->message, "p3");
    assert_int_equal(ntm_problems_get(list, 0)->struct_size, sizeof(ntm_error));
    assert_null(ntm_problems_get(list, 3));
    assert_null(ntm_problems_get(list, SIZE_MAX));
    ntm_i_problems_add(list, NULL);
    ntm_i_problems_add(NULL, &err);
    assert_int_equal(ntm_problems_found(list), 5);
    ntm_problems_free(list);
    fault_assert_empty(&f);
    ntm_problems_free(NULL);
    assert_int_equal(ntm_problems_count(NULL), 0);
    assert_int_equal(ntm_problems_found(NULL), 0);
    assert_null(ntm_problems_get(NULL, 0));
}

static void problems_limits(void **state) {
    (void)state;
    ntm_error err = NTM_ERROR_INIT;
    ntm_problems *list = NULL;
    assert_fails(ntm_problems_new(NULL, 0, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    ntm_allocator none = {NULL, NULL, NULL, NULL};
    assert_fails(ntm_problems_new(&list, 0, &none, &err), NTM_ERROR_ARGUMENT, &err, "allocator");
    assert_null(list);
    assert_ok(ntm_problems_new(&list, 0, NULL, &err), &err);
    ntm_error problem = NTM_ERROR_INIT;
    for (int count = 0; count < 250; count++) {
        (void)ntm_i_fail(&problem, NTM_ERROR_SCHEMA, NTM_I_NOWHERE, "p");
        ntm_i_problems_add(list, &problem);
    }
    assert_int_equal(ntm_problems_count(list), 100);
    assert_int_equal(ntm_problems_found(list), 250);
    ntm_problems_free(list);
}

static ntm_status make_problems(const ntm_allocator *allocator, void *context) {
    ntm_problems *list = NULL;
    ntm_status status = ntm_problems_new(&list, 0, allocator, NULL);
    (void)context;
    if (status != NTM_OK) assert_null(list);
    ntm_problems_free(list);
    return status;
}

/* A lost problem is still counted as found. */
static ntm_status add_problems(const ntm_allocator *allocator, void *context) {
    ntm_problems *list = NULL;
    ntm_status status = ntm_problems_new(&list, 0, allocator, NULL);
    (void)context;
    if (status != NTM_OK) return status;
    for (int count = 0; count < 40; count++) {
        ntm_error problem = NTM_ERROR_INIT;
        (void)ntm_i_fail(&problem, NTM_ERROR_SCHEMA, NTM_I_NOWHERE, "p");
        ntm_i_problems_add(list, &problem);
    }
    assert_int_equal(ntm_problems_found(list), 40);
    assert_in_range(ntm_problems_count(list), 39, 40);
    ntm_problems_free(list);
    return NTM_OK;
}

static void problems_without_memory(void **state) {
    (void)state;
    assert_int_equal(fault_sweep(make_problems, NULL, NTM_OK), 1);
    assert_true(fault_sweep_tolerant(add_problems, NULL, NTM_OK) > 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statuses), cmocka_unit_test(filling),         cmocka_unit_test(hostile_text),
        cmocka_unit_test(cutting),  cmocka_unit_test(short_structs),   cmocka_unit_test(copying),
        cmocka_unit_test(problems), cmocka_unit_test(problems_limits), cmocka_unit_test(problems_without_memory)};
    return cmocka_run_group_tests_name("errors", tests, NULL, NULL);
}
