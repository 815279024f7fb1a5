/* SPDX-License-Identifier: Apache-2.0 */
/* Entries that say the same, by some columns. Rows are sorted by what they say: nothing a caller can choose makes that
 * slow. */
#include <string.h>

#include "base/sort.h"
#include "base/text.h"
#include "column/bits.h"
#include "ledger/ledger.h"

enum { COLUMNS_MOST = 64 };

typedef struct comparing {
    const ntm_ledger *ledger;
    const ntm_i_ledger_dimension *dimensions[COLUMNS_MOST];
    size_t dimension_count;
    bool time, amount, quantity;
} comparing;

static int order(int64_t a, int64_t b) { return a < b ? -1 : a > b; }

static int by_number(const ntm_i_numbers *numbers, uint32_t a, uint32_t b) {
    bool left = numbers->known == NULL || ntm_i_bit(numbers->known, numbers->known_offset + a);
    bool right = numbers->known == NULL || ntm_i_bit(numbers->known, numbers->known_offset + b);
    if (!left || !right) return (int)left - (int)right;
    return order(numbers->values[a], numbers->values[b]);
}

static int by_time(const ntm_ledger *ledger, uint32_t a, uint32_t b) {
    ntm_period left = ledger->periods[ntm_i_code_at(&ledger->time, a)];
    ntm_period right = ledger->periods[ntm_i_code_at(&ledger->time, b)];
    int first = order(left.first_day, right.first_day);
    return first != 0 ? first : order(left.last_day, right.last_day);
}

static int by_what_they_say(const void *context, uint32_t a, uint32_t b) {
    const comparing *c = context;
    for (size_t i = 0; i < c->dimension_count; i++) {
        const ntm_i_ledger_dimension *dimension = c->dimensions[i];
        int way = order(dimension->member_of[ntm_i_code_at(&dimension->codes, a)],
                        dimension->member_of[ntm_i_code_at(&dimension->codes, b)]);
        if (way != 0) return way;
    }
    int way = c->time ? by_time(c->ledger, a, b) : 0;
    if (way == 0 && c->amount) way = by_number(&c->ledger->amounts, a, b);
    if (way == 0 && c->quantity) way = by_number(&c->ledger->quantities, a, b);
    return way;
}

static ntm_status find_columns(comparing *c, const char *const *columns, size_t count, ntm_error *err) {
    const ntm_ledger *ledger = c->ledger;
    for (size_t i = 0; i < count; i++) {
        if (columns[i] == NULL) return ntm_i_wrong_call(err, "a column is NULL");
        const ntm_i_ledger_dimension *dimension = ntm_i_ledger_dimension_of(ledger, columns[i]);
        bool time = ledger->time_column != NULL &&
                    (strcmp(columns[i], ledger->time_column) == 0 || strcmp(columns[i], "date") == 0);
        bool amount = strcmp(columns[i], "amount") == 0 && ledger->amounts.values != NULL;
        bool quantity = strcmp(columns[i], "quantity") == 0 && ledger->quantities.values != NULL;
        c->time = c->time || time;
        c->amount = c->amount || amount;
        c->quantity = c->quantity || quantity;
        if (dimension == NULL && !time && !amount && !quantity)
            return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(columns[i]), "the ledger has no such column");
        if (dimension == NULL) continue;
        if (c->dimension_count == COLUMNS_MOST)
            return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "more than %d columns", COLUMNS_MOST);
        c->dimensions[c->dimension_count++] = dimension;
    }
    return NTM_OK;
}

static ntm_status all_columns(comparing *c, ntm_error *err) {
    const ntm_ledger *ledger = c->ledger;
    if (ledger->dimension_count > COLUMNS_MOST)
        return ntm_i_fail(err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "more than %d columns", COLUMNS_MOST);
    for (size_t i = 0; i < ledger->dimension_count; i++)
        c->dimensions[c->dimension_count++] = &ledger->dimensions[i];
    c->time = ledger->time_column != NULL;
    c->amount = ledger->amounts.values != NULL;
    c->quantity = ledger->quantities.values != NULL;
    return NTM_OK;
}

static int by_row(const void *context, uint32_t a, uint32_t b) {
    (void)context;
    return order(a, b);
}

/* `first[row]` of each kept row is the first that says the same; `rows` and `spare` have room for all. */
static size_t find_first(uint32_t *first, uint32_t *rows, uint32_t *spare, const comparing *c) {
    size_t kept = 0, found = 0;
    for (size_t row = 0; row < c->ledger->rows; row++)
        if (!ntm_i_ledger_is_out(c->ledger, row)) rows[kept++] = (uint32_t)row;
    ntm_i_sort(rows, spare, kept, by_what_they_say, c); /* stable: the first of equal ones stays first */
    uint32_t start = kept == 0 ? 0 : rows[0];
    for (size_t i = 1; i < kept; i++) {
        uint32_t row = rows[i];
        bool repeats = by_what_they_say(c, start, row) == 0;
        if (!repeats) start = row;
        first[row] = start;
        if (repeats) rows[found++] = row; /* found < i: what is overwritten has been read */
    }
    ntm_i_sort(rows, spare, found, by_row, NULL);
    return found;
}

/* Calls back for every row that repeats another. */
static ntm_status each_duplicate(const ntm_ledger *ledger, const char *const *columns, size_t column_count,
                                 void (*take)(void *context, uint32_t row, uint32_t of), void *context,
                                 ntm_error *err) {
    comparing c = {.ledger = ledger};
    ntm_i_arena arena;
    ntm_status status = columns == NULL ? all_columns(&c, err) : find_columns(&c, columns, column_count, err);
    if (status != NTM_OK) return status;
    ntm_i_arena_start(&arena, &ledger->arena.allocator);
    uint32_t *first = ntm_i_arena_take(&arena, ledger->rows, sizeof *first);
    uint32_t *rows = ntm_i_arena_take(&arena, ledger->rows, sizeof *rows);
    uint32_t *spare = ntm_i_arena_take(&arena, ledger->rows, sizeof *spare);
    if (first != NULL && rows != NULL && spare != NULL) {
        size_t found = find_first(first, rows, spare, &c);
        for (size_t i = 0; i < found; i++)
            take(context, rows[i], first[rows[i]]);
    } else {
        status = ntm_i_no_memory(err);
    }
    ntm_i_arena_end(&arena);
    return status;
}

typedef struct listing {
    ntm_duplicate *out;
    size_t count, capacity;
} listing;

static void list(void *context, uint32_t row, uint32_t of) {
    listing *l = context;
    if (l->count < l->capacity) l->out[l->count] = (ntm_duplicate){row, of};
    l->count++;
}

ntm_status ntm_ledger_duplicates(ntm_duplicate *out, size_t *count, size_t capacity, const ntm_ledger *ledger,
                                 const char *const *columns, size_t column_count, ntm_error *err) {
    listing l = {out, 0, capacity};
    if (count == NULL || ledger == NULL || (out == NULL && capacity > 0))
        return ntm_i_wrong_call(err, "a place for the count, a ledger, and room for what is asked for are needed");
    if (columns != NULL && column_count == 0)
        return ntm_i_wrong_call(err, "a list of no columns: by what are entries the same?");
    ntm_status status = each_duplicate(ledger, columns, column_count, list, &l, err);
    if (status == NTM_OK) *count = l.count;
    return status;
}

static void refuse(void *context, uint32_t row, uint32_t of) {
    ntm_i_ledger_making *m = context;
    ntm_i_ledger_row(m, NTM_ERROR_CONFLICT, m->options->key[0], row, "an entry with the key of row %u", of);
}

void ntm_i_ledger_check_key(ntm_i_ledger_making *m) {
    ntm_error err = NTM_ERROR_INIT;
    if (m->options->key_count == 0) return;
    ntm_status status = each_duplicate(m->ledger, m->options->key, m->options->key_count, refuse, m, &err);
    if (status == NTM_ERROR_MEMORY)
        m->cells.no_memory = true;
    else if (status != NTM_OK)
        ntm_i_cells_complain(&m->cells, status, err.subject, SIZE_MAX, "%s", err.message);
}
