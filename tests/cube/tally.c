/* SPDX-License-Identifier: Apache-2.0 */
/* Tallies: put together, written, read again, and refused. */
#include "accounts.h"
#include "tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const ntm_side sides[] = {
    {"unit", NULL, true}, {"source", NULL, true}, {"stage", NULL, false}, {"date", "month", false}};

static ntm_cube_options usual(void) {
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    asked.sides = sides;
    asked.side_count = 4;
    return asked;
}

static ntm_cube_tally *tally_of(const char *csv, const ntm_cube_options *asked, const ntm_ledger_options *options) {
    ntm_ledger *ledger = accounts_read(csv, options);
    ntm_cube_tally *tally = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_cube_tally_new(&tally, ledger, asked, &err), &err);
    ntm_ledger_free(ledger);
    return tally;
}

static ntm_text *written(const ntm_cube_tally *tally) {
    ntm_text *text = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_cube_tally_write(&text, tally, &err), &err);
    return text;
}

static void expect_tally(const char *cells, const ntm_cube_tally *tally) {
    ntm_cube *cube = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_cube_of(&cube, tally, NULL, &err), &err);
    expect_cells(cells, cube);
    ntm_cube_free(cube);
}

/* Merges, in this order and the other way round: the same bytes, and these cells. */
static void expect_merged(const char *cells, ntm_cube_tally **tallies, size_t count) {
    const ntm_cube_tally *list[4];
    char *first = NULL;
    ntm_error err = NTM_ERROR_INIT;
    for (int round = 0; round < 2; round++) {
        ntm_cube_tally *all = NULL;
        for (size_t i = 0; i < count; i++)
            list[i] = tallies[round == 0 ? i : count - 1 - i];
        assert_ok(ntm_cube_tally_merge(&all, list, count, NULL, &err), &err);
        expect_tally(cells, all);
        ntm_text *text = written(all);
        if (first == NULL) {
            first = calloc(ntm_text_size(text) + 1, 1);
            assert_non_null(first);
            memcpy(first, ntm_text_data(text), ntm_text_size(text));
        }
        assert_string_equal(ntm_text_data(text), first);
        ntm_text_free(text);
        ntm_cube_tally_free(all);
    }
    free(first);
}

static void refuse_merge(ntm_cube_tally *a, ntm_cube_tally *b, ntm_status status, const char *piece) {
    const ntm_cube_tally *list[] = {a, b};
    ntm_cube_tally *all = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_cube_tally_merge(&all, list, 2, NULL, &err), status, &err, piece);
    assert_null(all);
    ntm_cube_tally_free(a);
    ntm_cube_tally_free(b);
}

#define HEAD "unit,source,stage,period,amount\n"

static void merge(void **state) {
    const ntm_cube_options asked = usual();
    (void)state;
    ntm_cube_tally *parts[3] = {tally_of(HEAD "B,central,plan,2020-02,5\nA,,plan,2020-01,-1\n", &asked, NULL),
                                tally_of(HEAD, &asked, NULL),
                                tally_of(HEAD "C,central,plan,2020-01,7\nB,central,plan,2020-02,\n", &asked, NULL)};
    expect_merged("A - plan 2020-01=-1; A * plan 2020-01=-1; B state plan 2020-02=5 !1; B central plan 2020-02=5 !1; "
                  "B * plan 2020-02=5 !1; C state plan 2020-01=7; C central plan 2020-01=7; C * plan 2020-01=7; "
                  "* state plan 2020-01=7; * state plan 2020-02=5 !1; * central plan 2020-01=7; "
                  "* central plan 2020-02=5 !1; * - plan 2020-01=-1; * * plan 2020-01=6; * * plan 2020-02=5 !1",
                  parts, 3);
    for (size_t i = 0; i < 3; i++)
        ntm_cube_tally_free(parts[i]);
    assert_int_equal(ntm_cube_tally_cells(NULL), 0);
    ntm_cube_tally_free(NULL);
}

/* Only some of the ledgers have stocks: in whatever order, and with and without a side of time. */
static void merge_stocks(void **state) {
    static const char *const outstanding[] = {"outstanding", "disbursed"};
    static const ntm_only loans = {"stage", outstanding, 2};
    static const ntm_side few[] = {{"stage", NULL, false}};
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    (void)state;
    asked.sides = few;
    asked.side_count = 1;
    asked.only = &loans;
    asked.only_count = 1;
    ntm_cube_tally *parts[3] = {
        tally_of(HEAD "A,credit,disbursed,2020-01,5\nB,credit,disbursed,2020-01,1\n", &asked, NULL),
        tally_of(HEAD "A,credit,outstanding,2020-02,100\nB,credit,disbursed,2020-02,20\n", &asked, NULL),
        tally_of(HEAD "A,credit,outstanding,2020-03,90\nC,credit,outstanding,2020-01,3\n", &asked, NULL)};
    expect_merged("disbursed=26; outstanding=93", parts, 3);
    for (size_t i = 0; i < 3; i++)
        ntm_cube_tally_free(parts[i]);
    asked = usual();
    asked.sides = sides + 2;
    asked.side_count = 2;
    parts[0] = tally_of(HEAD "A,credit,disbursed,2020-01,5\nB,credit,disbursed,2020-01,1\n", &asked, NULL);
    parts[1] = tally_of("unit,source,stage,date,amount\nA,credit,outstanding,2020-02-28,100\n"
                        "A,credit,outstanding,2020-02-27,50\nB,credit,disbursed,2020-02-01,20\n",
                        &asked, NULL);
    expect_merged("disbursed 2020-01=6; disbursed 2020-02=20; outstanding 2020-02=100", parts, 2);
    ntm_cube_tally_free(parts[0]);
    ntm_cube_tally_free(parts[1]);
}

/* What tells the stocks may be no side; they are apart by unit. */
static void merge_hidden(void **state) {
    static const ntm_member members[] = {{"loan", NULL, NULL, true}, {"grant", NULL, NULL, false}};
    static const ntm_dimension_spec form_of = {"form", members, 2, false};
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    static const ntm_side unit[] = {{"unit", NULL, false}};
    (void)state;
    options.dimensions = &form_of;
    options.dimension_count = 1;
    asked.sides = unit;
    asked.side_count = 1;
    ntm_cube_tally *parts[2] = {
        tally_of("unit,form,period,amount\nA,grant,2020-01,5\nA,grant,2020-02,6\n", &asked, &options),
        tally_of("unit,form,period,amount\nB,loan,2020-01,7\nB,loan,2020-02,8\n", &asked, &options)};
    expect_merged("A=11; B=8", parts, 2);
    ntm_cube_tally_free(parts[1]);
    parts[1] = tally_of("unit,form,period,amount\nA,loan,2020-01,7\n", &asked, &options);
    const ntm_cube_tally *both[] = {parts[0], parts[1]};
    ntm_cube_tally *all = NULL;
    ntm_cube *cube = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_cube_tally_merge(&all, both, 2, NULL, &err), &err);
    assert_fails(ntm_cube_of(&cube, all, NULL, &err), NTM_ERROR_UNIT, &err, "unit A");
    assert_null(cube);
    ntm_cube_tally_free(all);
    ntm_cube_tally_free(parts[0]);
    ntm_cube_tally_free(parts[1]);
}

static void merge_quantities(void **state) {
    static const ntm_side kind[] = {{"kind", NULL, false}};
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    (void)state;
    asked.sides = kind;
    asked.side_count = 1;
    asked.measure = NTM_CUBE_QUANTITY;
    ntm_cube_tally *parts[2] = {
        tally_of("unit,period,kind,quantity,quantity_unit\nA,2020-01,sand,5,m3\n", &asked, NULL),
        tally_of("unit,period,kind,quantity,quantity_unit\nA,2020-02,cement,0.125,t\nA,2020-02,sand,1.5,m3\n", &asked,
                 NULL)};
    expect_merged("cement=0.125; sand=6.500", parts, 2);
    ntm_cube_tally_free(parts[1]);
    parts[1] = tally_of("unit,period,kind,quantity,quantity_unit\nA,2020-01,sand,5,t\n", &asked, NULL);
    refuse_merge(parts[0], parts[1], NTM_ERROR_CONFLICT, "different units");
}

static void merge_refused(void **state) {
    static const ntm_member members[] = {{"central", NULL, NULL, false}}, stocks[] = {{"central", NULL, NULL, true}};
    static const ntm_dimension_spec source = {"source", members, 1, true}, stock = {"source", stocks, 1, true};
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT, others = NTM_LEDGER_OPTIONS_INIT;
    ntm_cube_options asked = usual(), other = usual();
    const ntm_cube_tally *none[] = {NULL};
    ntm_cube_tally *all = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    other.running = NTM_RUNNING_ALL;
    refuse_merge(tally_of(HEAD, &asked, NULL), tally_of(HEAD, &other, NULL), NTM_ERROR_CONFLICT, "options");
    static const char *const central[] = {"central"}, *const local[] = {"local"};
    static const ntm_only of_central = {"source", central, 1}, of_local = {"source", local, 1};
    other = asked;
    asked.only = &of_central;
    other.only = &of_local;
    asked.only_count = other.only_count = 1;
    refuse_merge(tally_of(HEAD, &asked, NULL), tally_of(HEAD, &other, NULL), NTM_ERROR_CONFLICT, "options");
    asked = usual();
    options.dimensions = &source;
    options.dimension_count = 1;
    refuse_merge(tally_of(HEAD, &asked, NULL), tally_of(HEAD, &asked, &options), NTM_ERROR_CONFLICT, "declared");
    others.dimensions = &stock;
    others.dimension_count = 1;
    refuse_merge(tally_of(HEAD, &asked, &others), tally_of(HEAD, &asked, &options), NTM_ERROR_CONFLICT, "declared");
    asked.side_count = 2;
    refuse_merge(tally_of(HEAD, &asked, NULL), tally_of("unit,source,period,amount\n", &asked, NULL),
                 NTM_ERROR_CONFLICT, "dimensions");
    /* Each is of one stage, both are not. */
    refuse_merge(tally_of(HEAD "A,central,plan,2020-01,1\n", &asked, NULL),
                 tally_of(HEAD "A,central,need,2020-01,1\n", &asked, NULL), NTM_ERROR_UNIT, "would be added");
    assert_fails(ntm_cube_tally_merge(&all, none, 1, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_cube_tally_merge(&all, none, 0, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_cube_tally_merge(&all, NULL, 1, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_cube_tally_merge(NULL, none, 1, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_null(all);
}

/* ------------------------------------------------------------------------------------------- the written form */

static const char form[] = "ntm-tally\t1\nmeasure\tamount\nscale\t0\nrung\t0\nside\t=unit\t-\t-\nside\t=stage\t-\t-\n"
                           "side\t=date\t=month\t-\nonly\t=stage\t=plan\t=disbursed\ndays\t2020-01-01\t-\t-\n"
                           "running\t0\nexpected\t=disbursed\tmonth\t2020-01-01\t2020-02-29\nbase\t=unit\t0\t0\n"
                           "member\t=A\\tB\t-\tflow\nmember\t=C\t-\tflow\nbase\t=stage\t1\t2\nmember\t=plan\t-\tflow\n"
                           "member\t=disbursed\t-\tflow\nbase\t=date\t2\t0\n"
                           "time\tmonth\t2020-01-01\t2020-01-31\t2020-01-01\t2020-01-31\n"
                           "time\tmonth\t2020-02-01\t2020-02-29\t2020-02-01\t2020-02-29\n"
                           "cell\t0\t1\t0\t-5\t0\tall\ncell\t1\t0\t1\t7\t2\tsome\nend\n";

static void as_documented(void **state) {
    static const char *const members[] = {"plan", "disbursed"};
    static const ntm_member stages[] = {{"plan", NULL, NULL, false}, {"disbursed", NULL, NULL, false}};
    static const ntm_dimension_spec stage = {"stage", stages, 2, false};
    static const ntm_only only = {"stage", members, 2};
    const ntm_expected monthly = {"disbursed", NTM_PERIOD_MONTH, accounts_day("2020-01-01"),
                                  accounts_day("2020-02-29")};
    static const ntm_side three[] = {{"unit", NULL, false}, {"stage", NULL, false}, {"date", "month", false}};
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    (void)state;
    options.dimensions = &stage;
    options.dimension_count = 1;
    asked.sides = three;
    asked.side_count = 3;
    asked.only = &only;
    asked.only_count = 1;
    asked.from = monthly.from;
    asked.expected = &monthly;
    asked.expected_count = 1;
    ntm_cube_tally *tally = tally_of("unit,stage,period,amount\nC,plan,2020-02,\nC,plan,2020-02,3\nC,plan,2020-02,\n"
                                     "C,plan,2020-02,4\nA\tB,disbursed,2020-01,-5\nD,plan,2019-12,1\nD,,2020-01,1\n",
                                     &asked, &options);
    ntm_text *text = written(tally);
    assert_string_equal(ntm_text_data(text), form);
    ntm_text_free(text);
    expect_tally(
        "A\tB disbursed 2020-01=-5; A\tB disbursed 2020-02=? !1; C plan 2020-02=7 !2; C disbursed 2020-01=? !1; "
        "C disbursed 2020-02=? !1",
        tally);
    ntm_cube_tally_free(tally);
}

static ntm_cube_tally *read_again(const char *bytes, size_t size, const ntm_units *units) {
    ntm_cube_tally *tally = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_cube_tally_read(&tally, bytes, size, "x", units, NULL, &err), &err);
    return tally;
}

/* Rows in any order, in parts or not: the same bytes; and the same again after reading. */
static void round_trip(void **state) {
    static const ntm_side of_units[] = {{"unit", "district", true},
                                        {"source", NULL, true},
                                        {"stage", NULL, false},
                                        {"date", "quarter", true},
                                        {"programme", NULL, true}};
    static const char *const lines[] = {
        "111,central,plan,2020-02-10,5,ntm\n", "112,,plan,2020-02-11,-7,\n", "113,,disbursed,2020-06-10,,ocop\n",
        "112,cash,outstanding,2020-06-30,9223372036854775807,x y\n", "112,cash,plan,2020-06-30,9223372036854775807,\n"};
    ntm_units *registry = tree_new("code,name,level,parent,valid_from,valid_to\n1,P,province,,,\n11,D,district,1,,\n"
                                   "111,X,commune,11,,2020-05-01\n112,Y,commune,11,,\n113,Z,commune,11,2020-05-01,\n",
                                   "on,old_code,new_code\n2020-05-01,111,113\n", NULL, NULL);
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    char *first = NULL, cells[2][8192];
    (void)state;
    options.units = registry;
    asked.sides = of_units;
    asked.side_count = 5;
    for (size_t turn = 0; turn < 5; turn++) {
        char csv[1024] = "unit,source,stage,date,amount,programme\n";
        for (size_t i = 0; i < 5; i++)
            (void)strcat(csv, lines[(i * (turn % 4 + 1) + turn) % 5]);
        ntm_cube_tally *tally = tally_of(csv, &asked, &options);
        ntm_text *text = written(tally);
        if (first == NULL) {
            first = calloc(ntm_text_size(text) + 1, 1);
            assert_non_null(first);
            memcpy(first, ntm_text_data(text), ntm_text_size(text));
        }
        assert_string_equal(ntm_text_data(text), first);
        ntm_cube_tally *again = read_again(ntm_text_data(text), ntm_text_size(text), registry);
        ntm_text *second = written(again);
        assert_string_equal(ntm_text_data(second), first);
        ntm_cube *cubes[2] = {NULL, NULL};
        ntm_error err = NTM_ERROR_INIT;
        assert_ok(ntm_cube_of(&cubes[0], tally, NULL, &err), &err);
        assert_ok(ntm_cube_of(&cubes[1], again, NULL, &err), &err);
        for (int i = 0; i < 2; i++) {
            accounts_cells(cells[i], sizeof cells[i], cubes[i]);
            ntm_cube_free(cubes[i]);
        }
        assert_string_equal(cells[0], cells[1]);
        ntm_text_free(text);
        ntm_text_free(second);
        ntm_cube_tally_free(tally);
        ntm_cube_tally_free(again);
    }
    free(first);
    ntm_units_free(registry);
}

static void refuse_read(const char *text, size_t size, ntm_status status, const char *subject, uint32_t line,
                        const char *piece) {
    fault f = FAULT_INIT;
    ntm_allocator allocator = fault_allocator(&f);
    ntm_cube_tally *tally = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_cube_tally_read(&tally, text, size, "part.txt", NULL, &allocator, &err), status, &err, piece);
    assert_null(tally);
    if (subject != NULL) assert_string_equal(err.subject, subject);
    if (line > 0 && err.line != line)
        fail_msg("line %u, expected %u: %s", (unsigned)err.line, (unsigned)line, err.message);
    fault_assert_empty(&f);
    assert_true(f.peak < (1u << 20)); /* a small text takes little, whatever it says */
}

/* Puts `with` in place of `what` in the form. */
static void refuse_altered(const char *what, const char *with, ntm_status status, uint32_t line) {
    char text[2048];
    const char *at = strstr(form, what);
    assert_non_null(at);
    int size = snprintf(text, sizeof text, "%.*s%s%s", (int)(at - form), form, with, at + strlen(what));
    ntm_cube_tally *tally = NULL;
    if (ntm_cube_tally_read(&tally, text, (size_t)size, "part.txt", NULL, NULL, NULL) == NTM_OK)
        fail_msg("\"%s\" in place of \"%s\" is taken", with, what);
    refuse_read(text, (size_t)size, status, "part.txt", line, NULL);
}

static void altered(void **state) {
    static const struct {
        const char *what, *with;
        ntm_status status;
        uint32_t line;
    } cases[] = {
        {"ntm-tally\t1", "ntm-tally\t2", NTM_ERROR_UNSUPPORTED, 1},
        {"ntm-tally", "ntm-cube", NTM_ERROR_SYNTAX, 1},
        {"measure\tamount", "measure\tmoney", NTM_ERROR_SYNTAX, 2},
        {"scale\t0", "scale\t1", NTM_ERROR_SYNTAX, 3},
        {"scale\t0", "scale\t00", NTM_ERROR_SYNTAX, 3},
        {"rung\t0", "rung\t5", NTM_ERROR_SYNTAX, 4},
        {"side\t=unit\t-", "side\t=unit\t=district", NTM_ERROR_ARGUMENT, 0},
        {"=month\t-\n", "=week\t-\n", NTM_ERROR_SYNTAX, 0},
        {"only\t=stage\t=plan\t=disbursed", "only\t=stage", NTM_ERROR_SYNTAX, 0},
        {"days\t2020-01-01", "days\t2020-02-30", NTM_ERROR_SYNTAX, 9},
        {"running\t0", "running\t3", NTM_ERROR_SYNTAX, 10},
        {"running\t0", "running\t1\t1", NTM_ERROR_SYNTAX, 0},
        {"base\t=unit\t0", "base\t=unit\t1", NTM_ERROR_SYNTAX, 12},
        {"base\t=unit\t0\t0", "base\t=unit\t0\t2147483647", NTM_ERROR_SYNTAX, 0},
        {"member\t=C", "member\t=A\\tB", NTM_ERROR_SYNTAX, 0},
        {"member\t=C", "member\t=\\x", NTM_ERROR_SYNTAX, 14},
        {"member\t=C\t-", "member\t=C\t=A", NTM_ERROR_SYNTAX, 0},
        {"member\t=plan\t-", "member\t=plan\t=plan", NTM_ERROR_SYNTAX, 0},
        {"2020-01-31\t2020-01-01\t2020-01-31", "2020-01-31\t2020-01-01\t2020-02-01", NTM_ERROR_SYNTAX, 19},
        {"cell\t1\t0\t1\t7", "cell\t2\t0\t1\t7", NTM_ERROR_SYNTAX, 22},
        {"cell\t1\t0\t1\t7", "cell\t0\t1\t0\t7", NTM_ERROR_SYNTAX, 0},
        {"7\t2\tsome", "7\t0\tsome", NTM_ERROR_SYNTAX, 22},
        {"7\t2\tsome", "7\t2\tnone", NTM_ERROR_SYNTAX, 22},
        {"7\t2\tsome", "7\t4294967296\tsome", NTM_ERROR_SYNTAX, 22},
        {"-5\t0\tall", "-5000000000000000000000000000000000000000\t0\tall", NTM_ERROR_SYNTAX, 21},
        {"-5\t0\tall", "+5\t0\tall", NTM_ERROR_SYNTAX, 21},
        {"=month\t-\n", "=month\tdown\n", NTM_ERROR_SYNTAX, 7},
        {"=C\t-\tflow", "=C\t-\tflows", NTM_ERROR_SYNTAX, 14},
        {"end\n", "end\nmore\n", NTM_ERROR_SYNTAX, 0},
        {"end\n", "end", NTM_ERROR_SYNTAX, 23},
        {"member\t=C", "member\t=\xff", NTM_ERROR_SYNTAX, 0},
    };
    (void)state;
    ntm_cube_tally_free(read_again(form, sizeof form - 1, NULL));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        refuse_altered(cases[i].what, cases[i].with, cases[i].status, cases[i].line);
}

/* Cut off anywhere, and a byte changed anywhere: never taken by halves, never a crash. */
static void damaged(void **state) {
    uint64_t random = 9;
    (void)state;
    for (size_t size = 0; size < sizeof form - 1; size++)
        refuse_read(form, size, NTM_ERROR_SYNTAX, "part.txt", 0, NULL);
    for (int round = 0; round < (fault_under_valgrind() ? 50 : 5000); round++) {
        char text[sizeof form];
        ntm_cube_tally *tally = NULL, *again = NULL;
        ntm_cube *cube = NULL;
        ntm_error err = NTM_ERROR_INIT;
        memcpy(text, form, sizeof form);
        for (uint64_t i = 0; i <= fault_random(&random) % 3; i++)
            text[fault_random(&random) % (sizeof form - 1)] = "0123456789-=\t\nabs"[fault_random(&random) % 17];
        if (ntm_cube_tally_read(&tally, text, sizeof form - 1, "x", NULL, NULL, &err) != NTM_OK) continue;
        ntm_text *first = written(tally);
        again = read_again(ntm_text_data(first), ntm_text_size(first), NULL);
        ntm_text *second = written(again);
        assert_string_equal(ntm_text_data(first), ntm_text_data(second));
        (void)!ntm_cube_of(&cube, tally, NULL, &err);
        ntm_cube_free(cube);
        ntm_text_free(first);
        ntm_text_free(second);
        ntm_cube_tally_free(tally);
        ntm_cube_tally_free(again);
    }
}

/* A header that promises much, and stocks without time. */
static void hostile(void **state) {
    static const char huge[] = "ntm-tally\t1\nmeasure\tamount\nscale\t0\nrung\t0\ndays\t-\t-\t-\nrunning\t0\n"
                               "expected\t=plan\tmonth\t0001-01-01\t9999-12-31\nbase\t=stage\t-1\t2147483647\nend\n",
                      endless[] = "ntm-tally\t1\nmeasure\tamount\nscale\t0\nrung\t0\ndays\t-\t-\t-\nrunning\t0\n"
                                  "expected\t=plan\tmonth\t0001-01-01\t9999-12-31\nbase\t=stage\t-1\t1\n"
                                  "member\t=plan\t-\tflow\nbase\t=date\t-1\t0\nend\n",
                      timeless[] = "ntm-tally\t1\nmeasure\tamount\nscale\t0\nrung\t0\ndays\t-\t-\t-\nrunning\t0\n"
                                   "base\t=stage\t-1\t1\nmember\t=loan\t-\tstock\ncell\t0\t5\t0\tall\nend\n";
    (void)state;
    refuse_read(huge, sizeof huge - 1, NTM_ERROR_SYNTAX, "part.txt", 0, NULL);
    ntm_cube_tally *tally = read_again(endless, sizeof endless - 1, NULL);
    expect_tally("", tally);
    ntm_cube_tally_free(tally);
    tally = read_again(timeless, sizeof timeless - 1, NULL);
    expect_tally("=5", tally);
    ntm_cube_tally_free(tally);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merge),         cmocka_unit_test(merge_stocks),
        cmocka_unit_test(merge_hidden),  cmocka_unit_test(merge_quantities),
        cmocka_unit_test(merge_refused), cmocka_unit_test(as_documented),
        cmocka_unit_test(round_trip),    cmocka_unit_test(altered),
        cmocka_unit_test(damaged),       cmocka_unit_test(hostile),
    };
    return cmocka_run_group_tests_name("tallies", tests, NULL, NULL);
}
