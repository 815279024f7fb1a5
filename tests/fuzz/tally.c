/* SPDX-License-Identifier: Apache-2.0 */
/* Tallies as text: what is read is written as the same bytes, and makes a cube or says why not. */
#include <ntm/ntm.h>

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

/* What is written of what was read is read as the same. */
static void check_again(const ntm_cube_tally *tally) {
    ntm_text *text = NULL, *second = NULL;
    ntm_cube_tally *again = NULL;
    ntm_error err = NTM_ERROR_INIT;
    CHECK(ntm_cube_tally_write(&text, tally, &err) == NTM_OK);
    CHECK(ntm_cube_tally_read(&again, ntm_text_data(text), ntm_text_size(text), "again", NULL, NULL, &err) == NTM_OK);
    CHECK(ntm_cube_tally_write(&second, again, &err) == NTM_OK);
    CHECK(strcmp(ntm_text_data(text), ntm_text_data(second)) == 0);
    CHECK(ntm_cube_tally_cells(again) == ntm_cube_tally_cells(tally));
    ntm_cube_tally_free(again);
    ntm_text_free(text);
    ntm_text_free(second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    ntm_cube_tally *tally = NULL;
    ntm_cube *cube = NULL;
    ntm_cube_rows *rows = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_cube_tally_read(&tally, (const char *)data, size, "fuzz", NULL, NULL, &err);
    if (status != NTM_OK) {
        CHECK(err.status == status && err.message[0] != '\0' && tally == NULL);
        return 0;
    }
    check_again(tally);
    if (ntm_cube_of(&cube, tally, NULL, &err) == NTM_OK && ntm_cube_rows_new(&rows, cube, NULL, &err) == NTM_OK)
        CHECK(ntm_table_check(ntm_cube_rows_table(rows), NULL, &err) == NTM_OK);
    ntm_cube_rows_free(rows);
    ntm_cube_free(cube);
    ntm_cube_tally_free(tally);
    return 0;
}
