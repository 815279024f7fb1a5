/* SPDX-License-Identifier: Apache-2.0 */
/* Trajectories in tests: a set as YAML, units and months as words, targets as CSV, cells as text.
 *
 *     course c;
 *     course_start(&c, yaml, "2025-12-31", "A B", "2020-01-31 2020-02-29");
 *     sheet_cells(&c.s, "clean", AS_DOUBLE, "62.1 70 62.3 70");
 *     course_run(&c, "indicator,line,from,from_value\n1.1,straight,2019-12-31,62\n");
 *     expect_states(&c, NTM_TRACK_INDICATOR, "1.1", "-~ -~");
 *     course_end(&c);
 *
 * In states 'o' is open, '+' attained, '~' on track, '-' behind, 'x' missed: a word a period, a letter a unit.
 */
#ifndef NTM_TEST_COURSE_H
#define NTM_TEST_COURSE_H

#include "review.h"

#include <ntm/trajectory.h>

enum { COURSE_PERIODS = 64 };

typedef struct course {
    ntm_set *set;
    ntm_plan *plan;
    sheet s; /* the table: cells by period, then unit */
    ntm_column units;
    ntm_date ends[COURSE_PERIODS];
    ntm_trajectory_options options;
    ntm_csv *targets;
    ntm_trajectory *t;
    ntm_error err;
} course;

/* Columns of targets by their names in the header; NULL for none. Asserts that the CSV is read. */
ntm_csv *course_csv(const char *text);
void course_start(course *c, const char *yaml, const char *deadline, const char *units, const char *period_ends);
void course_end(course *c);
/* Makes the trajectory; `targets` is CSV with a header, or NULL. */
ntm_status course_try(course *c, const char *targets);
void course_run(course *c, const char *targets);
/* Asserts that it is refused so, and that nothing came out. */
void course_refused(course *c, const char *targets, ntm_status status, const char *subject, uint64_t row,
                    const char *piece);
size_t course_series(const course *c, ntm_track_of of, const char *id);
ntm_track_cell course_cell(const course *c, ntm_track_of of, const char *id, size_t unit, size_t period);
void expect_states(const course *c, ntm_track_of of, const char *id, const char *states);
/* "value=623/10 target=85 interim=34321/548 behind=903/2740 since=2020-02-29 fell=2020-01-31", what there is of it; an
   interval is "1..2", with "?" for an end that is not known. */
void expect_cell_is(const course *c, ntm_track_of of, const char *id, size_t unit, size_t period, const char *text);
/* The same of an outlook: "needed=.. months=.. pace=.. so_far=.. first=.. last=.. arrives=..". */
void expect_outlook(const course *c, ntm_track_of of, const char *id, size_t unit, size_t period, const char *text);
/* "1.1:B 1.1:A": a list of places, as ids of series and codes of units. */
void expect_places(const course *c, const ntm_track_place *places, size_t count, const char *text);

#endif
