/* SPDX-License-Identifier: Apache-2.0 */
/* Making a registry, and freeing it. */
#include <string.h>

#include "base/sort.h"
#include "base/text.h"
#include "column/csv_headers.h"
#include "unit/registry.h"

void ntm_units_free(ntm_units *units) {
    if (units == NULL) return;
    ntm_i_arena arena = units->arena;
    ntm_i_release(&arena.allocator, units, 1, sizeof *units);
    ntm_i_arena_end(&arena);
}

static ntm_status check_options(const ntm_units_options *options, ntm_error *err) {
    if (options->struct_size < sizeof *options || !ntm_i_allocator_usable(options->allocator))
        return ntm_i_wrong_call(err, "options that begin with NTM_UNITS_OPTIONS_INIT and a whole allocator are needed");
    const uint32_t never = options->allow & ~(uint32_t)NTM_UNIT_ALLOW_ALL;
    for (int defect = 1; defect < NTM_UNIT_DEFECT_END; defect++)
        if ((never & NTM_UNIT_ALLOW(defect)) != 0)
            return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT("allow"), "\"%s\" can never be allowed",
                              ntm_unit_defect_name((ntm_unit_defect)defect));
    if (never != 0) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT("allow"), "a bit that is no defect");
    if (options->weights == NULL && options->weight_count > 0)
        return ntm_i_wrong_call(err, "weights is NULL and weight_count is not 0");
    for (size_t i = 0; i < options->weight_count; i++)
        if (options->weights[i] == NULL) return ntm_i_wrong_call(err, "a weight without a name");
    for (size_t i = 0; i < options->weight_count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(options->weights[i], options->weights[j]) == 0)
                return ntm_i_wrong_call(err, "two weights have one name");
    if (options->edges_on != NTM_DATE_NONE && !ntm_i_date_is(options->edges_on))
        return ntm_i_wrong_call(err, "edges_on is no day");
    return NTM_OK;
}

static int by_defect(const void *context, uint32_t a, uint32_t b) {
    const ntm_unit_finding *findings = context;
    const ntm_unit_finding *x = &findings[a], *y = &findings[b];
    if (x->defect != y->defect) return x->defect < y->defect ? -1 : 1;
    if (x->unit != y->unit) return x->unit < y->unit ? -1 : 1;
    return (x->edge > y->edge) - (x->edge < y->edge);
}

static bool keep_findings(ntm_i_units_making *m) {
    ntm_units *units = m->units;
    units->findings =
        ntm_i_sorted(&units->arena, m->findings.items, m->findings.count, sizeof *units->findings, by_defect);
    if (units->findings != NULL) units->finding_count = m->findings.count;
    return units->findings != NULL;
}

static bool is_good(const ntm_i_units_making *m) { return !m->cells.no_memory && m->cells.problem_count == 0; }

/* All stages. What a later one needs is only there when the earlier ones found nothing wrong; problems that do not
   hinder each other are told together. */
static void make(ntm_i_units_making *m, const ntm_table *units, const ntm_table *succession,
                 const ntm_table *attributes) {
    ntm_i_units_load(m, units);
    if (!is_good(m)) return;
    m->spare = ntm_i_allocate(&m->units->arena.allocator, m->units->count, sizeof *m->spare);
    if (m->spare == NULL) m->cells.no_memory = true;
    if (is_good(m)) ntm_i_units_index(m);
    if (!m->cells.no_memory) ntm_i_units_lift(m);
    if (!m->cells.no_memory) ntm_i_units_name(m);
    if (is_good(m)) ntm_i_units_edges(m, succession);
    if (is_good(m)) ntm_i_units_sequence(m);
    if (!m->cells.no_memory && m->units->group_first != NULL) ntm_i_units_attribute_values(m, attributes);
    if (is_good(m) && !keep_findings(m)) m->cells.no_memory = true;
    ntm_i_release(&m->units->arena.allocator, m->spare, m->units->count, sizeof *m->spare);
}

static ntm_status make_from(ntm_units **out, const ntm_table *units, const ntm_table *succession,
                            const ntm_table *attributes, ntm_i_units_labels labels, const ntm_units_options *options,
                            ntm_error *err) {
    ntm_status status = ntm_table_check(units, options->problems, err);
    if (status == NTM_OK && succession != NULL) status = ntm_table_check(succession, options->problems, err);
    if (status == NTM_OK && attributes != NULL) status = ntm_table_check(attributes, options->problems, err);
    if (status != NTM_OK) return status;
    ntm_units *made = ntm_i_allocate(options->allocator, 1, sizeof *made);
    if (made == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&made->arena, options->allocator);
    ntm_i_units_making m = {.units = made, .options = options, .labels = labels};
    m.cells = (ntm_i_cells){&made->arena, options->problems, NULL, NTM_ERROR_INIT, 0, false};
    ntm_i_array_start(&m.findings, options->allocator, sizeof(ntm_unit_finding));
    make(&m, units, succession, attributes);
    ntm_i_array_end(&m.findings);
    status = ntm_i_cells_status(&m.cells, err);
    if (status == NTM_OK)
        *out = made;
    else
        ntm_units_free(made);
    return status;
}

ntm_status ntm_units_new(ntm_units **out, const ntm_table *units, const ntm_table *succession,
                         const ntm_table *attributes, const ntm_units_options *options, ntm_error *err) {
    const ntm_units_options usual = NTM_UNITS_OPTIONS_INIT;
    const ntm_i_units_labels labels = {"units", "succession", "attributes"};
    if (options == NULL) options = &usual;
    if (out == NULL || units == NULL) return ntm_i_wrong_call(err, "a place for the registry and a table are needed");
    ntm_status status = check_options(options, err);
    return status == NTM_OK ? make_from(out, units, succession, attributes, labels, options, err) : status;
}

/* ------------------------------------------------------------------------------------------- files */

/* What a column of one of the files is read as. */
typedef struct file_column {
    const char *name;
    ntm_csv_kind kind;
} file_column;

static const file_column units_columns[] = {
    {"code", NTM_CSV_CODES},   {"name", NTM_CSV_TEXT},       {"level", NTM_CSV_CODES},
    {"parent", NTM_CSV_CODES}, {"valid_from", NTM_CSV_TEXT}, {"valid_to", NTM_CSV_TEXT},
};
static const file_column succession_columns[] = {
    {"old_code", NTM_CSV_TEXT},   {"new_code", NTM_CSV_TEXT}, {"on", NTM_CSV_TEXT},
    {"part", NTM_CSV_CODES},      {"level", NTM_CSV_CODES},   {"old_level", NTM_CSV_CODES},
    {"new_level", NTM_CSV_CODES}, {"old_name", NTM_CSV_TEXT}, {"new_name", NTM_CSV_TEXT},
};
static const file_column attribute_columns[] = {
    {"code", NTM_CSV_TEXT},   {"attribute", NTM_CSV_CODES}, {"value", NTM_CSV_CODES},
    {"level", NTM_CSV_CODES}, {"valid_from", NTM_CSV_TEXT}, {"valid_to", NTM_CSV_TEXT},
};

/* One of the three files. */
typedef struct source {
    const char *path;
    const file_column *columns;
    size_t column_count;
    bool weights; /* the weights of the options are in it */
    ntm_csv *csv;
} source;

static bool is_weight(const source *s, const char *header, const ntm_units_options *options) {
    bool is = false;
    for (size_t i = 0; i < options->weight_count && s->weights; i++)
        is = is || strcmp(options->weights[i], header) == 0;
    return is;
}

static bool is_chosen(const ntm_csv_field *fields, size_t chosen, const char *header) {
    for (size_t i = 0; i < chosen; i++)
        if (strcmp(fields[i].header, header) == 0) return true;
    return false;
}

/* So many columns that nobody knows are refused by name; a file of thousands of them is not read for that. */
enum { UNKNOWN_MOST = 100 };

/* The fields to ask for: those of the header that are known, and the others as text, to be refused by name. One that is
   there twice is asked for once: the reader finds the second. */
static size_t choose_fields(ntm_csv_field *fields, const source *s, const char *const *headers, size_t count,
                            const ntm_units_options *options) {
    size_t chosen = 0, unknown = 0;
    for (size_t i = 0; i < count; i++) {
        const file_column *known = NULL;
        for (size_t at = 0; at < s->column_count; at++)
            if (strcmp(s->columns[at].name, headers[i]) == 0) known = &s->columns[at];
        bool weight = known == NULL && is_weight(s, headers[i], options);
        if (known == NULL && !weight && (options->ignore_unknown || unknown == UNKNOWN_MOST)) continue;
        if (is_chosen(fields, chosen, headers[i])) continue;
        unknown += known == NULL && !weight;
        ntm_csv_kind kind = known != NULL ? known->kind : weight ? NTM_CSV_NUMBER : NTM_CSV_TEXT;
        fields[chosen++] = (ntm_csv_field){headers[i], NULL, kind, NTM_LOCALE_PLAIN, 6, 1, NULL, NULL, NULL, NULL};
    }
    return chosen;
}

static ntm_status read_source(source *s, const ntm_units_options *options, ntm_error *err) {
    const ntm_allocator *allocator = options->allocator;
    ntm_csv_options reading = NTM_CSV_OPTIONS_INIT;
    ntm_i_arena arena;
    char *bytes = NULL;
    size_t size = 0, count = 0;
    const char *const *headers = NULL;
    reading.problems = options->problems;
    reading.allocator = allocator;
    ntm_error problem = NTM_ERROR_INIT;
    if (ntm_i_file_read(&bytes, &size, s->path, (size_t)1 << 30, allocator, &problem) != NTM_OK) {
        if (problem.status != NTM_ERROR_MEMORY) ntm_i_problems_add(options->problems, &problem);
        return ntm_i_error_copy(err, &problem);
    }
    ntm_i_arena_start(&arena, allocator);
    bool fits = ntm_i_csv_headers(&headers, &count, bytes, size, ',', &arena);
    ntm_csv_field *fields = fits ? ntm_i_arena_take(&arena, count, sizeof *fields) : NULL;
    ntm_status status = fields == NULL ? ntm_i_no_memory(err) : NTM_OK;
    if (status == NTM_OK) {
        size_t chosen = choose_fields(fields, s, headers, count, options);
        status = ntm_csv_read(&s->csv, bytes, size, s->path, fields, chosen, &reading, err);
    }
    ntm_i_arena_end(&arena);
    ntm_i_release(allocator, bytes, size + 1, 1);
    return status;
}

ntm_status ntm_units_open(ntm_units **out, const char *units_path, const char *succession_path,
                          const char *attributes_path, const ntm_units_options *options, ntm_error *err) {
    const ntm_units_options usual = NTM_UNITS_OPTIONS_INIT;
    if (options == NULL) options = &usual;
    if (out == NULL || units_path == NULL)
        return ntm_i_wrong_call(err, "a place for the registry and the path of its units are needed");
    ntm_status status = check_options(options, err);
    source sources[3] = {
        {units_path, units_columns, sizeof units_columns / sizeof *units_columns, false, NULL},
        {succession_path, succession_columns, sizeof succession_columns / sizeof *succession_columns, true, NULL},
        {attributes_path, attribute_columns, sizeof attribute_columns / sizeof *attribute_columns, false, NULL},
    };
    for (size_t i = 0; i < 3 && status == NTM_OK; i++)
        if (sources[i].path != NULL) status = read_source(&sources[i], options, err);
    const ntm_i_units_labels labels = {ntm_i_cells_label(units_path), ntm_i_cells_label(succession_path),
                                       ntm_i_cells_label(attributes_path)};
    if (status == NTM_OK)
        status = make_from(out, ntm_csv_table(sources[0].csv), ntm_csv_table(sources[1].csv),
                           ntm_csv_table(sources[2].csv), labels, options, err);
    for (size_t i = 0; i < 3; i++)
        ntm_csv_free(sources[i].csv);
    return status;
}
