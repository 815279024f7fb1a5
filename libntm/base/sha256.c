/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sha256.h"

#include <string.h>

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
static const uint32_t roots[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t turned(uint32_t word, unsigned by) { return word >> by | word << (32 - by); }

static void fill_schedule(uint32_t words[64], const uint8_t block[64]) {
    for (size_t i = 0; i < 16; i++)
        words[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 | (uint32_t)block[4 * i + 2] << 8 |
                   block[4 * i + 3];
    for (size_t i = 16; i < 64; i++) {
        uint32_t near = words[i - 2], far = words[i - 15];
        uint32_t s0 = turned(far, 7) ^ turned(far, 18) ^ far >> 3;
        uint32_t s1 = turned(near, 17) ^ turned(near, 19) ^ near >> 10;
        words[i] = words[i - 16] + s0 + words[i - 7] + s1;
    }
}

static void take_block(ntm_i_sha256 *hash, const uint8_t block[64]) {
    uint32_t words[64], s[8];
    fill_schedule(words, block);
    memcpy(s, hash->state, sizeof s);
    for (size_t i = 0; i < 64; i++) {
        uint32_t e = turned(s[4], 6) ^ turned(s[4], 11) ^ turned(s[4], 25);
        uint32_t choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
        uint32_t first = s[7] + e + choice + roots[i] + words[i];
        uint32_t a = turned(s[0], 2) ^ turned(s[0], 13) ^ turned(s[0], 22);
        uint32_t majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
        memmove(s + 1, s, 7 * sizeof *s);
        s[4] += first;
        s[0] = first + a + majority;
    }
    for (size_t i = 0; i < 8; i++)
        hash->state[i] += s[i];
}

void ntm_i_sha256_start(ntm_i_sha256 *hash) {
    /* Of the square roots of the first 8 primes. */
    static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    memset(hash, 0, sizeof *hash);
    memcpy(hash->state, start, sizeof start);
}

void ntm_i_sha256_add(ntm_i_sha256 *hash, const void *bytes, size_t size) {
    const uint8_t *from = bytes;
    hash->bytes += size;
    while (size > 0) {
        size_t room = sizeof hash->block - hash->held, part = size < room ? size : room;
        memcpy(hash->block + hash->held, from, part);
        hash->held += part;
        from += part;
        size -= part;
        if (hash->held < sizeof hash->block) return;
        take_block(hash, hash->block);
        hash->held = 0;
    }
}

void ntm_i_sha256_end(ntm_i_sha256 *hash, char out[NTM_I_SHA256_TEXT]) {
    static const char digits[] = "0123456789abcdef";
    uint64_t bits = hash->bytes * 8;
    uint8_t length[8];
    for (size_t i = 0; i < 8; i++)
        length[i] = (uint8_t)(bits >> (56 - 8 * i));
    static const uint8_t mark = 0x80, zero = 0;
    ntm_i_sha256_add(hash, &mark, 1);
    while (hash->held != sizeof hash->block - sizeof length)
        ntm_i_sha256_add(hash, &zero, 1);
    ntm_i_sha256_add(hash, length, sizeof length);
    for (size_t i = 0; i < 64; i++)
        out[i] = digits[hash->state[i / 8] >> (28 - 4 * (i % 8)) & 15];
    out[64] = '\0';
}
