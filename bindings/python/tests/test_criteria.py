# SPDX-License-Identifier: Apache-2.0
"""Sets, overlays and the catalogue."""

from __future__ import annotations

import datetime
import pickle
from decimal import Decimal
from pathlib import Path

import pytest

import ntm
from conftest import SMALL

COMMUNE = "commune-ntm-2016-2020"
RECALLED = COMMUNE + ".recalled.unverified"


def test_a_set_is_typed(law: ntm.CriteriaSet) -> None:
    assert (law.id, law.level, law.place, str(law.title)) == ("small", "commune", "VN", "Bộ tiêu chí thử")
    assert [criterion.id for criterion in law.criteria] == ["1", "2", "3"]
    assert [indicator.id for indicator in law.indicators] == ["1.1", "1.2", "2.1", "3.1", "3.2", "3.3"]
    assert law.indicators[2].criterion == "2"
    facts = {fact.id: fact for fact in law.facts}
    assert facts["clean-water"].part_of == "households"
    assert facts["rating"].levels == ("trung bình", "khá", "tốt")
    assert facts["insured"].kind is ntm.FactKind.SHARE
    figures = {figure.id: figure for figure in law.figures}
    assert figures["insured-share"].at() == Decimal("89.95")
    assert figures["income-least"].at("BTB") == 36
    assert figures["income-least"].at("DBSH") is None
    assert law.axes[0].values == ("BTB", "DBSH")
    assert law.instrument.in_force_to == datetime.date(2020, 12, 31)
    assert law.preconditions[0].has_rule
    assert law.classes == ()
    assert "3 criteria, 6 indicators" in repr(law)


def test_yaml_there_and_back(law: ntm.CriteriaSet, tmp_path: Path) -> None:
    again = ntm.CriteriaSet.read(law.to_yaml())
    assert again == law and hash(again) == hash(law)
    law.write(tmp_path / "bộ tiêu chí.yaml")
    assert ntm.CriteriaSet.read(tmp_path / "bộ tiêu chí.yaml") == law
    assert ntm.CriteriaSet.read(str(tmp_path / "bộ tiêu chí.yaml")) == law
    assert pickle.loads(pickle.dumps(law)) == law
    assert law != "small" and law is not None
    changed = law.to_yaml().replace("89.95", "89.96")
    assert changed != law.to_yaml() and ntm.CriteriaSet.read(changed) != law


def test_the_shipped_law() -> None:
    law = ntm.catalogue()
    assert len(law) >= 2 and COMMUNE in law and "nothing" not in law
    assert list(law) == [one.id for one in law.sets]
    commune = law[COMMUNE]
    assert (len(commune.criteria), len(commune.indicators)) == (19, 49)
    assert commune.instrument.number == "1980/QĐ-TTg"
    for one in law.sets:
        assert ntm.CriteriaSet.read(one.to_yaml()) == one
        for figure in one.figures:
            for cell in figure.values:
                assert cell.citation.standing is ntm.Standing.CITED and cell.citation.sources, (one.id, figure.id)


def test_what_is_only_recalled_says_so() -> None:
    law = ntm.catalogue()
    overlays = {overlay.id: overlay for overlay in law.overlays}
    assert RECALLED in overlays
    for id, overlay in overlays.items():
        assert (overlay.standing is ntm.Standing.UNVERIFIED) == id.endswith(".unverified")
        base = law[overlay.of]
        richer = base.with_overlay(overlay)
        assert richer != base
        more = len(richer.criteria) - len(base.criteria)
        assert more == 0 or more > 0 and overlay.standing is ntm.Standing.CITED
    recalled = law[COMMUNE].with_overlay(law.overlay(RECALLED))
    assert law[COMMUNE].overlays == ()
    assert recalled.overlays == (RECALLED,)
    assert RECALLED in repr(recalled)  # nobody can take it for the law alone
    filled = {figure.id: figure for figure in recalled.figures}["housed-share"]
    assert filled.values[0].citation.standing is ntm.Standing.UNVERIFIED
    assert filled.values[0].citation.overlay == RECALLED


def test_find() -> None:
    law = ntm.catalogue()
    found = law.find("ntm", level="commune", on="2020-02-25", place="42")
    assert found.id == COMMUNE
    assert law.find("ntm", level="commune", on=datetime.date(2020, 2, 25)) == found
    with pytest.raises(ntm.NotInForceError):
        law.find("ntm", level="commune", on="1999-01-01")
    with pytest.raises(ntm.NotFoundError, match="no place Hà Tĩnh: VN, or the code"):
        law.find("ntm", level="commune", on="2020-02-25", place="Hà Tĩnh")
    with pytest.raises(ntm.NotFoundError):
        law.find("ntm", level="galaxy", on="2020-02-25")
    with pytest.raises(ValueError):
        law.find("ntm", level="commune", on="25/2/2020")
    with pytest.raises(TypeError):
        law.find("ntm", level="commune", on=datetime.datetime(2020, 2, 25))
    for call in (lambda: law[1], lambda: law.overlay(None), lambda: law.find("ntm", level=1, on="2020-02-25")):
        with pytest.raises(TypeError, match="has to be a str"):
            call()  # type: ignore[no-untyped-call]
    with pytest.raises(KeyError):
        law["nothing"]
    with pytest.raises(KeyError):
        law.overlay("nothing")


def test_files_of_the_callers(law: ntm.CriteriaSet, tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    law.write(path)
    assert ntm.catalogue(path)["small"] == law
    with pytest.raises(ntm.ConflictError):
        ntm.catalogue(path, path)
    (tmp_path / "latin.yaml").write_bytes("id: hoà\n".encode("latin-1"))
    with pytest.raises(ntm.NtmError):
        ntm.catalogue(tmp_path / "latin.yaml")


def test_an_overlay_never_replaces(law: ntm.CriteriaSet, tmp_path: Path) -> None:
    head = "format: ntm-overlay/1\nid: more\nof: small\nstanding: cited\ntitle: {vi: Thêm, en: More}\n"
    head += "instrument: {number: 2/TEST, issuer: Nobody, source: [S2]}\nsources:\n  S2: {where: there, what: made up}\n"
    fill = ntm.Overlay.read(head + "figures:\n  income-least: {source: [S2], values: {DBSH: 50}}\n")
    (tmp_path / "more.yaml").write_text(head + "figures:\n  income-least: {source: [S2], values: {DBSH: 50}}\n", encoding="utf-8")
    assert ntm.Overlay.read(tmp_path / "more.yaml").id == fill.id == "more"
    richer = law.with_overlay(fill)
    assert {figure.id: figure for figure in richer.figures}["income-least"].at("DBSH") == 50
    replace = ntm.Overlay.read(head + "figures:\n  income-least: {source: [S2], values: {BTB: 1}}\n")
    with pytest.raises(ntm.ConflictError):
        law.with_overlay(replace)
    other = ntm.Overlay.read((head + "facts: {}\n").replace("of: small", "of: another"))
    with pytest.raises(ntm.NotFoundError):
        law.with_overlay(other)


def test_closing() -> None:
    with ntm.catalogue() as law:
        commune = law[COMMUNE]
    with pytest.raises(ValueError, match="closed"):
        law.sets
    with pytest.raises(ValueError, match="closed"):
        with law:
            pass
    law.close()
    assert repr(law) == "<ntm.Catalogue, closed>"
    assert commune.criteria[0].id == "1"
    with pytest.raises(ZeroDivisionError):
        with ntm.catalogue():
            1 / 0


def test_how_a_fact_merges_is_typed() -> None:
    facts = """\
  paved: {kind: share, unit: "%", merge: ratio, merge_parts: [clean-water, households], over_time: stock}
  born: {kind: count, unit: person, merge: sum, over_time: flow}
"""
    text = SMALL.replace("facts:\n", "facts:\n" + facts, 1)
    found = {fact.id: fact for fact in ntm.CriteriaSet.read(text).facts}
    assert found["paved"].merge is ntm.Merge.RATIO
    assert found["paved"].merge_parts == ("clean-water", "households")
    assert found["paved"].over_time is ntm.OverTime.STOCK
    assert found["born"].over_time is ntm.OverTime.FLOW and found["born"].merge_parts is None
    assert found["households"].over_time is None and found["households"].merge_weight is None


def test_what_closes_a_gap_is_typed() -> None:
    facts = """\
  grid: {kind: flag, closed_by: work}
  scheme: {kind: flag}
  content: {kind: share, unit: "%", closed_by: assessment}
  waited: {kind: amount, unit: year, closed_by: time}
  rulings: {kind: count, unit: decision, closed_by: act}
  joined-on: {kind: date}
  unions: {kind: level, levels: [low, high]}
"""
    text = SMALL.replace("facts:\n", "facts:\n" + facts, 1)
    found = {fact.id: fact for fact in ntm.CriteriaSet.read(text).facts}
    closing = ntm.Closing
    declared = {"grid": closing.WORK, "content": closing.ASSESSMENT, "waited": closing.TIME}
    declared["rulings"] = closing.ACT
    by_kind = {"scheme": closing.ACT, "joined-on": closing.TIME, "unions": closing.ASSESSMENT}
    by_kind["households"] = closing.WORK
    for name, expected in declared.items():
        assert found[name].closed_by is expected and found[name].closing is expected
    for name, expected in by_kind.items():
        assert found[name].closed_by is None and found[name].closing is expected
    with pytest.raises(ntm.SchemaError, match='did you mean "assessment"'):
        ntm.CriteriaSet.read(text.replace("closed_by: assessment", "closed_by: assesment"))


def test_the_shipped_sets_agree_on_what_closes_a_gap() -> None:
    closings: dict[str, set[tuple[ntm.FactKind, ntm.Closing]]] = {}
    with ntm.catalogue() as law:
        for one in law.sets:
            for fact in one.facts:
                closings.setdefault(fact.id, set()).add((fact.kind, fact.closing))
    assert [name for name, found in closings.items() if len(found) > 1] == []
    assert closings["satisfied-residents"] == {(ntm.FactKind.SHARE, ntm.Closing.ASSESSMENT)}
    assert closings["roads-reach-communes"] == {(ntm.FactKind.FLAG, ntm.Closing.WORK)}
    assert closings["district-plan-approved"] == {(ntm.FactKind.FLAG, ntm.Closing.ACT)}
    assert closings["registration-years"] == {(ntm.FactKind.AMOUNT, ntm.Closing.TIME)}
