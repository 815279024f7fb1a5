/* SPDX-License-Identifier: Apache-2.0 */
/* Grades of products by the mean of judges' sheets. */
#include <ntm/grade.h>

#include <stdlib.h>
#include <string.h>

#include "attainment/exact.h"
#include "attainment/values.h"
#include "number/decimal.h"

struct ntm_panel {
    ntm_i_arena arena;
    ntm_panel_product *products;
    size_t count;
};

/* What the sheets of one product add up to. */
typedef struct tally {
    ntm_i_interval sum; /* base units */
    size_t *met;        /* by band: sheets that meet its condition */
    size_t *not_met;
    size_t out, may_be_out; /* sheets that knock it out: surely, and perhaps besides */
    size_t first_row;
} tally;

typedef struct paneling {
    ntm_panel *panel;
    const ntm_panel_options *options;
    const ntm_set *set;
    const ntm_node_spec *grade;
    int power;      /* of the bands' unit */
    size_t *of_row; /* the product of each row */
    tally *tallies;
    ntm_i_arena arena; /* what is not kept */
} paneling;

/* ------------------------------------------------------------------------------------------- which product */

typedef struct sheet {
    const char *id;
    size_t size;
    size_t row;
    size_t first; /* the first row with that id */
} sheet;

static int compare_ids(const void *a, const void *b) {
    const sheet *x = a, *y = b;
    int order = memcmp(x->id, y->id, x->size < y->size ? x->size : y->size);
    if (order == 0) order = (x->size > y->size) - (x->size < y->size);
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static int compare_firsts(const void *a, const void *b) {
    const sheet *x = a, *y = b;
    int order = (x->first > y->first) - (x->first < y->first);
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static ntm_status read_ids(sheet *sheets, const ntm_column *products, ntm_error *err) {
    for (size_t row = 0; row < products->length; row++) {
        sheets[row].row = row;
        ntm_error problem = NTM_ERROR_INIT;
        ntm_status status = ntm_column_known(products, row) == NTM_REPORTED
                                ? ntm_column_text(&sheets[row].id, &sheets[row].size, products, row, &problem)
                                : NTM_OK;
        if (status != NTM_OK) return ntm_i_fail(err, status, NTM_I_ROW("products", row), "%s", problem.message);
        if (sheets[row].size == 0)
            return ntm_i_fail(err, NTM_ERROR_VALUE, NTM_I_ROW("products", row), "a sheet without a product");
    }
    return NTM_OK;
}

/* Numbers the products in the order of their first rows. */
static ntm_status number_products(paneling *p, sheet *sheets, size_t rows, ntm_error *err) {
    if (rows > 1) qsort(sheets, rows, sizeof *sheets, compare_ids);
    for (size_t i = 0; i < rows; i++) {
        bool same = i > 0 && sheets[i - 1].size == sheets[i].size &&
                    memcmp(sheets[i - 1].id, sheets[i].id, sheets[i].size) == 0;
        sheets[i].first = same ? sheets[i - 1].first : sheets[i].row;
        p->panel->count += !same;
    }
    if (rows > 1) qsort(sheets, rows, sizeof *sheets, compare_firsts);
    ntm_i_arena *kept = &p->panel->arena;
    p->panel->products = ntm_i_arena_take(kept, p->panel->count, sizeof *p->panel->products);
    p->tallies = ntm_i_arena_take(&p->arena, p->panel->count, sizeof *p->tallies);
    p->of_row = ntm_i_arena_take(&p->arena, rows, sizeof *p->of_row);
    if (p->panel->products == NULL || p->tallies == NULL || p->of_row == NULL) return ntm_i_no_memory(err);
    for (size_t i = 0, at = 0; i < rows; i++) {
        if (i > 0 && sheets[i].first != sheets[i - 1].first) at++;
        ntm_panel_product *product = &p->panel->products[at];
        if (product->id == NULL) product->id = ntm_i_arena_text(kept, sheets[i].id, sheets[i].size);
        if (product->id == NULL) return ntm_i_no_memory(err);
        p->tallies[at].first_row = sheets[i].first;
        p->of_row[sheets[i].row] = at;
        product->sheets++;
    }
    return NTM_OK;
}

static ntm_status group(paneling *p, const ntm_column *products, ntm_error *err) {
    sheet *sheets = ntm_i_arena_take(&p->arena, products->length, sizeof *sheets);
    if (sheets == NULL) return ntm_i_no_memory(err);
    ntm_status status = read_ids(sheets, products, err);
    if (status == NTM_OK) status = number_products(p, sheets, products->length, err);
    for (size_t i = 0; i < p->panel->count && status == NTM_OK; i++) {
        tally *t = &p->tallies[i];
        t->sum = ntm_i_point(ntm_i_rational_int(0));
        t->met = ntm_i_arena_take(&p->arena, p->grade->band_count, sizeof *t->met);
        t->not_met = ntm_i_arena_take(&p->arena, p->grade->band_count, sizeof *t->not_met);
        if (t->met == NULL || t->not_met == NULL) status = ntm_i_no_memory(err);
    }
    return status;
}

/* ------------------------------------------------------------------------------------------- sheets */

static void add_sheet(paneling *p, ntm_i_run *run, size_t row) {
    ntm_i_exact x = ntm_i_exact_start(run, row);
    tally *t = &p->tallies[p->of_row[run->start + row]];
    ntm_i_interval total = ntm_i_exact_quantity(&x, p->grade->of[0]);
    if (!ntm_i_interval_add(&t->sum, t->sum, total) && !x.failed)
        ntm_i_run_complain(run, NTM_ERROR_OVERFLOW, p->set->about.id, row,
                           "the sum of a product's sheets does not fit exact arithmetic");
    for (size_t i = 0; i < p->grade->band_count; i++) {
        ntm_node condition = p->grade->bands[i].requires_met;
        ntm_verdict verdict = condition == 0 ? NTM_MET : ntm_i_exact_condition(&x, condition);
        t->met[i] += verdict == NTM_MET;
        t->not_met[i] += verdict == NTM_NOT_MET;
    }
    ntm_verdict out = p->grade->knock_out == 0 ? NTM_NOT_MET : ntm_i_exact_condition(&x, p->grade->knock_out);
    t->out += out == NTM_MET;
    t->may_be_out += out == NTM_OPEN;
}

static ntm_status add_sheets(paneling *p, const ntm_plan *plan, const ntm_table *table, ntm_error *err) {
    ntm_evaluate_options options = NTM_EVALUATE_OPTIONS_INIT;
    options.ignore_unknown = p->options->ignore_unknown;
    options.problems = p->options->problems;
    options.allocator = p->options->allocator;
    ntm_i_run run;
    ntm_status status = ntm_i_run_start(&run, plan, table, &options, err);
    if (status != NTM_OK) return status;
    for (size_t start = 0; start < table->rows; start += NTM_I_BLOCK) {
        size_t rows = table->rows - start < NTM_I_BLOCK ? table->rows - start : NTM_I_BLOCK;
        ntm_i_run_block(&run, start, rows);
        for (size_t row = 0; row < rows; row++)
            add_sheet(p, &run, row);
    }
    if (run.problem_count > 0) status = ntm_i_error_copy(err, &run.first);
    ntm_i_run_end(&run);
    return status;
}

/* ------------------------------------------------------------------------------------------- classes */

static ntm_status too_large(const paneling *p, size_t at, ntm_error *err) {
    return ntm_i_fail(err, NTM_ERROR_OVERFLOW, NTM_I_ROW(p->panel->products[at].id, p->tallies[at].first_row),
                      "the mean of its sheets does not fit");
}

/* A bound of the mean as text; NULL when there is none. */
static ntm_status mean_text(const char **out, paneling *p, size_t at, ntm_i_rational mean, ntm_error *err) {
    char text[48];
    ntm_decimal value;
    uint8_t digits = p->options->digits;
    if (!ntm_i_is_finite(mean)) return NTM_OK;
    int64_t coefficient;
    bool lost;
    if (!ntm_i_rational_round(&mean, mean, digits, p->options->rounding) || !ntm_i_rational_to_decimal(&value, mean) ||
        !ntm_i_decimal_at_scale(&coefficient, value, digits, &lost))
        return too_large(p, at, err);
    (void)ntm_decimal_format(text, sizeof text, (ntm_decimal){coefficient, digits}, NTM_LOCALE_PLAIN);
    return ntm_i_arena_copy(&p->panel->arena, out, text) ? NTM_OK : ntm_i_no_memory(err);
}

/* Whether a band's condition holds by the sheets; what keeps it open goes to *why. */
static ntm_verdict condition_of(const tally *t, size_t band, size_t sheets, unsigned *why) {
    if (t->met[band] == sheets) return NTM_MET;
    if (t->not_met[band] == sheets) return NTM_NOT_MET;
    if (t->met[band] > 0 && t->not_met[band] > 0) *why |= NTM_PANEL_CONDITION_DISPUTED;
    if (t->met[band] + t->not_met[band] < sheets) *why |= NTM_PANEL_CONDITION_OPEN;
    return NTM_OPEN;
}

/* The classes that the mean reaches, knock-outs apart. What is open about a class below one that is reached for sure
   does not matter. */
static bool land(const paneling *p, const tally *t, ntm_panel_product *product, ntm_i_interval mean) {
    size_t least = 0, most = 0;
    for (size_t i = 0; i < p->grade->band_count; i++) {
        const ntm_band *band = &p->grade->bands[i];
        ntm_verdict reached = NTM_MET;
        ntm_i_rational from;
        unsigned why = 0;
        if (band->has_from && !ntm_i_rational_scale(&from, ntm_i_rational_decimal(band->from), p->power)) return false;
        if (band->has_from)
            reached = ntm_i_exact_compare(band->from_open ? NTM_MORE : NTM_MORE_OR_EQUAL, mean, ntm_i_point(from));
        ntm_verdict allowed = condition_of(t, i, product->sheets, &why);
        if (reached != NTM_NOT_MET && allowed != NTM_NOT_MET) most = i + 1;
        if (reached != NTM_NOT_MET) product->open |= why;
        if (reached == NTM_OPEN && allowed != NTM_NOT_MET) product->open |= NTM_PANEL_MEAN_OPEN;
        if (reached != NTM_MET || allowed != NTM_MET) continue;
        least = i + 1;
        product->open = 0;
    }
    product->grade = (ntm_bounds){least, most};
    return true;
}

static void knock_out(const tally *t, ntm_panel_product *product) {
    product->knocked_out = (ntm_bounds){t->out, t->out + t->may_be_out};
    if (t->out == product->sheets) product->grade.most = 0;
    if (t->out + t->may_be_out > 0) product->grade.least = 0;
    if (t->out > 0 && t->out + t->may_be_out < product->sheets) product->open |= NTM_PANEL_KNOCK_OUT_DISPUTED;
    if (t->may_be_out > 0) product->open |= NTM_PANEL_KNOCK_OUT_OPEN;
}

static ntm_status grade_product(paneling *p, size_t at, ntm_error *err) {
    ntm_panel_product *product = &p->panel->products[at];
    const tally *t = &p->tallies[at];
    ntm_i_rational sheets = ntm_i_rational_int((int64_t)product->sheets);
    ntm_i_interval mean, own; /* in base units, and in the unit of the bands */
    if (!ntm_i_interval_divide(&mean, t->sum, ntm_i_point(sheets)) || !land(p, t, product, mean))
        return too_large(p, at, err);
    own = mean;
    if ((ntm_i_is_finite(mean.least) && !ntm_i_rational_scale(&own.least, mean.least, -p->power)) ||
        (ntm_i_is_finite(mean.most) && !ntm_i_rational_scale(&own.most, mean.most, -p->power)) ||
        !ntm_i_fraction(&product->mean.least, own.least) || !ntm_i_fraction(&product->mean.most, own.most))
        return too_large(p, at, err);
    ntm_status status = mean_text(&product->mean_least, p, at, own.least, err);
    if (status == NTM_OK) status = mean_text(&product->mean_most, p, at, own.most, err);
    if (status != NTM_OK) return status;
    knock_out(t, product);
    if (product->sheets < p->options->least_sheets) {
        product->grade = (ntm_bounds){0, p->grade->band_count};
        product->open |= NTM_PANEL_FEW_SHEETS;
    }
    if (product->grade.least == product->grade.most) product->open = 0;
    const ntm_band *bands = p->grade->bands;
    size_t least = product->grade.least, most = product->grade.most;
    bool copied =
        ntm_i_arena_copy(&p->panel->arena, &product->least_label, least == 0 ? NULL : bands[least - 1].label) &&
        ntm_i_arena_copy(&p->panel->arena, &product->most_label, most == 0 ? NULL : bands[most - 1].label);
    return copied ? NTM_OK : ntm_i_no_memory(err);
}

/* ------------------------------------------------------------------------------------------- the calls */

static ntm_status check_call(const ntm_plan *plan, const ntm_table *table, const ntm_column *products,
                             const ntm_panel_options *options, ntm_error *err) {
    if (options->struct_size < sizeof *options || options->digits > NTM_SCALE_MAX ||
        options->rounding < NTM_ROUND_HALF_UP || options->rounding > NTM_ROUND_UP ||
        !ntm_i_allocator_usable(options->allocator))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "options that begin with NTM_PANEL_OPTIONS_INIT are needed");
    if (plan->set->grade == 0)
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(plan->set->about.id), "the set has no grade");
    ntm_error problem = NTM_ERROR_INIT;
    ntm_status status = ntm_column_check(products, &problem);
    if (status != NTM_OK) return ntm_i_fail(err, status, NTM_I_ROW("products", problem.row), "%s", problem.message);
    if (products->type != NTM_TYPE_TEXT && products->categories == NULL)
        return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_SUBJECT("products"), "expected text or categories");
    if (products->length != table->rows)
        return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_SUBJECT("products"), "%zu rows, expected the %zu of the table",
                          products->length, table->rows);
    return NTM_OK;
}

ntm_status ntm_panel_new(ntm_panel **out, const ntm_plan *plan, const ntm_table *table, const ntm_column *products,
                         const ntm_panel_options *options, ntm_error *err) {
    const ntm_panel_options usual = NTM_PANEL_OPTIONS_INIT;
    if (options == NULL) options = &usual;
    if (out == NULL || plan == NULL || table == NULL || products == NULL)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "a place for the panel, a plan, a table and a column of products are needed");
    ntm_status status = check_call(plan, table, products, options, err);
    if (status != NTM_OK) return status;
    ntm_allocator allocator = ntm_i_allocator(options->allocator);
    ntm_panel *panel = ntm_i_allocate(&allocator, 1, sizeof *panel);
    if (panel == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&panel->arena, &allocator);
    paneling p = {
        .panel = panel, .options = options, .set = plan->set, .grade = &plan->set->nodes[plan->set->grade - 1]};
    p.power = plan->set->info[p.grade->of[0] - 1].unit.power;
    ntm_i_arena_start(&p.arena, &allocator);
    status = group(&p, products, err);
    if (status == NTM_OK) status = add_sheets(&p, plan, table, err);
    for (size_t at = 0; at < panel->count && status == NTM_OK; at++)
        status = grade_product(&p, at, err);
    ntm_i_arena_end(&p.arena);
    if (status != NTM_OK)
        ntm_panel_free(panel);
    else
        *out = panel;
    return status;
}

void ntm_panel_free(ntm_panel *panel) {
    if (panel == NULL) return;
    ntm_i_arena arena = panel->arena;
    ntm_i_release(&arena.allocator, panel, 1, sizeof *panel);
    ntm_i_arena_end(&arena);
}

size_t ntm_panel_count(const ntm_panel *panel) { return panel == NULL ? 0 : panel->count; }

const ntm_panel_product *ntm_panel_product_at(const ntm_panel *panel, size_t index) {
    return panel == NULL || index >= panel->count ? NULL : &panel->products[index];
}
