/* SPDX-License-Identifier: Apache-2.0 */
/* What the old communes had, rolled up into the new ones; districts and the province. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"

static const wording attained = {"đạt", "chưa đạt"};

/* The set that has a fact: what the set in force has goes first. */
static const ntm_set *set_of(const report *r, const char *fact) {
    bool in_force = ntm_set_fact(r->with_recalled, ntm_set_find_fact(r->with_recalled, fact)) != NULL;
    return in_force ? r->with_recalled : r->facilities_set;
}

enum { FACTS_MOST = 16 };

/* The codes, the facts, and bounds of facts that are not reported. */
static bool read_old(report *r, input *in, const char *file, const char *const *facts, size_t count,
                     const char *const *bounds, size_t bound_count) {
    ntm_csv_field fields[FACTS_MOST + 3] = {text_field("code")};
    for (size_t i = 0; i < count; i++) {
        fields[i + 1] = fact_field(set_of(r, facts[i]), facts[i], attained);
        if (strcmp(facts[i], "area") == 0) fields[i + 1].scale = 2;
    }
    for (size_t i = 0; i < bound_count; i++) {
        fields[count + 1 + i] = fact_field(r->with_recalled, "population", attained);
        fields[count + 1 + i].name = fields[count + 1 + i].header = bounds[i];
    }
    return read_fields(r, in, file, fields, count + 1 + bound_count);
}

/* Who the old units became: each new unit once, in the order of the table. */
static bool find_new_units(report *r, merger *m) {
    const ntm_table *table = m->table;
    m->old = calloc(table->rows + 1, sizeof *m->old);
    m->news = calloc(table->rows + 1, sizeof *m->news);
    m->into = calloc(table->rows + 1, sizeof *m->into);
    if (m->old == NULL || m->news == NULL || m->into == NULL) return false;
    if (ntm_units_find_all(m->old, r->registry, &ntm_table_find(table, "code")->column, NTM_ECHELON_COMMUNE,
                           r->merged_on - 1, NULL, NULL, &r->err) != NTM_OK)
        return false;
    for (size_t row = 0; row < table->rows; row++) {
        ntm_unit_part part;
        size_t parts = 0, at = 0;
        if (ntm_units_became(&part, &parts, 1, r->registry, m->old[row], r->merged_on - 1, r->merged_on, &r->err) !=
            NTM_OK)
            return false;
        while (at < m->count && m->news[at] != part.unit)
            at++;
        if (at == m->count) m->news[m->count++] = part.unit;
        m->into[row] = at;
    }
    return true;
}

static bool roll_up(report *r, merger *m, const char *const *facts, size_t count) {
    const ntm_fact *dictionary[FACTS_MOST];
    ntm_rolled_options options = NTM_ROLLED_OPTIONS_INIT;
    ntm_rollup *across = NULL, *as_it_is = NULL;
    options.ignore_unknown = true; /* the codes */
    for (size_t i = 0; i < count; i++) {
        const ntm_set *set = set_of(r, facts[i]);
        dictionary[i] = ntm_set_fact(set, ntm_set_find_fact(set, facts[i]));
    }
    bool done = find_new_units(r, m) &&
                ntm_rollup_across(&across, r->registry, m->old, m->table->rows, r->merged_on - 1, m->news, m->count,
                                  r->merged_on, NULL, &r->err) == NTM_OK &&
                ntm_rolled_new(&m->after, across, dictionary, count, m->table, &options, &r->err) == NTM_OK &&
                ntm_rollup_across(&as_it_is, r->registry, m->old, m->table->rows, r->merged_on - 1, m->old,
                                  m->table->rows, r->merged_on - 1, NULL, &r->err) == NTM_OK &&
                ntm_rolled_new(&m->before, as_it_is, dictionary, count, m->table, &options, &r->err) == NTM_OK;
    ntm_rollup_free(across);
    ntm_rollup_free(as_it_is);
    return done;
}

static bool read_facilities(report *r) {
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/facilities-illustrative.yaml", r->folder);
    return ntm_set_open(&r->facilities_set, path, NULL, &r->err) == NTM_OK &&
           compile(r, &r->facilities, r->facilities_set, NULL, 0);
}

static bool read_districts(report *r) {
    const ntm_set *set = ntm_catalogue_get(r->catalogue, "district-ntm-2016-2020");
    const ntm_overlay *recalled = ntm_catalogue_get_overlay(r->catalogue, "district-ntm-2016-2020.recalled.unverified");
    const ntm_set *province = ntm_catalogue_get(r->catalogue, "province-ntm-2021-2025");
    ntm_csv_field code = text_field("code");
    ntm_date day = r->day;
    if (ntm_set_overlay(&r->district_set, set, recalled, NULL, &r->err) != NTM_OK ||
        !compile(r, &r->district, r->district_set, NULL, 0))
        return false;
    r->day = ntm_set_about(province)->instrument.in_force_from; /* for the plan that says which facts are read */
    bool done = compile(r, &r->by_province_set, province, NULL, 0);
    r->day = day;
    return done &&
           read_facts(r, &r->district_facts, "district-facts-illustrative.csv", r->district.plan, attained, &code, 1) &&
           read_facts(r, &r->province_facts, "province-facts-illustrative.csv", r->by_province_set.plan, attained,
                      &code, 1);
}

bool read_merged(report *r) {
    static const char *const bounds[] = {"population:least", "population:most"};
    static const char *const published[] = {"population", "area"};
    static const char *const facts[] = {
        "population",           "households",        "poor-households",        "households-clean-water",
        "clean-water-share",    "income-per-person", "radio-loudspeakers",     "linkage-model",
        "administrative-class", "villages",          "village-culture-houses", "headquarters",
        "culture-houses",       "health-stations",   "sports-grounds"};
    enum { FACTS = sizeof facts / sizeof *facts };
    if (!read_facilities(r) || !read_districts(r) ||
        !read_old(r, &r->resolution, "resolution-819.csv", published, 2, NULL, 0) ||
        !read_old(r, &r->old_communes, "old-communes-illustrative.csv", facts, FACTS, bounds, 2))
        return false;
    r->published.table = r->resolution.table;
    r->merged.table = r->old_communes.table;
    return roll_up(r, &r->published, published, 2) && roll_up(r, &r->merged, facts, FACTS) &&
           evaluate(r, &r->facilities, ntm_rolled_table(r->merged.after));
}

static void close_merger(merger *m) {
    free(m->old);
    free(m->news);
    free(m->into);
    ntm_rolled_free(m->before);
    ntm_rolled_free(m->after);
}

void close_merged(report *r) {
    close_merger(&r->published);
    close_merger(&r->merged);
    evaluation *evaluations[] = {&r->facilities, &r->district, &r->by_province_set};
    for (size_t i = 0; i < 3; i++) {
        ntm_attainment_free(evaluations[i]->result);
        ntm_plan_free(evaluations[i]->plan);
    }
    input *inputs[] = {&r->resolution, &r->old_communes, &r->district_facts, &r->province_facts};
    for (size_t i = 0; i < 4; i++)
        ntm_csv_free(inputs[i]->csv);
    ntm_set_free(r->facilities_set);
    ntm_set_free(r->district_set);
    ntm_observations_free(r->months);
}
