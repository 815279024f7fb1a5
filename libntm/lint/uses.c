/* SPDX-License-Identifier: Apache-2.0 */
/* Facts, figures, axes and sources that nothing uses. */
#include <string.h>

#include "criteria/index.h"
#include "lint/linting.h"

#define NOTES_SOURCES_MAX 200 /* sources looked for in notes; beyond, a mere mention does not count as use */

typedef struct marks {
    uint8_t *facts, *figures, *axes, *sources;
    ntm_i_index fact_index, axis_index, source_index;
} marks;

static void mark(uint8_t *used, const ntm_i_index *index, const char *id) {
    size_t at = ntm_i_index_find(index, id);
    if (at != SIZE_MAX) used[at] = 1;
}

static bool start(ntm_i_linting *l, marks *m) {
    const ntm_set *set = l->set;
    m->facts = ntm_i_lint_take(l, set->fact_count, 1);
    m->figures = ntm_i_lint_take(l, set->figure_count, 1);
    m->axes = ntm_i_lint_take(l, set->axis_count, 1);
    m->sources = ntm_i_lint_take(l, set->source_count, 1);
    if (l->to->failed ||
        !ntm_i_index_make(&m->fact_index, &l->scratch, set->facts, set->fact_count, sizeof *set->facts) ||
        !ntm_i_index_make(&m->axis_index, &l->scratch, set->axes, set->axis_count, sizeof *set->axes) ||
        !ntm_i_index_make(&m->source_index, &l->scratch, set->sources, set->source_count, sizeof *set->sources))
        l->to->failed = true;
    return !l->to->failed;
}

static void mark_nodes(const ntm_i_linting *l, marks *m) {
    for (ntm_node at = 1; at <= l->set->node_count; at++) {
        uint32_t target = l->set->info[at - 1].target;
        switch (ntm_i_node(l, at)->kind) {
            case NTM_FACT:
            case NTM_PAST:
            case NTM_OF_PARENT:
            case NTM_AVERAGE:
            case NTM_ATTESTED:
            case NTM_IF_APPLICABLE: m->facts[target] = 1; break;
            case NTM_AT_LEVEL:
                if (target != NTM_I_NO_TARGET) m->facts[target] = 1;
                break;
            case NTM_FIGURE: m->figures[target] = 1; break;
            default: break; /* these name no fact and no figure */
        }
    }
}

/* What a used fact leans on is used too: the whole that it is part of, what weighs it, and what it
   is the ratio of. */
static void mark_facts(ntm_i_linting *l, marks *m) {
    const ntm_set *set = l->set;
    size_t *queue = ntm_i_lint_take(l, set->fact_count, sizeof *queue), count = 0;
    for (size_t i = 0; queue != NULL && i < set->fact_count; i++)
        if (m->facts[i] != 0) queue[count++] = i;
    for (size_t next = 0; next < count; next++) {
        const ntm_fact *fact = &set->facts[queue[next]];
        const char *leans[] = {fact->part_of, fact->merge_weight, fact->merge_parts[0], fact->merge_parts[1]};
        for (size_t k = 0; k < sizeof leans / sizeof leans[0]; k++) {
            size_t at = ntm_i_index_find(&m->fact_index, leans[k]);
            if (at == SIZE_MAX || m->facts[at] != 0) continue;
            m->facts[at] = 1;
            queue[count++] = at;
        }
    }
}

static void mark_axes(const ntm_i_linting *l, marks *m) {
    for (size_t i = 0; i < l->set->figure_count; i++)
        for (size_t k = 0; k < l->set->figures[i].axis_count; k++)
            mark(m->axes, &m->axis_index, l->set->figures[i].axes[k]);
    for (size_t i = 0; i < l->set->scope_count; i++)
        mark(m->axes, &m->axis_index, l->set->scopes[i].axis);
    /* The figure of another set is looked up at this set's axes; by which of them, that set tells. */
    for (ntm_node at = 1; at <= l->set->node_count; at++)
        if (ntm_i_node(l, at)->kind == NTM_FIGURE_OF) memset(m->axes, 1, l->set->axis_count);
}

/* ------------------------------------------------------------------------------------------- sources */

typedef void visitor(ntm_i_linting *l, marks *m, const ntm_citation *citation);

static void visit_citations(ntm_i_linting *l, marks *m, visitor *visit) {
    const ntm_set *set = l->set;
    visit(l, m, &set->about.instrument.citation);
    for (size_t i = 0; i < set->figure_count; i++) {
        visit(l, m, &set->figures[i].citation);
        for (size_t k = 0; k < set->figures[i].value_count; k++)
            visit(l, m, &set->figures[i].values[k].citation);
    }
    for (size_t i = 0; i < set->criterion_count; i++)
        visit(l, m, &set->criteria[i].citation);
    for (size_t i = 0; i < set->indicator_count; i++)
        visit(l, m, &set->indicators[i].citation);
    for (size_t i = 0; i < set->precondition_count; i++)
        visit(l, m, &set->preconditions[i].citation);
    for (size_t i = 0; i < set->value_count; i++)
        visit(l, m, &set->values[i].citation);
    for (size_t i = 0; i < set->scope_count; i++)
        visit(l, m, &set->scopes[i].citation);
    for (size_t i = 0; i < set->recogniser_count; i++)
        visit(l, m, &set->recognisers[i].citation);
    visit(l, m, &set->about.validity.citation);
    for (size_t i = 0; i < set->node_count; i++)
        visit(l, m, &set->nodes[i].citation);
}

static void mark_cited(ntm_i_linting *l, marks *m, const ntm_citation *citation) {
    (void)l;
    for (size_t i = 0; i < citation->source_count; i++)
        mark(m->sources, &m->source_index, citation->sources[i]);
}

static bool is_word_byte(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

static bool mentions(const char *text, const char *id) {
    size_t size = strlen(id);
    for (const char *at = text; at != NULL && (at = strstr(at, id)) != NULL; at++)
        if ((at == text || !is_word_byte(at[-1])) && !is_word_byte(at[size])) return true;
    return false;
}

static void mark_mentioned(ntm_i_linting *l, marks *m, const ntm_citation *citation) {
    for (size_t i = 0; citation->note != NULL && i < l->set->source_count; i++)
        if (m->sources[i] == 0 && mentions(citation->note, l->set->sources[i].id)) m->sources[i] = 1;
}

static void mark_sources(ntm_i_linting *l, marks *m) {
    visit_citations(l, m, mark_cited);
    if (l->set->source_count > NOTES_SOURCES_MAX) return;
    const ntm_citation whole = {.note = l->set->about.note};
    const ntm_citation pairs = {.note = l->set->about.follows_note};
    mark_mentioned(l, m, &whole);
    mark_mentioned(l, m, &pairs);
    visit_citations(l, m, mark_mentioned);
}

/* ------------------------------------------------------------------------------------------- telling */

static void tell(ntm_i_linting *l, ntm_i_code code, ntm_place place, const char *id, const char *what) {
    ntm_i_find(l->to, code, &place, NULL, "%s \"%s\"", what, id);
}

void ntm_i_lint_uses(ntm_i_linting *l) {
    const ntm_set *set = l->set;
    marks m;
    if (!start(l, &m)) return;
    mark_nodes(l, &m);
    mark_facts(l, &m);
    mark_axes(l, &m);
    mark_sources(l, &m);
    for (size_t i = 0; i < set->fact_count; i++)
        if (m.facts[i] == 0)
            tell(l, NTM_I_UNUSED_FACT, ntm_i_place_with(l, "facts", set->facts[i].id, &set->fact_origins[i]),
                 set->facts[i].id, "no rule uses fact");
    for (size_t i = 0; i < set->figure_count; i++)
        if (m.figures[i] == 0)
            tell(l, NTM_I_UNUSED_FIGURE, ntm_i_place_with(l, "figures", set->figures[i].id, &set->figure_origins[i]),
                 set->figures[i].id, "no rule uses figure");
    for (size_t i = 0; i < set->axis_count; i++)
        if (m.axes[i] == 0)
            tell(l, NTM_I_UNUSED_AXIS, ntm_i_place_named(l, "axes", set->axes[i].id, &set->at.axes[i]), set->axes[i].id,
                 "no figure uses axis");
    for (size_t i = 0; i < set->source_count; i++)
        if (m.sources[i] == 0)
            tell(l, NTM_I_UNUSED_SOURCE, ntm_i_place_named(l, "sources", set->sources[i].id, &set->at.sources[i]),
                 set->sources[i].id, "nothing names source");
}
