/* SPDX-License-Identifier: Apache-2.0 */
/* How a share came about, for people. */
#include "apportion/apportion.h"
#include "base/text.h"
#include "number/wide.h"

typedef struct teller {
    const ntm_apportionment *a;
    bool vi;
    ntm_i_writer w;
} teller;

/* Chooses the Vietnamese or the English wording. */
static const char *say(const teller *t, const char *vi, const char *en) { return t->vi ? vi : en; }

/* value × 10^-scale, grouped in threes; no zeros at the end behind the mark. */
static void tell_number(teller *t, ntm_i_uwide value, unsigned scale) {
    char digits[64];
    unsigned count = 0;
    for (; scale > 0 && value % 10 == 0; scale--)
        value /= 10;
    for (; value != 0 || count <= scale; value /= 10)
        digits[count++] = (char)('0' + (int)(value % 10));
    while (count > 0) {
        ntm_i_write(&t->w, &digits[--count], 1);
        if (count == scale && scale > 0) ntm_i_write_text(&t->w, say(t, ",", "."));
        if (count > scale && (count - scale) % 3 == 0) ntm_i_write_text(&t->w, say(t, ".", ","));
    }
}

static void tell_decimal(teller *t, ntm_decimal value) { tell_number(t, (ntm_i_uwide)value.coefficient, value.scale); }

static void tell_money(teller *t, ntm_money value) {
    tell_number(t, (ntm_i_uwide)value, 0);
    ntm_i_write_text(&t->w, say(t, " đồng", " đồng"));
}

static void tell_citation(teller *t, const char *citation) {
    if (citation != NULL) ntm_i_writef(&t->w, " [%s]", citation);
}

/* One class: coefficient × count. */
static void tell_class(teller *t, const ntm_i_term *term) {
    const ntm_class_coefficient *of = &t->a->coefficients[term->class_index];
    ntm_i_writef(&t->w, say(t, "\n  lớp %s: hệ số ", "\n  class %s: coefficient "), of->class_name);
    tell_decimal(t, of->coefficient);
    if (t->a->counted) {
        ntm_i_write_text(&t->w, " × ");
        tell_decimal(t, term->count);
    }
    tell_citation(t, of->citation != NULL ? of->citation : t->a->citation);
}

static void tell_terms(teller *t, const ntm_i_claimant *claimant) {
    const ntm_i_term *terms = t->a->terms + claimant->first_term;
    if (t->a->basis == NTM_I_BY_CLASS) {
        for (uint32_t i = 0; i < claimant->term_count; i++)
            tell_class(t, &terms[i]);
        if (claimant->passed_over)
            ntm_i_write_text(&t->w, say(t, "\n  thuộc nhiều lớp: chỉ tính hệ số cao nhất",
                                        "\n  in several classes: only the highest coefficient counts"));
        return;
    }
    static const char *const vi[] = {"trọng số", "tỷ lệ", "", "nhu cầu"}, *const en[] = {"weight", "share", "", "need"};
    ntm_i_writef(&t->w, "\n  %s ", say(t, vi[t->a->basis], en[t->a->basis]));
    tell_decimal(t, terms[0].value);
    if (t->a->basis == NTM_I_BY_SHARE) ntm_i_write_text(&t->w, " %");
    if (t->a->basis == NTM_I_BY_NEED) ntm_i_write_text(&t->w, " đồng");
    if (t->a->counted) {
        ntm_i_write_text(&t->w, " × ");
        tell_decimal(t, terms[0].count);
    }
    tell_citation(t, t->a->citation);
}

/* What the claimant's weight is a part of, and the exact quota. */
static void tell_quota(teller *t, const ntm_i_part *part) {
    const ntm_apportionment *a = t->a;
    ntm_i_write_text(&t->w, say(t, "\n  phần chia chính xác: ", "\n  exact quota: "));
    tell_number(t, (ntm_i_uwide)a->free_pot, 0);
    ntm_i_write_text(&t->w, " × ");
    tell_number(t, part->weight, a->weight_scale);
    ntm_i_write_text(&t->w, " / ");
    tell_number(t, a->free_weight, a->weight_scale);
    ntm_i_write_text(&t->w, " = ");
    tell_number(t, (ntm_i_uwide)(part->share - part->extra), 0);
    if (part->rest > 0) {
        ntm_i_uwide common = ntm_i_gcd(part->rest, a->free_weight);
        ntm_i_write_text(&t->w, " + ");
        tell_number(t, part->rest / common, 0);
        ntm_i_write_text(&t->w, "/");
        tell_number(t, a->free_weight / common, 0);
    }
    if (a->step > 1) {
        ntm_i_write_text(&t->w, say(t, " bước, mỗi bước ", " steps, each of "));
        tell_money(t, a->step);
    } else {
        ntm_i_write_text(&t->w, say(t, " đồng", " đồng"));
    }
}

/* Whether it got one of the steps that were left, and why. */
static void tell_line(teller *t, const ntm_i_claimant *claimant, const ntm_i_part *part) {
    const ntm_apportionment *a = t->a;
    if (part->rest == 0) return;
    ntm_i_writef(&t->w,
                 part->extra
                     ? say(t, "\n  được thêm một bước: phần dư đứng thứ %lu trong %lu, còn %lu bước để chia",
                           "\n  one step more: its remainder is number %lu of %lu, and %lu steps were left")
                     : say(t, "\n  không được thêm: phần dư đứng thứ %lu trong %lu, chỉ còn %lu bước để chia",
                           "\n  no step more: its remainder is number %lu of %lu, and only %lu steps were left"),
                 (unsigned long)claimant->line + 1, (unsigned long)a->free_count, (unsigned long)a->extra_count);
    ntm_i_write_text(&t->w, say(t, " (phần dư lớn hơn, rồi trọng số lớn hơn, rồi mã đơn vị)",
                                " (larger remainder, then larger weight, then code)"));
}

static void tell_bound(teller *t, const char *vi, const char *en, ntm_money amount) {
    ntm_i_write_text(&t->w, say(t, vi, en));
    tell_money(t, amount);
}

static void tell_claimant(teller *t, size_t index) {
    const ntm_apportionment *a = t->a;
    const ntm_i_claimant *claimant = &a->claimants[index];
    const ntm_i_part *part = &a->parts[index];
    ntm_i_writef(&t->w, "%s: ", claimant->unit);
    tell_money(t, part->share * a->step + claimant->rest);
    ntm_i_write_text(&t->w, say(t, " trong ", " of "));
    tell_money(t, a->envelope);
    tell_terms(t, claimant);
    if (part->held == NTM_I_FREE) {
        tell_quota(t, part);
        tell_line(t, claimant, part);
    } else if (part->held == NTM_I_AT_CAP) {
        if (claimant->need <= claimant->cap)
            tell_bound(t, "\n  bằng nhu cầu, không hơn: ", "\n  its need, and no more: ", claimant->need);
        else
            tell_bound(t, "\n  bằng mức trần: ", "\n  its cap: ", claimant->cap);
    } else if (claimant->floor > 0) {
        tell_bound(t, "\n  bằng mức sàn: ", "\n  its floor: ", claimant->floor);
    }
    if (part->held != NTM_I_FREE && a->step > 1) tell_bound(t, "\n  theo bước ", "\n  in whole steps of ", a->step);
    if (claimant->rest > 0)
        tell_bound(t, "\n  gồm phần lẻ dưới một bước: ", "\n  with what is less than a step: ", claimant->rest);
}

ntm_status ntm_apportionment_explain(ntm_text **out, const ntm_apportionment *a, size_t index, ntm_language language,
                                     ntm_error *err) {
    if (out == NULL || a == NULL) return ntm_i_wrong_call(err, "a place for the text and an apportionment are needed");
    if (index >= a->count)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "no claimant %zu: there are %zu", index, a->count);
    if (language != NTM_VI && language != NTM_EN) return ntm_i_wrong_call(err, "unknown language");
    teller t = {.a = a, .vi = language == NTM_VI};
    ntm_i_writer_start(&t.w, &a->arena.allocator);
    tell_claimant(&t, index);
    ntm_i_write_text(&t.w, "\n");
    return ntm_i_writer_finish(out, &t.w, err);
}
