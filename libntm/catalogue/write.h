/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a set: first as a tree of YAML, then as text. */
#ifndef NTM_I_WRITE_H
#define NTM_I_WRITE_H

#include <ntm/criteria.h>

#include "base/text.h"
#include "catalogue/yaml.h"

/* Makes a tree. After a failed allocation all further calls do nothing and `failed` is true. */
typedef struct ntm_i_maker {
    ntm_i_arena arena;
    bool failed;
} ntm_i_maker;

ntm_i_yaml *ntm_i_make_list(ntm_i_maker *maker);
ntm_i_yaml *ntm_i_make_map(ntm_i_maker *maker);
/* NULL for NULL. */
ntm_i_yaml *ntm_i_make_text(ntm_i_maker *maker, const char *text);
/* What is written as it is: numbers, days, true. */
ntm_i_yaml *ntm_i_make_plain(ntm_i_maker *maker, const char *text);
ntm_i_yaml *ntm_i_make_number(ntm_i_maker *maker, ntm_decimal value);
/* NULL for NTM_DATE_NONE. */
ntm_i_yaml *ntm_i_make_date(ntm_i_maker *maker, ntm_date date);
ntm_i_yaml *ntm_i_make_texts(ntm_i_maker *maker, const char *const *texts, size_t count);
ntm_i_yaml *ntm_i_make_names(ntm_i_maker *maker, ntm_names names);
/* Appends to a list or map; a NULL value is left out. The second returns the value. */
void ntm_i_make_item(ntm_i_maker *maker, ntm_i_yaml *list, ntm_i_yaml *item);
ntm_i_yaml *ntm_i_make_entry(ntm_i_maker *maker, ntm_i_yaml *map, const char *key, ntm_i_yaml *value);
/* The keys of a citation; none for one that says nothing. */
void ntm_i_make_citation(ntm_i_maker *maker, ntm_i_yaml *map, const ntm_citation *citation);
bool ntm_i_says_nothing(const ntm_citation *citation);
/* A rule; NULL for 0. */
ntm_i_yaml *ntm_i_make_rule(ntm_i_maker *maker, const ntm_set *set, ntm_node node);
/* The map of a grade without the key that names its kind. */
ntm_i_yaml *ntm_i_make_grade(ntm_i_maker *maker, const ntm_set *set, ntm_node node);

/* How a set is put into practice; NULL for what is not there, empty lists where nothing is. */
ntm_i_yaml *ntm_i_make_validity(ntm_i_maker *maker, const ntm_validity *validity);
ntm_i_yaml *ntm_i_make_follows(ntm_i_maker *maker, const ntm_set *set);
ntm_i_yaml *ntm_i_make_scopes(ntm_i_maker *maker, const ntm_set *set);
ntm_i_yaml *ntm_i_make_values(ntm_i_maker *maker, const ntm_set *set);
ntm_i_yaml *ntm_i_make_recognisers(ntm_i_maker *maker, const ntm_set *set);

/* Writes a tree as YAML: what fits in a line in a line, the rest one thing a line. False for text that is not UTF-8. */
bool ntm_i_yaml_print(ntm_i_writer *writer, ntm_i_yaml *root);

/* One scalar, in quotes where it needs them; returns its characters. With NULL it is only measured. *good becomes false
   for text that is not UTF-8. */
size_t ntm_i_yaml_put_text(ntm_i_writer *writer, const char *text, size_t size, bool *good);
/* Whether text can be folded over several lines: printable words with one blank between them. */
bool ntm_i_yaml_can_fold(const char *text, size_t size);

#endif
