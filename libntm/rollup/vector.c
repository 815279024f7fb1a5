/* SPDX-License-Identifier: Apache-2.0 */
#include "rollup/vector.h"

#include <string.h>

#include "column/words.h"

void ntm_i_vector_start(ntm_i_vector *vector, size_t rows, const ntm_allocator *allocator) {
    memset(vector, 0, sizeof *vector);
    vector->allocator = *allocator;
    vector->rows = rows;
}

void ntm_i_vector_end(ntm_i_vector *vector) {
    size_t words = ntm_i_words_of(vector->rows);
    const ntm_allocator *from = &vector->allocator;
    ntm_i_release(from, vector->own_least, vector->rows, sizeof(int64_t));
    ntm_i_release(from, vector->own_most, vector->rows, sizeof(int64_t));
    ntm_i_release(from, vector->own_known, words, sizeof(uint64_t));
    ntm_i_release(from, vector->own_absent, words, sizeof(uint64_t));
    ntm_i_release(from, vector->own_has_least, words, sizeof(uint64_t));
    ntm_i_release(from, vector->own_has_most, words, sizeof(uint64_t));
    ntm_i_release(from, vector->own_exact, vector->rows, sizeof(ntm_range));
    ntm_allocator allocator = vector->allocator;
    ntm_i_vector_start(vector, 0, &allocator);
}

static bool room(uint64_t **own, const uint64_t **shown, const ntm_i_vector *vector) {
    if (*own == NULL) *own = ntm_i_allocate(&vector->allocator, ntm_i_words_of(vector->rows), sizeof **own);
    *shown = *own;
    return *own != NULL;
}

bool ntm_i_vector_values(ntm_i_vector *vector) {
    if (vector->own_least == NULL)
        vector->own_least = ntm_i_allocate(&vector->allocator, vector->rows, sizeof *vector->own_least);
    vector->least = vector->own_least;
    return vector->own_least != NULL;
}

bool ntm_i_vector_known(ntm_i_vector *vector) { return room(&vector->own_known, &vector->known, vector); }
bool ntm_i_vector_absent(ntm_i_vector *vector) { return room(&vector->own_absent, &vector->absent, vector); }
bool ntm_i_vector_lower(ntm_i_vector *vector) { return room(&vector->own_has_least, &vector->has_least, vector); }

bool ntm_i_vector_upper(ntm_i_vector *vector) {
    if (vector->own_most == NULL)
        vector->own_most = ntm_i_allocate(&vector->allocator, vector->rows, sizeof *vector->own_most);
    vector->most = vector->own_most;
    return vector->own_most != NULL && room(&vector->own_has_most, &vector->has_most, vector);
}

bool ntm_i_vector_exact(ntm_i_vector *vector) {
    if (vector->own_exact == NULL)
        vector->own_exact = ntm_i_allocate(&vector->allocator, vector->rows, sizeof *vector->own_exact);
    vector->exact = vector->own_exact;
    return vector->own_exact != NULL;
}

static bool fits(ntm_i_wide value) { return value >= INT64_MIN && value <= INT64_MAX; }

void ntm_i_vector_natural(ntm_i_vector *vector, ntm_i_interval natural) {
    ntm_i_limits out = {false, false, 0, 0}, in = {false, false, 0, 0};
    ntm_i_rational scaled;
    if (ntm_i_is_finite(natural.least) && ntm_i_rational_scale(&scaled, natural.least, vector->scale)) {
        ntm_i_wide floor = ntm_i_rational_floor(scaled), ceiling = ntm_i_rational_ceiling(scaled);
        out.has_least = fits(floor);
        out.least = out.has_least ? (int64_t)floor : 0;
        in.has_least = true; /* a bound beyond every integer is one that nothing keeps, or everything */
        in.least = fits(ceiling) ? (int64_t)ceiling : ceiling < 0 ? INT64_MIN : INT64_MAX;
    }
    if (ntm_i_is_finite(natural.most) && ntm_i_rational_scale(&scaled, natural.most, vector->scale)) {
        ntm_i_wide floor = ntm_i_rational_floor(scaled), ceiling = ntm_i_rational_ceiling(scaled);
        out.has_most = fits(ceiling);
        out.most = out.has_most ? (int64_t)ceiling : 0;
        in.has_most = true;
        in.most = fits(floor) ? (int64_t)floor : floor < 0 ? INT64_MIN : INT64_MAX;
    }
    vector->natural = out;
    vector->check = in;
}

ntm_i_state ntm_i_state_at(const ntm_i_vector *vector, size_t row) {
    ntm_i_state out = {NTM_NOT_REPORTED, vector->natural};
    if (ntm_i_word_bit(vector->known, row)) {
        int64_t value = vector->least[row];
        return (ntm_i_state){NTM_REPORTED, {true, true, value, value}};
    }
    if (vector->absent != NULL && ntm_i_word_bit(vector->absent, row)) out.known = NTM_NOT_APPLICABLE;
    if (vector->has_least != NULL) {
        out.between.has_least = ntm_i_word_bit(vector->has_least, row);
        out.between.least = vector->least[row];
    }
    if (vector->has_most != NULL) {
        out.between.has_most = ntm_i_word_bit(vector->has_most, row);
        out.between.most = vector->most[row];
    }
    return out;
}

void ntm_i_state_put(ntm_i_vector *vector, size_t row, ntm_i_state state) {
    const ntm_i_limits *between = &state.between;
    if (state.known == NTM_NOT_APPLICABLE) {
        ntm_i_word_set(vector->own_absent, row);
        return;
    }
    if (between->has_least) {
        vector->own_least[row] = between->least;
        if (vector->own_has_least != NULL) ntm_i_word_set(vector->own_has_least, row);
    }
    if (between->has_most && vector->own_most != NULL) {
        vector->own_most[row] = between->most;
        ntm_i_word_set(vector->own_has_most, row);
    }
    if (between->has_least && between->has_most && between->least == between->most)
        ntm_i_word_set(vector->own_known, row);
}

static ntm_i_rational end_of(ntm_fraction end, ntm_i_rational none) {
    return end.denominator == 0 ? none : (ntm_i_rational){end.numerator, end.denominator};
}

ntm_i_interval ntm_i_vector_between(const ntm_i_vector *vector, size_t row) {
    if (vector->exact != NULL)
        return (ntm_i_interval){end_of(vector->exact[row].least, NTM_I_MINUS_INFINITY),
                                end_of(vector->exact[row].most, NTM_I_INFINITY)};
    ntm_i_state state = ntm_i_state_at(vector, row);
    ntm_i_interval out = NTM_I_ANYTHING;
    if (state.between.has_least) out.least = ntm_i_rational_decimal((ntm_decimal){state.between.least, vector->scale});
    if (state.between.has_most) out.most = ntm_i_rational_decimal((ntm_decimal){state.between.most, vector->scale});
    return out;
}
