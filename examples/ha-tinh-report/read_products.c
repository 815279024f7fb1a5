/* SPDX-License-Identifier: Apache-2.0 */
/* OCOP: products, the council's sheets for each type of product, recognitions of earlier years. */
#include <stdio.h>
#include <string.h>

#include "report.h"

static const wording said = {"có", "không"};

static bool read_council(report *r, council *c, const char *type) {
    char id[64], file[80];
    ntm_csv_field keys[] = {text_field("product"), text_field("judge")};
    ntm_panel_options options = NTM_PANEL_OPTIONS_INIT;
    options.ignore_unknown = true; /* the keys */
    (void)snprintf(id, sizeof id, "ocop-%s-2019", type);
    (void)snprintf(file, sizeof file, "ocop-sheets-%s-illustrative.csv", type);
    c->type = type;
    /* By name: from which day the set is in force was not read. */
    if (!compile(r, &c->by_sheet, ntm_catalogue_get(r->catalogue, id), NULL, 0) ||
        !read_facts(r, &c->sheets, file, c->by_sheet.plan, said, keys, 2) ||
        !evaluate(r, &c->by_sheet, c->sheets.table))
        return false;
    const ntm_field *products = ntm_table_find(c->sheets.table, "product");
    return ntm_panel_new(&c->panel, c->by_sheet.plan, c->sheets.table, &products->column, &options, &r->err) == NTM_OK;
}

bool read_ocop(report *r) {
    static const char *const types[OCOP_TYPES] = {"tea", "honey", "sauces", "fresh-vegetables-fruit",
                                                  "seafood-products"};
    static const char *const headers[] = {"product", "name", "type", "district"};
    ntm_status_rule rules[OCOP_TYPES];
    if (!read_texts(r, &r->ocop.products, "ocop-products-illustrative.csv", headers, 4)) return false;
    for (size_t i = 0; i < OCOP_TYPES; i++) {
        if (!read_council(r, &r->ocop.councils[i], types[i])) return false;
        rules[i] = ntm_status_rule_of(r->ocop.councils[i].by_sheet.set);
    }
    return read_register(r, &r->ocop.earlier, "ocop-register-illustrative.csv", rules, OCOP_TYPES);
}
