/* SPDX-License-Identifier: Apache-2.0 */
#define _XOPEN_SOURCE 700

#include "scratch.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/ntm-test-XXXXXX";

int scratch_enter(void **state) {
    (void)state;
    return mkdtemp(folder) != NULL && chdir(folder) == 0 ? 0 : -1;
}

int scratch_leave(void **state) {
    (void)state;
    DIR *files = opendir(".");
    if (files == NULL) return -1;
    for (struct dirent *file = readdir(files); file != NULL; file = readdir(files))
        if (file->d_name[0] != '.') (void)remove(file->d_name);
    (void)closedir(files);
    return chdir("/") == 0 && rmdir(folder) == 0 ? 0 : -1;
}
