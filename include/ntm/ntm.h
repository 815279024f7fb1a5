/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file ntm.h
 * @brief The one header to include.
 */
#ifndef NTM_NTM_H
#define NTM_NTM_H

#include <ntm/apportion.h>
#include <ntm/arrow.h>
#include <ntm/attainment.h>
#include <ntm/base.h>
#include <ntm/cascade.h>
#include <ntm/catalogue.h>
#include <ntm/classification.h>
#include <ntm/column.h>
#include <ntm/criteria.h>
#include <ntm/cube.h>
#include <ntm/gap.h>
#include <ntm/grade.h>
#include <ntm/ledger.h>
#include <ntm/lint.h>
#include <ntm/need.h>
#include <ntm/number.h>
#include <ntm/observation.h>
#include <ntm/poverty.h>
#include <ntm/proof.h>
#include <ntm/recognition.h>
#include <ntm/reconcile.h>
#include <ntm/rollup.h>
#include <ntm/slow.h>
#include <ntm/successor.h>
#include <ntm/unit.h>
#include <ntm/version.h>

#endif
