/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a tree of YAML into the structs of criteria.h. Everything read lives in the reader's arena. A reader never
   stops at a problem: it records it and goes on with what can still be used. */
#ifndef NTM_I_READ_H
#define NTM_I_READ_H

#include <ntm/catalogue.h>

#include "base/hint.h"
#include "catalogue/yaml.h"
#include "criteria/origin.h"

/* The overlay that is being read. What comes from it says so. */
typedef struct ntm_i_layer {
    const char *id;
    ntm_standing standing;
} ntm_i_layer;

typedef struct ntm_i_reader {
    ntm_i_arena arena;
    ntm_i_report report;
    bool out_of_memory;       /* nothing more is read then */
    const ntm_i_layer *layer; /* NULL in a set */
    bool sources_known;       /* source_index and first_source tell which sources there are */
    ntm_i_index source_index;
    const char *first_source; /* stands in for an unknown one that was reported, so that it is reported once */
    bool axes_known;
    const ntm_axis *axes;
    ntm_i_index axis_index;
    ntm_set_builder *builder; /* takes what is read; NULL while an overlay is only checked */
} ntm_i_reader;

void ntm_i_reader_start(ntm_i_reader *reader, const char *subject, ntm_problems *problems,
                        const ntm_allocator *allocator);
void ntm_i_reader_end(ntm_i_reader *reader);
/* Zeroed memory; NULL after noting that there is none. */
void *ntm_i_reader_take(ntm_i_reader *reader, size_t count, size_t size);
/* Whether `status` of a builder's function means that reading can go on. */
bool ntm_i_reader_went_well(ntm_i_reader *reader, ntm_status status, const ntm_error *err);
/* Says to the builder where the next thing stands. */
void ntm_i_reader_at(ntm_i_reader *reader, const ntm_i_yaml *node);

/* Records a problem where `at` stands. */
void ntm_i_complain(ntm_i_reader *reader, ntm_status status, const ntm_i_yaml *at, const char *format, ...)
    NTM_I_PRINTF(4, 5);

/* For each known key the value in the map, or NULL. Unknown keys are reported. False (reported) for what is no map. */
bool ntm_i_read_keys(ntm_i_reader *reader, const ntm_i_yaml *map, const char *const *keys, size_t count,
                     const ntm_i_yaml **values);
/* Reports that a key is missing when `value` is NULL; returns whether it is there. */
bool ntm_i_need(ntm_i_reader *reader, const ntm_i_yaml *map, const ntm_i_yaml *value, const char *key);
/* Whether it is there and of a kind; reports what is there and is not. */
bool ntm_i_is(ntm_i_reader *reader, const ntm_i_yaml *node, ntm_i_yaml_kind kind);

/* All that follow: NULL leaves *out alone and is no problem; false for what is there and cannot be used (reported). */
bool ntm_i_read_text(ntm_i_reader *reader, const char **out, const ntm_i_yaml *node);
bool ntm_i_read_texts(ntm_i_reader *reader, const char *const **out, size_t *count, const ntm_i_yaml *node);
bool ntm_i_read_names(ntm_i_reader *reader, ntm_names *out, const ntm_i_yaml *node);
bool ntm_i_read_date(ntm_i_reader *reader, ntm_date *out, const ntm_i_yaml *node);
bool ntm_i_read_decimal(ntm_i_reader *reader, ntm_decimal *out, const ntm_i_yaml *node);
bool ntm_i_read_whole(ntm_i_reader *reader, uint32_t *out, const ntm_i_yaml *node, uint32_t most);
bool ntm_i_read_bool(ntm_i_reader *reader, bool *out, const ntm_i_yaml *node);
/* *out is the index of the word. */
bool ntm_i_read_word(ntm_i_reader *reader, size_t *out, const ntm_i_yaml *node, const char *const *words, size_t count,
                     const char *what);

/* The keys of a citation, which many maps end with. */
#define NTM_I_CITATION_KEYS "source", "standing", "note", "overlay"
enum { NTM_I_CITATION_COUNT = 4 };
/* Whether any of the four is there. */
bool ntm_i_has_citation(const ntm_i_yaml *const *values);
/* Reads them. In an overlay the citation says that it comes from there and is worth what the overlay is worth. */
void ntm_i_read_citation(ntm_i_reader *reader, ntm_citation *out, const ntm_i_yaml *const *values);

/* Enumerations as files write them; the index of a word + 1 is the value. */
extern const char *const ntm_i_fact_kinds[7];
extern const char *const ntm_i_merges[8];
extern const char *const ntm_i_over_times[4];
extern const char *const ntm_i_closings[4];
extern const char *const ntm_i_standings[3];
extern const char *const ntm_i_roundings[4];
extern const char *const ntm_i_comparisons[5];

/* ------------------------------------------------------------------------------------------- parts */

/* Reads a section (NULL = none) and makes its sources known; one for each entry, NULL for want of memory. */
const ntm_source *ntm_i_read_sources(ntm_i_reader *reader, const ntm_i_yaml *section);
/* Each reads one section (NULL = none) and adds it to the builder. */
void ntm_i_read_axes(ntm_i_reader *reader, const ntm_i_yaml *section);
void ntm_i_read_dimensions(ntm_i_reader *reader, const ntm_i_yaml *section);
void ntm_i_read_facts(ntm_i_reader *reader, const ntm_i_yaml *section);
void ntm_i_read_figures(ntm_i_reader *reader, const ntm_i_yaml *section);
/* One entry of a section. What cannot be read is left out; the id is always there. */
void ntm_i_read_fact(ntm_i_reader *reader, ntm_fact *out, const ntm_i_yaml *entry);
void ntm_i_read_figure(ntm_i_reader *reader, ntm_figure *out, const ntm_i_cell_origin **origins,
                       const ntm_i_yaml *entry);
/* The cells of a figure whose id, axes and axis_count are in *out: `value` if it has no axes, else `values`. *origins
   is as long as the values; it stays as it was when there are none. */
void ntm_i_read_cells(ntm_i_reader *reader, ntm_figure *out, const ntm_i_cell_origin **origins, const ntm_i_yaml *value,
                      const ntm_i_yaml *values);
/* Adds a figure to the builder with the places of its cells (NULL = not known). False for want of memory. */
bool ntm_i_add_figure(ntm_i_reader *reader, const ntm_figure *figure, const ntm_i_cell_origin *origins);
/* The lists of criteria, of indicators (of the criterion added last) and of preconditions, as a set writes them. */
void ntm_i_read_criteria(ntm_i_reader *reader, const ntm_i_yaml *list);
void ntm_i_read_indicators(ntm_i_reader *reader, const ntm_i_yaml *list);
void ntm_i_read_preconditions(ntm_i_reader *reader, const ntm_i_yaml *list);
/* Makes known which sources and axes there are. */
bool ntm_i_know_sources(ntm_i_reader *reader, const ntm_source *sources, size_t count);
bool ntm_i_know_axes(ntm_i_reader *reader, const ntm_axis *axes, size_t count);
void ntm_i_read_instrument(ntm_i_reader *reader, ntm_instrument *out, const ntm_i_yaml *node);

/* ------------------------------------------------------------------------------------------- rules */

/* A rule that was read and is not yet in a builder: a rule with a problem somewhere in it never gets there, so that the
   builder need not complain about what is left of it. */
typedef struct ntm_i_rule {
    ntm_node_spec spec;          /* without the numbers of nodes below */
    struct ntm_i_rule **of;      /* spec.of_count */
    struct ntm_i_rule **demands; /* spec.band_count; NULL where a class demands nothing */
    struct ntm_i_rule *knock_out;
} ntm_i_rule;

/* NULL for a rule with a problem (reported). `depth` is 1 for the whole rule. */
ntm_i_rule *ntm_i_read_rule(ntm_i_reader *reader, const ntm_i_yaml *node, unsigned depth);
/* What stands below a rule: one node, or a list of `least` to `most`. */
bool ntm_i_read_one(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *node, unsigned depth);
bool ntm_i_read_rules(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *list, size_t least, size_t most,
                      unsigned depth);
/* A count, share or every from its map; `key` is the one that names the kind. */
bool ntm_i_read_over(ntm_i_reader *reader, ntm_i_rule *rule, ntm_node_kind kind, const char *key, const ntm_i_yaml *map,
                     unsigned depth);
/* The citation of a rule, if it has one or has to have one. */
void ntm_i_read_rule_citation(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *const *values);
/* The grade from the map of `of`, `knock_out` and `bands`. */
bool ntm_i_read_grade(ntm_i_reader *reader, ntm_i_rule *rule, const ntm_i_yaml *node, unsigned depth);
/* The grade of a whole set. */
ntm_i_rule *ntm_i_read_top_grade(ntm_i_reader *reader, const ntm_i_yaml *node);
/* Adds a rule to the builder; 0 for NULL. */
ntm_node ntm_i_add_rule(ntm_i_reader *reader, const ntm_i_rule *rule);

/* ------------------------------------------------------------------------------------------- whole files */

/* The caller's options with the defaults filled in. */
ntm_status ntm_i_read_settings(ntm_read_options *out, const ntm_read_options *options, ntm_error *err);

/* Reads the bytes as a set or as an overlay, whichever its `format` says when both are asked for. */
ntm_status ntm_i_read_document(ntm_set **set, ntm_overlay **overlay, const char *bytes, size_t size, const char *name,
                               const ntm_read_options *settings, ntm_error *err);
/* The same from a file. */
ntm_status ntm_i_open_document(ntm_set **set, ntm_overlay **overlay, const char *path, const ntm_read_options *settings,
                               ntm_error *err);

/* A set from its tree; reports everything. */
ntm_status ntm_i_read_set(ntm_set **out, ntm_i_reader *reader, const ntm_i_yaml *root, ntm_error *err);
/* An overlay from its tree: takes the reader's arena with the tree in it when it works. */
ntm_status ntm_i_read_overlay(ntm_overlay **out, ntm_i_reader *reader, const ntm_i_yaml *root, ntm_error *err);
/* Finishes the builder, puts its problems and the report's together, and ends both. */
ntm_status ntm_i_reader_finish(ntm_set **out, ntm_i_reader *reader, ntm_error *err);

#endif
