/* SPDX-License-Identifier: Apache-2.0 */
/* Results as an Arrow record batch: an ordinary table of copies, given out by the column layer. */
#include <string.h>

#include "attainment/attainment.h"
#include "base/error.h"

/* The table's memory; goes when the consumer has released the batch. */
typedef struct holder {
    ntm_i_arena arena;
    ntm_field *fields;
    size_t count;
} holder;

static void drop(void *context) {
    holder *h = context;
    ntm_i_arena arena = h->arena; /* which holds the holder itself */
    ntm_i_arena_end(&arena);
}

/* 1 met, 2 not met, null open. */
static bool add_verdicts(holder *h, const ntm_attainment *a, size_t slot) {
    int8_t *values = ntm_i_arena_take(&h->arena, a->rows, 1);
    uint8_t *valid = ntm_i_arena_take(&h->arena, a->words, sizeof(uint64_t));
    const char *name = ntm_i_arena_text(&h->arena, a->slot_names[slot], strlen(a->slot_names[slot]));
    if (values == NULL || valid == NULL || name == NULL) return false;
    for (size_t i = 0; i < a->rows; i++) {
        ntm_verdict verdict = ntm_i_attainment_at(a, slot, i);
        values[i] = (int8_t)verdict;
        valid[i / 8] = (uint8_t)(valid[i / 8] | (verdict != NTM_OPEN) << (i % 8));
    }
    ntm_field *field = &h->fields[h->count++];
    *field = (ntm_field){name, NTM_COLUMN_INIT};
    field->column.type = NTM_TYPE_INT8;
    field->column.data = values;
    field->column.stride_bytes = 1;
    field->column.length = a->rows;
    field->column.validity = valid;
    return true;
}

static bool add_counts(holder *h, const char *name, const uint16_t *counts, size_t rows) {
    int32_t *values = ntm_i_arena_take(&h->arena, rows, sizeof *values);
    if (values == NULL) return false;
    for (size_t i = 0; i < rows; i++)
        values[i] = counts[i];
    ntm_field *field = &h->fields[h->count++];
    *field = (ntm_field){name, NTM_COLUMN_INIT};
    field->column.type = NTM_TYPE_INT32;
    field->column.data = values;
    field->column.stride_bytes = 4;
    field->column.length = rows;
    return true;
}

static bool fill(holder *h, const ntm_attainment *a) {
    h->fields = ntm_i_arena_take(&h->arena, a->slot_count + 2, sizeof *h->fields);
    if (h->fields == NULL) return false;
    size_t status = ntm_i_attainment_slot(a, NTM_OF_STATUS, 0);
    bool good = add_verdicts(h, a, status) && add_verdicts(h, a, ntm_i_attainment_slot(a, NTM_OF_CRITERIA_STATUS, 0)) &&
                add_counts(h, "criteria_met_least", a->least, a->rows) &&
                add_counts(h, "criteria_met_most", a->most, a->rows);
    for (size_t slot = 0; slot < a->slot_count && good; slot++)
        if (a->slots[slot].met != NULL && slot < a->criterion_count + a->indicator_count)
            good = add_verdicts(h, a, slot);
    return good;
}

ntm_status ntm_attainment_export(struct ArrowSchema *schema, struct ArrowArray *array, const ntm_attainment *attainment,
                                 const ntm_allocator *allocator, ntm_error *err) {
    if (schema == NULL || array == NULL || attainment == NULL || !ntm_i_allocator_usable(allocator))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a schema, an array and a result are needed");
    ntm_i_arena arena;
    ntm_i_arena_start(&arena, allocator);
    holder *h = ntm_i_arena_take(&arena, 1, sizeof *h);
    if (h == NULL) {
        ntm_i_arena_end(&arena);
        return ntm_i_no_memory(err);
    }
    h->arena = arena; /* from here on the arena lives in the holder */
    ntm_table table = NTM_TABLE_INIT;
    ntm_status status = fill(h, attainment) ? NTM_OK : ntm_i_no_memory(err);
    table.rows = attainment->rows;
    table.fields = h->fields;
    table.field_count = h->count;
    if (status == NTM_OK) status = ntm_arrow_export(schema, array, &table, drop, h, allocator, err);
    if (status != NTM_OK) drop(h);
    return status;
}
