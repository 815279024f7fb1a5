/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file version.h
 * @brief The version of the library, at compile time and at run time.
 */
#ifndef NTM_VERSION_H
#define NTM_VERSION_H

#include <ntm/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @defgroup version Version
 *  @{ */

/** Major version: changes when a program has to be changed to keep working. */
#define NTM_VERSION_MAJOR 0
/** Minor version: changes when something is added. */
#define NTM_VERSION_MINOR 1
/** Patch version: changes when only behaviour is mended. */
#define NTM_VERSION_PATCH 0
/** The version as text, "major.minor.patch". */
#define NTM_VERSION "0.1.0"

/**
 * The version of the library that is running, which may be newer than the header.
 *
 * @return "major.minor.patch"; static, never NULL, never freed. Safe from any thread.
 */
NTM_API const char *ntm_version(void);

/** @} */

#ifdef __cplusplus
}
#endif

#endif
