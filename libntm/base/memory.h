/* SPDX-License-Identifier: Apache-2.0 */
/* Memory from the caller's allocator: blocks, arenas and growing arrays. */
#ifndef NTM_I_MEMORY_H
#define NTM_I_MEMORY_H

#include <ntm/base.h>

/* The caller's allocator, or the C library's for NULL. Returned by value so that objects can keep it. */
ntm_allocator ntm_i_allocator(const ntm_allocator *allocator);
/* Whether all three functions are there (or it is NULL): what a public function asks before it takes one. */
bool ntm_i_allocator_usable(const ntm_allocator *allocator);

/* NULL on failure and for count * size beyond SIZE_MAX. Zeroed. A size of 0 gives a valid block of 1 byte. */
void *ntm_i_allocate(const ntm_allocator *allocator, size_t count, size_t size);
/* Gives back what ntm_i_allocate(count, size) gave; NULL does nothing. */
void ntm_i_release(const ntm_allocator *allocator, void *block, size_t count, size_t size);

/* An arena: many small things that live and die together. Start with ntm_i_arena_start, end with ntm_i_arena_end. */
typedef struct ntm_i_arena {
    ntm_allocator allocator;
    struct ntm_i_block *blocks;
    size_t used;  /* in the newest block */
    size_t total; /* bytes taken from the allocator */
} ntm_i_arena;

void ntm_i_arena_start(ntm_i_arena *arena, const ntm_allocator *allocator);
void ntm_i_arena_end(ntm_i_arena *arena);
/* Zeroed memory for count things of `size` bytes, aligned for any type; NULL on failure. 0 bytes give a valid
   pointer. */
void *ntm_i_arena_take(ntm_i_arena *arena, size_t count, size_t size);
/* A copy that ends with NUL; NULL on failure. */
char *ntm_i_arena_text(ntm_i_arena *arena, const char *text, size_t size);
/* The same for text that ends with NUL; *out is NULL for NULL. Returns false on failure. */
bool ntm_i_arena_copy(ntm_i_arena *arena, const char **out, const char *text);

/* A growing array. `items` moves when it grows. Zero-initialise, set item_size and allocator by ntm_i_array_start. */
typedef struct ntm_i_array {
    ntm_allocator allocator;
    void *items;
    size_t count;
    size_t capacity;
    size_t item_size;
} ntm_i_array;

void ntm_i_array_start(ntm_i_array *array, const ntm_allocator *allocator, size_t item_size);
void ntm_i_array_end(ntm_i_array *array);
/* Room for one more zeroed item at the end; NULL on failure (then nothing changed). */
void *ntm_i_array_push(ntm_i_array *array);
/* Appends `count` items copied from `items`; false on failure. */
bool ntm_i_array_append(ntm_i_array *array, const void *items, size_t count);

#endif
