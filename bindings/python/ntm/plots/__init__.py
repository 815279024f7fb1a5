# SPDX-License-Identifier: Apache-2.0
"""Pictures of results, with matplotlib (``pip install matplotlib``).

Each function takes a result of this package and returns a ``matplotlib.figure.Figure`` made without pyplot: nothing is
global, and threads may draw side by side. ``ax=`` draws into axes of the caller; ``lang`` is "vi" or "en". What is open is
hatched and never drawn as zero or as "not met".
"""

from .budget import budget
from .counts import criteria_counts
from .course import trajectory
from .flow import disbursement
from .heat import heat_map
from .maps import map, tile_map
from .merger import merger
from .stars import stars
from .vector import svg

__all__ = [
    "budget", "criteria_counts", "disbursement", "heat_map", "map", "merger", "stars", "svg", "tile_map", "trajectory",
]
