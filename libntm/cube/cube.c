/* SPDX-License-Identifier: Apache-2.0 */
/* Cubes: made of a tally, asked, freed. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cube/cube.h"

/* ------------------------------------------------------------------------------------------- making */

static ntm_status make_sides(ntm_i_cubing *c) {
    const ntm_cube_tally *tally = c->tally;
    ntm_cube *cube = c->cube;
    c->unit = c->time = c->stage = SIZE_MAX;
    for (size_t i = 0; i < tally->base_count; i++) {
        if (tally->bases[i].kind == NTM_I_BASE_UNIT) c->unit = i;
        if (tally->bases[i].kind == NTM_I_BASE_TIME) c->time = i;
        if (strcmp(tally->bases[i].dimension, "stage") == 0) c->stage = i;
    }
    cube->side_count = tally->question.side_count;
    if (!ntm_i_find_stocks(c)) return ntm_i_no_memory(c->err);
    for (size_t i = 0; i < cube->side_count; i++) {
        const ntm_side *asked = &tally->question.sides[i];
        cube->sides[i].total = NTM_I_NO_NODE;
        cube->sides[i].is_time = strcmp(asked->dimension, "date") == 0;
        if (!ntm_i_arena_copy(&cube->arena, &cube->sides[i].name,
                              asked->level == NULL ? asked->dimension : asked->level))
            return ntm_i_no_memory(c->err);
    }
    ntm_status status = ntm_i_time_nodes(c);
    if (status == NTM_OK) status = ntm_i_unit_nodes(c);
    for (size_t i = 0; i < tally->base_count && status == NTM_OK; i++)
        if (tally->bases[i].kind == NTM_I_BASE_MEMBER && tally->bases[i].side >= 0) status = ntm_i_member_nodes(c, i);
    return status;
}

static ntm_status make_room(ntm_i_cubing *c) {
    ntm_cube *cube = c->cube;
    uint64_t keys = 1;
    for (size_t i = cube->side_count; i > 0; i--) {
        cube->sides[i - 1].stride = keys;
        if (ntm_i_multiply_overflows(keys, (uint64_t)cube->sides[i - 1].count, &keys) || keys > INT64_MAX)
            return ntm_i_fail(c->err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "more than 2^63 cells");
    }
    /* An array that is filled densely stays one with what is above. */
    uint64_t cells = ntm_i_store_count(&c->tally->store);
    ntm_i_store_start(&cube->store, keys, cells * 2, c->tally->bound <= INT64_MAX, &cube->arena.allocator);
    bool good = ntm_i_store_room(&cube->store) && (!cube->store.dense || ntm_i_store_marks(&cube->store));
    return good ? NTM_OK : ntm_i_no_memory(c->err);
}

static bool copy_kinds(ntm_i_cubing *c) {
    ntm_cube *cube = c->cube;
    cube->kind_count = c->tally->kind_count;
    cube->kinds = ntm_i_arena_take(&cube->arena, cube->kind_count, sizeof *cube->kinds);
    cube->kind_units = ntm_i_arena_take(&cube->arena, cube->kind_count, sizeof *cube->kind_units);
    if (cube->kinds == NULL || cube->kind_units == NULL) return false;
    for (size_t i = 0; i < cube->kind_count; i++)
        if (!ntm_i_arena_copy(&cube->arena, &cube->kinds[i], c->tally->kinds[i]) ||
            !ntm_i_arena_copy(&cube->arena, &cube->kind_units[i], c->tally->kind_units[i]))
            return false;
    return true;
}

ntm_status ntm_cube_of(ntm_cube **out, const ntm_cube_tally *tally, const ntm_allocator *allocator, ntm_error *err) {
    if (out == NULL || tally == NULL || !ntm_i_allocator_usable(allocator))
        return ntm_i_wrong_call(err, "a place for the cube, a tally and a usable allocator are needed");
    ntm_cube *cube = ntm_i_allocate(allocator, 1, sizeof *cube);
    if (cube == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&cube->arena, allocator);
    ntm_i_store_start(&cube->store, 0, 0, true, &cube->arena.allocator);
    cube->measure = tally->question.measure;
    cube->scale = tally->scale;
    ntm_i_cubing c = {.tally = tally, .cube = cube, .err = err};
    ntm_i_arena_start(&c.scratch, allocator);
    ntm_status status = copy_kinds(&c) ? make_sides(&c) : ntm_i_no_memory(err);
    if (status == NTM_OK) status = make_room(&c);
    if (status == NTM_OK) status = ntm_i_fill(&c);
    if (status == NTM_OK) status = ntm_i_run(&c);
    if (status == NTM_OK) status = ntm_i_roll(&c);
    ntm_i_arena_end(&c.scratch);
    if (status != NTM_OK) {
        ntm_cube_free(cube);
        return status;
    }
    cube->cells = ntm_i_store_count(&cube->store);
    *out = cube;
    return NTM_OK;
}

ntm_status ntm_cube_new(ntm_cube **out, const ntm_ledger *ledger, const ntm_cube_options *options, ntm_error *err) {
    ntm_cube_tally *tally = NULL;
    if (out == NULL) return ntm_i_wrong_call(err, "a place for the cube is needed");
    ntm_status status = ntm_cube_tally_new(&tally, ledger, options, err);
    if (status == NTM_OK) status = ntm_cube_of(out, tally, options == NULL ? NULL : options->allocator, err);
    ntm_cube_tally_free(tally);
    return status;
}

void ntm_cube_free(ntm_cube *cube) {
    if (cube == NULL) return;
    ntm_allocator allocator = cube->arena.allocator;
    ntm_i_store_end(&cube->store);
    ntm_i_arena_end(&cube->arena);
    ntm_i_release(&allocator, cube, 1, sizeof *cube);
}

/* ------------------------------------------------------------------------------------------- asking */

size_t ntm_cube_sides(const ntm_cube *cube) { return cube == NULL ? 0 : cube->side_count; }

const char *ntm_cube_side_name(const ntm_cube *cube, size_t side) {
    return side < ntm_cube_sides(cube) ? cube->sides[side].name : NULL;
}

size_t ntm_cube_members(const ntm_cube *cube, size_t side) {
    return cube == NULL || side >= cube->side_count ? 0 : cube->sides[side].count;
}

const ntm_cube_member *ntm_cube_member_at(const ntm_cube *cube, size_t side, size_t member) {
    return member < ntm_cube_members(cube, side) ? &cube->sides[side].nodes[member] : NULL;
}

uint32_t ntm_cube_find(const ntm_cube *cube, size_t side, const char *id) {
    for (uint32_t i = 0; id != NULL && i < ntm_cube_members(cube, side); i++)
        if (strcmp(cube->sides[side].nodes[i].id, id) == 0) return i;
    return NTM_I_NO_NODE;
}

uint8_t ntm_cube_scale(const ntm_cube *cube) { return cube == NULL ? 0 : cube->scale; }

size_t ntm_cube_cells(const ntm_cube *cube) { return cube == NULL ? 0 : cube->cells; }

const char *ntm_cube_unit(const ntm_cube *cube, const char *kind) {
    for (size_t i = 0; cube != NULL && kind != NULL && i < cube->kind_count; i++)
        if (strcmp(cube->kinds[i], kind) == 0) return cube->kind_units[i];
    return NULL;
}

const char *ntm_i_cube_text(char buffer[NTM_I_CELL_TEXT], const ntm_cube *cube, uint64_t key) {
    size_t used = 0;
    buffer[0] = '\0';
    for (size_t i = 0; i < cube->side_count && used < NTM_I_CELL_TEXT - 1; i++) {
        const ntm_i_cube_side *side = &cube->sides[i];
        const char *id = side->nodes[key / side->stride % side->count].id;
        int size = snprintf(buffer + used, NTM_I_CELL_TEXT - used, "%s%.40s %.*s", i == 0 ? "" : ", ", side->name,
                            ntm_i_shown(id, strlen(id)), id);
        used += size < 0 ? 0 : (size_t)size;
    }
    if (cube->side_count == 0) (void)snprintf(buffer, NTM_I_CELL_TEXT, "of all");
    return buffer;
}

ntm_cube_cell ntm_i_cube_cell(const ntm_i_entry_cell *cell) {
    ntm_cube_cell out = {NTM_NOT_APPLICABLE, (int64_t)cell->sum, cell->missing, (cell->mark & NTM_I_STOCK) != 0};
    if (cell->mark != 0) out.known = cell->missing > 0 ? NTM_NOT_REPORTED : NTM_REPORTED;
    return out;
}

ntm_status ntm_cube_get(ntm_cube_cell *out, const ntm_cube *cube, const uint32_t *at, ntm_error *err) {
    uint64_t key = 0;
    char text[NTM_I_CELL_TEXT];
    if (out == NULL || cube == NULL || (at == NULL && cube->side_count > 0))
        return ntm_i_wrong_call(err, "a place for the cell, a cube and a member of each side are needed");
    for (size_t i = 0; i < cube->side_count; i++) {
        if (at[i] >= cube->sides[i].count)
            return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(cube->sides[i].name), "no member of the place %u",
                              at[i]);
        key += at[i] * cube->sides[i].stride;
    }
    ntm_i_entry_cell cell = ntm_i_store_get(&cube->store, key);
    if (cell.sum < INT64_MIN || cell.sum > INT64_MAX)
        return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_NOWHERE, "the sum of the cell %s does not fit 64 bits",
                          ntm_i_cube_text(text, cube, key));
    *out = ntm_i_cube_cell(&cell);
    return NTM_OK;
}
