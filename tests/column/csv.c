/* SPDX-License-Identifier: Apache-2.0 */
/* CSV that can be read. */
#include <ntm/column.h>

#include "fault.h"
#include "scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const ntm_csv_field one_text = {.header = "a", .kind = NTM_CSV_TEXT};

static ntm_csv *read_text(const char *text, size_t size, const ntm_csv_field *fields, size_t count) {
    ntm_csv *csv = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_csv_read(&csv, text, size, "t.csv", fields, count, NULL, &err), &err);
    assert_ok(ntm_table_check(ntm_csv_table(csv), NULL, &err), &err);
    return csv;
}

static void is_text(const ntm_csv *csv, size_t field, size_t row, const char *expected) {
    const char *text = NULL;
    size_t size = 0;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_column_text(&text, &size, &ntm_csv_table(csv)->fields[field].column, row, &err), &err);
    if (size != strlen(expected) || memcmp(text, expected, size) != 0)
        fail_msg("\"%.*s\", expected \"%s\"", (int)size, text, expected);
}

static void is_number(const ntm_csv *csv, size_t field, size_t row, int64_t coefficient, int scale) {
    ntm_decimal out;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_column_decimal(&out, &ntm_csv_table(csv)->fields[field].column, row, &err), &err);
    assert_int_equal(out.coefficient, coefficient);
    assert_int_equal(out.scale, scale);
}

static ntm_known known(const ntm_csv *csv, size_t field, size_t row) {
    return ntm_column_known(&ntm_csv_table(csv)->fields[field].column, row);
}

/* What all_kinds() has read. */
static void all_values(const ntm_csv *csv) {
    const ntm_table *table = ntm_csv_table(csv);
    is_number(csv, 0, 0, 1, 0);
    is_number(csv, 0, 1, 0, 0);
    assert_int_equal(known(csv, 0, 2), NTM_NOT_REPORTED);
    is_text(csv, 1, 0, "Thạch Hà");
    is_text(csv, 1, 1, "");
    is_text(csv, 1, 2, "Kỳ Anh");
    assert_null(table->fields[1].column.validity);
    is_number(csv, 2, 0, 18317, 0);
    is_number(csv, 2, 1, -1, 0);
    assert_int_equal(known(csv, 2, 2), NTM_NOT_REPORTED);
    is_text(csv, 3, 0, "Bắc");
    is_text(csv, 3, 1, "Nam");
    is_text(csv, 3, 2, "Bắc");
    assert_int_equal(table->fields[3].column.category_count, 2);
    assert_string_equal(table->fields[3].column.categories[0], "Bắc");
    is_number(csv, 4, 0, 1799, 0);
    assert_int_equal(known(csv, 4, 1), NTM_NOT_REPORTED);
    assert_int_equal(known(csv, 4, 2), NTM_NOT_APPLICABLE);
    is_number(csv, 5, 0, 8995, 2);
    assert_int_equal(known(csv, 5, 1), NTM_NOT_REPORTED);
    is_number(csv, 5, 2, 10000, 2);
    is_number(csv, 6, 0, 7942000000, 0);
    is_number(csv, 6, 1, -1, 0);
    is_number(csv, 6, 2, INT64_MAX, 0);
    assert_null(table->fields[6].column.validity);
    assert_null(table->fields[6].column.not_applicable);
}

static void all_kinds(void **state) {
    (void)state;
    static const char text[] = "# Hà Tĩnh, 2020\r\n#\n#  end\n"
                               "xã;ngày;vùng;số hộ;tỷ lệ;tiền;đạt;bỏ qua\r\n"
                               "Thạch Hà;2020-02-25;Bắc;1.799;89,95;7,942;có;\"x;\"\"y\"\"\n2\"\r\n"
                               "\"\";1969-12-31;Nam;;đang cập nhật;-0,000000001;không;\r\n"
                               "Kỳ Anh;;Bắc;không có;100,00;9.223.372.036,854775807;;z";
    static const ntm_csv_field fields[] = {
        {.header = "đạt", .name = "met", .kind = NTM_CSV_FLAG, .yes = "có", .no = "không"},
        {.header = "xã", .kind = NTM_CSV_TEXT},
        {.header = "ngày", .name = "date", .kind = NTM_CSV_DATE},
        {.header = "vùng", .name = "region", .kind = NTM_CSV_CODES},
        {.header = "số hộ",
         .name = "households",
         .kind = NTM_CSV_NUMBER,
         .locale = NTM_LOCALE_VI,
         .not_applicable = "không có"},
        {.header = "tỷ lệ",
         .name = "share",
         .kind = NTM_CSV_NUMBER,
         .locale = NTM_LOCALE_VI,
         .scale = 2,
         .not_reported = "đang cập nhật"},
        {.header = "tiền", .name = "money", .kind = NTM_CSV_MONEY, .locale = NTM_LOCALE_VI, .money_unit = 1000000000}};
    ntm_csv_options options = NTM_CSV_OPTIONS_INIT;
    fault f = FAULT_INIT;
    ntm_allocator allocator = fault_allocator(&f);
    options.separator = ';';
    options.allocator = &allocator;
    ntm_csv *csv = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_csv_read(&csv, text, strlen(text), "t.csv", fields, 7, &options, &err), &err);
    assert_string_equal(ntm_csv_comment(csv), " Hà Tĩnh, 2020\n\n  end");
    const ntm_table *table = ntm_csv_table(csv);
    assert_ok(ntm_table_check(table, NULL, &err), &err);
    assert_int_equal(table->rows, 3);
    assert_int_equal(table->field_count, 7);
    assert_string_equal(table->fields[0].name, "met");
    assert_string_equal(table->fields[1].name, "xã");
    assert_int_equal(table->fields[0].column.type, NTM_TYPE_BYTES);
    assert_int_equal(table->fields[1].column.type, NTM_TYPE_TEXT);
    assert_int_equal(table->fields[2].column.type, NTM_TYPE_INT32);
    assert_int_equal(table->fields[3].column.type, NTM_TYPE_INT32);
    assert_int_equal(table->fields[5].column.type, NTM_TYPE_INT64);
    assert_int_equal(table->fields[5].column.scale, 2);
    all_values(csv);
    ntm_csv_free(csv);
    fault_assert_empty(&f);
}

static void shapes_of_files(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t rows;
        const char *last;
    } cases[] = {{"a", 0, NULL},
                 {"a\n", 0, NULL},
                 {"a\r\n", 0, NULL},
                 {"\xef\xbb\xbf"
                  "a\nx\n",
                  1, "x"},
                 {"a\nx", 1, "x"},
                 {"a\nx\r\ny", 2, "y"},
                 {"\"a\"\n\"x\ny\"\n", 1, "x\ny"},
                 {"a\n\"x\r\ny\"\r\n", 1, "x\r\ny"},
                 {"a\n\"\"\"\"\n", 1, "\""},
                 {"a\n\"x\"\"\"", 1, "x\""},
                 {"a\n\n", 1, ""},
                 {"b,a\n1,2\n3,", 2, ""},
                 {"a,b\nx,1\n", 1, "x"},
                 {"#c\na\nx\n", 1, "x"},
                 {"a\n#x\n", 1, "#x"},
                 {"a,b\n,\n", 1, ""},
                 {"\xef\xbb\xbf#c\na\nx", 1, "x"}};
    for (size_t at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        ntm_csv *csv = read_text(cases[at].text, strlen(cases[at].text), &one_text, 1);
        assert_int_equal(ntm_csv_table(csv)->rows, cases[at].rows);
        if (cases[at].rows > 0) is_text(csv, 0, cases[at].rows - 1, cases[at].last);
        ntm_csv_free(csv);
    }
    ntm_csv *csv = read_text("a,b\n1,2\n", 8, NULL, 0);
    assert_int_equal(ntm_csv_table(csv)->rows, 1);
    assert_int_equal(ntm_csv_table(csv)->field_count, 0);
    assert_string_equal(ntm_csv_comment(csv), "");
    ntm_csv_free(csv);
    assert_null(ntm_csv_table(NULL));
    assert_string_equal(ntm_csv_comment(NULL), "");
    ntm_csv_free(NULL);
}

/* Headers and the special texts are compared after NFC; values stay as written. */
static void normal_forms(void **state) {
    (void)state;
    static const ntm_csv_field fields[] = {
        {.header = "Việt", .kind = NTM_CSV_FLAG, .yes = "có", .no = "không", .not_reported = "đang cập nhật"},
        {.header = "t", .kind = NTM_CSV_TEXT}};
    static const char text[] = "Vie\xcc\xa3\xcc\x82t,t\nco\xcc\x81,e\xcc\x81\nkho\xcc\x82ng,\n\xc4\x91"
                               "ang ca\xcc\xa3\xcc\x82p nha\xcc\xa3\xcc\x82t,\n";
    ntm_csv *csv = read_text(text, strlen(text), fields, 2);
    is_number(csv, 0, 0, 1, 0);
    is_number(csv, 0, 1, 0, 0);
    assert_int_equal(known(csv, 0, 2), NTM_NOT_REPORTED);
    is_text(csv, 1, 0, "e\xcc\x81");
    ntm_csv_free(csv);
}

static void numbers_and_money(void **state) {
    (void)state;
    static const ntm_csv_field fields[] = {
        {.header = "n", .name = "plain", .kind = NTM_CSV_NUMBER, .locale = NTM_LOCALE_PLAIN, .scale = 3},
        {.header = "m", .name = "thousand", .kind = NTM_CSV_MONEY, .locale = NTM_LOCALE_EN, .money_unit = 1000},
        {.header = "m", .name = "dong", .kind = NTM_CSV_MONEY, .locale = NTM_LOCALE_VI, .money_unit = 1},
        {.header = "m", .name = "million", .kind = NTM_CSV_MONEY, .locale = NTM_LOCALE_EN, .money_unit = 1000000},
        {.header = "f", .name = "flag", .kind = NTM_CSV_FLAG}};
    static const char text[] = "n,m,f\n1.5,\"5,943\",1\n-9223372036854775.808,\"1,000\",0\n";
    ntm_csv *csv = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_problems *problems = NULL;
    assert_ok(ntm_problems_new(&problems, 0, NULL, &err), &err);
    ntm_csv_options options = NTM_CSV_OPTIONS_INIT;
    options.problems = problems;
    assert_fails(ntm_csv_read(&csv, text, strlen(text), "t", fields, 5, &options, &err), NTM_ERROR_SYNTAX, &err,
                 "parts");
    assert_int_equal(ntm_problems_found(problems), 1); /* 5,943 đồng; 1,000 đồng is whole */
    ntm_problems_free(problems);
    static const char whole[] = "n,m,f\n1.5,\"5,943\",1\n-9223372036854775.808,\"1,000\",0\n";
    ntm_csv_field three[] = {fields[0], fields[1], fields[3], fields[4]};
    csv = read_text(whole, strlen(whole), three, 4);
    is_number(csv, 0, 0, 1500, 3);
    is_number(csv, 0, 1, INT64_MIN, 3);
    is_number(csv, 1, 0, 5943000, 0);
    is_number(csv, 2, 0, 5943000000, 0);
    is_number(csv, 3, 0, 1, 0);
    ntm_csv_free(csv);
}

/* Many rows, codes and missing values, against what was written. */
static void many_rows(void **state) {
    (void)state;
    enum { ROWS = 20000 };
    size_t capacity = ROWS * 64;
    char *text = malloc(capacity);
    assert_non_null(text);
    size_t size = (size_t)snprintf(text, capacity, "n,c,s\n");
    uint64_t random = 23;
    for (int row = 0; row < ROWS; row++) {
        uint64_t r = fault_random(&random);
        if (r % 7 == 0) {
            size += (size_t)snprintf(text + size, capacity - size, ",,\"%d\"\n", row);
        } else if (r % 7 == 1) {
            size += (size_t)snprintf(text + size, capacity - size, "n/a,n/a,%d\n", row);
        } else {
            size += (size_t)snprintf(text + size, capacity - size, "%d.%02d,k%d,%d\n", row, row % 100, (int)(r % 1000),
                                     row);
        }
    }
    static const ntm_csv_field fields[] = {
        {.header = "n", .kind = NTM_CSV_NUMBER, .locale = NTM_LOCALE_PLAIN, .scale = 2, .not_applicable = "n/a"},
        {.header = "c", .kind = NTM_CSV_CODES, .not_applicable = "n/a"},
        {.header = "s", .kind = NTM_CSV_TEXT}};
    ntm_csv *csv = read_text(text, size, fields, 3);
    free(text); /* the table does not need it */
    assert_int_equal(ntm_csv_table(csv)->rows, ROWS);
    random = 23;
    for (size_t row = 0; row < ROWS; row++) {
        uint64_t r = fault_random(&random);
        char expected[16];
        (void)snprintf(expected, sizeof expected, "%zu", row);
        is_text(csv, 2, row, expected);
        ntm_known what = r % 7 == 0 ? NTM_NOT_REPORTED : r % 7 == 1 ? NTM_NOT_APPLICABLE : NTM_REPORTED;
        assert_int_equal(known(csv, 0, row), what);
        assert_int_equal(known(csv, 1, row), what);
        if (what != NTM_REPORTED) continue;
        is_number(csv, 0, row, (int64_t)(row * 100 + row % 100), 2);
        (void)snprintf(expected, sizeof expected, "k%d", (int)(r % 1000));
        is_text(csv, 1, row, expected);
    }
    assert_int_equal(ntm_csv_table(csv)->fields[1].column.category_count, 1000);
    ntm_csv_free(csv);
}

/* Categories that begin alike, in every order of coming. */
static void prefixes(void **state) {
    (void)state;
    static const char text[] = "a\nb\nba\nbab\nb\nB\nbá\nbaa\nbab\nba\nc\n\xf0\x9f\x98\x80\nb\n";
    static const int expected[] = {0, 1, 2, 0, 3, 4, 5, 2, 1, 6, 7, 0};
    static const ntm_csv_field field = {.header = "a", .kind = NTM_CSV_CODES};
    ntm_csv *csv = read_text(text, strlen(text), &field, 1);
    assert_int_equal(ntm_csv_table(csv)->rows, 12);
    for (size_t row = 0; row < 12; row++)
        is_number(csv, 0, row, expected[row], 0);
    ntm_csv_free(csv);
}

static void files(void **state) {
    (void)state;
    static const char path[] = "ntm-test-csv.tmp";
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs("a\nx\n", file) >= 0);
    assert_int_equal(fclose(file), 0);
    ntm_csv *csv = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_csv_open(&csv, path, &one_text, 1, NULL, &err), &err);
    is_text(csv, 0, 0, "x");
    ntm_csv_free(csv);
    csv = NULL;
    ntm_csv_options options = NTM_CSV_OPTIONS_INIT;
    options.size_max = 3;
    assert_fails(ntm_csv_open(&csv, path, &one_text, 1, &options, &err), NTM_ERROR_LIMIT, &err, "3 bytes");
    assert_string_equal(err.subject, path);
    assert_fails(ntm_csv_open(&csv, "no/such.csv", &one_text, 1, NULL, &err), NTM_ERROR_IO, &err, "no such file");
    assert_fails(ntm_csv_open(&csv, NULL, &one_text, 1, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_csv_open(NULL, path, &one_text, 1, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_null(csv);
    assert_int_equal(remove(path), 0);
}

static const char sweep_text[] =
    "# comment\nn,c,s,d,f\n1.5,x,\"a\"\"b\",2020-02-25,1\n,y,n/a,,\nn/a,z,,2020-02-26,0\n2,x,long"
    " text long text long text,,1\n";

static ntm_status read_all(const ntm_allocator *allocator, void *context) {
    static const ntm_csv_field fields[] = {
        {.header = "n", .kind = NTM_CSV_NUMBER, .locale = NTM_LOCALE_PLAIN, .scale = 2, .not_applicable = "n/a"},
        {.header = "c", .kind = NTM_CSV_CODES},
        {.header = "s", .kind = NTM_CSV_TEXT, .not_reported = "n/a"},
        {.header = "d", .kind = NTM_CSV_DATE},
        {.header = "f", .kind = NTM_CSV_FLAG}};
    ntm_csv_options options = NTM_CSV_OPTIONS_INIT;
    options.allocator = allocator;
    ntm_csv *csv = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = context == NULL
                            ? ntm_csv_read(&csv, sweep_text, strlen(sweep_text), "t", fields, 5, &options, &err)
                            : ntm_csv_open(&csv, context, fields, 5, &options, &err);
    if (status != NTM_OK) {
        assert_null(csv);
        assert_int_equal(err.status, status);
    } else {
        assert_int_equal(ntm_csv_table(csv)->rows, 4);
    }
    ntm_csv_free(csv);
    return status;
}

static void without_memory(void **state) {
    (void)state;
    assert_true(fault_sweep(read_all, NULL, NTM_OK) > 20);
    char path[] = "ntm-test-csv-sweep.tmp";
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(sweep_text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_true(fault_sweep(read_all, path, NTM_OK) > 22);
    assert_int_equal(remove(path), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_kinds),    cmocka_unit_test(shapes_of_files),
                                       cmocka_unit_test(normal_forms), cmocka_unit_test(numbers_and_money),
                                       cmocka_unit_test(many_rows),    cmocka_unit_test(prefixes),
                                       cmocka_unit_test(files),        cmocka_unit_test(without_memory)};
    return cmocka_run_group_tests_name("CSV", tests, scratch_enter, scratch_leave);
}
