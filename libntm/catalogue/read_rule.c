/* SPDX-License-Identifier: Apache-2.0 */
/* Reading rules: one row of a table for each way to write a node. */
#include <string.h>

#include "base/text.h"
#include "catalogue/read.h"

#define OPTIONS_MAX 3
#define VALUES_MAX  (1 + OPTIONS_MAX + NTM_I_CITATION_COUNT)

/* at[0] is the value of the row's own key, at[1] to at[OPTIONS_MAX] are those of its options, NULL where there is
   none. */
typedef bool read_function(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *map, const ntm_i_yaml *const *at,
                           unsigned depth);

typedef struct row {
    const char *key;
    ntm_node_kind kind;
    const char *options[OPTIONS_MAX];
    read_function *read;
} row;

static bool read_name(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *map, const ntm_i_yaml *const *at,
                      unsigned depth) {
    (void)map;
    (void)depth;
    return ntm_i_read_text(reader, &rule->spec.name, at[0]);
}

static bool read_constant(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *map, const ntm_i_yaml *const *at,
                          unsigned depth) {
    (void)map;
    (void)depth;
    bool value = ntm_i_read_decimal(reader, &rule->spec.value, at[0]);
    return ntm_i_read_text(reader, &rule->spec.unit, at[1]) && value;
}

static bool read_day(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *map, const ntm_i_yaml *const *at,
                     unsigned depth) {
    (void)map;
    (void)depth;
    ntm_date date = 0;
    if (!ntm_i_read_date(reader, &date, at[0])) return false;
    rule->spec.value = (ntm_decimal){date, 0};
    rule->spec.unit = "date";
    return true;
}

static bool read_many(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *map, const ntm_i_yaml *const *at,
                      unsigned depth) {
    (void)map;
    return ntm_i_read_rules(reader, rule, at[0], 1, SIZE_MAX, depth);
}

static bool read_two(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *map, const ntm_i_yaml *const *at,
                     unsigned depth) {
    (void)map;
    return ntm_i_read_rules(reader, rule, at[0], 2, 2, depth);
}

/* One node below, from any value of the map. */
bool ntm_i_read_one(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *node, unsigned depth) {
    rule->of = ntm_i_reader_take(reader, 1, sizeof(ntm_i_rule *));
    if (rule->of == NULL) return false;
    rule->of[0] = ntm_i_read_rule(reader, node, depth + 1);
    rule->spec.of_count = 1;
    return rule->of[0] != NULL;
}

static bool read_not(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *map, const ntm_i_yaml *const *at,
                     unsigned depth) {
    (void)map;
    return ntm_i_read_one(reader, rule, at[0], depth);
}

/* A fact with an event or a level, a figure with a set. */
static bool read_labelled(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *map, const ntm_i_yaml *const *at,
                          unsigned depth) {
    (void)depth;
    const char *key = rule->spec.kind == NTM_PAST ? "event" : rule->spec.kind == NTM_FIGURE_OF ? "set" : "level";
    bool name = ntm_i_read_text(reader, &rule->spec.name, at[0]);
    bool label = ntm_i_need(reader, map, at[1], key) && ntm_i_read_text(reader, &rule->spec.label, at[1]);
    return ntm_i_read_text(reader, &rule->spec.unit, at[2]) && name && label;
}

static bool read_points(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *map, const ntm_i_yaml *const *at,
                        unsigned depth) {
    static const char *const keys[] = {"when", "give"};
    (void)map;
    if (!ntm_i_is(reader, at[0], NTM_I_YAML_LIST)) return false;
    ntm_decimal *points = ntm_i_reader_take(reader, at[0]->size, sizeof *points);
    rule->of = ntm_i_reader_take(reader, at[0]->size, sizeof(ntm_i_rule *));
    if (points == NULL || rule->of == NULL) return false;
    bool whole = true;
    size_t i = 0;
    for (const ntm_i_yaml *item = at[0]->first; item != NULL && !reader->out_of_memory; item = item->next, i++) {
        const ntm_i_yaml *step[2];
        if (!ntm_i_read_keys(reader, item, keys, 2, step)) {
            whole = false;
            continue;
        }
        bool when = ntm_i_need(reader, item, step[0], "when"), give = ntm_i_need(reader, item, step[1], "give");
        if (when) rule->of[i] = ntm_i_read_rule(reader, step[0], depth + 1);
        if (!give || !ntm_i_read_decimal(reader, &points[i], step[1]) || rule->of[i] == NULL) whole = false;
    }
    if (i == 0) ntm_i_complain(reader, NTM_ERROR_SCHEMA, at[0], "points need at least one step");
    rule->spec.points = points;
    rule->spec.of_count = i;
    return whole && i > 0;
}

static bool read_rounded(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *map, const ntm_i_yaml *const *at,
                         unsigned depth) {
    uint32_t digits = 0;
    size_t mode = 0;
    bool below = ntm_i_read_one(reader, rule, at[0], depth);
    bool scale = ntm_i_need(reader, map, at[1], "digits") && ntm_i_read_whole(reader, &digits, at[1], NTM_SCALE_MAX);
    bool unit = ntm_i_read_text(reader, &rule->spec.unit, at[2]);
    bool rounding = ntm_i_need(reader, map, at[3], "mode") &&
                    ntm_i_read_word(reader, &mode, at[3], ntm_i_roundings, 4, "way to round");
    rule->spec.value.scale = (uint8_t)digits;
    rule->spec.rounding = (ntm_rounding)(mode + 1);
    return below && scale && unit && rounding;
}

static bool read_compare(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *map, const ntm_i_yaml *const *at,
                         unsigned depth) {
    (void)map;
    if (!ntm_i_is(reader, at[0], NTM_I_YAML_LIST)) return false;
    if (at[0]->size != 3) {
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, at[0],
                       "a comparison has three parts, as in [households, \">=\", {constant: 3}]; here are %zu",
                       at[0]->size);
        return false;
    }
    const ntm_i_yaml *left = at[0]->first, *sign = left->next, *right = sign->next;
    rule->of = ntm_i_reader_take(reader, 2, sizeof(ntm_i_rule *));
    if (rule->of == NULL) return false;
    size_t word = 0;
    rule->of[0] = ntm_i_read_rule(reader, left, depth + 1);
    bool known = ntm_i_read_word(reader, &word, sign, ntm_i_comparisons, 5, "sign of comparison");
    rule->of[1] = ntm_i_read_rule(reader, right, depth + 1);
    rule->spec.compare = (ntm_comparison)(word + 1);
    rule->spec.of_count = 2;
    return rule->of[0] != NULL && known && rule->of[1] != NULL;
}

static bool read_attested(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *map, const ntm_i_yaml *const *at,
                          unsigned depth) {
    (void)map;
    (void)depth;
    bool name = ntm_i_read_text(reader, &rule->spec.name, at[0]);
    return ntm_i_read_text(reader, &rule->spec.evidence, at[1]) && name;
}

static bool read_at_level(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *map, const ntm_i_yaml *const *at,
                          unsigned depth) {
    (void)map;
    if (!ntm_i_is(reader, at[0], NTM_I_YAML_LIST)) return false;
    if (at[0]->size != 2) {
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, at[0], "at_level has two parts: a level, and a fact or grade");
        return false;
    }
    bool label = ntm_i_read_text(reader, &rule->spec.label, at[0]->first);
    const ntm_i_yaml *of = at[0]->last;
    if (of->kind == NTM_I_YAML_SCALAR) return ntm_i_read_text(reader, &rule->spec.name, of) && label;
    return ntm_i_read_one(reader, rule, of, depth) && label;
}

static bool read_at_least(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *map, const ntm_i_yaml *const *at,
                          unsigned depth) {
    bool number = ntm_i_read_whole(reader, &rule->spec.k, at[0], NTM_NODES_MAX);
    return ntm_i_need(reader, map, at[1], "of") && ntm_i_read_rules(reader, rule, at[1], 1, SIZE_MAX, depth) && number;
}

static bool read_if_applicable(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *map,
                               const ntm_i_yaml *const *at, unsigned depth) {
    bool name = ntm_i_read_text(reader, &rule->spec.name, at[0]);
    return ntm_i_need(reader, map, at[1], "then") && ntm_i_read_one(reader, rule, at[1], depth) && name;
}

static bool read_grade(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *map, const ntm_i_yaml *const *at,
                       unsigned depth) {
    (void)map;
    return ntm_i_read_grade(reader, rule, at[0], depth);
}

static const row rows[] = {
    {"fact", NTM_FACT, {NULL}, read_name},
    {"constant", NTM_CONSTANT, {"unit"}, read_constant},
    {"date", NTM_CONSTANT, {NULL}, read_day},
    {"figure", NTM_FIGURE, {NULL}, read_name},
    {"sum", NTM_SUM, {NULL}, read_many},
    {"difference", NTM_DIFFERENCE, {NULL}, read_two},
    {"product", NTM_PRODUCT, {NULL}, read_many},
    {"ratio", NTM_RATIO, {NULL}, read_two},
    {"minimum", NTM_MINIMUM, {NULL}, read_many},
    {"maximum", NTM_MAXIMUM, {NULL}, read_many},
    {"past", NTM_PAST, {"event"}, read_labelled},
    {"of_parent", NTM_OF_PARENT, {"level"}, read_labelled},
    {"average", NTM_AVERAGE, {"level"}, read_labelled},
    {"figure_of", NTM_FIGURE_OF, {"set", "unit"}, read_labelled},
    {"points", NTM_POINTS, {NULL}, read_points},
    {"rounded", NTM_ROUNDED, {"digits", "unit", "mode"}, read_rounded},
    {"compare", NTM_COMPARE, {NULL}, read_compare},
    {"attested", NTM_ATTESTED, {"evidence"}, read_attested},
    {"at_level", NTM_AT_LEVEL, {NULL}, read_at_level},
    {"all", NTM_ALL, {NULL}, read_many},
    {"any", NTM_ANY, {NULL}, read_many},
    {"at_least", NTM_AT_LEAST, {"of"}, read_at_least},
    {"not", NTM_NOT, {NULL}, read_not},
    {"if_applicable", NTM_IF_APPLICABLE, {"then"}, read_if_applicable},
    {"value", NTM_VALUE, {NULL}, read_name},
    {"criterion", NTM_CRITERION, {NULL}, read_name},
    {"indicator", NTM_INDICATOR, {NULL}, read_name},
    {"grade", NTM_GRADE, {NULL}, read_grade},
    {"holds", NTM_HOLDS, {NULL}, read_name}, /* last: it is an option of "every" too */
};
enum { ROW_COUNT = sizeof rows / sizeof rows[0] };

/* The kinds that run over many, whose options depend on what they run over. */
static const char *const over_keys[] = {"count", "share", "every"};
static const ntm_node_kind over_kinds[] = {NTM_COUNT, NTM_SHARE, NTM_EVERY};
enum { OVER_COUNT = 3, KIND_COUNT = ROW_COUNT + OVER_COUNT };

/* The place in the table of the key that says what kind a map is; KIND_COUNT after a complaint. */
static size_t find_kind(ntm_i_reader *reader, const ntm_i_yaml *map) {
    size_t found = KIND_COUNT;
    for (const ntm_i_yaml *value = map->first; value != NULL; value = value->next) {
        for (size_t i = 0; i < OVER_COUNT; i++)
            if (strcmp(over_keys[i], value->key->text) == 0) return ROW_COUNT + i;
        for (size_t i = 0; i < ROW_COUNT && (found == KIND_COUNT || found == ROW_COUNT - 1); i++)
            if (strcmp(rows[i].key, value->key->text) == 0) found = i;
    }
    if (found < KIND_COUNT) return found;
    if (map->first == NULL) {
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, map, "a rule is wanted here, not an empty map");
        return found;
    }
    const char *words[KIND_COUNT];
    for (size_t i = 0; i < KIND_COUNT; i++)
        words[i] = i < ROW_COUNT ? rows[i].key : over_keys[i - ROW_COUNT];
    const ntm_i_yaml *key = map->first->key;
    char buffer[NTM_I_HINT_SIZE];
    ntm_i_complain(reader, NTM_ERROR_SCHEMA, key, "unknown kind of rule \"%.*s\"%s", ntm_i_shown(key->text, key->size),
                   key->text, reader->report.count < 200 ? ntm_i_hint(buffer, key->text, words, KIND_COUNT) : "");
    return found;
}

static bool read_row(ntm_i_reader *reader, ntm_i_rule *rule, const row *kind, const ntm_i_yaml *map, unsigned depth) {
    static const char *const citation_keys[] = {NTM_I_CITATION_KEYS};
    const char *keys[VALUES_MAX] = {kind->key};
    const ntm_i_yaml *found[VALUES_MAX], *at[1 + OPTIONS_MAX] = {NULL};
    size_t count = 1;
    while (count <= OPTIONS_MAX && kind->options[count - 1] != NULL) {
        keys[count] = kind->options[count - 1];
        count++;
    }
    memcpy(keys + count, citation_keys, sizeof citation_keys);
    size_t before = reader->report.count;
    if (!ntm_i_read_keys(reader, map, keys, count + NTM_I_CITATION_COUNT, found)) return false;
    memcpy(at, found, count * sizeof at[0]);
    rule->spec.kind = kind->kind;
    bool whole = kind->read(reader, rule, map, at, depth);
    ntm_i_read_rule_citation(reader, rule, found + count);
    return whole && reader->report.count == before;
}

void ntm_i_read_rule_citation(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *const *values) {
    if (ntm_i_has_citation(values) || (reader->layer != NULL && rule->spec.kind == NTM_ROUNDED))
        ntm_i_read_citation(reader, &rule->spec.citation, values);
}

ntm_i_rule *ntm_i_read_rule(ntm_i_reader *reader, const ntm_i_yaml *node, unsigned depth) {
    if (node == NULL || node->kind == NTM_I_YAML_REFUSED) return NULL;
    if (depth > NTM_DEPTH_MAX) {
        ntm_i_complain(reader, NTM_ERROR_LIMIT, node, "rules nested deeper than %d", NTM_DEPTH_MAX);
        return NULL;
    }
    ntm_i_rule *rule = ntm_i_reader_take(reader, 1, sizeof *rule);
    if (rule == NULL) return NULL;
    rule->spec.line = node->line;
    rule->spec.column = node->column;
    bool whole = false;
    if (node->kind == NTM_I_YAML_SCALAR) {
        rule->spec.kind = NTM_FACT;
        whole = ntm_i_read_text(reader, &rule->spec.name, node);
    } else if (node->kind == NTM_I_YAML_LIST) {
        const ntm_i_yaml *at[1 + OPTIONS_MAX] = {node};
        rule->spec.kind = NTM_COMPARE;
        whole = read_compare(reader, rule, node, at, depth);
    } else {
        size_t kind = find_kind(reader, node);
        if (kind == KIND_COUNT) return NULL;
        if (kind < ROW_COUNT)
            whole = read_row(reader, rule, &rows[kind], node, depth);
        else
            whole =
                ntm_i_read_over(reader, rule, over_kinds[kind - ROW_COUNT], over_keys[kind - ROW_COUNT], node, depth);
    }
    return whole && !reader->out_of_memory ? rule : NULL;
}

bool ntm_i_read_rules(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *list, size_t least, size_t most,
                      unsigned depth) {
    if (!ntm_i_is(reader, list, NTM_I_YAML_LIST)) return false;
    rule->of = ntm_i_reader_take(reader, list->size, sizeof(ntm_i_rule *));
    if (rule->of == NULL) return false;
    rule->spec.of_count = list->size;
    bool whole = list->size >= least && list->size <= most;
    if (!whole)
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, list, "%s%zu %s wanted here, not %zu",
                       least == most ? "" : "at least ", least, least == 1 ? "is" : "are", list->size);
    size_t i = 0;
    for (const ntm_i_yaml *item = list->first; item != NULL && !reader->out_of_memory; item = item->next) {
        rule->of[i] = ntm_i_read_rule(reader, item, depth + 1);
        if (rule->of[i++] == NULL) whole = false;
    }
    return whole;
}
