/* SPDX-License-Identifier: Apache-2.0 */
/* Equations that are declared once and stand for one in every row, or in every column, of a table. */
#include "reconcile/balance.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "column/cells.h"
#include "reconcile/equation_text.h"

/* ------------------------------------------------------------------------------------------- names */

/* Letters that two names have in common at their ends: enough to tell a slip from another word. */
static size_t likeness(const char *a, const char *b) {
    size_t na = strlen(a), nb = strlen(b), shorter = na < nb ? na : nb, front = 0, back = 0;
    while (front < shorter && a[front] == b[front])
        front++;
    while (back < shorter - front && a[na - 1 - back] == b[nb - 1 - back])
        back++;
    return 3 * (front + back) >= 2 * (na > nb ? na : nb) ? front + back : 0;
}

static ntm_status no_such_name(const ntm_i_text_term *term, const char *what, const char *const *names, size_t count,
                               ntm_error *err) {
    size_t best = 0, at = 0;
    for (size_t i = 0; i < count && i < 10000; i++) {
        size_t like = likeness(term->name, names[i]);
        if (like > best) {
            best = like;
            at = i;
        }
    }
    ntm_i_place place = NTM_I_LINE(term->name, term->line, term->column);
    if (best == 0) return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, place, "no such %s in the table", what);
    return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, place, "no such %s in the table; did you mean \"%.*s\"?", what,
                      ntm_i_shown(names[at], strlen(names[at])), names[at]);
}

static size_t column_at(const ntm_i_balance_table *t, const char *name) {
    for (size_t i = 0; i < t->column_count; i++)
        if (strcmp(t->columns[i], name) == 0) return i;
    return SIZE_MAX;
}

static size_t row_at(const ntm_i_balance_table *t, const char *name) {
    size_t low = 0, high = t->rows;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(t->row_names[t->by_name[middle]], name);
        if (order == 0) return t->by_name[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return SIZE_MAX;
}

/* ------------------------------------------------------------------------------------------- one equation */

/* What a name stands for: a place in each line, or one cell for all of them. */
typedef struct spot {
    size_t at;
    bool fixed;
} spot;

static bool same_spot(spot a, spot b) { return a.at == b.at && a.fixed == b.fixed; }

/* The equation of one line, whose cells are first + place × stride. A share of which two cells are the same (the share of
   the whole itself) says nothing. */
static ntm_status add_one(ntm_balance *balance, const char *name, const ntm_i_equation_text *read, const spot *spots,
                          ntm_balance_term *terms, size_t first, size_t stride, uint8_t printed, ntm_error *err) {
    for (size_t i = 0; i < read->count; i++)
        terms[i] = (ntm_balance_term){(uint32_t)(spots[i].fixed ? spots[i].at : first + spots[i].at * stride),
                                      read->terms[i].coefficient};
    if (!read->is_share) return ntm_balance_add_sum(balance, name, terms, read->count, err);
    uint32_t share_cell = terms[0].cell, part = terms[1].cell, whole = terms[2].cell;
    if (share_cell == part || share_cell == whole || part == whole) return NTM_OK;
    uint8_t scale = read->rounding_told ? read->scale : printed > 9 ? 9 : printed;
    ntm_balance_share share = {share_cell, part, whole, read->percent_digits, scale, read->rounding};
    return ntm_balance_add_share(balance, name, &share, err);
}

/* That something is left of a sum, and a share is of three names. */
static ntm_status check_spots(const ntm_i_equation_text *read, const spot *spots, ntm_error *err) {
    ntm_i_place place = NTM_I_LINE("equation", read->terms[0].line, read->terms[0].column);
    if (read->is_share)
        return !same_spot(spots[0], spots[1]) && !same_spot(spots[0], spots[2]) && !same_spot(spots[1], spots[2])
                   ? NTM_OK
                   : ntm_i_fail(err, NTM_ERROR_SCHEMA, place, "the three names of a share have to be different");
    for (size_t i = 0; i < read->count; i++) {
        int64_t sum = 0;
        for (size_t j = 0; j < read->count; j++)
            if (same_spot(spots[j], spots[i])) sum += read->terms[j].coefficient;
        if (sum != 0) return NTM_OK;
    }
    return ntm_i_fail(err, NTM_ERROR_SCHEMA, place, "both sides are the same: nothing is left to check");
}

/* The text on one line, as the name of the equations. */
static const char *name_of(ntm_i_arena *arena, const char *text, size_t size) {
    while (size > 0 && strchr(" \t\r\n", text[size - 1]) != NULL)
        size--;
    while (size > 0 && strchr(" \t\r\n", *text) != NULL) {
        text++;
        size--;
    }
    char *name = ntm_i_arena_text(arena, text, size);
    for (size_t i = 0; name != NULL && i < size; i++)
        if (name[i] == '\n' || name[i] == '\r' || name[i] == '\t') name[i] = ' ';
    return name;
}

/* ------------------------------------------------------------------------------------------- over columns */

typedef struct declaration {
    ntm_i_arena arena;
    ntm_i_equation_text read;
    const char *name;
    spot *spots; /* of each name */
    ntm_balance_term *terms;
} declaration;

/* A row behind a column makes it one cell; rows have nothing behind them. */
static ntm_status find_spot(spot *out, const ntm_i_balance_table *t, const ntm_i_text_term *term, bool rows,
                            ntm_error *err) {
    *out = (spot){rows ? row_at(t, term->name) : column_at(t, term->name), term->row != NULL};
    if (out->at == SIZE_MAX)
        return rows ? no_such_name(term, "row", t->row_names, t->rows, err)
                    : no_such_name(term, "column of numbers", t->columns, t->column_count, err);
    if (!out->fixed) return NTM_OK;
    ntm_i_text_term inner = {term->row, NULL, 0, term->line, term->column};
    if (rows)
        return ntm_i_fail(err, NTM_ERROR_SCHEMA, NTM_I_LINE(term->name, term->line, term->column),
                          "an equation over rows names no cells");
    size_t row = row_at(t, term->row);
    if (row == SIZE_MAX) return no_such_name(&inner, "row", t->row_names, t->rows, err);
    out->at += row * t->column_count;
    return NTM_OK;
}

/* Reads the text and finds its names. */
static ntm_status understand(declaration *d, const ntm_balance *balance, const char *text, size_t size, bool rows,
                             ntm_error *err) {
    const ntm_i_balance_table *t = &balance->table;
    ntm_status status = ntm_i_equation_read(&d->read, text, size, &d->arena, err);
    if (status != NTM_OK) return status;
    d->name = name_of(&d->arena, text, size);
    d->spots = ntm_i_arena_take(&d->arena, d->read.count, sizeof *d->spots);
    d->terms = ntm_i_arena_take(&d->arena, d->read.count, sizeof *d->terms);
    if (d->name == NULL || d->spots == NULL || d->terms == NULL) return ntm_i_no_memory(err);
    for (size_t i = 0; status == NTM_OK && i < d->read.count; i++)
        status = find_spot(&d->spots[i], t, &d->read.terms[i], rows, err);
    return status != NTM_OK ? status : check_spots(&d->read, d->spots, err);
}

static ntm_status check_call(const ntm_balance *balance, const char *text, ntm_error *err) {
    if (balance == NULL || text == NULL) return ntm_i_wrong_call(err, "the balance or the text is NULL");
    if (!balance->table.there) return ntm_i_wrong_call(err, "this balance was not made from a table");
    return NTM_OK;
}

ntm_status ntm_balance_declare(ntm_balance *balance, const char *text, size_t size, ntm_error *err) {
    ntm_status status = check_call(balance, text, err);
    if (status != NTM_OK) return status;
    declaration d;
    const ntm_i_balance_table *t = &balance->table;
    ntm_i_balance_mark mark = ntm_i_balance_marked(balance);
    ntm_i_arena_start(&d.arena, &balance->allocator);
    status = understand(&d, balance, text, size, false, err);
    for (size_t row = 0; status == NTM_OK && row < t->rows; row++) {
        uint8_t printed = t->scales[d.spots[0].at % t->column_count];
        size_t before = balance->equations.count;
        status = add_one(balance, d.name, &d.read, d.spots, d.terms, row * t->column_count, 1, printed, err);
        if (balance->equations.count > before) ((ntm_i_equation *)balance->equations.items)[before].row = row;
    }
    if (status != NTM_OK) ntm_i_balance_back(balance, mark);
    ntm_i_arena_end(&d.arena);
    return status;
}

/* ------------------------------------------------------------------------------------------- over rows */

/* The columns asked for, as places; all when `names` is NULL. */
static ntm_status find_columns(size_t *out, const ntm_i_balance_table *t, const char *const *names, size_t count,
                               ntm_error *err) {
    for (size_t i = 0; i < count; i++) {
        if (names != NULL && names[i] == NULL) return ntm_i_wrong_call(err, "the name of a column is NULL");
        out[i] = names == NULL ? i : column_at(t, names[i]);
        if (out[i] != SIZE_MAX) continue;
        ntm_i_text_term term = {names[i], NULL, 0, 0, 0};
        return no_such_name(&term, "column of numbers", t->columns, t->column_count, err);
    }
    return NTM_OK;
}

ntm_status ntm_balance_declare_rows(ntm_balance *balance, const char *text, size_t size, const char *const *columns,
                                    size_t column_count, ntm_error *err) {
    ntm_status status = check_call(balance, text, err);
    if (status != NTM_OK) return status;
    declaration d;
    const ntm_i_balance_table *t = &balance->table;
    size_t count = columns == NULL ? t->column_count : column_count;
    ntm_i_balance_mark mark = ntm_i_balance_marked(balance);
    ntm_i_arena_start(&d.arena, &balance->allocator);
    size_t *places = ntm_i_arena_take(&d.arena, count, sizeof *places);
    status = places == NULL ? ntm_i_no_memory(err) : understand(&d, balance, text, size, true, err);
    if (status == NTM_OK) status = find_columns(places, t, columns, count, err);
    for (size_t i = 0; status == NTM_OK && i < count; i++) {
        uint8_t printed = t->scales[places[i]];
        status = add_one(balance, d.name, &d.read, d.spots, d.terms, places[i], t->column_count, printed, err);
    }
    if (status != NTM_OK) ntm_i_balance_back(balance, mark);
    ntm_i_arena_end(&d.arena);
    return status;
}

/* ------------------------------------------------------------------------------------------- children = parent */

typedef struct tree {
    uint32_t *parent; /* by row; UINT32_MAX = none */
    uint32_t *first;  /* by row: where its children start in `children` */
    uint32_t *children;
} tree;

static void find_parents(tree *out, ntm_i_cells *cells, const ntm_i_balance_table *t, const ntm_field *field) {
    for (size_t row = 0; row < t->rows; row++) {
        const char *text = NULL;
        size_t size = 0;
        out->parent[row] = UINT32_MAX;
        if (!ntm_i_cell_text(cells, &text, &size, field, row)) continue;
        const char *name = ntm_i_arena_text(cells->arena, text, size);
        if (name == NULL) {
            cells->no_memory = true;
            return;
        }
        size_t parent = row_at(t, name);
        if (parent == SIZE_MAX)
            ntm_i_cells_complain(cells, NTM_ERROR_NOT_FOUND, "parent", row, "no row is called \"%.*s\"",
                                 ntm_i_shown(name, size), name);
        else
            out->parent[row] = (uint32_t)parent;
    }
}

/* Each row is followed up until it meets one that was seen to be fine: as many steps as rows in all. */
static void find_loops(const tree *it, ntm_i_cells *cells, const ntm_i_balance_table *t, uint32_t *seen) {
    for (uint32_t row = 0; row < t->rows; row++) {
        uint32_t at = row;
        for (; at != UINT32_MAX && seen[at] == 0; at = it->parent[at])
            seen[at] = row + 1;
        if (at != UINT32_MAX && seen[at] == row + 1)
            ntm_i_cells_complain(cells, NTM_ERROR_SCHEMA, "parent", at, "\"%.*s\" lies in itself",
                                 ntm_i_shown(t->row_names[at], strlen(t->row_names[at])), t->row_names[at]);
    }
}

static void sort_children(tree *it, size_t rows) {
    for (size_t row = 0; row < rows; row++)
        if (it->parent[row] != UINT32_MAX) it->first[it->parent[row] + 1]++;
    for (size_t row = 0; row < rows; row++)
        it->first[row + 1] += it->first[row];
    for (size_t row = rows; row > 0; row--)
        if (it->parent[row - 1] != UINT32_MAX) it->children[--it->first[it->parent[row - 1] + 1]] = (uint32_t)(row - 1);
    uint32_t total = 0;
    for (size_t row = 0; row < rows; row++) {
        it->first[row] = it->first[row + 1];
        total += it->parent[row] != UINT32_MAX;
    }
    it->first[rows] = total;
}

static ntm_status add_parent(ntm_balance *balance, const tree *it, uint32_t parent, size_t count, const size_t *columns,
                             size_t column_count, ntm_balance_term *terms, ntm_error *err) {
    const ntm_i_balance_table *t = &balance->table;
    ntm_status status = NTM_OK;
    char name[160];
    (void)snprintf(name, sizeof name, "%.*s == its children",
                   ntm_i_shown(t->row_names[parent], strlen(t->row_names[parent])), t->row_names[parent]);
    for (size_t c = 0; status == NTM_OK && c < column_count; c++) {
        for (size_t i = 0; i < count; i++)
            terms[i] =
                (ntm_balance_term){(uint32_t)(it->children[it->first[parent] + i] * t->column_count + columns[c]), 1};
        terms[count] = (ntm_balance_term){(uint32_t)(parent * t->column_count + columns[c]), -1};
        status = ntm_balance_add_sum(balance, name, terms, count + 1, err);
    }
    return status;
}

static ntm_status add_tree(ntm_balance *balance, const ntm_column *parents, const size_t *columns, size_t column_count,
                           ntm_problems *problems, ntm_i_arena *arena, ntm_error *err) {
    const ntm_i_balance_table *t = &balance->table;
    tree it = {ntm_i_arena_take(arena, t->rows, sizeof(uint32_t)),
               ntm_i_arena_take(arena, t->rows + 1, sizeof(uint32_t)),
               ntm_i_arena_take(arena, t->rows, sizeof(uint32_t))};
    uint32_t *seen = ntm_i_arena_take(arena, t->rows, sizeof *seen);
    ntm_balance_term *terms = ntm_i_arena_take(arena, t->rows + 1, sizeof *terms);
    if (it.parent == NULL || it.first == NULL || it.children == NULL || seen == NULL || terms == NULL)
        return ntm_i_no_memory(err);
    ntm_field field = {"parent", *parents};
    ntm_i_cells cells = {arena, problems, NULL, NTM_ERROR_INIT, 0, false};
    find_parents(&it, &cells, t, &field);
    if (!cells.no_memory) find_loops(&it, &cells, t, seen);
    ntm_status status = cells.no_memory ? ntm_i_no_memory(err) : ntm_i_cells_status(&cells, err);
    if (status != NTM_OK) return status;
    sort_children(&it, t->rows);
    for (uint32_t row = 0; status == NTM_OK && row < t->rows; row++) {
        size_t count = it.first[row + 1] - it.first[row];
        if (count > 0) status = add_parent(balance, &it, row, count, columns, column_count, terms, err);
    }
    return status;
}

ntm_status ntm_balance_declare_tree(ntm_balance *balance, const ntm_column *parents, const char *const *columns,
                                    size_t column_count, ntm_problems *problems, ntm_error *err) {
    ntm_status status = check_call(balance, "", err);
    if (status != NTM_OK) return status;
    if (parents == NULL) return ntm_i_wrong_call(err, "the column of parents is NULL");
    status = ntm_column_check(parents, err);
    if (status != NTM_OK) return status;
    const ntm_i_balance_table *t = &balance->table;
    bool text = parents->type == NTM_TYPE_TEXT || parents->categories != NULL;
    if (!text || parents->length != t->rows)
        return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_SUBJECT("parent"), "%s",
                          text ? "not as many rows as the table" : "parents have to be text or categories");
    size_t count = columns == NULL ? t->column_count : column_count;
    ntm_i_balance_mark mark = ntm_i_balance_marked(balance);
    ntm_i_arena arena;
    ntm_i_arena_start(&arena, &balance->allocator);
    size_t *places = ntm_i_arena_take(&arena, count, sizeof *places);
    status = places == NULL ? ntm_i_no_memory(err) : find_columns(places, t, columns, count, err);
    if (status == NTM_OK) status = add_tree(balance, parents, places, count, problems, &arena, err);
    if (status != NTM_OK) ntm_i_balance_back(balance, mark);
    ntm_i_arena_end(&arena);
    return status;
}
