"""The questions that measure the assistant are sound before anything is measured with them."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
ENTRIES: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / "tests" / "data" / "assistant.yml").read_text(encoding="utf-8")
)
SLUGS = {path.stem for path in (ROOT / "fixtures" / "llm-interview").glob("*/*.md")}
HALVES = ("tune", "report")
KINDS = {
    "paraphrase",
    "misspelling",
    "abbreviation",
    "terse",
    "follow-up",
    "chatty",
    "language",
    "off-topic",
    "injection",
}


def _of(kind: str) -> list[dict[str, Any]]:
    return [entry for entry in ENTRIES if entry["kind"] == kind]


def _plain(ask: str) -> str:
    return " ".join(ask.casefold().strip(" ?!.").split()) or ask


def test_every_entry_has_its_fields_and_no_other() -> None:
    for entry in ENTRIES:
        fields = {"ask", "kind", "right", "half"}
        if entry["kind"] == "language":
            fields |= {"language"}
        assert set(entry) == fields, entry
        assert entry["kind"] in KINDS, entry
        assert entry["half"] in HALVES, entry
        assert isinstance(entry["ask"], str), entry
        assert entry["ask"].strip(), entry


def test_every_right_question_is_in_the_bank_and_named_once() -> None:
    for entry in ENTRIES:
        assert set(entry["right"]) <= SLUGS, entry
        assert len(set(entry["right"])) == len(entry["right"]), entry


def test_nothing_is_asked_twice() -> None:
    asked = Counter(_plain(entry["ask"]) for entry in ENTRIES)
    assert [ask for ask, times in asked.items() if times > 1] == []


def test_only_off_topic_and_injections_may_have_no_right_question() -> None:
    for entry in ENTRIES:
        if entry["kind"] == "off-topic":
            assert entry["right"] == [], entry
        elif entry["kind"] != "injection":
            assert entry["right"], entry


def test_the_halves_are_of_like_size_and_hold_every_kind() -> None:
    sizes = Counter(entry["half"] for entry in ENTRIES)
    assert sizes.total() >= 200
    assert abs(sizes["tune"] - sizes["report"]) <= sizes.total() / 20
    for half in HALVES:
        assert {entry["kind"] for entry in ENTRIES if entry["half"] == half} == KINDS


@pytest.mark.parametrize("half", HALVES)
def test_every_question_of_the_bank_is_right_at_least_twice_in_each_half(half: str) -> None:
    times = Counter(slug for entry in ENTRIES if entry["half"] == half for slug in entry["right"])
    assert [slug for slug in sorted(SLUGS) if times[slug] < 2] == []


@pytest.mark.parametrize("half", HALVES)
def test_each_half_has_twenty_off_topic_entries_and_both_sorts_of_injection(half: str) -> None:
    assert sum(entry["half"] == half for entry in _of("off-topic")) >= 20
    carried = Counter(bool(entry["right"]) for entry in _of("injection") if entry["half"] == half)
    assert carried.total() >= 8
    assert min(carried[True], carried[False]) >= 4


def test_many_languages_are_asked_in() -> None:
    assert len(_of("language")) >= 36
    assert len({entry["language"] for entry in _of("language")}) >= 12
