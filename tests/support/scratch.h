/* SPDX-License-Identifier: Apache-2.0 */
/* A folder of its own for a test program that writes files: programs run side by side and may write the same names.
 *
 *     return cmocka_run_group_tests(tests, scratch_enter, scratch_leave);
 *
 * Files with relative names are in the folder; it goes away with what is in it. */
#ifndef NTM_TEST_SCRATCH_H
#define NTM_TEST_SCRATCH_H

/* A group's set-up: makes a new folder and goes there. */
int scratch_enter(void **state);
/* A group's tear-down: removes the folder with its files. */
int scratch_leave(void **state);

#endif
