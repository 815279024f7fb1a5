/* SPDX-License-Identifier: Apache-2.0 */
/* Money: the ledger of 2020, road works with their norms, cement supplied, the register of support. */
#include <stdio.h>

#include "report.h"

static bool read_ledger(report *r, ntm_ledger **out, const char *file, const ntm_ledger_options *options) {
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", r->folder, file);
    return ntm_ledger_open(out, path, options, &r->err) == NTM_OK;
}

static bool read_money(report *r) {
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    options.units = r->registry;
    options.echelon = NTM_ECHELON_COMMUNE;
    options.locale = NTM_LOCALE_VI;
    options.money_unit = 1000000;
    if (!read_ledger(r, &r->budget.money, "budget-2020-illustrative.csv", &options)) return false;
    options.money_unit = 1;
    return read_ledger(r, &r->budget.cement, "cement-supplied-illustrative.csv", &options);
}

static bool read_support(report *r) {
    static const ntm_dimension_spec person = {"person", NULL, 0, true};
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    options.units = r->registry;
    options.echelon = NTM_ECHELON_DISTRICT;
    options.locale = NTM_LOCALE_VI;
    options.dimensions = &person;
    options.dimension_count = 1;
    return read_ledger(r, &r->budget.support, "support-register-illustrative.csv", &options);
}

static ntm_csv_field number_field(const char *header, uint8_t scale) {
    ntm_csv_field field = text_field(header);
    field.kind = NTM_CSV_NUMBER;
    field.locale = NTM_LOCALE_VI;
    field.scale = scale;
    return field;
}

/* Needs: quantities of work by norms, divided among sources and those who do the work. */
static bool reckon_needs(report *r, const input *norms_in, const input *works, const input *division) {
    ntm_needs_options options = NTM_NEEDS_OPTIONS_INIT;
    ntm_norms *norms = NULL;
    options.rounding = NTM_ROUND_HALF_UP;
    options.division = division->table;
    bool done = ntm_norms_new(&norms, norms_in->table, NULL, &r->err) == NTM_OK &&
                ntm_needs_new(&r->budget.needs, norms, works->table, &options, &r->err) == NTM_OK;
    ntm_norms_free(norms);
    return done;
}

static bool read_needs(report *r) {
    input norms = {NULL, NULL}, works = {NULL, NULL}, division = {NULL, NULL};
    const ntm_csv_field norm_fields[] = {
        text_field("work"),        text_field("class"),         text_field("resource"), text_field("work_unit"),
        number_field("amount", 1), text_field("resource_unit"), text_field("citation")};
    const ntm_csv_field work_fields[] = {text_field("unit"),          text_field("work"),      text_field("class"),
                                         number_field("quantity", 1), text_field("work_unit"), text_field("date")};
    const ntm_csv_field division_fields[] = {text_field("work"),    text_field("resource"),   text_field("source"),
                                             text_field("doer"),    number_field("share", 0), number_field("cap", 0),
                                             text_field("cap_per"), text_field("cap_to"),     text_field("citation")};
    bool done = read_fields(r, &norms, "road-norms-illustrative.csv", norm_fields, 7) &&
                read_fields(r, &works, "road-works-illustrative.csv", work_fields, 6) &&
                read_fields(r, &division, "road-division-illustrative.csv", division_fields, 9) &&
                reckon_needs(r, &norms, &works, &division);
    ntm_csv_free(norms.csv);
    ntm_csv_free(works.csv);
    ntm_csv_free(division.csv);
    return done;
}

/* The needs are entries of a ledger like any other. */
static bool enter_needs(report *r) {
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    options.units = r->registry;
    options.echelon = NTM_ECHELON_COMMUNE;
    options.on = r->day;
    return ntm_ledger_new(&r->budget.needed, ntm_needs_table(r->budget.needs), &options, &r->err) == NTM_OK;
}

bool read_budget(report *r) { return read_money(r) && read_support(r) && read_needs(r) && enter_needs(r); }

void close_budget(report *r) {
    ntm_ledger_free(r->budget.money);
    ntm_ledger_free(r->budget.cement);
    ntm_ledger_free(r->budget.support);
    ntm_ledger_free(r->budget.needed);
    ntm_needs_free(r->budget.needs);
}
