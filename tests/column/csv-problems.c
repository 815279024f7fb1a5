/* SPDX-License-Identifier: Apache-2.0 */
/* CSV that cannot be read: every problem, where it is, and all of them. */
#include <ntm/column.h>

#include "fault.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const ntm_csv_field fields[] = {
    {.header = "xã", .name = "name", .kind = NTM_CSV_TEXT},
    {.header = "hộ", .name = "n", .kind = NTM_CSV_NUMBER, .locale = NTM_LOCALE_VI, .scale = 1},
    {.header = "tiền", .name = "m", .kind = NTM_CSV_MONEY, .locale = NTM_LOCALE_VI, .money_unit = 1000000000},
    {.header = "ngày", .name = "d", .kind = NTM_CSV_DATE},
    {.header = "đạt", .name = "f", .kind = NTM_CSV_FLAG}};

/* A file with this header and these rows has exactly this problem. */
static void one_problem(const char *text, size_t size, ntm_status status, uint32_t line, uint32_t column, uint64_t row,
                        const char *part) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_problems *problems = NULL;
    assert_ok(ntm_problems_new(&problems, 0, NULL, &err), &err);
    fault f = FAULT_INIT;
    ntm_allocator allocator = fault_allocator(&f);
    ntm_csv_options options = NTM_CSV_OPTIONS_INIT;
    options.problems = problems;
    options.allocator = &allocator;
    ntm_csv *csv = NULL;
    ntm_status found = ntm_csv_read(&csv, text, size, "t.csv", fields, 5, &options, &err);
    if (found != status) fail_msg("%s gives %s", text, ntm_status_name(found));
    fault_assert_error(&err, status, part, text);
    if (err.line != line || err.column != column || err.row != row)
        fail_msg("%s: line %u column %u row %lld: %s", text, (unsigned)err.line, (unsigned)err.column,
                 (long long)err.row, err.message);
    assert_string_equal(err.subject, "t.csv");
    assert_null(csv);
    if (ntm_problems_found(problems) != 1)
        fail_msg("%s: %zu problems, the second: %s", text, ntm_problems_found(problems),
                 ntm_problems_get(problems, 1)->message);
    assert_memory_equal(ntm_problems_get(problems, 0), &err, sizeof err);
    fault_assert_empty(&f);
    ntm_problems_free(problems);
}

#define HEAD "xã,hộ,tiền,ngày,đạt\n"

static void in_cells(void **state) {
    (void)state;
    static const struct {
        const char *rows;
        ntm_status status;
        uint32_t line;
        uint32_t column;
        uint64_t row;
        const char *part;
    } cases[] = {
        {"Thạch Hà,đang cập nhật,,,", NTM_ERROR_SYNTAX, 2, 10, 0, "column \"hộ\": \"đang cập nhật\" is not a number"},
        {"a,,,,\nb,12.34,,,", NTM_ERROR_SYNTAX, 3, 3, 1, "grouped in threes; expected one like 1.234,5"},
        {"a,\"1,25\",,,", NTM_ERROR_SYNTAX, 2, 4, 0, "has 2 digits after the mark, expected at most 1"},
        {"a,922337203685477580800,,,", NTM_ERROR_OVERFLOW, 2, 3, 0, "64-bit"},
        {"a,922337203685477580.900,,,", NTM_ERROR_SYNTAX, 2, 3, 0, NULL},
        {"a,9223372036854775807,,,", NTM_ERROR_OVERFLOW, 2, 3, 0, "at the scale of the column"},
        {"a, 12,,,", NTM_ERROR_SYNTAX, 2, 3, 0, NULL},
        {"a,,\"0,0000000001\",,", NTM_ERROR_SYNTAX, 2, 5, 0, "parts of a đồng"},
        {"a,,9223372037,,", NTM_ERROR_OVERFLOW, 2, 4, 0, "in đồng"},
        {"a,,x,,", NTM_ERROR_SYNTAX, 2, 4, 0, "column \"tiền\""},
        {"a,,,25/02/2020,", NTM_ERROR_SYNTAX, 2, 5, 0, "YYYY-MM-DD"},
        {"a,,,2021-02-29,", NTM_ERROR_SYNTAX, 2, 5, 0, "no day"},
        {"a,,,,có", NTM_ERROR_SYNTAX, 2, 6, 0, "\"có\" is neither yes nor no: expected \"1\" or \"0\""},
        {"\"a\nb\",x,,,", NTM_ERROR_SYNTAX, 3, 4, 0, "column \"hộ\""},
        {"a,,,", NTM_ERROR_SYNTAX, 2, 0, 0, "the row has 4 cells, expected 5"},
        {"a,,,,,", NTM_ERROR_SYNTAX, 2, 0, 0, "the row has 6 cells, expected 5"},
        {"a,,,,\n\nb,,,,", NTM_ERROR_SYNTAX, 3, 0, 1, "an empty line: 1 cell, expected 5"},
        {"ỷ\"b\",,,,", NTM_ERROR_SYNTAX, 2, 2, 0, "a quote inside a cell"},
        {"\"ỷ\"b,,,,\nc,,,,", NTM_ERROR_SYNTAX, 2, 4, 0, "text after a closing quote"},
        {"a,,,,\nb,\"x,,,\nc,,,,\n", NTM_ERROR_SYNTAX, 3, 3, 1, "never closed"},
        {"a,,,,\n\"", NTM_ERROR_SYNTAX, 3, 1, 1, "never closed"},
        {"a\rb,,,,", NTM_ERROR_SYNTAX, 2, 2, 0, "carriage return"}};
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        char text[256];
        (void)snprintf(text, sizeof text, "%s%s", HEAD, cases[at].rows);
        one_problem(text, strlen(text), cases[at].status, cases[at].line, cases[at].column, cases[at].row,
                    cases[at].part);
    }
}

static void in_files(void **state) {
    (void)state;
    one_problem("", 0, NTM_ERROR_SYNTAX, 1, 0, NTM_NO_ROW, "an empty file");
    one_problem("\xef\xbb\xbf", 3, NTM_ERROR_SYNTAX, 1, 0, NTM_NO_ROW, "an empty file");
    one_problem("# only\n# this\n", 14, NTM_ERROR_SYNTAX, 3, 0, NTM_NO_ROW, "nothing but comments");
    static const char missing[] = "#c\nxã,hộ,Tiền,ngày,đạt\n";
    one_problem(missing, strlen(missing), NTM_ERROR_SHAPE, 2, 0, NTM_NO_ROW, "no column \"tiền\"");
    static const char doubled[] = "xã,hộ,tiền,ngày,đạt,khác,hộ,khác\n";
    one_problem(doubled, strlen(doubled), NTM_ERROR_SHAPE, 1, 26, NTM_NO_ROW, "a second column \"hộ\"");
    static const char marked[] = "\xef\xbb\xbf"
                                 "xã,hộ,tiền,ngày,đạt,hộ\n"; /* the mark is no character of the line */
    one_problem(marked, strlen(marked), NTM_ERROR_SHAPE, 1, 21, NTM_NO_ROW, "a second column");
    static const char open_header[] = "xã,hộ,\"tiền";
    one_problem(open_header, strlen(open_header), NTM_ERROR_SYNTAX, 1, 7, NTM_NO_ROW, "never closed");
    static const char nul[] = HEAD "a,,\0,,";
    one_problem(nul, sizeof nul - 1, NTM_ERROR_SYNTAX, 2, 4, NTM_NO_ROW, "NUL");
    static const char latin[] = HEAD "ỷ,\xe9,,,\xe9\n";
    one_problem(latin, strlen(latin), NTM_ERROR_SYNTAX, 2, 3, NTM_NO_ROW, "byte 0xE9 is not UTF-8");
    static const char utf16[] = "\xff\xfe"
                                "a\0,\0";
    one_problem(utf16, 6, NTM_ERROR_SYNTAX, 1, 1, NTM_NO_ROW, "UTF-16");
}

/* Every line with bytes in another encoding, with its line. */
static void every_bad_line(void **state) {
    (void)state;
    ntm_error err = NTM_ERROR_INIT;
    ntm_problems *problems = NULL;
    assert_ok(ntm_problems_new(&problems, 0, NULL, &err), &err);
    ntm_csv_options options = NTM_CSV_OPTIONS_INIT;
    options.problems = problems;
    ntm_csv *csv = NULL;
    static const char text[] = "xã\nb\xff\xff\nok\n\n\xc3(\n\xe1\xba";
    assert_fails(ntm_csv_read(&csv, text, strlen(text), "t", fields, 1, &options, &err), NTM_ERROR_SYNTAX, &err,
                 "UTF-8");
    assert_int_equal(ntm_problems_count(problems), 3);
    static const uint32_t lines[] = {2, 5, 6};
    static const uint32_t columns[] = {2, 1, 1};
    for (size_t at = 0; at < 3; at++) {
        assert_int_equal(ntm_problems_get(problems, at)->line, lines[at]);
        assert_int_equal(ntm_problems_get(problems, at)->column, columns[at]);
    }
    ntm_problems_free(problems);
}

static void all_problems(void **state) {
    (void)state;
    static const char text[] = "xã,hộ,ngày,đạt\n" /* tiền is missing */
                               "a,x,25/2,7\n"
                               "b,1\n"
                               "c\"d,1,,\n"
                               "e,\"1\"2,,\n"
                               "f,1,,1\n"
                               "g,\"";
    static const struct {
        ntm_status status;
        uint32_t line;
        uint64_t row;
    } expected[] = {{NTM_ERROR_SHAPE, 1, NTM_NO_ROW}, {NTM_ERROR_SYNTAX, 2, 0}, {NTM_ERROR_SYNTAX, 2, 0},
                    {NTM_ERROR_SYNTAX, 2, 0},         {NTM_ERROR_SYNTAX, 3, 1}, {NTM_ERROR_SYNTAX, 4, 2},
                    {NTM_ERROR_SYNTAX, 5, 3},         {NTM_ERROR_SYNTAX, 7, 5}};
    ntm_error err = NTM_ERROR_INIT;
    for (size_t limit = 1; limit < 12; limit++) {
        ntm_problems *problems = NULL;
        assert_ok(ntm_problems_new(&problems, limit, NULL, &err), &err);
        ntm_csv_options options = NTM_CSV_OPTIONS_INIT;
        options.problems = problems;
        ntm_csv *csv = NULL;
        assert_fails(ntm_csv_read(&csv, text, strlen(text), "t", fields, 5, &options, &err), NTM_ERROR_SHAPE, &err,
                     "no column");
        assert_int_equal(ntm_problems_found(problems), 8);
        assert_int_equal(ntm_problems_count(problems), limit < 8 ? limit : 8);
        for (size_t at = 0; at < ntm_problems_count(problems); at++) {
            const ntm_error *problem = ntm_problems_get(problems, at);
            assert_int_equal(problem->status, expected[at].status);
            assert_int_equal(problem->line, expected[at].line);
            assert_int_equal(problem->row, expected[at].row);
        }
        ntm_problems_free(problems);
    }
}

static void limits(void **state) {
    (void)state;
    ntm_error err = NTM_ERROR_INIT;
    ntm_csv *csv = NULL;
    ntm_csv_options options = NTM_CSV_OPTIONS_INIT;
    options.size_max = 5;
    assert_fails(ntm_csv_read(&csv, "a\n1\n2\n", 6, NULL, NULL, 0, &options, &err), NTM_ERROR_LIMIT, &err,
                 "6 bytes, expected at most 5");
    assert_int_equal(ntm_csv_read(&csv, "a\n1\n2", 5, NULL, NULL, 0, &options, &err), NTM_OK);
    ntm_csv_free(csv);
    csv = NULL;
    char *commas = malloc(70000);
    assert_non_null(commas);
    memset(commas, ',', 70000);
    assert_fails(ntm_csv_read(&csv, commas, 70000, NULL, NULL, 0, NULL, &err), NTM_ERROR_LIMIT, &err, "70001 cells");
    free(commas);
    assert_null(csv);
}

static void wrong_calls(void **state) {
    (void)state;
    ntm_error err = NTM_ERROR_INIT;
    ntm_csv *csv = NULL;
    ntm_csv_field f = {.header = "a", .kind = NTM_CSV_TEXT};
    const ntm_csv_field good = f;
    assert_fails(ntm_csv_read(NULL, "a", 1, "t", &f, 1, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_csv_read(&csv, NULL, 1, "t", &f, 1, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_csv_read(&csv, "a", 1, "t", NULL, 1, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    f.header = NULL;
    assert_fails(ntm_csv_read(&csv, "a", 1, "t", &f, 1, NULL, &err), NTM_ERROR_ARGUMENT, &err, "no header");
    f.header = "\xff";
    assert_fails(ntm_csv_read(&csv, "a", 1, "t", &f, 1, NULL, &err), NTM_ERROR_ARGUMENT, &err, "UTF-8");
    f = good;
    f.kind = (ntm_csv_kind)0;
    assert_fails(ntm_csv_read(&csv, "a", 1, "t", &f, 1, NULL, &err), NTM_ERROR_ARGUMENT, &err, "ntm_csv_kind");
    f.kind = NTM_CSV_NUMBER;
    assert_fails(ntm_csv_read(&csv, "a", 1, "t", &f, 1, NULL, &err), NTM_ERROR_ARGUMENT, &err, "never guessed");
    f.locale = NTM_LOCALE_VI;
    f.scale = 19;
    assert_fails(ntm_csv_read(&csv, "a", 1, "t", &f, 1, NULL, &err), NTM_ERROR_ARGUMENT, &err, "scale");
    f.kind = NTM_CSV_MONEY;
    f.money_unit = 10;
    assert_fails(ntm_csv_read(&csv, "a", 1, "t", &f, 1, NULL, &err), NTM_ERROR_ARGUMENT, &err, "money_unit");
    f.kind = NTM_CSV_FLAG;
    f.yes = "0";
    assert_fails(ntm_csv_read(&csv, "a", 1, "t", &f, 1, NULL, &err), NTM_ERROR_ARGUMENT, &err, "same text");
    ntm_csv_field two[2] = {good, good};
    assert_fails(ntm_csv_read(&csv, "a", 1, "t", two, 2, NULL, &err), NTM_ERROR_ARGUMENT, &err, "two fields");
    static const char separators[] = {'"', '\n', '\r', '\0', '#', (char)0xc3};
    for (size_t at = 0; at < sizeof separators; at++) {
        ntm_csv_options options = NTM_CSV_OPTIONS_INIT;
        options.separator = separators[at];
        assert_fails(ntm_csv_read(&csv, "a", 1, "t", &good, 1, &options, &err), NTM_ERROR_ARGUMENT, &err, "separator");
        assert_fails(ntm_csv_open(&csv, "x", &good, 1, &options, &err), NTM_ERROR_ARGUMENT, &err, "separator");
    }
    ntm_csv_options options = NTM_CSV_OPTIONS_INIT;
    options.struct_size = 1;
    assert_fails(ntm_csv_read(&csv, "a", 1, "t", &good, 1, &options, &err), NTM_ERROR_ARGUMENT, &err, "struct_size");
    ntm_allocator none = {NULL, NULL, NULL, NULL};
    options = (ntm_csv_options)NTM_CSV_OPTIONS_INIT;
    options.allocator = &none;
    assert_fails(ntm_csv_read(&csv, "a", 1, "t", &good, 1, &options, &err), NTM_ERROR_ARGUMENT, &err, "allocator");
    assert_null(csv);
    assert_int_equal(ntm_csv_read(&csv, "b", 1, NULL, &good, 1, NULL, NULL), NTM_ERROR_SHAPE);
}

/* Whatever bytes come, a table or an error comes back, and nothing is lost. */
static void random_bytes(void **state) {
    (void)state;
    static const char alphabet[] = "a,\"\n\r#1.\xc3\xa9 0;-";
    uint64_t random = 29;
    int read = 0;
    for (int round = 0; round < 30000; round++) {
        char text[64] = "a,b\n";
        size_t size = 4;
        while (size < 4 + fault_random(&random) % 40)
            text[size++] = alphabet[fault_random(&random) % (sizeof alphabet - 1)];
        const ntm_csv_field two[2] = {{.header = "a", .kind = NTM_CSV_CODES},
                                      {.header = "b", .kind = NTM_CSV_NUMBER, .locale = NTM_LOCALE_PLAIN}};
        fault f = FAULT_INIT;
        ntm_allocator allocator = fault_allocator(&f);
        ntm_csv_options options = NTM_CSV_OPTIONS_INIT;
        options.allocator = &allocator;
        ntm_csv *csv = NULL;
        ntm_error err = NTM_ERROR_INIT;
        char *exact = malloc(size); /* so that reading past the end is seen */
        assert_non_null(exact);
        memcpy(exact, text, size);
        ntm_status status = ntm_csv_read(&csv, exact, size, "t", two, round % 3 == 0 ? 1 : 2, &options, &err);
        free(exact);
        assert_int_equal(status != NTM_OK, csv == NULL);
        read += status == NTM_OK;
        ntm_csv_free(csv);
        fault_assert_empty(&f);
    }
    assert_true(read > 100);
}

/* Problems while memory runs out: the status is of memory or of the file, and nothing leaks. */
static ntm_status read_badly(const ntm_allocator *allocator, void *context) {
    static const char text[] = HEAD "a,x,y,z,w\nb\n\"";
    (void)context;
    ntm_problems *problems = NULL;
    ntm_status status = ntm_problems_new(&problems, 0, allocator, NULL);
    if (status != NTM_OK) return status;
    ntm_csv_options options = NTM_CSV_OPTIONS_INIT;
    options.problems = problems;
    options.allocator = allocator;
    ntm_csv *csv = NULL;
    status = ntm_csv_read(&csv, text, strlen(text), "t", fields, 5, &options, NULL);
    assert_null(csv);
    ntm_problems_free(problems);
    return status;
}

static void without_memory(void **state) {
    (void)state;
    assert_true(fault_sweep_tolerant(read_badly, NULL, NTM_ERROR_SYNTAX) > 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(in_cells),       cmocka_unit_test(in_files),
                                       cmocka_unit_test(every_bad_line), cmocka_unit_test(all_problems),
                                       cmocka_unit_test(limits),         cmocka_unit_test(wrong_calls),
                                       cmocka_unit_test(random_bytes),   cmocka_unit_test(without_memory)};
    return cmocka_run_group_tests_name("problems of CSV", tests, NULL, NULL);
}
