/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file unit.h
 * @brief Administrative units in time: who is there on a day, what lies in what, what became of whom.
 *
 * A registry is made from tables, checked as a whole and frozen; reading it is safe from any thread. A code is no
 * identity without a day: one row of a registry is a code under one name, level and parent for one stretch of days, and
 * an ::ntm_unit names that row.
 */
#ifndef NTM_UNIT_H
#define NTM_UNIT_H

#include <ntm/base.h>
#include <ntm/column.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup unit Units in time
 *  @{ */

/** A row of a registry, from 0: the row of the table that it was made from. */
typedef uint32_t ntm_unit;
/** No unit. */
#define NTM_NO_UNIT UINT32_MAX

/**
 * The rung of administration that a unit stands on (cấp). A code is unique on its rung only: provinces, districts and
 * communes are numbered apart. Values are frozen.
 */
typedef enum ntm_echelon {
    NTM_ECHELON_ANY = 0,      /**< In questions: any. */
    NTM_ECHELON_PROVINCE = 1, /**< Levels "province", "city" (thành phố under the central government). */
    NTM_ECHELON_DISTRICT = 2, /**< Levels "district", "town" (thị xã, and thành phố of a province), "urban-district". */
    NTM_ECHELON_COMMUNE = 3,  /**< Levels "commune", "ward", "township", "special-zone". */
    NTM_ECHELON_VILLAGE = 4   /**< Levels "village", "residential-group". */
} ntm_echelon;

/** The rung of a level's word, "_" being read as "-"; ::NTM_ECHELON_ANY for a word that is no level, and for NULL. */
NTM_API ntm_echelon ntm_echelon_of(const char *level);

/** One row of a registry. Texts are borrowed from the registry. */
typedef struct ntm_unit_row {
    const char *code;    /**< Code, as written: "18103". */
    const char *name;    /**< Name, as written: "Xã Đồng Môn". */
    const char *level;   /**< Word of its level: "commune". */
    ntm_echelon echelon; /**< The rung that the level stands on. */
    const char *parent;  /**< Code of the unit above; NULL = none is named. */
    ntm_date from;       /**< First day; ::NTM_DATE_NONE = always. */
    ntm_date before;     /**< The first day on which it is no longer so; ::NTM_DATE_NONE = still so. */
} ntm_unit_row;

/** What can be wrong with the rows of a registry, or has to be told of them. Values are frozen. */
typedef enum ntm_unit_defect {
    NTM_UNIT_OVERLAP = 1,       /**< Two rows of one code on one rung hold on the same day. Never allowed. */
    NTM_UNIT_ORPHAN = 2,        /**< Nothing has the parent's code on any day of the row. Allowed: no parent. */
    NTM_UNIT_CYCLE = 3,         /**< From parent to parent one comes back to the row. Never allowed. */
    NTM_UNIT_RUNG = 4,          /**< The parent stands on no higher rung. Never allowed. */
    NTM_UNIT_OUTLIVES = 5,      /**< The parent is not there on a day of its child. Allowed: no parent on it. */
    NTM_UNIT_REUSED = 6,        /**< A code comes back after a gap under another name: most likely another unit. */
    NTM_UNIT_RENAMED = 7,       /**< A code goes on under another name, and no edge says what happened. */
    NTM_UNIT_UNKNOWN_PART = 8,  /**< An edge names a unit that is not there on the day before it, or on its day.
                                     Allowed: the edge is left out. */
    NTM_UNIT_STILL_THERE = 9,   /**< An edge says that all of a unit went elsewhere, and its row goes on. Never
                                     allowed. */
    NTM_UNIT_TWICE = 10,        /**< Two edges say different things of one unit: the same pair twice, or all of it to
                                     one and something to another. Never allowed. */
    NTM_UNIT_NO_SUCCESSOR = 11, /**< A unit ends on a day of edges, and nothing says where it (or its rest) went. */
    NTM_UNIT_FROM_NOWHERE = 12, /**< A unit begins on a day of edges, and nothing says what it was made of. */
    NTM_UNIT_OTHER_NAME = 13    /**< An edge calls a unit by another name than the registry does on that day. Allowed:
                                     the registry's name counts. */
} ntm_unit_defect;

/** One past the last ::ntm_unit_defect, for loops from 1 over all of them. */
#define NTM_UNIT_DEFECT_END 14

/** The word for a defect: "overlap", "orphan" ...; NULL for a number that is none. Static text. */
NTM_API const char *ntm_unit_defect_name(ntm_unit_defect defect);

/** The bit of a defect in ::ntm_units_options. */
#define NTM_UNIT_ALLOW(defect) (UINT32_C(1) << (defect))
/** What is told and not refused, unless the caller says otherwise. */
#define NTM_UNIT_ALLOW_USUAL \
    (NTM_UNIT_ALLOW(NTM_UNIT_REUSED) | NTM_UNIT_ALLOW(NTM_UNIT_RENAMED) | NTM_UNIT_ALLOW(NTM_UNIT_NO_SUCCESSOR) | \
     NTM_UNIT_ALLOW(NTM_UNIT_FROM_NOWHERE))
/** Everything that can be allowed. */
#define NTM_UNIT_ALLOW_ALL \
    (NTM_UNIT_ALLOW_USUAL | NTM_UNIT_ALLOW(NTM_UNIT_ORPHAN) | NTM_UNIT_ALLOW(NTM_UNIT_OUTLIVES) | \
     NTM_UNIT_ALLOW(NTM_UNIT_UNKNOWN_PART) | NTM_UNIT_ALLOW(NTM_UNIT_OTHER_NAME))

/** A defect that was allowed. Its text is borrowed from the registry. */
typedef struct ntm_unit_finding {
    ntm_unit_defect defect; /**< Which. */
    ntm_unit unit;          /**< The row concerned; ::NTM_NO_UNIT for an edge without one. */
    ntm_unit other;         /**< The other row; ::NTM_NO_UNIT = there is none. */
    uint64_t edge;          /**< Row of the table of edges; ::NTM_NO_ROW = it is about no edge. */
    ntm_date on;            /**< The first day concerned; ::NTM_DATE_NONE = the first of all. */
    const char *message;    /**< One line of English that names both rows, or the edge. */
} ntm_unit_finding;

/** How a registry is made; start with ::NTM_UNITS_OPTIONS_INIT. */
typedef struct ntm_units_options {
    size_t struct_size;             /**< sizeof(ntm_units_options). */
    uint32_t allow;                 /**< ::NTM_UNIT_ALLOW of the defects that become findings instead of errors. */
    bool ignore_unknown;            /**< Skip columns that a registry does not know. Not the default. */
    ntm_date edges_on;              /**< The day of edges whose table has no column `on`; ::NTM_DATE_NONE = it must have
                                         one. */
    const char *const *weights;     /**< Columns of the table of edges that are weights: "population", "area"; each
                                         once. */
    size_t weight_count;            /**< Number of weights. */
    ntm_problems *problems;         /**< Takes all problems; may be NULL. */
    const ntm_allocator *allocator; /**< NULL = the C library. Questions that need memory (by name, succession) take it
                                         from here too: used by several threads at once it has to allow that. */
} ntm_units_options;

/** Starting value of ::ntm_units_options. */
#define NTM_UNITS_OPTIONS_INIT \
    { sizeof(ntm_units_options), NTM_UNIT_ALLOW_USUAL, false, NTM_DATE_NONE, NULL, 0, NULL, NULL }

/** A registry of units. Frozen. */
typedef struct ntm_units ntm_units;

/**
 * Makes a registry. Everything is copied; rows may come in any order. Texts may be text or categories, days text
 * YYYY-MM-DD or integers; an empty cell is nothing.
 *
 * `units`, one row a unit in one stretch of days: `code`, `name`, `level` (the words of ::ntm_echelon); where there are
 * any `parent`, `valid_from` (first day) and `valid_to` (the first day on which it is no longer so: rows of one code
 * then meet without arithmetic). The parent is the unit of that code on the nearest rung above that has one on some day
 * of the row; which row of it depends on the day asked for.
 *
 * `succession`, one row an edge: `old_code` of a unit there on the day before, `new_code` of one there on the day; `on`
 * the day (or options->edges_on); `part` "full" (all of the old unit; the default) or "partial"; `level` or `old_level`
 * and `new_level` where codes of several rungs are the same; `old_name`, `new_name` to be compared with the registry's.
 * The columns that options->weights names say how much of the old unit the part is (numbers, not below 0): a divided
 * unit can be split by them.
 * A unit without edges on the day on which its row ends goes on in the row of its code that begins on that day. What is
 * left of a unit after its partial edges stays with its row, or goes on in the row of its code that begins on that day.
 * Two or more partial edges are all of a unit whose row ends when there is no such row, or when the table says that
 * it is made of others.
 * A unit that takes others in and goes on keeps what it had. Edges of a unit to itself may be written or left out.
 *
 * `attributes`, one row a value in a stretch of days: `code`, `attribute` (region, class, ...), `value`; where there
 * are any `level`, `valid_from`, `valid_to` as above. Two values of one attribute on one day are an error.
 * @param[out] out the registry; owned by the caller, ntm_units_free(); independent of the tables
 * @param succession,attributes NULL = none
 * @param options NULL = the usual
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_LIMIT (2^31 - 1 rows or more),
 *         ::NTM_ERROR_SHAPE (a column is missing, of the wrong type or unknown), ::NTM_ERROR_SYNTAX (no date, no UTF-8,
 *         a name in several scripts), ::NTM_ERROR_VALUE (a cell that is needed, an unknown word, an end not after its
 *         beginning, an end or edge on 0001-01-01, before which there is no day, a weight below 0),
 *         ::NTM_ERROR_NOT_FOUND (orphans, unknown parts), ::NTM_ERROR_CONFLICT (the other defects); the error's row
 *         is of the table in its subject ("units: parent"), the message names the other row
 */
NTM_API NTM_NODISCARD ntm_status ntm_units_new(ntm_units **out, const ntm_table *units, const ntm_table *succession,
                                               const ntm_table *attributes, const ntm_units_options *options,
                                               ntm_error *err);
/**
 * Makes a registry from CSV files with columns as for ntm_units_new(). Weights are read as plain numbers
 * with at most 6 digits after the mark. Errors name the file in place of the table: "units.csv: parent".
 * @param succession_path,attributes_path NULL = none
 * @return as ntm_units_new() and ntm_csv_read(), and ::NTM_ERROR_IO
 */
NTM_API NTM_NODISCARD ntm_status ntm_units_open(ntm_units **out, const char *units_path, const char *succession_path,
                                                const char *attributes_path, const ntm_units_options *options,
                                                ntm_error *err);
/** Frees a registry. */
NTM_API void ntm_units_free(ntm_units *units);

/** Number of rows. */
NTM_API size_t ntm_units_count(const ntm_units *units);
/** A row; borrowed; NULL for ::NTM_NO_UNIT and past the end. */
NTM_API const ntm_unit_row *ntm_units_row(const ntm_units *units, ntm_unit unit);
/** Number of findings: defects that were allowed. */
NTM_API size_t ntm_units_finding_count(const ntm_units *units);
/** A finding, by kind, then row; borrowed; NULL past the end. */
NTM_API const ntm_unit_finding *ntm_units_finding(const ntm_units *units, size_t index);

/* ------------------------------------------------------------------------------------------- questions */

/** Which units are meant; start with ::NTM_UNIT_FILTER_INIT, which means all of all days. */
typedef struct ntm_unit_filter {
    size_t struct_size;  /**< sizeof(ntm_unit_filter). */
    ntm_date on;         /**< Only those there on this day; ::NTM_DATE_NONE = of any day (then `within` and `parent`
                              must be ::NTM_NO_UNIT). */
    ntm_echelon echelon; /**< Only those on this rung. */
    const char *level;   /**< Only those of this level: "ward"; NULL = any. */
    ntm_unit within;     /**< Only those below this unit, at any depth, on the day. */
    ntm_unit parent;     /**< Only those right below this unit on the day. */
} ntm_unit_filter;

/** Starting value of an ::ntm_unit_filter. */
#define NTM_UNIT_FILTER_INIT \
    { sizeof(ntm_unit_filter), NTM_DATE_NONE, NTM_ECHELON_ANY, NULL, NTM_NO_UNIT, NTM_NO_UNIT }

/** Whether a row is there on a day. False for ::NTM_NO_UNIT and ::NTM_DATE_NONE. */
NTM_API bool ntm_units_there(const ntm_units *units, ntm_unit unit, ntm_date on);
/**
 * The unit of a code on a day. O(log n).
 * @param echelon ::NTM_ECHELON_ANY if the code is on one rung only
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_NOT_FOUND (the message says when the code was in use, if ever),
 *         ::NTM_ERROR_CONFLICT (several rungs have the code)
 */
NTM_API NTM_NODISCARD ntm_status ntm_units_find(ntm_unit *out, const ntm_units *units, const char *code,
                                                ntm_echelon echelon, ntm_date on, ntm_error *err);
/**
 * The units of a column of codes on a day.
 * @param[out] out room for `codes->length` units
 * @param codes text or categories; a cell that is not reported or empty is ::NTM_ERROR_VALUE
 * @param problems takes every code that is not found, with its row; may be NULL
 * @param unknown NULL: a code that is not found is an error. Otherwise its place takes ::NTM_NO_UNIT, `*unknown` how
 *        many there are, and they are only told to `problems`
 * @return as ntm_units_find(), and ::NTM_ERROR_SHAPE, ::NTM_ERROR_VALUE
 */
NTM_API NTM_NODISCARD ntm_status ntm_units_find_all(ntm_unit *out, const ntm_units *units, const ntm_column *codes,
                                                    ntm_echelon echelon, ntm_date on, ntm_problems *problems,
                                                    size_t *unknown, ntm_error *err);
/**
 * The rows of a code by day, of the highest rung first.
 * @param[out] out room for `capacity` units; may be NULL when that is 0
 * @param[out] count how many there are; more than `capacity` are not written. So in all functions below
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT
 */
NTM_API NTM_NODISCARD ntm_status ntm_units_history(ntm_unit *out, size_t *count, size_t capacity,
                                                   const ntm_units *units, const char *code, ntm_echelon echelon,
                                                   ntm_error *err);
/**
 * All units of a name, in the order of the registry's rows: never one of several. Names are compared as
 * ntm_name_equal() does (NFC, letter case, tone placement, runs of white space), with or without the word of the
 * level before them: "Xã Đồng Môn" and "đồng môn" both find it. A word of another level does not: "Phường Đồng Môn"
 * finds nothing.
 * @param filter NULL = of all days
 * @return ::NTM_OK (also for none), ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_SYNTAX (not UTF-8, several scripts),
 *         ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_units_named(ntm_unit *out, size_t *count, size_t capacity, const ntm_units *units,
                                                 const char *name, const ntm_unit_filter *filter, ntm_error *err);
/**
 * The units that a filter means, in the order of the registry's rows.
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (`within` or `parent` without a day or not there on it), ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_units_list(ntm_unit *out, size_t *count, size_t capacity, const ntm_units *units,
                                                const ntm_unit_filter *filter, ntm_error *err);
/** The unit right above on a day; ::NTM_NO_UNIT when there is none, or the unit is not there. O(log n). */
NTM_API ntm_unit ntm_units_parent(const ntm_units *units, ntm_unit unit, ntm_date on);
/** The unit above on a rung on a day, at any distance; ::NTM_NO_UNIT when there is none. O(log n). */
NTM_API ntm_unit ntm_units_ancestor(const ntm_units *units, ntm_unit unit, ntm_echelon echelon, ntm_date on);
/** All units above on a day, from the nearest; none when the unit is not there. @return as ntm_units_history() */
NTM_API NTM_NODISCARD ntm_status ntm_units_ancestors(ntm_unit *out, size_t *count, size_t capacity,
                                                     const ntm_units *units, ntm_unit unit, ntm_date on,
                                                     ntm_error *err);
/** The units right below on a day, by code; none when the unit is not there (so below too). O(log n + those of all
 * days).
 * @return as ntm_units_history() */
NTM_API NTM_NODISCARD ntm_status ntm_units_children(ntm_unit *out, size_t *count, size_t capacity,
                                                    const ntm_units *units, ntm_unit unit, ntm_date on, ntm_error *err);
/** All units below on a day: after each child by code what is below it. @return as ntm_units_history() */
NTM_API NTM_NODISCARD ntm_status ntm_units_descendants(ntm_unit *out, size_t *count, size_t capacity,
                                                       const ntm_units *units, ntm_unit unit, ntm_date on,
                                                       ntm_error *err);
/** The other units right below the same unit on a day, on the same rung, by code; of a unit without a parent the others
 * without one. @return as ntm_units_history() */
NTM_API NTM_NODISCARD ntm_status ntm_units_siblings(ntm_unit *out, size_t *count, size_t capacity,
                                                    const ntm_units *units, ntm_unit unit, ntm_date on, ntm_error *err);

/**
 * The way to a unit on a day, as ntm_catalogue_find() takes places: "42/436/18103"; a
 * province is "42". With it the law of a commune is found although its code alone says nothing of where it lies.
 * @param buffer room for `capacity` bytes; may be NULL when capacity is 0; always ends with NUL when capacity > 0
 * @return the bytes needed without the NUL, as snprintf does; 0 (and "") when the unit is not there on the day
 */
NTM_API size_t ntm_units_place(char *buffer, size_t capacity, const ntm_units *units, ntm_unit unit, ntm_date on);

/** The value of an attribute of a unit on a day; NULL when nothing is known. Borrowed. O(log n).
 * @param inherited look at the units above, from the nearest, when the unit itself has no value */
NTM_API const char *ntm_units_attribute(const ntm_units *units, ntm_unit unit, const char *attribute, ntm_date on,
                                        bool inherited);
/**
 * Whether some unit of a rung has a value of an attribute of its own, on any day. O(values). What is given unit by unit on
 * a rung (a class of communes) is not to be inherited there: a unit without a value has an unknown one.
 * @param echelon ::NTM_ECHELON_ANY = of any rung
 * @return false for NULL
 */
NTM_API bool ntm_units_attribute_on(const ntm_units *units, const char *attribute, ntm_echelon echelon);
/**
 * The values of an attribute of many units on a day as a column of codes: an axis of ntm_evaluate().
 * @param[out] out a column over `codes` and categories borrowed from the registry; nothing known is not reported
 * @param[out] codes the caller's memory, `count` numbers; has to outlive `out`
 * @param of `count` units; ::NTM_NO_UNIT has no value
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (also for a row past the end), ::NTM_ERROR_NOT_FOUND (no unit has such an
 *         attribute)
 */
NTM_API NTM_NODISCARD ntm_status ntm_units_attributes(ntm_column *out, int32_t *codes, const ntm_units *units,
                                                      const ntm_unit *of, size_t count, const char *attribute,
                                                      ntm_date on, bool inherited, ntm_error *err);

/* ------------------------------------------------------------------------------------------- succession */

/** An edge: what was `from` on the day before is `to` on the day. */
typedef struct ntm_unit_edge {
    ntm_unit from; /**< Row there on the day before. */
    ntm_unit to;   /**< Row there on the day. */
    ntm_date on;   /**< The day. */
    bool partial;  /**< Only a part of `from`. */
    uint64_t row;  /**< Row of the table of edges; ::NTM_NO_ROW: not from the table, the code simply goes on. */
} ntm_unit_edge;

/** Number of edges, by day, then `from`, then `to`. */
NTM_API size_t ntm_units_edge_count(const ntm_units *units);
/** An edge; borrowed; NULL past the end. */
NTM_API const ntm_unit_edge *ntm_units_edge(const ntm_units *units, size_t index);
/** Number of weights that edges have. */
NTM_API size_t ntm_units_weight_count(const ntm_units *units);
/** The name of a weight, as the table calls it; NULL past the end. Borrowed. */
NTM_API const char *ntm_units_weight(const ntm_units *units, size_t index);
/** The weight of an edge. @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_NOT_FOUND (not reported) */
NTM_API NTM_NODISCARD ntm_status ntm_units_edge_weight(ntm_decimal *out, const ntm_units *units, size_t edge,
                                                       size_t weight, ntm_error *err);

/** How much of an old unit a new one has. Values are frozen. */
typedef enum ntm_share_of_unit {
    NTM_UNIT_WHOLE = 1,   /**< All of it, however what was mixed was divided. */
    NTM_UNIT_PART = 2,    /**< Something of it, surely: however what was mixed was divided. */
    NTM_UNIT_PERHAPS = 3  /**< Something of it or nothing: it was mixed with others and then divided. */
} ntm_share_of_unit;

/** One end of a succession. */
typedef struct ntm_unit_part {
    ntm_unit unit;           /**< The unit at the other end. */
    ntm_share_of_unit share; /**< How much of the old one is in the new one. */
    uint32_t steps;          /**< Edges on the shortest way; 0 = it is the same row. */
    bool ended;              /**< In ntm_units_became(): it ended before the day, and nothing says where it went. In
                                  ntm_units_made_of(): it began after the day, and nothing says of what. */
} ntm_unit_part;

/**
 * What became of a unit: every unit of `to` that has something of what the unit was on `from`, by row. Through any
 * number of reforms; a rename is a step like any other.
 * @param from a day on which the unit is there; ::NTM_DATE_NONE = its first day
 * @param to not before `from`; ::NTM_DATE_NONE = after the last edge
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (not there on `from`, days in the wrong order), ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_units_became(ntm_unit_part *out, size_t *count, size_t capacity,
                                                  const ntm_units *units, ntm_unit unit, ntm_date from, ntm_date to,
                                                  ntm_error *err);
/**
 * What a unit was made of: every unit of `from` of which it has something on `to`, by row.
 * @param to a day on which the unit is there; ::NTM_DATE_NONE = its last day, or after the last edge
 * @param from not after `to`; ::NTM_DATE_NONE = before the first edge
 * @return as ntm_units_became()
 */
NTM_API NTM_NODISCARD ntm_status ntm_units_made_of(ntm_unit_part *out, size_t *count, size_t capacity,
                                                   const ntm_units *units, ntm_unit unit, ntm_date from, ntm_date to,
                                                   ntm_error *err);

/** What one day did to the units of a place. */
typedef struct ntm_unit_reform {
    uint64_t before;    /**< Units there on the day before. */
    uint64_t after;     /**< Units there on the day. */
    uint64_t involved;  /**< Units of the day before that merged with others or were divided. */
    uint64_t results;   /**< Units of the day made of several or of what was divided, also from outside. */
    uint64_t divided;   /**< Of `involved`: those divided among several. */
    uint64_t renamed;   /**< Went on alone under another name, level or code. */
    uint64_t unchanged; /**< Went on alone as they were (another parent is no change). */
    uint64_t ended;     /**< Ended, and nothing says where they went. */
    uint64_t begun;     /**< Of `after`: nothing says what they were made of. */
    uint64_t edges;     /**< Edges from the table from one of `before` to one of `after`. */
    uint64_t partial;   /**< Of `edges`: partial ones. */
} ntm_unit_reform;

/**
 * Counts what a day did: `before` = `involved` + `renamed` + `unchanged` + `ended`.
 * @param filter which rung, level and place; its day is not looked at. `within` and `parent` may be units of the day
 *        before or of the day: on the other side what they became or were made of stands for them
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY
 */
NTM_API NTM_NODISCARD ntm_status ntm_units_reform(ntm_unit_reform *out, const ntm_units *units,
                                                  const ntm_unit_filter *filter, ntm_date on, ntm_error *err);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
