/* SPDX-License-Identifier: Apache-2.0 */
/* Locating: each group of equations is searched, its explanations get their causes and are put in order. */
#include "reconcile/causes.h"
#include "reconcile/groups.h"
#include "reconcile/search.h"

#include "base/sort.h"

typedef struct kept_suspect {
    ntm_suspect it;
    ntm_suspicion *causes;
} kept_suspect;

typedef struct kept_group {
    ntm_located_group it;
    kept_suspect *suspects; /* size of each explanation, one explanation behind the other */
} kept_group;

struct ntm_location {
    ntm_allocator allocator;
    ntm_i_arena arena;
    ntm_i_array groups; /* of kept_group */
};

/* ------------------------------------------------------------------------------------------- explanations */

static ntm_fraction end_of(ntm_i_rational a) {
    if (!ntm_i_is_finite(a) || a.numerator < INT64_MIN || a.numerator > INT64_MAX || a.denominator > INT64_MAX)
        return (ntm_fraction){0, 0};
    return (ntm_fraction){(int64_t)a.numerator, (int64_t)a.denominator};
}

/* What an explanation without any cause costs for each cell: more than the least telling cause. */
#define UNEXPLAINED 16

/* One explanation with its causes; its cost is the sum of the ranks of its likeliest causes. */
static bool take_explanation(kept_suspect *out, uint32_t *cost, const ntm_i_explanation *e, ntm_i_arena *arena) {
    int shift = ntm_i_shifted(e);
    *cost = 0;
    for (size_t i = 0; i < e->count; i++) {
        ntm_i_causes causes;
        ntm_i_causes_find(&causes, e, i, shift);
        out[i].it = (ntm_suspect){e->cells[i],
                                  {end_of(e->repairs[i].range.least), end_of(e->repairs[i].range.most)},
                                  e->repairs[i].least_open,
                                  e->repairs[i].most_open,
                                  causes.count};
        out[i].causes = ntm_i_arena_take(arena, causes.count, sizeof *out[i].causes);
        if (out[i].causes == NULL) return false;
        for (size_t j = 0; j < causes.count; j++)
            out[i].causes[j] = causes.list[j];
        *cost += causes.count > 0 ? (uint32_t)causes.list[0].cause : UNEXPLAINED;
    }
    return true;
}

typedef struct ranking {
    const uint32_t *costs;
    const kept_suspect *suspects;
    size_t size;
} ranking;

/* By cost, then by cells. */
static int by_rank(const void *context, uint32_t a, uint32_t b) {
    const ranking *r = context;
    if (r->costs[a] != r->costs[b]) return r->costs[a] < r->costs[b] ? -1 : 1;
    for (size_t i = 0; i < r->size; i++) {
        uint32_t x = r->suspects[a * r->size + i].it.cell, y = r->suspects[b * r->size + i].it.cell;
        if (x != y) return x < y ? -1 : 1;
    }
    return 0;
}

/* Puts explanations in order into the group. */
static bool rank(kept_group *group, const kept_suspect *suspects, const uint32_t *costs, ntm_i_arena *scratch,
                 ntm_i_arena *arena) {
    size_t count = group->it.explanations, size = group->it.size;
    uint32_t *order = ntm_i_arena_take(scratch, 2 * count, sizeof *order);
    group->suspects = ntm_i_arena_take(arena, count * size, sizeof *group->suspects);
    if (order == NULL || group->suspects == NULL) return false;
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    ntm_i_sort(order, order + count, count, by_rank, &(ranking){costs, suspects, size});
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < size; j++)
            group->suspects[i * size + j] = suspects[order[i] * size + j];
    return true;
}

static bool take_explanations(kept_group *group, const ntm_i_search *found, ntm_i_arena *scratch, ntm_i_arena *arena) {
    const ntm_i_system *system = found->system;
    size_t count = group->it.explanations, size = group->it.size;
    kept_suspect *suspects = ntm_i_arena_take(scratch, count * size, sizeof *suspects);
    uint32_t *costs = ntm_i_arena_take(scratch, count, sizeof *costs);
    if (suspects == NULL || costs == NULL) return false;
    for (size_t i = 0; i < count; i++) {
        uint32_t cells[NTM_I_SET_MAX];
        for (size_t j = 0; j < size; j++)
            cells[j] = system->cells[((const uint32_t *)found->sets.items)[i * size + j]];
        ntm_i_explanation e = {system->balance,
                               cells,
                               (const ntm_i_repair *)found->repairs.items + i * size,
                               size,
                               system->equations,
                               system->equation_count,
                               system->cells,
                               system->cell_count};
        if (!take_explanation(suspects + i * size, &costs[i], &e, arena)) return false;
    }
    return rank(group, suspects, costs, scratch, arena);
}

/* ------------------------------------------------------------------------------------------- groups */

static size_t violated_in(const ntm_i_system *system) {
    size_t count = 0;
    for (size_t i = 0; i < system->equation_count; i++)
        count += ntm_i_violated(system->balance, system->equations[i]);
    return count;
}

/* Searches one group. *none is true when all its equations can hold together. False for want of memory. */
static bool search_group(kept_group *group, bool *none, ntm_i_system *system, const ntm_locate_options *options,
                         ntm_i_arena *scratch, ntm_i_arena *arena) {
    size_t rows = ntm_i_system_rows(system->balance, system->equations, system->equation_count);
    bool fits = true;
    *group = (kept_group){{violated_in(system), system->cell_count, NTM_STOPPED_NUMBERS, false, 0, 0, 0}, NULL};
    *none = false;
    if (group->it.violations > 0) group->it.least_size = 1;
    if (rows * (rows + system->cell_count) > NTM_I_SYSTEM_MAX) {
        group->it.end = NTM_STOPPED_LARGE;
        return true;
    }
    system->simplex.work = options->work_most;
    if (!ntm_i_system_start(system, scratch, &fits)) return false;
    if (!fits) return true;
    ntm_i_search found;
    bool enough = ntm_i_search_run(&found, system, options, scratch);
    if (enough) {
        group->it.end = found.end;
        group->it.exact = found.exact;
        group->it.least_size = found.least_size > group->it.least_size ? found.least_size : group->it.least_size;
        group->it.explanations = found.found;
        group->it.size = found.found > 0 ? found.least_size : 0;
        *none = found.found > 0 && found.least_size == 0;
        enough = *none || found.found == 0 || take_explanations(group, &found, scratch, arena);
    }
    ntm_i_search_end(&found);
    return enough;
}

/* Whether every equation of a group holds with the figures as they are printed. */
static bool balanced(const ntm_i_system *system) {
    for (size_t i = 0; i < system->equation_count; i++)
        if (!ntm_i_holds_as_printed(system->balance, system->equations[i])) return false;
    return true;
}

static ntm_status locate_groups(ntm_location *out, const ntm_balance *balance, const ntm_i_groups *groups,
                                const ntm_locate_options *options, ntm_error *err) {
    for (size_t g = 0; g < groups->count; g++) {
        size_t cell = groups->first_cell[g], equation = groups->first_equation[g];
        ntm_i_system system = {.balance = balance,
                               .cells = groups->cells + cell,
                               .cell_count = groups->first_cell[g + 1] - cell,
                               .equations = groups->equations + equation,
                               .equation_count = groups->first_equation[g + 1] - equation,
                               .local = groups->local};
        if (balanced(&system)) continue;
        ntm_i_arena scratch;
        kept_group group;
        bool none = false;
        ntm_i_arena_start(&scratch, &out->allocator);
        bool enough = search_group(&group, &none, &system, options, &scratch, &out->arena) &&
                      (none || ntm_i_array_append(&out->groups, &group, 1));
        ntm_i_arena_end(&scratch);
        if (!enough) return ntm_i_no_memory(err);
    }
    return NTM_OK;
}

static ntm_status check_options(const ntm_locate_options *options, ntm_error *err) {
    if (options->struct_size != sizeof *options)
        return ntm_i_wrong_call(err, "the options' struct_size is wrong: start with NTM_LOCATE_OPTIONS_INIT");
    if (options->size_most < 1 || options->size_most > NTM_I_SET_MAX)
        return ntm_i_wrong_call(err, "size_most has to be from 1 to 16");
    if (options->explanations_most < 1 || options->explanations_most > 100000)
        return ntm_i_wrong_call(err, "explanations_most has to be from 1 to 100,000");
    if (!ntm_i_allocator_usable(options->allocator)) return ntm_i_wrong_call(err, "the allocator lacks a function");
    return NTM_OK;
}

ntm_status ntm_locate(ntm_location **out, const ntm_balance *balance, const ntm_locate_options *options,
                      ntm_error *err) {
    ntm_locate_options usual = NTM_LOCATE_OPTIONS_INIT;
    if (out == NULL || balance == NULL) return ntm_i_wrong_call(err, "out or the balance is NULL");
    if (options == NULL) options = &usual;
    ntm_status status = check_options(options, err);
    if (status != NTM_OK) return status;
    ntm_allocator own = ntm_i_allocator(options->allocator);
    ntm_location *made = ntm_i_allocate(&own, 1, sizeof *made);
    if (made == NULL) return ntm_i_no_memory(err);
    made->allocator = own;
    ntm_i_arena_start(&made->arena, &own);
    ntm_i_array_start(&made->groups, &own, sizeof(kept_group));
    ntm_i_arena scratch;
    ntm_i_groups groups;
    ntm_i_arena_start(&scratch, &own);
    status = ntm_i_groups_make(&groups, balance, &scratch) ? locate_groups(made, balance, &groups, options, err)
                                                           : ntm_i_no_memory(err);
    ntm_i_arena_end(&scratch);
    if (status == NTM_OK)
        *out = made;
    else
        ntm_location_free(made);
    return status;
}

/* ------------------------------------------------------------------------------------------- answers */

void ntm_location_free(ntm_location *location) {
    if (location == NULL) return;
    ntm_allocator own = location->allocator;
    ntm_i_array_end(&location->groups);
    ntm_i_arena_end(&location->arena);
    ntm_i_release(&own, location, 1, sizeof *location);
}

size_t ntm_location_group_count(const ntm_location *location) { return location == NULL ? 0 : location->groups.count; }

static const kept_group *group_at(const ntm_location *location, size_t group) {
    if (group >= ntm_location_group_count(location)) return NULL;
    return (const kept_group *)location->groups.items + group;
}

ntm_located_group ntm_location_group(const ntm_location *location, size_t group) {
    const kept_group *it = group_at(location, group);
    return it == NULL ? (ntm_located_group){0} : it->it;
}

static const kept_suspect *suspect_at(const ntm_location *location, size_t group, size_t explanation, size_t index) {
    const kept_group *it = group_at(location, group);
    if (it == NULL || explanation >= it->it.explanations || index >= it->it.size) return NULL;
    return it->suspects + explanation * it->it.size + index;
}

ntm_suspect ntm_location_suspect(const ntm_location *location, size_t group, size_t explanation, size_t index) {
    const kept_suspect *it = suspect_at(location, group, explanation, index);
    return it == NULL ? (ntm_suspect){NTM_NO_CELL, {{0, 0}, {0, 0}}, false, false, 0} : it->it;
}

ntm_suspicion ntm_location_suspicion(const ntm_location *location, size_t group, size_t explanation, size_t index,
                                     size_t cause) {
    const kept_suspect *it = suspect_at(location, group, explanation, index);
    if (it == NULL || cause >= it->it.causes) return (ntm_suspicion){NTM_CAUSE_NONE, 0, NTM_NO_CELL, {0, 0}};
    return it->causes[cause];
}

const char *ntm_cause_name(ntm_cause cause) {
    switch (cause) {
        case NTM_CAUSE_NONE: return "no known cause";
        case NTM_CAUSE_SHIFTED_ROW: return "shifted row";
        case NTM_CAUSE_SIGN: return "sign";
        case NTM_CAUSE_UNIT: return "unit";
        case NTM_CAUSE_FACTOR: return "factor";
        case NTM_CAUSE_SWAPPED_NEIGHBOURS: return "swapped neighbours";
        case NTM_CAUSE_MISSING_CHILD: return "missing child";
        case NTM_CAUSE_COUNTED_TWICE: return "counted twice";
        case NTM_CAUSE_LAST_DIGIT: return "last digit";
        case NTM_CAUSE_SWAPPED_DIGITS: return "swapped digits";
        case NTM_CAUSE_ONE_DIGIT: return "one digit";
    }
    return "?";
}
