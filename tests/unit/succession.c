/* SPDX-License-Identifier: Apache-2.0 */
/* What became of units, what they were made of, and what a day did: small registries worked out by hand. */
#include "tree.h"

#include <stdio.h>
#include <string.h>

#define HEAD  "code,name,level,parent,valid_from,valid_to\n1,Tỉnh Một,province,,,\n" /* row 0 */
#define EDGES "on,old_code,new_code,part\n"

static void merge(void **state) {
    (void)state;
    ntm_units *units = tree_new(HEAD "A,Xã A,commune,1,,2020-01-01\nB,Xã B,commune,1,,2020-01-01\n"
                                     "C,Xã C,commune,1,2020-01-01,\nD,Xã D,commune,1,,\n",
                                EDGES "2020-01-01,B,C,full\n2020-01-01,A,C,full\n", NULL, NULL);
    expect_became("3 whole 1", units, 1, NULL, NULL);
    expect_became("1 whole 0", units, 1, "2019-12-31", "2019-12-31");
    expect_became("3 whole 1", units, 1, "2019-12-31", "2020-01-01");
    expect_became("3 whole 0", units, 3, NULL, NULL);
    expect_became("4 whole 0", units, 4, NULL, NULL);
    expect_made_of("1 whole 1; 2 whole 1", units, 3, NULL, NULL);
    expect_made_of("3 whole 0", units, 3, "2020-01-01", "2020-01-01");
    expect_made_of("1 whole 1; 2 whole 1", units, 3, "2019-12-31", "2020-01-01");
    expect_made_of("1 whole 0", units, 1, NULL, NULL);
    const ntm_unit_edge *edge = ntm_units_edge(units, 0);
    assert_int_equal(ntm_units_edge_count(units), 2);
    assert_true(edge->from == 1 && edge->to == 3 && edge->row == 1 && !edge->partial);
    assert_int_equal(edge->on, tree_day("2020-01-01"));
    edge = ntm_units_edge(units, 1);
    assert_true(edge->from == 2 && edge->to == 3 && edge->row == 0);
    ntm_units_free(units);
}

static void split(void **state) {
    (void)state;
    ntm_units *units = tree_new(HEAD "A,Xã A,commune,1,,2020-01-01\nB,Xã B,commune,1,2020-01-01,\n"
                                     "C,Xã C,commune,1,2020-01-01,\n",
                                EDGES "2020-01-01,A,B,partial\n2020-01-01,A,C,partial\n", NULL, NULL);
    expect_findings("", units);
    expect_became("2 part 1; 3 part 1", units, 1, NULL, NULL);
    expect_made_of("1 part 1", units, 2, NULL, NULL);
    assert_true(ntm_units_edge(units, 0)->partial);
    ntm_units_free(units);
}

/* A code that goes on under another name needs no edge; an edge says the same. */
static void renames(void **state) {
    static const char *const edges[] = {NULL, EDGES "2020-01-01,A,A,full\n"};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        ntm_units *units = tree_new(HEAD "A,Xã A,commune,1,,2020-01-01\nA,Phường A,ward,1,2020-01-01,2021-01-01\n"
                                         "A,Phường Á,ward,1,2021-01-01,\n",
                                    edges[i], NULL, NULL);
        expect_became("3 whole 2", units, 1, NULL, NULL);
        expect_became("2 whole 1", units, 1, NULL, "2020-12-31");
        expect_made_of("1 whole 2", units, 3, NULL, NULL);
        expect_made_of("2 whole 1", units, 3, "2020-01-01", NULL);
        assert_int_equal(ntm_units_edge_count(units), 2);
        assert_int_equal(ntm_units_edge(units, 0)->row, i == 0 ? NTM_NO_ROW : 0);
        assert_int_equal(ntm_units_edge(units, 1)->row, NTM_NO_ROW);
        ntm_units_free(units);
    }
}

/* A gives a part away and goes on; the edge to itself may be left out, and the row may go on or meet the next. */
static void gives_a_part(void **state) {
    static const char one[] = HEAD "A,Xã A,commune,1,,\nB,Xã B,commune,1,,\n";
    static const char two[] = HEAD "A,Xã A,commune,1,,2020-01-01\nB,Xã B,commune,1,,2020-01-01\n"
                                   "A,Xã A,commune,1,2020-01-01,\nB,Xã B,commune,1,2020-01-01,\n";
    static const struct {
        const char *units, *edges, *became, *b_became, *made_of, *a_made_of;
        ntm_unit a, b;
    } cases[] = {
        {one, EDGES "2020-01-01,A,B,partial\n", "1 part 0; 2 part 1", "2 whole 0", "1 part 1; 2 whole 0", "1 part 0", 1,
         2},
        {two, EDGES "2020-01-01,A,B,partial\n2020-01-01,A,A,partial\n2020-01-01,B,B,full\n", "3 part 1; 4 part 1",
         "4 whole 1", "1 part 1; 2 whole 1", "1 part 1", 3, 4},
        {two, EDGES "2020-01-01,A,B,partial\n2020-01-01,A,A,partial\n", "3 part 1; 4 part 1", "4 whole 1",
         "1 part 1; 2 whole 1", "1 part 1", 3, 4},
        {one, EDGES "2020-01-01,A,B,partial\n2020-01-01,A,A,partial\n2020-01-01,B,B,full\n", "1 part 0; 2 part 1",
         "2 whole 0", "1 part 1; 2 whole 0", "1 part 0", 1, 2},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ntm_units *units = tree_new(cases[i].units, cases[i].edges, NULL, NULL);
        ntm_unit_reform reform;
        ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
        ntm_error err = NTM_ERROR_INIT;
        expect_findings("", units);
        expect_became(cases[i].became, units, 1, "2019-12-31", NULL);
        expect_became(cases[i].b_became, units, 2, "2019-12-31", NULL);
        expect_made_of(cases[i].made_of, units, cases[i].b, "2019-12-31", NULL);
        expect_made_of(cases[i].a_made_of, units, cases[i].a, "2019-12-31", NULL);
        filter.echelon = NTM_ECHELON_COMMUNE;
        assert_ok(ntm_units_reform(&reform, units, &filter, tree_day("2020-01-01"), &err), &err);
        assert_true(reform.before == 2 && reform.after == 2 && reform.involved == 2 && reform.results == 2);
        assert_true(reform.divided == 1 && reform.renamed == 0 && reform.unchanged == 0 && reform.ended == 0);
        ntm_units_free(units);
    }
}

/* A takes B in and goes on. */
static void takes_in(void **state) {
    static const char one[] = HEAD "A,Xã A,commune,1,,\nB,Xã B,commune,1,,2020-01-01\n";
    static const char two[] = HEAD "A,Xã A,commune,1,,2020-01-01\nB,Xã B,commune,1,,2020-01-01\n"
                                   "A,Xã A,commune,1,2020-01-01,\n";
    static const struct {
        const char *units, *edges, *became, *b_became, *made_of;
        ntm_unit a;
    } cases[] = {
        {one, EDGES "2020-01-01,B,A,full\n", "1 whole 0", "1 whole 1", "1 whole 0; 2 whole 1", 1},
        {one, EDGES "2020-01-01,B,A,full\n2020-01-01,A,A,full\n", "1 whole 0", "1 whole 1", "1 whole 0; 2 whole 1", 1},
        {two, EDGES "2020-01-01,B,A,full\n", "3 whole 1", "3 whole 1", "1 whole 1; 2 whole 1", 3},
        {two, EDGES "2020-01-01,B,A,full\n2020-01-01,A,A,full\n", "3 whole 1", "3 whole 1", "1 whole 1; 2 whole 1", 3},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ntm_units *units = tree_new(cases[i].units, cases[i].edges, NULL, NULL);
        expect_findings("", units);
        expect_became(cases[i].became, units, 1, "2019-12-31", NULL);
        expect_became(cases[i].b_became, units, 2, "2019-12-31", NULL);
        expect_made_of(cases[i].made_of, units, cases[i].a, "2019-12-31", NULL);
        ntm_units_free(units);
    }
}

/* A gives a part away and its row ends: the rest goes on in its code's next row, which takes others in beside it.
   When two parts are given and that row is said to be made of others, they are everything. */
static void exchanges(void **state) {
    static const char rows[] = HEAD "A,Xã A,commune,1,,2020-01-01\nB,Xã B,commune,1,,\nC,Xã C,commune,1,,\n"
                                    "A,Xã Á,commune,1,2020-01-01,\n";
    (void)state;
    ntm_units *units = tree_new(rows, EDGES "2020-01-01,A,B,partial\n2020-01-01,C,A,partial\n", NULL, NULL);
    expect_findings("", units);
    expect_became("2 part 1; 4 part 1", units, 1, NULL, NULL);
    expect_made_of("1 part 1; 3 part 1", units, 4, NULL, NULL);
    ntm_units_free(units);
    units =
        tree_new(rows, EDGES "2020-01-01,A,B,partial\n2020-01-01,A,C,partial\n2020-01-01,C,A,partial\n", NULL, NULL);
    expect_findings("", units);
    expect_became("2 part 1; 3 part 1", units, 1, NULL, NULL);
    expect_made_of("3 part 1", units, 4, NULL, NULL);
    ntm_units_free(units);
}

/* A unit of which a part goes to itself and nothing elsewhere simply goes on. */
static void part_to_itself(void **state) {
    ntm_unit_reform r;
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    ntm_units *units = tree_new(HEAD "A,Xã A,commune,1,,\n", EDGES "2020-01-01,A,A,partial\n", NULL, NULL);
    expect_became("1 whole 0", units, 1, "2019-12-31", "2020-01-01");
    expect_made_of("1 whole 0", units, 1, "2019-12-31", "2020-01-01");
    assert_ok(ntm_units_reform(&r, units, &filter, tree_day("2020-01-01"), &err), &err);
    assert_true(r.before == 2 && r.unchanged == 2 && r.results == 0 && r.partial == 1);
    ntm_units_free(units);
}

/* Another spelling of a name is no rename; a place that changes its rung stands for itself on both sides. */
static void reform_places(void **state) {
    ntm_unit_reform r;
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    ntm_units *units = tree_new(HEAD "2,Huyện Đảo,district,1,,2025-07-01\n3,Đặc khu Đảo,special-zone,1,2025-07-01,\n"
                                     "V,Thôn Hòa,village,2,,2025-07-01\nV,thôn  Hoà,village,3,2025-07-01,\n",
                                "on,old_code,new_code\n2025-07-01,2,3\n", NULL, NULL);
    filter.echelon = NTM_ECHELON_VILLAGE;
    for (ntm_unit place = 0; place < 3; place++) {
        filter.within = place;
        assert_ok(ntm_units_reform(&r, units, &filter, tree_day("2025-07-01"), &err), &err);
        assert_true(r.before == 1 && r.after == 1 && r.unchanged == 1 && r.renamed == 0);
    }
    ntm_units_free(units);
}

/* 2020: A and B become M. 2022: M is divided into X and Y. 2024: X and Y become Z. */
#define MIXED                                                                                                          \
    HEAD                                                                                                               \
        "A,Xã A,commune,1,,2020-01-01\nB,Xã B,commune,1,,2020-01-01\nM,Xã M,commune,1,2020-01-01,2022-01-01\n"      \
        "X,Xã X,commune,1,2022-01-01,2024-01-01\nY,Xã Y,commune,1,2022-01-01,2024-01-01\nZ,Xã Z,commune,1,2024-01-01,\n"

static void mixed(void **state) {
    (void)state;
    ntm_units *units = tree_new(MIXED,
                                EDGES "2020-01-01,A,M,full\n2020-01-01,B,M,full\n2022-01-01,M,X,partial\n"
                                      "2022-01-01,M,Y,partial\n2024-01-01,X,Z,full\n2024-01-01,Y,Z,full\n",
                                NULL, NULL);
    expect_became("3 whole 1", units, 1, NULL, "2021-12-31");
    expect_became("4 perhaps 2; 5 perhaps 2", units, 1, NULL, "2022-01-01");
    expect_became("4 part 1; 5 part 1", units, 3, NULL, "2023-12-31");
    expect_became("6 whole 3", units, 1, NULL, NULL);
    expect_made_of("1 whole 3; 2 whole 3", units, 6, NULL, NULL);
    expect_made_of("1 perhaps 2; 2 perhaps 2", units, 4, NULL, NULL);
    expect_made_of("3 part 1", units, 5, "2020-01-01", NULL);
    expect_made_of("4 whole 1; 5 whole 1", units, 6, "2023-12-31", NULL);
    ntm_units_free(units);
}

/* What is divided surely has something of a unit only while nothing else was mixed in; a part that stayed apart is sure
   for ever; what comes together again is sure even though no piece is. */
static void surely(void **state) {
    (void)state;
    ntm_units *units = tree_new(
        HEAD "A,Xã A,commune,1,,2020-01-01\nB,Xã B,commune,1,,2020-01-01\n"                     /* 1 2 */
             "X,Xã X,commune,1,2020-01-01,2022-01-01\nY,Xã Y,commune,1,2020-01-01,2022-01-01\n" /* 3 4: parts of A */
             "P,Xã P,commune,1,2022-01-01,2024-01-01\nQ,Xã Q,commune,1,2022-01-01,2024-01-01\n" /* 5 6: X and B mixed */
             "R,Xã R,commune,1,2022-01-01,2024-01-01\nS,Xã S,commune,1,2022-01-01,2024-01-01\n" /* 7 8: parts of Y */
             "T,Xã T,commune,1,2024-01-01,\nU,Xã U,commune,1,2024-01-01,\n"                     /* 9 10 */
             "V,Xã V,commune,1,2024-01-01,\n",                                                  /* 11 */
        EDGES "2020-01-01,A,X,partial\n2020-01-01,A,Y,partial\n2020-01-01,B,X,full\n"
              "2022-01-01,X,P,partial\n2022-01-01,X,Q,partial\n2022-01-01,Y,R,partial\n2022-01-01,Y,S,partial\n"
              "2024-01-01,P,T,full\n2024-01-01,Q,T,full\n2024-01-01,R,U,full\n2024-01-01,S,V,full\n",
        NULL, NULL);
    expect_became("3 part 1; 4 part 1", units, 1, NULL, "2020-01-01");
    expect_became("5 perhaps 2; 6 perhaps 2; 7 part 2; 8 part 2", units, 1, NULL, "2022-01-01");
    expect_became("9 part 3; 10 part 3; 11 part 3", units, 1, NULL, NULL);
    expect_became("9 whole 3", units, 2, NULL, NULL);
    expect_made_of("1 part 3; 2 whole 3", units, 9, NULL, NULL);
    ntm_units_free(units);
}

/* Ends without a word, and with a word about a part only; begins without a word; a code that comes back. */
static void ends(void **state) {
    (void)state;
    ntm_units *units = tree_new(HEAD "A,Xã A,commune,1,,2020-01-01\nB,Xã B,commune,1,,2020-01-01\n"
                                     "C,Xã C,commune,1,2020-01-01,\nD,Xã D,commune,1,2020-01-01,\n"
                                     "A,Xã Khác,commune,1,2021-01-01,\n",
                                EDGES "2020-01-01,B,C,partial\n", NULL, NULL);
    expect_findings("reused 5 1; no successor 1; no successor 2 3; from nowhere 4", units);
    expect_became("1 whole 0 ended", units, 1, NULL, NULL);
    expect_became("1 whole 0", units, 1, NULL, "2019-12-31");
    expect_became("2 part 0 ended; 3 part 1", units, 2, NULL, NULL);
    expect_made_of("4 whole 0 ended", units, 4, NULL, NULL);
    expect_made_of("4 whole 0", units, 4, "2020-01-01", NULL);
    expect_made_of("5 whole 0 ended", units, 5, NULL, NULL);
    expect_made_of("2 part 1", units, 3, NULL, NULL);
    ntm_unit_reform reform;
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    ntm_error err = NTM_ERROR_INIT;
    filter.echelon = NTM_ECHELON_COMMUNE;
    assert_ok(ntm_units_reform(&reform, units, &filter, tree_day("2020-01-01"), &err), &err);
    assert_true(reform.before == 2 && reform.after == 2 && reform.involved == 1 && reform.ended == 1);
    assert_true(reform.results == 1 && reform.begun == 1 && reform.edges == 1 && reform.partial == 1);
    assert_ok(ntm_units_reform(&reform, units, &filter, tree_day("2021-01-01"), &err), &err);
    assert_true(reform.before == 2 && reform.after == 3 && reform.unchanged == 2 && reform.begun == 1);
    ntm_units_free(units);
}

/* What ended on the way of a chain is told with the row that ended, and makes the others a part. */
static void lost_on_the_way(void **state) {
    (void)state;
    ntm_units *units = tree_new(HEAD "A,Xã A,commune,1,,2020-01-01\nX,Xã X,commune,1,2020-01-01,2022-01-01\n"
                                     "Y,Xã Y,commune,1,2020-01-01,\n",
                                EDGES "2020-01-01,A,X,partial\n2020-01-01,A,Y,partial\n", NULL, NULL);
    expect_became("2 part 1 ended; 3 part 1", units, 1, NULL, "2022-01-01");
    expect_became("2 part 1; 3 part 1", units, 1, NULL, "2021-12-31");
    ntm_units_free(units);
}

/* Codes of several rungs; a district becomes a commune. */
static void rungs(void **state) {
    (void)state;
    ntm_units *units = tree_new(HEAD "2,Huyện Đảo,district,1,,2025-07-01\n2,Xã Hai,commune,1,,2025-07-01\n"
                                     "3,Đặc khu Đảo,special-zone,1,2025-07-01,\n",
                                "on,old_code,new_code,old_level,new_level\n2025-07-01,2,3,district,special-zone\n"
                                "2025-07-01,2,3,commune,special-zone\n",
                                NULL, NULL);
    expect_findings("", units);
    expect_became("3 whole 1", units, 1, NULL, NULL);
    expect_made_of("1 whole 1; 2 whole 1", units, 3, NULL, NULL);
    ntm_unit_reform reform;
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_units_reform(&reform, units, &filter, tree_day("2025-07-01"), &err), &err);
    assert_true(reform.before == 3 && reform.after == 2 && reform.involved == 2 && reform.results == 1 &&
                reform.unchanged == 1 && reform.edges == 2 && reform.partial == 0);
    ntm_units_free(units);
    tree_refused(HEAD "2,Huyện Đảo,district,1,,2025-07-01\n2,Xã Hai,commune,1,,2025-07-01\n"
                      "3,Đặc khu Đảo,special-zone,1,2025-07-01,\n",
                 "on,old_code,new_code\n2025-07-01,2,3\n", NULL, NULL, NTM_ERROR_CONFLICT, "succession: old_code", 0,
                 "several rungs");
}

/* Two provinces become one; within each something happens. The place stands on both sides of the day. */
static void places(void **state) {
    static const struct {
        ntm_unit within, parent;
        const char *expected; /* before after involved results divided renamed unchanged ended begun edges partial */
    } cases[] = {
        {NTM_NO_UNIT, NTM_NO_UNIT, "7 5 4 2 1 1 1 1 1 5 2"}, {0, NTM_NO_UNIT, "7 5 4 2 1 1 1 1 1 5 2"},
        {1, NTM_NO_UNIT, "0 5 0 2 0 0 0 0 1 0 0"}, /* what it became stands for it afterwards */
        {2, NTM_NO_UNIT, "7 5 4 2 1 1 1 1 1 5 2"},           {NTM_NO_UNIT, 2, "7 5 4 2 1 1 1 1 1 5 2"},
    };
    (void)state;
    ntm_units *units = tree_new("code,name,level,parent,valid_from,valid_to\n1,Tỉnh Một,province,,,2025-07-01\n"
                                "2,Tỉnh Hai,province,,,2025-07-01\n3,Tỉnh Ba,province,,2025-07-01,\n" /* 0 1 2 */
                                "A,Xã A,commune,1,,2025-07-01\nB,Xã B,commune,1,,2025-07-01\n"        /* 3 4 */
                                "C,Xã C,commune,1,,2025-07-01\nD,Xã D,commune,1,,2025-07-01\n"        /* 5 6 */
                                "E,Xã E,commune,1,,2025-07-01\nF,Xã F,commune,1,,2025-07-01\n"        /* 7 8 */
                                "G,Xã G,commune,1,,2025-07-01\n"                                      /* 9 */
                                "K,Xã K,commune,3,2025-07-01,\nL,Xã L,commune,3,2025-07-01,\n"        /* 10 11 */
                                "E,Phường E,ward,3,2025-07-01,\nF,Xã F,commune,3,2025-07-01,\n"       /* 12 13 */
                                "N,Xã N,commune,3,2025-07-01,\n",                                     /* 14 */
                                "on,old_code,new_code,part,level\n2025-07-01,1,3,full,province\n"
                                "2025-07-01,2,3,full,province\n2025-07-01,A,K,full,commune\n"
                                "2025-07-01,B,K,partial,commune\n2025-07-01,B,L,partial,commune\n"
                                "2025-07-01,C,L,full,commune\n2025-07-01,D,L,full,commune\n",
                                NULL, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
        ntm_unit_reform r;
        ntm_error err = NTM_ERROR_INIT;
        char got[128];
        filter.echelon = NTM_ECHELON_COMMUNE;
        filter.within = cases[i].within;
        filter.parent = cases[i].parent;
        assert_ok(ntm_units_reform(&r, units, &filter, tree_day("2025-07-01"), &err), &err);
        (void)snprintf(got, sizeof got, "%u %u %u %u %u %u %u %u %u %u %u", (unsigned)r.before, (unsigned)r.after,
                       (unsigned)r.involved, (unsigned)r.results, (unsigned)r.divided, (unsigned)r.renamed,
                       (unsigned)r.unchanged, (unsigned)r.ended, (unsigned)r.begun, (unsigned)r.edges,
                       (unsigned)r.partial);
        if (strcmp(got, cases[i].expected) != 0) fail_msg("%zu: %s, expected %s", i, got, cases[i].expected);
    }
    ntm_units_free(units);
}

static void calls(void **state) {
    ntm_units *units = tree_new(MIXED, EDGES "2020-01-01,A,M,full\n", NULL, NULL);
    ntm_unit_part parts[2];
    ntm_unit_reform reform = {7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7};
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    size_t count = 5;
    ntm_error err = NTM_ERROR_INIT;
    ntm_date day = tree_day("2020-01-01");
    (void)state;
    assert_fails(ntm_units_became(parts, &count, 2, units, 1, day, day, &err), NTM_ERROR_ARGUMENT, &err, "2019-12-31");
    assert_fails(ntm_units_became(parts, &count, 2, units, 1, day - 1, day - 2, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_became(parts, &count, 2, units, NTM_NO_UNIT, day, day, &err), NTM_ERROR_ARGUMENT, &err,
                 NULL);
    assert_fails(ntm_units_became(parts, &count, 2, units, 99, day, day, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_became(NULL, &count, 2, units, 1, day - 1, day, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_became(parts, NULL, 2, units, 1, day - 1, day, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_became(parts, &count, 2, NULL, 1, day - 1, day, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_made_of(parts, &count, 2, units, 3, day, day - 1, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_made_of(parts, &count, 2, units, 3, day + 1, day, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_made_of(parts, &count, 2, NULL, 3, day, day, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_reform(&reform, units, &filter, NTM_DATE_NONE, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_reform(NULL, units, &filter, day, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_reform(&reform, NULL, &filter, day, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    filter.within = 6; /* of 2024 */
    assert_fails(ntm_units_reform(&reform, units, &filter, day, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    filter.within = 99;
    assert_fails(ntm_units_reform(&reform, units, &filter, day, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    filter.within = NTM_NO_UNIT;
    filter.level = "kingdom";
    assert_fails(ntm_units_reform(&reform, units, &filter, day, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_int_equal(count, 5);
    assert_int_equal(reform.partial, 7);
    ntm_units_free(units);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merge),          cmocka_unit_test(split),         cmocka_unit_test(renames),
        cmocka_unit_test(gives_a_part),   cmocka_unit_test(takes_in),      cmocka_unit_test(exchanges),
        cmocka_unit_test(part_to_itself), cmocka_unit_test(reform_places), cmocka_unit_test(mixed),
        cmocka_unit_test(surely),         cmocka_unit_test(ends),          cmocka_unit_test(lost_on_the_way),
        cmocka_unit_test(rungs),          cmocka_unit_test(places),        cmocka_unit_test(calls)};
    return cmocka_run_group_tests_name("succession of units", tests, NULL, NULL);
}
