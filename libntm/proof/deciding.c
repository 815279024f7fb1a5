/* SPDX-License-Identifier: Apache-2.0 */
/* What would decide an open verdict: for each of the two verdicts a smallest set of facts with values. */
#include "proof/deciding.h"

#include <string.h>

#include "base/sort.h"
#include "proof/proof.h"

typedef enum found { IMPOSSIBLE, NOT_FOUND, FOUND } found;

typedef struct way {
    found found;
    bool smallest;
    uint32_t *facts;
    ntm_i_given *values; /* by fact of the trace */
    size_t count;
} way;

static bool can_be_reported(const ntm_i_trace *trace, uint32_t fact) {
    const ntm_i_given *given = &ntm_i_trace_givens(trace)[fact];
    return given->state == NTM_NOT_REPORTED && strncmp(ntm_i_trace_input(trace, given)->name, "children:", 9) != 0;
}

static bool take_room(ntm_i_deciding *d, const ntm_i_trace *trace, ntm_i_arena *arena, size_t *work) {
    size_t steps = trace->steps.count, facts = trace->givens.count;
    *d = (ntm_i_deciding){.trace = trace};
    bool there = ntm_i_trial_start(&d->trial, trace, arena, work);
    d->candidate = ntm_i_arena_take(arena, facts, 1);
    d->allowed = ntm_i_arena_take(arena, facts, 1);
    d->assumed = ntm_i_arena_take(arena, facts, sizeof *d->assumed);
    d->free = ntm_i_arena_take(arena, steps, 1);
    d->can_be[NTM_MET] = ntm_i_arena_take(arena, steps, 1);
    d->can_be[NTM_NOT_MET] = ntm_i_arena_take(arena, steps, 1);
    d->reach = ntm_i_arena_take(arena, steps, sizeof *d->reach);
    d->lost = ntm_i_arena_take(arena, steps, 1);
    d->weight = ntm_i_arena_take(arena, steps, sizeof *d->weight);
    d->steps = ntm_i_arena_take(arena, steps, sizeof *d->steps);
    d->marks = ntm_i_arena_take(arena, steps + facts, 1);
    there = there && d->candidate != NULL && d->allowed != NULL && d->assumed != NULL && d->free != NULL &&
            d->can_be[NTM_MET] != NULL && d->can_be[NTM_NOT_MET] != NULL && d->reach != NULL && d->lost != NULL &&
            d->weight != NULL && d->steps != NULL && d->marks != NULL;
    for (uint32_t i = 0; there && i < facts; i++)
        d->candidate[i] = can_be_reported(trace, i);
    return there;
}

/* Gives up facts that are not needed, the last assumed first, and keeps the rest as a way. */
static void keep_way(ntm_i_deciding *d, ntm_verdict wanted, way *out) {
    size_t kept = d->assumed_count;
    for (size_t i = d->assumed_count; i-- > 0;) {
        uint32_t fact = d->assumed[i];
        ntm_i_given value = d->trial.givens[fact];
        ntm_i_deciding_restore(d, fact);
        if (ntm_i_trial_facts(&d->trial) == wanted) {
            memmove(d->assumed + i, d->assumed + i + 1, (--kept - i) * sizeof *d->assumed);
            continue;
        }
        d->trial.givens[fact] = value;
    }
    d->assumed_count = kept;
    if (out->found == FOUND && out->count <= kept) return;
    out->found = FOUND;
    out->count = kept;
    for (size_t i = 0; i < kept; i++) {
        out->facts[i] = d->assumed[i];
        out->values[d->assumed[i]] = d->trial.givens[d->assumed[i]];
    }
}

/* Tries with the facts that are allowed. Impossible, not found, or found and kept in `out` if it is shorter. */
static found try_allowed(ntm_i_deciding *d, ntm_verdict wanted, way *out) {
    uint32_t claim = (uint32_t)d->trace->steps.count - 1;
    if (!ntm_i_deciding_possible(d, wanted)) return IMPOSSIBLE;
    d->assumed_count = 0;
    for (uint32_t i = 0; i < d->trace->givens.count; i++)
        ntm_i_deciding_restore(d, i);
    (void)ntm_i_trial_facts(&d->trial);
    if (!ntm_i_deciding_achieve(d, claim, wanted)) return NOT_FOUND;
    if (ntm_i_trial_facts(&d->trial) != wanted) return NOT_FOUND; /* cannot be: what was found was tried out */
    keep_way(d, wanted, out);
    return FOUND;
}

/* A fact without which it is impossible belongs to every way; then all smaller sets that have these are tried. */
static void look_for_smaller(ntm_i_deciding *d, ntm_verdict wanted, way *out, uint32_t *others, uint32_t *chosen) {
    size_t facts = d->trace->givens.count, needed = 0, count = 0;
    for (uint32_t i = 0; i < facts; i++) {
        if (!d->candidate[i]) continue;
        memcpy(d->allowed, d->candidate, facts);
        d->allowed[i] = 0;
        if (ntm_i_deciding_possible(d, wanted))
            others[count++] = i;
        else
            needed++;
    }
    out->smallest = true;
    for (size_t more = 0; needed + more < out->count; more++) {
        for (uint32_t i = 0; i < more; i++)
            chosen[i] = i;
        if (more > count) return;
        do {
            if (!ntm_i_trial_affords(&d->trial)) {
                out->smallest = false;
                return;
            }
            memcpy(d->allowed, d->candidate, facts);
            for (size_t i = 0; i < count; i++)
                d->allowed[others[i]] = 0;
            for (size_t i = 0; i < more; i++)
                d->allowed[others[chosen[i]]] = 1;
            found result = try_allowed(d, wanted, out);
            if (result == FOUND) return; /* all smaller ones were tried before it */
            if (result == NOT_FOUND) out->smallest = false;
        } while (ntm_i_next_choice(chosen, more, count));
    }
}

static void write_way(ntm_i_json *json, const ntm_i_trace *trace, const char *key, const way *w) {
    ntm_i_json_key(json, key);
    ntm_i_json_open(json, '{');
    if (w->found != FOUND) {
        ntm_i_json_put(json, "why", w->found == IMPOSSIBLE ? "impossible" : "not found");
    } else {
        ntm_i_json_key(json, "facts");
        ntm_i_json_open(json, '[');
        for (size_t i = 0; i < w->count; i++) {
            const ntm_i_given *value = &w->values[w->facts[i]];
            const ntm_i_input *input = ntm_i_trace_input(trace, value);
            ntm_i_json_open(json, '{');
            ntm_i_json_put(json, "name", input->name);
            ntm_i_proof_write_value(json, input, value->own, value->flag);
            ntm_i_json_close(json, '}');
        }
        ntm_i_json_close(json, ']');
        ntm_i_json_put_true(json, "smallest", w->smallest);
    }
    ntm_i_json_close(json, '}');
}

ntm_status ntm_i_proof_write_deciding(ntm_i_document *document, const ntm_i_trace *trace, ntm_error *err) {
    static const char *const keys[] = {"to_met", "to_not_met"};
    static const ntm_verdict verdicts[] = {NTM_MET, NTM_NOT_MET};
    size_t facts = trace->givens.count;
    ntm_i_arena arena;
    ntm_i_deciding d;
    ntm_i_arena_start(&arena, &document->arena.allocator);
    bool there = take_room(&d, trace, &arena, &document->work);
    uint32_t *others = ntm_i_arena_take(&arena, facts, sizeof *others);
    uint32_t *chosen = ntm_i_arena_take(&arena, facts, sizeof *chosen);
    way w = {.facts = ntm_i_arena_take(&arena, facts, sizeof *w.facts),
             .values = ntm_i_arena_take(&arena, facts, sizeof *w.values)};
    there = there && others != NULL && chosen != NULL && w.facts != NULL && w.values != NULL;
    if (there) {
        ntm_i_json_key(&document->json, "deciding");
        ntm_i_json_open(&document->json, '{');
        for (size_t i = 0; i < 2; i++) {
            w.found = NOT_FOUND;
            w.smallest = false;
            w.count = 0;
            memcpy(d.allowed, d.candidate, facts);
            found result = try_allowed(&d, verdicts[i], &w);
            if (result == IMPOSSIBLE) w.found = IMPOSSIBLE;
            if (result == FOUND) look_for_smaller(&d, verdicts[i], &w, others, chosen);
            if (w.found == FOUND) ntm_i_sort(w.facts, others, w.count, ntm_i_proof_by_name, trace);
            write_way(&document->json, trace, keys[i], &w);
        }
        ntm_i_json_close(&document->json, '}');
    }
    ntm_i_arena_end(&arena);
    return there ? NTM_OK : ntm_i_no_memory(err);
}
