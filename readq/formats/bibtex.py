"""A paper as a BibTeX entry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from readq.formats.document import Document, address
from readq.model.paper import Paper
from readq.model.text import clean, slug, words

# Braces go: lists write them around capitals, and one without its partner breaks the whole file.
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": "",
    "}": "",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
} | {char: f"\\{char}" for char in "%&$#_"}
_SPECIAL_CHARACTER = re.compile(r"[\\{}~^<>|%&$#_]")
# Styles put titles in lower case; what has a capital inside keeps it.
_CAPITALS = re.compile(r"\w[\w-]*[^\W\d_a-z][\w-]*")
_SMALL_WORDS = frozenset(words("a an the on of for in to towards toward from with and via is are"))
_JOURNAL = re.compile(
    r"journal|transactions|letters|magazine|review|nature|science|access|neurocomputing|neural networks"
    r"|pattern recognition|pami|ijcv|jmlr|tmlr|tnnls|tip\b|corr\b|proceedings of the ieee",
    re.IGNORECASE,
)


def write(document: Document) -> str:
    """Every paper of the document once, in its order, each under a key of its own."""
    papers = {entry.id: entry.paper for group in document.groups for entry in group.entries}
    taken: set[str] = set()
    entries = []
    for paper in papers.values():
        # Keys come from what a paper is, then from its id: a paper more leaves most as they are.
        name, number = key(paper), 1
        if name in taken:
            name = slug(paper.id) or name
        free = name
        while free in taken:
            number += 1
            free = f"{name}-{number}"
        taken.add(free)
        entries.append(entry(paper, document.address(paper) or "", name=free))
    return "\n".join(entries)


def entry(paper: Paper, url: str = "", *, name: str = "") -> str:
    """The BibTeX entry, ending in a line break; `url` if it should not be the paper's own.

    `name` takes the place of its `key`.
    """
    arxiv = paper.identifier("arxiv")
    kind, venue = _kind(paper.venue)
    lines = [f"@{kind}{{{name or key(paper)},"]
    for name, value in _fields(paper, venue, arxiv, url or address(paper)):
        lines.append(f"  {name} = {{{value}}},")
    return "\n".join([*lines, "}"]) + "\n"


def key(paper: Paper) -> str:
    """Author, year and the title's first word, `zagoruyko2017paying`, in `[a-z0-9-]`."""
    author = slug(_surname(paper.authors[0])).replace("-", "") if paper.authors else ""
    title = [word for word in slug(paper.title, limit=200).split("-") if word]
    word = next((one for one in title if one not in _SMALL_WORDS), "".join(title[:1]))
    name = f"{author}{paper.year or ''}{word}" if author or word else ""
    return name or slug(paper.id) or "paper"


def escape(text: str) -> str:
    """`text` on one line so that TeX prints it as it is and runs none of it."""
    return _SPECIAL_CHARACTER.sub(lambda match: _SPECIAL[match[0]], clean(text))


def _fields(
    paper: Paper, venue: tuple[str, str] | None, arxiv: str | None, url: str | None
) -> Iterator[tuple[str, str]]:
    if paper.authors:
        names = [_name(author) for author in paper.authors]
        yield "author", " and ".join([*filter(None, names), *(["others"] if paper.et_al else [])])
    yield "title", _title(paper.title)
    if venue:
        yield venue[0], escape(venue[1])
    if paper.year:
        yield "year", str(paper.year)
    if arxiv:
        yield "eprint", arxiv
        yield "archivePrefix", "arXiv"
    # Inside braces a DOI is taken as it stands; one that holds some itself cannot be given.
    if (doi := paper.identifier("doi")) and not re.search(r"[{}\\\s]", doi):
        yield "doi", doi
    if url:
        yield "url", url


def _kind(venue: str | None) -> tuple[str, tuple[str, str] | None]:
    if not venue or "arxiv" in words(venue):
        return "misc", ("howpublished", venue) if venue else None
    if "thesis" in words(venue):
        return "misc", ("howpublished", venue)
    if _JOURNAL.search(venue):
        return "article", ("journal", venue)
    return "inproceedings", ("booktitle", venue)


def _title(title: str) -> str:
    parts = _SPECIAL_CHARACTER.split(clean(title))
    marks = _SPECIAL_CHARACTER.findall(clean(title))
    kept = [_CAPITALS.sub(lambda match: f"{{{match[0]}}}", part) for part in parts]
    return "".join(
        part + (_SPECIAL[mark] if mark else "")
        for part, mark in zip(kept, [*marks, ""], strict=True)
    )


def _name(author: str) -> str:
    name = escape(author)
    # " and " separates names, and a third comma means nothing to BibTeX: such a name stays whole.
    if re.search(r"\band\b", name, re.IGNORECASE) or name.count(",") > 2:
        return f"{{{name}}}"
    return name.strip(", ")


def _surname(author: str) -> str:
    last, comma, _ = author.partition(",")
    return last if comma else " ".join(author.split()[-1:])
