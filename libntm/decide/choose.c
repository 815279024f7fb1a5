/* SPDX-License-Identifier: Apache-2.0 */
/* The smallest sets of facts for a row, with values proven by evaluating everything with them; and why there is none. */
#include <string.h>

#include "decide/decide.h"

#define WHY_ALL (NTM_I_WHY_LAW | NTM_I_WHY_AXIS | NTM_I_WHY_AWAY)

/* ------------------------------------------------------------------------------------------- proving */

static uint32_t lowest(uint32_t mask) { return (uint32_t)__builtin_ctz(mask); }
static uint32_t highest(uint32_t mask) { return 31 - (uint32_t)__builtin_clz(mask); }

/* The value that asks for least: where more is better the lowest that does. With `apart`, parts as low and wholes as
   high as they may be. */
static uint32_t witness(const ntm_i_decide *s, uint32_t fact, uint32_t mask, bool apart) {
    const ntm_i_lacking *lacking = ntm_i_lacking_at(s, fact);
    if (apart && lacking->has_part) return highest(mask);
    if (apart && lacking->whole != NTM_I_NONE) return lowest(mask);
    uint32_t at = mask >> (lacking->count - 1) & 1 ? lowest(mask) : highest(mask);
    if (at > 0) return at;
    for (; lacking->values[at].coefficient < 0 && (mask & (mask - 1)) != 0; at = lowest(mask))
        mask &= mask - 1; /* both ends do: then rather one that is not below 0 */
    return at;
}

static bool holds(ntm_i_decide *s, const ntm_i_box *box, ntm_verdict wanted, bool apart, uint32_t *tried) {
    for (uint32_t i = 0; i < s->lacking.count; i++) {
        tried[i] = 0;
        if (box->tried[i] == 0) continue;
        uint32_t value = witness(s, i, box->tried[i], apart);
        tried[i] = UINT32_C(1) << value;
        ntm_i_stand_in(s, i, value);
    }
    bool good = ntm_i_parts_fit(s) && ntm_i_evaluate_anew(s) == wanted;
    for (uint32_t i = 0; i < s->lacking.count; i++)
        ntm_i_take_back(s, i);
    return good;
}

/* The box that comes next by size, then as it stands, behind number `after` of size `size`; SIZE_MAX for none. */
static size_t next_box(const ntm_i_array *family, size_t after, uint32_t size) {
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < family->count; i++) {
        uint32_t own = ntm_i_box_at(family, i)->size;
        if (after != SIZE_MAX && (own < size || (own == size && i <= after))) continue;
        if (found == SIZE_MAX || own < ntm_i_box_at(family, found)->size) found = i;
    }
    return found;
}

/* The first that holds. *failed tells that a smaller one did not. */
static void find(ntm_i_decide *s, ntm_i_choice *choice, ntm_verdict wanted, bool *failed) {
    const ntm_i_array *family = ntm_i_family_of(s, s->root, wanted == NTM_MET ? 0 : 1);
    uint32_t *tried = ntm_i_arena_take(&s->arena, s->lacking.count, sizeof *tried);
    if (tried == NULL) {
        s->no_memory = true;
        return;
    }
    size_t at = SIZE_MAX;
    uint32_t size = 0;
    while ((at = next_box(family, at, size)) != SIZE_MAX && !s->no_memory) {
        const ntm_i_box *box = ntm_i_box_at(family, at);
        size = box->size;
        if (holds(s, box, wanted, false, tried) || holds(s, box, wanted, true, tried)) {
            choice->reason = NTM_DECIDING_FOUND;
            choice->size = size;
            choice->tried = tried;
            return;
        }
        *failed = true;
    }
}

/* ------------------------------------------------------------------------------------------- measuring */

/* No set that shows it is smaller; UINT32_MAX: there is none at all, 0: not known. */
static uint32_t smallest_possible(const ntm_i_decide *s, size_t side) {
    const ntm_i_array *family = ntm_i_family_of(s, s->root, side);
    uint32_t size = UINT32_MAX;
    if (s->cut || s->spent) return 0;
    for (size_t i = 0; i < family->count; i++)
        if (ntm_i_box_at(family, i)->size < size) size = ntm_i_box_at(family, i)->size;
    return size;
}

static void count_again(ntm_i_decide *s, unsigned forgiven, uint64_t work) {
    s->cut = s->spent = false;
    s->work = work;
    ntm_i_put_together(s, true, forgiven);
}

/* What has to be forgiven before anything shows it. */
static ntm_deciding_reason obstacle(ntm_i_decide *s, size_t side, uint64_t work) {
    static const struct {
        unsigned forgiven;
        ntm_deciding_reason reason;
    } tries[] = {{NTM_I_WHY_LAW, NTM_DECIDING_LAW_ABSENT},
                 {NTM_I_WHY_AXIS, NTM_DECIDING_AXIS_UNKNOWN},
                 {NTM_I_WHY_AWAY, NTM_DECIDING_NOT_APPLICABLE},
                 {WHY_ALL, NTM_DECIDING_LAW_ABSENT}};
    for (size_t i = 0; i < sizeof tries / sizeof *tries && !s->no_memory; i++) {
        count_again(s, tries[i].forgiven, work);
        if (s->spent || s->no_memory) return NTM_DECIDING_LIMIT;
        if (ntm_i_family_of(s, s->root, side)->count > 0) return tries[i].reason;
    }
    return NTM_DECIDING_IMPOSSIBLE;
}

static bool some_leaf_is_cut(const ntm_i_decide *s) {
    for (size_t i = 0; i < s->leaves.count; i++)
        if (ntm_i_leaf_at(s, i)->cut) return true;
    return false;
}

void ntm_i_choose(ntm_i_decide *s, ntm_i_choice choices[2], const bool wanted[2], bool measured) {
    uint64_t work = s->work;
    bool failed[2] = {false, false}, again = false;
    for (size_t side = 0; side < 2; side++)
        choices[side] = (ntm_i_choice){NTM_DECIDING_LIMIT, false, 0, NULL};
    if (s->no_memory || s->spent) return;
    ntm_i_put_together(s, false, 0);
    if (s->no_memory) return;
    bool all = !s->cut && !s->spent && !some_leaf_is_cut(s);
    for (size_t side = 0; side < 2 && !s->spent; side++) {
        if (wanted[side]) find(s, &choices[side], side == 0 ? NTM_MET : NTM_NOT_MET, &failed[side]);
        bool found = choices[side].tried != NULL;
        choices[side].exact = found && ((all && !failed[side]) || choices[side].size <= 1);
        again = again || (wanted[side] && (!found || (measured && !choices[side].exact)));
    }
    if (!again || s->no_memory) return;
    count_again(s, 0, work);
    if (s->no_memory) return;
    uint32_t possible[2] = {smallest_possible(s, 0), smallest_possible(s, 1)};
    for (size_t side = 0; side < 2 && !s->no_memory; side++) {
        ntm_i_choice *choice = &choices[side];
        if (choice->tried != NULL) {
            choice->exact = choice->exact || choice->size == possible[side];
        } else if (wanted[side] && possible[side] == UINT32_MAX) {
            choice->reason = obstacle(s, side, work);
            choice->exact = choice->reason != NTM_DECIDING_LIMIT;
        } else if (wanted[side] && all && !failed[side] && possible[side] != 0) {
            choice->reason = NTM_DECIDING_IMPOSSIBLE;
            choice->exact = true;
        }
    }
}
