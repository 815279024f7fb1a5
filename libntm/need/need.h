/* SPDX-License-Identifier: Apache-2.0 */
/* What norms and needs are inside. Needs are reckoned in steps: đồng, or 10^-kind_scale resource units. */
#ifndef NTM_I_NEED_H
#define NTM_I_NEED_H

#include <ntm/need.h>

#include "column/cells.h"
#include "column/csv_field.h"
#include "number/rational.h"
#include "number/sharing.h"

#define NTM_I_NONE      UINT32_MAX /* no norm, no rule, no group */
#define NTM_I_LINES_MAX ((size_t)1 << 24)
#define NTM_I_RULES_MAX 1024

/* ------------------------------------------------------------------------------------------- norms */

typedef struct ntm_i_norm {
    const char *work, *class_name, *region, *resource; /* "" = for all */
    ntm_date from, before;                             /* INT32_MIN and INT32_MAX = always */
    const char *work_unit, *resource_unit, *citation;  /* the last two may be NULL */
    ntm_decimal amount;
    uint32_t row;
} ntm_i_norm;

/* The norms of one work and resource. */
typedef struct ntm_i_resource {
    const char *work, *resource;
    uint32_t first, count;
    bool by_class, by_region, dated; /* some norm names a class, a region, a day */
} ntm_i_resource;

struct ntm_norms {
    ntm_i_arena arena;
    ntm_i_norm *norms; /* by work, resource, class, region, first day */
    size_t count;
    ntm_i_resource *resources;
    size_t resource_count;
};

/* The resources of a work: their number, the first in *first. */
size_t ntm_i_norms_of(size_t *first, const ntm_norms *norms, const char *work);

/* What is asked of the norms; NULL = not reported. */
typedef struct ntm_i_asked {
    const char *class_name, *region;
    ntm_date on;
} ntm_i_asked;

/* The most specific norm, or NTM_I_NONE; *tie is another one that is as specific, or NTM_I_NONE. */
uint32_t ntm_i_norm_find(uint32_t *tie, const ntm_norms *norms, const ntm_i_resource *of, const ntm_i_asked *asked);

/* ------------------------------------------------------------------------------------------- division */

typedef enum ntm_i_cap_per { NTM_I_CAP_NONE, NTM_I_CAP_WORK, NTM_I_CAP_UNIT, NTM_I_CAP_TOTAL } ntm_i_cap_per;

typedef struct ntm_i_rule {
    const char *work, *resource; /* "" = all */
    const char *source, *doer;   /* the doer may be "" */
    const char *citation;        /* may be NULL */
    const char *to, *to_doer;    /* who takes what the cap cuts off */
    ntm_decimal share, cap;
    ntm_i_cap_per per;
    uint32_t target; /* the same as a rule */
    uint32_t row;
} ntm_i_rule;

/* Rules of one work and resource. */
typedef struct ntm_i_rules {
    uint32_t first, count;
    uint8_t scale; /* of the shares */
} ntm_i_rules;

typedef struct ntm_i_division {
    ntm_i_rule *rules; /* by work, resource, source, doer */
    size_t rule_count;
    uint32_t *order; /* of all rules: each before the one that takes what it cuts */
    ntm_i_rules *groups;
    size_t group_count;
} ntm_i_division;

/* Reads rules, with all problems told to `cells`. */
void ntm_i_division_load(ntm_i_division *division, ntm_i_cells *cells, const ntm_table *table);
/* The most specific rules for a work and resource, or NTM_I_NONE. */
uint32_t ntm_i_division_find(const ntm_i_division *division, const char *work, const char *resource);

/* ------------------------------------------------------------------------------------------- needs */

/* The need of one resource for one row of quantities. */
typedef struct ntm_i_job {
    uint32_t row;
    int32_t unit; /* texts are places in the pool; -1 = none */
    int32_t programme, component;
    uint32_t resource, norm, rules;
    ntm_need_open open;
    ntm_decimal quantity;
    int64_t whole;
    bool rounded;
    uint32_t first_line;
} ntm_i_job;

typedef struct ntm_i_line {
    uint32_t job, rule;
    int64_t amount, cut, taken;
} ntm_i_line;

struct ntm_needs {
    ntm_i_arena arena;
    ntm_i_csv_codes pool;
    uint8_t kind_scale;
    ntm_rounding rounding;
    ntm_i_norm *norms; /* copies of those of the norms */
    size_t norm_count;
    ntm_i_resource *resources;
    ntm_i_division division;
    ntm_i_array jobs; /* of ntm_i_job */
    ntm_i_line *lines;
    size_t line_count;
    ntm_table table;
    ntm_field *fields;
};

/* A call of ntm_needs_new(). */
typedef struct ntm_i_needing {
    ntm_needs *needs;
    ntm_i_cells cells;
    const ntm_norms *norms;
    const ntm_needs_options *options;
    bool has_programme, has_component;
} ntm_i_needing;

static inline ntm_i_job *ntm_i_job_at(const ntm_needs *needs, size_t index) {
    return (ntm_i_job *)needs->jobs.items + index;
}
static inline bool ntm_i_is_money(const char *resource) {
    return resource[0] == 'm' && resource[1] == 'o' && resource[2] == 'n' && resource[3] == 'e' && resource[4] == 'y' &&
           resource[5] == '\0';
}
static inline uint8_t ntm_i_step_scale(const ntm_needs *needs, const char *resource) {
    return ntm_i_is_money(resource) ? 0 : needs->kind_scale;
}

/* Rows of quantities to jobs. */
void ntm_i_jobs_make(ntm_i_needing *n, const ntm_table *quantities);
/* Jobs to lines, by shares. */
void ntm_i_jobs_divide(ntm_i_needing *n);
/* Caps of rules. */
void ntm_i_caps_apply(ntm_i_needing *n);
/* Lines to columns. */
void ntm_i_needs_show(ntm_i_needing *n);
/* Columns over memory of the arena: codes into `categories`, -1 = none; amounts where the bit of `known` is set. */
ntm_column ntm_i_shown_codes(const int32_t *codes, size_t count, const ntm_i_csv_codes *pool);
ntm_column ntm_i_shown_amounts(const int64_t *amounts, const uint8_t *known, size_t count, uint8_t scale);

#endif
