/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"

#include <stdlib.h>
#include <string.h>

enum { MAGIC = 0x6d746e66, FREED = 0x64656164 };

/* Stands before each block; a union keeps the block aligned. */
typedef union head {
    struct {
        size_t size;
        unsigned magic;
        fault *owner;
    } is;
    max_align_t align;
} head;

static bool fails(fault *f, size_t size) {
    f->calls++;
    if (size == 0) fail_msg("an allocation of 0 bytes was asked for");
    if (f->limit != 0 && size > f->limit) return true;
    if (f->calls != f->fail_at) return false;
    f->fired = true;
    return true;
}

static void count(fault *f, size_t size) {
    f->blocks++;
    f->bytes += size;
    if (f->bytes > f->peak) f->peak = f->bytes;
}

static void *fault_allocate(void *context, size_t size) {
    fault *f = context;
    if (fails(f, size)) return NULL;
    head *block = malloc(sizeof *block + size);
    if (block == NULL) return NULL;
    block->is.size = size;
    block->is.magic = MAGIC;
    block->is.owner = f;
    memset(block + 1, 0xa5, size); /* so that nobody relies on zeros */
    count(f, size);
    return block + 1;
}

static void fault_release(void *context, void *memory, size_t size) {
    fault *f = context;
    if (memory == NULL) fail_msg("NULL was given back");
    head *block = (head *)memory - 1;
    if (block->is.magic != MAGIC) fail_msg("a block was given back that is not one, or twice");
    if (block->is.owner != f) fail_msg("a block was given back to another allocator");
    if (block->is.size != size) fail_msg("a block of %zu bytes was given back as %zu", block->is.size, size);
    block->is.magic = FREED;
    f->blocks--;
    f->bytes -= size;
    memset(memory, 0x5a, size);
    free(block);
}

static void *fault_reallocate(void *context, void *memory, size_t old_size, size_t new_size) {
    fault *f = context;
    if (memory == NULL) fail_msg("NULL was reallocated");
    head *block = (head *)memory - 1;
    if (block->is.magic != MAGIC || block->is.size != old_size) fail_msg("a block was reallocated by a wrong size");
    if (fails(f, new_size)) return NULL;
    f->calls--; /* counted already: the block below is part of this call */
    size_t fail_at = f->fail_at;
    f->fail_at = 0;
    void *moved = fault_allocate(f, new_size); /* always moves, so that nobody keeps the old address */
    f->fail_at = fail_at;
    if (moved == NULL) return NULL;
    memcpy(moved, memory, old_size < new_size ? old_size : new_size);
    fault_release(f, memory, old_size);
    return moved;
}

ntm_allocator fault_allocator(fault *f) { return (ntm_allocator){fault_allocate, fault_reallocate, fault_release, f}; }

static void *never(void *context, size_t size) {
    (void)context;
    fail_msg("%zu bytes were asked for", size);
    return NULL;
}

const ntm_allocator fault_lacking = {never, NULL, NULL, NULL};

void fault_assert_empty(const fault *f) {
    if (f->blocks != 0 || f->bytes != 0) fail_msg("%zu blocks of %zu bytes were not given back", f->blocks, f->bytes);
}

/* The next allocation to fail: all of the first and last `ends`, and one in `step` between them. */
static size_t next(size_t at, size_t total, size_t ends, size_t step) {
    if (at < ends || at + ends >= total) return at + 1;
    return at + step + ends < total ? at + step : total - ends;
}

static size_t sweep(fault_case run, void *context, ntm_status expected, bool tolerant, size_t total, size_t ends) {
    for (size_t at = 1; at < 1000000; at = next(at, total, ends, 211)) {
        fault f = FAULT_INIT;
        f.fail_at = at;
        ntm_allocator allocator = fault_allocator(&f);
        ntm_status status = run(&allocator, context);
        if (f.blocks != 0) fail_msg("%zu blocks of %zu bytes leak when allocation %zu fails", f.blocks, f.bytes, at);
        if (!f.fired) {
            assert_int_equal(status, expected);
            return f.calls;
        }
        if (status != NTM_ERROR_MEMORY && !(tolerant && status == expected))
            fail_msg("%s, expected NTM_ERROR_MEMORY, when allocation %zu fails", ntm_status_name(status), at);
    }
    fail_msg("the sweep does not end");
    return 0;
}

size_t fault_sweep(fault_case run, void *context, ntm_status expected) {
    return sweep(run, context, expected, false, SIZE_MAX, SIZE_MAX / 2);
}

size_t fault_sweep_ends(fault_case run, void *context, ntm_status expected, size_t ends) {
    fault f = FAULT_INIT;
    ntm_allocator allocator = fault_allocator(&f);
    assert_int_equal(run(&allocator, context), expected);
    return sweep(run, context, expected, false, f.calls, ends);
}

size_t fault_sweep_tolerant(fault_case run, void *context, ntm_status expected) {
    return sweep(run, context, expected, true, SIZE_MAX, SIZE_MAX / 2);
}

bool fault_under_valgrind(void) {
    const char *preload = getenv("LD_PRELOAD");
    return preload != NULL && strstr(preload, "vgpreload") != NULL;
}

void fault_assert_error(const ntm_error *err, ntm_status expected, const char *part, const char *call) {
    if (err->status != expected)
        fail_msg("%s: the error says %s, expected %s", call, ntm_status_name(err->status), ntm_status_name(expected));
    if (err->message[0] == '\0') fail_msg("%s: no message", call);
    if (strchr(err->message, '\n') != NULL) fail_msg("%s: a message of several lines: %s", call, err->message);
    if (part != NULL && strstr(err->message, part) == NULL)
        fail_msg("%s: \"%s\" is not in \"%s\"", call, part, err->message);
}
