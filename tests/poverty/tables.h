/* SPDX-License-Identifier: Apache-2.0 */
/* The published tables of data/, and households made to print as they do. */
#ifndef NTM_TEST_POVERTY_TABLES_H
#define NTM_TEST_POVERTY_TABLES_H

#include "fault.h"

#include <ntm/ntm.h>

__extension__ typedef __int128 wide;

/* A printed figure: what rounds to it lies in [low, high) × 1 / over. */
typedef struct figure {
    ntm_decimal value;
    wide low, high, over;
} figure;

/* Opens a table of tests/poverty/data, or at a path that has a '/', with all columns as text. */
ntm_csv *table_open(const char *name, const char *const *headers, size_t count);
/* A cell; "" when it is empty. */
const char *table_text(const ntm_csv *csv, size_t column, size_t row);
/* A figure printed with `digits` after the mark; fewer are zeros that were dropped, SIZE_MAX takes what stands there. */
figure figure_of(const char *text, size_t digits);

/* Ten indicators of the global index as bytes, run by run. */
enum { HOUSEHOLDS = 2000000, INDICATORS = 10 };
typedef struct households {
    uint8_t *flags[INDICATORS];
    size_t filled;
} households;
void households_start(households *h);
void households_end(households *h);
/* `count` households more with this pattern. */
void households_add(households *h, unsigned pattern, size_t count);
/* A pattern of score `parts` of 18 under the weights 1/6 (four times) and 1/18 (six times). */
unsigned pattern_of_score(unsigned parts);
/* Measures them by equal nested weights of what is available; k is cutoff / 18. */
ntm_poverty *households_measure(const households *h, const bool *available, ntm_fraction cutoff);

/* Asserts that a measure prints as a figure: × 10^percent, as many digits, rounded half up. */
void prints_as(const ntm_poverty *result, size_t group, ntm_measure of, size_t indicator, unsigned percent, figure f,
               const char *where);

#endif
