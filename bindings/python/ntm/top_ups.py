# SPDX-License-Identifier: Apache-2.0
"""Support that tops incomes up to a target, as resolutions of provincial councils pay it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Mapping, NamedTuple, NoReturn, Sequence

from . import core
from .errors import ArgumentError, NtmError
from .exports import Frame
from .frames import open_table, texts_of
from .groups import Grouped, group_frame, read_keys
from .handles import no_pickle
from .number import CountBounds, money_of, text_of
from .tables import columns_of, only, unit_texts

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class Payments(NamedTuple):
    """The top-ups of a group, or of all rows."""

    rows: int
    """All rows."""
    benefits_not_reported: int
    """Rows whose benefits are not reported."""
    area_not_reported: int
    """Rows whose area is not reported."""
    entitled_not_reported: int
    """Rows of which nobody says whether they are entitled."""
    paid: CountBounds
    """Rows with a payment above 0."""
    least: int
    """The sum in đồng, at least."""
    most: int
    """The sum in đồng, at most."""


class RowPayments(NamedTuple):
    """The payment of each row, in đồng."""

    least: npt.NDArray[np.int64]
    """At least. Shape (rows,), read-only."""
    most: npt.NDArray[np.int64]
    """At most. Shape (rows,), read-only."""


class TopUp(Grouped[Payments]):
    """Top-ups by group and over all rows, made by :func:`top_up`. Frozen, and usable by several threads.

    As a data frame one row a group (without groups one row "total"): sums in đồng.
    """

    def __init__(self, handle: core.TopUp, by: Sequence[str], keys: Sequence[Any], rows: RowPayments | None) -> None:
        super().__init__(by, keys, lambda index, _: _payments(handle, index))
        self._rows = rows

    @property
    def rows(self) -> RowPayments:
        """The payment of each row.

        Raises:
            ArgumentError: they were not kept.
        """
        if self._rows is None:
            raise ArgumentError("the payments of single rows were not kept: top_up(..., keep_rows=True) keeps them")
        return self._rows

    def _frame(self) -> Frame:
        rows = []
        for one in self.values() if self.by else (self.total,):
            row: dict[str, Any] = one._asdict()
            paid = row.pop("paid")
            rows.append({**row, "paid_least": paid.least, "paid_most": paid.most})
        return group_frame(self.by, self._keys, rows)

    def __reduce__(self) -> NoReturn:
        no_pickle(self, "compute it again, or keep its data frame")

    def __repr__(self) -> str:
        total = self.total
        return f"<ntm.TopUp of {total.rows} rows, {len(self)} groups: {total.least} to {total.most} đồng>"


def _payments(handle: core.TopUp, index: int) -> Payments:
    rows, benefits, area, entitled, paid, least, most = core.top_up_get(handle, index)
    return Payments(rows, benefits, area, entitled, CountBounds(*paid), least, most)


def _with_target(data: Any, target: str | int | Decimal | None) -> tuple[Any, str | None]:
    """The data, with a column for a target that is one amount for all."""
    import numpy as np

    if target is None or isinstance(target, str):
        return data, target
    amount = money_of("target", target)
    columns = columns_of(data)
    name = "target"
    while name in columns.keys():
        name += "'"
    return {**{key: columns[key] for key in columns.keys()}, name: np.int64(amount)}, name


def _amounts(targets: Mapping[str, int | Decimal] | None) -> tuple[tuple[str, int], ...]:
    """The areas and their targets in đồng."""
    pairs = (targets or {}).items()
    return tuple((text_of("an area", key), money_of(f"the target of {key!r}", one)) for key, one in pairs)


def top_up(
    data: Any,
    *,
    benefits: str,
    target: str | int | Decimal | None = None,
    area: str | None = None,
    targets: Mapping[str, int | Decimal] | None = None,
    entitled: str | None = None,
    by: Sequence[str] | str = (),
    keep_rows: bool = False,
    unit: str | Sequence[Any] | None = None,
) -> TopUp:
    """Sums max(0, target - benefits) over a table, one row a person (or whatever the target is for).

    Benefits that are not reported are anything from 0 upward: the payment lies between 0 and the target. The
    interpreter's lock is released meanwhile.

    Args:
        data: columns, as for :func:`ntm.evaluate`.
        benefits: the column with what the person gets already, in whole đồng.
        target: the column with the row's target in whole đồng, or one amount for all.
        area: in place of it: the column with the row's area; not reported: any of them.
        targets: with ``area``: the target of each area, in đồng.
        entitled: a column of booleans: only rows with True are paid; not reported: perhaps. None: all rows.
        by: grouping columns: text, whole numbers, dates or booleans.
        keep_rows: also keep the payment of each row: 16 bytes a row.
        unit: the persons, for errors: the name of a column, or a sequence.

    Raises:
        BadValueError: a negative amount, a target that is not reported, an area without target; ``.row`` and ``.unit``
            tell where.
        NotFoundError: a column that is not there.
        ShapeError: a column of the wrong type or length.
        ArgumentError: a target and an area, or neither.
        TypeError: an amount that is not whole đồng.
        ExactOverflowError: a sum beyond 64 bits.

    >>> people = {"benefits": [270_000, 800_000, None], "area": ["rural", "rural", "urban"]}
    >>> paid = ntm.top_up(people, benefits="benefits", area="area", targets={"rural": 750_000, "urban": 950_000})
    >>> paid.total.least, paid.total.most, paid.total.paid
    (480000, 1430000, CountBounds(least=1, most=2))
    """
    import numpy as np

    if (target is None) == (area is None) or (area is None) != (targets is None):
        raise ArgumentError("give target=, or area= with targets=")
    names = texts_of("grouping columns", by)
    has = text_of("benefits", benefits)
    named = (("area", area), ("entitled", entitled))
    zone, right = (None if one is None else text_of(word, one) for word, one in named)
    data = columns_of(data)
    used = [one for one in (has, zone, right, unit, target, *names) if isinstance(one, str)]
    only(data, used)
    units = unit_texts(data, unit)
    data, goal = _with_target(data, target)
    numbers = [has, *([goal] if goal else [])]
    wanted = [one for one in (*numbers, zone, right, *names) if one is not None]
    table, columns = open_table(data, wanted, nan="error", text=[zone] if zone else [], numbers=numbers)
    rows = RowPayments(*np.empty((2, core.table_rows(table)), np.int64)) if keep_rows else None
    try:
        handle = core.top_up_sum(table, has, goal, zone, _amounts(targets), right, names, None if rows is None else (*rows,))
    except NtmError as error:
        if error.row is not None and units is not None and error.row < len(units):
            error.unit = units[error.row]
        raise
    for payments in rows or ():
        payments.flags.writeable = False
    keys = read_keys(core.top_up_groups(handle), names, lambda *at: core.top_up_key(handle, *at), columns)
    return TopUp(handle, names, keys, rows)
