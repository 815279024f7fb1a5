/* SPDX-License-Identifier: Apache-2.0 */
/* The document around proofs: the laws that they name, and the digest of it all. */
#include "proof/proof.h"

#include <string.h>

#include "base/sort.h"
#include "proof/digest.h"
#include "proof/law.h"

#define WORK_MAX 20000000u

void ntm_i_document_start(ntm_i_document *document, const ntm_allocator *allocator, size_t work_max) {
    memset(document, 0, sizeof *document);
    ntm_i_arena_start(&document->arena, allocator);
    ntm_i_writer_start(&document->proofs, allocator);
    document->json = (ntm_i_json){&document->proofs, false};
    ntm_i_array_start(&document->laws, allocator, sizeof(ntm_i_proof_law));
    ntm_i_array_start(&document->paths, allocator, sizeof(ntm_i_proof_paths));
    document->work = work_max == 0 ? WORK_MAX : work_max;
}

void ntm_i_document_end(ntm_i_document *document) {
    ntm_i_writer_end(&document->proofs);
    ntm_i_array_end(&document->laws);
    ntm_i_array_end(&document->paths);
    ntm_i_arena_end(&document->arena);
}

const char *ntm_i_document_law(ntm_i_document *document, const ntm_set *set) {
    const ntm_i_proof_law *laws = document->laws.items;
    for (size_t i = 0; i < document->laws.count; i++)
        if (laws[i].set == set) return laws[i].digest;
    ntm_i_proof_law *law = ntm_i_array_push(&document->laws);
    if (law == NULL) return NULL;
    law->set = set;
    return ntm_i_law_digest(law->digest, set, &document->arena.allocator, NULL) == NTM_OK ? law->digest : NULL;
}

void ntm_i_document_forget(ntm_i_document *document, const ntm_set *set) {
    ntm_i_proof_paths *known = document->paths.items;
    for (size_t i = 0; i < document->paths.count; i++)
        if (known[i].set == set) known[i].set = NULL;
}

static int by_digest(const void *context, uint32_t a, uint32_t b) {
    const ntm_i_proof_law *laws = context;
    return memcmp(laws[a].digest, laws[b].digest, NTM_I_SHA256_TEXT);
}

/* Each law once, by its hash: two sets may say the same. */
static void write_laws(ntm_i_json *json, ntm_i_document *document) {
    size_t count = document->laws.count;
    const ntm_i_proof_law *laws = ntm_i_sorted(&document->arena, document->laws.items, count, sizeof *laws, by_digest);
    if (laws == NULL) {
        json->to->failed = true;
        return;
    }
    ntm_i_json_key(json, "laws");
    ntm_i_json_open(json, '{');
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && strcmp(laws[i].digest, laws[i - 1].digest) == 0) continue;
        ntm_i_json_key(json, laws[i].digest);
        ntm_i_law_write(json, laws[i].set);
    }
    ntm_i_json_close(json, '}');
}

ntm_status ntm_i_document_finish(ntm_text **out, ntm_i_document *document, ntm_error *err) {
    static const char closing[] = "}";
    ntm_i_writer whole;
    ntm_i_sha256 hash;
    char digest[NTM_I_SHA256_TEXT];
    if (document->proofs.failed) return ntm_i_no_memory(err);
    ntm_i_writer_start(&whole, &document->arena.allocator);
    ntm_i_json json = {&whole, false};
    ntm_i_json_open(&json, '{');
    ntm_i_json_put(&json, "format", "ntm-proof/1");
    write_laws(&json, document);
    ntm_i_json_key(&json, "proofs");
    ntm_i_json_open(&json, '[');
    ntm_i_write(&whole, document->proofs.bytes.items, document->proofs.bytes.count);
    ntm_i_json_close(&json, ']');
    ntm_i_sha256_start(&hash);
    if (!whole.failed) ntm_i_sha256_add(&hash, whole.bytes.items, whole.bytes.count);
    ntm_i_sha256_add(&hash, closing, 1);
    ntm_i_sha256_end(&hash, digest);
    ntm_i_json_put(&json, "sha256", digest);
    ntm_i_json_close(&json, '}');
    ntm_i_write(&whole, "\n", 1);
    return ntm_i_writer_finish(out, &whole, err);
}
