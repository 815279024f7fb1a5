/* SPDX-License-Identifier: Apache-2.0 */
/* Codes that belong together, and the rules of programmes. The codes of programmes are made up. */
#include "grammar.h"

#include <stdio.h>
#include <string.h>

#define DAY  "2024-03-01"
#define NEXT "2026-01-01"

static const ntm_budget_programme programmes[] = {
    {"ntm", "0390", 0, NTM_GOVERNMENT_NONE, true, NTM_DATE_NONE, 18628}, /* until 2020-12-31 */
    {"ntm", "0490", 0, NTM_CENTRAL, true, 18628, NTM_DATE_NONE},
    {"poverty", "0470", 0, NTM_GOVERNMENT_NONE, false, NTM_DATE_NONE, NTM_DATE_NONE},
    {"gardens", "5010", 0, NTM_LOCAL, true, NTM_DATE_NONE, NTM_DATE_NONE},
    {"narrow", "0600", 10, NTM_GOVERNMENT_NONE, false, NTM_DATE_NONE, NTM_DATE_NONE},
};
static const char *const local_sources[] = {"province", "commune"};

static ntm_codes_options usual(void) {
    ntm_codes_options options = NTM_CODES_OPTIONS_INIT;
    options.programmes = programmes;
    options.programme_count = sizeof programmes / sizeof *programmes;
    options.local_sources = local_sources;
    options.local_source_count = 2;
    return options;
}

/* The verdicts of an entry, as "class other parent; ...". */
static void expect(const ntm_classification *c, const ntm_budget_codes *codes, const char *on, const char *text) {
    ntm_codes_options options = usual();
    ntm_code_finding found[NTM_ENTRY_FINDINGS_MAX];
    ntm_error err = NTM_ERROR_INIT;
    char said[600] = "";
    size_t count = 0, size = 0;
    assert_ok(ntm_entry_check(found, &count, NTM_ENTRY_FINDINGS_MAX, c, codes, grammar_day(on), &options, &err), &err);
    for (size_t i = 0; i < count; i++)
        size += (size_t)snprintf(said + size, sizeof said - size, "%s%s %s", i == 0 ? "" : "; ",
                                 ntm_code_kind_name(found[i].kind), ntm_code_verdict_name(found[i].verdict));
    assert_string_equal(said, text);
}

/* Codes in the order of ntm_budget_codes; those at the end that are not named are absent. */
static const ntm_budget_codes *codes_of(const char *const list[10]) {
    static ntm_budget_codes codes;
    codes = (ntm_budget_codes){sizeof codes, list[0], list[1], list[2], list[3], list[4],
                               list[5],      list[6], list[7], list[8], list[9]};
    return &codes;
}

#define CODES(...) codes_of((const char *const[10]){__VA_ARGS__})

static void parts(void **state) {
    ntm_classification *c = grammar_shipped();
    (void)state;
    expect(c, CODES("412", "280", "283", "6000", "6049", "0491", "01", "2"), DAY, "");
    expect(c, CODES(NULL), DAY, "");
    expect(c, CODES("", "", ""), DAY, "");
    expect(c, CODES(NULL, "340", "283"), DAY, "class other parent");
    expect(c, CODES(NULL, "250", "283"), DAY, "class other parent");
    expect(c, CODES(NULL, NULL, "283"), DAY, "");
    expect(c, CODES(NULL, "281", "283"), DAY, "category out of range"); /* of what is bad nothing more is said */
    expect(c, CODES(NULL, NULL, NULL, "6000", "6051"), DAY, "subitem other parent");
    expect(c, CODES(NULL, NULL, NULL, "6050", "6049"), DAY, "subitem other parent");
    expect(c, CODES(NULL, NULL, NULL, "6050", "6099"), DAY, "");
    expect(c, CODES(NULL, NULL, NULL, "6000", "6050"), DAY, "subitem wrong last digit");
    expect(c, CODES("612", "28", "x", "6001", "6000", "0000", "9", "7"), DAY,
           "category wrong length; class not digits; item wrong last digit; subitem wrong last digit; programme out of "
           "range; source wrong length; level out of range");
    ntm_classification_free(c);
}

static void levels(void **state) {
    ntm_classification *c = grammar_shipped();
    ntm_code_finding found[1];
    size_t count = 0;
    (void)state;
    expect(c, CODES("412", NULL, NULL, NULL, NULL, NULL, NULL, "1"), DAY, "level other level");
    expect(c, CODES("612", NULL, NULL, NULL, NULL, NULL, NULL, "3"), DAY, "");
    expect(c, CODES("612", NULL, NULL, NULL, NULL, NULL, NULL, "3"), NEXT, "chapter ended; level open");
    assert_int_equal(ntm_entry_check(found, &count, 1, c, CODES("412", NULL, NULL, NULL, NULL, NULL, NULL, "1"),
                                     grammar_day(DAY), NULL, NULL),
                     NTM_OK);
    assert_string_equal(found->expected, "2");
    assert_string_equal(found->code, "1");
    assert_int_equal(found->standing, NTM_RULE_INFERRED);
    ntm_codes_options options = usual();
    options.seen_only = true;
    assert_int_equal(ntm_entry_check(found, &count, 1, c, CODES("412", NULL, NULL, NULL, NULL, NULL, NULL, "1"),
                                     grammar_day(DAY), &options, NULL),
                     NTM_OK);
    assert_true(count == 1 && found->verdict == NTM_CODE_OPEN);
    /* What is only carried over to 2026 is open then; what was read stays. */
    assert_int_equal(ntm_entry_check(found, &count, 1, c, CODES("412"), grammar_day(NEXT), &options, NULL), NTM_OK);
    assert_true(count == 1 && found->verdict == NTM_CODE_OPEN);
    assert_int_equal(ntm_entry_check(found, &count, 1, c, CODES("754"), grammar_day(NEXT), &options, NULL), NTM_OK);
    assert_true(count == 1 && found->verdict == NTM_CODE_ENDED);
    assert_int_equal(ntm_entry_check(found, &count, 1, c, CODES("855"), grammar_day(NEXT), &options, NULL), NTM_OK);
    assert_int_equal(count, 0);
    ntm_classification_free(c);
}

#define POST(code, level, programme, source) CODES(NULL, NULL, NULL, NULL, NULL, code, NULL, level, programme, source)

static void sums(void **state) {
    ntm_classification *c = grammar_shipped();
    (void)state;
    expect(c, POST("0490", NULL, NULL, NULL), DAY, "programme is a sum");
    expect(c, POST("0490", NULL, NULL, NULL), "2020-12-31", ""); /* not declared of that day */
    expect(c, POST("0390", NULL, NULL, NULL), "2020-12-31", "programme is a sum");
    expect(c, POST("0390", NULL, NULL, NULL), "2021-01-01", "");
    expect(c, POST("0491", NULL, NULL, NULL), DAY, "");
    expect(c, POST("0470", NULL, NULL, NULL), DAY, ""); /* it has no parts */
    expect(c, POST("490", NULL, NULL, NULL), DAY, "programme wrong length");
    expect(c, POST("5010", NULL, NULL, NULL), DAY, "programme is a sum");
    ntm_classification_free(c);
}

static void central(void **state) {
    ntm_classification *c = grammar_shipped();
    ntm_codes_options options = usual();
    ntm_code_finding found[2];
    size_t count = 0;
    (void)state;
    expect(c, POST("5011", NULL, "ntm", "province"), DAY, "programme central code is needed");
    expect(c, POST("5011", NULL, "ntm", "central"), DAY, "");
    expect(c, POST("5011", "2", "ntm", "central"), DAY, "programme central code is needed");
    expect(c, POST("5011", "4", "ntm", NULL), DAY, "programme central code is needed");
    expect(c, POST("5011", "1", "ntm", NULL), DAY, "");
    expect(c, POST("5011", "9", "ntm", NULL), DAY, "level out of range"); /* not known to be local */
    expect(c, POST("0491", NULL, "ntm", "province"), DAY, "");
    expect(c, POST("0509", NULL, "ntm", "province"), DAY, "");
    expect(c, POST("0510", NULL, "ntm", "province"), DAY, "programme central code is needed");
    expect(c, POST("0489", NULL, "ntm", "province"), DAY, "programme central code is needed");
    expect(c, POST("0490", NULL, "ntm", "province"), DAY, "programme is a sum");
    expect(c, POST("0609", NULL, "narrow", "commune"), DAY, "");
    expect(c, POST("0610", NULL, "narrow", "commune"), DAY, "programme central code is needed");
    expect(c, POST("0391", NULL, "ntm", "commune"), "2020-06-01", "");
    expect(c, POST("0391", NULL, "ntm", "commune"), DAY, "programme central code is needed");
    expect(c, POST("0491", NULL, "gardens", "province"), DAY, "");
    expect(c, POST("5011", NULL, "unknown", "province"), DAY, "");
    expect(c, POST("5011", NULL, "nt", "province"), DAY, "");
    expect(c, POST("5011", NULL, "ntm2", "province"), DAY, "");
    expect(c, POST(NULL, NULL, "ntm", "province"), DAY, "programme central code is needed");
    expect(c, POST("5011", NULL, "ntm", "province"), "2016-01-01", "programme open");
    assert_int_equal(
        ntm_entry_check(found, &count, 2, c, POST(NULL, NULL, "ntm", "province"), grammar_day(DAY), &options, NULL),
        NTM_OK);
    assert_int_equal(count, 1);
    expect_text(found, "programme code missing: local money in a central programme has to carry the central code: "
                       "expected one of the block of 0490 (324/2016/TT-BTC; circular 324 art. 5 (mlns324))");
    /* Without room the count is told all the same. */
    assert_int_equal(
        ntm_entry_check(NULL, &count, 0, c, POST("5011", "8", "ntm", "province"), grammar_day(DAY), &options, NULL),
        NTM_OK);
    assert_int_equal(count, 2);
    ntm_classification_free(c);
}

/* A file without the rules about entries does not ask for them. */
static void without(void **state) {
    ntm_classification *c = grammar_read("programme,any,4,0001,4999,central,,,20,," SEEN
                                         "chapter,any,1,1,1,province,,,,," SEEN "level,any,1,1,1,central,,,,," SEEN);
    (void)state;
    ntm_codes_options options = usual();
    ntm_code_finding found[1];
    size_t count = 9;
    options.programme_count = 2;
    assert_int_equal(ntm_entry_check(found, &count, 1, c,
                                     CODES("1", NULL, NULL, NULL, NULL, "0490", NULL, "1", "ntm", "province"),
                                     grammar_day(DAY), &options, NULL),
                     NTM_OK);
    assert_int_equal(count, 0);
    ntm_classification_free(c);
}

static void declared(const ntm_budget_programme *all, size_t count, ntm_status status, const char *part) {
    ntm_classification *c = grammar_shipped();
    ntm_codes_options options = NTM_CODES_OPTIONS_INIT;
    ntm_error err = NTM_ERROR_INIT;
    size_t found = 7;
    options.programmes = all;
    options.programme_count = count;
    assert_fails(ntm_entry_check(NULL, &found, 0, c, CODES(NULL), grammar_day(DAY), &options, &err), status, &err,
                 part);
    assert_int_equal(found, 7);
    ntm_classification_free(c);
}

#define DECLARED(count, status, part, ...) declared((const ntm_budget_programme[]){__VA_ARGS__}, count, status, part)
#define EVER                               NTM_DATE_NONE, NTM_DATE_NONE

static void refused(void **state) {
    (void)state;
    DECLARED(1, NTM_ERROR_ARGUMENT, "id and a code", {NULL, "0490", 0, NTM_CENTRAL, false, EVER});
    DECLARED(1, NTM_ERROR_ARGUMENT, "id and a code", {"", "0490", 0, NTM_CENTRAL, false, EVER});
    DECLARED(1, NTM_ERROR_ARGUMENT, "id and a code", {"a", NULL, 0, NTM_CENTRAL, false, EVER});
    DECLARED(1, NTM_ERROR_ARGUMENT, "NTM_CENTRAL", {"a", "0490", 0, NTM_OF_COMMUNE, false, EVER});
    DECLARED(1, NTM_ERROR_VALUE, "\"04x0\": its code is not one of", {"a", "04x0", 0, NTM_CENTRAL, false, EVER});
    DECLARED(1, NTM_ERROR_VALUE, "no code of a programme", {"a", "490", 0, NTM_CENTRAL, false, EVER});
    DECLARED(1, NTM_ERROR_VALUE, "another level", {"a", "0490", 0, NTM_LOCAL, false, EVER});
    DECLARED(1, NTM_ERROR_VALUE, "another level", {"a", "5010", 0, NTM_CENTRAL, false, EVER});
    DECLARED(1, NTM_ERROR_VALUE, "1,000,000", {"a", "0490", 2000000, NTM_CENTRAL, false, EVER});
    DECLARED(1, NTM_ERROR_VALUE, "ends before it begins", {"a", "0490", 0, NTM_CENTRAL, false, 100, 100});
    DECLARED(1, NTM_ERROR_VALUE, "which level", {"a", "0490", 0, NTM_GOVERNMENT_NONE, false, 100, 200});
    DECLARED(1, NTM_ERROR_VALUE, "how many codes", {"a", "0490", 0, NTM_CENTRAL, false, 100, 200});
    DECLARED(2, NTM_ERROR_CONFLICT, "declared twice", {"a", "0490", 0, NTM_CENTRAL, false, EVER},
             {"a", "0590", 0, NTM_CENTRAL, false, EVER});
    DECLARED(2, NTM_ERROR_CONFLICT, "another's block", {"a", "0490", 0, NTM_CENTRAL, false, EVER},
             {"b", "0509", 0, NTM_CENTRAL, false, EVER});
    DECLARED(2, NTM_ERROR_CONFLICT, "another's block", {"a", "0490", 0, NTM_CENTRAL, false, EVER},
             {"b", "0471", 0, NTM_CENTRAL, false, EVER});
}

static void calls(void **state) {
    ntm_classification *c = grammar_shipped();
    ntm_codes_options options = usual();
    ntm_budget_codes codes = NTM_BUDGET_CODES_INIT;
    ntm_error err = NTM_ERROR_INIT;
    size_t count = 0;
    (void)state;
    assert_fails(ntm_entry_check(NULL, NULL, 0, c, &codes, 18000, NULL, &err), NTM_ERROR_ARGUMENT, &err, "needed");
    assert_fails(ntm_entry_check(NULL, &count, 1, c, &codes, 18000, NULL, &err), NTM_ERROR_ARGUMENT, &err, "needed");
    assert_fails(ntm_entry_check(NULL, &count, 0, c, NULL, 18000, NULL, &err), NTM_ERROR_ARGUMENT, &err, "needed");
    assert_fails(ntm_entry_check(NULL, &count, 0, c, &codes, NTM_DATE_NONE, NULL, &err), NTM_ERROR_ARGUMENT, &err,
                 "day");
    options.local_sources = NULL;
    assert_fails(ntm_entry_check(NULL, &count, 0, c, &codes, 18000, &options, &err), NTM_ERROR_ARGUMENT, &err, "list");
    options = usual();
    options.programmes = NULL;
    assert_fails(ntm_entry_check(NULL, &count, 0, c, &codes, 18000, &options, &err), NTM_ERROR_ARGUMENT, &err, "list");
    options = usual();
    options.local_sources = (const char *const[]){NULL, NULL};
    assert_fails(ntm_entry_check(NULL, &count, 0, c, &codes, 18000, &options, &err), NTM_ERROR_ARGUMENT, &err, "NULL");
    options = usual();
    options.on = INT32_MAX;
    assert_fails(ntm_entry_check(NULL, &count, 0, c, &codes, 18000, &options, &err), NTM_ERROR_ARGUMENT, &err, "day");
    options = usual();
    options.programme_count = 4097;
    static ntm_budget_programme many[4097];
    for (size_t i = 0; i < 4097; i++)
        many[i] = programmes[0];
    options.programmes = many;
    assert_fails(ntm_entry_check(NULL, &count, 0, c, &codes, 18000, &options, &err), NTM_ERROR_LIMIT, &err, "4096");
    codes.struct_size = 8;
    assert_fails(ntm_entry_check(NULL, &count, 0, c, &codes, 18000, NULL, &err), NTM_ERROR_ARGUMENT, &err, "INIT");
    ntm_classification_free(c);
}

/* A programme whose rules change during its days is two. */
static void changing(void **state) {
    ntm_classification *c = grammar_read("programme,any,4,0001,4999,central,,,20,,,,2020-01-01,seen,A,S\n"
                                         "programme,any,4,0001,4999,central,,,40,,,2020-01-01,,seen,B,S\n"
                                         "programme,central code,,,,,,,,," SEEN);
    ntm_codes_options options = NTM_CODES_OPTIONS_INIT;
    ntm_budget_programme one = {"a", "0100", 0, NTM_GOVERNMENT_NONE, false, EVER};
    ntm_error err = NTM_ERROR_INIT;
    size_t count = 0;
    (void)state;
    options.programmes = &one;
    options.programme_count = 1;
    options.local_sources = local_sources;
    options.local_source_count = 1;
    assert_fails(ntm_entry_check(NULL, &count, 0, c, CODES(NULL), 18000, &options, &err), NTM_ERROR_VALUE, &err,
                 "change during its days");
    one.valid_from = grammar_day("2020-01-01");
    assert_ok(
        ntm_entry_check(NULL, &count, 0, c, POST("0139", NULL, "a", "province"), grammar_day(DAY), &options, &err),
        &err);
    assert_int_equal(count, 0);
    assert_ok(
        ntm_entry_check(NULL, &count, 0, c, POST("0140", NULL, "a", "province"), grammar_day(DAY), &options, &err),
        &err);
    assert_int_equal(count, 1);
    ntm_classification_free(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(parts),   cmocka_unit_test(levels),  cmocka_unit_test(sums),
                                       cmocka_unit_test(central), cmocka_unit_test(without), cmocka_unit_test(refused),
                                       cmocka_unit_test(calls),   cmocka_unit_test(changing)};
    return cmocka_run_group_tests_name("codes of an entry", tests, NULL, NULL);
}
