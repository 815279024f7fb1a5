/* SPDX-License-Identifier: Apache-2.0 */
/* The names of statuses, and filling the caller's ntm_error without ever writing past its struct_size. */
#include "base/error.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

const char *ntm_status_name(ntm_status status) {
    switch (status) {
        case NTM_OK: return "NTM_OK";
        case NTM_ERROR_ARGUMENT: return "NTM_ERROR_ARGUMENT";
        case NTM_ERROR_MEMORY: return "NTM_ERROR_MEMORY";
        case NTM_ERROR_LIMIT: return "NTM_ERROR_LIMIT";
        case NTM_ERROR_OVERFLOW: return "NTM_ERROR_OVERFLOW";
        case NTM_ERROR_SYNTAX: return "NTM_ERROR_SYNTAX";
        case NTM_ERROR_SCHEMA: return "NTM_ERROR_SCHEMA";
        case NTM_ERROR_UNIT: return "NTM_ERROR_UNIT";
        case NTM_ERROR_VALUE: return "NTM_ERROR_VALUE";
        case NTM_ERROR_SHAPE: return "NTM_ERROR_SHAPE";
        case NTM_ERROR_NOT_FOUND: return "NTM_ERROR_NOT_FOUND";
        case NTM_ERROR_NOT_IN_FORCE: return "NTM_ERROR_NOT_IN_FORCE";
        case NTM_ERROR_CONFLICT: return "NTM_ERROR_CONFLICT";
        case NTM_ERROR_IO: return "NTM_ERROR_IO";
        case NTM_ERROR_UNSUPPORTED: return "NTM_ERROR_UNSUPPORTED";
    }
    return "NTM_ERROR_?";
}

const char *ntm_status_text(ntm_status status) {
    switch (status) {
        case NTM_OK: return "it worked";
        case NTM_ERROR_ARGUMENT: return "the call is wrong";
        case NTM_ERROR_MEMORY: return "out of memory";
        case NTM_ERROR_LIMIT: return "the input is beyond a limit";
        case NTM_ERROR_OVERFLOW: return "the exact result does not fit";
        case NTM_ERROR_SYNTAX: return "the text cannot be read";
        case NTM_ERROR_SCHEMA: return "the text breaks a rule";
        case NTM_ERROR_UNIT: return "the units do not agree";
        case NTM_ERROR_VALUE: return "the value is impossible";
        case NTM_ERROR_SHAPE: return "the columns do not fit";
        case NTM_ERROR_NOT_FOUND: return "there is no such thing";
        case NTM_ERROR_NOT_IN_FORCE: return "the law is not in force on the date";
        case NTM_ERROR_CONFLICT: return "two things claim the same place";
        case NTM_ERROR_IO: return "the operating system refused to read or write";
        case NTM_ERROR_UNSUPPORTED: return "this version does not do that";
    }
    return "unknown status";
}

/* Below this a struct_size is not that of any ntm_error there has been: nothing is written. */
#define SMALLEST_ERROR (offsetof(ntm_error, status) + sizeof(ntm_status))

/* Ends a text that a short struct cuts off at `room` > 0 bytes: with NUL, between two characters. */
static void cut_text(char *text, size_t room, size_t capacity) {
    if (room >= capacity) return; /* whole */
    text[ntm_i_utf8_cut(text, room - 1)] = '\0';
}

/* Copies what fits below to->struct_size, which stays as it is: an older caller has a shorter struct. */
static void write_error(ntm_error *to, const ntm_error *full) {
    if (to->struct_size < SMALLEST_ERROR) return;
    ntm_error copy = *full;
    size_t size = to->struct_size < sizeof copy ? to->struct_size : sizeof copy;
    copy.struct_size = to->struct_size;
    if (size > offsetof(ntm_error, subject))
        cut_text(copy.subject, size - offsetof(ntm_error, subject), sizeof copy.subject);
    if (size > offsetof(ntm_error, message))
        cut_text(copy.message, size - offsetof(ntm_error, message), sizeof copy.message);
    memcpy(to, &copy, size);
}

/* A subject or message is shown on one line and is UTF-8, whatever the input held: control characters become spaces,
   bytes that are no UTF-8 become '?'. */
static void set_text(char *to, size_t capacity, const char *text, size_t size) {
    if (size > capacity - 1) size = ntm_i_utf8_cut(text, capacity - 1);
    for (size_t at = 0; at < size;) {
        uint32_t character = 0;
        size_t length = ntm_i_utf8_next(&character, text + at, size - at);
        if (length == 0) {
            to[at++] = '?';
        } else if (character < 0x20 || character == 0x7f) {
            to[at++] = ' ';
        } else {
            memcpy(to + at, text + at, length);
            at += length;
        }
    }
    to[size] = '\0';
}

ntm_status ntm_i_fail_list(ntm_error *err, ntm_status status, ntm_i_place place, const char *format,
                           va_list arguments) {
    if (err == NULL) return status;
    ntm_error full = NTM_ERROR_INIT;
    /* One longer than the message, so that a cut one is seen to be cut and ends between two characters. */
    char message[sizeof full.message + 1];
    int needed = vsnprintf(message, sizeof message, format, arguments);
    full.status = status;
    full.line = place.line;
    full.column = place.column;
    full.row = place.row;
    if (place.subject != NULL) set_text(full.subject, sizeof full.subject, place.subject, strlen(place.subject));
    if (needed > 0) set_text(full.message, sizeof full.message, message, strlen(message));
    write_error(err, &full);
    return status;
}

ntm_status ntm_i_fail(ntm_error *err, ntm_status status, ntm_i_place place, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    (void)ntm_i_fail_list(err, status, place, format, arguments);
    va_end(arguments);
    return status;
}

ntm_status ntm_i_wrong_call(ntm_error *err, const char *what) {
    return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "%s", what);
}

ntm_status ntm_i_no_memory(ntm_error *err) {
    return ntm_i_fail(err, NTM_ERROR_MEMORY, NTM_I_NOWHERE, "the allocator returned no memory");
}

ntm_status ntm_i_error_copy(ntm_error *to, const ntm_error *from) {
    if (from == NULL || from->struct_size < SMALLEST_ERROR) return NTM_OK;
    if (to == NULL || to == from) return from->status;
    ntm_error full = NTM_ERROR_INIT;
    memcpy(&full, from, from->struct_size < sizeof full ? from->struct_size : sizeof full);
    full.struct_size = sizeof full;
    write_error(to, &full);
    return full.status;
}
