/* SPDX-License-Identifier: Apache-2.0 */
/* The budget codes of entries, each held against the classification on the day of its entry. The check sees the members of
 * programmes and sources, not the texts that name them. */
#include <string.h>

#include "base/text.h"
#include "classification/classification.h"
#include "column/bits.h"
#include "ledger/ledger.h"

/* What the check is given besides the columns of codes. */
enum { DATE, PROGRAMME, SOURCE, OWN_FIELDS };

typedef struct classified {
    ntm_i_ledger_making *m;
    ntm_field *fields;
    size_t field_count;
    int32_t *own[OWN_FIELDS];
    uint8_t *dated;
    const char **local;
    size_t local_count;
} classified;

static bool lost(classified *c) {
    c->m->cells.no_memory = true;
    return false;
}

bool ntm_i_ledger_is_code_column(const ntm_ledger_options *options, const char *name) {
    for (int kind = NTM_CODE_CHAPTER; kind < NTM_CODE_KIND_END && options->classification != NULL; kind++)
        if (strcmp(ntm_i_code_column((ntm_code_kind)kind), name) == 0) return true;
    return false;
}

/* ------------------------------------------------------------------------------------------- the table */

static bool add_own(classified *c, int which, const char *name) {
    size_t rows = c->m->ledger->rows;
    ntm_field *field = &c->fields[c->field_count++];
    c->own[which] = ntm_i_allocate(&c->m->ledger->arena.allocator, rows, sizeof(int32_t));
    if (c->own[which] == NULL) return lost(c);
    field->name = name;
    field->column = (ntm_column)NTM_COLUMN_INIT;
    field->column.type = NTM_TYPE_INT32;
    field->column.data = c->own[which];
    field->column.stride_bytes = sizeof(int32_t);
    field->column.length = rows;
    return true;
}

/* The last day of each entry; a row whose day is none is told already. */
static bool add_days(classified *c) {
    const ntm_ledger *ledger = c->m->ledger;
    c->dated = ntm_i_allocate(&ledger->arena.allocator, ledger->rows / 8 + 1, 1);
    if (c->dated == NULL) return lost(c);
    if (!add_own(c, DATE, "date")) return false;
    c->fields[c->field_count - 1].column.validity = c->dated;
    for (size_t row = 0; row < ledger->rows; row++) {
        ntm_period period = ledger->periods[ledger->time_column == NULL ? 0 : ntm_i_code_at(&ledger->time, row)];
        c->own[DATE][row] = period.last_day;
        ntm_i_set_bit(c->dated, row, period.length != 0);
    }
    return true;
}

/* A dimension as categories: the ids of its members. What is left out is "not stated". */
static bool add_members(classified *c, int which, const ntm_i_ledger_dimension *dimension) {
    ntm_i_arena *arena = &c->m->ledger->arena;
    size_t count = dimension->member_count;
    const char **ids = ntm_i_arena_take(arena, count + 1, sizeof *ids);
    if (ids == NULL) return lost(c);
    if (!add_own(c, which, dimension->name)) return false;
    for (size_t i = 0; i < count; i++)
        ids[i] = dimension->members[i].id;
    ids[count] = "";
    c->fields[c->field_count - 1].column.categories = ids;
    c->fields[c->field_count - 1].column.category_count = count + 1;
    for (size_t row = 0; row < c->m->ledger->rows; row++) {
        uint32_t member = dimension->member_of[ntm_i_code_at(&dimension->codes, row)];
        c->own[which][row] = (int32_t)(member == NTM_I_NO_MEMBER ? count : member);
    }
    return true;
}

/* ------------------------------------------------------------------------------------------- local money */

static bool is_listed(const ntm_codes_options *codes, const char *id) {
    if (codes->local_sources == NULL) return strcmp(id, "local") == 0;
    for (size_t i = 0; i < codes->local_source_count; i++)
        if (ntm_i_text_same(codes->local_sources[i], id)) return true;
    return false;
}

static const ntm_member *parent_of(const ntm_i_ledger_dimension *dimension, const ntm_member *member) {
    for (uint32_t i = 0; i < dimension->declared_count && member->parent != NULL; i++)
        if (strcmp(dimension->members[i].id, member->parent) == 0) return &dimension->members[i];
    return NULL;
}

/* The members that are local money: those listed, and all their parts. */
static bool find_local(classified *c, const ntm_i_ledger_dimension *dimension, const ntm_codes_options *codes) {
    c->local = ntm_i_arena_take(&c->m->ledger->arena, dimension->member_count, sizeof *c->local);
    if (c->local == NULL) return lost(c);
    for (uint32_t i = 0; i < dimension->member_count; i++) {
        const ntm_member *at = &dimension->members[i];
        while (at != NULL && !is_listed(codes, at->id))
            at = parent_of(dimension, at);
        if (at != NULL) c->local[c->local_count++] = dimension->members[i].id;
    }
    return true;
}

/* ------------------------------------------------------------------------------------------- checking */

static void found(void *context, size_t row, const ntm_code_finding *finding) {
    ntm_i_ledger_making *m = context;
    char text[512];
    if (finding->verdict == NTM_CODE_OPEN || m->limit) return;
    (void)ntm_code_finding_text(text, sizeof text, finding);
    ntm_i_ledger_row(m, NTM_ERROR_VALUE, ntm_i_code_column(finding->kind), row, "%s", text);
}

static bool gather(classified *c, const ntm_codes_options *codes) {
    const ntm_table *table = c->m->table;
    ntm_ledger *ledger = c->m->ledger;
    c->fields = ntm_i_arena_take(&ledger->arena, table->field_count + OWN_FIELDS, sizeof *c->fields);
    if (c->fields == NULL) return lost(c);
    for (size_t i = 0; i < table->field_count; i++)
        if (ntm_i_ledger_is_code_column(c->m->options, table->fields[i].name))
            c->fields[c->field_count++] = table->fields[i];
    const ntm_i_ledger_dimension *programme = ntm_i_ledger_dimension_of(ledger, "programme");
    const ntm_i_ledger_dimension *source = ntm_i_ledger_dimension_of(ledger, "source");
    return add_days(c) && (programme == NULL || add_members(c, PROGRAMME, programme)) &&
           (source == NULL || (add_members(c, SOURCE, source) && find_local(c, source, codes)));
}

void ntm_i_ledger_check_codes(ntm_i_ledger_making *m) {
    const ntm_codes_options usual = NTM_CODES_OPTIONS_INIT;
    const ntm_codes_options *given = m->options->codes == NULL ? &usual : m->options->codes;
    const ntm_allocator *allocator = &m->ledger->arena.allocator;
    classified c = {.m = m};
    if (m->options->classification == NULL || m->ledger->rows == 0) return;
    if (gather(&c, given)) {
        ntm_table table = NTM_TABLE_INIT;
        ntm_codes_options codes = NTM_CODES_OPTIONS_INIT;
        ntm_error err = NTM_ERROR_INIT;
        table.rows = m->ledger->rows;
        table.fields = c.fields;
        table.field_count = c.field_count;
        codes.seen_only = given->seen_only;
        codes.programmes = given->programmes;
        codes.programme_count = given->programme_count;
        codes.local_sources = c.local;
        codes.local_source_count = c.local_count;
        codes.found = found;
        codes.context = m;
        codes.allocator = allocator;
        ntm_status status = ntm_codes_check_table(NULL, m->options->classification, &table, &codes, &err);
        if (status == NTM_ERROR_MEMORY)
            m->cells.no_memory = true;
        else if (status != NTM_OK)
            ntm_i_cells_complain(&m->cells, status, err.subject, err.row == NTM_NO_ROW ? SIZE_MAX : (size_t)err.row,
                                 "%s", err.message);
    }
    for (int i = 0; i < OWN_FIELDS; i++)
        ntm_i_release(allocator, c.own[i], m->ledger->rows, sizeof(int32_t));
    ntm_i_release(allocator, c.dated, m->ledger->rows / 8 + 1, 1);
}
