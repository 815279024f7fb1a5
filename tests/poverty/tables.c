/* SPDX-License-Identifier: Apache-2.0 */
#include "tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

ntm_csv *table_open(const char *name, const char *const *headers, size_t count) {
    char path[1024];
    ntm_csv_field fields[16];
    ntm_csv *csv = NULL;
    ntm_error err = NTM_ERROR_INIT;
    memset(fields, 0, sizeof fields);
    for (size_t i = 0; i < count; i++) {
        fields[i].header = headers[i];
        fields[i].kind = NTM_CSV_TEXT;
    }
    if (strchr(name, '/') != NULL) {
        (void)snprintf(path, sizeof path, "%s", name);
    } else {
        const char *root = getenv("NTM_SOURCE_ROOT");
        assert_non_null(root);
        (void)snprintf(path, sizeof path, "%s/tests/poverty/data/%s", root, name);
    }
    assert_ok(ntm_csv_open(&csv, path, fields, count, NULL, &err), &err);
    return csv;
}

/* The bytes end with NUL in a copy per place; a test holds few at a time. */
const char *table_text(const ntm_csv *csv, size_t column, size_t row) {
    static char texts[16][64];
    static size_t next;
    const char *text = NULL;
    size_t size = 0;
    ntm_status status = ntm_column_text(&text, &size, &ntm_csv_table(csv)->fields[column].column, row, NULL);
    char *copy = texts[next++ % 16];
    copy[0] = '\0';
    if (status != NTM_OK) return copy;
    assert_true(size < 64);
    memcpy(copy, text, size);
    copy[size] = '\0';
    return copy;
}

figure figure_of(const char *text, size_t digits) {
    figure f;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_decimal_parse(&f.value, text, strlen(text), NTM_LOCALE_PLAIN, &err), &err);
    while (digits != SIZE_MAX && f.value.scale < digits) {
        f.value.coefficient *= 10;
        f.value.scale++;
    }
    f.over = 2;
    for (unsigned i = 0; i < f.value.scale; i++)
        f.over *= 10;
    f.low = f.value.coefficient > 0 ? 2 * (wide)f.value.coefficient - 1 : 0;
    f.high = 2 * (wide)f.value.coefficient + 1;
    return f;
}

void households_start(households *h) {
    h->filled = 0;
    for (size_t j = 0; j < INDICATORS; j++) {
        h->flags[j] = calloc(HOUSEHOLDS, 1);
        assert_non_null(h->flags[j]);
    }
}

void households_end(households *h) {
    for (size_t j = 0; j < INDICATORS; j++)
        free(h->flags[j]);
}

void households_add(households *h, unsigned pattern, size_t count) {
    assert_true(count <= HOUSEHOLDS - h->filled);
    for (size_t j = 0; j < INDICATORS; j++)
        memset(h->flags[j] + h->filled, (int)(pattern >> j & 1), count);
    h->filled += count;
}

unsigned pattern_of_score(unsigned parts) {
    unsigned heavy = parts / 3 < 4 ? parts / 3 : 4, light = parts - 3 * heavy;
    return ((1u << heavy) - 1) | ((1u << light) - 1) << 4;
}

ntm_poverty *households_measure(const households *h, const bool *available, ntm_fraction cutoff) {
    static const char *const dimensions[INDICATORS] = {"health", "health", "education", "education", "living",
                                                       "living", "living", "living",    "living",    "living"};
    static const char *const names[INDICATORS] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    ntm_nested nested[INDICATORS];
    ntm_fraction weights[INDICATORS];
    ntm_deprivation indicators[INDICATORS];
    ntm_field fields[INDICATORS];
    ntm_error err = NTM_ERROR_INIT;
    for (size_t j = 0; j < INDICATORS; j++)
        nested[j] = (ntm_nested){dimensions[j], names[j], available == NULL || available[j]};
    assert_ok(ntm_nested_weights(weights, nested, INDICATORS, &err), &err);
    for (size_t j = 0; j < INDICATORS; j++) {
        fields[j] = (ntm_field){names[j], ntm_column_bytes(h->flags[j], HOUSEHOLDS)};
        indicators[j] = (ntm_deprivation){names[j], NTM_DEPRIVED_FLAG, {0, 0}, weights[j], false};
    }
    ntm_table table = {sizeof table, HOUSEHOLDS, fields, INDICATORS};
    ntm_poverty_options options = NTM_POVERTY_OPTIONS_INIT;
    ntm_poverty *result = NULL;
    options.cutoff = cutoff;
    options.incomplete = NTM_INCOMPLETE_BOUNDS;
    assert_ok(ntm_poverty_measure(&result, &table, indicators, INDICATORS, &options, &err), &err);
    return result;
}

void prints_as(const ntm_poverty *result, size_t group, ntm_measure of, size_t indicator, unsigned percent, figure f,
               const char *where) {
    ntm_decimal least, most;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_poverty_rounded(&least, &most, result, group, of, indicator, percent, f.value.scale,
                                  NTM_ROUND_HALF_UP, &err),
              &err);
    if (least.coefficient != f.value.coefficient || least.scale != f.value.scale ||
        most.coefficient != least.coefficient)
        fail_msg("%s: measure %d of %zu prints %lld, published is %lld (%d digits)", where, (int)of, indicator,
                 (long long)least.coefficient, (long long)f.value.coefficient, f.value.scale);
}
