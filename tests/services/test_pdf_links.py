from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readq.model.identifiers import Identifier
from readq.model.listing import Link
from readq.model.urls import gated_or_none
from readq.services.pdf_links import Target, best_target, home_url, page_url, pdf_url, search_target

TABLE = Path(__file__).with_name("seed_urls.txt")
ADDRESS = re.compile(r"https?://[^][ )\"<>\s]+")


def table() -> list[tuple[list[str], str, str | None, str | None]]:
    """Places, address, PDF and page of every address in the seeds."""
    rows = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        places, url, pdf, page = line.split(" | ")
        expected = [None if one == "-" else url if one == "=" else one for one in (pdf, page)]
        rows.append((places.split(), url, *expected))
    return rows  # type: ignore[return-value]


def test_the_table_holds_every_address_of_the_seeds(seeds: Path) -> None:
    written = [
        (f"{path.name[:3]}:{number}", url)
        for path in sorted(seeds.iterdir())
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        for url in ADDRESS.findall(line)
    ]
    assert sorted(written) == sorted(
        (place, url) for places, url, *_ in table() for place in places
    )
    assert len(written) == 201


@pytest.mark.parametrize(("url", "pdf", "page"), [row[1:] for row in table()])
def test_a_seed_address_leads_to_its_pdf_and_page(
    url: str, pdf: str | None, page: str | None
) -> None:
    assert (pdf_url(url), page_url(url)) == (pdf, page)


def test_of_the_seed_addresses_138_lead_to_a_pdf() -> None:
    found: Counter[str] = Counter()
    for places, url, pdf, page in table():
        host = urlsplit(url).hostname or ""
        if host in {"github.com", "www.youtube.com", "snap-research.github.io"}:
            assert pdf is None
            continue
        found["pdf" if pdf else "page" if page else "neither"] += len(places)
    assert found == {"pdf": 138, "page": 4, "neither": 17}


@pytest.mark.parametrize("url", [pdf for _, _, pdf, _ in table() if pdf])
def test_what_is_a_pdf_stays_one(url: str) -> None:
    assert pdf_url(url) == url


@pytest.mark.parametrize(
    ("url", "pdf"),
    [
        ("http://www.arxiv.org/abs/hep-th/9901001v2", "https://arxiv.org/pdf/hep-th/9901001v2"),
        ("https://arxiv.org/html/2401.01234v1", "https://arxiv.org/pdf/2401.01234v1"),
        ("https://export.arxiv.org/pdf/2401.01234.pdf", "https://arxiv.org/pdf/2401.01234"),
        ("https://huggingface.co/papers/2401.01234", "https://arxiv.org/pdf/2401.01234"),
        ("https://arxiv.org/abs/2401.1234", None),
        ("https://arxiv.org/list/cs.LG/recent", None),
        ("https://arxiv.org/src/2401.01234v1/anc/data.pdf", None),
        ("https://openreview.net/attachment?id=a_B&name=pdf", "https://openreview.net/pdf?id=a_B"),
        ("https://openreview.net/attachment?id=a_B&name=supplementary_material", None),
        ("https://openreview.net/forum?id=a%26b&noteId=x", "https://openreview.net/pdf?id=a%26b"),
        ("https://openaccess.thecvf.com/content/WACV2022/html/A_WACV_2022_paper.html", "https://openaccess.thecvf.com/content/WACV2022/papers/A_WACV_2022_paper.pdf"),
        ("https://openaccess.thecvf.com/content/CVPR2021W/NTIRE/html/A_CVPRW_2021_paper.html", "https://openaccess.thecvf.com/content/CVPR2021W/NTIRE/papers/A_CVPRW_2021_paper.pdf"),
        ("https://proceedings.neurips.cc/paper_files/paper/2022/hash/0123456789abcdef0123456789abcdef-Abstract-Conference.html", "https://proceedings.neurips.cc/paper_files/paper/2022/file/0123456789abcdef0123456789abcdef-Paper-Conference.pdf"),
        ("https://proceedings.neurips.cc/paper_files/paper/2023/hash/0123456789abcdef0123456789abcdef-Abstract-Datasets_and_Benchmarks.html", "https://proceedings.neurips.cc/paper_files/paper/2023/file/0123456789abcdef0123456789abcdef-Paper-Datasets_and_Benchmarks.pdf"),
        ("https://papers.nips.cc/paper/2020/file/0123456789abcdef0123456789abcdef-Supplemental.pdf", None),
        ("https://papers.nips.cc/paper/5346-sequence-to-sequence.pdf", "https://papers.nips.cc/paper/5346-sequence-to-sequence.pdf"),
        ("https://www.ecva.net/papers/eccv_2022/papers_ECCV/papers/136700456-supp.pdf", None),
        ("http://proceedings.mlr.press/v80/furlanello18a.html", "https://proceedings.mlr.press/v80/furlanello18a/furlanello18a.pdf"),
        ("http://proceedings.mlr.press/v80/furlanello18a/furlanello18a.pdf", "https://proceedings.mlr.press/v80/furlanello18a/furlanello18a.pdf"),
        ("http://proceedings.mlr.press/v28/goodfellow13.pdf", "https://proceedings.mlr.press/v28/goodfellow13.pdf"),
        ("http://proceedings.mlr.press/v80/furlanello18a/furlanello18a-supp.pdf", None),
        ("https://www.aclweb.org/anthology/N19-1423/", "https://aclanthology.org/N19-1423.pdf"),
        ("https://aclanthology.org/2020.acl-main.703", "https://aclanthology.org/2020.acl-main.703.pdf"),
        ("https://aclanthology.org/attachments/N19-1423.Supplementary.pdf", None),
        ("https://journal.org/index.php/x/article/view/12/34", "https://journal.org/index.php/x/article/download/12/34"),
        ("https://ieeexplore.ieee.org/search?q=x", None),
        ("https://dl.acm.org/doi/abs/10.1145/3292500.3330701", "https://dl.acm.org/doi/pdf/10.1145/3292500.3330701"),
        ("https://link.springer.com/article/10.1007/s11263-021-01453-z", "https://link.springer.com/content/pdf/10.1007/s11263-021-01453-z.pdf"),
        ("https://link.springer.com/book/10.1007/978-3-030-58568-6", None),
        ("https://hal.science/hal-01832769v2/document", "https://hal.science/hal-01832769v2/document"),
        ("https://doi.org/10.48550/arXiv.2401.01234", "https://arxiv.org/pdf/2401.01234"),
        ("https://doi.org/10.18653/v1/N19-1423", "https://aclanthology.org/N19-1423.pdf"),
        ("https://doi.org/10.1109/5.771073", None),
        ("https://github.com/a/b/blob/main/paper.pdf", "https://github.com/a/b/raw/main/paper.pdf"),
        ("https://github.com/a/b", None),
        ("https://example.org/~me/Paper.PDF#page=2", "https://example.org/~me/Paper.PDF#page=2"),
        ("https://example.org/talk_slides.pdf", None),
        ("https://example.org/my-supplementary-material.pdf", None),
        ("https://example.org/user:pass@x.pdf", "https://example.org/user:pass@x.pdf"),
        ("https://me:secret@example.org/x.pdf", None),
        ("javascript:alert(1)//x.pdf", None),
        ("file:///etc/x.pdf", None),
        ("http://[bad/x.pdf", None),
        ("papers/local.pdf", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_rules_of_the_sites(url: str, pdf: str | None) -> None:
    assert pdf_url(url) == pdf


@given(
    st.one_of(
        st.text(max_size=40),
        st.builds(
            "{}{}".format,
            st.sampled_from(sorted({f"https://{urlsplit(row[1]).hostname}/" for row in table()})),
            st.text(max_size=40),
        ),
        st.builds(lambda row, more: row[1] + more, st.sampled_from(table()), st.text(max_size=5)),
    )
)
def test_whatever_comes_out_may_be_opened(url: str) -> None:
    for found in (pdf_url(url), page_url(url)):
        assert found is None or gated_or_none(found) == found


def links(*pairs: tuple[str, str]) -> list[Link]:
    return [Link(label, url) for label, url in pairs]


ARXIV = Identifier("arxiv", "1503.02531")


@pytest.mark.parametrize(
    ("listed", "identifiers", "target"),
    [
        ([("pdf", "https://example.org/x.pdf")], [ARXIV], Target("https://example.org/x.pdf", "pdf")),
        ([("paper", "https://arxiv.org/abs/2401.01234")], [], Target("https://arxiv.org/pdf/2401.01234", "pdf")),
        ([("supp", "https://example.org/x.pdf"), ("paper", "https://example.org/y.pdf")], [], Target("https://example.org/y.pdf", "pdf")),
        ([("slides", "https://example.org/x.pdf"), ("code", "https://github.com/a/b")], [ARXIV], Target("https://arxiv.org/pdf/1503.02531", "pdf")),
        ([("paper", "https://example.org/supplemental/x.zip")], [], None),
        ([("paper", "https://openaccess.thecvf.com/content/WACV2022/supplemental/Jeong_BiHPF_WACV_2022_supplemental.zip")], [], None),
        ([("paper", "https://openaccess.thecvf.com/content_CVPR_2020/supplemental/Yin_Dreaming_CVPR_2020.pdf")], [], None),
        ([("video", "https://www.youtube.com/watch?v=x"), ("dataset", "https://example.org/d.pdf")], [], None),
        ([("code", "https://github.com/a/b")], [], None),
        ([("pytorch1", "https://example.org/code.html")], [], None),
        ([("project", "https://example.org/project/")], [], Target("https://example.org/project/", "page")),
        ([("ieee xplore", "https://ieeexplore.ieee.org/document/1")], [ARXIV], Target("https://arxiv.org/pdf/1503.02531", "pdf")),
        ([("ieee xplore", "https://ieeexplore.ieee.org/document/1")], [], Target("https://ieeexplore.ieee.org/stamp/stamp.jsp?tp=&arnumber=1", "pdf")),
        ([("paper", "https://ojs.aaai.org/index.php/AAAI/article/view/5963")], [], Target("https://ojs.aaai.org/index.php/AAAI/article/view/5963", "page")),
        ([("paper", "https://ojs.aaai.org/index.php/AAAI/article/view/5963")], [ARXIV], Target("https://arxiv.org/pdf/1503.02531", "pdf")),
        ([("paper", "https://example.org/abstract")], [Identifier("doi", "10.1109/5.771073")], Target("https://doi.org/10.1109/5.771073", "page")),
        ([("paper", "javascript:alert(1)"), ("", "https://example.org/a")], [], Target("https://example.org/a", "page")),
        ([], [Identifier("openreview", "a_B")], Target("https://openreview.net/pdf?id=a_B", "pdf")),
        ([], [Identifier("acl", "N19-1423")], Target("https://aclanthology.org/N19-1423.pdf", "pdf")),
        ([], [Identifier("pmlr", "v80/furlanello18a")], Target("https://proceedings.mlr.press/v80/furlanello18a/furlanello18a.pdf", "pdf")),
        ([], [Identifier("cvf", "x_cvpr_2020")], None),
    ],
)  # fmt: skip
def test_what_o_opens(
    listed: list[tuple[str, str]], identifiers: list[Identifier], target: Target | None
) -> None:
    found = best_target(links(*listed), identifiers, "Some Title")
    if target is None:
        assert found == Target("https://scholar.google.com/scholar?q=Some%20Title", "search")
    else:
        assert found == target


def test_a_label_that_is_the_title_says_nothing_about_what_it_leads_to() -> None:
    listed = links(("video diffusion models", "https://arxiv.org/abs/2204.03458"))
    assert best_target(listed, [], "Video Diffusion Models").kind == "pdf"
    longer = links(
        ("a code base for slides and a very long title", "https://arxiv.org/abs/2204.03458")
    )
    assert best_target(longer, [], "Other").kind == "pdf"


@pytest.mark.parametrize(
    ("listed", "identifiers", "target"),
    [
        ([("pdf", "https://arxiv.org/pdf/2401.01234v2")], [], Target("https://arxiv.org/abs/2401.01234v2", "page")),
        ([("pdf", "https://example.org/x.pdf")], [ARXIV], Target("https://arxiv.org/abs/1503.02531", "page")),
        ([("pdf", "https://example.org/x.pdf"), ("project", "https://example.org/")], [], Target("https://example.org/", "page")),
        ([("pdf", "https://example.org/x.pdf"), ("code", "https://github.com/a/b")], [], Target("https://example.org/x.pdf", "pdf")),
        ([("code", "https://github.com/a/b")], [], Target("https://scholar.google.com/scholar?q=T", "search")),
    ],
)  # fmt: skip
def test_what_p_opens(
    listed: list[tuple[str, str]], identifiers: list[Identifier], target: Target
) -> None:
    assert best_target(links(*listed), identifiers, "T", page=True) == target


def test_the_address_of_the_search_can_be_chosen() -> None:
    assert (
        search_target("A & B", "https://s.org/?x={query}&y").url == "https://s.org/?x=A%20%26%20B&y"
    )
    assert search_target("A", "https://duckduckgo.com/?q=").url == "https://duckduckgo.com/?q=A"
    assert search_target("A", "javascript:{query}").url.startswith("https://scholar.google.com/")


@given(st.text(max_size=400))
def test_any_title_can_be_searched_for(title: str) -> None:
    target = best_target([], [], title)
    assert target.kind == "search"
    assert gated_or_none(target.url) == target.url


def test_home_is_the_first_identifier_with_an_address() -> None:
    assert home_url([Identifier("cvf", "x"), ARXIV]) == "https://arxiv.org/abs/1503.02531"
    assert home_url([Identifier("cvf", "x")]) is None
