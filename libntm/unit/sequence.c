/* SPDX-License-Identifier: Apache-2.0 */
/* What follows what within one code: other names, after a gap or without one. */
#include "base/text.h"
#include "unit/registry.h"

/* Whether the table of edges says what became of a row on a day. */
static bool is_explained(const ntm_units *units, ntm_unit unit, ntm_date on) {
    for (uint32_t at = ntm_i_units_out_from(units, unit, on); at < units->out_first[unit + 1]; at++) {
        const ntm_unit_edge *edge = &units->edges[units->edges_out[at]];
        if (edge->on == on && edge->row != NTM_NO_ROW) return true;
    }
    return false;
}

void ntm_i_units_sequence(ntm_i_units_making *m) {
    const ntm_units *units = m->units;
    char text[NTM_I_UNIT_TEXT];
    for (uint32_t i = 1; i < units->count && !m->cells.no_memory; i++) {
        ntm_unit earlier = units->by_code[i - 1], later = units->by_code[i];
        if (units->group_of[earlier] != units->group_of[later] || ntm_i_units_same_name(units, earlier, later))
            continue;
        ntm_date from = units->rows[later].from;
        ntm_i_defect_place place = {"name", later, earlier, NTM_NO_ROW, from};
        if (ntm_i_unit_end(&units->rows[earlier]) < from)
            (void)ntm_i_units_defect(m, NTM_UNIT_REUSED, place, "the code was that of %s",
                                     ntm_i_unit_text(text, units, earlier));
        else if (!is_explained(units, earlier, from))
            (void)ntm_i_units_defect(m, NTM_UNIT_RENAMED, place, "before, it was %s, and no edge says what happened",
                                     ntm_i_unit_text(text, units, earlier));
    }
}
