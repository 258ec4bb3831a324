"""What a browser sends when a form of the admin is sent back as it came."""

from html.parser import HTMLParser

from django.test import Client


class _Fields(HTMLParser):
    """The named fields of a page with their values."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        name = named.get("name") or ""
        if tag == "input" and name and named.get("type") not in {"submit", "button", "file"}:
            if named.get("type") != "checkbox" or "checked" in named:
                self.fields[name] = named.get("value") or ("on" if "checked" in named else "")
        elif tag in {"textarea", "select"}:
            self.open = name
            self.fields[name] = ""
        elif tag == "option" and self.open and "selected" in named:
            self.fields[self.open] = named.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self.open and self.lasttag == "textarea":
            self.fields[self.open] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            text = self.fields[self.open].removeprefix("\n")
            self.fields[self.open] = text.replace("\n", "\r\n")
        if tag in {"textarea", "select"}:
            self.open = ""


def posted(client: Client, address: str) -> dict[str, str]:
    """Return the fields of the page's form, line ends as a browser sends them."""
    fields = _Fields()
    fields.feed(client.get(address).content.decode())
    return {name: value for name, value in fields.fields.items() if "__prefix__" not in name}
