/* SPDX-License-Identifier: Apache-2.0 */
/* Claims out of a table: rows, then claimants. */
#include <string.h>

#include "apportion/apportion.h"
#include "base/text.h"
#include "column/cell_numbers.h"
#include "number/decimal.h"

enum { UNIT, CLASS, TEXTS };
enum { WEIGHT, SHARE, NEED, COUNT, FLOOR, CAP, NUMBERS };

/* The claims being read. */
typedef struct loading {
    ntm_apportionment *a;
    ntm_i_cells *cells;
    const ntm_apportion_options *options;
    const ntm_field *fields[TEXTS + NUMBERS];
    const ntm_field *const *numbers;
    const ntm_field *by; /* the column of what is divided by */
    size_t rows;
    ntm_i_claim *claims;
    uint32_t *order; /* rows by unit, then class, then row; with as many to spare */
} loading;

/* ------------------------------------------------------------------------------------------- columns */

static const char *const number_names[NUMBERS] = {"weight", "share", "need", "count", "floor", "cap"};

/* Which column is divided by. False after complaining. */
static bool find_basis(loading *l) {
    const ntm_field *by_class = l->fields[CLASS], *const *numbers = l->numbers;
    size_t found = (by_class != NULL) + (numbers[WEIGHT] != NULL) + (numbers[SHARE] != NULL);
    l->by = by_class != NULL          ? by_class
            : numbers[WEIGHT] != NULL ? numbers[WEIGHT]
            : numbers[SHARE] != NULL  ? numbers[SHARE]
                                      : numbers[NEED];
    l->a->basis = by_class != NULL          ? NTM_I_BY_CLASS
                  : numbers[WEIGHT] != NULL ? NTM_I_BY_WEIGHT
                  : numbers[SHARE] != NULL  ? NTM_I_BY_SHARE
                                            : NTM_I_BY_NEED;
    l->a->counted = numbers[COUNT] != NULL;
    if (l->by == NULL)
        ntm_i_cells_complain(l->cells, NTM_ERROR_SHAPE, "weight", SIZE_MAX,
                             "claims need a column weight, share, class or need");
    else if (found > 1)
        ntm_i_cells_complain(l->cells, NTM_ERROR_SHAPE, l->by->name, SIZE_MAX,
                             "expected one of the columns weight, share and class: each says what is divided by");
    else if (l->a->counted && (l->a->basis == NTM_I_BY_SHARE || l->a->basis == NTM_I_BY_NEED))
        ntm_i_cells_complain(l->cells, NTM_ERROR_SHAPE, "count", SIZE_MAX,
                             "a count goes with a weight or a class only");
    else
        return true;
    return false;
}

static bool find_columns(loading *l, const ntm_table *table) {
    static const ntm_i_cells_column texts[TEXTS] = {{"unit", true, NTM_I_CELLS_TEXT},
                                                    {"class", false, NTM_I_CELLS_TEXT}};
    bool good = ntm_i_cells_find(l->fields, l->cells, table, texts, TEXTS, "an apportionment");
    for (size_t i = 0; i < NUMBERS; i++) {
        l->fields[TEXTS + i] = ntm_table_find(table, number_names[i]);
        good = ntm_i_cells_numbers(l->cells, l->fields[TEXTS + i]) && good;
    }
    good = ntm_i_cells_only(l->cells, table, l->fields, TEXTS + NUMBERS, "claims",
                            "unit, weight, share, class, count, need, floor, cap") &&
           good;
    return find_basis(l) && good;
}

/* ------------------------------------------------------------------------------------------- rows */

static uint32_t find_class(const loading *l, const char *text, size_t size) {
    for (size_t i = 0; i < l->a->coefficient_count; i++) {
        const char *name = l->a->coefficients[i].class_name;
        if (strlen(name) == size && memcmp(name, text, size) == 0) return (uint32_t)i;
    }
    return NTM_I_NO_CLASS;
}

/* What is not reported leaves the claimant out, or is a problem: never zero. */
static void miss(loading *l, ntm_i_claim *claim, const ntm_field *field, size_t row, bool complained) {
    claim->incomplete = true;
    if (!l->options->leave_out && !complained)
        ntm_i_cells_complain(l->cells, NTM_ERROR_VALUE, field->name, row,
                             "%.*s: not reported: such claimants can be left out, but only when that is asked for",
                             ntm_i_shown(claim->unit, claim->unit_size), claim->unit);
}

static void read_class(loading *l, ntm_i_claim *claim, size_t row) {
    const char *text = NULL;
    size_t size = 0, told = l->cells->problem_count;
    if (!ntm_i_cell_text(l->cells, &text, &size, l->by, row)) {
        miss(l, claim, l->by, row, told != l->cells->problem_count);
        return;
    }
    claim->class_index = find_class(l, text, size);
    if (claim->class_index == NTM_I_NO_CLASS)
        ntm_i_cells_complain(l->cells, NTM_ERROR_NOT_FOUND, l->by->name, row,
                             "no coefficient for class \"%.*s\" of %.*s", ntm_i_shown(text, size), text,
                             ntm_i_shown(claim->unit, claim->unit_size), claim->unit);
    else
        claim->value = ntm_i_decimal_short(l->a->coefficients[claim->class_index].coefficient);
}

/* A number that has to be there. */
static void read_needed(loading *l, ntm_i_claim *claim, ntm_decimal *out, const ntm_field *field, size_t row) {
    size_t told = l->cells->problem_count;
    if (!ntm_i_cell_number(l->cells, out, field, row)) miss(l, claim, field, row, told != l->cells->problem_count);
}

static void read_row(loading *l, size_t row) {
    ntm_i_claim *claim = &l->claims[row];
    const ntm_field *const *numbers = l->numbers;
    size_t told = l->cells->problem_count;
    *claim =
        (ntm_i_claim){.class_index = NTM_I_NO_CLASS, .count = {1, 0}, .need = NTM_I_NO_AMOUNT, .cap = NTM_I_NO_AMOUNT};
    if (!ntm_i_cell_text(l->cells, &claim->unit, &claim->unit_size, l->fields[UNIT], row)) {
        if (told == l->cells->problem_count)
            ntm_i_cells_complain(l->cells, NTM_ERROR_VALUE, "unit", row, "a claimant without unit");
        claim->unit = "";
        claim->unit_size = 0;
        return;
    }
    if (l->a->basis == NTM_I_BY_CLASS)
        read_class(l, claim, row);
    else if (l->a->basis != NTM_I_BY_NEED)
        read_needed(l, claim, &claim->value, l->by, row);
    if (l->a->counted) read_needed(l, claim, &claim->count, numbers[COUNT], row);
    told = l->cells->problem_count;
    if (numbers[NEED] != NULL && !ntm_i_cell_money(l->cells, &claim->need, numbers[NEED], row))
        miss(l, claim, numbers[NEED], row, told != l->cells->problem_count);
    if (l->a->basis == NTM_I_BY_NEED) claim->value = (ntm_decimal){claim->need, 0};
    (void)ntm_i_cell_money(l->cells, &claim->floor, numbers[FLOOR], row);
    (void)ntm_i_cell_money(l->cells, &claim->cap, numbers[CAP], row);
}

/* ------------------------------------------------------------------------------------------- claimants */

static int compare_units(const ntm_i_claim *a, const ntm_i_claim *b) {
    size_t common = a->unit_size < b->unit_size ? a->unit_size : b->unit_size;
    int order = memcmp(a->unit, b->unit, common);
    return order != 0 ? order : (a->unit_size > b->unit_size) - (a->unit_size < b->unit_size);
}

/* By unit; of one unit the higher coefficient first, then the class that the coefficients name first. */
static int by_unit(const void *context, uint32_t a, uint32_t b) {
    const ntm_i_claim *first = (const ntm_i_claim *)context + a, *second = (const ntm_i_claim *)context + b;
    int order = compare_units(first, second);
    if (order == 0) order = ntm_decimal_compare(second->value, first->value);
    if (order == 0) order = (first->class_index > second->class_index) - (first->class_index < second->class_index);
    return order;
}

static void differ(loading *l, const char *name, uint32_t row, uint32_t other) {
    const ntm_i_claim *claim = &l->claims[row];
    ntm_i_cells_complain(l->cells, NTM_ERROR_CONFLICT, name, row, "%.*s has another one in row %lu",
                         ntm_i_shown(claim->unit, claim->unit_size), claim->unit, (unsigned long)other);
}

/* Takes an amount that a row states over into the claimant, or complains of another one. */
static void merge_amount(loading *l, ntm_money *to, ntm_money amount, ntm_money none, const char *name, uint32_t row,
                         uint32_t other) {
    if (amount == none) return;
    if (*to != none && *to != amount) differ(l, name, row, other);
    *to = amount;
}

/* What the rows of one claimant, `count` of the order from `first`, have to agree on. */
static void check_rows(loading *l, ntm_i_claimant *claimant, const uint32_t *rows, size_t count) {
    const ntm_several_classes several = l->options->several;
    for (size_t i = 0; i < count; i++) {
        const ntm_i_claim *claim = &l->claims[rows[i]], *before = &l->claims[rows[i == 0 ? 0 : i - 1]];
        uint32_t other = rows[i == 0 ? 0 : i - 1];
        merge_amount(l, &claimant->need, claim->need, NTM_I_NO_AMOUNT, "need", rows[i], other);
        merge_amount(l, &claimant->floor, claim->floor, 0, "floor", rows[i], other);
        merge_amount(l, &claimant->cap, claim->cap, NTM_I_NO_AMOUNT, "cap", rows[i], other);
        if (i == 0) continue;
        const char *why = NULL;
        if (l->a->basis != NTM_I_BY_CLASS || several == NTM_CLASSES_REFUSED)
            why = l->a->basis == NTM_I_BY_CLASS ? "and nothing says what several classes come to" : "already";
        else if (claim->class_index == before->class_index && claim->class_index != NTM_I_NO_CLASS)
            why = "with the same class";
        if (why != NULL)
            ntm_i_cells_complain(l->cells, NTM_ERROR_CONFLICT, "unit", rows[i], "%.*s is in row %lu too, %s",
                                 ntm_i_shown(claim->unit, claim->unit_size), claim->unit, (unsigned long)other, why);
        else if (several == NTM_CLASSES_HIGHEST && ntm_decimal_compare(claim->count, before->count) != 0)
            differ(l, "count", rows[i], other);
    }
}

/* Makes a claimant of its rows; false for want of memory. */
static bool make_claimant(loading *l, const uint32_t *rows, size_t count, size_t *term_count) {
    ntm_apportionment *a = l->a;
    const ntm_i_claim *claim = &l->claims[rows[0]];
    const char *unit = ntm_i_arena_text(&a->arena, claim->unit, claim->unit_size);
    ntm_i_claimant *claimant = &a->claimants[a->count];
    bool incomplete = false;
    if (unit == NULL) return false;
    *claimant = (ntm_i_claimant){.unit = unit, .row = rows[0], .need = NTM_I_NO_AMOUNT, .cap = NTM_I_NO_AMOUNT};
    for (size_t i = 0; i < count; i++) {
        incomplete = incomplete || l->claims[rows[i]].incomplete;
        if (rows[i] < claimant->row) claimant->row = rows[i];
    }
    check_rows(l, claimant, rows, count);
    if (incomplete) { /* its rows before it stay where they are: the order of units is kept apart */
        a->left_out[a->left_out_count++] = unit;
        l->order[l->rows + a->left_out_count - 1] = claimant->row;
        return true;
    }
    claimant->passed_over = l->options->several == NTM_CLASSES_HIGHEST && count > 1;
    claimant->first_term = (uint32_t)*term_count;
    claimant->term_count = claimant->passed_over ? 1 : (uint32_t)count;
    for (size_t i = 0; i < claimant->term_count; i++) {
        const ntm_i_claim *one = &l->claims[rows[i]];
        a->terms[(*term_count)++] = (ntm_i_term){one->value, one->count, one->class_index};
    }
    a->count++;
    return true;
}

static int by_row(const void *context, uint32_t a, uint32_t b) {
    const ntm_i_claimant *items = context;
    return (items[a].row > items[b].row) - (items[a].row < items[b].row);
}

static int by_left_row(const void *context, uint32_t a, uint32_t b) {
    const uint32_t *rows = context;
    return (rows[a] > rows[b]) - (rows[a] < rows[b]);
}

/* From the order of units to that of first rows. */
static bool put_in_order(loading *l) {
    ntm_apportionment *a = l->a;
    uint32_t *spare = l->order; /* 2 x rows: nothing of it is needed any more */
    const uint32_t *rows = l->order + l->rows;
    uint32_t *places = ntm_i_arena_take(&a->arena, a->left_out_count, 2 * sizeof *places);
    const char **names = ntm_i_arena_take(&a->arena, a->left_out_count, sizeof *names);
    a->by_unit = ntm_i_arena_take(&a->arena, a->count, sizeof *a->by_unit);
    if (places == NULL || names == NULL || a->by_unit == NULL) return false;
    for (uint32_t i = 0; i < a->left_out_count; i++)
        places[i] = i;
    ntm_i_sort(places, places + a->left_out_count, a->left_out_count, by_left_row, rows);
    for (size_t i = 0; i < a->left_out_count; i++)
        names[i] = a->left_out[places[i]];
    a->left_out = names;
    for (uint32_t i = 0; i < a->count; i++)
        spare[i] = i;
    ntm_i_sort(spare, spare + a->count, a->count, by_row, a->claimants);
    for (uint32_t i = 0; i < a->count; i++)
        a->by_unit[spare[i]] = i; /* so far they lie in the order of units */
    ntm_i_claimant *sorted = ntm_i_arena_take(&a->arena, a->count, sizeof *sorted);
    if (sorted == NULL) return false;
    for (size_t i = 0; i < a->count; i++)
        sorted[i] = a->claimants[spare[i]];
    a->claimants = sorted;
    return true;
}

static bool make_claimants(loading *l) {
    ntm_apportionment *a = l->a;
    size_t term_count = 0;
    a->claimants = ntm_i_arena_take(&a->arena, l->rows, sizeof *a->claimants);
    a->terms = ntm_i_arena_take(&a->arena, l->rows, sizeof *a->terms);
    a->left_out = ntm_i_arena_take(&a->arena, l->rows, sizeof *a->left_out);
    if (a->claimants == NULL || a->terms == NULL || a->left_out == NULL) return false;
    for (uint32_t i = 0; i < l->rows; i++)
        l->order[i] = i;
    ntm_i_sort(l->order, l->order + l->rows, l->rows, by_unit, l->claims);
    for (size_t first = 0, end; first < l->rows; first = end) {
        for (end = first + 1; end < l->rows; end++)
            if (compare_units(&l->claims[l->order[first]], &l->claims[l->order[end]]) != 0) break;
        if (l->claims[l->order[first]].unit_size == 0) continue; /* told already */
        if (!make_claimant(l, l->order + first, end - first, &term_count)) return false;
    }
    return put_in_order(l);
}

void ntm_i_claims_load(ntm_apportionment *a, ntm_i_cells *cells, const ntm_table *table,
                       const ntm_apportion_options *options) {
    loading l = {.a = a, .cells = cells, .options = options, .rows = table->rows};
    const ntm_allocator *allocator = &a->arena.allocator;
    l.numbers = l.fields + TEXTS;
    if (!find_columns(&l, table)) return;
    l.claims = ntm_i_allocate(allocator, l.rows, sizeof *l.claims);
    l.order = ntm_i_allocate(allocator, l.rows, 2 * sizeof *l.order);
    if (l.claims == NULL || l.order == NULL) {
        cells->no_memory = true;
    } else {
        for (size_t row = 0; row < l.rows; row++)
            read_row(&l, row);
        if (!make_claimants(&l)) cells->no_memory = true;
    }
    ntm_i_release(allocator, l.claims, l.rows, sizeof *l.claims);
    ntm_i_release(allocator, l.order, l.rows, 2 * sizeof *l.order);
}
