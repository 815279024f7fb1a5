/* SPDX-License-Identifier: Apache-2.0 */
/* Tables with other facts: every type of column, what is refused, and random changes against cells read one by one. */
#include "sheet.h"

#include <ntm/what_if.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static ntm_fact_change number(size_t row, const char *field, const char *value) {
    return (ntm_fact_change){row, field, NTM_REPORTED, NTM_CHANGE_NUMBER, kit_decimal(value), false, NULL};
}
static ntm_fact_change flag(size_t row, const char *field, bool value) {
    return (ntm_fact_change){row, field, NTM_REPORTED, NTM_CHANGE_FLAG, {0, 0}, value, NULL};
}
static ntm_fact_change text(size_t row, const char *field, const char *value) {
    return (ntm_fact_change){row, field, NTM_REPORTED, NTM_CHANGE_TEXT, {0, 0}, false, value};
}
static ntm_fact_change gone(size_t row, const char *field, ntm_known known, ntm_change_kind kind) {
    return (ntm_fact_change){row, field, known, kind, {0, 0}, false, NULL};
}

static ntm_what_if *asked(const sheet *s, const ntm_fact_change *changes, size_t count) {
    ntm_what_if *out = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_table_what_if(&out, &s->table, changes, count, NULL, NULL, &err), &err);
    assert_ok(ntm_table_check(ntm_what_if_table(out), NULL, &err), &err);
    return out;
}

/* Writes a cell as text: "?", "~", "= 1.5", "\"khá\"". */
static void show(char out[64], const ntm_table *table, const char *name, size_t row) {
    const ntm_field *field = ntm_table_find(table, name);
    ntm_error err = NTM_ERROR_INIT;
    ntm_decimal value;
    const char *bytes = NULL;
    size_t size = 0;
    snprintf(out, 64, "?");
    if (field == NULL || ntm_column_known(&field->column, row) == NTM_NOT_REPORTED) return;
    if (ntm_column_known(&field->column, row) == NTM_NOT_APPLICABLE) {
        snprintf(out, 64, "~");
    } else if (ntm_column_text(&bytes, &size, &field->column, row, NULL) == NTM_OK) {
        snprintf(out, 64, "\"%.*s\"", (int)size, bytes);
    } else {
        assert_ok(ntm_column_decimal(&value, &field->column, row, &err), &err);
        while (value.scale > 0 && value.coefficient % 10 == 0) {
            value.coefficient /= 10;
            value.scale--;
        }
        char digits[48];
        (void)ntm_decimal_format(digits, sizeof digits, value, NTM_LOCALE_PLAIN);
        snprintf(out, 64, "= %s", digits);
    }
}

static void expect(const ntm_what_if *what_if, const char *name, size_t row, const char *want) {
    char got[64];
    show(got, ntm_what_if_table(what_if), name, row);
    assert_string_equal(got, want);
}

static void types(void **state) {
    static const form numbers[] = {AS_INT8, AS_INT16, AS_INT32, AS_INT64, AS_DOUBLE, AS_DECIMAL};
    sheet s;
    (void)state;
    for (size_t i = 0; i < 6; i++) {
        sheet_start(&s, 5);
        sheet_cells(&s, "x", numbers[i], "1 ? ~ 7 8");
        sheet_cells(&s, "y", numbers[i], "1 2 3 4 5");
        ntm_fact_change changes[] = {number(1, "x", "2.25"), gone(0, "x", NTM_NOT_REPORTED, 0),
                                     gone(3, "x", NTM_NOT_APPLICABLE, 0), number(2, "x", "-3")};
        ntm_what_if *w = asked(&s, changes, 4);
        expect(w, "x", 0, "?");
        expect(w, "x", 1, "= 2.25");
        expect(w, "x", 2, "= -3");
        expect(w, "x", 3, "~");
        expect(w, "x", 4, "= 8");
        const ntm_table *table = ntm_what_if_table(w);
        assert_int_equal(table->field_count, 2);
        assert_ptr_equal(table->fields[1].column.data, s.table.fields[1].column.data); /* borrowed */
        assert_true(table->fields[0].column.data != s.table.fields[0].column.data);
        char old[64];
        show(old, &s.table, "x", 0);
        assert_string_equal(old, "= 1");
        ntm_what_if_free(w);
        sheet_end(&s);
    }
}

static void flags_and_texts(void **state) {
    static const form flags[] = {AS_BITS, AS_BYTES, AS_INT32};
    sheet s;
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        sheet_start(&s, 4);
        sheet_cells(&s, "f", flags[i], i == 2 ? "1 0 ? 1" : "yes no ? yes");
        sheet_cells(&s, "level", AS_CODES, "tốt ? khá tốt");
        sheet_cells(&s, "region", AS_TEXT, "BTB ~ TN ?");
        ntm_fact_change changes[] = {flag(1, "f", true),       flag(0, "f", false),
                                     text(1, "level", "khá"),  text(2, "level", "yếu"),
                                     text(0, "level", "yếu"),  text(3, "region", "DBSH"),
                                     text(0, "region", "x y"), gone(2, "region", NTM_NOT_REPORTED, NTM_CHANGE_TEXT)};
        ntm_what_if *w = asked(&s, changes, 8);
        static const char *const want[3][4] = {{"= 0", "= 1", "?", "= 1"},
                                               {"\"yếu\"", "\"khá\"", "\"yếu\"", "\"tốt\""},
                                               {"\"x y\"", "~", "?", "\"DBSH\""}};
        static const char *const names[] = {"f", "level", "region"};
        for (size_t f = 0; f < 3; f++)
            for (size_t row = 0; row < 4; row++)
                expect(w, names[f], row, want[f][row]);
        const ntm_field *level = ntm_table_find(ntm_what_if_table(w), "level");
        const ntm_field *before = ntm_table_find(&s.table, "level");
        assert_int_equal(level->column.category_count, before->column.category_count + 1); /* added once */
        ntm_what_if_free(w);
        sheet_end(&s);
    }
}

static void new_columns(void **state) {
    sheet s;
    (void)state;
    sheet_start(&s, 3);
    sheet_cells(&s, "x", AS_INT8, "1 2 3");
    ntm_fact_change changes[] = {number(1, "n", "2.5"),
                                 number(0, "n", "1.250"),
                                 gone(2, "n", NTM_NOT_APPLICABLE, 0),
                                 flag(2, "f", true),
                                 text(0, "level", "khá"),
                                 text(2, "level", "khá"),
                                 gone(1, "nobody", NTM_NOT_REPORTED, 0),
                                 gone(1, "away", NTM_NOT_APPLICABLE, NTM_CHANGE_TEXT)};
    ntm_what_if *w = asked(&s, changes, 8);
    assert_int_equal(ntm_what_if_table(w)->field_count, 5); /* "nobody" says nothing */
    expect(w, "n", 0, "= 1.25");
    expect(w, "n", 1, "= 2.5");
    expect(w, "n", 2, "~");
    expect(w, "f", 0, "?");
    expect(w, "f", 2, "= 1");
    expect(w, "level", 0, "\"khá\"");
    expect(w, "level", 1, "?");
    assert_int_equal(ntm_table_find(ntm_what_if_table(w), "level")->column.category_count, 1);
    expect(w, "away", 1, "~");
    expect(w, "away", 0, "?");
    ntm_what_if_free(w);
    w = asked(&s, NULL, 0);
    assert_int_equal(ntm_what_if_table(w)->field_count, 1);
    ntm_what_if_free(w);
    sheet_end(&s);
    ntm_what_if_free(NULL);
    assert_null(ntm_what_if_table(NULL));
}

/* What was learnt so goes through an evaluation. */
static void evaluated(void **state) {
    kit k;
    sheet s;
    (void)state;
    kit_start(&k, NULL);
    kit_fact(&k, "share", NTM_KIND_SHARE, "%");
    kit_fact(&k, "flag", NTM_KIND_FLAG, NULL);
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "1.1", k_compare(&k, k_fact(&k, "share"), NTM_MORE_OR_EQUAL, k_number(&k, "89.95", "%")));
    kit_indicator(&k, "1.2", k_attested(&k, "flag"));
    (void)kit_done(&k);
    sheet_start(&s, 3);
    sheet_cells(&s, "share", AS_INT8, "90 80 ?");
    expect_status(k.set, &s, "o-o");
    ntm_fact_change changes[] = {number(2, "share", "89.95"), number(0, "share", "89.949"), flag(2, "flag", true)};
    ntm_what_if *w = asked(&s, changes, 3);
    sheet after = s;
    after.table = *ntm_what_if_table(w);
    expect_status(k.set, &after, "--+");
    ntm_what_if_free(w);
    sheet_end(&s);
    kit_end(&k);
}

/* ------------------------------------------------------------------------------------------- refusals */

static void refuse(const sheet *s, ntm_fact_change change, ntm_status status, const char *piece, uint64_t row) {
    ntm_what_if *out = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_table_what_if(&out, &s->table, &change, 1, NULL, NULL, &err), status, &err, piece);
    assert_null(out);
    assert_int_equal(err.row, row);
}

static void refused(void **state) {
    sheet s;
    (void)state;
    sheet_start(&s, 3);
    sheet_cells(&s, "x", AS_INT64, "1 9223372036854775807 3");
    sheet_cells(&s, "d", AS_DOUBLE, "1 2 3");
    sheet_cells(&s, "dec", AS_DECIMAL, "1 2 3");
    sheet_cells(&s, "f", AS_BYTES, "yes no yes");
    sheet_cells(&s, "level", AS_CODES, "a b a");
    sheet_cells(&s, "text", AS_TEXT, "a b a");
    refuse(&s, number(3, "x", "1"), NTM_ERROR_ARGUMENT, "past the end", 3);
    refuse(&s, number(0, "x", "0.5"), NTM_ERROR_OVERFLOW, "1 digits", 1); /* the other one does not fit then */
    refuse(&s, flag(0, "d", true), NTM_ERROR_SHAPE, "numbers", 0);
    refuse(&s, text(1, "x", "a"), NTM_ERROR_SHAPE, "numbers", 1);
    refuse(&s, flag(1, "dec", true), NTM_ERROR_SHAPE, "numbers", 1);
    refuse(&s, number(1, "f", "1"), NTM_ERROR_SHAPE, "yes or no", 1);
    refuse(&s, number(1, "level", "1"), NTM_ERROR_SHAPE, "categories", 1);
    refuse(&s, flag(2, "text", true), NTM_ERROR_SHAPE, "text", 2);
    refuse(&s, number(2, "d", "1234567890.123456789"), NTM_ERROR_OVERFLOW, "15 digits", 2);
    refuse(&s, text(2, "text", "\xff"), NTM_ERROR_SYNTAX, "UTF-8", 2);
    refuse(&s, text(2, "\xff", "a"), NTM_ERROR_SYNTAX, "UTF-8", 2);
    refuse(&s, text(2, "text", NULL), NTM_ERROR_ARGUMENT, "NULL", 2);
    refuse(&s, number(2, NULL, "1"), NTM_ERROR_ARGUMENT, "names no field", NTM_NO_ROW);
    refuse(&s, gone(1, "new", NTM_NOT_APPLICABLE, 0), NTM_ERROR_ARGUMENT, "of what kind", 1);
    ntm_fact_change odd = number(1, "x", "1");
    odd.kind = (ntm_change_kind)0;
    refuse(&s, odd, NTM_ERROR_ARGUMENT, "kind", 1);
    odd.kind = (ntm_change_kind)4;
    refuse(&s, odd, NTM_ERROR_ARGUMENT, "kind", 1);
    odd = number(1, "x", "1");
    odd.known = (ntm_known)3;
    refuse(&s, odd, NTM_ERROR_ARGUMENT, "known", 1);
    odd = number(1, "x", "1");
    odd.number.scale = 19;
    refuse(&s, odd, NTM_ERROR_ARGUMENT, "digits", 1);
    ntm_problems *problems = NULL;
    ntm_what_if *out = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_problems_new(&problems, 0, NULL, &err), &err);
    ntm_fact_change twice[] = {number(1, "x", "1"), number(1, "dec", "1"), number(1, "x", "1"), number(0, "dec", "2"),
                               number(1, "dec", "3")};
    assert_fails(ntm_table_what_if(&out, &s.table, twice, 5, problems, NULL, &err), NTM_ERROR_CONFLICT, &err, "two");
    assert_int_equal(ntm_problems_found(problems), 2);
    ntm_fact_change mixed[] = {number(1, "new", "1"), flag(2, "new", true), flag(0, "d", true)};
    assert_fails(ntm_table_what_if(&out, &s.table, mixed, 3, problems, NULL, &err), NTM_ERROR_SHAPE, &err, "");
    assert_int_equal(ntm_problems_found(problems), 4);
    ntm_problems_free(problems);
    assert_fails(ntm_table_what_if(NULL, &s.table, twice, 1, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, "");
    assert_fails(ntm_table_what_if(&out, NULL, twice, 1, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, "");
    assert_fails(ntm_table_what_if(&out, &s.table, NULL, 1, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, "");
    assert_fails(ntm_table_what_if(&out, &s.table, twice, 1, NULL, &fault_lacking, &err), NTM_ERROR_ARGUMENT, &err, "");
    s.table.rows = 4;
    assert_fails(ntm_table_what_if(&out, &s.table, twice, 1, NULL, NULL, &err), NTM_ERROR_SHAPE, &err, "rows");
    assert_null(out);
    sheet_end(&s);
}

/* Columns whose bad cells only a change repairs, and decimals at the edge of 128 bits. */
static void edges(void **state) {
    static const char *const categories[] = {"a", "b"};
    static const int32_t codes[] = {0, 7, -1};
    static const uint8_t bytes[] = {1, 9, 0};
    static const int64_t large[] = {0, 0, -1, INT64_MAX, 5, 0}; /* little-endian halves: 0, 2^127 - 1, 5 */
    sheet s;
    ntm_what_if *out = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    sheet_start(&s, 3);
    sheet_column(&s, "level", ntm_column_codes(codes, 3, categories, 2));
    sheet_column(&s, "f", ntm_column_bytes(bytes, 3));
    ntm_column wide = NTM_COLUMN_INIT;
    wide.type = NTM_TYPE_DECIMAL128;
    wide.data = large;
    wide.stride_bytes = 16;
    wide.length = 3;
    sheet_column(&s, "wide", wide);
    ntm_fact_change change = text(0, "level", "c");
    assert_fails(ntm_table_what_if(&out, &s.table, &change, 1, NULL, NULL, &err), NTM_ERROR_VALUE, &err, "code 7");
    assert_int_equal(err.row, 1);
    change = number(0, "wide", "0.1");
    assert_fails(ntm_table_what_if(&out, &s.table, &change, 1, NULL, NULL, &err), NTM_ERROR_OVERFLOW, &err, "1 digits");
    assert_int_equal(err.row, 1);
    assert_null(out);
    ntm_fact_change mend[] = {text(1, "level", "c"), flag(1, "f", false), number(1, "wide", "-0.1")};
    ntm_what_if *w = asked(&s, mend, 3);
    expect(w, "level", 0, "\"a\"");
    expect(w, "level", 1, "\"c\"");
    expect(w, "level", 2, "?");
    expect(w, "f", 0, "= 1");
    expect(w, "f", 1, "= 0");
    expect(w, "wide", 1, "= -0.1");
    expect(w, "wide", 2, "= 5");
    ntm_what_if_free(w);
    change = number(0, "wide", "7"); /* what is kept may be larger than any number put in */
    w = asked(&s, &change, 1);
    assert_memory_equal((const char *)ntm_what_if_table(w)->fields[2].column.data + 16, &large[2], 16);
    ntm_what_if_free(w);
    change = flag(0, "f", false); /* a byte that is neither stays one */
    w = asked(&s, &change, 1);
    assert_int_equal(((const uint8_t *)ntm_what_if_table(w)->fields[1].column.data)[1], 9);
    ntm_what_if_free(w);
    sheet_end(&s);
}

/* ------------------------------------------------------------------------------------------- random */

enum { ROWS = 150, CELLS = 6 };

static const char *const names[CELLS] = {"int", "double", "decimal", "flag", "codes", "text"};

static void random_cell(char out[24], uint64_t *random, size_t column) {
    static const char *const words[] = {"a", "bb", "ccc", "d"};
    uint64_t dice = fault_random(random) % 10;
    if (dice < 3)
        snprintf(out, 24, "%s", dice == 0 ? "~" : "?");
    else if (column < 3)
        snprintf(out, 24, "%d", (int)(fault_random(random) % 200) - 100);
    else if (column == 3)
        snprintf(out, 24, "%s", dice % 2 == 0 ? "yes" : "no");
    else
        snprintf(out, 24, "%s", words[fault_random(random) % 4]);
}

/* What a change says, in the words of show(). */
static ntm_fact_change random_change(char want[64], uint64_t *random, size_t row, size_t column) {
    static const char *const words[] = {"a", "bb", "new", "newer", ""};
    static const char *const numbers[] = {"0", "1.5", "-2.25", "7", "100"};
    uint64_t dice = fault_random(random) % 10;
    if (dice < 2) {
        snprintf(want, 64, "%s", dice == 0 ? "~" : "?");
        return gone(row, names[column], dice == 0 ? NTM_NOT_APPLICABLE : NTM_NOT_REPORTED, 0);
    }
    if (column < 3) {
        const char *value = numbers[fault_random(random) % 5];
        snprintf(want, 64, "= %s", value);
        return number(row, names[column], value);
    }
    if (column == 3) {
        snprintf(want, 64, "= %d", dice % 2 == 0);
        return flag(row, names[column], dice % 2 == 0);
    }
    const char *word = words[fault_random(random) % 5];
    snprintf(want, 64, "\"%s\"", word);
    return text(row, names[column], word);
}

static void one_table(uint64_t seed) {
    static const form forms[CELLS] = {AS_INT16, AS_DOUBLE, AS_DECIMAL, AS_BITS, AS_CODES, AS_TEXT};
    static char want[CELLS][ROWS][64];
    static ntm_fact_change changes[CELLS * ROWS];
    uint64_t random = seed;
    size_t rows = 1 + (size_t)(fault_random(&random) % ROWS), count = 0;
    sheet s;
    sheet_start(&s, rows);
    for (size_t column = 0; column < CELLS; column++) {
        char cells[ROWS * 24] = "", one[24];
        for (size_t row = 0; row < rows; row++) {
            random_cell(one, &random, column);
            strcat(cells, one);
            strcat(cells, " ");
        }
        sheet_cells(&s, names[column], forms[column], cells);
        for (size_t row = 0; row < rows; row++) {
            show(want[column][row], &s.table, names[column], row);
            if (fault_random(&random) % 4 == 0)
                changes[count++] = random_change(want[column][row], &random, row, column);
        }
    }
    for (size_t i = count; i > 1; i--) {
        size_t other = (size_t)(fault_random(&random) % i);
        ntm_fact_change swap = changes[i - 1];
        changes[i - 1] = changes[other];
        changes[other] = swap;
    }
    ntm_what_if *w = asked(&s, changes, count);
    memset(changes, 0xee, sizeof changes); /* copied */
    for (size_t column = 0; column < CELLS; column++)
        for (size_t row = 0; row < rows; row++) {
            char got[64];
            show(got, ntm_what_if_table(w), names[column], row);
            if (strcmp(got, want[column][row]) != 0)
                fail_msg("seed %llu, %s, row %zu: %s, wanted %s", (unsigned long long)seed, names[column], row, got,
                         want[column][row]);
        }
    ntm_what_if_free(w);
    sheet_end(&s);
}

static void random_tables(void **state) {
    (void)state;
    const char *only = getenv("NTM_TEST_SEED");
    uint64_t first = only != NULL ? strtoull(only, NULL, 10) : 1;
    uint64_t last = only != NULL ? first : fault_under_valgrind() ? 20 : 300;
    for (uint64_t seed = first; seed <= last; seed++)
        one_table(seed);
}

/* Each change finds its own column, however many there are. */
static void many_columns(void **state) {
    enum { MANY = 3000, NEW = 500 };
    static const int64_t cells[] = {1, 2};
    static char called[MANY + NEW][8];
    static ntm_field fields[MANY];
    static ntm_fact_change changes[MANY + NEW];
    ntm_table table = NTM_TABLE_INIT;
    ntm_what_if *w = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    for (size_t i = 0; i < MANY + NEW; i++) {
        char value[8];
        (void)snprintf(called[i], sizeof called[i], "f%zu", i);
        (void)snprintf(value, sizeof value, "%zu", 10 + i);
        if (i < MANY) fields[i] = (ntm_field){called[i], ntm_column_int64(cells, 2)};
        changes[i * 1999 % (MANY + NEW)] = number(i % 2, called[i], value); /* in no order */
    }
    table.rows = 2;
    table.fields = fields;
    table.field_count = MANY;
    assert_ok(ntm_table_what_if(&w, &table, changes, MANY + NEW, NULL, NULL, &err), &err);
    const ntm_table *made = ntm_what_if_table(w);
    assert_int_equal(made->field_count, MANY + NEW);
    for (size_t i = 0; i < MANY + NEW; i++) {
        ntm_decimal value;
        const ntm_column *column = i < MANY ? &made->fields[i].column : &ntm_table_find(made, called[i])->column;
        if (i < MANY) assert_string_equal(made->fields[i].name, called[i]);
        assert_ok(ntm_column_decimal(&value, column, i % 2, &err), &err);
        assert_int_equal(value.coefficient, 10 + i);
        assert_int_equal(ntm_column_known(column, 1 - i % 2), i < MANY ? NTM_REPORTED : NTM_NOT_REPORTED);
    }
    ntm_what_if_free(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types),        cmocka_unit_test(flags_and_texts), cmocka_unit_test(new_columns),
        cmocka_unit_test(evaluated),    cmocka_unit_test(refused),         cmocka_unit_test(edges),
        cmocka_unit_test(many_columns), cmocka_unit_test(random_tables),
    };
    return cmocka_run_group_tests_name("tables with other facts", tests, NULL, NULL);
}
