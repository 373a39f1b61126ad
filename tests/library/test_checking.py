"""What a maintainer is told about a list."""

from __future__ import annotations

from pathlib import Path

import pytest

from readq.library.checking import Finding, Report, check_files, report_json
from tests.library.samples import NETS

PAPERS = """\
# Teachers and Students

- **First Paper of All**. ICML 2018. [[pdf](https://arxiv.org/abs/1805.04770)]
- **Second Paper of All**. ICML 2018. [[pdf](https://arxiv.org/abs/1706.00384)]
- **Third Paper of All**. ICML 2018. [[pdf](https://arxiv.org/abs/1612.03928)]
"""


def check(tmp_path: Path, *texts: str) -> Report:
    paths = []
    for number, text in enumerate(texts):
        paths.append(tmp_path / f"list-{number}.md")
        paths[-1].write_text(text, "utf-8")
    before = [path.read_bytes() for path in paths]
    report = check_files(paths)
    assert [path.read_bytes() for path in paths] == before
    return report


def told(report: Report) -> list[tuple[str, int]]:
    return [(one.code, one.spots[0].lines[0]) for each in report.lists for one in each.findings]


def the(report: Report, code: str) -> Finding:
    (found,) = [one for each in report.lists for one in each.findings if one.code == code]
    return found


def entry(title: str, label: str, url: str) -> str:
    return f"- **{title}**. ICML 2018. [[{label}]({url})]\n"


def test_a_list_without_faults_is_left_in_peace(tmp_path: Path) -> None:
    report = check(tmp_path, PAPERS)
    assert report.found == 0
    assert (report.lists[0].title, report.lists[0].papers) == ("Teachers and Students", 3)


def test_an_entry_without_a_link_is_named_where_others_have_one(tmp_path: Path) -> None:
    report = check(tmp_path, PAPERS + "- **Fourth Paper of All**. ICML 2018.\n")
    assert told(report) == [("no-link", 6)]
    bare = "# Bare\n\n" + "".join(f"- **Paper Number {n} of All**. ICML 2018.\n" for n in range(5))
    assert check(tmp_path, bare).found == 0


def test_one_link_under_two_titles_is_named_with_both(tmp_path: Path) -> None:
    report = check(
        tmp_path, PAPERS + entry("Some Other Work", "pdf", "https://arxiv.org/abs/1612.03928v2")
    )
    found = the(report, "shared-link")
    assert [spot.lines for spot in found.spots] == [(6, 6), (5, 5)]
    for part in ("arxiv:1612.03928", "Third Paper of All", "Some Other Work"):
        assert part in found.message


def test_addresses_of_papers_are_compared_beyond_what_names_an_id(tmp_path: Path) -> None:
    url = "example.org/papers/17.pdf"
    text = PAPERS + entry("Some Other Work", "pdf", f"https://{url}")
    assert told(check(tmp_path, text + entry("Quite Different", "pdf", f"http://{url}"))) == [
        ("shared-link", 7)
    ]
    assert check(tmp_path, text + entry("Quite Different", "code", f"http://{url}")).found == 0


@pytest.mark.parametrize("label", ["code", "project", "pytorch"])
def test_code_may_be_shared(tmp_path: Path, label: str) -> None:
    url = "https://github.com/some/where"
    more = entry("Some Other Work", label, url) + entry("Quite Different", label, url)
    assert check(tmp_path, PAPERS + more).found == 0


def test_one_paper_with_two_ids_is_named_with_both_lines(tmp_path: Path) -> None:
    text = (
        PAPERS
        + "\n## Again\n\n"
        + entry("First Paper of All", "pdf", "https://arxiv.org/abs/1805.04771")
    )
    found = the(check(tmp_path, text), "two-ids")
    assert [spot.lines for spot in found.spots] == [(9, 9), (3, 3)]
    assert "arxiv:1805.04770 and arxiv:1805.04771" in found.message


def test_the_same_paper_twice_in_a_list_is_named(tmp_path: Path) -> None:
    again = entry("Second paper of all", "pdf", "https://arxiv.org/pdf/1706.00384.pdf")
    found = the(check(tmp_path, PAPERS + again), "repeated")
    assert [spot.lines for spot in found.spots] == [(6, 6), (4, 4)]


@pytest.mark.parametrize(
    ("label", "url", "what"),
    [
        ("paper", "https://example.org/content/Jeong_supplemental.pdf", "a supplement"),
        ("paper", "https://example.org/content/all.zip", "an archive"),
        ("pdf", "https://github.com/some/where", "a code repository"),
        ("pdf", "https://www.youtube.com/watch?v=1", "a video"),
        ("paper", "https://github.com/some/where/blob/main/paper.pdf", ""),
        ("code", "https://github.com/some/where", ""),
        ("video", "https://youtu.be/1", ""),
        ("pdf", "https://example.org/support/vectors.pdf", ""),
    ],
)
def test_what_is_called_the_paper_must_be_one(
    tmp_path: Path, label: str, url: str, what: str
) -> None:
    report = check(tmp_path, PAPERS + entry("Some Other Work", label, url))
    assert told(report) == ([("suspicious-link", 6)] if what else [])
    if what:
        assert f"leads to {what}: {url}" in the(report, "suspicious-link").message


def test_what_the_reader_of_lists_has_to_say_comes_too(tmp_path: Path) -> None:
    text = PAPERS + "- **Fourth Paper of All**. ICML 2018. [[pdf]()]\n"
    assert told(check(tmp_path, text + "- **Fifth Paper of All**. 2015. arXiv:1503.2531.\n")) == [
        ("empty-link", 6),
        ("mangled-id", 7),
    ]


def test_text_between_entries_is_named_only_when_asked_for(tmp_path: Path) -> None:
    text = "# Papers\n\nA sentence that says what all of this is about, and why.\n\n" + PAPERS
    path = tmp_path / "list.md"
    path.write_text(text)
    assert check_files([path]).found == 0
    assert {one.code for one in check_files([path], everything=True).lists[0].findings} == {"prose"}


def test_faults_between_lists_stand_apart(tmp_path: Path) -> None:
    other = "# Other\n\n" + entry("First Paper of All", "pdf", "https://arxiv.org/abs/1805.04771")
    report = check(tmp_path, PAPERS, other)
    assert told(report) == []
    (found,) = report.between
    assert found.code == "two-ids"
    assert [Path(spot.source).name for spot in found.spots] == ["list-1.md", "list-0.md"]


def test_a_paper_in_two_lists_is_no_fault(tmp_path: Path) -> None:
    assert check(tmp_path, PAPERS, PAPERS).found == 0


def test_a_file_that_cannot_be_read_is_a_finding_beside_the_others(tmp_path: Path) -> None:
    (tmp_path / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (tmp_path / "nets.md").write_text(NETS)
    names = ["picture.md", "nets.md", "missing.md"]
    report = check_files([tmp_path / name for name in names])
    codes = {Path(one.source).name: [f.code for f in one.findings] for one in report.lists}
    assert codes == {
        "nets.md": ["no-link"],
        "picture.md": ["unreadable"],
        "missing.md": ["unreadable"],
    }


def test_the_report_as_json_has_a_place_for_everything(tmp_path: Path) -> None:
    value = report_json(check(tmp_path, PAPERS + "- **Fourth Paper of All**. ICML 2018.\n"))
    (finding,) = value["lists"][0]["findings"]
    assert finding["lines"] == [6, 6]
    assert finding["code"] == "no-link"
    assert finding["also"] == []
    assert (value["found"], value["between"]) == (1, [])


def test_the_shipped_lists_are_known_for_their_faults(seeds: Path) -> None:
    report = check_files(sorted(seeds.iterdir()))
    codes = [{finding.code for finding in one.findings} for one in report.lists]
    assert "mojibake" in codes[0]
    assert "suspicious-link" in codes[1]
    assert {"mangled-id", "repeated"} <= codes[2]
    assert "shared-link" in codes[3]
    assert "empty-link" in codes[4]
