/* SPDX-License-Identifier: Apache-2.0 */
/* Who is followed, and at the ends of which periods. */
#include "trajectory/trajectory.h"

#include "base/text.h"

static void add_unit(ntm_i_tracking *m, const ntm_field *field, size_t row) {
    const char *text = NULL;
    size_t size = 0, told = m->cells.problem_count;
    int32_t code = 0;
    if (!ntm_i_cell_text(&m->cells, &text, &size, field, row)) {
        if (told == m->cells.problem_count)
            ntm_i_cells_complain(&m->cells, NTM_ERROR_VALUE, field->name, row, "a row without a unit");
        return;
    }
    if (!ntm_i_csv_codes_find(&m->t->units, &code, text, size))
        m->cells.no_memory = true;
    else if (m->t->units.names.count < ++m->t->unit_count)
        ntm_i_cells_complain(&m->cells, NTM_ERROR_CONFLICT, field->name, row, "unit %.*s is there twice",
                             ntm_i_shown(text, size), text);
}

static void read_units(ntm_i_tracking *m) {
    const ntm_column *units = m->options->units;
    ntm_error why = NTM_ERROR_INIT;
    ntm_status status = ntm_column_check(units, &why);
    if (status == NTM_OK && units->type != NTM_TYPE_TEXT && units->categories == NULL)
        status = ntm_i_fail(&why, NTM_ERROR_SHAPE, NTM_I_NOWHERE, "unit codes are text or categories");
    if (status == NTM_OK && units->length > NTM_TRAJECTORY_CELLS_MAX)
        status = ntm_i_fail(&why, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "expected no more than %d units",
                            NTM_TRAJECTORY_CELLS_MAX);
    if (status != NTM_OK) {
        ntm_i_cells_complain(&m->cells, status, "units", SIZE_MAX, "%s", why.message);
        return;
    }
    const ntm_field field = {"units", *units};
    size_t told = m->cells.problem_count;
    for (size_t row = 0; row < units->length && !m->cells.no_memory; row++) {
        add_unit(m, &field, row);
        if (told != m->cells.problem_count) m->t->unit_count = m->t->units.names.count; /* what follows is told too */
    }
}

static void read_periods(ntm_i_tracking *m) {
    const ntm_trajectory_options *o = m->options;
    ntm_date *ends = ntm_i_arena_take(&m->t->arena, o->period_count, sizeof *ends);
    if (ends == NULL) {
        m->cells.no_memory = true;
        return;
    }
    for (size_t i = 0; i < o->period_count; i++) {
        char before[NTM_I_DAY_SIZE], day[NTM_I_DAY_SIZE];
        ends[i] = o->period_ends[i];
        if (!ntm_i_date_is(ends[i]))
            ntm_i_cells_complain(&m->cells, NTM_ERROR_VALUE, "periods", i, "expected a day of the years 1 to 9999");
        else if (i > 0 && ends[i] <= ends[i - 1])
            ntm_i_cells_complain(&m->cells, NTM_ERROR_VALUE, "periods", i,
                                 "%s comes after %s: expected the last days of the periods in their order",
                                 ntm_i_day_text(day, ends[i]),
                                 ntm_i_date_is(ends[i - 1]) ? ntm_i_day_text(before, ends[i - 1]) : "no day");
    }
    m->t->ends = ends;
}

bool ntm_i_track_units(ntm_i_tracking *m) {
    ntm_trajectory *t = m->t;
    size_t told = m->cells.problem_count;
    read_units(m);
    read_periods(m);
    t->period_count = m->options->period_count;
    bool fits = !ntm_i_multiply_overflows(m->options->units->length, t->period_count, &t->rows);
    if (!fits || t->rows != m->table->rows)
        ntm_i_cells_complain(&m->cells, NTM_ERROR_SHAPE, "rows", SIZE_MAX,
                             "%zu rows for %zu units and %zu periods: expected one row a unit in each period",
                             m->table->rows, m->options->units->length, t->period_count);
    return told == m->cells.problem_count && !m->cells.no_memory;
}
