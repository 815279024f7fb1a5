/* SPDX-License-Identifier: Apache-2.0 */
/* What gaps tell. */
#include "base/error.h"
#include "gap/gap.h"

const ntm_set *ntm_gaps_set(const ntm_gaps *gaps) { return gaps == NULL ? NULL : gaps->set; }

size_t ntm_gaps_rows(const ntm_gaps *gaps) { return gaps == NULL ? 0 : gaps->rows; }

size_t ntm_gaps_subject_count(const ntm_gaps *gaps) { return gaps == NULL ? 0 : gaps->subject_count; }

const ntm_gap_subject *ntm_gaps_subject(const ntm_gaps *gaps, size_t index) {
    return gaps == NULL || index >= gaps->subject_count ? NULL : &gaps->subjects[index];
}

size_t ntm_gaps_count(const ntm_gaps *gaps) { return gaps == NULL ? 0 : gaps->lines.count; }

static ntm_fraction amount_of(const ntm_gaps *gaps, int64_t number, uint8_t scale) {
    if (scale == NTM_I_SCALE_NONE) return (ntm_fraction){0, 0};
    if (scale == NTM_I_SCALE_ODD) return ((const ntm_fraction *)gaps->odd.items)[number];
    ntm_i_rational exact = ntm_i_rational_decimal((ntm_decimal){number, scale});
    return (ntm_fraction){(int64_t)exact.numerator, (int64_t)exact.denominator};
}

ntm_gap ntm_gaps_at(const ntm_gaps *gaps, size_t index) {
    if (gaps == NULL || index >= gaps->lines.count) return (ntm_gap){0};
    const ntm_i_gap_line *line = &((const ntm_i_gap_line *)gaps->lines.items)[index];
    return (ntm_gap){
        .row = line->row,
        .subject = line->subject,
        .kind = (ntm_gap_kind)line->kind,
        .untold = (ntm_untold)line->untold,
        .amount = {amount_of(gaps, line->least, line->least_scale), amount_of(gaps, line->most, line->most_scale)},
        .needed_for = line->needed_for,
        .strict = line->strict,
        .out_of_reach = line->out_of_reach,
        .down = line->down};
}

size_t ntm_gaps_first(const ntm_gaps *gaps, size_t row) {
    return gaps == NULL ? 0 : gaps->first[row < gaps->rows ? row : gaps->rows];
}

size_t ntm_gaps_margin_count(const ntm_gaps *gaps) { return gaps == NULL ? 0 : gaps->margins.count; }

ntm_margin ntm_gaps_margin(const ntm_gaps *gaps, size_t index) {
    if (gaps == NULL || index >= gaps->margins.count) return (ntm_margin){0};
    const ntm_i_margin_line *line = &((const ntm_i_margin_line *)gaps->margins.items)[index];
    ntm_fraction relative = {line->relative, line->relative_under};
    if (relative.denominator == 0) relative.numerator = 0;
    return (ntm_margin){line->row, line->criterion, line->subject, {line->spare, line->spare_under},
                        relative,  line->strict};
}

size_t ntm_gaps_first_margin(const ntm_gaps *gaps, size_t row) {
    return gaps == NULL ? 0 : gaps->first_margin[row < gaps->rows ? row : gaps->rows];
}

ntm_gaps_row ntm_gaps_of_row(const ntm_gaps *gaps, size_t row) {
    return gaps == NULL || row >= gaps->rows ? (ntm_gaps_row){0} : gaps->about[row];
}

ntm_status ntm_gaps_risk(ntm_risk *out, const ntm_gaps *gaps, size_t row, ntm_error *err) {
    if (out == NULL || gaps == NULL) return ntm_i_wrong_call(err, "a place for the risk and gaps are needed");
    if (row >= gaps->rows)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_ROW(NULL, row), "row %zu of %zu", row, gaps->rows);
    if (gaps->risks == NULL)
        return gaps->has_revocation
                   ? ntm_i_wrong_call(err, "the revocation rule was not asked for: options.revocation")
                   : ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_NOWHERE, "the set has no rule of revocation");
    if (gaps->asked != NULL && gaps->asked[row] == 0)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_ROW(NULL, row), "row %zu was not asked for", row);
    *out = gaps->risks[row];
    return NTM_OK;
}

ntm_status ntm_next_tier(size_t *next, size_t rows, const ntm_attainment *const *tiers, size_t tier_count,
                         ntm_error *err) {
    if ((next == NULL && rows > 0) || (tiers == NULL && tier_count > 0))
        return ntm_i_wrong_call(err, "a place for each row, and the results of the tiers are needed");
    for (size_t i = 0; i < tier_count; i++)
        if (tiers[i] == NULL || ntm_attainment_rows(tiers[i]) != rows)
            return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_NOWHERE, "tier %zu has %zu rows, expected %zu", i,
                              ntm_attainment_rows(tiers[i]), rows);
    for (size_t row = 0; row < rows; row++) {
        next[row] = 0;
        while (next[row] < tier_count && ntm_attainment_status(tiers[next[row]], row) == NTM_MET)
            next[row]++;
    }
    return NTM_OK;
}
