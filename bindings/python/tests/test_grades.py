# SPDX-License-Identifier: Apache-2.0
"""Panels of judges and ways to a higher class: worked out by hand, and against plain Python."""

from __future__ import annotations

import itertools
import math
import random
from fractions import Fraction
from typing import Any

import pytest

import ntm

np = pytest.importorskip("numpy")

HEAD = """\
format: ntm-set/1
id: {id}
title: {{vi: Sản phẩm thử, en: A product to test with}}
programme: ocop
level: product
tier: standard
place: VN
instrument: {{number: 1/TEST, in_force: {{from: 2019-08-21}}, source: [S]}}
sources: {{S: {{where: nowhere, what: made up}}}}
"""

STARS = HEAD.format(id="stars") + """\
facts:
  total: {kind: amount, unit: point, least: 0, most: 100}
  forged: {kind: flag}
  story: {kind: flag}
grade:
  of: total
  knock_out: {attested: forged}
  bands:
    - {class: "1", range: "[0, 30)"}
    - {class: "2", range: "[30, 50)"}
    - {class: "3", range: "[50, 70)"}
    - {class: "4", range: "[70, 90)", requires: {attested: story}}
    - {class: "5", range: "[90, ...)", requires: {attested: story}}
"""

LADDERS = HEAD.format(id="ladders") + """\
facts:
  origin: {kind: level, levels: [far, province, commune]}
  design: {kind: level, levels: [none, plain, good, best]}
  lab: {kind: flag}
  jobs: {kind: count, unit: person}
grade:
  of:
    sum:
      - {points: [{when: {at_level: [province, origin]}, give: 3}, {when: {at_level: [commune, origin]}, give: 5}]}
      - {points: [{when: {at_level: [plain, design]}, give: 1}, {when: {at_level: [good, design]}, give: 2},
                  {when: {at_level: [best, design]}, give: 6}]}
      - {points: [{when: {attested: lab}, give: 2}]}
      - {points: [{when: [jobs, ">=", {constant: 10, unit: person}], give: 4}]}
  bands:
    - {class: low, range: "[0, 5)"}
    - {class: middle, range: "[5, 10]"}
    - {class: high, range: "(10, ...)", requires: {attested: lab}}
"""


@pytest.fixture(scope="module")
def stars() -> ntm.CriteriaSet:
    return ntm.CriteriaSet.read(STARS)


@pytest.fixture(scope="module")
def ladders() -> ntm.CriteriaSet:
    return ntm.CriteriaSet.read(LADDERS)


def judge(law: ntm.CriteriaSet, total: Any, product: Any, **more: Any) -> ntm.Panel:
    facts = {"forged": more.pop("forged", False), "story": more.pop("story", True)}
    return ntm.panel({"total": total, **facts}, law, product=product, on="2020-01-01", **more)


def test_between_whole_numbers(stars: ntm.CriteriaSet) -> None:
    found = judge(stars, [89, 90, 69.2, 69.2, 70, 70, 71, 90, 89.5], list("ttHHsssrr"), digits=0)
    assert [one.id for one in found] == ["t", "H", "s", "r"]
    assert found["t"].mean == (Fraction(179, 2), Fraction(179, 2))
    assert (found["t"].mean_least_text, found["t"].most_label) == ("90", "4")
    assert (found["H"].mean.least, found["H"].mean_most_text, found["H"].least_label) == (Fraction(346, 5), "69", "3")
    assert (found["s"].mean.least, found["s"].sheets) == (Fraction(211, 3), 3)
    assert all(one.decided and one.grade.least == one.grade.most for one in found)
    assert found[0].grade == (4, 4) and len(found) == 4 and found[-1].id == "r"
    assert found.tally() == {None: (0, 0), "1": (0, 0), "2": (0, 0), "3": (1, 1), "4": (3, 3), "5": (0, 0)}


@pytest.mark.parametrize(
    ("rounding", "digits", "text"),
    [
        (ntm.Rounding.HALF_UP, 1, "70.3"),
        ("half even", 1, "70.2"),
        ("down", 1, "70.2"),
        ("UP", 0, "71"),
        ("half-up", 3, "70.250"),
    ],
)
def test_rounded_by_name(stars: ntm.CriteriaSet, rounding: Any, digits: int, text: str) -> None:
    assert judge(stars, [70, 70, 70, 71], ["x"] * 4, rounding=rounding, digits=digits)["x"].mean_least_text == text


def test_open_classes(stars: ntm.CriteriaSet) -> None:
    total = ntm.Column(np.array([60, 60, 80, 80, 60, 0, 99]), not_reported=np.array([0, 0, 0, 0, 0, 1, 0], bool))
    found = judge(
        stars, total, list("aabbccd"), forged=[True, False, False, False, False, False, False],
        story=[True, True, True, False, True, True, True], least_sheets=2,
    )
    assert found["a"].open == ntm.PanelOpen.KNOCK_OUT_DISPUTED and found["a"].knocked_out == (1, 1)
    assert (found["a"].least_label, found["a"].most_label) == (None, "3")
    assert found["b"].open == ntm.PanelOpen.CONDITION_DISPUTED
    assert (found["b"].least_label, found["b"].most_label) == ("3", "4")
    assert found["c"].mean == (30, 80) and found["c"].open == ntm.PanelOpen.MEAN_OPEN
    assert (found["c"].mean_least_text, found["c"].mean_most_text) == ("30.00", "80.00")
    assert found["d"].open == ntm.PanelOpen.FEW_SHEETS and not found["d"].decided
    assert found.tally()["3"] == (0, 4) and found.tally()[None] == (0, 2)
    assert "0 decided" in repr(found)
    all_out = judge(stars, [60, 60], ["x", "x"], forged=True)["x"]
    assert all_out.decided and all_out.most_label is None and all_out.mean == (60, 60)


def test_means_against_fractions(stars: ntm.CriteriaSet) -> None:
    chance = random.Random(20)
    sheets = [(f"p{chance.randrange(40)}", chance.randrange(10_001)) for _ in range(500)]
    total = ntm.Column(np.array([points for _, points in sheets]), scale=2)
    found = judge(stars, total, [product for product, _ in sheets])
    assert {one.id for one in found} == {product for product, _ in sheets}
    for one in found:
        own = [Fraction(points, 100) for product, points in sheets if product == one.id]
        mean = sum(own, Fraction(0)) / len(own)
        assert one.mean == (mean, mean) and one.sheets == len(own)
        assert one.most_label == str(1 + sum(mean >= bound for bound in (30, 50, 70, 90)))


def test_where_the_products_are(stars: ntm.CriteriaSet) -> None:
    data = {"total": [80, 80], "forged": [False, False], "story": [True, True], "code": [7, 7]}
    assert ntm.panel(data, stars, product="code", on="2020-01-01")["7"].sheets == 2
    with pytest.raises(ntm.NotFoundError, match="code"):
        ntm.panel(data, stars, product="cod", on="2020-01-01")
    with pytest.raises(ntm.BadValueError) as caught:
        judge(stars, [80, 80], ["x", None])
    assert caught.value.row == 1
    with pytest.raises(ntm.BadValueError) as caught:
        judge(stars, [80, 180], ["x", "y"])
    assert (caught.value.row, caught.value.unit) == (1, "y")
    with pytest.raises(ntm.ShapeError):
        judge(stars, [80, 80, 80], ["x", "y"])
    with pytest.raises(ntm.NotFoundError):
        judge(stars, [80], ["x"])["z"]
    with pytest.raises(ntm.NotFoundError, match="totl"):
        ntm.panel({"totl": [1]}, stars, product=["x"], on="2020-01-01")
    for wrong in ({"digits": 19}, {"least_sheets": -1}, {"rounding": "nearest"}, {"nan": "zero"}):
        with pytest.raises(ntm.ArgumentError):
            judge(stars, [80], ["x"], **wrong)
    for bad in ({"digits": 1.5}, {"rounding": 3}, {"least_sheets": "2"}):
        with pytest.raises(TypeError):
            judge(stars, [80], ["x"], **bad)
    with pytest.raises(ntm.NotFoundError, match="no such shipped set"):
        ntm.panel({"total": [1]}, "stars", product=["x"], on="2020-01-01")


def test_no_grade(law: ntm.CriteriaSet, table: dict[str, Any]) -> None:
    with pytest.raises(ntm.NotFoundError):
        ntm.panel(table, law, product=["x"] * 4, on="2020-02-25")
    with pytest.raises(ntm.NotFoundError):
        ntm.climb(ntm.evaluate(table, law, on="2020-02-25"), 0)


def test_panels_in_pandas(stars: ntm.CriteriaSet) -> None:
    pandas = pytest.importorskip("pandas")
    sheets = pandas.DataFrame({"total": [89.0, 90.0, 20.0], "product": ["a", "a", "b"], "story": [True] * 3,
                               "forged": [False, False, None]})
    frame = ntm.panel(sheets, stars, product="product", on="2020-01-01").to_pandas().set_index("product")
    assert frame.index.tolist() == ["a", "b"]
    assert frame.loc["a", "mean_least"] == Fraction(179, 2)
    assert frame["most_label"].tolist() == ["4", "1"]
    assert frame["open"].tolist() == ["", "knock out open"]
    assert len(judge(stars, [], []).to_pandas()) == 0


# ------------------------------------------------------------------------------------------------- climbing


def at(law: ntm.CriteriaSet, origin: str, design: str, lab: bool, jobs: int) -> ntm.Attainment:
    data = {"origin": [origin], "design": [design], "lab": [lab], "jobs": [jobs]}
    return ntm.evaluate(data, law, on="2020-01-01", unit=["wine"])


def test_steps_by_hand(ladders: ntm.CriteriaSet) -> None:
    way = ntm.climb(at(ladders, "far", "none", False, 3), "wine")
    # 0 points, 5 are lacking. Two levels of cost 2: jobs (4) with origin to province (3) give most.
    assert (way.unit, way.row, way.grade, way.target) == ("wine", 0, (1, 1), "middle")
    assert way.score == (0, 0) and way.lacking == (5, 5) and way.found and way.exact and not way.more_than_bound
    assert way.cost == 2 and way.score_after == 7
    assert way.steps == (
        ntm.ClimbStep("origin", "far", "province", 1, 1, Fraction(3)),
        ntm.ClimbStep("jobs", "3", "10", 1, 1, Fraction(4)),
    )
    high = ntm.climb(at(ladders, "commune", "none", False, 10), 0, target="high")
    # 9 points; 10 is outside of the class, which wants the laboratory: that alone gives 11.
    assert high.more_than_bound and high.lacking == (1, 1) and high.score_after == 11
    assert [(step.fact, step.to_level) for step in high.steps] == [("lab", "yes")]
    top = ntm.climb(at(ladders, "commune", "best", True, 10), 0)
    assert (top.target, top.found, top.steps) == (None, False, ())


def test_costs(ladders: ntm.CriteriaSet) -> None:
    result = at(ladders, "far", "none", False, 3)
    way = ntm.climb(result, "wine", costs={("jobs", "10"): math.inf, ("origin", "province"): 4})
    # design to the best: 3 steps, 6 points; origin to the commune would cost 5.
    assert [(step.fact, step.to_level, step.cost) for step in way.steps] == [("design", "best", 3)]
    asked = []

    def cost(fact: str, level: str) -> float:
        asked.append((fact, level))
        return math.inf if fact == "design" else 10

    called = ntm.climb(result, "wine", costs=cost)
    assert asked == [("origin", "province"), ("origin", "commune"), ("design", "plain"), ("design", "good"),
                     ("design", "best"), ("lab", "yes")]
    steps = [(step.fact, step.to_level, step.cost) for step in called.steps]
    assert steps == [("origin", "province", 10), ("jobs", "10", 1)]
    no_way = {(fact.id, level): math.inf for fact in ladders.facts for level in fact.levels[1:]}
    never = ntm.climb(result, 0, costs={**no_way, ("lab", "yes"): math.inf, ("jobs", "10"): math.inf})
    assert not never.found and never.exact and never.steps == () and never.score_after is None
    with pytest.raises(ntm.NotFoundError):
        ntm.climb(result, 0, costs={("design", "worst"): 1})
    with pytest.raises(ntm.NotFoundError):
        ntm.climb(result, 0, costs={("desing", "best"): 1})
    with pytest.raises(ntm.ExactOverflowError):
        ntm.climb(result, 0, target="high", costs={("origin", "province"): 2**64 - 2, ("origin", "commune"): 2**64 - 2})
    for wrong in ({("lab", "yes"): -1}, {("lab", "yes"): 2**64 - 1}):
        with pytest.raises(ntm.ArgumentError):
            ntm.climb(result, 0, costs=wrong)
    for bad in ({("lab", "yes"): 1.5}, {"lab": 1}, {("lab",): 1}, [("lab", "yes", 1)], {("lab", 1): 1},
                {("lab", "yes"): None}):
        with pytest.raises(TypeError):
            ntm.climb(result, 0, costs=bad)  # type: ignore[arg-type]


POINTS = {
    "origin": {"far": 0, "province": 3, "commune": 5},
    "design": {"none": 0, "plain": 1, "good": 2, "best": 6},
    "lab": {"no": 0, "yes": 2},
    "jobs": {"3": 0, "10": 4},
}


@pytest.mark.parametrize("seed", range(30))
def test_costs_against_all_combinations(ladders: ntm.CriteriaSet, seed: int) -> None:
    chance = random.Random(seed)
    steps = [(fact, level) for fact, levels in POINTS.items() for level in list(levels)[1:]]
    costs = {step: chance.choice([0, 1, 2, 5, math.inf]) for step in steps}
    target = chance.choice(["middle", "high"])
    cheapest = math.inf
    for levels in itertools.product(*(list(levels) for levels in POINTS.values())):
        total = sum(POINTS[fact][level] for fact, level in zip(POINTS, levels))
        good = total > 10 and levels[2] == "yes" or target == "middle" and total >= 5 and total <= 10
        paid = sum(
            costs[fact, step]
            for fact, level in zip(POINTS, levels)
            for step in list(POINTS[fact])[1 : list(POINTS[fact]).index(level) + 1]
        )
        good = good or target == "middle" and total > 10  # without the laboratory it is in the class below
        cheapest = min(cheapest, paid) if good else cheapest
    way = ntm.climb(at(ladders, "far", "none", False, 3), 0, target=target, costs=costs)
    assert way.exact and way.found == (cheapest < math.inf)
    if way.found:
        assert way.cost == cheapest == sum(step.cost for step in way.steps)
        assert way.score_after == sum((step.gain or 0) for step in way.steps)


def test_honey_of_the_catalogue() -> None:
    honey = ntm.catalogue()["ocop-honey-2019"]
    best: dict[str, Any] = {fact.id: [fact.levels[-1]] if fact.levels else [False] for fact in honey.facts}
    least: dict[str, Any] = {fact.id: [fact.levels[0]] if fact.levels else [False] for fact in honey.facts}
    sheets = {id: best[id] + least[id] + best[id] for id in best}
    found = ntm.panel(sheets, honey, product=["a", "a", "b"], on="2020-01-01")
    low = ntm.evaluate(least, honey, on="2020-01-01", unit=["new"], values=True)
    assert low.score is not None and low.score[0].least is not None
    assert found["b"].mean == (100, 100) and found["b"].most_label == "5"
    assert found["a"].mean.least == (100 + low.score[0].least) / 2
    way = ntm.climb(low, "new", target="3")
    assert way.found and way.exact and way.grade == (1, 1)
    assert way.score_after == low.score[0].least + sum(step.gain or 0 for step in way.steps)
    assert way.score_after >= 50 and way.lacking.least == 50 - low.score[0].least
    reached = {step.fact: step.to_level for step in way.steps}
    after = {id: [reached.get(id, level[0])] for id, level in least.items()}
    assert ntm.panel(after, honey, product=["new"], on="2020-01-01")["new"].most_label == "3"
    assert ntm.recogniser(honey, "4", on="2020-01-01") in honey.recognisers
    with pytest.raises(ntm.NotInForceError):
        ntm.recogniser(honey, "4", on="2019-08-20")


def test_what_is_not_reported(ladders: ntm.CriteriaSet) -> None:
    data = {"origin": [None], "design": ["none"], "lab": [False]}
    way = ntm.climb(ntm.evaluate(data, ladders, on="2020-01-01"), 0, target="middle")
    assert way.unit is None and way.score == (0, 9) and way.lacking == (0, 5)
    assert [(step.fact, step.to_level) for step in way.steps] == [("design", "best")]


def test_climbing_wants_a_result(ladders: ntm.CriteriaSet) -> None:
    result = at(ladders, "far", "none", False, 3)
    for unit, target, error in (("beer", None, ntm.NotFoundError), (0, "top", ntm.NotFoundError), (7, None, IndexError),
                                (0, 3, TypeError), (1.5, None, TypeError)):
        with pytest.raises(error):
            ntm.climb(result, unit, target=target)  # type: ignore[arg-type]
    with pytest.raises(ntm.ArgumentError):
        ntm.climb(result, 0, combinations_max=0)
    assert not ntm.climb(result, 0, combinations_max=1).exact
    with pytest.raises(TypeError):
        ntm.climb({"origin": ["far"]}, 0)  # type: ignore[arg-type]
    result.close()
    with pytest.raises(ValueError, match="closed"):
        ntm.climb(result, 0)
