"""Bytes of any encoding become text; what is no text is refused with one clear line."""

from __future__ import annotations

import pytest

from readq.errors import ListError
from readq.lists.blocks.load import decode, mend
from readq.lists.read import read

CHINESE = "论文列表：深度学习的最新进展，包括目标检测与图像分割。\n" * 3
JAPANESE = "論文リスト：深層学習に関する最新の研究をまとめています。\n" * 3


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"]
)
def test_unicode_is_decoded_with_and_without_its_mark(encoding: str) -> None:
    assert (
        decode("# Café\n- Attention, plainly\n".encode(encoding))
        == "# Café\n- Attention, plainly\n"
    )


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("gb18030", CHINESE), ("shift_jis", JAPANESE), ("latin-1", "Müller, Hervé, Señor\n")],
)
def test_older_encodings_are_told(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_page_says_its_encoding() -> None:
    page = '<html><head><meta charset="iso-8859-2"></head><body>Łukasz</body></html>'
    assert "Łukasz" in decode(page.encode("iso-8859-2"))


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n...",
        b"PK\x03\x04rest",
        b"\x89PNG\r\n",
        b"\x1f\x8b\x08",
        bytes(range(256)) * 50 + b"\x00" * 900,
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(ListError) as caught:
        read(data, source="paper.pdf")
    assert str(caught.value).startswith("paper.pdf is ")
    assert "\n" not in str(caught.value)


def test_a_few_zero_bytes_do_no_harm() -> None:
    source = "# L\n\n- [A paper\x00 on things](https://arxiv.org/abs/1503.02531) CVPR 2020\n"
    (entry,) = read(source.encode()).entries
    assert entry.title == "A paper on things"


def test_mojibake_is_mended_line_by_line() -> None:
    assert mend("Müller\nMÃ¼ller\n") == "Müller\nMüller\n"
    assert mend("plain ascii") == "plain ascii"


def test_windows_line_ends_change_nothing() -> None:
    source = "# L\n\n- [A paper on things](https://arxiv.org/abs/1503.02531), Ann Lee. CVPR 2020\n"
    assert read(source.encode()) == read(source.replace("\n", "\r\n").encode())


def test_an_empty_list_is_empty() -> None:
    for data in (b"", b"\n\n", b"\xef\xbb\xbf", b"---\n---\n"):
        assert read(data).entries == ()
