/* SPDX-License-Identifier: Apache-2.0 */
/* A catalogue, looked at set by set and then as a whole. */
#include "lint/relations.h"

#include "catalogue/catalogue.h"

void *ntm_i_relations_take(ntm_i_relations *r, size_t count, size_t size) {
    void *memory = ntm_i_arena_take(&r->scratch, count, size);
    r->to->failed = r->to->failed || memory == NULL;
    return memory;
}

ntm_place ntm_i_relations_place(const ntm_i_relations *r, size_t set, const char *path, ntm_i_position at) {
    return (ntm_place){r->sets[set]->about.id, path, ntm_i_set_file(r->sets[set], 0), at.line, at.column};
}

size_t ntm_i_relations_find(const ntm_i_relations *r, const char *id) { return ntm_i_index_find(&r->ids, id); }

static bool start(ntm_i_relations *r) {
    r->count = ntm_catalogue_set_count(r->catalogue);
    r->sets = ntm_i_relations_take(r, r->count, sizeof *r->sets);
    ntm_date *last = ntm_i_relations_take(r, r->count, sizeof *last);
    r->family = ntm_i_relations_take(r, r->count, sizeof *r->family);
    const char **ids = ntm_i_relations_take(r, r->count, sizeof *ids);
    if (r->to->failed) return false;
    for (size_t i = 0; i < r->count; i++) {
        r->sets[i] = ntm_catalogue_set(r->catalogue, i);
        ids[i] = r->sets[i]->about.id;
        last[i] = ((const ntm_i_set_entry *)r->catalogue->sets.items)[i].to;
    }
    r->last = last;
    if (!ntm_i_index_make(&r->ids, &r->scratch, ids, r->count, sizeof *ids)) r->to->failed = true;
    return !r->to->failed;
}

static void look(ntm_i_relations *r) {
    for (size_t i = 0; i < r->count && !r->to->failed; i++)
        ntm_i_lint_set(r->to, r->sets[i]);
    if (!r->to->failed) ntm_i_relate_references(r);
    if (!r->to->failed) ntm_i_relate_days(r);
    if (!r->to->failed) ntm_i_relate_names(r);
    if (!r->to->failed) ntm_i_relate_signs(r);
    if (!r->to->failed) ntm_i_relate_overlays(r);
}

ntm_status ntm_catalogue_lint(ntm_findings **out, const ntm_catalogue *catalogue, const ntm_lint_options *options,
                              ntm_error *err) {
    ntm_lint_options settings;
    if (out == NULL || catalogue == NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "a catalogue and a place for the findings are needed");
    ntm_status status = ntm_i_lint_settings(&settings, options, err);
    if (status != NTM_OK) return status;
    ntm_findings *findings = ntm_i_findings_new(settings.allocator);
    if (findings == NULL) return ntm_i_no_memory(err);
    ntm_i_relations relations = {.to = findings, .catalogue = catalogue};
    ntm_i_arena_start(&relations.scratch, settings.allocator);
    if (start(&relations)) look(&relations);
    ntm_i_arena_end(&relations.scratch);
    return ntm_i_findings_finish(out, findings, err);
}
