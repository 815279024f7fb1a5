/* SPDX-License-Identifier: Apache-2.0 */
/* What a comparison measures: which of its quantities is worked on, what it is held against, and how far it is. */
#ifndef NTM_I_MEASURE_H
#define NTM_I_MEASURE_H

#include "attainment/exact.h"

/* A comparison as people speak of it: 1,799 households of 2,000 against 90 % are 1,799 households against 1,800. */
typedef struct ntm_i_measure {
    ntm_node node;       /* the comparison */
    ntm_node quantity;   /* the side that is no threshold: a ratio, a fact, ...; below `rounded` and values */
    ntm_node threshold;  /* the other side */
    ntm_node measured;   /* what work changes: the dividend of a ratio, else the quantity itself */
    ntm_node divisor;    /* of a ratio; 0 for none */
    ntm_node children;   /* the count or share of units below that the quantity is; 0 for none */
    ntm_node rounded;    /* the node that rounds the quantity before it is compared; 0 for none */
    ntm_comparison sign; /* of `measured` (and the quantity) */
    bool entangled;   /* a fact stands in what is measured and in what it is held against, or its divisor: more of the
                            one is more of the other */
    bool whole;       /* `measured` counts whole things */
    int power;        /* a value in `unit` times 10^power is in base units */
    const char *unit; /* of `measured`; borrowed from the set or `buffer`; NULL for a plain number */
    char buffer[NTM_I_UNIT_TEXT_MAX];
} ntm_i_measure;

/* A comparison in one row, in the measure's unit. */
typedef struct ntm_i_measured {
    ntm_i_interval have;
    ntm_i_interval want;
    ntm_comparison sign; /* as the measure's; where something is rounded maybe strict instead, or the other way */
} ntm_i_measured;

/* Looks at a comparison node; needs no row. False for want of memory. */
bool ntm_i_measure_of(ntm_i_measure *out, const ntm_plan *plan, ntm_node comparison, ntm_i_arena *arena);
/* Measures a row. False when it cannot be told as an amount of `measured`: it is entangled, the quantity is rounded
   where it may be below 0, or a number does not fit. */
bool ntm_i_measure_row(ntm_i_measured *out, ntm_i_exact *x, const ntm_i_measure *measure);

/* The unit of a quantity as a person wrote it, or as it follows from the rule, and the power of ten between it and
   base units. A plain ratio is shown in %. NULL for a plain number. */
const char *ntm_i_node_unit(const ntm_plan *plan, ntm_node node, int *power, char buffer[NTM_I_UNIT_TEXT_MAX]);

/* How far `have` is from satisfying sign against `want`; whole things are counted whole. 0 where nothing that could be
   named is lacking: "more than 5" with 5. False when it does not fit. */
bool ntm_i_lacking(ntm_i_rational *out, ntm_comparison sign, ntm_i_rational have, ntm_i_rational want, bool whole);
/* How much of `have` could go (or come, under <= and <) and what is asked still be met. False when it does not fit. */
bool ntm_i_to_spare(ntm_i_rational *out, ntm_comparison sign, ntm_i_rational have, ntm_i_rational want, bool whole);

#endif
