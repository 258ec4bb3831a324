"""`manage.py seed`: load the shared question bank; a second time changes nothing."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cards.services.bank import BankError, read_bank, seed_bank
from cards.services.search import reindex


class Command(BaseCommand):
    """Loads a folder of questions, all or nothing."""

    help = "Load the shared question bank from its files; in place, by slug."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take another folder for tests and own banks."""
        parser.add_argument("--folder", type=Path, default=settings.BANK_DIR)
        parser.add_argument(
            "--force", action="store_true", help="take the files' text where staff changed it, too"
        )

    def handle(self, *, folder: Path, force: bool, **options: Any) -> None:
        """Load, and say how much changed and what was left to the staff."""
        try:
            seeded = seed_bank(read_bank(folder), at=timezone.now(), overrule_staff=force)
        except BankError as error:
            raise CommandError(f"{error}\nNothing was changed.") from None
        reindex()  # what was there before there was search, or was indexed by older rules
        if options["verbosity"]:
            self.stdout.write(
                f"{seeded.added} added, {seeded.changed} changed, {seeded.unchanged} unchanged"
            )
        if options["verbosity"] and seeded.kept:
            names = ", ".join(seeded.kept)
            self.stdout.write(
                f"{len(seeded.kept)} kept as staff changed them: {names}. --force takes the files'."
            )
