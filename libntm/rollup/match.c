/* SPDX-License-Identifier: Apache-2.0 */
/* Columns to facts, and facts to the others that they need. */
#include <stdio.h>
#include <string.h>

#include "criteria/natural.h"
#include "rollup/rolling.h"

#define WEIGHTS_DEEP_MAX 64

/* The size of the fact's id in a column's name, and its member: "trained[female]". */
static size_t id_size(const char *name) {
    const char *bracket = strchr(name, '[');
    return bracket == NULL ? strlen(name) : (size_t)(bracket - name);
}

/* "F:least" and "F:most"; ids have no colon. 0 for neither. */
static size_t bound_of(const char *name, size_t *size) {
    static const char *const suffix[] = {":least", ":most"};
    size_t length = strlen(name);
    for (size_t k = 0; k < 2; k++) {
        size_t own = strlen(suffix[k]);
        if (length > own && strcmp(name + length - own, suffix[k]) == 0) {
            *size = length - own;
            return k + 1;
        }
    }
    *size = length;
    return 0;
}

/* The fact of a column; NULL if there is none of that name, or it is reported by members and the column is not. */
static const ntm_fact *fact_of(ntm_i_rolling *r, const char *name) {
    char id[128];
    size_t size = id_size(name), length = strlen(name);
    if (size == 0 || size >= sizeof id) return NULL;
    memcpy(id, name, size);
    id[size] = '\0';
    size_t at = ntm_i_index_find(&r->fact_index, id);
    if (at == SIZE_MAX) return NULL;
    bool member = name[size] == '[';
    if (member != (r->facts[at]->by != NULL) || (member && (name[length - 1] != ']' || length - size < 3))) return NULL;
    return r->facts[at];
}

static const ntm_column *column_named(const ntm_i_rolling *r, const char *name) {
    size_t at = ntm_i_index_find(&r->field_index, name);
    return at == SIZE_MAX ? NULL : &r->table->fields[at].column;
}

static bool adds(const ntm_fact *fact) {
    return fact->kind == NTM_KIND_COUNT || fact->kind == NTM_KIND_AMOUNT || fact->kind == NTM_KIND_MONEY;
}

static void wrong_fact(ntm_i_rolling *r, const char *name, const char *reason) {
    ntm_i_rolling_complain(r, NTM_ERROR_SCHEMA, name, NTM_NO_ROW, "%s", reason);
}

/* Whether the stages ask for its rule over time, and for that of merging. */
static void check_rules(ntm_i_rolling *r, const ntm_i_job *job) {
    const ntm_fact *fact = job->fact;
    bool over_time = false, merges = false, measured = adds(fact) || fact->kind == NTM_KIND_SHARE;
    for (size_t i = 0; i < r->rollup->stage_count; i++) {
        over_time = over_time || r->rollup->stages[i].over_time;
        merges = merges || !r->rollup->stages[i].over_time;
    }
    if (over_time && fact->over_time == NTM_TIME_UNSAID)
        wrong_fact(r, job->name, "nobody has said how it goes over time: flow, stock, min or max");
    else if (over_time && fact->over_time == NTM_TIME_FLOW && !adds(fact))
        wrong_fact(r, job->name, "it cannot be added over time: flags, levels, shares and dates are no flows");
    if (!merges) return;
    if (fact->merge == NTM_MERGE_SUM && !adds(fact))
        wrong_fact(r, job->name, "merge sum is for counts, amounts and money");
    if ((fact->merge == NTM_MERGE_WEIGHTED || fact->merge == NTM_MERGE_RATIO) && !measured)
        wrong_fact(r, job->name, "means and ratios are for what is measured");
    if ((fact->merge == NTM_MERGE_ALL || fact->merge == NTM_MERGE_ANY) && fact->kind != NTM_KIND_FLAG)
        wrong_fact(r, job->name, "merge all and any are for flags");
}

/* The job of that name and sort; a new one if it has to be. NTM_I_NO_JOB where there is no such column. */
static ntm_status job_for(uint32_t *out, ntm_i_rolling *r, const char *name, const ntm_fact *fact, bool sum, bool shown,
                          ntm_error *err) {
    *out = NTM_I_NO_JOB;
    bool own = !sum || fact->merge == NTM_MERGE_SUM;
    size_t field = ntm_i_index_find(&r->field_index, name);
    if (field == SIZE_MAX) return NTM_OK;
    uint32_t *made = own ? &r->own_jobs[field] : &r->sum_jobs[field]; /* job + 1 */
    *out = *made - 1;
    if (*made != 0) return NTM_OK;
    ntm_i_job *job = ntm_i_array_push(&r->jobs);
    if (job == NULL) return ntm_i_no_memory(err);
    size_t length = strlen(name);
    char *bound = ntm_i_arena_take(&r->arena, length + 8, 1);
    job->name = ntm_i_arena_text(&r->arena, name, length);
    job->steps = ntm_i_arena_take(&r->arena, r->rollup->stage_count + 1, sizeof *job->steps);
    if (bound == NULL || job->name == NULL || job->steps == NULL) return ntm_i_no_memory(err);
    job->step_count = r->rollup->stage_count + 1;
    for (size_t i = 0; i < job->step_count; i++)
        ntm_i_vector_start(&job->steps[i], 0, &r->allocator);
    job->fact = fact;
    job->sum = !own;
    job->shown = shown;
    job->weight = job->parts[0] = job->parts[1] = job->twin = NTM_I_NO_JOB;
    if (!own && r->own_jobs[field] != 0) {
        job->twin = r->own_jobs[field] - 1;
        ntm_i_job_at(r, job->twin)->has_twin = true;
    }
    job->column = column_named(r, name);
    (void)snprintf(bound, length + 8, "%s:least", name);
    job->lower = column_named(r, bound);
    (void)snprintf(bound, length + 8, "%s:most", name);
    job->upper = column_named(r, bound);
    if (!ntm_i_unit_parse(&job->unit, fact->kind == NTM_KIND_DATE ? "date" : fact->unit))
        ntm_i_rolling_complain(r, NTM_ERROR_UNIT, name, NTM_NO_ROW, "\"%.60s\" is no unit", fact->unit);
    job->natural = ntm_i_fact_natural(fact, &job->unit);
    if (fact->kind == NTM_KIND_FLAG)
        job->natural = (ntm_i_interval){ntm_i_rational_int(0), ntm_i_rational_int(1)};
    else if (fact->kind == NTM_KIND_LEVEL)
        job->natural = (ntm_i_interval){ntm_i_rational_int(0), ntm_i_rational_int((int64_t)fact->level_count - 1)};
    if (!job->sum) check_rules(r, job);
    if (ntm_i_rational_compare(job->natural.least, job->natural.most) > 0)
        wrong_fact(r, job->name, "its natural least is above its most");
    *made = (uint32_t)r->jobs.count;
    *out = *made - 1;
    return NTM_OK;
}

/* The job of a fact that another one needs, for the same member if it has members. */
static ntm_status needed(uint32_t *out, ntm_i_rolling *r, const ntm_i_job *job, const char *id, bool sum,
                         ntm_error *err) {
    *out = NTM_I_NO_JOB;
    size_t at = ntm_i_index_find(&r->fact_index, id);
    if (at == SIZE_MAX) return NTM_OK; /* not among the facts: as if its column were not there */
    const char *member = job->name + id_size(job->name);
    size_t own = strlen(id), size = own + (r->facts[at]->by == NULL ? 0 : strlen(member));
    char *name = ntm_i_arena_take(&r->arena, size + 1, 1);
    if (name == NULL) return ntm_i_no_memory(err);
    memcpy(name, id, own);
    memcpy(name + own, member, size - own);
    if (sum && !adds(r->facts[at])) {
        wrong_fact(r, job->name, "the parts of a ratio are counts, amounts or money");
        return NTM_OK;
    }
    return job_for(out, r, name, r->facts[at], sum, false, err);
}

/* What means and ratios look at beside their own column. Jobs move while the list grows. */
static ntm_status link(ntm_i_rolling *r, uint32_t index, ntm_error *err) {
    ntm_i_job job = *ntm_i_job_at(r, index);
    ntm_status status = NTM_OK;
    if (job.sum) return NTM_OK;
    if (job.fact->merge == NTM_MERGE_WEIGHTED && job.fact->merge_weight != NULL)
        status = needed(&job.weight, r, &job, job.fact->merge_weight, false, err);
    bool ratio =
        job.fact->merge == NTM_MERGE_RATIO && job.fact->merge_parts[0] != NULL && job.fact->merge_parts[1] != NULL;
    for (size_t k = 0; k < 2 && ratio && status == NTM_OK; k++)
        status = needed(&job.parts[k], r, &job, job.fact->merge_parts[k], true, err);
    if (status != NTM_OK) return status;
    if (job.parts[0] != NTM_I_NO_JOB && job.parts[1] != NTM_I_NO_JOB) {
        const ntm_i_unit *over = &ntm_i_job_at(r, job.parts[0])->unit, *under = &ntm_i_job_at(r, job.parts[1])->unit;
        ntm_i_unit unit;
        if (!ntm_i_unit_combine(&unit, over, under, -1) || !ntm_i_unit_same(&unit, &job.unit))
            ntm_i_rolling_complain(r, NTM_ERROR_UNIT, job.name, NTM_NO_ROW,
                                   "its unit is not that of the ratio of \"%.60s\" and \"%.60s\"",
                                   job.fact->merge_parts[0], job.fact->merge_parts[1]);
        job.power = over->power - under->power - job.unit.power;
    }
    *ntm_i_job_at(r, index) = job;
    if (job.weight != NTM_I_NO_JOB) ntm_i_job_at(r, job.weight)->kept = true;
    for (size_t k = 0; k < 2; k++)
        if (job.parts[k] != NTM_I_NO_JOB) ntm_i_job_at(r, job.parts[k])->kept = true;
    return NTM_OK;
}

/* Weights that weigh one another in a circle, or in a chain that nobody needs. */
static void check_weights(ntm_i_rolling *r) {
    for (uint32_t i = 0; i < r->jobs.count; i++) {
        size_t deep = 0;
        for (uint32_t k = i; k != NTM_I_NO_JOB && deep <= WEIGHTS_DEEP_MAX; k = ntm_i_job_at(r, k)->weight)
            deep++;
        if (deep > WEIGHTS_DEEP_MAX)
            wrong_fact(r, ntm_i_job_at(r, i)->name, "it is weighed by itself, or through more than 64 other facts");
    }
}

static ntm_status check_facts(ntm_i_rolling *r, const char **ids, ntm_error *err) {
    for (size_t i = 0; i < r->fact_count; i++) {
        const ntm_fact *fact = r->facts[i];
        if (fact == NULL || fact->id == NULL)
            return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_ROW("facts", i), "a fact or its id is NULL");
        bool levels = fact->kind == NTM_KIND_LEVEL;
        if (fact->kind < NTM_KIND_FLAG || fact->kind > NTM_KIND_DATE || (unsigned)fact->merge > NTM_MERGE_REASSESS ||
            (unsigned)fact->over_time > NTM_TIME_MAX || fact->least.scale > NTM_SCALE_MAX ||
            fact->most.scale > NTM_SCALE_MAX || (levels && (fact->levels == NULL || fact->level_count == 0)))
            return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(fact->id),
                              "the fact has no kind, no such rule, no levels, or too long a bound");
        for (size_t k = 0; levels && k < fact->level_count; k++)
            if (fact->levels[k] == NULL)
                return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_SUBJECT(fact->id), "a level is NULL");
        ids[i] = fact->id;
    }
    return NTM_OK;
}

static ntm_status index_facts(ntm_i_rolling *r, ntm_error *err) {
    const char **ids = ntm_i_arena_take(&r->arena, r->fact_count, sizeof *ids);
    if (ids == NULL) return ntm_i_no_memory(err);
    ntm_status status = check_facts(r, ids, err);
    if (status != NTM_OK) return status;
    if (!ntm_i_index_make(&r->fact_index, &r->arena, ids, r->fact_count, sizeof *ids) ||
        !ntm_i_index_make(&r->field_index, &r->arena, r->table->fields, r->table->field_count,
                          sizeof *r->table->fields))
        return ntm_i_no_memory(err);
    r->own_jobs = ntm_i_arena_take(&r->arena, r->table->field_count, sizeof *r->own_jobs);
    r->sum_jobs = ntm_i_arena_take(&r->arena, r->table->field_count, sizeof *r->sum_jobs);
    if (r->own_jobs == NULL || r->sum_jobs == NULL) return ntm_i_no_memory(err);
    for (size_t i = 0; i < r->fact_count; i++)
        if (ntm_i_index_find(&r->fact_index, ids[i]) != i)
            return ntm_i_fail(err, NTM_ERROR_CONFLICT, NTM_I_SUBJECT(ids[i]), "there are two facts of this id");
    return NTM_OK;
}

ntm_status ntm_i_rolling_match(ntm_i_rolling *r, ntm_error *err) {
    ntm_status status = index_facts(r, err);
    for (size_t i = 0; i < r->table->field_count && status == NTM_OK; i++) {
        const char *name = r->table->fields[i].name;
        uint32_t job;
        size_t size;
        char *base = ntm_i_arena_text(&r->arena, name, strlen(name));
        if (base == NULL) return ntm_i_no_memory(err);
        bool bound = bound_of(name, &size) != 0;
        base[size] = '\0';
        const ntm_fact *fact = fact_of(r, base);
        if (fact != NULL && bound && column_named(r, base) == NULL)
            ntm_i_rolling_complain(r, NTM_ERROR_SHAPE, name, NTM_NO_ROW, "bounds stand beside a column \"%.80s\"",
                                   base);
        else if (fact == NULL && !r->options.ignore_unknown)
            ntm_i_rolling_complain(r, NTM_ERROR_SHAPE, name, NTM_NO_ROW,
                                   "there is no fact of that name, or its members are not named with it");
        else if (fact != NULL && !bound)
            status = job_for(&job, r, name, fact, false, true, err);
    }
    for (uint32_t i = 0; i < r->jobs.count && status == NTM_OK; i++)
        status = link(r, i, err);
    if (status == NTM_OK) check_weights(r);
    return status;
}

ntm_i_rule ntm_i_rule_of(const ntm_i_job *job, const ntm_i_stage *stage) {
    static const ntm_i_rule over_time[] = {NTM_I_RULE_OPEN, NTM_I_RULE_SUM, NTM_I_RULE_LAST, NTM_I_RULE_MIN,
                                           NTM_I_RULE_MAX};
    static const ntm_i_rule merge[] = {NTM_I_RULE_OPEN, NTM_I_RULE_SUM, NTM_I_RULE_RATIO,
                                       NTM_I_RULE_MEAN, NTM_I_RULE_MIN, NTM_I_RULE_MAX,
                                       NTM_I_RULE_MIN,  NTM_I_RULE_MAX, NTM_I_RULE_OPEN};
    if (stage->over_time) return over_time[job->fact->over_time];
    return job->sum ? NTM_I_RULE_SUM : merge[job->fact->merge];
}
