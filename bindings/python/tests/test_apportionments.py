# SPDX-License-Identifier: Apache-2.0
"""Envelopes divided among claimants."""

from __future__ import annotations

import pickle
import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import ntm

np = pytest.importorskip("numpy")

CLASSES = {"a": (Decimal("5.0"), "QĐ 07/2022/QĐ-TTg"), "b": 3, "c": 1}


def test_by_class() -> None:
    claims = {"unit": ["P", "Q", "P", "R"], "class": ["a", "c", "c", "b"], "count": [10, 20, 5, 4]}
    divided = ntm.apportion(120_000_000_000, claims, coefficients=CLASSES, several="added", citation="the rule")
    assert divided.envelope == 120_000_000_000 and divided.left == 0 and divided.left_out == ()
    assert divided.shares == {"P": 75862068965, "Q": 27586206897, "R": 16551724138}
    assert sum(divided.shares.values()) == divided.envelope
    assert len(divided) == 3 and [one.unit for one in divided] == ["P", "Q", "R"]
    one = divided["R"]
    assert one.class_name == "b" and one.coefficient == 3 and one.citation == "the rule" and one.row == 3
    assert one.weight == 12 and one.quota == Fraction(120_000_000_000 * 12, 87)
    assert divided["P"].class_name is None and divided["P"].coefficient is None
    assert "lớp a: hệ số 5 × 10 [QĐ 07/2022/QĐ-TTg]" in divided.explain("P")
    assert "class b: coefficient 3 × 4 [the rule]" in divided.explain("R", lang="en")
    assert repr(divided) == "<ntm.Apportionment of 120000000000 đồng: 3 claimants, 0 left>"
    with pytest.raises(ntm.NotFoundError, match="claimant"):
        divided["S"]
    with pytest.raises(TypeError, match="divide again"):
        pickle.dumps(divided)


def test_several_classes() -> None:
    claims = {"unit": ["A", "B", "A"], "class": ["b", "b", "a"]}
    assert ntm.apportion(80, claims, coefficients=CLASSES, several="highest").shares == {"A": 50, "B": 30}
    with pytest.raises(ntm.ConflictError, match="several classes") as caught:
        ntm.apportion(80, claims, coefficients=CLASSES)
    assert caught.value.unit == "A"
    with pytest.raises(ntm.ArgumentError, match="several 'lowest'"):
        ntm.apportion(80, claims, coefficients=CLASSES, several="lowest")  # type: ignore[arg-type]


def test_bounds_and_steps() -> None:
    claims = {"unit": ["A", "B"], "weight": [Decimal("2.5"), 1], "need": [30, 1000], "floor": [None, 50]}
    divided = ntm.apportion(100, claims)
    assert divided["A"].bound_by is ntm.BoundBy.NEED and divided.shares == {"A": 30, "B": 70}
    assert ntm.apportion(2000, claims).left == 970
    steps = ntm.apportion(10_500_000, {"unit": ["A", "B"], "weight": [1, 2]}, step=1_000_000)
    assert steps.left == 500_000 and steps["B"].extra_step
    given = ntm.apportion(10_500_000, {"unit": ["A", "B"], "weight": [1, 2]}, step=1_000_000, rest="to next")
    assert given.left == 0 and given["A"].rest == 500_000
    assert ntm.apportion(100, {"unit": ["A"], "share": [Decimal("12.5")]}).left == 88


def test_missing() -> None:
    claims = {"unit": ["A", "B"], "weight": [1, None]}
    with pytest.raises(ntm.BadValueError, match="not reported") as caught:
        ntm.apportion(100, claims)
    assert caught.value.row == 1 and caught.value.unit == "B"
    divided = ntm.apportion(100, claims, missing="leave out")
    assert divided.shares == {"A": 100} and divided.left_out == ("B",)
    with pytest.raises(ntm.NotFoundError, match="left out"):
        divided.explain("B")
    with pytest.raises(ntm.BadValueError):
        ntm.apportion(100, {"unit": ["A", "B"], "weight": [1.0, float("nan")]}, missing="leave out")
    assert ntm.apportion(100, {"unit": ["A", "B"], "weight": [1.0, float("nan")]}, missing="leave out",
                         nan="not reported").left_out == ("B",)


def test_refused() -> None:
    good: dict[str, Any] = {"unit": ["A"], "weight": [1]}
    with pytest.raises(ntm.ShapeError, match="no column of claims"):
        ntm.apportion(1, {**good, "wheel": [1]})
    with pytest.raises(ntm.ShapeError, match="need a column"):
        ntm.apportion(1, {"unit": ["A"]})
    with pytest.raises(ntm.NotFoundError, match="no coefficient"):
        ntm.apportion(1, {"unit": ["A"], "class": ["x"]}, coefficients=CLASSES)
    with pytest.raises(ntm.ArgumentError, match="below 0"):
        ntm.apportion(-1, good)
    with pytest.raises(TypeError, match="whole đồng"):
        ntm.apportion(1.5, good)  # type: ignore[arg-type]
    with pytest.raises(ntm.ExactOverflowError):
        ntm.apportion(2**63, good)
    for name in ("rest", "missing", "nan"):
        with pytest.raises(ntm.ArgumentError, match=name):
            ntm.apportion(1, good, **{name: "x"})


def test_pandas() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"unit": ["A", "B"], "class": ["a", "c"]})
    out = ntm.apportion(100, frame, coefficients=CLASSES).to_pandas().set_index("unit")
    assert out.index.tolist() == ["A", "B"] and out["share"].tolist() == [83, 17] and out["share"].dtype == "int64"
    assert out.loc["A", "quota"] == Fraction(250, 3) and out.loc["B", "bound_by"] == "nothing"


def _by_hand(envelope: int, weights: list[Decimal], caps: list[int | None]) -> tuple[list[int], int]:
    """The definition in fractions: caps that are passed are held, round by round; then the largest remainders."""
    held: dict[int, int] = {}
    while True:
        free = [i for i in range(len(weights)) if i not in held]
        pot, total = envelope - sum(held.values()), sum((Fraction(weights[i]) for i in free), Fraction(0))
        if not free or not total:
            return [held.get(i, 0) for i in range(len(weights))], pot
        quotas = {i: pot * Fraction(weights[i]) / total for i in free}
        over = {i: cap for i in free if (cap := caps[i]) is not None and quotas[i] > cap}
        if not over:
            break
        held.update(over)
    shares = [held.get(i, 0) if i in held else int(quotas[i]) for i in range(len(weights))]
    line = sorted(free, key=lambda i: (-(quotas[i] % 1), -weights[i], f"{i:02}"))
    for i in line[: pot - sum(shares[i] for i in free)]:
        shares[i] += 1
    return shares, 0


def test_against_fractions() -> None:
    draw = random.Random(2022)
    for _ in range(400):
        count = draw.randint(1, 12)
        weights = [Decimal(draw.randint(0, 10 ** draw.randint(1, 9))).scaleb(-draw.randint(0, 9)) for _ in range(count)]
        caps = [draw.randint(0, 10**9) if draw.random() < 0.4 else None for _ in range(count)]
        envelope = draw.randint(0, 10 ** draw.randint(1, 12))
        if not any(weights):
            continue
        units = [f"{i:02}" for i in range(count)]
        order = draw.sample(range(count), count)
        claims = {"unit": [units[i] for i in order], "weight": [weights[i] for i in order]}
        if any(cap is not None for cap in caps):
            claims["cap"] = [caps[i] for i in order]  # type: ignore[misc]
        divided = ntm.apportion(envelope, claims)
        shares, left = _by_hand(envelope, weights, caps)
        assert [divided.shares[unit] for unit in units] == shares and divided.left == left
        assert sum(shares) + left == envelope
