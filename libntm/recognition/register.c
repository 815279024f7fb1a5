/* SPDX-License-Identifier: Apache-2.0 */
/* Making a register, and freeing it. */
#include <string.h>

#include "base/text.h"
#include "recognition/register.h"

static bool rule_is_known(const ntm_status_rule *rule) {
    bool months = rule->lasting == NTM_LASTING_MONTHS;
    return (int)rule->lasting >= NTM_LASTING_UNKNOWN && (int)rule->lasting <= NTM_LASTING_MONTHS &&
           (int)rule->inherit >= NTM_INHERIT_NONE && (int)rule->inherit <= NTM_INHERIT_UNKNOWN &&
           (months ? rule->months >= 1 && rule->months <= 12000 : rule->months == 0) &&
           (rule->law_from == NTM_DATE_NONE || ntm_i_date_is(rule->law_from));
}

static ntm_status check_options(const ntm_register_options *options, ntm_error *err) {
    if (options->struct_size < sizeof *options || !ntm_i_allocator_usable(options->allocator))
        return ntm_i_wrong_call(err,
                                "options that begin with NTM_REGISTER_OPTIONS_INIT and a whole allocator are needed");
    if (options->rules == NULL && options->rule_count > 0)
        return ntm_i_wrong_call(err, "rules is NULL and rule_count is not 0");
    for (size_t i = 0; i <= options->rule_count; i++) {
        const ntm_status_rule *rule = i == options->rule_count ? &options->usual : &options->rules[i];
        if (i < options->rule_count && rule->status == NULL) return ntm_i_wrong_call(err, "a rule without a status");
        if (!rule_is_known(rule))
            return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(i < options->rule_count ? rule->status : NULL),
                              "a rule that cannot be: begin with NTM_STATUS_RULE_INIT, months 1..12000 with "
                              "NTM_LASTING_MONTHS only");
        for (size_t k = 0; k < i && i < options->rule_count; k++)
            if (strcmp(options->rules[k].status, rule->status) == 0)
                return ntm_i_fail(err, NTM_ERROR_CONFLICT, NTM_I_SUBJECT(rule->status), "two rules for one status");
    }
    return NTM_OK;
}

void ntm_register_free(ntm_register *reg) {
    if (reg == NULL) return;
    ntm_i_arena arena = reg->arena;
    for (size_t i = 0; i < reg->holder_count; i++)
        for (ntm_i_track *track = reg->holders[i].tracks; track != NULL; track = track->next)
            ntm_i_array_end(&track->spans);
    ntm_i_release(&arena.allocator, reg, 1, sizeof *reg);
    ntm_i_arena_end(&arena);
}

ntm_status ntm_register_new(ntm_register **out, const ntm_table *table, const ntm_register_options *options,
                            ntm_error *err) {
    const ntm_register_options usual = NTM_REGISTER_OPTIONS_INIT;
    if (options == NULL) options = &usual;
    if (out == NULL || table == NULL) return ntm_i_wrong_call(err, "a place for the register and a table are needed");
    ntm_status status = check_options(options, err);
    if (status == NTM_OK) status = ntm_table_check(table, options->problems, err);
    if (status != NTM_OK) return status;
    ntm_register *reg = ntm_i_allocate(options->allocator, 1, sizeof *reg);
    if (reg == NULL) return ntm_i_no_memory(err);
    ntm_i_arena_start(&reg->arena, options->allocator);
    reg->partial = options->partial;
    ntm_i_loading l = {reg, options, {&reg->arena, options->problems, NULL, NTM_ERROR_INIT, 0, false}};
    ntm_i_register_load(&l, table);
    if (ntm_i_cells_status(&l.cells, NULL) == NTM_OK) ntm_i_register_index(&l);
    if (ntm_i_cells_status(&l.cells, NULL) == NTM_OK) ntm_i_register_replay(&l);
    if (ntm_i_cells_status(&l.cells, NULL) == NTM_OK) {
        *out = reg;
        return NTM_OK;
    }
    status = ntm_i_cells_status(&l.cells, err);
    ntm_register_free(reg);
    return status;
}

static ntm_status from_csv(ntm_register **out, ntm_csv *csv, const char *name, const ntm_register_options *options,
                           ntm_error *err) {
    ntm_error problem = NTM_ERROR_INIT;
    ntm_status status = ntm_register_new(out, ntm_csv_table(csv), options, &problem);
    ntm_csv_free(csv);
    if (status == NTM_OK || err == NULL || status == NTM_ERROR_MEMORY) {
        if (status != NTM_OK) (void)ntm_i_error_copy(err, &problem);
        return status;
    }
    return ntm_i_fail(err, status, NTM_I_ROW(name, problem.row), "%s: %s", problem.subject, problem.message);
}

static const ntm_csv_field csv_fields[] = {
    {"unit", NULL, NTM_CSV_TEXT, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
    {"status", NULL, NTM_CSV_TEXT, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
    {"class", NULL, NTM_CSV_TEXT, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
    {"kind", NULL, NTM_CSV_TEXT, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
    {"date", NULL, NTM_CSV_DATE, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
    {"number", NULL, NTM_CSV_TEXT, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
    {"successor", NULL, NTM_CSV_TEXT, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
    {"until", NULL, NTM_CSV_DATE, NTM_LOCALE_PLAIN, 0, 1, NULL, NULL, NULL, NULL},
};
#define CSV_FIELDS (sizeof csv_fields / sizeof *csv_fields)

/* Checks what the caller gave before any file is touched, and says how the file is to be read. */
static ntm_status start_reading(ntm_csv_options *csv, ntm_register **out, const ntm_register_options *options,
                                ntm_error *err) {
    if (out == NULL) return ntm_i_wrong_call(err, "a place for the register is needed");
    *csv = (ntm_csv_options)NTM_CSV_OPTIONS_INIT;
    csv->problems = options->problems;
    csv->allocator = options->allocator;
    return check_options(options, err);
}

ntm_status ntm_register_read(ntm_register **out, const char *bytes, size_t size, const char *name,
                             const ntm_register_options *options, ntm_error *err) {
    const ntm_register_options usual = NTM_REGISTER_OPTIONS_INIT;
    ntm_csv_options reading;
    ntm_csv *csv = NULL;
    if (options == NULL) options = &usual;
    ntm_status status = start_reading(&reading, out, options, err);
    if (status == NTM_OK) status = ntm_csv_read(&csv, bytes, size, name, csv_fields, CSV_FIELDS, &reading, err);
    return status == NTM_OK ? from_csv(out, csv, name, options, err) : status;
}

ntm_status ntm_register_open(ntm_register **out, const char *path, const ntm_register_options *options,
                             ntm_error *err) {
    const ntm_register_options usual = NTM_REGISTER_OPTIONS_INIT;
    ntm_csv_options reading;
    ntm_csv *csv = NULL;
    if (options == NULL) options = &usual;
    ntm_status status = start_reading(&reading, out, options, err);
    if (status == NTM_OK) status = ntm_csv_open(&csv, path, csv_fields, CSV_FIELDS, &reading, err);
    return status == NTM_OK ? from_csv(out, csv, path, options, err) : status;
}

size_t ntm_register_act_count(const ntm_register *reg) { return reg == NULL ? 0 : reg->act_count; }

const ntm_act *ntm_register_act(const ntm_register *reg, size_t index) {
    return reg == NULL || index >= reg->act_count ? NULL : &reg->acts[index];
}
