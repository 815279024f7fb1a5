/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of a grade: ordered bands without gap or overlap. */
#include <string.h>

#include "criteria/builder.h"

static void check_neighbours(ntm_set_builder *builder, const ntm_band *low, const ntm_band *high, ntm_i_position at) {
    if (!low->has_to || !high->has_from) {
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "classes \"%s\" and \"%s\" need a bound between them",
                               low->label, high->label);
        return;
    }
    int order = ntm_decimal_compare(low->to, high->from);
    if (order > 0 || (order == 0 && !low->to_open && !high->from_open))
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "classes \"%s\" and \"%s\" overlap", low->label,
                               high->label);
    else if (order < 0 || (low->to_open && high->from_open))
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "there is a gap between classes \"%s\" and \"%s\"",
                               low->label, high->label);
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
