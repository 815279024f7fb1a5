/* SPDX-License-Identifier: Apache-2.0 */
/* Reading how a set is put into practice: values, scope, who recognises, what it takes the place of. */
#include <string.h>

#include "catalogue/read_practice.h"

/* ------------------------------------------------------------------------------------------- before the builder */

void ntm_i_read_validity(ntm_i_reader *reader, ntm_validity *out, const ntm_i_yaml *node) {
    static const char *const keys[] = {"months", NTM_I_CITATION_KEYS};
    const ntm_i_yaml *at[1 + NTM_I_CITATION_COUNT];
    if (node == NULL || !ntm_i_read_keys(reader, node, keys, sizeof keys / sizeof keys[0], at)) return;
    if (ntm_i_need(reader, node, at[0], "months")) (void)ntm_i_read_whole(reader, &out->months, at[0], 1200);
    ntm_i_read_citation(reader, &out->citation, at + 1);
}

enum { FOLLOWS_SET, FOLLOWS_NOTE, FOLLOWS_CRITERIA, FOLLOWS_INDICATORS, FOLLOWS_KEYS };
static const char *const follows_keys[FOLLOWS_KEYS] = {"set", "note", "criteria", "indicators"};

void ntm_i_read_follows(ntm_i_reader *reader, ntm_set_spec *about, const ntm_i_yaml *node) {
    const ntm_i_yaml *at[FOLLOWS_KEYS];
    if (node == NULL || !ntm_i_read_keys(reader, node, follows_keys, FOLLOWS_KEYS, at)) return;
    if (ntm_i_need(reader, node, at[FOLLOWS_SET], "set"))
        (void)ntm_i_read_text(reader, &about->follows, at[FOLLOWS_SET]);
    (void)ntm_i_read_text(reader, &about->follows_note, at[FOLLOWS_NOTE]);
}

/* ------------------------------------------------------------------------------------------- after it */

/* Unknown keys were reported when the section was read for the set's head. */
void ntm_i_read_counterparts(ntm_i_reader *reader, const ntm_i_yaml *node) {
    if (node == NULL || node->kind != NTM_I_YAML_MAP) return;
    for (const ntm_i_yaml *section = node->first; section != NULL; section = section->next) {
        bool criteria = strcmp(section->key->text, follows_keys[FOLLOWS_CRITERIA]) == 0;
        if (!criteria && strcmp(section->key->text, follows_keys[FOLLOWS_INDICATORS]) != 0) continue;
        if (!ntm_i_is(reader, section, NTM_I_YAML_MAP)) continue;
        for (const ntm_i_yaml *entry = section->first; entry != NULL; entry = entry->next) {
            ntm_counterpart pair = {entry->key->text, NULL, criteria};
            ntm_error err = NTM_ERROR_INIT;
            if (!ntm_i_read_text(reader, &pair.of, entry)) continue;
            ntm_i_reader_at(reader, entry->key);
            if (!ntm_i_reader_went_well(reader, ntm_set_add_counterpart(reader->builder, &pair, &err), &err)) return;
        }
    }
}

enum { V_ID, V_NAME, V_UNIT, V_LEAST, V_MOST, V_OF, V_CITATION, VALUE_KEYS = V_CITATION + NTM_I_CITATION_COUNT };
static const char *const value_keys[VALUE_KEYS] = {"id", "name", "unit", "least", "most", "of", NTM_I_CITATION_KEYS};

static bool read_value(ntm_i_reader *reader, ntm_value *out, const ntm_i_yaml *node) {
    const ntm_i_yaml *at[VALUE_KEYS];
    memset(out, 0, sizeof *out);
    if (reader->out_of_memory || !ntm_i_read_keys(reader, node, value_keys, VALUE_KEYS, at)) return false;
    if (!ntm_i_need(reader, node, at[V_ID], "id") || !ntm_i_read_text(reader, &out->id, at[V_ID])) return false;
    (void)ntm_i_read_names(reader, &out->name, at[V_NAME]);
    (void)ntm_i_read_text(reader, &out->unit, at[V_UNIT]);
    out->has_least = at[V_LEAST] != NULL && ntm_i_read_decimal(reader, &out->least, at[V_LEAST]);
    out->has_most = at[V_MOST] != NULL && ntm_i_read_decimal(reader, &out->most, at[V_MOST]);
    if (at[V_OF] != NULL) out->rule = ntm_i_add_rule(reader, ntm_i_read_rule(reader, at[V_OF], 1));
    ntm_i_read_citation(reader, &out->citation, at + V_CITATION);
    return true;
}

void ntm_i_read_values(ntm_i_reader *reader, const ntm_i_yaml *list) {
    if (list == NULL || !ntm_i_is(reader, list, NTM_I_YAML_LIST)) return;
    for (const ntm_i_yaml *item = list->first; item != NULL; item = item->next) {
        ntm_value value;
        ntm_error err = NTM_ERROR_INIT;
        if (!read_value(reader, &value, item)) continue;
        ntm_i_reader_at(reader, item);
        if (!ntm_i_reader_went_well(reader, ntm_set_add_value(reader->builder, &value, &err), &err)) return;
    }
}

enum { C_AXIS, C_USE, C_WHEN, C_CITATION, SCOPE_KEYS = C_CITATION + NTM_I_CITATION_COUNT };
static const char *const scope_keys[SCOPE_KEYS] = {"axis", "use", "when", NTM_I_CITATION_KEYS};

static bool read_scope(ntm_i_reader *reader, ntm_scope *out, const ntm_i_yaml *node) {
    const ntm_i_yaml *at[SCOPE_KEYS];
    memset(out, 0, sizeof *out);
    if (reader->out_of_memory || !ntm_i_read_keys(reader, node, scope_keys, SCOPE_KEYS, at)) return false;
    bool axis = ntm_i_need(reader, node, at[C_AXIS], "axis") && ntm_i_read_text(reader, &out->axis, at[C_AXIS]);
    bool use = ntm_i_need(reader, node, at[C_USE], "use") && ntm_i_read_text(reader, &out->use, at[C_USE]);
    ntm_i_rule *when = ntm_i_need(reader, node, at[C_WHEN], "when") ? ntm_i_read_rule(reader, at[C_WHEN], 1) : NULL;
    ntm_i_read_citation(reader, &out->citation, at + C_CITATION);
    if (!axis || !use || when == NULL) return false; /* reported */
    out->when = ntm_i_add_rule(reader, when);
    return true;
}

void ntm_i_read_scopes(ntm_i_reader *reader, const ntm_i_yaml *list) {
    if (list == NULL || !ntm_i_is(reader, list, NTM_I_YAML_LIST)) return;
    for (const ntm_i_yaml *item = list->first; item != NULL; item = item->next) {
        ntm_scope scope;
        ntm_error err = NTM_ERROR_INIT;
        if (!read_scope(reader, &scope, item)) continue;
        ntm_i_reader_at(reader, item);
        if (!ntm_i_reader_went_well(reader, ntm_set_add_scope(reader->builder, &scope, &err), &err)) return;
    }
}

enum { R_BY, R_CLASSES, R_FROM, R_TO, R_CITATION, RECOGNISER_KEYS = R_CITATION + NTM_I_CITATION_COUNT };
static const char *const recogniser_keys[RECOGNISER_KEYS] = {"by", "classes", "from", "to", NTM_I_CITATION_KEYS};

void ntm_i_read_recognisers(ntm_i_reader *reader, const ntm_i_yaml *list) {
    if (list == NULL || !ntm_i_is(reader, list, NTM_I_YAML_LIST)) return;
    for (const ntm_i_yaml *item = list->first; item != NULL && !reader->out_of_memory; item = item->next) {
        const ntm_i_yaml *at[RECOGNISER_KEYS];
        ntm_recogniser entry = {.from = NTM_DATE_NONE, .to = NTM_DATE_NONE};
        ntm_error err = NTM_ERROR_INIT;
        if (!ntm_i_read_keys(reader, item, recogniser_keys, RECOGNISER_KEYS, at)) continue;
        bool by = ntm_i_need(reader, item, at[R_BY], "by") && ntm_i_read_names(reader, &entry.by, at[R_BY]);
        bool classes = ntm_i_read_texts(reader, &entry.classes, &entry.class_count, at[R_CLASSES]);
        bool from = ntm_i_read_date(reader, &entry.from, at[R_FROM]);
        bool to = ntm_i_read_date(reader, &entry.to, at[R_TO]);
        ntm_i_read_citation(reader, &entry.citation, at + R_CITATION);
        if (!by || !classes || !from || !to) continue; /* reported */
        ntm_i_reader_at(reader, item);
        if (!ntm_i_reader_went_well(reader, ntm_set_add_recogniser(reader->builder, &entry, &err), &err)) return;
    }
}
