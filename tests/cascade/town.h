/* SPDX-License-Identifier: Apache-2.0 */
/* A small country with laws for its communes, districts and province, for tests of cascades.
 *
 * Province 1 has districts 11 and 12 and town 13. On the day of the tests district 11 has communes 111 and 112 and ward
 * 113, district 12 has commune 121; commune 122 of it ended the day before; town 13 has nothing below. */
#ifndef NTM_TEST_TOWN_H
#define NTM_TEST_TOWN_H

#include "fault.h"

#include <ntm/ntm.h>

#define TOWN_DAY (ntm_date_ymd(2024, 6, 30))

typedef struct town {
    ntm_units *units;
    ntm_set *standard, *advanced, *district, *province; /* "c-ntm", "c-adv", "d-ntm", "p-ntm" */
    ntm_csv *communes, *districts;                      /* the tables given as text */
    ntm_cascade_step steps[4];                          /* of the four sets, in this order */
    ntm_cascade_options options;
    ntm_error err;
} town;

/* The registry alone; may fail for want of memory. */
ntm_status town_units(ntm_units **out, const ntm_allocator *allocator, ntm_error *err);
/* The registry, the sets, and steps without tables. Asserts that all is well. */
void town_start(town *t);
void town_end(town *t);
/* A table of communes: "code,clean,households,income,satisfaction,recognised" as CSV lines, empty = not reported. */
void town_communes(town *t, const char *lines);
/* "code,roads" of districts. */
void town_districts(town *t, const char *lines);
/* The unit of a code on the day. */
ntm_unit town_unit(const town *t, const char *code);
/* Runs the first `count` steps; asserts that it works. */
ntm_cascade *town_run(town *t, size_t count);
/* The verdict of a unit in a step. */
ntm_verdict town_status(const town *t, const ntm_cascade *cascade, size_t step, const char *code);
/* Asserts the counts of a unit under a name: met, not met, open. */
void town_counts(const town *t, const ntm_cascade *cascade, size_t step, const char *code, const char *name,
                 uint64_t met, uint64_t not_met, uint64_t open);

#endif
