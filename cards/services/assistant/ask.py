"""Asking the assistant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cards.models import Learner
from cards.services.assistant.candidates import Candidate, candidates, in_reach
from cards.services.assistant.ideas import Asked, leans, points, understand
from cards.services.assistant.reply import Reply, Source
from cards.services.assistant.weigh import AFFINITY, CLOSE_BY, OWN_PROMPT, WAY, Scale
from cards.services.search.passages import Stored
from cards.services.search.vectors import alike

LONGEST_ASKED = 2000  # characters
MOST_SOURCES = 3
# Of the best score: what has less is not shown beside it; where nothing of what was asked stands in
# its passage it has to be nearer.
BESIDE, UNSAID_BESIDE = 0.65, 0.85
# What speaks for the bank having it: how much of what was asked stands in the best question (0 to
# 1), terms of the field, and nothing else, ideas, likeness to a known way to ask, words that only
# the learner's own texts have; words of other subjects speak against it. The weights are those of
# a logistic regression, rounded.
STANDS, TERM, ALL_TERMS, IDEA, LIKE, OWN, ELSEWHERE = 0.4, 0.22, 0.2, 1.0, 0.5, 0.5, 1.15
SOUNDS = 0.25  # and of how much it sounds like the field; not asked where a question lies open
MOST_COUNTED, MOST_ELSEWHERE = 4, 3
ENOUGH = 0.85
ABROAD = 0.32  # so much less in another language, of whose words only some are known,
KNOWN_ABROAD = 2  # where so many of what was said are, or one is a term of the field
ORDERED = 0.58  # so much more where orders were left out
ENOUGH_HERE = 0.45  # where a question lies open and it is that one which has it
OPEN, POINTED = 0.8, 1.3  # by so much what lies open is preferred, and where "it" is said
BEFORE = 0.4  # what an idea of the question before counts in one that leans on it
RRF = 60  # of the fusion by reciprocal rank
SURELY = 9.0  # of evidence, where there is no doubt
SURE = 0.6  # cosine from which a question means the same as what was asked
LOOKED_INTO = 12  # candidates whose passages are compared
NOTHING = (
    "The bank has nothing on this. It knows how large language models are built, trained, "
    "adapted, served and judged: ask about that, or say it in other words."
)
LEAD = "This is what the bank says, word for word."
LEAD_FOREIGN = "You asked in {}. The bank is in English; this is what it says, word for word."


@dataclass(frozen=True, slots=True)
class Found:
    """A question that may answer, with its best passage."""

    candidate: Candidate
    passage: Stored
    score: float  # 0 to 1
    evidence: float  # that it answers at all; as ENOUGH
    is_hit: bool = True  # something that was asked about stands in the passage


def ask(learner: Learner | None, text: str, *, about: str = "", before: str = "") -> Reply:
    """Answer from the bank, the learner's own questions and notes; without one from the shared.

    `about` is the slug of the question that lies open, `before` what was asked just before.
    """
    asked = understand(text[:LONGEST_ASKED])
    if before and leans(text, asked):
        asked.lean_on(understand(before[:LONGEST_ASKED]), BEFORE)
    if about:
        asked.of_the_field = 0.0  # what lies open says what it is about
    if about and all(idea.is_little for idea in asked.ideas):
        asked.ideas.clear()  # "explain that": what lies open
    like = alike(text[:LONGEST_ASKED], in_reach(learner), LOOKED_INTO)
    asked.points = points(text)
    found = fused(search(learner, asked, about, [key for key, _ in like]), like)
    first = found[:MOST_SOURCES]
    if not any(one.evidence >= _enough(one, asked, about) for one in first):
        return Reply(NOTHING, off_topic=True, language=asked.language)
    sources = tuple(map(_source, _shown(first)))
    lead = LEAD_FOREIGN.format(asked.language) if asked.language else LEAD
    answer = "\n\n".join([lead, *(one.quote for one in sources)])
    return Reply(answer, sources, language=asked.language)


def _shown(first: list[Found]) -> list[Found]:
    """What is worth reading: the best, and beside it what is nearly as good and says something."""
    best = max(one.score for one in first)
    return [
        one for place, one in enumerate(first)
        if not place or one.evidence >= SURELY
        or one.score >= best * (BESIDE if one.is_hit else UNSAID_BESIDE)
    ]  # fmt: skip


def search(
    learner: Learner | None, asked: Asked, about: str = "", also: Sequence[int] = ()
) -> list[Found]:
    """Return what may answer, the best first; what lies open does where nothing is asked."""
    if not asked.ideas and not about:
        return []
    near = candidates(learner, asked, about, also)
    if not asked.ideas:
        return [Found(one, _opening(one), 1.0, SURELY) for one in near if one.slug == about]
    scale = Scale(asked, near)
    rough = [(_rough(scale, one), one) for one in near]
    rough.sort(key=lambda pair: (-_preferred(asked, pair[0], pair[1], about), pair[1].question_id))
    close = [pair for place, pair in enumerate(rough)
             if place < LOOKED_INTO or pair[1].question_id in also]  # fmt: skip
    found = [_looked_into(scale, one, score, about) for score, one in close]
    return sorted(found, key=lambda one: (-one.score, one.candidate.question_id))


def _rough(scale: Scale, one: Candidate) -> float:
    by_words = scale.coverage(one) + OWN_PROMPT * scale.own_prompt(one)
    return by_words + WAY * scale.nearest_way(one) + AFFINITY * scale.affinity(one)


def fused(found: list[Found], like: list[tuple[int, float]]) -> list[Found]:
    """Return what was found by words in one order with what was found by meaning.

    By reciprocal rank (Cormack, Clarke, Büttcher, 2009, "Reciprocal rank fusion outperforms
    Condorcet and individual rank learning methods"), whose constant is 60. A question that is sure
    by its meaning needs no shared word.
    """
    if not like:
        return found
    by_meaning = {key: place for place, (key, _) in enumerate(like)}
    cosines = dict(like)

    def rank(place: int, one: Found) -> float:
        other = by_meaning.get(one.candidate.question_id)
        return 1 / (RRF + place) + (1 / (RRF + other) if other is not None else 0)

    order = sorted(enumerate(found), key=lambda pair: (-rank(*pair), pair[0]))
    return [
        replace(one, evidence=SURELY) if cosines.get(one.candidate.question_id, 0) >= SURE else one
        for _, one in order
    ]


def _looked_into(scale: Scale, one: Candidate, score: float, about: str) -> Found:
    best = max(_answering(one.stored), key=scale.in_passage, default=("prompt", "", one.prompt))
    close = scale.in_passage(best)
    if not close:
        best = _opening(one)
    whole = _preferred(scale.asked, score + CLOSE_BY * close, one, about)
    evidence = STANDS * max(close, scale.coverage(one)) + _evidence(scale, one)
    return Found(one, best, whole / (1 + whole), evidence, is_hit=close > 0)


def _answering(stored: list[Stored]) -> list[Stored]:
    """The passages without follow-ups whose answers are passages of their own, and bare leads."""
    answered = {heading for field, heading, _ in stored if field == "follow-up"}
    return [
        one for one in stored
        if not one[2].endswith(":") and (one[0] != "follow-up" or one[1] or one[2] not in answered)
    ]  # fmt: skip


def _evidence(scale: Scale, one: Candidate) -> float:
    return (
        TERM * min(scale.terms_in(one), MOST_COUNTED)
        + ALL_TERMS * scale.is_all_terms
        + IDEA * min(scale.ideas_in(one), MOST_COUNTED)
        + LIKE * scale.nearest_way(one)
        + OWN * scale.own_words_in(one)
        + SOUNDS * scale.sounds(one)
        - ELSEWHERE * min(scale.elsewhere(one), MOST_ELSEWHERE)
    )


def _preferred(asked: Asked, score: float, one: Candidate, about: str) -> float:
    if not score or one.slug != about:
        return score
    return score + (POINTED if asked.points else OPEN)


def _enough(best: Found, asked: Asked, about: str) -> float:
    least = ENOUGH_HERE if best.candidate.slug == about else ENOUGH
    return least - ABROAD * _known_abroad(asked) + ORDERED * asked.is_ordered


def _known_abroad(asked: Asked) -> float:
    """How much of what was said in another language is known, 0 to 1: a lone word may mislead."""
    if not asked.language:
        return 0.0
    known = [idea for idea in asked.ideas if asked.is_known(idea)]
    return 1.0 if any(idea.is_term for idea in known) else min(1.0, len(known) / KNOWN_ABROAD)


def _opening(one: Candidate) -> Stored:
    answers = [stored for stored in one.stored if stored[0] == "answer"]
    return answers[0] if answers else ("prompt", "", one.prompt)


def _source(found: Found) -> Source:
    field, heading, quote = found.passage
    one = found.candidate
    return Source(one.slug, one.prompt, field, heading, quote, round(found.score, 3))
