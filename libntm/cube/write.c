/* SPDX-License-Identifier: Apache-2.0 */
/* Tallies as text: lines of fields with tabs between them. docs/budget.md has the form; read.c is the other side.
 *
 * What is written does not depend on how the tally came about: coordinates are places of members, members that were not
 * declared and have no cells are left out, and so are stretches of time. */
#include <string.h>

#include "base/text.h"
#include "cube/cube.h"
#include "cube/form.h"
#include "number/wide.h"

typedef struct writing {
    ntm_i_writer to;
    const ntm_cube_tally *tally;
    uint32_t *place[NTM_I_BASES_MAX]; /* by coordinate: its place as written; NTM_I_NO_NODE = left out */
    uint32_t count[NTM_I_BASES_MAX];
} writing;

/* A text as a field: "=" and the text, with what would end it escaped; "-" for none. */
static void field(writing *w, const char *text) {
    if (text == NULL) {
        ntm_i_write_text(&w->to, "\t-");
        return;
    }
    ntm_i_write_text(&w->to, "\t=");
    for (; *text != '\0'; text++) {
        const char *escape = *text == '\t' ? "\\t" : *text == '\n' ? "\\n" : *text == '\\' ? "\\\\" : NULL;
        if (escape != NULL)
            ntm_i_write_text(&w->to, escape);
        else
            ntm_i_write(&w->to, text, 1);
    }
}

static void day(writing *w, ntm_date date) {
    char text[NTM_I_DAY_SIZE];
    ntm_i_writef(&w->to, "\t%s", date == NTM_DATE_NONE ? "-" : ntm_i_day_text(text, date));
}

static void number(writing *w, ntm_i_wide value) {
    char digits[48];
    size_t at = sizeof digits;
    ntm_i_uwide rest = ntm_i_magnitude(value);
    digits[--at] = '\0';
    do {
        digits[--at] = (char)('0' + (int)(rest % 10));
        rest /= 10;
    } while (rest != 0);
    ntm_i_writef(&w->to, "\t%s%s", value < 0 ? "-" : "", digits + at);
}

static void write_question(writing *w) {
    const ntm_i_question *q = &w->tally->question;
    ntm_i_writef(&w->to, "measure\t%s\nscale\t%u\nrung\t%d\n", q->measure == NTM_CUBE_AMOUNT ? "amount" : "quantity",
                 w->tally->scale, (int)w->tally->echelon);
    for (size_t i = 0; i < q->side_count; i++) {
        ntm_i_write_text(&w->to, "side");
        field(w, q->sides[i].dimension);
        field(w, q->sides[i].level);
        ntm_i_writef(&w->to, "\t%s\n", q->sides[i].up ? "up" : "-");
    }
    for (size_t i = 0; i < q->only_count; i++) {
        ntm_i_write_text(&w->to, "only");
        field(w, q->only[i].dimension);
        for (size_t k = 0; k < q->only[i].member_count; k++)
            field(w, q->only[i].members[k]);
        ntm_i_write_text(&w->to, "\n");
    }
    ntm_i_write_text(&w->to, "days");
    day(w, q->from);
    day(w, q->to);
    day(w, q->as_of);
    ntm_i_writef(&w->to, "\nrunning\t%d\n", (int)q->running);
    for (size_t i = 0; i < q->expected_count; i++) {
        ntm_i_write_text(&w->to, "expected");
        field(w, q->expected[i].stage);
        ntm_i_writef(&w->to, "\t%s", ntm_i_length_word(q->expected[i].length));
        day(w, q->expected[i].from);
        day(w, q->expected[i].to);
        ntm_i_write_text(&w->to, "\n");
    }
    for (size_t i = 0; i < w->tally->kind_count; i++) {
        if (w->tally->kind_units[i] == NULL) continue; /* a kind that no entry has */
        ntm_i_write_text(&w->to, "kind");
        field(w, w->tally->kinds[i]);
        field(w, w->tally->kind_units[i]);
        ntm_i_write_text(&w->to, "\n");
    }
}

static void write_base(writing *w, size_t at) {
    const ntm_i_base *base = &w->tally->bases[at];
    ntm_i_write_text(&w->to, "base");
    field(w, base->dimension);
    ntm_i_writef(&w->to, "\t%d\t%u\n", base->side, base->kind == NTM_I_BASE_TIME ? 0 : base->declared);
    for (uint32_t i = 0; i < base->count; i++) {
        if (w->place[at][i] == NTM_I_NO_NODE) continue;
        if (base->kind == NTM_I_BASE_TIME) {
            const ntm_i_segment *segment = &base->segments[i];
            ntm_i_writef(&w->to, "time\t%s", ntm_i_length_word(segment->period.length));
            day(w, segment->period.first_day);
            day(w, segment->period.last_day);
            day(w, segment->first);
            day(w, segment->last);
        } else {
            ntm_i_write_text(&w->to, "member");
            field(w, base->members[i].id);
            field(w, base->members[i].parent);
            ntm_i_writef(&w->to, "\t%s", base->members[i].stock ? "stock" : "flow");
        }
        ntm_i_write_text(&w->to, "\n");
    }
}

static void write_cells(writing *w) {
    ntm_i_walk walk;
    ntm_i_walk_start(&walk, w->tally);
    while (ntm_i_walk_next(&walk) && !w->to.failed) {
        ntm_i_write_text(&w->to, "cell");
        for (size_t i = 0; i < w->tally->base_count; i++)
            ntm_i_writef(&w->to, "\t%u", w->place[i][walk.at[i]]);
        number(w, walk.cell.sum);
        ntm_i_writef(&w->to, "\t%u\t%s\n", walk.cell.missing,
                     walk.cell.mark == (NTM_I_FLOW | NTM_I_DUE) ? "some"
                     : walk.cell.mark == NTM_I_FLOW             ? "all"
                                                                : "none");
    }
}

/* Stretches in which a report is expected are needed although they have no cells. */
static void keep_expected(writing *w, size_t at) {
    const ntm_i_base *base = &w->tally->bases[at];
    const ntm_i_question *q = &w->tally->question;
    for (size_t i = 0; i < q->expected_count; i++) {
        ntm_period period = ntm_i_period_of(q->expected[i].from, q->expected[i].length);
        while (period.first_day <= q->expected[i].to) {
            uint32_t last = ntm_i_segment_due(base, period);
            if (last != NTM_I_NO_NODE) w->place[at][last] = 0;
            if (period.last_day >= q->expected[i].to) break;
            period = ntm_i_period_next(period);
        }
    }
}

/* Which coordinates are written, and their places. */
static bool choose(writing *w, ntm_i_arena *arena) {
    const ntm_cube_tally *tally = w->tally;
    ntm_i_walk walk;
    for (size_t i = 0; i < tally->base_count; i++) {
        const ntm_i_base *base = &tally->bases[i];
        w->place[i] = ntm_i_arena_take(arena, base->count, sizeof *w->place[i]);
        if (w->place[i] == NULL) return false;
        for (uint32_t at = 0; at < base->count; at++)
            w->place[i][at] = base->kind != NTM_I_BASE_TIME && at < base->declared ? 0 : NTM_I_NO_NODE;
        if (base->kind == NTM_I_BASE_TIME) keep_expected(w, i);
    }
    ntm_i_walk_start(&walk, tally);
    while (ntm_i_walk_next(&walk))
        for (size_t i = 0; i < tally->base_count; i++)
            w->place[i][walk.at[i]] = 0;
    for (size_t i = 0; i < tally->base_count; i++)
        for (uint32_t at = 0; at < tally->bases[i].count; at++)
            if (w->place[i][at] != NTM_I_NO_NODE) w->place[i][at] = w->count[i]++;
    return true;
}

ntm_status ntm_cube_tally_write(ntm_text **out, const ntm_cube_tally *tally, ntm_error *err) {
    ntm_cube_tally *ordered = NULL;
    ntm_i_arena arena;
    if (out == NULL || tally == NULL) return ntm_i_wrong_call(err, "a place for the text and a tally are needed");
    ntm_allocator allocator = tally->arena.allocator;
    /* One tally put together has places of members as coordinates. */
    ntm_status status = ntm_cube_tally_merge(&ordered, &tally, 1, &allocator, err);
    if (status != NTM_OK) return status;
    writing w = {.tally = ordered};
    ntm_i_arena_start(&arena, &allocator);
    ntm_i_writer_start(&w.to, &allocator);
    if (choose(&w, &arena)) {
        ntm_i_write_text(&w.to, NTM_I_TALLY_FORM "\n");
        write_question(&w);
        for (size_t i = 0; i < ordered->base_count; i++)
            write_base(&w, i);
        write_cells(&w);
        ntm_i_write_text(&w.to, "end\n");
        status = ntm_i_writer_finish(out, &w.to, err);
    } else {
        ntm_i_writer_end(&w.to);
        status = ntm_i_no_memory(err);
    }
    ntm_i_arena_end(&arena);
    ntm_cube_tally_free(ordered);
    return status;
}
