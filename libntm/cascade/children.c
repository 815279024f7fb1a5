/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions over children: evaluated over all units below that are there, and counted by the unit above. */
#include <string.h>

#include "base/checked.h"
#include "base/text.h"
#include "cascade/cascade.h"
#include "unit/registry.h"

/* The row of `rows` that each unit lies below, in the registry's order of codes; NTM_I_NO_PICK = it is not asked for. */
static ntm_status place_children(uint32_t *row_at, ntm_i_tally_of *tally, const ntm_cascade *cascade,
                                 const ntm_i_rows *rows, ntm_error *err) {
    const ntm_units *units = cascade->units;
    const ntm_allocator *allocator = &cascade->arena.allocator;
    ntm_echelon above = ntm_echelon_of(rows->level);
    uint32_t *row_of = ntm_i_allocate(allocator, units->count, sizeof *row_of);
    if (row_of == NULL) return ntm_i_no_memory(err);
    memset(row_of, 0xff, units->count * sizeof *row_of);
    for (size_t row = 0; row < rows->rows; row++)
        row_of[rows->of[row]] = (uint32_t)row;
    for (uint32_t i = 0; i < units->count; i++) {
        ntm_unit unit = units->by_code[i];
        row_at[i] = NTM_I_NO_PICK;
        if (strcmp(units->rows[unit].level, tally->level) != 0 || !ntm_units_there(units, unit, cascade->options.on))
            continue;
        ntm_unit place = ntm_units_ancestor(units, unit, above, cascade->options.on);
        if (place == NTM_NO_UNIT || row_of[place] == NTM_I_NO_PICK) continue; /* of a unit that is in no row */
        row_at[i] = row_of[place];
        tally->first[row_of[place] + 1]++;
        tally->count++;
    }
    ntm_i_release(allocator, row_of, units->count, sizeof *row_of);
    return NTM_OK;
}

/* The children of all rows, by row, then code. */
static ntm_status list_children(ntm_i_tally_of *tally, ntm_cascade *cascade, const ntm_i_rows *rows, ntm_error *err) {
    const ntm_allocator *allocator = &cascade->arena.allocator;
    size_t all = cascade->units->count;
    if (ntm_echelon_of(tally->level) <= ntm_echelon_of(rows->level))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(tally->name),
                          "no unit of level %s lies below one of level %s", tally->level, rows->level);
    tally->first = ntm_i_arena_take(rows->arena, rows->rows + 2, sizeof *tally->first);
    uint32_t *row_at = ntm_i_allocate(allocator, all, sizeof *row_at);
    ntm_status status = tally->first == NULL || row_at == NULL ? ntm_i_no_memory(err)
                                                               : place_children(row_at, tally, cascade, rows, err);
    if (status == NTM_OK) {
        tally->of = ntm_i_arena_take(rows->arena, tally->count, sizeof *tally->of);
        if (tally->of == NULL) status = ntm_i_no_memory(err);
    }
    /* first[row + 1] has the number of children of the row; while they are put in place, where its next one goes. */
    uint32_t sum = 0;
    for (size_t row = 0; status == NTM_OK && row < rows->rows; row++) {
        uint32_t own = tally->first[row + 1];
        tally->first[row + 1] = sum;
        sum += own;
    }
    for (size_t i = 0; status == NTM_OK && i < all; i++)
        if (row_at[i] != NTM_I_NO_PICK) tally->of[tally->first[row_at[i] + 1]++] = cascade->units->by_code[i];
    ntm_i_release(allocator, row_at, all, sizeof *row_at);
    return status;
}

/* The verdicts of the condition over the children. */
static ntm_status judge(ntm_i_tally_of *tally, ntm_cascade *cascade, const ntm_set *set, ntm_node condition,
                        ntm_error *err) {
    const ntm_allocator *allocator = &cascade->arena.allocator;
    ntm_set *asked = NULL;
    ntm_plan *plan = NULL;
    ntm_attainment *result = NULL;
    ntm_table table;
    ntm_i_arena arena; /* what is found for children serves no longer than this */
    ntm_i_rows rows = {tally->level, tally->of, tally->count, NULL, NULL, &arena};
    ntm_plan_options planning = NTM_PLAN_OPTIONS_INIT;
    planning.on = cascade->options.on;
    planning.out_of_force = true; /* the set of the step was asked already */
    planning.others = cascade->sets;
    planning.other_count = cascade->set_count;
    planning.allocator = allocator;
    ntm_i_arena_start(&arena, allocator);
    ntm_status status = ntm_i_condition_set(&asked, set, condition, allocator, err);
    if (status == NTM_OK) status = ntm_plan_new(&plan, asked, &planning, err);
    if (status == NTM_OK) status = ntm_i_cascade_inputs(&table, cascade, plan, &rows, err);
    if (status == NTM_OK) status = ntm_i_cascade_evaluate(&result, cascade, plan, &table, &rows, NTM_KEEP_STATUS, err);
    if (status == NTM_OK)
        status = ntm_attainment_verdicts(tally->verdicts, tally->count, result, NTM_OF_CRITERIA_STATUS, 0, err);
    ntm_attainment_free(result);
    ntm_plan_free(plan);
    ntm_set_free(asked);
    ntm_i_arena_end(&arena);
    return status;
}

/* The set whose status a condition is, so that explanations can go on in its steps. A column that says who holds it (a
   register's) goes before what steps found. */
static const char *status_of(const ntm_cascade *cascade, const ntm_set *set, ntm_node condition, const char *level) {
    const ntm_node_spec *node = ntm_set_node(set, condition);
    if (node->kind != NTM_HOLDS) return NULL;
    for (size_t i = 0; i < cascade->stage_count; i++) {
        const ntm_i_stage *stage = &cascade->stages[i];
        if (strcmp(stage->level, level) != 0) continue;
        for (size_t k = 0; stage->given != NULL && k < stage->given->field_count; k++) {
            const char *name = stage->given->fields[k].name;
            if (strncmp(name, "holds:", 6) == 0 && strcmp(name + 6, node->name) == 0) return NULL;
        }
    }
    return node->name;
}

static void add(ntm_child_counts *counts, uint8_t verdict) {
    counts->total++;
    counts->met += verdict == NTM_MET;
    counts->not_met += verdict == NTM_NOT_MET;
    counts->open += verdict == NTM_OPEN;
}

ntm_status ntm_i_cascade_count(ntm_i_tally_of *out, ntm_cascade *cascade, const ntm_set *set, ntm_node node,
                               const ntm_i_rows *rows, ntm_error *err) {
    const ntm_node_spec *spec = ntm_set_node(set, node);
    out->name = spec->name;
    out->level = ntm_i_level_word(spec->label, strlen(spec->label));
    if (out->level == NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(spec->name), "children of level %s are no units",
                          spec->label);
    ntm_status status = list_children(out, cascade, rows, err);
    if (status != NTM_OK) return status;
    out->verdicts = ntm_i_arena_take(rows->arena, out->count, 1);
    ntm_child_counts *counts = ntm_i_arena_take(rows->arena, rows->rows, sizeof *counts);
    if (out->verdicts == NULL || counts == NULL) return ntm_i_no_memory(err);
    status = judge(out, cascade, set, spec->of[0], err);
    out->status = status_of(cascade, set, spec->of[0], out->level);
    out->status_before = cascade->done;
    for (size_t row = 0; status == NTM_OK && row < rows->rows; row++)
        for (size_t i = out->first[row]; i < out->first[row + 1]; i++)
            add(&counts[row], out->verdicts[i]);
    out->counts = counts;
    return status;
}

/* ------------------------------------------------------------------------------------------- without sets */

/* What ntm_count_children() looks up while it counts. */
typedef struct counting {
    uint8_t *verdicts; /* by unit: one more than the verdict, 0 = none */
    uint32_t *row_of;  /* by unit: the parent's row */
} counting;

static ntm_status count_all(ntm_child_counts *out, const counting *c, const ntm_units *units,
                            const ntm_unit_filter *filter, ntm_echelon above) {
    for (ntm_unit unit = 0; unit < ntm_units_count(units); unit++) {
        const ntm_unit_row *row = ntm_units_row(units, unit);
        if (!ntm_units_there(units, unit, filter->on)) continue;
        if (filter->echelon != NTM_ECHELON_ANY && row->echelon != filter->echelon) continue;
        if (filter->level != NULL && strcmp(row->level, filter->level) != 0) continue;
        ntm_unit parent = ntm_units_ancestor(units, unit, above, filter->on);
        if (parent == NTM_NO_UNIT || c->row_of[parent] == NTM_I_NO_PICK) continue;
        add(&out[c->row_of[parent]], c->verdicts[unit] == 0 ? NTM_OPEN : (uint8_t)(c->verdicts[unit] - 1));
    }
    return NTM_OK;
}

static ntm_status take_units(const counting *c, const ntm_units *units, ntm_date on, const ntm_unit *children,
                             const ntm_verdict *verdicts, size_t child_count, const ntm_unit *parents,
                             size_t parent_count, ntm_error *err) {
    for (size_t i = 0; i < parent_count; i++) {
        if (!ntm_units_there(units, parents[i], on))
            return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW("parents", i), "a unit that is not there on the day");
        if (ntm_units_row(units, parents[i])->echelon != ntm_units_row(units, parents[0])->echelon)
            return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW("parents", i), "a unit of another rung than the first");
        if (c->row_of[parents[i]] != NTM_I_NO_PICK)
            return ntm_i_fail(err, NTM_ERROR_CONFLICT, NTM_I_ROW("parents", i), "a unit twice: see row %u",
                              (unsigned)c->row_of[parents[i]]);
        c->row_of[parents[i]] = (uint32_t)i;
    }
    for (size_t i = 0; i < child_count; i++) {
        if (!ntm_units_there(units, children[i], on))
            return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW("children", i), "a unit that is not there on the day");
        if ((int)verdicts[i] < NTM_OPEN || (int)verdicts[i] > NTM_NOT_MET)
            return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW("children", i), "no verdict");
        if (c->verdicts[children[i]] != 0)
            return ntm_i_fail(err, NTM_ERROR_CONFLICT, NTM_I_ROW("children", i), "a unit twice");
        c->verdicts[children[i]] = (uint8_t)(verdicts[i] + 1);
    }
    return NTM_OK;
}

ntm_status ntm_count_children(ntm_child_counts *out, const ntm_units *units, ntm_date on, const char *level,
                              ntm_echelon echelon, const ntm_unit *children, const ntm_verdict *verdicts,
                              size_t child_count, const ntm_unit *parents, size_t parent_count, ntm_error *err) {
    if (units == NULL || !ntm_i_date_is(on) || (level == NULL) == (echelon == NTM_ECHELON_ANY))
        return ntm_i_wrong_call(err, "a registry, a day, and either a level or a rung are needed");
    if ((out == NULL && parent_count > 0) || (parents == NULL && parent_count > 0) ||
        ((children == NULL || verdicts == NULL) && child_count > 0))
        return ntm_i_wrong_call(err, "places for the counts, parents, children and verdicts are needed");
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    filter.on = on;
    filter.echelon = level == NULL ? echelon : ntm_echelon_of(level);
    filter.level = level == NULL ? NULL : ntm_i_level_word(level, strlen(level));
    if ((int)filter.echelon <= NTM_ECHELON_ANY || (int)filter.echelon > NTM_ECHELON_VILLAGE)
        return ntm_i_wrong_call(err, "no level or rung of units");
    size_t all = ntm_units_count(units);
    const ntm_allocator *allocator = &units->arena.allocator;
    counting c = {ntm_i_allocate(allocator, all, 1), ntm_i_allocate(allocator, all, sizeof *c.row_of)};
    ntm_child_counts *counts = ntm_i_allocate(allocator, parent_count, sizeof *counts);
    ntm_status status = NTM_OK;
    if (c.verdicts == NULL || c.row_of == NULL || counts == NULL) status = ntm_i_no_memory(err);
    if (status == NTM_OK) {
        memset(c.row_of, 0xff, all * sizeof *c.row_of);
        status = take_units(&c, units, on, children, verdicts, child_count, parents, parent_count, err);
    }
    if (status == NTM_OK && parent_count > 0 && filter.echelon <= ntm_units_row(units, parents[0])->echelon)
        status = ntm_i_wrong_call(err, "no unit of that level or rung lies below the parents");
    if (status == NTM_OK && parent_count > 0) {
        status = count_all(counts, &c, units, &filter, ntm_units_row(units, parents[0])->echelon);
        memcpy(out, counts, parent_count * sizeof *out);
    }
    ntm_i_release(allocator, counts, parent_count, sizeof *counts);
    ntm_i_release(allocator, c.verdicts, all, 1);
    ntm_i_release(allocator, c.row_of, all, sizeof *c.row_of);
    return status;
}

/* count / total >= share, exactly: with a share of at most 1, which has at most 19 digits, no product is beyond 128
   bits. */
static bool reaches(uint64_t count, uint64_t total, ntm_decimal share) {
    ntm_decimal one = {1, 0};
    if (share.coefficient <= 0) return true;
    if (ntm_decimal_compare(share, one) > 0) return false; /* more than all */
    ntm_i_wide power = 1;
    for (uint8_t i = 0; i < share.scale; i++)
        power *= 10;
    return (ntm_i_wide)count * power >= (ntm_i_wide)total * share.coefficient;
}

ntm_verdict ntm_quantify(const ntm_child_counts *counts, ntm_quantifier quantifier, ntm_decimal least) {
    if (counts == NULL || least.scale > NTM_SCALE_MAX) return NTM_OPEN;
    uint64_t met = counts->met, open = counts->open, total = counts->total;
    if (met > total || counts->not_met > total - met || open != total - met - counts->not_met) return NTM_OPEN;
    bool surely = false, possibly = false;
    switch (quantifier) {
        case NTM_QUANTIFIER_ALL:
            if (total == 0) return NTM_OPEN;
            surely = met == total;
            possibly = counts->not_met == 0;
            break;
        case NTM_QUANTIFIER_AT_LEAST: {
            ntm_decimal a = {0, 0}, b = {0, 0};
            a.coefficient = met > INT64_MAX ? INT64_MAX : (int64_t)met;
            b.coefficient = met + open > INT64_MAX ? INT64_MAX : (int64_t)(met + open);
            surely = ntm_decimal_compare(a, least) >= 0;
            possibly = ntm_decimal_compare(b, least) >= 0;
            break;
        }
        case NTM_QUANTIFIER_SHARE:
            if (total == 0) return NTM_OPEN;
            surely = reaches(met, total, least);
            possibly = reaches(met + open, total, least);
            break;
        default: return NTM_OPEN;
    }
    return surely ? NTM_MET : possibly ? NTM_OPEN : NTM_NOT_MET;
}
