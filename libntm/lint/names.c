/* SPDX-License-Identifier: Apache-2.0 */
/* Facts and sources that have one id in several sets and are not the same there. Facts are compared within a family. */
#include <string.h>

#include "base/text.h"
#include "lint/relations.h"

/* One thing of one set. */
typedef struct item {
    const char *id;
    size_t set, at;
} item;

static const char *or_nothing(const char *text) { return text == NULL ? "nothing" : text; }

static void compare_sources(ntm_i_relations *r, const item *first, const item *later) {
    const ntm_source *a = &r->sets[first->set]->sources[first->at], *b = &r->sets[later->set]->sources[later->at];
    if (ntm_i_text_same(a->where, b->where)) return;
    const char *path = ntm_i_findings_text(r->to, "sources.%s", a->id);
    ntm_place place = ntm_i_relations_place(r, later->set, path, r->sets[later->set]->at.sources[later->at]);
    ntm_place other = ntm_i_relations_place(r, first->set, path, r->sets[first->set]->at.sources[first->at]);
    ntm_i_find(r->to, NTM_I_SOURCE_DIFFERS, &place, &other, "source \"%s\" is at %s here and at %s in set \"%s\"",
               a->id, or_nothing(b->where), or_nothing(a->where), r->sets[first->set]->about.id);
}

static bool same_levels(const ntm_fact *a, const ntm_fact *b) {
    if (a->level_count != b->level_count) return false;
    for (size_t i = 0; i < a->level_count; i++)
        if (!ntm_i_text_same(a->levels[i], b->levels[i])) return false;
    return true;
}

static const char *list_levels(ntm_i_relations *r, const ntm_fact *fact) {
    const char *text = "";
    for (size_t i = 0; i < fact->level_count && i < 8; i++)
        text = ntm_i_findings_text(r->to, "%s%s%s", text, i == 0 ? "" : " < ", fact->levels[i]);
    return text;
}

/* The word that differs, if one does. */
static bool same_kind(ntm_i_relations *r, const item *first, const item *later, const char **what, const char **here,
                      const char **there) {
    static const char *const kinds[] = {"?", "flag", "count", "amount", "share", "level", "money", "date"};
    const ntm_set *x = r->sets[first->set], *y = r->sets[later->set];
    const ntm_fact *a = &x->facts[first->at], *b = &y->facts[later->at];
    *what = "kind";
    *here = kinds[b->kind];
    *there = kinds[a->kind];
    if (a->kind != b->kind) return false;
    *what = "unit";
    *here = or_nothing(b->unit);
    *there = or_nothing(a->unit);
    if (!ntm_i_unit_same(&x->fact_units[first->at], &y->fact_units[later->at]) ||
        x->fact_units[first->at].power != y->fact_units[later->at].power)
        return false;
    if (same_levels(a, b)) return true;
    *what = "scale";
    *here = list_levels(r, b);
    *there = list_levels(r, a);
    return false;
}

static void compare_facts(ntm_i_relations *r, const item *first, const item *later) {
    const ntm_fact *a = &r->sets[first->set]->facts[first->at], *b = &r->sets[later->set]->facts[later->at];
    const char *path = ntm_i_findings_text(r->to, "facts.%s", a->id), *what, *here, *there;
    ntm_place place = ntm_i_relations_place(r, later->set, path, r->sets[later->set]->at.facts[later->at]);
    ntm_place other = ntm_i_relations_place(r, first->set, path, r->sets[first->set]->at.facts[first->at]);
    if (!same_kind(r, first, later, &what, &here, &there)) {
        ntm_i_find(r->to, NTM_I_FACT_DIFFERS, &place, &other,
                   "fact \"%s\" has another %s here (%s) than in set \"%s\" (%s)", a->id, what, here,
                   r->sets[first->set]->about.id, there);
        return;
    }
    bool vi = a->name.vi != NULL && b->name.vi != NULL;
    const char *own = vi ? b->name.vi : b->name.en, *old = vi ? a->name.vi : a->name.en;
    if (own != NULL && old != NULL && strcmp(own, old) != 0)
        ntm_i_find(r->to, NTM_I_FACT_RENAMED, &place, &other, "fact \"%s\" is \"%s\" here and \"%s\" in set \"%s\"",
                   a->id, own, old, r->sets[first->set]->about.id);
}

/* The first with the same id, or the same id in the same family; `run` are those of one id, in the order of the
   sets. */
static size_t first_of(const ntm_i_relations *r, const item *items, const ntm_i_entry *run, size_t at, bool kin) {
    for (size_t i = 0; i < at; i++)
        if (!kin || r->family[items[run[i].at].set] == r->family[items[run[at].at].set]) return run[i].at;
    return run[at].at;
}

/* Each thing with the first that has its id. */
static void compare_all(ntm_i_relations *r, const item *items, size_t count, bool kin,
                        void (*compare)(ntm_i_relations *, const item *, const item *)) {
    ntm_i_index index;
    if (!ntm_i_index_make(&index, &r->scratch, items, count, sizeof *items)) {
        r->to->failed = true;
        return;
    }
    size_t *first = ntm_i_relations_take(r, count, sizeof *first), begin = 0;
    for (size_t i = 0; first != NULL && i < index.count; i++) {
        if (strcmp(index.entries[i].id, index.entries[begin].id) != 0) begin = i;
        first[index.entries[i].at] = first_of(r, items, &index.entries[begin], i - begin, kin);
    }
    for (size_t i = 0; i < count && !r->to->failed; i++) /* in the order of the sets */
        if (first[i] != i) compare(r, &items[first[i]], &items[i]);
}

void ntm_i_relate_names(ntm_i_relations *r) {
    size_t facts = 0, sources = 0;
    for (size_t i = 0; i < r->count; i++) {
        facts += r->sets[i]->fact_count;
        sources += r->sets[i]->source_count;
    }
    item *all_facts = ntm_i_relations_take(r, facts, sizeof *all_facts);
    item *all_sources = ntm_i_relations_take(r, sources, sizeof *all_sources);
    facts = sources = 0;
    for (size_t i = 0; i < r->count && !r->to->failed; i++) {
        for (size_t k = 0; k < r->sets[i]->fact_count; k++)
            all_facts[facts++] = (item){r->sets[i]->facts[k].id, i, k};
        for (size_t k = 0; k < r->sets[i]->source_count; k++)
            all_sources[sources++] = (item){r->sets[i]->sources[k].id, i, k};
    }
    if (!r->to->failed) compare_all(r, all_sources, sources, false, compare_sources);
    if (!r->to->failed) compare_all(r, all_facts, facts, true, compare_facts);
}
