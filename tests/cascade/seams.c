/* SPDX-License-Identifier: Apache-2.0 */
/* Cascades where things meet: several tables of one level, registries out of order, wrong cells below, reasons in values. */
#include "tree.h"

#include <stdio.h>
#include <string.h>

#include <ntm/ntm.h>

#define DAY          (ntm_date_ymd(2024, 6, 30))
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Rows are out of order on purpose. */
static const char country[] = "code,name,level,parent\n"
                              "3,Xã Ba,commune,90\n"
                              "1,Xã Một,commune,90\n"
                              "90,Huyện Chín,district,99\n"
                              "2,Xã Hai,commune,90\n"
                              "4,Đặc khu Bốn,special_zone,90\n"
                              "99,Tỉnh Chín,province,\n";

#define HEAD(id, level)                                                                                                \
    "format: ntm-set/1\nid: " id "\nprogramme: ntm\nlevel: " level                                                     \
    "\ntier: standard\nplace: VN\nsources: {S1: {where: here}}\n"                                                      \
    "instrument: {in_force: {from: 2020-01-01}, source: [S1]}\n"

static const char commune_set[] =
    HEAD("c", "commune") "facts: {roads: {kind: amount, unit: km, least: 0, merge: sum}}\n"
                         "criteria:\n"
                         "  - {id: \"1\", source: [S1], rule: [roads, \">=\", {constant: "
                         "5, unit: km}]}\n";
static const char district_set[] =
    HEAD("d", "district") "criteria:\n"
                          "  - {id: \"1\", source: [S1], rule: {every: children, level: commune, name: communes,\n"
                          "      holds: {holds: c}}}\n";

static ntm_set *read_set(const char *text) {
    ntm_read_options options = NTM_READ_OPTIONS_INIT;
    ntm_error err = NTM_ERROR_INIT;
    ntm_set *set = NULL;
    assert_ok(ntm_set_read(&set, text, strlen(text), "set", &options, &err), &err);
    return set;
}

/* "code" is text, all others are numbers with one digit. */
static ntm_csv *read_table(const char *text) {
    ntm_csv_field fields[8];
    char heads[8][32];
    size_t count = 0;
    ntm_csv *csv = NULL;
    ntm_error err = NTM_ERROR_INIT;
    memset(fields, 0, sizeof fields);
    for (const char *at = text; count < 8; at++, count++) {
        size_t size = strcspn(at, ",\n");
        (void)snprintf(heads[count], sizeof heads[count], "%.*s", (int)size, at);
        bool is_code = strcmp(heads[count], "code") == 0;
        fields[count] = (ntm_csv_field){.header = heads[count],
                                        .kind = is_code ? NTM_CSV_TEXT : NTM_CSV_NUMBER,
                                        .locale = NTM_LOCALE_PLAIN,
                                        .scale = is_code ? 0 : 1};
        at += size;
        if (*at == '\n') {
            count++;
            break;
        }
    }
    assert_ok(ntm_csv_read(&csv, text, strlen(text), "table", fields, count, NULL, &err), &err);
    return csv;
}

/* A registry, sets and their tables. */
typedef struct scene {
    ntm_units *units;
    ntm_set *sets[4];
    ntm_csv *tables[4];
    ntm_cascade_step steps[4];
    size_t count;
    ntm_cascade_options options;
} scene;

static void scene_start(scene *s, const char *units) {
    memset(s, 0, sizeof *s);
    s->units = tree_new(units, NULL, NULL, NULL);
    s->options = (ntm_cascade_options)NTM_CASCADE_OPTIONS_INIT;
    s->options.on = DAY;
}

static void scene_step(scene *s, const char *set, const char *table) {
    ntm_cascade_step *step = &s->steps[s->count];
    *step = (ntm_cascade_step)NTM_CASCADE_STEP_INIT;
    step->set = s->sets[s->count] = read_set(set);
    if (table != NULL) step->table = ntm_csv_table(s->tables[s->count] = read_table(table));
    s->count++;
}

static ntm_cascade *scene_run(scene *s) {
    ntm_cascade *cascade = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_cascade_new(&cascade, s->units, s->steps, s->count, &s->options, &err), &err);
    return cascade;
}

static void scene_end(scene *s) {
    for (size_t i = 0; i < s->count; i++) {
        ntm_csv_free(s->tables[i]);
        ntm_set_free(s->sets[i]);
    }
    ntm_units_free(s->units);
}

/* One set over two tables of the same level, as two departments send them: who is in either has a status. */
static void one_set_over_two_tables(void **state) {
    ntm_counted_child children[4];
    ntm_child_counts counts;
    ntm_error err = NTM_ERROR_INIT;
    size_t count = 0;
    scene s;
    (void)state;
    scene_start(&s, country);
    scene_step(&s, commune_set, "code,roads\n1,6\n3,\n");
    scene_step(&s, commune_set, "code,roads\n2,4\n3,7\n");
    scene_step(&s, district_set, NULL);
    ntm_cascade *cascade = scene_run(&s);
    assert_ok(ntm_cascade_counts(&counts, cascade, 2, 0, 0, &err), &err);
    /* 1 is met by the first table, 2 not met by the second; of 3 the first table that has it speaks. */
    assert_int_equal(counts.met, 1);
    assert_int_equal(counts.not_met, 1);
    assert_int_equal(counts.open, 1);
    assert_ok(ntm_cascade_children(children, &count, 4, cascade, 2, 0, 0, &err), &err);
    assert_int_equal(count, 3);
    assert_true(children[0].verdict == NTM_NOT_MET && children[0].step == 1 && children[0].row == 0);
    assert_true(children[1].verdict == NTM_OPEN && children[1].step == 0 && children[1].row == 1);
    assert_true(children[2].verdict == NTM_MET && children[2].step == 0 && children[2].row == 0);
    ntm_cascade_free(cascade);
    scene_end(&s);
}

/* Children are told by code, whatever the order of the registry. */
static void children_by_code(void **state) {
    ntm_counted_child children[4];
    ntm_error err = NTM_ERROR_INIT;
    size_t count = 0;
    scene s;
    (void)state;
    scene_start(&s, country);
    scene_step(&s, district_set, NULL);
    ntm_cascade *cascade = scene_run(&s);
    assert_ok(ntm_cascade_children(children, &count, 4, cascade, 0, 0, 0, &err), &err);
    assert_int_equal(count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(ntm_units_row(s.units, children[i].unit)->code[0], '1' + (int)i);
    ntm_cascade_free(cascade);
    scene_end(&s);
}

/* A wrong cell that only a condition over children looks at: the row named is that of the table, not a place among
   children. */
static void wrong_cells_below(void **state) {
    static const char asks_below[] =
        HEAD("d", "district") "facts: {content: {kind: share, unit: \"%\"}}\n"
                              "criteria:\n"
                              "  - {id: \"1\", source: [S1], rule: {every: children, level: commune, name: content,\n"
                              "      holds: [content, \">=\", {constant: 80, unit: \"%\"}]}}\n";
    ntm_cascade *cascade = NULL;
    ntm_error err = NTM_ERROR_INIT;
    scene s;
    (void)state;
    scene_start(&s, country);
    scene_step(&s, commune_set, "code,roads,content\n1,5,90\n2,6,150\n3,6,170\n");
    scene_step(&s, asks_below, NULL);
    assert_ok(ntm_problems_new(&s.options.problems, 0, NULL, &err), &err);
    assert_fails(ntm_cascade_new(&cascade, s.units, s.steps, s.count, &s.options, &err), NTM_ERROR_VALUE, &err, "");
    assert_null(cascade);
    assert_int_equal(err.row, 1);
    assert_non_null(strstr(err.subject, "content"));
    assert_int_equal(ntm_problems_count(s.options.problems), 2);
    assert_int_equal(ntm_problems_get(s.options.problems, 0)->row, 1);
    assert_int_equal(ntm_problems_get(s.options.problems, 1)->row, 2);
    ntm_problems_free(s.options.problems);
    scene_end(&s);
}

/* A level is one level however it is written. */
static void levels_as_written(void **state) {
    static const char zones[] = HEAD(
        "z", "district") "criteria:\n"
                         "  - {id: \"1\", source: [S1], rule: [{count: children, level: special_zone, name: zones,\n"
                         "      where: {attested: ok}}, \">=\", {constant: 1}]}\n"
                         "facts: {ok: {kind: flag}}\n";
    ntm_child_counts counts;
    ntm_error err = NTM_ERROR_INIT;
    scene s;
    (void)state;
    scene_start(&s, country);
    scene_step(&s, commune_set, NULL);
    scene_step(&s, zones, NULL);
    s.steps[0].level = "special_zone";
    ntm_cascade *cascade = scene_run(&s);
    assert_int_equal(ntm_attainment_rows(ntm_cascade_result(cascade, 0)), 1);
    assert_ok(ntm_cascade_counts(&counts, cascade, 1, 0, 0, &err), &err);
    assert_int_equal(counts.total, 1);
    ntm_cascade_free(cascade);
    scene_end(&s);
}

/* Children that a value counts are told where a criterion that is not met looks at the value. */
static void children_in_values(void **state) {
    static const char by_value[] = HEAD(
        "d",
        "district") "values:\n"
                    "  - {id: many, unit: \"%\", source: [S1], of: {share: children, level: commune, name: communes,\n"
                    "      where: {holds: c}}}\n"
                    "criteria:\n"
                    "  - {id: \"1\", source: [S1], rule: [{value: many}, \">=\", {constant: 100, unit: \"%\"}]}\n";
    ntm_text *text = NULL;
    ntm_error err = NTM_ERROR_INIT;
    scene s;
    (void)state;
    scene_start(&s, country);
    scene_step(&s, commune_set, "code,roads\n1,6\n2,4\n3,7\n");
    scene_step(&s, by_value, NULL);
    ntm_cascade *cascade = scene_run(&s);
    assert_int_equal(ntm_attainment_status(ntm_cascade_result(cascade, 1), 0), NTM_NOT_MET);
    assert_ok(ntm_cascade_tree(&text, cascade, 1, 0, NTM_VI, 0, NULL, &err), &err);
    assert_non_null(strstr(ntm_text_data(text), "Xã Hai: chưa đạt c"));
    ntm_text_free(text);
    ntm_cascade_free(cascade);
    scene_end(&s);
}

/* What only a caller can know of children - their past, their own children where the registry has none - is in the table of
   their level. */
static void what_tables_say_of_children(void **state) {
    static const char asks[] = HEAD(
        "d", "district") "facts: {roads: {kind: amount, unit: km, least: 0}}\n"
                         "criteria:\n"
                         "  - {id: \"1\", source: [S1], rule: {every: children, level: commune, name: better,\n"
                         "      holds: [{past: roads, event: start}, \"<\", {constant: 5, unit: km}]}}\n"
                         "  - {id: \"2\", source: [S1], rule: {every: children, level: commune, name: all,\n"
                         "      holds: [{share: children, level: village, name: villages, where: {holds: v}}, \">=\",\n"
                         "        {constant: 50, unit: \"%\"}]}}\n"
                         "  - {id: \"3\", source: [S1], rule: {every: children, level: commune, name: above,\n"
                         "      holds: [{of_parent: roads, level: province}, \"<\", {constant: 5, unit: km}]}}\n";
    ntm_child_counts counts;
    ntm_error err = NTM_ERROR_INIT;
    scene s;
    (void)state;
    scene_start(&s, country);
    scene_step(
        &s, commune_set,
        "code,roads,past:start:roads,children:villages:met,children:villages:open,children:villages:total,parent:province:roads\n"
        "1,6,4,5,0,10,4\n2,6,5,4,1,10,5\n3,6,,4,0,10,\n");
    scene_step(&s, asks, NULL);
    ntm_cascade *cascade = scene_run(&s);
    for (size_t i = 0; i < 3; i++) {
        assert_ok(ntm_cascade_counts(&counts, cascade, 1, i, 0, &err), &err);
        assert_true(counts.met == 1 && counts.not_met == 1 && counts.open == 1);
    }
    ntm_cascade_free(cascade);
    scene_end(&s);
}

/* A figure inside a condition over children stands where they lie: in the registry's region, nearest first, whatever their
   district's step fixes. A region that the law does not have is told with the unit that lies there. */
static void figures_below(void **state) {
    static const char asks[] = HEAD(
        "d", "district") "axes: {region: {values: [A, B, C]}}\n"
                         "facts: {roads: {kind: amount, unit: km, least: 0}}\n"
                         "figures: {least: {unit: km, axes: [region], source: [S1], values: {A: 5, B: 7}}}\n"
                         "criteria:\n"
                         "  - {id: \"1\", source: [S1], rule: {every: children, level: commune, name: roads,\n"
                         "      holds: [roads, \">=\", {figure: least}]}}\n"
                         "  - {id: \"2\", source: [S1], rule: [{constant: 6, unit: km}, \">=\", {figure: least}]}\n";
    static const ntm_axis_value fixed[] = {{"region", "B"}};
    ntm_child_counts counts;
    ntm_cascade *cascade = NULL;
    ntm_error err = NTM_ERROR_INIT;
    scene s;
    (void)state;
    scene_start(&s, country);
    ntm_units_free(s.units);
    s.units =
        tree_new(country, NULL,
                 "code,level,attribute,value\n99,province,region,A\n2,commune,region,B\n3,commune,region,C\n", NULL);
    scene_step(&s, commune_set, "code,roads\n1,6\n2,6\n3,6\n");
    scene_step(&s, asks, NULL);
    s.steps[1].axes = fixed;
    s.steps[1].axis_count = 1;
    cascade = scene_run(&s); /* given commune by commune: the first has none of its own */
    assert_ok(ntm_cascade_counts(&counts, cascade, 1, 0, 0, &err), &err);
    assert_true(counts.met == 0 && counts.not_met == 1 && counts.open == 2);
    ntm_cascade_free(cascade);
    s.options.inherited = (const char *const[]){"region"};
    s.options.inherited_count = 1;
    cascade = scene_run(&s); /* exceptions from what the province has */
    assert_ok(ntm_cascade_counts(&counts, cascade, 1, 0, 0, &err), &err);
    assert_true(counts.met == 1 && counts.not_met == 1 && counts.open == 1);
    assert_int_equal(ntm_attainment_criterion(ntm_cascade_result(cascade, 1), 0, 1), NTM_NOT_MET);
    ntm_cascade_free(cascade);
    cascade = NULL;
    ntm_units_free(s.units);
    s.units = tree_new(country, NULL, "code,level,attribute,value\n99,province,region,A\n2,commune,region,X\n", NULL);
    assert_fails(ntm_cascade_new(&cascade, s.units, s.steps, s.count, &s.options, &err), NTM_ERROR_NOT_FOUND, &err,
                 "Xã Hai 2");
    assert_null(cascade);
    scene_end(&s);
}

/* From rows as they were recorded, as known on a day, across a merger, into a cascade: numbers, flags, levels. */
static void from_observations(void **state) {
    static const char units[] = "code,name,level,parent,valid_from,valid_to\n"
                                "9,Huyện Chín,district,,,\n"
                                "1,Xã Một,commune,9,,2024-01-01\n"
                                "2,Xã Hai,commune,9,,2024-01-01\n"
                                "3,Xã Ba,commune,9,,\n"
                                "5,Xã Năm,commune,9,2024-01-01,\n";
    static const char edges[] = "on,old_code,new_code\n2024-01-01,1,5\n2024-01-01,2,5\n";
    static const char law[] = HEAD(
        "c",
        "commune") "facts: {roads: {kind: amount, unit: km, least: 0, merge: sum}, school: {kind: flag, merge: all},\n"
                   "  grade: {kind: level, levels: [low, fair, good], merge: min}}\n"
                   "criteria:\n"
                   "  - {id: \"1\", source: [S1], rule: [roads, \">=\", {constant: 5, unit: km}]}\n"
                   "  - {id: \"2\", source: [S1], rule: {attested: school}}\n"
                   "  - {id: \"3\", source: [S1], rule: {at_level: [fair, grade]}}\n";
    static const char rows[] =
        "unit,fact,period,value,recorded_on\n"
        "1,roads,2023,2.5,2024-01-10\n1,roads,2023,4.5,2024-03-01\n2,roads,2023,1.5,2024-01-10\n"
        "3,roads,2023,5,2024-01-10\n1,school,2023,1,2024-01-10\n2,school,2023,1,2024-01-10\n"
        "3,school,2023,1,2024-01-10\n1,grade,2023,good,2024-01-10\n2,grade,2023,fair,2024-01-10\n"
        "3,grade,2023,fair,2024-01-10\n";
    static const char *const old_codes[] = {"1", "2", "3"}, *const new_codes[] = {"3", "5"};
    static const int32_t places[] = {0, 1, 2};
    const ntm_unit from[] = {1, 2, 3}, to[] = {3, 4};
    const ntm_column codes = ntm_column_codes(places, 3, old_codes, 3);
    ntm_observations_options reading = NTM_OBSERVATIONS_OPTIONS_INIT;
    ntm_observed_options known = NTM_OBSERVED_OPTIONS_INIT;
    ntm_observations *observations = NULL;
    ntm_rollup *rollup = NULL;
    ntm_error err = NTM_ERROR_INIT;
    scene s;
    (void)state;
    scene_start(&s, country);
    ntm_units_free(s.units);
    s.units = tree_new(units, edges, NULL, NULL);
    scene_step(&s, law, NULL);
    scene_step(&s, district_set, NULL);
    const ntm_fact *facts[] = {ntm_set_fact(s.sets[0], 0), ntm_set_fact(s.sets[0], 1), ntm_set_fact(s.sets[0], 2)};
    assert_ok(ntm_observations_read(&observations, rows, strlen(rows), "rows", &reading, &err), &err);
    assert_ok(ntm_rollup_across(&rollup, s.units, from, 3, ntm_date_ymd(2023, 12, 31), to, 2, DAY, NULL, &err), &err);
    known.units = &codes;
    for (int late = 0; late < 2; late++) {
        ntm_view *view = NULL;
        ntm_rolled *rolled = NULL;
        ntm_field fields[16];
        ntm_child_counts counts;
        known.known_on = late == 0 ? ntm_date_ymd(2024, 2, 1) : ntm_date_ymd(2024, 4, 1);
        assert_ok(ntm_view_new(&view, observations, &known, &err), &err);
        assert_ok(ntm_rolled_new(&rolled, rollup, facts, 3, ntm_view_table(view), NULL, &err), &err);
        ntm_table table = *ntm_rolled_table(rolled);
        memcpy(fields, table.fields, table.field_count * sizeof *fields);
        fields[table.field_count++] = (ntm_field){"code", ntm_column_codes(places, 2, new_codes, 2)};
        table.fields = fields;
        s.steps[0].table = &table;
        ntm_cascade *cascade = scene_run(&s);
        /* 2.5 km and 1.5 km are no 5; the correction of March makes 6 of them. */
        assert_ok(ntm_cascade_counts(&counts, cascade, 1, 0, 0, &err), &err);
        assert_true(counts.total == 2 && counts.open == 0);
        assert_int_equal(counts.met, late == 0 ? 1 : 2);
        ntm_cascade_free(cascade);
        ntm_rolled_free(rolled);
        ntm_view_free(view);
    }
    ntm_observations_free(observations);
    ntm_rollup_free(rollup);
    scene_end(&s);
}

/* Nobody at all: no units, no rows, no children. */
static void nobody(void **state) {
    static const char counts[] =
        HEAD("d", "district") "criteria:\n"
                              "  - {id: \"1\", source: [S1], rule: [{share: children, level: commune, name: communes,\n"
                              "      where: {every: children, level: village, name: villages, holds: {holds: c}}},\n"
                              "      \">=\", {constant: 0}]}\n";
    ntm_text *text = NULL;
    ntm_error err = NTM_ERROR_INIT;
    scene s;
    (void)state;
    scene_start(&s, "code,name,level\n");
    scene_step(&s, commune_set, "code,roads\n");
    scene_step(&s, counts, NULL);
    ntm_cascade *cascade = scene_run(&s);
    for (size_t step = 0; step < 2; step++)
        assert_int_equal(ntm_attainment_rows(ntm_cascade_result(cascade, step)), 0);
    assert_int_equal(ntm_cascade_count_count(cascade, 1), 1);
    assert_true(ntm_cascade_row(cascade, 1, 0) == SIZE_MAX);
    assert_fails(ntm_cascade_tree(&text, cascade, 1, 0, NTM_VI, 0, NULL, &err), NTM_ERROR_ARGUMENT, &err, "a row");
    assert_ok(ntm_count_children(NULL, s.units, DAY, "commune", NTM_ECHELON_ANY, NULL, NULL, 0, NULL, 0, &err), &err);
    ntm_cascade_free(cascade);
    scene_end(&s);
    /* Communes without a village, and a district without communes. */
    scene_start(&s, "code,name,level,parent\n9,Huyện Chín,district,\n8,Huyện Tám,district,\n1,Xã Một,commune,9\n");
    scene_step(&s, commune_set, "code,roads\n");
    scene_step(&s, counts, NULL);
    cascade = scene_run(&s);
    for (size_t row = 0; row < 2; row++)
        assert_int_equal(ntm_attainment_status(ntm_cascade_result(cascade, 1), row), row == 0 ? NTM_MET : NTM_OPEN);
    ntm_cascade_free(cascade);
    scene_end(&s);
}

/* What was rolled up goes into a cascade as it comes out, bounds included. */
static void from_a_roll_up(void **state) {
    static const ntm_rollup_part parts[] = {{0, 0, false, false, {0, 0}},
                                            {1, 0, false, false, {0, 0}},
                                            {2, 1, false, false, {0, 0}},
                                            {3, 1, false, false, {0, 0}},
                                            {4, 2, false, false, {0, 0}}};
    static const char *const codes[] = {"1", "2", "3"};
    static const int32_t which[] = {0, 1, 2};
    ntm_rollup *rollup = NULL;
    ntm_rolled *rolled = NULL;
    ntm_field fields[8];
    ntm_child_counts counts;
    ntm_error err = NTM_ERROR_INIT;
    scene s;
    (void)state;
    scene_start(&s, country);
    scene_step(&s, commune_set, NULL);
    scene_step(&s, district_set, NULL);
    ntm_csv *before = read_table("roads\n4\n\n\n6\n4.9\n");
    const ntm_fact *facts[] = {ntm_set_fact(s.sets[0], 0)};
    assert_ok(ntm_rollup_new(&rollup, parts, COUNT(parts), 5, 3, NULL, &err), &err);
    assert_ok(ntm_rolled_new(&rolled, rollup, facts, 1, ntm_csv_table(before), NULL, &err), &err);
    ntm_table table = *ntm_rolled_table(rolled);
    assert_true(table.field_count > 1 && table.field_count < COUNT(fields));
    memcpy(fields, table.fields, table.field_count * sizeof *fields);
    fields[table.field_count++] = (ntm_field){"code", ntm_column_codes(which, 3, codes, 3)};
    table.fields = fields;
    s.steps[0].table = &table;
    ntm_cascade *cascade = scene_run(&s);
    /* At least 4 of which nobody knows more: open; at least 6: met; 4.9: not met. */
    assert_ok(ntm_cascade_counts(&counts, cascade, 1, 0, 0, &err), &err);
    assert_true(counts.open == 1 && counts.met == 1 && counts.not_met == 1);
    ntm_cascade_free(cascade);
    ntm_rolled_free(rolled);
    ntm_rollup_free(rollup);
    ntm_csv_free(before);
    scene_end(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_set_over_two_tables), cmocka_unit_test(children_by_code),
        cmocka_unit_test(wrong_cells_below),       cmocka_unit_test(levels_as_written),
        cmocka_unit_test(children_in_values),      cmocka_unit_test(nobody),
        cmocka_unit_test(figures_below),           cmocka_unit_test(from_observations),
        cmocka_unit_test(from_a_roll_up),          cmocka_unit_test(what_tables_say_of_children),
    };
    return cmocka_run_group_tests_name("seams of cascades", tests, NULL, NULL);
}
