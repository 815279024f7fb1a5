/* SPDX-License-Identifier: Apache-2.0 */
/* Random norms, quantities and rules against a second implementation: every norm is looked at for every row, and what is
   divided or capped is dealt out by looking at everybody again and again. */
#include "lines.h"

#include <stdlib.h>

enum { NORMS_MOST = 12, ROWS_MOST = 8, RULES = 3 };

static const char *const classes[] = {"", "A", "B"}, *const regions[] = {"", "h", "p"},
                         *const units[] = {"Y", "X", "Z"}, *const sources[] = {"a", "b", "c"},
                         *const pers[] = {"", "work", "unit", "total"};

typedef struct norm {
    size_t class_name, region, from, before; /* days in January 2020; before 0 = always */
    int64_t amount;
} norm;

typedef struct row {
    size_t unit, class_name, region, day;
    int64_t quantity; /* -1 = not reported */
} row;

typedef struct rule {
    int64_t share, cap;
    size_t per, to;
} rule;

typedef struct model {
    norm norms[NORMS_MOST];
    row rows[ROWS_MOST];
    rule rules[RULES];
    size_t norm_count, row_count;
    int64_t amounts[ROWS_MOST][RULES];
} model;

static uint64_t below(uint64_t *seed, uint64_t most) { return fault_random(seed) % most; }

static bool clash(const model *m, const norm *n) {
    for (size_t i = 0; i < m->norm_count; i++) {
        const norm *o = &m->norms[i];
        if (o->class_name == n->class_name && o->region == n->region && o->from < n->before && n->from < o->before)
            return true;
    }
    return false;
}

static model draw(uint64_t *seed) {
    model m = {.norm_count = 0};
    for (size_t i = 0, most = 1 + below(seed, NORMS_MOST); i < most; i++) {
        norm n = {below(seed, 3), below(seed, 3), 1 + below(seed, 20), 0, (int64_t)below(seed, 1000)};
        n.before = n.from + 1 + below(seed, 25 - n.from);
        if (!clash(&m, &n)) m.norms[m.norm_count++] = n;
    }
    m.row_count = 1 + below(seed, ROWS_MOST);
    for (size_t i = 0; i < m.row_count; i++)
        m.rows[i] = (row){below(seed, 3), 1 + below(seed, 2), 1 + below(seed, 2), 1 + below(seed, 24),
                          (int64_t)below(seed, 20) - (below(seed, 15) == 0 ? 20 : 0)};
    m.rules[0].share = (int64_t)below(seed, 101);
    m.rules[1].share = (int64_t)below(seed, (uint64_t)(101 - m.rules[0].share));
    m.rules[2].share = 100 - m.rules[0].share - m.rules[1].share;
    m.rules[0].per = below(seed, 4);
    m.rules[0].to = 1 + below(seed, 2);
    m.rules[1].per = below(seed, 4);
    m.rules[1].to = 2;
    m.rules[0].cap = (int64_t)below(seed, 1500);
    m.rules[1].cap = (int64_t)below(seed, 1500);
    for (size_t i = 0; i < m.row_count; i++)
        if (m.rows[i].quantity < 0) m.rows[i].quantity = -1;
    return m;
}

/* ------------------------------------------------------------------------------------------- the second one */

/* The amount of the norm that holds; -1 = none, -2 = two. */
static int64_t norm_of(const model *m, const row *r) {
    int best = -1;
    int64_t amount = -1;
    for (size_t i = 0; i < m->norm_count; i++) {
        const norm *n = &m->norms[i];
        bool of = (n->class_name == 0 || n->class_name == r->class_name) &&
                  (n->region == 0 || n->region == r->region) && n->from <= r->day && r->day < n->before;
        int named = (n->class_name != 0) + (n->region != 0);
        if (!of || named < best) continue;
        amount = named == best ? -2 : n->amount;
        best = named;
    }
    return amount;
}

/* `pot` by weights: parts rounded down, then one each to the largest remainder, the larger weight, the first. */
static void deal(int64_t *out, int64_t pot, const int64_t *weights, size_t count) {
    int64_t sum = 0, left = pot, rest[ROWS_MOST];
    for (size_t i = 0; i < count; i++)
        sum += weights[i];
    for (size_t i = 0; i < count; i++) {
        out[i] = pot * weights[i] / sum;
        rest[i] = pot * weights[i] % sum;
        left -= out[i];
    }
    for (; left > 0; left--) {
        size_t best = 0;
        for (size_t i = 1; i < count; i++)
            if (rest[i] > rest[best] || (rest[i] == rest[best] && weights[i] > weights[best])) best = i;
        out[best]++;
        rest[best] = -1;
    }
}

/* Caps rule r for the rows of a unit (3 = all). False when one of them is open. */
static bool cap_rows(model *m, size_t r, size_t unit) {
    static const size_t in_order[] = {1, 0, 2}; /* X, Y, Z */
    size_t rows[ROWS_MOST], count = 0;
    int64_t weights[ROWS_MOST], kept[ROWS_MOST], sum = 0;
    for (size_t u = 0; u < 3; u++)
        for (size_t i = 0; i < m->row_count; i++)
            if (m->rows[i].unit == in_order[u] && (unit == 3 || unit == in_order[u])) rows[count++] = i;
    for (size_t i = 0; i < count; i++) {
        if (m->rows[rows[i]].quantity < 0) return count == 1; /* alone it leaves nothing to anybody */
        weights[i] = m->amounts[rows[i]][r];
        sum += weights[i];
    }
    if (sum <= m->rules[r].cap) return true;
    deal(kept, m->rules[r].cap, weights, count);
    for (size_t i = 0; i < count; i++) {
        m->amounts[rows[i]][m->rules[r].to] += weights[i] - kept[i];
        m->amounts[rows[i]][r] = kept[i];
    }
    return true;
}

static bool cap_rule(model *m, size_t r) {
    const rule *of = &m->rules[r];
    if (of->per == 2) return cap_rows(m, r, 0) && cap_rows(m, r, 1) && cap_rows(m, r, 2);
    if (of->per == 3) return cap_rows(m, r, 3);
    for (size_t i = 0; i < m->row_count && of->per == 1; i++) {
        int64_t most = of->cap * m->rows[i].quantity, off = m->amounts[i][r] - most;
        if (m->rows[i].quantity < 0 || off <= 0) continue;
        m->amounts[i][r] -= off;
        m->amounts[i][of->to] += off;
    }
    return true;
}

/* Whether it can be reckoned at all. */
static bool reckon(model *m) {
    for (size_t i = 0; i < m->row_count; i++) {
        const row *r = &m->rows[i];
        int64_t amount = norm_of(m, r), shares[RULES];
        if (amount < 0) return false;
        for (size_t k = 0; k < RULES; k++)
            shares[k] = m->rules[k].share;
        if (r->quantity >= 0) deal(m->amounts[i], amount * r->quantity, shares, RULES);
    }
    return cap_rule(m, 0) && cap_rule(m, 1);
}

/* ------------------------------------------------------------------------------------------- the comparison */

static char *write_norms(const model *m) {
    static char text[4096];
    size_t used =
        (size_t)snprintf(text, sizeof text, "work,resource,work_unit,class,region,valid_from,valid_to,amount#0\n");
    for (size_t i = 0; i < m->norm_count; i++) {
        const norm *n = &m->norms[i];
        used += (size_t)snprintf(text + used, sizeof text - used, "w,money,km,%s,%s,2020-01-%02u,2020-01-%02u,%lld\n",
                                 classes[n->class_name], regions[n->region], (unsigned)n->from, (unsigned)n->before,
                                 (long long)n->amount);
    }
    return text;
}

static char *write_rows(const model *m) {
    static char text[4096];
    size_t used = (size_t)snprintf(text, sizeof text, "unit,work,work_unit,class,region,date,quantity#0\n");
    for (size_t i = 0; i < m->row_count; i++) {
        const row *r = &m->rows[i];
        used += (size_t)snprintf(text + used, sizeof text - used, "%s,w,km,%s,%s,2020-01-%02u,", units[r->unit],
                                 classes[r->class_name], regions[r->region], (unsigned)r->day);
        used += (size_t)snprintf(text + used, sizeof text - used, r->quantity < 0 ? "\n" : "%lld\n",
                                 (long long)r->quantity);
    }
    return text;
}

static char *write_rules(const model *m) {
    static char text[1024];
    size_t used = (size_t)snprintf(text, sizeof text, "resource,source,share#0,cap_per,cap_to,cap#0\n");
    for (size_t i = RULES; i-- > 0;) {
        const rule *r = &m->rules[i];
        used += (size_t)snprintf(text + used, sizeof text - used, "money,%s,%lld,%s,%s,", sources[i],
                                 (long long)r->share, pers[r->per], r->per == 0 ? "" : sources[r->to]);
        used += (size_t)snprintf(text + used, sizeof text - used, r->per == 0 ? "\n" : "%lld\n", (long long)r->cap);
    }
    return text;
}

static void compare(const model *m, const ntm_needs *needs) {
    assert_int_equal(ntm_needs_count(needs), m->row_count * RULES);
    for (size_t i = 0; i < m->row_count; i++) {
        int64_t sum = 0;
        ntm_need it;
        for (size_t k = 0; k < RULES; k++) {
            assert_int_equal(ntm_needs_get(&it, needs, i * RULES + k, NULL), NTM_OK);
            assert_int_equal(it.row, i);
            assert_int_equal(it.open, m->rows[i].quantity < 0 ? NTM_NEED_NO_QUANTITY : NTM_NEED_KNOWN);
            assert_int_equal(it.amount, m->rows[i].quantity < 0 ? 0 : m->amounts[i][k]);
            sum += it.amount;
        }
        assert_int_equal(sum, it.whole);
    }
}

static void compared(void **state) {
    (void)state;
    uint64_t seed = 7, runs = fault_under_valgrind() ? 100 : 6000, reckoned = 0;
    for (uint64_t i = 0; i < runs; i++) {
        model m = draw(&seed);
        ntm_needs_options options = NTM_NEEDS_OPTIONS_INIT;
        ntm_needs *needs = NULL;
        ntm_error err = NTM_ERROR_INIT;
        ntm_status status = try_needs(&needs, write_norms(&m), write_rows(&m), write_rules(&m), &options, &err);
        if (reckon(&m)) {
            assert_int_equal(status, NTM_OK);
            compare(&m, needs);
            reckoned++;
        } else {
            assert_true(status == NTM_ERROR_NOT_FOUND || status == NTM_ERROR_CONFLICT || status == NTM_ERROR_VALUE);
        }
        ntm_needs_free(needs);
    }
    assert_true(reckoned > runs / 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(compared)};
    return cmocka_run_group_tests_name("random needs", tests, NULL, NULL);
}
