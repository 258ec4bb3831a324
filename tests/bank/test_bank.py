"""The bank's files: loaded whole or refused with file, line and reason."""

import json
import shutil
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from cards.models import Card, Category, KeyPoint, Learner, Question
from cards.services.bank import read_question, write_shared
from tests.answers import answer
from tests.conftest import MORNING

pytestmark = pytest.mark.django_db
FILE = "fundamentals/what-is-an-llm.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(settings.BANK_DIR, tmp_path / "bank"))


def _seed(folder: Path) -> str:
    out = StringIO()
    call_command("seed", folder=folder, stdout=out)
    return out.getvalue().strip()


def _change(folder: Path, old: str, new: str) -> None:
    path = folder / FILE
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_all_36_questions_load_and_a_second_time_changes_nothing(folder: Path) -> None:
    assert _seed(folder) == "36 added, 0 changed, 0 unchanged"
    assert _seed(folder) == "0 added, 0 changed, 36 unchanged"
    assert all(4 <= len(question.points) <= 8 for question in Question.objects.all())
    assert not Question.objects.filter(answer_html__contains="formula-error").exists()


def test_an_edit_updates_in_place_and_keeps_history(folder: Path, sam: Learner) -> None:
    _seed(folder)
    answer(sam, 4, at=MORNING)
    card = Card.objects.get()
    point = KeyPoint.objects.filter(question=card.question).order_by("position")[0]
    _change(folder, f'text: "{point.text}"', 'text: "Worded anew."')
    assert _seed(folder) == "0 added, 1 changed, 35 unchanged"
    point.refresh_from_db()
    assert point.text == "Worded anew."
    assert Card.objects.get().state == card.state
    assert card.question.points != Question.objects.get(pk=card.question_id).points


def test_a_broken_file_is_refused_whole_with_file_line_and_reason(folder: Path) -> None:
    _change(folder, "level: ", "level: 9")
    with pytest.raises(CommandError, match=r"what-is-an-llm\.md:4: “level” must be from 1 to 3"):
        _seed(folder)
    assert not Question.objects.exists()


def test_a_missing_file_and_a_stray_one_are_named(folder: Path) -> None:
    (folder / FILE).rename(folder / "fundamentals" / "stray.md")
    with pytest.raises(CommandError, match="what-is-an-llm"):
        _seed(folder)


def test_export_bank_prints_every_question_as_json(folder: Path) -> None:
    _seed(folder)
    out = StringIO()
    call_command("export_bank", json=True, stdout=out)
    questions = json.loads(out.getvalue())
    assert len(questions) == 36
    assert {"slug", "category", "prompt", "level", "hint", "answer", "key_points",
            "misconceptions", "follow_ups", "references"} <= set(questions[0])  # fmt: skip
    assert set(questions[0]["key_points"][0]) == {"id", "text", "essential", "cue"}


def test_what_staff_changed_is_left_to_them_and_named_until_it_is_forced(folder: Path) -> None:
    _seed(folder)
    shelf = Category.objects.get(slug="research")
    Category.objects.filter(pk=shelf.pk).update(name="Papers", staff_edited_at=MORNING)
    question = Question.objects.get(slug="what-is-an-llm")
    entry = read_question(folder / FILE)
    write_shared(replace(entry, hint="Ours."), question.category, 1, at=MORNING)
    _change(folder, "level: ", "level: 3 #")
    said = _seed(folder)
    assert said.startswith(
        "0 added, 0 changed, 35 unchanged\n1 kept as staff changed them: what-is"
    )
    question.refresh_from_db()
    assert question.hint == "Ours."
    call_command("seed", folder=folder, force=True, stdout=StringIO())
    question.refresh_from_db()
    shelf.refresh_from_db()
    assert (question.hint, question.level, question.staff_edited_at) == (entry.hint, 3, None)
    assert question.versions.order_by("-version")[0].content["hint"] == "Ours."
    assert (shelf.name != "Papers", shelf.staff_edited_at) == (True, None)
    assert _seed(folder) == "0 added, 0 changed, 36 unchanged"


def test_a_question_that_only_moved_is_stored_where_it_stands_now(folder: Path) -> None:
    _seed(folder)
    path = folder / "categories.yml"
    first, second = "what-is-an-llm", "transformer-architecture"
    path.write_text(
        path.read_text().replace(first, "third").replace(second, first).replace("third", second)
    )
    assert _seed(folder) == "0 added, 2 changed, 34 unchanged"
    assert Question.objects.get(slug=second).position == 0
    assert _seed(folder) == "0 added, 0 changed, 36 unchanged"


def test_a_cue_is_read_stored_and_given_out_again(folder: Path) -> None:
    _seed(folder)
    first = Question.objects.get(slug="what-is-an-llm").points[0]
    _change(folder, f'    cue: "{first["cue"]}"\n', "")
    assert _seed(folder) == "0 added, 1 changed, 35 unchanged"
    line = f"  - id: {first['key']}\n"
    _change(folder, line, line + '    cue: "What is it, in a word?"\n')
    assert _seed(folder) == "0 added, 1 changed, 35 unchanged"
    assert Question.objects.get(slug="what-is-an-llm").points[0]["cue"] == "What is it, in a word?"
    assert KeyPoint.objects.get(key=first["key"]).cue == "What is it, in a word?"
    second = Question.objects.get(slug="what-is-an-llm").points[1]
    _change(folder, f'    cue: "{second["cue"]}"\n', "")
    assert _seed(folder) == "0 added, 1 changed, 35 unchanged"
    out = StringIO()
    call_command("export_bank", json=True, stdout=out)
    given = {q["slug"]: q["key_points"] for q in json.loads(out.getvalue())}["what-is-an-llm"]
    assert given[0]["cue"] == "What is it, in a word?"
    assert "cue" not in given[1]
