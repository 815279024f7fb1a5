/* SPDX-License-Identifier: Apache-2.0 */
/* Canonical JSON, written piece by piece: docs/proof.md says which way of writing is the one. The caller keeps keys in
   the order of their bytes. */
#ifndef NTM_I_JSON_H
#define NTM_I_JSON_H

#include "base/text.h"
#include "number/interval.h"

typedef struct ntm_i_json {
    ntm_i_writer *to;
    bool comma; /* something stands before, at this level */
} ntm_i_json;

void ntm_i_json_open(ntm_i_json *json, char bracket);
void ntm_i_json_close(ntm_i_json *json, char bracket);
void ntm_i_json_key(ntm_i_json *json, const char *key);

/* Values. */
void ntm_i_json_text(ntm_i_json *json, const char *text, size_t size);
void ntm_i_json_integer(ntm_i_json *json, int64_t value);
void ntm_i_json_null(ntm_i_json *json);
void ntm_i_json_number(ntm_i_json *json, ntm_i_rational value);
void ntm_i_json_true(ntm_i_json *json);

/* A key with its value; nothing for NULL, an empty text, false, NTM_DATE_NONE. */
void ntm_i_json_put(ntm_i_json *json, const char *key, const char *text);
void ntm_i_json_put_integer(ntm_i_json *json, const char *key, int64_t value);
void ntm_i_json_put_number(ntm_i_json *json, const char *key, ntm_i_rational value);
void ntm_i_json_put_day(ntm_i_json *json, const char *key, ntm_date day);
void ntm_i_json_put_true(ntm_i_json *json, const char *key, bool value);
void ntm_i_json_put_texts(ntm_i_json *json, const char *key, const char *const *texts, size_t count);

#endif
