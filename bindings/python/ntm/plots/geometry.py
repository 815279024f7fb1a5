# SPDX-License-Identifier: Apache-2.0
"""Shapes of units out of GeoJSON, checked."""

from __future__ import annotations

import json
import math
import os
from typing import Any, Iterator, NamedTuple, Sequence, Union

from ..errors import ArgumentError, BadValueError, ConflictError, FileError, NotFoundError, Problem, ShapeError, Status, TextError
from ..tables import not_found

Geometry = Union[str, "os.PathLike[str]", "dict[str, Any]", Any]
"""A path of a GeoJSON file, its contents as a mapping, or anything with ``__geo_interface__`` (a GeoDataFrame)."""
Ring = list[tuple[float, float]]


class Shape(NamedTuple):
    """The outline of a unit."""

    code: str
    polygons: list[list[Ring]]
    """Each an outer ring, then its holes."""

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        xs = [x for polygon in self.polygons for x, _ in polygon[0]]
        ys = [y for polygon in self.polygons for _, y in polygon[0]]
        return min(xs), min(ys), max(xs), max(ys)


def shapes_of(geometry: Geometry, key: str | None, *, projected: bool) -> list[Shape]:
    """The shapes of a geometry, each with the code of its unit.

    Args:
        key: the property that is the code; None: the feature's own id.
        projected: coordinates are lengths on a plane, not degrees.

    Raises:
        FileError: the file cannot be read.
        TextError: no JSON.
        ShapeError: no GeoJSON of polygons; the feature is named.
        NotFoundError: no feature has the property; near ones are named.
        BadValueError: coordinates that cannot be: not finite, no degrees.
        ConflictError: two shapes of one code.
    """
    features = _features(_contents(geometry))
    known = sorted({str(name) for one in features for name in (one.get("properties") or {})})
    if key is not None and key not in known:
        raise NotFoundError(not_found("property of the geometry", key, known))
    shapes: dict[str, Shape] = {}
    for at, feature in enumerate(features):
        code = _code(feature, key, at)
        polygons = [_polygon(one, code, projected) for one in _polygons(feature.get("geometry"), code)]
        if code in shapes:
            raise ConflictError(Problem(Status.CONFLICT, f"two shapes have this code: join them to one, feature {at}", code))
        shapes[code] = Shape(code, polygons)
    return list(shapes.values())


def _contents(geometry: Geometry) -> Any:
    if isinstance(geometry, (str, os.PathLike)):
        path = os.fspath(geometry)
        try:
            with open(path, encoding="utf-8-sig") as file:
                return json.load(file)
        except OSError as error:
            raise FileError(Problem(Status.IO, error.strerror or str(error), str(path))) from None
        except json.JSONDecodeError as error:
            raise TextError(Problem(Status.SYNTAX, f"no JSON: {error.msg}", str(path), None, error.lineno, error.colno)) from None
        except (UnicodeDecodeError, RecursionError) as error:
            raise TextError(Problem(Status.SYNTAX, f"no JSON: {error}", str(path))) from None
    return getattr(geometry, "__geo_interface__", geometry)


def _features(contents: Any) -> list[dict[str, Any]]:
    if not isinstance(contents, dict):
        raise TypeError(f"a geometry is a path, a mapping or has __geo_interface__, not {type(contents).__name__}")
    kind = contents.get("type")
    if kind == "Topology":
        raise ShapeError("TopoJSON: write it as GeoJSON first")
    found = contents.get("features") if kind == "FeatureCollection" else [contents] if kind == "Feature" else None
    if not isinstance(found, (list, tuple)) or not all(isinstance(one, dict) for one in found):
        raise ShapeError(f"a geometry is a FeatureCollection of GeoJSON, not {kind!r}")
    if not found:
        raise ShapeError("the geometry has no features")
    return list(found)


def _code(feature: dict[str, Any], key: str | None, at: int) -> str:
    value = feature.get("id") if key is None else (feature.get("properties") or {}).get(key)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        what = "an id" if key is None else f"a code in {key!r}"
        raise ShapeError(Problem(Status.SHAPE, f"feature {at} has no text or whole number as {what}", key or "id"))
    return str(value)


def _polygons(geometry: Any, code: str) -> Iterator[Any]:
    """Coordinates of the polygons of a geometry."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind == "Polygon":
        yield geometry.get("coordinates")
    elif kind == "MultiPolygon":
        yield from geometry.get("coordinates") or ()
    elif kind == "GeometryCollection":
        for one in geometry.get("geometries") or ():
            yield from _polygons(one, code)
    else:
        raise ShapeError(Problem(Status.SHAPE, f"a Polygon or MultiPolygon is needed, not {kind or 'nothing'}", code))


def _polygon(rings: Any, code: str, projected: bool) -> list[Ring]:
    if not isinstance(rings, (list, tuple)) or not rings:
        raise ShapeError(Problem(Status.SHAPE, "a polygon without a ring", code))
    return [_turned(_ring(ring, code, projected), counter=at == 0) for at, ring in enumerate(rings)]


def _ring(ring: Any, code: str, projected: bool) -> Ring:
    if not isinstance(ring, (list, tuple)) or len(ring) < 4:
        raise ShapeError(Problem(Status.SHAPE, "a ring has four points or more, the last being the first", code))
    points: Ring = []
    for point in ring:
        try:
            x, y = float(point[0]), float(point[1])
        except (TypeError, ValueError, IndexError, KeyError):
            raise ShapeError(Problem(Status.SHAPE, f"{point!r} is no point", code)) from None
        if not (math.isfinite(x) and math.isfinite(y)):
            raise BadValueError(Problem(Status.VALUE, f"{point!r} is not finite", code))
        if not projected and not (-180 <= x <= 180 and -90 <= y <= 90):
            what = f"{x:g}, {y:g} are no degrees of longitude and latitude: transform them to WGS 84, or say projected=True"
            raise BadValueError(Problem(Status.VALUE, what, code))
        points.append((x, y))
    if points[0] != points[-1]:
        points.append(points[0])
    return points


def _turned(ring: Ring, *, counter: bool) -> Ring:
    """The ring counter-clockwise, or clockwise: so that holes stay holes."""
    area = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:]))
    return ring if (area > 0) == counter else ring[::-1]


def frame_of(shapes: Sequence[Shape]) -> tuple[float, float, float, float]:
    """West, south, east, north of all.

    Raises:
        ArgumentError: there is no shape.
    """
    if not shapes:
        raise ArgumentError("no shape has a unit of the result")
    west, south, east, north = zip(*(one.bounds for one in shapes))
    return min(west), min(south), max(east), max(north)
