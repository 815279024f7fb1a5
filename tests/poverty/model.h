/* SPDX-License-Identifier: Apache-2.0 */
/* Random households as plain integers, written into columns of every kind; and their measures from the definitions. */
#ifndef NTM_TEST_POVERTY_MODEL_H
#define NTM_TEST_POVERTY_MODEL_H

#include "fault.h"

#include <ntm/ntm.h>

__extension__ typedef __int128 wide;

enum { MODEL_INDICATORS = 20, MODEL_FIELDS = MODEL_INDICATORS + 3, MODEL_GROUPS = 40, MODEL_ROWS = 50000 };
/* Gaps are counted in parts of the cut-off that divide all cut-offs of the model (in tenths: 50, 80, 100, 125). */
enum { MODEL_PARTS = 2000 };

typedef struct model {
    size_t rows, count, groups; /* groups: number of grouping columns, 0..2 */
    bool gaps, weighted, leave_out;
    ntm_deprivation indicators[MODEL_INDICATORS];
    int64_t whole[MODEL_INDICATORS], total; /* weights */
    int64_t cutoff;                         /* poor when the whole score reaches it */
    uint8_t weight_scale;
    ntm_poverty_options options;
    /* The households. */
    uint8_t (*known)[MODEL_ROWS]; /* an ntm_known per indicator */
    int64_t (*value)[MODEL_ROWS]; /* tenths, or 0 and 1 */
    int64_t *weight;              /* -1 = not reported */
    int *key[2];                  /* -1 not reported, -2 not applicable, else 0.. */
    /* The table of them. */
    ntm_field fields[MODEL_FIELDS];
    ntm_table table;
    void *blocks[512];
    size_t block_count;
} model;

/* A random model; `rows` at most MODEL_ROWS. */
void model_start(model *m, uint64_t *random, size_t rows);
void model_end(model *m);
/* Writes the households into columns; row i of the table is household map[i] (NULL = i). */
void model_encode(model *m, uint64_t *random, const size_t *map);
ntm_poverty *model_measure(model *m);

/* Sums of a group from the definitions; [0] least, [1] most over all that can be true of each household. */
typedef struct truth {
    uint64_t rows, incomplete, left_out, poor[2];
    wide n, left_out_weight, q[2], score[2], gap[2][2]; /* gap[power - 1], × total × MODEL_PARTS^power */
    wide raw[MODEL_INDICATORS][2], censored[MODEL_INDICATORS][2];
} truth;

/* Of the rows with these keys; match NULL = all rows. */
void model_truth(truth *out, const model *m, const int match[2]);
/* Whether an achievement is a deprivation, from the signs alone. */
bool model_deprived(const model *m, size_t indicator, int64_t value);
/* Compares every measure of a group with the truth. */
void model_compare(const model *m, const ntm_poverty *result, size_t group, const truth *t);
/* Asserts that a bound is num / den, in lowest terms. */
void model_is(ntm_fraction bound, wide num, wide den);

#endif
