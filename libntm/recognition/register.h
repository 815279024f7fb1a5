/* SPDX-License-Identifier: Apache-2.0 */
/* What a register is inside. */
#ifndef NTM_I_REGISTER_H
#define NTM_I_REGISTER_H

#include <ntm/recognition.h>

#include "base/error.h"
#include "base/memory.h"
#include "column/cells.h"

/* From a day on, until the next span of the track: what is so of one status of one unit. */
typedef struct ntm_i_span {
    ntm_date from;
    ntm_date since; /* since when without a break; NTM_DATE_NONE = always */
    ntm_date until; /* held: last day; NTM_DATE_NONE = none that is known */
    bool lasting;   /* held: how long is known */
    ntm_verdict verdict;
    ntm_lack reason;
    const char *label;
    size_t act;
} ntm_i_span;

/* The history of one status of one unit. */
typedef struct ntm_i_track {
    uint32_t status;   /* index of the status; NTM_I_LIFE: whether the unit is there at all */
    bool registered;   /* while loading: signed up for in this life */
    ntm_date acted_on; /* while loading: day of the last act, registrations apart, in this life */
    size_t acted;      /* and that act */
    ntm_i_array spans; /* of ntm_i_span, by day */
    struct ntm_i_track *next;
} ntm_i_track;

#define NTM_I_LIFE UINT32_MAX

/* A unit code and all that happened under it. */
typedef struct ntm_i_holder {
    const char *code;
    ntm_i_track *tracks;                 /* the life first; there always is one */
    bool seen;                           /* while loading: some act on it came before */
    bool ended;                          /* while loading: it is not there now */
    size_t ended_by;                     /* while loading: by which act */
    bool took_in;                        /* while loading: a merger made or enlarged it */
    ntm_date ending_on;                  /* while loading: day of the last merger or end of it */
    size_t ending_by;                    /* while loading: and that act */
    ntm_date made_on;                    /* while loading: day of the last merger into it */
    ntm_date born;                       /* known from its making by a merger; NTM_DATE_NONE = it was always there */
    size_t first_arrival, arrival_count; /* mergers into it, in `arrivals` */
} ntm_i_holder;

struct ntm_register {
    ntm_i_arena arena;
    bool partial;
    ntm_act *acts; /* by row */
    size_t act_count;
    ntm_i_holder *holders; /* by code */
    size_t holder_count;
    const char **statuses;  /* sorted */
    ntm_status_rule *rules; /* by status */
    size_t status_count;
    size_t *arrivals; /* acts that merged something, by successor, day, unit */
    size_t arrival_count;
};

/* A register in the making: problems are told together. */
typedef struct ntm_i_loading {
    ntm_register *reg;
    const ntm_register_options *options;
    ntm_i_cells cells;
} ntm_i_loading;

/* The stages of making one; each does nothing more after want of memory. */
void ntm_i_register_load(ntm_i_loading *l, const ntm_table *table); /* table to acts */
void ntm_i_register_index(ntm_i_loading *l);                        /* units, statuses, mergers */
void ntm_i_register_replay(ntm_i_loading *l);                       /* acts to spans, by day */
/* All mergers and ends of one day: `order` names `count` acts. */
void ntm_i_register_merge(ntm_i_loading *l, const size_t *order, size_t count);

/* NULL when there is none. */
ntm_i_holder *ntm_i_holder_find(const ntm_register *reg, const char *code, size_t size);
/* The mergers into a holder on a day: arrivals first .. end - 1. */
void ntm_i_arrivals_on(const ntm_register *reg, const ntm_i_holder *holder, ntm_date day, size_t *first, size_t *end);
size_t ntm_i_status_find(const ntm_register *reg, const char *status); /* SIZE_MAX when there is none */
ntm_i_track *ntm_i_track_find(const ntm_i_holder *holder, uint32_t status);
/* Finds or makes; NULL for want of memory. */
ntm_i_track *ntm_i_track_need(ntm_i_loading *l, ntm_i_holder *holder, uint32_t status);
/* The span that a day falls in; NULL before the first. */
const ntm_i_span *ntm_i_span_on(const ntm_i_track *track, ntm_date on);
/* Puts a span behind the last, or in its place when it begins on the same day. */
void ntm_i_span_push(ntm_i_loading *l, ntm_i_track *track, const ntm_i_span *span);

/* What is so on a day of a holder (NULL: nobody knows it) and a status. */
ntm_holding ntm_i_register_holding(const ntm_register *reg, const ntm_i_holder *holder, size_t status, ntm_date on);

#endif
