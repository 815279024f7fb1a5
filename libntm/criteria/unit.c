/* SPDX-License-Identifier: Apache-2.0 */
#include "criteria/unit.h"
#include "base/error.h"

#include <ntm/criteria.h>

#include <stdio.h>
#include <string.h>

/* The words of docs/units.md. Multiples of a base carry the base's name, its exponent and their power of ten. */
typedef struct unit_word {
    const char *word;
    const char *base;
    int exponent;
    int power;
    bool whole;
    ntm_language language; /* 0 = either */
} unit_word;

static const unit_word unit_words[] = {
    {"1", "", 0, 0, false, (ntm_language)0},
    {"%", "", 0, -2, false, (ntm_language)0},
    {"percent", "", 0, -2, false, NTM_EN},
    {"VND", "VND", 1, 0, false, NTM_EN},
    {"đồng", "VND", 1, 0, false, NTM_VI},
    {"thousand VND", "VND", 1, 3, false, NTM_EN},
    {"nghìn đồng", "VND", 1, 3, false, NTM_VI},
    {"million VND", "VND", 1, 6, false, NTM_EN},
    {"triệu đồng", "VND", 1, 6, false, NTM_VI},
    {"billion VND", "VND", 1, 9, false, NTM_EN},
    {"tỷ đồng", "VND", 1, 9, false, NTM_VI},
    {"m", "m", 1, 0, false, (ntm_language)0},
    {"km", "m", 1, 3, false, (ntm_language)0},
    {"m2", "m", 2, 0, false, (ntm_language)0},
    {"ha", "m", 2, 4, false, (ntm_language)0},
    {"km2", "m", 2, 6, false, (ntm_language)0},
    {"m3", "m", 3, 0, false, (ntm_language)0},
    {"kg", "kg", 1, 0, false, (ntm_language)0},
    {"tonne", "kg", 1, 3, false, NTM_EN},
    {"tấn", "kg", 1, 3, false, NTM_VI},
    {"household", "household", 1, 0, true, NTM_EN},
    {"hộ", "household", 1, 0, true, NTM_VI},
    {"person", "person", 1, 0, true, NTM_EN},
    {"người", "person", 1, 0, true, NTM_VI},
    {"house", "house", 1, 0, true, NTM_EN},
    {"nhà", "house", 1, 0, true, NTM_VI},
    {"school", "school", 1, 0, true, NTM_EN},
    {"trường", "school", 1, 0, true, NTM_VI},
    {"business", "business", 1, 0, true, NTM_EN},
    {"cơ sở", "business", 1, 0, true, NTM_VI},
    {"producer", "producer", 1, 0, true, NTM_EN},
    {"hộ và cơ sở", "producer", 1, 0, true, NTM_VI},
    {"organisation", "organisation", 1, 0, true, NTM_EN},
    {"tổ chức", "organisation", 1, 0, true, NTM_VI},
    {"village", "village", 1, 0, true, NTM_EN},
    {"thôn", "village", 1, 0, true, NTM_VI},
    {"commune", "commune", 1, 0, true, NTM_EN},
    {"xã", "commune", 1, 0, true, NTM_VI},
    {"ward", "ward", 1, 0, true, NTM_EN},
    {"phường", "ward", 1, 0, true, NTM_VI},
    {"township", "township", 1, 0, true, NTM_EN},
    {"thị trấn", "township", 1, 0, true, NTM_VI},
    {"district", "district", 1, 0, true, NTM_EN},
    {"huyện", "district", 1, 0, true, NTM_VI},
    {"town", "town", 1, 0, true, NTM_EN},
    {"thị xã", "town", 1, 0, true, NTM_VI},
    {"province", "province", 1, 0, true, NTM_EN},
    {"tỉnh", "province", 1, 0, true, NTM_VI},
    {"year", "year", 1, 0, false, NTM_EN},
    {"năm", "year", 1, 0, false, NTM_VI},
    {"month", "month", 1, 0, false, NTM_EN},
    {"tháng", "month", 1, 0, false, NTM_VI},
    {"day", "day", 1, 0, false, NTM_EN},
    {"ngày", "day", 1, 0, false, NTM_VI},
    {"point", "point", 1, 0, false, NTM_EN},
    {"điểm", "point", 1, 0, false, NTM_VI},
};

static const unit_word *find_word(const char *text, size_t size) {
    for (size_t i = 0; i < sizeof unit_words / sizeof unit_words[0]; i++)
        if (strlen(unit_words[i].word) == size && memcmp(unit_words[i].word, text, size) == 0) return &unit_words[i];
    return NULL;
}

static int compare_words(const ntm_i_unit_term *a, const char *word, size_t size) {
    size_t common = a->size < size ? a->size : size;
    int order = memcmp(a->word, word, common);
    if (order != 0) return order;
    return a->size < size ? -1 : a->size > size;
}

/* Adds word^exponent, keeping terms sorted and dropping those that cancel. */
static bool add_term(ntm_i_unit *unit, const char *word, size_t size, int exponent) {
    size_t at = 0;
    while (at < unit->term_count && compare_words(&unit->terms[at], word, size) < 0)
        at++;
    if (at < unit->term_count && compare_words(&unit->terms[at], word, size) == 0) {
        unit->terms[at].exponent += exponent;
        if (unit->terms[at].exponent == 0) {
            unit->term_count--;
            memmove(&unit->terms[at], &unit->terms[at + 1], (unit->term_count - at) * sizeof unit->terms[0]);
        }
        return unit->term_count == at || unit->terms[at].exponent < 100;
    }
    if (unit->term_count == NTM_I_UNIT_TERMS_MAX) return false;
    memmove(&unit->terms[at + 1], &unit->terms[at], (unit->term_count - at) * sizeof unit->terms[0]);
    unit->terms[at] = (ntm_i_unit_term){word, size, exponent};
    unit->term_count++;
    return true;
}

bool ntm_i_unit_parse(ntm_i_unit *out, const char *text) {
    ntm_i_unit unit;
    memset(&unit, 0, sizeof unit);
    int sign = 1;
    const char *start = text == NULL ? "" : text;
    if (*start == '\0') {
        *out = unit;
        return true;
    }
    for (;;) {
        size_t size = strcspn(start, "/*");
        const char *end = start + size;
        while (size > 0 && *start == ' ') {
            start++;
            size--;
        }
        while (size > 0 && start[size - 1] == ' ')
            size--;
        if (size == 0 || size > NTM_I_UNIT_WORD_MAX) return false;
        const unit_word *known = find_word(start, size);
        if (known == NULL) {
            if (!add_term(&unit, start, size, sign)) return false;
        } else {
            unit.power += sign * known->power;
            if (unit.power > NTM_I_UNIT_POWER_MAX || unit.power < -NTM_I_UNIT_POWER_MAX) return false;
            if (known->exponent != 0 && !add_term(&unit, known->base, strlen(known->base), sign * known->exponent))
                return false;
        }
        if (*end == '\0') break;
        sign = *end == '/' ? -1 : 1;
        start = end + 1;
    }
    *out = unit;
    return true;
}

bool ntm_i_unit_same(const ntm_i_unit *a, const ntm_i_unit *b) {
    if (a->term_count != b->term_count) return false;
    for (size_t i = 0; i < a->term_count; i++) {
        if (compare_words(&a->terms[i], b->terms[i].word, b->terms[i].size) != 0) return false;
        if (a->terms[i].exponent != b->terms[i].exponent) return false;
    }
    return true;
}

bool ntm_i_unit_combine(ntm_i_unit *out, const ntm_i_unit *a, const ntm_i_unit *b, int sign) {
    ntm_i_unit unit = *a;
    unit.power += sign * b->power;
    if (unit.power > NTM_I_UNIT_POWER_MAX || unit.power < -NTM_I_UNIT_POWER_MAX) return false;
    for (size_t i = 0; i < b->term_count; i++)
        if (!add_term(&unit, b->terms[i].word, b->terms[i].size, sign * b->terms[i].exponent)) return false;
    *out = unit;
    return true;
}

bool ntm_i_unit_is_whole(const ntm_i_unit *unit) {
    if (unit->term_count != 1 || unit->terms[0].exponent != 1 || unit->power != 0) return false;
    const unit_word *known = find_word(unit->terms[0].word, unit->terms[0].size);
    return known == NULL || known->whole; /* a word of its own ("model") is a thing that is counted */
}

size_t ntm_i_unit_format(char *buffer, size_t capacity, const ntm_i_unit *unit) {
    size_t used = 0;
    char scratch[1];
    char *at = capacity > 0 ? buffer : scratch;
    size_t room = capacity > 0 ? capacity : 1;
    at[0] = '\0';
#define APPEND(...)                                                                                                    \
    used += (size_t)snprintf(at + (used < room ? used : room - 1), used < room ? room - used : 1, __VA_ARGS__)
    if (unit->term_count == 0 && unit->power == -2) {
        APPEND("%%");
        return used;
    }
    if (unit->power != 0) APPEND("10^%d ", unit->power);
    for (size_t i = 0; i < unit->term_count; i++) {
        const ntm_i_unit_term *term = &unit->terms[i];
        APPEND("%s%.*s", term->exponent < 0 ? "/" : i > 0 ? "*" : "", (int)term->size, term->word);
        if (term->exponent > 1 || term->exponent < -1)
            APPEND("%d", term->exponent < 0 ? -term->exponent : term->exponent);
    }
#undef APPEND
    return used;
}

static void append(char *buffer, size_t capacity, size_t *used, const char *text, size_t size) {
    for (size_t i = 0; i < size; i++)
        if (*used + i + 1 < capacity) buffer[*used + i] = text[i];
    *used += size;
}

/* The same unit's word in a language; the word itself when there is none. */
static const unit_word *in_language(const unit_word *word, ntm_language language) {
    if (word->language == 0 || word->language == language) return word;
    for (size_t i = 0; i < sizeof unit_words / sizeof unit_words[0]; i++) {
        const unit_word *other = &unit_words[i];
        if (other->language == language && other->power == word->power && other->exponent == word->exponent &&
            strcmp(other->base, word->base) == 0)
            return other;
    }
    return word;
}

size_t ntm_measure_format(char *buffer, size_t capacity, const char *unit, ntm_language language) {
    if (buffer == NULL) capacity = 0;
    if (capacity > 0) buffer[0] = '\0';
    return unit == NULL ? 0 : ntm_i_unit_translate(buffer, capacity, unit, language);
}

ntm_status ntm_measure_power(int *power, const char *from, const char *to, ntm_error *err) {
    ntm_i_unit a, b;
    if (power == NULL) return ntm_i_wrong_call(err, "power is NULL");
    if (!ntm_i_unit_parse(&a, from))
        return ntm_i_fail(err, NTM_ERROR_SYNTAX, NTM_I_SUBJECT(from), "is no unit of measure");
    if (!ntm_i_unit_parse(&b, to)) return ntm_i_fail(err, NTM_ERROR_SYNTAX, NTM_I_SUBJECT(to), "is no unit of measure");
    if (!ntm_i_unit_same(&a, &b))
        return ntm_i_fail(err, NTM_ERROR_UNIT, NTM_I_NOWHERE, "\"%s\" and \"%s\" measure different things",
                          from == NULL ? "" : from, to == NULL ? "" : to);
    *power = a.power - b.power;
    return NTM_OK;
}

size_t ntm_i_unit_translate(char *buffer, size_t capacity, const char *text, ntm_language language) {
    size_t used = 0;
    for (const char *start = text; *start != '\0';) {
        size_t size = strcspn(start, "/*");
        const unit_word *word = find_word(start, size);
        if (word == NULL)
            append(buffer, capacity, &used, start, size);
        else
            append(buffer, capacity, &used, in_language(word, language)->word,
                   strlen(in_language(word, language)->word));
        start += size;
        if (*start != '\0') append(buffer, capacity, &used, start++, 1);
    }
    if (capacity > 0) buffer[used < capacity ? used : capacity - 1] = '\0';
    return used;
}
