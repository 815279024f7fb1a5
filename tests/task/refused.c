/* SPDX-License-Identifier: Apache-2.0 */
/* What is refused, and in which words. */
#include "errand.h"

#include "tree.h"

static const char facts[] = ERRAND_FACTS "A,200,190,10,5.5,0,2,0,40,1\nB,100,70,10,9,1,0,1,40,0\n";
static const char norms[] =
    "work,resource,work_unit,class,region,amount#0\nroad,money,km,,,100\nhouse,money,house,,,5\n"
    "bridge,money,km,A,,7\nbridge,money,km,,h,7\n";

static void duties(void **state) {
    static const struct {
        const char *table, *subject, *piece;
        uint64_t row;
        ntm_status status;
    } cases[] = {
        {"fact,department\nplan,x\nwatr,y\n", "duties: fact", "the set has no fact \"watr\": did you mean \"water\"?",
         1, NTM_ERROR_NOT_FOUND},
        {"indicator\n1.9\n", "duties: indicator", "the set has no indicator \"1.9\": did you mean", 0,
         NTM_ERROR_NOT_FOUND},
        {"criterion\n7\n", "duties: criterion", "the set has no criterion \"7\"", 0, NTM_ERROR_NOT_FOUND},
        {"criterion,indicator\n1,2.1\n", "duties: indicator", "\"2.1\" is not of criterion \"1\"", 0, NTM_ERROR_VALUE},
        {"fact,department\nwater,x\n,\nwater,y\n", "duties: fact", "row 0 is for the same", 2, NTM_ERROR_CONFLICT},
        {"department\nx\ny\n", "duties: fact", "row 0 is for the same", 1, NTM_ERROR_CONFLICT},
        {"fact,work,per#1\npaved,road,0\n", "duties: per", "0: expected more than 0", 0, NTM_ERROR_VALUE},
        {"fact,work,per#1\npaved,road,-1\n", "duties: per", "expected 0 or more", 0, NTM_ERROR_VALUE},
        {"fact,work,per#1\npaved,,2\n", "duties: work", "not reported, and class, work_unit or per", 0,
         NTM_ERROR_VALUE},
        {"fact,work,per\npaved,road,2\n", "duties: per", "expected numbers", UINT64_MAX, NTM_ERROR_SHAPE},
        {"fact,deadline\npaved,2020-13-01\n", "duties: deadline", "2020-13-01", 0, NTM_ERROR_SYNTAX},
        {"fact,departement\npaved,x\n", "duties: departement", "no column of duties: expected fact", UINT64_MAX,
         NTM_ERROR_SHAPE},
        {"fact#0\n1\n", "duties: fact", "expected text", UINT64_MAX, NTM_ERROR_SHAPE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        errand e;
        errand_start(&e, ERRAND_SET, facts);
        errand_table(&e, &e.options.duties, cases[i].table);
        errand_refused(&e, cases[i].status, cases[i].subject, cases[i].row, cases[i].piece);
        errand_end(&e);
    }
}

static void units_of_measure(void **state) {
    static const struct {
        const char *table, *subject, *piece;
        uint64_t row;
    } cases[] = {
        {"fact,work,work_unit\npaved,road,m\n", "duties: per",
         "\"paved\" is in \"km\" and the work in \"m\": expected how many \"m\" one \"km\" is", 0},
        {"fact,work,work_unit\nclinic,house,house\n", "duties: per",
         "\"clinic\" is counted in no unit and the work in \"house\"", 0},
        {"fact,work\nclinic,house\n", "duties: work_unit", "\"clinic\" is counted in no unit", 0},
        {"fact,work,per#0\nclinic,house,1\n", "duties: work_unit", "\"clinic\" is counted in no unit", 0},
        {"fact,work\nhuts,house\nwater,house\n", "work_unit",
         "the work \"house\" of unit B by the duty in row 1: \"household\": the norm in row 1 is per \"house\"", 1},
        {"fact,work,work_unit,per#0\npaved,road,m,1000\n", "work_unit",
         "the work \"road\" of unit A by the duty in row 0: \"m\": the norm in row 0 is per \"km\"", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        errand e;
        errand_start(&e, ERRAND_SET, facts);
        errand_norms(&e, norms);
        errand_table(&e, &e.options.duties, cases[i].table);
        errand_refused(&e, NTM_ERROR_UNIT, cases[i].subject, cases[i].row, cases[i].piece);
        errand_end(&e);
    }
}

/* All problems of one table are told, and those of needs as of the caller's rows. */
static void all_problems(void **state) {
    errand e;
    ntm_tasks *tasks = NULL;
    ntm_problems *problems = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    errand_start(&e, ERRAND_SET, facts);
    errand_table(&e, &e.options.duties, "fact,criterion,work,per#0\nx,8,,2\n,,road,0\n");
    assert_int_equal(ntm_problems_new(&problems, 0, NULL, NULL), NTM_OK);
    e.options.problems = problems;
    assert_int_equal(ntm_tasks_new(&tasks, e.gaps, &e.options, &err), NTM_ERROR_VALUE);
    assert_int_equal(ntm_problems_found(problems), 4);
    ntm_problems_free(problems);
    problems = NULL;
    assert_int_equal(ntm_problems_new(&problems, 0, NULL, NULL), NTM_OK);
    e.options.problems = problems;
    errand_norms(&e, norms);
    errand_table(&e, &e.options.duties, "fact,work\npaved,road\nwater,road\nhuts,road\n");
    assert_int_equal(ntm_tasks_new(&tasks, e.gaps, &e.options, &err), NTM_ERROR_UNIT);
    assert_int_equal(ntm_problems_found(problems), 2);
    assert_true(ntm_problems_get(problems, 0)->row == 1 && ntm_problems_get(problems, 1)->row == 0);
    ntm_problems_free(problems);
    errand_end(&e);
}

static void norms_and_division(void **state) {
    errand e;
    (void)state;
    errand_start(&e, ERRAND_SET, facts);
    errand_norms(&e, norms);
    e.units = tree_new("code,name,level\nA,A,commune\nB,B,commune\n", NULL, "code,attribute,value\nA,region,h\n", NULL);
    e.options.units = e.units;
    e.options.on = ntm_date_ymd(2020, 2, 25);
    errand_table(&e, &e.options.duties, "fact,work,class\npaved,bridge,A\n");
    errand_refused(&e, NTM_ERROR_CONFLICT, "work", 0, "of unit A by the duty in row 0: norms in rows 2");
    e.options.units = NULL;
    errand_table(&e, &e.options.duties, "fact,work\npaved,road\nhuts,house\n");
    errand_table(&e, &e.options.division, "source,share#0\na,50\nb,49\n");
    errand_refused(&e, NTM_ERROR_VALUE, "division: share", 0, "");
    errand_table(&e, &e.options.division, "work,source,share#0\nhouse,a,100\n");
    errand_refused(&e, NTM_ERROR_NOT_FOUND, "work", 0, "no rule of the division is for \"money\" of \"road\"");
    e.options.division = NULL;
    errand_norms(&e, "work,resource,work_unit,amount#0\nroad,money,km,9000000000000000000\n");
    errand_refused(&e, NTM_ERROR_OVERFLOW, "quantity", 0, "does not fit 64 bits");
    errand_table(&e, &e.options.duties, "fact,work,work_unit,per#0\nhuts,house,m,9000000000000000000\n");
    errand_refused(&e, NTM_ERROR_OVERFLOW, "codes", 0,
                   "the quantity of \"house\" does not fit 64 bits with the duty in row 0");
    errand_norms(&e, "work,resource,work_unit,amount#0,valid_from\nroad,money,km,9,2020-01-01\n");
    errand_table(&e, &e.options.duties, "fact,work\npaved,road\n");
    e.options.on = NTM_DATE_NONE;
    errand_refused(&e, NTM_ERROR_VALUE, "date", 0, "no date");
    errand_end(&e);
}

/* 1/11 km in steps of 10^-18. */
static void small_pieces(void **state) {
    static const char yaml[] = HEAD "facts:\n  a: {name: {vi: a}, kind: amount, unit: km}\n" INDICATORS RULE(
        "\"1.1\"", "[a, \">=\", {ratio: [{constant: 1, unit: km}, {constant: 11}]}]");
    errand e;
    (void)state;
    errand_start(&e, yaml, "code,a#0\nX,0\n");
    errand_table(&e, &e.options.duties, "fact,work,work_unit,per#18\na,road,m,0.000000000000000001\n");
    errand_refused(&e, NTM_ERROR_OVERFLOW, "codes", 0, "does not fit 64 bits");
    errand_end(&e);
}

static void codes(void **state) {
    static const struct {
        const char *rows, *piece;
        uint64_t row;
        ntm_status status;
    } cases[] = {{"A" ERRAND_FINE "B" ERRAND_FINE "A" ERRAND_FINE, "\"A\" is row 0 already", 2, NTM_ERROR_CONFLICT},
                 {"A" ERRAND_FINE ERRAND_FINE, "every row needs the code of its unit", 1, NTM_ERROR_VALUE}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512] = ERRAND_FACTS;
        errand e;
        errand_start(&e, ERRAND_SET, strcat(text, cases[i].rows));
        errand_refused(&e, cases[i].status, "codes", cases[i].row, cases[i].piece);
        errand_end(&e);
    }
    errand e;
    errand_start(&e, ERRAND_SET, facts);
    ntm_tasks *tasks = NULL;
    ntm_error err = NTM_ERROR_INIT;
    e.codes.length = 1;
    assert_fails(ntm_tasks_new(&tasks, e.gaps, &e.options, &err), NTM_ERROR_SHAPE, &err, "1 codes for 2 rows");
    e.codes = e.fields[0].column;
    assert_fails(ntm_tasks_new(&tasks, e.gaps, &e.options, &err), NTM_ERROR_SHAPE, &err, "expected text or categories");
    e.options.codes = NULL;
    assert_fails(ntm_tasks_new(&tasks, e.gaps, &e.options, &err), NTM_ERROR_ARGUMENT, &err, "codes");
    errand_end(&e);
}

static void calls(void **state) {
    errand e;
    ntm_tasks *tasks = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_units *units = tree_new("code,name,level\nA,A,commune\n", NULL, NULL, NULL);
    (void)state;
    errand_start(&e, ERRAND_SET, facts);
    const ntm_tasks_options usual = e.options;
    for (size_t i = 0; i < 9; i++) {
        ntm_tasks_options options = usual;
        if (i == 0) options.struct_size = 8;
        if (i == 1) options.rounding = (ntm_rounding)5;
        if (i == 2) options.kind_scale = 19;
        if (i == 3) options.echelon = (ntm_echelon)5;
        if (i == 4) options.on = INT32_MAX;
        if (i == 5) options.units = units;
        if (i == 6) options.needed_for = 0;
        if (i == 7) options.needed_for = 8;
        if (i == 8) options.allocator = &fault_lacking;
        assert_fails(ntm_tasks_new(&tasks, e.gaps, &options, &err), NTM_ERROR_ARGUMENT, &err, "");
    }
    assert_fails(ntm_tasks_new(&tasks, e.gaps, NULL, &err), NTM_ERROR_ARGUMENT, &err, "");
    assert_fails(ntm_tasks_new(&tasks, NULL, &usual, &err), NTM_ERROR_ARGUMENT, &err, "");
    assert_fails(ntm_tasks_new(NULL, e.gaps, &usual, &err), NTM_ERROR_ARGUMENT, &err, "");
    assert_null(tasks);
    ntm_units_free(units);
    errand_end(&e);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(duties),       cmocka_unit_test(units_of_measure),
                                       cmocka_unit_test(all_problems), cmocka_unit_test(norms_and_division),
                                       cmocka_unit_test(small_pieces), cmocka_unit_test(codes),
                                       cmocka_unit_test(calls)};
    return cmocka_run_group_tests_name("tasks that are refused", tests, NULL, NULL);
}
