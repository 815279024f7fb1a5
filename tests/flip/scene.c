/* SPDX-License-Identifier: Apache-2.0 */
#include "scene.h"

static const char *const regions[] = {"BTB", "DBSH", "TN"};
static const char *const sexes[] = {"female", "male"};

void scene_start(kit *k) {
    static const char *const shares[] = {"90", "80", NULL};
    static const char *const years[] = {"2016", "2018", "2020"};
    static const char *const roads[] = {"10", NULL, "20"};
    kit_start(k, NULL);
    kit_axis(k, "region", regions, 3);
    kit_axis(k, "year", years, 3);
    kit_dimension(k, "sex", sexes, 2);
    kit_fact(k, "n", NTM_KIND_COUNT, "household");
    kit_part(k, "clean", NTM_KIND_COUNT, "household", "n");
    kit_fact(k, "percent", NTM_KIND_SHARE, "%");
    kit_fact(k, "road", NTM_KIND_AMOUNT, "km");
    kit_fact(k, "flag", NTM_KIND_FLAG, NULL);
    kit_by(k, "t", NTM_KIND_COUNT, "person", "sex");
    kit_figure_by(k, "share", "%", "region", regions, shares, 3, false);
    kit_figure_by(k, "road", "m", "year", years, roads, 3, true);
    kit_figure_by(k, "jump", "m", "year", years, roads, 3, false);
    kit_figure(k, "one", "household", "5");
    kit_figure(k, "other", "household", "3");
    kit_figure(k, "few", "person", "2");
}

ntm_node scene_clean(kit *k) { return k_of(k, NTM_RATIO, k_fact(k, "clean"), k_fact(k, "n")); }

ntm_flips_options scene_about(const char *figure) {
    ntm_flips_options options = NTM_FLIPS_OPTIONS_INIT;
    options.figure = figure;
    options.of = NTM_OF_INDICATOR;
    return options;
}

ntm_status scene_make(ntm_flips **out, const kit *k, const sheet *s, const ntm_flips_options *options, ntm_error *err) {
    ntm_plan *plan = NULL;
    assert_ok(ntm_plan_new(&plan, k->set, &s->plan, err), err);
    ntm_status status = ntm_flips_new(out, plan, &s->table, options, err);
    ntm_plan_free(plan);
    return status;
}

ntm_flips *scene_flips(const kit *k, const sheet *s, const ntm_flips_options *options) {
    ntm_flips *flips = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(scene_make(&flips, k, s, options, &err), &err);
    return flips;
}

void expect_flip(const ntm_flips *flips, size_t index, size_t row, int64_t numerator, int64_t denominator,
                 const char *around) {
    static const char signs[] = {'o', '+', '-'};
    ntm_error err = NTM_ERROR_INIT;
    ntm_flip flip;
    assert_ok(ntm_flips_at(&flip, flips, index, &err), &err);
    assert_int_equal(flip.row, row);
    assert_int_equal(flip.at.numerator, numerator);
    assert_int_equal(flip.at.denominator, denominator);
    assert_int_equal(signs[flip.below], around[0]);
    assert_int_equal(signs[flip.exactly], around[1]);
    assert_int_equal(signs[flip.above], around[2]);
}

void expect_tally(const ntm_flips *flips, const char *at, uint64_t met, uint64_t not_met, uint64_t open) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_tally tally;
    assert_ok(ntm_flips_tally(&tally, flips, kit_decimal(at), &err), &err);
    assert_int_equal(tally.met, met);
    assert_int_equal(tally.not_met, not_met);
    assert_int_equal(tally.open, open);
}
