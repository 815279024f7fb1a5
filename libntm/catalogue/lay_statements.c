/* SPDX-License-Identifier: Apache-2.0 */
/* Laying an overlay: what it says about one indicator, criterion or precondition. */
#include "catalogue/lay_statements.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

typedef struct changes {
    ntm_i_laying *l;
    ntm_i_statement *s;
    ntm_node old_rule; /* of the base; 0 once it does not stay */
    const ntm_i_rule *new_rule;
    bool replaced; /* something of the base made room */
    size_t taken;  /* parts that come from the overlay now, present or absent */
} changes;

static const char *part_text(const changes *c, char buffer[128], const char *part) {
    const char *id = c->s->id;
    (void)snprintf(buffer, 128, "the %s of %s \"%.*s\"", part, ntm_i_part_nouns[c->s->part],
                   ntm_i_shown(id, strlen(id)), id);
    return buffer;
}

/* Takes one name from the overlay, or takes it away; `at` is where that stands. */
static void take_name(changes *c, ntm_i_lay_way way, const char **to, const char *text, uint16_t *layer,
                      const char *part, const ntm_i_yaml *at) {
    char what[128];
    if (at == NULL) return;
    ntm_i_lay_place place = {part_text(c, what, part), *to != NULL, *layer, c->s->origin->line};
    if (*layer == c->l->layer)
        place.line = at->line;
    else if (*layer != c->s->origin->layer)
        place.line = 0;
    if (!ntm_i_lay_may(c->l, way, &place, at)) return;
    c->replaced = c->replaced || *to != NULL;
    c->taken++;
    *to = text;
    *layer = c->l->layer;
}

/* Where the rule of the base stands. */
static uint32_t rule_line(const changes *c) {
    if (c->old_rule != 0) return ntm_set_node(c->l->base, c->old_rule)->line;
    return c->s->origin->rule == c->s->origin->layer ? c->s->origin->line : 0;
}

static void take_rule(changes *c, ntm_i_lay_way way, const ntm_i_rule *rule, const ntm_i_yaml *at) {
    char what[128];
    const ntm_i_statement *s = c->s;
    if (at == NULL) return;
    bool implied = c->old_rule == 0 && s->by_its_parts && s->origin->rule != c->l->layer;
    if (implied && way == NTM_I_LAY_FILLS) {
        ntm_i_complain(c->l->reader, NTM_ERROR_CONFLICT, at,
                       "%s \"%s\" of set \"%s\" is decided by its indicators, all of them: another rule replaces that",
                       ntm_i_part_nouns[s->part], s->id, c->l->base->about.id);
        return;
    }
    ntm_i_lay_place place = {part_text(c, what, "rule"), c->old_rule != 0 || implied, s->origin->rule, rule_line(c)};
    if (s->origin->rule == c->l->layer) place.line = at->line;
    if (!ntm_i_lay_may(c->l, way, &place, at)) return;
    c->replaced = c->replaced || place.there;
    c->taken++;
    c->old_rule = 0;
    c->new_rule = rule;
    s->origin->rule = c->l->layer;
}

/* Whether a part that stays is only recalled. */
static bool recalled(const changes *c, bool there, uint16_t layer) {
    const ntm_i_laid *laid = c->l->base->laid;
    if (!there) return false;
    if (layer == c->l->layer) return c->l->overlay->layer.standing == NTM_UNVERIFIED;
    return laid != NULL && layer > 0 && layer <= laid->layer_count &&
           laid->layers[layer - 1].standing == NTM_UNVERIFIED;
}

/* What is all new rests on the overlay; else on both, and is worth what the weakest part is worth. */
static void cite(changes *c, const ntm_citation *from) {
    ntm_i_statement *s = c->s;
    ntm_citation *to = s->citation;
    const ntm_i_origin *o = s->origin;
    bool name = s->name->vi != NULL || s->name->en != NULL, rule = c->old_rule != 0 || c->new_rule != NULL;
    bool stays = (s->name->vi != NULL && o->vi != c->l->layer) || (s->name->en != NULL && o->en != c->l->layer) ||
                 c->old_rule != 0;
    if (c->taken == 0) return;
    if (c->replaced && !stays) {
        *to = *from;
        return;
    }
    bool weak = recalled(c, name, o->vi) || recalled(c, name, o->en) || recalled(c, rule, o->rule);
    /* Of a set that was written and read again nobody knows which part was recalled. */
    bool weak_below = to->standing == NTM_UNVERIFIED && (weak || c->l->base->laid == NULL);
    ntm_i_lay_join_sources(c->l, to, from);
    ntm_i_lay_join_note(c->l, to, from);
    if (weak_below && from->standing == NTM_CITED && to->overlay != NULL) return;
    if (!weak_below || from->standing == NTM_UNVERIFIED) to->standing = from->standing;
    to->overlay = from->overlay;
}

static void take(changes *c, ntm_i_lay_way way, const ntm_i_yaml *entry) {
    ntm_i_filling f;
    if (entry == NULL || !ntm_i_read_filling(c->l->reader, &f, entry, way == NTM_I_LAY_REPLACES)) return;
    ntm_i_reader_at(c->l->reader, entry->key);
    ntm_i_statement *s = c->s;
    size_t before = c->taken;
    take_name(c, way, &s->name->vi, f.name.vi, &s->origin->vi, "Vietnamese name", f.vi != NULL ? f.vi : f.no_name);
    take_name(c, way, &s->name->en, f.name.en, &s->origin->en, "English name", f.en != NULL ? f.en : f.no_name);
    take_rule(c, way, f.rule, f.rule_at != NULL ? f.rule_at : f.no_rule);
    if (c->taken > before) cite(c, &f.citation);
}

void ntm_i_lay_statement(ntm_i_laying *l, ntm_i_statement *s, const ntm_i_yaml *fill, const ntm_i_yaml *replace) {
    changes c = {l, s, *s->rule, NULL, false, 0};
    ntm_set_builder_at(l->reader->builder, 0, 0);
    take(&c, NTM_I_LAY_FILLS, fill);
    take(&c, NTM_I_LAY_REPLACES, replace);
    *s->rule = c.new_rule != NULL ? ntm_i_lay_new_rule(l, c.new_rule) : ntm_i_lay_copy(l, c.old_rule);
    if (c.taken == 0) ntm_set_builder_at(l->reader->builder, 0, 0);
}
