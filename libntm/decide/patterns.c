/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of which the same is open in the same way share one search. The key of a row is all that putting boxes together
   looks at: what is open, and what boxes settle it, the values only by their places. */
#include <string.h>

#include "decide/collecting.h"

void ntm_i_patterns_start(ntm_i_patterns *p, ntm_i_decide *search, const ntm_collecting_options *options,
                          const ntm_allocator *allocator) {
    memset(p, 0, sizeof *p);
    p->search = search;
    p->options = options;
    ntm_i_arena_start(&p->arena, allocator);
    ntm_i_array_start(&p->items, allocator, sizeof(ntm_i_pattern));
    ntm_i_array_start(&p->key, allocator, 1);
}

void ntm_i_patterns_end(ntm_i_patterns *p) {
    ntm_i_release(&p->arena.allocator, p->slots, p->slot_count, sizeof *p->slots);
    ntm_i_array_end(&p->items);
    ntm_i_array_end(&p->key);
    ntm_i_arena_end(&p->arena);
}

static bool put(ntm_i_patterns *p, const void *bytes, size_t size) { return ntm_i_array_append(&p->key, bytes, size); }

static bool put_family(ntm_i_patterns *p, const ntm_i_array *family) {
    uint64_t count = family->count;
    return put(p, &count, sizeof count) && put(p, family->items, family->count * family->item_size);
}

/* Facts that bound one another are compared by their values. */
static bool put_facts(ntm_i_patterns *p) {
    const ntm_i_decide *s = p->search;
    bool good = true;
    for (size_t i = 0; i < s->lacking.count && good; i++) {
        const ntm_i_lacking *lacking = ntm_i_lacking_at(s, i);
        uint32_t about[3] = {lacking->input, lacking->whole, lacking->count};
        good = put(p, about, sizeof about);
        bool tied = lacking->whole != NTM_I_NONE || lacking->has_part || s->triples.count > 0;
        for (uint32_t k = 0; k < lacking->count && tied && good; k++) {
            int64_t number[2] = {lacking->values[k].coefficient, lacking->values[k].scale};
            good = put(p, number, sizeof number);
        }
    }
    return good;
}

static bool write_key(ntm_i_patterns *p) {
    const ntm_i_decide *s = p->search;
    uint32_t head[4] = {s->root, s->cut, s->spent, (uint32_t)s->wanting.count};
    p->key.count = 0;
    bool good = put(p, head, sizeof head) && put_facts(p) && put(p, s->rest.items, s->rest.count * s->rest.item_size) &&
                put(p, s->kids.items, s->kids.count * s->kids.item_size);
    for (size_t i = 0; i < s->leaves.count && good && !s->spent; i++) {
        const ntm_i_leaf *leaf = ntm_i_leaf_at(s, i);
        uint32_t about[3] = {leaf->cut, leaf->cut_sets, leaf->why};
        good = put(p, about, sizeof about) && put_family(p, &leaf->boxes[0]) && put_family(p, &leaf->boxes[1]);
    }
    return good;
}

static uint64_t hash_of(const uint8_t *bytes, size_t size) {
    uint64_t hash = 14695981039346656037u;
    size_t i = 0;
    for (; i + 8 <= size; i += 8) {
        uint64_t word;
        memcpy(&word, bytes + i, sizeof word);
        hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 29;
    }
    for (; i < size; i++)
        hash = (hash ^ bytes[i]) * 1099511628211u;
    return hash ^ hash >> 32;
}

static bool grow(ntm_i_patterns *p) {
    size_t count = p->slot_count == 0 ? 256 : p->slot_count * 2;
    uint32_t *slots = ntm_i_allocate(&p->arena.allocator, count, sizeof *slots);
    if (slots == NULL) return false;
    for (size_t i = 0; i < p->items.count; i++) {
        size_t at = ntm_i_pattern_at(p, i)->hash & (count - 1);
        while (slots[at] != 0)
            at = (at + 1) & (count - 1);
        slots[at] = (uint32_t)i + 1;
    }
    ntm_i_release(&p->arena.allocator, p->slots, p->slot_count, sizeof *slots);
    p->slots = slots;
    p->slot_count = count;
    return true;
}

/* All facts of a row settle it, unless something else is wanting. */
static ntm_deciding_reason settled_by_all(const ntm_i_decide *s) {
    const ntm_deciding_wanting *wanting = s->wanting.items;
    if (s->spent) return NTM_DECIDING_LIMIT;
    if (s->wanting.count > 0) return wanting[0].reason;
    return s->lacking.count == 0 ? NTM_DECIDING_IMPOSSIBLE : NTM_DECIDING_FOUND;
}

static bool need(ntm_i_patterns *p, ntm_i_pattern *pattern) {
    ntm_i_decide *s = p->search;
    bool met = p->options->could_show == NTM_MET, all = p->options->all_facts;
    const bool wanted[2] = {met, !met};
    ntm_i_choice choices[2];
    if (!all) ntm_i_choose(s, choices, wanted, false);
    const ntm_i_choice *choice = &choices[met ? 0 : 1];
    pattern->reason = all ? settled_by_all(s) : choice->reason;
    pattern->surely = s->wanting.count == 0 && s->lacking.count == 1 && !s->spent;
    uint32_t *open = ntm_i_arena_take(&p->arena, s->lacking.count, sizeof *open);
    uint32_t *needed = ntm_i_arena_take(&p->arena, s->lacking.count, sizeof *needed);
    if (open == NULL || needed == NULL || s->no_memory) return false;
    for (size_t i = 0; i < s->lacking.count; i++) {
        uint32_t input = ntm_i_lacking_at(s, i)->input;
        open[pattern->open_count++] = input;
        if (pattern->reason == NTM_DECIDING_FOUND && (all || choice->tried[i] != 0))
            needed[pattern->needed_count++] = input;
    }
    pattern->open = open;
    pattern->needed = needed;
    return true;
}

static size_t new_pattern(ntm_i_patterns *p, uint64_t hash, size_t row) {
    ntm_i_pattern pattern = {.hash = hash, .first_row = row, .rows = 0, .key_size = p->key.count};
    uint8_t *key = ntm_i_arena_take(&p->arena, p->key.count, 1);
    if (key == NULL) return SIZE_MAX;
    memcpy(key, p->key.items, p->key.count);
    pattern.key = key;
    if (!need(p, &pattern) || !ntm_i_array_append(&p->items, &pattern, 1)) return SIZE_MAX;
    return p->items.count - 1;
}

size_t ntm_i_pattern_of_row(ntm_i_patterns *p, size_t row) {
    if ((p->items.count + 1) * 2 > p->slot_count && !grow(p)) return SIZE_MAX;
    if (!write_key(p)) return SIZE_MAX;
    uint64_t hash = hash_of(p->key.items, p->key.count);
    size_t at = hash & (p->slot_count - 1);
    for (; p->slots[at] != 0; at = (at + 1) & (p->slot_count - 1)) {
        ntm_i_pattern *known = ntm_i_pattern_at(p, p->slots[at] - 1);
        if (known->hash != hash || known->key_size != p->key.count ||
            memcmp(known->key, p->key.items, p->key.count) != 0)
            continue;
        known->rows++;
        return p->slots[at] - 1;
    }
    size_t made = new_pattern(p, hash, row);
    if (made == SIZE_MAX) return SIZE_MAX;
    ntm_i_pattern_at(p, made)->rows = 1;
    p->slots[at] = (uint32_t)made + 1;
    return made;
}
