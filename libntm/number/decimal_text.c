/* SPDX-License-Identifier: Apache-2.0 */
/* Decimals from and to text. The locale is given and never guessed, so that every deviation from it is an error. */
#include "base/output.h"
#include "base/text.h"
#include "number/decimal.h"
#include "number/wide.h"

bool ntm_i_locale_signs(ntm_locale locale, char *group, char *mark) {
    switch (locale) {
        case NTM_LOCALE_PLAIN:
            *group = '\0';
            *mark = '.';
            return true;
        case NTM_LOCALE_VI:
            *group = '.';
            *mark = ',';
            return true;
        case NTM_LOCALE_EN:
            *group = ',';
            *mark = '.';
            return true;
    }
    return false;
}

/* A number being read. Digits are taken in until they no longer fit; syntax errors come before overflow. */
typedef struct reading {
    const char *text;
    size_t size;
    char group;
    char mark;
    size_t at;
    bool negative;
    bool overflow;
    uint64_t coefficient;
    unsigned scale;
} reading;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static void take_digit(reading *r) {
    unsigned digit = (unsigned)(r->text[r->at++] - '0');
    if (ntm_i_multiply_overflows(r->coefficient, 10u, &r->coefficient) ||
        ntm_i_add_overflows(r->coefficient, digit, &r->coefficient))
        r->overflow = true;
}

static ntm_status syntax_error(const reading *r, ntm_error *err, const char *why) {
    const char *like = r->group == '.' ? "1.234,5" : r->group == ',' ? "1,234.5" : "1234.5";
    return ntm_i_fail(err, NTM_ERROR_SYNTAX, NTM_I_NOWHERE, "\"%.*s\" is not a number: %s; expected one like %s",
                      ntm_i_shown(r->text, r->size), r->text, why, like);
}

/* The digits before the mark, all grouped in threes or not at all. */
static ntm_status read_whole(reading *r, ntm_error *err) {
    size_t start = r->at;
    size_t run = 0; /* digits since the last group sign */
    bool grouped = false;
    for (; r->at < r->size && r->text[r->at] != r->mark;) {
        char c = r->text[r->at];
        if (is_digit(c)) {
            take_digit(r);
            run++;
        } else if (r->group != '\0' && c == r->group) {
            if (run == 0 || run > 3 || (grouped && run != 3))
                return syntax_error(r, err, "digits not grouped in threes");
            grouped = true;
            run = 0;
            r->at++;
        } else {
            return syntax_error(r, err, "a character that no number has");
        }
    }
    if (grouped && run != 3) return syntax_error(r, err, "digits not grouped in threes");
    if (run == 0) return syntax_error(r, err, "no digits before the decimal mark");
    /* "0.123" with groups would be 123, and is always a number of the other locale. */
    if (grouped && r->text[start] == '0') return syntax_error(r, err, "a grouped number that begins with 0");
    return NTM_OK;
}

static ntm_status read_fraction(reading *r, ntm_error *err) {
    if (r->at == r->size) return NTM_OK;
    r->at++; /* the mark */
    if (r->at == r->size) return syntax_error(r, err, "no digits after the decimal mark");
    while (r->at < r->size) {
        if (!is_digit(r->text[r->at]))
            return syntax_error(r, err, "a character other than a digit after the decimal mark");
        take_digit(r);
        if (r->scale++ == NTM_SCALE_MAX) {
            r->overflow = true;
            r->scale = NTM_SCALE_MAX;
        }
    }
    return NTM_OK;
}

ntm_status ntm_decimal_parse(ntm_decimal *out, const char *text, size_t size, ntm_locale locale, ntm_error *err) {
    reading r = {.text = text, .size = size};
    if (out == NULL || text == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "out or text is NULL");
    if (!ntm_i_locale_signs(locale, &r.group, &r.mark))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "unknown locale %d", (int)locale);
    if (size == 0) return syntax_error(&r, err, "it is empty");
    if (text[0] == '-' || text[0] == '+') {
        r.negative = text[0] == '-';
        r.at = 1;
    }
    ntm_status status = read_whole(&r, err);
    if (status == NTM_OK) status = read_fraction(&r, err);
    if (status != NTM_OK) return status;
    ntm_i_wide coefficient = r.negative ? -(ntm_i_wide)r.coefficient : (ntm_i_wide)r.coefficient;
    if (r.overflow || coefficient < INT64_MIN || coefficient > INT64_MAX)
        return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_NOWHERE,
                          "\"%.*s\" has more than 18 digits after the mark or does not fit a 64-bit coefficient",
                          ntm_i_shown(text, size), text);
    *out = (ntm_decimal){(int64_t)coefficient, (uint8_t)r.scale};
    return NTM_OK;
}

size_t ntm_decimal_format(char *buffer, size_t capacity, ntm_decimal value, ntm_locale locale) {
    ntm_i_output to = {buffer, capacity, 0};
    char group = '\0';
    char mark = '.';
    (void)ntm_i_locale_signs(locale, &group, &mark); /* an unknown one is written plainly */
    unsigned scale = value.scale > NTM_SCALE_MAX ? NTM_SCALE_MAX : value.scale;
    char digits[24]; /* backwards; 19 and the zero before the mark */
    unsigned count = 0;
    for (ntm_i_uwide left = ntm_i_magnitude(value.coefficient); left != 0 || count <= scale; left /= 10)
        digits[count++] = (char)('0' + (int)(left % 10));
    if (value.coefficient < 0) ntm_i_put(&to, '-');
    while (count > 0) {
        ntm_i_put(&to, digits[--count]);
        if (count == scale && scale > 0) ntm_i_put(&to, mark);
        if (group != '\0' && count > scale && (count - scale) % 3 == 0) ntm_i_put(&to, group);
    }
    return ntm_i_put_end(&to);
}
