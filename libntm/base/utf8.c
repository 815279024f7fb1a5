/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8, checked strictly: whatever this accepts, every other reader accepts too. */
#include "base/utf8.h"

#include <utf8proc.h>

#include "base/text.h"

size_t ntm_i_utf8_next(uint32_t *character, const char *text, size_t size) {
    const unsigned char *bytes = (const unsigned char *)text;
    uint32_t first = bytes[0];
    if (first < 0x80) {
        *character = first;
        return 1;
    }
    size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || size < length) return 0;
    uint32_t value = first & (0xffu >> (length + 1));
    for (size_t at = 1; at < length; at++) {
        if ((bytes[at] & 0xc0) != 0x80) return 0;
        value = value << 6 | (bytes[at] & 0x3fu);
    }
    if (length == 3 && (value < 0x800 || (value >= 0xd800 && value <= 0xdfff))) return 0;
    if (length == 4 && (value < 0x10000 || value > 0x10ffff)) return 0;
    *character = value;
    return length;
}

bool ntm_i_is_space(uint32_t character) {
    if (character < 0x80) return character == ' ' || (character >= 0x09 && character <= 0x0d);
    if (character == 0x85) return true;
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)character);
    return category >= UTF8PROC_CATEGORY_ZS && category <= UTF8PROC_CATEGORY_ZP;
}

bool ntm_i_is_letter_or_mark(uint32_t character) {
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)character);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;
}

size_t ntm_i_utf8_length(const char *text, size_t size) {
    size_t count = 0;
    for (size_t at = 0; at < size; at++)
        count += ((unsigned char)text[at] & 0xc0) != 0x80;
    return count;
}

bool ntm_i_utf8_valid(const char *text, size_t size, size_t *bad) {
    size_t at = 0;
    while (at < size) {
        uint32_t character = 0;
        size_t length = ntm_i_utf8_next(&character, text + at, size - at);
        if (length == 0 || character == 0) {
            if (bad != NULL) *bad = at;
            return false;
        }
        at += length;
    }
    return true;
}
