/* SPDX-License-Identifier: Apache-2.0 */
/* The code words: they are frozen, like the values of a status. */
#include "lint/codes.h"

#include <string.h>

static const ntm_i_code_about codes[NTM_I_CODES] = {
    [NTM_I_FIGURE_WITHOUT_SOURCE] = {"figure-without-source", NTM_SEVERITY_ERROR,
                                     "A figure, or its general figure, names no source."},
    [NTM_I_FIGURE_HOLES] = {"figure-holes", NTM_SEVERITY_WARNING,
                            "Some cells of a table of figures are known and others are not."},
    [NTM_I_DELEGATED_WITH_VALUE] = {"delegated-with-value", NTM_SEVERITY_WARNING,
                                    "A figure is left to somebody else to set, and has a value all the same."},
    [NTM_I_GENERAL_NO_CELL] = {"general-no-cell", NTM_SEVERITY_REMARK,
                               "The general figure beside a table is that of no cell."},
    [NTM_I_FIGURE_BOTH_SIGNS] = {"figure-both-signs", NTM_SEVERITY_WARNING,
                                 "One figure is a floor in one rule and a ceiling in another."},
    [NTM_I_RESTS_ON_NOTHING] = {"rests-on-nothing", NTM_SEVERITY_WARNING,
                                "A rule names no source, and neither does what it belongs to."},
    [NTM_I_NEVER_MET] = {"never-met", NTM_SEVERITY_ERROR,
                         "A condition that no fact can meet, such as a share above 100 %."},
    [NTM_I_ALWAYS_MET] = {"always-met", NTM_SEVERITY_WARNING,
                          "A condition that every fact meets, such as a share of at most 100 %."},
    [NTM_I_CONTRADICTION] = {"contradiction", NTM_SEVERITY_ERROR,
                             "Conditions that are wanted together exclude each other."},
    [NTM_I_WEIGHTS_SUM] = {"weights-sum", NTM_SEVERITY_ERROR, "The weights of a weighted sum do not add up to one."},
    [NTM_I_LADDER_REPEATED] = {"ladder-repeated", NTM_SEVERITY_WARNING, "Two steps of a ladder give the same points."},
    [NTM_I_LADDER_ORDER] = {"ladder-order", NTM_SEVERITY_WARNING,
                            "The steps of a ladder neither rise nor fall throughout."},
    [NTM_I_LADDER_GAP] = {"ladder-gap", NTM_SEVERITY_WARNING,
                          "Values between two steps of a ladder belong to neither."},
    [NTM_I_LADDER_OVERLAP] = {"ladder-overlap", NTM_SEVERITY_WARNING, "Values belong to two steps of a ladder."},
    [NTM_I_LADDER_MAXIMA] = {"ladder-maxima", NTM_SEVERITY_ERROR,
                             "What a value can reach is not what the law declares for it."},
    [NTM_I_BANDS_SHORT] = {"bands-short", NTM_SEVERITY_WARNING, "The graded quantity can reach what no class holds."},
    [NTM_I_CLASS_UNREACHABLE] = {"class-unreachable", NTM_SEVERITY_ERROR, "Nothing can reach a class."},
    [NTM_I_UNUSED_FACT] = {"unused-fact", NTM_SEVERITY_WARNING, "No rule uses a fact."},
    [NTM_I_UNUSED_FIGURE] = {"unused-figure", NTM_SEVERITY_WARNING, "No rule uses a figure."},
    [NTM_I_UNUSED_AXIS] = {"unused-axis", NTM_SEVERITY_REMARK, "No figure and no scope uses an axis."},
    [NTM_I_UNUSED_SOURCE] = {"unused-source", NTM_SEVERITY_REMARK, "Nothing names a source."},
    [NTM_I_NO_RULE] = {"no-rule", NTM_SEVERITY_REMARK, "Indicators and preconditions without a rule, counted."},
    [NTM_I_NO_NAME] = {"no-name", NTM_SEVERITY_REMARK,
                       "Criteria, indicators and preconditions without a name, counted."},
    [NTM_I_SELF_REFERENCE] = {"self-reference", NTM_SEVERITY_ERROR, "A set refers to itself as if it were another."},
    [NTM_I_MISSING_SET] = {"missing-set", NTM_SEVERITY_ERROR, "A set refers to one that the catalogue does not have."},
    [NTM_I_MISSING_FIGURE] = {"missing-figure", NTM_SEVERITY_ERROR,
                              "A set takes a figure of another that the other does not have, or has in another unit."},
    [NTM_I_MISSING_COUNTERPART] = {"missing-counterpart", NTM_SEVERITY_ERROR,
                                   "A set pairs a row with one that the set before it does not have."},
    [NTM_I_UNKNOWN_STATUS] = {"unknown-status", NTM_SEVERITY_REMARK,
                              "A status that a rule asks for is no set of the catalogue: another standard, or a slip."},
    [NTM_I_REFERENCE_LOOP] = {"reference-loop", NTM_SEVERITY_ERROR, "Sets lean on each other in a circle."},
    [NTM_I_SUCCESSOR_LOOP] = {"successor-loop", NTM_SEVERITY_ERROR, "Sets follow each other in a circle."},
    [NTM_I_DAYS_UNKNOWN] = {"days-unknown", NTM_SEVERITY_REMARK, "The first day of a set in force is not known."},
    [NTM_I_DAYS_UNCOVERED] = {"days-uncovered", NTM_SEVERITY_WARNING,
                              "Between two sets for the same units lie days that neither covers."},
    [NTM_I_DAYS_DOUBLED] = {"days-doubled", NTM_SEVERITY_ERROR, "Two sets for the same units are in force on one day."},
    [NTM_I_SOURCE_DIFFERS] = {"source-differs", NTM_SEVERITY_WARNING, "A source has another address in another set."},
    [NTM_I_FACT_DIFFERS] = {"fact-differs", NTM_SEVERITY_ERROR,
                            "A fact has another kind, unit or scale in another set."},
    [NTM_I_FACT_RENAMED] = {"fact-renamed", NTM_SEVERITY_WARNING, "A fact has another name in another set."},
    [NTM_I_OPPOSITE_SIGNS] = {"opposite-signs", NTM_SEVERITY_WARNING,
                              "What has to be at least a figure in one set has to be at most one in another."},
    [NTM_I_OVERLAY_DOES_NOT_FIT] =
        {"overlay-does-not-fit", NTM_SEVERITY_ERROR,
         "An overlay cannot be laid over its set: it is weaker than a floor, say, or its place is taken."},
    [NTM_I_NOT_DELEGATED] = {"not-delegated", NTM_SEVERITY_WARNING,
                             "A province's overlay sets a figure that nobody is known to have left to it."},
    [NTM_I_OVERLAY_UNDATED] = {"overlay-undated", NTM_SEVERITY_REMARK,
                               "A cited overlay has no first day, so that it is never laid by itself."},
};

const ntm_i_code_about *ntm_i_code_of(ntm_i_code code) { return &codes[code]; }

const char *ntm_lint_code(size_t index) { return index < NTM_I_CODES ? codes[index].word : NULL; }

ntm_i_code ntm_i_code_named(const char *word) {
    size_t code = 0;
    while (code < NTM_I_CODES && (word == NULL || strcmp(codes[code].word, word) != 0))
        code++;
    return (ntm_i_code)code;
}

const char *ntm_lint_meaning(const char *code) {
    ntm_i_code found = ntm_i_code_named(code);
    return found < NTM_I_CODES ? codes[found].meaning : NULL;
}
