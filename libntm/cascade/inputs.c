/* SPDX-License-Identifier: Apache-2.0 */
/* The columns that a set needs over some units, from wherever they are known. */
#include <string.h>

#include "base/text.h"
#include "cascade/cascade.h"
#include "column/bits.h"
#include "criteria/set.h"
#include "unit/registry.h"

/* A table being put together. */
typedef struct gathering {
    ntm_cascade *cascade;
    const ntm_plan *plan;
    const ntm_i_rows *rows;
    ntm_field *fields;
    size_t count;
    uint32_t *picks; /* room for one row number a row */
    ntm_error *err;
} gathering;

static ntm_status no_memory(gathering *g) { return ntm_i_no_memory(g->err); }

static void put(gathering *g, const char *name, const ntm_column *column) {
    g->fields[g->count].name = name;
    g->fields[g->count].column = *column;
    g->count++;
}

/* A field of a step's table, which from now on counts as used. */
static const ntm_field *field_of(const ntm_i_stage *stage, const char *name) {
    const ntm_field *field = stage->given == NULL ? NULL : ntm_table_find(stage->given, name);
    if (field == stage->codes) return NULL;
    /* Written once while the cascade is made: later, when proofs gather again, any number of threads may read. */
    if (field != NULL && !stage->used[field - stage->given->fields])
        stage->used[field - stage->given->fields] = true;
    return field;
}

/* What is found of a fact: its value and its bounds. */
static const char *const bounds[] = {"", ":least", ":most"};

/* A name with one of these ends; NULL for want of memory. */
static const char *with_end(const gathering *g, const char *name, const char *end) {
    size_t size = strlen(name), more = strlen(end);
    char *whole = ntm_i_arena_take(g->rows->arena, size + more + 1, 1);
    if (whole == NULL) return NULL;
    memcpy(whole, name, size);
    memcpy(whole + size, end, more);
    return whole;
}

/* Picks a field's rows for the units at hand, or for units above them. */
static ntm_status pick_field(gathering *g, const char *name, const ntm_i_stage *from, const ntm_field *field,
                             ntm_echelon above) {
    ntm_column column = NTM_COLUMN_INIT;
    for (size_t row = 0; row < g->rows->rows; row++) {
        ntm_unit unit = g->rows->of[row];
        if (above != NTM_ECHELON_ANY) unit = ntm_units_ancestor(g->cascade->units, unit, above, g->cascade->options.on);
        g->picks[row] = unit == NTM_NO_UNIT ? NTM_I_NO_PICK : from->row_of[unit];
    }
    if (!ntm_i_column_gather(&column, &field->column, g->picks, g->rows->rows, g->rows->arena)) return no_memory(g);
    put(g, name, &column);
    return NTM_OK;
}

/* Whether a step's table has a fact or a bound of it: both come from one table. */
static bool speaks_of(const ntm_i_stage *stage, const char *name) {
    size_t size = strlen(name);
    for (size_t i = 0; stage->given != NULL && i < stage->given->field_count; i++) {
        const ntm_field *field = &stage->given->fields[i];
        if (field == stage->codes || strncmp(field->name, name, size) != 0) continue;
        const char *end = field->name + size;
        if (*end == '\0' || strcmp(end, ":least") == 0 || strcmp(end, ":most") == 0) return true;
    }
    return false;
}

bool ntm_i_cascade_told(const ntm_cascade *cascade, const ntm_i_rows *rows, const char *name) {
    if (rows->own != NULL && speaks_of(rows->own, name)) return true;
    if (rows->own != NULL && strncmp(name, "children:", 9) == 0) return false;
    for (size_t i = 0; i < cascade->stage_count; i++) {
        const ntm_i_stage *stage = &cascade->stages[i];
        if (stage == rows->own || strcmp(stage->level, rows->level) != 0) continue;
        if (rows->own != NULL && i >= cascade->done) break;
        if (speaks_of(stage, name)) return true;
    }
    return false;
}

/* 6, and 1 for children: the table of a step of the same level. *found says whether there was one. */
static ntm_status find_column(gathering *g, const char *name, bool *found) {
    for (size_t i = 0; i < g->cascade->stage_count; i++) {
        const ntm_i_stage *stage = &g->cascade->stages[i];
        if (stage == g->rows->own || strcmp(stage->level, g->rows->level) != 0) continue;
        if (g->rows->own != NULL && i >= g->cascade->done) break;
        if (!speaks_of(stage, name)) continue;
        *found = true;
        ntm_status status = NTM_OK;
        for (size_t end = 0; status == NTM_OK && end < 3; end++) {
            const char *whole = with_end(g, name, bounds[end]);
            if (whole == NULL) return no_memory(g);
            const ntm_field *field = field_of(stage, whole);
            if (field != NULL) status = pick_field(g, whole, stage, field, NTM_ECHELON_ANY);
        }
        return status;
    }
    return NTM_OK;
}

const ntm_i_stage *ntm_i_cascade_status(const ntm_cascade *cascade, const char *set, const char *level, ntm_unit unit,
                                        size_t before) {
    for (size_t i = 0; i < before; i++) {
        const ntm_i_stage *stage = &cascade->stages[i];
        if (stage->row_of[unit] != NTM_I_NO_PICK && strcmp(stage->level, level) == 0 &&
            strcmp(ntm_set_about(stage->set)->id, set) == 0)
            return stage;
    }
    return NULL;
}

/* 2: the status of the same units under the set of an earlier step; of several steps the first that has the unit. */
static ntm_status find_status(gathering *g, const char *name, const char *set, bool *found) {
    const ntm_cascade *cascade = g->cascade;
    size_t rows = g->rows->rows;
    for (size_t i = 0; i < cascade->done && !*found; i++)
        *found = strcmp(cascade->stages[i].level, g->rows->level) == 0 &&
                 strcmp(ntm_set_about(cascade->stages[i].set)->id, set) == 0;
    if (!*found) return NTM_OK;
    uint8_t *values = ntm_i_arena_take(g->rows->arena, (rows + 7) / 8, 1);
    uint8_t *known = ntm_i_arena_take(g->rows->arena, (rows + 7) / 8, 1);
    if (values == NULL || known == NULL) return no_memory(g);
    for (size_t row = 0; row < rows; row++) {
        ntm_unit unit = g->rows->of[row];
        const ntm_i_stage *stage = ntm_i_cascade_status(cascade, set, g->rows->level, unit, cascade->done);
        ntm_verdict verdict = stage == NULL ? NTM_OPEN : ntm_attainment_status(stage->result, stage->row_of[unit]);
        ntm_i_set_bit(values, row, verdict == NTM_MET);
        ntm_i_set_bit(known, row, verdict != NTM_OPEN);
    }
    ntm_column column = NTM_COLUMN_INIT;
    column.type = NTM_TYPE_BITS;
    column.data = values;
    column.validity = known;
    column.length = rows;
    put(g, name, &column);
    return NTM_OK;
}

/* 4: an attribute in the registry. */
static ntm_status find_attribute(gathering *g, const char *name, bool *found) {
    const ntm_set *set = ntm_plan_set(g->plan);
    bool is_axis = false;
    for (size_t i = 0; i < ntm_set_axis_count(set); i++)
        is_axis = is_axis || strcmp(ntm_set_axis(set, i)->id, name) == 0;
    if (!is_axis) return NTM_OK;
    ntm_column column = NTM_COLUMN_INIT;
    ntm_error none = NTM_ERROR_INIT;
    int32_t *codes = ntm_i_arena_take(g->rows->arena, g->rows->rows, sizeof *codes);
    if (codes == NULL) return no_memory(g);
    /* A region is given for provinces and holds below them. A class that communes have is none that a province lends. */
    bool lent = !ntm_units_attribute_on(g->cascade->units, name, ntm_echelon_of(g->rows->level));
    for (size_t i = 0; i < g->cascade->options.inherited_count; i++)
        lent = lent || strcmp(g->cascade->options.inherited[i], name) == 0;
    if (ntm_units_attributes(&column, codes, g->cascade->units, g->rows->of, g->rows->rows, name,
                             g->cascade->options.on, lent, &none) != NTM_OK)
        return NTM_OK;
    put(g, name, &column);
    *found = true;
    return NTM_OK;
}

/* 5: "parent:L:F", F of the unit above at level L. */
static ntm_status find_above(gathering *g, const char *name, const char *rest, bool *found) {
    const char *colon = strchr(rest, ':');
    const char *level = colon == NULL ? NULL : ntm_i_level_word(rest, (size_t)(colon - rest));
    if (level == NULL) return NTM_OK;
    for (size_t i = 0; i < g->cascade->stage_count; i++) {
        const ntm_i_stage *stage = &g->cascade->stages[i];
        if (strcmp(stage->level, level) != 0) continue;
        const ntm_field *field = field_of(stage, colon + 1);
        if (field == NULL) continue;
        *found = true;
        return pick_field(g, name, stage, field, stage->echelon);
    }
    return NTM_OK;
}

static ntm_status find_input(gathering *g, const char *name) {
    bool found = false;
    ntm_status status = NTM_OK;
    for (size_t i = 0; i < g->rows->fixed_count; i++)
        if (strcmp(g->rows->fixed[i].axis, name) == 0) return NTM_OK; /* fixed: a column would contradict it */
    if (strncmp(name, "children:", 9) == 0 || strncmp(name, "average:", 8) == 0 || strncmp(name, "past:", 5) == 0)
        return g->rows->own != NULL ? NTM_OK : find_column(g, name, &found); /* what a caller says himself */
    if (strncmp(name, "parent:", 7) == 0) {
        if (g->rows->own == NULL) status = find_column(g, name, &found);
        return status == NTM_OK && !found ? find_above(g, name, name + 7, &found) : status;
    }
    if (strncmp(name, "holds:", 6) == 0) {
        status = find_column(g, name, &found);
        return status == NTM_OK && !found ? find_status(g, name, name + 6, &found) : status;
    }
    status = find_column(g, name, &found);
    return status == NTM_OK && !found ? find_attribute(g, name, &found) : status;
}

/* ------------------------------------------------------------------------------------------- children */

static bool counts_children(const ntm_node_spec *node) {
    return (node->kind == NTM_COUNT || node->kind == NTM_SHARE || node->kind == NTM_EVERY) &&
           node->over == NTM_OVER_CHILDREN;
}

/* "children:N:met" and the two others. */
static ntm_status put_counts(gathering *g, const char *name, const ntm_i_tally_of *tally) {
    static const char *const ends[] = {"met", "open", "total"};
    for (size_t end = 0; end < 3; end++) {
        size_t size = strlen(name);
        int64_t *numbers = ntm_i_arena_take(g->rows->arena, g->rows->rows, sizeof *numbers);
        char *field = ntm_i_arena_take(g->rows->arena, 9 + size + 1 + strlen(ends[end]) + 1, 1);
        if (numbers == NULL || field == NULL) return no_memory(g);
        memcpy(field, "children:", 9);
        memcpy(field + 9, name, size);
        field[9 + size] = ':';
        memcpy(field + 10 + size, ends[end], strlen(ends[end]));
        for (size_t row = 0; row < g->rows->rows; row++) {
            const ntm_child_counts *c = &tally->counts[row];
            numbers[row] = (int64_t)(end == 0 ? c->met : end == 1 ? c->open : c->total);
        }
        ntm_column column = ntm_column_int64(numbers, g->rows->rows);
        put(g, field, &column);
    }
    return NTM_OK;
}

/* Whether the caller's own table counts the children of this name. */
static bool is_given(const gathering *g, const char *name) {
    size_t size = strlen(name);
    for (size_t i = 0; i < g->count; i++)
        if (strncmp(g->fields[i].name, "children:", 9) == 0 && strncmp(g->fields[i].name + 9, name, size) == 0 &&
            g->fields[i].name[9 + size] == ':')
            return true;
    return false;
}

/* The first node of a set that counts under a name before `node`; 0 when there is none. */
static ntm_node earlier_count(const ntm_set *set, ntm_node node, const bool *inside) {
    const char *name = ntm_set_node(set, node)->name;
    for (ntm_node at = 1; at < node; at++)
        if (!inside[at] && counts_children(ntm_set_node(set, at)) && strcmp(ntm_set_node(set, at)->name, name) == 0)
            return at;
    return 0;
}

/* Nodes below children speak of other units: their own children are counted when the condition is evaluated. */
static void mark_inside(const ntm_set *set, ntm_node node, bool *inside) {
    const ntm_node_spec *spec = ntm_set_node(set, node);
    for (size_t i = 0; i < spec->of_count + spec->band_count + 1; i++) {
        size_t band = i - spec->of_count;
        ntm_node below = i < spec->of_count        ? spec->of[i]
                         : band < spec->band_count ? spec->bands[band].requires_met
                                                   : spec->knock_out;
        if (below == 0) continue;
        inside[below] = true;
        mark_inside(set, below, inside);
    }
}

static bool same_level(const char *a, const char *b) {
    const char *word = ntm_i_level_word(a, strlen(a)), *other = ntm_i_level_word(b, strlen(b));
    return word != NULL && other != NULL ? strcmp(word, other) == 0 : strcmp(a, b) == 0;
}

static ntm_status count_children(gathering *g) {
    const ntm_set *set = ntm_plan_set(g->plan);
    size_t nodes = ntm_set_node_count(set);
    ntm_i_stage *counting = g->rows->counting;
    ntm_status status = NTM_OK;
    bool *inside = ntm_i_arena_take(g->rows->arena, nodes + 1, sizeof *inside);
    ntm_i_tally_of *tallies = ntm_i_arena_take(g->rows->arena, nodes, sizeof *tallies);
    size_t tally_count = 0;
    if (inside == NULL || tallies == NULL) return no_memory(g);
    for (ntm_node node = 1; node <= nodes; node++)
        if (counts_children(ntm_set_node(set, node))) mark_inside(set, node, inside);
    for (ntm_node node = 1; status == NTM_OK && node <= nodes; node++) {
        const ntm_node_spec *spec = ntm_set_node(set, node);
        if (inside[node] || !counts_children(spec)) continue;
        ntm_node earlier = earlier_count(set, node, inside);
        if (earlier != 0) {
            const ntm_node_spec *first = ntm_set_node(set, earlier);
            if (!same_level(first->label, spec->label) || !ntm_i_rule_equal(set, first->of[0], set, spec->of[0]))
                return ntm_i_fail(g->err, NTM_ERROR_CONFLICT, NTM_I_SUBJECT(spec->name),
                                  "two different conditions are counted under this name");
            continue;
        }
        ntm_i_tally_of *tally = &tallies[tally_count++];
        tally->name = spec->name;
        if (is_given(g, spec->name)) continue;
        status = ntm_i_cascade_count(tally, g->cascade, set, node, g->rows, g->err);
        if (status == NTM_OK) status = put_counts(g, spec->name, tally);
    }
    if (counting != NULL) {
        counting->tallies = tallies;
        counting->tally_count = tally_count;
    }
    return status;
}

ntm_status ntm_i_cascade_inputs(ntm_table *out, ntm_cascade *cascade, const ntm_plan *plan, const ntm_i_rows *rows,
                                ntm_error *err) {
    size_t inputs = ntm_plan_input_count(plan);
    size_t given = rows->own != NULL && rows->own->given != NULL ? rows->own->given->field_count : 0;
    gathering g = {.cascade = cascade, .plan = plan, .rows = rows, .err = err};
    g.fields = ntm_i_arena_take(rows->arena, given + 3 * inputs, sizeof *g.fields);
    g.picks = ntm_i_arena_take(rows->arena, rows->rows, sizeof *g.picks);
    if (g.fields == NULL || g.picks == NULL) return ntm_i_no_memory(err);
    ntm_status status = NTM_OK;
    for (size_t i = 0; status == NTM_OK && i < inputs; i++) {
        const char *name = ntm_plan_input(plan, i);
        size_t before = g.count;
        for (size_t end = 0; given > 0 && end < 3; end++) {
            const char *whole = with_end(&g, name, bounds[end]);
            if (whole == NULL) return ntm_i_no_memory(err);
            const ntm_field *field = field_of(rows->own, whole);
            if (field != NULL) put(&g, field->name, &field->column);
        }
        if (g.count == before) status = find_input(&g, name);
    }
    if (status == NTM_OK) status = count_children(&g);
    if (status != NTM_OK) return status;
    *out = (ntm_table)NTM_TABLE_INIT;
    out->rows = rows->rows;
    out->fields = g.fields;
    out->field_count = g.count;
    return NTM_OK;
}
