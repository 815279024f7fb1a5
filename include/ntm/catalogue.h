/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file catalogue.h
 * @brief Sets and overlays as YAML, and the catalogue of shipped law.
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
#define NTM_READ_OPTIONS_INIT { sizeof(ntm_read_options), 0, 0, NULL, NULL }

/**
 * Reads a set from YAML in memory (docs/set-format.md). Anchors, aliases, tags, several documents and doubled keys are
 * refused; so is any key that the format does not know. All problems go to `options->problems`, with line and column.
 * @param[out] out the set; owned by the caller, ntm_set_free()
 * @param name what errors call the input
 * @param options NULL = the defaults
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_LIMIT, ::NTM_ERROR_SYNTAX, ::NTM_ERROR_SCHEMA,
 *         ::NTM_ERROR_UNIT, ::NTM_ERROR_NOT_FOUND, ::NTM_ERROR_CONFLICT (two values for one place), ::NTM_ERROR_UNSUPPORTED
 *         (a newer format)
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

/** A layer over a set: what a province decides, or what is known only from memory. Frozen. */
typedef struct ntm_overlay ntm_overlay;

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

/**
 * Makes a new set: the base with everything that the overlay fills in. An overlay fills what is absent and never
 * replaces what is there.
 * @param[out] out the set; owned by the caller, ntm_set_free(); independent of both
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_NOT_FOUND (another set's overlay, an unknown
 *         indicator), ::NTM_ERROR_CONFLICT (the place is taken), and as ntm_set_builder_finish()
 */
NTM_API NTM_NODISCARD ntm_status ntm_set_overlay(ntm_set **out, const ntm_set *base, const ntm_overlay *overlay,
                                                 const ntm_read_options *options, ntm_error *err);

/** The shipped law, and files of the caller's. Frozen once it is open. */
typedef struct ntm_catalogue ntm_catalogue;

/**
 * Opens the catalogue that is built into the library, plus the caller's files (sets and overlays, told apart by their
 * `format`).
 * @param[out] out the catalogue; owned by the caller, ntm_catalogue_free()
 * @param paths `path_count` files; may be NULL when there are none
 * @return as ntm_set_open(), and ::NTM_ERROR_CONFLICT when two files have one id
 */
NTM_API NTM_NODISCARD ntm_status ntm_catalogue_open(ntm_catalogue **out, const char *const *paths, size_t path_count,
                                                    const ntm_read_options *options, ntm_error *err);
/** Frees the catalogue and all that was borrowed from it. */
NTM_API void ntm_catalogue_free(ntm_catalogue *catalogue);
/** Number of sets. */
NTM_API size_t ntm_catalogue_set_count(const ntm_catalogue *catalogue);
/** A set; borrowed; NULL past the end. */
NTM_API const ntm_set *ntm_catalogue_set(const ntm_catalogue *catalogue, size_t index);
/** Number of overlays. */
NTM_API size_t ntm_catalogue_overlay_count(const ntm_catalogue *catalogue);
/** An overlay; borrowed; NULL past the end. */
NTM_API const ntm_overlay *ntm_catalogue_overlay(const ntm_catalogue *catalogue, size_t index);
/** A set by id; borrowed; NULL if there is none. */
NTM_API const ntm_set *ntm_catalogue_get(const ntm_catalogue *catalogue, const char *id);
/** An overlay by id; borrowed; NULL if there is none. */
NTM_API const ntm_overlay *ntm_catalogue_get_overlay(const ntm_catalogue *catalogue, const char *id);
/**
 * The set in force for a programme, level and tier at a place on a day.
 * @param[out] out the set; borrowed from the catalogue
 * @param place the code of a province, or "VN"; a set of the place itself comes before one of "VN"
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_NOT_FOUND (no such programme, level, tier), ::NTM_ERROR_NOT_IN_FORCE
 *         (there are sets, none covers the day: the message says which days are covered), ::NTM_ERROR_CONFLICT (several do)
 */
NTM_API NTM_NODISCARD ntm_status ntm_catalogue_find(const ntm_set **out, const ntm_catalogue *catalogue,
                                                    const char *programme, const char *level, const char *tier,
                                                    const char *place, ntm_date on, ntm_error *err);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
