/* SPDX-License-Identifier: Apache-2.0 */
/* Periods of the calendar by their length. */
#ifndef NTM_I_PERIOD_H
#define NTM_I_PERIOD_H

#include <ntm/base.h>

/* The word of a length of periods and back; 0 = no such word. */
const char *ntm_i_length_word(ntm_period_length length);
ntm_period_length ntm_i_length_of(const char *word);
/* The period of a length in which a day lies; the day itself for NTM_PERIOD_DAY. */
ntm_period ntm_i_period_of(ntm_date day, ntm_period_length length);
/* The one after it, of the same length. */
ntm_period ntm_i_period_next(ntm_period period);
/* "2020-02"; returns the buffer. */
#define NTM_I_PERIOD_TEXT 16
const char *ntm_i_period_text(char buffer[NTM_I_PERIOD_TEXT], ntm_period period);
bool ntm_i_period_same(ntm_period a, ntm_period b);

#endif
