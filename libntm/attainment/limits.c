/* SPDX-License-Identifier: Apache-2.0 */
/* Bounds of facts as columns: a fact F that is not reported lies between F:least and F:most, where these are. */
#include <string.h>

#include "attainment/run.h"

enum { LEAST, MOST };

static const char *const endings[2] = {":least", ":most"};

/* Whether a name ends as that of a bound does; *size is what stands before. */
static bool ends_as_bound(const char *name, size_t *size, int *side) {
    size_t all = strlen(name);
    for (*side = LEAST; *side <= MOST; (*side)++) {
        size_t ending = strlen(endings[*side]);
        *size = all - ending;
        if (all > ending && strcmp(name + *size, endings[*side]) == 0) return true;
    }
    return false;
}

bool ntm_i_is_fact(const ntm_set *set, const char *name, size_t size, const ntm_fact **found) {
    for (size_t i = 0; i < set->fact_count; i++) {
        const ntm_fact *fact = &set->facts[i];
        size_t own = strlen(fact->id);
        if (size < own || strncmp(name, fact->id, own) != 0) continue;
        *found = fact;
        if (fact->by == NULL && size == own) return true;
        if (fact->by == NULL || size < own + 2 || name[own] != '[' || name[size - 1] != ']') continue;
        size_t at = ntm_i_find_id(set->dimensions, set->dimension_count, sizeof *set->dimensions, fact->by);
        for (size_t k = 0; k < set->dimensions[at].member_count; k++) {
            const char *member = set->dimensions[at].members[k];
            if (strlen(member) == size - own - 2 && memcmp(name + own + 1, member, size - own - 2) == 0) return true;
        }
    }
    return false;
}

bool ntm_i_is_bound_of_fact(const ntm_set *set, const char *name) {
    const ntm_fact *fact = NULL;
    size_t size = 0;
    int side = LEAST;
    return ends_as_bound(name, &size, &side) && ntm_i_is_fact(set, name, size, &fact) && fact->kind != NTM_KIND_FLAG;
}

size_t ntm_i_limits_most(const ntm_table *table) {
    size_t count = 0, size;
    int side;
    for (size_t i = 0; i < table->field_count; i++)
        count += ends_as_bound(table->fields[i].name, &size, &side);
    return count;
}

/* The input that a column bounds; NTM_I_NONE when it is none, or when a fact has this very name. */
static uint32_t bounded_input(const ntm_plan *plan, const char *name, int *side) {
    const ntm_fact *fact = NULL;
    size_t size = 0;
    if (!ntm_i_is_bound_of_fact(plan->set, name) || ntm_i_is_fact(plan->set, name, strlen(name), &fact) ||
        !ends_as_bound(name, &size, side))
        return NTM_I_NONE;
    for (uint32_t i = 0; i < plan->inputs.count; i++) {
        const char *input = ntm_i_plan_inputs(plan)[i].name;
        if (strlen(input) == size && memcmp(input, name, size) == 0) return i;
    }
    return NTM_I_NONE;
}

uint32_t ntm_i_add_limit(ntm_i_run *run, const ntm_field *field, bool *no_memory) {
    int side = LEAST;
    uint32_t input = bounded_input(run->plan, field->name, &side);
    if (input == NTM_I_NONE) return NTM_I_NONE;
    ntm_i_input *about = ntm_i_arena_take(&run->arena, 1, sizeof *about);
    if (about == NULL) {
        *no_memory = true;
        return NTM_I_NONE;
    }
    /* In the unit of the fact; neither whole nor within its natural bounds: these it is cut with. */
    *about = ntm_i_plan_inputs(run->plan)[input];
    about->name = field->name;
    about->whole = false;
    about->least = NTM_I_MINUS_INFINITY;
    about->most = NTM_I_INFINITY;
    about->part_of = NTM_I_NONE;
    uint32_t at = (uint32_t)run->bound_count++;
    run->bounds[at].input = about;
    run->bounds[input].limits[side] = at;
    return at;
}

bool ntm_i_limit_of_row(ntm_i_run *run, ntm_i_rational *out, uint32_t limit, size_t row) {
    if (limit == NTM_I_NONE) return false;
    ntm_i_load(run, limit);
    const ntm_i_bound *bound = &run->bounds[limit];
    if (!ntm_i_bit(&bound->valid, row)) return false;
    if (bound->form == NTM_I_FORM_REAL) return ntm_i_rational_from_double(out, ((const double *)bound->values)[row]);
    return ntm_i_value_of_row(run, out, bound, row);
}

bool ntm_i_cut_of_row(ntm_i_run *run, ntm_i_interval *out, const ntm_i_bound *bound, size_t row) {
    ntm_i_rational limit;
    *out = (ntm_i_interval){bound->input->least, bound->input->most};
    bool any = ntm_i_limit_of_row(run, &limit, bound->limits[LEAST], row);
    if (any) out->least = ntm_i_larger(out->least, limit);
    if (ntm_i_limit_of_row(run, &limit, bound->limits[MOST], row)) {
        out->most = ntm_i_smaller(out->most, limit);
        any = true;
    }
    return any;
}

ntm_verdict ntm_i_level_by_limits(ntm_i_run *run, const ntm_i_bound *bound, size_t row, uint32_t wanted) {
    ntm_i_interval cut;
    ntm_i_rational place = ntm_i_rational_int(wanted);
    bool away = bound->any_not_applicable && ntm_i_bit(&bound->not_applicable, row);
    if (!ntm_i_has_limits(bound) || away || !ntm_i_cut_of_row(run, &cut, bound, row)) return NTM_OPEN;
    if (ntm_i_rational_compare(cut.least, place) >= 0) return NTM_MET;
    return ntm_i_rational_compare(cut.most, place) < 0 ? NTM_NOT_MET : NTM_OPEN;
}

/* Doubles that no rational holds ("4.9e-324") bound nothing that is compared exactly. */
static void check_held(ntm_i_run *run, uint32_t limit, size_t row) {
    ntm_i_rational unused;
    if (limit == NTM_I_NONE || run->bounds[limit].form != NTM_I_FORM_REAL || !ntm_i_bit(&run->bounds[limit].valid, row))
        return;
    (void)ntm_i_value_of_row(run, &unused, &run->bounds[limit], row);
}

static void check_row(ntm_i_run *run, const ntm_i_bound *bound, size_t row) {
    ntm_i_interval cut;
    ntm_i_rational value;
    char low[96], high[96], own[96];
    bool reported = bound->column != NULL && ntm_i_bit(&bound->valid, row);
    check_held(run, bound->limits[LEAST], row);
    check_held(run, bound->limits[MOST], row);
    if (!ntm_i_cut_of_row(run, &cut, bound, row)) return;
    (void)ntm_i_rational_format(low, sizeof low, cut.least);
    (void)ntm_i_rational_format(high, sizeof high, cut.most);
    if (ntm_i_rational_compare(cut.least, cut.most) > 0) {
        ntm_i_run_complain(run, NTM_ERROR_VALUE, bound->input->name, row,
                           "its bounds leave nothing: at least %s, at most %s", low, high);
        return;
    }
    if (!reported) return;
    bool held = bound->form == NTM_I_FORM_REAL
                    ? ntm_i_rational_from_double(&value, ((const double *)bound->values)[row])
                    : ntm_i_value_of_row(run, &value, bound, row);
    if (!held) return;
    bool below = ntm_i_rational_compare(value, cut.least) < 0;
    if (!below && ntm_i_rational_compare(value, cut.most) <= 0) return;
    /* What natural bounds exclude was told when the value was loaded. */
    if (ntm_i_rational_compare(value, bound->input->least) < 0 || ntm_i_rational_compare(value, bound->input->most) > 0)
        return;
    (void)ntm_i_rational_format(own, sizeof own, value);
    ntm_i_run_complain(run, NTM_ERROR_VALUE, bound->input->name, row, "%s is %s %s, its bound", own,
                       below ? "below" : "above", below ? low : high);
}

void ntm_i_check_limits(ntm_i_run *run, const ntm_i_bound *bound) {
    for (int side = LEAST; side <= MOST; side++)
        if (bound->limits[side] != NTM_I_NONE) ntm_i_load(run, bound->limits[side]);
    for (size_t row = 0; row < run->rows; row++)
        if (!bound->any_not_applicable || !ntm_i_bit(&bound->not_applicable, row)) check_row(run, bound, row);
}
