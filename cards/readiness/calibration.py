"""How well forecasts have held: pure figures over pairs of what was said and what happened."""

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10

Pair = tuple[float, float]  # a forecast from 0 to 1, and what happened: 1, 0 or a share between


@dataclass(frozen=True, slots=True)
class Bin:
    """The forecasts from `low` to below `high`: how many, what they said, what happened."""

    low: float
    high: float
    count: int
    said: float
    happened: float


def brier_score(pairs: Sequence[Pair]) -> float:
    """Return the mean squared distance (G. W. Brier, 1950): 0 is perfect, 0.25 is a coin's.

    Raises ValueError where there is nothing to judge.
    """
    if not pairs:
        raise ValueError("There is no forecast to judge.")
    return sum((said - happened) ** 2 for said, happened in pairs) / len(pairs)


def calibration_bins(pairs: Sequence[Pair], bins: int = BINS) -> tuple[Bin, ...]:
    """Return the forecasts by what they said, in equal steps; empty steps are left out."""
    members: dict[int, list[Pair]] = {}
    for pair in pairs:
        members.setdefault(min(bins - 1, int(pair[0] * bins)), []).append(pair)
    return tuple(
        Bin(
            at / bins,
            (at + 1) / bins,
            len(inside),
            sum(said for said, _ in inside) / len(inside),
            sum(happened for _, happened in inside) / len(inside),
        )
        for at, inside in sorted(members.items())
    )


def expected_calibration_error(pairs: Sequence[Pair], bins: int = BINS) -> float:
    """Return the mean distance of bins between said and happened, weighed by their counts.

    Source: Naeini, Cooper and Hauskrecht, 2015. Raises ValueError where there is nothing to judge.
    """
    if not pairs:
        raise ValueError("There is no forecast to judge.")
    distance = (one.count * abs(one.said - one.happened) for one in calibration_bins(pairs, bins))
    return sum(distance) / len(pairs)
