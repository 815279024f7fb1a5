/* SPDX-License-Identifier: Apache-2.0 */
/* Tallies put together. Members are matched by id, stretches of time by their days; declared members have to be declared
 * alike. */
#include <string.h>

#include "base/sort.h"
#include "base/text.h"
#include "cube/cube.h"

typedef struct merging {
    ntm_cube_tally *to;
    const ntm_cube_tally *const *from;
    size_t count;
    ntm_i_layout layout;
    uint32_t **maps; /* by tally x bases + base: the new coordinate of each old one */
    ntm_i_arena scratch;
    ntm_error *err;
} merging;

static ntm_status no_memory(const merging *m) { return ntm_i_no_memory(m->err); }

static ntm_status conflict(const merging *m, const char *subject, const char *why) {
    return ntm_i_fail(m->err, NTM_ERROR_CONFLICT, NTM_I_SUBJECT(subject), "%s", why);
}

static const ntm_i_base *base_of(const merging *m, size_t tally, size_t at) {
    return m->layout.of[tally * NTM_I_BASES_MAX + at];
}

static uint32_t member_of(const ntm_i_base *base, uint32_t coordinate) {
    return base->member_of == NULL ? coordinate : base->member_of[coordinate];
}

/* ------------------------------------------------------------------------------------------- members */

static bool same_declared(const ntm_i_base *a, const ntm_i_base *b) {
    bool same = a->kind == b->kind && a->side == b->side && a->declared == b->declared &&
                strcmp(a->dimension, b->dimension) == 0;
    for (uint32_t i = 0; i < a->declared && same && a->kind != NTM_I_BASE_TIME; i++)
        same = strcmp(a->members[i].id, b->members[i].id) == 0 && a->members[i].stock == b->members[i].stock &&
               ntm_i_text_same(a->members[i].parent, b->members[i].parent);
    return same;
}

/* What is not stated comes last. */
static int by_id(const void *context, uint32_t a, uint32_t b) {
    const ntm_member *members = context;
    const char *left = members[a].id, *right = members[b].id;
    if ((left[0] == '\0') != (right[0] == '\0')) return left[0] == '\0' ? 1 : -1;
    return strcmp(left, right);
}

/* All members of one base, each once; *rank gets the new place of each, tally by tally. */
static ntm_status unite_members(merging *m, size_t at) {
    ntm_i_base *to = &m->to->bases[at];
    uint32_t declared = to->declared, all = declared, found = declared, n = 0;
    for (size_t t = 0; t < m->count; t++)
        all += base_of(m, t, at)->member_count - declared;
    ntm_member *members = ntm_i_arena_take(&m->to->arena, all, sizeof *members);
    ntm_member *extra = ntm_i_arena_take(&m->scratch, all, sizeof *extra);
    uint32_t *order = ntm_i_arena_take(&m->scratch, all, sizeof *order),
             *spare = ntm_i_arena_take(&m->scratch, all, sizeof *spare);
    uint32_t *rank = ntm_i_arena_take(&m->scratch, all, sizeof *rank);
    if (members == NULL || extra == NULL || order == NULL || spare == NULL || rank == NULL) return no_memory(m);
    for (uint32_t i = 0; i < declared; i++)
        members[i] = m->layout.bases[at]->members[i];
    for (size_t t = 0; t < m->count; t++)
        for (uint32_t i = declared; i < base_of(m, t, at)->member_count; i++, n++) {
            extra[n] = base_of(m, t, at)->members[i];
            order[n] = n;
        }
    ntm_i_sort(order, spare, n, by_id, extra);
    for (uint32_t i = 0; i < n; i++) {
        if (i == 0 || strcmp(extra[order[i]].id, extra[order[i - 1]].id) != 0) members[found++] = extra[order[i]];
        rank[order[i]] = found - 1;
    }
    for (uint32_t i = 0; i < found; i++)
        if (!ntm_i_arena_copy(&m->to->arena, &members[i].id, members[i].id) ||
            !ntm_i_arena_copy(&m->to->arena, &members[i].parent, members[i].parent))
            return no_memory(m);
    n = 0;
    for (size_t t = 0; t < m->count; t++) {
        const ntm_i_base *from = base_of(m, t, at);
        uint32_t *map = ntm_i_arena_take(&m->scratch, from->count, sizeof *map);
        if (map == NULL) return no_memory(m);
        for (uint32_t i = 0; i < from->count; i++) {
            uint32_t member = member_of(from, i);
            map[i] = member < declared ? member : rank[n + member - declared];
        }
        m->maps[t * NTM_I_BASES_MAX + at] = map;
        n += from->member_count - declared;
    }
    to->members = members;
    to->member_count = to->count = found;
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- time */

static int by_segment(const void *context, uint32_t a, uint32_t b) {
    const ntm_i_segment *segments = context;
    return ntm_i_segment_compare(&segments[a], &segments[b]);
}

static ntm_status unite_segments(merging *m, size_t at) {
    ntm_i_base *to = &m->to->bases[at];
    uint32_t all = 0, n = 0;
    for (size_t t = 0; t < m->count; t++)
        all += base_of(m, t, at)->count;
    ntm_i_segment *segments = ntm_i_arena_take(&m->to->arena, (size_t)all + 1, sizeof *segments);
    ntm_i_segment *found = ntm_i_arena_take(&m->scratch, all, sizeof *found);
    uint32_t *order = ntm_i_arena_take(&m->scratch, all, sizeof *order),
             *spare = ntm_i_arena_take(&m->scratch, all, sizeof *spare);
    uint32_t *rank = ntm_i_arena_take(&m->scratch, all, sizeof *rank);
    if (segments == NULL || found == NULL || order == NULL || spare == NULL || rank == NULL) return no_memory(m);
    for (size_t t = 0; t < m->count; t++)
        for (uint32_t i = 0; i < base_of(m, t, at)->count; i++, n++) {
            found[n] = base_of(m, t, at)->segments[i];
            order[n] = n;
        }
    ntm_i_sort(order, spare, n, by_segment, found);
    to->count = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (i == 0 || ntm_i_segment_compare(&found[order[i]], &found[order[i - 1]]) != 0)
            segments[to->count++] = found[order[i]];
        rank[order[i]] = to->count - 1;
    }
    n = 0;
    for (size_t t = 0; t < m->count; t++) {
        m->maps[t * NTM_I_BASES_MAX + at] = rank + n;
        n += base_of(m, t, at)->count;
    }
    to->segments = segments;
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- kinds */

typedef struct kind {
    const char *id, *unit; /* no unit: nothing was said of it */
} kind;

static int by_kind(const void *context, uint32_t a, uint32_t b) {
    const kind *kinds = context;
    return strcmp(kinds[a].id, kinds[b].id);
}

/* The units of kinds have to agree. Kinds are put in the order of ids, whatever the order of tallies. */
static ntm_status unite_kinds(merging *m) {
    ntm_cube_tally *to = m->to;
    size_t all = 0, n = 0;
    for (size_t t = 0; t < m->count; t++)
        all += m->from[t]->kind_count;
    to->kinds = ntm_i_arena_take(&to->arena, all, sizeof *to->kinds);
    to->kind_units = ntm_i_arena_take(&to->arena, all, sizeof *to->kind_units);
    kind *found = ntm_i_arena_take(&m->scratch, all, sizeof *found);
    if (to->kinds == NULL || to->kind_units == NULL || found == NULL) return no_memory(m);
    for (size_t t = 0; t < m->count; t++)
        for (size_t i = 0; i < m->from[t]->kind_count; i++)
            found[n++] = (kind){m->from[t]->kinds[i], m->from[t]->kind_units[i]};
    const kind *sorted = ntm_i_sorted(&m->scratch, found, n, sizeof *found, by_kind);
    if (sorted == NULL) return no_memory(m);
    for (size_t i = 0; i < n; i++) {
        size_t last = to->kind_count;
        if (last == 0 || strcmp(to->kinds[last - 1], sorted[i].id) != 0) {
            if (!ntm_i_arena_copy(&to->arena, &to->kinds[last], sorted[i].id)) return no_memory(m);
            last = ++to->kind_count;
        }
        const char **unit = &to->kind_units[last - 1];
        if (sorted[i].unit == NULL) continue;
        if (*unit != NULL && strcmp(*unit, sorted[i].unit) != 0)
            return conflict(m, sorted[i].id, "quantities in different units");
        if (*unit == NULL && !ntm_i_arena_copy(&to->arena, unit, sorted[i].unit)) return no_memory(m);
    }
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- cells */

/* Quantities of fewer digits after the mark are brought to those of the most. */
static bool scaled(ntm_i_wide *sum, uint8_t from, uint8_t to) {
    for (; from < to; from++)
        if (ntm_i_multiply_overflows(*sum, (ntm_i_wide)10, sum)) return false;
    return true;
}

static ntm_status set_bound(merging *m) {
    ntm_i_uwide bound = 0;
    for (size_t t = 0; t < m->count; t++) {
        ntm_i_wide own = (ntm_i_wide)m->from[t]->bound;
        if (!scaled(&own, m->from[t]->scale, m->to->scale) || (bound += (ntm_i_uwide)own) >> 126 != 0)
            return ntm_i_fail(m->err, NTM_ERROR_OVERFLOW, NTM_I_NOWHERE, "sums beyond 126 bits");
    }
    m->to->bound = bound;
    return NTM_OK;
}

static bool add_cells(merging *m, size_t t) {
    const ntm_cube_tally *from = m->from[t];
    ntm_i_walk walk;
    ntm_i_walk_start(&walk, from);
    while (ntm_i_walk_next(&walk)) {
        ntm_i_entry_cell *cell = &walk.cell;
        uint64_t key = 0;
        for (size_t i = 0; i < m->to->base_count; i++) {
            size_t at = t * NTM_I_BASES_MAX + i;
            uint32_t own = m->layout.place[at];
            key += m->maps[at][own == NTM_I_NO_NODE ? 0 : walk.at[own]] * m->to->bases[i].stride;
        }
        (void)scaled(&cell->sum, from->scale, m->to->scale); /* fits: the bound did */
        if (!ntm_i_store_add(&m->to->store, key, cell->sum, cell->missing, cell->mark)) return false;
    }
    return true;
}

static ntm_status merge_cells(merging *m) {
    uint64_t keys = 0, cells = 0;
    if (!ntm_i_bases_stride(m->to, &keys))
        return ntm_i_fail(m->err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "more than 2^63 cells");
    for (size_t t = 0; t < m->count; t++)
        cells += ntm_i_store_count(&m->from[t]->store);
    ntm_i_store_start(&m->to->store, keys, cells, m->to->bound <= INT64_MAX, &m->to->arena.allocator);
    bool good = ntm_i_store_room(&m->to->store) && (!m->to->store.dense || ntm_i_store_marks(&m->to->store));
    for (size_t t = 0; t < m->count && good; t++)
        good = add_cells(m, t);
    return good && ntm_i_store_sort(&m->to->store) ? NTM_OK : no_memory(m);
}

static ntm_status check_alike(merging *m) {
    for (size_t t = 0; t < m->count; t++) {
        const ntm_cube_tally *first = m->from[0], *other = m->from[t];
        if (!ntm_i_question_same(&first->question, &other->question) || first->units != other->units ||
            first->echelon != other->echelon)
            return conflict(m, "", "tallies made with different options, or registries");
    }
    ntm_status status = ntm_i_layout_make(&m->layout, m->from, m->count, &m->scratch, m->err);
    for (size_t t = 0; t < m->count && status == NTM_OK; t++)
        for (size_t i = 0; i < m->layout.count; i++)
            if (!same_declared(m->layout.bases[i], base_of(m, t, i)))
                return conflict(m, m->layout.bases[i]->dimension, "members that are declared differently");
    return status;
}

static ntm_status merge(merging *m) {
    const ntm_cube_tally *first = m->from[0];
    ntm_status status = check_alike(m);
    if (status != NTM_OK) return status;
    const ntm_i_question *q = &first->question;
    ntm_cube_options options = {.sides = q->sides,
                                .side_count = q->side_count,
                                .measure = q->measure,
                                .only = q->only,
                                .only_count = q->only_count,
                                .from = q->from,
                                .to = q->to,
                                .as_of = q->as_of,
                                .running = q->running,
                                .expected = q->expected,
                                .expected_count = q->expected_count};
    m->maps = ntm_i_arena_take(&m->scratch, m->count * NTM_I_BASES_MAX, sizeof *m->maps);
    if (m->maps == NULL || !ntm_i_question_copy(&m->to->question, &options, &m->to->arena)) return no_memory(m);
    m->to->units = first->units;
    m->to->echelon = first->echelon;
    m->to->base_count = m->layout.count;
    for (size_t t = 0; t < m->count; t++)
        if (m->from[t]->scale > m->to->scale) m->to->scale = m->from[t]->scale;
    for (size_t i = 0; i < m->layout.count && status == NTM_OK; i++) {
        m->to->bases[i] = *m->layout.bases[i];
        m->to->bases[i].member_of = NULL;
        if (!ntm_i_arena_copy(&m->to->arena, &m->to->bases[i].dimension, m->layout.bases[i]->dimension))
            return no_memory(m);
        status = m->to->bases[i].kind == NTM_I_BASE_TIME ? unite_segments(m, i) : unite_members(m, i);
    }
    if (status == NTM_OK) status = unite_kinds(m);
    if (status == NTM_OK) status = set_bound(m);
    return status == NTM_OK ? merge_cells(m) : status;
}

ntm_status ntm_cube_tally_merge(ntm_cube_tally **out, const ntm_cube_tally *const *tallies, size_t count,
                                const ntm_allocator *allocator, ntm_error *err) {
    if (out == NULL || tallies == NULL || count == 0 || !ntm_i_allocator_usable(allocator))
        return ntm_i_wrong_call(err, "a place for the tally, at least one tally and a usable allocator are needed");
    for (size_t t = 0; t < count; t++)
        if (tallies[t] == NULL) return ntm_i_wrong_call(err, "a tally is NULL");
    merging m = {.to = ntm_i_tally_start(allocator), .from = tallies, .count = count, .err = err};
    if (m.to == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&m.scratch, allocator);
    ntm_status status = merge(&m);
    ntm_i_arena_end(&m.scratch);
    if (status == NTM_OK) status = ntm_i_tally_check(m.to, err);
    if (status != NTM_OK) {
        ntm_cube_tally_free(m.to);
        return status;
    }
    *out = m.to;
    return NTM_OK;
}
