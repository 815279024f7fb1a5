/* SPDX-License-Identifier: Apache-2.0 */
/* What the package calls of money: needs, tasks, ledgers, cubes, reconciliation. Included by core.h. */
#ifndef NTM_PYTHON_CORE_MONEY_H
#define NTM_PYTHON_CORE_MONEY_H

/* need.c; columns are (rows, [(name, codes, categories) or (name, scale, values, validity or None)]) */
ntm_norms *core_norms_new(core_table *table);
ntm_needs *core_needs_new(const ntm_norms *norms, core_table *table, core_table *division_or_none, int rounding,
                          int kind_scale, bool open_without_norm, const ntm_units *registry_or_none,
                          const char *region_attribute, int echelon, int32_t date);
PyObject *core_needs_columns(const ntm_needs *needs);
/* (row, norm or None, rule or None, why open, amount, whole, cut, taken). */
PyObject *core_needs_get(const ntm_needs *needs, size_t line);
size_t core_needs_count(const ntm_needs *needs);
PyObject *core_needs_explain(const ntm_needs *needs, size_t line, int language);
PyObject *core_needs_sums(const ntm_needs *needs, PyObject *by);
PyObject *core_matching_least(int64_t central, int64_t coefficient, int scale);
/* A list of (least or None, shortfall or None). */
PyObject *core_matching_check(core_table *table, int64_t coefficient, int scale);

/* task.c: codes are the first column of a table; numbers are (needed for, rounding, digits of kinds, echelon, day,
   attribute of regions) */
ntm_tasks *core_tasks_new(const ntm_gaps *gaps, core_table *table, core_table *duties_or_none,
                          const ntm_norms *norms_or_none, core_table *division_or_none, core_table *allotted_or_none,
                          const ntm_units *registry_or_none, PyObject *numbers);
/* 0: the tasks, 1: their costs, 2: what remains, or None; as core_columns() */
/* (column, đồng) each */
PyObject *core_task_prices(const ntm_gaps *gaps, core_table *duties, const ntm_norms *norms, int rounding, int32_t on);
PyObject *core_tasks_columns(const ntm_tasks *tasks, int which);
/* A list of gaps: its own first. */
PyObject *core_tasks_gaps(const ntm_tasks *tasks, size_t task);
PyObject *core_tasks_of_gap(const ntm_tasks *tasks, size_t gap);
PyObject *core_tasks_sum(const ntm_tasks *tasks, int what, PyObject *by);

/* classification.c: what entries are held to, from tuples; false with an exception set. What was taken is freed in any
   case by core_codes_options_free(). */
bool core_codes_options(ntm_codes_options *options, int32_t on, PyObject *programmes, PyObject *local_sources,
                        bool seen_only);
void core_codes_options_free(ntm_codes_options *options);

/* ledger.c; options are (echelon, dimensions, money unit, locale, day, ignore unknown, leave out, most left out, key,
   programmes, local sources, seen only); a dimension is (name, open, members), a member (id, name or None, parent or None,
   stock) */
core_ledger *core_ledger_new(PyObject *table_owner, core_table *table_or_none, PyObject *registry_owner,
                             const ntm_units *registry_or_none, const ntm_classification *rules_or_none,
                             PyObject *options);
core_ledger *core_ledger_open(const char *path, const char *separator, PyObject *registry_owner,
                              const ntm_units *registry_or_none, const ntm_classification *rules_or_none,
                              PyObject *options);
core_ledger *core_ledger_read(const char *bytes, size_t size, const char *name, const char *separator,
                              PyObject *registry_owner, const ntm_units *registry_or_none,
                              const ntm_classification *rules_or_none, PyObject *options);
void core_ledger_free(core_ledger *ledger);
size_t core_ledger_rows(const core_ledger *ledger);
bool core_ledger_borrows(const core_ledger *ledger, const char *column);
/* Problems as core_raise() hands them on. */
PyObject *core_ledger_left_out(const core_ledger *ledger);
PyObject *core_ledger_dimensions(const core_ledger *ledger);
PyObject *core_ledger_members(const core_ledger *ledger, const char *dimension);
PyObject *core_ledger_quantity_unit(const core_ledger *ledger, const char *kind);
/* A list of (row, of); an empty tuple of columns is all of them. */
PyObject *core_ledger_duplicates(const core_ledger *ledger, PyObject *columns);
/* The usual dimensions: (name, open, members). */
PyObject *core_usual_dimensions(void);

/* cube.c; a question is (sides, measure, only, first day, last day, day of the tree, running, expected, first row, rows); a
   side is (dimension, level or None, up), only (dimension, members), expected (stage, length, first day, last day) */
core_cube_tally *core_cube_tally_new(const core_ledger *ledger, PyObject *question);
core_cube_tally *core_cube_tally_merge(PyObject *tallies_owner, const core_cube_tally **tallies, size_t tally_count);
core_cube_tally *core_cube_tally_read(const char *bytes, size_t size, const char *name, PyObject *registry_owner,
                                      const ntm_units *registry_or_none);
void core_cube_tally_free(core_cube_tally *tally);
PyObject *core_cube_tally_text(const core_cube_tally *tally);
size_t core_cube_tally_cells(const core_cube_tally *tally);
ntm_cube *core_cube_new(const core_ledger *ledger, PyObject *question);
ntm_cube *core_cube_of(const core_cube_tally *tally);
/* A list of names of sides. */
PyObject *core_cube_sides(const ntm_cube *cube);
/* A list of (id, level or None, parent or None, stock). */
PyObject *core_cube_members(const ntm_cube *cube, size_t side);
/* (known, sum, missing, stock) of a tuple of places. */
PyObject *core_cube_get(const ntm_cube *cube, PyObject *at);
int core_cube_scale(const ntm_cube *cube);
PyObject *core_cube_unit(const ntm_cube *cube, const char *kind);
PyObject *core_cube_rows(const ntm_cube *cube);
/* Rates by a side with part and whole, or against so many years earlier. */
PyObject *core_cube_rates(const ntm_cube *cube, const char *side_or_none, const char *part_or_none,
                          const char *whole_or_none, unsigned years_back);
/* (known, numerator, denominator, negative, above one) of two cells. */
PyObject *core_rate_of(PyObject *part, PyObject *whole);
PyObject *core_rate_text(int known, PyObject *ratio, int digits, int rounding, int language);

/* slow.c; options are (sides, due, done, day, first day, last day, milestones, only, day of the tree, order, all); a
   milestone is (day, coefficient, scale) */
PyObject *core_slow(const core_ledger *ledger, PyObject *options);
/* Lists of sides and of what counts, from tuples; freed by PyMem_Free() and core_only_free(). NULL with an exception. */
ntm_side *core_side_array(PyObject *from, size_t *count);
ntm_only *core_only_array(PyObject *from, size_t *count);
void core_only_free(ntm_only *only, size_t count);

/* reconcile.c; columns are a tuple of names, or None for all */
/* Widths are (column, coefficient, scale) tuples. */
ntm_balance *core_balance_new(core_table *table, const char *or_none, PyObject *widths);
PyObject *core_balance_declare(ntm_balance *balance, const char *text, size_t size);
PyObject *core_balance_declare_rows(ntm_balance *balance, const char *text, size_t size, PyObject *columns);
/* The first column of a table has the parents. */
PyObject *core_balance_declare_tree(ntm_balance *balance, core_table *parents, PyObject *columns);
/* (equations, hold, violated, undecided, [(equation, name, row number, row, column, imbalance, tolerance)]). */
PyObject *core_balance_check(const ntm_balance *balance);
/* A list of groups (violations, cells, end, exact, least size, sets); a set is a list of suspects (row, column, row number,
 * coefficient, scale, least, most, open, open, causes); a cause is (cause, power, (row, column), coefficient, scale). */
PyObject *core_balance_locate(const ntm_balance *balance, size_t size_most, size_t sets_most, uint64_t work_most);

#endif
