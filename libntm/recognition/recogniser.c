/* SPDX-License-Identifier: Apache-2.0 */
/* What a set says about recognition. */
#include <string.h>

#include "base/text.h"
#include "recognition/register.h"

ntm_status_rule ntm_status_rule_of(const ntm_set *set) {
    ntm_status_rule rule = NTM_STATUS_RULE_INIT;
    const ntm_set_spec *about = set == NULL ? NULL : ntm_set_about(set);
    if (about == NULL) return rule;
    rule.status = about->id;
    rule.law_from = about->instrument.in_force_from;
    rule.months = about->validity.months;
    if (rule.months > 0) rule.lasting = NTM_LASTING_MONTHS;
    return rule;
}

static bool is_class(const ntm_set *set, const char *label) {
    ntm_node grade = 0;
    ntm_set_rules(set, NULL, NULL, &grade);
    const ntm_node_spec *node = ntm_set_node(set, grade);
    for (size_t i = 0; node != NULL && i < node->band_count; i++)
        if (strcmp(node->bands[i].label, label) == 0) return true;
    return false;
}

static bool covers(const ntm_recogniser *entry, const char *label, ntm_date on) {
    if ((entry->from != NTM_DATE_NONE && on < entry->from) || (entry->to != NTM_DATE_NONE && on > entry->to))
        return false;
    for (size_t i = 0; i < entry->class_count; i++)
        if (label != NULL && strcmp(entry->classes[i], label) == 0) return true;
    return entry->class_count == 0;
}

ntm_status ntm_recogniser_find(const ntm_recogniser **out, const ntm_set *set, const char *label, ntm_date on,
                               ntm_error *err) {
    if (out == NULL || set == NULL || !ntm_i_date_is(on))
        return ntm_i_fail(err, NTM_ERROR_ARGUMENT, NTM_I_NOWHERE, "a place for the answer, a set and a day are needed");
    const ntm_recogniser *found = NULL;
    ntm_i_place place = NTM_I_SUBJECT(ntm_set_about(set)->id);
    char day[NTM_I_DAY_SIZE];
    ntm_i_day_text(day, on);
    if (label != NULL && !is_class(set, label))
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, place, "\"%s\" is no class of its grade", label);
    if (ntm_set_recogniser_count(set) == 0)
        return ntm_i_fail(err, NTM_ERROR_NOT_FOUND, place, "the set does not say who recognises");
    for (size_t i = 0; i < ntm_set_recogniser_count(set); i++) {
        const ntm_recogniser *entry = ntm_set_recogniser(set, i);
        if (!covers(entry, label, on)) continue;
        if (found != NULL)
            return ntm_i_fail(err, NTM_ERROR_CONFLICT, place, "two say who recognises on %s: %s; %s", day,
                              found->by.vi != NULL ? found->by.vi : found->by.en,
                              entry->by.vi != NULL ? entry->by.vi : entry->by.en);
        found = entry;
    }
    if (found == NULL)
        return ntm_i_fail(err, NTM_ERROR_NOT_IN_FORCE, place, "nothing says who recognises%s%s on %s",
                          label == NULL ? "" : " class ", label == NULL ? "" : label, day);
    *out = found;
    return NTM_OK;
}
