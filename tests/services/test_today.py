"""Limits for one day, and what waited during a break."""

from datetime import timedelta

import pytest

from cards.models import Card, Category, Learner, Question, StudySession, StudySettings
from cards.services.review import Way, counts_today
from cards.services.standing import category_rows, total_row
from cards.services.today import change_limits, overview, spread_backlog, stop_spreading
from tests.answers import answer
from tests.conftest import MORNING
from tests.studying import fresh, give, judged, meet, schedules, start, turn_of

pytestmark = pytest.mark.django_db
ON = MORNING.date()
NEXT_DAY = MORNING + timedelta(days=1)


def test_limits_for_today_hold_today_only(sam: Learner, bank: list[Question]) -> None:
    meet(sam, bank[:5], ON)
    change_limits(fresh(sam), 3, 2, at=MORNING)
    counts = counts_today(fresh(sam), at=MORNING)
    assert (counts.new, counts.due) == (3, 2)
    shown = overview(fresh(sam), at=MORNING).limits
    assert (shown.new, shown.reviews, shown.is_changed) == (3, 2, True)
    counts = counts_today(fresh(sam), at=NEXT_DAY)
    assert (counts.new, counts.due) == (10, 5)
    assert not overview(fresh(sam), at=NEXT_DAY).limits.is_changed


def test_none_today_is_a_limit_too_and_the_usual_ones_come_back(
    sam: Learner, bank: list[Question]
) -> None:
    change_limits(fresh(sam), 0, 0, at=MORNING)
    assert turn_of(sam, at=MORNING).question is None
    change_limits(fresh(sam), None, None, at=MORNING)
    assert counts_today(fresh(sam), at=MORNING).new == 10
    assert not overview(fresh(sam), at=MORNING).limits.is_changed


def test_one_limit_alone_leaves_the_other_as_usual(sam: Learner, bank: list[Question]) -> None:
    meet(sam, bank[:5], ON)
    change_limits(fresh(sam), 1, None, at=MORNING)
    counts = counts_today(fresh(sam), at=MORNING)
    assert (counts.new, counts.due) == (1, 5)


def test_a_second_learner_keeps_their_limits(
    sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    change_limits(fresh(sam), 1, 1, at=MORNING)
    meet(sam, bank, ON, due_in=-3)
    spread_backlog(fresh(sam), 3, at=MORNING)
    assert counts_today(fresh(kim), at=MORNING).new == 10
    untouched = StudySettings.objects.get(learner=kim)
    assert (untouched.limits_on, untouched.spread_until) == (None, None)


def test_a_break_leaves_a_backlog_with_a_way_to_take_it(sam: Learner, bank: list[Question]) -> None:
    meet(sam, bank[:19], ON, due_in=-1)
    assert overview(fresh(sam), at=MORNING).backlog is None
    meet(sam, bank[19:24], ON, due_in=-4)
    meet(sam, bank[24:30], ON)  # due today: nothing that waited
    meet(sam, bank[30:33], ON, due_in=2)
    backlog = overview(fresh(sam), at=MORNING).backlog
    assert backlog
    assert (backlog.overdue, backlog.pieces) == (24, (10, 20))
    # 30 wait, 3 fall due on the third day, ten a day are learned: (33 + 20) / 2.6 is 21.
    assert [(option.days, option.reviews) for option in backlog.options] == [
        (3, 21), (5, 18), (7, 17),
    ]  # fmt: skip


def test_as_many_as_every_day_are_no_backlog(sam: Learner, bank: list[Question]) -> None:
    sam.settings.new_per_day = 20
    sam.settings.save()
    for _ in range(20):
        answer(sam, 5, at=MORNING - timedelta(days=2))
    Card.objects.update(due_on=ON - timedelta(days=1))
    assert overview(fresh(sam), at=MORNING).backlog is None  # 20 is not clearly more than 20
    meet(sam, bank[20:31], ON, due_in=-1)
    backlog = overview(fresh(sam), at=MORNING).backlog
    assert backlog
    assert backlog.overdue == 31


def test_spreading_caps_the_reviews_and_rewrites_no_date(
    sam: Learner, bank: list[Question]
) -> None:
    sam.settings.new_per_day = 0
    sam.settings.save()
    meet(sam, bank[:30], ON, due_in=-2)
    before = schedules(sam)
    spread = spread_backlog(fresh(sam), 3, at=MORNING)
    assert spread
    assert (spread.reviews, spread.until) == (12, ON + timedelta(days=2))
    assert schedules(sam) == before
    shown = overview(fresh(sam), at=MORNING)
    assert (shown.backlog, shown.spread, shown.counts.due) == (None, spread, 12)
    for ago in range(3):
        at = MORNING + timedelta(days=ago)
        while turn_of(sam, at=at).question:
            give(sam, 5, at=at)
    assert not Card.objects.filter(due_on__lte=ON + timedelta(days=2)).exists()
    assert overview(fresh(sam), at=MORNING + timedelta(days=3)).spread is None


def test_spreading_can_be_stopped_and_needs_something_that_waits(
    sam: Learner, bank: list[Question]
) -> None:
    assert spread_backlog(fresh(sam), 3, at=MORNING) is None
    meet(sam, bank[:30], ON, due_in=-2)
    spread_backlog(fresh(sam), 7, at=MORNING)
    stop_spreading(fresh(sam), at=MORNING)
    stop_spreading(fresh(sam), at=MORNING)
    assert counts_today(fresh(sam), at=MORNING).due == 30
    assert overview(fresh(sam), at=MORNING).backlog


def test_what_a_day_could_not_hold_is_not_offered(sam: Learner, bank: list[Question]) -> None:
    sam.settings.reviews_per_day = 17
    sam.settings.save()
    meet(sam, bank[:33], ON, due_in=-2)
    backlog = overview(fresh(sam), at=MORNING).backlog
    assert backlog
    assert [option.days for option in backlog.options] == [7]


def test_when_nothing_is_due_there_is_more_to_do(sam: Learner, bank: list[Question]) -> None:
    change_limits(fresh(sam), 1, None, at=MORNING)
    assert overview(fresh(sam), at=MORNING).offers is None
    answer(fresh(sam), 4, at=MORNING)
    offers = overview(fresh(sam), at=MORNING).offers
    assert offers
    assert (offers.new_today, offers.reviews_today, offers.ahead_days) == (3, None, 1)
    assert not offers.has_weak_points
    for _ in range(2):  # sent twice, it is two more all the same
        change_limits(fresh(sam), offers.new_today, offers.reviews_today, at=MORNING)
    assert counts_today(fresh(sam), at=MORNING).new == 2


def test_with_nothing_at_all_nothing_is_offered(sam: Learner) -> None:
    offers = overview(sam, at=MORNING).offers
    assert offers
    assert (offers.new_today, offers.ahead_days, offers.has_weak_points) == (None, None, False)


def test_weak_points_are_offered(sam: Learner, bank: list[Question]) -> None:
    Question.objects.exclude(pk=bank[0].pk).update(archived_at=MORNING)
    for at in (MORNING, NEXT_DAY):
        answer(sam, 4, at=at, judged=judged(bank[0], 0))
    finish = turn_of(sam, at=NEXT_DAY).finish
    assert finish
    assert (finish.offers.has_weak_points, finish.missed_today) == (True, 1)


def test_today_shows_the_session_that_is_going_on(sam: Learner, bank: list[Question]) -> None:
    start(sam, Way.SELECTED, at=MORNING, slugs=(bank[0].slug, bank[1].slug))
    give(sam, 4, at=MORNING)
    session = overview(fresh(sam), at=MORNING).session
    assert session
    assert (session.left, session.total) == (1, 2)
    give(sam, 4, at=MORNING)
    shown = overview(fresh(sam), at=MORNING)
    assert (shown.session, shown.is_session_over) == (None, True)
    change_limits(fresh(sam), 12, None, at=MORNING)  # and a finished one makes way
    assert not StudySession.objects.exists()


def test_recall_today_is_what_the_memory_expects_of_each_category(
    sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    for learner, days in ((sam, 3), (sam, 3), (kim, 2)):
        answer(learner, 4, at=MORNING - timedelta(days=days))
    answer(sam, 1, at=MORNING)  # not known because it was read a minute ago
    on = MORNING.date()
    expected: dict[int, float] = {}
    for card in Card.objects.filter(learner=sam).select_related("question"):
        as_of = max(on, (card.last_reviewed_on or on) + timedelta(days=1))
        recall = sam.settings.memory.recall(card.state, as_of) or 0.0
        category = card.question.category_id
        expected[category] = expected.get(category, 0.0) + recall
    slugs = dict(Category.objects.values_list("pk", "slug"))
    rows = {row.slug: row for row in category_rows(sam, on)}
    assert {slugs[pk]: share / 6 for pk, share in expected.items()} == pytest.approx(
        {slug: row.recall for slug, row in rows.items() if row.recall is not None}
    )
    assert len(expected) == 2
    total = total_row(list(rows.values()))
    assert total.recall == pytest.approx(sum(expected.values()) / len(bank))
