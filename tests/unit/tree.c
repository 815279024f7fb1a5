/* SPDX-License-Identifier: Apache-2.0 */
#include "tree.h"

#include <stdio.h>
#include <string.h>

enum { COLUMNS = 16 };

ntm_date tree_day(const char *text) {
    ntm_date day = NTM_DATE_NONE;
    ntm_error err = NTM_ERROR_INIT;
    if (text == NULL || *text == '\0') return NTM_DATE_NONE;
    assert_ok(ntm_date_parse(&day, text, strlen(text), &err), &err);
    return day;
}

static bool is_day(const char *header) {
    return strcmp(header, "valid_from") == 0 || strcmp(header, "valid_to") == 0 || strcmp(header, "on") == 0;
}

static bool is_weight(const char *header, const ntm_units_options *options) {
    for (size_t i = 0; options != NULL && options->weights != NULL && i < options->weight_count; i++)
        if (strcmp(header, options->weights[i]) == 0) return true;
    return false;
}

ntm_csv *tree_table(const char *text, ntm_csv_kind texts, ntm_csv_kind days, const ntm_units_options *options) {
    char head[512];
    ntm_csv_field fields[COLUMNS];
    ntm_csv *csv = NULL;
    ntm_error err = NTM_ERROR_INIT;
    size_t count = 0, length = 0;
    if (text == NULL) return NULL;
    length = strcspn(text, "\n");
    assert_true(length < sizeof head);
    memcpy(head, text, length);
    head[length] = '\0';
    memset(fields, 0, sizeof fields);
    for (char *cell = head, *next; cell != NULL; cell = next) {
        next = strchr(cell, ',');
        if (next != NULL) *next++ = '\0';
        assert_true(count < COLUMNS);
        fields[count].header = cell;
        fields[count].kind = is_day(cell) ? days : texts;
        if (is_weight(cell, options)) {
            fields[count].kind = NTM_CSV_NUMBER;
            fields[count].locale = NTM_LOCALE_PLAIN;
            fields[count].scale = 2;
        }
        count++;
    }
    assert_ok(ntm_csv_read(&csv, text, strlen(text), "text", fields, count, NULL, &err), &err);
    return csv;
}

static ntm_status try_kinds(ntm_units **out, const char *const texts[3], ntm_csv_kind kind,
                            const ntm_units_options *options, ntm_error *err) {
    ntm_csv *csv[3];
    const ntm_table *tables[3];
    for (int i = 0; i < 3; i++) {
        csv[i] = tree_table(texts[i], kind, NTM_CSV_TEXT, options);
        tables[i] = csv[i] == NULL ? NULL : ntm_csv_table(csv[i]);
    }
    ntm_status status = ntm_units_new(out, tables[0], tables[1], tables[2], options, err);
    for (int i = 0; i < 3; i++)
        ntm_csv_free(csv[i]); /* what was made is independent of the tables: the sanitizer looks */
    return status;
}

ntm_status tree_try(ntm_units **out, const char *units, const char *edges, const char *attributes,
                    const ntm_units_options *options, ntm_error *err) {
    const char *const texts[3] = {units, edges, attributes};
    return try_kinds(out, texts, NTM_CSV_TEXT, options, err);
}

ntm_units *tree_new(const char *units, const char *edges, const char *attributes, const ntm_units_options *options) {
    ntm_units *made = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(tree_try(&made, units, edges, attributes, options, &err), &err);
    assert_non_null(made);
    return made;
}

void tree_refused(const char *units, const char *edges, const char *attributes, const ntm_units_options *options,
                  ntm_status status, const char *subject, uint64_t row, const char *piece) {
    ntm_units *made = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(tree_try(&made, units, edges, attributes, options, &err), status, &err, piece);
    assert_null(made);
    if (subject != NULL && strcmp(err.subject, subject) != 0)
        fail_msg("subject \"%s\", expected \"%s\" (%s)", err.subject, subject, err.message);
    if (err.row != row)
        fail_msg("row %llu, expected %llu (%s)", (unsigned long long)err.row, (unsigned long long)row, err.message);
}

static void add(char *line, const char *text) {
    size_t used = strlen(line);
    assert_true(used + strlen(text) + 1 < TREE_LINE);
    memcpy(line + used, text, strlen(text) + 1);
}

static void add_unit(char *line, const char *before, ntm_unit unit) {
    char text[32];
    if (unit == NTM_NO_UNIT)
        (void)snprintf(text, sizeof text, "%s-", before);
    else
        (void)snprintf(text, sizeof text, "%s%u", before, (unsigned)unit);
    add(line, text);
}

static void expect_line(const char *line, const char *got) {
    if (strcmp(line, got) != 0) fail_msg("got \"%s\", expected \"%s\"", got, line);
}

void expect_findings(const char *line, const ntm_units *units) {
    char got[TREE_LINE] = "";
    size_t count = ntm_units_finding_count(units);
    for (size_t i = 0; i < count; i++) {
        const ntm_unit_finding *finding = ntm_units_finding(units, i);
        assert_non_null(finding);
        assert_non_null(finding->message);
        assert_true(strlen(finding->message) > 0 && strchr(finding->message, '\n') == NULL);
        if (i > 0) {
            const ntm_unit_finding *last = ntm_units_finding(units, i - 1);
            assert_true(last->defect <= finding->defect);
            add(got, "; ");
        }
        add(got, ntm_unit_defect_name(finding->defect));
        add_unit(got, " ", finding->unit);
        if (finding->other != NTM_NO_UNIT) add_unit(got, " ", finding->other);
    }
    assert_null(ntm_units_finding(units, count));
    expect_line(line, got);
}

void expect_rows(const char *line, const ntm_unit *rows, size_t count) {
    char got[TREE_LINE] = "";
    for (size_t i = 0; i < count; i++)
        add_unit(got, i == 0 ? "" : " ", rows[i]);
    expect_line(line, got);
}

ntm_unit tree_find(const ntm_units *units, const char *code, ntm_echelon echelon, const char *on) {
    ntm_unit unit = NTM_NO_UNIT;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_units_find(&unit, units, code, echelon, tree_day(on), &err), &err);
    return unit;
}

static void expect_parts(const char *line, const ntm_unit_part *parts, size_t count) {
    static const char *const shares[] = {"?", "whole", "part", "perhaps"};
    char got[TREE_LINE] = "";
    for (size_t i = 0; i < count; i++) {
        char text[64];
        assert_in_range(parts[i].share, NTM_UNIT_WHOLE, NTM_UNIT_PERHAPS);
        (void)snprintf(text, sizeof text, " %s %u%s", shares[parts[i].share], (unsigned)parts[i].steps,
                       parts[i].ended ? " ended" : "");
        add_unit(got, i == 0 ? "" : "; ", parts[i].unit);
        add(got, text);
    }
    expect_line(line, got);
}

typedef ntm_status (*question)(ntm_unit_part *, size_t *, size_t, const ntm_units *, ntm_unit, ntm_date, ntm_date,
                               ntm_error *);

static void expect_ends(question ask, const char *line, const ntm_units *units, ntm_unit unit, ntm_date from,
                        ntm_date to) {
    ntm_unit_part parts[TREE_ROWS];
    size_t count = 0, again = 0;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ask(parts, &count, TREE_ROWS, units, unit, from, to, &err), &err);
    assert_true(count <= TREE_ROWS);
    assert_ok(ask(NULL, &again, 0, units, unit, from, to, &err), &err);
    assert_int_equal(count, again);
    expect_parts(line, parts, count);
}

void expect_became(const char *line, const ntm_units *units, ntm_unit unit, const char *from, const char *to) {
    expect_ends(ntm_units_became, line, units, unit, tree_day(from), tree_day(to));
}

void expect_made_of(const char *line, const ntm_units *units, ntm_unit unit, const char *from, const char *to) {
    expect_ends(ntm_units_made_of, line, units, unit, tree_day(from), tree_day(to));
}
