/* SPDX-License-Identifier: Apache-2.0 */
#include "errand.h"

#include <stdio.h>

#define FACT(id, rest) "  " id ": {name: {vi: " id "-vi, en: " id "-en}, " rest "}\n"

const char ERRAND_SET[] = HEAD "facts:\n" FACT("all", "kind: count, unit: household") FACT(
    "water", "kind: count, unit: household, part_of: all") FACT("roads", "kind: amount, unit: km")
    FACT("paved", "kind: amount, unit: km") FACT("plan", "kind: flag") FACT("huts", "kind: count, unit: house") FACT(
        "clinic", "kind: flag, closed_by: work") FACT("pay", "kind: money, unit: triệu đồng, closed_by: time")
        FACT("registered", "kind: flag") "criteria:\n  - id: \"1\"\n    name: {vi: c}\n    source: [S]\n    indicators:\n" RULE(
            "\"1.1\"", "[{ratio: [paved, roads]}, \">=\", {constant: 70, unit: \"%\"}]")
            RULE("\"1.2\"", "{attested: plan}") "  - id: \"2\"\n    name: {vi: c}\n    source: [S]\n    indicators:\n" RULE(
                "\"2.1\"", "[{ratio: [water, all]}, \">=\", {constant: 90, unit: \"%\"}]")
                RULE("\"2.2\"", "[water, \">=\", {constant: 100, unit: household}]") "  - id: \"3\"\n    name: {vi: c}\n    source: [S]\n    indicators:\n" RULE(
                    "\"3.1\"", "[huts, \"=\", {constant: 0, unit: house}]") RULE("\"3.2\"", "{attested: clinic}")
                    RULE(
                        "\"3.3\"",
                        "[pay, \">=\", {constant: 36, unit: triệu đồng}]") "status: [{count: criteria}, \">=\", {constant: 3}]\n"
                                                                           "preconditions:\n  - {id: listed, name: {vi: p}, rule: {attested: registered}, source: [S]}\n";

void errand_start(errand *e, const char *yaml, const char *facts) {
    ntm_plan_options plan = NTM_PLAN_OPTIONS_INIT;
    ntm_error err = NTM_ERROR_INIT;
    memset(e, 0, sizeof *e);
    e->options = (ntm_tasks_options)NTM_TASKS_OPTIONS_INIT;
    e->set = taken(yaml);
    plan.on = ntm_date_ymd(2020, 2, 25);
    plan.out_of_force = true;
    assert_ok(ntm_plan_new(&e->plan, e->set, &plan, &err), &err);
    e->facts = rows_read(facts);
    const ntm_table *all = ntm_csv_table(e->facts);
    e->table = (ntm_table)NTM_TABLE_INIT;
    e->table.rows = all->rows;
    e->table.fields = e->fields;
    for (size_t i = 0; i < all->field_count; i++) {
        if (strcmp(all->fields[i].name, "code") == 0)
            e->codes = all->fields[i].column;
        else
            e->fields[e->table.field_count++] = all->fields[i];
    }
    e->options.codes = &e->codes;
    assert_ok(ntm_gaps_new(&e->gaps, e->plan, &e->table, NULL, &err), &err);
}

void errand_end(errand *e) {
    ntm_tasks_free(e->tasks);
    ntm_gaps_free(e->gaps);
    ntm_plan_free(e->plan);
    ntm_set_free(e->set);
    ntm_norms_free(e->norms);
    ntm_units_free(e->units);
    ntm_csv_free(e->facts);
    for (size_t i = 0; i < e->table_count; i++)
        ntm_csv_free(e->tables[i]);
}

void errand_table(errand *e, const ntm_table **out, const char *text) {
    assert_true(e->table_count < ERRAND_TABLES);
    e->tables[e->table_count] = rows_read(text);
    *out = ntm_csv_table(e->tables[e->table_count++]);
}

void errand_norms(errand *e, const char *text) {
    ntm_csv *csv = rows_read(text);
    ntm_error err = NTM_ERROR_INIT;
    ntm_norms_free(e->norms);
    e->norms = NULL;
    assert_ok(ntm_norms_new(&e->norms, ntm_csv_table(csv), NULL, &err), &err);
    e->options.norms = e->norms;
    ntm_csv_free(csv);
}

void errand_make(errand *e) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_tasks_free(e->tasks);
    e->tasks = NULL;
    assert_ok(ntm_tasks_new(&e->tasks, e->gaps, &e->options, &err), &err);
    assert_int_equal(ntm_table_check(ntm_tasks_table(e->tasks), NULL, &err), NTM_OK);
    assert_int_equal(ntm_table_check(ntm_tasks_costs(e->tasks), NULL, &err), NTM_OK);
    if (e->options.allotted != NULL)
        assert_int_equal(ntm_table_check(ntm_tasks_remaining(e->tasks), NULL, &err), NTM_OK);
    else
        assert_null(ntm_tasks_remaining(e->tasks));
}

void errand_refused(errand *e, ntm_status status, const char *subject, uint64_t row, const char *piece) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_tasks *tasks = NULL;
    ntm_problems *problems = NULL;
    assert_int_equal(ntm_problems_new(&problems, 0, NULL, NULL), NTM_OK);
    e->options.problems = problems;
    assert_fails(ntm_tasks_new(&tasks, e->gaps, &e->options, &err), status, &err, piece);
    assert_string_equal(err.subject, subject);
    assert_true(err.row == row);
    assert_null(tasks);
    assert_true(ntm_problems_count(problems) > 0);
    assert_string_equal(ntm_problems_get(problems, 0)->message, err.message);
    e->options.problems = NULL;
    ntm_problems_free(problems);
}

/* ------------------------------------------------------------------------------------------- tables as text */

static void show_cell(char *out, size_t room, const ntm_field *field, size_t row) {
    const ntm_column *column = &field->column;
    const char *text = NULL;
    size_t size = 0;
    ntm_decimal value;
    out[0] = '\0';
    if (ntm_column_known(column, row) != NTM_REPORTED) return;
    if (column->categories != NULL) {
        assert_int_equal(ntm_column_text(&text, &size, column, row, NULL), NTM_OK);
        (void)snprintf(out, room, "%.*s", (int)size, text);
        return;
    }
    assert_int_equal(ntm_column_decimal(&value, column, row, NULL), NTM_OK);
    if (strcmp(field->name, "deadline") == 0) {
        int year, month, day;
        ntm_date_parts((ntm_date)value.coefficient, &year, &month, &day);
        (void)snprintf(out, room, "%04d-%02d-%02d", year, month, day);
    } else {
        (void)ntm_decimal_format(out, room, value, NTM_LOCALE_PLAIN);
    }
}

static size_t find_columns(const ntm_field **found, const ntm_table *table, const char *columns) {
    size_t count = 0;
    if (columns[0] == '*') {
        for (; count < table->field_count; count++)
            found[count] = &table->fields[count];
        return count;
    }
    for (const char *at = columns; *at != '\0';) {
        char name[64];
        size_t size = strcspn(at, ",");
        (void)snprintf(name, sizeof name, "%.*s", (int)size, at);
        found[count] = ntm_table_find(table, name);
        if (found[count++] == NULL) fail_msg("no column %s", name);
        at += size + (at[size] == ',');
    }
    return count;
}

void errand_expect(const ntm_table *table, const char *columns, const char *expected) {
    static char text[1 << 16];
    const ntm_field *found[64];
    char cell[512];
    size_t used = 0, count = find_columns(found, table, columns);
    text[0] = '\0';
    for (size_t i = 0; columns[0] == '*' && i < count; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", found[i]->name, i + 1 == count ? "\n" : ",");
    for (size_t row = 0; row < table->rows; row++)
        for (size_t i = 0; i < count; i++) {
            show_cell(cell, sizeof cell, found[i], row);
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", cell, i + 1 == count ? "\n" : ",");
            assert_true(used < sizeof text);
        }
    assert_string_equal(text, expected);
}

void errand_expect_sums(errand *e, ntm_task_sum what, const char *by, const char *columns, const char *expected) {
    char names[256];
    const char *list[16];
    size_t count = 0;
    ntm_task_sums *sums = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)snprintf(names, sizeof names, "%s", by);
    for (char *at = strtok(names, ","); at != NULL; at = strtok(NULL, ","))
        list[count++] = at;
    assert_ok(ntm_tasks_sum(&sums, e->tasks, what, list, count, &err), &err);
    assert_int_equal(ntm_table_check(ntm_task_sums_table(sums), NULL, &err), NTM_OK);
    errand_expect(ntm_task_sums_table(sums), columns, expected);
    ntm_task_sums_free(sums);
}
