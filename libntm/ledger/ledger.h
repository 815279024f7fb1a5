/* SPDX-License-Identifier: Apache-2.0 */
/* What a ledger is inside: columns of codes, each with a table that says which member a code is, and columns of numbers.
 * Columns are borrowed where they can be; a row never needs memory of its own. */
#ifndef NTM_I_LEDGER_H
#define NTM_I_LEDGER_H

#include <ntm/ledger.h>

#include "base/error.h"
#include "base/memory.h"
#include "column/cells.h"
#include "column/csv_field.h"

#define NTM_I_NO_MEMBER UINT32_MAX

/* How many rows are looked at together: their codes and amounts stay in the nearest cache. */
enum { NTM_I_LEDGER_BLOCK = 1024 };

/* What is wrong with every row of a code. */
typedef struct ntm_i_bad_code {
    const char *why; /* NULL = nothing */
    ntm_status status;
} ntm_i_bad_code;

/* A column of keys: every row has a code of 0 .. count - 1, which is data - least. */
typedef struct ntm_i_codes {
    ntm_type type; /* NTM_TYPE_INT8, INT16 or INT32; side by side */
    const void *data;
    int32_t *own; /* what `data` points to; NULL = the caller's */
    int32_t least;
    uint32_t count;
    const char **texts; /* by code; NULL in it = no row has the code */
    size_t *sizes;
    ntm_i_bad_code *bad; /* by code, while they are collected; NULL = none yet */
} ntm_i_codes;

/* A dimension of a ledger. */
typedef struct ntm_i_ledger_dimension {
    const char *name;
    bool open;
    ntm_member *members; /* declared ones as declared, then others by id, then what is not stated */
    uint32_t member_count, declared_count;
    ntm_i_codes codes;
    uint32_t *member_of; /* by code; NTM_I_NO_MEMBER = its rows are left out */
} ntm_i_ledger_dimension;

/* Numbers of rows: money in đồng, or quantities × 10^-scale. */
typedef struct ntm_i_numbers {
    const int64_t *values; /* NULL = the ledger has no such column */
    int64_t *own;          /* what `values` points to; NULL = the caller's */
    uint8_t scale;
    const uint8_t *known; /* a bit a row, from known_offset on; NULL = all are reported */
    size_t known_offset;
    uint8_t *own_known;
    uint8_t *absent; /* a bit a row: no entry of this measure; NULL = all are */
} ntm_i_numbers;

struct ntm_ledger {
    ntm_i_arena arena;
    const ntm_units *units;
    ntm_echelon echelon;
    size_t rows;
    ntm_i_ledger_dimension *dimensions; /* the unit first */
    size_t dimension_count;
    const char *time_column; /* NULL = every entry is of the one period */
    ntm_i_codes time;
    ntm_period *periods; /* by code of time, or the one; length 0 = no row has the code, or its rows are left out */
    ntm_i_numbers amounts, quantities;
    const char **quantity_units; /* by member of `kind`, or one; NULL in it = none told */
    uint8_t *out;                /* a bit a row: left out; NULL = none is */
    ntm_error *left_out;         /* by row */
    size_t left_out_count;
    ntm_csv *csv; /* owned, if it was made from CSV */
};

/* A ledger in the making. */
typedef struct ntm_i_ledger_making {
    ntm_ledger *ledger;
    const ntm_table *table;
    const ntm_ledger_options *options;
    ntm_i_cells cells;
    ntm_i_array left_out; /* of ntm_error */
    bool limit;           /* more were to be left out than the caller wants */
} ntm_i_ledger_making;

/* The dimension of a name; NULL = the ledger has none. */
ntm_i_ledger_dimension *ntm_i_ledger_dimension_of(const ntm_ledger *ledger, const char *name);

/* Something is wrong with one row: it is told, or left out. */
void ntm_i_ledger_row(ntm_i_ledger_making *m, ntm_status status, const char *column, size_t row, const char *format,
                      ...) NTM_I_PRINTF(5, 6);
/* Something is wrong with all rows of a code: noted, then told in one pass over the rows. False for want of memory. */
bool ntm_i_code_bad(ntm_i_codes *codes, ntm_i_ledger_making *m, uint32_t code, ntm_status status, const char *why);
void ntm_i_codes_tell(ntm_i_codes *codes, ntm_i_ledger_making *m, const char *column);
static inline bool ntm_i_ledger_is_out(const ntm_ledger *ledger, size_t row) {
    return ledger->out != NULL && (ledger->out[row / 8] >> row % 8 & 1) != 0;
}

/* Reads a column of keys. A row that states none has a code whose text is "". False after complaining of the column, or for
   want of memory; rows are told one by one. */
bool ntm_i_codes_read(ntm_i_codes *codes, ntm_i_ledger_making *m, const ntm_field *field);
/* The same for days as integers: texts stay NULL, and every code may occur. */
bool ntm_i_codes_read_days(ntm_i_codes *codes, ntm_i_ledger_making *m, const ntm_field *field);
void ntm_i_codes_end(ntm_i_codes *codes, const ntm_allocator *allocator, size_t rows);
/* Codes of `count` rows from `start` on. */
void ntm_i_codes_block(uint32_t *out, const ntm_i_codes *codes, size_t start, size_t count);
static inline uint32_t ntm_i_code_at(const ntm_i_codes *codes, size_t row) {
    switch (codes->type) {
        case NTM_TYPE_INT8: return (uint32_t)((int32_t)((const int8_t *)codes->data)[row] - codes->least);
        case NTM_TYPE_INT16: return (uint32_t)((int32_t)((const int16_t *)codes->data)[row] - codes->least);
        default: return (uint32_t)((const int32_t *)codes->data)[row] - (uint32_t)codes->least;
    }
}

/* The declaration of a dimension, copied and checked; false after complaining. */
bool ntm_i_dimension_declare(ntm_i_ledger_dimension *dimension, ntm_i_ledger_making *m,
                             const ntm_dimension_spec *declared);
/* Which member each code is; new ones where the dimension is open. */
void ntm_i_dimension_resolve(ntm_i_ledger_dimension *dimension, ntm_i_ledger_making *m);

/* When the entries were, and whether their units were there. */
void ntm_i_ledger_read_time(ntm_i_ledger_making *m);
void ntm_i_ledger_check_units(ntm_i_ledger_making *m);
/* Whether a column has budget codes that are checked: a dimension of its own then. */
bool ntm_i_ledger_is_code_column(const ntm_ledger_options *options, const char *name);
/* The budget codes, on the day of each entry. */
void ntm_i_ledger_check_codes(ntm_i_ledger_making *m);
/* Money and quantities, and of what these are. */
void ntm_i_ledger_read_numbers(ntm_i_ledger_making *m);
/* Entries that have the same key. */
void ntm_i_ledger_check_key(ntm_i_ledger_making *m);

/* Looks at what everything else rests on: the size, the allocator, the unit of money, the rung. */
ntm_status ntm_i_ledger_options_check(const ntm_ledger_options *options, ntm_error *err);

/* Makes a ledger; takes `csv` over when it works. `label` is what errors call the table; NULL = they do not. */
ntm_status ntm_i_ledger_make(ntm_ledger **out, const ntm_table *table, ntm_csv *csv, const char *label,
                             const ntm_ledger_options *options, ntm_error *err);

#endif
