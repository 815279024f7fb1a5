/* SPDX-License-Identifier: Apache-2.0 */
/* Why a unit has not attained, down to the units that hold it back. */
#include <string.h>

#include "base/text.h"
#include "cascade/cascade.h"

/* A tree being written. */
typedef struct tree {
    const ntm_cascade *cascade;
    ntm_language language;
    size_t most;
    const ntm_allocator *allocator;
    ntm_i_writer writer;
    ntm_error *err;
} tree;

static const char *word(const tree *t, const char *vi, const char *en) { return t->language == NTM_VI ? vi : en; }

static void indent(tree *t, size_t depth) {
    for (size_t i = 0; i < depth; i++)
        ntm_i_write_text(&t->writer, "  ");
}

static ntm_status write_row(tree *t, size_t step, size_t row, size_t depth);

/* Marks the names under which a rule counts children, values that it names included; what lies below children speaks of
   other units. A value is gone into once. */
static void mark_counts(const ntm_i_stage *stage, ntm_node node, bool *counts, bool *values) {
    if (node == 0) return;
    const ntm_node_spec *spec = ntm_set_node(stage->set, node);
    bool over = spec->kind == NTM_COUNT || spec->kind == NTM_SHARE || spec->kind == NTM_EVERY;
    if (over && spec->over == NTM_OVER_CHILDREN) {
        for (size_t i = 0; i < stage->tally_count; i++)
            counts[i] = counts[i] || strcmp(stage->tallies[i].name, spec->name) == 0;
        return;
    }
    for (size_t i = 0; spec->kind == NTM_VALUE && i < ntm_set_value_count(stage->set); i++) {
        if (values[i] || strcmp(ntm_set_value(stage->set, i)->id, spec->name) != 0) continue;
        values[i] = true;
        mark_counts(stage, ntm_set_value(stage->set, i)->rule, counts, values);
    }
    for (size_t i = 0; i < spec->of_count; i++)
        mark_counts(stage, spec->of[i], counts, values);
    for (size_t i = 0; i < spec->band_count; i++)
        mark_counts(stage, spec->bands[i].requires_met, counts, values);
    mark_counts(stage, spec->knock_out, counts, values);
}

static ntm_status write_children(tree *t, size_t step, size_t index, size_t row, size_t depth) {
    const ntm_cascade *cascade = t->cascade;
    const ntm_i_tally_of *tally = &cascade->stages[step].tallies[index];
    if (tally->counts == NULL) return NTM_OK; /* the caller counted them: who they are is not known */
    ntm_child_counts c = tally->counts[row];
    indent(t, depth);
    ntm_i_writef(&t->writer, word(t, "%s: %llu/%llu đạt, %llu chưa có số liệu\n", "%s: %llu of %llu met, %llu open\n"),
                 tally->name, (unsigned long long)c.met, (unsigned long long)c.total, (unsigned long long)c.open);
    size_t count = 0, lacking = (size_t)(c.not_met + c.open);
    ntm_counted_child *children = ntm_i_allocate(t->allocator, (size_t)c.total, sizeof *children);
    if (children == NULL) return ntm_i_no_memory(t->err);
    ntm_status status = ntm_cascade_children(children, &count, (size_t)c.total, cascade, step, index, row, t->err);
    size_t shown = t->most == 0 || lacking < t->most ? lacking : t->most;
    for (size_t i = 0; status == NTM_OK && i < shown; i++) {
        if (children[i].step != SIZE_MAX) {
            status = write_row(t, children[i].step, children[i].row, depth + 1);
            continue;
        }
        indent(t, depth + 1);
        ntm_i_writef(&t->writer, "%s: %s\n", ntm_units_row(cascade->units, children[i].unit)->name,
                     ntm_verdict_text(children[i].verdict, t->language));
    }
    if (status == NTM_OK && shown < lacking) {
        indent(t, depth + 1);
        ntm_i_writef(&t->writer, word(t, "và %zu đơn vị khác\n", "and %zu others\n"), lacking - shown);
    }
    ntm_i_release(t->allocator, children, (size_t)c.total, sizeof *children);
    return status;
}

/* The children that the rules of a criterion or precondition count. */
static ntm_status write_counts(tree *t, size_t step, size_t row, ntm_of of, size_t index, size_t depth) {
    const ntm_i_stage *stage = &t->cascade->stages[step];
    const ntm_criterion *criterion = of == NTM_OF_CRITERION ? ntm_set_criterion(stage->set, index) : NULL;
    size_t values = ntm_set_value_count(stage->set), all = stage->tally_count + values;
    bool *counts = ntm_i_allocate(t->allocator, all, sizeof *counts);
    if (counts == NULL) return ntm_i_no_memory(t->err);
    mark_counts(stage, criterion != NULL ? criterion->rule : ntm_set_precondition(stage->set, index)->rule, counts,
                counts + stage->tally_count);
    for (size_t k = 0; criterion != NULL && k < criterion->indicator_count; k++)
        mark_counts(stage, ntm_set_indicator(stage->set, criterion->first_indicator + k)->rule, counts,
                    counts + stage->tally_count);
    ntm_status status = NTM_OK;
    for (size_t i = 0; status == NTM_OK && i < stage->tally_count; i++)
        if (counts[i]) status = write_children(t, step, i, row, depth);
    ntm_i_release(t->allocator, counts, all, sizeof *counts);
    return status;
}

/* One criterion or precondition in one line, and the children that its rules count. */
static ntm_status write_part(tree *t, size_t step, size_t row, ntm_of of, size_t index, size_t depth) {
    ntm_explanation *explanation = NULL;
    ntm_text *line = NULL;
    ntm_status status = ntm_cascade_explain(&explanation, t->cascade, step, row, of, index, t->allocator, t->err);
    if (status == NTM_OK) status = ntm_explanation_line(&line, explanation, t->language, t->allocator, t->err);
    if (status == NTM_OK) {
        indent(t, depth);
        ntm_i_write_text(&t->writer, ntm_text_data(line));
        ntm_i_write_text(&t->writer, "\n");
    }
    ntm_text_free(line);
    ntm_explanation_free(explanation);
    return status == NTM_OK ? write_counts(t, step, row, of, index, depth + 1) : status;
}

/* Steps only look at earlier ones, so this ends. */
static ntm_status write_row(tree *t, size_t step, size_t row, size_t depth) {
    const ntm_i_stage *stage = &t->cascade->stages[step];
    ntm_verdict verdict = ntm_attainment_status(stage->result, row);
    ntm_status status = NTM_OK;
    indent(t, depth);
    ntm_i_writef(&t->writer, "%s: %s %s\n", ntm_units_row(t->cascade->units, stage->of[row])->name,
                 ntm_verdict_text(verdict, t->language), ntm_set_about(stage->set)->id);
    if (verdict == NTM_MET) return NTM_OK;
    for (size_t i = 0; status == NTM_OK && i < ntm_set_criterion_count(stage->set); i++)
        if (ntm_attainment_criterion(stage->result, row, i) != NTM_MET)
            status = write_part(t, step, row, NTM_OF_CRITERION, i, depth + 1);
    for (size_t i = 0; status == NTM_OK && i < ntm_set_precondition_count(stage->set); i++)
        if (ntm_attainment_precondition(stage->result, row, i) != NTM_MET)
            status = write_part(t, step, row, NTM_OF_PRECONDITION, i, depth + 1);
    return status;
}

ntm_status ntm_cascade_tree(ntm_text **out, const ntm_cascade *cascade, size_t step, size_t row, ntm_language language,
                            size_t most, const ntm_allocator *allocator, ntm_error *err) {
    if (out == NULL || cascade == NULL || step >= cascade->stage_count || row >= cascade->stages[step].rows)
        return ntm_i_wrong_call(err, "a place for the text, a cascade, and a step and a row of it are needed");
    if ((language != NTM_VI && language != NTM_EN) || !ntm_i_allocator_usable(allocator))
        return ntm_i_wrong_call(err, "a language and a whole allocator are needed");
    tree t = {cascade, language, most, allocator, {.failed = false}, err};
    ntm_i_writer_start(&t.writer, allocator);
    ntm_status status = write_row(&t, step, row, 0);
    if (status == NTM_OK) return ntm_i_writer_finish(out, &t.writer, err);
    ntm_i_writer_end(&t.writer);
    return status;
}
