/* SPDX-License-Identifier: Apache-2.0 */
/* Tasks from a set in YAML and tables in CSV. All figures of norms, shares and allotments in these tests are made up.
 *
 *     errand e;
 *     errand_start(&e, ERRAND_SET, ERRAND_FACTS "A,100,89,10,7,1,0,1,1\n");
 *     errand_table(&e, &e.options.duties, "criterion,department\n1,works\n");
 *     errand_make(&e);
 *     errand_expect(ntm_tasks_table(e.tasks), "unit,input,amount_least", "A,water,1\n");
 *     errand_end(&e);
 */
#ifndef NTM_TEST_ERRAND_H
#define NTM_TEST_ERRAND_H

#include "review.h"
#include "rows.h"

#include <ntm/task.h>

/* Three criteria: km of road and a decision; households with water by two rules; houses, a clinic (which is work) and an
   income that is closed by time; and a precondition that two rules need. */
extern const char ERRAND_SET[];
/* all, water: households; roads, paved: km; plan, clinic, registered: 0 or 1; huts: houses; pay: triệu đồng. */
#define ERRAND_FACTS "code,all#0,water#0,roads#1,paved#1,plan#0,huts#0,clinic#0,pay#1,registered#0\n"
/* A unit that lacks nothing, without its code. */
#define ERRAND_FINE ",200,190,10,9,1,0,1,40,1\n"

enum { ERRAND_TABLES = 8 };

typedef struct errand {
    ntm_set *set;
    ntm_plan *plan;
    ntm_csv *facts, *tables[ERRAND_TABLES];
    size_t table_count;
    ntm_field fields[16];
    ntm_table table;
    ntm_column codes;
    ntm_gaps *gaps;
    ntm_norms *norms;
    ntm_units *units;
    ntm_tasks *tasks;
    ntm_tasks_options options;
} errand;

void errand_start(errand *e, const char *yaml, const char *facts);
void errand_end(errand *e);
/* A table that lives as long as the errand. */
void errand_table(errand *e, const ntm_table **out, const char *text);
void errand_norms(errand *e, const char *text);
/* Makes the tasks anew. */
void errand_make(errand *e);
/* Asserts that they are refused, and that nothing comes out. `row` UINT64_MAX = none. */
void errand_refused(errand *e, ntm_status status, const char *subject, uint64_t row, const char *piece);
/* The named columns ("*" = all, then with a header) as CSV. */
void errand_expect(const ntm_table *table, const char *columns, const char *expected);
void errand_expect_sums(errand *e, ntm_task_sum what, const char *by, const char *columns, const char *expected);

#endif
