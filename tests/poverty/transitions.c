/* SPDX-License-Identifier: Apache-2.0 */
/* Moves between classes: by hand, and random households against a count from the definition. */
#include "fault.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ntm/ntm.h>

static const char *const classes[3] = {"poor", "near", "out"};

static ntm_transitions_options options_of(void) {
    ntm_transitions_options options = NTM_TRANSITIONS_OPTIONS_INIT;
    options.id = "id";
    options.class_least = "class";
    options.classes = classes;
    options.class_count = 3;
    return options;
}

static ntm_table table_of(ntm_field *fields, size_t count) {
    return (ntm_table){sizeof(ntm_table), fields[0].column.length, fields, count};
}

static ntm_transition get(const ntm_transitions *t, size_t group, size_t from, size_t to) {
    ntm_transition moves;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_transitions_get(&moves, t, group, from, to, &err), &err);
    return moves;
}

static void is(const ntm_transitions *t, size_t from, size_t to, uint64_t least, uint64_t most) {
    ntm_transition moves = get(t, NTM_TOTAL, from, to);
    assert_int_equal(moves.households.least, least);
    assert_int_equal(moves.households.most, most);
}

/* ------------------------------------------------------------------------------------------- by hand */

/* Household 10 leaves poverty, 20 falls into it, 30 is open in the second year, 40 is gone, 50 is new. */
static void by_hand(void **state) {
    (void)state;
    static const int64_t first_ids[4] = {40, 10, 30, 20}, second_ids[4] = {50, 20, 10, 30};
    static const int32_t first_class[4] = {0, 0, 1, 2}, second_class[4] = {1, 0, 2, -1};
    static const int64_t people[4] = {1, 2, 3, 4}, people_after[4] = {5, 6, 7, 8};
    ntm_field first[3] = {{"id", ntm_column_int64(first_ids, 4)},
                          {"class", ntm_column_codes(first_class, 4, classes, 3)},
                          {"people", ntm_column_int64(people, 4)}};
    ntm_field second[3] = {{"id", ntm_column_int64(second_ids, 4)},
                           {"class", ntm_column_codes(second_class, 4, classes, 3)},
                           {"people", ntm_column_int64(people_after, 4)}};
    ntm_table one = table_of(first, 3), two = table_of(second, 3);
    ntm_transitions_options options = options_of();
    ntm_transitions *t = NULL;
    ntm_error err = NTM_ERROR_INIT;
    options.population = "people";
    assert_ok(ntm_transitions_count(&t, &one, &two, &options, &err), &err);
    is(t, 0, 2, 1, 1);
    is(t, 2, 0, 1, 1);
    is(t, 1, 0, 0, 1);
    is(t, 1, 1, 0, 1);
    is(t, 1, 2, 0, 1);
    is(t, 0, 0, 0, 0);
    is(t, 1, NTM_CLASS_ANY, 1, 1); /* wherever it is now, it was near-poor */
    is(t, NTM_CLASS_ANY, NTM_CLASS_ANY, 3, 3);
    is(t, NTM_CLASS_ANY, 2, 1, 2);
    is(t, 0, NTM_CLASS_ABSENT, 1, 1); /* gone, and not "out" */
    is(t, 0, NTM_CLASS_ANY, 1, 1);
    is(t, NTM_CLASS_ABSENT, 1, 1, 1);
    ntm_transition moves = get(t, NTM_TOTAL, 0, 2);
    assert_int_equal(moves.least.coefficient, 7); /* the members of the second year */
    moves = get(t, NTM_TOTAL, 0, NTM_CLASS_ABSENT);
    assert_int_equal(moves.most.coefficient, 1); /* there is only the first */
    ntm_transitions_free(t);
    options.counted_by = NTM_YEAR_FIRST;
    assert_ok(ntm_transitions_count(&t, &one, &two, &options, &err), &err);
    assert_int_equal(get(t, NTM_TOTAL, 0, 2).least.coefficient, 2);
    assert_int_equal(get(t, NTM_TOTAL, 1, 2).least.coefficient, 0);
    assert_int_equal(get(t, NTM_TOTAL, 1, 2).most.coefficient, 3);
    ntm_transitions_free(t);
}

/* ------------------------------------------------------------------------------------------- refused */

/* 47 bytes, and a character of three of which a message has no room for all. */
#define LONG_PART "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

static const int64_t ids[3] = {7, 8, 9}, doubled[3] = {9, 8, 9};
static const int32_t codes[3] = {0, 1, 2}, later[3] = {0, 2, 1};

static void refuse(ntm_field *first, ntm_field *second, const ntm_transitions_options *options, ntm_status status,
                   const char *part, uint64_t row) {
    ntm_transitions *t = (ntm_transitions *)(uintptr_t)0x40;
    ntm_error err = NTM_ERROR_INIT;
    ntm_table one = table_of(first, 3), two = table_of(second, 3);
    assert_fails(ntm_transitions_count(&t, &one, &two, options, &err), status, &err, part);
    assert_ptr_equal(t, (ntm_transitions *)(uintptr_t)0x40);
    assert_true(err.row == row);
}

static void fields_of(ntm_field fields[3]) {
    fields[0] = (ntm_field){"id", ntm_column_int64(ids, 3)};
    fields[1] = (ntm_field){"class", ntm_column_codes(codes, 3, classes, 3)};
    fields[2] = (ntm_field){"most", ntm_column_codes(later, 3, classes, 3)};
}

static void bad_tables(void **state) {
    (void)state;
    static const int32_t offsets[4] = {0, 1, 2, 3}, same[4] = {0, 9, 18, 27};
    static const uint8_t two[1] = {5};
    static const char *const others[3] = {"poor", "near", "rich"}, *const lengthy[3] = {"poor", "near", LONG_PART "ề"};
    static const int64_t negative[3] = {1, 1, -1};
    ntm_field first[3], second[3];
    ntm_transitions_options options = options_of();
    fields_of(first);
    fields_of(second);
    second[0].column = ntm_column_int64(doubled, 3);
    refuse(first, second, &options, NTM_ERROR_CONFLICT,
           "the id 9 stands twice in the second year: in row 0 and in row 2", 2);
    ntm_column text = NTM_COLUMN_INIT;
    text.type = NTM_TYPE_TEXT;
    text.data = offsets;
    text.text = "789";
    text.length = 3;
    second[0].column = text;
    refuse(first, second, &options, NTM_ERROR_SHAPE, "text in one year", NTM_NO_ROW);
    text.data = same;
    text.text = "household"
                "household"
                "household";
    first[0].column = text;
    refuse(first, second, &options, NTM_ERROR_CONFLICT,
           "\"household\" stands twice in the first year: in row 0 and in row 1", 1);
    fields_of(first);
    fields_of(second);
    first[0].column.validity = two;
    refuse(first, second, &options, NTM_ERROR_VALUE, "of the first year has no id", 1);
    fields_of(first);
    second[1].column.categories = others;
    refuse(first, second, &options, NTM_ERROR_VALUE, "the second year: \"rich\" is no class", 2);
    second[1].column.categories = lengthy;
    refuse(first, second, &options, NTM_ERROR_VALUE, "\"" LONG_PART "\" is no class", 2);
    fields_of(second);
    options.class_most = "most";
    refuse(first, second, &options, NTM_ERROR_VALUE, "cross", 2);
    options.class_most = NULL;
    options.population = "most";
    first[2].column = second[2].column = ntm_column_int64(negative, 3);
    refuse(first, second, &options, NTM_ERROR_VALUE, "the second year: the weight is negative", 2);
    second[2].column.validity = first[2].column.validity = two;
    refuse(first, second, &options, NTM_ERROR_VALUE, "weight is not reported", 1);
    options.population = "id2";
    refuse(first, second, &options, NTM_ERROR_SHAPE, "no column", NTM_NO_ROW);
}

static void bad_calls(void **state) {
    (void)state;
    static const char *const twice[2] = {"poor", "poor"};
    ntm_field first[3], second[3];
    ntm_transitions_options options = options_of();
    fields_of(first);
    fields_of(second);
    options.class_count = 17;
    refuse(first, second, &options, NTM_ERROR_ARGUMENT, "17 classes", NTM_NO_ROW);
    options.class_count = 2;
    options.classes = twice;
    refuse(first, second, &options, NTM_ERROR_ARGUMENT, "twice", NTM_NO_ROW);
    options = options_of();
    options.counted_by = (ntm_year)3;
    refuse(first, second, &options, NTM_ERROR_ARGUMENT, "3 is no", NTM_NO_ROW);
    options = options_of();
    options.id = NULL;
    refuse(first, second, &options, NTM_ERROR_ARGUMENT, "id", NTM_NO_ROW);
    options = options_of();
    options.class_least = "id";
    refuse(first, second, &options, NTM_ERROR_SHAPE, "classes have to be", NTM_NO_ROW);
    options = options_of();
    ntm_table one = table_of(first, 3), two = table_of(second, 3);
    ntm_transitions *t = NULL;
    ntm_transition moves;
    ntm_error err = NTM_ERROR_INIT;
    assert_fails(ntm_transitions_count(NULL, &one, &two, &options, &err), NTM_ERROR_ARGUMENT, &err, "out");
    assert_ok(ntm_transitions_count(&t, &one, &two, &options, &err), &err);
    assert_fails(ntm_transitions_get(&moves, t, NTM_TOTAL, 3, 0, &err), NTM_ERROR_ARGUMENT, &err, "no such classes");
    assert_fails(ntm_transitions_get(&moves, t, NTM_TOTAL, NTM_CLASS_ABSENT, NTM_CLASS_ABSENT, &err),
                 NTM_ERROR_ARGUMENT, &err, "no such classes");
    assert_fails(ntm_transitions_get(&moves, t, 0, 0, 0, &err), NTM_ERROR_ARGUMENT, &err, "no group");
    assert_fails(ntm_transitions_get(&moves, NULL, NTM_TOTAL, 0, 0, &err), NTM_ERROR_ARGUMENT, &err, "NULL");
    ntm_transitions_free(t);
    ntm_transitions_free(NULL);
}

static void sums_that_do_not_fit(void **state) {
    (void)state;
    static const int64_t large[3] = {INT64_MAX, INT64_MAX, 1};
    static const int32_t all_poor[3] = {0, 0, 0};
    ntm_field fields[3];
    fields_of(fields);
    fields[1].column = ntm_column_codes(all_poor, 3, classes, 3);
    fields[2] = (ntm_field){"people", ntm_column_int64(large, 3)};
    ntm_table table = table_of(fields, 3);
    ntm_transitions_options options = options_of();
    ntm_transitions *t = NULL;
    ntm_transition moves = {{5, 5}, {5, 5}, {5, 5}};
    ntm_error err = NTM_ERROR_INIT;
    options.population = "people";
    assert_ok(ntm_transitions_count(&t, &table, &table, &options, &err), &err);
    assert_fails(ntm_transitions_get(&moves, t, NTM_TOTAL, 0, 0, &err), NTM_ERROR_OVERFLOW, &err, "64 bits");
    assert_string_equal(err.subject, "all rows");
    assert_int_equal(moves.households.least, 5);
    ntm_transitions_free(t);
}

/* ------------------------------------------------------------------------------------------- random */

enum { PEOPLE = 200, PLACES = 3 };

/* One year of the model: household h is here or not, in class low..high, at a place, with members. */
typedef struct year {
    bool here[PEOPLE];
    size_t low[PEOPLE], high[PEOPLE];
    int place[PEOPLE];
    int64_t members[PEOPLE];
    /* its table */
    int64_t ids[PEOPLE], weights[PEOPLE];
    int32_t offsets[PEOPLE + 1], low_codes[PEOPLE], high_codes[PEOPLE], places[PEOPLE];
    char text[PEOPLE * 24];
    ntm_field fields[5];
    ntm_table table;
} year;

static const char *const place_names[PLACES] = {"a", "b", "c"};

static void make_year(year *y, uint64_t *random) {
    memset(y, 0, sizeof *y);
    for (size_t h = 0; h < PEOPLE; h++) {
        y->here[h] = fault_random(random) % 4 != 0;
        size_t a = fault_random(random) % 3, b = fault_random(random) % 4 == 0 ? fault_random(random) % 3 : a;
        y->low[h] = a < b ? a : b;
        y->high[h] = a < b ? b : a;
        y->place[h] = (int)(fault_random(random) % PLACES);
        y->members[h] = (int64_t)(fault_random(random) % 9);
    }
}

/* Ids of a long common beginning, so that the first eight bytes do not tell them apart. */
static void encode_year(year *y, bool texts, uint64_t *random) {
    size_t order[PEOPLE], rows = 0;
    for (size_t h = 0; h < PEOPLE; h++)
        if (y->here[h]) order[rows++] = h;
    for (size_t i = rows; i > 1; i--) {
        size_t other = fault_random(random) % i, keep = order[i - 1];
        order[i - 1] = order[other];
        order[other] = keep;
    }
    for (size_t r = 0; r < rows; r++) {
        size_t h = order[r];
        int size = snprintf(y->text + y->offsets[r], 24, h % 2 == 0 ? "household-%zu" : "h%zu", h);
        y->offsets[r + 1] = y->offsets[r] + size;
        y->ids[r] = ((int64_t)h - 100) * 1000000007;
        y->low_codes[r] = y->low[h] == 0 && y->high[h] == 2 ? -1 : (int32_t)y->low[h];
        y->high_codes[r] = y->low_codes[r] < 0 ? -1 : (int32_t)y->high[h];
        y->places[r] = y->place[h];
        y->weights[r] = y->members[h];
    }
    ntm_column text = NTM_COLUMN_INIT;
    text.type = NTM_TYPE_TEXT;
    text.data = y->offsets;
    text.text = y->text;
    text.length = rows;
    y->fields[0] = (ntm_field){"id", texts ? text : ntm_column_int64(y->ids, rows)};
    y->fields[1] = (ntm_field){"class", ntm_column_codes(y->low_codes, rows, classes, 3)};
    y->fields[2] = (ntm_field){"most", ntm_column_codes(y->high_codes, rows, classes, 3)};
    y->fields[3] = (ntm_field){"place", ntm_column_codes(y->places, rows, place_names, PLACES)};
    y->fields[4] = (ntm_field){"members", ntm_column_int64(y->weights, rows)};
    y->fields[4].column.scale = 1;
    y->table = table_of(y->fields, 5);
}

static bool may(const year *y, size_t h, size_t class) {
    if (class == NTM_CLASS_ABSENT) return !y->here[h];
    if (!y->here[h]) return false;
    return class == NTM_CLASS_ANY || (class >= y->low[h] && class <= y->high[h]);
}

static bool must(const year *y, size_t h, size_t class) {
    return may(y, h, class) && (class == NTM_CLASS_ABSENT || class == NTM_CLASS_ANY || y->low[h] == y->high[h]);
}

static void compare(const ntm_transitions *t, size_t group, int place, const year *one, const year *two, ntm_year by) {
    static const size_t all[5] = {0, 1, 2, NTM_CLASS_ANY, NTM_CLASS_ABSENT};
    for (size_t i = 0; i < 25; i++) {
        size_t from = all[i / 5], to = all[i % 5];
        uint64_t least = 0, most = 0;
        int64_t least_members = 0, most_members = 0;
        if (from == NTM_CLASS_ABSENT && to == from) continue;
        for (size_t h = 0; h < PEOPLE; h++) {
            const year *of = !two->here[h] || (one->here[h] && by == NTM_YEAR_FIRST) ? one : two;
            if (place >= 0 && of->place[h] != place) continue;
            least += must(one, h, from) && must(two, h, to);
            most += may(one, h, from) && may(two, h, to);
            least_members += must(one, h, from) && must(two, h, to) ? of->members[h] : 0;
            most_members += may(one, h, from) && may(two, h, to) ? of->members[h] : 0;
        }
        ntm_transition moves = get(t, group, from, to);
        assert_int_equal(moves.households.least, least);
        assert_int_equal(moves.households.most, most);
        assert_int_equal(ntm_decimal_compare(moves.least, (ntm_decimal){least_members, 1}), 0);
        assert_int_equal(ntm_decimal_compare(moves.most, (ntm_decimal){most_members, 1}), 0);
    }
}

static void random_households(void **state) {
    static year one, two;
    static const char *const by[1] = {"place"};
    (void)state;
    for (uint64_t seed = 0; seed < 120; seed++) {
        uint64_t random = seed;
        ntm_transitions_options options = options_of();
        ntm_transitions *t = NULL;
        ntm_error err = NTM_ERROR_INIT;
        bool texts = seed % 2 == 0;
        make_year(&one, &random);
        make_year(&two, &random);
        encode_year(&one, texts, &random);
        encode_year(&two, texts, &random);
        options.class_most = "most";
        options.population = "members";
        options.counted_by = seed % 3 == 0 ? NTM_YEAR_FIRST : NTM_YEAR_SECOND;
        options.groups = by;
        options.group_count = 1;
        assert_ok(ntm_transitions_count(&t, &one.table, &two.table, &options, &err), &err);
        compare(t, NTM_TOTAL, -1, &one, &two, options.counted_by);
        assert_int_equal(ntm_transitions_groups(t), PLACES);
        for (size_t group = 0; group < PLACES; group++) {
            ntm_group_key key;
            assert_ok(ntm_transitions_key(&key, t, group, 0, &err), &err);
            assert_string_equal(key.text, place_names[group]);
            compare(t, group, (int)group, &one, &two, options.counted_by);
        }
        ntm_transitions_free(t);
    }
}

static void empty(void **state) {
    (void)state;
    ntm_field first[3], second[3];
    ntm_transitions_options options = options_of();
    ntm_transitions *t = NULL;
    ntm_error err = NTM_ERROR_INIT;
    fields_of(first);
    fields_of(second);
    for (size_t i = 0; i < 3; i++)
        second[i].column.length = 0;
    ntm_table one = table_of(first, 3), two = table_of(second, 3);
    assert_ok(ntm_transitions_count(&t, &one, &two, &options, &err), &err);
    for (size_t class = 0; class < 3; class ++) {
        is(t, class, NTM_CLASS_ABSENT, 1, 1);
        is(t, class, NTM_CLASS_ANY, 0, 0);
    }
    ntm_transitions_free(t);
    assert_ok(ntm_transitions_count(&t, &two, &two, &options, &err), &err);
    is(t, NTM_CLASS_ANY, NTM_CLASS_ANY, 0, 0);
    ntm_transitions_free(t);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand),   cmocka_unit_test(bad_tables),
                                       cmocka_unit_test(bad_calls), cmocka_unit_test(sums_that_do_not_fit),
                                       cmocka_unit_test(empty),     cmocka_unit_test(random_households)};
    return cmocka_run_group_tests_name("transitions", tests, NULL, NULL);
}
