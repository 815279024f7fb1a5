/* SPDX-License-Identifier: Apache-2.0 */
/* What comes to its last day, and what waits for re-acknowledgement. */
#include "book.h"

#include <stdio.h>
#include <string.h>

/* Hà Tĩnh, 2023: 47 products of 36 months expired; 16 were recognised again, 14 were given up, 17 did neither. */
static void forty_seven(void **state) {
    static char lines[16384];
    ntm_register_options options = book_months(36);
    ntm_expiry list[64];
    size_t used = 0, count = 0, after[4] = {0};
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    lines[0] = '\0';
    for (int i = 0; i < 60; i++) { /* the last 13 expire a year later */
        used += (size_t)snprintf(lines + used, sizeof lines - used, "P%02d,ocop,3,recognised,%d-%02d-%02d,,,\n", i,
                                 i < 47 ? 2020 : 2021, i % 12 + 1, i % 28 + 1);
        if (i < 16)
            used += (size_t)snprintf(lines + used, sizeof lines - used, "P%02d,ocop,3,recognised,2023-%02d-%02d,,,\n",
                                     i, i % 12 + 1, i % 28 + 1 + (i % 2));
        else if (i < 30)
            used += (size_t)snprintf(lines + used, sizeof lines - used, "P%02d,ocop,,withdrawn,2023-12-30,,,\n", i);
    }
    ntm_register *reg = book_read(lines, &options);
    assert_ok(ntm_register_expiring(list, &count, 64, reg, "ocop", book_day("2023-01-01"), book_day("2023-12-31"),
                                    book_day("2023-12-31"), &err),
              &err);
    assert_int_equal(count, 47);
    for (size_t i = 0; i < count; i++) {
        after[list[i].after]++;
        assert_string_equal(list[i].status, "ocop");
        assert_string_equal(list[i].label, "3");
        assert_true(i == 0 || strcmp(list[i - 1].unit, list[i].unit) < 0);
        if (list[i].after == NTM_AFTER_RENEWED) assert_true(list[i].after_on <= list[i].until + 1);
    }
    assert_true(after[NTM_AFTER_RENEWED] == 16 && after[NTM_AFTER_WITHDRAWN] == 14 && after[NTM_AFTER_NOTHING] == 17);
    /* As it was known in the middle of the year, fewer had been renewed. Nobody has room for all. */
    assert_ok(ntm_register_expiring(list, &count, 3, reg, NULL, book_day("2023-01-01"), book_day("2023-12-31"),
                                    book_day("2023-06-30"), &err),
              &err);
    assert_int_equal(count, 47);
    assert_ok(ntm_register_expiring(NULL, &count, 0, reg, "other", 0, 30000, NTM_DATE_NONE, &err), &err);
    assert_int_equal(count, 0);
    ntm_register_free(reg);
}

/* Lost before the last day, ended before and after it, given up after it, renewed long after it. */
static void last_days(void **state) {
    static const struct {
        const char *lines;
        size_t count;
        ntm_after after;
        size_t act;
    } cases[] = {
        {"A,S,3,recognised,2020-01-01,,,\n", 1, NTM_AFTER_NOTHING, NTM_NO_ACT},
        {"A,S,3,recognised,2020-01-01,,,\nA,S,,revoked,2023-01-01,,,\n", 0, NTM_AFTER_NOTHING, 0},
        {"A,S,3,recognised,2020-01-01,,,\nA,S,,withdrawn,2022-01-01,,,\n", 0, NTM_AFTER_NOTHING, 0},
        {"A,S,3,recognised,2020-01-01,,,\nA,S,,withdrawn,2023-01-02,,,\n", 1, NTM_AFTER_WITHDRAWN, 1},
        {"A,S,3,recognised,2020-01-01,,,\nA,S,,withdrawn,2023-01-02,,,\nA,S,3,recognised,2024-01-02,,,\n", 1,
         NTM_AFTER_RENEWED, 2},
        {"A,S,3,recognised,2020-01-01,,,\nA,,,merged,2023-01-01,,B,\n", 0, NTM_AFTER_NOTHING, 0},
        {"A,S,3,recognised,2020-01-01,,,\nA,,,merged,2023-01-02,,A,\nA,S,,recognised,2023-05-01,,,\n", 1,
         NTM_AFTER_ENDED, 1},
        {"A,S,3,recognised,2020-01-01,,,\nA,S,4,recognised,2022-01-01,,,\n", 1, NTM_AFTER_RENEWED, 1},
    };
    ntm_register_options options = book_months(36);
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ntm_expiry entry;
        size_t count = 0;
        ntm_error err = NTM_ERROR_INIT;
        ntm_register *reg = book_read(cases[i].lines, &options);
        assert_ok(ntm_register_expiring(&entry, &count, 1, reg, NULL, book_day("2023-01-01"), book_day("2023-01-01"),
                                        NTM_DATE_NONE, &err),
                  &err);
        assert_int_equal(count, cases[i].count);
        if (count == 1) assert_true(entry.after == cases[i].after && entry.after_act == cases[i].act && entry.act == 0);
        ntm_register_free(reg);
    }
}

static void expect_pending(const ntm_register *reg, const char *status, const char *on, const char *instead,
                           const char *expected) {
    ntm_pending list[16];
    size_t count = 0, used = 0;
    char got[512] = "";
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_register_pending(list, &count, 16, reg, status, book_day(on), &instead, instead != NULL, &err), &err);
    for (size_t i = 0; i < count; i++)
        used += (size_t)snprintf(got + used, sizeof got - used, "%s:%s<%s%s ", list[i].unit, list[i].status,
                                 list[i].part, list[i].part_held == NTM_OPEN ? "?" : "");
    assert_string_equal(got, expected);
}

static void waiting(void **state) {
    (void)state;
    ntm_register *reg =
        book_read("A,S,,recognised,2015-01-01,,,\nB,S,,recognised,2015-01-01,,,\n"
                  "C,S,,recognised,2015-01-01,,,\nC,H,,recognised,2016-01-01,,,\n"
                  "A,,,merged,2020-01-01,,A,\nB,,,merged,2020-01-01,,A,\nX,,,merged,2020-01-01,,A,\n"
                  "C,,,merged,2020-01-01,,D,\nE,S,,recognised,2016-01-01,,,\nF,,,merged,2020-01-01,,E,\n"
                  "G,S,,recognised,2016-01-01,,,\nG,,,merged,2021-01-01,,E,\n"
                  "A,S,,re-acknowledged,2020-07-01,,,\nD,H,,recognised,2020-09-01,,,\n",
                  NULL);
    expect_pending(reg, "S", "2019-12-31", NULL, "");
    expect_pending(reg, "S", "2020-01-01", NULL, "A:S<A A:S<B D:S<C E:S<E ");
    expect_pending(reg, NULL, "2020-01-01", NULL, "A:S<A A:S<B D:H<C D:S<C E:S<E ");
    expect_pending(reg, "S", "2020-07-01", NULL, "D:S<C E:S<E ");
    expect_pending(reg, "S", "2020-09-01", "H", "E:S<E ");
    expect_pending(reg, "S", "2021-01-01", "H", "E:S<E E:S<G E:S<E? ");
    expect_pending(reg, "S", "2021-01-01", "no such status", "D:S<C E:S<E E:S<G E:S<E? ");
    ntm_register_free(reg);
}

/* Hà Tĩnh after NQ 819: of 24 units made by mergers 16 were acknowledged, 8 needed it no more. */
static void twenty_four(void **state) {
    static char lines[16384];
    static const char *const higher[] = {"advanced"};
    size_t used = 0, count = 0;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    lines[0] = '\0';
    for (int i = 0; i < 24; i++) {
        used += (size_t)snprintf(lines + used, sizeof lines - used,
                                 "a%02d,ntm,,recognised,2017-01-01,,,\nb%02d,ntm,,recognised,2018-01-01,,,\n"
                                 "a%02d,,,merged,2020-01-01,819,n%02d,\nb%02d,,,merged,2020-01-01,819,n%02d,\n",
                                 i, i, i, i, i, i);
        used += (size_t)snprintf(lines + used, sizeof lines - used, "n%02d,%s,,%s,2020-%02d-01,,,\n", i,
                                 i < 16 ? "ntm" : "advanced", i < 16 ? "re-acknowledged" : "recognised", i % 11 + 2);
    }
    ntm_register *reg = book_read(lines, NULL);
    assert_ok(ntm_register_pending(NULL, &count, 0, reg, "ntm", book_day("2020-01-31"), higher, 1, &err), &err);
    assert_int_equal(count, 48);
    assert_ok(ntm_register_pending(NULL, &count, 0, reg, "ntm", book_day("2020-12-31"), NULL, 0, &err), &err);
    assert_int_equal(count, 16);
    assert_ok(ntm_register_pending(NULL, &count, 0, reg, "ntm", book_day("2020-12-31"), higher, 1, &err), &err);
    assert_int_equal(count, 0);
    ntm_register_free(reg);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(forty_seven), cmocka_unit_test(last_days),
                                       cmocka_unit_test(waiting), cmocka_unit_test(twenty_four)};
    return cmocka_run_group_tests_name("last days and re-acknowledgement", tests, NULL, NULL);
}
