/* SPDX-License-Identifier: Apache-2.0 */
/* The groups that there are: keys, numbers, order, names. */
#include "poverty/groups.h"

#include <string.h>

#include "base/output.h"
#include "base/sort.h"
#include "number/rational.h"

ntm_status ntm_i_groups_start(ntm_i_groups *groups, const char *const *names, size_t count,
                              const ntm_allocator *allocator, ntm_error *err) {
    memset(groups, 0, sizeof *groups);
    ntm_i_arena_start(&groups->arena, allocator);
    ntm_i_array_start(&groups->ids, allocator, sizeof(uint32_t));
    ntm_i_csv_codes_start(&groups->tuples, &groups->arena);
    if (names == NULL && count > 0)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "groups is NULL and group_count is not 0");
    groups->keys = ntm_i_arena_take(&groups->arena, count, sizeof *groups->keys);
    if (groups->keys == NULL) return ntm_i_no_memory(err);
    for (; groups->fields < count; groups->fields++) {
        ntm_i_keys *keys = &groups->keys[groups->fields];
        const char *name = names[groups->fields];
        if (name == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a grouping field has no name");
        for (size_t i = 0; i < groups->fields; i++)
            if (strcmp(groups->keys[i].name, name) == 0)
                return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(name), "the grouping field is named twice");
        if (!ntm_i_arena_copy(&groups->arena, &keys->name, name)) return ntm_i_no_memory(err);
        ntm_i_csv_codes_start(&keys->values, &groups->arena);
    }
    return NTM_OK;
}

void ntm_i_groups_end(ntm_i_groups *groups) {
    for (size_t i = 0; i < groups->fields; i++)
        ntm_i_csv_codes_end(&groups->keys[i].values);
    ntm_i_csv_codes_end(&groups->tuples);
    ntm_i_array_end(&groups->ids);
    ntm_i_arena_end(&groups->arena);
}

size_t ntm_i_groups_count(const ntm_i_groups *groups) { return groups->tuples.names.count; }

size_t ntm_i_groups_shown(const ntm_i_groups *groups) { return groups->fields == 0 ? 0 : ntm_i_groups_count(groups); }

ntm_status ntm_i_groups_check(const ntm_i_groups *groups, size_t position, ntm_error *err) {
    size_t count = ntm_i_groups_shown(groups);
    if (position == NTM_TOTAL || position < count) return NTM_OK;
    return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "there is no group %zu: there are %zu", position, count);
}

/* The stored form of a value: text that ends with NUL, or eight bytes. */
static const char *value_of(const ntm_i_keys *keys, uint32_t id) {
    return ((const char *const *)keys->values.names.items)[id - NTM_I_KEY_FIRST];
}

static int64_t number_of(const char *bytes) {
    int64_t number = 0;
    memcpy(&number, bytes, sizeof number);
    return number;
}

static uint32_t id_of(const ntm_i_groups *groups, uint32_t group, size_t field) {
    return ((const uint32_t *)groups->ids.items)[group * groups->fields + field];
}

/* Values upward, then "not reported", then "not applicable". */
static int compare_ids(const ntm_i_keys *keys, uint32_t a, uint32_t b) {
    bool value_a = a >= NTM_I_KEY_FIRST, value_b = b >= NTM_I_KEY_FIRST;
    if (value_a != value_b) return value_a ? -1 : 1;
    if (a == b || !value_a) return (a > b) - (a < b);
    if (keys->texts) return strcmp(value_of(keys, a), value_of(keys, b));
    int64_t left = number_of(value_of(keys, a)), right = number_of(value_of(keys, b));
    return (left > right) - (left < right);
}

static int compare_groups(const void *context, uint32_t a, uint32_t b) {
    const ntm_i_groups *groups = context;
    int order = 0;
    for (size_t field = 0; field < groups->fields && order == 0; field++)
        order = compare_ids(&groups->keys[field], id_of(groups, a, field), id_of(groups, b, field));
    return order;
}

ntm_status ntm_i_groups_sort(ntm_i_groups *groups, ntm_error *err) {
    size_t count = ntm_i_groups_count(groups);
    uint32_t *order = ntm_i_arena_take(&groups->arena, count, sizeof *order);
    uint32_t *spare = ntm_i_allocate(&groups->arena.allocator, count, sizeof *spare);
    if (order == NULL || spare == NULL) {
        ntm_i_release(&groups->arena.allocator, spare, count, sizeof *spare);
        return ntm_i_no_memory(err);
    }
    for (size_t i = 0; i < count; i++)
        order[i] = (uint32_t)i;
    ntm_i_sort(order, spare, count, compare_groups, groups);
    ntm_i_release(&groups->arena.allocator, spare, count, sizeof *spare);
    groups->order = order;
    return NTM_OK;
}

ntm_status ntm_i_groups_key(ntm_group_key *out, const ntm_i_groups *groups, size_t position, size_t field,
                            ntm_error *err) {
    if (out == NULL || groups == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "an argument is NULL");
    size_t count = ntm_i_groups_shown(groups);
    if (position >= count || field >= groups->fields)
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE,
                          "group %zu, field %zu: there are %zu groups by %zu fields", position, field, count,
                          groups->fields);
    const ntm_i_keys *keys = &groups->keys[field];
    uint32_t id = id_of(groups, groups->order[position], field);
    ntm_group_key key = {NTM_NOT_REPORTED, NULL, 0};
    if (id == NTM_I_KEY_NOT_APPLICABLE) key.known = NTM_NOT_APPLICABLE;
    if (id >= NTM_I_KEY_FIRST) {
        key.known = NTM_REPORTED;
        if (keys->texts) key.text = value_of(keys, id);
        if (!keys->texts) key.value = number_of(value_of(keys, id));
    }
    *out = key;
    return NTM_OK;
}

size_t ntm_i_groups_name(char *buffer, size_t capacity, const ntm_i_groups *groups, size_t position) {
    ntm_i_output to = {buffer, capacity, 0};
    if (position == NTM_TOTAL || groups->fields == 0) {
        ntm_i_put_text(&to, "all rows");
        return ntm_i_put_end(&to);
    }
    for (size_t field = 0; field < groups->fields; field++) {
        ntm_group_key key = {NTM_NOT_REPORTED, NULL, 0};
        char number[96];
        (void)ntm_i_groups_key(&key, groups, position, field, NULL);
        if (field > 0) ntm_i_put_text(&to, ", ");
        ntm_i_put_text(&to, groups->keys[field].name);
        ntm_i_put(&to, '=');
        (void)ntm_i_rational_format(number, sizeof number, ntm_i_rational_int(key.value));
        ntm_i_put_text(&to, key.known == NTM_NOT_REPORTED     ? "not reported"
                            : key.known == NTM_NOT_APPLICABLE ? "not applicable"
                            : key.text != NULL                ? key.text
                                                              : number);
    }
    return ntm_i_put_end(&to);
}
