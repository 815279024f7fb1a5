/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of a grade: ordered bands without gap or overlap. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "criteria/builder.h"

/* One edge of a class as a person would say it, and where the class stands: "3" ends with 89 (line 12). */
static void edge(char *out, size_t size, const ntm_band *band, bool upper) {
    static const char *const words[2][2] = {{"begins with", "begins after"}, {"ends with", "ends before"}};
    char number[48], line[24] = "";
    (void)ntm_decimal_format(number, sizeof number, upper ? band->to : band->from, NTM_LOCALE_PLAIN);
    if (band->line != 0) (void)snprintf(line, sizeof line, " (line %u)", band->line);
    (void)snprintf(out, size, "\"%.*s\" %s %s%s", ntm_i_shown(band->label, strlen(band->label)), band->label,
                   words[upper][upper ? band->to_open : band->from_open], number, line);
}

static void check_neighbours(ntm_set_builder *builder, const ntm_band *low, const ntm_band *high, ntm_i_position at) {
    if (high->line != 0) at = (ntm_i_position){high->line, high->column};
    if (!low->has_to || !high->has_from) {
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "classes \"%s\" and \"%s\" need a bound between them",
                               low->label, high->label);
        return;
    }
    int order = ntm_decimal_compare(low->to, high->from);
    bool overlap = order > 0 || (order == 0 && !low->to_open && !high->from_open);
    bool gap = order < 0 || (order == 0 && low->to_open && high->from_open);
    if (!overlap && !gap) return;
    char end[160], begin[160];
    edge(end, sizeof end, low, true);
    edge(begin, sizeof begin, high, false);
    if (overlap)
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "classes \"%s\" and \"%s\" overlap: %s, %s", low->label,
                               high->label, end, begin);
    else
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at,
                               "there is a gap between classes \"%s\" and \"%s\": %s, %s", low->label, high->label, end,
                               begin);
}

void ntm_i_check_bands(ntm_set_builder *builder, const ntm_node_spec *node, ntm_i_position at) {
    if (node->band_count < 1 || node->band_count > 100) {
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "a grade has 1 to 100 classes");
        return;
    }
    for (size_t i = 0; i < node->band_count; i++) {
        const ntm_band *band = &node->bands[i];
        if (band->label == NULL || band->label[0] == '\0') {
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "a class without a label");
            return;
        }
        if (band->from.scale > NTM_SCALE_MAX || band->to.scale > NTM_SCALE_MAX) {
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "a bound of class \"%s\" has too many digits",
                                   band->label);
            return;
        }
        int order = band->has_from && band->has_to ? ntm_decimal_compare(band->from, band->to) : -1;
        if (order > 0 || (order == 0 && (band->from_open || band->to_open)))
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "class \"%s\" holds no number", band->label);
        for (size_t j = 0; j < i; j++)
            if (strcmp(node->bands[j].label, band->label) == 0)
                ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "class \"%s\" stands twice", band->label);
        if (i > 0) check_neighbours(builder, &node->bands[i - 1], band, at);
    }
}
