/* SPDX-License-Identifier: Apache-2.0 */
/* A table in which some cells have another value. */
#include <string.h>

#include "base/sort.h"
#include "base/text.h"
#include "criteria/index.h"
#include "what_if/columns.h"

struct ntm_what_if {
    ntm_i_arena arena; /* everything below */
    ntm_table table;
};

typedef struct changer {
    const ntm_table *from;
    const ntm_fact_change *changes;
    size_t count;
    uint32_t *order; /* of changes, by field and row */
    ntm_i_cells report;
    ntm_i_index names; /* of the fields of `from` */
    ntm_field *fields;
    size_t field_count;
} changer;

/* ------------------------------------------------------------------------------------------- checking */

static int by_cell(const void *context, uint32_t a, uint32_t b) {
    const ntm_fact_change *changes = context;
    int order = strcmp(changes[a].field, changes[b].field);
    if (order != 0) return order;
    return changes[a].row < changes[b].row ? -1 : changes[a].row > changes[b].row;
}

/* What a change lacks; NULL when it is whole. */
static const char *fault(const ntm_fact_change *change, size_t rows) {
    bool valued = change->known == NTM_REPORTED;
    if (change->row >= rows) return "the row is past the end of the table";
    if (change->known > NTM_NOT_APPLICABLE) return "it is not known what is known of the cell";
    if (change->kind > NTM_CHANGE_TEXT || (valued && change->kind < NTM_CHANGE_NUMBER))
        return "a kind of value is needed: number, flag or text";
    if (valued && change->kind == NTM_CHANGE_NUMBER && change->number.scale > NTM_SCALE_MAX)
        return "a number with too many digits after the mark";
    if (valued && change->kind == NTM_CHANGE_TEXT && change->text == NULL) return "the text is NULL";
    return NULL;
}

static void check_change(changer *c, const ntm_fact_change *change, size_t number) {
    size_t bad = 0;
    if (change->field == NULL) {
        ntm_i_cells_complain(&c->report, NTM_ERROR_ARGUMENT, "", SIZE_MAX, "change %zu names no field", number);
        return;
    }
    const char *what = fault(change, c->from->rows);
    if (what != NULL)
        ntm_i_cells_complain(&c->report, NTM_ERROR_ARGUMENT, change->field, change->row, "%s", what);
    else if (!ntm_i_utf8_valid(change->field, strlen(change->field), &bad) ||
             (change->known == NTM_REPORTED && change->kind == NTM_CHANGE_TEXT &&
              !ntm_i_utf8_valid(change->text, strlen(change->text), &bad)))
        ntm_i_cells_complain(&c->report, NTM_ERROR_SYNTAX, change->field, change->row, "text that is not UTF-8");
}

/* Sorts the changes; two for one cell are told. False for want of memory. */
static bool sort_changes(changer *c) {
    c->order = ntm_i_arena_take(c->report.arena, 2 * c->count, sizeof *c->order);
    if (c->order == NULL) return false;
    for (size_t i = 0; i < c->count; i++)
        c->order[i] = (uint32_t)i;
    ntm_i_sort(c->order, c->order + c->count, c->count, by_cell, c->changes);
    for (size_t i = 1; i < c->count; i++) {
        const ntm_fact_change *change = &c->changes[c->order[i]];
        if (by_cell(c->changes, c->order[i - 1], c->order[i]) == 0)
            ntm_i_cells_complain(&c->report, NTM_ERROR_CONFLICT, change->field, change->row,
                                 "two changes for one cell");
    }
    return true;
}

/* ------------------------------------------------------------------------------------------- columns */

/* The copy of a changed column, or a new one. False for want of memory. */
static bool change_column(changer *c, size_t start, size_t end) {
    const char *name = c->changes[c->order[start]].field;
    ntm_i_column_changes what = {name, c->changes, c->order + start, end - start, c->from->rows};
    size_t at = ntm_i_index_find(&c->names, name);
    if (at != SIZE_MAX)
        return ntm_i_changed_column(&c->fields[at].column, &c->from->fields[at].column, &what, &c->report);
    ntm_field *field = &c->fields[c->field_count];
    bool there = false;
    if (!ntm_i_added_column(&field->column, &there, &what, &c->report)) return false;
    if (!there) return true;
    c->field_count++;
    return ntm_i_arena_copy(c->report.arena, &field->name, name);
}

static bool change_columns(changer *c) {
    size_t added = 0;
    for (size_t i = 0; i < c->count; i++)
        added += i == 0 || strcmp(c->changes[c->order[i - 1]].field, c->changes[c->order[i]].field) != 0;
    c->fields = ntm_i_arena_take(c->report.arena, c->from->field_count + added, sizeof *c->fields);
    if (c->fields == NULL ||
        !ntm_i_index_make(&c->names, c->report.arena, c->from->fields, c->from->field_count, sizeof *c->from->fields))
        return false;
    if (c->from->field_count > 0) memcpy(c->fields, c->from->fields, c->from->field_count * sizeof *c->fields);
    c->field_count = c->from->field_count;
    for (size_t start = 0; start < c->count;) {
        size_t end = start + 1;
        while (end < c->count && strcmp(c->changes[c->order[start]].field, c->changes[c->order[end]].field) == 0)
            end++;
        if (!change_column(c, start, end)) return false;
        start = end;
    }
    return true;
}

static ntm_status fill(ntm_what_if *what_if, changer *c, ntm_error *err) {
    for (size_t i = 0; i < c->count; i++)
        check_change(c, &c->changes[i], i);
    if (c->report.problem_count > 0) return ntm_i_cells_status(&c->report, err);
    if (!sort_changes(c)) return ntm_i_no_memory(err);
    if (c->report.problem_count > 0) return ntm_i_cells_status(&c->report, err);
    if (!change_columns(c)) return ntm_i_no_memory(err);
    if (c->report.problem_count > 0) return ntm_i_cells_status(&c->report, err);
    what_if->table = *c->from;
    what_if->table.struct_size = sizeof what_if->table;
    what_if->table.fields = c->fields;
    what_if->table.field_count = c->field_count;
    return NTM_OK;
}

ntm_status ntm_table_what_if(ntm_what_if **out, const ntm_table *table, const ntm_fact_change *changes, size_t count,
                             ntm_problems *problems, const ntm_allocator *allocator, ntm_error *err) {
    if (out == NULL || table == NULL || (changes == NULL && count > 0) || !ntm_i_allocator_usable(allocator))
        return ntm_i_wrong_call(err, "a place for the table, a table and whole changes are needed");
    if (count >= UINT32_MAX) return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "2^32 changes or more");
    ntm_status status = ntm_table_check(table, problems, err);
    if (status != NTM_OK) return status;
    ntm_allocator chosen = ntm_i_allocator(allocator);
    ntm_what_if *what_if = ntm_i_allocate(&chosen, 1, sizeof *what_if);
    if (what_if == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&what_if->arena, &chosen);
    changer c = {.from = table, .changes = changes, .count = count};
    c.report = (ntm_i_cells){&what_if->arena, problems, NULL, NTM_ERROR_INIT, 0, false};
    status = fill(what_if, &c, err);
    if (status == NTM_OK)
        *out = what_if;
    else
        ntm_what_if_free(what_if);
    return status;
}

const ntm_table *ntm_what_if_table(const ntm_what_if *what_if) { return what_if == NULL ? NULL : &what_if->table; }

void ntm_what_if_free(ntm_what_if *what_if) {
    if (what_if == NULL) return;
    ntm_allocator allocator = what_if->arena.allocator;
    ntm_i_arena arena = what_if->arena;
    ntm_i_release(&allocator, what_if, 1, sizeof *what_if);
    ntm_i_arena_end(&arena);
}
