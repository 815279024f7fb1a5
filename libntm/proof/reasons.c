/* SPDX-License-Identifier: Apache-2.0 */
/* Reasons: a smallest set of leaves that force the verdict while all others are open.
 *
 * More knowledge never changes a verdict that is known. So a leaf without which the verdict is open although all others
 * are there belongs to every set of reasons; and taking away one leaf after the other, as long as the verdict stays,
 * ends with a set of which none can be spared. It is done in two orders, the second of which gives up criteria that need
 * many leaves first, and the shorter set is taken. Then all smaller sets are tried as long as the work allows. */
#include "proof/proof.h"

#include <string.h>

#include "base/sort.h"
#include "proof/trial.h"

typedef struct reasoning {
    const ntm_i_trace *trace;
    ntm_i_trial trial;
    uint32_t *leaves; /* steps of leaves that are met or not met */
    size_t leaf_count;
    uint32_t *group_of; /* by step: the part that counts as one with it, or NTM_I_NONE */
    uint32_t *sizes;    /* by step: leaves of that group */
    uint32_t *order;    /* places in `leaves`, in the order in which they are given up */
    uint32_t *spare;
    uint8_t *best;   /* by place in `leaves`: is among the reasons */
    uint8_t *needed; /* belongs to every set */
    size_t best_count, needed_count;
    bool smallest;
} reasoning;

static void keep(reasoning *r, size_t leaf, bool kept) { ntm_i_trial_keep(&r->trial, r->leaves[leaf], kept); }

static bool forced(reasoning *r) { return ntm_i_trial_run(&r->trial) == r->trial.wanted; }

static void find_leaves(reasoning *r) {
    const ntm_i_trace *trace = r->trace;
    for (uint32_t i = 0; i < trace->steps.count; i++) {
        const ntm_i_derived *step = &ntm_i_trace_steps(trace)[i];
        if (step->leaf && ntm_i_trace_outcomes(trace)[i].verdict != NTM_OPEN) r->leaves[r->leaf_count++] = i;
    }
}

/* The criterion, or else the indicator, that a leaf is of. */
static void find_groups(reasoning *r) {
    const ntm_i_trace *trace = r->trace;
    memset(r->group_of, 0xff, trace->steps.count * sizeof *r->group_of);
    for (uint32_t i = (uint32_t)trace->steps.count; i-- > 0;) {
        const ntm_i_derived *step = &ntm_i_trace_steps(trace)[i];
        bool starts =
            step->part == NTM_I_PART_CRITERION || (step->part == NTM_I_PART_INDICATOR && r->group_of[i] == NTM_I_NONE);
        for (uint32_t k = 0; k < step->below_count; k++) {
            uint32_t below = ntm_i_trace_below(trace, step)[k];
            if (r->group_of[below] == NTM_I_NONE) r->group_of[below] = starts ? i : r->group_of[i];
        }
    }
    for (size_t i = 0; i < r->leaf_count; i++)
        if (r->group_of[r->leaves[i]] != NTM_I_NONE) r->sizes[r->group_of[r->leaves[i]]]++;
}

static uint32_t size_of(const reasoning *r, uint32_t leaf) {
    uint32_t group = r->group_of[r->leaves[leaf]];
    return group == NTM_I_NONE ? 1 : r->sizes[group];
}

static int largest_first(const void *context, uint32_t a, uint32_t b) {
    const reasoning *r = context;
    uint32_t of_a = size_of(r, a), of_b = size_of(r, b);
    if (of_a != of_b) return of_a > of_b ? -1 : 1;
    return a > b ? -1 : a < b;
}

/* Gives up leaves in `order` as long as the verdict stays. */
static void give_up(reasoning *r) {
    size_t kept = r->leaf_count;
    for (size_t i = 0; i < r->leaf_count; i++)
        keep(r, i, true);
    for (size_t i = 0; i < r->leaf_count; i++) {
        if (r->needed[r->order[i]]) continue;
        keep(r, r->order[i], false);
        if (forced(r))
            kept--;
        else
            keep(r, r->order[i], true);
    }
    if (kept >= r->best_count && r->best_count > 0) return;
    r->best_count = kept;
    for (size_t i = 0; i < r->leaf_count; i++)
        r->best[i] = !r->trial.open[r->leaves[i]];
}

static void find_needed(reasoning *r) {
    for (size_t i = 0; i < r->leaf_count; i++)
        keep(r, i, true);
    for (size_t i = 0; i < r->leaf_count; i++) {
        keep(r, i, false);
        r->needed[i] = !forced(r);
        r->needed_count += r->needed[i];
        keep(r, i, true);
    }
}

/* Sets of the needed leaves and `more` others; true when one of them forces the verdict. False with *done unset when
   the work did not suffice. */
static bool try_size(reasoning *r, const uint32_t *others, size_t count, size_t more, bool *done) {
    uint32_t *chosen = r->spare;
    for (size_t i = 0; i < more; i++)
        chosen[i] = (uint32_t)i;
    *done = false;
    do {
        if (more > 0 && !ntm_i_trial_affords(&r->trial)) return false;
        for (size_t i = 0; i < r->leaf_count; i++)
            keep(r, i, r->needed[i]);
        for (size_t i = 0; i < more; i++)
            keep(r, others[chosen[i]], true);
        if (forced(r)) {
            for (size_t i = 0; i < r->leaf_count; i++)
                r->best[i] = !r->trial.open[r->leaves[i]];
            r->best_count = r->needed_count + more;
            return true;
        }
    } while (ntm_i_next_choice(chosen, more, count));
    *done = true;
    return false;
}

static void look_for_smaller(reasoning *r) {
    uint32_t *others = r->order;
    size_t count = 0;
    for (uint32_t i = 0; i < r->leaf_count; i++)
        if (!r->needed[i]) others[count++] = i;
    r->smallest = true;
    for (size_t more = 0; r->needed_count + more < r->best_count; more++) {
        bool done;
        if (try_size(r, others, count, more, &done)) return;
        if (done) continue;
        r->smallest = false;
        return;
    }
}

static void find_reasons(reasoning *r) {
    size_t work = *r->trial.work;
    find_needed(r);
    for (uint32_t i = 0; i < r->leaf_count; i++)
        r->order[i] = (uint32_t)r->leaf_count - 1 - i;
    give_up(r);
    find_groups(r);
    ntm_i_sort(r->order, r->spare, r->leaf_count, largest_first, r);
    give_up(r);
    *r->trial.work = work; /* so far it had to be */
    look_for_smaller(r);
}

static void write_reasons(ntm_i_json *json, const reasoning *r) {
    ntm_i_json_key(json, "reasons");
    ntm_i_json_open(json, '{');
    ntm_i_json_key(json, "leaves");
    ntm_i_json_open(json, '[');
    for (size_t i = 0; i < r->leaf_count; i++)
        if (r->best[i]) ntm_i_json_integer(json, r->leaves[i]);
    ntm_i_json_close(json, ']');
    ntm_i_json_put_true(json, "smallest", r->smallest);
    ntm_i_json_close(json, '}');
}

ntm_status ntm_i_proof_write_reasons(ntm_i_document *document, const ntm_i_trace *trace, ntm_error *err) {
    size_t count = trace->steps.count;
    ntm_i_arena arena;
    ntm_i_arena_start(&arena, &document->arena.allocator);
    reasoning r = {.trace = trace};
    bool there = ntm_i_trial_start(&r.trial, trace, &arena, &document->work);
    r.trial.wanted = ntm_i_trace_outcomes(trace)[count - 1].verdict;
    r.leaves = ntm_i_arena_take(&arena, count, sizeof *r.leaves);
    r.group_of = ntm_i_arena_take(&arena, count, sizeof *r.group_of);
    r.sizes = ntm_i_arena_take(&arena, count, sizeof *r.sizes);
    r.order = ntm_i_arena_take(&arena, count, sizeof *r.order);
    r.spare = ntm_i_arena_take(&arena, count, sizeof *r.spare);
    r.best = ntm_i_arena_take(&arena, count, 1);
    r.needed = ntm_i_arena_take(&arena, count, 1);
    there = there && r.leaves != NULL && r.group_of != NULL && r.sizes != NULL && r.order != NULL && r.spare != NULL &&
            r.best != NULL && r.needed != NULL;
    ntm_status status = NTM_OK;
    if (!there) {
        status = ntm_i_no_memory(err);
    } else {
        find_leaves(&r);
        find_reasons(&r);
        if (r.trial.overflow)
            status = ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_SUBJECT(trace->set->about.id),
                                "reasons whose numbers do not fit exact arithmetic");
        else
            write_reasons(&document->json, &r);
    }
    ntm_i_arena_end(&arena);
    return status;
}
