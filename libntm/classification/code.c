/* SPDX-License-Identifier: Apache-2.0 */
/* One code held against the rules of its kind. */
#include <string.h>

#include "base/text.h"
#include "classification/classification.h"

bool ntm_i_code_value(int32_t *out, const char *text, size_t size) {
    int32_t value = 0;
    if (size == 0 || size > NTM_CODE_DIGITS_MAX) return false;
    for (size_t at = 0; at < size; at++) {
        if (text[at] < '0' || text[at] > '9') return false;
        value = value * 10 + (text[at] - '0');
    }
    *out = value;
    return true;
}

void ntm_i_code_text(char out[8], int32_t value, unsigned digits) {
    if (digits > NTM_CODE_DIGITS_MAX) digits = NTM_CODE_DIGITS_MAX;
    out[digits] = '\0';
    for (; digits > 0; value /= 10)
        out[--digits] = (char)('0' + value % 10);
}

bool ntm_i_shape_fits(ntm_i_shape shape, int32_t value) {
    if (shape == NTM_I_SHAPE_TENS) return value % 10 == 0;
    return shape != NTM_I_SHAPE_ONES || value % 10 != 0;
}

const ntm_i_rule *ntm_i_rule_about(const ntm_classification *c, ntm_code_kind kind, ntm_i_shape shape, ntm_date on) {
    for (size_t i = c->starts[kind]; i < c->starts[kind + 1]; i++)
        if (c->rules[i].shape == shape && ntm_i_rule_holds(&c->rules[i], on)) return &c->rules[i];
    return NULL;
}

/* What a pass over the rules of a kind finds for one code; indices of rules, SIZE_MAX = none. */
typedef struct scan {
    size_t hit;                /* in force, and holds the code */
    size_t misshapen;          /* in force, with the code in its range, which has another last digit */
    size_t in_force;           /* the first in force */
    size_t ended;              /* held the code, and ended last */
    size_t coming;             /* will hold the code, and begins first */
    bool same_length;          /* some rule in force has so many digits */
    ntm_rule_standing weakest; /* of those in force; what nobody has read excludes nothing */
} scan;

static void scan_rule(scan *s, const ntm_classification *c, size_t i, bool is_code, int32_t value, size_t size,
                      ntm_date on) {
    const ntm_i_rule *rule = &c->rules[i];
    bool within = is_code && rule->digits == size && rule->first <= value && value <= rule->last;
    bool fits = within && ntm_i_shape_fits(rule->shape, value);
    if (ntm_i_rule_holds(rule, on)) {
        if (s->in_force == SIZE_MAX) s->in_force = i;
        if (rule->digits == size) s->same_length = true;
        if (rule->standing != NTM_RULE_UNREAD && rule->standing > s->weakest) s->weakest = rule->standing;
        if (fits && s->hit == SIZE_MAX) s->hit = i;
        if (within && !fits && s->misshapen == SIZE_MAX) s->misshapen = i;
    } else if (fits && rule->to <= on) {
        if (s->ended == SIZE_MAX || c->rules[s->ended].to < rule->to) s->ended = i;
    } else if (fits) {
        if (s->coming == SIZE_MAX || c->rules[s->coming].from > rule->from) s->coming = i;
    }
}

/* The largest code of the parent's kind below this one, where that kind is a list of single codes in force: -1 when it is
   none, so that nothing can be told; `value` itself when there is none below. */
static int32_t listed_parent(const ntm_classification *c, const ntm_i_rule *of, int32_t value, ntm_date on) {
    int32_t parent = -1;
    bool listed = false;
    for (size_t i = c->starts[of->part_of]; i < c->starts[of->part_of + 1]; i++) {
        const ntm_i_rule *rule = &c->rules[i];
        if (!ntm_i_rule_of_codes(rule) || !ntm_i_rule_holds(rule, on) || rule->digits != of->digits) continue;
        if (rule->first != rule->last) return -1;
        listed = true;
        if (rule->first < value && rule->first > parent) parent = rule->first;
    }
    return listed && (parent < 0 || (of->within > 0 && value - parent > of->within)) ? value : parent;
}

static void set(ntm_i_code_state *state, const ntm_classification *c, ntm_code_verdict verdict, size_t rule) {
    state->verdict = (uint8_t)verdict;
    state->rule = rule == SIZE_MAX ? UINT16_MAX : (uint16_t)rule;
    if (rule != SIZE_MAX) state->standing = (uint8_t)c->rules[rule].standing;
}

/* A code that a rule in force holds. */
static void take(ntm_i_code_state *state, const ntm_classification *c, size_t hit, ntm_date on) {
    const ntm_i_rule *rule = &c->rules[hit];
    set(state, c, rule->standing == NTM_RULE_UNREAD ? NTM_CODE_OPEN : NTM_CODE_GOOD, hit);
    state->digits = rule->digits;
    state->level = (uint8_t)rule->level;
    if (rule->part_of == 0) return;
    int32_t parent = listed_parent(c, rule, state->value, on);
    if (parent == state->value)
        state->verdict = NTM_CODE_NO_PARENT;
    else
        state->parent = parent;
}

/* A code that no rule in force holds, though there are such rules. */
static void refuse(ntm_i_code_state *state, const ntm_classification *c, const scan *s, bool digits_alone) {
    if (!digits_alone)
        set(state, c, NTM_CODE_BAD_DIGITS, s->in_force);
    else if (s->ended != SIZE_MAX)
        set(state, c, NTM_CODE_ENDED, s->ended);
    else if (s->coming != SIZE_MAX)
        set(state, c, NTM_CODE_NOT_YET, s->coming);
    else if (!s->same_length)
        set(state, c, NTM_CODE_BAD_LENGTH, s->in_force);
    else if (s->misshapen != SIZE_MAX)
        set(state, c, NTM_CODE_BAD_SHAPE, s->misshapen);
    else
        set(state, c, NTM_CODE_OUT_OF_RANGE, s->in_force);
    if (state->verdict != NTM_CODE_ENDED && state->verdict != NTM_CODE_NOT_YET && s->weakest != 0)
        state->standing = (uint8_t)s->weakest;
}

ntm_i_code_state ntm_i_code_look(const ntm_classification *c, ntm_code_kind kind, const char *text, size_t size,
                                 ntm_date on, bool seen_only) {
    ntm_i_code_state state = NTM_I_CODE_UNKNOWN(true);
    scan s = {SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX, false, (ntm_rule_standing)0};
    bool is_code = ntm_i_code_value(&state.value, text, size), digits_alone = true;
    for (size_t at = 0; at < size; at++)
        digits_alone = digits_alone && text[at] >= '0' && text[at] <= '9';
    for (size_t i = c->starts[kind]; i < c->starts[kind + 1]; i++)
        if (ntm_i_rule_of_codes(&c->rules[i])) scan_rule(&s, c, i, is_code, state.value, size, on);
    if (s.in_force == SIZE_MAX) return state;
    state.digits = c->rules[s.in_force].digits;
    if (s.hit != SIZE_MAX)
        take(&state, c, s.hit, on);
    else
        refuse(&state, c, &s, digits_alone);
    if (seen_only && state.standing == NTM_RULE_INFERRED) state.verdict = NTM_CODE_OPEN;
    return state;
}

ntm_status ntm_code_check(ntm_code_finding *out, const ntm_classification *c, ntm_code_kind kind, const char *text,
                          size_t size, ntm_date on, ntm_error *err) {
    if (out == NULL || c == NULL || (text == NULL && size > 0) || ntm_code_kind_name(kind) == NULL)
        return ntm_i_wrong_call(err, "a place for the finding, a classification, a kind of code and a code are needed");
    if (!ntm_i_date_is(on)) return ntm_i_wrong_call(err, "a day of the years 1 to 9999 is needed");
    ntm_i_code_state state = ntm_i_code_look(c, kind, text == NULL ? "" : text, size, on, false);
    ntm_i_code_finding(out, c, kind, &state, text == NULL ? "" : text, size);
    return NTM_OK;
}

ntm_government ntm_code_level(const ntm_classification *c, ntm_code_kind kind, const char *text, size_t size,
                              ntm_date on) {
    ntm_code_finding finding;
    ntm_status status = ntm_code_check(&finding, c, kind, text, size, on, NULL);
    return status == NTM_OK && finding.verdict == NTM_CODE_GOOD ? finding.level : NTM_GOVERNMENT_NONE;
}
