/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked of a cube: checked, copied, compared. */
#include <string.h>

#include "base/text.h"
#include "cube/cube.h"

static bool is_day(ntm_date day) { return day == NTM_DATE_NONE || ntm_i_date_is(day); }

static ntm_status bad_side(ntm_error *err, const ntm_side *side, const char *why) {
    return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(side->dimension), "%s", why);
}

static ntm_status check_side(const ntm_cube_options *options, size_t at, ntm_error *err) {
    const ntm_side *side = &options->sides[at];
    if (side->dimension == NULL) return ntm_i_wrong_call(err, "a side without a dimension");
    bool unit = strcmp(side->dimension, "unit") == 0, date = strcmp(side->dimension, "date") == 0;
    for (size_t i = 0; i < at; i++)
        if (strcmp(options->sides[i].dimension, side->dimension) == 0)
            return bad_side(err, side, "a dimension is a side twice");
    if (side->level != NULL && !unit && !date) return bad_side(err, side, "only unit and date have levels");
    if (side->level != NULL && date && ntm_i_length_of(side->level) == 0)
        return bad_side(err, side, "no such level: expected month, quarter, half-year or year");
    if (side->level != NULL && unit && strcmp(side->level, "province") != 0 && strcmp(side->level, "district") != 0 &&
        strcmp(side->level, "commune") != 0 && strcmp(side->level, "village") != 0)
        return bad_side(err, side, "no such level: expected province, district, commune or village");
    if (strcmp(side->dimension, "stage") == 0 && side->up)
        return bad_side(err, side, "stages are not parts of one another: there is no total of them");
    if (options->measure == NTM_CUBE_QUANTITY && strcmp(side->dimension, "kind") == 0 && side->up)
        return bad_side(err, side, "tonnes and pieces are not added: there is no total of kinds");
    if (options->running != NTM_RUNNING_NOT && date && side->up)
        return bad_side(err, side, "running sums have nothing above them");
    return NTM_OK;
}

static ntm_status check_expected(const ntm_cube_options *options, ntm_error *err) {
    for (size_t i = 0; i < options->expected_count; i++) {
        const ntm_expected *e = &options->expected[i];
        if (e->stage == NULL || !ntm_i_date_is(e->from) || !ntm_i_date_is(e->to) || e->from > e->to)
            return ntm_i_wrong_call(err, "reports are expected of a stage, from a day to a later one");
        if (e->length < NTM_PERIOD_MONTH || e->length > NTM_PERIOD_YEAR)
            return ntm_i_wrong_call(err, "reports are expected by month, quarter, half-year or year");
        for (size_t k = 0; k < i; k++) {
            const ntm_expected *other = &options->expected[k];
            if (strcmp(other->stage, e->stage) == 0 && other->from <= e->to && e->from <= other->to)
                return ntm_i_fail(
                    err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT("expected"),
                    "reports of \"%.60s\" are expected twice on the same days: each would count as missing", e->stage);
        }
    }
    return NTM_OK;
}

static ntm_status check_running(const ntm_cube_options *options, ntm_error *err) {
    if ((int)options->running < NTM_RUNNING_NOT || options->running > NTM_RUNNING_ALL)
        return ntm_i_wrong_call(err, "no such running sums");
    for (size_t i = 0; i < options->side_count; i++)
        if (strcmp(options->sides[i].dimension, "date") == 0 && options->sides[i].level != NULL) return NTM_OK;
    return options->running == NTM_RUNNING_NOT
               ? NTM_OK
               : ntm_i_wrong_call(err,
                                  "running sums need the side date with a level: month, quarter, half-year or year");
}

ntm_status ntm_i_question_check(const ntm_cube_options *options, ntm_error *err) {
    if (options->struct_size < sizeof *options)
        return ntm_i_wrong_call(err, "struct_size is not that of ntm_cube_options: start with NTM_CUBE_OPTIONS_INIT");
    if (!ntm_i_allocator_usable(options->allocator)) return ntm_i_wrong_call(err, "an allocator that lacks functions");
    if ((options->sides == NULL && options->side_count > 0) || (options->only == NULL && options->only_count > 0) ||
        (options->expected == NULL && options->expected_count > 0))
        return ntm_i_wrong_call(err, "a list is NULL and not empty");
    if (options->side_count > NTM_SIDES_MAX || options->only_count > NTM_SIDES_MAX ||
        options->expected_count > NTM_SIDES_MAX)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "more than %d sides, lists of members, or reports expected", NTM_SIDES_MAX);
    if (options->measure != NTM_CUBE_AMOUNT && options->measure != NTM_CUBE_QUANTITY)
        return ntm_i_wrong_call(err, "no such measure");
    if (!is_day(options->from) || !is_day(options->to) || !is_day(options->as_of))
        return ntm_i_wrong_call(err, "no day of the calendar");
    if (options->from != NTM_DATE_NONE && options->to != NTM_DATE_NONE && options->from > options->to)
        return ntm_i_wrong_call(err, "the first day is after the last");
    for (size_t i = 0; i < options->only_count; i++) {
        const ntm_only *only = &options->only[i];
        if (only->dimension == NULL || only->members == NULL || only->member_count == 0)
            return ntm_i_wrong_call(err, "a list of members without its dimension, or without members");
        for (size_t k = 0; k < only->member_count; k++)
            if (only->members[k] == NULL) return ntm_i_wrong_call(err, "a member is NULL");
    }
    ntm_status status = NTM_OK;
    for (size_t i = 0; i < options->side_count && status == NTM_OK; i++)
        status = check_side(options, i, err);
    if (status == NTM_OK) status = check_expected(options, err);
    return status != NTM_OK ? status : check_running(options, err);
}

/* ------------------------------------------------------------------------------------------- copying */

static bool copy_only(ntm_i_question *out, const ntm_cube_options *options, ntm_i_arena *arena) {
    out->only_count = options->only_count;
    out->only = ntm_i_arena_take(arena, options->only_count, sizeof *out->only);
    if (out->only == NULL) return false;
    for (size_t i = 0; i < options->only_count; i++) {
        const ntm_only *from = &options->only[i];
        const char **members = ntm_i_arena_take(arena, from->member_count, sizeof *members);
        if (members == NULL || !ntm_i_arena_copy(arena, &out->only[i].dimension, from->dimension)) return false;
        for (size_t k = 0; k < from->member_count; k++)
            if (!ntm_i_arena_copy(arena, &members[k], from->members[k])) return false;
        out->only[i].members = members;
        out->only[i].member_count = from->member_count;
    }
    return true;
}

bool ntm_i_question_copy(ntm_i_question *out, const ntm_cube_options *options, ntm_i_arena *arena) {
    out->side_count = options->side_count;
    out->measure = options->measure;
    out->from = options->from;
    out->to = options->to;
    out->as_of = options->as_of;
    out->running = options->running;
    for (size_t i = 0; i < options->side_count; i++) {
        out->sides[i].up = options->sides[i].up;
        if (!ntm_i_arena_copy(arena, &out->sides[i].dimension, options->sides[i].dimension) ||
            !ntm_i_arena_copy(arena, &out->sides[i].level, options->sides[i].level))
            return false;
    }
    out->expected_count = options->expected_count;
    out->expected = ntm_i_arena_take(arena, options->expected_count, sizeof *out->expected);
    if (out->expected == NULL) return false;
    for (size_t i = 0; i < options->expected_count; i++) {
        out->expected[i] = options->expected[i];
        if (!ntm_i_arena_copy(arena, &out->expected[i].stage, options->expected[i].stage)) return false;
    }
    return copy_only(out, options, arena);
}

bool ntm_i_question_same(const ntm_i_question *a, const ntm_i_question *b) {
    bool same = a->side_count == b->side_count && a->measure == b->measure && a->only_count == b->only_count &&
                a->from == b->from && a->to == b->to && a->as_of == b->as_of && a->running == b->running &&
                a->expected_count == b->expected_count;
    for (size_t i = 0; i < a->side_count && same; i++)
        same = ntm_i_text_same(a->sides[i].dimension, b->sides[i].dimension) &&
               ntm_i_text_same(a->sides[i].level, b->sides[i].level) && a->sides[i].up == b->sides[i].up;
    for (size_t i = 0; i < a->expected_count && same; i++)
        same = ntm_i_text_same(a->expected[i].stage, b->expected[i].stage) &&
               a->expected[i].length == b->expected[i].length && a->expected[i].from == b->expected[i].from &&
               a->expected[i].to == b->expected[i].to;
    for (size_t i = 0; i < a->only_count && same; i++) {
        same = ntm_i_text_same(a->only[i].dimension, b->only[i].dimension) &&
               a->only[i].member_count == b->only[i].member_count;
        for (size_t k = 0; k < a->only[i].member_count && same; k++)
            same = ntm_i_text_same(a->only[i].members[k], b->only[i].members[k]);
    }
    return same;
}
