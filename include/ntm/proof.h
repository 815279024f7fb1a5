/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file proof.h
 * @brief Proofs: one self-contained text from which another program derives a verdict again (docs/proof.md).
 *
 * A plan, a table and a cascade may be asked for proofs by any number of threads at once. Texts are frozen.
 */
#ifndef NTM_PROOF_H
#define NTM_PROOF_H

#include <ntm/cascade.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup proof Proofs
 *  @{ */

/** Bytes of a digest as text: 64 hex digits and the NUL. */
#define NTM_DIGEST_SIZE 65

/**
 * The content hash of a set: the SHA-256 of all that it says (docs/proof.md, "Law"), as lower-case hex digits. Two sets
 * that say the same in the same order have the same, whatever files they came from; a proof names its law by it.
 * @param[out] out ::NTM_DIGEST_SIZE bytes, with the NUL
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY. Safe from any thread
 */
NTM_API NTM_NODISCARD ntm_status ntm_set_digest(char out[NTM_DIGEST_SIZE], const ntm_set *set,
                                                const ntm_allocator *allocator, ntm_error *err);

/** What a proof tells besides what is computed; start with ::NTM_PROOF_OPTIONS_INIT. Texts are UTF-8. */
typedef struct ntm_proof_options {
    size_t struct_size;        /**< sizeof(ntm_proof_options). */
    const char *unit;          /**< What the unit is called; NULL = the number of its row. */
    ntm_date known_on;         /**< The day with whose knowledge it was decided; ::NTM_DATE_NONE = not said. */
    const char *period;        /**< The period that all facts are of; NULL = not said. */
    ntm_date recorded_on;      /**< The day on which all facts were recorded; ::NTM_DATE_NONE = not said. */
    const ntm_table *observed; /**< Where single facts differ from that: columns `fact` (text: the name of an input),
                                    `period` (text) and `recorded_on` (days, or text YYYY-MM-DD), either of the last two
                                    may be missing. A cell that is not reported leaves what all facts have. Names that
                                    the proof does not look at are passed over. NULL = none. */
    size_t work_max; /**< Most steps derived again while smaller sets of reasons and deciding facts are looked for; 0 =
                          20,000,000. What was not found by then is said to be not found, and `smallest` is not claimed:
                          the same on every machine. A set of reasons of which none can be spared is always found. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_proof_options;

/** Starting value of ::ntm_proof_options. */
#define NTM_PROOF_OPTIONS_INIT                                                                                         \
    { sizeof(ntm_proof_options), NULL, NTM_DATE_NONE, NULL, NTM_DATE_NONE, NULL, 0, NULL }

/**
 * Proves one verdict of one row: the law, the facts that were looked at, every step, and why (docs/proof.md). Derived
 * anew from the plan and the table, exactly as the definition says; the same input gives the same bytes everywhere.
 * @param[out] out the text of a document `ntm-proof/1`; owned by the caller, ntm_text_free(); independent of all else
 * @param of,index what to prove, as for ntm_attainment_tally()
 * @param options NULL = the defaults
 * @return as ntm_evaluate() for that row (columns that the set does not know are skipped: that was for the evaluation to
 *         say), and ::NTM_ERROR_ARGUMENT for a row or index past the end, ::NTM_ERROR_NOT_FOUND for the revocation of a
 *         set without such a rule, ::NTM_ERROR_OVERFLOW for an exact value that does not fit 128 bits (nothing is ever
 *         rounded), ::NTM_ERROR_LIMIT for parts that refer to one another more than 64 deep, ::NTM_ERROR_SHAPE,
 *         ::NTM_ERROR_SYNTAX, ::NTM_ERROR_CONFLICT (a fact twice) for `observed`
 */
NTM_API NTM_NODISCARD ntm_status ntm_proof_new(ntm_text **out, const ntm_plan *plan, const ntm_table *table, size_t row,
                                               ntm_of of, size_t index, const ntm_proof_options *options,
                                               ntm_error *err);

/**
 * Proves one verdict of a row of a step with the proofs of the units below that it counts, down to the lowest step, so
 * that counts of children are derived again and not taken on trust. Units are called by their codes.
 * @param options NULL = the defaults; `unit` has to be NULL; `period`, `recorded_on` and `observed` are of the row
 *        itself, not of the units below
 * @return as ntm_proof_new()
 */
NTM_API NTM_NODISCARD ntm_status ntm_cascade_proof(ntm_text **out, const ntm_cascade *cascade, size_t step, size_t row,
                                                   ntm_of of, size_t index, const ntm_proof_options *options,
                                                   ntm_error *err);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
