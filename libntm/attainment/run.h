/* SPDX-License-Identifier: Apache-2.0 */
/* One evaluation: a plan bound to a table, and the block of rows that is being worked on. */
#ifndef NTM_I_RUN_H
#define NTM_I_RUN_H

#include "attainment/kernels.h"
#include "attainment/plan.h"
#include "base/error.h"
#include "number/interval.h"

/* A set of rows of the block, one bit each; bits past the block's rows are 0. */
typedef struct ntm_i_mask {
    uint64_t words[NTM_I_BLOCK_WORDS];
} ntm_i_mask;

/* Three values for each row of the block; a row in neither is open. No row is in both. */
typedef struct ntm_i_truth {
    ntm_i_mask met;
    ntm_i_mask not_met;
} ntm_i_truth;

/* A value of the set as it was found for the row that `stamp` stands for: rules may name it many times. */
typedef struct ntm_i_found_value {
    uint64_t stamp;
    bool failed;
    ntm_i_interval value;
} ntm_i_found_value;

/* In what form an input's values stand in a block. */
typedef enum ntm_i_form {
    NTM_I_FORM_NONE = 0, /* no column: nothing is reported */
    NTM_I_FORM_INT = 1,  /* int64 × 10^-scale */
    NTM_I_FORM_REAL = 2, /* double */
    NTM_I_FORM_BITS = 3, /* bits */
    NTM_I_FORM_INDEX = 4 /* uint32 places on a scale or axis */
} ntm_i_form;

/* An input bound to a column. */
typedef struct ntm_i_bound {
    const ntm_i_input *input;
    const ntm_column *column;
    ntm_i_form form;
    uint8_t scale;     /* of NTM_I_FORM_INT */
    int64_t shrink;    /* whole things in a column with a scale: 10^scale, by which values are divided; else 1 */
    bool direct;       /* the column's own memory is used */
    bool check;        /* natural bounds have to be looked at */
    bool exact_bounds; /* doubles whose bounds no double stands for: looked at row by row */
    int64_t int_least, int_most;
    double real_least, real_most;
    const uint32_t *map; /* category -> place, NTM_I_NONE for one that is not on the scale */
    void *scratch;       /* NTM_I_BLOCK values of 8 bytes, when not direct */
    size_t block;        /* first row of the block that is loaded; SIZE_MAX for none */
    uint32_t limits[2];  /* the columns of its bounds, least and most: places in `bounds`, or NTM_I_NONE */
    uint32_t next;       /* the input that was loaded after this one in the first block, or NTM_I_NONE */
    const void *values;
    bool one_place; /* NTM_I_FORM_INDEX: all values of the block are the same, reported or not */
    bool any_not_applicable;
    bool any_told; /* some rule complained about a value of the block: which, stands in `told` */
    ntm_i_mask told;
    ntm_i_mask valid; /* reported */
    ntm_i_mask not_applicable;
} ntm_i_bound;

/* How a comparison runs, given the types of its columns. */
typedef enum ntm_i_how {
    NTM_I_HOW_OPEN = 1, /* no column, and natural bounds decide nothing */
    NTM_I_HOW_INT = 2,
    NTM_I_HOW_REAL = 3,
    NTM_I_HOW_RATIO = 4,
    NTM_I_HOW_EXACT = 5
} ntm_i_how;

typedef struct ntm_i_bound_comparison {
    ntm_i_how how;
    ntm_i_test test;
    bool negate;          /* the test is of the opposite: x > t is not x <= t */
    ntm_comparison sign;  /* of a ratio */
    bool all_known;       /* no cell is absent */
    size_t cells;         /* cells, the one for an unknown axis included */
    const uint8_t *known; /* by key, with one more for an unknown axis */
    const int64_t *ints;  /* by key: NTM_I_HOW_INT bounds, NTM_I_HOW_RATIO multipliers of the divisor */
    const double *reals;  /* by key */
    int64_t factor;       /* NTM_I_HOW_RATIO: multiplier of the dividend */
    bool of_doubles;      /* NTM_I_HOW_RATIO: a side of it is doubles */
} ntm_i_bound_comparison;

/* Keys of the block's rows in one keyspace. */
typedef struct ntm_i_keys {
    size_t block;
    bool uniform;     /* all rows have `key` */
    bool any_unknown; /* some row's cell does not exist */
    bool undecided;   /* for some row it is open which column of the scoped axis holds: this is the first of them */
    uint32_t key;
    uint32_t word_keys[NTM_I_BLOCK_WORDS]; /* the key of all rows of a word, or NTM_I_NONE when they differ */
    uint32_t *each;                        /* NTM_I_BLOCK keys when some axis comes from a column; else NULL */
} ntm_i_keys;

/* A figure that is asked about: some of its cells are, row by row, another number than the law's. Only exact code looks
   here: whoever moves a figure lets every comparison with it run as NTM_I_HOW_EXACT. */
typedef struct ntm_i_moved {
    uint32_t threshold;
    const uint8_t *cells;         /* by key: whether it moves */
    const ntm_i_rational *values; /* by row of the block, in base units */
    const uint32_t *held_of;      /* by node: which of `held` a comparison has on its other side, or NTM_I_NONE */
    const ntm_i_interval *held;   /* quantities that were found before: NTM_I_BLOCK of each, by row */
} ntm_i_moved;

typedef struct ntm_i_run {
    const ntm_plan *plan;
    const ntm_table *table;
    const ntm_i_kernels *kernels;
    ntm_problems *problems;
    ntm_error first; /* the first problem */
    size_t problem_count;
    ntm_i_arena arena;   /* everything below */
    ntm_i_bound *bounds; /* inputs, then the bounds of facts that the table has */
    size_t bound_count;
    uint32_t first_loaded; /* inputs in the order in which the program comes to them, a list through `next` */
    uint32_t last_loaded;
    ntm_i_bound_comparison *comparisons;
    ntm_i_keys *keys;
    const ntm_i_moved *moved;  /* NULL: all figures are the law's */
    ntm_i_keys other_keys;     /* another possibility where it is open which column holds */
    ntm_i_found_value *values; /* of the set, for the row being looked at */
    uint64_t stamp;            /* rows looked at so far, one number each */
    ntm_i_truth *registers;
    ntm_i_truth *verdicts; /* by slot */
    uint64_t *counters;    /* registers × 2 × counter_planes × words */
    uint64_t *each;        /* thresholds of a block, row by row: int64 or double */
    int64_t *wholes[2]; /* dividends and divisors of a share of doubles, as whole numbers; NULL where there is none */
    ntm_i_mask odd;     /* rows of such a share that have no whole numbers */
    size_t start;       /* first row of the block */
    size_t rows;        /* rows in the block */
    size_t words;       /* words in use */
} ntm_i_run;

/* Binds a plan to a table. On failure the run is ended. */
ntm_status ntm_i_run_start(ntm_i_run *run, const ntm_plan *plan, const ntm_table *table,
                           const ntm_evaluate_options *options, ntm_error *err);
void ntm_i_run_end(ntm_i_run *run);
/* Works on rows start .. start + rows - 1, rows <= NTM_I_BLOCK. Problems are recorded and counted; the verdicts hold
   only while there are none. */
void ntm_i_run_block(ntm_i_run *run, size_t start, size_t rows);

/* Records a problem of a row of the block. */
void ntm_i_run_complain(ntm_i_run *run, ntm_status status, const char *subject, size_t row_in_block, const char *format,
                        ...) NTM_I_PRINTF(5, 6);
/* Whether a name is that of an input, or of a fact that no rule uses. */
bool ntm_i_plan_knows(const ntm_plan *plan, const char *name);
/* Whether a name of `size` bytes is a fact of the set, used by a rule or not: "households", or "trained[female]" by its
   members. */
bool ntm_i_is_fact(const ntm_set *set, const char *name, size_t size, const ntm_fact **found);
/* Whether a name is that of a bound: "households:least" or "households:most". */
bool ntm_i_is_bound_of_fact(const ntm_set *set, const char *name);
/* No fewer than the columns of a table that are bounds. */
size_t ntm_i_limits_most(const ntm_table *table);
/* Makes room for a column that is the bound of an input, and ties it to that; NTM_I_NONE when it is none. */
uint32_t ntm_i_add_limit(ntm_i_run *run, const ntm_field *field, bool *no_memory);
static inline bool ntm_i_has_limits(const ntm_i_bound *bound) {
    return bound->limits[0] != NTM_I_NONE || bound->limits[1] != NTM_I_NONE;
}
/* Complains of rows whose bounds leave nothing, or exclude what is reported. */
void ntm_i_check_limits(ntm_i_run *run, const ntm_i_bound *bound);
/* Whether a level that is not reported is at a place or higher, as far as its bounds tell. */
ntm_verdict ntm_i_level_by_limits(ntm_i_run *run, const ntm_i_bound *bound, size_t row, uint32_t wanted);
/* A bound of a row (a place in `limits` of its input) in the fact's own unit; false when none is reported, or when no
   rational holds it. */
bool ntm_i_limit_of_row(ntm_i_run *run, ntm_i_rational *out, uint32_t limit, size_t row_in_block);
/* Natural bounds cut with those of the row, in the fact's unit; false when the row has none of its own. */
bool ntm_i_cut_of_row(ntm_i_run *run, ntm_i_interval *out, const ntm_i_bound *bound, size_t row_in_block);
/* Binding's own stages. */
ntm_status ntm_i_bind_inputs(ntm_i_run *run, const ntm_evaluate_options *options, ntm_error *err);
ntm_status ntm_i_bind_comparisons(ntm_i_run *run, ntm_error *err);
/* The double nearest to a decimal of at most 15 digits; false for other numbers. Comparing doubles with it is exact:
   see docs/exactness.md. */
bool ntm_i_nearest_double(double *out, ntm_i_rational t);
/* Makes an input's values of the block ready; cheap when they are. */
void ntm_i_load(ntm_i_run *run, uint32_t input);
/* Makes the keys of the block ready. */
const ntm_i_keys *ntm_i_load_keys(ntm_i_run *run, uint32_t keyspace);
/* The keys under another possibility, 1 to the number of rules of scope; they hold until the next call. */
const ntm_i_keys *ntm_i_load_other_keys(ntm_i_run *run, uint32_t keyspace, size_t possibility);
/* The place of a row on an axis, rules of scope aside: below its size, size when it is not known, NTM_I_NONE when the
   axis does not have it. Its input is loaded. */
uint32_t ntm_i_place_of_row(ntm_i_run *run, const ntm_i_plan_axis *axis, size_t row_in_block);
/* How many columns of the scoped axis could hold for a row: 1 where that is known. */
size_t ntm_i_possibilities(ntm_i_run *run, uint32_t keyspace, size_t row_in_block);
/* The key of one row; cells of the keyspace for an unknown axis, NTM_I_NONE for a year that the axis does not have. */
uint32_t ntm_i_key_of_row(ntm_i_run *run, uint32_t keyspace, size_t row_in_block, size_t possibility);
/* The same if that rule of scope decided, whether it is met or not; behind the last rule: if none did. */
uint32_t ntm_i_key_by_rule(ntm_i_run *run, uint32_t keyspace, size_t row_in_block, size_t rule);

/* One value of a loaded input, as a rational in the input's own unit; false (a complaint) when it does not fit. */
bool ntm_i_value_of_row(ntm_i_run *run, ntm_i_rational *out, const ntm_i_bound *bound, size_t row_in_block);
static inline bool ntm_i_bit(const ntm_i_mask *mask, size_t row) { return mask->words[row / 64] >> (row % 64) & 1; }

#endif
