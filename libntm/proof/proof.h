/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of writing proofs share: a document with its laws, and one proof in it. */
#ifndef NTM_I_PROOF_H
#define NTM_I_PROOF_H

#include <ntm/proof.h>

#include "base/sha256.h"
#include "proof/json.h"
#include "proof/walk.h"

/* A law that proofs of the document name. */
typedef struct ntm_i_proof_law {
    const ntm_set *set;
    char digest[NTM_I_SHA256_TEXT];
} ntm_i_proof_law;

/* Where each node of a set stands: below which node or part, and at which place. */
typedef struct ntm_i_proof_paths {
    const ntm_set *set;
    const struct ntm_i_proof_spot *spots; /* by node */
} ntm_i_proof_paths;

/* A document being written. */
typedef struct ntm_i_document {
    ntm_i_arena arena;
    ntm_i_writer proofs; /* those written so far */
    ntm_i_json json;     /* into it */
    ntm_i_array laws;    /* ntm_i_proof_law */
    ntm_i_array paths;   /* ntm_i_proof_paths */
    uint32_t count;      /* proofs so far */
    size_t work;         /* steps that may still be derived again */
} ntm_i_document;

void ntm_i_document_start(ntm_i_document *document, const ntm_allocator *allocator, size_t work_max);
void ntm_i_document_end(ntm_i_document *document);
/* The content hash of a set, which becomes one of the document's laws; NULL for want of memory. */
const char *ntm_i_document_law(ntm_i_document *document, const ntm_set *set);
/* Before a set goes that is no law of the document: another may come to lie where it was. */
void ntm_i_document_forget(ntm_i_document *document, const ntm_set *set);
/* The whole text. */
ntm_status ntm_i_document_finish(ntm_text **out, ntm_i_document *document, ntm_error *err);

/* Writes the path of a node as a JSON text. Where `root` is not NULL, the rule of the first criterion
   stands there in the law: the set is of a condition taken out of it. False for want of memory. */
bool ntm_i_proof_path(ntm_i_document *document, ntm_i_json *json, const ntm_set *set, ntm_node node, const char *root);
/* The same into memory of the document; NULL for want of it. */
const char *ntm_i_proof_path_text(ntm_i_document *document, const ntm_set *set, ntm_node node, const char *root);

/* Where an indicator stands: its criterion, and its place in it. */
void ntm_i_proof_indicator_place(const ntm_set *set, size_t indicator, size_t *criterion, size_t *place);

/* When facts are of and were recorded, by fact of a trace. */
typedef struct ntm_i_proof_note {
    const char *period;
    ntm_date recorded_on;
} ntm_i_proof_note;

/* What one proof claims beside what is in its trace. */
typedef struct ntm_i_claim {
    ntm_of of;
    size_t index;
    const ntm_set *law; /* the set whose law it is: another than the trace's for a condition taken out of it */
    const char *at;     /* path of that condition in the law; NULL = a part */
    const char *unit;   /* NULL = the row */
    size_t row;
    ntm_date known_on;
    const ntm_i_proof_note *notes; /* by fact of the trace; NULL = none */
    const uint32_t *fact_proofs;   /* by fact of the trace: a proof, or NTM_I_NONE; NULL = none */
    const ntm_i_writer *children;  /* the list of children, or NULL */
    bool last;                     /* reasons and deciding facts are told */
} ntm_i_claim;

/* Writes a proof; *number is its place. */
ntm_status ntm_i_proof_write(ntm_i_document *document, const ntm_i_trace *trace, const ntm_i_claim *claim,
                             uint32_t *number, ntm_error *err);

/* Pieces of it: values under the keys of the same names. */
void ntm_i_proof_write_facts(ntm_i_json *json, const ntm_i_trace *trace, const ntm_i_claim *claim,
                             const uint32_t *order);
void ntm_i_proof_write_axes(ntm_i_json *json, const ntm_i_trace *trace);
/* The value of an axis of the plan for the row, rules of scope aside; NULL when it has none. */
const char *ntm_i_proof_axis_value(const ntm_i_trace *trace, uint32_t axis, char year[16]);
ntm_status ntm_i_proof_write_reasons(ntm_i_document *document, const ntm_i_trace *trace, ntm_error *err);
ntm_status ntm_i_proof_write_deciding(ntm_i_document *document, const ntm_i_trace *trace, ntm_error *err);
/* A value of a fact as proofs write it, from its number in its own unit or from a flag. */
void ntm_i_proof_write_value(ntm_i_json *json, const ntm_i_input *input, ntm_i_rational own, ntm_verdict flag);
/* The order of facts of a trace, its context. */
int ntm_i_proof_by_name(const void *trace, uint32_t a, uint32_t b);
const char *ntm_i_proof_verdict(ntm_verdict verdict);

/* When each fact of the trace is of and was recorded, from the caller's options. */
ntm_status ntm_i_proof_notes(const ntm_i_proof_note **out, ntm_i_document *document, const ntm_i_trace *trace,
                             const ntm_proof_options *options, ntm_error *err);

/* What is asked of a call: a plan and a row of its table as one block. */
ntm_status ntm_i_proof_check(const ntm_set *set, size_t rows, size_t row, ntm_of of, size_t index, ntm_error *err);
ntm_status ntm_i_proof_run(ntm_i_run *run, const ntm_plan *plan, const ntm_table *table, size_t row,
                           const ntm_allocator *allocator, ntm_error *err);

ntm_status ntm_i_proof_options_check(const ntm_proof_options *options, ntm_error *err);

#endif
