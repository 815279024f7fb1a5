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

/* Units evaluated by one state of the law. */
typedef struct evaluation {
    const ntm_set *set;
    ntm_plan *plan;
    ntm_attainment *result;
} evaluation;

/* The products of one type before the council, one row of `sheets` a sheet. */
typedef struct council {
    const char *type;
    input sheets;
    evaluation by_sheet;
    ntm_panel *panel;
} council;

enum { OCOP_TYPES = 5 };

typedef struct ocop {
    input products;
    council councils[OCOP_TYPES];
    ntm_register *earlier; /* recognitions of earlier years */
} ocop;

enum { REVIEWS = 2 };

typedef struct poverty {
    input households[REVIEWS]; /* the reviews of 2018 and 2019 */
    evaluation by_review[REVIEWS];
    input people;
    const ntm_set *support;
} poverty;

typedef struct report {
    const char *folder;
    ntm_date day;
    ntm_catalogue *catalogue;
    ntm_set *with_recalled; /* the set in force with what is only recalled laid over it */
    evaluation cited;       /* communes by what was read in sources */
    evaluation recalled;    /* communes by that and by what is only recalled */
    evaluation gardens, areas;
    input units, districts, mergers, meeting, facts, departments, garden_facts, villages;
    ntm_register *villages_registered;
    ocop ocop;
    poverty poverty;
    ntm_register *recognised;             /* communes, by what was read of how long a recognition lasts */
    ntm_register *recognised_for_good;    /* the same, were recognitions without end */
    evaluation next_cited, next_recalled; /* the set that takes the place of the one in force, without results */
    ntm_set *next_with_recalled;
    ntm_error err;
} report;

/* How yes and no are written in a file. */
typedef struct wording {
    const char *yes, *no;
} wording;

/* A cell of a text column; "" when there is nothing. Borrowed, not ending with NUL: print with %.*s. */
typedef struct cell {
    const char *text;
    int size;
} cell;

/* input.c: reading files. Each says what went wrong in r->err. */
bool read_texts(report *r, input *in, const char *file, const char *const *headers, size_t count);
/* The key columns, then every input of the plan but its axes, which the report fixes or the keys name. */
bool read_facts(report *r, input *in, const char *file, const ntm_plan *plan, wording said, const ntm_csv_field *keys,
                size_t key_count);
bool read_register(report *r, ntm_register **out, const char *file, const ntm_status_rule *rules, size_t rule_count);
bool compile(report *r, evaluation *e, const ntm_set *set, const ntm_axis_value *axes, size_t axis_count);
bool evaluate(report *r, evaluation *e, const ntm_table *table);
ntm_csv_field text_field(const char *header);
cell text_at(const ntm_table *table, const char *name, size_t row);
cell cell_of(const char *text);
bool same(cell a, cell b);
/* The row whose column holds that text; SIZE_MAX if none does. */
size_t find_row(const ntm_table *table, const char *name, cell wanted);

/* read_*.c: what each part of the report needs. */
bool read_communes(report *r);
bool read_villages(report *r);
bool read_ocop(report *r);
bool read_poverty(report *r);

/* page.c: writing text whose columns line up, Vietnamese letters counted as one. */
void heading(const char *title, bool illustrative);
void left(const char *text, int size, int width);
void left_text(const char *text, int width);
void right(const char *text, int width);
void right_number(uint64_t number, int width);
void right_bounds(ntm_bounds bounds, int width);
void print_date(ntm_date date);
/* A number in Vietnamese style, rounded half up to so many digits: the text is for reading, nothing is decided by it. */
bool number_text(report *r, char *buffer, size_t capacity, ntm_fraction number, unsigned percent_digits,
                 uint8_t digits);
/* One line of explanation of a verdict of a row. */
bool explain_line(report *r, const evaluation *e, const ntm_table *table, size_t row, ntm_of of, size_t index);
/* "Xã Thạch Hải (Huyện Thạch Hà)", from its code. */
void print_commune(const report *r, cell code);
/* What the newspaper printed for one of the meeting's figures. */
cell printed_of(const report *r, const char *id);

/* pages_*.c: the sections. */
bool units_pages(report *r);
bool communes_pages(report *r);
bool villages_pages(report *r);
bool ocop_pages(report *r);
bool ladder_page(report *r); /* one of the OCOP pages */
bool poverty_pages(report *r);
bool support_pages(report *r);
bool status_pages(report *r);
bool sources_page(report *r);

#endif
