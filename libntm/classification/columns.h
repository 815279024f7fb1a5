/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of a table of entries: each row's text as a small number, so that a text is read once. */
#ifndef NTM_I_CLASSIFICATION_COLUMNS_H
#define NTM_I_CLASSIFICATION_COLUMNS_H

#include "classification/classification.h"
#include "column/cells.h"
#include "column/csv_field.h"

#define NTM_I_ABSENT (-1)

/* A column, its texts, and which of them a row has. Zero-initialise. */
typedef struct ntm_i_texts {
    const ntm_field *field;
    const char *const *names; /* `count` texts that end with NUL */
    size_t count;
    int32_t *ids;  /* of each row; NULL when the column has categories: they are read as they are */
    bool integers; /* the texts are numbers as written, without leading zeros */
    ntm_i_csv_codes codes;
} ntm_i_texts;

/* Which columns may hold integers besides text and categories. */
typedef enum ntm_i_texts_kind { NTM_I_TEXTS_IDS, NTM_I_TEXTS_CODES, NTM_I_TEXTS_DAYS } ntm_i_texts_kind;

/* Reads a column of the table, if it is there. Problems go to `cells`; false for want of memory. */
bool ntm_i_texts_start(ntm_i_texts *texts, ntm_i_cells *cells, const ntm_table *table, const char *name,
                       ntm_i_texts_kind kind);
void ntm_i_texts_end(ntm_i_texts *texts, const ntm_i_cells *cells, size_t rows);

/* Which text a row has; NTM_I_ABSENT when there is none. A code past the categories is NTM_I_ABSENT: it is told by
   ntm_i_texts_start(). */
int32_t ntm_i_texts_at(const ntm_i_texts *texts, size_t row);

/* The text of an id as a code of so many digits: zeros are put before a number. Room for 32 bytes is taken where the
   text is not there as it stands. */
const char *ntm_i_texts_code(char room[32], size_t *size, const ntm_i_texts *texts, int32_t id, unsigned digits);

#endif
