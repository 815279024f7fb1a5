/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of everything in a set but its figures and rules: ids, facts, axes, citations. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "criteria/builder.h"
#include "criteria/figure_cells.h"

#define CRITERIA_MAX   1000
#define INDICATORS_MAX 10000
#define FACTS_MAX      10000
#define DIMENSIONS_MAX 64 /* a bit each while rules are checked */

ntm_i_position ntm_i_thing_at(const ntm_i_things *things, size_t index) {
    return ((const ntm_i_position *)things->positions.items)[index];
}

bool ntm_i_id_is_valid(const char *id) {
    if (id == NULL || id[0] == '\0' || strlen(id) > 100) return false;
    for (const char *c = id; *c != '\0'; c++) {
        bool letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z');
        bool digit = *c >= '0' && *c <= '9';
        if (!letter && !digit && *c != '-' && *c != '_' && *c != '.') return false;
    }
    return true;
}

void ntm_i_check_citation(ntm_set_builder *builder, const ntm_citation *citation, ntm_i_position at, const char *noun,
                          const char *id) {
    char what[140];
    (void)snprintf(what, sizeof what, id == NULL ? "the %s%s" : "%s \"%s\"", noun, id == NULL ? "" : id);
    if (citation->standing < NTM_CITED || citation->standing > NTM_ABSENT)
        ntm_i_builder_complain(builder, NTM_ERROR_ARGUMENT, at, "%s: unknown standing", what);
    if (citation->standing == NTM_CITED && citation->source_count == 0)
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "%s is said to be cited and names no source", what);
    for (size_t i = 0; i < citation->source_count; i++)
        if (ntm_i_index_find(&builder->source_index, citation->sources[i]) == SIZE_MAX)
            ntm_i_builder_complain(builder, NTM_ERROR_NOT_FOUND, at, "%s: there is no source \"%s\"", what,
                                   citation->sources[i] == NULL ? "" : citation->sources[i]);
}

bool ntm_i_check_ids(ntm_set_builder *builder, ntm_i_index *index, const ntm_i_things *things, const char *noun) {
    const ntm_i_array *array = &things->items;
    if (!ntm_i_index_make(index, &builder->arena, array->items, array->count, array->item_size)) return false;
    const char *item = array->items;
    for (size_t i = 0; i < array->count; i++, item += array->item_size) {
        const char *id;
        memcpy(&id, item, sizeof id);
        if (!ntm_i_id_is_valid(id))
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, ntm_i_thing_at(things, i),
                                   "\"%s\" is no id of a %s: letters, digits, '-', '_' and '.' are",
                                   id == NULL ? "" : id, noun);
    }
    for (size_t i = 1; i < index->count; i++)
        if (strcmp(index->entries[i - 1].id, index->entries[i].id) == 0)
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, ntm_i_thing_at(things, index->entries[i].at),
                                   "the %s \"%s\" is already at line %u", noun, index->entries[i].id,
                                   ntm_i_thing_at(things, index->entries[i - 1].at).line);
    return true;
}

static void check_list(ntm_set_builder *builder, const char *const *list, size_t count, ntm_i_position at,
                       const char *what) {
    for (size_t i = 0; i < count; i++) {
        if (list[i] == NULL || list[i][0] == '\0')
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "%s: an empty name", what);
        for (size_t j = 0; j < i && list[i] != NULL; j++)
            if (list[j] != NULL && strcmp(list[i], list[j]) == 0)
                ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "%s: \"%s\" stands twice", what, list[i]);
    }
}

static void check_year(ntm_set_builder *builder, const char *value, ntm_i_position at) {
    bool year = value != NULL && strlen(value) == 4;
    for (size_t i = 0; year && i < 4; i++)
        year = value[i] >= '0' && value[i] <= '9';
    if (!year)
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "\"%s\" is no year of axis year",
                               value == NULL ? "" : value);
}

static void check_axes(ntm_set_builder *builder) {
    const ntm_axis *axes = builder->axes.items.items;
    for (size_t i = 0; i < builder->axes.items.count; i++) {
        ntm_i_position at = ntm_i_thing_at(&builder->axes, i);
        if (axes[i].value_count == 0 || axes[i].value_count > NTM_I_AXIS_VALUES_MAX)
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "axis \"%s\" has %zu values: 1 to %d can be",
                                   axes[i].id, axes[i].value_count, NTM_I_AXIS_VALUES_MAX);
        else
            check_list(builder, axes[i].values, axes[i].value_count, at, "axis");
        if (axes[i].id != NULL && strcmp(axes[i].id, "year") == 0)
            for (size_t j = 0; j < axes[i].value_count; j++)
                check_year(builder, axes[i].values[j], at);
    }
    const ntm_dimension *dimensions = builder->dimensions.items.items;
    for (size_t i = 0; i < builder->dimensions.items.count; i++) {
        ntm_i_position at = ntm_i_thing_at(&builder->dimensions, i);
        if (dimensions[i].member_count == 0 || dimensions[i].member_count > 64)
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "dimension \"%s\" has %zu members: 1 to 64 can be",
                                   dimensions[i].id, dimensions[i].member_count);
        else
            check_list(builder, dimensions[i].members, dimensions[i].member_count, at, "dimension");
    }
}

/* With the bounds that the kind has by itself: a count is at least 0, a share in % lies between 0 and 100. */
static bool bounds_cross(const ntm_fact *fact) {
    bool percent = fact->kind == NTM_KIND_SHARE && fact->unit != NULL && strcmp(fact->unit, "%") == 0;
    ntm_decimal least = fact->has_least ? fact->least : (ntm_decimal){0, 0};
    ntm_decimal most = fact->has_most ? fact->most : (ntm_decimal){100, 0};
    bool has_least = fact->has_least || fact->kind == NTM_KIND_COUNT || percent;
    return has_least && (fact->has_most || percent) && ntm_decimal_compare(least, most) > 0;
}

static void check_fact_kind(ntm_set_builder *builder, const ntm_fact *fact, ntm_i_position at) {
    bool measured = fact->kind == NTM_KIND_COUNT || fact->kind == NTM_KIND_AMOUNT || fact->kind == NTM_KIND_SHARE ||
                    fact->kind == NTM_KIND_MONEY;
    if (fact->kind < NTM_KIND_FLAG || fact->kind > NTM_KIND_DATE)
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "fact \"%s\": unknown kind", fact->id);
    else if (measured && fact->unit == NULL)
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "fact \"%s\" is measured and has no unit", fact->id);
    else if (!measured && fact->unit != NULL)
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "fact \"%s\": flags, levels and dates have no unit",
                               fact->id);
    if (!measured && (fact->has_least || fact->has_most || fact->part_of != NULL))
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "fact \"%s\": flags, levels and dates have no bounds",
                               fact->id);
    if (bounds_cross(fact))
        ntm_i_builder_complain(
            builder, NTM_ERROR_SCHEMA, at,
            "fact \"%s\": least is above most (counts are at least 0, shares in %% lie between 0 and 100)", fact->id);
    if (fact->least.scale > NTM_SCALE_MAX || fact->most.scale > NTM_SCALE_MAX)
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "fact \"%s\": a bound has too many digits", fact->id);
    if (fact->kind == NTM_KIND_LEVEL && (fact->level_count < 2 || fact->level_count > 100))
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "fact \"%s\": a scale has 2 to 100 levels", fact->id);
    else if (fact->kind != NTM_KIND_LEVEL && fact->level_count > 0)
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "fact \"%s\" has levels and is of another kind",
                               fact->id);
    else
        check_list(builder, fact->levels, fact->level_count, at, "levels");
}

/* A ratio of two facts: theirs are the units that a rule {ratio: [a, b]} would have. */
static void check_ratio_parts(ntm_set_builder *builder, const ntm_fact *fact, size_t i, ntm_i_position at) {
    size_t parts[2];
    for (size_t k = 0; k < 2; k++) {
        parts[k] = ntm_i_index_find(&builder->fact_index, fact->merge_parts[k]);
        const ntm_fact *part = parts[k] == SIZE_MAX ? NULL : (const ntm_fact *)builder->facts.items.items + parts[k];
        if (part == NULL)
            ntm_i_builder_complain(builder, NTM_ERROR_NOT_FOUND, at, "fact \"%s\": merge_parts names no fact: \"%s\"",
                                   fact->id, fact->merge_parts[k]);
        else if (parts[k] == i)
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "fact \"%s\" is named as its own part", fact->id);
        else if (part->unit == NULL)
            ntm_i_builder_complain(builder, NTM_ERROR_UNIT, at, "fact \"%s\": its part \"%s\" is not measured",
                                   fact->id, part->id);
        else if (part->by != NULL && !ntm_i_text_same(part->by, fact->by))
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at,
                                   "fact \"%s\": its part \"%s\" is reported by \"%s\", so it has to be too", fact->id,
                                   part->id, part->by);
        else
            continue;
        return;
    }
    ntm_i_unit unit;
    char text[NTM_I_UNIT_TEXT_MAX];
    if (!ntm_i_unit_combine(&unit, &builder->fact_units[parts[0]], &builder->fact_units[parts[1]], -1)) {
        ntm_i_builder_complain(builder, NTM_ERROR_UNIT, at, "fact \"%s\": the unit of its parts has too many words",
                               fact->id);
    } else if (!ntm_i_unit_same(&unit, &builder->fact_units[i])) {
        (void)ntm_i_unit_format(text, sizeof text, &unit);
        ntm_i_builder_complain(builder, NTM_ERROR_UNIT, at, "fact \"%s\" is in %s, the ratio of its parts in %s",
                               fact->id, fact->unit == NULL ? "no unit" : fact->unit,
                               text[0] == '\0' ? "a plain number" : text);
    }
}

/* How the fact of a whole comes from the facts of its parts, and that of a year from those of its months. */
static void check_merging(ntm_set_builder *builder, const ntm_fact *fact, size_t i, ntm_i_position at) {
    if (fact->merge < NTM_MERGE_SUM || fact->merge > NTM_MERGE_REASSESS)
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "fact \"%s\": unknown merge rule", fact->id);
    bool weighted = fact->merge == NTM_MERGE_WEIGHTED;
    if (weighted != (fact->merge_weight != NULL))
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at,
                               "fact \"%s\": merge weighted and merge_weight go together", fact->id);
    else if (weighted && ntm_i_index_find(&builder->fact_index, fact->merge_weight) == SIZE_MAX)
        ntm_i_builder_complain(builder, NTM_ERROR_NOT_FOUND, at, "fact \"%s\": there is no fact \"%s\" to weigh by",
                               fact->id, fact->merge_weight);
    bool parts = fact->merge_parts[0] != NULL || fact->merge_parts[1] != NULL;
    if (parts && fact->merge != NTM_MERGE_RATIO)
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "fact \"%s\": merge_parts go with merge ratio", fact->id);
    else if (parts && (fact->merge_parts[0] == NULL || fact->merge_parts[1] == NULL))
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "fact \"%s\": merge_parts are two facts", fact->id);
    else if (parts)
        check_ratio_parts(builder, fact, i, at);
    bool adds = fact->kind == NTM_KIND_COUNT || fact->kind == NTM_KIND_AMOUNT || fact->kind == NTM_KIND_MONEY;
    if ((unsigned)fact->over_time > NTM_TIME_MAX)
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "fact \"%s\": unknown rule over time", fact->id);
    else if (fact->over_time == NTM_TIME_FLOW && !adds)
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at,
                               "fact \"%s\" cannot be added over time: flags, levels, shares and dates are no flows",
                               fact->id);
    if ((unsigned)fact->closed_by > NTM_CLOSING_TIME)
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "fact \"%s\": unknown value of closed_by", fact->id);
}

/* A part of a part is fine; a loop of parts is not, and neither is a chain that no dictionary needs. */
#define PARTS_DEEP_MAX 64

static void check_part_chain(ntm_set_builder *builder, size_t i, ntm_i_position at) {
    const ntm_fact *facts = builder->facts.items.items;
    size_t steps = 0;
    for (size_t k = i; k != SIZE_MAX && facts[k].part_of != NULL && steps <= PARTS_DEEP_MAX; steps++)
        k = ntm_i_index_find(&builder->fact_index, facts[k].part_of);
    if (steps > PARTS_DEEP_MAX)
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at,
                               "fact \"%s\" is part of itself by a loop, or more than %d deep", facts[i].id,
                               PARTS_DEEP_MAX);
}

static void check_fact_links(ntm_set_builder *builder, size_t i) {
    const ntm_fact *facts = builder->facts.items.items;
    const ntm_fact *fact = &facts[i];
    ntm_i_position at = ntm_i_thing_at(&builder->facts, i);
    if (fact->part_of != NULL) {
        check_part_chain(builder, i, at);
        size_t whole = ntm_i_index_find(&builder->fact_index, fact->part_of);
        if (whole == SIZE_MAX)
            ntm_i_builder_complain(builder, NTM_ERROR_NOT_FOUND, at, "fact \"%s\": part_of names no fact: \"%s\"",
                                   fact->id, fact->part_of);
        else if (!ntm_i_unit_same(&builder->fact_units[i], &builder->fact_units[whole]) ||
                 builder->fact_units[i].power != builder->fact_units[whole].power)
            ntm_i_builder_complain(builder, NTM_ERROR_UNIT, at, "fact \"%s\" is in %s, the whole \"%s\" in %s",
                                   fact->id, fact->unit == NULL ? "no unit" : fact->unit, fact->part_of,
                                   facts[whole].unit == NULL ? "no unit" : facts[whole].unit);
        else if (facts[whole].by != NULL && (fact->by == NULL || strcmp(fact->by, facts[whole].by) != 0))
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at,
                                   "fact \"%s\": its whole \"%s\" is reported by \"%s\", so it has to be too", fact->id,
                                   fact->part_of, facts[whole].by);
    }
    if (fact->by != NULL && ntm_i_index_find(&builder->dimension_index, fact->by) == SIZE_MAX)
        ntm_i_builder_complain(builder, NTM_ERROR_NOT_FOUND, at, "fact \"%s\": there is no dimension \"%s\"", fact->id,
                               fact->by);
    check_merging(builder, fact, i, at);
}

static bool check_facts(ntm_set_builder *builder) {
    const ntm_fact *facts = builder->facts.items.items;
    size_t count = builder->facts.items.count;
    builder->fact_units = ntm_i_arena_take(&builder->arena, count, sizeof *builder->fact_units);
    if (builder->fact_units == NULL) return false;
    for (size_t i = 0; i < count; i++) {
        ntm_i_position at = ntm_i_thing_at(&builder->facts, i);
        check_fact_kind(builder, &facts[i], at);
        if (!ntm_i_unit_parse(&builder->fact_units[i], facts[i].kind == NTM_KIND_DATE ? "date" : facts[i].unit))
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "\"%s\" is no unit", facts[i].unit);
    }
    for (size_t i = 0; i < count; i++) {
        check_fact_links(builder, i);
        if (ntm_i_index_find(&builder->axis_index, facts[i].id) != SIZE_MAX)
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, ntm_i_thing_at(&builder->facts, i),
                                   "\"%s\" is an axis and a fact: their columns could not be told apart", facts[i].id);
    }
    return true;
}

static void check_about(ntm_set_builder *builder) {
    const ntm_set_spec *about = &builder->about;
    ntm_i_position start = {1, 1};
    if (!ntm_i_id_is_valid(about->id))
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, start, "\"%s\" is no id of a set", about->id);
    const char *words[] = {about->programme, about->level, about->tier, about->place};
    const char *names[] = {"programme", "level", "tier", "place"};
    for (size_t i = 0; i < 4; i++)
        if (words[i] == NULL || words[i][0] == '\0')
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, start, "the set has no %s", names[i]);
    const ntm_instrument *act = &about->instrument;
    if (act->in_force_from != NTM_DATE_NONE && act->in_force_to != NTM_DATE_NONE &&
        act->in_force_to < act->in_force_from)
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, start, "the last day in force is before the first");
    const ntm_date days[] = {act->signed_on, act->in_force_from, act->in_force_to};
    for (size_t i = 0; i < 3; i++) {
        int year = 0;
        ntm_date_parts(days[i], &year, NULL, NULL);
        if (days[i] != NTM_DATE_NONE && year == 0)
            ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, start,
                                   "a day of the instrument lies outside of the years 1 to 9999");
    }
    ntm_i_check_citation(builder, &act->citation, start, "instrument", NULL);
}

static void check_limits(ntm_set_builder *builder) {
    ntm_i_position start = {1, 1};
    if (builder->criteria.items.count == 0 && builder->grade == 0)
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, start, "a set has at least one criterion or a grade");
    if (builder->criteria.items.count > CRITERIA_MAX)
        ntm_i_builder_complain(builder, NTM_ERROR_LIMIT, start, "more than %d criteria", CRITERIA_MAX);
    if (builder->indicators.items.count > INDICATORS_MAX)
        ntm_i_builder_complain(builder, NTM_ERROR_LIMIT, start, "more than %d indicators", INDICATORS_MAX);
    if (builder->dimensions.items.count > DIMENSIONS_MAX)
        ntm_i_builder_complain(builder, NTM_ERROR_LIMIT, start, "more than %d dimensions", DIMENSIONS_MAX);
    if (builder->facts.items.count > FACTS_MAX)
        ntm_i_builder_complain(builder, NTM_ERROR_LIMIT, start, "more than %d facts", FACTS_MAX);
}

/* "17.1" has to be one thing: an indicator may only share the id of the criterion that it belongs to. */
static void check_shared_ids(ntm_set_builder *builder) {
    const ntm_criterion *criteria = builder->criteria.items.items;
    const ntm_indicator *indicators = builder->indicators.items.items;
    for (size_t c = 0; c < builder->criteria.items.count; c++)
        for (size_t k = 0; k < criteria[c].indicator_count; k++) {
            size_t i = criteria[c].first_indicator + k,
                   other = ntm_i_index_find(&builder->criterion_index, indicators[i].id);
            if (other != SIZE_MAX && other != c) /* told where the later of the two stands */
                ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA,
                                       other > c ? ntm_i_thing_at(&builder->criteria, other)
                                                 : ntm_i_thing_at(&builder->indicators, i),
                                       "the indicator \"%s\" of criterion \"%s\" has the id of another criterion",
                                       indicators[i].id, criteria[c].id);
        }
}

bool ntm_i_check_parts(ntm_set_builder *builder) {
    check_limits(builder);
    ntm_i_index preconditions;
    if (!ntm_i_check_ids(builder, &builder->source_index, &builder->sources, "source") ||
        !ntm_i_check_ids(builder, &builder->axis_index, &builder->axes, "axis") ||
        !ntm_i_check_ids(builder, &builder->dimension_index, &builder->dimensions, "dimension") ||
        !ntm_i_check_ids(builder, &builder->fact_index, &builder->facts, "fact") ||
        !ntm_i_check_ids(builder, &builder->figure_index, &builder->figures, "figure") ||
        !ntm_i_check_ids(builder, &builder->criterion_index, &builder->criteria, "criterion") ||
        !ntm_i_check_ids(builder, &builder->indicator_index, &builder->indicators, "indicator") ||
        !ntm_i_check_ids(builder, &preconditions, &builder->preconditions, "precondition"))
        return false;
    check_about(builder);
    check_shared_ids(builder);
    check_axes(builder);
    if (!check_facts(builder)) return false;
    const ntm_criterion *criteria = builder->criteria.items.items;
    for (size_t i = 0; i < builder->criteria.items.count; i++)
        ntm_i_check_citation(builder, &criteria[i].citation, ntm_i_thing_at(&builder->criteria, i), "criterion",
                             criteria[i].id);
    const ntm_indicator *indicators = builder->indicators.items.items;
    for (size_t i = 0; i < builder->indicators.items.count; i++)
        ntm_i_check_citation(builder, &indicators[i].citation, ntm_i_thing_at(&builder->indicators, i), "indicator",
                             indicators[i].id);
    const ntm_precondition *conditions = builder->preconditions.items.items;
    for (size_t i = 0; i < builder->preconditions.items.count; i++)
        ntm_i_check_citation(builder, &conditions[i].citation, ntm_i_thing_at(&builder->preconditions, i),
                             "precondition", conditions[i].id);
    return true;
}
