/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of a law: nodes as nested objects. */
#include <string.h>

#include "proof/law.h"

static void write_node(ntm_i_json *json, const ntm_set *set, ntm_node at);

void ntm_i_law_rule(ntm_i_json *json, const char *key, const ntm_set *set, ntm_node node) {
    if (node == 0) return;
    ntm_i_json_key(json, key);
    write_node(json, set, node);
}

static void write_band(ntm_i_json *json, const ntm_set *set, const ntm_band *band) {
    ntm_i_json_open(json, '{');
    if (band->has_from) ntm_i_json_put_number(json, "from", ntm_i_rational_decimal(band->from));
    ntm_i_json_put_true(json, "from_open", band->has_from && band->from_open);
    ntm_i_json_put(json, "label", band->label);
    ntm_i_law_names(json, "name", band->name);
    ntm_i_law_rule(json, "requires", set, band->requires_met);
    if (band->has_to) ntm_i_json_put_number(json, "to", ntm_i_rational_decimal(band->to));
    ntm_i_json_put_true(json, "to_open", band->has_to && band->to_open);
    ntm_i_json_close(json, '}');
}

static void write_bands(ntm_i_json *json, const ntm_set *set, const ntm_node_spec *node) {
    if (node->kind != NTM_GRADE) return;
    ntm_i_json_key(json, "bands");
    ntm_i_json_open(json, '[');
    for (size_t i = 0; i < node->band_count; i++)
        write_band(json, set, &node->bands[i]);
    ntm_i_json_close(json, ']');
}

static void write_points(ntm_i_json *json, const ntm_node_spec *node) {
    if (node->kind != NTM_POINTS) return;
    ntm_i_json_key(json, "points");
    ntm_i_json_open(json, '[');
    for (size_t i = 0; i < node->of_count; i++)
        ntm_i_json_number(json, ntm_i_rational_decimal(node->points[i]));
    ntm_i_json_close(json, ']');
}

static void write_of(ntm_i_json *json, const ntm_set *set, const ntm_node_spec *node) {
    if (node->of_count == 0) return;
    ntm_i_json_key(json, "of");
    ntm_i_json_open(json, '[');
    for (size_t i = 0; i < node->of_count; i++)
        write_node(json, set, node->of[i]);
    ntm_i_json_close(json, ']');
}

/* Keys in the order of their bytes; which of them a kind has stands in docs/proof.md. */
static void write_node(ntm_i_json *json, const ntm_set *set, ntm_node at) {
    static const char *const signs[] = {"", "<", "<=", "=", ">=", ">"};
    static const char *const modes[] = {"", "half up", "half even", "down", "up"};
    static const char *const overs[] = {"", "criteria", "indicators", "members", "children"};
    const ntm_node_spec *node = &set->nodes[at - 1];
    const ntm_i_node_info *info = &set->info[at - 1];
    bool over = node->kind == NTM_COUNT || node->kind == NTM_SHARE || node->kind == NTM_EVERY;
    ntm_i_json_open(json, '{');
    ntm_i_json_put_texts(json, "among", node->members, over ? node->member_count : 0);
    write_bands(json, set, node);
    ntm_i_law_citation(json, &node->citation);
    if (node->kind == NTM_ROUNDED) ntm_i_json_put_integer(json, "digits", node->value.scale);
    ntm_i_json_put(json, "evidence", node->evidence);
    if (node->kind == NTM_AT_LEAST) ntm_i_json_put_integer(json, "k", node->k);
    ntm_i_json_put(json, "kind", ntm_i_kind_name(node->kind));
    ntm_i_law_rule(json, "knock_out", set, node->kind == NTM_GRADE ? node->knock_out : 0);
    ntm_i_json_put(json, "label", node->label);
    if (node->kind == NTM_ROUNDED) ntm_i_json_put(json, "mode", modes[node->rounding]);
    ntm_i_json_put(json, "name", node->name);
    write_of(json, set, node);
    if (over) ntm_i_json_put(json, "over", overs[node->over]);
    write_points(json, node);
    if (info->sort == NTM_I_QUANTITY) ntm_i_json_put_integer(json, "power", info->unit.power);
    if (node->kind == NTM_COMPARE) ntm_i_json_put(json, "sign", signs[node->compare]);
    ntm_i_json_put(json, "unit", node->unit);
    if (node->kind == NTM_CONSTANT) ntm_i_json_put_number(json, "value", ntm_i_rational_decimal(node->value));
    if (over && node->verdict != NTM_OPEN)
        ntm_i_json_put(json, "verdict", node->verdict == NTM_MET ? "met" : "not met");
    ntm_i_json_close(json, '}');
}
