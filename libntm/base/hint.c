/* SPDX-License-Identifier: Apache-2.0 */
#include "base/hint.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { WORD_MAX = 32 };

static size_t smallest(size_t a, size_t b, size_t c) {
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* How many letters have to be changed, added or taken away (Levenshtein). Both are at most WORD_MAX long. */
static size_t distance(const char *a, size_t a_size, const char *b, size_t b_size) {
    size_t row[WORD_MAX + 1];
    for (size_t j = 0; j <= b_size; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_size; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_size; j++) {
            size_t above = row[j];
            row[j] = smallest(row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
            diagonal = above;
        }
    }
    return row[b_size];
}

const char *ntm_i_hint(char buffer[NTM_I_HINT_SIZE], const char *text, const char *const *words, size_t count) {
    size_t size = strlen(text), best = SIZE_MAX, nearest = 0;
    buffer[0] = '\0';
    if (size > WORD_MAX) return buffer;
    for (size_t i = 0; i < count; i++) {
        size_t word_size = words[i] == NULL ? SIZE_MAX : strlen(words[i]);
        if (word_size > WORD_MAX) continue;
        size_t found = distance(text, size, words[i], word_size);
        if (found < best) {
            best = found;
            nearest = i;
        }
    }
    /* A word is near when most of its letters are right. */
    if (best <= 1 || (best != SIZE_MAX && best <= size / 2))
        (void)snprintf(buffer, NTM_I_HINT_SIZE, ": did you mean \"%s\"?", words[nearest]);
    return buffer;
}
