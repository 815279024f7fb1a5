/* SPDX-License-Identifier: Apache-2.0 */
/* Households of two reviews, classed by the standard in force; people whose income is topped up. */
#include <string.h>

#include "report.h"

static const wording said = {"có", "không"};

static ntm_csv_field codes_field(const char *header) {
    ntm_csv_field field = text_field(header);
    field.kind = NTM_CSV_CODES;
    return field;
}

static bool read_review(report *r, size_t review, const char *file) {
    ntm_csv_field members = text_field("members");
    members.kind = NTM_CSV_NUMBER;
    members.locale = NTM_LOCALE_VI;
    const ntm_csv_field keys[] = {text_field("household"), codes_field("district"), codes_field("area"), members};
    evaluation *e = &r->poverty.by_review[review];
    input *in = &r->poverty.households[review];
    return read_facts(r, in, file, e->plan, said, keys, 4) && evaluate(r, e, in->table);
}

static bool read_people(report *r) {
    const ntm_csv_field keys[] = {text_field("person"), codes_field("district"), codes_field("area")};
    evaluation support = {NULL, NULL, NULL};
    bool done = compile(r, &support, r->poverty.support, NULL, 0) &&
                read_facts(r, &r->poverty.people, "people-illustrative.csv", support.plan, said, keys, 3);
    ntm_plan_free(support.plan);
    return done;
}

bool read_poverty(report *r) {
    const ntm_set *standard = NULL;
    if (ntm_catalogue_find(&standard, r->catalogue, "poverty", "household", "standard", "VN", r->day, &r->err) !=
            NTM_OK ||
        ntm_catalogue_find(&r->poverty.support, r->catalogue, "poverty", "person", "standard", "42", r->day, &r->err) !=
            NTM_OK)
        return false;
    for (size_t i = 0; i < REVIEWS; i++)
        if (!compile(r, &r->poverty.by_review[i], standard, NULL, 0)) return false;
    return read_review(r, 0, "households-2018-illustrative.csv") &&
           read_review(r, 1, "households-2019-illustrative.csv") && read_people(r);
}
