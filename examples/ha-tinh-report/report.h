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

enum { REVIEWS = 2, DISTRICTS_MOST = 32, RESULTS_MOST = 64 };

typedef struct poverty {
    input households[REVIEWS]; /* the reviews of 2018 and 2019 */
    evaluation by_review[REVIEWS];
    input people;
    const ntm_set *support;
} poverty;

/* Facts of the old units of a table as facts of the new ones. */
typedef struct merger {
    const ntm_table *table;
    ntm_unit *old; /* one a row */
    size_t *into;  /* of each row: which of the new units */
    ntm_unit *news;
    size_t count;       /* of new units */
    ntm_rolled *before; /* the table as it is, with bounds */
    ntm_rolled *after;  /* one row a new unit */
} merger;

/* Money: ledgers, and needs of road works. */
typedef struct budget {
    ntm_ledger *money;   /* of 2020, by commune */
    ntm_ledger *cement;  /* supplied */
    ntm_ledger *support; /* people and gifts, by district */
    ntm_needs *needs;    /* of road works */
    ntm_ledger *needed;  /* the same as entries */
} budget;

typedef struct report {
    const char *folder;
    const char *units_folder; /* of the registry */
    ntm_date day, merged_on;
    ntm_units *registry; /* of the whole country, in time */
    ntm_unit province;
    ntm_unit districts[DISTRICTS_MOST]; /* on the day, by code */
    size_t district_count;
    ntm_unit results[RESULTS_MOST]; /* communes made by the mergers */
    size_t result_count;
    ntm_catalogue *catalogue;
    ntm_set *with_recalled; /* the set in force with what is only recalled laid over it */
    evaluation cited;       /* communes by what was read in sources */
    evaluation recalled;    /* communes by that and by what is only recalled */
    evaluation gardens, areas;
    input meeting, facts, departments, garden_facts, villages;
    ntm_register *villages_registered;
    ocop ocop;
    poverty poverty;
    ntm_register *recognised;             /* communes, by what was read of how long a recognition lasts */
    ntm_register *recognised_for_good;    /* the same, were recognitions without end */
    evaluation next_cited, next_recalled; /* the set that takes the place of the one in force, without results */
    ntm_set *next_with_recalled;
    ntm_set *facilities_set;
    evaluation facilities; /* of the merged units */
    input resolution, old_communes;
    merger published, merged; /* what the resolution's news tell; illustrative */
    evaluation district;      /* the plan alone: says which facts are read */
    ntm_set *district_set;
    evaluation by_province_set;
    input district_facts, province_facts;
    ntm_observations *months;
    budget budget;
    ntm_gaps *gaps; /* of the communes, by the recalled layer */
    ntm_tasks *tasks;
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
bool read_fields(report *r, input *in, const char *file, const ntm_csv_field *fields, size_t count);
bool read_texts(report *r, input *in, const char *file, const char *const *headers, size_t count);
/* The key columns, then every input of the plan but its axes, which the report fixes or the keys name. */
bool read_facts(report *r, input *in, const char *file, const ntm_plan *plan, wording said, const ntm_csv_field *keys,
                size_t key_count);
bool read_register(report *r, ntm_register **out, const char *file, const ntm_status_rule *rules, size_t rule_count);
bool compile(report *r, evaluation *e, const ntm_set *set, const ntm_axis_value *axes, size_t axis_count);
bool evaluate(report *r, evaluation *e, const ntm_table *table);
ntm_csv_field text_field(const char *header);
/* How a fact of a set stands in a file: yes and no in its words, numbers in Vietnamese style. */
ntm_csv_field fact_field(const ntm_set *set, const char *name, wording said);
cell text_at(const ntm_table *table, const char *name, size_t row);
cell cell_of(const char *text);
/* A whole number of a column: money, days, yes as 1; 0 where nothing is reported. */
int64_t whole_at(const ntm_table *table, const char *name, size_t row);
bool same(cell a, cell b);
bool cell_known(const ntm_table *table, const char *name, size_t row);
/* The row whose column holds that text; SIZE_MAX if none does. */
size_t find_row(const ntm_table *table, const char *name, cell wanted);

/* read_units.c: the registry. Names are "" for no unit. */
bool read_units(report *r);
bool is_merged(const report *r, ntm_unit unit);
ntm_unit unit_of(const report *r, ntm_echelon echelon, cell code, ntm_date on); /* NTM_NO_UNIT when there is none */
const char *name_of(const report *r, ntm_unit unit);
const char *district_name(const report *r, cell code);
/* The commune of a row, by its column "code". */
ntm_unit commune_of(const report *r, const ntm_table *table, size_t row);
/* "Xã Thạch Hải (Huyện Thạch Hà)" */
void full_name(const report *r, char *text, size_t capacity, ntm_unit commune);

/* read_*.c: what each part of the report needs. */
bool read_communes(report *r);
bool read_villages(report *r);
bool read_ocop(report *r);
bool read_poverty(report *r);
bool read_merged(report *r);
bool read_months(report *r);
/* The reports as the file was on a day (YYYY-MM-DD): what was recorded later is left out. */
bool read_months_until(report *r, ntm_observations **out, const char *until);
void close_merged(report *r);
bool read_budget(report *r);
void close_budget(report *r);
bool read_tasks(report *r);
void close_tasks(report *r);

/* page.c: writing text whose columns line up, Vietnamese letters counted as one. */
void heading(const char *title, bool illustrative);
void left(const char *text, int size, int width);
void left_text(const char *text, int width);
void right(const char *text, int width);
void right_number(uint64_t number, int width);
/* Money of two columns in triệu đồng: "1.250–1.300", "từ 1.250" where not all is known, "để ngỏ". */
void right_millions(const ntm_table *table, const char *least, const char *most, size_t row, int width);
void millions(char *text, size_t capacity, ntm_money value);
/* Exact numbers of two columns of texts: "3–5", "từ 3", "chưa rõ". */
void right_amount(const ntm_table *table, const char *least, const char *most, size_t row, int width);
const char *measure_text(cell measure, char *text, size_t capacity);
/* A name, without the "Trong đó:" by which the dictionary tells parts from wholes. */
void print_name(cell name);
void right_bounds(ntm_bounds bounds, int width);
void print_date(ntm_date date);
/* A number in Vietnamese style, rounded half up to so many digits: the text is for reading, nothing is decided by it. */
bool number_text(report *r, char *buffer, size_t capacity, ntm_fraction number, unsigned percent_digits,
                 uint8_t digits);
/* What is known of a number: "5.656", "từ 3.086" (at least), "3.086–4.000", "để ngỏ" (nothing). Bounds are rounded outward. */
bool range_text(report *r, char *buffer, size_t capacity, ntm_range range, uint8_t digits);
/* Whether the two ends are one number. */
bool known_range(ntm_range range);
const char *verdict_word(ntm_verdict verdict);
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
bool merged_pages(report *r);
bool facilities_page(report *r); /* one of the pages of merged communes */
bool districts_page(report *r);
bool province_page(report *r);
bool months_page(report *r);
bool budget_pages(report *r);
bool works_pages(report *r); /* two of the budget pages */
bool tasks_pages(report *r);
bool task_money_page(report *r); /* sums */
bool task_list_page(report *r);
bool sources_page(report *r);

#endif
