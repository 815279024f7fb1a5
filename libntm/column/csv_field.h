/* SPDX-License-Identifier: Apache-2.0 */
/* Typed columns, built from cells one row at a time. */
#ifndef NTM_I_CSV_FIELD_H
#define NTM_I_CSV_FIELD_H

#include <ntm/column.h>

#include "column/csv_scan.h"

#define NTM_I_CSV_NO_CELL SIZE_MAX

/* The categories of a column in order of appearance, found by a crit-bit tree: no text is so chosen that finding it
   takes more than its length. */
typedef struct ntm_i_csv_codes {
    ntm_i_arena *arena; /* of the texts and the tree */
    ntm_i_array names;  /* of const char * */
    struct ntm_i_csv_node *root;
} ntm_i_csv_codes;

void ntm_i_csv_codes_start(ntm_i_csv_codes *codes, ntm_i_arena *arena);
void ntm_i_csv_codes_end(ntm_i_csv_codes *codes);
/* The code of a text, new if it has to be; false for want of memory. The texts of one tree hold no NUL bytes, or are
   all of one size: otherwise one could be another with NULs behind it. */
bool ntm_i_csv_codes_find(ntm_i_csv_codes *codes, int32_t *code, const char *text, size_t size);

/* A column being built. */
typedef struct ntm_i_csv_builder {
    ntm_csv_field field; /* what was asked for; its texts are in NFC and owned by the arena */
    size_t cell;         /* which cell of a row; NTM_I_CSV_NO_CELL if the header lacks it */
    ntm_type type;
    size_t rows;
    ntm_i_array values;         /* the data, or the offsets of text */
    ntm_i_array text;           /* bytes */
    ntm_i_array validity;       /* bytes; empty while nothing is missing */
    ntm_i_array not_applicable; /* bytes; empty while nothing is not applicable */
    ntm_i_csv_codes codes;
} ntm_i_csv_builder;

/* Checks what the caller asks for in one field and takes it over. */
ntm_status ntm_i_csv_builder_start(ntm_i_csv_builder *builder, const ntm_csv_field *field, ntm_i_arena *arena,
                                   ntm_error *err);
void ntm_i_csv_builder_end(ntm_i_csv_builder *builder);

/* Adds a cell. A cell that cannot be read is reported and NTM_OK returned; only memory and limits fail. `text` is the
   cell's text with its quotes resolved. */
ntm_status ntm_i_csv_builder_add(ntm_i_csv_builder *builder, const ntm_i_csv_scan *scan, const ntm_i_csv_cell *cell,
                                 const char *text, size_t size);

/* Describes the column; the builder keeps the memory. NTM_ERROR_MEMORY or NTM_OK. */
ntm_status ntm_i_csv_builder_finish(ntm_column *out, ntm_i_csv_builder *builder);

#endif
