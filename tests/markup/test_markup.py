"""Whatever anybody writes, nothing runs and nothing is fetched."""

import time

import pytest

from cards.markup import render


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:x)",
        "![x](https://evil.example/a.png)",
        "![x](//evil.example/a.png)",
        "![x](/static/diagrams/../../admin/x.svg)",
        '<div hx-get="/account/logout/" hx-trigger="load">x</div>',
        '<a id="main" name="main" data-x="1">x</a>',
        "<style>body{display:none}</style>",
        "<svg onload=alert(1)>",
        "$\\href{javascript:alert(1)}{x}$",
    ],
)
def test_hostile_text_becomes_harmless(text: str) -> None:
    html = render(text)
    tags = html.replace("&lt;", "")
    for word in ("<script", "<style", "<svg", "<iframe", 'href="javascript', 'href="data', " onerror=\"", "src=\"http", "src=\"//", "admin/x.svg\"", "hx-get=\"", ' id="', "data-x="):  # fmt: skip
        allowed_as_text = "<" not in word and word not in tags.split(">")[0]
        assert word not in html or (allowed_as_text and f"&lt;div{word}" not in html and "&lt;" in html)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("**bold**", "<strong>bold</strong>"),
        ("$\\frac{1}{2}$", "<mfrac>"),
        ("It costs $5 or $6.", "$5 or $6"),
        ("```python\nx = 1\n```", '<span class="n">x</span>'),
        ("|a|\n|-:|\n|1|", 'style="text-align:right"'),
        ("[x](https://arxiv.org)", 'rel="noopener noreferrer nofollow"'),
        ("😀 مرحبا נ", "😀 مرحبا נ"),
        ("![d](/static/diagrams/kv.svg)", 'src="/static/diagrams/kv.svg"'),
        ("$\\notacommand{$", "formula-error"),
    ],
)
def test_friendly_text_keeps_its_meaning(text: str, part: str) -> None:
    assert part in render(text)


@pytest.mark.parametrize("text", ["[" * 20_000, "*a_" * 6_000, ">" * 20_000, "$" + "{" * 3000 + "$"])
def test_no_text_keeps_the_server_busy(text: str) -> None:
    start = time.perf_counter()
    render(text)
    assert time.perf_counter() - start < 2
