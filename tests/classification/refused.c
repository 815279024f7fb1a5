/* SPDX-License-Identifier: Apache-2.0 */
/* Files that are no classification, and what the error says. */
#include "grammar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void cells(void **state) {
    (void)state;
    grammar_refused("chapters,any,3,,,,,,,," SEEN, NTM_ERROR_SCHEMA, 0,
                    "kind: \"chapters\": expected chapter, category");
    grammar_refused(",any,3,,,,,,,," SEEN, NTM_ERROR_SCHEMA, 0, "rules.csv: kind: expected chapter");
    grammar_refused("item,many,3,,,,,,,," SEEN, NTM_ERROR_SCHEMA, 0, "shape: \"many\": expected any, tens");
    grammar_refused("item,any,3,,,,,,,,,,,read,A,S\n", NTM_ERROR_SCHEMA, 0, "standing: \"read\": expected seen");
    grammar_refused("item,any,3,,,,,,,,,,,,A,S\n", NTM_ERROR_SCHEMA, 0, "standing: expected seen");
    grammar_refused("item,any,3,,,,,,,,,,,seen,,S\n", NTM_ERROR_SCHEMA, 0, "act: expected the legal act");
    grammar_refused("item,any,3,,,,,,,,,,,seen,A,\n", NTM_ERROR_SCHEMA, 0, "source: expected where");
    grammar_refused("item,any,,,,,,,,," SEEN, NTM_ERROR_SCHEMA, 0, "digits: expected how many");
    grammar_refused("item,any,7,,,,,,,," SEEN, NTM_ERROR_SYNTAX, 0, "digits: \"7\" is no whole number from 1 to 6");
    grammar_refused("item,any,0,,,,,,,," SEEN, NTM_ERROR_SYNTAX, 0, "digits: \"0\" is no whole number");
    grammar_refused("item,any,x,,,,,,,," SEEN, NTM_ERROR_SYNTAX, 0, "digits: \"x\" is no whole number");
    grammar_refused("item,any,3,1,,,,,,," SEEN, NTM_ERROR_SYNTAX, 0, "first: \"1\": expected 3 digits");
    grammar_refused("item,any,3,,1234,,,,,," SEEN, NTM_ERROR_SYNTAX, 0, "last: \"1234\": expected 3 digits");
    grammar_refused("item,any,3,200,199,,,,,," SEEN, NTM_ERROR_VALUE, 0, "last: below the first");
    grammar_refused("item,tens,3,201,201,,,,,," SEEN, NTM_ERROR_VALUE, 0, "shape: the only code");
    grammar_refused("item,ones,3,200,200,,,,,," SEEN, NTM_ERROR_VALUE, 0, "shape: the only code");
    grammar_refused("item,any,3,,,village,,,,," SEEN, NTM_ERROR_SCHEMA, 0, "level: \"village\": expected central");
    grammar_refused("item,any,3,,,,thing,,,," SEEN, NTM_ERROR_SCHEMA, 0, "part_of: \"thing\"");
    grammar_refused("item,any,3,,,,item,,,," SEEN, NTM_ERROR_VALUE, 0, "part_of: a code is no part of its own kind");
    grammar_refused("item,any,3,,,,,5,,," SEEN, NTM_ERROR_SCHEMA, 0, "within: of what?");
    grammar_refused("item,any,3,,,,,,20,," SEEN, NTM_ERROR_SCHEMA, 0, "block: only programmes");
    grammar_refused("programme,any,3,,,,,,1001,," SEEN, NTM_ERROR_SYNTAX, 0, "block: \"1001\" is no whole number");
    grammar_refused("item,any,3,,,,,,,85," SEEN, NTM_ERROR_SYNTAX, 0, "successor: \"85\": expected 3 digits");
    grammar_refused("item,any,3,,,,,,,,,2020-02-30,,seen,A,S\n", NTM_ERROR_SYNTAX, 0, "valid_from: \"2020-02-30\"");
    grammar_refused("item,any,3,,,,,,,,,2020-01-01,2020-01-01,seen,A,S\n", NTM_ERROR_VALUE, 0,
                    "valid_to: a rule that ends");
    grammar_refused("chapter,same level,3,,,,,,,," SEEN, NTM_ERROR_SCHEMA, 0, "digits: a rule about entries");
    grammar_refused("chapter,same level,,,,,,,,,x" SEEN, NTM_ERROR_SCHEMA, 0, "label: a rule about entries");
    grammar_refused("item,same level,,,,,,,,," SEEN, NTM_ERROR_SCHEMA, 0,
                    "\"same level\" is a rule about codes of the kind chapter");
    grammar_refused("chapter,parts only,,,,,,,,," SEEN, NTM_ERROR_SCHEMA, 0, "of the kind programme");
    grammar_refused("chapter,central code,,,,,,,,," SEEN, NTM_ERROR_SCHEMA, 0, "of the kind programme");
}

/* All problems together, with their rows. */
static void together(void **state) {
    static const char text[] =
        GRAMMAR_HEAD "item,any,3,,,,,,,," SEEN "thing,any,3,,,,,,,," SEEN "item,any,3,9,5,,,,,,,,,seen,,S\n";
    ntm_classification_options options = NTM_CLASSIFICATION_OPTIONS_INIT;
    ntm_classification *c = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    assert_ok(ntm_problems_new(&options.problems, 0, NULL, &err), &err);
    assert_fails(ntm_classification_read(&c, text, sizeof text - 1, "x", &options, &err), NTM_ERROR_SCHEMA, &err,
                 "thing");
    assert_int_equal(ntm_problems_found(options.problems), 4);
    assert_int_equal(ntm_problems_get(options.problems, 3)->row, 2);
    assert_null(c);
    ntm_problems_free(options.problems);
}

static void headers(void **state) {
    static const char unknown[] = "kind,shape,digits,first,last,level,part_of,within,block,successor,label,valid_from,"
                                  "valid_to,standing,act,source,upto\nitem,any,3,,,,,,,,,,,seen,A,S,\n",
                      missing[] = "kind,shape\nitem,any\n", broken[] = "kind,shape\n\"item,any\n";
    ntm_classification *c = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    assert_fails(ntm_classification_read(&c, unknown, sizeof unknown - 1, "f", NULL, &err), NTM_ERROR_SCHEMA, &err,
                 "no column of a classification: expected kind");
    assert_string_equal(err.subject, "f: upto");
    assert_fails(ntm_classification_read(&c, missing, sizeof missing - 1, "f", NULL, &err), NTM_ERROR_SHAPE, &err,
                 NULL);
    assert_fails(ntm_classification_read(&c, broken, sizeof broken - 1, "f", NULL, &err), NTM_ERROR_SHAPE, &err, NULL);
    assert_fails(ntm_classification_read(&c, "\xff", 1, "f", NULL, &err), NTM_ERROR_SYNTAX, &err, NULL);
    assert_fails(ntm_classification_read(&c, NULL, 3, "f", NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_null(c);
}

static void too_many(void **state) {
    static const char row[] = "item,any,3,,,,,,,," SEEN;
    char *lines = malloc(4097 * (sizeof row - 1) + 1);
    (void)state;
    assert_non_null(lines);
    for (size_t i = 0; i < 4097; i++)
        memcpy(lines + i * (sizeof row - 1), row, sizeof row);
    grammar_refused(lines, NTM_ERROR_LIMIT, NTM_NO_ROW, "4097 rules: expected at most 4096");
    lines[4096 * (sizeof row - 1)] = '\0';
    ntm_classification *c = grammar_read(lines);
    assert_int_equal(ntm_classification_rule_count(c), 4096);
    ntm_classification_free(c);
    c = grammar_read(""); /* nothing is known: all is open */
    expect_code(c, NTM_CODE_ITEM, "6000", "2020-01-01", NTM_CODE_OPEN);
    ntm_classification_free(c);
    free(lines);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(cells), cmocka_unit_test(together), cmocka_unit_test(headers),
                                       cmocka_unit_test(too_many)};
    return cmocka_run_group_tests_name("classifications refused", tests, NULL, NULL);
}
