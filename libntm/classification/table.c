/* SPDX-License-Identifier: Apache-2.0 */
/* The codes of a table, and of one entry. Rows are told apart by their span: days between which no rule begins or ends. */
#include <string.h>

#include "base/checked.h"
#include "base/text.h"
#include "classification/columns.h"
#include "column/bits.h"
#include "column/values.h"

/* Beyond so many states for each row a table is not kept: a file made for it could have thousands of spans. */
#define STATES_PER_ROW 4

static const char *const code_columns[NTM_CODE_KIND_END] = {
    NULL, "chapter", "category", "class", "item", "subitem", "programme_code", "source_code", "budget_level"};

const char *ntm_i_code_column(ntm_code_kind kind) { return code_columns[kind]; }

/* The programmes of one id. */
typedef struct named {
    size_t start;
    size_t end;
} named;

typedef struct checking {
    const ntm_classification *c;
    const ntm_codes_options *options;
    const ntm_table *table;
    ntm_i_cells cells;
    ntm_i_arena arena;
    ntm_i_judge judge;
    ntm_i_texts codes[NTM_CODE_KIND_END];
    ntm_i_texts programme, source, date;
    ntm_i_code_state *states[NTM_CODE_KIND_END]; /* of each text in each span; NULL = looked up for each row */
    bool *looked[NTM_CODE_KIND_END];
    size_t state_count[NTM_CODE_KIND_END];
    ntm_date *days; /* of each text of `date` */
    bool *parsed;   /* which of them have been read */
    named *programmes;
    bool *local;
    ntm_codes_count count;
    size_t row;
    bool bad, open; /* of the row */
} checking;

/* ------------------------------------------------------------------------------------------- reading */

/* The span of a day: how many turns are on or before it. */
static size_t span_of(const ntm_classification *c, ntm_date on) {
    size_t low = 0, high = c->turn_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->turns[middle] <= on)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The day of a row, NTM_DATE_NONE when it has none or what it has is none; `why` says so of the latter. */
static ntm_date day_of(const checking *k, size_t row, ntm_error *why) {
    const ntm_field *field = k->date.field;
    if (field == NULL) return NTM_DATE_NONE;
    if (k->date.integers) {
        if (ntm_column_known(&field->column, row) != NTM_REPORTED) return NTM_DATE_NONE;
        int64_t number = ntm_i_column_integer(&field->column, row);
        if (number > INT32_MIN && number <= INT32_MAX && ntm_i_date_is((ntm_date)number)) return (ntm_date)number;
        (void)ntm_i_fail(why, NTM_ERROR_VALUE, NTM_I_NOWHERE, "%lld is no day of the years 1 to 9999",
                         (long long)number);
        return NTM_DATE_NONE;
    }
    int32_t id = ntm_i_texts_at(&k->date, row);
    if (id == NTM_I_ABSENT) return NTM_DATE_NONE;
    if (!k->parsed[id]) {
        const char *text = k->date.names[id];
        ntm_error reason = NTM_ERROR_INIT;
        k->days[id] = NTM_DATE_NONE;
        if (ntm_date_parse(&k->days[id], text, strlen(text), &reason) != NTM_OK)
            (void)ntm_i_fail(why, reason.status, NTM_I_NOWHERE, "\"%.*s\": %s", ntm_i_shown(text, strlen(text)), text,
                             reason.message);
        k->parsed[id] = true;
    }
    return k->days[id];
}

/* Reads all days once: what is no day is told, a text once, at its first row. */
static bool read_days(checking *k) {
    k->days = ntm_i_arena_take(&k->arena, k->date.count, sizeof *k->days);
    k->parsed = ntm_i_arena_take(&k->arena, k->date.count, sizeof *k->parsed);
    if (k->days == NULL || k->parsed == NULL) return false;
    for (size_t row = 0; k->date.field != NULL && row < k->table->rows; row++) {
        ntm_error why = NTM_ERROR_INIT;
        (void)day_of(k, row, &why);
        if (why.status != NTM_OK) ntm_i_cells_complain(&k->cells, why.status, "date", row, "%s", why.message);
    }
    return true;
}

/* Which texts are declared programmes, and which are local sources. */
static bool read_ids(checking *k) {
    k->programmes = ntm_i_arena_take(&k->arena, k->programme.count, sizeof *k->programmes);
    k->local = ntm_i_arena_take(&k->arena, k->source.count, sizeof *k->local);
    if (k->programmes == NULL || k->local == NULL) return false;
    for (size_t id = 0; id < k->programme.count; id++)
        if (k->programme.names[id] != NULL)
            ntm_i_programmes_named(&k->programmes[id].start, &k->programmes[id].end, &k->judge.programmes,
                                   k->programme.names[id], strlen(k->programme.names[id]));
    for (size_t id = 0; id < k->source.count; id++)
        for (size_t i = 0; i < k->options->local_source_count && !k->local[id]; i++)
            k->local[id] = ntm_i_text_same(k->source.names[id], k->options->local_sources[i]);
    return true;
}

static bool read_columns(checking *k) {
    for (int kind = NTM_CODE_CHAPTER; kind < NTM_CODE_KIND_END; kind++) {
        ntm_i_texts *texts = &k->codes[kind];
        if (!ntm_i_texts_start(texts, &k->cells, k->table, code_columns[kind], NTM_I_TEXTS_CODES)) return false;
        size_t spans = k->c->turn_count + 1, states = 0;
        if (ntm_i_multiply_overflows(texts->count, spans, &states) || states / STATES_PER_ROW > k->table->rows + 16384)
            continue;
        k->state_count[kind] = states;
        k->states[kind] = ntm_i_allocate(&k->arena.allocator, states, sizeof **k->states);
        k->looked[kind] = ntm_i_allocate(&k->arena.allocator, states, sizeof **k->looked);
        if (k->states[kind] == NULL || k->looked[kind] == NULL) return false;
    }
    return ntm_i_texts_start(&k->programme, &k->cells, k->table, "programme", NTM_I_TEXTS_IDS) &&
           ntm_i_texts_start(&k->source, &k->cells, k->table, "source", NTM_I_TEXTS_IDS) &&
           ntm_i_texts_start(&k->date, &k->cells, k->table, "date", NTM_I_TEXTS_DAYS) && read_days(k) && read_ids(k);
}

static void end(checking *k) {
    for (int kind = NTM_CODE_CHAPTER; kind < NTM_CODE_KIND_END; kind++) {
        ntm_i_texts_end(&k->codes[kind], &k->cells, k->table->rows);
        ntm_i_release(&k->arena.allocator, k->states[kind], k->state_count[kind], sizeof **k->states);
        ntm_i_release(&k->arena.allocator, k->looked[kind], k->state_count[kind], sizeof **k->looked);
    }
    ntm_i_texts_end(&k->programme, &k->cells, k->table->rows);
    ntm_i_texts_end(&k->source, &k->cells, k->table->rows);
    ntm_i_texts_end(&k->date, &k->cells, k->table->rows);
    ntm_i_arena_end(&k->arena);
}

/* ------------------------------------------------------------------------------------------- rows */

/* How many digits a kind's codes have on a day: as many as the first rule in force says. */
static unsigned digits_of(const ntm_classification *c, ntm_code_kind kind, ntm_date on) {
    for (size_t i = c->starts[kind]; i < c->starts[kind + 1]; i++)
        if (ntm_i_rule_of_codes(&c->rules[i]) && ntm_i_rule_holds(&c->rules[i], on)) return c->rules[i].digits;
    return 0;
}

/* The text of a row's code, and what the rules say of it. */
static void look(checking *k, ntm_i_entry *entry, int kind, size_t span, char room[32]) {
    const ntm_i_texts *texts = &k->codes[kind];
    int32_t id = texts->field == NULL ? NTM_I_ABSENT : ntm_i_texts_at(texts, k->row);
    entry->states[kind] = NTM_I_CODE_UNKNOWN(false);
    if (id == NTM_I_ABSENT) return;
    size_t at = (size_t)id * (k->c->turn_count + 1) + span;
    bool kept = k->states[kind] != NULL;
    unsigned digits = 0;
    if (kept && k->looked[kind][at]) {
        entry->states[kind] = k->states[kind][at];
        digits = entry->states[kind].digits;
    } else {
        digits = digits_of(k->c, (ntm_code_kind)kind, entry->on);
    }
    entry->texts[kind] = ntm_i_texts_code(room, &entry->sizes[kind], texts, id, digits);
    if (kept && k->looked[kind][at]) return;
    entry->states[kind] = ntm_i_code_look(k->c, (ntm_code_kind)kind, entry->texts[kind], entry->sizes[kind], entry->on,
                                          k->options->seen_only);
    if (!kept) return;
    k->states[kind][at] = entry->states[kind];
    k->looked[kind][at] = true;
}

static void tell_row(void *context, const ntm_code_finding *finding) {
    checking *k = context;
    k->count.findings[finding->verdict]++;
    if (finding->verdict == NTM_CODE_OPEN)
        k->open = true;
    else
        k->bad = true;
    if (k->options->found != NULL) k->options->found(k->options->context, k->row, finding);
    if (k->options->problems == NULL || finding->verdict == NTM_CODE_OPEN) return;
    char text[sizeof((ntm_error *)0)->message];
    ntm_error problem = NTM_ERROR_INIT;
    (void)ntm_code_finding_text(text, sizeof text, finding);
    (void)ntm_i_fail(&problem, NTM_ERROR_VALUE, NTM_I_ROW(code_columns[finding->kind], k->row), "%s", text);
    ntm_i_problems_add(k->options->problems, &problem);
}

/* A row of which the day is not known: all that it has is open. */
static void tell_undated(checking *k) {
    for (int kind = NTM_CODE_CHAPTER; kind < NTM_CODE_KIND_END; kind++) {
        const ntm_i_texts *texts = &k->codes[kind];
        int32_t id = texts->field == NULL ? NTM_I_ABSENT : ntm_i_texts_at(texts, k->row);
        if (id == NTM_I_ABSENT) continue;
        const ntm_i_code_state unknown = NTM_I_CODE_UNKNOWN(true);
        ntm_code_finding finding;
        ntm_i_code_finding(&finding, k->c, (ntm_code_kind)kind, &unknown, texts->names[id], strlen(texts->names[id]));
        tell_row(k, &finding);
    }
}

static void check_row(checking *k) {
    ntm_i_entry entry;
    char rooms[NTM_CODE_KIND_END][32];
    entry.on = day_of(k, k->row, NULL);
    if (entry.on == NTM_DATE_NONE) entry.on = k->options->on;
    if (entry.on == NTM_DATE_NONE) {
        tell_undated(k);
        return;
    }
    size_t span = span_of(k->c, entry.on);
    for (int kind = NTM_CODE_CHAPTER; kind < NTM_CODE_KIND_END; kind++)
        look(k, &entry, kind, span, rooms[kind]);
    entry.programme = NULL;
    int32_t id = k->programme.field == NULL ? NTM_I_ABSENT : ntm_i_texts_at(&k->programme, k->row);
    if (id != NTM_I_ABSENT) {
        const named *of = &k->programmes[id];
        entry.programme = ntm_i_programmes_on(&k->judge.programmes, of->start, of->end, entry.on);
        if (entry.programme == NULL) k->count.undeclared++;
    }
    id = k->source.field == NULL ? NTM_I_ABSENT : ntm_i_texts_at(&k->source, k->row);
    entry.local_source = id != NTM_I_ABSENT && k->local[id];
    ntm_i_entry_judge(&k->judge, &entry);
}

static void check_rows(checking *k) {
    size_t rows = k->table->rows;
    if (k->options->bad != NULL) memset(k->options->bad, 0, (rows + 7) / 8);
    if (k->options->open != NULL) memset(k->options->open, 0, (rows + 7) / 8);
    for (k->row = 0; k->row < rows; k->row++) {
        k->bad = k->open = false;
        check_row(k);
        k->open = k->open && !k->bad;
        if (k->options->bad != NULL && k->bad) ntm_i_set_bit(k->options->bad, k->row, true);
        if (k->options->open != NULL && k->open) ntm_i_set_bit(k->options->open, k->row, true);
        k->count.bad += k->bad;
        k->count.open += k->open;
    }
    k->count.rows = rows;
    k->count.good = rows - k->count.bad - k->count.open;
}

ntm_status ntm_codes_check_table(ntm_codes_count *out, const ntm_classification *c, const ntm_table *table,
                                 const ntm_codes_options *options, ntm_error *err) {
    const ntm_codes_options usual = NTM_CODES_OPTIONS_INIT;
    if (options == NULL) options = &usual;
    if (c == NULL || table == NULL) return ntm_i_wrong_call(err, "a classification and a table are needed");
    ntm_status status = ntm_i_codes_options_check(options, err);
    if (status == NTM_OK) status = ntm_table_check(table, options->problems, err);
    if (status == NTM_OK && table->rows >= UINT32_MAX)
        status = ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "%zu rows: expected fewer than 2^32 - 1", table->rows);
    if (status != NTM_OK) return status;
    const ntm_allocator allocator = ntm_i_allocator(options->allocator);
    checking k = {.c = c, .options = options, .table = table};
    ntm_i_arena_start(&k.arena, &allocator);
    k.cells = (ntm_i_cells){&k.arena, options->problems, NULL, NTM_ERROR_INIT, 0, false};
    k.judge = (ntm_i_judge){c, {NULL, NULL, 0}, options->seen_only, tell_row, &k};
    status = ntm_i_programmes_take(&k.judge.programmes, c, options, &k.arena, err);
    if (status == NTM_OK) {
        k.cells.no_memory = !read_columns(&k);
        status = ntm_i_cells_status(&k.cells, err);
    }
    if (status == NTM_OK) check_rows(&k);
    if (status == NTM_OK && out != NULL) *out = k.count;
    end(&k);
    return status;
}

/* ------------------------------------------------------------------------------------------- one entry */

typedef struct listing {
    ntm_code_finding *out;
    size_t capacity;
    size_t count;
} listing;

static void list(void *context, const ntm_code_finding *finding) {
    listing *to = context;
    if (to->count < to->capacity) to->out[to->count] = *finding;
    to->count++;
}

static void enter(ntm_i_entry *entry, const ntm_classification *c, const ntm_budget_codes *codes, bool seen_only) {
    const char *const texts[NTM_CODE_KIND_END] = {
        NULL,           codes->chapter,        codes->category,    codes->class_code,  codes->item,
        codes->subitem, codes->programme_code, codes->source_code, codes->budget_level};
    for (int kind = NTM_CODE_CHAPTER; kind < NTM_CODE_KIND_END; kind++) {
        entry->states[kind] = NTM_I_CODE_UNKNOWN(false);
        if (texts[kind] == NULL || texts[kind][0] == '\0') continue;
        entry->texts[kind] = texts[kind];
        entry->sizes[kind] = strlen(texts[kind]);
        entry->states[kind] =
            ntm_i_code_look(c, (ntm_code_kind)kind, texts[kind], entry->sizes[kind], entry->on, seen_only);
    }
}

ntm_status ntm_entry_check(ntm_code_finding *out, size_t *count, size_t capacity, const ntm_classification *c,
                           const ntm_budget_codes *codes, ntm_date on, const ntm_codes_options *options,
                           ntm_error *err) {
    const ntm_codes_options usual = NTM_CODES_OPTIONS_INIT;
    if (options == NULL) options = &usual;
    if (count == NULL || (out == NULL && capacity > 0) || c == NULL || codes == NULL ||
        codes->struct_size < sizeof *codes)
        return ntm_i_wrong_call(err, "room for the findings, a place for their count, a classification and codes that "
                                     "begin with NTM_BUDGET_CODES_INIT are needed");
    if (!ntm_i_date_is(on)) return ntm_i_wrong_call(err, "a day of the years 1 to 9999 is needed");
    ntm_status status = ntm_i_codes_options_check(options, err);
    if (status != NTM_OK) return status;
    const ntm_allocator allocator = ntm_i_allocator(options->allocator);
    ntm_i_arena arena;
    listing to = {out, capacity, 0};
    ntm_i_judge judge = {c, {NULL, NULL, 0}, options->seen_only, list, &to};
    ntm_i_arena_start(&arena, &allocator);
    status = ntm_i_programmes_take(&judge.programmes, c, options, &arena, err);
    if (status == NTM_OK) {
        ntm_i_entry entry = {.on = on};
        enter(&entry, c, codes, options->seen_only);
        if (codes->programme != NULL) {
            size_t start = 0, end_of = 0;
            ntm_i_programmes_named(&start, &end_of, &judge.programmes, codes->programme, strlen(codes->programme));
            entry.programme = ntm_i_programmes_on(&judge.programmes, start, end_of, on);
        }
        for (size_t i = 0; i < options->local_source_count && codes->source != NULL; i++)
            entry.local_source = entry.local_source || strcmp(codes->source, options->local_sources[i]) == 0;
        ntm_i_entry_judge(&judge, &entry);
        *count = to.count;
    }
    ntm_i_arena_end(&arena);
    return status;
}
