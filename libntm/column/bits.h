/* SPDX-License-Identifier: Apache-2.0 */
/* Single bits of Arrow bitmaps: least significant first. */
#ifndef NTM_I_BITS_H
#define NTM_I_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline bool ntm_i_bit(const uint8_t *bits, size_t at) { return (bits[at / 8] >> (at % 8) & 1) != 0; }

static inline void ntm_i_set_bit(uint8_t *bits, size_t at, bool value) {
    uint8_t mask = (uint8_t)(1u << (at % 8));
    bits[at / 8] = (uint8_t)(value ? bits[at / 8] | mask : bits[at / 8] & ~mask);
}

#endif
