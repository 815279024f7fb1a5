/* SPDX-License-Identifier: Apache-2.0 */
#include "forest.h"

#include <stdio.h>

static const char *const levels[4][2] = {{NULL, NULL}, {"province", "city"}, {"district", "town"}, {"commune", "ward"}};
static const int codes[4] = {0, 2, 4, FOREST_CODES};

static int chance(uint64_t *random, unsigned of) { return (int)(fault_random(random) % of); }

/* The rows of one code: one for all days, or several with or without a gap. */
static void add_code(forest *f, uint64_t *random, int rung, int code) {
    int day = chance(random, 4) == 0 ? 1 + chance(random, FOREST_DAYS - 1) : 0;
    while (day < FOREST_DAYS && f->count < FOREST_ROWS) {
        forest_row row = {rung, code, 0, 0, day, FOREST_DAYS, levels[rung][chance(random, 5) == 0]};
        if (chance(random, 3) == 0) row.before = day + 1 + chance(random, FOREST_DAYS - day);
        row.above = rung == 1 || chance(random, 12) == 0 ? 0 : rung == 3 && chance(random, 6) == 0 ? 1 : rung - 1;
        if (row.above > 0) row.above_code = chance(random, (unsigned)codes[row.above]);
        f->rows[f->count++] = row;
        day = row.before + (chance(random, 3) == 0);
    }
}

void forest_make(forest *f, uint64_t *random) {
    f->count = 0;
    for (int rung = 1; rung <= 3; rung++)
        for (int code = 0; code < codes[rung]; code++)
            add_code(f, random, rung, code);
    for (int i = f->count - 1; i > 0; i--) {
        int other = chance(random, (unsigned)i + 1);
        forest_row swap = f->rows[i];
        f->rows[i] = f->rows[other];
        f->rows[other] = swap;
    }
}

ntm_date forest_day(int day) { return FOREST_FIRST + day; }

void forest_code(char out[8], const forest_row *row) {
    (void)snprintf(out, 8, "%c%d", " PDC"[row->rung], row -> code % 100);
}

static void put_day(char out[16], int day, int always) {
    int y, m, d;
    out[0] = '\0';
    if (day == always) return;
    ntm_date_parts(forest_day(day), &y, &m, &d);
    (void)snprintf(out, 16, "%04d-%02d-%02d", y, m, d);
}

ntm_units *forest_units(const forest *f) {
    char text[8192], code[8], above[8], from[16], before[16];
    ntm_units_options options = NTM_UNITS_OPTIONS_INIT;
    size_t used = (size_t)snprintf(text, sizeof text, "code,name,level,parent,valid_from,valid_to\n");
    for (int i = 0; i < f->count; i++) {
        const forest_row *row = &f->rows[i];
        forest_row parent = {row->above, row->above_code, 0, 0, 0, 0, NULL};
        forest_code(code, row);
        above[0] = '\0';
        if (row->above > 0) forest_code(above, &parent);
        put_day(from, row->from, 0);
        put_day(before, row->before, FOREST_DAYS);
        used += (size_t)snprintf(text + used, sizeof text - used, "%s,N%s,%s,%s,%s,%s\n", code, code, row->level, above,
                                 from, before);
        assert_true(used < sizeof text);
    }
    options.allow = NTM_UNIT_ALLOW_ALL;
    return tree_new(text, NULL, NULL, &options);
}

bool forest_there(const forest *f, int row, int day) { return f->rows[row].from <= day && day < f->rows[row].before; }

int forest_above(const forest *f, int row, int rung, int day) {
    const forest_row *own = &f->rows[row];
    if (!forest_there(f, row, day) || own->above == 0) return -1;
    for (int i = 0; i < f->count; i++) {
        const forest_row *other = &f->rows[i];
        if (other->rung != own->above || other->code != own->above_code || !forest_there(f, i, day)) continue;
        if (other->rung == rung) return i;
        return other->rung > rung ? forest_above(f, i, rung, day) : -1;
    }
    return -1;
}
