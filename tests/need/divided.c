/* SPDX-License-Identifier: Apache-2.0 */
/* Who pays and does which part of a need. */
#include "lines.h"

static const char norms[] = "work,resource,work_unit,amount#0,resource_unit,citation\n"
                            "road,money,km,1001,,cost\nroad,cement,km,150,tonne,\nschool,money,room,700,,\n";
#define HEAD  "unit,work,quantity#3,work_unit\n"
#define RULES "work,resource,source,doer,share#2,cap#1,cap_per,cap_to,cap_to_doer,citation\n"
#define SHOWN "unit,source,doer,stage,kind,amount,quantity,quantity_unit\n"

static ntm_needs_options usual(void) { return (ntm_needs_options)NTM_NEEDS_OPTIONS_INIT; }

static void by_share(void **state) {
    (void)state;
    ntm_needs_options options = usual();
    ntm_needs *needs = needs_of(norms, HEAD "X,road,1,km\nX,school,1,room\n",
                                RULES ",,people,village,50,,,,,\n,,central,province,50,,,,,\n"
                                      "road,,central,province,33.33,,,,,half\nroad,,local,commune,66.67,,,,,\n"
                                      "road,cement,central,,100,,,,,\n",
                                &options);
    expect_table(ntm_needs_table(needs), SHOWN "X,central,,need,cement,,150.000,tonne\n"
                                               "X,central,province,need,,334,,\n" /* 333.6333 */
                                               "X,local,commune,need,,667,,\n"
                                               "X,central,province,need,,350,,\nX,people,village,need,,350,,\n");
    expect_line(needs, 1, NTM_EN,
                "X, road, money: 334 đồng\n  norm: 1,001 đồng/km [cost]\n"
                "  need: 1 km × 1,001 = 1,001 đồng\n"
                "  source central, done by province: 33.33 % [half]\n");
    ntm_needs_free(needs);
    /* An odd đồng goes to the source that comes first. */
    needs = needs_of(norms, HEAD "X,road,1,km\n", RULES ",,people,,50,,,,,\n,,central,,50,,,,,\n", &options);
    expect_table(ntm_needs_table(needs),
                 SHOWN "X,central,,need,cement,,75.000,tonne\nX,people,,need,cement,,75.000,tonne\n"
                       "X,central,,need,,501,,\nX,people,,need,,500,,\n");
    ntm_needs_free(needs);
    /* Rules for a work go before rules for a resource. */
    needs = needs_of(norms, HEAD "X,school,1,room\n", RULES ",money,a,,100,,,,,\nschool,,b,,100,,,,,\n,,c,,100,,,,,\n",
                     &options);
    expect_table(ntm_needs_table(needs), SHOWN "X,b,,need,,700,,\n");
    ntm_needs_free(needs);
    needs = needs_of(norms, HEAD "X,road,1,km\n", RULES ",money,a,,100,,,,,\n,,c,,100,,,,,\n", &options);
    expect_table(ntm_needs_table(needs), SHOWN "X,c,,need,cement,,150.000,tonne\nX,a,,need,,1001,,\n");
    ntm_needs_free(needs);
}

static void caps(void **state) {
    (void)state;
    ntm_needs_options options = usual();
    /* For each km; what is cut off goes on to a capped source, and on from there. */
    ntm_needs *needs =
        needs_of(norms, HEAD "X,school,2,room\nY,school,1,room\n",
                 RULES ",money,central,,100,300.5,work,province,,\n,money,province,,0,500,total,people,,\n"
                       ",money,people,,0,,,,,\n",
                 &options);
    /* X: 1400 -> 601 + 799, Y: 700 -> 300 + 400; of the 1199 of the province 500 stay, 799 : 400 of it. */
    expect_table(ntm_needs_table(needs),
                 SHOWN "X,central,,need,,601,,\nX,people,,need,,466,,\nX,province,,need,,333,,\n"
                       "Y,central,,need,,300,,\nY,people,,need,,233,,\nY,province,,need,,167,,\n");
    expect_line(needs, 2, NTM_EN,
                "X, school, money: 333 đồng\n  norm: 700 đồng/room\n  need: 2 room × 700 = 1,400 đồng\n"
                "  source province: 0 %\n"
                "  the cap of 500 in total cuts off 466 đồng, which go to source people\n"
                "  takes what caps of others cut off: 799 đồng\n");
    expect_line(needs, 0, NTM_VI,
                "X, school, money: 601 đồng\n  định mức: 700 đồng/room\n"
                "  nhu cầu: 2 room × 700 = 1.400 đồng\n  nguồn central: 100 %\n"
                "  mức trần 300,5 cho mỗi đơn vị khối lượng cắt 799 đồng, chuyển sang nguồn province\n");
    ntm_need it;
    assert_int_equal(ntm_needs_get(&it, needs, 2, NULL), NTM_OK);
    assert_true(it.cut == 466 && it.taken == 799 && it.whole == 1400 && it.rule == 1);
    ntm_needs_free(needs);
    /* For each commune, whatever its rows; in tonnes. */
    needs = needs_of(norms, HEAD "X,road,1,km\nY,road,0.5,km\nX,road,2,km\n",
                     RULES ",cement,central,,100,100,unit,people,commune,\n,cement,people,commune,0,,,,,\n"
                           ",cement,people,village,0,,,,,\n,,central,,100,,,,,\n",
                     &(ntm_needs_options){sizeof options, NTM_ROUND_HALF_UP, 3, false, NULL, NULL, NULL,
                                          NTM_ECHELON_ANY, NTM_DATE_NONE, NULL, NULL});
    const char *by[] = {"unit", "source", "doer"};
    ntm_need_sums *sums = NULL;
    assert_int_equal(ntm_need_sums_new(&sums, needs, by, 3, NULL), NTM_OK);
    expect_table(ntm_need_sums_table(sums), "unit,source,doer,kind,quantity_unit,amount,quantity,lines,open\n"
                                            "X,central,,,,3003,,2,0\nX,central,,cement,tonne,,100.000,2,0\n"
                                            "X,people,commune,cement,tonne,,350.000,2,0\n"
                                            "X,people,village,cement,tonne,,0.000,2,0\n"
                                            "Y,central,,,,501,,1,0\nY,central,,cement,tonne,,75.000,1,0\n"
                                            "Y,people,commune,cement,tonne,,0.000,1,0\n"
                                            "Y,people,village,cement,tonne,,0.000,1,0\n");
    ntm_need_sums_free(sums);
    ntm_needs_free(needs);
}

static void open(void **state) {
    (void)state;
    ntm_needs_options options = usual();
    ntm_needs *needs = NULL;
    ntm_need_sums *sums = NULL;
    ntm_error err = NTM_ERROR_INIT;
    static const char some[] = HEAD "X,school,,room\nY,school,1,room\n";
    /* A cap for each unit of work does not mind; one together does. */
    needs = needs_of(norms, some, RULES ",,a,,50,,,,,\n,,b,,50,,,,,\n,money,a,,100,300,work,b,,\n,money,b,,0,,,,,\n",
                     &options);
    expect_table(ntm_needs_table(needs), SHOWN "X,a,,need,,,,\nX,b,,need,,,,\nY,a,,need,,300,,\nY,b,,need,,400,,\n");
    const char *by[] = {"source"};
    assert_int_equal(ntm_need_sums_new(&sums, needs, by, 1, NULL), NTM_OK);
    expect_table(ntm_need_sums_table(sums),
                 "source,kind,quantity_unit,amount,quantity,lines,open\na,,,300,,2,1\nb,,,400,,2,1\n");
    ntm_need_sums_free(sums);
    ntm_needs_free(needs);
    needs = NULL;
    assert_fails(
        try_needs(&needs, norms, some, RULES ",money,a,,100,300,total,b,,\n,money,b,,0,,,,,\n", &options, &err),
        NTM_ERROR_VALUE, &err, "this need is open, and the cap in row 0");
    assert_true(err.row == 0 && needs == NULL);
    /* A cap that nobody shares does not mind either. */
    needs = needs_of(norms, some, RULES ",money,a,,100,300,unit,b,,\n,money,b,,0,,,,,\n", &options);
    expect_table(ntm_needs_table(needs), SHOWN "X,a,,need,,,,\nX,b,,need,,,,\nY,a,,need,,300,,\nY,b,,need,,400,,\n");
    ntm_needs_free(needs);
    needs = NULL;
    assert_fails(try_needs(&needs, norms, HEAD "X,school,,room\nX,school,1,room\n",
                           RULES ",money,a,,100,300,unit,b,,\n,money,b,,0,,,,,\n", &options, &err),
                 NTM_ERROR_VALUE, &err, "this need is open, and the cap in row 0");
    assert_true(err.row == 0 && needs == NULL);
    /* Of X alone nothing is known: no sum. */
    needs = needs_of(norms, HEAD "X,school,,room\n", NULL, &options);
    assert_int_equal(ntm_need_sums_new(&sums, needs, NULL, 0, NULL), NTM_OK);
    expect_table(ntm_need_sums_table(sums), "kind,quantity_unit,amount,quantity,lines,open\n,,,,1,1\n");
    ntm_need_sums_free(sums);
    ntm_needs_free(needs);
    needs = needs_of(norms, HEAD, NULL, &options); /* nothing at all */
    expect_table(ntm_needs_table(needs), SHOWN);
    assert_int_equal(ntm_need_sums_new(&sums, needs, by, 1, NULL), NTM_OK);
    expect_table(ntm_need_sums_table(sums), "source,kind,quantity_unit,amount,quantity,lines,open\n");
    ntm_need_sums_free(sums);
    ntm_needs_free(needs);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_share), cmocka_unit_test(caps), cmocka_unit_test(open)};
    return cmocka_run_group_tests_name("needs divided", tests, NULL, NULL);
}
