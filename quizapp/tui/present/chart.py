"""Meters, sparklines and bars from numbers."""

from collections.abc import Sequence

EIGHTHS = " ▁▂▃▄▅▆▇█"


def meter(share: float, width: int = 10) -> str:
    """Return a bar of ``width`` cells; only a full share fills it, and only none leaves it empty."""
    share = min(max(share, 0.0), 1.0)
    filled = round(share * width)
    if 0.0 < share < 1.0:
        filled = min(max(filled, 1), width - 1)
    return "━" * filled + "╌" * (width - filled)


def sparkline(values: Sequence[float]) -> str:
    """Return one column per value, scaled to the largest; anything above 0 is visible."""
    largest = max(values, default=0)
    if largest <= 0:
        return "▁" * len(values)
    return "".join("▁" if value <= 0 else EIGHTHS[max(2, round(value / largest * 8))] for value in values)


def columns(values: Sequence[float], height: int) -> list[str]:
    """Return a bar chart of ``height`` rows, one column per value, top row first."""
    largest = max(values, default=0) or 1
    eighths = [0 if value <= 0 else max(1, round(value / largest * height * 8)) for value in values]
    return ["".join(EIGHTHS[min(max(value - 8 * row, 0), 8)] for value in eighths) for row in range(height - 1, -1, -1)]


def percent(share: float) -> str:
    """Return a share as ``78 %``; 100 and 0 only where it is exactly that."""
    whole = round(share * 100)
    if 0.0 < share < 1.0:
        whole = min(max(whole, 1), 99)
    return f"{whole} %"
