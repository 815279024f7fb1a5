/* SPDX-License-Identifier: Apache-2.0 */
/* Gaps of small sheets as short text, under all three kernels. */
#ifndef LACKS_H
#define LACKS_H

#include "review.h"

#include <ntm/gap.h>

typedef struct lacks {
    ntm_set *set;
    sheet s;
    ntm_plan *plan;
    ntm_gaps *gaps;
    ntm_gaps_options options;
} lacks;

/* Gaps, margins and risks of a set in YAML; the cells are the caller's. */
void lacks_start(lacks *l, const char *yaml, size_t rows);
void lacks_end(lacks *l);
/* Finds the gaps anew, with all kernels in turn, and calls `look` after each. */
void lacks_each(lacks *l, void (*look)(lacks *l, const void *context), const void *context);
/* The gaps of a row: "water +11 household pcs; " and so on: the input (or the kind), + more, - fewer, ! act, ~ undo, ^
   level, @ status, % units, ? untold with its reason's number; the amount or least..most; the unit; for what it is
   needed: p, c, s; '>' when it is strict, '#' out of reach. */
void lacks_expect(lacks *l, size_t row, const char *gaps);
/* The margins of a row: "1 water 50 1/36; "; '>' after what is strict. */
void lacks_expect_margins(lacks *l, size_t row, const char *margins);
/* The row as a whole: "works untold criteria cost_least cost_most unpriced". */
void lacks_expect_row(lacks *l, size_t row, const char *about);
/* "verdict steps relative": verdict + - o; steps - for never; relative - for none. */
void lacks_expect_risk(lacks *l, size_t row, const char *risk);

#endif
