/* SPDX-License-Identifier: Apache-2.0 */
/* Writing one scalar so that every reader of YAML, not only ours, takes it for the same text. */
#include <string.h>

#include "base/utf8.h"
#include "catalogue/write.h"

static bool is_letter(unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80; }
static bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }

/* What nobody sees, or what ends a line somewhere, is written as an escape. */
static bool is_hidden(uint32_t c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff || c == 0xfffe ||
           c == 0xffff;
}

static bool has_hidden(const char *text, size_t size) {
    for (size_t at = 0; at < size;) {
        uint32_t character = 0;
        size_t length = ntm_i_utf8_next(&character, text + at, size - at);
        if (length == 0 || is_hidden(character)) return true;
        at += length;
    }
    return false;
}

/* Words that some readers take for something else than text. */
static bool is_word(const char *text, size_t size) {
    static const char *const words[] = {"y", "n", "yes", "no", "true", "false", "on", "off", "null", "nan", "inf"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strlen(words[i]) != size) continue;
        size_t k = 0;
        while (k < size && (text[k] | 0x20) == words[i][k])
            k++;
        if (k == size) return true;
    }
    return false;
}

static bool looks_like_number(const char *text, size_t size) {
    if (size == 0 || !is_digit((unsigned char)text[0])) return false;
    return strspn(text, "0123456789abcdefABCDEFxXoOtTzZ+-_.:% ") >= size;
}

/* Text that can stand without quotes, inside brackets too. A short list of what may stand in it, for safety. */
static bool is_simple(const char *text, size_t size) {
    if (size == 0 || size > 4096 || has_hidden(text, size)) return false;
    unsigned char first = (unsigned char)text[0];
    if (!is_letter(first) && !is_digit(first) && first != '(' && first != '/') return false;
    if (text[size - 1] == ' ') return false;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (!is_letter(c) && !is_digit(c) && strchr(" -_./()%+*;'=<>", c) == NULL) return false;
    }
    return !is_word(text, size) && !looks_like_number(text, size);
}

bool ntm_i_yaml_can_fold(const char *text, size_t size) {
    if (size == 0 || text[0] == ' ' || text[size - 1] == ' ' || has_hidden(text, size)) return false;
    for (size_t i = 1; i < size; i++)
        if (text[i] == ' ' && text[i - 1] == ' ') return false;
    return memchr(text, ' ', size) != NULL;
}

/* Gives the characters written. */
static size_t put(ntm_i_writer *writer, const char *text, size_t size) {
    if (writer != NULL) ntm_i_write(writer, text, size);
    return ntm_i_utf8_length(text, size);
}

static size_t put_escape(ntm_i_writer *writer, uint32_t c) {
    static const char hex[] = "0123456789ABCDEF";
    if (c == '\n') return put(writer, "\\n", 2);
    if (c == '\t') return put(writer, "\\t", 2);
    char escape[6] = {'\\', 'u', hex[c >> 12 & 15], hex[c >> 8 & 15], hex[c >> 4 & 15], hex[c & 15]};
    return put(writer, escape, sizeof escape);
}

size_t ntm_i_yaml_put_text(ntm_i_writer *writer, const char *text, size_t size, bool *good) {
    if (is_simple(text, size)) return put(writer, text, size);
    size_t wide = put(writer, "\"", 1);
    for (size_t at = 0; at < size;) {
        uint32_t character = 0;
        size_t length = ntm_i_utf8_next(&character, text + at, size - at);
        if (length == 0) {
            *good = false;
            return wide;
        }
        if (is_hidden(character))
            wide += put_escape(writer, character);
        else if (character == '"' || character == '\\')
            wide += put(writer, "\\", 1) + put(writer, text + at, 1);
        else
            wide += put(writer, text + at, length);
        at += length;
    }
    return wide + put(writer, "\"", 1);
}
