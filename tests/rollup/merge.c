/* SPDX-License-Identifier: Apache-2.0 */
/* Each rule for merging, with figures worked out by hand. */
#include "kit.h"

static const ntm_fact people = FACT("people", NTM_KIND_COUNT, "person", NTM_MERGE_SUM);
static const ntm_fact poor = FACT("poor", NTM_KIND_COUNT, "person", NTM_MERGE_SUM);
static const ntm_fact road = FACT("road", NTM_KIND_AMOUNT, "km", NTM_MERGE_SUM);

/* Two communes of 5,000 and 7,000 people make one of 12,000. */
static void two_communes(void **state) {
    (void)state;
    kit k;
    static const ntm_rollup_part parts[] = {PART(0, 0), PART(1, 0)};
    kit_start(&k, 2);
    kit_column(&k, "people", (const int64_t[]){5000, 7000}, 0);
    kit_fact(&k, &people);
    kit_parts(&k, parts, 2, 2, 1);
    kit_expect(&k, "people", "12000");
    const ntm_table *table = ntm_rolled_table(k.rolled);
    assert_int_equal(table->field_count, 1);
    assert_int_equal(table->rows, 1);
    assert_int_equal(table->fields[0].column.type, NTM_TYPE_INT64);
    assert_int_equal(*(const int64_t *)table->fields[0].column.data, 12000);
    kit_end(&k);
}

static void sums(void **state) {
    (void)state;
    kit k;
    static const ntm_fact bounded = {.id = "road",
                                     .kind = NTM_KIND_AMOUNT,
                                     .unit = "km",
                                     .has_least = true,
                                     .has_most = true,
                                     .least = {0, 0},
                                     .most = {50, 0},
                                     .merge = NTM_MERGE_SUM};
    static const ntm_fact money = FACT("money", NTM_KIND_MONEY, "VND", NTM_MERGE_SUM);
    static const ntm_rollup_part parts[] = {PART(5, 2), PART(0, 0), PART(1, 0), PART(2, 1),
                                            PART(3, 1), PART(4, 2), PART(6, 3), PART(7, 3)};
    kit_start(&k, 8);
    kit_column(&k, "people", (const int64_t[]){1, 2, 3, GONE, NONE, 5, NONE, NONE}, 0);
    kit_column(&k, "road", (const int64_t[]){15, 25, 35, GONE, NONE, 5, GONE, GONE}, 1);
    kit_column(&k, "money", (const int64_t[]){-15, 25, 35, GONE, NONE, 5, GONE, 4}, 0);
    kit_fact(&k, &people);
    kit_fact(&k, &bounded);
    kit_fact(&k, &money);
    kit_parts(&k, parts, 8, 8, 5);
    kit_expect(&k, "people", "3 3.. 5 - 0..");
    kit_expect(&k, "road", "4 7/2..107/2 1/2 0..100 0..50");
    kit_expect(&k, "money", "10 ? 5 ? ?");
    kit_end(&k);
}

static void bounds_in_the_table(void **state) {
    (void)state;
    kit k;
    static const ntm_rollup_part parts[] = {PART(0, 0), PART(1, 0), PART(2, 1)};
    ntm_decimal value;
    kit_start(&k, 3);
    kit_column(&k, "people", (const int64_t[]){10, GONE, GONE}, 0);
    kit_column(&k, "people:most", (const int64_t[]){3, 95, GONE}, 1);
    kit_fact(&k, &people);
    kit_parts(&k, parts, 3, 3, 2);
    kit_expect(&k, "people", "10..19 0..");
    const ntm_table *table = ntm_rolled_table(k.rolled);
    assert_int_equal(table->field_count, 3);
    assert_string_equal(table->fields[1].name, "people:least");
    assert_string_equal(table->fields[2].name, "people:most");
    assert_ok(ntm_column_decimal(&value, &table->fields[2].column, 0, &k.err), &k.err);
    assert_int_equal(value.coefficient, 19);
    assert_int_equal(ntm_column_known(&table->fields[1].column, 1), NTM_REPORTED);
    assert_int_equal(ntm_column_known(&table->fields[2].column, 1), NTM_NOT_REPORTED);
    kit_end(&k);
}

static void means(void **state) {
    (void)state;
    kit k;
    static const ntm_fact income = {.id = "income",
                                    .kind = NTM_KIND_MONEY,
                                    .unit = "triệu đồng/người/năm",
                                    .merge = NTM_MERGE_WEIGHTED,
                                    .merge_weight = "people"};
    static const ntm_fact share = {
        .id = "share", .kind = NTM_KIND_SHARE, .unit = "%", .merge = NTM_MERGE_WEIGHTED, .merge_weight = "people"};
    static const ntm_rollup_part parts[] = {PART(0, 0), PART(1, 0), PART(2, 1), PART(3, 1), PART(4, 2), PART(5, 2),
                                            PART(6, 3), PART(7, 4), PART(8, 4), PART(9, 5), PART(10, 5)};
    kit_start(&k, 11);
    kit_column(&k, "people", (const int64_t[]){1000, 2000, 3, 1, GONE, 5, GONE, 0, 0, 1, 2}, 0);
    kit_column(&k, "income", (const int64_t[]){305, 335, 10, GONE, 20, 40, 7, 1, 2, NONE, 9}, 1);
    kit_column(&k, "share", (const int64_t[]){1, 2, 10, GONE, 20, 40, GONE, 1, 2, NONE, NONE}, 0);
    kit_fact(&k, &people);
    kit_fact(&k, &income);
    kit_fact(&k, &share);
    kit_parts(&k, parts, 11, 11, 6);
    kit_expect(&k, "income", "65/2 ? 2..4 7/10 ? 9/10");
    kit_expect(&k, "share", "5/3 15/2..65/2 20..40 0..100 0..100 -");
    const ntm_field *least = ntm_table_find(ntm_rolled_table(k.rolled), "share:least");
    ntm_decimal value;
    assert_ok(ntm_column_decimal(&value, &least->column, 0, &k.err), &k.err);
    assert_int_equal(value.coefficient, 1666666);
    assert_ok(ntm_column_decimal(&value, &least[1].column, 0, &k.err), &k.err);
    assert_int_equal(value.coefficient, 1666667);
    kit_end(&k);
}

/* Below 0 too bounds are rounded outward. */
static void means_below_0(void **state) {
    (void)state;
    kit k;
    static const ntm_fact gain = {
        .id = "gain", .kind = NTM_KIND_MONEY, .unit = "VND", .merge = NTM_MERGE_WEIGHTED, .merge_weight = "people"};
    static const ntm_rollup_part parts[] = {PART(0, 0), PART(1, 0)};
    kit_start(&k, 2);
    kit_column(&k, "people", (const int64_t[]){1, 2}, 0);
    kit_column(&k, "gain", (const int64_t[]){-5, -1}, 0);
    kit_fact(&k, &people);
    kit_fact(&k, &gain);
    kit_parts(&k, parts, 2, 2, 1);
    kit_expect(&k, "gain", "-7/3");
    const ntm_field *least = ntm_table_find(ntm_rolled_table(k.rolled), "gain:least");
    ntm_decimal value;
    assert_ok(ntm_column_decimal(&value, &least->column, 0, &k.err), &k.err);
    assert_int_equal(value.coefficient, -2333334);
    kit_end(&k);
}

static void ratios(void **state) {
    (void)state;
    kit k;
    static const ntm_fact rate = {
        .id = "rate", .kind = NTM_KIND_SHARE, .unit = "%", .merge = NTM_MERGE_RATIO, .merge_parts = {"poor", "people"}};
    static const ntm_fact unsaid = FACT("unsaid", NTM_KIND_SHARE, "%", NTM_MERGE_RATIO);
    static const ntm_rollup_part parts[] = {PART(0, 0), PART(1, 0), PART(2, 1), PART(3, 1), PART(4, 2),
                                            PART(5, 3), PART(6, 3), PART(7, 4), PART(8, 4)};
    kit_start(&k, 9);
    kit_column(&k, "poor", (const int64_t[]){10, 30, 1, GONE, GONE, 0, 0, 5, 5}, 0);
    kit_column(&k, "people", (const int64_t[]){100, 100, 10, 10, GONE, 0, 0, 10, GONE}, 0);
    kit_column(&k, "rate", (const int64_t[]){10, 30, 10, 5, 77, GONE, GONE, GONE, GONE}, 0);
    kit_column(&k, "unsaid", (const int64_t[]){10, 30, 10, 5, 77, GONE, GONE, NONE, NONE}, 0);
    kit_fact(&k, &poor);
    kit_fact(&k, &people);
    kit_fact(&k, &rate);
    kit_fact(&k, &unsaid);
    kit_parts(&k, parts, 9, 9, 5);
    kit_expect(&k, "rate", "20 5..100 77 0..100 0..100");
    kit_expect(&k, "unsaid", "0..100 0..100 77 0..100 -");
    kit_end(&k);
}

static void flags_and_levels(void **state) {
    (void)state;
    kit k;
    static const char *const scale[] = {"thấp", "vừa", "cao"};
    static const char *const codes[] = {"cao", "thấp", "vừa"};
    static const ntm_fact all = FACT("all", NTM_KIND_FLAG, NULL, NTM_MERGE_ALL);
    static const ntm_fact any = FACT("any", NTM_KIND_FLAG, NULL, NTM_MERGE_ANY);
    static const ntm_fact again = FACT("again", NTM_KIND_FLAG, NULL, NTM_MERGE_REASSESS);
    const ntm_fact low = {
        .id = "low", .kind = NTM_KIND_LEVEL, .levels = scale, .level_count = 3, .merge = NTM_MERGE_MIN};
    static const ntm_fact last = FACT("last", NTM_KIND_DATE, NULL, NTM_MERGE_MAX);
    static const ntm_rollup_part parts[] = {PART(0, 0), PART(1, 0), PART(2, 1), PART(3, 1),
                                            PART(4, 2), PART(5, 2), PART(6, 3), PART(7, 4)};
    static const int64_t yes[] = {1, 1, 0, GONE, 1, GONE, NONE, 1};
    int32_t places[] = {0, 2, 1, -1, 0, -1, 7, 0};
    kit_start(&k, 8);
    kit_flags(&k, "all", yes);
    kit_flags(&k, "any", yes);
    kit_flags(&k, "again", yes);
    ntm_column *column = kit_column(&k, "low", yes, 0);
    *column = ntm_column_codes(places, 8, codes, 3);
    uint8_t last_one_is_none = 1 << 6;
    column->not_applicable = &last_one_is_none;
    kit_column(&k, "last", (const int64_t[]){18000, 18001, 5, GONE, GONE, GONE, NONE, 9}, 0);
    kit_fact(&k, &all);
    kit_fact(&k, &any);
    kit_fact(&k, &again);
    kit_fact(&k, &low);
    kit_fact(&k, &last);
    kit_parts(&k, parts, 8, 8, 5);
    kit_expect(&k, "all", "1 0 0..1 - 1");
    kit_expect(&k, "any", "1 0..1 1 - 1");
    kit_expect(&k, "again", "0..1 0..1 0..1 - 1");
    kit_expect(&k, "low", "1 0 0..2 - 2");
    kit_expect(&k, "last", "18001 5.. ? - 9");
    const ntm_table *table = ntm_rolled_table(k.rolled);
    const ntm_field *field = ntm_table_find(table, "low");
    const char *text;
    size_t size;
    assert_ok(ntm_column_text(&text, &size, &field->column, 4, &k.err), &k.err);
    assert_memory_equal(text, "cao", 3);
    assert_int_equal(ntm_table_find(table, "all")->column.type, NTM_TYPE_BITS);
    assert_null(ntm_table_find(table, "all:least"));
    assert_null(ntm_table_find(table, "low:least"));
    assert_non_null(ntm_table_find(table, "last:least"));
    kit_end(&k);
}

/* An end that is sharper than the natural one is shown, if it is the only one too. */
static void one_sided(void **state) {
    (void)state;
    kit k;
    static const char *const scale[] = {"a", "b", "c"};
    static const ntm_fact first = FACT("first", NTM_KIND_DATE, NULL, NTM_MERGE_MIN);
    static const ntm_fact low = {
        .id = "low", .kind = NTM_KIND_LEVEL, .levels = scale, .level_count = 3, .merge = NTM_MERGE_MIN};
    static const ntm_rollup_part parts[] = {PART(0, 0), PART(1, 0), PART(2, 1), PART(3, 1)};
    ntm_decimal value;
    kit_start(&k, 4);
    kit_column(&k, "first", (const int64_t[]){18000, GONE, 7, 8}, 0);
    ntm_column *column = kit_column(&k, "low", (const int64_t[]){1, GONE, 2, 2}, 0);
    column->categories = scale;
    column->category_count = 3;
    kit_column(&k, "people", (const int64_t[]){10, GONE, 1, 1}, 0);
    kit_column(&k, "people:least", (const int64_t[]){GONE, 25, GONE, GONE}, 1);
    kit_fact(&k, &first);
    kit_fact(&k, &low);
    kit_fact(&k, &people);
    kit_parts(&k, parts, 4, 4, 2);
    kit_expect(&k, "first", "..18000 7");
    kit_expect(&k, "low", "0..1 2");
    kit_expect(&k, "people", "13.. 2");
    const ntm_table *table = ntm_rolled_table(k.rolled);
    assert_null(ntm_table_find(table, "first:least"));
    assert_null(ntm_table_find(table, "people:most"));
    assert_non_null(ntm_table_find(table, "low:least"));
    const ntm_field *most = ntm_table_find(table, "low:most");
    assert_non_null(most);
    assert_ok(ntm_column_decimal(&value, &most->column, 0, &k.err), &k.err);
    assert_int_equal(value.coefficient, 1);
    assert_ok(ntm_column_decimal(&value, &most->column, 1, &k.err), &k.err);
    assert_int_equal(value.coefficient, 2);
    kit_end(&k);
}

static void members(void **state) {
    (void)state;
    kit k;
    static const ntm_fact trained = {
        .id = "trained", .kind = NTM_KIND_COUNT, .unit = "person", .by = "sex", .merge = NTM_MERGE_SUM};
    static const ntm_fact rate = {.id = "rate",
                                  .kind = NTM_KIND_SHARE,
                                  .unit = "%",
                                  .by = "sex",
                                  .merge = NTM_MERGE_RATIO,
                                  .merge_parts = {"trained", "people"}};
    static const ntm_rollup_part parts[] = {PART(0, 0), PART(1, 0)};
    kit_start(&k, 2);
    kit_column(&k, "trained[female]", (const int64_t[]){1, 2}, 0);
    kit_column(&k, "trained[male]", (const int64_t[]){3, 4}, 0);
    kit_column(&k, "people", (const int64_t[]){10, 10}, 0);
    kit_column(&k, "rate[male]", (const int64_t[]){GONE, GONE}, 0);
    kit_fact(&k, &trained);
    kit_fact(&k, &people);
    kit_fact(&k, &rate);
    kit_parts(&k, parts, 2, 2, 1);
    kit_expect(&k, "trained[female]", "3");
    kit_expect(&k, "trained[male]", "7");
    kit_expect(&k, "rate[male]", "35");
    kit_end(&k);
}

static void parts_are_counted(void **state) {
    (void)state;
    kit k;
    static const ntm_rollup_part parts[] = {PART(0, 0), PART(1, 0), PART(2, 0), SHARE(3, 0, 1), SHARE(3, 1, 2)};
    ntm_rolled_parts of;
    kit_start(&k, 4);
    kit_column(&k, "people", (const int64_t[]){1, GONE, NONE, 8}, 0);
    kit_fact(&k, &people);
    kit_parts(&k, parts, 5, 4, 2);
    kit_expect(&k, "people", "4.. 5");
    assert_ok(ntm_rolled_parts_of(&of, k.rolled, "people", 0, &k.err), &k.err);
    assert_int_equal(of.parts, 4);
    assert_int_equal(of.reported, 2);
    assert_int_equal(of.not_reported, 1);
    assert_int_equal(of.not_applicable, 1);
    assert_int_equal(of.divided, 1);
    assert_fails(ntm_rolled_parts_of(&of, k.rolled, "people", 2, &k.err), NTM_ERROR_ARGUMENT, &k.err, "past the last");
    assert_fails(ntm_rolled_parts_of(&of, k.rolled, "x", 0, &k.err), NTM_ERROR_NOT_FOUND, &k.err, "no such column");
    kit_end(&k);
}

static void types_of_columns(void **state) {
    (void)state;
    kit k;
    static const ntm_fact plan = FACT("plan", NTM_KIND_FLAG, NULL, NTM_MERGE_ALL);
    static const ntm_rollup_part parts[] = {PART(0, 0), PART(1, 0)};
    static const int16_t whole[] = {50, 70};
    static const double kilometres[] = {1.25, 0.5};
    static const uint8_t bits[] = {0x6};
    kit_start(&k, 2);
    ntm_column *column = kit_column(&k, "people", (const int64_t[]){1, 1}, 1);
    column->type = NTM_TYPE_INT16;
    column->data = whole;
    column->stride_bytes = 2;
    column = kit_column(&k, "road", (const int64_t[]){1, 1}, 0);
    *column = ntm_column_double(kilometres, 2);
    column = kit_flags(&k, "plan", (const int64_t[]){1, 1});
    column->type = NTM_TYPE_BITS;
    column->data = bits;
    column->bit_offset = 1;
    kit_fact(&k, &people);
    kit_fact(&k, &road);
    kit_fact(&k, &plan);
    kit_parts(&k, parts, 2, 2, 1);
    kit_expect(&k, "people", "12");
    kit_expect(&k, "road", "7/4");
    kit_expect(&k, "plan", "1");
    kit_end(&k);
}

static void more_types(void **state) {
    (void)state;
    kit k;
    static const char *const scale[] = {"thấp", "vừa", "cao"};
    static const ntm_fact money = FACT("money", NTM_KIND_MONEY, "VND", NTM_MERGE_SUM);
    static const ntm_fact day = FACT("day", NTM_KIND_DATE, NULL, NTM_MERGE_MIN);
    static const ntm_fact low = {
        .id = "low", .kind = NTM_KIND_LEVEL, .levels = scale, .level_count = 3, .merge = NTM_MERGE_MIN};
    static const ntm_rollup_part parts[] = {PART(0, 0), PART(1, 0), PART(2, 1)};
    static const char words[] = "caovừacao";
    static const int32_t offsets[] = {0, 3, 8, 11};
    static const int64_t wide[] = {-15, -1, 25, 0, 100, 0}; /* low and high halves */
    static const int8_t same[] = {7};
    static const int32_t days[] = {18000, 0, 17000, 0, 5, 0};
    kit_start(&k, 3);
    ntm_column *column = kit_column(&k, "money", (const int64_t[]){1, 1, 1}, 1);
    column->type = NTM_TYPE_DECIMAL128;
    column->data = wide;
    column->stride_bytes = 16;
    column = kit_column(&k, "people", (const int64_t[]){1, 1, 1}, 0); /* one value for all rows */
    column->type = NTM_TYPE_INT8;
    column->data = same;
    column->stride_bytes = 0;
    column = kit_column(&k, "day", (const int64_t[]){1, 1, 1}, 0);
    column->type = NTM_TYPE_INT32;
    column->data = days;
    column = kit_column(&k, "low", (const int64_t[]){1, 1, 1}, 0);
    column->type = NTM_TYPE_TEXT;
    column->data = offsets;
    column->text = words;
    kit_fact(&k, &money);
    kit_fact(&k, &people);
    kit_fact(&k, &day);
    kit_fact(&k, &low);
    kit_parts(&k, parts, 3, 3, 2);
    kit_expect(&k, "money", "1 10");
    kit_expect(&k, "people", "14 7");
    kit_expect(&k, "day", "17000 5");
    kit_expect(&k, "low", "1 2");
    ntm_rolled_free(k.rolled);
    k.rolled = NULL;
    const ntm_fact other = {
        .id = "low", .kind = NTM_KIND_LEVEL, .levels = scale, .level_count = 2, .merge = NTM_MERGE_MIN};
    k.facts[3] = &other;
    assert_fails(kit_roll(&k), NTM_ERROR_VALUE, &k.err, "\"cao\" is none of its levels");
    k.facts[3] = &low;
    static const int64_t beyond[] = {-15, 7, 25, 0, 100, 0};
    k.fields[0].column.data = beyond;
    assert_fails(kit_roll(&k), NTM_ERROR_OVERFLOW, &k.err, "beyond 64 bits");
    kit_end(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_communes),
        cmocka_unit_test(sums),
        cmocka_unit_test(bounds_in_the_table),
        cmocka_unit_test(means),
        cmocka_unit_test(ratios),
        cmocka_unit_test(means_below_0),
        cmocka_unit_test(flags_and_levels),
        cmocka_unit_test(one_sided),
        cmocka_unit_test(members),
        cmocka_unit_test(parts_are_counted),
        cmocka_unit_test(types_of_columns),
        cmocka_unit_test(more_types),
    };
    return cmocka_run_group_tests_name("rules for merging", tests, NULL, NULL);
}
