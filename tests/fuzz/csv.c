/* SPDX-License-Identifier: Apache-2.0 */
/* CSV files with any fields: what is read is a sound table that says what the cells say; what is not, says why.
   Input: how many fields, separator, limits; 4 bytes for each field; then the file. */
#include <ntm/column.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                                            \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FIELDS_MAX = 7, FIELD_BYTES = 4 };

static const char *const headers[] = {"a", "b", "c", "số", "e f", "a\"b", ""};

static void make_field(ntm_csv_field *field, size_t index, const uint8_t *bytes) {
    static const ntm_money units[] = {1, 1000, 1000000, 1000000000, 0, 7};
    static const char *const absent[] = {NULL, "-", "x", "..", "1"};
    memset(field, 0, sizeof *field);
    field->header = headers[index];
    field->name = bytes[0] & 0x80 ? "other" : NULL;
    field->kind = (ntm_csv_kind)(bytes[0] % 32 == 31 ? 9 : 1 + bytes[0] % 6);
    field->locale = (ntm_locale)(bytes[1] % 16 == 15 ? 0 : 1 + bytes[1] % 3);
    field->scale = bytes[1] / 16;
    field->money_unit = units[bytes[2] % 32 < 6 ? bytes[2] % 32 : bytes[2] % 4];
    field->yes = bytes[2] & 0x40 ? "có" : NULL;
    field->no = bytes[2] & 0x80 ? "không" : NULL;
    field->not_reported = absent[bytes[3] % 5];
    field->not_applicable = absent[bytes[3] / 16 % 5];
}

static void check_texts(const ntm_error *err, ntm_status status) {
    CHECK(err->status == status && status > NTM_OK && status < NTM_STATUS_END);
    CHECK(memchr(err->message, '\0', sizeof err->message) != NULL && err->message[0] != '\0');
    CHECK(memchr(err->subject, '\0', sizeof err->subject) != NULL && strchr(err->message, '\n') == NULL);
}

static void check_failure(ntm_status status, const ntm_error *err, const ntm_problems *problems, size_t limit) {
    size_t found = ntm_problems_found(problems), kept = ntm_problems_count(problems);
    CHECK(status != NTM_ERROR_MEMORY);
    check_texts(err, status);
    CHECK(kept == (found < limit ? found : limit));
    CHECK(status == NTM_ERROR_ARGUMENT || found > 0);
    for (size_t at = 0; at < kept; at++)
        check_texts(ntm_problems_get(problems, at), ntm_problems_get(problems, at)->status);
    CHECK(ntm_problems_get(problems, kept) == NULL);
}

static bool type_fits(const ntm_csv_field *field, const ntm_column *column) {
    switch (field->kind) {
        case NTM_CSV_TEXT:
            return column->type == NTM_TYPE_TEXT;
        case NTM_CSV_CODES:
            return column->type == NTM_TYPE_INT32 && column->categories != NULL;
        case NTM_CSV_FLAG:
            return column->type == NTM_TYPE_BYTES;
        case NTM_CSV_NUMBER:
            return column->type == NTM_TYPE_INT64 && column->scale == field->scale;
        case NTM_CSV_MONEY:
            return column->type == NTM_TYPE_INT64 && column->scale == 0;
        case NTM_CSV_DATE:
            return column->type == NTM_TYPE_INT32 && column->categories == NULL;
    }
    return false;
}

/* A value that is reported says what the same cell says when it is read as text. */
static void check_value(const ntm_csv_field *field, const ntm_column *column, const ntm_column *as_text, size_t row) {
    ntm_decimal value = {0, 0}, wanted = {0, 0};
    const char *text = NULL, *cell = NULL;
    size_t size = 0, cell_size = 0;
    bool named = field->kind == NTM_CSV_TEXT || field->kind == NTM_CSV_CODES;
    CHECK(ntm_column_text(&cell, &cell_size, as_text, row, NULL) == NTM_OK);
    CHECK(ntm_column_text(&text, &size, column, row, NULL) == (named ? NTM_OK : NTM_ERROR_SHAPE));
    if (named) CHECK(size == cell_size && memcmp(text, cell, size) == 0);
    ntm_status status = ntm_column_decimal(&value, column, row, NULL);
    CHECK(status == (field->kind == NTM_CSV_TEXT ? NTM_ERROR_SHAPE : NTM_OK));
    if (field->kind == NTM_CSV_FLAG) CHECK(value.coefficient == 0 || value.coefficient == 1);
    if (field->kind == NTM_CSV_DATE) {
        ntm_date date = 0;
        CHECK(ntm_date_parse(&date, cell, cell_size, NULL) == NTM_OK && date == value.coefficient);
    }
    if (field->kind != NTM_CSV_NUMBER && field->kind != NTM_CSV_MONEY) return;
    CHECK(ntm_decimal_parse(&wanted, cell, cell_size, field->locale, NULL) == NTM_OK);
    if (field->kind == NTM_CSV_MONEY && wanted.coefficient != 0)
        CHECK(ntm_decimal_multiply(&wanted, wanted, (ntm_decimal){field->money_unit, 0}, NULL) != NTM_OK ||
              ntm_decimal_compare(value, wanted) == 0);
    else
        CHECK(ntm_decimal_compare(value, wanted) == 0);
}

static void check_table(const ntm_csv_field *fields, size_t count, const ntm_csv *csv, const ntm_csv *texts) {
    const ntm_table *table = ntm_csv_table(csv), *plain = ntm_csv_table(texts);
    ntm_error err = NTM_ERROR_INIT;
    CHECK(ntm_table_check(table, NULL, &err) == NTM_OK);
    CHECK(table->field_count == count && table->rows == plain->rows);
    CHECK(strcmp(ntm_csv_comment(csv), ntm_csv_comment(texts)) == 0);
    for (size_t at = 0; at < count; at++) {
        const ntm_column *column = &table->fields[at].column;
        CHECK(strcmp(table->fields[at].name, fields[at].name == NULL ? fields[at].header : fields[at].name) == 0);
        CHECK(ntm_table_find(table, table->fields[at].name) == &table->fields[at]);
        CHECK(type_fits(&fields[at], column));
        CHECK(ntm_column_known(column, table->rows) == NTM_NOT_REPORTED);
        for (size_t row = 0; row < table->rows; row++) {
            ntm_decimal value;
            const char *text = NULL;
            size_t size = 0;
            if (ntm_column_known(column, row) == NTM_REPORTED) {
                check_value(&fields[at], column, &plain->fields[at].column, row);
                continue;
            }
            CHECK(ntm_column_decimal(&value, column, row, NULL) == NTM_ERROR_NOT_FOUND);
            CHECK(ntm_column_text(&text, &size, column, row, NULL) == NTM_ERROR_NOT_FOUND);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2) return 0;
    static const char separators[] = {',', ';', '\t', '|', ',', '"', '\n', ' '};
    size_t count = data[0] % (FIELDS_MAX + 1), limit = 1 + data[0] / 8 % 8;
    ntm_csv_options options = NTM_CSV_OPTIONS_INIT;
    options.separator = separators[data[1] % 8];
    if (data[1] & 0x80) options.size_max = 64;
    data += 2;
    size -= 2;
    if (size < count * FIELD_BYTES) return 0;
    ntm_csv_field fields[FIELDS_MAX], text_fields[FIELDS_MAX];
    memset(text_fields, 0, sizeof text_fields);
    for (size_t at = 0; at < count; at++) {
        make_field(&fields[at], at, data + at * FIELD_BYTES);
        text_fields[at] = (ntm_csv_field){.header = headers[at], .kind = NTM_CSV_TEXT};
    }
    const char *bytes = (const char *)data + count * FIELD_BYTES;
    size -= count * FIELD_BYTES;
    ntm_csv *csv = NULL, *texts = NULL;
    ntm_error err = NTM_ERROR_INIT;
    CHECK(ntm_problems_new(&options.problems, limit, NULL, NULL) == NTM_OK);
    ntm_status status = ntm_csv_read(&csv, bytes, size, "fuzz", fields, count, &options, &err);
    if (status != NTM_OK) {
        CHECK(csv == NULL);
        check_failure(status, &err, options.problems, limit);
    } else {
        CHECK(csv != NULL && err.status == NTM_OK && ntm_problems_found(options.problems) == 0);
        CHECK(ntm_csv_read(&texts, bytes, size, "fuzz", text_fields, count, &options, &err) == NTM_OK);
        check_table(fields, count, csv, texts);
    }
    ntm_csv_free(csv);
    ntm_csv_free(texts);
    ntm_problems_free(options.problems);
    return 0;
}
