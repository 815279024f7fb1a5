# SPDX-License-Identifier: Apache-2.0
"""Grades by a panel of judges: the mean of their sheets, landed in the bands of a set."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import IntFlag
from fractions import Fraction
from typing import Any, Iterator, Literal, Mapping, Sequence

from . import core
from .attainment import Range, plan_of
from .columns import Nan, Prepared
from .criteria import CriteriaSet
from .errors import ArgumentError, NotFoundError, NtmError
from .exports import Frame, Out, Rows, int_column, text_column, word_column
from .frames import enum_of, one_column, text_at, text_values
from .laws import law_of
from .number import CountBounds, Rounding, whole_number
from .tables import choice, columns_of, fixed_axes, not_found, read_table


class PanelOpen(IntFlag):
    """Why the class of a product is open; several reasons may hold at once."""

    FEW_SHEETS = 1
    """Fewer sheets than asked for: from no class to the highest."""
    MEAN_OPEN = 2
    """Facts are missing, and the mean may lie in several bands."""
    KNOCK_OUT_DISPUTED = 4
    """Some sheets knock the product out, others do not."""
    KNOCK_OUT_OPEN = 8
    """Facts are missing, and some sheet may knock it out."""
    CONDITION_DISPUTED = 16
    """A class that the mean reaches has a condition that some sheets meet, others not."""
    CONDITION_OPEN = 32
    """Facts are missing, and such a condition may be met."""


@dataclass(frozen=True)
class PanelProduct:
    """A product before a panel."""

    id: str
    """As the column of products writes it."""
    sheets: int
    """Number of its sheets."""
    knocked_out: CountBounds
    """How many of them knock it out: surely, and possibly."""
    mean: Range
    """The mean of all its sheets, knocked out or not, exactly, in the unit of the bands."""
    mean_least_text: str | None
    """The lower end of the mean as text, "89.50", rounded as asked for; None: no bound."""
    mean_most_text: str | None
    """Its upper end; the same when the mean is known."""
    grade: CountBounds
    """Places among ``law.classes`` from 1, 0 = no class: the lowest and the highest possible."""
    least_label: str | None
    """The class at the lowest; None: no class."""
    most_label: str | None
    """The class at the highest; None: no class."""
    open: PanelOpen
    """Why these differ; empty when the class is known."""

    @property
    def decided(self) -> bool:
        """Whether the class is known; it is then ``most_label`` (None: no class at all)."""
        return not self.open


def _range(raw: tuple[tuple[int, int] | None, tuple[int, int] | None]) -> Range:
    least, most = (None if end is None else Fraction(*end) for end in raw)
    return Range(least, most)


def _product(raw: tuple[Any, ...]) -> PanelProduct:
    id, sheets, knocked_out, mean, least_text, most_text, grade, least, most, why = raw
    return PanelProduct(
        id,
        sheets,
        CountBounds(*knocked_out),
        _range(mean),
        least_text,
        most_text,
        CountBounds(*grade),
        least,
        most,
        PanelOpen(why),
    )


class Panel(Rows, Sequence[PanelProduct]):
    """Products before a panel, made by :func:`panel`: a sequence in the order of their first sheets. Frozen.

    ``panel["tea"]`` is a product by its id, ``panel[0]`` by its place. As a data frame one row a product: ``product``,
    ``sheets``, ``mean_least``, ``mean_most`` (exact), their texts, ``least_label``, ``most_label``, ``open`` (reasons as text).
    """

    def __init__(self, law: CriteriaSet, products: Sequence[PanelProduct]) -> None:
        self.law = law
        """The set whose grade it is."""
        self._products = tuple(products)
        self._places = {product.id: place for place, product in enumerate(self._products)}

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            if key not in self._places:
                raise NotFoundError(not_found("product", key, self._places))
            return self._products[self._places[key]]
        return self._products[key]

    def __len__(self) -> int:
        return len(self._products)

    def __iter__(self) -> Iterator[PanelProduct]:
        return iter(self._products)

    def tally(self) -> dict[str | None, CountBounds]:
        """How many products are in each class, at least and at most; None is no class. From low to high."""
        names: list[str | None] = [None, *self.law.classes]
        return {
            name: CountBounds(
                sum(product.grade == (place, place) for product in self),
                sum(product.grade.least <= place <= product.grade.most for product in self),
            )
            for place, name in enumerate(names)
        }

    def _frame(self) -> Frame:
        made = [text_column("product", [one.id for one in self]), int_column("sheets", [one.sheets for one in self])]
        made += [Out(f"mean_{end}", "exact", [getattr(one.mean, end) for one in self]) for end in ("least", "most")]
        for name in ("mean_least_text", "mean_most_text"):
            made.append(text_column(name, [getattr(one, name) for one in self]))
        for name in ("least_label", "most_label"):
            made.append(word_column(name, [getattr(one, name) for one in self]))
        why = (", ".join(str(one.name).lower().replace("_", " ") for one in PanelOpen if one in row.open) for row in self)
        return Frame([*made, text_column("open", why)])

    def __repr__(self) -> str:
        decided = sum(product.decided for product in self)
        return f"<ntm.Panel of {self.law.layers}: {len(self)} products, {decided} decided>"


def _take_products(data: Any, product: str | Sequence[Any]) -> tuple[Any, Prepared]:
    """The data without the column of products, and that column."""
    if not isinstance(product, str):
        return data, text_values("product", product)
    columns = columns_of(data)
    if product not in columns.keys():
        raise NotFoundError(not_found("column", product, [str(name) for name in columns.keys()]))
    rest = {name: columns[name] for name in columns.keys() if name != product}
    return rest, text_values(product, columns[product])


def _judge(
    plan: core.Plan, table: core.Table, products: Prepared, least: int, digits: int, rounding: Rounding
) -> list[PanelProduct]:
    try:
        raw = core.panel(plan, table, one_column("product", products), least, digits, int(rounding))
    except NtmError as error:
        if error.row is not None:
            error.unit = text_at(products, error.row)
        raise
    return [_product(one) for one in raw]


def panel(
    data: Any,
    law: CriteriaSet | str,
    *,
    product: str | Sequence[Any],
    on: datetime.date | str,
    least_sheets: int = 0,
    digits: int = 2,
    rounding: Rounding | str = Rounding.HALF_UP,
    axes: Mapping[str, str] | None = None,
    nan: Nan = "error",
    unknown: Literal["error", "ignore"] = "error",
    others: Sequence[CriteriaSet] = (),
    out_of_force: bool = False,
    **more_axes: str,
) -> Panel:
    """Grades products by the mean of their judges' sheets, one row a sheet.

    The mean is an exact fraction and is landed in the bands as the set writes their bounds: where they are "[70, 90)"
    and "[90, ...)", 89.5 is in the first. A product that all sheets knock out has no class; if only some do, or only
    some meet the condition of a class, the class is open: which sheet is right is for people to say. The interpreter's
    lock is released meanwhile.

    Args:
        data: columns of facts as for :func:`ntm.evaluate`, one row a sheet.
        law: a set with a grade.
        product: which product each row is about: the name of a column of ``data``, or a sequence of their own.
        on: the day whose law and year count.
        least_sheets: a product with fewer sheets is open; 0: any number will do.
        digits: digits after the mark of the mean as text, 0 to 18.
        rounding: how that text is rounded. No class is ever taken from it.
        axes, nan, unknown, others, out_of_force: as for :func:`ntm.evaluate`.

    Raises:
        NotFoundError: the set has no grade; a column that it does not know.
        BadValueError: a sheet without a product; ``.row`` tells which.
        ExactOverflowError: a mean whose exact fraction is beyond 64 bits, or its text.
        NtmError: as for :func:`ntm.evaluate`; ``.unit`` is the product.

    >>> honey = ntm.CriteriaSet.read('''
    ... format: ntm-set/1
    ... id: honey
    ... title: {vi: Mật ong}
    ... programme: test
    ... level: product
    ... tier: standard
    ... place: VN
    ... instrument: {number: 1/TEST, in_force: {from: 2020-01-01}, source: [S]}
    ... sources: {S: {where: nowhere, what: made up}}
    ... facts: {points: {kind: amount, unit: point, least: 0, most: 100}}
    ... grade: {of: points, bands: [{class: "4", range: "[0, 90)"}, {class: "5", range: "[90, ...)"}]}
    ... ''')
    >>> found = ntm.panel({"points": [89, 90]}, honey, product=["A", "A"], on="2020-03-01", digits=0)
    >>> found["A"].mean.least, found["A"].mean_least_text, found["A"].most_label
    (Fraction(179, 2), '90', '4')
    """
    least, places = whole_number("least_sheets", least_sheets), whole_number("digits", digits)
    if least < 0 or not 0 <= places <= 18:
        raise ArgumentError("least_sheets is 0 or more, digits are 0 to 18")
    rest, products = _take_products(data, product)
    law = law_of(law)
    plan = plan_of(law, on, out_of_force, fixed_axes(axes, more_axes), "best", tuple(others))
    choice("nan", nan, ("error", "not reported"))
    choice("unknown", unknown, ("error", "ignore"))
    rows = [str(row) for row in range(len(products.data))]
    table, _ = read_table(rest, [law], core.plan_inputs(plan), rows, nan, unknown)
    way = enum_of("rounding", Rounding, rounding)
    return Panel(law, _judge(plan, table, products, least, places, way))
