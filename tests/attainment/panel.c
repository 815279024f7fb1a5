/* SPDX-License-Identifier: Apache-2.0 */
/* Products before judges: the mean of their sheets, landed in the bands. */
#include "review.h"

#include <ntm/grade.h>

static const char stars[] = HEAD "facts:\n  total: {name: {vi: t}, kind: amount, unit: point, least: 0, most: 100}\n"
                                 "  forged: {name: {vi: f}, kind: flag}\n  story: {name: {vi: s}, kind: flag}\n"
                                 "grade:\n  of: total\n  knock_out: {attested: forged}\n  bands:\n"
                                 "    - {class: \"1\", range: \"[0, 30)\"}\n    - {class: \"2\", range: \"[30, 50)\"}\n"
                                 "    - {class: \"3\", range: \"[50, 70)\"}\n"
                                 "    - {class: \"4\", range: \"[70, 90)\", requires: {attested: story}}\n"
                                 "    - {class: \"5\", range: \"[90, ...)\", requires: {attested: story}}\n" CRITERION;

typedef struct bench {
    ntm_set *set;
    sheet s;
    ntm_plan *plan;
    ntm_panel *panel;
    ntm_column products;
    ntm_panel_options options;
} bench;

static void start(bench *b, size_t rows) {
    memset(b, 0, sizeof *b);
    b->set = taken(stars);
    begin(&b->s, rows);
    b->options = (ntm_panel_options)NTM_PANEL_OPTIONS_INIT;
}

/* The column "products" of the sheet is handed over apart from the facts. */
static ntm_status judge(bench *b, ntm_error *err) {
    assert_ok(ntm_plan_new(&b->plan, b->set, &b->s.plan, err), err);
    b->s.table.field_count--;
    assert_string_equal(b->s.fields[b->s.table.field_count].name, "products");
    b->products = b->s.fields[b->s.table.field_count].column;
    return ntm_panel_new(&b->panel, b->plan, &b->s.table, &b->products, &b->options, err);
}

static void end(bench *b) {
    ntm_panel_free(b->panel);
    ntm_plan_free(b->plan);
    ntm_set_free(b->set);
    sheet_end(&b->s);
}

static void expect(const bench *b, size_t at, const char *id, size_t sheets, int64_t numerator, int64_t denominator,
                   const char *text, const char *least, const char *most, unsigned open) {
    const ntm_panel_product *product = ntm_panel_product_at(b->panel, at);
    assert_non_null(product);
    assert_string_equal(product->id, id);
    assert_int_equal(product->sheets, sheets);
    assert_true(product->mean.least.numerator == numerator && product->mean.least.denominator == denominator);
    assert_string_equal(product->mean_least, text);
    assert_string_equal(product->least_label == NULL ? "none" : product->least_label, least);
    assert_string_equal(product->most_label == NULL ? "none" : product->most_label, most);
    assert_int_equal(product->open, open);
    assert_true((open == 0) == (product->grade.least == product->grade.most));
}

/* 89.5 is in [70, 90), though it would be printed as 90; 69.2 is in [50, 70); a third is a third. */
static void between_whole_numbers(void **state) {
    bench b;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    start(&b, 9);
    b.options.digits = 0;
    sheet_cells(&b.s, "total", AS_DOUBLE, "89 90 69.2 69.2 70 70 71 90 89.5");
    sheet_cells(&b.s, "forged", AS_BYTES, "no no no no no no no no no");
    sheet_cells(&b.s, "story", AS_BYTES, "yes yes yes yes yes yes yes yes yes");
    sheet_cells(&b.s, "products", AS_TEXT, "tea tea honey honey salt salt salt rice rice");
    assert_ok(judge(&b, &err), &err);
    assert_int_equal(ntm_panel_count(b.panel), 4);
    expect(&b, 0, "tea", 2, 179, 2, "90", "4", "4", 0);
    expect(&b, 1, "honey", 2, 346, 5, "69", "3", "3", 0);
    expect(&b, 2, "salt", 3, 211, 3, "70", "4", "4", 0);
    expect(&b, 3, "rice", 2, 359, 4, "90", "4", "4", 0);
    assert_null(ntm_panel_product_at(b.panel, 4));
    end(&b);
}

static void rounded_by_name(void **state) {
    static const struct {
        ntm_rounding rounding;
        uint8_t digits;
        const char *text;
    } cases[] = {{NTM_ROUND_HALF_UP, 1, "70.3"},   {NTM_ROUND_HALF_UP, 0, "70"},   {NTM_ROUND_UP, 0, "71"},
                 {NTM_ROUND_HALF_EVEN, 1, "70.2"}, {NTM_ROUND_DOWN, 1, "70.2"},    {NTM_ROUND_HALF_UP, 3, "70.250"},
                 {NTM_ROUND_UP, 1, "70.3"},        {NTM_ROUND_HALF_UP, 2, "70.25"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bench b;
        ntm_error err = NTM_ERROR_INIT;
        start(&b, 4);
        b.options.digits = cases[i].digits;
        b.options.rounding = cases[i].rounding;
        sheet_cells(&b.s, "total", AS_INT64, "70 70 70 71");
        sheet_cells(&b.s, "forged", AS_BYTES, "no no no no");
        sheet_cells(&b.s, "story", AS_BYTES, "yes yes yes yes");
        sheet_cells(&b.s, "products", AS_CODES, "tea tea tea tea");
        assert_ok(judge(&b, &err), &err);
        expect(&b, 0, "tea", 4, 281, 4, cases[i].text, "4", "4", 0);
        end(&b);
    }
}

/* All knock it out: no class. Some do: from none to the band. Whether they do may be open. */
static void knocked_out(void **state) {
    bench b;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    start(&b, 8);
    sheet_cells(&b.s, "total", AS_INT64, "60 60 60 60 60 60 60 60");
    sheet_cells(&b.s, "forged", AS_BYTES, "yes yes yes no no ? yes ?");
    sheet_cells(&b.s, "story", AS_BYTES, "no no no no no no no no");
    sheet_cells(&b.s, "products", AS_TEXT, "a a b b c c d d");
    assert_ok(judge(&b, &err), &err);
    expect(&b, 0, "a", 2, 60, 1, "60.00", "none", "none", 0);
    expect(&b, 1, "b", 2, 60, 1, "60.00", "none", "3", NTM_PANEL_KNOCK_OUT_DISPUTED);
    expect(&b, 2, "c", 2, 60, 1, "60.00", "none", "3", NTM_PANEL_KNOCK_OUT_OPEN);
    expect(&b, 3, "d", 2, 60, 1, "60.00", "none", "3", NTM_PANEL_KNOCK_OUT_OPEN);
    assert_true(ntm_panel_product_at(b.panel, 1)->knocked_out.least == 1);
    assert_true(ntm_panel_product_at(b.panel, 3)->knocked_out.most == 2);
    end(&b);
}

/* A condition of the class that only some sheets meet; a sheet without a total; too few sheets. */
static void open_classes(void **state) {
    bench b;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    start(&b, 9);
    b.options.least_sheets = 2;
    sheet_cells(&b.s, "total", AS_INT64, "80 80 80 80 60 ? 99 20 22");
    sheet_cells(&b.s, "forged", AS_BYTES, "no no no no no no no no no");
    sheet_cells(&b.s, "story", AS_BYTES, "yes no ? yes yes yes yes yes no");
    sheet_cells(&b.s, "products", AS_TEXT, "a a b b c c d e e");
    assert_ok(judge(&b, &err), &err);
    expect(&b, 0, "a", 2, 80, 1, "80.00", "3", "4", NTM_PANEL_CONDITION_DISPUTED);
    expect(&b, 1, "b", 2, 80, 1, "80.00", "3", "4", NTM_PANEL_CONDITION_OPEN);
    expect(&b, 2, "c", 2, 30, 1, "30.00", "2", "4", NTM_PANEL_MEAN_OPEN);
    assert_string_equal(ntm_panel_product_at(b.panel, 2)->mean_most, "80.00");
    expect(&b, 3, "d", 1, 99, 1, "99.00", "none", "5", NTM_PANEL_FEW_SHEETS);
    expect(&b, 4, "e", 2, 21, 1, "21.00", "1", "1", 0); /* no class that it could reach has a condition */
    end(&b);
}

static void no_bound(void **state) {
    static const char open_ended[] = HEAD "facts:\n  total: {name: {vi: t}, kind: amount, unit: point}\n"
                                          "grade:\n  of: total\n  bands:\n    - {class: a, range: \"(..., 5]\"}\n"
                                          "    - {class: b, range: \"(5, ...)\"}\n" CRITERION;
    bench b;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    start(&b, 4);
    ntm_set_free(b.set);
    b.set = taken(open_ended);
    sheet_cells(&b.s, "total", AS_INT64, "5 ? 5 5");
    sheet_cells(&b.s, "products", AS_TEXT, "x x y y");
    assert_ok(judge(&b, &err), &err);
    const ntm_panel_product *product = ntm_panel_product_at(b.panel, 0);
    assert_true(product->mean.least.denominator == 0 && product->mean.most.denominator == 0);
    assert_true(product->mean_least == NULL && product->mean_most == NULL);
    assert_true(product->grade.least == 1 && product->grade.most == 2 && product->open == NTM_PANEL_MEAN_OPEN);
    expect(&b, 1, "y", 2, 5, 1, "5.00", "a", "a", 0);
    end(&b);
}

static void refused_calls(void **state) {
    bench b;
    ntm_error err = NTM_ERROR_INIT;
    ntm_panel *none = NULL;
    (void)state;
    start(&b, 3);
    sheet_cells(&b.s, "total", AS_INT64, "5 101 5");
    sheet_cells(&b.s, "products", AS_TEXT, "x x x");
    assert_fails(judge(&b, &err), NTM_ERROR_VALUE, &err, "natural bound");
    assert_int_equal(err.row, 1);
    static const char *const names[] = {"x"};
    static const int32_t codes[] = {0, -1, 0, 0};
    ntm_column column = ntm_column_codes(codes, 3, names, 1);
    assert_fails(ntm_panel_new(&none, b.plan, &b.s.table, &column, NULL, &err), NTM_ERROR_VALUE, &err,
                 "without a product");
    assert_int_equal(err.row, 1);
    column.length = 4;
    assert_fails(ntm_panel_new(&none, b.plan, &b.s.table, &column, NULL, &err), NTM_ERROR_SHAPE, &err, "4 rows");
    column = ntm_column_codes(codes, 3, NULL, 0);
    assert_fails(ntm_panel_new(&none, b.plan, &b.s.table, &column, NULL, &err), NTM_ERROR_SHAPE, &err, "categories");
    b.options.digits = NTM_SCALE_MAX + 1;
    assert_fails(ntm_panel_new(&none, b.plan, &b.s.table, &b.products, &b.options, &err), NTM_ERROR_ARGUMENT, &err,
                 NULL);
    assert_fails(ntm_panel_new(&none, b.plan, &b.s.table, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    assert_fails(ntm_panel_new(NULL, b.plan, &b.s.table, &b.products, NULL, &err), NTM_ERROR_ARGUMENT, &err, NULL);
    ntm_plan_free(b.plan);
    ntm_set_free(b.set);
    b.set = taken(HEAD "facts:\n  total: {name: {vi: t}, kind: amount, unit: point}\n" CRITERION);
    assert_ok(ntm_plan_new(&b.plan, b.set, &b.s.plan, &err), &err);
    assert_fails(ntm_panel_new(&none, b.plan, &b.s.table, &b.products, NULL, &err), NTM_ERROR_NOT_FOUND, &err,
                 "no grade");
    assert_null(none);
    assert_int_equal(ntm_panel_count(NULL), 0);
    end(&b);
}

/* Over 4,096 rows: products whose sheets lie in different blocks. */
static void many_sheets(void **state) {
    enum { ROWS = 10000, PRODUCTS = 7 };
    static int64_t totals[ROWS];
    static int32_t codes[ROWS];
    static const char *const names[PRODUCTS] = {"a", "b", "c", "d", "e", "f", "g"};
    int64_t sums[PRODUCTS] = {0}, counts[PRODUCTS] = {0};
    uint64_t random = 3;
    bench b;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    start(&b, ROWS);
    for (size_t i = 0; i < ROWS; i++) {
        codes[i] = i < PRODUCTS ? (int32_t)i : (int32_t)(fault_random(&random) % PRODUCTS);
        totals[i] = (int64_t)(fault_random(&random) % 101);
        sums[codes[i]] += totals[i];
        counts[codes[i]]++;
    }
    sheet_column(&b.s, "total", ntm_column_int64(totals, ROWS));
    sheet_column(&b.s, "products", ntm_column_codes(codes, ROWS, names, PRODUCTS));
    assert_ok(judge(&b, &err), &err);
    assert_int_equal(ntm_panel_count(b.panel), PRODUCTS);
    for (size_t i = 0; i < PRODUCTS; i++) {
        const ntm_panel_product *product = ntm_panel_product_at(b.panel, i);
        assert_string_equal(product->id, names[i]);
        assert_int_equal(product->sheets, counts[i]);
        assert_int_equal(product->mean.least.numerator * counts[i], sums[i] * product->mean.least.denominator);
    }
    end(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(between_whole_numbers),
                                       cmocka_unit_test(rounded_by_name),
                                       cmocka_unit_test(knocked_out),
                                       cmocka_unit_test(open_classes),
                                       cmocka_unit_test(no_bound),
                                       cmocka_unit_test(refused_calls),
                                       cmocka_unit_test(many_sheets)};
    return cmocka_run_group_tests_name("panels", tests, NULL, NULL);
}
