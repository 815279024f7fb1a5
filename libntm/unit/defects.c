/* SPDX-License-Identifier: Apache-2.0 */
/* What is wrong with a registry: refused, or allowed and told. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "unit/registry.h"

static const char *const defect_names[NTM_UNIT_DEFECT_END] = {
    NULL,      "overlap",      "orphan",      "cycle", "rung",         "outlives",     "reused",
    "renamed", "unknown part", "still there", "twice", "no successor", "from nowhere", "other name",
};

const char *ntm_unit_defect_name(ntm_unit_defect defect) {
    return (int)defect > 0 && (int)defect < NTM_UNIT_DEFECT_END ? defect_names[defect] : NULL;
}

bool ntm_i_units_defect(ntm_i_units_making *m, ntm_unit_defect defect, ntm_i_defect_place place, const char *format,
                        ...) {
    char message[sizeof m->cells.first.message];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    if ((m->options->allow & NTM_UNIT_ALLOW(defect)) == 0) {
        bool missing = defect == NTM_UNIT_ORPHAN || defect == NTM_UNIT_UNKNOWN_PART;
        size_t row = place.edge == NTM_NO_ROW ? place.unit : (size_t)place.edge;
        m->cells.table = place.edge == NTM_NO_ROW ? m->labels.units : m->labels.succession;
        ntm_i_cells_complain(&m->cells, missing ? NTM_ERROR_NOT_FOUND : NTM_ERROR_CONFLICT, place.column, row, "%s",
                             message);
        return false;
    }
    ntm_unit_finding finding = {defect, place.unit, place.other, place.edge, place.on, NULL};
    /* An error has its row beside it; a finding stands alone, so its message begins with what it is about. */
    char own[NTM_I_UNIT_TEXT], whole[sizeof own + sizeof message + 2];
    if (place.edge != NTM_NO_ROW)
        (void)snprintf(own, sizeof own, "succession row %llu", (unsigned long long)place.edge);
    else
        (void)ntm_i_unit_text(own, m->units, place.unit);
    bool named = strstr(message, own) != NULL;
    (void)snprintf(whole, sizeof whole, "%s%s%s", named ? "" : own, named ? "" : ": ", message);
    finding.message = ntm_i_arena_text(&m->units->arena, whole, strlen(whole));
    if (finding.message == NULL || !ntm_i_array_append(&m->findings, &finding, 1)) m->cells.no_memory = true;
    return true;
}

const char *ntm_i_unit_text(char buffer[NTM_I_UNIT_TEXT], const ntm_units *units, ntm_unit unit) {
    const ntm_unit_row *row = &units->rows[unit];
    char from[NTM_I_DAY_SIZE], to[NTM_I_DAY_SIZE];
    const char *first = row->from == NTM_DATE_NONE ? "ever" : ntm_i_day_text(from, row->from);
    const char *last = row->before == NTM_DATE_NONE ? "now" : ntm_i_day_text(to, row->before - 1);
    (void)snprintf(buffer, NTM_I_UNIT_TEXT, "%.*s %.*s (%s to %s, row %u)", ntm_i_shown(row->name, strlen(row->name)),
                   row->name, ntm_i_shown(row->code, strlen(row->code)), row->code, first, last, (unsigned)unit);
    return buffer;
}
