"""The command line."""

import io
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cards.models import Card, Learner, Question, ReviewLog
from tests.bank.small import write_small_bank


def _schedule(*words: str, scheduler: str = "sm2", **options: object) -> str:
    out = StringIO()
    call_command("schedule", scheduler, *words, stdout=out, **options)
    return out.getvalue()


def test_schedule_prints_the_steps_as_json() -> None:
    steps = json.loads(_schedule("5", "4", "3", json=True))
    memory = {name: steps[2].pop(name) for name in ("stability", "difficulty", "retrievability")}
    assert all(memory.values())
    assert steps[2] == {
        "quality": 3, "repetitions": 3, "interval_days": 15, "ease_factor": 2.46,
        "due_on": "2026-01-23", "repeat_today": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("scheduler", "intervals"), [("fsrs", [2, 11, 2]), ("anki", [1, 3, 1]), ("sm2", [1, 6, 1])]
)
def test_schedule_prints_the_memory_beside_every_plan(scheduler: str, intervals: list[int]) -> None:
    steps = json.loads(_schedule("4", "4", "1", scheduler=scheduler, json=True))
    assert [step["interval_days"] for step in steps] == intervals
    assert steps[0]["stability"] == 2.3065  # the first Good, whoever plans
    assert steps[0]["difficulty"] == pytest.approx(2.1181, abs=1e-4)
    passed = 1 + 0.98035 * steps[0]["interval_days"] / 2.3065
    assert steps[0]["retrievability"] == pytest.approx(passed**-0.1542, abs=1e-4)


def test_schedule_plans_by_the_retention_that_is_wanted() -> None:
    kept = json.loads(_schedule("4", scheduler="fsrs", retention=0.7, json=True))
    assert kept[0]["interval_days"] == 21  # 9.288 times the stability of 2.3065
    with pytest.raises(CommandError, match="Desired retention"):
        _schedule("4", scheduler="fsrs", retention=1.0)


def test_schedule_prints_a_table() -> None:
    assert "2026-01-02" in _schedule("4")


def test_schedule_reads_a_row_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("5 4\n\n3\n"))
    lines = [json.loads(line) for line in _schedule("-", json=True).splitlines()]
    assert [len(line) for line in lines] == [2, 0, 1]


@pytest.mark.parametrize("word", ["6", "-1", "x", "9" * 50])
def test_schedule_refuses_what_is_no_grade(word: str) -> None:
    with pytest.raises(CommandError, match="Row 1"):
        _schedule("--", word)


@pytest.mark.django_db
def test_the_demo_learner_has_a_past_that_follows_from_its_log(bank: list[Question]) -> None:
    out = StringIO()
    call_command("demo", stdout=out)
    assert "demo@example.com" in out.getvalue()
    assert ReviewLog.objects.count() > 100
    call_command("replay_cards", stdout=out)
    assert f"{Card.objects.count()} cards replayed, 0 drifted" in out.getvalue()
    call_command("demo", stdout=out)
    assert Learner.objects.count() == 1


@pytest.mark.django_db
def test_replay_cards_fails_on_drift_until_it_is_mended(bank: list[Question]) -> None:
    call_command("demo", stdout=StringIO())
    card = Card.objects.order_by("id")[0]
    Card.objects.filter(pk=card.pk).update(ease_factor=999)
    with pytest.raises(CommandError, match="--fix"):
        call_command("replay_cards", stdout=StringIO())
    call_command("replay_cards", fix=True, stdout=StringIO())
    call_command("replay_cards", stdout=StringIO())


@pytest.mark.django_db
def test_the_demo_needs_a_bank() -> None:
    with pytest.raises(CommandError, match="seed"):
        call_command("demo", stdout=StringIO())


def test_a_folder_becomes_a_learners_own_questions(
    sam: Learner, bank: list[Question], tmp_path: Path
) -> None:
    path = write_small_bank(tmp_path)
    path.parent.rename(tmp_path / "research")

    def bring(**options: str) -> str:
        out = StringIO()
        call_command("import_questions", tmp_path, stdout=out, **options)
        return out.getvalue().strip()

    assert bring(learner="SAM@example.org") == "1 added, 0 changed, 0 unchanged"
    assert bring(learner="sam@example.org") == "0 added, 0 changed, 1 unchanged"
    assert Question.objects.get(owner=sam).category.slug == "research"
    with pytest.raises(CommandError, match="no learner"):
        bring(learner="nobody@example.org")
    with pytest.raises(CommandError, match="does not exist"):
        call_command("import_questions", tmp_path / "gone", learner="sam@example.org")
    (tmp_path / "research" / "broken.md").write_text("broken")
    with pytest.raises(CommandError, match="Nothing was imported"):
        bring(learner="sam@example.org")
