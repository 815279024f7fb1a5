/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of quantities, each with the need of every resource for its work. */
#include <string.h>

#include "base/text.h"
#include "column/cell_numbers.h"
#include "need/need.h"

enum { UNIT, WORK, WORK_UNIT, CLASS, REGION, PROGRAMME, COMPONENT, DATE, TEXTS };
enum { QUANTITY = TEXTS, COLUMNS };

static const ntm_i_cells_column columns[TEXTS] = {
    {"unit", true, NTM_I_CELLS_TEXT},       {"work", true, NTM_I_CELLS_TEXT},    {"work_unit", true, NTM_I_CELLS_TEXT},
    {"class", false, NTM_I_CELLS_TEXT},     {"region", false, NTM_I_CELLS_TEXT}, {"programme", false, NTM_I_CELLS_TEXT},
    {"component", false, NTM_I_CELLS_TEXT}, {"date", false, NTM_I_CELLS_DAYS}};

/* A row being read. */
typedef struct reading {
    ntm_i_needing *n;
    const ntm_field *found[COLUMNS];
    size_t row;
    ntm_i_job job; /* what all jobs of the row have */
    bool reported;
    const char *work, *work_unit, *unit;
    ntm_i_asked asked;
} reading;

static bool find_columns(reading *r, const ntm_table *table) {
    ntm_i_cells *cells = &r->n->cells;
    bool good = ntm_i_cells_find(r->found, cells, table, columns, TEXTS, "a table of quantities");
    r->found[QUANTITY] = ntm_table_find(table, "quantity");
    if (r->found[QUANTITY] == NULL)
        ntm_i_cells_complain(cells, NTM_ERROR_SHAPE, "quantity", SIZE_MAX, "a table of quantities needs this column");
    good = ntm_i_cells_numbers(cells, r->found[QUANTITY]) && good;
    r->n->has_programme = r->found[PROGRAMME] != NULL;
    r->n->has_component = r->found[COMPONENT] != NULL;
    return ntm_i_cells_only(cells, table, r->found, COLUMNS, "quantities",
                            "unit, work, class, region, quantity, work_unit, date, programme, component") &&
           good && r->found[QUANTITY] != NULL;
}

/* A code of the pool for a cell; -1 = none. */
static int32_t pooled(reading *r, const ntm_field *field) {
    const char *text = NULL;
    size_t size = 0;
    int32_t code = -1;
    if (ntm_i_cell_text(&r->n->cells, &text, &size, field, r->row) &&
        !ntm_i_csv_codes_find(&r->n->needs->pool, &code, text, size))
        r->n->cells.no_memory = true;
    return code;
}

static const char *text_of(const reading *r, int32_t code) {
    return code < 0 ? NULL : ((const char *const *)r->n->needs->pool.names.items)[code];
}

static const char *needed(reading *r, const ntm_field *field, int32_t *code) {
    size_t told = r->n->cells.problem_count;
    *code = pooled(r, field);
    if (*code < 0 && told == r->n->cells.problem_count && !r->n->cells.no_memory)
        ntm_i_cells_complain(&r->n->cells, NTM_ERROR_VALUE, field->name, r->row, "a quantity needs this cell");
    return text_of(r, *code);
}

/* The region that the registry gives for the row's unit and day. */
static const char *registered_region(reading *r) {
    const ntm_needs_options *options = r->n->options;
    ntm_unit unit = NTM_NO_UNIT;
    ntm_error err = NTM_ERROR_INIT;
    if (options->units == NULL || r->found[REGION] != NULL || r->unit == NULL) return NULL;
    if (r->asked.on == NTM_DATE_NONE) {
        ntm_i_cells_complain(&r->n->cells, NTM_ERROR_VALUE, "date", r->row,
                             "no date: as of which day is the region asked for?");
        return NULL;
    }
    ntm_status status = ntm_units_find(&unit, options->units, r->unit, options->echelon, r->asked.on, &err);
    if (status != NTM_OK) {
        ntm_i_cells_complain(&r->n->cells, status, "unit", r->row, "%s: %s", r->unit, err.message);
        return NULL;
    }
    const char *attribute = options->region_attribute == NULL ? "region" : options->region_attribute;
    return ntm_units_attribute(options->units, unit, attribute, r->asked.on, true);
}

/* False when the row cannot be asked about. */
static bool read_row(reading *r) {
    ntm_i_cells *cells = &r->n->cells;
    size_t told = cells->problem_count;
    int32_t work, work_unit;
    r->job =
        (ntm_i_job){.row = (uint32_t)r->row, .rules = NTM_I_NONE, .norm = NTM_I_NONE, .programme = -1, .component = -1};
    r->unit = needed(r, r->found[UNIT], &r->job.unit);
    r->work = needed(r, r->found[WORK], &work);
    r->work_unit = needed(r, r->found[WORK_UNIT], &work_unit);
    r->job.programme = pooled(r, r->found[PROGRAMME]);
    r->job.component = pooled(r, r->found[COMPONENT]);
    r->asked.class_name = text_of(r, pooled(r, r->found[CLASS]));
    r->asked.on = ntm_i_cell_day(cells, r->found[DATE], r->row);
    if (r->asked.on == NTM_DATE_NONE) r->asked.on = r->n->options->date;
    r->asked.region = r->found[REGION] != NULL ? text_of(r, pooled(r, r->found[REGION])) : registered_region(r);
    r->reported = ntm_i_cell_number(cells, &r->job.quantity, r->found[QUANTITY], r->row);
    return told == cells->problem_count && !cells->no_memory;
}

/* ------------------------------------------------------------------------------------------- one resource */

/* No norm: an open need if the caller asks for it, else a problem. */
static void lack(reading *r, ntm_i_job *job, const ntm_i_resource *of, ntm_need_open open, const char *column) {
    job->open = open;
    if (r->n->options->open_without_norm) return;
    if (open == NTM_NEED_NOT_TOLD)
        ntm_i_cells_complain(&r->n->cells, NTM_ERROR_VALUE, column, r->row,
                             "not reported, and norms for \"%s\" of \"%s\" depend on it", of->resource, of->work);
    else
        ntm_i_cells_complain(&r->n->cells, NTM_ERROR_NOT_FOUND, "work", r->row,
                             "no norm for \"%s\" of \"%s\" (class \"%s\", region \"%s\") on its date", of->resource,
                             of->work, r->asked.class_name == NULL ? "" : r->asked.class_name,
                             r->asked.region == NULL ? "" : r->asked.region);
}

static void find_norm(reading *r, ntm_i_job *job, const ntm_i_resource *of) {
    ntm_i_cells *cells = &r->n->cells;
    uint32_t tie;
    if (of->dated && r->asked.on == NTM_DATE_NONE) {
        ntm_i_cells_complain(cells, NTM_ERROR_VALUE, "date", r->row,
                             "no date, and norms for \"%s\" of \"%s\" have days", of->resource, of->work);
        return;
    }
    if (of->by_class && r->asked.class_name == NULL) {
        lack(r, job, of, NTM_NEED_NOT_TOLD, "class");
        return;
    }
    if (of->by_region && r->asked.region == NULL) {
        lack(r, job, of, NTM_NEED_NOT_TOLD, "region");
        return;
    }
    const ntm_norms *norms = r->n->norms;
    job->norm = ntm_i_norm_find(&tie, norms, of, &r->asked);
    if (job->norm == NTM_I_NONE) {
        lack(r, job, of, NTM_NEED_NO_NORM, NULL);
        return;
    }
    const ntm_i_norm *norm = &norms->norms[job->norm];
    if (tie != NTM_I_NONE)
        ntm_i_cells_complain(cells, NTM_ERROR_CONFLICT, "work", r->row,
                             "norms in rows %lu (for the class) and %lu (for the region) are as specific: expected one "
                             "for both",
                             (unsigned long)norm->row, (unsigned long)norms->norms[tie].row);
    else if (strcmp(norm->work_unit, r->work_unit) != 0)
        ntm_i_cells_complain(cells, NTM_ERROR_UNIT, "work_unit", r->row, "\"%.*s\": the norm in row %lu is per \"%s\"",
                             ntm_i_shown(r->work_unit, strlen(r->work_unit)), r->work_unit, (unsigned long)norm->row,
                             norm->work_unit);
}

/* quantity × norm in steps. */
static void reckon(reading *r, ntm_i_job *job, const ntm_i_resource *of) {
    const ntm_i_norm *norm = &r->n->norms->norms[job->norm];
    ntm_i_rational value = ntm_i_rational_decimal(job->quantity);
    uint8_t scale = ntm_i_step_scale(r->n->needs, of->resource);
    bool fits = ntm_i_rational_multiply(&value, value, ntm_i_rational_decimal(norm->amount)) &&
                ntm_i_rational_scale(&value, value, scale);
    char text[96];
    if (fits && value.denominator != 1) {
        if (r->n->options->rounding == 0) {
            (void)ntm_i_rational_scale(&value, value, -(int)scale);
            (void)ntm_i_rational_format(text, sizeof text, value);
            ntm_i_cells_complain(
                &r->n->cells, NTM_ERROR_VALUE, "quantity", r->row,
                "%s of \"%s\" comes to %s with the norm in row %lu, which is not whole, and no rounding "
                "is named",
                of->resource, of->work, text, (unsigned long)norm->row);
            return;
        }
        job->rounded = true;
        fits = ntm_i_rational_round(&value, value, 0, r->n->options->rounding);
    }
    if (!fits || value.numerator >= INT64_MAX)
        ntm_i_cells_complain(&r->n->cells, NTM_ERROR_OVERFLOW, "quantity", r->row,
                             "%s of \"%s\" does not fit 64 bits with the norm in row %lu", of->resource, of->work,
                             (unsigned long)norm->row);
    else
        job->whole = (int64_t)value.numerator;
}

static void add_job(reading *r, uint32_t resource) {
    ntm_i_needing *n = r->n;
    const ntm_i_resource *of = &n->norms->resources[resource];
    size_t told = n->cells.problem_count;
    ntm_i_job job = r->job;
    job.resource = resource;
    find_norm(r, &job, of);
    if (told == n->cells.problem_count && job.open == NTM_NEED_KNOWN) {
        if (r->reported)
            reckon(r, &job, of);
        else
            job.open = NTM_NEED_NO_QUANTITY;
    }
    if (n->options->division != NULL) {
        job.rules = ntm_i_division_find(&n->needs->division, of->work, of->resource);
        if (job.rules == NTM_I_NONE)
            ntm_i_cells_complain(&n->cells, NTM_ERROR_NOT_FOUND, "work", r->row,
                                 "no rule of the division is for \"%s\" of \"%s\"", of->resource, of->work);
    }
    if (n->needs->jobs.count >= NTM_I_LINES_MAX)
        ntm_i_cells_complain(&n->cells, NTM_ERROR_LIMIT, "unit", r->row, "more than 2^24 needs");
    else if (!ntm_i_array_append(&n->needs->jobs, &job, 1))
        n->cells.no_memory = true;
}

void ntm_i_jobs_make(ntm_i_needing *n, const ntm_table *quantities) {
    reading r = {.n = n};
    if (!find_columns(&r, quantities)) return;
    for (r.row = 0; r.row < quantities->rows && !n->cells.no_memory; r.row++) {
        size_t first = 0;
        if (!read_row(&r)) continue;
        size_t count = ntm_i_norms_of(&first, n->norms, r.work);
        if (count == 0)
            ntm_i_cells_complain(&n->cells, NTM_ERROR_NOT_FOUND, "work", r.row, "no norm names the work \"%.*s\"",
                                 ntm_i_shown(r.work, strlen(r.work)), r.work);
        for (size_t i = 0; i < count && !n->cells.no_memory && n->needs->jobs.count < NTM_I_LINES_MAX; i++)
            add_job(&r, (uint32_t)(first + i));
    }
}
