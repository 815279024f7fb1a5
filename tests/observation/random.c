/* SPDX-License-Identifier: Apache-2.0 */
/* Random tables against a model that looks through all rows for every cell, as they are and after rows recorded later
   were added anywhere among them. */
#include "notes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 700, NAMES = 300, FIRST = 18262 /* 2020-01-01 */ };

typedef struct row {
    int unit, fact, period;
    ntm_known known;
    int64_t value; /* x 10^-scale, or which level */
    uint8_t scale;
    ntm_date recorded_on;
} row;

typedef struct scene {
    size_t count, units, facts, periods;
    bool days, levels; /* periods are days; fact 0 has levels */
    bool integers;     /* values are integers with two digits after the mark, */
    bool large;        /* some past 32 bits, */
    bool complete;     /* and none is missing */
    row rows[ROWS_MAX];
} scene;

static char unit_texts[NAMES][8], fact_texts[NAMES][8], period_texts[NAMES][16];
static const char *unit_names[NAMES], *fact_names[NAMES], *period_names[NAMES];
static const char *const level_names[] = {"tốt", "khá", "kém"};

/* Names in an order that is not theirs: 7 x i modulo a prime. Fact f has months where f is even, quarters otherwise. */
static void name_all(void) {
    for (int i = 0; i < NAMES; i++) {
        (void)snprintf(unit_texts[i], sizeof unit_texts[i], "u%03d", 7 * i % 307);
        (void)snprintf(fact_texts[i], sizeof fact_texts[i], "f%03d", 7 * i % 307);
        if (i % 2 == 0)
            (void)snprintf(period_texts[i], sizeof period_texts[i], "%04d-%02d", 2020 + i / 24, i / 2 % 12 + 1);
        else
            (void)snprintf(period_texts[i], sizeof period_texts[i], "%04d-Q%d", 2020 + i / 8, i / 2 % 4 + 1);
        unit_names[i] = unit_texts[i];
        fact_names[i] = fact_texts[i];
        period_names[i] = period_texts[i];
    }
}

static size_t below(uint64_t *random, size_t limit) { return (size_t)(fault_random(random) % limit); }

/* ------------------------------------------------------------------------------------------- tables */

static bool same_value(const row *a, const row *b) {
    if (a->known != b->known || a->known != NTM_REPORTED) return a->known == b->known;
    return ntm_decimal_compare((ntm_decimal){a->value, a->scale}, (ntm_decimal){b->value, b->scale}) == 0;
}

static bool same_place(const row *a, const row *b) {
    return a->unit == b->unit && a->fact == b->fact && a->period == b->period;
}

static int64_t draw_integer(uint64_t *random, bool large) {
    static const int64_t edges[] = {INT32_MAX,     (int64_t)INT32_MAX + 1, INT32_MIN,  (int64_t)INT32_MIN - 1,
                                    UINT32_MAX,    -(int64_t)UINT32_MAX,   INT64_MAX,  -INT64_MAX,
                                    7942000000000, -7942000000000,         4294967296, -4294967296};
    if (large && below(random, 3) == 0) return edges[below(random, sizeof edges / sizeof *edges)];
    return (int64_t)below(random, 60) - 20;
}

static row draw_row(const scene *s, uint64_t *random, ntm_date from, ntm_date to) {
    row r = {(int)below(random, s->units),
             (int)below(random, s->facts),
             (int)below(random, s->periods),
             NTM_REPORTED,
             (int64_t)below(random, 40),
             (uint8_t)below(random, 3),
             from + (ntm_date)below(random, (size_t)(to - from))};
    if (below(random, 6) == 0 && !s->complete) r.known = NTM_NOT_REPORTED;
    if (below(random, 12) == 0 && !s->complete) r.known = NTM_NOT_APPLICABLE;
    if (s->integers) r.value = draw_integer(random, s->large), r.scale = 2;
    if (s->levels && r.fact == 0) r.value = r.value % 3, r.scale = 0;
    return r;
}

/* A row that contradicts none that is there, put anywhere. */
static void insert_row(scene *s, uint64_t *random, row r) {
    if (!s->days) r.period = r.period / 2 * 2 + r.fact % 2;
    for (size_t i = 0; i < s->count; i++)
        if (same_place(&r, &s->rows[i]) && r.recorded_on == s->rows[i].recorded_on && !same_value(&r, &s->rows[i]))
            return;
    size_t at = below(random, s->count + 1);
    memmove(&s->rows[at + 1], &s->rows[at], (s->count - at) * sizeof r);
    s->rows[at] = r;
    s->count++;
}

static void add_row(scene *s, uint64_t *random, ntm_date from, ntm_date to) {
    insert_row(s, random, draw_row(s, random, from, to));
}

static void put_text(char *to, size_t capacity, const scene *s, const row *r) {
    if (r->known != NTM_REPORTED)
        (void)snprintf(to, capacity, "%s", r->known == NTM_NOT_REPORTED ? "" : "không có");
    else if (s->levels && r->fact == 0)
        (void)snprintf(to, capacity, "%s", level_names[r->value]);
    else
        (void)ntm_decimal_format(to, capacity, (ntm_decimal){r->value, r->scale}, NTM_LOCALE_PLAIN);
}

/* The table as columns of texts, categories, days and doubles, by turns. */
typedef struct columns {
    int32_t units[ROWS_MAX], offsets[ROWS_MAX + 1], unit_offsets[ROWS_MAX + 1], days[ROWS_MAX];
    int8_t facts[ROWS_MAX];
    int16_t periods[ROWS_MAX];
    double values[ROWS_MAX];
    int64_t integers[ROWS_MAX];
    uint8_t validity[ROWS_MAX / 8 + 1], not_applicable[ROWS_MAX / 8 + 1];
    char text[ROWS_MAX * 24], unit_text[ROWS_MAX * 8];
    ntm_field fields[5];
} columns;

static ntm_column column_of(ntm_type type, const void *data, size_t length, int64_t stride) {
    ntm_column column = NTM_COLUMN_INIT;
    column.type = type;
    column.data = data;
    column.length = length;
    column.stride_bytes = stride;
    return column;
}

static void fill(columns *c, const scene *s) {
    size_t used = 0, unit_used = 0;
    memset(c, 0, sizeof *c);
    for (size_t i = 0; i < s->count; i++) {
        const row *r = &s->rows[i];
        c->units[i] = r->unit;
        c->facts[i] = (int8_t)r->fact;
        c->periods[i] = (int16_t)r->period;
        c->days[i] = r->recorded_on;
        c->values[i] = (double)r->value / (r->scale == 0 ? 1 : r->scale == 1 ? 10 : 100);
        c->integers[i] = r->value;
        if (r->known == NTM_REPORTED) c->validity[i / 8] |= (uint8_t)(1u << i % 8);
        if (r->known == NTM_NOT_APPLICABLE) c->not_applicable[i / 8] |= (uint8_t)(1u << i % 8);
        put_text(c->text + used, sizeof c->text - used, s, r);
        used += strlen(c->text + used);
        c->offsets[i + 1] = (int32_t)used;
        unit_used +=
            (size_t)snprintf(c->unit_text + unit_used, sizeof c->unit_text - unit_used, "%s", unit_names[r->unit]);
        c->unit_offsets[i + 1] = (int32_t)unit_used;
    }
}

static ntm_observations *make_store(columns *c, const scene *s, bool texts, const ntm_allocator *allocator) {
    static const char *const none[] = {"Không có"};
    ntm_observations_options options = NTM_OBSERVATIONS_OPTIONS_INIT;
    ntm_table table = NTM_TABLE_INIT;
    ntm_observations *store = NULL;
    ntm_error err = NTM_ERROR_INIT;
    fill(c, s);
    options.not_applicable = none;
    options.not_applicable_count = 1;
    options.allocator = allocator;
    ntm_column value = column_of(NTM_TYPE_DOUBLE, c->values, s->count, sizeof(double)),
               unit = ntm_column_codes(c->units, s->count, unit_names, NAMES),
               fact = column_of(NTM_TYPE_INT8, c->facts, s->count, 1),
               period = column_of(NTM_TYPE_INT16, c->periods, s->count, sizeof(int16_t));
    if (s->integers) {
        value = ntm_column_int64(c->integers, s->count);
        value.scale = 2;
    }
    value.validity = s->complete ? NULL : c->validity;
    value.not_applicable = s->complete ? NULL : c->not_applicable;
    if (!s->integers && (texts || s->levels)) {
        value = column_of(NTM_TYPE_TEXT, c->offsets, s->count, 0);
        value.text = c->text;
    }
    if (texts) {
        unit = column_of(NTM_TYPE_TEXT, c->unit_offsets, s->count, 0);
        unit.text = c->unit_text;
    }
    fact.categories = fact_names;
    fact.category_count = NAMES;
    if (!s->days) {
        period.categories = period_names;
        period.category_count = NAMES;
    }
    c->fields[0] = (ntm_field){"value", value};
    c->fields[1] = (ntm_field){"unit", unit};
    c->fields[2] = (ntm_field){"fact", fact};
    c->fields[3] = (ntm_field){"period", period};
    c->fields[4] = (ntm_field){"recorded_on", ntm_column_codes(c->days, s->count, NULL, 0)};
    table.rows = s->count;
    table.fields = c->fields;
    table.field_count = 5;
    assert_ok(ntm_observations_new(&store, &table, &options, &err), &err);
    return store;
}

/* ------------------------------------------------------------------------------------------- the model */

/* The row that counts; the first of those that say the same. */
static const row *model_row(const scene *s, int unit, int fact, int period, ntm_date known_on) {
    const row *best = NULL;
    for (size_t i = 0; i < s->count; i++) {
        const row *r = &s->rows[i];
        if (r->unit != unit || r->fact != fact || r->period != period || r->recorded_on > known_on) continue;
        if (best == NULL || r->recorded_on > best->recorded_on) best = r;
    }
    return best;
}

static size_t model_places(const scene *s) {
    size_t places = 0;
    for (size_t i = 0; i < s->count; i++) {
        size_t k = 0;
        while (!same_place(&s->rows[k], &s->rows[i]))
            k++;
        places += k == i;
    }
    return places;
}

static size_t model_repeats(const scene *s) {
    size_t repeats = 0;
    for (size_t i = 0; i < s->count; i++)
        for (size_t k = 0; k < i; k++)
            if (same_place(&s->rows[k], &s->rows[i]) && s->rows[k].recorded_on == s->rows[i].recorded_on) {
                repeats++;
                break;
            }
    return repeats;
}

static void model_report(ntm_punctual *to, const scene *s, int unit, int fact, int period, ntm_date due,
                         ntm_date known_on) {
    const row *first = NULL, *said = NULL;
    bool corrected = false;
    to->expected++;
    for (ntm_date day = FIRST; day <= known_on; day++) {
        const row *r = model_row(s, unit, fact, period, day);
        if (r == NULL || r->known == NTM_NOT_REPORTED) continue;
        if (first == NULL) first = r;
        corrected = corrected || (said != NULL && !same_value(said, r));
        said = r;
    }
    const row *last = model_row(s, unit, fact, period, known_on);
    to->in_time += first != NULL && first->recorded_on <= due;
    to->late += first != NULL && first->recorded_on > due;
    to->missing += first == NULL && due <= known_on;
    to->not_due += first == NULL && due > known_on;
    to->corrected += corrected;
    to->withdrawn += first != NULL && last->known == NTM_NOT_REPORTED;
}

/* ------------------------------------------------------------------------------------------- comparing */

/* Some of each, without any that is named twice. */
typedef struct asked {
    int units[NAMES], facts[NAMES], periods[NAMES];
    size_t unit_count, fact_count, period_count;
    const char *fact_list[NAMES], *period_list[NAMES];
    char day_texts[NAMES][16];
    int32_t codes[NAMES];
    ntm_column column;
    ntm_observed_options options;
} asked;

static size_t pick(int *out, uint64_t *random, size_t limit, size_t most) {
    size_t count = 0;
    for (size_t i = 0; i < limit; i++)
        if (count < most && below(random, 3) > 0) out[count++] = (int)i;
    for (size_t i = count; i > 1; i--) {
        size_t k = below(random, i);
        int swap = out[k];
        out[k] = out[i - 1];
        out[i - 1] = swap;
    }
    return count;
}

static void ask(asked *a, const scene *s, uint64_t *random, ntm_date known_on) {
    size_t most = s->days ? 40 : NAMES;
    a->unit_count = pick(a->units, random, s->units + 2 < NAMES ? s->units + 2 : NAMES, most);
    a->fact_count = pick(a->facts, random, s->facts + 1, most);
    a->period_count = pick(a->periods, random, s->periods + 2 < NAMES ? s->periods + 2 : NAMES, most);
    for (size_t i = 0; i < a->fact_count; i++)
        a->fact_list[i] = fact_names[a->facts[i]];
    for (size_t i = 0; i < a->period_count; i++) {
        int y, m, d;
        ntm_date_parts(a->periods[i], &y, &m, &d);
        (void)snprintf(a->day_texts[i], sizeof a->day_texts[i], "%04d-%02d-%02d", y, m, d);
        a->period_list[i] = s->days ? a->day_texts[i] : period_names[a->periods[i]];
    }
    for (size_t i = 0; i < a->unit_count; i++)
        a->codes[i] = a->units[i];
    a->column = ntm_column_codes(a->codes, a->unit_count, unit_names, NAMES);
    a->options = (ntm_observed_options)NTM_OBSERVED_OPTIONS_INIT;
    a->options.facts = a->fact_list;
    a->options.fact_count = a->fact_count;
    a->options.periods = a->period_list;
    a->options.period_count = a->period_count;
    a->options.units = &a->column;
    a->options.known_on = known_on;
}

/* Counts the cells whose places have any row at all. */
static size_t check_cells(const ntm_view *view, const asked *a, const scene *s) {
    size_t places = 0;
    for (size_t f = 0; f < a->fact_count; f++)
        for (size_t at = 0; at < a->period_count * a->unit_count; at++) {
            char cell[64] = "", expected[64] = "not reported";
            int unit = a->units[at % a->unit_count], period = a->periods[at / a->unit_count];
            const row *r = model_row(s, unit, a->facts[f], period, a->options.known_on);
            const ntm_column *column = &ntm_view_table(view)->fields[f].column;
            ntm_decimal number = {0, 0};
            if (r != NULL && r->known == NTM_NOT_APPLICABLE)
                (void)snprintf(expected, sizeof expected, "not applicable");
            notes_cell(cell, sizeof cell, column, at);
            if (r != NULL && r->known == NTM_REPORTED && column->categories == NULL) {
                assert_int_equal(ntm_column_decimal(&number, column, at, NULL), NTM_OK);
                assert_int_equal(ntm_decimal_compare(number, (ntm_decimal){r->value, r->scale}), 0);
            } else {
                if (r != NULL && r->known == NTM_REPORTED) put_text(expected, sizeof expected, s, r);
                assert_string_equal(cell, expected);
            }
            assert_int_equal(ntm_view_source(view, f, at), r == NULL ? NTM_NO_ROW : (uint64_t)(r - s->rows));
            places += model_row(s, unit, a->facts[f], period, INT32_MAX) != NULL;
        }
    return places;
}

static void check_punctuality(const ntm_observations *store, const asked *a, const scene *s) {
    ntm_punctuality *p = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_punctual total = {0, 0, 0, 0, 0, 0, 0};
    assert_ok(ntm_punctuality_new(&p, store, &a->options, 5, &err), &err);
    for (size_t f = 0; f < a->fact_count; f++) {
        ntm_punctual one = {0, 0, 0, 0, 0, 0, 0};
        bool heard = false;
        for (size_t i = 0; i < s->count; i++)
            heard = heard || (s->rows[i].fact == a->facts[f] && s->rows[i].recorded_on <= a->options.known_on);
        for (size_t k = 0; k < a->period_count; k++) {
            ntm_period period;
            assert_int_equal(ntm_period_parse(&period, a->period_list[k], strlen(a->period_list[k]), NULL), NTM_OK);
            if (!s->days && heard && a->periods[k] % 2 != a->facts[f] % 2) continue;
            for (size_t u = 0; u < a->unit_count; u++)
                model_report(&one, s, a->units[u], a->facts[f], a->periods[k], period.last_day + 5,
                             a->options.known_on);
        }
        ntm_punctual is = ntm_punctuality_fact(NULL, p, f);
        assert_memory_equal(&is, &one, sizeof is);
        for (size_t k = 0; k < sizeof one / sizeof(uint64_t); k++)
            ((uint64_t *)&total)[k] += ((uint64_t *)&one)[k];
    }
    ntm_punctual is = ntm_punctuality_total(p);
    assert_memory_equal(&is, &total, sizeof is);
    size_t count = 0;
    ntm_missing *list = calloc(total.missing + 1, sizeof *list);
    assert_non_null(list);
    assert_int_equal(ntm_punctuality_missing(list, &count, total.missing + 1, p, NULL), NTM_OK);
    assert_int_equal(count, total.missing);
    for (size_t i = 0; i < count; i++)
        assert_true(list[i].due_on <= a->options.known_on);
    free(list);
    ntm_punctuality_free(p);
}

static void same_bytes(const ntm_view *before, const ntm_view *after) {
    const ntm_table *a = ntm_view_table(before), *b = ntm_view_table(after);
    assert_true(a->rows == b->rows && a->field_count == b->field_count);
    for (size_t f = 0; f < a->field_count; f++) {
        const ntm_column *x = &a->fields[f].column, *y = &b->fields[f].column;
        assert_string_equal(a->fields[f].name, b->fields[f].name);
        assert_true(x->type == y->type && x->scale == y->scale && x->category_count == y->category_count);
        for (size_t i = 0; i < x->category_count; i++)
            assert_string_equal(x->categories[i], y->categories[i]);
        if (a->rows == 0) continue;
        assert_memory_equal(x->data, y->data, a->rows * (size_t)x->stride_bytes);
        assert_memory_equal(x->validity, y->validity, (a->rows + 7) / 8);
        assert_memory_equal(x->not_applicable, y->not_applicable, (a->rows + 7) / 8);
    }
}

static void make_scene(scene *s, uint64_t *random, bool wide) {
    memset(s, 0, sizeof *s);
    s->days = wide || below(random, 4) == 0;
    s->levels = below(random, 2) == 0;
    s->units = wide ? NAMES : 1 + below(random, 5);
    s->facts = wide ? 3 : 1 + below(random, 4);
    s->periods = wide ? NAMES : 2 + below(random, 6);
    size_t rows = wide ? 400 : below(random, 90);
    for (size_t i = 0; i < rows; i++)
        add_row(s, random, FIRST, FIRST + 60);
}

/* Nearly every place has one row, few have more: what is kept in cells, or just not any more. */
static void make_tidy_scene(scene *s, uint64_t *random) {
    memset(s, 0, sizeof *s);
    s->days = below(random, 2) == 0;
    s->integers = below(random, 4) > 0;
    s->large = below(random, 2) == 0;
    s->complete = s->integers && below(random, 2) == 0;
    s->levels = !s->integers && below(random, 2) == 0;
    s->units = 1 + below(random, 40);
    s->facts = 1 + below(random, 3);
    s->periods = 2 + below(random, s->days ? 4 : 8);
    for (size_t at = 0; at < s->units * s->facts * s->periods && s->count < ROWS_MAX - 100; at++) {
        row r = draw_row(s, random, FIRST, FIRST + 60);
        r.unit = (int)(at % s->units);
        r.fact = (int)(at / s->units % s->facts);
        r.period = (int)(at / s->units / s->facts);
        if (s->levels && r.fact == 0) r.value = (int64_t)below(random, 3), r.scale = 0;
        if (below(random, 16) > 0 && (s->days || r.period % 2 == r.fact % 2)) insert_row(s, random, r);
    }
    for (size_t more = below(random, s->count / 6 + 2); more > 0 && s->count > 0; more--) {
        row r = s->rows[below(random, s->count)];
        const row other = draw_row(s, random, FIRST, FIRST + 60);
        if (below(random, 3) > 0) {
            r.recorded_on = other.recorded_on;
            if (!s->levels) r.value = other.value, r.scale = other.scale;
        }
        insert_row(s, random, r);
    }
}

typedef enum kind { CLOSE, WIDE, TIDY } kind;

static void one_seed(uint64_t seed, kind what) {
    static scene s;
    static columns c;
    static asked a;
    fault f = FAULT_INIT;
    ntm_allocator allocator = fault_allocator(&f);
    ntm_error err = NTM_ERROR_INIT;
    ntm_view *view = NULL, *all = NULL, *later = NULL, *all_later = NULL;
    uint64_t random = seed;
    bool wide = what == WIDE;
    if (what == TIDY)
        make_tidy_scene(&s, &random);
    else
        make_scene(&s, &random, wide);
    ntm_date known_on = FIRST + (ntm_date)below(&random, 62);
    ntm_observations *store = make_store(&c, &s, seed % 2 == 0, &allocator);
    ntm_observed held = ntm_observations_count(store);
    assert_int_equal(held.rows, s.count);
    assert_int_equal(held.repeated, model_repeats(&s));
    assert_int_equal(held.used, s.count - held.repeated);
    assert_int_equal(held.places, model_places(&s));
    ask(&a, &s, &random, known_on);
    a.options.allocator = &allocator;
    assert_ok(ntm_view_new(&view, store, &a.options, &err), &err);
    size_t places = check_cells(view, &a, &s);
    assert_int_equal(ntm_view_cells(view).left_out, held.places - places);
    if (!wide || seed % 8 == 0) check_punctuality(store, &a, &s);
    ntm_observed_options everything = NTM_OBSERVED_OPTIONS_INIT;
    everything.known_on = known_on;
    assert_ok(ntm_view_new(&all, store, &everything, &err), &err);
    for (size_t i = 0; i < 30; i++)
        add_row(&s, &random, known_on + 1, known_on + 20);
    ntm_observations *more = make_store(&c, &s, seed % 2 == 0, &allocator);
    assert_ok(ntm_view_new(&later, more, &a.options, &err), &err);
    assert_ok(ntm_view_new(&all_later, more, &everything, &err), &err);
    same_bytes(view, later);
    same_bytes(all, all_later);
    ntm_view_free(view);
    ntm_view_free(all);
    ntm_view_free(later);
    ntm_view_free(all_later);
    ntm_observations_free(store);
    ntm_observations_free(more);
    fault_assert_empty(&f);
}

static void close_together(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= (fault_under_valgrind() ? 20 : 1500); seed++)
        one_seed(seed, CLOSE);
}

/* So many units and days that places are listed. */
static void far_apart(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= (fault_under_valgrind() ? 2 : 16); seed++)
        one_seed(seed, WIDE);
}

static void one_row_a_place(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= (fault_under_valgrind() ? 8 : 400); seed++)
        one_seed(seed, TIDY);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(close_together), cmocka_unit_test(far_apart),
                                       cmocka_unit_test(one_row_a_place)};
    name_all();
    return cmocka_run_group_tests_name("random observations", tests, NULL, NULL);
}
