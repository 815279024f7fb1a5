/* SPDX-License-Identifier: Apache-2.0 */
/* The last section: where the law was read. Each source of a set that was used, once. */
#include <stdio.h>
#include <string.h>

#include "report.h"

enum { LOOK_AHEAD = 4, SETS = 8 + LOOK_AHEAD + OCOP_TYPES };

static bool equal(const char *a, const char *b) { return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0); }

/* Whether one of the sets before lists the same: short names are each set's own, so the place decides. */
static bool listed(const ntm_set *const *sets, size_t count, const ntm_source *source) {
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < ntm_set_source_count(sets[i]); k++) {
            const ntm_source *other = ntm_set_source(sets[i], k);
            if (equal(other->id, source->id) && equal(other->where, source->where)) return true;
        }
    return false;
}

bool sources_page(report *r) {
    static const char *const ahead[LOOK_AHEAD] = {"commune-advanced-2021-2025", "district-ntm-2021-2025",
                                                  "district-advanced-2021-2025", "town-ntm-2021-2025"};
    const ntm_set *sets[SETS] = {r->recalled.set,    r->gardens.set,       r->areas.set,    r->poverty.by_review[0].set,
                                 r->poverty.support, r->next_recalled.set, r->district_set, r->by_province_set.set};
    for (size_t i = 0; i < LOOK_AHEAD; i++)
        sets[8 + i] = ntm_catalogue_get(r->catalogue, ahead[i]);
    for (size_t i = 0; i < OCOP_TYPES; i++)
        sets[8 + LOOK_AHEAD + i] = r->ocop.councils[i].by_sheet.set;
    heading("Nguồn của các bộ tiêu chí", false);
    for (size_t i = 0; i < SETS; i++)
        for (size_t k = 0; k < ntm_set_source_count(sets[i]); k++) {
            const ntm_source *source = ntm_set_source(sets[i], k);
            if (listed(sets, i, source)) continue;
            printf("  %s: %s\n       %s\n", source->id, source->what == NULL ? "" : source->what,
                   source->where == NULL ? "" : source->where);
        }
    return true;
}
