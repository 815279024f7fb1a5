/* SPDX-License-Identifier: Apache-2.0 */
/* The cells of a cube as columns. */
#include <string.h>

#include "column/bits.h"
#include "cube/cube.h"

enum { EXTRA = 3 }; /* sum, missing, open */

typedef struct filling {
    int32_t *codes[NTM_SIDES_MAX];
    int64_t *sums, *missing;
    uint8_t *known, *open;
} filling;

static bool take(filling *f, ntm_i_arena *arena, const ntm_cube *cube) {
    bool good = true;
    for (size_t i = 0; i < cube->side_count; i++) {
        f->codes[i] = ntm_i_arena_take(arena, cube->cells, sizeof *f->codes[i]);
        good = good && f->codes[i] != NULL;
    }
    f->sums = ntm_i_arena_take(arena, cube->cells, sizeof *f->sums);
    f->missing = ntm_i_arena_take(arena, cube->cells, sizeof *f->missing);
    f->known = ntm_i_arena_take(arena, cube->cells / 8 + 1, 1);
    f->open = ntm_i_arena_take(arena, cube->cells, 1);
    return good && f->sums != NULL && f->missing != NULL && f->known != NULL && f->open != NULL;
}

static ntm_status fill(const filling *f, const ntm_cube *cube, ntm_error *err) {
    ntm_i_entry_cell cell;
    size_t row = 0;
    for (uint64_t at = 0; ntm_i_store_next(&cell, &cube->store, &at); row++) {
        char text[NTM_I_CELL_TEXT];
        if (cell.sum < INT64_MIN || cell.sum > INT64_MAX)
            return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_ROW("sum", row),
                              "the sum of the cell %s does not fit 64 bits", ntm_i_cube_text(text, cube, cell.key));
        for (size_t i = 0; i < cube->side_count; i++)
            f->codes[i][row] = (int32_t)(cell.key / cube->sides[i].stride % cube->sides[i].count);
        f->sums[row] = (int64_t)cell.sum;
        f->missing[row] = cell.missing;
        f->open[row] = cell.missing > 0;
        ntm_i_set_bit(f->known, row, (cell.mark & (NTM_I_FLOW | NTM_I_STOCK)) != 0);
    }
    return NTM_OK;
}

static bool describe(ntm_cube_rows *rows, const filling *f, const ntm_cube *cube) {
    ntm_field *fields = ntm_i_arena_take(&rows->arena, cube->side_count + EXTRA, sizeof *fields);
    if (fields == NULL) return false;
    for (size_t i = 0; i < cube->side_count; i++) {
        const ntm_i_cube_side *side = &cube->sides[i];
        const char **ids = ntm_i_arena_take(&rows->arena, side->count, sizeof *ids);
        if (ids == NULL) return false;
        for (uint32_t k = 0; k < side->count; k++)
            ids[k] = side->nodes[k].id;
        fields[i] = (ntm_field){side->name, ntm_column_codes(f->codes[i], cube->cells, ids, side->count)};
    }
    fields[cube->side_count] = (ntm_field){"sum", ntm_column_int64(f->sums, cube->cells)};
    fields[cube->side_count].column.validity = f->known;
    fields[cube->side_count].column.scale = cube->scale;
    fields[cube->side_count + 1] = (ntm_field){"missing", ntm_column_int64(f->missing, cube->cells)};
    fields[cube->side_count + 2] = (ntm_field){"open", ntm_column_bytes(f->open, cube->cells)};
    rows->table = (ntm_table){sizeof rows->table, cube->cells, fields, cube->side_count + EXTRA};
    return true;
}

ntm_status ntm_cube_rows_new(ntm_cube_rows **out, const ntm_cube *cube, const ntm_allocator *allocator,
                             ntm_error *err) {
    filling f;
    if (out == NULL || cube == NULL || !ntm_i_allocator_usable(allocator))
        return ntm_i_wrong_call(err, "a place for the rows, a cube and a usable allocator are needed");
    ntm_cube_rows *rows = ntm_i_allocate(allocator, 1, sizeof *rows);
    if (rows == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&rows->arena, allocator);
    bool good = take(&f, &rows->arena, cube);
    ntm_status status = good ? fill(&f, cube, err) : ntm_i_no_memory(err);
    if (status == NTM_OK && !describe(rows, &f, cube)) status = ntm_i_no_memory(err);
    if (status != NTM_OK) {
        ntm_cube_rows_free(rows);
        return status;
    }
    *out = rows;
    return NTM_OK;
}

void ntm_cube_rows_free(ntm_cube_rows *rows) {
    if (rows == NULL) return;
    ntm_allocator allocator = rows->arena.allocator;
    ntm_i_arena_end(&rows->arena);
    ntm_i_release(&allocator, rows, 1, sizeof *rows);
}

const ntm_table *ntm_cube_rows_table(const ntm_cube_rows *rows) { return rows == NULL ? NULL : &rows->table; }
