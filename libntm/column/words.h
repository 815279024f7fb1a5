/* SPDX-License-Identifier: Apache-2.0 */
/* Arrow bitmaps as words of 64 rows. */
#ifndef NTM_I_WORDS_H
#define NTM_I_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Words for as many rows, and the bits of the last of them that are rows. */
static inline size_t ntm_i_words_of(size_t rows) { return (rows + 63) / 64; }
static inline uint64_t ntm_i_last_word(size_t rows) {
    return rows % 64 == 0 ? UINT64_MAX : (UINT64_C(1) << rows % 64) - 1;
}

/* The bit of a row: reading, setting, clearing it. */
static inline bool ntm_i_word_bit(const uint64_t *words, size_t row) { return words[row / 64] >> (row % 64) & 1; }
static inline void ntm_i_word_set(uint64_t *words, size_t row) { words[row / 64] |= UINT64_C(1) << row % 64; }
static inline void ntm_i_word_clear(uint64_t *words, size_t row) { words[row / 64] &= ~(UINT64_C(1) << row % 64); }

/* The place of the lowest bit of a word that is not 0. */
static inline size_t ntm_i_word_lowest(uint64_t word) {
#if defined(__GNUC__)
    return (size_t)__builtin_ctzll(word);
#else
    size_t at = 0;
    while (!(word >> at & 1))
        at++;
    return at;
#endif
}

/* Eight bytes as a little-endian number; written out so that compilers make one load of it. */
static inline uint64_t ntm_i_eight_bytes(const uint8_t *at) {
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24 |
           (uint64_t)at[4] << 32 | (uint64_t)at[5] << 40 | (uint64_t)at[6] << 48 | (uint64_t)at[7] << 56;
}

/* Bits offset .. offset + n - 1 as words, the rest of the last word 0; all ones for NULL. No byte past them is read. */
void ntm_i_words_load(uint64_t *out, const uint8_t *bits, size_t offset, size_t n);

#endif
