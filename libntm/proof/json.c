/* SPDX-License-Identifier: Apache-2.0 */
#include "proof/json.h"

#include <inttypes.h>
#include <string.h>

static void before_value(ntm_i_json *json) {
    if (json->comma) ntm_i_write(json->to, ",", 1);
    json->comma = true;
}

void ntm_i_json_open(ntm_i_json *json, char bracket) {
    before_value(json);
    ntm_i_write(json->to, &bracket, 1);
    json->comma = false;
}

void ntm_i_json_close(ntm_i_json *json, char bracket) {
    ntm_i_write(json->to, &bracket, 1);
    json->comma = true;
}

void ntm_i_json_key(ntm_i_json *json, const char *key) {
    ntm_i_json_text(json, key, strlen(key));
    ntm_i_write(json->to, ":", 1);
    json->comma = false;
}

void ntm_i_json_text(ntm_i_json *json, const char *text, size_t size) {
    size_t from = 0;
    before_value(json);
    ntm_i_write(json->to, "\"", 1);
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
        ntm_i_write(json->to, text + from, i - from);
        if (byte < 0x20)
            ntm_i_writef(json->to, "\\u%04x", (unsigned)byte);
        else
            ntm_i_writef(json->to, "\\%c", byte);
        from = i + 1;
    }
    ntm_i_write(json->to, text + from, size - from);
    ntm_i_write(json->to, "\"", 1);
}

void ntm_i_json_integer(ntm_i_json *json, int64_t value) {
    before_value(json);
    ntm_i_writef(json->to, "%" PRId64, value);
}

void ntm_i_json_null(ntm_i_json *json) {
    before_value(json);
    ntm_i_write(json->to, "null", 4);
}

void ntm_i_json_true(ntm_i_json *json) {
    before_value(json);
    ntm_i_write(json->to, "true", 4);
}

void ntm_i_json_number(ntm_i_json *json, ntm_i_rational value) {
    char text[96];
    if (!ntm_i_is_finite(value)) {
        ntm_i_json_text(json, value.numerator < 0 ? "-inf" : "inf", value.numerator < 0 ? 4 : 3);
        return;
    }
    size_t size = ntm_i_rational_format(text, sizeof text, value);
    ntm_i_json_text(json, text, size);
}

void ntm_i_json_put(ntm_i_json *json, const char *key, const char *text) {
    if (text == NULL || text[0] == '\0') return;
    ntm_i_json_key(json, key);
    ntm_i_json_text(json, text, strlen(text));
}

void ntm_i_json_put_integer(ntm_i_json *json, const char *key, int64_t value) {
    ntm_i_json_key(json, key);
    ntm_i_json_integer(json, value);
}

void ntm_i_json_put_number(ntm_i_json *json, const char *key, ntm_i_rational value) {
    ntm_i_json_key(json, key);
    ntm_i_json_number(json, value);
}

void ntm_i_json_put_day(ntm_i_json *json, const char *key, ntm_date day) {
    char text[NTM_I_DAY_SIZE];
    if (day != NTM_DATE_NONE) ntm_i_json_put(json, key, ntm_i_day_text(text, day));
}

void ntm_i_json_put_true(ntm_i_json *json, const char *key, bool value) {
    if (!value) return;
    ntm_i_json_key(json, key);
    ntm_i_json_true(json);
}

void ntm_i_json_put_texts(ntm_i_json *json, const char *key, const char *const *texts, size_t count) {
    if (count == 0) return;
    ntm_i_json_key(json, key);
    ntm_i_json_open(json, '[');
    for (size_t i = 0; i < count; i++)
        ntm_i_json_text(json, texts[i], strlen(texts[i]));
    ntm_i_json_close(json, ']');
}
