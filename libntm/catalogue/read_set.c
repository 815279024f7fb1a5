/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a whole set. */
#include <stdio.h>
#include <string.h>

#include "catalogue/read_practice.h"
#include "criteria/builder.h"

enum {
    S_FORMAT,
    S_ID,
    S_TITLE,
    S_PROGRAMME,
    S_LEVEL,
    S_TIER,
    S_PLACE,
    S_NOTE,
    S_OVERLAYS,
    S_INSTRUMENT,
    S_SOURCES,
    S_AXES,
    S_DIMENSIONS,
    S_FACTS,
    S_FIGURES,
    S_CRITERIA,
    S_STATUS,
    S_PRECONDITIONS,
    S_REVOCATION,
    S_GRADE,
    S_VALIDITY,
    S_REVOCATION_BY,
    S_RECOGNITION,
    S_FOLLOWS,
    S_SCOPE,
    S_VALUES,
    SET_KEYS
};
static const char *const set_keys[SET_KEYS] = {
    "format",        "id",          "title",      "programme",     "level",      "tier",       "place",
    "note",          "overlays",    "instrument", "sources",       "axes",       "dimensions", "facts",
    "figures",       "criteria",    "status",     "preconditions", "revocation", "grade",      "validity",
    "revocation_by", "recognition", "follows",    "scope",         "values"};

/* What a thing whose id cannot be read is called, so that the rest of it can be read and checked. */
#define NAMELESS "nameless"

static void read_about(ntm_i_reader *reader, ntm_set_spec *about, const ntm_i_yaml *root, const ntm_i_yaml *const *at) {
    about->instrument.signed_on = about->instrument.in_force_from = about->instrument.in_force_to = NTM_DATE_NONE;
    if (!ntm_i_need(reader, root, at[S_ID], "id") || !ntm_i_read_text(reader, &about->id, at[S_ID]))
        about->id = NAMELESS;
    (void)ntm_i_read_names(reader, &about->title, at[S_TITLE]);
    const char **words[] = {&about->programme, &about->level, &about->tier, &about->place};
    for (size_t i = 0; i < 4; i++) {
        const ntm_i_yaml *value = at[S_PROGRAMME + i];
        bool there = ntm_i_need(reader, root, value, set_keys[S_PROGRAMME + i]);
        if (!there || !ntm_i_read_text(reader, words[i], value)) *words[i] = NAMELESS;
    }
    (void)ntm_i_read_text(reader, &about->note, at[S_NOTE]);
    (void)ntm_i_read_texts(reader, &about->overlays, &about->overlay_count, at[S_OVERLAYS]);
    (void)ntm_i_read_text(reader, &about->revocation_by, at[S_REVOCATION_BY]);
    ntm_i_read_follows(reader, about, at[S_FOLLOWS]);
}

/* An indicator, criterion or precondition before it is added: what they have in common. */
typedef struct statement {
    const char *id;
    ntm_names name;
    const char *group;
    ntm_i_rule *rule;
    ntm_citation citation;
    const ntm_i_yaml *indicators;
} statement;

enum { T_ID, T_NAME, T_RULE, T_CITATION, T_GROUP = T_CITATION + NTM_I_CITATION_COUNT, T_INDICATORS, STATEMENT_KEYS };
static const char *const statement_keys[STATEMENT_KEYS] = {"id",    "name",      "rule", NTM_I_CITATION_KEYS,
                                                           "group", "indicators"};

/* Stands in for an id that is missing; nothing else is called so. */
static const char *nameless(ntm_i_reader *reader, const ntm_i_yaml *node) {
    char *id = ntm_i_reader_take(reader, 40, 1);
    if (id != NULL) (void)snprintf(id, 40, NAMELESS "-%u-%u", node->line, node->column);
    return id;
}

/* `keys` is STATEMENT_KEYS for criteria, T_GROUP for the others. */
static bool read_statement(ntm_i_reader *reader, statement *out, const ntm_i_yaml *node, size_t keys) {
    const ntm_i_yaml *at[STATEMENT_KEYS] = {NULL};
    memset(out, 0, sizeof *out);
    if (reader->out_of_memory || !ntm_i_read_keys(reader, node, statement_keys, keys, at)) return false;
    bool named = ntm_i_need(reader, node, at[T_ID], "id") && ntm_i_read_text(reader, &out->id, at[T_ID]);
    if (!named && (out->id = nameless(reader, node)) == NULL) return false;
    (void)ntm_i_read_names(reader, &out->name, at[T_NAME]);
    (void)ntm_i_read_text(reader, &out->group, at[T_GROUP]);
    if (at[T_RULE] != NULL) out->rule = ntm_i_read_rule(reader, at[T_RULE], 1);
    ntm_i_read_citation(reader, &out->citation, at + T_CITATION);
    out->indicators = at[T_INDICATORS];
    if (reader->layer != NULL && (at[T_NAME] != NULL || at[T_RULE] != NULL) && out->citation.standing == NTM_ABSENT)
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, node, "a cited overlay names the source of what it adds");
    return true;
}

void ntm_i_read_indicators(ntm_i_reader *reader, const ntm_i_yaml *list) {
    if (list == NULL || !ntm_i_is(reader, list, NTM_I_YAML_LIST)) return;
    for (const ntm_i_yaml *item = list->first; item != NULL; item = item->next) {
        statement read;
        if (!read_statement(reader, &read, item, T_GROUP) || reader->builder == NULL) continue;
        ntm_indicator indicator = {read.id, read.name, ntm_i_add_rule(reader, read.rule), read.citation};
        ntm_error err = NTM_ERROR_INIT;
        ntm_i_reader_at(reader, item);
        if (!ntm_i_reader_went_well(reader, ntm_set_add_indicator(reader->builder, &indicator, &err), &err)) return;
    }
}

void ntm_i_read_criteria(ntm_i_reader *reader, const ntm_i_yaml *list) {
    if (list == NULL || !ntm_i_is(reader, list, NTM_I_YAML_LIST)) return;
    for (const ntm_i_yaml *item = list->first; item != NULL; item = item->next) {
        statement read;
        if (!read_statement(reader, &read, item, STATEMENT_KEYS)) continue;
        if (reader->builder == NULL) {
            ntm_i_read_indicators(reader, read.indicators);
            continue;
        }
        ntm_criterion criterion = {read.id,       read.name, read.group, ntm_i_add_rule(reader, read.rule),
                                   read.citation, 0,         0};
        ntm_error err = NTM_ERROR_INIT;
        ntm_i_reader_at(reader, item);
        if (!ntm_i_reader_went_well(reader, ntm_set_add_criterion(reader->builder, &criterion, &err), &err)) return;
        ntm_i_read_indicators(reader, read.indicators);
    }
}

void ntm_i_read_preconditions(ntm_i_reader *reader, const ntm_i_yaml *list) {
    if (list == NULL || !ntm_i_is(reader, list, NTM_I_YAML_LIST)) return;
    for (const ntm_i_yaml *item = list->first; item != NULL; item = item->next) {
        statement read;
        if (!read_statement(reader, &read, item, T_GROUP) || reader->builder == NULL) continue;
        ntm_precondition precondition = {read.id, read.name, ntm_i_add_rule(reader, read.rule), read.citation};
        ntm_error err = NTM_ERROR_INIT;
        ntm_i_reader_at(reader, item);
        if (!ntm_i_reader_went_well(reader, ntm_set_add_precondition(reader->builder, &precondition, &err), &err))
            return;
    }
}

static ntm_node read_whole_rule(ntm_i_reader *reader, const ntm_i_yaml *node) {
    return node == NULL ? 0 : ntm_i_add_rule(reader, ntm_i_read_rule(reader, node, 1));
}

static void read_sections(ntm_i_reader *reader, const ntm_i_yaml *const *at) {
    ntm_i_read_axes(reader, at[S_AXES]);
    ntm_i_read_dimensions(reader, at[S_DIMENSIONS]);
    ntm_i_read_facts(reader, at[S_FACTS]);
    ntm_i_read_figures(reader, at[S_FIGURES]);
    ntm_i_read_scopes(reader, at[S_SCOPE]);
    ntm_i_read_criteria(reader, at[S_CRITERIA]);
    ntm_i_read_values(reader, at[S_VALUES]);
    ntm_i_read_recognisers(reader, at[S_RECOGNITION]);
    ntm_i_read_counterparts(reader, at[S_FOLLOWS]);
    ntm_i_read_preconditions(reader, at[S_PRECONDITIONS]);
    ntm_node status = read_whole_rule(reader, at[S_STATUS]);
    ntm_node revocation = read_whole_rule(reader, at[S_REVOCATION]);
    ntm_node grade = ntm_i_add_rule(reader, ntm_i_read_top_grade(reader, at[S_GRADE]));
    ntm_error err = NTM_ERROR_INIT;
    /* Criteria or a grade that were written and cannot be read were reported: the set is not without them. */
    bool lost =
        (at[S_CRITERIA] != NULL && at[S_CRITERIA]->kind != NTM_I_YAML_LIST) || (at[S_GRADE] != NULL && grade == 0);
    const ntm_criterion stand_in = {.id = NAMELESS};
    if (lost) (void)ntm_i_reader_went_well(reader, ntm_set_add_criterion(reader->builder, &stand_in, &err), &err);
    (void)ntm_i_reader_went_well(reader, ntm_set_add_rules(reader->builder, status, revocation, grade, &err), &err);
}

static void add_sources(ntm_i_reader *reader, const ntm_i_yaml *section, const ntm_source *sources) {
    const ntm_i_yaml *entry = section != NULL && section->kind == NTM_I_YAML_MAP ? section->first : NULL;
    for (; sources != NULL && entry != NULL; entry = entry->next, sources++) {
        ntm_error err = NTM_ERROR_INIT;
        ntm_i_reader_at(reader, entry->key);
        if (!ntm_i_reader_went_well(reader, ntm_set_add_source(reader->builder, sources, &err), &err)) return;
    }
}

ntm_status ntm_i_reader_finish(ntm_set **out, ntm_i_reader *reader, ntm_error *err) {
    if (reader->out_of_memory) return ntm_i_no_memory(err);
    ntm_set *set = NULL;
    ntm_error last = NTM_ERROR_INIT;
    ntm_status status = ntm_set_builder_finish(&set, reader->builder, &last);
    if (status == NTM_ERROR_MEMORY) return ntm_i_error_copy(err, &last);
    if (status != NTM_OK) ntm_i_report_known(&reader->report, &last);
    status = ntm_i_report_end(&reader->report, err);
    if (status == NTM_OK)
        *out = set;
    else
        ntm_set_free(set);
    return status;
}

ntm_status ntm_i_read_set(ntm_set **out, ntm_i_reader *reader, const ntm_i_yaml *root, ntm_error *err) {
    const ntm_i_yaml *at[SET_KEYS];
    ntm_set_spec about;
    memset(&about, 0, sizeof about);
    if (!ntm_i_read_keys(reader, root, set_keys, SET_KEYS, at)) return ntm_i_report_end(&reader->report, err);
    read_about(reader, &about, root, at);
    /* The builder starts with the instrument, which cites sources: they are read before there is a builder. */
    const ntm_source *sources = ntm_i_read_sources(reader, at[S_SOURCES]);
    ntm_i_read_instrument(reader, &about.instrument, at[S_INSTRUMENT]);
    ntm_i_read_validity(reader, &about.validity, at[S_VALIDITY]);
    if (reader->out_of_memory) return ntm_i_no_memory(err);
    ntm_status status = ntm_set_builder_new(&reader->builder, &about, reader->report.subject, reader->report.problems,
                                            &reader->arena.allocator, err);
    if (status != NTM_OK) return status;
    if (at[S_INSTRUMENT] != NULL)
        reader->builder->about_origin =
            (ntm_i_origin){.line = at[S_INSTRUMENT]->key->line, .column = at[S_INSTRUMENT]->key->column};
    add_sources(reader, at[S_SOURCES], sources);
    read_sections(reader, at);
    return ntm_i_reader_finish(out, reader, err);
}
