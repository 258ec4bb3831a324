"""Fences around what others wrote: what stands inside can neither close one nor open another."""

import re
import unicodedata

OPEN, CLOSE = "<<<", ">>>"
LEFT_OUT = "(address left out)"
_UNSEEN = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
_ANGLES = "<>＜＞﹤﹥‹›«»⟨⟩〈〉《》≪≫⋘⋙"
_RUN = re.compile(f"[{_ANGLES}](?:[{_UNSEEN}]*[{_ANGLES}]){{2,}}")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")


def harmless(text: str, most: int) -> str:
    """Return at most so many characters, with nothing that reads as a fence or an e-mail address.

    Three angle brackets side by side are set apart, also those that only look like them or have
    something unseen in between. Control characters go, but for line ends and tabs.
    """
    kept = "".join(one for one in text if one in "\n\t" or unicodedata.category(one) != "Cc")
    apart = _RUN.sub(_set_apart, kept)
    return cut(without_addresses(apart), most)


def without_addresses(text: str, instead: str = LEFT_OUT) -> str:
    """Return a text with something else in place of each e-mail address."""
    return _ADDRESS.sub(instead, text)


def line(text: str, most: int) -> str:
    """Return the same on one line."""
    return harmless(" ".join(text.split()), most)


def fenced(label: str, text: str) -> str:
    """Return harmless text between fences."""
    return f"{OPEN}{label}\n{text}\n{CLOSE}"


def cut(text: str, most: int) -> str:
    """Return the beginning of a text, with three dots where something is missing."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _set_apart(found: re.Match[str]) -> str:
    return " ".join(one for one in found[0] if one in _ANGLES)
