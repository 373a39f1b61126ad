"""What goes into the store: edits of one act, and facts to keep about papers."""

from __future__ import annotations

from typing import Any, NamedTuple

from readq.model.paper import PaperId
from readq.model.record import Seen, Subscription
from readq.store.schema import LISTS, SUBSCRIPTION_FIELDS


class Edit(NamedTuple):
    """Set one field of one document."""

    table: str
    """"papers" or "lists"."""
    key: str
    """A paper's id (or one that it had before), or a list's key."""
    field: str
    """A name of `readq.model.record.USER_FIELDS`, or a field of `Subscription`."""
    value: Any
    """As in `Record` or `Subscription`; None for the field's default."""


class Facts(NamedTuple):
    """What to remember of a paper, so that its record finds it again. Adds to what is known."""

    seen: Seen | None = None
    """Takes the place of what was seen before; the lists of both are kept."""
    identities: tuple[str, ...] = ()
    aliases: tuple[PaperId, ...] = ()


def edits_of(subscription: Subscription) -> list[Edit]:
    """The edits that make `subscription` part of the library, or bring it up to date."""
    return [
        Edit(LISTS, subscription.key, field, getattr(subscription, field))
        for field in SUBSCRIPTION_FIELDS
    ]
