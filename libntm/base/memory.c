/* SPDX-License-Identifier: Apache-2.0 */
/* Memory from the caller's allocator. Every size is known when a block is given back, so that callers can count. */
#if defined(__linux__)
#define _DEFAULT_SOURCE /* for madvise() */
#include <sys/mman.h>
#endif

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#include "base/checked.h"

static void *c_allocate(void *context, size_t size) {
    (void)context;
    return malloc(size);
}

static void *c_reallocate(void *context, void *block, size_t old_size, size_t new_size) {
    (void)context;
    (void)old_size;
    return realloc(block, new_size);
}

static void c_release(void *context, void *block, size_t size) {
    (void)context;
    (void)size;
    free(block);
}

/* Half an allocator is answered with "no memory" where nobody has refused it before. */
static void *refuse(void *context, size_t size) {
    (void)context;
    (void)size;
    return NULL;
}

static void *refuse_again(void *context, void *block, size_t old_size, size_t new_size) {
    (void)block;
    (void)old_size;
    return refuse(context, new_size);
}

ntm_allocator ntm_i_allocator(const ntm_allocator *allocator) {
    if (allocator != NULL && ntm_i_allocator_usable(allocator)) return *allocator;
    if (allocator != NULL) return (ntm_allocator){refuse, refuse_again, c_release, NULL};
    return (ntm_allocator){c_allocate, c_reallocate, c_release, NULL};
}

bool ntm_i_allocator_usable(const ntm_allocator *allocator) {
    return allocator == NULL ||
           (allocator->allocate != NULL && allocator->reallocate != NULL && allocator->release != NULL);
}

/* Asks for large pages in a block from the C library that is large enough to come fresh from the system: most of the cost
   of filling such a block is the system handing out small ones. Only a hint: without it all is the same, but slower. */
static void ask_for_large_pages(void *block, size_t bytes) {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    const size_t page = (size_t)1 << 21, fresh = (size_t)1 << 25;
    size_t skipped = (page - (uintptr_t)block % page) % page;
    if (block != NULL && bytes >= fresh)
        (void)madvise((char *)block + skipped, (bytes - skipped) / page * page, MADV_HUGEPAGE);
#else
    (void)block;
    (void)bytes;
#endif
}

/* The C library knows which of its memory comes zeroed from the system, and does not touch that again. */
static void *allocate_zeroed(const ntm_allocator *from, size_t bytes) {
    bool ours = from->allocate == c_allocate;
    void *block = ours ? calloc(1, bytes) : from->allocate(from->context, bytes);
    if (ours)
        ask_for_large_pages(block, bytes);
    else if (block != NULL)
        memset(block, 0, bytes);
    return block;
}

void *ntm_i_allocate(const ntm_allocator *allocator, size_t count, size_t size) {
    size_t bytes = 0;
    if (ntm_i_multiply_overflows(count, size, &bytes)) return NULL;
    if (bytes == 0) bytes = 1;
    ntm_allocator from = ntm_i_allocator(allocator);
    return allocate_zeroed(&from, bytes);
}

void ntm_i_release(const ntm_allocator *allocator, void *block, size_t count, size_t size) {
    if (block == NULL) return;
    size_t bytes = count * size; /* cannot overflow: it was allocated */
    ntm_allocator to = ntm_i_allocator(allocator);
    to.release(to.context, block, bytes == 0 ? 1 : bytes);
}

/* ------------------------------------------------------------------------------------------- arenas */

struct ntm_i_block {
    struct ntm_i_block *next;
    size_t size; /* bytes of `bytes` */
    max_align_t bytes[];
};

/* Blocks start small, for the many small objects, and grow, for the few large ones. */
enum { FIRST_BLOCK = 1024, LARGEST_STEP = 256 * 1024 };

void ntm_i_arena_start(ntm_i_arena *arena, const ntm_allocator *allocator) {
    *arena = (ntm_i_arena){ntm_i_allocator(allocator), NULL, 0, 0};
}

void ntm_i_arena_end(ntm_i_arena *arena) {
    struct ntm_i_block *block = arena->blocks;
    while (block != NULL) {
        struct ntm_i_block *next = block->next;
        ntm_i_release(&arena->allocator, block, 1, sizeof *block + block->size);
        block = next;
    }
    arena->blocks = NULL;
    arena->used = 0;
    arena->total = 0;
}

/* A fresh newest block with room for `bytes`. */
static bool add_block(ntm_i_arena *arena, size_t bytes) {
    size_t size = arena->blocks == NULL ? FIRST_BLOCK : arena->blocks->size;
    if (arena->blocks != NULL && size < LARGEST_STEP) size *= 2;
    if (size > LARGEST_STEP) size = LARGEST_STEP;
    if (size < bytes) size = bytes;
    size_t whole = 0;
    if (ntm_i_add_overflows(size, sizeof(struct ntm_i_block), &whole)) return false;
    struct ntm_i_block *block = ntm_i_allocate(&arena->allocator, 1, whole);
    if (block == NULL) return false;
    block->next = arena->blocks;
    block->size = size;
    arena->blocks = block;
    arena->used = 0;
    arena->total += whole;
    return true;
}

void *ntm_i_arena_take(ntm_i_arena *arena, size_t count, size_t size) {
    size_t bytes = 0;
    size_t mask = _Alignof(max_align_t) - 1;
    if (ntm_i_multiply_overflows(count, size, &bytes)) return NULL;
    if (bytes == 0) bytes = 1;
    if (ntm_i_add_overflows(bytes, mask, &bytes)) return NULL;
    bytes &= ~mask;
    if (arena->blocks == NULL || arena->blocks->size - arena->used < bytes) {
        if (!add_block(arena, bytes)) return NULL;
    }
    char *taken = (char *)arena->blocks->bytes + arena->used;
    arena->used += bytes;
    return taken; /* zeroed with its block, and never given twice */
}

char *ntm_i_arena_text(ntm_i_arena *arena, const char *text, size_t size) {
    size_t whole = 0;
    if (ntm_i_add_overflows(size, (size_t)1, &whole)) return NULL;
    char *copy = ntm_i_arena_take(arena, whole, 1);
    if (copy != NULL && size > 0) memcpy(copy, text, size);
    return copy;
}

bool ntm_i_arena_copy(ntm_i_arena *arena, const char **out, const char *text) {
    if (text == NULL) {
        *out = NULL;
        return true;
    }
    char *copy = ntm_i_arena_text(arena, text, strlen(text));
    if (copy == NULL) return false;
    *out = copy;
    return true;
}

/* ------------------------------------------------------------------------------------------- arrays */

void ntm_i_array_start(ntm_i_array *array, const ntm_allocator *allocator, size_t item_size) {
    *array = (ntm_i_array){ntm_i_allocator(allocator), NULL, 0, 0, item_size};
}

void ntm_i_array_end(ntm_i_array *array) {
    ntm_i_release(&array->allocator, array->items, array->capacity, array->item_size);
    array->items = NULL;
    array->count = 0;
    array->capacity = 0;
}

/* Room for `more` items behind the last; doubles, so that pushing costs O(1) each. */
static bool make_room(ntm_i_array *array, size_t more) {
    size_t needed = 0;
    size_t bytes = 0;
    if (ntm_i_add_overflows(array->count, more, &needed)) return false;
    if (needed <= array->capacity) return true;
    size_t capacity = array->capacity < 8 ? 8 : array->capacity;
    if (capacity <= SIZE_MAX / 2 && array->capacity > 0) capacity *= 2;
    if (capacity < needed) capacity = needed;
    if (ntm_i_multiply_overflows(capacity, array->item_size, &bytes) || bytes == 0) return false;
    const ntm_allocator *from = &array->allocator;
    void *items = array->items == NULL
                      ? from->allocate(from->context, bytes)
                      : from->reallocate(from->context, array->items, array->capacity * array->item_size, bytes);
    if (items == NULL) return false;
    array->items = items;
    array->capacity = capacity;
    return true;
}

void *ntm_i_array_push(ntm_i_array *array) {
    if (!make_room(array, 1)) return NULL;
    char *item = (char *)array->items + array->count * array->item_size;
    memset(item, 0, array->item_size);
    array->count++;
    return item;
}

bool ntm_i_array_append(ntm_i_array *array, const void *items, size_t count) {
    if (count == 0) return true;
    if (!make_room(array, count)) return false;
    memcpy((char *)array->items + array->count * array->item_size, items, count * array->item_size);
    array->count += count;
    return true;
}
