/* SPDX-License-Identifier: Apache-2.0 */
/* How a line of needs came about, for people. */
#include "base/text.h"
#include "need/need.h"
#include "number/decimal.h"

typedef struct teller {
    const ntm_needs *needs;
    bool vi;
    ntm_i_writer w;
    const ntm_i_job *job;
    const ntm_i_resource *of;
} teller;

/* Chooses the Vietnamese or the English wording. */
static const char *say(const teller *t, const char *vi, const char *en) { return t->vi ? vi : en; }

static void tell_number(teller *t, ntm_decimal value) {
    char text[64];
    (void)ntm_decimal_format(text, sizeof text, ntm_i_decimal_short(value), t->vi ? NTM_LOCALE_VI : NTM_LOCALE_EN);
    ntm_i_write_text(&t->w, text);
}

/* An amount of the resource, in steps. */
static void tell_amount(teller *t, int64_t steps) {
    tell_number(t, (ntm_decimal){steps, ntm_i_step_scale(t->needs, t->of->resource)});
    const char *unit = t->needs->norms[t->of->first].resource_unit;
    ntm_i_writef(&t->w, " %s", unit == NULL ? "đồng" : unit);
}

static void tell_citation(teller *t, const char *citation) {
    if (citation != NULL) ntm_i_writef(&t->w, " [%s]", citation);
}

static void tell_open(teller *t) {
    static const char *const vi[] = {"", "chưa có số liệu: khối lượng chưa báo cáo",
                                     "chưa có số liệu: không có định mức",
                                     "chưa có số liệu: chưa báo cáo loại hoặc vùng mà định mức phụ thuộc"};
    static const char *const en[] = {"", "open: the quantity of work is not reported", "open: there is no norm for it",
                                     "open: norms depend on a class or region that is not reported"};
    ntm_i_write_text(&t->w, say(t, vi[t->job->open], en[t->job->open]));
}

static void tell_whole(teller *t) {
    if (t->job->norm == NTM_I_NONE) return;
    const ntm_i_norm *norm = &t->needs->norms[t->job->norm];
    static const char *const vi[] = {"", "làm tròn nửa lên", "làm tròn nửa về số chẵn", "làm tròn xuống",
                                     "làm tròn lên"};
    static const char *const en[] = {"", "rounded half up", "rounded half to even", "rounded down", "rounded up"};
    ntm_i_write_text(&t->w, say(t, "\n  định mức: ", "\n  norm: "));
    tell_number(t, norm->amount);
    ntm_i_writef(&t->w, " %s/%s", norm->resource_unit == NULL ? "đồng" : norm->resource_unit, norm->work_unit);
    if (norm->class_name[0] != '\0') ntm_i_writef(&t->w, say(t, ", loại %s", ", class %s"), norm->class_name);
    if (norm->region[0] != '\0') ntm_i_writef(&t->w, say(t, ", vùng %s", ", region %s"), norm->region);
    tell_citation(t, norm->citation);
    if (t->job->open != NTM_NEED_KNOWN) return;
    ntm_i_write_text(&t->w, say(t, "\n  nhu cầu: ", "\n  need: "));
    tell_number(t, t->job->quantity);
    ntm_i_writef(&t->w, " %s × ", norm->work_unit);
    tell_number(t, norm->amount);
    ntm_i_write_text(&t->w, " = ");
    tell_amount(t, t->job->whole);
    if (t->job->rounded) ntm_i_writef(&t->w, " (%s)", say(t, vi[t->needs->rounding], en[t->needs->rounding]));
}

static void tell_rule(teller *t, const ntm_i_line *line) {
    static const char *const vi[] = {"", " cho mỗi đơn vị khối lượng", " cho mỗi đơn vị hành chính", " tổng cộng"};
    static const char *const en[] = {"", " for each unit of work", " for each administrative unit", " in total"};
    if (line->rule == NTM_I_NONE) return;
    const ntm_i_rule *rule = &t->needs->division.rules[line->rule];
    ntm_i_writef(&t->w, say(t, "\n  nguồn %s", "\n  source %s"), rule->source);
    if (rule->doer[0] != '\0') ntm_i_writef(&t->w, say(t, ", %s thực hiện", ", done by %s"), rule->doer);
    ntm_i_write_text(&t->w, ": ");
    tell_number(t, rule->share);
    ntm_i_write_text(&t->w, " %");
    tell_citation(t, rule->citation);
    if (line->cut > 0) {
        ntm_i_write_text(&t->w, say(t, "\n  mức trần ", "\n  the cap of "));
        tell_number(t, rule->cap);
        ntm_i_write_text(&t->w, say(t, vi[rule->per], en[rule->per]));
        ntm_i_write_text(&t->w, say(t, " cắt ", " cuts off "));
        tell_amount(t, line->cut);
        ntm_i_writef(&t->w, say(t, ", chuyển sang nguồn %s", ", which go to source %s"), rule->to);
    }
    if (line->taken > 0) {
        ntm_i_write_text(
            &t->w, say(t, "\n  nhận thêm phần bị cắt của nguồn khác: ", "\n  takes what caps of others cut off: "));
        tell_amount(t, line->taken);
    }
}

static void tell(teller *t, const ntm_i_line *line) {
    const char *const *texts = t->needs->pool.names.items;
    ntm_i_writef(&t->w, "%s, %s, %s: ", texts[t->job->unit], t->of->work, t->of->resource);
    if (t->job->open == NTM_NEED_KNOWN)
        tell_amount(t, line->amount);
    else
        tell_open(t);
    tell_whole(t);
    tell_rule(t, line);
    ntm_i_write_text(&t->w, "\n");
}

ntm_status ntm_needs_explain(ntm_text **out, const ntm_needs *needs, size_t line, ntm_language language,
                             ntm_error *err) {
    if (out == NULL || needs == NULL) return ntm_i_wrong_call(err, "a place for the text and needs are needed");
    if (line >= needs->line_count)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "no line %zu: there are %zu", line,
                          needs->line_count);
    if (language != NTM_VI && language != NTM_EN) return ntm_i_wrong_call(err, "unknown language");
    teller t = {.needs = needs, .vi = language == NTM_VI, .job = ntm_i_job_at(needs, needs->lines[line].job)};
    t.of = &needs->resources[t.job->resource];
    ntm_i_writer_start(&t.w, &needs->arena.allocator);
    tell(&t, &needs->lines[line]);
    return ntm_i_writer_finish(out, &t.w, err);
}
