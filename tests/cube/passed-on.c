/* SPDX-License-Identifier: Apache-2.0 */
/* Stocks of units that were merged or divided: what they owed is their successors' once these have reported. */
#include "accounts.h"
#include "tree.h"

#include <stdlib.h>

static const char *const outstanding[] = {"outstanding"};
static const ntm_only loans = {"stage", outstanding, 1};

/* A and B become C on 1 January 2020; F becomes G and H, which become I on 1 July; 3 goes on under its code, with K in it. */
static const char rows[] = "code,name,level,parent,valid_from,valid_to\nP,Tỉnh,province,,,\nD,Huyện,district,P,,\n"
                           "A,Xã A,commune,D,,2020-01-01\nB,Xã B,commune,D,,2020-01-01\nC,Xã C,commune,D,2020-01-01,\n"
                           "E,Xã E,commune,D,,\nF,Xã F,commune,D,,2020-01-01\nG,Xã G,commune,D,2020-01-01,2020-07-01\n"
                           "H,Xã H,commune,D,2020-01-01,2020-07-01\nI,Xã I,commune,D,2020-07-01,\n"
                           "3,Xã Ba,commune,D,,2020-01-01\n3,Xã Ba Mới,commune,D,2020-01-01,\n"
                           "K,Xã K,commune,D,,2020-01-01\n";
static const char edges[] =
    "on,old_code,new_code,part\n2020-01-01,A,C,full\n2020-01-01,B,C,full\n2020-01-01,F,G,partial\n"
    "2020-01-01,F,H,partial\n2020-07-01,G,I,full\n2020-07-01,H,I,full\n2020-01-01,3,3,full\n2020-01-01,K,3,full\n";

static ntm_units *registry(void) { return tree_new(rows, edges, NULL, NULL); }

static ntm_ledger *read(const ntm_units *units, const char *csv) {
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    options.units = units;
    options.echelon = NTM_ECHELON_COMMUNE;
    return accounts_read(csv, &options);
}

static void ask(const char *expected, const ntm_ledger *ledger, const char *level, const char *period,
                const char *as_of, ntm_running running) {
    const ntm_side sides[] = {{"unit", level, false}, {"date", period, false}};
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    asked.sides = sides;
    asked.side_count = period == NULL ? 1 : 2;
    asked.only = &loans;
    asked.only_count = 1;
    asked.running = running;
    if (as_of != NULL) asked.as_of = accounts_day(as_of);
    expect_cube(expected, ledger, &asked);
}

#define HEAD "unit,stage,date,amount\n"

static void merged(void **state) {
    ntm_units *units = registry();
    ntm_ledger *ledger = read(units, HEAD "A,outstanding,2019-12-31,100\nB,outstanding,2019-12-31,50\n"
                                          "E,outstanding,2019-12-31,70\nC,outstanding,2020-01-31,160\n");
    (void)state;
    ask("D=230", ledger, "district", NULL, NULL, NTM_RUNNING_NOT);
    ask("C=160; E=70", ledger, "commune", NULL, "2020-02-01", NTM_RUNNING_NOT);
    ask("C=160; E=70", ledger, "commune", NULL, NULL, NTM_RUNNING_NOT);
    ask("D 2019-12=220; D 2020-01=160", ledger, "district", "month", NULL, NTM_RUNNING_NOT);
    ask("D 2019-12=220; D 2020-01=230", ledger, "district", "month", NULL, NTM_RUNNING_ALL);
    ntm_ledger_free(ledger);
    /* Until the successor reports, what the old ones said is the last that is known. */
    ledger =
        read(units, HEAD "A,outstanding,2019-12-31,100\nB,outstanding,2019-12-31,50\nE,outstanding,2020-01-31,70\n");
    ask("D=220", ledger, "district", NULL, NULL, NTM_RUNNING_NOT);
    ask("C=150; E=70", ledger, "commune", NULL, "2020-02-01", NTM_RUNNING_NOT);
    ntm_ledger_free(ledger);
    ntm_units_free(units);
}

/* A report of a successor that is due and missing is no report. */
static void unreported(void **state) {
    ntm_units *units = registry();
    ntm_ledger *ledger = read(units, HEAD "A,outstanding,2019-12-31,100\nC,outstanding,2020-01-31,\n");
    (void)state;
    ask("D=100 !1", ledger, "district", NULL, NULL, NTM_RUNNING_NOT);
    ntm_ledger_free(ledger);
    ntm_units_free(units);
}

/* A code that goes on: its own later report counts, and the other's is passed on to it. */
static void same_code(void **state) {
    ntm_units *units = registry();
    ntm_ledger *ledger =
        read(units, HEAD "3,outstanding,2019-12-31,30\nK,outstanding,2019-12-31,5\n3,outstanding,2020-03-31,33\n");
    (void)state;
    ask("D=33", ledger, "district", NULL, NULL, NTM_RUNNING_NOT);
    ask("D 2019=35; D 2020=33", ledger, "district", "year", NULL, NTM_RUNNING_NOT);
    ntm_ledger_free(ledger);
    ntm_units_free(units);
}

/* Divided: as long as only one of the parts has reported, what is left of the old stock cannot be told. */
static void divided(void **state) {
    ntm_units *units = registry();
    ntm_ledger *ledger = read(units, HEAD "F,outstanding,2019-12-31,80\nG,outstanding,2020-02-29,60\n");
    (void)state;
    ask("D=60 !1", ledger, "district", NULL, NULL, NTM_RUNNING_NOT);
    ntm_ledger_free(ledger);
    ledger =
        read(units, HEAD "F,outstanding,2019-12-31,80\nG,outstanding,2020-02-29,60\nH,outstanding,2020-03-31,25\n");
    ask("D=85", ledger, "district", NULL, NULL, NTM_RUNNING_NOT);
    ask("D 2019-12=80; D 2020-01=80; D 2020-02=60 !1; D 2020-03=85", ledger, "district", "month", NULL,
        NTM_RUNNING_ALL);
    ntm_ledger_free(ledger);
    /* Over two steps: nobody in between has reported. */
    ledger = read(units, HEAD "F,outstanding,2019-12-31,80\nI,outstanding,2020-09-30,90\n");
    ask("D=90", ledger, "district", NULL, NULL, NTM_RUNNING_NOT);
    ntm_ledger_free(ledger);
    ntm_units_free(units);
}

/* Another source's report passes nothing on; flows are never passed on. */
static void apart(void **state) {
    static const ntm_side sides[] = {{"unit", "district", false}, {"source", NULL, false}, {"stage", NULL, false}};
    ntm_units *units = registry();
    ntm_ledger *ledger = read(units, "unit,source,stage,date,amount\nA,policy-credit,outstanding,2019-12-31,100\n"
                                     "C,commercial-credit,outstanding,2020-01-31,9\nA,central,disbursed,2019-12-01,1\n"
                                     "C,central,disbursed,2020-12-01,2\nC,policy-credit,disbursed,2020-12-01,4\n");
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    (void)state;
    asked.sides = sides;
    asked.side_count = 3;
    expect_cube("D central disbursed=3; D policy-credit disbursed=4; D policy-credit outstanding=100; "
                "D commercial-credit outstanding=9",
                ledger, &asked);
    ntm_ledger_free(ledger);
    ntm_units_free(units);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(merged), cmocka_unit_test(unreported),
                                       cmocka_unit_test(same_code), cmocka_unit_test(divided), cmocka_unit_test(apart)};
    return cmocka_run_group_tests_name("stocks passed on", tests, NULL, NULL);
}
