/* SPDX-License-Identifier: Apache-2.0 */
/* Who holds what on a day. */
#include <string.h>

#include "column/bits.h"
#include "column/values.h"
#include "base/text.h"
#include "recognition/register.h"

const ntm_i_span *ntm_i_span_on(const ntm_i_track *track, ntm_date on) {
    const ntm_i_span *spans = track == NULL ? NULL : track->spans.items;
    size_t low = 0, high = track == NULL ? 0 : track->spans.count;
    while (low < high) { /* spans before low begin on or before the day */
        size_t middle = low + (high - low) / 2;
        if (spans[middle].from <= on)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? NULL : &spans[low - 1];
}

static ntm_holding holding_of(const ntm_i_span *span, ntm_date on) {
    ntm_holding holding = {span->verdict, span->reason, NULL, span->since, NTM_DATE_NONE, span->act};
    if (span->verdict != NTM_MET) return holding;
    if (!span->lasting && on > span->from) {
        holding.verdict = NTM_OPEN;
        holding.reason = NTM_LACK_LASTING_UNKNOWN;
        holding.since = span->from + 1;
    } else if (span->until != NTM_DATE_NONE && on > span->until) {
        holding.verdict = NTM_NOT_MET;
        holding.reason = NTM_LACK_EXPIRED;
        holding.since = span->until + 1;
    } else {
        holding.label = span->label;
        holding.until = span->until;
    }
    return holding;
}

ntm_holding ntm_i_register_holding(const ntm_register *reg, const ntm_i_holder *holder, size_t status, ntm_date on) {
    ntm_holding holding = {NTM_NOT_MET, NTM_LACK_NEVER, NULL, NTM_DATE_NONE, NTM_DATE_NONE, NTM_NO_ACT};
    const ntm_i_span *life = holder == NULL ? NULL : ntm_i_span_on(holder->tracks, on);
    if (life != NULL && life->verdict == NTM_NOT_MET) return holding_of(life, on);
    const ntm_i_span *span =
        holder == NULL || status == SIZE_MAX ? NULL : ntm_i_span_on(ntm_i_track_find(holder, (uint32_t)status), on);
    /* What was so under this code before the unit was there was so of another. */
    if (span != NULL && (life == NULL || span->from >= life->from)) holding = holding_of(span, on);
    if (reg->partial && holding.reason == NTM_LACK_NEVER) {
        holding.verdict = NTM_OPEN;
        holding.reason = NTM_LACK_NOT_REPORTED;
    } else if (reg->partial && holding.reason == NTM_LACK_NOT_REACKNOWLEDGED) {
        holding.verdict = NTM_OPEN;
        holding.reason = NTM_LACK_UNDECIDED;
    }
    return holding;
}

ntm_status ntm_register_holds(ntm_holding *out, const ntm_register *reg, const char *unit, const char *status,
                              ntm_date on, ntm_error *err) {
    if (out == NULL || reg == NULL || unit == NULL || status == NULL || !ntm_i_date_is(on))
        return ntm_i_wrong_call(err, "a place for the answer, a register, a unit, a status and a day are needed");
    *out = ntm_i_register_holding(reg, ntm_i_holder_find(reg, unit, strlen(unit)), ntm_i_status_find(reg, status), on);
    return NTM_OK;
}

static ntm_status check_units(const ntm_column *units, ntm_error *err) {
    ntm_status status = ntm_column_check(units, err);
    if (status == NTM_OK && units->type != NTM_TYPE_TEXT && units->categories == NULL)
        status = ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_NOWHERE, "unit codes are text or categories");
    return status;
}

/* The verdict of a row; open for a unit without a code. */
static ntm_status row_holding(ntm_holding *out, const ntm_register *reg, const ntm_column *units, size_t row,
                              size_t status, ntm_date on, ntm_error *err) {
    const char *code = NULL;
    size_t size = 0;
    *out = (ntm_holding){NTM_OPEN, NTM_LACK_NOT_REPORTED, NULL, NTM_DATE_NONE, NTM_DATE_NONE, NTM_NO_ACT};
    if (ntm_column_known(units, row) != NTM_REPORTED) return NTM_OK;
    ntm_status failed = ntm_column_text(&code, &size, units, row, err);
    if (failed != NTM_OK) return failed;
    if (size > 0) *out = ntm_i_register_holding(reg, ntm_i_holder_find(reg, code, size), status, on);
    return NTM_OK;
}

ntm_status ntm_register_column(ntm_column *out, uint8_t *values, uint8_t *validity, const ntm_register *reg,
                               const ntm_column *units, const char *status, ntm_date on, ntm_error *err) {
    if (out == NULL || reg == NULL || units == NULL || status == NULL || !ntm_i_date_is(on) ||
        ((values == NULL || validity == NULL) && units->length > 0))
        return ntm_i_wrong_call(err, "room for the column, a register, units, a status and a day are needed");
    ntm_status failed = check_units(units, err);
    size_t index = ntm_i_status_find(reg, status);
    ntm_holding holding;
    /* Looked at twice, so that nothing is written when a row is wrong: only categories can be. */
    for (size_t row = 0; failed == NTM_OK && units->categories != NULL && row < units->length; row++)
        failed = row_holding(&holding, reg, units, row, index, on, err);
    if (failed != NTM_OK) return failed;
    size_t bytes = units->length / 8 + (units->length % 8 != 0);
    if (bytes > 0) memset(values, 0, bytes);
    if (bytes > 0) memset(validity, 0, bytes);
    for (size_t row = 0; row < units->length; row++) {
        if (row_holding(&holding, reg, units, row, index, on, NULL) != NTM_OK) continue;
        ntm_i_set_bit(values, row, holding.verdict == NTM_MET);
        ntm_i_set_bit(validity, row, holding.verdict != NTM_OPEN);
    }
    ntm_column column = NTM_COLUMN_INIT;
    column.type = NTM_TYPE_BITS;
    column.data = values;
    column.validity = validity;
    column.length = units->length;
    *out = column;
    return NTM_OK;
}

static void count_holding(ntm_holders *holders, const ntm_holding *holding, const char *label) {
    bool other =
        label != NULL && holding->verdict == NTM_MET && (holding->label == NULL || strcmp(holding->label, label) != 0);
    holders->held += holding->verdict == NTM_MET && !other;
    holders->not_held += holding->verdict == NTM_NOT_MET || (other && holding->label != NULL);
    holders->open += holding->verdict == NTM_OPEN || (other && holding->label == NULL);
}

ntm_status ntm_register_count(ntm_holders *out, const ntm_register *reg, const ntm_column *units, const char *status,
                              const char *label, ntm_date on, ntm_error *err) {
    if (out == NULL || reg == NULL || status == NULL || !ntm_i_date_is(on))
        return ntm_i_wrong_call(err, "a place for the count, a register, a status and a day are needed");
    ntm_holders holders = {0, 0, 0};
    ntm_holding holding;
    size_t index = ntm_i_status_find(reg, status);
    ntm_status failed = units == NULL ? NTM_OK : check_units(units, err);
    for (size_t row = 0; units != NULL && failed == NTM_OK && row < units->length; row++) {
        failed = row_holding(&holding, reg, units, row, index, on, err);
        if (failed == NTM_OK) count_holding(&holders, &holding, label);
    }
    for (size_t i = 0; units == NULL && i < reg->holder_count; i++) {
        const ntm_i_holder *holder = &reg->holders[i];
        const ntm_i_span *life = ntm_i_span_on(holder->tracks, on);
        if ((life != NULL && life->verdict == NTM_NOT_MET) || (holder->born != NTM_DATE_NONE && on < holder->born))
            continue;
        holding = ntm_i_register_holding(reg, holder, index, on);
        count_holding(&holders, &holding, label);
    }
    if (failed == NTM_OK) *out = holders;
    return failed;
}
