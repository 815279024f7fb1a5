/* SPDX-License-Identifier: Apache-2.0 */
/* Rules of codes, how one code is held against them, and how the codes of one entry are held against one another. */
#ifndef NTM_I_CLASSIFICATION_H
#define NTM_I_CLASSIFICATION_H

#include <ntm/classification.h>

#include "base/error.h"
#include "base/memory.h"

#define NTM_I_RULES_MAX      4096
#define NTM_I_PROGRAMMES_MAX 4096

/* The shipped file; written at build time by tools/embed-catalogue.py. */
extern const char ntm_i_classification_bytes[];
extern const size_t ntm_i_classification_size;

/* The first three describe codes, by their last digit; the others are rules about entries. */
typedef enum ntm_i_shape {
    NTM_I_SHAPE_ANY = 1,
    NTM_I_SHAPE_TENS = 2,
    NTM_I_SHAPE_ONES = 3,
    NTM_I_SHAPE_SAME_LEVEL = 4,
    NTM_I_SHAPE_PARTS_ONLY = 5,
    NTM_I_SHAPE_CENTRAL_CODE = 6
} ntm_i_shape;

typedef struct ntm_i_rule {
    ntm_code_kind kind;
    ntm_i_shape shape;
    ntm_rule_standing standing;
    ntm_government level;
    ntm_code_kind part_of; /* 0 = of nothing */
    uint8_t digits;
    int32_t first;
    int32_t last;
    int32_t within; /* of how many codes behind its parent's; 0 = no limit */
    int32_t block;  /* codes of a programme's block; 0 = not told */
    ntm_date from;  /* INT32_MIN = ever */
    ntm_date to;    /* the first day on which it no longer holds; INT32_MAX = none */
    size_t row;
    const char *successor;
    const char *label;
    const char *act;
    const char *source;
} ntm_i_rule;

struct ntm_classification {
    ntm_i_arena arena;
    ntm_i_rule *rules; /* by kind, in each as in the file */
    size_t count;
    size_t starts[NTM_CODE_KIND_END + 1]; /* the rules of kind k are starts[k] .. starts[k + 1] - 1 */
    ntm_date *turns;                      /* days on which some rule begins or ends: sorted, each once */
    size_t turn_count;
};

/* From the columns of a file. */
ntm_status ntm_i_rules_load(ntm_classification *to, const ntm_table *table, const char *label, ntm_problems *problems,
                            ntm_error *err);

static inline bool ntm_i_rule_holds(const ntm_i_rule *rule, ntm_date on) { return rule->from <= on && on < rule->to; }
static inline bool ntm_i_rule_of_codes(const ntm_i_rule *rule) { return rule->shape <= NTM_I_SHAPE_ONES; }
/* Whether the last digit is one that the shape allows. */
bool ntm_i_shape_fits(ntm_i_shape shape, int32_t value);
/* The rule about entries of that kind and shape on a day; NULL = none. */
const ntm_i_rule *ntm_i_rule_about(const ntm_classification *c, ntm_code_kind kind, ntm_i_shape shape, ntm_date on);

/* Digits as a number; false when there is anything else, nothing, or more than NTM_CODE_DIGITS_MAX. */
bool ntm_i_code_value(int32_t *out, const char *text, size_t size);
/* A number as so many digits; the buffer has room for 8. */
void ntm_i_code_text(char out[8], int32_t value, unsigned digits);

/* What has to be known of a code to hold it against its neighbours: small, so that it can be kept for each. */
typedef struct ntm_i_code_state {
    int32_t value;
    int32_t parent; /* -1 = not told */
    uint16_t rule;  /* index of the rule; UINT16_MAX = none */
    uint8_t verdict;
    uint8_t standing;
    uint8_t level;
    uint8_t digits;
    bool there; /* the entry has such a code */
} ntm_i_code_state;

/* Of a code that is not there, or of which nothing is known. */
#define NTM_I_CODE_UNKNOWN(is_there) ((ntm_i_code_state){-1, -1, UINT16_MAX, NTM_CODE_OPEN, 0, 0, 0, (is_there)})

/* ntm_code_check() without the texts. seen_only: what rests on an inferred rule is open. */
ntm_i_code_state ntm_i_code_look(const ntm_classification *c, ntm_code_kind kind, const char *text, size_t size,
                                 ntm_date on, bool seen_only);
/* The finding of a state. */
void ntm_i_code_finding(ntm_code_finding *out, const ntm_classification *c, ntm_code_kind kind,
                        const ntm_i_code_state *state, const char *text, size_t size);
/* Puts the code's text into a finding, cut and on one line. */
void ntm_i_finding_code(ntm_code_finding *out, const char *text, size_t size);
/* Puts a rule into a finding: standing, days, act, source. */
void ntm_i_finding_rule(ntm_code_finding *out, const ntm_i_rule *rule);

/* ------------------------------------------------------------------------------------------- programmes */

/* A declared programme, checked. */
typedef struct ntm_i_programme {
    const char *id; /* borrowed */
    int32_t code;
    int32_t end; /* the first code behind its block */
    uint8_t digits;
    bool central;
    bool has_parts;
    ntm_date from;
    ntm_date to;
} ntm_i_programme;

typedef struct ntm_i_programmes {
    ntm_i_programme *items; /* by code */
    ntm_i_programme *by_id; /* the same by id, then first day */
    size_t count;
} ntm_i_programmes;

/* Checks what was declared; the items are the arena's. */
ntm_status ntm_i_programmes_take(ntm_i_programmes *out, const ntm_classification *c, const ntm_codes_options *options,
                                 ntm_i_arena *arena, ntm_error *err);
/* The first of `items` with this code or a higher one. */
size_t ntm_i_programmes_from(const ntm_i_programmes *all, int32_t code);
/* Those of one id: start .. end - 1 of `by_id`. */
void ntm_i_programmes_named(size_t *start, size_t *end, const ntm_i_programmes *all, const char *id, size_t size);
/* The one of them that there is on a day; NULL = none. */
const ntm_i_programme *ntm_i_programmes_on(const ntm_i_programmes *all, size_t start, size_t end, ntm_date on);
ntm_status ntm_i_codes_options_check(const ntm_codes_options *options, ntm_error *err);

/* ------------------------------------------------------------------------------------------- one entry */

/* The column of a table of entries that has the codes of a kind: "budget_level". */
const char *ntm_i_code_column(ntm_code_kind kind);

/* Told of each finding of an entry. */
typedef void ntm_i_tell(void *context, const ntm_code_finding *finding);

/* An entry whose codes have been looked up. `texts` are needed only when something is told. */
typedef struct ntm_i_entry {
    ntm_i_code_state states[NTM_CODE_KIND_END]; /* by kind; [0] is not used */
    const char *texts[NTM_CODE_KIND_END];
    size_t sizes[NTM_CODE_KIND_END];
    const ntm_i_programme *programme; /* the one that it names, on the day; NULL = none, or undeclared */
    bool local_source;
    ntm_date on;
} ntm_i_entry;

/* What entries are held against: the same for all of a table. */
typedef struct ntm_i_judge {
    const ntm_classification *classification;
    ntm_i_programmes programmes;
    bool seen_only;
    ntm_i_tell *tell;
    void *context;
} ntm_i_judge;

/* Tells everything that is not good of the entry. */
void ntm_i_entry_judge(const ntm_i_judge *judge, const ntm_i_entry *entry);

#endif
