/* SPDX-License-Identifier: Apache-2.0 */
/* A set with a figure of each sort, and what is expected of flips. */
#ifndef NTM_TEST_SCENE_H
#define NTM_TEST_SCENE_H

#include "sheet.h"

#include <ntm/flip.h>

/* Facts, and figures "share" by region (TN is absent), "road" by year on a line, "jump" by year without, "one", "other" and "few" for all. */
void scene_start(kit *k);
/* The share of "clean" in "n". */
ntm_node scene_clean(kit *k);
/* Options that watch the first indicator. */
ntm_flips_options scene_about(const char *figure);
ntm_status scene_make(ntm_flips **out, const kit *k, const sheet *s, const ntm_flips_options *options, ntm_error *err);
/* The same, asserted to work. */
ntm_flips *scene_flips(const kit *k, const sheet *s, const ntm_flips_options *options);
/* "-+o" for below, exactly and above. */
void expect_flip(const ntm_flips *flips, size_t index, size_t row, int64_t numerator, int64_t denominator,
                 const char *around);
void expect_tally(const ntm_flips *flips, const char *at, uint64_t met, uint64_t not_met, uint64_t open);

#endif
