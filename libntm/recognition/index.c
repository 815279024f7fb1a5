/* SPDX-License-Identifier: Apache-2.0 */
/* Finding units, statuses and mergers. */
#include <stdlib.h>
#include <string.h>

#include "recognition/register.h"

static int compare_texts(const void *a, const void *b) {
    const char *const *left = a, *const *right = b;
    return strcmp(*left, *right);
}

/* Sorts texts and drops doubles; gives the number left. */
static size_t sort_texts(const char **texts, size_t count) {
    size_t kept = 0;
    if (count > 1) qsort(texts, count, sizeof *texts, compare_texts);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || strcmp(texts[kept - 1], texts[i]) != 0) texts[kept++] = texts[i];
    return kept;
}

static void index_units(ntm_i_loading *l) {
    ntm_register *reg = l->reg;
    size_t room = reg->act_count * 2, count = 0; /* acts lie in memory and are larger: this fits */
    const char **codes = ntm_i_allocate(&reg->arena.allocator, room, sizeof *codes);
    if (codes == NULL) {
        l->cells.no_memory = true;
        return;
    }
    for (size_t i = 0; i < reg->act_count; i++) {
        codes[count++] = reg->acts[i].unit;
        if (reg->acts[i].successor != NULL) codes[count++] = reg->acts[i].successor;
    }
    count = sort_texts(codes, count);
    reg->holders = ntm_i_arena_take(&reg->arena, count, sizeof *reg->holders);
    l->cells.no_memory = reg->holders == NULL;
    for (size_t i = 0; i < count && !l->cells.no_memory; i++) {
        reg->holders[i].code = codes[i];
        reg->holders[i].born = NTM_DATE_NONE;
        reg->holders[i].ending_on = NTM_DATE_NONE;
        reg->holders[i].made_on = NTM_DATE_NONE;
        reg->holder_count++;
        (void)ntm_i_track_need(l, &reg->holders[i], NTM_I_LIFE);
    }
    ntm_i_release(&reg->arena.allocator, codes, room, sizeof *codes);
}

static void index_statuses(ntm_i_loading *l) {
    ntm_register *reg = l->reg;
    const char **all = ntm_i_allocate(&reg->arena.allocator, reg->act_count, sizeof *all);
    size_t count = 0, rules = l->options->rule_count;
    if (all == NULL) {
        l->cells.no_memory = true;
        return;
    }
    for (size_t i = 0; i < reg->act_count; i++)
        if (reg->acts[i].status != NULL) all[count++] = reg->acts[i].status;
    count = sort_texts(all, count);
    reg->statuses = ntm_i_arena_take(&reg->arena, count, sizeof *reg->statuses);
    reg->rules = ntm_i_arena_take(&reg->arena, count, sizeof *reg->rules);
    l->cells.no_memory = reg->statuses == NULL || reg->rules == NULL;
    for (size_t i = 0; i < count && !l->cells.no_memory; i++) {
        reg->statuses[i] = all[i];
        reg->rules[i] = l->options->usual;
        for (size_t r = 0; r < rules && count <= NTM_STATUSES_MAX; r++)
            if (strcmp(l->options->rules[r].status, all[i]) == 0) reg->rules[i] = l->options->rules[r];
        reg->rules[i].status = NULL; /* borrowed for the call only */
        reg->status_count++;
    }
    ntm_i_release(&reg->arena.allocator, all, reg->act_count, sizeof *all);
    if (count > NTM_STATUSES_MAX)
        ntm_i_cells_complain(&l->cells, NTM_ERROR_LIMIT, "status", SIZE_MAX,
                             "%zu different statuses, expected at most %d", count, NTM_STATUSES_MAX);
}

static int compare_arrivals(const void *a, const void *b) {
    const ntm_act *const *left = a, *const *right = b;
    int order = strcmp((*left)->successor, (*right)->successor);
    if (order == 0) order = ((*left)->on > (*right)->on) - ((*left)->on < (*right)->on);
    if (order == 0) order = strcmp((*left)->unit, (*right)->unit);
    return order != 0 ? order : (*left > *right) - (*left < *right);
}

static void index_arrivals(ntm_i_loading *l) {
    ntm_register *reg = l->reg;
    const ntm_act **acts = ntm_i_allocate(&reg->arena.allocator, reg->act_count, sizeof *acts);
    if (acts == NULL) {
        l->cells.no_memory = true;
        return;
    }
    for (size_t i = 0; i < reg->act_count; i++)
        if (reg->acts[i].successor != NULL) acts[reg->arrival_count++] = &reg->acts[i];
    if (reg->arrival_count > 1) qsort(acts, reg->arrival_count, sizeof *acts, compare_arrivals);
    reg->arrivals = ntm_i_arena_take(&reg->arena, reg->arrival_count, sizeof *reg->arrivals);
    l->cells.no_memory = reg->arrivals == NULL;
    for (size_t i = 0; i < reg->arrival_count && !l->cells.no_memory; i++) {
        ntm_i_holder *holder = ntm_i_holder_find(reg, acts[i]->successor, strlen(acts[i]->successor));
        if (holder->arrival_count++ == 0) holder->first_arrival = i;
        reg->arrivals[i] = (size_t)(acts[i] - reg->acts);
        const ntm_act *last = i == 0 ? NULL : acts[i - 1];
        if (last != NULL && last->on == acts[i]->on && strcmp(last->unit, acts[i]->unit) == 0 &&
            strcmp(last->successor, acts[i]->successor) == 0)
            ntm_i_cells_complain(&l->cells, NTM_ERROR_CONFLICT, acts[i]->unit, reg->arrivals[i],
                                 "\"merged\" twice into \"%s\" on one day: contradicts row %zu", last->successor,
                                 (size_t)(last - reg->acts));
    }
    ntm_i_release(&reg->arena.allocator, acts, reg->act_count, sizeof *acts);
}

void ntm_i_register_index(ntm_i_loading *l) {
    index_units(l);
    if (!l->cells.no_memory) index_statuses(l);
    if (!l->cells.no_memory) index_arrivals(l);
}

/* Text with a size against text with a NUL. */
static int compare_sized(const char *code, const char *text, size_t size) {
    int order = strncmp(code, text, size);
    return order != 0 ? order : code[size] != '\0';
}

ntm_i_holder *ntm_i_holder_find(const ntm_register *reg, const char *code, size_t size) {
    size_t low = 0, high = reg->holder_count;
    if (memchr(code, '\0', size) != NULL) return NULL;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_sized(reg->holders[middle].code, code, size);
        if (order == 0) return &reg->holders[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* The first merger into the holder on or after the day. */
static size_t first_arrival(const ntm_register *reg, const ntm_i_holder *holder, ntm_date day) {
    size_t low = holder->first_arrival, high = low + holder->arrival_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (reg->acts[reg->arrivals[middle]].on < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void ntm_i_arrivals_on(const ntm_register *reg, const ntm_i_holder *holder, ntm_date day, size_t *first, size_t *end) {
    *first = first_arrival(reg, holder, day);
    *end = first_arrival(reg, holder, day + 1);
}

size_t ntm_i_status_find(const ntm_register *reg, const char *status) {
    const char **found = reg->status_count == 0
                             ? NULL
                             : bsearch(&status, reg->statuses, reg->status_count, sizeof *reg->statuses, compare_texts);
    return found == NULL ? SIZE_MAX : (size_t)(found - reg->statuses);
}

ntm_i_track *ntm_i_track_find(const ntm_i_holder *holder, uint32_t status) {
    ntm_i_track *track = holder->tracks;
    while (track != NULL && track->status != status)
        track = track->next;
    return track;
}

ntm_i_track *ntm_i_track_need(ntm_i_loading *l, ntm_i_holder *holder, uint32_t status) {
    ntm_i_track *track = ntm_i_track_find(holder, status);
    if (track != NULL) return track;
    track = ntm_i_arena_take(&l->reg->arena, 1, sizeof *track);
    if (track == NULL) {
        l->cells.no_memory = true;
        return NULL;
    }
    track->status = status;
    track->acted_on = NTM_DATE_NONE;
    ntm_i_array_start(&track->spans, &l->reg->arena.allocator, sizeof(ntm_i_span));
    if (holder->tracks != NULL) { /* behind the life */
        track->next = holder->tracks->next;
        holder->tracks->next = track;
    } else {
        holder->tracks = track;
    }
    return track;
}
