/* SPDX-License-Identifier: Apache-2.0 */
/* Files of rules: what is taken answers every code of every length in one way, alone, in an entry and in a table; what is
   not, says why. Input: a day; then the file. */
#include <ntm/classification.h>

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

static const char *const codes[] = {"1", "12",  "280", "283", "6000", "6049", "12345", "123456", "1234567",
                                    "0", "000", "x",   "",    "0490", "754",  "854",   "-1",     "99"};
enum { CODES = sizeof codes / sizeof *codes };

static void check_finding(const ntm_code_finding *f, const ntm_classification *c) {
    char text[700];
    size_t needed = ntm_code_finding_text(text, sizeof text, f);
    CHECK(needed > 0 && strchr(text, '\n') == NULL);
    CHECK(f->rule == SIZE_MAX || f->rule < ntm_classification_rule_count(c));
    CHECK((f->rule == SIZE_MAX) == (f->act == NULL));
    CHECK(f->verdict != NTM_CODE_ENDED || f->until != NTM_DATE_NONE);
    CHECK(f->verdict != NTM_CODE_NOT_YET || f->since != NTM_DATE_NONE);
    CHECK(strlen(f->expected) <= NTM_CODE_DIGITS_MAX && strlen(f->parent) <= NTM_CODE_DIGITS_MAX);
}

static void check_told(void *context, size_t row, const ntm_code_finding *finding) {
    CHECK(row < CODES);
    check_finding(finding, context);
}

/* Codes of programmes, of which some are missing, beside local money in a programme. */
static void check_missing(ntm_classification *c, const ntm_codes_options *from) {
    static const char *const programme[] = {"p"}, *const source[] = {"s"};
    static const int32_t zeros[CODES];
    ntm_codes_options options = *from;
    ntm_table table = NTM_TABLE_INIT;
    int32_t ids[CODES];
    for (int32_t i = 0; i < CODES; i++)
        ids[i] = i % 3 == 0 ? -1 : i;
    const ntm_field fields[] = {{"programme_code", ntm_column_codes(ids, CODES, codes, CODES)},
                                {"programme", ntm_column_codes(zeros, CODES, programme, 1)},
                                {"source", ntm_column_codes(zeros, CODES, source, 1)}};
    table.rows = CODES;
    table.fields = fields;
    table.field_count = 3;
    options.local_sources = source;
    options.local_source_count = 1;
    options.found = check_told;
    options.context = c;
    CHECK(ntm_codes_check_table(NULL, c, &table, &options, NULL) == NTM_OK);
}

static void check_codes(ntm_classification *c, ntm_date on) {
    static const char *const names[NTM_CODE_KIND_END] = {
        NULL, "chapter", "category", "class", "item", "subitem", "programme_code", "source_code", "budget_level"};
    static const ntm_budget_programme programme = {"p",           "0490",       0, NTM_GOVERNMENT_NONE, true,
                                                   NTM_DATE_NONE, NTM_DATE_NONE};
    int32_t ids[CODES];
    ntm_codes_options options = NTM_CODES_OPTIONS_INIT;
    ntm_table table = NTM_TABLE_INIT;
    options.on = on;
    options.programmes = &programme;
    for (int32_t i = 0; i < CODES; i++)
        ids[i] = i;
    for (int kind = 1; kind < NTM_CODE_KIND_END; kind++) {
        const ntm_field field = {names[kind], ntm_column_codes(ids, CODES, codes, CODES)};
        ntm_codes_count count;
        uint64_t good = 0;
        for (size_t i = 0; i < CODES; i++) {
            ntm_code_finding f;
            CHECK(ntm_code_check(&f, c, (ntm_code_kind)kind, codes[i], strlen(codes[i]), on, NULL) == NTM_OK);
            check_finding(&f, c);
            good += codes[i][0] == '\0' || f.verdict == NTM_CODE_GOOD;
        }
        table.rows = CODES;
        table.fields = &field;
        table.field_count = 1;
        CHECK(ntm_codes_check_table(&count, c, &table, &options, NULL) == NTM_OK);
        CHECK(count.good == good && count.good + count.bad + count.open == CODES);
    }
    options.programme_count = 1;
    ntm_budget_codes entry = {sizeof entry, "754", "280", "283", "6000", "6049", "0490", "01", "2", "p", "s"};
    ntm_code_finding found[NTM_ENTRY_FINDINGS_MAX];
    ntm_error err = NTM_ERROR_INIT;
    size_t count = 0;
    ntm_status status = ntm_entry_check(found, &count, NTM_ENTRY_FINDINGS_MAX, c, &entry, on, &options, &err);
    CHECK(status == NTM_OK || status == NTM_ERROR_VALUE);
    CHECK(count <= NTM_ENTRY_FINDINGS_MAX);
    for (size_t i = 0; i < count; i++)
        check_finding(&found[i], c);
    if (status == NTM_OK) check_missing(c, &options);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    ntm_classification_options options = NTM_CLASSIFICATION_OPTIONS_INIT;
    ntm_classification *c = NULL;
    ntm_error err = NTM_ERROR_INIT;
    if (size < 1) return 0;
    CHECK(ntm_problems_new(&options.problems, 5, NULL, NULL) == NTM_OK);
    ntm_status status = ntm_classification_read(&c, (const char *)data + 1, size - 1, "fuzz", &options, &err);
    if (status == NTM_OK) {
        check_codes(c, 17000 + 20 * (ntm_date)data[0]);
    } else {
        CHECK(c == NULL && status != NTM_ERROR_MEMORY && err.status == status && err.message[0] != '\0');
        CHECK(strchr(err.message, '\n') == NULL && ntm_problems_found(options.problems) > 0);
    }
    ntm_classification_free(c);
    ntm_problems_free(options.problems);
    return 0;
}
