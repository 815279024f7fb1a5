/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers in running Vietnamese text: a qualifier, a number, a magnitude word, a unit. Nothing is allocated: words are
   folded one at a time into a buffer that holds any word that is known here. */
#include "number/printed.h"

#include <string.h>
#include <utf8proc.h>

#include "base/text.h"
#include "base/utf8.h"
#include "number/decimal.h"

/* Words in NFC and lower case; the second is NULL for one word. */
typedef struct phrase {
    const char *first;
    const char *second;
    int meaning; /* a qualifier, or the power of ten */
} phrase;

static const phrase qualifiers[] = {
    {"trên", NULL, NTM_OVER},    {"hơn", NULL, NTM_OVER},       {"gần", NULL, NTM_NEARLY},
    {"khoảng", NULL, NTM_ABOUT}, {"tối", "thiểu", NTM_NO_LESS}, {"ít", "nhất", NTM_NO_LESS},
    {"dưới", NULL, NTM_UNDER},   {"tối", "đa", NTM_NO_MORE},    {"không", "quá", NTM_NO_MORE}};

/* The longer phrases first: "nghìn tỷ" is not "nghìn" of a unit "tỷ". */
static const phrase magnitudes[] = {{"nghìn", "tỷ", 12}, {"nghìn", "tỉ", 12}, {"ngàn", "tỷ", 12}, {"ngàn", "tỉ", 12},
                                    {"triệu", "tỷ", 15}, {"triệu", "tỉ", 15}, {"nghìn", NULL, 3}, {"ngàn", NULL, 3},
                                    {"triệu", NULL, 6},  {"tỷ", NULL, 9},     {"tỉ", NULL, 9}};

/* Words that make a number of what is before them and are not understood there: no unit begins with one. */
static const phrase not_units[] = {{"chục", NULL, 0}, {"trăm", NULL, 0},  {"nghìn", NULL, 0}, {"ngàn", NULL, 0},
                                   {"vạn", NULL, 0},  {"triệu", NULL, 0}, {"tỷ", NULL, 0},    {"tỉ", NULL, 0},
                                   {"rưỡi", NULL, 0}, {"tr", NULL, 0}};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

typedef struct cursor {
    const char *text;
    size_t at;
    size_t end;
} cursor;

static void skip_spaces(cursor *c) {
    while (c->at < c->end) {
        uint32_t character = 0;
        size_t length = ntm_i_utf8_next(&character, c->text + c->at, c->end - c->at);
        if (!ntm_i_is_space(character)) return;
        c->at += length;
    }
}

/* Bytes of the letters and marks at the cursor. */
static size_t word_size(const cursor *c) {
    size_t size = 0;
    while (c->at + size < c->end) {
        uint32_t character = 0;
        size_t length = ntm_i_utf8_next(&character, c->text + c->at + size, c->end - c->at - size);
        if (!ntm_i_is_letter_or_mark(character)) break;
        size += length;
    }
    return size;
}

/* Whether the word, folded, is `expected`. */
static bool word_is(const char *word, size_t size, const char *expected) {
    utf8proc_int32_t buffer[64];
    if (size == 0 || size > 40) return false; /* longer, even decomposed, than all that is known */
    utf8proc_option_t options = (utf8proc_option_t)(UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STABLE);
    utf8proc_ssize_t count =
        utf8proc_decompose((const utf8proc_uint8_t *)word, (utf8proc_ssize_t)size, buffer, 63, options);
    if (count < 0 || count > 63) return false;
    options = (utf8proc_option_t)(UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    utf8proc_ssize_t bytes = utf8proc_reencode(buffer, count, options); /* in place, and ends with NUL */
    return bytes >= 0 && strcmp((const char *)buffer, expected) == 0;
}

/* Takes the first of the phrases that stands at the cursor; NULL and nothing taken if none does. */
static const phrase *take_phrase(cursor *c, const phrase *phrases, size_t count) {
    for (size_t index = 0; index < count; index++) {
        cursor ahead = *c;
        size_t size = word_size(&ahead);
        if (!word_is(ahead.text + ahead.at, size, phrases[index].first)) continue;
        ahead.at += size;
        if (phrases[index].second != NULL) {
            skip_spaces(&ahead);
            size = word_size(&ahead);
            if (!word_is(ahead.text + ahead.at, size, phrases[index].second)) continue;
            ahead.at += size;
        }
        *c = ahead;
        return &phrases[index];
    }
    return NULL;
}

static bool is_number_byte(char c) { return (c >= '0' && c <= '9') || c == '.' || c == ','; }

static ntm_status unreadable(const cursor *c, ntm_error *err, const char *why) {
    return ntm_i_fail(err, NTM_ERROR_SYNTAX, NTM_I_NOWHERE,
                      "\"%.*s\" is not a printed number: %s; expected one like \"trên 7,942 tỷ đồng\"",
                      ntm_i_shown(c->text, c->end), c->text, why);
}

static ntm_status read_number(ntm_decimal *out, cursor *c, ntm_locale locale, ntm_error *err) {
    size_t start = c->at;
    if (c->at < c->end && (c->text[c->at] == '-' || c->text[c->at] == '+')) c->at++;
    size_t digits = c->at;
    while (c->at < c->end && is_number_byte(c->text[c->at]))
        c->at++;
    if (c->at == digits) return unreadable(c, err, "no digits where the number should be");
    return ntm_decimal_parse(out, c->text + start, c->at - start, locale, err);
}

/* A unit begins with a letter or a sign such as % or ₫; "25/2", "2021-2025" and "3 100" have none and are no
   numbers. */
static ntm_status check_unit(const cursor *c, ntm_error *err) {
    cursor ahead = *c;
    if (ahead.at == ahead.end) return NTM_OK;
    uint32_t first = 0;
    (void)ntm_i_utf8_next(&first, ahead.text + ahead.at, ahead.end - ahead.at);
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)first);
    bool sign = first == '%' || first == 0x2030 || first == 0xb0 || category == UTF8PROC_CATEGORY_SC;
    if (!sign && !ntm_i_is_letter_or_mark(first)) return unreadable(c, err, "what follows the number is no unit");
    if (take_phrase(&ahead, not_units, COUNT(not_units)) != NULL)
        return unreadable(c, err, "a magnitude word too many, or one that is not understood");
    for (size_t at = c->at; at + 1 < c->end; at++) {
        bool digit = c->text[at + 1] >= '0' && c->text[at + 1] <= '9';
        if (c->text[at] == ' ' && digit) return unreadable(c, err, "a second number follows");
    }
    return NTM_OK;
}

static bool is_money(const char *unit, size_t size) {
    static const char *const names[] = {"đồng", "đ", "vnd", "vnđ"};
    for (size_t index = 0; index < COUNT(names); index++) {
        if (word_is(unit, size, names[index])) return true;
    }
    return false;
}

/* The end of the text without white space there. */
static size_t trimmed_end(const char *text, size_t size) {
    size_t end = 0;
    for (size_t at = 0; at < size;) {
        uint32_t character = 0;
        at += ntm_i_utf8_next(&character, text + at, size - at);
        if (!ntm_i_is_space(character)) end = at;
    }
    return end;
}

ntm_status ntm_i_printed_parse(ntm_printed *out, bool *magnitude, const char *text, size_t size, ntm_locale locale,
                               ntm_error *err) {
    char group = '\0';
    char mark = '\0';
    size_t bad = 0;
    if (out == NULL || text == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "out or text is NULL");
    if (!ntm_i_locale_signs(locale, &group, &mark))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "unknown locale %d", (int)locale);
    if (!ntm_i_utf8_valid(text, size, &bad))
        return ntm_i_fail(err, NTM_ERROR_SYNTAX, NTM_I_NOWHERE, "not UTF-8 at byte %zu of the text", bad);
    ntm_printed printed = {NTM_EXACTLY, {0, 0}, false, size, 0};
    cursor c = {text, 0, trimmed_end(text, size)};
    skip_spaces(&c);
    const phrase *qualifier = take_phrase(&c, qualifiers, COUNT(qualifiers));
    if (qualifier != NULL) {
        printed.qualifier = (ntm_qualifier)qualifier->meaning;
        skip_spaces(&c);
    }
    ntm_status status = read_number(&printed.value, &c, locale, err);
    if (status != NTM_OK) return status;
    skip_spaces(&c);
    const phrase *power = take_phrase(&c, magnitudes, COUNT(magnitudes));
    if (power != NULL && !ntm_i_decimal_shift(&printed.value, printed.value, (unsigned)power->meaning))
        return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_NOWHERE, "\"%.*s\" does not fit 64 bits",
                          ntm_i_shown(text, c.end), text);
    skip_spaces(&c);
    status = check_unit(&c, err);
    if (status != NTM_OK) return status;
    if (c.at < c.end) {
        printed.unit_offset = c.at;
        printed.unit_size = c.end - c.at;
        printed.money = is_money(text + c.at, c.end - c.at);
    }
    *out = printed;
    *magnitude = power != NULL;
    return NTM_OK;
}

ntm_status ntm_printed_parse(ntm_printed *out, const char *text, size_t size, ntm_locale locale, ntm_error *err) {
    bool magnitude = false;
    return ntm_i_printed_parse(out, &magnitude, text, size, locale, err);
}
