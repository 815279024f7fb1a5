/* SPDX-License-Identifier: Apache-2.0 */
/* Frozen text, and the writer that makes it. */
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

struct ntm_text {
    ntm_i_array bytes; /* with the NUL */
};

bool ntm_i_text_same(const char *a, const char *b) { return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0; }

const char *ntm_text_data(const ntm_text *text) { return text == NULL ? "" : text->bytes.items; }

size_t ntm_text_size(const ntm_text *text) { return text == NULL ? 0 : text->bytes.count - 1; }

void ntm_text_free(ntm_text *text) {
    if (text == NULL) return;
    ntm_allocator allocator = text->bytes.allocator;
    ntm_i_array_end(&text->bytes);
    ntm_i_release(&allocator, text, 1, sizeof *text);
}

void ntm_i_writer_start(ntm_i_writer *writer, const ntm_allocator *allocator) {
    ntm_i_array_start(&writer->bytes, allocator, 1);
    writer->failed = false;
}

void ntm_i_writer_end(ntm_i_writer *writer) { ntm_i_array_end(&writer->bytes); }

void ntm_i_write(ntm_i_writer *writer, const char *text, size_t size) {
    if (writer->failed) return;
    if (!ntm_i_array_append(&writer->bytes, text, size)) writer->failed = true;
}

void ntm_i_write_text(ntm_i_writer *writer, const char *text) {
    if (text != NULL) ntm_i_write(writer, text, strlen(text));
}

void ntm_i_writef(ntm_i_writer *writer, const char *format, ...) {
    if (writer->failed) return;
    char few[256]; /* nearly everything fits; the rest is written twice */
    va_list arguments;
    va_start(arguments, format);
    va_list again;
    va_copy(again, arguments);
    int needed = vsnprintf(few, sizeof few, format, arguments);
    va_end(arguments);
    if (needed < 0) {
        writer->failed = true;
    } else if ((size_t)needed < sizeof few) {
        ntm_i_write(writer, few, (size_t)needed);
    } else {
        size_t size = (size_t)needed + 1;
        char *many = ntm_i_allocate(&writer->bytes.allocator, size, 1);
        if (many == NULL) {
            writer->failed = true;
        } else {
            (void)vsnprintf(many, size, format, again);
            ntm_i_write(writer, many, size - 1);
            ntm_i_release(&writer->bytes.allocator, many, size, 1);
        }
    }
    va_end(again);
}

ntm_status ntm_i_writer_finish(ntm_text **out, ntm_i_writer *writer, ntm_error *err) {
    ntm_i_write(writer, "", 1); /* the NUL */
    ntm_text *text = writer->failed ? NULL : ntm_i_allocate(&writer->bytes.allocator, 1, sizeof *text);
    if (text == NULL) {
        ntm_i_writer_end(writer);
        return ntm_i_no_memory(err);
    }
    text->bytes = writer->bytes;
    ntm_i_writer_start(writer, &text->bytes.allocator); /* the text owns the bytes now */
    *out = text;
    return NTM_OK;
}

int ntm_i_shown(const char *text, size_t size) {
    enum { SHOWN_MAX = 48 };
    return (int)(size <= SHOWN_MAX ? size : ntm_i_utf8_cut(text, SHOWN_MAX));
}
