# SPDX-License-Identifier: Apache-2.0
"""Exceptions: one class per status, and what they carry."""

from __future__ import annotations

import pickle

import pytest

import ntm
from ntm import core, errors

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
