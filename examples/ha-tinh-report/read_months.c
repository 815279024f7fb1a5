/* SPDX-License-Identifier: Apache-2.0 */
/* Reports of communes month by month: all that were ever recorded, or those of a day and before. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

static const char file_name[] = "monthly-reports-illustrative.csv";

static ntm_observations_options how_to_read(void) {
    static const char *const taken_back[] = {"đang cập nhật"};
    ntm_observations_options options = NTM_OBSERVATIONS_OPTIONS_INIT;
    options.locale = NTM_LOCALE_VI;
    options.not_reported = taken_back;
    options.not_reported_count = 1;
    return options;
}

bool read_months(report *r) {
    ntm_observations_options options = how_to_read();
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", r->folder, file_name);
    return ntm_observations_open(&r->months, path, &options, &r->err) == NTM_OK;
}

/* Leaves out the lines whose last cell, the day of recording, is after a day. The first lines are comments and titles. */
static size_t cut_lines(char *text, const char *until) {
    char *out = text;
    bool titles_seen = false;
    for (char *line = text; *line != '\0';) {
        char *end = strchr(line, '\n');
        size_t size = end == NULL ? strlen(line) : (size_t)(end + 1 - line), day = strlen(until);
        bool late = titles_seen && end != NULL && size > day && strncmp(end - day, until, day) > 0;
        titles_seen = titles_seen || *line != '#';
        if (!late) {
            memmove(out, line, size);
            out += size;
        }
        line += size;
    }
    return (size_t)(out - text);
}

enum { FILE_MOST = 1 << 20 };

/* The file as it was on a day (YYYY-MM-DD), loaded anew. */
bool read_months_until(report *r, ntm_observations **out, const char *until) {
    ntm_observations_options options = how_to_read();
    char path[4096], *text = calloc(FILE_MOST, 1);
    (void)snprintf(path, sizeof path, "%s/%s", r->folder, file_name);
    FILE *file = text == NULL ? NULL : fopen(path, "rb");
    bool done = file != NULL && fread(text, 1, FILE_MOST - 1, file) > 0 && !ferror(file) &&
                ntm_observations_read(out, text, cut_lines(text, until), file_name, &options, &r->err) == NTM_OK;
    if (file != NULL) (void)fclose(file);
    free(text);
    return done;
}
