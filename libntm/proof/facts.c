/* SPDX-License-Identifier: Apache-2.0 */
/* Facts and axes of a proof, as they stand in its text. */
#include "proof/proof.h"

#include <stdio.h>
#include <string.h>

void ntm_i_proof_write_value(ntm_i_json *json, const ntm_i_input *input, ntm_i_rational own, ntm_verdict flag) {
    ntm_i_json_key(json, "value");
    if (input->kind == NTM_I_IN_NUMBER) {
        ntm_i_json_number(json, own);
        return;
    }
    const char *text = flag == NTM_MET ? "yes" : "no";
    if (input->kind == NTM_I_IN_LEVEL) text = input->fact->levels[ntm_i_rational_floor(own)];
    ntm_i_json_text(json, text, strlen(text));
}

static void write_fact(ntm_i_json *json, const ntm_i_trace *trace, const ntm_i_claim *claim, uint32_t at) {
    static const char *const kinds[] = {"", "number", "flag", "level"};
    static const char *const states[] = {"not reported", "reported", "not applicable"};
    const ntm_i_given *given = &ntm_i_trace_givens(trace)[at];
    const ntm_i_input *input = ntm_i_trace_input(trace, given);
    bool open = given->state == NTM_NOT_REPORTED;
    ntm_i_json_open(json, '{');
    ntm_i_json_put(json, "kind", kinds[input->kind]);
    if (open && given->has_limit[0]) ntm_i_json_put_number(json, "least", given->limit[0]);
    if (open && given->has_limit[1]) ntm_i_json_put_number(json, "most", given->limit[1]);
    ntm_i_json_put(json, "name", input->name);
    if (claim->notes != NULL) ntm_i_json_put(json, "period", claim->notes[at].period);
    if (input->kind == NTM_I_IN_NUMBER) ntm_i_json_put_integer(json, "power", input->power);
    if (claim->fact_proofs != NULL && claim->fact_proofs[at] != NTM_I_NONE)
        ntm_i_json_put_integer(json, "proof", claim->fact_proofs[at]);
    if (claim->notes != NULL) ntm_i_json_put_day(json, "recorded_on", claim->notes[at].recorded_on);
    ntm_i_json_put(json, "state", states[given->state]);
    if (input->fact != NULL) ntm_i_json_put(json, "unit", input->fact->unit);
    if (given->state == NTM_REPORTED) ntm_i_proof_write_value(json, input, given->own, given->flag);
    ntm_i_json_close(json, '}');
}

void ntm_i_proof_write_facts(ntm_i_json *json, const ntm_i_trace *trace, const ntm_i_claim *claim,
                             const uint32_t *order) {
    ntm_i_json_key(json, "facts");
    ntm_i_json_open(json, '[');
    for (size_t i = 0; i < trace->givens.count; i++)
        write_fact(json, trace, claim, order[i]);
    ntm_i_json_close(json, ']');
}

/* ------------------------------------------------------------------------------------------- axes */

static bool goes_by(const ntm_i_trace *trace, uint32_t axis) {
    for (size_t i = 0; i < trace->steps.count; i++) {
        uint32_t threshold = ntm_i_trace_steps(trace)[i].threshold;
        if (threshold == NTM_I_NONE) continue;
        const ntm_i_keyspace *space =
            &ntm_i_plan_keyspaces(trace->plan)[ntm_i_plan_thresholds(trace->plan)[threshold].keyspace];
        for (uint32_t k = 0; k < space->axis_count; k++)
            if (space->axes[k] == axis) return true;
    }
    return false;
}

const char *ntm_i_proof_axis_value(const ntm_i_trace *trace, uint32_t axis_at, char year[16]) {
    const ntm_i_plan_axis *axis = &trace->plan->axes[axis_at];
    ntm_i_load(trace->x.run, axis->input);
    uint32_t place = ntm_i_place_of_row(trace->x.run, axis, trace->x.row);
    if (place >= axis->size) return NULL;
    if (!axis->is_year) return axis->axis->values[place];
    (void)snprintf(year, 16, "%d", axis->first_year + (int)place);
    return year;
}

static void write_axis(ntm_i_json *json, const ntm_i_trace *trace, uint32_t at) {
    const ntm_i_plan_axis *axis = &trace->plan->axes[at];
    char year[16];
    bool column = trace->x.run->bounds[axis->input].column != NULL;
    ntm_i_json_open(json, '{');
    ntm_i_json_put(json, "axis", axis->axis->id);
    ntm_i_json_put(json, "from", column ? "column" : axis->fixed ? "fixed" : axis->is_year ? "date" : NULL);
    ntm_i_json_put(json, "value", ntm_i_proof_axis_value(trace, at, year));
    ntm_i_json_close(json, '}');
}

/* Sorted by id. A set has few axes. */
void ntm_i_proof_write_axes(ntm_i_json *json, const ntm_i_trace *trace) {
    const ntm_set *set = trace->set;
    const char *last = NULL;
    bool any = false;
    for (;;) {
        uint32_t next = NTM_I_NONE;
        for (uint32_t i = 0; i < set->axis_count; i++) {
            const char *id = set->axes[i].id;
            if (last != NULL && strcmp(id, last) <= 0) continue;
            if ((next == NTM_I_NONE || strcmp(id, set->axes[next].id) < 0) && goes_by(trace, i)) next = i;
        }
        if (next == NTM_I_NONE) break;
        if (!any) {
            ntm_i_json_key(json, "axes");
            ntm_i_json_open(json, '[');
        }
        any = true;
        write_axis(json, trace, next);
        last = set->axes[next].id;
    }
    if (any) ntm_i_json_close(json, ']');
}
