/* SPDX-License-Identifier: Apache-2.0 */
/* What gaps are inside, and what the parts of making them share. */
#ifndef NTM_I_GAP_H
#define NTM_I_GAP_H

#include <ntm/gap.h>

#include "attainment/measure.h"

#define NTM_I_SUBJECTS_MAX 65535
#define NTM_I_WITHIN_MAX   4 /* dimensions around one condition */

/* Amounts as they are kept: a decimal each, or what its scale says. */
enum {
    NTM_I_SCALE_NONE = 255, /* no number */
    NTM_I_SCALE_ODD = 254   /* no decimal: a place among `odd` */
};

typedef struct ntm_i_gap_line {
    int64_t least, most;
    uint32_t row;
    uint16_t subject;
    uint8_t least_scale, most_scale;
    uint8_t kind, untold, needed_for;
    bool strict, out_of_reach, down;
} ntm_i_gap_line;

typedef struct ntm_i_margin_line {
    int64_t spare, spare_under; /* numerator and denominator */
    int64_t relative, relative_under;
    uint32_t row;
    uint16_t criterion, subject;
    bool strict;
} ntm_i_margin_line;

struct ntm_gaps {
    ntm_i_arena arena; /* subjects and rows */
    const ntm_set *set;
    size_t rows;
    const ntm_gap_subject *subjects;
    size_t subject_count;
    ntm_i_array lines;    /* of ntm_i_gap_line */
    ntm_i_array odd;      /* of ntm_fraction */
    ntm_i_array margins;  /* of ntm_i_margin_line */
    size_t *first;        /* by row, with one more */
    size_t *first_margin; /* the same */
    ntm_gaps_row *about;  /* by row */
    ntm_risk *risks;      /* by row; NULL when it was not asked for, or there is no such rule */
    uint8_t *asked;       /* by row; NULL when all were */
    bool has_revocation;
};

/* ------------------------------------------------------------------------------------------- rules */

/* How a condition is made up of others. */
typedef enum ntm_i_shape {
    NTM_I_SHAPE_LEAF = 1, /* of none: a fact decides */
    NTM_I_SHAPE_NODES,    /* so many of the nodes below */
    NTM_I_SHAPE_NOT,
    NTM_I_SHAPE_IF,      /* of the node below, where it is applicable */
    NTM_I_SHAPE_MEMBERS, /* so many members of a dimension */
    NTM_I_SHAPE_PARTS,   /* so many criteria or indicators */
    NTM_I_SHAPE_PART     /* a criterion or indicator */
} ntm_i_shape;

typedef struct ntm_i_made_up {
    ntm_i_shape shape;
    ntm_node counted;    /* the count, share or `every` of members or parts */
    ntm_node threshold;  /* what a count is held against; 0 for `every` */
    ntm_comparison sign; /* of the count */
} ntm_i_made_up;

ntm_i_made_up ntm_i_made_up_of(const ntm_set *set, ntm_node node);

/* What is found about a node that has subjects of its own: one for each combination of the members around it. */
typedef struct ntm_i_place_in_rule {
    uint32_t first; /* its first subject */
    uint8_t within; /* number of dimensions around it */
    uint32_t dimensions[NTM_I_WITHIN_MAX];
    ntm_i_measure *measure;    /* of a comparison that is a leaf */
    struct ntm_i_quick *quick; /* of one that plain integers do; NULL for others */
    bool is_date;              /* what it measures are days of the calendar */
} ntm_i_place_in_rule;

/* A subject with what works on it share. */
typedef struct ntm_i_subject {
    uint32_t key; /* works with one key are one work: the same fact, whichever rule asks for it */
    bool priced;
    ntm_i_rational price; /* in the unit of the subject */
} ntm_i_subject;

/* ------------------------------------------------------------------------------------------- making */

/* Work on a subject in the row that is looked at. */
typedef struct ntm_i_work {
    uint32_t subject;
    uint8_t aim; /* the verdict that it is for */
    ntm_gap_kind kind;
    ntm_untold untold;
    bool strict, out_of_reach, down;
    bool surely; /* even in the best case something is lacking */
    uint8_t needed_for;
    bool plain;         /* the amount is `amount`; else between `least` and `most` */
    ntm_decimal amount; /* not below 0 */
    ntm_i_rational least, most;
    uint64_t listed; /* the listing in which it was seen last (ways.c) */
} ntm_i_work;

/* What a work is surely and at most. */
static inline ntm_i_interval ntm_i_work_amount(const ntm_i_work *work) {
    return work->plain ? ntm_i_point(ntm_i_rational_decimal(work->amount)) : (ntm_i_interval){work->least, work->most};
}

/* A way to make a condition hold: works on the stack from `start` to its end. */
typedef struct ntm_i_way {
    size_t start;
    size_t count;
} ntm_i_way;

/* How good a way is. */
typedef struct ntm_i_rank {
    size_t out_of_reach, untold, unpriced, works;
    ntm_i_rational least, most;
} ntm_i_rank;

/* A work as it counts once, while a way is reckoned up. */
typedef struct ntm_i_seen {
    uint64_t stamp;
    ntm_i_rational least, most; /* what it costs */
    bool untold, unpriced;      /* one of its works is */
} ntm_i_seen;

/* How much of something can go. */
typedef struct ntm_i_robust {
    bool known;  /* an amount could be lost that takes it along */
    bool untold; /* it could be lost, and nobody can tell by how much. Neither: no amount takes it along. */
    uint32_t subject;
    ntm_i_rational
        relative; /* of what is asked, maybe not in lowest terms; infinite where that is 0 and more than that is
                                to spare */
    ntm_i_rational spare;
    bool strict; /* the spare itself is too much */
} ntm_i_robust;

typedef struct ntm_i_gapping {
    const ntm_plan *plan;
    const ntm_set *set;
    const ntm_gaps_options *options;
    ntm_i_run *run;
    ntm_gaps *out;
    ntm_i_arena *arena;          /* of the making */
    ntm_i_place_in_rule *places; /* by node */
    ntm_i_made_up *made;         /* by node that is a condition */
    bool all_of_all;      /* all criteria, each all of its indicators, and no rule speaks of criteria or indicators */
    uint32_t *absent;     /* by part (criteria, indicators, preconditions): the subject of a rule that nobody read */
    ntm_i_array subjects; /* of ntm_gap_subject, while they are found */
    ntm_i_array inside;   /* of ntm_i_subject */
    uint32_t key_count;
    ntm_i_exact x;
    /* of the row */
    ntm_i_array works;         /* of ntm_i_work */
    ntm_i_array stack;         /* of uint32_t: places among the works */
    ntm_i_array ranks;         /* of alternatives (ways.c) */
    ntm_i_array robusts;       /* of ntm_i_robust */
    ntm_i_array steps;         /* of size_t */
    size_t *work_of;           /* by subject and aim: its work, SIZE_MAX for none */
    ntm_i_way *ways;           /* by part (criteria, indicators) and aim, in `kept`; start SIZE_MAX: not found yet */
    ntm_i_array kept;          /* of uint32_t: the ways of parts */
    ntm_i_robust *margins;     /* by part and aim */
    uint64_t *margin_row;      /* the same: the stamp of the row that they were found for */
    size_t depth;              /* parts around the part that is looked at */
    uint64_t listing;          /* tells one list of works from another */
    ntm_i_seen *seen;          /* by key and direction */
    uint64_t *criterion_stamp; /* by criterion */
    uint64_t stamp;
    bool no_memory;
} ntm_i_gapping;

static inline ntm_gap_subject *ntm_i_gap_subject_at(const ntm_i_gapping *g, size_t index) {
    return &((ntm_gap_subject *)g->subjects.items)[index];
}
static inline ntm_i_subject *ntm_i_gap_inside(const ntm_i_gapping *g, size_t index) {
    return &((ntm_i_subject *)g->inside.items)[index];
}
static inline ntm_i_work *ntm_i_gap_work(const ntm_i_gapping *g, size_t index) {
    return &((ntm_i_work *)g->works.items)[index];
}
static inline uint32_t *ntm_i_gap_stack(const ntm_i_gapping *g) { return g->stack.items; }

/* The verdict that stands against one. */
static inline ntm_verdict ntm_i_opposite(ntm_verdict aim) { return aim == NTM_MET ? NTM_NOT_MET : NTM_MET; }
/* The sign that holds where the other does not; "=" has none and stays. */
ntm_comparison ntm_i_denied(ntm_comparison sign);

/* subjects.c: finds all subjects of the set. */
ntm_status ntm_i_gap_subjects(ntm_i_gapping *g, ntm_error *err);
/* prices.c: reads the prices. */
ntm_status ntm_i_gap_prices(ntm_i_gapping *g, ntm_error *err);
/* The subject of a node in the members that are looked at. */
uint32_t ntm_i_gap_subject_of(const ntm_i_gapping *g, ntm_node node);

/* leaf.c: what has to be done so that a leaf has the verdict `aim`, which it surely has not. The work's place among the
   works, SIZE_MAX for want of memory. */
size_t ntm_i_gap_leaf(ntm_i_gapping *g, ntm_node node, ntm_verdict aim);
/* Measures a comparison in the row. False as ntm_i_measure_row(); *fits tells whether every number did. */
bool ntm_i_gap_measure(ntm_i_gapping *g, ntm_i_measured *out, const ntm_i_measure *m, bool *fits);
/* The work of a place where it cannot be told. Of a place's works for one aim the first found stays. */
size_t ntm_i_gap_untold(ntm_i_gapping *g, uint32_t subject, ntm_verdict aim, ntm_untold why);

/* quick.c: a row of a comparison as integers at one scale, in the unit of what is measured. */
typedef struct ntm_i_quick_row {
    ntm_i_wide have, want;
    unsigned scale;
    bool within_divisor; /* what is wanted is not more than the divisor */
} ntm_i_quick_row;
/* Finds out whether plain integers do for a place with a measure; false for want of memory. */
bool ntm_i_gap_quicken(ntm_i_gapping *g, ntm_i_place_in_rule *place);
/* False where exact rationals have to be asked. */
bool ntm_i_gap_quick_row(ntm_i_gapping *g, const ntm_i_place_in_rule *place, ntm_i_quick_row *out);
typedef enum ntm_i_to_whole {
    NTM_I_AS_IT_IS,
    NTM_I_UP,      /* to the next whole thing */
    NTM_I_BEYOND,  /* to the next, beyond a whole one too */
    NTM_I_DOWN,    /* to the whole thing before */
    NTM_I_SHORT_OF /* to the one before, short of a whole one too */
} ntm_i_to_whole;
/* An amount that is not below 0 as a decimal; false when it does not fit. */
bool ntm_i_quick_amount(ntm_decimal *out, ntm_i_wide amount, unsigned scale, ntm_i_to_whole whole);

/* ways.c: how many of the conditions that a node is made up of have to have which verdict. False: nobody can tell, or
   there are not so many. */
bool ntm_i_gap_needed(ntm_i_gapping *g, ntm_node node, const ntm_i_made_up *made, ntm_verdict aim, size_t *all,
                      int64_t *needed, ntm_verdict *child_aim);
/* The i-th of those conditions. Members are put in place until ntm_i_gap_leave(). */
typedef struct ntm_i_child {
    ntm_node node; /* 0 for a part */
    bool is_criterion;
    size_t part;
} ntm_i_child;
ntm_i_child ntm_i_gap_enter(ntm_i_gapping *g, ntm_node node, const ntm_i_made_up *made, size_t i);
void ntm_i_gap_leave(ntm_i_gapping *g, const ntm_i_made_up *made, uint32_t before);
uint32_t ntm_i_gap_members_before(const ntm_i_gapping *g, const ntm_i_made_up *made);
/* A criterion or indicator as the set's order counts them. */
static inline size_t ntm_i_gap_vertex(const ntm_i_gapping *g, bool is_criterion, size_t part) {
    return is_criterion ? part : g->set->criterion_count + part;
}
/* From this depth on, parts that a part refers to are looked at before it, in the set's order: a long chain of parts has to
   leave room on the stack. */
#define NTM_I_PARTS_DEEP 32
/* The verdict of a criterion or indicator. */
ntm_verdict ntm_i_gap_part_verdict(const ntm_i_gapping *g, bool is_criterion, size_t part);
/* Bytes of one of `ranks`. */
size_t ntm_i_gap_ranked_size(void);
/* Pushes the works that make a condition hold. */
ntm_i_way ntm_i_gap_way(ntm_i_gapping *g, ntm_node node, ntm_verdict aim);
ntm_i_way ntm_i_gap_part_way(ntm_i_gapping *g, bool is_criterion, size_t part, ntm_verdict aim);
/* The same for a criterion or indicator that is known not to be met, found anew each time. */
ntm_i_way ntm_i_gap_unmet_part_way(ntm_i_gapping *g, bool is_criterion, size_t part);
ntm_i_way ntm_i_gap_precondition_way(ntm_i_gapping *g, size_t index);
/* The way to the criteria's status, without preconditions. */
ntm_i_way ntm_i_gap_status_way(ntm_i_gapping *g);
/* rank.c */
ntm_i_rank ntm_i_gap_rank(ntm_i_gapping *g, ntm_i_way way);
/* Below 0: the first is better. */
int ntm_i_gap_compare(const ntm_i_rank *a, const ntm_i_rank *b);

/* margin.c */
/* How much can go while a condition keeps the verdict that it surely has. */
ntm_i_robust ntm_i_gap_margin(ntm_i_gapping *g, ntm_node node, ntm_verdict aim);
ntm_i_robust ntm_i_gap_part_margin(ntm_i_gapping *g, bool is_criterion, size_t part, ntm_verdict aim);
/* How many conditions, criteria counted one each, have to change until a node has a verdict; SIZE_MAX = it cannot. */
size_t ntm_i_gap_steps(ntm_i_gapping *g, ntm_node node, ntm_verdict aim);

#endif
