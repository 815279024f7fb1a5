/* SPDX-License-Identifier: Apache-2.0 */
/* Sets written in C in few words, for tests of criteria and attainment.
 *
 *     kit k;
 *     kit_start(&k, NULL);
 *     kit_fact(&k, "households", NTM_KIND_COUNT, "household");
 *     kit_criterion(&k, "1", 0);
 *     kit_indicator(&k, "1.1", k_compare(&k, k_fact(&k, "households"), NTM_MORE, k_number(&k, "3", "household")));
 *     const ntm_set *set = kit_done(&k);
 *     ...
 *     kit_end(&k);
 *
 * The first failing call is kept in `status`, and everything after it does nothing: so the same code serves tests in
 * which allocations fail. kit_done() asserts that all went well.
 */
#ifndef NTM_TEST_KIT_H
#define NTM_TEST_KIT_H

#include "fault.h"

#include <ntm/criteria.h>

typedef struct kit {
    ntm_set_builder *builder;
    ntm_problems *problems;
    ntm_set *set;
    const ntm_allocator *allocator;
    ntm_status status;
    ntm_error err;
} kit;

/* The day of most tests, inside the period of kit sets (2016-12-01 to 2020-12-31). */
#define KIT_DAY (ntm_date_ymd(2020, 2, 25))

extern const ntm_citation kit_cited;  /* by source "S1", which kit_start() adds */
extern const ntm_citation kit_absent; /* by nothing */

void kit_start(kit *k, const ntm_allocator *allocator);
void kit_start_spec(kit *k, const ntm_set_spec *spec, const ntm_allocator *allocator);
ntm_set_spec kit_spec(void);
ntm_status kit_freeze(kit *k);
const ntm_set *kit_done(kit *k);
void kit_end(kit *k);

ntm_decimal kit_decimal(const char *text);

void kit_fact(kit *k, const char *id, ntm_fact_kind kind, const char *unit);
void kit_bounded(kit *k, const char *id, ntm_fact_kind kind, const char *unit, const char *least, const char *most);
void kit_part(kit *k, const char *id, ntm_fact_kind kind, const char *unit, const char *part_of);
void kit_by(kit *k, const char *id, ntm_fact_kind kind, const char *unit, const char *dimension);
void kit_levels(kit *k, const char *id, const char *const *levels, size_t count);
void kit_fact_spec(kit *k, const ntm_fact *fact);
void kit_axis(kit *k, const char *id, const char *const *values, size_t count);
void kit_dimension(kit *k, const char *id, const char *const *members, size_t count);
/* One number for all. */
void kit_figure(kit *k, const char *id, const char *unit, const char *value);
/* Over one axis; a NULL value leaves its cell out. */
void kit_figure_by(kit *k, const char *id, const char *unit, const char *axis, const char *const *keys,
                   const char *const *values, size_t count, bool interpolate);
void kit_figure_spec(kit *k, const ntm_figure *figure);
void kit_criterion(kit *k, const char *id, ntm_node rule);
void kit_indicator(kit *k, const char *id, ntm_node rule);
void kit_precondition(kit *k, const char *id, ntm_node rule);
void kit_rules(kit *k, ntm_node status, ntm_node revocation, ntm_node grade);

/* `most` as text, or NULL. */
void kit_value(kit *k, const char *id, const char *unit, const char *most, ntm_node rule);
void kit_scope(kit *k, const char *axis, const char *use, ntm_node when);
/* One class, or NULL for all. */
void kit_recogniser(kit *k, const char *by, const char *class_label, ntm_date from, ntm_date to);
void kit_counterpart(kit *k, const char *id, const char *of, bool is_criterion);

ntm_node k_value(kit *k, const char *id);
ntm_node k_figure_of(kit *k, const char *set, const char *figure, const char *unit);
ntm_node kit_node(kit *k, const ntm_node_spec *spec);
ntm_node k_fact(kit *k, const char *id);
ntm_node k_figure(kit *k, const char *id);
ntm_node k_number(kit *k, const char *value, const char *unit);
ntm_node k_compare(kit *k, ntm_node a, ntm_comparison compare, ntm_node b);
ntm_node k_attested(kit *k, const char *id);
ntm_node k_at_level(kit *k, const char *level, const char *id);
ntm_node k_holds(kit *k, const char *id);
ntm_node k_criterion(kit *k, const char *id);
ntm_node k_indicator(kit *k, const char *id);
ntm_node k_if_applicable(kit *k, const char *id, ntm_node then);
ntm_node k_list(kit *k, ntm_node_kind kind, uint32_t number, const ntm_node *of, size_t count);
ntm_node k_points(kit *k, const ntm_node *of, const ntm_decimal *points, size_t count);
ntm_node k_over(kit *k, ntm_node_kind kind, ntm_over over, const char *label, const char *name, ntm_node of);
ntm_node k_count(kit *k, ntm_node_kind kind, ntm_over over, ntm_verdict verdict, const char *const *members,
                 size_t member_count);
ntm_node k_rounded(kit *k, ntm_node of, uint8_t digits, ntm_rounding rounding, const char *unit);

/* A set with every kind of part and node. `vary` changes one thing each: 0 is the set itself, kit_full_variants() - 1
 * the last; all are valid and no two are equal. Leaves the kit unfrozen. */
void kit_full(kit *k, int vary, const ntm_allocator *allocator);
int kit_full_variants(void);

/* Any node with others below: k_of(k, NTM_ALL, a, b, c). */
#define k_of(k, kind, ...)                                                                                             \
    k_list((k), (kind), 0, (const ntm_node[]){__VA_ARGS__}, sizeof((const ntm_node[]){__VA_ARGS__}) / sizeof(ntm_node))
#define k_at_least(k, number, ...)                                                                                     \
    k_list((k), NTM_AT_LEAST, (number), (const ntm_node[]){__VA_ARGS__},                                               \
           sizeof((const ntm_node[]){__VA_ARGS__}) / sizeof(ntm_node))

/* Asserts that freezing fails and that a problem was found with this status, with `piece` in its message or subject
 * (NULL = any), at this line and column (0 = any). Shows all problems otherwise. */
void kit_expect(kit *k, ntm_status status, const char *piece, uint32_t line, uint32_t column);

#endif
