/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file catalogue.h
 * @brief Sets and overlays as YAML, and the catalogue of shipped law.
 *
 * Sets, overlays and catalogues are frozen when they are made and may be read by any number of threads, also to lay an
 * overlay over a set. What a catalogue gives out is borrowed from it.
 */
#ifndef NTM_CATALOGUE_H
#define NTM_CATALOGUE_H

#include <ntm/criteria.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup catalogue Files and catalogue
 *  @{ */

/** What reading may use; start with ::NTM_READ_OPTIONS_INIT. */
typedef struct ntm_read_options {
    size_t struct_size;             /**< sizeof(ntm_read_options). */
    size_t size_max;                /**< Largest file in bytes; 0 means 16 MiB. */
    size_t nodes_max;               /**< Most YAML scalars, lists and maps; 0 means 500,000. */
    ntm_problems *problems;         /**< Takes all problems; may be NULL. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_read_options;

/** Starting value of ::ntm_read_options. */
#define NTM_READ_OPTIONS_INIT                                                                                          \
    { sizeof(ntm_read_options), 0, 0, NULL, NULL }

/**
 * Reads a set from YAML in memory (docs/set-format.md). Anchors, aliases, tags, several documents and doubled keys are
 * refused; so is any key that the format does not know. All problems go to `options->problems`, with line and column.
 * @param[out] out the set; owned by the caller, ntm_set_free()
 * @param name what errors call the input
 * @param options NULL = the defaults
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_LIMIT, ::NTM_ERROR_SYNTAX,
 *         ::NTM_ERROR_SCHEMA, ::NTM_ERROR_UNIT, ::NTM_ERROR_NOT_FOUND, ::NTM_ERROR_CONFLICT (two values for one place),
 *         ::NTM_ERROR_UNSUPPORTED (a newer format)
 */
NTM_API NTM_NODISCARD ntm_status ntm_set_read(ntm_set **out, const char *bytes, size_t size, const char *name,
                                              const ntm_read_options *options, ntm_error *err);
/** Reads a set from a file. @return as ntm_set_read(), and ::NTM_ERROR_IO */
NTM_API NTM_NODISCARD ntm_status ntm_set_open(ntm_set **out, const char *path, const ntm_read_options *options,
                                              ntm_error *err);
/**
 * Writes a set as YAML that ntm_set_read() reads into an equal set.
 * @param[out] out the text; owned by the caller, ntm_text_free()
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_set_write(ntm_text **out, const ntm_set *set, const ntm_allocator *allocator,
                                               ntm_error *err);

/** A layer over a set: an amendment, what a province decides, or what is known only from memory. Frozen. */
typedef struct ntm_overlay ntm_overlay;

/** Who decided an act. A lower number is a higher authority. */
typedef enum ntm_rank {
    NTM_RANK_CENTRAL = 1,  /**< Trung ương. */
    NTM_RANK_PROVINCE = 2, /**< Cấp tỉnh. */
    NTM_RANK_DISTRICT = 3, /**< Cấp huyện. */
    NTM_RANK_COMMUNE = 4   /**< Cấp xã. */
} ntm_rank;

/**
 * Reads an overlay (docs/set-format.md) from YAML in memory. What it fills is checked when it is laid over its set.
 * @return as ntm_set_read()
 */
NTM_API NTM_NODISCARD ntm_status ntm_overlay_read(ntm_overlay **out, const char *bytes, size_t size, const char *name,
                                                  const ntm_read_options *options, ntm_error *err);
/** Reads an overlay from a file. @return as ntm_overlay_read(), and ::NTM_ERROR_IO */
NTM_API NTM_NODISCARD ntm_status ntm_overlay_open(ntm_overlay **out, const char *path, const ntm_read_options *options,
                                                  ntm_error *err);
/** Frees an overlay. */
NTM_API void ntm_overlay_free(ntm_overlay *overlay);
/** Its id; borrowed. */
NTM_API const char *ntm_overlay_id(const ntm_overlay *overlay);
/** The set it goes over; borrowed. */
NTM_API const char *ntm_overlay_of(const ntm_overlay *overlay);
/** How far all of it can be relied on. */
NTM_API ntm_standing ntm_overlay_standing(const ntm_overlay *overlay);

/** Where it holds: "VN" (wherever its set holds), the code of a province, or a longer way down ("42/436"); borrowed. */
NTM_API const char *ntm_overlay_place(const ntm_overlay *overlay);
/** Who decided it. */
NTM_API ntm_rank ntm_overlay_rank(const ntm_overlay *overlay);
/** The act behind it, with its days; all of it may be unknown. Borrowed. */
NTM_API const ntm_instrument *ntm_overlay_instrument(const ntm_overlay *overlay);

/**
 * Makes a new set: the base with an overlay laid on (docs/set-format.md, "Overlays"). It keeps the base's id and lists
 * the overlay's among its `overlays`; what comes from the overlay cites it. Days and places are not looked at: see
 * ntm_catalogue_find() for the layers in force.
 *
 * The overlay fills what is absent; what is there it changes only by saying so (`replaces`, `tightens`, `removes`).
 * Where a layer of the base has spoken that prevails (a later act of the same or a higher rank; any cited layer, over
 * what is only recalled and names no day), the overlay gives way without a problem: the result is that of laying both
 * in their order.
 * @param[out] out the set; owned by the caller, ntm_set_free(); independent of both
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_LIMIT (more than 1,000 layers),
 *         ::NTM_ERROR_NOT_FOUND (another set's overlay, an unknown indicator), ::NTM_ERROR_CONFLICT (the place is
 *         taken; an act of too low a rank; a figure that would be looser; two acts of one rank and day), and as
 *         ntm_set_builder_finish(). A problem names the place in the overlay, and in its message the other one.
 */
NTM_API NTM_NODISCARD ntm_status ntm_set_overlay(ntm_set **out, const ntm_set *base, const ntm_overlay *overlay,
                                                 const ntm_read_options *options, ntm_error *err);

/** How many statements of one sort can be relied on. */
typedef struct ntm_standing_tally {
    size_t cited;      /**< Read in a source. */
    size_t unverified; /**< Known only from memory, or written down without any source. */
    size_t absent;     /**< Nobody has read them. */
    size_t delegated;  /**< Absent because the law leaves them to somebody (cells of figures). */
} ntm_standing_tally;

/** How much of a set is known. */
typedef struct ntm_standings {
    /** Cells of figures: one for a figure without axes, else the product of its axes. Where a figure interpolates, a
        year between two that are given is as good as the weaker of them. */
    ntm_standing_tally cells;
    /** Rules of indicators and preconditions, and of criteria that have their own or no indicators. */
    ntm_standing_tally rules;
    /** Names of criteria, indicators and preconditions, in whatever language. */
    ntm_standing_tally names;
} ntm_standings;

/**
 * Counts how much of a set is known. Layers count for what they say.
 * @param[out] out the counts
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT
 */
NTM_API NTM_NODISCARD ntm_status ntm_set_standings(ntm_standings *out, const ntm_set *set, ntm_error *err);

/** The shipped law, and files of the caller's. Frozen once it is open. */
typedef struct ntm_catalogue ntm_catalogue;

/**
 * Opens the catalogue that is built into the library, plus the caller's files (sets and overlays, told apart by their
 * `format`), and lays every cited overlay with a first day over its set: one version of the set for each place and
 * stretch of days. Higher acts are laid first, then earlier ones, whatever the order of the files. Unverified overlays,
 * and those without a first day, are never laid by themselves.
 * @param[out] out the catalogue; owned by the caller, ntm_catalogue_free()
 * @param paths `path_count` files; may be NULL when there are none
 * @return as ntm_set_open() and ntm_set_overlay(), ::NTM_ERROR_CONFLICT when two files have one id, an overlay holds
 *         where its set does not, or is of a lower rank than the place where it would hold, ::NTM_ERROR_LIMIT when
 *         places and days of overlays give more than 4,096 sets, ::NTM_ERROR_NOT_FOUND for a cited overlay without its
 *         set, ::NTM_ERROR_NOT_IN_FORCE for an overlay whose days all lie outside of those of its set
 */
NTM_API NTM_NODISCARD ntm_status ntm_catalogue_open(ntm_catalogue **out, const char *const *paths, size_t path_count,
                                                    const ntm_read_options *options, ntm_error *err);
/** Frees the catalogue and all that was borrowed from it. */
NTM_API void ntm_catalogue_free(ntm_catalogue *catalogue);
/** Number of sets. */
NTM_API size_t ntm_catalogue_set_count(const ntm_catalogue *catalogue);
/** A set, as it was published; borrowed; NULL past the end. */
NTM_API const ntm_set *ntm_catalogue_set(const ntm_catalogue *catalogue, size_t index);
/** Number of overlays. */
NTM_API size_t ntm_catalogue_overlay_count(const ntm_catalogue *catalogue);
/** An overlay; borrowed; NULL past the end. */
NTM_API const ntm_overlay *ntm_catalogue_overlay(const ntm_catalogue *catalogue, size_t index);
/** A set by id, as it was published; borrowed; NULL if there is none. */
NTM_API const ntm_set *ntm_catalogue_get(const ntm_catalogue *catalogue, const char *id);
/** An overlay by id; borrowed; NULL if there is none. */
NTM_API const ntm_overlay *ntm_catalogue_get_overlay(const ntm_catalogue *catalogue, const char *id);

/** A set as it is in force in a place on a stretch of days: with all layers of that place laid on. */
typedef struct ntm_set_version {
    const char *id;     /**< The set's id. */
    const char *place;  /**< Where it holds: the set's own place, or one below it that has layers of its own. */
    ntm_date from;      /**< First day. */
    ntm_date to;        /**< Last day; ::NTM_DATE_NONE = still in force, or not known. */
    const ntm_set *set; /**< The set; its `overlays` (ntm_set_about()) are the layers. */
} ntm_set_version;

/** Number of versions of all sets whose first day is known. */
NTM_API size_t ntm_catalogue_version_count(const ntm_catalogue *catalogue);
/** A version, sorted by id, then place ("VN" first), then first day; borrowed; NULL past the end. */
NTM_API const ntm_set_version *ntm_catalogue_version(const ntm_catalogue *catalogue, size_t index);

/**
 * The set in force for a programme, level and tier at a place on a day, with the layers in force there laid on.
 *
 * A set whose last day is not known goes on until a set that says `follows` takes its place, on the first day of that;
 * without one it goes on for ever, and another set of the same programme, level, tier and place is a conflict.
 * @param[out] out the set; borrowed from the catalogue
 * @param place the code of a province, a longer way down ("42/436"), or "VN" for the national law with its amendments;
 *        a set of the place itself comes before one of the places above it. It begins with the two digits of a
 *        province, or as some set or overlay of the catalogue does: a name, or the code of a commune without the way to
 *        it ("18103" for "42/436/18103"), is refused, since the law of its province would be missed
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_NOT_FOUND (no such programme, level, tier or place),
 *         ::NTM_ERROR_NOT_IN_FORCE (there are sets, none covers the day: the message says which days are covered),
 *         ::NTM_ERROR_CONFLICT (several do). Sets whose first day was not read are never found: they are had by
 *         ntm_catalogue_get()
 */
NTM_API NTM_NODISCARD ntm_status ntm_catalogue_find(const ntm_set **out, const ntm_catalogue *catalogue,
                                                    const char *programme, const char *level, const char *tier,
                                                    const char *place, ntm_date on, ntm_error *err);
/**
 * Counts how much is known of a set as it was published, or of all sets: what is absent from it and stands in an
 * unverified overlay of the catalogue counts as unverified. For a version see ntm_set_standings().
 * @param[out] out the counts
 * @param id a set; NULL = all of the catalogue
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_NOT_FOUND (no such set), ::NTM_ERROR_MEMORY, and as
 *         ntm_set_overlay() when an unverified overlay does not fit
 */
NTM_API NTM_NODISCARD ntm_status ntm_catalogue_status(ntm_standings *out, const ntm_catalogue *catalogue,
                                                      const char *id, ntm_error *err);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
