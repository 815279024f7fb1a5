# SPDX-License-Identifier: Apache-2.0
"""A program of a user, for ``mypy --strict`` against the installed package; it runs, too.

Each ``type: ignore`` is of a mistake that the types have to find: mypy --strict complains of one that is not needed.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Sequence

import ntm


def shares(law: ntm.CriteriaSet, insured: Sequence[int]) -> list[int]:
    """The verdicts of indicator 15.1 for communes of 2,000 people."""
    data = {"population": [2000] * len(insured), "insured-people": list(insured)}
    result: ntm.Attainment = ntm.evaluate(data, law, on="2020-02-25", region="BTB",
                                          unit=[f"X{row}" for row in range(len(insured))])
    why: ntm.Explanation = result.explain("X0", "15.1", lang="en")
    assert "1,699" in str(why)
    verdicts: list[int] = result.indicator("15.1").tolist()
    return verdicts


def main() -> None:
    law: ntm.CriteriaSet = ntm.catalogue().find("ntm", level="commune", on="2020-02-25")
    assert shares(law, [1699, 1700]) == [2, 1]
    money: int | Decimal = ntm.parse_money("1,5 tỷ đồng")
    assert money == 1_500_000_000
    try:
        ntm.catalogue()["no-such-set"]
    except ntm.NotFoundError as error:
        status: ntm.Status = error.problem.status
        assert status is ntm.Status.NOT_FOUND
    else:
        raise AssertionError("a set that is not there")


def mistakes(law: ntm.CriteriaSet, result: ntm.Attainment) -> None:
    """Never called."""
    result.explain("X0", "15.1", lang="fr")  # type: ignore[arg-type]
    result.no_such_thing  # type: ignore[attr-defined]
    ntm.evaluate({}, law, on=2020)  # type: ignore[arg-type]
    status: str = result.status  # type: ignore[assignment]
    print(status)


if __name__ == "__main__":
    main()
    print("types: as a user sees them")
