# SPDX-License-Identifier: Apache-2.0
"""What is known of the catalogue, its versions and layers, and findings of the lint."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import ntm

BASE = """\
format: ntm-set/1
id: base
title: {vi: Thử, en: Test}
programme: test
level: commune
tier: standard
place: VN
instrument: {number: 1/TEST, in_force: {from: 2020-01-01, to: 2021-12-31}, source: [S]}
sources: {S: {where: nowhere, what: made up}}
axes: {region: {values: [N, S]}}
facts:
  insured: {kind: share, unit: "%"}
  poor: {kind: share, unit: "%"}
figures:
  insured-least: {unit: "%", axes: [region], source: [S], values: {N: 80}}
  poor-most: {unit: "%", delegated_to: UBND cấp tỉnh, source: [S]}
criteria:
  - id: "1"
    name: {vi: Một}
    source: [S]
    indicators:
      - {id: "1.1", name: {vi: Bảo hiểm}, rule: [insured, ">=", {figure: insured-least}], source: [S]}
      - {id: "1.2", rule: [poor, "<=", {figure: poor-most}], source: [S]}
      - {id: "1.3"}
"""

AMENDED = """\
format: ntm-overlay/1
id: base.amended
of: base
standing: cited
title: {vi: Sửa, en: Amended}
place: "42"
rank: province
instrument: {number: 2/TEST, issuer: Province, in_force: {from: 2021-01-01}, source: [T]}
sources: {T: {where: there, what: made up}}
figures:
  poor-most: {value: 5, source: [T]}
"""


def files(folder: Path) -> tuple[Path, Path]:
    base, amended = folder / "base.yaml", folder / "base.amended.yaml"
    base.write_text(BASE, encoding="utf-8")
    amended.write_text(AMENDED, encoding="utf-8")
    return base, amended


def test_what_is_known_of_a_set() -> None:
    law = ntm.CriteriaSet.read(BASE)
    # Cells: N is cited, S absent, the other figure is left to the province. Rules: two of three; no set-wide one.
    assert law.status.cells == (1, 0, 1, 1) and law.status.cells.total == 3
    assert law.status.rules == (2, 0, 1, 0)
    assert law.status.names == (2, 0, 2, 0)
    filled = law.with_overlay(ntm.Overlay.read(AMENDED))
    assert filled.status.cells == (2, 0, 1, 0)


def test_layers_and_versions(tmp_path: Path) -> None:
    overlay = ntm.Overlay.read(AMENDED)
    assert (overlay.place, overlay.rank, overlay.instrument.number) == ("42", ntm.Rank.PROVINCE, "2/TEST")
    assert overlay.instrument.in_force_from == datetime.date(2021, 1, 1)
    law = ntm.catalogue(*files(tmp_path))
    versions = [one for one in law.versions if one.id == "base"]
    assert [(one.place, str(one.first_day), str(one.last_day), one.law.overlays) for one in versions] == [
        ("VN", "2020-01-01", "2021-12-31", ()),
        ("42", "2020-01-01", "2020-12-31", ()),
        ("42", "2021-01-01", "2021-12-31", ("base.amended",)),
    ]
    assert law.find("test", level="commune", on="2021-06-01", place="42").overlays == ("base.amended",)
    assert law.find("test", level="commune", on="2020-06-01", place="42").overlays == ()
    assert law.find("test", level="commune", on="2021-06-01", place="VN") == law["base"]
    with pytest.raises(ntm.NotInForceError, match="2021-12-31"):
        law.find("test", level="commune", on="2022-06-01")
    kept = versions[-1].law
    law.close()
    assert kept.status.cells == (2, 0, 1, 0)
    for call in (lambda: law.versions, lambda: law.status(), lambda: law.lint()):
        with pytest.raises(ValueError, match="closed"):
            call()


def test_what_is_known_of_the_catalogue() -> None:
    law = ntm.catalogue()
    own, richer = law["commune-ntm-2016-2020"].status, law.status("commune-ntm-2016-2020")
    assert own.cells.unverified == 0 < richer.cells.unverified
    assert own.cells.cited == richer.cells.cited
    everything = law.status()
    assert everything.cells.cited == sum(law.status(id).cells.cited for id in law)
    with pytest.raises(ntm.NotFoundError):
        law.status("nothing")
    with pytest.raises(TypeError):
        law.status(3)  # type: ignore[arg-type]


def test_findings() -> None:
    text = BASE + """\
values:
  - {id: total, unit: point, most: 10, source: [S], of: {points: [{when: {criterion: "1"}, give: 7}]}}
"""
    found = ntm.CriteriaSet.read(text).lint()
    codes = {one.code: one for one in found}
    assert set(codes) <= set(ntm.lint_codes())
    assert all(one.text and one.at is not None for one in found)
    missing = codes["ladder-maxima"]
    assert missing.severity is ntm.Severity.ERROR and missing.at is not None
    assert (missing.at.set, missing.at.path) == ("base", "values.total")
    assert missing.at.line == text[: text.index("  - {id: total")].count("\n") + 1
    assert "10" in missing.text and "7" in missing.text and str(missing).endswith("[ladder-maxima]")
    assert "error" in str(missing)
    lines = [one.at.line or 0 for one in found if one.at]
    assert lines == sorted(lines)


def test_findings_of_layers_and_catalogues(tmp_path: Path) -> None:
    overlay = ntm.Overlay.read(AMENDED.replace("poor-most: {value: 5", "insured-least: {values: {S: 70}"))
    base = ntm.CriteriaSet.read(BASE)
    found = overlay.lint(base)
    assert found and all(one.at is not None and one.at.set == "base.amended" for one in found)
    assert not any(one.severity is ntm.Severity.ERROR for one in ntm.Overlay.read(AMENDED).lint(base))
    with pytest.raises(TypeError):
        overlay.lint("base")  # type: ignore[arg-type]
    everywhere = ntm.catalogue(*files(tmp_path)).lint()
    files_named = {one.at.file for one in everywhere if one.at is not None and one.at.file is not None}
    assert any(name.endswith("base.yaml") for name in files_named)
    assert ntm.catalogue().lint() == ntm.catalogue().lint()
