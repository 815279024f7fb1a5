/* SPDX-License-Identifier: Apache-2.0 */
/* Record batches that say anything, over memory that is there: they are taken or refused, and what is taken comes out
   and in again as the same. The first byte chooses: a batch of a foreign producer, columns of any layout given out, or a
   stream, which has to give the same cut into pieces and joined. */
#include <ntm/arrow.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                                            \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { COLUMNS_MAX = 6, ROWS_MAX = 200, BUFFERS_MAX = 64, BATCHES_MAX = 4 };

/* The bytes that decide, and every block that was made from them. */
typedef struct input {
    const uint8_t *at, *end;
    uint64_t random;
    void *blocks[2000];
    size_t block_count;
} input;

static unsigned take(input *in) { return in->at == in->end ? 0 : *in->at++; }
static bool rarely(input *in) { return take(in) >= 250; }

static void *block(input *in, size_t size) {
    CHECK(in->block_count < sizeof in->blocks / sizeof *in->blocks);
    void *made = calloc(1, size == 0 ? 1 : size);
    CHECK(made != NULL);
    in->blocks[in->block_count++] = made;
    return made;
}

static uint8_t any(input *in) {
    in->random = in->random * 6364136223846793005u + 1442695040888963407u;
    return (uint8_t)(in->random >> 56);
}

/* `size` bytes that end where their block ends, so that a read past them is seen. */
static void *filled(input *in, size_t size, size_t shift) {
    unsigned how = take(in);
    uint8_t *bytes = (uint8_t *)block(in, size + shift) + shift;
    in->random ^= how * 0x9e3779b97f4a7c15u;
    for (size_t at = 0; at < size; at++)
        bytes[at] = how % 4 == 0   ? any(in)
                    : how % 4 == 1 ? 0xff
                    : how % 4 == 2 ? any(in) % 2
                    : at % 4 == 0  ? any(in) % 8
                                   : 0;
    return bytes;
}

static int64_t number(input *in, int64_t usual) {
    static const int64_t odd[] = {-1, -2, INT64_MIN, INT64_MAX, INT64_MAX - 1, (int64_t)1 << 62, 0, 1, 2, 3, 64};
    unsigned byte = take(in);
    return byte < 240 ? usual : odd[byte % 11];
}

static size_t sane(int64_t length) { return length < 0 || length > ROWS_MAX ? 0 : (size_t)length; }

/* ------------------------------------------------------------------------------------------- a foreign batch */

static void never_schema(struct ArrowSchema *schema) { CHECK(schema == NULL); }
static void never_array(struct ArrowArray *array) { CHECK(array == NULL); }

static void release_schema(struct ArrowSchema *schema) {
    ++*(int *)schema->private_data;
    schema->release = NULL;
}

static void release_array(struct ArrowArray *array) {
    ++*(int *)array->private_data;
    array->release = NULL;
}

static const char *make_format(input *in) {
    static const char *const formats[] = {"b",      "c",          "C",       "s",           "S",
                                          "i",      "I",          "l",       "g",           "u",
                                          "U",      "tdD",        "d:19,2",  "d:38,18,128", "vu",
                                          "L",      "n",          "tdm",     "tss:",        "tsn:",
                                          "d:5,19", "d:76,2,256", "d:1,-2",  "d:",          "d:99999999999,1",
                                          "f",      "e",          "tsu:UTC", "tsx:",        "ts",
                                          "z",      "Z",          "+s",      "+l",          "",
                                          "tDs",    "w:4"};
    unsigned byte = take(in);
    if (byte < 200) return formats[byte % 19];
    if (byte < 240) return formats[byte % (sizeof formats / sizeof *formats)];
    if (byte < 242) return NULL;
    char *text = block(in, 9);
    for (size_t at = 0; at < 8; at++)
        text[at] = (char)take(in);
    return text;
}

/* Bytes of the data buffer of n values. */
static size_t data_size(const char *format, size_t n) {
    static const char types[] = "cCsSefiIlLg";
    static const size_t sizes[] = {1, 1, 2, 2, 2, 4, 4, 4, 8, 8, 8};
    const char *found = format[0] != '\0' && format[1] == '\0' ? strchr(types, format[0]) : NULL;
    if (strcmp(format, "b") == 0) return (n + 7) / 8;
    if (found != NULL) return n * sizes[found - types];
    if (strcmp(format, "tdD") == 0) return n * 4;
    return n * (strncmp(format, "d:", 2) == 0 && strstr(format, ",256") == NULL ? 16 : 32);
}

/* Offsets and text; the offsets never pass the text, which is all that a consumer cannot see. */
static void make_text(input *in, const void **buffers, bool large, size_t n, size_t shift) {
    size_t end = 0, width = large ? 8 : 4;
    uint8_t *offsets = (uint8_t *)block(in, (n + 1) * width + shift) + shift;
    unsigned first = take(in) % 4, wrong = take(in);
    end = first;
    for (size_t at = 0; at <= n; at++) {
        int64_t value = (int64_t)end;
        if (wrong >= 240 && at == wrong % (n + 1)) value = wrong % 2 ? -(int64_t)(wrong % 5) : (int64_t)(end / 2);
        int32_t small = (int32_t)value;
        memcpy(offsets + at * width, large ? (const void *)&value : (const void *)&small, width);
        if (at < n) end += any(in) % 4;
    }
    buffers[1] = offsets;
    buffers[2] = end == 0 && rarely(in) ? NULL : filled(in, end, 0);
}

static int64_t usual_buffers(const char *format) {
    if (strcmp(format, "u") == 0 || strcmp(format, "U") == 0) return 3;
    return strcmp(format, "+s") == 0 ? 1 : strcmp(format, "n") == 0 ? 0 : 2;
}

/* Views into up to two pieces, which may lie about where; the last buffer tells the sizes of the pieces. */
static void make_views(input *in, struct ArrowArray *array, const void **made, size_t n) {
    size_t pieces = take(in) % 3;
    int64_t *sizes = block(in, BUFFERS_MAX * sizeof *sizes);
    unsigned wrong = take(in);
    for (size_t at = 0; at < pieces; at++) {
        sizes[at] = take(in) % 40;
        made[2 + at] = filled(in, (size_t)sizes[at], 0);
    }
    uint8_t *views = block(in, n * 16);
    for (size_t at = 0; at < n; at++) {
        int32_t piece = pieces > 0 ? any(in) % (int32_t)pieces : 0;
        int32_t there = pieces > 0 ? (int32_t)sizes[piece] : 0;
        int32_t view[4] = {any(in) % 20, any(in), piece, 0};
        if (view[0] > 12 && view[0] > there) view[0] = 12;
        if (view[0] > 12) view[3] = any(in) % (there - view[0] + 1);
        if (wrong >= 240 && at == wrong % (n + 1)) view[wrong % 4] = (int32_t)wrong - 245;
        memcpy(views + at * 16, view, 16);
    }
    made[1] = views;
    array->n_buffers = number(in, 3 + (int64_t)pieces);
    if (array->n_buffers >= 3 && array->n_buffers <= BUFFERS_MAX) made[array->n_buffers - 1] = sizes;
}

static void make_buffers(input *in, struct ArrowArray *array, const char *format) {
    size_t n = sane(array->offset) + sane(array->length);
    bool text = strcmp(format, "u") == 0 || strcmp(format, "U") == 0;
    size_t shift = rarely(in) ? 1 : 0;
    const void *made[BUFFERS_MAX] = {NULL};
    if (take(in) % 3 != 0 || array->null_count > 0) made[0] = filled(in, (n + 7) / 8, 0);
    if (text)
        make_text(in, made, format[0] == 'U', n, shift);
    else
        made[1] = filled(in, data_size(format, n), shift);
    if (strcmp(format, "vu") == 0)
        make_views(in, array, made, n);
    else
        array->n_buffers = number(in, usual_buffers(format));
    size_t count = array->n_buffers < 0 || array->n_buffers > BUFFERS_MAX ? 3 : (size_t)array->n_buffers;
    const void **buffers = block(in, count * sizeof *buffers);
    for (size_t at = 0; at < count; at++)
        buffers[at] = rarely(in) ? NULL : made[at];
    array->buffers = rarely(in) ? NULL : buffers;
}

static void make_array(input *in, struct ArrowArray *array, const char *format, int64_t rows) {
    if (format == NULL) format = "";
    array->offset = number(in, take(in) % 4 == 0 ? take(in) % 20 : 0);
    array->length = number(in, rows);
    array->null_count = number(in, -1 + (int64_t)(take(in) % 2));
    array->release = never_array;
    make_buffers(in, array, format);
    array->n_children = number(in, 0);
}

/* A column, or the values of a dictionary. */
static void make_column(input *in, struct ArrowSchema *schema, struct ArrowArray *array, int64_t rows, unsigned depth) {
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "", "households"};
    unsigned byte = take(in);
    schema->format = depth == 0      ? make_format(in)
                     : byte % 8 == 0 ? make_format(in)
                     : byte % 2      ? "u"
                     : byte % 3 == 0 ? "vu"
                                     : "U";
    schema->name = byte >= 250 ? NULL : names[byte % 8];
    schema->metadata = byte % 16 == 0 ? block(in, 4) : NULL;
    schema->flags = byte;
    schema->n_children = number(in, 0);
    schema->release = never_schema;
    make_array(in, array, schema->format, rows);
    unsigned dictionary = depth >= 2 ? 0 : take(in);
    if (dictionary < (depth == 0 ? 170u : 245u)) return;
    struct ArrowSchema *inner = block(in, sizeof *inner);
    struct ArrowArray *values = block(in, sizeof *values);
    make_column(in, inner, values, dictionary % 9, depth + 1);
    if (dictionary != 255) schema->dictionary = inner;
    if (dictionary != 254) array->dictionary = values;
}

static void make_batch(input *in, struct ArrowSchema *schema, struct ArrowArray *array, int *released) {
    size_t count = take(in) % COLUMNS_MAX;
    memset(schema, 0, sizeof *schema);
    memset(array, 0, sizeof *array);
    schema->format = rarely(in) ? make_format(in) : "+s";
    make_array(in, array, "+s", take(in) % 70);
    if (!rarely(in) && array->buffers != NULL && array->n_buffers == 1) array->buffers[0] = NULL;
    if (array->null_count > 0 && !rarely(in)) array->null_count = 0;
    int64_t rows = (int64_t)(sane(array->offset) + sane(array->length));
    struct ArrowSchema **schemas = block(in, count * sizeof *schemas);
    struct ArrowArray **arrays = block(in, count * sizeof *arrays);
    for (size_t at = 0; at < count; at++) {
        schemas[at] = block(in, sizeof **schemas);
        arrays[at] = block(in, sizeof **arrays);
        make_column(in, schemas[at], arrays[at], rows, 0);
        if (rarely(in)) schemas[at] = NULL;
        if (rarely(in)) arrays[at] = NULL;
    }
    bool odd = rarely(in); /* other numbers of columns, never more than there are; or negative */
    schema->n_children = odd ? (int64_t)(take(in) % (count + 1)) - (int64_t)rarely(in) : (int64_t)count;
    array->n_children = odd ? (int64_t)(take(in) % (count + 1)) - (int64_t)rarely(in) : (int64_t)count;
    schema->children = count == 0 || rarely(in) ? NULL : schemas;
    array->children = count == 0 || rarely(in) ? NULL : arrays;
    schema->dictionary = rarely(in) && count > 0 ? schemas[0] : NULL;
    schema->release = rarely(in) ? NULL : release_schema;
    array->release = rarely(in) ? NULL : release_array;
    schema->private_data = array->private_data = released;
}

/* ------------------------------------------------------------------------------------------- what comes of it */

static void count_release(void *context) { ++*(int *)context; }

static void check_cell(const ntm_column *a, const ntm_column *b, size_t row, bool *doubtful) {
    ntm_decimal left = {0, 0}, right = {0, 0};
    const char *text = NULL, *other = NULL;
    size_t size = 0, other_size = 0;
    ntm_known known = ntm_column_known(a, row);
    ntm_status status = ntm_column_decimal(&left, a, row, NULL);
    ntm_status named = ntm_column_text(&text, &size, a, row, NULL);
    if (status == NTM_ERROR_VALUE || named == NTM_ERROR_VALUE) *doubtful = true;
    uint8_t sum = 0;
    for (size_t at = 0; named == NTM_OK && at < size; at++)
        sum ^= (uint8_t)text[at];
    CHECK(sum == 0 || size > 0);
    if (b == NULL) return;
    CHECK(ntm_column_known(b, row) == (known == NTM_REPORTED ? NTM_REPORTED : NTM_NOT_REPORTED));
    CHECK(ntm_column_decimal(&right, b, row, NULL) == status);
    CHECK(status != NTM_OK || ntm_decimal_compare(left, right) == 0);
    CHECK(ntm_column_text(&other, &other_size, b, row, NULL) == named);
    CHECK(named != NTM_OK || (size == other_size && (size == 0 || memcmp(text, other, size) == 0)));
}

/* Reads every cell of a, and compares it with b when there is one. True if a value is none. */
static bool check_cells(const ntm_table *a, const ntm_table *b) {
    bool doubtful = false;
    CHECK(ntm_table_check(a, NULL, NULL) == NTM_OK);
    if (b != NULL) CHECK(a->rows == b->rows && a->field_count == b->field_count);
    for (size_t at = 0; at < a->field_count; at++) {
        if (b != NULL) CHECK(strcmp(a->fields[at].name, b->fields[at].name) == 0);
        for (size_t row = 0; row < a->rows; row++)
            check_cell(&a->fields[at].column, b == NULL ? NULL : &b->fields[at].column, row, &doubtful);
    }
    return doubtful;
}

static void check_error(ntm_status status, const ntm_error *err) {
    CHECK(status != NTM_ERROR_MEMORY && err->status == status && err->message[0] != '\0');
    CHECK(memchr(err->message, '\0', sizeof err->message) != NULL && strchr(err->message, '\n') == NULL);
    CHECK(memchr(err->subject, '\0', sizeof err->subject) != NULL);
}

/* Out and in again. */
static void round_trip(const ntm_table *table) {
    struct ArrowSchema schema;
    struct ArrowArray array;
    ntm_arrow_table *again = NULL;
    ntm_error err = NTM_ERROR_INIT;
    int released = 0;
    memset(&schema, 0x5a, sizeof schema);
    memset(&array, 0x5a, sizeof array);
    bool doubtful = check_cells(table, NULL);
    ntm_status status = ntm_arrow_export(&schema, &array, table, count_release, &released, NULL, &err);
    if (status != NTM_OK) {
        check_error(status, &err);
        CHECK(released == 0 && status == NTM_ERROR_VALUE && doubtful);
        CHECK(((const unsigned char *)&schema)[3] == 0x5a && ((const unsigned char *)&array)[3] == 0x5a);
        return;
    }
    CHECK(ntm_arrow_import(&again, &schema, &array, NULL, &err) == NTM_OK);
    CHECK(schema.release == NULL && array.release == NULL && released == 0);
    (void)check_cells(table, ntm_arrow_table_get(again));
    ntm_arrow_table_free(again);
    CHECK(released == 1);
}

static void try_batch(input *in) {
    struct ArrowSchema schema, kept_schema;
    struct ArrowArray array, kept_array;
    int released = 0;
    ntm_arrow_table *table = NULL;
    ntm_error err = NTM_ERROR_INIT;
    make_batch(in, &schema, &array, &released);
    kept_schema = schema;
    kept_array = array;
    ntm_status status = ntm_arrow_import(&table, &schema, &array, NULL, &err);
    if (status != NTM_OK) {
        check_error(status, &err);
        CHECK(table == NULL && released == 0);
        CHECK(memcmp(&schema, &kept_schema, sizeof schema) == 0 && memcmp(&array, &kept_array, sizeof array) == 0);
        return;
    }
    CHECK(schema.release == NULL && array.release == NULL && released == 0);
    round_trip(ntm_arrow_table_get(table));
    ntm_arrow_table_free(table);
    CHECK(released == 2);
}

/* ------------------------------------------------------------------------------------------- columns given out */

static const uint8_t *make_mask(input *in, size_t *offset, size_t rows) {
    if (take(in) % 2 == 0) return NULL;
    *offset = take(in) % 20;
    return filled(in, (*offset + rows + 7) / 8, 0);
}

static void make_values(input *in, ntm_column *column, size_t rows) {
    static const size_t sizes[] = {0, 0, 1, 1, 2, 4, 8, 8, 16, 0};
    static const int64_t strides[] = {1, 1, 1, 2, 3, 0, -1, -2};
    size_t size = sizes[column->type];
    int64_t stride = (int64_t)size * strides[take(in) % 8];
    size_t span = rows == 0 ? 0 : (size_t)(stride < 0 ? -stride : stride) * (rows - 1) + size;
    const char *data = filled(in, span, 0);
    column->stride_bytes = stride;
    column->data = stride < 0 && rows > 0 ? data - stride * (int64_t)(rows - 1) : data;
}

static void make_own(input *in, ntm_column *column, size_t rows) {
    static const char *const categories[] = {"BTB", "DBSH", "", "TDMNPB", "Đông Nam Bộ"};
    unsigned byte = take(in);
    column->type = (ntm_type)(1 + byte % 9);
    column->length = rows;
    bool integer = column->type >= NTM_TYPE_INT8 && column->type <= NTM_TYPE_INT64;
    if (column->type == NTM_TYPE_BITS) {
        column->bit_offset = take(in) % 20;
        column->data = filled(in, (column->bit_offset + rows + 7) / 8, 0);
    } else if (column->type == NTM_TYPE_TEXT) {
        const void *buffers[3] = {NULL, NULL, NULL};
        make_text(in, buffers, false, rows, 0);
        column->data = buffers[1];
        column->text = buffers[2];
    } else {
        make_values(in, column, rows);
    }
    if (integer && take(in) % 3 == 0) {
        column->categories = categories;
        column->category_count = take(in) % 6;
    } else if (integer || column->type == NTM_TYPE_DECIMAL128) {
        column->scale = (uint8_t)(take(in) % 4 == 0 ? take(in) % 20 : 0);
    }
    column->nan_not_reported = byte % 2 == 0;
    column->validity = make_mask(in, &column->validity_offset, rows);
    column->not_applicable = make_mask(in, &column->not_applicable_offset, rows);
}

static void try_columns(input *in) {
    static const char *const names[] = {"a", "b", "c", "d", "e", "f"};
    ntm_field fields[COLUMNS_MAX];
    ntm_table table = NTM_TABLE_INIT;
    table.rows = take(in) % 70;
    table.field_count = take(in) % COLUMNS_MAX;
    table.fields = fields;
    for (size_t at = 0; at < table.field_count; at++) {
        fields[at] = (ntm_field){names[at], NTM_COLUMN_INIT};
        make_own(in, &fields[at].column, table.rows);
    }
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_table_check(&table, NULL, &err);
    if (status == NTM_OK) {
        round_trip(&table);
        return;
    }
    struct ArrowSchema schema;
    struct ArrowArray array;
    check_error(status, &err);
    CHECK(ntm_arrow_export(&schema, &array, &table, NULL, NULL, NULL, NULL) == status);
}

/* ------------------------------------------------------------------------------------------- streams */

/* Batches of one type; what it gave out is counted until it comes back. */
typedef struct producer {
    struct ArrowSchema schema;
    struct ArrowArray arrays[BATCHES_MAX];
    size_t count, next;
    int fails, releases, schemas, given, unused;
} producer;

static void schema_given_back(struct ArrowSchema *schema) {
    --((producer *)schema->private_data)->schemas;
    schema->release = NULL;
}

static void array_given_back(struct ArrowArray *array) {
    --((producer *)array->private_data)->given;
    array->release = NULL;
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    producer *p = stream->private_data;
    *out = p->schema;
    out->private_data = p;
    out->release = schema_given_back;
    p->schemas++;
    return 0;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    producer *p = stream->private_data;
    memset(out, 0, sizeof *out);
    if (p->next == p->count) return p->fails;
    *out = p->arrays[p->next++];
    out->private_data = p;
    out->release = array_given_back;
    p->given++;
    return 0;
}

static const char *last_error(struct ArrowArrayStream *stream) {
    return ((producer *)stream->private_data)->fails % 2 ? "it\nfailed" : NULL;
}

static void release_stream(struct ArrowArrayStream *stream) {
    ((producer *)stream->private_data)->releases++;
    stream->release = NULL;
}

/* One more batch of the type of the first. */
static void make_alike(input *in, producer *p, struct ArrowArray *array) {
    const struct ArrowSchema *schema = &p->schema;
    size_t count = schema->children == NULL || schema->n_children < 0 ? 0 : (size_t)schema->n_children;
    make_array(in, array, "+s", take(in) % 40);
    if (array->buffers != NULL && array->n_buffers == 1) array->buffers[0] = NULL;
    if (array->null_count > 0) array->null_count = 0;
    int64_t rows = (int64_t)(sane(array->offset) + sane(array->length));
    array->n_children = rarely(in) && count > 0 ? schema->n_children - 1 : schema->n_children;
    array->children = block(in, count * sizeof *array->children);
    for (size_t at = 0; at < count; at++) {
        const struct ArrowSchema *type = schema->children[at];
        if (type == NULL) continue;
        array->children[at] = block(in, sizeof **array->children);
        make_array(in, array->children[at], type->format, rows);
        if (type->dictionary == NULL) continue;
        array->children[at]->dictionary = block(in, sizeof *array);
        make_array(in, array->children[at]->dictionary, type->dictionary->format, take(in) % 9);
    }
}

/* NULL for a type whose columns cannot be counted, which is refused at once and leaves the stream where it is. */
static ntm_arrow_stream *open_stream(producer *p) {
    struct ArrowArrayStream stream = {get_schema, get_next, last_error, release_stream, p};
    ntm_arrow_stream *made = NULL;
    p->next = 0;
    p->releases = 0;
    bool countable = p->schema.n_children == 0 || (p->schema.n_children > 0 && p->schema.children != NULL);
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_arrow_stream_open(&made, &stream, NULL, &err);
    CHECK(countable ? status == NTM_OK && stream.release == NULL : status == NTM_ERROR_SHAPE && stream.release != NULL);
    if (!countable) check_error(status, &err);
    CHECK(countable || (made == NULL && p->schemas == 0));
    return made;
}

/* A row of a part against that of the whole; codes may be others, their texts not. */
static void compare_row(const ntm_column *a, const ntm_column *b, size_t row, size_t start) {
    ntm_decimal left = {0, 0}, right = {0, 0};
    const char *text = NULL, *other = NULL;
    size_t size = 0, other_size = 0;
    CHECK(ntm_column_known(a, row) == ntm_column_known(b, start + row));
    ntm_status status = ntm_column_text(&text, &size, a, row, NULL);
    CHECK(ntm_column_text(&other, &other_size, b, start + row, NULL) == status);
    CHECK(status != NTM_OK || (size == other_size && (size == 0 || memcmp(text, other, size) == 0)));
    if (status == NTM_OK) return;
    status = ntm_column_decimal(&left, a, row, NULL);
    CHECK(ntm_column_decimal(&right, b, start + row, NULL) == status);
    CHECK(status != NTM_OK || ntm_decimal_compare(left, right) == 0);
}

static void compare_rows(const ntm_table *part, const ntm_table *whole, size_t start) {
    CHECK(part->field_count == whole->field_count && start + part->rows <= whole->rows);
    for (size_t at = 0; at < part->field_count; at++) {
        for (size_t row = 0; row < part->rows; row++)
            compare_row(&part->fields[at].column, &whole->fields[at].column, row, start);
    }
}

static void cut(producer *p, const ntm_arrow_options *options, const ntm_table *whole) {
    ntm_arrow_stream *stream = open_stream(p);
    ntm_arrow_table *kept = NULL;
    size_t rows = 0;
    for (;;) {
        ntm_arrow_table *table = NULL;
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status = ntm_arrow_stream_next(&table, stream, options, &err);
        CHECK(whole == NULL || status == NTM_OK);
        if (status != NTM_OK) check_error(status, &err);
        if (status != NTM_OK || table == NULL) break;
        if (whole != NULL) compare_rows(ntm_arrow_table_get(table), whole, rows);
        rows += ntm_arrow_table_get(table)->rows;
        ntm_arrow_table_free(kept);
        kept = table; /* lives longer than the batch below it is the stream's */
    }
    CHECK(whole == NULL || rows == whole->rows);
    ntm_arrow_stream_free(stream);
    if (kept != NULL) (void)check_cells(ntm_arrow_table_get(kept), NULL);
    ntm_arrow_table_free(kept);
    CHECK(p->releases == 1 && p->given == 0 && p->schemas == 0);
}

static void try_stream(input *in) {
    static const char *const names[] = {"a", "c", "households"};
    producer p;
    memset(&p, 0, sizeof p);
    make_batch(in, &p.schema, &p.arrays[0], &p.unused);
    p.count = take(in) % (BATCHES_MAX + 1);
    p.fails = rarely(in) ? 5 : 0;
    for (size_t at = 1; at < p.count; at++)
        make_alike(in, &p, &p.arrays[at]);
    for (size_t at = 0; at < p.count; at++)
        p.arrays[at].release = array_given_back; /* a released one would be the end */
    ntm_arrow_options options = NTM_ARROW_OPTIONS_INIT;
    options.rows_max = take(in) % 30;
    if (take(in) % 2 == 0) {
        options.names = names;
        options.name_count = take(in) % 4;
    }
    if (rarely(in)) options.column = "alone";
    ntm_arrow_stream *stream = open_stream(&p);
    if (stream == NULL) return;
    ntm_arrow_table *whole = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_arrow_stream_read(&whole, stream, &options, &err);
    ntm_arrow_stream_free(stream);
    if (status != NTM_OK) check_error(status, &err);
    CHECK((whole != NULL) == (status == NTM_OK) && p.releases == 1);
    size_t still = p.given > 0 ? 1 : 0; /* of a single batch, which the table lies over */
    CHECK(p.given <= 1 && (still == 0 || whole != NULL));
    if (whole != NULL) (void)check_cells(ntm_arrow_table_get(whole), NULL);
    p.given -= (int)still;
    cut(&p, &options, ntm_arrow_table_get(whole));
    p.given += (int)still;
    ntm_arrow_table_free(whole);
    CHECK(p.given == 0 && p.schemas == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    input in = {.at = data, .end = size == 0 ? data : data + size};
    unsigned which = take(&in);
    if (which >= 128)
        try_stream(&in);
    else if (which % 2 == 0)
        try_batch(&in);
    else
        try_columns(&in);
    while (in.block_count > 0)
        free(in.blocks[--in.block_count]);
    return 0;
}
