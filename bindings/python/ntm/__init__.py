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
from .acts import Act, ActKind, After, Expiry, Holders, Holding, Inherit, Lack, Lasting, Pending
from .attainment import Attainment, Bounds, NearMiss, Range, Tally, Values, evaluate
from .catalogues import Catalogue, SetVersion, catalogue
from .climbs import Climb, ClimbStep, climb
from .columns import Column
from .criteria import CriteriaSet
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
    CountBounds,
    Printed,
    Qualifier,
    Rounding,
    format_money,
    format_number,
    name_equal,
    parse_money,
    parse_number,
    parse_printed,
)
from .overlays import Overlay, Rank
from .panels import Panel, PanelOpen, PanelProduct, panel
from .parts import (
    Axis,
    Citation,
    Counterpart,
    Criterion,
    Fact,
    FactKind,
    Figure,
    Indicator,
    Instrument,
    Names,
    Precondition,
    Recogniser,
    Scope,
    Standing,
    Standings,
    StandingTally,
    Value,
)
from .recognition import Register, StatusRule, recogniser, validity_last_day
from .successor import Pair, PairKind, Successor, compare_laws

__version__: str = _core.version()

__all__ = [
    "Act",
    "ActKind",
    "After",
    "ArgumentError",
    "Attainment",
    "Axis",
    "BadValueError",
    "Bounds",
    "Catalogue",
    "Citation",
    "Climb",
    "ClimbStep",
    "Column",
    "Comparison",
    "ConflictError",
    "CountBounds",
    "Counterpart",
    "CriteriaSet",
    "Criterion",
    "ExactOverflowError",
    "Expiry",
    "Explanation",
    "Fact",
    "FactKind",
    "Figure",
    "FileError",
    "Holders",
    "Holding",
    "Indicator",
    "Inherit",
    "Instrument",
    "Lack",
    "Lasting",
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
    "Panel",
    "PanelOpen",
    "PanelProduct",
    "Pending",
    "Precondition",
    "Printed",
    "Problem",
    "Qualifier",
    "Range",
    "Rank",
    "Reason",
    "Recogniser",
    "Register",
    "Rounding",
    "SchemaError",
    "Scope",
    "SetVersion",
    "ShapeError",
    "Standing",
    "StandingTally",
    "Standings",
    "Status",
    "StatusRule",
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
    "climb",
    "compare_laws",
    "evaluate",
    "format_money",
    "format_number",
    "name_equal",
    "panel",
    "parse_money",
    "parse_number",
    "parse_printed",
    "recogniser",
    "validity_last_day",
]
