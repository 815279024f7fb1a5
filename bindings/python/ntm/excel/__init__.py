# SPDX-License-Identifier: Apache-2.0
"""Excel in and out: the template that communes fill in, and the report workbook (docs/excel.md).

Reading needs nothing but this package and NumPy; writing needs openpyxl (``pip install openpyxl``).
"""

from __future__ import annotations

from .places import LeftOut
from .reading import Reported, read_template
from .report import write_report
from .template import write_template

__all__ = ["LeftOut", "Reported", "read_template", "write_report", "write_template"]
