/* SPDX-License-Identifier: Apache-2.0 */
/* A criteria set as plain Python objects: dicts of text, numbers and tuples, which ntm/criteria.py makes typed. */
#include "core.h"

/* Every maker below gives a new reference, or NULL with an exception set. */

static PyObject *names_of(const ntm_names *names) { return Py_BuildValue("(zz)", names->vi, names->en); }

static PyObject *decimal_of(ntm_decimal value) {
    return Py_BuildValue("(Li)", (long long)value.coefficient, (int)value.scale);
}

static PyObject *bound_of(bool has, ntm_decimal value) { return has ? decimal_of(value) : Py_NewRef(Py_None); }

static PyObject *texts_of(const char *const *texts, size_t count) {
    PyObject *out = PyTuple_New((Py_ssize_t)count);
    for (size_t i = 0; out && i < count; i++) {
        PyObject *text = core_text(texts[i]);
        if (text)
            PyTuple_SetItem(out, (Py_ssize_t)i, text);
        else
            Py_CLEAR(out);
    }
    return out;
}

static PyObject *citation_of(const ntm_citation *it) {
    PyObject *sources = texts_of(it->sources, it->source_count);
    return sources ? Py_BuildValue("{s:i,s:N,s:z,s:z}", "standing", (int)it->standing, "sources", sources, "note",
                                   it->note, "overlay", it->overlay)
                   : NULL;
}

/* A tuple of `count` things, each made by `make`. */
static PyObject *list_of(const core_set *set, size_t count, PyObject *(*make)(const ntm_set *set, size_t index)) {
    PyObject *out = PyTuple_New((Py_ssize_t)count);
    for (size_t i = 0; out && i < count; i++) {
        PyObject *one = make(set->it, i);
        if (one)
            PyTuple_SetItem(out, (Py_ssize_t)i, one);
        else
            Py_CLEAR(out);
    }
    return out;
}

static PyObject *source_at(const ntm_set *set, size_t index) {
    const ntm_source *it = ntm_set_source(set, index);
    return Py_BuildValue("{s:z,s:z,s:z}", "id", it->id, "where", it->where, "what", it->what);
}

static PyObject *axis_at(const ntm_set *set, size_t index) {
    const ntm_axis *it = ntm_set_axis(set, index);
    PyObject *names = PyTuple_New((Py_ssize_t)it->value_count);
    for (size_t i = 0; names && i < it->value_count; i++) {
        PyObject *one = it->names ? names_of(&it->names[i]) : Py_BuildValue("(OO)", Py_None, Py_None);
        if (one)
            PyTuple_SetItem(names, (Py_ssize_t)i, one);
        else
            Py_CLEAR(names);
    }
    if (!names) return NULL;
    return Py_BuildValue("{s:z,s:N,s:N,s:N}", "id", it->id, "name", names_of(&it->name), "values",
                         texts_of(it->values, it->value_count), "value_names", names);
}

static PyObject *dimension_at(const ntm_set *set, size_t index) {
    const ntm_dimension *it = ntm_set_dimension(set, index);
    return Py_BuildValue("{s:z,s:N}", "id", it->id, "members", texts_of(it->members, it->member_count));
}

static PyObject *fact_at(const ntm_set *set, size_t index) {
    const ntm_fact *it = ntm_set_fact(set, index);
    return Py_BuildValue("{s:z,s:N,s:i,s:z,s:N,s:N,s:z,s:z,s:N,s:i,s:z,s:(zz),s:i,s:i,s:i}", "id", it->id, "name",
                         names_of(&it->name), "kind", (int)it->kind, "unit", it->unit, "least",
                         bound_of(it->has_least, it->least), "most", bound_of(it->has_most, it->most), "part_of",
                         it->part_of, "by", it->by, "levels", texts_of(it->levels, it->level_count), "merge",
                         (int)it->merge, "merge_weight", it->merge_weight, "merge_parts", it->merge_parts[0],
                         it->merge_parts[1], "over_time", (int)it->over_time, "closed_by", (int)it->closed_by,
                         "closing", (int)ntm_fact_closing(it));
}

static PyObject *cells_of(const ntm_figure *figure) {
    PyObject *out = PyTuple_New((Py_ssize_t)figure->value_count);
    for (size_t i = 0; out && i < figure->value_count; i++) {
        const ntm_figure_value *cell = &figure->values[i];
        PyObject *one = Py_BuildValue("{s:N,s:N,s:N}", "keys", texts_of(cell->keys, figure->axis_count), "value",
                                      decimal_of(cell->value), "citation", citation_of(&cell->citation));
        if (one)
            PyTuple_SetItem(out, (Py_ssize_t)i, one);
        else
            Py_CLEAR(out);
    }
    return out;
}

static PyObject *figure_at(const ntm_set *set, size_t index) {
    const ntm_figure *it = ntm_set_figure(set, index);
    return Py_BuildValue("{s:z,s:z,s:N,s:N,s:O,s:z,s:N,s:N}", "id", it->id, "unit", it->unit, "axes",
                         texts_of(it->axes, it->axis_count), "cells", cells_of(it), "interpolate",
                         it->interpolate ? Py_True : Py_False, "delegated_to", it->delegated_to, "general",
                         bound_of(it->has_general, it->general), "citation", citation_of(&it->citation));
}

static PyObject *criterion_at(const ntm_set *set, size_t index) {
    const ntm_criterion *it = ntm_set_criterion(set, index);
    return Py_BuildValue("{s:z,s:N,s:z,s:N,s:N}", "id", it->id, "name", names_of(&it->name), "group", it->group,
                         "citation", citation_of(&it->citation), "indicators",
                         Py_BuildValue("(nn)", (Py_ssize_t)it->first_indicator, (Py_ssize_t)it->indicator_count));
}

static PyObject *indicator_at(const ntm_set *set, size_t index) {
    const ntm_indicator *it = ntm_set_indicator(set, index);
    return Py_BuildValue("{s:z,s:N,s:O,s:N}", "id", it->id, "name", names_of(&it->name), "has_rule",
                         it->rule ? Py_True : Py_False, "citation", citation_of(&it->citation));
}

static PyObject *precondition_at(const ntm_set *set, size_t index) {
    const ntm_precondition *it = ntm_set_precondition(set, index);
    return Py_BuildValue("{s:z,s:N,s:O,s:N}", "id", it->id, "name", names_of(&it->name), "has_rule",
                         it->rule ? Py_True : Py_False, "citation", citation_of(&it->citation));
}

static PyObject *value_at(const ntm_set *set, size_t index) {
    const ntm_value *it = ntm_set_value(set, index);
    return Py_BuildValue("{s:z,s:N,s:z,s:N,s:N,s:O,s:N}", "id", it->id, "name", names_of(&it->name), "unit", it->unit,
                         "least", bound_of(it->has_least, it->least), "most", bound_of(it->has_most, it->most),
                         "has_rule", it->rule ? Py_True : Py_False, "citation", citation_of(&it->citation));
}

static PyObject *scope_at(const ntm_set *set, size_t index) {
    const ntm_scope *it = ntm_set_scope(set, index);
    return Py_BuildValue("{s:z,s:z,s:N}", "axis", it->axis, "use", it->use, "citation", citation_of(&it->citation));
}

static PyObject *recogniser_at(const ntm_set *set, size_t index) {
    const ntm_recogniser *it = ntm_set_recogniser(set, index);
    return Py_BuildValue("{s:N,s:N,s:N,s:N,s:N}", "by", names_of(&it->by), "classes",
                         texts_of(it->classes, it->class_count), "from", core_date(it->from), "to", core_date(it->to),
                         "citation", citation_of(&it->citation));
}

static PyObject *counterpart_at(const ntm_set *set, size_t index) {
    const ntm_counterpart *it = ntm_set_counterpart(set, index);
    return Py_BuildValue("(zzO)", it->id, it->of, it->is_criterion ? Py_True : Py_False);
}

static PyObject *instrument_of(const ntm_instrument *it) {
    return Py_BuildValue("{s:z,s:z,s:N,s:N,s:N,s:N,s:N}", "number", it->number, "issuer", it->issuer, "title",
                         names_of(&it->title), "signed_on", core_date(it->signed_on), "in_force_from",
                         core_date(it->in_force_from), "in_force_to", core_date(it->in_force_to), "citation",
                         citation_of(&it->citation));
}

PyObject *core_set_about(const core_set *set) {
    const ntm_set_spec *it = ntm_set_about(set->it);
    PyObject *instrument = instrument_of(&it->instrument);
    if (!instrument) return NULL;
    return Py_BuildValue("{s:z,s:N,s:z,s:z,s:z,s:z,s:z,s:N,s:N,s:z,s:z,s:z,s:I,s:N}", "id", it->id, "title",
                         names_of(&it->title), "programme", it->programme, "level", it->level, "tier", it->tier,
                         "place", it->place, "note", it->note, "overlays", texts_of(it->overlays, it->overlay_count),
                         "instrument", instrument, "follows", it->follows, "follows_note", it->follows_note,
                         "revocation_by", it->revocation_by, "validity_months", (unsigned)it->validity.months,
                         "validity_citation", citation_of(&it->validity.citation));
}

/* The labels of the bands of the set's grade, from low to high; empty without a grade. */
static PyObject *grade_labels(const core_set *set) {
    ntm_node grade = 0;
    ntm_set_rules(set->it, NULL, NULL, &grade);
    const ntm_node_spec *spec = ntm_set_node(set->it, grade);
    PyObject *out = PyTuple_New(spec ? (Py_ssize_t)spec->band_count : 0);
    for (size_t i = 0; out && spec && i < spec->band_count; i++) {
        PyObject *label = core_text(spec->bands[i].label);
        if (label)
            PyTuple_SetItem(out, (Py_ssize_t)i, label);
        else
            Py_CLEAR(out);
    }
    return out;
}

PyObject *core_set_parts(const core_set *set) {
    const ntm_set *it = set->it;
    return Py_BuildValue(
        "{s:N,s:N,s:N,s:N,s:N,s:N,s:N,s:N,s:N,s:N,s:N,s:N,s:N}", "sources",
        list_of(set, ntm_set_source_count(it), source_at), "axes", list_of(set, ntm_set_axis_count(it), axis_at),
        "dimensions", list_of(set, ntm_set_dimension_count(it), dimension_at), "facts",
        list_of(set, ntm_set_fact_count(it), fact_at), "figures", list_of(set, ntm_set_figure_count(it), figure_at),
        "criteria", list_of(set, ntm_set_criterion_count(it), criterion_at), "indicators",
        list_of(set, ntm_set_indicator_count(it), indicator_at), "preconditions",
        list_of(set, ntm_set_precondition_count(it), precondition_at), "grade", grade_labels(set), "values",
        list_of(set, ntm_set_value_count(it), value_at), "scopes", list_of(set, ntm_set_scope_count(it), scope_at),
        "recognisers", list_of(set, ntm_set_recogniser_count(it), recogniser_at), "counterparts",
        list_of(set, ntm_set_counterpart_count(it), counterpart_at));
}

PyObject *core_overlay_about(const core_overlay *overlay) {
    return Py_BuildValue("{s:z,s:z,s:i,s:z,s:i,s:N}", "id", ntm_overlay_id(overlay->it), "of",
                         ntm_overlay_of(overlay->it), "standing", (int)ntm_overlay_standing(overlay->it), "place",
                         ntm_overlay_place(overlay->it), "rank", (int)ntm_overlay_rank(overlay->it), "instrument",
                         instrument_of(ntm_overlay_instrument(overlay->it)));
}
