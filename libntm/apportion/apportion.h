/* SPDX-License-Identifier: Apache-2.0 */
/* What an apportionment is inside. */
#ifndef NTM_I_APPORTION_H
#define NTM_I_APPORTION_H

#include <ntm/apportion.h>

#include "column/cells.h"
#include "number/sharing.h"

#define NTM_I_NO_CLASS  UINT32_MAX
#define NTM_I_NO_AMOUNT INT64_MAX /* no cap, no need */
#define NTM_I_NO_LINE   UINT32_MAX

/* What is divided by. */
typedef enum ntm_i_basis { NTM_I_BY_WEIGHT, NTM_I_BY_SHARE, NTM_I_BY_CLASS, NTM_I_BY_NEED } ntm_i_basis;

/* A row of the claims: a claimant, or one of its classes. */
typedef struct ntm_i_claim {
    const char *unit; /* borrowed from the claims; does not end with NUL */
    size_t unit_size;
    uint32_t class_index; /* in the coefficients */
    bool incomplete;      /* something that is needed is not reported */
    ntm_decimal value;    /* weight, share, coefficient, need */
    ntm_decimal count;
    ntm_money need, floor, cap; /* floor 0 = none */
} ntm_i_claim;

/* What a claimant's weight is made of: value × count. */
typedef struct ntm_i_term {
    ntm_decimal value;
    ntm_decimal count;
    uint32_t class_index;
} ntm_i_term;

typedef struct ntm_i_claimant {
    const char *unit; /* in the arena */
    uint32_t row;     /* the first */
    uint32_t first_term, term_count;
    bool passed_over; /* the highest of several classes counts */
    ntm_money need, floor, cap;
    uint32_t line; /* its place in the line for the steps that are left; NTM_I_NO_LINE = it is in none */
    ntm_money rest;
} ntm_i_claimant;

struct ntm_apportionment {
    ntm_i_arena arena;
    ntm_money envelope, left, step;
    ntm_i_basis basis;
    bool counted; /* there is a column of counts */
    const char *citation;
    ntm_class_coefficient *coefficients; /* copies */
    size_t coefficient_count;
    ntm_i_term *terms;
    ntm_i_claimant *claimants;
    size_t count;
    uint32_t *by_unit;    /* claimants in the order of their codes */
    ntm_i_part *parts;    /* in steps; with one more for what shares leave */
    uint8_t weight_scale; /* weights of parts are × 10^scale */
    const char **left_out;
    size_t left_out_count;
    int64_t free_pot;
    ntm_i_uwide free_weight;
    size_t free_count, extra_count;
};

/* Reads the claims into claimants, with all problems told to `cells`. */
void ntm_i_claims_load(ntm_apportionment *a, ntm_i_cells *cells, const ntm_table *table,
                       const ntm_apportion_options *options);
/* Gives the parts their weights and bounds. */
void ntm_i_claims_weigh(ntm_apportionment *a, ntm_i_cells *cells);

#endif
