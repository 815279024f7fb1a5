/* SPDX-License-Identifier: Apache-2.0 */
/* Communes, the law that they are measured by, and the law that comes next; villages and gardens. */
#include <string.h>

#include "report.h"

static const ntm_axis_value region = {"region", "BTB"}; /* Hà Tĩnh lies in Bắc Trung Bộ */
static const wording attained = {"đạt", "chưa đạt"};

static bool find_laws(report *r) {
    /* The set that takes the place of this one, on its first day: a look ahead. */
    ntm_date day = r->day, next_day = ntm_date_ymd(2022, 3, 8);
    const ntm_set *set = NULL, *next = NULL;
    if (ntm_catalogue_find(&set, r->catalogue, "ntm", "commune", "standard", "42", r->day, &r->err) != NTM_OK ||
        ntm_catalogue_find(&next, r->catalogue, "ntm", "commune", "standard", "42", next_day, &r->err) != NTM_OK)
        return false;
    const ntm_overlay *recalled = ntm_catalogue_get_overlay(r->catalogue, "commune-ntm-2016-2020.recalled.unverified");
    const ntm_overlay *of_next = ntm_catalogue_get_overlay(r->catalogue, "commune-ntm-2021-2025.recalled.unverified");
    if (ntm_set_overlay(&r->with_recalled, set, recalled, NULL, &r->err) != NTM_OK ||
        ntm_set_overlay(&r->next_with_recalled, next, of_next, NULL, &r->err) != NTM_OK ||
        !compile(r, &r->cited, set, &region, 1) || !compile(r, &r->recalled, r->with_recalled, &region, 1))
        return false;
    r->day = next_day; /* for the plans of that day only */
    bool done = compile(r, &r->next_cited, next, &region, 1) &&
                compile(r, &r->next_recalled, r->next_with_recalled, &region, 1);
    r->day = day;
    return done;
}

static bool read_recognitions(report *r) {
    static const char file[] = "commune-register-illustrative.csv";
    ntm_status_rule rules[] = {ntm_status_rule_of(ntm_catalogue_get(r->catalogue, "commune-ntm-2010-2020")),
                               ntm_status_rule_of(r->cited.set)};
    if (!read_register(r, &r->recognised, file, rules, 2)) return false;
    rules[0].lasting = rules[1].lasting = NTM_LASTING_UNLIMITED;
    return read_register(r, &r->recognised_for_good, file, rules, 2);
}

bool read_communes(report *r) {
    static const char *const meeting_headers[] = {"id", "section", "what_vi", "printed", "kind", "source"};
    static const char *const department_headers[] = {"criterion", "department"};
    ntm_csv_field code = text_field("code");
    return find_laws(r) && read_recognitions(r) && read_texts(r, &r->meeting, "meeting.csv", meeting_headers, 6) &&
           read_texts(r, &r->departments, "departments-illustrative.csv", department_headers, 2) &&
           read_facts(r, &r->facts, "indicators-illustrative.csv", r->recalled.plan, attained, &code, 1) &&
           evaluate(r, &r->cited, r->facts.table) && evaluate(r, &r->recalled, r->facts.table);
}

bool read_villages(report *r) {
    /* Asked for by name: nobody has read from which day they are in force, so that no day finds them. */
    const ntm_set *gardens = ntm_catalogue_get(r->catalogue, "garden-model-ha-tinh");
    const ntm_set *areas = ntm_catalogue_get(r->catalogue, "residential-area-model-ha-tinh");
    ntm_csv_field garden_keys[] = {text_field("garden"), text_field("village"), text_field("commune")};
    ntm_csv_field village_keys[] = {text_field("village"), text_field("name"), text_field("commune")};
    ntm_status_rule rule = ntm_status_rule_of(areas);
    return compile(r, &r->gardens, gardens, NULL, 0) && compile(r, &r->areas, areas, NULL, 0) &&
           read_facts(r, &r->garden_facts, "gardens-illustrative.csv", r->gardens.plan, attained, garden_keys, 3) &&
           read_facts(r, &r->villages, "villages-illustrative.csv", r->areas.plan, attained, village_keys, 3) &&
           read_register(r, &r->villages_registered, "village-register-illustrative.csv", &rule, 1) &&
           evaluate(r, &r->gardens, r->garden_facts.table) && evaluate(r, &r->areas, r->villages.table);
}
