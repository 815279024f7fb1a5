/* SPDX-License-Identifier: Apache-2.0 */
/* The list of problems found in one input. */
#include "base/error.h"
#include "base/memory.h"

struct ntm_problems {
    ntm_allocator allocator;
    ntm_i_array kept; /* of ntm_error */
    size_t limit;
    size_t found;
};

enum { USUAL_LIMIT = 100 };

ntm_status ntm_problems_new(ntm_problems **out, size_t limit, const ntm_allocator *allocator, ntm_error *err) {
    if (out == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "out is NULL");
    if (!ntm_i_allocator_usable(allocator))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "the allocator lacks a function");
    ntm_problems *problems = ntm_i_allocate(allocator, 1, sizeof *problems);
    if (problems == NULL) return ntm_i_no_memory(err);
    problems->allocator = ntm_i_allocator(allocator);
    problems->limit = limit == 0 ? USUAL_LIMIT : limit;
    ntm_i_array_start(&problems->kept, allocator, sizeof(ntm_error));
    *out = problems;
    return NTM_OK;
}

void ntm_problems_free(ntm_problems *problems) {
    if (problems == NULL) return;
    ntm_allocator allocator = problems->allocator;
    ntm_i_array_end(&problems->kept);
    ntm_i_release(&allocator, problems, 1, sizeof *problems);
}

size_t ntm_problems_count(const ntm_problems *problems) { return problems == NULL ? 0 : problems->kept.count; }

size_t ntm_problems_found(const ntm_problems *problems) { return problems == NULL ? 0 : problems->found; }

const ntm_error *ntm_problems_get(const ntm_problems *problems, size_t index) {
    if (problems == NULL || index >= problems->kept.count) return NULL;
    return (const ntm_error *)problems->kept.items + index;
}

void ntm_i_problems_add(ntm_problems *problems, const ntm_error *problem) {
    if (problems == NULL || problem == NULL) return;
    if (problems->found < SIZE_MAX) problems->found++;
    if (problems->kept.count >= problems->limit) return;
    ntm_error *kept = ntm_i_array_push(&problems->kept);
    if (kept == NULL) return;
    *kept = (ntm_error)NTM_ERROR_INIT;
    (void)ntm_i_error_copy(kept, problem);
}
