/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of tables of tasks over memory of an arena. */
#include <string.h>

#include "task/task.h"

bool ntm_i_task_texts(ntm_column *out, ntm_i_arena *arena, const ntm_i_csv_codes *pool, const int32_t *codes,
                      size_t count) {
    static const char *const none[] = {""}; /* without categories they would be numbers */
    size_t texts = pool->names.count, used = 0;
    int32_t *place =
        ntm_i_allocate(&arena->allocator, texts, sizeof *place); /* of a text among the categories, from 1 */
    int32_t *made = ntm_i_arena_take(arena, count, sizeof *made);
    if (place != NULL && made != NULL)
        for (size_t i = 0; i < count; i++) {
            if (codes[i] >= 0 && place[codes[i]] == 0) place[codes[i]] = (int32_t)++used;
            made[i] = codes[i] < 0 ? -1 : place[codes[i]] - 1;
        }
    const char **categories = ntm_i_arena_take(arena, used, sizeof *categories);
    bool good = place != NULL && made != NULL && categories != NULL;
    for (size_t i = 0; good && i < texts; i++)
        if (place[i] > 0) categories[place[i] - 1] = ((const char *const *)pool->names.items)[i];
    if (good) *out = ntm_column_codes(made, count, used == 0 ? none : categories, used);
    ntm_i_release(&arena->allocator, place, texts, sizeof *place);
    return good;
}

ntm_column ntm_i_task_numbers(const int64_t *numbers, const uint8_t *known, size_t count, uint8_t scale) {
    ntm_column column = ntm_column_int64(numbers, count);
    column.validity = known;
    column.scale = scale;
    return column;
}

bool ntm_i_task_exact(int32_t *out, ntm_i_csv_codes *pool, ntm_i_rational value) {
    char text[96];
    *out = -1;
    if (value.denominator == 0) return true;
    size_t size = ntm_i_rational_format(text, sizeof text, value);
    return ntm_i_csv_codes_find(pool, out, text, size);
}
