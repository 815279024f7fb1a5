/* SPDX-License-Identifier: Apache-2.0 */
/* 256-bit products, sums and quotients. Plain long arithmetic; taken only where 128 bits do not suffice. */
#include "number/wide.h"

ntm_i_uwide ntm_i_gcd(ntm_i_uwide a, ntm_i_uwide b) {
    while (b != 0) {
        if (a <= UINT64_MAX && b <= UINT64_MAX) { /* nearly always, and 64-bit division is several times faster */
            uint64_t x = (uint64_t)a;
            uint64_t y = (uint64_t)b;
            while (y != 0) {
                uint64_t rest = x % y;
                x = y;
                y = rest;
            }
            return x;
        }
        ntm_i_uwide rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

ntm_i_uwide ntm_i_power_of_ten(unsigned power) {
    static const uint64_t low[20] = {UINT64_C(1),
                                     UINT64_C(10),
                                     UINT64_C(100),
                                     UINT64_C(1000),
                                     UINT64_C(10000),
                                     UINT64_C(100000),
                                     UINT64_C(1000000),
                                     UINT64_C(10000000),
                                     UINT64_C(100000000),
                                     UINT64_C(1000000000),
                                     UINT64_C(10000000000),
                                     UINT64_C(100000000000),
                                     UINT64_C(1000000000000),
                                     UINT64_C(10000000000000),
                                     UINT64_C(100000000000000),
                                     UINT64_C(1000000000000000),
                                     UINT64_C(10000000000000000),
                                     UINT64_C(100000000000000000),
                                     UINT64_C(1000000000000000000),
                                     UINT64_C(10000000000000000000)};
    if (power > 38) return 0;
    return power < 20 ? low[power] : (ntm_i_uwide)low[19] * low[power - 19];
}

ntm_i_u256 ntm_i_u256_product(ntm_i_uwide a, ntm_i_uwide b) {
    ntm_i_uwide a0 = (uint64_t)a;
    ntm_i_uwide a1 = a >> 64;
    ntm_i_uwide b0 = (uint64_t)b;
    ntm_i_uwide b1 = b >> 64;
    ntm_i_uwide low = a0 * b0;
    ntm_i_uwide middle = a1 * b0 + (low >> 64); /* at most (2^64-1)^2 + 2^64-1, which fits */
    ntm_i_uwide other = a0 * b1 + (uint64_t)middle;
    return (ntm_i_u256){a1 * b1 + (middle >> 64) + (other >> 64), other << 64 | (uint64_t)low};
}

int ntm_i_u256_compare(ntm_i_u256 a, ntm_i_u256 b) {
    if (a.high != b.high) return a.high < b.high ? -1 : 1;
    if (a.low != b.low) return a.low < b.low ? -1 : 1;
    return 0;
}

ntm_i_u256 ntm_i_u256_sum(ntm_i_u256 a, ntm_i_u256 b) {
    ntm_i_uwide low = a.low + b.low;
    return (ntm_i_u256){a.high + b.high + (low < a.low), low};
}

ntm_i_u256 ntm_i_u256_difference(ntm_i_u256 a, ntm_i_u256 b) {
    return (ntm_i_u256){a.high - b.high - (a.low < b.low), a.low - b.low};
}

ntm_i_u256 ntm_i_u256_divide(ntm_i_u256 a, ntm_i_uwide d, ntm_i_uwide *rest) {
    ntm_i_uwide remainder = a.high % d;
    ntm_i_u256 quotient = {a.high / d, 0};
    if (remainder == 0) { /* also where a has no high half */
        quotient.low = a.low / d;
        *rest = a.low % d;
        return quotient;
    }
    for (int bit = 127; bit >= 0; bit--) {
        bool carry = remainder >> 127 != 0; /* the bit that the shift pushes out counts too */
        remainder = remainder << 1 | (a.low >> bit & 1);
        if (carry || remainder >= d) {
            remainder -= d;
            quotient.low |= (ntm_i_uwide)1 << bit;
        }
    }
    *rest = remainder;
    return quotient;
}
