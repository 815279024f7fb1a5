/* SPDX-License-Identifier: Apache-2.0 */
/* How conditions are made up of others: down to where a fact decides. */
#include "gap/gap.h"

ntm_comparison ntm_i_denied(ntm_comparison sign) {
    switch (sign) {
        case NTM_LESS: return NTM_MORE_OR_EQUAL;
        case NTM_LESS_OR_EQUAL: return NTM_MORE;
        case NTM_MORE_OR_EQUAL: return NTM_LESS;
        case NTM_MORE: return NTM_LESS_OR_EQUAL;
        default: return sign;
    }
}

static bool counts_conditions(const ntm_node_spec *node) {
    return (node->kind == NTM_COUNT || node->kind == NTM_SHARE) && node->over != NTM_OVER_CHILDREN;
}

static ntm_i_shape shape_of_count(const ntm_node_spec *node) {
    return node->over == NTM_OVER_MEMBERS ? NTM_I_SHAPE_MEMBERS : NTM_I_SHAPE_PARTS;
}

ntm_i_made_up ntm_i_made_up_of(const ntm_set *set, ntm_node at) {
    const ntm_node_spec *node = &set->nodes[at - 1];
    switch (node->kind) {
        case NTM_ALL:
        case NTM_ANY:
        case NTM_AT_LEAST: return (ntm_i_made_up){.shape = NTM_I_SHAPE_NODES};
        case NTM_NOT: return (ntm_i_made_up){.shape = NTM_I_SHAPE_NOT};
        case NTM_IF_APPLICABLE: return (ntm_i_made_up){.shape = NTM_I_SHAPE_IF};
        case NTM_CRITERION:
        case NTM_INDICATOR: return (ntm_i_made_up){.shape = NTM_I_SHAPE_PART};
        case NTM_EVERY:
            if (node->over != NTM_OVER_MEMBERS) break;
            return (ntm_i_made_up){.shape = NTM_I_SHAPE_MEMBERS, .counted = at};
        case NTM_COMPARE:
            for (size_t side = 0; side < 2; side++)
                if (counts_conditions(&set->nodes[node->of[side] - 1]))
                    return (ntm_i_made_up){shape_of_count(&set->nodes[node->of[side] - 1]), node->of[side],
                                           node->of[1 - side],
                                           side == 0 ? node->compare : ntm_i_mirrored(node->compare)};
            break;
        default: break;
    }
    return (ntm_i_made_up){.shape = NTM_I_SHAPE_LEAF};
}

/* How many conditions there are of which a count counts some. */
static size_t size_of(const ntm_set *set, ntm_node at, const ntm_i_made_up *made) {
    if (made->shape == NTM_I_SHAPE_NODES) return set->nodes[at - 1].of_count;
    const ntm_node_spec *counted = &set->nodes[made->counted - 1];
    if (made->shape == NTM_I_SHAPE_MEMBERS) return set->dimensions[set->info[made->counted - 1].target].member_count;
    if (counted->member_count > 0) return counted->member_count;
    return counted->over == NTM_OVER_CRITERIA ? set->criterion_count : set->indicator_count;
}

/* What a count has to be: "at least", or "at most" so many. False for "=", and where nobody knows how many. */
static bool asked_of_count(ntm_i_gapping *g, const ntm_i_made_up *made, size_t all, ntm_comparison sign, bool *at_most,
                           int64_t *number) {
    ntm_i_interval want = ntm_i_exact_quantity(&g->x, made->threshold);
    ntm_i_rational whole = ntm_i_rational_int((int64_t)all);
    if (sign == NTM_EQUAL || !ntm_i_is_finite(want.least) || ntm_i_rational_compare(want.least, want.most) != 0)
        return false;
    if (g->set->nodes[made->counted - 1].kind == NTM_SHARE &&
        (all == 0 || !ntm_i_rational_multiply(&want.least, want.least, whole)))
        return false;
    ntm_i_wide floor = ntm_i_rational_floor(want.least), ceiling = ntm_i_rational_ceiling(want.least);
    if (floor < INT32_MIN || ceiling > INT32_MAX) return false;
    *at_most = sign == NTM_LESS || sign == NTM_LESS_OR_EQUAL;
    *number = sign == NTM_MORE_OR_EQUAL ? (int64_t)ceiling
              : sign == NTM_MORE        ? (int64_t)floor + 1
              : sign == NTM_LESS        ? (int64_t)ceiling - 1
                                        : (int64_t)floor;
    return true;
}

bool ntm_i_gap_needed(ntm_i_gapping *g, ntm_node at, const ntm_i_made_up *made, ntm_verdict aim, size_t *all,
                      int64_t *needed, ntm_verdict *child_aim) {
    const ntm_node_spec *node = &g->set->nodes[at - 1];
    *all = size_of(g->set, at, made);
    if (made->threshold == 0) {
        size_t k = node->kind == NTM_ANY ? 1 : node->kind == NTM_AT_LEAST ? node->k : *all;
        *needed = aim == NTM_MET ? (int64_t)k : (int64_t)(*all - k) + 1;
        *child_aim = aim;
        return *needed <= (int64_t)*all;
    }
    const ntm_node_spec *counted = &g->set->nodes[made->counted - 1];
    ntm_verdict wanted = made->shape == NTM_I_SHAPE_PARTS && counted->verdict == NTM_NOT_MET ? NTM_NOT_MET : NTM_MET;
    bool at_most;
    int64_t number;
    if (!asked_of_count(g, made, *all, aim == NTM_MET ? made->sign : ntm_i_denied(made->sign), &at_most, &number) ||
        (aim != NTM_MET && made->sign == NTM_EQUAL))
        return false;
    *needed = at_most ? (int64_t)*all - number : number;
    *child_aim = at_most ? ntm_i_opposite(wanted) : wanted;
    return *needed <= (int64_t)*all;
}

uint32_t ntm_i_gap_members_before(const ntm_i_gapping *g, const ntm_i_made_up *made) {
    return made->shape == NTM_I_SHAPE_MEMBERS ? g->x.members[g->set->info[made->counted - 1].target] : 0;
}

ntm_i_child ntm_i_gap_enter(ntm_i_gapping *g, ntm_node at, const ntm_i_made_up *made, size_t i) {
    const ntm_node_spec *node = &g->set->nodes[at - 1];
    if (made->shape == NTM_I_SHAPE_NODES) return (ntm_i_child){.node = node->of[i]};
    const ntm_node_spec *counted = &g->set->nodes[made->counted - 1];
    const ntm_i_node_info *info = &g->set->info[made->counted - 1];
    if (made->shape == NTM_I_SHAPE_MEMBERS) {
        g->x.members[info->target] = (uint32_t)i;
        return (ntm_i_child){.node = counted->of[0]};
    }
    return (ntm_i_child){0, counted->over == NTM_OVER_CRITERIA, info->among == NULL ? i : info->among[i]};
}

void ntm_i_gap_leave(ntm_i_gapping *g, const ntm_i_made_up *made, uint32_t before) {
    if (made->shape == NTM_I_SHAPE_MEMBERS) g->x.members[g->set->info[made->counted - 1].target] = before;
}

ntm_verdict ntm_i_gap_part_verdict(const ntm_i_gapping *g, bool is_criterion, size_t part) {
    uint32_t slot = is_criterion ? (uint32_t)part : ntm_i_slot_indicator(g->set, part);
    return ntm_i_truth_at(&g->run->verdicts[slot], g->x.row);
}
