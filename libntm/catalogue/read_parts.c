/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the parts that rules rest on: sources, axes, dimensions, facts, the instrument. */
#include <string.h>

#include "catalogue/read.h"

bool ntm_i_know_sources(ntm_i_reader *reader, const ntm_source *sources, size_t count) {
    reader->first_source = count > 0 ? sources[0].id : NULL;
    reader->sources_known = ntm_i_index_make(&reader->source_index, &reader->arena, sources, count, sizeof *sources);
    if (!reader->sources_known) reader->out_of_memory = true;
    return reader->sources_known;
}

bool ntm_i_know_axes(ntm_i_reader *reader, const ntm_axis *axes, size_t count) {
    reader->axes = axes;
    reader->axes_known = ntm_i_index_make(&reader->axis_index, &reader->arena, axes, count, sizeof *axes);
    if (!reader->axes_known) reader->out_of_memory = true;
    return reader->axes_known;
}

static void read_source(ntm_i_reader *reader, ntm_source *out, const ntm_i_yaml *entry) {
    static const char *const keys[] = {"where", "what"};
    const ntm_i_yaml *at[2];
    out->id = entry->key->text;
    if (!ntm_i_read_keys(reader, entry, keys, 2, at)) return; /* the id is enough for what names it */
    (void)ntm_i_read_text(reader, &out->where, at[0]);
    (void)ntm_i_read_text(reader, &out->what, at[1]);
}

const ntm_source *ntm_i_read_sources(ntm_i_reader *reader, const ntm_i_yaml *section) {
    bool usable = section != NULL && ntm_i_is(reader, section, NTM_I_YAML_MAP);
    size_t count = usable ? section->size : 0, i = 0;
    ntm_source *sources = ntm_i_reader_take(reader, count, sizeof *sources);
    if (sources == NULL) return NULL;
    for (const ntm_i_yaml *entry = usable ? section->first : NULL; entry != NULL; entry = entry->next)
        read_source(reader, &sources[i++], entry);
    return ntm_i_know_sources(reader, sources, count) ? sources : NULL;
}

/* The values of an axis: a list of them, or a map that gives each a name. */
static void read_axis_values(ntm_i_reader *reader, ntm_axis *out, const ntm_i_yaml *values) {
    if (values->kind != NTM_I_YAML_MAP) {
        (void)ntm_i_read_texts(reader, &out->values, &out->value_count, values);
        return;
    }
    const char **texts = ntm_i_reader_take(reader, values->size, sizeof *texts);
    ntm_names *names = ntm_i_reader_take(reader, values->size, sizeof *names);
    if (texts == NULL || names == NULL) return;
    size_t i = 0;
    for (const ntm_i_yaml *value = values->first; value != NULL; value = value->next, i++) {
        texts[i] = value->key->text;
        (void)ntm_i_read_names(reader, &names[i], value);
    }
    out->values = texts;
    out->names = names;
    out->value_count = i;
}

static void read_axis(ntm_i_reader *reader, ntm_axis *out, const ntm_i_yaml *entry) {
    static const char *const keys[] = {"name", "values"};
    const ntm_i_yaml *at[2];
    out->id = entry->key->text;
    if (!ntm_i_read_keys(reader, entry, keys, 2, at)) return;
    (void)ntm_i_read_names(reader, &out->name, at[0]);
    if (ntm_i_need(reader, entry, at[1], "values")) read_axis_values(reader, out, at[1]);
}

void ntm_i_read_axes(ntm_i_reader *reader, const ntm_i_yaml *section) {
    bool usable = section != NULL && ntm_i_is(reader, section, NTM_I_YAML_MAP);
    size_t count = usable ? section->size : 0, i = 0;
    ntm_axis *axes = ntm_i_reader_take(reader, count, sizeof *axes);
    if (axes == NULL) return;
    for (const ntm_i_yaml *entry = usable ? section->first : NULL; entry != NULL; entry = entry->next, i++) {
        size_t before = reader->report.count;
        read_axis(reader, &axes[i], entry);
        /* An axis without values was reported here; the builder need not know that it has none. */
        static const char *const stand_in[] = {"1000"};
        if (axes[i].value_count == 0 && reader->report.count > before) {
            axes[i].values = stand_in;
            axes[i].value_count = 1;
        }
        ntm_error err = NTM_ERROR_INIT;
        ntm_i_reader_at(reader, entry->key);
        if (!ntm_i_reader_went_well(reader, ntm_set_add_axis(reader->builder, &axes[i], &err), &err)) return;
    }
    (void)ntm_i_know_axes(reader, axes, count);
}

void ntm_i_read_dimensions(ntm_i_reader *reader, const ntm_i_yaml *section) {
    if (section == NULL || !ntm_i_is(reader, section, NTM_I_YAML_MAP)) return;
    for (const ntm_i_yaml *entry = section->first; entry != NULL; entry = entry->next) {
        ntm_dimension dimension = {entry->key->text, NULL, 0};
        static const char *const stand_in[] = {"?"};
        if (!ntm_i_read_texts(reader, &dimension.members, &dimension.member_count, entry) &&
            dimension.member_count == 0) {
            dimension.members = stand_in;
            dimension.member_count = 1;
        }
        ntm_error err = NTM_ERROR_INIT;
        ntm_i_reader_at(reader, entry->key);
        if (!ntm_i_reader_went_well(reader, ntm_set_add_dimension(reader->builder, &dimension, &err), &err)) return;
    }
}

enum {
    F_NAME,
    F_KIND,
    F_UNIT,
    F_LEAST,
    F_MOST,
    F_PART_OF,
    F_BY,
    F_LEVELS,
    F_MERGE,
    F_MERGE_WEIGHT,
    F_MERGE_PARTS,
    F_OVER_TIME,
    F_CLOSED_BY,
    FACT_KEYS
};
static const char *const fact_keys[FACT_KEYS] = {"name",        "kind",      "unit",     "least", "most",
                                                 "part_of",     "by",        "levels",   "merge", "merge_weight",
                                                 "merge_parts", "over_time", "closed_by"};

/* What a fact without a readable kind is taken for, so that the rules over it are not reported too. */
static ntm_fact_kind guess_kind(const ntm_i_yaml *const *at) {
    return at[F_LEVELS] != NULL ? NTM_KIND_LEVEL : at[F_UNIT] != NULL ? NTM_KIND_AMOUNT : NTM_KIND_FLAG;
}

static void read_merge_parts(ntm_i_reader *reader, ntm_fact *out, const ntm_i_yaml *node) {
    const char *const *parts = NULL;
    size_t count = 0;
    if (node == NULL || !ntm_i_read_texts(reader, &parts, &count, node)) return;
    if (count != 2)
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, node, "merge_parts are two facts: [numerator, denominator]");
    for (size_t k = 0; k < 2 && count == 2; k++)
        out->merge_parts[k] = parts[k];
}

void ntm_i_read_fact(ntm_i_reader *reader, ntm_fact *out, const ntm_i_yaml *entry) {
    const ntm_i_yaml *at[FACT_KEYS];
    out->id = entry->key->text;
    out->kind = NTM_KIND_FLAG;
    if (!ntm_i_read_keys(reader, entry, fact_keys, FACT_KEYS, at)) return;
    size_t word = 0;
    out->kind = guess_kind(at);
    if (ntm_i_need(reader, entry, at[F_KIND], "kind") &&
        ntm_i_read_word(reader, &word, at[F_KIND], ntm_i_fact_kinds, 7, "kind of fact"))
        out->kind = (ntm_fact_kind)(word + 1);
    word = NTM_MERGE_REASSESS - 1;
    if (ntm_i_read_word(reader, &word, at[F_MERGE], ntm_i_merges, 8, "way to merge"))
        out->merge = (ntm_merge)(word + 1);
    else
        out->merge = at[F_MERGE_WEIGHT] != NULL  ? NTM_MERGE_WEIGHTED
                     : at[F_MERGE_PARTS] != NULL ? NTM_MERGE_RATIO
                                                 : NTM_MERGE_REASSESS;
    (void)ntm_i_read_names(reader, &out->name, at[F_NAME]);
    (void)ntm_i_read_text(reader, &out->unit, at[F_UNIT]);
    out->has_least = at[F_LEAST] != NULL && ntm_i_read_decimal(reader, &out->least, at[F_LEAST]);
    out->has_most = at[F_MOST] != NULL && ntm_i_read_decimal(reader, &out->most, at[F_MOST]);
    (void)ntm_i_read_text(reader, &out->part_of, at[F_PART_OF]);
    (void)ntm_i_read_text(reader, &out->by, at[F_BY]);
    (void)ntm_i_read_texts(reader, &out->levels, &out->level_count, at[F_LEVELS]);
    (void)ntm_i_read_text(reader, &out->merge_weight, at[F_MERGE_WEIGHT]);
    read_merge_parts(reader, out, at[F_MERGE_PARTS]);
    if (at[F_OVER_TIME] != NULL &&
        ntm_i_read_word(reader, &word, at[F_OVER_TIME], ntm_i_over_times, 4, "rule over time"))
        out->over_time = (ntm_over_time)(word + 1);
    if (at[F_CLOSED_BY] != NULL &&
        ntm_i_read_word(reader, &word, at[F_CLOSED_BY], ntm_i_closings, 4, "way to close a gap"))
        out->closed_by = (ntm_closing)(word + 1);
}

void ntm_i_read_facts(ntm_i_reader *reader, const ntm_i_yaml *section) {
    if (section == NULL || !ntm_i_is(reader, section, NTM_I_YAML_MAP)) return;
    for (const ntm_i_yaml *entry = section->first; entry != NULL && !reader->out_of_memory; entry = entry->next) {
        ntm_fact fact;
        memset(&fact, 0, sizeof fact);
        ntm_i_read_fact(reader, &fact, entry);
        if (reader->builder == NULL) continue;
        ntm_error err = NTM_ERROR_INIT;
        ntm_i_reader_at(reader, entry->key);
        if (!ntm_i_reader_went_well(reader, ntm_set_add_fact(reader->builder, &fact, &err), &err)) return;
    }
}

void ntm_i_read_instrument(ntm_i_reader *reader, ntm_instrument *out, const ntm_i_yaml *node) {
    static const char *const keys[] = {"number", "issuer", "title", "signed", "in_force", NTM_I_CITATION_KEYS};
    static const char *const force_keys[] = {"from", "to"};
    const ntm_i_yaml *at[5 + NTM_I_CITATION_COUNT], *force[2];
    if (node == NULL || !ntm_i_read_keys(reader, node, keys, sizeof keys / sizeof keys[0], at)) return;
    (void)ntm_i_read_text(reader, &out->number, at[0]);
    (void)ntm_i_read_text(reader, &out->issuer, at[1]);
    (void)ntm_i_read_names(reader, &out->title, at[2]);
    (void)ntm_i_read_date(reader, &out->signed_on, at[3]);
    if (at[4] != NULL && ntm_i_read_keys(reader, at[4], force_keys, 2, force)) {
        (void)ntm_i_read_date(reader, &out->in_force_from, force[0]);
        (void)ntm_i_read_date(reader, &out->in_force_to, force[1]);
    }
    ntm_i_read_citation(reader, &out->citation, at + 5);
}
