/* SPDX-License-Identifier: Apache-2.0 */
/* Long tables of observations as CSV: what is taken adds up, and each view of it is a sound table; what is not, says why.
   Input: the locale and separator, a day; then the file. */
#include <ntm/observation.h>

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

static void check_view(const ntm_observations *store, ntm_date known_on) {
    ntm_observed_options options = NTM_OBSERVED_OPTIONS_INIT;
    ntm_view *view = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_observed held = ntm_observations_count(store);
    options.known_on = known_on;
    ntm_status status = ntm_view_new(&view, store, &options, &err);
    if (status != NTM_OK) {
        CHECK(status == NTM_ERROR_OVERFLOW && err.row < held.rows);
        return;
    }
    ntm_view_count cells = ntm_view_cells(view);
    const ntm_table *table = ntm_view_table(view);
    CHECK(ntm_table_check(table, NULL, &err) == NTM_OK);
    CHECK(cells.cells == table->rows * table->field_count);
    CHECK(cells.cells == cells.reported + cells.not_applicable + cells.withdrawn + cells.unknown);
    CHECK(cells.left_out + cells.reported + cells.not_applicable + cells.withdrawn <= held.places);
    for (size_t fact = 0; fact < table->field_count; fact++)
        for (size_t row = 0; row < table->rows; row++) {
            uint64_t source = ntm_view_source(view, fact, row);
            CHECK(source == NTM_NO_ROW || source < held.rows);
            if (ntm_column_known(&table->fields[fact].column, row) != NTM_NOT_REPORTED) CHECK(source != NTM_NO_ROW);
        }
    ntm_view_free(view);
}

static void check_punctuality(const ntm_observations *store, ntm_date known_on) {
    ntm_observed_options options = NTM_OBSERVED_OPTIONS_INIT;
    ntm_punctuality *p = NULL;
    size_t count = 0;
    options.known_on = known_on;
    CHECK(ntm_punctuality_new(&p, store, &options, 10, NULL) == NTM_OK);
    ntm_punctual total = ntm_punctuality_total(p);
    CHECK(total.expected == total.in_time + total.late + total.missing + total.not_due);
    CHECK(total.corrected <= total.in_time + total.late && total.withdrawn <= total.in_time + total.late);
    CHECK(ntm_punctuality_missing(NULL, &count, 0, p, NULL) == NTM_OK && count == total.missing);
    ntm_punctuality_free(p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const words[] = {"-", "chưa có"}, *const none[] = {"không có"};
    ntm_observations_options options = NTM_OBSERVATIONS_OPTIONS_INIT;
    ntm_observations *store = NULL;
    ntm_error err = NTM_ERROR_INIT;
    if (size < 2) return 0;
    options.locale = (ntm_locale)(1 + data[0] % 3);
    options.separator = data[0] & 0x80 ? ';' : ',';
    options.not_reported = words;
    options.not_reported_count = data[0] & 0x40 ? 2 : 0;
    options.not_applicable = none;
    options.not_applicable_count = 1;
    CHECK(ntm_problems_new(&options.problems, 5, NULL, NULL) == NTM_OK);
    ntm_status status = ntm_observations_read(&store, (const char *)data + 2, size - 2, "fuzz", &options, &err);
    if (status == NTM_OK) {
        ntm_observed held = ntm_observations_count(store);
        ntm_date known_on = 18262 + 4 * (ntm_date)data[1];
        size_t repeated = 0;
        CHECK(held.rows == held.used + held.repeated && held.places <= held.used);
        CHECK(ntm_observations_repeated(NULL, &repeated, 0, store, NULL) == NTM_OK && repeated == held.repeated);
        if ((uint64_t)held.units * held.facts * held.periods < 100000) {
            check_view(store, NTM_DATE_NONE);
            check_view(store, known_on);
            check_punctuality(store, known_on);
        }
    } else {
        CHECK(status != NTM_ERROR_MEMORY && err.status == status && err.message[0] != '\0');
        CHECK(strchr(err.message, '\n') == NULL && ntm_problems_found(options.problems) > 0);
    }
    ntm_observations_free(store);
    ntm_problems_free(options.problems);
    return 0;
}
