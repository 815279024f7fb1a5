# SPDX-License-Identifier: Apache-2.0
"""A small set with one indicator of each sort, and tables for it."""

from __future__ import annotations

from typing import Any

import pytest

import ntm

SMALL = """\
format: ntm-set/1
id: small
title: {vi: Bộ tiêu chí thử, en: A set to test with}
programme: test
level: commune
tier: standard
place: VN
instrument:
  number: 1/TEST
  issuer: Nobody
  signed: 2019-12-01
  in_force: {from: 2020-01-01, to: 2020-12-31}
  source: [S1]
sources:
  S1: {where: nowhere, what: made up for tests}
axes:
  region:
    name: {vi: Vùng, en: Region}
    values:
      BTB: {vi: Bắc Trung Bộ, en: North Central}
      DBSH: {vi: Đồng bằng sông Hồng, en: Red River Delta}
facts:
  households: {name: {vi: Số hộ, en: Households}, kind: count, unit: household, merge: sum}
  clean-water: {name: {vi: Số hộ dùng nước sạch, en: Clean water}, kind: count, unit: household, part_of: households}
  insured: {name: {vi: Tỷ lệ bảo hiểm y tế, en: Insured}, kind: share, unit: "%"}
  income: {name: {vi: Thu nhập, en: Income}, kind: money, unit: triệu đồng/người/năm}
  plan: {name: {vi: Quy hoạch được duyệt, en: Plan approved}, kind: flag}
  market: {name: {vi: Chợ đạt chuẩn, en: Market to standard}, kind: flag}
  rating: {name: {vi: Xếp loại, en: Rating}, kind: level, levels: [trung bình, khá, tốt]}
  registered: {name: {vi: Đã đăng ký, en: Registered}, kind: flag}
figures:
  water-share: {unit: "%", value: 90, source: [S1]}
  insured-share: {unit: "%", value: 89.95, source: [S1]}
  income-least: {unit: triệu đồng/người/năm, axes: [region], source: [S1], values: {BTB: 36}}
criteria:
  - id: "1"
    name: {vi: Nước sạch, en: Clean water}
    source: [S1]
    indicators:
      - id: "1.1"
        name: {vi: Tỷ lệ hộ dùng nước sạch, en: Households with clean water}
        rule: [{ratio: [clean-water, households]}, ">=", {figure: water-share}]
        source: [S1]
      - id: "1.2"
        name: {vi: Tỷ lệ tham gia bảo hiểm, en: Insured people}
        rule: [insured, ">=", {figure: insured-share}]
        source: [S1]
  - id: "2"
    name: {vi: Thu nhập, en: Income}
    source: [S1]
    indicators:
      - id: "2.1"
        name: {vi: Thu nhập bình quân, en: Income per person}
        rule: [income, ">=", {figure: income-least}]
        source: [S1]
  - id: "3"
    name: {vi: Quy hoạch và chợ, en: Plan and market}
    source: [S1]
    indicators:
      - id: "3.1"
        name: {vi: Quy hoạch, en: Plan}
        rule: {attested: plan}
        source: [S1]
      - id: "3.2"
        name: {vi: Chợ, en: Market}
        rule: {if_applicable: market, then: {attested: market}}
        source: [S1]
      - id: "3.3"
        name: {vi: Xếp loại khá trở lên, en: Rated fair or better}
        rule: {at_level: [khá, rating]}
        source: [S1]
preconditions:
  - {id: registered, name: {vi: Đã đăng ký, en: Registered}, rule: {attested: registered}, source: [S1]}
"""


@pytest.fixture(scope="session")
def law() -> ntm.CriteriaSet:
    return ntm.CriteriaSet.read(SMALL)


@pytest.fixture()
def table() -> dict[str, Any]:
    """Four communes: the first attains, the second misses clean water by one household, the third lacks data."""
    np = pytest.importorskip("numpy")
    return {
        "households": np.array([2000, 2000, 500, 500]),
        "clean-water": np.array([1800, 1799, 500, 100]),
        "insured": np.array([89.95, 100.0, 90.0, 10.0]),
        "income": np.array([36.0, 40.5, 40.0, 20.0]),
        "plan": np.array([True, True, True, False]),
        "market": np.array([True, True, True, True]),
        "rating": ["khá", "tốt", None, "trung bình"],
        "registered": np.array([True, True, True, True]),
        "region": ["BTB", "BTB", "BTB", "BTB"],
    }
