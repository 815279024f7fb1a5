/* SPDX-License-Identifier: Apache-2.0 */
/* Arrow streams as tables. The interpreter's lock is released while a producer works: it may need it itself, in this
   thread or in another. */
#include "stream.h"

static core_stream *hold_stream(ntm_arrow_stream *it) {
    core_stream *stream = PyMem_Calloc(1, sizeof *stream);
    if (!stream) {
        ntm_arrow_stream_free(it);
        PyErr_NoMemory();
        return NULL;
    }
    stream->it = it;
    return stream;
}

core_stream *core_stream_new(PyObject *capsule) {
    struct ArrowArrayStream *from = PyCapsule_GetPointer(capsule, "arrow_array_stream");
    if (!from) return NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_arrow_stream *it = NULL;
    ntm_status status = NTM_OK;
    Py_BEGIN_ALLOW_THREADS status = ntm_arrow_stream_open(&it, from, NULL, &err);
    Py_END_ALLOW_THREADS if (status) {
        core_raise(&err, NULL);
        return NULL;
    }
    return hold_stream(it);
}

core_stream *core_stream_of(PyObject *schema, PyObject *array) {
    struct ArrowSchema *type = PyCapsule_GetPointer(schema, "arrow_schema");
    struct ArrowArray *data = type ? PyCapsule_GetPointer(array, "arrow_array") : NULL;
    if (!data) return NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_arrow_stream *it = NULL;
    if (ntm_arrow_stream_of(&it, type, data, NULL, &err)) {
        core_raise(&err, NULL);
        return NULL;
    }
    return hold_stream(it);
}

void core_stream_free(core_stream *stream) {
    if (!stream) return;
    Py_BEGIN_ALLOW_THREADS ntm_arrow_stream_free(stream->it);
    Py_END_ALLOW_THREADS PyMem_Free(stream);
}

/* (name, format, format of the dictionary or None). */
static PyObject *type_tuple(const struct ArrowSchema *type) {
    return Py_BuildValue("szz", type && type->name ? type->name : "", type ? type->format : NULL,
                         type && type->dictionary ? type->dictionary->format : NULL);
}

static PyObject *child_type(const void *it, size_t index) {
    return type_tuple(((struct ArrowSchema *const *)it)[index]);
}

PyObject *core_stream_types(const core_stream *stream) {
    const struct ArrowSchema *schema = ntm_arrow_stream_schema(stream->it);
    bool batch = schema->format && strcmp(schema->format, "+s") == 0;
    if (!batch) return Py_BuildValue("O[N]", Py_False, type_tuple(schema));
    size_t count = schema->children && schema->n_children > 0 ? (size_t)schema->n_children : 0;
    return Py_BuildValue("ON", Py_True, core_list(count, child_type, schema->children));
}

size_t core_stream_batches(const core_stream *stream) { return ntm_arrow_stream_batches(stream->it); }

/* A table of the core over one of Arrow, which it takes over. */
static core_table *table_over(ntm_arrow_table *arrow) {
    const ntm_table *from = ntm_arrow_table_get(arrow);
    core_table *table = core_table_new(from->rows, from->field_count);
    if (!table) {
        ntm_arrow_table_free(arrow);
        return NULL;
    }
    table->arrow = arrow;
    for (size_t i = 0; i < from->field_count; i++)
        table->fields[i] = from->fields[i];
    table->table.field_count = from->field_count;
    table->used = true;
    return table;
}

typedef ntm_status (*reader)(ntm_arrow_table **out, ntm_arrow_stream *stream, const ntm_arrow_options *options,
                             ntm_error *err);

/* NULL with an exception set, or (for the end) without. */
static ntm_arrow_table *read_with(reader read, core_stream *stream, size_t rows_max, PyObject *wanted,
                                  const char *column) {
    ntm_arrow_options options = NTM_ARROW_OPTIONS_INIT;
    ntm_error err = NTM_ERROR_INIT;
    ntm_arrow_table *arrow = NULL;
    ntm_status status = NTM_OK;
    const char **names = NULL;
    if (stream->busy) return core_raise_status(NTM_ERROR_CONFLICT, NULL, "the stream is read by another thread"), NULL;
    if (wanted != Py_None && !(names = core_text_array(wanted, &options.name_count))) return NULL;
    options.names = names;
    options.rows_max = rows_max;
    options.column = column;
    stream->busy = true;
    Py_BEGIN_ALLOW_THREADS status = read(&arrow, stream->it, &options, &err);
    Py_END_ALLOW_THREADS stream->busy = false;
    PyMem_Free(names);
    if (status) core_raise(&err, NULL);
    return status ? NULL : arrow;
}

core_table *core_stream_next(core_stream *stream, size_t rows_max, PyObject *wanted, const char *column) {
    ntm_arrow_table *arrow = read_with(ntm_arrow_stream_next, stream, rows_max, wanted, column);
    return arrow ? table_over(arrow) : NULL;
}

core_table *core_stream_read(core_stream *stream, PyObject *wanted, const char *column) {
    ntm_arrow_table *arrow = read_with(ntm_arrow_stream_read, stream, 0, wanted, column);
    return arrow ? table_over(arrow) : NULL;
}

/* ------------------------------------------------------------------------------------------- columns */

static const ntm_field *field_at(const core_table *table, size_t column) {
    if (column < table->table.field_count) return &table->table.fields[column];
    PyErr_Format(PyExc_IndexError, "no column %zu", column);
    return NULL;
}

static PyObject *text_of(const ntm_field *field, size_t row) {
    const ntm_column *column = &field->column;
    if (ntm_column_known(column, row) != NTM_REPORTED) Py_RETURN_NONE;
    ntm_error err = NTM_ERROR_INIT;
    if (column->type == NTM_TYPE_TEXT || column->categories) {
        const char *text = NULL;
        size_t size = 0;
        if (ntm_column_text(&text, &size, column, row, &err))
            return core_raise_status(err.status, field->name, err.message);
        return PyUnicode_DecodeUTF8(text, (Py_ssize_t)size, NULL);
    }
    ntm_decimal number = {0, 0};
    if (column->type == NTM_TYPE_DOUBLE || column->type == NTM_TYPE_DECIMAL128 || column->scale)
        return core_raise_status(NTM_ERROR_SHAPE, field->name, "numbers with a mark, expected text: read the column as text");
    if (ntm_column_decimal(&number, column, row, &err)) return core_raise_status(err.status, field->name, err.message);
    return PyLong_FromLongLong(number.coefficient);
}

static PyObject *text_at(const void *it, size_t row) { return text_of(it, row); }

PyObject *core_table_texts(const core_table *table, size_t column) {
    const ntm_field *field = field_at(table, column);
    return field ? core_list(table->table.rows, text_at, field) : NULL;
}

PyObject *core_table_text(const core_table *table, size_t column, size_t row) {
    const ntm_field *field = field_at(table, column);
    return field ? text_of(field, row) : NULL;
}

PyObject *core_table_known(const core_table *table, size_t column) {
    const ntm_field *field = field_at(table, column);
    PyObject *out = field ? PyBytes_FromStringAndSize(NULL, (Py_ssize_t)table->table.rows) : NULL;
    if (!out) return NULL;
    char *bytes = PyBytes_AsString(out);
    for (size_t row = 0; row < table->table.rows; row++)
        bytes[row] = ntm_column_known(&field->column, row) == NTM_REPORTED;
    return out;
}

PyObject *core_table_array(PyObject *owner, const core_table *table, size_t column) {
    const ntm_field *field = field_at(table, column);
    if (!field) return NULL;
    static const struct {
        const char *format;
        size_t size;
    } types[] = {[NTM_TYPE_INT8] = {"b", 1},
                 [NTM_TYPE_INT16] = {"h", 2},
                 [NTM_TYPE_INT32] = {"i", 4},
                 [NTM_TYPE_INT64] = {"q", 8},
                 [NTM_TYPE_DOUBLE] = {"d", 8}};
    size_t type = (size_t)field->column.type;
    if (type >= sizeof types / sizeof *types || !types[type].format) Py_RETURN_NONE;
    return core_view_new(owner, field->column.data, table->table.rows, types[type].format, types[type].size);
}

PyObject *core_table_take(core_table *table, PyObject *name, PyObject *owner, const core_table *from, size_t column,
                          int scale, bool nan_not_reported, PyObject *validity, PyObject *not_applicable) {
    const char *text = PyUnicode_AsUTF8AndSize(name, NULL);
    const ntm_field *field = text ? field_at(from, column) : NULL;
    if (!field) return NULL;
    if (table->used || table->table.field_count == table->capacity)
        return core_raise_status(NTM_ERROR_ARGUMENT, text, "the table is full, or in use");
    size_t at = table->table.field_count;
    ntm_column it = field->column;
    const uint8_t *valid = NULL;
    const uint8_t *away = NULL;
    if (!core_take_mask(&valid, validity, it.length, text) || !core_take_mask(&away, not_applicable, it.length, text))
        return NULL;
    table->holds[at].objects = PyTuple_Pack(4, name, owner, validity, not_applicable);
    if (!table->holds[at].objects) return NULL;
    if (valid) {
        it.validity = valid;
        it.validity_offset = 0;
    }
    if (away) {
        it.not_applicable = away;
        it.not_applicable_offset = 0;
    }
    if (scale > 0 && scale <= NTM_SCALE_MAX) it.scale = (uint8_t)scale;
    it.nan_not_reported = nan_not_reported;
    table->fields[at] = (ntm_field){text, it};
    table->table.field_count = at + 1;
    Py_RETURN_NONE;
}
