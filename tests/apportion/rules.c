/* SPDX-License-Identifier: Apache-2.0 */
/* Envelopes divided by hand. */
#include "fault.h"
#include "rows.h"

#include <stdio.h>
#include <string.h>

#include <ntm/apportion.h>

/* QĐ 07/2022/QĐ-TTg: communes below 15 criteria, of 15 to 18, recognised. */
static const ntm_class_coefficient of_2022[] = {
    {"a", {50, 1}, "QĐ 07/2022/QĐ-TTg"}, {"b", {3, 0}, NULL}, {"c", {1, 0}, NULL}};
/* The allocation of 2026-2030. */
static const ntm_class_coefficient of_2026[] = {{"zone III", {50, 0}, NULL},
                                                {"zone II", {40, 0}, NULL},
                                                {"zone I", {30, 0}, NULL},
                                                {"other", {25, 0}, NULL},
                                                {"village", {1, 0}, NULL}};

static ntm_apportion_options usual(void) { return (ntm_apportion_options)NTM_APPORTION_OPTIONS_INIT; }

static ntm_apportionment *divide(ntm_money envelope, const char *claims, const ntm_apportion_options *options) {
    ntm_csv *csv = rows_read(claims);
    ntm_apportionment *a = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_apportion_new(&a, envelope, ntm_csv_table(csv), options, &err), &err);
    ntm_csv_free(csv);
    return a;
}

static ntm_allotted get(const ntm_apportionment *a, const char *unit) {
    ntm_allotted it;
    size_t index = 0;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_apportionment_find(&index, a, unit, &err), &err);
    assert_ok(ntm_apportionment_get(&it, a, index, &err), &err);
    assert_string_equal(it.unit, unit);
    return it;
}

static void expect(ntm_apportionment *a, const char *shares, ntm_money left) {
    char text[512] = "";
    for (size_t i = 0; i < ntm_apportionment_count(a); i++) {
        ntm_allotted it;
        assert_int_equal(ntm_apportionment_get(&it, a, i, NULL), NTM_OK);
        size_t used = strlen(text);
        (void)snprintf(text + used, sizeof text - used, "%s%s=%lld", i == 0 ? "" : " ", it.unit, (long long)it.share);
    }
    assert_string_equal(text, shares);
    assert_int_equal(ntm_apportionment_left(a), left);
    ntm_apportionment_free(a);
}

static void by_weight(void **state) {
    (void)state;
    expect(divide(100, "unit,weight#1\nA,1\nB,2.5\nC,1.5\n", NULL), "A=20 B=50 C=30", 0);
    expect(divide(100, "unit,weight#0\nB,1\nA,1\nC,1\n", NULL), "B=33 A=34 C=33", 0); /* the first code */
    expect(divide(101, "unit,weight#0\nB,1\nA,1\nC,1\n", NULL), "B=34 A=34 C=33", 0);
    expect(divide(0, "unit,weight#0\nB,1\nA,0\n", NULL), "B=0 A=0", 0);
    expect(divide(7, "unit,weight#0\nB,1\nA,0\n", NULL), "B=7 A=0", 0);
    expect(divide(10, "unit,weight#0,count#0\nA,1,3\nB,2,1\n", NULL), "A=6 B=4", 0);
    /* Equal remainders of 1/2: the larger weight, whatever the code. 5 × 1/10 and 5 × 3/10, 5 × 6/10 = 3. */
    expect(divide(5, "unit,weight#0\nA,1\nB,3\nC,6\n", NULL), "A=0 B=2 C=3", 0);
    expect(divide(INT64_MAX, "unit,weight#0\nA,9223372036854775807\nB,9223372036854775807\n", NULL),
           "A=4611686018427387904 B=4611686018427387903", 0);
}

static void by_class(void **state) {
    (void)state;
    ntm_apportion_options options = usual();
    options.coefficients = of_2022;
    options.coefficient_count = 3;
    options.citation = "the decision";
    ntm_apportionment *a = divide(120000000000, "unit,class\nX,a\nY,b\nZ,c\n", &options);
    ntm_allotted it = get(a, "X");
    assert_string_equal(it.class_name, "a");
    assert_string_equal(it.citation, "QĐ 07/2022/QĐ-TTg");
    assert_int_equal(it.coefficient.coefficient, 50);
    assert_int_equal(it.weight.numerator, 5);
    assert_true(it.quota.numerator == 200000000000 / 3 && it.quota.denominator == 1 ? false
                                                                                    : it.quota.denominator == 3);
    assert_string_equal(get(a, "Y").citation, "the decision");
    expect(a, "X=66666666667 Y=40000000000 Z=13333333333", 0);
    options.several = NTM_CLASSES_ADDED;
    a = divide(1000, "unit,class,count#0\nP,a,10\nQ,c,20\nP,c,5\nQ,b,5\n", &options); /* 55 and 35 */
    assert_null(get(a, "P").class_name);
    expect(a, "P=611 Q=389", 0);
}

static void highest(void **state) {
    (void)state;
    ntm_apportion_options options = usual();
    options.coefficients = of_2026;
    options.coefficient_count = 5;
    options.several = NTM_CLASSES_HIGHEST;
    ntm_apportionment *a = divide(75, "unit,class\nA,other\nB,other\nA,zone III\nA,zone I\n", &options);
    ntm_allotted it = get(a, "A");
    assert_string_equal(it.class_name, "zone III");
    assert_int_equal(it.row, 0);
    expect(a, "A=50 B=25", 0);
    options.several = NTM_CLASSES_ADDED;
    expect(divide(130, "unit,class\nA,other\nB,other\nA,zone III\nA,zone I\n", &options), "A=105 B=25", 0);
}

static void by_share(void **state) {
    (void)state;
    expect(divide(1000, "unit,share#1\nA,33.3\nB,66.7\n", NULL), "A=333 B=667", 0);
    expect(divide(1000, "unit,share#2\nA,33.33\nB,33.33\n", NULL), "A=333 B=333",
           334); /* the larger weight is nobody's */
    expect(divide(10, "unit,share#0\nA,0\nB,0\n", NULL), "A=0 B=0", 10);
    /* What a cap cuts off goes to all others, and to what is left, in proportion. */
    expect(divide(100, "unit,share#0,cap#0\nA,50,20\nB,25,\n", NULL), "A=20 B=40", 40);
}

static void bounds(void **state) {
    (void)state;
    expect(divide(100, "unit,need#0\nA,30\nB,90\n", NULL), "A=25 B=75", 0);
    expect(divide(200, "unit,need#0\nA,30\nB,90\n", NULL), "A=30 B=90", 80);
    expect(divide(10, "unit,need#0\nA,0\nB,0\n", NULL), "A=0 B=0", 10);
    ntm_apportionment *a = divide(100, "unit,weight#0,cap#0,floor#0\nA,5,10,\nB,3,,\nC,1,,40\nD,1,,\n", NULL);
    assert_int_equal(get(a, "A").bound_by, NTM_BOUND_BY_CAP);
    assert_int_equal(get(a, "B").bound_by, NTM_BOUND_BY_NOTHING);
    assert_int_equal(get(a, "C").bound_by, NTM_BOUND_BY_FLOOR);
    assert_int_equal(get(a, "C").quota.numerator, 40);
    assert_true(get(a, "B").extra_step && !get(a, "D").extra_step); /* 37.5 and 12.5: the larger weight */
    expect(a, "A=10 B=38 C=40 D=12", 0);
    /* A need below a cap is what binds. */
    a = divide(100, "unit,weight#0,need#0,cap#0\nA,9,10,20\nB,1,500,\n", NULL);
    assert_int_equal(get(a, "A").bound_by, NTM_BOUND_BY_NEED);
    expect(a, "A=10 B=90", 0);
    /* A weight of 0 has its floor and no more. */
    expect(divide(100, "unit,weight#0,floor#0,cap#0\nA,0,5,\nB,1,,50\n", NULL), "A=5 B=50", 45);
    expect(divide(12, "unit,weight#0,floor#0\nA,1,5\nB,1,7\n", NULL), "A=5 B=7", 0);
}

static void steps(void **state) {
    (void)state;
    ntm_apportion_options options = usual();
    options.step = 1000000;
    expect(divide(10500000, "unit,weight#0\nA,1\nB,2\n", &options), "A=3000000 B=7000000", 500000);
    options.rest_to_next = true;
    ntm_apportionment *a = divide(10500000, "unit,weight#0\nA,1\nB,2\n", &options);
    assert_int_equal(get(a, "A").rest, 500000); /* B had the first remainder, A is next */
    expect(a, "A=3500000 B=7000000", 0);
    /* A is held at its cap and in no line. */
    expect(divide(10500000, "unit,weight#0,cap#0\nA,1,3500000\nB,2,\n", &options), "A=3000000 B=7500000", 0);
    /* A comes first and has no room: the one behind it. */
    expect(divide(3500000, "unit,weight#0,cap#0\nA,2,2400000\nB,1,\n", &options), "A=2000000 B=1500000", 0);
    expect(divide(3500000, "unit,weight#0,cap#0\nA,2,2500000\nB,1,\n", &options), "A=2500000 B=1000000", 0);
    /* Nobody has room. */
    expect(divide(10500000, "unit,weight#0,cap#0\nA,1,3000000\nB,2,7000000\n", &options), "A=3000000 B=7000000",
           500000);
    /* A floor rises to a step, a cap falls. */
    expect(divide(10000000, "unit,weight#0,cap#0,floor#0\nA,1,,4100000\nB,1,2900000,\nC,1,,\n", &options),
           "A=5000000 B=2000000 C=3000000", 0);
}

static void left_out(void **state) {
    (void)state;
    ntm_apportion_options options = usual();
    ntm_error err = NTM_ERROR_INIT;
    size_t index = 7;
    options.leave_out = true;
    options.coefficients = of_2022;
    options.coefficient_count = 3;
    options.several = NTM_CLASSES_HIGHEST;
    ntm_apportionment *a = divide(9, "unit,class\nZ,\nX,a\nB,b\nY,b\nB,\nW,c\n", &options);
    assert_int_equal(ntm_apportionment_left_out_count(a), 2);
    assert_string_equal(ntm_apportionment_left_out(a, 0), "Z");
    assert_string_equal(ntm_apportionment_left_out(a, 1), "B"); /* its highest class is not known */
    assert_null(ntm_apportionment_left_out(a, 2));
    assert_fails(ntm_apportionment_find(&index, a, "B", &err), NTM_ERROR_NOT_FOUND, &err, "left out");
    assert_fails(ntm_apportionment_find(&index, a, "Q", &err), NTM_ERROR_NOT_FOUND, &err, "no such");
    assert_int_equal(index, 7);
    assert_int_equal(ntm_apportionment_envelope(a), 9);
    expect(a, "X=5 Y=3 W=1", 0);
    expect(divide(9, "unit,need#0\nZ,\nX,4\n", &options), "X=4", 5);
    expect(divide(9, "unit,weight#0,count#0\nZ,1,\nX,4,1\n", &options), "X=9", 0);
}

static void expect_text(const ntm_apportionment *a, const char *unit, ntm_language language, const char *expected) {
    size_t index = 0;
    ntm_text *text = NULL;
    assert_int_equal(ntm_apportionment_find(&index, a, unit, NULL), NTM_OK);
    assert_int_equal(ntm_apportionment_explain(&text, a, index, language, NULL), NTM_OK);
    assert_string_equal(ntm_text_data(text), expected);
    ntm_text_free(text);
}

static void explained(void **state) {
    (void)state;
    ntm_apportion_options options = usual();
    options.coefficients = of_2022;
    options.coefficient_count = 3;
    options.several = NTM_CLASSES_ADDED;
    options.citation = "the rule";
    ntm_apportionment *a =
        divide(120000000000, "unit,class,count#0,cap#0\nP,a,10,\nQ,c,20,1000\nP,c,5,\nR,b,4,\n", &options);
    expect_text(a, "P", NTM_EN,
                "P: 98,507,461,866 đồng of 120,000,000,000 đồng\n"
                "  class a: coefficient 5 × 10 [QĐ 07/2022/QĐ-TTg]\n"
                "  class c: coefficient 1 × 5 [the rule]\n"
                "  exact quota: 119,999,999,000 × 55 / 67 = 98,507,461,865 + 45/67 đồng\n"
                "  one step more: its remainder is number 1 of 2, and 1 steps were left (larger remainder, then larger "
                "weight, then code)\n");
    expect_text(a, "R", NTM_VI,
                "R: 21.492.537.134 đồng trong 120.000.000.000 đồng\n"
                "  lớp b: hệ số 3 × 4 [the rule]\n"
                "  phần chia chính xác: 119.999.999.000 × 12 / 67 = 21.492.537.134 + 22/67 đồng\n"
                "  không được thêm: phần dư đứng thứ 2 trong 2, chỉ còn 1 bước để chia (phần dư lớn hơn, rồi trọng số "
                "lớn hơn, rồi mã đơn vị)\n");
    expect_text(
        a, "Q", NTM_EN,
        "Q: 1,000 đồng of 120,000,000,000 đồng\n  class c: coefficient 1 × 20 [the rule]\n  its cap: 1,000 đồng\n");
    ntm_apportionment_free(a);
    options.several = NTM_CLASSES_HIGHEST;
    options.step = 1000;
    options.rest_to_next = true;
    a = divide(10500, "unit,class,floor#0\nA,a,\nA,b,\nB,c,6000\n", &options);
    expect_text(a, "A", NTM_VI,
                "A: 4.500 đồng trong 10.500 đồng\n"
                "  lớp a: hệ số 5 [QĐ 07/2022/QĐ-TTg]\n"
                "  thuộc nhiều lớp: chỉ tính hệ số cao nhất\n"
                "  phần chia chính xác: 4 × 5 / 5 = 4 bước, mỗi bước 1.000 đồng\n"
                "  gồm phần lẻ dưới một bước: 500 đồng\n");
    expect_text(a, "B", NTM_VI,
                "B: 6.000 đồng trong 10.500 đồng\n  lớp c: hệ số 1 [the rule]\n  bằng mức sàn: 6.000 đồng\n"
                "  theo bước 1.000 đồng\n");
    ntm_apportionment_free(a);
    a = divide(100, "unit,need#0,weight#2\nA,30,2.50\nB,90,1.25\n", NULL);
    expect_text(a, "A", NTM_EN, "A: 30 đồng of 100 đồng\n  weight 2.5\n  its need, and no more: 30 đồng\n");
    expect_text(a, "B", NTM_VI,
                "B: 70 đồng trong 100 đồng\n  trọng số 1,25\n  phần chia chính xác: 70 × 1,25 / 1,25 = 70 đồng\n");
    ntm_apportionment_free(a);
    a = divide(100, "unit,share#1\nA,12.5\n", NULL);
    expect_text(
        a, "A", NTM_EN,
        "A: 12 đồng of 100 đồng\n  share 12.5 %\n  exact quota: 100 × 12.5 / 100 = 12 + 1/2 đồng\n"
        "  no step more: its remainder is number 2 of 2, and only 1 steps were left (larger remainder, then larger "
        "weight, then code)\n");
    ntm_apportionment_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_weight), cmocka_unit_test(by_class),
                                       cmocka_unit_test(highest),   cmocka_unit_test(by_share),
                                       cmocka_unit_test(bounds),    cmocka_unit_test(steps),
                                       cmocka_unit_test(left_out),  cmocka_unit_test(explained)};
    return cmocka_run_group_tests_name("apportionments by hand", tests, NULL, NULL);
}
