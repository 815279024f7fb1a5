/* SPDX-License-Identifier: Apache-2.0 */
/* The same work for several threads at once, each with a job of its own; the test looks at the jobs afterwards. Needs
   dependency('threads'). */
#ifndef NTM_TEST_TOGETHER_H
#define NTM_TEST_TOGETHER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>

enum { TOGETHER_MOST = 16 };

/* Hands each of `count` jobs of `size` bytes to a thread, and waits for all. */
static inline void run_together(void *(*work)(void *), void *jobs, size_t size, size_t count) {
    pthread_t threads[TOGETHER_MOST];
    assert_true(count <= TOGETHER_MOST);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, work, (char *)jobs + i * size), 0);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
}

#endif
