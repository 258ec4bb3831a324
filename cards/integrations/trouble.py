"""What can go wrong with a model, in words for the learner: what happened and what to do."""

from enum import StrEnum


class Trouble(StrEnum):
    """Kinds of trouble."""

    OFF = "off"
    UNREACHABLE = "unreachable"
    TOO_SLOW = "too slow"
    BUSY = "busy"
    WRONG_KEY = "wrong key"
    REFUSED = "refused"
    BROKEN = "broken"
    CUT_OFF = "cut off"
    NONSENSE = "nonsense"


_TOLD = {
    Trouble.OFF: "No language model is set up here.",
    Trouble.UNREACHABLE: "The language model could not be reached. Try again later.",
    Trouble.TOO_SLOW: "The language model took too long. Try again, or ask for less at once.",
    Trouble.BUSY: "The language model is busy. Try again in {}.",
    Trouble.WRONG_KEY: "The language model does not accept this site’s key. "
    "Whoever runs this site has to set a new one.",
    Trouble.REFUSED: "The language model refused the request. "
    "Whoever runs this site should check its address and name in the settings.",
    Trouble.BROKEN: "The language model failed on its side. Try again later.",
    Trouble.CUT_OFF: "The connection to the language model broke before it was done. Try again.",
    Trouble.NONSENSE: "What the language model sent could not be read. Try again.",
}


class ModelError(Exception):
    """A model gave no answer. Its text is for the learner: no address, no key, no other words."""

    def __init__(self, kind: Trouble, retry_after: int | None = None) -> None:
        super().__init__(_TOLD[kind].format(_in_words(retry_after)))
        self.kind = kind
        self.retry_after = retry_after  # seconds


def _in_words(seconds: int | None) -> str:
    if seconds is None:
        return "a minute"
    if seconds < 100:
        return f"{max(seconds, 1)} second{'' if seconds <= 1 else 's'}"
    return f"{-(-seconds // 60)} minutes"
