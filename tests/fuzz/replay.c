/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a fuzz target over stored inputs, without a fuzzing engine: replay FOLDER... */
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Feeds one file; a folder or a file that cannot be read counts as not fed. */
static int feed(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) return 0;
    uint8_t *data = NULL;
    size_t size = 0, capacity = 0, got = 1;
    while (got) {
        if (capacity - size < 65536) {
            uint8_t *more = realloc(data, capacity += 65536 + capacity);
            if (!more) break;
            data = more;
        }
        got = fread(data + size, 1, capacity - size, file);
        size += got;
    }
    int fed = !ferror(file) && !got;
    fclose(file);
    /* A copy of just that size, so that a sanitizer sees reads past the end. */
    uint8_t *exact = fed ? malloc(size ? size : 1) : NULL;
    for (size_t i = 0; exact && i < size; i++)
        exact[i] = data[i];
    free(data);
    if (exact) LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    return exact != NULL;
}

int main(int count, char **folders) {
    int fed = 0;
    for (int i = 1; i < count; i++) {
        DIR *folder = opendir(folders[i]);
        for (struct dirent *entry; folder && (entry = readdir(folder));) {
            char path[4096];
            if (entry->d_name[0] == '.') continue;
            if ((size_t)snprintf(path, sizeof path, "%s/%s", folders[i], entry->d_name) < sizeof path)
                fed += feed(path);
        }
        if (folder) closedir(folder);
    }
    printf("%d inputs\n", fed);
    return fed ? EXIT_SUCCESS : EXIT_FAILURE;
}
