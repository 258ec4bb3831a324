"""An answer in the model's words, from the passages that the bank found."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import datetime

from cards.assistant.cite import Cited, read_citations, renumbered
from cards.assistant.prompt import NOT_HELD, Message, Passage, answer_messages
from cards.integrations.trouble import ModelError, Trouble
from cards.integrations.which import LlmSettings
from cards.models import Learner, ModelUse
from cards.services.assistant.meter import OverLimitError, metered
from cards.services.assistant.reply import Mode, Reply

MOST_TOKENS = 1000  # of an answer
CUT = "The answer grew longer than it may be; the end is missing."


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the answer as it comes: its citations are not checked yet."""

    text: str


@dataclass(frozen=True, slots=True)
class Done:
    """The answer to keep; with trouble it may be the bank's own, and says why."""

    reply: Reply
    trouble: str = ""
    dropped: tuple[str, ...] = ()  # citations of what was not among the passages
    uncited: tuple[str, ...] = ()  # statements that rest on no passage


def worded(
    reply: Reply, asked: str, earlier: Sequence[Message], learner: Learner, *, at: datetime
) -> Generator[Piece | Done]:
    """Yield the model's answer piece by piece, then what to keep.

    Its sources are those it cites, counted anew in that order. Where the bank has nothing, or
    there is no model, or no answer from it, the bank's reply stays. Stopped early, it ends the
    connection, and nothing is to be kept.
    """
    if not reply.sources or not LlmSettings.read().is_on:
        yield Done(reply)
        return
    messages = answer_messages(_passages(reply), asked, earlier)
    pieces: list[str] = []
    try:
        with metered(learner, ModelUse.Purpose.ANSWER, messages, MOST_TOKENS, at=at) as answer:
            for text in answer:
                pieces.append(text)
                yield Piece(text)
            cited = _checked("".join(pieces), len(reply.sources))
    except (ModelError, OverLimitError) as error:
        yield Done(reply, str(error))
        return
    yield _done(reply, cited, is_cut=answer.is_cut)


def _passages(reply: Reply) -> list[Passage]:
    return [
        Passage(number, one.prompt, one.heading, one.quote)
        for number, one in enumerate(reply.sources, 1)
    ]


def _checked(answer: str, passages: int) -> Cited:
    cited = read_citations(answer, range(1, passages + 1))
    if not cited.text:
        raise ModelError(Trouble.NONSENSE)
    return cited


def _done(reply: Reply, cited: Cited, *, is_cut: bool) -> Done:
    kept = Reply(
        renumbered(cited).text,
        tuple(reply.sources[number - 1] for number in cited.used),
        Mode.MODEL,
        off_topic=not cited.used and NOT_HELD in cited.text,
        language=reply.language,
    )
    return Done(kept, CUT if is_cut else "", cited.dropped, cited.uncited)
