/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The reform of 1 July 2025 from public lists: who merged with whom, what was divided, and what can be said of areas and
 * populations where the lists have holes.
 *
 *   viet-nam-2025 examples/data/viet-nam-2025-07
 *
 * Everything printed is real; the sources are in the first lines of the data files.
 */
#include "country.h"

#include <stdio.h>
#include <string.h>

static bool read_country(country *c, const char *folder) {
    char units[1024], succession[1024], facts[1024];
    (void)snprintf(units, sizeof units, "%s/units.csv", folder);
    (void)snprintf(succession, sizeof succession, "%s/succession.csv", folder);
    (void)snprintf(facts, sizeof facts, "%s/area-population.csv", folder);
    /* "23,870" stands beside "65023": commas group, a point is a mark. Never guessed: said here, and any cell that is
       written otherwise is an error with its line. */
    const ntm_csv_field fields[] = {
        {.header = "code", .kind = NTM_CSV_TEXT},
        {.header = "area_km2", .name = "area", .kind = NTM_CSV_NUMBER, .locale = NTM_LOCALE_EN, .scale = 4},
        {.header = "population", .kind = NTM_CSV_NUMBER, .locale = NTM_LOCALE_EN, .not_reported = "đang cập nhật"},
    };
    return ntm_units_open(&c->units, units, succession, NULL, NULL, &c->err) == NTM_OK &&
           ntm_csv_open(&c->facts, facts, fields, 3, NULL, &c->err) == NTM_OK;
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: %s FOLDER   (examples/data/viet-nam-2025-07)\n", argv[0]);
        return 2;
    }
    country c;
    memset(&c, 0, sizeof c);
    c.err = (ntm_error)NTM_ERROR_INIT;
    c.day = ntm_date_ymd(2025, 7, 1);
    bool done = read_country(&c, argv[1]) && years_page(&c) && reform_page(&c) && provinces_page(&c) &&
                chains_page(&c) && defects_page(&c);
    if (!done) fprintf(stderr, "%s: %s: %s\n", ntm_status_name(c.err.status), c.err.subject, c.err.message);
    ntm_units_free(c.units);
    ntm_csv_free(c.facts);
    return done ? 0 : 1;
}
