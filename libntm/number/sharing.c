/* SPDX-License-Identifier: Apache-2.0 */
#include "number/sharing.h"

#include "number/wide.h"

/* ------------------------------------------------------------------------------------------- the water level */

/* As the level λ rises from 0, a part leaves its floor at floor / weight and reaches its cap at cap / weight. These are the
   events: 2 × part for the first, 2 × part + 1 for the second. */
static int64_t event_amount(const ntm_i_part *parts, uint32_t event) {
    return event % 2 == 0 ? parts[event / 2].floor : parts[event / 2].cap;
}

/* amount_a / weight_a against amount_b / weight_b. A part leaves its floor before it reaches a cap as low. */
static int by_level(const void *context, uint32_t a, uint32_t b) {
    const ntm_i_part *parts = context;
    ntm_i_u256 left = ntm_i_u256_product((ntm_i_uwide)event_amount(parts, a), parts[b / 2].weight);
    ntm_i_u256 right = ntm_i_u256_product((ntm_i_uwide)event_amount(parts, b), parts[a / 2].weight);
    int order = ntm_i_u256_compare(left, right);
    return order != 0 ? order : (int)(a % 2) - (int)(b % 2);
}

/* Whether at the level of an event all parts together take the whole pot: fixed + λ × free_weight >= pot. */
static bool is_reached(const ntm_i_sharing *s, ntm_i_wide fixed, uint32_t event) {
    ntm_i_wide lacking = s->pot - fixed;
    if (lacking <= 0) return true;
    ntm_i_uwide amount = (ntm_i_uwide)event_amount(s->parts, event);
    return ntm_i_u256_compare(ntm_i_u256_product(amount, s->free_weight),
                              ntm_i_u256_product((ntm_i_uwide)lacking, s->parts[event / 2].weight)) >= 0;
}

/* Says of every part whether it is free at the level at which the pot is taken. What is fixed comes back. */
static ntm_i_wide find_level(ntm_i_sharing *s, ntm_i_wide floors) {
    uint32_t *events = s->room;
    size_t count = 0;
    ntm_i_wide fixed = floors;
    for (size_t i = 0; i < s->count; i++) {
        s->parts[i].held = NTM_I_AT_FLOOR;
        if (s->parts[i].weight == 0) continue;
        events[count++] = 2 * (uint32_t)i;
        if (s->parts[i].cap != NTM_I_UNCAPPED) events[count++] = 2 * (uint32_t)i + 1;
    }
    ntm_i_sort(events, s->room + 2 * s->count, count, by_level, s->parts);
    for (size_t i = 0; i < count && !is_reached(s, fixed, events[i]); i++) {
        ntm_i_part *part = &s->parts[events[i] / 2];
        if (events[i] % 2 == 0) {
            part->held = NTM_I_FREE;
            fixed -= part->floor;
            s->free_weight += part->weight;
        } else {
            part->held = NTM_I_AT_CAP;
            fixed += part->cap;
            s->free_weight -= part->weight;
        }
    }
    return fixed;
}

/* ------------------------------------------------------------------------------------------- the remainders */

static int in_line(const void *context, uint32_t a, uint32_t b) {
    const ntm_i_sharing *s = context;
    const ntm_i_part *first = &s->parts[a], *second = &s->parts[b];
    if (first->rest != second->rest) return first->rest > second->rest ? -1 : 1;
    if (first->weight != second->weight) return first->weight > second->weight ? -1 : 1;
    return s->tie(s->tie_context, a, b);
}

static void share_free(ntm_i_sharing *s) {
    int64_t left = s->free_pot;
    s->line = s->room;
    for (size_t i = 0; i < s->count; i++) {
        ntm_i_part *part = &s->parts[i];
        if (part->held != NTM_I_FREE) continue;
        ntm_i_u256 product = ntm_i_u256_product((ntm_i_uwide)s->free_pot, part->weight);
        part->share = (int64_t)ntm_i_u256_divide(product, s->free_weight, &part->rest).low;
        left -= part->share;
        s->line[s->free_count++] = (uint32_t)i;
    }
    ntm_i_sort(s->line, s->room + s->count, s->free_count, in_line, s);
    for (s->extra_count = 0; s->extra_count < (size_t)left; s->extra_count++) {
        ntm_i_part *part = &s->parts[s->line[s->extra_count]];
        part->share++; /* below its cap, or it would not be free with a rest */
        part->extra = true;
    }
}

bool ntm_i_share_out(ntm_i_sharing *s) {
    ntm_i_wide floors = 0;
    bool bounded = false;
    s->left = s->free_pot = 0;
    s->free_weight = 0;
    s->free_count = s->extra_count = 0;
    s->line = s->room;
    for (size_t i = 0; i < s->count; i++) {
        floors += s->parts[i].floor;
        bounded = bounded || s->parts[i].floor > 0 || s->parts[i].cap != NTM_I_UNCAPPED || s->parts[i].weight == 0;
    }
    if (floors > s->pot) return false;
    ntm_i_wide fixed = 0;
    for (size_t i = 0; i < s->count; i++) {
        ntm_i_part *part = &s->parts[i];
        part->rest = 0;
        part->extra = false;
        part->held = NTM_I_FREE;
        if (!bounded) s->free_weight += part->weight;
    }
    if (bounded) fixed = find_level(s, floors);
    for (size_t i = 0; i < s->count; i++)
        if (s->parts[i].held != NTM_I_FREE)
            s->parts[i].share = s->parts[i].held == NTM_I_AT_CAP ? s->parts[i].cap : s->parts[i].floor;
    int64_t over = (int64_t)(s->pot - fixed);
    if (s->free_weight == 0) {
        s->left = over;
    } else {
        s->free_pot = over;
        share_free(s);
    }
    return true;
}
