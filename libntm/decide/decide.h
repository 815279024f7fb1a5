/* SPDX-License-Identifier: Apache-2.0 */
/* Looking for the facts that decide one row. What is open of the verdict is written down as a tree of conditions and
   quantities ("rest"), folded so that only open things stand in it; at its ends are leaves, parts of rules that look at
   facts alone. A few values are tried for every fact that is lacking, and each leaf is evaluated exactly with them. What
   settles a leaf is a family of boxes: for some facts the values that do, whatever all others are. Boxes are put together
   up the tree. A box of the root is right by its making; it is evaluated once more as a whole all the same. */
#ifndef NTM_I_DECIDE_H
#define NTM_I_DECIDE_H

#include <ntm/decide.h>

#include "attainment/exact.h"

#define NTM_I_LACKING_MAX 1024 /* facts lacking in a row */
#define NTM_I_LEAVES_MAX  2048
#define NTM_I_REST_MAX    16384
#define NTM_I_ROOM        (128u << 20) /* bytes of boxes at one time */
#define NTM_I_TRIED_MAX   32           /* values tried of one fact: bits of a mask */
#define NTM_I_LEAF_MAX    4            /* facts lacking in a leaf */
#define NTM_I_FAMILY_MAX  64           /* boxes kept of one thing */

/* What stands in the way of a verdict that no fact can remove. */
enum {
    NTM_I_WHY_LAW = 1,
    NTM_I_WHY_AXIS = 2,
    NTM_I_WHY_AWAY = 4,
    NTM_I_WHY_GIVEN_UP = 8 /* facts could, but too many hang together */
};

/* A fact that is not reported, and the values tried for it. */
typedef struct ntm_i_lacking {
    uint32_t input;
    uint32_t whole;      /* the lacking fact of which it is part, or NTM_I_NONE */
    bool has_part;       /* it is that of another */
    bool all;            /* every value that it can have is tried */
    bool in_scope;       /* some rule of scope looks at it */
    uint32_t uses;       /* leaves that look at it, or at its part or whole */
    ntm_i_interval lies; /* in its own unit */
    ntm_decimal *values; /* ascending; flags 0 and 1, levels their places */
    uint32_t count;
    uint32_t put; /* the value that stands in for it at the moment, or NTM_I_NONE */
    /* While a value stands in: what stood there before, and the memory of the value. */
    const ntm_column *column;
    ntm_i_form form;
    uint8_t scale;
    const void *before;
    uint64_t valid;
    uint64_t memory[2];
} ntm_i_lacking;

/* A part of a rule that looks at few lacking facts, and at no criterion or indicator that is open. */
typedef struct ntm_i_leaf {
    ntm_node at;
    bool quantity;
    bool repeats;  /* looks at one of them twice: may go up and down again */
    bool equal;    /* asks for one value */
    bool cut;      /* its boxes may not be all that there are */
    bool cut_sets; /* not even the sets of facts that settle it may be all */
    unsigned why;
    uint32_t facts[NTM_I_LEAF_MAX];
    uint32_t count;
    const uint32_t *members; /* of dimensions, as in ntm_i_exact; NULL outside of counts over members */
    ntm_i_array boxes[2];    /* met and not met; or at least and at most */
} ntm_i_leaf;

typedef enum ntm_i_rest_kind {
    NTM_I_REST_STUCK = 1, /* open, and no fact helps */
    NTM_I_REST_LEAF,
    NTM_I_REST_TALLY,   /* at least k of its kids */
    NTM_I_REST_COMPARE, /* of two quantities, by sign k */
    NTM_I_REST_KNOWN,   /* quantities from here on: `value` is all that will ever be known */
    NTM_I_REST_SUM,
    NTM_I_REST_DIFFERENCE,
    NTM_I_REST_MINIMUM,
    NTM_I_REST_MAXIMUM,
    NTM_I_REST_SCALED, /* times value.least */
    NTM_I_REST_COUNT,  /* value.least are counted surely, value.most possibly; divided by k, if that is not 0 */
    NTM_I_REST_POINTS, /* k: something is met already, worth value.least */
    NTM_I_REST_ROUNDED /* as node k says */
} ntm_i_rest_kind;

typedef struct ntm_i_rest {
    uint32_t kind;
    uint32_t first, count; /* kids */
    uint32_t k;
    uint32_t leaf;
    uint32_t why;
    ntm_i_interval value;
} ntm_i_rest;

/* How one thing of the rest names another. */
#define NTM_I_REF_MET     (UINT32_MAX - 1)
#define NTM_I_REF_NOT_MET UINT32_MAX
#define NTM_I_REF(index)  ((uint32_t)(index) << 1) /* odd: the opposite of it */

typedef struct ntm_i_kid {
    ntm_i_rational points;
    uint32_t ref;
} ntm_i_kid;

/* Values of some facts: in `tried`, one mask a lacking fact, 0 for a fact that may be anything. */
typedef struct ntm_i_box {
    ntm_i_rational value; /* of a quantity: surely at least, or at most, this */
    uint32_t size;        /* facts */
    uint32_t unused[3];
    uint32_t tried[];
} ntm_i_box;

typedef struct ntm_i_decide {
    ntm_i_run *run;
    const ntm_plan *plan;
    const ntm_set *set;
    ntm_of of;
    size_t index;
    bool all_values;  /* values are wanted that mean something, not only such as decide */
    uint8_t *reached; /* by slot of a part: the verdict still looks at it. Of the whole search, as the next three. */
    uint32_t *places; /* by input: the lacking fact, or NTM_I_NONE */
    uint32_t *refs;   /* by slot */
    uint64_t *seen;   /* by value: when it was last gone into */
    uint64_t turn;
    /* Of one row. */
    ntm_i_arena arena;
    ntm_i_array lacking;  /* of ntm_i_lacking */
    ntm_i_array leaves;   /* of ntm_i_leaf */
    ntm_i_array rest;     /* of ntm_i_rest, each behind its kids */
    ntm_i_array kids;     /* of ntm_i_kid */
    ntm_i_array wanting;  /* of ntm_deciding_wanting */
    ntm_i_array triples;  /* of uint32_t: the first of three inputs met, open, total of children */
    ntm_i_array families; /* of ntm_i_array, two for each rest; empty outside of putting together */
    uint32_t members[NTM_I_DIMENSIONS_MAX];
    bool within_members;
    uint32_t root;
    size_t words;     /* of a set of leaves */
    uint64_t *uses;   /* by lacking fact: its leaves */
    uint64_t *below;  /* by rest: its leaves */
    uint8_t *inner;   /* by lacking fact: nothing outside of what is put together looks at it */
    uint64_t *joined; /* the leaves of what is put together */
    ntm_i_box *box;   /* being made */
    size_t box_size;
    bool relaxed;      /* facts are counted, whatever their values */
    unsigned forgiven; /* what is taken for no obstacle */
    bool cut;          /* something was left out */
    bool spent;        /* and nothing more may be looked at */
    bool no_memory;
    uint64_t work; /* left */
    size_t room;   /* left, in bytes of boxes */
} ntm_i_decide;

static inline ntm_i_lacking *ntm_i_lacking_at(const ntm_i_decide *s, size_t i) {
    return &((ntm_i_lacking *)s->lacking.items)[i];
}
static inline ntm_i_leaf *ntm_i_leaf_at(const ntm_i_decide *s, size_t i) { return &((ntm_i_leaf *)s->leaves.items)[i]; }
static inline ntm_i_rest *ntm_i_rest_at(const ntm_i_decide *s, size_t i) { return &((ntm_i_rest *)s->rest.items)[i]; }
static inline ntm_i_kid *ntm_i_kid_at(const ntm_i_decide *s, size_t i) { return &((ntm_i_kid *)s->kids.items)[i]; }
static inline ntm_i_array *ntm_i_family(const ntm_i_decide *s, size_t rest, size_t side) {
    return &((ntm_i_array *)s->families.items)[2 * rest + side];
}
static inline ntm_i_box *ntm_i_box_at(const ntm_i_array *family, size_t i) {
    return (void *)((char *)family->items + i * family->item_size);
}

/* search.c: a search over the rows of a bound table. False: for want of memory. `work` is what one row may cost. */
bool ntm_i_decide_start(ntm_i_decide *s, ntm_i_run *run, ntm_of of, size_t index, const ntm_allocator *allocator);
void ntm_i_decide_end(ntm_i_decide *s);
/* Looks at a row: the rest, the values tried and the boxes of leaves. The run's block is that row. */
void ntm_i_decide_row(ntm_i_decide *s, size_t row, uint64_t work);
/* The verdict asked about, as it stands in the block. */
ntm_verdict ntm_i_decide_verdict(const ntm_i_decide *s);
/* Spends work; false when there is none left. */
bool ntm_i_spend(ntm_i_decide *s, uint64_t work);

/* put.c: values that stand in for what is lacking, and looking at the row as it then is. */
void ntm_i_stand_in(ntm_i_decide *s, uint32_t fact, uint32_t value);
void ntm_i_take_back(ntm_i_decide *s, uint32_t fact);
ntm_i_exact ntm_i_look(ntm_i_decide *s, const uint32_t *members);
/* Whether no part is above its whole, as things stand. */
bool ntm_i_parts_fit(ntm_i_decide *s);
/* The verdict asked about, everything evaluated anew as things stand. */
ntm_verdict ntm_i_evaluate_anew(ntm_i_decide *s);

/* below.c: what a rule looks at that is lacking. Registers it, and what is wanting otherwise. */
typedef struct ntm_i_below {
    uint32_t facts[NTM_I_LEAF_MAX + 1]; /* the first of them */
    uint32_t count;                     /* different ones, at most NTM_I_LEAF_MAX + 1 */
    uint32_t times;                     /* how often they are looked at */
    unsigned why;
    bool parts; /* looks at criteria or indicators that are open */
} ntm_i_below;
void ntm_i_look_below(ntm_i_decide *s, ntm_i_below *below, ntm_node at);
void ntm_i_wanting(ntm_i_decide *s, ntm_deciding_reason reason, ntm_wanting_kind kind, const char *id,
                   const char *delegated_to);

/* rest.c, rest_quantity.c: the tree of what is open. */
uint32_t ntm_i_rest_of(ntm_i_decide *s, ntm_node at);
uint32_t ntm_i_rest_of_quantity(ntm_i_decide *s, ntm_node at);
uint32_t ntm_i_rest_of_slot(ntm_i_decide *s, uint32_t slot);
uint32_t ntm_i_rest_of_root(ntm_i_decide *s);
uint32_t ntm_i_rest_stuck(ntm_i_decide *s, unsigned why);
/* At least k of the conditions. */
uint32_t ntm_i_rest_tally(ntm_i_decide *s, const uint32_t *refs, size_t count, size_t k);
/* A new thing with those kids (points NULL: none); its reference. */
uint32_t ntm_i_rest_new(ntm_i_decide *s, ntm_i_rest_kind kind, const uint32_t *refs, const ntm_i_rational *points,
                        size_t count);
uint32_t ntm_i_rest_leaf(ntm_i_decide *s, const ntm_i_below *below, ntm_node at, bool quantity);

/* reach.c: finds the criteria and indicators that the verdict still looks at. */
void ntm_i_find_reached(ntm_i_decide *s);

/* values.c: which values are tried. */
void ntm_i_choose_values(ntm_i_decide *s);

/* leaves.c: the boxes of all leaves. */
void ntm_i_fill_leaves(ntm_i_decide *s);

/* boxes.c: families of boxes. */
void ntm_i_family_start(ntm_i_decide *s, ntm_i_array *family);
/* Empties it for good. */
void ntm_i_family_end(ntm_i_decide *s, ntm_i_array *family);
/* Adds the box being made whatever stands there. */
void ntm_i_family_append(ntm_i_decide *s, ntm_i_array *family, const ntm_i_box *box);
/* Adds the box being made, unless a box there does as well; drops those than which it does better. `side`: of
   quantities, 0 when more is better, 1 when less is. */
void ntm_i_family_add(ntm_i_decide *s, ntm_i_array *family, size_t side);
/* Makes a box of two; false when they contradict one another. Its value is that of a. */
bool ntm_i_join(ntm_i_decide *s, const ntm_i_box *a, const ntm_i_box *b);
/* Makes the box that asks for nothing. */
void ntm_i_box_clear(ntm_i_decide *s);

/* together.c, together_quantity.c: the families of the whole rest. */
void ntm_i_put_together(ntm_i_decide *s, bool relaxed, unsigned forgiven);
void ntm_i_quantity_together(ntm_i_decide *s, uint32_t at);
/* All ways to have k, 0 to `most`, of the conditions on their side: families[k]. `exactly` keeps only the last. */
void ntm_i_tally_together(ntm_i_decide *s, ntm_i_array *families, uint32_t at, size_t side, size_t most, bool exactly);
const ntm_i_array *ntm_i_family_of(const ntm_i_decide *s, uint32_t ref, size_t side);
/* Says of which leaves things are put together from now on: those below one more. */
void ntm_i_joining(ntm_i_decide *s, uint32_t ref, bool first);
void ntm_i_end_families(ntm_i_decide *s);

/* choose.c: for both verdicts, met first, the smallest box of the root that holds when everything is evaluated with
   it. The root is open. Values come out as masks with one bit each, in memory of the row. */
typedef struct ntm_i_choice {
    ntm_deciding_reason reason;
    bool exact;
    uint32_t size;
    uint32_t *tried; /* by lacking fact; NULL when none was found */
} ntm_i_choice;
/* `wanted`: for which of the two. `measured`: whether it is to be found out if they are the smallest. */
void ntm_i_choose(ntm_i_decide *s, ntm_i_choice choices[2], const bool wanted[2], bool measured);

/* deciding.c: what both public calls ask first. */
ntm_status ntm_i_check_asked(const ntm_plan *plan, const ntm_table *table, ntm_of of, size_t index, ntm_error *err);

#endif
