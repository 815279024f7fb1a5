/* SPDX-License-Identifier: Apache-2.0 */
/* The grammar of equations:

       equation := side ("==" | "=") side | name ("==" | "=") [whole ["*"]] name "/" name ["rounded" rounding whole]
       side     := ["+" | "-"] term {("+" | "-") term}
       term     := [whole ["*"]] name | "0"
       name     := word ["[" word "]"]
       word     := letter {letter | digit | "_" | "."} | quoted text
       rounding := "half-up" | "half-even" | "down" | "up" */
#include "reconcile/equation_text.h"

#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

typedef struct reader {
    const char *at;
    const char *end;
    uint32_t line;
    uint32_t column;
    ntm_i_arena *arena;
    ntm_i_array terms; /* of ntm_i_text_term */
    ntm_error *err;
    ntm_status status;
} reader;

static bool fail(reader *r, ntm_status status, const char *what) {
    if (r->status == NTM_OK)
        r->status = ntm_i_fail(r->err, status, NTM_I_LINE("equation", r->line, r->column), "%s", what);
    return false;
}

static bool expected(reader *r, const char *what) {
    if (r->status != NTM_OK) return false;
    const char *found = r->at == r->end ? "the end" : r->at;
    int shown = r->at == r->end ? (int)strlen(found) : ntm_i_shown(r->at, (size_t)(r->end - r->at));
    r->status = ntm_i_fail(r->err, NTM_ERROR_SYNTAX, NTM_I_LINE("equation", r->line, r->column),
                           "expected %s, not \"%.*s\"", what, shown, found);
    return false;
}

/* ------------------------------------------------------------------------------------------- characters */

static void step(reader *r) {
    if (*r->at == '\n') {
        r->line++;
        r->column = 1;
    } else if (r->at + 1 == r->end || ((unsigned char)r->at[1] & 0xc0) != 0x80) {
        r->column++; /* at the last byte of a character */
    }
    r->at++;
}

static void skip_space(reader *r) {
    while (r->at < r->end && (*r->at == ' ' || *r->at == '\t' || *r->at == '\n' || *r->at == '\r'))
        step(r);
}

static char peek(reader *r) {
    skip_space(r);
    return r->at < r->end ? *r->at : '\0';
}

static bool accept(reader *r, char c) {
    if (peek(r) != c) return false;
    step(r);
    return true;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool starts_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/* A word of the grammar, which ends where a name would. */
static bool accept_word(reader *r, const char *word) {
    size_t size = strlen(word);
    if (peek(r) != word[0] || (size_t)(r->end - r->at) < size || memcmp(r->at, word, size) != 0) return false;
    const char *behind = r->at + size;
    if (behind < r->end && (starts_name(*behind) || is_digit(*behind) || *behind == '-' || *behind == '.'))
        return false;
    for (size_t i = 0; i < size; i++)
        step(r);
    return true;
}

/* ------------------------------------------------------------------------------------------- names and numbers */

static bool read_quoted(reader *r, const char **out) {
    char quote = *r->at;
    char *name = ntm_i_arena_take(r->arena, (size_t)(r->end - r->at), 1);
    size_t size = 0;
    if (name == NULL) {
        r->status = ntm_i_no_memory(r->err);
        return false;
    }
    step(r);
    for (;;) {
        if (r->at == r->end) return fail(r, NTM_ERROR_SYNTAX, "a quote that does not end");
        char c = *r->at;
        step(r);
        if (c == quote && (r->at == r->end || *r->at != quote)) break;
        if (c == quote) step(r);
        name[size++] = c;
    }
    *out = name;
    return size > 0 || fail(r, NTM_ERROR_SYNTAX, "a name without any letter");
}

static bool read_word(reader *r, const char **out) {
    char c = peek(r);
    if (c == '"' || c == '\'') return read_quoted(r, out);
    if ((unsigned char)c >= 0x80) return fail(r, NTM_ERROR_SYNTAX, "a name with such letters has to be in quotes");
    if (!starts_name(c)) return expected(r, "a name");
    const char *start = r->at;
    while (r->at < r->end && (starts_name(*r->at) || is_digit(*r->at) || *r->at == '.'))
        step(r);
    *out = ntm_i_arena_text(r->arena, start, (size_t)(r->at - start));
    if (*out == NULL) r->status = ntm_i_no_memory(r->err);
    return *out != NULL;
}

static bool read_name(reader *r, ntm_i_text_term *term) {
    skip_space(r);
    term->line = r->line;
    term->column = r->column;
    if (!read_word(r, &term->name)) return false;
    if (!accept(r, '[')) return true;
    return read_word(r, &term->row) && (accept(r, ']') || expected(r, "]"));
}

static bool read_whole(reader *r, int32_t *out) {
    int64_t value = 0;
    if (!is_digit(peek(r))) return expected(r, "a whole number");
    for (; r->at < r->end && is_digit(*r->at); step(r)) {
        value = value * 10 + (*r->at - '0');
        if (value > 1000000000) return fail(r, NTM_ERROR_OVERFLOW, "a coefficient above 1,000,000,000");
    }
    if (r->at < r->end && *r->at == '.') return fail(r, NTM_ERROR_SYNTAX, "coefficients have to be whole numbers");
    *out = (int32_t)value;
    return true;
}

/* ------------------------------------------------------------------------------------------- sides */

static bool push(reader *r, ntm_i_text_term term) {
    if (r->terms.count >= NTM_I_TEXT_NAMES_MAX) return fail(r, NTM_ERROR_LIMIT, "over 1,000 names");
    if (ntm_i_array_append(&r->terms, &term, 1)) return true;
    r->status = ntm_i_no_memory(r->err);
    return false;
}

static bool read_term(reader *r, int32_t sign) {
    int32_t factor = 1;
    ntm_i_text_term term = {NULL, NULL, 0, 0, 0};
    if (is_digit(peek(r))) {
        if (!read_whole(r, &factor)) return false;
        bool times = accept(r, '*');
        char c = peek(r);
        if (factor == 0 && !times && !starts_name(c) && c != '"' && c != '\'') return true; /* a 0 alone */
        if (factor == 0) return fail(r, NTM_ERROR_SYNTAX, "a coefficient of 0");
    }
    if (!read_name(r, &term)) return false;
    term.coefficient = sign * factor;
    return push(r, term);
}

static bool read_side(reader *r, int32_t side) {
    int32_t sign = side;
    if (accept(r, '-'))
        sign = -side;
    else
        (void)accept(r, '+');
    for (;;) {
        if (!read_term(r, sign)) return false;
        if (accept(r, '+'))
            sign = side;
        else if (accept(r, '-'))
            sign = -side;
        else
            return true;
    }
}

/* ------------------------------------------------------------------------------------------- shares */

static bool read_rounding(reader *r, ntm_i_equation_text *out) {
    static const char *const words[] = {"half-up", "half-even", "down", "up"};
    int32_t digits = 0;
    for (int i = 0; i < 4; i++) {
        if (!accept_word(r, words[i])) continue;
        out->rounding = (ntm_rounding)(NTM_ROUND_HALF_UP + i);
        if (!read_whole(r, &digits)) return false;
        if (digits > 9) return fail(r, NTM_ERROR_SYNTAX, "over 9 digits after the mark");
        out->scale = (uint8_t)digits;
        out->rounding_told = true;
        return true;
    }
    return expected(r, "half-up, half-even, down or up");
}

/* Behind "share == factor part /". */
static bool read_share(reader *r, ntm_i_equation_text *out) {
    ntm_i_text_term whole = {NULL, NULL, 0, 0, 0};
    const ntm_i_text_term *terms = r->terms.items;
    if (r->terms.count != 2 || terms[0].coefficient != 1 || terms[1].coefficient >= 0)
        return fail(r, NTM_ERROR_SYNTAX, "a share is one name == a factor times a name / a name");
    int64_t factor = -(int64_t)terms[1].coefficient;
    for (out->percent_digits = 0; factor > 1 && factor % 10 == 0; factor /= 10)
        out->percent_digits++;
    if (factor != 1 || out->percent_digits > 6)
        return fail(r, NTM_ERROR_SYNTAX, "the factor of a share is 1, 10, 100 and so on up to 1,000,000");
    if (!read_name(r, &whole)) return false;
    out->is_share = true;
    out->rounding = NTM_ROUND_HALF_UP;
    return push(r, whole) && (!accept_word(r, "rounded") || read_rounding(r, out));
}

static bool read_equation(reader *r, ntm_i_equation_text *out) {
    if (!read_side(r, 1)) return false;
    if (!accept(r, '=')) return expected(r, "==");
    (void)accept(r, '=');
    if (!read_side(r, -1)) return false;
    if (accept(r, '/') && !read_share(r, out)) return false;
    if (peek(r) != '\0' || r->at != r->end) return expected(r, "the end of the equation");
    return r->terms.count > 0 || fail(r, NTM_ERROR_SCHEMA, "an equation without any name");
}

ntm_status ntm_i_equation_read(ntm_i_equation_text *out, const char *text, size_t size, ntm_i_arena *arena,
                               ntm_error *err) {
    size_t bad = 0;
    if (size > NTM_I_TEXT_SIZE_MAX)
        return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_SUBJECT("equation"), "over 64 KiB of text");
    if (!ntm_i_utf8_valid(text, size, &bad))
        return ntm_i_fail(err, NTM_ERROR_SYNTAX, NTM_I_SUBJECT("equation"), "byte %zu is not UTF-8", bad);
    reader r = {.at = text, .end = text + size, .line = 1, .column = 1, .arena = arena, .err = err};
    ntm_i_equation_text read = {0};
    ntm_i_array_start(&r.terms, &arena->allocator, sizeof(ntm_i_text_term));
    if (read_equation(&r, &read)) {
        read.count = r.terms.count;
        read.terms = ntm_i_arena_take(arena, read.count, sizeof *read.terms);
        if (read.terms == NULL)
            r.status = ntm_i_no_memory(err);
        else
            memcpy(read.terms, r.terms.items, read.count * sizeof *read.terms);
    }
    ntm_i_array_end(&r.terms);
    if (r.status == NTM_OK) *out = read;
    return r.status;
}
