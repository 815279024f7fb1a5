/* SPDX-License-Identifier: Apache-2.0 */
/* Families of boxes. Of two boxes the one is left out that asks for no less and gives no more. Facts at which nothing
   outside looks only count; of the others it matters which they are. */
#include <string.h>

#include "decide/decide.h"

void ntm_i_family_start(ntm_i_decide *s, ntm_i_array *family) {
    ntm_i_array_start(family, &s->arena.allocator, s->box_size);
}

void ntm_i_family_end(ntm_i_decide *s, ntm_i_array *family) {
    s->room += family->count * s->box_size;
    ntm_i_array_end(family);
}

void ntm_i_family_append(ntm_i_decide *s, ntm_i_array *family, const ntm_i_box *box) {
    if (s->room < s->box_size) {
        s->cut = s->spent = true;
        return;
    }
    if (ntm_i_array_append(family, box, 1))
        s->room -= s->box_size;
    else
        s->no_memory = true;
}

void ntm_i_box_clear(ntm_i_decide *s) {
    memset(s->box, 0, s->box_size);
    s->box->value = ntm_i_rational_int(0);
}

/* Whether the values left for a part and its whole allow one another. */
static bool whole_fits(const ntm_i_decide *s, uint32_t part, uint32_t whole) {
    const ntm_i_lacking *p = ntm_i_lacking_at(s, part), *w = ntm_i_lacking_at(s, whole);
    uint32_t low = s->box->tried[part], high = s->box->tried[whole];
    if (low == 0 || high == 0 || s->relaxed) return true;
    ntm_i_rational least = ntm_i_rational_decimal(p->values[__builtin_ctz(low)]);
    return ntm_i_rational_compare(least, ntm_i_rational_decimal(w->values[31 - __builtin_clz(high)])) <= 0;
}

bool ntm_i_join(ntm_i_decide *s, const ntm_i_box *a, const ntm_i_box *b) {
    uint32_t size = 0, count = (uint32_t)s->lacking.count;
    if (!ntm_i_spend(s, 1 + count / 4)) return false;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t x = a->tried[i], y = b->tried[i];
        uint32_t both = x == 0 ? y : y == 0 ? x : x & y;
        if (both == 0 && (x | y) != 0) return false;
        s->box->tried[i] = both;
        size += both != 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t whole = ntm_i_lacking_at(s, i)->whole;
        if (whole != NTM_I_NONE && !whole_fits(s, i, whole)) return false;
    }
    s->box->size = size;
    s->box->value.numerator = a->value.numerator;
    s->box->value.denominator = a->value.denominator;
    return true;
}

/* Whether a is as good as b whatever else is asked. */
static bool does_as_well(const ntm_i_decide *s, const ntm_i_box *a, const ntm_i_box *b, size_t side) {
    int order = ntm_i_rational_compare(a->value, b->value);
    uint32_t inner_a = 0, inner_b = 0;
    if (a->size > b->size || (side == 0 ? order < 0 : order > 0)) return false;
    for (size_t i = 0; i < s->lacking.count; i++) {
        uint32_t x = a->tried[i], y = b->tried[i];
        if (s->inner[i]) {
            inner_a += x != 0;
            inner_b += y != 0;
        } else if (x != 0 && (y == 0 || (y & ~x) != 0)) {
            return false;
        }
    }
    return inner_a <= inner_b;
}

static void copy_box(const ntm_i_decide *s, ntm_i_box *to, const ntm_i_box *from) { memcpy(to, from, s->box_size); }

/* The box with most facts goes; of quantities the best stays, too. */
static void drop_largest(ntm_i_decide *s, ntm_i_array *family) {
    size_t worst = 0;
    for (size_t i = 1; i < family->count; i++)
        if (ntm_i_box_at(family, i)->size >= ntm_i_box_at(family, worst)->size) worst = i;
    family->count--;
    s->room += s->box_size;
    if (worst < family->count)
        memmove(ntm_i_box_at(family, worst), ntm_i_box_at(family, worst + 1),
                (family->count - worst) * family->item_size);
    s->cut = true;
}

void ntm_i_family_add(ntm_i_decide *s, ntm_i_array *family, size_t side) {
    size_t kept = 0;
    if (!ntm_i_spend(s, 1 + family->count * (1 + s->lacking.count / 4))) return;
    for (size_t i = 0; i < family->count; i++)
        if (does_as_well(s, ntm_i_box_at(family, i), s->box, side)) return;
    for (size_t i = 0; i < family->count; i++) {
        if (does_as_well(s, s->box, ntm_i_box_at(family, i), side)) continue;
        if (kept != i) copy_box(s, ntm_i_box_at(family, kept), ntm_i_box_at(family, i));
        kept++;
    }
    s->room += (family->count - kept) * s->box_size;
    family->count = kept;
    ntm_i_family_append(s, family, s->box);
    if (family->count > NTM_I_FAMILY_MAX) drop_largest(s, family);
}
