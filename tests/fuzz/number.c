/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers, money and dates: whatever is read is written and read again as the same, and doubles come back. */
#include <ntm/number.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                                            \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a failing call leaves: a filled error, and an output as it was (filled with 0x5a before). */
static void check_failure(ntm_status status, const ntm_error *err, const void *out, size_t out_size) {
    const unsigned char *bytes = out;
    CHECK(err->status == status && status > NTM_OK && status < NTM_STATUS_END);
    CHECK(memchr(err->message, '\0', sizeof err->message) != NULL && err->message[0] != '\0');
    CHECK(memchr(err->subject, '\0', sizeof err->subject) != NULL && strchr(err->message, '\n') == NULL);
    for (size_t at = 0; at < out_size; at++)
        CHECK(bytes[at] == 0x5a);
}

static void check_format(ntm_decimal value, ntm_locale locale) {
    char text[48], cut[8];
    size_t size = ntm_decimal_format(text, sizeof text, value, locale);
    CHECK(size < sizeof text && strlen(text) == size);
    CHECK(ntm_decimal_format(NULL, 0, value, locale) == size);
    CHECK(ntm_decimal_format(cut, sizeof cut, value, locale) == size && strlen(cut) == (size < 7 ? size : 7));
    CHECK(strncmp(cut, text, strlen(cut)) == 0);
    ntm_decimal again = {0, 0};
    ntm_error err = NTM_ERROR_INIT;
    CHECK(ntm_decimal_parse(&again, text, size, locale, &err) == NTM_OK && err.status == NTM_OK);
    CHECK(again.coefficient == value.coefficient && again.scale == value.scale);
    CHECK(ntm_decimal_compare(again, value) == 0);
}

static void try_decimal(const char *text, size_t size, ntm_locale locale) {
    ntm_decimal value;
    ntm_error err = NTM_ERROR_INIT;
    memset(&value, 0x5a, sizeof value);
    ntm_status status = ntm_decimal_parse(&value, text, size, locale, &err);
    if (status != NTM_OK) {
        CHECK(status == NTM_ERROR_SYNTAX || status == NTM_ERROR_OVERFLOW);
        check_failure(status, &err, &value, sizeof value);
        return;
    }
    CHECK(value.scale <= NTM_SCALE_MAX);
    for (int to = NTM_LOCALE_PLAIN; to <= NTM_LOCALE_EN; to++)
        check_format(value, (ntm_locale)to);
    /* What is a number by itself is the same number as printed. */
    ntm_printed printed;
    if (ntm_printed_parse(&printed, text, size, locale, NULL) == NTM_OK && printed.unit_size == 0)
        CHECK(ntm_decimal_compare(printed.value, value) == 0);
}

static void check_money(ntm_money value) {
    char text[64];
    ntm_money again = 0;
    for (int language = NTM_VI; language <= NTM_EN; language++) {
        size_t size = ntm_money_format(text, sizeof text, value, (ntm_language)language);
        CHECK(size < sizeof text && strlen(text) == size);
    }
    size_t size = ntm_money_format(text, sizeof text, value, NTM_VI);
    CHECK(ntm_money_parse(&again, text, size, NTM_LOCALE_VI, NULL) == NTM_OK && again == value);
}

static void try_printed(const char *text, size_t size, ntm_locale locale) {
    ntm_printed printed;
    ntm_money money;
    ntm_error err = NTM_ERROR_INIT, money_err = NTM_ERROR_INIT;
    memset(&printed, 0x5a, sizeof printed);
    memset(&money, 0x5a, sizeof money);
    ntm_status status = ntm_printed_parse(&printed, text, size, locale, &err);
    ntm_status paid = ntm_money_parse(&money, text, size, locale, &money_err);
    if (status != NTM_OK) {
        CHECK(status == NTM_ERROR_SYNTAX || status == NTM_ERROR_OVERFLOW);
        check_failure(status, &err, &printed, sizeof printed);
        CHECK(paid == status);
    } else {
        CHECK(printed.qualifier >= NTM_EXACTLY && printed.qualifier <= NTM_NO_MORE);
        CHECK(printed.value.scale <= NTM_SCALE_MAX);
        CHECK(printed.unit_offset <= size && printed.unit_size <= size - printed.unit_offset);
        CHECK(printed.unit_size > 0 || printed.unit_offset == size);
    }
    if (paid != NTM_OK) {
        check_failure(paid, &money_err, &money, sizeof money);
        return;
    }
    CHECK(printed.qualifier == NTM_EXACTLY && ntm_decimal_compare((ntm_decimal){money, 0}, printed.value) == 0);
    check_money(money);
}

static void try_date(const char *text, size_t size) {
    ntm_date date;
    ntm_error err = NTM_ERROR_INIT;
    memset(&date, 0x5a, sizeof date);
    ntm_status status = ntm_date_parse(&date, text, size, &err);
    if (status != NTM_OK) {
        CHECK(status == NTM_ERROR_SYNTAX);
        check_failure(status, &err, &date, sizeof date);
        return;
    }
    int year = 0, month = 0, day = 0;
    char again[48];
    ntm_date_parts(date, &year, &month, &day);
    CHECK(ntm_date_ymd(year, month, day) == date);
    CHECK(snprintf(again, sizeof again, "%04d-%02d-%02d", year, month, day) == (int)size);
    CHECK(memcmp(again, text, size) == 0);
}

/* Digits of the shortest text by trial; the library may find a shorter one beside a power of two, never need more. */
static int digits_needed(double value) {
    char text[48];
    int digits = 1;
    for (; digits < 17; digits++) {
        snprintf(text, sizeof text, "%.*e", digits - 1, value);
        if (strtod(text, NULL) == value) break;
    }
    return digits;
}

static void try_double(const uint8_t *data) {
    double value = 0;
    ntm_decimal decimal;
    ntm_error err = NTM_ERROR_INIT;
    memcpy(&value, data, sizeof value);
    memset(&decimal, 0x5a, sizeof decimal);
    ntm_status status = ntm_decimal_from_double(&decimal, value, &err);
    if (status != NTM_OK) {
        CHECK(isfinite(value) ? status == NTM_ERROR_OVERFLOW : status == NTM_ERROR_VALUE);
        check_failure(status, &err, &decimal, sizeof decimal);
        return;
    }
    char text[48];
    CHECK(isfinite(value) && decimal.scale <= NTM_SCALE_MAX);
    ntm_decimal_format(text, sizeof text, decimal, NTM_LOCALE_PLAIN);
    CHECK(strtod(text, NULL) == value);
    int digits = 0;
    for (int64_t rest = decimal.coefficient; rest != 0; rest /= 10)
        digits += digits > 0 || rest % 10 != 0;
    CHECK(digits <= digits_needed(value));
}

/* Any 64 bits as money, as a day and as a decimal. */
static void try_bits(const uint8_t *data) {
    int64_t bits = 0;
    memcpy(&bits, data, sizeof bits);
    check_money(bits);
    for (int locale = NTM_LOCALE_PLAIN; locale <= NTM_LOCALE_EN; locale++)
        check_format((ntm_decimal){bits, (uint8_t)(data[0] % (NTM_SCALE_MAX + 1))}, (ntm_locale)locale);
    int year = 0, month = 0, day = 0;
    ntm_date date = (ntm_date)(bits % 5000000);
    ntm_date_parts(date, &year, &month, &day);
    CHECK(year == 0 ? month == 0 && day == 0 : ntm_date_ymd(year, month, day) == date);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = size == 0 ? "" : (const char *)data;
    for (int locale = NTM_LOCALE_PLAIN; locale <= NTM_LOCALE_EN; locale++) {
        try_decimal(text, size, (ntm_locale)locale);
        try_printed(text, size, (ntm_locale)locale);
    }
    try_date(text, size);
    if (size >= 8) {
        try_double(data);
        try_bits(data);
    }
    return 0;
}
