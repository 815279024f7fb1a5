/* SPDX-License-Identifier: Apache-2.0 */
/* What the two sides of the written form of tallies share. */
#ifndef NTM_I_CUBE_FORM_H
#define NTM_I_CUBE_FORM_H

/* The first line: the form and its version. */
#define NTM_I_TALLY_FORM "ntm-tally\t1"

#endif
