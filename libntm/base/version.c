/* SPDX-License-Identifier: Apache-2.0 */
/* The version of the library that is running. */
#include <ntm/version.h>

const char *ntm_version(void) { return NTM_VERSION; }
