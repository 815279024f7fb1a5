/* SPDX-License-Identifier: Apache-2.0 */
/* Loops compiled for several instruction sets, and which of these the processor runs.
 *
 *     #define DEFINE_KERNELS(set, attribute) ... static const kernels set = {...}
 *     NTM_I_FOR_INSTRUCTIONS(DEFINE_KERNELS);
 *     static const kernels *const all[] = NTM_I_ALL_INSTRUCTIONS;
 */
#ifndef NTM_I_INSTRUCTIONS_H
#define NTM_I_INSTRUCTIONS_H

#include <stddef.h>

/* The body of such a loop: it has to become part of each function, to be compiled for its set. */
#if defined(__GNUC__)
#define NTM_I_ALWAYS_INLINE static inline __attribute__((always_inline))
#else
#define NTM_I_ALWAYS_INLINE static inline
#endif

#if defined(__x86_64__) && defined(__GNUC__)
#define NTM_I_FOR_INSTRUCTIONS(DEFINE)                                                                                 \
    DEFINE(plain, );                                                                                                   \
    DEFINE(avx2, __attribute__((target("avx2"))));                                                                     \
    DEFINE(avx512, __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl"))))
#define NTM_I_ALL_INSTRUCTIONS                                                                                         \
    { &plain, &avx2, &avx512 }
#else
#define NTM_I_FOR_INSTRUCTIONS(DEFINE) DEFINE(plain, )
#define NTM_I_ALL_INSTRUCTIONS                                                                                         \
    { &plain }
#endif

/* How many sets the processor runs: at least 1, the plain one. */
size_t ntm_i_instructions_count(void);
/* The place in the list of all of the set at an index below that, from plain to fast. */
size_t ntm_i_instructions_at(size_t index);

#endif
