/* SPDX-License-Identifier: Apache-2.0 */
/* Random rules, programmes and tables against a second implementation that asks every rule of every row by its
   definition. */
#include "grammar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RULES_MAX = 40, ROWS = 60, KINDS = NTM_CODE_KIND_END, DAYS = 12, PROGRAMMES = 3 };

/* A rule as it is written; codes have two digits, or one for levels. */
typedef struct written {
    int kind, shape, digits, first, last, level, part_of, within, from, to, standing;
} written;

typedef struct world {
    written rules[RULES_MAX];
    int count;
    ntm_budget_programme programmes[PROGRAMMES];
    char codes[PROGRAMMES][4];
    int numbers[PROGRAMMES];
    int programme_count;
    bool seen_only;
    uint64_t state;
} world;

typedef struct row {
    char code[KINDS][8];
    const char *programme;
    const char *source;
    int day;
} row;

static int pick(world *w, int count) { return (int)(fault_random(&w->state) % (uint64_t)count); }

static const char *const kinds[] = {NULL,      "chapter",   "category", "class", "item",
                                    "subitem", "programme", "source",   "level"};
static const char *const levels[] = {"", "central", "province", "district", "commune", "local"};
static const char *const shapes[] = {NULL, "any", "tens", "ones", "same level", "parts only", "central code"};
static const char *const standings[] = {NULL, "seen", "inferred", "unread"};
static const char *const sources[] = {"", "tw", "tỉnh"};
static const char *const ids[] = {"", "a", "b", "khác"};

static bool shape_fits(int shape, int value) { return shape == 1 || (value % 10 == 0) == (shape == 2); }

static written random_rule(world *w) {
    written r = {
        .kind = 1 + pick(w, 8), .shape = 1 + pick(w, 3), .standing = 1 + (pick(w, 4) == 0 ? 1 + pick(w, 2) : 0)};
    r.from = pick(w, DAYS);
    r.to = r.from + 1 + pick(w, DAYS);
    if (pick(w, 6) == 0) {
        r.shape = 4 + pick(w, 3);
        r.kind = r.shape == 4 ? NTM_CODE_CHAPTER : NTM_CODE_PROGRAMME;
        return r;
    }
    r.digits = r.kind == NTM_CODE_LEVEL ? 1 : 2;
    int end = r.digits == 1 ? 10 : 100;
    r.first = pick(w, end);
    r.last = r.first + pick(w, end - r.first);
    if (pick(w, 2) == 0 || r.kind == NTM_CODE_CATEGORY) r.last = r.first;
    if (r.first == r.last && !shape_fits(r.shape, r.first)) r.shape = 1;
    r.level = pick(w, 6);
    if (r.kind == NTM_CODE_CLASS || r.kind == NTM_CODE_SUBITEM) {
        r.part_of = r.kind - 1;
        r.within = pick(w, 2) * (1 + pick(w, 30));
    }
    return r;
}

static void day_text(char out[24], int day) { (void)snprintf(out, 24, "2020-01-%02d", day + 1); }

static ntm_classification *random_rules(world *w) {
    static char text[RULES_MAX * 120];
    size_t size = 0;
    text[0] = '\0';
    w->count = 10 + pick(w, RULES_MAX - 10);
    for (int i = 0; i < w->count; i++) {
        written *r = &w->rules[i];
        char from[24], to[24], digits[16] = "", first[16] = "", last[16] = "", within[16] = "";
        *r = random_rule(w);
        day_text(from, r->from);
        day_text(to, r->to);
        if (r->digits > 0) {
            (void)snprintf(digits, sizeof digits, "%d", r->digits);
            (void)snprintf(first, sizeof first, "%0*d", r->digits, r->first);
            (void)snprintf(last, sizeof last, "%0*d", r->digits, r->last);
        }
        if (r->within > 0) (void)snprintf(within, sizeof within, "%d", r->within);
        size += (size_t)snprintf(text + size, sizeof text - size, "%s,%s,%s,%s,%s,%s,%s,%s,,,,%s,%s,%s,A,S\n",
                                 kinds[r->kind], shapes[r->shape], digits, first, last, levels[r->level],
                                 r->part_of == 0 ? "" : kinds[r->part_of], within, from, to, standings[r->standing]);
    }
    return grammar_read(text);
}

/* ------------------------------------------------------------------------------------------- by definition */

static bool in_force(const written *r, int day) { return r->from <= day && day < r->to; }

static const written *naive_about(const world *w, int shape, int day) {
    for (int i = 0; i < w->count; i++)
        if (w->rules[i].shape == shape && in_force(&w->rules[i], day)) return &w->rules[i];
    return NULL;
}

/* The verdict of one code; the rule that holds it, and its parent's number or -1. */
static int naive_code(const world *w, int kind, const char *code, int day, const written **hit, int *parent) {
    bool any = false, inferred = false, alone = code[0] != '\0', length = false, misshapen = false;
    const written *ended = NULL, *coming = NULL;
    int value = atoi(code), size = (int)strlen(code);
    *hit = NULL;
    *parent = -1;
    alone = strspn(code, "0123456789") == strlen(code);
    for (int i = 0; i < w->count; i++) {
        const written *r = &w->rules[i];
        if (r->kind != kind || r->shape > 3) continue;
        bool within = alone && size == r->digits && value >= r->first && value <= r->last;
        bool fits = within && shape_fits(r->shape, value);
        if (!in_force(r, day)) {
            if (fits && r->to <= day && (ended == NULL || r->to > ended->to)) ended = r;
            if (fits && r->from > day && (coming == NULL || r->from < coming->from)) coming = r;
            continue;
        }
        any = true;
        length = length || size == r->digits;
        inferred = inferred || r->standing == 2;
        misshapen = misshapen || (within && !fits);
        if (fits && *hit == NULL) *hit = r;
    }
    if (!any) return NTM_CODE_OPEN;
    if (*hit != NULL) {
        int verdict = (*hit)->standing == 3 ? NTM_CODE_OPEN : NTM_CODE_GOOD, best = -1;
        bool listed = false, range = false;
        for (int i = 0; (*hit)->part_of != 0 && i < w->count; i++) {
            const written *r = &w->rules[i];
            if (r->kind != (*hit)->part_of || r->shape > 3 || r->digits != (*hit)->digits || !in_force(r, day))
                continue;
            listed = true;
            range = range || r->first != r->last;
            if (r->first < value && r->first > best) best = r->first;
        }
        if (listed && !range) {
            *parent = best;
            if (best < 0 || ((*hit)->within > 0 && value - best > (*hit)->within)) verdict = NTM_CODE_NO_PARENT;
        }
        return w->seen_only && (*hit)->standing == 2 ? NTM_CODE_OPEN : verdict;
    }
    if (w->seen_only && alone && (ended != NULL || coming != NULL)) inferred = (ended ? ended : coming)->standing == 2;
    if (w->seen_only && inferred) return NTM_CODE_OPEN;
    if (!alone) return NTM_CODE_BAD_DIGITS;
    if (ended != NULL) return NTM_CODE_ENDED;
    if (coming != NULL) return NTM_CODE_NOT_YET;
    return !length ? NTM_CODE_BAD_LENGTH : misshapen ? NTM_CODE_BAD_SHAPE : NTM_CODE_OUT_OF_RANGE;
}

static int weak(const world *w, const written *rule, int verdict) {
    return w->seen_only && rule->standing == 2 ? NTM_CODE_OPEN : verdict;
}

/* The findings of a row as bits: kind x verdict. */
static void naive_row(const world *w, const row *r, bool found[KINDS][NTM_CODE_VERDICT_END]) {
    const written *hits[KINDS] = {NULL};
    int verdicts[KINDS], parents[KINDS], block = 20;
    memset(found, 0, sizeof(bool[KINDS][NTM_CODE_VERDICT_END]));
    for (int kind = 1; kind < KINDS; kind++) {
        verdicts[kind] = -1;
        if (r->code[kind][0] == '\0') continue;
        verdicts[kind] = naive_code(w, kind, r->code[kind], r->day, &hits[kind], &parents[kind]);
        if (verdicts[kind] != NTM_CODE_GOOD) found[kind][verdicts[kind]] = true;
    }
    for (int kind = 1; kind < KINDS; kind++) {
        int of = verdicts[kind] == NTM_CODE_GOOD ? hits[kind]->part_of : 0;
        if (of == 0 || verdicts[of] != NTM_CODE_GOOD) continue;
        int part = atoi(r->code[kind]), whole = atoi(r->code[of]), within = hits[kind]->within;
        bool belongs =
            parents[kind] >= 0 ? whole == parents[kind] : whole < part && (within == 0 || part - whole <= within);
        if (!belongs) found[kind][weak(w, hits[kind], NTM_CODE_OTHER_PARENT)] = true;
    }
    const written *same = naive_about(w, 4, r->day), *sum = naive_about(w, 5, r->day),
                  *central = naive_about(w, 6, r->day);
    const int chapter = NTM_CODE_CHAPTER, level = NTM_CODE_LEVEL, programme = NTM_CODE_PROGRAMME;
    if (same != NULL && verdicts[chapter] == NTM_CODE_GOOD && verdicts[level] == NTM_CODE_GOOD &&
        hits[chapter]->level != 0 && hits[level]->level != 0 && hits[chapter]->level != hits[level]->level)
        found[level][weak(w, same, NTM_CODE_OTHER_LEVEL)] = true;
    bool local = strcmp(r->source, "tỉnh") == 0 || (verdicts[level] == NTM_CODE_GOOD && hits[level]->level >= 2);
    for (int i = 0; i < w->programme_count; i++) {
        const ntm_budget_programme *p = &w->programmes[i];
        int code = atoi(r->code[programme]);
        bool alone = strlen(r->code[programme]) == 2 && strspn(r->code[programme], "0123456789") == 2;
        block = (int)p->step;
        if (sum != NULL && p->has_parts && strcmp(r->code[programme], p->code) == 0)
            found[programme][weak(w, sum, NTM_CODE_IS_A_SUM)] = true;
        if (central != NULL && local && strcmp(r->programme, p->id) == 0 && p->level == NTM_CENTRAL &&
            !(alone && code >= w->numbers[i] && code < w->numbers[i] + block))
            found[programme][weak(w, central, NTM_CODE_CENTRAL_NEEDED)] = true;
    }
}

/* ------------------------------------------------------------------------------------------- the same, asked */

static void random_code(world *w, char out[8], int kind) {
    static const char *const odd[] = {"", "", "x", "123", "7", "1234567", "-1"};
    if (pick(w, 6) == 0)
        (void)snprintf(out, 8, "%s", odd[pick(w, 7)]);
    else
        (void)snprintf(out, 8, "%0*d", kind == NTM_CODE_LEVEL ? 1 : 2, pick(w, kind == NTM_CODE_LEVEL ? 10 : 100));
}

/* Declares programmes that the rules allow; those that are refused are left out. */
static void random_programmes(world *w, const ntm_classification *c) {
    w->programme_count = 0;
    for (int tries = 0; tries < 8 && w->programme_count < 2; tries++) {
        int at = w->programme_count;
        ntm_codes_options options = NTM_CODES_OPTIONS_INIT;
        ntm_budget_codes codes = NTM_BUDGET_CODES_INIT;
        size_t count = 0;
        w->numbers[at] = pick(w, 100);
        (void)snprintf(w->codes[at], sizeof w->codes[at], "%02d", w->numbers[at]);
        w->programmes[at] = (ntm_budget_programme){ids[1 + at],
                                                   w->codes[at],
                                                   1 + (uint32_t)pick(w, 20),
                                                   pick(w, 3) == 0 ? NTM_LOCAL : NTM_CENTRAL,
                                                   pick(w, 2) == 0,
                                                   NTM_DATE_NONE,
                                                   NTM_DATE_NONE};
        options.programmes = w->programmes;
        options.programme_count = (size_t)at + 1;
        if (ntm_entry_check(NULL, &count, 0, c, &codes, grammar_day("2020-01-01"), &options, NULL) == NTM_OK)
            w->programme_count++;
    }
}

typedef struct answers {
    bool found[ROWS][KINDS][NTM_CODE_VERDICT_END];
} answers;

static void note(void *context, size_t at, const ntm_code_finding *finding) {
    answers *to = context;
    assert_false(to->found[at][finding->kind][finding->verdict]);
    to->found[at][finding->kind][finding->verdict] = true;
}

static ntm_csv *table_of(const row *rows, world *w) {
    static const char *const names[] = {"chapter", "category",       "class",       "item",
                                        "subitem", "programme_code", "source_code", "budget_level",
                                        "date",    "programme",      "source"};
    static char text[ROWS * 160 + 200];
    ntm_csv_field fields[11];
    ntm_csv *csv = NULL;
    ntm_error err = NTM_ERROR_INIT;
    size_t size = 0;
    for (int i = 0; i < 11; i++) {
        ntm_csv_kind kind = pick(w, 2) == 0 ? NTM_CSV_TEXT : i == 8 ? NTM_CSV_DATE : NTM_CSV_CODES;
        fields[i] = (ntm_csv_field){names[i], NULL, kind, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL};
        size += (size_t)snprintf(text + size, sizeof text - size, "%s%s", names[i], i == 10 ? "\n" : ",");
    }
    for (int i = 0; i < ROWS; i++) {
        char day[24];
        day_text(day, rows[i].day);
        for (int kind = 1; kind < KINDS; kind++)
            size += (size_t)snprintf(text + size, sizeof text - size, "%s,", rows[i].code[kind]);
        size += (size_t)snprintf(text + size, sizeof text - size, "%s,%s,%s\n", day, rows[i].programme, rows[i].source);
    }
    assert_ok(ntm_csv_read(&csv, text, size, "t", fields, 11, NULL, &err), &err);
    return csv;
}

static void expect_entry(const world *w, const ntm_classification *c, const row *r, const ntm_codes_options *options,
                         bool found[KINDS][NTM_CODE_VERDICT_END]) {
    const ntm_budget_codes codes = {sizeof codes, r->code[1], r->code[2], r->code[3],   r->code[4], r->code[5],
                                    r->code[6],   r->code[7], r->code[8], r->programme, r->source};
    ntm_code_finding told[NTM_ENTRY_FINDINGS_MAX];
    size_t count = 0, wanted = 0;
    ntm_error err = NTM_ERROR_INIT;
    char day[24];
    (void)w;
    day_text(day, r->day);
    assert_ok(ntm_entry_check(told, &count, NTM_ENTRY_FINDINGS_MAX, c, &codes, grammar_day(day), options, &err), &err);
    for (int kind = 1; kind < KINDS; kind++)
        for (int verdict = 0; verdict < NTM_CODE_VERDICT_END; verdict++)
            wanted += found[kind][verdict];
    for (size_t i = 0; i < count; i++)
        if (!found[told[i].kind][told[i].verdict])
            fail_msg("%s \"%s\" on %s: %s", kinds[told[i].kind], told[i].code, day,
                     ntm_code_verdict_name(told[i].verdict));
    assert_true(count <= NTM_ENTRY_FINDINGS_MAX && count >= wanted);
}

static void one_world(uint64_t seed) {
    static world w;
    static row rows[ROWS];
    static answers asked;
    bool found[KINDS][NTM_CODE_VERDICT_END];
    ntm_codes_count count;
    ntm_error err = NTM_ERROR_INIT;
    uint64_t bad = 0, open = 0;
    w.state = seed;
    ntm_classification *c = random_rules(&w);
    w.seen_only = pick(&w, 3) == 0;
    random_programmes(&w, c);
    for (int i = 0; i < ROWS; i++) {
        for (int kind = 1; kind < KINDS; kind++)
            random_code(&w, rows[i].code[kind], kind);
        if (w.programme_count > 0 && pick(&w, 3) == 0)
            (void)snprintf(rows[i].code[NTM_CODE_PROGRAMME], 8, "%s", w.codes[0]);
        rows[i].programme = ids[pick(&w, 4)];
        rows[i].source = sources[pick(&w, 3)];
        rows[i].day = pick(&w, DAYS * 2);
    }
    ntm_codes_options options = NTM_CODES_OPTIONS_INIT;
    options.programmes = w.programmes;
    options.programme_count = (size_t)w.programme_count;
    options.local_sources = &sources[2];
    options.local_source_count = 1;
    options.seen_only = w.seen_only;
    ntm_csv *csv = table_of(rows, &w);
    memset(&asked, 0, sizeof asked);
    options.found = NULL;
    assert_ok(ntm_codes_check_table(&count, c, ntm_csv_table(csv), &options, &err), &err);
    for (int i = 0; i < ROWS; i++) {
        bool row_bad = false, row_open = false;
        naive_row(&w, &rows[i], found);
        expect_entry(&w, c, &rows[i], &options, found);
        for (int kind = 1; kind < KINDS; kind++) {
            row_open = row_open || found[kind][NTM_CODE_OPEN];
            for (int verdict = NTM_CODE_BAD_DIGITS; verdict < NTM_CODE_VERDICT_END; verdict++)
                row_bad = row_bad || found[kind][verdict];
        }
        bad += row_bad;
        open += row_open && !row_bad;
    }
    assert_true(count.bad == bad && count.open == open && count.good + bad + open == ROWS);
    ntm_csv_free(csv);
    ntm_classification_free(c);
}

/* Of one world, what the table tells of each row is what the definition says, and nothing is told twice but what is open. */
static void told(void **state) {
    ntm_classification *c = grammar_shipped();
    static answers asked;
    static const char *const names[] = {"chapter"};
    static const char text[] = "chapter\n612\n999\n412\n";
    const ntm_csv_field field = {names[0], NULL, NTM_CSV_CODES, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL};
    ntm_codes_options options = NTM_CODES_OPTIONS_INIT;
    ntm_csv *csv = NULL;
    (void)state;
    options.on = grammar_day("2026-05-01");
    options.found = note;
    options.context = &asked;
    assert_int_equal(ntm_csv_read(&csv, text, sizeof text - 1, "t", &field, 1, NULL, NULL), NTM_OK);
    assert_int_equal(ntm_codes_check_table(NULL, c, ntm_csv_table(csv), &options, NULL), NTM_OK);
    assert_true(asked.found[0][NTM_CODE_CHAPTER][NTM_CODE_ENDED] &&
                asked.found[1][NTM_CODE_CHAPTER][NTM_CODE_OUT_OF_RANGE]);
    ntm_csv_free(csv);
    ntm_classification_free(c);
}

static void worlds(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= (fault_under_valgrind() ? 20u : 1500u); seed++)
        one_world(seed);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(told), cmocka_unit_test(worlds)};
    return cmocka_run_group_tests_name("random budget codes", tests, NULL, NULL);
}
