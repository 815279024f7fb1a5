/* SPDX-License-Identifier: Apache-2.0 */
#include "reforms.h"

#include <stdio.h>
#include <string.h>

static unsigned chance(reforms *s, unsigned of) { return (unsigned)(fault_random(&s->random) % of); }

static int new_row(reforms *s, int code, int name, int from) {
    assert_true(s->row_count < ROWS);
    s->rows[s->row_count] = (reform_row){code, name, from, EPOCHS};
    return s->row_count++;
}

bool reforms_goes_to(const reform_flow *f, int to) {
    for (int i = 0; i < f->count; i++)
        if (f->to[i] == to) return true;
    return false;
}

static void send(reform_flow *f, int to) {
    if (f->count < TARGETS && !reforms_goes_to(f, to)) f->to[f->count++] = to;
}

int reforms_sources(const reforms *s, int epoch, int to) {
    int count = 0;
    for (int u = 0; u < s->row_count; u++)
        count += reforms_goes_to(&s->flows[epoch][u], to);
    return count;
}

/* Who is there in an epoch: codes that go on, in their row or in a new one, and others. */
static void choose_targets(reforms *s, int epoch) {
    for (int code = 0; code < CODES; code++) {
        int old = s->alive[epoch - 1][code], now = -1;
        if (old >= 0 && chance(s, 3) > 0)
            now = chance(s, 2) == 0 ? old : new_row(s, code, s->rows[old].name + (int)chance(s, 2), epoch);
        else if (old < 0 && chance(s, 3) == 0)
            now = new_row(s, code, s->last[code] >= 0 ? s->rows[s->last[code]].name : 0, epoch);
        if (old >= 0 && now != old) s->rows[old].before = epoch;
        if (now >= 0) s->last[code] = now;
        s->alive[epoch][code] = now;
    }
}

/* Small ones, 0 and huge ones; of a stream of their own, so that reforms do not depend on them. */
static int64_t draw_weight(reforms *s) {
    uint64_t drawn = fault_random(&s->weights);
    switch (drawn % 16) {
        case 0: return -1;
        case 1: return 0;
        case 2: return (int64_t)(drawn >> 16) % 100000000000;
        default: return (int64_t)(drawn >> 16) % 20;
    }
}

static void choose_flow(reforms *s, int epoch, int code) {
    int old = s->alive[epoch - 1][code], own = s->alive[epoch][code];
    reform_flow *f = &s->flows[epoch][old];
    int others = (int)chance(s, own >= 0 ? 5 : 4);
    if (own >= 0) send(f, own);
    if (own >= 0 && others >= 3) others = 0;
    for (int tries = 0; others > 0 && tries < 40; tries++) {
        int to = s->alive[epoch][chance(s, CODES)];
        if (to < 0 || reforms_goes_to(f, to)) continue;
        send(f, to);
        others--;
    }
    f->rest = own < 0 && f->count == 1 && chance(s, 4) == 0;
    f->written = chance(s, 2) == 0;
    for (int i = 0; i < f->count; i++)
        f->weight[i] = draw_weight(s);
}

void reforms_make(reforms *s, uint64_t seed) {
    memset(s, 0, sizeof *s);
    s->random = s->weights = seed;
    s->epochs = 2 + (int)chance(s, EPOCHS - 1);
    for (int code = 0; code < CODES; code++) {
        s->alive[0][code] = chance(s, 3) > 0 ? new_row(s, code, 0, 0) : -1;
        s->last[code] = s->alive[0][code];
    }
    for (int epoch = 1; epoch < s->epochs; epoch++) {
        choose_targets(s, epoch);
        for (int code = 0; code < CODES; code++)
            if (s->alive[epoch - 1][code] >= 0) choose_flow(s, epoch, code);
    }
}

/* ------------------------------------------------------------------------------------------- as tables */

ntm_date reforms_day(int epoch) { return FIRST + epoch * DAYS; }

static void put_day(char *buffer, size_t capacity, int epoch) {
    int y, m, d;
    ntm_date_parts(reforms_day(epoch), &y, &m, &d);
    (void)snprintf(buffer, capacity, "%04d-%02d-%02d", y, m, d);
}

/* Whether the table has to have the edge to the row of the unit's own code: it may be left out when the rest stays with
   its row, and when nothing else says what the new row is made of. */
bool reforms_needs_own(const reforms *s, int epoch, int u, int own) {
    const reform_flow *f = &s->flows[epoch][u];
    return f->count > 2 && own != u && reforms_sources(s, epoch, own) > 1;
}

int64_t reforms_weight(const reforms *s, int epoch, int u, int at) {
    const reform_flow *f = &s->flows[epoch][u];
    bool own = s->rows[f->to[at]].code == s->rows[u].code;
    return own && !f->written && !reforms_needs_own(s, epoch, u, f->to[at]) ? -1 : f->weight[at];
}

static void write_edges(char *text, size_t capacity, const reforms *s) {
    size_t used = (size_t)snprintf(text, capacity, "on,old_code,new_code,part,people\n");
    for (int epoch = s->epochs - 1; epoch > 0; epoch--)
        for (int u = 0; u < s->row_count; u++) {
            const reform_flow *f = &s->flows[epoch][u];
            for (int i = 0; i < f->count; i++) {
                char day[16], weight[24] = "";
                bool own = s->rows[f->to[i]].code == s->rows[u].code;
                if (own && !f->written && !reforms_needs_own(s, epoch, u, f->to[i])) continue;
                put_day(day, sizeof day, epoch);
                if (f->weight[i] >= 0) (void)snprintf(weight, sizeof weight, "%lld", (long long)f->weight[i]);
                used += (size_t)snprintf(text + used, capacity - used, "%s,%c,%c,%s,%s\n", day, 'A' + s->rows[u].code,
                                         'A' + s->rows[f->to[i]].code, f->count > 1 || f->rest ? "partial" : "full",
                                         weight);
                assert_true(used < capacity);
            }
        }
}

ntm_units *reforms_units(const reforms *s) {
    static const char *const weights[] = {"people"};
    char rows[8192], edges[32768];
    ntm_units_options options = NTM_UNITS_OPTIONS_INIT;
    options.weights = weights;
    options.weight_count = 1;
    size_t used = (size_t)snprintf(rows, sizeof rows, "code,name,level,valid_from,valid_to\n");
    for (int u = 0; u < s->row_count; u++) {
        char from[16] = "", before[16] = "";
        if (s->rows[u].from > 0) put_day(from, sizeof from, s->rows[u].from);
        if (s->rows[u].before < EPOCHS) put_day(before, sizeof before, s->rows[u].before);
        used += (size_t)snprintf(rows + used, sizeof rows - used, "%c,Xã %c%.*s,commune,%s,%s\n", 'A' + s->rows[u].code,
                                 'A' + s->rows[u].code, s->rows[u].name, "ooooo", from, before);
        assert_true(used < sizeof rows);
    }
    write_edges(edges, sizeof edges, s);
    return tree_new(rows, edges, NULL, &options);
}
