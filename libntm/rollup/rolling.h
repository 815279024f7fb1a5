/* SPDX-License-Identifier: Apache-2.0 */
/* A table being rolled up: its columns as jobs, which may wait for one another. */
#ifndef NTM_I_ROLLING_H
#define NTM_I_ROLLING_H

#include <ntm/rollup.h>

#include "base/error.h"
#include "criteria/index.h"
#include "criteria/unit.h"
#include "rollup/stage.h"
#include "rollup/vector.h"

/* What becomes of the values of one target. */
typedef enum ntm_i_rule {
    NTM_I_RULE_SUM = 1,
    NTM_I_RULE_MIN = 2,
    NTM_I_RULE_MAX = 3,
    NTM_I_RULE_LAST = 4,
    NTM_I_RULE_OPEN = 5,
    NTM_I_RULE_MEAN = 6,
    NTM_I_RULE_RATIO = 7
} ntm_i_rule;

/* One column on its way through all stages. */
typedef struct ntm_i_job {
    const char *name;
    const ntm_fact *fact;
    const ntm_column *column, *lower, *upper; /* F, F:least, F:most; the last two may be NULL */
    ntm_i_unit unit;
    ntm_i_interval natural; /* in the fact's unit */
    bool sum;               /* hidden: the parts of a ratio whose own rule is another one */
    bool shown;             /* a column of the result */
    bool kept;              /* others look at its steps */
    uint32_t weight;        /* job, or NTM_I_NO_JOB */
    uint32_t parts[2];      /* jobs of numerator and denominator */
    int power;              /* numerator / denominator × 10^power is in the fact's unit */
    uint32_t twin; /* of a hidden job: that of its column, which is read before and tells what is wrong there */
    bool has_twin; /* it is such a job */
    bool loaded, done;
    ntm_i_vector *steps; /* 0 = the source, then after each stage */
    size_t step_count;
} ntm_i_job;

#define NTM_I_NO_JOB UINT32_MAX

typedef struct ntm_i_rolling {
    ntm_allocator allocator;
    ntm_i_arena arena;
    const ntm_rollup *rollup;
    const ntm_fact *const *facts;
    size_t fact_count;
    ntm_i_index fact_index;
    const ntm_table *table;
    ntm_rolled_options options;
    ntm_i_array jobs; /* ntm_i_job */
    ntm_i_index field_index;
    uint32_t *own_jobs, *sum_jobs; /* by field: its job + 1, 0 = none */
    ntm_error first;               /* the problem to tell: of a whole column, else with the lowest row */
    size_t problem_count;
} ntm_i_rolling;

static inline ntm_i_job *ntm_i_job_at(const ntm_i_rolling *r, size_t index) {
    return (ntm_i_job *)r->jobs.items + index;
}

/* Records a problem; row NTM_NO_ROW for one of a whole column. */
void ntm_i_rolling_complain(ntm_i_rolling *r, ntm_status status, const char *subject, uint64_t row, const char *format,
                            ...) NTM_I_PRINTF(5, 6);

/* Finds the facts of the columns and makes the jobs. Problems are recorded; only memory fails. */
ntm_status ntm_i_rolling_match(ntm_i_rolling *r, ntm_error *err);
/* The rule of a fact at a stage. */
ntm_i_rule ntm_i_rule_of(const ntm_i_job *job, const ntm_i_stage *stage);

/* Brings a job's columns into a vector and checks them; a column that is direct is left unchecked when `lazily`. */
ntm_status ntm_i_rolling_load(ntm_i_vector *out, ntm_i_rolling *r, const ntm_i_job *job, bool lazily, ntm_error *err);
/* Holds `count` values against their natural bounds. */
void ntm_i_rolling_check(ntm_i_rolling *r, const ntm_i_job *job, const ntm_i_vector *vector, size_t start,
                         size_t count);

/* Each makes the vector of the targets from that of the sources. Problems are recorded; only memory fails. */
ntm_status ntm_i_roll_sum(ntm_i_vector *out, ntm_i_rolling *r, const ntm_i_job *job, const ntm_i_vector *in,
                          const ntm_i_stage *stage, ntm_error *err);
ntm_status ntm_i_roll_fold(ntm_i_vector *out, ntm_i_rolling *r, ntm_i_rule rule, const ntm_i_vector *in,
                           const ntm_i_stage *stage, ntm_error *err);
/* `weight` is the vector of the weights' sources at this stage, NULL for none. */
ntm_status ntm_i_roll_mean(ntm_i_vector *out, ntm_i_rolling *r, const ntm_i_job *job, const ntm_i_vector *in,
                           const ntm_i_vector *weight, const ntm_i_stage *stage, ntm_error *err);
/* A numerator or denominator before and after the stage; NULL for none. */
typedef struct ntm_i_ratio_part {
    const ntm_i_vector *before, *after;
} ntm_i_ratio_part;
ntm_status ntm_i_roll_ratio(ntm_i_vector *out, ntm_i_rolling *r, const ntm_i_job *job, const ntm_i_vector *in,
                            const ntm_i_ratio_part parts[2], const ntm_i_stage *stage, ntm_error *err);

/* Blocks of a stage in so many rows. */
static inline size_t ntm_i_blocks(const ntm_i_stage *stage, size_t rows) {
    return stage->from_rows == 0 ? 1 : rows / stage->from_rows;
}

/* Starts a vector of the targets of `in` with room for values, known, absent (if `in` has any) and bounds. */
bool ntm_i_target_start(ntm_i_vector *out, const ntm_i_vector *in, const ntm_i_stage *stage);

#endif
