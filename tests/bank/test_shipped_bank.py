"""The shipped bank: it loads quickly, its code runs, its pictures are safe and used."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from django.conf import settings

from cards.services.bank import read_bank, seed_bank
from tests.conftest import MORNING
from tests.pace import promised

CATEGORIES = read_bank(settings.BANK_DIR)
QUESTIONS = [question for category in CATEGORIES for question in category.questions]
PROGRAMS = [
    pytest.param(code, id=f"{question.slug}-{number}")
    for question in QUESTIONS
    for number, code in enumerate(re.findall(r"```python\n(.*?)```", question.answer, re.DOTALL))
]
PICTURES = sorted(settings.DIAGRAMS_DIR.glob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"svg", "title", "desc", "style", "g", "rect", "circle", "ellipse", "line", "polyline",
         "polygon", "path", "text", "tspan", "defs", "marker"}  # fmt: skip


@pytest.mark.django_db
def test_it_loads_in_under_three_seconds_and_a_second_time_changes_nothing() -> None:
    first = promised(3, lambda: seed_bank(read_bank(settings.BANK_DIR), at=MORNING), tries=1)
    again = seed_bank(read_bank(settings.BANK_DIR), at=MORNING)
    assert (first.added, again.unchanged, again.changed) == (36, 36, 0)


@pytest.mark.parametrize("code", PROGRAMS)
def test_the_code_in_an_answer_runs_as_it_stands(code: str) -> None:
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, timeout=30)
    assert done.returncode == 0, done.stderr.decode()


def test_each_category_explains_something_by_a_picture_and_no_picture_is_unused() -> None:
    used = {
        category.slug: set(re.findall(r"/static/diagrams/([\w-]+\.svg)", question.answer))
        for category in CATEGORIES
        for question in category.questions
        if "/static/diagrams/" in question.answer
    }
    assert set(used) == {category.slug for category in CATEGORIES}
    shown = " ".join(question.answer for question in QUESTIONS)
    assert [path.name for path in PICTURES if f"/static/diagrams/{path.name}" not in shown] == []
    assert len(PICTURES) >= 12


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_a_picture_only_draws_and_says_its_name(path: Path) -> None:
    root = ET.parse(path).getroot()  # noqa: S314 our own files
    names = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert names <= DRAWN
    assert root.find(f"{SVG}title") is not None
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not [name for name in attributes if name.startswith("on") or "href" in name]
    style = "".join(root.itertext())
    assert "prefers-color-scheme:dark" in style.replace(" ", "")
    assert "url(" not in style
    assert "@import" not in style
    sizes = [float(s) for s in re.findall(r"font-size[:=]\"?(\d+(?:\.\d+)?)", path.read_text())]
    assert min(sizes) >= 15
