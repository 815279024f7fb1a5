/* SPDX-License-Identifier: Apache-2.0 */
/* Shares over a block of rows, in whole numbers: of integers as they stand, of doubles as the decimals they stand for. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "attainment/ratio.h"
#include "base/checked.h"

/* Digits after the mark that are looked for; rows with more are left to exact code. */
enum { SCALE_MOST = 9, FIRST_ROWS = 64 };

static const double powers[SCALE_MOST + 1] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
static const int64_t whole_powers[SCALE_MOST + 1] = {1,      10,      100,      1000,      10000,
                                                     100000, 1000000, 10000000, 100000000, 1000000000};

/* 2^51: docs/exactness.md shows that up to here k / 10^s is the double of one k only. */
#define WHOLE_MOST INT64_C(2251799813685248)

bool ntm_i_ratio_takes_doubles(void) {
#if defined(FLT_EVAL_METHOD) && FLT_EVAL_METHOD != 0
    return false; /* wider registers would round twice */
#else
    return true;
#endif
}

/* The decimal that a double stands for, times 10^scale; false where that is no whole number up to 2^51. */
static bool whole_of_real(int64_t *out, double value, unsigned scale) {
    const double near =
        6755399441055744.0; /* 1.5 × 2^52: adding and taking it away again rounds to the nearest whole */
    double moved = value * powers[scale];
    if (!(fabs(moved) <= (double)WHOLE_MOST)) return false;
    double whole = (moved + near) - near;
    *out = (int64_t)whole;
    if (whole / powers[scale] != value) return false;
    /* The smallest doubles look like zero where the processor has been told to treat them so. */
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return whole != 0 || bits << 1 == 0;
}

static bool whole_at(int64_t *out, const ntm_i_bound *bound, size_t row, unsigned scale) {
    if (bound->form == NTM_I_FORM_REAL) return whole_of_real(out, ((const double *)bound->values)[row], scale);
    *out = ((const int64_t *)bound->values)[row];
    return !ntm_i_multiply_overflows(*out, whole_powers[scale], out) && *out <= WHOLE_MOST && *out >= -WHOLE_MOST;
}

/* The smallest scale from `from` on at which those of the first rows are whole that are reported, and whole at any. */
static unsigned scale_of(const ntm_i_bound *bound, size_t rows, unsigned from) {
    unsigned scale = from;
    for (size_t row = 0; row < rows && scale < SCALE_MOST; row++) {
        int64_t unused;
        unsigned more = scale;
        if (!ntm_i_bit(&bound->valid, row)) continue;
        while (more <= SCALE_MOST && !whole_at(&unused, bound, row, more))
            more++;
        if (more <= SCALE_MOST) scale = more;
    }
    return scale;
}

static void wholes_of(int64_t *out, ntm_i_mask *odd, const ntm_i_run *run, const ntm_i_bound *bound, unsigned scale) {
    for (size_t word = 0; word < run->words; word++) {
        size_t start = word * 64, end = run->rows - start < 64 ? run->rows : start + 64;
        uint64_t not_whole = 0;
        for (size_t row = start; row < end; row++) {
            int64_t whole = 0;
            bool good = whole_at(&whole, bound, row, scale);
            out[row] = good ? whole : 0;
            not_whole |= (uint64_t)!good << (row - start);
        }
        odd->words[word] |= not_whole & bound->valid.words[word];
    }
}

static bool any_odd(const ntm_i_run *run, const ntm_i_mask *odd) {
    uint64_t any = 0;
    for (size_t word = 0; word < run->words; word++)
        any |= odd->words[word];
    return any != 0;
}

void ntm_i_ratio_start(ntm_i_ratio *out, ntm_i_run *run, const ntm_i_bound *left, const ntm_i_bound *divisor) {
    *out = (ntm_i_ratio){left->values, divisor->values};
    if (left->form == NTM_I_FORM_INT && divisor->form == NTM_I_FORM_INT) return;
    /* What the first rows need is mostly what all need; only where it is not, all are asked. */
    size_t asked = run->rows < FIRST_ROWS ? run->rows : FIRST_ROWS;
    unsigned scale = scale_of(divisor, asked, scale_of(left, asked, 0)), before = SCALE_MOST + 1;
    bool odd = true;
    while (odd && scale != before) {
        memset(run->odd.words, 0, run->words * sizeof *run->odd.words);
        wholes_of(run->wholes[0], &run->odd, run, left, scale);
        wholes_of(run->wholes[1], &run->odd, run, divisor, scale);
        odd = any_odd(run, &run->odd);
        before = scale;
        if (odd) scale = scale_of(divisor, run->rows, scale_of(left, run->rows, scale));
    }
    *out = (ntm_i_ratio){run->wholes[0], run->wholes[1]};
}
