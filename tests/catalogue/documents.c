/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200809L
#include "documents.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static void show(const ntm_problems *problems) {
    for (size_t i = 0; i < ntm_problems_count(problems); i++) {
        const ntm_error *e = ntm_problems_get(problems, i);
        print_message("#   %s:%u:%u %s %s\n", e->subject, e->line, e->column, ntm_status_name(e->status), e->message);
    }
}

static ntm_status read_either(const char *text, bool overlay, const ntm_read_options *options, ntm_error *err) {
    ntm_set *set = NULL;
    ntm_overlay *made = NULL;
    ntm_status status = overlay ? ntm_overlay_read(&made, text, strlen(text), "file.yaml", options, err)
                                : ntm_set_read(&set, text, strlen(text), "file.yaml", options, err);
    if (status != NTM_OK) {
        assert_null(set);
        assert_null(made);
    }
    ntm_set_free(set);
    ntm_overlay_free(made);
    return status;
}

static void refuse(const refused *cases, size_t count, bool overlay) {
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        const refused *c = &cases[i];
        fault f = FAULT_INIT;
        ntm_allocator allocator = fault_allocator(&f);
        ntm_error err = NTM_ERROR_INIT;
        ntm_problems *problems = NULL;
        assert_int_equal(ntm_problems_new(&problems, 0, NULL, NULL), NTM_OK);
        ntm_read_options options = NTM_READ_OPTIONS_INIT;
        options.problems = problems;
        options.allocator = &allocator;
        ntm_status status = read_either(c->text, overlay, &options, &err);
        bool good = status == c->status && err.status == status && err.line == c->line && err.column == c->column &&
                    strstr(err.message, c->piece) != NULL && strcmp(err.subject, "file.yaml") == 0 &&
                    ntm_problems_found(problems) == c->found;
        if (!good) {
            print_message("# %s: %s at %u:%u \"%s\", %zu problems; expected %s at %u:%u \"%s\", %zu\n", c->what,
                          ntm_status_name(status), err.line, err.column, err.message, ntm_problems_found(problems),
                          ntm_status_name(c->status), c->line, c->column, c->piece, c->found);
            show(problems);
            wrong++;
        }
        ntm_problems_free(problems);
        fault_assert_empty(&f);
        /* Without a list and an error the status is the same. */
        assert_int_equal(read_either(c->text, overlay, NULL, NULL), status);
    }
    assert_int_equal(wrong, 0);
}

void documents_refuse(const refused *cases, size_t count) { refuse(cases, count, false); }

void documents_refuse_overlays(const refused *cases, size_t count) { refuse(cases, count, true); }

ntm_set *documents_read(const char *text) {
    ntm_set *set = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_problems *problems = NULL;
    assert_int_equal(ntm_problems_new(&problems, 0, NULL, NULL), NTM_OK);
    ntm_read_options options = NTM_READ_OPTIONS_INIT;
    options.problems = problems;
    ntm_status status = ntm_set_read(&set, text, strlen(text), "good.yaml", &options, &err);
    if (status != NTM_OK) show(problems);
    ntm_problems_free(problems);
    assert_ok(status, &err);
    return set;
}

ntm_overlay *documents_read_overlay(const char *text) {
    ntm_overlay *overlay = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_overlay_read(&overlay, text, strlen(text), "over.yaml", NULL, &err);
    if (status != NTM_OK) print_message("# %u:%u %s\n", err.line, err.column, err.message);
    assert_ok(status, &err);
    return overlay;
}

void documents_round_trip(const ntm_set *set) {
    ntm_text *text = NULL, *again = NULL;
    ntm_set *read = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_set_write(&text, set, NULL, &err), &err);
    ntm_status status = ntm_set_read(&read, ntm_text_data(text), ntm_text_size(text), "written", NULL, &err);
    if (status != NTM_OK) print_message("# %u:%u %s\n%s\n", err.line, err.column, err.message, ntm_text_data(text));
    assert_ok(status, &err);
    if (!ntm_set_equal(set, read)) fail_msg("not equal:\n%s", ntm_text_data(text));
    /* What is written of it is the same, too. */
    assert_ok(ntm_set_write(&again, read, NULL, &err), &err);
    assert_string_equal(ntm_text_data(text), ntm_text_data(again));
    ntm_text_free(text);
    ntm_text_free(again);
    ntm_set_free(read);
}

double documents_clock(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define INSTRUMENTED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define INSTRUMENTED 1
#endif
#endif
#ifndef INSTRUMENTED
#define INSTRUMENTED 0
#endif

void documents_in_time(const char *what, double seconds, double most) {
    bool slow = INSTRUMENTED || fault_under_valgrind();
    print_message("# %.3f s: %s\n", seconds, what);
    if (!slow && seconds > most) fail_msg("%s took %.2f s, more than %.1f", what, seconds, most);
}
