"""`manage.py export_bank --json`: the shared bank as a list of objects."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cards.services.bank import export_bank


class Command(BaseCommand):
    """Prints the shared bank."""

    help = "Print the shared question bank; --json as one list of objects, else a line each."

    def add_arguments(self, parser: CommandParser) -> None:
        """Choose the form."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *, json: bool, **options: Any) -> None:  # noqa: ARG002
        """Print every question in bank order."""
        if json:
            self.stdout.write(_as_json(list(export_bank())))
            return
        for question in export_bank():
            self.stdout.write(f"{question['category']}/{question['slug']}: {question['prompt']}")


def _as_json(questions: list[dict[str, Any]]) -> str:
    return json.dumps(questions, ensure_ascii=False, indent=1)
