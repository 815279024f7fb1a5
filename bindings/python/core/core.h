/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What SWIG wraps (core.i): a thin layer between Python objects and libntm. Private to the package `ntm`.
 *
 * A function that fails sets a Python exception and returns NULL, false or -1. Pointers in these structs that point at
 * Python objects are strong references, so that a parent outlives what was made from it, in whatever order they go.
 */
#ifndef NTM_PY_CORE_H
#define NTM_PY_CORE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
/* Within the stable ABI Python.h brings none of these. */
#include <stdlib.h>
#include <string.h>
#include <ntm/ntm.h>

/* A set: its own, or borrowed from the catalogue that `owner` is. */
typedef struct core_set {
    const ntm_set *it;
    ntm_set *owned;
    PyObject *owner;
} core_set;

/* An overlay: its own, or borrowed from the catalogue that `owner` is. */
typedef struct core_overlay {
    const ntm_overlay *it;
    ntm_overlay *owned;
    PyObject *owner;
} core_overlay;

/* A plan and the set it borrows. */
typedef struct core_plan {
    ntm_plan *it;
    PyObject *set;
    PyObject *others; /* the sets in which it looks figures up */
} core_plan;

/* What one column of a table holds on to. */
typedef struct core_hold {
    Py_buffer view;
    bool has_view;
    const char **categories;
    PyObject *objects; /* tuple: name, validity, not_applicable, categories */
} core_hold;

/* A table over Python's buffers, or over an Arrow record batch. Columns are only added before it is first used. */
typedef struct core_table {
    ntm_table table;
    ntm_field *fields;
    core_hold *holds;
    size_t capacity;
    ntm_arrow_table *arrow;
    ntm_what_if *what_if; /* columns that are copies with changes */
    PyObject *owner;      /* the table whose other columns it shares */
    bool used;
} core_table;

/* A cascade, its steps, and what they borrow. */
typedef struct core_cascade {
    ntm_cascade *it; /* NULL before it has run */
    const ntm_units *units;
    ntm_cascade_step *steps;
    size_t count;
    size_t capacity;
    PyObject *kept; /* list */
} core_cascade;

/* What something is made from: a table, a file, or bytes. */
typedef struct core_source {
    const ntm_table *table;
    const char *path;
    const char *bytes;
    size_t size;
    const char *name;
    const char *separator;
} core_source;

/* A ledger, and the table and registry that it borrows. */
typedef struct core_ledger {
    ntm_ledger *it;
    PyObject *table; /* NULL: read from a file or text */
    PyObject *units;
} core_ledger;

/* A tally, and the registry that it borrows. */
typedef struct core_cube_tally {
    ntm_cube_tally *it;
    PyObject *units;
} core_cube_tally;

/* Runs a call of the library without the interpreter's lock. Nothing of Python may be touched in it. */
#define CORE_UNLOCKED(call) \
    do { \
        Py_BEGIN_ALLOW_THREADS call; \
        Py_END_ALLOW_THREADS \
    } while (0)

/* failure.c */
/* Raises the exception of a failed call; `problems` may be NULL. Always returns NULL. */
PyObject *core_raise(const ntm_error *err, const ntm_problems *problems);
/* Raises the exception of a status alone, with a message of ours. Always returns NULL. */
PyObject *core_raise_status(ntm_status status, const char *subject, const char *message);
/* One problem, as ntm/errors.py takes it. */
PyObject *core_problem_tuple(const ntm_error *err);
/* An empty list of problems; NULL with an exception set. */
ntm_problems *core_problems(void);
/* The exception's class walks through here in tests: raises the given status. */
PyObject *core_fail(int status, const char *subject, const char *message);

/* csv.c; a field is (header, kind, locale, scale, yes, no, not reported or None, not applicable or None); (comment, rows,
   [(name, type, scale, data, validity or None, not applicable or None, categories or None)]) */
PyObject *core_csv_columns(const char *bytes, size_t size, const char *name, const char *separator, PyObject *fields);

/* convert.c: each gives a new reference, or NULL with an exception set */
PyObject *core_text(const char *text);
/* Days since 1970-01-01, or None. */
PyObject *core_date(ntm_date date);
/* SIZE_MAX is None. */
PyObject *core_index(size_t index);
/* (numerator, denominator), or None. */
PyObject *core_fraction(ntm_fraction value);
PyObject *core_bounds(ntm_bounds bounds);
PyObject *core_range(ntm_range range);
/* A list of `count` things, each made by `make`. */
PyObject *core_list(size_t count, PyObject *(*make)(const void *it, size_t index), const void *it);
/* The texts of a tuple of str, borrowed from it; NULL with an exception set. Freed by PyMem_Free. */
const char **core_text_array(PyObject *texts, size_t *count);
/* A writable, contiguous buffer of exactly `rows` items of `size` bytes; false with an exception set. */
bool core_writable(Py_buffer *view, PyObject *out, size_t rows, size_t size);

/* describe.c: criteria sets */
ntm_catalogue *core_catalogue_open(PyObject *paths);
core_set *core_catalogue_set(PyObject *owner, const ntm_catalogue *catalogue, size_t index);
core_set *core_catalogue_version(PyObject *owner, const ntm_catalogue *catalogue, size_t index);
core_set *core_catalogue_get(PyObject *owner, const ntm_catalogue *catalogue, const char *id);
core_set *core_catalogue_find(PyObject *owner, const ntm_catalogue *catalogue, const char *programme, const char *level,
                              const char *tier, const char *place, int32_t on);
core_overlay *core_catalogue_overlay(PyObject *owner, const ntm_catalogue *catalogue, size_t index);
core_overlay *core_catalogue_get_overlay(PyObject *owner, const ntm_catalogue *catalogue, const char *id);
/* Takes a set over, also when it fails. */
core_set *core_own_set(ntm_set *it);
core_set *core_set_read(const char *bytes, size_t size, const char *name);
core_set *core_set_open(const char *path);
core_set *core_set_with_overlay(const core_set *set, const core_overlay *overlay);
core_overlay *core_overlay_read(const char *bytes, size_t size, const char *name);
core_overlay *core_overlay_open(const char *path);
void core_set_free(core_set *set);
void core_overlay_free(core_overlay *overlay);
PyObject *core_set_write(const core_set *set);
PyObject *core_set_about(const core_set *set);
PyObject *core_set_parts(const core_set *set);
PyObject *core_overlay_about(const core_overlay *overlay);
bool core_set_equal(const core_set *a, const core_set *b);

/* table.c */
core_table *core_table_new(size_t rows, size_t columns);
void core_table_free(core_table *table);
/* Adds a column over `data` (any object with a buffer of one dimension) without a copy and holds it. */
PyObject *core_table_add(core_table *table, PyObject *name, PyObject *data, int scale, bool nan_not_reported,
                         PyObject *validity, PyObject *not_applicable, PyObject *categories);
/* Points a mask at a bytes object with one bit a row, least first, unless it is None; false with an exception set. */
bool core_take_mask(const uint8_t **mask, PyObject *bits, size_t rows, const char *name);
/* Where a column's values lie and how far apart: for tests that nothing is copied. */
PyObject *core_table_layout(const core_table *table, size_t column);
PyObject *core_table_names(const core_table *table);
size_t core_table_rows(const core_table *table);

/* result.c */
/* (axis, value) pairs of text as the array that a plan's options want, freed by PyMem_Free(); NULL with an exception
 * set. The texts are borrowed. */
ntm_axis_value *core_axis_array(PyObject *axes, size_t *count);
core_plan *core_plan_new(PyObject *owner, const core_set *set, int32_t on, bool out_of_force, PyObject *axes,
                         int kernels, PyObject *others_owner, const core_set **others, size_t other_count);
void core_plan_free(core_plan *plan);
PyObject *core_plan_inputs(const core_plan *plan);
ntm_attainment *core_evaluate(const core_plan *plan, core_table *table, int keep, bool ignore_unknown,
                              bool keep_values);
/* Fills a writable buffer of four int64 a row: numerator and denominator of least, then of most. Index -1: the score. */
PyObject *core_values(const ntm_attainment *attainment, int64_t index, PyObject *out);
/* Fills a writable buffer of one byte a row. */
PyObject *core_verdicts(const ntm_attainment *attainment, int of, size_t index, PyObject *out);
PyObject *core_tally(const ntm_attainment *attainment, int of, size_t index);
/* (least, most): objects with a read-only buffer of uint16 that keep `owner` alive. */
PyObject *core_counts(PyObject *owner, const ntm_attainment *attainment);
/* Fills two writable buffers of uint16, one number a row. */
PyObject *core_grades(const ntm_attainment *attainment, PyObject *least, PyObject *most);
PyObject *core_near_misses(const ntm_attainment *attainment, size_t limit, size_t needed_most);
ntm_explanation *core_explain(const core_plan *plan, core_table *table, size_t row, int of, size_t index);
PyObject *core_explanation_steps(const ntm_explanation *explanation);
PyObject *core_explanation_text(const ntm_explanation *explanation, int language, bool tree);

/* changed.c */
/* The first row whose verdicts are others now than those kept, or None; of one row alone, or of all (-1). */
PyObject *core_changed_row(const core_plan *plan, core_table *table, const ntm_attainment *kept, int keep, int64_t row);

/* successor.c */
/* A tuple of (id, of, is_criterion); an empty one takes the successor's own pairs. */
ntm_successor *core_successor_new(const core_plan *before, const core_plan *after, core_table *table, PyObject *pairs);
/* A tuple of (kind, before or -1, after or -1, review, facts_differ). */
PyObject *core_successor_pairs(const ntm_successor *successor);
/* Nine numbers, [before][after] by verdict. */
PyObject *core_successor_moves(const ntm_successor *successor, size_t pair);
PyObject *core_successor_rows(const ntm_successor *successor, size_t pair, int from_verdict, int to_verdict);

/* flip.c; `at` is two numbers a flip, `verdicts` three; a scale of -1 asks about the figures of now */
ntm_flips *core_flips_new(const core_plan *plan, core_table *table, const char *figure, PyObject *axes, int of,
                          size_t index);
/* (rows, moving, flips, steps). */
PyObject *core_flips_about(const ntm_flips *flips);
PyObject *core_flips_get(const ntm_flips *flips, PyObject *rows, PyObject *at, PyObject *verdicts);
/* Eleven int64 a step: the fraction, and met, not met, open below, exactly and above. */
PyObject *core_flips_get_steps(const ntm_flips *flips, PyObject *out);
PyObject *core_flips_tally(const ntm_flips *flips, int64_t coefficient, int scale);
PyObject *core_flips_verdict(const ntm_flips *flips, size_t row, int64_t coefficient, int scale);
/* A list of (row, now, then). */
PyObject *core_flips_changed(const ntm_flips *flips, int64_t coefficient, int scale);

/* what_if.c */
/* Changes are (figure, axes, absent, coefficient, scale). */
core_set *core_set_what_if(const core_set *set, PyObject *changes);
/* Changes are (row, field, known, kind, coefficient, scale, flag, text or None). */
core_table *core_table_what_if(PyObject *table_owner, core_table *table_or_none, PyObject *changes);

/* versions.c */
/* How many are cited, unverified, absent and delegated: of cells, of rules, of names. */
PyObject *core_set_standings(const core_set *set);
/* The same of a set of the catalogue, or of all of it. */
PyObject *core_catalogue_status(const ntm_catalogue *catalogue, const char *id);
/* (id, place, first day, last day). */
PyObject *core_catalogue_version_about(const ntm_catalogue *catalogue, size_t index);

/* lint.c: lists of (code, severity, place, other place or None, text); a place is (set, path, file, line, column) */
PyObject *core_set_lint(const core_set *set);
PyObject *core_overlay_lint(const core_overlay *overlay, const core_set *base);
PyObject *core_catalogue_lint(const ntm_catalogue *catalogue);
/* A list of (code, meaning). */
PyObject *core_lint_codes(void);

/* poverty.c; a group is its index, or -1 for all rows together */
size_t core_group(int64_t group);
/* (known, text or None, value). */
PyObject *core_key(const ntm_group_key *key);
/* From (numerator, denominator); false with an exception set. */
bool core_take_fraction(ntm_fraction *out, PyObject *pair);
/* An indicator is (column, when, coefficient and scale of the cut-off, weight, not applicable is not deprived). */
ntm_poverty *core_poverty_measure(core_table *table, PyObject *indicators, PyObject *cutoff, uint32_t cutoff_count,
                                  int incomplete, bool gaps, const char *population, PyObject *groups);
PyObject *core_poverty_key(const ntm_poverty *poverty, size_t group, size_t field);
/* (rows, incomplete, left out, poor). */
PyObject *core_poverty_count(const ntm_poverty *poverty, int64_t group);
/* (defined, least, most). */
PyObject *core_poverty_get(const ntm_poverty *poverty, int64_t group, int of, size_t indicator);
/* Two decimals. */
PyObject *core_poverty_rounded(const ntm_poverty *poverty, int64_t group, int of, size_t indicator,
                               unsigned percent_digits, int scale, int rounding);
/* Fractions, of (dimension, indicator, available) triples. */
PyObject *core_nested_weights(PyObject *indicators);

/* transitions.c */
ntm_transitions *core_transitions_count(core_table *first, core_table *second, const char *id, const char *class_least,
                                        const char *class_most, PyObject *classes, int counted_by,
                                        const char *population, PyObject *groups);
PyObject *core_transitions_key(const ntm_transitions *transitions, size_t group, size_t field);
/* (households, least, most); in place of a class -1 is absent, -2 any. */
PyObject *core_transitions_get(const ntm_transitions *transitions, int64_t group, int64_t before, int64_t after);

/* top_up.c; `rows` is None, or two writable buffers of one int64 a row for what each is paid */
ntm_top_up *core_top_up_sum(core_table *table, const char *benefits, const char *target, const char *area,
                            PyObject *areas, const char *entitled, PyObject *groups, PyObject *rows);
PyObject *core_top_up_key(const ntm_top_up *top_up, size_t group, size_t field);
/* (rows, benefits, areas and entitlements not reported, paid, least, most). */
PyObject *core_top_up_get(const ntm_top_up *top_up, int64_t group);

/* register.c; a rule is (status, lasting, months, inherit, law_from) */
ntm_register *core_register_new(core_table *table, PyObject *rules, PyObject *usual, bool partial);
ntm_register *core_register_open(const char *path, PyObject *rules, PyObject *usual, bool partial);
ntm_register *core_register_read(const char *bytes, size_t size, const char *name, PyObject *rules, PyObject *usual,
                                 bool partial);
/* (row, unit, status, class, kind, on, until, number, successor). */
PyObject *core_register_act(const ntm_register *reg, size_t index);
/* (verdict, reason, class, since, until, act). */
PyObject *core_register_holds(const ntm_register *reg, const char *unit, const char *status, int32_t on);
/* Of the only column of `table`: (values, validity), bytes with one bit a row. */
PyObject *core_register_column(const ntm_register *reg, core_table *table, const char *status, int32_t on);
/* (held, not held, open) of the only column of a table, or of all units of the register. */
PyObject *core_register_count(const ntm_register *reg, core_table *units_or_none, const char *status, const char *label,
                              int32_t on);
/* A list of (unit, status, class, act, until, after, after_act, after_on). */
PyObject *core_register_expiring(const ntm_register *reg, const char *status, int32_t first, int32_t last,
                                 int32_t known_on);
/* A list of (unit, status, part, its class, whether it held, day of the merger, act). */
PyObject *core_register_pending(const ntm_register *reg, const char *status, int32_t on, PyObject *instead);
PyObject *core_status_rule(const core_set *set);
PyObject *core_validity_last_day(int32_t first, uint32_t months);
/* Which of the set's recognisers it is. */
PyObject *core_recogniser(const core_set *set, const char *label, int32_t on);

/* observations.c; lists of facts and periods are tuples or None */
ntm_observations *core_observations_new(core_table *table, int locale, PyObject *not_reported,
                                        PyObject *not_applicable);
ntm_observations *core_observations_open(const char *path, const char *separator, int locale, PyObject *not_reported,
                                         PyObject *not_applicable);
ntm_observations *core_observations_read(const char *bytes, size_t size, const char *name, const char *separator,
                                         int locale, PyObject *not_reported, PyObject *not_applicable);
/* (rows, used, repeated, places). */
PyObject *core_observations_count(const ntm_observations *observations);
/* A list of units (0), facts (1) or periods (2). */
PyObject *core_observations_names(const ntm_observations *observations, int of);
/* A list of (row, of). */
PyObject *core_observations_repeated(const ntm_observations *observations);
/* Made from the observations, which the caller keeps alive. */
ntm_view *core_observed_new(const ntm_observations *observations, PyObject *facts, PyObject *periods,
                            core_table *units_or_none, int32_t known_on);
/* (units, periods, facts). */
PyObject *core_observed_names(const ntm_view *view);
/* (scale, values, validity, not applicable, categories or None): bytes, int64 or int32 codes. */
PyObject *core_observed_column(const ntm_view *view, size_t fact);
/* (cells, reported, not applicable, withdrawn, unknown, left out); -1 is all facts. */
PyObject *core_observed_cells(const ntm_view *view, int64_t fact);
PyObject *core_observed_source(const ntm_view *view, size_t fact, size_t row);
ntm_punctuality *core_punctuality_new(const ntm_observations *observations, PyObject *facts, PyObject *periods,
                                      core_table *units_or_none, int32_t known_on, int32_t due_days);
/* (name or None, expected, in time, late, missing, not due, corrected, withdrawn) in total (0), of a fact (1) or unit
 * (2); None past the end. */
PyObject *core_punctuality_get(const ntm_punctuality *punctuality, int of, size_t index);
/* A list of (unit, fact, period, due on). */
PyObject *core_punctuality_missing(const ntm_punctuality *punctuality);

/* classification.c; a finding is (kind, verdict, standing, level, digits, since, until, code, expected, parent, label, act,
 * source, rule or None, text); a programme (id, code, step, level, has parts, first day, day behind the last) */
ntm_classification *core_classification_shipped(void);
ntm_classification *core_classification_open(const char *path);
ntm_classification *core_classification_read(const char *bytes, size_t size, const char *name);
PyObject *core_classification_check(const ntm_classification *classification, int kind, const char *text, size_t size,
                                    int32_t on);
/* A list of findings about ten codes and ids, str or None. */
PyObject *core_classification_entry(const ntm_classification *classification, PyObject *codes, int32_t on,
                                    PyObject *programmes, PyObject *local_sources, bool seen_only);
/* (rows, good, bad, open, undeclared, findings by verdict, bits of bad rows, of open rows, a list of (row, finding)). */
PyObject *core_classification_table(const ntm_classification *classification, core_table *table, int32_t on,
                                    PyObject *programmes, PyObject *local_sources, bool seen_only, size_t limit);

/* units.c; a unit is its row, -1 is none; a filter is (day, echelon, level or None, within, parent) */
ntm_units *core_units_new(core_table *table, core_table *succession_or_none, core_table *attributes_or_none,
                          uint32_t allow, bool ignore_unknown, int32_t edges_on, PyObject *weights);
ntm_units *core_units_open(const char *path, const char *succession, const char *attributes, uint32_t allow,
                           bool ignore_unknown, int32_t edges_on, PyObject *weights);
/* (day, echelon, level or None, within, parent) as a filter; false with an exception set. The text is borrowed. */
bool core_take_filter(ntm_unit_filter *filter, PyObject *from);
/* (row, code, name, level, echelon, parent, first day, day behind the last). */
PyObject *core_units_row(const ntm_units *units, int64_t unit);
/* (defect, unit, other, edge, day, message). */
PyObject *core_units_finding(const ntm_units *units, size_t index);
/* A list of (number, word). */
PyObject *core_units_defects(void);
PyObject *core_units_find(const ntm_units *units, const char *code, int echelon, int32_t on);
/* Fills a writable buffer of uint32, one unit a row of the table's only column; how many were not found. */
PyObject *core_units_find_all(const ntm_units *units, core_table *table, int echelon, int32_t on, bool unknown_allowed,
                              PyObject *out);
/* Lists of units. Around: ancestors, children, descendants, siblings. */
PyObject *core_units_history(const ntm_units *units, const char *code, int echelon);
PyObject *core_units_named(const ntm_units *units, const char *name, PyObject *filter);
PyObject *core_units_list(const ntm_units *units, PyObject *filter);
PyObject *core_units_around(const ntm_units *units, int kind, int64_t unit, int32_t on);
/* The unit above on a rung; echelon 0: the next one. */
PyObject *core_units_above(const ntm_units *units, int64_t unit, int echelon, int32_t on);
/* "42/436/18103", or None. */
PyObject *core_units_place(const ntm_units *units, int64_t unit, int32_t on);
PyObject *core_units_attribute(const ntm_units *units, int64_t unit, const char *attribute, int32_t on, bool inherited);
/* (from, to, day, partial, row or None). */
PyObject *core_units_edge(const ntm_units *units, size_t index);
/* A list of (unit, share, steps, ended). */
PyObject *core_units_parts(const ntm_units *units, int64_t unit, int32_t first, int32_t last, bool made_of);
/* The eleven numbers of ntm_unit_reform, in its order. */
PyObject *core_units_reform(const ntm_units *units, PyObject *filter, int32_t on);

/* trajectory.c */
/* The last day of a period. */
PyObject *core_period_end(const char *text, size_t size);
/* `units` is a table of one column, `ends` a tuple of days. */
ntm_trajectory *core_trajectory_new(const core_plan *plan, core_table *table, core_table *units, PyObject *ends,
                                    core_table *targets_or_none, bool ignore_unknown);
/* A list of (of, id, measured, whole, sign, unit). */
PyObject *core_trajectory_series(const ntm_trajectory *trajectory);
PyObject *core_trajectory_table(const ntm_trajectory *trajectory);
/* (state, why, value, target, interim, behind, since, fell since). */
PyObject *core_trajectory_cell(const ntm_trajectory *trajectory, size_t series, size_t unit, size_t period);
/* (deadline, line, from, baseline, value, citation, row). */
PyObject *core_trajectory_target(const ntm_trajectory *trajectory, size_t series, size_t unit);
/* (needed, months, pace needed, first reported, last reported, pace so far, arrives on). */
PyObject *core_trajectory_outlook(const ntm_trajectory *trajectory, size_t series, size_t unit, size_t period);
/* (attained, on track, behind, missed, open). */
PyObject *core_trajectory_tally(const ntm_trajectory *trajectory, size_t series, size_t period);
/* A list of (series, unit, period): who is behind in a period, or (period -1) where values fell; series -1: all. */
PyObject *core_trajectory_places(const ntm_trajectory *trajectory, int64_t series, int64_t period);

/* cascade.c */
core_cascade *core_cascade_new(PyObject *owner, const ntm_units *units, size_t steps);
void core_cascade_free(core_cascade *cascade);
PyObject *core_cascade_add(core_cascade *cascade, PyObject *owner, const core_set *set, PyObject *table_owner,
                           core_table *table_or_none, PyObject *code, PyObject *level, PyObject *axes);
PyObject *core_cascade_run(core_cascade *cascade, int32_t on, int64_t within, bool out_of_force, bool ignore_unknown,
                           PyObject *inherited, PyObject *others_owner, const core_set **others, size_t other_count);
/* Borrowed from the cascade. */
ntm_attainment *core_cascade_result(const core_cascade *cascade, size_t step);
/* The units of the rows. */
PyObject *core_cascade_rows(const core_cascade *cascade, size_t step);
/* The names under which children are counted. */
PyObject *core_cascade_names(const core_cascade *cascade, size_t step);
/* (met, not met, open, total). */
PyObject *core_cascade_counts(const core_cascade *cascade, size_t step, size_t index, size_t row);
/* A list of (unit, verdict, step or None, row or None). */
PyObject *core_cascade_children(const core_cascade *cascade, size_t step, size_t index, size_t row);
ntm_explanation *core_cascade_explain(const core_cascade *cascade, size_t step, size_t row, int of, size_t index);
PyObject *core_cascade_tree(const core_cascade *cascade, size_t step, size_t row, int language, size_t most);
/* rollup.c */
/* Columns of parts: (from, to, partial, has weight, coefficient, scale) as uint32, uint32, bytes, bytes, int64, bytes; all
   but the first two may be None. */
ntm_rollup *core_rollup_new(PyObject *columns, size_t count, size_t from_rows, size_t to_rows);
ntm_rollup *core_rollup_over_periods(size_t rows, PyObject *groups, size_t period_count, size_t group_count);
/* Units are buffers of uint32. */
ntm_rollup *core_rollup_across(const ntm_units *units, PyObject *from, int32_t since, PyObject *to, int32_t by,
                               const char *weight, bool ignore_others);
ntm_rollup *core_rollup_up(const ntm_units *units, PyObject *from, PyObject *to, PyObject *filter, bool ignore_others);
ntm_rollup *core_rollup_then(const ntm_rollup *first, const ntm_rollup *second);
/* A fact is (id, kind, unit, least, most, by, levels, merge, weight, numerator, denominator, over time). */
ntm_rolled *core_rolled_new(const ntm_rollup *rollup, core_table *table, PyObject *facts, bool ignore_unknown,
                            int scale);
PyObject *core_rolled_names(const ntm_rolled *rolled);
size_t core_rolled_rows(const ntm_rolled *rolled);
/* (bytes of a value, 0 for bits; scale; values, validity, not applicable as bytes or None; levels). */
PyObject *core_rolled_column(const ntm_rolled *rolled, size_t index);
/* (least, most), or None where it is not applicable. */
PyObject *core_rolled_range(const ntm_rolled *rolled, const char *column, size_t row);
/* (parts, reported, not reported, not applicable, divided). */
PyObject *core_rolled_parts(const ntm_rolled *rolled, const char *column, size_t row);

/* grade.c */
/* A list of (id, sheets, knocked out, mean, its ends as text, grade, labels of its ends, why it is open). */
PyObject *core_panel(const core_plan *plan, core_table *table, core_table *products, size_t least_sheets, int digits,
                     int rounding);
/* (grade, score, target, lacking, more_than_bound, found, exact, cost, score after, steps); a cost is (fact, level,
 * cost or None), a step (fact, from, to, levels, cost, gain). */
PyObject *core_climb(const core_plan *plan, core_table *table, size_t row, size_t target, PyObject *costs,
                     size_t combinations_max);

/* decide.c */
/* (verdict, met, not met, open columns, wanting); a set is (reason, exact, facts), a fact (column, value, coefficient,
 * scale, unit), wanting (reason, kind, id, delegated to). */
PyObject *core_deciding(const core_plan *plan, core_table *table, size_t row, int of, size_t index, uint64_t work);
/* (rows, open, settled, unsettled by reason, patterns, steps, cells). */
PyObject *core_collecting(const core_plan *plan, core_table *table, int of, size_t index, int could_show,
                          bool all_facts, uint64_t work);

/* apportion.c; a coefficient is (class, coefficient, scale, citation or None) */
ntm_apportionment *core_apportion(core_table *table, int64_t envelope, PyObject *coefficients, int several,
                                  int64_t step, bool rest_to_next, bool leave_out, const char *citation);
/* (envelope, left, units left out). */
PyObject *core_apportionment_about(const ntm_apportionment *apportionment);
/* A list of (unit, row, share, weight, quota, class, coefficient, scale, citation, extra step, rest, bound by). */
PyObject *core_apportionment_rows(const ntm_apportionment *apportionment);
PyObject *core_apportionment_explain(const ntm_apportionment *apportionment, size_t index, int language);

/* gap.c; amounts are int64 pairs, as bytes. */
ntm_gaps *core_gaps_new(const core_plan *plan, core_table *table, bool margins, bool revocation, bool untold_law,
                        PyObject *prices, PyObject *rows);
/* (kind, closing, of, index, criterion or None, input, fact, vi, en, unit, level, evidence, whole) each */
PyObject *core_gaps_subjects(const ntm_gaps *gaps);
/* rows (int64), subjects (int32), 5 uint8 and 4 int64 a gap */
PyObject *core_gaps_columns(const ntm_gaps *gaps);
/* rows (int64), 2 int32 and 4 int64 a margin */
PyObject *core_gaps_margins(const ntm_gaps *gaps);
PyObject *core_gaps_row(const ntm_gaps *gaps, size_t row);
/* 3 uint32 a row: works, untold, criteria */
PyObject *core_gaps_works(const ntm_gaps *gaps);
/* the first gap (margin) of a row, and the first behind them */
PyObject *core_gaps_bounds(const ntm_gaps *gaps, size_t row, bool margins);
PyObject *core_gaps_risk(const ntm_gaps *gaps, size_t row);

/* columns.c: whole tables of results; (rows, [(name, type, scale, data, validity or None, categories or None)]) */
PyObject *core_columns(const ntm_table *table);

/* number.c */
PyObject *core_decimal_parse(const char *text, size_t size, int locale);
/* A unit of measure in words of a language. */
PyObject *core_measure_format(const char *unit, int language);
PyObject *core_decimal_format(int64_t coefficient, int scale, int locale);
PyObject *core_printed_parse(const char *text, size_t size, int locale);
PyObject *core_money_parse(const char *text, size_t size, int locale);
PyObject *core_money_format(int64_t amount, int language);
PyObject *core_name_equal(const char *a, size_t a_size, const char *b, size_t b_size);
/* (name, text) of a status. */
PyObject *core_status(int status);

/* view.c: the type of core_counts(); added to the module when it is imported. */
int core_view_ready(PyObject *module);
PyObject *core_view_new(PyObject *owner, const void *data, size_t count, const char *format, size_t size);

/* proof.c */
PyObject *core_set_digest(const core_set *set);
PyObject *core_proof(const core_plan *plan, core_table *table, size_t row, int of, size_t index,
                     const char *unit_or_none, int32_t known_on, const char *period_or_none, int32_t recorded_on,
                     core_table *observed_or_none);
PyObject *core_cascade_proof(const core_cascade *cascade, size_t step, size_t row, int of, size_t index,
                             int32_t known_on, const char *period_or_none, int32_t recorded_on,
                             core_table *observed_or_none);

#include "core_money.h"

#endif
