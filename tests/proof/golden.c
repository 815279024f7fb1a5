/* SPDX-License-Identifier: Apache-2.0 */
/* Whole documents, byte for byte: tests/proof/golden/NAME.json. With NTM_TEST_WRITE they are written anew; what changes
 * then changes the format, and docs/proof.md. */
#include "sheet.h"

#include <ntm/ntm.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void path_of(char path[1024], const char *name) {
    const char *root = getenv("NTM_SOURCE_ROOT");
    assert_non_null(root);
    (void)snprintf(path, 1024, "%s/tests/proof/golden/%s.json", root, name);
}

/* The document is what the file has. */
static void expect(const char *name, const ntm_text *text) {
    static char have[65536];
    char path[1024];
    path_of(path, name);
    if (getenv("NTM_TEST_WRITE") != NULL) {
        FILE *out = fopen(path, "wb");
        assert_non_null(out);
        assert_int_equal(fwrite(ntm_text_data(text), 1, ntm_text_size(text), out), ntm_text_size(text));
        assert_int_equal(fclose(out), 0);
    }
    FILE *file = fopen(path, "rb");
    if (file == NULL) fail_msg("%s is missing", path);
    size_t size = fread(have, 1, sizeof have - 1, file);
    (void)fclose(file);
    have[size] = '\0';
    assert_string_equal(ntm_text_data(text), have);
    assert_int_equal(ntm_text_size(text), size);
}

static void prove(const char *name, const ntm_set *set, const sheet *s, size_t row, ntm_of of, size_t index,
                  const ntm_proof_options *options) {
    ntm_plan *plan = NULL;
    ntm_text *text = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_plan_new(&plan, set, &s->plan, &err), &err);
    assert_ok(ntm_proof_new(&text, plan, &s->table, row, of, index, options, &err), &err);
    expect(name, text);
    ntm_text_free(text);
    ntm_plan_free(plan);
}

/* 1,799 of 2,000 against 90 %; a plan; and a day. */
static void a_share(void **state) {
    kit k;
    sheet s;
    (void)state;
    kit_start(&k, NULL);
    kit_fact(&k, "households", NTM_KIND_COUNT, "household");
    kit_part(&k, "clean", NTM_KIND_COUNT, "household", "households");
    kit_fact(&k, "plan", NTM_KIND_FLAG, NULL);
    kit_fact(&k, "approved", NTM_KIND_DATE, NULL);
    kit_figure(&k, "share", "%", "90");
    kit_criterion(
        &k, "0",
        k_of(&k, NTM_NOT, k_of(&k, NTM_ALL, k_attested(&k, "plan"), k_of(&k, NTM_NOT, k_attested(&k, "plan")))));
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "1.1",
                  k_compare(&k, k_of(&k, NTM_RATIO, k_fact(&k, "clean"), k_fact(&k, "households")), NTM_MORE_OR_EQUAL,
                            k_figure(&k, "share")));
    kit_indicator(&k, "1.2",
                  k_of(&k, NTM_ANY, k_attested(&k, "plan"),
                       k_compare(&k, k_fact(&k, "approved"), NTM_LESS, k_number(&k, "18000", "date"))));
    const ntm_set *set = kit_done(&k);
    sheet_start(&s, 3);
    sheet_cells(&s, "households", AS_INT64, "2000 2000 2000");
    sheet_cells(&s, "clean", AS_INT32, "1799 1800 ?");
    sheet_cells(&s, "plan", AS_BYTES, "yes yes no");
    sheet_cells(&s, "approved", AS_INT32, "17000 ? ?");
    ntm_proof_options options = NTM_PROOF_OPTIONS_INIT;
    options.unit = "xã \"A\"\\\t\x1f";
    options.known_on = ntm_date_ymd(2020, 3, 1);
    options.period = "2019";
    options.recorded_on = ntm_date_ymd(2020, 1, 10);
    prove("share-not-met", set, &s, 0, NTM_OF_STATUS, 0, &options);
    prove("share-met", set, &s, 1, NTM_OF_CRITERION, 1, NULL);
    prove("share-open", set, &s, 2, NTM_OF_STATUS, 0, &options);
    sheet_end(&s);
    kit_end(&k);
}

/* A rule of scope that is open, a line between years, rounding, and a region that is not known. */
static void figures(void **state) {
    static const char *const regions[] = {"BTB", "TDMN"}, *const years[] = {"2018", "2021"};
    static const char *const axes[] = {"region", "year"};
    static const char *const keys[3][2] = {{"BTB", "2018"}, {"BTB", "2021"}, {"TDMN", "2018"}};
    kit k;
    sheet s;
    (void)state;
    kit_start(&k, NULL);
    kit_axis(&k, "region", regions, 2);
    kit_axis(&k, "year", years, 2);
    kit_fact(&k, "income", NTM_KIND_MONEY, "million VND/person/year");
    kit_fact(&k, "difficult", NTM_KIND_FLAG, NULL);
    const ntm_figure_value values[] = {{keys[0], kit_decimal("30"), kit_cited},
                                       {keys[1], kit_decimal("35"), kit_absent},
                                       {keys[2], kit_decimal("20"), kit_cited}};
    ntm_figure figure = {.id = "income",
                         .unit = "million VND/person/year",
                         .axes = axes,
                         .axis_count = 2,
                         .values = values,
                         .value_count = 3,
                         .interpolate = true,
                         .citation = kit_cited};
    kit_figure_spec(&k, &figure);
    kit_scope(&k, "region", "TDMN", k_attested(&k, "difficult"));
    kit_criterion(&k, "1", 0);
    kit_indicator(&k, "1.1",
                  k_compare(&k, k_rounded(&k, k_fact(&k, "income"), 1, NTM_ROUND_HALF_UP, "million VND/person/year"),
                            NTM_MORE_OR_EQUAL, k_figure(&k, "income")));
    const ntm_set *set = kit_done(&k);
    sheet_start(&s, 3);
    sheet_cells(&s, "income", AS_DOUBLE, "33.25 40 33.33");
    sheet_cells(&s, "difficult", AS_BITS, "no ? no");
    sheet_cells(&s, "region", AS_TEXT, "BTB BTB ?");
    prove("line-between-years", set, &s, 0, NTM_OF_INDICATOR, 0, NULL);
    prove("scope-open", set, &s, 1, NTM_OF_INDICATOR, 0, NULL);
    prove("region-unknown", set, &s, 2, NTM_OF_INDICATOR, 0, NULL);
    sheet_end(&s);
    kit_end(&k);
}

/* Members, counts, a value, points, a level, what is not applicable, and bounds of a row. */
static void kinds(void **state) {
    static const char *const members[] = {"female", "male"}, *const levels[] = {"low", "good"};
    kit k;
    sheet s;
    (void)state;
    kit_start(&k, NULL);
    kit_dimension(&k, "sex", members, 2);
    kit_by(&k, "trained", NTM_KIND_COUNT, "person", "sex");
    kit_levels(&k, "rating", levels, 2);
    kit_fact(&k, "market", NTM_KIND_FLAG, NULL);
    kit_fact(&k, "road", NTM_KIND_AMOUNT, "km");
    ntm_node ladder[2] = {k_at_level(&k, "good", "rating"),
                          k_compare(&k, k_fact(&k, "road"), NTM_MORE, k_number(&k, "0.5", "km"))};
    const ntm_decimal points[2] = {kit_decimal("10"), kit_decimal("2.5")};
    kit_value(&k, "score", "point", "10", k_points(&k, ladder, points, 2));
    kit_criterion(&k, "1",
                  k_over(&k, NTM_EVERY, NTM_OVER_MEMBERS, "sex", NULL,
                         k_compare(&k, k_fact(&k, "trained"), NTM_MORE_OR_EQUAL, k_number(&k, "3", "person"))));
    kit_criterion(&k, "2", k_if_applicable(&k, "market", k_attested(&k, "market")));
    kit_criterion(&k, "3", k_compare(&k, k_value(&k, "score"), NTM_MORE_OR_EQUAL, k_number(&k, "2.5", "point")));
    kit_rules(&k,
              k_compare(&k, k_count(&k, NTM_COUNT, NTM_OVER_CRITERIA, NTM_MET, NULL, 0), NTM_MORE_OR_EQUAL,
                        k_number(&k, "2", NULL)),
              0, 0);
    const ntm_set *set = kit_done(&k);
    sheet_start(&s, 2);
    sheet_cells(&s, "trained[female]", AS_INT8, "3 ?");
    sheet_cells(&s, "trained[male]", AS_INT64, "2 4");
    sheet_cells(&s, "rating", AS_TEXT, "low ?");
    sheet_cells(&s, "market", AS_BYTES, "~ ~");
    sheet_cells(&s, "road", AS_DECIMAL, "0.75 ?");
    sheet_cells(&s, "road:least", AS_DOUBLE, "? 0.25");
    prove("count-met", set, &s, 0, NTM_OF_STATUS, 0, NULL);
    prove("count-open", set, &s, 1, NTM_OF_CRITERIA_STATUS, 0, NULL);
    sheet_end(&s);
    kit_end(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_share), cmocka_unit_test(figures), cmocka_unit_test(kinds)};
    return cmocka_run_group_tests_name("documents of proofs", tests, NULL, NULL);
}
