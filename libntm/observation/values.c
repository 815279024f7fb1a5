/* SPDX-License-Identifier: Apache-2.0 */
/* What a value says: a number, a level, or that there is none. */
#include <math.h>
#include <string.h>

#include "base/text_fold.h"
#include "column/bits.h"
#include "column/values.h"
#include "number/decimal.h"
#include "observation/observations.h"

static const ntm_i_reading nothing = {0, 0, NTM_I_NOTHING};
static const ntm_i_reading not_applicable = {0, 0, NTM_I_NOT_APPLICABLE};
static const ntm_i_reading unreadable = {0, 0, NTM_I_UNREADABLE};
enum { NOT_YET = 255 };

bool ntm_i_same_value(const ntm_i_observed *a, const ntm_i_observed *b) {
    ntm_i_state state = ntm_i_packed_state(a->packed);
    if (state != ntm_i_packed_state(b->packed)) return false;
    if (state != NTM_I_NUMBER) return a->value == b->value;
    return ntm_decimal_compare((ntm_decimal){a->value, ntm_i_packed_scale(a->packed)},
                               (ntm_decimal){b->value, ntm_i_packed_scale(b->packed)}) == 0;
}

/* ------------------------------------------------------------------------------------------- what the caller declares */

static ntm_status declare(ntm_i_storing *s, const char *const *texts, size_t count, ntm_error *err) {
    for (size_t i = 0; i < count; i++) {
        char *folded = NULL;
        size_t size = 0;
        ntm_error why = NTM_ERROR_INIT;
        const ntm_allocator *allocator = &s->store->arena.allocator;
        if (texts[i] == NULL) return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a declared text is NULL");
        ntm_status status = ntm_i_name_fold(&folded, &size, texts[i], strlen(texts[i]), allocator, &why);
        if (status == NTM_ERROR_MEMORY) return ntm_i_no_memory(err);
        if (status != NTM_OK)
            return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a declared text that equals nothing: %s",
                              why.message);
        const char *copy = ntm_i_arena_text(&s->store->arena, folded, size);
        ntm_i_release(allocator, folded, size + 1, 1);
        if (copy == NULL || !ntm_i_array_append(&s->declared, &copy, 1)) return ntm_i_no_memory(err);
    }
    return NTM_OK;
}

ntm_status ntm_i_values_start(ntm_i_storing *s, ntm_error *err) {
    const ntm_allocator *allocator = &s->store->arena.allocator;
    const ntm_observations_options *options = s->options;
    ntm_i_array_start(&s->declared, allocator, sizeof(const char *));
    ntm_i_array_start(&s->meanings, allocator, 1);
    ntm_status status = declare(s, options->not_reported, options->not_reported_count, err);
    if (status == NTM_OK) status = declare(s, options->not_applicable, options->not_applicable_count, err);
    return status;
}

void ntm_i_values_again(ntm_i_storing *s) {
    size_t count = s->value == NULL ? 0 : s->value->column.category_count;
    ntm_i_release(&s->store->arena.allocator, s->categories, count, sizeof *s->categories);
    s->categories = NULL;
}

void ntm_i_values_end(ntm_i_storing *s) {
    ntm_i_values_again(s);
    ntm_i_array_end(&s->declared);
    ntm_i_array_end(&s->meanings);
}

/* ------------------------------------------------------------------------------------------- texts */

/* What a text that is no number means by what was declared: NTM_I_LEVEL when nothing was. */
static ntm_i_state meaning_of(ntm_i_storing *s, const char *text, size_t size) {
    const char *const *declared = s->declared.items;
    const ntm_allocator *allocator = &s->store->arena.allocator;
    char *folded = NULL;
    size_t folded_size = 0;
    ntm_i_state state = NTM_I_LEVEL;
    if (s->declared.count == 0) return state;
    ntm_status status = ntm_i_name_fold(&folded, &folded_size, text, size, allocator, NULL);
    if (status == NTM_ERROR_MEMORY) s->cells.no_memory = true;
    if (status != NTM_OK) return state; /* letters of several scripts equal nothing */
    for (size_t i = 0; i < s->declared.count && state == NTM_I_LEVEL; i++)
        if (strcmp(declared[i], folded) == 0)
            state = i < s->options->not_reported_count ? NTM_I_NOTHING : NTM_I_NOT_APPLICABLE;
    ntm_i_release(allocator, folded, folded_size + 1, 1);
    return state;
}

/* Whether the text is one that was declared, byte by byte: that goes before numbers ("-1" for "not reported"). */
static bool declared_exactly(const ntm_i_storing *s, ntm_i_reading *out, const char *text, size_t size) {
    const ntm_observations_options *options = s->options;
    for (size_t i = 0; i < s->declared.count; i++) {
        bool missing = i < options->not_reported_count;
        const char *one = missing ? options->not_reported[i] : options->not_applicable[i - options->not_reported_count];
        if (strlen(one) != size || memcmp(one, text, size) != 0) continue;
        *out = missing ? nothing : not_applicable;
        return true;
    }
    return false;
}

static bool has_letter(const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return true;
    }
    return false;
}

/* Most messages about a text begin with it. */
static void complain_of_text(ntm_i_storing *s, size_t row, ntm_status status, const char *text, size_t size,
                             const char *why) {
    if (why[0] == '"')
        ntm_i_cells_complain(&s->cells, status, s->value->name, row, "%s", why);
    else
        ntm_i_cells_complain(&s->cells, status, s->value->name, row, "\"%.*s\": %s", ntm_i_shown(text, size), text,
                             why);
}

static ntm_i_reading read_level(ntm_i_storing *s, const char *text, size_t size) {
    int32_t code = 0;
    if (!ntm_i_csv_codes_find(&s->store->levels, &code, text, size)) {
        s->cells.no_memory = true;
        return unreadable;
    }
    if ((size_t)code == s->meanings.count) {
        uint8_t meaning = (uint8_t)meaning_of(s, text, size);
        if (!ntm_i_array_append(&s->meanings, &meaning, 1)) s->cells.no_memory = true;
    }
    if (s->cells.no_memory) return unreadable;
    uint8_t state = ((const uint8_t *)s->meanings.items)[code];
    return (ntm_i_reading){state == NTM_I_LEVEL ? code : 0, 0, state};
}

static ntm_i_reading read_text(ntm_i_storing *s, const char *text, size_t size, size_t row) {
    ntm_error err = NTM_ERROR_INIT;
    ntm_decimal number = {0, 0};
    ntm_i_reading declared = nothing;
    size_t bad = 0;
    if (size == 0 || declared_exactly(s, &declared, text, size)) return declared;
    ntm_status status = ntm_decimal_parse(&number, text, size, s->options->locale, &err);
    if (status == NTM_OK) return (ntm_i_reading){number.coefficient, number.scale, NTM_I_NUMBER};
    if (!ntm_i_utf8_valid(text, size, &bad)) {
        status = ntm_i_fail(&err, NTM_ERROR_SYNTAX, NTM_I_NOWHERE, "text that is not UTF-8");
    } else if (has_letter(text, size)) {
        return read_level(s, text, size);
    } else {
        ntm_i_state meaning = meaning_of(s, text, size);
        if (meaning != NTM_I_LEVEL) return meaning == NTM_I_NOTHING ? nothing : not_applicable;
    }
    if (!s->cells.no_memory) complain_of_text(s, row, status, text, size, err.message);
    return unreadable;
}

/* ------------------------------------------------------------------------------------------- columns */

static ntm_i_reading complained(ntm_i_storing *s, size_t row, ntm_status status, const char *why) {
    ntm_i_cells_complain(&s->cells, status, s->value->name, row, "%s", why);
    return unreadable;
}

/* Each category is read once, when a row has it. */
static ntm_i_reading read_category(ntm_i_storing *s, size_t row) {
    const ntm_column *column = &s->value->column;
    int64_t code = ntm_i_column_integer(column, row);
    if (s->categories == NULL) {
        s->categories = ntm_i_allocate(&s->store->arena.allocator, column->category_count, sizeof *s->categories);
        if (s->categories == NULL) {
            s->cells.no_memory = true;
            return unreadable;
        }
        for (size_t i = 0; i < column->category_count; i++)
            s->categories[i].state = NOT_YET;
    }
    if ((uint64_t)code >= column->category_count)
        return complained(s, row, NTM_ERROR_VALUE, "a code past the categories");
    if (s->categories[code].state == NOT_YET) {
        const char *text = column->categories[code];
        s->categories[code] = text == NULL ? complained(s, row, NTM_ERROR_VALUE, "a category without a name")
                                           : read_text(s, text, strlen(text), row);
    }
    return s->categories[code];
}

static ntm_i_reading read_other(ntm_i_storing *s, size_t row) {
    const ntm_column *column = &s->value->column;
    ntm_error err = NTM_ERROR_INIT;
    const char *text = NULL;
    size_t size = 0;
    ntm_decimal number = {0, 0};
    if (column->categories != NULL) return read_category(s, row);
    if (column->type == NTM_TYPE_TEXT) {
        ntm_status status = ntm_column_text(&text, &size, column, row, &err);
        return status == NTM_OK ? read_text(s, text, size, row) : complained(s, row, status, err.message);
    }
    ntm_status status = ntm_column_decimal(&number, column, row, &err);
    if (status != NTM_OK) return complained(s, row, status, err.message);
    return (ntm_i_reading){number.coefficient, number.scale, NTM_I_NUMBER};
}

ntm_i_reading ntm_i_value_read(ntm_i_storing *s, size_t row) {
    const ntm_column *column = &s->value->column;
    if (column->not_applicable != NULL && ntm_i_bit(column->not_applicable, column->not_applicable_offset + row))
        return not_applicable;
    if (column->validity != NULL && !ntm_i_bit(column->validity, column->validity_offset + row)) return nothing;
    if (ntm_i_type_is_integer(column->type) && column->categories == NULL)
        return (ntm_i_reading){ntm_i_column_integer(column, row), column->scale, NTM_I_NUMBER};
    if (ntm_column_known(column, row) != NTM_REPORTED) return nothing; /* NaN or a code below 0 */
    return read_other(s, row);
}
