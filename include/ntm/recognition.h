/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file recognition.h
 * @brief Status over time: who holds which recognition on a day, since when, by which act, and until when.
 *
 * A register is a list of acts on units, checked as a whole and frozen. Every question is asked as of a day and has
 * three answers: held, not held (with the reason), or open where the acts at hand do not decide it. Reading a frozen
 * register is safe from any thread; no question allocates.
 */
#ifndef NTM_RECOGNITION_H
#define NTM_RECOGNITION_H

#include <ntm/base.h>
#include <ntm/column.h>
#include <ntm/criteria.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup recognition Recognition
 *  @{ */

/** What an act did. Values are frozen. */
typedef enum ntm_act_kind {
    NTM_ACT_REGISTERED = 1,      /**< "registered": the unit signed up for a status. Gives nothing yet. */
    NTM_ACT_RECOGNISED = 2,      /**< "recognised": it holds the status from this day. Again: renewed, other class. */
    NTM_ACT_REACKNOWLEDGED = 3,  /**< "re-acknowledged": a unit made by a merger is given what its parts held. */
    NTM_ACT_REVOKED = 4,         /**< "revoked": taken away; from this day it is not held. */
    NTM_ACT_WITHDRAWN = 5,       /**< "withdrawn": given up by who holds it or registered for it; not held from this
                                      day. */
    NTM_ACT_MERGED = 6,          /**< "merged": the unit ended and became part of `successor` on this day. */
    NTM_ACT_ENDED = 7            /**< "ended": the unit ended on this day without a successor. */
} ntm_act_kind;

/** The word for a kind, as tables write it; NULL for a number that is no kind. Static text. */
NTM_API const char *ntm_act_kind_name(ntm_act_kind kind);

/**
 * One act. Texts are borrowed from the register; NULL where there is nothing.
 *
 * An act counts from its day on: a unit recognised on D holds the status on D, one revoked on D does not. A unit that
 * merged on D is there until D - 1. A code is no identity: where a new unit takes the code of one of its parts, that
 * part is written as merged into its own code, and from D on the code means the new unit.
 */
typedef struct ntm_act {
    const char *unit;      /**< Code of the unit. */
    const char *status;    /**< A set's id or another standard's name; NULL when the unit merged or ended. */
    const char *label;     /**< The class, as a grade's band names it: "3" stars. */
    ntm_act_kind kind;     /**< What it did. */
    ntm_date on;           /**< From which day. */
    ntm_date until;        /**< The last day that the act itself names; ::NTM_DATE_NONE = as the status' rule says. */
    const char *number;    /**< Number of the act: "218/QĐ-UBND". */
    const char *successor; /**< ::NTM_ACT_MERGED: the unit it became part of. Several rows of one day: divided. */
} ntm_act;

/** No act. */
#define NTM_NO_ACT SIZE_MAX

/** How long a recognition lasts. */
typedef enum ntm_lasting {
    NTM_LASTING_UNKNOWN = 0,   /**< Nobody has read it: held on its first day, later open. */
    NTM_LASTING_UNLIMITED = 1, /**< Until an act ends it. */
    NTM_LASTING_MONTHS = 2     /**< So many months; see ntm_validity_last_day(). */
} ntm_lasting;

/** What becomes of a status in a merger. Parts: what merged, and the unit that took them in if it stays itself. */
typedef enum ntm_inherit {
    NTM_INHERIT_NONE = 0,   /**< The new unit does not hold it until it is re-acknowledged or recognised. A unit that
                                 stays itself, held it and took others in is open until then: nobody has decided. */
    NTM_INHERIT_ALL = 1,    /**< It goes on if all parts held it, until the first of their last days. */
    NTM_INHERIT_ANY = 2,    /**< It goes on if one part held it, until the last of their last days. */
    NTM_INHERIT_UNKNOWN = 3 /**< The rule was not read: open if a part held it. */
} ntm_inherit;

/** What holds for one status; start with ::NTM_STATUS_RULE_INIT. */
typedef struct ntm_status_rule {
    const char *status;  /**< The status; borrowed for the call that takes the rule. */
    ntm_lasting lasting; /**< How long a recognition lasts, unless its act names the last day. */
    uint32_t months;     /**< ::NTM_LASTING_MONTHS: how many, 1..12000. */
    ntm_inherit inherit; /**< What becomes of it in a merger. */
    ntm_date law_from;   /**< No recognition may be earlier; ::NTM_DATE_NONE = not checked. */
} ntm_status_rule;

/** Starting value of an ::ntm_status_rule: nothing is known. */
#define NTM_STATUS_RULE_INIT { NULL, NTM_LASTING_UNKNOWN, 0, NTM_INHERIT_NONE, NTM_DATE_NONE }

/**
 * The last day of a recognition of `months` months that begins on `from`: the first day does not count, and the last is
 * the day with the same number `months` months later, or the last of that month if it has no such day. 36 months from
 * 2020-02-29 are valid up to and including 2023-02-28, from 2020-01-15 up to and including 2023-01-15.
 * @return ::NTM_DATE_NONE when `from` is no day or the result is past the year 9999. Safe from any thread.
 */
NTM_API ntm_date ntm_validity_last_day(ntm_date from, uint32_t months);

/**
 * The rule of a set for its own id: the months of its `validity` (none: not known), its act's first day in force, not
 * inherited. The status is borrowed from the set. ::NTM_STATUS_RULE_INIT for NULL. Safe from any thread.
 */
NTM_API ntm_status_rule ntm_status_rule_of(const ntm_set *set);

/** How a register is made; start with ::NTM_REGISTER_OPTIONS_INIT. */
typedef struct ntm_register_options {
    size_t struct_size;             /**< sizeof(ntm_register_options). */
    const ntm_status_rule *rules;   /**< What holds for single statuses; two for one status are an error. */
    size_t rule_count;              /**< Number of rules. */
    ntm_status_rule usual;          /**< What holds for all others; its `status` is not looked at. */
    bool partial;                   /**< Acts are missing from the register: where none is found the answer is open.
                                         Otherwise the register is complete, and who is not in it never held
                                         anything. */
    ntm_problems *problems;         /**< Takes all problems; may be NULL. */
    const ntm_allocator *allocator; /**< NULL = the C library. */
} ntm_register_options;

/** Starting value of ::ntm_register_options. */
#define NTM_REGISTER_OPTIONS_INIT \
    { sizeof(ntm_register_options), NULL, 0, NTM_STATUS_RULE_INIT, false, NULL, NULL }

/** Largest number of different statuses in a register. */
#define NTM_STATUSES_MAX 256

/** A register of acts. Frozen. */
typedef struct ntm_register ntm_register;

/**
 * Makes a register from a table, one row an act, in any order. Columns: `unit`, `kind` (the words of
 * ntm_act_kind_name()) and `date` are needed; `status`, `class`, `number`, `successor` and `until` where there are any.
 * Text or categories; dates are text YYYY-MM-DD or integers (::ntm_date). Empty text is nothing. Everything is copied.
 *
 * The acts have to agree with one another. An error names its row, and in the message the row that it contradicts:
 * two acts on one status of one unit on one day (registering apart); a revocation of what was not held; a withdrawal of
 * what was neither registered for nor held; a re-acknowledgement of a unit that no merger made; an act on a unit that
 * has ended; a recognition before the law's first day; a last day before the first.
 * @param[out] out the register; owned by the caller, ntm_register_free(); independent of `table`
 * @param options NULL = the defaults
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_MEMORY, ::NTM_ERROR_SHAPE (a column is missing, of the wrong type
 *         or unknown), ::NTM_ERROR_SYNTAX (no date, no UTF-8), ::NTM_ERROR_VALUE (an unknown kind, a cell that is
 *         needed or must be empty), ::NTM_ERROR_NOT_IN_FORCE, ::NTM_ERROR_CONFLICT, ::NTM_ERROR_LIMIT (statuses)
 */
NTM_API NTM_NODISCARD ntm_status ntm_register_new(ntm_register **out, const ntm_table *table,
                                                  const ntm_register_options *options, ntm_error *err);
/**
 * Makes a register from CSV with all of the columns unit, status, class, kind, date, number, successor, until.
 * @param name what errors call the input, usually the file name
 * @return as ntm_register_new() and ntm_csv_read()
 */
NTM_API NTM_NODISCARD ntm_status ntm_register_read(ntm_register **out, const char *bytes, size_t size, const char *name,
                                                   const ntm_register_options *options, ntm_error *err);
/** Makes a register from a CSV file. @return as ntm_register_read(), and ::NTM_ERROR_IO */
NTM_API NTM_NODISCARD ntm_status ntm_register_open(ntm_register **out, const char *path,
                                                   const ntm_register_options *options, ntm_error *err);
/** Frees a register. */
NTM_API void ntm_register_free(ntm_register *reg);
/** Number of acts. */
NTM_API size_t ntm_register_act_count(const ntm_register *reg);
/** An act, by its row; borrowed; NULL past the end. */
NTM_API const ntm_act *ntm_register_act(const ntm_register *reg, size_t index);

/* ------------------------------------------------------------------------------------------- questions */

/** Why a status is not held, or open. Values are frozen. */
typedef enum ntm_lack {
    NTM_LACK_NONE = 0,               /**< It is held. */
    NTM_LACK_NEVER = 1,              /**< Not held: it was never recognised before that day. */
    NTM_LACK_REVOKED = 2,            /**< Not held: revoked. */
    NTM_LACK_WITHDRAWN = 3,          /**< Not held: given up. */
    NTM_LACK_EXPIRED = 4,            /**< Not held: its last day is over. */
    NTM_LACK_ENDED = 5,              /**< Not held: the unit merged into another or ended. */
    NTM_LACK_NOT_REACKNOWLEDGED = 6, /**< Not held: a part held it, and the unit made by the merger was not given it. */
    NTM_LACK_PART = 7,               /**< Not held: it is inherited, and the parts did not hold it as that asks for. */
    NTM_LACK_UNDECIDED = 8,          /**< Open: a merger, and nobody has decided or the rule was not read. */
    NTM_LACK_LASTING_UNKNOWN = 9,    /**< Open: it was recognised, and how long that lasts is not known. */
    NTM_LACK_NOT_REPORTED = 10       /**< Open: the register is partial and says nothing. */
} ntm_lack;

/** Whether a unit holds a status on a day. */
typedef struct ntm_holding {
    ntm_verdict verdict; /**< ::NTM_MET held, ::NTM_NOT_MET not held, ::NTM_OPEN. */
    ntm_lack reason;     /**< Why it is not held, or open. */
    const char *label;   /**< Held: the class; NULL = none, or parts of different classes. Borrowed from the
                              register. */
    ntm_date since;      /**< First day on which this has been so without a break; ::NTM_DATE_NONE = always. */
    ntm_date until;      /**< Held: the last day, if no act comes in between; ::NTM_DATE_NONE = no limit. */
    size_t act;          /**< The act behind it, an index for ntm_register_act(); ::NTM_NO_ACT = none. A renewal keeps
                              `since` and changes `act`. */
} ntm_holding;

/**
 * Whether a unit holds a status on a day. A unit or status that the register does not know never held it (open if the
 * register is partial).
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT (NULL, or no day)
 */
NTM_API NTM_NODISCARD ntm_status ntm_register_holds(ntm_holding *out, const ntm_register *reg, const char *unit,
                                                    const char *status, ntm_date on, ntm_error *err);
/**
 * The same for a column of unit codes: the input `holds:S` of a table (docs/algebra.md).
 * @param[out] out a column of ::NTM_TYPE_BITS over `values` and `validity`; open is not reported, so is a unit without
 *        code
 * @param[out] values,validity the caller's memory, (units->length + 7) / 8 bytes each; has to outlive `out`
 * @param units codes as text or categories
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_SHAPE, ::NTM_ERROR_VALUE (a code past the categories: row named)
 */
NTM_API NTM_NODISCARD ntm_status ntm_register_column(ntm_column *out, uint8_t *values, uint8_t *validity,
                                                     const ntm_register *reg, const ntm_column *units,
                                                     const char *status, ntm_date on, ntm_error *err);

/** How many units hold a status: at least `held`, at most `held` + `open`. */
typedef struct ntm_holders {
    uint64_t held;     /**< Surely. */
    uint64_t not_held; /**< Surely not. */
    uint64_t open;     /**< Cannot be told. */
} ntm_holders;

/**
 * Counts.
 * @param units codes, as for ntm_register_column(); NULL = all units of the register that are there on the day
 * @param label only this class counts as held; NULL = any
 * @return as ntm_register_column()
 */
NTM_API NTM_NODISCARD ntm_status ntm_register_count(ntm_holders *out, const ntm_register *reg, const ntm_column *units,
                                                    const char *status, const char *label, ntm_date on, ntm_error *err);

/** What came after a recognition whose last day is over. */
typedef enum ntm_after {
    NTM_AFTER_NOTHING = 0,   /**< No act so far. */
    NTM_AFTER_RENEWED = 1,   /**< Recognised again, in time or later, in the same or another class. */
    NTM_AFTER_WITHDRAWN = 2, /**< Given up. */
    NTM_AFTER_ENDED = 3      /**< The unit ended. */
} ntm_after;

/** A recognition that comes to its last day. Texts are borrowed from the register. */
typedef struct ntm_expiry {
    const char *unit;    /**< Code of the unit. */
    const char *status;  /**< The status. */
    const char *label;   /**< The class; NULL = none. */
    size_t act;          /**< The act that gave it. */
    ntm_date until;      /**< Its last day. */
    ntm_after after;     /**< What came after. A renewal counts more than what else came. */
    size_t after_act;    /**< The act that came after; ::NTM_NO_ACT = none. */
    ntm_date after_on;   /**< Its day; a renewal on or before `until`, or the day after, left no gap. ::NTM_DATE_NONE =
                              none. */
} ntm_expiry;

/**
 * Lists what comes to its last day between two days, both included, by unit code, then status, then day. What was
 * revoked or given up before its last day, or whose unit ended before, is not listed.
 * @param[out] out room for `capacity` entries; may be NULL when that is 0
 * @param[out] count how many there are; more than `capacity` are not written
 * @param status NULL = all
 * @param known_on acts after this day are not looked at; ::NTM_DATE_NONE = all
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT
 */
NTM_API NTM_NODISCARD ntm_status ntm_register_expiring(ntm_expiry *out, size_t *count, size_t capacity,
                                                       const ntm_register *reg, const char *status, ntm_date from,
                                                       ntm_date to, ntm_date known_on, ntm_error *err);

/** A part of a merged unit that held, or may have held, what the unit has not been given. Borrowed from the
 * register. */
typedef struct ntm_pending {
    const char *unit;       /**< Code of the unit made by the merger. */
    const char *status;     /**< The status that waits. */
    const char *part;       /**< Code of the part. */
    const char *part_label; /**< The class that it held; NULL = none. */
    ntm_verdict part_held;  /**< Whether it held it on the day before the merger: ::NTM_MET, or ::NTM_OPEN. */
    ntm_date merged_on;     /**< Day of the merger. */
    size_t act;             /**< The act that merged the part; ::NTM_NO_ACT = the unit itself, which took the others
                                 in. */
} ntm_pending;

/**
 * Lists what waits for re-acknowledgement on a day: one entry per unit, status and part that held it, by unit code,
 * then status. What was given to the unit since its last merger does not wait, even if it was lost again.
 * @param[out] out,count,capacity as for ntm_register_expiring()
 * @param status NULL = all
 * @param instead `instead_count` statuses: a unit that holds one of them needs no re-acknowledgement (a higher one,
 *        say)
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT
 */
NTM_API NTM_NODISCARD ntm_status ntm_register_pending(ntm_pending *out, size_t *count, size_t capacity,
                                                      const ntm_register *reg, const char *status, ntm_date on,
                                                      const char *const *instead, size_t instead_count, ntm_error *err);

/**
 * Who recognises a class of a set on a day.
 * @param[out] out the entry; borrowed from the set
 * @param label a class of the set's grade; NULL = the set has none, or all of its classes are meant: then only an entry
 *        for all classes answers
 * @return ::NTM_OK, ::NTM_ERROR_ARGUMENT, ::NTM_ERROR_NOT_FOUND (no such class, or the set does not say who
 *         recognises), ::NTM_ERROR_NOT_IN_FORCE (no entry covers the day), ::NTM_ERROR_CONFLICT (two do)
 */
NTM_API NTM_NODISCARD ntm_status ntm_recogniser_find(const ntm_recogniser **out, const ntm_set *set, const char *label,
                                                     ntm_date on, ntm_error *err);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
