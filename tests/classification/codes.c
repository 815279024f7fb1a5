/* SPDX-License-Identifier: Apache-2.0 */
/* Single codes against the shipped rules, and against rules of other shapes. */
#include "grammar.h"
#include "scratch.h"

#include <stdio.h>
#include <string.h>

#define LAST "2025-12-31"
#define NEXT "2026-01-01"

typedef struct expected {
    ntm_code_kind kind;
    const char *code;
    const char *on;
    ntm_code_verdict verdict;
} expected;

static const expected cases[] = {
    {NTM_CODE_CHAPTER, "001", LAST, NTM_CODE_GOOD},
    {NTM_CODE_CHAPTER, "399", LAST, NTM_CODE_GOOD},
    {NTM_CODE_CHAPTER, "400", NEXT, NTM_CODE_GOOD},
    {NTM_CODE_CHAPTER, "599", NEXT, NTM_CODE_GOOD},
    {NTM_CODE_CHAPTER, "600", LAST, NTM_CODE_GOOD},
    {NTM_CODE_CHAPTER, "799", LAST, NTM_CODE_GOOD},
    {NTM_CODE_CHAPTER, "600", NEXT, NTM_CODE_ENDED},
    {NTM_CODE_CHAPTER, "799", NEXT, NTM_CODE_ENDED},
    {NTM_CODE_CHAPTER, "754", LAST, NTM_CODE_GOOD},
    {NTM_CODE_CHAPTER, "757", NEXT, NTM_CODE_ENDED},
    {NTM_CODE_CHAPTER, "854", NEXT, NTM_CODE_GOOD},
    {NTM_CODE_CHAPTER, "854", LAST, NTM_CODE_GOOD},
    {NTM_CODE_CHAPTER, "989", NEXT, NTM_CODE_GOOD},
    {NTM_CODE_CHAPTER, "990", LAST, NTM_CODE_OUT_OF_RANGE},
    {NTM_CODE_CHAPTER, "990", NEXT, NTM_CODE_OUT_OF_RANGE},
    {NTM_CODE_CHAPTER, "000", LAST, NTM_CODE_OUT_OF_RANGE},
    {NTM_CODE_CHAPTER, "61", LAST, NTM_CODE_BAD_LENGTH},
    {NTM_CODE_CHAPTER, "0612", LAST, NTM_CODE_BAD_LENGTH},
    {NTM_CODE_CHAPTER, "99999999999999", LAST, NTM_CODE_BAD_LENGTH},
    {NTM_CODE_CHAPTER, "", LAST, NTM_CODE_BAD_LENGTH},
    {NTM_CODE_CHAPTER, "6l2", LAST, NTM_CODE_BAD_DIGITS},
    {NTM_CODE_CHAPTER, " 612", LAST, NTM_CODE_BAD_DIGITS},
    {NTM_CODE_CHAPTER, "+12", LAST, NTM_CODE_BAD_DIGITS},
    {NTM_CODE_CHAPTER, "chương", LAST, NTM_CODE_BAD_DIGITS},
    {NTM_CODE_CHAPTER, "612", "2017-02-03", NTM_CODE_OPEN},
    {NTM_CODE_CHAPTER, "abc", "2017-02-03", NTM_CODE_OPEN},
    {NTM_CODE_CHAPTER, "612", "2017-02-04", NTM_CODE_GOOD},
    {NTM_CODE_CATEGORY, "280", LAST, NTM_CODE_GOOD},
    {NTM_CODE_CATEGORY, "310", LAST, NTM_CODE_OUT_OF_RANGE},
    {NTM_CODE_CATEGORY, "281", LAST, NTM_CODE_OUT_OF_RANGE},
    {NTM_CODE_CLASS, "283", LAST, NTM_CODE_GOOD},
    {NTM_CODE_CLASS, "280", LAST, NTM_CODE_BAD_SHAPE},
    {NTM_CODE_CLASS, "009", LAST, NTM_CODE_NO_PARENT},
    {NTM_CODE_CLASS, "011", NEXT, NTM_CODE_GOOD},
    {NTM_CODE_ITEM, "6000", LAST, NTM_CODE_GOOD},
    {NTM_CODE_ITEM, "6001", LAST, NTM_CODE_BAD_SHAPE},
    {NTM_CODE_ITEM, "600", LAST, NTM_CODE_BAD_LENGTH},
    {NTM_CODE_SUBITEM, "6001", LAST, NTM_CODE_GOOD},
    {NTM_CODE_SUBITEM, "6000", LAST, NTM_CODE_BAD_SHAPE},
    {NTM_CODE_PROGRAMME, "0000", LAST, NTM_CODE_OUT_OF_RANGE},
    {NTM_CODE_PROGRAMME, "0001", LAST, NTM_CODE_GOOD},
    {NTM_CODE_PROGRAMME, "9989", LAST, NTM_CODE_GOOD},
    {NTM_CODE_PROGRAMME, "9990", NEXT, NTM_CODE_OUT_OF_RANGE},
    {NTM_CODE_SOURCE, "01", LAST, NTM_CODE_GOOD},
    {NTM_CODE_SOURCE, "50", NEXT, NTM_CODE_GOOD},
    {NTM_CODE_SOURCE, "12", LAST, NTM_CODE_OPEN},
    {NTM_CODE_SOURCE, "1", LAST, NTM_CODE_BAD_LENGTH},
    {NTM_CODE_LEVEL, "1", LAST, NTM_CODE_GOOD},
    {NTM_CODE_LEVEL, "5", LAST, NTM_CODE_OUT_OF_RANGE},
    {NTM_CODE_LEVEL, "3", LAST, NTM_CODE_GOOD},
    {NTM_CODE_LEVEL, "3", NEXT, NTM_CODE_OPEN},
    {NTM_CODE_LEVEL, "5", NEXT, NTM_CODE_OUT_OF_RANGE},
};

static void shipped(void **state) {
    ntm_classification *c = grammar_shipped();
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_code(c, cases[i].kind, cases[i].code, cases[i].on, cases[i].verdict);
    assert_int_equal(ntm_classification_rule_count(c), 70);
    ntm_classification_free(c);
}

/* Everything that a finding tells. */
static void told(void **state) {
    ntm_classification *c = grammar_shipped();
    (void)state;
    ntm_code_finding f = grammar_check(c, NTM_CODE_CHAPTER, "754", "2026-02-01");
    assert_string_equal(f.expected, "854");
    assert_int_equal(f.since, grammar_day("2017-02-04"));
    assert_int_equal(f.until, grammar_day(NEXT));
    assert_int_equal(f.standing, NTM_RULE_SEEN);
    assert_int_equal(f.rule, 2);
    assert_int_equal(f.digits, 3);
    expect_text(&f,
                "chapter 754: no longer a code since 2026-01-01: expected 854 (324/2016/TT-BTC; circular 324 art. 2 "
                "(mlns324); its successor (mlns130))");
    f = grammar_check(c, NTM_CODE_CHAPTER, "612", "2026-02-01");
    assert_string_equal(f.expected, "");
    expect_text(&f, "chapter 612: no longer a code since 2026-01-01 (324/2016/TT-BTC; circular 324 art. 2 (mlns324); "
                    "removed on 2026-01-01 (mlns130))");
    f = grammar_check(c, NTM_CODE_CLASS, "339", LAST);
    assert_string_equal(f.parent, "280");
    assert_string_equal(f.code, "339");
    f = grammar_check(c, NTM_CODE_CLASS, "341", LAST);
    assert_string_equal(f.parent, "340");
    assert_string_equal(grammar_check(c, NTM_CODE_SUBITEM, "6001", LAST).parent, "");
    f = grammar_check(c, NTM_CODE_CATEGORY, "280", LAST);
    assert_string_equal(f.label, "economic activities");
    f = grammar_check(c, NTM_CODE_CATEGORY, "281", LAST);
    assert_null(f.label);
    f = grammar_check(c, NTM_CODE_CHAPTER, "990", NEXT);
    assert_int_equal(f.standing, NTM_RULE_INFERRED);
    f = grammar_check(c, NTM_CODE_LEVEL, "5", NEXT);
    assert_int_equal(f.standing, NTM_RULE_INFERRED);
    f = grammar_check(c, NTM_CODE_SOURCE, "12", NEXT);
    assert_int_equal(f.standing, NTM_RULE_UNREAD);
    expect_text(&f, "source 12: no rule that was read tells (130/2025/TT-BTC; the detailed codes were not read "
                    "(mlns324))");
    f = grammar_check(c, NTM_CODE_CHAPTER, "612", "2010-01-01");
    assert_null(f.act);
    assert_true(f.rule == SIZE_MAX && f.standing == 0 && f.digits == 0 && f.since == NTM_DATE_NONE);
    expect_text(&f, "chapter 612: no rule is known for the day");
    f = grammar_check(c, NTM_CODE_CHAPTER, "854", NEXT);
    expect_text(&f, "chapter 854: good, commune (130/2025/TT-BTC; 754-757 became 854-857 (mlns130))");
    f = grammar_check(c, NTM_CODE_CHAPTER, "6\n2", NEXT);
    assert_string_equal(f.code, "6 2");
    f = grammar_check(c, NTM_CODE_CHAPTER, "\xff\xfe", NEXT);
    assert_string_equal(f.code, "??");
    f = grammar_check(c, NTM_CODE_CHAPTER, "ươươươươươươươươươươươươươươươư", NEXT);
    assert_string_equal(f.code, "ươươươươươươươư"); /* between two characters */
    ntm_classification_free(c);
}

static void levels(void **state) {
    ntm_classification *c = grammar_shipped();
    (void)state;
    assert_int_equal(ntm_code_level(c, NTM_CODE_CHAPTER, "612", 3, grammar_day(LAST)), NTM_OF_DISTRICT);
    assert_int_equal(ntm_code_level(c, NTM_CODE_CHAPTER, "612", 3, grammar_day(NEXT)), NTM_GOVERNMENT_NONE);
    assert_int_equal(ntm_code_level(c, NTM_CODE_CHAPTER, "005", 3, grammar_day(NEXT)), NTM_CENTRAL);
    assert_int_equal(ntm_code_level(c, NTM_CODE_CHAPTER, "412", 3, grammar_day(NEXT)), NTM_PROVINCIAL);
    assert_int_equal(ntm_code_level(c, NTM_CODE_CHAPTER, "854", 3, grammar_day(NEXT)), NTM_OF_COMMUNE);
    assert_int_equal(ntm_code_level(c, NTM_CODE_PROGRAMME, "5010", 4, grammar_day(NEXT)), NTM_LOCAL);
    assert_int_equal(ntm_code_level(c, NTM_CODE_LEVEL, "3", 1, grammar_day(NEXT)), NTM_GOVERNMENT_NONE);
    assert_int_equal(ntm_code_level(c, NTM_CODE_ITEM, "6000", 4, grammar_day(NEXT)), NTM_GOVERNMENT_NONE);
    assert_int_equal(ntm_code_level(NULL, NTM_CODE_ITEM, "6000", 4, 0), NTM_GOVERNMENT_NONE);
    ntm_classification_free(c);
}

/* What another file can say: days to come, spans, several ends, the first row that holds a code. */
static void other_files(void **state) {
    (void)state;
    ntm_classification *c =
        grammar_read("chapter,any,2,10,19,,,,,,,2020-01-01,2021-01-01,seen,A,S\n"
                     "chapter,any,2,10,15,,,,,30,,2020-01-01,2022-01-01,seen,B,S\n"
                     "chapter,any,2,20,,,,,,,,2023-01-01,,seen,C,S\n"
                     "chapter,any,2,20,25,,,,,,,2024-01-01,,inferred,D,S\n"
                     "chapter,any,2,90,90,,,,,,,2019-01-01,,seen,E,S\n"
                     "item,any,1,2,2,,,,,," SEEN "item,any,1,5,5,,,,,," SEEN "subitem,ones,1,,,,item,2,,," SEEN);
    ntm_code_finding f = grammar_check(c, NTM_CODE_CHAPTER, "12", "2022-06-01");
    assert_int_equal(f.verdict, NTM_CODE_ENDED);
    assert_string_equal(f.act, "B"); /* the one that ended last */
    assert_string_equal(f.expected, "30");
    f = grammar_check(c, NTM_CODE_CHAPTER, "12", "2020-06-01");
    assert_true(f.verdict == NTM_CODE_GOOD && f.expected[0] == '\0');
    assert_string_equal(f.act, "A"); /* the first in the file */
    f = grammar_check(c, NTM_CODE_CHAPTER, "22", "2022-06-01");
    assert_int_equal(f.verdict, NTM_CODE_NOT_YET);
    assert_string_equal(f.act, "C"); /* the one that begins first */
    assert_int_equal(f.since, grammar_day("2023-01-01"));
    expect_text(&f, "chapter 22: not a code before 2023-01-01 (C; S)");
    f = grammar_check(c, NTM_CODE_CHAPTER, "15", "2026-01-01");
    assert_int_equal(f.verdict, NTM_CODE_ENDED);
    f = grammar_check(c, NTM_CODE_CHAPTER, "05", "2023-06-01");
    assert_int_equal(f.verdict, NTM_CODE_OUT_OF_RANGE);
    assert_true(f.standing == NTM_RULE_SEEN && strcmp(f.act, "C") == 0);
    f = grammar_check(c, NTM_CODE_CHAPTER, "05", "2024-06-01");
    assert_int_equal(f.standing, NTM_RULE_INFERRED); /* the weakest of those it rests on */
    /* Items are a list here, so that the part is held against it: within two codes behind. */
    expect_code(c, NTM_CODE_SUBITEM, "2", "2021-01-01", NTM_CODE_NO_PARENT);
    expect_code(c, NTM_CODE_SUBITEM, "3", "2021-01-01", NTM_CODE_GOOD);
    expect_code(c, NTM_CODE_SUBITEM, "4", "2021-01-01", NTM_CODE_GOOD);
    expect_code(c, NTM_CODE_SUBITEM, "5", "2021-01-01", NTM_CODE_NO_PARENT);
    expect_code(c, NTM_CODE_SUBITEM, "7", "2021-01-01", NTM_CODE_GOOD);
    expect_code(c, NTM_CODE_SUBITEM, "8", "2021-01-01", NTM_CODE_NO_PARENT);
    assert_string_equal(grammar_check(c, NTM_CODE_SUBITEM, "7", "2021-01-01").parent, "5");
    expect_code(c, NTM_CODE_SOURCE, "7", "2021-01-01", NTM_CODE_OPEN); /* no rule of that kind at all */
    ntm_classification_free(c);
}

static void names(void **state) {
    (void)state;
    assert_string_equal(ntm_code_kind_name(NTM_CODE_CHAPTER), "chapter");
    assert_string_equal(ntm_code_kind_name(NTM_CODE_LEVEL), "level");
    assert_null(ntm_code_kind_name((ntm_code_kind)0));
    assert_null(ntm_code_kind_name((ntm_code_kind)NTM_CODE_KIND_END));
    for (int verdict = 0; verdict < NTM_CODE_VERDICT_END; verdict++) {
        ntm_code_finding f = {.kind = NTM_CODE_ITEM, .verdict = (ntm_code_verdict)verdict, .code = "1", .since = 0};
        char text[100];
        assert_non_null(ntm_code_verdict_name((ntm_code_verdict)verdict));
        assert_true(ntm_code_finding_text(text, sizeof text, &f) > strlen("item 1: "));
    }
    assert_null(ntm_code_verdict_name((ntm_code_verdict)NTM_CODE_VERDICT_END));
    assert_null(ntm_code_verdict_name((ntm_code_verdict)-1));
    assert_string_equal(ntm_government_name(NTM_LOCAL), "local");
    assert_null(ntm_government_name(NTM_GOVERNMENT_NONE));
    assert_null(ntm_government_name((ntm_government)6));
}

static void calls(void **state) {
    ntm_classification *c = grammar_shipped(), *none = NULL;
    ntm_classification_options options = NTM_CLASSIFICATION_OPTIONS_INIT;
    ntm_code_finding f;
    ntm_error err = NTM_ERROR_INIT;
    char text[8] = "x";
    (void)state;
    assert_fails(ntm_code_check(NULL, c, NTM_CODE_ITEM, "1", 1, 0, &err), NTM_ERROR_ARGUMENT, &err, "needed");
    assert_fails(ntm_code_check(&f, NULL, NTM_CODE_ITEM, "1", 1, 0, &err), NTM_ERROR_ARGUMENT, &err, "needed");
    assert_fails(ntm_code_check(&f, c, NTM_CODE_ITEM, NULL, 1, 0, &err), NTM_ERROR_ARGUMENT, &err, "needed");
    assert_fails(ntm_code_check(&f, c, (ntm_code_kind)9, "1", 1, 0, &err), NTM_ERROR_ARGUMENT, &err, "needed");
    assert_fails(ntm_code_check(&f, c, NTM_CODE_ITEM, "1", 1, NTM_DATE_NONE, &err), NTM_ERROR_ARGUMENT, &err, "day");
    assert_int_equal(ntm_code_check(&f, c, NTM_CODE_ITEM, NULL, 0, 18000, NULL), NTM_OK);
    assert_fails(ntm_classification_shipped(NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, "place");
    assert_fails(ntm_classification_open(&none, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, "path");
    assert_fails(ntm_classification_open(&none, "no such file", NULL, &err), NTM_ERROR_IO, &err, NULL);
    options.struct_size = 1;
    assert_fails(ntm_classification_read(&none, "", 0, "x", &options, &err), NTM_ERROR_ARGUMENT, &err, "INIT");
    assert_null(none);
    ntm_classification_free(NULL);
    assert_int_equal(ntm_classification_rule_count(NULL), 0);
    f = grammar_check(c, NTM_CODE_ITEM, "6000", LAST);
    assert_true(ntm_code_finding_text(NULL, 0, &f) > 8);
    assert_true(ntm_code_finding_text(text, sizeof text, &f) > 8);
    assert_string_equal(text, "item 60");
    assert_int_equal(ntm_code_finding_text(text, sizeof text, NULL), 0);
    assert_string_equal(text, "");
    ntm_classification_free(c);
}

/* A copy of the shipped file, opened, is the shipped one. */
static void opened(void **state) {
    ntm_classification *c = NULL;
    ntm_error err = NTM_ERROR_INIT;
    FILE *file = fopen("rules.csv", "wb");
    (void)state;
    assert_non_null(file);
    assert_true(fputs("# a comment\n" GRAMMAR_HEAD "chapter,any,3,,,,,,,,Tên" SEEN, file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_ok(ntm_classification_open(&c, "rules.csv", NULL, &err), &err);
    assert_int_equal(ntm_classification_rule_count(c), 1);
    assert_string_equal(grammar_check(c, NTM_CODE_CHAPTER, "999", LAST).label, "Tên");
    ntm_classification_free(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(shipped),     cmocka_unit_test(told),  cmocka_unit_test(levels),
                                       cmocka_unit_test(other_files), cmocka_unit_test(names), cmocka_unit_test(calls),
                                       cmocka_unit_test(opened)};
    return cmocka_run_group_tests_name("budget codes", tests, scratch_enter, scratch_leave);
}
