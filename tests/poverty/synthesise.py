#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Makes households whose measures print as published: synthesise.py CENSORED.CSV OUT.CSV

Only aggregates are published. For each row this finds how many households have which pattern of deprivations, so that H, A,
M0 and every censored headcount ratio lie inside what rounds to the printed figure; non-negative least squares, weighted
until all do. The library then measures the households, and the test compares every printed digit.
"""

import csv
import sys
from pathlib import Path

import numpy as np

DIMENSIONS = [0, 0, 1, 1, 2, 2, 2, 2, 2, 2]
HOUSEHOLDS = 2_000_000
CUTOFF = 1 / 3


def weights_of(available: "list[bool]") -> "np.ndarray":
    """Nested weights; the weight of what is missing is shared inside its dimension."""
    inside = [sum(a for a, d in zip(available, DIMENSIONS) if d == dimension) for dimension in DIMENSIONS]
    return np.array([1 / 3 / n if a else 0.0 for a, n in zip(available, inside)])


def patterns_of(available: "list[bool]", weights: "np.ndarray") -> "tuple[np.ndarray, np.ndarray]":
    """All patterns that are poor, as bits, and their scores."""
    numbers = np.arange(1 << len(available))
    bits = (numbers[:, None] >> np.arange(len(available)) & 1).astype(float)
    possible = (bits[:, [not a for a in available]] == 0).all(axis=1)
    scores = bits @ weights
    poor = possible & (scores > CUTOFF - 1e-9)
    return numbers[poor], scores[poor]


def least_squares(matrix: "np.ndarray", target: "np.ndarray") -> "np.ndarray":
    """min |matrix x - target| with x >= 0, by active sets (Lawson and Hanson)."""
    count = matrix.shape[1]
    x, passive = np.zeros(count), np.zeros(count, dtype=bool)
    for _ in range(3 * count):
        gradient = matrix.T @ (target - matrix @ x)
        gradient[passive] = -np.inf
        if gradient.max() < 1e-10:
            break
        passive[gradient.argmax()] = True
        while True:
            trial = np.zeros(count)
            trial[passive] = np.linalg.lstsq(matrix[:, passive], target, rcond=None)[0]
            low = passive & (trial <= 0)
            if not low.any():
                break
            step = (x[low] / np.maximum(x[low] - trial[low], 1e-300)).min()
            x = x + step * (trial - x)
            passive &= x > 1e-14
            x[~passive] = 0
        x = trial
    return x


def equations(row: "dict[str, str]", names: "list[str]", numbers: "np.ndarray", scores: "np.ndarray") -> "list":
    """(coefficients of the patterns' shares in %, printed figure, half a unit of its last digit)."""
    h, a, m0 = float(row["H"]), float(row["A"]), float(row["M0"])
    made = [(numbers >> j & 1, float(row[name]), 0.05) for j, name in enumerate(names) if row[name] != ""]
    made.append((np.ones(len(numbers)), h, 0.05))
    made.append((scores, 100 * m0, 0.05))
    made.append((scores * 100 - a, 0.0, 0.05 * h))  # A x H, whose rounding is that of A, times H
    return made


def households(row: "dict[str, str]", names: "list[str]") -> "list[tuple[int, int]]":
    """(pattern, how many) of the poor, out of HOUSEHOLDS; as many as tables.h has room for."""
    available = [row[name] != "" for name in names]
    numbers, scores = patterns_of(available, weights_of(available))
    made = equations(row, names, numbers, scores)
    scale = np.array([1 / half for _, _, half in made])
    matrix = np.array([coefficients for coefficients, _, _ in made], dtype=float)
    target = np.array([figure for _, figure, _ in made])
    heed = np.ones(len(made))
    for _ in range(200):
        shares = least_squares(matrix * (scale * heed)[:, None], target * scale * heed)
        counts = np.round(shares / 100 * HOUSEHOLDS)
        off = np.abs((matrix @ (counts * 100 / HOUSEHOLDS) - target) * scale)
        if off.max() < 0.95:
            return [(int(n), int(count)) for n, count in zip(numbers, counts) if count > 0]
        heed *= 1 + np.maximum(off - 0.5, 0)
    raise SystemExit(f"{row['country']} {row['year']}: no households print so; the nearest are off by {off.max():.2f}")


def main(source: str, out: str) -> int:
    with Path(source).open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines)
        names = list(table.fieldnames or [])[5:]
        text = ["country,year,pattern,households"]
        for row in table:
            text += [f"{row['country']},{row['year']},{pattern},{count}" for pattern, count in households(row, names)]
    Path(out).write_text("\n".join(text) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
