/* SPDX-License-Identifier: Apache-2.0 */
/* How a set is put into practice, in few words. */
#include "kit.h"

#include <string.h>

void kit_value(kit *k, const char *id, const char *unit, const char *most, ntm_node rule) {
    ntm_value value;
    memset(&value, 0, sizeof value);
    value.id = id;
    value.name = (ntm_names){NULL, id};
    value.unit = unit;
    value.has_most = most != NULL;
    if (most != NULL) value.most = kit_decimal(most);
    value.rule = rule;
    value.citation = kit_cited;
    if (k->status == NTM_OK) k->status = ntm_set_add_value(k->builder, &value, &k->err);
}

void kit_scope(kit *k, const char *axis, const char *use, ntm_node when) {
    const ntm_scope scope = {axis, use, when, kit_cited};
    if (k->status == NTM_OK) k->status = ntm_set_add_scope(k->builder, &scope, &k->err);
}

void kit_recogniser(kit *k, const char *by, const char *class_label, ntm_date from, ntm_date to) {
    const char *const classes[] = {class_label};
    const ntm_recogniser entry = {{by, NULL}, classes, class_label != NULL, from, to, kit_cited};
    if (k->status == NTM_OK) k->status = ntm_set_add_recogniser(k->builder, &entry, &k->err);
}

void kit_counterpart(kit *k, const char *id, const char *of, bool is_criterion) {
    const ntm_counterpart pair = {id, of, is_criterion};
    if (k->status == NTM_OK) k->status = ntm_set_add_counterpart(k->builder, &pair, &k->err);
}

ntm_node k_value(kit *k, const char *id) {
    ntm_node_spec spec;
    memset(&spec, 0, sizeof spec);
    spec.kind = NTM_VALUE;
    spec.name = id;
    return kit_node(k, &spec);
}

ntm_node k_figure_of(kit *k, const char *set, const char *figure, const char *unit) {
    ntm_node_spec spec;
    memset(&spec, 0, sizeof spec);
    spec.kind = NTM_FIGURE_OF;
    spec.name = figure;
    spec.label = set;
    spec.unit = unit;
    return kit_node(k, &spec);
}
