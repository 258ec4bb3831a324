"""Bringing questions: all or nothing, twice changes nothing, nobody else is touched."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cards.models import Card, Category, KeyPoint, Learner, Question
from tests.answers import answer
from tests.bank.small import QUESTION
from tests.conftest import MORNING

pytestmark = pytest.mark.django_db
SECOND = QUESTION.replace("slug: why-attention", "slug: why-depth").replace(
    "Why attention?", "Why depth?"
)


def _md(text: str = QUESTION, name: str = "why-attention.md") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def _zip(files: dict[str, str | bytes], name: str = "mine.zip") -> SimpleUploadedFile:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return SimpleUploadedFile(name, buffer.getvalue())


def _packed(compression: int) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        archive.writestr("a.md", QUESTION)
    return SimpleUploadedFile("rare.zip", buffer.getvalue())


def _encrypted() -> SimpleUploadedFile:
    """A zip whose entry says that it is encrypted, in both places where that is said."""
    content = bytearray(_zip({"a.md": QUESTION}).read())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return SimpleUploadedFile("secret.zip", bytes(content))


def _bring(client: Client, *uploads: SimpleUploadedFile, category: str = "research") -> Any:
    data = {"uploads": list(uploads), "category": category}
    return client.post("/exchange/", data, follow=True)


def _text(response: Any) -> str:
    return str(response.content.decode())


def test_a_file_becomes_an_own_question_in_the_chosen_category(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    assert "Imported: 1 added, 0 changed, 0 as they were." in _text(_bring(as_sam, _md()))
    question = Question.objects.get(owner=sam)
    assert question.slug.startswith("why-attention-")
    assert (question.category.slug, question.prompt) == ("research", "Why attention?")
    assert [point["key"] for point in question.points] == [
        "any-two", "weights", "parallel", "square",
    ]  # fmt: skip
    assert question.follow_ups[0]["html"]
    page = as_sam.get(f"/library/q/{question.slug}/")
    assert "Attention links any two" in _text(page)


def test_the_same_again_changes_nothing_and_an_edit_keeps_history(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    _bring(as_sam, _md())
    question = Question.objects.get(owner=sam)
    Question.objects.exclude(pk=question.pk).update(archived_at=MORNING)
    answer(sam, 4, at=MORNING)
    ids = list(KeyPoint.objects.filter(question=question).values_list("pk", flat=True))
    assert "0 added, 0 changed, 1 as they were" in _text(_bring(as_sam, _md()))
    edited = QUESTION.replace("links any two positions in one step", "joins any two places")
    assert "0 added, 1 changed, 0 as they were" in _text(_bring(as_sam, _md(edited)))
    assert list(KeyPoint.objects.filter(question=question).values_list("pk", flat=True)) == ids
    assert Card.objects.get(question=question).due_on == (MORNING + timedelta(days=1)).date()


def test_a_zip_keeps_its_folders_as_categories_and_other_files_are_left_alone(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    archive = _zip(
        {
            "bank/trade-offs/a.md": QUESTION,
            "elsewhere/b.md": SECOND,
            "README.md": "x",
            "__MACOSX/._a.md": "x",
            "pictures/a.png": b"\x89",
        }
    )
    assert "2 added" in _text(_bring(as_sam, archive))
    names = Question.objects.filter(owner=sam).values_list("prompt", "category__slug")
    assert dict(names) == {"Why attention?": "trade-offs", "Why depth?": "research"}


def test_only_what_is_needed_must_be_there(as_sam: Client, sam: Learner, bank: Any) -> None:
    least = "---\nslug: a\nprompt: Why?\nlevel: 1\nminutes: 1\nkey_points: []\n---\nBecause.\n"
    assert "1 added" in _text(_bring(as_sam, _md(least)))
    assert Question.objects.get(owner=sam).points == []
    assert as_sam.get("/review/").status_code == 200


def test_what_was_exported_can_be_brought_back_unchanged(
    as_sam: Client, sam: Learner, bank: list[Question]
) -> None:
    related = SECOND.replace("related: []", "related: [why-attention, what-is-an-llm]")
    _bring(as_sam, _zip({"research/a.md": QUESTION, "edge-cases/b.md": related}))
    content = as_sam.get("/export/questions/").content
    back = _bring(as_sam, SimpleUploadedFile("mine.zip", content), category="fundamentals")
    assert "0 added, 0 changed, 2 as they were" in _text(back)
    linked = Question.objects.get(owner=sam, prompt="Why depth?")
    assert Question.objects.filter(owner=sam, slug__in=linked.related).count() == 1


def test_a_cue_goes_out_and_comes_back(as_sam: Client, sam: Learner, bank: list[Question]) -> None:
    cued = QUESTION.replace(
        'in one step."\n    essential', 'in one step."\n    cue: "How far?"\n    essential', 1
    )
    _bring(as_sam, _md(cued))
    question = Question.objects.get(owner=sam)
    assert [point["cue"] for point in question.points] == ["How far?", "", "", ""]
    content = as_sam.get("/export/questions/").content
    back = _bring(as_sam, SimpleUploadedFile("mine.zip", content))
    assert "0 added, 0 changed, 1 as they were" in _text(back)
    data = as_sam.get("/export/json/").json()
    assert data["questions"][0]["key_points"][0]["cue"] == "How far?"
    assert data["questions"][0]["references"][0]["year"] == 2017


def test_two_learners_bring_the_same_file_and_each_has_their_own(
    as_sam: Client, as_kim: Client, sam: Learner, kim: Learner, bank: list[Question]
) -> None:
    assert "1 added" in _text(_bring(as_sam, _md()))
    assert "1 added" in _text(_bring(as_kim, _md(QUESTION.replace("Why att", "Kim's att"))))
    assert Question.objects.get(owner=sam).prompt == "Why attention?"
    assert Question.objects.exclude(owner=None).count() == 2
    with zipfile.ZipFile(io.BytesIO(as_kim.get("/export/questions/").content)) as archive:
        (only,) = archive.namelist()
        assert b"Kim's" in archive.read(only)


def test_nothing_of_the_shared_bank_or_of_another_is_changed_by_its_slug(
    as_sam: Client, as_kim: Client, sam: Learner, bank: list[Question]
) -> None:
    _bring(as_sam, _md())
    theirs = Question.objects.get(owner=sam).slug
    for slug in (bank[0].slug, theirs):
        text = QUESTION.replace("slug: why-attention", f"slug: {slug}").replace("Why", "Hacked")
        assert "1 added" in _text(_bring(as_kim, _md(text)))
    assert not Question.objects.filter(owner=None, prompt__contains="Hacked").exists()
    assert not Question.objects.filter(owner=sam, prompt__contains="Hacked").exists()


BOMB = b"\x00" * 30_000_000


@pytest.mark.parametrize(
    ("uploads", "reason"),
    [
        ([], "Choose a zip file"),
        ([_md(name="notes.txt")], "neither a .md file nor a zip"),
        ([_md("no front matter")], "must start with front matter"),
        ([_md(QUESTION.replace("level: 1", "level: 9"))], "line 4: “level” must be from 1 to 3"),
        ([_md(), _md(SECOND.replace("minutes: 2", ""))], "“minutes” is missing"),
        ([_md(), _md(name="copy.md")], "have the same slug"),
        ([_zip({"a.txt": "x"})], "no question file"),
        ([_zip({f"{n}.md": "x" for n in range(501)})], "more than 500 questions"),
        ([_zip({"a.md": BOMB})], "larger than 100000 bytes"),
        ([SimpleUploadedFile("a.md", b"\xff\xfe\x00")], "not UTF-8"),
        ([_md(QUESTION.replace("any two positions", "any \x00 two"))], "cannot be"),
        ([SimpleUploadedFile("a.zip", b"PK\x03\x04 broken")], "neither a .md file nor a zip"),
        ([SimpleUploadedFile("a.md", b"x" * 5_000_001)], "more than 5 MB"),
        ([_packed(zipfile.ZIP_LZMA)], "packed in a rare way"),
        ([_packed(zipfile.ZIP_BZIP2)], "packed in a rare way"),
        ([_encrypted()], "is encrypted"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_whole_in_one_sentence(
    as_sam: Client, sam: Learner, bank: list[Question], uploads: list[Any], reason: str
) -> None:
    for upload in uploads:
        upload.seek(0)
    response = _bring(as_sam, *uploads)
    assert response.status_code == 400
    assert reason in _text(response).replace("&#x27;", "'")
    assert not Question.objects.filter(owner=sam).exists()


def test_a_broken_archive_is_refused(as_sam: Client, sam: Learner, bank: list[Question]) -> None:
    good = _zip({"a.md": QUESTION}).read()
    for place in range(0, len(good), 7):
        broken = good[:place] + b"\x55" + good[place + 1 :]
        assert _bring(as_sam, SimpleUploadedFile("a.zip", broken)).status_code in {200, 400}
    assert Question.objects.filter(owner=sam).count() <= 1 + len(good) // 7


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.md", "/abs/olute.md", "..\\..\\win.md", "C:\\x\\y.md", "a\nb.md"]
)
def test_a_name_never_becomes_a_path(
    as_sam: Client, sam: Learner, bank: list[Question], name: str
) -> None:
    assert "1 added" in _text(_bring(as_sam, _zip({name: QUESTION})))
    assert "passwd" not in Question.objects.get(owner=sam).slug


def test_what_a_file_says_never_runs(as_sam: Client, sam: Learner, bank: list[Question]) -> None:
    hostile = QUESTION.replace("Attention links", "<script>alert(1)</script>").replace(
        "It was invented", "<img src=x onerror=alert(1)>"
    )
    _bring(as_sam, _md(hostile))
    page = _text(as_sam.get(f"/library/q/{Question.objects.get(owner=sam).slug}/"))
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_a_quota_is_kept(
    as_sam: Client, sam: Learner, bank: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cards.services.exchange.questions.MAX_OWN_QUESTIONS", 1)
    response = _bring(as_sam, _md(), _md(SECOND, "b.md"))
    assert "more own questions than one account can hold" in _text(response)
    assert not Question.objects.filter(owner=sam).exists()
    assert "1 added" in _text(_bring(as_sam, _md()))
    assert "1 as they were" in _text(_bring(as_sam, _md()))


def test_a_category_that_does_not_exist_is_refused(as_sam: Client, bank: list[Question]) -> None:
    response = _bring(as_sam, _md(), category="nowhere")
    assert response.status_code == 400
    assert Category.objects.count() == 6


def test_a_request_that_says_it_is_huge_is_not_even_read(as_sam: Client) -> None:
    kind = "multipart/form-data; boundary=x"
    response = as_sam.generic("POST", "/exchange/", b"--x--", kind, CONTENT_LENGTH=str(10**9))
    assert response.status_code == 400
