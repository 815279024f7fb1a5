/* SPDX-License-Identifier: Apache-2.0 */
/* Families of boxes put together up the tree of what is open: quantities. Side 0 of a quantity are boxes in which it is
   surely at least their value, side 1 those in which it is at most. */
#include "decide/decide.h"

/* How the values of two boxes become one; false when that does not fit. */
typedef bool (*combine)(ntm_i_rational *out, ntm_i_rational a, ntm_i_rational b);

static bool smaller(ntm_i_rational *out, ntm_i_rational a, ntm_i_rational b) {
    *out = ntm_i_smaller(a, b);
    return true;
}

static bool larger(ntm_i_rational *out, ntm_i_rational a, ntm_i_rational b) {
    *out = ntm_i_larger(a, b);
    return true;
}

static void add_boxes(ntm_i_decide *s, ntm_i_array *to, size_t side, const ntm_i_array *one, const ntm_i_array *other,
                      combine how) {
    for (size_t i = 0; i < one->count && !s->spent; i++)
        for (size_t k = 0; k < other->count && !s->spent; k++) {
            const ntm_i_box *a = ntm_i_box_at(one, i), *b = ntm_i_box_at(other, k);
            ntm_i_rational value;
            if (!how(&value, a->value, b->value))
                s->cut = true;
            else if (ntm_i_join(s, a, b)) {
                s->box->value = value;
                ntm_i_family_add(s, to, side);
            }
        }
}

static void swap(ntm_i_array *a, ntm_i_array *b) {
    ntm_i_array before = *a;
    *a = *b;
    *b = before;
}

/* Kid after kid; of a difference the second counts from its other end. */
static void fold(ntm_i_decide *s, uint32_t at, size_t side, combine how, bool difference) {
    const ntm_i_rest *rest = ntm_i_rest_at(s, at);
    ntm_i_array *out = ntm_i_family(s, at, side), next;
    for (uint32_t i = 0; i < rest->count && !s->no_memory; i++) {
        uint32_t ref = ntm_i_kid_at(s, rest->first + i)->ref;
        const ntm_i_array *kid = ntm_i_family_of(s, ref, difference && i == 1 ? 1 - side : side);
        ntm_i_joining(s, ref, i == 0);
        if (i == 0) {
            for (size_t k = 0; k < kid->count; k++)
                ntm_i_family_append(s, out, ntm_i_box_at(kid, k));
            continue;
        }
        ntm_i_family_start(s, &next);
        add_boxes(s, &next, side, out, kid, how);
        swap(out, &next);
        ntm_i_family_end(s, &next);
    }
}

/* A minimum is at most what one of its kids is; a maximum at least. */
static void one_of(ntm_i_decide *s, uint32_t at, size_t side) {
    const ntm_i_rest *rest = ntm_i_rest_at(s, at);
    ntm_i_joining(s, NTM_I_REF(at), true);
    for (uint32_t i = 0; i < rest->count; i++) {
        const ntm_i_array *kid = ntm_i_family_of(s, ntm_i_kid_at(s, rest->first + i)->ref, side);
        for (size_t k = 0; k < kid->count; k++)
            if (ntm_i_join(s, ntm_i_box_at(kid, k), ntm_i_box_at(kid, k)))
                ntm_i_family_add(s, ntm_i_family(s, at, side), side);
    }
}

static void scaled(ntm_i_decide *s, uint32_t at) {
    const ntm_i_rest *rest = ntm_i_rest_at(s, at);
    bool turns = rest->value.least.numerator < 0;
    ntm_i_joining(s, NTM_I_REF(at), true);
    for (size_t side = 0; side < 2; side++) {
        const ntm_i_array *kid = ntm_i_family_of(s, ntm_i_kid_at(s, rest->first)->ref, turns ? 1 - side : side);
        for (size_t k = 0; k < kid->count; k++) {
            const ntm_i_box *box = ntm_i_box_at(kid, k);
            ntm_i_rational value = ntm_i_rational_int(0);
            bool nothing = rest->value.least.numerator == 0;
            if (!nothing && !ntm_i_rational_multiply(&value, box->value, rest->value.least))
                s->cut = true;
            else if (ntm_i_join(s, box, box)) {
                s->box->value = value;
                ntm_i_family_add(s, ntm_i_family(s, at, side), side);
            }
        }
    }
}

static void rounded(ntm_i_decide *s, uint32_t at) {
    const ntm_i_rest *rest = ntm_i_rest_at(s, at);
    const ntm_node_spec *node = &s->set->nodes[rest->k - 1];
    int power = s->set->info[rest->k - 1].unit.power;
    ntm_i_joining(s, NTM_I_REF(at), true);
    for (size_t side = 0; side < 2; side++) {
        const ntm_i_array *kid = ntm_i_family_of(s, ntm_i_kid_at(s, rest->first)->ref, side);
        for (size_t k = 0; k < kid->count; k++) {
            const ntm_i_box *box = ntm_i_box_at(kid, k);
            ntm_i_rational value = box->value;
            bool fits =
                !ntm_i_is_finite(value) || (ntm_i_rational_scale(&value, value, -power) &&
                                            ntm_i_rational_round(&value, value, node->value.scale, node->rounding) &&
                                            ntm_i_rational_scale(&value, value, power));
            if (!fits)
                s->cut = true;
            else if (ntm_i_join(s, box, box)) {
                s->box->value = value;
                ntm_i_family_add(s, ntm_i_family(s, at, side), side);
            }
        }
    }
}

/* Every count of conditions that can be shown, with what that asks for. */
static void counted(ntm_i_decide *s, uint32_t at, size_t side) {
    const ntm_i_rest *rest = ntm_i_rest_at(s, at);
    size_t most = rest->count;
    ntm_i_array *families = ntm_i_arena_take(&s->arena, most + 1, sizeof *families);
    if (families == NULL) {
        s->no_memory = true;
        return;
    }
    for (size_t k = 0; k <= most; k++)
        ntm_i_family_start(s, &families[k]);
    ntm_i_tally_together(s, families, at, side, most, false);
    for (size_t k = 0; k <= most; k++) {
        ntm_i_rational value, by = ntm_i_rational_int(rest->k == 0 ? 1 : (int64_t)rest->k);
        ntm_i_rational shown = ntm_i_rational_int((int64_t)k);
        bool fits = (side == 0 ? ntm_i_rational_add(&value, rest->value.least, shown)
                               : ntm_i_rational_subtract(&value, rest->value.most, shown)) &&
                    ntm_i_rational_divide(&value, value, by);
        for (size_t i = 0; i < families[k].count && fits; i++)
            if (ntm_i_join(s, ntm_i_box_at(&families[k], i), ntm_i_box_at(&families[k], i))) {
                s->box->value = value;
                ntm_i_family_add(s, ntm_i_family(s, at, side), side);
            }
        ntm_i_family_end(s, &families[k]);
    }
}

/* ------------------------------------------------------------------------------------------- points */

static void add_as_it_is(ntm_i_decide *s, ntm_i_array *to, size_t side, ntm_i_rational value) {
    ntm_i_box_clear(s);
    s->box->value = value;
    ntm_i_family_add(s, to, side);
}

/* At least what one condition gives that is met. */
static void points_least(ntm_i_decide *s, uint32_t at) {
    const ntm_i_rest *rest = ntm_i_rest_at(s, at);
    ntm_i_array *out = ntm_i_family(s, at, 0);
    add_as_it_is(s, out, 0, rest->value.least);
    for (uint32_t i = 0; i < rest->count; i++) {
        const ntm_i_kid *kid = ntm_i_kid_at(s, rest->first + i);
        const ntm_i_array *family = ntm_i_family_of(s, kid->ref, 0);
        for (size_t k = 0; k < family->count; k++) {
            if (!ntm_i_join(s, ntm_i_box_at(family, k), ntm_i_box_at(family, k))) continue;
            s->box->value = rest->k != 0 ? ntm_i_larger(rest->value.least, kid->points) : kid->points;
            ntm_i_family_add(s, out, 0);
        }
    }
}

/* The condition with most points among those below `than` (none: of all); SIZE_MAX when there is none. */
static size_t next_lower(const ntm_i_decide *s, const ntm_i_rest *rest, const ntm_i_rational *than, size_t after) {
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < rest->count; i++) {
        ntm_i_rational points = ntm_i_kid_at(s, rest->first + i)->points;
        int order = than == NULL ? -1 : ntm_i_rational_compare(points, *than);
        if (order > 0 || (order == 0 && i <= after)) continue;
        if (found == SIZE_MAX || ntm_i_rational_compare(points, ntm_i_kid_at(s, rest->first + found)->points) > 0)
            found = i;
    }
    return found;
}

/* At most what the conditions give that are left, when those that give more are not met. */
static void points_most(ntm_i_decide *s, uint32_t at) {
    const ntm_i_rest *rest = ntm_i_rest_at(s, at);
    ntm_i_array *out = ntm_i_family(s, at, 1), all, next;
    ntm_i_rational floor = rest->k != 0 ? rest->value.least : ntm_i_rational_int(0), than;
    ntm_i_family_start(s, &all);
    ntm_i_box_clear(s);
    ntm_i_family_append(s, &all, s->box);
    size_t kid = next_lower(s, rest, NULL, 0);
    ntm_i_joining(s, NTM_I_REF_MET, true);
    for (bool more = true; more && !s->no_memory && !s->spent;) {
        ntm_i_rational value =
            kid == SIZE_MAX ? floor : ntm_i_larger(floor, ntm_i_kid_at(s, rest->first + kid)->points);
        for (size_t i = 0; i < all.count; i++)
            if (ntm_i_join(s, ntm_i_box_at(&all, i), ntm_i_box_at(&all, i))) {
                s->box->value = value;
                ntm_i_family_add(s, out, 1);
            }
        more = kid != SIZE_MAX && ntm_i_spend(s, rest->count);
        if (!more) break;
        uint32_t ref = ntm_i_kid_at(s, rest->first + kid)->ref;
        ntm_i_joining(s, ref, false);
        ntm_i_family_start(s, &next);
        add_boxes(s, &next, 0, &all, ntm_i_family_of(s, ref, 1), smaller);
        swap(&all, &next);
        ntm_i_family_end(s, &next);
        than = ntm_i_kid_at(s, rest->first + kid)->points;
        kid = next_lower(s, rest, &than, kid);
    }
    ntm_i_family_end(s, &all);
}

void ntm_i_quantity_together(ntm_i_decide *s, uint32_t at) {
    switch ((ntm_i_rest_kind)ntm_i_rest_at(s, at)->kind) {
        case NTM_I_REST_SUM:
            fold(s, at, 0, ntm_i_rational_add, false);
            fold(s, at, 1, ntm_i_rational_add, false);
            break;
        case NTM_I_REST_DIFFERENCE:
            fold(s, at, 0, ntm_i_rational_subtract, true);
            fold(s, at, 1, ntm_i_rational_subtract, true);
            break;
        case NTM_I_REST_MINIMUM:
            fold(s, at, 0, smaller, false);
            one_of(s, at, 1);
            break;
        case NTM_I_REST_MAXIMUM:
            one_of(s, at, 0);
            fold(s, at, 1, larger, false);
            break;
        case NTM_I_REST_SCALED: scaled(s, at); break;
        case NTM_I_REST_ROUNDED: rounded(s, at); break;
        case NTM_I_REST_COUNT:
            counted(s, at, 0);
            counted(s, at, 1);
            break;
        default:
            points_least(s, at);
            ntm_i_joining(s, NTM_I_REF(at), true);
            points_most(s, at);
            break;
    }
}
