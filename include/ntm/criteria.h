/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file criteria.h
 * @brief Criteria sets: the fact dictionary, figures, the rule algebra, and frozen sets made of them.
 *
 * A set is made by an ::ntm_set_builder (or read from YAML, see catalogue.h), checked as a whole and frozen. Reading a
 * frozen set is safe from any thread; everything returned is borrowed from the set.
 */
#ifndef NTM_CRITERIA_H
#define NTM_CRITERIA_H

#include <ntm/base.h>
#include <ntm/number.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup criteria Criteria sets
 *  @{ */

/** The same text in two languages; a language that is missing is NULL. */
typedef struct ntm_names {
    const char *vi; /**< Vietnamese, as the law prints it. */
    const char *en; /**< English. */
} ntm_names;

/** How far a statement of law can be relied on. */
typedef enum ntm_standing {
    NTM_CITED = 1,      /**< Read in a source that is named. */
    NTM_UNVERIFIED = 2, /**< From memory, or sources disagree: lives in an overlay that a caller must ask for. */
    NTM_ABSENT = 3      /**< Nobody has read it: what needs it is open. */
} ntm_standing;

/** Where a figure, a rule or a name was read. */
typedef struct ntm_source {
    const char *id;    /**< Short name used in the file: "S9". */
    const char *where; /**< Address or reference. */
    const char *what;  /**< What it is. */
} ntm_source;

/** The sources of one statement, and how far it can be relied on. */
typedef struct ntm_citation {
    ntm_standing standing;       /**< Cited, unverified or absent. */
    const char *const *sources;  /**< `source_count` ids of sources of the set. */
    size_t source_count;         /**< Number of sources. */
    const char *note;            /**< Anything a reader has to know; NULL if nothing. */
    const char *overlay;         /**< The overlay it came from; NULL = the set itself. Filled by the library. */
} ntm_citation;

/* ------------------------------------------------------------------------------------------- facts */

/** What sort of thing a fact is. */
typedef enum ntm_fact_kind {
    NTM_KIND_FLAG = 1,   /**< Yes or no: a road plan has been approved. */
    NTM_KIND_COUNT = 2,  /**< Whole things: households. */
    NTM_KIND_AMOUNT = 3, /**< A measured amount: km, m2. */
    NTM_KIND_SHARE = 4,  /**< A share whose parts are not known, in its unit (usually %). */
    NTM_KIND_LEVEL = 5,  /**< A place on an ordered scale: trung bình, khá, tốt. */
    NTM_KIND_MONEY = 6,  /**< Money, in its unit. */
    NTM_KIND_DATE = 7    /**< A day. */
} ntm_fact_kind;

/** How the facts of merged units become the fact of the new unit. */
typedef enum ntm_merge {
    NTM_MERGE_SUM = 1,      /**< Add. */
    NTM_MERGE_RATIO = 2,    /**< Recompute from the sums of its parts; only a rule over counts can. */
    NTM_MERGE_WEIGHTED = 3, /**< Mean weighted by another fact. */
    NTM_MERGE_ALL = 4,      /**< Yes if yes in all. */
    NTM_MERGE_ANY = 5,      /**< Yes if yes in one. */
    NTM_MERGE_MIN = 6,      /**< Smallest. */
    NTM_MERGE_MAX = 7,      /**< Largest. */
    NTM_MERGE_REASSESS = 8  /**< Open until someone looks again. */
} ntm_merge;

/** How the facts of periods become the fact of a longer period. Values are frozen. */
typedef enum ntm_over_time {
    NTM_TIME_UNSAID = 0, /**< Nobody has said: putting periods together is an error that names the fact. */
    NTM_TIME_FLOW = 1,   /**< Happens during a period: add. Only counts, amounts and money. */
    NTM_TIME_STOCK = 2,  /**< Is there at a moment: the value of the last period. */
    NTM_TIME_MIN = 3,    /**< Smallest of the periods. */
    NTM_TIME_MAX = 4     /**< Largest of the periods. */
} ntm_over_time;

/** What closes a gap in a fact. Values are frozen. */
typedef enum ntm_closing {
    NTM_CLOSING_UNSAID = 0,     /**< Nobody has said: by its kind, ntm_fact_closing(). */
    NTM_CLOSING_WORK = 1,       /**< Work: build, train, connect, pay. */
    NTM_CLOSING_ACT = 2,        /**< An act that somebody has to issue, approve or sign: a decision, a plan. */
    NTM_CLOSING_ASSESSMENT = 3, /**< Somebody has to look, rate or ask again: a level, a survey of satisfaction, a
                                     recognition. */
    NTM_CLOSING_TIME = 4        /**< Only time: a date that has to come. */
} ntm_closing;

/** One entry of the fact dictionary. */
typedef struct ntm_fact {
    const char *id;        /**< Unique in the set: letters, digits, '-', '_', '.'. */
    ntm_names name;        /**< What it is. */
    ntm_fact_kind kind;    /**< Sort. */
    const char *unit;      /**< Unit of its values (docs/units.md), e.g. "household", "%"; NULL for flags, levels,
                                dates. */
    bool has_least;        /**< A natural lower bound is given. Counts have 0 anyway; shares in % have 0 and 100. */
    bool has_most;         /**< A natural upper bound is given. */
    ntm_decimal least;     /**< No value may be below; an unreported one is at least this. */
    ntm_decimal most;      /**< No value may be above. */
    const char *part_of;   /**< A fact of the same unit that this one may not exceed; NULL = none. */
    const char *by;        /**< A dimension (e.g. "sex") over whose members it is reported; NULL = none. */
    const char *const *levels; /**< ::NTM_KIND_LEVEL: the scale from low to high. */
    size_t level_count;        /**< Number of levels. */
    ntm_merge merge;           /**< How it merges. */
    const char *merge_weight;  /**< The fact that weighs ::NTM_MERGE_WEIGHTED. */
    const char *merge_parts[2]; /**< ::NTM_MERGE_RATIO: the facts whose ratio it is, [0] / [1]; both NULL = not said, then
                                     merging leaves it open. Their units divided measure what `unit` does. */
    ntm_over_time over_time;   /**< How it goes from periods to longer periods. */
    ntm_closing closed_by;     /**< What closes a gap in it; ntm_fact_closing() answers where nobody has said. */
} ntm_fact;

/** Members over which some facts are reported apart: sex {female, male}. */
typedef struct ntm_dimension {
    const char *id;             /**< Unique in the set. */
    const char *const *members; /**< Member ids. */
    size_t member_count;        /**< At least 1. */
} ntm_dimension;

/** A key of figures: region, class, group, year. Its values are text, "year" takes years. */
typedef struct ntm_axis {
    const char *id;            /**< Unique in the set. The axis "year" is filled from the date when no column is
                                    given. */
    ntm_names name;            /**< What it is. */
    const char *const *values; /**< Allowed values. */
    const ntm_names *names;    /**< Their names; NULL = none. */
    size_t value_count;        /**< At least 1. */
} ntm_axis;

/** One cell of a figure. */
typedef struct ntm_figure_value {
    const char *const *keys;   /**< One value per axis of the figure, in its order. */
    ntm_decimal value;         /**< The threshold, in the figure's unit. */
    ntm_citation citation;     /**< Where it was read; no sources = those of the figure. */
} ntm_figure_value;

/** A threshold of law: one number, or a table over axes. A cell that is not given is absent, and what needs it is
 * open. */
typedef struct ntm_figure {
    const char *id;                 /**< Unique in the set. */
    const char *unit;               /**< Unit of its values. */
    const char *const *axes;        /**< Ids of its axes, at most 4; none = one number for all. */
    size_t axis_count;              /**< Number of axes. */
    const ntm_figure_value *values; /**< The known cells. */
    size_t value_count;             /**< Number of known cells. */
    bool interpolate;               /**< Between two years of axis "year" the straight line holds, because the law says
                                         so. */
    const char *delegated_to;       /**< Who sets it when the law leaves it open; NULL = nobody. */
    bool has_general;               /**< The law prints a general figure beside the table. */
    ntm_decimal general;            /**< The general figure; told in explanations, never used in place of an absent
                                         cell. */
    ntm_citation citation;          /**< Sources of the whole figure. */
} ntm_figure;

/* ------------------------------------------------------------------------------------------- the algebra */

/** The kinds of node. Values are frozen. */
typedef enum ntm_node_kind {
    /* quantities: an exact number, or an interval while inputs are open */
    NTM_FACT = 1,        /**< The value of fact `name`. */
    NTM_CONSTANT = 2,    /**< `value` in `unit`. Dates: unit "date", days since 1970-01-01. */
    NTM_FIGURE = 3,      /**< The threshold of figure `name` for the unit's place, class and year. */
    NTM_SUM = 4,         /**< Sum of `of`. */
    NTM_DIFFERENCE = 5,  /**< of[0] - of[1]. */
    NTM_PRODUCT = 6,     /**< Product of `of`. */
    NTM_RATIO = 7,       /**< of[0] / of[1]; open when the divisor is or may be 0. */
    NTM_PAST = 8,        /**< Fact `name` of this unit at the earlier event `label`. */
    NTM_OF_PARENT = 9,   /**< Fact `name` of the unit's ancestor at level `label`. */
    NTM_AVERAGE = 10,    /**< Mean of fact `name` over the units of the ancestor at level `label`. */
    NTM_FIGURE_OF = 11,  /**< The threshold of figure `name` of the set `label`, for the same place, class and year. */
    NTM_COUNT = 12,      /**< How many over `over` satisfy of[0] (or, over criteria and indicators, are `verdict`). */
    NTM_SHARE = 13,      /**< That count divided by how many there are. */
    NTM_POINTS = 14,     /**< The highest `points[i]` whose condition of[i] is met; 0 when none is. */
    NTM_MINIMUM = 15,    /**< Smallest of `of`. */
    NTM_MAXIMUM = 16,    /**< Largest of `of`. */
    NTM_ROUNDED = 17,    /**< of[0] rounded to `value.scale` digits by `rounding`: only where the law says so. */
    NTM_VALUE = 18,     /**< The value `name` of this set (::ntm_value). */
    /* conditions: met, not met or open, by Kleene's strong logic */
    NTM_COMPARE = 32,       /**< of[0] `compare` of[1]. */
    NTM_ATTESTED = 33,      /**< The flag `name` is yes; `evidence` says which document shows it. */
    NTM_AT_LEVEL = 34,      /**< The level fact `name`, or the grade of[0], is at `label` or higher. */
    NTM_ALL = 35,           /**< All of `of`. */
    NTM_ANY = 36,           /**< One of `of`. */
    NTM_AT_LEAST = 37,      /**< At least `k` of `of`. */
    NTM_NOT = 38,           /**< Not of[0]. */
    NTM_HOLDS = 39,         /**< The unit holds the status `name` (a set, or another standard's name). */
    NTM_IF_APPLICABLE = 40, /**< of[0], or met where the fact `name` is not applicable ("nếu có"). */
    NTM_EVERY = 41,         /**< Each over `over` satisfies of[0]. */
    NTM_CRITERION = 42,     /**< The criterion `name` of this set is met. */
    NTM_INDICATOR = 43,     /**< The indicator `name` of this set is met. */
    /* grades: a place among ordered classes */
    NTM_GRADE = 64          /**< Bands over the quantity of[0]; see ::ntm_band. */
} ntm_node_kind;

/** Comparison signs. */
typedef enum ntm_comparison {
    NTM_LESS = 1,          /**< < */
    NTM_LESS_OR_EQUAL = 2, /**< <= */
    NTM_EQUAL = 3,         /**< = */
    NTM_MORE_OR_EQUAL = 4, /**< >= */
    NTM_MORE = 5           /**< > */
} ntm_comparison;

/** What a count, share or every runs over. */
typedef enum ntm_over {
    NTM_OVER_CRITERIA = 1,   /**< The set's criteria (all, or those of `members`). */
    NTM_OVER_INDICATORS = 2, /**< The set's indicators (all, or those of `members`). */
    NTM_OVER_MEMBERS = 3,    /**< The members of dimension `label`; facts inside are those reported by it. */
    NTM_OVER_CHILDREN = 4    /**< The units below, at level `label`; fed by the columns that docs/algebra.md names. */
} ntm_over;

/** The three values of a condition. */
typedef enum ntm_verdict {
    NTM_OPEN = 0,   /**< Chưa có số liệu: cannot be told from what is known. */
    NTM_MET = 1,    /**< Đạt. */
    NTM_NOT_MET = 2 /**< Chưa đạt. */
} ntm_verdict;

/** A node of a builder or set: a number from 1; 0 is no node. */
typedef uint32_t ntm_node;

/** One class of a grade. Bounds are written out; the library refuses gaps and overlaps. */
typedef struct ntm_band {
    const char *label;   /**< The class: "3", "khá". Unique in the grade. */
    ntm_names name;      /**< What it is called. */
    bool has_from;       /**< There is a lower bound (only the lowest class may lack it). */
    bool has_to;         /**< There is an upper bound (only the highest class may lack it). */
    bool from_open;      /**< The lower bound itself is outside. */
    bool to_open;        /**< The upper bound itself is outside. */
    ntm_decimal from;    /**< Lower bound in the unit of the quantity. */
    ntm_decimal to;      /**< Upper bound. */
    ntm_node requires_met; /**< A condition without which the class is not reached; 0 = none. */
    uint32_t line;       /**< Where it stands in a file, for messages; 0 = nowhere. */
    uint32_t column;     /**< Column of it. */
} ntm_band;

/** What a node is made of; fields that its kind does not name stay zero. Also what a set shows of its nodes. */
typedef struct ntm_node_spec {
    ntm_node_kind kind;          /**< The kind. */
    const char *name;            /**< Fact, figure, status, criterion or indicator; for children the name of the
                                      input. */
    const char *label;           /**< Event, level, class, dimension or set, as the kind says. */
    const ntm_node *of;          /**< The nodes below. */
    size_t of_count;             /**< Number of nodes below. */
    ntm_comparison compare;      /**< ::NTM_COMPARE. */
    uint32_t k;                  /**< ::NTM_AT_LEAST. */
    ntm_over over;               /**< ::NTM_COUNT, ::NTM_SHARE, ::NTM_EVERY. */
    ntm_verdict verdict;         /**< Over criteria or indicators: which verdict is counted; ::NTM_OPEN counts met. */
    const char *const *members;  /**< Over criteria or indicators: ids, when not all. */
    size_t member_count;         /**< Number of ids. */
    ntm_decimal value;           /**< ::NTM_CONSTANT; the scale of ::NTM_ROUNDED. */
    const char *unit;            /**< ::NTM_CONSTANT; NULL = a plain number. */
    const ntm_decimal *points;   /**< ::NTM_POINTS: one per node of `of`. */
    ntm_rounding rounding;       /**< ::NTM_ROUNDED. */
    const ntm_band *bands;       /**< ::NTM_GRADE: from low to high. */
    size_t band_count;           /**< Number of bands. */
    ntm_node knock_out;          /**< ::NTM_GRADE: a condition that, if met, leaves no class at all; 0 = none. */
    const char *evidence;        /**< ::NTM_ATTESTED: the document, its signer; NULL = not said. */
    ntm_citation citation;       /**< ::NTM_ROUNDED needs one; others may have one. */
    uint32_t line;               /**< Where it stands in a file, for messages; 0 = nowhere. */
    uint32_t column;             /**< Column of it. */
} ntm_node_spec;

/* ------------------------------------------------------------------------------------------- sets */

/** The legal act behind a set. */
typedef struct ntm_instrument {
    const char *number;     /**< "1980/QĐ-TTg". */
    const char *issuer;     /**< "Thủ tướng Chính phủ". */
    ntm_names title;        /**< Title. */
    ntm_date signed_on;     /**< ::NTM_DATE_NONE if not known. */
    ntm_date in_force_from; /**< First day; ::NTM_DATE_NONE if not known. */
    ntm_date in_force_to;   /**< Last day; ::NTM_DATE_NONE = still in force, or not known. */
    ntm_citation citation;  /**< Where number and dates were read. */
} ntm_instrument;

/** How long a recognition under a set lasts. */
typedef struct ntm_validity {
    uint32_t months;       /**< 36: three years from the day of recognition; 0 = not limited, or not known. */
    ntm_citation citation; /**< Where it was read. */
} ntm_validity;

/** What a set is about. */
typedef struct ntm_set_spec {
    const char *id;           /**< Unique in a catalogue. */
    ntm_names title;          /**< Title. */
    const char *programme;    /**< "ntm", "ocop", "poverty", "urban". */
    const char *level;        /**< Level of its units: "commune", "garden". */
    const char *tier;         /**< "standard", "advanced", "model". */
    const char *place;        /**< "VN", or the code of the province it holds in. */
    ntm_instrument instrument; /**< The act. */
    const char *note;         /**< NULL if nothing. */
    const char *const *overlays; /**< `overlay_count` ids of what was laid over it, in order; such a set is not the law
                                      alone. */
    size_t overlay_count;     /**< 0 for a set as it was read. */
    const char *follows;       /**< The set whose place this one takes; NULL = none. Its pairs are ::ntm_counterpart. */
    const char *follows_note;  /**< Anything a reader has to know about the pairing; NULL if nothing. */
    const char *revocation_by; /**< The set whose revocation rule its units are measured by; NULL = its own, if any. */
    ntm_validity validity;     /**< How long a recognition lasts. */
} ntm_set_spec;

/** An indicator: the smallest thing with a verdict. */
typedef struct ntm_indicator {
    const char *id;          /**< "17.1"; unique among criteria and indicators together, but may equal its criterion's
                                  id. */
    ntm_names name;          /**< Its text; NULL while nobody has read it. */
    ntm_node rule;           /**< A condition; 0 = absent, the verdict is open. */
    ntm_citation citation;   /**< Where it was read. */
} ntm_indicator;

/** A criterion: indicators under one number. */
typedef struct ntm_criterion {
    const char *id;          /**< "17"; unique among criteria. */
    ntm_names name;          /**< Its name. */
    const char *group;       /**< Heading it is printed under; NULL = none. */
    ntm_node rule;           /**< A condition over its indicators; 0 = all of them. */
    ntm_citation citation;   /**< Where it was read. */
    size_t first_indicator;  /**< Index of its first indicator. Filled by the library. */
    size_t indicator_count;  /**< Its indicators. Filled by the library. */
} ntm_criterion;

/** A condition for recognition beside the criteria: registration, no arrears, satisfaction. */
typedef struct ntm_precondition {
    const char *id;          /**< Unique among preconditions. */
    ntm_names name;          /**< Its text. */
    ntm_node rule;           /**< A condition; 0 = absent, open. */
    ntm_citation citation;   /**< Where it was read. */
} ntm_precondition;

/** A named quantity of a set that results give out beside the verdicts: total points, deprivations, a top-up. */
typedef struct ntm_value {
    const char *id;        /**< Unique among values. */
    ntm_names name;        /**< What it is. */
    const char *unit;      /**< The unit it is given out in; that of its rule at another scale, maybe. */
    bool has_least;        /**< The law declares the smallest it can be. */
    bool has_most;         /**< The law declares the largest it can be. */
    ntm_decimal least;     /**< In `unit`. Told by the lint when the rule can go below; never cuts a value off. */
    ntm_decimal most;      /**< In `unit`. Told by the lint when the rule cannot reach it or can go above. */
    ntm_node rule;         /**< A quantity; 0 = absent, the value is not known. */
    ntm_citation citation; /**< Where it was read. */
} ntm_value;

/**
 * A class of units that uses another column of an axis: extremely difficult communes use region TDMNPB, wherever they
 * lie. The first whose condition is met decides. While a condition is open, every figure over the axis lies between
 * the cells that could hold. All of a set speak of one axis, which is not "year".
 */
typedef struct ntm_scope {
    const char *axis;      /**< The axis. */
    const char *use;       /**< The value whose column holds instead. */
    ntm_node when;         /**< A condition over facts and held statuses alone: no figures, criteria or values. */
    ntm_citation citation; /**< Where it was read. */
} ntm_scope;

/** Who recognises, for some classes in some days. Days that no entry covers are not known. */
typedef struct ntm_recogniser {
    ntm_names by;               /**< The authority. */
    const char *const *classes; /**< Classes of the grade; none = all, or a set without a grade. */
    size_t class_count;         /**< Number of classes. */
    ntm_date from;              /**< First day; ::NTM_DATE_NONE = from the first. */
    ntm_date to;                /**< Last day; ::NTM_DATE_NONE = to the last. */
    ntm_citation citation;      /**< Where it was read. */
} ntm_recogniser;

/** A criterion or indicator of this set and the one of the set it follows that is about the same matter. */
typedef struct ntm_counterpart {
    const char *id;    /**< Here. */
    const char *of;    /**< There. */
    bool is_criterion; /**< Criteria are paired; otherwise indicators. */
} ntm_counterpart;

/** A set being made. One thread at a time. */
typedef struct ntm_set_builder ntm_set_builder;
/** A frozen set. Any number of threads. */
typedef struct ntm_set ntm_set;

/**
 * Starts a set. All text handed to the builder is copied.
 *
 * Every `add` checks what can be checked alone and records what is wrong instead of stopping; ntm_set_builder_finish()
 * checks the whole and reports everything together. An `add` fails only for want of memory, or for a NULL or a count
 * without its array.
 *
 * @param[out] out the builder; owned by the caller, ntm_set_builder_free()
 * @param problems takes all problems; may be NULL; must outlive the builder
 * @param subject what problems call the set, e.g. a file name; NULL takes the set's id
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_set_builder_new(ntm_set_builder **out, const ntm_set_spec *spec,
                                                     const char *subject, ntm_problems *problems,
                                                     const ntm_allocator *allocator, ntm_error *err);
/** Frees a builder, finished or not. */
NTM_API void ntm_set_builder_free(ntm_set_builder *builder);

/** Says where the next things added stand in a file, for messages about them. Lines and columns from 1. */
NTM_API void ntm_set_builder_at(ntm_set_builder *builder, uint32_t line, uint32_t column);
/** Records a problem found outside the builder (in a file, say), so that it is reported with the others. */
NTM_API void ntm_set_builder_problem(ntm_set_builder *builder, const ntm_error *problem);

/** Adds a source. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY */
NTM_API NTM_NODISCARD ntm_status ntm_set_add_source(ntm_set_builder *builder, const ntm_source *source, ntm_error *err);
/** Adds an axis. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY */
NTM_API NTM_NODISCARD ntm_status ntm_set_add_axis(ntm_set_builder *builder, const ntm_axis *axis, ntm_error *err);
/** Adds a dimension. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY */
NTM_API NTM_NODISCARD ntm_status ntm_set_add_dimension(ntm_set_builder *builder, const ntm_dimension *dimension,
                                                       ntm_error *err);
/** Adds a fact. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY */
NTM_API NTM_NODISCARD ntm_status ntm_set_add_fact(ntm_set_builder *builder, const ntm_fact *fact, ntm_error *err);
/** Adds a figure. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY */
NTM_API NTM_NODISCARD ntm_status ntm_set_add_figure(ntm_set_builder *builder, const ntm_figure *figure, ntm_error *err);
/**
 * Adds a node. The nodes of `spec->of` must have been added before, so a tree cannot hold a loop, and each node is used
 * in one place only (a rule is a tree; add it again to use it again); loops through
 * ::NTM_CRITERION and ::NTM_INDICATOR are found by ntm_set_builder_finish().
 * @param[out] out the node
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_LIMIT (::NTM_NODES_MAX)
 */
NTM_API NTM_NODISCARD ntm_status ntm_set_add_node(ntm_node *out, ntm_set_builder *builder, const ntm_node_spec *spec,
                                                  ntm_error *err);
/** Starts a criterion; indicators added next are its own. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY */
NTM_API NTM_NODISCARD ntm_status ntm_set_add_criterion(ntm_set_builder *builder, const ntm_criterion *criterion,
                                                       ntm_error *err);
/** Adds an indicator to the criterion added last. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY */
NTM_API NTM_NODISCARD ntm_status ntm_set_add_indicator(ntm_set_builder *builder, const ntm_indicator *indicator,
                                                       ntm_error *err);
/** Adds a precondition. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY */
NTM_API NTM_NODISCARD ntm_status ntm_set_add_precondition(ntm_set_builder *builder,
                                                          const ntm_precondition *precondition, ntm_error *err);
/** Adds a value. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY */
NTM_API NTM_NODISCARD ntm_status ntm_set_add_value(ntm_set_builder *builder, const ntm_value *value, ntm_error *err);
/** Adds a rule of scope, after those that decide before it. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT,
 * ::NTM_ERROR_MEMORY */
NTM_API NTM_NODISCARD ntm_status ntm_set_add_scope(ntm_set_builder *builder, const ntm_scope *scope, ntm_error *err);
/** Adds who recognises. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY */
NTM_API NTM_NODISCARD ntm_status ntm_set_add_recogniser(ntm_set_builder *builder, const ntm_recogniser *recogniser,
                                                        ntm_error *err);
/** Adds a pair with the set that is followed. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY */
NTM_API NTM_NODISCARD ntm_status ntm_set_add_counterpart(ntm_set_builder *builder, const ntm_counterpart *counterpart,
                                                         ntm_error *err);
/**
 * Gives the rules of the whole set.
 * @param status condition for attaining the set; 0 = all criteria
 * @param revocation condition for losing it; 0 = none
 * @param grade an ::NTM_GRADE; 0 = none
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT
 */
NTM_API NTM_NODISCARD ntm_status ntm_set_add_rules(ntm_set_builder *builder, ntm_node status, ntm_node revocation,
                                                   ntm_node grade, ntm_error *err);
/**
 * Checks the whole and freezes it: ids exist and are unique, units agree, no loops, limits kept, bands fit. A builder
 * is finished once, whether that works or not; afterwards it can only be freed.
 * @param[out] out the set; owned by the caller, ntm_set_free(); independent of the builder
 * @return ::NTM_OK, or the status of the first problem by line: ::NTM_ERROR_SCHEMA, ::NTM_ERROR_UNIT,
 *         ::NTM_ERROR_LIMIT, ::NTM_ERROR_NOT_FOUND, ::NTM_ERROR_CONFLICT, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_set_builder_finish(ntm_set **out, ntm_set_builder *builder, ntm_error *err);

/** Frees a set. Plans made from it have to be freed before; results and explanations are independent of it. */
NTM_API void ntm_set_free(ntm_set *set);

/** Largest number of nodes in a set. */
#define NTM_NODES_MAX 65536
/** Deepest nesting of nodes in a set. */
#define NTM_DEPTH_MAX 64

/** What the set is about. */
NTM_API const ntm_set_spec *ntm_set_about(const ntm_set *set);
/** Number of sources. */
NTM_API size_t ntm_set_source_count(const ntm_set *set);
/** A source; NULL past the end. */
NTM_API const ntm_source *ntm_set_source(const ntm_set *set, size_t index);
/** Number of axes. */
NTM_API size_t ntm_set_axis_count(const ntm_set *set);
/** An axis; NULL past the end. */
NTM_API const ntm_axis *ntm_set_axis(const ntm_set *set, size_t index);
/** Number of dimensions. */
NTM_API size_t ntm_set_dimension_count(const ntm_set *set);
/** A dimension; NULL past the end. */
NTM_API const ntm_dimension *ntm_set_dimension(const ntm_set *set, size_t index);
/** Number of facts. */
NTM_API size_t ntm_set_fact_count(const ntm_set *set);
/** A fact; NULL past the end. */
NTM_API const ntm_fact *ntm_set_fact(const ntm_set *set, size_t index);
/** Number of figures. */
NTM_API size_t ntm_set_figure_count(const ntm_set *set);
/** A figure; NULL past the end. */
NTM_API const ntm_figure *ntm_set_figure(const ntm_set *set, size_t index);
/** Number of criteria. */
NTM_API size_t ntm_set_criterion_count(const ntm_set *set);
/** A criterion; NULL past the end. */
NTM_API const ntm_criterion *ntm_set_criterion(const ntm_set *set, size_t index);
/** Number of indicators of all criteria. */
NTM_API size_t ntm_set_indicator_count(const ntm_set *set);
/** An indicator, in the order of the criteria; NULL past the end. */
NTM_API const ntm_indicator *ntm_set_indicator(const ntm_set *set, size_t index);
/** Number of preconditions. */
NTM_API size_t ntm_set_precondition_count(const ntm_set *set);
/** A precondition; NULL past the end. */
NTM_API const ntm_precondition *ntm_set_precondition(const ntm_set *set, size_t index);
/** Number of values. */
NTM_API size_t ntm_set_value_count(const ntm_set *set);
/** A value; NULL past the end. */
NTM_API const ntm_value *ntm_set_value(const ntm_set *set, size_t index);
/** Number of rules of scope. */
NTM_API size_t ntm_set_scope_count(const ntm_set *set);
/** A rule of scope, in the order in which they decide; NULL past the end. */
NTM_API const ntm_scope *ntm_set_scope(const ntm_set *set, size_t index);
/** Number of entries of who recognises. */
NTM_API size_t ntm_set_recogniser_count(const ntm_set *set);
/** An entry of who recognises; NULL past the end. */
NTM_API const ntm_recogniser *ntm_set_recogniser(const ntm_set *set, size_t index);
/** Number of pairs with the set that is followed. */
NTM_API size_t ntm_set_counterpart_count(const ntm_set *set);
/** A pair; NULL past the end. */
NTM_API const ntm_counterpart *ntm_set_counterpart(const ntm_set *set, size_t index);
/** Number of nodes; nodes are 1..count. */
NTM_API size_t ntm_set_node_count(const ntm_set *set);
/** A node; NULL for 0 and past the end. */
NTM_API const ntm_node_spec *ntm_set_node(const ntm_set *set, ntm_node node);
/** The set's rules; 0 where the default holds. Any pointer may be NULL. */
NTM_API void ntm_set_rules(const ntm_set *set, ntm_node *status, ntm_node *revocation, ntm_node *grade);
/** The index of a criterion by id; SIZE_MAX if there is none. O(criteria). */
NTM_API size_t ntm_set_find_criterion(const ntm_set *set, const char *id);
/** The index of an indicator by id; SIZE_MAX if there is none. O(indicators). */
NTM_API size_t ntm_set_find_indicator(const ntm_set *set, const char *id);
/** The index of a fact by id; SIZE_MAX if there is none. O(facts). */
NTM_API size_t ntm_set_find_fact(const ntm_set *set, const char *id);
/** The index of a figure by id; SIZE_MAX if there is none. O(figures). */
NTM_API size_t ntm_set_find_figure(const ntm_set *set, const char *id);
/** The index of a value by id; SIZE_MAX if there is none. O(values). */
NTM_API size_t ntm_set_find_value(const ntm_set *set, const char *id);

/**
 * What closes a gap in a fact: what its definition declares, else by its kind. A flag waits for an act, a level for an
 * assessment, a date for time; counts, amounts, shares and money want work. It is a reading of the fact, not a figure of
 * law. Takes any fact, of a set or made by the caller; reads nothing but `closed_by` and `kind`.
 *
 * @return ::NTM_CLOSING_UNSAID for NULL, or where neither is a value of its enumeration (no fact of a set is like that);
 *         else never.
 */
NTM_API ntm_closing ntm_fact_closing(const ntm_fact *fact);

/**
 * Writes a unit of measure with each of its words in a language: "household" is "hộ", "triệu đồng/người/năm" is "million
 * VND/person/year" (docs/units.md). Words that the library does not know stay as they are.
 * @return the bytes needed without the NUL, as snprintf does; 0 for NULL. Safe from any thread.
 */
NTM_API size_t ntm_measure_format(char *buffer, size_t capacity, const char *unit, ntm_language language);

/**
 * How values go from one unit of measure to another (docs/units.md): a value in `to` is the value in `from` times
 * 10^power, exactly. From "tỷ đồng" to "triệu đồng" it is 3, from "%" to a plain number -2. Safe from any thread.
 * @param[out] power the exponent, -36 to 36
 * @param from, to units; NULL or "" is a plain number
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_SYNTAX (what is no unit, as "km//h"), ::NTM_ERROR_UNIT (they measure
 *         different things; the message names both)
 */
NTM_API NTM_NODISCARD ntm_status ntm_measure_power(int *power, const char *from, const char *to, ntm_error *err);

/** Whether two sets say the same, node for node, whatever file they came from. */
NTM_API bool ntm_set_equal(const ntm_set *a, const ntm_set *b);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
