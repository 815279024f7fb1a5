/* SPDX-License-Identifier: Apache-2.0 */
/* Content hashes of sets: the same for the same law from any file, another for each thing that is said otherwise. */
#include "kit.h"

#include <ntm/ntm.h>

#include <stdio.h>
#include <string.h>

enum { VARIANTS_MAX = 1000 };

static void each_variant(void **state) {
    static char digests[VARIANTS_MAX][NTM_DIGEST_SIZE];
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    assert_true(kit_full_variants() > 20 && kit_full_variants() <= VARIANTS_MAX);
    for (int vary = 0; vary < kit_full_variants(); vary++) {
        kit k;
        kit_full(&k, vary, NULL);
        const ntm_set *set = kit_done(&k);
        assert_ok(ntm_set_digest(digests[vary], set, NULL, &err), &err);
        assert_int_equal(strlen(digests[vary]), 64);
        for (int other = 0; other < vary; other++)
            if (strcmp(digests[vary], digests[other]) == 0) fail_msg("variants %d and %d have one digest", vary, other);
        kit_end(&k);
    }
}

static void by_yaml(void **state) {
    char before[NTM_DIGEST_SIZE], after[NTM_DIGEST_SIZE];
    ntm_catalogue *catalogue = NULL;
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    assert_ok(ntm_catalogue_open(&catalogue, NULL, 0, NULL, &err), &err);
    for (size_t i = 0; i < ntm_catalogue_set_count(catalogue); i += fault_under_valgrind() ? 11 : 1) {
        ntm_text *yaml = NULL;
        ntm_set *again = NULL;
        assert_ok(ntm_set_write(&yaml, ntm_catalogue_set(catalogue, i), NULL, &err), &err);
        assert_ok(ntm_set_read(&again, ntm_text_data(yaml), ntm_text_size(yaml), "again", NULL, &err), &err);
        assert_ok(ntm_set_digest(before, ntm_catalogue_set(catalogue, i), NULL, &err), &err);
        assert_ok(ntm_set_digest(after, again, NULL, &err), &err);
        assert_string_equal(before, after);
        ntm_set_free(again);
        ntm_text_free(yaml);
    }
    ntm_catalogue_free(catalogue);
}

static void wrong_calls(void **state) {
    char digest[NTM_DIGEST_SIZE] = "as it was";
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    assert_int_equal(ntm_set_digest(digest, NULL, NULL, &err), NTM_ERROR_ARGUMENT);
    assert_string_equal(digest, "as it was");
    kit k;
    kit_full(&k, 0, NULL);
    assert_int_equal(ntm_set_digest(NULL, kit_done(&k), NULL, &err), NTM_ERROR_ARGUMENT);
    kit_end(&k);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_variant), cmocka_unit_test(by_yaml),
                                       cmocka_unit_test(wrong_calls)};
    return cmocka_run_group_tests_name("content hashes", tests, NULL, NULL);
}
