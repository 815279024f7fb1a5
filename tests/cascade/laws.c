/* SPDX-License-Identifier: Apache-2.0 */
#include "laws.h"

#include <stdio.h>
#include <string.h>

enum { TEXT = 1 << 15 };

const char *const laws_levels[4][2] = {{NULL, NULL}, {"province", "city"}, {"district", "town"}, {"commune", "ward"}};
static const char *const signs[] = {"<", "<=", "=", ">=", ">"};

int laws_chance(scene *s, unsigned of) { return (int)(fault_random(&s->random) % of); }

static int condition(scene *s, int rung, int step, int depth, bool child);

static int new_node(scene *s, sort kind) {
    assert_true(s->node_count < NODES);
    s->nodes[s->node_count] = (node){.sort = kind};
    return s->node_count++;
}

static int leaf(scene *s, int rung, int step) {
    int kind = laws_chance(s, 8);
    if (kind == 6 && rung == 1) kind = 1;
    int at = new_node(s, kind < 3 ? FLAG : kind < 6 ? NUMBER : kind == 6 ? PARENT : HOLDS);
    node *n = &s->nodes[at];
    n->fact = kind < 3 ? laws_chance(s, FLAGS) : FLAGS + laws_chance(s, FACTS - FLAGS);
    n->sign = (sign)laws_chance(s, 5);
    n->want = laws_chance(s, 6);
    n->set =
        laws_chance(s, step == 0 || laws_chance(s, 4) == 0 ? STEPS : (unsigned)step); /* of a later step now and then */
    n->rung = rung > 1 ? 1 + laws_chance(s, (unsigned)(rung - 1)) : 0;
    n->other = laws_chance(s, 6) == 0;
    return at;
}

/* A condition over a unit of a rung; among children of other units too. */
static int condition(scene *s, int rung, int step, int depth, bool child) {
    int kind = laws_chance(s, 10);
    if (depth == 0 || (kind < 3 && !(rung < 3 && !child))) return leaf(s, rung, step);
    if (rung < 3 && kind < 6) {
        static const sort sorts[] = {EVERY, COUNT, SHARE};
        int below_rung = rung + 1 + laws_chance(s, (unsigned)(3 - rung));
        int below = condition(s, below_rung, step, depth - 1, true), at = new_node(s, sorts[laws_chance(s, 3)]);
        node *n = &s->nodes[at];
        n->rung = below_rung;
        n->other = laws_chance(s, 5) == 0;
        n->below[0] = below;
        n->below_count = 1;
        n->sign = (sign)laws_chance(s, 5);
        n->want = n->sort == SHARE ? 25 * laws_chance(s, 5) : laws_chance(s, 4);
        n->name = s->names++;
        return at;
    }
    int count = kind == 6 || kind == 9 ? 1 : 2 + laws_chance(s, 2), below[3] = {0, 0, 0};
    for (int i = 0; i < count; i++)
        below[i] = condition(s, rung, step, depth - 1, child);
    int at = new_node(s, kind == 6 ? NOT : kind == 9 ? UNLESS : kind == 7 ? ALL : kind == 8 ? ANY : SOME);
    node *n = &s->nodes[at];
    memcpy(n->below, below, sizeof below);
    n->below_count = count;
    n->want = 1 + laws_chance(s, (unsigned)count);
    n->fact = laws_chance(s, FACTS);
    return at;
}

static void write_node(const scene *s, char *text, size_t *used, int at) {
    const node *n = &s->nodes[at];
    static const char *const words[] = {
        [ALL] = "all: [", [ANY] = "any: [", [EVERY] = "every", [COUNT] = "count", [SHARE] = "share"};
#define PUT(...) *used += (size_t)snprintf(text + *used, TEXT - *used, __VA_ARGS__)
    assert_true(*used < TEXT - 512);
    switch (n->sort) {
        case FLAG: PUT("{attested: f%d}", n->fact); return;
        case NUMBER: PUT("[n%d, \"%s\", {constant: %d}]", n->fact - FLAGS, signs[n->sign], (int)n->want); return;
        case PARENT:
            PUT("[{of_parent: n%d, level: %s}, \"%s\", {constant: %d}]", n->fact - FLAGS,
                laws_levels[n->rung][n->other], signs[n->sign], (int)n->want);
            return;
        case HOLDS: PUT("{holds: s%d}", n->set); return;
        case NOT: PUT("{not: "); break;
        case UNLESS: PUT("{if_applicable: %c%d, then: ", n->fact < FLAGS ? 'f' : 'n', n->fact % FLAGS); break;
        case SOME: PUT("{at_least: %d, of: [", (int)n->want); break;
        case ALL:
        case ANY: PUT("{%s", words[n->sort]); break;
        default:
            PUT("%s{%s: children, level: %s, name: k%d, %s: ", n->sort == EVERY ? "" : "[", words[n->sort],
                laws_levels[n->rung][n->other], n->name, n->sort == EVERY ? "holds" : "where");
            break;
    }
    for (int i = 0; i < n->below_count; i++) {
        if (i > 0) PUT(", ");
        write_node(s, text, used, n->below[i]);
    }
    if (n->sort == COUNT) PUT("}, \"%s\", {constant: %d}]", signs[n->sign], (int)n->want);
    if (n->sort == SHARE) PUT("}, \"%s\", {constant: %d, unit: \"%%\"}]", signs[n->sign], (int)n->want);
    if (n->sort == NOT || n->sort == UNLESS || n->sort == EVERY) PUT("}");
    if (n->sort == ALL || n->sort == ANY || n->sort == SOME) PUT("]}");
}

ntm_set *laws_read(const scene *s, int step) {
    static char text[TEXT];
    const law *l = &s->laws[step];
    ntm_read_options options = NTM_READ_OPTIONS_INIT;
    ntm_error err = NTM_ERROR_INIT;
    ntm_set *set = NULL;
    size_t used = 0, *at = &used;
#define WRITE(...) *at += (size_t)snprintf(text + *at, TEXT - *at, __VA_ARGS__)
    WRITE(
        "format: ntm-set/1\nid: s%d\nprogramme: ntm\nlevel: %s\ntier: standard\nplace: VN\nsources: {S1: {where: here}}\n"
        "instrument: {in_force: {from: 2020-01-01}, source: [S1]}\nfacts:\n",
        l->set, laws_levels[l->rung][0]);
    for (int i = 0; i < FACTS; i++)
        if (i < FLAGS)
            WRITE("  f%d: {kind: flag}\n", i);
        else
            WRITE("  n%d: {kind: count, unit: \"1\"}\n", i - FLAGS);
    WRITE("criteria:\n");
    for (int i = 0; i < l->rule_count; i++) {
        WRITE("  - {id: \"%d\", source: [S1], rule: ", i);
        write_node(s, text, at, l->rules[i]);
        WRITE("}\n");
    }
    if (l->before > 0) {
        WRITE("preconditions:\n  - {id: p, source: [S1], rule: ");
        write_node(s, text, at, l->before);
        WRITE("}\n");
    }
    if (ntm_set_read(&set, text, used, "law", &options, &err) != NTM_OK)
        fail_msg("%s: %s\n%s", err.subject, err.message, text);
    return set;
}

/* ------------------------------------------------------------------------------------------- tables */

bool laws_is_of(const scene *s, int unit, int rung, int other) {
    const forest_row *row = &s->f.rows[unit];
    return row->rung == rung && strcmp(row->level, laws_levels[rung][other]) == 0 && forest_there(&s->f, unit, DAY);
}

static int64_t cell(scene *s, int column) {
    int way = laws_chance(s, 12);
    if (way < 3) return GONE;
    if (way == 3 && column < FACTS) return NONE;
    return column < FLAGS || column >= HELD ? laws_chance(s, 2) : laws_chance(s, 6);
}

/* Units of the step's level, some of them, in any order, with some columns. Bounds agree with what is reported. */
static void fill_sheet(scene *s, law *l) {
    sheet *t = &l->sheet;
    t->there = laws_chance(s, 6) > 0;
    t->as_bits = laws_chance(s, 2) == 0;
    for (int c = 0; c < ALL_COLUMNS; c++)
        t->has[c] = t->there && laws_chance(s, c < FACTS ? 4 : 8) < (c < FACTS ? 3 : 1);
    for (int u = 0; u < s->f.count; u++) {
        if (!laws_is_of(s, u, l->rung, l->other) || (t->there && laws_chance(s, 5) == 0)) continue;
        int at = t->there ? laws_chance(s, (unsigned)t->rows + 1) : t->rows;
        t->units[t->rows++] = t->units[at];
        t->units[at] = u;
    }
    for (int r = 0; r < t->rows; r++) {
        for (int c = 0; c < ALL_COLUMNS; c++)
            t->cells[c][r] = cell(s, c);
        for (int i = 0; i < FACTS - FLAGS; i++) {
            int64_t *least = &t->cells[LEAST + i][r], *most = &t->cells[MOST + i][r], value = t->cells[FLAGS + i][r];
            if (value >= 0 && t->has[FLAGS + i]) {
                if (*least > value) *least = value;
                if (*most != GONE && *most < value) *most = value;
            } else if (*least != GONE && *most != GONE && *least > *most) {
                *most = *least;
            }
        }
    }
}

void laws_make(scene *s, uint64_t seed) {
    memset(s, 0, sizeof *s);
    s->random = seed;
    s->node_count = 1;
    forest_make(&s->f, &s->random);
    s->units = forest_units(&s->f);
    s->count = 2 + laws_chance(s, STEPS - 1);
    for (int step = 0; step < s->count; step++) {
        law *l = &s->laws[step];
        l->rung = step == 0 ? 3 : 3 - laws_chance(s, 3);
        l->other = laws_chance(s, 8) == 0;
        l->set = step;
        if (step > 0 && laws_chance(s, 4) == 0) { /* the same set again, over another table or level */
            int again = laws_chance(s, (unsigned)step);
            *l = s->laws[again];
            memset(&l->sheet, 0, sizeof l->sheet);
            l->other = laws_chance(s, 2);
        } else {
            l->rule_count = 1 + laws_chance(s, 2);
            for (int i = 0; i < l->rule_count; i++)
                l->rules[i] = condition(s, l->rung, step, 3, false);
            l->before = laws_chance(s, 3) == 0 ? condition(s, l->rung, step, 1, false) : 0;
        }
        fill_sheet(s, l);
    }
}
