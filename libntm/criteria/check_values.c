/* SPDX-License-Identifier: Apache-2.0 */
/* Checks of the values of a set, before the rules that may name them. */
#include <string.h>

#include "criteria/builder.h"

#define VALUES_MAX 1000

static void check_value(ntm_set_builder *builder, const ntm_value *value, ntm_i_unit *unit, ntm_i_position at) {
    if (!ntm_i_unit_parse(unit, value->unit))
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "\"%s\" is no unit", value->unit);
    bool digits = (value->has_least && value->least.scale > NTM_SCALE_MAX) ||
                  (value->has_most && value->most.scale > NTM_SCALE_MAX);
    if (digits)
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "value \"%s\": a bound has too many digits", value->id);
    else if (value->has_least && value->has_most && ntm_decimal_compare(value->least, value->most) > 0)
        ntm_i_builder_complain(builder, NTM_ERROR_SCHEMA, at, "value \"%s\": least is above most", value->id);
    ntm_i_check_citation(builder, &value->citation, at, "value", value->id);
}

bool ntm_i_check_values(ntm_set_builder *builder) {
    const ntm_value *values = builder->values.items.items;
    size_t count = builder->values.items.count;
    if (count > VALUES_MAX)
        ntm_i_builder_complain(builder, NTM_ERROR_LIMIT, (ntm_i_position){1, 1}, "more than %d values", VALUES_MAX);
    builder->value_units = ntm_i_arena_take(&builder->arena, count, sizeof *builder->value_units);
    if (builder->value_units == NULL || !ntm_i_check_ids(builder, &builder->value_index, &builder->values, "value"))
        return false;
    for (size_t i = 0; i < count; i++)
        check_value(builder, &values[i], &builder->value_units[i], ntm_i_thing_at(&builder->values, i));
    return true;
}
