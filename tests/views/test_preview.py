"""The live preview: hostile texts become harmless, and nothing is stored."""

import pytest
from django.test import Client

from cards.models import Question

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
HOSTILE = [
    "<script>alert(1)</script>", '<iframe src="https://example.org"></iframe>',
    "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "![x](https://example.org/x.png)",
    "<a href='javascript:alert(1)'>x</a>", "<svg onload=alert(1)>", "[" * 20_000, "$" * 20_000,
    "$\\frac" * 3000, "```python\n" + "(" * 10_000, "> " * 9_000, "\u202ex\u0000"[:2], "* " * 9_000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_preview_is_harmless_and_stores_nothing(
    as_sam: Client, bank: list[Question], text: str
) -> None:
    response = as_sam.post(
        "/library/preview/", {"prompt": text[:2000], "answer": text}, headers=HTMX
    )
    page = response.content.decode()
    assert response.status_code == 200
    prose = page[page.index('<div class="prose"') :].lower()
    for bad in (
        "<script",
        "<iframe",
        "<svg",
        "<img src=x",
        'href="javascript',
        "example.org/x.png",
    ):
        assert bad not in prose
    assert "<script" not in page
    assert not Question.objects.exclude(owner=None).exists()


@pytest.mark.parametrize("wrong", [{"answer": "x" * 20_001}, {"prompt": "a\x00"}])
def test_a_preview_that_cannot_be_read_is_400(
    as_sam: Client, bank: list[Question], wrong: dict[str, str]
) -> None:
    response = as_sam.post("/library/preview/", wrong, headers=HTMX)
    assert response.status_code == 400
    assert 'class="errors"' in response.content.decode()


def test_a_preview_of_nothing_says_what_it_is_for(as_sam: Client) -> None:
    assert "What you write appears here" in as_sam.post("/library/preview/").content.decode()
