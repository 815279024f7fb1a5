# SPDX-License-Identifier: Apache-2.0
"""Criteria sets of Vietnam's national target programmes, evaluated exactly.

>>> law = ntm.catalogue().find("ntm", level="commune", on="2020-02-25")
>>> result = ntm.evaluate({"households": [2000]}, law, on="2020-02-25", region="BTB")
>>> result.criteria_met.least.tolist(), result.criteria_met.most.tolist()
([0], [19])

Nothing but the number of households is reported, so nothing is decided: between 0 and 19 of the criteria are met.
Missing is not zero, and open is not "not met".
"""

from typing import TYPE_CHECKING, Any

from . import core as _core
from .acts import Act, ActKind, After, Expiry, Holders, Holding, Inherit, Lack, Lasting, Pending
from .apportionments import Allotted, Apportionment, BoundBy, apportion
from .attainment import Attainment, Bounds, NearMiss, Range, Tally, Values, evaluate
from .attainment_rows import VerdictRows
from .balances import (
    Balance,
    Cause,
    Checked,
    Located,
    LocatedGroup,
    LocateEnd,
    Suspect,
    Suspicion,
    Violation,
)
from .batches import Batches, evaluate_batches
from .cascades import Cascade, CascadeResult, CascadeStep, ChildCounts, CountedChild, cascade
from .catalogues import Catalogue, SetVersion, catalogue
from .classifications import (
    BudgetProgramme,
    Classification,
    CodeFinding,
    CodesCheck,
    CodeVerdict,
    Government,
    RuleStanding,
)
from .climbs import Climb, ClimbStep, climb
from .columns import Column
from .criteria import CriteriaSet
from .comparisons import Change, Changes
from .csv_files import read_columns
from .cubes import Cube, CubeCell, CubeColumns, CubeMember, CubeTally, Expected, Side
from .deciding import (
    CollectingCell,
    CollectingOrder,
    CollectingStep,
    Deciding,
    DecidingFact,
    DecidingReason,
    DecidingSet,
    Wanting,
    WantingKind,
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
from .fact_tables import FactTable, read_csv
from .exports import Table, rows_of
from .findings import Finding, Place, Severity, lint_codes
from .flips import Flip, FlipChange, Flips, FlipStep
from .gaps import Effort, Gap, GapKind, Gaps, Margin, Risk, Subject, Untold, next_tier
from .group_counts import GroupCount, GroupCounts
from .groups import Missing
from .household_moves import HouseholdMove, Presence, TransitionGroup, Transitions, Year, transitions
from .ledgers import Dimension, Duplicate, Ledger, Member, usual_dimensions
from .long_tables import Wide, from_long
from .needs import Matched, Need, NeedColumns, NeedOpen, Needs, Norms, matching_check, matching_least
from .number import (
    CountBounds,
    Printed,
    Qualifier,
    Rounding,
    format_measure,
    format_money,
    format_number,
    name_equal,
    parse_money,
    parse_number,
    parse_printed,
)
from .observations import MissingReport, Observations, ObservedCount, ObservedView, Punctual, Punctuality
from .overlays import Overlay, Rank
from .panels import Panel, PanelOpen, PanelProduct, panel
from .parts import (
    Axis,
    Citation,
    Closing,
    Counterpart,
    Criterion,
    Fact,
    FactKind,
    Figure,
    Indicator,
    Instrument,
    Merge,
    Names,
    OverTime,
    Precondition,
    Recogniser,
    Scope,
    Standing,
    Standings,
    StandingTally,
    Value,
)
from .periods import Periods, evaluate_periods
from .poverty import (
    Defined,
    Deprivation,
    Deprived,
    Incomplete,
    Measure,
    Measured,
    PovertyGroup,
    PovertyMeasures,
    Rounded,
    nested_weights,
    poverty_measures,
)
from .rates import Known, Rate, Rates
from .recognition import Register, StatusRule, recogniser, validity_last_day
from .results import ResultColumns
from .rollups import Rolled, RolledParts, Rollup, RollupPart
from .slow_money import SlowMoney, SlowOrder
from .successor import Pair, PairKind, Successor, compare_laws
from .tasks import TaskColumns, Tasks
from .top_ups import Payments, RowPayments, TopUp, top_up
from .trajectories import (
    TrackCell,
    TrackOutlook,
    TrackSeries,
    TrackState,
    TrackTable,
    TrackTally,
    TrackTarget,
    TrackWhy,
    Trajectory,
    trajectory,
)
from .unit_rows import Echelon, Unit, UnitEdge, UnitFinding, UnitPart, UnitReform, UnitShare
from .units import Units, unit_defects

if TYPE_CHECKING:
    from . import excel, plots
    from .page import report

__version__: str = _core.version()


def __getattr__(name: str) -> Any:
    """`excel`, `plots` and `report` are imported when they are first asked for: most programs need none of them."""
    from importlib import import_module

    if name == "report":
        return import_module(".page", __name__).report
    if name in ("excel", "plots"):
        return import_module("." + name, __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


__all__ = [
    "Act",
    "ActKind",
    "After",
    "Allotted",
    "Apportionment",
    "ArgumentError",
    "Attainment",
    "Axis",
    "BadValueError",
    "Balance",
    "Batches",
    "BoundBy",
    "Bounds",
    "BudgetProgramme",
    "Cascade",
    "CascadeResult",
    "CascadeStep",
    "Catalogue",
    "Cause",
    "Change",
    "Changes",
    "Checked",
    "ChildCounts",
    "Citation",
    "Classification",
    "Climb",
    "ClimbStep",
    "Closing",
    "CodeFinding",
    "CodeVerdict",
    "CodesCheck",
    "CollectingCell",
    "CollectingOrder",
    "CollectingStep",
    "Column",
    "Comparison",
    "ConflictError",
    "CountBounds",
    "CountedChild",
    "Counterpart",
    "CriteriaSet",
    "Criterion",
    "Cube",
    "CubeCell",
    "CubeColumns",
    "CubeMember",
    "CubeTally",
    "Deciding",
    "DecidingFact",
    "DecidingReason",
    "DecidingSet",
    "Defined",
    "Deprivation",
    "Deprived",
    "Dimension",
    "Duplicate",
    "Echelon",
    "Effort",
    "ExactOverflowError",
    "Expected",
    "Expiry",
    "Explanation",
    "Fact",
    "FactKind",
    "FactTable",
    "Figure",
    "FileError",
    "Finding",
    "Flip",
    "FlipChange",
    "FlipStep",
    "Flips",
    "Gap",
    "GapKind",
    "Gaps",
    "Government",
    "GroupCount",
    "GroupCounts",
    "Holders",
    "Holding",
    "HouseholdMove",
    "Incomplete",
    "Indicator",
    "Inherit",
    "Instrument",
    "Known",
    "Lack",
    "Lasting",
    "Ledger",
    "LimitError",
    "LocateEnd",
    "Located",
    "LocatedGroup",
    "Margin",
    "Matched",
    "Measure",
    "Measured",
    "Member",
    "Merge",
    "Missing",
    "MissingReport",
    "Names",
    "NearMiss",
    "Need",
    "NeedColumns",
    "NeedOpen",
    "Needs",
    "Norms",
    "NotFoundError",
    "NotInForceError",
    "NtmError",
    "Observations",
    "ObservedCount",
    "ObservedView",
    "OutOfMemoryError",
    "OverTime",
    "Overlay",
    "Pair",
    "PairKind",
    "Panel",
    "PanelOpen",
    "PanelProduct",
    "Payments",
    "Pending",
    "Periods",
    "Place",
    "PovertyGroup",
    "PovertyMeasures",
    "Precondition",
    "Presence",
    "Printed",
    "Problem",
    "Punctual",
    "Punctuality",
    "Qualifier",
    "Range",
    "Rank",
    "Rate",
    "Rates",
    "Reason",
    "Recogniser",
    "Register",
    "ResultColumns",
    "Risk",
    "Rolled",
    "RolledParts",
    "Rollup",
    "RollupPart",
    "Rounded",
    "Rounding",
    "RowPayments",
    "RuleStanding",
    "SchemaError",
    "Scope",
    "SetVersion",
    "Severity",
    "ShapeError",
    "Side",
    "SlowMoney",
    "SlowOrder",
    "Standing",
    "StandingTally",
    "Standings",
    "Status",
    "StatusRule",
    "Step",
    "Subject",
    "Successor",
    "Suspect",
    "Suspicion",
    "Table",
    "Tally",
    "TaskColumns",
    "Tasks",
    "TextError",
    "TopUp",
    "TrackCell",
    "TrackOutlook",
    "TrackSeries",
    "TrackState",
    "TrackTable",
    "TrackTally",
    "TrackTarget",
    "TrackWhy",
    "Trajectory",
    "TransitionGroup",
    "Transitions",
    "Unit",
    "UnitEdge",
    "UnitError",
    "UnitFinding",
    "UnitPart",
    "UnitReform",
    "UnitShare",
    "Units",
    "UnsupportedError",
    "Untold",
    "Value",
    "Values",
    "Verdict",
    "VerdictRows",
    "Violation",
    "Wanting",
    "WantingKind",
    "Wide",
    "Year",
    "apportion",
    "cascade",
    "catalogue",
    "climb",
    "compare_laws",
    "evaluate",
    "evaluate_batches",
    "evaluate_periods",
    "excel",
    "format_measure",
    "format_money",
    "format_number",
    "from_long",
    "lint_codes",
    "matching_check",
    "matching_least",
    "name_equal",
    "nested_weights",
    "next_tier",
    "panel",
    "parse_money",
    "parse_number",
    "parse_printed",
    "plots",
    "poverty_measures",
    "read_columns",
    "read_csv",
    "recogniser",
    "report",
    "rows_of",
    "top_up",
    "trajectory",
    "transitions",
    "unit_defects",
    "usual_dimensions",
    "validity_last_day",
]
