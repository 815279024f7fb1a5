/* SPDX-License-Identifier: Apache-2.0 */
/* What the decimals' files share. */
#ifndef NTM_I_DECIMAL_H
#define NTM_I_DECIMAL_H

#include <ntm/number.h>

#include "base/checked.h"

/* The two signs of a locale; group is '\0' when it has none. False for an unknown locale. */
bool ntm_i_locale_signs(ntm_locale locale, char *group, char *mark);

static inline bool ntm_i_decimal_valid(ntm_decimal value) { return value.scale <= NTM_SCALE_MAX; }

/* coefficient × 10^-scale as a decimal of the same scale if it fits, else with as few zeros dropped from its end as
   make it fit; false when it does not fit exactly. */
bool ntm_i_decimal_fit(ntm_decimal *out, ntm_i_wide coefficient, unsigned scale);

/* The same number without zeros at the end behind the mark: 7,500 is 7,5. */
static inline ntm_decimal ntm_i_decimal_short(ntm_decimal value) {
    while (value.scale > 0 && value.coefficient % 10 == 0) {
        value.coefficient /= 10;
        value.scale--;
    }
    return value;
}

/* value × 10^power, power >= 0, exactly; false when it does not fit. */
bool ntm_i_decimal_shift(ntm_decimal *out, ntm_decimal value, unsigned power);

/* The coefficient that `value` has at exactly `scale` digits after the mark; false when digits would be lost
   (*lost = true) or the coefficient does not fit (*lost = false). */
bool ntm_i_decimal_at_scale(int64_t *out, ntm_decimal value, unsigned scale, bool *lost);

/* The double nearest to a decimal of at most 15 digits; false for other decimals. Comparing doubles with it is exact:
   see docs/exactness.md. */
bool ntm_i_decimal_nearest_double(double *out, ntm_decimal value);

#endif
