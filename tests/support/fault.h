/* SPDX-License-Identifier: Apache-2.0 */
/* An allocator that counts, checks and fails on demand, for tests of every module.
 *
 * Counting. Every block carries its size; what is given back with another size, twice, or from elsewhere, fails the
 * running cmocka test at once. When a test is done nothing may be left:
 *
 *     fault f = FAULT_INIT;
 *     ntm_allocator allocator = fault_allocator(&f);
 *     assert_int_equal(ntm_problems_new(&problems, 0, &allocator, &err), NTM_OK);
 *     ntm_problems_free(problems);
 *     fault_assert_empty(&f);
 *
 * Failing. fault_sweep() runs a case again and again and lets the first, second, third ... allocation fail, until a run
 * is over before its failure was due. A case makes the call under test with the allocator given, looks that a failing
 * call left its outputs untouched, frees what a working call made, and returns the status:
 *
 *     static ntm_status new_problems(const ntm_allocator *allocator, void *context) {
 *         ntm_problems *problems = NULL;
 *         ntm_status status = ntm_problems_new(&problems, 0, allocator, NULL);
 *         if (status != NTM_OK) assert_null(problems);
 *         ntm_problems_free(problems);
 *         return status;
 *     }
 *     ...
 *     fault_sweep(new_problems, NULL, NTM_OK);
 *
 * After a failure the status has to be NTM_ERROR_MEMORY, in the last run `expected`; after every run nothing may be
 * left. For calls that survive a failed allocation (adding to ntm_problems) there is fault_sweep_tolerant(), which takes
 * `expected` in place of NTM_ERROR_MEMORY too. fault_sweep_ends() is for calls with many thousands of allocations: it
 * fails the first and the last `ends` of them and samples what lies between. All return the number of allocations of
 * the last run, so that a test can see that there was something to fail.
 */
#ifndef NTM_TEST_FAULT_H
#define NTM_TEST_FAULT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ntm/base.h>

typedef struct fault {
    size_t blocks;  /* not given back yet */
    size_t bytes;   /* in these blocks */
    size_t peak;    /* the most bytes there were */
    size_t calls;   /* of allocate and reallocate so far */
    size_t fail_at; /* the call that fails, from 1; 0 = none. Later calls work again. */
    size_t limit;   /* a single request beyond this fails without counting as `fired`; 0 = none */
    bool fired;     /* the failure has happened */
} fault;

#define FAULT_INIT                                                                                                     \
    { 0, 0, 0, 0, 0, 0, false }

typedef ntm_status (*fault_case)(const ntm_allocator *allocator, void *context);

ntm_allocator fault_allocator(fault *f);
/* Lacks functions: calls refuse it before anything is made. Fails the test when it is asked for memory. */
extern const ntm_allocator fault_lacking;
void fault_assert_empty(const fault *f);
size_t fault_sweep(fault_case run, void *context, ntm_status expected);
size_t fault_sweep_tolerant(fault_case run, void *context, ntm_status expected);
size_t fault_sweep_ends(fault_case run, void *context, ntm_status expected, size_t ends);

/* Whether everything runs some thirty times slower. Random tests then take fewer seeds: all of them run natively and under
   the sanitizers. */
bool fault_under_valgrind(void);

/* Asserts that a call gave NTM_OK and shows the error when it did not. */
#define assert_ok(call, err)                                                                                           \
    do {                                                                                                               \
        ntm_status assert_ok_status = (call);                                                                          \
        if (assert_ok_status != NTM_OK)                                                                                \
            fail_msg("%s: %s: %s: %s", #call, ntm_status_name(assert_ok_status), (err)->subject, (err)->message);      \
    } while (0)

/* Asserts a failing status, the same in the error, and a part of the message. */
#define assert_fails(call, expected, err, part)                                                                        \
    do {                                                                                                               \
        ntm_status assert_fails_status = (call);                                                                       \
        if (assert_fails_status != (expected))                                                                         \
            fail_msg("%s: %s, expected %s", #call, ntm_status_name(assert_fails_status), ntm_status_name(expected));   \
        fault_assert_error((err), (expected), (part), #call);                                                          \
    } while (0)

/* What assert_fails() looks for in the error: status, part of the message, one line. */
void fault_assert_error(const ntm_error *err, ntm_status expected, const char *part, const char *call);

/* A small generator for differential tests: the same numbers everywhere, for ever. */
static inline uint64_t fault_random(uint64_t *state) {
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

#endif
