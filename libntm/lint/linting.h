/* SPDX-License-Identifier: Apache-2.0 */
/* A set being looked at, and what is known of its rules before any fact is. */
#ifndef NTM_I_LINTING_H
#define NTM_I_LINTING_H

#include "criteria/set.h"
#include "lint/findings.h"
#include "number/interval.h"

/* What a rule belongs to. */
typedef enum ntm_i_owner {
    NTM_I_OWNER_CRITERION = 1,
    NTM_I_OWNER_INDICATOR,
    NTM_I_OWNER_PRECONDITION,
    NTM_I_OWNER_STATUS,
    NTM_I_OWNER_REVOCATION,
    NTM_I_OWNER_GRADE,
    NTM_I_OWNER_VALUE,
    NTM_I_OWNER_SCOPE
} ntm_i_owner;

/* Where a node stands in its rule. */
typedef struct ntm_i_place_in_rule {
    ntm_i_owner owner; /* whose rule it is in, 0 = nobody's */
    uint32_t index;    /* which criterion, indicator ... */
    bool in_ladder;    /* below the steps of points, or what a class requires */
    bool against;      /* where the opposite is meant: below "not", a knock-out or a revocation */
} ntm_i_place_in_rule;

typedef struct ntm_i_linting {
    ntm_findings *to;
    ntm_i_arena scratch; /* what follows, and lists while they are made */
    const ntm_set *set;
    struct ntm_i_step *steps;    /* room for the steps of one ladder */
    ntm_i_place_in_rule *stands; /* by node - 1 */
    ntm_i_interval *reach;       /* quantities: what they can be, in base units */
    uint32_t *whole_of;          /* by fact: the fact that it is part of, or NTM_I_NO_TARGET */
    ntm_i_interval *fact_reach, *figure_reach, *value_reach;
    uint8_t *whole, *value_whole; /* quantities, by node - 1 and by value: only whole numbers of the base unit */
    uint8_t *sure;                /* conditions: the ntm_verdict that they have whatever the facts are, or NTM_OPEN */
} ntm_i_linting;

static inline const ntm_node_spec *ntm_i_node(const ntm_i_linting *l, ntm_node node) {
    return &l->set->nodes[node - 1];
}

/* Zeroed scratch memory; NULL after noting that there is none. */
void *ntm_i_lint_take(ntm_i_linting *l, size_t count, size_t size);

/* ------------------------------------------------------------------------------------------- places and words */

/* The place of a thing of the set. */
ntm_place ntm_i_place_of(const ntm_i_linting *l, const char *path, ntm_i_position at);
ntm_place ntm_i_place_named(ntm_i_linting *l, const char *section, const char *id, const ntm_i_position *at);
/* The same for what knows its layer: `origin` is the thing's, its file that of the layer. */
ntm_place ntm_i_place_with(ntm_i_linting *l, const char *section, const char *id, const ntm_i_origin *origin);
ntm_place ntm_i_place_of_indicator(ntm_i_linting *l, size_t index);
/* The place of a node: the path of what its rule belongs to, and its own line. */
ntm_place ntm_i_place_of_node(ntm_i_linting *l, ntm_node node);

/* A number in base units as the author of `like` would write it: "110 %", "no bound". */
#define NTM_I_SAID_SIZE 192
const char *ntm_i_say(const ntm_i_linting *l, char buffer[NTM_I_SAID_SIZE], ntm_i_rational value, ntm_node like);
/* The sign as files write it. */
const char *ntm_i_sign(ntm_comparison sign);

/* Ids one after the other, the first few in words: "1.1, 1.2, 3.1 and 7 more". */
typedef struct ntm_i_names_list {
    char text[320];
    size_t size;
    size_t shown;
    size_t count;
} ntm_i_names_list;
void ntm_i_list_add(ntm_i_names_list *list, const char *id);
/* The same for a cell of a figure: "BTB 2020". */
void ntm_i_list_add_cell(ntm_i_linting *l, ntm_i_names_list *list, size_t axes, const char *const *keys);
const char *ntm_i_list_text(ntm_i_names_list *list);

/* ------------------------------------------------------------------------------------------- what is known */

/* Fills stands, reach and sure; false for want of memory. */
bool ntm_i_lint_prepare(ntm_i_linting *l);
/* The verdict of a comparison of two intervals, or NTM_OPEN. */
ntm_verdict ntm_i_lint_compare(ntm_comparison sign, ntm_i_interval left, ntm_i_interval right);

/* Whether two rules say the same, citations aside. Large ones are never the same: nobody writes them twice. */
bool ntm_i_same_rule(const ntm_set *set, ntm_node a, ntm_node b);

/* The values of one quantity for which a condition is met: comparisons with known numbers, joined by "all". */
typedef struct ntm_i_stretch {
    ntm_node quantity;
    ntm_node like; /* whose unit its bounds are told in */
    ntm_i_rational least, most;
    bool least_open, most_open;
} ntm_i_stretch;
bool ntm_i_stretch_of(const ntm_i_linting *l, ntm_node condition, ntm_i_stretch *out);
/* Two conditions of an "all" that exclude each other; false if no two do. */
bool ntm_i_contradiction(const ntm_i_linting *l, ntm_node all, ntm_node *first, ntm_node *second);
/* Two conditions for two sorts of units: a part of one is "not" a part of the other. */
bool ntm_i_are_alternatives(const ntm_i_linting *l, ntm_node a, ntm_node b);
bool ntm_i_stretch_is_empty(const ntm_i_stretch *stretch);
/* Both are about the same quantity. */
ntm_i_stretch ntm_i_stretch_meet(const ntm_i_stretch *a, const ntm_i_stretch *b);
/* The steps of points that are stretches of one quantity, by their lower bounds, in l->steps; returns how many, 0 if
   fewer than 2. `step` tells which step of the ladder each is. */
typedef struct ntm_i_step {
    ntm_i_stretch stretch;
    size_t step;
} ntm_i_step;
#define NTM_I_STEPS_MAX 1000 /* of a ladder; longer ones are not looked at */
size_t ntm_i_steps_of(const ntm_i_linting *l, ntm_node ladder);
/* Whether values between two stretches (the upper one begins later) belong to neither. */
bool ntm_i_gap_between(const ntm_i_linting *l, const ntm_i_stretch *low, const ntm_i_stretch *high);

/* ------------------------------------------------------------------------------------------- the looks */

void ntm_i_lint_figures(ntm_i_linting *l);
void ntm_i_lint_rules(ntm_i_linting *l);
void ntm_i_lint_ladders(ntm_i_linting *l);
void ntm_i_lint_weights(ntm_i_linting *l);
void ntm_i_lint_values(ntm_i_linting *l);
void ntm_i_lint_grades(ntm_i_linting *l);
void ntm_i_lint_uses(ntm_i_linting *l);
void ntm_i_lint_citations(ntm_i_linting *l);

/* All of it, into the list; the set's findings are put in order. */
void ntm_i_lint_set(ntm_findings *to, const ntm_set *set);

#endif
