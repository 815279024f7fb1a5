/* SPDX-License-Identifier: Apache-2.0 */
/* Who pays and who does which share of a need. */
#include <string.h>

#include "base/sort.h"
#include "base/text.h"
#include "column/cell_numbers.h"
#include "need/need.h"
#include "number/wide.h"

enum { SOURCE, DOER, WORK, RESOURCE, CAP_PER, CAP_TO, CAP_TO_DOER, CITATION, TEXTS };
enum { SHARE = TEXTS, CAP, COLUMNS };

static const ntm_i_cells_column columns[TEXTS] = {
    {"source", true, NTM_I_CELLS_TEXT},       {"doer", false, NTM_I_CELLS_TEXT},    {"work", false, NTM_I_CELLS_TEXT},
    {"resource", false, NTM_I_CELLS_TEXT},    {"cap_per", false, NTM_I_CELLS_TEXT}, {"cap_to", false, NTM_I_CELLS_TEXT},
    {"cap_to_doer", false, NTM_I_CELLS_TEXT}, {"citation", false, NTM_I_CELLS_TEXT}};

static bool find_columns(const ntm_field **found, ntm_i_cells *cells, const ntm_table *table) {
    bool good = ntm_i_cells_find(found, cells, table, columns, TEXTS, "a division");
    found[SHARE] = ntm_table_find(table, "share");
    found[CAP] = ntm_table_find(table, "cap");
    if (found[SHARE] == NULL)
        ntm_i_cells_complain(cells, NTM_ERROR_SHAPE, "share", SIZE_MAX, "a division needs this column");
    good = ntm_i_cells_numbers(cells, found[SHARE]) && good;
    good = ntm_i_cells_numbers(cells, found[CAP]) && good;
    return ntm_i_cells_only(cells, table, found, COLUMNS, "a division",
                            "work, resource, source, doer, share, cap, cap_per, cap_to, cap_to_doer, citation") &&
           good && found[SHARE] != NULL;
}

static const char *text_or_empty(ntm_i_cells *cells, const ntm_field *field, size_t row) {
    const char *text = ntm_i_cell_copy(cells, field, row);
    return text == NULL ? "" : text;
}

static void read_cap(ntm_i_rule *rule, ntm_i_cells *cells, const ntm_field *const *found, size_t row) {
    static const char *const words[] = {"", "work", "unit", "total"};
    const char *per = text_or_empty(cells, found[CAP_PER], row);
    bool there = ntm_i_cell_number(cells, &rule->cap, found[CAP], row);
    while (rule->per <= NTM_I_CAP_TOTAL && strcmp(words[rule->per], per) != 0)
        rule->per++;
    if (rule->per > NTM_I_CAP_TOTAL)
        ntm_i_cells_complain(cells, NTM_ERROR_VALUE, "cap_per", row, "\"%.*s\": expected work, unit or total",
                             ntm_i_shown(per, strlen(per)), per);
    else if (there != (rule->per != NTM_I_CAP_NONE) || there != (rule->to[0] != '\0'))
        ntm_i_cells_complain(cells, NTM_ERROR_VALUE, "cap", row,
                             "expected cap, cap_per and cap_to together, or none of them");
    else if (there && rule->resource[0] == '\0')
        ntm_i_cells_complain(cells, NTM_ERROR_UNIT, "cap", row, "a cap needs a resource: in what is it counted?");
}

static void read_rule(ntm_i_rule *rule, ntm_i_cells *cells, const ntm_field *const *found, size_t row) {
    *rule = (ntm_i_rule){.row = (uint32_t)row, .target = NTM_I_NONE};
    size_t told = cells->problem_count;
    rule->source = text_or_empty(cells, found[SOURCE], row);
    if (rule->source[0] == '\0' && told == cells->problem_count && !cells->no_memory)
        ntm_i_cells_complain(cells, NTM_ERROR_VALUE, "source", row, "a rule without source");
    rule->doer = text_or_empty(cells, found[DOER], row);
    rule->work = text_or_empty(cells, found[WORK], row);
    rule->resource = text_or_empty(cells, found[RESOURCE], row);
    rule->to = text_or_empty(cells, found[CAP_TO], row);
    rule->to_doer = text_or_empty(cells, found[CAP_TO_DOER], row);
    rule->citation = ntm_i_cell_copy(cells, found[CITATION], row);
    told = cells->problem_count;
    if (!ntm_i_cell_number(cells, &rule->share, found[SHARE], row) && told == cells->problem_count)
        ntm_i_cells_complain(cells, NTM_ERROR_VALUE, "share", row, "not reported");
    read_cap(rule, cells, found, row);
}

static int compare_groups(const ntm_i_rule *a, const char *work, const char *resource) {
    int order = strcmp(a->work, work);
    return order != 0 ? order : strcmp(a->resource, resource);
}

static int by_keys(const void *context, uint32_t a, uint32_t b) {
    const ntm_i_rule *first = (const ntm_i_rule *)context + a, *second = (const ntm_i_rule *)context + b;
    int order = compare_groups(first, second->work, second->resource);
    if (order == 0) order = strcmp(first->source, second->source);
    return order != 0 ? order : strcmp(first->doer, second->doer);
}

/* ------------------------------------------------------------------------------------------- rules that belong together */

/* That the shares of a group add up to 100. */
static void check_sum(const ntm_i_division *d, ntm_i_rules *of, ntm_i_cells *cells) {
    ntm_i_uwide sum = 0;
    for (uint32_t i = of->first; i < of->first + of->count; i++)
        if (d->rules[i].share.scale > of->scale) of->scale = d->rules[i].share.scale;
    for (uint32_t i = of->first; i < of->first + of->count; i++) {
        ntm_decimal share = d->rules[i].share; /* 2^63 × 10^18 a rule, and no more than 2^10 rules */
        sum += (ntm_i_uwide)share.coefficient * ntm_i_power_of_ten((unsigned)(of->scale - share.scale));
        if (sum > 100 * ntm_i_power_of_ten(of->scale)) break;
    }
    if (sum != 100 * ntm_i_power_of_ten(of->scale))
        ntm_i_cells_complain(
            cells, NTM_ERROR_VALUE, "share", d->rules[of->first].row,
            "the shares of this rule and those that belong to it (work \"%s\", resource \"%s\") do not "
            "add up to 100 %%",
            d->rules[of->first].work, d->rules[of->first].resource);
}

/* Who takes what a cap cuts off. */
static void find_target(const ntm_i_division *d, const ntm_i_rules *of, ntm_i_rule *rule, ntm_i_cells *cells) {
    size_t found = 0;
    if (rule->per == NTM_I_CAP_NONE) return;
    for (uint32_t i = of->first; i < of->first + of->count; i++) {
        const ntm_i_rule *other = &d->rules[i];
        if (strcmp(other->source, rule->to) != 0) continue;
        if (rule->to_doer[0] != '\0' && strcmp(other->doer, rule->to_doer) != 0) continue;
        rule->target = i;
        found++;
    }
    if (found != 1)
        ntm_i_cells_complain(cells, found == 0 ? NTM_ERROR_NOT_FOUND : NTM_ERROR_CONFLICT, "cap_to", rule->row,
                             found == 0 ? "no rule that belongs to this one has the source \"%s\" (and doer)"
                                        : "several rules have the source \"%s\": cap_to_doer says which",
                             rule->to);
}

static void check_group(ntm_i_division *d, ntm_i_rules *of, ntm_i_cells *cells) {
    for (uint32_t i = of->first + 1; i < of->first + of->count; i++)
        if (by_keys(d->rules, i - 1, i) == 0)
            ntm_i_cells_complain(cells, NTM_ERROR_CONFLICT, "source", d->rules[i].row,
                                 "row %lu is for the same work, resource, source and doer",
                                 (unsigned long)d->rules[i - 1].row);
    check_sum(d, of, cells);
    for (uint32_t i = of->first; i < of->first + of->count; i++)
        find_target(d, of, &d->rules[i], cells);
}

/* Each rule goes before its target. What is in a circle never gets its turn. */
static void put_in_order(ntm_i_division *d, ntm_i_cells *cells) {
    uint32_t *senders = ntm_i_arena_take(cells->arena, d->rule_count, sizeof *senders);
    size_t placed = 0;
    if (senders == NULL) {
        cells->no_memory = true;
        return;
    }
    for (size_t i = 0; i < d->rule_count; i++)
        if (d->rules[i].target != NTM_I_NONE) senders[d->rules[i].target]++;
    for (uint32_t i = 0; i < d->rule_count; i++)
        if (senders[i] == 0) d->order[placed++] = i;
    for (size_t at = 0; at < placed; at++) {
        uint32_t target = d->rules[d->order[at]].target;
        if (target != NTM_I_NONE && --senders[target] == 0) d->order[placed++] = target;
    }
    for (size_t i = 0; placed < d->rule_count && i < d->rule_count; i++) {
        if (senders[i] == 0) continue;
        ntm_i_cells_complain(cells, NTM_ERROR_VALUE, "cap_to", d->rules[i].row,
                             "what the cap cuts off goes in a circle: expected a last source without cap");
        return;
    }
}

void ntm_i_division_load(ntm_i_division *d, ntm_i_cells *cells, const ntm_table *table) {
    const ntm_field *found[COLUMNS];
    if (!find_columns(found, cells, table)) return;
    if (table->rows > NTM_I_RULES_MAX) {
        ntm_i_cells_complain(cells, NTM_ERROR_LIMIT, "source", SIZE_MAX, "%zu rules: expected at most %d", table->rows,
                             NTM_I_RULES_MAX);
        return;
    }
    ntm_i_rule *read = ntm_i_arena_take(cells->arena, table->rows, sizeof *read);
    d->groups = ntm_i_arena_take(cells->arena, table->rows, sizeof *d->groups);
    d->order = ntm_i_arena_take(cells->arena, table->rows, sizeof *d->order);
    cells->no_memory = cells->no_memory || read == NULL || d->groups == NULL || d->order == NULL;
    for (size_t row = 0; row < table->rows && !cells->no_memory; row++)
        read_rule(&read[row], cells, found, row);
    if (!cells->no_memory) d->rules = ntm_i_sorted(cells->arena, read, table->rows, sizeof *read, by_keys);
    if (d->rules == NULL) {
        cells->no_memory = true;
        return;
    }
    if (cells->problem_count > 0) return;
    d->rule_count = table->rows;
    for (uint32_t i = 0; i < d->rule_count; i++) {
        const ntm_i_rule *rule = &d->rules[i];
        if (i == 0 || compare_groups(&d->rules[i - 1], rule->work, rule->resource) != 0)
            d->groups[d->group_count++] = (ntm_i_rules){i, 0, 0};
        d->groups[d->group_count - 1].count++;
    }
    for (size_t i = 0; i < d->group_count; i++)
        check_group(d, &d->groups[i], cells);
    if (cells->problem_count == 0) put_in_order(d, cells);
}

static uint32_t find_group(const ntm_i_division *d, const char *work, const char *resource) {
    size_t least = 0, end = d->group_count;
    while (least < end) {
        size_t middle = least + (end - least) / 2;
        int order = compare_groups(&d->rules[d->groups[middle].first], work, resource);
        if (order == 0) return (uint32_t)middle;
        if (order < 0)
            least = middle + 1;
        else
            end = middle;
    }
    return NTM_I_NONE;
}

uint32_t ntm_i_division_find(const ntm_i_division *d, const char *work, const char *resource) {
    uint32_t found = find_group(d, work, resource);
    if (found == NTM_I_NONE) found = find_group(d, work, "");
    if (found == NTM_I_NONE) found = find_group(d, "", resource);
    return found != NTM_I_NONE ? found : find_group(d, "", "");
}
