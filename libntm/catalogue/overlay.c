/* SPDX-License-Identifier: Apache-2.0 */
/* Reading an overlay: everything is checked that can be without the set that it goes over. */
#include "catalogue/overlay.h"

#include <stdio.h>
#include <string.h>

static const char *const overlay_keys[NTM_I_OVERLAY_KEYS] = {
    "format",  "id",         "of",         "standing", "place",        "rank",     "title",
    "note",    "instrument", "sources",    "facts",    "replaces",     "tightens", "adds",
    "removes", "figures",    "indicators", "criteria", "preconditions"};

const char *const ntm_i_rank_words[NTM_I_RANKS] = {"central", "province", "district", "commune"};

#define UNVERIFIED_END ".unverified"

const char *ntm_overlay_id(const ntm_overlay *overlay) { return overlay == NULL ? NULL : overlay->layer.id; }

const char *ntm_overlay_of(const ntm_overlay *overlay) { return overlay == NULL ? NULL : overlay->of; }

ntm_standing ntm_overlay_standing(const ntm_overlay *overlay) {
    return overlay == NULL ? NTM_ABSENT : overlay->layer.standing;
}

const char *ntm_overlay_place(const ntm_overlay *overlay) { return overlay == NULL ? NULL : overlay->place; }

ntm_rank ntm_overlay_rank(const ntm_overlay *overlay) { return overlay == NULL ? 0 : overlay->rank; }

const ntm_instrument *ntm_overlay_instrument(const ntm_overlay *overlay) {
    return overlay == NULL ? NULL : &overlay->instrument;
}

const char *ntm_i_where(char buffer[NTM_I_WHERE_SIZE], const char *file, uint32_t line) {
    enum { SHOWN_MAX = 100 };
    size_t size = strlen(file);
    const char *start = file + (size > SHOWN_MAX ? size - SHOWN_MAX : 0);
    while (((unsigned char)*start & 0xc0) == 0x80)
        start++;
    if (line == 0)
        (void)snprintf(buffer, NTM_I_WHERE_SIZE, "%s", start);
    else
        (void)snprintf(buffer, NTM_I_WHERE_SIZE, "%s:%u", start, line);
    return buffer;
}

bool ntm_i_place_within(const char *place, const char *in) {
    size_t size = strlen(in);
    return strcmp(in, "VN") == 0 || (strncmp(place, in, size) == 0 && (place[size] == '\0' || place[size] == '/'));
}

bool ntm_i_place_is_written(const char *place) {
    size_t size = strlen(place);
    return size > 0 && place[0] != '/' && place[size - 1] != '/' && strstr(place, "//") == NULL;
}

ntm_rank ntm_i_place_rank(const char *place) {
    if (strcmp(place, "VN") == 0) return NTM_RANK_CENTRAL;
    unsigned rank = NTM_RANK_PROVINCE;
    for (const char *at = strchr(place, '/'); at != NULL && rank < NTM_RANK_COMMUNE; at = strchr(at + 1, '/'))
        rank++;
    return (ntm_rank)rank;
}

void ntm_overlay_free(ntm_overlay *overlay) {
    if (overlay == NULL) return;
    ntm_i_arena arena = overlay->arena;
    ntm_i_arena_end(&arena); /* the overlay lives in it too */
}

static void check_id(ntm_i_reader *reader, const char *id, const ntm_i_yaml *at) {
    if (!ntm_i_id_is_valid(id))
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, at, "this is no id: letters, digits, '-', '_' and '.' are");
}

static void read_about(ntm_i_reader *reader, ntm_overlay *overlay, const ntm_i_yaml *root) {
    const ntm_i_yaml *const *at = overlay->at;
    size_t standing = 0;
    overlay->layer = (ntm_i_layer){"nameless.unverified", NTM_UNVERIFIED};
    bool named = ntm_i_need(reader, root, at[NTM_I_OVERLAY_ID], "id") &&
                 ntm_i_read_text(reader, &overlay->layer.id, at[NTM_I_OVERLAY_ID]);
    if (named) check_id(reader, overlay->layer.id, at[NTM_I_OVERLAY_ID]);
    overlay->of = "nameless";
    if (ntm_i_need(reader, root, at[NTM_I_OVERLAY_OF], "of") &&
        ntm_i_read_text(reader, &overlay->of, at[NTM_I_OVERLAY_OF]))
        check_id(reader, overlay->of, at[NTM_I_OVERLAY_OF]);
    if (!ntm_i_need(reader, root, at[NTM_I_OVERLAY_STANDING], "standing") ||
        !ntm_i_read_word(reader, &standing, at[NTM_I_OVERLAY_STANDING], ntm_i_standings, 2, "standing of an overlay"))
        return;
    overlay->layer.standing = (ntm_standing)(standing + 1);
    size_t size = strlen(overlay->layer.id), end = strlen(UNVERIFIED_END);
    bool marked = size > end && strcmp(overlay->layer.id + size - end, UNVERIFIED_END) == 0;
    if (named && overlay->layer.standing == NTM_UNVERIFIED && !marked)
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, at[NTM_I_OVERLAY_ID],
                       "the id of an unverified overlay ends in \"" UNVERIFIED_END
                       "\", so that nobody takes it for law");
    if (named && overlay->layer.standing == NTM_CITED && marked)
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, at[NTM_I_OVERLAY_ID],
                       "only the id of an unverified overlay ends in \"" UNVERIFIED_END "\"");
}

/* Where it holds and who decided it. */
static void read_authority(ntm_i_reader *reader, ntm_overlay *overlay) {
    const ntm_i_yaml *place = overlay->at[NTM_I_OVERLAY_PLACE];
    size_t rank = 0;
    overlay->place = "VN";
    if (ntm_i_read_text(reader, &overlay->place, place) && place != NULL && !ntm_i_place_is_written(overlay->place))
        ntm_i_complain(reader, NTM_ERROR_SCHEMA, place,
                       "a place is \"VN\", the code of a province (\"42\"), or a longer way "
                       "down (\"42/436\")");
    overlay->rank = ntm_i_place_rank(overlay->place);
    if (overlay->at[NTM_I_OVERLAY_RANK] != NULL &&
        ntm_i_read_word(reader, &rank, overlay->at[NTM_I_OVERLAY_RANK], ntm_i_rank_words, NTM_I_RANKS, "rank"))
        overlay->rank = (ntm_rank)(rank + 1);
    overlay->instrument.signed_on = overlay->instrument.in_force_from = overlay->instrument.in_force_to = NTM_DATE_NONE;
}

ntm_status ntm_i_read_overlay(ntm_overlay **out, ntm_i_reader *reader, const ntm_i_yaml *root, ntm_error *err) {
    ntm_overlay *overlay = ntm_i_reader_take(reader, 1, sizeof *overlay);
    if (overlay == NULL) return ntm_i_no_memory(err);
    if (!ntm_i_read_keys(reader, root, overlay_keys, NTM_I_OVERLAY_KEYS, overlay->at))
        return ntm_i_report_end(&reader->report, err);
    read_about(reader, overlay, root);
    read_authority(reader, overlay);
    reader->layer = &overlay->layer;
    ntm_i_check_sections(reader, overlay);
    if (!reader->out_of_memory && !ntm_i_arena_copy(&reader->arena, &overlay->name, reader->report.subject))
        reader->out_of_memory = true;
    if (reader->out_of_memory) return ntm_i_no_memory(err);
    ntm_status status = ntm_i_report_end(&reader->report, err);
    if (status != NTM_OK) return status;
    overlay->arena = reader->arena; /* moved: the reader keeps an empty one */
    ntm_i_arena_start(&reader->arena, &overlay->arena.allocator);
    *out = overlay;
    return NTM_OK;
}
