"""How far a curve that is concave runs straight from where it starts, by trying a few points."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf

HOLDS = 0.02
"""What counts as straight: slopes that differ by this share."""
MOST_TRIES = 6
FACTOR = 4.0
WIDER = 1.02
"""A range is tried wider only where it would gain more than this."""


@dataclass(frozen=True)
class Tried:
    """What is `gained` at a point `away` from the start, and the slope there: gain per unit further away."""

    away: float
    gained: float
    slope: float

    @property
    def mean(self) -> float:
        """Gain per unit on the way there."""
        return self.gained / self.away


@dataclass(frozen=True)
class _Between:
    """The furthest point known to lie on the line, the nearest known not to, the nearest that cannot be."""

    held: Tried | None = None
    bent: Tried | None = None
    cannot: float = inf
    line: float | None = None
    """The slope of the line, once there is one: that of the first point found on it."""
    bends: int = 0
    """How many points were found not to lie on it."""


def straight(
    tried: Callable[[float], Tried | None], slope: float, error: float, length: float, first: float
) -> tuple[Tried | None, bool]:
    """Find the point furthest away, up to `length`, to which a concave curve that starts at 0 runs straight.

    `slope` is one of its slopes at the start; gains are right to `error`; `first` is tried first. Where no
    point tried lies on one line with the start, the nearest is returned with False: its mean is no more than
    that. None where no point can be.
    """
    between = _Between()
    away: float | None = first
    for _ in range(MOST_TRIES):
        if away is None:
            break
        between = _judged(between, tried(away), away, (slope, error))
        away = _next(between, slope, length)
    return between.held or between.bent, between.held is not None


def _judged(between: _Between, point: Tried | None, away: float, start: tuple[float, float]) -> _Between:
    """Take a point in: it cannot be, it lies on the line, or it does not."""
    if point is None:
        return replace(between, cannot=away)
    (slope, error), held, bent = start, between.held, between.bent
    lines = [slope, point.slope] if between.line is None else [between.line]
    if any(_same(point.mean, line, error / point.away) for line in lines):
        return replace(between, held=point, line=between.line or point.mean)
    if bent and held is None and _same(point.mean, bent.mean, error / point.away):
        return replace(
            between, held=bent, bent=None, line=bent.mean
        )  # three points on a line: straight to the last of them
    return replace(between, bent=point, bends=between.bends + 1)


def _next(between: _Between, slope: float, length: float) -> float | None:
    """Say where to look next: where the line meets the tangent of the nearest point off it; None to stop."""
    held, bent, cannot = between.held, between.bent, between.cannot
    if bent is None:
        return cannot / FACTOR if held is None else _onward(held.away, length, cannot)
    line = held.mean if held else slope
    meets = (bent.gained - bent.slope * bent.away) / (line - bent.slope) if line != bent.slope else 0.0
    if held:
        return meets if held.away * WIDER < meets < bent.away / WIDER else None
    likely = bent.away / FACTOR**2 < meets < bent.away / WIDER
    return meets if likely and between.bends % 2 else _if_even(bent, line)


def _if_even(bent: Tried, line: float) -> float:
    """Say how far a curve that bends evenly up to `bent` is straight: many small bends look like that."""
    turned, steepest = abs(line - bent.slope), max(abs(line), abs(bent.slope))
    straight_share = HOLDS * steepest / turned if turned else 1.0
    return bent.away * min(straight_share, 1 / FACTOR)


def _onward(near: float, length: float, cannot: float) -> float | None:
    """Go on to where nothing was tried yet, or halfway to what cannot be where that is worth another try."""
    if cannot < inf:
        return (near + cannot) / 2 if cannot > 2 * near else None
    return min(FACTOR * near, length) if near < length else None


def _same(left: float, right: float, error: float) -> bool:
    return abs(left - right) <= HOLDS * max(abs(left), abs(right)) + error
