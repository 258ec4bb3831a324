"""An embedding model from a folder: a real one, made here, of a handful of words."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from model2vec import StaticModel
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from cards.integrations import embedding
from cards.models import Learner, Question, SearchVector
from cards.services.assistant import ask
from cards.services.search import reindex
from tests.services.test_search import written

pytestmark = pytest.mark.django_db
# Words and what they mean: the first of each pair is not in the question that the second is in.
MEANINGS = {"hound": 0, "flumox": 0, "kennel": 1, "quantelling": 1, "[UNK]": 2, "attention": 3}


@pytest.fixture
def model(tmp_path: Path, settings: Any) -> Path:
    """Write a model into a folder and configure it."""
    tokenizer = Tokenizer(WordLevel(dict(zip(MEANINGS, range(6), strict=True)), "[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    vectors = np.eye(8, dtype="float32")[list(MEANINGS.values())]
    StaticModel(vectors, tokenizer).save_pretrained(tmp_path)
    settings.EMBEDDING_MODEL_DIR = str(tmp_path)
    embedding.load.cache_clear()
    return tmp_path


def test_what_means_the_same_is_found_without_a_shared_word(
    sam: Learner, kim: Learner, bank: list[Question], model: Path
) -> None:
    own = written(sam, prompt="flumox quantelling")
    assert [one.slug for one in ask(sam, "hound kennel").sources][:1] == [own.slug]
    assert ask(kim, "hound kennel").off_topic
    own.delete()
    assert ask(sam, "hound kennel").off_topic


def test_reindex_makes_the_vectors_that_are_missing_or_of_another_model(
    bank: list[Question], model: Path
) -> None:
    reindex()
    assert SearchVector.objects.count() == 36
    SearchVector.objects.filter(question=bank[0]).update(model="another")
    SearchVector.objects.filter(question=bank[1]).delete()
    reindex()
    (fingerprint,) = SearchVector.objects.values_list("model", flat=True).distinct()
    assert (SearchVector.objects.count(), len(fingerprint)) == (36, 64)
    assert not ask(None, "attention").off_topic


def test_without_a_usable_model_words_alone_decide(
    bank: list[Question], tmp_path: Path, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    by_words = ask(None, "positional encodings")
    settings.EMBEDDING_MODEL_DIR = str(tmp_path / "nowhere")
    assert ask(None, "positional encodings") == by_words
    (tmp_path / "model.safetensors").write_bytes(b"not a model")
    settings.EMBEDDING_MODEL_DIR = str(tmp_path)
    assert ask(None, "positional encodings") == by_words
    assert "holds no model.safetensors" in caplog.text
    assert "cannot be read" in caplog.text


def test_without_the_extra_it_says_so_once(
    bank: list[Question], model: Path, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    monkeypatch.setitem(__import__("sys").modules, "model2vec", None)
    for _ in range(2):
        assert not ask(None, "positional encodings").off_topic
    assert caplog.text.count("is not installed") == 1
