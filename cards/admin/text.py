"""Lists as lines of text, and back; what is written and read again is the same."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

BETWEEN = "+++"
FOLLOW_UPS_HELP = f"Question on the first line, answer below it; a line {BETWEEN} between two."
REFERENCES_HELP = "One on each line: Title | Authors | Year | https://…"
MOST = 20
COLUMNS = 4


def unix(typed: str) -> str:
    """A browser sends its own line ends."""
    return typed.replace("\r\n", "\n").replace("\r", "\n")


def lines_written(items: list[str]) -> str:
    """One item on each line."""
    return "\n".join(items)


def lines_read(typed: str) -> list[str]:
    """The lines that hold anything."""
    items = [line.strip() for line in typed.split("\n") if line.strip()]
    if len(items) > MOST:
        raise ValidationError(f"At most {MOST} lines.")
    if any(len(item) > 500 for item in items):
        raise ValidationError("A line is longer than 500 characters.")
    return items


def follow_ups_written(items: list[dict[str, Any]]) -> str:
    """Blocks with a line between."""
    return f"\n{BETWEEN}\n".join(f"{item['prompt']}\n{item['answer']}" for item in items)


def follow_ups_read(typed: str) -> list[dict[str, Any]]:
    """First line the question, the rest the answer."""
    found = []
    for block in f"\n{typed}\n".split(f"\n{BETWEEN}\n"):
        prompt, _, answer = (part.strip() for part in block.strip().partition("\n"))
        if not prompt:
            continue
        if not answer:
            raise ValidationError(f"“{prompt[:60]}” has no answer below it.")
        if len(prompt) > 500 or len(answer) > 3000:
            raise ValidationError("A question has at most 500 characters, an answer 3000.")
        found.append({"prompt": prompt, "answer": answer})
    if len(found) > MOST:
        raise ValidationError(f"At most {MOST} follow-ups.")
    return found


def references_written(items: list[dict[str, Any]]) -> str:
    """Title, authors, year and address on one line each."""
    return "\n".join(f"{r['title']} | {r['authors']} | {r['year']} | {r['url']}" for r in items)


def references_read(typed: str) -> list[dict[str, Any]]:
    """Read from the right: a title may hold a bar."""
    return [_reference(line) for line in lines_read(typed)]


def _reference(line: str) -> dict[str, Any]:
    parts = [part.strip() for part in line.rsplit("|", COLUMNS - 1)]
    if len(parts) != COLUMNS or not all(parts):
        raise ValidationError(f"“{line[:60]}”: write Title | Authors | Year | https://…")
    title, authors, year, url = parts
    try:
        address = urlsplit(url)
        number = int(year) if year.isascii() else 0
    except ValueError:
        raise ValidationError(f"“{line[:60]}”: the year or the address cannot be read.") from None
    if address.scheme not in {"http", "https"} or not address.netloc or not 0 < number < 10_000:
        raise ValidationError(f"“{line[:60]}”: the year or the address cannot be read.")
    return {"title": title, "authors": authors, "year": number, "url": url}


READERS = {
    "misconceptions": lines_read,
    "follow_ups": follow_ups_read,
    "references": references_read,
    "related": lines_read,
}
WRITERS: dict[str, Any] = {
    "misconceptions": lines_written,
    "follow_ups": follow_ups_written,
    "references": references_written,
    "related": lines_written,
}
