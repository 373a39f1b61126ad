from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readq.model.text import clean, clean_block, normal_title, slug, words

ESC = "\x1b"
HOSTILE = [
    (f"{ESC}]0;pwned\x07Adam", "Adam"),
    (f"{ESC}]0;pwned{ESC}\\Adam", "Adam"),
    (f"{ESC}]52;c;cm0gLXJm\x07Adam", "Adam"),
    (f"{ESC}]52;c;cm0gLXJm{ESC}\\Adam", "Adam"),
    (f"{ESC}]8;;http://evil.example{ESC}\\Adam{ESC}]8;;{ESC}\\", "Adam"),
    (f"Adam{ESC}]0;never ended", "Adam"),
    (f"Adam{ESC}]0;never ended{ESC}[31m, again", "Adam, again"),
    (f"{ESC}[31mAdam{ESC}[0m", "Adam"),
    (f"{ESC}[6nAdam", "Adam"),
    (f"{ESC}[?1049hAdam", "Adam"),
    (f"{ESC}[38:2::1:2:3mAdam", "Adam"),
    (f"{ESC}[<0;1;1MAdam", "Adam"),
    (f"Adam{ESC}[", "Adam"),
    (f"{ESC}cAdam", "Adam"),
    (f"{ESC}(0Adam", "Adam"),
    (f"{ESC}7Adam{ESC}", "Adam"),
    (f"{ESC}Pq#0;2;0;0;0#0~~{ESC}\\Adam", "Adam"),
    (f"{ESC}_Gf=24;AAAA{ESC}\\Adam", "Adam"),
    (f"{ESC}^private{ESC}\\Adam", "Adam"),
    (f"{ESC}Xstring{ESC}\\Adam", "Adam"),
    ("\x9b31mAdam", "Adam"),
    ("\x9d0;pwned\x9cAdam", "Adam"),
    ("\x9d0;pwned\x07Adam", "Adam"),
    ("\x90q~\x9cAdam", "Adam"),
    ("A\x00d\x01a\x08m\x7f", "Adam"),
    ("A\x84d\x9aam", "Adam"),
    ("\u202eAdam\u202c", "Adam"),
    ("\u2066Adam\u2069\u200f", "Adam"),
    ("A\u200bd\u2060a\ufeffm\u00ad", "Adam"),
    ("Adam\U000e0041\U000e0042", "Adam"),
    ("Adam\ud800", "Adam"),
    ("A\r\nd\tam", "A d am"),
    ("A\u2028d\x85a\x0bm", "A d a m"),
]
MARKUP = [
    "[Re] Adam",
    "A [/b] study [/nope]",
    "[/]",
    "[CLS] is all you need",
    "Learning [MASK] tokens",
    "ViT[s]",
    "A[i] = B[j]",
    "[@click=app.quit]x[/]",
    "[link=https://evil.example]x[/link]",
    "\\[not escaped]",
    "$title {braces} %s",
]


@pytest.mark.parametrize(("text", "plain"), HOSTILE)
def test_what_a_terminal_would_obey_is_gone_and_the_words_stay(text: str, plain: str) -> None:
    assert clean(text) == plain


@pytest.mark.parametrize("text", MARKUP)
def test_brackets_are_text_and_stay(text: str) -> None:
    assert clean(text) == text


@given(
    st.text(
        alphabet=st.characters() | st.sampled_from("\x1b[]\\\x07\x9b\x9c\u200d\u202e;m0"),
        max_size=60,
    )
)
@example("\x1b\x1b]0;x\x07[31m")
@example("a\u200d\u200d\u0628")
@example("\u212a\u200d\u0628")
def test_cleaning_leaves_no_control_and_is_done_at_once(text: str) -> None:
    cleaned = clean(text)
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in cleaned)
    assert not set(cleaned) & {
        *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f"
    }
    assert not re.search(r"[^\S ]|  |^ | $", cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert clean(cleaned) == cleaned


def test_joiners_stay_where_a_script_joins_and_go_elsewhere() -> None:
    assert clean("می\u200cخواهم") == "می\u200cخواهم"
    assert clean("क\u094d\u200dष") == "क\u094d\u200dष"
    assert clean("A\u200dd\u200cam") == "Adam"


def test_what_is_too_long_ends_in_an_ellipsis() -> None:
    assert clean("word " * 1000, limit=12) == "word word w…"
    assert clean("x" * 12, limit=12) == "x" * 12


@pytest.mark.parametrize(
    "piece",
    [
        "\x1b",
        "\x1b]",
        "\x1b[",
        "\x9d",
        "[",
        "\x1b[1;",
        "\u200d",
        "\u0628\u200d",
        "e\u0301",
        " \t",
        "\x00",
    ],
)
def test_a_hostile_megabyte_does_not_hang(piece: str) -> None:
    # Quadratic work on a megabyte would take hours.
    block = clean_block(piece * (1_000_000 // len(piece)))
    assert "\x1b" not in block
    assert len(clean(piece * 1_000_000)) <= 2000
    assert len(words(block)) <= 500_000


def test_a_block_keeps_its_lines_and_indentation() -> None:
    text = "# Title\r\n\r\n    code \x1b[31mred\x1b[0m\n\ttab\x0cfeed\u2028line\x85next"
    assert clean_block(text) == "# Title\n\n    code red\n\ttab feed line next"


@given(st.text(max_size=80))
def test_a_block_has_as_many_lines_for_every_way_to_count_them(text: str) -> None:
    block = clean_block(text)
    assert len((block + "|").splitlines()) == block.count("\n") + 1


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Data-Free Distillation", "data free distillation"),
        ("Distilling the Knowledge.", "Distilling  the Knowledge"),
        ("Moonshine: Distilling", "Moonshine:Distilling"),
        ("Café Ångström", "Cafe\u0301 A\u030angstro\u0308m"),
        ("Ｗｉｄｅ ﬁt", "wide fit"),
        ("\U0001d400dam ℌat", "adam hat"),
        ("STRASSE", "Straße"),
        ("Data\u2011Free—Now", "data free now"),
        ("“Why?” Trust", '"Why" - trust!'),
    ],
)
def test_titles_that_differ_in_case_marks_and_punctuation_are_equal(one: str, two: str) -> None:
    assert normal_title(one) == normal_title(two)


def test_titles_in_other_scripts_keep_their_words() -> None:
    assert normal_title("知识蒸馏综述") == "知识蒸馏综述"
    assert words("Обучение с Учителем") == ["обучение", "с", "учителем"]
    assert normal_title("?!…") == ""


@given(st.text(max_size=60))
def test_a_normal_title_is_its_own_normal_title(title: str) -> None:
    assert normal_title(normal_title(title)) == normal_title(title)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Born-Again Neural Networks", "born-again-neural-networks"),
        ("Data\u2011Free—Now", "data-free-now"),
        ("Être ou ne pas être?", "etre-ou-ne-pas-etre"),
        ("../../etc/passwd", "etc-passwd"),
        ("知识蒸馏", ""),
        ("", ""),
    ],
)
def test_slugs_are_made_of_plain_words(text: str, name: str) -> None:
    assert slug(text) == name


@given(st.text(max_size=200), st.integers(min_value=1, max_value=80))
def test_a_slug_is_short_and_plain_whatever_it_is_made_of(text: str, limit: int) -> None:
    name = slug(text, limit=limit)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", name)
    assert len(name) <= limit


def test_a_slug_is_cut_between_words() -> None:
    assert slug("knowledge distillation for detection", limit=24) == "knowledge-distillation"
    assert slug("x" * 100, limit=10) == "x" * 10
