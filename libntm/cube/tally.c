/* SPDX-License-Identifier: Apache-2.0 */
/* Tallies: made of rows, put together, freed. */
#include <string.h>

#include "base/text.h"
#include "cube/cube.h"

ntm_cube_tally *ntm_i_tally_start(const ntm_allocator *allocator) {
    ntm_cube_tally *tally = ntm_i_allocate(allocator, 1, sizeof *tally);
    if (tally == NULL) return NULL;
    ntm_i_arena_start(&tally->arena, allocator);
    ntm_i_store_start(&tally->store, 0, 0, true, &tally->arena.allocator);
    return tally;
}

void ntm_cube_tally_free(ntm_cube_tally *tally) {
    if (tally == NULL) return;
    ntm_allocator allocator = tally->arena.allocator;
    ntm_i_store_end(&tally->store);
    ntm_i_arena_end(&tally->arena);
    ntm_i_release(&allocator, tally, 1, sizeof *tally);
}

size_t ntm_cube_tally_cells(const ntm_cube_tally *tally) {
    return tally == NULL ? 0 : ntm_i_store_count(&tally->store);
}

/* ------------------------------------------------------------------------------------------- of rows */

/* The kinds of things, with their units. */
static bool copy_kinds(ntm_cube_tally *tally, const ntm_ledger *ledger) {
    const ntm_i_ledger_dimension *kinds = ntm_i_ledger_dimension_of(ledger, "kind");
    if (tally->question.measure != NTM_CUBE_QUANTITY || ledger->quantity_units == NULL) return true;
    tally->kind_count = kinds == NULL ? 1 : kinds->member_count;
    tally->kinds = ntm_i_arena_take(&tally->arena, tally->kind_count, sizeof *tally->kinds);
    tally->kind_units = ntm_i_arena_take(&tally->arena, tally->kind_count, sizeof *tally->kind_units);
    if (tally->kinds == NULL || tally->kind_units == NULL) return false;
    for (size_t i = 0; i < tally->kind_count; i++)
        if (!ntm_i_arena_copy(&tally->arena, &tally->kinds[i], kinds == NULL ? "" : kinds->members[i].id) ||
            !ntm_i_arena_copy(&tally->arena, &tally->kind_units[i], ledger->quantity_units[i]))
            return false;
    return true;
}

/* Whether no two members of a hidden base would be added. */
static ntm_status check_alone(const ntm_cube_tally *tally, const char *dimension, ntm_error *err) {
    const ntm_i_base *base = ntm_i_base_of(tally, dimension);
    uint32_t first = NTM_I_NO_NODE;
    ntm_i_entry_cell cell;
    if (base == NULL || base->side >= 0) return NTM_OK;
    for (uint64_t at = 0; ntm_i_store_next(&cell, &tally->store, &at);) {
        uint32_t coordinate = (uint32_t)(cell.key / base->stride % base->count);
        if (first == NTM_I_NO_NODE) first = coordinate;
        if (coordinate == first) continue;
        const char *ids[2];
        for (int i = 0; i < 2; i++) {
            uint32_t member = i == 0 ? first : coordinate;
            ids[i] = base->members[base->member_of == NULL ? member : base->member_of[member]].id;
        }
        return ntm_i_fail(err, NTM_ERROR_UNIT, NTM_I_SUBJECT(dimension),
                          "\"%.60s\" and \"%.60s\" would be added: make %s a side, or choose one of them", ids[0],
                          ids[1], dimension);
    }
    return NTM_OK;
}

ntm_status ntm_i_tally_check(const ntm_cube_tally *tally, ntm_error *err) {
    ntm_status status = check_alone(tally, "stage", err);
    if (status == NTM_OK && tally->question.measure == NTM_CUBE_QUANTITY) status = check_alone(tally, "kind", err);
    return status;
}

static ntm_status add_rows(ntm_cube_tally *tally, ntm_i_scatter *s, ntm_error *err) {
    uint64_t keys = 0;
    bool changed = false;
    if (!ntm_i_bases_stride(tally, &keys))
        return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "more than 2^63 cells");
    ntm_i_store_start(&tally->store, keys, s->end - s->first, true, &tally->arena.allocator);
    for (size_t i = 0; i < s->side_count; i++)
        s->sides[i].stride = tally->bases[i].stride;
    s->store = &tally->store;
    bool good = ntm_i_scatter_run(s, &changed);
    tally->bound = s->bound;
    if (changed)
        return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_NOWHERE, "columns of the ledger were changed after it was made");
    return good ? NTM_OK : ntm_i_no_memory(err);
}

static ntm_status make_tally(ntm_cube_tally *tally, const ntm_ledger *ledger, const ntm_cube_options *options,
                             ntm_i_arena *scratch, ntm_error *err) {
    ntm_i_scatter *s = ntm_i_arena_take(scratch, 1, sizeof *s);
    bool money = options->measure == NTM_CUBE_AMOUNT;
    if (s == NULL || !ntm_i_question_copy(&tally->question, options, &tally->arena)) return ntm_i_no_memory(err);
    s->ledger = ledger;
    s->numbers = money ? &ledger->amounts : &ledger->quantities;
    if (s->numbers->values == NULL && ledger->rows > 0)
        return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_SUBJECT(money ? "amount" : "quantity"),
                          "the ledger has no such column");
    tally->units = ledger->units;
    tally->echelon = ledger->echelon;
    tally->scale = s->numbers->scale;
    s->first = options->first_row < ledger->rows ? (size_t)options->first_row : ledger->rows;
    s->end = options->row_count < ledger->rows - s->first ? s->first + (size_t)options->row_count : ledger->rows;
    ntm_status status = ntm_i_bases_make(tally, s, ledger, scratch, err);
    if (status == NTM_OK && !copy_kinds(tally, ledger)) status = ntm_i_no_memory(err);
    if (status == NTM_OK) status = add_rows(tally, s, err);
    return status == NTM_OK ? ntm_i_tally_check(tally, err) : status;
}

ntm_status ntm_cube_tally_new(ntm_cube_tally **out, const ntm_ledger *ledger, const ntm_cube_options *options,
                              ntm_error *err) {
    const ntm_cube_options usual = NTM_CUBE_OPTIONS_INIT;
    ntm_i_arena scratch;
    options = options == NULL ? &usual : options;
    if (out == NULL || ledger == NULL) return ntm_i_wrong_call(err, "a place for the tally and a ledger are needed");
    ntm_status status = ntm_i_question_check(options, err);
    if (status != NTM_OK) return status;
    ntm_cube_tally *tally = ntm_i_tally_start(options->allocator);
    if (tally == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&scratch, options->allocator);
    status = make_tally(tally, ledger, options, &scratch, err);
    ntm_i_arena_end(&scratch);
    if (status != NTM_OK) {
        ntm_cube_tally_free(tally);
        return status;
    }
    *out = tally;
    return NTM_OK;
}
