"""Markdown in, safe HTML out: the only place in the project where HTML is made from text.

Raw HTML is off, code is coloured by classes, formulas become MathML, and an allow-list has
the last word. The result never holds an id, a name, a script or a fetch from elsewhere.
"""

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from math_core import LatexError, LatexToMathML
from mdit_py_plugins.dollarmath import dollarmath_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

COLOURED_LANGUAGES = {"bash", "c", "cpp", "json", "python", "rust", "sql", "toml", "yaml"}
LONGEST_COLOURED = 4000  # characters; some lexers take quadratic time
LONGEST_FORMULA = 2000  # characters
DEEPEST_FORMULA = 40  # parts inside parts; measured: from 50 on, a thread of 128 KiB overflows

_TEXT_TAGS = {
    "a", "blockquote", "br", "code", "del", "div", "em", "h2", "h3", "h4", "h5", "h6", "hr",
    "img", "li", "ol", "p", "pre", "s", "span", "strong", "table", "tbody", "td", "th",
    "thead", "tr", "ul",
}  # fmt: skip
_MATH_TAGS = {
    "math", "menclose", "merror", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded",
    "mphantom", "mprescripts", "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub",
    "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover",
}  # fmt: skip
_MATH_ATTRIBUTES = {
    "accent", "accentunder", "columnalign", "display", "displaystyle", "fence", "form", "height",
    "largeop", "linethickness", "lspace", "mathvariant", "maxsize", "minsize", "movablelimits",
    "rspace", "scriptlevel", "separator", "stretchy", "symmetric", "width", "depth", "voffset",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "span": {"class"},
    "div": {"class"},
    "code": {"class"},
    "pre": {"class"},
    "td": {"style"},
    "th": {"style"},
} | dict.fromkeys(_MATH_TAGS, _MATH_ATTRIBUTES)
_OWN_IMAGE = re.compile(r"/static/diagrams/[\w./-]+\.svg")
_LINK = re.compile(r"https?://|mailto:|[^:]*$|[^:]*[/?#]", re.IGNORECASE)
_CELL_STYLE = re.compile(r"text-align: ?(left|center|right);?")
_LATEX = re.compile(
    r"(\\(?:begin|left)\b|\{)|(\\(?:end|right)\b|\})|(\\[a-zA-Z]+|[_^])|(\\.|[^\s\\])"
)
_CODE_CLASS = re.compile(
    r"(highlight|math block|math inline|formula-error|[a-z]{1,3}\d?)( [a-z]{1,3}\d?)*"
)


def render(text: str) -> str:
    """Return `text`, in Markdown, as HTML that is safe to show to anybody."""
    tokens = _parser().parse(text)
    for token in tokens:
        if token.tag == "h1":  # a page has one title, and it is the question
            token.tag = "h2"
    cleaned: str = nh3.clean(
        _parser().renderer.render(tokens, _parser().options, {}),
        tags=_TEXT_TAGS | _MATH_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_keep_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return cleaned


def plain(text: str) -> list[tuple[str, str]]:
    """Return the blocks of `text` without markup, each after the heading that it stands under.

    A table is one block, a line for each row. It, code and a formula belong to a block before
    them that ends in a colon.
    """
    heading, blocks = "", [("", "")]
    for kind, words in _blocks_of(_parser().parse(text)):
        announced, before = blocks[-1]
        if kind == "heading":
            heading = words
        elif kind == "set out" and announced == heading and before.endswith(":"):
            blocks[-1] = (heading, f"{before}\n{words}")
        else:
            blocks.append((heading, words))
    return [(heading, words) for heading, words in blocks if words]


def _blocks_of(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """Each block's words, after what it is: heading, text, or set out by itself."""
    rows: list[list[str]] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "tr_open":
            rows.append([])
        elif rows and token.type == "inline":
            rows[-1].append(_words_of(token))
        elif token.type == "table_close":
            yield "set out", "\n".join(" · ".join(cells).lstrip(" ·") for cells in rows)
            rows = []
        elif token.type == "inline":
            is_heading = before and before.type == "heading_open"
            yield "heading" if is_heading else "text", _words_of(token)
        elif token.type in {"fence", "code_block", "math_block"}:
            yield "set out", _words_of(token)


def _words_of(token: Token) -> str:
    if token.children is None:
        lines = (" ".join(line.split()) for line in token.content.splitlines())
        return "\n".join(line for line in lines if line)
    parts = [
        " " if child.type.endswith("break") else child.content
        for child in token.children
        if child.type != "html_inline"
    ]
    return " ".join("".join(parts).split())


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return value if _CODE_CLASS.fullmatch(value) else None
    if name == "href":
        return value if _LINK.match(value) else None
    if name == "style":
        return value if _CELL_STYLE.fullmatch(value) else None
    if tag == "img" and name == "src":
        return value if _OWN_IMAGE.fullmatch(value) and ".." not in value else None
    return value


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "highlight": _coloured})
    parser.enable(["table", "strikethrough"])
    parser.use(
        dollarmath_plugin,
        allow_labels=False,
        allow_space=False,
        allow_digits=False,
        renderer=_formula,
    )
    return parser


def _coloured(code: str, language: str, _attributes: str) -> str:
    if language not in COLOURED_LANGUAGES or len(code) > LONGEST_COLOURED:
        return ""  # the parser then escapes the code itself
    lexer = get_lexer_by_name(language)
    inner: str = highlight(code, lexer, HtmlFormatter(nowrap=True))
    return f'<pre class="highlight"><code>{inner}</code></pre>'


def _formula(latex: str, options: dict[str, Any]) -> str:
    shown_large = bool(options.get("display_mode"))
    if len(latex) <= LONGEST_FORMULA and _depth(latex) <= DEEPEST_FORMULA:
        try:
            return str(
                LatexToMathML().convert_with_local_state(latex.strip(), displaystyle=shown_large)
            )
        except LatexError:
            pass
    return f'<span class="formula-error">{html.escape(latex)}</span>'


def _depth(latex: str) -> int:
    """How deep a formula nests at most; rather too much than too little.

    Braces are counted, and so are commands that follow each other with at most one character
    between, because each may take the next as its argument: `\\sqrt\\sqrt x`, `\\frac1\\frac1 x`.
    """
    deepest = outer = chain = plain = 0
    opened: list[int] = []
    for opens, closes, command, _character in _LATEX.findall(latex):
        plain = 0 if opens or closes or command else plain + 1
        if opens:
            opened.append(chain + 1)
            outer, chain = outer + chain + 1, 0
        elif closes:
            chain = opened.pop() - 1 if opened else 0
            outer = sum(opened)
        elif command:
            chain += 1
        elif plain > 1:
            chain = 0
        deepest = max(deepest, outer + chain)
    return deepest
