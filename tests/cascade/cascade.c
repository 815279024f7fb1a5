/* SPDX-License-Identifier: Apache-2.0 */
/* From the facts of communes to the province. */
#include "town.h"

#include <string.h>

static void rolls_up_to_the_province(void **state) {
    town t;
    (void)state;
    town_start(&t);
    town_communes(&t, "111,90,100,50,80,1\n112,95,100,49.9,85,1\n121,180,200,60,90,0\n");
    town_districts(&t, "11,5\n12,7.5\n");
    ntm_cascade *cascade = town_run(&t, 4);
    assert_int_equal(ntm_cascade_step_count(cascade), 4);
    /* The standard set is met by all, the advanced one, which asks for it, where the income is there too. */
    assert_int_equal(town_status(&t, cascade, 0, "111"), NTM_MET);
    assert_int_equal(town_status(&t, cascade, 1, "111"), NTM_MET);
    assert_int_equal(town_status(&t, cascade, 1, "112"), NTM_NOT_MET);
    town_counts(&t, cascade, 2, "11", "communes", 2, 0, 0); /* the ward is no commune */
    town_counts(&t, cascade, 2, "12", "communes", 1, 0, 0); /* 122 ended the day before */
    town_counts(&t, cascade, 2, "11", "satisfied", 2, 0, 0);
    assert_int_equal(town_status(&t, cascade, 2, "11"), NTM_MET);
    town_counts(&t, cascade, 3, "1", "districts", 2, 0, 0); /* the town is no district */
    town_counts(&t, cascade, 3, "1", "advanced", 2, 1, 0);
    town_counts(&t, cascade, 3, "1", "both", 1, 2, 0);
    assert_int_equal(town_status(&t, cascade, 3, "1"), NTM_MET);
    ntm_cascade_free(cascade);
    town_end(&t);
}

static void one_commune_holds_the_province_back(void **state) {
    ntm_counted_child children[3];
    ntm_error err = NTM_ERROR_INIT;
    ntm_text *text = NULL;
    size_t count = 0;
    town t;
    (void)state;
    town_start(&t);
    town_communes(&t, "111,90,100,50,80,1\n112,89,100,60,85,1\n121,180,200,60,90,0\n");
    town_districts(&t, "11,5\n12,7.5\n");
    ntm_cascade *cascade = town_run(&t, 4);
    assert_int_equal(town_status(&t, cascade, 3, "1"), NTM_NOT_MET);
    town_counts(&t, cascade, 3, "1", "districts", 1, 1, 0);
    size_t row = ntm_cascade_row(cascade, 3, town_unit(&t, "1"));
    assert_ok(ntm_cascade_children(NULL, &count, 0, cascade, 3, 0, row, &err), &err);
    assert_int_equal(count, 2);
    assert_ok(ntm_cascade_children(children, &count, 3, cascade, 3, 0, row, &err), &err);
    assert_int_equal(children[0].unit, town_unit(&t, "11"));
    assert_int_equal(children[0].verdict, NTM_NOT_MET);
    assert_int_equal(children[0].step, 2);
    assert_int_equal(children[0].row, ntm_cascade_row(cascade, 2, town_unit(&t, "11")));
    assert_int_equal(children[1].verdict, NTM_MET);
    assert_ok(ntm_cascade_tree(&text, cascade, 3, row, NTM_VI, 0, NULL, &err), &err);
    const char *tree = ntm_text_data(text);
    const char *district = strstr(tree, "Huyện A: chưa đạt d-ntm"), *commune = strstr(tree, "Xã A2: chưa đạt c-ntm");
    assert_true(district != NULL && commune > district);
    assert_non_null(strstr(commune, "89%"));
    assert_null(strstr(tree, "Huyện B"));
    assert_null(strstr(tree, "Xã A1"));
    ntm_text_free(text);
    ntm_explanation *why = NULL;
    assert_ok(ntm_cascade_explain(&why, cascade, 3, row, NTM_OF_CRITERION, 0, NULL, &err), &err);
    assert_int_equal(ntm_explanation_step(why, 0)->verdict, NTM_NOT_MET);
    ntm_explanation_free(why);
    ntm_cascade_free(cascade);
    town_end(&t);
}

/* Who is in no table, or of whom something is missing, leaves the district open, not unmet; and the share of advanced
   communes is decided where the open ones cannot change it. */
static void missing_is_open(void **state) {
    town t;
    (void)state;
    town_start(&t);
    town_communes(&t, "111,90,100,50,80,1\n121,180,200,60,,0\n");
    town_districts(&t, "12,7.5\n11,5\n");
    ntm_cascade *cascade = town_run(&t, 4);
    town_counts(&t, cascade, 2, "11", "communes", 1, 0, 1);
    assert_int_equal(town_status(&t, cascade, 2, "11"), NTM_OPEN);
    town_counts(&t, cascade, 2, "12", "communes", 1, 0, 0);
    town_counts(&t, cascade, 2, "12", "satisfied", 0, 0, 1);
    assert_int_equal(town_status(&t, cascade, 2, "12"), NTM_OPEN);
    town_counts(&t, cascade, 3, "1", "advanced", 2, 0, 1);
    size_t row = ntm_cascade_row(cascade, 3, town_unit(&t, "1"));
    assert_int_equal(ntm_attainment_criterion(ntm_cascade_result(cascade, 3), row, 0), NTM_OPEN);
    assert_int_equal(ntm_attainment_criterion(ntm_cascade_result(cascade, 3), row, 1), NTM_MET);
    ntm_cascade_free(cascade);
    /* A district without a row has no roads reported, and its communes count all the same. */
    town_communes(&t, "111,10,100,50,80,1\n112,95,100,60,85,1\n121,180,200,60,90,0\n");
    t.steps[2].table = NULL;
    cascade = town_run(&t, 4);
    assert_int_equal(town_status(&t, cascade, 2, "11"), NTM_NOT_MET);
    assert_int_equal(town_status(&t, cascade, 2, "12"), NTM_OPEN);
    ntm_cascade_free(cascade);
    town_end(&t);
}

/* Bounds of what communes have not reported decide on their way up as facts do. */
static void bounds_go_up(void **state) {
    static const int64_t least[] = {90, 0, 0};
    static const uint8_t first = 1;
    ntm_field fields[8];
    ntm_table table;
    town t;
    (void)state;
    town_start(&t);
    town_communes(&t, "111,,100,50,80,1\n112,95,100,60,85,1\n121,180,200,60,90,0\n");
    town_districts(&t, "12,7.5\n11,5\n");
    ntm_cascade *cascade = town_run(&t, 4);
    assert_int_equal(town_status(&t, cascade, 0, "111"), NTM_OPEN);
    assert_int_equal(town_status(&t, cascade, 2, "11"), NTM_OPEN);
    ntm_cascade_free(cascade);
    table = *t.steps[0].table;
    memcpy(fields, table.fields, table.field_count * sizeof *fields);
    fields[table.field_count] = (ntm_field){"clean:least", ntm_column_int64(least, 3)};
    fields[table.field_count++].column.validity = &first;
    table.fields = fields;
    t.steps[0].table = &table;
    cascade = town_run(&t, 4);
    assert_int_equal(town_status(&t, cascade, 0, "111"), NTM_MET);
    assert_int_equal(town_status(&t, cascade, 2, "11"), NTM_MET);
    ntm_cascade_free(cascade);
    town_end(&t);
}

/* What a register says goes before what the facts show; then nobody is asked for reasons in the step of the set. */
static void a_register_goes_first(void **state) {
    static const char *const codes[] = {"111", "112", "121"};
    static const int32_t which[] = {0, 1, 2};
    static const uint8_t holds[] = {1, 1, 0};
    ntm_counted_child children[2];
    ntm_error err = NTM_ERROR_INIT;
    size_t count = 0;
    town t;
    (void)state;
    town_start(&t);
    ntm_table table = NTM_TABLE_INIT;
    const ntm_field fields[] = {{"code", ntm_column_codes(which, 3, codes, 3)},
                                {"holds:c-ntm", ntm_column_bytes(holds, 3)}};
    table.rows = 3;
    table.fields = fields;
    table.field_count = 2;
    t.steps[0].table = &table;
    ntm_cascade *cascade = town_run(&t, 3);
    assert_int_equal(town_status(&t, cascade, 0, "111"), NTM_OPEN); /* by facts: none are there */
    town_counts(&t, cascade, 2, "11", "communes", 2, 0, 0);
    town_counts(&t, cascade, 2, "12", "communes", 0, 1, 0);
    assert_ok(ntm_cascade_children(children, &count, 2, cascade, 2, 0, ntm_cascade_row(cascade, 2, town_unit(&t, "12")),
                                   &err),
              &err);
    assert_int_equal(children[0].verdict, NTM_NOT_MET);
    assert_true(children[0].step == SIZE_MAX && children[0].row == SIZE_MAX);
    ntm_cascade_free(cascade);
    /* Counts that the caller has are taken as they are. */
    static const char *const district[] = {"11"};
    static const int64_t met[] = {7}, open[] = {1}, total[] = {8};
    static const int32_t zero[] = {0};
    ntm_table counted = NTM_TABLE_INIT;
    const ntm_field own[] = {{"code", ntm_column_codes(zero, 1, district, 1)},
                             {"children:communes:met", ntm_column_int64(met, 1)},
                             {"children:communes:open", ntm_column_int64(open, 1)},
                             {"children:communes:total", ntm_column_int64(total, 1)}};
    counted.rows = 1;
    counted.fields = own;
    counted.field_count = 4;
    t.steps[2].table = &counted;
    cascade = town_run(&t, 3);
    assert_int_equal(ntm_attainment_criterion(ntm_cascade_result(cascade, 2), 0, 0), NTM_OPEN);
    ntm_child_counts counts;
    assert_int_equal(ntm_cascade_counts(&counts, cascade, 2, 0, 0, &err), NTM_ERROR_NOT_FOUND);
    ntm_cascade_free(cascade);
    town_end(&t);
}

static void places_of_steps_without_tables(void **state) {
    town t;
    (void)state;
    town_start(&t);
    t.options.within = town_unit(&t, "12");
    ntm_cascade *cascade = town_run(&t, 3);
    assert_int_equal(ntm_attainment_rows(ntm_cascade_result(cascade, 0)), 1);
    assert_int_equal(ntm_cascade_unit(cascade, 0, 0), town_unit(&t, "121"));
    assert_int_equal(ntm_attainment_rows(ntm_cascade_result(cascade, 2)), 1);
    assert_int_equal(ntm_cascade_unit(cascade, 2, 0), town_unit(&t, "12"));
    assert_int_equal(ntm_cascade_unit(cascade, 2, 1), NTM_NO_UNIT);
    assert_true(ntm_cascade_row(cascade, 2, town_unit(&t, "11")) == SIZE_MAX);
    assert_null(ntm_cascade_result(cascade, 3));
    ntm_cascade_free(cascade);
    town_end(&t);
}

static void refuse(town *t, size_t count, ntm_status status, uint64_t row, const char *subject, const char *piece) {
    ntm_cascade *cascade = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_cascade_new(&cascade, t->units, t->steps, count, &t->options, &err), status, &err, piece);
    assert_null(cascade);
    assert_true(err.row == row);
    assert_non_null(strstr(err.subject, subject));
    assert_null(strstr(err.subject, "c-ntm: c-ntm")); /* the set is said once */
}

static void is_refused(void **state) {
    town t;
    (void)state;
    town_start(&t);
    town_communes(&t, "111,90,100,50,80,1\n122,90,100,50,80,1\n");
    refuse(&t, 1, NTM_ERROR_NOT_FOUND, 1, "c-ntm: 122", "2024-06-29"); /* ended the day before */
    town_communes(&t, "111,90,100,50,80,1\n113,90,100,50,80,1\n");
    refuse(&t, 1, NTM_ERROR_VALUE, 1, "113", "of level ward, expected commune");
    town_communes(&t, "111,90,100,50,80,1\n121,1,2,50,80,1\n111,90,100,50,80,1\n");
    refuse(&t, 1, NTM_ERROR_CONFLICT, 2, "111", "row 0");
    town_communes(&t, "111,90,100,50,80,1\n121,3,2,50,80,1\n");
    refuse(&t, 1, NTM_ERROR_VALUE, 1, "c-ntm: clean", "");
    town_communes(&t, "111,90,100,50,80,1\n");
    refuse(&t, 2, NTM_ERROR_SHAPE, NTM_NO_ROW, "c-ntm: satisfaction", "no set of the cascade uses");
    t.options.ignore_unknown = true;
    ntm_cascade_free(town_run(&t, 2));
    t.options.ignore_unknown = false;
    t.steps[0].code = "id";
    refuse(&t, 1, NTM_ERROR_SHAPE, NTM_NO_ROW, "c-ntm: id", "column of codes");
    t.steps[0].code = NULL;
    t.steps[0].level = "garden";
    refuse(&t, 1, NTM_ERROR_ARGUMENT, NTM_NO_ROW, "garden", "no level of units");
    t.steps[0].level = NULL;
    t.options.on = ntm_date_ymd(2019, 12, 31);
    t.steps[0].table = NULL;
    refuse(&t, 1, NTM_ERROR_NOT_IN_FORCE, NTM_NO_ROW, "c-ntm", "");
    t.options.out_of_force = true;
    ntm_cascade_free(town_run(&t, 1));
    t.options.on = NTM_DATE_NONE;
    ntm_cascade *cascade = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_int_equal(ntm_cascade_new(&cascade, t.units, t.steps, 1, &t.options, &err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_cascade_new(&cascade, t.units, t.steps, 0, &t.options, &err), NTM_ERROR_ARGUMENT);
    town_end(&t);
}

static void counts_without_sets(void **state) {
    town t;
    ntm_error err = NTM_ERROR_INIT;
    ntm_child_counts counts[2] = {{9, 9, 9, 9}, {9, 9, 9, 9}};
    (void)state;
    town_start(&t);
    const ntm_unit parents[] = {town_unit(&t, "12"), town_unit(&t, "11")};
    const ntm_unit children[] = {town_unit(&t, "111"), town_unit(&t, "113"), town_unit(&t, "121")};
    const ntm_verdict verdicts[] = {NTM_MET, NTM_NOT_MET, NTM_MET};
    assert_ok(ntm_count_children(counts, t.units, TOWN_DAY, NULL, NTM_ECHELON_COMMUNE, children, verdicts, 3, parents,
                                 2, &err),
              &err);
    assert_true(counts[0].met == 1 && counts[0].total == 1);
    assert_true(counts[1].met == 1 && counts[1].not_met == 1 && counts[1].open == 1 && counts[1].total == 3);
    assert_ok(ntm_count_children(counts, t.units, TOWN_DAY, "commune", NTM_ECHELON_ANY, children, verdicts, 3, parents,
                                 2, &err),
              &err);
    assert_true(counts[1].met == 1 && counts[1].not_met == 0 && counts[1].open == 1);
    /* The day before, commune 122 was there. */
    assert_ok(ntm_count_children(counts, t.units, TOWN_DAY - 1, "commune", NTM_ECHELON_ANY, children, verdicts, 3,
                                 parents, 2, &err),
              &err);
    assert_true(counts[0].met == 1 && counts[0].open == 1);
    assert_fails(
        ntm_count_children(counts, t.units, TOWN_DAY, "town", NTM_ECHELON_ANY, NULL, NULL, 0, parents, 2, &err),
        NTM_ERROR_ARGUMENT, &err, "below the parents");
    const ntm_unit twice[] = {children[0], children[0]};
    assert_int_equal(
        ntm_count_children(counts, t.units, TOWN_DAY, "commune", NTM_ECHELON_ANY, twice, verdicts, 2, parents, 2, &err),
        NTM_ERROR_CONFLICT);
    assert_true(err.row == 1 && counts[0].open == 1);
    town_end(&t);
}

static ntm_verdict quantify(uint64_t met, uint64_t not_met, uint64_t open, ntm_quantifier quantifier, int64_t least,
                            uint8_t scale) {
    const ntm_child_counts counts = {met, not_met, open, met + not_met + open};
    return ntm_quantify(&counts, quantifier, (ntm_decimal){least, scale});
}

static void quantifiers(void **state) {
    (void)state;
    assert_int_equal(quantify(3, 0, 0, NTM_QUANTIFIER_ALL, 0, 0), NTM_MET);
    assert_int_equal(quantify(3, 0, 1, NTM_QUANTIFIER_ALL, 0, 0), NTM_OPEN);
    assert_int_equal(quantify(3, 1, 1, NTM_QUANTIFIER_ALL, 0, 0), NTM_NOT_MET);
    assert_int_equal(quantify(0, 0, 0, NTM_QUANTIFIER_ALL, 0, 0), NTM_OPEN);
    assert_int_equal(quantify(3, 4, 1, NTM_QUANTIFIER_AT_LEAST, 3, 0), NTM_MET);
    assert_int_equal(quantify(3, 4, 1, NTM_QUANTIFIER_AT_LEAST, 4, 0), NTM_OPEN);
    assert_int_equal(quantify(3, 4, 1, NTM_QUANTIFIER_AT_LEAST, 5, 0), NTM_NOT_MET);
    assert_int_equal(quantify(0, 4, 0, NTM_QUANTIFIER_AT_LEAST, 0, 0), NTM_MET);
    /* 1,799 of 2,000 are no 90 %; 33,3 % of 3 is less than 1 of 3, 33,34 % more. */
    assert_int_equal(quantify(1799, 201, 0, NTM_QUANTIFIER_SHARE, 90, 2), NTM_NOT_MET);
    assert_int_equal(quantify(1799, 200, 1, NTM_QUANTIFIER_SHARE, 90, 2), NTM_OPEN);
    assert_int_equal(quantify(1800, 200, 0, NTM_QUANTIFIER_SHARE, 90, 2), NTM_MET);
    assert_int_equal(quantify(1, 2, 0, NTM_QUANTIFIER_SHARE, 333, 3), NTM_MET);
    assert_int_equal(quantify(1, 2, 0, NTM_QUANTIFIER_SHARE, 3334, 4), NTM_NOT_MET);
    assert_int_equal(quantify(0, 0, 0, NTM_QUANTIFIER_SHARE, 0, 0), NTM_OPEN);
    assert_int_equal(quantify(5, 0, 0, NTM_QUANTIFIER_SHARE, 101, 2), NTM_NOT_MET);
    assert_int_equal(quantify(UINT64_MAX, 0, 0, NTM_QUANTIFIER_SHARE, 1000000000000000000, 18), NTM_MET);
    assert_int_equal(quantify(UINT64_MAX - 1, 1, 0, NTM_QUANTIFIER_SHARE, 1000000000000000000, 18), NTM_NOT_MET);
    const ntm_child_counts wrong = {2, 2, 2, 5};
    assert_int_equal(ntm_quantify(&wrong, NTM_QUANTIFIER_ALL, (ntm_decimal){0, 0}), NTM_OPEN);
    assert_int_equal(ntm_quantify(NULL, NTM_QUANTIFIER_ALL, (ntm_decimal){0, 0}), NTM_OPEN);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rolls_up_to_the_province),
        cmocka_unit_test(one_commune_holds_the_province_back),
        cmocka_unit_test(missing_is_open),
        cmocka_unit_test(bounds_go_up),
        cmocka_unit_test(a_register_goes_first),
        cmocka_unit_test(places_of_steps_without_tables),
        cmocka_unit_test(is_refused),
        cmocka_unit_test(counts_without_sets),
        cmocka_unit_test(quantifiers),
    };
    return cmocka_run_group_tests_name("cascades", tests, NULL, NULL);
}
