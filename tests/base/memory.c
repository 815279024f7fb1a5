/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks, arenas, arrays: sizes that overflow, alignment, failures. */
#include "base/memory.h"
#include "fault.h"

#include <string.h>

static void blocks(void **state) {
    (void)state;
    fault f = FAULT_INIT;
    ntm_allocator allocator = fault_allocator(&f);
    unsigned char *block = ntm_i_allocate(&allocator, 10, 3);
    assert_int_equal(f.bytes, 30);
    for (size_t at = 0; at < 30; at++)
        assert_int_equal(block[at], 0);
    ntm_i_release(&allocator, block, 10, 3);
    void *empty = ntm_i_allocate(&allocator, 0, 8);
    assert_non_null(empty);
    ntm_i_release(&allocator, empty, 0, 8);
    ntm_i_release(&allocator, NULL, 5, 5);
    fault_assert_empty(&f);
    size_t calls = f.calls;
    assert_null(ntm_i_allocate(&allocator, SIZE_MAX / 2, 3));
    assert_null(ntm_i_allocate(&allocator, SIZE_MAX, SIZE_MAX));
    assert_int_equal(f.calls, calls);
    void *from_c = ntm_i_allocate(NULL, 4, 4);
    assert_non_null(from_c);
    ntm_i_release(NULL, from_c, 4, 4);
    assert_true(ntm_i_allocator_usable(NULL));
    assert_true(ntm_i_allocator_usable(&allocator));
    ntm_allocator lacking = allocator;
    lacking.reallocate = NULL;
    assert_false(ntm_i_allocator_usable(&lacking));
}

static void arenas(void **state) {
    (void)state;
    fault f = FAULT_INIT;
    ntm_allocator allocator = fault_allocator(&f);
    ntm_i_arena arena;
    ntm_i_arena_start(&arena, &allocator);
    uint64_t random = 1;
    for (int round = 0; round < 2000; round++) {
        size_t size = (size_t)(fault_random(&random) % (round % 100 == 0 ? 5000 : 40));
        unsigned char *taken = ntm_i_arena_take(&arena, 1, size);
        assert_non_null(taken);
        assert_int_equal((uintptr_t)taken % _Alignof(max_align_t), 0);
        for (size_t at = 0; at < size; at++)
            assert_int_equal(taken[at], 0); /* zeroed, and of nobody else */
        memset(taken, 0xff, size);
    }
    assert_int_equal(arena.total, f.bytes);
    assert_true(f.blocks < 40);
    assert_null(ntm_i_arena_take(&arena, SIZE_MAX, 2));
    assert_null(ntm_i_arena_take(&arena, SIZE_MAX, 1));
    assert_null(ntm_i_arena_take(&arena, SIZE_MAX - 20, 1));
    assert_null(ntm_i_arena_text(&arena, "", SIZE_MAX));
    assert_string_equal(ntm_i_arena_text(&arena, "abcdef", 3), "abc");
    assert_string_equal(ntm_i_arena_text(&arena, NULL, 0), "");
    const char *copy = "old";
    assert_true(ntm_i_arena_copy(&arena, &copy, "new"));
    assert_string_equal(copy, "new");
    assert_true(ntm_i_arena_copy(&arena, &copy, NULL));
    assert_null(copy);
    ntm_i_arena_end(&arena);
    ntm_i_arena_end(&arena);
    fault_assert_empty(&f);
}

static void arrays(void **state) {
    (void)state;
    fault f = FAULT_INIT;
    ntm_allocator allocator = fault_allocator(&f);
    ntm_i_array array;
    ntm_i_array_start(&array, &allocator, sizeof(uint32_t));
    for (uint32_t value = 0; value < 1000; value++) {
        uint32_t *item = ntm_i_array_push(&array);
        assert_non_null(item);
        assert_int_equal(*item, 0);
        *item = value;
    }
    uint32_t more[3] = {7, 8, 9};
    assert_true(ntm_i_array_append(&array, more, 3));
    assert_true(ntm_i_array_append(&array, NULL, 0));
    assert_int_equal(array.count, 1003);
    for (uint32_t value = 0; value < 1000; value++)
        assert_int_equal(((uint32_t *)array.items)[value], value);
    assert_int_equal(((uint32_t *)array.items)[1002], 9);
    assert_true(f.calls < 12); /* doubles */
    assert_false(ntm_i_array_append(&array, more, SIZE_MAX));
    assert_false(ntm_i_array_append(&array, more, SIZE_MAX / 4));
    assert_int_equal(array.count, 1003);
    ntm_i_array_end(&array);
    ntm_i_array_end(&array);
    fault_assert_empty(&f);
}

static ntm_status use_arena(const ntm_allocator *allocator, void *context) {
    ntm_i_arena arena;
    (void)context;
    ntm_i_arena_start(&arena, allocator);
    ntm_status status = NTM_OK;
    const char *copy = "untouched";
    for (int round = 0; status == NTM_OK && round < 400; round++) {
        if (!ntm_i_arena_copy(&arena, &copy, "a text of some length, so that blocks fill")) {
            status = NTM_ERROR_MEMORY;
            if (round == 0) assert_string_equal(copy, "untouched");
        }
    }
    ntm_i_arena_end(&arena);
    return status;
}

static ntm_status use_array(const ntm_allocator *allocator, void *context) {
    ntm_i_array array;
    (void)context;
    ntm_i_array_start(&array, allocator, 8);
    ntm_status status = NTM_OK;
    for (size_t round = 0; status == NTM_OK && round < 100; round++) {
        if (ntm_i_array_push(&array) == NULL) {
            status = NTM_ERROR_MEMORY;
            assert_int_equal(array.count, round);
        }
    }
    ntm_i_array_end(&array);
    return status;
}

static void without_memory(void **state) {
    (void)state;
    assert_true(fault_sweep(use_arena, NULL, NTM_OK) > 3);
    assert_true(fault_sweep(use_array, NULL, NTM_OK) > 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(blocks), cmocka_unit_test(arenas), cmocka_unit_test(arrays),
                                       cmocka_unit_test(without_memory)};
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
