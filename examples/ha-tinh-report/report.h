/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the report share. */
#ifndef REPORT_H
#define REPORT_H

#include <ntm/ntm.h>

/* A table read from a CSV file of the data folder, with what it was read from. */
typedef struct input {
    ntm_csv *csv;
    const ntm_table *table;
} input;

/* Communes evaluated by one state of the law. */
typedef struct evaluation {
    const ntm_set *set;
    ntm_plan *plan;
    ntm_attainment *result;
} evaluation;

typedef struct report {
    ntm_catalogue *catalogue;
    ntm_set *with_recalled; /* the set in force with what is only recalled laid over it */
    evaluation cited;       /* communes by what was read in sources */
    evaluation recalled;    /* communes by that and by what is only recalled */
    evaluation gardens;
    input units, districts, mergers, meeting, facts, departments, garden_facts;
    ntm_error err;
} report;

/* input.c: reading files. Each says what went wrong in r->err. */
bool read_inputs(report *r, const char *folder);
bool evaluate(report *r, evaluation *e, const ntm_set *set, const ntm_table *table);
/* A cell of a text column; "" when there is nothing. Borrowed, not ending with NUL: print with %.*s. */
typedef struct cell {
    const char *text;
    int size;
} cell;
cell text_at(const ntm_table *table, const char *name, size_t row);
bool same(cell a, cell b);
/* The row whose column holds that text; SIZE_MAX if none does. */
size_t find_row(const ntm_table *table, const char *name, cell wanted);

/* page.c: writing text whose columns line up, Vietnamese letters counted as one. */
void heading(const char *title, bool illustrative);
void left(const char *text, int size, int width);
void left_text(const char *text, int width);
void right(const char *text, int width);
void right_number(uint64_t number, int width);
void right_bounds(ntm_bounds bounds, int width);

#endif
