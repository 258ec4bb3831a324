"""Which questions the list shows: every choice, and the words that an address keeps it by."""

from dataclasses import asdict, dataclass, fields, replace
from typing import Self
from urllib.parse import urlencode

from cards.models import Note

STATES = ("new", "learning", "young", "mature", "due", "suspended", "buried", "archived")
SORTS = {
    "bank": "order of the bank",
    "due": "next date",
    "newest": "newest",
    "weakest": "weakest",
    "hardest": "hardest",
    "lapses": "most forgotten",
}
FLAGS = {flag.value: flag.name.lower() for flag in Note.Flag if flag}
SWITCHES = {"marked": "marked", "weak": "missed points", "mine": "my own", "noted": "with notes"}


@dataclass(frozen=True, slots=True)
class LibraryFilter:
    """Which questions to list; what is empty chooses nothing."""

    q: str = ""
    category: str = ""
    state: str = ""
    tag: str = ""
    flag: int = 0
    marked: bool = False
    weak: bool = False
    mine: bool = False
    noted: bool = False
    sort: str = ""

    @property
    def order(self) -> str:
        """The order of the list: by relevance when searching, else that of the bank."""
        return self.sort or ("relevance" if self.q else "bank")

    @property
    def is_any(self) -> bool:
        """Is anything chosen beside the order?"""
        return replace(self, sort="") != LibraryFilter()

    @property
    def is_narrowed(self) -> bool:
        """Is anything chosen beside the words and the order?"""
        return replace(self, sort="", q="") != LibraryFilter()

    @property
    def address(self) -> str:
        """The choices as the query of an address; the same choices always give the same."""
        chosen = {name: value for name, value in asdict(self).items() if value}
        return urlencode({k: "on" if v is True else v for k, v in chosen.items()})

    def without(self, name: str) -> Self:
        """The same choices but one."""
        kept = {field.name: getattr(self, field.name) for field in fields(self)}
        del kept[name]
        return type(self)(**kept)


@dataclass(frozen=True, slots=True)
class Active:
    """One choice that narrows the list: what to call it, and the address without it."""

    label: str
    rest: str


def active_choices(chosen: LibraryFilter, category_name: str) -> list[Active]:
    """Return what narrows the list, in the order of the form."""
    labels = {
        "q": f"“{chosen.q}”",
        "category": category_name,
        "state": chosen.state,
        "tag": f"#{chosen.tag}",
        "flag": f"{FLAGS.get(chosen.flag)} flag",
        **SWITCHES,
    }
    return [
        Active(label, chosen.without(name).address)
        for name, label in labels.items()
        if getattr(chosen, name)
    ]
