"""Subscriptions: every one takes `after`, and is answered with an event id, a kind, and how things are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import strawberry
from strawberry.utils.str_converters import to_camel_case

from domain.outbox.model import UpdateKind
from resolvers.engine.edges import Declaration, Live, Many, OfOutcome, One
from resolvers.engine.roots import SUBSCRIPTION
from schema.building import (
    DECLARATION,
    Argument,
    OutputField,
    described,
    fields_of,
    object_type,
    output_field,
    set_arguments,
    set_type,
)
from schema.node import PLACEHOLDER, give_type

described(UpdateKind)

AFTER = Argument(
    str | None,
    "The `eventId` that the client saw last, where it was away: the first answer says whether anything has changed "
    "since.",
)


@dataclass(frozen=True)
class Feed:
    """A root field of subscriptions, before the types that it shows are known."""

    live: Live
    shows: Mapping[str, tuple[Many | One, str]]
    description: str
    argument: str


FEEDS: dict[str, Feed] = {}
"""By Python name."""


def feed(
    name: str, live: Live, *, shows: Mapping[str, tuple[Many | One, str]], description: str, argument: str = ""
) -> None:
    """Register a subscription.

    shows     by GraphQL name, edges of the id that it hangs on, and what they are
    argument  what the id is that its argument names, where it has one
    """
    FEEDS[name] = Feed(live, shows, description, argument)


def subscription_type(
    connections: Mapping[str, Any], arguments_of: Callable[[str], Mapping[str, Argument]]
) -> tuple[type, Mapping[str, Mapping[str, Declaration]]]:
    """The root of all subscriptions, and the declarations of it and of what it is answered with, by type name."""
    updates = {name: _update(each, connections, arguments_of) for name, each in FEEDS.items()}
    fields = {name: output_field(each.description, each.live) for name, each in FEEDS.items()}
    root = strawberry.type(
        type(SUBSCRIPTION, (), {"__annotations__": dict.fromkeys(fields, str), **fields}),
        name=SUBSCRIPTION,
        description="What can be watched. The first answer comes at once; another one whenever what is selected has "
        "changed for this reader.",
    )
    for target in fields_of(root):
        set_type(target, updates[target.python_name])
        set_arguments(target, _arguments(FEEDS[target.python_name]))
    declared: dict[str, Mapping[str, Declaration]] = {
        SUBSCRIPTION: {to_camel_case(name): each.live for name, each in FEEDS.items()}
    }
    for update in updates.values():
        declared[update.__strawberry_definition__.name] = {
            target.python_name: target.metadata[DECLARATION] for target in fields_of(update)
        }
    return root, declared


def _arguments(feed: Feed) -> Mapping[str, Argument]:
    named = {feed.live.argument: Argument(strawberry.ID, feed.argument)} if feed.live.argument else {}
    return {**named, "after": AFTER}


def _update(feed: Feed, connections: Mapping[str, Any], arguments_of: Callable[[str], Mapping[str, Argument]]) -> Any:
    fields = {
        "eventId": OutputField(
            str, "Names what the client has seen with this answer; opaque.", declaration=OfOutcome("eventId")
        ),
        "kind": OutputField(UpdateKind, "Why the answer comes.", declaration=OfOutcome("kind")),
    }
    for name, (edge, text) in feed.shows.items():
        fields[name] = OutputField(PLACEHOLDER, text, declaration=edge)
    made = object_type(feed.live.type_name, "What a subscription is answered with.", fields)
    for target in fields_of(made):
        give_type(target, connections, arguments_of)
    return made
