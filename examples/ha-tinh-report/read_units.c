/* SPDX-License-Identifier: Apache-2.0 */
/* The registry of the country's units: the province, its districts, and which communes were merged. */
#include <stdio.h>
#include <string.h>

#include "report.h"

/* The units that the edges of the day of the mergers from others lead to: each once. */
static bool find_results(report *r) {
    for (size_t i = 0; i < ntm_units_edge_count(r->registry); i++) {
        const ntm_unit_edge *edge = ntm_units_edge(r->registry, i);
        if (edge->on != r->merged_on || edge->row == NTM_NO_ROW || is_merged(r, edge->to)) continue;
        if (ntm_units_ancestor(r->registry, edge->to, NTM_ECHELON_PROVINCE, edge->on) != r->province) continue;
        if (r->result_count == RESULTS_MOST) return false;
        r->results[r->result_count++] = edge->to;
    }
    return true;
}

bool read_units(report *r) {
    char units[4096], succession[4096];
    (void)snprintf(units, sizeof units, "%s/units.csv", r->units_folder);
    (void)snprintf(succession, sizeof succession, "%s/succession.csv", r->units_folder);
    return ntm_units_open(&r->registry, units, succession, NULL, NULL, &r->err) == NTM_OK &&
           ntm_units_find(&r->province, r->registry, "42", NTM_ECHELON_PROVINCE, r->day, &r->err) == NTM_OK &&
           ntm_units_children(r->districts, &r->district_count, DISTRICTS_MOST, r->registry, r->province, r->day,
                              &r->err) == NTM_OK &&
           r->district_count <= DISTRICTS_MOST && find_results(r);
}

bool is_merged(const report *r, ntm_unit unit) {
    for (size_t i = 0; i < r->result_count; i++)
        if (r->results[i] == unit) return true;
    return false;
}

ntm_unit unit_of(const report *r, ntm_echelon echelon, cell code, ntm_date on) {
    char text[16];
    ntm_unit unit = NTM_NO_UNIT;
    (void)snprintf(text, sizeof text, "%.*s", code.size, code.text);
    return ntm_units_find(&unit, r->registry, text, echelon, on, NULL) == NTM_OK ? unit : NTM_NO_UNIT;
}

const char *name_of(const report *r, ntm_unit unit) {
    const ntm_unit_row *row = ntm_units_row(r->registry, unit);
    return row == NULL ? "" : row->name;
}

const char *district_name(const report *r, cell code) {
    return name_of(r, unit_of(r, NTM_ECHELON_DISTRICT, code, r->day));
}

ntm_unit commune_of(const report *r, const ntm_table *table, size_t row) {
    return unit_of(r, NTM_ECHELON_COMMUNE, text_at(table, "code", row), r->day);
}

void full_name(const report *r, char *text, size_t capacity, ntm_unit commune) {
    (void)snprintf(text, capacity, "%s (%s)", name_of(r, commune),
                   name_of(r, ntm_units_parent(r->registry, commune, r->day)));
}
