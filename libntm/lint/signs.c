/* SPDX-License-Identifier: Apache-2.0 */
/* What has to be at least a figure in one set and at most one in another: a ceiling printed as a floor looks like this.
   Only indicators are looked at, and in them a fact, or a ratio of two facts, against a figure or a constant. */
#include <string.h>

#include "lint/relations.h"

/* One comparison; the key comes first, as an index wants it. */
typedef struct use {
    const char *key; /* its family, then "poor-households / households" */
    size_t set, indicator;
    ntm_node node;
    bool floor;
} use;

static bool is_number(ntm_node_kind kind) {
    return kind == NTM_FIGURE || kind == NTM_CONSTANT || kind == NTM_FIGURE_OF;
}

static const char *key_of(ntm_i_relations *r, const ntm_set *set, ntm_node at) {
    const ntm_node_spec *node = &set->nodes[at - 1];
    if (node->kind == NTM_FACT) return node->name;
    if (node->kind != NTM_RATIO) return NULL;
    const ntm_node_spec *a = &set->nodes[node->of[0] - 1], *b = &set->nodes[node->of[1] - 1];
    if (a->kind != NTM_FACT || b->kind != NTM_FACT) return NULL;
    return ntm_i_findings_text(r->to, "%s / %s", a->name, b->name);
}

static void note(ntm_i_relations *r, ntm_i_array *uses, size_t set, size_t indicator, ntm_node at) {
    const ntm_set *of = r->sets[set];
    const ntm_node_spec *node = &of->nodes[at - 1];
    if (node->kind != NTM_COMPARE || node->compare == NTM_EQUAL) return;
    bool mirrored = is_number(of->nodes[node->of[0] - 1].kind);
    if (!is_number(of->nodes[node->of[mirrored ? 0 : 1] - 1].kind)) return;
    const char *key = key_of(r, of, node->of[mirrored ? 1 : 0]);
    if (key == NULL) return;
    key = ntm_i_findings_text(r->to, "%zu %s", r->family[set], key);
    use *room = ntm_i_array_push(uses);
    if (room == NULL)
        r->to->failed = true;
    else
        *room = (use){key, set, indicator, at, (node->compare > NTM_EQUAL) != mirrored};
}

static ntm_place place_of(ntm_i_relations *r, const use *u) {
    ntm_i_linting l = {.to = r->to, .set = r->sets[u->set]};
    ntm_place place = ntm_i_place_of_indicator(&l, u->indicator);
    const ntm_node_spec *node = &l.set->nodes[u->node - 1];
    if (node->line != 0) {
        place.line = node->line;
        place.column = node->column;
    }
    return place;
}

/* The first use in a set that has the key with one sign only; a set with both has a range. */
static const use *first_with(const use *uses, const ntm_i_entry *run, size_t count, bool floor) {
    for (size_t i = 0; i < count;) {
        size_t set = uses[run[i].at].set, begin = i;
        bool other = false;
        for (; i < count && uses[run[i].at].set == set; i++)
            other = other || uses[run[i].at].floor != floor;
        if (!other) return &uses[run[begin].at];
    }
    return NULL;
}

static void look_at_run(ntm_i_relations *r, const use *uses, const ntm_i_entry *run, size_t count) {
    const use *floor = first_with(uses, run, count, true), *ceiling = first_with(uses, run, count, false);
    if (floor == NULL || ceiling == NULL) return;
    const use *later = floor->set > ceiling->set ? floor : ceiling, *first = later == floor ? ceiling : floor;
    ntm_place place = place_of(r, later), other = place_of(r, first);
    ntm_i_find(r->to, NTM_I_OPPOSITE_SIGNS, &place, &other,
               "%s has to be at %s its figure here and at %s it in set \"%s\"", later->key,
               later->floor ? "least" : "most", later->floor ? "most" : "least", r->sets[first->set]->about.id);
}

static void gather(ntm_i_relations *r, ntm_i_array *uses) {
    for (size_t i = 0; i < r->count; i++)
        for (size_t k = 0; k < r->sets[i]->indicator_count && !r->to->failed; k++) {
            ntm_node rule = r->sets[i]->indicators[k].rule;
            if (rule == 0) continue;
            const ntm_node_spec *node = &r->sets[i]->nodes[rule - 1];
            note(r, uses, i, k, rule);
            for (size_t n = 0; node->kind == NTM_ALL && n < node->of_count; n++)
                note(r, uses, i, k, node->of[n]);
        }
}

void ntm_i_relate_signs(ntm_i_relations *r) {
    ntm_i_array uses;
    ntm_i_index index;
    ntm_i_array_start(&uses, &r->scratch.allocator, sizeof(use));
    gather(r, &uses);
    if (!r->to->failed && !ntm_i_index_make(&index, &r->scratch, uses.items, uses.count, sizeof(use)))
        r->to->failed = true;
    for (size_t i = 0; !r->to->failed && i < index.count;) {
        size_t end = i + 1;
        while (end < index.count && strcmp(index.entries[end].id, index.entries[i].id) == 0)
            end++;
        look_at_run(r, uses.items, &index.entries[i], end - i);
        i = end;
    }
    ntm_i_array_end(&uses);
}
