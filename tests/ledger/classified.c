/* SPDX-License-Identifier: Apache-2.0 */
/* Ledgers whose budget codes are held against the classification on the day of each entry. */
#include "accounts.h"

#include <string.h>

static ntm_classification *shipped(void) {
    ntm_classification *classification = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_classification_shipped(&classification, NULL, &err), &err);
    return classification;
}

/* A central programme with sub-programmes, and a local one; their codes are made up. */
static const ntm_budget_programme programmes[] = {
    {"ntm", "0490", 0, NTM_GOVERNMENT_NONE, true, NTM_DATE_NONE, NTM_DATE_NONE},
    {"own", "5010", 0, NTM_GOVERNMENT_NONE, false, NTM_DATE_NONE, NTM_DATE_NONE}};

static ntm_codes_options declared(void) {
    ntm_codes_options codes = NTM_CODES_OPTIONS_INIT;
    codes.programmes = programmes;
    codes.programme_count = 2;
    return codes;
}

static ntm_ledger_options checking(const ntm_classification *classification, const ntm_codes_options *codes) {
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    options.classification = classification;
    options.codes = codes;
    return options;
}

/* A code is good or bad on the day of its entry: 754 ends with 2025. */
static void days(void **state) {
    ntm_classification *classification = shipped();
    ntm_ledger_options options = checking(classification, NULL);
    (void)state;
    ntm_ledger *ledger = accounts_read("unit,amount,date,chapter,item,subitem\nA,1,2025-12-31,754,0010,0011\n"
                                       "A,2,2026-01-01,854,,\n",
                                       &options);
    assert_int_equal(ntm_ledger_member_count(ledger, "chapter"), 2);
    assert_int_equal(ntm_ledger_member_count(ledger, "subitem"), 2); /* and what is not stated */
    ntm_ledger_free(ledger);
    accounts_refused("unit,amount,date,chapter\nA,1,2025-12-31,754\nA,2,2026-01-01,754\n", &options, NTM_ERROR_VALUE,
                     "text: chapter", 1, "854");
    accounts_refused("unit,amount,year,chapter\nA,1,2025,754\nA,2,2026,754\n", &options, NTM_ERROR_VALUE,
                     "text: chapter", 1, "854");
    accounts_refused("unit,amount,period,item,subitem\nA,1,2024-03,0010,0011\nA,2,2024-03,0010,0111\n", &options,
                     NTM_ERROR_VALUE, "text: subitem", 1, "0111");
    accounts_refused("unit,amount,period,category\nA,1,2024-03,28\n", &options, NTM_ERROR_VALUE, "text: category", 0,
                     "28");
    /* Before 4 February 2017 no rule is known: open, and not refused. */
    ntm_ledger_free(accounts_read("unit,amount,date,chapter\nA,1,2016-12-31,999\n", &options));
    options.on = accounts_day("2026-02-01"); /* the day of all entries */
    accounts_refused("unit,amount,chapter\nA,1,754\n", &options, NTM_ERROR_VALUE, "text: chapter", 0, "854");
    ntm_classification_free(classification);
}

/* Without a classification the columns are as unknown as others. */
static void unasked(void **state) {
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    (void)state;
    options.on = accounts_day("2026-02-01");
    accounts_refused("unit,amount,chapter\nA,1,754\n", &options, NTM_ERROR_SHAPE, "text: chapter", NTM_NO_ROW, NULL);
}

/* Local money inside a central programme carries the central code: by source, whichever way that is named, or by level. */
static void central(void **state) {
    ntm_classification *classification = shipped();
    ntm_codes_options codes = declared();
    ntm_ledger_options options = checking(classification, &codes);
    (void)state;
    ntm_ledger_free(accounts_read("unit,amount,year,programme,source,programme_code\nA,1,2024,ntm,commune,0491\n"
                                  "A,1,2024,ntm,central,\nA,1,2024,own,commune,5010\nA,1,2024,other,commune,\n",
                                  &options));
    accounts_refused("unit,amount,year,programme,source,programme_code\nA,1,2024,ntm,commune,0491\n"
                     "A,1,2024,ntm,commune,5010\n",
                     &options, NTM_ERROR_VALUE, "text: programme_code", 1, "0490");
    accounts_refused("unit,amount,year,programme,source\nA,1,2024,ntm,central\nA,1,2024,ntm,Ngân sách Xã\n", &options,
                     NTM_ERROR_VALUE, "text: programme_code", 1, "0490");
    accounts_refused("unit,amount,year,programme,budget_level\nA,1,2024,ntm,1\nA,1,2024,ntm,4\n", &options,
                     NTM_ERROR_VALUE, "text: programme_code", 1, "0490");
    accounts_refused("unit,amount,year,programme,programme_code\nA,1,2024,ntm,0490\n", &options, NTM_ERROR_VALUE,
                     "text: programme_code", 0, NULL); /* entries go on its parts */
    /* What is local can be told: then only that is, with its parts. */
    static const char *const local[] = {"people"};
    codes.local_sources = local;
    codes.local_source_count = 1;
    ntm_ledger_free(accounts_read("unit,amount,year,programme,source\nA,1,2024,ntm,commune\n", &options));
    accounts_refused("unit,amount,year,programme,source\nA,1,2024,ntm,labour\n", &options, NTM_ERROR_VALUE,
                     "text: programme_code", 0, "0490");
    ntm_classification_free(classification);
}

/* Members of the caller's own, with names: the check sees their ids. */
static void own_members(void **state) {
    static const ntm_member members[] = {{"ntm", "Nông thôn mới", NULL, false}, {"x", NULL, NULL, false}};
    static const ntm_dimension_spec dimension = {"programme", members, 2, false};
    ntm_classification *classification = shipped();
    ntm_codes_options codes = declared();
    ntm_ledger_options options = checking(classification, &codes);
    (void)state;
    options.dimensions = &dimension;
    options.dimension_count = 1;
    accounts_refused("unit,amount,year,programme,source\nA,1,2024,x,commune\nA,1,2024,nông thôn mới,commune\n",
                     &options, NTM_ERROR_VALUE, "text: programme_code", 1, "0490");
    ntm_classification_free(classification);
}

/* Bad codes are left out and listed as other bad rows are; a row has its first reason. */
static void left_out(void **state) {
    ntm_classification *classification = shipped();
    ntm_ledger_options options = checking(classification, NULL);
    (void)state;
    options.leave_out = true;
    ntm_ledger *ledger =
        accounts_read("unit,amount,period,chapter,item\nA,1,2024-03,754,0010\nA,2,2024-03,75x,0010\n"
                      "A,4,2024-13,1,1\nA,8,2026-03,754,0011\n,16,2024-03,754,0010\nA,32,2026-03,,0020\n",
                      &options);
    assert_int_equal(ntm_ledger_left_out_count(ledger), 4);
    static const struct {
        size_t row;
        const char *subject;
    } expected[] = {{1, "text: chapter"}, {2, "text: period"}, {3, "text: chapter"}, {4, "text: unit"}};
    for (size_t i = 0; i < 4; i++) {
        const ntm_error *reason = ntm_ledger_left_out(ledger, i);
        assert_int_equal(reason->row, expected[i].row);
        assert_string_equal(reason->subject, expected[i].subject);
    }
    expect_cube("=33", ledger, NULL);
    ntm_ledger_free(ledger);
    ntm_classification_free(classification);
}

static void wrong_calls(void **state) {
    ntm_classification *classification = shipped();
    ntm_codes_options codes = declared();
    ntm_ledger_options options = checking(NULL, &codes);
    ntm_ledger *ledger = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    options.on = accounts_day("2024-01-01");
    assert_fails(ntm_ledger_read(&ledger, "unit,amount\nA,1\n", 16, "text", &options, &err), NTM_ERROR_ARGUMENT, &err,
                 NULL);
    options.classification = classification;
    codes.struct_size = 4;
    assert_fails(ntm_ledger_read(&ledger, "unit,amount\nA,1\n", 16, "text", &options, &err), NTM_ERROR_ARGUMENT, &err,
                 NULL);
    static const ntm_budget_programme wrong = {"ntm", "x", 0, NTM_GOVERNMENT_NONE, false, NTM_DATE_NONE, NTM_DATE_NONE};
    codes = declared();
    codes.programmes = &wrong;
    codes.programme_count = 1;
    assert_fails(ntm_ledger_read(&ledger, "unit,amount\nA,1\n", 16, "text", &options, &err), NTM_ERROR_VALUE, &err,
                 NULL);
    /* Doubles are no codes: they have lost more than their zeros. */
    static const double chapters[] = {754};
    static const int64_t amounts[] = {1};
    static const char *const names[] = {"A"};
    static const int32_t zero[] = {0};
    const ntm_field fields[] = {{"unit", ntm_column_codes(zero, 1, names, 1)},
                                {"amount", ntm_column_int64(amounts, 1)},
                                {"chapter", ntm_column_double(chapters, 1)}};
    ntm_table table = NTM_TABLE_INIT;
    table.rows = 1;
    table.fields = fields;
    table.field_count = 3;
    options.codes = NULL;
    accounts_table_refused(&table, &options, NTM_ERROR_SHAPE, "chapter", NTM_NO_ROW, NULL);
    assert_null(ledger);
    ntm_classification_free(classification);
}

/* Integers have lost their leading zeros. */
static void integers(void **state) {
    static const int16_t chapters[] = {7, 754}, items[] = {10, 20};
    static const int64_t amounts[] = {1, 2};
    static const char *const names[] = {"A"};
    static const int32_t zero[] = {0, 0};
    ntm_classification *classification = shipped();
    ntm_ledger_options options = checking(classification, NULL);
    ntm_column chapter = NTM_COLUMN_INIT, item = NTM_COLUMN_INIT;
    (void)state;
    chapter.type = item.type = NTM_TYPE_INT16;
    chapter.length = item.length = 2;
    chapter.stride_bytes = item.stride_bytes = sizeof(int16_t);
    chapter.data = chapters;
    item.data = items;
    const ntm_field fields[] = {{"unit", ntm_column_codes(zero, 2, names, 1)},
                                {"amount", ntm_column_int64(amounts, 2)},
                                {"chapter", chapter},
                                {"item", item}};
    ntm_table table = NTM_TABLE_INIT;
    table.rows = 2;
    table.fields = fields;
    table.field_count = 4;
    options.on = accounts_day("2025-12-31");
    ntm_ledger_free(accounts_new(&table, &options));
    options.on = accounts_day("2026-01-01");
    accounts_table_refused(&table, &options, NTM_ERROR_VALUE, "chapter", 1, "854");
    ntm_classification_free(classification);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(days),     cmocka_unit_test(unasked),
                                       cmocka_unit_test(central),  cmocka_unit_test(own_members),
                                       cmocka_unit_test(left_out), cmocka_unit_test(wrong_calls),
                                       cmocka_unit_test(integers)};
    return cmocka_run_group_tests_name("budget codes of ledgers", tests, NULL, NULL);
}
