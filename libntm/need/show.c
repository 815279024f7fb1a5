/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of needs as columns named like a ledger's. */
#include <string.h>

#include "column/bits.h"
#include "need/need.h"

enum { UNIT, SOURCE, DOER, KIND, KIND_UNIT, PROGRAMME, COMPONENT, CODES };

static const char *const stage_names[] = {"need"};
static const int32_t stage_code = 0;

ntm_column ntm_i_shown_codes(const int32_t *codes, size_t count, const ntm_i_csv_codes *pool) {
    static const char *const none[] = {""}; /* without categories they would be numbers */
    return ntm_column_codes(codes, count, pool->names.count == 0 ? none : pool->names.items, pool->names.count);
}

ntm_column ntm_i_shown_amounts(const int64_t *amounts, const uint8_t *known, size_t count, uint8_t scale) {
    ntm_column column = ntm_column_int64(amounts, count);
    column.validity = known;
    column.scale = scale;
    return column;
}

/* The codes of the texts of norms and rules, found once each. */
typedef struct showing {
    ntm_i_needing *n;
    int32_t *codes[CODES];
    int64_t *amounts, *quantities;
    uint8_t *amounts_known, *quantities_known;
} showing;

static int32_t pooled(ntm_i_needing *n, const char *text) {
    int32_t code = -1;
    if (text == NULL || text[0] == '\0') return -1;
    if (!ntm_i_csv_codes_find(&n->needs->pool, &code, text, strlen(text))) n->cells.no_memory = true;
    return code;
}

static bool start(showing *s) {
    ntm_i_arena *arena = &s->n->needs->arena;
    size_t count = s->n->needs->line_count;
    bool good = true;
    for (size_t i = 0; i < CODES; i++) {
        s->codes[i] = ntm_i_arena_take(arena, count, sizeof *s->codes[i]);
        good = good && s->codes[i] != NULL;
    }
    s->amounts = ntm_i_arena_take(arena, count, sizeof *s->amounts);
    s->quantities = ntm_i_arena_take(arena, count, sizeof *s->quantities);
    s->amounts_known = ntm_i_arena_take(arena, (count + 7) / 8, 1);
    s->quantities_known = ntm_i_arena_take(arena, (count + 7) / 8, 1);
    return good && s->amounts != NULL && s->quantities != NULL && s->amounts_known != NULL &&
           s->quantities_known != NULL;
}

static void show_line(showing *s, size_t at) {
    const ntm_needs *needs = s->n->needs;
    const ntm_i_line *line = &needs->lines[at];
    const ntm_i_job *job = ntm_i_job_at(needs, line->job);
    const ntm_i_resource *of = &needs->resources[job->resource];
    const ntm_i_rule *rule = line->rule == NTM_I_NONE ? NULL : &needs->division.rules[line->rule];
    bool money = ntm_i_is_money(of->resource), known = job->open == NTM_NEED_KNOWN;
    s->codes[UNIT][at] = job->unit;
    s->codes[PROGRAMME][at] = job->programme;
    s->codes[COMPONENT][at] = job->component;
    s->codes[SOURCE][at] = rule == NULL ? -1 : pooled(s->n, rule->source);
    s->codes[DOER][at] = rule == NULL ? -1 : pooled(s->n, rule->doer);
    s->codes[KIND][at] = money ? -1 : pooled(s->n, of->resource);
    /* All norms of one work and resource have one unit. */
    s->codes[KIND_UNIT][at] = money ? -1 : pooled(s->n, needs->norms[of->first].resource_unit);
    if (money) {
        s->amounts[at] = line->amount;
        ntm_i_set_bit(s->amounts_known, at, known);
    } else {
        s->quantities[at] = line->amount;
        ntm_i_set_bit(s->quantities_known, at, known);
    }
}

static void add(ntm_needs *needs, const char *name, ntm_column column) {
    needs->fields[needs->table.field_count++] = (ntm_field){name, column};
}

void ntm_i_needs_show(ntm_i_needing *n) {
    ntm_needs *needs = n->needs;
    size_t count = needs->line_count;
    showing s = {.n = n};
    needs->fields = ntm_i_arena_take(&needs->arena, CODES + 3, sizeof *needs->fields);
    if (needs->fields == NULL || !start(&s)) {
        n->cells.no_memory = true;
        return;
    }
    for (size_t i = 0; i < count && !n->cells.no_memory; i++)
        show_line(&s, i);
    needs->table = (ntm_table)NTM_TABLE_INIT;
    needs->table.rows = count;
    needs->table.fields = needs->fields;
    ntm_column stage = ntm_column_codes(&stage_code, count, stage_names, 1);
    stage.stride_bytes = 0;
    add(needs, "unit", ntm_i_shown_codes(s.codes[UNIT], count, &needs->pool));
    if (n->has_programme) add(needs, "programme", ntm_i_shown_codes(s.codes[PROGRAMME], count, &needs->pool));
    if (n->has_component) add(needs, "component", ntm_i_shown_codes(s.codes[COMPONENT], count, &needs->pool));
    add(needs, "source", ntm_i_shown_codes(s.codes[SOURCE], count, &needs->pool));
    add(needs, "doer", ntm_i_shown_codes(s.codes[DOER], count, &needs->pool));
    add(needs, "stage", stage);
    add(needs, "kind", ntm_i_shown_codes(s.codes[KIND], count, &needs->pool));
    add(needs, "amount", ntm_i_shown_amounts(s.amounts, s.amounts_known, count, 0));
    add(needs, "quantity", ntm_i_shown_amounts(s.quantities, s.quantities_known, count, needs->kind_scale));
    add(needs, "quantity_unit", ntm_i_shown_codes(s.codes[KIND_UNIT], count, &needs->pool));
}
