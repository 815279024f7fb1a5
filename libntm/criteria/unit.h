/* SPDX-License-Identifier: Apache-2.0 */
/* Units of measure: products of words with integer exponents, and a power of ten. See docs/units.md. */
#ifndef NTM_I_UNIT_H
#define NTM_I_UNIT_H

#include <ntm/base.h>

#define NTM_I_UNIT_TERMS_MAX 6
#define NTM_I_UNIT_WORD_MAX  60 /* bytes of a word; six of them, with exponents, fit NTM_I_UNIT_TEXT_MAX */
#define NTM_I_UNIT_TEXT_MAX  512
#define NTM_I_UNIT_POWER_MAX 18 /* so that decimals of int64 still fit when scaled */

typedef struct ntm_i_unit_term {
    const char *word; /* canonical; points into the table of words or into the text that was read */
    size_t size;
    int exponent;
} ntm_i_unit_term;

/* Value in base units = value in this unit * 10^power. A plain number has no terms and power 0. */
typedef struct ntm_i_unit {
    int power;
    size_t term_count;
    ntm_i_unit_term terms[NTM_I_UNIT_TERMS_MAX]; /* sorted by word, no exponent is 0 */
} ntm_i_unit;

/* Reads a unit; NULL or "" is a plain number. The text has to outlive the unit. False for what is no unit. */
bool ntm_i_unit_parse(ntm_i_unit *out, const char *text);
/* Whether two units measure the same thing, at whatever scale. */
bool ntm_i_unit_same(const ntm_i_unit *a, const ntm_i_unit *b);
/* Product (sign 1) or quotient (sign -1); false when there are too many terms. */
bool ntm_i_unit_combine(ntm_i_unit *out, const ntm_i_unit *a, const ntm_i_unit *b, int sign);
/* Whether values are whole things that are counted (households, people), so that a gap is rounded up to one. */
bool ntm_i_unit_is_whole(const ntm_i_unit *unit);
/* Writes a unit that was not written by a person, e.g. of a sum; as snprintf. */
size_t ntm_i_unit_format(char *buffer, size_t capacity, const ntm_i_unit *unit);

/* Writes a unit as it was written, each word in the language (hộ, household); as snprintf. */
size_t ntm_i_unit_translate(char *buffer, size_t capacity, const char *text, ntm_language language);

#endif
