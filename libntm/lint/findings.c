/* SPDX-License-Identifier: Apache-2.0 */
/* Collecting findings and freezing them. */
#include "lint/findings.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lint/codes.h"

/* A finding with what it is sorted by. */
typedef struct entry {
    ntm_finding finding;
    ntm_i_code code;
    size_t number;
} entry;

ntm_findings *ntm_i_findings_new(const ntm_allocator *allocator) {
    ntm_allocator chosen = ntm_i_allocator(allocator);
    ntm_findings *findings = ntm_i_allocate(&chosen, 1, sizeof *findings);
    if (findings == NULL) return NULL;
    ntm_i_arena_start(&findings->arena, &chosen);
    ntm_i_array_start(&findings->list, &chosen, sizeof(entry));
    return findings;
}

void ntm_findings_free(ntm_findings *findings) {
    if (findings == NULL) return;
    ntm_allocator allocator = findings->arena.allocator;
    ntm_i_array_end(&findings->list);
    ntm_i_arena_end(&findings->arena);
    ntm_i_release(&allocator, findings, 1, sizeof *findings);
}

static const char *format_text(ntm_findings *findings, const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    char *text = size < 0 ? NULL : ntm_i_arena_take(&findings->arena, (size_t)size + 1, 1);
    if (text != NULL) (void)vsnprintf(text, (size_t)size + 1, format, again);
    va_end(again);
    findings->failed = findings->failed || text == NULL;
    return text == NULL ? "" : text;
}

const char *ntm_i_findings_text(ntm_findings *findings, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const char *text = format_text(findings, format, arguments);
    va_end(arguments);
    return text;
}

static void copy_place(ntm_findings *to, ntm_place *place) {
    if (!ntm_i_arena_copy(&to->arena, &place->set, place->set) ||
        !ntm_i_arena_copy(&to->arena, &place->path, place->path) ||
        !ntm_i_arena_copy(&to->arena, &place->file, place->file))
        to->failed = true;
}

void ntm_i_find(ntm_findings *to, ntm_i_code code, const ntm_place *at, const ntm_place *other, const char *format,
                ...) {
    if (to->failed) return;
    const ntm_i_code_about *about = ntm_i_code_of(code);
    entry own = {{about->word, about->severity, *at, {0}, NULL}, code, to->list.count};
    if (other != NULL) own.finding.other = *other;
    copy_place(to, &own.finding.at);
    copy_place(to, &own.finding.other);
    va_list arguments;
    va_start(arguments, format);
    own.finding.text = format_text(to, format, arguments);
    va_end(arguments);
    entry *room = to->failed ? NULL : ntm_i_array_push(&to->list);
    if (room == NULL)
        to->failed = true;
    else
        *room = own;
}

static int compare_entries(const void *left, const void *right) {
    const entry *a = left, *b = right;
    uint32_t x = a->finding.at.line, y = b->finding.at.line;
    if (x != y) return x < y ? -1 : 1;
    if (a->code != b->code) return a->code < b->code ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

void ntm_i_findings_sort(ntm_findings *findings, size_t first) {
    entry *entries = findings->list.items;
    if (findings->list.count > first + 1)
        qsort(entries + first, findings->list.count - first, sizeof *entries, compare_entries);
}

ntm_status ntm_i_findings_finish(ntm_findings **out, ntm_findings *findings, ntm_error *err) {
    size_t count = findings->list.count;
    ntm_finding *items = findings->failed ? NULL : ntm_i_arena_take(&findings->arena, count, sizeof *items);
    if (items == NULL) {
        ntm_findings_free(findings);
        return ntm_i_no_memory(err);
    }
    const entry *entries = findings->list.items;
    for (size_t i = 0; i < count; i++)
        items[i] = entries[i].finding;
    ntm_i_array_end(&findings->list);
    ntm_i_array_start(&findings->list, &findings->arena.allocator, sizeof(entry));
    findings->items = items;
    findings->count = count;
    *out = findings;
    return NTM_OK;
}

size_t ntm_findings_count(const ntm_findings *findings) { return findings == NULL ? 0 : findings->count; }

const ntm_finding *ntm_findings_get(const ntm_findings *findings, size_t index) {
    return index < ntm_findings_count(findings) ? &findings->items[index] : NULL;
}

ntm_status ntm_i_lint_settings(ntm_lint_options *settings, const ntm_lint_options *options, ntm_error *err) {
    *settings = (ntm_lint_options)NTM_LINT_OPTIONS_INIT;
    if (options != NULL) {
        if (options->struct_size < sizeof *options)
            return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "the options have no struct_size");
        *settings = *options;
    }
    if (!ntm_i_allocator_usable(settings->allocator))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a whole allocator is needed");
    return NTM_OK;
}
