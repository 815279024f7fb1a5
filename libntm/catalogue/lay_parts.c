/* SPDX-License-Identifier: Apache-2.0 */
/* Laying an overlay: sources, axes, dimensions and facts. */
#include <string.h>

#include "base/text.h"
#include "catalogue/lay.h"

/* The sources of both; one that both have and describe alike is one. */
static void lay_sources(ntm_i_laying *l) {
    const ntm_set *base = l->base;
    ntm_i_reader *reader = l->reader;
    const ntm_i_yaml *section = l->overlay->at[NTM_I_OVERLAY_SOURCES];
    const ntm_source *added = ntm_i_read_sources(reader, section);
    size_t most = base->source_count + (section != NULL ? section->size : 0);
    ntm_source *all = ntm_i_reader_take(reader, most, sizeof *all);
    const ntm_i_yaml **places = ntm_i_reader_take(reader, most, sizeof *places);
    ntm_i_index index;
    if (all == NULL || added == NULL || places == NULL) return;
    if (!ntm_i_index_make(&index, &reader->arena, base->sources, base->source_count, sizeof *base->sources)) {
        reader->out_of_memory = true;
        return;
    }
    size_t count = base->source_count;
    if (count > 0) memcpy(all, base->sources, count * sizeof *all);
    for (const ntm_i_yaml *entry = section != NULL ? section->first : NULL; entry != NULL;
         entry = entry->next, added++) {
        size_t known = ntm_i_index_find(&index, added->id);
        const ntm_source *there = known == SIZE_MAX ? NULL : &base->sources[known];
        if (there == NULL) {
            places[count] = entry->key;
            all[count++] = *added;
        } else if (!ntm_i_text_same(there->where, added->where) || !ntm_i_text_same(there->what, added->what)) {
            ntm_i_complain(reader, NTM_ERROR_CONFLICT, entry->key, "source \"%s\" of set \"%s\" is another: \"%.*s\"",
                           added->id, base->about.id,
                           there->what == NULL ? 0 : ntm_i_shown(there->what, strlen(there->what)),
                           there->what == NULL ? "" : there->what);
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (places[i] != NULL) ntm_i_reader_at(reader, places[i]);
        ntm_error err = NTM_ERROR_INIT;
        if (!ntm_i_reader_went_well(reader, ntm_set_add_source(reader->builder, &all[i], &err), &err)) return;
    }
    (void)ntm_i_know_sources(reader, all, count);
}

static void lay_facts(ntm_i_laying *l) {
    const ntm_set *base = l->base;
    ntm_i_reader *reader = l->reader;
    ntm_i_index index;
    if (!ntm_i_index_make(&index, &reader->arena, base->facts, base->fact_count, sizeof *base->facts)) {
        reader->out_of_memory = true;
        return;
    }
    ntm_set_builder_at(reader->builder, 0, 0);
    for (size_t i = 0; i < base->fact_count; i++) {
        ntm_error err = NTM_ERROR_INIT;
        if (!ntm_i_reader_went_well(reader, ntm_set_add_fact(reader->builder, &base->facts[i], &err), &err)) return;
        *ntm_i_last_origin(&reader->builder->facts) = base->fact_origins[i];
    }
    size_t count = reader->builder->facts.items.count;
    char where[NTM_I_WHERE_SIZE];
    const ntm_i_yaml *section = l->overlay->at[NTM_I_OVERLAY_FACTS];
    const ntm_i_yaml *entry = section != NULL ? section->first : NULL;
    for (; entry != NULL && !reader->out_of_memory; entry = entry->next) {
        ntm_fact fact;
        memset(&fact, 0, sizeof fact);
        ntm_i_read_fact(reader, &fact, entry);
        /* Decisions that follow one another need the same facts, each when the other is not in force. */
        size_t known = ntm_i_index_find(&index, entry->key->text);
        if (known != SIZE_MAX) {
            if (!ntm_i_fact_equal(&fact, &base->facts[known]))
                ntm_i_complain(reader, NTM_ERROR_CONFLICT, entry->key, "set \"%s\" has another fact \"%s\" (%s)",
                               base->about.id, entry->key->text,
                               ntm_i_lay_where(where, l, base->fact_origins[known].layer, base->at.facts[known].line));
            continue;
        }
        ntm_error err = NTM_ERROR_INIT;
        ntm_i_reader_at(reader, entry->key);
        if (!ntm_i_reader_went_well(reader, ntm_set_add_fact(reader->builder, &fact, &err), &err)) return;
    }
    ntm_i_lay_own(l, &reader->builder->facts, count);
}

void ntm_i_lay_parts(ntm_i_laying *l) {
    const ntm_set *base = l->base;
    ntm_i_reader *reader = l->reader;
    lay_sources(l);
    if (reader->out_of_memory) return;
    ntm_set_builder_at(reader->builder, 0, 0);
    ntm_error err = NTM_ERROR_INIT;
    for (size_t i = 0; i < base->axis_count; i++)
        if (!ntm_i_reader_went_well(reader, ntm_set_add_axis(reader->builder, &base->axes[i], &err), &err)) return;
    for (size_t i = 0; i < base->dimension_count; i++)
        if (!ntm_i_reader_went_well(reader, ntm_set_add_dimension(reader->builder, &base->dimensions[i], &err), &err))
            return;
    if (ntm_i_know_axes(reader, base->axes, base->axis_count)) lay_facts(l);
}
