/* SPDX-License-Identifier: Apache-2.0 */
/* What all readers share: keys, words, texts, numbers, citations. */
#include "catalogue/read.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

const char *const ntm_i_fact_kinds[7] = {"flag", "count", "amount", "share", "level", "money", "date"};
const char *const ntm_i_merges[8] = {"sum", "ratio", "weighted", "all", "any", "min", "max", "reassess"};
const char *const ntm_i_over_times[4] = {"flow", "stock", "min", "max"};
const char *const ntm_i_closings[4] = {"work", "act", "assessment", "time"};
const char *const ntm_i_standings[3] = {"cited", "unverified", "absent"};
const char *const ntm_i_roundings[4] = {"half up", "half even", "down", "up"};
const char *const ntm_i_comparisons[5] = {"<", "<=", "=", ">=", ">"};

void ntm_i_reader_start(ntm_i_reader *reader, const char *subject, ntm_problems *problems,
                        const ntm_allocator *allocator) {
    memset(reader, 0, sizeof *reader);
    ntm_i_arena_start(&reader->arena, allocator);
    ntm_i_report_start(&reader->report, subject, problems);
}

void ntm_i_reader_end(ntm_i_reader *reader) {
    ntm_set_builder_free(reader->builder);
    reader->builder = NULL;
    ntm_i_arena_end(&reader->arena);
}

void *ntm_i_reader_take(ntm_i_reader *reader, size_t count, size_t size) {
    void *taken = reader->out_of_memory ? NULL : ntm_i_arena_take(&reader->arena, count, size);
    if (taken == NULL) reader->out_of_memory = true;
    return taken;
}

bool ntm_i_reader_went_well(ntm_i_reader *reader, ntm_status status, const ntm_error *err) {
    if (status == NTM_OK) return true;
    if (status == NTM_ERROR_MEMORY)
        reader->out_of_memory = true;
    else
        (void)ntm_i_report_problem(&reader->report, status, err->line, err->column, "%s", err->message);
    return false;
}

void ntm_i_reader_at(ntm_i_reader *reader, const ntm_i_yaml *node) {
    ntm_set_builder_at(reader->builder, node->line, node->column);
}

void ntm_i_complain(ntm_i_reader *reader, ntm_status status, const ntm_i_yaml *at, const char *format, ...) {
    char message[sizeof((ntm_error *)0)->message + 1];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    (void)ntm_i_report_problem(&reader->report, status, at->line, at->column, "%s", message);
}

/* Looking for near words is for people; a file with thousands of problems has no reader. */
static const char *hint(const ntm_i_reader *reader, char buffer[NTM_I_HINT_SIZE], const char *text,
                        const char *const *words, size_t count) {
    buffer[0] = '\0';
    return reader->report.count < 200 ? ntm_i_hint(buffer, text, words, count) : buffer;
}

/* ------------------------------------------------------------------------------------------- shapes */

static const char *kind_text(const ntm_i_yaml *node) {
    switch (node->kind) {
        case NTM_I_YAML_LIST:
            return "a list";
        case NTM_I_YAML_MAP:
            return "a map";
        default:
            return node->plain && node->size == 0 ? "nothing" : "text";
    }
}

bool ntm_i_is(ntm_i_reader *reader, const ntm_i_yaml *node, ntm_i_yaml_kind kind) {
    static const char *const wanted[] = {"", "text", "a list", "a map"};
    if (node == NULL || node->kind == NTM_I_YAML_REFUSED) return false;
    bool empty = node->kind == NTM_I_YAML_SCALAR && node->plain && node->size == 0;
    if (node->kind == kind && !empty) return true;
    ntm_i_complain(reader, NTM_ERROR_SCHEMA, node, "%s is wanted here, not %s%s", wanted[kind], kind_text(node),
                   empty && kind == NTM_I_YAML_SCALAR ? " (empty text is written \"\")" : "");
    return false;
}

bool ntm_i_read_keys(ntm_i_reader *reader, const ntm_i_yaml *map, const char *const *keys, size_t count,
                     const ntm_i_yaml **values) {
    for (size_t i = 0; i < count; i++)
        values[i] = NULL;
    if (!ntm_i_is(reader, map, NTM_I_YAML_MAP)) return false;
    for (const ntm_i_yaml *value = map->first; value != NULL; value = value->next) {
        size_t i = 0;
        while (i < count && strcmp(keys[i], value->key->text) != 0)
            i++;
        char buffer[NTM_I_HINT_SIZE];
        if (i < count)
            values[i] = value;
        else
            ntm_i_complain(reader, NTM_ERROR_SCHEMA, value->key, "unknown key \"%.*s\"%s",
                           ntm_i_shown(value->key->text, value->key->size), value->key->text,
                           hint(reader, buffer, value->key->text, keys, count));
    }
    return true;
}

bool ntm_i_need(ntm_i_reader *reader, const ntm_i_yaml *map, const ntm_i_yaml *value, const char *key) {
    if (value == NULL) ntm_i_complain(reader, NTM_ERROR_SCHEMA, map, "the key \"%s\" is missing", key);
    return value != NULL;
}

/* ------------------------------------------------------------------------------------------- values */

bool ntm_i_read_text(ntm_i_reader *reader, const char **out, const ntm_i_yaml *node) {
    if (node == NULL) return true;
    if (!ntm_i_is(reader, node, NTM_I_YAML_SCALAR)) return false;
    *out = node->text;
    return true;
}

bool ntm_i_read_texts(ntm_i_reader *reader, const char *const **out, size_t *count, const ntm_i_yaml *node) {
    if (node == NULL) return true;
    if (!ntm_i_is(reader, node, NTM_I_YAML_LIST)) return false;
    const char **texts = ntm_i_reader_take(reader, node->size, sizeof *texts);
    if (texts == NULL) return false;
    size_t used = 0;
    bool whole = true;
    for (const ntm_i_yaml *item = node->first; item != NULL; item = item->next) {
        if (ntm_i_read_text(reader, &texts[used], item))
            used++;
        else
            whole = false;
    }
    *out = texts;
    *count = used;
    return whole;
}

bool ntm_i_read_names(ntm_i_reader *reader, ntm_names *out, const ntm_i_yaml *node) {
    static const char *const keys[] = {"vi", "en"};
    const ntm_i_yaml *at[2];
    if (node == NULL) return true;
    if (!ntm_i_read_keys(reader, node, keys, 2, at)) return false;
    bool vi = ntm_i_read_text(reader, &out->vi, at[0]), en = ntm_i_read_text(reader, &out->en, at[1]);
    return vi && en;
}

bool ntm_i_read_date(ntm_i_reader *reader, ntm_date *out, const ntm_i_yaml *node) {
    if (node == NULL) return true;
    if (!ntm_i_is(reader, node, NTM_I_YAML_SCALAR)) return false;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_date_parse(out, node->text, node->size, &err);
    if (status != NTM_OK) ntm_i_complain(reader, status, node, "%s", err.message);
    return status == NTM_OK;
}

bool ntm_i_read_decimal(ntm_i_reader *reader, ntm_decimal *out, const ntm_i_yaml *node) {
    if (node == NULL) return true;
    if (!ntm_i_is(reader, node, NTM_I_YAML_SCALAR)) return false;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_decimal_parse(out, node->text, node->size, NTM_LOCALE_PLAIN, &err);
    /* To a file, a number beyond what an exact number holds is a limit. */
    if (status != NTM_OK)
        ntm_i_complain(reader, status == NTM_ERROR_OVERFLOW ? NTM_ERROR_LIMIT : status, node, "%s", err.message);
    return status == NTM_OK;
}

bool ntm_i_read_whole(ntm_i_reader *reader, uint32_t *out, const ntm_i_yaml *node, uint32_t most) {
    if (node == NULL) return true;
    ntm_decimal value = {0, 0};
    if (!ntm_i_read_decimal(reader, &value, node)) return false;
    if (value.scale != 0 || value.coefficient < 0 || value.coefficient > (int64_t)most) {
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, node, "a whole number from 0 to %u is wanted here", most);
        return false;
    }
    *out = (uint32_t)value.coefficient;
    return true;
}

bool ntm_i_read_word(ntm_i_reader *reader, size_t *out, const ntm_i_yaml *node, const char *const *words, size_t count,
                     const char *what) {
    if (node == NULL) return true;
    if (!ntm_i_is(reader, node, NTM_I_YAML_SCALAR)) return false;
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], node->text) == 0) {
            *out = i;
            return true;
        }
    char buffer[NTM_I_HINT_SIZE];
    ntm_i_complain(reader, NTM_ERROR_SCHEMA, node, "\"%.*s\" is no %s%s", ntm_i_shown(node->text, node->size),
                   node->text, what, hint(reader, buffer, node->text, words, count));
    return false;
}

bool ntm_i_read_bool(ntm_i_reader *reader, bool *out, const ntm_i_yaml *node) {
    static const char *const words[] = {"false", "true"};
    size_t word = *out;
    if (!ntm_i_read_word(reader, &word, node, words, 2, "true or false")) return false;
    *out = word == 1;
    return true;
}

/* ------------------------------------------------------------------------------------------- citations */

bool ntm_i_has_citation(const ntm_i_yaml *const *values) {
    return values[0] != NULL || values[1] != NULL || values[2] != NULL || values[3] != NULL;
}

/* In the place of what cannot be used stands some source that there is: the problem was reported, and without a source
   the statement would be reported once more. */
static void read_source_ids(ntm_i_reader *reader, ntm_citation *out, const ntm_i_yaml *list) {
    if (list == NULL) return;
    bool usable = ntm_i_is(reader, list, NTM_I_YAML_LIST);
    const char **ids = ntm_i_reader_take(reader, list->size + 1, sizeof *ids);
    if (ids == NULL) return;
    if (!usable && reader->first_source != NULL) ids[out->source_count++] = reader->first_source;
    for (const ntm_i_yaml *item = usable ? list->first : NULL; item != NULL; item = item->next) {
        const char *id = NULL;
        if (!ntm_i_read_text(reader, &id, item)) {
            id = reader->first_source;
        } else if (reader->sources_known && reader->first_source != NULL &&
                   ntm_i_index_find(&reader->source_index, id) == SIZE_MAX) {
            ntm_i_complain(reader, NTM_ERROR_NOT_FOUND, item, "there is no source \"%.*s\"",
                           ntm_i_shown(id, item->size), id);
            id = reader->first_source;
        }
        if (id != NULL) ids[out->source_count++] = id;
    }
    out->sources = ids;
}

/* What an overlay says is worth what the overlay is worth. */
static void apply_layer(ntm_i_reader *reader, ntm_citation *out, const ntm_i_yaml *standing) {
    const ntm_i_layer *layer = reader->layer;
    if (standing != NULL && out->standing != layer->standing)
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, standing, "the overlay is %s, and so is all that it says",
                       ntm_i_standings[layer->standing - 1]);
    out->overlay = layer->id;
    if (layer->standing == NTM_UNVERIFIED)
        out->standing = NTM_UNVERIFIED;
    else
        out->standing = out->source_count > 0 ? NTM_CITED : NTM_ABSENT;
}

void ntm_i_read_citation(ntm_i_reader *reader, ntm_citation *out, const ntm_i_yaml *const *values) {
    size_t standing = 0;
    read_source_ids(reader, out, values[0]);
    if (values[1] != NULL && ntm_i_read_word(reader, &standing, values[1], ntm_i_standings, 3, "standing"))
        out->standing = (ntm_standing)(standing + 1);
    (void)ntm_i_read_text(reader, &out->note, values[2]);
    (void)ntm_i_read_text(reader, &out->overlay, values[3]);
    if (reader->layer == NULL) return;
    if (values[3] != NULL)
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, values[3]->key, "unknown key \"overlay\" in an overlay");
    apply_layer(reader, out, values[1]);
}
