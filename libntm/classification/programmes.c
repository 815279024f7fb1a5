/* SPDX-License-Identifier: Apache-2.0 */
/* Programmes as the caller declares them, checked against the rules and one another. */
#include <string.h>

#include "base/sort.h"
#include "base/text.h"
#include "classification/classification.h"

ntm_status ntm_i_codes_options_check(const ntm_codes_options *options, ntm_error *err) {
    if (options->struct_size < sizeof *options || !ntm_i_allocator_usable(options->allocator))
        return ntm_i_wrong_call(err, "options that begin with NTM_CODES_OPTIONS_INIT and a whole allocator are needed");
    if (options->on != NTM_DATE_NONE && !ntm_i_date_is(options->on))
        return ntm_i_wrong_call(err, "the day of the options is none of the years 1 to 9999");
    if ((options->programmes == NULL && options->programme_count > 0) ||
        (options->local_sources == NULL && options->local_source_count > 0))
        return ntm_i_wrong_call(err, "a list is NULL and its count is not 0");
    for (size_t i = 0; i < options->local_source_count; i++)
        if (options->local_sources[i] == NULL) return ntm_i_wrong_call(err, "the id of a local source is NULL");
    for (size_t i = 0; i < options->programme_count; i++) {
        const ntm_budget_programme *one = &options->programmes[i];
        if (one->id == NULL || one->id[0] == '\0' || one->code == NULL)
            return ntm_i_wrong_call(err, "a programme needs an id and a code");
        if (one->level != NTM_GOVERNMENT_NONE && one->level != NTM_CENTRAL && one->level != NTM_LOCAL)
            return ntm_i_wrong_call(err, "a programme is NTM_CENTRAL, NTM_LOCAL or what its code says");
    }
    return NTM_OK;
}

/* One declaration. What its code says is asked of the rules on each of its days on which they change, and on its first:
   it has to be the same on all of them; days of which no rule is known say nothing. */
static const char *take(ntm_i_programme *out, const ntm_classification *c, const ntm_budget_programme *from) {
    int32_t step = 0, block = 0, value = 0;
    bool known = false;
    *out = (ntm_i_programme){.id = from->id, .has_parts = from->has_parts};
    out->from = from->valid_from == NTM_DATE_NONE ? INT32_MIN : from->valid_from;
    out->to = from->valid_to == NTM_DATE_NONE ? INT32_MAX : from->valid_to;
    if (out->from >= out->to) return "ends before it begins: expected a later valid_to";
    if (!ntm_i_code_value(&value, from->code, strlen(from->code))) return "its code is not one of at most 6 digits";
    if (from->step > 1000000) return "a block of more than 1,000,000 codes";
    out->code = value;
    out->digits = (uint8_t)strlen(from->code);
    out->central = from->level == NTM_CENTRAL;
    for (size_t turn = 0; turn <= c->turn_count; turn++) {
        ntm_date on = turn == c->turn_count ? out->from : c->turns[turn];
        if (on < out->from || on >= out->to) continue;
        ntm_i_code_state state = ntm_i_code_look(c, NTM_CODE_PROGRAMME, from->code, out->digits, on, false);
        if (state.verdict == NTM_CODE_OPEN) continue;
        if (state.verdict != NTM_CODE_GOOD) return "its code is no code of a programme on its days";
        const ntm_i_rule *rule = &c->rules[state.rule];
        bool central = rule->level == NTM_CENTRAL;
        if (from->level != NTM_GOVERNMENT_NONE && rule->level != NTM_GOVERNMENT_NONE && central != out->central)
            return "its code is of another level of government than it";
        if (known && (central != out->central || rule->block != block))
            return "the rules of its code change during its days: expected one programme before and one after";
        if (from->level == NTM_GOVERNMENT_NONE) out->central = central;
        block = rule->block;
        known = true;
    }
    if (!known && from->level == NTM_GOVERNMENT_NONE) return "no rule says of which level it is: expected a level";
    step = from->step > 0 ? (int32_t)from->step : block;
    if (step == 0) return "no rule says how many codes its block has: expected a step";
    out->end = out->code + step;
    return NULL;
}

static const char *clash(const ntm_i_programme *a, const ntm_i_programme *b) {
    if (a->from >= b->to || b->from >= a->to) return NULL;
    if (strcmp(a->id, b->id) == 0) return "declared twice for one day";
    if (a->digits == b->digits && a->code < b->end && b->code < a->end) return "has codes of another's block";
    return NULL;
}

static int by_code(const void *context, uint32_t a, uint32_t b) {
    const ntm_i_programme *all = context;
    return (all[a].code > all[b].code) - (all[a].code < all[b].code);
}

static int by_id(const void *context, uint32_t a, uint32_t b) {
    const ntm_i_programme *all = context;
    int order = strcmp(all[a].id, all[b].id);
    return order != 0 ? order : (all[a].from > all[b].from) - (all[a].from < all[b].from);
}

size_t ntm_i_programmes_from(const ntm_i_programmes *all, int32_t code) {
    size_t low = 0, high = all->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all->items[middle].code < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* As strcmp() with the id, for text that does not end with NUL. */
static int order_of(const char *id, const char *text, size_t size) {
    int order = strncmp(id, text, size);
    return order != 0 ? order : id[size] != '\0';
}

void ntm_i_programmes_named(size_t *start, size_t *end, const ntm_i_programmes *all, const char *id, size_t size) {
    size_t low = 0, high = all->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (order_of(all->by_id[middle].id, id, size) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (*start = *end = low; *end < all->count && order_of(all->by_id[*end].id, id, size) == 0;)
        ++*end;
}

const ntm_i_programme *ntm_i_programmes_on(const ntm_i_programmes *all, size_t start, size_t end, ntm_date on) {
    size_t low = start, high = end;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all->by_id[middle].to <= on)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && all->by_id[low].from <= on ? &all->by_id[low] : NULL;
}

ntm_status ntm_i_programmes_take(ntm_i_programmes *out, const ntm_classification *c, const ntm_codes_options *options,
                                 ntm_i_arena *arena, ntm_error *err) {
    size_t count = options->programme_count;
    if (count > NTM_I_PROGRAMMES_MAX)
        return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "%zu programmes: expected at most %d", count,
                          NTM_I_PROGRAMMES_MAX);
    ntm_i_programme *taken = ntm_i_arena_take(arena, count, sizeof *taken);
    if (taken == NULL) return ntm_i_no_memory(err);
    for (size_t i = 0; i < count; i++) {
        const ntm_budget_programme *from = &options->programmes[i];
        const char *wrong = take(&taken[i], c, from);
        if (wrong != NULL)
            return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_SUBJECT(from->id), "programme with code \"%.*s\": %s",
                              ntm_i_shown(from->code, strlen(from->code)), from->code, wrong);
        for (size_t at = 0; at < i; at++) {
            wrong = clash(&taken[at], &taken[i]);
            if (wrong != NULL)
                return ntm_i_fail(err, NTM_ERROR_CONFLICT, NTM_I_SUBJECT(from->id),
                                  "programme with code \"%s\" %s: see programme %zu of the list", from->code, wrong,
                                  at);
        }
    }
    out->count = count;
    out->items = ntm_i_sorted(arena, taken, count, sizeof *taken, by_code);
    out->by_id = out->items == NULL ? NULL : ntm_i_sorted(arena, taken, count, sizeof *taken, by_id);
    return out->by_id == NULL ? ntm_i_no_memory(err) : NTM_OK;
}
