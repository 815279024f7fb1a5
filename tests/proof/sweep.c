/* SPDX-License-Identifier: Apache-2.0 */
/* Every allocation of a proof, of a proof rolled up, and of a digest fails once. */
#include "sheet.h"
#include "town.h"

#include <string.h>

typedef struct proving {
    kit kit;
    sheet sheet;
    ntm_plan *plan;
    ntm_csv *observed;
    size_t row;
} proving;

static ntm_status one_proof(const ntm_allocator *allocator, void *context) {
    const proving *p = context;
    ntm_text *text = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_proof_options options = NTM_PROOF_OPTIONS_INIT;
    options.allocator = allocator;
    options.observed = ntm_csv_table(p->observed);
    ntm_status status = ntm_proof_new(&text, p->plan, &p->sheet.table, p->row, NTM_OF_STATUS, 0, &options, &err);
    assert_int_equal(err.status, status);
    assert_true((status == NTM_OK) == (text != NULL));
    ntm_text_free(text);
    return status;
}

static ntm_status digest(const ntm_allocator *allocator, void *context) {
    const proving *p = context;
    char out[NTM_DIGEST_SIZE] = "untouched";
    ntm_error err = NTM_ERROR_INIT;
    ntm_status status = ntm_set_digest(out, p->kit.set, allocator, &err);
    assert_int_equal(err.status, status);
    if (status != NTM_OK) assert_string_equal(out, "untouched");
    return status;
}

static void proofs(void **state) {
    static const char *const regions[] = {"BTB", "TDMN"}, *const known[] = {"30", "20"};
    static const char notes[] = "fact,period,recorded_on\nincome,2018,2019-01-01\n";
    static const ntm_csv_field fields[] = {
        {"fact", NULL, NTM_CSV_TEXT, (ntm_locale)0, 0, 0, NULL, NULL, NULL, NULL},
        {"period", NULL, NTM_CSV_TEXT, (ntm_locale)0, 0, 0, NULL, NULL, NULL, NULL},
        {"recorded_on", NULL, NTM_CSV_TEXT, (ntm_locale)0, 0, 0, NULL, NULL, NULL, NULL}};
    proving p = {.plan = NULL};
    ntm_error err = NTM_ERROR_INIT;
    (void)state;
    kit_start(&p.kit, NULL);
    kit_axis(&p.kit, "region", regions, 2);
    kit_fact(&p.kit, "income", NTM_KIND_AMOUNT, "km");
    kit_fact(&p.kit, "difficult", NTM_KIND_FLAG, NULL);
    kit_figure_by(&p.kit, "income", "km", "region", regions, known, 2, false);
    kit_scope(&p.kit, "region", "TDMN", k_attested(&p.kit, "difficult"));
    kit_criterion(&p.kit, "1", k_compare(&p.kit, k_fact(&p.kit, "income"), NTM_MORE, k_figure(&p.kit, "income")));
    kit_criterion(&p.kit, "2", k_of(&p.kit, NTM_ANY, k_attested(&p.kit, "difficult"), k_holds(&p.kit, "other")));
    (void)kit_done(&p.kit);
    sheet_start(&p.sheet, 2);
    sheet_cells(&p.sheet, "income", AS_DOUBLE, "25 40");
    sheet_cells(&p.sheet, "difficult", AS_BYTES, "? yes");
    sheet_cells(&p.sheet, "region", AS_TEXT, "BTB BTB");
    assert_ok(ntm_plan_new(&p.plan, p.kit.set, &p.sheet.plan, &err), &err);
    assert_ok(ntm_csv_read(&p.observed, notes, sizeof notes - 1, "notes", fields, 3, NULL, &err), &err);
    for (p.row = 0; p.row < 2; p.row++)
        assert_true(fault_sweep(one_proof, &p, NTM_OK) > 20);
    assert_true(fault_sweep(digest, &p, NTM_OK) > 0);
    ntm_csv_free(p.observed);
    ntm_plan_free(p.plan);
    sheet_end(&p.sheet);
    kit_end(&p.kit);
}

static ntm_status rolled(const ntm_allocator *allocator, void *context) {
    ntm_text *text = NULL;
    ntm_error err = NTM_ERROR_INIT;
    ntm_proof_options options = NTM_PROOF_OPTIONS_INIT;
    options.allocator = allocator;
    ntm_status status = ntm_cascade_proof(&text, context, 3, 0, NTM_OF_STATUS, 0, &options, &err);
    assert_int_equal(err.status, status);
    assert_true((status == NTM_OK) == (text != NULL));
    if (status == NTM_OK) assert_non_null(strstr(ntm_text_data(text), "\"unit\":\"112\",\"verdict\":\"not met\""));
    ntm_text_free(text);
    return status;
}

static void rolled_up(void **state) {
    town t;
    ntm_error err = NTM_ERROR_INIT;
    ntm_text *text = NULL;
    ntm_proof_options options = NTM_PROOF_OPTIONS_INIT;
    (void)state;
    town_start(&t);
    town_communes(&t, "111,90,100,50,80,1\n112,89,100,60,85,1\n121,180,200,60,90,0\n");
    town_districts(&t, "11,5\n12,7.5\n");
    ntm_cascade *cascade = town_run(&t, 4);
    assert_true(fault_sweep_ends(rolled, cascade, NTM_OK, 60) > 100);
    options.unit = "11";
    assert_int_equal(ntm_cascade_proof(&text, cascade, 3, 0, NTM_OF_STATUS, 0, &options, &err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_cascade_proof(&text, cascade, 4, 0, NTM_OF_STATUS, 0, NULL, &err), NTM_ERROR_ARGUMENT);
    assert_int_equal(ntm_cascade_proof(&text, cascade, 3, 9, NTM_OF_STATUS, 0, NULL, &err), NTM_ERROR_ARGUMENT);
    assert_null(text);
    ntm_cascade_free(cascade);
    town_end(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(proofs), cmocka_unit_test(rolled_up)};
    return cmocka_run_group_tests_name("proofs without memory", tests, NULL, NULL);
}
