/* SPDX-License-Identifier: Apache-2.0 */
/* From libyaml's events to a tree, without recursion: limits are kept as the events come. */
#include "catalogue/yaml.h"

#include <string.h>
#include <yaml.h>

#include "base/text.h"

typedef struct parse {
    yaml_parser_t parser;
    ntm_i_arena *arena;
    ntm_i_report *report;
    const char *bytes;
    size_t nodes, nodes_max, depth;
    ntm_i_yaml *root;
    ntm_i_yaml *open; /* the innermost list or map that has not ended */
} parse;

static uint32_t from_1(size_t number) { return number >= UINT32_MAX ? UINT32_MAX : (uint32_t)number + 1; }

const ntm_i_yaml *ntm_i_yaml_get(const ntm_i_yaml *map, const char *key) {
    if (map == NULL || map->kind != NTM_I_YAML_MAP) return NULL;
    for (const ntm_i_yaml *value = map->first; value != NULL; value = value->next)
        if (strcmp(value->key->text, key) == 0) return value;
    return NULL;
}

bool ntm_i_yaml_index(ntm_i_yaml_entry **entries, ntm_i_index *index, ntm_i_arena *arena, const ntm_i_yaml *map) {
    size_t count = map != NULL && map->kind == NTM_I_YAML_MAP ? map->size : 0, i = 0;
    ntm_i_yaml_entry *made = ntm_i_arena_take(arena, count, sizeof *made);
    if (made == NULL) return false;
    for (ntm_i_yaml *value = count > 0 ? map->first : NULL; value != NULL; value = value->next)
        made[i++] = (ntm_i_yaml_entry){value->key->text, value};
    *entries = made;
    return ntm_i_index_make(index, arena, made, count, sizeof *made);
}

static void append(ntm_i_yaml *parent, ntm_i_yaml *node) {
    if (parent->last == NULL)
        parent->first = node;
    else
        parent->last->next = node;
    parent->last = node;
    parent->size++;
}

/* Puts a node in its place: as an item, a key that waits for its value, or the value of that key. */
static void place(parse *p, ntm_i_yaml *node) {
    ntm_i_yaml *parent = p->open;
    node->parent = parent;
    if (parent == NULL) {
        p->root = node;
    } else if (parent->kind == NTM_I_YAML_LIST) {
        append(parent, node);
    } else if (parent->waiting == NULL) {
        parent->waiting = node;
        if (node->kind == NTM_I_YAML_LIST || node->kind == NTM_I_YAML_MAP)
            (void)ntm_i_report_problem(p->report, NTM_ERROR_SYNTAX, node->line, node->column,
                                       "a list or map as a key is refused");
        else if (node->kind == NTM_I_YAML_SCALAR && node->plain && strcmp(node->text, "<<") == 0)
            (void)ntm_i_report_problem(p->report, NTM_ERROR_SYNTAX, node->line, node->column,
                                       "the merge key << is refused");
    } else {
        const ntm_i_yaml *key = parent->waiting;
        parent->waiting = NULL;
        node->key = key;
        bool merge = key->plain && strcmp(key->text, "<<") == 0;
        if (key->kind == NTM_I_YAML_SCALAR && !merge) append(parent, node);
    }
}

/* A new node at the start of an event; NULL after a limit was passed or for want of memory, told by *status. */
static ntm_i_yaml *new_node(parse *p, ntm_i_yaml_kind kind, const yaml_event_t *event, ntm_status *status) {
    uint32_t line = from_1(event->start_mark.line), column = from_1(event->start_mark.column);
    if (++p->nodes > p->nodes_max) {
        *status =
            ntm_i_report_problem(p->report, NTM_ERROR_LIMIT, line, column, "more than %zu YAML nodes", p->nodes_max);
        return NULL;
    }
    if ((kind == NTM_I_YAML_LIST || kind == NTM_I_YAML_MAP) && ++p->depth > NTM_I_YAML_DEPTH_MAX) {
        *status = ntm_i_report_problem(p->report, NTM_ERROR_LIMIT, line, column, "nested deeper than %d levels",
                                       NTM_I_YAML_DEPTH_MAX);
        return NULL;
    }
    ntm_i_yaml *node = ntm_i_arena_take(p->arena, 1, sizeof *node);
    if (node == NULL) {
        *status = NTM_ERROR_MEMORY;
        return NULL;
    }
    node->kind = kind;
    node->line = line;
    node->column = column;
    node->text = "";
    return node;
}

static void refuse_extras(parse *p, const ntm_i_yaml *node, const yaml_char_t *anchor, const yaml_char_t *tag) {
    if (anchor != NULL)
        (void)ntm_i_report_problem(p->report, NTM_ERROR_SYNTAX, node->line, node->column, "anchors (&) are refused");
    if (tag != NULL)
        (void)ntm_i_report_problem(p->report, NTM_ERROR_SYNTAX, node->line, node->column, "tags (!) are refused");
}

static ntm_status take_scalar(parse *p, const yaml_event_t *event) {
    ntm_status status = NTM_OK;
    ntm_i_yaml *node = new_node(p, NTM_I_YAML_SCALAR, event, &status);
    if (node == NULL) return status;
    const char *text = (const char *)event->data.scalar.value;
    node->text = ntm_i_arena_text(p->arena, text, event->data.scalar.length);
    if (node->text == NULL) return NTM_ERROR_MEMORY;
    node->size = event->data.scalar.length;
    node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    refuse_extras(p, node, event->data.scalar.anchor, event->data.scalar.tag);
    if (memchr(text, '\0', node->size) != NULL)
        (void)ntm_i_report_problem(p->report, NTM_ERROR_SYNTAX, node->line, node->column, "text with a NUL in it");
    place(p, node);
    return NTM_OK;
}

static ntm_status take_alias(parse *p, const yaml_event_t *event) {
    ntm_status status = NTM_OK;
    ntm_i_yaml *node = new_node(p, NTM_I_YAML_REFUSED, event, &status);
    if (node == NULL) return status;
    (void)ntm_i_report_problem(p->report, NTM_ERROR_SYNTAX, node->line, node->column, "aliases (*) are refused");
    place(p, node);
    return NTM_OK;
}

static ntm_status take_start(parse *p, ntm_i_yaml_kind kind, const yaml_event_t *event, const yaml_char_t *anchor,
                             const yaml_char_t *tag) {
    ntm_status status = NTM_OK;
    ntm_i_yaml *node = new_node(p, kind, event, &status);
    if (node == NULL) return status;
    refuse_extras(p, node, anchor, tag);
    place(p, node);
    p->open = node;
    return NTM_OK;
}

/* Reports every key that an earlier one of the same map has, and takes its value out. */
static bool refuse_doubled_keys(parse *p, ntm_i_yaml *map) {
    if (map->size < 2) return true;
    ntm_i_arena scratch;
    ntm_i_arena_start(&scratch, &p->arena->allocator);
    ntm_i_yaml_entry *entries = NULL;
    ntm_i_index index = {NULL, 0};
    bool made = ntm_i_yaml_index(&entries, &index, &scratch, map), doubled = false;
    for (size_t i = 1; made && i < index.count; i++) {
        const ntm_i_yaml *before = entries[index.entries[i - 1].at].value->key;
        ntm_i_yaml *value = entries[index.entries[i].at].value;
        if (strcmp(before->text, value->key->text) != 0) continue;
        (void)ntm_i_report_problem(p->report, NTM_ERROR_SCHEMA, value->key->line, value->key->column,
                                   "the key \"%.*s\" is already at line %u", ntm_i_shown(before->text, before->size),
                                   before->text, before->line);
        value->parent = NULL; /* the mark by which it is left out below */
        doubled = true;
    }
    ntm_i_yaml *value = map->first;
    if (doubled) {
        map->first = map->last = NULL;
        map->size = 0;
    }
    while (doubled && value != NULL) {
        ntm_i_yaml *next = value->next;
        value->next = NULL;
        if (value->parent != NULL) append(map, value);
        value = next;
    }
    ntm_i_arena_end(&scratch);
    return made;
}

static ntm_status take_end(parse *p) {
    ntm_i_yaml *ended = p->open;
    p->open = ended->parent;
    p->depth--;
    return ended->kind != NTM_I_YAML_MAP || refuse_doubled_keys(p, ended) ? NTM_OK : NTM_ERROR_MEMORY;
}

static ntm_status take_event(parse *p, const yaml_event_t *event) {
    switch (event->type) {
        case YAML_SCALAR_EVENT:
            return take_scalar(p, event);
        case YAML_ALIAS_EVENT:
            return take_alias(p, event);
        case YAML_SEQUENCE_START_EVENT:
            return take_start(p, NTM_I_YAML_LIST, event, event->data.sequence_start.anchor,
                              event->data.sequence_start.tag);
        case YAML_MAPPING_START_EVENT:
            return take_start(p, NTM_I_YAML_MAP, event, event->data.mapping_start.anchor,
                              event->data.mapping_start.tag);
        case YAML_SEQUENCE_END_EVENT:
        case YAML_MAPPING_END_EVENT:
            return take_end(p);
        case YAML_DOCUMENT_START_EVENT:
            if (p->root == NULL) return NTM_OK;
            return ntm_i_report_problem(p->report, NTM_ERROR_SYNTAX, from_1(event->start_mark.line),
                                        from_1(event->start_mark.column), "a second document: a file holds one");
        default:
            return NTM_OK;
    }
}

/* libyaml's own error, as one of ours. */
static ntm_status parser_error(parse *p) {
    const yaml_parser_t *parser = &p->parser;
    const char *problem = parser->problem != NULL ? parser->problem : "it cannot be parsed";
    if (parser->error == YAML_MEMORY_ERROR) return NTM_ERROR_MEMORY;
    uint32_t line = from_1(parser->problem_mark.line), column = from_1(parser->problem_mark.column);
    if (parser->error == YAML_READER_ERROR) {
        ntm_i_yaml_place(p->bytes, parser->problem_offset, &line, &column);
        return ntm_i_report_problem(p->report, NTM_ERROR_SYNTAX, line, column, "%s (U+%04X)", problem,
                                    (unsigned)parser->problem_value);
    }
    if (parser->context != NULL)
        return ntm_i_report_problem(p->report, NTM_ERROR_SYNTAX, line, column, "%s that begins at line %u: %s",
                                    parser->context, from_1(parser->context_mark.line), problem);
    return ntm_i_report_problem(p->report, NTM_ERROR_SYNTAX, line, column, "%s", problem);
}

static ntm_status take_events(parse *p) {
    for (bool ended = false; !ended;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&p->parser, &event)) return parser_error(p);
        ended = event.type == YAML_STREAM_END_EVENT;
        ntm_status status = take_event(p, &event);
        yaml_event_delete(&event);
        if (status != NTM_OK) return status;
    }
    return NTM_OK;
}

ntm_status ntm_i_yaml_parse(const ntm_i_yaml **out, ntm_i_arena *arena, ntm_i_report *report, const char *bytes,
                            size_t size, size_t nodes_max) {
    size_t skip = 0;
    ntm_status status = ntm_i_yaml_scan(report, bytes, size, &skip);
    if (status != NTM_OK) return status;
    parse p;
    memset(&p, 0, sizeof p);
    p.arena = arena;
    p.report = report;
    p.bytes = bytes + skip;
    p.nodes_max = nodes_max;
    if (!yaml_parser_initialize(&p.parser)) return NTM_ERROR_MEMORY;
    yaml_parser_set_encoding(&p.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&p.parser, (const unsigned char *)p.bytes, size - skip);
    status = take_events(&p);
    yaml_parser_delete(&p.parser);
    if (status != NTM_OK) return status;
    if (p.root == NULL) return ntm_i_report_problem(report, NTM_ERROR_SYNTAX, 1, 1, "the file is empty");
    *out = p.root;
    return NTM_OK;
}
