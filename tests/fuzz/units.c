/* SPDX-License-Identifier: Apache-2.0 */
/* Three CSV texts (units, succession, attributes) between lines "----": a registry with everything allowed or a
   clear error, and answers that agree with each other. */
#include <ntm/unit.h>

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

enum { COLUMNS = 16, PARTS = 64 };

static const char line[] = "----\n";
static const char *const weights[] = {"weight"};
static const char *const known[] = {"code",     "name",     "level",  "parent",    "valid_from", "valid_to",
                                    "old_code", "new_code", "on",     "part",      "old_level",  "new_level",
                                    "old_name", "new_name", "weight", "attribute", "value"};

/* The columns of the header that a registry knows, each once; NULL for a text that is no CSV. */
static ntm_csv *read_table(const char *text, size_t size) {
    ntm_csv_field fields[COLUMNS];
    ntm_csv *csv = NULL;
    size_t count = 0, head = 0;
    while (head < size && text[head] != '\n')
        head++;
    for (size_t i = 0; i < sizeof known / sizeof *known && count < COLUMNS; i++) {
        size_t length = strlen(known[i]);
        bool there = false;
        for (size_t at = 0; at + length <= head; at++)
            if ((at == 0 || text[at - 1] == ',') && memcmp(text + at, known[i], length) == 0 &&
                (at + length == head || text[at + length] == ','))
                there = true;
        ntm_csv_kind kind = strcmp(known[i], "weight") == 0 ? NTM_CSV_NUMBER
                            : i % 2 == 0                    ? NTM_CSV_TEXT
                                                            : NTM_CSV_CODES;
        if (strcmp(known[i], "valid_from") == 0 || strcmp(known[i], "valid_to") == 0) kind = NTM_CSV_TEXT;
        if (there)
            fields[count++] = (ntm_csv_field){known[i], NULL, kind, NTM_LOCALE_PLAIN, 2, 1, NULL, NULL, NULL, NULL};
    }
    if (ntm_csv_read(&csv, text, size, "fuzz", fields, count, NULL, NULL) != NTM_OK) CHECK(csv == NULL);
    return csv;
}

/* Both ways of asking agree, and whoever has all of a unit is alone. */
static void check_parts(const ntm_units *units, ntm_unit unit, ntm_date from, ntm_date to) {
    ntm_unit_part parts[PARTS], back[PARTS];
    size_t count = 0, back_count = 0;
    CHECK(ntm_units_became(parts, &count, PARTS, units, unit, from, to, NULL) == NTM_OK);
    CHECK(count > 0);
    for (size_t i = 0; i < count && i < PARTS; i++) {
        CHECK(i == 0 || parts[i - 1].unit < parts[i].unit);
        CHECK((parts[i].share == NTM_UNIT_WHOLE) == (count == 1));
        CHECK(parts[i].ended != ntm_units_there(units, parts[i].unit, to));
        if (parts[i].ended) continue;
        CHECK(ntm_units_made_of(back, &back_count, PARTS, units, parts[i].unit, from, to, NULL) == NTM_OK);
        if (back_count > PARTS) continue;
        size_t at = 0;
        while (at < back_count && back[at].unit != unit)
            at++;
        CHECK(at < back_count && back[at].share == parts[i].share && back[at].steps == parts[i].steps);
    }
}

static void check_day(const ntm_units *units, ntm_date on) {
    ntm_unit_filter filter = NTM_UNIT_FILTER_INIT;
    ntm_unit_reform reform;
    size_t count = 0, there = 0, all = 0;
    if (on == ntm_date_ymd(1, 1, 1)) return; /* there is no day before */
    CHECK(ntm_units_reform(&reform, units, &filter, on, NULL) == NTM_OK);
    CHECK(reform.before == reform.involved + reform.renamed + reform.unchanged + reform.ended);
    CHECK(reform.results + reform.begun <= reform.after && reform.divided <= reform.involved);
    filter.on = on;
    CHECK(ntm_units_list(NULL, &count, 0, units, &filter, NULL) == NTM_OK);
    CHECK(count == reform.after);
    for (ntm_unit unit = 0; unit < ntm_units_count(units); unit++) {
        ntm_unit parent = ntm_units_parent(units, unit, on);
        if (!ntm_units_there(units, unit, on)) continue;
        there++;
        if (parent == NTM_NO_UNIT) { /* every unit lies under exactly one without a parent */
            CHECK(ntm_units_descendants(NULL, &count, 0, units, unit, on, NULL) == NTM_OK);
            all += 1 + count;
        } else {
            CHECK(ntm_units_there(units, parent, on));
        }
    }
    CHECK(there == reform.after && all == there);
}

static void check_registry(const ntm_units *units) {
    size_t rows = ntm_units_count(units), edges = ntm_units_edge_count(units);
    ntm_date last = edges > 0 ? ntm_units_edge(units, edges - 1)->on : 20000;
    for (size_t i = 0; i < ntm_units_finding_count(units); i++)
        CHECK(ntm_units_finding(units, i)->message[0] != '\0');
    for (size_t i = 0; i < edges && i < 8; i++)
        check_day(units, ntm_units_edge(units, i)->on);
    for (ntm_unit unit = 0; unit < rows && unit < 64; unit++) {
        const ntm_unit_row *row = ntm_units_row(units, unit);
        ntm_unit found = NTM_NO_UNIT, hits[PARTS];
        ntm_date first = row->from != NTM_DATE_NONE ? row->from : row->before != NTM_DATE_NONE ? row->before - 1 : 0;
        size_t count = 0, at = 0;
        CHECK(ntm_units_find(&found, units, row->code, row->echelon, first, NULL) == NTM_OK && found == unit);
        CHECK(ntm_units_named(hits, &count, PARTS, units, row->name, NULL, NULL) == NTM_OK && count > 0);
        while (at < count && at < PARTS && hits[at] != unit)
            at++;
        CHECK(at < count);
        (void)ntm_units_attribute(units, unit, "region", first, true);
        check_parts(units, unit, first, last > first ? last : first);
        check_day(units, first);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    ntm_csv *csv[3] = {NULL, NULL, NULL};
    ntm_units_options options = NTM_UNITS_OPTIONS_INIT;
    ntm_units *units = NULL;
    ntm_error err = NTM_ERROR_INIT;
    size_t length = sizeof line - 1, begin = 0;
    for (size_t part = 0, at = 0; part < 3 && begin <= size; at++) {
        bool ends = at + length <= size && memcmp(text + at, line, length) == 0 && (at == 0 || text[at - 1] == '\n');
        if (!ends && at < size) continue;
        csv[part++] = read_table(text + begin, at - begin);
        begin = at + length;
        if (at >= size) break;
    }
    options.allow = NTM_UNIT_ALLOW_ALL;
    options.weights = weights;
    options.weight_count = csv[1] != NULL && ntm_table_find(ntm_csv_table(csv[1]), "weight") != NULL;
    if (csv[0] != NULL) {
        ntm_status status =
            ntm_units_new(&units, ntm_csv_table(csv[0]), ntm_csv_table(csv[1]), ntm_csv_table(csv[2]), &options, &err);
        CHECK((status == NTM_OK) == (units != NULL) && err.status == status);
        if (status == NTM_OK) check_registry(units);
    }
    ntm_units_free(units);
    for (size_t i = 0; i < 3; i++)
        ntm_csv_free(csv[i]);
    return 0;
}
