/* SPDX-License-Identifier: Apache-2.0 */
/* Where the characters of UTF-8 text begin and end. */
#ifndef NTM_I_UTF8_H
#define NTM_I_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The largest size <= `size` that does not split the character there; text has at least size + 1 bytes to look at. */
static inline size_t ntm_i_utf8_cut(const char *text, size_t size) {
    size_t cut = size;
    /* A character has at most 3 bytes after its first; more are no UTF-8 and are cut anywhere. */
    while (cut > 0 && size - cut < 3 && ((unsigned char)text[cut] & 0xc0) == 0x80)
        cut--;
    return ((unsigned char)text[cut] & 0xc0) == 0x80 ? size : cut;
}

/* The bytes of the first character of `size` > 0 bytes, and the character; 0 if they are not UTF-8 (overlong forms,
   surrogates and what is beyond U+10FFFF are not). */
size_t ntm_i_utf8_next(uint32_t *character, const char *text, size_t size);

/* White space of any script, no-break spaces included. */
bool ntm_i_is_space(uint32_t character);

/* Letters and the marks on them. */
bool ntm_i_is_letter_or_mark(uint32_t character);

/* The number of characters in valid UTF-8. */
size_t ntm_i_utf8_length(const char *text, size_t size);

#endif
