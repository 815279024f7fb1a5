/* SPDX-License-Identifier: Apache-2.0 */
/* A whole number of steps shared out by weights between floors and caps, exactly: the water level, then the largest
   remainders. ntm_i_apportion() is the quick kernel for roll-ups, of int64 weights without bounds. */
#ifndef NTM_I_SHARING_H
#define NTM_I_SHARING_H

#include "base/checked.h"
#include "base/sort.h"

/* No cap. */
#define NTM_I_UNCAPPED INT64_MAX
/* The largest sum of weights: products with an int64 then fit 256 bits with room. */
#define NTM_I_WEIGHTS_MAX ((ntm_i_uwide)1 << 126)

typedef enum ntm_i_held { NTM_I_FREE, NTM_I_AT_FLOOR, NTM_I_AT_CAP } ntm_i_held;

/* One that takes part. */
typedef struct ntm_i_part {
    ntm_i_uwide weight;
    int64_t floor, cap; /* 0 <= floor <= cap */
    /* What comes out. */
    int64_t share;
    ntm_i_uwide rest; /* of a free one: its quota is (share without extra) + rest / free_weight */
    ntm_i_held held;
    bool extra; /* got one of the steps that were left */
} ntm_i_part;

typedef struct ntm_i_sharing {
    ntm_i_part *parts;
    size_t count;
    int64_t pot;
    ntm_i_order *tie; /* the last word among equal rests and weights: places of parts; never 0 for different ones */
    const void *tie_context;
    uint32_t *room; /* 4 x count */
    /* What comes out. */
    int64_t left;            /* of the pot: every part with a weight is at its cap */
    int64_t free_pot;        /* what the free ones share */
    ntm_i_uwide free_weight; /* the sum of their weights */
    size_t free_count;
    size_t extra_count; /* how many of them got a step more: the first of ... */
    uint32_t *line;     /* ... the free ones in the order of the tie rule: in `room` */
} ntm_i_sharing;

/* False when the floors add up to more than the pot; then nothing is written but `left`, which is 0. The weights add up
   to at most NTM_I_WEIGHTS_MAX by the caller's care. Shares and `left` add up to the pot. */
bool ntm_i_share_out(ntm_i_sharing *s);

#endif
