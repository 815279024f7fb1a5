/* SPDX-License-Identifier: Apache-2.0 */
/* Entries as CSV: what is taken can be added up by any sides, as one or cut into two, the same both ways; what is not, says
   why. Input: the locale, separator and whether bad rows are left out; which sides; then the file. */
#include <ntm/ntm.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                                            \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The text of a tally says all of it. */
static void check_same(const ntm_cube_tally *a, const ntm_cube_tally *b) {
    ntm_text *left = NULL, *right = NULL;
    CHECK(ntm_cube_tally_write(&left, a, NULL) == NTM_OK && ntm_cube_tally_write(&right, b, NULL) == NTM_OK);
    CHECK(strcmp(ntm_text_data(left), ntm_text_data(right)) == 0);
    ntm_text_free(left);
    ntm_text_free(right);
}

static void check_cube(const ntm_cube_tally *tally) {
    ntm_cube *cube = NULL;
    ntm_cube_rows *rows = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_cube_of(&cube, tally, NULL, &err);
    if (status != NTM_OK) {
        CHECK(status == NTM_ERROR_UNIT || status == NTM_ERROR_SHAPE || status == NTM_ERROR_LIMIT);
        return;
    }
    status = ntm_cube_rows_new(&rows, cube, NULL, &err);
    CHECK(status == NTM_OK || status == NTM_ERROR_OVERFLOW);
    if (status == NTM_OK) CHECK(ntm_table_check(ntm_cube_rows_table(rows), NULL, &err) == NTM_OK);
    if (status == NTM_OK) CHECK(ntm_cube_rows_table(rows)->rows == ntm_cube_cells(cube));
    ntm_cube_rows_free(rows);
    ntm_cube_free(cube);
}

static void check_tallies(const ntm_ledger *ledger, ntm_cube_options options) {
    ntm_cube_tally *whole = NULL, *parts[2] = {NULL, NULL}, *again = NULL;
    ntm_error err = NTM_ERROR_INIT;
    size_t rows = ntm_ledger_rows(ledger);
    if (ntm_cube_tally_new(&whole, ledger, &options, &err) != NTM_OK) {
        CHECK(err.message[0] != '\0');
        return;
    }
    options.row_count = rows / 3;
    CHECK(ntm_cube_tally_new(&parts[1], ledger, &options, &err) == NTM_OK);
    options.first_row = rows / 3;
    options.row_count = UINT64_MAX;
    CHECK(ntm_cube_tally_new(&parts[0], ledger, &options, &err) == NTM_OK);
    CHECK(ntm_cube_tally_merge(&again, (const ntm_cube_tally *const *)parts, 2, NULL, &err) == NTM_OK);
    check_same(whole, again);
    check_cube(whole);
    ntm_cube_tally_free(whole);
    ntm_cube_tally_free(again);
    ntm_cube_tally_free(parts[0]);
    ntm_cube_tally_free(parts[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const ntm_side all[] = {{"unit", NULL, true},    {"source", NULL, true}, {"stage", NULL, false},
                                   {"date", "month", true}, {"kind", NULL, false},  {"programme", NULL, true}};
    ntm_ledger_options options = NTM_LEDGER_OPTIONS_INIT;
    ntm_cube_options asked = NTM_CUBE_OPTIONS_INIT;
    ntm_ledger *ledger = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_side sides[6];
    if (size < 2) return 0;
    options.locale = (ntm_locale)(1 + data[0] % 3);
    options.separator = data[0] & 0x80 ? ';' : ',';
    options.leave_out = data[0] & 0x40;
    options.money_unit = data[0] & 0x20 ? 1000000 : 1;
    options.on = data[0] & 0x10 ? ntm_date_ymd(2020, 2, 25) : NTM_DATE_NONE;
    for (size_t i = 0; i < 6; i++)
        if (data[1] >> i & 1) sides[asked.side_count++] = all[i];
    asked.sides = sides;
    asked.measure = data[1] & 0x40 ? NTM_CUBE_QUANTITY : NTM_CUBE_AMOUNT;
    CHECK(ntm_problems_new(&options.problems, 5, NULL, NULL) == NTM_OK);
    ntm_status status = ntm_ledger_read(&ledger, (const char *)data + 2, size - 2, "fuzz", &options, &err);
    if (status == NTM_OK)
        check_tallies(ledger, asked);
    else
        CHECK(err.status == status && err.message[0] != '\0' && ledger == NULL);
    ntm_ledger_free(ledger);
    ntm_problems_free(options.problems);
    return 0;
}
