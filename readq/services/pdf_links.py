"""From what a list says of a paper to the one address to open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from readq.model.identifiers import Identifier
from readq.model.listing import Link
from readq.model.text import clean, normal_title, words
from readq.model.urls import gated_or_none
from readq.services import sites

SEARCH_URL = "https://scholar.google.com/scholar?q={query}"
"""Where a paper without any address is looked for; `{query}` stands for its title."""


@dataclass(frozen=True, slots=True)
class Target:
    """One address to open."""

    url: str
    kind: Literal["pdf", "page", "search"]


def pdf_url(url: str) -> str | None:
    """The PDF that `url` is, or that follows from it; None when none follows, and for supplements."""
    return _safe(sites.spot(url).pdf)


def page_url(url: str) -> str | None:
    """The abstract's page that `url` is, or that follows from it."""
    return _safe(sites.spot(url).page)


def home_url(identifiers: Iterable[Identifier]) -> str | None:
    """The page of the paper that `identifiers` name: the first one that leads somewhere."""
    return next(_homes(identifiers), None)


def search_target(title: str, search_url: str = SEARCH_URL) -> Target:
    """A web search for `title`; without `{query}` in it, `search_url` is what the words follow."""
    query = quote(clean(title, limit=300), safe="")
    while len(query) > 1200:
        query = query[: query.rindex("%")]
    pattern = search_url if "{query}" in search_url else search_url + "{query}"
    return Target(
        _safe(pattern.replace("{query}", query)) or SEARCH_URL.replace("{query}", query), "search"
    )


def best_target(
    links: Sequence[Link],
    identifiers: Sequence[Identifier],
    title: str,
    *,
    page: bool = False,
    search_url: str = SEARCH_URL,
) -> Target:
    """What to open for a paper: its PDF, else its page, else a web search for its title.

    PDFs come in this order: a link that is one or leads to one, an identifier that leads to one,
    then those behind a login. With `page`, the abstract comes first and a PDF only where no page
    is known. Supplements, code, videos, slides and data never count.
    """
    own = [link.url for link in links if not _is_beside(link, title)]
    find = _pages if page else _pdfs
    fall_back = _pdfs if page else _pages
    for target in (*find(own, identifiers), *fall_back(own, identifiers)):
        if safe := _safe(target.url):
            return Target(safe, target.kind)
    return search_target(title, search_url)


def _pdfs(urls: Sequence[str], identifiers: Sequence[Identifier]) -> Iterator[Target]:
    linked = [sites.spot(url) for url in urls]
    named = [sites.spot(url) for url in _homes(identifiers)]
    for login in (False, True):
        for spot in (*linked, *named):
            if spot.pdf and spot.login == login:
                yield Target(spot.pdf, "pdf")


def _pages(urls: Sequence[str], identifiers: Sequence[Identifier]) -> Iterator[Target]:
    spots = [(url, sites.spot(url)) for url in urls]
    for _, spot in spots:
        if spot.page:
            yield Target(spot.page, "page")
    for url in _homes(identifiers):
        yield Target(url, "page")
    for url, spot in spots:
        if not spot.pdf:
            yield Target(url, "page")


def _homes(identifiers: Iterable[Identifier]) -> Iterator[str]:
    for identifier in identifiers:
        if url := _safe(sites.home(identifier)):
            yield url


_NEVER = frozenset(
    words(
        "supp suppl supplement supplemental supplementary supplementaries appendix slide slides "
        "poster video videos youtube talk presentation bib bibtex bibtext citation cite tweet"
    )
)
_ONLY_WITHOUT_PAPER = frozenset(
    words(
        "code codes github gitlab repo repository implementation official pytorch torch torchnet "
        "tensorflow tf keras jax theano caffe mxnet paddle mmdet matlab dataset datasets data "
        "model models weights checkpoint checkpoints demo colab notebook leaderboard benchmark "
        "blog post review reviews note notes"
    )
)
_PAPER = frozenset(words("paper papers arxiv preprint article abstract abs openreview cvf acl"))


def _is_beside(link: Link, title: str) -> bool:
    """Whether a link goes to something that is not the paper: by its address or by its label."""
    if sites.spot(link.url).beside:
        return True
    label = words(link.label)
    # Longer labels are titles, and so is a part of the paper's own.
    if len(label) > 4 or (len(label) > 1 and " ".join(label) in normal_title(title)):
        return False
    bare = {word.rstrip("0123456789") for word in label}
    if bare & _NEVER:
        return True
    return bool(bare & _ONLY_WITHOUT_PAPER) and not bare & _PAPER


def _safe(url: str | None) -> str | None:
    return gated_or_none(url) if url else None
