/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The list of known findings, as an official would write it:
 *
 *   # what stands behind "#" is a comment
 *   commune-ntm-2016-2020  figure-holes  figures.income
 *       The decision prints the figures of 2020 only. Those of the years before were issued year by year.
 *
 * A line with three words names set, code and path; the indented lines below it give the reason, which is needed.
 */
#include "known.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 16 << 20 };

char *file_text(const char *path) {
    FILE *file = fopen(path, "rb");
    char *text = malloc(FILE_MAX + 1);
    size_t size = file == NULL || text == NULL ? 0 : fread(text, 1, FILE_MAX + 1, file);
    bool whole = file != NULL && text != NULL && size <= FILE_MAX && !ferror(file);
    if (!whole) {
        fprintf(stderr, "%s: %s\n", path, size > FILE_MAX ? "too large" : "cannot be read");
        free(text);
        text = NULL;
    } else {
        text[size] = '\0';
    }
    if (file != NULL) (void)fclose(file);
    return text;
}

static bool complain(const known_list *list, unsigned line, const char *what) {
    fprintf(stderr, "%s:%u: %s\n", list->file, line, what);
    return false;
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

/* Cuts the next word off a line; NULL at its end. */
static char *next_word(char **line) {
    while (is_blank(**line))
        ++*line;
    if (**line == '\0') return NULL;
    char *word = *line;
    while (**line != '\0' && !is_blank(**line))
        ++*line;
    if (**line != '\0') *(*line)++ = '\0';
    return word;
}

static bool has_reason(const known_list *list) {
    const known_entry *last = list->count == 0 ? NULL : &list->entries[list->count - 1];
    return last == NULL || last->has_reason ||
           complain(list, last->line, "the reason is missing: an indented line below");
}

static bool read_entry(known_list *list, char *line, unsigned number) {
    known_entry entry = {.set = next_word(&line), .line = number};
    entry.code = next_word(&line);
    entry.path = next_word(&line);
    if (entry.path == NULL || next_word(&line) != NULL)
        return complain(list, number, "three words are wanted: set, code and path; the reason stands indented below");
    if (ntm_lint_meaning(entry.code) == NULL) return complain(list, number, "the second word is no code of the lint");
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->entries[i].set, entry.set) == 0 && strcmp(list->entries[i].code, entry.code) == 0 &&
            strcmp(list->entries[i].path, entry.path) == 0)
            return complain(list, number, "this finding is listed already");
    known_entry *more = realloc(list->entries, (list->count + 1) * sizeof *more);
    if (more == NULL) return complain(list, number, "no memory");
    list->entries = more;
    list->entries[list->count++] = entry;
    return true;
}

bool known_read(known_list *list, const char *file) {
    *list = (known_list){.file = file};
    list->text = file_text(file);
    bool good = list->text != NULL;
    unsigned number = 0;
    for (char *line = list->text; line != NULL && good;) {
        char *end = strpbrk(line, "\r\n"), *next = end == NULL ? NULL : end + (end[0] == '\r' && end[1] == '\n') + 1;
        if (end != NULL) *end = '\0';
        const char *first = line + strspn(line, " \t");
        number++;
        if (*first == '#' || *first == '\0') {
            /* a comment, or nothing */
        } else if (!is_blank(*line)) {
            good = has_reason(list) && read_entry(list, line, number);
        } else if (list->count == 0) {
            good = complain(list, number, "a reason without a finding above it");
        } else {
            list->entries[list->count - 1].has_reason = true;
        }
        line = next;
    }
    good = good && has_reason(list);
    if (!good) known_free(list);
    return good;
}

void known_free(known_list *list) {
    free(list->text);
    free(list->entries);
    list->text = NULL;
    list->entries = NULL;
    list->count = 0;
}

bool known_has(known_list *list, const ntm_finding *finding) {
    for (size_t i = 0; i < list->count; i++) {
        known_entry *entry = &list->entries[i];
        if (strcmp(entry->set, finding->at.set) != 0 || strcmp(entry->code, finding->code) != 0 ||
            strcmp(entry->path, finding->at.path) != 0)
            continue;
        entry->found = true;
        return true;
    }
    return false;
}
