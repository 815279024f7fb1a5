/* SPDX-License-Identifier: Apache-2.0 */
#include "batch.h"

#include <string.h>

#include "fault.h"

static void release_schema(struct ArrowSchema *schema) {
    ((batch *)schema->private_data)->schema_releases++;
    schema->release = NULL;
}

static void release_array(struct ArrowArray *array) {
    ((batch *)array->private_data)->array_releases++;
    array->release = NULL;
}

void batch_start(batch *b, int64_t rows) {
    memset(b, 0, sizeof *b);
    b->schema = (struct ArrowSchema){
        .format = "+s", .name = "", .children = b->schema_pointers, .release = release_schema, .private_data = b};
    b->array = (struct ArrowArray){.length = rows,
                                   .n_buffers = 1,
                                   .buffers = b->buffers,
                                   .children = b->array_pointers,
                                   .release = release_array,
                                   .private_data = b};
}

struct ArrowArray *batch_add(batch *b, const char *name, const char *format, const void *data, const void *text) {
    size_t at = (size_t)b->schema.n_children++;
    b->array.n_children++;
    b->schemas[at] = (struct ArrowSchema){.format = format, .name = name, .release = release_schema, .private_data = b};
    b->column_buffers[at][1] = data;
    b->column_buffers[at][2] = text;
    b->arrays[at] = (struct ArrowArray){.length = b->array.length,
                                        .n_buffers = text == NULL ? 2 : 3,
                                        .buffers = b->column_buffers[at],
                                        .release = release_array,
                                        .private_data = b};
    b->schema_pointers[at] = &b->schemas[at];
    b->array_pointers[at] = &b->arrays[at];
    return &b->arrays[at];
}

void batch_add_dictionary(batch *b, const char *format, int64_t length, const void *offsets, const void *text) {
    size_t at = (size_t)b->schema.n_children - 1;
    b->dictionary_schema = (struct ArrowSchema){.format = format, .release = release_schema, .private_data = b};
    b->dictionary_buffers[1] = offsets;
    b->dictionary_buffers[2] = text;
    b->dictionary = (struct ArrowArray){.length = length,
                                        .n_buffers = 3,
                                        .buffers = b->dictionary_buffers,
                                        .release = release_array,
                                        .private_data = b};
    b->schemas[at].dictionary = &b->dictionary_schema;
    b->arrays[at].dictionary = &b->dictionary;
}

const ntm_column *batch_column(const ntm_arrow_table *table, const char *name) {
    const ntm_field *field = ntm_table_find(ntm_arrow_table_get(table), name);
    assert_non_null(field);
    return &field->column;
}

int64_t batch_number(const ntm_column *c, size_t row) {
    ntm_decimal out = {0, 0};
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_column_decimal(&out, c, row, &err), &err);
    return out.coefficient;
}

void batch_is_text(const ntm_column *c, size_t row, const char *expected) {
    const char *text = NULL;
    size_t size = 0;
    ntm_error err = NTM_ERROR_INIT;
    if (expected == NULL) {
        assert_int_equal(ntm_column_known(c, row), NTM_NOT_REPORTED);
        return;
    }
    assert_ok(ntm_column_text(&text, &size, c, row, &err), &err);
    assert_int_equal(size, strlen(expected));
    assert_memory_equal(text, expected, size);
}
