/* SPDX-License-Identifier: Apache-2.0 */
/* The same facts under a set and under the one that takes its place. */
#include <ntm/successor.h>
#include <string.h>

#include "attainment/attainment.h"
#include "attainment/reads.h"
#include "attainment/run.h"
#include "base/error.h"
#include "criteria/index.h"

struct ntm_successor {
    ntm_i_arena arena;
    ntm_attainment *before, *after;
    ntm_pair *pairs;
    size_t pair_count;
};

/* ------------------------------------------------------------------------------------------- pairs */

/* One sort of part in both sets: criteria, or indicators. */
typedef struct sort {
    ntm_pair_kind kind;
    bool criteria;
    const void *before, *after; /* structs whose first member is the id */
    size_t before_count, after_count, size;
    const char *noun;
} sort;

typedef struct pairing {
    ntm_successor *out;
    const ntm_set *before, *after;
    const ntm_counterpart *pairs;
    size_t pair_count;
    ntm_i_reads reads_before, reads_after;
    ntm_error *err;
} pairing;

static sort criteria_of(const pairing *p) {
    return (sort){NTM_PAIR_CRITERION,         true,
                  p->before->criteria,        p->after->criteria,
                  p->before->criterion_count, p->after->criterion_count,
                  sizeof *p->after->criteria, "criterion"};
}

static sort indicators_of(const pairing *p) {
    return (sort){NTM_PAIR_INDICATOR,           false,
                  p->before->indicators,        p->after->indicators,
                  p->before->indicator_count,   p->after->indicator_count,
                  sizeof *p->after->indicators, "indicator"};
}

static ntm_status no_such(const pairing *p, const ntm_set *set, const sort *s, const char *id) {
    return ntm_i_fail(p->err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(set->about.id),
                      "a pair names %s \"%s\", which is not there", s->noun, id == NULL ? "" : id);
}

/* partner[i] is the place before of part i of the successor, taken[j] says that part j before has a partner. */
static ntm_status match(const pairing *p, const sort *s, size_t *partner, uint8_t *taken) {
    ntm_i_index after_ids, before_ids;
    if (!ntm_i_index_make(&after_ids, &p->out->arena, s->after, s->after_count, s->size) ||
        !ntm_i_index_make(&before_ids, &p->out->arena, s->before, s->before_count, s->size))
        return ntm_i_no_memory(p->err);
    for (size_t i = 0; i < s->after_count; i++)
        partner[i] = SIZE_MAX;
    for (size_t k = 0; k < p->pair_count; k++) {
        if (p->pairs[k].is_criterion != s->criteria) continue;
        size_t after = ntm_i_index_find(&after_ids, p->pairs[k].id);
        size_t before = ntm_i_index_find(&before_ids, p->pairs[k].of);
        if (after == SIZE_MAX) return no_such(p, p->after, s, p->pairs[k].id);
        if (before == SIZE_MAX) return no_such(p, p->before, s, p->pairs[k].of);
        if (partner[after] != SIZE_MAX || taken[before])
            return ntm_i_fail(p->err, NTM_ERROR_CONFLICT, NTM_I_SUBJECT(p->after->about.id),
                              "%s \"%s\" and \"%s\": one of them is paired twice", s->noun, p->pairs[k].id,
                              p->pairs[k].of);
        partner[after] = before;
        taken[before] = 1;
    }
    return NTM_OK;
}

static bool look_at(ntm_i_reads *reads, ntm_pair_kind kind, size_t index) {
    ntm_i_reads_reset(reads);
    return kind == NTM_PAIR_CRITERION ? ntm_i_reads_criterion(reads, index) : ntm_i_reads_indicator(reads, index);
}

/* Whether somebody has to look at a pair. */
static void judge(pairing *p, ntm_pair *pair) {
    bool both = pair->before != SIZE_MAX && pair->after != SIZE_MAX;
    bool ruled = both && look_at(&p->reads_before, pair->kind, pair->before) &&
                 look_at(&p->reads_after, pair->kind, pair->after);
    pair->facts_differ = ruled && !ntm_i_reads_alike(&p->reads_before, &p->reads_after);
    pair->review = !ruled || pair->facts_differ;
}

static ntm_status add_sort(pairing *p, const sort *s) {
    ntm_successor *out = p->out;
    size_t *partner = ntm_i_arena_take(&out->arena, s->after_count, sizeof *partner);
    uint8_t *taken = ntm_i_arena_take(&out->arena, s->before_count, 1);
    if (partner == NULL || taken == NULL) return ntm_i_no_memory(p->err);
    ntm_status status = match(p, s, partner, taken);
    if (status != NTM_OK) return status;
    for (size_t i = 0; i < s->after_count; i++) {
        ntm_pair *pair = &out->pairs[out->pair_count++];
        *pair = (ntm_pair){s->kind, partner[i], i, false, false};
        judge(p, pair);
    }
    for (size_t j = 0; j < s->before_count; j++)
        if (!taken[j]) out->pairs[out->pair_count++] = (ntm_pair){s->kind, j, SIZE_MAX, true, false};
    return NTM_OK;
}

static ntm_status add_pairs(pairing *p) {
    const ntm_set *b = p->before, *a = p->after;
    size_t most = 1 + b->criterion_count + a->criterion_count + b->indicator_count + a->indicator_count;
    p->out->pairs = ntm_i_arena_take(&p->out->arena, most, sizeof *p->out->pairs);
    if (p->out->pairs == NULL || !ntm_i_reads_start(&p->reads_before, b, &p->out->arena) ||
        !ntm_i_reads_start(&p->reads_after, a, &p->out->arena) ||
        !ntm_i_reads_pair(&p->reads_before, &p->reads_after, &p->out->arena))
        return ntm_i_no_memory(p->err);
    p->out->pairs[p->out->pair_count++] = (ntm_pair){NTM_PAIR_STATUS, 0, 0, false, false};
    const sort criteria = criteria_of(p), indicators = indicators_of(p);
    ntm_status status = add_sort(p, &criteria);
    return status == NTM_OK ? add_sort(p, &indicators) : status;
}

/* ------------------------------------------------------------------------------------------- evaluating */

static ntm_status check_columns(const ntm_plan *before, const ntm_plan *after, const ntm_table *table,
                                const ntm_successor_options *options, ntm_error *err) {
    ntm_status status = NTM_OK;
    for (size_t i = 0; i < table->field_count && !options->ignore_unknown; i++) {
        const char *name = table->fields[i].name;
        if (ntm_i_plan_knows(before, name) || ntm_i_plan_knows(after, name)) continue;
        ntm_error problem = NTM_ERROR_INIT;
        (void)ntm_i_fail(&problem, NTM_ERROR_SHAPE, NTM_I_SUBJECT(name),
                         "neither set has a fact, axis or status of that name");
        ntm_i_problems_add(options->problems, &problem);
        if (status == NTM_OK) status = ntm_i_error_copy(err, &problem);
    }
    return status;
}

/* Both laws look at one table: what is wrong with it has to say under which. */
static ntm_status evaluate_one(ntm_attainment **out, const ntm_plan *plan, const ntm_table *table,
                               const ntm_evaluate_options *options, ntm_error *err) {
    ntm_error problem = NTM_ERROR_INIT;
    ntm_status status = ntm_evaluate(out, plan, table, options, &problem);
    if (status == NTM_OK || status == NTM_ERROR_MEMORY)
        return status == NTM_OK ? NTM_OK : ntm_i_error_copy(err, &problem);
    ntm_i_place place =
        problem.row == NTM_NO_ROW ? NTM_I_SUBJECT(problem.subject) : NTM_I_ROW(problem.subject, problem.row);
    return ntm_i_fail(err, status, place, "under set \"%s\": %s", plan->set->about.id, problem.message);
}

static ntm_status evaluate_both(ntm_successor *s, const ntm_plan *before, const ntm_plan *after, const ntm_table *table,
                                const ntm_successor_options *options, ntm_error *err) {
    ntm_evaluate_options each = NTM_EVALUATE_OPTIONS_INIT;
    each.ignore_unknown = true; /* checked for both together */
    each.problems = options->problems;
    each.allocator = options->allocator;
    ntm_status status = ntm_table_check(table, options->problems, err);
    if (status == NTM_OK) status = check_columns(before, after, table, options, err);
    if (status == NTM_OK) status = evaluate_one(&s->before, before, table, &each, err);
    if (status == NTM_OK) status = evaluate_one(&s->after, after, table, &each, err);
    return status;
}

ntm_status ntm_successor_new(ntm_successor **out, const ntm_plan *before, const ntm_plan *after, const ntm_table *table,
                             const ntm_successor_options *options, ntm_error *err) {
    const ntm_successor_options defaults = NTM_SUCCESSOR_OPTIONS_INIT;
    if (options == NULL) options = &defaults;
    if (out == NULL || before == NULL || after == NULL || table == NULL || options->struct_size < sizeof *options ||
        (options->pair_count > 0 && options->pairs == NULL) || !ntm_i_allocator_usable(options->allocator))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "a place for the comparison, two plans, a table and initialised options are needed");
    const ntm_set *old = before->set, *new = after->set;
    if (options->pair_count == 0 && (new->about.follows == NULL || strcmp(new->about.follows, old->about.id) != 0))
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(new->about.id),
                          "the set does not say that it follows \"%s\": give the pairs", old->about.id);
    ntm_allocator allocator = ntm_i_allocator(options->allocator);
    ntm_successor *made = ntm_i_allocate(&allocator, 1, sizeof *made);
    if (made == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&made->arena, &allocator);
    pairing p = {.out = made, .before = old, .after = new, .err = err};
    p.pairs = new->counterparts;
    p.pair_count = new->counterpart_count;
    if (options->pair_count > 0) {
        p.pairs = options->pairs;
        p.pair_count = options->pair_count;
    }
    ntm_status status = add_pairs(&p);
    if (status == NTM_OK) status = evaluate_both(made, before, after, table, options, err);
    if (status == NTM_OK)
        *out = made;
    else
        ntm_successor_free(made);
    return status;
}

void ntm_successor_free(ntm_successor *s) {
    if (s == NULL) return;
    ntm_attainment_free(s->before);
    ntm_attainment_free(s->after);
    ntm_allocator allocator = s->arena.allocator;
    ntm_i_arena_end(&s->arena);
    ntm_i_release(&allocator, s, 1, sizeof *s);
}

/* ------------------------------------------------------------------------------------------- looking */

const ntm_attainment *ntm_successor_before(const ntm_successor *s) { return s == NULL ? NULL : s->before; }
const ntm_attainment *ntm_successor_after(const ntm_successor *s) { return s == NULL ? NULL : s->after; }
size_t ntm_successor_pair_count(const ntm_successor *s) { return s == NULL ? 0 : s->pair_count; }

const ntm_pair *ntm_successor_pair(const ntm_successor *s, size_t index) {
    return s == NULL || index >= s->pair_count ? NULL : &s->pairs[index];
}

static ntm_verdict side(const ntm_attainment *result, ntm_pair_kind kind, size_t index, size_t row) {
    if (index == SIZE_MAX) return NTM_OPEN;
    ntm_of of = kind == NTM_PAIR_STATUS      ? NTM_OF_STATUS
                : kind == NTM_PAIR_CRITERION ? NTM_OF_CRITERION
                                             : NTM_OF_INDICATOR;
    return ntm_i_attainment_at(result, ntm_i_attainment_slot(result, of, index), row);
}

ntm_status ntm_successor_moves(ntm_moves *out, const ntm_successor *s, size_t pair, ntm_error *err) {
    if (out == NULL || s == NULL || pair >= s->pair_count)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "a comparison, one of its pairs and a place are needed");
    const ntm_pair *p = &s->pairs[pair];
    ntm_moves moves = {{{0}}};
    for (size_t row = 0; row < s->before->rows; row++)
        moves.rows[side(s->before, p->kind, p->before, row)][side(s->after, p->kind, p->after, row)]++;
    *out = moves;
    return NTM_OK;
}

ntm_status ntm_successor_rows(size_t *rows, size_t *count, size_t capacity, const ntm_successor *s, size_t pair,
                              ntm_verdict from, ntm_verdict to, ntm_error *err) {
    if (count == NULL || s == NULL || pair >= s->pair_count || (rows == NULL && capacity > 0) || from > NTM_NOT_MET ||
        to > NTM_NOT_MET)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "a comparison, one of its pairs, two verdicts and places are needed");
    const ntm_pair *p = &s->pairs[pair];
    size_t found = 0;
    for (size_t row = 0; row < s->before->rows; row++) {
        if (side(s->before, p->kind, p->before, row) != from || side(s->after, p->kind, p->after, row) != to) continue;
        if (found < capacity) rows[found] = row;
        found++;
    }
    *count = found;
    return NTM_OK;
}
