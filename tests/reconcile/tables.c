/* SPDX-License-Identifier: Apache-2.0 */
/* Tables, equations as text, shares, and real figures. */
#include "grid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fault.h"

/* A table of whole numbers from CSV with a key column "key" first; other columns have the scale told. */
static ntm_csv *csv_of(const char *text, uint8_t scale, const char *const *columns, size_t count) {
    ntm_csv_field fields[8];
    ntm_csv *csv = NULL;
    ntm_error err = NTM_ERROR_INIT;
    for (size_t i = 0; i < count; i++) {
        bool is_text =
            strcmp(columns[i], "key") == 0 || strcmp(columns[i], "parent") == 0 || strcmp(columns[i], "source") == 0;
        fields[i] = (ntm_csv_field){
            columns[i], NULL, is_text ? NTM_CSV_CODES : NTM_CSV_NUMBER, NTM_LOCALE_PLAIN, scale, 1, NULL, NULL,
            NULL,       NULL};
    }
    assert_ok(ntm_csv_read(&csv, text, strlen(text), "text", fields, count, NULL, &err), &err);
    return csv;
}

static ntm_balance *balance_of(const ntm_table *table, const char *key) {
    ntm_balance_table_options options = NTM_BALANCE_TABLE_OPTIONS_INIT;
    ntm_balance *balance = NULL;
    ntm_error err = NTM_ERROR_INIT;
    options.key = key;
    assert_ok(ntm_balance_from_table(&balance, table, &options, &err), &err);
    return balance;
}

static void declare(ntm_balance *balance, const char *text) {
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_balance_declare(balance, text, strlen(text), &err), &err);
}

static ntm_location *located(const ntm_balance *balance) {
    ntm_location *location = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_locate(&location, balance, NULL, &err), &err);
    return location;
}

static void assert_cell(const ntm_balance *balance, uint32_t cell, const char *row, const char *column) {
    ntm_balance_cell it = ntm_balance_cell_get(balance, cell);
    assert_string_equal(it.row, row);
    assert_string_equal(it.column, column);
}

/* The first explanation of a group is one cell with this cause and repair. */
static void assert_first(const ntm_balance *balance, const ntm_location *location, size_t group, const char *row,
                         const char *column, ntm_cause cause, ntm_decimal value) {
    ntm_suspect suspect = ntm_location_suspect(location, group, 0, 0);
    ntm_suspicion suspicion = ntm_location_suspicion(location, group, 0, 0, 0);
    assert_int_equal(ntm_location_group(location, group).size, 1);
    assert_cell(balance, suspect.cell, row, column);
    assert_string_equal(ntm_cause_name(suspicion.cause), ntm_cause_name(cause));
    assert_int_equal(ntm_decimal_compare(suspicion.value, value), 0);
}

/* The real table: two printed shares do not follow. */
static void mobilised(void **state) {
    (void)state;
    static const char *const columns[] = {"source", "amount", "share", "parent"};
    static const char *const amount[] = {"amount"};
    char path[1024];
    ntm_csv_field fields[4];
    ntm_csv *csv = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_balance_count counts;
    ntm_violation violations[4];
    (void)snprintf(path, sizeof path, "%s/examples/data/reconcile/mobilised-2021-2023.csv", getenv("NTM_SOURCE_ROOT"));
    for (size_t i = 0; i < 4; i++)
        fields[i] = (ntm_csv_field){
            columns[i], NULL, i % 3 == 0 ? NTM_CSV_CODES : NTM_CSV_NUMBER, NTM_LOCALE_PLAIN, i == 2, 1, NULL, NULL,
            NULL,       NULL};
    assert_ok(ntm_csv_open(&csv, path, fields, 4, NULL, &err), &err);
    ntm_balance *balance = balance_of(ntm_csv_table(csv), "source");
    declare(balance, "share == 100 * amount / amount[total] rounded half-up 1");
    ntm_column parents = ntm_csv_table(csv)->fields[3].column;
    assert_ok(ntm_balance_declare_tree(balance, &parents, amount, 1, NULL, &err), &err);
    assert_int_equal(ntm_balance_check(violations, 4, &counts, balance, &err), NTM_OK);
    assert_int_equal(counts.violated, 2);
    assert_int_equal(counts.undecided, 0);
    assert_int_equal(counts.hold, 7); /* five shares, the state, the total */
    assert_string_equal(violations[0].row_name, "central");
    assert_true(violations[0].imbalance.numerator == 1 && violations[0].imbalance.denominator == 10);
    assert_string_equal(violations[1].row_name, "people");
    assert_true(violations[1].imbalance.numerator == -1 && violations[1].imbalance.denominator == 10);
    assert_null(violations[0].column);
    ntm_location *location = located(balance);
    assert_int_equal(ntm_location_group_count(location), 1);
    ntm_located_group group = ntm_location_group(location, 0);
    assert_true(group.exact && group.size == 2 && group.explanations == 1);
    assert_cell(balance, ntm_location_suspect(location, 0, 0, 0).cell, "central", "share");
    assert_cell(balance, ntm_location_suspect(location, 0, 0, 1).cell, "people", "share");
    assert_int_equal(ntm_location_suspicion(location, 0, 0, 0, 0).cause, NTM_CAUSE_LAST_DIGIT);
    assert_int_equal(ntm_location_suspicion(location, 0, 0, 0, 0).value.coefficient, 9);
    assert_int_equal(ntm_location_suspicion(location, 0, 0, 1, 0).value.coefficient, 40);
    ntm_location_free(location);
    ntm_balance_free(balance);
    ntm_csv_free(csv);
}

/* Other figures that were read in their sources, and one that a page prints ten times too large. */
static void published(void **state) {
    (void)state;
    static const char *const columns[] = {"key", "state", "central", "local", "credit"};
    ntm_csv *csv = csv_of("key,state,central,local,credit\nQD1600,193155.6,63155.6,130000,0\n"
                          "NQ257,423000,100000,300000,23000\nQD263,1963320,39632,156700,0\n",
                          1, columns, 5);
    ntm_balance *balance = balance_of(ntm_csv_table(csv), "key");
    declare(balance, "state == central + local + credit");
    ntm_location *location = located(balance);
    assert_int_equal(ntm_location_group_count(location), 1);
    assert_first(balance, location, 0, "QD263", "state", NTM_CAUSE_FACTOR, (ntm_decimal){196332, 0});
    assert_int_equal(ntm_location_suspicion(location, 0, 0, 0, 0).power, 1);
    ntm_location_free(location);
    ntm_balance_free(balance);
    ntm_csv_free(csv);
    static const char *const shares[] = {"key", "part", "whole", "share"};
    csv = csv_of("key,part,whole,share\ncentral,100000,1044000,9.6\nlocal,300000,1044000,28.7\n"
                 "integrated,360000,1044000,34.5\ncredit,23000,1044000,2.2\n",
                 1, shares, 4);
    ntm_balance_count counts;
    balance = balance_of(ntm_csv_table(csv), "key");
    declare(balance, "share == 100 part / whole");
    assert_int_equal(ntm_balance_check(NULL, 0, &counts, balance, NULL), NTM_OK);
    assert_int_equal(counts.hold, 4);
    ntm_balance_free(balance);
    ntm_csv_free(csv);
}

/* Every rounding at, just below and just above a tie: 1000 parts of 2000 and so on, to whole percent. */
static void roundings(void **state) {
    (void)state;
    static const struct {
        ntm_rounding rounding;
        int64_t part, share;
        bool holds;
    } cases[] = {
        {NTM_ROUND_HALF_UP, 25, 3, true},     {NTM_ROUND_HALF_UP, 25, 2, false},   {NTM_ROUND_HALF_UP, 24, 2, true},
        {NTM_ROUND_HALF_UP, -25, -3, true},   {NTM_ROUND_HALF_UP, -25, -2, false}, {NTM_ROUND_HALF_UP, 5, 0, false},
        {NTM_ROUND_HALF_UP, 4, 0, true},      {NTM_ROUND_HALF_UP, -5, 0, false},   {NTM_ROUND_HALF_EVEN, 25, 2, true},
        {NTM_ROUND_HALF_EVEN, 25, 3, false},  {NTM_ROUND_HALF_EVEN, 35, 4, true},  {NTM_ROUND_HALF_EVEN, 35, 3, false},
        {NTM_ROUND_HALF_EVEN, -35, -4, true}, {NTM_ROUND_HALF_EVEN, 5, 0, true},   {NTM_ROUND_DOWN, 29, 2, true},
        {NTM_ROUND_DOWN, 30, 2, false},       {NTM_ROUND_DOWN, 30, 3, true},       {NTM_ROUND_DOWN, -29, -2, true},
        {NTM_ROUND_DOWN, -9, 0, true},        {NTM_ROUND_DOWN, 9, 0, true},        {NTM_ROUND_DOWN, 10, 0, false},
        {NTM_ROUND_UP, 21, 3, true},          {NTM_ROUND_UP, 20, 3, false},        {NTM_ROUND_UP, 20, 2, true},
        {NTM_ROUND_UP, 1, 0, false},          {NTM_ROUND_UP, 0, 0, true},          {NTM_ROUND_UP, -21, -3, true},
        {NTM_ROUND_UP, 1, 1, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ntm_balance *balance = NULL;
        ntm_balance_count counts;
        assert_int_equal(ntm_balance_new(&balance, NULL, NULL), NTM_OK);
        cell_of(balance, "", "share", 0, 0, cases[i].share, 0);
        cell_of(balance, "", "part", 0, 1, cases[i].part, 0);
        cell_of(balance, "", "whole", 0, 2, 1000, 0);
        ntm_balance_share share = {0, 1, 2, 2, 0, cases[i].rounding};
        assert_int_equal(ntm_balance_add_share(balance, "s", &share, NULL), NTM_OK);
        assert_int_equal(ntm_balance_check(NULL, 0, &counts, balance, NULL), NTM_OK);
        if (counts.hold != cases[i].holds) fail_msg("case %zu", i);
        ntm_location *location = located(balance); /* the search reads the equation in its own way */
        assert_int_equal(ntm_location_group_count(location), !cases[i].holds);
        if (!cases[i].holds) {
            ntm_located_group group = ntm_location_group(location, 0);
            assert_true(group.exact && group.size == 1);
            for (size_t e = 0; e < group.explanations; e++) {
                ntm_suspect suspect = ntm_location_suspect(location, 0, e, 0);
                if (suspect.cell == 0) assert_true(suspect.repaired.least.denominator == 1);
            }
        }
        ntm_location_free(location);
        ntm_balance_free(balance);
    }
}

static void no_whole(void **state) {
    (void)state;
    static const int64_t wholes[] = {0, -5};
    for (size_t i = 0; i < 2; i++) {
        ntm_balance *balance = NULL;
        ntm_violation violation;
        ntm_balance_count counts;
        assert_int_equal(ntm_balance_new(&balance, NULL, NULL), NTM_OK);
        cell_of(balance, "r", "share", 0, 0, 0, 0);
        cell_of(balance, "r", "part", 0, 1, 0, 0);
        cell_of(balance, "r", "whole", 0, 2, wholes[i], 0);
        ntm_balance_share share = {0, 1, 2, 2, 0, NTM_ROUND_HALF_EVEN};
        assert_int_equal(ntm_balance_add_share(balance, "s", &share, NULL), NTM_OK);
        assert_int_equal(ntm_balance_check(&violation, 1, &counts, balance, NULL), NTM_OK);
        assert_int_equal(counts.violated, 1);
        assert_int_equal(violation.imbalance.denominator, 0);
        ntm_location *location = located(balance); /* the share is none, or the whole is above 0 */
        assert_int_equal(ntm_location_group(location, 0).explanations, 2);
        assert_int_equal(ntm_location_suspect(location, 0, 0, 0).cell + ntm_location_suspect(location, 0, 1, 0).cell,
                         2);
        ntm_location_free(location);
        ntm_balance_free(balance);
    }
}

/* A share among equations: shares that add up to 100, of figures that are rounded. */
static void shares_add_up(void **state) {
    (void)state;
    static const char *const columns[] = {"key", "a", "b", "total", "pa", "pb", "whole"};
    ntm_csv *csv = csv_of("key,a,b,total,pa,pb,whole\nx,333,667,1000,33.3,66.7,100\ny,333,667,1000,33.3,67.6,100\n", 1,
                          columns, 7);
    ntm_balance *balance = balance_of(ntm_csv_table(csv), "key");
    declare(balance, "a + b == total");
    declare(balance, "pa + pb == whole");
    declare(balance, "pa == 100 a / total rounded half-up 1");
    declare(balance, "pb == 100 b / total rounded half-up 1");
    ntm_location *location = located(balance);
    assert_int_equal(ntm_location_group_count(location), 1);
    assert_int_equal(ntm_location_group(location, 0).explanations, 1);
    assert_true(ntm_location_group(location, 0).exact);
    assert_first(balance, location, 0, "y", "pb", NTM_CAUSE_SWAPPED_NEIGHBOURS, (ntm_decimal){667, 1});
    ntm_location_free(location);
    ntm_balance_free(balance);
    ntm_csv_free(csv);
}

static void rounded_tolerance(void **state) {
    (void)state;
    static const char *const columns[] = {"key", "a", "b", "c"};
    ntm_csv *csv = csv_of("key,a,b,c\nfine,10,20,31\nedge,10,20,28\nbad,10,20,33\n", 0, columns, 4);
    static const ntm_column_width widths[] = {{"a", {5, 1}}, {"b", {5, 1}}, {"c", {10, 1}}};
    ntm_balance_table_options options = NTM_BALANCE_TABLE_OPTIONS_INIT;
    ntm_balance *balance = NULL;
    ntm_violation found[3];
    ntm_balance_count counts;
    options.key = "key";
    options.widths = widths;
    options.width_count = 3;
    assert_int_equal(ntm_balance_from_table(&balance, ntm_csv_table(csv), &options, NULL), NTM_OK);
    declare(balance, "a + b == c");
    assert_int_equal(ntm_balance_check(found, 3, &counts, balance, NULL), NTM_OK);
    assert_int_equal(counts.violated, 1);
    assert_string_equal(found[0].row_name, "bad");
    assert_true(found[0].tolerance.numerator == 2 && found[0].imbalance.numerator == -3);
    ntm_location *location = located(balance);
    ntm_suspect a = ntm_location_suspect(location, 0, 0, 0);
    assert_int_equal(ntm_location_group(location, 0).explanations, 3);
    assert_true(a.repaired.least.denominator != 0 && a.repaired.most.numerator * a.repaired.least.denominator >
                                                         a.repaired.least.numerator * a.repaired.most.denominator);
    ntm_location_free(location);
    ntm_balance_free(balance);
    ntm_csv_free(csv);
}

static void down_the_rows(void **state) {
    (void)state;
    static const char *const columns[] = {"key", "parent", "x", "y"};
    ntm_error err = NTM_ERROR_INIT;
    ntm_balance_count counts;
    ntm_csv *csv =
        csv_of("key,parent,x,y\ntỉnh,,60,7\nhuyện 1,tỉnh,30,3\nhuyện 2,tỉnh,30,4\nxã,huyện 1,30,\n", 0, columns, 4);
    ntm_balance *balance = balance_of(ntm_csv_table(csv), "key");
    static const char text[] = "'tỉnh' == \"huyện 1\" + 'huyện 2'";
    assert_ok(ntm_balance_declare_rows(balance, text, sizeof text - 1, NULL, 0, &err), &err);
    ntm_column parents = ntm_csv_table(csv)->fields[1].column;
    assert_ok(ntm_balance_declare_tree(balance, &parents, NULL, 0, NULL, &err), &err);
    assert_int_equal(ntm_balance_check(NULL, 0, &counts, balance, NULL), NTM_OK);
    assert_int_equal(counts.equations, 2 + 4);
    assert_int_equal(counts.hold, 5);
    assert_int_equal(counts.undecided, 1);
    ntm_balance_free(balance);
    ntm_csv_free(csv);
    csv = csv_of("key,parent,x,y\na,b,1,1\nb,a,1,1\nc,zz,1,1\n", 0, columns, 4);
    balance = balance_of(ntm_csv_table(csv), "key");
    ntm_problems *problems = NULL;
    assert_int_equal(ntm_problems_new(&problems, 0, NULL, NULL), NTM_OK);
    parents = ntm_csv_table(csv)->fields[1].column;
    assert_fails(ntm_balance_declare_tree(balance, &parents, NULL, 0, problems, &err), NTM_ERROR_NOT_FOUND, &err, "zz");
    assert_int_equal(err.row, 2);
    assert_int_equal(ntm_problems_count(problems), 2);
    assert_int_equal(ntm_problems_get(problems, 1)->status, NTM_ERROR_SCHEMA);
    assert_int_equal(ntm_balance_equation_count(balance), 0);
    ntm_problems_free(problems);
    ntm_balance_free(balance);
    ntm_csv_free(csv);
}

/* Texts that are no equations: status, line, column, part of the message. */
static void refused_text(void **state) {
    (void)state;
    static const char *const columns[] = {"key", "state", "central", "local"};
    ntm_csv *csv = csv_of("key,state,central,local\na,1,1,1\n", 0, columns, 4);
    ntm_balance *balance = balance_of(ntm_csv_table(csv), "key");
    static const struct {
        const char *text;
        ntm_status status;
        unsigned line, column;
        const char *part;
    } cases[] = {
        {"state == central + locl", NTM_ERROR_NOT_FOUND, 1, 20, "\"local\""},
        {"state == central\n + zzz", NTM_ERROR_NOT_FOUND, 2, 4, "no such column"},
        {"state", NTM_ERROR_SYNTAX, 1, 6, "expected =="},
        {"", NTM_ERROR_SYNTAX, 1, 1, "expected a name"},
        {"state == ", NTM_ERROR_SYNTAX, 1, 10, "expected a name"},
        {"state == tỷ", NTM_ERROR_SYNTAX, 1, 11, "expected the end"},
        {"state == ỷ", NTM_ERROR_SYNTAX, 1, 10, "quotes"},
        {"state == 'central", NTM_ERROR_SYNTAX, 1, 18, "does not end"},
        {"state == ''", NTM_ERROR_SYNTAX, 1, 12, "without any letter"},
        {"state == 0 central", NTM_ERROR_SYNTAX, 1, 12, "coefficient of 0"},
        {"state == 1.5 central", NTM_ERROR_SYNTAX, 1, 11, "whole numbers"},
        {"state == 1000000001 central", NTM_ERROR_OVERFLOW, 1, 19, "coefficient above"},
        {"state == state", NTM_ERROR_SCHEMA, 1, 1, "nothing is left"},
        {"0 == 0", NTM_ERROR_SCHEMA, 1, 7, "without any name"},
        {"state == 100 central / state", NTM_ERROR_SCHEMA, 1, 1, "different"},
        {"state == 3 central / local", NTM_ERROR_SYNTAX, 1, 21, "factor of a share"},
        {"2 state == central / local", NTM_ERROR_SYNTAX, 1, 21, "one name"},
        {"state == central / local rounded", NTM_ERROR_SYNTAX, 1, 33, "half-up"},
        {"state == central / local rounded up 10", NTM_ERROR_SYNTAX, 1, 39, "9 digits"},
        {"state == central / local rounded upper 1", NTM_ERROR_SYNTAX, 1, 34, "half-up"},
        {"state == central local", NTM_ERROR_SYNTAX, 1, 18, "end of the equation"},
        {"state == central[a", NTM_ERROR_SYNTAX, 1, 19, "expected ]"},
        {"state == central[b]", NTM_ERROR_NOT_FOUND, 1, 10, "no such row"},
        {"state == central['']", NTM_ERROR_SYNTAX, 1, 20, "without any letter"},
        {"state === central", NTM_ERROR_SYNTAX, 1, 9, "expected a name"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status = ntm_balance_declare(balance, cases[i].text, strlen(cases[i].text), &err);
        if (status != cases[i].status || err.line != cases[i].line || err.column != cases[i].column ||
            strstr(err.message, cases[i].part) == NULL)
            fail_msg("%s: %s %u:%u %s", cases[i].text, ntm_status_name(status), err.line, err.column, err.message);
    }
    assert_int_equal(ntm_balance_equation_count(balance), 0);
    declare(balance, " - state\n+ 2*central = - local + 3 * state - 0 ");
    ntm_violation violation;
    assert_int_equal(ntm_balance_check(&violation, 1, NULL, balance, NULL), NTM_OK);
    assert_string_equal(violation.name, "- state + 2*central = - local + 3 * state - 0");
    ntm_balance_free(balance);
    ntm_csv_free(csv);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mobilised),     cmocka_unit_test(published),     cmocka_unit_test(roundings),
        cmocka_unit_test(no_whole),      cmocka_unit_test(shares_add_up), cmocka_unit_test(rounded_tolerance),
        cmocka_unit_test(down_the_rows), cmocka_unit_test(refused_text),
    };
    return cmocka_run_group_tests_name("reconciled tables", tests, NULL, NULL);
}
