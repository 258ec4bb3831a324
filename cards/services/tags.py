"""Tags: words of the learner's own on questions; case does not tell two of them apart."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count

from cards.models import Learner, Question, Tag

LONGEST_TAG = 40
TAGS_ON_A_QUESTION = 20
TAGS_OF_A_LEARNER = 200


class TagError(Exception):
    """A tag that cannot be kept; its text says why."""


@transaction.atomic
def tag_questions(learner: Learner, question_ids: Iterable[int], name: str) -> int:
    """Put one tag on those of the questions that the learner can see; return how many got it.

    Raises TagError for a name that cannot be one, and where there would be too many.
    """
    Learner.objects.select_for_update(of=("self",)).get(pk=learner.pk)
    name = _spelled(learner, name)
    visible = Question.objects.visible_to(learner).filter(pk__in=list(question_ids))
    bare = visible.exclude(tags__in=Tag.objects.filter(learner=learner, name=name))
    ids = list(bare.order_by("id").values_list("pk", flat=True))
    mine = Tag.objects.filter(learner=learner, question__in=ids)
    full = mine.order_by().values("question").annotate(count=Count("pk"))
    if full.filter(count__gte=TAGS_ON_A_QUESTION).exists():
        raise TagError(f"A question holds at most {TAGS_ON_A_QUESTION} tags.")
    Tag.objects.bulk_create(Tag(learner=learner, question_id=pk, name=name) for pk in ids)
    return len(ids)


def untag_questions(learner: Learner, question_ids: Iterable[int], name: str) -> int:
    """Take one tag off the questions; return how many had it."""
    spelled = [own for own in tag_names(learner) if own.casefold() == _collapsed(name).casefold()]
    tags = Tag.objects.filter(learner=learner, name__in=spelled, question__in=list(question_ids))
    return tags.delete()[0]


def tag_names(learner: Learner) -> list[str]:
    """Return the learner's tags, each once, in the order of the alphabet."""
    names = Tag.objects.filter(learner=learner).order_by().values_list("name", flat=True)
    return sorted(names.distinct(), key=str.casefold)


def _spelled(learner: Learner, name: str) -> str:
    """The name as the learner spelled it the first time."""
    name = _collapsed(name)
    if not 0 < len(name) <= LONGEST_TAG:
        raise TagError(f"A tag has from 1 to {LONGEST_TAG} characters.")
    names = tag_names(learner)
    for own in names:
        if own.casefold() == name.casefold():
            return own
    if len(names) >= TAGS_OF_A_LEARNER:
        raise TagError(
            f"You have {TAGS_OF_A_LEARNER} different tags, and that is all there can be."
        )
    return name


def _collapsed(name: str) -> str:
    return " ".join(name.split())
