/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a file of cases; each case is a test of its own. */
#include "golden.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static golden_case now; /* large */

bool golden_complain(golden_case *c, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(c->complaint, sizeof c->complaint, format, arguments);
    va_end(arguments);
    return false;
}

bool golden_word(const char **line, char *out, size_t capacity) {
    const char *from = *line + strspn(*line, " \t");
    if (*from == '\0') return false;
    size_t size = 0;
    if (*from == '"') {
        from++;
        size = strcspn(from, "\"");
        *line = from + size + (from[size] == '"');
    } else {
        size = strcspn(from, " \t");
        *line = from + size;
    }
    if (size >= capacity) size = capacity - 1;
    memcpy(out, from, size);
    out[size] = '\0';
    return true;
}

static void start(golden_case *c, const char *directory) {
    memset(c, 0, sizeof *c);
    c->directory = directory;
    c->on = NTM_DATE_NONE;
    c->numbers = NTM_LOCALE_VI;
    c->refuse_unknown = true; /* a name that is written wrongly shall not pass */
    c->err = (ntm_error)NTM_ERROR_INIT;
}

/* One line of a case. Expectations about units make it run first. */
static bool line_of_case(golden_case *c, const char *line) {
    char word[32];
    const char *rest = line;
    if (!golden_word(&rest, word, sizeof word)) return true;
    if (strcmp(word, "expect") != 0) {
        if (c->ready) return golden_complain(c, "\"%s\" stands after an expectation", word);
        return golden_statement(c, word, rest);
    }
    return golden_expect(c, rest);
}

typedef struct text {
    char *lines[4000];
    size_t count;
} text;

static bool is_case(const char *line) { return strncmp(line, "case ", 5) == 0; }

/* The lines from `at` up to the next case under one kind of kernels. */
static bool run_case(const text *t, size_t at, const char *directory, ntm_kernels kernels, size_t *failing) {
    start(&now, directory);
    now.kernels = kernels;
    bool good = true;
    size_t expectations = 0;
    for (*failing = at + 1; *failing < t->count && !is_case(t->lines[*failing]); (*failing)++) {
        const char *line = t->lines[*failing] + strspn(t->lines[*failing], " \t");
        if (*line == '#' || *line == '\0') continue;
        if (strncmp(line, "expect ", 7) == 0) expectations++;
        good = line_of_case(&now, line);
        if (!good) break;
    }
    if (good && expectations == 0) good = golden_complain(&now, "nothing is expected");
    if (good && now.ready && now.status != NTM_OK && !now.failure_expected)
        good = golden_complain(&now, "%s: %s: %s", ntm_status_name(now.status), now.err.subject, now.err.message);
    golden_clear(&now);
    return good;
}

static char *read_all(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) return NULL;
    char *bytes = calloc(1, 1000001);
    size_t size = bytes == NULL ? 0 : fread(bytes, 1, 1000000, file);
    fclose(file);
    if (bytes != NULL) bytes[size] = '\0';
    return bytes;
}

static void split(text *t, char *bytes) {
    for (char *line = bytes; *line != '\0' && t->count < sizeof t->lines / sizeof t->lines[0];) {
        t->lines[t->count++] = line;
        line += strcspn(line, "\n");
        if (*line == '\n') *line++ = '\0';
    }
}

int main(int count, char **arguments) {
    static const ntm_kernels kernels[] = {NTM_KERNELS_BEST, NTM_KERNELS_REFERENCE, NTM_KERNELS_PLAIN};
    static text t;
    size_t cases = 0;
    size_t number = 0;
    int failed = 0;
    if (count != 3) return fprintf(stderr, "usage: %s FILE DIRECTORY\n", arguments[0]), 2;
    char *bytes = read_all(arguments[1]);
    if (bytes == NULL) return fprintf(stderr, "%s cannot be read\n", arguments[1]), 2;
    split(&t, bytes);
    for (size_t at = 0; at < t.count; at++)
        cases += is_case(t.lines[at]);
    printf("1..%zu\n", cases);
    for (size_t at = 0; at < t.count; at++) {
        if (!is_case(t.lines[at])) continue;
        bool good = true;
        size_t line = 0;
        for (size_t which = 0; good && which < 3; which++)
            good = run_case(&t, at, arguments[2], kernels[which], &line);
        printf("%sok %zu - %s\n", good ? "" : "not ", ++number, t.lines[at] + 5);
        if (!good) printf("# %s:%zu: %s\n", arguments[1], line + 1, now.complaint);
        failed += !good;
    }
    free(bytes);
    return failed == 0 && cases > 0 ? 0 : 1;
}
