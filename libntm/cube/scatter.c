/* SPDX-License-Identifier: Apache-2.0 */
/* Rows into cells, block by block.
 *
 * A block's keys are worked out and its amounts looked over in the nearest cache before any of them is added, so that adding
 * needs no check of its own: memory is all it waits for. Whether a cell has rows at all is seen by its sum, as long as
 * amounts are above 0; only rows that are 0 or below, or not reported, mark their cells. */
#include <string.h>

#include "column/bits.h"
#include "column/values.h"
#include "column/words.h"
#include "cube/cube.h"
#include "cube/kernels.h"

enum { BLOCK = NTM_I_LEDGER_BLOCK, WORDS = BLOCK / 64 };

/* Larger amounts than this, with a sign, go straight to 128 bits: a block of smaller ones fits 64. */
#define LARGE (UINT64_C(1) << 52)

typedef struct block {
    size_t start, count;
    const int64_t *amounts;  /* of all rows of the block: 0 where there is none */
    bool odd;                /* some rows do not count, or are not reported */
    uint64_t magnitude, low; /* of those that do and are: what the kernels say of them */
    uint64_t live[WORDS], known[WORDS];
    uint32_t keys[BLOCK];
    uint64_t wide_keys[BLOCK]; /* in place of keys, if the store is no array */
    uint32_t codes[BLOCK];
    int64_t copied[BLOCK];
} block;

typedef struct scattering {
    ntm_i_scatter *s;
    const ntm_i_cube_kernels *kernels;
    uint32_t *tables[NTM_I_BASES_MAX]; /* by side: coordinate × stride by code; NULL = the code itself */
    uint64_t since;                    /* no sum is larger since sums were last moved to 128 bits */
    bool failed, changed;
    block b;
} scattering;

/* ------------------------------------------------------------------------------------------- which rows */

static const char *data_at(const ntm_i_codes *codes, size_t row) {
    return (const char *)codes->data + row * ntm_i_type_size(codes->type);
}

static void mask_bits(scattering *g, const uint8_t *bits, size_t offset, bool set_is_out) {
    uint64_t words[WORDS];
    if (bits == NULL) return;
    ntm_i_words_load(words, bits, offset + g->b.start, g->b.count);
    for (size_t w = 0; w < ntm_i_words_of(g->b.count); w++)
        g->b.live[w] &= set_is_out ? ~words[w] : words[w];
}

static void mask_only(scattering *g, const ntm_i_scatter_only *only) {
    ntm_i_codes_block(g->b.codes, only->codes, g->b.start, g->b.count);
    for (size_t i = 0; i < g->b.count; i++) {
        uint32_t code = g->b.codes[i];
        if (code >= only->codes->count) g->changed = true;
        if (code >= only->codes->count || !only->live[code]) ntm_i_word_clear(g->b.live, i);
    }
}

/* Which rows count, and which of them have an amount. */
static void look_at_rows(scattering *g) {
    const ntm_i_scatter *s = g->s;
    block *b = &g->b;
    size_t words = ntm_i_words_of(b->count);
    memset(b->live, 0xff, sizeof b->live);
    b->live[words - 1] = ntm_i_last_word(b->count);
    b->amounts = s->numbers->values + b->start;
    b->odd = false;
    if (s->numbers->known == NULL && s->ledger->out == NULL && s->numbers->absent == NULL && s->only_count == 0) {
        g->kernels->scan(&b->magnitude, &b->low, b->amounts, b->count);
        return;
    }
    mask_bits(g, s->ledger->out, 0, true);
    mask_bits(g, s->numbers->absent, 0, true);
    for (size_t i = 0; i < s->only_count; i++)
        mask_only(g, &s->only[i]);
    memcpy(b->known, b->live, sizeof b->known);
    if (s->numbers->known != NULL) {
        uint64_t bits[WORDS];
        ntm_i_words_load(bits, s->numbers->known, s->numbers->known_offset + b->start, b->count);
        for (size_t w = 0; w < words; w++)
            b->known[w] &= bits[w];
    }
    for (size_t w = 0; w < words; w++)
        b->odd = b->odd || b->known[w] != (w + 1 == words ? ntm_i_last_word(b->count) : UINT64_MAX);
    if (!b->odd) {
        g->kernels->scan(&b->magnitude, &b->low, b->amounts, b->count);
        return;
    }
    g->kernels->mask(b->copied, &b->magnitude, &b->low, b->amounts, b->known, b->count);
    b->amounts = b->copied;
}

/* ------------------------------------------------------------------------------------------- which cells */

static void find_keys(scattering *g) {
    block *b = &g->b;
    for (size_t row = 0; row < b->count; row++)
        b->keys[row] = (uint32_t)g->s->offset;
    for (size_t i = 0; i < g->s->side_count; i++) {
        const ntm_i_scatter_side *side = &g->s->sides[i];
        const ntm_i_codes *codes = side->codes;
        const void *data = data_at(codes, b->start);
        bool good = g->tables[i] == NULL ? g->kernels->place(b->keys, codes->type, data, (uint32_t)codes->least,
                                                             codes->count, (uint32_t)side->stride, b->count)
                                         : g->kernels->look(b->keys, codes->type, data, (uint32_t)codes->least,
                                                            codes->count, g->tables[i], b->count);
        g->changed = g->changed || !good;
    }
}

static void find_wide_keys(scattering *g) {
    block *b = &g->b;
    for (size_t row = 0; row < b->count; row++)
        b->wide_keys[row] = g->s->offset;
    for (size_t i = 0; i < g->s->side_count; i++) {
        const ntm_i_scatter_side *side = &g->s->sides[i];
        ntm_i_codes_block(b->codes, side->codes, b->start, b->count);
        for (size_t row = 0; row < b->count; row++) {
            uint32_t code = b->codes[row];
            g->changed = g->changed || code >= side->codes->count;
            if (code >= side->codes->count) continue;
            uint32_t at = side->coordinate == NULL ? code : side->coordinate[code];
            b->wide_keys[row] += (at == NTM_I_NO_NODE ? 0 : at) * side->stride;
        }
    }
}

/* ------------------------------------------------------------------------------------------- adding */

static bool make_wides(ntm_i_store *store) {
    if (store->wides == NULL)
        store->wides = ntm_i_allocate(&store->allocator, (size_t)store->keys, sizeof *store->wides);
    return store->wides != NULL;
}

/* Moves the sums to 128 bits, so that there is room again. */
static bool spill(scattering *g) {
    ntm_i_store *store = g->s->store;
    if (!make_wides(store)) return false;
    for (size_t key = 0; key < store->keys; key++) {
        store->wides[key] += store->sums[key];
        store->sums[key] = 0;
    }
    g->since = 0;
    return true;
}

static bool add_large(scattering *g) {
    ntm_i_store *store = g->s->store;
    const block *b = &g->b;
    if (!make_wides(store)) return false;
    for (size_t i = 0; i < b->count; i++)
        store->wides[b->keys[i]] += b->amounts[i];
    return true;
}

static bool add_block(scattering *g, uint64_t magnitude) {
    int64_t *restrict sums = g->s->store->sums;
    const block *b = &g->b;
    const uint32_t *restrict keys = b->keys;
    const int64_t *restrict amounts = b->amounts;
    const size_t count = b->count;
    if (magnitude >= LARGE) return add_large(g);
    uint64_t most = (magnitude + 1) * b->count;
    if (g->since + most > INT64_MAX && !spill(g)) return false;
    g->since += most;
    for (size_t i = 0; i < count; i++)
        sums[keys[i]] += amounts[i];
    return true;
}

static void mark_bits(const block *b, ntm_i_store *store, const uint64_t *rows, uint8_t mark) {
    for (size_t w = 0; w < ntm_i_words_of(b->count); w++)
        for (uint64_t word = rows[w]; word != 0; word &= word - 1) {
            uint32_t key = b->keys[64 * w + ntm_i_word_lowest(word)];
            store->marks[key] = (uint8_t)(store->marks[key] | mark);
            if (mark == NTM_I_DUE) store->missing[key]++;
        }
}

/* Cells whose sum may not show that they have rows: with amounts of 0 or below, and of rows that are not reported. */
static bool mark_rows(scattering *g) {
    ntm_i_store *store = g->s->store;
    const block *b = &g->b;
    uint64_t rows[WORDS], due = 0;
    bool low = b->low >> 63 != 0 || b->magnitude >= LARGE;
    if (!b->odd && !low) return true;
    if (!ntm_i_store_marks(store)) return false;
    if (low) {
        g->kernels->lows(rows, b->amounts, b->count);
        for (size_t w = 0; w < ntm_i_words_of(b->count) && b->odd; w++)
            rows[w] &= b->known[w];
        mark_bits(b, store, rows, NTM_I_FLOW);
    }
    for (size_t w = 0; w < ntm_i_words_of(b->count) && b->odd; w++)
        due |= rows[w] = b->live[w] & ~b->known[w];
    if (due == 0) return true;
    if (!ntm_i_store_missing(store)) return false;
    mark_bits(b, store, rows, NTM_I_DUE);
    return true;
}

static bool add_to_table(scattering *g) {
    const block *b = &g->b;
    for (size_t i = 0; i < b->count; i++) {
        if (!ntm_i_word_bit(b->live, i)) continue;
        ntm_i_entry_cell *entry = ntm_i_store_entry(g->s->store, b->wide_keys[i]);
        if (entry == NULL) return false;
        bool due = b->odd && !ntm_i_word_bit(b->known, i);
        entry->mark = (uint8_t)((entry->mark & (NTM_I_FLOW | NTM_I_DUE)) | (due ? NTM_I_DUE : NTM_I_FLOW));
        entry->sum += b->amounts[i];
        entry->missing += due;
    }
    return true;
}

static void do_block(scattering *g) {
    block *b = &g->b;
    look_at_rows(g);
    g->s->bound += ((ntm_i_uwide)b->magnitude + 1) * b->count;
    if (!g->s->store->dense) {
        find_wide_keys(g);
        g->failed = !g->changed && !add_to_table(g);
        return;
    }
    find_keys(g);
    if (g->changed) return; /* nothing may be added at a place that nobody checked */
    g->failed = !add_block(g, b->magnitude) || !mark_rows(g);
}

/* ------------------------------------------------------------------------------------------- all rows */

static bool make_tables(scattering *g, ntm_i_arena *arena) {
    for (size_t i = 0; i < g->s->side_count; i++) {
        const ntm_i_scatter_side *side = &g->s->sides[i];
        if (side->coordinate == NULL || !g->s->store->dense) continue;
        g->tables[i] = ntm_i_arena_take(arena, side->codes->count, sizeof *g->tables[i]);
        if (g->tables[i] == NULL) return false;
        for (uint32_t code = 0; code < side->codes->count; code++)
            g->tables[i][code] =
                side->coordinate[code] == NTM_I_NO_NODE ? 0 : (uint32_t)(side->coordinate[code] * side->stride);
    }
    return true;
}

/* Cells with a sum have rows. */
static bool mark_sums(ntm_i_store *store) {
    if (!store->dense) return ntm_i_store_sort(store);
    if (!ntm_i_store_marks(store)) return false;
    for (size_t key = 0; key < store->keys; key++)
        store->marks[key] = (uint8_t)(store->marks[key] | (store->sums[key] != 0));
    for (size_t key = 0; key < store->keys && store->wides != NULL; key++)
        store->marks[key] = (uint8_t)(store->marks[key] | (store->wides[key] != 0));
    store->narrow = store->wides == NULL;
    return true;
}

bool ntm_i_scatter_run(ntm_i_scatter *s, bool *changed) {
    ntm_i_arena arena;
    ntm_i_arena_start(&arena, &s->store->allocator);
    scattering *g = ntm_i_arena_take(&arena, 1, sizeof *g);
    *changed = false;
    s->bound = 0;
    bool good = g != NULL && ntm_i_store_room(s->store);
    if (good) {
        g->s = s;
        g->kernels = ntm_i_cube_kernels_best();
        good = make_tables(g, &arena);
    }
    for (size_t row = s->first; good && row < s->end; row += BLOCK) {
        g->b.start = row;
        g->b.count = s->end - row < BLOCK ? s->end - row : BLOCK;
        do_block(g);
        *changed = g->changed;
        good = !g->failed && !g->changed;
    }
    ntm_i_arena_end(&arena);
    return good && mark_sums(s->store);
}
