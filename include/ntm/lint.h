/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file lint.h
 * @brief Findings about sets, overlays and the whole catalogue: what a careful reader would stumble over.
 *
 * A set that is read at all is well formed. The lint looks for what is well formed and still hardly meant: a class that
 * nobody can reach, points that do not add up to what the law declares, a day that no set covers. It mends nothing:
 * what the source itself prints wrongly is kept as it was published, and stays a finding.
 */
#ifndef NTM_LINT_H
#define NTM_LINT_H

#include <ntm/catalogue.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup lint Lint
 *  @{ */

/** How grave a finding is. */
typedef enum ntm_severity {
    NTM_SEVERITY_ERROR = 1,   /**< It cannot be meant as it stands. */
    NTM_SEVERITY_WARNING = 2, /**< Somebody should look. */
    NTM_SEVERITY_REMARK = 3   /**< Good to know: what is absent, what has no name. */
} ntm_severity;

/** A place in a set or an overlay. What is not known is NULL or 0. */
typedef struct ntm_place {
    const char *set;  /**< Id of the set, or of the overlay. */
    const char *path; /**< The thing: "figures.income", "criteria.15.indicators.15.3", "instrument". */
    const char *file; /**< The file it was read from; what was built without a file has its id here. */
    uint32_t line;    /**< Line of the file, from 1. */
    uint32_t column;  /**< Column (in characters), from 1. */
} ntm_place;

/** One finding. All text lives as long as the list. */
typedef struct ntm_finding {
    const char *code;      /**< A word that stays the same for ever: "ladder-maxima"; see ntm_lint_code(). */
    ntm_severity severity; /**< How grave it is. */
    ntm_place at;          /**< Where. */
    ntm_place other;       /**< The second place where two are concerned; all NULL and 0 otherwise. */
    const char *text;      /**< One English sentence, with the figures. */
} ntm_finding;

/** Findings, frozen. Any number of threads. */
typedef struct ntm_findings ntm_findings;

/** What a lint may use; start with ::NTM_LINT_OPTIONS_INIT. */
typedef struct ntm_lint_options {
    size_t struct_size;             /**< sizeof(ntm_lint_options). */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_lint_options;

/** Starting value of ::ntm_lint_options. */
#define NTM_LINT_OPTIONS_INIT { sizeof(ntm_lint_options), NULL }

/**
 * Looks at one set by itself: figures, ladders, weights, classes, rules that are always or never met, and what they
 * rest on. What a quantity can reach is told by its structure alone (natural bounds, constants, known cells); two parts
 * that look at one fact are taken as independent, so that a quantity may in truth reach less than the lint believes.
 * @param[out] out the findings by line, then as their codes are ordered; owned by the caller, ntm_findings_free()
 * @param options NULL = the defaults
 * @return ::NTM_OK whether or not something was found, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_set_lint(ntm_findings **out, const ntm_set *set, const ntm_lint_options *options,
                                              ntm_error *err);

/**
 * Looks at one overlay over its set: whether it can be laid over it, whether it gives values that nobody is known to
 * have left to it, and what of the set with it ntm_set_lint() finds and does not find of the set alone (remarks and
 * holes aside).
 * @param base the set it goes over
 * @return as ntm_set_lint()
 */
NTM_API NTM_NODISCARD ntm_status ntm_overlay_lint(ntm_findings **out, const ntm_overlay *overlay, const ntm_set *base,
                                                  const ntm_lint_options *options, ntm_error *err);

/**
 * Looks at every set and overlay of a catalogue as the two calls above, and at how they go together: days, successors,
 * sets that name each other, facts and sources of one id that differ. What makes two overlays irreconcilable (one rank,
 * one first day, one place; a floor that is loosened) is an error when the catalogue is opened, not a finding.
 * @param[out] out the findings of set after set in the order of the catalogue, then those between sets, then those of
 *             overlay after overlay
 * @return as ntm_set_lint()
 */
NTM_API NTM_NODISCARD ntm_status ntm_catalogue_lint(ntm_findings **out, const ntm_catalogue *catalogue,
                                                    const ntm_lint_options *options, ntm_error *err);

/** Frees the findings. */
NTM_API void ntm_findings_free(ntm_findings *findings);
/** How many there are; 0 for NULL. */
NTM_API size_t ntm_findings_count(const ntm_findings *findings);
/** The finding at `index`; borrowed from the list; NULL past the end. */
NTM_API const ntm_finding *ntm_findings_get(const ntm_findings *findings, size_t index);

/** The code word at `index`, in a fixed order; static text; NULL past the end. Safe from any thread. */
NTM_API const char *ntm_lint_code(size_t index);
/** What a code word means, one English sentence; static text; NULL for no code. Safe from any thread. */
NTM_API const char *ntm_lint_meaning(const char *code);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
