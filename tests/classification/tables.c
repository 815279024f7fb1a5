/* SPDX-License-Identifier: Apache-2.0 */
/* Whole tables: every sort of column, which rows are bad and open, and what cannot be read. */
#include "grammar.h"

#include <stdio.h>
#include <string.h>

static const ntm_budget_programme ntm_programme[] = {
    {"ntm", "0490", 0, NTM_CENTRAL, true, NTM_DATE_NONE, NTM_DATE_NONE}};
static const char *const local_sources[] = {"tỉnh"};

/* What was told, as "row kind verdict; ...". */
typedef struct told {
    char text[2000];
    size_t size;
} told;

static void note(void *context, size_t row, const ntm_code_finding *finding) {
    told *to = context;
    to->size +=
        (size_t)snprintf(to->text + to->size, sizeof to->text - to->size, "%s%zu %s %s", to->size == 0 ? "" : "; ", row,
                         ntm_code_kind_name(finding->kind), ntm_code_verdict_name(finding->verdict));
}

static ntm_codes_options usual(told *to) {
    ntm_codes_options options = NTM_CODES_OPTIONS_INIT;
    options.programmes = ntm_programme;
    options.programme_count = 1;
    options.local_sources = local_sources;
    options.local_source_count = 1;
    options.found = note;
    options.context = to;
    return options;
}

/* A CSV file as a table of text, or of categories. */
static ntm_csv *csv_of(const char *text, const char *const *names, size_t count, ntm_csv_kind kind) {
    ntm_csv_field fields[11];
    ntm_csv *csv = NULL;
    ntm_error err = NTM_ERROR_INIT;
    for (size_t i = 0; i < count; i++)
        fields[i] = (ntm_csv_field){names[i], NULL, kind, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL};
    assert_ok(ntm_csv_read(&csv, text, strlen(text), "t", fields, count, NULL, &err), &err);
    return csv;
}

static const char *const all[] = {"chapter",     "category",     "class", "item",      "subitem", "programme_code",
                                  "source_code", "budget_level", "date",  "programme", "source"};
static const char ledger[] =
    "chapter,category,class,item,subitem,programme_code,source_code,budget_level,date,programme,source\n"
    "612,280,283,6000,6049,0491,01,3,2025-12-31,ntm,tỉnh\n"
    "612,280,283,6000,6049,0491,01,,2026-01-01,ntm,tỉnh\n"
    "754,250,283,6001,6049,5011,12,2,2026-01-01,ntm,trung ương\n"
    ",,,,,,,,,,\n"
    "412,,,,,0490,,,2024-05-01,khác,\n"
    "412,,,,,,,,,,\n"
    "4x2,,,,,,,,2010-01-01,,\n";
static const char found_in_ledger[] =
    "1 chapter ended; 2 chapter ended; 2 item wrong last digit; 2 source open; 2 class other parent; 2 programme central "
    "code is needed; 4 programme is a sum; 5 chapter open; 6 chapter open";

static void check_ledger(const ntm_table *table) {
    ntm_classification *c = grammar_shipped();
    told to = {"", 0};
    ntm_codes_options options = usual(&to);
    ntm_codes_count count;
    ntm_error err = NTM_ERROR_INIT;
    uint8_t bad[1] = {0xff}, open[1] = {0xff};
    options.bad = bad;
    options.open = open;
    assert_ok(ntm_problems_new(&options.problems, 0, NULL, &err), &err);
    assert_ok(ntm_codes_check_table(&count, c, table, &options, &err), &err);
    assert_string_equal(to.text, found_in_ledger);
    assert_true(count.rows == 7 && count.bad == 3 && count.open == 2 && count.good == 2 && count.undeclared == 1);
    assert_int_equal(bad[0], 0x16);
    assert_int_equal(open[0], 0x60);
    assert_int_equal(count.findings[NTM_CODE_ENDED], 2);
    assert_int_equal(count.findings[NTM_CODE_OPEN], 3);
    assert_int_equal(count.findings[NTM_CODE_GOOD], 0);
    assert_int_equal(count.findings[NTM_CODE_IS_A_SUM], 1);
    assert_int_equal(ntm_problems_found(options.problems), 6);
    const ntm_error *first = ntm_problems_get(options.problems, 0), *last = ntm_problems_get(options.problems, 5);
    assert_true(first->row == 1 && first->status == NTM_ERROR_VALUE && strcmp(first->subject, "chapter") == 0);
    assert_non_null(strstr(first->message, "chapter 612: no longer a code since 2026-01-01"));
    assert_true(last->row == 4 && strcmp(last->subject, "programme_code") == 0);
    ntm_problems_free(options.problems);
    ntm_classification_free(c);
}

static void text_and_categories(void **state) {
    ntm_csv *csv = csv_of(ledger, all, 11, NTM_CSV_TEXT);
    (void)state;
    check_ledger(ntm_csv_table(csv));
    ntm_csv_free(csv);
    csv = csv_of(ledger, all, 11, NTM_CSV_CODES);
    check_ledger(ntm_csv_table(csv));
    ntm_csv_free(csv);
}

/* Integers have lost their leading zeros; days are numbers. */
static void integers(void **state) {
    static const int64_t items[] = {10, 6000, -10, 123456, 61, 0, INT64_MIN, 10};
    static const int16_t sources[] = {1, 1, 50, 1, 1, 1, 1, 1};
    static const uint8_t valid[] = {0x7f};
    int32_t days[8];
    ntm_classification *c = grammar_shipped();
    told to = {"", 0};
    ntm_codes_options options = usual(&to);
    ntm_codes_count count;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    for (size_t i = 0; i < 8; i++)
        days[i] = grammar_day("2024-01-01");
    ntm_column source = ntm_column_int64(NULL, 8);
    source.type = NTM_TYPE_INT16;
    source.data = sources;
    source.stride_bytes = sizeof *sources;
    ntm_field fields[] = {{"item", ntm_column_int64(items, 8)},
                          {"source_code", source},
                          {"date", ntm_column_codes(days, 8, NULL, 0)},
                          {"amount", ntm_column_double(NULL, 0)}};
    static const double amounts[8];
    fields[3].column = ntm_column_double(amounts, 8); /* not looked at */
    fields[0].column.validity = valid;
    ntm_table table = NTM_TABLE_INIT;
    table.rows = 8;
    table.fields = fields;
    table.field_count = 4;
    assert_ok(ntm_codes_check_table(&count, c, &table, &options, &err), &err);
    assert_string_equal(to.text, "2 item not digits; 3 item wrong length; 4 item wrong last digit; 6 item not digits");
    assert_int_equal(count.good, 4);
    /* No day of its own, and one that is none. */
    days[1] = INT32_MAX;
    days[2] = INT32_MIN;
    assert_fails(ntm_codes_check_table(&count, c, &table, &options, &err), NTM_ERROR_VALUE, &err,
                 "2147483647 is no day");
    assert_int_equal(err.row, 1);
    days[1] = days[2] = days[0];
    fields[2].column.validity = valid;
    to.size = 0;
    options.on = grammar_day("2010-01-01");
    fields[0].column.validity = NULL;
    assert_ok(ntm_codes_check_table(&count, c, &table, &options, &err), &err);
    assert_non_null(strstr(to.text, "7 item open; 7 source open"));
    ntm_classification_free(c);
}

static void days(void **state) {
    static const char text[] = "chapter,date\n612,2025-12-31\n612,31.12.2025\n612,2025-02-30\n612,31.12.2025\n";
    ntm_classification *c = grammar_shipped();
    told to = {"", 0};
    ntm_codes_options options = usual(&to);
    ntm_codes_count count = {.rows = 99};
    uint8_t bad[1] = {0xa5};
    ntm_error err = NTM_ERROR_INIT;
    const char *const names[] = {"chapter", "date"};
    (void)state;
    options.bad = bad;
    for (int kind = NTM_CSV_TEXT; kind <= NTM_CSV_CODES; kind++) {
        ntm_csv *csv = csv_of(text, names, 2, (ntm_csv_kind)kind);
        assert_ok(ntm_problems_new(&options.problems, 0, NULL, &err), &err);
        assert_fails(ntm_codes_check_table(&count, c, ntm_csv_table(csv), &options, &err), NTM_ERROR_SYNTAX, &err,
                     "\"31.12.2025\"");
        assert_true(err.row == 1 && ntm_problems_found(options.problems) == 2);
        assert_int_equal(ntm_problems_get(options.problems, 1)->row, 2);
        assert_true(count.rows == 99 && bad[0] == 0xa5 && to.size == 0);
        ntm_problems_free(options.problems);
        ntm_csv_free(csv);
    }
    ntm_classification_free(c);
}

static void keep(void *context, size_t row, const ntm_code_finding *finding) {
    (void)row;
    *(ntm_code_finding *)context = *finding;
}

/* A finding about a code that is not there, with nothing left in it of another row. */
static void missing(void **state) {
    static const char text[] = "programme_code,programme,source,budget_level\n0491,ntm,tỉnh,2\n,ntm,tỉnh,2\n";
    static const char *const names[] = {"programme_code", "programme", "source", "budget_level"};
    ntm_classification *c = grammar_shipped();
    ntm_code_finding found = {.kind = NTM_CODE_CHAPTER};
    ntm_codes_options options = usual(NULL);
    ntm_codes_count count;
    ntm_error err = NTM_ERROR_INIT;
    ntm_csv *csv = csv_of(text, names, 4, NTM_CSV_TEXT);
    (void)state;
    options.on = grammar_day("2024-03-01");
    options.found = keep;
    options.context = &found;
    assert_ok(ntm_codes_check_table(&count, c, ntm_csv_table(csv), &options, &err), &err);
    assert_true(count.good == 1 && count.bad == 1);
    assert_true(found.kind == NTM_CODE_PROGRAMME && found.verdict == NTM_CODE_CENTRAL_NEEDED);
    assert_true(found.code[0] == '\0' && found.parent[0] == '\0' && found.digits == 0);
    assert_int_equal(found.level, NTM_GOVERNMENT_NONE);
    assert_string_equal(found.expected, "0490");
    ntm_csv_free(csv);
    ntm_classification_free(c);
}

static void refused(void **state) {
    static const double numbers[] = {1, 2};
    static const int32_t codes[] = {0, 5};
    static const char *const names[] = {"612"};
    ntm_classification *c = grammar_shipped();
    ntm_codes_options options = NTM_CODES_OPTIONS_INIT;
    ntm_error err = NTM_ERROR_INIT;
    ntm_field field = {"chapter", ntm_column_double(numbers, 2)};
    ntm_table table = NTM_TABLE_INIT;
    (void)state;
    table.rows = 2;
    table.fields = &field;
    table.field_count = 1;
    options.on = 18000;
    assert_fails(ntm_codes_check_table(NULL, c, &table, &options, &err), NTM_ERROR_SHAPE, &err, "whole numbers");
    assert_string_equal(err.subject, "chapter");
    field.name = "date";
    assert_fails(ntm_codes_check_table(NULL, c, &table, &options, &err), NTM_ERROR_SHAPE, &err, "days as integers");
    field = (ntm_field){"programme", ntm_column_codes(codes, 2, NULL, 0)};
    assert_fails(ntm_codes_check_table(NULL, c, &table, &options, &err), NTM_ERROR_SHAPE, &err, "text or categories");
    field = (ntm_field){"chapter", ntm_column_codes(codes, 2, names, 1)};
    assert_fails(ntm_codes_check_table(NULL, c, &table, &options, &err), NTM_ERROR_VALUE, &err, "code 5");
    assert_int_equal(err.row, 1);
    field.column.length = 1;
    assert_fails(ntm_codes_check_table(NULL, c, &table, &options, &err), NTM_ERROR_SHAPE, &err, NULL);
    assert_fails(ntm_codes_check_table(NULL, c, NULL, &options, &err), NTM_ERROR_ARGUMENT, &err, "table");
    assert_fails(ntm_codes_check_table(NULL, NULL, &table, &options, &err), NTM_ERROR_ARGUMENT, &err, "table");
    options.struct_size = 0;
    assert_fails(ntm_codes_check_table(NULL, c, &table, &options, &err), NTM_ERROR_ARGUMENT, &err, "INIT");
    ntm_classification_free(c);
}

/* Without any column that it knows, and without any row. */
static void nothing(void **state) {
    ntm_classification *c = grammar_shipped();
    ntm_codes_count count;
    ntm_table table = NTM_TABLE_INIT;
    (void)state;
    table.rows = 5;
    assert_int_equal(ntm_codes_check_table(&count, c, &table, NULL, NULL), NTM_OK);
    assert_true(count.rows == 5 && count.good == 5);
    table.rows = 0;
    assert_int_equal(ntm_codes_check_table(&count, c, &table, NULL, NULL), NTM_OK);
    assert_int_equal(count.rows, 0);
    ntm_classification_free(c);
}

/* More spans than could be kept for each text: the answers are the same. */
static void many_spans(void **state) {
    enum { RULES = 2000, ROWS = 600 };
    static char lines[RULES * 80], codes[ROWS * 3 + 1];
    static int32_t offsets[ROWS + 1], on[ROWS];
    size_t size = 0;
    (void)state;
    for (int i = 0; i < RULES; i++) {
        int year = 0, month = 0, day = 0;
        ntm_date_parts(10000 + i, &year, &month, &day);
        size += (size_t)snprintf(lines + size, sizeof lines - size,
                                 "chapter,any,3,%03d,%03d,,,,,,,%04d-%02d-%02d,,seen,A,S\n", i % 1000, i % 1000, year,
                                 month, day);
    }
    for (int i = 0; i < ROWS; i++) {
        (void)snprintf(codes + 3 * i, 4, "%03d", i);
        offsets[i + 1] = 3 * (i + 1);
        on[i] = 10300;
    }
    ntm_classification *c = grammar_read(lines);
    ntm_column chapter = NTM_COLUMN_INIT;
    chapter.type = NTM_TYPE_TEXT;
    chapter.data = offsets;
    chapter.length = ROWS;
    chapter.text = codes;
    const ntm_field fields[] = {{"chapter", chapter}, {"date", ntm_column_codes(on, ROWS, NULL, 0)}};
    ntm_table table = NTM_TABLE_INIT;
    ntm_codes_count count;
    table.rows = ROWS;
    table.fields = fields;
    table.field_count = 2;
    assert_int_equal(ntm_codes_check_table(&count, c, &table, NULL, NULL), NTM_OK);
    assert_int_equal(count.good, 301);
    assert_int_equal(count.findings[NTM_CODE_NOT_YET], 299);
    ntm_classification_free(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(text_and_categories),
                                       cmocka_unit_test(integers),
                                       cmocka_unit_test(days),
                                       cmocka_unit_test(refused),
                                       cmocka_unit_test(nothing),
                                       cmocka_unit_test(missing),
                                       cmocka_unit_test(many_spans)};
    return cmocka_run_group_tests_name("codes of a table", tests, NULL, NULL);
}
