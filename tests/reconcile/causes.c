/* SPDX-License-Identifier: Apache-2.0 */
/* Errors of each kind, planted where they are the only smallest explanation: found, named and repaired; shifted rows; limits. */
#include "grid.h"

#include <string.h>

#include "fault.h"

static grid table_of(uint64_t *seed, size_t rows, size_t columns) {
    grid g = {.rows = rows, .columns = columns};
    for (size_t i = 0; i < rows * columns; i++)
        g.value[i] = 10000 + chance(seed, 900000);
    grid_add_up(&g);
    return g;
}

static const ntm_cause planted[] = {
    NTM_CAUSE_SIGN,           NTM_CAUSE_UNIT,       NTM_CAUSE_FACTOR,    NTM_CAUSE_SWAPPED_NEIGHBOURS,
    NTM_CAUSE_SWAPPED_DIGITS, NTM_CAUSE_LAST_DIGIT, NTM_CAUSE_ONE_DIGIT, NTM_CAUSE_MISSING_CHILD};
enum { PLANTED = sizeof planted / sizeof *planted };

/* One error in each of k different rows and columns: the set is unique, every repair is the right figure, and the cause
   planted is ranked first wherever no likelier one makes the same of it. */
static void planted_errors(void **state) {
    (void)state;
    size_t first = 0, all = 0;
    for (uint64_t run = 0; run < (fault_under_valgrind() ? 3 : 200); run++) {
        uint64_t seed = run;
        grid g = table_of(&seed, 6, 6), right = g;
        size_t k = 1 + run % 4;
        ntm_cause causes[4];
        for (size_t i = 0; i < k; i++) {
            causes[i] = planted[chance(&seed, PLANTED)];
            g.value[i * 6 + i] = spoil(g.value[i * 6 + i], causes[i], &seed);
        }
        bool all_differ = true;
        for (size_t i = 0; i < k; i++)
            all_differ = all_differ && g.value[i * 6 + i] != right.value[i * 6 + i];
        if (!all_differ) continue; /* two equal digits swapped */
        ntm_balance *balance = grid_balance(&g, false);
        ntm_location *location = NULL;
        assert_int_equal(ntm_locate(&location, balance, NULL, NULL), NTM_OK);
        ntm_located_group group = ntm_location_group(location, 0);
        assert_true(group.exact && group.end == NTM_LOCATED);
        assert_int_equal(group.size, k);
        size_t found = SIZE_MAX;
        for (size_t e = 0; e < group.explanations; e++) {
            bool same = true;
            for (size_t i = 0; i < k; i++)
                same = same && ntm_location_suspect(location, 0, e, i).cell == i * 7;
            if (same) found = e;
        }
        assert_true(found != SIZE_MAX);
        if (k == 1) assert_int_equal(group.explanations, 1);
        for (size_t i = 0; i < k; i++) {
            ntm_suspect suspect = ntm_location_suspect(location, 0, found, i);
            assert_int_equal(suspect.repaired.least.numerator, right.value[i * 7]);
            assert_int_equal(suspect.repaired.most.numerator, right.value[i * 7]);
            assert_true(suspect.causes > 0);
            bool named = false;
            for (size_t j = 0; j < suspect.causes; j++) {
                ntm_suspicion suspicion = ntm_location_suspicion(location, 0, found, i, j);
                named = named || suspicion.cause == causes[i];
                assert_int_equal(suspicion.value.coefficient, right.value[i * 7]);
                if (suspicion.cause == NTM_CAUSE_FACTOR || suspicion.cause == NTM_CAUSE_UNIT)
                    assert_true(suspicion.power != 0);
            }
            assert_true(named);
            all++;
            first += ntm_location_suspicion(location, 0, found, i, 0).cause == causes[i];
        }
        ntm_location_free(location);
        ntm_balance_free(balance);
    }
    assert_true(first * 10 >= all * 9);
}

static uint32_t total_with(ntm_balance *balance, const uint32_t *parts, size_t count, uint32_t total) {
    ntm_balance_term terms[8];
    for (size_t i = 0; i < count; i++)
        terms[i] = (ntm_balance_term){parts[i], 1};
    terms[count] = (ntm_balance_term){total, -1};
    assert_int_equal(ntm_balance_add_sum(balance, "total", terms, count + 1, NULL), NTM_OK);
    return total;
}

/* A total that lacks a part, that has one twice, or has the part of a part twice. */
static void totals(void **state) {
    (void)state;
    static const struct {
        int64_t stated;
        ntm_cause cause;
        uint32_t other;
    } cases[] = {{3700 - 500, NTM_CAUSE_MISSING_CHILD, 1},
                 {3700 + 2200, NTM_CAUSE_COUNTED_TWICE, 0},
                 {3700 + 1300, NTM_CAUSE_COUNTED_TWICE, 4}};
    for (size_t i = 0; i < 3; i++) {
        ntm_balance *balance = NULL;
        ntm_location *location = NULL;
        assert_int_equal(ntm_balance_new(&balance, NULL, NULL), NTM_OK);
        static const int64_t values[] = {2200, 500, 1000, 900, 1300};
        for (uint32_t c = 0; c < 5; c++)
            cell_of(balance, "part", "x", c, 0, values[c], 0);
        cell_of(balance, "total", "x", 5, 0, cases[i].stated, 0);
        total_with(balance, (const uint32_t[]){0, 1, 2}, 3, 5);
        total_with(balance, (const uint32_t[]){3, 4}, 2, 0);
        /* The parts are held by other sums, so that only the total can be wrong. */
        cell_of(balance, "check", "x", 6, 0, 1500, 0);
        total_with(balance, (const uint32_t[]){1, 2}, 2, 6);
        assert_int_equal(ntm_locate(&location, balance, NULL, NULL), NTM_OK);
        assert_int_equal(ntm_location_group(location, 0).explanations, 1);
        ntm_suspicion found = ntm_location_suspicion(location, 0, 0, 0, 0);
        assert_int_equal(ntm_location_suspect(location, 0, 0, 0).cell, 5);
        assert_string_equal(ntm_cause_name(found.cause), ntm_cause_name(cases[i].cause));
        assert_int_equal(found.other, cases[i].other);
        assert_int_equal(found.value.coefficient, 3700);
        ntm_location_free(location);
        ntm_balance_free(balance);
    }
}

/* Rows of one column shifted by one, and two exchanged: one cause, above unrelated ones. */
static void shifted_rows(void **state) {
    (void)state;
    for (int way = 0; way < 4; way++) {
        uint64_t seed = 77 + (uint64_t)way;
        grid g = table_of(&seed, 6, 4), right = g;
        if (way == 0) { /* down: row 1 repeats row 0, row 2 has row 1's */
            g.value[1 * 4 + 1] = right.value[0 * 4 + 1];
            g.value[2 * 4 + 1] = right.value[1 * 4 + 1];
        } else if (way == 1) { /* up */
            g.value[1 * 4 + 1] = right.value[2 * 4 + 1];
            g.value[2 * 4 + 1] = right.value[3 * 4 + 1];
        } else if (way == 2) { /* exchanged */
            g.value[1 * 4 + 1] = right.value[2 * 4 + 1];
            g.value[2 * 4 + 1] = right.value[1 * 4 + 1];
        } else { /* the first is lost: 0 */
            g.value[1 * 4 + 1] = 0;
            g.value[2 * 4 + 1] = right.value[1 * 4 + 1];
            g.value[3 * 4 + 1] = right.value[2 * 4 + 1];
        }
        ntm_balance *balance = grid_balance(&g, false);
        ntm_location *location = NULL;
        assert_int_equal(ntm_locate(&location, balance, NULL, NULL), NTM_OK);
        size_t size = way == 3 ? 3 : 2;
        assert_int_equal(ntm_location_group(location, 0).size, size);
        for (size_t i = 0; i < size; i++) {
            ntm_suspicion found = ntm_location_suspicion(location, 0, 0, i, 0);
            assert_int_equal(ntm_location_suspect(location, 0, 0, i).cell, (1 + i) * 4 + 1);
            assert_int_equal(found.cause, NTM_CAUSE_SHIFTED_ROW);
            assert_int_equal(found.power, way == 1 ? -1 : 1);
            assert_int_equal(found.value.coefficient, right.value[(1 + i) * 4 + 1]);
        }
        ntm_location_free(location);
        ntm_balance_free(balance);
    }
}

/* Every way in which a search ends early says so, and never wrongly that it is complete. */
static void limits(void **state) {
    (void)state;
    uint64_t seed = 5;
    grid g = table_of(&seed, 8, 8);
    for (size_t i = 0; i < 4; i++)
        g.value[i * 9] += 11;
    ntm_balance *balance = grid_balance(&g, false);
    ntm_locate_options options = NTM_LOCATE_OPTIONS_INIT;
    ntm_location *location = NULL;
    options.size_most = 3;
    assert_int_equal(ntm_locate(&location, balance, &options, NULL), NTM_OK);
    ntm_located_group group = ntm_location_group(location, 0);
    assert_true(group.end == NTM_STOPPED_SIZE && !group.exact && group.least_size == 4 && group.explanations == 0);
    assert_int_equal(group.violations, 8);
    assert_int_equal(group.cells, 64);
    assert_int_equal(ntm_location_suspect(location, 0, 0, 0).cell, NTM_NO_CELL);
    ntm_location_free(location);
    options = (ntm_locate_options)NTM_LOCATE_OPTIONS_INIT;
    options.explanations_most = 1;
    assert_int_equal(ntm_locate(&location, balance, &options, NULL), NTM_OK);
    group = ntm_location_group(location, 0);
    assert_true(group.exact && group.size == 4 && group.explanations == 1);
    assert_true(group.end == NTM_LOCATED_SOME);
    ntm_location_free(location);
    for (uint64_t work = 1; work < 100000; work = work * 3 + 1) {
        options = (ntm_locate_options)NTM_LOCATE_OPTIONS_INIT;
        options.work_most = work;
        assert_int_equal(ntm_locate(&location, balance, &options, NULL), NTM_OK);
        group = ntm_location_group(location, 0);
        assert_true(group.least_size <= 4 && group.least_size >= 1);
        assert_true(group.end == NTM_STOPPED_WORK || group.end == NTM_LOCATED);
        assert_true(group.exact == (group.explanations > 0));
        if (group.exact) assert_int_equal(group.size, 4);
        ntm_location_free(location);
    }
    ntm_balance_free(balance);
}

static void never_and_numbers(void **state) {
    (void)state;
    ntm_balance *balance = NULL;
    ntm_location *location = NULL;
    ntm_balance_cell unknown = NTM_BALANCE_CELL_INIT;
    unknown.known = NTM_NOT_REPORTED;
    assert_int_equal(ntm_balance_new(&balance, NULL, NULL), NTM_OK);
    cell_of(balance, "a", "x", 0, 0, INT64_MAX, 0);
    cell_of(balance, "b", "x", 1, 0, 1, 18);
    assert_int_equal(ntm_balance_add_cell(NULL, balance, &unknown, NULL), NTM_OK);
    cell_of(balance, "c", "x", 3, 0, 5, 0);
    cell_of(balance, "d", "x", 4, 0, 6, 0);
    /* An unknown figure that two equations give two values. */
    static const ntm_balance_term one[] = {{2, 1}, {3, -1}}, two[] = {{2, 1}, {4, -1}};
    static const ntm_balance_term wide[] = {{0, INT32_MAX}, {1, -3}};
    assert_int_equal(ntm_balance_add_sum(balance, "one", one, 2, NULL), NTM_OK);
    assert_int_equal(ntm_balance_add_sum(balance, "two", two, 2, NULL), NTM_OK);
    ntm_balance_count counts;
    assert_int_equal(ntm_balance_check(NULL, 0, &counts, balance, NULL), NTM_OK);
    assert_true(counts.undecided == 2 && counts.violated == 0);
    assert_int_equal(ntm_locate(&location, balance, NULL, NULL), NTM_OK);
    assert_int_equal(ntm_location_group_count(location), 1);
    assert_int_equal(ntm_location_group(location, 0).violations, 0);
    assert_int_equal(ntm_location_group(location, 0).explanations, 2); /* either of the two known ones */
    ntm_location_free(location);
    assert_int_equal(ntm_balance_add_sum(balance, "wide", wide, 2, NULL), NTM_OK);
    assert_int_equal(ntm_locate(&location, balance, NULL, NULL), NTM_OK);
    assert_int_equal(ntm_location_group_count(location), 2);
    assert_true(ntm_location_group(location, 0).end == NTM_STOPPED_NUMBERS || ntm_location_group(location, 0).exact);
    ntm_location_free(location);
    ntm_balance_free(balance);
}

static void refused(void **state) {
    (void)state;
    ntm_balance *balance = NULL;
    ntm_location *location = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_balance_cell cell = NTM_BALANCE_CELL_INIT;
    assert_int_equal(ntm_balance_new(&balance, NULL, NULL), NTM_OK);
    assert_fails(ntm_balance_new(NULL, NULL, &err), NTM_ERROR_ARGUMENT, &err, "out");
    cell.half_width.coefficient = -1;
    assert_fails(ntm_balance_add_cell(NULL, balance, &cell, &err), NTM_ERROR_VALUE, &err, "half-width");
    cell = (ntm_balance_cell)NTM_BALANCE_CELL_INIT;
    cell.row = "\xff";
    assert_fails(ntm_balance_add_cell(NULL, balance, &cell, &err), NTM_ERROR_SYNTAX, &err, "UTF-8");
    cell.row = NULL;
    cell.value.scale = 19;
    assert_fails(ntm_balance_add_cell(NULL, balance, &cell, &err), NTM_ERROR_ARGUMENT, &err, "scale");
    cell_of(balance, "a", "x", 0, 0, 1, 0);
    static const ntm_balance_term away[] = {{0, 1}, {7, 1}}, zero[] = {{0, 0}};
    static const ntm_balance_term large[] = {{0, INT32_MAX}, {0, 1}};
    assert_fails(ntm_balance_add_sum(balance, "e", away, 2, &err), NTM_ERROR_NOT_FOUND, &err, "cell 7");
    assert_int_equal(err.row, 1);
    assert_string_equal(err.subject, "e");
    assert_fails(ntm_balance_add_sum(balance, "e", zero, 1, &err), NTM_ERROR_ARGUMENT, &err, "coefficient");
    assert_fails(ntm_balance_add_sum(balance, "e", large, 2, &err), NTM_ERROR_OVERFLOW, &err, "32 bits");
    assert_fails(ntm_balance_declare(balance, "a == b", 6, &err), NTM_ERROR_ARGUMENT, &err, "table");
    ntm_balance_share share = {0, 0, 1, 2, 1, NTM_ROUND_HALF_UP};
    assert_fails(ntm_balance_add_share(balance, "s", &share, &err), NTM_ERROR_ARGUMENT, &err, "three cells");
    share = (ntm_balance_share){0, 5, 6, 2, 1, NTM_ROUND_HALF_UP};
    assert_fails(ntm_balance_add_share(balance, "s", &share, &err), NTM_ERROR_NOT_FOUND, &err, "cell 5");
    ntm_locate_options options = NTM_LOCATE_OPTIONS_INIT;
    options.size_most = 17;
    assert_fails(ntm_locate(&location, balance, &options, &err), NTM_ERROR_ARGUMENT, &err, "size_most");
    assert_null(location);
    assert_int_equal(ntm_balance_equation_count(balance), 0);
    assert_int_equal(ntm_balance_cell_get(balance, 9).known, NTM_NOT_REPORTED);
    assert_string_equal(ntm_cause_name((ntm_cause)99), "?");
    ntm_balance_free(balance);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(planted_errors),    cmocka_unit_test(totals),
        cmocka_unit_test(shifted_rows),      cmocka_unit_test(limits),
        cmocka_unit_test(never_and_numbers), cmocka_unit_test(refused),
    };
    return cmocka_run_group_tests_name("causes", tests, NULL, NULL);
}
