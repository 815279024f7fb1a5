/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the rules that run over many: criteria, indicators, members of a dimension, children. */
#include <string.h>

#include "catalogue/read.h"

enum { O_OVER, O_OF, O_LEVEL, O_NAME, O_WHERE, O_VERDICT, O_AMONG, O_CITATION };

/* Reports options that do not go with what the rule runs over. */
static bool only(ntm_i_reader *reader, const ntm_i_yaml *const *at, unsigned allowed, const char *over) {
    bool good = true;
    for (unsigned i = O_OF; i < O_CITATION; i++)
        if (at[i] != NULL && (allowed >> i & 1) == 0) {
            ntm_i_complain(reader, NTM_ERROR_SCHEMA, at[i]->key, "\"%s\" does not go with \"%s\"", at[i]->key->text,
                           over);
            good = false;
        }
    return good;
}

static bool read_within_set(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *const *at) {
    static const char *const verdicts[] = {"open", "met", "not met"};
    size_t verdict = NTM_OPEN;
    bool good = only(reader, at, 1u << O_VERDICT | 1u << O_AMONG, at[O_OVER]->text);
    good = ntm_i_read_word(reader, &verdict, at[O_VERDICT], verdicts + 1, 2, "verdict") && good;
    if (at[O_VERDICT] != NULL) rule->spec.verdict = (ntm_verdict)(verdict + 1);
    good = ntm_i_read_texts(reader, &rule->spec.members, &rule->spec.member_count, at[O_AMONG]) && good;
    if (at[O_AMONG] != NULL && at[O_AMONG]->kind == NTM_I_YAML_LIST && at[O_AMONG]->size == 0) {
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, at[O_AMONG], "among whom? The list is empty");
        good = false;
    }
    return good;
}

/* What every member or child has to satisfy. */
static bool read_where(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *map, const ntm_i_yaml *where,
                       unsigned depth) {
    const char *key = rule->spec.kind == NTM_EVERY ? "holds" : "where";
    return ntm_i_need(reader, map, where, key) && ntm_i_read_one(reader, rule, where, depth);
}

static bool read_members(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *map, const ntm_i_yaml *const *at,
                         unsigned depth) {
    bool good = only(reader, at, 1u << O_OF | 1u << O_WHERE, at[O_OVER]->text);
    /* {every: sex, ...} is short for {every: members, of: sex, ...}. */
    bool brief = rule->spec.kind == NTM_EVERY && at[O_OF] == NULL;
    if (!brief && !ntm_i_need(reader, map, at[O_OF], "of")) good = false;
    good = ntm_i_read_text(reader, &rule->spec.label, brief ? at[O_OVER] : at[O_OF]) && good;
    return read_where(reader, rule, map, at[O_WHERE], depth) && good;
}

static bool read_children(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *map, const ntm_i_yaml *const *at,
                          unsigned depth) {
    bool good = only(reader, at, 1u << O_LEVEL | 1u << O_NAME | 1u << O_WHERE, at[O_OVER]->text);
    good = ntm_i_need(reader, map, at[O_LEVEL], "level") && good;
    good = ntm_i_need(reader, map, at[O_NAME], "name") && good;
    good = ntm_i_read_text(reader, &rule->spec.label, at[O_LEVEL]) && good;
    good = ntm_i_read_text(reader, &rule->spec.name, at[O_NAME]) && good;
    return read_where(reader, rule, map, at[O_WHERE], depth) && good;
}

bool ntm_i_read_over(ntm_i_reader *reader, ntm_i_rule *rule, ntm_node_kind kind, const char *key, const ntm_i_yaml *map,
                     unsigned depth) {
    static const char *const words[] = {"criteria", "indicators", "members", "children"};
    const char *const keys[] = {
        key, "of", "level", "name", kind == NTM_EVERY ? "holds" : "where", "verdict", "among", NTM_I_CITATION_KEYS};
    const ntm_i_yaml *at[O_CITATION + NTM_I_CITATION_COUNT];
    size_t before = reader->report.count;
    rule->spec.kind = kind;
    if (!ntm_i_read_keys(reader, map, keys, sizeof keys / sizeof keys[0], at)) return false;
    if (!ntm_i_is(reader, at[O_OVER], NTM_I_YAML_SCALAR)) return false;
    size_t over = NTM_OVER_MEMBERS - 1;
    bool dimension = kind == NTM_EVERY && strcmp(at[O_OVER]->text, "children") != 0; /* any other word is one */
    if (dimension && at[O_OF] != NULL && strcmp(at[O_OVER]->text, "members") != 0) {
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, at[O_OF]->key, "\"of\" goes with \"members\" only");
        return false;
    }
    if (!dimension && !ntm_i_read_word(reader, &over, at[O_OVER], words, 4, "thing to run over")) return false;
    rule->spec.over = (ntm_over)(over + 1);
    bool whole = rule->spec.over == NTM_OVER_CHILDREN  ? read_children(reader, rule, map, at, depth)
                 : rule->spec.over == NTM_OVER_MEMBERS ? read_members(reader, rule, map, at, depth)
                                                       : read_within_set(reader, rule, at);
    ntm_i_read_rule_citation(reader, rule, at + O_CITATION);
    return whole && reader->report.count == before;
}
