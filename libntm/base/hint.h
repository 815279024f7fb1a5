/* SPDX-License-Identifier: Apache-2.0 */
/* Near words: what somebody meant who wrote a name that is not there. */
#ifndef NTM_I_HINT_H
#define NTM_I_HINT_H

#include <stddef.h>

#define NTM_I_HINT_SIZE 80

/* The nearest of `count` words to a text that is none of them, as ": did you mean \"x\"?"; "" if none is near. */
const char *ntm_i_hint(char buffer[NTM_I_HINT_SIZE], const char *text, const char *const *words, size_t count);

#endif
