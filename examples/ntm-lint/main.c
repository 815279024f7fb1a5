/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a careful reader would stumble over in criteria sets and overlays.
 *
 *   ntm-lint my-set.yaml my-overlay.yaml           each file by itself (an overlay over its set)
 *   ntm-lint --catalogue my-set.yaml               the law that is built in, with these files, and how all go together
 *   ntm-lint --known known-findings.txt --catalogue
 *   ntm-lint --codes                               what each code word means
 *
 * One finding a line, "file:line: code: text". Findings in the list of known ones are not shown; one that is listed and
 * no longer occurs is. Remarks (what is absent, what nobody uses) are shown unless --no-remarks is given and never
 * count. Ends with 0 when nothing else was found, 1 when something was, 2 when a file cannot be read.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "known.h"

typedef struct lint {
    bool catalogue, no_remarks;
    const char *const *files;
    size_t file_count;
    known_list known;
    size_t shown, remarks, listed;
    bool unreadable;
} lint;

/* ------------------------------------------------------------------------------------------- telling */

static void tell_place(FILE *to, const ntm_place *place) {
    fputs(place->file != NULL ? place->file : place->set, to);
    if (place->line != 0) fprintf(to, ":%u", place->line);
}

static void tell_finding(const ntm_finding *finding) {
    tell_place(stdout, &finding->at);
    printf(": %s: %s: %s", finding->code, finding->at.path, finding->text);
    if (finding->other.set != NULL) {
        printf(" [see ");
        tell_place(stdout, &finding->other);
        if (finding->other.path != NULL) printf(", %s", finding->other.path);
        printf("]");
    }
    putchar('\n');
}

static void tell_findings(lint *l, const ntm_findings *findings) {
    for (size_t i = 0; i < ntm_findings_count(findings); i++) {
        const ntm_finding *finding = ntm_findings_get(findings, i);
        bool remark = finding->severity == NTM_SEVERITY_REMARK;
        if (known_has(&l->known, finding)) {
            l->listed++;
            continue;
        }
        l->remarks += remark;
        l->shown += !remark;
        if (!remark || !l->no_remarks) tell_finding(finding);
    }
}

/* Only the whole catalogue can tell that a finding is gone: a file by itself does not have all of them. */
static void tell_gone(lint *l) {
    for (size_t i = 0; i < l->known.count; i++) {
        const known_entry *entry = &l->known.entries[i];
        if (entry->found) continue;
        printf("%s:%u: known-finding-gone: %s: \"%s\" at %s is listed and does not occur any more\n", l->known.file,
               entry->line, entry->set, entry->code, entry->path);
        l->shown++;
    }
}

static void tell_problems(lint *l, const ntm_problems *problems, const ntm_error *err) {
    size_t count = ntm_problems_count(problems);
    for (size_t i = 0; i < (count == 0 ? 1 : count); i++) {
        const ntm_error *problem = count == 0 ? err : ntm_problems_get(problems, i);
        fprintf(stderr, "%s", problem->subject);
        if (problem->line != 0) fprintf(stderr, ":%u:%u", problem->line, problem->column);
        fprintf(stderr, ": %s: %s\n", ntm_status_text(problem->status), problem->message);
    }
    l->unreadable = true;
}

/* ------------------------------------------------------------------------------------------- one by one */

/* Whether a file is an overlay: by its line "format:". */
static bool is_overlay(const char *text) {
    for (const char *line = text; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, "format:", 7) == 0)
            return strncmp(line + 7 + strspn(line + 7, " \"'"), "ntm-overlay", 11) == 0;
    }
    return false;
}

/* What is read of one file; the other stays NULL. */
typedef struct document {
    ntm_set *set;
    ntm_overlay *overlay;
} document;

static document open_file(lint *l, const char *path) {
    document d = {NULL, NULL};
    char *text = file_text(path);
    ntm_error err = NTM_ERROR_INIT;
    ntm_read_options options = NTM_READ_OPTIONS_INIT;
    if (text == NULL) {
        l->unreadable = true;
        return d;
    }
    ntm_status status = ntm_problems_new(&options.problems, 0, NULL, &err);
    if (status == NTM_OK)
        status = is_overlay(text) ? ntm_overlay_read(&d.overlay, text, strlen(text), path, &options, &err)
                                  : ntm_set_read(&d.set, text, strlen(text), path, &options, &err);
    if (status != NTM_OK) tell_problems(l, options.problems, &err);
    ntm_problems_free(options.problems);
    free(text);
    return d;
}

/* The set that an overlay goes over: of the files, or of the law that is built in. */
static const ntm_set *base_of(const lint *l, const document *documents, const ntm_catalogue *law, const char *id) {
    for (size_t i = 0; i < l->file_count; i++)
        if (documents[i].set != NULL && strcmp(ntm_set_about(documents[i].set)->id, id) == 0) return documents[i].set;
    return ntm_catalogue_get(law, id);
}

static void lint_document(lint *l, const document *documents, size_t i, const ntm_catalogue *law) {
    ntm_findings *findings = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = NTM_OK;
    if (documents[i].set != NULL) {
        status = ntm_set_lint(&findings, documents[i].set, NULL, &err);
    } else if (documents[i].overlay != NULL) {
        const char *id = ntm_overlay_of(documents[i].overlay);
        const ntm_set *base = base_of(l, documents, law, id);
        if (base != NULL) {
            status = ntm_overlay_lint(&findings, documents[i].overlay, base, NULL, &err);
        } else {
            fprintf(stderr, "%s: set \"%s\" is neither among the files nor in the law that is built in\n", l->files[i],
                    id);
            l->unreadable = true;
        }
    }
    if (status != NTM_OK) tell_problems(l, NULL, &err);
    tell_findings(l, findings);
    ntm_findings_free(findings);
}

static void lint_files(lint *l) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_catalogue *law = NULL;
    document *documents = calloc(l->file_count, sizeof *documents);
    if (documents == NULL || ntm_catalogue_open(&law, NULL, 0, NULL, &err) != NTM_OK) {
        tell_problems(l, NULL, &err);
        free(documents);
        return;
    }
    for (size_t i = 0; i < l->file_count; i++)
        documents[i] = open_file(l, l->files[i]);
    for (size_t i = 0; i < l->file_count; i++)
        lint_document(l, documents, i, law);
    for (size_t i = 0; i < l->file_count; i++) {
        ntm_set_free(documents[i].set);
        ntm_overlay_free(documents[i].overlay);
    }
    ntm_catalogue_free(law);
    free(documents);
}

/* ------------------------------------------------------------------------------------------- all together */

static void lint_catalogue(lint *l) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_read_options options = NTM_READ_OPTIONS_INIT;
    ntm_catalogue *catalogue = NULL;
    ntm_findings *findings = NULL;
    ntm_status status = ntm_problems_new(&options.problems, 0, NULL, &err);
    if (status == NTM_OK) status = ntm_catalogue_open(&catalogue, l->files, l->file_count, &options, &err);
    if (status == NTM_OK) status = ntm_catalogue_lint(&findings, catalogue, NULL, &err);
    if (status != NTM_OK) {
        tell_problems(l, options.problems, &err);
    } else {
        tell_findings(l, findings);
        tell_gone(l);
    }
    ntm_findings_free(findings);
    ntm_catalogue_free(catalogue);
    ntm_problems_free(options.problems);
}

static int tell_codes(void) {
    for (size_t i = 0; ntm_lint_code(i) != NULL; i++)
        printf("%-22s %s\n", ntm_lint_code(i), ntm_lint_meaning(ntm_lint_code(i)));
    return 0;
}

static int usage(void) {
    fputs("ntm-lint [--known FILE] [--no-remarks] [--catalogue] FILE...\n"
          "ntm-lint --codes\n",
          stderr);
    return 2;
}

int main(int argc, char **argv) {
    lint l = {0};
    const char *known = NULL;
    int at = 1;
    for (; at < argc && strncmp(argv[at], "--", 2) == 0; at++) {
        if (strcmp(argv[at], "--codes") == 0) return tell_codes();
        if (strcmp(argv[at], "--catalogue") == 0)
            l.catalogue = true;
        else if (strcmp(argv[at], "--no-remarks") == 0)
            l.no_remarks = true;
        else if (strcmp(argv[at], "--known") == 0 && at + 1 < argc)
            known = argv[++at];
        else
            return usage();
    }
    l.files = (const char *const *)&argv[at];
    l.file_count = (size_t)(argc - at);
    if (l.file_count == 0 && !l.catalogue) return usage();
    if (known != NULL && !known_read(&l.known, known)) return 2;
    if (l.catalogue)
        lint_catalogue(&l);
    else
        lint_files(&l);
    known_free(&l.known);
    fprintf(stderr, "%zu findings, %zu known ones, %zu remarks%s\n", l.shown, l.listed, l.remarks,
            l.unreadable ? "; not everything could be read" : "");
    return l.unreadable ? 2 : l.shown > 0 ? 1 : 0;
}
