"""The forms of an English word become one: Porter's stemmer.

M. F. Porter, “An algorithm for suffix stripping”, Program 14 (1980): the same rules as SQLite's
`porter`. Here, so that both databases and the highlighting agree on what a word is.
"""

# Suffix and what takes its place, longest first where one ends like another.
_STEP_2 = (
    ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"),
    ("bli", "ble"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"),
    ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"),
    ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
    ("logi", "log"),
)  # fmt: skip
_STEP_3 = (
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""),
    ("ness", ""),
)  # fmt: skip
_STEP_4 = (
    "ement", "ment", "ance", "ence", "able", "ible", "ant", "ent", "sion", "tion", "ism", "ate",
    "iti", "ous", "ive", "ize", "al", "er", "ic", "ou",
)  # fmt: skip


def stem(word: str) -> str:
    """Return the stem of a word in lower-case ASCII letters; anything else stays as it is."""
    if len(word) <= 2 or not (word.isascii() and word.isalpha()):
        return word
    word = _without_past(_without_plural(word))
    if word.endswith("y") and "v" in _shape(word[:-1]):
        word = word[:-1] + "i"
    for table in (_STEP_2, _STEP_3):
        word = _replaced(word, table)
    return _tidy(_without_ending(word))


def _shape(text: str) -> str:
    """Each letter as v or c; y is a vowel after a consonant."""
    shape = ""
    for letter in text:
        is_vowel = letter in "aeiou" or (letter == "y" and shape[-1:] == "c")
        shape += "v" if is_vowel else "c"
    return shape


def _measure(text: str) -> int:
    """How often vowels are followed by consonants: about the number of syllables."""
    return _shape(text).count("vc")


def _is_short(text: str) -> bool:
    """Does it end in consonant, vowel, consonant, the last one not w, x or y?"""
    return _shape(text)[-3:] == "cvc" and text[-1] not in "wxy"


def _without_plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _without_past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) else word
    for suffix in ("ed", "ing"):
        rest = word.removesuffix(suffix)
        if rest != word and "v" in _shape(rest):
            return _mended(rest)
    return word


def _mended(text: str) -> str:
    """What is left after -ed or -ing, with the ending that it had."""
    if text.endswith(("at", "bl", "iz")):
        return text + "e"
    if text[-1:] == text[-2:-1] and _shape(text)[-1] == "c" and text[-1] not in "lsz":
        return text[:-1]
    return text + "e" if _measure(text) == 1 and _is_short(text) else text


def _replaced(word: str, table: tuple[tuple[str, str], ...]) -> str:
    for suffix, instead in table:
        if word.endswith(suffix):
            rest = word[: -len(suffix)]
            return rest + instead if _measure(rest) else word
    return word


def _without_ending(word: str) -> str:
    for suffix in _STEP_4:
        if word.endswith(suffix):
            rest = word[: -len(suffix)]
            if suffix in {"sion", "tion"}:  # the s or t stays
                rest += suffix[0]
            return rest if _measure(rest) > 1 else word
    return word


def _tidy(word: str) -> str:
    if word.endswith("e"):
        rest = word[:-1]
        measure = _measure(rest)
        if measure > 1 or (measure == 1 and not _is_short(rest)):
            word = rest
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word
