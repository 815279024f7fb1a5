/* SPDX-License-Identifier: Apache-2.0 */
/* Making trees of YAML. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "catalogue/write.h"

static ntm_i_yaml *make(ntm_i_maker *maker, ntm_i_yaml_kind kind) {
    ntm_i_yaml *node = maker->failed ? NULL : ntm_i_arena_take(&maker->arena, 1, sizeof *node);
    if (node == NULL)
        maker->failed = true;
    else
        node->kind = kind;
    return node;
}

ntm_i_yaml *ntm_i_make_list(ntm_i_maker *maker) { return make(maker, NTM_I_YAML_LIST); }
ntm_i_yaml *ntm_i_make_map(ntm_i_maker *maker) { return make(maker, NTM_I_YAML_MAP); }

/* The text is borrowed: the set outlives the tree. */
ntm_i_yaml *ntm_i_make_text(ntm_i_maker *maker, const char *text) {
    if (text == NULL) return NULL;
    ntm_i_yaml *node = make(maker, NTM_I_YAML_SCALAR);
    if (node == NULL) return NULL;
    node->text = text;
    node->size = strlen(text);
    return node;
}

ntm_i_yaml *ntm_i_make_plain(ntm_i_maker *maker, const char *text) {
    const char *copy = NULL;
    if (maker->failed || !ntm_i_arena_copy(&maker->arena, &copy, text)) {
        maker->failed = true;
        return NULL;
    }
    ntm_i_yaml *node = ntm_i_make_text(maker, copy);
    if (node != NULL) node->plain = true;
    return node;
}

ntm_i_yaml *ntm_i_make_number(ntm_i_maker *maker, ntm_decimal value) {
    char text[48];
    (void)ntm_decimal_format(text, sizeof text, value, NTM_LOCALE_PLAIN);
    return ntm_i_make_plain(maker, text);
}

ntm_i_yaml *ntm_i_make_date(ntm_i_maker *maker, ntm_date date) {
    if (date == NTM_DATE_NONE) return NULL;
    char text[NTM_I_DAY_SIZE];
    return ntm_i_make_plain(maker, ntm_i_day_text(text, date));
}

static void append(ntm_i_yaml *parent, ntm_i_yaml *node) {
    if (parent->last == NULL)
        parent->first = node;
    else
        parent->last->next = node;
    parent->last = node;
    parent->size++;
}

void ntm_i_make_item(ntm_i_maker *maker, ntm_i_yaml *list, ntm_i_yaml *item) {
    if (!maker->failed && item != NULL) append(list, item);
}

ntm_i_yaml *ntm_i_make_entry(ntm_i_maker *maker, ntm_i_yaml *map, const char *key, ntm_i_yaml *value) {
    ntm_i_yaml *name = value == NULL ? NULL : ntm_i_make_text(maker, key);
    if (name == NULL) return NULL;
    value->key = name;
    append(map, value);
    return value;
}

ntm_i_yaml *ntm_i_make_texts(ntm_i_maker *maker, const char *const *texts, size_t count) {
    if (count == 0) return NULL;
    ntm_i_yaml *list = ntm_i_make_list(maker);
    for (size_t i = 0; i < count; i++)
        ntm_i_make_item(maker, list, ntm_i_make_text(maker, texts[i]));
    return list;
}

ntm_i_yaml *ntm_i_make_names(ntm_i_maker *maker, ntm_names names) {
    if (names.vi == NULL && names.en == NULL) return NULL;
    ntm_i_yaml *map = ntm_i_make_map(maker);
    (void)ntm_i_make_entry(maker, map, "vi", ntm_i_make_text(maker, names.vi));
    (void)ntm_i_make_entry(maker, map, "en", ntm_i_make_text(maker, names.en));
    return map;
}

bool ntm_i_says_nothing(const ntm_citation *citation) {
    return citation->source_count == 0 && citation->note == NULL && citation->overlay == NULL &&
           citation->standing == NTM_ABSENT;
}

void ntm_i_make_citation(ntm_i_maker *maker, ntm_i_yaml *map, const ntm_citation *citation) {
    ntm_standing usual = citation->source_count > 0 ? NTM_CITED : NTM_ABSENT;
    const char *standing = citation->standing == NTM_CITED        ? "cited"
                           : citation->standing == NTM_UNVERIFIED ? "unverified"
                                                                  : "absent";
    (void)ntm_i_make_entry(maker, map, "source", ntm_i_make_texts(maker, citation->sources, citation->source_count));
    if (citation->standing != usual) (void)ntm_i_make_entry(maker, map, "standing", ntm_i_make_text(maker, standing));
    (void)ntm_i_make_entry(maker, map, "overlay", ntm_i_make_text(maker, citation->overlay));
    (void)ntm_i_make_entry(maker, map, "note", ntm_i_make_text(maker, citation->note));
}
