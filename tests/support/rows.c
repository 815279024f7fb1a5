/* SPDX-License-Identifier: Apache-2.0 */
#include "rows.h"

#include <stdlib.h>
#include <string.h>

#include "fault.h"

enum { FIELDS_MOST = 16, HEAD_MOST = 512 };

ntm_csv *rows_read(const char *text) {
    static const ntm_csv_field text_field = {NULL, NULL, NTM_CSV_TEXT, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL};
    ntm_csv_field fields[FIELDS_MOST];
    char head[HEAD_MOST] = "", names[HEAD_MOST] = "";
    size_t count = 0, size = strcspn(text, "\n"), used = 0;
    assert_true(size < HEAD_MOST);
    for (size_t at = 0; at <= size;) {
        size_t length = strcspn(text + at, ",\n"), name = 0;
        while (name < length && text[at + name] != '#')
            name++;
        assert_true(count < FIELDS_MOST);
        fields[count] = text_field;
        memcpy(names + used, text + at, name);
        fields[count].header = names + used;
        used += name + 1;
        if (name < length) {
            fields[count].kind = NTM_CSV_NUMBER;
            fields[count].scale = (uint8_t)strtoul(text + at + name + 1, NULL, 10);
        }
        strcat(strcat(head, count == 0 ? "" : ","), fields[count].header);
        count++;
        at += length + 1;
    }
    char *whole = malloc(strlen(head) + strlen(text + size) + 1);
    assert_non_null(whole);
    strcat(strcpy(whole, head), text + size);
    ntm_csv *csv = NULL;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_csv_read(&csv, whole, strlen(whole), "rows", fields, count, NULL, &err), &err);
    free(whole);
    return csv;
}
