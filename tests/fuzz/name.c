/* SPDX-License-Identifier: Apache-2.0 */
/* Names: what can be compared equals itself, whichever side it stands on and whatever white space is around it. */
#include <ntm/base.h>

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

/* A text of its exact size, so that a read past its end is seen. */
typedef struct name {
    char *text;
    size_t size;
} name;

static name name_of(const char *before, const void *text, size_t size, const char *after) {
    size_t extra = strlen(before), whole = extra + size + strlen(after);
    name made = {malloc(whole == 0 ? 1 : whole), whole};
    CHECK(made.text != NULL);
    memcpy(made.text, before, extra);
    if (size > 0) memcpy(made.text + extra, text, size);
    memcpy(made.text + extra + size, after, strlen(after));
    return made;
}

static ntm_status equal(int *out, name a, name b) {
    bool answer = true;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_name_equal(&answer, a.text, a.size, b.text, b.size, &err);
    *out = answer;
    if (status == NTM_OK) {
        CHECK(err.status == NTM_OK);
        return NTM_OK;
    }
    CHECK(status == NTM_ERROR_SYNTAX && err.status == status && answer);
    CHECK(memchr(err.message, '\0', sizeof err.message) != NULL && err.message[0] != '\0');
    answer = false; /* left as it was, whatever it was */
    CHECK(ntm_name_equal(&answer, a.text, a.size, b.text, b.size, NULL) == status && !answer);
    return status;
}

/* Whether the name can be compared at all. */
static bool try_one(name a) {
    int same = 0;
    if (equal(&same, a, a) != NTM_OK) return false;
    CHECK(same == 1);
    name spaced = name_of(" \t", a.text, a.size, "\n ");
    CHECK(equal(&same, a, spaced) == NTM_OK && same == 1);
    CHECK(equal(&same, spaced, a) == NTM_OK && same == 1);
    free(spaced.text);
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0) return 0;
    size_t first = (size - 1) * data[0] / 255, second = size - 1 - first;
    name a = name_of("", data + 1, first, ""), b = name_of("", data + 1 + first, second, "");
    bool good = try_one(a);
    good = try_one(b) && good;
    int left = 0, right = 0;
    ntm_status status = equal(&left, a, b);
    CHECK(equal(&right, b, a) == status && left == right);
    CHECK(good == (status == NTM_OK));
    free(a.text);
    free(b.text);
    return 0;
}
