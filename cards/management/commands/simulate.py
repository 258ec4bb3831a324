"""`manage.py simulate`: which scheduler brings simulated learners furthest by the date?"""

import json
from argparse import ArgumentTypeError
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cards.readiness.simulate import Result
from cards.services.simulation import Match, Player, matches, play, players

BAR = 30
COLUMNS = "{:12} {:>4} {:>4}  {:19} {:>6} {:>6} {:>7} {:>7} {:>5}   {:>6} {:>6} {:>5} {:>5}"
HEADINGS = (
    "truth", "bank", "days", "scheduler", "recall", "spread", "minutes", "reviews", "over",
    "said", "error", "ECE", "band",
)  # fmt: skip
Value = TypeVar("Value")


class Command(BaseCommand):
    """Prints a table, or JSON with all figures; a bar on a terminal tells how far it is."""

    help = (
        "Simulate learners until an interview: the same learners, minutes and seed for each "
        "scheduler. Truths: fsrs, drawn, exponential, other. See docs/evidence.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Who plays, under which truths, for how long."""
        numbers, names = _listed(int), _listed(str)
        parser.add_argument("--learners", type=int, default=100)
        parser.add_argument("--days", type=numbers, default=[60], help="until the date: 14,28,56")
        parser.add_argument("--minutes", type=float, default=15, help="a day")
        parser.add_argument("--questions", type=numbers, default=[36], help="in the bank: 36,100")
        parser.add_argument("--question-minutes", type=float, default=3, help="for each meeting")
        parser.add_argument("--scheduler", type=names, default=["sm2", "fsrs", "anki", "plan"])
        parser.add_argument("--retention", type=_listed(float), default=[0.9, 0.95], help="of fsrs")
        parser.add_argument("--truth", type=names, default=["fsrs"])
        parser.add_argument("--fairer", action="store_true", help="stronger variants play too")
        parser.add_argument("--missed", type=float, default=0, help="share of days nobody studies")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--jobs", type=int, default=1, help="processes")
        parser.add_argument("--json", action="store_true", help="all figures, as JSON")

    def handle(self, **options: Any) -> None:
        """Play every match and print as they end."""
        wanted = self._wanted(options)
        total, done = sum(match.learners for match in wanted), 0

        def heard(learners: int, match: Match) -> None:
            nonlocal done
            done += learners
            self._bar(done / total, match)

        results = []
        if not options["json"]:
            self.stdout.write(COLUMNS.format(*HEADINGS))
        for match, result in play(wanted, options["jobs"], heard):
            results.append(_as_json(match, result))
            if not options["json"]:
                self.stdout.write(_row(match, result))
        if options["json"]:
            self.stdout.write(json.dumps(results, indent=1))

    def _wanted(self, options: dict[str, Any]) -> list[Match]:
        _refuse_nonsense(options)
        shared = Match(
            Player(""), "", options["learners"], 0, options["minutes"], 0,
            options["question_minutes"], options["seed"], options["missed"],
        )  # fmt: skip
        try:
            playing = players(options["scheduler"], options["retention"], fairer=options["fairer"])
            return matches(shared, playing, options["truth"], options["days"], options["questions"])
        except (LookupError, ValueError) as error:
            raise CommandError(str(error)) from None

    def _bar(self, share: float, match: Match) -> None:
        if not self.stderr.isatty():
            return
        bar = ("#" * round(BAR * share)).ljust(BAR, ".")
        what = f"{match.truth}, {match.days} days, {match.player.label}"
        self.stderr.write(f"\r[{bar}] {share:4.0%} {what:40}", ending="" if share < 1 else "\n")


def _refuse_nonsense(options: dict[str, Any]) -> None:
    if min(options["learners"], options["minutes"], options["question_minutes"]) <= 0:
        raise CommandError("Learners and minutes must be more than nothing.")
    if min(*options["days"], *options["questions"], 2) < 1:
        raise CommandError("There must be a day and a question at least.")
    if not 0 <= options["missed"] <= 1:
        raise CommandError("The share of missed days is from 0 to 1.")


def _listed(kind: Callable[[str], Value]) -> Callable[[str], list[Value]]:
    def read(text: str) -> list[Value]:
        try:
            return [kind(one) for one in text.split(",")]
        except ValueError:
            raise ArgumentTypeError(f"not a list with commas: {text}") from None

    return read


def _row(match: Match, result: Result) -> str:
    eve = result.eve
    return COLUMNS.format(
        match.truth, match.questions, match.days, match.player.label,
        f"{result.recall:.3f}", f"{result.spread:.3f}", f"{result.minutes_a_day:.1f}",
        f"{result.reviews:.0f}", f"{result.days_over:.1f}",
        f"{eve.forecast:.3f}", f"{eve.error:+.3f}", f"{eve.calibration_error:.3f}",
        f"{eve.in_band:.2f}",
    )  # fmt: skip


def _as_json(match: Match, result: Result) -> dict[str, Any]:
    given = asdict(match)
    del given["player"]
    return {"scheduler": match.player.label, **given, **asdict(result)}
