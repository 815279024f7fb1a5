/* SPDX-License-Identifier: Apache-2.0 */
/* The lines of a case before its expectations. */
#include "golden.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *trimmed(char *text) {
    size_t size = strlen(text);
    while (size > 0 && (text[size - 1] == ' ' || text[size - 1] == '\t'))
        text[--size] = '\0';
    return text + strspn(text, " \t");
}

/* "given households 2000 | not reported | 1.500": cells of the rows. */
static bool given(golden_case *c, const char *rest) {
    if (c->column_count == GOLDEN_COLUMNS) return golden_complain(c, "too many columns");
    golden_column *column = &c->columns[c->column_count++];
    char cells[GOLDEN_TEXT];
    char word[16];
    if (!golden_word(&rest, column->name, sizeof column->name)) return golden_complain(c, "given what?");
    const char *after = rest;
    if (golden_word(&after, word, sizeof word) && strcmp(word, "as") == 0) {
        if (!golden_word(&after, column->form, sizeof column->form)) return golden_complain(c, "as what?");
        rest = after;
    }
    snprintf(cells, sizeof cells, "%s", rest);
    for (char *cell = cells; cell != NULL;) {
        char *end = strchr(cell, '|');
        if (end != NULL) *end++ = '\0';
        if (column->count == GOLDEN_ROWS) return golden_complain(c, "too many rows");
        snprintf(column->cells[column->count++], sizeof column->cells[0], "%s", trimmed(cell));
        cell = end;
    }
    return true;
}

static bool locale_of(const char *word, ntm_locale *out) {
    if (strcmp(word, "vi") == 0)
        *out = NTM_LOCALE_VI;
    else if (strcmp(word, "en") == 0)
        *out = NTM_LOCALE_EN;
    else if (strcmp(word, "plain") == 0)
        *out = NTM_LOCALE_PLAIN;
    else
        return false;
    return true;
}

/* "column households number vi 2": a column of the CSV file, its sort, how it is written, digits kept. */
static bool column(golden_case *c, const char *rest) {
    static const char *const sorts[] = {"text", "codes", "yes-no", "number", "money", "date"};
    if (c->wanted_count == GOLDEN_COLUMNS) return golden_complain(c, "too many columns");
    golden_csv *wanted = &c->wanted[c->wanted_count++];
    char word[32];
    memset(wanted, 0, sizeof *wanted);
    if (!golden_word(&rest, wanted->name, sizeof wanted->name) || !golden_word(&rest, word, sizeof word))
        return golden_complain(c, "which column, of which sort?");
    for (int at = 0; at < 6; at++)
        if (strcmp(word, sorts[at]) == 0) wanted->field.kind = (ntm_csv_kind)(at + 1);
    wanted->field.header = wanted->name;
    wanted->field.locale = NTM_LOCALE_VI;
    wanted->field.money_unit = 1;
    wanted->field.yes = "có";
    wanted->field.no = "không";
    wanted->field.not_applicable = "không áp dụng";
    if (golden_word(&rest, word, sizeof word) && !locale_of(word, &wanted->field.locale))
        return golden_complain(c, "\"%s\" is no way to write numbers", word);
    if (golden_word(&rest, word, sizeof word)) wanted->field.scale = (uint8_t)atoi(word);
    return wanted->field.kind != 0 || golden_complain(c, "that is no sort of column");
}

bool golden_statement(golden_case *c, const char *word, const char *rest) {
    char text[GOLDEN_TEXT];
    snprintf(text, sizeof text, "%s", rest);
    const char *value = trimmed(text);
    if (strcmp(word, "given") == 0) return given(c, rest);
    if (strcmp(word, "column") == 0) return column(c, rest);
    if (strcmp(word, "set") == 0) return snprintf(c->set, sizeof c->set, "%s", value) > 0;
    if (strcmp(word, "table") == 0) return snprintf(c->csv, sizeof c->csv, "%s", value) > 0;
    if (strcmp(word, "with") == 0) {
        if (c->overlay_count == GOLDEN_OVERLAYS) return golden_complain(c, "too many overlays");
        return snprintf(c->overlays[c->overlay_count++], sizeof c->overlays[0], "%s", value) > 0;
    }
    if (strcmp(word, "on") == 0) {
        ntm_error err = NTM_ERROR_INIT;
        return ntm_date_parse(&c->on, value, strlen(value), &err) == NTM_OK || golden_complain(c, "%s", err.message);
    }
    if (strcmp(word, "numbers") == 0) return locale_of(value, &c->numbers) || golden_complain(c, "numbers how?");
    if (strcmp(word, "out") == 0) return (c->out_of_force = strcmp(value, "of force") == 0);
    if (strcmp(word, "unknown") == 0) return !(c->refuse_unknown = strcmp(value, "columns ignored") != 0);
    if (strcmp(word, "everywhere") == 0) {
        if (c->axis_count == GOLDEN_AXES) return golden_complain(c, "too many axes");
        size_t at = c->axis_count++;
        return (golden_word(&rest, c->axes[at][0], 64) && golden_word(&rest, c->axes[at][1], 64)) ||
               golden_complain(c, "everywhere what?");
    }
    return golden_complain(c, "\"%s\" is no word of a case", word);
}

/* ------------------------------------------------------------------------------------------- columns */

static void set_bit(uint8_t *bits, size_t at) { bits[at / 8] = (uint8_t)(bits[at / 8] | 1u << (at % 8)); }

static const char *form_of(const golden_case *c, const golden_column *column) {
    if (column->form[0] != '\0') return column->form;
    size_t at = ntm_set_find_fact(c->rules, column->name);
    const ntm_fact *fact = at == SIZE_MAX ? NULL : ntm_set_fact(c->rules, at);
    if (strncmp(column->name, "holds:", 6) == 0 || (fact != NULL && fact->kind == NTM_KIND_FLAG)) return "yes-no";
    if (fact != NULL && fact->kind == NTM_KIND_LEVEL) return "text";
    for (at = 0; at < ntm_set_axis_count(c->rules); at++)
        if (strcmp(ntm_set_axis(c->rules, at)->id, column->name) == 0) return "text";
    return "integer";
}

static bool words(golden_column *column) {
    int32_t *offsets = calloc(column->count + 1, sizeof *offsets);
    column->data = offsets;
    column->text = calloc(column->count + 1, sizeof column->cells[0]);
    if (offsets == NULL || column->text == NULL) return false;
    for (size_t row = 0; row < column->count; row++) {
        size_t size = strlen(column->cells[row]);
        memcpy(column->text + offsets[row], column->cells[row], size);
        offsets[row + 1] = offsets[row] + (int32_t)size;
    }
    column->column.type = NTM_TYPE_TEXT;
    column->column.text = column->text;
    return true;
}

static bool flags(golden_column *column) {
    uint8_t *data = calloc(column->count + 1, 1);
    column->data = data;
    if (data == NULL) return false;
    for (size_t row = 0; row < column->count; row++) {
        const char *cell = column->cells[row];
        bool missing = strncmp(cell, "not ", 4) == 0;
        data[row] = strcmp(cell, "yes") == 0 ? 1 : missing || strcmp(cell, "no") == 0 ? 0 : (uint8_t)atoi(cell);
    }
    column->column.type = NTM_TYPE_BYTES;
    column->column.stride_bytes = 1;
    return true;
}

/* Numbers as the case writes them; a cell that is none makes the whole column text. */
static bool numbers(const golden_case *c, golden_column *column, const char *form) {
    ntm_decimal values[GOLDEN_ROWS];
    uint8_t scale = 0;
    memset(values, 0, sizeof values);
    bool doubles = strcmp(form, "double") == 0;
    for (size_t row = 0; row < column->count; row++) {
        const char *cell = column->cells[row];
        if (strncmp(cell, "not ", 4) == 0 || (doubles && strpbrk(cell, "in") != NULL)) continue;
        if (ntm_decimal_parse(&values[row], cell, strlen(cell), c->numbers, NULL) != NTM_OK) return words(column);
        if (values[row].scale > scale) scale = values[row].scale;
    }
    bool wide = strcmp(form, "decimal") == 0;
    int64_t *data = calloc(column->count + 1, wide ? 16 : 8);
    column->data = data;
    if (data == NULL) return false;
    for (size_t row = 0; row < column->count; row++) {
        char plain[64];
        (void)ntm_decimal_format(plain, sizeof plain, values[row], NTM_LOCALE_PLAIN);
        double real = strtod(strpbrk(column->cells[row], "in") != NULL && doubles ? column->cells[row] : plain, NULL);
        int64_t number = values[row].coefficient;
        for (uint8_t at = values[row].scale; at < scale; at++)
            number *= 10;
        if (doubles)
            memcpy(&data[row], &real, sizeof real);
        else
            data[wide ? 2 * row : row] = number;
        if (wide) data[2 * row + 1] = number < 0 ? -1 : 0;
    }
    column->column.type = doubles ? NTM_TYPE_DOUBLE : wide ? NTM_TYPE_DECIMAL128 : NTM_TYPE_INT64;
    column->column.scale = doubles ? 0 : scale;
    column->column.stride_bytes = wide ? 16 : 8;
    return true;
}

static bool one_column(golden_case *c, golden_column *column) {
    const char *form = form_of(c, column);
    column->column = (ntm_column)NTM_COLUMN_INIT;
    column->column.length = column->count;
    for (size_t row = 0; row < column->count; row++) {
        bool without = strcmp(column->cells[row], "not applicable") == 0;
        if (without) set_bit(column->not_applicable, row);
        if (!without && strcmp(column->cells[row], "not reported") != 0) set_bit(column->validity, row);
    }
    column->column.validity = column->validity;
    column->column.not_applicable = column->not_applicable;
    bool made = strcmp(form, "text") == 0     ? words(column)
                : strcmp(form, "yes-no") == 0 ? flags(column)
                                              : numbers(c, column, form);
    column->column.data = column->data;
    return made || golden_complain(c, "no memory");
}

bool golden_table(golden_case *c) {
    size_t rows = c->column_count == 0 ? 1 : c->columns[0].count;
    for (size_t at = 0; at < c->column_count; at++) {
        if (!one_column(c, &c->columns[at])) return false;
        c->fields[at] = (ntm_field){c->columns[at].name, c->columns[at].column};
    }
    c->table = (ntm_table)NTM_TABLE_INIT;
    c->table.rows = rows;
    c->table.fields = c->fields;
    c->table.field_count = c->column_count;
    return true;
}
