# SPDX-License-Identifier: Apache-2.0
"""Exceptions: one class per status, and what they carry."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any, Callable

import pytest

import ntm
from ntm import core, errors
from ntm.file_errors import line_of_row

BUILT_INS = {
    ntm.Status.ARGUMENT: ValueError,
    ntm.Status.MEMORY: MemoryError,
    ntm.Status.LIMIT: ValueError,
    ntm.Status.OVERFLOW: OverflowError,
    ntm.Status.SYNTAX: ValueError,
    ntm.Status.SCHEMA: ValueError,
    ntm.Status.UNIT: ValueError,
    ntm.Status.VALUE: ValueError,
    ntm.Status.SHAPE: TypeError,
    ntm.Status.NOT_FOUND: KeyError,
    ntm.Status.NOT_IN_FORCE: LookupError,
    ntm.Status.CONFLICT: ValueError,
    ntm.Status.IO: OSError,
    ntm.Status.UNSUPPORTED: NotImplementedError,
}


@pytest.mark.parametrize("status", range(1, core.STATUS_END))
def test_every_status_has_its_class(status: int) -> None:
    name = core.status(status)[0]
    assert name == f"NTM_ERROR_{ntm.Status(status).name}"
    with pytest.raises(BUILT_INS[ntm.Status(status)]) as caught:
        core.fail(status, "file.yaml", "what is wrong")
    error = caught.value
    assert isinstance(error, ntm.NtmError)
    assert type(error) is errors.CLASS_OF[ntm.Status(status)]
    assert (error.status, error.code, error.subject, error.message) == (status, status, "file.yaml", "what is wrong")
    assert (error.row, error.line, error.column, error.unit) == (None, None, None, None)
    assert str(error) == "file.yaml: what is wrong"
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error) and again.problem == error.problem


def test_no_status_is_missing() -> None:
    assert len(ntm.Status) == core.STATUS_END
    assert set(errors.CLASS_OF) == set(ntm.Status) - {ntm.Status.OK}
    assert core.status(core.STATUS_END)[0] == "NTM_ERROR_?"


def test_all_problems_of_a_file_are_reported_together() -> None:
    text = "format: ntm-set/1\nid: x\nwrong: 1\nalso-wrong: 2\nprogramme: [1]\n"
    with pytest.raises(ntm.NtmError) as caught:
        ntm.CriteriaSet.read(text)
    error = caught.value
    assert len(error.problems) >= 2 and error.problem_count >= len(error.problems)
    assert {3, 4} <= {problem.line for problem in error.problems}
    assert "more problem" in str(error)


def test_place_in_the_text() -> None:
    problem = ntm.Problem(ntm.Status.SYNTAX, "unexpected end", "a.yaml", None, 3, 7)
    assert str(ntm.TextError(problem)) == "a.yaml:3:7: unexpected end"
    problem = ntm.Problem(ntm.Status.VALUE, "NaN", "income", 17)
    error = ntm.BadValueError(problem)
    error.unit = "18103"
    assert str(error) == "income, row 17: NaN (unit 18103)"


def test_missing_file() -> None:
    with pytest.raises(OSError) as caught:
        ntm.catalogue("/nowhere/at/all.yaml")
    assert isinstance(caught.value, ntm.FileError)
    assert "/nowhere/at/all.yaml" in str(caught.value)


@pytest.mark.parametrize("bad", ["", "\n", "\0\n", "[\n", "{" * 10_000 + "\n", "a: &x 1\nb: *x\n", "- 1\n- 2\n"])
def test_bad_yaml_is_an_error(bad: str) -> None:
    with pytest.raises(ntm.NtmError):
        ntm.CriteriaSet.read(bad.encode())
    with pytest.raises(ntm.NtmError):
        ntm.Overlay.read(bad.encode())


def test_a_nul_in_a_path_is_an_error() -> None:
    with pytest.raises(ValueError):
        ntm.catalogue("a\0b")
    with pytest.raises(ValueError):
        ntm.CriteriaSet.read("a\0b")


def test_wrong_objects_are_type_errors() -> None:
    for call in (
        lambda: core.evaluate(None, None, 0, True),
        lambda: core.set_about(None),
        lambda: core.catalogue_set("x", 0),
        lambda: core.explanation_steps(object()),
        lambda: core.plan_new(None, 0, False, (), 0),
    ):
        with pytest.raises(TypeError):
            call()


def _failure(call: Callable[[], Any]) -> ntm.NtmError:
    with pytest.raises(ntm.NtmError) as caught:
        call()
    return caught.value


@pytest.mark.parametrize(
    ("text", "row", "line"),
    [
        ("unit,amount,year\nA,1,2020\nB,x,2020\n", 1, 3),
        ('# first\n# second\nunit,amount,year\n"A\nB",1,2020\nB,x,2020\n', 1, 6),
    ],
)
def test_row_and_line_of_a_csv_file(tmp_path: Path, text: str, row: int, line: int) -> None:
    path = tmp_path / "plan.csv"
    path.write_text(text, encoding="utf-8")
    error = _failure(lambda: ntm.Ledger.read_csv(path))
    assert (error.row, error.line) == (row, line) and error.path == str(path)
    assert error.problems[0].line == line and error.problems[0].path == str(path)


def test_row_and_line_of_what_is_found_after_reading(tmp_path: Path) -> None:
    head = "unit,status,class,kind,date,number,successor,until\n"
    text = head + "A,ntm,,recognised,2015-05-01,1,,\nB,ntm,,revoked,2015-04-01,1,,\n"
    path = tmp_path / "acts.csv"
    path.write_text("# a register\n" + text, encoding="utf-8")
    usual = ntm.StatusRule(lasting="unlimited")
    error = _failure(lambda: ntm.Register.read(path, usual=usual))
    assert isinstance(error, ntm.ConflictError)
    assert (error.row, error.line, error.path) == (1, 4, str(path)) and f"{path}:4, row 1: " in str(error)
    assert (_failure(lambda: ntm.Register.read(text, usual=usual)).line) == 3
    values = "unit,fact,period,value,recorded_on\nA,f,2019,1,2020-01-31\nA,f,2019,2,2020-01-31\n"
    error = _failure(lambda: ntm.Observations.read(values))
    assert (error.row, error.line, error.path) == (1, 3, "text")


def test_path_row_and_line_of_other_things(tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    path.write_text("format: ntm-set/1\nid: x\nwrong: 1\n", encoding="utf-8")
    error = _failure(lambda: ntm.CriteriaSet.read(path))
    assert (error.path, error.row) == (str(path), None) and {3} <= {one.line for one in error.problems}
    error = _failure(lambda: ntm.catalogue(tmp_path / "nowhere.yaml"))
    assert (error.path, error.row, error.line) == (str(tmp_path / "nowhere.yaml"), None, None)
    error = _failure(lambda: ntm.evaluate({"population": [1, -5]}, "commune-ntm-2016-2020", on="2020-02-25"))
    assert (error.path, error.row, error.line, error.subject) == (None, 1, None, "population")
    error = _failure(lambda: ntm.evaluate({"populatin": [1]}, "commune-ntm-2016-2020", on="2020-02-25"))
    assert (error.path, error.row, error.line) == (None, None, None)
    for status in ntm.Status:
        if status is not ntm.Status.OK:
            made = errors.CLASS_OF[status](ntm.Problem(status, "what", "a.csv: amount", 3, 5))
            assert (made.path, made.row, made.line) == ("a.csv", 3, 5)
    assert ntm.Problem(ntm.Status.SCHEMA, "what", "criteria/17/rule").path == "criteria/17/rule"
    assert ntm.Problem(ntm.Status.VALUE, "what", "income", 1).path is None


def test_lines_of_rows() -> None:
    text = b'\xef\xbb\xbf# note\r\nhead,b\r\n1,"a ""b"" c"\r\n"x\r\n\r\ny",2\r\n3,4'
    assert [line_of_row(text, row) for row in range(-1, 5)] == [2, 3, 4, 7, None, None]
    assert line_of_row(b"", 0) is None and line_of_row(b"a\n", 0) is None
