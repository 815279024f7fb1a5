# SPDX-License-Identifier: Apache-2.0
"""Columns of CSV files: text, numbers as people write them, days. What :func:`ntm.read_csv` stands on, and tables of other kinds."""

from __future__ import annotations

import csv
import io
import os
from decimal import Decimal
from typing import Any, Sequence

from . import core
from .columns import Column
from .errors import ArgumentError, FileError, NotFoundError, Problem, ShapeError, Status
from .handles import TextOrPath, as_bytes
from .number import Locale, check_separator, decimal_of, locale_code, text_of
from .tables import check_once, not_found

TEXT, FLAG, NUMBER, DATE = 2, 3, 4, 6
_BYTES, _INT32 = 2, 5
DIGITS = 6
"""Digits behind the mark that a number in a file may have."""

Raw = tuple[str, int, int, bytes, "bytes | None", "bytes | None", "list[str] | None"]
Field = tuple[str, int, int, int, str, str, "str | None", "str | None"]


def header_of(contents: bytes, name: str, separator: str) -> list[str]:
    """The header: the first line that is no comment.

    Raises:
        ArgumentError: a separator of several characters.
        ShapeError: no header, or not UTF-8.
    """
    check_separator(separator)
    try:
        text = contents.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = contents.count(b"\n", 0, error.start) + 1
        what = "not UTF-8: save the file as CSV UTF-8"
        raise ShapeError(Problem(Status.SHAPE, what, name, line=line)) from None
    lines = io.StringIO(text, newline="")
    for line_text in lines:
        if not line_text.startswith("#"):
            rest = line_text + lines.read()
            return next(csv.reader(io.StringIO(rest, newline=""), delimiter=separator), [])
    raise ShapeError(Problem(Status.SHAPE, "no header: the file is empty, or holds comments only", name))


def contents_of(source: TextOrPath) -> tuple[str, bytes]:
    """What errors call the source, and what is in it."""
    path, contents = as_bytes(source)
    if path is None:
        return "text", contents or b""
    name = os.fsdecode(path)
    try:
        with open(path, "rb") as file:
            return name, file.read()
    except OSError as error:
        raise FileError(Problem(Status.IO, error.strerror or str(error), name)) from error


def made_column(raw: Raw, rows: int, is_date: bool) -> Any:
    """A column of the core as one of Python: text as a list, everything else an :class:`ntm.Column`."""
    import numpy as np

    _, type_, scale, data, validity, away, categories = raw

    def bits(of: bytes) -> Any:
        return np.unpackbits(np.frombuffer(of, np.uint8), count=rows, bitorder="little").astype(bool)

    missing = np.zeros(rows, bool) if validity is None else ~bits(validity)
    not_applicable = None if away is None else bits(away)
    if not_applicable is not None:
        missing &= ~not_applicable
    if categories is not None:
        texts = np.array([*categories, None], dtype=object)[np.where(missing, -1, np.frombuffer(data, np.int32))]
        return Column(texts, not_applicable=not_applicable)
    if type_ == _BYTES:
        return Column(np.frombuffer(data, np.bool_), not_reported=missing, not_applicable=not_applicable)
    numbers = np.frombuffer(data, np.int32 if type_ == _INT32 else np.int64)
    if is_date:
        numbers = numbers.astype("M8[D]")
    return Column(numbers, scale, not_reported=missing, not_applicable=not_applicable)


def whole_column(column: Any) -> Column:
    """A column with arrays, whatever it was given as."""
    import numpy as np

    made = column if isinstance(column, Column) else Column(column)
    masks = [None if mask is None else np.asarray(mask, bool) for mask in (made.not_reported, made.not_applicable)]
    values = made.values if isinstance(made.values, np.ndarray) else np.array(list(made.values), object)
    return Column(values, made.scale, *masks)


def _short(number: Decimal) -> Decimal:
    """A decimal without zeros at its end: 36.5, 40."""
    made = number.normalize()
    return made.quantize(Decimal(1)) if int(made.as_tuple().exponent) > 0 else made


def values_of(column: Any) -> list[Any]:
    """The values of a column as Python's own, None where there is none."""
    import numpy as np

    column = whole_column(column)
    gone = np.zeros(len(column.values), bool)
    for mask in (column.not_reported, column.not_applicable):
        gone |= False if mask is None else mask
    made = column.values.tolist()
    if column.scale:
        made = [None if one is None else _short(decimal_of(one, column.scale)) for one in made]
    return [None if away else one for one, away in zip(made, gone.tolist())]


def read_columns(
    source: TextOrPath,
    *,
    numbers: Sequence[str] = (),
    days: Sequence[str] = (),
    locale: Locale = "plain",
    not_reported: str | None = None,
    separator: str = ",",
) -> dict[str, list[Any]]:
    """Reads a CSV file whose columns are no facts of a law: duties, norms, divisions, entries.

    Lines that start with "#" before the header are a comment. An empty cell is None.

    Args:
        source: a file, or CSV (text with a newline, or bytes), in UTF-8.
        numbers: headers of columns of numbers: int where all are whole, else Decimal; never float.
        days: headers of columns of days, written 2020-02-25.
        locale: how numbers are written: "vi" reads 1.799 as one thousand seven hundred and ninety-nine.
        not_reported: a text in columns of numbers and days that means the same as an empty cell.

    Returns:
        A list a column, by its header in the order of the file; all other columns are text.

    Raises:
        FileError: the file cannot be read.
        TextError: a cell that cannot be read; ``.problems`` has all of them, each with line and column.
        NotFoundError: a header that is not there.
        ConflictError: two columns of one name.
        ShapeError: no header, or not UTF-8.

    >>> ntm.read_columns("work,amount\\nroad,1.500.000\\nschool,\\n", numbers=["amount"], locale="vi")
    {'work': ['road', 'school'], 'amount': [1500000, None]}
    """
    name, contents = contents_of(source)
    header = header_of(contents, name, separator)
    check_once(header)
    for wanted in (*numbers, *days):
        if wanted not in header:
            raise NotFoundError(not_found("column", text_of("a header", wanted), header))
    kinds = {**dict.fromkeys(days, DATE), **dict.fromkeys(numbers, NUMBER)}
    code = locale_code(locale)
    fields = tuple(
        (one, kinds.get(one, TEXT), code, DIGITS if one in numbers else 0, "1", "0", not_reported if one in kinds else None, None)
        for one in header
    )
    _, rows, raw = core.csv_columns(contents, name, separator, fields)
    columns = {one: values_of(made_column(column, rows, one in days)) for one, column in zip(header, raw)}
    return {one: _whole_numbers(values) if one in numbers else values for one, values in columns.items()}


def _whole_numbers(values: list[Any]) -> list[Any]:
    """Decimals as integers where all of them are."""
    if all(one is None or one == one.to_integral_value() for one in values):
        return [None if one is None else int(one) for one in values]
    return values
