/* SPDX-License-Identifier: Apache-2.0 */
/* Tables cut from one batch, read and freed by several threads: the last of them gives the batch back. */
#include <ntm/arrow.h>

#include <stdatomic.h>
#include <string.h>

#include "batch.h"
#include "fault.h"
#include "together.h"

enum { THREADS = 8, ROUNDS = 50, ROWS = 4 };

typedef struct job {
    ntm_arrow_table *table;
    int64_t first;
    bool good;
} job;

/* Counts how often the batch is given back. */
static atomic_int *released_of(struct ArrowArray *array) { return array->private_data; }

static void release_once(struct ArrowArray *array) {
    atomic_fetch_add(released_of(array), 1);
    array->release = NULL;
}

static void *read_and_free(void *context) {
    job *j = context;
    const ntm_table *table = ntm_arrow_table_get(j->table);
    j->good = table->rows == ROWS;
    for (size_t row = 0; row < table->rows; row++) {
        ntm_decimal value = {0, 0};
        const char *text = NULL;
        size_t size = 0;
        bool read = ntm_column_decimal(&value, &table->fields[0].column, row, NULL) == NTM_OK &&
                    ntm_column_text(&text, &size, &table->fields[1].column, row, NULL) == NTM_OK;
        j->good = j->good && read && value.coefficient == j->first + (int64_t)row && size == 1 && text[0] == 'b';
    }
    ntm_arrow_table_free(j->table);
    return NULL;
}

static void shared_batch(void **state) {
    (void)state;
    static int64_t numbers[THREADS * ROWS];
    static int8_t codes[THREADS * ROWS];
    static const int32_t offsets[3] = {0, 1, 2};
    for (int64_t at = 0; at < THREADS * ROWS; at++) {
        numbers[at] = at;
        codes[at] = 1;
    }
    for (int round = 0; round < (fault_under_valgrind() ? 3 : ROUNDS); round++) {
        batch b;
        atomic_int released;
        atomic_init(&released, 0);
        batch_start(&b, THREADS * ROWS);
        (void)batch_add(&b, "n", "l", numbers, NULL);
        (void)batch_add(&b, "c", "c", codes, NULL);
        batch_add_dictionary(&b, "u", 2, offsets, "ab");
        b.array.release = release_once;
        b.array.private_data = &released;
        ntm_arrow_stream *stream = NULL;
        ntm_arrow_options options = NTM_ARROW_OPTIONS_INIT;
        ntm_error err = NTM_ERROR_INIT;
        job jobs[THREADS];
        memset(jobs, 0, sizeof jobs);
        options.rows_max = ROWS;
        assert_ok(ntm_arrow_stream_of(&stream, &b.schema, &b.array, NULL, &err), &err);
        for (int64_t at = 0; at < THREADS; at++) {
            jobs[at].first = at * ROWS;
            assert_ok(ntm_arrow_stream_next(&jobs[at].table, stream, &options, &err), &err);
        }
        ntm_arrow_stream_free(stream); /* the tables need it no longer */
        assert_int_equal(atomic_load(&released), 0);
        run_together(read_and_free, jobs, sizeof *jobs, THREADS);
        for (size_t at = 0; at < THREADS; at++)
            assert_true(jobs[at].good);
        assert_int_equal(atomic_load(&released), 1);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(shared_batch)};
    return cmocka_run_group_tests_name("Arrow tables in threads", tests, NULL, NULL);
}
