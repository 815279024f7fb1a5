/* SPDX-License-Identifier: Apache-2.0 */
/* What was found of a code, with the rule behind it, and in words. */
#include <stdio.h>
#include <string.h>

#include "base/output.h"
#include "base/text.h"
#include "classification/classification.h"

static const char *const verdicts[NTM_CODE_VERDICT_END] = {
    "good",    "open",      "not digits",   "wrong length", "out of range", "wrong last digit",       "ended",
    "not yet", "no parent", "other parent", "other level",  "is a sum",     "central code is needed",
};

const char *ntm_code_verdict_name(ntm_code_verdict verdict) {
    return (int)verdict >= NTM_CODE_GOOD && (int)verdict < NTM_CODE_VERDICT_END ? verdicts[verdict] : NULL;
}

void ntm_i_finding_code(ntm_code_finding *out, const char *text, size_t size) {
    ntm_error line = NTM_ERROR_INIT; /* its message is on one line and UTF-8, whatever the code holds */
    (void)ntm_i_fail(&line, NTM_ERROR_VALUE, NTM_I_NOWHERE, "%.*s", ntm_i_shown(text, size), text);
    size_t there = strlen(line.message);
    if (there >= sizeof out->code) there = ntm_i_utf8_cut(line.message, sizeof out->code - 1);
    memcpy(out->code, line.message, there);
    out->code[there] = '\0';
}

void ntm_i_finding_rule(ntm_code_finding *out, const ntm_i_rule *rule) {
    out->standing = rule->standing;
    out->since = rule->from == INT32_MIN ? NTM_DATE_NONE : rule->from;
    out->until = rule->to == INT32_MAX ? NTM_DATE_NONE : rule->to;
    out->label = rule->label;
    out->act = rule->act;
    out->source = rule->source;
    out->rule = rule->row;
}

void ntm_i_code_finding(ntm_code_finding *out, const ntm_classification *c, ntm_code_kind kind,
                        const ntm_i_code_state *state, const char *text, size_t size) {
    memset(out, 0, sizeof *out);
    out->kind = kind;
    out->since = out->until = NTM_DATE_NONE;
    out->rule = SIZE_MAX;
    ntm_i_finding_code(out, text, size);
    if (state->rule != UINT16_MAX) {
        const ntm_i_rule *rule = &c->rules[state->rule];
        bool of_code = state->verdict == NTM_CODE_GOOD || state->verdict == NTM_CODE_OPEN;
        ntm_i_finding_rule(out, rule);
        if (!of_code) out->label = NULL;
        if (state->verdict == NTM_CODE_ENDED && rule->successor != NULL)
            memcpy(out->expected, rule->successor, strlen(rule->successor) + 1);
    }
    out->verdict = (ntm_code_verdict)state->verdict;
    out->standing = (ntm_rule_standing)state->standing;
    out->level = (ntm_government)state->level;
    out->digits = state->digits;
    if (state->parent >= 0) ntm_i_code_text(out->parent, state->parent, state->digits);
}

/* ------------------------------------------------------------------------------------------- in words */

static void put_day(ntm_i_output *to, const char *before, ntm_date day) {
    char text[NTM_I_DAY_SIZE];
    ntm_i_put_text(to, before);
    ntm_i_put_text(to, ntm_i_day_text(text, day));
}

static void put_digits(ntm_i_output *to, unsigned digits) {
    char text[32];
    (void)snprintf(text, sizeof text, "expected %u digit%s", digits, digits == 1 ? "" : "s");
    ntm_i_put_text(to, text);
}

static void put_why(ntm_i_output *to, const ntm_code_finding *f) {
    switch (f->verdict) {
        case NTM_CODE_GOOD: ntm_i_put_text(to, "good"); break;
        case NTM_CODE_OPEN:
            ntm_i_put_text(to, f->act == NULL ? "no rule is known for the day" : "no rule that was read tells");
            break;
        case NTM_CODE_BAD_DIGITS:
            ntm_i_put_text(to, "not digits alone: ");
            put_digits(to, f->digits);
            break;
        case NTM_CODE_BAD_LENGTH: put_digits(to, f->digits); break;
        case NTM_CODE_OUT_OF_RANGE: ntm_i_put_text(to, "in no range of such codes"); break;
        case NTM_CODE_BAD_SHAPE: ntm_i_put_text(to, "such codes have another last digit"); break;
        case NTM_CODE_ENDED: put_day(to, "no longer a code since ", f->until); break;
        case NTM_CODE_NOT_YET: put_day(to, "not a code before ", f->since); break;
        case NTM_CODE_NO_PARENT: ntm_i_put_text(to, "follows no code that it could be a part of"); break;
        case NTM_CODE_OTHER_PARENT:
            ntm_i_put_text(to, "not a part of the code beside it");
            ntm_i_put_text(to, f->parent[0] == '\0' ? "" : ", but of ");
            ntm_i_put_text(to, f->parent);
            break;
        case NTM_CODE_OTHER_LEVEL:
            ntm_i_put_text(to, "of another level of government than the chapter beside it");
            break;
        case NTM_CODE_IS_A_SUM:
            ntm_i_put_text(to, "the programme is the sum of its parts: expected the code of a part");
            break;
        case NTM_CODE_CENTRAL_NEEDED:
            ntm_i_put_text(to, "local money in a central programme has to carry the central code");
            break;
    }
}

size_t ntm_code_finding_text(char *buffer, size_t capacity, const ntm_code_finding *f) {
    ntm_i_output to = {buffer, capacity, 0};
    if (f == NULL || ntm_code_kind_name(f->kind) == NULL || (buffer == NULL && capacity > 0)) {
        if (buffer != NULL && capacity > 0) buffer[0] = '\0';
        return 0;
    }
    ntm_i_put_text(&to, ntm_code_kind_name(f->kind));
    ntm_i_put_text(&to, f->code[0] == '\0' ? " code missing" : " ");
    ntm_i_put_text(&to, f->code);
    ntm_i_put_text(&to, ": ");
    put_why(&to, f);
    if (f->verdict == NTM_CODE_GOOD && ntm_government_name(f->level) != NULL) {
        ntm_i_put_text(&to, ", ");
        ntm_i_put_text(&to, ntm_government_name(f->level));
    }
    if (f->expected[0] != '\0') {
        ntm_i_put_text(&to, f->verdict == NTM_CODE_CENTRAL_NEEDED ? ": expected one of the block of " : ": expected ");
        ntm_i_put_text(&to, f->expected);
    }
    if (f->act != NULL) {
        ntm_i_put_text(&to, " (");
        ntm_i_put_text(&to, f->act);
        ntm_i_put_text(&to, f->standing == NTM_RULE_INFERRED ? ", inferred; " : "; ");
        ntm_i_put_text(&to, f->source == NULL ? "" : f->source);
        ntm_i_put_text(&to, ")");
    }
    return ntm_i_put_end(&to);
}
