/* SPDX-License-Identifier: Apache-2.0 */
/* Tallies from text. Nothing of the text is trusted: what is read has to be what ntm_cube_tally_write() could have written. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cube/cube.h"
#include "cube/form.h"
#include "number/wide.h"

enum { FIELDS_MOST = 4096 };

/* A line taken apart at its tabs. */
typedef struct line {
    char **fields;
    size_t count;
} line;

typedef struct reading {
    ntm_cube_tally *tally;
    ntm_i_arena scratch;
    const char *name;
    char *at, *end;  /* of a copy of the bytes, that ends with NUL */
    uint32_t number; /* of the line */
    line line;
    ntm_cube_options options; /* in the making */
    ntm_i_array sides, only, expected, kinds, kind_units, members, segments, cells;
    ntm_error *err;
    ntm_status status;
} reading;

/* A cell as it stands. */
typedef struct written {
    uint32_t at[NTM_I_BASES_MAX];
    ntm_i_wide sum;
    uint32_t missing;
    uint8_t mark;
} written;

static bool fail(reading *r, ntm_status status, const char *why) {
    if (r->status == NTM_OK)
        r->status = status == NTM_ERROR_MEMORY
                        ? ntm_i_no_memory(r->err)
                        : ntm_i_fail(r->err, status, NTM_I_LINE(r->name, r->number, 0), "%s", why);
    return false;
}

static bool lost(reading *r) { return fail(r, NTM_ERROR_MEMORY, ""); }

/* ------------------------------------------------------------------------------------------- lines and fields */

static bool next_line(reading *r) {
    if (r->at >= r->end) return fail(r, NTM_ERROR_SYNTAX, "the text ends before the line \"end\"");
    char *stop = memchr(r->at, '\n', (size_t)(r->end - r->at));
    r->number++;
    if (stop == NULL) return fail(r, NTM_ERROR_SYNTAX, "a line without an end: the text was cut off");
    *stop = '\0';
    r->line.count = 0;
    for (char *field = r->at; field != NULL;) {
        char *tab = memchr(field, '\t', (size_t)(stop - field));
        if (r->line.count == FIELDS_MOST) return fail(r, NTM_ERROR_LIMIT, "more than 4096 fields in a line");
        r->line.fields[r->line.count++] = field;
        if (tab != NULL) *tab = '\0';
        field = tab == NULL ? NULL : tab + 1;
    }
    r->at = stop + 1;
    return true;
}

static bool begins(const reading *r, const char *word, size_t least) {
    return r->line.count >= least && strcmp(r->line.fields[0], word) == 0;
}

static bool is(const reading *r, const char *word, size_t count) {
    return r->line.count == count && begins(r, word, count);
}

/* Whether a field is the one of two words, or else the other. */
static bool word_of(bool *first, reading *r, size_t at, const char *one, const char *other) {
    *first = strcmp(r->line.fields[at], one) == 0;
    return *first || strcmp(r->line.fields[at], other) == 0 || fail(r, NTM_ERROR_SYNTAX, "a word that is none of two");
}

/* The text of a field, unescaped in place; NULL for none. */
static bool text_of(const char **out, reading *r, size_t at) {
    char *from = r->line.fields[at], *to = from;
    *out = NULL;
    if (strcmp(from, "-") == 0) return true;
    if (*from++ != '=') return fail(r, NTM_ERROR_SYNTAX, "expected a text: \"=\" and its letters, or \"-\"");
    *out = to;
    for (; *from != '\0'; from++) {
        if (*from != '\\') {
            *to++ = *from;
            continue;
        }
        from++;
        if (*from != 't' && *from != 'n' && *from != '\\') return fail(r, NTM_ERROR_SYNTAX, "an escape that is none");
        *to++ = *from == 't' ? '\t' : *from == 'n' ? '\n' : '\\';
    }
    *to = '\0';
    return true;
}

static bool need_text(const char **out, reading *r, size_t at) {
    return text_of(out, r, at) && (*out != NULL || fail(r, NTM_ERROR_SYNTAX, "expected a text"));
}

static bool day_of(ntm_date *out, reading *r, size_t at, bool or_none) {
    const char *text = r->line.fields[at];
    *out = NTM_DATE_NONE;
    if (or_none && strcmp(text, "-") == 0) return true;
    return ntm_date_parse(out, text, strlen(text), NULL) == NTM_OK || fail(r, NTM_ERROR_SYNTAX, "expected a day");
}

/* A whole number that has to lie between two others. */
static bool number_of(ntm_i_wide *out, reading *r, size_t at, ntm_i_wide least, ntm_i_wide most) {
    const char *text = r->line.fields[at];
    bool negative = *text == '-';
    ntm_i_wide value = 0;
    text += negative;
    size_t digits = strlen(text);
    bool good = digits > 0 && digits <= 38 && (text[0] != '0' || digits == 1) && !(negative && text[0] == '0');
    for (; *text != '\0' && good; text++) {
        good = *text >= '0' && *text <= '9';
        value = value * 10 + (*text - '0');
    }
    *out = negative ? -value : value;
    return (good && *out >= least && *out <= most) || fail(r, NTM_ERROR_SYNTAX, "a number that cannot be");
}

static ntm_period_length length_at(const reading *r, size_t at) {
    return strcmp(r->line.fields[at], "day") == 0 ? NTM_PERIOD_DAY : ntm_i_length_of(r->line.fields[at]);
}

/* ------------------------------------------------------------------------------------------- the question */

static bool read_head(reading *r) {
    ntm_i_wide scale = 0, rung = 0;
    if (!next_line(r)) return false;
    if (r->line.count != 2 || strcmp(r->line.fields[0], "ntm-tally") != 0)
        return fail(r, NTM_ERROR_SYNTAX, "no tally: expected the line \"ntm-tally\", a tab, 1");
    if (strcmp(r->line.fields[1], "1") != 0) return fail(r, NTM_ERROR_UNSUPPORTED, "a form of another version");
    if (!next_line(r)) return false;
    bool money = r->line.count == 2 && strcmp(r->line.fields[1], "amount") == 0;
    if (!is(r, "measure", 2) || (!money && strcmp(r->line.fields[1], "quantity") != 0))
        return fail(r, NTM_ERROR_SYNTAX, "expected the line measure: amount or quantity");
    r->options.measure = money ? NTM_CUBE_AMOUNT : NTM_CUBE_QUANTITY;
    if (!next_line(r)) return false;
    if (!is(r, "scale", 2)) return fail(r, NTM_ERROR_SYNTAX, "expected the line scale");
    if (!number_of(&scale, r, 1, 0, money ? 0 : NTM_SCALE_MAX) || !next_line(r)) return false;
    if (!is(r, "rung", 2)) return fail(r, NTM_ERROR_SYNTAX, "expected the line rung");
    if (!number_of(&rung, r, 1, 0, NTM_ECHELON_VILLAGE)) return false;
    r->tally->scale = (uint8_t)scale;
    r->tally->echelon = (ntm_echelon)rung;
    return next_line(r);
}

static bool read_sides(reading *r) {
    for (; is(r, "side", 4);) {
        ntm_side side = {NULL, NULL, false};
        if (!word_of(&side.up, r, 3, "up", "-") || !need_text(&side.dimension, r, 1) || !text_of(&side.level, r, 2))
            return false;
        if (!ntm_i_array_append(&r->sides, &side, 1)) return lost(r);
        if (!next_line(r)) return false;
    }
    return true;
}

static bool read_only(reading *r) {
    for (; begins(r, "only", 2);) {
        ntm_only only = {NULL, NULL, r->line.count - 2};
        const char **members = ntm_i_arena_take(&r->scratch, r->line.count, sizeof *members);
        if (members == NULL) return lost(r);
        if (!need_text(&only.dimension, r, 1)) return false;
        for (size_t i = 0; i < only.member_count; i++)
            if (!need_text(&members[i], r, i + 2)) return false;
        only.members = members;
        if (!ntm_i_array_append(&r->only, &only, 1)) return lost(r);
        if (!next_line(r)) return false;
    }
    return true;
}

static bool read_expected(reading *r) {
    for (; is(r, "expected", 5);) {
        ntm_expected e = {NULL, length_at(r, 2), 0, 0};
        if (!need_text(&e.stage, r, 1) || !day_of(&e.from, r, 3, false) || !day_of(&e.to, r, 4, false)) return false;
        if (!ntm_i_array_append(&r->expected, &e, 1)) return lost(r);
        if (!next_line(r)) return false;
    }
    for (; is(r, "kind", 3);) {
        const char *kind = NULL, *unit = NULL;
        if (!need_text(&kind, r, 1) || !text_of(&unit, r, 2)) return false;
        if (!ntm_i_array_append(&r->kinds, &kind, 1) || !ntm_i_array_append(&r->kind_units, &unit, 1)) return lost(r);
        if (!next_line(r)) return false;
    }
    return true;
}

static bool read_question(reading *r) {
    ntm_i_wide running = 0;
    if (!read_sides(r) || !read_only(r)) return false;
    if (!is(r, "days", 4)) return fail(r, NTM_ERROR_SYNTAX, "expected the line days");
    if (!day_of(&r->options.from, r, 1, true) || !day_of(&r->options.to, r, 2, true) ||
        !day_of(&r->options.as_of, r, 3, true) || !next_line(r))
        return false;
    if (!is(r, "running", 2)) return fail(r, NTM_ERROR_SYNTAX, "expected the line running");
    if (!number_of(&running, r, 1, 0, NTM_RUNNING_ALL) || !next_line(r) || !read_expected(r)) return false;
    r->options.running = (ntm_running)running;
    r->options.sides = r->sides.items;
    r->options.side_count = r->sides.count;
    r->options.only = r->only.items;
    r->options.only_count = r->only.count;
    r->options.expected = r->expected.items;
    r->options.expected_count = r->expected.count;
    ntm_error why = NTM_ERROR_INIT;
    if (ntm_i_question_check(&r->options, &why) != NTM_OK) return fail(r, NTM_ERROR_SYNTAX, why.message);
    return ntm_i_question_copy(&r->tally->question, &r->options, &r->tally->arena) || lost(r);
}

/* ------------------------------------------------------------------------------------------- bases */

static bool read_members(reading *r, ntm_i_base *base) {
    ntm_i_arena *arena = &r->tally->arena;
    r->members.count = 0;
    for (; is(r, "member", 4);) {
        ntm_member member = {NULL, NULL, NULL, false};
        const char *id = NULL, *parent = NULL;
        if (!word_of(&member.stock, r, 3, "stock", "flow") || !need_text(&id, r, 1) || !text_of(&parent, r, 2))
            return false;
        if (!ntm_i_arena_copy(arena, &member.id, id) || !ntm_i_arena_copy(arena, &member.parent, parent) ||
            !ntm_i_array_append(&r->members, &member, 1))
            return lost(r);
        if (!next_line(r)) return false;
    }
    ntm_member *members = ntm_i_arena_take(arena, r->members.count, sizeof *members);
    if (members == NULL) return lost(r);
    if (r->members.count > 0) memcpy(members, r->members.items, r->members.count * sizeof *members);
    base->members = members;
    base->count = base->member_count = (uint32_t)r->members.count;
    return base->declared <= base->count || fail(r, NTM_ERROR_SYNTAX, "fewer members than are declared");
}

static bool check_once(reading *r, const ntm_i_base *base) {
    ntm_i_csv_codes ids;
    int32_t code = 0;
    bool good = true, twice = false;
    ntm_i_csv_codes_start(&ids, &r->scratch);
    for (uint32_t i = 0; i < base->count && good && !twice; i++) {
        good = ntm_i_csv_codes_find(&ids, &code, base->members[i].id, strlen(base->members[i].id));
        twice = good && (uint32_t)code != i;
    }
    ntm_i_csv_codes_end(&ids);
    if (!good) return lost(r);
    return !twice || fail(r, NTM_ERROR_SYNTAX, "a member twice");
}

/* Declared members have to be such as a ledger takes; others are flows, without parents, in order. */
static bool check_members(reading *r, const ntm_i_base *base) {
    const ntm_ledger_options usual = NTM_LEDGER_OPTIONS_INIT;
    ntm_ledger ledger = {.arena = r->tally->arena};
    ntm_i_ledger_dimension dimension;
    ntm_i_ledger_making m = {.ledger = &ledger, .options = &usual};
    const ntm_dimension_spec spec = {base->dimension, base->members, base->declared, true};
    memset(&dimension, 0, sizeof dimension);
    m.cells = (ntm_i_cells){&ledger.arena, NULL, NULL, NTM_ERROR_INIT, 0, false};
    bool good = ntm_i_dimension_declare(&dimension, &m, &spec);
    r->tally->arena = ledger.arena;
    if (m.cells.no_memory) return lost(r);
    if (!good) return fail(r, NTM_ERROR_SYNTAX, m.cells.first.message);
    if (!check_once(r, base)) return false;
    for (uint32_t i = base->declared; i < base->count; i++) {
        const ntm_member *member = &base->members[i], *before = i == base->declared ? NULL : member - 1;
        if (member->parent != NULL || member->stock)
            return fail(r, NTM_ERROR_SYNTAX, "a member that is not declared has a parent, or is a stock");
        if (before != NULL && (before->id[0] == '\0' || (member->id[0] != '\0' && strcmp(before->id, member->id) >= 0)))
            return fail(r, NTM_ERROR_SYNTAX, "members that are not declared are out of order");
    }
    return true;
}

static bool read_segments(reading *r, ntm_i_base *base) {
    r->segments.count = 0;
    for (; is(r, "time", 6);) {
        ntm_i_segment s = {{length_at(r, 1), 0, 0}, 0, 0};
        if (!day_of(&s.period.first_day, r, 2, false) || !day_of(&s.period.last_day, r, 3, false) ||
            !day_of(&s.first, r, 4, false) || !day_of(&s.last, r, 5, false))
            return false;
        if (s.period.length == 0 ||
            !ntm_i_period_same(ntm_i_period_of(s.period.first_day, s.period.length), s.period) ||
            s.first < s.period.first_day || s.last > s.period.last_day || s.first > s.last)
            return fail(r, NTM_ERROR_SYNTAX, "a stretch of time that cannot be");
        const ntm_i_segment *all = r->segments.items;
        if (r->segments.count > 0 && ntm_i_segment_compare(&all[r->segments.count - 1], &s) >= 0)
            return fail(r, NTM_ERROR_SYNTAX, "stretches of time are out of order");
        if (!ntm_i_array_append(&r->segments, &s, 1)) return lost(r);
        if (!next_line(r)) return false;
    }
    base->segments = ntm_i_arena_take(&r->tally->arena, r->segments.count + 1, sizeof *base->segments);
    if (base->segments == NULL) return lost(r);
    if (r->segments.count > 0) memcpy(base->segments, r->segments.items, r->segments.count * sizeof *base->segments);
    base->count = (uint32_t)r->segments.count;
    return true;
}

static bool read_base(reading *r) {
    ntm_cube_tally *tally = r->tally;
    ntm_i_base *base = &tally->bases[tally->base_count];
    const char *dimension = NULL;
    ntm_i_wide side = 0, declared = 0;
    if (tally->base_count == NTM_I_BASES_MAX) return fail(r, NTM_ERROR_LIMIT, "too many bases");
    if (r->line.count != 4 || !need_text(&dimension, r, 1) ||
        !number_of(&side, r, 2, -1, (ntm_i_wide)tally->question.side_count - 1) ||
        !number_of(&declared, r, 3, 0, INT32_MAX))
        return fail(r, NTM_ERROR_SYNTAX, "a base that cannot be");
    *base = (ntm_i_base){.kind = strcmp(dimension, "unit") == 0   ? NTM_I_BASE_UNIT
                                 : strcmp(dimension, "date") == 0 ? NTM_I_BASE_TIME
                                                                  : NTM_I_BASE_MEMBER,
                         .side = (int)side,
                         .declared = (uint32_t)declared};
    if (!ntm_i_arena_copy(&tally->arena, &base->dimension, dimension)) return lost(r);
    for (size_t i = 0; i < tally->base_count; i++)
        if (strcmp(tally->bases[i].dimension, dimension) == 0) return fail(r, NTM_ERROR_SYNTAX, "a base twice");
    if (base->side >= 0 && strcmp(tally->question.sides[base->side].dimension, dimension) != 0)
        return fail(r, NTM_ERROR_SYNTAX, "a base of another side");
    if (!next_line(r)) return false;
    bool good =
        base->kind == NTM_I_BASE_TIME ? read_segments(r, base) : read_members(r, base) && check_members(r, base);
    tally->base_count += good;
    return good;
}

/* Every side has its base; stage and time come last; what is expected has both. */
static bool check_bases(reading *r) {
    const ntm_cube_tally *tally = r->tally;
    const ntm_i_question *q = &tally->question;
    size_t count = tally->base_count;
    const ntm_i_base *time = ntm_i_base_of(tally, "date"), *stage = ntm_i_base_of(tally, "stage");
    for (size_t i = 0; i < q->side_count; i++) {
        const ntm_i_base *base = ntm_i_base_of(tally, q->sides[i].dimension);
        if (base == NULL || base->side != (int)i) return fail(r, NTM_ERROR_SYNTAX, "a side without its base");
        if (base->kind == NTM_I_BASE_UNIT && q->sides[i].level != NULL && tally->units == NULL)
            return fail(r, NTM_ERROR_ARGUMENT, "a level of units needs the registry");
    }
    if (time != NULL && time != &tally->bases[count - 1]) return fail(r, NTM_ERROR_SYNTAX, "time is not the last base");
    if (stage != NULL && stage != &tally->bases[count - 1 - (time != NULL)])
        return fail(r, NTM_ERROR_SYNTAX, "the stage is not the last base before time");
    if (q->expected_count > 0 && (time == NULL || stage == NULL))
        return fail(r, NTM_ERROR_SYNTAX, "reports are expected without a base of time, or of the stage");
    if (ntm_i_tree_matters(tally) && time == NULL)
        return fail(r, NTM_ERROR_SYNTAX, "units are rolled up without a base of time");
    return true;
}

/* ------------------------------------------------------------------------------------------- cells */

static bool read_cell(reading *r, ntm_i_uwide *bound) {
    const ntm_i_wide large = (ntm_i_wide)1 << 120;
    size_t bases = r->tally->base_count;
    written cell;
    ntm_i_wide number = 0;
    memset(&cell, 0, sizeof cell);
    if (r->line.count != bases + 4) return fail(r, NTM_ERROR_SYNTAX, "a cell with too few or too many fields");
    for (size_t i = 0; i < bases; i++) {
        if (!number_of(&number, r, i + 1, 0, (ntm_i_wide)r->tally->bases[i].count - 1)) return false;
        cell.at[i] = (uint32_t)number;
    }
    if (!number_of(&cell.sum, r, bases + 1, -large, large) || !number_of(&number, r, bases + 2, 0, UINT32_MAX))
        return false;
    cell.missing = (uint32_t)number;
    const char *word = r->line.fields[bases + 3];
    cell.mark = strcmp(word, "all") == 0    ? NTM_I_FLOW
                : strcmp(word, "some") == 0 ? NTM_I_FLOW | NTM_I_DUE
                : strcmp(word, "none") == 0 ? NTM_I_DUE
                                            : 0;
    if (cell.mark == 0 || (cell.missing > 0) != ((cell.mark & NTM_I_DUE) != 0) ||
        (cell.sum != 0 && !(cell.mark & NTM_I_FLOW)))
        return fail(r, NTM_ERROR_SYNTAX, "what a cell says of its reports does not fit");
    *bound += ntm_i_magnitude(cell.sum);
    if (*bound >> 126 != 0) return fail(r, NTM_ERROR_LIMIT, "sums beyond 126 bits");
    return ntm_i_array_append(&r->cells, &cell, 1) || lost(r);
}

static bool read_cells(reading *r) {
    ntm_cube_tally *tally = r->tally;
    uint64_t keys = 0, before = 0;
    ntm_i_uwide bound = 0;
    for (; begins(r, "cell", 1);)
        if (!read_cell(r, &bound) || !next_line(r)) return false;
    if (!is(r, "end", 1)) return fail(r, NTM_ERROR_SYNTAX, "expected a cell, or the line end");
    if (r->at != r->end) return fail(r, NTM_ERROR_SYNTAX, "text behind the end");
    if (!ntm_i_bases_stride(tally, &keys)) return fail(r, NTM_ERROR_LIMIT, "more than 2^63 cells");
    ntm_i_store_start(&tally->store, keys, r->cells.count, bound <= INT64_MAX, &tally->arena.allocator);
    tally->bound = bound;
    if (!ntm_i_store_room(&tally->store) || (tally->store.dense && !ntm_i_store_marks(&tally->store))) return lost(r);
    for (size_t i = 0; i < r->cells.count; i++) {
        const written *cell = &((const written *)r->cells.items)[i];
        uint64_t key = 0;
        for (size_t k = 0; k < tally->base_count; k++)
            key += cell->at[k] * tally->bases[k].stride;
        if (i > 0 && key <= before) return fail(r, NTM_ERROR_SYNTAX, "cells are out of order");
        before = key;
        if (!ntm_i_store_add(&tally->store, key, cell->sum, cell->missing, cell->mark)) return lost(r);
    }
    return ntm_i_store_sort(&tally->store) || lost(r);
}

static bool copy_kinds(reading *r) {
    ntm_cube_tally *tally = r->tally;
    tally->kind_count = r->kinds.count;
    tally->kinds = ntm_i_arena_take(&tally->arena, r->kinds.count, sizeof *tally->kinds);
    tally->kind_units = ntm_i_arena_take(&tally->arena, r->kinds.count, sizeof *tally->kind_units);
    if (tally->kinds == NULL || tally->kind_units == NULL) return lost(r);
    for (size_t i = 0; i < r->kinds.count; i++)
        if (!ntm_i_arena_copy(&tally->arena, &tally->kinds[i], ((const char **)r->kinds.items)[i]) ||
            !ntm_i_arena_copy(&tally->arena, &tally->kind_units[i], ((const char **)r->kind_units.items)[i]))
            return lost(r);
    return true;
}

static bool read_all(reading *r, const char *bytes, size_t size) {
    size_t bad = 0;
    char *copy = ntm_i_arena_take(&r->scratch, size + 1, 1);
    r->line.fields = ntm_i_arena_take(&r->scratch, FIELDS_MOST, sizeof *r->line.fields);
    if (copy == NULL || r->line.fields == NULL) return lost(r);
    if (size > 0) memcpy(copy, bytes, size);
    r->at = copy;
    r->end = copy + size;
    if (!ntm_i_utf8_valid(bytes == NULL ? "" : bytes, size, &bad))
        return fail(r, NTM_ERROR_SYNTAX, "text that is not UTF-8");
    if (!read_head(r) || !read_question(r) || !copy_kinds(r)) return false;
    while (begins(r, "base", 1))
        if (!read_base(r)) return false;
    if (!check_bases(r) || !read_cells(r)) return false;
    ntm_error why = NTM_ERROR_INIT;
    ntm_status status = ntm_i_tally_check(r->tally, &why);
    return status == NTM_OK || fail(r, NTM_ERROR_SYNTAX, why.message);
}

ntm_status ntm_cube_tally_read(ntm_cube_tally **out, const char *bytes, size_t size, const char *name,
                               const ntm_units *units, const ntm_allocator *allocator, ntm_error *err) {
    const ntm_cube_options usual = NTM_CUBE_OPTIONS_INIT;
    if (out == NULL || (bytes == NULL && size > 0) || !ntm_i_allocator_usable(allocator))
        return ntm_i_wrong_call(err, "a place for the tally, bytes and a usable allocator are needed");
    reading r = {.tally = ntm_i_tally_start(allocator), .name = name, .options = usual, .err = err};
    if (r.tally == NULL) return ntm_i_no_memory(err);
    r.tally->units = units;
    ntm_i_arena_start(&r.scratch, allocator);
    ntm_i_array *arrays[] = {&r.sides,      &r.only,    &r.expected, &r.kinds,
                             &r.kind_units, &r.members, &r.segments, &r.cells};
    const size_t sizes[] = {sizeof(ntm_side), sizeof(ntm_only),   sizeof(ntm_expected),  sizeof(char *),
                            sizeof(char *),   sizeof(ntm_member), sizeof(ntm_i_segment), sizeof(written)};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        ntm_i_array_start(arrays[i], allocator, sizes[i]);
    bool good = read_all(&r, bytes, size);
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        ntm_i_array_end(arrays[i]);
    ntm_i_arena_end(&r.scratch);
    if (!good) {
        ntm_cube_tally_free(r.tally);
        return r.status;
    }
    *out = r.tally;
    return NTM_OK;
}
