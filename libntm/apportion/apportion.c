/* SPDX-License-Identifier: Apache-2.0 */
#include "apportion/apportion.h"

#include <string.h>

#include "base/text.h"
#include "number/rational.h"

/* ------------------------------------------------------------------------------------------- the call */

static ntm_status check_coefficients(const ntm_apportion_options *options, ntm_error *err) {
    const ntm_class_coefficient *all = options->coefficients;
    if (all == NULL && options->coefficient_count > 0) return ntm_i_wrong_call(err, "the coefficients are NULL");
    if (options->coefficient_count > NTM_COEFFICIENTS_MAX)
        return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "%zu classes: expected at most %d",
                          options->coefficient_count, NTM_COEFFICIENTS_MAX);
    for (size_t i = 0; i < options->coefficient_count; i++) {
        const char *name = all[i].class_name;
        if (name == NULL || name[0] == '\0')
            return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "coefficient %zu has no class", i);
        if (all[i].coefficient.coefficient < 0 || all[i].coefficient.scale > NTM_SCALE_MAX)
            return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(name), "expected a coefficient of 0 or more");
        for (size_t k = 0; k < i; k++)
            if (strcmp(all[k].class_name, name) == 0)
                return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(name), "the class has two coefficients");
    }
    return NTM_OK;
}

static ntm_status check_options(ntm_money envelope, const ntm_apportion_options *options, ntm_error *err) {
    if (options->struct_size < sizeof *options || !ntm_i_allocator_usable(options->allocator))
        return ntm_i_wrong_call(err,
                                "options that begin with NTM_APPORTION_OPTIONS_INIT and a whole allocator are needed");
    if (envelope < 0) return ntm_i_wrong_call(err, "the envelope is below 0");
    if (options->step < 1) return ntm_i_wrong_call(err, "expected a step of 1 đồng or more");
    if (options->several < NTM_CLASSES_REFUSED || options->several > NTM_CLASSES_ADDED)
        return ntm_i_wrong_call(err, "unknown rule for several classes");
    return check_coefficients(options, err);
}

void ntm_apportionment_free(ntm_apportionment *a) {
    if (a == NULL) return;
    ntm_i_arena arena = a->arena;
    ntm_i_release(&arena.allocator, a, 1, sizeof *a);
    ntm_i_arena_end(&arena);
}

static ntm_status copy_options(ntm_apportionment *a, const ntm_apportion_options *options, ntm_error *err) {
    size_t count = options->coefficient_count;
    a->step = options->step;
    a->coefficients = ntm_i_arena_take(&a->arena, count, sizeof *a->coefficients);
    bool good = a->coefficients != NULL && ntm_i_arena_copy(&a->arena, &a->citation, options->citation);
    for (size_t i = 0; i < count && good; i++) {
        const ntm_class_coefficient *from = &options->coefficients[i];
        a->coefficients[i].coefficient = from->coefficient;
        good = ntm_i_arena_copy(&a->arena, &a->coefficients[i].class_name, from->class_name) &&
               ntm_i_arena_copy(&a->arena, &a->coefficients[i].citation, from->citation);
    }
    a->coefficient_count = count;
    return good ? NTM_OK : ntm_i_no_memory(err);
}

/* ------------------------------------------------------------------------------------------- dividing */

/* What shares leave comes behind everybody. */
static int by_code(const void *context, uint32_t a, uint32_t b) {
    const ntm_apportionment *it = context;
    if (a >= it->count || b >= it->count) return (a >= it->count) - (b >= it->count);
    return strcmp(it->claimants[a].unit, it->claimants[b].unit);
}

/* What is no whole step goes to the next in line that has room for it. */
static void give_rest(ntm_apportionment *a, const ntm_i_sharing *s, ntm_money rest) {
    for (size_t i = 0; i < s->free_count; i++) {
        uint32_t at = s->line[(s->extra_count + i) % s->free_count];
        if (at >= a->count) continue;
        ntm_i_claimant *claimant = &a->claimants[at];
        ntm_money cap = claimant->need < claimant->cap ? claimant->need : claimant->cap;
        if (cap - a->parts[at].share * a->step < rest) continue;
        claimant->rest = rest;
        a->left -= rest;
        return;
    }
}

static void divide(ntm_apportionment *a, ntm_i_cells *cells, uint32_t *room, const ntm_apportion_options *options) {
    ntm_i_sharing s = {.parts = a->parts, .pot = a->envelope / a->step, .tie = by_code, .tie_context = a, .room = room};
    s.count = a->count + (a->parts[a->count].weight > 0);
    if (!ntm_i_share_out(&s)) {
        ntm_i_cells_complain(cells, NTM_ERROR_VALUE, "floor", SIZE_MAX,
                             "the floors add up to more than the envelope of %lld đồng", (long long)a->envelope);
        return;
    }
    a->left = a->envelope;
    for (size_t i = 0; i < a->count; i++) {
        a->left -= a->parts[i].share * a->step;
        a->claimants[i].line = NTM_I_NO_LINE;
    }
    for (size_t i = 0; i < s.free_count; i++)
        if (s.line[i] < a->count) a->claimants[s.line[i]].line = (uint32_t)i;
    a->free_pot = s.free_pot;
    a->free_weight = s.free_weight;
    a->free_count = s.free_count;
    a->extra_count = s.extra_count;
    if (options->rest_to_next) give_rest(a, &s, a->envelope % a->step);
}

static void weigh_and_divide(ntm_apportionment *a, ntm_i_cells *cells, const ntm_apportion_options *options) {
    size_t room_count = 4 * (a->count + 1);
    uint32_t *room = ntm_i_allocate(&a->arena.allocator, room_count, sizeof *room);
    a->parts = ntm_i_arena_take(&a->arena, a->count + 1, sizeof *a->parts);
    if (room == NULL || a->parts == NULL)
        cells->no_memory = true;
    else
        ntm_i_claims_weigh(a, cells);
    if (!cells->no_memory && cells->problem_count == 0) divide(a, cells, room, options);
    ntm_i_release(&a->arena.allocator, room, room_count, sizeof *room);
}

static ntm_status make(ntm_apportionment **out, ntm_money envelope, const ntm_table *claims,
                       const ntm_apportion_options *options, ntm_error *err) {
    ntm_apportionment *a = ntm_i_allocate(options->allocator, 1, sizeof *a);
    if (a == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&a->arena, options->allocator);
    a->envelope = envelope;
    ntm_i_cells cells = {&a->arena, options->problems, NULL, NTM_ERROR_INIT, 0, false};
    ntm_status status = copy_options(a, options, err);
    if (status == NTM_OK) {
        ntm_i_claims_load(a, &cells, claims, options);
        if (!cells.no_memory && cells.problem_count == 0) weigh_and_divide(a, &cells, options);
        status = ntm_i_cells_status(&cells, err);
    }
    if (status == NTM_OK)
        *out = a;
    else
        ntm_apportionment_free(a);
    return status;
}

ntm_status ntm_apportion_new(ntm_apportionment **out, ntm_money envelope, const ntm_table *claims,
                             const ntm_apportion_options *options, ntm_error *err) {
    const ntm_apportion_options usual = NTM_APPORTION_OPTIONS_INIT;
    if (options == NULL) options = &usual;
    if (out == NULL || claims == NULL)
        return ntm_i_wrong_call(err, "a place for the apportionment and claims are needed");
    ntm_status status = check_options(envelope, options, err);
    if (status == NTM_OK) status = ntm_table_check(claims, options->problems, err);
    if (status == NTM_OK && claims->rows >= INT32_MAX)
        status =
            ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "%zu rows: expected fewer than 2^31 - 1", claims->rows);
    return status == NTM_OK ? make(out, envelope, claims, options, err) : status;
}

/* ------------------------------------------------------------------------------------------- what came of it */

size_t ntm_apportionment_count(const ntm_apportionment *a) { return a == NULL ? 0 : a->count; }

ntm_money ntm_apportionment_envelope(const ntm_apportionment *a) { return a == NULL ? 0 : a->envelope; }

ntm_money ntm_apportionment_left(const ntm_apportionment *a) { return a == NULL ? 0 : a->left; }

size_t ntm_apportionment_left_out_count(const ntm_apportionment *a) { return a == NULL ? 0 : a->left_out_count; }

const char *ntm_apportionment_left_out(const ntm_apportionment *a, size_t index) {
    return a == NULL || index >= a->left_out_count ? NULL : a->left_out[index];
}

/* numerator / denominator in 64 bits, or {0, 0}. */
static ntm_fraction fraction_of(ntm_i_rational value) {
    if (value.numerator > INT64_MAX || value.denominator > INT64_MAX) return (ntm_fraction){0, 0};
    return (ntm_fraction){(int64_t)value.numerator, (int64_t)value.denominator};
}

static ntm_fraction weight_of(const ntm_apportionment *a, size_t index) {
    ntm_i_rational value = {0, 1}, whole = {(ntm_i_wide)a->parts[index].weight, 1};
    return ntm_i_rational_scale(&value, whole, -(int)a->weight_scale) ? fraction_of(value) : (ntm_fraction){0, 0};
}

static ntm_fraction quota_of(const ntm_apportionment *a, size_t index) {
    const ntm_i_part *part = &a->parts[index];
    ntm_i_rational value = ntm_i_rational_int(part->share - part->extra), rest = {(ntm_i_wide)part->rest, 1};
    bool fits = true;
    if (part->rest > 0) {
        const ntm_i_rational total = {(ntm_i_wide)a->free_weight, 1};
        fits = ntm_i_rational_divide(&rest, rest, total) && ntm_i_rational_add(&value, value, rest);
    }
    fits = fits && ntm_i_rational_multiply(&value, value, ntm_i_rational_int(a->step));
    return fits ? fraction_of(value) : (ntm_fraction){0, 0};
}

static ntm_bound_by bound_of(const ntm_apportionment *a, size_t index) {
    const ntm_i_claimant *claimant = &a->claimants[index];
    if (a->parts[index].held == NTM_I_AT_CAP)
        return claimant->need <= claimant->cap ? NTM_BOUND_BY_NEED : NTM_BOUND_BY_CAP;
    return a->parts[index].held == NTM_I_AT_FLOOR && claimant->floor > 0 ? NTM_BOUND_BY_FLOOR : NTM_BOUND_BY_NOTHING;
}

ntm_status ntm_apportionment_get(ntm_allotted *out, const ntm_apportionment *a, size_t index, ntm_error *err) {
    if (out == NULL || a == NULL)
        return ntm_i_wrong_call(err, "a place for the claimant and an apportionment are needed");
    if (index >= a->count)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "no claimant %zu: there are %zu", index, a->count);
    const ntm_i_claimant *claimant = &a->claimants[index];
    const ntm_i_term *term = &a->terms[claimant->first_term];
    const ntm_i_part *part = &a->parts[index];
    ntm_allotted made = {.unit = claimant->unit, .row = claimant->row, .citation = a->citation};
    made.share = part->share * a->step + claimant->rest;
    made.weight = weight_of(a, index);
    made.quota = quota_of(a, index);
    if (a->basis == NTM_I_BY_CLASS && claimant->term_count == 1) {
        const ntm_class_coefficient *of = &a->coefficients[term->class_index];
        made.class_name = of->class_name;
        made.coefficient = of->coefficient;
        if (of->citation != NULL) made.citation = of->citation;
    }
    made.extra_step = part->extra;
    made.rest = claimant->rest;
    made.bound_by = bound_of(a, index);
    *out = made;
    return NTM_OK;
}

ntm_status ntm_apportionment_find(size_t *out, const ntm_apportionment *a, const char *unit, ntm_error *err) {
    if (out == NULL || a == NULL || unit == NULL)
        return ntm_i_wrong_call(err, "a place for the index, an apportionment and a unit are needed");
    for (size_t least = 0, end = a->count; least < end;) {
        size_t middle = least + (end - least) / 2;
        int order = strcmp(a->claimants[a->by_unit[middle]].unit, unit);
        if (order == 0) {
            *out = a->by_unit[middle];
            return NTM_OK;
        }
        if (order < 0)
            least = middle + 1;
        else
            end = middle;
    }
    for (size_t i = 0; i < a->left_out_count; i++)
        if (strcmp(a->left_out[i], unit) == 0)
            return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(unit), "left out: something is not reported");
    return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(unit), "no such claimant");
}
