/* SPDX-License-Identifier: Apache-2.0 */
/* The words of levels, and the rungs that they stand on. */
#include <string.h>

#include "unit/registry.h"

/* One level. `usual` stands before names, in the form in which names are compared. */
typedef struct level {
    const char *word;
    ntm_echelon echelon;
    const char *usual;
} level;

static const level levels[] = {
    {"province", NTM_ECHELON_PROVINCE, "tỉnh "},
    {"city", NTM_ECHELON_PROVINCE, "thành phố "},
    {"district", NTM_ECHELON_DISTRICT, "huyện "},
    {"town", NTM_ECHELON_DISTRICT, "thị xã "},
    {"urban-district", NTM_ECHELON_DISTRICT, "quận "},
    {"commune", NTM_ECHELON_COMMUNE, "xã "},
    {"ward", NTM_ECHELON_COMMUNE, "phường "},
    {"township", NTM_ECHELON_COMMUNE, "thị trấn "},
    {"special-zone", NTM_ECHELON_COMMUNE, "đặc khu "},
    {"village", NTM_ECHELON_VILLAGE, "thôn "},
    {"residential-group", NTM_ECHELON_VILLAGE, "tổ dân phố "},
};

/* Published lists give every unit of a rung one level ("district"), so a name may begin with any word of its rung. */
static const char *const province_words[] = {"tỉnh ", "thành phố ", NULL};
static const char *const district_words[] = {"huyện ", "quận ", "thị xã ", "thành phố ", NULL};
static const char *const commune_words[] = {"xã ", "phường ", "thị trấn ", "đặc khu ", NULL};
static const char *const village_words[] = {"thôn ", "bản ",  "làng ",    "xóm ",        "ấp ",
                                            "buôn ", "khóm ", "khu phố ", "tổ dân phố ", NULL};
static const char *const no_words[] = {NULL};

static const level *find(const char *text, size_t size) {
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        const char *word = levels[i].word;
        bool same = strlen(word) == size;
        for (size_t at = 0; same && at < size; at++)
            same = word[at] == (text[at] == '_' ? '-' : text[at]);
        if (same) return &levels[i];
    }
    return NULL;
}

const char *ntm_i_level_word(const char *text, size_t size) {
    const level *found = find(text, size);
    return found == NULL ? NULL : found->word;
}

ntm_echelon ntm_echelon_of(const char *word) {
    const level *found = word == NULL ? NULL : find(word, strlen(word));
    return found == NULL ? NTM_ECHELON_ANY : found->echelon;
}

const char *ntm_i_usual_word(const char *word) {
    const level *found = find(word, strlen(word));
    return found == NULL ? NULL : found->usual;
}

const char *const *ntm_i_rung_words(ntm_echelon echelon) {
    switch (echelon) {
        case NTM_ECHELON_PROVINCE: return province_words;
        case NTM_ECHELON_DISTRICT: return district_words;
        case NTM_ECHELON_COMMUNE: return commune_words;
        case NTM_ECHELON_VILLAGE: return village_words;
        case NTM_ECHELON_ANY: break;
    }
    return no_words;
}
