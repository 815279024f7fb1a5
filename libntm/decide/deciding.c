/* SPDX-License-Identifier: Apache-2.0 */
/* The facts that decide one row, as they are given out. */
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "decide/decide.h"

#define USUAL_WORK 300000000u

struct ntm_deciding {
    ntm_i_arena arena;
    ntm_verdict verdict;
    ntm_deciding_set sets[2];
    const char **open;
    size_t open_count;
    ntm_deciding_wanting *wanting;
    size_t wanting_count;
};

ntm_status ntm_i_check_asked(const ntm_plan *plan, const ntm_table *table, ntm_of of, size_t index, ntm_error *err) {
    if (plan == NULL || table == NULL) return ntm_i_wrong_call(err, "a plan and a table are needed");
    const ntm_set *set = plan->set;
    size_t count = of == NTM_OF_CRITERION      ? set->criterion_count
                   : of == NTM_OF_INDICATOR    ? set->indicator_count
                   : of == NTM_OF_PRECONDITION ? set->precondition_count
                                               : SIZE_MAX;
    if (of > NTM_OF_PRECONDITION || (count != SIZE_MAX && index >= count))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(set->about.id), "the set has no part %zu of kind %d",
                          index, (int)of);
    if (of == NTM_OF_REVOCATION && set->revocation == 0)
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(set->about.id), "the set has no rule of revocation");
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- writing it down */

static bool write_value(ntm_deciding *d, ntm_deciding_fact *out, const ntm_i_input *about, ntm_decimal number) {
    char text[96];
    const char *value = text;
    if (about->kind == NTM_I_IN_FLAG)
        value = number.coefficient != 0 ? "yes" : "no";
    else if (about->kind == NTM_I_IN_LEVEL)
        value = about->fact->levels[number.coefficient];
    else if (about->day)
        (void)ntm_i_day_text(text, (ntm_date)number.coefficient);
    else
        (void)ntm_i_rational_format(text, sizeof text, ntm_i_rational_decimal(number));
    out->number = number;
    char own[NTM_I_UNIT_TEXT_MAX];
    const char *unit = about->fact == NULL ? NULL : about->fact->unit;
    if (about->unit != NULL && ntm_i_unit_format(own, sizeof own, about->unit) > 0) unit = own; /* a figure */
    return ntm_i_arena_copy(&d->arena, &out->value, value) && ntm_i_arena_copy(&d->arena, &out->unit, unit) &&
           ntm_i_arena_copy(&d->arena, &out->column, about->name);
}

static bool write_set(ntm_deciding *d, const ntm_i_decide *s, ntm_deciding_set *out, const ntm_i_choice *choice) {
    out->reason = choice->reason;
    out->exact = choice->exact;
    if (choice->tried == NULL) return true;
    ntm_deciding_fact *facts = ntm_i_arena_take(&d->arena, choice->size, sizeof *facts);
    if (facts == NULL) return false;
    out->facts = facts;
    for (size_t i = 0; i < s->lacking.count; i++) {
        const ntm_i_lacking *lacking = ntm_i_lacking_at(s, i);
        if (choice->tried[i] == 0) continue;
        if (!write_value(d, &facts[out->count++], &ntm_i_plan_inputs(s->plan)[lacking->input],
                         lacking->values[__builtin_ctz(choice->tried[i])]))
            return false;
    }
    return true;
}

static bool write_lists(ntm_deciding *d, const ntm_i_decide *s) {
    d->open = ntm_i_arena_take(&d->arena, s->lacking.count, sizeof *d->open);
    d->wanting = ntm_i_arena_take(&d->arena, s->wanting.count, sizeof *d->wanting);
    if (d->open == NULL || d->wanting == NULL) return false;
    for (size_t i = 0; i < s->lacking.count; i++)
        if (!ntm_i_arena_copy(&d->arena, &d->open[d->open_count++],
                              ntm_i_plan_inputs(s->plan)[ntm_i_lacking_at(s, i)->input].name))
            return false;
    for (size_t i = 0; i < s->wanting.count; i++) {
        ntm_deciding_wanting *out = &d->wanting[d->wanting_count++];
        *out = ((const ntm_deciding_wanting *)s->wanting.items)[i];
        if (!ntm_i_arena_copy(&d->arena, &out->id, out->id) ||
            !ntm_i_arena_copy(&d->arena, &out->delegated_to, out->delegated_to))
            return false;
    }
    return true;
}

/* ------------------------------------------------------------------------------------------- the search */

static ntm_status look_at_row(ntm_deciding *d, ntm_i_decide *s, size_t row, uint64_t work, ntm_error *err) {
    static const bool both[2] = {true, true};
    ntm_i_choice choices[2] = {{NTM_DECIDING_IMPOSSIBLE, true, 0, NULL}, {NTM_DECIDING_IMPOSSIBLE, true, 0, NULL}};
    s->all_values = true;
    ntm_i_decide_row(s, row, work);
    if (s->run->problem_count > 0) return ntm_i_error_copy(err, &s->run->first);
    d->verdict = ntm_i_decide_verdict(s);
    if (d->verdict == NTM_OPEN) {
        if (!s->no_memory) ntm_i_choose(s, choices, both, true);
    } else {
        choices[d->verdict == NTM_MET ? 0 : 1].reason = NTM_DECIDING_FOUND;
    }
    if (s->no_memory || !write_set(d, s, &d->sets[0], &choices[0]) || !write_set(d, s, &d->sets[1], &choices[1]) ||
        !write_lists(d, s))
        return ntm_i_no_memory(err);
    return NTM_OK;
}

ntm_status ntm_deciding_new(ntm_deciding **out, const ntm_plan *plan, const ntm_table *table, size_t row, ntm_of of,
                            size_t index, const ntm_deciding_options *options, ntm_error *err) {
    const ntm_deciding_options usual = NTM_DECIDING_OPTIONS_INIT;
    if (options == NULL) options = &usual;
    if (out == NULL || options->struct_size < sizeof *options || !ntm_i_allocator_usable(options->allocator))
        return ntm_i_wrong_call(err, "a place for the answer and initialised options are needed");
    ntm_status status = ntm_i_check_asked(plan, table, of, index, err);
    if (status != NTM_OK) return status;
    if (row >= table->rows)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_ROW(NULL, row), "row %zu of a table of %zu rows", row,
                          table->rows);
    ntm_evaluate_options evaluate = NTM_EVALUATE_OPTIONS_INIT;
    evaluate.allocator = options->allocator;
    evaluate.ignore_unknown = true; /* that was for the evaluation to say */
    ntm_allocator allocator = ntm_i_allocator(options->allocator);
    ntm_i_run run;
    status = ntm_i_run_start(&run, plan, table, &evaluate, err);
    if (status != NTM_OK) return status;
    ntm_i_decide search;
    if (!ntm_i_decide_start(&search, &run, of, index, &allocator)) {
        ntm_i_run_end(&run);
        return ntm_i_no_memory(err);
    }
    ntm_deciding *d = ntm_i_allocate(&allocator, 1, sizeof *d);
    status = d == NULL ? ntm_i_no_memory(err) : NTM_OK;
    if (d != NULL) {
        ntm_i_arena_start(&d->arena, &allocator);
        status = look_at_row(d, &search, row, options->work == 0 ? USUAL_WORK : options->work, err);
    }
    ntm_i_decide_end(&search);
    ntm_i_run_end(&run);
    if (status != NTM_OK)
        ntm_deciding_free(d);
    else
        *out = d;
    return status;
}

void ntm_deciding_free(ntm_deciding *deciding) {
    if (deciding == NULL) return;
    ntm_i_arena arena = deciding->arena;
    ntm_i_release(&arena.allocator, deciding, 1, sizeof *deciding);
    ntm_i_arena_end(&arena);
}

ntm_verdict ntm_deciding_verdict(const ntm_deciding *deciding) {
    return deciding == NULL ? NTM_OPEN : deciding->verdict;
}

const ntm_deciding_set *ntm_deciding_facts(const ntm_deciding *deciding, ntm_verdict could_show) {
    if (deciding == NULL || (could_show != NTM_MET && could_show != NTM_NOT_MET)) return NULL;
    return &deciding->sets[could_show == NTM_MET ? 0 : 1];
}

size_t ntm_deciding_open_count(const ntm_deciding *deciding) { return deciding == NULL ? 0 : deciding->open_count; }

const char *ntm_deciding_open(const ntm_deciding *deciding, size_t index) {
    return deciding == NULL || index >= deciding->open_count ? NULL : deciding->open[index];
}

size_t ntm_deciding_wanting_count(const ntm_deciding *deciding) {
    return deciding == NULL ? 0 : deciding->wanting_count;
}

const ntm_deciding_wanting *ntm_deciding_wanting_at(const ntm_deciding *deciding, size_t index) {
    return deciding == NULL || index >= deciding->wanting_count ? NULL : &deciding->wanting[index];
}
