/* SPDX-License-Identifier: Apache-2.0 */
/* The list of findings that are known: what the source itself prints, kept as it was published. */
#ifndef NTM_LINT_KNOWN_H
#define NTM_LINT_KNOWN_H

#include <ntm/ntm.h>

typedef struct known_entry {
    char *set, *code, *path;
    unsigned line;
    bool has_reason;
    bool found; /* it still occurs */
} known_entry;

typedef struct known_list {
    const char *file;
    char *text; /* the whole file; entries point into it */
    known_entry *entries;
    size_t count;
} known_list;

/* Reads the file. False after saying on stderr, with file and line, what is wrong. */
bool known_read(known_list *list, const char *file);
void known_free(known_list *list);
/* Whether the finding is listed; notes that it was found. */
bool known_has(known_list *list, const ntm_finding *finding);

/* The whole of a file, ending with NUL; NULL after saying why not on stderr. */
char *file_text(const char *path);

#endif
