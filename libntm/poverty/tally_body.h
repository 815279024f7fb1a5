/* SPDX-License-Identifier: Apache-2.0 */
/* The loops of tally.h, written once in plain C. tally.c compiles them for several instruction sets: everything here is
   inlined into functions that name their set, and the compiler makes of it what the set allows. */
#ifndef NTM_I_POVERTY_TALLY_BODY_H
#define NTM_I_POVERTY_TALLY_BODY_H

#include <string.h>

#include "poverty/tally.h"

#define INLINE static inline __attribute__((always_inline))

/* Bit-sliced addition: plane b holds bit b of the sums of all rows. Adding a weight is adding the mask at each of the
   weight's bits; the sums never exceed `total`, so that no carry leaves the last plane. */
INLINE void body_poor(uint64_t *poor, const ntm_i_line *line, const uint64_t (*deprived)[NTM_I_WORDS], size_t words) {
    memset(line->scratch, 0, line->planes * NTM_I_WORDS * sizeof *line->scratch);
    for (size_t j = 0; j < line->count; j++) {
        for (unsigned bit = 0; bit < line->planes; bit++) {
            if ((line->weights[j] >> bit & 1) == 0) continue;
            uint64_t carry[NTM_I_WORDS];
            memcpy(carry, deprived[j], sizeof carry);
            for (unsigned b = bit; b < line->planes; b++) {
                uint64_t *plane = line->scratch + (size_t)b * NTM_I_WORDS;
                for (size_t w = 0; w < NTM_I_WORDS; w++) {
                    uint64_t both = plane[w] & carry[w];
                    plane[w] ^= carry[w];
                    carry[w] = both;
                }
            }
        }
    }
    /* From the lowest bit up: a set bit of the sum wins where the cut-off has none, and is needed where it has one. */
    for (size_t w = 0; w < words; w++)
        poor[w] = ~(uint64_t)0;
    for (unsigned b = 0; b < line->planes; b++) {
        const uint64_t *plane = line->scratch + (size_t)b * NTM_I_WORDS;
        bool set = (line->cutoff >> b & 1) != 0;
        for (size_t w = 0; w < words; w++)
            poor[w] = set ? plane[w] & poor[w] : plane[w] | poor[w];
    }
}

INLINE uint64_t ones(uint64_t word) { return (uint64_t)__builtin_popcountll(word); }

/* All rows of words [from, to) are of one group and count 1. */
INLINE void body_uniform(const ntm_i_tally_block *b, uint64_t *record, size_t from, size_t to) {
    uint64_t n = 0, q = 0;
    for (size_t w = from; w < to; w++) {
        n += ones(b->mask[w]);
        q += ones(b->mask[w] & b->poor[w]);
    }
    record[0] += n;
    record[1] += q;
    for (size_t j = 0; j < b->count; j++) {
        const uint64_t *deprived = b->deprived[j];
        uint64_t raw = 0, censored = 0;
        for (size_t w = from; w < to; w++) {
            uint64_t counted = deprived[w] & b->mask[w];
            raw += ones(counted);
            censored += ones(counted & b->poor[w]);
        }
        record[2 + j] += raw;
        record[2 + b->count + j] += censored;
    }
}

/* The rows of a word that are in `group`, of 64 rows. */
INLINE uint64_t rows_of_group(const uint32_t *groups, uint32_t group) {
    uint8_t equal[64];
    uint64_t mask = 0;
    for (size_t i = 0; i < 64; i++)
        equal[i] = groups[i] == group;
    for (size_t i = 0; i < 8; i++) {
        uint64_t eight = 0;
        memcpy(&eight, equal + 8 * i, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        eight = __builtin_bswap64(eight);
#endif
        mask |= (eight * 0x0102040810204080u >> 56) << 8 * i;
    }
    return mask;
}

/* Row by row, by the bits that are set. */
INLINE void body_rows(const ntm_i_tally_block *b, size_t w, uint64_t rows) {
    for (uint64_t left = rows; left != 0; left &= left - 1) {
        size_t r = 64 * w + (size_t)__builtin_ctzll(left);
        uint64_t weight = b->weights == NULL ? 1 : b->weights[r];
        uint64_t *record = b->records + b->group[r] * b->stride;
        record[0] += weight;
        if ((b->poor[w] & left & (0 - left)) != 0) record[1] += weight;
    }
    for (size_t j = 0; j < b->count; j++) {
        for (uint64_t left = b->deprived[j][w] & rows; left != 0; left &= left - 1) {
            size_t r = 64 * w + (size_t)__builtin_ctzll(left);
            uint64_t weight = b->weights == NULL ? 1 : b->weights[r];
            uint64_t *record = b->records + b->group[r] * b->stride + 2 + j;
            record[0] += weight;
            if ((b->poor[w] & left & (0 - left)) != 0) record[b->count] += weight;
        }
    }
}

/* What an instruction set can do better than the compiler finds out. */
typedef struct body_tricks {
    /* Bit i of the word is or-ed into byte i as that bit. */
    void (*spread)(uint8_t bytes[64], uint64_t word, unsigned bit, const ntm_i_spread *tables);
    /* Adds 1 to the lanes whose bit is set in the pattern. */
    void (*add)(ntm_i_lanes *to, uint16_t pattern, const ntm_i_spread *tables);
} body_tricks;

INLINE void spread_by_table(uint8_t bytes[64], uint64_t word, unsigned bit, const ntm_i_spread *tables) {
    for (size_t i = 0; i < 8; i++) {
        uint64_t eight = 0, more = tables->bytes[word >> 8 * i & 0xff];
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        more = __builtin_bswap64(more);
#endif
        memcpy(&eight, bytes + 8 * i, 8);
        eight |= more << bit; /* 0 or 1 in each byte: nothing moves to the next */
        memcpy(bytes + 8 * i, &eight, 8);
    }
}

/* Two halves of one size everywhere, so that what was just written can be read again at once. */
INLINE void add_by_table(ntm_i_lanes *to, uint16_t pattern, const ntm_i_spread *tables) {
    typedef uint16_t eight __attribute__((vector_size(16)));
    eight halves[2], more[2];
    memcpy(&halves[0], &to->count[0], 16);
    memcpy(&halves[1], &to->count[8], 16);
    memcpy(&more[0], tables->lanes[pattern & 0xff], 16);
    memcpy(&more[1], tables->lanes[pattern >> 8], 16);
    halves[0] += more[0];
    halves[1] += more[1];
    memcpy(&to->count[0], &halves[0], 16);
    memcpy(&to->count[8], &halves[1], 16);
}

/* Each row's pattern of deprivations, with a bit more that all rows have, added to the lanes of its group. */
INLINE void body_lanes(const ntm_i_tally_block *b, size_t w, uint64_t rows, const body_tricks *tricks) {
    uint8_t low[64] = {0}, high[64] = {0}, poor[64] = {0};
    uint16_t patterns[64];
    uint32_t keys[64];
    size_t end = b->rows - 64 * w < 64 ? b->rows - 64 * w : 64;
    for (size_t j = 0; j < b->count && j < 8; j++)
        tricks->spread(low, b->deprived[j][w], (unsigned)j, b->spread);
    for (size_t j = 8; j < b->count; j++)
        tricks->spread(high, b->deprived[j][w], (unsigned)j - 8, b->spread);
    tricks->spread(poor, b->poor[w], 0, b->spread);
    for (size_t i = 0; i < 64; i++)
        patterns[i] = (uint16_t)(low[i] | high[i] << 8 | 1u << (NTM_I_LANES - 1));
    for (size_t i = 0; i < end; i++)
        keys[i] = 2 * b->group[64 * w + i] + poor[i];
    if (rows == ~(uint64_t)0) {
        for (size_t i = 0; i < 64; i++)
            tricks->add(&b->lanes[keys[i]], patterns[i], b->spread);
        return;
    }
    for (uint64_t left = rows; left != 0; left &= left - 1) {
        size_t i = (size_t)__builtin_ctzll(left);
        tricks->add(&b->lanes[keys[i]], patterns[i], b->spread);
    }
}

/* The rows of a group that has many in a word of `left` rows, and 0 when the next row's group has few. */
INLINE uint64_t many_of_group(const ntm_i_tally_block *b, size_t w, uint64_t left) {
    enum { MANY = 12, LOOK = 8 };
    const uint32_t *group = b->group + 64 * w;
    size_t first = (size_t)__builtin_ctzll(left), alike = 0;
    if (64 * w + 64 > b->rows || first + LOOK > 64) return 0;
    for (size_t i = 1; i < LOOK; i++)
        alike += group[first + i] == group[first];
    if (alike == 0) return 0;
    uint64_t rows = rows_of_group(group, group[first]) & left;
    return ones(rows) < MANY ? 0 : rows;
}

/* Rows of several groups: groups with many rows by their masks, the rest by lanes or row by row. */
INLINE void body_word(const ntm_i_tally_block *b, size_t w, const body_tricks *tricks) {
    uint64_t left = b->mask[w];
    while (b->weights == NULL && left != 0) {
        uint64_t rows = many_of_group(b, w, left);
        if (rows == 0) break;
        uint64_t *record = b->records + b->group[64 * w + (size_t)__builtin_ctzll(rows)] * b->stride;
        record[0] += ones(rows);
        record[1] += ones(rows & b->poor[w]);
        for (size_t j = 0; j < b->count; j++) {
            record[2 + j] += ones(b->deprived[j][w] & rows);
            record[2 + b->count + j] += ones(b->deprived[j][w] & rows & b->poor[w]);
        }
        left &= ~rows;
    }
    if (left == 0) return;
    if (b->lanes != NULL)
        body_lanes(b, w, left, tricks);
    else
        body_rows(b, w, left);
}

/* Whether rows [from, to) are of one group. */
INLINE bool same_group(const uint32_t *groups, size_t from, size_t to) {
    uint32_t different = 0;
    for (size_t r = from; r < to; r++)
        different |= groups[r] ^ groups[from];
    return different == 0;
}

INLINE void body_tally(const ntm_i_tally_block *b, const body_tricks *tricks) {
    size_t words = ntm_i_words_of(b->rows);
    if (b->weights == NULL && same_group(b->group, 0, b->rows)) {
        body_uniform(b, b->records + b->group[0] * b->stride, 0, words);
        return;
    }
    for (size_t w = 0; w < words; w++) {
        size_t end = 64 * w + 64 < b->rows ? 64 * w + 64 : b->rows;
        if (b->mask[w] == 0) continue;
        if (b->weights == NULL && same_group(b->group, 64 * w, end))
            body_uniform(b, b->records + b->group[64 * w] * b->stride, w, w + 1);
        else
            body_word(b, w, tricks);
    }
}

/* ------------------------------------------------------------------------------------------- groups */

/* `wide` is the unsigned type in which differences of values of `type` are told apart. */
#define BODY_IDS(type, wide)                                                                                           \
    do {                                                                                                               \
        const type *values = column->data;                                                                             \
        for (size_t r = 0; r < rows; r++) {                                                                            \
            wide id = (wide)values[r] - (wide)column->least;                                                           \
            uint32_t other = column->negative && values[r] < 0 ? 0 : UINT32_MAX;                                       \
            out[r] = id < column->values ? (uint32_t)id + 2 : other;                                                   \
        }                                                                                                              \
    } while (0)

INLINE void body_ids(uint32_t *out, const ntm_i_ids *column, size_t rows) {
    if (column->size == 1)
        BODY_IDS(int8_t, uint32_t);
    else if (column->size == 2)
        BODY_IDS(int16_t, uint32_t);
    else if (column->size == 4)
        BODY_IDS(int32_t, uint32_t);
    else
        BODY_IDS(int64_t, uint64_t);
}

INLINE bool body_combine(uint32_t *cells, const uint32_t *ids, uint32_t radix, size_t rows) {
    uint32_t bad = 0;
    for (size_t r = 0; r < rows; r++) {
        bad |= ids[r] == UINT32_MAX;
        cells[r] = cells[r] * radix + ids[r];
    }
    return bad == 0;
}

INLINE bool body_look_up(uint32_t *groups, const uint32_t *cells, const uint32_t *map, size_t rows) {
    uint32_t unseen = 0, different = 0;
    for (size_t r = 1; r < rows; r++)
        different |= cells[r] ^ cells[0];
    if (different == 0 && rows > 0) {
        for (size_t r = 0; r < rows; r++)
            groups[r] = map[cells[0]] - 1;
        return map[cells[0]] != 0;
    }
    for (size_t r = 0; r < rows; r++) {
        uint32_t found = map[cells[r]];
        unseen |= found == 0;
        groups[r] = found - 1;
    }
    return unseen == 0;
}

#endif
