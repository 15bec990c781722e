"""Pictures as values: a few primitives in data coordinates that a terminal, an SVG file or a page can draw."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rectangle:
    """An axis-parallel box; ``role`` says what it stands for (``"prediction"``, ``"truth"``, ``"overlap"`` …)."""

    x0: float
    y0: float
    x1: float
    y1: float
    role: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A point with a role (``"class-0"``, ``"query"`` …) and an optional short label such as a number."""

    x: float
    y: float
    role: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """A polyline through its points."""

    points: tuple[tuple[float, float], ...]
    role: str


@dataclass(frozen=True, slots=True)
class Table:
    """Cells with row and column labels (numbers or one-letter symbols, never sentences)."""

    rows: tuple[tuple[str, ...], ...]
    row_labels: tuple[str, ...] = ()
    column_labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """What a picture shows.

    Parameters
    ----------
    shapes : tuple
        Drawn in order, later ones on top. A ``Table`` stands alone.
    x_range, y_range : tuple of float
        Limits of the data coordinates; y grows upwards unless ``y_down``.
    y_down : bool
        Image coordinates, as boxes of detectors use them.
    """

    shapes: tuple[Rectangle | Dot | Curve | Table, ...]
    x_range: tuple[float, float] = (0.0, 1.0)
    y_range: tuple[float, float] = (0.0, 1.0)
    y_down: bool = False
