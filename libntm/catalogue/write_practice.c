/* SPDX-License-Identifier: Apache-2.0 */
/* How a set is put into practice, as trees of YAML; the twin of read_practice.c. */
#include "catalogue/write.h"

static void put_text(ntm_i_maker *m, ntm_i_yaml *map, const char *key, const char *text) {
    (void)ntm_i_make_entry(m, map, key, ntm_i_make_text(m, text));
}

static void put_citation(ntm_i_maker *m, ntm_i_yaml *map, const ntm_citation *citation) {
    if (!m->failed) ntm_i_make_citation(m, map, citation);
}

ntm_i_yaml *ntm_i_make_validity(ntm_i_maker *m, const ntm_validity *validity) {
    if (validity->months == 0 && ntm_i_says_nothing(&validity->citation)) return NULL;
    ntm_i_yaml *map = ntm_i_make_map(m);
    (void)ntm_i_make_entry(m, map, "months", ntm_i_make_number(m, (ntm_decimal){validity->months, 0}));
    put_citation(m, map, &validity->citation);
    return map;
}

static ntm_i_yaml *pairs(ntm_i_maker *m, const ntm_set *set, bool criteria) {
    ntm_i_yaml *map = NULL;
    for (size_t i = 0; i < ntm_set_counterpart_count(set) && !m->failed; i++) {
        const ntm_counterpart *pair = ntm_set_counterpart(set, i);
        if (pair->is_criterion != criteria) continue;
        if (map == NULL) map = ntm_i_make_map(m);
        put_text(m, map, pair->id, pair->of);
    }
    return map;
}

ntm_i_yaml *ntm_i_make_follows(ntm_i_maker *m, const ntm_set *set) {
    const ntm_set_spec *about = ntm_set_about(set);
    if (about->follows == NULL) return NULL;
    ntm_i_yaml *map = ntm_i_make_map(m);
    put_text(m, map, "set", about->follows);
    put_text(m, map, "note", about->follows_note);
    (void)ntm_i_make_entry(m, map, "criteria", pairs(m, set, true));
    (void)ntm_i_make_entry(m, map, "indicators", pairs(m, set, false));
    return map;
}

ntm_i_yaml *ntm_i_make_scopes(ntm_i_maker *m, const ntm_set *set) {
    ntm_i_yaml *all = ntm_i_make_list(m);
    for (size_t i = 0; i < ntm_set_scope_count(set); i++) {
        const ntm_scope *scope = ntm_set_scope(set, i);
        ntm_i_yaml *map = ntm_i_make_map(m);
        put_text(m, map, "axis", scope->axis);
        put_text(m, map, "use", scope->use);
        (void)ntm_i_make_entry(m, map, "when", ntm_i_make_rule(m, set, scope->when));
        put_citation(m, map, &scope->citation);
        ntm_i_make_item(m, all, map);
    }
    return all;
}

ntm_i_yaml *ntm_i_make_values(ntm_i_maker *m, const ntm_set *set) {
    ntm_i_yaml *all = ntm_i_make_list(m);
    for (size_t i = 0; i < ntm_set_value_count(set); i++) {
        const ntm_value *value = ntm_set_value(set, i);
        ntm_i_yaml *map = ntm_i_make_map(m);
        put_text(m, map, "id", value->id);
        (void)ntm_i_make_entry(m, map, "name", ntm_i_make_names(m, value->name));
        put_text(m, map, "unit", value->unit);
        if (value->has_least) (void)ntm_i_make_entry(m, map, "least", ntm_i_make_number(m, value->least));
        if (value->has_most) (void)ntm_i_make_entry(m, map, "most", ntm_i_make_number(m, value->most));
        (void)ntm_i_make_entry(m, map, "of", ntm_i_make_rule(m, set, value->rule));
        put_citation(m, map, &value->citation);
        ntm_i_make_item(m, all, map);
    }
    return all;
}

ntm_i_yaml *ntm_i_make_recognisers(ntm_i_maker *m, const ntm_set *set) {
    ntm_i_yaml *all = ntm_i_make_list(m);
    for (size_t i = 0; i < ntm_set_recogniser_count(set); i++) {
        const ntm_recogniser *entry = ntm_set_recogniser(set, i);
        ntm_i_yaml *map = ntm_i_make_map(m);
        (void)ntm_i_make_entry(m, map, "by", ntm_i_make_names(m, entry->by));
        (void)ntm_i_make_entry(m, map, "classes", ntm_i_make_texts(m, entry->classes, entry->class_count));
        (void)ntm_i_make_entry(m, map, "from", ntm_i_make_date(m, entry->from));
        (void)ntm_i_make_entry(m, map, "to", ntm_i_make_date(m, entry->to));
        put_citation(m, map, &entry->citation);
        ntm_i_make_item(m, all, map);
    }
    return all;
}
