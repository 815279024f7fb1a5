/* SPDX-License-Identifier: Apache-2.0 */
#include "whole.h"

#include <string.h>

static void columns(sheet *s) {
    sheet_cells(s, "households", AS_INT64, "2000 1500 ? 900");
    sheet_cells(s, "poor", AS_INT32, "100 ? 7 45");
    sheet_cells(s, "plan", AS_BITS, "yes no ? yes");
    sheet_cells(s, "market", AS_BYTES, "~ yes no ?");
    sheet_cells(s, "registered-on", AS_INT32, "18262 ? 18400 18000");
    sheet_cells(s, "union", AS_TEXT, "tốt khá ? tốt");
    sheet_cells(s, "trained[female]", AS_INT16, "5 0 ? 12");
    sheet_cells(s, "trained[male]", AS_DOUBLE, "4 3 2 ?");
    sheet_cells(s, "income", AS_DECIMAL, "36.5 42 ? 39");
    sheet_cells(s, "past:recognition:income", AS_DOUBLE, "30.25 31 ? 30");
    sheet_cells(s, "figure:other-set:income", AS_INT64, "40 40 40 40");
    sheet_cells(s, "holds:other-set", AS_BYTES, "yes ? no no");
    sheet_cells(s, "children:clean:met", AS_INT64, "3 4 ? 5");
    sheet_cells(s, "children:clean:open", AS_INT64, "0 1 ? 0");
    sheet_cells(s, "children:clean:total", AS_INT64, "10 10 10 5");
    sheet_cells(s, "region", AS_CODES, "BTB DBSH TN ?");
}

void whole_start(whole *w) {
    ntm_error err = NTM_ERROR_INIT;
    memset(w, 0, sizeof *w);
    kit_full(&w->k, 0, NULL);
    w->set = kit_done(&w->k);
    sheet_start(&w->s, 4);
    columns(&w->s);
    for (int kernels = NTM_KERNELS_BEST; kernels <= NTM_KERNELS_REFERENCE; kernels++) {
        w->s.plan.kernels = (ntm_kernels)kernels;
        assert_ok(ntm_plan_new(&w->plans[kernels], w->set, &w->s.plan, &err), &err);
    }
    ntm_evaluate_options options = NTM_EVALUATE_OPTIONS_INIT;
    options.ignore_unknown = true;
    assert_ok(ntm_evaluate(&w->result, w->plans[0], &w->s.table, &options, &err), &err);
}

void whole_end(whole *w) {
    ntm_attainment_free(w->result);
    for (int at = 0; at < 3; at++)
        ntm_plan_free(w->plans[at]);
    sheet_end(&w->s);
    kit_end(&w->k);
}
