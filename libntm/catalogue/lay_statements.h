/* SPDX-License-Identifier: Apache-2.0 */
/* One statement of a set, on its way into the set with an overlay. */
#ifndef NTM_I_LAY_STATEMENTS_H
#define NTM_I_LAY_STATEMENTS_H

#include "catalogue/lay.h"

/* An indicator, criterion or precondition: of the base when it comes in, of the new set when it goes out. */
typedef struct ntm_i_statement {
    ntm_i_part part;
    const char *id;
    ntm_names *name;
    ntm_node *rule;
    ntm_citation *citation;
    ntm_i_origin *origin;
    bool by_its_parts; /* a criterion with indicators has a rule without saying so: all of them */
} ntm_i_statement;

/* Takes in what the overlay says; NULL where it says nothing. */
void ntm_i_lay_statement(ntm_i_laying *l, ntm_i_statement *s, const ntm_i_yaml *fill, const ntm_i_yaml *replace);

#endif
