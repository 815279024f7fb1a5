/* SPDX-License-Identifier: Apache-2.0 */
/* Support that tops incomes up to a target. */
#include <string.h>

#include "base/text.h"
#include "poverty/groups.h"
#include "poverty/read.h"

typedef struct sums {
    ntm_payments counted; /* without amounts until the end */
    ntm_i_wide least, most;
} sums;

struct ntm_top_up {
    ntm_allocator allocator;
    ntm_i_groups groups;
    sums *sums; /* by group, then the total */
    size_t capacity;
};

/* The columns, and one block of them. */
typedef struct paying {
    const ntm_table *table;
    const ntm_top_up_options *options;
    ntm_i_numbers benefits, target; /* target.column NULL = by area */
    const ntm_column *area, *entitled;
    ntm_money area_least, area_most; /* of all areas */
    size_t rows;
    int64_t benefit[NTM_I_BLOCK], target_least[NTM_I_BLOCK], target_most[NTM_I_BLOCK];
    ntm_i_knowledge benefit_known, area_known, entitled_known;
    uint64_t entitled_yes[NTM_I_WORDS];
    ntm_money least[NTM_I_BLOCK], most[NTM_I_BLOCK];
} paying;

static ntm_status check_areas(const ntm_top_up_options *o, ntm_error *err) {
    if (o->areas == NULL || o->area_count == 0)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "an area column needs targets of areas");
    for (size_t i = 0; i < o->area_count; i++) {
        const char *area = o->areas[i].area;
        if (area == NULL || o->areas[i].target < 0)
            return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(area), "area %zu has no name or a negative target",
                              i);
        for (size_t k = 0; k < i; k++)
            if (strcmp(o->areas[k].area, area) == 0)
                return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(area), "the area has two targets");
    }
    return NTM_OK;
}

static ntm_status check_options(const ntm_table *table, const ntm_top_up_options *options, ntm_error *err) {
    if (table == NULL || options == NULL || options->struct_size < sizeof *options || options->benefits == NULL ||
        !ntm_i_allocator_usable(options->allocator))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "the table, the options or the benefits are NULL, or the options were not started with "
                          "NTM_TOP_UP_OPTIONS_INIT");
    if ((options->target == NULL) == (options->area == NULL))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "give either the target's column or the area's");
    ntm_status status = options->area == NULL ? NTM_OK : check_areas(options, err);
    return status == NTM_OK ? ntm_table_check(table, NULL, err) : status;
}

static ntm_status take_money(ntm_i_numbers *out, const ntm_table *table, const char *name, ntm_error *err) {
    const ntm_column *column = NULL;
    ntm_status status = ntm_i_field_column(&column, table, name, err);
    if (status != NTM_OK) return status;
    if (column->type < NTM_TYPE_INT8 || column->type > NTM_TYPE_INT64 || column->categories != NULL ||
        column->scale != 0)
        return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_SUBJECT(name), "money has to be whole numbers of đồng");
    return ntm_i_numbers_start(out, column, name, false, err);
}

static ntm_status start_paying(paying *p, const ntm_table *table, const ntm_top_up_options *options, ntm_error *err) {
    p->table = table;
    p->options = options;
    ntm_status status = take_money(&p->benefits, table, options->benefits, err);
    if (status == NTM_OK && options->target != NULL) status = take_money(&p->target, table, options->target, err);
    if (status == NTM_OK && options->area != NULL) {
        status = ntm_i_field_column(&p->area, table, options->area, err);
        if (status == NTM_OK && p->area->type != NTM_TYPE_TEXT && p->area->categories == NULL)
            status =
                ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_SUBJECT(options->area), "areas have to be text or categories");
        for (size_t i = 0; i < options->area_count; i++) {
            ntm_money target = options->areas[i].target;
            if (i == 0 || target < p->area_least) p->area_least = target;
            if (i == 0 || target > p->area_most) p->area_most = target;
        }
    }
    if (status == NTM_OK && options->entitled != NULL) {
        status = ntm_i_field_column(&p->entitled, table, options->entitled, err);
        if (status == NTM_OK && !ntm_i_is_flag(p->entitled))
            status =
                ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_SUBJECT(options->entitled), "expected a column of yes and no");
    }
    return status;
}

/* ------------------------------------------------------------------------------------------- one block */

static ntm_status check_signs(const int64_t *values, const char *name, size_t start, size_t rows, ntm_error *err) {
    for (size_t r = 0; r < rows; r++)
        if (values[r] < 0) return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW(name, start + r), "a negative amount");
    return NTM_OK;
}

/* Somebody who is not entitled needs no target. */
static ntm_status load_targets(paying *p, size_t start, ntm_error *err) {
    ntm_i_knowledge known;
    const char *name = p->target.name;
    ntm_i_knowledge_load(&known, p->target.column, start, p->rows);
    ntm_status status = ntm_i_numbers_load(p->target_least, &known, &p->target, start, p->rows, err);
    if (status == NTM_OK) status = check_signs(p->target_least, name, start, p->rows, err);
    for (size_t r = 0; r < p->rows && status == NTM_OK; r++) {
        p->target_most[r] = p->target_least[r];
        if (!ntm_i_word_bit(known.known, r) &&
            (ntm_i_word_bit(p->entitled_yes, r) || !ntm_i_word_bit(p->entitled_known.known, r)))
            status = ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW(name, start + r),
                                "the target is not reported: nothing bounds the payment");
    }
    return status;
}

static ntm_status area_target(ntm_money *out, const paying *p, size_t row, ntm_error *err) {
    ntm_error local = NTM_ERROR_INIT;
    const char *text = NULL, *name = p->options->area;
    size_t size = 0;
    ntm_status status = ntm_column_text(&text, &size, p->area, row, &local);
    if (status != NTM_OK) return ntm_i_fail(err, status, NTM_I_ROW(name, row), "%s", local.message);
    for (size_t i = 0; i < p->options->area_count; i++) {
        const char *area = p->options->areas[i].area;
        if (strlen(area) != size || memcmp(area, text, size) != 0) continue;
        *out = p->options->areas[i].target;
        return NTM_OK;
    }
    return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW(name, row), "the area \"%.*s\" has no target",
                      ntm_i_shown(text, size), text);
}

static ntm_status load_areas(paying *p, size_t start, ntm_error *err) {
    ntm_status status = NTM_OK;
    memset(&p->area_known, 0, sizeof p->area_known);
    for (size_t r = 0; r < p->rows && status == NTM_OK; r++) {
        p->target_least[r] = p->area_least;
        p->target_most[r] = p->area_most;
        if (ntm_column_known(p->area, start + r) != NTM_REPORTED) continue;
        p->area_known.known[r / 64] |= (uint64_t)1 << r % 64;
        status = area_target(&p->target_least[r], p, start + r, err);
        p->target_most[r] = p->target_least[r];
    }
    return status;
}

static ntm_status load_entitled(paying *p, size_t start, ntm_error *err) {
    if (p->entitled == NULL) {
        ntm_i_words_load(p->entitled_known.known, NULL, start, p->rows);
        ntm_i_words_load(p->entitled_yes, NULL, start, p->rows);
        return NTM_OK;
    }
    ntm_i_knowledge_load(&p->entitled_known, p->entitled, start, p->rows);
    return ntm_i_flags_load(p->entitled_yes, p->entitled, p->options->entitled, &p->entitled_known, start, p->rows,
                            err);
}

static ntm_money above(ntm_money target, ntm_money benefit) { return target > benefit ? target - benefit : 0; }

/* The payments of the block: least where all that is open is against it, most where all is for it. */
static ntm_status load_payments(paying *p, size_t start, ntm_error *err) {
    size_t left = p->table->rows - start;
    p->rows = left < NTM_I_BLOCK ? left : NTM_I_BLOCK;
    ntm_i_knowledge_load(&p->benefit_known, p->benefits.column, start, p->rows);
    ntm_status status = ntm_i_numbers_load(p->benefit, &p->benefit_known, &p->benefits, start, p->rows, err);
    if (status == NTM_OK) status = check_signs(p->benefit, p->benefits.name, start, p->rows, err);
    if (status == NTM_OK) status = load_entitled(p, start, err);
    if (status == NTM_OK) status = p->area == NULL ? load_targets(p, start, err) : load_areas(p, start, err);
    for (size_t r = 0; r < p->rows && status == NTM_OK; r++) {
        bool known = ntm_i_word_bit(p->benefit_known.known, r), asked = ntm_i_word_bit(p->entitled_known.known, r);
        bool yes = ntm_i_word_bit(p->entitled_yes, r);
        p->least[r] = known && asked && yes ? above(p->target_least[r], p->benefit[r]) : 0;
        p->most[r] = asked && !yes ? 0 : above(p->target_most[r], p->benefit[r]); /* unknown benefits are read as 0 */
    }
    return status;
}

/* ------------------------------------------------------------------------------------------- the calls */

static void add_row(sums *to, const paying *p, size_t r) {
    ntm_payments *c = &to->counted;
    c->rows++;
    c->benefits_not_reported += !ntm_i_word_bit(p->benefit_known.known, r);
    c->area_not_reported += p->area != NULL && !ntm_i_word_bit(p->area_known.known, r);
    c->entitled_not_reported += !ntm_i_word_bit(p->entitled_known.known, r);
    c->paid.least += p->least[r] > 0;
    c->paid.most += p->most[r] > 0;
    to->least += p->least[r]; /* below 2^63 × 2^64 */
    to->most += p->most[r];
}

/* Room for one group more than there are: the total is added up there at the end. */
static ntm_status grow(ntm_top_up *t, ntm_error *err) {
    size_t needed = ntm_i_groups_count(&t->groups) + 1;
    if (needed <= t->capacity) return NTM_OK;
    size_t capacity = 2 * t->capacity > needed ? 2 * t->capacity : needed;
    sums *more = ntm_i_allocate(&t->allocator, capacity, sizeof *more);
    if (more == NULL) return ntm_i_no_memory(err);
    if (t->sums != NULL) memcpy(more, t->sums, t->capacity * sizeof *more);
    ntm_i_release(&t->allocator, t->sums, t->capacity, sizeof *more);
    t->sums = more;
    t->capacity = capacity;
    return NTM_OK;
}

static ntm_status sum_rows(ntm_top_up *t, paying *p, ntm_error *err) {
    ntm_i_grouping grouping;
    ntm_status status = ntm_i_grouping_start(&grouping, &t->groups, p->table, err);
    for (size_t start = 0; start < p->table->rows && status == NTM_OK; start += NTM_I_BLOCK) {
        uint32_t groups[NTM_I_BLOCK];
        status = load_payments(p, start, err);
        if (status == NTM_OK) status = ntm_i_grouping_read(groups, &grouping, start, p->rows, err);
        if (status == NTM_OK) status = grow(t, err);
        for (size_t r = 0; r < p->rows && status == NTM_OK; r++)
            add_row(&t->sums[groups[r]], p, r);
    }
    ntm_i_grouping_end(&grouping);
    return status;
}

/* Narrows the sums of a group; the name is made for the message only. */
static ntm_status narrow(const ntm_top_up *t, sums *s, size_t position, ntm_error *err) {
    if (s->most > INT64_MAX) { /* never below the least */
        char name[200];
        (void)ntm_i_groups_name(name, sizeof name, &t->groups, position);
        return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_SUBJECT(name), "the sum of payments does not fit 64 bits");
    }
    s->counted.least = (ntm_money)s->least;
    s->counted.most = (ntm_money)s->most;
    return NTM_OK;
}

static ntm_status finish(ntm_top_up *t, ntm_error *err) {
    ntm_status status = grow(t, err);
    if (status == NTM_OK) status = ntm_i_groups_sort(&t->groups, err);
    if (status != NTM_OK) return status;
    size_t groups = ntm_i_groups_count(&t->groups);
    sums *total = &t->sums[groups];
    for (size_t position = 0; position < groups && status == NTM_OK; position++) {
        sums *s = &t->sums[t->groups.order[position]];
        total->least += s->least;
        total->most += s->most;
        total->counted.rows += s->counted.rows;
        total->counted.benefits_not_reported += s->counted.benefits_not_reported;
        total->counted.area_not_reported += s->counted.area_not_reported;
        total->counted.entitled_not_reported += s->counted.entitled_not_reported;
        total->counted.paid.least += s->counted.paid.least;
        total->counted.paid.most += s->counted.paid.most;
        status = narrow(t, s, position, err);
    }
    return status == NTM_OK ? narrow(t, total, NTM_TOTAL, err) : status;
}

ntm_status ntm_top_up_sum(ntm_top_up **out, const ntm_table *table, const ntm_top_up_options *options, ntm_error *err) {
    if (out == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "out is NULL");
    ntm_status status = check_options(table, options, err);
    if (status != NTM_OK) return status;
    ntm_allocator allocator = ntm_i_allocator(options->allocator);
    ntm_top_up *t = ntm_i_allocate(&allocator, 1, sizeof *t);
    paying *p = ntm_i_allocate(&allocator, 1, sizeof *p);
    if (t == NULL || p == NULL) {
        ntm_i_release(&allocator, t, 1, sizeof *t);
        ntm_i_release(&allocator, p, 1, sizeof *p);
        return ntm_i_no_memory(err);
    }
    t->allocator = allocator;
    status = ntm_i_groups_start(&t->groups, options->groups, options->group_count, &allocator, err);
    if (status == NTM_OK) status = start_paying(p, table, options, err);
    if (status == NTM_OK) status = sum_rows(t, p, err);
    if (status == NTM_OK) status = finish(t, err);
    ntm_i_release(&allocator, p, 1, sizeof *p);
    if (status != NTM_OK) {
        ntm_top_up_free(t);
        return status;
    }
    *out = t;
    return NTM_OK;
}

ntm_status ntm_top_up_rows(ntm_money *least, ntm_money *most, size_t rows, const ntm_table *table,
                           const ntm_top_up_options *options, ntm_error *err) {
    ntm_status status = check_options(table, options, err);
    if (status != NTM_OK) return status;
    if (rows != table->rows)
        return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_NOWHERE, "room for %zu rows, expected the %zu of the table", rows,
                          table->rows);
    if (rows > 0 && (least == NULL || most == NULL))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "least or most is NULL");
    ntm_allocator allocator = ntm_i_allocator(options->allocator);
    paying *p = ntm_i_allocate(&allocator, 1, sizeof *p);
    if (p == NULL) return ntm_i_no_memory(err);
    status = start_paying(p, table, options, err);
    /* Once to see that all is well, once to write: what fails leaves the caller's memory alone. */
    for (int writes = 0; writes < 2; writes++) {
        for (size_t start = 0; start < rows && status == NTM_OK; start += NTM_I_BLOCK) {
            status = load_payments(p, start, err);
            if (status != NTM_OK || writes == 0) continue;
            memcpy(least + start, p->least, p->rows * sizeof *least);
            memcpy(most + start, p->most, p->rows * sizeof *most);
        }
    }
    ntm_i_release(&allocator, p, 1, sizeof *p);
    return status;
}

void ntm_top_up_free(ntm_top_up *t) {
    if (t == NULL) return;
    ntm_allocator allocator = t->allocator;
    ntm_i_release(&allocator, t->sums, t->capacity, sizeof *t->sums);
    ntm_i_groups_end(&t->groups);
    ntm_i_release(&allocator, t, 1, sizeof *t);
}

size_t ntm_top_up_groups(const ntm_top_up *top_up) { return top_up == NULL ? 0 : ntm_i_groups_shown(&top_up->groups); }

ntm_status ntm_top_up_key(ntm_group_key *out, const ntm_top_up *top_up, size_t group, size_t field, ntm_error *err) {
    return ntm_i_groups_key(out, top_up == NULL ? NULL : &top_up->groups, group, field, err);
}

ntm_status ntm_top_up_get(ntm_payments *out, const ntm_top_up *t, size_t group, ntm_error *err) {
    if (out == NULL || t == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "an argument is NULL");
    ntm_status status = ntm_i_groups_check(&t->groups, group, err);
    if (status != NTM_OK) return status;
    *out = t->sums[group == NTM_TOTAL ? ntm_i_groups_count(&t->groups) : t->groups.order[group]].counted;
    return NTM_OK;
}
