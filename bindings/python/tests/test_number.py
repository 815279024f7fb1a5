# SPDX-License-Identifier: Apache-2.0
"""Numbers as printed, and exact decimals."""

from __future__ import annotations

import decimal
from decimal import Decimal

import pytest

import ntm


def test_the_locale_is_never_guessed() -> None:
    assert ntm.parse_number("3.843", locale="vi") == 3843
    assert ntm.parse_number("3.843", locale="plain") == Decimal("3.843")
    assert ntm.parse_number("3,843", locale="en") == 3843
    with pytest.raises(TypeError):
        ntm.parse_number("3.843")  # type: ignore[call-arg]
    with pytest.raises(ntm.ArgumentError):
        ntm.parse_number("3.843", locale="fr")  # type: ignore[arg-type]


def test_digits_are_kept_whatever_the_context() -> None:
    with decimal.localcontext() as context:
        context.prec = 3
        assert str(ntm.parse_number("1234567,890", locale="vi")) == "1234567.890"
        assert str(ntm.parse_number("-0,5", locale="vi")) == "-0.5"


@pytest.mark.parametrize("bad", ["", " ", "1 2", "12.34", "1e3", "đang cập nhật", "1,2,3", "\0", "--1", "1.234,5x", "٣"])
def test_what_is_no_number(bad: str) -> None:
    with pytest.raises(ntm.TextError):
        ntm.parse_number(bad, locale="vi")


def test_too_many_digits() -> None:
    with pytest.raises(OverflowError):
        ntm.parse_number("9" * 30, locale="vi")


def test_the_meeting_of_february_2020() -> None:
    assert ntm.parse_money("7,942 tỷ đồng") == 7_942_000_000
    assert ntm.parse_money("3.843 tỷ đồng") == 3_843_000_000_000
    assert ntm.parse_printed("319.107 suất") == (ntm.Qualifier.EXACTLY, Decimal(319107), False, "suất")
    assert ntm.parse_printed("trên 300 thôn") == (ntm.Qualifier.OVER, Decimal(300), False, "thôn")
    assert ntm.parse_printed("120 tỷ đồng").money


def test_money_that_is_not_exact() -> None:
    with pytest.raises(ntm.BadValueError):
        ntm.parse_money("khoảng 5 tỷ đồng")
    with pytest.raises(ntm.UnitError):
        ntm.parse_money("5 tấn")


def test_formats() -> None:
    assert ntm.format_money(7_942_000_000) == "7,942 tỷ đồng"
    assert ntm.format_money(7_942_000_000, lang="en") == "VND 7.942 billion"
    assert ntm.format_number(Decimal("3843.50"), locale="vi") == "3.843,50"
    assert ntm.format_number(-1234567, locale="en") == "-1,234,567"
    with pytest.raises(ntm.ArgumentError):
        ntm.format_number(Decimal("NaN"), locale="vi")
    with pytest.raises(OverflowError):
        ntm.format_money(2**70)


def test_types_are_checked() -> None:
    assert ntm.format_money(10**9) == "1 tỷ đồng"
    for wrong in ("x", 1.5, None, True):
        with pytest.raises(TypeError, match="has to be"):
            ntm.format_number(wrong, locale="vi")  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="has to be an int"):
            ntm.format_money(wrong)  # type: ignore[arg-type]
    for call in (ntm.parse_printed, ntm.parse_money, lambda text: ntm.name_equal("a", text)):
        with pytest.raises(TypeError, match="has to be a str"):
            call(1)  # type: ignore[arg-type]
    with pytest.raises(ntm.ArgumentError):
        ntm.format_number(10**5000, locale="vi")


def test_names() -> None:
    assert ntm.name_equal("hoà", "hòa")
    assert ntm.name_equal("Xã  Kỳ Ninh", "xã kỳ ninh")
    assert not ntm.name_equal("Kỳ Ninh", "Kỳ Nam")


def test_measures() -> None:
    assert ntm.format_measure("household") == "hộ" and ntm.format_measure("household", lang="en") == "household"
    assert ntm.format_measure("strange/" + "x" * 500) == "strange/" + "x" * 500
    assert ntm.format_measure("") == ""
    for wrong in (None, 1):
        with pytest.raises(TypeError):
            ntm.format_measure(wrong)  # type: ignore[arg-type]
    with pytest.raises(ntm.ArgumentError):
        ntm.format_measure("km", lang="fr")  # type: ignore[arg-type]


def test_money_in_one_unit() -> None:
    def told(amount: int, **how: object) -> str:
        return ntm.format_money(amount, **how)  # type: ignore[arg-type]

    assert told(5_963_700_000, unit="tỷ đồng") == "5,9637 tỷ đồng"
    assert told(5_950_000_000, unit="tỷ đồng", digits=1) == "6,0 tỷ đồng"  # half up
    assert told(5_949_999_999, unit="tỷ đồng", digits=1) == "5,9 tỷ đồng"  # once, not of 5,95
    assert told(-5_950_000_000, unit="tỷ đồng", digits=1) == "-6,0 tỷ đồng"
    assert told(1_234_567_890, unit="triệu đồng", digits=0, lang="en") == "VND 1,235 million"
    assert told(1_234_567, unit="đồng", lang="en") == "VND 1,234,567" and told(1_234_567, unit="đồng") == "1.234.567 đồng"
    assert told(2**63 - 1, unit="tỷ đồng", digits=9) == "9.223.372.036,854775807 tỷ đồng"
    for wrong in ({"unit": "tỷ"}, {"digits": 1}, {"unit": "đồng", "digits": 10}, {"unit": "đồng", "digits": -1}):
        with pytest.raises(ntm.ArgumentError):
            told(1, **wrong)
