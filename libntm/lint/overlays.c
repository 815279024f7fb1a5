/* SPDX-License-Identifier: Apache-2.0 */
/* Overlays: whether they fit their sets, what they may say, and what becomes of the set with them. */
#include <string.h>

#include "catalogue/overlay.h"
#include "lint/codes.h"
#include "lint/relations.h"

static ntm_place place_in(const ntm_overlay *overlay, const char *path, const ntm_i_yaml *at) {
    return (ntm_place){overlay->layer.id, path, overlay->name, at == NULL ? 0 : at->line, at == NULL ? 0 : at->column};
}

/* Values that a place gives to figures of the set which nobody is known to have left to it. */
static void look_at_figures(ntm_findings *to, const ntm_overlay *overlay, const ntm_set *base) {
    const ntm_i_yaml *section = overlay->fills[NTM_I_FIGURES];
    if (overlay->layer.standing != NTM_CITED || overlay->rank == NTM_RANK_CENTRAL || section == NULL) return;
    for (const ntm_i_yaml *entry = section->first; entry != NULL && !to->failed; entry = entry->next) {
        size_t index = ntm_set_find_figure(base, entry->key->text);
        if (index == SIZE_MAX || base->figures[index].delegated_to != NULL) continue;
        const ntm_i_origin *origin = &base->figure_origins[index];
        const char *path = ntm_i_findings_text(to, "figures.%s", base->figures[index].id);
        ntm_place place = place_in(overlay, path, entry->key);
        ntm_place other = {base->about.id, path, ntm_i_set_file(base, origin->layer), origin->line, origin->column};
        ntm_i_find(to, NTM_I_NOT_DELEGATED, &place, &other,
                   "it sets figure \"%s\", which set \"%s\" leaves to nobody that is known", base->figures[index].id,
                   base->about.id);
    }
}

/* Whether the set alone has this finding already. */
static bool has(const ntm_findings *findings, const ntm_finding *wanted) {
    for (size_t i = 0; i < ntm_findings_count(findings); i++) {
        const ntm_finding *f = ntm_findings_get(findings, i);
        if (strcmp(f->code, wanted->code) == 0 && strcmp(f->at.path, wanted->at.path) == 0) return true;
    }
    return false;
}

/* A fact of the set that an amendment has left without a rule: units may report it all the same. */
static bool is_left_over(const ntm_set *base, const ntm_finding *f) {
    return ntm_i_code_named(f->code) == NTM_I_UNUSED_FACT &&
           ntm_set_find_fact(base, f->at.path + strlen("facts.")) != SIZE_MAX;
}

/* What is new with the overlay. It fills holes one by one, so holes that stay are no news; nor are remarks. */
static void look_at_news(ntm_findings *to, const ntm_overlay *overlay, const ntm_set *base, const ntm_set *laid) {
    ntm_lint_options options = NTM_LINT_OPTIONS_INIT;
    ntm_findings *alone = NULL, *with = NULL;
    options.allocator = &to->arena.allocator;
    if (ntm_set_lint(&alone, base, &options, NULL) != NTM_OK || ntm_set_lint(&with, laid, &options, NULL) != NTM_OK)
        to->failed = true;
    for (size_t i = 0; i < ntm_findings_count(with) && !to->failed; i++) {
        const ntm_finding *f = ntm_findings_get(with, i);
        ntm_i_code code = ntm_i_code_named(f->code);
        if (f->severity == NTM_SEVERITY_REMARK || code == NTM_I_FIGURE_HOLES || is_left_over(base, f) || has(alone, f))
            continue;
        ntm_place place = f->at;
        place.set = overlay->layer.id;
        ntm_i_find(to, code, &place, f->other.set == NULL ? NULL : &f->other, "%s", f->text);
    }
    ntm_findings_free(alone);
    ntm_findings_free(with);
}

/* Whether it can be laid over its set at all; the reason names the file and the line. */
static void look_at_fit(ntm_findings *to, const ntm_overlay *overlay, const ntm_set *base) {
    ntm_set *laid = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_read_options options = NTM_READ_OPTIONS_INIT;
    options.allocator = &to->arena.allocator;
    ntm_status status = ntm_set_overlay(&laid, base, overlay, &options, &err);
    if (status == NTM_OK) {
        look_at_news(to, overlay, base, laid);
    } else if (status == NTM_ERROR_MEMORY) {
        to->failed = true;
    } else {
        ntm_place place = place_in(overlay, "of", NULL), other = {base->about.id, NULL, ntm_i_set_file(base, 0), 0, 0};
        place.line = err.line;
        place.column = err.column;
        ntm_i_find(to, NTM_I_OVERLAY_DOES_NOT_FIT, &place, &other, "%s", err.message);
    }
    ntm_set_free(laid);
}

static void look_at_days(ntm_findings *to, const ntm_overlay *overlay) {
    if (overlay->layer.standing != NTM_CITED || overlay->instrument.in_force_from != NTM_DATE_NONE) return;
    ntm_place place = place_in(overlay, "instrument.in_force", overlay->at[NTM_I_OVERLAY_INSTRUMENT]);
    ntm_i_find(to, NTM_I_OVERLAY_UNDATED, &place, NULL,
               "its first day is not known, so it is laid only by who asks for it");
}

static void lint_overlay(ntm_findings *to, const ntm_overlay *overlay, const ntm_set *base) {
    size_t first = to->list.count;
    look_at_fit(to, overlay, base);
    look_at_figures(to, overlay, base);
    look_at_days(to, overlay);
    ntm_i_findings_sort(to, first);
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
    lint_overlay(findings, overlay, base);
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
            lint_overlay(r->to, overlay, r->sets[base]);
    }
}
