/* SPDX-License-Identifier: Apache-2.0 */
#include "reconcile/search.h"

#include <string.h>

/* Why one branch stops. */
typedef enum step { GO_ON, STOP } step;

static const uint32_t *conflict_at(const ntm_i_search *s, size_t index, size_t *count) {
    const uint32_t *ends = s->ends.items;
    size_t first = index == 0 ? 0 : ends[index - 1];
    *count = ends[index] - first;
    return (const uint32_t *)s->conflicts.items + first;
}

static step give_up(ntm_i_search *s, ntm_locate_end end) {
    s->end = end;
    return STOP;
}

static step no_memory(ntm_i_search *s) {
    s->no_memory = true;
    return STOP;
}

/* Takes from the work that is left; false when it is used up. */
static bool afford(ntm_i_search *s, uint64_t cost) {
    uint64_t *left = &s->system->simplex.work;
    bool enough = cost <= *left;
    *left -= enough ? cost : *left;
    return enough;
}

/* ------------------------------------------------------------------------------------------- conflicts */

static step keep_conflict(ntm_i_search *s, const uint32_t *cells, size_t count) {
    if (count == 0) return give_up(s, NTM_STOPPED_NEVER);
    if (s->conflicts.count + count > UINT32_MAX) return give_up(s, NTM_STOPPED_WORK);
    uint32_t end = (uint32_t)(s->conflicts.count + count);
    if (!ntm_i_array_append(&s->conflicts, cells, count) || !ntm_i_array_append(&s->ends, &end, 1)) return no_memory(s);
    return GO_ON;
}

/* Every equation that is violated by itself is a conflict of its cells: smaller ones than the tableau would give. */
static bool keep_violated(ntm_i_search *s) {
    const ntm_i_system *system = s->system;
    for (size_t i = 0; i < system->equation_count; i++) {
        if (!ntm_i_violated(system->balance, system->equations[i])) continue;
        const ntm_i_equation *equation = ntm_i_equation_at(system->balance, system->equations[i]);
        size_t count = ntm_i_equation_cells(equation);
        for (size_t j = 0; j < count; j++)
            s->scratch[j] = system->local[ntm_i_equation_cell(system->balance, equation, j)];
        if (keep_conflict(s, s->scratch, count) == STOP) return false;
    }
    return true;
}

static bool met(const ntm_i_search *s, const uint32_t *cells, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (s->system->wrong[cells[i]]) return true;
    return false;
}

typedef struct outlook {
    size_t unmet;    /* conflicts without a chosen cell */
    size_t smallest; /* the one of them with the fewest cells that may be chosen */
    size_t open;     /* so many it has */
    size_t most;     /* the most unmet conflicts that one cell meets */
} outlook;

static outlook look(ntm_i_search *s) {
    outlook o = {0, 0, SIZE_MAX, 0};
    memset(s->hits, 0, s->system->cell_count * sizeof *s->hits);
    for (size_t i = 0; i < s->ends.count; i++) {
        size_t count = 0, open = 0;
        const uint32_t *cells = conflict_at(s, i, &count);
        if (met(s, cells, count)) continue;
        o.unmet++;
        for (size_t j = 0; j < count; j++) {
            if (s->barred[cells[j]] != 0) continue;
            open++;
            if (++s->hits[cells[j]] > o.most) o.most = s->hits[cells[j]];
        }
        if (open < o.open) {
            o.open = open;
            o.smallest = i;
        }
    }
    return o;
}

/* ------------------------------------------------------------------------------------------- sets */

static step stopped(ntm_i_search *s, ntm_i_solved solved) {
    return give_up(s, solved == NTM_I_TOO_WIDE ? NTM_STOPPED_NUMBERS : NTM_STOPPED_WORK);
}

static void ascending(const uint32_t *cells, size_t count, uint32_t *out) {
    for (size_t i = 0; i < count; i++) { /* a handful */
        size_t at = i;
        for (; at > 0 && out[at - 1] > cells[i]; at--)
            out[at] = out[at - 1];
        out[at] = cells[i];
    }
}

static step keep_set(ntm_i_search *s) {
    uint32_t sorted[NTM_I_SET_MAX];
    if (s->found == s->sets_most) return give_up(s, NTM_LOCATED_SOME);
    ascending(s->chosen, s->depth, sorted);
    bool doubtful = s->system->doubtful;
    ntm_i_repair repairs[NTM_I_SET_MAX];
    for (size_t i = 0; i < s->depth; i++) {
        ntm_i_solved solved = ntm_i_system_repair(&repairs[i], s->system, sorted[i]);
        if (solved != NTM_I_SOLVED) return stopped(s, solved);
    }
    if (!ntm_i_array_append(&s->sets, sorted, s->depth) || !ntm_i_array_append(&s->repairs, repairs, s->depth))
        return no_memory(s);
    s->found++;
    s->doubtful = s->doubtful || doubtful;
    return GO_ON;
}

/* The chosen cells meet every conflict so far: they explain, or there is one more conflict. */
static step ask(ntm_i_search *s, bool *explains) {
    ntm_i_solved solved = ntm_i_system_solve(s->system);
    *explains = solved == NTM_I_SOLVED;
    if (!afford(s, s->system->cell_count + s->system->equation_count)) return give_up(s, NTM_STOPPED_WORK);
    if (solved == NTM_I_SOLVED) return keep_set(s);
    if (solved != NTM_I_CONTRADICTS) return stopped(s, solved);
    size_t count = ntm_i_system_conflict(s->scratch, s->system);
    return keep_conflict(s, s->scratch, count);
}

static step descend(ntm_i_search *s, size_t budget);

/* One branch for each cell of a conflict that may be chosen; later branches leave out what earlier ones looked at, so that
   no set is met twice. */
static step branch(ntm_i_search *s, size_t conflict, size_t budget) {
    size_t count = 0;
    step done = GO_ON;
    uint8_t mark = (uint8_t)(s->depth + 1);
    (void)conflict_at(s, conflict, &count);
    for (size_t i = 0; i < count && done == GO_ON; i++) {
        uint32_t cell = conflict_at(s, conflict, &count)[i]; /* the array may have moved */
        if (s->barred[cell] != 0) continue;
        s->system->wrong[cell] = true;
        s->chosen[s->depth++] = cell;
        done = descend(s, budget - 1);
        s->depth--;
        s->system->wrong[cell] = false;
        s->barred[cell] = mark;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t cell = conflict_at(s, conflict, &count)[i];
        if (s->barred[cell] == mark) s->barred[cell] = 0;
    }
    return done;
}

static step descend(ntm_i_search *s, size_t budget) {
    for (;;) {
        if (!afford(s, s->conflicts.count / 2 + s->system->cell_count / 8 + 1)) return give_up(s, NTM_STOPPED_WORK);
        outlook o = look(s);
        if (o.unmet == 0) {
            bool explains = false;
            step done = ask(s, &explains);
            if (done == STOP || explains) return done;
            continue;
        }
        /* Each further cell meets at most o.most of them. */
        if (o.open == 0 || budget == 0 || o.unmet > budget * o.most) return GO_ON;
        return branch(s, o.smallest, budget);
    }
}

/* ------------------------------------------------------------------------------------------- sizes */

bool ntm_i_search_run(ntm_i_search *s, ntm_i_system *system, const ntm_locate_options *options, ntm_i_arena *arena) {
    *s = (ntm_i_search){.system = system, .size_most = options->size_most, .sets_most = options->explanations_most};
    ntm_i_array_start(&s->sets, &arena->allocator, sizeof(uint32_t));
    ntm_i_array_start(&s->repairs, &arena->allocator, sizeof(ntm_i_repair));
    ntm_i_array_start(&s->conflicts, &arena->allocator, sizeof(uint32_t));
    ntm_i_array_start(&s->ends, &arena->allocator, sizeof(uint32_t));
    s->barred = ntm_i_arena_take(arena, system->cell_count, sizeof *s->barred);
    s->hits = ntm_i_arena_take(arena, system->cell_count, sizeof *s->hits);
    s->scratch = ntm_i_arena_take(arena, system->cell_count, sizeof *s->scratch);
    if (s->barred == NULL || s->hits == NULL || s->scratch == NULL) return false;
    s->end = NTM_LOCATED;
    if (!keep_violated(s)) return false;
    for (size_t size = 0; size <= s->size_most; size++) {
        s->least_size = size;
        if (descend(s, size) == STOP || s->found > 0) break;
        if (size == s->size_most) {
            s->end = NTM_STOPPED_SIZE;
            s->least_size = size + 1;
        }
    }
    if (s->doubtful && s->end == NTM_LOCATED) s->end = NTM_STOPPED_DOUBT;
    s->exact = s->found > 0 && !s->doubtful;
    return !s->no_memory;
}

void ntm_i_search_end(ntm_i_search *s) {
    ntm_i_array_end(&s->ends);
    ntm_i_array_end(&s->conflicts);
    ntm_i_array_end(&s->repairs);
    ntm_i_array_end(&s->sets);
}
