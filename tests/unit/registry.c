/* SPDX-License-Identifier: Apache-2.0 */
/* Registries are made from tables: every manner of column, every defect alone, and what is no registry. */
#include "tree.h"

#include <stdio.h>
#include <string.h>

#define HEAD  "code,name,level,parent,valid_from,valid_to\n"
#define EDGES "on,old_code,new_code,part\n"
/* Rows 0 to 4: one province; A and B become C on 2020-01-01; D goes on. */
#define BASE                                                                                                           \
    HEAD "1,Tỉnh Một,province,,,\nA,Xã A,commune,1,,2020-01-01\nB,Xã B,commune,1,,2020-01-01\n"                  \
         "C,Xã C,commune,1,2020-01-01,\nD,Xã D,commune,1,,\n"
#define MERGER "2020-01-01,A,C,full\n2020-01-01,B,C,\n"

static void words(void **state) {
    static const struct {
        const char *word;
        ntm_echelon echelon;
    } levels[] = {{"province", NTM_ECHELON_PROVINCE},
                  {"city", NTM_ECHELON_PROVINCE},
                  {"district", NTM_ECHELON_DISTRICT},
                  {"town", NTM_ECHELON_DISTRICT},
                  {"urban-district", NTM_ECHELON_DISTRICT},
                  {"urban_district", NTM_ECHELON_DISTRICT},
                  {"commune", NTM_ECHELON_COMMUNE},
                  {"ward", NTM_ECHELON_COMMUNE},
                  {"township", NTM_ECHELON_COMMUNE},
                  {"special-zone", NTM_ECHELON_COMMUNE},
                  {"special_zone", NTM_ECHELON_COMMUNE},
                  {"village", NTM_ECHELON_VILLAGE},
                  {"residential-group", NTM_ECHELON_VILLAGE},
                  {"residential_group", NTM_ECHELON_VILLAGE},
                  {"Commune", NTM_ECHELON_ANY},
                  {"communes", NTM_ECHELON_ANY},
                  {"", NTM_ECHELON_ANY}};
    (void)state;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        assert_int_equal(ntm_echelon_of(levels[i].word), levels[i].echelon);
    assert_int_equal(ntm_echelon_of(NULL), NTM_ECHELON_ANY);
    static const char *const defects[] = {"overlap",      "orphan",       "cycle",        "rung",        "outlives",
                                          "reused",       "renamed",      "unknown part", "still there", "twice",
                                          "no successor", "from nowhere", "other name"};
    for (int i = 1; i < NTM_UNIT_DEFECT_END; i++)
        assert_string_equal(ntm_unit_defect_name((ntm_unit_defect)i), defects[i - 1]);
    assert_null(ntm_unit_defect_name((ntm_unit_defect)0));
    assert_null(ntm_unit_defect_name((ntm_unit_defect)NTM_UNIT_DEFECT_END));
}

static void expect_row(const ntm_units *units, ntm_unit unit, const char *code, const char *name, const char *level,
                       ntm_echelon echelon, const char *parent, const char *from, const char *before) {
    const ntm_unit_row *row = ntm_units_row(units, unit);
    assert_non_null(row);
    assert_string_equal(row->code, code);
    assert_string_equal(row->name, name);
    assert_string_equal(row->level, level);
    assert_int_equal(row->echelon, echelon);
    if (parent == NULL)
        assert_null(row->parent);
    else
        assert_string_equal(row->parent, parent);
    assert_int_equal(row->from, tree_day(from));
    assert_int_equal(row->before, tree_day(before));
}

/* Texts as text or categories, days as text or integers: one registry, and the tables are given back before it is
   read. */
static void manners(void **state) {
    static const ntm_csv_kind texts[] = {NTM_CSV_TEXT, NTM_CSV_CODES}, days[] = {NTM_CSV_TEXT, NTM_CSV_DATE};
    (void)state;
    for (int i = 0; i < 4; i++) {
        ntm_csv *rows = tree_table(BASE, texts[i / 2], days[i % 2], NULL);
        ntm_csv *edges = tree_table(EDGES MERGER, texts[i / 2], days[i % 2], NULL);
        ntm_csv *values = tree_table("code,attribute,value,valid_from,valid_to\nD,region,BTB,,2020-01-01\n",
                                     texts[i / 2], days[i % 2], NULL);
        ntm_units *units = NULL;
        ntm_error err = NTM_ERROR_INIT;
        assert_ok(ntm_units_new(&units, ntm_csv_table(rows), ntm_csv_table(edges), ntm_csv_table(values), NULL, &err),
                  &err);
        ntm_csv_free(rows);
        ntm_csv_free(edges);
        ntm_csv_free(values);
        assert_int_equal(ntm_units_count(units), 5);
        expect_row(units, 0, "1", "Tỉnh Một", "province", NTM_ECHELON_PROVINCE, NULL, NULL, NULL);
        expect_row(units, 1, "A", "Xã A", "commune", NTM_ECHELON_COMMUNE, "1", NULL, "2020-01-01");
        expect_row(units, 3, "C", "Xã C", "commune", NTM_ECHELON_COMMUNE, "1", "2020-01-01", NULL);
        assert_null(ntm_units_row(units, 5));
        assert_null(ntm_units_row(units, NTM_NO_UNIT));
        expect_findings("", units);
        assert_int_equal(ntm_units_edge_count(units), 2);
        expect_became("3 whole 1", units, 1, "2019-12-31", "2020-01-01");
        assert_string_equal(ntm_units_attribute(units, 4, "region", tree_day("2019-12-31"), false), "BTB");
        assert_null(ntm_units_attribute(units, 4, "region", tree_day("2020-01-01"), false));
        ntm_units_free(units);
    }
}

/* The columns that a table may lack; one row, none, and words with the other stroke. */
static void small_tables(void **state) {
    (void)state;
    ntm_units *units = tree_new("code,name,level\n1,Tỉnh Một,province\n2,Đặc khu Hai,special_zone\n", NULL, NULL, NULL);
    expect_row(units, 0, "1", "Tỉnh Một", "province", NTM_ECHELON_PROVINCE, NULL, NULL, NULL);
    assert_int_equal(ntm_units_row(units, 1)->echelon, NTM_ECHELON_COMMUNE);
    assert_int_equal(ntm_units_edge_count(units), 0);
    assert_null(ntm_units_edge(units, 0));
    assert_int_equal(ntm_units_weight_count(units), 0);
    assert_null(ntm_units_weight(units, 0));
    ntm_units_free(units);
    units = tree_new("code,name,level\n", "on,old_code,new_code\n", "code,attribute,value\n", NULL);
    assert_int_equal(ntm_units_count(units), 0);
    assert_null(ntm_units_row(units, 0));
    expect_findings("", units);
    ntm_units_free(units);
    ntm_units_free(NULL);
}

/* The parent is the unit of the code on the nearest rung above that has one. */
static void nearest_rung(void **state) {
    (void)state;
    ntm_units *units = tree_new(HEAD "7,Tỉnh Bảy,province,,,\n7,Huyện Bảy,district,7,,2020-01-01\n"
                                     "7,Xã Bảy,commune,7,,2020-01-01\n8,Thôn Tám,village,7,,2020-01-01\n"
                                     "9,Xã Chín,commune,7,2020-01-01,\n",
                                NULL, NULL, NULL);
    ntm_date before = tree_day("2019-12-31");
    assert_int_equal(ntm_units_parent(units, 1, before), 0);
    assert_int_equal(ntm_units_parent(units, 2, before), 1);
    assert_int_equal(ntm_units_parent(units, 3, before), 2);
    assert_int_equal(ntm_units_parent(units, 4, before + 1), 0);
    expect_findings("", units);
    ntm_units_free(units);
}

/* ------------------------------------------------------------------------------------------- defects */

#define TOP "1,Tỉnh Một,province,,,\n"

typedef struct fault_of {
    ntm_unit_defect defect;
    const char *units, *edges;
    ntm_status status;
    const char *subject;
    uint64_t row;
    const char *piece, *other; /* of the message: what is wrong, the other row */
    const char *findings;      /* when it is allowed; NULL = it cannot be */
} fault_of;

static const fault_of faults[] = {
    {NTM_UNIT_OVERLAP, HEAD TOP "A,Xã A,commune,1,,2020-01-02\nB,Xã B,commune,1,,\nA,Xã A,commune,1,2020-01-01,\n",
     NULL, NTM_ERROR_CONFLICT, "units: valid_from", 3, "row 1", "2020-01-01", NULL},
    {NTM_UNIT_OVERLAP, HEAD TOP "A,Xã A,commune,1,,\nA,Xã A,ward,1,,\n", NULL, NTM_ERROR_CONFLICT, "units: valid_from",
     2, "row 1", NULL, NULL},
    {NTM_UNIT_ORPHAN, HEAD TOP "A,Xã A,commune,2,,\n", NULL, NTM_ERROR_NOT_FOUND, "units: parent", 1, "2", NULL,
     "orphan 1"},
    {NTM_UNIT_ORPHAN, HEAD TOP "2,Huyện Hai,district,1,,2020-01-01\nA,Xã A,commune,2,2020-01-01,\n", NULL,
     NTM_ERROR_NOT_FOUND, "units: parent", 2, "Huyện Hai 2", "row 1", "orphan 2 1"},
    {NTM_UNIT_CYCLE, HEAD "A,Xã A,commune,A,,\n", NULL, NTM_ERROR_CONFLICT, "units: parent", 0, "A", NULL, NULL},
    {NTM_UNIT_CYCLE, HEAD "A,Xã A,commune,B,,\nB,Xã B,commune,A,,\n", NULL, NTM_ERROR_CONFLICT, "units: parent", 0,
     "row 1", NULL, NULL},
    {NTM_UNIT_RUNG, HEAD TOP "A,Xã A,commune,1,,\nB,Xã B,commune,A,,\n", NULL, NTM_ERROR_CONFLICT, "units: parent", 2,
     "row 1", NULL, NULL},
    {NTM_UNIT_OUTLIVES, HEAD TOP "2,Huyện Hai,district,1,,2020-01-01\nA,Xã A,commune,2,,\n", NULL, NTM_ERROR_CONFLICT,
     "units: parent", 2, "2020-01-01", "row 1", "outlives 2 1"},
    {NTM_UNIT_OUTLIVES, HEAD TOP "2,Huyện Hai,district,1,2019-01-01,\nA,Xã A,commune,2,,\n", NULL, NTM_ERROR_CONFLICT,
     "units: parent", 2, "row 1", NULL, "outlives 2 1"},
    {NTM_UNIT_REUSED, HEAD TOP "A,Xã A,commune,1,,2019-01-01\nA,Xã Khác,commune,1,2020-01-01,\n", NULL,
     NTM_ERROR_CONFLICT, "units: name", 2, "row 1", "Xã A", "reused 2 1"},
    {NTM_UNIT_RENAMED, HEAD TOP "A,Xã A,commune,1,,2020-01-01\nA,Xã Khác,commune,1,2020-01-01,\n", NULL,
     NTM_ERROR_CONFLICT, "units: name", 2, "row 1", "Xã A", "renamed 2 1"},
    {NTM_UNIT_UNKNOWN_PART, BASE, EDGES MERGER "2020-01-01,E,C,full\n", NTM_ERROR_NOT_FOUND, "succession: old_code", 2,
     "\"E\"", "2019-12-31, nor on any other day", "unknown part -"},
    {NTM_UNIT_UNKNOWN_PART, BASE, EDGES MERGER "2020-01-01,C,D,full\n", NTM_ERROR_NOT_FOUND, "succession: old_code", 2,
     "\"C\"", "2019-12-31: the nearest is ", "unknown part -"},
    {NTM_UNIT_UNKNOWN_PART, BASE, EDGES MERGER "2020-01-01,D,B,partial\n", NTM_ERROR_NOT_FOUND, "succession: new_code",
     2, "\"B\"", "2020-01-01", "unknown part -"},
    {NTM_UNIT_STILL_THERE, BASE, EDGES MERGER "2020-01-01,D,C,full\n", NTM_ERROR_CONFLICT, "succession: old_code", 2,
     "row 4", "Xã D D", NULL},
    {NTM_UNIT_TWICE, BASE, EDGES MERGER "2020-01-01,B,C,full\n", NTM_ERROR_CONFLICT, "succession: old_code", 2, "row 1",
     NULL, NULL},
    {NTM_UNIT_TWICE, BASE, EDGES MERGER "2020-01-01,B,D,partial\n", NTM_ERROR_CONFLICT, "succession: old_code", 1,
     "row 2", NULL, NULL},
    {NTM_UNIT_NO_SUCCESSOR, BASE, EDGES "2020-01-01,A,C,full\n", NTM_ERROR_CONFLICT, "units: valid_to", 2, "2019-12-31",
     NULL, "no successor 2"},
    {NTM_UNIT_NO_SUCCESSOR, BASE, EDGES "2020-01-01,A,C,full\n2020-01-01,B,C,partial\n", NTM_ERROR_CONFLICT,
     "units: valid_to", 2, "2019-12-31", "the rest", "no successor 2 3"},
    {NTM_UNIT_FROM_NOWHERE, BASE "E,Xã E,commune,1,2020-01-01,\n", EDGES MERGER, NTM_ERROR_CONFLICT,
     "units: valid_from", 5, "2020-01-01", NULL, "from nowhere 5"},
    {NTM_UNIT_OTHER_NAME, BASE,
     "on,old_code,new_code,part,old_name\n2020-01-01,A,C,full,Xã A\n2020-01-01,B,C,full,Xã Bê\n", NTM_ERROR_CONFLICT,
     "succession: old_name", 1, "Xã Bê", "Xã B", "other name 2"},
    {NTM_UNIT_OTHER_NAME, BASE, "on,old_code,new_code,new_name\n2020-01-01,A,C,Xã Xê\n2020-01-01,B,C,xã  C\n",
     NTM_ERROR_CONFLICT, "succession: new_name", 0, "Xã Xê", "Xã C", "other name 3"},
};

static void check_refused(const fault_of *f, uint32_t allow) {
    ntm_units_options options = NTM_UNITS_OPTIONS_INIT;
    ntm_units *units = NULL;
    ntm_error err = NTM_ERROR_INIT;
    options.allow = allow;
    tree_refused(f->units, f->edges, NULL, &options, f->status, f->subject, f->row, f->piece);
    (void)tree_try(&units, f->units, f->edges, NULL, &options, &err);
    if (f->other != NULL && strstr(err.message, f->other) == NULL)
        fail_msg("\"%s\" does not tell of \"%s\"", err.message, f->other);
}

/* Whether a finding's message names a row. */
static void expect_named(const char *message, ntm_unit unit) {
    char row[32];
    (void)snprintf(row, sizeof row, "row %u", (unsigned)unit);
    if (unit != NTM_NO_UNIT && strstr(message, row) == NULL) fail_msg("\"%s\" does not name %s", message, row);
}

/* Each defect alone: refused when it is not allowed, whatever else is; a finding when it is, and then nothing else. */
static void each_alone(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        const fault_of *f = &faults[i];
        ntm_units_options options = NTM_UNITS_OPTIONS_INIT;
        uint32_t bit = NTM_UNIT_ALLOW(f->defect);
        bool usual = (NTM_UNIT_ALLOW_USUAL & bit) != 0;
        assert_int_equal(options.allow, NTM_UNIT_ALLOW_USUAL);
        assert_int_equal(f->findings != NULL, (NTM_UNIT_ALLOW_ALL & bit) != 0);
        check_refused(f, NTM_UNIT_ALLOW_ALL & ~bit);
        if (f->findings == NULL) {
            check_refused(f, NTM_UNIT_ALLOW_ALL);
            continue;
        }
        if (!usual) check_refused(f, NTM_UNIT_ALLOW_USUAL);
        options.allow = bit;
        ntm_units *units = tree_new(f->units, f->edges, NULL, &options);
        expect_findings(f->findings, units);
        const ntm_unit_finding *finding = ntm_units_finding(units, 0);
        expect_named(finding->message, finding->unit);
        expect_named(finding->message, finding->other);
        bool of_edge = strncmp(f->subject, "succession", 10) == 0;
        assert_int_equal(finding->edge, of_edge ? f->row : NTM_NO_ROW);
        if (usual) {
            ntm_units *again = tree_new(f->units, f->edges, NULL, NULL);
            expect_findings(f->findings, again);
            ntm_units_free(again);
        }
        ntm_units_free(units);
    }
}

/* The first day concerned, and what the registry does with what it allowed. */
static void allowed(void **state) {
    ntm_units_options options = NTM_UNITS_OPTIONS_INIT;
    (void)state;
    options.allow = NTM_UNIT_ALLOW_ALL;
    ntm_units *units = tree_new(
        HEAD TOP "2,Huyện Hai,district,1,2019-01-01,2020-01-01\nA,Xã A,commune,2,2018-01-01,\nB,Xã B,commune,9,,\n",
        NULL, NULL, &options);
    expect_findings("orphan 3; outlives 2 1", units);
    assert_int_equal(ntm_units_finding(units, 0)->on, NTM_DATE_NONE);
    assert_int_equal(ntm_units_finding(units, 1)->on, tree_day("2018-01-01"));
    assert_int_equal(ntm_units_parent(units, 2, tree_day("2018-12-31")), NTM_NO_UNIT);
    assert_int_equal(ntm_units_parent(units, 2, tree_day("2019-01-01")), 1);
    assert_int_equal(ntm_units_parent(units, 2, tree_day("2019-12-31")), 1);
    assert_int_equal(ntm_units_parent(units, 2, tree_day("2020-01-01")), NTM_NO_UNIT);
    assert_int_equal(ntm_units_parent(units, 3, tree_day("2019-06-01")), NTM_NO_UNIT);
    ntm_units_free(units);
    units = tree_new(BASE, EDGES MERGER "2020-01-01,E,C,full\n2020-01-01,B,E,full\n", NULL, &options);
    expect_findings("unknown part -; unknown part -", units);
    assert_int_equal(ntm_units_edge_count(units), 2);
    ntm_units_free(units);
    units =
        tree_new(BASE, "on,old_code,new_code,old_name\n2020-01-01,B,C,Xã Bê\n2020-01-01,A,C,Xã Á\n", NULL, &options);
    expect_findings("other name 1; other name 2", units); /* by row, whatever the order of the edges */
    assert_int_equal(ntm_units_finding(units, 0)->edge, 1);
    ntm_units_free(units);
}

/* Rows that meet are no overlap; one code on two rungs is none; a rename told by an edge is none. */
static void no_defects(void **state) {
    ntm_units_options options = NTM_UNITS_OPTIONS_INIT;
    (void)state;
    options.allow = 0;
    ntm_units *units = tree_new(HEAD TOP "2,Huyện Hai,district,1,,2020-01-01\n2,Huyện Hai,district,1,2020-01-01,\n"
                                         "2,Xã Hai,commune,2,,\n3,Xã Hòa,commune,2,,2020-01-01\n"
                                         "3,xã  hoà,commune,2,2020-01-01,\n4,Xã Tư,commune,1,,2015-01-01\n"
                                         "4,XÃ TƯ,commune,1,2016-01-01,\n",
                                NULL, NULL, &options);
    expect_findings("", units);
    ntm_units_free(units);
    units = tree_new(HEAD TOP "A,Xã A,commune,1,,2020-01-01\nA,Phường A,ward,1,2020-01-01,\n",
                     EDGES "2020-01-01,A,A,\n", NULL, &options);
    expect_findings("", units);
    ntm_units_free(units);
}

/* ------------------------------------------------------------------------------------------- cells */

static void cells(void **state) {
    static const struct {
        const char *units, *edges, *attributes;
        ntm_status status;
        const char *subject;
        uint64_t row;
        const char *piece;
    } cases[] = {
        {"code,name,level\n1,Tỉnh Một,province\n,Xã A,commune\n", NULL, NULL, NTM_ERROR_VALUE, "units: code", 1, NULL},
        {"code,name,level\n1,,province\n", NULL, NULL, NTM_ERROR_VALUE, "units: name", 0, NULL},
        {"code,name,level\n1,Tỉnh Một,\n", NULL, NULL, NTM_ERROR_VALUE, "units: level", 0, NULL},
        {"code,name,level\n1,Tỉnh Một,kingdom\n", NULL, NULL, NTM_ERROR_VALUE, "units: level", 0, "kingdom"},
        {"code,name,level,valid_to\n1,Tỉnh Một,province,2020-02-30\n", NULL, NULL, NTM_ERROR_SYNTAX, "units: valid_to",
         0, "2020-02-30"},
        {"code,name,level,valid_from\n1,Tỉnh Một,province,1/7/2025\n", NULL, NULL, NTM_ERROR_SYNTAX,
         "units: valid_from", 0, "1/7/2025"},
        {HEAD "1,Tỉnh Một,province,,2020-01-01,2020-01-01\n", NULL, NULL, NTM_ERROR_VALUE, "units: valid_to", 0,
         "not after"},
        {HEAD TOP "A,Xã A,commune,1,2020-01-02,2020-01-01\n", NULL, NULL, NTM_ERROR_VALUE, "units: valid_to", 1,
         "not after"},
        {"code,name,level\n1,Tỉnh Мột,province\n", NULL, NULL, NTM_ERROR_SYNTAX, "units: name", 0, NULL},
        {"code,name\n1,Tỉnh Một\n", NULL, NULL, NTM_ERROR_SHAPE, "units: level", NTM_NO_ROW, NULL},
        {"code,name,level,region\n1,Tỉnh Một,province,x\n", NULL, NULL, NTM_ERROR_SHAPE, "units: region", NTM_NO_ROW,
         NULL},
        {BASE, "on,old_code,new_code\n2020-01-01,,C\n", NULL, NTM_ERROR_VALUE, "succession: old_code", 0, NULL},
        {BASE, "on,old_code,new_code\n2020-01-01,A,\n", NULL, NTM_ERROR_VALUE, "succession: new_code", 0, NULL},
        {BASE, "on,old_code,new_code\n,A,C\n", NULL, NTM_ERROR_VALUE, "succession: on", 0, NULL},
        {HEAD "1,Tỉnh Một,province,,,0001-01-01\n", NULL, NULL, NTM_ERROR_VALUE, "units: valid_to", 0, "no day before"},
        {BASE, "on,old_code,new_code\n0001-01-01,A,C\n", NULL, NTM_ERROR_VALUE, "succession: on", 0, "no day before"},
        {BASE, "on,old_code,new_code\nnever,A,C\n", NULL, NTM_ERROR_SYNTAX, "succession: on", 0, "never"},
        {BASE, "on,old_code,new_code,level\n2020-01-01,1,C,commune\n", NULL, NTM_ERROR_NOT_FOUND,
         "succession: old_code", 0, "on another rung the code is that of "},
        {BASE, EDGES "2020-01-01,A,C,whole\n", NULL, NTM_ERROR_VALUE, "succession: part", 0, "whole"},
        {BASE, "on,old_code,new_code,level\n2020-01-01,A,C,hamlet\n", NULL, NTM_ERROR_VALUE, "succession: level", 0,
         "hamlet"},
        {BASE, "old_code,new_code\nA,C\n", NULL, NTM_ERROR_SHAPE, "succession: on", NTM_NO_ROW, NULL},
        {BASE, "on,old_code\n2020-01-01,A\n", NULL, NTM_ERROR_SHAPE, "succession: new_code", NTM_NO_ROW, NULL},
        {BASE, "on,old_code,new_code,note\n2020-01-01,A,C,x\n", NULL, NTM_ERROR_SHAPE, "succession: note", NTM_NO_ROW,
         NULL},
        {BASE, NULL, "code,attribute,value\nD,,x\n", NTM_ERROR_VALUE, "attributes: attribute", 0, NULL},
        {BASE, NULL, "code,attribute,value\n,region,x\n", NTM_ERROR_VALUE, "attributes: code", 0, NULL},
        {BASE, NULL, "code,attribute,value\nE,region,x\n", NTM_ERROR_NOT_FOUND, "attributes: code", 0, "\"E\""},
        {BASE, NULL, "code,attribute,value,level\nD,region,x,ward\nD,region,x,nest\n", NTM_ERROR_VALUE,
         "attributes: level", 1, "nest"},
        {BASE, NULL, "code,attribute,value,valid_from,valid_to\nD,region,x,,2020-01-02\nD,region,y,2020-01-01,\n",
         NTM_ERROR_CONFLICT, "attributes: valid_from", 1, "row 0"},
        {BASE, NULL, "code,attribute,value,valid_from,valid_to\nD,region,x,2020-01-02,2020-01-02\n", NTM_ERROR_VALUE,
         "attributes: valid_to", 0, NULL},
        {BASE, NULL, "code,attribute\nD,region\n", NTM_ERROR_SHAPE, "attributes: value", NTM_NO_ROW, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        tree_refused(cases[i].units, cases[i].edges, cases[i].attributes, NULL, cases[i].status, cases[i].subject,
                     cases[i].row, cases[i].piece);
}

/* All are told together, each with its row, in the tables' order. */
static void together(void **state) {
    ntm_units_options options = NTM_UNITS_OPTIONS_INIT;
    ntm_units *units = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    assert_ok(ntm_problems_new(&options.problems, 0, NULL, &err), &err);
    assert_fails(tree_try(&units, HEAD TOP ",Xã A,commune,1,,\nB,Xã B,hamlet,1,,\nC,Xã C,commune,1,soon,\n", NULL, NULL,
                          &options, &err),
                 NTM_ERROR_VALUE, &err, NULL);
    assert_int_equal(err.row, 1);
    assert_int_equal(ntm_problems_count(options.problems), 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(ntm_problems_get(options.problems, i)->row, i + 1);
    ntm_problems_free(options.problems);
    assert_ok(ntm_problems_new(&options.problems, 0, NULL, &err), &err);
    assert_fails(tree_try(&units,
                          HEAD TOP "A,Xã A,commune,8,,\nA,Xã A,commune,1,2020-01-01,\nB,Xã B,commune,9,,\n"
                                   "C,Xã C,commune,B,,\n",
                          EDGES "2021-01-01,Z,A,full\n", NULL, &options, &err),
                 NTM_ERROR_CONFLICT, &err, NULL);
    assert_true(ntm_problems_count(options.problems) >= 4);
    assert_null(units);
    ntm_problems_free(options.problems);
}

/* Those on the circle are told of the circle; who only leads into it names a parent on no higher rung. */
static void circles(void **state) {
    static const char *const pieces[] = {"no higher rung", "leads back", "leads back", "leads back", "no higher rung"};
    ntm_units_options options = NTM_UNITS_OPTIONS_INIT;
    ntm_units *units = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    assert_ok(ntm_problems_new(&options.problems, 0, NULL, &err), &err);
    assert_fails(tree_try(&units,
                          "code,name,level,parent\nA,Xã A,commune,B\nB,Xã B,commune,C\nC,Xã C,commune,D\n"
                          "D,Xã D,commune,B\nE,Xã E,commune,A\n",
                          NULL, NULL, &options, &err),
                 NTM_ERROR_CONFLICT, &err, NULL);
    assert_int_equal(ntm_problems_count(options.problems), 5);
    for (size_t i = 0; i < 5; i++)
        assert_non_null(strstr(ntm_problems_get(options.problems, i)->message, pieces[i]));
    ntm_problems_free(options.problems);
    assert_null(units);
}

static ntm_status make(ntm_units **out, const ntm_field *fields, size_t count, const ntm_units_options *options,
                       ntm_error *err) {
    ntm_table table = NTM_TABLE_INIT;
    table.rows = fields[0].column.length;
    table.fields = fields;
    table.field_count = count;
    return ntm_units_new(out, &table, NULL, NULL, options, err);
}

/* Columns of the caller, the right and the wrong ones; categories and codes that are not reported. */
static void columns(void **state) {
    static const char *const codes[] = {"1", "2", ""}, *const names[] = {"Tỉnh Một", "Xã Hai"};
    static const char *const levels[] = {"province", "commune"}, *const bad[] = {"1", "X\xff"};
    static const int32_t which[] = {0, 1}, days[] = {18000, 18001}, missing[] = {0, -1}, past[] = {0, 3},
                         empty[] = {0, 2};
    static const int32_t far[] = {18000, INT32_MAX}, above[] = {-1, 0};
    static const double numbers[] = {1, 2};
    ntm_field fields[5] = {{"code", ntm_column_codes(which, 2, codes, 3)},
                           {"name", ntm_column_codes(which, 2, names, 2)},
                           {"level", ntm_column_codes(which, 2, levels, 2)},
                           {"valid_from", ntm_column_codes(days, 2, NULL, 0)},
                           {"parent", ntm_column_codes(above, 2, codes, 3)}};
    ntm_units *units = NULL;
    ntm_units_options options = NTM_UNITS_OPTIONS_INIT;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    options.allow = NTM_UNIT_ALLOW_ALL;
    assert_ok(make(&units, fields, 5, &options, &err), &err);
    assert_int_equal(ntm_units_row(units, 1)->from, 18001);
    assert_int_equal(ntm_units_parent(units, 1, 18001), 0);
    ntm_units_free(units);
    units = NULL;
    fields[0].column = ntm_column_codes(missing, 2, codes, 3);
    assert_fails(make(&units, fields, 5, NULL, &err), NTM_ERROR_VALUE, &err, NULL);
    assert_int_equal(err.row, 1);
    fields[0].column = ntm_column_codes(empty, 2, codes, 3);
    assert_fails(make(&units, fields, 5, NULL, &err), NTM_ERROR_VALUE, &err, NULL);
    fields[0].column = ntm_column_codes(past, 2, codes, 3);
    assert_fails(make(&units, fields, 5, NULL, &err), NTM_ERROR_VALUE, &err, NULL);
    fields[0].column = ntm_column_double(numbers, 2);
    assert_fails(make(&units, fields, 5, NULL, &err), NTM_ERROR_SHAPE, &err, "text");
    assert_string_equal(err.subject, "units: code");
    fields[0].column = ntm_column_codes(which, 2, codes, 3);
    fields[1].column = ntm_column_codes(which, 2, bad, 2);
    assert_fails(make(&units, fields, 5, NULL, &err), NTM_ERROR_SYNTAX, &err, NULL);
    assert_string_equal(err.subject, "units: name");
    fields[1].column = ntm_column_codes(which, 2, names, 2);
    fields[0].column = ntm_column_codes(which, 2, bad, 2);
    assert_fails(make(&units, fields, 5, NULL, &err), NTM_ERROR_SYNTAX, &err, NULL);
    assert_string_equal(err.subject, "units: code");
    fields[0].column = ntm_column_codes(which, 2, codes, 3);
    fields[3].column = ntm_column_codes(far, 2, NULL, 0);
    assert_fails(make(&units, fields, 5, NULL, &err), NTM_ERROR_VALUE, &err, NULL);
    fields[3].column = ntm_column_double(numbers, 2);
    assert_fails(make(&units, fields, 5, NULL, &err), NTM_ERROR_SHAPE, &err, NULL);
    fields[3] = fields[2];
    assert_fails(make(&units, fields, 4, NULL, &err), NTM_ERROR_SHAPE, &err, NULL);
    assert_null(units);
}

/* Columns that are not known, edges whose day the caller says, weights. */
static void options_of(void **state) {
    static const char *const weights[] = {"population", "area"}, *const twice[] = {"area", "area"};
    ntm_units_options options = NTM_UNITS_OPTIONS_INIT;
    ntm_decimal weight = {7, 0};
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    options.ignore_unknown = true;
    ntm_units_free(tree_new("code,name,level,region\n1,Tỉnh Một,province,x\n", NULL, NULL, &options));
    options.edges_on = tree_day("2020-01-01");
    ntm_units *units = tree_new(BASE, "old_code,new_code\nA,C\nB,C\n", NULL, &options);
    assert_int_equal(ntm_units_edge(units, 1)->on, options.edges_on);
    ntm_units_free(units);
    options.weights = weights;
    options.weight_count = 2;
    units = tree_new(BASE "E,Xã E,commune,1,2020-01-01,\n",
                     "old_code,new_code,part,area,population\nB,E,partial,0.25,\nA,C,,1.50,5000\nB,C,partial,,7000\n",
                     NULL, &options);
    assert_int_equal(ntm_units_weight_count(units), 2);
    assert_string_equal(ntm_units_weight(units, 0), "population");
    assert_string_equal(ntm_units_weight(units, 1), "area");
    assert_null(ntm_units_weight(units, 2));
    assert_int_equal(ntm_units_edge(units, 0)->row, 1);
    assert_int_equal(ntm_units_edge(units, 1)->row, 2);
    assert_int_equal(ntm_units_edge(units, 2)->row, 0);
    assert_ok(ntm_units_edge_weight(&weight, units, 0, 0, &err), &err);
    assert_true(weight.scale == 2 ? weight.coefficient == 500000 : weight.coefficient == 5000);
    assert_ok(ntm_units_edge_weight(&weight, units, 2, 1, &err), &err);
    assert_true(weight.scale == 2 && weight.coefficient == 25);
    assert_fails(ntm_units_edge_weight(&weight, units, 1, 1, &err), NTM_ERROR_NOT_FOUND, &err, NULL);
    assert_fails(ntm_units_edge_weight(&weight, units, 3, 1, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_edge_weight(&weight, units, 0, 2, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_edge_weight(NULL, units, 0, 0, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_true(weight.coefficient == 25);
    ntm_units_free(units);
    tree_refused(BASE, "old_code,new_code,area,population\nA,C,-1,1\n", NULL, &options, NTM_ERROR_VALUE,
                 "succession: area", 0, NULL);
    tree_refused(BASE, "old_code,new_code,area\nA,C,1\n", NULL, &options, NTM_ERROR_SHAPE, "succession: population",
                 NTM_NO_ROW, NULL);
    options.weights = twice;
    tree_refused(BASE, "old_code,new_code,area\nA,C,1\n", NULL, &options, NTM_ERROR_ARGUMENT, NULL, NTM_NO_ROW, NULL);
    options.weights = NULL;
    tree_refused(BASE, "old_code,new_code\nA,C\n", NULL, &options, NTM_ERROR_ARGUMENT, NULL, NTM_NO_ROW, NULL);
}

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

/* Errors name the file; of a long path its end, so that the column is told in any case. */
static void files(void **state) {
    const char *orphan = HEAD TOP "A,Xã A,commune,2,,\n";
    char path[90] = "";
    ntm_units *units = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    write_file("registry-orphan.csv", orphan);
    assert_fails(ntm_units_open(&units, "registry-orphan.csv", NULL, NULL, NULL, &err), NTM_ERROR_NOT_FOUND, &err,
                 NULL);
    assert_string_equal(err.subject, "registry-orphan.csv: parent");
    assert_int_equal(err.row, 1);
    while (strlen(path) + 22 < sizeof path)
        memcpy(path + strlen(path), "./", 3);
    memcpy(path + strlen(path), "registry-orphan.csv", 20);
    assert_fails(ntm_units_open(&units, path, NULL, NULL, NULL, &err), NTM_ERROR_NOT_FOUND, &err, NULL);
    assert_string_equal(err.subject, "registry-orphan.csv: parent");
    write_file("registry-units.csv", BASE);
    write_file("registry-edges.csv", EDGES "2020-01-01,E,C,full\n");
    assert_fails(ntm_units_open(&units, "registry-units.csv", "registry-edges.csv", NULL, NULL, &err),
                 NTM_ERROR_NOT_FOUND, &err, NULL);
    assert_string_equal(err.subject, "registry-edges.csv: old_code");
    assert_null(units);
    (void)remove("registry-orphan.csv");
    (void)remove("registry-units.csv");
    (void)remove("registry-edges.csv");
}

/* A column twice is told with its file and line; of thousands of columns that nobody knows a hundred are told. */
static void files_of_odd_columns(void **state) {
    static char wide[400000];
    size_t used = (size_t)snprintf(wide, sizeof wide, "code,name,level");
    ntm_units *units = NULL;
    ntm_units_options options = NTM_UNITS_OPTIONS_INIT;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    write_file("registry-twice.csv", "code,name,level,code\n1,P,province,1\n");
    assert_fails(ntm_units_open(&units, "registry-twice.csv", NULL, NULL, NULL, &err), NTM_ERROR_SHAPE, &err,
                 "a second column \"code\"");
    assert_string_equal(err.subject, "registry-twice.csv");
    assert_int_equal(err.line, 1);
    for (int i = 0; i < 40000; i++)
        used += (size_t)snprintf(wide + used, sizeof wide - used, ",c%d", i);
    (void)snprintf(wide + used, sizeof wide - used, "\n");
    write_file("registry-wide.csv", wide);
    assert_ok(ntm_problems_new(&options.problems, 1000, NULL, &err), &err);
    assert_fails(ntm_units_open(&units, "registry-wide.csv", NULL, NULL, &options, &err), NTM_ERROR_SHAPE, &err,
                 "no column of a registry");
    assert_int_equal(ntm_problems_found(options.problems), 100);
    ntm_problems_free(options.problems);
    assert_null(units);
    (void)remove("registry-twice.csv");
    (void)remove("registry-wide.csv");
}

static void calls(void **state) {
    ntm_units *units = NULL;
    ntm_units_options options = NTM_UNITS_OPTIONS_INIT;
    ntm_error err = NTM_ERROR_INIT;
    ntm_table table = NTM_TABLE_INIT;
    (void)state;
    assert_fails(ntm_units_new(&units, NULL, NULL, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_new(NULL, &table, NULL, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    options.struct_size--;
    assert_fails(tree_try(&units, BASE, NULL, NULL, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    options = (ntm_units_options)NTM_UNITS_OPTIONS_INIT;
    options.allow = NTM_UNIT_ALLOW_ALL | NTM_UNIT_ALLOW(NTM_UNIT_CYCLE);
    assert_fails(tree_try(&units, BASE, NULL, NULL, &options, &err), NTM_ERROR_ARGUMENT, &err, "\"cycle\" can never");
    options.allow = UINT32_C(1) << NTM_UNIT_DEFECT_END;
    assert_fails(tree_try(&units, BASE, NULL, NULL, &options, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_open(&units, "there-is-no-such-file", NULL, NULL, NULL, &err), NTM_ERROR_IO, &err, NULL);
    assert_fails(ntm_units_open(&units, NULL, NULL, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_open(NULL, "there-is-no-such-file", NULL, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_null(units);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(words),        cmocka_unit_test(manners),
                                       cmocka_unit_test(small_tables), cmocka_unit_test(nearest_rung),
                                       cmocka_unit_test(each_alone),   cmocka_unit_test(allowed),
                                       cmocka_unit_test(no_defects),   cmocka_unit_test(cells),
                                       cmocka_unit_test(together),     cmocka_unit_test(circles),
                                       cmocka_unit_test(columns),      cmocka_unit_test(options_of),
                                       cmocka_unit_test(files),        cmocka_unit_test(files_of_odd_columns),
                                       cmocka_unit_test(calls)};
    return cmocka_run_group_tests_name("registries of units", tests, NULL, NULL);
}
