/* SPDX-License-Identifier: Apache-2.0 */
/* Sides of members: the members that occur, and what they are parts of. */
#include <string.h>

#include "base/text.h"
#include "cube/cube.h"

typedef struct naming {
    ntm_i_cubing *c;
    const ntm_i_base *base;
    ntm_i_cube_side *side;
    uint32_t *up;           /* by member: its parent; NTM_I_NO_NODE = none */
    uint8_t *wanted;        /* by member */
    uint32_t *first, *next; /* children by parent, in order; the last entry of `first` holds those without */
    uint32_t *node;         /* by member */
} naming;

static uint32_t member_of(const ntm_i_base *base, uint32_t coordinate) {
    return base->member_of == NULL ? coordinate : base->member_of[coordinate];
}

static bool find_parents(naming *n) {
    const ntm_i_base *base = n->base;
    ntm_i_csv_codes ids;
    ntm_i_csv_codes_start(&ids, &n->c->scratch);
    bool good = true;
    int32_t code = 0;
    for (uint32_t i = 0; i < base->declared && good; i++)
        good = ntm_i_csv_codes_find(&ids, &code, base->members[i].id, strlen(base->members[i].id));
    for (uint32_t i = 0; i < base->member_count && good; i++) {
        const char *parent = base->members[i].parent;
        n->up[i] = NTM_I_NO_NODE;
        if (parent == NULL) continue;
        good = ntm_i_csv_codes_find(&ids, &code, parent, strlen(parent));
        if ((uint32_t)code < base->declared) n->up[i] = (uint32_t)code;
    }
    ntm_i_csv_codes_end(&ids);
    return good;
}

/* Members that occur, or are expected; and all above them if they are asked for. Ways up end: they were checked when the
   ledger was made, and are again here, because a tally may come from a file. */
static void choose(naming *n, bool up) {
    const ntm_i_question *q = &n->c->tally->question;
    for (uint32_t i = 0; i < n->base->count; i++)
        if (member_of(n->base, i) < n->base->member_count) n->wanted[member_of(n->base, i)] = 1;
    for (uint32_t i = 0; i < n->base->member_count && strcmp(n->base->dimension, "stage") == 0; i++)
        for (size_t e = 0; e < q->expected_count; e++)
            if (strcmp(q->expected[e].stage, n->base->members[i].id) == 0) n->wanted[i] = 1;
    for (uint32_t i = 0; i < n->base->member_count && up; i++) {
        uint32_t at = n->wanted[i] ? n->up[i] : NTM_I_NO_NODE;
        for (; at != NTM_I_NO_NODE && !n->wanted[at]; at = n->up[at])
            n->wanted[at] = 1;
    }
}

/* Lists of children, made from the last to the first. */
static void link_children(naming *n) {
    uint32_t roots = n->base->member_count;
    for (uint32_t i = 0; i <= roots; i++)
        n->first[i] = NTM_I_NO_NODE;
    for (uint32_t i = roots; i > 0; i--) {
        if (!n->wanted[i - 1]) continue;
        uint32_t above = n->up[i - 1] == NTM_I_NO_NODE || !n->wanted[n->up[i - 1]] ? roots : n->up[i - 1];
        n->next[i - 1] = n->first[above];
        n->first[above] = i - 1;
    }
}

static void add_node(naming *n, uint32_t member) {
    ntm_cube_member *node = &n->side->nodes[n->side->count];
    const ntm_member *from = &n->base->members[member];
    uint32_t above =
        n->up[member] == NTM_I_NO_NODE || !n->wanted[n->up[member]] ? NTM_I_NO_NODE : n->node[n->up[member]];
    *node = (ntm_cube_member){from->id, NULL, above, from->stock};
    n->node[member] = n->side->count++;
}

/* Those above before those below, without recursion: down to the first child, else on to the next, else up. */
static void order(naming *n) {
    uint32_t roots = n->base->member_count, at = n->first[roots];
    while (at != NTM_I_NO_NODE) {
        add_node(n, at);
        if (n->first[at] != NTM_I_NO_NODE) {
            at = n->first[at];
            continue;
        }
        while (at != NTM_I_NO_NODE && n->next[at] == NTM_I_NO_NODE)
            at = n->up[at] == NTM_I_NO_NODE || !n->wanted[n->up[at]] ? NTM_I_NO_NODE : n->up[at];
        if (at != NTM_I_NO_NODE) at = n->next[at];
    }
}

/* The total, and in which order nodes go into those above. */
static bool link_up(naming *n, bool total) {
    ntm_i_cube_side *side = n->side;
    if (total) {
        side->total = side->count;
        side->nodes[side->count++] = (ntm_cube_member){"*", "total", NTM_I_NO_NODE, false};
        for (uint32_t i = 0; i < side->total; i++)
            if (side->nodes[i].parent == NTM_I_NO_NODE) side->nodes[i].parent = side->total;
    }
    side->bottom_up = ntm_i_arena_take(&n->c->cube->arena, side->count, sizeof *side->bottom_up);
    if (side->bottom_up == NULL) return false;
    for (uint32_t i = side->count; i > 0; i--)
        if (side->nodes[i - 1].parent != NTM_I_NO_NODE) side->bottom_up[side->bottom_up_count++] = i - 1;
    return true;
}

static bool make_nodes(naming *n, bool up, bool total) {
    ntm_i_arena *scratch = &n->c->scratch;
    uint32_t count = n->base->member_count;
    n->up = ntm_i_arena_take(scratch, count, sizeof *n->up);
    n->wanted = ntm_i_arena_take(scratch, count, 1);
    n->first = ntm_i_arena_take(scratch, (size_t)count + 1, sizeof *n->first);
    n->next = ntm_i_arena_take(scratch, count, sizeof *n->next);
    n->node = ntm_i_arena_take(scratch, count, sizeof *n->node);
    n->side->nodes = ntm_i_arena_take(&n->c->cube->arena, (size_t)count + 1, sizeof *n->side->nodes);
    if (n->up == NULL || n->wanted == NULL || n->first == NULL || n->next == NULL || n->node == NULL ||
        n->side->nodes == NULL || !find_parents(n))
        return false;
    for (uint32_t i = 0; i < count && !up; i++)
        n->up[i] = NTM_I_NO_NODE;
    choose(n, up);
    link_children(n);
    order(n);
    for (uint32_t i = 0; i < n->side->count; i++)
        if (!ntm_i_arena_copy(&n->c->cube->arena, &n->side->nodes[i].id, n->side->nodes[i].id)) return false;
    return link_up(n, total);
}

ntm_status ntm_i_member_nodes(ntm_i_cubing *c, size_t at) {
    const ntm_i_base *base = &c->tally->bases[at];
    const ntm_side *asked = &c->tally->question.sides[base->side];
    naming n = {.c = c, .base = base, .side = &c->cube->sides[base->side]};
    if (!make_nodes(&n, asked->up, asked->up && strcmp(base->dimension, "stage") != 0)) return ntm_i_no_memory(c->err);
    uint32_t *node_of = ntm_i_arena_take(&c->scratch, base->count, sizeof *node_of);
    if (node_of == NULL) return ntm_i_no_memory(c->err);
    for (uint32_t i = 0; i < base->count; i++)
        node_of[i] = n.node[member_of(base, i)];
    c->node_of[at] = node_of;
    n.side->declared = ntm_i_arena_take(&c->cube->arena, base->declared, sizeof *n.side->declared);
    if (n.side->declared == NULL) return ntm_i_no_memory(c->err);
    for (; n.side->declared_count < base->declared; n.side->declared_count++)
        if (!ntm_i_arena_copy(&c->cube->arena, &n.side->declared[n.side->declared_count],
                              base->members[n.side->declared_count].id))
            return ntm_i_no_memory(c->err);
    if (at == c->stage) c->stage_node = n.node;
    return NTM_OK;
}
