/* SPDX-License-Identifier: Apache-2.0 */
#include "base/instructions.h"

enum { PLAIN, AVX2, AVX512, SETS };

/* The sets that the processor runs, as places in the list of all. */
static size_t find(size_t places[SETS]) {
    size_t count = 0;
    places[count++] = PLAIN;
#if defined(__x86_64__) && defined(__GNUC__)
    if (__builtin_cpu_supports("avx2")) places[count++] = AVX2;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl"))
        places[count++] = AVX512;
#endif
    return count;
}

size_t ntm_i_instructions_count(void) {
    size_t places[SETS];
    return find(places);
}

size_t ntm_i_instructions_at(size_t index) {
    size_t places[SETS];
    return index < find(places) ? places[index] : PLAIN;
}
