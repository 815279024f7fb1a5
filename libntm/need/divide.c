/* SPDX-License-Identifier: Apache-2.0 */
/* Needs divided among sources and doers, and what their caps cut off. */
#include <string.h>

#include "need/need.h"
#include "number/wide.h"

/* ------------------------------------------------------------------------------------------- shares */

/* The rules of a group are in the order of source and doer. */
static int by_place(const void *context, uint32_t a, uint32_t b) {
    (void)context;
    return (a > b) - (a < b);
}

static void divide_job(ntm_needs *needs, const ntm_i_job *job, ntm_i_part *parts, uint32_t *room) {
    ntm_i_line *lines = needs->lines + job->first_line;
    if (job->rules == NTM_I_NONE) {
        lines[0].amount = job->whole;
        return;
    }
    const ntm_i_rules *of = &needs->division.groups[job->rules];
    for (uint32_t i = 0; i < of->count; i++) {
        ntm_decimal share = needs->division.rules[of->first + i].share;
        lines[i].rule = of->first + i;
        parts[i] = (ntm_i_part){.cap = NTM_I_UNCAPPED};
        parts[i].weight = (ntm_i_uwide)share.coefficient * ntm_i_power_of_ten((unsigned)(of->scale - share.scale));
    }
    if (job->open != NTM_NEED_KNOWN) return;
    ntm_i_sharing s = {.parts = parts, .count = of->count, .pot = job->whole, .tie = by_place, .room = room};
    (void)ntm_i_share_out(&s); /* without floors it cannot fail */
    for (uint32_t i = 0; i < of->count; i++)
        lines[i].amount = parts[i].share;
}

/* Where the lines of each job begin; false after complaining. */
static bool place_lines(ntm_i_needing *n) {
    ntm_needs *needs = n->needs;
    size_t count = 0;
    for (size_t i = 0; i < needs->jobs.count; i++) {
        ntm_i_job *job = ntm_i_job_at(needs, i);
        job->first_line = (uint32_t)count;
        count += job->rules == NTM_I_NONE ? 1 : needs->division.groups[job->rules].count;
        if (count <= NTM_I_LINES_MAX) continue;
        ntm_i_cells_complain(&n->cells, NTM_ERROR_LIMIT, "unit", job->row, "more than 2^24 lines of needs");
        return false;
    }
    needs->line_count = count;
    needs->lines = ntm_i_arena_take(&needs->arena, count, sizeof *needs->lines);
    n->cells.no_memory = needs->lines == NULL;
    return needs->lines != NULL;
}

void ntm_i_jobs_divide(ntm_i_needing *n) {
    ntm_needs *needs = n->needs;
    const ntm_allocator *allocator = &needs->arena.allocator;
    size_t most = needs->division.rule_count;
    if (!place_lines(n)) return;
    ntm_i_part *parts = ntm_i_allocate(allocator, most, sizeof *parts);
    uint32_t *room = ntm_i_allocate(allocator, most, 4 * sizeof *room);
    if (parts == NULL || room == NULL) {
        n->cells.no_memory = true;
    } else {
        for (size_t i = 0; i < needs->jobs.count; i++) {
            const ntm_i_job *job = ntm_i_job_at(needs, i);
            size_t end = i + 1 < needs->jobs.count ? ntm_i_job_at(needs, i + 1)->first_line : needs->line_count;
            for (size_t line = job->first_line; line < end; line++)
                needs->lines[line] = (ntm_i_line){.job = (uint32_t)i, .rule = NTM_I_NONE};
            divide_job(needs, job, parts, room);
        }
    }
    ntm_i_release(allocator, parts, most, sizeof *parts);
    ntm_i_release(allocator, room, most, 4 * sizeof *room);
}

/* ------------------------------------------------------------------------------------------- caps */

/* Jobs of one group of rules, in the order of units, then rows. */
typedef struct capping {
    ntm_i_needing *n;
    uint32_t *jobs; /* with as many to spare */
    size_t count;
    ntm_i_part *parts;
    uint32_t *room;
} capping;

static const char *unit_of(const ntm_needs *needs, uint32_t job) {
    return ((const char *const *)needs->pool.names.items)[ntm_i_job_at(needs, job)->unit];
}

static int by_unit(const void *context, uint32_t a, uint32_t b) {
    const ntm_needs *needs = context;
    return ntm_i_job_at(needs, a)->unit == ntm_i_job_at(needs, b)->unit ? 0
                                                                        : strcmp(unit_of(needs, a), unit_of(needs, b));
}

static ntm_i_line *line_of(const ntm_needs *needs, uint32_t job, uint32_t rule) {
    const ntm_i_job *of = ntm_i_job_at(needs, job);
    return &needs->lines[of->first_line + (rule - needs->division.groups[of->rules].first)];
}

/* What is above `most` goes to the rule's target. */
static void cut(const ntm_needs *needs, uint32_t job, uint32_t rule, int64_t most) {
    ntm_i_line *from = line_of(needs, job, rule), *to = line_of(needs, job, needs->division.rules[rule].target);
    int64_t off = from->amount - most;
    if (off <= 0) return;
    from->amount = most;
    from->cut += off;
    to->amount += off; /* both are parts of the whole */
    to->taken += off;
}

/* A cap times a quantity in steps, rounded down; INT64_MAX when it is larger than any amount. */
static int64_t steps_of(const ntm_needs *needs, const ntm_i_rule *rule, ntm_decimal times) {
    ntm_i_rational value = ntm_i_rational_decimal(rule->cap);
    if (!ntm_i_rational_multiply(&value, value, ntm_i_rational_decimal(times)) ||
        !ntm_i_rational_scale(&value, value, ntm_i_step_scale(needs, rule->resource)))
        return INT64_MAX;
    ntm_i_wide steps = ntm_i_rational_floor(value);
    return steps > INT64_MAX ? INT64_MAX : (int64_t)steps;
}

/* One cap for `count` jobs together, shared out to them by their amounts. */
static void cap_together(capping *c, uint32_t rule, const uint32_t *jobs, size_t count) {
    const ntm_needs *needs = c->n->needs;
    ntm_i_wide sum = 0;
    for (size_t i = 0; i < count; i++) {
        const ntm_i_job *job = ntm_i_job_at(needs, jobs[i]);
        if (job->open != NTM_NEED_KNOWN && count == 1) return; /* nobody else waits for what is left */
        if (job->open != NTM_NEED_KNOWN) {
            ntm_i_cells_complain(&c->n->cells, NTM_ERROR_VALUE, "quantity", job->row,
                                 "this need is open, and the cap in row %lu of the division is for it and others "
                                 "together: nobody can say what is left of it",
                                 (unsigned long)needs->division.rules[rule].row);
            return;
        }
        int64_t amount = line_of(needs, jobs[i], rule)->amount;
        c->parts[i] = (ntm_i_part){.weight = (ntm_i_uwide)amount, .cap = amount};
        sum += amount;
    }
    int64_t most = steps_of(needs, &needs->division.rules[rule], (ntm_decimal){1, 0});
    if (sum <= most) return;
    ntm_i_sharing s = {.parts = c->parts, .count = count, .pot = most, .tie = by_place, .room = c->room};
    (void)ntm_i_share_out(&s);
    for (size_t i = 0; i < count; i++)
        cut(needs, jobs[i], rule, c->parts[i].share);
}

static void apply(capping *c, uint32_t rule) {
    const ntm_needs *needs = c->n->needs;
    const ntm_i_rule *of = &needs->division.rules[rule];
    if (of->per == NTM_I_CAP_TOTAL) {
        cap_together(c, rule, c->jobs, c->count);
    } else if (of->per == NTM_I_CAP_WORK) {
        for (size_t i = 0; i < c->count; i++) {
            const ntm_i_job *job = ntm_i_job_at(needs, c->jobs[i]);
            if (job->open == NTM_NEED_KNOWN) cut(needs, c->jobs[i], rule, steps_of(needs, of, job->quantity));
        }
    } else {
        for (size_t first = 0, end; first < c->count; first = end) {
            for (end = first + 1; end < c->count && by_unit(needs, c->jobs[first], c->jobs[end]) == 0;)
                end++;
            cap_together(c, rule, c->jobs + first, end - first);
        }
    }
}

static void apply_group(capping *c, uint32_t group) {
    const ntm_needs *needs = c->n->needs;
    const ntm_i_rules *of = &needs->division.groups[group];
    bool any = false;
    for (uint32_t i = of->first; i < of->first + of->count; i++)
        any = any || needs->division.rules[i].per != NTM_I_CAP_NONE;
    if (!any) return;
    c->count = 0;
    for (uint32_t i = 0; i < needs->jobs.count; i++)
        if (ntm_i_job_at(needs, i)->rules == group) c->jobs[c->count++] = i;
    ntm_i_sort(c->jobs, c->jobs + needs->jobs.count, c->count, by_unit, needs);
    for (size_t i = 0; i < needs->division.rule_count; i++) {
        uint32_t rule = needs->division.order[i];
        if (rule >= of->first && rule < of->first + of->count && needs->division.rules[rule].per != NTM_I_CAP_NONE)
            apply(c, rule);
    }
}

void ntm_i_caps_apply(ntm_i_needing *n) {
    const ntm_needs *needs = n->needs;
    const ntm_allocator *allocator = &needs->arena.allocator;
    size_t most = needs->jobs.count;
    capping c = {.n = n};
    c.jobs = ntm_i_allocate(allocator, most, 2 * sizeof *c.jobs);
    c.parts = ntm_i_allocate(allocator, most, sizeof *c.parts);
    c.room = ntm_i_allocate(allocator, most, 4 * sizeof *c.room);
    if (c.jobs == NULL || c.parts == NULL || c.room == NULL) n->cells.no_memory = true;
    for (uint32_t i = 0; i < needs->division.group_count && !n->cells.no_memory; i++)
        apply_group(&c, i);
    ntm_i_release(allocator, c.jobs, most, 2 * sizeof *c.jobs);
    ntm_i_release(allocator, c.parts, most, sizeof *c.parts);
    ntm_i_release(allocator, c.room, most, 4 * sizeof *c.room);
}
