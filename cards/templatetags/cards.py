"""Words and figures as the pages show them."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID, uuid4

from django import template
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from cards.models import Message, Question, ReviewLog
from cards.scheduling import Kind, Outcome, turns_leech
from cards.services.assistant import Hints, hints_of, wording_at

register = template.Library()
_DIAGRAM = re.compile(r'(?<=src=")/static/(diagrams/[\w./-]+\.svg)(?=")')
DEEDS = {Kind.BURY: "Buried", Kind.SUSPEND: "Suspended", Kind.RESET: "Reset"}
PASSAGES = {
    "prompt": "question", "point": "key point", "misconception": "what people get wrong",
    "note": "your note",
}  # fmt: skip
GRADES = ("again", "again", "again", "hard", "good", "easy")


@register.filter
def interval(days: int) -> str:
    """Whole days in the words people use: 6 days, 3 weeks, 2.5 months, 1.2 years."""
    if days <= 0:
        return "today"
    if days < 21:
        return "1 day" if days == 1 else f"{days} days"
    if days < 61:
        return f"{round(days / 7)} weeks"
    if days < 365:
        return f"{_short(days / 30.44)} months"
    years = _short(days / 365.25)
    return "1 year" if years == "1" else f"{years} years"


@register.filter
def due_in(outcome: Outcome, on: date) -> str:
    """How far away the due date is that this outcome sets."""
    due_on = outcome.state.due_on or on
    return interval((due_on - on).days)


@register.filter
def repeats(outcome: Outcome, on: date) -> bool:
    """Does the card come again on this study day?"""
    return outcome.state.repeats_on(on)


@register.filter
def grade_class(quality: int) -> str:
    """The CSS word of a grade."""
    return GRADES[quality]


@register.filter
def grade_word(quality: int) -> str:
    """The word on the button that gives this grade."""
    return GRADES[quality].capitalize()


@register.filter
def deed(log: ReviewLog) -> str:
    """What was done, in one word: a grade, or the name of what is no answer."""
    return DEEDS[Kind(log.kind)] if log.quality is None else grade_word(log.quality)


@register.filter
def value_of(values: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping holds for a key; None where it holds nothing."""
    return values.get(key)


@register.filter
def passage_word(field: str) -> str:
    """What part of a question a passage is."""
    return PASSAGES.get(field, field)


@register.filter
def wording(message: Message, at: datetime) -> str:
    """How far a language model is with an answer."""
    return wording_at(message, at).value


@register.filter
def hints(question: Question) -> Hints:
    """What may be opened before the answer is shown."""
    return hints_of(question)


@register.simple_tag
def new_id() -> UUID:
    """A number for a form that, sent twice, counts once."""
    return uuid4()


class _Coloured(Protocol):
    @property
    def tone(self) -> str: ...


@register.filter
def hue_class(coloured: _Coloured) -> str:
    """The CSS class of a category's colour."""
    return f"hue-{coloured.tone}"


@register.filter
def turned_leech(log: ReviewLog | None) -> bool:
    """Was this the answer that made a leech of the card?"""
    return log is not None and turns_leech(log.before.lapses, log.after.lapses)


@register.filter
def percent(share: float | None) -> str:
    """A share from 0 to 1 in per cent; a dash where there is none."""
    return "–" if share is None else f"{round(100 * share)} %"


@register.filter
def rendered(html: str) -> SafeString:
    """HTML that `cards.markup.render` made and the bank stored: nothing else may come here."""
    return mark_safe(_DIAGRAM.sub(_kept, html))  # noqa: S308 made by an allow-list


def _kept(diagram: re.Match[str]) -> str:
    """The address of a picture with its fingerprint; one that does not exist stays as written."""
    try:
        return static(diagram[1])
    except ValueError:
        return diagram[0]


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
