/* SPDX-License-Identifier: Apache-2.0 */
/* The rates of a whole cube as columns. */
#include <stdio.h>
#include <string.h>

#include "base/sort.h"
#include "base/text.h"
#include "column/bits.h"
#include "cube/cube.h"
#include "number/wide.h"

enum { EXTRA = 6, DIGITS = 18 };

/* Part and whole by their keys in the cube. */
typedef struct pair {
    uint64_t part, whole;
    bool has_part, has_whole;
} pair;

typedef struct rating {
    const ntm_cube *cube;
    size_t side;
    uint32_t part, whole; /* nodes of the side */
    uint32_t *earlier; /* by node of time: the same period years ago; NTM_I_NO_NODE = there is none. NULL: not asked */
    uint32_t *later;   /* likewise: the same period years later */
    ntm_i_array pairs; /* of pair */
    ntm_i_arena scratch;
    ntm_error *err;
} rating;

/* ------------------------------------------------------------------------------------------- which pairs */

static ntm_status find_earlier(rating *r, unsigned years) {
    const ntm_i_cube_side *time = &r->cube->sides[r->side];
    r->earlier = ntm_i_arena_take(&r->scratch, time->count, sizeof *r->earlier);
    r->later = ntm_i_arena_take(&r->scratch, time->count, sizeof *r->later);
    if (r->earlier == NULL || r->later == NULL) return ntm_i_no_memory(r->err);
    for (uint32_t i = 0; i < time->count; i++)
        r->later[i] = NTM_I_NO_NODE;
    for (uint32_t i = 0; i < time->count; i++) {
        const char *id = time->nodes[i].id;
        char wanted[NTM_I_PERIOD_TEXT];
        int year = 0;
        r->earlier[i] = NTM_I_NO_NODE;
        if (i == time->total || strlen(id) >= sizeof wanted) continue;
        for (int k = 0; k < 4; k++)
            year = year * 10 + (id[k] - '0');
        if ((unsigned)year <= years) continue;
        (void)snprintf(wanted, sizeof wanted, "%04d%.11s", year - (int)years, id + 4);
        r->earlier[i] = ntm_cube_find(r->cube, r->side, wanted);
        if (r->earlier[i] != NTM_I_NO_NODE) r->later[r->earlier[i]] = i;
    }
    return NTM_OK;
}

/* A member that is declared may be asked for although nothing is there: nothing was disbursed so far. */
static bool no_member(const ntm_i_cube_side *side, uint32_t node, const char *id) {
    bool known = node != NTM_I_NO_NODE;
    for (uint32_t i = 0; i < side->declared_count && !known; i++)
        known = strcmp(side->declared[i], id) == 0;
    return !known;
}

static ntm_status find_side(rating *r, const ntm_rates_options *o) {
    const char *wanted = o->years_back > 0 ? NULL : o->side;
    for (r->side = 0; r->side < r->cube->side_count; r->side++) {
        const ntm_i_cube_side *side = &r->cube->sides[r->side];
        if (wanted == NULL ? side->is_time : strcmp(side->name, wanted) == 0) break;
    }
    if (r->side == r->cube->side_count)
        return ntm_i_fail(r->err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(wanted == NULL ? "date" : wanted),
                          "the cube has no such side");
    if (o->years_back > 0) return find_earlier(r, o->years_back);
    r->part = ntm_cube_find(r->cube, r->side, o->part);
    r->whole = ntm_cube_find(r->cube, r->side, o->whole);
    const ntm_i_cube_side *side = &r->cube->sides[r->side];
    const char *missing = no_member(side, r->part, o->part)     ? o->part
                          : no_member(side, r->whole, o->whole) ? o->whole
                                                                : NULL;
    return missing == NULL ? NTM_OK
                           : ntm_i_fail(r->err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(r->cube->sides[r->side].name),
                                        "no member \"%.60s\"", missing);
}

static bool there(const ntm_cube *cube, uint64_t key) { return ntm_i_store_get(&cube->store, key).mark != 0; }

/* Cells of last year of which nothing came this year. */
static ntm_status add_without_part(rating *r, uint32_t node, uint64_t rest, uint64_t key) {
    const pair p = {rest + r->later[node] * r->cube->sides[r->side].stride, key, false, true};
    return there(r->cube, p.part) || ntm_i_array_append(&r->pairs, &p, 1) ? NTM_OK : ntm_i_no_memory(r->err);
}

/* Every combination once: where its part is met, or where its whole is and it has no part. */
static ntm_status find_pairs(rating *r) {
    const ntm_i_cube_side *side = &r->cube->sides[r->side];
    ntm_i_entry_cell cell;
    for (uint64_t at = 0; ntm_i_store_next(&cell, &r->cube->store, &at);) {
        uint32_t node = (uint32_t)(cell.key / side->stride % side->count);
        uint64_t rest = cell.key - node * side->stride;
        pair p = {cell.key, 0, true, false};
        if (r->earlier != NULL) {
            p.has_whole = r->earlier[node] != NTM_I_NO_NODE;
            p.whole = p.has_whole ? rest + r->earlier[node] * side->stride : 0;
            p.has_whole = p.has_whole && there(r->cube, p.whole);
            ntm_status status = r->later[node] == NTM_I_NO_NODE ? NTM_OK : add_without_part(r, node, rest, cell.key);
            if (status != NTM_OK) return status;
        } else if (node == r->part) {
            p.whole = r->whole == NTM_I_NO_NODE ? 0 : rest + r->whole * side->stride;
            p.has_whole = r->whole != NTM_I_NO_NODE && there(r->cube, p.whole);
        } else if (node == r->whole && r->part == NTM_I_NO_NODE) {
            p = (pair){rest, cell.key, false, true};
        } else if (node == r->whole && !there(r->cube, rest + r->part * side->stride)) {
            p = (pair){rest + r->part * side->stride, cell.key, false, true};
        } else {
            continue;
        }
        if (!ntm_i_array_append(&r->pairs, &p, 1)) return ntm_i_no_memory(r->err);
    }
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- columns */

typedef struct columns {
    int64_t *part, *whole;
    ntm_i_wide *ratio;
    uint8_t *part_known, *whole_known, *ratio_known, *open, *negative, *above;
} columns;

static bool take(columns *c, ntm_i_arena *arena, size_t rows) {
    c->part = ntm_i_arena_take(arena, rows, sizeof *c->part);
    c->whole = ntm_i_arena_take(arena, rows, sizeof *c->whole);
    c->ratio = ntm_i_arena_take(arena, rows, sizeof *c->ratio);
    uint8_t **bytes[] = {&c->part_known, &c->whole_known, &c->ratio_known, &c->open, &c->negative, &c->above};
    for (size_t i = 0; i < sizeof bytes / sizeof *bytes; i++) {
        *bytes[i] = ntm_i_arena_take(arena, rows + 1, 1);
        if (*bytes[i] == NULL) return false;
    }
    return c->part != NULL && c->whole != NULL && c->ratio != NULL;
}

static ntm_status cell_of(ntm_cube_cell *out, const rating *r, uint64_t key, bool has) {
    char text[NTM_I_CELL_TEXT];
    *out = (ntm_cube_cell){NTM_NOT_APPLICABLE, 0, 0, false};
    if (!has) return NTM_OK;
    ntm_i_entry_cell cell = ntm_i_store_get(&r->cube->store, key);
    if (cell.sum < INT64_MIN || cell.sum > INT64_MAX)
        return ntm_i_fail(r->err, NTM_ERROR_OVERFLOW, NTM_I_NOWHERE, "the sum of the cell %s does not fit 64 bits",
                          ntm_i_cube_text(text, r->cube, key));
    *out = ntm_i_cube_cell(&cell);
    return NTM_OK;
}

/* The ratio with so many digits after the mark, cut off; false when it does not fit. */
static bool cut_off(ntm_i_wide *out, const ntm_rate *rate) {
    if (rate->known != NTM_REPORTED || rate->ratio.denominator == 0) return false;
    ntm_i_wide above = (ntm_i_wide)rate->ratio.numerator * (ntm_i_wide)ntm_i_power_of_ten(DIGITS);
    *out = above / rate->ratio.denominator;
    return true;
}

/* One row; *kept is false for a stock and a flow, which have no rate. */
static ntm_status put(const rating *r, const columns *c, size_t row, const pair *p, bool *kept) {
    ntm_cube_cell part, whole;
    ntm_rate rate;
    ntm_status status = cell_of(&part, r, p->part, p->has_part);
    if (status == NTM_OK) status = cell_of(&whole, r, p->whole, p->has_whole);
    if (status != NTM_OK) return status;
    *kept = ntm_rate_of(&rate, &part, &whole, NULL) == NTM_OK;
    if (!*kept) return NTM_OK;
    c->part[row] = part.sum;
    c->whole[row] = whole.sum;
    ntm_i_set_bit(c->part_known, row, p->has_part && ntm_i_store_get(&r->cube->store, p->part).mark != NTM_I_DUE);
    ntm_i_set_bit(c->whole_known, row, p->has_whole && ntm_i_store_get(&r->cube->store, p->whole).mark != NTM_I_DUE);
    ntm_i_set_bit(c->ratio_known, row, cut_off(&c->ratio[row], &rate));
    c->open[row] = rate.known == NTM_NOT_REPORTED;
    c->negative[row] = rate.negative;
    c->above[row] = rate.above_one;
    return NTM_OK;
}

static bool side_fields(ntm_field *fields, size_t *count, ntm_cube_rows *rows, const rating *r, const pair *pairs,
                        size_t n) {
    for (size_t i = 0; i < r->cube->side_count; i++) {
        const ntm_i_cube_side *side = &r->cube->sides[i];
        if (i == r->side && r->earlier == NULL) continue;
        int32_t *codes = ntm_i_arena_take(&rows->arena, n, sizeof *codes);
        const char **ids = ntm_i_arena_take(&rows->arena, side->count, sizeof *ids);
        if (codes == NULL || ids == NULL) return false;
        for (uint32_t k = 0; k < side->count; k++)
            ids[k] = side->nodes[k].id;
        for (size_t row = 0; row < n; row++)
            codes[row] = (int32_t)(pairs[row].part / side->stride % side->count);
        fields[(*count)++] = (ntm_field){side->name, ntm_column_codes(codes, n, ids, side->count)};
    }
    return true;
}

/* In the order of members, whether the part or the whole was met. */
static int by_part(const void *context, uint32_t a, uint32_t b) {
    const pair *pairs = context;
    return pairs[a].part < pairs[b].part ? -1 : pairs[a].part > pairs[b].part;
}

static ntm_status make(ntm_cube_rows *rows, rating *r) {
    columns c;
    size_t n = 0, count = 0;
    pair *pairs = ntm_i_sorted(&r->scratch, r->pairs.items, r->pairs.count, sizeof *pairs, by_part);
    if (pairs == NULL) return ntm_i_no_memory(r->err);
    ntm_field *fields = ntm_i_arena_take(&rows->arena, r->cube->side_count + EXTRA, sizeof *fields);
    if (fields == NULL || !take(&c, &rows->arena, r->pairs.count)) return ntm_i_no_memory(r->err);
    for (size_t i = 0; i < r->pairs.count; i++) {
        bool kept = false;
        ntm_status status = put(r, &c, n, &pairs[i], &kept);
        if (status != NTM_OK) return status;
        if (kept) pairs[n++] = pairs[i];
    }
    if (!side_fields(fields, &count, rows, r, pairs, n)) return ntm_i_no_memory(r->err);
    ntm_field *to = fields + count;
    to[0] = (ntm_field){"part", ntm_column_int64(c.part, n)};
    to[1] = (ntm_field){"whole", ntm_column_int64(c.whole, n)};
    to[2] = (ntm_field){"ratio", NTM_COLUMN_INIT};
    to[2].column.type = NTM_TYPE_DECIMAL128;
    to[2].column.scale = DIGITS;
    to[2].column.data = c.ratio;
    to[2].column.stride_bytes = sizeof *c.ratio;
    to[2].column.length = n;
    to[0].column.validity = c.part_known;
    to[1].column.validity = c.whole_known;
    to[2].column.validity = c.ratio_known;
    to[0].column.scale = to[1].column.scale = r->cube->scale;
    to[3] = (ntm_field){"open", ntm_column_bytes(c.open, n)};
    to[4] = (ntm_field){"negative", ntm_column_bytes(c.negative, n)};
    to[5] = (ntm_field){"above_one", ntm_column_bytes(c.above, n)};
    rows->table = (ntm_table){sizeof rows->table, n, fields, count + EXTRA};
    return NTM_OK;
}

ntm_status ntm_cube_rates_new(ntm_cube_rows **out, const ntm_cube *cube, const ntm_rates_options *options,
                              ntm_error *err) {
    if (out == NULL || cube == NULL || options == NULL)
        return ntm_i_wrong_call(err, "a place for the rows, a cube and options are needed");
    if (options->struct_size < sizeof *options)
        return ntm_i_wrong_call(err, "struct_size is not that of ntm_rates_options: start with NTM_RATES_OPTIONS_INIT");
    if (!ntm_i_allocator_usable(options->allocator)) return ntm_i_wrong_call(err, "an allocator that lacks functions");
    bool named = options->side != NULL && options->part != NULL && options->whole != NULL;
    bool some = options->side != NULL || options->part != NULL || options->whole != NULL;
    if (options->years_back > 9999 || (options->years_back == 0 ? !named : some))
        return ntm_i_wrong_call(err, "either a side with part and whole, or years back (at most 9999)");
    ntm_cube_rows *rows = ntm_i_allocate(options->allocator, 1, sizeof *rows);
    if (rows == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&rows->arena, options->allocator);
    rating r = {.cube = cube, .err = err};
    ntm_i_arena_start(&r.scratch, options->allocator);
    ntm_i_array_start(&r.pairs, options->allocator, sizeof(pair));
    ntm_status status = find_side(&r, options);
    if (status == NTM_OK) status = find_pairs(&r);
    if (status == NTM_OK) status = make(rows, &r);
    ntm_i_array_end(&r.pairs);
    ntm_i_arena_end(&r.scratch);
    if (status != NTM_OK) {
        ntm_cube_rows_free(rows);
        return status;
    }
    *out = rows;
    return NTM_OK;
}
