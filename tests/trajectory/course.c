/* SPDX-License-Identifier: Apache-2.0 */
#include "course.h"

#include <inttypes.h>
#include <stdio.h>

static ntm_date day_of(const char *text) {
    ntm_date day = NTM_DATE_NONE;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_date_parse(&day, text, strlen(text), &err), &err);
    return day;
}

/* ------------------------------------------------------------------------------------------- making */

ntm_csv *course_csv(const char *text) {
    ntm_csv_field fields[16];
    char headers[16][32];
    size_t count = 0, size = strcspn(text, "\n");
    ntm_csv *csv = NULL;
    ntm_error err = NTM_ERROR_INIT;
    memset(fields, 0, sizeof fields);
    for (size_t at = 0; at < size; count++) {
        size_t length = strcspn(text + at, ",\n");
        assert_true(count < 16 && length < 32);
        memcpy(headers[count], text + at, length);
        headers[count][length] = '\0';
        bool number = strstr(headers[count], "value") != NULL;
        fields[count] = (ntm_csv_field){.header = headers[count],
                                        .kind = number ? NTM_CSV_NUMBER : NTM_CSV_TEXT,
                                        .locale = NTM_LOCALE_PLAIN,
                                        .scale = 3};
        at += length + 1;
    }
    assert_ok(ntm_csv_read(&csv, text, strlen(text), "targets", fields, count, NULL, &err), &err);
    return csv;
}

void course_start(course *c, const char *yaml, const char *deadline, const char *units, const char *period_ends) {
    char text[16];
    int read = 0;
    memset(c, 0, sizeof *c);
    c->set = taken(yaml);
    c->err = (ntm_error)NTM_ERROR_INIT;
    c->options = (ntm_trajectory_options)NTM_TRAJECTORY_OPTIONS_INIT;
    while (sscanf(period_ends, " %15s%n", text, &read) == 1) {
        assert_true(c->options.period_count < COURSE_PERIODS);
        c->ends[c->options.period_count++] = day_of(text);
        period_ends += read;
    }
    size_t count = 0;
    for (const char *at = units; *at != '\0'; at++)
        count += *at != ' ' && (at == units || at[-1] == ' ');
    sheet_start(&c->s, count * c->options.period_count);
    c->s.plan.out_of_force = true;
    c->s.plan.on = day_of(deadline);
    char *bytes = sheet_memory(&c->s, strlen(units) + 1);
    int32_t *offsets = sheet_memory(&c->s, (count + 1) * sizeof *offsets);
    size_t used = 0;
    offsets[0] = 0;
    for (size_t i = 0; i < count; i++) {
        units += strspn(units, " ");
        size_t length = strcspn(units, " ");
        memcpy(bytes + used, units, length);
        used += length;
        units += length;
        offsets[i + 1] = (int32_t)used;
    }
    c->units = (ntm_column)NTM_COLUMN_INIT;
    c->units.type = NTM_TYPE_TEXT;
    c->units.data = offsets;
    c->units.text = bytes;
    c->units.length = count;
    c->options.units = &c->units;
    c->options.period_ends = c->ends;
}

void course_end(course *c) {
    ntm_trajectory_free(c->t);
    ntm_csv_free(c->targets);
    ntm_plan_free(c->plan);
    ntm_set_free(c->set);
    sheet_end(&c->s);
}

ntm_status course_try(course *c, const char *targets) {
    ntm_trajectory_free(c->t);
    ntm_csv_free(c->targets);
    ntm_plan_free(c->plan);
    c->t = NULL;
    c->targets = NULL;
    c->plan = NULL;
    c->err = (ntm_error)NTM_ERROR_INIT;
    assert_ok(ntm_plan_new(&c->plan, c->set, &c->s.plan, &c->err), &c->err);
    if (targets != NULL) c->targets = course_csv(targets);
    c->options.units = &c->units;
    c->options.targets = targets == NULL ? NULL : ntm_csv_table(c->targets);
    return ntm_trajectory_new(&c->t, c->plan, &c->s.table, &c->options, &c->err);
}

void course_run(course *c, const char *targets) { assert_ok(course_try(c, targets), &c->err); }

void course_refused(course *c, const char *targets, ntm_status status, const char *subject, uint64_t row,
                    const char *piece) {
    assert_fails(course_try(c, targets), status, &c->err, piece);
    assert_null(c->t);
    assert_string_equal(c->err.subject, subject);
    assert_true(c->err.row == row);
}

/* ------------------------------------------------------------------------------------------- looking */

size_t course_series(const course *c, ntm_track_of of, const char *id) {
    size_t series = ntm_trajectory_find(c->t, of, id);
    assert_true(series != SIZE_MAX);
    return series;
}

ntm_track_cell course_cell(const course *c, ntm_track_of of, const char *id, size_t unit, size_t period) {
    ntm_track_cell cell;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_trajectory_cell(&cell, c->t, course_series(c, of, id), unit, period, &err), &err);
    return cell;
}

void expect_states(const course *c, ntm_track_of of, const char *id, const char *states) {
    char found[1024];
    size_t used = 0, units = ntm_trajectory_unit_count(c->t);
    for (size_t p = 0; p < ntm_trajectory_period_count(c->t); p++) {
        if (p > 0) found[used++] = ' ';
        for (size_t u = 0; u < units; u++)
            found[used++] = "o+~-x"[course_cell(c, of, id, u, p).state];
    }
    found[used] = '\0';
    assert_string_equal(found, states);
}

static size_t put(char *to, size_t used, const char *name) {
    return used + (size_t)sprintf(to + used, "%s%s=", used > 0 ? " " : "", name);
}

static size_t put_number(char *to, size_t used, ntm_fraction value) {
    if (value.denominator == 0) return used + (size_t)sprintf(to + used, "?");
    used += (size_t)sprintf(to + used, "%" PRId64, value.numerator);
    return value.denominator == 1 ? used : used + (size_t)sprintf(to + used, "/%" PRId64, value.denominator);
}

static size_t put_fraction(char *to, size_t used, const char *name, ntm_fraction value) {
    return value.denominator == 0 ? used : put_number(to, put(to, used, name), value);
}

static size_t put_range(char *to, size_t used, const char *name, ntm_range value) {
    if (value.least.denominator == 0 && value.most.denominator == 0) return used;
    used = put_number(to, put(to, used, name), value.least);
    if (value.least.numerator == value.most.numerator && value.least.denominator == value.most.denominator) return used;
    used += (size_t)sprintf(to + used, "..");
    return put_number(to, used, value.most);
}

static size_t put_day(char *to, size_t used, const char *name, ntm_date day) {
    int year, month, at;
    if (day == NTM_DATE_NONE) return used;
    ntm_date_parts(day, &year, &month, &at);
    used = put(to, used, name);
    return used + (size_t)sprintf(to + used, "%04d-%02d-%02d", year, month, at);
}

void expect_cell_is(const course *c, ntm_track_of of, const char *id, size_t unit, size_t period, const char *text) {
    char found[512] = "";
    ntm_track_cell cell = course_cell(c, of, id, unit, period);
    size_t used = put_range(found, 0, "value", cell.value);
    used = put_range(found, used, "target", cell.target);
    used = put_fraction(found, used, "interim", cell.interim);
    used = put_fraction(found, used, "behind", cell.behind);
    used = put_day(found, used, "since", cell.since);
    (void)put_day(found, used, "fell", cell.fell_since);
    assert_string_equal(found, text);
}

void expect_outlook(const course *c, ntm_track_of of, const char *id, size_t unit, size_t period, const char *text) {
    char found[512] = "";
    ntm_track_outlook o;
    ntm_error err = NTM_ERROR_INIT;
    assert_ok(ntm_trajectory_outlook(&o, c->t, course_series(c, of, id), unit, period, &err), &err);
    size_t used = put_range(found, 0, "needed", o.needed);
    used = put_fraction(found, used, "months", o.months);
    used = put_range(found, used, "pace", o.pace_needed);
    used = put_fraction(found, used, "so_far", o.pace_so_far);
    used = put_day(found, used, "first", o.first_reported);
    used = put_day(found, used, "last", o.last_reported);
    (void)put_day(found, used, "arrives", o.arrives_on);
    assert_string_equal(found, text);
}

void expect_places(const course *c, const ntm_track_place *places, size_t count, const char *text) {
    char found[512] = "";
    size_t used = 0;
    for (size_t i = 0; i < count; i++)
        used += (size_t)snprintf(found + used, sizeof found - used, "%s%s:%s", i > 0 ? " " : "",
                                 ntm_trajectory_series(c->t, places[i].series)->id,
                                 ntm_trajectory_unit(c->t, places[i].unit));
    assert_string_equal(found, text);
}
