/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the example share. */
#ifndef COUNTRY_H
#define COUNTRY_H

#include <ntm/ntm.h>

typedef struct country {
    ntm_units *units;
    ntm_csv *facts; /* areas and populations of the units of the new list */
    ntm_date day;   /* of the reform */
    ntm_error err;
} country;

/* text.c: columns that line up, Vietnamese letters counted as one; numbers in Vietnamese style. */
void heading(const char *title);
void left(const char *text, int width);
void right(const char *text, int width);
void right_number(uint64_t number, int width);
/* Units there on a day. */
bool count_units(country *c, uint64_t *out, ntm_date on, ntm_echelon echelon, const char *level, ntm_unit within);

/* One page each. False after an error, which is in c->err. */
bool years_page(country *c);
bool reform_page(country *c);
bool provinces_page(country *c);
bool chains_page(country *c);
bool defects_page(country *c);

#endif
