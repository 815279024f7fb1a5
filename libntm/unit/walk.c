/* SPDX-License-Identifier: Apache-2.0 */
/* A walk leaves a graph: a node is a row between two days on which it has edges, a link an edge that was taken.
 *
 * How much of an old unit is surely in a new one does not follow from a path alone. What is divided gives something of
 * the old unit to each of its parts only if it has nothing else; a part of a mixture may have none. But a mixture
 * all of which comes together again in one unit does give to that unit. So, with the words for the walk forwards
 * (backwards, the same holds with the roles of start and end exchanged):
 *  - a node is `all` when it has nothing but what was the start;
 *  - a node has one end, or several;
 *  - an end surely has something of the start when a node whose one end it is was reached from one that is `all`.
 *    Otherwise every mixture on the way can have sent everything of the start elsewhere.
 */
#include "unit/walk.h"

#include "base/sort.h"

/* No end has been seen yet; several have. */
#define UNSEEN  UINT32_MAX
#define SEVERAL (UINT32_MAX - 1)

typedef struct node {
    ntm_unit unit;
    uint32_t steps;
    bool all;  /* forwards: has nothing but the start; backwards: all of it is in the start */
    bool left; /* edges were taken from it */
} node;

/* Forwards from the earlier node to the later, backwards from the later to the earlier. */
typedef struct link {
    uint32_t from;
    uint32_t to;
} link;

/* A node whose next edges are on a day. */
typedef struct turn {
    int64_t day;
    uint32_t node;
} turn;

/* A row that one comes to on a day, and where from. */
typedef struct arrival {
    ntm_unit unit;
    uint32_t steps;
    uint32_t from;
    bool rest; /* what nobody says anything about: it stays with the row that ended */
} arrival;

typedef struct walk {
    const ntm_units *units;
    bool backwards;
    int64_t limit;        /* the day to come to */
    ntm_i_array nodes;    /* of node */
    ntm_i_array links;    /* of link, in the order taken */
    ntm_i_array turns;    /* of turn: a heap, the next day at the root */
    ntm_i_array batch;    /* of uint32_t: nodes with edges on the day, by row */
    ntm_i_array arrivals; /* of arrival */
} walk;

static node *node_at(const walk *w, uint32_t index) { return (node *)w->nodes.items + index; }

/* ------------------------------------------------------------------------------------------- the next day */

static bool comes_first(const walk *w, const turn *a, const turn *b) {
    if (a->day != b->day) return w->backwards ? a->day > b->day : a->day < b->day;
    return node_at(w, a->node)->unit < node_at(w, b->node)->unit;
}

static bool push_turn(walk *w, turn t) {
    if (!ntm_i_array_append(&w->turns, &t, 1)) return false;
    turn *heap = w->turns.items;
    size_t at = w->turns.count - 1;
    for (; at > 0 && comes_first(w, &t, &heap[(at - 1) / 2]); at = (at - 1) / 2)
        heap[at] = heap[(at - 1) / 2];
    heap[at] = t;
    return true;
}

static turn pop_turn(walk *w) {
    turn *heap = w->turns.items, first = heap[0], last = heap[--w->turns.count];
    size_t at = 0, count = w->turns.count;
    while (2 * at + 1 < count) {
        size_t child = 2 * at + 1;
        if (child + 1 < count && comes_first(w, &heap[child + 1], &heap[child])) child++;
        if (!comes_first(w, &heap[child], &last)) break;
        heap[at] = heap[child];
        at = child;
    }
    if (count > 0) heap[at] = last;
    return first;
}

/* Edges of one row on one day: places first .. end - 1 of an index. */
typedef struct bundle {
    const uint32_t *order;
    uint32_t first;
    uint32_t end;
} bundle;

static bundle edges_on(const ntm_units *units, ntm_unit unit, int64_t day, bool into) {
    const uint32_t *order = into ? units->edges_in : units->edges_out;
    uint32_t first = into ? ntm_i_units_in_from(units, unit, day) : ntm_i_units_out_from(units, unit, day);
    uint32_t end = first, stop = into ? units->in_first[unit + 1] : units->out_first[unit + 1];
    while (end < stop && units->edges[order[end]].on == day)
        end++;
    return (bundle){order, first, end};
}

/* Makes a node of a row from a day on and puts its next edges in the queue. Forwards, edges of that day were taken on
   the way to it; backwards they come next. */
static bool add_node(walk *w, node n, int64_t day) {
    const ntm_units *units = w->units;
    turn t = {0, (uint32_t)w->nodes.count};
    if (!ntm_i_array_append(&w->nodes, &n, 1)) return false;
    if (w->backwards) {
        uint32_t at = ntm_i_units_in_from(units, n.unit, day + 1);
        if (at == units->in_first[n.unit]) return true;
        t.day = units->edges[units->edges_in[at - 1]].on;
        return t.day <= w->limit || push_turn(w, t);
    }
    uint32_t at = ntm_i_units_out_from(units, n.unit, day + 1);
    if (at == units->out_first[n.unit + 1]) return true;
    t.day = units->edges[units->edges_out[at]].on;
    return t.day > w->limit || push_turn(w, t);
}

/* ------------------------------------------------------------------------------------------- one day */

/* Whether a node of a row stands in the day's batch and is `all`. */
static bool is_all_in_batch(const walk *w, ntm_unit unit) {
    const uint32_t *batch = w->batch.items;
    size_t low = 0, high = w->batch.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (node_at(w, batch[middle])->unit < unit)
            low = middle + 1;
        else
            high = middle;
    }
    return low < w->batch.count && node_at(w, batch[low])->unit == unit && node_at(w, batch[low])->all;
}

/* A part left and the row did not go on: nothing says where the rest went. A row that goes on has a second edge,
   unless its only one leads to itself. */
static bool loses_rest(const ntm_units *units, bundle out) {
    if (out.end - out.first != 1) return false;
    const ntm_unit_edge *only = &units->edges[out.order[out.first]];
    return only->partial && only->from != only->to;
}

/* Whether a row that one comes to is `all`: every edge into it (backwards, out of it) is on an `all` node's side. */
static bool is_all(const walk *w, ntm_unit unit, int64_t day) {
    const ntm_units *units = w->units;
    bundle b = edges_on(units, unit, day, !w->backwards);
    if (w->backwards && loses_rest(units, b)) return false;
    for (uint32_t at = b.first; at < b.end; at++) {
        const ntm_unit_edge *edge = &units->edges[b.order[at]];
        if (!is_all_in_batch(w, w->backwards ? edge->to : edge->from)) return false;
    }
    return true;
}

static int by_unit(const void *context, uint32_t a, uint32_t b) {
    const arrival *arrivals = context;
    if (arrivals[a].unit != arrivals[b].unit) return arrivals[a].unit < arrivals[b].unit ? -1 : 1;
    return (a > b) - (a < b);
}

/* One node for each row that one comes to, and a link for each edge. */
static bool settle(walk *w, int64_t day) {
    const ntm_allocator *allocator = &w->units->arena.allocator;
    const arrival *arrivals = w->arrivals.items;
    size_t count = w->arrivals.count;
    uint32_t *order = ntm_i_allocate(allocator, 2 * count, sizeof *order);
    bool fits = order != NULL;
    for (uint32_t i = 0; fits && i < count; i++)
        order[i] = i;
    if (fits) ntm_i_sort(order, order + count, count, by_unit, arrivals);
    for (size_t i = 0; fits && i < count; i++) {
        const arrival *a = &arrivals[order[i]];
        if (i == 0 || arrivals[order[i - 1]].unit != a->unit) {
            bool all = a->rest ? node_at(w, a->from)->all : is_all(w, a->unit, day);
            fits = add_node(w, (node){a->unit, a->steps, all, false}, w->backwards ? day - 1 : day);
        }
        link l = {a->from, (uint32_t)w->nodes.count - 1};
        if (fits && node_at(w, l.to)->steps > a->steps) node_at(w, l.to)->steps = a->steps;
        fits = fits && ntm_i_array_append(&w->links, &l, 1);
    }
    ntm_i_release(allocator, order, 2 * count, sizeof *order);
    return fits;
}

/* Takes all edges of the next day. */
static bool take_day(walk *w) {
    const ntm_units *units = w->units;
    int64_t day = ((const turn *)w->turns.items)[0].day;
    bool fits = true;
    w->batch.count = w->arrivals.count = 0;
    while (fits && w->turns.count > 0 && ((const turn *)w->turns.items)[0].day == day) {
        turn t = pop_turn(w);
        node *n = node_at(w, t.node);
        bundle b = edges_on(units, n->unit, day, w->backwards);
        n->left = true;
        fits = ntm_i_array_append(&w->batch, &t.node, 1);
        for (uint32_t at = b.first; fits && at < b.end; at++) {
            const ntm_unit_edge *edge = &units->edges[b.order[at]];
            arrival a = {w->backwards ? edge->from : edge->to, n->steps + (edge->from != edge->to), t.node, false};
            fits = ntm_i_array_append(&w->arrivals, &a, 1);
        }
        arrival rest = {n->unit, n->steps, t.node, true};
        if (fits && !w->backwards && loses_rest(units, b)) fits = ntm_i_array_append(&w->arrivals, &rest, 1);
    }
    return fits && settle(w, day);
}

/* ------------------------------------------------------------------------------------------- the whole way */

/* For every node the one end to which it leads, or SEVERAL: links were taken in the order of days. */
static void find_ends(const walk *w, uint32_t *ends) {
    const link *links = w->links.items;
    for (uint32_t i = 0; i < w->nodes.count; i++)
        ends[i] = node_at(w, i)->left ? UNSEEN : i;
    for (size_t i = w->links.count; i-- > 0;) {
        uint32_t *end = &ends[links[i].from], further = ends[links[i].to];
        *end = *end == UNSEEN || *end == further ? further : SEVERAL;
    }
}

static int by_row(const void *context, uint32_t a, uint32_t b) {
    const ntm_unit_part *parts = context;
    return (parts[a].unit > parts[b].unit) - (parts[a].unit < parts[b].unit);
}

/* The ends as parts, by row. `ends`, `order` and `sure` have room for all nodes, `order` twice; `sure` is all false. */
static bool write_parts(ntm_i_array *parts, const walk *w, uint32_t *ends, uint32_t *order, bool *sure) {
    const link *links = w->links.items;
    ntm_i_array found;
    ntm_i_array_start(&found, &w->units->arena.allocator, sizeof(ntm_unit_part));
    find_ends(w, ends);
    for (size_t i = 0; i < w->links.count; i++)
        if (node_at(w, links[i].from)->all && ends[links[i].to] < SEVERAL) sure[ends[links[i].to]] = true;
    bool fits = true;
    for (uint32_t i = 0; fits && i < w->nodes.count; i++) {
        const node *n = node_at(w, i);
        bool whole = w->backwards ? n->all : ends[0] == i;
        bool ended = !ntm_i_unit_there(&w->units->rows[n->unit], w->limit);
        ntm_unit_part part = {n->unit,
                              whole     ? NTM_UNIT_WHOLE
                              : sure[i] ? NTM_UNIT_PART
                                        : NTM_UNIT_PERHAPS,
                              n->steps, ended};
        if (!n->left) fits = ntm_i_array_append(&found, &part, 1);
    }
    for (uint32_t i = 0; i < found.count; i++)
        order[i] = i;
    if (fits) ntm_i_sort(order, order + found.count, found.count, by_row, found.items);
    for (size_t i = 0; fits && i < found.count; i++)
        fits = ntm_i_array_append(parts, (const ntm_unit_part *)found.items + order[i], 1);
    ntm_i_array_end(&found);
    return fits;
}

static bool finish(ntm_i_array *parts, const walk *w) {
    const ntm_allocator *allocator = &w->units->arena.allocator;
    size_t count = w->nodes.count;
    uint32_t *numbers = ntm_i_allocate(allocator, 3 * count, sizeof *numbers);
    bool *sure = ntm_i_allocate(allocator, count, sizeof *sure);
    bool fits = numbers != NULL && sure != NULL && write_parts(parts, w, numbers, numbers + count, sure);
    ntm_i_release(allocator, numbers, 3 * count, sizeof *numbers);
    ntm_i_release(allocator, sure, count, sizeof *sure);
    return fits;
}

bool ntm_i_units_walk(ntm_i_array *parts, const ntm_units *units, ntm_unit unit, ntm_date from, ntm_date to,
                      bool backwards) {
    const ntm_allocator *allocator = &units->arena.allocator;
    walk w = {.units = units, .backwards = backwards, .limit = to};
    ntm_i_array_start(&w.nodes, allocator, sizeof(node));
    ntm_i_array_start(&w.links, allocator, sizeof(link));
    ntm_i_array_start(&w.turns, allocator, sizeof(turn));
    ntm_i_array_start(&w.batch, allocator, sizeof(uint32_t));
    ntm_i_array_start(&w.arrivals, allocator, sizeof(arrival));
    bool fits = add_node(&w, (node){unit, 0, true, false}, from);
    while (fits && w.turns.count > 0)
        fits = take_day(&w);
    fits = fits && finish(parts, &w);
    ntm_i_array_end(&w.nodes);
    ntm_i_array_end(&w.links);
    ntm_i_array_end(&w.turns);
    ntm_i_array_end(&w.batch);
    ntm_i_array_end(&w.arrivals);
    return fits;
}
