"""Places in an order that is set by hand: between any two there is room for another.

A rank is a fraction between 0 and 1, written as its digits to base 62 without the "0." and without
trailing zeros; ranks order as text. Moving one thing changes one rank. Going on at either end makes
ranks longer by the logarithm of how many there are; always going between the same two neighbours
by one digit every five times, for which `make_room` has a remedy.
"""

from __future__ import annotations

from collections.abc import Sequence

from readq.model.record import Rank

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
"""In the order of their code points."""

LONGEST = 40
"""A rank that would become longer than this is a reason to spread its neighbours."""

_BASE = len(DIGITS)
_VALUE = {digit: value for value, digit in enumerate(DIGITS)}
_LOW, _MIDDLE, _HIGH = DIGITS[0], DIGITS[_BASE // 2], DIGITS[-1]


def is_rank(text: object) -> bool:
    """Whether `text` is a rank in its one proper form."""
    return (
        isinstance(text, str) and text != "" and not text.endswith(_LOW) and not text.strip(DIGITS)
    )


def rank_between(low: Rank | None, high: Rank | None) -> Rank:
    """A rank above `low` and below `high`; None stands for the end of the order on that side.

    Raises `ValueError` when either is no rank or `low` is not below `high`.
    """
    for end in (low, high):
        if end is not None and not is_rank(end):
            raise ValueError(f"not a rank: {end!r}")
    if low is None:
        return Rank(_before(high) if high is not None else _MIDDLE)
    if high is None:
        return Rank(_after(low))
    if low >= high:
        raise ValueError(f"no room between {low!r} and {high!r}")
    return Rank(_between(low, high))


def ranks_between(low: Rank | None, high: Rank | None, n: int) -> list[Rank]:
    """`n` ranks above `low` and below `high`, rising and about evenly spread."""
    ranks: list[Rank] = []
    if high is None:
        for _ in range(n):
            ranks.append(rank_between(ranks[-1] if ranks else low, None))
    elif low is None:
        for _ in range(n):
            ranks.append(rank_between(None, ranks[-1] if ranks else high))
        ranks.reverse()
    elif n > 0:
        middle = rank_between(low, high)
        ranks += ranks_between(low, middle, (n - 1) // 2)
        ranks.append(middle)
        ranks += ranks_between(middle, high, n - 1 - (n - 1) // 2)
    return ranks


def make_room(ranks: Sequence[Rank], place: int, n: int = 1) -> tuple[list[Rank], dict[int, Rank]]:
    """Ranks for `n` new things before `ranks[place]`, and the few old ones that must change for it.

    `ranks` rises, but may hold equal neighbours (two machines can give the same) or ranks near
    `LONGEST`. The second value maps places in `ranks` to new ranks: empty nearly always.
    """
    first, last = place, place  # ranks[first:last] get new ranks too
    while True:
        low = ranks[first - 1] if first > 0 else None
        high = ranks[last] if last < len(ranks) else None
        count = (place - first) + n + (last - place)
        if low is None or high is None or low < high:
            fresh = ranks_between(low, high, count)
            if max(map(len, fresh), default=0) <= LONGEST or (low is None and high is None):
                break
        # Wider by as much again: after few rounds there is room, at worst the whole order.
        reach = max(1, last - first)
        first, last = max(0, first - reach), min(len(ranks), last + reach)
    moved = dict(zip(range(first, place), fresh, strict=False))
    moved.update(zip(range(place, last), fresh[place - first + n :], strict=True))
    return fresh[place - first : place - first + n], moved


def _after(low: str) -> str:
    """Above `low`, as small a step as keeps ranks short when this is repeated."""
    full = len(low) - len(low.lstrip(_HIGH))
    return _HIGH * full + _step(low, full, +1)


def _before(high: str) -> str:
    """Below `high`: the mirror image of `_after`."""
    empty = len(high) - len(high.lstrip(_LOW))
    return _LOW * empty + _step(high, empty, -1)


def _step(rank: str, skipped: int, by: int) -> str:
    # The digits after the skipped ones count as one number, twice as wide as what was skipped: every
    # digit spent on the run at the end buys 62 x 62 times as many steps. The first of them is
    # neither the highest (going up) nor zero (going down), so that it never runs over.
    width = 2 * (skipped + 1)
    number = 0
    for digit in rank[skipped : skipped + width].ljust(width, _LOW):
        number = number * _BASE + _VALUE[digit]
    number += by
    digits = ""
    for _ in range(width):
        number, value = divmod(number, _BASE)
        digits = DIGITS[value] + digits
    return digits.rstrip(_LOW)


def _between(low: str, high: str) -> str:
    """The shortest rank between two, near their middle."""
    place = 0
    while (low[place] if place < len(low) else _LOW) == high[place]:
        place += 1
    same = high[:place]
    below = _VALUE[low[place]] if place < len(low) else 0
    above = _VALUE[high[place]]
    if above - below > 1:
        return same + DIGITS[(below + above) // 2]
    if place + 1 < len(high):
        return high[: place + 1]
    # Neighbouring digits: stay with the lower one and go above what `low` has after it.
    return same + DIGITS[below] + _above(low[place + 1 :])


def _above(low: str) -> str:
    for place, digit in enumerate(low):
        value = _VALUE[digit]
        if value < _BASE - 1:
            return low[:place] + DIGITS[(value + _BASE) // 2]
    return low + _MIDDLE
