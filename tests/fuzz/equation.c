/* SPDX-License-Identifier: Apache-2.0 */
/* Equations as text over a small table: what is refused says why and where, and leaves the balance as it was; what is taken is
   checked and located the same when it is declared once more. Input: how the table is rounded and which cell is spoiled or
   taken away; then lines, each an equation over columns, or over rows behind a '|'. */
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

enum { ROWS = 4 };

static ntm_balance *make(const uint8_t *how) {
    static const char *const keys[] = {"all", "north", "south", "huyện 1"};
    static const int32_t codes[] = {0, 1, 2, 3};
    static const ntm_column_width widths[] = {{"a", {5, 1}}, {"share", {1, 0}}};
    int64_t a[] = {60, 40, 20, 20}, b[] = {40, 10, 30, 30}, total[] = {100, 50, 50, 50}, share[] = {600, 800, 400, 400};
    int64_t *const figures[] = {a, b, total, share};
    uint8_t known = (uint8_t)(0xf ^ (how[0] & 0x80 ? 1 << (how[1] >> 4 & 3) : 0));
    figures[how[1] & 3][how[1] >> 2 & 3] += (int8_t)how[0];
    ntm_column key = ntm_column_codes(codes, ROWS, keys, ROWS), percent = ntm_column_int64(share, ROWS),
               parts = ntm_column_int64(b, ROWS);
    percent.scale = 1;
    parts.validity = &known;
    ntm_field fields[] = {{"key", key},
                          {"a", ntm_column_int64(a, ROWS)},
                          {"b", parts},
                          {"tổng số", ntm_column_int64(total, ROWS)},
                          {"share", percent}};
    ntm_table table = NTM_TABLE_INIT;
    ntm_balance_table_options options = NTM_BALANCE_TABLE_OPTIONS_INIT;
    ntm_balance *balance = NULL;
    ntm_error err = NTM_ERROR_INIT;
    table.rows = ROWS;
    table.fields = fields;
    table.field_count = sizeof fields / sizeof *fields;
    options.key = "key";
    options.widths = widths;
    options.width_count = how[1] >> 6 & 1 ? 2 : 0;
    ntm_status status = ntm_balance_from_table(&balance, &table, &options, &err);
    CHECK(status == NTM_OK);
    return balance;
}

static void declare(ntm_balance *balance, const char *text, size_t size) {
    ntm_error err = NTM_ERROR_INIT;
    size_t before = ntm_balance_equation_count(balance);
    bool rows = size > 0 && *text == '|';
    ntm_status status = rows ? ntm_balance_declare_rows(balance, text + 1, size - 1, NULL, 0, &err)
                             : ntm_balance_declare(balance, text, size, &err);
    size_t after = ntm_balance_equation_count(balance);
    if (status == NTM_OK) {
        CHECK(after >= before && after <= before + ROWS);
        return;
    }
    CHECK(after == before && err.status == status && err.message[0] != '\0');
    CHECK(status == NTM_ERROR_SYNTAX || status == NTM_ERROR_NOT_FOUND || status == NTM_ERROR_SCHEMA ||
          status == NTM_ERROR_OVERFLOW || status == NTM_ERROR_LIMIT);
}

static void declare_lines(ntm_balance *balance, const char *text, size_t size) {
    const char *end = text + size;
    for (int line = 0; line < 12 && text < end; line++) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        if (stop == NULL) stop = end;
        declare(balance, text, (size_t)(stop - text));
        text = stop + (stop < end);
    }
}

static ntm_location *locate(const ntm_balance *balance) {
    ntm_locate_options options = NTM_LOCATE_OPTIONS_INIT;
    ntm_location *location = NULL;
    options.size_most = 4;
    options.explanations_most = 200;
    options.work_most = 300000;
    CHECK(ntm_locate(&location, balance, &options, NULL) == NTM_OK);
    return location;
}

static void check_explanations(const ntm_location *location, size_t g, ntm_located_group group) {
    for (size_t e = 0; e < group.explanations; e++) {
        for (size_t i = 0; i < group.size; i++) {
            ntm_suspect suspect = ntm_location_suspect(location, g, e, i);
            CHECK(suspect.cell != NTM_NO_CELL);
            if (i > 0) CHECK(ntm_location_suspect(location, g, e, i - 1).cell < suspect.cell);
            for (size_t c = 0; c < suspect.causes; c++)
                CHECK(ntm_location_suspicion(location, g, e, i, c).cause != NTM_CAUSE_NONE);
            CHECK(ntm_location_suspicion(location, g, e, i, suspect.causes).cause == NTM_CAUSE_NONE);
        }
        CHECK(ntm_location_suspect(location, g, e, group.size).cell == NTM_NO_CELL);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    ntm_balance_count counts, twice;
    if (size < 2) return 0;
    ntm_balance *balance = make(data);
    declare_lines(balance, (const char *)data + 2, size - 2);
    CHECK(ntm_balance_check(NULL, 0, &counts, balance, NULL) == NTM_OK);
    CHECK(counts.hold + counts.violated + counts.undecided == counts.equations);
    ntm_location *location = locate(balance);
    declare_lines(balance, (const char *)data + 2, size - 2); /* what is said twice says nothing more */
    CHECK(ntm_balance_check(NULL, 0, &twice, balance, NULL) == NTM_OK);
    CHECK(twice.violated == 2 * counts.violated && twice.hold == 2 * counts.hold);
    ntm_location *again = locate(balance);
    size_t groups = ntm_location_group_count(location), violations = 0;
    for (size_t g = 0; g < groups; g++) {
        ntm_located_group group = ntm_location_group(location, g);
        violations += group.violations;
        check_explanations(location, g, group);
        if (group.end != NTM_LOCATED || ntm_location_group_count(again) != groups) continue;
        ntm_located_group same = ntm_location_group(again, g);
        if (same.end == NTM_LOCATED) CHECK(same.explanations == group.explanations && same.size == group.size);
    }
    CHECK(violations == counts.violated);
    ntm_location_free(again);
    ntm_location_free(location);
    ntm_balance_free(balance);
    return 0;
}
