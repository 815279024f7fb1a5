/* SPDX-License-Identifier: Apache-2.0 */
/* When entries were, and whether their units were there then. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "column/values.h"
#include "column/words.h"
#include "ledger/kernels.h"
#include "ledger/ledger.h"
#include "unit/registry.h"

/* ------------------------------------------------------------------------------------------- periods */

static bool need(ntm_i_ledger_making *m, const void *taken) {
    if (taken == NULL) m->cells.no_memory = true;
    return taken != NULL;
}

/* What the texts of a column of time mean; the length of one that means nothing is 0. */
static bool parse_periods(ntm_i_ledger_making *m, bool days, bool years) {
    ntm_ledger *ledger = m->ledger;
    ntm_i_codes *codes = &ledger->time;
    for (uint32_t code = 0; code < codes->count; code++) {
        const char *text = codes->texts[code];
        size_t size = codes->sizes[code];
        char why[256] = "";
        ntm_error err = NTM_ERROR_INIT;
        ntm_period period;
        if (text == NULL) continue;
        ntm_status status = ntm_period_parse(&period, text, size, &err);
        if (size == 0) {
            status = NTM_ERROR_VALUE;
            (void)snprintf(why, sizeof why, "an entry without a %s", ledger->time_column);
        } else if ((days && (status != NTM_OK || period.length != NTM_PERIOD_DAY)) ||
                   (years && (status != NTM_OK || period.length != NTM_PERIOD_YEAR))) {
            status = NTM_ERROR_SYNTAX;
            (void)snprintf(why, sizeof why, "\"%.*s\" is no %s; other periods go into a column period",
                           ntm_i_shown(text, size), text,
                           days ? "day: expected one like 2020-02-25" : "year: expected one like 2020");
        } else if (status != NTM_OK) {
            (void)snprintf(why, sizeof why, "%.250s", err.message);
        }
        if (status == NTM_OK)
            ledger->periods[code] = period;
        else if (!ntm_i_code_bad(codes, m, code, status, why))
            return false;
    }
    ntm_i_codes_tell(codes, m, ledger->time_column);
    return true;
}

static const ntm_field *time_field(ntm_i_ledger_making *m) {
    static const char *const names[] = {"date", "period", "year"};
    const ntm_field *found = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const ntm_field *field = ntm_table_find(m->table, names[i]);
        if (field != NULL && found != NULL)
            ntm_i_cells_complain(&m->cells, NTM_ERROR_SHAPE, field->name, SIZE_MAX,
                                 "a column of time beside %s: expected one of date, period and year", found->name);
        else if (field != NULL)
            found = field;
    }
    return found;
}

void ntm_i_ledger_read_time(ntm_i_ledger_making *m) {
    ntm_ledger *ledger = m->ledger;
    const ntm_field *field = time_field(m);
    if (field == NULL) {
        if (!ntm_i_date_is(m->options->on)) {
            ntm_i_cells_complain(
                &m->cells, NTM_ERROR_SHAPE, "date", SIZE_MAX,
                "a ledger needs a column date, period or year, or the day of all entries in the options");
            return;
        }
        ledger->periods = ntm_i_arena_take(&ledger->arena, 1, sizeof *ledger->periods);
        if (need(m, ledger->periods)) ledger->periods[0] = (ntm_period){NTM_PERIOD_DAY, m->options->on, m->options->on};
        return;
    }
    bool days = strcmp(field->name, "date") == 0;
    bool numbers = days && ntm_i_type_is_integer(field->column.type) && field->column.categories == NULL &&
                   field->column.scale == 0;
    if (!ntm_i_arena_copy(&ledger->arena, &ledger->time_column, field->name)) {
        m->cells.no_memory = true;
        return;
    }
    if (!(numbers ? ntm_i_codes_read_days : ntm_i_codes_read)(&ledger->time, m, field)) return;
    ledger->periods = ntm_i_arena_take(&ledger->arena, ledger->time.count, sizeof *ledger->periods);
    if (!need(m, ledger->periods)) return;
    if (!numbers) {
        (void)parse_periods(m, days, strcmp(field->name, "year") == 0);
        return;
    }
    for (uint32_t code = 0; code < ledger->time.count; code++) {
        ntm_date day = (ntm_date)((int64_t)ledger->time.least + code);
        ledger->periods[code] = (ntm_period){NTM_PERIOD_DAY, day, day};
    }
}

/* ------------------------------------------------------------------------------------------- units */

/* A unit by its code: the group of its rows, whether some day of the ledger lacks it, and a stretch of days that does not. */
typedef struct known_unit {
    uint32_t group;
    bool gaps;
    int64_t first, end;
} known_unit;

/* Codes that a table has as numbers have lost the zeros before them. */
static void hint(char *why, size_t capacity, const ntm_units *units, const char *code, size_t size) {
    static const int widths[] = {2, 3, 5};
    char padded[8];
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        if (size == 0 || size >= (size_t)widths[i] || code[0] < '0' || code[0] > '9') continue;
        (void)snprintf(padded, sizeof padded, "%0*d", widths[i] - (int)size, 0);
        (void)snprintf(padded + widths[i] - (int)size, sizeof padded - (size_t)(widths[i] - (int)size), "%.*s",
                       (int)size, code);
        for (ntm_echelon rung = NTM_ECHELON_PROVINCE; rung <= NTM_ECHELON_VILLAGE; rung++) {
            if (ntm_i_units_group(units, rung, padded, (size_t)widths[i]) == NTM_I_NONE) continue;
            size_t used = strlen(why);
            (void)snprintf(why + used, capacity - used, "; \"%s\" is one: was it read as a number?", padded);
            return;
        }
    }
}

static bool find_group(known_unit *out, ntm_i_ledger_making *m, uint32_t code) {
    ntm_i_codes *codes = &m->ledger->dimensions[0].codes;
    const char *text = codes->texts[code];
    size_t size = codes->sizes[code], rungs = 0;
    char why[300];
    out->group = NTM_I_NONE;
    for (ntm_echelon rung = NTM_ECHELON_PROVINCE; rung <= NTM_ECHELON_VILLAGE; rung++) {
        if (m->options->echelon != NTM_ECHELON_ANY && m->options->echelon != rung) continue;
        uint32_t group = ntm_i_units_group(m->ledger->units, rung, text, size);
        if (group == NTM_I_NONE) continue;
        out->group = group;
        rungs++;
    }
    if (rungs == 1) return true;
    (void)snprintf(why, sizeof why,
                   rungs > 1 ? "\"%.*s\" is a code on several rungs: name the one in the options"
                             : "no unit has the code \"%.*s\" on any day",
                   ntm_i_shown(text, size), text);
    if (rungs == 0) hint(why, sizeof why, m->ledger->units, text, size);
    return ntm_i_code_bad(codes, m, code, rungs > 1 ? NTM_ERROR_CONFLICT : NTM_ERROR_NOT_FOUND, why);
}

/* Whether some row of a group is there on some day of a stretch. */
static bool there(const ntm_units *units, uint32_t group, ntm_date first, ntm_date last) {
    uint32_t at = ntm_i_units_place_by(units, group, last);
    const ntm_unit_row *row = &units->rows[units->by_code[at]];
    return row->from <= last && ntm_i_unit_end(row) > first;
}

/* The days from the group's first row on without a gap. */
static void stretch(known_unit *unit, const ntm_units *units) {
    uint32_t at = units->group_first[unit->group];
    unit->first = units->rows[units->by_code[at]].from;
    unit->end = unit->first;
    for (; at < units->group_first[unit->group + 1]; at++) {
        const ntm_unit_row *row = &units->rows[units->by_code[at]];
        if (row->from <= unit->end) unit->end = ntm_i_unit_end(row);
    }
}

static bool find_units(known_unit *found, ntm_i_ledger_making *m, ntm_date first, ntm_date last, bool *gaps) {
    ntm_i_codes *codes = &m->ledger->dimensions[0].codes;
    *gaps = false;
    for (uint32_t code = 0; code < codes->count; code++) {
        found[code] = (known_unit){NTM_I_NONE, false, 0, 0};
        if (codes->texts[code] == NULL) continue;
        if (codes->sizes[code] == 0) {
            if (!ntm_i_code_bad(codes, m, code, NTM_ERROR_VALUE, "an entry without a unit")) return false;
            continue;
        }
        if (m->ledger->units == NULL) continue;
        if (!find_group(&found[code], m, code)) return false;
        if (found[code].group == NTM_I_NONE || first > last) continue;
        stretch(&found[code], m->ledger->units);
        found[code].gaps = found[code].first > first || found[code].end <= last;
        *gaps = *gaps || found[code].gaps;
    }
    ntm_i_codes_tell(codes, m, "unit");
    return true;
}

static void not_there(ntm_i_ledger_making *m, size_t row, uint32_t code, ntm_period period) {
    const ntm_i_codes *codes = &m->ledger->dimensions[0].codes;
    char day[NTM_I_DAY_SIZE], text[NTM_I_UNIT_TEXT];
    bool other = false;
    ntm_unit near = ntm_i_units_nearest(&other, m->ledger->units, m->options->echelon, codes->texts[code],
                                        codes->sizes[code], period.last_day);
    ntm_i_ledger_row(m, NTM_ERROR_NOT_FOUND, "unit", row, "unit %.*s is not there %s %s: the nearest is %s",
                     ntm_i_shown(codes->texts[code], codes->sizes[code]), codes->texts[code],
                     period.length == NTM_PERIOD_DAY ? "on" : "in the period that ends on",
                     ntm_i_day_text(day, period.last_day), ntm_i_unit_text(text, m->ledger->units, near));
}

/* Rows of units with gaps are looked at one by one. */
static void check_block(ntm_i_ledger_making *m, const known_unit *found, const uint32_t *gaps, size_t start,
                        size_t count) {
    const ntm_ledger *ledger = m->ledger;
    const ntm_i_codes *codes = &ledger->dimensions[0].codes;
    uint64_t rows[NTM_I_LEDGER_BLOCK / 64];
    const char *data = (const char *)codes->data + start * ntm_i_type_size(codes->type);
    ntm_i_ledger_kernels_best()->marked(rows, codes->type, data, (uint32_t)codes->least, gaps, count);
    for (size_t w = 0; w < ntm_i_words_of(count) && !m->limit && !m->cells.no_memory; w++)
        for (uint64_t word = rows[w]; word != 0; word &= word - 1) {
            size_t row = start + 64 * w + ntm_i_word_lowest(word);
            uint32_t code = ntm_i_code_at(codes, row);
            ntm_period period = ledger->periods[ledger->time_column == NULL ? 0 : ntm_i_code_at(&ledger->time, row)];
            if (period.first_day >= found[code].first && period.last_day < found[code].end) continue;
            if (period.length != 0 && !there(ledger->units, found[code].group, period.first_day, period.last_day))
                not_there(m, row, code, period);
        }
}

void ntm_i_ledger_check_units(ntm_i_ledger_making *m) {
    ntm_ledger *ledger = m->ledger;
    const ntm_i_codes *codes = &ledger->dimensions[0].codes;
    known_unit *found = ntm_i_arena_take(&ledger->arena, codes->count, sizeof *found);
    uint32_t *gaps = ntm_i_arena_take(&ledger->arena, codes->count / 32 + 1, sizeof *gaps);
    ntm_date first = INT32_MAX, last = INT32_MIN;
    bool some = false;
    size_t periods = ledger->time_column == NULL ? 1 : ledger->time.count;
    if (!need(m, found) || !need(m, gaps)) return;
    for (size_t i = 0; i < periods; i++) {
        if (ledger->periods[i].length == 0) continue;
        if (ledger->periods[i].first_day < first) first = ledger->periods[i].first_day;
        if (ledger->periods[i].last_day > last) last = ledger->periods[i].last_day;
    }
    if (!find_units(found, m, first, last, &some) || !some) return;
    for (uint32_t code = 0; code < codes->count; code++)
        gaps[code / 32] |= (uint32_t)found[code].gaps << code % 32;
    for (size_t row = 0; row < ledger->rows; row += NTM_I_LEDGER_BLOCK)
        check_block(m, found, gaps, row,
                    ledger->rows - row < NTM_I_LEDGER_BLOCK ? ledger->rows - row : NTM_I_LEDGER_BLOCK);
}
