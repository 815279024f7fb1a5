#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The page of a month: month_page.py OUT.html [DATA-FOLDER]

The committee's page on Hà Tĩnh, 25 February 2020, from the shipped data. Units, districts and mergers are real; the figures
of the communes are invented, and the page says so: số liệu minh họa.
"""

from __future__ import annotations

import sys
from pathlib import Path

import ntm

DAY = "2020-02-25"
HERE = Path(__file__).resolve().parent
NOTES = (
    "Thật: danh sách xã, huyện và việc sáp nhập ngày 1/1/2020; bộ tiêu chí và các nguồn có dẫn.",
    "Số liệu minh họa (đặt ra, không phải số liệu thật): kết quả của từng xã, phân công của các sở, định mức, kinh phí.",
)
SOURCES = (
    "Danh mục đơn vị hành chính của Tổng cục Thống kê, lịch sử theo văn bản (github.com/dvhcvn/data); Nghị quyết 819/NQ-UBTVQH14.",
    "Số liệu minh họa của các xã: indicators-illustrative.csv, do tools/make-ha-tinh-data.py sinh ra.",
    "Phân công, định mức và vốn minh họa: departments-, task-norms-, task-division-, budget-2020-illustrative.csv.",
)


def evaluate(data: Path) -> ntm.Attainment:
    """The communes by the law of the day, with what is only remembered laid over it."""
    catalogue = ntm.catalogue()
    law = catalogue.find("ntm", level="commune", place="42", on=DAY)
    law = law.with_overlay(catalogue.overlay("commune-ntm-2016-2020.recalled.unverified"))
    standards = {name: f"holds:{name}" for name in ("commune-health-standard", "law-access-standard")}
    table = ntm.read_csv(
        data / "indicators-illustrative.csv", law, locale="vi", yes="đạt", no="chưa đạt", not_applicable="không áp dụng",
        columns=standards,
    )  # fmt: skip
    return ntm.evaluate(table, law, on=DAY, region="BTB")


def tasks_of(gaps: ntm.Gaps, data: Path) -> ntm.Tasks:
    """Whose the gaps are, by when, at what cost."""
    duties = ntm.read_columns(data / "departments-illustrative.csv", numbers=["per"], locale="vi")
    norms = ntm.read_columns(data / "task-norms-illustrative.csv", numbers=["amount"], locale="vi")
    division = ntm.read_columns(data / "task-division-illustrative.csv", numbers=["share"], locale="vi")
    return gaps.tasks(duties=duties, norms=ntm.Norms(norms), division=division, rounding="half up")


def main(out: str, data: Path) -> None:
    """Writes the page."""
    units = ntm.Units.open(data.parent / "viet-nam-2025-07" / "units.csv", data.parent / "viet-nam-2025-07" / "succession.csv")
    result = evaluate(data)
    gaps = result.gaps()
    ledger = ntm.Ledger.read_csv(
        data / "budget-2020-illustrative.csv", numbers="vi", unit="triệu đồng", units=units, echelon="commune"
    )
    year = "2020-01-01", "2020-12-31"
    ntm.report(
        out,
        result,
        title="Báo cáo xây dựng nông thôn mới tháng 2/2020",
        place="Tỉnh Hà Tĩnh",
        units=units,
        groups="district",
        gaps=gaps,
        tasks=tasks_of(gaps, data),
        budget={
            "Theo nguồn vốn": ledger.cube("source", "stage", up=True, since=year[0], until=year[1]),
            "Theo nội dung": ledger.cube("component", "stage", up=True, since=year[0], until=year[1]),
        },
        collecting={f"Tiêu chí {id}": result.collecting_order(criterion=id) for id in ("8", "14")},
        notes=NOTES,
        sources=SOURCES,
    )


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    main(sys.argv[1], Path(sys.argv[2]) if len(sys.argv) == 3 else HERE.parent / "data" / "ha-tinh-2020-02")
