"""The same papers, written as many lists write them, come out the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from readq.lists.read import read
from readq.model.listing import Listing


@dataclass(frozen=True)
class Paper:
    title: str
    authors: tuple[str, ...]
    venue: str
    year: int
    url: str
    code: str = ""
    short: str = ""


PAPERS = (
    Paper("Deep Residual Learning for Image Recognition", ("Kaiming He", "Xiangyu Zhang", "Jian Sun"), "CVPR", 2016, "https://arxiv.org/abs/1512.03385", "https://github.com/KaimingHe/deep-residual-networks", "ResNet"),
    Paper("Attention Is All You Need", ("Ashish Vaswani", "Noam Shazeer"), "NeurIPS", 2017, "https://arxiv.org/abs/1706.03762", "", "Transformer"),
    Paper("Mask R-CNN", ("Kaiming He", "Georgia Gkioxari", "Ross Girshick"), "ICCV", 2017, "https://arxiv.org/abs/1703.06870", "https://github.com/facebookresearch/Detectron", "MRCNN"),
    Paper("Auto-Encoding Variational Bayes", ("Diederik P. Kingma", "Max Welling"), "ICLR", 2014, "https://arxiv.org/abs/1312.6114", "", "VAE"),
    Paper("Generative Adversarial Nets", ("Ian Goodfellow", "Jean Pouget-Abadie", "Yoshua Bengio"), "NIPS", 2014, "https://papers.nips.cc/paper/5423-generative-adversarial-nets.pdf", "", "GAN"),
    Paper("BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding", ("Jacob Devlin", "Ming-Wei Chang"), "NAACL", 2019, "https://aclanthology.org/N19-1423.pdf", "https://github.com/google-research/bert", "BERT"),
    Paper("You Only Look Once: Unified, Real-Time Object Detection", ("Joseph Redmon", "Santosh Divvala", "Ali Farhadi"), "CVPR", 2016, "https://arxiv.org/abs/1506.02640", "", "YOLO"),
    Paper("Adam: A Method for Stochastic Optimization", ("Diederik P. Kingma", "Jimmy Ba"), "ICLR", 2015, "https://arxiv.org/abs/1412.6980", "", "Adam"),
    Paper("Do Wide and Deep Networks Learn the Same Things?", ("Thao Nguyen", "Maithra Raghu", "Simon Kornblith"), "ICLR", 2021, "https://openreview.net/forum?id=KJNcAkY8tY4", "", "Wide"),
    Paper("Fully Convolutional Networks for Semantic Segmentation", ("Jonathan Long", "Evan Shelhamer", "Trevor Darrell"), "CVPR", 2015, "https://arxiv.org/abs/1411.4038", "https://github.com/shelhamer/fcn.berkeleyvision.org", "FCN"),
)  # fmt: skip


def listed(paper: Paper) -> str:
    *most, last = paper.authors
    return f"{', '.join(most)}{',' if len(most) > 1 else ''} and {last}"


def commas(paper: Paper) -> str:
    return ", ".join(paper.authors)


def initials(name: str) -> str:
    *given, family = name.split()
    return f"{family}, {' '.join(part[0] + '.' for part in given)}"


def code(paper: Paper, form: str) -> str:
    return form.format(paper.code) if paper.code else ""


Template = Callable[[Paper], str]

LINES: dict[str, Template] = {
    "a linked title, authors, venue": lambda p: f"- [{p.title}]({p.url}), {listed(p)}. {p.venue} {p.year}{code(p, ' [code]({})')}",
    "a venue in brackets, then the title": lambda p: f"- [{p.venue}'{p.year % 100:02d}] {p.title} [[paper]]({p.url}){code(p, ' [[code]]({})')}",
    "a venue in parentheses, then title and authors": lambda p: f"- ({p.venue} {p.year}) {p.title}. {listed(p)}. [paper]({p.url})",
    "authors, bold title, venue in italics": lambda p: f"- {listed(p)}. **{p.title}**. *{p.venue}*, {p.year}. [[paper]({p.url})]{code(p, ' [[code]({})]')}",
    "all parted by commas": lambda p: f"1. {p.title}, {p.authors[0]} et al., {p.venue} {p.year}, [paper]({p.url}){code(p, ', [code]({})')}",
    "year and venue before the title": lambda p: f"* {p.year}-{p.venue}-[{p.title}]({p.url}){code(p, ' [[code]]({})')}",
    "authors in italics, venue in bold": lambda p: f"- {p.title} [[PDF]]({p.url}) *{commas(p)}* **{p.venue} {p.year}**",
    "fields in a nested list": lambda p: f"- {p.title}\n  - {commas(p)}\n  - {p.venue} {p.year}\n  - [paper]({p.url}){code(p, ' [code]({})')}",
    "a line for each field": lambda p: f"- **{p.title}**\n  *{commas(p)}*\n  {p.venue} {p.year}. [[paper]({p.url})]{code(p, ' [[code]({})]')}",
    "lines parted by <br>": lambda p: f"- {p.title} <br> {commas(p)} <br> {p.venue}, {p.year} <br> [[Paper]({p.url})]{code(p, ' [[Code]({})]')}",
    "an ACM reference": lambda p: f"- {listed(p)}. {p.year}. {p.title}. In {p.venue}. [pdf]({p.url})",
    "an APA reference": lambda p: f"- {', '.join(map(initials, p.authors[:-1]))}, & {initials(p.authors[-1])} ({p.year}). {p.title}. *{p.venue}*, 12(3), 45-67. {p.url}",
    "a heading with keys below": lambda p: f"### {p.title}\n\n- Authors: {commas(p)}\n- Venue: {p.venue} {p.year}\n- Paper: {p.url}{code(p, chr(10) + '- Code: {}')}\n",
    "a bold title with keys below": lambda p: f"**{p.title}**\n\n- Authors: {commas(p)}\n- Conference: {p.venue} {p.year}\n- Paper: {p.url}{code(p, chr(10) + '- Code: {}')}\n",
    "a nickname, then the title in quotes": lambda p: f"* **{p.short}**: \"{p.title}\", {p.venue}, {p.year} (*Some University*). [[Paper]({p.url})]{code(p, '[[PyTorch]({})]')}",
    "fields parted by bars": lambda p: f"- **[{p.short}]** {p.title} | {p.authors[0]}, et al. | **[{p.venue}' {p.year % 100:02d}]** | [`[pdf]`]({p.url})",
    "numbered references in one paragraph": lambda p: f"[7] {listed(p)}. {p.title}. {p.venue}, {p.year}. [paper]({p.url})",
    "a title in quotes, then authors": lambda p: f"- \"{p.title}\" {listed(p)}. {p.venue} {p.year} [[pdf]({p.url})]",
    "authors and a colon": lambda p: f"- {listed(p)}: {p.title}. {p.venue} ({p.year}). [link]({p.url})",
    "an item of HTML": lambda p: f"<li><b>{p.title}</b><br/>{commas(p)}<br/><i>{p.venue}</i>, {p.year} <a href=\"{p.url}\">[pdf]</a></li>",
    "Chinese keys": lambda p: f"- 论文标题：{p.title}\n  - 作者：{commas(p)}\n  - 会议：{p.venue} {p.year}\n  - 论文链接：{p.url}",
    "Chinese brackets": lambda p: f"- 【{p.venue} {p.year}】{p.title}，[论文]({p.url}){code(p, '，[代码]({})')}",
}  # fmt: skip
TABLES: dict[str, tuple[str, Template]] = {
    "a table with year and venue first": ("Year | Venue | Title | Code", lambda p: f"| {p.year} | {p.venue} | [{p.title}]({p.url}) | {f'[link]({p.code})' if p.code else '-'} |"),
    "a table with authors": ("Paper | Authors | Publication | Link", lambda p: f"| {p.title} | {commas(p)} | {p.venue} {p.year} | [pdf]({p.url}) |"),
    "a table with two lines in a cell": ("Venue | Paper | Links", lambda p: f"| {p.venue} {p.year} | **{p.title}**<br>{commas(p)} | [paper]({p.url}) |"),
    "a table with nicknames": ("Model | Paper | Conf | Year", lambda p: f"| {p.short} | [{p.title}]({p.url}) | {p.venue} | {p.year} |"),
}  # fmt: skip
ALL = {**{name: ("", line) for name, line in LINES.items()}, **TABLES}


def document(head: str, template: Template) -> str:
    lines = ["# Awesome Test Things", "", "A list of papers on things.", "", "## First topic", ""]
    for number, paper in enumerate(PAPERS):
        if number == 5:
            lines += ["", "## Second topic", ""]
        if head and number in (0, 5):
            lines += [f"| {head} |", "|" + "---|" * (head.count("|") + 1)]
        lines.append(template(paper))
    return "\n".join(lines) + "\n"


def papers_of(source: str) -> list[Listing]:
    return [entry for entry in read(source.encode()).entries if entry.kind == "paper"]


@pytest.fixture(params=sorted(ALL), scope="module")
def case(request: pytest.FixtureRequest) -> tuple[str, list[Listing]]:
    head, template = ALL[request.param]
    return document(head, template), papers_of(document(head, template))


def test_every_title_is_found_whole(case: tuple[str, list[Listing]]) -> None:
    assert [entry.title for entry in case[1]] == [paper.title for paper in PAPERS]


def test_venues_are_found(case: tuple[str, list[Listing]]) -> None:
    assert [entry.venue for entry in case[1]] == [paper.venue for paper in PAPERS]


def test_years_are_found(case: tuple[str, list[Listing]]) -> None:
    assert [entry.year for entry in case[1]] == [paper.year for paper in PAPERS]


def test_every_link_is_kept(case: tuple[str, list[Listing]]) -> None:
    source, entries = case
    for paper, entry in zip(PAPERS, entries, strict=True):
        expected = [url for url in (paper.url, paper.code) if url and url in source]
        assert [link.url for link in entry.links] == expected


def test_authors_are_found(case: tuple[str, list[Listing]]) -> None:
    source, entries = case
    for paper, entry in zip(PAPERS, entries, strict=True):
        if commas(paper) in source or listed(paper) in source:
            assert entry.authors == paper.authors
        elif paper.authors[0] in source:
            assert entry.authors == paper.authors[:1]
            assert entry.et_al


def test_sections_are_the_headings(case: tuple[str, list[Listing]]) -> None:
    sections = [entry.section for entry in case[1]]
    assert sections == [("First topic",)] * 5 + [("Second topic",)] * 5


def test_lines_hold_the_title(case: tuple[str, list[Listing]]) -> None:
    source, entries = case
    lines = source.split("\n")
    for paper, entry in zip(PAPERS, entries, strict=True):
        first, last = entry.lines
        assert paper.title in "\n".join(lines[first - 1 : last])


def test_nicknames_stand_apart() -> None:
    entries = papers_of(document("", LINES["a nickname, then the title in quotes"]))
    assert [entry.nickname for entry in entries] == [paper.short for paper in PAPERS]
