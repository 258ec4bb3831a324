"""`manage.py check_integrity`: prove that every card of every learner follows from its log."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, OutputWrapper

from cards.services.replay import Drift, count_cards, replay_cards

STEP = 500  # cards between two looks at the progress


class Command(BaseCommand):
    """Exit code 0 if nothing has drifted, or all of it was mended; else 1."""

    help = "Prove that every card follows from its review log; name what has drifted."

    def add_arguments(self, parser: CommandParser) -> None:
        """Only look, or mend; words, or JSON."""
        parser.add_argument("--fix", action="store_true", help="write what the log says")
        parser.add_argument("--json", action="store_true", help="print one object")

    def handle(self, **options: Any) -> None:
        """Go through all cards in bounded memory: what has drifted is written at once."""
        total, cards, drifted = count_cards(), 0, 0
        report = _Json(self.stdout) if options["json"] else _Text(self.stdout)
        report.begin()
        for drift in replay_cards(fix=options["fix"]):
            cards += 1
            if drift:
                report.name(drift, is_first=not drifted)
                drifted += 1
            if cards % STEP == 0 or cards == total:
                _show_progress(self.stderr, cards, total)
        report.end(cards, drifted)
        if drifted and not options["fix"]:
            raise CommandError("Some cards do not follow from their log. --fix mends them.")


class _Text:
    """A line for each drift, and one for the sum."""

    def __init__(self, out: OutputWrapper) -> None:
        self.out = out

    def begin(self) -> None:
        """Nothing comes first."""

    def name(self, drift: Drift, *, is_first: bool) -> None:  # noqa: ARG002
        """Write one drift."""
        self.out.write(str(drift))

    def end(self, cards: int, drifted: int) -> None:
        """Write the sum."""
        self.out.write(f"{cards} cards checked, {drifted} drifted")


class _Json(_Text):
    """One object, written piece by piece."""

    def begin(self) -> None:
        """Open the list."""
        self.out.write('{"drifts": [', ending="")

    def name(self, drift: Drift, *, is_first: bool) -> None:
        """Write one entry of the list."""
        entry = {"card": drift.card_id, "learner": drift.learner_id, "differs": drift.words}
        self.out.write(("" if is_first else ", ") + json.dumps(entry), ending="")

    def end(self, cards: int, drifted: int) -> None:
        """Close the list and write the sum."""
        self.out.write(f'], "cards": {cards}, "drifted": {drifted}}}')


def _show_progress(err: OutputWrapper, cards: int, total: int) -> None:
    """Write over one line, only on a terminal; cards met meanwhile may make it more than all."""
    if err.isatty():
        ending = "\n" if cards == total else ""
        share = 100 * cards // total
        err.write(f"\r{cards} of {total} cards, {share} %", style_func=str, ending=ending)
