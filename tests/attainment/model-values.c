/* SPDX-License-Identifier: Apache-2.0 */
/* Random values, and random rules of scope. */
#include "model.h"

#include <stdio.h>
#include <string.h>

/* ------------------------------------------------------------------------------------------- scope */

void model_scopes(model *m) {
    static const char *const axes[] = {"region", "class"};
    static const char *const *const names[] = {model_regions, model_classes};
    static const uint64_t ends[] = {OWN_REGIONS, OWN_CLASSES};
    m->scope_axis = (int)model_below(m, 3) == 0 ? AXIS_CLASS : AXIS_REGION;
    m->scope_count = (int)model_below(m, model_below(m, 8) == 0 ? MODEL_SCOPES + 1 : 4);
    m->in_scope = true;
    for (int at = 0; at < m->scope_count; at++) {
        m->scope_use[at] = (int)model_below(m, ends[m->scope_axis]);
        m->scope_rules[at] = model_condition(m, (int)model_below(m, 3));
        kit_scope(&m->kit, axes[m->scope_axis], names[m->scope_axis][m->scope_use[at]],
                  m->nodes[m->scope_rules[at]].node);
    }
    m->in_scope = false;
}

/* ------------------------------------------------------------------------------------------- values */

static int rule(model *m, family of) {
    if (of == FAMILY_PERSON) return model_persons(m);
    if (of == FAMILY_POINT && model_below(m, 2) == 0) return model_ladder(m, 3);
    return model_quantity(m, of, 1 + (int)model_below(m, 3));
}

/* More values; rules that are made later may name them. */
void model_more_values(model *m, int count) {
    static const int exponents[][2] = {{-2, 0}, {0, 0}, {3, 0}, {0, 0}, {0, 0}};
    for (; count > 0; count--) {
        family of = (family)model_below(m, FAMILY_NONE);
        assert_true(m->value_count < MODEL_VALUES);
        mvalue value = {-1, of, exponents[of][model_below(m, 2)], 0};
        if (model_below(m, 10) != 0) value.rule = rule(m, of);
        m->values[m->value_count++] = value;
    }
}

/* They are given to the set in any order, so that some name what comes after them. */
void model_values_done(model *m) {
    static const char *const ids[] = {"v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9"};
    const char *order[MODEL_VALUES];
    for (int at = 0; at < m->value_count; at++)
        order[at] = ids[at];
    model_shuffle(m, order, (size_t)m->value_count);
    for (size_t place = 0; place < (size_t)m->value_count; place++) {
        mvalue *value = &m->values[order[place][1] - '0'];
        value->place = place;
        ntm_value spec;
        memset(&spec, 0, sizeof spec);
        spec.id = order[place];
        spec.name = (ntm_names){order[place], order[place]};
        spec.unit = value->family == FAMILY_LENGTH      ? (value->exponent == 3 ? "km" : "m")
                    : value->family == FAMILY_HOUSEHOLD ? "household"
                    : value->family == FAMILY_PERSON    ? "person"
                    : value->family == FAMILY_POINT     ? "point"
                                                        : (value->exponent == -2 ? "%" : NULL);
        spec.has_least = model_below(m, 3) == 0; /* what the law declares cuts nothing off */
        spec.least = (ntm_decimal){(int64_t)model_below(m, 10), 0};
        spec.has_most = model_below(m, 3) == 0;
        spec.most = (ntm_decimal){spec.least.coefficient + (int64_t)model_below(m, 3), 0};
        spec.rule = value->rule < 0 ? 0 : m->nodes[value->rule].node;
        spec.citation = kit_cited;
        if (m->kit.status == NTM_OK) m->kit.status = ntm_set_add_value(m->kit.builder, &spec, &m->kit.err);
    }
}
