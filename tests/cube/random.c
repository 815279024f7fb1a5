/* SPDX-License-Identifier: Apache-2.0 */
/* Random ledgers and questions against plain loops: every cell, every row of the result, in any order of rows, in parts. */
#include "forest.h"
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t seed_now;

static bool fits(__int128 sum) { return sum >= INT64_MIN && sum <= INT64_MAX; }

static void check_cell(const ntm_cube *cube, world_cells *expected, const uint32_t *at, size_t *there, bool *overflow) {
    char key[WORLD_KEY] = "";
    ntm_cube_cell cell = {NTM_REPORTED, 77, 77, true};
    ntm_error err = NTM_ERROR_INIT;
    for (size_t s = 0; s < ntm_cube_sides(cube); s++) {
        (void)strcat(key, ntm_cube_member_at(cube, s, at[s])->id);
        (void)strcat(key, "|");
    }
    const world_cell *e = oracle_cell(expected, key);
    ntm_status status = ntm_cube_get(&cell, cube, at, &err);
    *there += e->used;
    if (e->used && !fits(e->sum)) {
        *overflow = true;
        assert_int_equal(status, NTM_ERROR_OVERFLOW);
        assert_int_equal(cell.sum, 77);
        return;
    }
    assert_ok(status, &err);
    ntm_known known = !e->used ? NTM_NOT_APPLICABLE : e->missing > 0 ? NTM_NOT_REPORTED : NTM_REPORTED;
    if (cell.known != known || cell.sum != (int64_t)e->sum || cell.missing != e->missing ||
        (e->used && cell.stock != (e->stock && e->reported > 0)))
        fail_msg("seed %llu, cell %s: %d %lld !%llu %d, expected %d %lld !%llu %d", (unsigned long long)seed_now, key,
                 (int)cell.known, (long long)cell.sum, (unsigned long long)cell.missing, cell.stock, (int)known,
                 (long long)e->sum, (unsigned long long)e->missing, e->stock);
}

/* Members lie behind what they are parts of, the total is the last; ids are found again. */
static void check_members(const ntm_cube *cube, size_t side) {
    size_t count = ntm_cube_members(cube, side);
    for (size_t i = 0; i < count; i++) {
        const ntm_cube_member *member = ntm_cube_member_at(cube, side, i);
        if (strcmp(member->id, "*") == 0) assert_int_equal(i, count - 1);
        if (member->parent == UINT32_MAX) continue;
        assert_true(member->parent < count);
        if (member->parent != count - 1) assert_true(member->parent < i);
        assert_int_equal(ntm_cube_find(cube, side, member->id), i);
    }
    assert_null(ntm_cube_member_at(cube, side, count));
    assert_int_equal(ntm_cube_find(cube, side, "no such member"), UINT32_MAX);
}

/* Every combination of members where there are few; those of the oracle anyway. */
static void check_cells(const ntm_cube *cube, world_cells *expected, bool *overflow) {
    size_t sides = ntm_cube_sides(cube), all = 1, there = 0;
    uint32_t at[NTM_SIDES_MAX] = {0};
    for (size_t s = 0; s < sides; s++) {
        check_members(cube, s);
        all = all > 1000000 ? all : all * ntm_cube_members(cube, s);
    }
    for (size_t n = 0; all <= 40000 && n < all; n++) {
        size_t rest = n;
        for (size_t s = 0; s < sides; rest /= ntm_cube_members(cube, s++))
            at[s] = (uint32_t)(rest % ntm_cube_members(cube, s));
        check_cell(cube, expected, at, &there, overflow);
    }
    for (size_t c = 0; all > 40000 && c < WORLD_CELLS; c++) {
        if (!expected->all[c].used) continue;
        const char *key = expected->all[c].key;
        for (size_t s = 0; s < sides; s++) {
            char id[WORLD_KEY];
            size_t size = strcspn(key, "|");
            memcpy(id, key, size);
            id[size] = '\0';
            key += size + 1;
            at[s] = ntm_cube_find(cube, s, id);
            if (at[s] == UINT32_MAX) fail_msg("seed %llu: no %s", (unsigned long long)seed_now, id);
        }
        check_cell(cube, expected, at, &there, overflow);
    }
    if (there != expected->count || ntm_cube_cells(cube) != expected->count)
        fail_msg("seed %llu: %zu cells, %zu found, %zu expected", (unsigned long long)seed_now, ntm_cube_cells(cube),
                 there, expected->count);
}

/* The cells as columns: as many, in the order of members, each as the oracle has it. */
static void check_rows(const ntm_cube *cube, world_cells *expected, bool overflow) {
    ntm_cube_rows *rows = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_cube_rows_new(&rows, cube, NULL, &err);
    assert_int_equal(status, overflow ? NTM_ERROR_OVERFLOW : NTM_OK);
    if (status != NTM_OK) {
        assert_null(rows);
        return;
    }
    const ntm_table *table = ntm_cube_rows_table(rows);
    size_t sides = ntm_cube_sides(cube);
    int64_t before[NTM_SIDES_MAX];
    assert_int_equal(table->rows, expected->count);
    for (size_t row = 0; row < table->rows; row++) {
        char key[WORLD_KEY] = "";
        int64_t places[NTM_SIDES_MAX] = {0};
        int way = 0;
        for (size_t s = 0; s < sides; s++) {
            const char *id = NULL;
            size_t size = 0;
            ntm_decimal code = {0, 0};
            assert_ok(ntm_column_text(&id, &size, &table->fields[s].column, row, &err), &err);
            assert_ok(ntm_column_decimal(&code, &table->fields[s].column, row, &err), &err);
            (void)strncat(key, id, size);
            (void)strcat(key, "|");
            places[s] = code.coefficient;
            if (row > 0 && way == 0) way = places[s] < before[s] ? 1 : places[s] > before[s] ? -1 : 0;
        }
        assert_true(row == 0 || way < 0);
        memcpy(before, places, sizeof before);
        const world_cell *e = oracle_cell(expected, key);
        ntm_decimal sum = {0, 0}, missing = {0, 0}, open = {0, 0};
        assert_true(e->used);
        assert_int_equal(ntm_column_known(&table->fields[sides].column, row),
                         e->reported > 0 ? NTM_REPORTED : NTM_NOT_REPORTED);
        if (e->reported > 0) assert_ok(ntm_column_decimal(&sum, &table->fields[sides].column, row, &err), &err);
        assert_ok(ntm_column_decimal(&missing, &table->fields[sides + 1].column, row, &err), &err);
        assert_ok(ntm_column_decimal(&open, &table->fields[sides + 2].column, row, &err), &err);
        assert_true(sum.coefficient == (int64_t)e->sum && (uint64_t)missing.coefficient == e->missing);
        assert_int_equal(open.coefficient, e->missing > 0);
    }
    ntm_cube_rows_free(rows);
}

/* ------------------------------------------------------------------------------------------- ways to a cube */

static ntm_status at_once(ntm_cube **out, world *w, ntm_error *err) {
    world_columns(w);
    ntm_ledger *ledger = world_ledger(w);
    ntm_status status = ntm_cube_new(out, ledger, &w->asked, err);
    ntm_ledger_free(ledger);
    world_end(w);
    return status;
}

/* Rows in another order. Parts of the rows are asked for, so all of the ledger has to be. */
static void shuffle(world *w) {
    for (size_t i = w->row_count; i > 1; i--) {
        size_t other = world_draw(w, (unsigned)i);
        world_row swap = w->rows[i - 1];
        w->rows[i - 1] = w->rows[other];
        w->rows[other] = swap;
    }
}

static ntm_status merged(ntm_cube **out, ntm_cube_tally **parts, size_t count, world *w, ntm_error *err) {
    ntm_cube_tally *whole = NULL;
    const ntm_cube_tally *list[8] = {NULL};
    for (size_t i = 0; i < count; i++)
        list[i] = parts[i];
    for (size_t i = count; i > 1; i--) {
        size_t other = world_draw(w, (unsigned)i);
        const ntm_cube_tally *swap = list[i - 1];
        list[i - 1] = list[other];
        list[other] = swap;
    }
    ntm_status status = ntm_cube_tally_merge(&whole, list, count, NULL, err);
    for (size_t i = 0; i < count; i++)
        ntm_cube_tally_free(parts[i]);
    if (status == NTM_OK) status = ntm_cube_of(out, whole, NULL, err);
    ntm_cube_tally_free(whole);
    return status;
}

/* One ledger, its rows in parts. */
static ntm_status in_parts(ntm_cube **out, world *w, ntm_error *err) {
    ntm_cube_tally *parts[8] = {0};
    size_t count = 1 + world_draw(w, 5), first = 0;
    ntm_cube_options asked = w->asked;
    ntm_status status = NTM_OK;
    world_columns(w);
    ntm_ledger *ledger = world_ledger(w);
    for (size_t i = 0; i < count; i++) {
        asked.first_row = first;
        asked.row_count = i + 1 == count ? UINT64_MAX : world_draw(w, 40);
        assert_ok(ntm_cube_tally_new(&parts[i], ledger, &asked, err), err);
        first += (size_t)asked.row_count;
    }
    ntm_ledger_free(ledger);
    world_end(w);
    if (status == NTM_OK) status = merged(out, parts, count, w, err);
    return status;
}

/* Several ledgers, each with some of the rows, and members known to some of them only. */
static ntm_status in_ledgers(ntm_cube **out, world *w, ntm_error *err) {
    ntm_cube_tally *parts[8] = {0};
    size_t count = 1 + world_draw(w, 5), first = 0;
    world *piece = malloc(sizeof *piece);
    assert_non_null(piece);
    for (size_t i = 0; i < count; i++) {
        *piece = *w;
        piece->random += i;
        piece->row_count = i + 1 == count ? w->row_count - first : world_draw(w, (unsigned)(w->row_count - first) + 1);
        memcpy(piece->rows, w->rows + first, piece->row_count * sizeof *piece->rows);
        first += piece->row_count;
        world_columns(piece);
        ntm_ledger *ledger = world_ledger(piece);
        assert_ok(ntm_cube_tally_new(&parts[i], ledger, &w->asked, err), err);
        ntm_ledger_free(ledger);
        world_end(piece);
    }
    free(piece);
    return merged(out, parts, count, w, err);
}

static void check(world *w, ntm_status (*make)(ntm_cube **, world *, ntm_error *)) {
    world_cells expected;
    ntm_cube *cube = NULL;
    ntm_error err = NTM_ERROR_INIT;
    bool overflow = false;
    oracle_cells(&expected, w);
    ntm_status status = make(&cube, w, &err);
    if (status != expected.status)
        fail_msg("seed %llu: %s, expected %s: %s: %s", (unsigned long long)seed_now, ntm_status_name(status),
                 ntm_status_name(expected.status), err.subject, err.message);
    if (status == NTM_OK) {
        check_cells(cube, &expected, &overflow);
        check_rows(cube, &expected, overflow);
    }
    ntm_cube_free(cube);
    oracle_free(&expected);
}

static void worlds(const ntm_units *units, uint64_t from, uint64_t count) {
    world *w = malloc(sizeof *w);
    assert_non_null(w);
    for (seed_now = from; seed_now < from + count; seed_now++) {
        world_make(w, seed_now, units);
        world_ask(w);
        check(w, at_once);
        w->asked.first_row = 0;
        w->asked.row_count = UINT64_MAX;
        shuffle(w);
        check(w, at_once);
        check(w, in_parts);
        check(w, in_ledgers);
    }
    free(w);
}

static void without_registry(void **state) {
    (void)state;
    worlds(NULL, 1, fault_under_valgrind() ? 8 : 1200);
}

static void with_registry(void **state) {
    uint64_t random = 4;
    (void)state;
    for (uint64_t i = 0; i < (fault_under_valgrind() ? 2u : 60u); i++) {
        forest *f = malloc(sizeof *f);
        assert_non_null(f);
        forest_make(f, &random);
        ntm_units *units = forest_units(f);
        worlds(units, 100000 + 100 * i, fault_under_valgrind() ? 3 : 12);
        ntm_units_free(units);
        free(f);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(without_registry), cmocka_unit_test(with_registry)};
    return cmocka_run_group_tests_name("random cubes", tests, NULL, NULL);
}
