/* SPDX-License-Identifier: Apache-2.0 */
/* Reading grades: classes with their bounds written out. */
#include <string.h>

#include "base/text.h"
#include "catalogue/read.h"

static bool is_blank(char c) { return c == ' '; }

/* The text between two places without the blanks around it. */
static void trim(const char **text, size_t *size) {
    while (*size > 0 && is_blank(**text)) {
        ++*text;
        --*size;
    }
    while (*size > 0 && is_blank((*text)[*size - 1]))
        --*size;
}

/* One bound: "..." is none. */
static bool read_bound(ntm_i_reader *reader, bool *has, ntm_decimal *out, const ntm_i_yaml *node, const char *text,
                       size_t size) {
    trim(&text, &size);
    *has = false;
    if (size == 3 && memcmp(text, "...", 3) == 0) return true;
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_decimal_parse(out, text, size, NTM_LOCALE_PLAIN, &err);
    *has = status == NTM_OK;
    if (status != NTM_OK)
        ntm_i_complain(reader, status == NTM_ERROR_OVERFLOW ? NTM_ERROR_LIMIT : status, node, "%s", err.message);
    return status == NTM_OK;
}

/* "[30, 50)": "[" and "]" belong to the class, "(" and ")" do not. */
static bool read_range(ntm_i_reader *reader, ntm_band *band, const ntm_i_yaml *node) {
    if (!ntm_i_is(reader, node, NTM_I_YAML_SCALAR)) return false;
    const char *text = node->text, *comma = strchr(text, ',');
    size_t size = node->size;
    char open = size > 0 ? text[0] : '\0', close = size > 0 ? text[size - 1] : '\0';
    if ((open != '[' && open != '(') || (close != ']' && close != ')') || comma == NULL) {
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, node, "\"%.*s\" is no range: expected one like \"[30, 50)\"",
                       ntm_i_shown(text, size), text);
        return false;
    }
    size_t at = (size_t)(comma - text);
    bool from = read_bound(reader, &band->has_from, &band->from, node, text + 1, at - 1);
    bool to = from && read_bound(reader, &band->has_to, &band->to, node, comma + 1, size - at - 2);
    band->from_open = band->has_from && open == '(';
    band->to_open = band->has_to && close == ')';
    return to;
}

static bool read_band(ntm_i_reader *reader, ntm_band *band, ntm_i_rule **demand, const ntm_i_yaml *node,
                      unsigned depth) {
    static const char *const keys[] = {"class", "range", "name", "requires"};
    const ntm_i_yaml *at[4];
    if (!ntm_i_read_keys(reader, node, keys, 4, at)) return false;
    band->line = node->line;
    band->column = node->column;
    bool label = ntm_i_need(reader, node, at[0], "class") && ntm_i_read_text(reader, &band->label, at[0]);
    bool range = ntm_i_need(reader, node, at[1], "range") && read_range(reader, band, at[1]);
    bool name = ntm_i_read_names(reader, &band->name, at[2]);
    if (at[3] != NULL) *demand = ntm_i_read_rule(reader, at[3], depth + 1);
    return label && range && name && (at[3] == NULL || *demand != NULL);
}

static bool read_bands(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *list, unsigned depth) {
    if (!ntm_i_is(reader, list, NTM_I_YAML_LIST)) return false;
    ntm_band *bands = ntm_i_reader_take(reader, list->size, sizeof *bands);
    rule->demands = ntm_i_reader_take(reader, list->size, sizeof(ntm_i_rule *));
    if (bands == NULL || rule->demands == NULL) return false;
    bool whole = true;
    size_t i = 0;
    for (const ntm_i_yaml *item = list->first; item != NULL && !reader->out_of_memory; item = item->next, i++)
        if (!read_band(reader, &bands[i], &rule->demands[i], item, depth)) whole = false;
    rule->spec.bands = bands;
    rule->spec.band_count = i;
    return whole;
}

bool ntm_i_read_grade(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *node, unsigned depth) {
    static const char *const keys[] = {"of", "knock_out", "bands", NTM_I_CITATION_KEYS};
    const ntm_i_yaml *at[3 + NTM_I_CITATION_COUNT];
    rule->spec.kind = NTM_GRADE;
    if (!ntm_i_read_keys(reader, node, keys, sizeof keys / sizeof keys[0], at)) return false;
    bool of = ntm_i_need(reader, node, at[0], "of") && ntm_i_read_one(reader, rule, at[0], depth);
    if (at[1] != NULL) rule->knock_out = ntm_i_read_rule(reader, at[1], depth + 1);
    bool bands = ntm_i_need(reader, node, at[2], "bands") && read_bands(reader, rule, at[2], depth);
    ntm_i_read_rule_citation(reader, rule, at + 3);
    return of && bands && (at[1] == NULL || rule->knock_out != NULL);
}

ntm_i_rule *ntm_i_read_top_grade(ntm_i_reader *reader, const ntm_i_yaml *node) {
    if (node == NULL) return NULL;
    ntm_i_rule *rule = ntm_i_reader_take(reader, 1, sizeof *rule);
    if (rule == NULL) return NULL;
    rule->spec.line = node->line;
    rule->spec.column = node->column;
    size_t before = reader->report.count;
    return ntm_i_read_grade(reader, rule, node, 1) && reader->report.count == before ? rule : NULL;
}
