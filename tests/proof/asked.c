/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked of proofs and cannot be given, what callers say of facts, and what decides. */
#include "sheet.h"

#include <ntm/ntm.h>

#include <stdio.h>
#include <string.h>

typedef struct asking {
    kit kit;
    sheet sheet;
    ntm_plan *plan;
} asking;

/* One criterion with one indicator over a rule; two rows of n, m and f. */
static void start(asking *a, ntm_node (*rule)(kit *k), const char *n, const char *m, const char *f) {
    kit_start(&a->kit, NULL);
    kit_fact(&a->kit, "n", NTM_KIND_COUNT, "household");
    kit_part(&a->kit, "m", NTM_KIND_COUNT, "household", "n");
    kit_fact(&a->kit, "f", NTM_KIND_FLAG, NULL);
    kit_criterion(&a->kit, "1", 0);
    kit_indicator(&a->kit, "1.1", rule(&a->kit));
    ntm_error err = NTM_ERROR_INIT;
    const ntm_set *set = kit_done(&a->kit);
    sheet_start(&a->sheet, 2);
    if (n != NULL) sheet_cells(&a->sheet, "n", AS_INT64, n);
    if (m != NULL) sheet_cells(&a->sheet, "m", AS_INT64, m);
    if (f != NULL) sheet_cells(&a->sheet, "f", AS_BYTES, f);
    assert_ok(ntm_plan_new(&a->plan, set, &a->sheet.plan, &err), &err);
}

static void end(asking *a) {
    ntm_plan_free(a->plan);
    sheet_end(&a->sheet);
    kit_end(&a->kit);
}

static ntm_text *prove(const asking *a, size_t row, const ntm_proof_options *options) {
    ntm_text *text = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_proof_new(&text, a->plan, &a->sheet.table, row, NTM_OF_INDICATOR, 0, options, &err), &err);
    return text;
}

static void expect_piece(const asking *a, size_t row, const ntm_proof_options *options, const char *piece) {
    ntm_text *text = prove(a, row, options);
    if (strstr(ntm_text_data(text), piece) == NULL)
        fail_msg("%s is not in %s", piece, strstr(ntm_text_data(text), "\"proofs\""));
    ntm_text_free(text);
}

static void expect_refusal(const asking *a, size_t row, ntm_of of, size_t index, const ntm_proof_options *options,
                           ntm_status status, const char *piece) {
    ntm_text *text = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_int_equal(ntm_proof_new(&text, a->plan, &a->sheet.table, row, of, index, options, &err), status);
    assert_null(text);
    assert_int_equal(err.status, status);
    if (strstr(err.message, piece) == NULL && strstr(err.subject, piece) == NULL)
        fail_msg("%s is not in %s: %s", piece, err.subject, err.message);
}

static ntm_node a_share(kit *k) {
    return k_compare(k, k_of(k, NTM_RATIO, k_fact(k, "m"), k_fact(k, "n")), NTM_MORE_OR_EQUAL, k_number(k, "90", "%"));
}

static void wrong_calls(void **state) {
    asking a;
    ntm_text *text = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_proof_options options = NTM_PROOF_OPTIONS_INIT;
    (void)state;
    start(&a, a_share, "10 10", "9 8", NULL);
    assert_int_equal(ntm_proof_new(NULL, a.plan, &a.sheet.table, 0, NTM_OF_STATUS, 0, NULL, &err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_proof_new(&text, NULL, &a.sheet.table, 0, NTM_OF_STATUS, 0, NULL, &err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_proof_new(&text, a.plan, NULL, 0, NTM_OF_STATUS, 0, NULL, &err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_cascade_proof(&text, NULL, 0, 0, NTM_OF_STATUS, 0, NULL, &err), NTM_ERROR_ARGUMENT);
    expect_refusal(&a, 2, NTM_OF_STATUS, 0, NULL, NTM_ERROR_ARGUMENT, "row 2 of a table of 2 rows");
    expect_refusal(&a, 0, NTM_OF_CRITERION, 1, NULL, NTM_ERROR_ARGUMENT, "no part 1");
    expect_refusal(&a, 0, NTM_OF_INDICATOR, 1, NULL, NTM_ERROR_ARGUMENT, "no part 1");
    expect_refusal(&a, 0, NTM_OF_PRECONDITION, 0, NULL, NTM_ERROR_ARGUMENT, "no part 0");
    expect_refusal(&a, 0, (ntm_of)6, 0, NULL, NTM_ERROR_ARGUMENT, "kind 6");
    expect_refusal(&a, 0, (ntm_of)-1, 0, NULL, NTM_ERROR_ARGUMENT, "kind -1");
    expect_refusal(&a, 0, NTM_OF_REVOCATION, 0, NULL, NTM_ERROR_NOT_FOUND, "no rule of revocation");
    options.struct_size = 8;
    expect_refusal(&a, 0, NTM_OF_STATUS, 0, &options, NTM_ERROR_ARGUMENT, "NTM_PROOF_OPTIONS_INIT");
    options = (ntm_proof_options)NTM_PROOF_OPTIONS_INIT;
    options.unit = "";
    expect_refusal(&a, 0, NTM_OF_STATUS, 0, &options, NTM_ERROR_ARGUMENT, "not empty");
    options.unit = "\xff";
    expect_refusal(&a, 0, NTM_OF_STATUS, 0, &options, NTM_ERROR_ARGUMENT, "UTF-8");
    options.unit = NULL;
    options.known_on = INT32_MAX;
    expect_refusal(&a, 0, NTM_OF_STATUS, 0, &options, NTM_ERROR_ARGUMENT, "days");
    end(&a);
}

static ntm_node a_product(kit *k) {
    ntm_node squares[3];
    for (int i = 0; i < 3; i++)
        squares[i] = k_of(k, NTM_PRODUCT, k_fact(k, "n"), k_fact(k, "n"));
    return k_compare(k, k_of(k, NTM_RATIO, k_of(k, NTM_PRODUCT, squares[0], squares[1]), squares[2]), NTM_MORE,
                     k_of(k, NTM_PRODUCT, k_number(k, "1", "household"), k_number(k, "1", "household")));
}

static void bad_cells(void **state) {
    asking a;
    (void)state;
    start(&a, a_share, "10 10", "11 9", NULL);
    expect_refusal(&a, 0, NTM_OF_STATUS, 0, NULL, NTM_ERROR_VALUE, "m");
    ntm_text_free(prove(&a, 1, NULL)); /* only the row itself is looked at */
    end(&a);
    start(&a, a_product, "4000000000000000000 7", NULL, NULL);
    expect_refusal(&a, 0, NTM_OF_STATUS, 0, NULL, NTM_ERROR_OVERFLOW, "does not fit");
    expect_piece(&a, 1, NULL, "\"verdict\":\"met\"");
    end(&a);
}

/* A double that can be compared and that no exact number of 128 bits holds: no proof, and never a rounded number. */
static void unheld_doubles(void **state) {
    kit k;
    sheet s;
    ntm_plan *plan = NULL;
    ntm_attainment *result = NULL;
    ntm_text *text = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    kit_start(&k, NULL);
    kit_fact(&k, "road", NTM_KIND_AMOUNT, "km");
    kit_criterion(&k, "1", k_compare(&k, k_fact(&k, "road"), NTM_MORE, k_number(&k, "5", "km")));
    const ntm_set *set = kit_done(&k);
    sheet_start(&s, 1);
    sheet_cells(&s, "road", AS_DOUBLE, "1e300");
    assert_ok(ntm_plan_new(&plan, set, &s.plan, &err), &err);
    assert_ok(ntm_evaluate(&result, plan, &s.table, NULL, &err), &err);
    assert_int_equal(ntm_attainment_status(result, 0), NTM_MET);
    assert_int_equal(ntm_proof_new(&text, plan, &s.table, 0, NTM_OF_STATUS, 0, NULL, &err), NTM_ERROR_OVERFLOW);
    assert_string_equal(err.subject, "road");
    assert_null(text);
    ntm_attainment_free(result);
    ntm_plan_free(plan);
    sheet_end(&s);
    kit_end(&k);
}

/* Criteria that ask for one another: as deep as is taken, and one more. */
static void deep_parts(void **state) {
    (void)state;
    for (int depth = 63; depth <= 64; depth++) {
        kit k;
        sheet s;
        char id[16], before[16];
        ntm_plan *plan = NULL;
        ntm_text *text = NULL;
        ntm_error err = NTM_ERROR_INIT;
        kit_start(&k, NULL);
        kit_fact(&k, "f", NTM_KIND_FLAG, NULL);
        kit_criterion(&k, "c0", k_attested(&k, "f"));
        for (int i = 1; i <= depth; i++) {
            (void)snprintf(id, sizeof id, "c%d", i);
            (void)snprintf(before, sizeof before, "c%d", i - 1);
            kit_criterion(&k, id, k_criterion(&k, before));
        }
        const ntm_set *set = kit_done(&k);
        sheet_start(&s, 1);
        sheet_cells(&s, "f", AS_BYTES, "yes");
        assert_ok(ntm_plan_new(&plan, set, &s.plan, &err), &err);
        ntm_status status = ntm_proof_new(&text, plan, &s.table, 0, NTM_OF_CRITERION, (size_t)depth, NULL, &err);
        assert_int_equal(status, depth == 63 ? NTM_OK : NTM_ERROR_LIMIT);
        ntm_text_free(text);
        ntm_plan_free(plan);
        sheet_end(&s);
        kit_end(&k);
    }
}

/* ------------------------------------------------------------------------------------------- what callers say */

static void what_was_observed(void **state) {
    asking a;
    ntm_error err = NTM_ERROR_INIT;
    ntm_proof_options options = NTM_PROOF_OPTIONS_INIT;
    ntm_csv *csv = NULL;
    static const ntm_csv_field fields[] = {
        {"fact", NULL, NTM_CSV_TEXT, (ntm_locale)0, 0, 0, NULL, NULL, NULL, NULL},
        {"period", NULL, NTM_CSV_TEXT, (ntm_locale)0, 0, 0, NULL, NULL, NULL, NULL},
        {"recorded_on", NULL, NTM_CSV_TEXT, (ntm_locale)0, 0, 0, NULL, NULL, NULL, NULL}};
    static const char good[] = "fact,period,recorded_on\nn,2018,\nelse,2017,2019-01-01\nm,,2020-02-02\n";
    static const char twice[] = "fact,period,recorded_on\nn,2018,\nn,2019,\n",
                      late[] = "fact,period,recorded_on\nn,,soon\n";
    (void)state;
    start(&a, a_share, "10 ?", "9 8", NULL);
    options.period = "2019";
    options.recorded_on = ntm_date_ymd(2020, 1, 10);
    assert_ok(ntm_csv_read(&csv, good, sizeof good - 1, "good", fields, 3, NULL, &err), &err);
    options.observed = ntm_csv_table(csv);
    expect_piece(&a, 0, &options, "\"name\":\"m\",\"period\":\"2019\",\"power\":0,\"recorded_on\":\"2020-02-02\"");
    expect_piece(&a, 0, &options, "\"name\":\"n\",\"period\":\"2018\",\"power\":0,\"recorded_on\":\"2020-01-10\"");
    /* What is not reported has the period that is said of it, not that of all facts. */
    expect_piece(&a, 1, &options, "\"name\":\"n\",\"period\":\"2018\",\"power\":0,\"state\":\"not reported\"");
    ntm_csv_free(csv);
    assert_ok(ntm_csv_read(&csv, twice, sizeof twice - 1, "twice", fields, 3, NULL, &err), &err);
    options.observed = ntm_csv_table(csv);
    expect_refusal(&a, 0, NTM_OF_STATUS, 0, &options, NTM_ERROR_CONFLICT, "row 0 too");
    ntm_csv_free(csv);
    assert_ok(ntm_csv_read(&csv, late, sizeof late - 1, "late", fields, 3, NULL, &err), &err);
    options.observed = ntm_csv_table(csv);
    expect_refusal(&a, 0, NTM_OF_STATUS, 0, &options, NTM_ERROR_SYNTAX, "recorded_on");
    ntm_table narrow = *ntm_csv_table(csv);
    narrow.fields++;
    narrow.field_count = 1;
    options.observed = &narrow;
    expect_refusal(&a, 0, NTM_OF_STATUS, 0, &options, NTM_ERROR_SHAPE, "fact");
    ntm_csv_free(csv);
    end(&a);
}

/* ------------------------------------------------------------------------------------------- what decides */

#define DECIDES(met, not_met) "\"deciding\":{\"to_met\":" met ",\"to_not_met\":" not_met "}"
#define FACTS(facts)          "{\"facts\":[" facts "],\"smallest\":true}"
#define IS(name, value)       "{\"name\":\"" name "\",\"value\":\"" value "\"}"

static ntm_node a_sum(kit *k) {
    return k_compare(k, k_of(k, NTM_SUM, k_fact(k, "n"), k_fact(k, "m")), NTM_MORE, k_number(k, "7", "household"));
}

static ntm_node either(kit *k) {
    return k_of(k, NTM_ANY, k_of(k, NTM_ALL, k_attested(k, "f"), a_share(k)),
                k_compare(k, k_fact(k, "n"), NTM_EQUAL, k_number(k, "5", "household")));
}

static ntm_node beyond(kit *k) {
    ntm_figure figure = {.id = "absent", .unit = "household", .citation = kit_cited};
    kit_figure_spec(k, &figure);
    return k_compare(k, k_fact(k, "n"), NTM_MORE, k_figure(k, "absent"));
}

static ntm_node of_negated(kit *k) {
    return k_of(k, NTM_NOT,
                k_of(k, NTM_ALL, k_attested(k, "f"),
                     k_compare(k, k_fact(k, "n"), NTM_LESS_OR_EQUAL, k_number(k, "3", "household"))));
}

static ntm_node rated(kit *k) {
    static const char *const levels[] = {"low", "good", "best"};
    kit_levels(k, "rating", levels, 3);
    return k_at_level(k, "good", "rating");
}

/* The first step is taken because it brings the goal nearer, and given up because the second is enough. */
static ntm_node a_ladder(kit *k) {
    ntm_node steps[2] = {k_attested(k, "f"), k_compare(k, k_fact(k, "n"), NTM_MORE, k_number(k, "2", "household"))};
    const ntm_decimal points[2] = {kit_decimal("5"), kit_decimal("10")};
    return k_compare(k, k_points(k, steps, points, 2), NTM_MORE_OR_EQUAL, k_number(k, "10", "point"));
}

static void what_decides(void **state) {
    static const struct {
        ntm_node (*rule)(kit *k);
        const char *n, *m, *f, *expected;
    } cases[] = {
        {a_share, "2000 1", "? 1", NULL, DECIDES(FACTS(IS("m", "1800")), FACTS(IS("m", "1799")))},
        /* The fewest households of which 9 can be too few; and so many that they cannot. */
        {a_share, "? 1", "9 1", NULL, DECIDES(FACTS(IS("n", "10")), FACTS(IS("n", "11")))},
        {a_sum, "? 1", "? 1", NULL, DECIDES(FACTS(IS("n", "8")), FACTS(IS("m", "1") "," IS("n", "1")))},
        {a_sum, "? 1", "3 1", NULL, DECIDES(FACTS(IS("n", "5")), FACTS(IS("n", "4")))},
        {either, "? 1", "? 1", "? yes",
         DECIDES(FACTS(IS("n", "5")), "{\"facts\":[" IS("f", "no") "," IS("n", "4") "]}")},
        {of_negated, "? 1", NULL, "? yes", DECIDES(FACTS(IS("f", "no")), FACTS(IS("f", "yes") "," IS("n", "3")))},
        {rated, NULL, NULL, NULL, DECIDES(FACTS(IS("rating", "good")), FACTS(IS("rating", "low")))},
        {a_ladder, "? 1", NULL, "? yes", DECIDES(FACTS(IS("n", "3")), FACTS(IS("n", "2")))},
        {beyond, "? 1", NULL, NULL, DECIDES("{\"why\":\"impossible\"}", "{\"why\":\"impossible\"}")},
        /* What is not applicable cannot come to be reported. */
        {a_share, "~ 1", "? 1", NULL, DECIDES("{\"why\":\"impossible\"}", "{\"why\":\"impossible\"}")},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        asking a;
        start(&a, cases[i].rule, cases[i].n, cases[i].m, cases[i].f);
        expect_piece(&a, 0, NULL, cases[i].expected);
        end(&a);
    }
}

/* Without work there is an answer all the same, which claims less. */
static void little_work(void **state) {
    asking a;
    ntm_proof_options options = NTM_PROOF_OPTIONS_INIT;
    (void)state;
    options.work_max = 1;
    start(&a, either, "? 5", "? 5", "? yes");
    expect_piece(&a, 0, &options, DECIDES("{\"why\":\"not found\"}", "{\"why\":\"not found\"}"));
    expect_piece(&a, 1, &options, "\"reasons\":{\"leaves\":["); /* irredundant in any case */
    end(&a);
}

/* Criteria that need many leaves are given up first, so that few are left even where nothing is searched. */
static void few_leaves(void **state) {
    kit k;
    sheet s;
    ntm_plan *plan = NULL;
    ntm_text *text = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_proof_options options = NTM_PROOF_OPTIONS_INIT;
    (void)state;
    kit_start(&k, NULL);
    kit_fact(&k, "f", NTM_KIND_FLAG, NULL);
    kit_criterion(&k, "1", k_of(&k, NTM_ALL, k_attested(&k, "f"), k_attested(&k, "f"), k_attested(&k, "f")));
    kit_criterion(&k, "2", k_attested(&k, "f"));
    kit_rules(&k,
              k_compare(&k, k_count(&k, NTM_COUNT, NTM_OVER_CRITERIA, NTM_MET, NULL, 0), NTM_MORE_OR_EQUAL,
                        k_number(&k, "1", NULL)),
              0, 0);
    const ntm_set *set = kit_done(&k);
    sheet_start(&s, 1);
    sheet_cells(&s, "f", AS_BYTES, "yes");
    options.work_max = 1;
    assert_ok(ntm_plan_new(&plan, set, &s.plan, &err), &err);
    assert_ok(ntm_proof_new(&text, plan, &s.table, 0, NTM_OF_STATUS, 0, &options, &err), &err);
    assert_non_null(strstr(ntm_text_data(text), "\"reasons\":{\"leaves\":[5],\"smallest\":true}"));
    ntm_text_free(text);
    ntm_plan_free(plan);
    sheet_end(&s);
    kit_end(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(wrong_calls),       cmocka_unit_test(bad_cells),
                                       cmocka_unit_test(unheld_doubles),    cmocka_unit_test(deep_parts),
                                       cmocka_unit_test(what_was_observed), cmocka_unit_test(what_decides),
                                       cmocka_unit_test(little_work),       cmocka_unit_test(few_leaves)};
    return cmocka_run_group_tests_name("proofs that are asked for", tests, NULL, NULL);
}
