/* SPDX-License-Identifier: Apache-2.0 */
/* Random sets: facts, and where the random rules go. */
#include "model.h"

#include <stdio.h>
#include <string.h>

const model_input inputs[IN_END] = {
    {"c0", SORT_NUMBER, FAMILY_HOUSEHOLD, 0, 0, true, false, 0, 0, false},
    {"c1", SORT_NUMBER, FAMILY_HOUSEHOLD, 0, 0, true, false, 0, 0, false},
    {"c2", SORT_NUMBER, FAMILY_HOUSEHOLD, 0, 0, true, true, 2, 9, false},
    {"s0", SORT_NUMBER, FAMILY_PLAIN, -2, 2, true, true, 0, 100, false},
    {"s1", SORT_NUMBER, FAMILY_PLAIN, -2, 0, true, true, 0, 100, false},
    {"a0", SORT_NUMBER, FAMILY_LENGTH, 3, 2, false, false, 0, 0, false},
    {"a1", SORT_NUMBER, FAMILY_LENGTH, 0, 1, true, true, -100, 90000, false},
    {"f0", SORT_FLAG, FAMILY_NONE, 0, 0, false, false, 0, 0, false},
    {"f1", SORT_FLAG, FAMILY_NONE, 0, 0, false, false, 0, 0, false},
    {"f2", SORT_FLAG, FAMILY_NONE, 0, 0, false, false, 0, 0, false},
    {"f3", SORT_FLAG, FAMILY_NONE, 0, 0, false, false, 0, 0, false},
    {"rating", SORT_LEVEL, FAMILY_NONE, 0, 0, false, false, 0, 0, false},
    {"t[female]", SORT_NUMBER, FAMILY_PERSON, 0, 0, true, false, 0, 0, false},
    {"t[male]", SORT_NUMBER, FAMILY_PERSON, 0, 0, true, false, 0, 0, false},
    {"children:v:met", SORT_NUMBER, FAMILY_NONE, 0, 0, true, false, 0, 0, true},
    {"children:v:open", SORT_NUMBER, FAMILY_NONE, 0, 0, true, false, 0, 0, false},
    {"children:v:total", SORT_NUMBER, FAMILY_NONE, 0, 0, true, false, 0, 0, true},
    {"holds:other", SORT_FLAG, FAMILY_NONE, 0, 0, false, false, 0, 0, false},
    {"region", SORT_REGION, FAMILY_NONE, 0, 0, false, false, 0, 0, false},
    {"year", SORT_YEAR, FAMILY_NONE, 0, 0, false, false, 0, 0, false},
    {"past:before:a0", SORT_NUMBER, FAMILY_LENGTH, 3, 2, false, false, 0, 0, false},
    {"class", SORT_CLASS, FAMILY_NONE, 0, 0, false, false, 0, 0, false},
    {"figure:near:o-share", SORT_NUMBER, FAMILY_PLAIN, -2, 1, false, false, 0, 0, false},
    {"figure:near:o-road", SORT_NUMBER, FAMILY_LENGTH, 3, 2, false, false, 0, 0, false},
    {"figure:near:o-households", SORT_NUMBER, FAMILY_HOUSEHOLD, 0, 0, false, false, 0, 0, false},
    {"figure:far:o-share", SORT_NUMBER, FAMILY_PLAIN, 0, 2, false, false, 0, 0, false},
    {"figure:far:o-road", SORT_NUMBER, FAMILY_LENGTH, 0, 0, false, false, 0, 0, false},
    {"figure:far:o-households", SORT_NUMBER, FAMILY_HOUSEHOLD, 0, 0, false, false, 0, 0, false},
};
const char *const model_levels[3] = {"yếu", "khá", "tốt"};
uint64_t model_below(model *m, uint64_t end) { return fault_random(&m->random) % end; }

void model_shuffle(model *m, const char **names, size_t count) {
    for (size_t at = count; at > 1; at--) {
        size_t other = (size_t)model_below(m, at);
        const char *swap = names[at - 1];
        names[at - 1] = names[other];
        names[other] = swap;
    }
}

void model_give(const model *m, ntm_plan_options *options) {
    options->others = m->given_count == 0 ? NULL : m->given_sets;
    options->other_count = m->given_count;
}

static void facts(model *m) {
    static const char *const sexes[] = {"female", "male"};
    kit *k = &m->kit;
    kit_dimension(k, "sex", sexes, 2);
    kit_fact(k, "c0", NTM_KIND_COUNT, "household");
    kit_part(k, "c1", NTM_KIND_COUNT, "household", "c0");
    kit_bounded(k, "c2", NTM_KIND_COUNT, "household", "2", "9");
    kit_fact(k, "s0", NTM_KIND_SHARE, "%");
    kit_fact(k, "s1", NTM_KIND_SHARE, "%");
    kit_fact(k, "a0", NTM_KIND_AMOUNT, "km");
    kit_bounded(k, "a1", NTM_KIND_AMOUNT, "m", "-100", "90000");
    static const char *const flags[] = {"f0", "f1", "f2", "f3"};
    for (size_t at = 0; at < 4; at++)
        kit_fact(k, flags[at], NTM_KIND_FLAG, NULL);
    kit_levels(k, "rating", model_levels, 3);
    kit_by(k, "t", NTM_KIND_COUNT, "person", "sex");
}

static ntm_node node_of(const model *m, int at) { return at < 0 ? 0 : m->nodes[at].node; }

static void criteria(model *m) {
    m->criterion_count = m->once ? 4 : MODEL_CRITERIA;
    int indicator = 0;
    for (int at = 0; at < m->criterion_count; at++) {
        char id[24];
        int rules[4];
        if (!m->once) model_more_values(m, (int)model_below(m, 2));
        int count = m->once ? 1 : (int)model_below(m, 5);
        m->first[at] = indicator;
        m->criterion_rules[at] = !m->once && model_below(m, 5) == 0 ? model_condition(m, 3) : -1;
        snprintf(id, sizeof id, "c%d", at);
        for (int part = 0; part < count; part++) /* rules refer to earlier criteria only */
            rules[part] = !m->once && model_below(m, 12) == 0 ? -1 : model_condition(m, m->once ? 3 : 4);
        kit_criterion(&m->kit, id, node_of(m, m->criterion_rules[at]));
        for (int part = 0; part < count; part++) {
            char own[24];
            snprintf(own, sizeof own, "i%d", indicator);
            kit_indicator(&m->kit, own, node_of(m, rules[part]));
            m->indicator_rules[indicator++] = rules[part];
        }
        m->first[at + 1] = indicator;
        m->done = at + 1;
        m->done_indicators = indicator;
    }
}

static void grade(model *m) {
    static const char *const labels[] = {"low", "middle", "high"};
    ntm_band bands[MODEL_BANDS];
    memset(bands, 0, sizeof bands);
    m->grade = model_graded(m);
    const mnode *of_what = &m->nodes[m->grade];
    m->band_exponent = of_what->kind == NTM_FACT ? -2 : 0;
    if (of_what->kind == NTM_VALUE) m->band_exponent = m->values[of_what->part].exponent;
    m->knock_out = model_below(m, 2) == 0 ? model_condition(m, 2) : -1;
    int64_t span = m->band_exponent == -2 ? 40 : 3;
    int64_t from = (int64_t)model_below(m, (uint64_t)span);
    for (int at = 0; at < MODEL_BANDS; at++) {
        m->band_from[at] = from;
        m->band_open[at] = model_below(m, 2) == 0;
        m->band_requires[at] = model_below(m, 2) == 0 ? model_condition(m, 2) : -1;
        from += 1 + (int64_t)model_below(m, (uint64_t)span);
        bands[at].label = labels[at];
        bands[at].has_from = true;
        bands[at].from = (ntm_decimal){m->band_from[at], 0};
        bands[at].from_open = m->band_open[at];
        bands[at].requires_met = node_of(m, m->band_requires[at]);
        if (at == 0) continue;
        bands[at - 1].has_to = true;
        bands[at - 1].to = bands[at].from;
        bands[at - 1].to_open = !bands[at].from_open;
    }
    ntm_node of = node_of(m, m->grade);
    ntm_node_spec spec;
    memset(&spec, 0, sizeof spec);
    spec.kind = NTM_GRADE;
    spec.of = &of;
    spec.of_count = 1;
    spec.bands = bands;
    spec.band_count = MODEL_BANDS;
    spec.knock_out = node_of(m, m->knock_out);
    kit_rules(&m->kit, node_of(m, m->status), node_of(m, m->revocation), kit_node(&m->kit, &spec));
}

/* What stands beside the criteria. */
static void rest(model *m) {
    model_more_values(m, 1 + (int)model_below(m, 2));
    m->precondition_count = (int)model_below(m, 3);
    for (int at = 0; at < m->precondition_count; at++) {
        char id[8];
        snprintf(id, sizeof id, "p%d", at);
        m->precondition_rules[at] = model_condition(m, 2);
        kit_precondition(&m->kit, id, node_of(m, m->precondition_rules[at]));
    }
    if (model_below(m, 2) == 0) m->status = model_condition(m, 3);
    if (model_below(m, 2) == 0) m->revocation = model_condition(m, 3);
    if (model_below(m, 2) == 0)
        grade(m);
    else
        kit_rules(&m->kit, node_of(m, m->status), node_of(m, m->revocation), 0);
    model_values_done(m);
}

void model_start(model *m, uint64_t seed, bool once) {
    memset(m, 0, sizeof *m);
    m->random = seed;
    m->once = once;
    m->status = m->revocation = m->grade = m->knock_out = -1;
    m->often = model_below(m, 2) == 0 ? 2 : 5;
    model_others(m);
    kit_start(&m->kit, NULL);
    model_axes(m);
    facts(m);
    model_figures(m);
    if (!once) model_scopes(m);
    criteria(m);
    if (!once) rest(m);
    (void)kit_done(&m->kit);
}

void model_end(model *m) {
    kit_end(&m->kit);
    for (int at = 0; at < MODEL_OTHERS; at++)
        kit_end(&m->others[at]);
}
