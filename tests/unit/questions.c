/* SPDX-License-Identifier: Apache-2.0 */
/* Questions to a registry: by code and day, by name, the tree as of a day, attributes. */
#include "tree.h"

#include <stdio.h>
#include <string.h>

#define HEAD "code,name,level,parent,valid_from,valid_to\n"

/* A province whose districts end on 2025-07-01, when its communes hang under it. */
enum {
    CITY,                 /*  0 */
    NINH,                 /*  1 */
    HOA,                  /*  2: a district until 2025-07-01 */
    TOWN,                 /*  3: a town from 2015 until 2025-07-01 */
    HOA_DISTRICT_COMMUNE, /*  4: Xã Đồng Môn under HOA until 2025-07-01 */
    HOA_UNDER_CITY,       /* 5: the same code under the city afterwards */
    OTHER,                /*  6: Xã Đồng Môn of NINH's district 21 */
    NINH_DISTRICT,        /* 7 */
    WARD,                 /*  8: Phường Hòa Bình, under TOWN from 2015 until 2020-01-01 */
    WARD_LATER,           /*  9: renamed Phường Hòa Hiệp from 2020-01-01 until 2025-07-01 */
    ZONE,                 /* 10: Đặc khu Côn Đảo from 2025-07-01 */
    HAMLET,               /* 11: Thôn Đồng Môn, under commune 101 always */
    COMMUNE_02,           /* 12: Xã Hai, of the district 11, code 02 as NINH */
    BARE                  /* 13: Xã Trơ: no parent */
};

static const char country[] = HEAD "01,Thành phố Một,city,,,\n"
                                   "02,Tỉnh Ninh Hai,province,,,\n"
                                   "11,Huyện Hoà Bình,district,01,,2025-07-01\n"
                                   "12,Thị xã Hòa Bình,town,01,2015-01-01,2025-07-01\n"
                                   "101,Xã Đồng Môn,commune,11,,2025-07-01\n"
                                   "101,Xã Đồng Môn,commune,01,2025-07-01,\n"
                                   "201,Xã  ĐỒNG MÔN,commune,21,,\n"
                                   "21,Huyện Hai Mốt,district,02,,\n"
                                   "102,Phường Hòa Bình,ward,12,2015-01-01,2020-01-01\n"
                                   "102,Phường Hoà Hiệp,ward,12,2020-01-01,2025-07-01\n"
                                   "103,Đặc khu Côn Đảo,special-zone,01,2025-07-01,\n"
                                   "9001,Thôn Đồng Môn,village,101,,\n"
                                   "02,Xã Hai,commune,11,,2025-07-01\n"
                                   "104,Xã Trơ,commune,,2025-07-01,\n";

#define BEFORE "2025-06-30"
#define DAY    "2025-07-01"

static ntm_units *make(const char *attributes) {
    ntm_units_options options = NTM_UNITS_OPTIONS_INIT;
    options.allow = NTM_UNIT_ALLOW_ALL;
    return tree_new(country, NULL, attributes, &options);
}

static void by_code(void **state) {
    ntm_units *units = make(NULL);
    ntm_unit unit = 77;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    assert_int_equal(tree_find(units, "101", NTM_ECHELON_ANY, BEFORE), HOA_DISTRICT_COMMUNE);
    assert_int_equal(tree_find(units, "101", NTM_ECHELON_COMMUNE, DAY), HOA_UNDER_CITY);
    assert_int_equal(tree_find(units, "02", NTM_ECHELON_PROVINCE, BEFORE), NINH);
    assert_int_equal(tree_find(units, "02", NTM_ECHELON_COMMUNE, BEFORE), COMMUNE_02);
    assert_int_equal(tree_find(units, "12", NTM_ECHELON_ANY, "2015-01-01"), TOWN);
    assert_int_equal(tree_find(units, "102", NTM_ECHELON_ANY, "2019-12-31"), WARD);
    assert_int_equal(tree_find(units, "102", NTM_ECHELON_ANY, "2020-01-01"), WARD_LATER);
    assert_fails(ntm_units_find(&unit, units, "02", NTM_ECHELON_ANY, tree_day(BEFORE), &err), NTM_ERROR_CONFLICT, &err,
                 "several rungs");
    assert_non_null(strstr(err.subject, "02"));
    assert_fails(ntm_units_find(&unit, units, "12", NTM_ECHELON_ANY, tree_day("2014-12-31"), &err), NTM_ERROR_NOT_FOUND,
                 &err, "2015-01-01");
    assert_fails(ntm_units_find(&unit, units, "12", NTM_ECHELON_ANY, tree_day(DAY), &err), NTM_ERROR_NOT_FOUND, &err,
                 "2025-06-30");
    assert_fails(ntm_units_find(&unit, units, "1", NTM_ECHELON_ANY, tree_day(DAY), &err), NTM_ERROR_NOT_FOUND, &err,
                 "1");
    assert_fails(ntm_units_find(&unit, units, "01", NTM_ECHELON_DISTRICT, tree_day(DAY), &err), NTM_ERROR_NOT_FOUND,
                 &err, "01");
    assert_fails(ntm_units_find(&unit, units, "01", NTM_ECHELON_ANY, NTM_DATE_NONE, &err), NTM_ERROR_ARGUMENT, &err,
                 NULL);
    assert_fails(ntm_units_find(&unit, units, "01", (ntm_echelon)5, 0, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_find(&unit, units, NULL, NTM_ECHELON_ANY, 0, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_find(&unit, NULL, "01", NTM_ECHELON_ANY, 0, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_find(NULL, units, "01", NTM_ECHELON_ANY, 0, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_int_equal(unit, 77);
    assert_true(ntm_units_there(units, WARD, tree_day("2015-01-01")));
    assert_false(ntm_units_there(units, WARD, tree_day("2014-12-31")));
    assert_true(ntm_units_there(units, WARD, tree_day("2019-12-31")));
    assert_false(ntm_units_there(units, WARD, tree_day("2020-01-01")));
    assert_false(ntm_units_there(units, NTM_NO_UNIT, 0));
    assert_false(ntm_units_there(units, CITY, NTM_DATE_NONE));
    assert_false(ntm_units_there(units, 99, 0));
    ntm_units_free(units);
}

static void history(void **state) {
    ntm_units *units = make(NULL);
    ntm_unit rows[4] = {9, 9, 9, 9};
    size_t count = 7;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    assert_ok(ntm_units_history(rows, &count, 4, units, "102", NTM_ECHELON_ANY, &err), &err);
    expect_rows("8 9", rows, count);
    assert_ok(ntm_units_history(rows, &count, 4, units, "02", NTM_ECHELON_ANY, &err), &err);
    expect_rows("1 12", rows, count);
    assert_ok(ntm_units_history(rows, &count, 4, units, "02", NTM_ECHELON_COMMUNE, &err), &err);
    expect_rows("12", rows, count);
    assert_ok(ntm_units_history(rows, &count, 4, units, "no", NTM_ECHELON_ANY, &err), &err);
    assert_int_equal(count, 0);
    rows[0] = rows[1] = 9;
    assert_ok(ntm_units_history(rows, &count, 1, units, "101", NTM_ECHELON_ANY, &err), &err);
    assert_int_equal(count, 2);
    expect_rows("4 9", rows, 2);
    assert_ok(ntm_units_history(NULL, &count, 0, units, "101", NTM_ECHELON_ANY, &err), &err);
    assert_int_equal(count, 2);
    assert_fails(ntm_units_history(NULL, &count, 1, units, "101", NTM_ECHELON_ANY, &err), NTM_ERROR_ARGUMENT, &err,
                 NULL);
    assert_fails(ntm_units_history(rows, NULL, 1, units, "101", NTM_ECHELON_ANY, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_history(rows, &count, 1, units, NULL, NTM_ECHELON_ANY, &err), NTM_ERROR_ARGUMENT, &err,
                 NULL);
    assert_fails(ntm_units_history(rows, &count, 1, units, "101", (ntm_echelon)-1, &err), NTM_ERROR_ARGUMENT, &err,
                 NULL);
    assert_fails(ntm_units_history(rows, &count, 1, NULL, "101", NTM_ECHELON_ANY, &err), NTM_ERROR_ARGUMENT, &err,
                 NULL);
    assert_int_equal(count, 2);
    ntm_units_free(units);
}

static void expect_named(const char *line, const ntm_units *units, const char *name, const ntm_unit_filter *filter) {
    ntm_unit rows[16];
    size_t count = 0;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_units_named(rows, &count, 16, units, name, filter, &err), &err);
    expect_rows(line, rows, count);
}

static void by_name(void **state) {
    ntm_units *units = make(NULL);
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    (void)state;
    expect_named("4 5 6", units, "Xã Đồng Môn", NULL);
    expect_named("4 5 6", units, "xã  đồng   môn ", NULL);
    expect_named("4 5 6 11", units, "đồng môn", NULL);
    expect_named("4 5 6 11", units, "ĐỒNG MÔN", NULL);
    expect_named("11", units, "thôn đồng môn", NULL);
    expect_named("", units, "Phường Đồng Môn", NULL);
    expect_named("", units, "Đồng", NULL);
    expect_named("", units, "Xã", NULL);
    expect_named("", units, "", NULL);
    expect_named("2 3 8", units, "hòa bình", NULL);
    expect_named("2 3 8", units, "hoà bình", NULL);
    expect_named("2", units, "huyện hòa bình", NULL);
    expect_named("3", units, "Thị xã hoà bình", NULL);
    expect_named("9", units, "Hòa Hiệp", NULL);
    /* NFD: o + combining grave, i + combining circumflex and dot below */
    expect_named("9", units,
                 "Ho\xcc\x80"
                 "a Hie\xcc\xa3\xcc\x82p",
                 NULL);
    expect_named("10", units, "côn đảo", NULL);
    expect_named("10", units, "đặc khu côn đảo", NULL);
    expect_named("0", units, "Một", NULL);
    expect_named("12", units, "Hai", NULL);
    filter.on = tree_day(BEFORE);
    expect_named("4 6 11", units, "đồng môn", &filter);
    filter.on = tree_day(DAY);
    expect_named("5 6 11", units, "đồng môn", &filter);
    filter.within = CITY;
    expect_named("5 11", units, "đồng môn", &filter);
    filter.echelon = NTM_ECHELON_VILLAGE;
    expect_named("11", units, "đồng môn", &filter);
    filter = (ntm_unit_filter)NTM_UNIT_FILTER_INIT;
    filter.level = "ward";
    expect_named("8", units, "hòa bình", &filter);
    ntm_unit rows[2];
    size_t count = 5;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_units_named(rows, &count, 2, units, "\xff", NULL, &err), NTM_ERROR_SYNTAX, &err, NULL);
    assert_fails(ntm_units_named(rows, &count, 2, units, "Xã \xd0\x90n", NULL, &err), NTM_ERROR_SYNTAX, &err, NULL);
    assert_fails(ntm_units_named(rows, &count, 2, units, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_named(NULL, &count, 2, units, "x", NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_named(rows, NULL, 2, units, "x", NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_named(rows, &count, 2, NULL, "x", NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    filter = (ntm_unit_filter)NTM_UNIT_FILTER_INIT;
    filter.within = CITY;
    assert_fails(ntm_units_named(rows, &count, 2, units, "x", &filter, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_int_equal(count, 5);
    assert_ok(ntm_units_named(rows, &count, 2, units, "đồng môn", NULL, &err), &err);
    assert_int_equal(count, 4);
    expect_rows("4 5", rows, 2);
    ntm_units_free(units);
}

/* A list without the words of levels: the usual word finds its units, and no other. */
static void bare_names(void **state) {
    (void)state;
    ntm_units *units = tree_new("code,name,level\n1,Hà Tĩnh,province\n2,Đông Anh,commune\n3,Đông Anh,ward\n"
                                "4,Phường Đông Anh,commune\n5,Bản Lác,village\n",
                                NULL, NULL, NULL);
    expect_named("1 2 3", units, "đông anh", NULL);
    expect_named("1", units, "Xã Đông Anh", NULL);
    expect_named("2 3", units, "Phường Đông Anh", NULL);
    expect_named("", units, "Thị trấn Đông Anh", NULL);
    expect_named("0", units, "tỉnh hà tĩnh", NULL);
    expect_named("", units, "thành phố hà tĩnh", NULL);
    expect_named("4", units, "lác", NULL);
    expect_named("", units, "thôn lác", NULL);
    ntm_units_free(units);
}

static void expect_list(const char *line, const ntm_units *units, const ntm_unit_filter *filter) {
    ntm_unit rows[32];
    size_t count = 0;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_units_list(rows, &count, 32, units, filter, &err), &err);
    expect_rows(line, rows, count);
}

static void lists(void **state) {
    ntm_units *units = make(NULL);
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    (void)state;
    expect_list("0 1 2 3 4 5 6 7 8 9 10 11 12 13", units, &filter);
    filter.echelon = NTM_ECHELON_DISTRICT;
    expect_list("2 3 7", units, &filter);
    filter.on = tree_day(DAY);
    expect_list("7", units, &filter);
    filter.on = tree_day("2014-12-31");
    expect_list("2 7", units, &filter);
    filter = (ntm_unit_filter)NTM_UNIT_FILTER_INIT;
    filter.level = "special-zone";
    expect_list("10", units, &filter);
    filter.level = "special_zone";
    expect_list("10", units, &filter);
    filter.level = "commune";
    filter.on = tree_day(DAY);
    expect_list("5 6 13", units, &filter);
    filter.parent = CITY;
    expect_list("5", units, &filter);
    filter = (ntm_unit_filter)NTM_UNIT_FILTER_INIT;
    filter.on = tree_day(BEFORE);
    filter.within = CITY;
    expect_list("2 3 4 9 11 12", units, &filter);
    filter.echelon = NTM_ECHELON_COMMUNE;
    expect_list("4 9 12", units, &filter);
    filter.on = tree_day(DAY);
    expect_list("5 10", units, &filter);
    filter.echelon = NTM_ECHELON_ANY;
    filter.parent = HOA_UNDER_CITY;
    expect_list("11", units, &filter);
    filter.within = NINH;
    expect_list("", units, &filter);
    ntm_unit rows[2];
    size_t count = 5;
    ntm_error err = NTM_ERROR_INIT;
    filter.within = HOA; /* not there on the day */
    assert_fails(ntm_units_list(rows, &count, 2, units, &filter, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    filter.within = NTM_NO_UNIT;
    filter.parent = HOA;
    assert_fails(ntm_units_list(rows, &count, 2, units, &filter, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    filter.parent = 99;
    assert_fails(ntm_units_list(rows, &count, 2, units, &filter, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    filter.parent = CITY;
    filter.on = NTM_DATE_NONE;
    assert_fails(ntm_units_list(rows, &count, 2, units, &filter, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    filter = (ntm_unit_filter)NTM_UNIT_FILTER_INIT;
    filter.level = "kingdom";
    assert_fails(ntm_units_list(rows, &count, 2, units, &filter, &err), NTM_ERROR_ARGUMENT, &err, "no level");
    assert_string_equal(err.subject, "kingdom");
    filter = (ntm_unit_filter)NTM_UNIT_FILTER_INIT;
    filter.echelon = (ntm_echelon)9;
    assert_fails(ntm_units_list(rows, &count, 2, units, &filter, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    filter = (ntm_unit_filter)NTM_UNIT_FILTER_INIT;
    filter.struct_size = 1;
    assert_fails(ntm_units_list(rows, &count, 2, units, &filter, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    filter = (ntm_unit_filter)NTM_UNIT_FILTER_INIT;
    assert_fails(ntm_units_list(rows, &count, 2, NULL, &filter, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_list(rows, &count, 2, units, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_int_equal(count, 5);
    ntm_units_free(units);
}

/* ------------------------------------------------------------------------------------------- the tree */

typedef ntm_status (*relatives)(ntm_unit *, size_t *, size_t, const ntm_units *, ntm_unit, ntm_date, ntm_error *);

static void expect_kin(relatives ask, const char *line, const ntm_units *units, ntm_unit unit, const char *on) {
    ntm_unit rows[32];
    size_t count = 0, again = 0;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ask(rows, &count, 32, units, unit, tree_day(on), &err), &err);
    expect_rows(line, rows, count);
    assert_ok(ask(NULL, &again, 0, units, unit, tree_day(on), &err), &err);
    assert_int_equal(again, count);
}

static void tree(void **state) {
    ntm_units *units = make(NULL);
    ntm_date before = tree_day(BEFORE), day = tree_day(DAY);
    (void)state;
    assert_int_equal(ntm_units_parent(units, HOA_DISTRICT_COMMUNE, before), HOA);
    assert_int_equal(ntm_units_parent(units, HOA_DISTRICT_COMMUNE, day), NTM_NO_UNIT);
    assert_int_equal(ntm_units_parent(units, HOA_UNDER_CITY, day), CITY);
    assert_int_equal(ntm_units_parent(units, HOA_UNDER_CITY, before), NTM_NO_UNIT);
    assert_int_equal(ntm_units_parent(units, HAMLET, before), HOA_DISTRICT_COMMUNE);
    assert_int_equal(ntm_units_parent(units, HAMLET, day), HOA_UNDER_CITY);
    assert_int_equal(ntm_units_parent(units, CITY, day), NTM_NO_UNIT);
    assert_int_equal(ntm_units_parent(units, NTM_NO_UNIT, day), NTM_NO_UNIT);
    assert_int_equal(ntm_units_parent(units, HAMLET, NTM_DATE_NONE), NTM_NO_UNIT);
    assert_int_equal(ntm_units_ancestor(units, HAMLET, NTM_ECHELON_PROVINCE, before), CITY);
    assert_int_equal(ntm_units_ancestor(units, HAMLET, NTM_ECHELON_DISTRICT, before), HOA);
    assert_int_equal(ntm_units_ancestor(units, HAMLET, NTM_ECHELON_DISTRICT, day), NTM_NO_UNIT);
    assert_int_equal(ntm_units_ancestor(units, HAMLET, NTM_ECHELON_PROVINCE, day), CITY);
    assert_int_equal(ntm_units_ancestor(units, HAMLET, NTM_ECHELON_VILLAGE, day), NTM_NO_UNIT);
    assert_int_equal(ntm_units_ancestor(units, NTM_NO_UNIT, NTM_ECHELON_PROVINCE, day), NTM_NO_UNIT);
    expect_kin(ntm_units_ancestors, "4 2 0", units, HAMLET, BEFORE);
    expect_kin(ntm_units_ancestors, "5 0", units, HAMLET, DAY);
    expect_kin(ntm_units_ancestors, "", units, CITY, DAY);
    expect_kin(ntm_units_children, "2 3", units, CITY, BEFORE);
    expect_kin(ntm_units_children, "5 10", units, CITY, DAY);
    expect_kin(ntm_units_children, "2", units, CITY, "2014-12-31");
    expect_kin(ntm_units_children, "2 3", units, CITY, "2015-01-01");
    expect_kin(ntm_units_children, "12 4", units, HOA, BEFORE);
    expect_kin(ntm_units_children, "8", units, TOWN, "2019-12-31");
    expect_kin(ntm_units_children, "9", units, TOWN, "2020-01-01");
    expect_kin(ntm_units_children, "", units, HAMLET, BEFORE);
    expect_kin(ntm_units_descendants, "2 12 4 11 3 9", units, CITY, BEFORE);
    expect_kin(ntm_units_descendants, "5 11 10", units, CITY, DAY);
    expect_kin(ntm_units_descendants, "7 6", units, NINH, DAY);
    expect_kin(ntm_units_siblings, "3", units, HOA, BEFORE);
    expect_kin(ntm_units_siblings, "", units, HOA, "2014-12-31");
    expect_kin(ntm_units_siblings, "10", units, HOA_UNDER_CITY, DAY);
    expect_kin(ntm_units_siblings, "4", units, COMMUNE_02, BEFORE);
    expect_kin(ntm_units_siblings, "0", units, NINH, DAY);
    expect_kin(ntm_units_siblings, "", units, BARE, DAY);
    ntm_units_free(units);
}

/* Descendants come with parents first; whatever the order among cousins, each is there once. */
static void tree_calls(void **state) {
    static const relatives all[] = {ntm_units_ancestors, ntm_units_children, ntm_units_descendants, ntm_units_siblings};
    ntm_units *units = make(NULL);
    ntm_unit rows[2] = {50, 50};
    size_t count = 9;
    ntm_error err = NTM_ERROR_INIT;
    ntm_date day = tree_day(DAY);
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        assert_fails(all[i](rows, &count, 2, NULL, CITY, day, &err), NTM_ERROR_ARGUMENT, &err, NULL);
        assert_fails(all[i](rows, NULL, 2, units, CITY, day, &err), NTM_ERROR_ARGUMENT, &err, NULL);
        assert_fails(all[i](NULL, &count, 2, units, CITY, day, &err), NTM_ERROR_ARGUMENT, &err, NULL);
        assert_fails(all[i](rows, &count, 2, units, NTM_NO_UNIT, day, &err), NTM_ERROR_ARGUMENT, &err, NULL);
        assert_fails(all[i](rows, &count, 2, units, 99, day, &err), NTM_ERROR_ARGUMENT, &err, NULL);
        assert_fails(all[i](rows, &count, 2, units, CITY, NTM_DATE_NONE, &err), NTM_ERROR_ARGUMENT, &err, NULL);
        assert_int_equal(count, 9);
        assert_ok(all[i](rows, &count, 2, units, HOA, day, &err), &err); /* not there: nothing */
        assert_int_equal(count, 0);
        assert_int_equal(rows[0], 50);
        count = 9;
    }
    assert_ok(ntm_units_descendants(rows, &count, 1, units, CITY, day, &err), &err);
    assert_int_equal(count, 3);
    expect_rows("5 50", rows, 2);
    ntm_units_free(units);
}

/* ------------------------------------------------------------------------------------------- attributes */

static const char values[] = "code,level,attribute,value,valid_from,valid_to\n"
                             "01,city,region,BTB,,\n"
                             "11,district,class,2,,2020-01-01\n"
                             "11,district,class,1,2020-01-01,\n"
                             "101,commune,region,DBSH,2018-01-01,2019-01-01\n"
                             "102,,class,3,2010-01-01,2021-01-01\n"
                             "02,province,region,TDMN,,\n";

static void expect_attribute(const char *expected, const ntm_units *units, ntm_unit unit, const char *attribute,
                             const char *on, bool inherited) {
    const char *got = ntm_units_attribute(units, unit, attribute, tree_day(on), inherited);
    if (expected == NULL && got == NULL) return;
    if (expected == NULL || got == NULL || strcmp(expected, got) != 0)
        fail_msg("%s of %u on %s: %s, expected %s", attribute, (unsigned)unit, on, got == NULL ? "nothing" : got,
                 expected == NULL ? "nothing" : expected);
}

static void attributes(void **state) {
    ntm_units *units = make(values);
    (void)state;
    expect_attribute("2", units, HOA, "class", "2019-12-31", false);
    expect_attribute("1", units, HOA, "class", "2020-01-01", false);
    expect_attribute(NULL, units, HOA, "class", DAY, false);
    expect_attribute(NULL, units, HOA, "region", BEFORE, false);
    expect_attribute("BTB", units, HOA, "region", BEFORE, true);
    expect_attribute("BTB", units, HOA_DISTRICT_COMMUNE, "region", "2017-12-31", true);
    expect_attribute("DBSH", units, HOA_DISTRICT_COMMUNE, "region", "2018-01-01", true);
    expect_attribute("DBSH", units, HOA_DISTRICT_COMMUNE, "region", "2018-12-31", false);
    expect_attribute("BTB", units, HOA_DISTRICT_COMMUNE, "region", "2019-01-01", true);
    expect_attribute(NULL, units, HOA_DISTRICT_COMMUNE, "region", "2019-01-01", false);
    expect_attribute("DBSH", units, HAMLET, "region", "2018-06-01", true);
    expect_attribute("2", units, HAMLET, "class", "2018-06-01", true);
    expect_attribute(NULL, units, HAMLET, "class", DAY, true);
    expect_attribute("3", units, WARD, "class", "2019-12-31", false);
    expect_attribute("3", units, WARD_LATER, "class", "2020-01-01", false);
    expect_attribute(NULL, units, WARD, "class", "2014-12-31", false);
    expect_attribute(NULL, units, WARD_LATER, "class", "2021-01-01", false);
    expect_attribute("TDMN", units, OTHER, "region", DAY, true);
    expect_attribute(NULL, units, COMMUNE_02, "region", BEFORE, false);
    expect_attribute("BTB", units, COMMUNE_02, "region", BEFORE, true);
    expect_attribute(NULL, units, HOA, "altitude", BEFORE, true);
    assert_null(ntm_units_attribute(units, HOA, NULL, 0, true));
    assert_null(ntm_units_attribute(units, NTM_NO_UNIT, "region", 0, true));
    assert_null(ntm_units_attribute(units, HOA, "region", NTM_DATE_NONE, true));
    assert_null(ntm_units_attribute(NULL, HOA, "region", 0, true));
    ntm_units_free(units);
}

static void attribute_columns(void **state) {
    static const ntm_unit of[] = {OTHER, NTM_NO_UNIT, HOA_DISTRICT_COMMUNE, BARE, CITY};
    static const char *const expected[] = {"TDMN", NULL, "BTB", NULL, "BTB"};
    ntm_units *units = make(values);
    ntm_column column = NTM_COLUMN_INIT;
    int32_t codes[5];
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    assert_ok(ntm_units_attributes(&column, codes, units, of, 5, "region", tree_day(BEFORE), true, &err), &err);
    assert_int_equal(column.length, 5);
    assert_ptr_equal(column.data, codes);
    assert_ok(ntm_column_check(&column, &err), &err);
    for (size_t i = 0; i < 5; i++) {
        const char *text = NULL;
        size_t size = 0;
        assert_int_equal(ntm_column_known(&column, i), expected[i] == NULL ? NTM_NOT_REPORTED : NTM_REPORTED);
        if (expected[i] == NULL) continue;
        assert_ok(ntm_column_text(&text, &size, &column, i, &err), &err);
        assert_int_equal(size, strlen(expected[i]));
        assert_memory_equal(text, expected[i], size);
    }
    assert_ok(ntm_units_attributes(&column, codes, units, of, 5, "region", tree_day(BEFORE), false, &err), &err);
    assert_int_equal(ntm_column_known(&column, 0), NTM_NOT_REPORTED);
    assert_int_equal(ntm_column_known(&column, 4), NTM_REPORTED);
    assert_ok(ntm_units_attributes(&column, codes, units, NULL, 0, "region", 0, false, &err), &err);
    assert_int_equal(column.length, 0);
    const ntm_unit past[] = {99};
    assert_fails(ntm_units_attributes(&column, codes, units, of, 5, "altitude", 0, true, &err), NTM_ERROR_NOT_FOUND,
                 &err, "no unit has");
    assert_string_equal(err.subject, "altitude");
    assert_fails(ntm_units_attributes(&column, codes, units, past, 1, "region", 0, true, &err), NTM_ERROR_ARGUMENT,
                 &err, NULL);
    assert_fails(ntm_units_attributes(&column, codes, units, of, 5, "region", NTM_DATE_NONE, true, &err),
                 NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_units_attributes(&column, NULL, units, of, 5, "region", 0, true, &err), NTM_ERROR_ARGUMENT, &err,
                 NULL);
    assert_int_equal(column.length, 0);
    ntm_units_free(units);
}

/* ------------------------------------------------------------------------------------------- columns of codes */

static void find_all(void **state) {
    static const char *const codes[] = {"101", "x", "02", "12"};
    static const int32_t which[] = {0, 1, 0, 3}, known[] = {0, 0, 2}, gaps[] = {0, -1};
    ntm_column column = ntm_column_codes(which, 4, codes, 4);
    ntm_units *units = make(NULL);
    ntm_unit out[4] = {50, 50, 50, 50};
    size_t unknown = 9;
    ntm_problems *problems = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_date day = tree_day(DAY);
    (void)state;
    assert_ok(ntm_problems_new(&problems, 0, NULL, &err), &err);
    assert_fails(ntm_units_find_all(out, units, &column, NTM_ECHELON_ANY, day, problems, NULL, &err),
                 NTM_ERROR_NOT_FOUND, &err, "\"x\"");
    assert_int_equal(err.row, 1);
    assert_int_equal(ntm_problems_count(problems), 2);
    assert_int_equal(ntm_problems_get(problems, 1)->row, 3);
    assert_non_null(strstr(ntm_problems_get(problems, 1)->message, "2025-06-30"));
    expect_rows("50 50 50 50", out, 4);
    assert_ok(ntm_units_find_all(out, units, &column, NTM_ECHELON_ANY, day, problems, &unknown, &err), &err);
    expect_rows("5 - 5 -", out, 4);
    assert_int_equal(unknown, 2);
    assert_int_equal(ntm_problems_count(problems), 4);
    assert_ok(ntm_units_find_all(out, units, &column, NTM_ECHELON_ANY, day, NULL, &unknown, &err), &err);
    assert_int_equal(unknown, 2);
    ntm_problems_free(problems);
    out[0] = 50;
    column = ntm_column_codes(known, 3, codes, 4);
    assert_fails(ntm_units_find_all(out, units, &column, NTM_ECHELON_ANY, tree_day(BEFORE), NULL, &unknown, &err),
                 NTM_ERROR_CONFLICT, &err, "several rungs");
    assert_non_null(strstr(err.subject, "02"));
    assert_int_equal(err.row, 2);
    column = ntm_column_codes(gaps, 2, codes, 4);
    assert_fails(ntm_units_find_all(out, units, &column, NTM_ECHELON_ANY, day, NULL, &unknown, &err), NTM_ERROR_VALUE,
                 &err, NULL);
    assert_int_equal(err.row, 1);
    column = ntm_column_codes(known, 3, NULL, 0);
    assert_fails(ntm_units_find_all(out, units, &column, NTM_ECHELON_ANY, day, NULL, &unknown, &err), NTM_ERROR_SHAPE,
                 &err, NULL);
    assert_fails(ntm_units_find_all(out, units, NULL, NTM_ECHELON_ANY, day, NULL, &unknown, &err), NTM_ERROR_ARGUMENT,
                 &err, NULL);
    column = ntm_column_codes(known, 1, codes, 4);
    assert_fails(ntm_units_find_all(NULL, units, &column, NTM_ECHELON_ANY, day, NULL, &unknown, &err),
                 NTM_ERROR_ARGUMENT, &err, NULL);
    assert_int_equal(out[0], 50);
    assert_int_equal(unknown, 2);
    ntm_units_free(units);
}

/* The same codes as text, with an empty one. */
static void find_all_text(void **state) {
    ntm_units *units = make(NULL);
    ntm_csv *csv = tree_table("code,x\n101,\n02,\n,\n", NTM_CSV_TEXT, NTM_CSV_TEXT, NULL);
    ntm_column column = ntm_table_find(ntm_csv_table(csv), "code")->column;
    ntm_unit out[3] = {50, 50, 50};
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    assert_fails(ntm_units_find_all(out, units, &column, NTM_ECHELON_COMMUNE, tree_day(BEFORE), NULL, NULL, &err),
                 NTM_ERROR_VALUE, &err, NULL);
    assert_int_equal(err.row, 2);
    column.length = 2;
    assert_ok(ntm_units_find_all(out, units, &column, NTM_ECHELON_COMMUNE, tree_day(BEFORE), NULL, NULL, &err), &err);
    expect_rows("4 12 50", out, 3);
    ntm_csv_free(csv);
    ntm_units_free(units);
}

static void expect_place(const char *expected, const ntm_units *units, ntm_unit unit, const char *on) {
    char place[32], small[4] = "xyz";
    size_t size = strlen(expected);
    assert_int_equal(ntm_units_place(place, sizeof place, units, unit, tree_day(on)), size);
    assert_string_equal(place, expected);
    assert_int_equal(ntm_units_place(NULL, 0, units, unit, tree_day(on)), size);
    assert_int_equal(ntm_units_place(small, sizeof small, units, unit, tree_day(on)), size);
    assert_memory_equal(small, expected, size < 3 ? size : 3);
    assert_int_equal(small[size < 3 ? size : 3], '\0');
}

static void where_attributes_are(void **state) {
    static const char some[] = "code,attribute,value,level,valid_from,valid_to\n"
                               "01,region,BTB,city,,\n102,class,I,ward,2016-01-01,2017-01-01\n";
    ntm_units *units = make(some);
    (void)state;
    assert_true(ntm_units_attribute_on(units, "region", NTM_ECHELON_PROVINCE));
    assert_false(ntm_units_attribute_on(units, "region", NTM_ECHELON_COMMUNE));
    assert_true(ntm_units_attribute_on(units, "class", NTM_ECHELON_COMMUNE));
    assert_true(ntm_units_attribute_on(units, "class", NTM_ECHELON_ANY));
    assert_false(ntm_units_attribute_on(units, "group", NTM_ECHELON_ANY));
    assert_false(ntm_units_attribute_on(NULL, "class", NTM_ECHELON_ANY));
    ntm_units_free(units);
}

static void places(void **state) {
    ntm_units *units = make(NULL);
    (void)state;
    expect_place("01", units, CITY, BEFORE);
    expect_place("01/11/101", units, HOA_DISTRICT_COMMUNE, BEFORE);
    expect_place("01/101", units, HOA_UNDER_CITY, DAY);
    expect_place("", units, HOA_UNDER_CITY, BEFORE); /* not there */
    expect_place("", units, NTM_NO_UNIT, DAY);
    ntm_units_free(units);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(places),
                                       cmocka_unit_test(where_attributes_are),
                                       cmocka_unit_test(by_code),
                                       cmocka_unit_test(history),
                                       cmocka_unit_test(by_name),
                                       cmocka_unit_test(bare_names),
                                       cmocka_unit_test(lists),
                                       cmocka_unit_test(tree),
                                       cmocka_unit_test(tree_calls),
                                       cmocka_unit_test(attributes),
                                       cmocka_unit_test(attribute_columns),
                                       cmocka_unit_test(find_all),
                                       cmocka_unit_test(find_all_text)};
    return cmocka_run_group_tests_name("questions about units", tests, NULL, NULL);
}
