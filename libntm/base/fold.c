/* SPDX-License-Identifier: Apache-2.0 */
/* Names in the form in which they are compared. All work is done on the fully decomposed text, where a letter, its
   vowel mark and its tone are separate and the tone can simply change places. */
#include <string.h>
#include <utf8proc.h>

#include "base/checked.h"
#include "base/script.h"
#include "base/text.h"
#include "base/text_fold.h"
#include "base/utf8.h"

/* Characters, decomposed. `count` shrinks as text is folded; `capacity` is what was allocated. */
typedef struct characters {
    utf8proc_int32_t *items;
    size_t count;
    size_t capacity;
} characters;

static ntm_status check_utf8(const char *text, size_t size, ntm_error *err) {
    size_t bad = 0;
    if (ntm_i_utf8_valid(text, size, &bad)) return NTM_OK;
    if (text[bad] == '\0') return ntm_i_fail(err, NTM_ERROR_SYNTAX, NTM_I_NOWHERE, "NUL at byte %zu of the text", bad);
    return ntm_i_fail(err, NTM_ERROR_SYNTAX, NTM_I_NOWHERE, "not UTF-8 at byte %zu of the text", bad);
}

/* Whoever mixes scripts in a name writes a look-alike: Cyrillic "С" for Latin "C". */
static ntm_status check_scripts(const char *text, size_t size, ntm_error *err) {
    int script = 0;
    size_t at = 0;
    while (at < size) {
        uint32_t character = 0;
        at += ntm_i_utf8_next(&character, text + at, size - at);
        int here = ntm_i_script(character);
        if (here != 0 && script != 0 && here != script)
            return ntm_i_fail(err, NTM_ERROR_SYNTAX, NTM_I_NOWHERE,
                              "letters of several scripts: U+%04X is not of the script of the letters before it",
                              (unsigned)character);
        if (here != 0) script = here;
    }
    return NTM_OK;
}

static ntm_status decompose(characters *out, const char *text, size_t size, utf8proc_option_t options,
                            const ntm_allocator *allocator, ntm_error *err) {
    if (size > SIZE_MAX / 64) return ntm_i_no_memory(err); /* also keeps it within utf8proc's signed sizes */
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
    utf8proc_ssize_t needed = utf8proc_decompose(bytes, (utf8proc_ssize_t)size, NULL, 0, options);
    if (needed < 0) return ntm_i_no_memory(err); /* the text is valid: only its length can be at fault */
    out->capacity = (size_t)needed;
    out->items = ntm_i_allocate(allocator, out->capacity, sizeof *out->items);
    if (out->items == NULL) return ntm_i_no_memory(err);
    (void)utf8proc_decompose(bytes, (utf8proc_ssize_t)size, out->items, needed, options);
    out->count = out->capacity;
    return NTM_OK;
}

/* Composes and writes as UTF-8 into a block of its exact size. */
static ntm_status compose(char **out, size_t *size, characters *from, const ntm_allocator *allocator, ntm_error *err) {
    utf8proc_option_t options = (utf8proc_option_t)(UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    utf8proc_ssize_t count = utf8proc_normalize_utf32(from->items, (utf8proc_ssize_t)from->count, options);
    utf8proc_uint8_t one[4];
    size_t bytes = 0;
    for (utf8proc_ssize_t at = 0; at < count; at++)
        bytes += (size_t)utf8proc_encode_char(from->items[at], one);
    char *block = ntm_i_allocate(allocator, bytes + 1, 1);
    if (block == NULL) return ntm_i_no_memory(err);
    size_t end = 0;
    for (utf8proc_ssize_t at = 0; at < count; at++) {
        size_t length = (size_t)utf8proc_encode_char(from->items[at], one);
        memcpy(block + end, one, length);
        end += length;
    }
    *out = block;
    *size = bytes;
    return NTM_OK;
}

static void fold_spaces(characters *text) {
    size_t to = 0;
    bool pending = false;
    for (size_t at = 0; at < text->count; at++) {
        if (ntm_i_is_space((uint32_t)text->items[at])) {
            pending = to > 0;
            continue;
        }
        if (pending) text->items[to++] = ' ';
        pending = false;
        text->items[to++] = text->items[at];
    }
    text->count = to;
}

static bool is_tone(utf8proc_int32_t c) { return c == 0x300 || c == 0x301 || c == 0x303 || c == 0x309 || c == 0x323; }

/* oà, oè, uỳ at the end of a syllable -> òa, òe, ùy. Before a further letter all writers put the tone on the second
   vowel (hoàn), and after q the u belongs to the consonant (quỳ): these stay. */
static void fold_tones(characters *text) {
    for (size_t at = 0; at + 2 < text->count; at++) {
        utf8proc_int32_t *c = text->items + at;
        bool pair = (c[0] == 'o' && (c[1] == 'a' || c[1] == 'e')) || (c[0] == 'u' && c[1] == 'y');
        if (!pair || !is_tone(c[2])) continue;
        if (at > 0 && c[-1] == 'q') continue;
        if (at + 3 < text->count && ntm_i_is_letter_or_mark((uint32_t)c[3])) continue;
        utf8proc_int32_t tone = c[2];
        c[2] = c[1];
        c[1] = tone;
    }
}

static void end_characters(characters *text, const ntm_allocator *allocator) {
    ntm_i_release(allocator, text->items, text->capacity, sizeof *text->items);
}

ntm_status ntm_i_name_fold(char **out, size_t *size, const char *text, size_t text_size, const ntm_allocator *allocator,
                           ntm_error *err) {
    ntm_status status = check_utf8(text, text_size, err);
    if (status == NTM_OK) status = check_scripts(text, text_size, err);
    if (status != NTM_OK) return status;
    characters folded = {NULL, 0, 0};
    utf8proc_option_t options = (utf8proc_option_t)(UTF8PROC_DECOMPOSE | UTF8PROC_STABLE | UTF8PROC_CASEFOLD);
    status = decompose(&folded, text, text_size, options, allocator, err);
    if (status != NTM_OK) return status;
    fold_spaces(&folded);
    fold_tones(&folded);
    status = compose(out, size, &folded, allocator, err);
    end_characters(&folded, allocator);
    return status;
}

ntm_status ntm_i_nfc(char **out, size_t *size, const char *text, size_t text_size, const ntm_allocator *allocator,
                     ntm_error *err) {
    ntm_status status = check_utf8(text, text_size, err);
    if (status != NTM_OK) return status;
    characters whole = {NULL, 0, 0};
    utf8proc_option_t options = (utf8proc_option_t)(UTF8PROC_DECOMPOSE | UTF8PROC_STABLE);
    status = decompose(&whole, text, text_size, options, allocator, err);
    if (status != NTM_OK) return status;
    status = compose(out, size, &whole, allocator, err);
    end_characters(&whole, allocator);
    return status;
}

ntm_status ntm_name_equal(bool *out, const char *a, size_t a_size, const char *b, size_t b_size, ntm_error *err) {
    if (out == NULL || a == NULL || b == NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "out or a name is NULL");
    char *folded_a = NULL;
    char *folded_b = NULL;
    size_t size_a = 0;
    size_t size_b = 0;
    ntm_status status = ntm_i_name_fold(&folded_a, &size_a, a, a_size, NULL, err);
    if (status != NTM_OK) return status;
    status = ntm_i_name_fold(&folded_b, &size_b, b, b_size, NULL, err);
    if (status == NTM_OK) {
        *out = size_a == size_b && memcmp(folded_a, folded_b, size_a) == 0;
        ntm_i_release(NULL, folded_b, size_b + 1, 1);
    }
    ntm_i_release(NULL, folded_a, size_a + 1, 1);
    return status;
}
