/* SPDX-License-Identifier: Apache-2.0 */
/* Explanations for people: one line, or an indented tree, in Vietnamese or English. */
#include <string.h>

#include "attainment/explanation.h"
#include "base/text.h"
#include "criteria/unit.h"

typedef struct teller {
    const ntm_i_step *steps;
    size_t count;
    ntm_language language;
    ntm_i_writer w;
} teller;

/* Chooses the Vietnamese or the English wording. */
static const char *say(const teller *t, const char *vi, const char *en) { return t->language == NTM_VI ? vi : en; }

static const char *label(const teller *t, const ntm_i_step *step) {
    return t->language == NTM_VI ? step->view.label_vi : step->view.label_en;
}

const char *ntm_verdict_text(ntm_verdict verdict, ntm_language language) {
    bool vi = language == NTM_VI;
    switch (verdict) {
        case NTM_MET: return vi ? "đạt" : "met";
        case NTM_NOT_MET: return vi ? "chưa đạt" : "not met";
        default: return vi ? "chưa có số liệu" : "open";
    }
}

static const char *sign_text(ntm_comparison sign) {
    static const char *const signs[] = {"?", "<", "<=", "=", ">=", ">"};
    return signs[sign <= NTM_MORE ? sign : 0];
}

/* Exact where it is a short decimal; otherwise cut off, never rounded, and marked so: 33,3333…  */
static void tell_number(teller *t, ntm_i_rational value) {
    ntm_locale locale = t->language == NTM_VI ? NTM_LOCALE_VI : NTM_LOCALE_EN;
    ntm_decimal exact;
    char text[64];
    bool cut = !ntm_i_rational_to_decimal(&exact, value);
    if (cut && (!ntm_i_rational_round(&value, value, 4, NTM_ROUND_DOWN) || !ntm_i_rational_to_decimal(&exact, value))) {
        ntm_i_write_text(&t->w, "…");
        return;
    }
    (void)ntm_decimal_format(text, sizeof text, exact, locale);
    ntm_i_write_text(&t->w, text);
    if (cut) ntm_i_write_text(&t->w, "…");
}

static void tell_unit(teller *t, const char *unit) {
    char text[NTM_I_UNIT_TEXT_MAX];
    if (unit == NULL || strcmp(unit, "1") == 0) return;
    (void)ntm_i_unit_translate(text, sizeof text, unit, t->language);
    ntm_i_writef(&t->w, "%s%s", strcmp(text, "%") == 0 ? "" : " ", text);
}

static bool is_known(const ntm_i_step *step) {
    return ntm_i_is_finite(step->least) && ntm_i_rational_compare(step->least, step->most) == 0;
}

static void tell_date(teller *t, ntm_i_rational value) {
    ntm_date date = (ntm_date)ntm_i_rational_floor(value);
    char text[NTM_I_DAY_SIZE];
    int year, month, day;
    ntm_date_parts(date, &year, &month, &day);
    if (t->language == NTM_VI)
        ntm_i_writef(&t->w, "%d/%d/%d", day, month, year);
    else
        ntm_i_writef(&t->w, "%s", ntm_i_day_text(text, date));
}

/* A value with its unit, or the bounds between which it lies. */
static void tell_value(teller *t, const ntm_i_step *step) {
    if (is_known(step) && ntm_i_unit_is_date(step->view.unit)) {
        tell_date(t, step->least);
        return;
    }
    if (is_known(step)) {
        tell_number(t, step->least);
    } else if (!ntm_i_is_finite(step->least) && !ntm_i_is_finite(step->most)) {
        ntm_i_write_text(&t->w, "?");
        return;
    } else {
        bool dates = ntm_i_unit_is_date(step->view.unit);
        if (ntm_i_is_finite(step->least)) (dates ? tell_date : tell_number)(t, step->least);
        ntm_i_write_text(&t->w, "..");
        if (ntm_i_is_finite(step->most)) (dates ? tell_date : tell_number)(t, step->most);
        if (dates) return;
    }
    tell_unit(t, step->view.unit);
}

static size_t end_of(const teller *t, size_t at) {
    size_t end = at + 1;
    while (end < t->count && t->steps[end].view.depth > t->steps[at].view.depth)
        end++;
    return end;
}

static void tell_gap(teller *t, const ntm_i_step *step) {
    if (step->view.gap == NULL) return;
    bool less = step->gap_sign == NTM_LESS || step->gap_sign == NTM_LESS_OR_EQUAL;
    if (step->gap_sign == NTM_EQUAL)
        ntm_i_write_text(&t->w, say(t, "; lệch ", "; off by "));
    else
        ntm_i_write_text(&t->w, less ? say(t, "; vượt ", "; over by ") : say(t, "; còn thiếu ", "; short by "));
    tell_number(t, step->gap);
    tell_unit(t, step->view.gap_unit);
}

static void tell_reason(teller *t, const ntm_i_step *step) {
    const char *what = label(t, step) == NULL ? "" : label(t, step);
    switch (step->view.reason) {
        case NTM_REASON_NOT_REPORTED:
            ntm_i_writef(&t->w, say(t, "chưa báo cáo “%s”", "“%s” is not reported"), what);
            break;
        case NTM_REASON_NOT_APPLICABLE:
            if (step->view.kind == NTM_IF_APPLICABLE)
                ntm_i_writef(
                    &t->w, say(t, "“%s” không áp dụng, không phải xét", "“%s” does not apply, nothing is asked"), what);
            else
                ntm_i_writef(&t->w,
                             say(t, "“%s” ghi không áp dụng, quy định không cho phép",
                                 "“%s” is said not to apply, which the rule does not provide for"),
                             what);
            break;
        case NTM_REASON_FIGURE_ABSENT: ntm_i_writef(&t->w, say(t, "chưa có %s", "no %s"), what); break;
        case NTM_REASON_AXIS_UNKNOWN:
            ntm_i_writef(
                &t->w, say(t, "chưa rõ vùng, loại hoặc năm để chọn %s", "region, class or year unknown for %s"), what);
            break;
        case NTM_REASON_RULE_ABSENT:
            ntm_i_write_text(&t->w,
                             say(t, "chưa đọc được quy định ở nguồn nào", "the rule was not read in any source"));
            break;
        case NTM_REASON_SCOPE_OPEN:
            ntm_i_writef(&t->w,
                         say(t, "chưa rõ đơn vị áp dụng cột nào (%s) của %s", "which column (%s) holds is open for %s"),
                         step->view.axes == NULL ? "?" : step->view.axes, what);
            break;
        case NTM_REASON_VALUE_ABSENT:
            ntm_i_writef(&t->w, say(t, "chưa đọc được cách tính “%s”", "how “%s” is reckoned was not read"), what);
            break;
        case NTM_REASON_ZERO_DIVISOR: ntm_i_write_text(&t->w, say(t, "mẫu số bằng 0", "a share of nothing")); break;
        default: break;
    }
}

/* All reasons at and below a step, with what is known in spite of them where nothing else tells; returns how many were
   told. */
static size_t tell_reasons(teller *t, size_t at, bool ranges) {
    size_t told = 0;
    for (size_t i = at; i < end_of(t, at); i++) {
        if (t->steps[i].view.reason == NTM_REASON_NONE) continue;
        if (told++ > 0) ntm_i_write_text(&t->w, ", ");
        tell_reason(t, &t->steps[i]);
        if (!ranges || !t->steps[i].bounded) continue;
        ntm_i_write_text(&t->w, " (");
        tell_value(t, &t->steps[i]);
        ntm_i_write_text(&t->w, ")");
    }
    return told;
}

/* Whether two units are the same word in the language: hộ and household are. */
static bool same_unit(const teller *t, const ntm_i_step *a, const ntm_i_step *b) {
    char left[NTM_I_UNIT_TEXT_MAX], right[NTM_I_UNIT_TEXT_MAX];
    if (a->view.unit == NULL || b->view.unit == NULL) return a->view.unit == b->view.unit;
    (void)ntm_i_unit_translate(left, sizeof left, a->view.unit, t->language);
    (void)ntm_i_unit_translate(right, sizeof right, b->view.unit, t->language);
    return strcmp(left, right) == 0;
}

/* "1.799/2.000 hộ = 89,95%" for a share of known facts; the name and value of anything else. */
static void tell_quantity(teller *t, size_t at) {
    const ntm_i_step *step = &t->steps[at];
    if (step->view.kind == NTM_RATIO && end_of(t, at) == at + 3 && is_known(&step[1]) && is_known(&step[2])) {
        tell_number(t, step[1].least);
        if (!same_unit(t, &step[1], &step[2])) tell_unit(t, step[1].view.unit);
        ntm_i_write_text(&t->w, "/");
        tell_number(t, step[2].least);
        tell_unit(t, step[2].view.unit);
        ntm_i_write_text(&t->w, " = ");
        tell_value(t, step);
        return;
    }
    if (step->view.kind == NTM_FACT) ntm_i_writef(&t->w, "%s: ", label(t, step));
    tell_value(t, step);
}

/* The relation that holds: the one asked for if it is met, its opposite if it is not. */
static const char *relation_of(const ntm_i_step *step) {
    static const char *const opposite[] = {"?", ">=", ">", "≠", "<", "<="};
    return step->view.verdict == NTM_NOT_MET ? opposite[step->view.compare <= NTM_MORE ? step->view.compare : 0]
                                             : sign_text(step->view.compare);
}

static void tell_compare(teller *t, size_t at) {
    const ntm_i_step *step = &t->steps[at];
    size_t left = at + 1, right = end_of(t, left);
    bool known = is_known(&t->steps[left]) && is_known(&t->steps[right]);
    if (!known && step->view.verdict == NTM_OPEN && tell_reasons(t, at, true) > 0) return;
    tell_quantity(t, left);
    ntm_i_writef(&t->w, " %s ", relation_of(step));
    if (known)
        tell_value(t, &t->steps[right]);
    else
        tell_quantity(t, right);
    tell_gap(t, step);
    if (known) return;
    /* Decided by natural bounds alone: what is missing is told all the same. */
    ntm_i_write_text(&t->w, "; ");
    if (tell_reasons(t, at, false) == 0) ntm_i_write_text(&t->w, say(t, "theo cận", "by its bounds"));
}

static void tell_leaf(teller *t, size_t at) {
    const ntm_i_step *step = &t->steps[at];
    switch (step->view.kind) {
        case NTM_COMPARE: tell_compare(t, at); break;
        case NTM_AT_LEVEL:
            if (step->view.reason != NTM_REASON_NONE)
                tell_reason(t, step);
            else
                ntm_i_writef(&t->w, "%s: %s %s %s", label(t, step), step->level == NULL ? "?" : step->level,
                             step->view.verdict == NTM_MET ? ">=" : "<",
                             step->view.unit == NULL ? "" : step->view.unit);
            break;
        default:
            if (step->view.reason != NTM_REASON_NONE)
                tell_reason(t, step);
            else
                ntm_i_writef(&t->w, "%s: %s", step->id != NULL ? step->id : label(t, step),
                             ntm_verdict_text(step->view.verdict, t->language));
            break;
    }
}

static bool has_condition_below(const teller *t, size_t at) {
    for (size_t i = at + 1; i < end_of(t, at); i++)
        if (t->steps[i].view.is_condition) return true;
    return false;
}

/* The conditions that made the verdict: those with the same one, or all if a negation turned it over. */
static void tell_leaves(teller *t, size_t root) {
    ntm_verdict verdict = t->steps[root].view.verdict;
    for (int everything = 0; everything < 2; everything++) {
        size_t told = 0;
        for (size_t i = root + 1; i < end_of(t, root); i++) {
            const ntm_i_step *step = &t->steps[i];
            if (!step->view.is_condition || has_condition_below(t, i) || (!everything && step->view.verdict != verdict))
                continue;
            if (told++ > 0) ntm_i_write_text(&t->w, "; ");
            tell_leaf(t, i);
        }
        if (told > 0) return;
    }
}

/* "chưa đạt 17.1, 17.5; chưa có số liệu 17.2" */
static bool tell_parts(teller *t, size_t root) {
    static const ntm_verdict order[] = {NTM_NOT_MET, NTM_OPEN, NTM_MET};
    bool any = false;
    for (size_t k = 0; k < 3; k++) {
        bool started = false;
        for (size_t i = root + 1; i < t->count; i++) {
            const ntm_i_step *step = &t->steps[i];
            if (!step->is_part || step->view.depth != t->steps[root].view.depth + 1 || step->view.verdict != order[k])
                continue;
            if (!started)
                ntm_i_writef(&t->w, "%s%s ", any ? "; " : "", ntm_verdict_text(order[k], t->language));
            else
                ntm_i_write_text(&t->w, ", ");
            ntm_i_write_text(&t->w, step->id);
            started = true;
            any = true;
        }
    }
    return any;
}

static bool told_before(const teller *t, size_t step, size_t source) {
    const char *id = t->steps[step].view.citation.sources[source];
    for (size_t i = 0; i <= step; i++)
        for (size_t k = 0; k < (i < step ? t->steps[i].view.citation.source_count : source); k++)
            if (strcmp(t->steps[i].view.citation.sources[k], id) == 0) return true;
    return false;
}

static void tell_sources(teller *t) {
    bool any = false, unverified = false;
    for (size_t i = 0; i < t->count; i++) {
        const ntm_citation *citation = &t->steps[i].view.citation;
        unverified = unverified || citation->standing == NTM_UNVERIFIED;
        for (size_t k = 0; k < citation->source_count; k++) {
            if (told_before(t, i, k)) continue;
            ntm_i_writef(&t->w, "%s%s", any ? ", " : " (", citation->sources[k]);
            any = true;
        }
    }
    if (unverified) ntm_i_writef(&t->w, "%s%s", any ? "; " : " (", say(t, "chưa kiểm chứng", "unverified"));
    if (any || unverified) ntm_i_write_text(&t->w, ")");
}

static ntm_status start(teller *t, ntm_text **out, const ntm_explanation *explanation, ntm_language language,
                        const ntm_allocator *allocator, ntm_error *err) {
    if (out == NULL || explanation == NULL || (language != NTM_VI && language != NTM_EN) ||
        !ntm_i_allocator_usable(allocator))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "a place for the text, an explanation and a language are needed");
    t->steps = ntm_i_explanation_steps(explanation);
    t->count = explanation->steps.count;
    t->language = language;
    ntm_i_writer_start(&t->w, allocator);
    return NTM_OK;
}

ntm_status ntm_explanation_line(ntm_text **out, const ntm_explanation *explanation, ntm_language language,
                                const ntm_allocator *allocator, ntm_error *err) {
    teller t;
    ntm_status status = start(&t, out, explanation, language, allocator, err);
    if (status != NTM_OK) return status;
    const ntm_i_step *root = &t.steps[0];
    ntm_i_writef(&t.w, "%s %s", root->id, ntm_verdict_text(root->view.verdict, t.language));
    bool reason = root->view.reason != NTM_REASON_NONE;
    if (reason || t.count > 1) ntm_i_write_text(&t.w, ": ");
    if (reason)
        tell_reason(&t, root);
    else if (t.count > 1 && !tell_parts(&t, 0))
        tell_leaves(&t, 0);
    tell_sources(&t);
    return ntm_i_writer_finish(out, &t.w, err);
}

static void tell_step(teller *t, size_t at) {
    const ntm_i_step *step = &t->steps[at];
    for (uint32_t i = 0; i < step->view.depth; i++)
        ntm_i_write_text(&t->w, "  ");
    if (step->is_part) ntm_i_writef(&t->w, "%s ", step->id);
    if (!step->is_part || label(t, step) != step->id) ntm_i_write_text(&t->w, label(t, step));
    if (step->view.kind == NTM_COMPARE) ntm_i_writef(&t->w, " %s", sign_text(step->view.compare));
    ntm_i_write_text(&t->w, ": ");
    if (step->view.is_condition)
        ntm_i_write_text(&t->w, ntm_verdict_text(step->view.verdict, t->language));
    else if (step->view.kind == NTM_GRADE)
        ntm_i_writef(&t->w, "%s..%s", step->view.least == NULL ? "-" : step->view.least,
                     step->view.most == NULL ? "-" : step->view.most);
    else
        tell_value(t, step);
    if (step->view.axes != NULL) ntm_i_writef(&t->w, " [%s]", step->view.axes);
    tell_gap(t, step);
    if (step->view.reason != NTM_REASON_NONE) {
        ntm_i_write_text(&t->w, " — ");
        if (step->view.reason == NTM_REASON_FIGURE_ABSENT) /* its name is the label of the step */
            ntm_i_write_text(&t->w, say(t, "chưa đọc được ở nguồn nào", "it was not read in any source"));
        else
            tell_reason(t, step);
    }
    const ntm_citation *citation = &step->view.citation;
    for (size_t k = 0; k < citation->source_count; k++)
        ntm_i_writef(&t->w, "%s%s", k > 0 ? ", " : " (", citation->sources[k]);
    if (citation->source_count > 0) ntm_i_write_text(&t->w, ")");
    if (citation->standing == NTM_UNVERIFIED) ntm_i_writef(&t->w, " (%s)", say(t, "chưa kiểm chứng", "unverified"));
    ntm_i_write_text(&t->w, "\n");
}

ntm_status ntm_explanation_tree(ntm_text **out, const ntm_explanation *explanation, ntm_language language,
                                const ntm_allocator *allocator, ntm_error *err) {
    teller t;
    ntm_status status = start(&t, out, explanation, language, allocator, err);
    if (status != NTM_OK) return status;
    for (size_t i = 0; i < t.count; i++)
        tell_step(&t, i);
    return ntm_i_writer_finish(out, &t.w, err);
}
