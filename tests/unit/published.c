/* SPDX-License-Identifier: Apache-2.0 */
/* The country's units from 2004 to 2025 as published (examples/data/viet-nam-2025-07): the totals that the acts
   state, single successions, and every unit of the new list against the edges as the file has them. */
#include "tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER "/examples/data/viet-nam-2025-07/"

static const char *path_of(char *buffer, size_t capacity, const char *file) {
    const char *root = getenv("NTM_SOURCE_ROOT");
    (void)snprintf(buffer, capacity, "%s" FOLDER "%s", root == NULL ? "." : root, file);
    return buffer;
}

static int open_country(void **state) {
    char units_path[512], edges_path[512];
    ntm_units *units = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_units_open(&units, path_of(units_path, sizeof units_path, "units.csv"),
                             path_of(edges_path, sizeof edges_path, "succession.csv"), NULL, NULL, &err),
              &err);
    *state = units;
    return 0;
}

static int close_country(void **state) {
    ntm_units_free(*state);
    return 0;
}

static size_t count_of(const ntm_units *units, const char *on, ntm_echelon echelon, const char *level,
                       ntm_unit within) {
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    size_t count = 0;
    ntm_error err = NTM_ERROR_INIT;
    filter.on = tree_day(on);
    filter.echelon = echelon;
    filter.level = level;
    filter.within = within;
    assert_ok(ntm_units_list(NULL, &count, 0, units, &filter, &err), &err);
    return count;
}

static void counts(void **state) {
    const ntm_units *units = *state;
    ntm_unit ha_tinh = tree_find(units, "42", NTM_ECHELON_PROVINCE, "2020-02-25");
    assert_int_equal(ntm_units_count(units), 17603);
    for (size_t i = 0; i < ntm_units_finding_count(units); i++)
        assert_true((NTM_UNIT_ALLOW_USUAL & NTM_UNIT_ALLOW(ntm_units_finding(units, i)->defect)) != 0);
    assert_int_equal(count_of(units, "2020-02-25", NTM_ECHELON_COMMUNE, NULL, ha_tinh), 216);
    assert_int_equal(count_of(units, "2020-02-25", NTM_ECHELON_ANY, "commune", ha_tinh), 182);
    assert_int_equal(count_of(units, "2020-02-25", NTM_ECHELON_ANY, "ward", ha_tinh), 21);
    assert_int_equal(count_of(units, "2020-02-25", NTM_ECHELON_ANY, "township", ha_tinh), 13);
    assert_int_equal(count_of(units, "2020-02-25", NTM_ECHELON_DISTRICT, NULL, ha_tinh), 13);
    assert_int_equal(count_of(units, "2025-06-30", NTM_ECHELON_DISTRICT, NULL, NTM_NO_UNIT), 696);
    assert_int_equal(count_of(units, "2025-07-01", NTM_ECHELON_DISTRICT, NULL, NTM_NO_UNIT), 0);
    assert_int_equal(count_of(units, "2025-07-01", NTM_ECHELON_ANY, "special-zone", NTM_NO_UNIT), 13);
    assert_int_equal(count_of(units, "2025-07-01", NTM_ECHELON_COMMUNE, NULL, NTM_NO_UNIT), 3321);
    assert_int_equal(count_of(units, "2025-07-01", NTM_ECHELON_PROVINCE, NULL, NTM_NO_UNIT), 34);
}

static ntm_unit_reform reform_of(const ntm_units *units, const char *on, ntm_echelon echelon, ntm_unit within) {
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    ntm_unit_reform reform;
    ntm_error err = NTM_ERROR_INIT;
    filter.echelon = echelon;
    filter.within = within;
    assert_ok(ntm_units_reform(&reform, units, &filter, tree_day(on), &err), &err);
    assert_int_equal(reform.before, reform.involved + reform.renamed + reform.unchanged + reform.ended);
    return reform;
}

static void reforms(void **state) {
    const ntm_units *units = *state;
    ntm_unit ha_tinh = tree_find(units, "42", NTM_ECHELON_PROVINCE, "2020-01-01");
    ntm_unit_reform reform = reform_of(units, "2020-01-01", NTM_ECHELON_COMMUNE, ha_tinh);
    assert_true(reform.before == 262 && reform.after == 216);
    assert_true(reform.involved == 80 && reform.results == 34 && reform.divided == 0);
    assert_true(reform.ended == 0 && reform.begun == 0 && reform.edges == 80 && reform.partial == 0);
    reform = reform_of(units, "2025-07-01", NTM_ECHELON_COMMUNE, NTM_NO_UNIT);
    assert_true(reform.before == 10035 && reform.after == 3321);
    assert_true(reform.edges == 10587 && reform.partial == 1012 && reform.divided == 460);
    reform = reform_of(units, "2025-07-01", NTM_ECHELON_PROVINCE, NTM_NO_UNIT);
    assert_true(reform.before == 63 && reform.after == 34 && reform.ended == 0 && reform.begun == 0);
    assert_true(reform.involved == 52 && reform.results == 23 && reform.edges == 63);
}

/* Found with a second program, in Python: rows of the code on a day, then from day to day the lines of
   succession.csv, and the next row of the code where there is none. */
static void single_successions(void **state) {
    static const struct {
        const char *code;
        ntm_echelon echelon;
        const char *from, *to, *expected;
    } cases[] = {
        /* Thạch Môn: a commune, Đồng Môn, a ward, then Thành Sen's neighbour in the new list */
        {"18103", NTM_ECHELON_COMMUNE, "2019-12-31", "2025-07-01", "10086 whole 3"},
        {"18106", NTM_ECHELON_COMMUNE, "2019-12-31", "2020-01-01", "10088 whole 1"},
        {"18106", NTM_ECHELON_COMMUNE, "2019-12-31", "2025-07-01", "10086 whole 3"},
        /* Đại Mỗ, Dương Nội, Hồng Hà: divided among five, four and four */
        {"00634", NTM_ECHELON_COMMUNE, "2025-06-30", "2025-07-01",
         "1315 part 1; 1327 part 1; 1330 part 1; 5927 part 1; 6078 part 1"},
        {"09886", NTM_ECHELON_COMMUNE, "2025-06-30", "2025-07-01",
         "1327 part 1; 1330 part 1; 6072 part 1; 6078 part 1"},
        {"09796", NTM_ECHELON_COMMUNE, "2025-06-30", "2025-07-01",
         "5610 part 1; 5626 part 1; 6037 part 1; 6048 part 1"},
        /* districts that became special zones: Bạch Long Vĩ, Côn Đảo */
        {"318", NTM_ECHELON_DISTRICT, "2025-06-30", "2025-07-01", "7082 whole 1"},
        {"755", NTM_ECHELON_DISTRICT, "2004-08-31", "2025-07-01", "14726 whole 1"},
        /* Phước Tân and Sa Pả: five changes of name and level */
        {"26377", NTM_ECHELON_COMMUNE, "2004-08-31", "2025-07-01", "14539 whole 5"},
        {"03016", NTM_ECHELON_COMMUNE, "2004-08-31", "2025-07-01", "2519 whole 5"},
        /* Nguyễn Trung Trực: ended on 2025-01-01, and no line says where it went */
        {"00010", NTM_ECHELON_COMMUNE, "2024-12-31", "2025-07-01", "1034 whole 0 ended"},
        {"00004", NTM_ECHELON_COMMUNE, "2025-06-30", "2025-07-01", "1029 whole 1"},
        {"10", NTM_ECHELON_PROVINCE, "2025-06-30", "2025-07-01", "16 whole 1"},
    };
    const ntm_units *units = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_became(cases[i].expected, units, tree_find(units, cases[i].code, cases[i].echelon, cases[i].from),
                      cases[i].from, cases[i].to);
    expect_made_of("2 whole 1; 6 whole 1", units, 7, "2025-06-30", "2025-07-01");
    expect_made_of("7069 whole 1; 7071 whole 1; 7072 whole 1; 7073 whole 1; 7074 whole 1; 7075 whole 1; 7076 whole 1; "
                   "7077 whole 1; 7078 whole 1; 7079 whole 1; 7080 whole 1; 7081 whole 1",
                   units, 7070, "2025-06-30", "2025-07-01");
}

static bool is_cell(const ntm_field *field, size_t row, const char *text) {
    const char *cell = NULL;
    size_t size = 0;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_column_text(&cell, &size, &field->column, row, &err), &err);
    return size == strlen(text) && memcmp(cell, text, size) == 0;
}

/* The rung of a cell. */
static ntm_echelon rung_of(const ntm_field *field, size_t row) {
    for (int rung = NTM_ECHELON_PROVINCE; rung <= NTM_ECHELON_COMMUNE; rung++)
        if (is_cell(field, row, rung == 1 ? "province" : rung == 2 ? "district" : "commune")) return (ntm_echelon)rung;
    fail_msg("a level that the test does not know in row %zu", row);
    return NTM_ECHELON_ANY;
}

/* What a unit was made of, and the lines of the file that lead to it: the same codes, and full or partial alike. */
static void check_sources(const ntm_units *units, const ntm_table *lines, ntm_unit unit, size_t *checked) {
    enum { MOST = 64 };
    const ntm_unit_row *row = ntm_units_row(units, unit);
    ntm_unit_part parts[MOST];
    size_t count = 0, found = 0;
    ntm_error err = NTM_ERROR_INIT;
    ntm_date on = tree_day("2025-07-01");
    const ntm_field *day = ntm_table_find(lines, "on"), *old_code = ntm_table_find(lines, "old_code"),
                    *new_code = ntm_table_find(lines, "new_code"), *old_level = ntm_table_find(lines, "old_level"),
                    *new_level = ntm_table_find(lines, "new_level"), *part = ntm_table_find(lines, "part");
    assert_ok(ntm_units_made_of(parts, &count, MOST, units, unit, on - 1, on, &err), &err);
    assert_true(count <= MOST);
    for (size_t i = 0; i < lines->rows; i++) {
        if (!is_cell(new_code, i, row->code) || !is_cell(day, i, "2025-07-01")) continue;
        if (rung_of(new_level, i) != row->echelon) continue;
        size_t at = 0;
        for (; at < count; at++) {
            const ntm_unit_row *source = ntm_units_row(units, parts[at].unit);
            if (source->echelon == rung_of(old_level, i) && is_cell(old_code, i, source->code)) break;
        }
        if (at == count) fail_msg("%s: line %zu is not among its sources", row->code, i);
        assert_false(parts[at].ended);
        assert_int_equal(parts[at].share, is_cell(part, i, "full") ? NTM_UNIT_WHOLE : NTM_UNIT_PART);
        found++;
    }
    assert_true(found == count || (found == 0 && count == 1));
    *checked += found;
}

static void every_source(void **state) {
    const ntm_csv_field fields[] = {
        {"on", NULL, NTM_CSV_TEXT, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
        {"old_code", NULL, NTM_CSV_TEXT, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
        {"new_code", NULL, NTM_CSV_TEXT, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
        {"old_level", NULL, NTM_CSV_TEXT, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
        {"new_level", NULL, NTM_CSV_TEXT, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
        {"part", NULL, NTM_CSV_TEXT, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
    };
    char path[512];
    const ntm_units *units = *state;
    ntm_csv *csv = NULL;
    ntm_error err = NTM_ERROR_INIT;
    size_t checked = 0, stride = fault_under_valgrind() ? 50 : 1;
    assert_ok(ntm_csv_open(&csv, path_of(path, sizeof path, "succession.csv"), fields, 6, NULL, &err), &err);
    for (ntm_unit unit = 0; unit < ntm_units_count(units); unit += (ntm_unit)stride)
        if (ntm_units_there(units, unit, tree_day("2025-07-01")))
            check_sources(units, ntm_csv_table(csv), unit, &checked);
    if (stride == 1) assert_int_equal(checked, 9575 + 1012 + 63 + 5);
    ntm_csv_free(csv);
}

/* The published areas and populations are of all units of the new list; five codes are new on that day. */
static void areas(void **state) {
    const ntm_csv_field fields[] = {{"code", NULL, NTM_CSV_TEXT, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL}};
    char path[512];
    const ntm_units *units = *state;
    ntm_csv *csv = NULL;
    static ntm_unit found[4096];
    size_t unknown = 7, missing = 0;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_csv_open(&csv, path_of(path, sizeof path, "area-population.csv"), fields, 1, NULL, &err), &err);
    const ntm_column *codes = &ntm_csv_table(csv)->fields[0].column;
    assert_int_equal(codes->length, 3321);
    ntm_date on = tree_day("2025-07-01");
    assert_ok(ntm_units_find_all(found, units, codes, NTM_ECHELON_COMMUNE, on, NULL, &unknown, &err), &err);
    assert_int_equal(unknown, 0);
    assert_ok(ntm_units_find_all(found, units, codes, NTM_ECHELON_COMMUNE, on - 1, NULL, &unknown, &err), &err);
    for (size_t i = 0; i < codes->length; i++)
        missing += found[i] == NTM_NO_UNIT;
    assert_true(unknown == 5 && missing == 5);
    ntm_csv_free(csv);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(counts), cmocka_unit_test(reforms),
                                       cmocka_unit_test(single_successions), cmocka_unit_test(every_source),
                                       cmocka_unit_test(areas)};
    return cmocka_run_group_tests_name("the country's units", tests, open_country, close_country);
}
