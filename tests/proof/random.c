/* SPDX-License-Identifier: Apache-2.0 */
/* Random sets over random tables: a proof of every verdict says what the evaluation says, and is the same text whatever
 * the order of rows and columns, the types of columns and the kernels of the plan. With NTM_TEST_PROOFS = a folder, the
 * texts are written there for other programs to check. A failing seed is printed; give it back as NTM_TEST_SEED. */
#include "model.h"

#include <ntm/proof.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static model m; /* large */
static size_t proved, refused, seen[3];

static ntm_plan *plan_of(const sheet *s, ntm_kernels which) {
    ntm_plan *plan = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_plan_options options = s->plan;
    options.kernels = which;
    model_give(&m, &options);
    assert_ok(ntm_plan_new(&plan, m.kit.set, &options, &err), &err);
    return plan;
}

static void keep(const ntm_text *text, uint64_t seed, size_t row, ntm_of of, size_t index) {
    const char *folder = getenv("NTM_TEST_PROOFS");
    char path[512];
    if (folder == NULL) return;
    snprintf(path, sizeof path, "%s/%llu-%zu-%d-%zu.json", folder, (unsigned long long)seed, row, (int)of, index);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(ntm_text_data(text), 1, ntm_text_size(text), file), ntm_text_size(text));
    assert_int_equal(fclose(file), 0);
}

/* The verdict in the claim of the only proof. */
static ntm_verdict said(const ntm_text *text) {
    static const char *const words[] = {"\"verdict\":\"open\"}", "\"verdict\":\"met\"}", "\"verdict\":\"not met\"}"};
    const char *claim = strstr(ntm_text_data(text), "{\"claim\":");
    assert_non_null(claim);
    for (int verdict = 0; verdict < 3; verdict++) {
        const char *at = strstr(claim, words[verdict]);
        const char *end = strstr(claim, "\"facts\":");
        const char *deciding = strstr(claim, "\"deciding\":");
        if (deciding != NULL && deciding < end) end = deciding;
        if (at != NULL && at < end) return (ntm_verdict)verdict;
    }
    fail_msg("no verdict: %.200s", claim);
    return NTM_OPEN;
}

static ntm_text *prove(const ntm_plan *plan, const sheet *s, size_t row, ntm_of of, size_t index, ntm_error *err) {
    ntm_text *text = NULL;
    ntm_proof_options options = NTM_PROOF_OPTIONS_INIT;
    options.unit = "a unit";
    options.work_max = 2000000;
    ntm_status status = ntm_proof_new(&text, plan, &s->table, row, of, index, &options, err);
    if (status != NTM_OK) assert_null(text);
    return text;
}

/* One proof under two shapes of the same facts. */
static void one_proof(const ntm_plan *plans[2], const sheet *sheets[2], const size_t rows[2],
                      const ntm_attainment *result, ntm_of of, size_t index, uint64_t seed) {
    ntm_text *texts[2];
    ntm_error errors[2] = {NTM_ERROR_INIT, NTM_ERROR_INIT};
    for (size_t i = 0; i < 2; i++)
        texts[i] = prove(plans[i], sheets[i], rows[i], of, index, &errors[i]);
    if (texts[0] == NULL || texts[1] == NULL) {
        /* A number that can be compared as a double alone, or that is beyond 128 bits when conditions are left open. */
        assert_int_equal(errors[0].status, errors[1].status);
        if (errors[0].status != NTM_ERROR_OVERFLOW)
            fail_msg("seed %llu, row %zu, %d %zu: %s: %s", (unsigned long long)seed, rows[0], (int)of, index,
                     errors[0].subject, errors[0].message);
        refused++;
    } else {
        ntm_verdict verdict = sheet_verdict(result, of, rows[0], index);
        if (said(texts[0]) != verdict)
            fail_msg("seed %llu, row %zu, %d %zu: proved %d and not %d", (unsigned long long)seed, rows[0], (int)of,
                     index, said(texts[0]), verdict);
        if (strcmp(ntm_text_data(texts[0]), ntm_text_data(texts[1])) != 0)
            fail_msg("seed %llu, row %zu, %d %zu: another text", (unsigned long long)seed, rows[0], (int)of, index);
        seen[verdict]++;
        proved++;
        keep(texts[0], seed, rows[0], of, index);
    }
    ntm_text_free(texts[0]);
    ntm_text_free(texts[1]);
}

static void all_proofs(const ntm_plan *plans[2], const sheet *sheets[2], const size_t rows[2],
                       const ntm_attainment *result, uint64_t seed) {
    const ntm_set *set = m.kit.set;
    ntm_node revocation;
    ntm_set_rules(set, NULL, &revocation, NULL);
    one_proof(plans, sheets, rows, result, NTM_OF_STATUS, 0, seed);
    one_proof(plans, sheets, rows, result, NTM_OF_CRITERIA_STATUS, 0, seed);
    if (revocation != 0) one_proof(plans, sheets, rows, result, NTM_OF_REVOCATION, 0, seed);
    for (size_t i = 0; i < ntm_set_criterion_count(set); i++)
        one_proof(plans, sheets, rows, result, NTM_OF_CRITERION, i, seed);
    for (size_t i = 0; i < ntm_set_indicator_count(set); i += 1 + seed % 3)
        one_proof(plans, sheets, rows, result, NTM_OF_INDICATOR, i, seed);
    for (size_t i = 0; i < ntm_set_precondition_count(set); i++)
        one_proof(plans, sheets, rows, result, NTM_OF_PRECONDITION, i, seed);
}

/* The fields of a table backwards. */
static void turn_round(sheet *s) {
    for (size_t i = 0, k = s->table.field_count; i + 1 < k; i++, k--) {
        ntm_field swap = s->fields[i];
        s->fields[i] = s->fields[k - 1];
        s->fields[k - 1] = swap;
    }
}

static void one_seed(uint64_t seed) {
    enum { ROWS = 4 };
    size_t map[ROWS] = {0, 1, 2, 3}, back[ROWS] = {3, 2, 1, 0};
    truth t;
    sheet s, other;
    uint64_t random = seed * 77 + 5;
    model_start(&m, seed, false);
    truth_start(&t, ROWS, &random);
    truth_pin(&t, &random);
    if (seed % 3 == 0) truth_limit(&t, &random);
    truth_encode(&s, &t, map, ROWS, &random);
    truth_encode(&other, &t, back, ROWS, &random);
    turn_round(&other);
    ntm_plan *one = plan_of(&s, NTM_KERNELS_BEST), *two = plan_of(&other, NTM_KERNELS_REFERENCE);
    ntm_attainment *result = NULL;
    ntm_evaluate_options how = s.evaluate;
    how.ignore_unknown = true;
    if (ntm_evaluate(&result, one, &s.table, &how, NULL) == NTM_OK)
        for (size_t row = 0; row < ROWS; row++)
            all_proofs((const ntm_plan *[]){one, two}, (const sheet *[]){&s, &other}, (size_t[]){row, ROWS - 1 - row},
                       result, seed);
    ntm_attainment_free(result);
    ntm_plan_free(one);
    ntm_plan_free(two);
    sheet_end(&s);
    sheet_end(&other);
    truth_end(&t);
    model_end(&m);
}

static void random_proofs(void **state) {
    (void)state;
    const char *only = getenv("NTM_TEST_SEED"), *more = getenv("NTM_TEST_SEEDS");
    uint64_t first = only != NULL ? strtoull(only, NULL, 10) : 1;
    uint64_t last = only != NULL ? first : more != NULL ? strtoull(more, NULL, 10) : fault_under_valgrind() ? 5 : 120;
    for (uint64_t seed = first; seed <= last; seed++)
        one_seed(seed);
    print_message("%zu proofs (%zu open, %zu met, %zu not met), %zu refused\n", proved, seen[0], seen[1], seen[2],
                  refused);
    if (only != NULL || last < 120) return;
    assert_true(proved > 5000 && refused < proved / 20);
    assert_true(seen[0] > 500 && seen[1] > 500 && seen[2] > 500);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_proofs)};
    return cmocka_run_group_tests_name("random proofs", tests, NULL, NULL);
}
