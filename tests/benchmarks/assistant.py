"""How often the assistant finds the right question: `python -m tests.benchmarks.assistant [half]`.

Failures are listed for the half that is tuned on; of the other, only the figures are shown.
"""

import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

QUESTIONS = Path(__file__).parent.parent / "data" / "assistant.yml"
AMONG = 3  # the right question has to be among so many


@dataclass(slots=True)
class Tally:
    """How many were right, of how many, and which were not."""

    right: int = 0
    total: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The fraction that was right."""
        return self.right / self.total if self.total else 1.0


def entries(half: str) -> list[dict[str, Any]]:
    """Return the questions of one half, in the order of the file."""
    listed = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))
    return [one for one in listed if one["half"] == half]


def judge(asked: Iterable[dict[str, Any]], ask: Callable[[str], Any]) -> dict[str, Tally]:
    """Ask each question and tally by kind, and by what the bank has: `in-bank` and `off-topic`."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for one in asked:
        reply = ask(one["ask"])
        found = [source.slug for source in reply.sources][:AMONG]
        wanted = set(one["right"])
        is_right = not wanted.isdisjoint(found) if wanted else reply.off_topic
        for name in {one["kind"], "in-bank" if wanted else "off-topic"}:
            tallies[name].total += 1
            tallies[name].right += is_right
            if not is_right:
                tallies[name].missed.append(f"{one['ask']!r}: {found}, not {sorted(wanted)}")
    return dict(tallies)


def main(half: str = "tune") -> None:
    """Judge one half on the database in use."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "llmprep.settings")
    import django

    django.setup()
    from cards.services.assistant import ask

    tallies = judge(entries(half), lambda text: ask(None, text))
    for kind, tally in sorted(tallies.items()):
        print(f"{kind:12} {tally.right:3} of {tally.total:3}  {tally.share:.3f}")
    if half == "tune":
        for name in ("in-bank", "off-topic"):
            print(*tallies[name].missed, sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
