/* SPDX-License-Identifier: Apache-2.0 */
/* Random rules, in the set and in the test's own words at once. */
#include "model.h"

#include <stdio.h>
#include <string.h>

static int add(model *m, const mnode *node) {
    assert_true(m->node_count < MODEL_NODES);
    m->nodes[m->node_count] = *node;
    return m->node_count++;
}

static mnode blank(ntm_node_kind kind) {
    mnode node;
    memset(&node, 0, sizeof node);
    node.kind = kind;
    node.input = -1;
    node.figure = -1;
    return node;
}

/* An input that may be used: any, or one not used yet. */
static int take(model *m, const int *from, int count) {
    int start = (int)model_below(m, (uint64_t)count);
    for (int at = 0; at < count; at++) {
        int input = from[(start + at) % count];
        if (m->once && (m->used & 1u << input) != 0) continue;
        m->used |= 1u << input;
        return input;
    }
    return -1;
}

static int fact_node(model *m, int input) {
    mnode node = blank(NTM_FACT);
    node.input = input;
    if (input == IN_PAST) {
        ntm_node_spec spec;
        memset(&spec, 0, sizeof spec);
        spec.kind = node.kind = NTM_PAST;
        spec.name = "a0";
        spec.label = "before";
        node.node = kit_node(&m->kit, &spec);
    } else {
        node.node = k_fact(&m->kit, input == IN_FEMALE ? "t" : inputs[input].name);
    }
    return add(m, &node);
}

static int constant(model *m, family of) {
    static const char *const units[] = {"%", "household", "km", "person", "point"};
    static const int exponents[] = {-2, 0, 3, 0, 0};
    static const int spans[] = {120, 12, 60, 12, 12};
    mnode node = blank(NTM_CONSTANT);
    char text[32];
    int decimals = of == FAMILY_HOUSEHOLD || of == FAMILY_PERSON ? 0 : (int)model_below(m, 3);
    int64_t number = (int64_t)model_below(m, (uint64_t)spans[of] * 100) - (of == FAMILY_LENGTH ? 1000 : 0);
    for (int at = decimals; at < 2; at++)
        number /= 10;
    (void)ntm_decimal_format(text, sizeof text, (ntm_decimal){number, (uint8_t)decimals}, NTM_LOCALE_PLAIN);
    node.number = number;
    node.exponent = exponents[of] - decimals;
    node.node = k_number(&m->kit, text, units[of]);
    return add(m, &node);
}

/* A value that there is already; negative: none of that sort. */
static int value_node(model *m, family of) {
    int start = (int)model_below(m, MODEL_VALUES);
    for (int at = 0; at < m->value_count; at++) {
        char id[16];
        mnode node = blank(NTM_VALUE);
        node.part = (start + at) % m->value_count;
        if (m->values[node.part].family != of) continue;
        snprintf(id, sizeof id, "v%d", node.part);
        node.node = k_value(&m->kit, id);
        return add(m, &node);
    }
    return -1;
}

static int figure_node(model *m, family of) {
    static const char *const figures[] = {"f-share", "f-road", "f-households"};
    static const char *const others[] = {"o-share", "o-road", "o-households"};
    static const char *const sets[] = {"near", "far"};
    static const char *const units[][2] = {{"%", NULL}, {"km", "m"}, {"household", "household"}};
    int which = of == FAMILY_PLAIN ? 0 : of == FAMILY_LENGTH ? 1 : 2;
    bool own = model_below(m, 3) != 0;
    mnode node = blank(own ? NTM_FIGURE : NTM_FIGURE_OF);
    node.figure = which;
    if (own) {
        node.node = k_figure(&m->kit, figures[which]);
        return add(m, &node);
    }
    node.other = (int)model_below(m, MODEL_OTHERS);
    node.input = IN_FIGURES + node.other * MODEL_FIGURES + which;
    m->used |= 1u << node.input;
    node.node = k_figure_of(&m->kit, sets[node.other], others[which], units[which][node.other]);
    return add(m, &node);
}

static int leaf(model *m, family of) {
    static const int plain[] = {IN_S0, IN_S1};
    static const int households[] = {IN_C0, IN_C2, IN_C1};
    static const int lengths[] = {IN_A0, IN_A1, IN_PAST};
    static const int persons[] = {IN_FEMALE};
    if (!m->once && !m->in_scope) {
        int value = model_below(m, 5) == 0 || of == FAMILY_POINT ? value_node(m, of) : -1;
        if (value >= 0) return value;
        if (of < FAMILY_PERSON && model_below(m, m->often) == 0) return figure_node(m, of);
    }
    if (of == FAMILY_POINT || model_below(m, 4) == 0) return constant(m, of);
    int input = of == FAMILY_PLAIN       ? take(m, plain, 2)
                : of == FAMILY_HOUSEHOLD ? take(m, households, m->once ? 2 : 3)
                : of == FAMILY_LENGTH    ? take(m, lengths, 3)
                                         : take(m, persons, 1);
    return input < 0 ? constant(m, of) : fact_node(m, input);
}

static int compound(model *m, ntm_node_kind kind, const int *of, int count) {
    mnode node = blank(kind);
    ntm_node list[5];
    for (int at = 0; at < count; at++) {
        node.of[at] = of[at];
        list[at] = m->nodes[of[at]].node;
    }
    node.of_count = count;
    node.node = k_list(&m->kit, kind, 0, list, (size_t)count);
    return add(m, &node);
}

static int rounded(model *m, int of) {
    mnode node = blank(NTM_ROUNDED);
    node.of[0] = of;
    node.of_count = 1;
    node.digits = (int)model_below(m, 3);
    node.exponent = -2;
    node.rounding = (ntm_rounding)(1 + model_below(m, 4));
    node.node = k_rounded(&m->kit, m->nodes[of].node, (uint8_t)node.digits, node.rounding, "%");
    return add(m, &node);
}

/* How many, or which share, of the criteria so far, of the members or of the children. */
static int counted(model *m) {
    mnode node = blank(model_below(m, 2) == 0 ? NTM_COUNT : NTM_SHARE);
    ntm_node condition = 0;
    switch (m->in_members ? 0 : model_below(m, m->in_scope ? 2 : 3)) {
        case 0:
            node.over = NTM_OVER_CHILDREN;
            condition = k_attested(&m->kit, "f0");
            node.node = k_over(&m->kit, node.kind, node.over, "village", "v", condition);
            return add(m, &node);
        case 1: {
            node.over = NTM_OVER_MEMBERS;
            m->in_members = true;
            node.of[0] = model_condition(m, 2);
            m->in_members = false;
            node.of_count = 1;
            node.node = k_over(&m->kit, node.kind, node.over, "sex", NULL, m->nodes[node.of[0]].node);
            return add(m, &node);
        }
        default: break;
    }
    static const char *const ids[] = {"c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7"};
    char own[MODEL_INDICATORS][16];
    const char *members[MODEL_INDICATORS];
    size_t count = 0;
    bool indicators = model_below(m, 2) == 0;
    int there = indicators ? m->done_indicators : m->done;
    bool all = m->done == m->criterion_count && there > 0 && model_below(m, 2) == 0;
    for (int at = 0; at < there && !all; at++) {
        if (model_below(m, 3) == 0) continue;
        snprintf(own[at], sizeof own[at], "i%d", at);
        members[count++] = indicators ? own[at] : ids[at];
        node.members |= 1u << at;
    }
    if (count == 0 && !all) return constant(m, FAMILY_PLAIN);
    node.over = indicators ? NTM_OVER_INDICATORS : NTM_OVER_CRITERIA;
    node.verdict = model_below(m, 2) == 0 ? NTM_MET : NTM_NOT_MET;
    node.node = k_count(&m->kit, node.kind, node.over, node.verdict, members, count);
    return add(m, &node);
}

int model_persons(model *m) {
    int two[2];
    two[0] = counted(m);
    two[1] = constant(m, FAMILY_PERSON);
    return compound(m, NTM_PRODUCT, two, 2);
}

int model_quantity(model *m, family of, int depth) {
    static const ntm_node_kind kinds[] = {NTM_SUM, NTM_DIFFERENCE, NTM_MINIMUM, NTM_MAXIMUM, NTM_PRODUCT};
    if (depth <= 0 || model_below(m, 3) == 0) return leaf(m, of);
    if (of == FAMILY_PLAIN) {
        switch (model_below(m, 6)) {
            case 0:
            case 1:
            case 2: {
                family parts = model_below(m, 3) == 0 ? FAMILY_LENGTH : FAMILY_HOUSEHOLD;
                if (!m->once && !m->in_scope && model_below(m, 6) == 0) parts = FAMILY_POINT;
                int two[2];
                two[0] = model_quantity(m, parts, depth - 1);
                /* when each fact occurs once: a divisor whose bounds are reached */
                two[1] = m->once ? constant(m, parts) : model_quantity(m, parts, depth - 1);
                int ratio = compound(m, NTM_RATIO, two, 2);
                return model_below(m, 5) == 0 ? rounded(m, ratio) : ratio;
            }
            case 3:
                if (!m->once) return counted(m);
                break;
            default: break;
        }
    }
    ntm_node_kind kind = kinds[model_below(m, 5)];
    int list[3];
    int count = kind == NTM_DIFFERENCE || kind == NTM_PRODUCT ? 2 : 1 + (int)model_below(m, 3);
    for (int at = 0; at < count; at++)
        list[at] = model_quantity(m, kind == NTM_PRODUCT && at == 0 ? FAMILY_PLAIN : of, depth - 1);
    return compound(m, kind, list, count);
}

/* ------------------------------------------------------------------------------------------- conditions */

static int comparison(model *m, int depth) {
    mnode node = blank(NTM_COMPARE);
    family of = m->in_members ? FAMILY_PERSON : (family)model_below(m, 3);
    if (m->in_members && !m->in_scope && model_below(m, 3) == 0) of = (family)model_below(m, 3);
    if (!m->once && !m->in_scope && !m->in_members && model_below(m, 8) == 0) of = FAMILY_POINT;
    node.of[0] = model_quantity(m, of, depth - 1);
    node.of[1] = model_below(m, 3) == 0 ? model_quantity(m, of, depth - 2) : leaf(m, of);
    node.of_count = 2;
    node.compare = (ntm_comparison)(1 + model_below(m, 5));
    if (m->once && node.compare == NTM_EQUAL) node.compare = NTM_MORE_OR_EQUAL;
    node.node = k_compare(&m->kit, m->nodes[node.of[0]].node, node.compare, m->nodes[node.of[1]].node);
    return add(m, &node);
}

int model_ladder(model *m, int depth) {
    mnode node = blank(NTM_POINTS);
    ntm_node of[4];
    ntm_decimal list[4];
    node.of_count = 1 + (int)model_below(m, 4);
    for (int at = 0; at < node.of_count; at++) {
        node.of[at] = model_condition(m, depth - 1);
        of[at] = m->nodes[node.of[at]].node;
        node.points[at] = (int64_t)model_below(m, 10);
        list[at] = (ntm_decimal){node.points[at], 0};
    }
    node.node = k_points(&m->kit, of, list, (size_t)node.of_count);
    return add(m, &node);
}

static int points(model *m, int depth) {
    mnode least = blank(NTM_CONSTANT);
    char text[8];
    mnode compare = blank(NTM_COMPARE);
    compare.of[0] = model_ladder(m, depth);
    least.number = (int64_t)model_below(m, 10);
    snprintf(text, sizeof text, "%d", (int)least.number);
    least.node = k_number(&m->kit, text, "point");
    compare.of[1] = add(m, &least);
    compare.of_count = 2;
    compare.compare = NTM_MORE_OR_EQUAL;
    compare.node = k_compare(&m->kit, m->nodes[compare.of[0]].node, compare.compare, m->nodes[compare.of[1]].node);
    return add(m, &compare);
}

int model_graded(model *m) {
    int value = model_below(m, 2) == 0 ? value_node(m, model_below(m, 2) == 0 ? FAMILY_POINT : FAMILY_PLAIN) : -1;
    if (value >= 0) return value;
    return model_below(m, 2) == 0 ? model_ladder(m, 2) : fact_node(m, IN_S0);
}

static int flag(model *m) {
    static const int flags[] = {IN_F0, IN_F1, IN_F2, IN_F3, IN_HOLDS, IN_LEVEL};
    int input = take(m, flags, 6);
    if (input < 0) return comparison(m, 1);
    mnode node = blank(input == IN_HOLDS ? NTM_HOLDS : input == IN_LEVEL ? NTM_AT_LEVEL : NTM_ATTESTED);
    node.input = input;
    node.level = 1 + (int)model_below(m, 2);
    if (input == IN_HOLDS)
        node.node = k_holds(&m->kit, "other");
    else if (input == IN_LEVEL)
        node.node = k_at_level(&m->kit, model_levels[node.level], "rating");
    else
        node.node = k_attested(&m->kit, inputs[input].name);
    return add(m, &node);
}

static int gate(model *m, int depth) {
    static const ntm_node_kind kinds[] = {NTM_ALL, NTM_ANY, NTM_AT_LEAST, NTM_NOT};
    mnode node = blank(kinds[model_below(m, 4)]);
    ntm_node of[5];
    node.of_count = node.kind == NTM_NOT ? 1 : 1 + (int)model_below(m, 5);
    for (int at = 0; at < node.of_count; at++) {
        node.of[at] = model_condition(m, depth - 1);
        of[at] = m->nodes[node.of[at]].node;
    }
    node.k = node.kind == NTM_AT_LEAST ? 1 + (uint32_t)model_below(m, (uint64_t)node.of_count) : 0;
    node.node = k_list(&m->kit, node.kind, node.k, of, (size_t)node.of_count);
    return add(m, &node);
}

static int if_applicable(model *m, int depth) {
    static const int facts[] = {IN_C0, IN_S0, IN_A0, IN_F0, IN_F1, IN_LEVEL};
    mnode node = blank(NTM_IF_APPLICABLE);
    node.input = facts[model_below(m, 6)];
    node.of[0] = model_condition(m, depth - 1);
    node.of_count = 1;
    node.node = k_if_applicable(&m->kit, inputs[node.input].name, m->nodes[node.of[0]].node);
    return add(m, &node);
}

static int every(model *m, int depth) {
    mnode node = blank(NTM_EVERY);
    if (model_below(m, 2) == 0) {
        node.over = NTM_OVER_CHILDREN;
        node.node = k_over(&m->kit, NTM_EVERY, node.over, "village", "v", k_attested(&m->kit, "f0"));
        return add(m, &node);
    }
    node.over = NTM_OVER_MEMBERS;
    m->in_members = true;
    node.of[0] = model_condition(m, depth - 1);
    m->in_members = false;
    node.of_count = 1;
    node.node = k_over(&m->kit, NTM_EVERY, node.over, "sex", NULL, m->nodes[node.of[0]].node);
    return add(m, &node);
}

/* An earlier criterion or indicator. */
static int reference(model *m) {
    if (m->done == 0) return flag(m);
    char id[8];
    mnode node = blank(model_below(m, 2) == 0 || m->done_indicators == 0 ? NTM_CRITERION : NTM_INDICATOR);
    node.part = (int)model_below(m, (uint64_t)(node.kind == NTM_CRITERION ? m->done : m->done_indicators));
    snprintf(id, sizeof id, "%c%d", node.kind == NTM_CRITERION ? 'c' : 'i', node.part);
    node.node = node.kind == NTM_CRITERION ? k_criterion(&m->kit, id) : k_indicator(&m->kit, id);
    return add(m, &node);
}

int model_condition(model *m, int depth) {
    uint64_t dice = model_below(m, 16);
    if (depth <= 0 || dice < 3) return flag(m);
    if (dice < 8) return comparison(m, depth);
    if (dice < 12) return gate(m, depth);
    if (dice == 12) return points(m, depth);
    if (m->once) return comparison(m, depth);
    if (dice == 13) return if_applicable(m, depth);
    if (dice == 14 && !m->in_members) return every(m, depth);
    return m->in_scope ? flag(m) : reference(m);
}
