/* SPDX-License-Identifier: Apache-2.0 */
#include "reconcile/groups.h"

#include <string.h>

#define NONE UINT32_MAX
/* A chain of unknown cells, each known from the one before, is shortened by at most so many links. */
#define PASSES_MAX 16

/* ------------------------------------------------------------------------------------------- what always can hold */

/* A sum with an unknown cell that is in no other equation can be satisfied whatever the others are, and so can an unknown
   share: such equations say nothing. Without them other unknown cells may be alone. */
static void drop_free(bool *dropped, uint32_t *uses, const ntm_balance *balance) {
    bool again = true;
    for (int pass = 0; again && pass < PASSES_MAX; pass++) {
        again = false;
        for (size_t i = 0; i < balance->equations.count; i++) {
            const ntm_i_equation *equation = ntm_i_equation_at(balance, i);
            size_t count = ntm_i_equation_cells(equation);
            bool is_free = count == 0;
            for (size_t j = 0; j < count && !is_free && !dropped[i]; j++) {
                uint32_t cell = ntm_i_equation_cell(balance, equation, j);
                bool may = equation->kind == NTM_I_EQUATION_SUM || j == 0;
                is_free = may && uses[cell] == 1 && !ntm_i_cell_known(balance, cell);
            }
            if (!is_free || dropped[i]) continue;
            dropped[i] = again = true;
            for (size_t j = 0; j < count; j++)
                uses[ntm_i_equation_cell(balance, equation, j)]--;
        }
    }
}

/* ------------------------------------------------------------------------------------------- what hangs together */

static uint32_t root(uint32_t *up, uint32_t cell) {
    while (up[cell] != cell) {
        up[cell] = up[up[cell]];
        cell = up[cell];
    }
    return cell;
}

/* The root is the first cell of each group. */
static void join(uint32_t *up, uint32_t a, uint32_t b) {
    a = root(up, a);
    b = root(up, b);
    if (a < b)
        up[b] = a;
    else
        up[a] = b;
}

/* Fills groups from the root of each cell. `group` is scratch: by cell. */
static void fill(ntm_i_groups *out, const ntm_balance *balance, const bool *dropped, const uint32_t *uses, uint32_t *up,
                 uint32_t *group) {
    size_t cells = balance->cells.count, equations = balance->equations.count;
    for (uint32_t c = 0; c < cells; c++) {
        if (uses[c] > 0 && root(up, c) == c) group[c] = (uint32_t)out->count++;
        if (uses[c] > 0) out->first_cell[group[root(up, c)] + 1]++;
    }
    for (size_t i = 0; i < equations; i++)
        if (!dropped[i])
            out->first_equation[group[root(up, ntm_i_equation_cell(balance, ntm_i_equation_at(balance, i), 0))] + 1]++;
    for (size_t g = 0; g < out->count; g++) {
        out->first_cell[g + 1] += out->first_cell[g];
        out->first_equation[g + 1] += out->first_equation[g];
    }
    /* Filled from behind, so that the starts come down to where they are again. */
    for (size_t i = equations; i > 0; i--)
        if (!dropped[i - 1]) {
            const ntm_i_equation *equation = ntm_i_equation_at(balance, i - 1);
            size_t g = group[root(up, ntm_i_equation_cell(balance, equation, 0))];
            out->equations[--out->first_equation[g + 1]] = (uint32_t)(i - 1);
        }
    for (uint32_t c = (uint32_t)cells; c > 0; c--)
        if (uses[c - 1] > 0) out->cells[--out->first_cell[group[root(up, c - 1)] + 1]] = c - 1;
    for (size_t g = 0; g < out->count; g++) { /* starts now are one too far to the right */
        out->first_cell[g] = out->first_cell[g + 1];
        out->first_equation[g] = out->first_equation[g + 1];
    }
}

bool ntm_i_groups_make(ntm_i_groups *out, const ntm_balance *balance, ntm_i_arena *arena) {
    size_t cells = balance->cells.count, equations = balance->equations.count;
    bool *dropped = ntm_i_arena_take(arena, equations, sizeof *dropped);
    uint32_t *uses = ntm_i_arena_take(arena, cells, sizeof *uses);
    uint32_t *up = ntm_i_arena_take(arena, cells, sizeof *up);
    uint32_t *group = ntm_i_arena_take(arena, cells, sizeof *group);
    *out = (ntm_i_groups){0,
                          ntm_i_arena_take(arena, cells + 1, sizeof(size_t)),
                          ntm_i_arena_take(arena, cells + 1, sizeof(size_t)),
                          ntm_i_arena_take(arena, cells, sizeof(uint32_t)),
                          ntm_i_arena_take(arena, equations, sizeof(uint32_t)),
                          ntm_i_arena_take(arena, cells, sizeof(uint32_t))};
    if (dropped == NULL || uses == NULL || up == NULL || group == NULL || out->first_cell == NULL ||
        out->first_equation == NULL || out->cells == NULL || out->equations == NULL || out->local == NULL)
        return false;
    for (uint32_t c = 0; c < cells; c++)
        up[c] = c;
    for (size_t i = 0; i < equations; i++)
        for (size_t j = 0; j < ntm_i_equation_cells(ntm_i_equation_at(balance, i)); j++)
            uses[ntm_i_equation_cell(balance, ntm_i_equation_at(balance, i), j)]++;
    drop_free(dropped, uses, balance);
    for (size_t i = 0; i < equations; i++) {
        const ntm_i_equation *equation = ntm_i_equation_at(balance, i);
        for (size_t j = 1; !dropped[i] && j < ntm_i_equation_cells(equation); j++)
            join(up, ntm_i_equation_cell(balance, equation, 0), ntm_i_equation_cell(balance, equation, j));
    }
    size_t used_cells = 0, used_equations = 0;
    for (uint32_t c = 0; c < cells; c++)
        used_cells += uses[c] > 0;
    for (size_t i = 0; i < equations; i++)
        used_equations += !dropped[i];
    fill(out, balance, dropped, uses, up, group);
    out->first_cell[out->count] = used_cells;
    out->first_equation[out->count] = used_equations;
    for (size_t g = 0; g < out->count; g++)
        for (size_t i = out->first_cell[g]; i < out->first_cell[g + 1]; i++)
            out->local[out->cells[i]] = (uint32_t)(i - out->first_cell[g]);
    return true;
}
