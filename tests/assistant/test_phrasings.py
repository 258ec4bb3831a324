"""Other ways to ask: the files are sound, and the same words are nobody else's."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent / "fixtures"
FILES = sorted((ROOT / "assistant" / "phrasings").glob("*.txt"))
LISTS = sorted((ROOT / "assistant" / "languages").glob("*.txt"))
SLUGS = {path.stem for path in (ROOT / "llm-interview").glob("*/*.md")}


def _sections(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    slug = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            slug = line.strip("[]")
            assert slug not in found, slug
            found[slug] = []
        elif line and not line.startswith("#"):
            found[slug].append(line)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_question_has_ways_to_ask_for_it(path: Path) -> None:
    sections = _sections(path)
    assert set(sections) == SLUGS
    assert all(sections.values())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_way_to_ask_is_short_and_asks_for_one_question_only(path: Path) -> None:
    ways = [way for ways in _sections(path).values() for way in ways]
    assert len(set(ways)) == len(ways)
    assert all(way == way.strip() and len(way) <= 200 for way in ways)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_language_has_one_name_in_both_of_its_files(path: Path) -> None:
    name = path.read_text(encoding="utf-8").partition("\n")[0]
    assert re.fullmatch(r"# [A-Z][a-z]+", name)
    if path.stem != "en":
        assert (path.parent.parent / "languages" / path.name).read_text("utf-8").startswith(name)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_list_of_a_language_has_little_words_and_terms(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    other = ("#", "little:", "elsewhere:")
    rest = [line for line in lines[1:] if line and not line.startswith(other)]
    assert any(line.startswith("little:") for line in lines)
    assert len(rest) >= 10
    for line in rest:
        bank, equals, others = line.partition(" = ")
        assert equals, line
        assert bank.strip(), line
        assert all(other.strip() for other in others.split(";")), line


def test_no_way_to_ask_is_one_of_the_questions_that_it_is_measured_by() -> None:
    measured = (ROOT.parent / "tests" / "data" / "assistant.yml").read_text(encoding="utf-8")
    asked = {one.casefold().strip(" ?.!") for one in re.findall(r'^- ask: "(.*)"$', measured, re.M)}
    ways = {way.casefold().strip(" ?.!") for path in FILES for many in _sections(path).values()
            for way in many if len(way.split()) > 3}  # fmt: skip
    assert len(asked) > 400
    assert not asked & ways
