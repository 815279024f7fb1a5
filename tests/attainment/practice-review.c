/* SPDX-License-Identifier: Apache-2.0 */
/* Values, rules of scope and figures of other sets where somebody means harm, or means well and writes odd things. */
#include "sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const ntm_kernels all_kernels[] = {NTM_KERNELS_REFERENCE, NTM_KERNELS_PLAIN, NTM_KERNELS_BEST};
static const char *const regions[] = {"BTB", "DBSH", "TN"};

static ntm_fraction as_fraction(const char *text) {
    if (strcmp(text, "?") == 0) return (ntm_fraction){0, 0};
    char *end = NULL;
    ntm_fraction out = {strtoll(text, &end, 10), 1};
    if (*end == '/') out.denominator = strtoll(end + 1, NULL, 10);
    return out;
}

/* "4/3:? 2:2": least and most of each row, "?" where there is no bound; NULL as id is the score. */
static void expect_values(const ntm_set *set, const sheet *s, const char *id, const char *wanted) {
    sheet kept = *s;
    kept.evaluate.keep_values = true;
    for (size_t at = 0; at < 3; at++) {
        ntm_attainment *result = sheet_evaluate(set, &kept, all_kernels[at]);
        const char *text = wanted;
        for (size_t row = 0; row < s->table.rows; row++) {
            char least[48];
            char most[48];
            int size = 0;
            ntm_range range;
            ntm_error err = NTM_ERROR_INIT;
            if (sscanf(text, " %47[^:]:%47s%n", least, most, &size) != 2) fail_msg("too few rows in \"%s\"", wanted);
            text += size;
            assert_ok(
                ntm_attainment_value(&range, result, row, id == NULL ? NTM_SCORE : ntm_set_find_value(set, id), &err),
                &err);
            ntm_fraction from = as_fraction(least);
            ntm_fraction to = as_fraction(most);
            if (memcmp(&range.least, &from, sizeof from) != 0 || memcmp(&range.most, &to, sizeof to) != 0)
                fail_msg("%s, row %zu, kernels %d: %lld/%lld to %lld/%lld, wanted %s to %s", id == NULL ? "score" : id,
                         row, (int)all_kernels[at], (long long)range.least.numerator,
                         (long long)range.least.denominator, (long long)range.most.numerator,
                         (long long)range.most.denominator, least, most);
        }
        ntm_attainment_free(result);
    }
}

/* ------------------------------------------------------------------------------------------- values */

enum { CHAIN = 128 }; /* 255 nodes high: one more value would be refused */

/* Each value is one more than the one before; named forwards or backwards, nobody runs out of stack. */
static void chain(kit *k, bool backwards) {
    static char names[CHAIN][8];
    kit_start(k, NULL);
    kit_fact(k, "n", NTM_KIND_COUNT, "household");
    for (int i = 0; i < CHAIN; i++)
        (void)snprintf(names[i], sizeof names[i], "v%d", i % CHAIN);
    for (int i = 0; i < CHAIN; i++) {
        int which = backwards ? CHAIN - 1 - i : i;
        ntm_node rule =
            which == 0 ? k_fact(k, "n") : k_of(k, NTM_SUM, k_value(k, names[which - 1]), k_number(k, "1", "household"));
        kit_value(k, names[which], "household", NULL, rule);
    }
    kit_criterion(k, "1", k_compare(k, k_value(k, "v127"), NTM_MORE_OR_EQUAL, k_number(k, "137", "household")));
    (void)kit_done(k);
}

static void a_long_chain(void **state) {
    (void)state;
    for (int backwards = 0; backwards < 2; backwards++) {
        kit k;
        sheet s;
        ntm_plan *plan = NULL;
        ntm_explanation *why = NULL;
        ntm_text *tree = NULL;
        ntm_error err = NTM_ERROR_INIT;
        chain(&k, backwards == 1);
        sheet_start(&s, 3);
        sheet_cells(&s, "n", AS_INT64, "9 10 ?");
        expect_criterion(k.set, &s, "1", "-+o");
        expect_values(k.set, &s, "v127", "136:136 137:137 127:?");
        expect_values(k.set, &s, "v0", "9:9 10:10 0:?");
        assert_ok(ntm_plan_new(&plan, k.set, &s.plan, &err), &err);
        for (size_t row = 0; row < 3; row++) {
            assert_ok(ntm_explain(&why, plan, &s.table, row, NTM_OF_CRITERION, 0, NULL, &err), &err);
            assert_true(ntm_explanation_steps(why) > CHAIN);
            assert_ok(ntm_explanation_tree(&tree, why, NTM_VI, NULL, &err), &err);
            ntm_text_free(tree);
            ntm_explanation_free(why);
        }
        ntm_plan_free(plan);
        sheet_end(&s);
        kit_end(&k);
    }
}

/* Inside of a count over members a value counts members itself, and the facts around it keep their member. */
static void a_value_inside_of_members(void **state) {
    static const char *const sexes[] = {"female", "male"};
    (void)state;
    kit k;
    sheet s;
    kit_start(&k, NULL);
    kit_dimension(&k, "sex", sexes, 2);
    kit_by(&k, "trained", NTM_KIND_COUNT, "person", "sex");
    kit_fact(&k, "n", NTM_KIND_COUNT, "person");
    ntm_node many = k_compare(&k, k_fact(&k, "trained"), NTM_MORE_OR_EQUAL, k_number(&k, "5", "person"));
    kit_value(&k, "many", NULL, NULL, k_over(&k, NTM_COUNT, NTM_OVER_MEMBERS, "sex", NULL, many));
    kit_value(&k, "least", "person", NULL, k_of(&k, NTM_PRODUCT, k_value(&k, "many"), k_number(&k, "3", "person")));
    ntm_node both = k_of(&k, NTM_ALL, k_compare(&k, k_value(&k, "least"), NTM_LESS_OR_EQUAL, k_fact(&k, "trained")),
                         k_compare(&k, k_fact(&k, "n"), NTM_LESS, k_fact(&k, "trained")));
    kit_value(&k, "outer", NULL, NULL, k_over(&k, NTM_COUNT, NTM_OVER_MEMBERS, "sex", NULL, both));
    ntm_node same = k_compare(&k, k_fact(&k, "trained"), NTM_MORE_OR_EQUAL, k_value(&k, "least"));
    kit_criterion(&k, "1", k_over(&k, NTM_EVERY, NTM_OVER_MEMBERS, "sex", NULL, same));
    (void)kit_done(&k);
    sheet_start(&s, 5);
    sheet_cells(&s, "trained[female]", AS_INT64, "6 6 5 ? 2");
    sheet_cells(&s, "trained[male]", AS_INT32, "6 4 9 6 2");
    sheet_cells(&s, "n", AS_INT64, "1 4 5 1 2");
    expect_values(k.set, &s, "many", "2:2 1:1 2:2 1:2 0:0");
    expect_values(k.set, &s, "least", "6:6 3:3 6:6 3:6 0:0");
    expect_values(k.set, &s, "outer", "2:2 1:1 1:1 1:2 0:0"); /* row 1: 4 < 4 is not met */
    expect_criterion(k.set, &s, "1", "++-o+");
    sheet_end(&s);
    kit_end(&k);
}

static void units_at_every_scale(void **state) {
    (void)state;
    kit k;
    sheet s;
    kit_start(&k, NULL);
    kit_fact(&k, "paid", NTM_KIND_MONEY, "nghìn đồng");
    kit_fact(&k, "poor", NTM_KIND_COUNT, "household");
    kit_fact(&k, "all", NTM_KIND_COUNT, "household");
    kit_fact(&k, "road", NTM_KIND_AMOUNT, "km");
    kit_value(&k, "dong", "đồng", NULL, k_fact(&k, "paid"));
    kit_value(&k, "nghin", "nghìn đồng", NULL, k_fact(&k, "paid"));
    kit_value(&k, "trieu", "triệu đồng", NULL, k_fact(&k, "paid"));
    kit_value(&k, "ty", "tỷ đồng", NULL, k_fact(&k, "paid"));
    kit_value(&k, "share", "%", NULL, k_of(&k, NTM_RATIO, k_fact(&k, "poor"), k_fact(&k, "all")));
    kit_value(&k, "part", "1", NULL, k_of(&k, NTM_RATIO, k_fact(&k, "poor"), k_fact(&k, "all")));
    kit_value(&k, "plain", NULL, NULL, k_value(&k, "share"));
    kit_value(&k, "each", "nghìn đồng/hộ", NULL, k_of(&k, NTM_RATIO, k_fact(&k, "paid"), k_fact(&k, "all")));
    kit_value(&k, "m", "m", NULL, k_fact(&k, "road"));
    kit_criterion(&k, "1", k_compare(&k, k_value(&k, "share"), NTM_LESS, k_number(&k, "0.5", NULL)));
    ntm_band bands[2];
    memset(bands, 0, sizeof bands);
    bands[0].label = "low";
    bands[0].has_to = bands[0].to_open = true;
    bands[0].to = bands[1].from = (ntm_decimal){625, 1};
    bands[1].label = "high";
    bands[1].has_from = true;
    ntm_node of = k_value(&k, "share");
    ntm_node_spec grade = {.kind = NTM_GRADE, .of = &of, .of_count = 1, .bands = bands, .band_count = 2};
    kit_rules(&k, 0, 0, kit_node(&k, &grade));
    (void)kit_done(&k);
    sheet_start(&s, 3);
    sheet_cells(&s, "paid", AS_DECIMAL, "0.5 -1500 ?");
    sheet_cells(&s, "poor", AS_INT64, "5 1 ?");
    sheet_cells(&s, "all", AS_INT64, "8 3 4");
    sheet_cells(&s, "road", AS_DOUBLE, "0.001 89.95 ?");
    expect_values(k.set, &s, "dong", "500:500 -1500000:-1500000 ?:?");
    expect_values(k.set, &s, "nghin", "1/2:1/2 -1500:-1500 ?:?");
    expect_values(k.set, &s, "trieu", "1/2000:1/2000 -3/2:-3/2 ?:?");
    expect_values(k.set, &s, "ty", "1/2000000:1/2000000 -3/2000:-3/2000 ?:?");
    expect_values(k.set, &s, "share", "125/2:125/2 100/3:100/3 0:?");
    expect_values(k.set, &s, "part", "5/8:5/8 1/3:1/3 0:?");
    expect_values(k.set, &s, "plain", "5/8:5/8 1/3:1/3 0:?");
    expect_values(k.set, &s, "each", "1/16:1/16 -500:-500 ?:?");
    expect_values(k.set, &s, "m", "1:1 89950:89950 ?:?");
    expect_values(k.set, &s, NULL, "125/2:125/2 100/3:100/3 0:?");
    expect_grade(k.set, &s, "2-2 1-1 1-2");
    expect_criterion(k.set, &s, "1", "-+o");
    sheet_end(&s);
    kit_end(&k);
}

static void large(kit *k) {
    kit_start(k, NULL);
    kit_fact(k, "n", NTM_KIND_COUNT, "household");
    kit_fact(k, "f", NTM_KIND_FLAG, NULL);
    kit_value(k, "twice", "household", NULL, k_of(k, NTM_SUM, k_fact(k, "n"), k_fact(k, "n")));
    kit_value(k, "sixth", "household", NULL, k_of(k, NTM_RATIO, k_fact(k, "n"), k_number(k, "6", NULL)));
    kit_criterion(k, "1", k_attested(k, "f"));
    kit_criterion(k, "2", k_compare(k, k_value(k, "twice"), NTM_MORE, k_number(k, "8", "household")));
    (void)kit_done(k);
}

/* Beyond 64 bits in one row only: no value is given out, and the row is named; the verdicts alone are to be had. */
static void beyond_64_bits_in_one_row(void **state) {
    (void)state;
    kit k;
    sheet s;
    large(&k);
    sheet_start(&s, 4);
    sheet_cells(&s, "n", AS_INT64, "4611686018427387903 4 4611686018427387904 9223372036854775807");
    sheet_cells(&s, "f", AS_BITS, "yes no yes no");
    expect_criterion(k.set, &s, "1", "+-+-");
    expect_criterion(k.set, &s, "2", "+-++");
    s.evaluate.keep_values = true;
    expect_failure(k.set, &s, NTM_ERROR_OVERFLOW, "twice", 2);
    sheet_end(&s);
    sheet_start(&s, 2);
    sheet_cells(&s, "n", AS_INT64, "4611686018427387903 4611686018427387903");
    expect_values(k.set, &s, "twice",
                  "9223372036854775806:9223372036854775806 9223372036854775806:9223372036854775806");
    expect_values(k.set, &s, "sixth",
                  "1537228672809129301/2:1537228672809129301/2 "
                  "1537228672809129301/2:1537228672809129301/2");
    sheet_end(&s);
    kit_end(&k);
}

/* Of two rows in which something is too large the lower is named, whether a rule or a value found it. */
static void the_lower_of_two_rows(void **state) {
    static const char *const cells[] = {"1 1 1 9223372036854775807 1 1", "1 1 1 1 1 9223372036854775807"};
    (void)state;
    kit k;
    kit_start(&k, NULL);
    kit_fact(&k, "n", NTM_KIND_COUNT, "point");
    kit_fact(&k, "m", NTM_KIND_COUNT, "point");
    kit_fact(&k, "o", NTM_KIND_COUNT, "point");
    ntm_node sum = k_of(&k, NTM_SUM, k_fact(&k, "n"), k_fact(&k, "n"));
    kit_value(&k, "twice", "point", NULL, k_of(&k, NTM_SUM, k_fact(&k, "o"), k_fact(&k, "o")));
    ntm_node share = k_of(&k, NTM_RATIO, k_fact(&k, "m"), k_number(&k, "1", "point"));
    for (int at = 0; at < 3; at++)
        share = k_of(&k, NTM_PRODUCT, share, k_of(&k, NTM_RATIO, k_fact(&k, "m"), k_number(&k, "1", "point")));
    kit_criterion(&k, "1", k_compare(&k, share, NTM_LESS, k_number(&k, "5", NULL)));
    ntm_band band;
    memset(&band, 0, sizeof band);
    band.label = "all";
    ntm_node_spec grade = {.kind = NTM_GRADE, .of = &sum, .of_count = 1, .bands = &band, .band_count = 1};
    kit_rules(&k, 0, 0, kit_node(&k, &grade));
    (void)kit_done(&k);
    for (int at = 0; at < 4; at++) {
        sheet s;
        sheet_start(&s, 6);
        sheet_cells(&s, at < 2 ? "o" : "n", AS_INT64, cells[at % 2]); /* a value, or the score */
        sheet_cells(&s, "m", AS_INT64, cells[1 - at % 2]);
        s.evaluate.keep = NTM_KEEP_STATUS;
        expect_failure(k.set, &s, NTM_ERROR_OVERFLOW, "product", at % 2 == 0 ? 5 : 3);
        s.evaluate.keep_values = true;
        expect_failure(k.set, &s, NTM_ERROR_OVERFLOW, at % 2 != 0 ? "product" : at == 0 ? "twice" : "64 bits", 3);
        sheet_end(&s);
    }
    kit_end(&k);
}

/* The row that fails lies beyond the first block, and only there. */
static void beyond_64_bits_far_down(void **state) {
    (void)state;
    enum { ROWS = 9000, BAD = 8197 };
    kit k;
    sheet s;
    large(&k);
    sheet_start(&s, ROWS);
    int64_t *n = sheet_memory(&s, ROWS * sizeof *n);
    for (int64_t row = 0; row < ROWS; row++)
        n[row] = row;
    n[BAD] = INT64_MAX;
    n[BAD + 1] = INT64_MAX;
    ntm_column column = NTM_COLUMN_INIT;
    column.type = NTM_TYPE_INT64;
    column.length = ROWS;
    column.data = n;
    column.stride_bytes = sizeof *n;
    sheet_column(&s, "n", column);
    s.evaluate.keep_values = true;
    expect_failure(k.set, &s, NTM_ERROR_OVERFLOW, "twice", BAD);
    n[BAD] = n[BAD + 1] = 1;
    for (size_t at = 0; at < 3; at++) {
        const ntm_range *sixth = NULL;
        ntm_error err = NTM_ERROR_INIT;
        ntm_attainment *result = sheet_evaluate(k.set, &s, all_kernels[at]);
        assert_ok(ntm_attainment_values(&sixth, result, 1, &err), &err);
        for (size_t row = 0; row < ROWS; row++)
            assert_int_equal(sixth[row].least.numerator * 6, n[row] * sixth[row].least.denominator);
        ntm_attainment_free(result);
    }
    sheet_end(&s);
    kit_end(&k);
}

static void no_rows(void **state) {
    (void)state;
    kit k;
    sheet s;
    large(&k);
    sheet_start(&s, 0);
    sheet_cells(&s, "n", AS_INT64, "");
    s.evaluate.keep_values = true;
    for (size_t at = 0; at < 3; at++) {
        ntm_range range = {{7, 7}, {7, 7}};
        const ntm_range *all = NULL;
        ntm_error err = NTM_ERROR_INIT;
        ntm_attainment *result = sheet_evaluate(k.set, &s, all_kernels[at]);
        assert_ok(ntm_attainment_values(&all, result, 0, &err), &err);
        assert_fails(ntm_attainment_value(&range, result, 0, 0, &err), NTM_ERROR_ARGUMENT, &err, NULL);
        assert_fails(ntm_attainment_values(&all, result, 2, &err), NTM_ERROR_ARGUMENT, &err, NULL);
        assert_fails(ntm_attainment_values(&all, result, NTM_SCORE, &err), NTM_ERROR_ARGUMENT, &err, NULL);
        assert_fails(ntm_attainment_score(&range, result, 0, &err), NTM_ERROR_ARGUMENT, &err, NULL);
        assert_int_equal(range.least.denominator, 7);
        ntm_attainment_free(result);
    }
    sheet_end(&s);
    kit_end(&k);
}

/* A value that fails: divided by nothing, absent, or too large; the explanation says so instead of a number. */
static void failing_values_explained(void **state) {
    static const ntm_reason reasons[] = {NTM_REASON_ZERO_DIVISOR, NTM_REASON_VALUE_ABSENT};
    (void)state;
    kit k;
    sheet s;
    ntm_plan *plan = NULL;
    ntm_explanation *why = NULL;
    ntm_text *tree = NULL;
    ntm_error err = NTM_ERROR_INIT;
    kit_start(&k, NULL);
    kit_fact(&k, "n", NTM_KIND_COUNT, "household");
    kit_fact(&k, "all", NTM_KIND_COUNT, "household");
    kit_value(&k, "share", "%", NULL, k_of(&k, NTM_RATIO, k_fact(&k, "n"), k_fact(&k, "all")));
    kit_value(&k, "unread", "household", NULL, 0);
    ntm_node square = k_of(&k, NTM_PRODUCT, k_of(&k, NTM_RATIO, k_fact(&k, "n"), k_number(&k, "1", "household")),
                           k_of(&k, NTM_RATIO, k_fact(&k, "n"), k_number(&k, "1", "household")),
                           k_of(&k, NTM_RATIO, k_fact(&k, "n"), k_number(&k, "1", "household")));
    kit_value(&k, "cube", NULL, NULL, square);
    kit_criterion(&k, "1", k_compare(&k, k_value(&k, "share"), NTM_LESS, k_number(&k, "5", "%")));
    kit_criterion(&k, "2", k_compare(&k, k_value(&k, "unread"), NTM_LESS, k_fact(&k, "n")));
    kit_criterion(&k, "3", k_compare(&k, k_value(&k, "cube"), NTM_LESS, k_number(&k, "5", NULL)));
    (void)kit_done(&k);
    sheet_start(&s, 2);
    sheet_cells(&s, "n", AS_INT64, "3 9223372036854775807");
    sheet_cells(&s, "all", AS_INT64, "0 0");
    assert_ok(ntm_plan_new(&plan, k.set, &s.plan, &err), &err);
    for (size_t at = 0; at < 2; at++) {
        bool told = false;
        assert_ok(ntm_explain(&why, plan, &s.table, 0, NTM_OF_CRITERION, at, NULL, &err), &err);
        assert_int_equal(ntm_explanation_step(why, 0)->verdict, NTM_OPEN);
        for (size_t step = 0; step < ntm_explanation_steps(why); step++)
            told |= ntm_explanation_step(why, step)->reason == reasons[at];
        assert_true(told);
        for (int language = NTM_VI; language <= NTM_EN; language++) {
            assert_ok(ntm_explanation_tree(&tree, why, (ntm_language)language, NULL, &err), &err);
            assert_non_null(strstr(ntm_text_data(tree), at == 0 ? "share: ?" : "unread: ?"));
            ntm_text_free(tree);
        }
        ntm_explanation_free(why);
    }
    why = NULL;
    assert_fails(ntm_explain(&why, plan, &s.table, 1, NTM_OF_CRITERION, 2, NULL, &err), NTM_ERROR_OVERFLOW, &err, NULL);
    assert_int_equal(err.row, 1);
    assert_null(why);
    assert_ok(ntm_explain(&why, plan, &s.table, 0, NTM_OF_CRITERION, 2, NULL, &err), &err);
    assert_int_equal(ntm_explanation_step(why, 0)->verdict, NTM_NOT_MET);
    ntm_explanation_free(why);
    ntm_plan_free(plan);
    expect_failure(k.set, &s, NTM_ERROR_OVERFLOW, NULL, 1);
    sheet_end(&s);
    kit_end(&k);
}

/* ------------------------------------------------------------------------------------------- scope */

static void with_scope(kit *k) {
    static const char *const values[] = {"36", "50", NULL};
    kit_start(k, NULL);
    kit_axis(k, "region", regions, 3);
    kit_fact(k, "income", NTM_KIND_AMOUNT, "km");
    kit_fact(k, "hard", NTM_KIND_FLAG, NULL);
    kit_fact(k, "zone", NTM_KIND_FLAG, NULL);
    kit_figure_by(k, "least", "km", "region", regions, values, 3, false);
    kit_value(k, "least", "km", NULL, k_figure(k, "least"));
    kit_criterion(k, "1", k_compare(k, k_fact(k, "income"), NTM_MORE_OR_EQUAL, k_figure(k, "least")));
    kit_scope(k, "region", "BTB", k_attested(k, "hard"));
    kit_scope(k, "region", "TN", k_attested(k, "zone")); /* nothing was read for it */
    (void)kit_done(k);
}

/* The axis holds a word that the set does not have: an error, also where a rule decides without it. */
static void words_that_the_axis_lacks(void **state) {
    (void)state;
    kit k;
    with_scope(&k);
    for (int as = AS_TEXT; as <= AS_CODES; as++) {
        sheet s;
        sheet_start(&s, 4);
        sheet_cells(&s, "region", (form)as, "BTB ? Mars DBSH");
        sheet_cells(&s, "income", AS_INT64, "36 36 36 36");
        sheet_cells(&s, "hard", AS_BITS, "yes yes yes yes");
        expect_failure(k.set, &s, NTM_ERROR_NOT_FOUND, "Mars", 2);
        s.evaluate.keep_values = true;
        expect_failure(k.set, &s, NTM_ERROR_NOT_FOUND, "Mars", 2);
        sheet_end(&s);
    }
    kit_end(&k);
}

static void a_fixed_axis_and_no_columns(void **state) {
    (void)state;
    kit k;
    sheet s;
    with_scope(&k);
    ntm_axis_value fixed = {"region", "DBSH"};
    sheet_start(&s, 2);
    s.plan.axes = &fixed;
    s.plan.axis_count = 1;
    expect_criterion(k.set, &s, "1", "oo"); /* not even the income is known */
    expect_values(k.set, &s, "least", "?:? ?:?");
    sheet_cells(&s, "zone", AS_BYTES, "no yes");
    expect_values(k.set, &s, "least", "36:50 ?:?");
    sheet_cells(&s, "hard", AS_BYTES, "no no");
    expect_values(k.set, &s, "least", "50:50 ?:?");
    sheet_cells(&s, "region", AS_TEXT, "DBSH DBSH");
    expect_failure(k.set, &s, NTM_ERROR_SHAPE, "region", NTM_NO_ROW);
    sheet_end(&s);
    kit_end(&k);
}

/* Beyond a rule that is met nothing matters; before it all that are open do. */
static void columns_that_could_hold(void **state) {
    (void)state;
    kit k;
    sheet s;
    with_scope(&k);
    sheet_start(&s, 8);
    sheet_cells(&s, "region", AS_CODES, "DBSH TN ? ~ DBSH BTB TN ?");
    sheet_cells(&s, "hard", AS_BITS, "yes yes yes yes ? ~ ? no");
    sheet_cells(&s, "zone", AS_BYTES, "? yes ~ no no no no ~");
    expect_values(k.set, &s, "least", "36:36 36:36 36:36 36:36 36:50 36:36 ?:? ?:?");
    sheet_end(&s);
    kit_end(&k);
}

/* ------------------------------------------------------------------------------------------- other sets */

static const char *const own_years[] = {"2019", "2020", "2021"};

static void far_set(kit *k) {
    static const char *const years[] = {"2021", "2019"};
    static const char *const lengths[] = {"10", "5"};
    static const char *const values[] = {"3000", NULL, "1000"};
    ntm_set_spec spec = kit_spec();
    spec.id = "far-set";
    kit_start_spec(k, &spec, NULL);
    kit_axis(k, "region", regions, 3);
    kit_axis(k, "year", years, 2);
    kit_fact(k, "n", NTM_KIND_COUNT, "household");
    kit_figure_by(k, "road", "km", "year", years, lengths, 2, true);
    kit_figure_by(k, "least", "m", "region", regions, values, 3, false);
    kit_figure(k, "one", "km", "7");
    kit_figure(k, "none", "km", NULL);
    kit_scope(k, "region", "TN",
              k_of(k, NTM_NOT, k_compare(k, k_fact(k, "n"), NTM_LESS, k_number(k, "0", "household"))));
    kit_criterion(k, "1", k_compare(k, k_fact(k, "n"), NTM_MORE, k_number(k, "0", "household")));
    (void)kit_done(k);
}

static void near_set(kit *k, bool years) {
    kit_start(k, NULL);
    kit_axis(k, "region", regions, 3);
    if (years) kit_axis(k, "year", own_years, 3);
    kit_fact(k, "hard", NTM_KIND_FLAG, NULL);
    if (years) kit_value(k, "road", "m", NULL, k_figure_of(k, "far-set", "road", "km"));
    kit_value(k, "least", "km", NULL, k_figure_of(k, "far-set", "least", "m"));
    kit_value(k, "one", "m", NULL, k_figure_of(k, "far-set", "one", "m"));
    kit_value(k, "none", "m", NULL, k_figure_of(k, "far-set", "none", "km"));
    kit_criterion(k, "1", k_attested(k, "hard"));
    kit_scope(k, "region", "BTB", k_attested(k, "hard"));
    (void)kit_done(k);
}

/* The place of the unit counts as this set sees it: by its own rules of scope, not by those of the other. */
static void figures_at_this_sets_place(void **state) {
    (void)state;
    kit a;
    kit k;
    sheet s;
    far_set(&a);
    near_set(&k, true);
    const ntm_set *others[] = {a.set, k.set, a.set}; /* one twice, one that nobody asks for */
    sheet_start(&s, 5);
    s.plan.others = others;
    s.plan.other_count = 3;
    sheet_cells(&s, "region", AS_TEXT, "TN TN TN DBSH DBSH");
    sheet_cells(&s, "hard", AS_BITS, "no yes ? yes ?");
    sheet_cells(&s, "year", AS_INT64, "2019 2020 2021 ? ~");
    expect_values(k.set, &s, "least", "1:1 3:3 1:3 3:3 ?:?");
    expect_values(k.set, &s, "road", "5000:5000 7500:7500 10000:10000 ?:? ?:?");
    expect_values(k.set, &s, "one", "7000:7000 7000:7000 7000:7000 7000:7000 7000:7000");
    expect_values(k.set, &s, "none", "?:? ?:? ?:? ?:? ?:?");
    sheet_end(&s);
    sheet_start(&s, 1); /* the year of the date, 2020, is known to this set and lies between two of the other */
    s.plan.others = others;
    s.plan.other_count = 1;
    expect_values(k.set, &s, "road", "7500:7500");
    sheet_end(&s);
    kit_end(&a);
    kit_end(&k);
}

static void sets_that_are_not_there(void **state) {
    (void)state;
    kit a;
    kit k;
    ntm_plan *plan = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_plan_options options = NTM_PLAN_OPTIONS_INIT;
    const ntm_set *others[1];
    far_set(&a);
    near_set(&k, false);
    options.on = KIT_DAY;
    options.others = others;
    options.other_count = 1;
    others[0] = k.set; /* not the one that is named: its figures are columns, each in its own unit */
    assert_ok(ntm_plan_new(&plan, k.set, &options, &err), &err);
    size_t figures = 0;
    for (size_t at = 0; at < ntm_plan_input_count(plan); at++)
        figures += strncmp(ntm_plan_input(plan, at), "figure:far-set:", 15) == 0;
    assert_int_equal(figures, 3);
    ntm_plan_free(plan);
    others[0] = a.set;
    assert_ok(ntm_plan_new(&plan, k.set, &options, &err), &err);
    for (size_t at = 0; at < ntm_plan_input_count(plan); at++)
        assert_null(strstr(ntm_plan_input(plan, at), "figure:"));
    ntm_plan_free(plan);
    kit_end(&a);
    kit_end(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_long_chain),
        cmocka_unit_test(a_value_inside_of_members),
        cmocka_unit_test(units_at_every_scale),
        cmocka_unit_test(beyond_64_bits_in_one_row),
        cmocka_unit_test(beyond_64_bits_far_down),
        cmocka_unit_test(the_lower_of_two_rows),
        cmocka_unit_test(no_rows),
        cmocka_unit_test(failing_values_explained),
        cmocka_unit_test(words_that_the_axis_lacks),
        cmocka_unit_test(a_fixed_axis_and_no_columns),
        cmocka_unit_test(columns_that_could_hold),
        cmocka_unit_test(figures_at_this_sets_place),
        cmocka_unit_test(sets_that_are_not_there),
    };
    return cmocka_run_group_tests_name("values, scope and other sets' figures, reviewed", tests, NULL, NULL);
}
