/* SPDX-License-Identifier: Apache-2.0 */
/* Record batches that tables lie over, and one column while it is taken apart. */
#ifndef NTM_I_ARROW_BATCH_H
#define NTM_I_ARROW_BATCH_H

#include <ntm/arrow.h>

#include <stdatomic.h>

#include "base/error.h"
#include "base/memory.h"

/* The names of a dictionary, made once a batch however many tables lie over it. */
typedef struct ntm_i_arrow_categories {
    const char *const *names; /* NULL: not made yet */
    size_t count;
} ntm_i_arrow_categories;

/* A batch; the last of its users releases it. Only the thread that makes tables of it writes to it. */
typedef struct ntm_i_arrow_batch {
    ntm_i_arena arena;
    atomic_size_t users;
    struct ArrowSchema schema;          /* release NULL: somebody else's */
    struct ArrowArray array;            /* the same */
    ntm_i_arrow_categories *categories; /* by column */
} ntm_i_arrow_batch;

struct ntm_arrow_table {
    ntm_i_arena arena;        /* fields, names, what had to be copied */
    ntm_i_arrow_batch *batch; /* NULL: everything is in the arena */
    ntm_table table;
};

/* A batch for data of this type, with one user; NULL for want of memory. */
ntm_i_arrow_batch *ntm_i_arrow_batch_new(const struct ArrowSchema *schema, const ntm_allocator *allocator);
void ntm_i_arrow_batch_drop(ntm_i_arrow_batch *batch);

/* That the columns can be counted: as many in the type as in the data (NULL = there are none yet). */
ntm_status ntm_i_arrow_check_counts(const struct ArrowSchema *schema, const struct ArrowArray *array, ntm_error *err);
/* What holds of type and data as a whole: a record batch, or with `alone` one column. */
ntm_status ntm_i_arrow_check(const struct ArrowSchema *schema, const struct ArrowArray *array, bool alone,
                             ntm_error *err);
/* Rows from, from + 1, ... of checked data as a table, which becomes one more user of the batch. The data are the
   batch's, or are about to be. */
ntm_status ntm_i_arrow_table_new(ntm_arrow_table **out, ntm_i_arrow_batch *batch, const struct ArrowSchema *schema,
                                 const struct ArrowArray *array, size_t from, size_t rows,
                                 const ntm_arrow_options *options, ntm_error *err);
ntm_status ntm_i_arrow_options_check(const ntm_arrow_options *options, ntm_error *err);

/* ------------------------------------------------------------------------------------------- one column */

typedef struct ntm_i_arrow_child {
    ntm_i_arena *arena; /* of the table */
    ntm_i_arrow_batch *batch;
    ntm_i_arrow_categories *categories; /* of the batch */
    const char *name;
    const struct ArrowSchema *schema;
    const struct ArrowArray *array;
    size_t offset; /* of the parent, of the table in it, and its own */
    size_t rows;
    ntm_column column; /* what it becomes */
    ntm_error *err;
} ntm_i_arrow_child;

/* NTM_ERROR_SHAPE: data that no producer may give. */
ntm_status ntm_i_arrow_malformed(ntm_error *err, const char *subject, const char *why);
/* NTM_ERROR_UNSUPPORTED: the type is named, `why` may be "". */
ntm_status ntm_i_arrow_unsupported(const ntm_i_arrow_child *c, const char *why);
/* What holds for every array; the number of buffers is least..most. */
ntm_status ntm_i_arrow_check_array(const struct ArrowArray *array, const char *subject, int64_t least, int64_t most,
                                   ntm_error *err);
/* The bits of an array that say which rows are there; NULL = all are. */
const uint8_t *ntm_i_arrow_validity(const struct ArrowArray *array);
/* Takes the column apart: fills c->column. */
ntm_status ntm_i_arrow_take(ntm_i_arrow_child *c);

/* arrow_text.c: the same for text ("u", "U", "vu"), and for dictionaries of it. */
ntm_status ntm_i_arrow_take_text(ntm_i_arrow_child *c);
ntm_status ntm_i_arrow_take_categories(ntm_i_arrow_child *c);
/* Whether a format is one of the three sorts of text. */
bool ntm_i_arrow_is_text(const char *format);

/* arrow_join.c: several tables of the same columns one after another as one, in memory of its own. */
ntm_status ntm_i_arrow_join(ntm_arrow_table **out, ntm_arrow_table *const *tables, size_t count,
                            const ntm_allocator *allocator, ntm_error *err);

#endif
