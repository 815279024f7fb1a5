/* SPDX-License-Identifier: Apache-2.0 */
/* The members of a dimension: as declared, and as the texts of a column name them. */
#include <stdio.h>
#include <string.h>

#include "base/sort.h"
#include "base/text.h"
#include "base/text_fold.h"
#include "ledger/ledger.h"

/* Finding members by id and by name. A tree numbers its texts as they come: ids by member, names by `of_name`. */
typedef struct finder {
    ntm_i_csv_codes ids, names;
    ntm_i_array of_name; /* of uint32_t: the member of each name */
} finder;

static void finder_start(finder *f, ntm_i_arena *arena) {
    ntm_i_csv_codes_start(&f->ids, arena);
    ntm_i_csv_codes_start(&f->names, arena);
    ntm_i_array_start(&f->of_name, &arena->allocator, sizeof(uint32_t));
}

static void finder_end(finder *f) {
    ntm_i_csv_codes_end(&f->ids);
    ntm_i_csv_codes_end(&f->names);
    ntm_i_array_end(&f->of_name);
}

static bool lost(ntm_i_ledger_making *m) {
    m->cells.no_memory = true;
    return false;
}

static bool refuse(ntm_i_ledger_making *m, const ntm_dimension_spec *declared, const char *id, const char *why) {
    ntm_i_cells_complain(&m->cells, NTM_ERROR_SCHEMA, declared->name, SIZE_MAX, "member \"%.*s\" %s",
                         ntm_i_shown(id, strlen(id)), id, why);
    return false;
}

/* ------------------------------------------------------------------------------------------- declared */

static bool add_name(finder *f, ntm_i_ledger_making *m, const ntm_dimension_spec *declared, uint32_t member) {
    const ntm_member *of = &declared->members[member];
    const ntm_allocator *allocator = &m->ledger->arena.allocator;
    char *folded = NULL;
    size_t size = 0, before = f->names.names.count;
    int32_t code = 0;
    ntm_error why = NTM_ERROR_INIT;
    if (of->name == NULL) return true;
    ntm_status status = ntm_i_name_fold(&folded, &size, of->name, strlen(of->name), allocator, &why);
    if (status == NTM_ERROR_MEMORY) return lost(m);
    if (status != NTM_OK) return refuse(m, declared, of->id, "has a name that is no name");
    bool found = ntm_i_csv_codes_find(&f->names, &code, folded, size);
    ntm_i_release(allocator, folded, size + 1, 1);
    if (!found) return lost(m);
    if (f->names.names.count == before) return refuse(m, declared, of->id, "has the name of another");
    return ntm_i_array_append(&f->of_name, &member, 1) || lost(m);
}

static bool add_declared(finder *f, ntm_i_ledger_making *m, const ntm_dimension_spec *declared) {
    bool good = true;
    for (uint32_t i = 0; i < declared->member_count; i++) {
        const char *id = declared->members[i].id;
        int32_t code = 0;
        size_t bad = 0;
        if (id == NULL || id[0] == '\0' || !ntm_i_utf8_valid(id, strlen(id), &bad)) {
            ntm_i_cells_complain(&m->cells, NTM_ERROR_SCHEMA, declared->name, SIZE_MAX, "member %u has no id", i);
            return false; /* later ones would have other numbers */
        }
        if (!ntm_i_csv_codes_find(&f->ids, &code, id, strlen(id))) return lost(m);
        if ((uint32_t)code != i) return refuse(m, declared, id, "is declared twice");
        if (strcmp(id, "*") == 0) return refuse(m, declared, id, "has the id of the total of all");
        good = add_name(f, m, declared, i) && good;
    }
    return good;
}

/* The number of a declared id; NTM_I_NO_MEMBER = none has it. */
static uint32_t declared_at(finder *f, const char *id, size_t size, bool *no_memory) {
    int32_t code = 0;
    size_t before = f->ids.names.count;
    if (!ntm_i_csv_codes_find(&f->ids, &code, id, size)) *no_memory = true;
    return f->ids.names.count == before && !*no_memory ? (uint32_t)code : NTM_I_NO_MEMBER;
}

/* Parents are there, of one sort with their parts, and not below them. */
static bool check_parents(finder *f, ntm_i_ledger_making *m, const ntm_dimension_spec *declared, uint32_t *up) {
    bool good = true;
    for (uint32_t i = 0; i < declared->member_count; i++) {
        const ntm_member *member = &declared->members[i];
        up[i] = NTM_I_NO_MEMBER;
        if (member->parent == NULL) continue;
        up[i] = declared_at(f, member->parent, strlen(member->parent), &m->cells.no_memory);
        if (m->cells.no_memory) return false;
        if (up[i] >= declared->member_count)
            return refuse(m, declared, member->id, "has a parent that is not declared");
        if (declared->members[up[i]].stock != member->stock)
            good =
                refuse(m, declared, member->id, "is a part of another sort: a stock of a flow, or a flow of a stock");
    }
    /* A way up that is longer than there are members goes round; marking keeps this linear. */
    uint8_t *done = ntm_i_arena_take(&m->ledger->arena, declared->member_count, 1);
    if (done == NULL) return lost(m);
    for (uint32_t i = 0; i < declared->member_count; i++) {
        uint32_t at = i;
        for (; at != NTM_I_NO_MEMBER && done[at] == 0; at = up[at])
            done[at] = 1;
        if (at != NTM_I_NO_MEMBER && done[at] == 1)
            return refuse(m, declared, declared->members[at].id, "is a part of itself");
        for (at = i; at != NTM_I_NO_MEMBER && done[at] == 1; at = up[at])
            done[at] = 2;
    }
    return good;
}

bool ntm_i_dimension_declare(ntm_i_ledger_dimension *dimension, ntm_i_ledger_making *m,
                             const ntm_dimension_spec *declared) {
    ntm_i_arena *arena = &m->ledger->arena;
    finder f;
    finder_start(&f, arena);
    size_t count = declared->member_count;
    uint32_t *up = ntm_i_arena_take(arena, count, sizeof *up);
    dimension->open = declared->open;
    dimension->members = ntm_i_arena_take(arena, count, sizeof *dimension->members);
    dimension->member_count = dimension->declared_count = (uint32_t)count;
    bool good =
        (ntm_i_arena_copy(arena, &dimension->name, declared->name) && up != NULL && dimension->members != NULL) ||
        lost(m);
    good = good && add_declared(&f, m, declared) && check_parents(&f, m, declared, up);
    for (size_t i = 0; i < count && good; i++) {
        ntm_member *to = &dimension->members[i];
        const ntm_member *from = &declared->members[i];
        to->stock = from->stock;
        good = (ntm_i_arena_copy(arena, &to->id, from->id) && ntm_i_arena_copy(arena, &to->name, from->name) &&
                ntm_i_arena_copy(arena, &to->parent, from->parent)) ||
               lost(m);
    }
    finder_end(&f);
    return good;
}

/* ------------------------------------------------------------------------------------------- as named */

/* The member whose name a text is; NTM_I_NO_MEMBER = none has it. The tree of names takes it in, as nobody's. */
static uint32_t by_name(finder *f, ntm_i_ledger_making *m, const char *text, size_t size) {
    const ntm_allocator *allocator = &m->ledger->arena.allocator;
    const uint32_t nobody = NTM_I_NO_MEMBER;
    char *folded = NULL;
    size_t folded_size = 0, before = f->names.names.count;
    int32_t code = 0;
    if (f->of_name.count == 0 || size == 0) return nobody;
    ntm_status status = ntm_i_name_fold(&folded, &folded_size, text, size, allocator, NULL);
    if (status == NTM_ERROR_MEMORY) m->cells.no_memory = true;
    if (status != NTM_OK) return nobody; /* a text in several scripts is no name, and may be an id */
    bool found = ntm_i_csv_codes_find(&f->names, &code, folded, folded_size);
    ntm_i_release(allocator, folded, folded_size + 1, 1);
    if (!found || (f->names.names.count > before && !ntm_i_array_append(&f->of_name, &nobody, 1))) {
        m->cells.no_memory = true;
        return nobody;
    }
    return ((const uint32_t *)f->of_name.items)[code];
}

/* From a text's number in the tree of ids to that of its NFC: what differs in bytes only is one member. */
static bool number_in_nfc(int32_t *number, finder *f, const ntm_i_ledger_making *m, const char *text, size_t size) {
    const ntm_allocator *allocator = &m->ledger->arena.allocator;
    char *nfc = NULL;
    size_t nfc_size = 0, plain = 0;
    while (plain < size && (unsigned char)text[plain] < 0x80)
        plain++;
    if (plain == size) return true; /* it is its own */
    if (ntm_i_nfc(&nfc, &nfc_size, text, size, allocator, NULL) != NTM_OK) return false;
    bool found = ntm_i_csv_codes_find(&f->ids, number, nfc, nfc_size);
    ntm_i_release(allocator, nfc, nfc_size + 1, 1);
    return found;
}

/* The member that a text names; NTM_I_NO_MEMBER = none does. A new member has the text's number in the tree of ids. */
static uint32_t named(finder *f, ntm_i_ledger_making *m, const ntm_i_ledger_dimension *dimension, const char *text,
                      size_t size) {
    int32_t number = 0;
    if (!ntm_i_csv_codes_find(&f->ids, &number, text, size)) {
        m->cells.no_memory = true;
        return NTM_I_NO_MEMBER;
    }
    if ((uint32_t)number < dimension->declared_count) return (uint32_t)number;
    uint32_t other = by_name(f, m, text, size);
    if (other != NTM_I_NO_MEMBER) return other;
    if (!number_in_nfc(&number, f, m, text, size)) {
        m->cells.no_memory = true;
        return NTM_I_NO_MEMBER;
    }
    return dimension->open || (uint32_t)number < dimension->declared_count || size == 0 ? (uint32_t)number
                                                                                        : NTM_I_NO_MEMBER;
}

static bool unknown(ntm_i_ledger_dimension *dimension, ntm_i_ledger_making *m, uint32_t code) {
    char why[400];
    const char *text = dimension->codes.texts[code];
    int size = snprintf(why, sizeof why, "unknown %s \"%.*s\": expected", dimension->name,
                        ntm_i_shown(text, strlen(text)), text);
    for (uint32_t i = 0; i < dimension->declared_count && size >= 0 && size < 300; i++)
        size +=
            snprintf(why + size, sizeof why - (size_t)size, "%s %.60s", i == 0 ? "" : ",", dimension->members[i].id);
    return ntm_i_code_bad(&dimension->codes, m, code, NTM_ERROR_NOT_FOUND, why);
}

/* What is not stated comes last, whatever else there is. */
static int by_id(const void *context, uint32_t a, uint32_t b) {
    const char *const *ids = context, *left = ids[a], *right = ids[b];
    if ((left[0] == '\0') != (right[0] == '\0')) return left[0] == '\0' ? 1 : -1;
    return strcmp(left, right);
}

/* Puts the members that were not declared in order; `used` says which of the tree's numbers are members. */
static bool append_found(ntm_i_ledger_dimension *dimension, ntm_i_ledger_making *m, const finder *f,
                         const uint8_t *used) {
    ntm_i_arena *arena = &m->ledger->arena;
    const char *const *ids = f->ids.names.items;
    size_t all = f->ids.names.count;
    uint32_t *order = ntm_i_arena_take(arena, all, sizeof *order), *spare = ntm_i_arena_take(arena, all, sizeof *spare);
    uint32_t *rank = ntm_i_arena_take(arena, all, sizeof *rank), fresh = 0, declared = dimension->declared_count;
    if (order == NULL || spare == NULL || rank == NULL) return lost(m);
    for (uint32_t id = declared; id < all; id++)
        if (used[id]) order[fresh++] = id;
    ntm_i_sort(order, spare, fresh, by_id, ids);
    ntm_member *members = ntm_i_arena_take(arena, (size_t)declared + fresh, sizeof *members);
    if (members == NULL) return lost(m);
    if (declared > 0) memcpy(members, dimension->members, declared * sizeof *members);
    for (uint32_t i = 0; i < declared; i++)
        rank[i] = i;
    for (uint32_t i = 0; i < fresh; i++) {
        rank[order[i]] = declared + i;
        members[declared + i].id = ids[order[i]];
    }
    for (uint32_t code = 0; code < dimension->codes.count; code++)
        if (dimension->member_of[code] != NTM_I_NO_MEMBER)
            dimension->member_of[code] = rank[dimension->member_of[code]];
    dimension->members = members;
    dimension->member_count = declared + fresh;
    return true;
}

void ntm_i_dimension_resolve(ntm_i_ledger_dimension *dimension, ntm_i_ledger_making *m) {
    ntm_i_arena *arena = &m->ledger->arena;
    ntm_i_codes *codes = &dimension->codes;
    ntm_dimension_spec declared = {dimension->name, dimension->members, dimension->declared_count, dimension->open};
    finder f;
    finder_start(&f, arena);
    dimension->member_of = ntm_i_arena_take(arena, codes->count, sizeof *dimension->member_of);
    bool good = (dimension->member_of != NULL || lost(m)) && add_declared(&f, m, &declared);
    for (uint32_t code = 0; code < codes->count && good; code++) {
        const char *text = codes->texts[code];
        dimension->member_of[code] = NTM_I_NO_MEMBER;
        if (text == NULL) continue;
        if (strcmp(text, "*") == 0) {
            good = ntm_i_code_bad(codes, m, code, NTM_ERROR_VALUE, "\"*\" stands for the total of all");
            continue;
        }
        dimension->member_of[code] = named(&f, m, dimension, text, codes->sizes[code]);
        good = !m->cells.no_memory;
        if (good && dimension->member_of[code] == NTM_I_NO_MEMBER) good = unknown(dimension, m, code);
    }
    uint8_t *used = good ? ntm_i_arena_take(arena, f.ids.names.count, 1) : NULL;
    if (good && used == NULL) good = lost(m);
    for (uint32_t code = 0; code < codes->count && good; code++)
        if (dimension->member_of[code] != NTM_I_NO_MEMBER) used[dimension->member_of[code]] = 1;
    if (good) good = append_found(dimension, m, &f, used);
    finder_end(&f);
    if (good) ntm_i_codes_tell(codes, m, dimension->name);
}
