"""What many lives say together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

from cards.readiness.calibration import Pair, brier_score, expected_calibration_error
from cards.readiness.forecast import Readiness
from cards.readiness.simulate.life import Life


@dataclass(frozen=True, slots=True)
class Held:
    """How well a forecast has held: of single questions, and of the share in all."""

    forecast: float  # mean readiness
    error: float  # mean of forecast minus true recall: above 0 it promised too much
    distance: float  # mean of the same, without its sign
    calibration_error: float  # of single questions, ten bins
    brier: float
    in_band: float  # share of learners whose share of good answers lay in the band
    band_width: float


@dataclass(frozen=True, slots=True)
class Result:
    """One contestant's learners, taken together."""

    recall: float  # mean true recall on the date, over all questions and learners
    spread: float  # standard deviation between learners
    minutes_a_day: float
    reviews: float
    days_over: float
    met: float  # share of the questions
    eve: Held
    midway: Held | None


def summed_up(lives: Sequence[Life], days: int) -> Result:
    """Return the figures of at least one life."""
    recalls = [fmean(life.recall) for life in lives]
    eve = _held(lives, lambda life: life.eve)
    if eve is None:
        raise ValueError("There is no life to sum up.")
    return Result(
        recall=fmean(recalls),
        spread=pstdev(recalls),
        minutes_a_day=fmean(life.minutes for life in lives) / days,
        reviews=fmean(life.reviews for life in lives),
        days_over=fmean(life.days_over for life in lives),
        met=fmean(fmean(recall > 0 for recall in life.recall) for life in lives),
        eve=eve,
        midway=_held(lives, lambda life: life.midway),
    )


def _held(lives: Sequence[Life], forecast_of: Callable[[Life], Readiness | None]) -> Held | None:
    known = [(life, said) for life in lives if (said := forecast_of(life))]
    if not known:
        return None
    pairs: list[Pair] = []
    for life, said in known:
        pairs += zip(said.recall.values(), map(float, life.answered_well), strict=True)
    errors = [said.total.share - fmean(life.recall) for life, said in known]
    return Held(
        forecast=fmean(said.total.share for _, said in known),
        error=fmean(errors),
        distance=fmean(abs(error) for error in errors),
        calibration_error=expected_calibration_error(pairs),
        brier=brier_score(pairs),
        in_band=fmean(
            said.total.low <= fmean(life.answered_well) <= said.total.high for life, said in known
        ),
        band_width=fmean(said.total.high - said.total.low for _, said in known),
    )
