/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever can be read can be written, is then read as the same set, and can be looked at by the lint. */
#include <ntm/lint.h>

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    ntm_set *set = NULL, *again = NULL;
    ntm_text *text = NULL;
    ntm_error err = NTM_ERROR_INIT;
    if (ntm_set_read(&set, (const char *)data, size, "fuzz", NULL, &err) != NTM_OK) {
        if (set != NULL || err.status == NTM_OK || err.message[0] == '\0') abort();
        return 0;
    }
    if (ntm_set_write(&text, set, NULL, &err) != NTM_OK) abort();
    ntm_read_options large = NTM_READ_OPTIONS_INIT; /* what is written may be longer than what was read */
    large.size_max = SIZE_MAX / 2;
    large.nodes_max = SIZE_MAX / 2;
    if (ntm_set_read(&again, ntm_text_data(text), ntm_text_size(text), "written", &large, &err) != NTM_OK) abort();
    if (!ntm_set_equal(set, again)) abort();
    ntm_findings *findings = NULL;
    if (ntm_set_lint(&findings, set, NULL, &err) != NTM_OK) abort();
    for (size_t i = 0; i < ntm_findings_count(findings); i++)
        if (ntm_findings_get(findings, i)->text[0] == '\0') abort();
    ntm_findings_free(findings);
    ntm_set_free(set);
    ntm_set_free(again);
    ntm_text_free(text);
    return 0;
}
