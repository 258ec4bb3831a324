"""`manage.py ask "…"`: what the assistant answers, in a terminal."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from cards.models import Learner
from cards.services.assistant import LONGEST_ASKED, Reply, ask


class Command(BaseCommand):
    """Asks the shared bank, or what one learner may read."""

    help = "Ask the assistant; by default from the shared questions alone."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the question, or a file of them."""
        parser.add_argument("question", nargs="?", default="", help="what is asked")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")
        parser.add_argument("--file", type=Path, help="one question per line; - is standard input")
        parser.add_argument("--learner", help="e-mail address: their own questions and notes, too")

    def handle(self, **options: Any) -> None:
        """Answer each question in order."""
        if "cards_searchword" not in connection.introspection.table_names():
            raise CommandError("The database is not there yet: run migrate and seed first.")
        learner = _learner(options["learner"])
        if bool(options["question"]) == bool(options["file"]):
            raise CommandError('Give either one question or --file, e.g.: ask "What is RoPE?"')
        for text in _lines(options["file"]) if options["file"] else [options["question"]]:
            reply = ask(learner, text[:LONGEST_ASKED])
            written = json.dumps(_as_json(reply), ensure_ascii=False)
            self.stdout.write(written if options["json"] else _as_text(text, reply))


def _learner(email: str | None) -> Learner | None:
    if not email:
        return None
    try:
        return Learner.objects.select_related("settings").get(email=email)
    except Learner.DoesNotExist:
        raise CommandError("There is no account with this address.") from None


def _lines(path: Path) -> list[str]:
    """Each line is a question, an empty one too: answers stay in step with the lines."""
    try:
        raw = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"The file cannot be read: {error}") from None
    return [line.replace("\x00", " ") for line in raw.splitlines()]


def _as_json(reply: Reply) -> dict[str, Any]:
    return {
        "answer": reply.answer,
        "sources": [
            {"slug": one.slug, "heading": one.heading or one.prompt, "score": one.score}
            for one in reply.sources
        ],
        "mode": reply.mode.value,
        "off_topic": reply.off_topic,
    }


def _as_text(asked: str, reply: Reply) -> str:
    parts = [f"> {asked}", reply.answer]
    parts += [
        f"  {one.score:.2f}  {one.slug}  {one.heading or one.prompt}" for one in reply.sources
    ]
    return "\n".join(parts) + "\n"
