"""What one content says and another does not: texts word by word, key points one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from cards.wording import Run, compare

WORDED = (("prompt", "Question"), ("hint", "Hint"), ("answer", "Model answer"))
PLAIN = (("level", "Level"), ("minutes", "Minutes"))
CONTEXT = 12  # words shown on each side of a change
Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text that was reworded."""

    name: str
    runs: list[Run]

    @property
    def is_in_words(self) -> bool:
        """Are the words other ones? Else only spaces or lines, or what is past comparing."""
        return any(run.kind != "same" for run in self.runs)


@dataclass(frozen=True, slots=True)
class PointChange:
    """A key point that was added, taken out, or changed in the ways that `words` says."""

    kind: str  # "added", "gone" or "changed"
    words: str
    runs: list[Run]


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that changed from an older content to a newer one."""

    texts: list[TextChange]
    points: list[PointChange]
    others: list[str]

    def __bool__(self) -> bool:
        """Did anything change?"""
        return bool(self.texts or self.points or self.others)


def differences(older: Content, newer: Content, categories: Mapping[int, str]) -> Differences:
    """Return what changed; `categories` gives their names by id."""
    texts = [
        TextChange(title, shortened(compare(str(older[name]), str(newer[name]))))
        for name, title in WORDED
        if older[name] != newer[name]
    ]
    return Differences(texts, _points(older, newer), _others(older, newer, categories))


def shortened(runs: list[Run]) -> list[Run]:
    """Return the runs with only the words next to a change, where many stayed the same."""
    last = len(runs) - 1
    return [
        Run("same", _ends(run.text, keep_start=place > 0, keep_end=place < last))
        if run.kind == "same" and last
        else run
        for place, run in enumerate(runs)
    ]


def _ends(text: str, *, keep_start: bool, keep_end: bool) -> str:
    words = text.split()
    if len(words) <= 2 * CONTEXT + 2:
        return text
    start = words[:CONTEXT] if keep_start else []
    end = words[-CONTEXT:] if keep_end else []
    return " ".join([*start, "…", *end])


def _points(older: Content, newer: Content) -> list[PointChange]:
    before = {point["key"]: point for point in older["points"]}
    after = {point["key"]: point for point in newer["points"]}
    moved = _moved([k for k in before if k in after], [k for k in after if k in before])
    changes = []
    for key, point in after.items():
        if key not in before:
            changes.append(PointChange("added", "added", [Run("added", point["text"])]))
            continue
        words = _in_words(before[key], point, is_moved=key in moved)
        if words:
            changes.append(
                PointChange("changed", words, compare(before[key]["text"], point["text"]))
            )
    gone = [point for key, point in before.items() if key not in after]
    return changes + [PointChange("gone", "gone", [Run("gone", one["text"])]) for one in gone]


def _in_words(before: Content, after: Content, *, is_moved: bool) -> str:
    essential = "essential now" if after["essential"] else "no longer essential"
    old_cue, cue = before.get("cue", ""), after.get("cue", "")
    said = [
        ("reworded", before["text"] != after["text"]),
        (essential, before["essential"] != after["essential"]),
        (f"cue: “{cue}”" if cue else "without its cue", old_cue != cue),
        ("moved", is_moved),
    ]
    return ", ".join(words for words, is_so in said if is_so)


def _moved(before: list[str], after: list[str]) -> set[str]:
    """As few as explain the new order, among the points that stand in both."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    stayed = {key for block in blocks for key in after[block.b : block.b + block.size]}
    return set(after) - stayed


def _others(older: Content, newer: Content, categories: Mapping[int, str]) -> list[str]:
    said = [
        f"{title}: {older[name]} → {newer[name]}"
        for name, title in PLAIN
        if older[name] != newer[name]
    ]
    if older["category"] != newer["category"]:
        names = [categories.get(one["category"], "one that is gone") for one in (older, newer)]
        said.append(f"Category: {names[0]} → {names[1]}")
    for name, one, many in (
        ("misconceptions", "misconception", "misconceptions"),
        ("follow_ups", "follow-up", "follow-ups"),
        ("references", "source", "sources"),
        ("related", "related question", "related questions"),
    ):
        said += _list_changes(older[name], newer[name], one, many)
    return said


def _list_changes(before: list[Any], after: list[Any], one: str, many: str) -> list[str]:
    added = [item for item in after if item not in before]
    gone = [item for item in before if item not in after]
    said = [f"{one} added: {_title(item)}" for item in added]
    said += [f"{one} gone: {_title(item)}" for item in gone]
    if not said and before != after:
        said = [f"{many} in another order"]
    return [words[0].upper() + words[1:] for words in said]


def _title(item: Any) -> str:
    words = item.get("prompt") or item.get("title") if isinstance(item, dict) else item
    return f"“{words}”"
