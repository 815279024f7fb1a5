/* SPDX-License-Identifier: Apache-2.0 */
/* Checking the sections of an overlay as far as that can be done without its set. */
#include <string.h>

#include "base/text.h"
#include "catalogue/overlay.h"

const char *const ntm_i_part_nouns[NTM_I_PARTS] = {"figure", "indicator", "criterion", "precondition"};

static const char *const part_keys[NTM_I_PARTS] = {"figures", "indicators", "criteria", "preconditions"};

bool ntm_i_read_absent(ntm_i_reader *reader, const ntm_i_yaml **places, const ntm_i_yaml *list,
                       const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        places[i] = NULL;
    if (list == NULL) return true;
    if (!ntm_i_is(reader, list, NTM_I_YAML_LIST)) return false;
    size_t before = reader->report.count, word = 0;
    if (list->size == 0) ntm_i_complain(reader, NTM_ERROR_SCHEMA, list, "what is absent? The list is empty");
    for (const ntm_i_yaml *item = list->first; item != NULL; item = item->next)
        if (ntm_i_read_word(reader, &word, item, words, count, "part that can be absent")) places[word] = item;
    return reader->report.count == before;
}

/* What is written has something behind it. */
static void check_substance(ntm_i_reader *reader, const ntm_i_filling *filling, const ntm_i_yaml *entry,
                            bool replaces) {
    bool name = filling->vi != NULL || filling->en != NULL, rule = filling->rule_at != NULL;
    if (!name && !rule && filling->no_name == NULL && filling->no_rule == NULL)
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, entry->key, "nothing is %s: a name or a rule is wanted",
                       replaces ? "replaced" : "filled in");
    else if (filling->citation.standing == NTM_ABSENT)
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, entry->key, "a cited overlay names the source of what it %s",
                       replaces ? "replaces" : "fills in");
    if (name && filling->no_name != NULL)
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, filling->no_name, "a name is written, so it is not absent");
    if (rule && filling->no_rule != NULL)
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, filling->no_rule, "a rule is written, so it is not absent");
}

bool ntm_i_read_filling(ntm_i_reader *reader, ntm_i_filling *out, const ntm_i_yaml *entry, bool replaces) {
    static const char *const keys[] = {"name", "rule", NTM_I_CITATION_KEYS, "absent"};
    static const char *const words[] = {"name", "rule"};
    const ntm_i_yaml *at[3 + NTM_I_CITATION_COUNT] = {NULL}, *absent[2];
    memset(out, 0, sizeof *out);
    size_t before = reader->report.count;
    if (!ntm_i_read_keys(reader, entry, keys, sizeof keys / sizeof keys[0] - !replaces, at)) return false;
    out->vi = ntm_i_yaml_get(at[0], "vi");
    out->en = ntm_i_yaml_get(at[0], "en");
    out->rule_at = at[1];
    (void)ntm_i_read_names(reader, &out->name, at[0]);
    if (at[1] != NULL) out->rule = ntm_i_read_rule(reader, at[1], 1);
    ntm_i_read_citation(reader, &out->citation, at + 2);
    (void)ntm_i_read_absent(reader, absent, at[2 + NTM_I_CITATION_COUNT], words, 2);
    out->no_name = absent[0];
    out->no_rule = absent[1];
    if (reader->report.count == before) check_substance(reader, out, entry, replaces);
    return reader->report.count == before && !reader->out_of_memory;
}

static void check_fillings(ntm_i_reader *reader, const ntm_i_yaml *section, bool replaces) {
    if (section == NULL || !ntm_i_is(reader, section, NTM_I_YAML_MAP)) return;
    for (const ntm_i_yaml *entry = section->first; entry != NULL && !reader->out_of_memory; entry = entry->next) {
        ntm_i_filling filling;
        (void)ntm_i_read_filling(reader, &filling, entry, replaces);
    }
}

/* The shape of figures: their cells need the axes of the set and are read when the overlay is laid. */
static void check_figures(ntm_i_reader *reader, const ntm_i_yaml *section, bool replaces) {
    static const char *const keys[] = {
        "value", "values", "unit", "axes", "general", "interpolate", "delegated_to", NTM_I_CITATION_KEYS, "absent"};
    if (section == NULL || !ntm_i_is(reader, section, NTM_I_YAML_MAP)) return;
    for (const ntm_i_yaml *entry = section->first; entry != NULL && !reader->out_of_memory; entry = entry->next) {
        const ntm_i_yaml *at[8 + NTM_I_CITATION_COUNT];
        if (!ntm_i_read_keys(reader, entry, keys, sizeof keys / sizeof keys[0] - !replaces, at)) continue;
        ntm_citation citation = {0};
        ntm_i_read_citation(reader, &citation, at + 7);
    }
}

/* The sections of one way to change, by part. `parts` are those that it knows. */
static bool read_parts(ntm_i_reader *reader, const ntm_i_yaml *out[NTM_I_PARTS], const ntm_i_yaml *section,
                       unsigned parts, ntm_i_yaml_kind kind) {
    const char *keys[NTM_I_PARTS + NTM_I_CITATION_COUNT];
    const ntm_i_yaml *at[NTM_I_PARTS + NTM_I_CITATION_COUNT];
    size_t count = 0;
    if (section == NULL) return false;
    for (size_t i = 0; i < NTM_I_PARTS; i++)
        if ((parts >> i & 1) != 0) keys[count++] = part_keys[i];
    if (!ntm_i_read_keys(reader, section, keys, count, at)) return false;
    for (size_t i = 0, k = 0; i < NTM_I_PARTS; i++)
        if ((parts >> i & 1) != 0 && at[k++] != NULL && ntm_i_is(reader, at[k - 1], kind)) out[i] = at[k - 1];
    return true;
}

static void check_removes(ntm_i_reader *reader, ntm_overlay *overlay, const ntm_i_yaml *section) {
    static const char *const keys[] = {"indicators", "criteria", "preconditions", NTM_I_CITATION_KEYS};
    const ntm_i_yaml *at[3 + NTM_I_CITATION_COUNT];
    if (section == NULL || !ntm_i_read_keys(reader, section, keys, 3 + NTM_I_CITATION_COUNT, at)) return;
    for (size_t i = 0; i < 3; i++) {
        const char *const *ids = NULL;
        size_t count = 0;
        if (at[i] != NULL && ntm_i_read_texts(reader, &ids, &count, at[i]))
            overlay->removes[NTM_I_INDICATORS + i] = at[i];
    }
    ntm_citation citation = {0};
    ntm_i_read_citation(reader, &citation, at + 3);
    if (citation.standing == NTM_ABSENT)
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, section->key, "a cited overlay names the source of what it removes");
}

/* New things, written as in a set: whole criteria, indicators by the criterion that gets them, preconditions. */
static void check_adds(ntm_i_reader *reader, ntm_overlay *overlay, const ntm_i_yaml *section) {
    static const char *const keys[] = {"indicators", "criteria", "preconditions"};
    const ntm_i_yaml *at[3];
    if (section == NULL || !ntm_i_read_keys(reader, section, keys, 3, at)) return;
    for (size_t i = 0; i < 3; i++)
        overlay->adds[NTM_I_INDICATORS + i] = at[i];
    if (at[0] != NULL && ntm_i_is(reader, at[0], NTM_I_YAML_MAP))
        for (const ntm_i_yaml *list = at[0]->first; list != NULL; list = list->next)
            ntm_i_read_indicators(reader, list);
    ntm_i_read_criteria(reader, at[1]);
    ntm_i_read_preconditions(reader, at[2]);
}

/* What changes the law is law. */
static void check_changes(ntm_i_reader *reader, ntm_overlay *overlay) {
    static const ntm_i_overlay_key keys[] = {NTM_I_OVERLAY_REPLACES, NTM_I_OVERLAY_TIGHTENS, NTM_I_OVERLAY_REMOVES};
    const ntm_i_yaml *const *at = overlay->at;
    for (size_t i = 0; i < 3 && overlay->layer.standing == NTM_UNVERIFIED; i++)
        if (at[keys[i]] != NULL)
            ntm_i_complain(reader, NTM_ERROR_SCHEMA, at[keys[i]]->key,
                           "an unverified overlay fills and adds; it never changes what is there");
    (void)read_parts(reader, overlay->replaces, at[NTM_I_OVERLAY_REPLACES], 15, NTM_I_YAML_MAP);
    (void)read_parts(reader, overlay->tightens, at[NTM_I_OVERLAY_TIGHTENS], 1, NTM_I_YAML_MAP);
    check_figures(reader, overlay->replaces[NTM_I_FIGURES], true);
    check_figures(reader, overlay->tightens[NTM_I_FIGURES], false);
    for (size_t i = NTM_I_INDICATORS; i < NTM_I_PARTS; i++)
        check_fillings(reader, overlay->replaces[i], true);
    check_adds(reader, overlay, at[NTM_I_OVERLAY_ADDS]);
    check_removes(reader, overlay, at[NTM_I_OVERLAY_REMOVES]);
}

void ntm_i_check_sections(ntm_i_reader *reader, ntm_overlay *overlay) {
    const ntm_i_yaml *const *at = overlay->at;
    ntm_names title = {NULL, NULL};
    const char *note = NULL;
    (void)ntm_i_read_names(reader, &title, at[NTM_I_OVERLAY_TITLE]);
    (void)ntm_i_read_text(reader, &note, at[NTM_I_OVERLAY_NOTE]);
    ntm_i_read_instrument(reader, &overlay->instrument, at[NTM_I_OVERLAY_INSTRUMENT]);
    const ntm_instrument *act = &overlay->instrument;
    if (act->in_force_from != NTM_DATE_NONE && act->in_force_to != NTM_DATE_NONE &&
        act->in_force_to < act->in_force_from)
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, at[NTM_I_OVERLAY_INSTRUMENT],
                       "the last day in force is before the first");
    (void)ntm_i_read_sources(reader, at[NTM_I_OVERLAY_SOURCES]);
    reader->sources_known = false; /* the set has more of them */
    const ntm_i_yaml *facts = at[NTM_I_OVERLAY_FACTS];
    if (facts != NULL && ntm_i_is(reader, facts, NTM_I_YAML_MAP))
        for (const ntm_i_yaml *entry = facts->first; entry != NULL && !reader->out_of_memory; entry = entry->next) {
            ntm_fact fact;
            memset(&fact, 0, sizeof fact);
            ntm_i_read_fact(reader, &fact, entry);
        }
    for (size_t i = 0; i < NTM_I_PARTS; i++)
        overlay->fills[i] = at[NTM_I_OVERLAY_FIGURES + i];
    check_figures(reader, overlay->fills[NTM_I_FIGURES], false);
    for (size_t i = NTM_I_INDICATORS; i < NTM_I_PARTS; i++)
        check_fillings(reader, overlay->fills[i], false);
    check_changes(reader, overlay);
}
