"""`manage.py reindex`: make found what is not yet, or was indexed by older rules."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cards.services.search import reindex


class Command(BaseCommand):
    """Indexes questions and notes for search; `seed` does the same."""

    help = "Index every question and note that search does not know yet."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the wish to begin anew."""
        parser.add_argument("--all", action="store_true", help="also what is indexed already")

    def handle(self, **options: Any) -> None:
        """Index, and say how much."""
        written = reindex(everything=options["all"])
        if options["verbosity"]:
            self.stdout.write(f"{written} texts indexed")
