/* SPDX-License-Identifier: Apache-2.0 */
/* Grouping: many groups, keys that are spelt alike, keys that cannot be, the limit. */
#include "fault.h"

#include <stdlib.h>
#include <string.h>

#include <ntm/ntm.h>

static const char *const by[2] = {"key", "other"};
static const ntm_deprivation indicator = {"flag", NTM_DEPRIVED_FLAG, {0, 0}, {1, 1}, false};

static ntm_poverty_options options_of(size_t groups) {
    ntm_poverty_options options = NTM_POVERTY_OPTIONS_INIT;
    options.cutoff = (ntm_fraction){1, 1};
    options.incomplete = NTM_INCOMPLETE_BOUNDS;
    options.groups = by;
    options.group_count = groups;
    return options;
}

static ntm_poverty *measure(const ntm_field *fields, size_t rows, size_t groups) {
    ntm_table table = {sizeof table, rows, fields, groups + 1};
    ntm_poverty_options options = options_of(groups);
    ntm_poverty *result = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_poverty_measure(&result, &table, &indicator, 1, &options, &err), &err);
    return result;
}

enum { ROWS = 90000, GROUPS = 30000 };

/* Three rows a group, far apart; one of the three is deprived. `step` 1 keeps the keys few enough for a table. */
static void many(void **state) {
    static int64_t keys[ROWS];
    static uint8_t flags[ROWS];
    (void)state;
    for (int64_t step = 1; step < 1000000000000; step *= 999999999) {
        for (size_t r = 0; r < ROWS; r++) {
            size_t group = r * 7919 % GROUPS; /* 7919 is prime: every group comes three times */
            keys[r] = ((int64_t)group - 100) * step;
            flags[r] = r / GROUPS == group % 3;
        }
        ntm_field fields[2] = {{"flag", ntm_column_bytes(flags, ROWS)}, {"key", ntm_column_int64(keys, ROWS)}};
        ntm_poverty *result = measure(fields, ROWS, 1);
        assert_int_equal(ntm_poverty_groups(result), GROUPS);
        for (size_t group = 0; group < GROUPS; group++) {
            ntm_group_key key;
            ntm_poverty_rows rows;
            ntm_error err = NTM_ERROR_INIT;
            assert_ok(ntm_poverty_key(&key, result, group, 0, &err), &err);
            assert_ok(ntm_poverty_count(&rows, result, group, &err), &err);
            assert_int_equal(key.value, ((int64_t)group - 100) * step);
            assert_int_equal(rows.rows, 3);
            assert_int_equal(rows.poor.least, 1);
        }
        ntm_poverty_free(result);
    }
}

static void alike(void **state) {
    (void)state;
    static const uint8_t flags[4] = {1, 0, 1, 1}, sexes[4] = {0, 1, 0, 0};
    static const int32_t codes[4] = {0, 1, 2, 3};
    static const char *const names[4] = {"xã", "phường", "xã", "Xã"};
    ntm_column both = NTM_COLUMN_INIT;
    both.type = NTM_TYPE_BITS;
    static const uint8_t bits[1] = {2 << 3};
    both.data = bits;
    both.bit_offset = 3;
    both.length = 4;
    ntm_field fields[3] = {
        {"flag", ntm_column_bytes(flags, 4)}, {"key", ntm_column_codes(codes, 4, names, 4)}, {"other", both}};
    ntm_poverty *result = measure(fields, 4, 1);
    assert_int_equal(ntm_poverty_groups(result), 3); /* two codes of one name are one group; case tells names apart */
    ntm_group_key key;
    ntm_poverty_rows rows;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_poverty_key(&key, result, 2, 0, &err), &err);
    assert_string_equal(key.text, "xã");
    assert_ok(ntm_poverty_count(&rows, result, 2, &err), &err);
    assert_int_equal(rows.rows, 2);
    ntm_poverty_free(result);
    fields[1].column = ntm_column_bytes(sexes, 4);
    result = measure(fields, 4, 2);
    assert_int_equal(ntm_poverty_groups(result), 2);
    assert_ok(ntm_poverty_key(&key, result, 1, 1, &err), &err);
    assert_int_equal(key.known, NTM_REPORTED);
    assert_null(key.text);
    assert_int_equal(key.value, 1);
    assert_fails(ntm_poverty_key(&key, result, 1, 2, &err), NTM_ERROR_ARGUMENT, &err, "2 fields");
    ntm_poverty_free(result);
}

static void refused(void **state) {
    (void)state;
    static const uint8_t flags[2] = {1, 0}, bad[2] = {0, 9};
    static const int32_t offsets[3] = {0, 1, 4};
    ntm_column text = NTM_COLUMN_INIT;
    text.type = NTM_TYPE_TEXT;
    text.data = offsets;
    text.text = "ab\0c";
    text.length = 2;
    ntm_field fields[2] = {{"flag", ntm_column_bytes(flags, 2)}, {"key", text}};
    ntm_table table = {sizeof table, 2, fields, 2};
    ntm_poverty_options options = options_of(1);
    ntm_poverty *result = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_poverty_measure(&result, &table, &indicator, 1, &options, &err), NTM_ERROR_VALUE, &err, "NUL");
    assert_true(err.row == 1);
    fields[1].column = ntm_column_bytes(bad, 2);
    assert_fails(ntm_poverty_measure(&result, &table, &indicator, 1, &options, &err), NTM_ERROR_VALUE, &err,
                 "byte is 9");
    assert_true(err.row == 1);
    assert_null(result);
}

/* Memory is for the groups there are, not for those there could be: 2,002 x 2,002 here. */
static void few_of_many(void **state) {
    (void)state;
    static const uint8_t flags[3] = {1, 0, 1};
    static const int64_t keys[3] = {0, 1999, 7}, others[3] = {1999, 0, 7};
    ntm_field fields[3] = {{"flag", ntm_column_bytes(flags, 3)},
                           {"key", ntm_column_int64(keys, 3)},
                           {"other", ntm_column_int64(others, 3)}};
    ntm_table table = {sizeof table, 3, fields, 3};
    ntm_poverty_options options = options_of(2);
    fault f = FAULT_INIT;
    ntm_allocator allocator = fault_allocator(&f);
    ntm_poverty *result = NULL;
    ntm_error err = NTM_ERROR_INIT;
    options.allocator = &allocator;
    assert_ok(ntm_poverty_measure(&result, &table, &indicator, 1, &options, &err), &err);
    assert_int_equal(ntm_poverty_groups(result), 3);
    ntm_poverty_free(result);
    fault_assert_empty(&f);
    assert_in_range(f.peak, 1, 1 << 20);
}

static void too_many(void **state) {
    (void)state;
    size_t rows = (size_t)NTM_GROUPS_MAX + 1;
    int64_t *keys = calloc(rows, sizeof *keys);
    uint8_t *flags = calloc(rows, 1);
    assert_true(keys != NULL && flags != NULL);
    for (size_t r = 0; r < rows; r++)
        keys[r] = (int64_t)r * 1000;
    ntm_field fields[2] = {{"flag", ntm_column_bytes(flags, rows)}, {"key", ntm_column_int64(keys, rows)}};
    ntm_table table = {sizeof table, rows, fields, 2};
    ntm_poverty_options options = options_of(1);
    ntm_poverty *result = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_poverty_measure(&result, &table, &indicator, 1, &options, &err), NTM_ERROR_LIMIT, &err, "1048576");
    keys[rows - 1] = 0;
    assert_ok(ntm_poverty_measure(&result, &table, &indicator, 1, &options, &err), &err);
    assert_int_equal(ntm_poverty_groups(result), NTM_GROUPS_MAX);
    ntm_poverty_free(result);
    free(keys);
    free(flags);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(many), cmocka_unit_test(alike), cmocka_unit_test(refused),
                                       cmocka_unit_test(few_of_many), cmocka_unit_test(too_many)};
    return cmocka_run_group_tests_name("groups", tests, NULL, NULL);
}
