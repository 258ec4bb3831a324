"""What a learner's words are about: ideas, each with the ways in which the bank may say it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cards.assistant.fence import without_addresses
from cards.services.assistant.language import forms, language_of, translated
from cards.services.assistant.orders import without_orders
from cards.services.assistant.phrasings import phrasings, pieces
from cards.services.assistant.spelling import corrections, is_near
from cards.services.assistant.subject import of_the_field
from cards.services.assistant.wordlists import Language, Synonym, roots, word_lists
from cards.services.search import STOP, Term
from cards.services.search.lexicon import ALL, how_common
from cards.services.search.words import UNSPACED, folded, joined, parts, root, words

MOST_WORDS = 60  # that are looked at
AS_SAID, MEANT, VAGUELY, TRANSLATED = 1.0, 0.85, 0.35, 0.9
IN_PHRASE = 0.3  # what a word still counts beside the phrase that it is a part of
FORM = 0.85  # of another form of a word
PIECE, UNKNOWN_PIECE = 0.5, 0.2  # what a pair of characters counts
FOREIGN = 0.05  # what an unknown word of another language counts: it may mean anything
_CLAUSE = re.compile(r"[.,;:!?]\s")
_NO_SPACES = UNSPACED.pattern
_SEAM = re.compile(rf"(?<=[A-Za-z0-9])(?={_NO_SPACES})|(?<={_NO_SPACES})(?=[A-Za-z0-9])")
_GOES_ON = re.compile(r"\s*(?:and|but|or|so|then|what about|how about)\b", re.IGNORECASE)
_HIRAGANA = re.compile("[\u3040-\u309f]*")
_POINTING = frozenset((
    "it", "its", "that", "this", "they", "them", "their", "those", "these", "one", "there", "then",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """One way to say an idea; `worth` is how sure it is that this is meant."""

    term: Term
    worth: float


@dataclass(slots=True)
class Idea:
    """Something that was asked about."""

    said: str
    ways: list[Way]
    weight: float = 1.0
    is_term: bool = False  # of the field, by the lists that are kept
    is_little: bool = False  # by a word that mostly says nothing of the subject
    is_elsewhere: bool = False  # of another subject, by the list of those


@dataclass(slots=True)
class Asked:
    """A question as the assistant understands it."""

    ideas: list[Idea] = field(default_factory=list)
    common: dict[str, int] = field(default_factory=dict)  # by token, in how many questions
    said: str = ""  # folded words
    language: str = ""
    points: bool = False  # by "it" or the like to what lies open
    is_ordered: bool = False  # it holds orders to the assistant, which were left out
    of_the_field: float = 0.0  # how much it sounds like it; 0 where that cannot be said

    @property
    def questions(self) -> int:
        """How many there are in the shared bank."""
        return max(self.common.get(ALL, 0), 1)

    def times(self, term: Term) -> int:
        """In how many shared questions a term stands, at most."""
        known = [max(self.common.get(one, 0) for one in part) for part in term.parts]
        whole = max((self.common.get(one, 0) for one in term.whole), default=0)
        return max(min(known, default=0), whole)

    def lean_on(self, before: "Asked", weight: float) -> None:
        """Let what was asked before count, too."""
        for idea in before.ideas:
            idea.weight *= weight
        self.ideas += before.ideas
        self.of_the_field = 0.0
        self.common |= before.common

    def is_known(self, idea: Idea) -> bool:
        """Does the bank say it in any way?"""
        return any(self.times(way.term) for way in idea.ways)


def understand(text: str) -> Asked:
    """Read a question: without orders, spelt right, in the words of the bank. Four queries."""
    lists = word_lists()
    plain, is_ordered = without_orders(without_addresses(text, instead=" "))
    plain = _SEAM.sub(" ", plain)
    whole = said(plain)
    english = STOP | lists.chatter
    name, language = language_of(whole, english)
    abroad = language.little if language else frozenset()
    elsewhere = language.elsewhere if language else lists.elsewhere
    ideas = list(_ideas(_kept(plain, abroad), english | abroad, elsewhere))
    asked = Asked(ideas, said=said(text), language=name, is_ordered=is_ordered)
    asked.of_the_field = 0.0 if name else of_the_field(whole)
    asked.ideas += (
        Idea(phrase, [], is_elsewhere=True)
        for phrase in lists.phrases_elsewhere
        if f" {phrase} " in f" {whole} "
    )
    before = _tokens(asked.ideas)
    asked.common = _how_common(before, name)
    _translate(asked, whole, language)
    if language:
        _find_forms(asked, language)
    if not name:
        _correct(asked, english)
    if new := _tokens(asked.ideas) - before:
        asked.common |= _how_common(new, name)
    for idea in asked.ideas:
        if name and idea.weight == 1.0 and not asked.is_known(idea):
            idea.weight *= FOREIGN
    return asked


def _kept(text: str, abroad: frozenset[str]) -> list[tuple[int, str]]:
    """Return the words that may say something, each with the number of its clause.

    A little word of another language says nothing, unless it is an abbreviation: "kto", KTO.
    """
    clauses = enumerate(_CLAUSE.split(text))
    found = [(number, word) for number, clause in clauses for _, _, word in words(clause)]
    return [
        (number, word)
        for number, word in found[:MOST_WORDS]
        if folded(word) not in STOP and (word.isupper() or folded(word) not in abroad)
    ]


def said(text: str) -> str:
    """Return the folded words of a text, as many as are looked at."""
    found = [folded(word) for _, _, word in words(text)]
    return " ".join(found[:MOST_WORDS])


def leans(text: str, asked: Asked) -> bool:
    """Does a question go on from the one before: by a word for it, or by saying little itself?"""
    if points(text) or _GOES_ON.match(text):
        return True
    known = [idea for idea in asked.ideas if asked.is_known(idea)]
    return len(known) <= 1 and not any(idea.is_term for idea in known)


def points(text: str) -> bool:
    """Does a text have a word that stands for something said before?"""
    return not _POINTING.isdisjoint(folded(word) for _, _, word in words(text))


def term_of(phrase: str) -> Term:
    """Return a phrase as tokens of the index; it is found where all of its words are."""
    found = [word for _, _, word in words(phrase)]
    kept = [word for word in found if folded(word) not in STOP] or found
    simple = [part for word in kept for part in parts(word)]
    whole = joined(kept[0]) if len(kept) == 1 else ""
    return Term(
        parts=tuple(tuple(dict.fromkeys((part, root(part)))) for part in simple),
        whole=(whole,) if whole else (),
    )


def _ideas(
    kept: list[tuple[int, str]], little: frozenset[str], elsewhere: frozenset[str]
) -> Iterator[Idea]:
    """Each phrase of the lists, within a clause, then each word that says something."""
    said = [word for _, word in kept]
    flat = [(one, place) for place, word in enumerate(said) for one in roots(word)]
    meant: dict[tuple[int, ...], Idea] = {}
    for start in range(len(flat)):
        for phrase, places in _phrases(flat, start):
            if kept[places[0]][0] != kept[places[-1]][0]:
                continue
            text = " ".join(said[place] for place in places)
            if folded(text) in little and phrase.written != folded(text):
                continue  # "explain" is not "explainable"
            idea = meant.setdefault(places, Idea(text, [Way(term_of(text), AS_SAID)]))
            worth = VAGUELY if phrase.is_vague else MEANT
            idea.ways.append(Way(term_of(phrase.meant), worth))
            idea.is_term = idea.is_term or not phrase.is_vague
    yield from (idea for places, idea in meant.items() if len(places) > 1)
    covered = {place for places in meant if len(places) > 1 for place in places}
    for place, word in enumerate(said):
        idea = meant.get((place,), Idea(folded(word), [Way(term_of(word), AS_SAID)]))
        if not parts(word) or (len(idea.ways) == 1 and _says_nothing(word, little)):
            continue
        idea.is_little = folded(word) in little
        if idea.is_little:
            del idea.ways[0]
        idea.weight = IN_PHRASE if place in covered else 1.0
        idea.is_elsewhere = folded(word) in elsewhere and place not in covered
        yield idea


def _phrases(flat: list[tuple[str, int]], start: int) -> Iterator[tuple[Synonym, tuple[int, ...]]]:
    """The phrases of the list that begin here, with the places of the words they take."""
    for phrase in word_lists().synonyms.get(flat[start][0], ()):
        piece = flat[start : start + len(phrase.said)]
        if tuple(one for one, _ in piece) == phrase.said:
            yield phrase, tuple(sorted({place for _, place in piece}))


def _says_nothing(word: str, little: frozenset[str]) -> bool:
    """Is it a little word, a letter, or a small number?"""
    said = folded(word)
    return said in little or (
        said.isascii() and (len(said) < 2 or (said.isdigit() and len(said) < 3))
    )


def _translate(asked: Asked, whole: str, language: Language | None) -> None:
    """Give what another language says a way in the bank's words."""
    by_said = {idea.said: idea for idea in asked.ideas}
    if language:
        text, languages = whole, [language]
    else:
        unknown = [idea.said for idea in asked.ideas if not asked.is_known(idea)]
        text, languages = " ".join(unknown), list(word_lists().languages)
    for said, english in translated(text, languages):
        if said not in by_said:
            by_said[said] = Idea(said, [])
            asked.ideas.append(by_said[said])
        by_said[said].ways.append(Way(term_of(english), TRANSLATED))
        by_said[said].is_term = True


def _find_forms(asked: Asked, language: Language) -> None:
    """Give what is said in another language the words in which that one asks."""
    found: dict[str, float] = {}  # pairs of characters, each once
    for idea in asked.ideas:
        if UNSPACED.search(idea.said):
            weight = IN_PHRASE if idea.is_term else 1.0
            found |= {one: min(weight, found.get(one, 1.0)) for one in pieces(idea.said)}
        else:
            idea.ways += (Way(term_of(one), FORM) for one in forms(idea.said, language))
    asked.ideas += (
        _piece(one, language, weight) for one, weight in found.items() if _says(one, language)
    )


def _piece(said: str, language: Language, weight: float) -> Idea:
    ways = [Way(term_of(one), AS_SAID) for one in forms(said, language)]
    return Idea(said, ways, weight * (PIECE if ways else UNKNOWN_PIECE))


def _says(piece: str, language: Language) -> bool:
    """Does a pair of characters say something? Hiragana alone is grammar."""
    return piece not in language.little and not _HIRAGANA.fullmatch(piece)


def _correct(asked: Asked, english: frozenset[str]) -> None:
    """Give what nobody knows the spellings that it may have meant; a little word is left out."""
    unknown = [idea for idea in asked.ideas if not asked.is_known(idea)]
    little = [idea for idea in unknown if not idea.is_elsewhere and is_near(idea.said, english)]
    asked.ideas = [idea for idea in asked.ideas if idea not in little]
    unknown = [idea for idea in unknown if idea not in little and not idea.is_elsewhere]
    spellings = corrections(idea.said for idea in unknown) if unknown else {}
    for idea in unknown:
        for word, worth in spellings.get(idea.said, ()):
            idea.ways.append(Way(term_of(word), worth))
            for meant in word_lists().synonyms.get(root(word), ()):
                if len(meant.said) == 1 and not meant.is_vague:
                    idea.ways.append(Way(term_of(meant.meant), worth * MEANT))
                    idea.is_term = True


def _how_common(tokens: set[str], language: str) -> dict[str, int]:
    """In how many shared questions each stands, or how many are asked for with it."""
    found = how_common(tokens)
    other = phrasings(language).common
    return found | {
        one: max(found.get(one, 0), other[one]) for one in tokens if one and one in other
    }


def _tokens(ideas: Iterable[Idea]) -> set[str]:
    return {token for idea in ideas for way in idea.ways for token in way.term.exact if token}
