/* SPDX-License-Identifier: Apache-2.0 */
/* Every job through every stage, those that others need before them. */
#include "rollup/rolling.h"

#include <stdarg.h>

#include "rollup/rolled.h"

void ntm_i_rolling_complain(ntm_i_rolling *r, ntm_status status, const char *subject, uint64_t row, const char *format,
                            ...) {
    ntm_error problem = NTM_ERROR_INIT;
    va_list arguments;
    va_start(arguments, format);
    (void)ntm_i_fail_list(&problem, status, NTM_I_ROW(subject, row), format, arguments);
    va_end(arguments);
    /* What is wrong with a whole column goes before what is wrong with a row: NTM_NO_ROW + 1 is 0. */
    if (r->problem_count == 0 || problem.row + 1 < r->first.row + 1) (void)ntm_i_error_copy(&r->first, &problem);
    r->problem_count++;
    ntm_i_problems_add(r->options.problems, &problem);
}

static const ntm_i_vector *step_of(const ntm_i_rolling *r, uint32_t job, size_t step) {
    return job == NTM_I_NO_JOB ? NULL : &ntm_i_job_at(r, job)->steps[step];
}

static ntm_status run_stage(ntm_i_rolling *r, ntm_i_job *job, size_t i, ntm_error *err) {
    const ntm_i_stage *stage = &r->rollup->stages[i];
    const ntm_i_vector *in = &job->steps[i];
    ntm_i_vector *out = &job->steps[i + 1];
    ntm_i_rule rule = ntm_i_rule_of(job, stage);
    const ntm_i_ratio_part parts[2] = {{step_of(r, job->parts[0], i), step_of(r, job->parts[0], i + 1)},
                                       {step_of(r, job->parts[1], i), step_of(r, job->parts[1], i + 1)}};
    switch (rule) {
        case NTM_I_RULE_SUM: return ntm_i_roll_sum(out, r, job, in, stage, err);
        case NTM_I_RULE_MEAN: return ntm_i_roll_mean(out, r, job, in, step_of(r, job->weight, i), stage, err);
        case NTM_I_RULE_RATIO: return ntm_i_roll_ratio(out, r, job, in, parts, stage, err);
        default: return ntm_i_roll_fold(out, r, rule, in, stage, err);
    }
}

/* The source of a job. A column that is needed twice is told once what is wrong with it, and then at once. */
static ntm_status load_job(ntm_i_rolling *r, ntm_i_job *job, ntm_error *err) {
    if (job->loaded) return NTM_OK;
    job->loaded = true;
    bool lazily = r->problem_count == 0 && !job->has_twin && job->twin == NTM_I_NO_JOB &&
                  ntm_i_rule_of(job, &r->rollup->stages[0]) == NTM_I_RULE_SUM;
    ntm_status status = job->twin == NTM_I_NO_JOB ? NTM_OK : load_job(r, ntm_i_job_at(r, job->twin), err);
    if (status != NTM_OK || (job->twin != NTM_I_NO_JOB && r->problem_count > 0)) return status;
    return ntm_i_rolling_load(&job->steps[0], r, job, lazily, err);
}

/* Once something is wrong columns are only read on, so that all problems are found. */
static ntm_status run_job(ntm_i_rolling *r, ntm_i_job *job, ntm_error *err) {
    if (job->done) return NTM_OK;
    job->done = true;
    ntm_status status = load_job(r, job, err);
    for (size_t i = 0; i + 1 < job->step_count && status == NTM_OK && r->problem_count == 0; i++) {
        status = run_stage(r, job, i, err);
        if (!job->kept && i > 0) ntm_i_vector_end(&job->steps[i]);
    }
    return status;
}

/* A job behind those that it looks at: a chain of weights is at most so deep as ntm_i_rolling_match() lets it. */
static ntm_status run_with_needs(ntm_i_rolling *r, ntm_i_job *job, ntm_error *err) {
    const uint32_t needs[3] = {job->weight, job->parts[0], job->parts[1]};
    for (size_t k = 0; k < 3 && !job->done; k++) {
        if (needs[k] == NTM_I_NO_JOB) continue;
        ntm_status status = run_with_needs(r, ntm_i_job_at(r, needs[k]), err);
        if (status != NTM_OK) return status;
    }
    return run_job(r, job, err);
}

static ntm_status run(ntm_i_rolling *r, ntm_error *err) {
    for (size_t i = 0; i < r->jobs.count; i++) {
        ntm_i_job *job = ntm_i_job_at(r, i);
        /* A loop of weights was complained about, and then nothing is looked at but the columns. */
        ntm_status status = r->problem_count == 0 ? run_with_needs(r, job, err) : run_job(r, job, err);
        if (status != NTM_OK) return status;
    }
    return NTM_OK;
}

static void end(ntm_i_rolling *r) {
    for (size_t i = 0; i < r->jobs.count; i++)
        for (size_t k = 0; k < ntm_i_job_at(r, i)->step_count; k++)
            ntm_i_vector_end(&ntm_i_job_at(r, i)->steps[k]);
    ntm_i_array_end(&r->jobs);
    ntm_i_arena_end(&r->arena);
}

static ntm_status wrong(ntm_error *err, ntm_status status, const char *reason) {
    return ntm_i_fail(err, status, NTM_I_NOWHERE, "%s", reason);
}

static ntm_status check(const ntm_rollup *rollup, const ntm_fact *const *facts, size_t fact_count,
                        const ntm_table *table, const ntm_rolled_options *options, ntm_error *err) {
    if (rollup == NULL || table == NULL || (facts == NULL && fact_count > 0))
        return wrong(err, NTM_ERROR_ARGUMENT, "out, the roll-up, the facts or the table are NULL");
    if (!ntm_i_allocator_usable(options->allocator))
        return wrong(err, NTM_ERROR_ARGUMENT, "the allocator lacks a function");
    if (options->scale > NTM_SCALE_MAX) return wrong(err, NTM_ERROR_ARGUMENT, "more than 18 digits after the mark");
    ntm_status status = ntm_table_check(table, options->problems, err);
    if (status != NTM_OK) return status;
    size_t from = rollup->from_rows;
    if (from == 0 ? table->rows != 0 : table->rows % from != 0)
        return ntm_i_fail(err, NTM_ERROR_SHAPE, NTM_I_NOWHERE, "the table has %zu rows, which is no multiple of %zu",
                          table->rows, from);
    size_t rows = 0;
    if (ntm_i_multiply_overflows(from == 0 ? 1 : table->rows / from, rollup->to_rows, &rows))
        return wrong(err, NTM_ERROR_LIMIT, "more target rows than there can be");
    return NTM_OK;
}

ntm_status ntm_rolled_new(ntm_rolled **out, const ntm_rollup *rollup, const ntm_fact *const *facts, size_t fact_count,
                          const ntm_table *table, const ntm_rolled_options *options, ntm_error *err) {
    const ntm_rolled_options usual = NTM_ROLLED_OPTIONS_INIT;
    if (options != NULL && options->struct_size < sizeof *options)
        return wrong(err, NTM_ERROR_ARGUMENT, "options begin with NTM_ROLLED_OPTIONS_INIT");
    ntm_i_rolling r = {.options = options == NULL ? usual : *options};
    if (out == NULL) rollup = NULL;
    ntm_status status = check(rollup, facts, fact_count, table, &r.options, err);
    if (status != NTM_OK) return status;
    r.allocator = ntm_i_allocator(r.options.allocator);
    r.rollup = rollup;
    r.facts = facts;
    r.fact_count = fact_count;
    r.table = table;
    r.first = (ntm_error)NTM_ERROR_INIT;
    ntm_i_arena_start(&r.arena, &r.allocator);
    ntm_i_array_start(&r.jobs, &r.allocator, sizeof(ntm_i_job));
    status = ntm_i_rolling_match(&r, err);
    if (status == NTM_OK) status = run(&r, err);
    if (status == NTM_OK && r.problem_count > 0) {
        (void)ntm_i_error_copy(err, &r.first);
        status = r.first.status;
    }
    if (status == NTM_OK) status = ntm_i_rolled_make(out, &r, err);
    end(&r);
    return status;
}
