/* SPDX-License-Identifier: Apache-2.0 */
/* Places, numbers and lists as findings tell them. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "lint/linting.h"

#define SHOWN_MAX 5 /* of a list; the others are counted */

void *ntm_i_lint_take(ntm_i_linting *l, size_t count, size_t size) {
    void *memory = ntm_i_arena_take(&l->scratch, count, size);
    l->to->failed = l->to->failed || memory == NULL;
    return memory;
}

/* In a set with layers only what knows its layer has a place in a file. */
ntm_place ntm_i_place_of(const ntm_i_linting *l, const char *path, ntm_i_position at) {
    bool plain = l->set->laid == NULL;
    return (ntm_place){l->set->about.id, path, ntm_i_set_file(l->set, 0), plain ? at.line : 0, plain ? at.column : 0};
}

static void set_origin(const ntm_i_linting *l, ntm_place *place, const ntm_i_origin *origin) {
    place->file = ntm_i_set_file(l->set, origin->layer);
    place->line = origin->line;
    place->column = origin->column;
}

ntm_place ntm_i_place_with(ntm_i_linting *l, const char *section, const char *id, const ntm_i_origin *origin) {
    ntm_place place = ntm_i_place_named(l, section, id, NULL);
    set_origin(l, &place, origin);
    return place;
}

ntm_place ntm_i_place_named(ntm_i_linting *l, const char *section, const char *id, const ntm_i_position *at) {
    ntm_i_position nowhere = {0, 0};
    return ntm_i_place_of(l, ntm_i_findings_text(l->to, "%s.%s", section, id), at == NULL ? nowhere : *at);
}

ntm_place ntm_i_place_of_indicator(ntm_i_linting *l, size_t index) {
    const char *path =
        ntm_i_findings_text(l->to, "criteria.%s.indicators.%s", l->set->criteria[ntm_i_criterion_of(l->set, index)].id,
                            l->set->indicators[index].id);
    ntm_place place = ntm_i_place_of(l, path, (ntm_i_position){0, 0});
    set_origin(l, &place, &l->set->indicator_origins[index]);
    return place;
}

ntm_place ntm_i_place_of_node(ntm_i_linting *l, ntm_node node) {
    const ntm_node_spec *spec = ntm_i_node(l, node);
    const ntm_i_place_in_rule *stands = &l->stands[node - 1];
    const ntm_set *set = l->set;
    ntm_place place = ntm_i_place_of(l, "", (ntm_i_position){0, 0});
    switch (stands->owner) {
        case NTM_I_OWNER_CRITERION:
            place = ntm_i_place_with(l, "criteria", set->criteria[stands->index].id,
                                     &set->criterion_origins[stands->index]);
            break;
        case NTM_I_OWNER_INDICATOR: place = ntm_i_place_of_indicator(l, stands->index); break;
        case NTM_I_OWNER_PRECONDITION:
            place = ntm_i_place_with(l, "preconditions", set->preconditions[stands->index].id,
                                     &set->precondition_origins[stands->index]);
            break;
        case NTM_I_OWNER_VALUE:
            place = ntm_i_place_named(l, "values", set->values[stands->index].id, &set->at.values[stands->index]);
            break;
        case NTM_I_OWNER_SCOPE:
            place = ntm_i_place_named(l, "scope", set->scopes[stands->index].axis, &set->at.scopes[stands->index]);
            break;
        case NTM_I_OWNER_STATUS: place.path = "status"; break;
        case NTM_I_OWNER_REVOCATION: place.path = "revocation"; break;
        case NTM_I_OWNER_GRADE: place.path = "grade"; break;
    }
    if (spec->line != 0) set_origin(l, &place, &set->node_origins[node - 1]);
    return place;
}

static const char *unit_of(const ntm_i_linting *l, ntm_node node) {
    const ntm_node_spec *spec = ntm_i_node(l, node);
    uint32_t target = l->set->info[node - 1].target;
    if (spec->kind == NTM_FIGURE) return l->set->figures[target].unit;
    if (spec->kind == NTM_FACT || spec->kind == NTM_PAST || spec->kind == NTM_OF_PARENT || spec->kind == NTM_AVERAGE)
        return l->set->facts[target].unit;
    if (spec->kind == NTM_VALUE) return l->set->values[target].unit;
    return spec->unit;
}

const char *ntm_i_say(const ntm_i_linting *l, char buffer[NTM_I_SAID_SIZE], ntm_i_rational value, ntm_node like) {
    const ntm_i_unit *unit = &l->set->info[like - 1].unit;
    char number[96], made[64];
    const char *word = unit_of(l, like);
    if (word == NULL) {
        (void)ntm_i_unit_format(made, sizeof made, unit);
        word = made;
    }
    if (!ntm_i_is_finite(value)) {
        (void)snprintf(buffer, NTM_I_SAID_SIZE, "no bound");
    } else if (!ntm_i_rational_scale(&value, value, -unit->power)) {
        (void)snprintf(buffer, NTM_I_SAID_SIZE, "a number too long to print");
    } else {
        (void)ntm_i_rational_format(number, sizeof number, value);
        (void)snprintf(buffer, NTM_I_SAID_SIZE, "%s%s%.*s", number, word[0] == '\0' ? "" : " ",
                       ntm_i_shown(word, strlen(word)), word);
    }
    return buffer;
}

const char *ntm_i_sign(ntm_comparison sign) {
    static const char *const signs[] = {"?", "<", "<=", "=", ">=", ">"};
    return signs[sign <= NTM_MORE ? sign : 0];
}

void ntm_i_list_add(ntm_i_names_list *list, const char *id) {
    int shown = ntm_i_shown(id, strlen(id));
    list->count++;
    if (list->shown >= SHOWN_MAX) return;
    list->shown++;
    list->size += (size_t)snprintf(list->text + list->size, sizeof list->text - list->size, "%s%.*s",
                                   list->size == 0 ? "" : ", ", shown, id);
}

void ntm_i_list_add_cell(ntm_i_linting *l, ntm_i_names_list *list, size_t axes, const char *const *keys) {
    const char *name = axes > 0 ? keys[0] : "";
    for (size_t k = 1; k < axes && list->shown < SHOWN_MAX; k++) /* what is not shown needs no name */
        name = ntm_i_findings_text(l->to, "%s %s", name, keys[k]);
    ntm_i_list_add(list, name);
}

const char *ntm_i_list_text(ntm_i_names_list *list) {
    if (list->count > list->shown)
        (void)snprintf(list->text + list->size, sizeof list->text - list->size, " and %zu more",
                       list->count - list->shown);
    return list->text;
}
