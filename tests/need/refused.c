/* SPDX-License-Identifier: Apache-2.0 */
/* Norms, quantities and rules that are refused. */
#include "lines.h"

typedef struct refused {
    const char *table;
    ntm_status status;
    uint64_t row;
    const char *subject, *part; /* of the message */
} refused;

static const refused norms[] = {
    {"work,resource,work_unit\nroad,money,km\n", NTM_ERROR_SHAPE, NTM_NO_ROW, "amount", "needs this column"},
    {"resource,work_unit,amount#0\nmoney,km,1\n", NTM_ERROR_SHAPE, NTM_NO_ROW, "work", "needs this column"},
    {"work,resource,work_unit,amount\nroad,money,km,1\n", NTM_ERROR_SHAPE, NTM_NO_ROW, "amount", "expected numbers"},
    {"work,resource,work_unit,amount#0,x\nroad,money,km,1,1\n", NTM_ERROR_SHAPE, NTM_NO_ROW, "x", "no column of norms"},
    {"work,resource,work_unit,amount#0\n,money,km,1\n", NTM_ERROR_VALUE, 0, "work", "needs this cell"},
    {"work,resource,work_unit,amount#0\nroad,,km,1\n", NTM_ERROR_VALUE, 0, "resource", "needs this cell"},
    {"work,resource,work_unit,amount#0\nroad,money,,1\n", NTM_ERROR_VALUE, 0, "work_unit", "needs this cell"},
    {"work,resource,work_unit,amount#0\nroad,money,km,\n", NTM_ERROR_VALUE, 0, "amount", "0 says so"},
    {"work,resource,work_unit,amount#0\nroad,money,km,-1\n", NTM_ERROR_VALUE, 0, "amount", "0 or more"},
    {"work,resource,work_unit,amount#0\nroad,cement,km,1\n", NTM_ERROR_UNIT, 0, "resource_unit",
     "\"cement\" needs its unit"},
    {"work,resource,work_unit,amount#0,resource_unit\nroad,money,km,1,USD\n", NTM_ERROR_UNIT, 0, "resource_unit",
     "đồng"},
    {"work,class,resource,work_unit,amount#0,resource_unit\nroad,A,cement,km,1,kg\nroad,,cement,km,1,tonne\n",
     NTM_ERROR_UNIT, 0, "resource_unit", "another unit in row 1"},
    {"work,resource,work_unit,amount#0,valid_from,valid_to\nroad,money,km,1,2020-01-01,2020-01-01\n", NTM_ERROR_VALUE,
     0, "valid_to", "after valid_from"},
    {"work,resource,work_unit,amount#0,valid_from\nroad,money,km,1,2020-13-01\n", NTM_ERROR_SYNTAX, 0, "valid_from",
     ""},
    {"work,resource,work_unit,amount#0\nroad,money,km,1\nroad,money,km,2\n", NTM_ERROR_CONFLICT, 1, "work",
     "row 0 is for"},
    /* The second ends before the third begins; the first goes on. */
    {"work,resource,work_unit,amount#0,valid_from,valid_to\nroad,money,km,1,2020-01-01,\nschool,money,km,1,,\n"
     "road,money,km,1,2021-01-01,2021-02-01\n",
     NTM_ERROR_CONFLICT, 2, "work", "row 0 is for"},
};

static void bad_norms(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof norms / sizeof norms[0]; i++) {
        ntm_csv *csv = rows_read(norms[i].table);
        ntm_norms *made = NULL;
        ntm_error err = NTM_ERROR_INIT;
        assert_fails(ntm_norms_new(&made, ntm_csv_table(csv), NULL, &err), norms[i].status, &err, norms[i].part);
        assert_string_equal(err.subject, norms[i].subject);
        assert_true(err.row == norms[i].row);
        assert_null(made);
        ntm_csv_free(csv);
    }
    /* Days that meet are no conflict, in any order of rows. */
    ntm_norms *made = norms_of("work,resource,work_unit,amount#0,valid_from,valid_to\nroad,money,km,1,2021-01-01,\n"
                               "road,money,km,1,,2020-01-01\nroad,money,km,1,2020-01-01,2021-01-01\n");
    assert_int_equal(ntm_norms_count(made), 3);
    ntm_norms_free(made);
}

static const char good[] =
    "work,class,region,resource,work_unit,amount#0,valid_from\nroad,A,,money,km,5,\n"
    "road,,hill,money,km,6,\nschool,,,money,room,9000000000000000000,\nhouse,,,money,house,1,2020-01-01\n";
#define HEAD "unit,work,class,region,quantity#1,work_unit,date\n"

static const refused quantities[] = {
    {"unit,work,work_unit\nX,road,km\n", NTM_ERROR_SHAPE, NTM_NO_ROW, "quantity", "needs this column"},
    {"unit,quantity#0,work_unit\nX,1,km\n", NTM_ERROR_SHAPE, NTM_NO_ROW, "work", "needs this column"},
    {"unit,work,quantity,work_unit\nX,road,1,km\n", NTM_ERROR_SHAPE, NTM_NO_ROW, "quantity", "expected numbers"},
    {"unit,work,quantity#0,work_unit,y\nX,road,1,km,\n", NTM_ERROR_SHAPE, NTM_NO_ROW, "y", "no column of quantities"},
    {HEAD "X,school,,,1,room,\n,school,,,1,room,\n", NTM_ERROR_VALUE, 1, "unit", "needs this cell"},
    {HEAD "X,,,,1,room,\n", NTM_ERROR_VALUE, 0, "work", "needs this cell"},
    {HEAD "X,school,,,1,,\n", NTM_ERROR_VALUE, 0, "work_unit", "needs this cell"},
    {HEAD "X,school,,,-1,room,\n", NTM_ERROR_VALUE, 0, "quantity", "0 or more"},
    {HEAD "X,school,,,1,class,\n", NTM_ERROR_UNIT, 0, "work_unit", "the norm in row 2 is per \"room\""},
    {HEAD "X,school,,,2,room,\n", NTM_ERROR_OVERFLOW, 0, "quantity", "64 bits"},
    {HEAD "X,road,A,hill,2,km,\n", NTM_ERROR_CONFLICT, 0, "work", "rows 0 (for the class) and 1 (for the region)"},
    {HEAD "X,road,B,plain,2,km,\n", NTM_ERROR_NOT_FOUND, 0, "work", "(class \"B\", region \"plain\")"},
    {HEAD "X,bridge,,,2,km,\n", NTM_ERROR_NOT_FOUND, 0, "work", "no norm names the work \"bridge\""},
    {HEAD "X,house,,,2,house,\n", NTM_ERROR_VALUE, 0, "date", "have days"},
    {HEAD "X,house,,,2,house,2019-12-31\n", NTM_ERROR_NOT_FOUND, 0, "work", "no norm for"},
};

static void bad_quantities(void **state) {
    (void)state;
    ntm_norms *made = norms_of(good);
    for (size_t i = 0; i < sizeof quantities / sizeof quantities[0]; i++) {
        ntm_csv *csv = rows_read(quantities[i].table);
        ntm_needs *needs = NULL;
        ntm_error err = NTM_ERROR_INIT;
        assert_fails(ntm_needs_new(&needs, made, ntm_csv_table(csv), NULL, &err), quantities[i].status, &err,
                     quantities[i].part);
        assert_string_equal(err.subject, quantities[i].subject);
        assert_true(err.row == quantities[i].row);
        assert_null(needs);
        ntm_csv_free(csv);
    }
    ntm_norms_free(made);
}

#define RULES "work,resource,source,doer,share#2,cap#0,cap_per,cap_to,cap_to_doer\n"

static const refused rules[] = {
    {"source\na\n", NTM_ERROR_SHAPE, NTM_NO_ROW, "division: share", "needs this column"},
    {"share#0\n100\n", NTM_ERROR_SHAPE, NTM_NO_ROW, "division: source", "needs this column"},
    {"source,share#0,z\na,100,\n", NTM_ERROR_SHAPE, NTM_NO_ROW, "division: z", "no column of a division"},
    {"source,share\na,100\n", NTM_ERROR_SHAPE, NTM_NO_ROW, "division: share", "expected numbers"},
    {RULES ",,,,100,,,,\n", NTM_ERROR_VALUE, 0, "division: source", "without source"},
    {RULES ",,a,,100,,,,\n,,b,,,,,,\n", NTM_ERROR_VALUE, 1, "division: share", "not reported"},
    {RULES ",,a,,60,,,,\n,,b,,39.99,,,,\n", NTM_ERROR_VALUE, 0, "division: share", "do not add up to 100 %"},
    {RULES ",,a,,60,,,,\n,,b,,40.01,,,,\n", NTM_ERROR_VALUE, 0, "division: share", "do not add up to 100 %"},
    {RULES ",,a,x,60,,,,\n,,a,x,40,,,,\n", NTM_ERROR_CONFLICT, 1, "division: source", "row 0 is for the same"},
    {RULES ",,a,,100,5,,,\n", NTM_ERROR_VALUE, 0, "division: cap", "together"},
    {RULES ",,a,,100,,work,,\n", NTM_ERROR_VALUE, 0, "division: cap", "together"},
    {RULES ",,a,,100,5,work,,\n", NTM_ERROR_VALUE, 0, "division: cap", "together"},
    {RULES ",,a,,100,5,month,b,\n", NTM_ERROR_VALUE, 0, "division: cap_per", "\"month\": expected work, unit or total"},
    {RULES ",,a,,100,5,work,b,\n,,b,,0,,,,\n", NTM_ERROR_UNIT, 0, "division: cap", "needs a resource"},
    {RULES ",money,a,,100,5,work,c,\n", NTM_ERROR_NOT_FOUND, 0, "division: cap_to", "has the source \"c\""},
    {RULES ",money,a,,100,5,work,b,\n,money,b,x,0,,,,\n,money,b,y,0,,,,\n", NTM_ERROR_CONFLICT, 0, "division: cap_to",
     "cap_to_doer says which"},
    {RULES ",money,a,,100,5,work,a,\n", NTM_ERROR_VALUE, 0, "division: cap_to", "in a circle"},
    {RULES ",money,z,,100,5,work,a,\n,money,a,,0,5,work,b,\n,money,b,,0,5,unit,a,\n", NTM_ERROR_VALUE, 1,
     "division: cap_to", "in a circle"},
    {RULES "road,,a,,100,,,,\n", NTM_ERROR_NOT_FOUND, 0, "work",
     "no rule of the division is for \"money\" of \"school\""},
};

static void bad_rules(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        ntm_needs_options options = NTM_NEEDS_OPTIONS_INIT;
        ntm_needs *needs = NULL;
        ntm_error err = NTM_ERROR_INIT;
        assert_fails(try_needs(&needs, good, HEAD "X,school,,,1,room,\n", rules[i].table, &options, &err),
                     rules[i].status, &err, rules[i].part);
        assert_string_equal(err.subject, rules[i].subject);
        assert_true(err.row == rules[i].row);
        assert_null(needs);
    }
}

static void together(void **state) {
    (void)state;
    ntm_needs_options options = NTM_NEEDS_OPTIONS_INIT;
    ntm_needs *needs = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_int_equal(ntm_problems_new(&options.problems, 0, NULL, NULL), NTM_OK);
    assert_fails(try_needs(&needs, good, HEAD "X,bridge,,,1,room,\nX,road,B,plain,1,km,\nX,school,,,-1,room,\n", NULL,
                           &options, &err),
                 NTM_ERROR_NOT_FOUND, &err, "bridge");
    assert_int_equal(ntm_problems_count(options.problems), 3);
    ntm_problems_free(options.problems);
}

static void wrong_calls(void **state) {
    (void)state;
    ntm_csv *csv = rows_read(HEAD "X,road,A,,1,km,\n");
    const ntm_table *table = ntm_csv_table(csv);
    ntm_norms *made = NULL;
    ntm_needs *needs = NULL;
    ntm_need_sums *sums = NULL;
    ntm_needs_options options = NTM_NEEDS_OPTIONS_INIT;
    ntm_norms_options of_norms = NTM_NORMS_OPTIONS_INIT;
    ntm_error err = NTM_ERROR_INIT;
    ntm_need it;
    ntm_text *text = NULL;
    const char *by[] = {"unit", "unit", "kind", "programme", NULL, "source"};
    assert_fails(ntm_norms_new(NULL, table, NULL, &err), NTM_ERROR_ARGUMENT, &err, "a place");
    assert_fails(ntm_norms_new(&made, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, "a table");
    of_norms.allocator = &fault_lacking;
    assert_fails(ntm_norms_new(&made, table, &of_norms, &err), NTM_ERROR_ARGUMENT, &err, "allocator");
    made = norms_of(good);
    assert_fails(ntm_needs_new(NULL, made, table, NULL, &err), NTM_ERROR_ARGUMENT, &err, "a place");
    assert_fails(ntm_needs_new(&needs, NULL, table, NULL, &err), NTM_ERROR_ARGUMENT, &err, "norms");
    assert_fails(ntm_needs_new(&needs, made, NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, "quantities");
    options.rounding = (ntm_rounding)5;
    assert_fails(ntm_needs_new(&needs, made, table, &options, &err), NTM_ERROR_ARGUMENT, &err, "rounding");
    options.rounding = (ntm_rounding)0;
    options.kind_scale = 19;
    assert_fails(ntm_needs_new(&needs, made, table, &options, &err), NTM_ERROR_ARGUMENT, &err, "kind_scale");
    options.kind_scale = 3;
    options.echelon = (ntm_echelon)5;
    assert_fails(ntm_needs_new(&needs, made, table, &options, &err), NTM_ERROR_ARGUMENT, &err, "echelon");
    options.echelon = NTM_ECHELON_ANY;
    options.date = INT32_MAX;
    assert_fails(ntm_needs_new(&needs, made, table, &options, &err), NTM_ERROR_ARGUMENT, &err, "day");
    options.allocator = &fault_lacking;
    assert_fails(ntm_needs_new(&needs, made, table, &options, &err), NTM_ERROR_ARGUMENT, &err, "allocator");
    assert_null(needs);
    needs = needs_of(good, HEAD "X,school,,,1,room,\n", NULL, &(ntm_needs_options)NTM_NEEDS_OPTIONS_INIT);
    assert_fails(ntm_needs_get(&it, needs, 1, &err), NTM_ERROR_ARGUMENT, &err, "no line 1: there are 1");
    assert_fails(ntm_needs_get(NULL, needs, 0, &err), NTM_ERROR_ARGUMENT, &err, "a place");
    assert_fails(ntm_needs_explain(&text, needs, 1, NTM_VI, &err), NTM_ERROR_ARGUMENT, &err, "no line");
    assert_fails(ntm_needs_explain(&text, needs, 0, (ntm_language)3, &err), NTM_ERROR_ARGUMENT, &err, "language");
    assert_fails(ntm_needs_explain(NULL, needs, 0, NTM_VI, &err), NTM_ERROR_ARGUMENT, &err, "a place");
    assert_fails(ntm_need_sums_new(NULL, needs, by, 1, &err), NTM_ERROR_ARGUMENT, &err, "a place");
    assert_fails(ntm_need_sums_new(&sums, needs, NULL, 1, &err), NTM_ERROR_ARGUMENT, &err, "names");
    assert_fails(ntm_need_sums_new(&sums, needs, by, 2, &err), NTM_ERROR_ARGUMENT, &err, "twice");
    assert_fails(ntm_need_sums_new(&sums, needs, by + 1, 2, &err), NTM_ERROR_NOT_FOUND, &err, "no such column");
    assert_fails(ntm_need_sums_new(&sums, needs, by + 3, 1, &err), NTM_ERROR_NOT_FOUND, &err, "no such column");
    assert_fails(ntm_need_sums_new(&sums, needs, by + 4, 1, &err), NTM_ERROR_ARGUMENT, &err, "NULL");
    assert_fails(ntm_need_sums_new(&sums, needs, by, 6, &err), NTM_ERROR_ARGUMENT, &err, "more columns");
    assert_null(sums);
    ntm_needs_free(needs);
    /* Two of the largest amounts together. */
    needs = needs_of(good, HEAD "X,school,,,1,room,\nY,school,,,1,room,\n", NULL,
                     &(ntm_needs_options)NTM_NEEDS_OPTIONS_INIT);
    assert_fails(ntm_need_sums_new(&sums, needs, by, 0, &err), NTM_ERROR_OVERFLOW, &err, "64 bits");
    ntm_needs_free(needs);
    ntm_norms_free(made);
    ntm_csv_free(csv);
    ntm_needs_free(NULL);
    ntm_norms_free(NULL);
    ntm_need_sums_free(NULL);
    assert_int_equal(ntm_needs_count(NULL) + ntm_norms_count(NULL), 0);
    assert_true(ntm_needs_table(NULL) == NULL && ntm_need_sums_table(NULL) == NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(bad_norms), cmocka_unit_test(bad_quantities),
                                       cmocka_unit_test(bad_rules), cmocka_unit_test(together),
                                       cmocka_unit_test(wrong_calls)};
    return cmocka_run_group_tests_name("needs that are refused", tests, NULL, NULL);
}
