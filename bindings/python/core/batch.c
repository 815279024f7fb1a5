/* SPDX-License-Identifier: Apache-2.0 */
#include "batch.h"

#include <errno.h>
#include <stdatomic.h>

enum { BLOCKS_A_COLUMN = 6 };

/* Copies of columns. Lives until the last of its users, exported batches and streams, has let go. */
typedef struct batch {
    atomic_size_t users;
    ntm_table table;
    ntm_field *fields;
    bool *dates;
    void **blocks;
    size_t block_count;
} batch;

/* Without the interpreter: consumers release on threads of their own. */
static void batch_drop(void *context) {
    batch *it = context;
    if (atomic_fetch_sub(&it->users, 1) != 1) return;
    for (size_t i = 0; i < it->block_count; i++)
        free(it->blocks[i]);
    free(it->blocks);
    free(it->fields);
    free(it->dates);
    free(it);
}

/* A copy that the batch owns; NULL with an exception set. */
static void *keep(batch *it, const void *from, size_t size) {
    void *copy = malloc(size ? size : 1);
    if (!copy) {
        PyErr_NoMemory();
        return NULL;
    }
    if (size) memcpy(copy, from, size);
    it->blocks[it->block_count++] = copy;
    return copy;
}

/* A copy of a buffer of at least `size` bytes; NULL with an exception set. */
static void *keep_buffer(batch *it, PyObject *data, size_t size) {
    Py_buffer view;
    if (PyObject_GetBuffer(data, &view, PyBUF_SIMPLE) < 0) return NULL;
    void *copy = NULL;
    if ((size_t)view.len < size)
        PyErr_Format(PyExc_ValueError, "a column of %zd bytes where %zu are needed", view.len, size);
    else
        copy = keep(it, view.buf, size);
    PyBuffer_Release(&view);
    return copy;
}

/* One block of pointers and one of texts. */
static bool keep_categories(batch *it, ntm_column *column, PyObject *names) {
    size_t count = 0, bytes = 0;
    const char **texts = core_text_array(names, &count);
    if (!texts) return false;
    for (size_t i = 0; i < count; i++)
        bytes += strlen(texts[i]) + 1;
    const char **pointers = keep(it, texts, count * sizeof *texts);
    char *room = pointers ? calloc(bytes + 1, 1) : NULL;
    if (pointers && !room) PyErr_NoMemory();
    if (room) it->blocks[it->block_count++] = room;
    for (size_t i = 0; room && i < count; i++) {
        size_t size = strlen(texts[i]) + 1;
        pointers[i] = memcpy(room, texts[i], size);
        room += size;
    }
    PyMem_Free(texts);
    if (!room) return false;
    column->categories = pointers;
    column->category_count = count;
    return true;
}

static int width_of(int type) {
    switch (type) {
        case NTM_TYPE_BYTES:
        case NTM_TYPE_INT8: return 1;
        case NTM_TYPE_INT16: return 2;
        case NTM_TYPE_INT32:
        case NTM_TYPE_TEXT: return 4;
        case NTM_TYPE_INT64:
        case NTM_TYPE_DOUBLE: return 8;
        case NTM_TYPE_DECIMAL128: return 16;
        default: return 0;
    }
}

static bool add_column(batch *it, size_t index, PyObject *raw) {
    const char *name;
    int type, scale, is_date;
    PyObject *data, *text, *validity, *categories;
    if (!PyTuple_Check(raw)) {
        PyErr_SetString(PyExc_TypeError, "a column is a tuple");
        return false;
    }
    if (!PyArg_ParseTuple(raw, "siipOOOO", &name, &type, &scale, &is_date, &data, &text, &validity, &categories))
        return false;
    size_t width = (size_t)width_of(type), rows = it->table.rows;
    if (!width || scale < 0 || scale > NTM_SCALE_MAX || rows >= SIZE_MAX / 16 - 1) {
        PyErr_Format(PyExc_ValueError, "no such column: type %d, scale %d", type, scale);
        return false;
    }
    ntm_column column = NTM_COLUMN_INIT;
    column.type = (ntm_type)type;
    column.scale = (uint8_t)scale;
    column.nan_not_reported = true;
    column.stride_bytes = (int64_t)width;
    column.length = rows;
    column.data = keep_buffer(it, data, (rows + (type == NTM_TYPE_TEXT)) * width);
    if (!column.data) return false;
    if (text != Py_None) {
        if (!PyBytes_Check(text)) {
            PyErr_SetString(PyExc_TypeError, "text is bytes");
            return false;
        }
        column.text = keep(it, PyBytes_AsString(text), (size_t)PyBytes_Size(text));
        if (!column.text) return false;
    }
    if (validity != Py_None && !(column.validity = keep_buffer(it, validity, (rows + 7) / 8))) return false;
    if (categories != Py_None && !keep_categories(it, &column, categories)) return false;
    const char *kept = keep(it, name, strlen(name) + 1);
    if (!kept) return false;
    it->fields[index] = (ntm_field){kept, column};
    it->dates[index] = is_date != 0;
    return true;
}

static batch *batch_new(size_t rows, PyObject *columns) {
    if (!PyTuple_Check(columns)) {
        PyErr_SetString(PyExc_TypeError, "columns are a tuple");
        return NULL;
    }
    size_t count = (size_t)PyTuple_Size(columns);
    batch *it = calloc(1, sizeof *it);
    if (!it) {
        PyErr_NoMemory();
        return NULL;
    }
    atomic_init(&it->users, 1);
    it->fields = calloc(count + 1, sizeof *it->fields);
    it->dates = calloc(count + 1, sizeof *it->dates);
    it->blocks = calloc(count * BLOCKS_A_COLUMN + 1, sizeof *it->blocks);
    it->table = (ntm_table)NTM_TABLE_INIT;
    it->table.rows = rows;
    bool good = it->fields && it->dates && it->blocks;
    if (!good) PyErr_NoMemory();
    for (size_t i = 0; good && i < count; i++)
        good = add_column(it, i, PyTuple_GetItem(columns, (Py_ssize_t)i));
    if (!good) {
        batch_drop(it);
        return NULL;
    }
    it->table.fields = it->fields;
    it->table.field_count = count;
    return it;
}

static ntm_status batch_export(batch *it, struct ArrowSchema *schema, struct ArrowArray *array, ntm_error *err) {
    atomic_fetch_add(&it->users, 1);
    ntm_status status = ntm_arrow_export(schema, array, &it->table, batch_drop, it, NULL, err);
    if (status) {
        batch_drop(it);
        return status;
    }
    for (size_t i = 0; i < it->table.field_count; i++)
        if (it->dates[i]) schema->children[i]->format = "tdD"; /* the column layer knows days as numbers */
    return NTM_OK;
}

static void schema_free(PyObject *capsule) {
    struct ArrowSchema *it = PyCapsule_GetPointer(capsule, "arrow_schema");
    if (it && it->release) it->release(it);
    free(it);
}

static void array_free(PyObject *capsule) {
    struct ArrowArray *it = PyCapsule_GetPointer(capsule, "arrow_array");
    if (it && it->release) it->release(it);
    free(it);
}

static void stream_free(PyObject *capsule) {
    struct ArrowArrayStream *it = PyCapsule_GetPointer(capsule, "arrow_array_stream");
    if (it && it->release) it->release(it);
    free(it);
}

/* A capsule of a new struct of zeros; NULL with an exception set. */
static PyObject *capsule_new(void **out, size_t size, const char *name, PyCapsule_Destructor destroy) {
    *out = calloc(1, size);
    if (!*out) return PyErr_NoMemory();
    PyObject *capsule = PyCapsule_New(*out, name, destroy);
    if (!capsule) free(*out); /* otherwise the capsule frees it */
    return capsule;
}

PyObject *core_batch_array(size_t rows, PyObject *columns) {
    batch *it = batch_new(rows, columns);
    if (!it) return NULL;
    void *schema = NULL, *array = NULL;
    PyObject *type = capsule_new(&schema, sizeof(struct ArrowSchema), "arrow_schema", schema_free);
    PyObject *data = type ? capsule_new(&array, sizeof(struct ArrowArray), "arrow_array", array_free) : NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = data ? batch_export(it, schema, array, &err) : NTM_OK;
    batch_drop(it);
    if (status) core_raise(&err, NULL);
    if (data && !status) return Py_BuildValue("NN", type, data);
    Py_XDECREF(type);
    Py_XDECREF(data);
    return NULL;
}

typedef struct stream {
    batch *it;
    bool given;
    ntm_error err;
} stream;

/* Of a schema and an array made together, keeps one. */
static int stream_export(struct ArrowArrayStream *self, struct ArrowSchema *schema, struct ArrowArray *array) {
    stream *own = self->private_data;
    struct ArrowSchema other_schema = {0};
    struct ArrowArray other_array = {0};
    own->err = (ntm_error)NTM_ERROR_INIT;
    ntm_status status = batch_export(own->it, schema ? schema : &other_schema, array ? array : &other_array, &own->err);
    if (status) return status == NTM_ERROR_MEMORY ? ENOMEM : EINVAL;
    if (!schema) other_schema.release(&other_schema);
    if (!array) other_array.release(&other_array);
    return 0;
}

static int stream_schema(struct ArrowArrayStream *self, struct ArrowSchema *out) {
    return stream_export(self, out, NULL);
}

static int stream_next(struct ArrowArrayStream *self, struct ArrowArray *out) {
    stream *own = self->private_data;
    if (own->given) {
        memset(out, 0, sizeof *out); /* released: the end */
        return 0;
    }
    int failed = stream_export(self, NULL, out);
    own->given = !failed;
    return failed;
}

static const char *stream_error(struct ArrowArrayStream *self) {
    stream *own = self->private_data;
    return own->err.status ? own->err.message : NULL;
}

static void stream_release(struct ArrowArrayStream *self) {
    stream *own = self->private_data;
    batch_drop(own->it);
    free(own);
    self->release = NULL;
}

PyObject *core_batch_stream(size_t rows, PyObject *columns) {
    batch *it = batch_new(rows, columns);
    if (!it) return NULL;
    void *room = NULL;
    stream *own = calloc(1, sizeof *own);
    if (!own) PyErr_NoMemory();
    PyObject *capsule =
        own ? capsule_new(&room, sizeof(struct ArrowArrayStream), "arrow_array_stream", stream_free) : NULL;
    if (!capsule) {
        free(own);
        batch_drop(it);
        return NULL;
    }
    own->it = it;
    own->err = (ntm_error)NTM_ERROR_INIT;
    *(struct ArrowArrayStream *)room =
        (struct ArrowArrayStream){stream_schema, stream_next, stream_error, stream_release, own};
    return capsule;
}
