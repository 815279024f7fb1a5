# SPDX-License-Identifier: Apache-2.0
"""What if: other facts, other figures, and originals that stay as they were."""

from __future__ import annotations

import datetime
import gc
from decimal import Decimal
from typing import Any

import pytest

import ntm

np = pytest.importorskip("numpy")

OPEN, MET, NOT_MET = ntm.Verdict.OPEN, ntm.Verdict.MET, ntm.Verdict.NOT_MET
CODES = ["A", "B", "C"]


@pytest.fixture()
def data() -> dict[str, Any]:
    return {
        "households": np.array([2000, 100, 50]),
        "clean-water": np.array([1799, 95, 10]),
        "insured": np.array([90.0, 80.0, 95.0]),
        "plan": np.array([True, False, True]),
        "region": ["BTB", "DBSH", "BTB"],
    }


@pytest.fixture()
def result(law: ntm.CriteriaSet, data: dict[str, Any]) -> ntm.Attainment:
    return ntm.evaluate(data, law, on="2020-02-25", unit=CODES)


def test_facts(result: ntm.Attainment, data: dict[str, Any]) -> None:
    before = result.indicator("1.1").tolist(), result.indicator("1.2").tolist()
    then = result.what_if(facts={"A": {"clean-water": 1800}, 2: {"clean-water": np.int64(50), "insured": Decimal("89.949")}})
    assert then.indicator("1.1").tolist() == [MET, MET, MET]
    assert then.indicator("1.2").tolist() == [MET, NOT_MET, NOT_MET]
    assert (result.indicator("1.1").tolist(), result.indicator("1.2").tolist()) == before
    assert data["clean-water"].tolist() == [1799, 95, 10] and then.units == CODES and then.law is result.law
    gone = result.what_if(facts={"A": {"clean-water": None}, "B": {"insured": float("nan")}})
    assert gone.indicator("1.1").tolist()[0] == OPEN and gone.indicator("1.2").tolist()[1] == OPEN
    again = then.what_if(facts={"B": {"clean-water": 0}})  # a question about a question
    assert again.indicator("1.1").tolist() == [MET, NOT_MET, MET]
    del then
    gc.collect()
    assert again.explain("A", "1.1").verdict is MET
    assert result.what_if().indicator("1.1").tolist() == before[0]


def test_columns_that_are_not_there(result: ntm.Attainment) -> None:
    facts: Any = {"A": {"rating": "tốt", "market": True, "income": 36.5, "registered": ntm.Known.NOT_APPLICABLE}}
    then = result.what_if(facts=facts)
    changed = [one.id for one in result.law.indicators
               if result.indicator(one.id).tolist() != then.indicator(one.id).tolist()]
    assert len(changed) >= 2
    with pytest.raises(ntm.BadValueError) as caught:
        result.what_if(facts={"B": {"rating": "good"}})
    assert caught.value.row == 1 and caught.value.unit == "B"


def test_figures(result: ntm.Attainment) -> None:
    then = result.what_if(figures={"water-share": Decimal("89.95")})
    assert then.indicator("1.1").tolist() == [MET, MET, NOT_MET] and result.indicator("1.1").tolist()[0] == NOT_MET
    assert then.law.overlays == ("what-if",) and result.law.overlays == ()
    assert then.law != result.law and then.law.id == result.law.id
    figure = next(one for one in then.law.figures if one.id == "water-share")
    assert figure.values[0].value == Decimal("89.95") and figure.values[0].citation.standing is ntm.Standing.UNVERIFIED
    assert figure.values[0].citation.sources == () and figure.values[0].citation.overlay == "what-if"
    assert "what-if" in repr(then.law)
    both = result.what_if(facts={"C": {"clean-water": 40}}, figures={"water-share": 80})
    assert both.indicator("1.1").tolist() == [MET, MET, MET]
    gone = result.what_if(figures={"water-share": None})
    assert gone.indicator("1.1").tolist() == [OPEN] * 3
    read = ntm.CriteriaSet.read(then.law.to_yaml())  # the mark is written down
    assert read.overlays == ("what-if",)


def test_cells(result: ntm.Attainment) -> None:
    for cells in ({"DBSH": 30}, {("DBSH",): 30}):
        law = result.what_if(figures={"income-least": cells}).law  # type: ignore[dict-item]
        figure = next(one for one in law.figures if one.id == "income-least")
        assert (figure.at("BTB"), figure.at("DBSH")) == (36, 30)
    law = result.what_if(figures={"income-least": {(None,): 31}}).law
    figure = next(one for one in law.figures if one.id == "income-least")
    assert (figure.at("BTB"), figure.at("DBSH")) == (31, 31)


def test_days(law: ntm.CriteriaSet) -> None:
    text = law.to_yaml().replace("  households:", "  built: {kind: date}\n  households:", 1)
    text = text.replace("- figure: water-share", "- figure: water-share", 1)
    dated = ntm.CriteriaSet.read(text)
    result = ntm.evaluate({"households": [1]}, dated, on="2020-02-25", region="BTB")
    for day in ("2020-01-01", datetime.date(2020, 1, 1)):
        assert len(result.what_if(facts={0: {"built": day}})) == 1


def test_wrong_questions(result: ntm.Attainment) -> None:
    wrong: list[tuple[type[Exception], dict[str, Any]]] = [
        (ntm.NotFoundError, {"facts": {"D": {"plan": True}}}),
        (ntm.NotFoundError, {"facts": {"A": {"plam": True}}}),
        (ntm.ShapeError, {"facts": {"A": {"plan": "yes"}}}),
        (ntm.ShapeError, {"facts": {"A": {"region": 4}}}),
        (ntm.BadValueError, {"facts": {"A": {"insured": 101}}}),
        (ntm.BadValueError, {"facts": {"A": {"clean-water": 2001}}}),
        (ntm.BadValueError, {"facts": {"A": {"insured": float("inf")}}}),
        (ntm.ConflictError, {"facts": {"A": {"plan": True}, 0: {"plan": True}}}),
        (ntm.ArgumentError, {"facts": {"A": {"plan": ntm.Known.REPORTED}}}),
        (TypeError, {"facts": {"A": {"insured": object()}}}),
        (TypeError, {"facts": {"A": 7}}),
        (TypeError, {"facts": 7}),
        (TypeError, {"facts": {"A": {7: 7}}}),
        (ntm.NotFoundError, {"figures": {"water-shar": 7}}),
        (ntm.NotFoundError, {"figures": {"income-least": {"BTC": 7}}}),
        (ntm.ArgumentError, {"figures": {"water-share": {"BTB": 7}}}),
        (ntm.ArgumentError, {"figures": {"income-least": {("BTB", "x"): 7}}}),
        (ntm.ConflictError, {"figures": {"income-least": {"BTB": 7, (None,): 8}}}),
        (TypeError, {"figures": {"water-share": "7"}}),
        (TypeError, {"figures": {"water-share": True}}),
        (TypeError, {"figures": [7]}),
        (TypeError, {"figures": {"income-least": {(7,): 7}}}),
    ]
    for error, question in wrong:
        with pytest.raises(error):
            result.what_if(**question)
    with pytest.raises(ntm.NotFoundError, match="did you mean 'plan'"):
        result.what_if(facts={"A": {"plam": True}})
    result.close()
    with pytest.raises(ValueError):
        result.what_if(facts={"A": {"plan": True}})


def test_what_was_asked_for_stays(law: ntm.CriteriaSet, data: dict[str, Any]) -> None:
    result = ntm.evaluate(data, law, on="2021-06-01", keep="criteria", out_of_force=True, unit=CODES, kernels="reference")
    then = result.what_if(facts={"A": {"clean-water": 1800}}, figures={"insured-share": 1})
    assert then.criterion("1").tolist()[0] == MET
    with pytest.raises(ntm.ArgumentError):
        then.indicator("1.1")
