"""What the shipped bank must keep, each rule with a file that breaks it."""

import re
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from cards.services.bank import check_bank, known_ids, parse_question, question_faults
from cards.services.bank.words import minutes_aloud, spoken_words
from tests.bank.small import QUESTION, write_small_bank

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}"><title>x</title></svg>'
WORDS = " ".join(["word"] * 30)
CUES = {"step": "How far apart?", "content": "What are they made of?",
        "parallel": "One by one?", "length": "At what price?"}  # fmt: skip
CUED = re.sub(
    r'(text: ".* (\w+)\."\n    essential: \w+\n)',
    lambda found: f'{found[1]}    cue: "{CUES[found[2]]}"\n', QUESTION,
)  # fmt: skip
WHOLE = CUED.replace('answer: "It grows', f'answer: "{WORDS} {WORDS} It grows').replace(
    "references:", '  - prompt: "More?"\n    answer: "' + WORDS * 2 + '"\nreferences:'
).replace("related: []", "related: [other]").replace(
    "related:", '  - {title: B, authors: B, year: 2020, url: "https://b.example/"}\nrelated:'
).replace(
    "---\nAtt", "second_reading: {read_on: 2026-11-25, found: Nothing.}\n---\nAtt"
) + " ".join([WORDS] * 9)


@pytest.fixture
def diagrams(tmp_path: Path) -> Path:
    folder = tmp_path / "diagrams"
    folder.mkdir()
    (folder / "good.svg").write_text(SVG.format(box="0 0 480 360"))
    (folder / "wide.svg").write_text(SVG.format(box="0 0 900 360"))
    return folder


def _faults(text: str, diagrams: Path) -> list[str]:
    return list(question_faults(parse_question(Path("q.md"), text, is_complete=False), diagrams))


def test_a_whole_question_has_no_fault(diagrams: Path) -> None:
    assert _faults(WHOLE, diagrams) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("Attention links", "", ""),
        (" ".join([WORDS] * 9), "", "words of the answer: 8, but there must be 250 to 600"),
        ("minutes: 2", "minutes: 4", "minutes: 4, but read aloud it takes"),
        ("The weights depend on", WORDS, "point weights: 32 words, but at most 25"),
        ("essential: false", "essential: true", ""),
        ('answer: "word', 'answer: "$\\\\frac$ word', "A formula cannot be read"),
        ("Attention links", f"![{WORDS}](/static/diagrams/good.svg)\n\nAttention links", ""),
        ("Attention links", "![few](/static/diagrams/good.svg) links", "do not carry"),
        ("Attention links", f"![{WORDS}](/static/diagrams/none.svg) x", "does not exist"),
        ("Attention links", f"![{WORDS}](/static/diagrams/../a.svg) x", "does not exist"),
        ("Attention links", f"![{WORDS}](/static/diagrams/wide.svg) x", "must have viewBox"),
        ("Attention links", "| a | b | c | d | e |\n\nAttention links", "more than 4 columns"),
        ("abs/1706.03762", "pdf/1706.03762", "not the address of an arXiv abstract"),
        ("https://b", "http://b", "must start with https://"),
        ("year: 2020", "year: 2099", "the year 2099 cannot be right"),
        ("related: [other]", "related: [why-attention]", "It is related to itself"),
        ("related: [other]", "related: []", "related: 0, but there must be 1 to 4"),
        ('"Think of distance."', "null", "There is no hint"),
        ("second_reading: {read_on: 2026-11-25, found: Nothing.}\n", "",
         "second reading is missing"),
        ('    cue: "How far apart?"\n', "", "point any-two: there is no cue"),
        ("How far apart?", " ".join(["far"] * 13), "the cue of any-two: 13 words"),
        ("How far apart?", "At what price?", "the cue of any-two asks for another point, too"),
        ("How far apart?", "Any two positions?", "tells too much of it: ani, posit, two"),
        ("essential: true\n    cue: \"How far", "essential: false\n    cue: \"How far",
         "essential points: 1, but there must be 2 to 4"),
    ],
)  # fmt: skip
def test_a_fault_is_named(diagrams: Path, old: str, new: str, fault: str) -> None:
    assert old in WHOLE
    faults = _faults(WHOLE.replace(old, new, 1), diagrams)
    assert bool(faults) == bool(fault), faults
    assert not fault or any(fault in found for found in faults), faults


def test_prompts_and_ids_are_held_to_what_was_given(tmp_path: Path, diagrams: Path) -> None:
    path = write_small_bank(tmp_path / "bank")
    ids = [f"why-attention {name}" for name in ("any-two", "weights", "parallel", "old retired")]
    (path.parents[1] / "prompts.txt").write_text("Why  attention?\n")
    (path.parents[1] / "ids.txt").write_text("\n".join([*ids, "why-attention gone"]))
    report = check_bank(path.parents[1], diagrams, read_since=date(2026, 1, 1))
    found = "\n".join(report.faults)
    assert "why-attention.md is not among the given ones to the letter" in found
    assert "“Why  attention?” is not asked by any file" in found
    assert "“why-attention square” is new" in found
    assert "“why-attention gone” is gone" in found
    assert "old" not in found


def test_what_was_checked_long_ago_is_stale_but_no_fault(tmp_path: Path, diagrams: Path) -> None:
    path = write_small_bank(tmp_path / "bank")
    report = check_bank(path.parents[1], diagrams, read_since=date(2026, 11, 26))
    assert report.stale == [f"{path}: last checked on 2026-11-25"]
    report = check_bank(path.parents[1], diagrams, read_since=date(2026, 11, 25))
    assert report.stale == []


def test_the_command_fails_with_every_fault(tmp_path: Path) -> None:
    path = write_small_bank(tmp_path / "bank")
    with pytest.raises(CommandError, match=r"There is no|words of the answer"):
        call_command("check_bank", folder=path.parents[1])
    path.write_text("no front matter")
    with pytest.raises(CommandError, match="must start with front matter"):
        call_command("check_bank", folder=path.parents[1])


def test_the_shipped_bank_has_no_fault() -> None:
    out = StringIO()
    call_command("check_bank", stale_after=10_000, stdout=out)
    assert out.getvalue() == "36 questions, no fault, 0 stale\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0), ("One two.", 2), ("- a list\n- of **four**", 4), ("a $x + y$ b", 3),
        ("a\n\n$$\nx = \\frac{1}{2}\n$$\n\nb", 3), ("```python\nx = 1\n```\nsaid", 1),
        ("![a picture of much](/static/diagrams/a.svg)\nsaid", 1),
        ("| a | b |\n|---|--:|\n| c | d |", 4), ("KV-cache – is one", 3),
    ],
)  # fmt: skip
def test_words_are_counted_as_they_are_said(text: str, words: int) -> None:
    assert spoken_words(text) == words


def test_140_words_are_a_minute() -> None:
    assert minutes_aloud(350) == 2.5


def test_ids_name_question_and_point() -> None:
    question = parse_question(Path("q.md"), QUESTION)
    assert next(known_ids(question)) == "why-attention any-two"
    assert settings.BANK_DIR.joinpath("ids.txt").exists()
