/* SPDX-License-Identifier: Apache-2.0 */
#include "kit.h"

#include <string.h>

static ntm_node_spec blank(ntm_node_kind kind) {
    ntm_node_spec spec;
    memset(&spec, 0, sizeof spec);
    spec.kind = kind;
    return spec;
}

ntm_node kit_node(kit *k, const ntm_node_spec *spec) {
    ntm_node node = 0;
    if (k->status == NTM_OK) k->status = ntm_set_add_node(&node, k->builder, spec, &k->err);
    if (k->status != NTM_OK) assert_int_equal(node, 0);
    return node;
}

static ntm_node named(kit *k, ntm_node_kind kind, const char *name) {
    ntm_node_spec spec = blank(kind);
    spec.name = name;
    return kit_node(k, &spec);
}

ntm_node k_fact(kit *k, const char *id) { return named(k, NTM_FACT, id); }
ntm_node k_figure(kit *k, const char *id) { return named(k, NTM_FIGURE, id); }
ntm_node k_attested(kit *k, const char *id) { return named(k, NTM_ATTESTED, id); }
ntm_node k_holds(kit *k, const char *id) { return named(k, NTM_HOLDS, id); }
ntm_node k_criterion(kit *k, const char *id) { return named(k, NTM_CRITERION, id); }
ntm_node k_indicator(kit *k, const char *id) { return named(k, NTM_INDICATOR, id); }

ntm_node k_number(kit *k, const char *value, const char *unit) {
    ntm_node_spec spec = blank(NTM_CONSTANT);
    spec.value = kit_decimal(value);
    spec.unit = unit;
    return kit_node(k, &spec);
}

ntm_node k_compare(kit *k, ntm_node a, ntm_comparison compare, ntm_node b) {
    const ntm_node of[2] = {a, b};
    ntm_node_spec spec = blank(NTM_COMPARE);
    spec.of = of;
    spec.of_count = 2;
    spec.compare = compare;
    return kit_node(k, &spec);
}

ntm_node k_at_level(kit *k, const char *level, const char *id) {
    ntm_node_spec spec = blank(NTM_AT_LEVEL);
    spec.name = id;
    spec.label = level;
    return kit_node(k, &spec);
}

ntm_node k_if_applicable(kit *k, const char *id, ntm_node then) {
    ntm_node_spec spec = blank(NTM_IF_APPLICABLE);
    spec.name = id;
    spec.of = &then;
    spec.of_count = 1;
    return kit_node(k, &spec);
}

ntm_node k_list(kit *k, ntm_node_kind kind, uint32_t number, const ntm_node *of, size_t count) {
    ntm_node_spec spec = blank(kind);
    spec.of = of;
    spec.of_count = count;
    spec.k = number;
    return kit_node(k, &spec);
}

ntm_node k_points(kit *k, const ntm_node *of, const ntm_decimal *points, size_t count) {
    ntm_node_spec spec = blank(NTM_POINTS);
    spec.of = of;
    spec.of_count = count;
    spec.points = points;
    return kit_node(k, &spec);
}

ntm_node k_over(kit *k, ntm_node_kind kind, ntm_over over, const char *label, const char *name, ntm_node of) {
    ntm_node_spec spec = blank(kind);
    spec.over = over;
    spec.label = label;
    spec.name = name;
    spec.of = &of;
    spec.of_count = 1;
    return kit_node(k, &spec);
}

ntm_node k_count(kit *k, ntm_node_kind kind, ntm_over over, ntm_verdict verdict, const char *const *members,
                 size_t member_count) {
    ntm_node_spec spec = blank(kind);
    spec.over = over;
    spec.verdict = verdict;
    spec.members = members;
    spec.member_count = member_count;
    return kit_node(k, &spec);
}

ntm_node k_rounded(kit *k, ntm_node of, uint8_t digits, ntm_rounding rounding, const char *unit) {
    ntm_node_spec spec = blank(NTM_ROUNDED);
    spec.of = &of;
    spec.of_count = 1;
    spec.value.scale = digits;
    spec.rounding = rounding;
    spec.unit = unit;
    spec.citation = kit_cited;
    return kit_node(k, &spec);
}
