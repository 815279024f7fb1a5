/* SPDX-License-Identifier: Apache-2.0 */
/* Which coordinates a tally has, and the coordinate of each code of the ledger. */
#include <string.h>

#include "base/text.h"
#include "cube/cube.h"

typedef struct making {
    ntm_cube_tally *tally;
    ntm_i_scatter *s;
    const ntm_ledger *ledger;
    ntm_i_arena *scratch;
    ntm_error *err;
} making;

ntm_i_base *ntm_i_base_of(const ntm_cube_tally *tally, const char *dimension) {
    for (size_t i = 0; i < tally->base_count; i++)
        if (strcmp(tally->bases[i].dimension, dimension) == 0) return (ntm_i_base *)(uintptr_t)&tally->bases[i];
    return NULL;
}

bool ntm_i_bases_stride(ntm_cube_tally *tally, uint64_t *keys) {
    uint64_t stride = 1;
    for (size_t i = tally->base_count; i > 0; i--) {
        ntm_i_base *base = &tally->bases[i - 1];
        base->stride = stride;
        if (ntm_i_multiply_overflows(stride, (uint64_t)(base->count == 0 ? 1 : base->count), &stride) ||
            stride > INT64_MAX)
            return false;
    }
    *keys = stride;
    return true;
}

void ntm_i_bases_split(uint32_t *at, const ntm_cube_tally *tally, uint64_t key) {
    for (size_t i = 0; i < tally->base_count; i++) {
        at[i] = (uint32_t)(key / tally->bases[i].stride);
        key %= tally->bases[i].stride;
    }
}

/* ------------------------------------------------------------------------------------------- members */

/* Members of the ledger, as the tally's own. */
static bool copy_members(ntm_i_base *base, making *m, const ntm_i_ledger_dimension *dimension) {
    ntm_i_arena *arena = &m->tally->arena;
    ntm_member *members = ntm_i_arena_take(arena, dimension->member_count, sizeof *members);
    if (members == NULL) return false;
    for (uint32_t i = 0; i < dimension->member_count; i++) {
        members[i].stock = dimension->members[i].stock;
        if (!ntm_i_arena_copy(arena, &members[i].id, dimension->members[i].id) ||
            !ntm_i_arena_copy(arena, &members[i].parent, dimension->members[i].parent))
            return false;
    }
    base->members = members;
    base->member_count = dimension->member_count;
    base->declared = dimension->declared_count;
    return true;
}

/* Codes are coordinates where no two are one member and none is nobody's. */
static bool codes_are_coordinates(const ntm_i_ledger_dimension *dimension, uint8_t *seen) {
    for (uint32_t code = 0; code < dimension->codes.count; code++) {
        uint32_t member = dimension->member_of[code];
        if (member == NTM_I_NO_MEMBER || seen[member]) return false;
        seen[member] = 1;
    }
    return true;
}

static ntm_status add_base(making *m, const ntm_i_ledger_dimension *dimension, int side) {
    ntm_cube_tally *tally = m->tally;
    ntm_i_base *base = &tally->bases[tally->base_count];
    ntm_i_scatter_side *to = &m->s->sides[tally->base_count];
    bool unit = dimension == &m->ledger->dimensions[0];
    uint8_t *seen = ntm_i_arena_take(m->scratch, dimension->member_count, 1);
    *base = (ntm_i_base){.kind = unit ? NTM_I_BASE_UNIT : NTM_I_BASE_MEMBER, .side = side};
    *to = (ntm_i_scatter_side){.codes = &dimension->codes};
    if (seen == NULL || !copy_members(base, m, dimension) ||
        !ntm_i_arena_copy(&tally->arena, &base->dimension, dimension->name))
        return ntm_i_no_memory(m->err);
    if (codes_are_coordinates(dimension, seen)) {
        uint32_t *member_of = ntm_i_arena_take(&tally->arena, dimension->codes.count, sizeof *member_of);
        if (member_of == NULL) return ntm_i_no_memory(m->err);
        if (dimension->codes.count > 0)
            memcpy(member_of, dimension->member_of, dimension->codes.count * sizeof *member_of);
        base->member_of = member_of;
        base->count = dimension->codes.count;
    } else {
        to->coordinate = dimension->member_of;
        base->count = dimension->member_count;
    }
    tally->base_count++;
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- who counts */

static bool below(const ntm_i_ledger_dimension *dimension, uint32_t member, const char *id) {
    const ntm_member *at = &dimension->members[member];
    for (uint32_t steps = 0; steps <= dimension->declared_count; steps++) {
        if (strcmp(at->id, id) == 0) return true;
        if (at->parent == NULL) return false;
        uint32_t up = 0;
        while (up < dimension->declared_count && strcmp(dimension->members[up].id, at->parent) != 0)
            up++;
        if (up == dimension->declared_count) return false;
        at = &dimension->members[up];
    }
    return false;
}

static ntm_status add_only(making *m, const ntm_only *only) {
    const ntm_i_ledger_dimension *dimension = ntm_i_ledger_dimension_of(m->ledger, only->dimension);
    if (dimension == NULL)
        return ntm_i_fail(m->err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(only->dimension),
                          "the ledger has no such dimension");
    uint8_t *members = ntm_i_arena_take(m->scratch, dimension->member_count, 1);
    uint8_t *live = ntm_i_arena_take(m->scratch, dimension->codes.count, 1);
    if (members == NULL || live == NULL) return ntm_i_no_memory(m->err);
    for (size_t i = 0; i < only->member_count; i++) {
        bool found = false;
        for (uint32_t member = 0; member < dimension->member_count; member++) {
            if (!below(dimension, member, only->members[i])) continue;
            members[member] = 1;
            found = true;
        }
        if (!found)
            return ntm_i_fail(m->err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(only->dimension), "no member \"%.*s\"",
                              ntm_i_shown(only->members[i], strlen(only->members[i])), only->members[i]);
    }
    for (uint32_t code = 0; code < dimension->codes.count; code++)
        live[code] = dimension->member_of[code] != NTM_I_NO_MEMBER && members[dimension->member_of[code]];
    m->s->only[m->s->only_count++] = (ntm_i_scatter_only){&dimension->codes, live};
    return NTM_OK;
}

/* ------------------------------------------------------------------------------------------- what is needed */

static int side_of(const ntm_cube_tally *tally, const char *dimension) {
    for (size_t i = 0; i < tally->question.side_count; i++)
        if (strcmp(tally->question.sides[i].dimension, dimension) == 0) return (int)i;
    return -1;
}

/* Whether a member could count, as far as lists of members of its dimension say. */
static bool may_count(const making *m, const ntm_i_ledger_dimension *dimension, uint32_t member) {
    const ntm_i_question *q = &m->tally->question;
    for (size_t i = 0; i < q->only_count; i++) {
        bool listed = strcmp(q->only[i].dimension, dimension->name) != 0;
        for (size_t k = 0; k < q->only[i].member_count && !listed; k++)
            listed = below(dimension, member, q->only[i].members[k]);
        if (!listed) return false;
    }
    return true;
}

/* Whether some row is of a stock of the dimension that could count. */
static bool has_stocks(const making *m, const ntm_i_ledger_dimension *dimension) {
    const ntm_i_codes *codes = &dimension->codes;
    bool some = false;
    for (uint32_t code = 0; code < codes->count && !some; code++) {
        uint32_t member = dimension->member_of[code];
        some = member != NTM_I_NO_MEMBER && dimension->members[member].stock && may_count(m, dimension, member);
    }
    for (size_t row = 0; row < m->ledger->rows && some; row++) {
        uint32_t code = ntm_i_code_at(codes, row);
        uint32_t member = code < codes->count ? dimension->member_of[code] : NTM_I_NO_MEMBER;
        if (member != NTM_I_NO_MEMBER && dimension->members[member].stock && may_count(m, dimension, member))
            return true;
    }
    return false;
}

static ntm_status add_side_bases(making *m, const char *last) {
    const ntm_i_question *q = &m->tally->question;
    for (size_t i = 0; i < q->side_count; i++) {
        const char *name = q->sides[i].dimension;
        if (strcmp(name, "date") == 0 || strcmp(name, last) == 0) continue;
        const ntm_i_ledger_dimension *dimension = ntm_i_ledger_dimension_of(m->ledger, name);
        if (dimension == NULL)
            return ntm_i_fail(m->err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(name), "the ledger has no such dimension");
        if (strcmp(name, "unit") == 0 && q->sides[i].level != NULL && m->tally->units == NULL)
            return ntm_i_fail(m->err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(name),
                              "a level needs a registry: the ledger was made without one");
        ntm_status status = add_base(m, dimension, (int)i);
        if (status != NTM_OK) return status;
    }
    return NTM_OK;
}

/* Hidden bases: of stocks, and of the units that these are told by; of kinds, whose quantities are not to be added; of the
   units whose reports are expected. */
static ntm_status add_hidden_bases(making *m, const char *last, bool *stocks) {
    const ntm_i_question *q = &m->tally->question;
    *stocks = false;
    for (size_t i = 0; i < m->ledger->dimension_count && !*stocks; i++)
        *stocks = has_stocks(m, &m->ledger->dimensions[i]);
    for (size_t i = 0; i < m->ledger->dimension_count; i++) {
        const ntm_i_ledger_dimension *dimension = &m->ledger->dimensions[i];
        bool stock = *stocks && (i == 0 || has_stocks(m, dimension));
        bool kind = q->measure == NTM_CUBE_QUANTITY && strcmp(dimension->name, "kind") == 0;
        if ((!stock && !kind && !(i == 0 && q->expected_count > 0)) || strcmp(dimension->name, last) == 0 ||
            side_of(m->tally, dimension->name) >= 0)
            continue;
        if (m->tally->base_count >= NTM_I_BASES_MAX - 2)
            return ntm_i_fail(m->err, NTM_ERROR_LIMIT, NTM_I_NOWHERE, "too many dimensions with stocks");
        ntm_status status = add_base(m, dimension, -1);
        if (status != NTM_OK) return status;
    }
    return NTM_OK;
}

static ntm_status add_time(making *m, bool stocks) {
    ntm_cube_tally *tally = m->tally;
    const ntm_i_question *q = &tally->question;
    int side = side_of(tally, "date");
    bool chosen = q->from != NTM_DATE_NONE || q->to != NTM_DATE_NONE;
    bool needed = side >= 0 || stocks || q->expected_count > 0 || ntm_i_tree_matters(tally);
    ntm_i_base *base = &tally->bases[tally->base_count];
    uint32_t *of_code = NULL;
    if (!needed && !chosen) return NTM_OK;
    *base = (ntm_i_base){.kind = NTM_I_BASE_TIME, .dimension = "date", .side = side};
    ntm_status status = ntm_i_segments_make(base, &of_code, m->ledger, tally, stocks, m->scratch, m->err);
    if (status != NTM_OK) return status;
    if (chosen && m->ledger->time_column != NULL) {
        uint8_t *live = ntm_i_arena_take(m->scratch, m->ledger->time.count, 1);
        if (live == NULL) return ntm_i_no_memory(m->err);
        for (uint32_t code = 0; code < m->ledger->time.count; code++)
            live[code] = of_code[code] != NTM_I_NO_NODE;
        m->s->only[m->s->only_count++] = (ntm_i_scatter_only){&m->ledger->time, live};
    } else if (chosen && of_code[0] == NTM_I_NO_NODE) {
        m->s->end = m->s->first; /* all entries are of one day, and it is not asked for */
    }
    if (!needed) return NTM_OK;
    if (m->ledger->time_column != NULL) {
        bool as_they_are = true;
        for (uint32_t code = 0; code < m->ledger->time.count; code++)
            as_they_are = as_they_are && of_code[code] == code;
        m->s->sides[tally->base_count] =
            (ntm_i_scatter_side){.codes = &m->ledger->time, .coordinate = as_they_are ? NULL : of_code};
    } else if (of_code[0] != NTM_I_NO_NODE) {
        m->s->offset = of_code[0]; /* time is the last coordinate: of stride 1 */
    }
    tally->base_count++;
    return NTM_OK;
}

ntm_status ntm_i_bases_make(ntm_cube_tally *tally, ntm_i_scatter *s, const ntm_ledger *ledger, ntm_i_arena *scratch,
                            ntm_error *err) {
    making m = {tally, s, ledger, scratch, err};
    const char *last = "stage";
    bool stocks = false;
    ntm_status status = add_side_bases(&m, last);
    if (status == NTM_OK) status = add_hidden_bases(&m, last, &stocks);
    const ntm_i_ledger_dimension *stage = ntm_i_ledger_dimension_of(ledger, last);
    if (status == NTM_OK && stage != NULL) status = add_base(&m, stage, side_of(tally, last));
    if (status == NTM_OK && stage == NULL && (side_of(tally, last) >= 0 || tally->question.expected_count > 0))
        status = ntm_i_fail(err, NTM_ERROR_NOT_FOUND, NTM_I_SUBJECT(last), "the ledger has no such dimension");
    s->side_count = tally->base_count;
    if (status == NTM_OK) status = add_time(&m, stocks);
    if (status == NTM_OK && ledger->time_column != NULL) s->side_count = tally->base_count;
    for (size_t i = 0; i < tally->question.only_count && status == NTM_OK; i++)
        status = add_only(&m, &tally->question.only[i]);
    return status;
}
