"""The buttons beside the key points, for a browser without script: nothing is stored."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from cards.forms.editor.parts import MOST_POINTS, MOST_ROWS

Row = dict[str, Any]
FIELDS = ("key", "text", "cue", "essential", "place")
_DO = re.compile(r"(add|preview)|(up|down|remove)-(\d{1,2})")


def is_button(do: str) -> bool:
    """Is it one of the buttons that only change what is shown?"""
    return bool(_DO.fullmatch(do))


def pressed(rows: list[Row], do: str) -> tuple[list[Row], str]:
    """Return the rows after a button, and what then has the focus."""
    found = _DO.fullmatch(do)
    if not found or found[1] == "preview":
        return rows, "preview"
    if found[1] == "add":
        rows = [*rows, {}] if len(rows) < MOST_POINTS else rows
        return rows, f"text-{len(rows) - 1}"
    place = next((n for n, row in enumerate(rows) if row["number"] == int(found[3])), None)
    return (rows, "") if place is None else _BUTTONS[found[2]](rows, place)


def _up(rows: list[Row], place: int) -> tuple[list[Row], str]:
    to = max(place - 1, 0)
    return _swapped(rows, place, to), f"up-{to}" if to else "down-0"


def _down(rows: list[Row], place: int) -> tuple[list[Row], str]:
    last = len(rows) - 1
    to = min(place + 1, last)
    return _swapped(rows, place, to), f"down-{to}" if to < last else f"up-{to}"


def _remove(rows: list[Row], place: int) -> tuple[list[Row], str]:
    left = rows[:place] + rows[place + 1 :]
    return left, f"text-{min(place, len(left) - 1)}" if left else "add"


_BUTTONS: dict[str, Callable[[list[Row], int], tuple[list[Row], str]]] = {
    "up": _up,
    "down": _down,
    "remove": _remove,
}


def _swapped(rows: list[Row], one: int, other: int) -> list[Row]:
    swapped = list(rows)
    swapped[one], swapped[other] = rows[other], rows[one]
    return swapped


def sent_rows(data: Mapping[str, Any]) -> list[Row]:
    """Return the rows as they were sent, by their place; `number` is that of their fields."""
    count = min(place_of(data.get("points-TOTAL_FORMS", ""), 0), MOST_ROWS)
    rows = []
    for number in range(count):
        row: Row = {name: data.get(f"points-{number}-{name}", "") for name in FIELDS}
        if f"points-{number}-text" in data:  # taken out, it leaves a gap
            rows.append(row | {"number": number})
    return sorted(rows, key=lambda row: (place_of(row["place"], row["number"]), row["number"]))


def place_of(sent: Any, otherwise: int) -> int:
    """Return where a row stands: what was sent, if that is a number, or where its fields stood."""
    text = str(sent)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else otherwise
