/* SPDX-License-Identifier: Apache-2.0 */
/* Caps that several works share while the quantity of one of them is not known: what is left of such a cap for the others
   cannot be told, only what their works come to as a whole. */
#include "task/caps.h"
#include "column/bits.h"
#include "need/need.h"

static size_t size_of(const ntm_needs *needs) { return (needs->jobs.count + 7) / 8; }

/* Whether rules have a cap for each unit, or one in total. */
static void look_for_caps(bool *by_unit, bool *in_total, const ntm_needs *needs, const ntm_i_rules *of) {
    *by_unit = *in_total = false;
    for (uint32_t i = of->first; i < of->first + of->count; i++) {
        *by_unit = *by_unit || needs->division.rules[i].per == NTM_I_CAP_UNIT;
        *in_total = *in_total || needs->division.rules[i].per == NTM_I_CAP_TOTAL;
    }
}

/* `untold` has a bit for each text of the needs; all are 0 before and after. */
static void mark(uint8_t *unsure, uint8_t *untold, const ntm_needs *needs, const uint8_t *told, uint32_t group) {
    bool by_unit, in_total, any = false;
    look_for_caps(&by_unit, &in_total, needs, &needs->division.groups[group]);
    if (!by_unit && !in_total) return;
    for (size_t i = 0; i < needs->jobs.count; i++) {
        const ntm_i_job *job = ntm_i_job_at(needs, i);
        if (job->rules != group || (job->open == NTM_NEED_KNOWN && ntm_i_bit(told, job->row))) continue;
        ntm_i_set_bit(untold, (size_t)job->unit, true);
        any = true;
    }
    for (size_t i = 0; any && i < needs->jobs.count; i++) {
        const ntm_i_job *job = ntm_i_job_at(needs, i);
        if (job->rules == group && (in_total || ntm_i_bit(untold, (size_t)job->unit))) ntm_i_set_bit(unsure, i, true);
    }
    for (size_t i = 0; any && i < needs->jobs.count; i++)
        ntm_i_set_bit(untold, (size_t)ntm_i_job_at(needs, i)->unit, false);
}

uint8_t *ntm_i_shared_caps(const ntm_needs *needs, const uint8_t *told) {
    const ntm_allocator *allocator = &needs->arena.allocator;
    size_t texts = (needs->pool.names.count + 7) / 8;
    uint8_t *unsure = ntm_i_allocate(allocator, size_of(needs), 1);
    uint8_t *untold = ntm_i_allocate(allocator, texts, 1);
    for (uint32_t i = 0; unsure != NULL && untold != NULL && i < needs->division.group_count; i++)
        mark(unsure, untold, needs, told, i);
    if (untold == NULL) {
        ntm_i_release(allocator, unsure, size_of(needs), 1);
        unsure = NULL;
    }
    ntm_i_release(allocator, untold, texts, 1);
    return unsure;
}

void ntm_i_shared_caps_free(uint8_t *unsure, const ntm_needs *needs) {
    if (unsure != NULL) ntm_i_release(&needs->arena.allocator, unsure, size_of(needs), 1);
}
