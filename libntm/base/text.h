/* SPDX-License-Identifier: Apache-2.0 */
/* Writing text piece by piece, reading files, UTF-8. */
#ifndef NTM_I_TEXT_H
#define NTM_I_TEXT_H

#include "base/error.h"
#include "base/memory.h"

/* Text being written. A failed write makes `failed` true and all later ones do nothing: check once at the end. */
typedef struct ntm_i_writer {
    ntm_i_array bytes;
    bool failed;
} ntm_i_writer;

void ntm_i_writer_start(ntm_i_writer *writer, const ntm_allocator *allocator);
void ntm_i_writer_end(ntm_i_writer *writer);
void ntm_i_write(ntm_i_writer *writer, const char *text, size_t size);
void ntm_i_write_text(ntm_i_writer *writer, const char *text); /* NULL writes nothing */
void ntm_i_writef(ntm_i_writer *writer, const char *format, ...) NTM_I_PRINTF(2, 3);
/* Freezes what was written into *out and ends the writer. On failure *out is untouched, the writer ended. */
ntm_status ntm_i_writer_finish(ntm_text **out, ntm_i_writer *writer, ntm_error *err);

/* Whether the bytes are UTF-8 without NUL bytes; *bad is the offset of the first that is not. */
bool ntm_i_utf8_valid(const char *text, size_t size, size_t *bad);

/* For showing a piece of input in a message with "%.*s": the bytes of it to show, at most 48, whole characters. */
int ntm_i_shown(const char *text, size_t size);

/* Whether it is a day of the years 1 to 9999. */
bool ntm_i_date_is(ntm_date date);
/* "2020-12-31"; returns the buffer. */
#define NTM_I_DAY_SIZE 16
const char *ntm_i_day_text(char buffer[NTM_I_DAY_SIZE], ntm_date day);

/* Whether two texts are the same; NULL is the same as NULL alone. */
bool ntm_i_text_same(const char *a, const char *b);

/* Reads a whole file of at most size_max bytes into a block of *size + 1 bytes that ends with NUL; the caller gives it
   back with ntm_i_release(allocator, *out, *size + 1, 1). IO errors name the path and the system's reason. */
ntm_status ntm_i_file_read(char **out, size_t *size, const char *path, size_t size_max, const ntm_allocator *allocator,
                           ntm_error *err);

#endif
