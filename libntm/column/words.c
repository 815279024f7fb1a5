/* SPDX-License-Identifier: Apache-2.0 */
/* Arrow bitmaps as words of 64 rows: whole bytes at once where the offset allows it. */
#include "column/words.h"

#include <string.h>

/* The 1..64 bits from `at` on. */
static uint64_t bits_at(const uint8_t *bits, size_t at, size_t count) {
    const uint8_t *from = bits + at / 8;
    size_t shift = at % 8, bytes = (shift + count + 7) / 8;
    uint64_t low = 0;
    for (size_t i = 0; i < bytes && i < 8; i++)
        low |= (uint64_t)from[i] << 8 * i;
    if (shift == 0) return low;
    return low >> shift | (bytes > 8 ? (uint64_t)from[8] << (64 - shift) : 0);
}

void ntm_i_words_load(uint64_t *out, const uint8_t *bits, size_t offset, size_t n) {
    size_t words = ntm_i_words_of(n), whole = n / 64;
    if (bits == NULL) {
        memset(out, 0xff, words * sizeof *out);
    } else if (offset % 8 == 0) {
        for (size_t w = 0; w < whole; w++)
            out[w] = ntm_i_eight_bytes(bits + offset / 8 + 8 * w);
        if (whole < words) out[whole] = bits_at(bits, offset + 64 * whole, n % 64);
    } else {
        for (size_t w = 0; w < words; w++)
            out[w] = bits_at(bits, offset + 64 * w, w < whole ? 64 : n % 64);
    }
    if (words > 0) out[words - 1] &= ntm_i_last_word(n);
}
