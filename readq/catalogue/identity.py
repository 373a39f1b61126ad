"""What a listing calls its paper: the names that say which work is meant.

A name is an identifier that stands for the paper itself, or its title. Repositories, supplements,
talks and slides never name a paper, whatever the list calls the link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from readq.model import identifiers as schemes
from readq.model.identifiers import Identifier
from readq.model.listing import Listing
from readq.model.text import normal_title, words

# A link that is labelled so belongs to the paper, but its target is something else.
_BESIDE = re.compile(
    r"\b(?:supp|suppl|supplement\w*|appendix|code|codes|github|repo\w*|video\w*|talk|slides?|poster"
    r"|blog|data|datasets?|demo|project|website|homepage|notes?|review|related|follow\w*)\b"
)
_CUT = re.compile(r"\s*:\s*(?=\D)|\s+[-–—]+\s+|\s*[–—]\s*|(?<=[?!])\s+|\.\s+(?=[A-Z])")

_PLUS = re.compile(r"(?<=\w)(?:\+\++|\+(?=:|$))")
_PART_WORDS = 3
"""A part of a title shorter than this is no name of its own ("Deep learning: …")."""


def title_words(title: str) -> list[str]:
    """The words of `title` as titles are compared by: a name with "++" is another name."""
    if "+" in title:
        title = _PLUS.sub(lambda match: "plus" * len(match[0]), title)
    return words(title)


def title_key(title: str) -> str:
    """The form in which two titles are equal: words without the blanks between them.

    Lists glue and split words ("Data-Free", "DataFree"). Never empty for a title that has any
    character that is not white space.
    """
    return "".join(title_words(title)) or "".join(title.casefold().split())


def parts(title: str) -> Iterator[str]:
    """The names that `title` goes by when it is cut: without its subtitle, without its nickname.

    "FitNets: Hints for Thin Deep Nets" may be listed as "Hints for Thin Deep Nets", and
    "Improved Distillation via Assistants: Bridging the Gap" without the gap. A part has three
    words at least; a head that long is a name, behind a shorter one (a nickname) the tail is.
    """
    for cut in _CUT.finditer(title):
        head, tail = title[: cut.start()], title[cut.end() :]
        if len(head.split()) >= _PART_WORDS:
            yield head
        elif len(title_words(tail)) >= _PART_WORDS:
            yield tail


def identifiers(listing: Listing) -> tuple[Identifier, ...]:
    """The identifiers that `listing` gives to its paper, the arXiv id first, one of each scheme.

    A second id of one scheme is as a rule that of another paper, mentioned beside.
    """
    found: dict[str, Identifier] = {}
    for text in (listing.arxiv_id, listing.doi):
        if text and (one := schemes.parse(text)):
            found.setdefault(one.scheme, one)
    for link in listing.links:
        if _BESIDE.search(link.label):
            continue
        if one := schemes.of_url(link.url):
            found.setdefault(one.scheme, one)
    return tuple(found.values())


def title_identity(title: str) -> str:
    """The identity `title:…` that a title is found again by."""
    return f"title:{normal_title(title) or title_key(title)}"


def part_identities(title: str) -> Iterator[str]:
    """The identities `part:…` of a title: weaker names, see `parts`."""
    for part in parts(title):
        yield f"part:{normal_title(part)}"


_SCHEME = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)


def url_key(url: str) -> str:
    """The form in which two URLs are one: scheme, `www.` and a slash at the end do not count."""
    bare = _SCHEME.sub("", url.strip())
    host, slash, rest = bare.partition("/")
    return f"{host.lower()}{slash}{rest}".rstrip("/")
