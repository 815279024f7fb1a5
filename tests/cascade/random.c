/* SPDX-License-Identifier: Apache-2.0 */
/* Random laws over random trees of units, with tables that lack rows, columns and cells, against the definition read
 * aloud: docs/algebra.md for the rules, ntm/cascade.h for where an input comes from. What was decided stays decided when
 * missing cells are filled in. */
#include "laws.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEEDS = 1200 };

/* ------------------------------------------------------------------------------------------- the definition */

typedef struct model {
    const scene *s;
    uint8_t verdicts[STEPS][FOREST_ROWS]; /* by step, then unit */
    int done;
} model;

/* Who asks: a row of a step, or a child (step -1). */
typedef struct asker {
    int step, unit;
} asker;

static int row_of(const sheet *t, int unit) {
    for (int r = 0; r < t->rows; r++)
        if (t->units[r] == unit) return r;
    return -1;
}

static bool same_level(const model *m, int step, int unit) {
    const law *l = &m->s->laws[step];
    return strcmp(laws_levels[l->rung][l->other], m->s->f.rows[unit].level) == 0;
}

/* The table in which a fact (or a held status) is found for a unit; -1 = none. */
static int table_of(const model *m, asker who, int column) {
    int start = who.step >= 0 ? -1 : 0, end = who.step >= 0 ? m->done : m->s->count;
    for (int i = start; i < end; i++) {
        int step = i < 0 ? who.step : i;
        const sheet *t = &m->s->laws[step].sheet;
        bool bounded =
            column >= FLAGS && column < FACTS && (t->has[LEAST + column - FLAGS] || t->has[MOST + column - FLAGS]);
        if (same_level(m, step, who.unit) && (t->has[column] || bounded)) return step;
    }
    return -1;
}

static int64_t value_in(const model *m, int step, int column, int unit) {
    const sheet *t = &m->s->laws[step].sheet;
    int row = row_of(t, unit);
    return row < 0 || !t->has[column] ? GONE : t->cells[column][row];
}

static int64_t value_of(const model *m, asker who, int column) {
    int step = table_of(m, who, column);
    return step < 0 ? GONE : value_in(m, step, column, who.unit);
}

/* A quantity over a denominator; open ends. */
typedef struct span {
    int64_t least, most, over;
    bool down, up;
} span;

static ntm_verdict compare(span a, sign relation, int64_t want) {
    int64_t w = want * a.over;
    bool below = !a.up && a.most < w, above = !a.down && a.least > w; /* surely */
    bool not_above = !a.up && a.most <= w, not_below = !a.down && a.least >= w;
    switch (relation) {
        case LESS: return below ? NTM_MET : not_below ? NTM_NOT_MET : NTM_OPEN;
        case AT_MOST: return not_above ? NTM_MET : above ? NTM_NOT_MET : NTM_OPEN;
        case AT_LEAST: return not_below ? NTM_MET : below ? NTM_NOT_MET : NTM_OPEN;
        case MORE: return above ? NTM_MET : not_above ? NTM_NOT_MET : NTM_OPEN;
        default: return not_above && not_below ? NTM_MET : below || above ? NTM_NOT_MET : NTM_OPEN;
    }
}

static span number_of(const model *m, asker who, int column) {
    span a = {0, 0, 1, false, true}; /* a count that is not reported is at least 0 */
    int64_t value = value_of(m, who, column);
    int step = table_of(m, who, column);
    if (value == NONE) return (span){0, 0, 1, true, true};
    if (value != GONE) return (span){value, value, 1, false, false};
    if (step < 0) return a;
    int64_t least = value_in(m, step, LEAST + column - FLAGS, who.unit),
            most = value_in(m, step, MOST + column - FLAGS, who.unit);
    if (least != GONE && least > 0) a.least = least;
    if (most != GONE) a.most = most, a.up = false;
    return a;
}

static ntm_verdict status_of(const model *m, asker who, int set) {
    int64_t held = value_of(m, who, HELD + set);
    if (table_of(m, who, HELD + set) >= 0) return held == GONE ? NTM_OPEN : held == 1 ? NTM_MET : NTM_NOT_MET;
    for (int step = 0; step < m->done; step++)
        if (m->s->laws[step].set == set && same_level(m, step, who.unit) &&
            row_of(&m->s->laws[step].sheet, who.unit) >= 0)
            return (ntm_verdict)m->verdicts[step][who.unit];
    return NTM_OPEN;
}

static span parent_of(const model *m, asker who, const node *n) {
    span a = {0, 0, 1, false, true};
    int above = forest_above(&m->s->f, who.unit, n->rung, DAY);
    for (int step = 0; step < m->s->count; step++) {
        const law *l = &m->s->laws[step];
        if (l->rung != n->rung || l->other != n->other || !l->sheet.has[n->fact]) continue;
        int64_t value = above < 0 ? GONE : value_in(m, step, n->fact, above);
        if (value == NONE) return (span){0, 0, 1, true, true};
        return value == GONE ? a : (span){value, value, 1, false, false};
    }
    return a;
}

static ntm_verdict judge(const model *m, asker who, int at);

static ntm_child_counts count_below(const model *m, int unit, const node *n) {
    ntm_child_counts c = {0, 0, 0, 0};
    for (int u = 0; u < m->s->f.count; u++) {
        if (!laws_is_of(m->s, u, n->rung, n->other) || forest_above(&m->s->f, u, m->s->f.rows[unit].rung, DAY) != unit)
            continue;
        ntm_verdict verdict = judge(m, (asker){-1, u}, n->below[0]);
        c.total++;
        c.met += verdict == NTM_MET;
        c.not_met += verdict == NTM_NOT_MET;
        c.open += verdict == NTM_OPEN;
    }
    return c;
}

static ntm_verdict judge(const model *m, asker who, int at) {
    const node *n = &m->s->nodes[at];
    int64_t value = GONE;
    int met = 0, not_met = 0, want = n->sort == ALL ? n->below_count : n->sort == ANY ? 1 : (int)n->want;
    switch (n->sort) {
        case FLAG: value = value_of(m, who, n->fact); return value == 1 ? NTM_MET : value == 0 ? NTM_NOT_MET : NTM_OPEN;
        case NUMBER: return compare(number_of(m, who, n->fact), n->sign, n->want);
        case PARENT: return compare(parent_of(m, who, n), n->sign, n->want);
        case HOLDS: return status_of(m, who, n->set);
        case NOT: {
            ntm_verdict below = judge(m, who, n->below[0]);
            return below == NTM_MET ? NTM_NOT_MET : below == NTM_NOT_MET ? NTM_MET : NTM_OPEN;
        }
        case UNLESS: return value_of(m, who, n->fact) == NONE ? NTM_MET : judge(m, who, n->below[0]);
        case EVERY:
        case COUNT:
        case SHARE: {
            ntm_child_counts c = count_below(m, who.unit, n);
            span a = {(int64_t)c.met, (int64_t)(c.met + c.open), 1, false, false};
            if (n->sort == EVERY)
                return c.total == 0 ? NTM_OPEN : c.met == c.total ? NTM_MET : c.not_met > 0 ? NTM_NOT_MET : NTM_OPEN;
            if (n->sort == COUNT) return compare(a, n->sign, n->want);
            a = (span){(int64_t)c.met * 100, (int64_t)(c.met + c.open) * 100, (int64_t)c.total, c.total == 0,
                       c.total == 0};
            return compare(a, n->sign, n->want);
        }
        default: break;
    }
    for (int i = 0; i < n->below_count; i++) {
        ntm_verdict below = judge(m, who, n->below[i]);
        met += below == NTM_MET;
        not_met += below == NTM_NOT_MET;
    }
    return met >= want ? NTM_MET : n->below_count - not_met < want ? NTM_NOT_MET : NTM_OPEN;
}

static void run_model(model *m, const scene *s) {
    memset(m, 0, sizeof *m);
    m->s = s;
    for (m->done = 0; m->done < s->count; m->done++) {
        const law *l = &s->laws[m->done];
        for (int r = 0; r < l->sheet.rows; r++) {
            asker who = {m->done, l->sheet.units[r]};
            bool all = true, none = false;
            for (int i = 0; i < l->rule_count + (l->before > 0); i++) {
                ntm_verdict verdict = judge(m, who, i < l->rule_count ? l->rules[i] : l->before);
                all = all && verdict == NTM_MET;
                none = none || verdict == NTM_NOT_MET;
            }
            m->verdicts[m->done][who.unit] = all ? NTM_MET : none ? NTM_NOT_MET : NTM_OPEN;
        }
    }
}

/* ------------------------------------------------------------------------------------------- the library */

/* A table over a sheet: values where the bits begin anywhere. */
typedef struct paper {
    ntm_table table;
    ntm_field fields[ALL_COLUMNS + 1];
    char names[ALL_COLUMNS][16];
    int64_t numbers[ALL_COLUMNS][FOREST_ROWS];
    uint8_t bits[ALL_COLUMNS][FOREST_ROWS / 8 + 2], known[ALL_COLUMNS][FOREST_ROWS / 8 + 2],
        none[ALL_COLUMNS][FOREST_ROWS / 8 + 2], bytes[ALL_COLUMNS][2 * FOREST_ROWS];
    int32_t offsets[FOREST_ROWS + 1];
    char codes[FOREST_ROWS * 8];
} paper;

static void set_bit(uint8_t *bits, int at) { bits[at / 8] |= (uint8_t)(1u << at % 8); }

static void name_column(char out[16], int c) {
    if (c < FACTS)
        (void)snprintf(out, 16, "%c%d", c < FLAGS ? 'f' : 'n', c % FLAGS);
    else if (c < HELD)
        (void)snprintf(out, 16, "n%d:%s", (c - LEAST) % 3, c < MOST ? "least" : "most");
    else
        (void)snprintf(out, 16, "holds:s%d", c - HELD);
}

static void put_column(paper *p, const sheet *t, int c, int offset) {
    ntm_field *field = &p->fields[p->table.field_count++];
    ntm_column *column = &field->column;
    bool flag = c < FLAGS || c >= HELD;
    name_column(p->names[c], c);
    field->name = p->names[c];
    *column = (ntm_column)NTM_COLUMN_INIT;
    column->length = (size_t)t->rows;
    for (int r = 0; r < t->rows; r++) {
        int64_t value = t->cells[c][r];
        if (value != GONE) set_bit(p->known[c], r + offset); /* not applicable wins over it */
        if (value == NONE) set_bit(p->none[c], r + 3);
        p->numbers[c][r] = value < 0 ? 77 : value;
        p->bytes[c][2 * r] = (uint8_t)(value == 1);
        if (value == 1) set_bit(p->bits[c], r + 5);
    }
    column->type = !flag ? NTM_TYPE_INT64 : t->as_bits ? NTM_TYPE_BITS : NTM_TYPE_BYTES;
    column->data = !flag ? (const void *)p->numbers[c] : t->as_bits ? p->bits[c] : p->bytes[c];
    column->stride_bytes = flag ? 2 : 8;
    column->bit_offset = flag && t->as_bits ? 5 : 0;
    column->validity = p->known[c];
    column->validity_offset = (size_t)offset;
    column->not_applicable = p->none[c];
    column->not_applicable_offset = 3;
}

static void write_paper(paper *p, const scene *s, const sheet *t) {
    memset(p, 0, sizeof *p);
    p->table = (ntm_table)NTM_TABLE_INIT;
    p->table.rows = (size_t)t->rows;
    p->table.fields = p->fields;
    for (int c = 0; c < ALL_COLUMNS; c++)
        if (t->has[c]) put_column(p, t, c, c % 9);
    for (int r = 0; r < t->rows; r++) {
        forest_code(p->codes + p->offsets[r], &s->f.rows[t->units[r]]);
        p->offsets[r + 1] = p->offsets[r] + (int32_t)strlen(p->codes + p->offsets[r]);
    }
    ntm_field *field = &p->fields[p->table.field_count++];
    field->name = "code";
    field->column = (ntm_column)NTM_COLUMN_INIT;
    field->column.type = NTM_TYPE_TEXT;
    field->column.data = p->offsets;
    field->column.text = p->codes;
    field->column.length = (size_t)t->rows;
}

static ntm_cascade *run_library(const scene *s, ntm_set *const sets[STEPS]) {
    static paper papers[STEPS];
    ntm_cascade_step steps[STEPS];
    ntm_cascade_options options = NTM_CASCADE_OPTIONS_INIT;
    ntm_cascade *cascade = NULL;
    ntm_error err = NTM_ERROR_INIT;
    options.on = forest_day(DAY);
    options.ignore_unknown = true;
    options.out_of_force = true;
    for (int i = 0; i < s->count; i++) {
        const law *l = &s->laws[i];
        write_paper(&papers[i], s, &l->sheet);
        steps[i] = (ntm_cascade_step)NTM_CASCADE_STEP_INIT;
        steps[i].set = sets[i];
        steps[i].level = laws_levels[l->rung][l->other];
        steps[i].table = l->sheet.there ? &papers[i].table : NULL;
    }
    assert_ok(ntm_cascade_new(&cascade, s->units, steps, (size_t)s->count, &options, &err), &err);
    return cascade;
}

/* ------------------------------------------------------------------------------------------- comparing */

typedef struct totals {
    size_t verdicts[3], children;
} totals;

/* The nodes that count at the top of a law, by name. */
static const node *counting(const scene *s, const char *name) {
    for (int at = 1; at < s->node_count; at++)
        if (s->nodes[at].sort >= EVERY && s->nodes[at].name == atoi(name + 1)) return &s->nodes[at];
    return NULL;
}

static void compare_children(const model *m, const ntm_cascade *cascade, int step, int unit, totals *t) {
    size_t row = ntm_cascade_row(cascade, (size_t)step, (ntm_unit)unit);
    for (size_t k = 0; k < ntm_cascade_count_count(cascade, (size_t)step); k++) {
        const node *n = counting(m->s, ntm_cascade_count_name(cascade, (size_t)step, k));
        ntm_child_counts counts, expected = count_below(m, unit, n);
        ntm_counted_child children[FOREST_ROWS];
        ntm_error err = NTM_ERROR_INIT;
        size_t count = 0;
        assert_ok(ntm_cascade_counts(&counts, cascade, (size_t)step, k, row, &err), &err);
        assert_memory_equal(&counts, &expected, sizeof counts);
        assert_ok(ntm_cascade_children(children, &count, FOREST_ROWS, cascade, (size_t)step, k, row, &err), &err);
        assert_int_equal(count, expected.total);
        for (size_t i = 0; i < count; i++) {
            static const int order[] = {[NTM_NOT_MET] = 0, [NTM_OPEN] = 1, [NTM_MET] = 2};
            const ntm_counted_child *c = &children[i], *last = i > 0 ? &children[i - 1] : NULL;
            assert_int_equal(c->verdict, judge(m, (asker){-1, (int)c->unit}, n->below[0]));
            if (last != NULL)
                assert_true(order[last->verdict] < order[c->verdict] ||
                            (last->verdict == c->verdict && strcmp(ntm_units_row(m->s->units, last->unit)->code,
                                                                   ntm_units_row(m->s->units, c->unit)->code) < 0));
            assert_true((c->step == SIZE_MAX) == (c->row == SIZE_MAX));
            if (c->step == SIZE_MAX) continue;
            assert_int_equal(ntm_cascade_unit(cascade, c->step, c->row), c->unit);
            assert_int_equal(ntm_attainment_status(ntm_cascade_result(cascade, c->step), c->row), c->verdict);
        }
        t->children += count;
    }
}

/* A proof says the same, whether the units below are good or bad. With NTM_TEST_PROOFS = a folder it is kept there. */
static void compare_proof(const ntm_cascade *cascade, int step, size_t row, ntm_verdict verdict) {
    static const char *const words[] = {"\"verdict\":\"open\"}", "\"verdict\":\"met\"}", "\"verdict\":\"not met\"}"};
    static unsigned kept;
    const char *folder = getenv("NTM_TEST_PROOFS");
    ntm_text *text = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_proof_options options = NTM_PROOF_OPTIONS_INIT;
    options.work_max = 200000;
    assert_ok(ntm_cascade_proof(&text, cascade, (size_t)step, row, NTM_OF_STATUS, 0, &options, &err), &err);
    const char *steps = ntm_text_data(text), *end = ntm_text_data(text) + ntm_text_size(text);
    for (const char *at = steps; (at = strstr(at, "\"part\":\"status\"")) != NULL; at++)
        steps = at; /* the last is the claim */
    assert_non_null(strstr(steps, words[verdict]));
    assert_true(strstr(steps, words[verdict]) < end - 80);
    if (folder != NULL) {
        char path[512];
        (void)snprintf(path, sizeof path, "%s/rolled-%u.json", folder, kept++);
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        assert_int_equal(fwrite(ntm_text_data(text), 1, ntm_text_size(text), file), ntm_text_size(text));
        assert_int_equal(fclose(file), 0);
    }
    ntm_text_free(text);
}

static void compare_step(model *m, const ntm_cascade *cascade, int step, totals *t) {
    const sheet *own = &m->s->laws[step].sheet;
    const ntm_attainment *result = ntm_cascade_result(cascade, (size_t)step);
    assert_int_equal(ntm_attainment_rows(result), own->rows);
    m->done = step; /* what the step saw */
    for (int r = 0; r < own->rows; r++) {
        int unit = own->units[r];
        size_t row = ntm_cascade_row(cascade, (size_t)step, (ntm_unit)unit);
        ntm_verdict verdict = ntm_attainment_status(result, row);
        ntm_text *text = NULL;
        ntm_error err = NTM_ERROR_INIT;
        if (own->there) assert_int_equal(row, r);
        if ((int)verdict != m->verdicts[step][unit])
            fail_msg("step %d unit %d: %d, expected %d", step, unit, (int)verdict, m->verdicts[step][unit]);
        t->verdicts[verdict]++;
        compare_children(m, cascade, step, unit, t);
        compare_proof(cascade, step, row, verdict);
        assert_ok(ntm_cascade_tree(&text, cascade, (size_t)step, row, NTM_EN, 2, NULL, &err), &err);
        ntm_text_free(text);
    }
}

/* Fills in some of what is missing: cells within their bounds. */
static void fill_in(scene *s) {
    for (int step = 0; step < s->count; step++) {
        sheet *t = &s->laws[step].sheet;
        for (int c = 0; t->there && c < ALL_COLUMNS; c++) {
            for (int r = 0; t->has[c] && r < t->rows; r++) {
                if (t->cells[c][r] != GONE || laws_chance(s, 3) == 0 || (c >= LEAST && c < HELD)) continue;
                int64_t value = c < FLAGS || c >= HELD ? laws_chance(s, 2) : laws_chance(s, 6);
                int64_t least =
                    c < FLAGS || c >= HELD || !t->has[LEAST + c - FLAGS] ? GONE : t->cells[LEAST + c - FLAGS][r];
                int64_t most =
                    c < FLAGS || c >= HELD || !t->has[MOST + c - FLAGS] ? GONE : t->cells[MOST + c - FLAGS][r];
                if (most != GONE && value > most) value = most;
                if (least != GONE && value < least) value = least;
                t->cells[c][r] = value;
            }
        }
    }
}

static void against_the_definition(void **state) {
    static scene s;
    static model m;
    totals t = {{0, 0, 0}, 0};
    size_t decided = 0;
    (void)state;
    uint64_t seeds = fault_under_valgrind() ? 10 : SEEDS;
    for (uint64_t seed = 0; seed < seeds; seed++) {
        ntm_set *sets[STEPS] = {NULL};
        laws_make(&s, seed);
        run_model(&m, &s);
        for (int i = 0; i < s.count; i++)
            sets[i] = laws_read(&s, i);
        ntm_cascade *cascade = run_library(&s, sets);
        for (int step = 0; step < s.count; step++)
            compare_step(&m, cascade, step, &t);
        fill_in(&s);
        ntm_cascade *filled = run_library(&s, sets);
        for (int step = 0; step < s.count; step++)
            for (size_t row = 0; row < ntm_attainment_rows(ntm_cascade_result(cascade, (size_t)step)); row++) {
                ntm_verdict verdict = ntm_attainment_status(ntm_cascade_result(cascade, (size_t)step), row);
                ntm_verdict now = ntm_attainment_status(ntm_cascade_result(filled, (size_t)step), row);
                if (verdict != NTM_OPEN && now != verdict) fail_msg("step %d row %zu was decided", step, row);
                decided += verdict == NTM_OPEN && now != NTM_OPEN;
            }
        ntm_cascade_free(cascade);
        ntm_cascade_free(filled);
        for (int i = 0; i < s.count; i++)
            ntm_set_free(sets[i]);
        ntm_units_free(s.units);
    }
    if (fault_under_valgrind()) return; /* too few seeds to hold some of everything */
    assert_true(t.verdicts[NTM_MET] > seeds && t.verdicts[NTM_NOT_MET] > 3 * seeds && t.verdicts[NTM_OPEN] > 3 * seeds);
    assert_true(t.children > 3 * seeds && decided > seeds / 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(against_the_definition)};
    return cmocka_run_group_tests_name("random cascades", tests, NULL, NULL);
}
