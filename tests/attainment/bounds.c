/* SPDX-License-Identifier: Apache-2.0 */
/* Bounds of facts that are not reported, as columns: docs/algebra.md. */
#include "sheet.h"

#include <ntm/grade.h>
#include <ntm/successor.h>
#include <string.h>

/* households >= 12, share poor <= 5 %, road >= 2,5 km, day before 2020-03-01, women and men trained >= 3 each. */
static void start(kit *k) {
    static const char *const sexes[] = {"female", "male"};
    kit_start(k, NULL);
    kit_dimension(k, "sex", sexes, 2);
    kit_fact(k, "n", NTM_KIND_COUNT, "household");
    kit_part(k, "poor", NTM_KIND_COUNT, "household", "n");
    kit_fact(k, "share", NTM_KIND_SHARE, "%");
    kit_fact(k, "road", NTM_KIND_AMOUNT, "km");
    kit_fact(k, "money", NTM_KIND_MONEY, "triệu đồng");
    kit_fact(k, "day", NTM_KIND_DATE, NULL);
    kit_fact(k, "flag", NTM_KIND_FLAG, NULL);
    kit_fact(k, "unused", NTM_KIND_COUNT, "household");
    kit_by(k, "trained", NTM_KIND_COUNT, "person", "sex");
    kit_criterion(k, "1", 0);
    kit_indicator(k, "n", k_compare(k, k_fact(k, "n"), NTM_MORE_OR_EQUAL, k_constant(k, "12", "household")));
    kit_indicator(k, "ratio",
                  k_compare(k, k_of(k, NTM_RATIO, k_fact(k, "poor"), k_fact(k, "n")), NTM_LESS_OR_EQUAL,
                            k_constant(k, "5", "%")));
    kit_indicator(k, "share", k_compare(k, k_fact(k, "share"), NTM_MORE, k_constant(k, "89.5", "%")));
    kit_indicator(k, "road", k_compare(k, k_fact(k, "road"), NTM_LESS, k_constant(k, "2500", "m")));
    kit_indicator(k, "money", k_compare(k, k_fact(k, "money"), NTM_EQUAL, k_constant(k, "7", "triệu đồng")));
    kit_indicator(k, "day", k_compare(k, k_fact(k, "day"), NTM_LESS, k_constant(k, "18322", "date")));
    kit_indicator(k, "flag", k_attested(k, "flag"));
    kit_indicator(k, "trained",
                  k_every(k, NTM_OVER_MEMBERS, "sex",
                          k_compare(k, k_fact(k, "trained"), NTM_MORE_OR_EQUAL, k_constant(k, "3", "person"))));
    (void)kit_done(k);
}
