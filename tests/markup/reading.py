"""Reads rendered HTML the way a browser would: elements and their attributes."""

import re
from html.parser import HTMLParser

Attributes = dict[str, str]

_TRIMMED = "".join(map(chr, range(33)))  # C0 controls and the space
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, Attributes]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the element."""
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def elements(rendered: str) -> list[tuple[str, Attributes]]:
    """Return every element of the HTML, in order."""
    reader = _Reader()
    reader.feed(rendered)
    reader.close()
    return reader.found


def tags(rendered: str) -> set[str]:
    """Return the names of the elements of the HTML."""
    return {tag for tag, _ in elements(rendered)}


def attributes_of(rendered: str, wanted: str) -> list[Attributes]:
    """Return the attributes of every element of that name."""
    return [attributes for tag, attributes in elements(rendered) if tag == wanted]


def scheme_of(address: str) -> str | None:
    """Return the scheme a browser sees (URL standard, 4.4), or None for a relative address."""
    seen = re.sub(r"[\t\r\n]", "", address.strip(_TRIMMED))
    found = _SCHEME.match(seen)
    return found[1].lower() if found else None
