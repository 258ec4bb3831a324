"""`manage.py schedule sm2 5 4 3 2 5`: what a scheduler makes of a row of grades."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cards.scheduling import (
    DEFAULT_RETENTION,
    SCHEDULERS,
    CardState,
    Scheduler,
    grade,
    scheduler_named,
)

STANDARD_INPUT = "-"
HEADINGS = (
    "quality  repetitions  interval_days  ease_factor  due_on      repeat_today"
    "  stability  difficulty  retrievability"
)


@dataclass(frozen=True, slots=True)
class Step:
    """The state after one review that was taken on its due day."""

    quality: int
    repetitions: int
    interval_days: int
    ease_factor: float
    due_on: str
    repeat_today: bool
    stability: float | None  # days
    difficulty: float | None
    retrievability: float | None  # on the due day


def steps(scheduler: Scheduler, qualities: Sequence[int], start: date) -> list[Step]:
    """Return a step for each quality (0 to 5), the first review on `start`.

    Raises ValueError for another quality.
    """
    state, on, taken = CardState(), start, []
    for quality in qualities:
        state = grade(scheduler, state, quality, on).state
        due_on = state.due_on or on
        taken.append(
            Step(
                quality=quality,
                repetitions=state.repetitions,
                interval_days=state.interval_days,
                ease_factor=round(state.ease_factor / 100, 2),
                due_on=due_on.isoformat(),
                repeat_today=state.repeats_on(on),
                stability=state.stability,
                difficulty=state.difficulty,
                retrievability=scheduler.memory.recall(state, due_on),
            )
        )
        on = due_on
    return taken


class Command(BaseCommand):
    """Prints the steps as a table or as JSON."""

    help = "Show what a scheduler does with a row of grades, each review on its due day."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the scheduler and the grades, or - for one row of grades a line."""
        parser.add_argument("scheduler", choices=sorted(SCHEDULERS))
        parser.add_argument("qualities", nargs="*", help="0 to 5 each, or - for standard input")
        parser.add_argument("--json", action="store_true")
        parser.add_argument(
            "--retention", type=float, default=DEFAULT_RETENTION, help="what FSRS plans by"
        )
        parser.add_argument("--start", type=date.fromisoformat, default=date(2026, 1, 1))

    def handle(self, **options: Any) -> None:
        """Print one table or array for each row of grades."""
        start, retention = options["start"], options["retention"]
        try:
            scheduler = scheduler_named(options["scheduler"], desired_retention=retention)
        except ValueError as error:
            raise CommandError(str(error)) from None
        words: list[str] = options["qualities"]
        rows = (line.split() for line in sys.stdin) if words == [STANDARD_INPUT] else [words]
        for number, row in enumerate(rows, 1):
            try:
                taken = steps(scheduler, [int(word) for word in row], start)
            except (ValueError, OverflowError) as error:
                raise CommandError(f"Row {number}: {error}") from None
            self.stdout.write(_as_json(taken) if options["json"] else _as_table(taken))


def _as_json(taken: list[Step]) -> str:
    return json.dumps([asdict(step) for step in taken])


def _as_table(taken: list[Step]) -> str:
    return "\n".join([HEADINGS, *(_as_row(step) for step in taken)])


def _as_row(step: Step) -> str:
    return (
        f"{step.quality:>7}  {step.repetitions:>11}  {step.interval_days:>13}  "
        f"{step.ease_factor:>11.2f}  {step.due_on}  {'yes' if step.repeat_today else 'no':>12}"
        f"  {step.stability or 0:>9.2f}  {step.difficulty or 0:>10.2f}"
        f"  {step.retrievability or 0:>14.3f}"
    )
