/* SPDX-License-Identifier: Apache-2.0 */
/* Laying an overlay: the figures of the set, with what the overlay fills, replaces and tightens, and new figures. */
#include <string.h>

#include "base/text.h"
#include "catalogue/lay_cells.h"

/* All that the overlay has for figures. */
typedef struct sections {
    ntm_i_lay_section fills, replaces, tightens;
    const ntm_i_use *uses; /* of the figures of the base; NULL when nothing is or was tightened */
    bool *used_now;        /* by figure of the base: a rule of the new set uses it */
    bool *used_before;
} sections;

/* Which figures the rules use, before and now. */
static bool find_used(ntm_i_laying *l, sections *s, const ntm_i_index *known) {
    const ntm_set *base = l->base;
    const ntm_i_things *nodes = &l->reader->builder->nodes;
    s->used_now = ntm_i_reader_take(l->reader, base->figure_count, sizeof *s->used_now);
    s->used_before = ntm_i_reader_take(l->reader, base->figure_count, sizeof *s->used_before);
    if (s->used_now == NULL || s->used_before == NULL) return false;
    for (size_t i = 0; i < base->node_count; i++)
        if (base->nodes[i].kind == NTM_FIGURE) s->used_before[base->info[i].target] = true;
    for (size_t i = 0; i < nodes->items.count; i++) {
        const ntm_node_spec *node = (const ntm_node_spec *)nodes->items.items + i;
        size_t at = node->kind == NTM_FIGURE ? ntm_i_index_find(known, node->name) : SIZE_MAX;
        if (at != SIZE_MAX) s->used_now[at] = true;
    }
    return true;
}

static bool open_all(ntm_i_laying *l, sections *s, const ntm_i_index *known) {
    const ntm_overlay *overlay = l->overlay;
    s->uses = NULL;
    if (!ntm_i_lay_open(l, &s->fills, overlay->fills[NTM_I_FIGURES]) ||
        !ntm_i_lay_open(l, &s->replaces, overlay->replaces[NTM_I_FIGURES]) ||
        !ntm_i_lay_open(l, &s->tightens, overlay->tightens[NTM_I_FIGURES]) || !find_used(l, s, known))
        return false;
    /* Floors are looked at whatever the overlay does with a figure. */
    if (overlay->tightens[NTM_I_FIGURES] == NULL && l->floors.count == 0) return true;
    s->uses = ntm_i_figure_uses(l->base, &l->reader->arena);
    if (s->uses == NULL) l->reader->out_of_memory = true;
    return s->uses != NULL;
}

/* One figure of the base. What no rule uses any more, because the overlay gave its rule another turn, goes with it. */
static bool lay_figure(ntm_i_laying *l, const sections *s, size_t index) {
    ntm_figure figure = l->base->figures[index];
    ntm_i_origin origin = l->base->figure_origins[index];
    const ntm_i_yaml *fill = ntm_i_lay_entry(&s->fills, figure.id), *replace = ntm_i_lay_entry(&s->replaces, figure.id),
                     *tighten = ntm_i_lay_entry(&s->tightens, figure.id),
                     *any = fill != NULL      ? fill
                            : replace != NULL ? replace
                                              : tighten;
    ntm_set_builder_at(l->reader->builder, 0, 0);
    if (s->used_before[index] && !s->used_now[index]) {
        const ntm_i_yaml *changes = l->overlay->at[NTM_I_OVERLAY_REPLACES];
        if (changes == NULL) changes = l->overlay->at[NTM_I_OVERLAY_REMOVES];
        if (any != NULL)
            ntm_i_complain(l->reader, NTM_ERROR_CONFLICT, any->key,
                           "no rule uses figure \"%s\" any more: this overlay replaces or removes those that did",
                           figure.id);
        ntm_i_lay_remove(l, NTM_I_FIGURES, figure.id, changes == NULL ? 0 : changes->key->line);
        return !l->reader->out_of_memory;
    }
    ntm_i_lay_figure f;
    if (!ntm_i_lay_figure_start(l, &f, &figure, &origin)) return false;
    if (any != NULL) {
        ntm_i_reader_at(l->reader, any->key);
        f.use = s->uses == NULL ? NULL : &s->uses[index];
        ntm_i_lay_figure_fill(&f, fill);
        ntm_i_lay_figure_replace(&f, replace);
        ntm_i_lay_figure_tighten(&f, tighten);
    }
    if (l->reader->out_of_memory || !ntm_i_add_figure(l->reader, &figure, f.origins)) return false;
    ntm_i_origin *kept = ntm_i_last_origin(&l->reader->builder->figures);
    origin.cells = kept->cells;
    *kept = origin;
    return true;
}

static void add_new_figures(ntm_i_laying *l, const ntm_i_index *known) {
    ntm_i_reader *reader = l->reader;
    ntm_i_things *figures = &reader->builder->figures;
    const ntm_i_yaml *section = l->overlay->fills[NTM_I_FIGURES];
    size_t count = figures->items.count;
    const ntm_i_yaml *entry = section != NULL ? section->first : NULL;
    for (; entry != NULL && !reader->out_of_memory; entry = entry->next) {
        if (ntm_i_index_find(known, entry->key->text) != SIZE_MAX) continue;
        if (ntm_i_yaml_get(entry, "unit") == NULL) {
            ntm_i_lay_unknown(l, entry->key, NTM_I_FIGURES, entry->key->text);
            continue;
        }
        ntm_figure figure;
        const ntm_i_cell_origin *origins = NULL;
        memset(&figure, 0, sizeof figure);
        ntm_i_read_figure(reader, &figure, &origins, entry);
        ntm_i_reader_at(reader, entry->key);
        ntm_i_cell_origin *own = ntm_i_reader_take(reader, figure.value_count, sizeof *own);
        for (size_t i = 0; own != NULL && i < figure.value_count; i++)
            own[i] = (ntm_i_cell_origin){origins[i].line, origins[i].column, l->layer};
        if (own == NULL || !ntm_i_add_figure(reader, &figure, own)) return;
    }
    ntm_i_lay_own(l, figures, count);
}

void ntm_i_lay_figures(ntm_i_laying *l) {
    const ntm_set *base = l->base;
    ntm_i_reader *reader = l->reader;
    const ntm_i_yaml *const changes[] = {l->overlay->replaces[NTM_I_FIGURES], l->overlay->tightens[NTM_I_FIGURES]};
    sections s;
    ntm_i_index known;
    if (!ntm_i_index_make(&known, &reader->arena, base->figures, base->figure_count, sizeof *base->figures)) {
        reader->out_of_memory = true;
        return;
    }
    if (!open_all(l, &s, &known)) return;
    for (size_t i = 0; i < 2; i++)
        for (const ntm_i_yaml *entry = changes[i] == NULL ? NULL : changes[i]->first; entry != NULL;
             entry = entry->next)
            if (ntm_i_index_find(&known, entry->key->text) == SIZE_MAX)
                ntm_i_lay_unknown(l, entry->key, NTM_I_FIGURES, entry->key->text);
    for (size_t i = 0; i < base->figure_count && !reader->out_of_memory; i++)
        if (!lay_figure(l, &s, i)) return;
    if (!reader->out_of_memory) add_new_figures(l, &known);
}
