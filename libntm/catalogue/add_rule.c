/* SPDX-License-Identifier: Apache-2.0 */
/* From a rule that was read to nodes of a builder, those below first. */
#include <string.h>

#include "catalogue/read.h"

static ntm_node *add_below(ntm_i_reader *reader, const ntm_i_rule *rule) {
    ntm_node *of = ntm_i_reader_take(reader, rule->spec.of_count, sizeof *of);
    for (size_t i = 0; of != NULL && i < rule->spec.of_count; i++)
        of[i] = ntm_i_add_rule(reader, rule->of[i]);
    return of;
}

static ntm_band *add_bands(ntm_i_reader *reader, const ntm_i_rule *rule) {
    ntm_band *bands = ntm_i_reader_take(reader, rule->spec.band_count, sizeof *bands);
    for (size_t i = 0; bands != NULL && i < rule->spec.band_count; i++) {
        bands[i] = rule->spec.bands[i];
        bands[i].requires_met = ntm_i_add_rule(reader, rule->demands[i]);
    }
    return bands;
}

ntm_node ntm_i_add_rule(ntm_i_reader *reader, const ntm_i_rule *rule) {
    if (rule == NULL || reader->out_of_memory) return 0;
    ntm_node_spec spec = rule->spec;
    spec.of = add_below(reader, rule);
    spec.bands = add_bands(reader, rule);
    spec.knock_out = ntm_i_add_rule(reader, rule->knock_out);
    if (reader->out_of_memory) return 0;
    ntm_node node = 0;
    ntm_error err = NTM_ERROR_INIT;
    return ntm_i_reader_went_well(reader, ntm_set_add_node(&node, reader->builder, &spec, &err), &err) ? node : 0;
}
