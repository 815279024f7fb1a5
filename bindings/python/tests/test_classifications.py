# SPDX-License-Identifier: Apache-2.0
"""The budget classification: codes, entries, tables."""

from __future__ import annotations

import datetime
import pickle
from pathlib import Path
from typing import Any

import pytest

import ntm
from ntm import CodeVerdict, Government, RuleStanding

HEAD = (
    "kind,shape,digits,first,last,level,part_of,within,block,successor,label,valid_from,valid_to,standing,act,source\n"
)
NTM = ntm.BudgetProgramme("ntm", "0490", level="central", has_parts=True)


@pytest.fixture(scope="module")
def codes() -> ntm.Classification:
    return ntm.Classification()


def test_a_code(codes: ntm.Classification) -> None:
    found = codes.check("chapter", "612", on="2026-02-01")
    assert not found and found.verdict is CodeVerdict.ENDED
    assert found.until == datetime.date(2026, 1, 1) and found.expected is None
    assert found.act == "324/2016/TT-BTC" and found.rule == 6 and found.row is None
    assert str(found).startswith("chapter 612: no longer a code since 2026-01-01 (324/2016/TT-BTC")
    good = codes.check("chapter", "612", on=datetime.date(2025, 12, 31))
    assert good and good.level is Government.OF_DISTRICT and good.standing is RuleStanding.SEEN
    assert codes.check("chapter", "755", on="2026-02-01").expected == "855"
    before = codes.check("chapter", "612", on="2010-02-01")
    assert before.verdict is CodeVerdict.OPEN and before.act is None and before.standing is None
    assert codes.check("category", "280", on="2025-01-01").label == "economic activities"
    assert len(codes) == 70 and repr(codes) == "<ntm.Classification of 70 rules>"


def test_what_is_no_code(codes: ntm.Classification) -> None:
    number: Any = 612
    with pytest.raises(ntm.ArgumentError, match="'chapter', 'category'"):
        codes.check("chapters", "612", on="2026-02-01")
    with pytest.raises(TypeError):
        codes.check("chapter", number, on="2026-02-01")
    assert codes.check("chapter", "6\x002", on="2025-02-01").verdict is CodeVerdict.BAD_DIGITS


def test_an_entry(codes: ntm.Classification) -> None:
    assert codes.check_entry(on="2024-05-01", chapter="412", category="280", class_code="283", budget_level="2") == []
    posted: dict[str, Any] = dict(on="2024-05-01", programme="ntm", source="tỉnh", programmes=[NTM])
    (found,) = codes.check_entry(programme_code="5011", local_sources="tỉnh", **posted)
    assert found.verdict is CodeVerdict.CENTRAL_NEEDED and found.expected == "0490" and found.kind == "programme"
    assert codes.check_entry(programme_code="5011", **posted) == []
    (found,) = codes.check_entry(programme_code="0490", **posted)
    assert found.verdict is CodeVerdict.IS_A_SUM
    (found,) = codes.check_entry(on="2026-05-01", chapter="412", seen_only=True)
    assert found.verdict is CodeVerdict.OPEN and found.standing is RuleStanding.INFERRED
    with pytest.raises(ntm.ArgumentError, match="class_code"):
        codes.check_entry(on="2024-05-01", classes="283")


def test_programmes(codes: ntm.Classification) -> None:
    def check(*programmes: Any) -> Any:
        return codes.check_entry(on="2024-05-01", programmes=programmes)

    with pytest.raises(ntm.BadValueError, match="another level"):
        check(ntm.BudgetProgramme("a", "5010", level=Government.CENTRAL))
    with pytest.raises(ntm.ConflictError, match="declared twice"):
        check(NTM, ntm.BudgetProgramme("ntm", "0590"))
    with pytest.raises(ntm.ArgumentError, match="step is -1"):
        check(ntm.BudgetProgramme("a", "0490", step=-1))
    with pytest.raises(ntm.ArgumentError):
        check(ntm.BudgetProgramme("a", "0490", level="district"))
    with pytest.raises(TypeError, match="BudgetProgramme"):
        check(("a", "0490"))
    until = ntm.BudgetProgramme("ntm", "0390", valid_to="2021-01-01")
    assert check(until, ntm.BudgetProgramme("ntm", "0490", valid_from=datetime.date(2021, 1, 1))) == []


def test_a_table(codes: ntm.Classification) -> None:
    data = {
        "chapter": ["412", "612", None, "412"],
        "item": [6000, 6000, 10, 6001],
        "programme_code": ["0491", "5011", None, None],
        "programme": ["ntm", "ntm", None, "khác"],
        "source": ["tỉnh", "tỉnh", None, None],
        "date": ["2024-01-01", "2026-01-01", "2024-01-01", None],
        "amount": [1.5, 2.5, 3.5, 4.5],
    }
    checked = codes.check_table(data, programmes=[NTM], local_sources=["tỉnh"])
    assert (checked.rows, checked.good, checked.bad, checked.open, checked.undeclared) == (4, 2, 1, 1, 0)
    assert checked.bad_rows.tolist() == [False, True, False, False]
    assert checked.open_rows.tolist() == [False, False, False, True]
    assert [(one.row, one.kind, one.verdict) for one in checked.findings] == [
        (1, "chapter", CodeVerdict.ENDED),
        (1, "programme", CodeVerdict.CENTRAL_NEEDED),
        (3, "chapter", CodeVerdict.OPEN),
        (3, "item", CodeVerdict.OPEN),
    ]
    assert checked.by_verdict == {CodeVerdict.OPEN: 2, CodeVerdict.ENDED: 1, CodeVerdict.CENTRAL_NEEDED: 1}
    assert not checked and str(checked.findings[0]).startswith("row 1: chapter 612")
    assert repr(checked) == "<ntm.CodesCheck of 4 rows: 2 good, 1 bad, 1 open>"
    dated = codes.check_table(data, on="2024-06-01", limit=0)
    assert dated.findings == [] and dated.bad == 2 and dated.undeclared == 3
    with pytest.raises(TypeError):
        pickle.dumps(checked)


def test_columns(codes: ntm.Classification) -> None:
    np = pytest.importorskip("numpy")
    on = "2025-01-01"
    assert codes.check_table({"item": np.array([10, 11], np.int16)}, on=on).bad_rows.tolist() == [False, True]
    assert codes.check_table({"item": [None, None]}, on=on).good == 2
    assert codes.check_table({}, on=on).rows == 0
    assert codes.check_table({"amount": [1, 2, 3]}, on=on).good == 3
    assert codes.check_table({"item": ["0010"], "date": np.array(["2025-01-01"], "M8[D]")}).good == 1
    with pytest.raises(ntm.ShapeError, match="dtype=str"):
        codes.check_table({"item": [10.0, float("nan")]}, on=on)
    with pytest.raises(ntm.ShapeError):
        codes.check_table({"item": [10, 20], "chapter": ["412"]}, on=on)
    with pytest.raises(ntm.TextError, match="31.12.2025") as raised:
        codes.check_table({"item": ["0010", "0010"], "date": ["2025-12-31", "31.12.2025"]})
    assert raised.value.row == 1
    with pytest.raises(ntm.ArgumentError, match="limit"):
        codes.check_table({"item": [10]}, on=on, limit=-1)


def test_pandas(codes: ntm.Classification) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        {
            "chapter": pandas.Categorical(["412", "754", "412"]),
            "item": pandas.array([10, 6000, None], dtype="Int64"),
            "date": pandas.to_datetime(["2026-01-01"] * 3),
        }
    )
    checked = codes.check_table(frame)
    assert checked.bad_rows.tolist() == [False, True, False]
    table = checked.to_pandas()
    assert list(table.columns) == ["row", "kind", "code", "verdict", "expected", "act", "text"]
    assert table.loc[0, "expected"] == "854" and table.loc[0, "verdict"] == "ended"
    assert codes.check_table(frame, limit=0).to_pandas().empty


def test_files(tmp_path: Path) -> None:
    own = HEAD + "chapter,any,2,10,19,central,,,,,,2020-01-01,,seen,A,S\n"
    path = tmp_path / "rules.csv"
    path.write_text(own, encoding="utf-8")
    for source in (own, own.encode(), path, str(path)):
        with ntm.Classification(source) as made:
            assert made.check("chapter", "12", on="2024-01-01").level is Government.CENTRAL
    with pytest.raises(ValueError, match="closed"):
        len(made)
    assert repr(made) == "<ntm.Classification, closed>"
    with pytest.raises(ntm.FileError):
        ntm.Classification(tmp_path / "none.csv")
    with pytest.raises(ntm.SchemaError) as raised:
        ntm.Classification(HEAD + "thing,any,2,,,,,,,,,,,seen,A,S\nitem,any,2,,,,,,,,,,,read,A,S\n")
    assert raised.value.problem_count == 2 and raised.value.row == 0
    with pytest.raises(TypeError, match="pickled"):
        pickle.dumps(ntm.Classification())
