"""Lists are edited by their maintainers; what the user touched stays what it was."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from readq.catalogue.merge import Merged
from readq.model.listing import Link, Listing
from readq.model.paper import PaperId
from tests.catalogue.samples import arxiv, listing, merged

# Near each other, as the titles of lists on one subject are.
TITLES = (
    "Distilling the Knowledge in a Neural Network",
    "FitNets: Hints for Thin Deep Nets",
    "Paying More Attention to Attention: Improving the Performance of Networks",
    "Improved Knowledge Distillation via Teacher Assistant: Bridging the Gap",
    "Residual Knowledge Distillation",
    "Relational Knowledge Distillation",
    "Knowledge Squeezed Adversarial Network Compression",
    "Adversarial Network Compression",
    "Distilling Object Detectors with Fine-grained Feature Imitation",
    "Distilling Object Detectors via Decoupled Features",
    "Online Knowledge Distillation via Collaborative Learning",
    "Online Knowledge Distillation with Diverse Peers",
    "Data-Free Knowledge Distillation for Deep Neural Networks",
    "Data-Free Parameter Pruning for Deep Neural Networks",
    "Towards Understanding Knowledge Distillation",
    "Understanding and Improving Knowledge Distillation",
    "Masked Generative Distillation",
    "Does Label Smoothing Mitigate Label Noise?",
    "When Does Label Smoothing Help?",
    "Training Networks in Generations: A More Tolerant Teacher",
)

Lists = list[list[Listing]]
Edit = Callable[[Lists, random.Random, int, int], None]


def number(one: Listing) -> int:
    """Which of the titles a listing is of: known to the test alone."""
    return int(one.note)


def arxiv_of(one: Listing) -> str:
    return f"{1501 + number(one) % 8}.{10000 + number(one):05}"


def start(chance: random.Random) -> Lists:
    lists: Lists = [[], [], []]
    for note, title in enumerate(TITLES):
        for entries in chance.sample(lists, chance.choice([1, 1, 2, 3])):
            one = listing(
                title,
                section=(chance.choice("ABC"),),
                note=str(note),
                year=chance.choice([None, 2015 + note % 5]),
                authors=chance.choice([(), (f"Ann Author{'abcdefghijklmnopqrst'[note]}",)]),
            )
            has_link = chance.random() < 0.5
            entries.append(with_link(one, arxiv(arxiv_of(one))) if has_link else one)
    return lists


def with_link(one: Listing, *urls: str) -> Listing:
    return replace(one, links=tuple(Link("paper", url) for url in urls))


def move(lists: Lists, chance: random.Random, at: int, place: int) -> None:
    one = lists[at].pop(place)
    lists[chance.randrange(3)].insert(0, replace(one, lines=(99, 99)))


def slip(lists: Lists, chance: random.Random, at: int, place: int) -> None:
    one = lists[at][place]
    known = one.title.split()
    long = [n for n, word in enumerate(known) if len(word) > 6 and word.isalpha()]
    if not long or one.title not in TITLES:
        return  # one slip at a time
    n = chance.choice(long)
    word = known[n]
    known[n] = (
        word[:3] + word[4] + word[3] + word[5:] if chance.random() < 0.5 else word[:3] + word[4:]
    )
    lists[at][place] = replace(one, title=" ".join(known))


def mend(lists: Lists, chance: random.Random, at: int, place: int) -> None:
    lists[at][place] = replace(lists[at][place], title=TITLES[number(lists[at][place])])


def drop_subtitle(lists: Lists, chance: random.Random, at: int, place: int) -> None:
    one = lists[at][place]
    head, _, tail = one.title.partition(": ")
    if tail and one.title in TITLES:
        lists[at][place] = replace(one, title=head if len(head.split()) > 2 else tail)


def add_subtitle(lists: Lists, chance: random.Random, at: int, place: int) -> None:
    one = lists[at][place]
    if ":" not in one.title and one.title in TITLES:
        added = " A Closer Look" if one.title.endswith("?") else ": A Closer Look"
        lists[at][place] = replace(one, title=one.title + added)


def recase(lists: Lists, chance: random.Random, at: int, place: int) -> None:
    one = lists[at][place]
    lists[at][place] = replace(one, title=one.title.upper().replace("-", " ") + ".")


def relink(lists: Lists, chance: random.Random, at: int, place: int) -> None:
    one = lists[at][place]
    form = chance.choice(["http://arxiv.org/abs/{}", "https://www.arxiv.org/pdf/{}v2.pdf", "https://arxiv.org/pdf/{}", "https://arxiv.org/abs/{}v3"])  # fmt: skip
    lists[at][place] = with_link(one, form.format(arxiv_of(one)))


def lose_link(lists: Lists, chance: random.Random, at: int, place: int) -> None:
    lists[at][place] = replace(lists[at][place], links=())


def rename_section(lists: Lists, chance: random.Random, at: int, place: int) -> None:
    old = lists[at][place].section
    new = (*old, "Part") if len(old) < 2 else old[:1]
    lists[at] = [replace(e, section=new) if e.section == old else e for e in lists[at]]


def restate(lists: Lists, chance: random.Random, at: int, place: int) -> None:
    lists[at][place] = replace(
        lists[at][place], venue=chance.choice([None, "NIPS", "NeurIPS"]), year=None
    )


def remove(lists: Lists, chance: random.Random, at: int, place: int) -> None:
    lists[at].pop(place)


def add_again(lists: Lists, chance: random.Random, at: int, place: int) -> None:
    note = chance.randrange(len(TITLES))
    lists[at].append(listing(TITLES[note], section=("New",), note=str(note)))


def sort(lists: Lists, chance: random.Random, at: int, place: int) -> None:
    lists[at].sort(key=lambda one: one.title)
    lists.reverse()


EDITS: Sequence[Edit] = (
    move, slip, mend, drop_subtitle, add_subtitle, recase, relink, lose_link,
    rename_section, restate, remove, add_again, sort,
)  # fmt: skip


@dataclass
class Records:
    """What a library keeps: ids, whose they are, and every name that was seen."""

    owner: dict[PaperId, int]
    names: dict[PaperId, tuple[str, ...]]

    def remember(self, result: Merged) -> None:
        for paper in result.papers:
            if paper.id in self.names:
                self.names[paper.id] = tuple(
                    dict.fromkeys((*self.names[paper.id], *paper.identities))
                )


def numbers(result: Merged, lists: Lists) -> dict[PaperId, set[int]]:
    """Of which titles the listings of each paper are."""
    found: dict[PaperId, set[int]] = {paper.id: set() for paper in result.papers}
    for entries, homes in zip(lists, result.homes, strict=True):
        for one, home in zip(entries, homes, strict=True):
            if home is not None:
                found[result.papers[home].id].add(number(one))
    return found


def test_near_titles_start_as_papers_of_their_own() -> None:
    lists = start(random.Random(1))
    found = numbers(merged(*lists), lists)
    assert sorted(min(notes) for notes in found.values()) == list(range(len(TITLES)))
    assert all(len(notes) == 1 for notes in found.values())


@given(
    st.integers(0, 2**32),
    st.lists(st.lists(st.sampled_from(EDITS), min_size=1, max_size=5), min_size=1, max_size=6),
)
@settings(max_examples=120)
def test_no_record_changes_owner_and_none_is_lost(seed: int, rounds: list[list[Edit]]) -> None:
    chance = random.Random(seed)
    lists = start(chance)
    first = merged(*lists)
    owner = {id_: min(notes) for id_, notes in numbers(first, lists).items()}
    records = Records(owner, {paper.id: paper.identities for paper in first.papers})
    for edits in rounds:
        for edit in edits:
            at = chance.choice([n for n, entries in enumerate(lists) if entries] or [0])
            if lists[at]:
                edit(lists, chance, at, chance.randrange(len(lists[at])))
        result = merged(*lists, fixed=records.names)
        found = numbers(result, lists)
        for id_, notes in found.items():
            assert id_ not in records.owner or notes == {records.owner[id_]}, (id_, notes)
        listed = {number(one) for entries in lists for one in entries}
        assert {records.owner[id_] for id_ in found if id_ in records.owner} == listed
        records.remember(result)
