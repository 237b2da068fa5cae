"""graphql-transport-ws to the letter: who may say what when, and how the server ends it."""

from typing import Any

import pytest
from factories.api import OK, Api, signed_in
from factories.live import Watching, connected, watching
from websockets.typing import Subprotocol

pytestmark = pytest.mark.anyio

TASKS = "subscription { myTasks { kind tasks { totalCount } } }"


async def test_a_socket_is_acknowledged_and_answers_pings(live: Api):
    async with connected(live) as socket:
        assert socket.socket.subprotocol == "graphql-transport-ws"
        await socket.send(type="ping")
        assert await socket.next() == {"type": "pong"}
        await socket.send(type="ping", payload={"n": 1})
        assert await socket.next() == {"type": "pong", "payload": {"n": 1}}
        await socket.send(type="pong")
        await socket.send(type="connection_init", payload=signed_in("analyst"))
        assert await socket.next() == {"type": "connection_ack"}


async def test_the_token_may_stand_in_the_header(live: Api):
    headers = {"Authorization": signed_in("analyst")["authorization"]}
    async with connected(live, additional_headers=headers) as socket:
        await socket.send(type="connection_init")
        assert await socket.next() == {"type": "connection_ack"}


async def test_queries_and_mutations_are_answered_once(live: Api):
    async with watching(live, "manager-chaoyang") as socket:
        await socket.subscribe(OK, key="q")
        assert await socket.body(key="q") == {"data": {"viewer": {"username": "manager-chaoyang"}}}
        assert await socket.next() == {"id": "q", "type": "complete"}
        await socket.subscribe(
            'mutation { createTask(input: {title: "x", purpose: OTHER}) { task { title } errors { __typename } } }',
            key="q",
        )
        assert await socket.body(key="q") == {"data": {"createTask": {"task": {"title": "x"}, "errors": []}}}
        assert await socket.next() == {"id": "q", "type": "complete"}


async def test_several_operations_share_a_socket_and_end_one_by_one(live: Api):
    async with watching(live, "rm-chaoyang-1") as socket:
        await socket.subscribe(TASKS, key="a")
        assert (await socket.update(key="a"))["kind"] == "PRESENT"
        await socket.subscribe(TASKS, key="b")
        assert (await socket.update(key="b"))["kind"] == "PRESENT"
        await socket.send(id="a", type="complete")
        # The id is free again.
        await socket.subscribe(TASKS, key="a")
        assert (await socket.update(key="a"))["kind"] == "PRESENT"
        await socket.send(id="nobody's", type="complete")
        assert await socket.is_quiet()


@pytest.mark.parametrize(
    ("messages", "wanted"),
    [
        (["{"], (4400, "A message is JSON.")),
        ([b"{}"], (4400, "Messages are text.")),
        (["[]"], (4400, "A message is an object.")),
        (["{}"], (4400, "A message is of a type of the sub-protocol.")),
        (['{"type": "start"}'], (4400, "A message is of a type of the sub-protocol.")),
        (['{"type": "ping", "payload": 1}'], (4400, "The payload of a ping is an object.")),
        (['{"type": "connection_init", "payload": 1}'], (4400, "The payload of connection_init is an object.")),
        (
            ['{"type": "connection_init", "payload": {"Authorization": 1}}'],
            (4400, "authorization in the payload of connection_init is a text."),
        ),
        (['{"type": "connection_init"}'], (4403, "Send a token: `Authorization: Bearer …`.")),
        (
            ['{"type": "connection_init", "payload": {"authorization": "Bearer x"}}'],
            (4403, "The token is not valid here; sign in again."),
        ),
        (['{"type": "subscribe", "id": "1", "payload": {"query": "{ viewer { username } }"}}'], (4401, "Unauthorized")),
        (["INIT", "INIT"], (4429, "Too many initialisation requests.")),
        (["INIT", '{"type": "subscribe", "id": "1"}'], (4400, "The payload is an object:")),
        (["INIT", '{"type": "subscribe", "id": "1", "payload": {"query": ""}}'], (4400, "`query` must be the text")),
        (["INIT", '{"type": "subscribe", "payload": {"query": "{ a }"}}'], (4400, "The id of an operation is a text")),
        (["INIT", '{"type": "subscribe", "id": "", "payload": {}}'], (4400, "The id of an operation is a text")),
        (["INIT", '{"type": "complete"}'], (4400, "The id of an operation is a text")),
        (["INIT", "TASKS", "TASKS"], (4409, "Subscriber for 1 already exists")),
    ],
)
async def test_what_breaks_the_protocol_closes_the_socket(live: Api, messages: list[Any], wanted: tuple[int, str]):
    async with connected(live) as socket:
        for message in messages:
            if message == "INIT":
                await socket.send(type="connection_init", payload=signed_in("rm-chaoyang-1"))
            elif message == "TASKS":
                await socket.subscribe(TASKS)
            else:
                await socket.socket.send(message)
        code, reason = await socket.closed()
        assert code == wanted[0]
        assert reason.startswith(wanted[1])


async def test_who_says_nothing_is_let_go(live: Api, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("api.live.websocket.SECONDS_TO_BEGIN", 0.2)
    async with connected(live) as socket:
        await socket.send(type="ping")
        assert await socket.closed() == (4408, "Connection initialisation timeout.")


async def test_another_sub_protocol_is_not_spoken(live: Api):
    for spoken in (["graphql-ws"], []):
        async with connected(live, subprotocols=[Subprotocol(one) for one in spoken] or None) as socket:
            assert await socket.closed() == (4406, "The sub-protocol here is graphql-transport-ws.")


async def test_a_fault_of_ours_closes_the_socket_and_tells_nothing(live: Api, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: Any) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("api.live.websocket._payload", fail)
    async with connected(live) as socket:
        await socket.send(type="ping")
        assert await socket.closed() == (4500, "Something went wrong on our side.")


async def test_a_message_that_is_too_large_is_not_read(live: Api):
    async with watching(live) as socket:
        await socket.send(id="1", type="subscribe", payload={"query": "x" * 1_000_001})
        assert (await socket.closed())[0] == 1009


REFUSED = {
    "subscription { myTasks { nothing } }": ("INVALID_REQUEST", "Cannot query field 'nothing'"),
    'subscription { myTasks { kind } ticketQueue(branchId: "bra_1") { kind } }': (
        "INVALID_REQUEST",
        "Anonymous Subscription must select only one top level field.",
    ),
    'subscription { customerChanges(id: "acc_1") { kind } }': ("INVALID_REQUEST", "id is the id of another type"),
    'subscription { customerChanges(id: "x") { kind } }': ("INVALID_REQUEST", "id is not an id of this graph."),
    'subscription { myTasks(after: "x") { kind } }': ("INVALID_REQUEST", "after is not the id of an event"),
    'subscription { myTasks { tasks(after: "x") { totalCount } } }': ("INVALID_REQUEST", "after is not a cursor"),
    'subscription { customerChanges(id: "cus_1") { customer { loans { nodes { schedule { dueOn } } } } } }': (
        "INVALID_REQUEST",
        "A field that is computed row by row, like Loan.schedule, cannot be subscribed to: query it.",
    ),
    "{ nothing }": ("INVALID_REQUEST", "Cannot query field 'nothing'"),
    "{": ("INVALID_REQUEST", "Syntax Error"),
}


@pytest.mark.parametrize("query", REFUSED, ids=lambda query: query[:50])
async def test_an_operation_that_cannot_be_answered_ends_alone(live: Api, query: str):
    async with watching(live, "manager-chaoyang") as socket:
        await socket.subscribe(query)
        code, message = await socket.error()
        assert (code, message[: len(REFUSED[query][1])]) == REFUSED[query]
        await still_answers(socket)


async def test_rows_are_not_looked_up_by_identifiers_again_and_again(live: Api):
    query = """subscription ($id: ID!, $n: Identifier!) { customerChanges(id: $id) { customer { identityDocuments(
        where: {number: {is: $n}}) { totalCount } } } }"""
    async with watching(live, "rm-chaoyang-1") as socket:
        await socket.subscribe(query, id="cus_1", n="110101199003070134")
        assert (await socket.error())[1].startswith("Look rows up by identifiers in a query")


async def still_answers(socket: Watching) -> None:
    """The socket is none the worse for it."""
    await socket.subscribe(OK, key="again")
    assert await socket.body(key="again")
    assert await socket.next() == {"id": "again", "type": "complete"}
