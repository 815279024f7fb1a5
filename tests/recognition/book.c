/* SPDX-License-Identifier: Apache-2.0 */
#include "book.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

ntm_register_options book_options(void) {
    ntm_register_options options = NTM_REGISTER_OPTIONS_INIT;
    options.usual.lasting = NTM_LASTING_UNLIMITED;
    return options;
}

ntm_register_options book_months(uint32_t months) {
    ntm_register_options options = book_options();
    options.usual.lasting = NTM_LASTING_MONTHS;
    options.usual.months = months;
    return options;
}

ntm_date book_day(const char *text) {
    ntm_date day = NTM_DATE_NONE;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_date_parse(&day, text, strlen(text), &err), &err);
    return day;
}

static ntm_status read_lines(ntm_register **out, const char *lines, const ntm_register_options *options,
                             ntm_error *err) {
    size_t head = strlen(BOOK_HEAD), size = strlen(lines);
    char *text = malloc(head + size + 1);
    assert_non_null(text);
    memcpy(text, BOOK_HEAD, head);
    memcpy(text + head, lines, size + 1);
    ntm_status status = ntm_register_read(out, text, head + size, "acts.csv", options, err);
    free(text);
    return status;
}

ntm_register *book_read(const char *lines, const ntm_register_options *options) {
    ntm_register *reg = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_register_options usual = book_options();
    assert_ok(read_lines(&reg, lines, options == NULL ? &usual : options, &err), &err);
    assert_non_null(reg);
    return reg;
}

void book_refused(const char *lines, const ntm_register_options *options, ntm_status status, uint64_t row,
                  const char *piece) {
    ntm_register *reg = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_register_options usual = book_options();
    assert_fails(read_lines(&reg, lines, options == NULL ? &usual : options, &err), status, &err, piece);
    assert_null(reg);
    assert_int_equal(err.row, row);
}

static void put_day(char *buffer, size_t capacity, const char *word, ntm_date day) {
    int y, m, d;
    size_t used = strlen(buffer);
    if (day == NTM_DATE_NONE) return;
    ntm_date_parts(day, &y, &m, &d);
    (void)snprintf(buffer + used, capacity - used, " %s %04d-%02d-%02d", word, y, m, d);
}

void book_line(char *buffer, size_t capacity, const ntm_holding *holding) {
    static const char *const reasons[] = {
        "",     "never",     "revoked",         "withdrawn",   "expired", "ended", "not re-acknowledged",
        "part", "undecided", "lasting unknown", "not reported"};
    static const char *const verdicts[] = {"open", "held", "not held"};
    (void)snprintf(buffer, capacity, "%s", verdicts[holding->verdict]);
    size_t used = strlen(buffer);
    if (holding->reason != NTM_LACK_NONE)
        (void)snprintf(buffer + used, capacity - used, " (%s)", reasons[holding->reason]);
    else if (holding->label != NULL)
        (void)snprintf(buffer + used, capacity - used, " %s", holding->label);
    put_day(buffer, capacity, "since", holding->since);
    put_day(buffer, capacity, "until", holding->until);
    used = strlen(buffer);
    if (holding->act != NTM_NO_ACT) (void)snprintf(buffer + used, capacity - used, " by %zu", holding->act);
}

void expect_holding(const ntm_register *reg, const char *unit, const char *status, const char *on, const char *line) {
    ntm_holding holding;
    char got[160];
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_register_holds(&holding, reg, unit, status, book_day(on), &err), &err);
    book_line(got, sizeof got, &holding);
    if (strcmp(got, line) != 0) fail_msg("%s %s on %s: \"%s\", expected \"%s\"", unit, status, on, got, line);
}
