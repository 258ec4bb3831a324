"""Search: what is found, how it is ranked and shown, and by whom; on either database the same."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cards.models import Learner, Note, Question, SearchEntry
from cards.services import library, search
from cards.services.bank import BankPoint, BankQuestion, store_question
from cards.services.search.query import MOST_TERMS
from tests.conftest import MORNING

pytestmark = pytest.mark.django_db
ENTRY = BankQuestion(
    slug="", prompt="What is mine?", answer="", level=1, minutes=2, hint="", key_points=(),
    misconceptions=[], follow_ups=[], references=[], related=[], checked_on=None,
)  # fmt: skip


def written(learner: Learner, prompt: str = "What is mine?", **fields: object) -> Question:
    """A question of the learner's own."""
    entry = replace(ENTRY, prompt=prompt, **fields)  # type: ignore[arg-type]
    return library.write_question(learner, entry, "fundamentals", at=MORNING)


def noted(learner: Learner, question: Question, text: str) -> Note:
    """A note, as the service of notes writes and indexes it."""
    note, _ = Note.objects.update_or_create(
        learner=learner, question=question, defaults={"text": text, "updated_at": MORNING}
    )
    search.index_note(learner, question, text)
    return note


def found(learner: Learner, text: str) -> list[int]:
    """The questions found, the best first."""
    return [hit.question_id for hit in search.find(learner, text, limit=400)]


def shown(learner: Learner, text: str) -> str:
    """The best passage, hits in brackets."""
    runs = search.find(learner, text)[0].passage.runs
    return "".join(f"[{run.text}]" if run.is_hit else run.text for run in runs)


FIELDS = {
    "prompt": {"prompt": "Why zebrafish?"},
    "answer": {"answer": "## Where\n\nThe **zebrafish** lives.\n\n```python\nx = 1\n```"},
    "hint": {"hint": "Think of zebrafish."},
    "point": {"key_points": (BankPoint("one", "A zebrafish has stripes.", essential=True),)},
    "misconception": {"misconceptions": ["A zebrafish is a zebra."]},
    "follow-up": {"follow_ups": [{"prompt": "And then?", "answer": "More zebrafish."}]},
}


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_is_searched_and_named(sam: Learner, bank: list[Question], field: str) -> None:
    question = written(sam, **FIELDS[field])  # type: ignore[arg-type]
    hit = search.find(sam, "zebrafish")[0]
    assert (hit.question_id, hit.passage.field) == (question.pk, field)
    assert "[zebrafish]" in shown(sam, "zebrafish")
    assert "**" not in hit.passage.text
    if field == "answer":
        assert hit.passage.heading == "Where"


def test_the_prompt_counts_more_than_points_than_the_answer_than_the_rest(
    sam: Learner, bank: list[Question]
) -> None:
    often = {"answer": "zebrafish " * 12}
    fields = ("hint", "answer", "point", "prompt")
    made = [written(sam, **FIELDS[field]).pk for field in fields]  # type: ignore[arg-type]
    made.insert(2, written(sam, **often).pk)
    ranked = found(sam, "zebrafish")
    assert ranked[:2] == [made[4], made[3]]
    assert set(ranked[2:4]) == {made[1], made[2]}
    assert ranked[4] == made[0]


FORMS = [
    ("tokenizers", "tokenization"), ("quantiz", "It is quantised."),
    ("quantisation", "Quantize it"),
    ("behavior", "its behaviours"), ("biases", "a bias"), ("bias", "many biases"),
    ("kv-cache", "the KV cache"), ("KV cache", "a kv-cache"), ("finetuning", "fine-tuning"),
    ("fine-tuning", "finetuning helps"), ("model’s", "models"), ("naive", "a naïve way"),
    ("naïve", "naive"), ("C++", "in C++."), ("c#", "C# code"), ("c", "C++"), ("d_model", "d_model"),
    ("GPT-4o", "gpt-4o"), ("ﬁne", "fine"), ("ÜBER", "über"), ("straße", "STRASSE"),
    ("注意力", "自注意力机制"), ("意力", "注意力"), ("力", "注意力"), ("внимание", "Внимание"),
    ("ध्यान", "ध्यान दें"), ("תשומת", "תשומת לב"), ("主意", "好主意"), ("トークン", "トークン化"),
    ("สวัสดี", "สวัสดีครับ"), ("한국", "한국어"), ("🔥", "so 🔥"), ("3.5", "version 3.5"),
    ("rank/alpha", "rank/alpha"), ("alpha", "rank/alpha"), ("example", "https://example.org/x"),
    ("int", "vector<int>"), ("10", "-10"), ("1e5", "1e5 steps"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "text"), FORMS, ids=[f"{t} in {x}" for t, x in FORMS])
def test_words_are_found_in_every_form_and_script(
    sam: Learner, bank: list[Question], typed: str, text: str
) -> None:
    question = written(sam, hint=text)
    assert question.pk in found(sam, typed)
    assert any(run.is_hit for hit in search.find(sam, typed, limit=400)
               if hit.question_id == question.pk for run in hit.passage.runs)  # fmt: skip


def test_nothing_vanishes_while_a_word_is_typed(sam: Learner, bank: list[Question]) -> None:
    question = written(sam, hint="Generalization of tokenization")
    for word in ("tokenization", "generalization"):
        for end in range(2, len(word) + 1):
            assert question.pk in found(sam, word[:end]), word[:end]


def test_a_word_followed_by_a_space_is_finished(sam: Learner, bank: list[Question]) -> None:
    question = written(sam, hint="zebrafish")
    assert found(sam, "zebra") == [question.pk]
    assert found(sam, "zebra ") == []


def test_all_words_are_needed_but_not_those_that_say_nothing(
    sam: Learner, bank: list[Question]
) -> None:
    question = written(sam, hint="zebrafish swim")
    assert found(sam, "swim zebrafish") == [question.pk]
    assert found(sam, "zebrafish fly") == []
    assert found(sam, "why do the zebrafish swim and") == [question.pk]
    assert found(sam, "zebrafish s") == [question.pk]


HOSTILE = [
    "", " ", '"', "'", "*", "AND", "OR", "NOT", "NEAR(a b)", "a NEAR b", "prompt : x", "-x", "^x",
    "x*y", "(", ")", "{x}", "x:*", "x:A", "!x", "a & b | !c", "<->", "a <-> b", "\\", "\x00",
    "a\x00b", "%", "_", "%s", "%(x)s", "{}", "'; DROP TABLE cards_question; --", "?", "🔥",
    "👩‍👩‍👧", "\ud800", "a\u0301", "\u202e", "\ufeff", "x" * 10_000, "x " * 5000, "字" * 10_000,
    "." * 10_000, "-" * 500, "a-" * 500, "C++", "++", "#", "rank MATCH 'x'", "cards_searchindex",
    "<script>alert(1)</script>",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:24])
def test_nothing_that_is_typed_breaks_a_search_or_becomes_a_command(
    sam: Learner, bank: list[Question], text: str
) -> None:
    known = set(Question.objects.values_list("pk", flat=True))
    assert set(found(sam, text)) <= known
    assert Question.objects.count() == len(known)


def test_a_text_without_words_finds_nothing(sam: Learner, bank: list[Question]) -> None:
    for text in ("", " ", '"*"', "...", "<->", "\x00"):
        assert search.read_query(text) is None
        assert found(sam, text) == []


def test_only_so_many_words_are_asked_for() -> None:
    query = search.read_query(" ".join(f"word{n}" for n in range(100)))
    assert query
    assert len(query.terms) == MOST_TERMS


@hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
def test_any_text_is_answered_and_never_with_what_is_somebody_elses(
    sam: Learner, two_learners: set[int], text: str
) -> None:
    assert two_learners.isdisjoint(found(sam, text))
    assert two_learners.isdisjoint(found(sam, f"secret {text}"))


@pytest.fixture
def two_learners(sam: Learner, kim: Learner, bank: list[Question]) -> set[int]:
    """What Sam must never find: Kim's question, and a shared one that only Kim's note names."""
    hers = written(kim, "What is secret attention to a model?", answer="secret " * 3)
    noted(kim, hers, "secret note")
    return {hers.pk}


def test_a_second_learner_finds_neither_questions_nor_notes(
    sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    mine = written(sam, hint="zebrafish")
    noted(sam, bank[0], "zebrafish, as I call it")
    assert set(found(sam, "zebrafish")) == {mine.pk, bank[0].pk}
    assert found(kim, "zebrafish") == []
    at = library.LibraryFilter(q="zebrafish")
    for order in ("", "bank", "due"):
        assert library.library(kim, replace(at, sort=order), "", at=MORNING).count == 0
        assert library.library(sam, replace(at, sort=order), "", at=MORNING).count == 2
    hit = search.find(sam, "zebrafish call")[0]
    assert (hit.passage.field, hit.question_id) == ("note", bank[0].pk)


def test_both_learners_have_notes_beside_one_question(
    sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    noted(sam, bank[0], "zebrafish")
    noted(kim, bank[0], "wildebeest")
    assert found(sam, "wildebeest") == found(kim, "zebrafish") == []
    for passages in search.passages_of(kim, [bank[0].pk]).values():
        assert "zebrafish" not in str(passages)


def test_a_changed_or_emptied_note_is_found_by_what_it_says_now(
    sam: Learner, bank: list[Question]
) -> None:
    noted(sam, bank[0], "zebrafish")
    noted(sam, bank[0], "wildebeest")
    assert (found(sam, "zebrafish"), found(sam, "wildebeest")) == ([], [bank[0].pk])
    noted(sam, bank[0], " ")
    assert found(sam, "wildebeest") == []
    assert not SearchEntry.objects.filter(is_note=True).exists()


def test_a_question_is_found_by_what_it_says_now(sam: Learner, bank: list[Question]) -> None:
    question = written(sam, hint="zebrafish")
    store_question(question, replace(ENTRY, hint="wildebeest"), at=MORNING)
    assert (found(sam, "zebrafish"), found(sam, "wildebeest")) == ([], [question.pk])
    library.set_archived(sam, question.slug, archived=True, at=MORNING)
    assert found(sam, "wildebeest") == []
    library.set_archived(sam, question.slug, archived=False, at=MORNING)
    assert found(sam, "wildebeest") == [question.pk]
    question.delete()
    assert found(sam, "wildebeest") == []


def _passage_words(learner: Learner, text: str) -> Iterator[str]:
    for hit in search.find(learner, text, limit=40):
        yield from (run.text for run in hit.passage.runs if run.is_hit)


def test_only_words_that_were_asked_for_are_marked(sam: Learner, bank: list[Question]) -> None:
    marked = {word.lower() for word in _passage_words(sam, "attention")}
    assert marked
    assert all("attent" in word or word.startswith("attend") for word in marked)


def test_a_long_passage_is_cut_between_words_around_the_hit(
    sam: Learner, bank: list[Question]
) -> None:
    written(sam, hint=("before " * 30 + "zebrafish " + "after " * 30)[:500])
    passage = search.find(sam, "zebrafish")[0].passage
    assert 100 < len(passage.text) < 200
    assert re.fullmatch(r"… (before )+zebrafish( after)+ …", passage.text)


def test_what_a_text_says_is_never_html(sam: Learner, bank: list[Question]) -> None:
    written(sam, hint="<b>zebrafish</b> & \x02 <script>")
    assert shown(sam, "zebrafish") == "<b>[zebrafish]</b> & \x02 <script>"
