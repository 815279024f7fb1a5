/* SPDX-License-Identifier: Apache-2.0 */
/* Sets that name other sets: whether those are there and have what is asked of them, and circles. */
#include <stdio.h>
#include <string.h>

#include "lint/relations.h"

/* An arrow from a set to one that it names. */
typedef struct arrow {
    size_t from, to;
    const char *path; /* of what names it */
    ntm_i_position at;
} arrow;

typedef struct arrows {
    ntm_i_array list; /* of arrow; those of a set stand together, in the order of the sets */
    size_t *first;    /* by set: its first arrow; one more at the end */
} arrows;

/* A set as the single lint sees it, to name the places of its nodes. */
static bool open_set(ntm_i_relations *r, size_t index, ntm_i_linting *l) {
    *l = (ntm_i_linting){.to = r->to, .set = r->sets[index]};
    ntm_i_arena_start(&l->scratch, &r->scratch.allocator);
    return ntm_i_lint_prepare(l);
}

static void add_arrow(ntm_i_relations *r, arrows *to, size_t from, size_t target, const char *path, ntm_i_position at) {
    arrow *room = ntm_i_array_push(&to->list);
    if (room == NULL)
        r->to->failed = true;
    else
        *room = (arrow){from, target, path, at};
}

static void look_at_figure(ntm_i_relations *r, ntm_i_linting *l, ntm_node at, size_t target) {
    const ntm_node_spec *node = ntm_i_node(l, at);
    const ntm_set *other = r->sets[target];
    size_t figure = ntm_set_find_figure(other, node->name);
    ntm_place place = ntm_i_place_of_node(l, at);
    if (figure == SIZE_MAX) {
        ntm_place there = ntm_i_relations_place(r, target, "figures", (ntm_i_position){0, 0});
        ntm_i_find(r->to, NTM_I_MISSING_FIGURE, &place, &there, "set \"%s\" has no figure \"%s\"", node->label,
                   node->name);
    } else if (!ntm_i_unit_same(&l->set->info[at - 1].unit, &other->figure_units[figure])) {
        ntm_place there = ntm_i_relations_place(r, target, ntm_i_findings_text(r->to, "figures.%s", node->name),
                                                other->at.figures[figure]);
        ntm_i_find(r->to, NTM_I_MISSING_FIGURE, &place, &there,
                   "figure \"%s\" of set \"%s\" is in \"%s\", and is taken in \"%s\"", node->name, node->label,
                   other->figures[figure].unit == NULL ? "1" : other->figures[figure].unit,
                   node->unit == NULL ? "1" : node->unit);
    }
}

static void look_at_node(ntm_i_relations *r, ntm_i_linting *l, size_t index, ntm_node at, arrows *leans) {
    const ntm_node_spec *node = ntm_i_node(l, at);
    const char *id = node->kind == NTM_FIGURE_OF ? node->label : node->name;
    size_t target = ntm_i_relations_find(r, id);
    if (target == index) return; /* told where the set is looked at by itself */
    ntm_place place = ntm_i_place_of_node(l, at);
    if (target == SIZE_MAX && node->kind == NTM_FIGURE_OF)
        ntm_i_find(r->to, NTM_I_MISSING_SET, &place, NULL, "figure_of names set \"%s\", which is not there", id);
    else if (target == SIZE_MAX)
        ntm_i_find(r->to, NTM_I_UNKNOWN_STATUS, &place, NULL,
                   "holds names \"%s\", which is no set of the catalogue: another standard, or a slip", id);
    if (target == SIZE_MAX) return;
    if (node->kind == NTM_FIGURE_OF) look_at_figure(r, l, at, target);
    add_arrow(r, leans, index, target, ntm_i_findings_text(r->to, "%s", place.path),
              (ntm_i_position){place.line, place.column});
}

static void look_at_pairs(ntm_i_relations *r, size_t index, size_t target) {
    const ntm_set *set = r->sets[index], *other = r->sets[target];
    ntm_i_index criteria, indicators;
    if (!ntm_i_index_make(&criteria, &r->scratch, other->criteria, other->criterion_count, sizeof *other->criteria) ||
        !ntm_i_index_make(&indicators, &r->scratch, other->indicators, other->indicator_count,
                          sizeof *other->indicators)) {
        r->to->failed = true;
        return;
    }
    for (size_t i = 0; i < set->counterpart_count; i++) {
        const ntm_counterpart *pair = &set->counterparts[i];
        if (ntm_i_index_find(pair->is_criterion ? &criteria : &indicators, pair->of) != SIZE_MAX) continue;
        ntm_place place = ntm_i_relations_place(
            r, index,
            ntm_i_findings_text(r->to, "follows.%s.%s", pair->is_criterion ? "criteria" : "indicators", pair->id),
            set->at.counterparts[i]);
        ntm_place there = ntm_i_relations_place(r, target, pair->is_criterion ? "criteria" : "criteria.indicators",
                                                (ntm_i_position){0, 0});
        ntm_i_find(r->to, NTM_I_MISSING_COUNTERPART, &place, &there,
                   "set \"%s\" has no %s \"%s\", which \"%s\" is paired with", other->about.id,
                   pair->is_criterion ? "criterion" : "indicator", pair->of, pair->id);
    }
}

/* A set named in the head of another. */
static size_t look_at_name(ntm_i_relations *r, size_t index, const char *id, const char *key, arrows *to) {
    if (id == NULL) return SIZE_MAX;
    size_t target = ntm_i_relations_find(r, id);
    ntm_place place = ntm_i_relations_place(r, index, key, (ntm_i_position){0, 0});
    if (target == SIZE_MAX)
        ntm_i_find(r->to, NTM_I_MISSING_SET, &place, NULL, "%s names set \"%s\", which is not there", key, id);
    else if (target != index)
        add_arrow(r, to, index, target, key, (ntm_i_position){0, 0});
    return target;
}

static void look_at_set(ntm_i_relations *r, size_t index, arrows *leans, arrows *follows) {
    ntm_i_linting l;
    const ntm_set *set = r->sets[index];
    leans->first[index] = leans->list.count;
    follows->first[index] = follows->list.count;
    if (open_set(r, index, &l))
        for (ntm_node at = 1; at <= set->node_count && !r->to->failed; at++)
            if (ntm_i_node(&l, at)->kind == NTM_FIGURE_OF || ntm_i_node(&l, at)->kind == NTM_HOLDS)
                look_at_node(r, &l, index, at, leans);
    ntm_i_arena_end(&l.scratch);
    (void)look_at_name(r, index, set->about.revocation_by, "revocation_by", leans);
    size_t before = look_at_name(r, index, set->about.follows, "follows", follows);
    if (before != SIZE_MAX) look_at_pairs(r, index, before);
    leans->first[index + 1] = leans->list.count;
    follows->first[index + 1] = follows->list.count;
}

/* The way from `start` back to itself through sets that stand behind it in the catalogue, so that each circle is told
   once, at its first set: broad search, `came` holds the arrow by which a set was found. */
static bool find_circle(const arrows *of, size_t count, size_t start, size_t *queue, size_t *came) {
    const arrow *all = of->list.items;
    size_t head = 0, tail = 0;
    for (size_t i = 0; i < count; i++)
        came[i] = SIZE_MAX;
    queue[tail++] = start;
    while (head < tail) {
        size_t from = queue[head++];
        for (size_t i = of->first[from]; i < of->first[from + 1]; i++) {
            size_t to = all[i].to;
            if (to < start || came[to] != SIZE_MAX) continue;
            came[to] = i;
            if (to == start) return true;
            queue[tail++] = to;
        }
    }
    return false;
}

static void tell_circle(ntm_i_relations *r, const arrows *of, size_t start, const size_t *came, ntm_i_code code) {
    const arrow *all = of->list.items, *last = &all[came[start]], *first = last;
    const char *way = r->sets[start]->about.id;
    for (size_t at = start;;) {
        first = &all[came[at]];
        at = first->from;
        way = ntm_i_findings_text(r->to, "%s -> %s", r->sets[at]->about.id, way);
        if (at == start) break;
    }
    ntm_place place = ntm_i_relations_place(r, start, first->path, first->at);
    ntm_place other = ntm_i_relations_place(r, last->from, last->path, last->at);
    ntm_i_find(r->to, code, &place, &other, "%s: %s",
               code == NTM_I_SUCCESSOR_LOOP ? "sets follow each other in a circle"
                                            : "sets lean on each other in a circle",
               way);
}

static void look_for_circles(ntm_i_relations *r, const arrows *of, ntm_i_code code) {
    size_t *queue = ntm_i_relations_take(r, r->count + 1, sizeof *queue);
    size_t *came = ntm_i_relations_take(r, r->count, sizeof *came);
    for (size_t i = 0; i < r->count && !r->to->failed; i++)
        if (find_circle(of, r->count, i, queue, came)) tell_circle(r, of, i, came, code);
}

/* ------------------------------------------------------------------------------------------- families */

static bool same_text(const char *a, const char *b) { return a != NULL && b != NULL && strcmp(a, b) == 0; }

/* One after the other for the same units. Without days they may as well lie side by side, as types of product do. */
static bool same_units(const ntm_set_spec *a, const ntm_set_spec *b) {
    return a->instrument.in_force_from != NTM_DATE_NONE && b->instrument.in_force_from != NTM_DATE_NONE &&
           same_text(a->programme, b->programme) && same_text(a->level, b->level) && same_text(a->tier, b->tier);
}

static size_t head_of(const ntm_i_relations *r, size_t set) {
    while (r->family[set] != set)
        set = r->family[set];
    return set;
}

static void join(ntm_i_relations *r, size_t a, size_t b) {
    size_t x = head_of(r, a), y = head_of(r, b);
    r->family[x < y ? y : x] = x < y ? x : y;
}

/* Sets for the same units, and sets that name each other, are filled from one dictionary of facts. Two types of product
   are not: each may have its own "6.1". */
static void find_families(ntm_i_relations *r, const arrows *leans, const arrows *follows) {
    for (size_t i = 0; i < r->count; i++)
        r->family[i] = i;
    for (size_t i = 0; i < r->count; i++)
        for (size_t k = i + 1; k < r->count; k++)
            if (same_units(&r->sets[i]->about, &r->sets[k]->about)) join(r, i, k);
    const arrows *both[] = {leans, follows};
    for (size_t n = 0; n < 2; n++)
        for (size_t i = 0; i < both[n]->list.count; i++)
            join(r, ((const arrow *)both[n]->list.items)[i].from, ((const arrow *)both[n]->list.items)[i].to);
    for (size_t i = 0; i < r->count; i++)
        r->family[i] = head_of(r, i);
}

void ntm_i_relate_references(ntm_i_relations *r) {
    arrows leans, follows;
    ntm_i_array_start(&leans.list, &r->scratch.allocator, sizeof(arrow));
    ntm_i_array_start(&follows.list, &r->scratch.allocator, sizeof(arrow));
    leans.first = ntm_i_relations_take(r, r->count + 1, sizeof *leans.first);
    follows.first = ntm_i_relations_take(r, r->count + 1, sizeof *follows.first);
    for (size_t i = 0; i < r->count && !r->to->failed; i++)
        look_at_set(r, i, &leans, &follows);
    if (!r->to->failed) look_for_circles(r, &leans, NTM_I_REFERENCE_LOOP);
    if (!r->to->failed) look_for_circles(r, &follows, NTM_I_SUCCESSOR_LOOP);
    if (!r->to->failed) find_families(r, &leans, &follows);
    ntm_i_array_end(&leans.list);
    ntm_i_array_end(&follows.list);
}
