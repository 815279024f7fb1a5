/* SPDX-License-Identifier: Apache-2.0 */
/* Cases that an official could read, run against the public API: see README.md. */
#ifndef NTM_TEST_GOLDEN_H
#define NTM_TEST_GOLDEN_H

#include <ntm/ntm.h>

enum { GOLDEN_COLUMNS = 64, GOLDEN_ROWS = 64, GOLDEN_OVERLAYS = 4, GOLDEN_AXES = 4, GOLDEN_TEXT = 1024 };

/* A column as it was written. */
typedef struct golden_column {
    char name[64];
    char form[16]; /* integer, double, decimal, text, yes-no; "" = by the fact */
    char cells[GOLDEN_ROWS][64];
    size_t count;
    /* filled by golden_table() */
    ntm_column column;
    void *data;
    uint8_t validity[GOLDEN_ROWS / 8];
    uint8_t not_applicable[GOLDEN_ROWS / 8];
    char *text;
} golden_column;

/* A column wanted from a CSV file. */
typedef struct golden_csv {
    char name[64];
    ntm_csv_field field;
} golden_csv;

/* What a case says before its expectations. */
typedef struct golden_case {
    const char *directory;
    char set[GOLDEN_TEXT];
    char overlays[GOLDEN_OVERLAYS][GOLDEN_TEXT];
    size_t overlay_count;
    ntm_date on;
    bool out_of_force;
    bool refuse_unknown;
    ntm_locale numbers;
    char axes[GOLDEN_AXES][2][64];
    size_t axis_count;
    char csv[GOLDEN_TEXT];
    golden_csv wanted[GOLDEN_COLUMNS];
    size_t wanted_count;
    golden_column columns[GOLDEN_COLUMNS];
    size_t column_count;
    /* what came of it */
    bool ready;
    ntm_kernels kernels;
    ntm_catalogue *catalogue;
    ntm_set *owned; /* read from a file, or with overlays */
    const ntm_set *rules;
    ntm_plan *plan;
    ntm_csv *table_read;
    ntm_field fields[GOLDEN_COLUMNS];
    ntm_table table;
    ntm_problems *problems;
    ntm_attainment *result;
    ntm_status status;
    ntm_error err;
    bool failure_expected;
    char complaint[2 * GOLDEN_TEXT]; /* why the case fails */
} golden_case;

/* Takes the next word, or text in quotes, off a line; false at the end. */
bool golden_word(const char **line, char *out, size_t capacity);
/* Notes why a case fails; always false. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
bool golden_complain(golden_case *c, const char *format, ...);

/* Lines before the expectations: set, with, on, given ... */
bool golden_statement(golden_case *c, const char *word, const char *rest);
/* Makes columns of the cells, in `table`. */
bool golden_table(golden_case *c);
/* Reads, plans and evaluates; what fails is kept in status and err. False only when the case itself is wrong. */
bool golden_run(golden_case *c);
bool golden_expect(golden_case *c, const char *rest);
void golden_clear(golden_case *c);

#endif
