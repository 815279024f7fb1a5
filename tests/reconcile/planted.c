/* SPDX-License-Identifier: Apache-2.0 */
/* A table of 320 cells: districts and the province down, sources with their total in each year and in all years across.
   Totals in three directions, so that nearly every cell is in three equations. One to four errors are planted in it. */
#include "grid.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "fault.h"

enum { DISTRICTS = 9, ROWS = DISTRICTS + 1, SOURCES = 7, PER_YEAR = SOURCES + 1, YEARS = 3 };
enum { COLUMNS = PER_YEAR * (YEARS + 1), CELLS = ROWS * COLUMNS };

static uint32_t at(size_t row, size_t year, size_t source) {
    return (uint32_t)(row * COLUMNS + year * PER_YEAR + source);
}

/* The parts of a total in one of its directions (down, across, over years): how many, none when it is no total there. */
static size_t parts_of(uint32_t *parts, uint32_t cell, int direction) {
    size_t row = cell / COLUMNS, year = cell % COLUMNS / PER_YEAR, source = cell % PER_YEAR, count = 0;
    for (size_t i = 0; direction == 0 && row == DISTRICTS && i < DISTRICTS; i++)
        parts[count++] = at(i, year, source);
    for (size_t i = 0; direction == 1 && source == SOURCES && i < SOURCES; i++)
        parts[count++] = at(row, year, i);
    for (size_t i = 0; direction == 2 && year == YEARS && i < YEARS; i++)
        parts[count++] = at(row, i, source);
    return count;
}

/* Cells that are no totals are drawn; each total is made from the parts of the first direction that has some: those before
   it in the order of cells, or of the last row. */
static void fill(int64_t *value, uint64_t *seed) {
    for (uint32_t cell = 0; cell < CELLS; cell++) {
        uint32_t parts[DISTRICTS];
        size_t count = 0;
        for (int direction = 0; count == 0 && direction < 3; direction++)
            count = parts_of(parts, cell, direction);
        value[cell] = count == 0 ? 10000 + (int64_t)chance(seed, 900000) : 0;
        for (size_t i = 0; i < count; i++)
            value[cell] += value[parts[i]];
    }
}

static ntm_balance *balance_of(const int64_t *value) {
    ntm_balance *balance = NULL;
    assert_int_equal(ntm_balance_new(&balance, NULL, NULL), NTM_OK);
    for (uint32_t cell = 0; cell < CELLS; cell++)
        (void)cell_of(balance, "row", "column", cell / COLUMNS, cell % COLUMNS, value[cell], 0);
    for (uint32_t cell = 0; cell < CELLS; cell++) {
        for (int direction = 0; direction < 3; direction++) {
            uint32_t parts[DISTRICTS];
            ntm_balance_term terms[DISTRICTS + 1];
            size_t count = parts_of(parts, cell, direction);
            for (size_t i = 0; i < count; i++)
                terms[i] = (ntm_balance_term){parts[i], 1};
            terms[count] = (ntm_balance_term){cell, -1};
            if (count > 0) assert_int_equal(ntm_balance_add_sum(balance, "sum", terms, count + 1, NULL), NTM_OK);
        }
    }
    ntm_balance_count counts;
    assert_int_equal(ntm_balance_check(NULL, 0, &counts, balance, NULL), NTM_OK);
    assert_int_equal(counts.equations, COLUMNS + ROWS * (YEARS + 1) + ROWS * PER_YEAR);
    return balance;
}

/* ------------------------------------------------------------------------------------------- planting */

typedef struct error {
    uint32_t cell;
    ntm_cause cause;
} error;

static const ntm_cause causes[] = {
    NTM_CAUSE_SIGN,          NTM_CAUSE_UNIT,          NTM_CAUSE_FACTOR,     NTM_CAUSE_SWAPPED_NEIGHBOURS,
    NTM_CAUSE_MISSING_CHILD, NTM_CAUSE_COUNTED_TWICE, NTM_CAUSE_LAST_DIGIT, NTM_CAUSE_SWAPPED_DIGITS,
    NTM_CAUSE_ONE_DIGIT};
enum { CAUSES = sizeof causes / sizeof *causes };

/* Spoils one more cell; a part that is missing or counted twice needs a total. False when nothing changed. */
static bool plant(int64_t *value, error *planted, size_t before, uint64_t *seed) {
    error it = {chance(seed, CELLS), causes[chance(seed, CAUSES)]};
    int64_t right = value[it.cell];
    for (size_t i = 0; i < before; i++)
        if (planted[i].cell == it.cell) return false;
    if (it.cause == NTM_CAUSE_MISSING_CHILD || it.cause == NTM_CAUSE_COUNTED_TWICE) {
        uint32_t parts[DISTRICTS];
        size_t count = parts_of(parts, it.cell, (int)chance(seed, 3));
        if (count == 0) return false;
        int64_t part = value[parts[chance(seed, (uint32_t)count)]];
        for (size_t i = 0; i < before; i++) /* the part has to be right */
            for (size_t j = 0; j < count; j++)
                if (planted[i].cell == parts[j]) return false;
        value[it.cell] += it.cause == NTM_CAUSE_MISSING_CHILD ? -part : part;
    } else {
        value[it.cell] = spoil(right, it.cause, seed);
    }
    if (value[it.cell] == right) return false;
    planted[before] = it;
    return true;
}

/* ------------------------------------------------------------------------------------------- looking */

typedef struct tally {
    size_t all, first, unique, alone;
} tally;

static const error *error_of(const error *planted, size_t count, uint32_t cell) {
    for (size_t i = 0; i < count; i++)
        if (planted[i].cell == cell) return &planted[i];
    return NULL;
}

/* Where the explanation with just the planted cells stands; SIZE_MAX when it is not there. */
static size_t place_of(const ntm_location *location, const error *planted, size_t count) {
    for (size_t e = 0; e < ntm_location_group(location, 0).explanations; e++) {
        size_t same = 0;
        for (size_t i = 0; i < count; i++)
            same += error_of(planted, count, ntm_location_suspect(location, 0, e, i).cell) != NULL;
        if (same == count) return e;
    }
    return SIZE_MAX;
}

/* Each cell's repair is the right figure, and its cause is named: first, unless a likelier one makes the same of it. */
static void look(tally *to, const ntm_location *location, const error *planted, size_t count, const int64_t *right) {
    ntm_located_group group = ntm_location_group(location, 0);
    assert_int_equal(ntm_location_group_count(location), 1);
    assert_true(group.exact && group.end == NTM_LOCATED);
    assert_int_equal(group.size, count);
    size_t e = place_of(location, planted, count);
    assert_true(e != SIZE_MAX);
    to->unique += group.explanations == 1;
    to->alone += e == 0;
    for (size_t i = 0; i < count; i++) {
        ntm_suspect suspect = ntm_location_suspect(location, 0, e, i);
        ntm_cause cause = error_of(planted, count, suspect.cell)->cause;
        assert_int_equal(suspect.repaired.least.numerator, right[suspect.cell]);
        assert_int_equal(suspect.repaired.most.numerator, right[suspect.cell]);
        assert_int_equal(suspect.repaired.least.denominator, 1);
        bool named = false;
        for (size_t j = 0; j < suspect.causes && !named; j++) {
            ntm_suspicion found = ntm_location_suspicion(location, 0, e, i, j);
            assert_int_equal(found.value.coefficient, right[suspect.cell]);
            assert_true(found.cause <= cause);
            named = found.cause == cause;
        }
        assert_true(named);
        to->all++;
        to->first += ntm_location_suspicion(location, 0, e, i, 0).cause == cause;
    }
}

static void planted_errors(void **state) {
    (void)state;
    tally found = {0};
    size_t runs = fault_under_valgrind() ? 2 : 60;
    clock_t start = clock(), slowest = 0;
    for (uint64_t run = 0; run < runs; run++) {
        uint64_t seed = run * 7919;
        int64_t right[CELLS], value[CELLS];
        error planted[4];
        size_t wanted = 1 + run % 4, count = 0;
        fill(right, &seed);
        memcpy(value, right, sizeof value);
        while (count < wanted)
            count += plant(value, planted, count, &seed);
        ntm_balance *balance = balance_of(value);
        ntm_location *location = NULL;
        clock_t before = clock();
        assert_int_equal(ntm_locate(&location, balance, NULL, NULL), NTM_OK);
        if (clock() - before > slowest) slowest = clock() - before;
        look(&found, location, planted, count, right);
        ntm_location_free(location);
        ntm_balance_free(balance);
    }
    print_message(
        "# %zu errors, %zu causes first, %zu of %zu tables with one explanation, %zu with the true one first\n",
        found.all, found.first, found.unique, runs, found.alone);
    print_message("# %ld ms, the slowest %ld ms\n", (long)((clock() - start) * 1000 / CLOCKS_PER_SEC),
                  (long)(slowest * 1000 / CLOCKS_PER_SEC));
    assert_true(found.first * 10 >= found.all * 9);
    assert_true(found.alone * 10 >= runs * 9);
    if (!fault_under_valgrind()) assert_true(slowest < 20 * CLOCKS_PER_SEC);
}

/* Three districts of one column moved down by one, beside an unrelated error elsewhere: the block is still among the smallest
   sets, with the right figures. */
static void shifted_block(void **state) {
    (void)state;
    uint64_t seed = 5;
    int64_t right[CELLS], value[CELLS];
    fill(right, &seed);
    memcpy(value, right, sizeof value);
    for (size_t row = 3; row < 6; row++)
        value[at(row, 1, 2)] = right[at(row - 1, 1, 2)];
    ntm_balance *balance = balance_of(value);
    ntm_location *location = NULL;
    assert_int_equal(ntm_locate(&location, balance, NULL, NULL), NTM_OK);
    ntm_located_group group = ntm_location_group(location, 0);
    assert_true(group.exact && group.size == 3);
    for (size_t i = 0; i < 3; i++) {
        ntm_suspect suspect = ntm_location_suspect(location, 0, 0, i);
        ntm_suspicion first = ntm_location_suspicion(location, 0, 0, i, 0);
        assert_int_equal(suspect.cell, at(3 + i, 1, 2));
        assert_true(first.cause == NTM_CAUSE_SHIFTED_ROW && first.power == 1);
        assert_int_equal(first.value.coefficient, right[at(3 + i, 1, 2)]);
    }
    ntm_location_free(location);
    ntm_balance_free(balance);
}

/* Errors crowded into a corner of a table with totals of rows and columns only: rectangles give other sets of the same size,
   or a smaller one. The planted set is there whenever nothing smaller explains, and never is a smaller one missed. */
static void crowded(void **state) {
    (void)state;
    size_t same = 0, smaller = 0, first = 0;
    for (uint64_t run = 0; run < (fault_under_valgrind() ? 2 : 100); run++) {
        uint64_t seed = run * 104729;
        grid g = {.rows = 20, .columns = 16};
        error planted[4];
        size_t wanted = 2 + run % 3, count = 0;
        for (size_t i = 0; i < 320; i++)
            g.value[i] = 10000 + (int64_t)chance(&seed, 900000);
        grid_add_up(&g);
        while (count < wanted) {
            error it = {chance(&seed, 3) * 16 + chance(&seed, 3), causes[chance(&seed, 4)]};
            int64_t right = g.value[it.cell];
            if (error_of(planted, count, it.cell) != NULL) continue;
            g.value[it.cell] = spoil(right, it.cause, &seed);
            if (g.value[it.cell] != right) planted[count++] = it;
        }
        ntm_balance *balance = grid_balance(&g, false);
        ntm_location *location = NULL;
        assert_int_equal(ntm_locate(&location, balance, NULL, NULL), NTM_OK);
        ntm_located_group group = ntm_location_group(location, 0);
        assert_true(group.exact && group.end == NTM_LOCATED && group.size <= count);
        if (group.size == count) {
            same++;
            size_t e = place_of(location, planted, count);
            assert_true(e != SIZE_MAX);
            first += e == 0;
        }
        smaller += group.size < count;
        ntm_location_free(location);
        ntm_balance_free(balance);
    }
    print_message("# %zu with sets of the planted size, %zu of them first; %zu smaller\n", same, first, smaller);
    assert_true(first * 10 >= same * 8);
    if (!fault_under_valgrind()) assert_true(same > 50);
}

static ntm_located_group give_up(const ntm_balance *balance, size_t size_most) {
    ntm_locate_options options = NTM_LOCATE_OPTIONS_INIT;
    ntm_location *location = NULL;
    options.size_most = size_most;
    if (fault_under_valgrind()) options.work_most = 1000000;
    clock_t before = clock();
    assert_int_equal(ntm_locate(&location, balance, &options, NULL), NTM_OK);
    long taken = (long)((clock() - before) * 1000 / CLOCKS_PER_SEC);
    ntm_located_group group = ntm_location_group(location, 0);
    print_message("# ended by %d after %ld ms, at least %zu cells\n", (int)group.end, taken, group.least_size);
    ntm_location_free(location);
    return group;
}

/* Tables that are wrong everywhere, or in a dozen places: the search ends within its limit and says how. */
static void hopeless(void **state) {
    (void)state;
    uint64_t seed = 11;
    int64_t value[CELLS];
    for (size_t i = 0; i < CELLS; i++)
        value[i] = chance(&seed, 1000000);
    ntm_balance *balance = balance_of(value);
    ntm_located_group group = give_up(balance, 16);
    assert_true(!group.exact && group.explanations == 0 && group.least_size == 17 && group.end == NTM_STOPPED_SIZE);
    ntm_balance_free(balance);
    grid g = {.rows = 20, .columns = 16};
    for (size_t i = 0; i < 320; i++)
        g.value[i] = 10000 + (int64_t)chance(&seed, 900000);
    grid_add_up(&g);
    for (size_t i = 0; i < 14; i++)
        g.value[i * 17] += 1 + (int64_t)chance(&seed, 1000);
    balance = grid_balance(&g, false);
    group = give_up(balance, 16);
    assert_true(group.end == NTM_STOPPED_WORK || group.exact);
    assert_true(group.least_size > 6 && group.least_size <= 14);
    ntm_balance_free(balance);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(planted_errors), cmocka_unit_test(shifted_block),
                                       cmocka_unit_test(crowded), cmocka_unit_test(hopeless)};
    return cmocka_run_group_tests_name("planted errors", tests, NULL, NULL);
}
