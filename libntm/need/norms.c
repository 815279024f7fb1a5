/* SPDX-License-Identifier: Apache-2.0 */
/* Norms: read, put in order, found. */
#include <string.h>

#include "base/sort.h"
#include "base/text.h"
#include "column/cell_numbers.h"
#include "need/need.h"

enum { WORK, RESOURCE, WORK_UNIT, CLASS, REGION, RESOURCE_UNIT, CITATION, FROM, BEFORE, TEXTS };
enum { AMOUNT = TEXTS, COLUMNS };

static const ntm_i_cells_column columns[TEXTS] = {
    {"work", true, NTM_I_CELLS_TEXT},      {"resource", true, NTM_I_CELLS_TEXT},
    {"work_unit", true, NTM_I_CELLS_TEXT}, {"class", false, NTM_I_CELLS_TEXT},
    {"region", false, NTM_I_CELLS_TEXT},   {"resource_unit", false, NTM_I_CELLS_TEXT},
    {"citation", false, NTM_I_CELLS_TEXT}, {"valid_from", false, NTM_I_CELLS_DAYS},
    {"valid_to", false, NTM_I_CELLS_DAYS}};

/* ------------------------------------------------------------------------------------------- reading */

static bool find_columns(const ntm_field **found, ntm_i_cells *cells, const ntm_table *table) {
    bool good = ntm_i_cells_find(found, cells, table, columns, TEXTS, "a table of norms");
    found[AMOUNT] = ntm_table_find(table, "amount");
    if (found[AMOUNT] == NULL)
        ntm_i_cells_complain(cells, NTM_ERROR_SHAPE, "amount", SIZE_MAX, "a table of norms needs this column");
    good = ntm_i_cells_numbers(cells, found[AMOUNT]) && good;
    return ntm_i_cells_only(cells, table, found, COLUMNS, "norms",
                            "work, class, region, valid_from, valid_to, resource, work_unit, amount, resource_unit, "
                            "citation") &&
           good && found[AMOUNT] != NULL;
}

/* The text of a cell that is needed; "" after complaining. */
static const char *needed_text(ntm_i_cells *cells, const ntm_field *field, size_t row) {
    size_t told = cells->problem_count;
    const char *text = ntm_i_cell_copy(cells, field, row);
    if (text == NULL && told == cells->problem_count)
        ntm_i_cells_complain(cells, NTM_ERROR_VALUE, field->name, row, "a norm needs this cell");
    return text == NULL ? "" : text;
}

static const char *text_or_empty(ntm_i_cells *cells, const ntm_field *field, size_t row) {
    const char *text = ntm_i_cell_copy(cells, field, row);
    return text == NULL ? "" : text;
}

static void read_norm(ntm_i_norm *norm, ntm_i_cells *cells, const ntm_field *const *found, size_t row) {
    *norm = (ntm_i_norm){.row = (uint32_t)row};
    norm->work = needed_text(cells, found[WORK], row);
    norm->resource = needed_text(cells, found[RESOURCE], row);
    norm->work_unit = needed_text(cells, found[WORK_UNIT], row);
    norm->class_name = text_or_empty(cells, found[CLASS], row);
    norm->region = text_or_empty(cells, found[REGION], row);
    norm->resource_unit = ntm_i_cell_copy(cells, found[RESOURCE_UNIT], row);
    norm->citation = ntm_i_cell_copy(cells, found[CITATION], row);
    norm->from = ntm_i_cell_day(cells, found[FROM], row); /* none is the least of all */
    norm->before = ntm_i_cell_day(cells, found[BEFORE], row);
    if (norm->before == NTM_DATE_NONE) norm->before = INT32_MAX;
    if (norm->before <= norm->from)
        ntm_i_cells_complain(cells, NTM_ERROR_VALUE, "valid_to", row, "expected a day after valid_from");
    size_t told = cells->problem_count;
    if (!ntm_i_cell_number(cells, &norm->amount, found[AMOUNT], row) && told == cells->problem_count)
        ntm_i_cells_complain(cells, NTM_ERROR_VALUE, "amount", row, "not reported; where nothing is given, 0 says so");
    bool money = ntm_i_is_money(norm->resource);
    if (norm->resource[0] != '\0' && money == (norm->resource_unit != NULL))
        ntm_i_cells_complain(cells, NTM_ERROR_UNIT, "resource_unit", row,
                             money ? "money is in đồng: expected an empty cell" : "\"%s\" needs its unit",
                             norm->resource);
}

/* ------------------------------------------------------------------------------------------- order */

static int compare_keys(const ntm_i_norm *a, const ntm_i_norm *b) {
    int order = strcmp(a->work, b->work);
    if (order == 0) order = strcmp(a->resource, b->resource);
    if (order == 0) order = strcmp(a->class_name, b->class_name);
    return order != 0 ? order : strcmp(a->region, b->region);
}

static int by_keys(const void *context, uint32_t a, uint32_t b) {
    const ntm_i_norm *first = (const ntm_i_norm *)context + a, *second = (const ntm_i_norm *)context + b;
    int order = compare_keys(first, second);
    return order != 0 ? order : (first->from > second->from) - (first->from < second->from);
}

/* What neighbours have to agree on; they are in order. */
static void check_neighbours(const ntm_norms *norms, ntm_i_cells *cells) {
    const ntm_i_norm *longest = norms->norms; /* of one key, the one that holds longest so far */
    for (size_t i = 1; i < norms->count; i++) {
        const ntm_i_norm *norm = &norms->norms[i], *before = &norms->norms[i - 1];
        if (strcmp(norm->work, before->work) == 0 && strcmp(norm->resource, before->resource) == 0 &&
            !ntm_i_text_same(norm->resource_unit, before->resource_unit))
            ntm_i_cells_complain(cells, NTM_ERROR_UNIT, "resource_unit", norm->row,
                                 "\"%s\" for \"%s\" has another unit in row %lu", norm->resource, norm->work,
                                 (unsigned long)before->row);
        if (compare_keys(norm, longest) != 0) {
            longest = norm;
            continue;
        }
        if (norm->from < longest->before)
            ntm_i_cells_complain(
                cells, NTM_ERROR_CONFLICT, "work", norm->row,
                "\"%s\": row %lu is for the same work, class, region and resource on a day of this one", norm->work,
                (unsigned long)longest->row);
        if (norm->before > longest->before) longest = norm;
    }
}

static bool group(ntm_norms *norms) {
    norms->resources = ntm_i_arena_take(&norms->arena, norms->count, sizeof *norms->resources);
    if (norms->resources == NULL) return false;
    for (size_t i = 0; i < norms->count; i++) {
        const ntm_i_norm *norm = &norms->norms[i];
        ntm_i_resource *of = norms->resource_count == 0 ? NULL : &norms->resources[norms->resource_count - 1];
        if (of == NULL || strcmp(of->work, norm->work) != 0 || strcmp(of->resource, norm->resource) != 0) {
            of = &norms->resources[norms->resource_count++];
            *of = (ntm_i_resource){norm->work, norm->resource, (uint32_t)i, 0, false, false, false};
        }
        of->count++;
        of->by_class = of->by_class || norm->class_name[0] != '\0';
        of->by_region = of->by_region || norm->region[0] != '\0';
        of->dated = of->dated || norm->from != NTM_DATE_NONE || norm->before != INT32_MAX;
    }
    return true;
}

static bool load(ntm_norms *norms, ntm_i_cells *cells, const ntm_table *table) {
    const ntm_field *found[COLUMNS];
    if (!find_columns(found, cells, table)) return true;
    ntm_i_norm *read = ntm_i_arena_take(&norms->arena, table->rows, sizeof *read);
    if (read == NULL) return false;
    for (size_t row = 0; row < table->rows && !cells->no_memory; row++)
        read_norm(&read[row], cells, found, row);
    if (cells->no_memory) return false;
    norms->count = table->rows;
    norms->norms = ntm_i_sorted(&norms->arena, read, norms->count, sizeof *read, by_keys);
    if (norms->norms == NULL) return false;
    if (cells->problem_count == 0) check_neighbours(norms, cells);
    return group(norms);
}

/* ------------------------------------------------------------------------------------------- the call */

void ntm_norms_free(ntm_norms *norms) {
    if (norms == NULL) return;
    ntm_i_arena arena = norms->arena;
    ntm_i_release(&arena.allocator, norms, 1, sizeof *norms);
    ntm_i_arena_end(&arena);
}

size_t ntm_norms_count(const ntm_norms *norms) { return norms == NULL ? 0 : norms->count; }

ntm_status ntm_norms_new(ntm_norms **out, const ntm_table *table, const ntm_norms_options *options, ntm_error *err) {
    const ntm_norms_options usual = NTM_NORMS_OPTIONS_INIT;
    if (options == NULL) options = &usual;
    if (out == NULL || table == NULL) return ntm_i_wrong_call(err, "a place for the norms and a table are needed");
    if (options->struct_size < sizeof *options || !ntm_i_allocator_usable(options->allocator))
        return ntm_i_wrong_call(err, "options that begin with NTM_NORMS_OPTIONS_INIT and a whole allocator are needed");
    ntm_status status = ntm_table_check(table, options->problems, err);
    if (status == NTM_OK && table->rows >= INT32_MAX)
        status = ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "%zu rows: expected fewer than 2^31 - 1", table->rows);
    if (status != NTM_OK) return status;
    ntm_norms *norms = ntm_i_allocate(options->allocator, 1, sizeof *norms);
    if (norms == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&norms->arena, options->allocator);
    ntm_i_cells cells = {&norms->arena, options->problems, NULL, NTM_ERROR_INIT, 0, false};
    if (!load(norms, &cells, table)) cells.no_memory = true;
    status = ntm_i_cells_status(&cells, err);
    if (status == NTM_OK)
        *out = norms;
    else
        ntm_norms_free(norms);
    return status;
}

/* ------------------------------------------------------------------------------------------- finding */

size_t ntm_i_norms_of(size_t *first, const ntm_norms *norms, const char *work) {
    size_t least = 0, end = norms->resource_count;
    while (least < end) {
        size_t middle = least + (end - least) / 2;
        if (strcmp(norms->resources[middle].work, work) < 0)
            least = middle + 1;
        else
            end = middle;
    }
    *first = least;
    while (end < norms->resource_count && strcmp(norms->resources[end].work, work) == 0)
        end++;
    return end - least;
}

/* The norm for exactly this class and region that holds on the day, or NTM_I_NONE. */
static uint32_t find_exactly(const ntm_norms *norms, const ntm_i_resource *of, const char *class_name,
                             const char *region, ntm_date on) {
    const ntm_i_norm asked = {
        .work = of->work, .resource = of->resource, .class_name = class_name, .region = region, .from = on};
    size_t least = of->first, end = of->first + of->count;
    while (least < end) { /* the first behind the last that has begun */
        size_t middle = least + (end - least) / 2;
        int order = compare_keys(&norms->norms[middle], &asked);
        if (order < 0 || (order == 0 && norms->norms[middle].from <= on))
            least = middle + 1;
        else
            end = middle;
    }
    if (least == of->first) return NTM_I_NONE;
    const ntm_i_norm *norm = &norms->norms[least - 1];
    return compare_keys(norm, &asked) == 0 && on < norm->before ? (uint32_t)least - 1 : NTM_I_NONE;
}

uint32_t ntm_i_norm_find(uint32_t *tie, const ntm_norms *norms, const ntm_i_resource *of, const ntm_i_asked *asked) {
    const char *class_name = asked->class_name == NULL ? "" : asked->class_name;
    const char *region = asked->region == NULL ? "" : asked->region;
    *tie = NTM_I_NONE;
    if (class_name[0] != '\0' && region[0] != '\0') {
        uint32_t both = find_exactly(norms, of, class_name, region, asked->on);
        if (both != NTM_I_NONE) return both;
    }
    uint32_t by_class = class_name[0] == '\0' ? NTM_I_NONE : find_exactly(norms, of, class_name, "", asked->on);
    uint32_t by_region = region[0] == '\0' ? NTM_I_NONE : find_exactly(norms, of, "", region, asked->on);
    if (by_class != NTM_I_NONE) {
        *tie = by_region;
        return by_class;
    }
    return by_region != NTM_I_NONE ? by_region : find_exactly(norms, of, "", "", asked->on);
}
