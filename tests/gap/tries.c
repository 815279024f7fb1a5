/* SPDX-License-Identifier: Apache-2.0 */
/* Random units, and columns that hold them. */
#include "tries.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct about {
    const char *name;
    what_sort sort;
} about;

static const about facts[U_END] = {
    {"a0", W_AMOUNT},
    {"a1", W_AMOUNT},
    {"a2", W_AMOUNT},
    {"a3", W_AMOUNT},
    {"a4", W_AMOUNT},
    {"s0", W_AMOUNT},
    {"m0", W_AMOUNT},
    {"c0", W_COUNT},
    {"c1", W_COUNT},
    {"c2", W_COUNT},
    {"c3", W_COUNT},
    {"c4", W_COUNT},
    {"n[female]", W_COUNT},
    {"n[male]", W_COUNT},
    {"day", W_DAY},
    {"f0", W_FLAG},
    {"f1", W_FLAG},
    {"f2", W_FLAG},
    {"f3", W_FLAG},
    {"f4", W_FLAG},
    {"l0", W_LEVEL},
    {"l1", W_LEVEL},
    {"holds:H", W_FLAG},
    {"children:v:met", W_COUNT},
    {"children:v:open", W_COUNT},
    {"children:v:total", W_COUNT},
    {"region", W_REGION},
};

const char *what_name(what fact) { return facts[fact].name; }
what_sort what_sorted(what fact) { return facts[fact].sort; }
int64_t what_one(what fact) { return facts[fact].sort == W_AMOUNT ? TINY : 1; }

what what_named(const char *name) {
    int at = 0;
    while (at < U_END && strcmp(facts[at].name, name) != 0)
        at++;
    return (what)at;
}

/* ------------------------------------------------------------------------------------------- units */

static uint64_t below(uint64_t *random, uint64_t end) { return fault_random(random) % end; }

static int64_t draw(what fact, uint64_t *random) {
    switch (facts[fact].sort) {
        case W_AMOUNT: {
            if (fact == U_S0) return (int64_t)below(random, 401) * (TINY / 4);
            return (int64_t)below(random, 60) * (TINY / 4);
        }
        case W_COUNT: return (int64_t)below(random, 14);
        case W_DAY: return 18300 + (int64_t)below(random, 20);
        case W_FLAG: return (int64_t)below(random, 2);
        default: return (int64_t)below(random, 3);
    }
}

/* The part and what is below go no higher than their whole. */
static void parts(unit *u, uint64_t *random) {
    if (u->value[U_C1] > u->value[U_C0]) u->value[U_C1] = (int64_t)below(random, (uint64_t)u->value[U_C0] + 1);
    u->value[U_OPEN] = 0;
    if (u->value[U_MET] > u->value[U_TOTAL]) u->value[U_MET] = (int64_t)below(random, (uint64_t)u->value[U_TOTAL] + 1);
}

static void limit(unit *u, what fact, uint64_t *random) {
    int64_t one = what_one(fact) * 10;
    for (int side = 0; side < 2; side++) {
        if (below(random, 3) == 0) continue;
        int64_t far = (int64_t)below(random, 50) * one / 10;
        u->limited[fact][side] = true;
        u->limit[fact][side] = u->value[fact] * 10 + (side == 0 ? -far : far);
    }
}

void unit_draw(unit *out, uint64_t *random, unsigned missing, bool limits) {
    memset(out, 0, sizeof *out);
    for (int at = 0; at < U_END; at++) {
        out->value[at] = draw((what)at, random);
        out->known[at] = NTM_REPORTED;
    }
    if (below(random, 8) != 0 && out->value[U_C0] == 0) out->value[U_C0] = 8;
    parts(out, random);
    for (int at = 0; at < U_END; at++) {
        if (below(random, 100) >= missing) continue;
        bool countable = facts[at].sort == W_AMOUNT || facts[at].sort == W_COUNT;
        out->known[at] = below(random, 5) == 0 ? NTM_NOT_APPLICABLE : NTM_NOT_REPORTED;
        if (at == U_MET || at == U_TOTAL || at == U_OPEN) out->known[at] = NTM_NOT_REPORTED;
        if (at == U_REGION) out->known[at] = NTM_NOT_REPORTED;
        if (limits && countable && (at < U_MET || at > U_TOTAL) && out->known[at] == NTM_NOT_REPORTED)
            limit(out, (what)at, random);
    }
}

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

/* The least and the most that a fact can be. */
static void reach(const unit *u, what fact, int64_t *least, int64_t *most) {
    int64_t one = what_one(fact);
    *least = facts[fact].sort == W_COUNT || fact == U_S0 ? 0 : -30 * one;
    *most = fact == U_S0 ? 100 * one : 40 * one;
    int64_t from = -floor_div(-u->limit[fact][0], 10), to = floor_div(u->limit[fact][1], 10);
    if (u->limited[fact][0] && from > *least) *least = from;
    if (u->limited[fact][1] && to < *most) *most = to;
    if (*most < *least) *most = *least;
}

void unit_fill(unit *out, const unit *from, uint64_t *random) {
    *out = *from;
    for (int at = 0; at < U_END; at++) {
        if (out->known[at] != NTM_NOT_REPORTED || at == U_REGION) continue;
        int64_t least, most;
        reach(from, (what)at, &least, &most);
        uint64_t how = below(random, 4);
        out->known[at] = NTM_REPORTED;
        out->limited[at][0] = out->limited[at][1] = false;
        if (facts[at].sort == W_AMOUNT || facts[at].sort == W_COUNT)
            out->value[at] = how == 0   ? least
                             : how == 1 ? most
                                        : least + (int64_t)below(random, (uint64_t)(most - least) + 1);
        else
            out->value[at] = draw((what)at, random);
    }
    static const what wholes[2][2] = {{U_C1, U_C0}, {U_MET, U_TOTAL}};
    for (int at = 0; at < 2; at++) /* a part above its whole: then as both are where nobody knows */
        for (int side = 0; side < 2 && out->value[wholes[at][0]] > out->value[wholes[at][1]]; side++) {
            out->value[wholes[at][0]] = from->value[wholes[at][0]];
            out->value[wholes[at][1]] = from->value[wholes[at][1]];
        }
    out->value[U_OPEN] = 0;
}

/* ------------------------------------------------------------------------------------------- columns */

static void set_bit(uint8_t *bits, size_t at) { bits[at / 8] = (uint8_t)(bits[at / 8] | 1u << (at % 8)); }

static void words(sheet *s, ntm_column *c, const unit *units, what fact) {
    static const char *const levels[] = {"low", "mid", "high"}, *const regions[] = {"A", "B", "C"};
    int32_t *codes = sheet_memory(s, (s->table.rows + 1) * sizeof *codes);
    for (size_t row = 0; row < s->table.rows; row++)
        codes[row] = (int32_t)units[row].value[fact];
    *c = ntm_column_codes(codes, s->table.rows, facts[fact].sort == W_REGION ? regions : levels, 3);
}

static void numbers(sheet *s, ntm_column *c, const int64_t *values, uint8_t scale, double one, uint64_t *random) {
    static const ntm_type types[] = {NTM_TYPE_INT64, NTM_TYPE_DOUBLE, NTM_TYPE_DECIMAL128};
    uint64_t type = below(random, 3);
    c->type = types[type];
    c->scale = type == 1 ? 0 : scale;
    c->stride_bytes = type == 2 ? 16 : 8;
    unsigned char *data = sheet_memory(s, (s->table.rows + 1) * 16);
    for (size_t row = 0; row < s->table.rows; row++) {
        int64_t wide[2] = {values[row], values[row] < 0 ? -1 : 0}; /* little-endian */
        double real = (double)values[row] / one;                   /* both exact: the nearest double */
        memcpy(data + (int64_t)row * c->stride_bytes, type == 1 ? (void *)&real : (void *)wide,
               (size_t)c->stride_bytes);
    }
    c->data = data;
}

static void flags(sheet *s, ntm_column *c, const unit *units, what fact) {
    uint8_t *bytes = sheet_memory(s, s->table.rows + 1);
    for (size_t row = 0; row < s->table.rows; row++)
        bytes[row] = (uint8_t)(units[row].value[fact] & 1);
    *c = ntm_column_bytes(bytes, s->table.rows);
}

static void fact_column(sheet *s, const unit *units, what fact, uint64_t *random) {
    ntm_column c = NTM_COLUMN_INIT;
    size_t rows = s->table.rows;
    int64_t *values = sheet_memory(s, (rows + 1) * sizeof *values);
    uint8_t *valid = sheet_memory(s, rows / 8 + 1), *without = sheet_memory(s, rows / 8 + 1);
    for (size_t row = 0; row < rows; row++) {
        values[row] = units[row].value[fact];
        if (units[row].known[fact] == NTM_REPORTED) set_bit(valid, row);
        if (units[row].known[fact] == NTM_NOT_APPLICABLE) set_bit(without, row);
    }
    if (facts[fact].sort == W_FLAG)
        flags(s, &c, units, fact);
    else if (facts[fact].sort == W_LEVEL || facts[fact].sort == W_REGION)
        words(s, &c, units, fact);
    else
        numbers(s, &c, values, facts[fact].sort == W_AMOUNT ? 9 : 0, (double)what_one(fact), random);
    c.length = rows;
    c.validity = valid;
    c.not_applicable = without;
    sheet_column(s, facts[fact].name, c);
}

static void limit_column(sheet *s, const unit *units, what fact, int side, uint64_t *random) {
    ntm_column c = NTM_COLUMN_INIT;
    size_t rows = s->table.rows, any = 0;
    int64_t *values = sheet_memory(s, (rows + 1) * sizeof *values);
    uint8_t *valid = sheet_memory(s, rows / 8 + 1);
    for (size_t row = 0; row < rows; row++) {
        values[row] = units[row].limit[fact][side];
        if (units[row].limited[fact][side]) set_bit(valid, row);
        any += units[row].limited[fact][side];
    }
    if (any == 0) return;
    numbers(s, &c, values, facts[fact].sort == W_AMOUNT ? 10 : 1, (double)what_one(fact) * 10, random);
    c.length = rows;
    c.validity = valid;
    char *name = sheet_memory(s, 40);
    (void)snprintf(name, 40, "%s:%s", facts[fact].name, side == 0 ? "least" : "most");
    sheet_column(s, name, c);
}

void units_encode(sheet *s, const unit *units, size_t rows, uint64_t *random) {
    begin(s, rows);
    s->evaluate.ignore_unknown = true;
    for (int at = 0; at < U_END; at++)
        fact_column(s, units, (what)at, random);
    for (int at = 0; at < 2 * U_END; at++)
        if (facts[at / 2].sort == W_AMOUNT || facts[at / 2].sort == W_COUNT)
            limit_column(s, units, (what)(at / 2), at % 2, random);
}
