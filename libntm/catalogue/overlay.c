/* SPDX-License-Identifier: Apache-2.0 */
/* Reading an overlay: everything is checked that can be without the set that it goes over. */
#include "catalogue/overlay.h"

#include <string.h>

static const char *const overlay_keys[NTM_I_OVERLAY_KEYS] = {
    "format",  "id",    "of",      "standing",   "title",    "note",         "instrument",
    "sources", "facts", "figures", "indicators", "criteria", "preconditions"};

#define UNVERIFIED_END ".unverified"

const char *ntm_overlay_id(const ntm_overlay *overlay) { return overlay == NULL ? NULL : overlay->layer.id; }

const char *ntm_overlay_of(const ntm_overlay *overlay) { return overlay == NULL ? NULL : overlay->of; }

ntm_standing ntm_overlay_standing(const ntm_overlay *overlay) {
    return overlay == NULL ? NTM_ABSENT : overlay->layer.standing;
}

void ntm_overlay_free(ntm_overlay *overlay) {
    if (overlay == NULL) return;
    ntm_i_arena arena = overlay->arena;
    ntm_i_arena_end(&arena); /* the overlay lives in it too */
}

static void check_id(ntm_i_reader *reader, const char *id, const ntm_i_yaml *at) {
    if (!ntm_i_id_is_valid(id))
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, at, "this is no id: letters, digits, '-', '_' and '.' are");
}

static void read_about(ntm_i_reader *reader, ntm_overlay *overlay, const ntm_i_yaml *root) {
    const ntm_i_yaml *const *at = overlay->at;
    size_t standing = 0;
    overlay->layer = (ntm_i_layer){"nameless.unverified", NTM_UNVERIFIED};
    bool named = ntm_i_need(reader, root, at[NTM_I_OVERLAY_ID], "id") &&
                 ntm_i_read_text(reader, &overlay->layer.id, at[NTM_I_OVERLAY_ID]);
    if (named) check_id(reader, overlay->layer.id, at[NTM_I_OVERLAY_ID]);
    overlay->of = "nameless";
    if (ntm_i_need(reader, root, at[NTM_I_OVERLAY_OF], "of") &&
        ntm_i_read_text(reader, &overlay->of, at[NTM_I_OVERLAY_OF]))
        check_id(reader, overlay->of, at[NTM_I_OVERLAY_OF]);
    if (!ntm_i_need(reader, root, at[NTM_I_OVERLAY_STANDING], "standing") ||
        !ntm_i_read_word(reader, &standing, at[NTM_I_OVERLAY_STANDING], ntm_i_standings, 2, "standing of an overlay"))
        return;
    overlay->layer.standing = (ntm_standing)(standing + 1);
    size_t size = strlen(overlay->layer.id), end = strlen(UNVERIFIED_END);
    bool marked = size > end && strcmp(overlay->layer.id + size - end, UNVERIFIED_END) == 0;
    if (named && overlay->layer.standing == NTM_UNVERIFIED && !marked)
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, at[NTM_I_OVERLAY_ID],
                       "the id of an unverified overlay ends in \"" UNVERIFIED_END
                       "\", so that nobody takes it for law");
    if (named && overlay->layer.standing == NTM_CITED && marked)
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, at[NTM_I_OVERLAY_ID],
                       "only the id of an unverified overlay ends in \"" UNVERIFIED_END "\"");
}

bool ntm_i_read_filling(ntm_i_reader *reader, ntm_i_filling *out, const ntm_i_yaml *entry) {
    static const char *const keys[] = {"name", "rule", NTM_I_CITATION_KEYS};
    const ntm_i_yaml *at[2 + NTM_I_CITATION_COUNT];
    memset(out, 0, sizeof *out);
    if (!ntm_i_read_keys(reader, entry, keys, sizeof keys / sizeof keys[0], at)) return false;
    size_t before = reader->report.count;
    out->vi = ntm_i_yaml_get(at[0], "vi");
    out->en = ntm_i_yaml_get(at[0], "en");
    out->rule_at = at[1];
    (void)ntm_i_read_names(reader, &out->name, at[0]);
    if (at[1] != NULL) out->rule = ntm_i_read_rule(reader, at[1], 1);
    ntm_i_read_citation(reader, &out->citation, at + 2);
    if (at[0] == NULL && at[1] == NULL)
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, entry->key, "nothing is filled in: a name or a rule is wanted");
    else if (out->citation.standing == NTM_ABSENT)
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, entry->key, "a cited overlay names the source of what it fills in");
    return reader->report.count == before;
}

static void check_fillings(ntm_i_reader *reader, const ntm_i_yaml *section) {
    if (section == NULL || !ntm_i_is(reader, section, NTM_I_YAML_MAP)) return;
    for (const ntm_i_yaml *entry = section->first; entry != NULL && !reader->out_of_memory; entry = entry->next) {
        ntm_i_filling filling;
        (void)ntm_i_read_filling(reader, &filling, entry);
    }
}

/* The shape of figures: their cells need the axes of the set and are read when the overlay is laid. */
static void check_figures(ntm_i_reader *reader, const ntm_i_yaml *section) {
    static const char *const keys[] = {"value",   "values",      "unit",         "axes",
                                       "general", "interpolate", "delegated_to", NTM_I_CITATION_KEYS};
    if (section == NULL || !ntm_i_is(reader, section, NTM_I_YAML_MAP)) return;
    for (const ntm_i_yaml *entry = section->first; entry != NULL && !reader->out_of_memory; entry = entry->next) {
        const ntm_i_yaml *at[7 + NTM_I_CITATION_COUNT];
        if (!ntm_i_read_keys(reader, entry, keys, sizeof keys / sizeof keys[0], at)) continue;
        ntm_citation citation = {0};
        ntm_i_read_citation(reader, &citation, at + 7);
    }
}

static void check_sections(ntm_i_reader *reader, const ntm_overlay *overlay) {
    const ntm_i_yaml *const *at = overlay->at;
    ntm_names title = {NULL, NULL};
    const char *note = NULL;
    ntm_instrument instrument;
    memset(&instrument, 0, sizeof instrument);
    (void)ntm_i_read_names(reader, &title, at[NTM_I_OVERLAY_TITLE]);
    (void)ntm_i_read_text(reader, &note, at[NTM_I_OVERLAY_NOTE]);
    ntm_i_read_instrument(reader, &instrument, at[NTM_I_OVERLAY_INSTRUMENT]);
    (void)ntm_i_read_sources(reader, at[NTM_I_OVERLAY_SOURCES]);
    reader->sources_known = false; /* the set has more of them */
    const ntm_i_yaml *facts = at[NTM_I_OVERLAY_FACTS];
    if (facts != NULL && ntm_i_is(reader, facts, NTM_I_YAML_MAP))
        for (const ntm_i_yaml *entry = facts->first; entry != NULL && !reader->out_of_memory; entry = entry->next) {
            ntm_fact fact;
            memset(&fact, 0, sizeof fact);
            ntm_i_read_fact(reader, &fact, entry);
        }
    check_figures(reader, at[NTM_I_OVERLAY_FIGURES]);
    check_fillings(reader, at[NTM_I_OVERLAY_INDICATORS]);
    check_fillings(reader, at[NTM_I_OVERLAY_CRITERIA]);
    check_fillings(reader, at[NTM_I_OVERLAY_PRECONDITIONS]);
}

ntm_status ntm_i_read_overlay(ntm_overlay **out, ntm_i_reader *reader, const ntm_i_yaml *root, ntm_error *err) {
    ntm_overlay *overlay = ntm_i_reader_take(reader, 1, sizeof *overlay);
    if (overlay == NULL) return ntm_i_no_memory(err);
    if (!ntm_i_read_keys(reader, root, overlay_keys, NTM_I_OVERLAY_KEYS, overlay->at))
        return ntm_i_report_end(&reader->report, err);
    read_about(reader, overlay, root);
    reader->layer = &overlay->layer;
    check_sections(reader, overlay);
    if (!reader->out_of_memory && !ntm_i_arena_copy(&reader->arena, &overlay->name, reader->report.subject))
        reader->out_of_memory = true;
    if (reader->out_of_memory) return ntm_i_no_memory(err);
    ntm_status status = ntm_i_report_end(&reader->report, err);
    if (status != NTM_OK) return status;
    overlay->arena = reader->arena; /* moved: the reader keeps an empty one */
    ntm_i_arena_start(&reader->arena, &overlay->arena.allocator);
    *out = overlay;
    return NTM_OK;
}
