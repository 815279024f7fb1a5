/* SPDX-License-Identifier: Apache-2.0 */
/* A record batch of a few columns, whose parts a test changes before it is imported. */
#ifndef NTM_TEST_BATCH_H
#define NTM_TEST_BATCH_H

#include <ntm/arrow.h>

enum { COLUMNS_MAX = 8 };

typedef struct batch {
    struct ArrowSchema schema;
    struct ArrowArray array;
    struct ArrowSchema schemas[COLUMNS_MAX];
    struct ArrowArray arrays[COLUMNS_MAX];
    struct ArrowSchema *schema_pointers[COLUMNS_MAX];
    struct ArrowArray *array_pointers[COLUMNS_MAX];
    struct ArrowSchema dictionary_schema;
    struct ArrowArray dictionary;
    const void *buffers[1];
    const void *column_buffers[COLUMNS_MAX][3];
    const void *dictionary_buffers[3];
    int schema_releases;
    int array_releases;
} batch;

void batch_start(batch *b, int64_t rows);
/* Adds a column; text has a third buffer. */
struct ArrowArray *batch_add(batch *b, const char *name, const char *format, const void *data, const void *text);
/* Makes the last column a dictionary of "u" or "U". */
void batch_add_dictionary(batch *b, const char *format, int64_t length, const void *offsets, const void *text);

/* The column of that name. */
const ntm_column *batch_column(const ntm_arrow_table *table, const char *name);
/* The coefficient of a row that is reported. */
int64_t batch_number(const ntm_column *c, size_t row);
/* Asserts the text of a row; NULL: it is not reported. */
void batch_is_text(const ntm_column *c, size_t row, const char *expected);

#endif
