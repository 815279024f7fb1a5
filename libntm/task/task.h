/* SPDX-License-Identifier: Apache-2.0 */
/* What tasks are inside, and what the parts of making them share. Texts are codes of one pool, -1 = none, until they are
   shown. */
#ifndef NTM_I_TASK_H
#define NTM_I_TASK_H

#include <ntm/task.h>

#include "column/cells.h"
#include "column/csv_field.h"
#include "number/rational.h"

#define NTM_I_NO_DUTY   UINT32_MAX
#define NTM_I_NO_TASK   UINT32_MAX
#define NTM_I_TASKS_MAX ((size_t)1 << 24)

/* The rungs above units that are told. */
enum { NTM_I_TASK_RUNGS = 3 };

/* A row of the duties. */
typedef struct ntm_i_duty {
    const char *fact, *indicator, *criterion;             /* "" = for all */
    const char *work, *class_name, *work_unit, *citation; /* NULL = not said */
    int32_t department, doer, work_code, class_code, work_unit_code, programme, component, citation_code;
    ntm_date deadline;
    bool has_per;
    ntm_decimal per;
    uint32_t row;
} ntm_i_duty;

/* A subject of the gaps, with what is the same for all its tasks. */
typedef struct ntm_i_task_subject {
    ntm_gap_kind kind;
    ntm_closing closing;
    size_t criterion; /* SIZE_MAX = none */
    int32_t criterion_id, indicator_id, precondition_id, fact, input, name_vi, name_en, level, evidence, measure;
    bool is_task;      /* not of the revocation rule */
    uint32_t key;      /* subjects with one key are one work in a row, in each direction */
    uint32_t duty;     /* NTM_I_NO_DUTY = none */
    int32_t work_unit; /* of the quantity */
    bool checked;      /* whether the duty's work suits it */
    bool suits;
} ntm_i_task_subject;

typedef struct ntm_i_task {
    size_t gap;
    uint32_t row, subject, included, needed_for;
    ntm_gap_kind kind;
    ntm_untold untold;
    bool strict, out_of_reach;
    ntm_range amount, quantity;
    ntm_task_cost cost;
    bool least_known, most_known;
    ntm_money least, most;
} ntm_i_task;

/* A line of costs. */
typedef struct ntm_i_cost {
    uint32_t task;
    int32_t source, doer, resource, resource_unit;
    bool money, least_known, most_known;
    int64_t least, most;
    uint64_t norm, rule; /* rows; NTM_NO_ROW = none */
} ntm_i_cost;

struct ntm_tasks {
    ntm_i_arena arena;
    ntm_i_csv_codes pool;
    size_t rows, gap_count, task_count, subject_count, duty_count;
    int32_t *units;                   /* by row */
    int32_t *above[NTM_I_TASK_RUNGS]; /* by row; NULL without a registry */
    size_t *first_gap;                /* by row, with one more */
    uint32_t *works;                  /* by row: of its status */
    uint32_t *untold;                 /* by row: those of them that are untold */
    ntm_i_duty *duties;               /* by fact, indicator, criterion */
    ntm_i_task_subject *subjects;
    ntm_i_task *tasks;
    uint32_t *task_of_gap;
    ntm_i_array costs; /* of ntm_i_cost, by task */
    uint8_t kind_scale;
    ntm_table table, cost_table, remaining_table;
    bool has_remaining;
};

/* A call of ntm_tasks_new(). */
typedef struct ntm_i_tasking {
    ntm_tasks *tasks;
    ntm_i_cells cells;
    const ntm_gaps *gaps;
    const ntm_set *set;
    const ntm_tasks_options *options;
    bool has_programme, has_component; /* the duties have the column */
} ntm_i_tasking;

static inline bool ntm_i_tasking_goes_on(const ntm_i_tasking *t) {
    return !t->cells.no_memory && t->cells.problem_count == 0;
}
static inline const char *ntm_i_task_text(const ntm_tasks *tasks, int32_t code) {
    return code < 0 ? NULL : ((const char *const *)tasks->pool.names.items)[code];
}
static inline ntm_i_cost *ntm_i_cost_at(const ntm_tasks *tasks, size_t index) {
    return (ntm_i_cost *)tasks->costs.items + index;
}
static inline bool ntm_i_task_is_work(const ntm_i_task_subject *subject) {
    return subject->closing == NTM_CLOSING_WORK || subject->closing == NTM_CLOSING_UNSAID;
}

/* The code of a text in the pool; -1 for NULL, "" and want of memory, which is noted. */
int32_t ntm_i_task_code(ntm_i_tasking *t, const char *text);

/* duties.c: reads the duties and finds those of the subjects. */
void ntm_i_duties_load(ntm_i_tasking *t);
void ntm_i_duties_give(ntm_i_tasking *t);
/* subjects.c */
void ntm_i_task_subjects(ntm_i_tasking *t);
/* unit_rows.c: the codes of the rows and the units above them. */
void ntm_i_task_units(ntm_i_tasking *t);
/* gather.c: gaps to tasks, in their order. */
void ntm_i_tasks_gather(ntm_i_tasking *t);
/* quantity.c: amounts to quantities of work. */
void ntm_i_tasks_quantify(ntm_i_tasking *t);
/* Whether the duty's work can be counted from the subject's amounts; told once a subject. */
bool ntm_i_task_suits(ntm_i_tasking *t, ntm_i_task_subject *subject, const ntm_i_duty *duty);
/* tasks.c: checks of what both calls take; a call to begin. NULL for want of memory. */
ntm_status ntm_i_tasks_check_table(const ntm_table *table, const ntm_tasks_options *options, ntm_error *err);
ntm_tasks *ntm_i_tasks_begin(ntm_i_tasking *t, const ntm_gaps *gaps, const ntm_tasks_options *options);
/* cost.c: quantities to costs. */
void ntm_i_tasks_cost(ntm_i_tasking *t);
/* remain.c: costs less what was allotted. */
void ntm_i_tasks_remain(ntm_i_tasking *t);
/* show.c: everything as columns. */
void ntm_i_tasks_show(ntm_i_tasking *t);

/* columns.c: columns over memory of an arena. Codes of a pool become codes of the texts that occur, in the order in which they
   do; false for want of memory. */
bool ntm_i_task_texts(ntm_column *out, ntm_i_arena *arena, const ntm_i_csv_codes *pool, const int32_t *codes,
                      size_t count);
/* Numbers where the bit of `known` is set; NULL = all are. */
ntm_column ntm_i_task_numbers(const int64_t *numbers, const uint8_t *known, size_t count, uint8_t scale);
/* The exact text of a number in the pool; -1 for none. False for want of memory. */
bool ntm_i_task_exact(int32_t *out, ntm_i_csv_codes *pool, ntm_i_rational value);

#endif
