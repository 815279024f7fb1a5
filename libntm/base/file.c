/* SPDX-License-Identifier: Apache-2.0 */
/* Reading whole files. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

/* The reason in English whatever the locale; strerror() would translate, and is not safe from every thread. */
static const char *reason(int number) {
    switch (number) {
        case ENOENT: return "no such file or directory";
        case EACCES: return "permission denied";
        case EISDIR: return "it is a directory";
        case ENOTDIR: return "a part of the path is not a directory";
        case EMFILE:
        case ENFILE: return "too many open files";
        case ENAMETOOLONG: return "the path is too long";
        case ELOOP: return "too many symbolic links";
        case EIO: return "input/output error";
        default: return NULL;
    }
}

static ntm_status io_error(ntm_error *err, const char *path, const char *act, int number) {
    const char *why = reason(number);
    if (why != NULL) return ntm_i_fail(err, NTM_ERROR_IO, NTM_I_SUBJECT(path), "the file cannot be %s: %s", act, why);
    return ntm_i_fail(err, NTM_ERROR_IO, NTM_I_SUBJECT(path), "the file cannot be %s: system error %d", act, number);
}

/* Reads to the end or one byte beyond `size_max`, which is enough to know that the file is too large. */
static ntm_status read_all(ntm_i_array *bytes, FILE *file, const char *path, size_t size_max, ntm_error *err) {
    char chunk[16384];
    for (;;) {
        size_t got = fread(chunk, 1, sizeof chunk, file);
        if (got > size_max - bytes->count)
            return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_SUBJECT(path), "the file is larger than %zu bytes", size_max);
        if (!ntm_i_array_append(bytes, chunk, got)) return ntm_i_no_memory(err);
        if (got == sizeof chunk) continue;
        if (ferror(file)) return io_error(err, path, "read", errno);
        return NTM_OK;
    }
}

ntm_status ntm_i_file_read(char **out, size_t *size, const char *path, size_t size_max, const ntm_allocator *allocator,
                           ntm_error *err) {
    errno = 0;
    FILE *file = fopen(path, "rb");
    if (file == NULL) return io_error(err, path, "opened", errno);
    ntm_i_array bytes;
    ntm_i_array_start(&bytes, allocator, 1);
    ntm_status status = read_all(&bytes, file, path, size_max, err);
    (void)fclose(file); /* was only read */
    char *block = NULL;
    if (status == NTM_OK) {
        /* The array is larger than its content; what is given out has to be *size + 1 bytes exactly. */
        block = bytes.count == SIZE_MAX ? NULL : ntm_i_allocate(allocator, bytes.count + 1, 1);
        if (block == NULL) status = ntm_i_no_memory(err);
    }
    if (status == NTM_OK) {
        if (bytes.count > 0) memcpy(block, bytes.items, bytes.count);
        *out = block;
        *size = bytes.count;
    }
    ntm_i_array_end(&bytes);
    return status;
}
