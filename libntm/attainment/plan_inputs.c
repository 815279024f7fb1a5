/* SPDX-License-Identifier: Apache-2.0 */
/* Which columns a plan can use, and what they are called (docs/algebra.md). */
#include <stdio.h>
#include <string.h>

#include "attainment/plan.h"
#include "base/error.h"
#include "criteria/natural.h"

/* Names already taken, by hash, so that a large set compiles in linear time. */
typedef struct names {
    uint32_t *slots; /* input + 1, or 0 */
    size_t capacity; /* a power of two, at most half full */
} names;

typedef struct finder {
    ntm_plan *plan;
    names names;
    ntm_error *err;
    ntm_status status;
} finder;

static size_t hash_of(const char *text) {
    size_t hash = 14695981039346656037u;
    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    return hash;
}

static size_t slot_of(const finder *f, const char *name) {
    size_t at = hash_of(name) & (f->names.capacity - 1);
    while (f->names.slots[at] != 0 && strcmp(ntm_i_plan_inputs(f->plan)[f->names.slots[at] - 1].name, name) != 0)
        at = (at + 1) & (f->names.capacity - 1);
    return at;
}

static bool grow(finder *f) {
    size_t capacity = f->names.capacity == 0 ? 256 : f->names.capacity * 2;
    uint32_t *slots = ntm_i_allocate(&f->plan->arena.allocator, capacity, sizeof *slots);
    if (slots == NULL) return false;
    ntm_i_release(&f->plan->arena.allocator, f->names.slots, f->names.capacity, sizeof *slots);
    f->names.slots = slots;
    f->names.capacity = capacity;
    for (uint32_t i = 0; i < f->plan->inputs.count; i++)
        slots[slot_of(f, ntm_i_plan_inputs(f->plan)[i].name)] = i + 1;
    return true;
}

/* The input of that name; `model` says what it is when it is new. NTM_I_NONE after a failure. */
static uint32_t input_named(finder *f, const ntm_i_input *model) {
    if (f->status != NTM_OK) return NTM_I_NONE;
    if ((f->plan->inputs.count + 1) * 2 > f->names.capacity && !grow(f)) {
        f->status = ntm_i_no_memory(f->err);
        return NTM_I_NONE;
    }
    size_t slot = slot_of(f, model->name);
    if (f->names.slots[slot] != 0) return f->names.slots[slot] - 1;
    if (f->plan->inputs.count >= NTM_I_INPUTS_MAX) {
        f->status = ntm_i_fail(f->err, NTM_ERROR_LIMIT, NTM_I_SUBJECT(f->plan->set->about.id), "more than %d inputs",
                               NTM_I_INPUTS_MAX);
        return NTM_I_NONE;
    }
    ntm_i_input copy = *model;
    copy.name = ntm_i_arena_text(&f->plan->arena, model->name, strlen(model->name));
    ntm_i_input *room = copy.name == NULL ? NULL : ntm_i_array_push(&f->plan->inputs);
    if (room == NULL) {
        f->status = ntm_i_no_memory(f->err);
        return NTM_I_NONE;
    }
    *room = copy;
    f->names.slots[slot] = (uint32_t)f->plan->inputs.count;
    return (uint32_t)f->plan->inputs.count - 1;
}

static ntm_i_input plain_model(const char *name, ntm_i_input_kind kind) {
    ntm_i_input model;
    memset(&model, 0, sizeof model);
    model.name = name;
    model.kind = kind;
    model.least = NTM_I_MINUS_INFINITY;
    model.most = NTM_I_INFINITY;
    model.part_of = NTM_I_NONE;
    return model;
}

/* What a fact's column is like: counts cannot be negative, shares in % lie between 0 and 100, and so on. */
static ntm_i_input fact_model(const ntm_set *set, size_t index, const char *name) {
    const ntm_fact *fact = &set->facts[index];
    ntm_i_input_kind kind = fact->kind == NTM_KIND_FLAG    ? NTM_I_IN_FLAG
                            : fact->kind == NTM_KIND_LEVEL ? NTM_I_IN_LEVEL
                                                           : NTM_I_IN_NUMBER;
    ntm_i_input model = plain_model(name, kind);
    model.fact = fact;
    model.power = set->fact_units[index].power;
    model.whole = fact->kind == NTM_KIND_COUNT;
    model.day = fact->kind == NTM_KIND_DATE;
    ntm_i_interval natural = ntm_i_fact_natural(fact, &set->fact_units[index]);
    model.least = natural.least;
    model.most = natural.most;
    return model;
}

/* Text that may be long, in the arena; NULL after a failure. */
static char *join(finder *f, const char *format, const char *a, const char *b, const char *c) {
    int size = snprintf(NULL, 0, format, a, b, c);
    char *text = size < 0 ? NULL : ntm_i_arena_take(&f->plan->arena, (size_t)size + 1, 1);
    if (text == NULL) {
        f->status = ntm_i_no_memory(f->err);
        return NULL;
    }
    (void)snprintf(text, (size_t)size + 1, format, a, b, c);
    return text;
}

/* One input for a fact, or one for each member of its dimension, side by side. `format` wraps the fact's name. */
static uint32_t fact_inputs(finder *f, size_t index, const char *format, const char *label) {
    const ntm_set *set = f->plan->set;
    const ntm_fact *fact = &set->facts[index];
    size_t dimension = ntm_i_find_id(set->dimensions, set->dimension_count, sizeof *set->dimensions, fact->by);
    size_t members = fact->by == NULL ? 1 : set->dimensions[dimension].member_count;
    uint32_t first = NTM_I_NONE;
    for (size_t i = 0; i < members && f->status == NTM_OK; i++) {
        const char *own =
            fact->by == NULL ? fact->id : join(f, "%s[%s]%s", fact->id, set->dimensions[dimension].members[i], "");
        const char *name = own == NULL || label == NULL ? own : join(f, format, label, own, "");
        if (name == NULL) break;
        ntm_i_input model = fact_model(set, index, name);
        uint32_t input = input_named(f, &model);
        if (i == 0) first = input;
    }
    return f->status == NTM_OK ? first : NTM_I_NONE;
}

/* The wholes that parts may not exceed: inputs too, so that the data are checked. */
static void link_parts(finder *f) {
    const ntm_set *set = f->plan->set;
    for (size_t i = 0; i < f->plan->inputs.count && f->status == NTM_OK; i++) {
        ntm_i_input input = ntm_i_plan_inputs(f->plan)[i];
        if (input.fact == NULL || input.fact->part_of == NULL) continue;
        /* Only the fact itself: an earlier value, a parent's or a mean has another whole. */
        size_t own = strlen(input.fact->id);
        if (strncmp(input.name, input.fact->id, own) != 0 || (input.name[own] != '\0' && input.name[own] != '['))
            continue;
        size_t whole = ntm_set_find_fact(set, input.fact->part_of);
        const char *name = set->facts[whole].id;
        if (set->facts[whole].by != NULL) name = join(f, "%s%s%s", name, input.name + own, "");
        if (name == NULL) return;
        ntm_i_input model = fact_model(set, whole, name);
        uint32_t at = input_named(f, &model);
        if (at != NTM_I_NONE) ((ntm_i_input *)f->plan->inputs.items)[i].part_of = at;
    }
}

static uint32_t children_inputs(finder *f, const ntm_node_spec *node) {
    static const char *const ends[] = {"met", "open", "total"};
    uint32_t first = NTM_I_NONE;
    for (size_t i = 0; i < 3 && f->status == NTM_OK; i++) {
        char *name = join(f, "children:%s:%s%s", node->name, ends[i], "");
        if (name == NULL) break;
        ntm_i_input model = plain_model(name, NTM_I_IN_NUMBER);
        model.least = ntm_i_rational_int(0);
        model.whole = true;
        uint32_t input = input_named(f, &model);
        if (i == 0) first = input;
    }
    if (f->status != NTM_OK) return NTM_I_NONE;
    ((ntm_i_input *)f->plan->inputs.items)[first].part_of = first + 2; /* some of all */
    ((ntm_i_input *)f->plan->inputs.items)[first + 1].part_of = first + 2;
    return first;
}

/* One column cannot be read in two units. */
static void check_shared_unit(finder *f, uint32_t input, const ntm_i_unit *unit) {
    const ntm_i_input *first = &ntm_i_plan_inputs(f->plan)[input];
    if (first->power != unit->power || !ntm_i_unit_same(first->unit, unit))
        f->status = ntm_i_fail(f->err, NTM_ERROR_UNIT, NTM_I_SUBJECT(first->name),
                               "two rules read this column in different units");
}

static uint32_t node_inputs(finder *f, const ntm_node_spec *node, const ntm_i_node_info *info) {
    switch (node->kind) {
        case NTM_FACT:
        case NTM_ATTESTED:
        case NTM_IF_APPLICABLE: return fact_inputs(f, info->target, NULL, NULL);
        case NTM_AT_LEVEL: return node->name == NULL ? NTM_I_NONE : fact_inputs(f, info->target, NULL, NULL);
        case NTM_PAST: return fact_inputs(f, info->target, "past:%s:%s%s", node->label);
        case NTM_OF_PARENT: return fact_inputs(f, info->target, "parent:%s:%s%s", node->label);
        case NTM_AVERAGE: return fact_inputs(f, info->target, "average:%s:%s%s", node->label);
        case NTM_FIGURE_OF:
        case NTM_HOLDS: {
            if (f->plan->node_threshold[node - f->plan->set->nodes] != NTM_I_NONE) return NTM_I_NONE;
            bool holds = node->kind == NTM_HOLDS;
            char *name = holds ? join(f, "holds:%s%s%s", node->name, "", "")
                               : join(f, "figure:%s:%s%s", node->label, node->name, "");
            if (name == NULL) return NTM_I_NONE;
            ntm_i_input model = plain_model(name, holds ? NTM_I_IN_FLAG : NTM_I_IN_NUMBER);
            model.power = holds ? 0 : info->unit.power;
            model.unit = &info->unit;
            uint32_t input = input_named(f, &model);
            if (input != NTM_I_NONE && !holds) check_shared_unit(f, input, &info->unit);
            return input;
        }
        case NTM_COUNT:
        case NTM_SHARE:
        case NTM_EVERY: return node->over == NTM_OVER_CHILDREN ? children_inputs(f, node) : NTM_I_NONE;
        default: return NTM_I_NONE;
    }
}

/* Nodes below children belong to other units' rows. */
static void mark_children(const ntm_set *set, ntm_node at, uint8_t *elsewhere, bool inside) {
    const ntm_node_spec *node = &set->nodes[at - 1];
    elsewhere[at - 1] = inside;
    bool below = inside || ((node->kind == NTM_COUNT || node->kind == NTM_SHARE || node->kind == NTM_EVERY) &&
                            node->over == NTM_OVER_CHILDREN);
    for (size_t i = 0; i < node->of_count; i++)
        mark_children(set, node->of[i], elsewhere, below);
    for (size_t i = 0; i < node->band_count; i++)
        if (node->bands[i].requires_met != 0) mark_children(set, node->bands[i].requires_met, elsewhere, inside);
    if (node->knock_out != 0) mark_children(set, node->knock_out, elsewhere, inside);
}

static void mark_all(const ntm_set *set, uint8_t *elsewhere) {
    for (size_t i = 0; i < set->criterion_count; i++)
        if (set->criteria[i].rule != 0) mark_children(set, set->criteria[i].rule, elsewhere, false);
    for (size_t i = 0; i < set->indicator_count; i++)
        if (set->indicators[i].rule != 0) mark_children(set, set->indicators[i].rule, elsewhere, false);
    for (size_t i = 0; i < set->precondition_count; i++)
        if (set->preconditions[i].rule != 0) mark_children(set, set->preconditions[i].rule, elsewhere, false);
    for (size_t i = 0; i < set->value_count; i++)
        if (set->values[i].rule != 0) mark_children(set, set->values[i].rule, elsewhere, false);
    for (size_t i = 0; i < set->scope_count; i++)
        mark_children(set, set->scopes[i].when, elsewhere, false);
    const ntm_node roots[] = {set->status, set->revocation, set->grade};
    for (size_t i = 0; i < 3; i++)
        if (roots[i] != 0) mark_children(set, roots[i], elsewhere, false);
}

ntm_status ntm_i_plan_inputs_find(ntm_plan *plan, ntm_error *err) {
    const ntm_set *set = plan->set;
    finder f = {plan, {NULL, 0}, err, NTM_OK};
    plan->node_input = ntm_i_arena_take(&plan->arena, set->node_count, sizeof *plan->node_input);
    uint8_t *elsewhere = ntm_i_arena_take(&plan->arena, set->node_count, 1);
    if (plan->node_input == NULL || elsewhere == NULL) return ntm_i_no_memory(err);
    mark_all(set, elsewhere);
    for (size_t i = 0; i < set->axis_count && f.status == NTM_OK; i++) {
        ntm_i_input model = plain_model(set->axes[i].id, NTM_I_IN_AXIS);
        model.axis = (uint32_t)i;
        plan->axes[i].input = input_named(&f, &model);
    }
    for (size_t i = 0; i < set->node_count && f.status == NTM_OK; i++)
        plan->node_input[i] = elsewhere[i] ? NTM_I_NONE : node_inputs(&f, &set->nodes[i], &set->info[i]);
    link_parts(&f);
    ntm_i_release(&plan->arena.allocator, f.names.slots, f.names.capacity, sizeof *f.names.slots);
    return f.status;
}
