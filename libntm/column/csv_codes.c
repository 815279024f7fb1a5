/* SPDX-License-Identifier: Apache-2.0 */
/* Categories found by their text: a crit-bit tree (D. J. Bernstein). A hash table would be as fast on good days, and a
   file made for it would make every row as slow as all rows before it. */
#include "column/csv_field.h"

#include <string.h>

/* An inner node tells its two sides apart by one bit of one byte; a leaf has no sides. The text of a leaf and the NUL
   behind it take part, so that no text is the beginning of another. */
struct ntm_i_csv_node {
    struct ntm_i_csv_node *side[2];
    size_t byte;
    unsigned mask; /* the one bit */
    const char *text;
    size_t size;
    int32_t code;
};

typedef struct ntm_i_csv_node node;

void ntm_i_csv_codes_start(ntm_i_csv_codes *codes, ntm_i_arena *arena) {
    codes->arena = arena;
    codes->root = NULL;
    ntm_i_array_start(&codes->names, &arena->allocator, sizeof(const char *));
}

void ntm_i_csv_codes_end(ntm_i_csv_codes *codes) { ntm_i_array_end(&codes->names); }

static unsigned byte_at(const char *text, size_t size, size_t at) { return at < size ? (unsigned char)text[at] : 0; }

static int side_of(const node *inner, const char *text, size_t size) {
    return (byte_at(text, size, inner->byte) & inner->mask) != 0;
}

static node *new_leaf(ntm_i_csv_codes *codes, const char *text, size_t size) {
    if (codes->names.count >= INT32_MAX) return NULL;
    node *leaf = ntm_i_arena_take(codes->arena, 1, sizeof *leaf);
    const char *copy = ntm_i_arena_text(codes->arena, text, size);
    if (leaf == NULL || copy == NULL || !ntm_i_array_append(&codes->names, &copy, 1)) return NULL;
    leaf->text = copy;
    leaf->size = size;
    leaf->code = (int32_t)(codes->names.count - 1);
    return leaf;
}

bool ntm_i_csv_codes_find(ntm_i_csv_codes *codes, int32_t *code, const char *text, size_t size) {
    node *near = codes->root;
    while (near != NULL && near->side[0] != NULL)
        near = near->side[side_of(near, text, size)];
    if (near != NULL && near->size == size && memcmp(near->text, text, size) == 0) {
        *code = near->code;
        return true;
    }
    node *inner = near == NULL ? NULL : ntm_i_arena_take(codes->arena, 1, sizeof *inner);
    if (near != NULL && inner == NULL) return false;
    node *leaf = new_leaf(codes, text, size);
    if (leaf == NULL) return false;
    *code = leaf->code;
    if (near == NULL) {
        codes->root = leaf;
        return true;
    }
    while (byte_at(text, size, inner->byte) == byte_at(near->text, near->size, inner->byte))
        inner->byte++; /* ends at the NUL of the shorter at the latest */
    unsigned different = byte_at(text, size, inner->byte) ^ byte_at(near->text, near->size, inner->byte);
    inner->mask = 0x80;
    while ((different & inner->mask) == 0)
        inner->mask >>= 1;
    /* The new node goes above the first one that looks at a later bit. */
    node **where = &codes->root;
    while ((*where)->side[0] != NULL &&
           ((*where)->byte < inner->byte || ((*where)->byte == inner->byte && (*where)->mask > inner->mask)))
        where = &(*where)->side[side_of(*where, text, size)];
    int side = side_of(inner, text, size);
    inner->side[side] = leaf;
    inner->side[1 - side] = *where;
    *where = inner;
    return true;
}
