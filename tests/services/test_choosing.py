"""What each way to choose brings, and that none brings more than the day allows."""

from datetime import timedelta
from typing import Any

import pytest

from cards.models import Card, Learner, Question, ReviewLog, StudySession
from cards.rubric import Recall
from cards.scheduling import Kind
from cards.services.review import Way, bury_card, suspend_card, undo_review
from tests.answers import answer
from tests.conftest import MORNING
from tests.studying import drifts, fresh, give, judged, meet, schedules, start, turn_of

pytestmark = pytest.mark.django_db
ON = MORNING.date()
NEXT_DAY = MORNING + timedelta(days=1)
YES, PARTLY, NO = Recall.YES, Recall.PARTLY, Recall.NO


def _slugs(learner: Learner, way: Way, **chosen: Any) -> list[str]:
    """Start it, and return what it asks."""
    session = start(learner, way, at=chosen.pop("at", MORNING), **chosen)
    if session is None:
        return []
    slugs = dict(Question.objects.values_list("pk", "slug"))
    assert session.total == len(session.queue) == len(set(session.queue))
    return [slugs[pk] for pk in session.queue]


def _minutes(questions: list[Question], minutes: int) -> list[str]:
    """Let all take as long."""
    Question.objects.update(minutes=minutes)
    return [question.slug for question in questions]


def test_ten_minutes_bring_the_most_doubtful_and_then_new_ones(
    sam: Learner, bank: list[Question]
) -> None:
    slugs = _minutes(bank, 2)
    meet(sam, bank[10:11], ON, last_reviewed_on=ON - timedelta(days=10))
    meet(sam, bank[11:12], ON, last_reviewed_on=ON - timedelta(days=50))  # recall 0.59
    assert _slugs(sam, Way.TIME, minutes=10) == [slugs[11], slugs[10], *slugs[:3]]
    assert StudySession.objects.get().title == "10 minutes"


def test_a_repeat_comes_before_what_is_due(sam: Learner, bank: list[Question]) -> None:
    slugs = _minutes(bank, 2)
    answer(sam, 1, at=MORNING)
    meet(sam, bank[5:6], ON)
    assert _slugs(sam, Way.TIME, minutes=4) == [slugs[0], slugs[5]]


def test_at_least_one_card_comes_however_little_time(sam: Learner, bank: list[Question]) -> None:
    slugs = _minutes(bank, 50)
    assert _slugs(sam, Way.TIME, minutes=10) == slugs[:1]


def test_time_is_counted_as_this_learner_takes_it(sam: Learner, bank: list[Question]) -> None:
    slugs = _minutes(bank, 4)
    for _ in range(5):
        answer(sam, 5, at=MORNING, duration_ms=120_000)  # half of the four minutes
    assert _slugs(sam, Way.TIME, minutes=10) == slugs[5:10]
    Card.objects.filter(question=bank[0]).update(due_on=ON)
    ReviewLog.objects.filter(question=bank[0]).update(duration_ms=9 * 60_000)
    assert _slugs(sam, Way.TIME, minutes=10) == slugs[0:1]  # its own time


def test_no_more_than_the_day_allows(sam: Learner, bank: list[Question]) -> None:
    slugs = _minutes(bank, 1)
    meet(sam, bank[20:30], ON)
    sam.settings.new_per_day, sam.settings.reviews_per_day = 2, 3
    sam.settings.save()
    asked = _slugs(sam, Way.TIME, minutes=60)
    assert (len(asked), asked[3:]) == (5, slugs[:2])
    assert len(_slugs(sam, Way.BACKLOG, count=10)) == 3
    assert len(_slugs(sam, Way.CATEGORY, category=bank[20].category.slug)) <= 5


def test_a_category_brings_what_is_due_there_and_its_new_ones(
    sam: Learner, bank: list[Question]
) -> None:
    home = [q for q in bank if q.category_id == bank[0].category_id]
    meet(sam, [home[2], bank[1]], ON)
    asked = _slugs(sam, Way.CATEGORY, category=home[0].category.slug)
    assert asked == [home[2].slug] + [q.slug for q in home if q != home[2]]
    assert StudySession.objects.get().title == home[0].category.name
    give(sam, 4, at=MORNING)
    assert ReviewLog.objects.get().kind == Kind.REVIEW


def test_an_unknown_category_and_another_learners_bring_nothing(
    sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    assert _slugs(sam, Way.CATEGORY, category="no-such") == []
    category = bank[0].category
    category.owner = kim
    category.save()
    assert _slugs(sam, Way.CATEGORY, category=category.slug) == []


def test_chosen_questions_come_as_sent_without_those_that_cannot(
    sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    slugs = [question.slug for question in bank]
    suspend_card(sam, slugs[1], 0, at=MORNING)
    bury_card(sam, slugs[2], 0, at=MORNING)
    Question.objects.filter(slug=slugs[3]).update(archived_at=MORNING)
    Question.objects.filter(slug=slugs[4]).update(owner=kim)
    sent = (slugs[6], *slugs[:6], slugs[6], "no-such-question")
    assert _slugs(sam, Way.SELECTED, slugs=sent) == [slugs[6], slugs[0], slugs[5]]
    assert _slugs(sam, Way.SELECTED, slugs=tuple(slugs[1:5])) == []
    assert _slugs(sam, Way.SELECTED) == []


@pytest.mark.parametrize(("days", "count"), [(1, 1), (3, 2), (7, 3)])
def test_ahead_brings_what_falls_due_in_these_days(
    sam: Learner, bank: list[Question], days: int, count: int
) -> None:
    for place, due_in in enumerate((1, 3, 7, 8, 0)):
        meet(sam, [bank[place]], ON, due_in=due_in)
    slugs = [question.slug for question in bank]
    assert _slugs(sam, Way.AHEAD, days=days) == slugs[:count]


def test_ahead_is_practice_unless_told_to(sam: Learner, bank: list[Question]) -> None:
    answer(sam, 4, at=MORNING)  # due tomorrow
    for moves_schedule in (False, True):
        Card.objects.update(last_reviewed_on=ON - timedelta(days=5), interval_days=6)
        before = schedules(sam)
        start(sam, Way.AHEAD, at=MORNING, days=7, moves_schedule=moves_schedule)
        give(sam, 4, at=MORNING)
        assert (schedules(sam) != before) is moves_schedule
    assert turn_of(sam, at=MORNING).question is None


def test_the_most_valuable_of_a_backlog(sam: Learner, bank: list[Question]) -> None:
    slugs = _minutes(bank, 2)
    for place in range(30):
        ago = timedelta(days=10 + 3 * place)
        meet(sam, [bank[place]], ON, due_in=-3 * place, last_reviewed_on=ON - ago)
    asked = _slugs(sam, Way.BACKLOG, count=10)
    assert (len(asked), StudySession.objects.get().title) == (10, "The 10 most valuable")
    # With an interval of ten days recall is even after some 66: place 18 or 19.
    assert set(asked) == set(slugs[14:24])


@pytest.fixture
def weak(sam: Learner, bank: list[Question]) -> list[Question]:
    """Return two questions with points missed twice: one of the first, two of the second."""
    Question.objects.exclude(pk__in=[bank[0].pk, bank[1].pk]).update(archived_at=MORNING)
    marks = {bank[0]: (YES, NO), bank[1]: (PARTLY, NO)}
    for at in (MORNING, NEXT_DAY):
        for _ in range(2):
            turn = turn_of(sam, at=at)
            assert turn.question
            give(sam, 4, at=at, judged=judged(turn.question, *marks[turn.question]))
    return bank[:2]


LATER = MORNING + timedelta(days=3)


def test_a_drill_asks_only_the_weak_points_until_each_is_recalled(
    sam: Learner, weak: list[Question]
) -> None:
    before = schedules(sam)
    assert set(_slugs(sam, Way.DRILL, at=LATER)) == {question.slug for question in weak}
    asked = []
    while (turn := turn_of(sam, at=LATER)).question:
        place = weak.index(turn.question)
        positions = [point.position for point in turn.drill]
        asked.append((place, positions))
        is_first_try = place == 1 and len(positions) == 2
        recalls = {point.id: YES for point in turn.drill}
        if is_first_try:
            recalls[turn.drill[0].id] = NO
        give(sam, 1 if is_first_try else 4, at=LATER, judged=recalls, drilled=frozenset(recalls))
    assert sorted(asked) == [(0, [2]), (1, [2]), (1, [2, 1])]
    assert asked[-1] == (1, [2])
    assert schedules(sam) == before
    assert set(ReviewLog.objects.on_day(sam, LATER.date()).values_list("kind", flat=True)) == {
        "drill"
    }
    assert _slugs(sam, Way.DRILL, at=LATER) == []
    assert drifts() == []


def test_a_point_not_recalled_comes_again_whatever_the_grade(
    sam: Learner, weak: list[Question]
) -> None:
    start(sam, Way.DRILL, at=LATER)
    turn = turn_of(sam, at=LATER)
    marks = {point.id: NO for point in turn.drill}
    give(sam, 4, at=LATER, judged=marks, drilled=frozenset(marks))
    assert turn.question
    assert StudySession.objects.get().queue[-1] == turn.question.pk


def test_a_drill_never_moves_a_card_that_is_due(sam: Learner, weak: list[Question]) -> None:
    Card.objects.update(due_on=LATER.date())
    before = schedules(sam)
    start(sam, Way.DRILL, at=LATER, moves_schedule=True)
    give(sam, 1, at=LATER)
    assert schedules(sam) == before
    review = ReviewLog.objects.newest_first()[0]
    assert review.kind == Kind.DRILL
    undo_review(fresh(sam), review.pk, at=LATER)
    assert schedules(sam) == before


def test_the_cue_is_the_points_own_or_its_place(sam: Learner, weak: list[Question]) -> None:
    points = weak[0].points
    points[1]["cue"] = "Why is it scaled?"
    Question.objects.filter(pk=weak[0].pk).update(points=points)
    Question.objects.filter(pk=weak[1].pk).update(archived_at=MORNING)
    start(sam, Way.DRILL, at=LATER)
    (point,) = turn_of(sam, at=LATER).drill
    assert (point.cue, point.position, point.count) == ("Why is it scaled?", 2, len(points))


def test_a_drill_can_be_of_one_category(sam: Learner, weak: list[Question]) -> None:
    assert weak[0].category_id != weak[1].category_id
    asked = _slugs(sam, Way.DRILL, at=LATER, category=weak[1].category.slug)
    assert asked == [weak[1].slug]


def test_the_points_missed_today_make_a_drill(sam: Learner, bank: list[Question]) -> None:
    assert _slugs(sam, Way.MISSED) == []
    answer(sam, 4, at=MORNING, judged=judged(bank[0], YES, NO))
    answer(sam, 4, at=MORNING, judged=judged(bank[1]))
    assert _slugs(sam, Way.MISSED) == [bank[0].slug]
    turn = turn_of(sam, at=MORNING)
    assert [point.position for point in turn.drill] == [2]
    assert StudySession.objects.get().kind == "drill"
    assert _slugs(sam, Way.MISSED, at=NEXT_DAY) == []


def test_a_second_learner_gets_nothing_of_this(
    sam: Learner, kim: Learner, weak: list[Question]
) -> None:
    for way in (Way.DRILL, Way.MISSED, Way.AHEAD, Way.BACKLOG):
        assert _slugs(kim, way, at=NEXT_DAY) == []
