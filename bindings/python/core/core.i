/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ntm.core: what the package `ntm` is built on. Private; nothing here is promised. The hand-written modules beside it are
 * the interface. Functions that fail raise the classes of ntm/errors.py.
 */
%module(package="ntm") core

%{
#include "core.h"
#include "batch.h"
#include "stream.h"
#include "measure.h"
%}

%include <stdint.i>

%init %{
    if (core_view_ready(m) < 0) return NULL;
%}

%include "arguments.i"

%nodefaultctor;
%rename(Catalogue) ntm_catalogue;
%rename(Set) core_set;
%rename(Overlay) core_overlay;
%rename(Plan) core_plan;
%rename(Table) core_table;
%rename(Stream) core_stream;
%rename(Attainment) ntm_attainment;
%rename(Explanation) ntm_explanation;
%rename(Successor) ntm_successor;
%rename(Register) ntm_register;
%rename(Observations) ntm_observations;
%rename(Observed) ntm_view;
%rename(Punctuality) ntm_punctuality;
%rename(Units) ntm_units;
%rename(Classification) ntm_classification;
%rename(Cascade) core_cascade;
%rename(Poverty) ntm_poverty;
%rename(Transitions) ntm_transitions;
%rename(TopUp) ntm_top_up;
%rename(Apportionment) ntm_apportionment;
%rename(Norms) ntm_norms;
%rename(Needs) ntm_needs;
%rename(Tasks) ntm_tasks;
%rename(Gaps) ntm_gaps;
%rename(Ledger) core_ledger;
%rename(CubeTally) core_cube_tally;
%rename(Cube) ntm_cube;
%rename(cube_cells) ntm_cube_cells;
%rename(Balance) ntm_balance;
%rename(Trajectory) ntm_trajectory;
%rename(balance_cell_count) ntm_balance_cell_count;
%rename(balance_equation_count) ntm_balance_equation_count;
%rename(Flips) ntm_flips;
%rename(Rollup) ntm_rollup;
%rename(Rolled) ntm_rolled;
%rename(rollup_from_rows) ntm_rollup_from_rows;
%rename(rollup_to_rows) ntm_rollup_to_rows;
%rename("%(strip:[core_])s", %$isfunction) "";
%rename(catalogue_set_count) ntm_catalogue_set_count;
%rename(catalogue_overlay_count) ntm_catalogue_overlay_count;
%rename(catalogue_version_count) ntm_catalogue_version_count;
%rename(attainment_rows) ntm_attainment_rows;
%rename(register_act_count) ntm_register_act_count;
%rename(punctuality_left_out) ntm_punctuality_left_out;
%rename(units_count) ntm_units_count;
%rename(classification_rule_count) ntm_classification_rule_count;
%rename(units_finding_count) ntm_units_finding_count;
%rename(units_edge_count) ntm_units_edge_count;
%rename(poverty_groups) ntm_poverty_groups;
%rename(transitions_groups) ntm_transitions_groups;
%rename(top_up_groups) ntm_top_up_groups;
%rename(version) ntm_version;

typedef struct ntm_catalogue { %extend { ~ntm_catalogue() { ntm_catalogue_free($self); } } } ntm_catalogue;
typedef struct core_set { %extend { ~core_set() { core_set_free($self); } } } core_set;
typedef struct core_overlay { %extend { ~core_overlay() { core_overlay_free($self); } } } core_overlay;
typedef struct core_plan { %extend { ~core_plan() { core_plan_free($self); } } } core_plan;
typedef struct core_table { %extend { ~core_table() { core_table_free($self); } } } core_table;
typedef struct core_stream { %extend { ~core_stream() { core_stream_free($self); } } } core_stream;
typedef struct ntm_attainment { %extend { ~ntm_attainment() { ntm_attainment_free($self); } } } ntm_attainment;
typedef struct ntm_explanation { %extend { ~ntm_explanation() { ntm_explanation_free($self); } } } ntm_explanation;
typedef struct ntm_successor { %extend { ~ntm_successor() { ntm_successor_free($self); } } } ntm_successor;
typedef struct ntm_register { %extend { ~ntm_register() { ntm_register_free($self); } } } ntm_register;
typedef struct ntm_observations { %extend { ~ntm_observations() { ntm_observations_free($self); } } } ntm_observations;
typedef struct ntm_view { %extend { ~ntm_view() { ntm_view_free($self); } } } ntm_view;
typedef struct ntm_punctuality { %extend { ~ntm_punctuality() { ntm_punctuality_free($self); } } } ntm_punctuality;
typedef struct ntm_classification { %extend { ~ntm_classification() { ntm_classification_free($self); } } } ntm_classification;
typedef struct ntm_units { %extend { ~ntm_units() { ntm_units_free($self); } } } ntm_units;
typedef struct core_cascade { %extend { ~core_cascade() { core_cascade_free($self); } } } core_cascade;
typedef struct ntm_poverty { %extend { ~ntm_poverty() { ntm_poverty_free($self); } } } ntm_poverty;
typedef struct ntm_transitions { %extend { ~ntm_transitions() { ntm_transitions_free($self); } } } ntm_transitions;
typedef struct ntm_top_up { %extend { ~ntm_top_up() { ntm_top_up_free($self); } } } ntm_top_up;
typedef struct ntm_apportionment { %extend { ~ntm_apportionment() { ntm_apportionment_free($self); } } } ntm_apportionment;
typedef struct ntm_norms { %extend { ~ntm_norms() { ntm_norms_free($self); } } } ntm_norms;
typedef struct ntm_gaps { %extend { ~ntm_gaps() { ntm_gaps_free($self); } } } ntm_gaps;
typedef struct ntm_needs { %extend { ~ntm_needs() { ntm_needs_free($self); } } } ntm_needs;
typedef struct ntm_tasks { %extend { ~ntm_tasks() { ntm_tasks_free($self); } } } ntm_tasks;
typedef struct core_ledger { %extend { ~core_ledger() { core_ledger_free($self); } } } core_ledger;
typedef struct core_cube_tally { %extend { ~core_cube_tally() { core_cube_tally_free($self); } } } core_cube_tally;
typedef struct ntm_cube { %extend { ~ntm_cube() { ntm_cube_free($self); } } } ntm_cube;
typedef struct ntm_balance { %extend { ~ntm_balance() { ntm_balance_free($self); } } } ntm_balance;
typedef struct ntm_flips { %extend { ~ntm_flips() { ntm_flips_free($self); } } } ntm_flips;
typedef struct ntm_rollup { %extend { ~ntm_rollup() { ntm_rollup_free($self); } } } ntm_rollup;
typedef struct ntm_trajectory { %extend { ~ntm_trajectory() { ntm_trajectory_free($self); } } } ntm_trajectory;
typedef struct ntm_rolled { %extend { ~ntm_rolled() { ntm_rolled_free($self); } } } ntm_rolled;

%newobject core_catalogue_open;
ntm_catalogue *core_catalogue_open(PyObject *paths);
size_t ntm_catalogue_set_count(const ntm_catalogue *catalogue);
size_t ntm_catalogue_overlay_count(const ntm_catalogue *catalogue);
%newobject core_catalogue_set;
core_set *core_catalogue_set(PyObject *owner, const ntm_catalogue *catalogue, size_t index);
%newobject core_catalogue_version;
core_set *core_catalogue_version(PyObject *owner, const ntm_catalogue *catalogue, size_t index);
size_t ntm_catalogue_version_count(const ntm_catalogue *catalogue);
PyObject *core_catalogue_version_about(const ntm_catalogue *catalogue, size_t index);
PyObject *core_catalogue_status(const ntm_catalogue *catalogue, const char *or_none);
%newobject core_catalogue_get;
core_set *core_catalogue_get(PyObject *owner, const ntm_catalogue *catalogue, const char *id);
%newobject core_catalogue_find;
core_set *core_catalogue_find(PyObject *owner, const ntm_catalogue *catalogue, const char *programme, const char *level,
                              const char *tier, const char *place, int32_t on);
%newobject core_catalogue_overlay;
core_overlay *core_catalogue_overlay(PyObject *owner, const ntm_catalogue *catalogue, size_t index);
%newobject core_catalogue_get_overlay;
core_overlay *core_catalogue_get_overlay(PyObject *owner, const ntm_catalogue *catalogue, const char *id);

%newobject core_set_read;
core_set *core_set_read(const char *bytes, size_t size, const char *name);
%newobject core_set_open;
core_set *core_set_open(const char *path);
%newobject core_set_with_overlay;
core_set *core_set_with_overlay(const core_set *set, const core_overlay *overlay);
%newobject core_overlay_read;
core_overlay *core_overlay_read(const char *bytes, size_t size, const char *name);
%newobject core_overlay_open;
core_overlay *core_overlay_open(const char *path);
PyObject *core_set_write(const core_set *set);
PyObject *core_set_about(const core_set *set);
PyObject *core_set_parts(const core_set *set);
PyObject *core_overlay_about(const core_overlay *overlay);
PyObject *core_set_standings(const core_set *set);
bool core_set_equal(const core_set *a, const core_set *b);

%newobject core_table_new;
core_table *core_table_new(size_t rows, size_t columns);
PyObject *core_table_add(core_table *table, PyObject *name, PyObject *data, int scale, bool nan_not_reported,
                         PyObject *validity, PyObject *not_applicable, PyObject *categories);
PyObject *core_table_layout(const core_table *table, size_t column);
PyObject *core_table_names(const core_table *table);
size_t core_table_rows(const core_table *table);
%newobject core_stream_new;
core_stream *core_stream_new(PyObject *capsule);
%newobject core_stream_of;
core_stream *core_stream_of(PyObject *schema, PyObject *array);
PyObject *core_stream_types(const core_stream *stream);
size_t core_stream_batches(const core_stream *stream);
%newobject core_stream_next;
core_table *core_stream_next(core_stream *stream, size_t rows_max, PyObject *wanted, const char *or_none);
%newobject core_stream_read;
core_table *core_stream_read(core_stream *stream, PyObject *wanted, const char *or_none);
PyObject *core_table_texts(const core_table *table, size_t column);
PyObject *core_table_text(const core_table *table, size_t column, size_t row);
PyObject *core_table_known(const core_table *table, size_t column);
PyObject *core_table_array(PyObject *owner, const core_table *table, size_t column);
PyObject *core_table_take(core_table *table, PyObject *name, PyObject *owner, const core_table *from, size_t column,
                          int scale, bool nan_not_reported, PyObject *validity, PyObject *not_applicable);

%newobject core_plan_new;
core_plan *core_plan_new(PyObject *owner, const core_set *set, int32_t on, bool out_of_force, PyObject *axes, int kernels,
                         PyObject *others_owner, const core_set **others, size_t other_count);
PyObject *core_plan_inputs(const core_plan *plan);
%newobject core_evaluate;
ntm_attainment *core_evaluate(const core_plan *plan, core_table *table, int keep, bool ignore_unknown,
                              bool keep_values);
PyObject *core_values(const ntm_attainment *attainment, int64_t index, PyObject *out);
%newobject core_successor_new;
ntm_successor *core_successor_new(const core_plan *before, const core_plan *after, core_table *table, PyObject *pairs);
PyObject *core_successor_pairs(const ntm_successor *successor);
PyObject *core_successor_moves(const ntm_successor *successor, size_t pair);
PyObject *core_successor_rows(const ntm_successor *successor, size_t pair, int from_verdict, int to_verdict);
size_t ntm_attainment_rows(const ntm_attainment *attainment);
PyObject *core_verdicts(const ntm_attainment *attainment, int of, size_t index, PyObject *out);
PyObject *core_tally(const ntm_attainment *attainment, int of, size_t index);
PyObject *core_counts(PyObject *owner, const ntm_attainment *attainment);
PyObject *core_grades(const ntm_attainment *attainment, PyObject *least, PyObject *most);
PyObject *core_near_misses(const ntm_attainment *attainment, size_t limit, size_t needed_most);
PyObject *core_batch_array(size_t rows, PyObject *columns);
PyObject *core_batch_stream(size_t rows, PyObject *columns);
PyObject *core_changed_row(const core_plan *plan, core_table *table, const ntm_attainment *kept, int keep, int64_t row);
%newobject core_explain;
ntm_explanation *core_explain(const core_plan *plan, core_table *table, size_t row, int of, size_t index);
PyObject *core_explanation_steps(const ntm_explanation *explanation);
PyObject *core_explanation_text(const ntm_explanation *explanation, int language, bool tree);

%newobject core_flips_new;
ntm_flips *core_flips_new(const core_plan *plan, core_table *table, const char *figure, PyObject *axes, int of,
                          size_t index);
PyObject *core_flips_about(const ntm_flips *flips);
PyObject *core_flips_get(const ntm_flips *flips, PyObject *rows, PyObject *at, PyObject *verdicts);
PyObject *core_flips_get_steps(const ntm_flips *flips, PyObject *out);
PyObject *core_flips_tally(const ntm_flips *flips, int64_t coefficient, int scale);
PyObject *core_flips_verdict(const ntm_flips *flips, size_t row, int64_t coefficient, int scale);
PyObject *core_flips_changed(const ntm_flips *flips, int64_t coefficient, int scale);
%newobject core_set_what_if;
core_set *core_set_what_if(const core_set *set, PyObject *changes);
%newobject core_table_what_if;
core_table *core_table_what_if(PyObject *table_owner, core_table *table_or_none, PyObject *changes);

%newobject core_gaps_new;
ntm_gaps *core_gaps_new(const core_plan *plan, core_table *table, bool margins, bool revocation, bool untold_law,
                        PyObject *prices, PyObject *rows);
PyObject *core_gaps_subjects(const ntm_gaps *gaps);
PyObject *core_gaps_columns(const ntm_gaps *gaps);
PyObject *core_gaps_margins(const ntm_gaps *gaps);
PyObject *core_gaps_row(const ntm_gaps *gaps, size_t row);
PyObject *core_gaps_works(const ntm_gaps *gaps);
PyObject *core_gaps_bounds(const ntm_gaps *gaps, size_t row, bool margins);
PyObject *core_gaps_risk(const ntm_gaps *gaps, size_t row);

%newobject core_register_new;
ntm_register *core_register_new(core_table *table, PyObject *rules, PyObject *usual, bool partial);
%newobject core_register_open;
ntm_register *core_register_open(const char *path, PyObject *rules, PyObject *usual, bool partial);
%newobject core_register_read;
ntm_register *core_register_read(const char *bytes, size_t size, const char *name, PyObject *rules, PyObject *usual,
                                 bool partial);
size_t ntm_register_act_count(const ntm_register *reg);
PyObject *core_register_act(const ntm_register *reg, size_t index);
PyObject *core_register_holds(const ntm_register *reg, const char *unit, const char *status, int32_t on);
PyObject *core_register_column(const ntm_register *reg, core_table *table, const char *status, int32_t on);
PyObject *core_register_count(const ntm_register *reg, core_table *units_or_none, const char *status,
                              const char *or_none, int32_t on);
PyObject *core_register_expiring(const ntm_register *reg, const char *or_none, int32_t first, int32_t last,
                                 int32_t known_on);
PyObject *core_register_pending(const ntm_register *reg, const char *or_none, int32_t on, PyObject *instead);
PyObject *core_status_rule(const core_set *set);
PyObject *core_validity_last_day(int32_t first, uint32_t months);
PyObject *core_recogniser(const core_set *set, const char *or_none, int32_t on);

%newobject core_observations_new;
ntm_observations *core_observations_new(core_table *table, int locale, PyObject *not_reported,
                                        PyObject *not_applicable);
%newobject core_observations_open;
ntm_observations *core_observations_open(const char *path, const char *separator, int locale, PyObject *not_reported,
                                         PyObject *not_applicable);
%newobject core_observations_read;
ntm_observations *core_observations_read(const char *bytes, size_t size, const char *name, const char *separator,
                                         int locale, PyObject *not_reported, PyObject *not_applicable);
PyObject *core_observations_count(const ntm_observations *observations);
PyObject *core_observations_names(const ntm_observations *observations, int of);
PyObject *core_observations_repeated(const ntm_observations *observations);
%newobject core_observed_new;
ntm_view *core_observed_new(const ntm_observations *observations, PyObject *facts, PyObject *periods,
                            core_table *units_or_none, int32_t known_on);
PyObject *core_observed_names(const ntm_view *view);
PyObject *core_observed_column(const ntm_view *view, size_t fact);
PyObject *core_observed_cells(const ntm_view *view, int64_t fact);
PyObject *core_observed_source(const ntm_view *view, size_t fact, size_t row);
%newobject core_punctuality_new;
ntm_punctuality *core_punctuality_new(const ntm_observations *observations, PyObject *facts, PyObject *periods,
                                      core_table *units_or_none, int32_t known_on, int32_t due_days);
PyObject *core_punctuality_get(const ntm_punctuality *punctuality, int of, size_t index);
PyObject *core_punctuality_missing(const ntm_punctuality *punctuality);
uint64_t ntm_punctuality_left_out(const ntm_punctuality *punctuality);

%newobject core_apportion;
ntm_apportionment *core_apportion(core_table *table, int64_t envelope, PyObject *coefficients, int several, int64_t step,
                                  bool rest_to_next, bool leave_out, const char *or_none);
PyObject *core_apportionment_about(const ntm_apportionment *apportionment);
PyObject *core_apportionment_rows(const ntm_apportionment *apportionment);
PyObject *core_apportionment_explain(const ntm_apportionment *apportionment, size_t index, int language);

%newobject core_norms_new;
ntm_norms *core_norms_new(core_table *table);
%newobject core_needs_new;
ntm_needs *core_needs_new(const ntm_norms *norms, core_table *table, core_table *division_or_none, int rounding,
                          int kind_scale, bool open_without_norm, const ntm_units *registry_or_none, const char *or_none,
                          int echelon, int32_t date);
PyObject *core_needs_columns(const ntm_needs *needs);
PyObject *core_needs_get(const ntm_needs *needs, size_t line);
size_t core_needs_count(const ntm_needs *needs);
PyObject *core_needs_explain(const ntm_needs *needs, size_t line, int language);
PyObject *core_needs_sums(const ntm_needs *needs, PyObject *by);

%newobject core_tasks_new;
ntm_tasks *core_tasks_new(const ntm_gaps *gaps, core_table *table, core_table *duties_or_none,
                          const ntm_norms *norms_or_none, core_table *division_or_none, core_table *allotted_or_none,
                          const ntm_units *registry_or_none, PyObject *numbers);
PyObject *core_task_prices(const ntm_gaps *gaps, core_table *duties, const ntm_norms *norms, int rounding, int32_t on);
PyObject *core_tasks_columns(const ntm_tasks *tasks, int which);
PyObject *core_tasks_gaps(const ntm_tasks *tasks, size_t task);
PyObject *core_tasks_of_gap(const ntm_tasks *tasks, size_t gap);
PyObject *core_tasks_sum(const ntm_tasks *tasks, int what, PyObject *by);
PyObject *core_matching_least(int64_t central, int64_t coefficient, int scale);
PyObject *core_matching_check(core_table *table, int64_t coefficient, int scale);

%newobject core_ledger_new;
core_ledger *core_ledger_new(PyObject *table_owner, core_table *table_or_none, PyObject *registry_owner,
                             const ntm_units *registry_or_none, const ntm_classification *rules_or_none,
                             PyObject *options);
%newobject core_ledger_open;
core_ledger *core_ledger_open(const char *path, const char *separator, PyObject *registry_owner,
                              const ntm_units *registry_or_none, const ntm_classification *rules_or_none,
                             PyObject *options);
%newobject core_ledger_read;
core_ledger *core_ledger_read(const char *bytes, size_t size, const char *name, const char *separator,
                              PyObject *registry_owner, const ntm_units *registry_or_none, const ntm_classification *rules_or_none,
                             PyObject *options);
size_t core_ledger_rows(const core_ledger *ledger);
bool core_ledger_borrows(const core_ledger *ledger, const char *column);
PyObject *core_ledger_left_out(const core_ledger *ledger);
PyObject *core_ledger_dimensions(const core_ledger *ledger);
PyObject *core_ledger_members(const core_ledger *ledger, const char *dimension);
PyObject *core_ledger_quantity_unit(const core_ledger *ledger, const char *kind);
PyObject *core_ledger_duplicates(const core_ledger *ledger, PyObject *columns);
PyObject *core_usual_dimensions(void);

%newobject core_cube_tally_new;
core_cube_tally *core_cube_tally_new(const core_ledger *ledger, PyObject *question);
%newobject core_cube_tally_merge;
core_cube_tally *core_cube_tally_merge(PyObject *tallies_owner, const core_cube_tally **tallies, size_t tally_count);
%newobject core_cube_tally_read;
core_cube_tally *core_cube_tally_read(const char *bytes, size_t size, const char *name, PyObject *registry_owner,
                                      const ntm_units *registry_or_none);
PyObject *core_cube_tally_text(const core_cube_tally *tally);
size_t core_cube_tally_cells(const core_cube_tally *tally);
%newobject core_cube_new;
ntm_cube *core_cube_new(const core_ledger *ledger, PyObject *question);
%newobject core_cube_of;
ntm_cube *core_cube_of(const core_cube_tally *tally);
PyObject *core_cube_sides(const ntm_cube *cube);
PyObject *core_cube_members(const ntm_cube *cube, size_t side);
PyObject *core_cube_get(const ntm_cube *cube, PyObject *at);
int core_cube_scale(const ntm_cube *cube);
PyObject *core_cube_unit(const ntm_cube *cube, const char *kind);
size_t ntm_cube_cells(const ntm_cube *cube);
PyObject *core_cube_rows(const ntm_cube *cube);
PyObject *core_cube_rates(const ntm_cube *cube, const char *side_or_none, const char *part_or_none,
                          const char *whole_or_none, unsigned years_back);
PyObject *core_rate_of(PyObject *part, PyObject *whole);
PyObject *core_rate_text(int known, PyObject *ratio, int digits, int rounding, int language);
PyObject *core_slow(const core_ledger *ledger, PyObject *options);

PyObject *core_period_end(const char *text, size_t size);
%newobject core_trajectory_new;
ntm_trajectory *core_trajectory_new(const core_plan *plan, core_table *table, core_table *units, PyObject *ends,
                                    core_table *targets_or_none, bool ignore_unknown);
PyObject *core_trajectory_series(const ntm_trajectory *trajectory);
PyObject *core_trajectory_table(const ntm_trajectory *trajectory);
PyObject *core_trajectory_cell(const ntm_trajectory *trajectory, size_t series, size_t unit, size_t period);
PyObject *core_trajectory_target(const ntm_trajectory *trajectory, size_t series, size_t unit);
PyObject *core_trajectory_outlook(const ntm_trajectory *trajectory, size_t series, size_t unit, size_t period);
PyObject *core_trajectory_tally(const ntm_trajectory *trajectory, size_t series, size_t period);
PyObject *core_trajectory_places(const ntm_trajectory *trajectory, int64_t series, int64_t period);

%newobject core_classification_shipped;
ntm_classification *core_classification_shipped(void);
%newobject core_classification_open;
ntm_classification *core_classification_open(const char *path);
%newobject core_classification_read;
ntm_classification *core_classification_read(const char *bytes, size_t size, const char *name);
size_t ntm_classification_rule_count(const ntm_classification *classification);
PyObject *core_classification_check(const ntm_classification *classification, int kind, const char *text, size_t size,
                                    int32_t on);
PyObject *core_classification_entry(const ntm_classification *classification, PyObject *codes, int32_t on,
                                    PyObject *programmes, PyObject *local_sources, bool seen_only);
PyObject *core_classification_table(const ntm_classification *classification, core_table *table, int32_t on,
                                    PyObject *programmes, PyObject *local_sources, bool seen_only, size_t limit);

%newobject core_units_new;
ntm_units *core_units_new(core_table *table, core_table *succession_or_none, core_table *attributes_or_none,
                          uint32_t allow, bool ignore_unknown, int32_t edges_on, PyObject *weights);
%newobject core_units_open;
ntm_units *core_units_open(const char *path, const char *succession_or_none, const char *attributes_or_none,
                           uint32_t allow, bool ignore_unknown, int32_t edges_on, PyObject *weights);
size_t ntm_units_count(const ntm_units *units);
PyObject *core_units_row(const ntm_units *units, int64_t unit);
size_t ntm_units_finding_count(const ntm_units *units);
PyObject *core_units_finding(const ntm_units *units, size_t index);
PyObject *core_units_defects(void);
PyObject *core_units_find(const ntm_units *units, const char *code, int echelon, int32_t on);
PyObject *core_units_find_all(const ntm_units *units, core_table *table, int echelon, int32_t on, bool unknown_allowed,
                              PyObject *out);
PyObject *core_units_history(const ntm_units *units, const char *code, int echelon);
PyObject *core_units_named(const ntm_units *units, const char *name, PyObject *filter);
PyObject *core_units_list(const ntm_units *units, PyObject *filter);
PyObject *core_units_around(const ntm_units *units, int kind, int64_t unit, int32_t on);
PyObject *core_units_above(const ntm_units *units, int64_t unit, int echelon, int32_t on);
PyObject *core_units_place(const ntm_units *units, int64_t unit, int32_t on);
PyObject *core_units_attribute(const ntm_units *units, int64_t unit, const char *attribute, int32_t on, bool inherited);
size_t ntm_units_edge_count(const ntm_units *units);
PyObject *core_units_edge(const ntm_units *units, size_t index);
PyObject *core_units_parts(const ntm_units *units, int64_t unit, int32_t first, int32_t last, bool made_of);
PyObject *core_units_reform(const ntm_units *units, PyObject *filter, int32_t on);

%newobject core_cascade_new;
core_cascade *core_cascade_new(PyObject *owner, const ntm_units *units, size_t steps);
PyObject *core_cascade_add(core_cascade *cascade, PyObject *owner, const core_set *set, PyObject *table_owner,
                           core_table *table_or_none, PyObject *code, PyObject *level, PyObject *axes);
PyObject *core_cascade_run(core_cascade *cascade, int32_t on, int64_t within, bool out_of_force, bool ignore_unknown,
                           PyObject *inherited, PyObject *others_owner, const core_set **others, size_t other_count);
ntm_attainment *core_cascade_result(const core_cascade *cascade, size_t step);
PyObject *core_cascade_rows(const core_cascade *cascade, size_t step);
PyObject *core_cascade_names(const core_cascade *cascade, size_t step);
PyObject *core_cascade_counts(const core_cascade *cascade, size_t step, size_t index, size_t row);
PyObject *core_cascade_children(const core_cascade *cascade, size_t step, size_t index, size_t row);
%newobject core_cascade_explain;
ntm_explanation *core_cascade_explain(const core_cascade *cascade, size_t step, size_t row, int of, size_t index);
PyObject *core_set_digest(const core_set *set);
PyObject *core_proof(const core_plan *plan, core_table *table, size_t row, int of, size_t index,
                     const char *unit_or_none, int32_t known_on, const char *period_or_none, int32_t recorded_on,
                     core_table *observed_or_none);
PyObject *core_cascade_proof(const core_cascade *cascade, size_t step, size_t row, int of, size_t index,
                             int32_t known_on, const char *period_or_none, int32_t recorded_on,
                             core_table *observed_or_none);
PyObject *core_cascade_tree(const core_cascade *cascade, size_t step, size_t row, int language, size_t most);
%newobject core_rollup_new;
ntm_rollup *core_rollup_new(PyObject *columns, size_t count, size_t from_rows, size_t to_rows);
%newobject core_rollup_over_periods;
ntm_rollup *core_rollup_over_periods(size_t rows, PyObject *groups, size_t period_count, size_t group_count);
%newobject core_rollup_across;
ntm_rollup *core_rollup_across(const ntm_units *units, PyObject *from_units, int32_t since, PyObject *to_units, int32_t by,
                               const char *or_none, bool ignore_others);
%newobject core_rollup_up;
ntm_rollup *core_rollup_up(const ntm_units *units, PyObject *from_units, PyObject *to_units, PyObject *filter,
                           bool ignore_others);
%newobject core_rollup_then;
ntm_rollup *core_rollup_then(const ntm_rollup *first, const ntm_rollup *second);
size_t ntm_rollup_from_rows(const ntm_rollup *rollup);
size_t ntm_rollup_to_rows(const ntm_rollup *rollup);
%newobject core_rolled_new;
ntm_rolled *core_rolled_new(const ntm_rollup *rollup, core_table *table, PyObject *facts, bool ignore_unknown, int scale);
PyObject *core_rolled_names(const ntm_rolled *rolled);
size_t core_rolled_rows(const ntm_rolled *rolled);
PyObject *core_rolled_column(const ntm_rolled *rolled, size_t index);
PyObject *core_rolled_range(const ntm_rolled *rolled, const char *column, size_t row);
PyObject *core_rolled_parts(const ntm_rolled *rolled, const char *column, size_t row);

PyObject *core_panel(const core_plan *plan, core_table *table, core_table *products, size_t least_sheets, int digits,
                     int rounding);
PyObject *core_climb(const core_plan *plan, core_table *table, size_t row, size_t target, PyObject *costs,
                     size_t combinations_max);
PyObject *core_deciding(const core_plan *plan, core_table *table, size_t row, int of, size_t index, uint64_t work);
PyObject *core_collecting(const core_plan *plan, core_table *table, int of, size_t index, int could_show,
                          bool all_facts, uint64_t work);

PyObject *core_csv_columns(const char *bytes, size_t size, const char *name, const char *separator, PyObject *fields);
PyObject *core_set_lint(const core_set *set);
PyObject *core_overlay_lint(const core_overlay *overlay, const core_set *base);
PyObject *core_catalogue_lint(const ntm_catalogue *catalogue);
PyObject *core_lint_codes(void);

%newobject core_poverty_measure;
ntm_poverty *core_poverty_measure(core_table *table, PyObject *indicators, PyObject *cutoff, uint32_t cutoff_count,
                                  int incomplete, bool gaps, const char *population_or_none, PyObject *groups);
size_t ntm_poverty_groups(const ntm_poverty *poverty);
PyObject *core_poverty_key(const ntm_poverty *poverty, size_t group, size_t field);
PyObject *core_poverty_count(const ntm_poverty *poverty, int64_t group);
PyObject *core_poverty_get(const ntm_poverty *poverty, int64_t group, int of, size_t indicator);
PyObject *core_poverty_rounded(const ntm_poverty *poverty, int64_t group, int of, size_t indicator,
                               unsigned percent_digits, int scale, int rounding);
PyObject *core_nested_weights(PyObject *indicators);
%newobject core_transitions_count;
ntm_transitions *core_transitions_count(core_table *first, core_table *second, const char *id, const char *class_least,
                                        const char *most_or_none, PyObject *classes, int counted_by,
                                        const char *population_or_none, PyObject *groups);
size_t ntm_transitions_groups(const ntm_transitions *transitions);
PyObject *core_transitions_key(const ntm_transitions *transitions, size_t group, size_t field);
PyObject *core_transitions_get(const ntm_transitions *transitions, int64_t group, int64_t before, int64_t after);
%newobject core_top_up_sum;
ntm_top_up *core_top_up_sum(core_table *table, const char *benefits, const char *target_or_none,
                            const char *area_or_none, PyObject *areas, const char *entitled_or_none, PyObject *groups,
                            PyObject *rows);
size_t ntm_top_up_groups(const ntm_top_up *top_up);
PyObject *core_top_up_key(const ntm_top_up *top_up, size_t group, size_t field);
PyObject *core_top_up_get(const ntm_top_up *top_up, int64_t group);

%newobject core_balance_new;
ntm_balance *core_balance_new(core_table *table, const char *or_none, PyObject *widths);
size_t ntm_balance_cell_count(const ntm_balance *balance);
size_t ntm_balance_equation_count(const ntm_balance *balance);
PyObject *core_balance_declare(ntm_balance *balance, const char *text, size_t size);
PyObject *core_balance_declare_rows(ntm_balance *balance, const char *text, size_t size, PyObject *columns);
PyObject *core_balance_declare_tree(ntm_balance *balance, core_table *parents, PyObject *columns);
PyObject *core_balance_check(const ntm_balance *balance);
PyObject *core_balance_locate(const ntm_balance *balance, size_t size_most, size_t sets_most, uint64_t work_most);

PyObject *core_decimal_parse(const char *text, size_t size, int locale);
PyObject *core_decimal_format(int64_t coefficient, int scale, int locale);
PyObject *core_printed_parse(const char *text, size_t size, int locale);
PyObject *core_money_parse(const char *text, size_t size, int locale);
PyObject *core_measure_format(const char *unit, int language);
PyObject *core_money_format(int64_t amount, int language);
PyObject *core_measure_power(const char *unit, const char *to);
PyObject *core_name_equal(const char *a, size_t a_size, const char *b, size_t b_size);
PyObject *core_status(int status);
PyObject *core_fail(int status, const char *subject, const char *message);
const char *ntm_version(void);

%constant int STATUS_END = NTM_STATUS_END;
%constant int DATE_NONE = NTM_DATE_NONE;
