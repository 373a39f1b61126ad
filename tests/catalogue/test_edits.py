"""Lists are edited by their maintainers; what the user touched stays what it was."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from readq.catalogue.merge import Merged
from readq.lists.read import read
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


@dataclass
class World:
    """Some lists, and what the test alone knows of them: whose each listing is."""

    lists: list[list[Listing]]
    """The `note` of a listing is the number of its paper."""
    titles: Sequence[str]
    arxiv: Sequence[str]


Edit = Callable[[World, random.Random, int, int], None]


def number(one: Listing) -> int:
    return int(one.note)


def invented(note: int) -> str:
    """An arXiv id that no other paper has."""
    return f"{1501 + note % 8}.{10000 + note:05}"


def made_up(chance: random.Random) -> World:
    lists: list[list[Listing]] = [[], [], []]
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
            entries.append(with_link(one, arxiv(invented(note))) if has_link else one)
    return World(lists, TITLES, [invented(note) for note in range(len(TITLES))])


@cache
def shipped() -> World:
    """The lists that readq ships with."""
    files = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
    lists = [list(read(file.read_bytes()).entries) for file in files]
    result = merged(*lists)
    for entries, homes in zip(lists, result.homes, strict=True):
        entries[:] = [
            replace(one, note=str(home))
            for one, home in zip(entries, homes, strict=True)
            if home is not None
        ]
    ids = [one.identifier("arxiv") or invented(note) for note, one in enumerate(result.papers)]
    return World(lists, [one.title for one in result.papers], ids)


def with_link(one: Listing, *urls: str) -> Listing:
    return replace(one, links=tuple(Link("paper", url) for url in urls))


def move(world: World, chance: random.Random, at: int, place: int) -> None:
    one = world.lists[at].pop(place)
    world.lists[chance.randrange(len(world.lists))].insert(0, replace(one, lines=(99, 99)))


def slip(world: World, chance: random.Random, at: int, place: int) -> None:
    one = world.lists[at][place]
    known = one.title.split()
    long = [n for n, word in enumerate(known) if len(word) > 6 and word.isalpha()]
    if not long or one.title not in world.titles:
        return  # one slip at a time
    n = chance.choice(long)
    word = known[n]
    known[n] = (
        word[:3] + word[4] + word[3] + word[5:] if chance.random() < 0.5 else word[:3] + word[4:]
    )
    world.lists[at][place] = replace(one, title=" ".join(known))


def mend(world: World, chance: random.Random, at: int, place: int) -> None:
    world.lists[at][place] = replace(
        world.lists[at][place], title=world.titles[number(world.lists[at][place])]
    )


def drop_subtitle(world: World, chance: random.Random, at: int, place: int) -> None:
    one = world.lists[at][place]
    head, _, tail = one.title.partition(": ")
    if tail and one.title in world.titles:
        world.lists[at][place] = replace(one, title=head if len(head.split()) > 2 else tail)


def add_subtitle(world: World, chance: random.Random, at: int, place: int) -> None:
    one = world.lists[at][place]
    # A title of two words is too common a beginning to know a paper by.
    if ":" not in one.title and one.title in world.titles and len(one.title.split()) > 2:
        added = " A Closer Look" if one.title.endswith("?") else ": A Closer Look"
        world.lists[at][place] = replace(one, title=one.title + added)


def recase(world: World, chance: random.Random, at: int, place: int) -> None:
    one = world.lists[at][place]
    world.lists[at][place] = replace(one, title=one.title.upper().replace("-", " ") + ".")


def relink(world: World, chance: random.Random, at: int, place: int) -> None:
    one = world.lists[at][place]
    form = chance.choice(["http://arxiv.org/abs/{}", "https://www.arxiv.org/pdf/{}v2.pdf", "https://arxiv.org/pdf/{}", "https://arxiv.org/abs/{}v3"])  # fmt: skip
    world.lists[at][place] = with_link(one, form.format(world.arxiv[number(one)]))


def lose_link(world: World, chance: random.Random, at: int, place: int) -> None:
    world.lists[at][place] = replace(world.lists[at][place], links=())


def rename_section(world: World, chance: random.Random, at: int, place: int) -> None:
    old = world.lists[at][place].section
    new = (*old, "Part") if len(old) < 2 else old[:1]
    world.lists[at] = [replace(e, section=new) if e.section == old else e for e in world.lists[at]]


def restate(world: World, chance: random.Random, at: int, place: int) -> None:
    world.lists[at][place] = replace(
        world.lists[at][place], venue=chance.choice([None, "NIPS", "NeurIPS"]), year=None
    )


def remove(world: World, chance: random.Random, at: int, place: int) -> None:
    world.lists[at].pop(place)


def add_again(world: World, chance: random.Random, at: int, place: int) -> None:
    note = chance.randrange(len(world.titles))
    world.lists[at].append(listing(world.titles[note], section=("New",), note=str(note)))


def sort(world: World, chance: random.Random, at: int, place: int) -> None:
    world.lists[at].sort(key=lambda one: one.title)
    world.lists.reverse()


EDITS: Sequence[Edit] = (
    move, slip, mend, drop_subtitle, add_subtitle, recase, relink, lose_link,
    rename_section, restate, remove, add_again, sort,
)  # fmt: skip


@dataclass
class Records:
    """What a library keeps of the papers that were touched: every name they were seen under."""

    names: dict[PaperId, tuple[str, ...]]

    def remember(self, result: Merged) -> None:
        for paper in result.papers:
            if paper.id in self.names:
                self.names[paper.id] = tuple(
                    dict.fromkeys((*self.names[paper.id], *paper.identities))
                )


def numbers(result: Merged, world: World) -> dict[PaperId, set[int]]:
    """Of which papers, as the test counts them, the listings of each paper are."""
    found: dict[PaperId, set[int]] = {paper.id: set() for paper in result.papers}
    for entries, homes in zip(world.lists, result.homes, strict=True):
        for one, home in zip(entries, homes, strict=True):
            if home is not None:
                found[result.papers[home].id].add(number(one))
    return found


def live_through(world: World, chance: random.Random, rounds: list[list[Edit]]) -> None:
    """Touches some papers, or all, then edits and reads the lists over and over."""
    first = merged(*world.lists)
    owner = {id_: min(notes) for id_, notes in numbers(first, world).items()}
    touched = set(chance.sample(sorted(owner), chance.choice([len(owner), len(owner) // 3])))
    owner = {id_: note for id_, note in owner.items() if id_ in touched}
    records = Records({one.id: one.identities for one in first.papers if one.id in touched})
    for edits in rounds:
        for edit in edits:
            at = chance.choice([n for n, entries in enumerate(world.lists) if entries] or [0])
            if world.lists[at]:
                edit(world, chance, at, chance.randrange(len(world.lists[at])))
        result = merged(*world.lists, fixed=records.names)
        found = numbers(result, world)
        for id_, notes in found.items():
            assert id_ not in owner or notes == {owner[id_]}, (id_, notes)
        listed = {number(one) for entries in world.lists for one in entries}
        assert {owner[id_] for id_ in found if id_ in owner} == listed & set(owner.values())
        records.remember(result)


ROUNDS = st.lists(st.lists(st.sampled_from(EDITS), min_size=1, max_size=5), min_size=1, max_size=6)
MANY_ROUNDS = st.lists(
    st.lists(st.sampled_from(EDITS), min_size=20, max_size=40), min_size=2, max_size=4
)


def test_near_titles_start_as_papers_of_their_own() -> None:
    world = made_up(random.Random(1))
    found = numbers(merged(*world.lists), world)
    assert sorted(min(notes) for notes in found.values()) == list(range(len(TITLES)))
    assert all(len(notes) == 1 for notes in found.values())


@given(st.integers(0, 2**32), ROUNDS)
@settings(max_examples=120)
def test_no_record_changes_owner_and_none_is_lost(seed: int, rounds: list[list[Edit]]) -> None:
    chance = random.Random(seed)
    live_through(made_up(chance), chance, rounds)


@given(st.integers(0, 2**32), MANY_ROUNDS)
@settings(max_examples=12)
def test_records_of_the_shipped_lists_stay_what_they_are(
    seed: int, rounds: list[list[Edit]]
) -> None:
    world = shipped()
    copy = World([list(entries) for entries in world.lists], world.titles, world.arxiv)
    live_through(copy, random.Random(seed), rounds)
