/* SPDX-License-Identifier: Apache-2.0 */
/* What is in a ledger. */
#include <string.h>

#include "ledger/ledger.h"

ntm_i_ledger_dimension *ntm_i_ledger_dimension_of(const ntm_ledger *ledger, const char *name) {
    if (ledger == NULL || name == NULL) return NULL;
    for (size_t i = 0; i < ledger->dimension_count; i++)
        if (strcmp(ledger->dimensions[i].name, name) == 0) return &ledger->dimensions[i];
    return NULL;
}

size_t ntm_ledger_rows(const ntm_ledger *ledger) { return ledger == NULL ? 0 : ledger->rows; }

bool ntm_ledger_borrows(const ntm_ledger *ledger, const char *column) {
    if (ledger == NULL || column == NULL || ledger->csv != NULL) return false;
    const ntm_i_ledger_dimension *dimension = ntm_i_ledger_dimension_of(ledger, column);
    if (dimension != NULL) return dimension->codes.data != NULL && dimension->codes.own == NULL;
    if (ledger->time_column != NULL && strcmp(ledger->time_column, column) == 0) return ledger->time.own == NULL;
    if (strcmp(column, "amount") == 0) return ledger->amounts.values != NULL && ledger->amounts.own == NULL;
    return strcmp(column, "quantity") == 0 && ledger->quantities.values != NULL && ledger->quantities.own == NULL;
}

size_t ntm_ledger_left_out_count(const ntm_ledger *ledger) { return ledger == NULL ? 0 : ledger->left_out_count; }

const ntm_error *ntm_ledger_left_out(const ntm_ledger *ledger, size_t index) {
    return ledger == NULL || index >= ledger->left_out_count ? NULL : &ledger->left_out[index];
}

size_t ntm_ledger_dimension_count(const ntm_ledger *ledger) { return ledger == NULL ? 0 : ledger->dimension_count; }

const char *ntm_ledger_dimension(const ntm_ledger *ledger, size_t index) {
    return ledger == NULL || index >= ledger->dimension_count ? NULL : ledger->dimensions[index].name;
}

size_t ntm_ledger_member_count(const ntm_ledger *ledger, const char *dimension) {
    const ntm_i_ledger_dimension *found = ntm_i_ledger_dimension_of(ledger, dimension);
    return found == NULL ? 0 : found->member_count;
}

const ntm_member *ntm_ledger_member(const ntm_ledger *ledger, const char *dimension, size_t index) {
    const ntm_i_ledger_dimension *found = ntm_i_ledger_dimension_of(ledger, dimension);
    return found == NULL || index >= found->member_count ? NULL : &found->members[index];
}

const char *ntm_ledger_quantity_unit(const ntm_ledger *ledger, const char *kind) {
    if (ledger == NULL || kind == NULL || ledger->quantity_units == NULL) return NULL;
    const ntm_i_ledger_dimension *kinds = ntm_i_ledger_dimension_of(ledger, "kind");
    if (kinds == NULL) return kind[0] == '\0' ? ledger->quantity_units[0] : NULL;
    for (size_t i = 0; i < kinds->member_count; i++)
        if (strcmp(kinds->members[i].id, kind) == 0) return ledger->quantity_units[i];
    return NULL;
}
