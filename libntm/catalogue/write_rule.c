/* SPDX-License-Identifier: Apache-2.0 */
/* Rules as trees of YAML, in the shortest form that says everything. */
#include <stdio.h>
#include <string.h>

#include "catalogue/write.h"
#include "criteria/set.h"

typedef struct writing {
    ntm_i_maker *maker;
    const ntm_set *set;
    const ntm_node_spec *node;
    ntm_i_yaml *map;
} writing;

static void put_text(const writing *w, const char *key, const char *text) {
    (void)ntm_i_make_entry(w->maker, w->map, key, ntm_i_make_text(w->maker, text));
}

static void put_rule(const writing *w, const char *key, ntm_node node) {
    (void)ntm_i_make_entry(w->maker, w->map, key, ntm_i_make_rule(w->maker, w->set, node));
}

static ntm_i_yaml *rules(const writing *w) {
    ntm_i_yaml *list = ntm_i_make_list(w->maker);
    for (size_t i = 0; i < w->node->of_count; i++)
        ntm_i_make_item(w->maker, list, ntm_i_make_rule(w->maker, w->set, w->node->of[i]));
    return list;
}

/* A day as a day; other numbers of unit "date" as numbers. */
static void put_constant(const writing *w) {
    ntm_decimal value = w->node->value;
    ntm_date first = ntm_date_ymd(1, 1, 1), last = ntm_date_ymd(9999, 12, 31);
    bool day = w->node->unit != NULL && strcmp(w->node->unit, "date") == 0 && value.scale == 0 &&
               value.coefficient >= first && value.coefficient <= last;
    if (day) {
        (void)ntm_i_make_entry(w->maker, w->map, "date", ntm_i_make_date(w->maker, (ntm_date)value.coefficient));
        return;
    }
    (void)ntm_i_make_entry(w->maker, w->map, "constant", ntm_i_make_number(w->maker, value));
    put_text(w, "unit", w->node->unit);
}

static void put_points(const writing *w) {
    ntm_i_yaml *list = ntm_i_make_list(w->maker);
    for (size_t i = 0; i < w->node->of_count; i++) {
        ntm_i_yaml *step = ntm_i_make_map(w->maker);
        ntm_i_make_item(w->maker, list, step);
        (void)ntm_i_make_entry(w->maker, step, "when", ntm_i_make_rule(w->maker, w->set, w->node->of[i]));
        (void)ntm_i_make_entry(w->maker, step, "give", ntm_i_make_number(w->maker, w->node->points[i]));
    }
    (void)ntm_i_make_entry(w->maker, w->map, "points", list);
}

static void put_rounded(const writing *w) {
    static const char *const modes[] = {"", "half up", "half even", "down", "up"};
    char digits[8];
    (void)snprintf(digits, sizeof digits, "%u", (unsigned)w->node->value.scale);
    put_rule(w, "rounded", w->node->of[0]);
    (void)ntm_i_make_entry(w->maker, w->map, "digits", ntm_i_make_plain(w->maker, digits));
    put_text(w, "unit", w->node->unit);
    put_text(w, "mode", modes[w->node->rounding]);
}

static void put_over(const writing *w) {
    static const char *const words[] = {"", "criteria", "indicators", "members", "children"};
    const ntm_node_spec *node = w->node;
    const char *label = node->label;
    bool every = node->kind == NTM_EVERY;
    /* {every: sex, ...} is short, but for dimensions that are called like what else stands there. */
    bool brief =
        every && node->over == NTM_OVER_MEMBERS && strcmp(label, "members") != 0 && strcmp(label, "children") != 0;
    put_text(w, ntm_i_kind_name(node->kind), brief ? label : words[node->over]);
    if (node->over == NTM_OVER_MEMBERS && !brief) put_text(w, "of", label);
    if (node->over == NTM_OVER_CHILDREN) {
        put_text(w, "level", label);
        put_text(w, "name", node->name);
    }
    if (node->verdict != NTM_OPEN) put_text(w, "verdict", node->verdict == NTM_MET ? "met" : "not met");
    (void)ntm_i_make_entry(w->maker, w->map, "among", ntm_i_make_texts(w->maker, node->members, node->member_count));
    if (node->of_count > 0) put_rule(w, every ? "holds" : "where", node->of[0]);
}

static void put_at_level(const writing *w) {
    ntm_i_yaml *list = ntm_i_make_list(w->maker);
    ntm_i_make_item(w->maker, list, ntm_i_make_text(w->maker, w->node->label));
    if (w->node->name != NULL)
        ntm_i_make_item(w->maker, list, ntm_i_make_text(w->maker, w->node->name));
    else
        ntm_i_make_item(w->maker, list, ntm_i_make_rule(w->maker, w->set, w->node->of[0]));
    (void)ntm_i_make_entry(w->maker, w->map, "at_level", list);
}

static ntm_i_yaml *comparison(const writing *w) {
    static const char *const signs[] = {"", "<", "<=", "=", ">=", ">"};
    ntm_i_yaml *list = ntm_i_make_list(w->maker);
    ntm_i_make_item(w->maker, list, ntm_i_make_rule(w->maker, w->set, w->node->of[0]));
    ntm_i_make_item(w->maker, list, ntm_i_make_text(w->maker, signs[w->node->compare]));
    ntm_i_make_item(w->maker, list, ntm_i_make_rule(w->maker, w->set, w->node->of[1]));
    return list;
}

/* A name with at most one label beside it. */
static void put_name(const writing *w) {
    const char *kind = ntm_i_kind_name(w->node->kind);
    put_text(w, kind, w->node->name);
    switch (w->node->kind) {
        case NTM_PAST:
            put_text(w, "event", w->node->label);
            break;
        case NTM_OF_PARENT:
        case NTM_AVERAGE:
            put_text(w, "level", w->node->label);
            break;
        case NTM_FIGURE_OF:
            put_text(w, "set", w->node->label);
            put_text(w, "unit", w->node->unit);
            break;
        case NTM_ATTESTED:
            put_text(w, "evidence", w->node->evidence);
            break;
        case NTM_IF_APPLICABLE:
            put_rule(w, "then", w->node->of[0]);
            break;
        default:
            break;
    }
}

static void put_kind(const writing *w) {
    char number[16];
    switch (w->node->kind) {
        case NTM_CONSTANT:
            put_constant(w);
            break;
        case NTM_POINTS:
            put_points(w);
            break;
        case NTM_ROUNDED:
            put_rounded(w);
            break;
        case NTM_COUNT:
        case NTM_SHARE:
        case NTM_EVERY:
            put_over(w);
            break;
        case NTM_AT_LEVEL:
            put_at_level(w);
            break;
        case NTM_COMPARE:
            (void)ntm_i_make_entry(w->maker, w->map, "compare", comparison(w));
            break;
        case NTM_NOT:
            put_rule(w, "not", w->node->of[0]);
            break;
        case NTM_AT_LEAST:
            (void)snprintf(number, sizeof number, "%u", w->node->k);
            (void)ntm_i_make_entry(w->maker, w->map, "at_least", ntm_i_make_plain(w->maker, number));
            (void)ntm_i_make_entry(w->maker, w->map, "of", rules(w));
            break;
        case NTM_SUM:
        case NTM_DIFFERENCE:
        case NTM_PRODUCT:
        case NTM_RATIO:
        case NTM_MINIMUM:
        case NTM_MAXIMUM:
        case NTM_ALL:
        case NTM_ANY:
            (void)ntm_i_make_entry(w->maker, w->map, ntm_i_kind_name(w->node->kind), rules(w));
            break;
        default:
            put_name(w);
            break;
    }
}

ntm_i_yaml *ntm_i_make_rule(ntm_i_maker *maker, const ntm_set *set, ntm_node number) {
    if (number == 0 || maker->failed) return NULL;
    writing w = {maker, set, ntm_set_node(set, number), NULL};
    bool silent = ntm_i_says_nothing(&w.node->citation);
    if (w.node->kind == NTM_FACT && silent) return ntm_i_make_text(maker, w.node->name);
    if (w.node->kind == NTM_COMPARE && silent) return comparison(&w);
    w.map = ntm_i_make_map(maker);
    if (w.node->kind == NTM_GRADE) {
        (void)ntm_i_make_entry(maker, w.map, "grade", ntm_i_make_grade(maker, set, number));
        return w.map;
    }
    put_kind(&w);
    if (w.map != NULL) ntm_i_make_citation(maker, w.map, &w.node->citation);
    return w.map;
}

/* "[30, 50)"; "..." is no bound. */
static ntm_i_yaml *range(ntm_i_maker *maker, const ntm_band *band) {
    char from[48] = "...", to[48] = "...", text[104];
    if (band->has_from) (void)ntm_decimal_format(from, sizeof from, band->from, NTM_LOCALE_PLAIN);
    if (band->has_to) (void)ntm_decimal_format(to, sizeof to, band->to, NTM_LOCALE_PLAIN);
    (void)snprintf(text, sizeof text, "%c%s, %s%c", band->has_from && !band->from_open ? '[' : '(', from, to,
                   band->has_to && !band->to_open ? ']' : ')');
    ntm_i_yaml *node = ntm_i_make_plain(maker, text);
    if (node != NULL) node->plain = false; /* it needs its quotes */
    return node;
}

ntm_i_yaml *ntm_i_make_grade(ntm_i_maker *maker, const ntm_set *set, ntm_node number) {
    if (number == 0) return NULL;
    const ntm_node_spec *node = ntm_set_node(set, number);
    ntm_i_yaml *map = ntm_i_make_map(maker), *bands = ntm_i_make_list(maker);
    (void)ntm_i_make_entry(maker, map, "of", ntm_i_make_rule(maker, set, node->of[0]));
    (void)ntm_i_make_entry(maker, map, "knock_out", ntm_i_make_rule(maker, set, node->knock_out));
    for (size_t i = 0; i < node->band_count; i++) {
        const ntm_band *band = &node->bands[i];
        ntm_i_yaml *item = ntm_i_make_map(maker);
        ntm_i_make_item(maker, bands, item);
        (void)ntm_i_make_entry(maker, item, "class", ntm_i_make_text(maker, band->label));
        (void)ntm_i_make_entry(maker, item, "range", range(maker, band));
        (void)ntm_i_make_entry(maker, item, "name", ntm_i_make_names(maker, band->name));
        (void)ntm_i_make_entry(maker, item, "requires", ntm_i_make_rule(maker, set, band->requires_met));
    }
    (void)ntm_i_make_entry(maker, map, "bands", bands);
    if (!maker->failed) ntm_i_make_citation(maker, map, &node->citation);
    return map;
}
