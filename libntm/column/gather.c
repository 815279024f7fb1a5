/* SPDX-License-Identifier: Apache-2.0 */
#include "column/gather.h"

#include <string.h>

#include "column/bits.h"
#include "column/values.h"

static bool gather_text(ntm_column *out, const ntm_column *from, const uint32_t *rows, size_t count,
                        ntm_i_arena *arena) {
    const int32_t *offsets = from->data;
    uint64_t size = 0;
    for (size_t i = 0; i < count; i++)
        if (rows[i] != NTM_I_NO_PICK) size += (uint64_t)(offsets[rows[i] + 1] - offsets[rows[i]]);
    if (size > INT32_MAX) return false;
    int32_t *ends = ntm_i_arena_take(arena, count + 1, sizeof *ends);
    char *text = ntm_i_arena_take(arena, (size_t)size, 1);
    if (ends == NULL || text == NULL) return false;
    for (size_t i = 0; i < count; i++) {
        size_t bytes = rows[i] == NTM_I_NO_PICK ? 0 : (size_t)(offsets[rows[i] + 1] - offsets[rows[i]]);
        if (bytes > 0) memcpy(text + ends[i], from->text + offsets[rows[i]], bytes);
        ends[i + 1] = ends[i] + (int32_t)bytes;
    }
    out->data = ends;
    out->text = text;
    return true;
}

static bool gather_bits(ntm_column *out, const ntm_column *from, const uint32_t *rows, size_t count,
                        ntm_i_arena *arena) {
    uint8_t *bits = ntm_i_arena_take(arena, (count + 7) / 8, 1);
    if (bits == NULL) return false;
    for (size_t i = 0; i < count; i++)
        if (rows[i] != NTM_I_NO_PICK) ntm_i_set_bit(bits, i, ntm_i_bit(from->data, from->bit_offset + rows[i]));
    out->data = bits;
    out->bit_offset = 0;
    return true;
}

static bool gather_numbers(ntm_column *out, const ntm_column *from, const uint32_t *rows, size_t count,
                           ntm_i_arena *arena) {
    size_t size = ntm_i_type_size(from->type);
    uint8_t *data = ntm_i_arena_take(arena, count, size);
    if (data == NULL) return false;
    for (size_t i = 0; i < count; i++)
        if (rows[i] != NTM_I_NO_PICK)
            memcpy(data + i * size, (const uint8_t *)from->data + (int64_t)rows[i] * from->stride_bytes, size);
    out->data = data;
    out->stride_bytes = (int64_t)size;
    return true;
}

/* One bitmap of the column; `otherwise` where there is none, and 0 where nothing is picked. */
static const uint8_t *gather_bitmap(const uint8_t *bits, size_t offset, bool otherwise, const uint32_t *rows,
                                    size_t count, ntm_i_arena *arena) {
    uint8_t *out = ntm_i_arena_take(arena, (count + 7) / 8, 1);
    for (size_t i = 0; out != NULL && i < count; i++)
        if (rows[i] != NTM_I_NO_PICK)
            ntm_i_set_bit(out, i, bits == NULL ? otherwise : ntm_i_bit(bits, offset + rows[i]));
    return out;
}

bool ntm_i_column_gather(ntm_column *out, const ntm_column *from, const uint32_t *rows, size_t count,
                         ntm_i_arena *arena) {
    ntm_column column = *from;
    bool fits = from->type == NTM_TYPE_TEXT   ? gather_text(&column, from, rows, count, arena)
                : from->type == NTM_TYPE_BITS ? gather_bits(&column, from, rows, count, arena)
                                              : gather_numbers(&column, from, rows, count, arena);
    column.length = count;
    column.validity = gather_bitmap(from->validity, from->validity_offset, true, rows, count, arena);
    column.validity_offset = 0;
    if (from->not_applicable != NULL)
        column.not_applicable =
            gather_bitmap(from->not_applicable, from->not_applicable_offset, false, rows, count, arena);
    column.not_applicable_offset = 0;
    if (!fits || column.validity == NULL || (from->not_applicable != NULL && column.not_applicable == NULL))
        return false;
    *out = column;
    return true;
}
