/* SPDX-License-Identifier: Apache-2.0 */
/* Overlays: whether they fit their sets, and what they may say. */
#include <string.h>

#include "catalogue/overlay.h"
#include "lint/relations.h"

static ntm_place place_in(const ntm_overlay *overlay, const char *path, const ntm_i_yaml *at) {
    return (ntm_place){overlay->layer.id, path, overlay->name, at == NULL ? 0 : at->line, at == NULL ? 0 : at->column};
}

/* Whether it can be laid over its set at all; the reason names the file and the line. */
static void look_at_fit(ntm_findings *to, const ntm_overlay *overlay, const ntm_set *base, const char *file) {
    ntm_set *laid = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_read_options options = NTM_READ_OPTIONS_INIT;
    options.allocator = &to->arena.allocator;
    ntm_status status = ntm_set_overlay(&laid, base, overlay, &options, &err);
    ntm_set_free(laid);
    if (status == NTM_ERROR_MEMORY) to->failed = true;
    if (status == NTM_OK || status == NTM_ERROR_MEMORY) return;
    ntm_place place = place_in(overlay, "of", NULL), other = {base->about.id, NULL, file, 0, 0};
    place.line = err.line;
    place.column = err.column;
    ntm_i_find(to, NTM_I_OVERLAY_DOES_NOT_FIT, &place, &other, "%s", err.message);
}

/* Values that a place gives to figures of the set which nobody is known to have left to it. */
static void look_at_figures(ntm_findings *to, const ntm_overlay *overlay, const ntm_set *base, const char *file) {
    const ntm_i_yaml *section = overlay->at[NTM_I_OVERLAY_FIGURES];
    if (overlay->layer.standing != NTM_CITED || section == NULL) return;
    for (const ntm_i_yaml *entry = section->first; entry != NULL && !to->failed; entry = entry->next) {
        size_t index = ntm_set_find_figure(base, entry->key->text);
        if (index == SIZE_MAX || base->figures[index].delegated_to != NULL) continue;
        const char *path = ntm_i_findings_text(to, "figures.%s", base->figures[index].id);
        ntm_place place = place_in(overlay, path, entry->key);
        ntm_place other = {base->about.id, path, file, base->at.figures[index].line, base->at.figures[index].column};
        ntm_i_find(to, NTM_I_NOT_DELEGATED, &place, &other,
                   "it sets figure \"%s\", which set \"%s\" leaves to nobody that is known", base->figures[index].id,
                   base->about.id);
    }
}

static void lint_overlay(ntm_findings *to, const ntm_overlay *overlay, const ntm_set *base, const char *file) {
    look_at_fit(to, overlay, base, file);
    look_at_figures(to, overlay, base, file);
}

ntm_status ntm_overlay_lint(ntm_findings **out, const ntm_overlay *overlay, const ntm_set *base,
                            const ntm_lint_options *options, ntm_error *err) {
    ntm_lint_options settings;
    if (out == NULL || overlay == NULL || base == NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "an overlay, its set and a place for the findings are needed");
    ntm_status status = ntm_i_lint_settings(&settings, options, err);
    if (status != NTM_OK) return status;
    ntm_findings *findings = ntm_i_findings_new(settings.allocator);
    if (findings == NULL) return ntm_i_no_memory(err);
    lint_overlay(findings, overlay, base, settings.file);
    return ntm_i_findings_finish(out, findings, err);
}

void ntm_i_relate_overlays(ntm_i_relations *r) {
    for (size_t i = 0; i < ntm_catalogue_overlay_count(r->catalogue) && !r->to->failed; i++) {
        const ntm_overlay *overlay = ntm_catalogue_overlay(r->catalogue, i);
        size_t base = ntm_i_relations_find(r, overlay->of);
        ntm_place place = place_in(overlay, "of", overlay->at[NTM_I_OVERLAY_OF]);
        if (base == SIZE_MAX)
            ntm_i_find(r->to, NTM_I_MISSING_SET, &place, NULL, "it goes over set \"%s\", which is not there",
                       overlay->of);
        else
            lint_overlay(r->to, overlay, r->sets[base], r->files[base]);
    }
}
