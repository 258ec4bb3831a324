"""Citations of an answer: checked, counted, missed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.assistant.cite import Cited, read_citations, renumbered


@pytest.mark.parametrize(
    ("answer", "used"),
    [
        ("Tokens are weighed by attention [1].", (1,)),
        ("Tokens are weighed by attention [1, 3].", (1, 3)),
        ("Tokens are weighed by attention [1;3].", (1, 3)),
        ("Tokens are weighed by attention [3][1].", (3, 1)),
        ("Tokens are weighed by attention. [2] So it is learned. [2]", (2,)),
        ("Attention[1] weighs the tokens.", (1,)),
    ],
)
def test_citations_are_read_in_every_way_they_are_written(
    answer: str, used: tuple[int, ...]
) -> None:
    cited = read_citations(answer, (1, 2, 3))
    assert cited == Cited(answer.replace(";", ", "), used)


def test_what_is_not_among_the_passages_goes_from_the_text_and_is_told() -> None:
    cited = read_citations("It weighs tokens by need [1, 9]. It is fast on chips [7] [7].", (1,))
    assert cited.text == "It weighs tokens by need [1]. It is fast on chips."
    assert cited.used == (1,)
    assert cited.dropped == ("[9]", "[7]")
    assert cited.uncited == ("It is fast on chips.",)


def test_statements_without_a_citation_are_named() -> None:
    answer = (
        "- It weighs all the tokens [1].\n2. It costs the square of them.\n\n"
        "Why is that so bad? Yes. Some are, e.g. Longformer and others, cheaper. For instance "
        "take these three:"
    )
    assert read_citations(answer, (1,)).uncited == (
        "It costs the square of them.",
        "Some are, e.g. Longformer and others, cheaper.",
    )


def test_saying_that_nothing_is_held_is_no_statement() -> None:
    assert read_citations("The passages do not say.", (1,)) == Cited("The passages do not say.")


def test_code_is_left_alone() -> None:
    answer = "The first one is `x[0]` of it [1].\n```py\ny = x[0]. Then some more.\n```\nDone [4]."
    cited = read_citations(answer, (1,))
    assert cited.text == answer.replace(" [4]", "")
    assert cited.dropped == ("[4]",)
    assert cited.uncited == ()
    assert read_citations("```\nx[0]", ()).text == "```\nx[0]"


def test_markup_stays_text() -> None:
    answer = '<script>alert("1")</script> is a tag of pages [1].'
    assert read_citations(answer, (1,)).text == answer


def test_used_passages_are_counted_from_one() -> None:
    cited = renumbered(read_citations("It weighs them [3]. It is learned [1, 3]: `x[3]`.", (1, 3)))
    assert cited.text == "It weighs them [1]. It is learned [2, 1]: `x[3]`."
    assert cited.used == (1, 2)


def test_a_citation_inside_another_hides_none() -> None:
    assert read_citations("It weighs [[9]7].", (1,)) == Cited("It weighs(?).", (), ("[9]", "[7]"))
    assert renumbered(read_citations("It weighs [[9]3].", (1, 3))) == Cited(
        "It weighs [1].", (1,), ("[9]",)
    )


@given(st.text(alphabet="[]`\n 0123,;.ab", max_size=40))
@settings(max_examples=500)
def test_no_answer_cites_what_it_was_not_given(answer: str) -> None:
    checked = read_citations(answer, (1, 2, 12))
    assert set(checked.used) <= {1, 2, 12}
    assert read_citations(checked.text, (1, 2, 12)).dropped == ()
    counted = renumbered(checked)
    assert counted.used == tuple(range(1, len(checked.used) + 1))
    assert read_citations(counted.text, counted.used).dropped == ()


def test_an_empty_answer_cites_nothing() -> None:
    assert read_citations(" \n", (1,)) == Cited("")
