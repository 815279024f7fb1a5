/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever overlay can be read can be laid or is refused, and looked at by the lint; what comes of it can be written and
   read. */
#include <ntm/lint.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char base_text[] =
    "format: ntm-set/1\nid: a-set\nprogramme: ntm\nlevel: commune\ntier: standard\nplace: VN\nsources: {S1: {where: here}}\n"
    "axes: {region: {values: [BTB, DBSH]}, year: {values: [\"2019\", \"2020\"]}}\n"
    "facts: {households: {kind: count, unit: household}, poor: {kind: count, unit: household}, plan: {kind: flag}}\n"
    "figures: {share: {unit: \"%\", axes: [region], source: [S1], values: {BTB: 36}}, most: {unit: \"%\"},\n"
    "  table: {unit: \"%\", axes: [region, year]}}\n"
    "criteria: [{id: \"1\", indicators: [{id: \"1.1\", name: {en: One}, source: [S1]}, {id: \"1.2\"},\n"
    "  {id: \"1.3\", rule: [{ratio: [poor, households]}, \"<=\", {figure: most}]},\n"
    "  {id: \"1.4\", rule: [{ratio: [poor, households]}, \"<=\", {figure: share}]},\n"
    "  {id: \"1.5\", rule: {not: [{ratio: [poor, households]}, \">\", {product: [{figure: table}, {constant: 1}]}]}}]},\n"
    "  {id: \"2\", rule: {all: [{indicator: \"1.4\"}, {criterion: \"1\"}]}}]\n"
    "preconditions: [{id: registered}, {id: asked, rule: {attested: plan}}]\n";

/* Lies under the overlay, and above it. */
static const char amendment_text[] =
    "format: ntm-overlay/1\nid: a-set.amended\nof: a-set\nstanding: cited\nsources: {H1: {where: there}}\n"
    "instrument: {in_force: {from: 2024-03-01}}\n"
    "replaces:\n  figures: {share: {values: {BTB: 40}, source: [H1]}, table: {delegated_to: x, source: [H1]}}\n"
    "  indicators: {\"1.3\": {rule: {attested: plan}, source: [H1]}, \"1.1\": {absent: [name, rule], source: [H1]}}\n"
    "adds: {indicators: {\"1\": [{id: \"1.8\", source: [H1]}]}}\nremoves: {preconditions: [registered], source: [H1]}\n";

static void check(const ntm_set *set) {
    ntm_set *again = NULL;
    ntm_text *text = NULL;
    if (ntm_set_write(&text, set, NULL, NULL) != NTM_OK) abort();
    ntm_read_options large = NTM_READ_OPTIONS_INIT;
    large.size_max = SIZE_MAX / 2;
    large.nodes_max = SIZE_MAX / 2;
    if (ntm_set_read(&again, ntm_text_data(text), ntm_text_size(text), "written", &large, NULL) != NTM_OK) abort();
    if (!ntm_set_equal(set, again)) abort();
    ntm_set_free(again);
    ntm_text_free(text);
}

/* Lays an overlay over a set, and another over what comes of it. */
static void lay(const ntm_set *base, const ntm_overlay *overlay, const ntm_overlay *above) {
    ntm_set *set = NULL;
    ntm_findings *findings = NULL;
    if (strcmp(ntm_overlay_of(overlay), ntm_set_about(base)->id) == 0 &&
        ntm_overlay_lint(&findings, overlay, base, NULL, NULL) != NTM_OK)
        abort();
    ntm_findings_free(findings);
    if (ntm_set_overlay(&set, base, overlay, NULL, NULL) == NTM_OK) {
        ntm_standings counts;
        check(set);
        if (ntm_set_standings(&counts, set, NULL) != NTM_OK) abort();
        if (above != NULL) lay(set, above, NULL);
    } else if (set != NULL) {
        abort();
    }
    ntm_set_free(set);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    ntm_overlay *overlay = NULL;
    if (ntm_overlay_read(&overlay, (const char *)data, size, "fuzz", NULL, NULL) != NTM_OK) {
        if (overlay != NULL) abort();
        return 0;
    }
    ntm_set *base = NULL, *amended = NULL;
    ntm_overlay *amendment = NULL;
    if (ntm_set_read(&base, base_text, strlen(base_text), "base", NULL, NULL) != NTM_OK) abort();
    if (ntm_overlay_read(&amendment, amendment_text, strlen(amendment_text), "amendment", NULL, NULL) != NTM_OK)
        abort();
    if (ntm_set_overlay(&amended, base, amendment, NULL, NULL) != NTM_OK) abort();
    lay(base, overlay, amendment);
    lay(amended, overlay, NULL);
    ntm_set_free(base);
    ntm_set_free(amended);
    ntm_overlay_free(amendment);
    ntm_overlay_free(overlay);
    return 0;
}
