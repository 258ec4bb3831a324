"""The assistant asked in other languages than English, of which it knows some words."""

import pytest

from cards.models import Question
from cards.services.assistant import ask
from tests.services.test_asking import slugs

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "language", "right"),
    [
        ("Warum erfindet das Modell Dinge?", "German", "fluent-but-wrong"),
        ("Чому мовні моделі вигадують факти?", "Ukrainian", "fluent-but-wrong"),
        ("Γιατί το μοντέλο λέει ψέματα με σιγουριά;", "Greek", "fluent-but-wrong"),
        ("מה התפקיד של מנגנון הקשב במודלי שפה?", "Hebrew", "role-of-attention"),
        ("Làm thế nào để tránh overfitting?", "Vietnamese", "preventing-overfitting"),
        ("混合专家模型是怎么工作的", "Chinese", "mixture-of-experts-scaling"),
        ("Miksi malli unohtaa pitkän keskustelun alun?", "Finnish", "context-length"),
        ("RAGとファインチューニングの違いは?", "Japanese", "rag-vs-fine-tuning"),
        ("was ist RLHF?", "German", "rlhf-aligning-llms"),
        ("LoRA是什么", "Chinese", "fine-tuning-vs-prompt-tuning-vs-lora"),
    ],
)
def test_another_language_is_named_and_answered(
    bank: list[Question], asked: str, language: str, right: str
) -> None:
    reply = ask(None, asked)
    assert reply.language == language
    assert right in slugs(reply)
    assert language in reply.answer


def test_words_of_other_subjects_in_another_language_are_known_there(bank: list[Question]) -> None:
    assert ask(None, "Quelle est la capitale du Pérou ?").off_topic
    assert ask(None, "Wie wird das Wetter am Bahnhof?").off_topic


@pytest.mark.parametrize(
    "asked",
    [
        "Wo liegt das Kapital von Francia?",
        "Kto wygrał mecz?",  # "kto" is who, and KTO a way to align a model
        "hoe laat is het",  # "laat" is late, and "laag" a layer
    ],
)
def test_one_word_of_another_language_that_the_bank_has_by_chance_is_not_enough(
    bank: list[Question], asked: str
) -> None:
    assert ask(None, asked).off_topic
