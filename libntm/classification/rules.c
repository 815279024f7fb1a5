/* SPDX-License-Identifier: Apache-2.0 */
/* From the columns of a file to rules. All problems are told together, by row. */
#include <string.h>

#include "base/sort.h"
#include "base/text.h"
#include "classification/classification.h"
#include "column/cells.h"

enum {
    KIND,
    SHAPE,
    DIGITS,
    FIRST,
    LAST,
    LEVEL,
    PART_OF,
    WITHIN,
    BLOCK,
    SUCCESSOR,
    LABEL,
    FROM,
    TO,
    STANDING,
    ACT,
    SOURCE
};

static const char *const kinds[] = {NULL,      "chapter",   "category", "class", "item",
                                    "subitem", "programme", "source",   "level"};
static const char *const levels[] = {NULL, "central", "province", "district", "commune", "local"};
static const char *const shapes[] = {NULL, "any", "tens", "ones", "same level", "parts only", "central code"};
static const char *const standings[] = {NULL, "seen", "inferred", "unread"};
#define COUNT(list) (sizeof(list) / sizeof *(list))

const char *ntm_code_kind_name(ntm_code_kind kind) {
    return (int)kind >= NTM_CODE_CHAPTER && (int)kind < NTM_CODE_KIND_END ? kinds[kind] : NULL;
}

const char *ntm_government_name(ntm_government level) {
    return (int)level >= NTM_CENTRAL && (int)level <= NTM_LOCAL ? levels[level] : NULL;
}

typedef struct loading {
    ntm_i_cells cells;
    const ntm_table *table;
    size_t row;
    ntm_i_rule *rule;
} loading;

static void complain(loading *l, ntm_status status, int column, const char *what) {
    ntm_i_cells_complain(&l->cells, status, l->table->fields[column].name, l->row, "%s", what);
}

/* The text of a cell; NULL when it is empty. */
static const char *cell(loading *l, const char **text, size_t *size, int column) {
    *text = NULL;
    *size = 0;
    return ntm_i_cell_text(&l->cells, text, size, &l->table->fields[column], l->row) ? *text : NULL;
}

static const char *copy(loading *l, int column) {
    return ntm_i_cell_copy(&l->cells, &l->table->fields[column], l->row);
}

/* The number of a word; 0 when the cell is empty, or after complaining. */
static int word(loading *l, int column, const char *const *words, size_t count, bool needed, const char *expected) {
    const char *text = NULL;
    size_t size = 0;
    if (cell(l, &text, &size, column) == NULL) {
        if (needed) complain(l, NTM_ERROR_SCHEMA, column, expected);
        return 0;
    }
    for (size_t i = 1; i < count; i++)
        if (strlen(words[i]) == size && memcmp(words[i], text, size) == 0) return (int)i;
    ntm_i_cells_complain(&l->cells, NTM_ERROR_SCHEMA, l->table->fields[column].name, l->row, "\"%.*s\": %s",
                         ntm_i_shown(text, size), text, expected);
    return 0;
}

/* A whole number of 1 to `most`; 0 when the cell is empty, or after complaining. */
static int32_t number(loading *l, int column, int32_t most) {
    const char *text = NULL;
    size_t size = 0;
    int32_t value = 0;
    if (cell(l, &text, &size, column) == NULL) return 0;
    if (ntm_i_code_value(&value, text, size) && value >= 1 && value <= most) return value;
    ntm_i_cells_complain(&l->cells, NTM_ERROR_SYNTAX, l->table->fields[column].name, l->row,
                         "\"%.*s\" is no whole number from 1 to %ld", ntm_i_shown(text, size), text, (long)most);
    return 0;
}

/* A code of the rule's digits; `none` when the cell is empty, or after complaining. */
static int32_t code(loading *l, int column, int32_t none) {
    const char *text = NULL;
    size_t size = 0;
    int32_t value = 0;
    if (cell(l, &text, &size, column) == NULL) return none;
    if (ntm_i_code_value(&value, text, size) && size == l->rule->digits) return value;
    ntm_i_cells_complain(&l->cells, NTM_ERROR_SYNTAX, l->table->fields[column].name, l->row,
                         "\"%.*s\": expected %u digits", ntm_i_shown(text, size), text, (unsigned)l->rule->digits);
    return none;
}

static void read_days(loading *l) {
    ntm_i_rule *rule = l->rule;
    ntm_date from = ntm_i_cell_day(&l->cells, &l->table->fields[FROM], l->row);
    ntm_date to = ntm_i_cell_day(&l->cells, &l->table->fields[TO], l->row);
    rule->from = from == NTM_DATE_NONE ? INT32_MIN : from;
    rule->to = to == NTM_DATE_NONE ? INT32_MAX : to;
    if (rule->from >= rule->to)
        complain(l, NTM_ERROR_VALUE, TO, "a rule that ends before it begins: expected a day after valid_from");
}

/* Of a rule about entries, what describes codes has to be empty. */
static void read_empty(loading *l) {
    for (int column = DIGITS; column <= LABEL; column++) {
        const char *text = NULL;
        size_t size = 0;
        if (cell(l, &text, &size, column) != NULL)
            complain(l, NTM_ERROR_SCHEMA, column, "a rule about entries describes no codes: expected nothing here");
    }
}

static int32_t power_of_ten(unsigned digits) {
    int32_t power = 1;
    while (digits-- > 0)
        power *= 10;
    return power;
}

static void read_codes(loading *l) {
    static const char any_level[] = "expected central, province, district, commune or local";
    ntm_i_rule *rule = l->rule;
    size_t told = l->cells.problem_count;
    rule->digits = (uint8_t)number(l, DIGITS, NTM_CODE_DIGITS_MAX);
    if (rule->digits == 0) {
        if (told == l->cells.problem_count)
            complain(l, NTM_ERROR_SCHEMA, DIGITS, "expected how many digits codes have");
        return;
    }
    int32_t end = power_of_ten(rule->digits);
    rule->first = code(l, FIRST, 0);
    rule->last = code(l, LAST, end - 1);
    rule->level = (ntm_government)word(l, LEVEL, levels, COUNT(levels), false, any_level);
    rule->part_of = (ntm_code_kind)word(l, PART_OF, kinds, COUNT(kinds), false, "expected a kind of code");
    rule->within = number(l, WITHIN, end);
    rule->block = number(l, BLOCK, end);
    const char *text = NULL;
    size_t size = 0;
    (void)code(l, SUCCESSOR, -1);
    if (cell(l, &text, &size, SUCCESSOR) != NULL) rule->successor = copy(l, SUCCESSOR);
    rule->label = copy(l, LABEL);
    if (told != l->cells.problem_count) return;
    if (rule->first > rule->last)
        complain(l, NTM_ERROR_VALUE, LAST, "below the first: expected the last code of the range");
    else if (rule->first == rule->last && !ntm_i_shape_fits(rule->shape, rule->first))
        complain(l, NTM_ERROR_VALUE, SHAPE, "the only code of the range has another last digit");
    if (rule->part_of == rule->kind) complain(l, NTM_ERROR_VALUE, PART_OF, "a code is no part of its own kind");
    if (rule->within > 0 && rule->part_of == 0)
        complain(l, NTM_ERROR_SCHEMA, WITHIN, "of what? expected a kind in part_of");
    if (rule->block > 0 && rule->kind != NTM_CODE_PROGRAMME)
        complain(l, NTM_ERROR_SCHEMA, BLOCK, "only programmes have blocks: expected nothing here");
}

static void read_rule(loading *l) {
    ntm_i_rule *rule = l->rule;
    rule->row = l->row;
    rule->kind = (ntm_code_kind)word(l, KIND, kinds, COUNT(kinds), true,
                                     "expected chapter, category, class, item, subitem, programme, source or level");
    rule->shape = (ntm_i_shape)word(l, SHAPE, shapes, COUNT(shapes), true,
                                    "expected any, tens, ones, same level, parts only or central code");
    rule->standing =
        (ntm_rule_standing)word(l, STANDING, standings, COUNT(standings), true, "expected seen, inferred or unread");
    rule->act = copy(l, ACT);
    rule->source = copy(l, SOURCE);
    if (rule->act == NULL) complain(l, NTM_ERROR_SCHEMA, ACT, "expected the legal act of the rule");
    if (rule->source == NULL) complain(l, NTM_ERROR_SCHEMA, SOURCE, "expected where the rule was read");
    read_days(l);
    if (rule->kind == 0 || rule->shape == 0) return;
    if (ntm_i_rule_of_codes(rule))
        read_codes(l);
    else
        read_empty(l);
    ntm_code_kind about = rule->shape == NTM_I_SHAPE_SAME_LEVEL ? NTM_CODE_CHAPTER : NTM_CODE_PROGRAMME;
    if (!ntm_i_rule_of_codes(rule) && rule->kind != about)
        ntm_i_cells_complain(&l->cells, NTM_ERROR_SCHEMA, l->table->fields[SHAPE].name, l->row,
                             "\"%s\" is a rule about codes of the kind %s", shapes[rule->shape], kinds[about]);
}

static int by_kind(const void *context, uint32_t a, uint32_t b) {
    const ntm_i_rule *rules = context;
    return (int)rules[a].kind - (int)rules[b].kind;
}

static int by_day(const void *context, uint32_t a, uint32_t b) {
    const ntm_date *days = context;
    return (days[a] > days[b]) - (days[a] < days[b]);
}

/* Where each kind begins, and the days between which nothing changes. False for want of memory. */
static bool index_rules(ntm_classification *to, ntm_i_rule *rules, size_t count) {
    ntm_date *days = ntm_i_arena_take(&to->arena, 2 * count, sizeof *days);
    to->rules = ntm_i_sorted(&to->arena, rules, count, sizeof *rules, by_kind);
    if (days == NULL || to->rules == NULL) return false;
    to->count = count;
    for (size_t i = 0; i < count; i++) {
        for (int kind = (int)to->rules[i].kind + 1; kind <= NTM_CODE_KIND_END; kind++)
            to->starts[kind] = i + 1;
        days[2 * i] = to->rules[i].from;
        days[2 * i + 1] = to->rules[i].to;
    }
    to->turns = ntm_i_sorted(&to->arena, days, 2 * count, sizeof *days, by_day);
    if (to->turns == NULL) return false;
    for (size_t i = 0; i < 2 * count; i++)
        if (to->turn_count == 0 || to->turns[to->turn_count - 1] != to->turns[i])
            to->turns[to->turn_count++] = to->turns[i];
    return true;
}

ntm_status ntm_i_rules_load(ntm_classification *to, const ntm_table *table, const char *label, ntm_problems *problems,
                            ntm_error *err) {
    loading l = {.cells = {&to->arena, problems, label, NTM_ERROR_INIT, 0, false}, .table = table};
    if (table->rows > NTM_I_RULES_MAX) {
        ntm_i_cells_complain(&l.cells, NTM_ERROR_LIMIT, "rules", SIZE_MAX, "%zu rules: expected at most %d",
                             table->rows, NTM_I_RULES_MAX);
        return ntm_i_cells_status(&l.cells, err);
    }
    ntm_i_rule *rules = ntm_i_arena_take(&to->arena, table->rows, sizeof *rules);
    if (rules == NULL) return ntm_i_no_memory(err);
    for (l.row = 0; l.row < table->rows && !l.cells.no_memory; l.row++) {
        l.rule = &rules[l.row];
        read_rule(&l);
    }
    ntm_status status = ntm_i_cells_status(&l.cells, err);
    if (status != NTM_OK) return status;
    return index_rules(to, rules, table->rows) ? NTM_OK : ntm_i_no_memory(err);
}
