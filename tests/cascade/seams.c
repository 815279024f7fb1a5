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
        cmocka_unit_test(from_a_roll_up),
    };
    return cmocka_run_group_tests_name("seams of cascades", tests, NULL, NULL);
}
