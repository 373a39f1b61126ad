"""Papers, resources, prose: what an entry is, judged by its fields and by its neighbours.

What a listing shows of itself decides first: a paper's address, an id, a venue, authors with a year
speak for a paper; a video, a repository or a course alone speaks against. Where it shows nothing,
it is what most of its section is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

from readq.lists.blocks.model import Style
from readq.lists.entries.build import identifier
from readq.lists.entries.records import Record
from readq.lists.entries.shapes import plain
from readq.lists.fields.vocabulary import CONTENTS, NEWS, RESOURCE_WORDS, heads_resources
from readq.model.listing import Listing

Verdict = Literal["paper", "resource", "prose", "nothing"]

_PAPER_HOSTS_TEXT = """
arxiv.org openreview.net aclweb.org aclanthology.org thecvf.com nips.cc neurips.cc mlr.press
jmlr.org ecva.net ieee.org acm.org springer.com sciencedirect.com elsevier.com wiley.com
tandfonline.com sagepub.com oup.com nature.com science.org sciencemag.org pnas.org cell.com
mdpi.com frontiersin.org plos.org biorxiv.org medrxiv.org techrxiv.org ssrn.com hal.science
archives-ouvertes.fr inria.fr semanticscholar.org researchgate.net  usenix.org
isca-speech.org aaai.org ijcai.org bmva.org jstor.org osti.gov eprint.iacr.org
citeseerx.ist.psu.edu citeseer.ist.psu.edu dblp.org paperswithcode.com
spiedigitallibrary.org royalsocietypublishing.org projecteuclid.org cambridge.org
academic.oup.com ncbi.nlm.nih.gov deepai.org scholar.google.com mitpressjournals.org
direct.mit.edu vldb.org kdd.org interspeech2020.org iospress.com emerald.com aps.org iop.org
siam.org europepmc.org alphaxiv.org bmvc2022.org proceedings.com dagstuhl.de ceur-ws.org
lrec-conf.org robotics.sciencemag.org roboticsproceedings.org
"""
_PAPER_HOSTS = tuple(_PAPER_HOSTS_TEXT.split())
_RESOURCE_HOSTS_TEXT = """
videolectures.net techtalks.tv ted.com amazon.com amzn.to deeplearning.ai
github.com gitlab.com bitbucket.org youtube.com youtu.be bilibili.com vimeo.com medium.com
twitter.com x.com kaggle.com colab.research.google.com wikipedia.org slideshare.net
coursera.org udacity.com udemy.com edx.org zhihu.com reddit.com towardsdatascience.com
substack.com wordpress.com blogspot.com pypi.org readthedocs.io huggingface.co discord.gg
discord.com slack.com linkedin.com facebook.com t.me docs.google.com drive.google.com
distill.pub techcrunch.com csdn.net jianshu.com meetup.com amazon.com
"""
_RESOURCE_HOSTS = tuple(_RESOURCE_HOSTS_TEXT.split())
_RESOURCE_VENUES = re.compile(
    r"(?i)^\W*(?:blog(?:\s*post)?|website|web|video|youtube|code|github|tool|course|talk|slides|tutorial|news|twitter|tweet|podcast|dataset|博客)\W*$"
)
_PAPER_LABELS_TEXT = """
paper papers pdf arxiv abs abstract openreview cvf ieee acm springer ecva pmlr doi 论文 arxive
preprint html
"""
_PAPER_LABELS = frozenset(_PAPER_LABELS_TEXT.split())
_RESOURCE_LABELS_TEXT = """
website video videos page slides talk talks blog post course tutorial lecture jupyter
notebook colab podcast youtube web site homepage link code github demo repo
"""
_RESOURCE_LABELS = frozenset(_RESOURCE_LABELS_TEXT.split())
_SENTENCE_WORDS = re.compile(
    r"(?i)\b(?:we|this|these|you|your|please|is|are|was|were|has|have|will|our|i|they|contains?|welcome|should|feel|see|if)\b"
)


_CITATION_FILE = re.compile(r"(?i)bib(?!lio)|cite(?!seer)|citation(?!\.cfm)|\.txt$")


@lru_cache(maxsize=4096)
def is_paper_url(url: str) -> bool:
    """Whether `url` is where papers are published or a document."""
    if identifier(url) is not None:
        return True
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    if re.search(r"(?i)\.(?:pdf|ps|ps\.gz|djvu)$", parts.path):
        return True
    return len(parts.path) > 6 and _is_among(host, _PAPER_HOSTS)


@lru_cache(maxsize=1024)
def _is_among(host: str, known: tuple[str, ...]) -> bool:
    """Whether `host` is, or is below, one of those `known`."""
    return any(host == one or host.endswith("." + one) for one in known)


def is_resource_url(url: str) -> bool:
    """Whether `url` is where code, videos, posts and courses are."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    if re.search(r"(?i)\.pdf$", parts.path):
        return False
    if re.search(r"(?:^|[./])blogs?[./]|/blogs?/|/posts?/|(?:^|\.)news\.", host + parts.path):
        return True
    return _is_among(host, _RESOURCE_HOSTS)


@lru_cache(maxsize=1024)
def _is_news(section: tuple[str, ...]) -> bool:
    return any(map(NEWS.match, section))


@lru_cache(maxsize=1024)
def _is_contents(section: tuple[str, ...]) -> bool:
    return any(map(CONTENTS.match, section))


def _is_headline(words: Sequence[str]) -> bool:
    """Whether words are capitalised as titles are, all along."""
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return len(words) >= 4 and len(long) >= 2 and all(word[0].isupper() for word in long)


_VENUE_NAME = re.compile(
    r"(?i)(?:[\w&/-]+\s+){0,4}?(?:conference|symposium|workshop|journal|transactions?)\s+(?:on|of)\s+(?:[\w&/,-]+(?:\s+|$)){1,9}(?:\([A-Z-]+\))?$"
)
"""What a conference or a journal is called: listed alone, it is itself the thing."""


def evidence(record: Record, entry: Listing) -> float:
    """How much the listing itself says that it is a paper: above 1 yes, below -1 no."""
    score = 0.0
    urls = [link.url for link in entry.links if not _CITATION_FILE.search(link.url)]
    strong = bool(entry.arxiv_id or entry.doi or any(map(is_paper_url, urls)))
    if strong:
        score += 2.5
    labels = {word for link in entry.links for word in link.label.split()}
    if labels & _PAPER_LABELS:
        score += 1.5
    if entry.venue:
        strong = strong or not _RESOURCE_VENUES.match(entry.venue)
        score += -4.0 if _RESOURCE_VENUES.match(entry.venue) else 2.0
    if entry.authors or entry.et_al:
        score += 0.8 + (0.4 if len(entry.authors) > 1 or entry.et_al else 0.0)
    if entry.year is not None:
        score += 0.8
    if urls and all(map(is_resource_url, urls)):
        score -= 1.6
    if labels and labels <= _RESOURCE_LABELS:
        score -= 1.6
    if _is_news(record.section):
        score -= 5.0
    elif any(map(heads_resources, record.section)):
        # A topic may be called "Video" too: then its listings speak for themselves.
        score -= 0.8 if strong else 2.2
    if entry.title:
        words = entry.title.split()
        if not (entry.authors or entry.et_al or entry.year) and _VENUE_NAME.match(entry.title):
            score -= 4.0
        score += 0.3 * (len(words) >= 4) + 0.4 * (len(words) >= 6)
        if record.name.startswith("i") and not urls and _is_headline(words):
            score += 0.3
        if (
            len(words) > 1
            and words[-1].lower().strip(".,") in RESOURCE_WORDS
            and not (entry.authors or entry.venue)
            and len(words) < 6
        ):
            score -= 0.8
        if record.name.startswith("p") and (
            len(words) > 30 or len(_SENTENCE_WORDS.findall(entry.title)) >= 2
        ):
            score -= 1.2
    else:
        score -= 1.5
    if record.name == "p" and not (urls or entry.empty_links or entry.venue or entry.year):
        score -= 1.5
    return score


_REMARK = re.compile(
    r"(?i)^\W*(?:notes?|p\.?s|nb|n\.b|tips?|updates?|todo|disclaimer|warning|info|注意?\d*|备注|说明|提示|更新)\s*\d*\s*[:：]"
)


def _unlike(records: Sequence[Record], entries: Sequence[Listing]) -> list[float]:
    """How much each entry lacks what nearly all of its class have: a title set off, a link."""
    marks: list[tuple[bool, bool]] = []
    length: dict[str, list[int]] = defaultdict(list)
    having: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for record, entry in zip(records, entries, strict=True):
        first = next((run for run in record.parts[0][1] if run.text.strip()), None)
        mark = (bool(entry.links or entry.empty_links), bool(first and first.style & Style.STRONG))
        marks.append(mark)
        count = having[record.name]
        count[0] += 1
        count[1] += mark[0]
        count[2] += mark[1]
        length[record.name].append(len(entry.title.split()))
    # Rows of measurements and lists of names have words, not titles.
    terse = {name for name, lengths in length.items() if sum(lengths) < 2.5 * len(lengths)}
    out = []
    for record, mark in zip(records, marks, strict=True):
        total, *counts = having[record.name]
        weight = 1.5 if record.name == "p" else 0.2
        lacking = 4.0 if record.name in terse and not mark[0] else 0.0
        lacks = sum(
            not has and count >= 0.85 * total for has, count in zip(mark, counts, strict=True)
        )
        out.append(
            lacking
            + (lacks * weight if total >= 6 else 0.0)
            + (4.0 if _REMARK.match(plain(record.parts[0][1][:3])) else 0.0)
        )
    return out


def judge(
    records: Sequence[Record], entries: Sequence[Listing]
) -> tuple[list[Verdict], list[float]]:
    """What each entry is, seen together, and how much each says by itself."""
    scores = [evidence(record, entry) for record, entry in zip(records, entries, strict=True)]
    for index, unlike in enumerate(_unlike(records, entries)):
        scores[index] -= unlike
    near: dict[tuple[object, ...], list[float]] = defaultdict(list)
    for record, score in zip(records, scores, strict=True):
        near[record.name, record.section].append(score)
        near[record.name, "*"].append(score)

    def share(record: Record) -> float:
        """How many of its kin are papers by themselves; few kin count less than the whole list."""
        kin, all_kin = near[record.name, record.section], near[record.name, "*"]
        whole = (sum(score >= 1.0 for score in all_kin) + 0.5) / (len(all_kin) + 1.0)
        return (sum(score >= 1.0 for score in kin) + 2.0 * whole) / (len(kin) + 2.0)

    shares: dict[tuple[object, ...], float] = {}
    out: list[Verdict] = []
    cited = sum(record.name == "data" for record in records)
    for record, entry, score in zip(records, entries, scores, strict=True):
        kin = (record.name, record.section)
        if kin not in shares:
            shares[kin] = share(record)
        total = score + 3.0 * (shares[kin] - 0.5)
        paragraph = record.name == "p"
        linked = bool(entry.links)
        if record.name == "data":
            # One or two among other entries are how the list itself wants to be cited.
            out.append("paper" if cited > 2 or cited == len(records) else "nothing")
        elif _is_contents(record.section):
            out.append("nothing")
        elif total >= (1.2 if paragraph else 0.35) and (entry.title or score >= 1.5):
            out.append("paper")
        elif linked and (entry.title or not paragraph):
            out.append("resource")
        elif paragraph or not linked:
            out.append("prose")
        else:
            out.append("nothing")
    return out, scores
