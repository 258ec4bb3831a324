"""`check_integrity` proves that every card follows from its log, and names what does not."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from cards.models import Card, Learner, Question, ReviewLog
from cards.services.account import Planning, change_planning
from cards.services.replay import replay_cards
from tests.answers import answer
from tests.conftest import MORNING
from tests.studying import fresh

pytestmark = pytest.mark.django_db


class Terminal(io.StringIO):
    """What is written to it a person would see."""

    def isatty(self) -> bool:
        """It says that it is one."""
        return True


@pytest.fixture
def studied(sam: Learner, kim: Learner, bank: list[Question]) -> list[Card]:
    """Two learners, one of whom has switched, with two cards each."""
    for learner in (sam, kim):
        for minutes in (0, 1):
            judged = {bank[minutes].points[0]["id"]: 0}
            answer(fresh(learner), 4, at=MORNING + timedelta(minutes=minutes), judged=judged)
    change_planning(fresh(sam), Planning("fsrs", 85, spreads_intervals=True))
    answer(fresh(sam), 4, at=MORNING + timedelta(days=9))
    return list(Card.objects.order_by("id"))


def _check(**options: bool) -> str:
    out = io.StringIO()
    try:
        call_command("check_integrity", stdout=out, stderr=io.StringIO(), **options)
    except CommandError as error:
        return out.getvalue() + str(error)
    return out.getvalue()


def test_what_follows_from_its_log_is_whole(studied: list[Card]) -> None:
    assert _check() == "4 cards checked, 0 drifted\n"
    assert json.loads(_check(json=True)) == {"drifts": [], "cards": 4, "drifted": 0}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"ease_factor": 999}, "ease_factor 999 instead of 250"),
        ({"stability": 3.5}, "stability 3.5 instead of 2.3065"),
        ({"stability": None, "difficulty": None}, "stability None instead of 2.3065, difficulty"),
        ({"point_memory": {}}, "memory of its points"),
    ],
)
def test_what_has_drifted_is_named_and_mended(
    studied: list[Card], changed: dict[str, object], words: str
) -> None:
    card = Card.objects.filter(learner__email="kim@example.org").order_by("id")[0]
    Card.objects.filter(pk=card.pk).update(**changed)
    said = _check()
    assert f"card {card.pk} of learner {card.learner_id}: {words}" in said
    assert said.endswith("1 drifted\nSome cards do not follow from their log. --fix mends them.")
    with pytest.raises(CommandError) as failure:
        call_command("check_integrity", json=True, stdout=io.StringIO())
    assert failure.value.returncode == 1
    assert "4 cards checked, 1 drifted" in _check(fix=True)
    assert _check() == "4 cards checked, 0 drifted\n"


def test_json_names_every_card_that_has_drifted(studied: list[Card]) -> None:
    Card.objects.update(repetitions=9)
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("check_integrity", json=True, stdout=out)
    found = json.loads(out.getvalue())
    assert [drift["card"] for drift in found["drifts"]] == [card.pk for card in studied]
    assert found["drifts"][0]["learner"] == studied[0].learner_id
    assert found["drifts"][0]["differs"] == [f"repetitions 9 instead of {studied[0].repetitions}"]
    assert (found["cards"], found["drifted"]) == (4, 4)


def test_a_lost_review_is_noticed(studied: list[Card]) -> None:
    ReviewLog.objects.filter(card=studied[0]).newest_first()[0].delete()
    assert "1 drifted" in _check()


def test_the_last_places_of_another_machine_are_no_drift(studied: list[Card]) -> None:
    card = studied[-1]
    assert card.stability
    Card.objects.filter(pk=card.pk).update(stability=card.stability * (1 + 1e-13))
    assert _check() == "4 cards checked, 0 drifted\n"


def test_progress_is_shown_on_a_terminal_only(studied: list[Card]) -> None:
    terminal, pipe = Terminal(), io.StringIO()
    for err in (terminal, pipe):
        call_command("check_integrity", stdout=io.StringIO(), stderr=err)
    assert terminal.getvalue() == "\r4 of 4 cards, 100 %\n"
    assert pipe.getvalue() == ""


def test_cards_are_read_a_few_at_a_time(
    studied: list[Card], django_assert_num_queries: object
) -> None:
    assert [drift for drift in replay_cards(chunk_size=3) if drift] == []
    with django_assert_num_queries(2 * 4 + 1):  # type: ignore[operator]  # two chunks, and the end
        list(replay_cards(chunk_size=3))
