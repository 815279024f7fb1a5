/* SPDX-License-Identifier: Apache-2.0 */
/* Paths: where a node stands in its law, as a JSON pointer. */
#include <stdio.h>
#include <string.h>

#include "proof/proof.h"

/* A node is used in one place only, so that one spot says where it is. */
typedef enum spot_kind {
    BELOW_OF = 0, /* of another node: /of/0 */
    BELOW_BAND,   /* /bands/0/requires */
    BELOW_KNOCK_OUT,
    OF_CRITERION,
    OF_INDICATOR,
    OF_PRECONDITION,
    OF_VALUE,
    OF_SCOPE,
    OF_STATUS,
    OF_REVOCATION,
    OF_GRADE
} spot_kind;

struct ntm_i_proof_spot {
    spot_kind kind;
    uint32_t index; /* of the part, or among the nodes below */
    ntm_node above; /* 0 for the rule of a part */
};

typedef struct ntm_i_proof_spot spot;

static void put_rule(spot *spots, ntm_node rule, spot_kind kind, size_t index) {
    if (rule != 0) spots[rule - 1] = (spot){kind, (uint32_t)index, 0};
}

static void find_spots(spot *spots, const ntm_set *set) {
    for (uint32_t n = 1; n <= set->node_count; n++) {
        const ntm_node_spec *node = &set->nodes[n - 1];
        for (uint32_t i = 0; i < node->of_count; i++)
            spots[node->of[i] - 1] = (spot){BELOW_OF, i, n};
        for (uint32_t i = 0; i < node->band_count; i++)
            if (node->bands[i].requires_met != 0) spots[node->bands[i].requires_met - 1] = (spot){BELOW_BAND, i, n};
        if (node->kind == NTM_GRADE && node->knock_out != 0) spots[node->knock_out - 1] = (spot){BELOW_KNOCK_OUT, 0, n};
    }
    for (size_t i = 0; i < set->criterion_count; i++)
        put_rule(spots, set->criteria[i].rule, OF_CRITERION, i);
    for (size_t i = 0; i < set->indicator_count; i++)
        put_rule(spots, set->indicators[i].rule, OF_INDICATOR, i);
    for (size_t i = 0; i < set->precondition_count; i++)
        put_rule(spots, set->preconditions[i].rule, OF_PRECONDITION, i);
    for (size_t i = 0; i < set->value_count; i++)
        put_rule(spots, set->values[i].rule, OF_VALUE, i);
    for (size_t i = 0; i < set->scope_count; i++)
        put_rule(spots, set->scopes[i].when, OF_SCOPE, i);
    put_rule(spots, set->status, OF_STATUS, 0);
    put_rule(spots, set->revocation, OF_REVOCATION, 0);
    put_rule(spots, set->grade, OF_GRADE, 0);
}

static const spot *spots_of(ntm_i_document *document, const ntm_set *set) {
    const ntm_i_proof_paths *known = document->paths.items;
    for (size_t i = document->paths.count; i-- > 0;)
        if (known[i].set == set) return known[i].spots;
    spot *spots = ntm_i_arena_take(&document->arena, set->node_count, sizeof *spots);
    ntm_i_proof_paths *room = spots == NULL ? NULL : ntm_i_array_push(&document->paths);
    if (room == NULL) return NULL;
    find_spots(spots, set);
    *room = (ntm_i_proof_paths){set, spots};
    return spots;
}

void ntm_i_proof_indicator_place(const ntm_set *set, size_t indicator, size_t *criterion, size_t *place) {
    *criterion = ntm_i_criterion_of(set, indicator);
    *place = indicator - set->criteria[*criterion].first_indicator;
}

static void write_root(ntm_i_writer *to, const ntm_set *set, const spot *at, const char *root) {
    size_t criterion = 0, place = 0;
    switch (at->kind) {
        case OF_CRITERION:
            if (root != NULL)
                ntm_i_write_text(to, root);
            else
                ntm_i_writef(to, "/criteria/%u/rule", (unsigned)at->index);
            break;
        case OF_INDICATOR:
            ntm_i_proof_indicator_place(set, at->index, &criterion, &place);
            ntm_i_writef(to, "/criteria/%zu/indicators/%zu/rule", criterion, place);
            break;
        case OF_PRECONDITION: ntm_i_writef(to, "/preconditions/%u/rule", (unsigned)at->index); break;
        case OF_VALUE: ntm_i_writef(to, "/values/%u/rule", (unsigned)at->index); break;
        case OF_SCOPE: ntm_i_writef(to, "/scopes/%u/when", (unsigned)at->index); break;
        case OF_STATUS: ntm_i_write_text(to, "/rules/criteria_status"); break;
        case OF_REVOCATION: ntm_i_write_text(to, "/rules/revocation"); break;
        case OF_GRADE: ntm_i_write_text(to, "/rules/grade"); break;
        default: break;
    }
}

/* From the top down. Nodes are no deeper than NTM_DEPTH_MAX. */
static void write_path(ntm_i_writer *to, const ntm_set *set, const spot *spots, ntm_node node, const char *root) {
    ntm_node way[NTM_DEPTH_MAX + 1];
    size_t depth = 0;
    for (ntm_node at = node; at != 0 && depth <= NTM_DEPTH_MAX; at = spots[at - 1].above)
        way[depth++] = at;
    while (depth-- > 0) {
        const spot *at = &spots[way[depth] - 1];
        if (at->above == 0)
            write_root(to, set, at, root);
        else if (at->kind == BELOW_OF)
            ntm_i_writef(to, "/of/%u", (unsigned)at->index);
        else if (at->kind == BELOW_BAND)
            ntm_i_writef(to, "/bands/%u/requires", (unsigned)at->index);
        else
            ntm_i_write_text(to, "/knock_out");
    }
}

bool ntm_i_proof_path(ntm_i_document *document, ntm_i_json *json, const ntm_set *set, ntm_node node, const char *root) {
    const spot *spots = spots_of(document, set);
    if (spots == NULL) return false;
    ntm_i_json_text(json, "", 0);
    json->to->bytes.count -=
        json->to->failed ? 0 : 1; /* nothing in a path has to be escaped: it goes between the marks */
    write_path(json->to, set, spots, node, root);
    ntm_i_write(json->to, "\"", 1);
    return true;
}

const char *ntm_i_proof_path_text(ntm_i_document *document, const ntm_set *set, ntm_node node, const char *root) {
    const spot *spots = spots_of(document, set);
    if (spots == NULL) return NULL;
    ntm_i_writer to;
    ntm_i_writer_start(&to, &document->arena.allocator);
    write_path(&to, set, spots, node, root);
    char *text = to.failed ? NULL : ntm_i_arena_text(&document->arena, to.bytes.items, to.bytes.count);
    ntm_i_writer_end(&to);
    return text;
}
