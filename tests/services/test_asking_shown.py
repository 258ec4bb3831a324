"""What the assistant shows of what it found."""

import pytest

from cards.models import Question
from cards.services.assistant import ask
from cards.services.assistant.ask import BESIDE
from tests.services.test_asking import slugs

pytestmark = pytest.mark.django_db


def test_what_answers_far_less_well_is_not_shown_beside_the_best(bank: list[Question]) -> None:
    replies = [ask(None, question.prompt) for question in bank]
    for question, reply in zip(bank, replies, strict=True):
        scores = [source.score for source in reply.sources]
        assert reply.sources[0].slug == question.slug
        assert min(scores) >= BESIDE * max(scores) - 0.001
    assert {len(reply.sources) for reply in replies} > {1, 2}


def test_no_quote_ends_where_it_announces_something(bank: list[Question]) -> None:
    prompts = [question.prompt for question in bank]
    prompts += [one["prompt"] for question in bank for one in question.follow_ups]
    quotes = [source.quote for prompt in prompts for source in ask(None, prompt).sources]
    assert len(quotes) > 300
    assert not [quote for quote in quotes if quote.endswith(":")]
    assert any("reports this:\n" in quote for quote in quotes)  # with the table that follows


def test_what_says_nothing_of_what_was_asked_is_not_quoted(bank: list[Question]) -> None:
    reply = ask(None, "was ist RLHF?")
    assert slugs(reply)[0] == "rlhf-aligning-llms"
    assert all("RLHF" in one.quote or "feedback" in one.quote for one in reply.sources)
