# SPDX-License-Identifier: Apache-2.0
"""Registers of acts: every answer worked out by hand from the acts."""

from __future__ import annotations

import copy
import datetime
import threading
from pathlib import Path
from typing import Any

import pytest

import ntm

np = pytest.importorskip("numpy")

MET, NOT_MET, OPEN = ntm.Verdict.MET, ntm.Verdict.NOT_MET, ntm.Verdict.OPEN
UNLIMITED = ntm.StatusRule(lasting=ntm.Lasting.UNLIMITED)

# A and B merged into M on 2020-01-01; M was re-acknowledged in 2021. C was recognised and lost it. P is a product.
HEAD = "unit,status,class,kind,date,number,successor,until\n"
CSV = HEAD + """\
A,ntm,,recognised,2015-05-01,1/QĐ,,
B,ntm,,recognised,2016-05-01,2/QĐ,,
A,,,merged,2020-01-01,,M,
B,,,merged,2020-01-01,,M,
M,ntm,,re-acknowledged,2021-03-01,3/QĐ,,
C,ntm,,recognised,2017-01-01,4/QĐ,,
C,ntm,,revoked,2019-01-01,5/QĐ,,
P,ocop,3,recognised,2020-01-15,6/QĐ,,
P,ocop,4,recognised,2022-06-01,7/QĐ,,2022-12-31
"""
RULES = [ntm.StatusRule("ocop", months=36)]


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture()
def register() -> ntm.Register:
    return ntm.Register.read(CSV, rules=RULES, usual=UNLIMITED)


@pytest.mark.parametrize(
    ("unit", "status", "on", "verdict", "reason", "since", "until", "act"),
    [
        ("A", "ntm", "2015-04-30", NOT_MET, ntm.Lack.NEVER, None, None, None),
        ("A", "ntm", "2015-05-01", MET, ntm.Lack.NONE, "2015-05-01", None, 0),
        ("A", "ntm", "2020-01-01", NOT_MET, ntm.Lack.ENDED, "2020-01-01", None, 2),
        ("M", "ntm", "2020-01-01", NOT_MET, ntm.Lack.NOT_REACKNOWLEDGED, "2020-01-01", None, 2),
        ("M", "ntm", "2021-03-01", MET, ntm.Lack.NONE, "2021-03-01", None, 4),
        ("C", "ntm", "2018-12-31", MET, ntm.Lack.NONE, "2017-01-01", None, 5),
        ("C", "ntm", "2019-01-01", NOT_MET, ntm.Lack.REVOKED, "2019-01-01", None, 6),
        ("P", "ocop", "2021-01-01", MET, ntm.Lack.NONE, "2020-01-15", "2023-01-15", 7),
        ("P", "ocop", "2022-06-01", MET, ntm.Lack.NONE, "2020-01-15", "2022-12-31", 8),
        ("P", "ocop", "2023-01-01", NOT_MET, ntm.Lack.EXPIRED, "2023-01-01", None, 8),
        ("nobody", "ntm", "2020-01-01", NOT_MET, ntm.Lack.NEVER, None, None, None),
    ],
)
def test_holds(
    register: ntm.Register, unit: str, status: str, on: str, verdict: ntm.Verdict, reason: ntm.Lack,
    since: str | None, until: str | None, act: int | None,
) -> None:
    found = register.holds(unit, status, on=on)
    assert (found.verdict, found.reason) == (verdict, reason)
    assert (found.since, found.until) == (since and day(since), until and day(until))
    assert (found.act and found.act.row) == act
    assert found.held is (verdict == MET)
    assert register.holds(unit, status, on=day(on)) == found


def test_a_class_and_the_acts(register: ntm.Register) -> None:
    assert register.holds("P", "ocop", on="2021-01-01").label == "3"
    assert register.holds("P", "ocop", on="2022-06-01").label == "4"
    assert len(register) == len(register.acts) == 9
    last = register.acts[-1]
    days = day("2022-06-01"), day("2022-12-31")
    assert last == ntm.Act(8, "P", "ocop", "4", ntm.ActKind.RECOGNISED, *days, "7/QĐ", None)
    assert [act.successor for act in register if act.kind is ntm.ActKind.MERGED] == ["M", "M"]


def test_three_answers_are_no_condition(register: ntm.Register) -> None:
    with pytest.raises(TypeError, match="held"):
        bool(register.holds("A", "ntm", on="2016-01-01"))
    partial = ntm.Register.read(CSV, rules=RULES, partial=True)
    unknown = partial.holds("nobody", "ntm", on="2016-01-01")
    assert (unknown.verdict, unknown.reason, unknown.held) == (OPEN, ntm.Lack.NOT_REPORTED, None)
    lasting = partial.holds("A", "ntm", on="2015-05-02")
    assert lasting.reason is ntm.Lack.LASTING_UNKNOWN and partial.holds("A", "ntm", on="2015-05-01").held


def test_a_column(register: ntm.Register) -> None:
    units = ["A", "M", None, "C", "P", "A", "nobody", "C", "B"]
    held = register.column(units, "ntm", on="2016-06-01")
    assert held.tolist() == [True, False, None, False, False, True, False, False, True]
    assert held.dtype == bool
    one_by_one = [unit and register.holds(unit, "ntm", on="2016-06-01").held for unit in units]
    assert held.tolist() == one_by_one
    assert register.column(np.array(["C"] * 20), "ntm", on="2018-01-01").tolist() == [True] * 20
    assert len(register.column([], "ntm", on="2018-01-01")) == 0


NEEDS = """\
format: ntm-set/1
id: advanced
title: {vi: Thử, en: Test}
programme: test
level: commune
tier: advanced
place: VN
instrument: {number: 1/TEST, in_force: {from: 2015-01-01}, source: [S]}
sources: {S: {where: nowhere, what: made up}}
validity: {months: 60, source: [S]}
recognition:
  - {by: {en: Province}, classes: [low], from: 2016-01-01, to: 2018-12-31, source: [S]}
  - {by: {en: Minister}, classes: [high], from: 2016-01-01, source: [S]}
facts: {points: {kind: amount, unit: point}}
criteria:
  - id: "1"
    name: {en: Holds}
    source: [S]
    indicators: [{id: "1.1", name: {en: Holds}, rule: {holds: ntm}, source: [S]}]
grade: {of: points, bands: [{class: low, range: "[0, 3)"}, {class: high, range: "[3, ...)"}]}
"""


def test_a_column_goes_into_an_evaluation(register: ntm.Register) -> None:
    law = ntm.CriteriaSet.read(NEEDS)
    held = register.column(["A", "C", None], "ntm", on="2019-06-01")
    result = ntm.evaluate({"holds:ntm": held}, law, on="2019-06-01", unit=["A", "C", "?"])
    assert result.indicator("1.1").tolist() == [1, 2, 0]


def test_counts(register: ntm.Register) -> None:
    assert register.count("ntm", on="2018-06-01") == (3, 1, 0)  # A, B, C; not P
    assert register.count("ntm", on="2020-06-01") == (0, 3, 0)  # M, C and P are there, A and B no longer
    found = register.count("ntm", on="2018-06-01", units=["A", "A", "nobody", None])
    assert found == (2, 1, 1) and (found.least, found.most) == (2, 3)
    assert register.count("ocop", on="2021-01-01", units=["P"], label="3").held == 1
    assert register.count("ocop", on="2021-01-01", units=["P"], label="4").held == 0


def test_expiring(register: ntm.Register) -> None:
    second, first = register.expiring("2022-01-01", "2023-12-31", status="ocop")
    assert (first.unit, first.label, first.until) == ("P", "4", day("2022-12-31"))
    assert (first.after, first.after_act, first.after_on) == (ntm.After.NOTHING, None, None)
    assert (second.label, second.until, second.act.number) == ("3", day("2023-01-15"), "6/QĐ")
    assert (second.after, second.after_on) == (ntm.After.RENEWED, day("2022-06-01"))
    assert second.after_act == register.acts[8]
    (then,) = register.expiring("2022-01-01", "2023-12-31", known_on="2022-01-01")
    assert then.after is ntm.After.NOTHING and then.until == day("2023-01-15")
    assert register.expiring("2023-01-16", "2030-01-01") == []


def test_pending(register: ntm.Register) -> None:
    a, b = register.pending(on="2020-06-01")
    assert (a.unit, a.status, a.part, a.part_held, a.merged_on) == ("M", "ntm", "A", MET, day("2020-01-01"))
    assert b.part == "B" and b.act == register.acts[3] and b.part_label is None
    assert register.pending(on="2021-03-01") == [] == register.pending(on="2019-12-31")
    assert register.pending(on="2020-06-01", status="ocop") == []
    higher = ntm.Register.read(CSV + "M,advanced,,recognised,2020-05-01,,,\n", rules=RULES, usual=UNLIMITED)
    assert higher.pending(on="2020-06-01", instead="advanced") == []
    assert len(higher.pending(on="2020-06-01", instead=["other"])) == 2


def test_inheritance() -> None:
    rule = ntm.StatusRule("ntm", lasting="unlimited", inherit="any")
    register = ntm.Register.read(CSV, rules=[*RULES, rule])
    assert register.holds("M", "ntm", on="2020-01-01").held
    unknown = ntm.StatusRule("ntm", lasting="unlimited", inherit="unknown")
    open_one = ntm.Register.read(CSV, rules=[*RULES, unknown]).holds("M", "ntm", on="2020-01-01")
    assert (open_one.held, open_one.reason) == (None, ntm.Lack.UNDECIDED)


def test_from_columns(register: ntm.Register, tmp_path: Path) -> None:
    rows = [line.split(",") for line in CSV.strip().split("\n")]
    columns: dict[str, Any] = {name: [row[i] for row in rows[1:]] for i, name in enumerate(rows[0])}
    by_text = ntm.Register(columns, rules=RULES, usual=UNLIMITED)
    assert by_text.acts == register.acts
    columns["date"] = [day(text) for text in columns["date"]]
    columns["until"] = np.array([text or "NaT" for text in columns["until"]], "M8[D]")
    columns["successor"] = [text or None for text in columns["successor"]]
    assert ntm.Register(columns, rules=RULES, usual=UNLIMITED).acts == register.acts
    path = tmp_path / "acts.csv"
    path.write_text(CSV, encoding="utf-8")
    assert ntm.Register.read(path, rules=RULES, usual=UNLIMITED).acts == register.acts
    with pytest.raises(ntm.FileError):
        ntm.Register.read(tmp_path / "none.csv")


def test_from_a_data_frame(register: ntm.Register, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    path = tmp_path / "acts.csv"
    path.write_text(CSV.replace("A,", "18103,").replace(",A", ",18103"), encoding="utf-8")
    frame = pandas.read_csv(path, dtype={"class": str}, parse_dates=["date", "until"])
    made = ntm.Register(frame, rules=RULES, usual=UNLIMITED)
    assert made.holds("18103", "ntm", on="2016-01-01").held
    assert [act.label for act in made] == [act.label for act in register]
    columns = {"unit": [18103], "status": ["ntm"], "kind": ["recognised"], "date": ["2020-01-01"]}
    whole = ntm.Register(columns, usual=UNLIMITED)
    assert whole.column(pandas.Series([18103, 18106]), "ntm", on="2021-01-01").tolist() == [True, False]
    with pytest.raises(ntm.ShapeError, match="dtype=str") as caught:
        ntm.Register(pandas.read_csv(path), rules=RULES)
    assert caught.value.subject == "class"


@pytest.mark.parametrize(
    ("lines", "error", "row", "piece"),
    [
        ("A,ntm,,revoked,2020-01-01,,,\n", ntm.ConflictError, 0, "revo"),
        ("A,ntm,,recognized,2020-01-01,,,\n", ntm.BadValueError, 0, "recognized"),
        ("A,ntm,,recognised,2020-13-01,,,\n", ntm.TextError, 0, "2020-13-01"),
        ("A,ntm,,recognised,2020-01-01,,,\nA,ntm,,revoked,2020-01-01,,,\n", ntm.ConflictError, 1, "row 0"),
        ("A,ntm,,recognised,2014-12-31,,,\n", ntm.NotInForceError, 0, "2015-01-01"),
    ],
)
def test_acts_that_disagree(lines: str, error: type[ntm.NtmError], row: int, piece: str) -> None:
    rules = [ntm.StatusRule("ntm", lasting="unlimited", law_from=day("2015-01-01"))]
    with pytest.raises(error, match=piece) as caught:
        ntm.Register.read(HEAD + lines, rules=rules)
    assert caught.value.row == row
    cells = [line.split(",") for line in lines.strip().split("\n")]
    columns = {name: [row[i] for row in cells] for i, name in enumerate(HEAD.strip().split(","))}
    with pytest.raises(error, match=piece) as caught:
        ntm.Register(columns, rules=rules)
    assert (caught.value.row, caught.value.unit) == (row, "A")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"date": [20200101]}, ntm.ShapeError),
        ({"unit": [1.5]}, ntm.ShapeError),
        ({"unit": [True]}, ntm.ShapeError),
        ({"unit": [day("2020-01-01")]}, ntm.ShapeError),
        ({"kind": None}, ntm.ShapeError),
        ({"units": ["A"]}, ntm.ShapeError),
        ({"status": ["ntm", "ntm"]}, ntm.ShapeError),
        ({"unit": ["A\0B"]}, ValueError),
    ],
)
def test_columns_that_are_none(change: dict[str, Any], error: type[Exception]) -> None:
    columns = {"unit": ["A"], "status": ["ntm"], "kind": ["recognised"], "date": ["2020-01-01"], **change}
    with pytest.raises(error):
        ntm.Register({name: column for name, column in columns.items() if column is not None})


def test_rules() -> None:
    law = ntm.CriteriaSet.read(NEEDS)
    rule = ntm.StatusRule.of(law)
    assert rule == ntm.StatusRule("advanced", months=60, law_from=day("2015-01-01"))
    lines = HEAD + "A,advanced,,recognised,2016-02-29,,,\n"
    found = ntm.Register.read(lines, rules=[law]).holds("A", "advanced", on="2020-01-01")
    assert found.until == day("2021-02-28") == ntm.validity_last_day("2016-02-29", 60)
    with pytest.raises(ntm.ConflictError):
        ntm.Register.read(lines, rules=[law, rule])
    for wrong in ({"months": 0}, {"months": 12001}, {"lasting": "months"}, {"months": 3, "lasting": "unlimited"},
                  {"inherit": "some"}, {"law_from": "tomorrow"}):
        with pytest.raises(ntm.ArgumentError):
            ntm.StatusRule("x", **wrong)  # type: ignore[arg-type]
    with pytest.raises(ntm.ArgumentError, match="usual="):
        ntm.Register.read(lines, rules=[UNLIMITED])
    for bad in ({"rules": ["advanced"]}, {"usual": "advanced"}):
        with pytest.raises(TypeError):
            ntm.Register.read(lines, **bad)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        ntm.StatusRule("x", lasting=1)  # type: ignore[arg-type]


def test_who_recognises() -> None:
    law = ntm.CriteriaSet.read(NEEDS)
    assert ntm.recogniser(law, "low", on="2018-12-31").by.en == "Province"
    assert ntm.recogniser(law, "high", on="2030-01-01") == law.recognisers[1]
    with pytest.raises(ntm.NotInForceError):
        ntm.recogniser(law, "low", on="2019-01-01")
    with pytest.raises(ntm.NotFoundError):
        ntm.recogniser(law, "middle", on="2018-01-01")
    with pytest.raises(TypeError):
        ntm.recogniser("advanced", "low", on="2018-01-01")  # type: ignore[arg-type]
    with pytest.raises(ntm.ArgumentError):
        ntm.validity_last_day("9999-01-01", 36)
    with pytest.raises(ntm.ArgumentError):
        ntm.validity_last_day("2020-01-01", -1)


def test_closing(register: ntm.Register) -> None:
    with register as same:
        assert same is register
    for call in (
        lambda: register.holds("A", "ntm", on="2016-01-01"),
        lambda: register.column(["A"], "ntm", on="2016-01-01"),
        lambda: register.count("ntm", on="2016-01-01"),
        lambda: register.expiring("2016-01-01", "2017-01-01"),
        lambda: register.pending(on="2016-01-01"),
        lambda: len(register),
        lambda: register.acts,
        lambda: register.__enter__(),
    ):
        with pytest.raises(ValueError, match="closed"):
            call()
    register.close()
    assert "closed" in repr(register)
    with pytest.raises(TypeError, match="cannot be pickled"):
        copy.copy(register)


def test_wrong_types(register: ntm.Register) -> None:
    for call in (
        lambda: register.holds(3, "ntm", on="2016-01-01"),  # type: ignore[arg-type]
        lambda: register.holds("A", None, on="2016-01-01"),  # type: ignore[arg-type]
        lambda: register.holds("A", "ntm", on=2016),  # type: ignore[arg-type]
        lambda: register.column("A", "ntm", on="2016-01-01"),
        lambda: register.column([1.5], "ntm", on="2016-01-01"),
        lambda: register.count("ntm", on="2016-01-01", label=3),  # type: ignore[arg-type]
        lambda: register.pending(on="2016-01-01", instead=[3]),  # type: ignore[list-item]
        lambda: ntm.Register("A"),
        lambda: ntm.Register(None),
    ):
        with pytest.raises(TypeError):
            call()


def test_many_threads() -> None:
    rows = 50_000
    units = [f"{i:05d}" for i in range(rows)]
    register = ntm.Register(
        {"unit": units, "status": ["ntm"] * rows, "kind": ["recognised"] * rows,
         "date": np.datetime64("2015-01-01") + np.arange(rows) % 1000},
        usual=UNLIMITED,
    )
    expected = (np.arange(rows) % 1000 <= 365).tolist()  # 2016-01-01 is 365 days later
    found: list[Any] = []

    def work() -> None:
        for _ in range(3):
            found.append(register.column(units, "ntm", on="2016-01-01").tolist())

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 12 and all(one == expected for one in found)
    assert register.count("ntm", on="2016-01-01", units=units).held == sum(expected)
