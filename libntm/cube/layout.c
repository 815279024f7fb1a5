/* SPDX-License-Identifier: Apache-2.0 */
/* Which bases tallies have when they are put together. A ledger with stocks needs bases that one without them does not: the
 * unit, the day, the dimension that tells what is a stock. Cells of a tally that lacks one are of no stock, and it does not
 * matter where in such a base they are: they are not stated there, and of the first day of all. */
#include <string.h>

#include "cube/cube.h"

/* Sides in their order; hidden ones, the unit first; the stage; time. */
static int rank_of(const ntm_i_base *base) {
    if (base->kind == NTM_I_BASE_TIME) return NTM_SIDES_MAX + 3;
    if (strcmp(base->dimension, "stage") == 0) return NTM_SIDES_MAX + 2;
    if (base->side >= 0) return base->side;
    return base->kind == NTM_I_BASE_UNIT ? NTM_SIDES_MAX : NTM_SIDES_MAX + 1;
}

static bool before(const ntm_i_base *a, const ntm_i_base *b) {
    int left = rank_of(a), right = rank_of(b);
    return left != right ? left < right : strcmp(a->dimension, b->dimension) < 0;
}

/* Whether a base is there for the sake of stocks only. */
static bool for_stocks(const ntm_cube_tally *tally, const ntm_i_base *base) {
    const ntm_i_question *q = &tally->question;
    if (base->side >= 0 || strcmp(base->dimension, "stage") == 0) return false;
    if (base->kind == NTM_I_BASE_TIME) return q->expected_count == 0 && !ntm_i_tree_matters(tally);
    if (base->kind == NTM_I_BASE_UNIT) return q->expected_count == 0;
    return q->measure == NTM_CUBE_AMOUNT || strcmp(base->dimension, "kind") != 0;
}

/* Takes a base in at its place, unless it is there; false when there are too many. */
static bool take_in(ntm_i_layout *layout, const ntm_i_base *base) {
    size_t at = 0;
    while (at < layout->count && before(layout->bases[at], base))
        at++;
    if (at < layout->count && strcmp(layout->bases[at]->dimension, base->dimension) == 0) return true;
    if (layout->count == NTM_I_BASES_MAX) return false;
    memmove(&layout->bases[at + 1], &layout->bases[at], (layout->count - at) * sizeof *layout->bases);
    layout->bases[at] = base;
    layout->count++;
    return true;
}

/* A base in which everything is not stated, or of the first day of all. */
static bool stand_in(ntm_i_base *out, const ntm_i_base *like, ntm_i_arena *arena) {
    const ntm_date first = ntm_date_ymd(1, 1, 1);
    *out = *like;
    out->count = 1;
    if (like->kind == NTM_I_BASE_TIME) {
        out->segments = ntm_i_arena_take(arena, 1, sizeof *out->segments);
        if (out->segments == NULL) return false;
        out->segments[0] = (ntm_i_segment){{NTM_PERIOD_DAY, first, first}, first, first};
        return true;
    }
    ntm_member *members = ntm_i_arena_take(arena, (size_t)like->declared + 1, sizeof *members);
    uint32_t *member_of = ntm_i_arena_take(arena, 1, sizeof *member_of);
    if (members == NULL || member_of == NULL) return false;
    if (like->declared > 0) memcpy(members, like->members, like->declared * sizeof *members);
    members[like->declared] = (ntm_member){"", NULL, NULL, false};
    member_of[0] = like->declared;
    out->members = members;
    out->member_count = like->declared + 1;
    out->member_of = member_of;
    return true;
}

static ntm_status conflict(ntm_error *err) {
    return ntm_i_fail(err, NTM_ERROR_CONFLICT, NTM_I_NOWHERE, "tallies of ledgers with different dimensions");
}

ntm_status ntm_i_layout_make(ntm_i_layout *layout, const ntm_cube_tally *const *from, size_t count, ntm_i_arena *arena,
                             ntm_error *err) {
    layout->count = 0;
    for (size_t t = 0; t < count; t++)
        for (size_t i = 0; i < from[t]->base_count; i++)
            if (!take_in(layout, &from[t]->bases[i])) return conflict(err);
    layout->of = ntm_i_arena_take(arena, count * NTM_I_BASES_MAX, sizeof *layout->of);
    layout->place = ntm_i_arena_take(arena, count * NTM_I_BASES_MAX, sizeof *layout->place);
    if (layout->of == NULL || layout->place == NULL) return ntm_i_no_memory(err);
    for (size_t i = 0; i < layout->count; i++) {
        ntm_i_base *absent = NULL;
        for (size_t t = 0; t < count; t++) {
            const ntm_i_base **of = &layout->of[t * NTM_I_BASES_MAX + i];
            uint32_t *place = &layout->place[t * NTM_I_BASES_MAX + i];
            *of = ntm_i_base_of(from[t], layout->bases[i]->dimension);
            *place = *of == NULL ? NTM_I_NO_NODE : (uint32_t)(*of - from[t]->bases);
            if (*of != NULL) continue;
            if (!for_stocks(from[t], layout->bases[i])) return conflict(err);
            if (absent == NULL) {
                absent = ntm_i_arena_take(arena, 1, sizeof *absent);
                if (absent == NULL || !stand_in(absent, layout->bases[i], arena)) return ntm_i_no_memory(err);
            }
            *of = absent;
        }
    }
    return NTM_OK;
}
