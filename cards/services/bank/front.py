"""Front matter that knows the line of each of its values, and says so when one is wrong."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from cards.services.bank.types import BankError

DEEPEST = 10  # lists in lists; a question needs 4
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Front:
    """Front matter that knows on which line each of its values stands."""

    def __init__(self, path: Path, text: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        try:
            if _depth(text) > DEEPEST:
                raise BankError(path, first_line, f"The front matter nests over {DEEPEST} deep.")
            self.node = yaml.compose(text, Loader=_Loader)
            self.values: Any = yaml.load(text, Loader=_Loader)  # noqa: S506 the loader is a safe one
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line if error.problem_mark else 0
            raise BankError(path, first_line + line, str(error.problem)) from None
        except (yaml.YAMLError, ValueError) as error:
            raise BankError(path, first_line, str(error)) from None

    def fail(self, reason: str, *where: str | int) -> BankError:
        node: Any = self.node
        for step in where:
            if isinstance(node, yaml.MappingNode):
                node = next((v for k, v in node.value if k.value == step), node)
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
                node = node.value[step]
        line = node.start_mark.line if node else 0
        return BankError(self.path, self.first_line + line, reason)

    def get(self, kind: type, what: str, *where: str | int) -> Any:
        value: Any = self.values
        for step in where:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                raise self.fail(f"“{where[-1]}” is missing.", *where) from None
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.fail(f"“{where[-1]}” must be {what}.", *where)
        if isinstance(value, str) and (not value.strip() or "\x00" in value):
            raise self.fail(f"“{where[-1]}” must not be empty.", *where)
        return value.strip() if isinstance(value, str) else value

    def text(self, *where: str | int, longest: int) -> str:
        value: str = self.get(str, "text", *where)
        if len(value) > longest:
            raise self.fail(f"“{where[-1]}” is longer than {longest} characters.", *where)
        return value

    def text_if_any(self, *where: str | int, longest: int) -> str:
        """The text that may be left out, or be empty."""
        value: Any = self.values
        for step in where[:-1]:
            value = value[step]
        empty = value.get(where[-1]) in (None, "") if isinstance(value, dict) else True
        return "" if empty else self.text(*where, longest=longest)

    def number(self, name: str, low: int, high: int) -> int:
        value: int = self.get(int, "a whole number", name)
        if not low <= value <= high:
            raise self.fail(f"“{name}” must be from {low} to {high}.", name)
        return value

    def slug(self, *where: str | int) -> str:
        value = self.text(*where, longest=80)
        if not _SLUG.fullmatch(value):
            raise self.fail(f"“{value}” may only hold a–z, 0–9 and single hyphens.", *where)
        return value

    def day(self, *where: str | int) -> date:
        value: date = self.get(date, "a date", *where)
        if isinstance(value, datetime):
            raise self.fail(f"“{where[-1]}” must be a date, without a time.", *where)
        return value

    def each(self, name: str) -> range:
        return range(len(self.get(list, "a list", name)))


def _depth(text: str) -> int:
    """How deep the YAML nests; reading it whole is recursive, so this is asked first."""
    depth = deepest = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        deepest = max(deepest, depth)
    return deepest
