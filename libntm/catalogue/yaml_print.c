/* SPDX-License-Identifier: Apache-2.0 */
/* From a tree to text: what fits in a line in a line, the rest one thing a line. Trees of sets are at most
   NTM_I_YAML_DEPTH_MAX deep, which bounds the recursion. */
#include <string.h>

#include "base/utf8.h"
#include "catalogue/write.h"

enum {
    LINE = 118,      /* the longest line, where there is a choice */
    INDENT_MAX = 60, /* deeper things stand in one line, however long it gets */
    KEY_MAX = 1000   /* a longer key has to be announced by "? " */
};

/* The characters of everything in one line, which is known once all below is known. */
static size_t measure(ntm_i_yaml *node, bool *good) {
    if (node->kind == NTM_I_YAML_SCALAR) {
        node->width = node->plain ? node->size : ntm_i_yaml_put_text(NULL, node->text, node->size, good);
        return node->width;
    }
    node->width = 2;
    for (ntm_i_yaml *item = node->first; item != NULL; item = item->next) {
        if (item->key != NULL) node->width += ntm_i_yaml_put_text(NULL, item->key->text, item->key->size, good) + 2;
        node->width += measure(item, good) + (item->next != NULL ? 2 : 0);
    }
    return node->width;
}

static void put_scalar(ntm_i_writer *writer, const ntm_i_yaml *node, bool *good) {
    if (node->plain)
        ntm_i_write(writer, node->text, node->size);
    else
        (void)ntm_i_yaml_put_text(writer, node->text, node->size, good);
}

static void put_line(ntm_i_writer *writer, const ntm_i_yaml *node, bool *good) {
    if (node->kind == NTM_I_YAML_SCALAR) {
        put_scalar(writer, node, good);
        return;
    }
    ntm_i_write_text(writer, node->kind == NTM_I_YAML_MAP ? "{" : "[");
    for (const ntm_i_yaml *item = node->first; item != NULL; item = item->next) {
        if (item->key != NULL) {
            if (ntm_i_yaml_put_text(NULL, item->key->text, item->key->size, good) > KEY_MAX)
                ntm_i_write_text(writer, "? ");
            put_scalar(writer, item->key, good);
            ntm_i_write_text(writer, ": ");
        }
        put_line(writer, item, good);
        if (item->next != NULL) ntm_i_write_text(writer, ", ");
    }
    ntm_i_write_text(writer, node->kind == NTM_I_YAML_MAP ? "}" : "]");
}

static void put_break(ntm_i_writer *writer, size_t indent) {
    ntm_i_write_text(writer, "\n");
    for (size_t i = 0; i < indent; i++)
        ntm_i_write_text(writer, " ");
}

/* Long text as a folded block: each line break in it stands for one blank. */
static void put_folded(ntm_i_writer *writer, const char *text, size_t size, size_t indent) {
    ntm_i_write_text(writer, ">-");
    size_t used = LINE;
    for (size_t at = 0; at < size;) {
        const char *blank = memchr(text + at, ' ', size - at);
        size_t word = blank == NULL ? size - at : (size_t)(blank - (text + at));
        size_t wide = ntm_i_utf8_length(text + at, word);
        if (used + 1 + wide > LINE) {
            put_break(writer, indent);
            used = indent;
        } else {
            ntm_i_write_text(writer, " ");
            used++;
        }
        ntm_i_write(writer, text + at, word);
        used += wide;
        at += word + 1;
    }
}

static void put_block(ntm_i_writer *writer, const ntm_i_yaml *node, size_t indent, bool *good);

/* What comes after "key:" or "-" at an indent, where `used` characters of the line are taken. */
static void put_value(ntm_i_writer *writer, const ntm_i_yaml *node, size_t indent, size_t used, bool item, bool *good) {
    bool fits = used + 1 + node->width <= LINE || indent >= INDENT_MAX;
    if (node->kind == NTM_I_YAML_SCALAR) {
        ntm_i_write_text(writer, " ");
        if (!fits && !node->plain && ntm_i_yaml_can_fold(node->text, node->size))
            put_folded(writer, node->text, node->size, indent + 2);
        else
            put_scalar(writer, node, good);
    } else if (node->first == NULL || (fits && !node->block)) {
        ntm_i_write_text(writer, " ");
        put_line(writer, node, good);
    } else {
        if (item)
            ntm_i_write_text(writer, " ");
        else
            put_break(writer, indent + 2);
        put_block(writer, node, indent + 2, good);
    }
}

/* The entries of a list or map, the first where the writer stands, the others on lines of their own. */
static void put_block(ntm_i_writer *writer, const ntm_i_yaml *node, size_t indent, bool *good) {
    for (const ntm_i_yaml *item = node->first; item != NULL; item = item->next) {
        if (item != node->first) {
            if (indent == 0 && item->block) ntm_i_write_text(writer, "\n"); /* a blank line before each section */
            put_break(writer, indent);
        }
        if (item->key == NULL) {
            ntm_i_write_text(writer, "-");
            put_value(writer, item, indent, indent + 1, true, good);
            continue;
        }
        size_t wide = ntm_i_yaml_put_text(NULL, item->key->text, item->key->size, good);
        if (wide > KEY_MAX) ntm_i_write_text(writer, "? ");
        put_scalar(writer, item->key, good);
        if (wide > KEY_MAX) put_break(writer, indent);
        ntm_i_write_text(writer, ":");
        put_value(writer, item, indent, indent + (wide > KEY_MAX ? 1 : wide + 1), false, good);
    }
}

bool ntm_i_yaml_print(ntm_i_writer *writer, ntm_i_yaml *root) {
    bool good = true;
    (void)measure(root, &good);
    if (good) put_block(writer, root, 0, &good);
    ntm_i_write_text(writer, "\n");
    return good;
}
