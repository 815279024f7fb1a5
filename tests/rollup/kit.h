/* SPDX-License-Identifier: Apache-2.0 */
/* Small tables of facts, roll-ups of them, and what comes out as text. */
#ifndef NTM_TEST_ROLLUP_KIT_H
#define NTM_TEST_ROLLUP_KIT_H

#include <ntm/rollup.h>

#include "fault.h"

#define GONE INT64_MIN       /* a cell that is not reported */
#define NONE (INT64_MIN + 1) /* a cell that is not applicable */

enum { KIT_FIELDS = 16, KIT_ROWS = 64 };

typedef struct kit {
    size_t rows;
    ntm_field fields[KIT_FIELDS];
    size_t field_count;
    int64_t values[KIT_FIELDS][KIT_ROWS];
    uint8_t flags[KIT_FIELDS][KIT_ROWS];
    uint8_t known[KIT_FIELDS][KIT_ROWS / 8], none[KIT_FIELDS][KIT_ROWS / 8];
    const ntm_fact *facts[KIT_FIELDS];
    size_t fact_count;
    ntm_rolled_options options;
    ntm_rollup *rollup;
    ntm_rolled *rolled;
    ntm_error err;
} kit;

void kit_start(kit *k, size_t rows);
void kit_end(kit *k);
/* A column of numbers (codes where `categories` are given), flags as bytes where the fact is one. */
ntm_column *kit_column(kit *k, const char *name, const int64_t *values, uint8_t scale);
ntm_column *kit_flags(kit *k, const char *name, const int64_t *values);
void kit_fact(kit *k, const ntm_fact *fact);
/* Parts of {from, to}; those of {from, to, weight} when `weights`. */
void kit_parts(kit *k, const ntm_rollup_part *parts, size_t count, size_t from_rows, size_t to_rows);
ntm_status kit_roll(kit *k);
ntm_table kit_table(const kit *k);
/* Rolls what has to roll, and compares all columns of one name: "12", "?" not reported, "3..", "..9", "3..9", "-" not
   applicable; levels and dates as their numbers; by ntm_rolled_range() and by the table both. */
void kit_expect(kit *k, const char *column, const char *expected);

#define PART(f, t)                                                                                                     \
    {                                                                                                                  \
        (f), (t), false, false, { 0, 0 }                                                                               \
    }
#define SOME(f, t)                                                                                                     \
    {                                                                                                                  \
        (f), (t), true, false, { 0, 0 }                                                                                \
    }
#define SHARE(f, t, w)                                                                                                 \
    {                                                                                                                  \
        (f), (t), true, true, { (w), 0 }                                                                               \
    }

/* One fact in one line. */
#define FACT(name, sort, of, rule)                                                                                     \
    { .id = (name), .kind = (sort), .unit = (of), .merge = (rule) }

#endif
