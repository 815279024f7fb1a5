# SPDX-License-Identifier: Apache-2.0
"""Criteria sets of Vietnam's national target programmes, evaluated exactly.

>>> law = ntm.catalogue().find("ntm", level="commune", on="2020-02-25")
>>> result = ntm.evaluate({"households": [2000]}, law, on="2020-02-25", region="BTB")
>>> result.criteria_met.least.tolist(), result.criteria_met.most.tolist()
([0], [19])

Nothing but the number of households is reported, so nothing is decided: between 0 and 19 of the criteria are met.
Missing is not zero, and open is not "not met".
"""

from . import core as _core
from .attainment import Attainment, Bounds, NearMiss, Range, Tally, Values, evaluate
from .catalogues import Catalogue, catalogue
from .columns import Column
from .criteria import (
    Axis,
    Citation,
    Counterpart,
    CriteriaSet,
    Criterion,
    Fact,
    FactKind,
    Figure,
    Indicator,
    Instrument,
    Names,
    Overlay,
    Precondition,
    Recogniser,
    Scope,
    Standing,
    Value,
)
from .errors import (
    ArgumentError,
    BadValueError,
    ConflictError,
    ExactOverflowError,
    FileError,
    LimitError,
    NotFoundError,
    NotInForceError,
    NtmError,
    OutOfMemoryError,
    Problem,
    SchemaError,
    ShapeError,
    Status,
    TextError,
    UnitError,
    UnsupportedError,
)
from .explanation import Comparison, Explanation, Reason, Step, Verdict
from .number import (
    Printed,
    Qualifier,
    format_money,
    format_number,
    name_equal,
    parse_money,
    parse_number,
    parse_printed,
)
from .successor import Pair, PairKind, Successor, compare_laws

__version__: str = _core.version()

__all__ = [
    "ArgumentError",
    "Attainment",
    "Axis",
    "BadValueError",
    "Bounds",
    "Catalogue",
    "Citation",
    "Column",
    "Comparison",
    "ConflictError",
    "Counterpart",
    "CriteriaSet",
    "Criterion",
    "ExactOverflowError",
    "Explanation",
    "Fact",
    "FactKind",
    "Figure",
    "FileError",
    "Indicator",
    "Instrument",
    "LimitError",
    "Names",
    "NearMiss",
    "NotFoundError",
    "NotInForceError",
    "NtmError",
    "OutOfMemoryError",
    "Overlay",
    "Pair",
    "PairKind",
    "Precondition",
    "Printed",
    "Problem",
    "Qualifier",
    "Range",
    "Reason",
    "Recogniser",
    "SchemaError",
    "Scope",
    "ShapeError",
    "Standing",
    "Status",
    "Step",
    "Successor",
    "Tally",
    "TextError",
    "UnitError",
    "UnsupportedError",
    "Value",
    "Values",
    "Verdict",
    "catalogue",
    "compare_laws",
    "evaluate",
    "format_money",
    "format_number",
    "name_equal",
    "parse_money",
    "parse_number",
    "parse_printed",
]
