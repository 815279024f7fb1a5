/* SPDX-License-Identifier: Apache-2.0 */
/* The codes of one entry: each by itself, and those that belong together. */
#include <string.h>

#include "base/text.h"
#include "classification/classification.h"

static bool good(const ntm_i_code_state *state) { return state->there && state->verdict == NTM_CODE_GOOD; }

/* A finding about a code of the entry, or about one that it lacks, by a rule. */
static void tell(const ntm_i_judge *judge, const ntm_i_entry *entry, ntm_code_kind kind, ntm_code_verdict verdict,
                 const ntm_i_rule *rule, const char *expected) {
    ntm_code_finding finding;
    const ntm_i_code_state *state = &entry->states[kind];
    ntm_i_code_finding(&finding, judge->classification, kind, state, state->there ? entry->texts[kind] : "",
                       state->there ? entry->sizes[kind] : 0);
    ntm_i_finding_rule(&finding, rule);
    finding.verdict = judge->seen_only && rule->standing == NTM_RULE_INFERRED ? NTM_CODE_OPEN : verdict;
    finding.label = NULL;
    memcpy(finding.expected, expected, strlen(expected) + 1);
    judge->tell(judge->context, &finding);
}

/* A part and the larger code beside it. */
static void judge_parent(const ntm_i_judge *judge, const ntm_i_entry *entry, ntm_code_kind kind) {
    const ntm_i_code_state *part = &entry->states[kind];
    if (!good(part)) return;
    const ntm_i_rule *rule = &judge->classification->rules[part->rule];
    if (rule->part_of == 0) return;
    const ntm_i_code_state *parent = &entry->states[rule->part_of];
    if (!good(parent)) return;
    bool belongs = parent->value < part->value;
    if (part->parent >= 0)
        belongs = parent->value == part->parent;
    else if (rule->within > 0)
        belongs = belongs && part->value - parent->value <= rule->within;
    if (!belongs) tell(judge, entry, kind, NTM_CODE_OTHER_PARENT, rule, "");
}

static void judge_level(const ntm_i_judge *judge, const ntm_i_entry *entry) {
    const ntm_classification *c = judge->classification;
    const ntm_i_code_state *chapter = &entry->states[NTM_CODE_CHAPTER], *level = &entry->states[NTM_CODE_LEVEL];
    if (!good(chapter) || !good(level) || chapter->level == NTM_GOVERNMENT_NONE ||
        level->level == NTM_GOVERNMENT_NONE || chapter->level == level->level)
        return;
    const ntm_i_rule *rule = ntm_i_rule_about(c, NTM_CODE_CHAPTER, NTM_I_SHAPE_SAME_LEVEL, entry->on);
    if (rule == NULL) return;
    char expected[8] = "";
    for (size_t i = c->starts[NTM_CODE_LEVEL]; i < c->starts[NTM_CODE_LEVEL + 1] && expected[0] == '\0'; i++) {
        const ntm_i_rule *one = &c->rules[i];
        if (ntm_i_rule_of_codes(one) && ntm_i_rule_holds(one, entry->on) && one->first == one->last &&
            one->level == (ntm_government)chapter->level)
            ntm_i_code_text(expected, one->first, one->digits);
    }
    tell(judge, entry, NTM_CODE_LEVEL, NTM_CODE_OTHER_LEVEL, rule, expected);
}

/* Entries go on the parts of a programme; its own code is their sum. */
static void judge_sum(const ntm_i_judge *judge, const ntm_i_entry *entry) {
    const ntm_i_code_state *code = &entry->states[NTM_CODE_PROGRAMME];
    if (!code->there || code->value < 0) return;
    const ntm_i_programmes *all = &judge->programmes;
    for (size_t i = ntm_i_programmes_from(all, code->value); i < all->count; i++) {
        const ntm_i_programme *one = &all->items[i];
        if (one->code != code->value) return;
        if (!one->has_parts || entry->sizes[NTM_CODE_PROGRAMME] != one->digits || entry->on < one->from ||
            entry->on >= one->to)
            continue;
        const ntm_i_rule *rule =
            ntm_i_rule_about(judge->classification, NTM_CODE_PROGRAMME, NTM_I_SHAPE_PARTS_ONLY, entry->on);
        if (rule != NULL) tell(judge, entry, NTM_CODE_PROGRAMME, NTM_CODE_IS_A_SUM, rule, "");
        return;
    }
}

static bool local(const ntm_i_entry *entry) {
    const ntm_i_code_state *level = &entry->states[NTM_CODE_LEVEL];
    return entry->local_source || (good(level) && level->level >= NTM_PROVINCIAL);
}

/* Local money in a central programme carries the central code. */
static void judge_central(const ntm_i_judge *judge, const ntm_i_entry *entry) {
    const ntm_i_programme *programme = entry->programme;
    const ntm_i_code_state *code = &entry->states[NTM_CODE_PROGRAMME];
    if (programme == NULL || !programme->central || !local(entry)) return;
    if (code->there && entry->sizes[NTM_CODE_PROGRAMME] == programme->digits && code->value >= programme->code &&
        code->value < programme->end)
        return;
    const ntm_i_rule *rule =
        ntm_i_rule_about(judge->classification, NTM_CODE_PROGRAMME, NTM_I_SHAPE_CENTRAL_CODE, entry->on);
    char expected[8];
    ntm_i_code_text(expected, programme->code, programme->digits);
    if (rule != NULL) tell(judge, entry, NTM_CODE_PROGRAMME, NTM_CODE_CENTRAL_NEEDED, rule, expected);
}

void ntm_i_entry_judge(const ntm_i_judge *judge, const ntm_i_entry *entry) {
    for (int kind = NTM_CODE_CHAPTER; kind < NTM_CODE_KIND_END; kind++) {
        const ntm_i_code_state *state = &entry->states[kind];
        if (!state->there || state->verdict == NTM_CODE_GOOD) continue;
        ntm_code_finding finding;
        ntm_i_code_finding(&finding, judge->classification, (ntm_code_kind)kind, state, entry->texts[kind],
                           entry->sizes[kind]);
        judge->tell(judge->context, &finding);
    }
    for (int kind = NTM_CODE_CHAPTER; kind < NTM_CODE_KIND_END; kind++)
        judge_parent(judge, entry, (ntm_code_kind)kind);
    judge_level(judge, entry);
    judge_sum(judge, entry);
    judge_central(judge, entry);
}
