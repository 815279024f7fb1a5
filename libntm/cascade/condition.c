/* SPDX-License-Identifier: Apache-2.0 */
/* The condition of children as a set: what is asked of a commune inside a rule about its district is evaluated over
   communes like any other set. */
#include <string.h>

#include "cascade/cascade.h"

/* Copies the nodes below a node, then the node; 0 after a failure. */
static ntm_node copy_node(ntm_set_builder *builder, const ntm_set *set, ntm_node from, const ntm_allocator *allocator,
                          ntm_status *status, ntm_error *err) {
    ntm_node_spec spec = *ntm_set_node(set, from);
    size_t below = spec.of_count, bands = spec.band_count;
    ntm_node node = 0;
    ntm_node *of = ntm_i_allocate(allocator, below, sizeof *of);
    ntm_band *copies = ntm_i_allocate(allocator, bands, sizeof *copies);
    if (of == NULL || copies == NULL) *status = ntm_i_no_memory(err);
    for (size_t i = 0; *status == NTM_OK && i < below; i++)
        of[i] = copy_node(builder, set, spec.of[i], allocator, status, err);
    for (size_t i = 0; *status == NTM_OK && i < bands; i++) {
        copies[i] = spec.bands[i];
        if (copies[i].requires_met != 0)
            copies[i].requires_met = copy_node(builder, set, spec.bands[i].requires_met, allocator, status, err);
    }
    if (*status == NTM_OK && spec.knock_out != 0)
        spec.knock_out = copy_node(builder, set, spec.knock_out, allocator, status, err);
    if (*status == NTM_OK) {
        spec.of = of;
        spec.bands = copies;
        *status = ntm_set_add_node(&node, builder, &spec, err);
    }
    ntm_i_release(allocator, of, below, sizeof *of);
    ntm_i_release(allocator, copies, bands, sizeof *copies);
    return node;
}

/* Everything that rules can name. */
static ntm_status copy_dictionary(ntm_set_builder *builder, const ntm_set *set, ntm_error *err) {
    ntm_status status = NTM_OK;
    for (size_t i = 0; status == NTM_OK && i < ntm_set_source_count(set); i++)
        status = ntm_set_add_source(builder, ntm_set_source(set, i), err);
    for (size_t i = 0; status == NTM_OK && i < ntm_set_axis_count(set); i++)
        status = ntm_set_add_axis(builder, ntm_set_axis(set, i), err);
    for (size_t i = 0; status == NTM_OK && i < ntm_set_dimension_count(set); i++)
        status = ntm_set_add_dimension(builder, ntm_set_dimension(set, i), err);
    for (size_t i = 0; status == NTM_OK && i < ntm_set_fact_count(set); i++)
        status = ntm_set_add_fact(builder, ntm_set_fact(set, i), err);
    for (size_t i = 0; status == NTM_OK && i < ntm_set_figure_count(set); i++)
        status = ntm_set_add_figure(builder, ntm_set_figure(set, i), err);
    return status;
}

static ntm_status copy_scope(ntm_set_builder *builder, const ntm_set *set, const ntm_allocator *allocator,
                             ntm_error *err) {
    ntm_status status = NTM_OK;
    for (size_t i = 0; status == NTM_OK && i < ntm_set_scope_count(set); i++) {
        ntm_scope scope = *ntm_set_scope(set, i);
        scope.when = copy_node(builder, set, scope.when, allocator, &status, err);
        if (status == NTM_OK) status = ntm_set_add_scope(builder, &scope, err);
    }
    return status;
}

ntm_status ntm_i_condition_set(ntm_set **out, const ntm_set *set, ntm_node condition, const ntm_allocator *allocator,
                               ntm_error *err) {
    ntm_set_builder *builder = NULL;
    ntm_set_spec about = *ntm_set_about(set);
    about.overlays = NULL;
    about.overlay_count = 0;
    about.follows = about.follows_note = about.revocation_by = NULL;
    ntm_status status = ntm_set_builder_new(&builder, &about, NULL, NULL, allocator, err);
    if (status != NTM_OK) return status;
    status = copy_dictionary(builder, set, err);
    if (status == NTM_OK) status = copy_scope(builder, set, allocator, err);
    if (status == NTM_OK) {
        ntm_criterion criterion = {.id = "condition"};
        criterion.rule = copy_node(builder, set, condition, allocator, &status, err);
        if (status == NTM_OK) status = ntm_set_add_criterion(builder, &criterion, err);
    }
    if (status == NTM_OK) status = ntm_set_builder_finish(out, builder, err);
    ntm_set_builder_free(builder);
    return status;
}
