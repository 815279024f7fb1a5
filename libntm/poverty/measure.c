/* SPDX-License-Identifier: Apache-2.0 */
/* Measuring poverty: a table read block by block, each block into the sums of its groups. */
#include "poverty/measure.h"

#include <string.h>

#include "column/values.h"

/* Fewer rows are not worth the memory of lanes. */
enum { LANES_ROWS_MIN = 32768 };

static ntm_status check_options(const ntm_table *table, const ntm_deprivation *indicators, size_t count,
                                const ntm_poverty_options *options, ntm_error *err) {
    if (table == NULL || indicators == NULL || count == 0 || options == NULL ||
        options->struct_size < sizeof *options || !ntm_i_allocator_usable(options->allocator))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "an argument is NULL, there is no indicator, or the options were not started with "
                          "NTM_POVERTY_OPTIONS_INIT");
    if (count > NTM_DEPRIVATIONS_MAX)
        return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "more than %d indicators", NTM_DEPRIVATIONS_MAX);
    if (options->incomplete != NTM_INCOMPLETE_BOUNDS && options->incomplete != NTM_INCOMPLETE_LEAVE_OUT)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "say what becomes of incomplete rows: options.incomplete is %d", (int)options->incomplete);
    for (size_t j = 0; j < count; j++)
        if (indicators[j].column == NULL)
            return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "indicator %zu names no column", j);
    ntm_status status = ntm_table_check(table, NULL, err);
    if (status == NTM_OK && table->rows >= UINT32_MAX)
        return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "more than 2^32 - 2 rows");
    return status;
}

/* ------------------------------------------------------------------------------------------- starting */

static ntm_status start_columns(ntm_i_measuring *m, const ntm_deprivation *indicators,
                                const ntm_poverty_options *options, ntm_error *err) {
    ntm_poverty *p = m->p;
    ntm_status status = NTM_OK;
    for (size_t j = 0; j < p->indicators && status == NTM_OK; j++) {
        size_t used = p->weights.used[j];
        if (used == SIZE_MAX) continue;
        status = ntm_i_indicator_start(&m->indicators[used], m->table, &indicators[j], options->gaps, err);
        p->lines[used] = m->indicators[used].line;
    }
    const ntm_column *population = NULL;
    if (status == NTM_OK && options->population != NULL) {
        status = ntm_i_field_column(&population, m->table, options->population, err);
        if (status == NTM_OK) status = ntm_i_numbers_start(&m->population, population, options->population, true, err);
        p->scale = m->population.scale;
    }
    if (status == NTM_OK) status = ntm_i_grouping_start(&m->grouping, &p->groups, m->table, err);
    return status;
}

static bool start_block(ntm_i_measuring *m, bool gaps) {
    ntm_i_arena *arena = &m->arena;
    size_t count = m->p->weights.count;
    ntm_i_block_buffers *b = ntm_i_arena_take(arena, 1, sizeof *b);
    m->line.scratch = ntm_i_arena_take(arena, m->line.planes, sizeof *m->line.scratch * NTM_I_WORDS);
    if (b == NULL || m->line.scratch == NULL) return false;
    m->block = b;
    b->deprived = ntm_i_arena_take(arena, count, sizeof *b->deprived);
    b->possible = ntm_i_arena_take(arena, count, sizeof *b->possible);
    if (gaps) b->values = ntm_i_arena_take(arena, count, sizeof *b->values);
    ntm_i_spread_start(&b->spread);
    return b->deprived != NULL && b->possible != NULL && (!gaps || b->values != NULL);
}

static void start_line(ntm_i_measuring *m) {
    const ntm_i_weights *weights = &m->p->weights;
    m->line = (ntm_i_line){weights->count, weights->whole, weights->total, weights->cutoff, 0, NULL};
    for (uint64_t left = weights->total; left != 0; left >>= 1)
        m->line.planes++;
}

/* Lanes, where there are many rows. Incomplete rows get theirs where there can be any. */
static bool start_lanes(ntm_i_measuring *m) {
    size_t count = m->p->weights.count;
    bool may_miss = m->population.column != NULL;
    if (count >= NTM_I_LANES || m->table->rows < LANES_ROWS_MIN || m->grouping.groups->fields == 0) return true;
    for (size_t j = 0; j < count; j++)
        may_miss = may_miss || ntm_i_indicator_may_miss(&m->indicators[j]);
    for (size_t slot = 0; slot < (may_miss ? NTM_I_SLOTS : 1); slot++) {
        m->lanes[slot] = ntm_i_arena_take(&m->arena, 2 * NTM_I_LANE_GROUPS, sizeof *m->lanes[slot]);
        if (m->lanes[slot] == NULL) return false;
    }
    return true;
}

static void pour_lanes(ntm_i_measuring *m) {
    size_t groups = ntm_i_groups_count(&m->p->groups);
    if (groups > NTM_I_LANE_GROUPS) groups = NTM_I_LANE_GROUPS;
    if (groups > m->p->capacity) groups = m->p->capacity;
    for (size_t slot = 0; slot < NTM_I_SLOTS; slot++) {
        uint64_t *records = ntm_i_poverty_record(m->p, 0, NTM_I_WEIGH_ROWS, slot);
        if (m->lanes[slot] != NULL)
            ntm_i_lanes_pour(records, m->p->stride, m->p->weights.count, m->lanes[slot], groups);
    }
    m->poured = 0;
}

static void end_measuring(ntm_i_measuring *m) {
    ntm_i_grouping_end(&m->grouping);
    ntm_i_arena_end(&m->arena);
}

/* Room for all groups seen so far. */
static ntm_status grow(ntm_poverty *p, bool gaps, ntm_error *err) {
    size_t needed = ntm_i_groups_count(&p->groups);
    if (needed <= p->capacity) return NTM_OK;
    size_t capacity = p->capacity * 2 > needed ? p->capacity * 2 : needed;
    size_t gap_size = ntm_i_gap_stride(p) * sizeof *p->gaps, size = p->stride * sizeof *p->records;
    uint64_t *records = ntm_i_allocate(&p->allocator, capacity, size);
    ntm_i_wide *sums = gaps ? ntm_i_allocate(&p->allocator, capacity, gap_size) : NULL;
    if (records == NULL || (gaps && sums == NULL)) {
        ntm_i_release(&p->allocator, records, capacity, size);
        ntm_i_release(&p->allocator, sums, capacity, gap_size);
        return ntm_i_no_memory(err);
    }
    if (p->records != NULL) memcpy(records, p->records, p->capacity * size);
    if (p->gaps != NULL) memcpy(sums, p->gaps, p->capacity * gap_size);
    ntm_i_release(&p->allocator, p->records, p->capacity, size);
    ntm_i_release(&p->allocator, p->gaps, p->capacity, gap_size);
    p->records = records;
    p->gaps = sums;
    p->capacity = capacity;
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- one block */

/* The weights of the rows in halves; rows without one join the incomplete ones. */
static ntm_status load_population(ntm_i_measuring *m, uint64_t *unknown, ntm_error *err) {
    ntm_i_block_buffers *b = m->block;
    int64_t values[NTM_I_BLOCK];
    ntm_i_knowledge known;
    b->heavy = false;
    if (m->population.column == NULL) return NTM_OK;
    ntm_i_knowledge_load(&known, m->population.column, b->start, b->rows);
    ntm_status status = ntm_i_numbers_load(values, &known, &m->population, b->start, b->rows, err);
    for (size_t r = 0; r < b->rows && status == NTM_OK; r++) {
        ntm_i_place place = NTM_I_ROW(m->population.name, b->start + r);
        bool is_known = ntm_i_word_bit(known.known, r);
        if (!is_known && m->p->incomplete == NTM_INCOMPLETE_BOUNDS)
            return ntm_i_fail(err, NTM_ERROR_VALUE, place, "the weight is not reported: nothing bounds it");
        if (values[r] < 0) return ntm_i_fail(err, NTM_ERROR_VALUE, place, "the weight is negative");
        if (!is_known) unknown[r / 64] |= (uint64_t)1 << r % 64;
        b->low[r] = (uint32_t)(values[r] & UINT32_MAX);
        b->high[r] = (uint32_t)(values[r] >> 32);
        b->heavy = b->heavy || b->high[r] != 0;
    }
    return status;
}

/* Reads all columns of a block, and parts its rows into complete and incomplete ones. */
static ntm_status load_block(ntm_i_measuring *m, ntm_error *err) {
    ntm_i_block_buffers *b = m->block;
    size_t words = ntm_i_words_of(b->rows), count = m->p->weights.count;
    uint64_t incomplete[NTM_I_WORDS] = {0}, unknown[NTM_I_WORDS];
    ntm_status status = ntm_i_grouping_read(b->group, &m->grouping, b->start, b->rows, err);
    if (status == NTM_OK) status = grow(m->p, b->values != NULL, err);
    for (size_t j = 0; j < count && status == NTM_OK; j++) {
        status = ntm_i_indicator_load(b->deprived[j], unknown, b->values == NULL ? NULL : b->values[j],
                                      &m->indicators[j], b->start, b->rows, err);
        for (size_t w = 0; w < words; w++) {
            incomplete[w] |= unknown[w];
            b->possible[j][w] = b->deprived[j][w] | unknown[w];
        }
        for (size_t w = words; w < NTM_I_WORDS; w++)
            b->deprived[j][w] = b->possible[j][w] = 0;
    }
    if (status == NTM_OK) status = load_population(m, incomplete, err);
    b->incomplete = false;
    for (size_t w = 0; w < words; w++) {
        uint64_t all = w + 1 < words ? ~(uint64_t)0 : ntm_i_last_word(b->rows);
        b->masks[NTM_I_COMPLETE][w] = all & ~incomplete[w];
        b->masks[NTM_I_LEAST][w] = b->masks[NTM_I_MOST][w] = incomplete[w];
        b->incomplete = b->incomplete || incomplete[w] != 0;
    }
    return status;
}

static void tally_slot(const ntm_i_measuring *m, ntm_i_slot slot) {
    ntm_i_block_buffers *b = m->block;
    const uint64_t(*deprived)[NTM_I_WORDS] =
        (const uint64_t(*)[NTM_I_WORDS])(slot == NTM_I_MOST ? b->possible : b->deprived);
    ntm_i_tally_block block = {.rows = b->rows,
                               .deprived = deprived,
                               .poor = b->poor[slot],
                               .mask = b->masks[slot],
                               .group = b->group,
                               .count = m->p->weights.count,
                               .stride = m->p->stride,
                               .spread = &b->spread};
    for (size_t weighing = 0; weighing < m->p->weighings; weighing++) {
        if (weighing == NTM_I_WEIGH_HIGH && !b->heavy) continue;
        bool rows = weighing == NTM_I_WEIGH_ROWS;
        block.weights = rows ? NULL : weighing == NTM_I_WEIGH_LOW ? b->low : b->high;
        block.records = ntm_i_poverty_record(m->p, 0, weighing, slot);
        block.lanes = rows && ntm_i_groups_count(&m->p->groups) <= NTM_I_LANE_GROUPS ? m->lanes[slot] : NULL;
        m->kernels->tally(&block);
    }
}

static ntm_status measure_block(ntm_i_measuring *m, ntm_error *err) {
    ntm_i_block_buffers *b = m->block;
    ntm_status status = load_block(m, err);
    if (status != NTM_OK) return status;
    size_t words = ntm_i_words_of(b->rows);
    bool bounds = b->incomplete && m->p->incomplete == NTM_INCOMPLETE_BOUNDS;
    m->kernels->poor(b->poor[NTM_I_COMPLETE], &m->line, (const uint64_t(*)[NTM_I_WORDS])b->deprived, words);
    tally_slot(m, NTM_I_COMPLETE);
    if (b->incomplete) {
        memcpy(b->poor[NTM_I_LEAST], b->poor[NTM_I_COMPLETE], sizeof b->poor[0]);
        tally_slot(m, NTM_I_LEAST);
    }
    if (bounds) {
        m->kernels->poor(b->poor[NTM_I_MOST], &m->line, (const uint64_t(*)[NTM_I_WORDS])b->possible, words);
        tally_slot(m, NTM_I_MOST);
    }
    return b->values == NULL ? NTM_OK : ntm_i_gaps_add(m, err);
}

static ntm_status measure_rows(ntm_i_measuring *m, ntm_error *err) {
    ntm_status status = NTM_OK;
    for (size_t start = 0; start < m->table->rows && status == NTM_OK; start += NTM_I_BLOCK) {
        size_t left = m->table->rows - start;
        m->block->start = start;
        m->block->rows = left < NTM_I_BLOCK ? left : NTM_I_BLOCK;
        if (m->poured + m->block->rows > NTM_I_LANE_ROWS_MAX) pour_lanes(m);
        m->poured += m->block->rows;
        status = measure_block(m, err);
    }
    if (status == NTM_OK) pour_lanes(m);
    return status;
}

/* ------------------------------------------------------------------------------------------- the call */

static ntm_status measure(ntm_poverty *p, const ntm_table *table, const ntm_deprivation *indicators,
                          const ntm_poverty_options *options, ntm_error *err) {
    ntm_i_measuring *m = ntm_i_allocate(&p->allocator, 1, sizeof *m);
    if (m == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&m->arena, &p->allocator);
    m->p = p;
    m->table = table;
    m->kernels = ntm_i_tally_best();
    start_line(m);
    ntm_status status = start_columns(m, indicators, options, err);
    if (status == NTM_OK && (!start_block(m, options->gaps) || !start_lanes(m))) status = ntm_i_no_memory(err);
    if (status == NTM_OK) status = measure_rows(m, err);
    if (status == NTM_OK) status = ntm_i_groups_sort(&p->groups, err);
    end_measuring(m);
    ntm_i_release(&p->allocator, m, 1, sizeof *m);
    return status;
}

ntm_status ntm_poverty_measure(ntm_poverty **out, const ntm_table *table, const ntm_deprivation *indicators,
                               size_t indicator_count, const ntm_poverty_options *options, ntm_error *err) {
    if (out == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "out is NULL");
    ntm_i_weights weights;
    ntm_status status = check_options(table, indicators, indicator_count, options, err);
    if (status == NTM_OK) status = ntm_i_weights_make(&weights, indicators, indicator_count, options, err);
    if (status != NTM_OK) return status;
    ntm_allocator allocator = ntm_i_allocator(options->allocator);
    ntm_poverty *p = ntm_i_allocate(&allocator, 1, sizeof *p);
    if (p == NULL) return ntm_i_no_memory(err);
    p->allocator = allocator;
    p->weights = weights;
    p->indicators = indicator_count;
    p->incomplete = options->incomplete;
    p->has_gaps = options->gaps;
    p->weighings = options->population == NULL ? 1 : 3;
    p->stride = p->weighings * NTM_I_SLOTS * ntm_i_record_size(weights.count);
    status = ntm_i_groups_start(&p->groups, options->groups, options->group_count, &allocator, err);
    if (status == NTM_OK) status = measure(p, table, indicators, options, err);
    if (status != NTM_OK) {
        ntm_poverty_free(p);
        return status;
    }
    *out = p;
    return NTM_OK;
}

void ntm_poverty_free(ntm_poverty *p) {
    if (p == NULL) return;
    ntm_allocator allocator = p->allocator;
    ntm_i_release(&allocator, p->records, p->capacity, p->stride * sizeof *p->records);
    ntm_i_release(&allocator, p->gaps, p->capacity, ntm_i_gap_stride(p) * sizeof *p->gaps);
    ntm_i_groups_end(&p->groups);
    ntm_i_release(&allocator, p, 1, sizeof *p);
}
