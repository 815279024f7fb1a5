/* SPDX-License-Identifier: Apache-2.0 */
/* Reading targets that were declared apart from the law. */
#include <string.h>

#include "attainment/values.h"
#include "base/text.h"
#include "column/cell_numbers.h"
#include "trajectory/trajectory.h"

enum { UNIT, INDICATOR, FACT, SIGN, FROM, FROM_VALUE, TO, TO_VALUE, MEASURE, LINE, CITATION, COLUMNS };

static const ntm_i_cells_column columns[COLUMNS] = {
    [UNIT] = {"unit", false, NTM_I_CELLS_TEXT},
    [INDICATOR] = {"indicator", false, NTM_I_CELLS_TEXT},
    [FACT] = {"fact", false, NTM_I_CELLS_TEXT},
    [SIGN] = {"sign", false, NTM_I_CELLS_TEXT},
    [FROM] = {"from", false, NTM_I_CELLS_DAYS},
    [FROM_VALUE] = {"from_value", false, NTM_I_CELLS_TEXT},
    [TO] = {"to", false, NTM_I_CELLS_DAYS},
    [TO_VALUE] = {"to_value", false, NTM_I_CELLS_TEXT},
    [MEASURE] = {"measure", false, NTM_I_CELLS_TEXT},
    [LINE] = {"line", false, NTM_I_CELLS_TEXT},
    [CITATION] = {"citation", false, NTM_I_CELLS_TEXT},
};

/* A row being read. */
typedef struct reading {
    ntm_i_tracking *m;
    const ntm_field *found[COLUMNS];
    size_t row;
    size_t track; /* its place: pointers to tracks do not survive a new one */
    ntm_comparison sign;
    bool has_from_value;
    ntm_i_goal goal;
} reading;

static void complain(reading *r, ntm_status status, int column, const char *message) {
    ntm_i_cells_complain(&r->m->cells, status, columns[column].name, r->row, "%s", message);
}

static bool text_at(reading *r, int column, const char **text, size_t *size) {
    return ntm_i_cell_text(&r->m->cells, text, size, r->found[column], r->row);
}

static bool is_text(const char *text, size_t size, const char *wanted) {
    return strlen(wanted) == size && memcmp(text, wanted, size) == 0;
}

/* An id with its NUL, for the functions of sets; false after complaining of one that is too long to be there. */
static const char *id_of(char buffer[256], const char *text, size_t size) {
    if (size > 255) return NULL;
    memcpy(buffer, text, size);
    buffer[size] = '\0';
    return buffer;
}

/* ------------------------------------------------------------------------------------------- of what */

static bool find_indicator(reading *r, const char *text, size_t size) {
    size_t at = SIZE_MAX;
    if (!ntm_i_track_of_id(&at, r->m, text, size)) {
        r->m->cells.no_memory = true;
        return false;
    }
    if (at == SIZE_MAX) {
        ntm_i_cells_complain(&r->m->cells, NTM_ERROR_NOT_FOUND, "indicator", r->row,
                             "\"%.*s\": the set has no such indicator, part of one, or criterion without indicators",
                             ntm_i_shown(text, size), text);
        return false;
    }
    r->track = at;
    return true;
}

static bool find_fact(reading *r, const char *text, size_t size) {
    const ntm_fact *fact = NULL;
    if (!ntm_i_track_of_fact(&r->track, &fact, r->m, text, size)) {
        r->m->cells.no_memory = true;
        return false;
    }
    if (r->track != SIZE_MAX) return true;
    if (fact == NULL)
        ntm_i_cells_complain(&r->m->cells, NTM_ERROR_NOT_FOUND, "fact", r->row, "\"%.*s\": the set has no such fact",
                             ntm_i_shown(text, size), text);
    else
        complain(r, NTM_ERROR_VALUE, FACT, "a flag, a level or a day: expected a fact that is a number");
    return false;
}

static bool find_series(reading *r) {
    const char *indicator = NULL, *fact = NULL;
    size_t indicator_size = 0, fact_size = 0, told = r->m->cells.problem_count;
    bool of_indicator = text_at(r, INDICATOR, &indicator, &indicator_size);
    bool of_fact = text_at(r, FACT, &fact, &fact_size);
    if (told != r->m->cells.problem_count) return false;
    if (of_indicator == of_fact) {
        complain(r, NTM_ERROR_VALUE, of_fact ? FACT : INDICATOR,
                 of_fact ? "an indicator and a fact: expected one of them" : "expected an indicator, or a fact");
        return false;
    }
    return of_indicator ? find_indicator(r, indicator, indicator_size) : find_fact(r, fact, fact_size);
}

/* ------------------------------------------------------------------------------------------- numbers */

/* A number in the unit of the series. */
static bool number(reading *r, ntm_i_rational *out, int column, int power) {
    const ntm_field *field = r->found[column];
    ntm_error err = NTM_ERROR_INIT;
    ntm_decimal value = {0, 0};
    if (field == NULL || ntm_column_known(&field->column, r->row) != NTM_REPORTED) return false;
    ntm_status status = ntm_column_decimal(&value, &field->column, r->row, &err);
    ntm_fraction kept;
    if (status == NTM_OK && ntm_i_rational_scale(out, ntm_i_rational_decimal(value), power) &&
        ntm_i_fraction(&kept, *out))
        return true;
    complain(r, status == NTM_OK ? NTM_ERROR_OVERFLOW : status, column,
             status == NTM_OK ? "a number that does not fit 64 bits" : err.message);
    return false;
}

/* The power of ten between the row's unit and the series'. */
static int power_of_measure(reading *r, const ntm_i_track *track) {
    const char *text = NULL, *copy = NULL;
    size_t size = 0;
    ntm_i_unit given, own;
    char buffer[256];
    if (!text_at(r, MEASURE, &text, &size)) return 0;
    copy = id_of(buffer, text, size);
    if (copy == NULL || !ntm_i_unit_parse(&given, copy)) {
        complain(r, NTM_ERROR_UNIT, MEASURE, "that is no unit: see docs/units.md");
        return 0;
    }
    if (ntm_i_unit_parse(&own, track->view.unit) && ntm_i_unit_same(&given, &own)) return given.power - own.power;
    ntm_i_cells_complain(&r->m->cells, NTM_ERROR_UNIT, "measure", r->row, "%s: expected a unit like %s", copy,
                         track->view.unit == NULL ? "that of a plain number" : track->view.unit);
    return 0;
}

static void check_bounds(reading *r, const ntm_i_track *track) {
    if (track->fact == NULL || !r->goal.has_value) return;
    if (ntm_i_rational_compare(r->goal.to_value, track->natural.least) < 0 ||
        ntm_i_rational_compare(r->goal.to_value, track->natural.most) > 0)
        complain(r, NTM_ERROR_VALUE, TO_VALUE, "a target that the fact can never have");
}

/* ------------------------------------------------------------------------------------------- the rest of a row */

static void read_sign(reading *r, ntm_i_track *track) {
    static const char *const signs[] = {"<", "<=", "=", ">=", ">"};
    const char *text = NULL;
    size_t size = 0, told = r->m->cells.problem_count;
    if (!text_at(r, SIGN, &text, &size)) {
        if (track->way == NTM_I_WAY_FACT && told == r->m->cells.problem_count)
            complain(r, NTM_ERROR_VALUE, SIGN, "a fact needs a sign: <, <=, =, >= or >");
        return;
    }
    ntm_comparison sign = (ntm_comparison)0;
    for (unsigned i = 0; i < 5; i++)
        if (is_text(text, size, signs[i])) sign = (ntm_comparison)(i + 1);
    if (sign == (ntm_comparison)0) {
        ntm_i_cells_complain(&r->m->cells, NTM_ERROR_VALUE, "sign", r->row, "\"%.*s\": expected <, <=, =, >= or >",
                             ntm_i_shown(text, size), text);
        return;
    }
    bool first = track->way == NTM_I_WAY_FACT && track->view.sign == (ntm_comparison)0;
    if (first) track->view.sign = sign;
    if (sign == track->view.sign) return;
    ntm_i_cells_complain(&r->m->cells, NTM_ERROR_CONFLICT, "sign", r->row,
                         track->way == NTM_I_WAY_FACT ? "another sign than in another row of %s: it has to be %s"
                                                      : "another sign than the rule of %s has: that is %s",
                         track->view.id, signs[track->view.sign - 1]);
}

/* Whether the row says a line; complains of what has to be there with one, and only with one. */
static void read_line(reading *r, const ntm_i_track *track) {
    const char *text = NULL;
    size_t size = 0, told = r->m->cells.problem_count;
    bool line = text_at(r, LINE, &text, &size), from = r->goal.from != NTM_DATE_NONE;
    if (line && !is_text(text, size, "straight"))
        ntm_i_cells_complain(&r->m->cells, NTM_ERROR_VALUE, "line", r->row, "\"%.*s\": expected straight, or nothing",
                             ntm_i_shown(text, size), text);
    if (told != r->m->cells.problem_count) return;
    if (line && (!from || !r->has_from_value))
        complain(r, NTM_ERROR_VALUE, from ? FROM_VALUE : FROM, "a line needs a baseline: from and from_value");
    if (!line && (from || r->has_from_value))
        complain(r, NTM_ERROR_VALUE, LINE, "a baseline without a line: expected straight here, or no baseline");
    if (line && track->view.sign == NTM_EQUAL)
        complain(r, NTM_ERROR_VALUE, LINE, "a line needs a direction: <, <=, >= or >");
    if (from && r->goal.from >= r->goal.to) {
        char a[NTM_I_DAY_SIZE], b[NTM_I_DAY_SIZE];
        ntm_i_cells_complain(&r->m->cells, NTM_ERROR_VALUE, "from", r->row, "%s is not before the deadline, %s",
                             ntm_i_day_text(a, r->goal.from), ntm_i_day_text(b, r->goal.to));
    }
}

/* Whether there is anything in a cell: an empty text is nothing. */
static bool says(const reading *r, int column) {
    const ntm_field *field = r->found[column];
    const char *text = NULL;
    size_t size = 0;
    if (field == NULL || ntm_column_known(&field->column, r->row) != NTM_REPORTED) return false;
    return ntm_column_text(&text, &size, &field->column, r->row, NULL) != NTM_OK || size > 0;
}

static void read_amounts(reading *r, ntm_i_track *track) {
    if (!track->view.measured) {
        static const int none[] = {SIGN, FROM, FROM_VALUE, TO_VALUE, MEASURE, LINE};
        for (size_t i = 0; i < sizeof none / sizeof *none; i++)
            if (says(r, none[i]))
                complain(r, NTM_ERROR_VALUE, none[i],
                         "the indicator is no single comparison of an amount: expected a deadline only");
        return;
    }
    size_t told = r->m->cells.problem_count;
    int power = power_of_measure(r, track);
    r->goal.has_value = number(r, &r->goal.to_value, TO_VALUE, power);
    r->has_from_value = number(r, &r->goal.from_value, FROM_VALUE, power);
    r->goal.from = ntm_i_cell_day(&r->m->cells, r->found[FROM], r->row);
    read_sign(r, track);
    if (told != r->m->cells.problem_count) return;
    if (track->way == NTM_I_WAY_FACT && !r->goal.has_value)
        complain(r, NTM_ERROR_VALUE, TO_VALUE, "a fact needs a target");
    check_bounds(r, track);
    read_line(r, track);
}

/* ------------------------------------------------------------------------------------------- whose */

static void place(reading *r, ntm_i_track *track) {
    ntm_i_tracking *m = r->m;
    const char *text = NULL;
    size_t size = 0, told = m->cells.problem_count;
    int32_t unit = -1;
    uint32_t *at = &track->for_all;
    if (text_at(r, UNIT, &text, &size)) {
        if (!ntm_i_csv_codes_find(&m->t->units, &unit, text, size)) {
            m->cells.no_memory = true;
            return;
        }
        if ((size_t)unit >= m->t->unit_count) {
            ntm_i_cells_complain(&m->cells, NTM_ERROR_NOT_FOUND, "unit", r->row, "\"%.*s\" is none of the units",
                                 ntm_i_shown(text, size), text);
            return;
        }
        if (track->by_unit == NULL)
            track->by_unit = ntm_i_arena_take(&m->t->arena, m->t->unit_count, sizeof *track->by_unit);
        if (track->by_unit == NULL) {
            m->cells.no_memory = true;
            return;
        }
        at = &track->by_unit[unit];
    }
    if (told != m->cells.problem_count) return;
    if (*at != 0) {
        const ntm_i_goal *other = (const ntm_i_goal *)m->t->goals.items + (*at - 1);
        ntm_i_cells_complain(&m->cells, NTM_ERROR_CONFLICT, unit < 0 ? "indicator" : "unit", r->row,
                             "a second target of %s for %s: the first is in row %llu", track->view.id,
                             unit < 0 ? "all units" : "this unit", (unsigned long long)other->row);
        return;
    }
    if (!ntm_i_array_append(&m->t->goals, &r->goal, 1)) {
        m->cells.no_memory = true;
        return;
    }
    *at = (uint32_t)m->t->goals.count;
}

static void read_row(reading *r) {
    ntm_i_cells *cells = &r->m->cells;
    const char *text = NULL;
    size_t size = 0, told = cells->problem_count;
    int32_t code = 0;
    r->goal = (ntm_i_goal){.row = r->row, .from = NTM_DATE_NONE, .to = r->m->t->deadline};
    r->has_from_value = false;
    if (!find_series(r)) return;
    ntm_date to = ntm_i_cell_day(cells, r->found[TO], r->row);
    if (to != NTM_DATE_NONE) r->goal.to = to;
    ntm_i_track *track = &ntm_i_tracks(r->m->t)[r->track];
    if (told == cells->problem_count) read_amounts(r, track);
    if (text_at(r, CITATION, &text, &size)) {
        if (ntm_i_csv_codes_find(&r->m->citations, &code, text, size))
            r->goal.citation = ((const char *const *)r->m->citations.names.items)[code];
        else
            cells->no_memory = true;
    }
    if (!cells->no_memory) place(r, track);
}

void ntm_i_track_targets(ntm_i_tracking *m) {
    const ntm_table *targets = m->options->targets;
    const char *expected = "unit, indicator, fact, sign, from, from_value, to, to_value, measure, line, citation";
    ntm_i_cells_column wanted[COLUMNS];
    reading r = {.m = m};
    ntm_error err = NTM_ERROR_INIT;
    if (targets == NULL) return;
    m->cells.table = "targets";
    ntm_status status = ntm_table_check(targets, NULL, &err);
    if (status != NTM_OK) {
        ntm_i_cells_complain(&m->cells, status, err.subject, err.row == NTM_NO_ROW ? SIZE_MAX : (size_t)err.row, "%s",
                             err.message);
        return;
    }
    memcpy(wanted, columns, sizeof wanted);
    wanted[FROM_VALUE].name = wanted[TO_VALUE].name = "unit"; /* numbers: looked for below */
    bool good = ntm_i_cells_find(r.found, &m->cells, targets, wanted, COLUMNS, "targets");
    r.found[FROM_VALUE] = ntm_table_find(targets, "from_value");
    r.found[TO_VALUE] = ntm_table_find(targets, "to_value");
    good = ntm_i_cells_numbers(&m->cells, r.found[FROM_VALUE]) && good;
    good = ntm_i_cells_numbers(&m->cells, r.found[TO_VALUE]) && good;
    good = ntm_i_cells_only(&m->cells, targets, r.found, COLUMNS, "targets", expected) && good;
    if (targets->rows > UINT32_MAX - 1) {
        ntm_i_cells_complain(&m->cells, NTM_ERROR_LIMIT, "targets", SIZE_MAX, "expected fewer than 2^32 - 1 rows");
        good = false;
    }
    for (r.row = 0; good && r.row < targets->rows && !m->cells.no_memory; r.row++)
        read_row(&r);
    m->cells.table = NULL;
}
