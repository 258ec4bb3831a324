"""One thing done to several questions: all of it or nothing, and twice is once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cards.models import Card, Category, Learner, Note, Question
from cards.scheduling import Kind
from cards.services import tags
from cards.services.bank import offer_again
from cards.services.library.write import last_place
from cards.services.review.aside import put_card, return_card


@dataclass(frozen=True, slots=True)
class Wish:
    """What to do to the selected questions; tag and category for the deeds that need one."""

    learner: Learner
    slugs: Sequence[str]
    at: datetime
    tag: str = ""
    category: str = ""

    def questions(self) -> list[Question]:
        """Those that the learner can see, in one order for everybody who locks them."""
        seen = Question.objects.visible_to(self.learner).filter(slug__in=self.slugs)
        return list(seen.order_by("id"))


@dataclass(frozen=True, slots=True)
class Done:
    """What it came to; `rest` says of the others why they stayed as they were."""

    verb: str
    changed: int
    rest: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What was done to how many, in words."""
        if not self.changed and not self.rest:
            return "Nothing was changed: none of these questions is there any more."
        questions = "1 question" if self.changed == 1 else f"{self.changed} questions"
        first = self.verb.format(questions) if self.changed else "Nothing was changed"
        return f"{'; '.join((first, *self.rest))}."


@transaction.atomic
def do_to_all(
    learner: Learner,
    deed: str,
    slugs: Sequence[str],
    *,
    tag: str = "",
    category: str = "",
    at: datetime,
) -> Done:
    """Do one of DEEDS to the questions among `slugs` that the learner can see.

    Raises KeyError for another deed, and what `tags.add_tag` raises.
    """
    Learner.objects.select_for_update().get(pk=learner.pk)
    return DEEDS[deed](Wish(learner, slugs, at, tag, category))


def _suspend(wish: Wish) -> Done:
    questions = wish.questions()
    active = [question for question in questions if not question.archived_at]
    # Whoever comes second finds the row: a first grade is refused by it, as it should be.
    new = [Card(learner=wish.learner, question=question, version=0) for question in active]
    Card.objects.bulk_create(new, ignore_conflicts=True)
    cards = _locked(wish, active)
    changed = sum(put_card(wish.learner, card, Kind.SUSPEND, at=wish.at) for card in cards)
    rest = (
        *_some(len(cards) - changed, "was already", "were already"),
        *_some(len(questions) - len(active), "is archived", "are archived"),
    )
    return Done("Suspended {}", changed, rest)


def _bring_back(wish: Wish) -> Done:
    questions = wish.questions()
    changed = sum(return_card(wish.learner, card) for card in _locked(wish, questions))
    rest = _some(len(questions) - changed, "was not out of study", "were not out of study")
    return Done("Brought {} back into study", changed, rest)


def _reset(wish: Wish) -> Done:
    questions = wish.questions()
    cards = _locked(wish, questions)
    changed = sum(put_card(wish.learner, card, Kind.RESET, at=wish.at) for card in cards)
    return Done(
        "Made {} new again", changed, _some(len(questions) - changed, "was new", "were new")
    )


def _mark(wish: Wish) -> Done:
    questions = wish.questions()
    notes = Note.objects.filter(learner=wish.learner, question__in=questions)
    already = notes.filter(is_marked=True).count()
    missing = {question.pk for question in questions} - set(
        notes.values_list("question_id", flat=True)
    )
    Note.objects.bulk_create(
        Note(learner=wish.learner, question_id=key, is_marked=True, updated_at=wish.at)
        for key in missing
    )
    notes.filter(is_marked=False).update(is_marked=True, updated_at=wish.at)
    rest = _some(already, "was already", "were already")
    return Done("Marked {}", len(questions) - already, rest)


def _unmark(wish: Wish) -> Done:
    questions = wish.questions()
    notes = Note.objects.filter(learner=wish.learner, question__in=questions, is_marked=True)
    changed = notes.update(is_marked=False, updated_at=wish.at)
    rest = _some(len(questions) - changed, "was not marked", "were not marked")
    return Done("Took the mark off {}", changed, rest)


def _add_tag(wish: Wish) -> Done:
    tagged = tags.add_tag(wish.learner, wish.slugs, wish.tag)
    full = f"{tags.MOST_ON_QUESTION} tags, the most there can be"
    rest = (
        *_some(tagged.unchanged, "had it already", "had it already"),
        *_some(tagged.full, f"has {full}", f"have {full}"),
    )
    return Done(f"Tagged {{}} #{_literal(tagged.name)}", tagged.changed, rest)


def _remove_tag(wish: Wish) -> Done:
    tagged = tags.remove_tag(wish.learner, wish.slugs, wish.tag)
    rest = _some(tagged.unchanged, "did not have it", "did not have it")
    return Done(f"Took #{_literal(tagged.name)} off {{}}", tagged.changed, rest)


def _move(wish: Wish) -> Done:
    category = Category.objects.visible_to(wish.learner).filter(slug=wish.category).first()
    if category is None:
        return Done("Moved {}", 0, ("choose a category to move to",))
    questions = wish.questions()
    own = _own(wish)
    moved = 0
    for question in own:
        if place := last_place(question, category):
            place.hold(question)
            question.save(update_fields=["category", "position", "introduction_rank"])
            offer_again(question)
            moved += 1
    rest = (
        *_some(len(own) - moved, "was there already", "were there already"),
        *_shared(questions, own),
    )
    return Done(f"Moved {{}} to {_literal(category.name)}", moved, rest)


def _archive(wish: Wish) -> Done:
    return _set_archived(wish, "Archived {}", archived=True)


def _restore(wish: Wish) -> Done:
    return _set_archived(wish, "Restored {}", archived=False)


def _set_archived(wish: Wish, verb: str, *, archived: bool) -> Done:
    questions, own = wish.questions(), _own(wish)
    changed = [question for question in own if bool(question.archived_at) != archived]
    for question in changed:
        question.archived_at = wish.at if archived else None
        question.save(update_fields=["archived_at"])
        offer_again(question)
    already = len(own) - len(changed)
    said = ("was already", "were already") if archived else ("was not archived",) * 2
    return Done(verb, len(changed), (*_some(already, *said), *_shared(questions, own)))


DEEDS: dict[str, Callable[[Wish], Done]] = {
    "suspend": _suspend,
    "bring_back": _bring_back,
    "reset": _reset,
    "mark": _mark,
    "unmark": _unmark,
    "add_tag": _add_tag,
    "remove_tag": _remove_tag,
    "move": _move,
    "archive": _archive,
    "restore": _restore,
}


def _locked(wish: Wish, questions: list[Question]) -> list[Card]:
    """The learner's cards of these questions, locked in one order for everybody."""
    named = {question.pk: question for question in questions}
    cards = Card.objects.select_for_update().filter(learner=wish.learner, question__in=questions)
    found = list(cards.order_by("id"))
    for card in found:
        card.question = named[card.question_id]
    return found


def _own(wish: Wish) -> list[Question]:
    own = Question.objects.select_for_update().filter(owner=wish.learner, slug__in=wish.slugs)
    return list(own.order_by("id"))


def _some(count: int, one: str, several: str) -> tuple[str, ...]:
    """What became of the others; nothing where there are none."""
    return (f"{count} {one if count == 1 else several}",) if count else ()


def _shared(questions: list[Question], own: list[Question]) -> tuple[str, ...]:
    shared = "shared and cannot be changed here"
    return _some(len(questions) - len(own), f"is {shared}", f"are {shared}")


def _literal(name: str) -> str:
    """A name for the inside of a template of `str.format`."""
    return name.replace("{", "{{").replace("}", "}}")
