/* SPDX-License-Identifier: Apache-2.0 */
/* The result as a table, and questions about single values. */
#include "rollup/rolled.h"

#include <stdio.h>
#include <string.h>

#include "column/words.h"

/* One fact of the targets. */
typedef struct rolled_column {
    const char *name;
    ntm_fact_kind kind;
    ntm_i_vector values;    /* after the last stage */
    ntm_i_vector source;    /* of the source only its bitmaps */
    uint64_t *bits;         /* flags: the values as words */
    int32_t *codes, *upper; /* levels and dates: values or lower bounds, and upper bounds */
    const char *const *levels;
    size_t level_count;
} rolled_column;

struct ntm_rolled {
    ntm_allocator allocator;
    ntm_i_arena arena;
    size_t source_rows, rows;
    ntm_i_stage *stages;
    size_t stage_count;
    rolled_column *columns;
    size_t column_count;
    ntm_i_index index; /* of the columns */
    ntm_field *fields;
    ntm_table table;
};

void ntm_rolled_free(ntm_rolled *rolled) {
    if (rolled == NULL) return;
    for (size_t i = 0; i < rolled->column_count; i++) {
        rolled_column *column = &rolled->columns[i];
        ntm_i_vector_end(&column->values);
        ntm_i_vector_end(&column->source);
        ntm_i_release(&rolled->allocator, column->bits, ntm_i_words_of(rolled->rows), sizeof *column->bits);
        ntm_i_release(&rolled->allocator, column->codes, rolled->rows, sizeof *column->codes);
        ntm_i_release(&rolled->allocator, column->upper, rolled->rows, sizeof *column->upper);
    }
    ntm_allocator allocator = rolled->allocator;
    ntm_i_arena_end(&rolled->arena);
    ntm_i_release(&allocator, rolled, 1, sizeof *rolled);
}

/* ------------------------------------------------------------------------------------------- the table */

/* Which bounds there are of rows that are not known, and whether one of them is sharper than the natural one. */
typedef struct bounded {
    bool below, above, sharper;
} bounded;

static bounded look_for_bounds(const ntm_i_vector *v) {
    const ntm_i_limits *natural = &v->natural;
    size_t words = ntm_i_words_of(v->rows);
    bounded out = {false, false, false};
    /* Nothing more is to be found once all that can be is. */
    bool can_be_above = v->has_most != NULL || natural->has_most;
    for (size_t w = 0; w < words && !(out.sharper && out.below && out.above == can_be_above); w++) {
        uint64_t open = ~v->known[w];
        if (w + 1 == words) open &= ntm_i_last_word(v->rows);
        if (v->absent != NULL) open &= ~v->absent[w];
        for (; open != 0; open &= open - 1) {
            ntm_i_limits between = ntm_i_state_at(v, 64 * w + (size_t)__builtin_ctzll(open)).between;
            out.below |= between.has_least;
            out.above |= between.has_most;
            out.sharper |= (between.has_least && (!natural->has_least || between.least > natural->least)) ||
                           (between.has_most && (!natural->has_most || between.most < natural->most));
        }
    }
    return out;
}

/* Bounds of every row that has any, known ones too, so that each bound is a column to go by. */
static bool complete_lower(ntm_i_vector *v) {
    const bool natural = v->has_least == NULL;
    if (!ntm_i_vector_lower(v)) return false;
    for (size_t w = 0; w < ntm_i_words_of(v->rows); w++)
        v->own_has_least[w] |= v->known[w];
    for (size_t i = 0; i < v->rows && natural && v->natural.has_least; i++) {
        if (ntm_i_word_bit(v->known, i) || (v->absent != NULL && ntm_i_word_bit(v->absent, i))) continue;
        v->own_least[i] = v->natural.least;
        ntm_i_word_set(v->own_has_least, i);
    }
    return true;
}

static bool complete_upper(ntm_i_vector *v) {
    const bool natural = v->has_most == NULL;
    if (!ntm_i_vector_upper(v)) return false;
    for (size_t i = 0; i < v->rows; i++) {
        if (ntm_i_word_bit(v->known, i)) {
            v->own_most[i] = v->own_least[i];
            ntm_i_word_set(v->own_has_most, i);
        } else if (natural && v->natural.has_most && !(v->absent != NULL && ntm_i_word_bit(v->absent, i))) {
            v->own_most[i] = v->natural.most;
            ntm_i_word_set(v->own_has_most, i);
        }
    }
    return true;
}

static int32_t *narrow(const ntm_rolled *rolled, const int64_t *values) {
    int32_t *out = ntm_i_allocate(&rolled->allocator, rolled->rows, sizeof *out);
    for (size_t i = 0; out != NULL && i < rolled->rows; i++)
        out[i] = (int32_t)values[i];
    return out;
}

static ntm_column column_of(const ntm_rolled *rolled, const rolled_column *from, const void *data,
                            const uint64_t *validity) {
    ntm_column column = NTM_COLUMN_INIT;
    bool wide = from->codes == NULL;
    column.type = from->bits != NULL ? NTM_TYPE_BITS : wide ? NTM_TYPE_INT64 : NTM_TYPE_INT32;
    column.scale = from->values.scale;
    column.data = data;
    column.stride_bytes = from->bits != NULL ? 0 : wide ? 8 : 4;
    column.length = rolled->rows;
    column.validity = (const uint8_t *)validity;
    column.not_applicable = (const uint8_t *)from->values.absent;
    if (from->kind == NTM_KIND_LEVEL) {
        column.categories = from->levels;
        column.category_count = from->level_count;
    }
    return column;
}

static bool add_field(ntm_rolled *rolled, const rolled_column *from, const char *suffix, const void *data,
                      const uint64_t *validity) {
    size_t size = strlen(from->name) + strlen(suffix) + 1;
    char *name = ntm_i_arena_take(&rolled->arena, size, 1);
    if (name == NULL) return false;
    (void)snprintf(name, size, "%s%s", from->name, suffix);
    rolled->fields[rolled->table.field_count++] = (ntm_field){name, column_of(rolled, from, data, validity)};
    return true;
}

static bool add_flag(ntm_rolled *rolled, rolled_column *column) {
    const ntm_i_vector *v = &column->values;
    column->bits = ntm_i_allocate(&rolled->allocator, ntm_i_words_of(rolled->rows), sizeof *column->bits);
    if (column->bits == NULL) return false;
    for (size_t i = 0; i < rolled->rows; i++)
        if (ntm_i_word_bit(v->known, i) && v->least[i] != 0) ntm_i_word_set(column->bits, i);
    return add_field(rolled, column, "", column->bits, v->known);
}

static bool add_fields(ntm_rolled *rolled, rolled_column *column) {
    ntm_i_vector *v = &column->values;
    if (column->kind == NTM_KIND_FLAG) return add_flag(rolled, column); /* an open one is open: it has no bounds */
    bounded sides = look_for_bounds(v);
    bool below = sides.sharper && sides.below, above = sides.sharper && sides.above;
    if ((below && !complete_lower(v)) || (above && !complete_upper(v))) return false;
    const void *value = v->least, *upper = v->most;
    if (column->kind == NTM_KIND_LEVEL || column->kind == NTM_KIND_DATE) {
        column->codes = narrow(rolled, v->least);
        if (above) column->upper = narrow(rolled, v->most);
        if (column->codes == NULL || (above && column->upper == NULL)) return false;
        value = column->codes;
        upper = column->upper;
    }
    return add_field(rolled, column, "", value, v->known) &&
           (!below || add_field(rolled, column, ":least", value, v->has_least)) &&
           (!above || add_field(rolled, column, ":most", upper, v->has_most));
}

static bool copy_levels(ntm_rolled *rolled, rolled_column *column, const ntm_fact *fact) {
    if (fact->kind != NTM_KIND_LEVEL) return true;
    const char **levels = ntm_i_arena_take(&rolled->arena, fact->level_count, sizeof *levels);
    if (levels == NULL) return false;
    for (size_t k = 0; k < fact->level_count; k++)
        if (!ntm_i_arena_copy(&rolled->arena, &levels[k], fact->levels[k])) return false;
    column->levels = levels;
    column->level_count = fact->level_count;
    return true;
}

/* Moves what the job has; of its source only the bitmaps are kept. */
static bool take_column(ntm_rolled *rolled, ntm_i_job *job, const ntm_allocator *allocator) {
    rolled_column *column = &rolled->columns[rolled->column_count++];
    ntm_i_vector *source = &job->steps[0], *last = &job->steps[job->step_count - 1];
    column->kind = job->fact->kind;
    column->values = *last;
    ntm_i_vector_start(last, 0, allocator);
    ntm_i_vector_start(&column->source, source->rows, allocator);
    column->source.known = column->source.own_known = source->own_known;
    column->source.absent = column->source.own_absent = source->own_absent;
    source->own_known = source->own_absent = NULL;
    return ntm_i_arena_copy(&rolled->arena, &column->name, job->name) && copy_levels(rolled, column, job->fact) &&
           add_fields(rolled, column);
}

static bool fill(ntm_rolled *rolled, ntm_i_rolling *r) {
    size_t jobs = r->jobs.count;
    rolled->stages = ntm_i_arena_take(&rolled->arena, r->rollup->stage_count, sizeof *rolled->stages);
    rolled->columns = ntm_i_arena_take(&rolled->arena, jobs, sizeof *rolled->columns);
    rolled->fields = ntm_i_arena_take(&rolled->arena, 3 * jobs, sizeof *rolled->fields);
    if (rolled->stages == NULL || rolled->columns == NULL || rolled->fields == NULL) return false;
    for (size_t i = 0; i < r->rollup->stage_count; i++)
        if (!ntm_i_stage_copy(&rolled->stages[rolled->stage_count++], &rolled->arena, &r->rollup->stages[i]))
            return false;
    for (size_t i = 0; i < jobs; i++)
        if (ntm_i_job_at(r, i)->shown && !take_column(rolled, ntm_i_job_at(r, i), &r->allocator)) return false;
    return ntm_i_index_make(&rolled->index, &rolled->arena, rolled->columns, rolled->column_count,
                            sizeof *rolled->columns);
}

ntm_status ntm_i_rolled_make(ntm_rolled **out, ntm_i_rolling *r, ntm_error *err) {
    ntm_rolled *rolled = ntm_i_allocate(&r->allocator, 1, sizeof *rolled);
    if (rolled == NULL) return ntm_i_no_memory(err);
    rolled->allocator = r->allocator;
    ntm_i_arena_start(&rolled->arena, &r->allocator);
    rolled->table = (ntm_table)NTM_TABLE_INIT;
    rolled->source_rows = rolled->rows = r->table->rows;
    for (size_t i = 0; i < r->rollup->stage_count; i++)
        rolled->rows = ntm_i_blocks(&r->rollup->stages[i], rolled->rows) * r->rollup->stages[i].to_rows;
    rolled->table.rows = rolled->rows;
    if (!fill(rolled, r)) {
        ntm_rolled_free(rolled);
        return ntm_i_no_memory(err);
    }
    rolled->table.fields = rolled->fields;
    *out = rolled;
    return NTM_OK;
}

const ntm_table *ntm_rolled_table(const ntm_rolled *rolled) { return rolled == NULL ? NULL : &rolled->table; }

/* ------------------------------------------------------------------------------------------- questions */

static ntm_status find(const rolled_column **out, const ntm_rolled *rolled, const char *column, size_t row,
                       ntm_error *err) {
    if (rolled == NULL || column == NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "out, the result or the column are NULL");
    size_t at = ntm_i_index_find(&rolled->index, column);
    if (at == SIZE_MAX)
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(column), "the result has no such column");
    if (row >= rolled->rows)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(column), "row %zu is past the last of %zu", row,
                          rolled->rows);
    *out = &rolled->columns[at];
    return NTM_OK;
}

static ntm_fraction fraction(ntm_i_rational value) {
    return ntm_i_is_finite(value) ? (ntm_fraction){(int64_t)value.numerator, (int64_t)value.denominator}
                                  : (ntm_fraction){0, 0};
}

ntm_status ntm_rolled_range(ntm_range *out, const ntm_rolled *rolled, const char *column, size_t row, ntm_error *err) {
    const rolled_column *of = NULL;
    ntm_status status = find(&of, out == NULL ? NULL : rolled, column, row, err);
    if (status != NTM_OK) return status;
    if (of->values.absent != NULL && ntm_i_word_bit(of->values.absent, row))
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_ROW(column, row), "it is not applicable");
    ntm_i_interval between = ntm_i_vector_between(&of->values, row);
    *out = (ntm_range){fraction(between.least), fraction(between.most)};
    return NTM_OK;
}

/* Rows of one level of a chain that a value was made of. */
typedef struct reached {
    uint8_t *mark; /* by row: 0 = not reached, 1 = whole, 2 = only a part of it */
    size_t *rows;  /* those reached */
    size_t count;
} reached;

static void reach(reached *level, size_t row, bool part) {
    if (level->mark[row] == 0) level->rows[level->count++] = row;
    if (part)
        level->mark[row] = 2;
    else if (level->mark[row] == 0)
        level->mark[row] = 1;
}

/* From the rows after a stage to those before it. A row on the way that nothing was made into is a source that no row of
   the table has: it is counted at once. */
static void reach_before(reached *before, ntm_rolled_parts *unsaid, const reached *after, const ntm_i_stage *stage) {
    for (size_t i = 0; i < after->count; i++) {
        size_t row = after->rows[i], block = row / stage->to_rows, target = row % stage->to_rows;
        if (stage->first[target] == stage->first[target + 1]) {
            unsaid->parts++;
            unsaid->not_reported++;
            unsaid->divided += after->mark[row] == 2;
        }
        for (size_t k = stage->first[target]; k < stage->first[target + 1]; k++) {
            bool part = stage->share != NULL && stage->share[k] != NTM_I_WHOLE;
            reach(before, block * stage->from_rows + stage->from[k], part || after->mark[row] == 2);
        }
    }
}

static void count_reached(ntm_rolled_parts *out, const rolled_column *of, const reached *source) {
    for (size_t i = 0; i < source->count; i++) {
        size_t row = source->rows[i];
        out->parts++;
        out->divided += source->mark[row] == 2;
        if (ntm_i_word_bit(of->source.known, row))
            out->reported++;
        else if (of->source.absent != NULL && ntm_i_word_bit(of->source.absent, row))
            out->not_applicable++;
        else
            out->not_reported++;
    }
}

ntm_status ntm_rolled_parts_of(ntm_rolled_parts *out, const ntm_rolled *rolled, const char *column, size_t row,
                               ntm_error *err) {
    const rolled_column *of = NULL;
    ntm_status status = find(&of, out == NULL ? NULL : rolled, column, row, err);
    if (status != NTM_OK) return status;
    ntm_i_arena arena;
    ntm_i_arena_start(&arena, &rolled->allocator);
    size_t rows = rolled->rows;
    reached after = {ntm_i_arena_take(&arena, rows, 1), ntm_i_arena_take(&arena, rows, sizeof *after.rows), 0};
    bool made = after.mark != NULL && after.rows != NULL;
    ntm_rolled_parts counted = {0, 0, 0, 0, 0};
    if (made) reach(&after, row, false);
    for (size_t s = rolled->stage_count; s > 0 && made; s--) {
        const ntm_i_stage *stage = &rolled->stages[s - 1];
        rows = rows / stage->to_rows * stage->from_rows;
        reached before = {ntm_i_arena_take(&arena, rows, 1), ntm_i_arena_take(&arena, rows, sizeof *before.rows), 0};
        made = before.mark != NULL && before.rows != NULL;
        if (made) reach_before(&before, &counted, &after, stage);
        if (s == rolled->stage_count) counted = (ntm_rolled_parts){0, 0, 0, 0, 0}; /* the row itself is no source */
        after = before;
    }
    if (made) {
        count_reached(&counted, of, &after);
        *out = counted;
    }
    ntm_i_arena_end(&arena);
    return made ? NTM_OK : ntm_i_no_memory(err);
}
