"""A broken file is refused with its line and the reason."""

from pathlib import Path

import pytest

from cards.services.bank import BankError, read_bank
from tests.bank.small import write_small_bank


def _refusal(folder: Path) -> BankError:
    with pytest.raises(BankError) as refused:
        read_bank(folder)
    return refused.value


def test_the_small_bank_is_whole(tmp_path: Path) -> None:
    write_small_bank(tmp_path)
    ((category,),) = [read_bank(tmp_path)]
    assert [question.slug for question in category.questions] == ["why-attention"]


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("level: 1", "level: 7", 4, "from 1 to 3"),
        ("level: 1", "level: one", 4, "a whole number"),
        ("level: 1", "level: true", 4, "a whole number"),
        ("level: 1\n", "", 2, "“level” is missing"),
        ("level: 1", "colour: red\nlevel: 1", 4, "not a known key"),
        ("slug: why-attention", "slug: other", 2, "not the file's name"),
        ("slug: why-attention", "slug: 'What?'", 2, "may only hold"),
        ('"Why attention?"', '" "', 3, "must not be empty"),
        ('"Why attention?"', '"a\\0b"', 3, "must not be empty"),
        ('"Think of distance."', '"' + "x" * 501 + '"', 6, "longer than 500"),
        ('"Think of distance."', "[x]", 6, "must be text"),
        ("key_points:", "key_points: {", 8, ""),
        ("id: weights", "id: any-two", 11, "stands twice"),
        ("    essential: true\n  - id: weights", "  - id: weights", 8, "“essential” is missing"),
        (
            "    essential: true\n  - id: weights",
            "    essential: true\n    cue: [x]\n  - id: weights",
            11,
            "must be text",
        ),
        (
            "    essential: true\n  - id: weights",
            f"    essential: true\n    cue: {'x' * 201}\n  - id: weights",
            11,
            "longer than 200",
        ),
        ("year: 2017", "year: soon", 28, "must be a year"),
        ("https://arxiv", "javascript:arxiv", 29, "not a web address"),
        ("related: []", "related: [nowhere]", 2, "does not exist"),
        ("related: []", "related: nothing", 30, "must be a list"),
        ("2026-11-25", "lately", 31, "must be a date"),
        ("2026-11-25", "2026-02-30", 2, "day is out of range"),
        ("Attention links any two positions in one step.\n", "", 33, "The answer is missing"),
        ("Attention links any two", "x" * 20_001, 2, "longer than 20,000"),
        ("---\nslug", "slug", 1, "must start with front matter"),
        ("---\nslug", "x\n---\nslug", 1, "must start with front matter"),
        ("slug: why-attention\n", "- slug\n", 3, ""),
        ('  - prompt: "And the cost?"', "  - What", 27, ""),
        ("checked_on: 2026-11-25\n", "checked_on: &a [*a]\n", 32, ""),
    ],
)
def test_a_question(tmp_path: Path, old: str, new: str, line: int, reason: str) -> None:
    path = write_small_bank(tmp_path)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    refusal = _refusal(tmp_path)
    assert (refusal.path, reason in refusal.reason) == (path, True), refusal
    assert refusal.line == line or not reason, refusal


def test_too_few_points(tmp_path: Path) -> None:
    path = write_small_bank(tmp_path)
    text = path.read_text()
    start, end = text.index("  - id: square"), text.index("misconceptions:")
    path.write_text(text[:start] + text[end:])
    assert "4 to 8 key points, not 3" in _refusal(tmp_path).reason


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"\xff\xfe", 1, "not UTF-8"),
        (b"---\n" + b"x" * 100_001, 1, "larger than 100000 bytes"),
        (b"", 1, "must start with front matter"),
        (b"---\n- a\n---\nx", 2, "“key: value” lines"),
        (b"---\na: \x07\n---\nx", 2, ""),
        (b"---\n" + b"[" * 5000 + b"\n---\nx", 3, ""),
        (b"---\na: " + b"[" * 45000 + b"]" * 45000 + b"\n---\nx", 2, "nests over 10 deep"),
    ],
)
def test_what_is_hardly_a_file(tmp_path: Path, content: bytes, line: int, reason: str) -> None:
    write_small_bank(tmp_path).write_bytes(content)
    refusal = _refusal(tmp_path)
    assert (refusal.line, reason in refusal.reason) == (line, True), refusal


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("hue: 10", "hue: 360", "from 0 to 359"),
        ("[why-attention]", "[why-attention, gone]", "missing"),
        ("[why-attention]", "[]", "why-attention.md is not listed"),
        ("[why-attention]", "[../../etc/passwd]", "may only hold"),
        ("- slug: basics", "slug: basics", ""),
        ("name: Basics", "name: 5", "must be text"),
    ],
)
def test_the_list_of_categories(tmp_path: Path, old: str, new: str, reason: str) -> None:
    write_small_bank(tmp_path)
    path = tmp_path / "categories.yml"
    path.write_text(path.read_text().replace(old, new))
    assert reason in _refusal(tmp_path).reason


def test_a_list_that_is_no_list_and_a_folder_without_one(tmp_path: Path) -> None:
    assert "missing" in _refusal(tmp_path).reason
    (tmp_path / "categories.yml").write_text("just: words")
    assert "must be a list of categories" in _refusal(tmp_path).reason


def test_a_slug_that_stands_twice(tmp_path: Path) -> None:
    path = write_small_bank(tmp_path)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / path.name).write_text(path.read_text())
    listing = tmp_path / "categories.yml"
    listing.write_text(listing.read_text() * 2)
    listing.write_text(listing.read_text()[::-1].replace("scisab", "erom", 1)[::-1])
    assert "The slug is taken by basics/why-attention.md" in _refusal(tmp_path).reason
