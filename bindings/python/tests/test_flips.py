# SPDX-License-Identifier: Apache-2.0
"""Flips: who changes if a threshold moves."""

from __future__ import annotations

import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import ntm

np = pytest.importorskip("numpy")

OPEN, MET, NOT_MET = ntm.Verdict.OPEN, ntm.Verdict.MET, ntm.Verdict.NOT_MET
CODES = ["A", "B", "C", "D"]
DATA = {"households": [2000, 3, 100, None], "clean-water": [1799, 2, 95, 40]}


@pytest.fixture()
def result(law: ntm.CriteriaSet) -> ntm.Attainment:
    return ntm.evaluate(DATA, law, on="2020-02-25", unit=CODES, region="BTB")


def test_where_they_are(result: ntm.Attainment) -> None:
    flips = result.flips("water-share", "1.1")
    assert (len(flips), flips.moving, flips.row_count, flips.figure.id) == (3, 4, 4, "water-share")
    assert [flip.at for flip in flips] == [Fraction(200, 3), Fraction(1799, 20), Fraction(95)]
    assert flips[0] == ntm.Flip(1, "B", Fraction(200, 3), MET, MET, NOT_MET)
    assert flips[-1].unit == "C" and flips.of("A") == [flips[1]] and flips.of("D") == []
    assert flips.rows.tolist() == [1, 0, 2] and flips.fractions.tolist() == [[200, 3], [1799, 20], [95, 1]]
    assert flips.at[1] == 89.95 and flips.verdicts[0].tolist() == [MET, MET, NOT_MET]
    assert not flips.rows.flags.writeable and flips.rows.dtype == np.int64 and flips.verdicts.dtype == np.int8
    with pytest.raises(IndexError):
        flips[3]
    assert repr(flips) == "<ntm.Flips of water-share: 3 over 4 of 4 rows>"


def test_counts(result: ntm.Attainment) -> None:
    flips = result.flips("water-share", indicator="1.1")
    assert flips.tally() == result.tally(indicator="1.1") == (1, 2, 1)
    assert flips.tally(Decimal("89.95")) == ntm.attainment.Tally(2, 1, 1)
    assert flips.tally(Decimal("89.9500001")) == (1, 2, 1)
    assert flips.tally(-5) == (3, 0, 1) and flips.tally(101) == (0, 3, 1)
    assert [step.at for step in flips.steps] == [Fraction(200, 3), Fraction(1799, 20), 95]
    assert flips.steps[0].below == (3, 0, 1) and flips.steps[0].exactly == (3, 0, 1) and flips.steps[0].above == (2, 1, 1)
    assert flips.changed(80) == [ntm.FlipChange(0, "A", NOT_MET, MET)]
    assert flips.changed(90) == [] and flips.verdict("A") is NOT_MET and flips.verdict(0, 80) is MET
    with pytest.raises(TypeError):
        flips.tally(89.95)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        flips.changed(None)  # type: ignore[arg-type]
    with pytest.raises(ntm.NotFoundError):
        flips.verdict("E", 1)


def test_the_same_as_a_set_with_that_figure(result: ntm.Attainment) -> None:
    flips = result.flips("water-share", criterion="1")
    for threshold in (0, 50, Decimal("66.6"), Decimal("66.7"), Decimal("89.95"), 95, 96, 100):
        then = result.what_if(figures={"water-share": threshold})
        assert then.tally(criterion="1") == flips.tally(threshold)
        assert [flips.verdict(row, threshold) for row in range(4)] == then.criterion("1").tolist()


def test_cells(law: ntm.CriteriaSet) -> None:
    data = {"income": [30, 40, 50], "region": ["BTB", "DBSH", "BTB"]}
    result = ntm.evaluate(data, law, on="2020-02-25")
    indicator = next(one.id for one in law.indicators if result.flips("income-least", one.id).moving and len(
        result.flips("income-least", one.id)))
    flips = result.flips("income-least", indicator, region="DBSH")
    assert flips.moving == 1 and [(flip.row, flip.unit, flip.at) for flip in flips] == [(1, None, Fraction(40))]
    assert result.flips("income-least", indicator, axes={"region": "BTB"}).moving == 2
    assert result.flips("income-least", indicator).moving == 3
    with pytest.raises(ntm.ConflictError):
        result.flips("income-least", indicator, axes={"region": "BTB"}, region="BTB")
    with pytest.raises(ntm.NotFoundError, match='did you mean "BTB"'):
        result.flips("income-least", indicator, region="BTC")


def test_wrong_questions(result: ntm.Attainment) -> None:
    with pytest.raises(ntm.NotFoundError, match='did you mean "water-share"'):
        result.flips("water-shar")
    with pytest.raises(ntm.NotFoundError):
        result.flips("water-share", "9.9")
    with pytest.raises(ntm.ArgumentError):
        result.flips("water-share", "1.1", criterion="1")
    with pytest.raises(ntm.ArgumentError):
        result.flips("water-share", "1.1", of="revocation")
    with pytest.raises(ntm.ArgumentError):
        result.flips("water-share", of="everything")  # type: ignore[arg-type]
    with pytest.raises(ntm.NotFoundError, match="revocation"):
        result.flips("water-share", of="revocation")
    with pytest.raises(TypeError):
        result.flips(7)  # type: ignore[arg-type]
    assert result.flips("water-share", of="criteria status").row_count == 4
    with pytest.raises(TypeError):
        pickle.dumps(result.flips("water-share"))
    result.close()
    with pytest.raises(ValueError):
        result.flips("water-share")


def test_inside_of_arithmetic(law: ntm.CriteriaSet) -> None:
    text = law.to_yaml()
    assert "{figure: water-share}" in text or "figure: water-share" in text
    moved = ntm.CriteriaSet.read(text.replace("figure: water-share", "sum: [{figure: water-share}]"))
    result = ntm.evaluate(DATA, moved, on="2020-02-25", region="BTB")
    with pytest.raises(ntm.UnsupportedError, match='indicator "1.1"'):
        result.flips("water-share", "1.1")


def test_data_frames(result: ntm.Attainment) -> None:
    pytest.importorskip("pandas")
    frame: Any = result.flips("water-share", "1.1").to_pandas()
    assert list(frame.columns) == ["unit", "at", "below", "exactly", "above"]
    assert frame["at"].tolist()[0] == Fraction(200, 3) and frame["above"].tolist() == ["chưa đạt"] * 3
    assert result.flips("water-share", "1.1").to_pandas(lang="en")["above"].tolist() == ["not met"] * 3
    frame = result.flips("water-share", "1.1").to_pandas(exact=False)
    assert frame["at"].dtype == np.float64
    assert result.flips("water-share", "1.2").to_pandas().empty
