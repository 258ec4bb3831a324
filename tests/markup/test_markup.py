"""What friendly text comes out as."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.markup import plain, render

from .reading import attributes_of, tags

REL = {"noopener", "noreferrer", "nofollow"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", ""),
        ("plain", "<p>plain</p>\n"),
        ("**bold** and *slanted*", "<p><strong>bold</strong> and <em>slanted</em></p>\n"),
        ("~~gone~~", "<p><s>gone</s></p>\n"),
        ("`a < b`", "<p><code>a &lt; b</code></p>\n"),
        ("## Why", "<h2>Why</h2>\n"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n'),
        ("a  \nb", "<p>a<br>\nb</p>\n"),
        ("---", "<hr>\n"),
        ("a\r\nb", "<p>a\nb</p>\n"),
        (r"\*not slanted\*", "<p>*not slanted*</p>\n"),
    ],
)
def test_markdown_becomes_html(source: str, expected: str) -> None:
    assert render(source) == expected


def test_table_keeps_the_alignment_of_its_columns() -> None:
    rendered = render("|a|b|c|d|\n|:--|:-:|--:|---|\n|1|2|3|4|\n")
    for tag in ("th", "td"):
        styles = [attributes.get("style") for attributes in attributes_of(rendered, tag)]
        assert styles == ["text-align:left", "text-align:center", "text-align:right", None]


def test_code_is_coloured_by_classes() -> None:
    rendered = render("```python\ndef f():\n    return 1  # one\n```")
    assert '<span class="k">def</span>' in rendered
    assert '<span class="nf">f</span>' in rendered
    assert '<span class="mi">1</span>' in rendered
    assert '<span class="c1"># one</span>' in rendered
    assert "style=" not in rendered


@pytest.mark.parametrize("language", ["python", "json", "bash", "sql", "cpp", "nosuch", ""])
def test_code_keeps_every_character(language: str) -> None:
    code = "if a < b && c > \"d\":\n\treturn 'é 😀 שלום'\n"
    rendered = render(f"```{language}\n{code}```")
    assert html.unescape(re.sub(r"<[^>]*>", "", rendered)).strip() == code.strip()
    assert tags(rendered) >= {"pre", "code"}


def test_code_of_an_unknown_language_is_escaped_and_not_coloured() -> None:
    assert render("```nosuch\n<b>\n```") == "<pre><code>&lt;b&gt;\n</code></pre>\n"


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("$x^2$", "<math><msup><mi>x</mi><mn>2</mn></msup></math>"),
        (r"$\frac{a}{b}$", "<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>"),
        (r"$\sqrt{x}$", "<msqrt><mi>x</mi></msqrt>"),
        (r"$\mathbb{R}$", "<mi>ℝ</mi>"),
        (r"$a < b$", "&lt;"),
        ("$$x$$", '<math display="block"><mi>x</mi></math>'),
        ("$$\nx\n$$", '<math display="block"><mi>x</mi></math>'),
    ],
)
def test_formula_becomes_mathml(formula: str, expected: str) -> None:
    assert expected in render(formula)


@pytest.mark.parametrize(
    "formula",
    [
        r"\mathrm{softmax}(z)_i = \frac{e^{z_i}}{\sum_j e^{z_j}}",
        r"\text{Attention}(Q, K, V) = \mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V",
        r"\mathcal{L} = -\mathbb{E}_{(x, y_w, y_l)}\left[\log \sigma(\beta \Delta)\right]",
        r"\begin{pmatrix} \cos\theta & -\sin\theta \\ \sin\theta & \cos\theta \end{pmatrix}",
        r"\hat{y} = \arg\max_{y \in Y} P(y \mid x)",
    ],
)
def test_formulas_of_the_trade_can_be_read(formula: str) -> None:
    rendered = render(f"$${formula}$$")
    assert "math" in tags(rendered)
    assert "formula-error" not in rendered


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 and $10 today.",
        "from $5 to $6",
        "$100",
        "$1,000 or $2,000",
        "US$5 and A$6",
        "$ x $",
        "5$ and 6$",
    ],
)
def test_dollars_that_are_prices_stay_text(text: str) -> None:
    assert render(text) == f"<p>{text}</p>\n"


def test_dollars_that_are_escaped_or_code_stay_text() -> None:
    assert render(r"\$x\$") == "<p>$x$</p>\n"
    assert render("`$x$`") == "<p><code>$x$</code></p>\n"


@pytest.mark.parametrize(
    "text",
    [
        "😀 👍🏽 👩‍🚀 🏳️‍🌈 🇩🇪",
        "שלום עולם",
        "مرحبا بالعالم ‏(GPT)‏",
        "\u2067שלום\u2069 and \u202babc\u202c",
        "e\u0301 and é stay two spellings",
        "日本語 한국어 ไทย",
        "a\u00a0b\u2009c\u200bd",
        "\U0001d400 \U0010fffd",
    ],
)
def test_emoji_and_right_to_left_text_are_kept_byte_for_byte(text: str) -> None:
    kept = render(text).replace("&nbsp;", "\u00a0")
    assert kept.encode() == f"<p>{text}</p>\n".encode()


@given(
    st.text(
        st.characters(categories=["L", "M", "N", "So"]),
        min_size=1,
        max_size=40,
    )
)
def test_letters_and_symbols_of_any_script_are_kept(text: str) -> None:
    assert render(f"x{text}x") == f"<p>x{text}x</p>\n"


@pytest.mark.parametrize(
    ("source", "href"),
    [
        ("[paper](https://arxiv.org/abs/1706.03762)", "https://arxiv.org/abs/1706.03762"),
        ('[paper](https://a.example "title")', "https://a.example"),
        ("[plain](http://a.example/?a=1&b=2)", "http://a.example/?a=1&b=2"),
        ("[post](mailto:a@example.org)", "mailto:a@example.org"),
        ("[here](/library/)", "/library/"),
        ("<https://a.example>", "https://a.example"),
        ("[ref]\n\n[ref]: https://a.example", "https://a.example"),
    ],
)
def test_link_is_kept_and_gets_its_rel(source: str, href: str) -> None:
    (attributes,) = attributes_of(render(source), "a")
    assert attributes["href"] == href
    assert set(attributes["rel"].split()) == REL


def test_own_diagram_is_shown() -> None:
    rendered = render('![A diagram](/static/diagrams/attention/kv-cache.svg "Cache")')
    assert attributes_of(rendered, "img") == [
        {"src": "/static/diagrams/attention/kv-cache.svg", "alt": "A diagram", "title": "Cache"}
    ]


def test_same_text_always_gives_the_same_html() -> None:
    source = "# a\n\n$x$ [b](/c)\n\n```python\nd\n```"
    assert render(source) == render(source)


def test_a_title_in_an_answer_stands_below_the_question() -> None:
    assert render("# Title").strip() == "<h2>Title</h2>"


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("", []),
        ("One.\n\n## Why\n\nTwo *three*.", [("", "One."), ("Why", "Two three.")]),
        ("- one\n- two", [("", "one"), ("", "two")]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", [("", "a · b\n1 · 2")]),
        ("| | b |\n|---|---|\n| 1 | |", [("", "b\n1 · ")]),
        ("So:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nOn.", [("", "So:\na · b\n1 · 2"), ("", "On.")]),
        ("So.\n\n```python\nif a:\n    b\n```", [("", "So."), ("", "if a:\nb")]),
        ("So:\n\n$$\nx = y\n$$", [("", "So:\nx = y")]),
        ("So:\n\n## Why\n\n    code", [("", "So:"), ("Why", "code")]),
        ("So:\n\n- one", [("", "So:"), ("", "one")]),
    ],
)
def test_what_is_set_out_belongs_to_the_words_that_announce_it(
    source: str, blocks: list[tuple[str, str]]
) -> None:
    assert plain(source) == blocks
