"""`manage.py ask`: the assistant in a terminal."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cards.models import Learner, Question
from tests.services.test_search import written

pytestmark = pytest.mark.django_db


def said(*words: str, **options: Any) -> str:
    """What the command prints."""
    out = io.StringIO()
    call_command("ask", *words, stdout=out, **options)
    return out.getvalue()


def test_json_has_the_answer_its_sources_and_how_it_came_about(bank: list[Question]) -> None:
    printed = json.loads(said("--json", "How do positional encodings work?"))
    assert list(printed) == ["answer", "sources", "mode", "off_topic"]
    assert printed["sources"][0]["slug"] == "positional-encodings"
    assert {tuple(one) for one in printed["sources"]} == {("slug", "heading", "score")}
    assert all(one["heading"] and 0 < one["score"] <= 1 for one in printed["sources"])
    assert (printed["mode"], printed["off_topic"]) == ("bank", False)
    assert printed["answer"].startswith("This is what the bank says")


def test_of_what_the_bank_does_not_have_it_says_so(bank: list[Question]) -> None:
    printed = json.loads(said("--json", "Which wine goes with oysters?"))
    assert (printed["off_topic"], printed["sources"]) == (True, [])


def test_each_line_of_a_file_is_a_question_the_empty_too(
    bank: list[Question], tmp_path: Path
) -> None:
    path = tmp_path / "asked.txt"
    path.write_text("\ufeffWhat is LoRA?\n\nWhat is\x00 RoPE?\n", encoding="utf-8")
    lines = said("--json", "--file", str(path)).splitlines()
    first = [[one["slug"] for one in json.loads(line)["sources"]] for line in lines]
    assert "fine-tuning-vs-prompt-tuning-vs-lora" in first[0]
    assert first[1] == []
    assert "positional-encodings" in first[2]


def test_questions_may_come_by_standard_input(
    bank: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("What is attention?\n"))
    assert "role-of-attention" in said("--file", "-")


def test_for_a_learner_it_reads_what_they_wrote_too(
    sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    own = written(sam, prompt="How does flumox quantelling work?")
    assert own.slug in said("flumox quantelling", "--learner", sam.email)
    assert own.slug not in said("flumox quantelling", "--learner", kim.email)
    assert own.slug not in said("flumox quantelling")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((), "Give either one question or --file"),
        (("What is RoPE?", "--file", "x.txt"), "Give either one question or --file"),
        (("--file", "no/such/file.txt"), "The file cannot be read"),
        (("x", "--learner", "nobody@example.org"), "There is no account with this address."),
    ],
)
def test_what_makes_no_sense_is_said_in_one_sentence(
    db: None, words: tuple[str, ...], reason: str
) -> None:
    with pytest.raises(CommandError, match=reason):
        said(*words)


def test_without_a_database_it_says_what_to_run(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.db.connection.introspection.table_names", list)
    with pytest.raises(CommandError, match="run migrate and seed first"):
        said("What is RoPE?")
