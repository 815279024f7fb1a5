/* SPDX-License-Identifier: Apache-2.0 */
/* What can be told from the bytes of a YAML file alone. */
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "catalogue/yaml.h"

/* The bytes of the line break here; 0 if there is none. YAML 1.1 has five of them. */
static size_t line_break(const char *bytes, size_t size) {
    if (size >= 2 && bytes[0] == '\r' && bytes[1] == '\n') return 2;
    if (size >= 1 && (bytes[0] == '\r' || bytes[0] == '\n')) return 1;
    if (size >= 2 && memcmp(bytes, "\xc2\x85", 2) == 0) return 2;
    if (size >= 3 && (memcmp(bytes, "\xe2\x80\xa8", 3) == 0 || memcmp(bytes, "\xe2\x80\xa9", 3) == 0)) return 3;
    return 0;
}

void ntm_i_yaml_place(const char *bytes, size_t at, uint32_t *line, uint32_t *column) {
    *line = 1;
    *column = 1;
    for (size_t i = 0; i < at;) {
        size_t wide = line_break(bytes + i, at - i);
        if (wide > 0) {
            ++*line;
            *column = 1;
            i += wide;
        } else {
            if (((unsigned char)bytes[i] & 0xc0) != 0x80) ++*column;
            i++;
        }
    }
}

static bool is_document_mark(const char *line, size_t size, const char *mark) {
    return size >= 3 && memcmp(line, mark, 3) == 0 &&
           (size == 3 || line[3] == ' ' || line[3] == '\t' || line_break(line + 3, size - 3) > 0);
}

/* Nothing but blanks and a comment. */
static bool is_empty_line(const char *line, size_t size) {
    size_t i = 0;
    while (i < size && (line[i] == ' ' || line[i] == '\t'))
        i++;
    return i == size || line[i] == '#';
}

/* Lines that are marks or directives are so in every context: YAML allows them nowhere else at the start of a line. */
static ntm_status scan_lines(ntm_i_report *report, const char *bytes, size_t size) {
    enum { BEFORE, INSIDE, AFTER } state = BEFORE;
    uint32_t number = 1;
    for (size_t at = 0; at < size; number++) {
        size_t end = at, wide = 0;
        while (end < size && (wide = line_break(bytes + end, size - end)) == 0)
            end++;
        const char *line = bytes + at;
        size_t length = end - at;
        bool start = is_document_mark(line, length, "---");
        if (state != INSIDE && length > 0 && line[0] == '%')
            return ntm_i_report_problem(report, NTM_ERROR_SYNTAX, number, 1, "directives (%%YAML, %%TAG) are refused");
        if ((state == INSIDE && start) || (state == AFTER && !is_empty_line(line, length)))
            return ntm_i_report_problem(report, NTM_ERROR_SYNTAX, number, 1,
                                        "a second document begins here: a file holds one");
        if (is_document_mark(line, length, "..."))
            state = AFTER;
        else if (state == BEFORE && (start || !is_empty_line(line, length)))
            state = INSIDE;
        at = end + wide;
    }
    if (state == BEFORE) return ntm_i_report_problem(report, NTM_ERROR_SYNTAX, 1, 1, "the file is empty");
    return NTM_OK;
}

ntm_status ntm_i_yaml_scan(ntm_i_report *report, const char *bytes, size_t size, size_t *skip) {
    size_t bad = 0;
    if (size > 0 && !ntm_i_utf8_valid(bytes, size, &bad)) {
        uint32_t line = 0, column = 0;
        ntm_i_yaml_place(bytes, bad, &line, &column);
        unsigned byte = (unsigned char)bytes[bad];
        if (byte == 0) return ntm_i_report_problem(report, NTM_ERROR_SYNTAX, line, column, "a NUL byte");
        return ntm_i_report_problem(report, NTM_ERROR_SYNTAX, line, column, "byte 0x%02X is not UTF-8", byte);
    }
    *skip = size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    return scan_lines(report, bytes + *skip, size - *skip);
}
