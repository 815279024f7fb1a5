/* SPDX-License-Identifier: Apache-2.0 */
/* Random sets and units for tests of gaps through the public interface alone: what a gap says is done to a copy of the
 * unit, and an ordinary evaluation says whether that was enough.
 */
#ifndef NTM_TEST_TRIES_H
#define NTM_TEST_TRIES_H

#include "review.h"

#include <ntm/gap.h>

__extension__ typedef __int128 i128;

/* ------------------------------------------------------------------------------------------- facts */

/* c1 is part of c0; n is by sex; villages are the units below. */
typedef enum what {
    U_A0,
    U_A1,
    U_A2,
    U_A3,
    U_A4,
    U_S0, /* a share, 0 to 100 % */
    U_M0, /* money */
    U_C0,
    U_C1,
    U_C2,
    U_C3,
    U_C4,
    U_NF,
    U_NM,
    U_DAY,
    U_F0,
    U_F1,
    U_F2,
    U_F3,
    U_F4,
    U_L0,
    U_L1,
    U_HOLDS,
    U_MET,
    U_OPEN, /* units below of which nobody can tell */
    U_TOTAL,
    U_REGION,
    U_END
} what;

typedef enum what_sort { W_AMOUNT, W_COUNT, W_DAY, W_FLAG, W_LEVEL, W_REGION } what_sort;

/* A billionth: the smallest step of an amount. */
enum { TINY = 1000000000 };

const char *what_name(what fact);
what_sort what_sorted(what fact);
/* The number 1 as values are kept: TINY for amounts. */
int64_t what_one(what fact);
/* By the name of a column; U_END for none. */
what what_named(const char *name);

/* What is known of one unit. */
typedef struct unit {
    int64_t value[U_END]; /* x what_one(); 0 and 1; place on the scale */
    uint8_t known[U_END]; /* ntm_known */
    bool limited[U_END][2];
    int64_t limit[U_END][2]; /* least and most, x 10 what_one() */
} unit;

/* A random unit; of a hundred facts so many are missing, and half of those are bounded. */
void unit_draw(unit *out, uint64_t *random, unsigned missing, bool limits);
/* Reports what was not, inside of what it has to lie between. */
void unit_fill(unit *out, const unit *from, uint64_t *random);
/* Columns of all units, of random types. */
void units_encode(sheet *s, const unit *units, size_t rows, uint64_t *random);

/* ------------------------------------------------------------------------------------------- sets */

/* One condition of a simple set. */
typedef struct leaf {
    what fact;
    ntm_comparison compare; /* of numbers */
    int64_t number;         /* x what_one(); the level; of a share of c0: the per cent */
    bool of_c0;
    bool good;     /* false under an odd number of denials: its loss is wanted */
    int indicator; /* in which; -1 = a criterion's own rule */
    int criterion;
} leaf;

typedef enum maker {
    MAKE_ONCE,     /* every fact in one place at most, every kind of rule */
    MAKE_MONOTONE, /* facts in many places, but more of one is always good, or always bad */
    MAKE_ALONE,    /* every indicator is one condition of any kind */
    MAKE_SIMPLE    /* plain comparisons, flags and levels that are kept as leaves; every fact in one place */
} maker;

enum { SET_TEXT = 32768, SET_LEAVES = 24, SET_PARTS = 16 };

typedef struct made {
    maker how;
    uint64_t random;
    char text[SET_TEXT];
    size_t size;
    uint64_t used;    /* facts that stand somewhere */
    uint64_t pairs;   /* facts that stand with others in one quantity */
    bool doubled;     /* one stands twice although none should */
    bool good[U_END]; /* more of it is good */
    int criteria;     /* so many */
    int indicators;   /* so many */
    int first[SET_PARTS + 1];
    bool own[SET_PARTS]; /* criteria with rules of their own */
    int preconditions;
    int needed_lost; /* criteria lost that make the revocation rule hold; 0 = there is no such rule */
    leaf leaves[SET_LEAVES];
    int leaf_count;
    int indicator, criterion; /* that are being made */
    ntm_set *set;
} made;

void made_start(made *g, maker how, uint64_t seed);
void made_end(made *g);
uint64_t made_below(made *g, uint64_t end);
void made_put(made *g, const char *format, ...);
/* A condition; `good` is false where it stands under an odd number of denials. */
void made_condition(made *g, int depth, bool good);
/* One condition alone; tries-leaves.c. */
void made_leaf(made *g, bool good);

/* ------------------------------------------------------------------------------------------- trials */

typedef struct trial {
    ntm_of of;
    size_t index;
    bool met;
    bool as_before; /* as in the table that it came from */
    size_t row;     /* of the table that it came from */
    const char *why;
} trial;

typedef struct trials {
    unit *units;
    trial *what;
    size_t count, room;
} trials;

void trials_start(trials *t);
void trials_add(trials *t, const unit *u, ntm_of of, size_t index, bool met, size_t row, const char *why);
/* Evaluates all at once; whatever is not as expected fails the test. Forgets them. */
void trials_hold(trials *t, const made *g, uint64_t seed);
void trials_end(trials *t);

/* ------------------------------------------------------------------------------------------- gaps */

typedef struct found {
    sheet s;
    ntm_plan *plan;
    ntm_gaps *gaps;
} found;

void found_start(found *f, const made *g, const unit *units, size_t rows, ntm_kernels kernels,
                 const ntm_gaps_options *options, uint64_t *random);
void found_end(found *f);

/* What a unit has after some works: how much each fact goes up and down, and where it is put. */
typedef struct works {
    int64_t up[U_END], down[U_END];
    int64_t put[U_END]; /* -1 = nowhere */
    bool fits;          /* they can be done to a table: exact, told, within reach, no two against each other */
} works;

void works_start(works *w);
/* Adds what a gap asks for; `less` tiny or whole things less (more where below 0), of amounts. */
void works_add(works *w, const made *g, const found *f, const unit *u, const ntm_gap *gap, int64_t less);
/* False when the works contradict each other. */
bool works_do(const works *w, unit *u);

/* ------------------------------------------------------------------------------------------- leaves */

/* The sign that is wanted of a leaf, and whether it holds. */
ntm_comparison leaf_wanted(const leaf *l);
bool leaf_holds(const leaf *l, const unit *u, ntm_comparison sign);
/* What is asked for, x what_one(), as a fraction. */
ntm_fraction leaf_asked(const leaf *l, const unit *u);
bool leaf_of_amount(const leaf *l);

/* a against b, whatever the size. */
int fraction_compare(ntm_fraction a, ntm_fraction b);

#endif
