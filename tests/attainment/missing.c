/* SPDX-License-Identifier: Apache-2.0 */
/* What is not reported and what is not applicable: docs/algebra.md. */
#include "sheet.h"

#include <stdlib.h>
#include <string.h>

static ntm_node flag(kit *k, const char *id) { return k_attested(k, id); }

/* All nine pairs of {yes, no, ?}. */
static void kleene(void **state) {
    (void)state;
    static const form forms[] = {AS_BITS, AS_BYTES};
    kit k;
    kit_start(&k, NULL);
    kit_fact(&k, "a", NTM_KIND_FLAG, NULL);
    kit_fact(&k, "b", NTM_KIND_FLAG, NULL);
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "all", k_of(&k, NTM_ALL, flag(&k, "a"), flag(&k, "b")));
    kit_indicator(&k, "any", k_of(&k, NTM_ANY, flag(&k, "a"), flag(&k, "b")));
    kit_indicator(&k, "not", k_of(&k, NTM_NOT, flag(&k, "a")));
    kit_indicator(&k, "one", k_at_least(&k, 1, flag(&k, "a"), flag(&k, "b")));
    kit_indicator(&k, "two", k_at_least(&k, 2, flag(&k, "a"), flag(&k, "b")));
    kit_indicator(&k, "same", k_of(&k, NTM_ANY, flag(&k, "a"), k_of(&k, NTM_NOT, flag(&k, "a"))));
    (void)kit_done(&k);
    for (size_t at = 0; at < 4; at++) {
        sheet s;
        sheet_start(&s, 9);
        sheet_cells(&s, "a", forms[at / 2], "yes yes yes no no no ? ? ?");
        sheet_cells(&s, "b", forms[at % 2], "yes no ? yes no ? yes no ?");
        expect_indicator(k.set, &s, "all", "+-o---o-o");
        expect_indicator(k.set, &s, "any", "++++-o+oo");
        expect_indicator(k.set, &s, "not", "---+++ooo");
        expect_indicator(k.set, &s, "one", "++++-o+oo");
        expect_indicator(k.set, &s, "two", "+-o---o-o");
        expect_indicator(k.set, &s, "same", "++++++ooo");
        sheet_end(&s);
    }
    kit_end(&k);
}

static void at_least_k_of_n(void **state) {
    (void)state;
    kit k;
    sheet s;
    kit_start(&k, NULL);
    static const char *const ids[] = {"a", "b", "c", "d", "e"};
    for (size_t at = 0; at < 5; at++)
        kit_fact(&k, ids[at], NTM_KIND_FLAG, NULL);
    kit_criterion(&k, "1", 0);
    static const char *const names[] = {"k1", "k2", "k3", "k4", "k5"};
    for (uint32_t number = 1; number <= 5; number++)
        kit_indicator(
            &k, names[number - 1],
            k_at_least(&k, number, flag(&k, "a"), flag(&k, "b"), flag(&k, "c"), flag(&k, "d"), flag(&k, "e")));
    (void)kit_done(&k);
    sheet_start(&s, 5); /* met: 5, 2 (1 open), 0 (5 open), 0 (2 open), 3 (2 open) */
    sheet_cells(&s, "a", AS_BYTES, "yes yes ? no yes");
    sheet_cells(&s, "b", AS_BYTES, "yes yes ? no yes");
    sheet_cells(&s, "c", AS_BYTES, "yes no ? no yes");
    sheet_cells(&s, "d", AS_BYTES, "yes no ? ? ?");
    sheet_cells(&s, "e", AS_BYTES, "yes ? ? ? ~");
    expect_indicator(k.set, &s, "k1", "++oo+");
    expect_indicator(k.set, &s, "k2", "++oo+");
    expect_indicator(k.set, &s, "k3", "+oo-+");
    expect_indicator(k.set, &s, "k4", "+-o-o");
    expect_indicator(k.set, &s, "k5", "+-o-o");
    sheet_end(&s);
    kit_end(&k);
}

/* A column that is not there, a column without a reported value, and one unreported cell say the same. */
static void facts_without_a_column(void **state) {
    (void)state;
    kit k;
    sheet s;
    kit_start(&k, NULL);
    kit_fact(&k, "n", NTM_KIND_COUNT, "household");
    kit_fact(&k, "seen", NTM_KIND_FLAG, NULL);
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "from0", k_compare(&k, k_fact(&k, "n"), NTM_MORE_OR_EQUAL, k_number(&k, "0", "household")));
    kit_indicator(&k, "above0", k_compare(&k, k_fact(&k, "n"), NTM_MORE, k_number(&k, "0", "household")));
    kit_indicator(&k, "below0", k_compare(&k, k_fact(&k, "n"), NTM_LESS, k_number(&k, "0", "household")));
    kit_indicator(&k, "seen", flag(&k, "seen"));
    (void)kit_done(&k);
    for (int how = 0; how < 3; how++) {
        sheet_start(&s, 2);
        if (how == 1) sheet_cells(&s, "n", AS_INT64, "? ?");
        if (how == 1) sheet_cells(&s, "seen", AS_BITS, "? ?");
        double nan[2] = {strtod("nan", NULL), strtod("nan", NULL)};
        ntm_column column = ntm_column_double(nan, 2);
        column.nan_not_reported = true;
        if (how == 2) sheet_column(&s, "n", column);
        expect_indicator(k.set, &s, "from0", "++");
        expect_indicator(k.set, &s, "above0", "oo");
        expect_indicator(k.set, &s, "below0", "--");
        expect_indicator(k.set, &s, "seen", "oo");
        expect_status(k.set, &s, "--");
        sheet_end(&s);
    }
    kit_end(&k);
}

static void natural_bounds_decide(void **state) {
    (void)state;
    kit k;
    sheet s;
    kit_start(&k, NULL);
    kit_fact(&k, "share", NTM_KIND_SHARE, "%");
    kit_bounded(&k, "road", NTM_KIND_AMOUNT, "km", "2", "10");
    kit_fact(&k, "free", NTM_KIND_AMOUNT, "km");
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "share-most", k_compare(&k, k_fact(&k, "share"), NTM_LESS_OR_EQUAL, k_number(&k, "100", "%")));
    kit_indicator(&k, "share-least", k_compare(&k, k_fact(&k, "share"), NTM_MORE_OR_EQUAL, k_number(&k, "0", "%")));
    kit_indicator(&k, "share-above", k_compare(&k, k_fact(&k, "share"), NTM_MORE, k_number(&k, "100", "%")));
    kit_indicator(&k, "share-100", k_compare(&k, k_fact(&k, "share"), NTM_EQUAL, k_number(&k, "100", "%")));
    kit_indicator(&k, "share-101", k_compare(&k, k_fact(&k, "share"), NTM_EQUAL, k_number(&k, "101", "%")));
    kit_indicator(&k, "road-1", k_compare(&k, k_fact(&k, "road"), NTM_MORE_OR_EQUAL, k_number(&k, "1999", "m")));
    kit_indicator(&k, "road-2", k_compare(&k, k_fact(&k, "road"), NTM_MORE_OR_EQUAL, k_number(&k, "2000", "m")));
    kit_indicator(&k, "road-3", k_compare(&k, k_fact(&k, "road"), NTM_MORE, k_number(&k, "2000", "m")));
    kit_indicator(&k, "road-11", k_compare(&k, k_fact(&k, "road"), NTM_MORE, k_number(&k, "10", "km")));
    kit_indicator(&k, "free", k_compare(&k, k_fact(&k, "free"), NTM_MORE, k_number(&k, "-1000000", "km")));
    ntm_node twice = k_of(&k, NTM_SUM, k_fact(&k, "road"), k_fact(&k, "road"));
    kit_indicator(&k, "sum-20", k_compare(&k, twice, NTM_LESS_OR_EQUAL, k_number(&k, "20", "km")));
    ntm_node zero = k_of(&k, NTM_PRODUCT, k_number(&k, "0", NULL), k_fact(&k, "free"));
    kit_indicator(&k, "nothing", k_compare(&k, zero, NTM_EQUAL, k_number(&k, "0", "km")));
    (void)kit_done(&k);
    sheet_start(&s, 1);
    static const char *const ids[] = {"share-most", "share-least", "share-above", "share-100", "share-101", "road-1",
                                      "road-2",     "road-3",      "road-11",     "free",      "sum-20",    "nothing"};
    static const char *const verdicts[] = {"+", "+", "-", "o", "-", "+", "+", "o", "-", "o", "+", "+"};
    for (size_t at = 0; at < 12; at++)
        expect_indicator(k.set, &s, ids[at], verdicts[at]);
    sheet_end(&s);
    kit_end(&k);
}

static void divisors(void **state) {
    (void)state;
    static const form forms[] = {AS_INT64, AS_DOUBLE, AS_DECIMAL, AS_INT32};
    kit k;
    kit_start(&k, NULL);
    kit_fact(&k, "whole", NTM_KIND_COUNT, "household");
    kit_part(&k, "part", NTM_KIND_COUNT, "household", "whole");
    kit_fact(&k, "height", NTM_KIND_AMOUNT, "km");
    kit_criterion(&k, "1", 0);
    ntm_node ratio = k_of(&k, NTM_RATIO, k_fact(&k, "part"), k_fact(&k, "whole"));
    kit_indicator(&k, "from0", k_compare(&k, ratio, NTM_MORE_OR_EQUAL, k_number(&k, "0", "%")));
    ratio = k_of(&k, NTM_RATIO, k_fact(&k, "part"), k_fact(&k, "whole"));
    kit_indicator(&k, "from50", k_compare(&k, ratio, NTM_MORE_OR_EQUAL, k_number(&k, "50", "%")));
    ratio = k_of(&k, NTM_RATIO, k_fact(&k, "height"), k_fact(&k, "height"));
    kit_indicator(&k, "one", k_compare(&k, ratio, NTM_EQUAL, k_number(&k, "1", NULL)));
    (void)kit_done(&k);
    for (size_t at = 0; at < 4; at++) {
        sheet s;
        sheet_start(&s, 6);
        sheet_cells(&s, "part", forms[at], "0 0 ? 5 ? 5");
        sheet_cells(&s, "whole", forms[at], "0 10 10 ? 0 10");
        sheet_cells(&s, "height", forms[at], "0 -1 1 ? 2 ~");
        expect_indicator(k.set, &s, "from0", "o++oo+");
        expect_indicator(k.set, &s, "from50", "o-ooo+");
        expect_indicator(k.set, &s, "one", "oo+o+o");
        sheet_end(&s);
    }
    kit_end(&k);
}

static void not_applicable(void **state) {
    (void)state;
    kit k;
    sheet s;
    kit_start(&k, NULL);
    kit_fact(&k, "market", NTM_KIND_FLAG, NULL);
    kit_fact(&k, "stalls", NTM_KIND_COUNT, "house");
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "plain", flag(&k, "market"));
    kit_indicator(&k, "if", k_if_applicable(&k, "market", flag(&k, "market")));
    kit_indicator(&k, "stalls", k_compare(&k, k_fact(&k, "stalls"), NTM_MORE_OR_EQUAL, k_number(&k, "0", "house")));
    kit_indicator(
        &k, "if-stalls",
        k_if_applicable(&k, "stalls", k_compare(&k, k_fact(&k, "stalls"), NTM_MORE, k_number(&k, "3", "house"))));
    ntm_node never = k_compare(&k, k_fact(&k, "stalls"), NTM_LESS, k_number(&k, "0", "house"));
    kit_indicator(&k, "other", k_if_applicable(&k, "market", never));
    kit_indicator(&k, "not-if", k_of(&k, NTM_NOT, k_if_applicable(&k, "market", flag(&k, "market"))));
    (void)kit_done(&k);
    sheet_start(&s, 4);
    sheet_cells(&s, "market", AS_BITS, "yes no ? ~");
    sheet_cells(&s, "stalls", AS_INT16, "3 4 ? ~");
    expect_indicator(k.set, &s, "plain", "+-oo");
    expect_indicator(k.set, &s, "if", "+-o+");
    expect_indicator(k.set, &s, "stalls", "+++o");
    expect_indicator(k.set, &s, "if-stalls", "-+o+");
    expect_indicator(k.set, &s, "other", "---+");
    expect_indicator(k.set, &s, "not-if", "-+o-");
    sheet_end(&s);
    kit_end(&k);
}

/* "Not applicable" wins over the validity bitmap, whatever that says. */
static void not_applicable_wins(void **state) {
    (void)state;
    kit k;
    sheet s;
    kit_start(&k, NULL);
    kit_fact(&k, "a", NTM_KIND_FLAG, NULL);
    kit_criterion(&k, "1", k_if_applicable(&k, "a", flag(&k, "a")));
    (void)kit_done(&k);
    static const uint8_t data[] = {1, 0, 0, 0};
    static const uint8_t valid[] = {0xfa};         /* from bit 1: 1, 0, 1, 1 */
    static const uint8_t without[] = {0, 0xc0, 1}; /* from bit 13: 0, 1, 1, 1 */
    ntm_column column = ntm_column_bytes(data, 4);
    column.validity = valid;
    column.validity_offset = 1;
    column.not_applicable = without;
    column.not_applicable_offset = 13;
    sheet_start(&s, 4);
    sheet_column(&s, "a", column);
    expect_criterion(k.set, &s, "1", "++++");
    s.fields[0].column.not_applicable = NULL;
    expect_criterion(k.set, &s, "1", "+o--");
    sheet_end(&s);
    kit_end(&k);
}

/* Rules that nobody has read leave their part open; so do figures. */
static void absent_law(void **state) {
    (void)state;
    kit k;
    sheet s;
    kit_start(&k, NULL);
    kit_fact(&k, "a", NTM_KIND_FLAG, NULL);
    kit_fact(&k, "share", NTM_KIND_SHARE, "%");
    kit_figure(&k, "unread", "%", NULL);
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "1.1", flag(&k, "a"));
    kit_indicator(&k, "1.2", 0);
    kit_criterion(&k, "2", 0);
    kit_criterion(&k, "3", k_compare(&k, k_fact(&k, "share"), NTM_MORE_OR_EQUAL, k_figure(&k, "unread")));
    kit_criterion(&k, "4", flag(&k, "a"));
    kit_precondition(&k, "p", 0);
    (void)kit_done(&k);
    sheet_start(&s, 3);
    sheet_cells(&s, "a", AS_BYTES, "yes no ?");
    sheet_cells(&s, "share", AS_DOUBLE, "100 0 50");
    expect_criterion(k.set, &s, "1", "o-o");
    expect_criterion(k.set, &s, "2", "ooo");
    expect_criterion(k.set, &s, "3", "ooo");
    expect_met(k.set, &s, "1-4 0-2 0-4");
    expect_status(k.set, &s, "o-o");
    expect_column(k.set, &s, NTM_OF_PRECONDITION, 0, "ooo");
    sheet_end(&s);
    kit_end(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(kleene),
                                       cmocka_unit_test(at_least_k_of_n),
                                       cmocka_unit_test(facts_without_a_column),
                                       cmocka_unit_test(natural_bounds_decide),
                                       cmocka_unit_test(divisors),
                                       cmocka_unit_test(not_applicable),
                                       cmocka_unit_test(not_applicable_wins),
                                       cmocka_unit_test(absent_law)};
    return cmocka_run_group_tests_name("what is not known", tests, NULL, NULL);
}
