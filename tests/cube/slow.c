/* SPDX-License-Identifier: Apache-2.0 */
/* Slow money: who is behind, by how much, since when; and random ledgers against plain loops over days. */
#include "accounts.h"

#include <ntm/slow.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const ntm_side by_unit[] = {{"unit", NULL, false}};

static ntm_slow_options on(const char *day) {
    ntm_slow_options options = NTM_SLOW_OPTIONS_INIT;
    options.by = by_unit;
    options.by_count = 1;
    options.due = "plan";
    options.done = "disbursed";
    options.on = accounts_day(day);
    return options;
}

static int64_t number(const ntm_table *table, const char *name, size_t row) {
    ntm_decimal value = {0, 0};
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_column_decimal(&value, &ntm_table_find(table, name)->column, row, &err), &err);
    return value.coefficient;
}

/* "A 3/10 7 since 2020-01-31 30 !1": done of due, behind, since when and for how many days, missing. */
static void describe(char *text, size_t capacity, const ntm_table *table) {
    ntm_error err = NTM_ERROR_INIT;
    size_t used = 0;
    *text = '\0';
    for (size_t row = 0; row < table->rows; row++) {
        used += (size_t)snprintf(text + used, capacity - used, row > 0 ? "; " : "");
        for (size_t i = 0; i < table->field_count - 7; i++) {
            const char *id = NULL;
            size_t size = 0;
            assert_ok(ntm_column_text(&id, &size, &table->fields[i].column, row, &err), &err);
            used += (size_t)snprintf(text + used, capacity - used, "%.*s ", (int)size, id);
        }
        used += (size_t)snprintf(text + used, capacity - used, "%lld/%lld", (long long)number(table, "done", row),
                                 (long long)number(table, "due", row));
        int64_t behind = number(table, "behind", row), days = number(table, "days", row);
        bool known = ntm_column_known(&ntm_table_find(table, "since")->column, row) == NTM_REPORTED;
        assert_int_equal(known, behind > 0);
        if (known) {
            int year, month, day;
            ntm_date_parts((ntm_date)number(table, "since", row), &year, &month, &day);
            used += (size_t)snprintf(text + used, capacity - used, " %lld since %04d-%02d-%02d %lld", (long long)behind,
                                     year, month, day, (long long)days);
        } else {
            assert_int_equal(days, 0);
        }
        int64_t missing = number(table, "missing", row);
        assert_int_equal(number(table, "open", row), missing > 0);
        if (missing > 0) used += (size_t)snprintf(text + used, capacity - used, " !%lld", (long long)missing);
        assert_true(used < capacity);
    }
}

static void expect_slow(const char *expected, const ntm_ledger *ledger, const ntm_slow_options *options) {
    char *text = malloc(ACCOUNTS_TEXT);
    ntm_slow *slow = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_non_null(text);
    assert_ok(ntm_slow_new(&slow, ledger, options, &err), &err);
    assert_ok(ntm_table_check(ntm_slow_table(slow), NULL, &err), &err);
    describe(text, ACCOUNTS_TEXT, ntm_slow_table(slow));
    assert_string_equal(text, expected);
    ntm_slow_free(slow);
    free(text);
}

#define HEAD "unit,stage,date,amount\n"

static void days(void **state) {
    ntm_slow_options options = on("2020-03-31");
    (void)state;
    ntm_ledger *ledger = accounts_read(HEAD "A,plan,2020-01-31,10\nA,plan,2020-02-29,10\nA,plan,2020-04-01,100\n"
                                            "A,disbursed,2020-03-31,15\nA,disbursed,2020-04-01,1\n"
                                            "B,plan,2020-03-31,5\nC,plan,2020-01-01,5\nC,disbursed,2020-03-01,5\n"
                                            "D,disbursed,2020-01-01,5\n",
                                       NULL);
    /* What came fills the oldest gap: A's January is done, of February 5 are not. B is late since today: 0 days. */
    expect_slow("A 15/20 5 since 2020-02-29 31; B 0/5 5 since 2020-03-31 0", ledger, &options);
    options.all = true;
    expect_slow("A 15/20 5 since 2020-02-29 31; B 0/5 5 since 2020-03-31 0; C 5/5; D 5/0", ledger, &options);
    options.on = accounts_day("2020-03-30");
    options.all = false;
    expect_slow("A 0/20 20 since 2020-01-31 59", ledger, &options);
    options.on = accounts_day("2020-04-01");
    expect_slow("A 16/120 104 since 2020-02-29 32; B 0/5 5 since 2020-03-31 1", ledger, &options);
    options.from = accounts_day("2020-02-01");
    expect_slow("B 0/5 5 since 2020-03-31 1; A 16/110 94 since 2020-04-01 0", ledger, &options);
    options = on("2019-12-31");
    options.all = true;
    expect_slow("A 0/0; B 0/0; C 0/0; D 0/0", ledger, &options);
    options = on("2020-03-31");
    options.by_count = 0;
    expect_slow("25/30 5 since 2020-03-31 0", ledger, &options);
    ntm_ledger_free(ledger);
    ledger = accounts_read(HEAD "A,disbursed,2020-01-01,-4\nA,plan,2020-04-01,1\n", NULL);
    options = on("2020-03-31"); /* nothing is due yet */
    expect_slow("", ledger, &options);
    ntm_ledger_free(ledger);
    assert_null(ntm_slow_table(NULL));
    ntm_slow_free(NULL);
}

/* A period's entry is due on its last day; corrections take back; what is missing leaves it open. */
static void periods(void **state) {
    ntm_slow_options options = on("2020-03-31");
    (void)state;
    ntm_ledger *ledger = accounts_read(
        "unit,stage,period,amount\nA,plan,2020-Q1,10\nA,disbursed,2020-03,4\nB,plan,2020,10\n"
        "C,plan,2020-01,10\nC,plan,2020-02,-10\nD,plan,2020-01,10\nD,plan,2020-02,-10\nD,plan,2020-03,1\n"
        "F,plan,2020-01,10\nF,plan,2019-Q4,10\nF,plan,2019-12,-10\nE,plan,2020-01,\nE,plan,2020-03,7\nE,disbursed,2020-02,\nE,plan,2020-05,\n",
        NULL);
    options.all = true;
    expect_slow(
        "F 0/10 10 since 2020-01-31 60; D 0/1 1 since 2020-01-31 60; E 0/7 7 since 2020-03-31 0 !2; A 4/10 6 since 2020-03-31 0; B 0/0; C 0/0",
        ledger, &options);
    ntm_ledger_free(ledger);
}

static void orders(void **state) {
    ntm_slow_options options = on("2020-03-31");
    (void)state;
    ntm_ledger *ledger =
        accounts_read(HEAD "A,plan,2020-03-01,100\nA,disbursed,2020-03-01,90\nB,plan,2020-03-01,10\n"
                           "C,plan,2020-03-02,100\nC,disbursed,2020-03-01,80\nD,plan,2020-03-01,100\n"
                           "D,disbursed,2020-03-01,90\nE,plan,2020-03-01,-5\nE,disbursed,2020-03-01,-6\n"
                           "F,plan,2020-03-01,-1\nF,disbursed,2020-03-01,-3\n",
                      NULL);
    expect_slow("A 90/100 10 since 2020-03-01 30; B 0/10 10 since 2020-03-01 30; D 90/100 10 since 2020-03-01 30; "
                "F -3/-1 2 since 2020-03-01 30; E -6/-5 1 since 2020-03-01 30; C 80/100 20 since 2020-03-02 29",
                ledger, &options);
    options.order = NTM_SLOW_BY_AMOUNT;
    expect_slow("C 80/100 20 since 2020-03-02 29; A 90/100 10 since 2020-03-01 30; B 0/10 10 since 2020-03-01 30; "
                "D 90/100 10 since 2020-03-01 30; F -3/-1 2 since 2020-03-01 30; E -6/-5 1 since 2020-03-01 30",
                ledger, &options);
    options.order = NTM_SLOW_BY_SHARE;
    expect_slow(
        "F -3/-1 2 since 2020-03-01 30; E -6/-5 1 since 2020-03-01 30; B 0/10 10 since 2020-03-01 30; C 80/100 20 since 2020-03-02 29; "
        "A 90/100 10 since 2020-03-01 30; D 90/100 10 since 2020-03-01 30",
        ledger, &options);
    ntm_ledger_free(ledger);
}

static void milestones(void **state) {
    ntm_milestone steps[] = {{accounts_day("2020-03-31"), {30, 0}},
                             {accounts_day("2020-06-30"), {605, 1}},
                             {accounts_day("2020-12-31"), {100, 0}}};
    ntm_slow_options options = on("2020-06-30");
    (void)state;
    ntm_ledger *ledger = accounts_read(HEAD "A,plan,2020-01-01,7\nA,plan,2020-12-31,4\nA,disbursed,2020-06-30,6\n"
                                            "A,disbursed,2020-07-01,9\nB,plan,2020-01-01,10\nB,disbursed,2020-02-01,3\n"
                                            "C,plan,2020-01-01,-5\nD,plan,2021-01-31,100\n",
                                       NULL);
    options.milestones = steps;
    options.milestone_count = 3;
    options.all = true;
    /* 60,5 % of 11 are 6,655: the least whole đồng are 7. */
    expect_slow("D 0/61 61 since 2020-03-31 91; B 3/7 4 since 2020-06-30 0; A 6/7 1 since 2020-06-30 0; C 0/0", ledger,
                &options);
    options.to = accounts_day("2020-12-31");
    options.all = false;
    expect_slow("B 3/7 4 since 2020-06-30 0; A 6/7 1 since 2020-06-30 0", ledger, &options);
    options.on = accounts_day("2020-03-30");
    expect_slow("", ledger, &options);
    options.on = accounts_day("2020-03-31"); /* 30 % of 11 are 4, of 10 are 3 */
    expect_slow("A 0/4 4 since 2020-03-31 0", ledger, &options);
    ntm_ledger_free(ledger);
}

static void refused(void **state) {
    static const ntm_side up[] = {{"unit", NULL, true}}, stage[] = {{"stage", NULL, false}},
                          date[] = {{"date", "month", false}};
    const ntm_slow_options good = on("2020-03-31");
    ntm_milestone steps[2] = {{10, {50, 0}}, {10, {60, 0}}};
    ntm_slow_options bad[14];
    ntm_slow *slow = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    for (size_t i = 0; i < 14; i++)
        bad[i] = good;
    bad[0].due = NULL;
    bad[1].done = "plan";
    bad[2].on = NTM_DATE_NONE;
    bad[3].by = up;
    bad[4].by = stage;
    bad[5].by = date;
    bad[6].order = (ntm_slow_order)4;
    bad[7].milestone_count = 1;
    bad[8].milestones = steps; /* twice the same day */
    bad[8].milestone_count = 2;
    bad[9].by = NULL;
    bad[10].struct_size = 8;
    bad[11].order = (ntm_slow_order)0;
    bad[12].only_count = 1;
    bad[13].by_count = 11;
    ntm_ledger *ledger = accounts_read(HEAD "A,plan,2020-01-01,9223372036854775807\nA,plan,2020-01-02,1\n"
                                            "B,outstanding,2020-01-01,5\nB,plan,2020-01-01,1\n",
                                       NULL);
    for (size_t i = 0; i < 14; i++) {
        if (ntm_slow_new(&slow, ledger, &bad[i], &err) != NTM_ERROR_ARGUMENT) fail_msg("case %d", (int)i);
        assert_int_equal(err.status, NTM_ERROR_ARGUMENT);
    }
    for (int i = 0; i < 3; i++) {
        ntm_slow_options options = good;
        steps[0] = (ntm_milestone){10, {i == 0 ? 70 : i == 1 ? -1 : 50, 0}};
        steps[1] = (ntm_milestone){11, {i == 2 ? 101 : 60, 0}};
        options.milestones = steps;
        options.milestone_count = 2;
        assert_fails(ntm_slow_new(&slow, ledger, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    }
    assert_fails(ntm_slow_new(&slow, NULL, &good, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_slow_new(&slow, ledger, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_slow_new(NULL, ledger, &good, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_slow_new(&slow, ledger, &good, &err), NTM_ERROR_OVERFLOW, &err, "unit A");
    static const char *const b[] = {"B"};
    static const ntm_only of_b = {"unit", b, 1};
    ntm_slow_options stocks = good;
    stocks.only = &of_b;
    stocks.only_count = 1;
    stocks.done = "outstanding";
    assert_fails(ntm_slow_new(&slow, ledger, &stocks, &err), NTM_ERROR_UNIT, &err, "stocks");
    stocks.done = "spent";
    assert_fails(ntm_slow_new(&slow, ledger, &stocks, &err), NTM_ERROR_NOT_FOUND, &err, "spent");
    assert_null(slow);
    ntm_ledger_free(ledger);
}

/* Sums of single days may be beyond 64 bits as long as those told are not. */
static void large(void **state) {
    ntm_slow_options options = on("2020-03-31");
    (void)state;
    ntm_ledger *ledger = accounts_read(HEAD "A,plan,2020-01-01,9223372036854775807\nA,plan,2020-01-01,9\n"
                                            "A,plan,2020-01-02,-9223372036854775807\n",
                                       NULL);
    expect_slow("A 0/9 9 since 2020-01-01 90", ledger, &options);
    ntm_ledger_free(ledger);
}

/* ------------------------------------------------------------------------------------------- plain loops */

enum { ENTRIES = 40, UNITS = 5, SPAN = 40 };

typedef struct entry {
    int unit, day;
    bool plan, known;
    int64_t amount;
} entry;

typedef struct line {
    int unit;
    int64_t due, done, behind, days, since, missing;
} line;

/* What is due by a day: entries, or a share of all. */
static int64_t due_by(const entry *all, size_t count, int unit, int day, const ntm_milestone *steps,
                      size_t step_count) {
    int64_t sum = 0, percent = 0;
    for (size_t i = 0; i < count; i++)
        if (all[i].unit == unit && all[i].plan && all[i].known && (steps != NULL || all[i].day <= day))
            sum += all[i].amount;
    for (size_t i = 0; i < step_count; i++)
        if (steps[i].on <= day) percent = steps[i].percent.coefficient;
    if (steps == NULL) return sum;
    return sum <= 0 ? 0 : (sum * percent + 99) / 100;
}

static line line_of(const entry *all, size_t count, int unit, int now, const ntm_milestone *steps, size_t step_count) {
    line l = {.unit = unit, .since = -1};
    for (size_t i = 0; i < count; i++) {
        if (all[i].unit != unit) continue;
        if (!all[i].plan && all[i].known && all[i].day <= now) l.done += all[i].amount;
        if (!all[i].known && (all[i].day <= now || (all[i].plan && steps != NULL))) l.missing++;
    }
    l.due = due_by(all, count, unit, now, steps, step_count);
    for (size_t i = 0; i < count && steps == NULL; i++)
        l.behind += all[i].unit == unit && all[i].plan && all[i].day <= now;
    for (size_t i = 0; i < step_count; i++)
        l.behind += steps[i].on <= now;
    l.behind = l.behind > 0 && l.due > l.done ? l.due - l.done : 0;
    for (int day = -1; day <= now && l.behind > 0 && l.since < 0; day++) {
        bool step = false; /* only days on which something is due */
        for (size_t i = 0; i < count && steps == NULL; i++)
            step = step || (all[i].unit == unit && all[i].plan && all[i].day == day);
        for (size_t i = 0; i < step_count; i++)
            step = step || steps[i].on == day;
        if (step && due_by(all, count, unit, day, steps, step_count) > l.done) l.since = day;
    }
    if (l.since >= 0) l.days = now - l.since;
    return l;
}

static bool comes_before(const line *a, const line *b, ntm_slow_order order) {
    double left = a->due > 0 ? (double)a->behind / (double)a->due : a->behind > 0 ? 1e9 : 0;
    double right = b->due > 0 ? (double)b->behind / (double)b->due : b->behind > 0 ? 1e9 : 0;
    if (order == NTM_SLOW_BY_DAYS && a->days != b->days) return a->days > b->days;
    if (order == NTM_SLOW_BY_SHARE && left != right) return left > right;
    if (a->behind != b->behind) return a->behind > b->behind;
    if (order == NTM_SLOW_BY_AMOUNT && a->days != b->days) return a->days > b->days;
    return a->unit < b->unit;
}

static void random_ledgers(void **state) {
    uint64_t random = 31;
    (void)state;
    for (int round = 0; round < (fault_under_valgrind() ? 20 : 1500); round++) {
        entry all[ENTRIES];
        char csv[ENTRIES * 48] = HEAD, expected[2048] = "";
        size_t used = strlen(csv), count = fault_random(&random) % ENTRIES, lines = 0, written = 0;
        ntm_milestone steps[3];
        size_t step_count = fault_random(&random) % 2 == 0 ? 0 : 1 + fault_random(&random) % 3;
        ntm_slow_options options = on("2020-03-31");
        int now = (int)(fault_random(&random) % SPAN);
        line found[UNITS];
        for (size_t i = 0; i < count; i++) {
            all[i] = (entry){(int)(fault_random(&random) % UNITS), (int)(fault_random(&random) % SPAN),
                             fault_random(&random) % 2 == 0, fault_random(&random) % 10 > 0,
                             (int64_t)(fault_random(&random) % 30) - 4};
            used += (size_t)snprintf(csv + used, sizeof csv - used, "u%d,%s,1970-%02d-%02d,", all[i].unit,
                                     all[i].plan ? "plan" : "disbursed", 1 + all[i].day / 31, 1 + all[i].day % 31);
            if (all[i].known) used += (size_t)snprintf(csv + used, sizeof csv - used, "%d", (int)all[i].amount);
            used += (size_t)snprintf(csv + used, sizeof csv - used, "\n");
        }
        for (size_t i = 0; i < step_count; i++)
            steps[i] = (ntm_milestone){(ntm_date)(10 * i + fault_random(&random) % 10),
                                       {(int64_t)(33 * i + fault_random(&random) % 33), 0}};
        options.milestones = step_count > 0 ? steps : NULL;
        options.milestone_count = step_count;
        options.on = now;
        options.order = (ntm_slow_order)(1 + fault_random(&random) % 3);
        options.all = fault_random(&random) % 2 == 0;
        for (int unit = 0; unit < UNITS; unit++) {
            bool there = false;
            for (size_t i = 0; i < count; i++)
                there = there || all[i].unit == unit;
            line l = line_of(all, count, unit, now, options.milestones, step_count);
            if (!there || (l.behind == 0 && !options.all)) continue;
            size_t at = lines++;
            for (; at > 0 && comes_before(&l, &found[at - 1], options.order); at--)
                found[at] = found[at - 1];
            found[at] = l;
        }
        for (size_t i = 0; i < lines; i++) {
            const line *l = &found[i];
            written += (size_t)snprintf(expected + written, sizeof expected - written, "%su%d %lld/%lld",
                                        i > 0 ? "; " : "", l->unit, (long long)l->done, (long long)l->due);
            if (l->behind > 0)
                written += (size_t)snprintf(expected + written, sizeof expected - written,
                                            " %lld since 1970-%02d-%02d %lld", (long long)l->behind,
                                            1 + (int)l->since / 31, 1 + (int)l->since % 31, (long long)l->days);
            if (l->missing > 0)
                written +=
                    (size_t)snprintf(expected + written, sizeof expected - written, " !%lld", (long long)l->missing);
        }
        ntm_ledger *ledger = accounts_read(csv, NULL);
        expect_slow(expected, ledger, &options);
        ntm_ledger_free(ledger);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days),           cmocka_unit_test(periods), cmocka_unit_test(orders),
        cmocka_unit_test(milestones),     cmocka_unit_test(refused), cmocka_unit_test(large),
        cmocka_unit_test(random_ledgers),
    };
    return cmocka_run_group_tests_name("slow money", tests, NULL, NULL);
}
