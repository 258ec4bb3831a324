"""`manage.py replay_cards`: rebuild every card from its log, and report what differs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cards.services.replay import replay_cards


class Command(BaseCommand):
    """Proves that the log is the truth; with --fix makes the cards follow it."""

    help = "Rebuild every card from its review log and report drift; --fix mends it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Only look, or mend."""
        parser.add_argument("--fix", action="store_true", help="write what the log says")

    def handle(self, *, fix: bool, **options: Any) -> None:  # noqa: ARG002
        """Go through all cards; fail when any has drifted and was not mended."""
        cards = drifted = 0
        for drift in replay_cards(fix=fix):
            cards += 1
            if drift:
                drifted += 1
                self.stdout.write(str(drift))
        self.stdout.write(f"{cards} cards replayed, {drifted} drifted")
        if drifted and not fix:
            raise CommandError("Some cards do not follow from their log. --fix mends them.")
