/* SPDX-License-Identifier: Apache-2.0 */
/* Moves between classes from one year to the next. */
#include <string.h>

#include "base/text.h"
#include "number/decimal.h"
#include "poverty/groups.h"
#include "poverty/match.h"
#include "poverty/read.h"

/* Sums of one cell of the matrix: rows and weights, least and most. */
typedef struct cell {
    uint64_t rows[2];
    ntm_i_wide weights[2];
} cell;

struct ntm_transitions {
    ntm_allocator allocator;
    ntm_i_groups groups;
    size_t classes;
    size_t side;   /* classes, then "any", then "absent" */
    uint8_t scale; /* of the weights */
    cell *cells;   /* side × side per group */
    size_t capacity;
};

/* The columns of one year, and what is made of them. */
typedef struct year {
    const ntm_table *table;
    const char *called;
    ntm_i_ids_sorted ids;
    bool ids_started;
    const ntm_column *class_least, *class_most;
    ntm_i_numbers population;
    uint32_t *groups; /* of each row */
} year;

typedef struct counting {
    ntm_transitions *t;
    const ntm_transitions_options *options;
    year years[2];
} counting;

/* The place of a class in the matrix. */
static size_t any_of(const ntm_transitions *t) { return t->classes; }
static size_t absent_of(const ntm_transitions *t) { return t->classes + 1; }

/* ------------------------------------------------------------------------------------------- starting */

static ntm_status check_options(const ntm_table *first, const ntm_table *second, const ntm_transitions_options *options,
                                ntm_error *err) {
    ntm_i_place nowhere = NTM_I_NOWHERE;
    if (first == NULL || second == NULL || options == NULL || options->struct_size < sizeof *options ||
        options->id == NULL || options->class_least == NULL || options->classes == NULL ||
        !ntm_i_allocator_usable(options->allocator))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, nowhere,
                          "an argument, the id, the class or the classes are NULL, or the options were not started "
                          "with NTM_TRANSITIONS_OPTIONS_INIT");
    if (options->class_count == 0 || options->class_count > NTM_CLASSES_MAX)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, nowhere, "%zu classes, expected 1 to %d", options->class_count,
                          NTM_CLASSES_MAX);
    if (options->counted_by != NTM_YEAR_FIRST && options->counted_by != NTM_YEAR_SECOND)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, nowhere, "%d is no ntm_year", (int)options->counted_by);
    for (size_t a = 0; a < options->class_count; a++) {
        if (options->classes[a] == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, nowhere, "class %zu is NULL", a);
        for (size_t b = 0; b < a; b++)
            if (strcmp(options->classes[a], options->classes[b]) == 0)
                return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(options->classes[a]), "a class stands twice");
    }
    ntm_status status = ntm_table_check(first, NULL, err);
    return status == NTM_OK ? ntm_table_check(second, NULL, err) : status;
}

static ntm_status take_class(const ntm_column **out, const ntm_table *table, const char *name, ntm_error *err) {
    ntm_status status = ntm_i_field_column(out, table, name, err);
    if (status == NTM_OK && (*out)->type != NTM_TYPE_TEXT && (*out)->categories == NULL)
        return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_SUBJECT(name), "classes have to be text or categories");
    return status;
}

/* The groups of all rows of a year; what a household counts by may be of either year. */
static ntm_status read_groups(year *y, ntm_transitions *t, ntm_error *err) {
    ntm_i_grouping grouping;
    y->groups = ntm_i_allocate(&t->allocator, y->table->rows, sizeof *y->groups);
    if (y->groups == NULL) return ntm_i_no_memory(err);
    ntm_status status = ntm_i_grouping_start(&grouping, &t->groups, y->table, err);
    for (size_t start = 0; start < y->table->rows && status == NTM_OK; start += NTM_I_BLOCK) {
        size_t left = y->table->rows - start;
        status = ntm_i_grouping_read(y->groups + start, &grouping, start, left < NTM_I_BLOCK ? left : NTM_I_BLOCK, err);
    }
    ntm_i_grouping_end(&grouping);
    return status;
}

static ntm_status start_year(counting *c, year *y, ntm_error *err) {
    const ntm_transitions_options *o = c->options;
    const ntm_column *ids = NULL, *population = NULL;
    ntm_status status = ntm_i_field_column(&ids, y->table, o->id, err);
    if (status == NTM_OK) status = take_class(&y->class_least, y->table, o->class_least, err);
    if (status == NTM_OK && o->class_most != NULL) status = take_class(&y->class_most, y->table, o->class_most, err);
    if (status == NTM_OK && o->population != NULL) {
        status = ntm_i_field_column(&population, y->table, o->population, err);
        if (status == NTM_OK) status = ntm_i_numbers_start(&y->population, population, o->population, true, err);
    }
    if (status == NTM_OK) status = read_groups(y, c->t, err);
    if (status == NTM_OK) {
        y->ids_started = true;
        status = ntm_i_ids_sort(&y->ids, ids, o->id, y->called, &c->t->allocator, err);
    }
    return status;
}

static void end_year(counting *c, year *y) {
    if (y->ids_started) ntm_i_ids_end(&y->ids);
    ntm_i_release(&c->t->allocator, y->groups, y->table->rows, sizeof *y->groups);
}

/* ------------------------------------------------------------------------------------------- one household */

/* The class of a row in one column; false when it is open. */
static ntm_status class_of(bool *known, size_t *out, const counting *c, const year *y, const ntm_column *column,
                           const char *name, size_t row, ntm_error *err) {
    ntm_error local = NTM_ERROR_INIT;
    const char *text = NULL;
    size_t size = 0;
    *known = ntm_column_known(column, row) == NTM_REPORTED;
    if (!*known) return NTM_OK;
    ntm_status status = ntm_column_text(&text, &size, column, row, &local);
    if (status != NTM_OK) return ntm_i_fail(err, status, NTM_I_ROW(name, row), "%s: %s", y->called, local.message);
    for (size_t i = 0; i < c->options->class_count; i++) {
        const char *here = c->options->classes[i];
        if (strlen(here) != size || memcmp(here, text, size) != 0) continue;
        *out = i;
        return NTM_OK;
    }
    return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW(name, row), "%s: \"%.*s\" is no class", y->called,
                      ntm_i_shown(text, size), text);
}

/* The classes that a row may have, from..to. */
static ntm_status classes_of(size_t *from, size_t *to, const counting *c, const year *y, size_t row, ntm_error *err) {
    bool known = false;
    *from = 0;
    *to = c->t->classes - 1;
    ntm_status status = class_of(&known, from, c, y, y->class_least, c->options->class_least, row, err);
    if (status != NTM_OK || y->class_most == NULL) {
        if (known) *to = *from;
        return status;
    }
    status = class_of(&known, to, c, y, y->class_most, c->options->class_most, row, err);
    if (status == NTM_OK && *from > *to)
        return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW(c->options->class_most, row),
                          "%s: the classes of the row cross: it is to be from \"%s\" to \"%s\"", y->called,
                          c->options->classes[*from], c->options->classes[*to]);
    return status;
}

static ntm_status weight_of(int64_t *out, const year *y, uint8_t scale, size_t row, ntm_error *err) {
    *out = 1;
    if (y->population.column == NULL) return NTM_OK;
    ntm_i_knowledge known;
    ntm_i_numbers numbers = y->population;
    ntm_i_place place = NTM_I_ROW(numbers.name, row);
    ntm_i_knowledge_load(&known, numbers.column, row, 1);
    ntm_status status = ntm_i_numbers_load(out, &known, &numbers, row, 1, err);
    if (status != NTM_OK) return status;
    if (known.known[0] == 0)
        return ntm_i_fail(err, NTM_ERROR_VALUE, place, "%s: the weight is not reported", y->called);
    if (*out < 0) return ntm_i_fail(err, NTM_ERROR_VALUE, place, "%s: the weight is negative", y->called);
    bool lost = false;
    if (!ntm_i_decimal_at_scale(out, (ntm_decimal){*out, numbers.scale}, scale, &lost))
        return ntm_i_fail(err, NTM_ERROR_OVERFLOW, place, "%s: the weight does not fit at %d digits", y->called, scale);
    return NTM_OK;
}

/* Adds one household to a cell: possibly, and surely when nothing else is possible. */
static void add_to(const ntm_transitions *t, uint32_t group, size_t from, size_t to, bool sure, int64_t weight) {
    cell *at = t->cells + ((size_t)group * t->side + from) * t->side + to;
    at->rows[1]++;
    at->weights[1] += weight; /* below 2^63 × 2^32 */
    if (!sure) return;
    at->rows[0]++;
    at->weights[0] += weight;
}

/* One household: in the first year any of from[0]..from[1], in the second any of to[0]..to[1]. Every class that is open
   also counts under "any" of its year, for sure. */
static void add_household(const ntm_transitions *t, uint32_t group, const size_t from[2], const size_t to[2],
                          int64_t weight) {
    size_t any = any_of(t);
    bool from_known = from[0] == from[1], to_known = to[0] == to[1];
    for (size_t a = from[0]; a <= from[1]; a++)
        for (size_t b = to[0]; b <= to[1]; b++)
            add_to(t, group, a, b, from_known && to_known, weight);
    for (size_t a = from[0]; a <= from[1] && to[0] < any; a++)
        add_to(t, group, a, any, from_known, weight);
    for (size_t b = to[0]; b <= to[1] && from[0] < any; b++)
        add_to(t, group, any, b, to_known, weight);
    if (from[0] < any && to[0] < any) add_to(t, group, any, any, true, weight);
}

/* A row of each year, or UINT32_MAX for one in which the household is not. */
static ntm_status count_household(counting *c, const uint32_t rows[2], ntm_error *err) {
    size_t classes[2][2];
    bool in[2] = {rows[0] != UINT32_MAX, rows[1] != UINT32_MAX};
    size_t by = in[0] && in[1] ? (c->options->counted_by == NTM_YEAR_FIRST ? 0 : 1) : in[0] ? 0 : 1;
    int64_t weight = 1;
    for (size_t i = 0; i < 2; i++) {
        classes[i][0] = classes[i][1] = absent_of(c->t);
        ntm_status status = in[i] ? classes_of(&classes[i][0], &classes[i][1], c, &c->years[i], rows[i], err) : NTM_OK;
        if (status != NTM_OK) return status;
    }
    ntm_status status = weight_of(&weight, &c->years[by], c->t->scale, rows[by], err);
    if (status != NTM_OK) return status;
    add_household(c->t, c->years[by].groups[rows[by]], classes[0], classes[1], weight);
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- the call */

static ntm_status pair_households(counting *c, ntm_error *err) {
    ntm_i_ids_sorted *first = &c->years[0].ids, *second = &c->years[1].ids;
    ntm_status status = NTM_OK;
    if (first->texts != second->texts)
        return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_SUBJECT(c->options->id),
                          "the ids are of text in one year and numbers in the other");
    for (size_t a = 0, b = 0; (a < first->rows || b < second->rows) && status == NTM_OK;) {
        int order = a == first->rows    ? 1
                    : b == second->rows ? -1
                                        : ntm_i_ids_compare(first, first->order[a], second, second->order[b]);
        uint32_t rows[2] = {UINT32_MAX, UINT32_MAX};
        if (order <= 0) rows[0] = first->order[a++];
        if (order >= 0) rows[1] = second->order[b++];
        status = count_household(c, rows, err);
    }
    return status;
}

static ntm_status count(ntm_transitions *t, const ntm_table *first, const ntm_table *second,
                        const ntm_transitions_options *options, ntm_error *err) {
    counting c;
    memset(&c, 0, sizeof c);
    c.t = t;
    c.options = options;
    c.years[0].table = first;
    c.years[0].called = "the first year";
    c.years[1].table = second;
    c.years[1].called = "the second year";
    ntm_status status = start_year(&c, &c.years[0], err);
    if (status == NTM_OK) status = start_year(&c, &c.years[1], err);
    if (status == NTM_OK) {
        uint8_t scales[2] = {c.years[0].population.scale, c.years[1].population.scale};
        t->scale = scales[0] > scales[1] ? scales[0] : scales[1];
        t->capacity = ntm_i_groups_count(&t->groups);
        t->cells = ntm_i_allocate(&t->allocator, t->capacity, t->side * t->side * sizeof *t->cells);
        status = t->cells == NULL ? ntm_i_no_memory(err) : pair_households(&c, err);
    }
    if (status == NTM_OK) status = ntm_i_groups_sort(&t->groups, err);
    end_year(&c, &c.years[0]);
    end_year(&c, &c.years[1]);
    return status;
}

ntm_status ntm_transitions_count(ntm_transitions **out, const ntm_table *first, const ntm_table *second,
                                 const ntm_transitions_options *options, ntm_error *err) {
    if (out == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "out is NULL");
    ntm_status status = check_options(first, second, options, err);
    if (status != NTM_OK) return status;
    ntm_allocator allocator = ntm_i_allocator(options->allocator);
    ntm_transitions *t = ntm_i_allocate(&allocator, 1, sizeof *t);
    if (t == NULL) return ntm_i_no_memory(err);
    t->allocator = allocator;
    t->classes = options->class_count;
    t->side = t->classes + 2;
    status = ntm_i_groups_start(&t->groups, options->groups, options->group_count, &allocator, err);
    if (status == NTM_OK) status = count(t, first, second, options, err);
    if (status != NTM_OK) {
        ntm_transitions_free(t);
        return status;
    }
    *out = t;
    return NTM_OK;
}

void ntm_transitions_free(ntm_transitions *t) {
    if (t == NULL) return;
    ntm_allocator allocator = t->allocator;
    ntm_i_release(&allocator, t->cells, t->capacity, t->side * t->side * sizeof *t->cells);
    ntm_i_groups_end(&t->groups);
    ntm_i_release(&allocator, t, 1, sizeof *t);
}

/* ------------------------------------------------------------------------------------------- asking */

size_t ntm_transitions_groups(const ntm_transitions *transitions) {
    return transitions == NULL ? 0 : ntm_i_groups_shown(&transitions->groups);
}

ntm_status ntm_transitions_key(ntm_group_key *out, const ntm_transitions *transitions, size_t group, size_t field,
                               ntm_error *err) {
    return ntm_i_groups_key(out, transitions == NULL ? NULL : &transitions->groups, group, field, err);
}

/* The place of a class in the matrix; `side` for what is none. */
static size_t place_of(const ntm_transitions *t, size_t class) {
    if (class == NTM_CLASS_ANY) return any_of(t);
    if (class == NTM_CLASS_ABSENT) return absent_of(t);
    return class < t->classes ? class : t->side;
}

static bool to_decimal(ntm_decimal *out, ntm_i_wide sum, uint8_t scale) {
    if (sum > INT64_MAX) return ntm_i_decimal_fit(out, sum, scale);
    *out = (ntm_decimal){(int64_t)sum, scale};
    return true;
}

ntm_status ntm_transitions_get(ntm_transition *out, const ntm_transitions *t, size_t group, size_t from, size_t to,
                               ntm_error *err) {
    if (out == NULL || t == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "an argument is NULL");
    ntm_status status = ntm_i_groups_check(&t->groups, group, err);
    if (status != NTM_OK) return status;
    size_t a = place_of(t, from), b = place_of(t, to);
    if (a == t->side || b == t->side || (a == b && a == absent_of(t)))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "no such classes: there are %zu", t->classes);
    cell sum = {{0, 0}, {0, 0}};
    size_t first = group == NTM_TOTAL ? 0 : t->groups.order[group];
    size_t end = group == NTM_TOTAL ? ntm_i_groups_count(&t->groups) : first + 1;
    for (size_t g = first; g < end; g++) {
        const cell *one = t->cells + (g * t->side + a) * t->side + b;
        for (size_t i = 0; i < 2; i++) {
            sum.rows[i] += one->rows[i];
            sum.weights[i] += one->weights[i];
        }
    }
    ntm_transition moves = {{sum.rows[0], sum.rows[1]}, {0, 0}, {0, 0}};
    if (!to_decimal(&moves.least, sum.weights[0], t->scale) || !to_decimal(&moves.most, sum.weights[1], t->scale)) {
        char name[200];
        (void)ntm_i_groups_name(name, sizeof name, &t->groups, group);
        return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_SUBJECT(name), "the weights do not fit 64 bits");
    }
    *out = moves;
    return NTM_OK;
}
