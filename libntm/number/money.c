/* SPDX-License-Identifier: Apache-2.0 */
/* Amounts of money in whole đồng. */
#include "base/error.h"
#include "base/output.h"
#include "base/text.h"
#include "number/decimal.h"
#include "number/printed.h"

ntm_status ntm_money_add(ntm_money *out, ntm_money a, ntm_money b, ntm_error *err) {
    ntm_money sum = 0;
    if (out == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "out is NULL");
    if (ntm_i_add_overflows(a, b, &sum))
        return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_NOWHERE, "the sum of %lld and %lld dong does not fit 64 bits",
                          (long long)a, (long long)b);
    *out = sum;
    return NTM_OK;
}

ntm_status ntm_money_parse(ntm_money *out, const char *text, size_t size, ntm_locale locale, ntm_error *err) {
    ntm_printed printed;
    bool magnitude = false;
    bool lost = false;
    int64_t whole = 0;
    if (out == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "out is NULL");
    ntm_status status = ntm_i_printed_parse(&printed, &magnitude, text, size, locale, err);
    if (status != NTM_OK) return status;
    int shown = ntm_i_shown(text, size);
    /* "100 nghìn tỷ" is said of money alone; a bare "3.843" may be đồng, triệu or tỷ and is not guessed. */
    if (!printed.money && !(magnitude && printed.unit_size == 0))
        return ntm_i_fail(err, NTM_ERROR_UNIT, NTM_I_NOWHERE, "\"%.*s\" is no amount of money: expected the unit đồng",
                          shown, text);
    if (printed.qualifier != NTM_EXACTLY)
        return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_NOWHERE, "\"%.*s\" is qualified: expected an exact amount", shown,
                          text);
    if (!ntm_i_decimal_at_scale(&whole, printed.value, 0, &lost))
        return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_NOWHERE, "\"%.*s\" has parts of a đồng: expected whole đồng",
                          shown, text);
    *out = whole;
    return NTM_OK;
}

size_t ntm_money_format(char *buffer, size_t capacity, ntm_money value, ntm_language language) {
    static const struct {
        int64_t unit;
        const char *vi;
        const char *en;
    } units[] = {{1000000000, " tỷ đồng", " billion"}, {1000000, " triệu đồng", " million"}, {1, " đồng", ""}};
    bool vietnamese = language == NTM_VI;
    size_t at = 0;
    /* The unit may not exceed the amount: 1 triệu stays 1 triệu and does not become 0,001 tỷ. */
    for (; at < 2; at++) {
        bool reached = value >= units[at].unit || value <= -units[at].unit;
        if (reached && value % (units[at].unit / 1000) == 0) break;
    }
    ntm_decimal number = {value, 0};
    if (at < 2) number = ntm_i_decimal_short((ntm_decimal){value / (units[at].unit / 1000), 3});
    char digits[48];
    (void)ntm_decimal_format(digits, sizeof digits, number, vietnamese ? NTM_LOCALE_VI : NTM_LOCALE_EN);
    ntm_i_output to = {buffer, capacity, 0};
    if (!vietnamese) ntm_i_put_text(&to, "VND ");
    ntm_i_put_text(&to, digits);
    ntm_i_put_text(&to, vietnamese ? units[at].vi : units[at].en);
    return ntm_i_put_end(&to);
}
