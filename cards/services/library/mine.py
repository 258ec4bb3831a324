"""What the page of a question holds that only this learner has."""

from collections.abc import Iterable
from dataclasses import dataclass

from cards.models import Learner, ReviewLog
from cards.scheduling import Kind, is_leech
from cards.services.library.row import LibraryRow
from cards.services.notes import Beside, Tags, beside_of, tags_beside

STATE_AFTER = {Kind.BURY: "buried", Kind.SUSPEND: "suspended", Kind.RESET: "new"}


@dataclass(frozen=True, slots=True)
class Mine:
    """Note, flag, mark and tags, whether the card is a leech, and what may be taken back."""

    beside: Beside
    tags: Tags
    is_leech: bool
    can_reset: bool
    last_event: ReviewLog | None  # bury, suspend or reset of this study day, still in force


def mine_of(learner: Learner, row: LibraryRow, history: Iterable[ReviewLog]) -> Mine:
    """Return what the learner keeps beside a question, and how its card stands."""
    card, question = row.card, row.question
    return Mine(
        beside_of(question.beside),  # type: ignore[attr-defined]  # by question_page
        tags_beside(learner, question),
        is_leech=card is not None and is_leech(card.lapses),
        can_reset=card is not None and card.introduced_on is not None and row.state != "archived",
        last_event=_last_event(row, history),
    )


def _last_event(row: LibraryRow, history: Iterable[ReviewLog]) -> ReviewLog | None:
    last = next((log for log in history if log.undone_at is None), None)
    if last is None or last.quality is not None or last.study_date != row.on:
        return None
    return last if STATE_AFTER[Kind(last.kind)] == row.state else None
